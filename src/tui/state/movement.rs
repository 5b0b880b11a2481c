//! Going about: in lists, panes and the article, from one article to the next, and out.
//! Never here: what is shown, marks.

use std::time::Duration;

use crate::config::MarkRead;
use crate::tui::effect::{Effect, SortedSeek, Timer};
use newsprint_model::{ArticleId, Cursor, Mark};

use super::article::{Find, Reading};
use super::{Pane, State};
use crate::library::selection::TagChoice;

/// A count of unread articles is cut here: each is looked for by itself.
const MOST_SOUGHT: usize = 500;

/// Longer articles are not read ahead: a key might have to wait for one.
const MOST_AHEAD: u32 = 5_000;

/// The cursor rests on an article when it has been there for so long.
const REST: Duration = Duration::from_millis(150);

/// A search for the unread article that is so many on.
#[derive(Debug, Default)]
pub(super) struct Seeking {
    /// How many are left to go.
    pub(super) left: usize,
    /// Towards the end of the list.
    pub(super) forward: bool,
    /// The last that was found on the way.
    pub(super) last: Option<Cursor>,
    /// The one that is found is opened.
    pub(super) open_found: bool,
    /// The article under the cursor is opened when the rows have come.
    pub(super) open_loaded: bool,
    /// The row to go to when it has come, in a list that is not ordered by newest first.
    pub(super) row: Option<usize>,
}

impl State {
    pub(super) fn move_by(&mut self, by: isize) -> Vec<Effect> {
        let height = self.article_height();
        match self.screen.focus {
            Pane::List => self.list.step(by),
            Pane::Article => {
                let steps = self.settings.reader.linear && by.unsigned_abs() < height;
                match &mut self.article.open {
                    Some(reading) if steps => reading.step(by, height),
                    Some(reading) => {
                        reading.scroll(by, height);
                    }
                    None => {}
                }
                self.after_scroll()
            }
            Pane::Outlets => {
                let last = self.side.rows().len().saturating_sub(1);
                self.side.place = self.side.place.saturating_add_signed(by).min(last);
                self.show_chosen_place()
            }
            Pane::Tags => {
                let last = self.side.tags.len().saturating_sub(1);
                self.side.tag = self.side.tag.saturating_add_signed(by).min(last);
                Vec::new()
            }
        }
    }

    pub(super) fn page(&mut self, times: isize, part: usize) -> Vec<Effect> {
        let rows = match self.screen.focus {
            Pane::List => self.list_height(),
            Pane::Article => self.article_height(),
            Pane::Outlets | Pane::Tags => 10,
        };
        // One line of what was read stays in sight; where lines are spoken it would be said twice.
        let kept = usize::from(part == 1 && !self.settings.reader.linear);
        let step = (rows / part).saturating_sub(kept).max(1);
        self.move_by(times.saturating_mul(step as isize))
    }

    pub(super) fn go_top(&mut self, count: Option<u32>) -> Vec<Effect> {
        match self.screen.focus {
            Pane::Outlets | Pane::Tags | Pane::Article => {
                let mut effects = self.move_by(isize::MIN / 2);
                if let Some(count) = count.filter(|count| *count > 1) {
                    effects.extend(self.move_by(count as isize - 1));
                }
                effects
            }
            Pane::List => {
                let mut effects = self.open_list();
                if let Some(count) = count {
                    effects.extend(self.list.step(count as isize - 1));
                }
                effects
            }
        }
    }

    /// To the end, or to a row.
    pub(super) fn go_bottom(&mut self, count: Option<u32>) -> Vec<Effect> {
        if count.is_some() {
            return self.go_top(count);
        }
        match self.screen.focus {
            Pane::List => self.list.to_end(),
            _ => self.move_by(isize::MAX / 2),
        }
    }

    pub(super) fn next_pane(&mut self, by: isize) -> Vec<Effect> {
        let mut order = vec![Pane::Outlets];
        if !self.side.tags.is_empty() {
            order.push(Pane::Tags);
        }
        order.push(Pane::List);
        if self.article.open.is_some() {
            order.push(Pane::Article);
        }
        let at = order
            .iter()
            .position(|pane| *pane == self.screen.focus)
            .unwrap_or(0) as isize;
        let to = (at + by).rem_euclid(order.len() as isize) as usize;
        self.screen.zen = false;
        if order[to] == Pane::Article {
            return self.open_chosen();
        }
        self.screen.focus = order[to];
        Vec::new()
    }

    pub(super) fn open(&mut self) -> Vec<Effect> {
        match self.screen.focus {
            Pane::Outlets => {
                self.screen.focus = Pane::List;
                Vec::new()
            }
            Pane::Tags => {
                let Some(facet) = self.side.tags.get(self.side.tag) else {
                    return Vec::new();
                };
                let only = TagChoice {
                    with: vec![facet.name.clone()],
                    ..TagChoice::default()
                };
                self.leave_place();
                self.choice.tags = if self.choice.tags == only {
                    TagChoice::default()
                } else {
                    only
                };
                self.screen.focus = Pane::List;
                self.open_list_back()
            }
            Pane::List => self.open_row(),
            Pane::Article => {
                self.hint("Already open.");
                Vec::new()
            }
        }
    }

    /// Opens the article under the cursor and goes to it.
    pub(super) fn open_chosen(&mut self) -> Vec<Effect> {
        if self.list.chosen().is_none() {
            self.no_article();
            return Vec::new();
        }
        self.screen.focus = Pane::Article;
        self.list.picked_from = None;
        let mut effects = self.load_chosen();
        effects.extend(self.begin_reading());
        effects
    }

    /// Opens an article of the store that need not be in the list.
    pub(super) fn open_article(&mut self, id: ArticleId) -> Vec<Effect> {
        self.screen.focus = Pane::Article;
        let mut effects = self.leave_article();
        self.article.requested = Some(id);
        effects.push(Effect::LoadArticle(id));
        effects
    }

    /// The article under the cursor is shown where there is a pane for it.
    pub(super) fn follow_cursor(&mut self) -> Vec<Effect> {
        if self.screen.focus == Pane::Article || self.list.loading_new_list {
            return Vec::new();
        }
        if self.panes().article.is_none() {
            return Vec::new();
        }
        if self.list.rows.is_empty() {
            self.article.put_aside();
            self.article.requested = None;
            return Vec::new();
        }
        self.load_chosen()
    }

    /// When no key waits: asks for the article that the cursor comes to if it goes on as it went, so that the
    /// next key finds it read and laid out.
    pub fn read_ahead(&mut self) -> Vec<Effect> {
        let row = self.list.cursor;
        let (before, step) = self.article.last_step;
        let step = match row as isize - before as isize {
            0 => step,
            gone => gone,
        };
        self.article.last_step = (row, step);
        let next = row.checked_add_signed(if step == 0 { 1 } else { step });
        let next = next.and_then(|next| self.list.rows.get(next));
        let Some(headline) = next.map(|row| &row.headline) else {
            return Vec::new();
        };
        let id = headline.id;
        let busy = self.list.waiting || self.article.ahead.is_some();
        if busy
            || headline.words > MOST_AHEAD
            || self.article.has(id)
            || self.panes().article.is_none()
        {
            return Vec::new();
        }
        self.article.ahead = Some(id);
        vec![Effect::LoadArticle(id)]
    }

    /// Loads the article under the cursor, unless it is shown or on its way.
    pub(super) fn load_chosen(&mut self) -> Vec<Effect> {
        let Some(headline) = self.list.chosen().cloned() else {
            return Vec::new();
        };
        let open = self.article.open.as_ref();
        if open.is_some_and(|reading| reading.article.headline.id == headline.id) {
            self.article.requested = None;
            if self.choice.search.is_none() {
                self.show_searched();
            }
            return Vec::new();
        }
        if self.article.requested == Some(headline.id) {
            return Vec::new();
        }
        let mut effects = self.leave_article();
        if let Some(reading) = self.article.take_back(&headline) {
            self.article.put_aside();
            effects.extend(self.show_article(reading));
            return effects;
        }
        self.article.requested = Some(headline.id);
        effects.push(Effect::LoadArticle(headline.id));
        effects
    }

    /// Shows an article that has come; it is opened where the keys go to the article's pane.
    pub(super) fn show_article(&mut self, mut reading: Reading) -> Vec<Effect> {
        reading.opened = false;
        self.article.requested = None;
        self.article.open = Some(reading);
        self.article.shown += 1;
        let mut effects = Vec::new();
        if let MarkRead::After(time) = self.settings.reader.mark_read
            && !self.is_open_read()
        {
            effects.push(Effect::After(time, Timer::Read(self.article.shown)));
        }
        self.show_searched();
        if self.screen.focus == Pane::Article {
            effects.extend(self.begin_reading());
        } else if self.settings.images && !self.settings.reader.linear {
            effects.push(Effect::After(REST, Timer::Rest(self.article.shown)));
        }
        effects
    }

    fn is_open_read(&self) -> bool {
        let open = self.article.open.as_ref();
        open.is_some_and(|reading| reading.article.headline.read)
    }

    /// The shown article is read from now on.
    fn begin_reading(&mut self) -> Vec<Effect> {
        let chosen = self.list.chosen().map(|headline| headline.id);
        let requested = self.article.requested;
        let Some(reading) = &mut self.article.open else {
            return Vec::new();
        };
        let id = reading.article.headline.id;
        // Another one is on its way: that is the one that is opened.
        if requested.is_some_and(|requested| requested != id && Some(requested) == chosen) {
            return Vec::new();
        }
        if reading.opened {
            return Vec::new();
        }
        reading.opened = true;
        let read = reading.article.headline.read;
        self.show_searched();
        let mut effects = Vec::new();
        if !read && self.settings.reader.mark_read == MarkRead::Open {
            effects.extend(self.mark(vec![id], Mark::Read));
        }
        effects.extend(self.ask_pictures());
        effects.extend(self.ask_story());
        effects
    }

    /// Remembers how far the article was read.
    pub fn leave_article(&mut self) -> Vec<Effect> {
        let Some(reading) = &mut self.article.open else {
            return Vec::new();
        };
        // Left with its end on the screen, it begins at the top the next time.
        let position = if reading.at_end() {
            0
        } else {
            reading.position()
        };
        if !reading.opened || position == reading.article.position || !reading.is_placed() {
            return Vec::new();
        }
        reading.article.position = position;
        vec![Effect::SetPosition(reading.article.headline.id, position)]
    }

    pub(super) fn after_scroll(&mut self) -> Vec<Effect> {
        let Some(reading) = &self.article.open else {
            return Vec::new();
        };
        let headline = &reading.article.headline;
        if self.settings.reader.mark_read == MarkRead::End
            && reading.opened
            && reading.seen_end
            && !headline.read
        {
            let id = headline.id;
            return self.mark(vec![id], Mark::Read);
        }
        Vec::new()
    }

    pub(super) fn back(&mut self) -> Vec<Effect> {
        match self.screen.focus {
            Pane::Article => {
                // What was typed here is ended first; what a search brought along goes with it.
                if let Some(reading) = &mut self.article.open
                    && reading.find.as_ref().is_some_and(|find| find.typed)
                {
                    reading.find = None;
                    return Vec::new();
                }
                self.close_article()
            }
            Pane::List if self.list.picked_from.is_some() => self.toggle_range(),
            Pane::List if self.choice.is_narrowed() => self.clear_filter(),
            // Nothing to go back to: what is wanted next may still need the list.
            Pane::List => Vec::new(),
            Pane::Tags | Pane::Outlets => {
                self.screen.focus = Pane::List;
                Vec::new()
            }
        }
    }

    /// Back; from a list that nothing narrows to the sidebar.
    pub(super) fn left(&mut self) -> Vec<Effect> {
        let plain = self.list.picked_from.is_none() && !self.choice.is_narrowed();
        if self.screen.focus == Pane::List && plain {
            self.screen.focus = Pane::Outlets;
            return Vec::new();
        }
        if self.screen.focus == Pane::Tags {
            self.screen.focus = Pane::Outlets;
            return Vec::new();
        }
        self.back()
    }

    /// Goes back from the article to the list.
    fn close_article(&mut self) -> Vec<Effect> {
        self.screen.focus = Pane::List;
        self.screen.zen = false;
        let effects = self.leave_article();
        if let Some(reading) = &mut self.article.open {
            reading.opened = false;
        }
        effects
    }

    pub(super) fn quit(&mut self) -> Vec<Effect> {
        match self.screen.focus {
            Pane::Article => self.close_article(),
            Pane::List if self.list.picked_from.is_some() => self.toggle_range(),
            Pane::List if self.choice.is_narrowed() => self.clear_filter(),
            Pane::Outlets | Pane::Tags if self.panes().drawer => {
                self.screen.focus = Pane::List;
                Vec::new()
            }
            _ => self.quit_now(),
        }
    }

    pub(super) fn quit_now(&mut self) -> Vec<Effect> {
        let mut effects = self.leave_article();
        effects.push(self.remember_session());
        effects.push(Effect::Quit);
        effects
    }

    /// A page of the article on; at its end the next unread one.
    pub(super) fn read_on(&mut self, times: isize) -> Vec<Effect> {
        let reading = self.screen.focus == Pane::Article;
        if !reading && self.panes().article.is_none() {
            return self.page(times, 1);
        }
        let height = self.article_height();
        let page = height.saturating_sub(1).max(1) as isize;
        let moved = match &mut self.article.open {
            Some(reading) => reading.scroll(page.saturating_mul(times), height),
            None => return Vec::new(),
        };
        let mut effects = self.after_scroll();
        if !moved {
            effects.extend(self.seek(1, reading));
        }
        effects
    }

    /// Scrolls the article by lines, wherever the keys go.
    pub(super) fn scroll_article(&mut self, by: isize) -> Vec<Effect> {
        if self.panes().article.is_none() {
            return Vec::new();
        }
        let height = self.article_height();
        if let Some(reading) = &mut self.article.open {
            reading.scroll(by, height);
        }
        self.after_scroll()
    }

    pub(super) fn neighbour(&mut self, by: isize) -> Vec<Effect> {
        let before = self.list.cursor;
        let mut effects = self.list.step(by);
        if self.list.cursor == before && effects.is_empty() && !self.list.waiting {
            self.hint(match (self.list.rows.is_empty(), by > 0) {
                (true, _) => "The list is empty.",
                (false, true) => "Last article.",
                (false, false) => "First article.",
            });
            return effects;
        }
        // While one reads, the article that was gone to is opened; else it is shown as the cursor moves.
        if self.screen.focus == Pane::Article {
            if self.list.waiting {
                self.seeking.open_loaded = true;
            } else {
                effects.extend(self.load_chosen());
            }
        }
        effects
    }

    /// `n` and `N`: matches while something is searched, else unread articles.
    pub(super) fn next(&mut self, by: isize) -> Vec<Effect> {
        let height = self.article_height();
        if self.screen.focus == Pane::Article {
            let of_the_list = |find: &Find| !find.typed && find.count == 0;
            let find = self
                .article
                .open
                .as_ref()
                .and_then(|open| open.find.as_ref());
            if find.is_some_and(of_the_list) {
                // Found by its title or tags: the next match is in the next article.
                return self.neighbour(by);
            }
            if let Some(reading) = &mut self.article.open
                && reading.find.is_some()
            {
                if !reading.go_to_match(by, height) {
                    let words = reading.find.as_ref().map(|find| find.words.clone());
                    self.error(format!("Not found: {}", words.unwrap_or_default()));
                }
                return Vec::new();
            }
            return self.seek(by, true);
        }
        if self.choice.search.is_some() {
            return self.list.step(by);
        }
        self.seek(by, false)
    }

    /// Looks for the unread article that is so many on.
    pub(super) fn seek(&mut self, by: isize, open: bool) -> Vec<Effect> {
        let (forward, times) = (by > 0, by.unsigned_abs().clamp(1, MOST_SOUGHT));
        self.seeking = Seeking {
            left: times,
            forward,
            last: None,
            open_found: open,
            open_loaded: false,
            row: None,
        };
        let (Some(list), Some(chosen)) = (&self.list.list, self.list.chosen()) else {
            self.no_article();
            return Vec::new();
        };
        if self.list.by_offset() {
            // The store knows no such order: what is loaded is looked through, the rest by the thread that
            // has sorted it.
            let cursor = self.list.cursor;
            let unread = |at: &usize| self.list.rows[*at].is_unread();
            let found: Vec<usize> = if forward {
                let below = cursor + 1..self.list.rows.len();
                below.filter(unread).take(times).collect()
            } else {
                (0..cursor).rev().filter(unread).take(times).collect()
            };
            if forward && found.len() < times && !self.list.end && !self.list.ranked {
                return vec![Effect::SeekSorted(SortedSeek {
                    ticket: self.list.ticket,
                    list: list.clone(),
                    order: self.list.order,
                    from: cursor as u64,
                    times,
                })];
            }
            return match found.last().copied() {
                Some(at) => {
                    self.list.cursor = at;
                    if open { self.open_chosen() } else { Vec::new() }
                }
                None => {
                    self.info("No more unread articles.");
                    Vec::new()
                }
            };
        }
        vec![Effect::Seek {
            ticket: self.list.ticket,
            list: list.clone(),
            from: chosen.cursor(),
            forward,
        }]
    }

    pub(super) fn zen(&mut self) -> Vec<Effect> {
        if self.list.chosen().is_none() && self.article.open.is_none() {
            self.no_article();
            return Vec::new();
        }
        self.screen.zen = !self.screen.zen;
        if self.screen.zen && self.screen.focus != Pane::Article {
            return self.open_chosen();
        }
        Vec::new()
    }
}
