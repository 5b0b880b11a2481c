//! What the state makes of each fact. Never here: where facts come from.

use crate::config::MarkRead;
use crate::tui::effect::{Effect, Fill};
use crate::tui::event::{Event, Refreshed};
use crate::tui::keymap::actions::Action;
use crate::tui::keymap::actions::LIST;
use newsprint_html::{diff, plain, safe_text};
use newsprint_model::{Headline, Mark, Revision};

use super::article::Reading;
use super::deferred::Deferred;
use super::headlines::CHUNK;
use super::popup::{Kind, Popup};
use super::prompt::Saving;
use super::{Pane, State, Undoable};

impl State {
    /// Learns a fact.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        self.messages.unasked = true;
        let mut effects = self.take(event);
        self.messages.unasked = false;
        effects.extend(self.catch_up());
        self.settle(effects)
    }

    fn take(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Opened { ticket, list } => {
                if ticket != self.list.ticket {
                    return Vec::new();
                }
                self.list.list = Some(list.clone());
                let first = if self.list.ranked {
                    Effect::Search {
                        ticket,
                        list: list.clone(),
                        offset: 0,
                        limit: 50,
                        width: self.list.snippet_width,
                    }
                } else {
                    // The first screenful at once; the list asks ahead after it.
                    let limit = CHUNK.min(self.list_height() * 2 + 4);
                    self.list.first_rows(list.clone(), limit)
                };
                vec![first, Effect::Count { ticket, list }, self.load_sidebar()]
            }
            Event::Rows {
                ticket,
                rows,
                fill,
                end,
                first,
            } => {
                if ticket != self.list.ticket {
                    return Vec::new();
                }
                let mut effects = self.list.take_rows(rows, fill, end, first);
                if self.seeking.open_loaded && !self.list.waiting {
                    self.seeking.open_loaded = false;
                    effects.extend(self.load_chosen());
                }
                if self.screen.focus == Pane::Article
                    && fill == Fill::Here
                    && self.seeking.open_found
                {
                    self.seeking.open_found = false;
                    let mut effects = effects;
                    effects.extend(self.open_chosen());
                    return effects;
                }
                effects
            }
            Event::Headlines(headlines) => self.take_headlines(headlines),
            Event::Sought { ticket, place } => self.sought(ticket, place),
            Event::Counted { ticket, counts } => {
                if ticket == self.list.ticket {
                    self.list.counts = Some(counts);
                    if self.list.first.is_none() && self.list.end {
                        self.list.first = counts.total.checked_sub(self.list.rows.len() as u64);
                    }
                }
                Vec::new()
            }
            Event::Found {
                ticket,
                offset,
                rows,
                end,
            } => {
                if ticket != self.list.ticket {
                    return Vec::new();
                }
                self.list.take_found(offset, rows, end)
            }
            Event::Sidebar {
                ticket,
                empty,
                all,
                starred,
                views,
                outlets,
                tags,
            } => {
                let side = &mut self.side;
                side.all = all;
                side.starred = starred;
                side.views = views;
                side.outlets = outlets;
                let first = !side.known;
                side.known = true;
                side.store_empty = empty;
                if ticket == self.list.ticket {
                    // The cursor stays on its tag; where nobody has put it anywhere, at the top.
                    let put = self.screen.focus == Pane::Tags || side.tag > 0;
                    let chosen = side.tags.get(side.tag).filter(|_| put);
                    let chosen = chosen.map(|tag| tag.name.clone());
                    side.tags = tags;
                    side.tag = chosen
                        .and_then(|name| side.tags.iter().position(|tag| tag.name == name))
                        .unwrap_or(side.tag)
                        .min(side.tags.len().saturating_sub(1));
                }
                // An empty store on the first start: get the news without being asked.
                if first
                    && self.side.store_empty
                    && self.settings.first_refresh
                    && !self.settings.offline
                    && self.refresh.running.is_none()
                {
                    return self.refresh_now(Vec::new(), false);
                }
                Vec::new()
            }
            Event::Arrived { ticket, new } => {
                if ticket == self.list.ticket {
                    self.list.new = new;
                    // Nothing to disturb: show what has come.
                    if new > 0 && self.list.rows.is_empty() && self.prompt.line.is_none() {
                        return self.open_list();
                    }
                }
                Vec::new()
            }
            Event::Article(id, article) => self.opened(id, article),
            Event::Laid { id, width, laid } => {
                let height = self.article_height();
                if let Some(reading) = &mut self.article.open
                    && reading.article.headline.id == id
                    && reading.width == width
                {
                    reading.set_lines(laid, height);
                    let mut effects = self.after_scroll();
                    effects.extend(self.ask_pictures());
                    return effects;
                }
                Vec::new()
            }
            Event::Picture { url, rows } => self.picture(url, rows),
            Event::Revisions(article, earlier) => self.revisions(article.as_deref(), &earlier),
            Event::Health(health) => {
                match &mut self.popup.open {
                    // As it is now, the cursor where it was.
                    Some(popup) if matches!(popup.kind, Kind::Health(_)) => {
                        popup.cursor = popup.cursor.min(health.len().saturating_sub(1));
                        popup.kind = Kind::Health(health);
                    }
                    _ if self.popup.status_wanted => {
                        self.popup.open = Some(Popup::new(Kind::Health(health)));
                    }
                    _ => {}
                }
                self.popup.status_wanted = false;
                Vec::new()
            }
            Event::Marked {
                changed,
                mark,
                list,
            } => {
                if changed == 0
                    && let Some(at) = self
                        .undo_stack
                        .iter()
                        .rposition(|done| *done == Undoable::Marks)
                {
                    self.undo_stack.remove(at);
                }
                let undo = match self.keymap.key_at(Action::Undo, LIST) {
                    Some(key) => format!("; {key} takes it back"),
                    None => String::new(),
                };
                if list {
                    self.info(match (changed, mark) {
                        (0, _) => "All of the list was read already.".to_owned(),
                        (1, _) => format!("1 article marked read{undo}."),
                        (n, _) => format!("{n} articles marked read{undo}."),
                    });
                }
                self.recount()
            }
            Event::Undone(what) => {
                match what {
                    Some(what) => self.info(format!("Taken back: {what}.")),
                    None => self.info("There is nothing to take back."),
                }
                let mut effects = self.headlines_again();
                effects.extend(self.recount());
                effects
            }
            Event::Progress(progress) => {
                self.refresh.running = Some(progress);
                Vec::new()
            }
            Event::Refreshed { report, error, at } => {
                let mut effects = self.refreshed(report, error, at);
                let watched = self.popup.open.as_ref();
                if watched.is_some_and(|popup| matches!(popup.kind, Kind::Health(_))) {
                    effects.push(Effect::LoadHealth);
                }
                effects
            }
            Event::Fetched(id, result) => match result {
                Ok(()) => {
                    self.info("The full text is here.");
                    let mut effects = self.touched();
                    if self
                        .article
                        .open
                        .as_ref()
                        .is_some_and(|reading| reading.article.headline.id == id)
                    {
                        effects.push(Effect::LoadArticle(id));
                    }
                    effects
                }
                Err(why) => {
                    self.error(format!("The text could not be fetched: {why}"));
                    Vec::new()
                }
            },
            Event::Discovered(result) => {
                match result {
                    Ok(offer) => {
                        let what = format!("What {} offers is there", offer.name);
                        self.show_or_defer(Deferred::Popup(Popup::new(Kind::Offer(offer))), &what);
                    }
                    Err(why) => {
                        let again = match self.keymap.key_at(Action::AddOutlet, LIST) {
                            Some(key) => format!(" · {key} to mend the address"),
                            None => String::new(),
                        };
                        self.error(format!("{why}{again}"));
                    }
                }
                Vec::new()
            }
            Event::Added(name, outlets) => {
                self.prompt.failed_url.clear();
                let old = std::mem::replace(
                    &mut self.side,
                    super::sidebar::Sidebar::new(&self.settings.views, &outlets),
                );
                let shown = |(place, _): &(_, String)| *place == self.choice.place;
                self.side.place = self.side.places.iter().position(shown).unwrap_or(0);
                self.side.place_top = old.place_top;
                (self.side.tags, self.side.tag) = (old.tags, old.tag);
                self.side.tag_top = old.tag_top;
                self.info(format!("{name} is added; it is being refreshed."));
                let mut effects = self.refresh_these(vec![name]);
                effects.push(self.load_sidebar());
                effects
            }
            Event::Output { title, text, ok } => {
                if !ok {
                    self.error(format!("{title} failed."));
                } else if text.trim().is_empty() {
                    self.info(format!("{title}: done."));
                }
                if !text.trim().is_empty() {
                    let what = match ok {
                        true => format!("What {title} wrote is there"),
                        false => format!("{title} failed, and what it wrote is there"),
                    };
                    self.show_or_defer(Deferred::Popup(Popup::text(&title, &text)), &what);
                }
                Vec::new()
            }
            Event::Exists { id, path, free } => {
                let what = format!("{path} is there already");
                self.show_or_defer(Deferred::Exists(Saving { id, path, free }), &what);
                Vec::new()
            }
            Event::History(kept) => {
                self.merge_history(kept);
                Vec::new()
            }
            Event::Touched => self.touched(),
            Event::Time(name) => self.time(name),
            Event::Said(text) => {
                self.info(text);
                Vec::new()
            }
            Event::Failed(text) => {
                self.list.waiting = false;
                self.list.loading_new_list = false;
                self.type_ahead.clear();
                self.error(text);
                Vec::new()
            }
        }
    }

    fn sought(&mut self, ticket: u64, place: Option<newsprint_model::Cursor>) -> Vec<Effect> {
        if ticket != self.list.ticket {
            return Vec::new();
        }
        if let (Some(from), Some(list)) = (place, &self.list.list)
            && self.seeking.left > 1
        {
            self.seeking.left -= 1;
            self.seeking.last = place;
            return vec![Effect::Seek {
                ticket,
                list: list.clone(),
                from,
                forward: self.seeking.forward,
            }];
        }
        // Where there are fewer, the last of them is as far as it goes.
        let Some(place) = place.or(self.seeking.last.take()) else {
            self.seeking.open_found = false;
            self.info("No other unread article here.");
            return Vec::new();
        };
        let mut effects = self.list.go_to(place);
        if self.seeking.open_found && effects.is_empty() {
            self.seeking.open_found = false;
            effects.extend(self.open_chosen());
        }
        effects
    }

    /// Headlines as they are now: those of the list, and that of the open article, which comes once more
    /// where it has another text.
    fn take_headlines(&mut self, headlines: Vec<Headline>) -> Vec<Effect> {
        let look = self.look();
        let mut effects = Vec::new();
        if let Some(reading) = &mut self.article.open {
            let open = &mut reading.article.headline;
            if let Some(now) = headlines.iter().find(|now| now.id == open.id)
                && now != open
            {
                if now.text != open.text || now.words != open.words {
                    effects.push(Effect::LoadArticle(open.id));
                }
                *open = now.clone();
                reading.head =
                    super::article_head::head(&reading.article, reading.width.max(2), &look);
            }
        }
        self.list.take_headlines(headlines);
        effects
    }

    fn opened(
        &mut self,
        id: newsprint_model::ArticleId,
        article: Option<Box<newsprint_model::Article>>,
    ) -> Vec<Effect> {
        let Some(article) = article else {
            self.error("This article is no longer in the store.");
            self.screen.focus = Pane::List;
            return Vec::new();
        };
        let again = self
            .article
            .open
            .as_ref()
            .is_some_and(|reading| reading.article.headline.id == id);
        let read = article.headline.read;
        let mut reading = Reading::new(article);
        if again && let Some(old) = &self.article.open {
            // The same article with a new text: stay where the reader is.
            reading.top = old.top;
        }
        self.article.open = Some(reading);
        self.article.read_timer += 1;
        let mut effects = Vec::new();
        if !read && !again {
            match self.settings.mark_read {
                MarkRead::Open => effects.extend(self.mark(id, Mark::Read)),
                MarkRead::After(time) => effects.push(Effect::After(time, self.article.read_timer)),
                MarkRead::End | MarkRead::Never => {}
            }
        }
        self.show_searched();
        effects
    }

    /// Shows the words that led to the open article where they stand in it.
    pub(super) fn show_searched(&mut self) {
        let words = self.searched_beginnings();
        if let Some(reading) = &mut self.article.open
            && !words.is_empty()
        {
            reading.find_any(words);
        }
    }

    fn time(&mut self, name: u64) -> Vec<Effect> {
        if name != self.article.read_timer || self.panes().article.is_none() {
            return Vec::new();
        }
        match &self.article.open {
            Some(reading) if !reading.article.headline.read => {
                let id = reading.article.headline.id;
                self.mark(id, Mark::Read)
            }
            _ => Vec::new(),
        }
    }

    /// Asks for the article's pictures, where pictures are shown.
    fn ask_pictures(&mut self) -> Vec<Effect> {
        if !self.settings.images || self.settings.linear {
            return Vec::new();
        }
        let Some(area) = self.article_area() else {
            return Vec::new();
        };
        let room = (area.w, (area.h / 2).clamp(3, 20));
        if area.h < 12 || area.w < 30 {
            return Vec::new();
        }
        let Some(reading) = &mut self.article.open else {
            return Vec::new();
        };
        let mut urls = reading.new_pictures();
        if let Some(url) = reading.article.image.clone()
            && !reading.asked.contains(&url)
        {
            reading.asked.push(url.clone());
            urls.push(url);
        }
        let ask = |url| Effect::LoadPicture { url, room };
        urls.into_iter().map(ask).collect()
    }

    fn picture(&mut self, url: String, rows: Result<u16, String>) -> Vec<Effect> {
        let height = self.article_height() as u16;
        let Some(reading) = &mut self.article.open else {
            return Vec::new();
        };
        let (Ok(rows), true) = (rows, self.settings.images) else {
            return Vec::new();
        };
        if !reading.asked.contains(&url) {
            return Vec::new();
        }
        if reading.article.image.as_ref() == Some(&url) && reading.top == 0 {
            reading.lead_with(&url);
        }
        reading.image_rows.retain(|(have, _)| *have != url);
        reading.image_rows.push((url, rows));
        reading.ask(height)
    }

    fn revisions(
        &mut self,
        article: Option<&newsprint_model::Article>,
        earlier: &[Revision],
    ) -> Vec<Effect> {
        match (earlier.first(), article) {
            (Some(old), Some(article)) => {
                let title = format!(
                    "What changed until {}",
                    old.replaced
                        .to_zoned_datetime(self.settings.zone.clone())
                        .strftime("%-d %b %Y, %H:%M")
                );
                let whole = |title: &str, body: &str| {
                    format!("{}\n\n{}", safe_text::line(title), plain(body))
                };
                let pieces = diff(
                    &whole(&old.title, &old.body),
                    &whole(&article.headline.title, &article.body),
                );
                self.popup.open = Some(Popup::new(Kind::Diff { title, pieces }));
            }
            (_, None) => self.error("This article is no longer in the store."),
            (None, _) => self.info("No earlier text is kept of this article."),
        }
        Vec::new()
    }

    fn recount(&self) -> Vec<Effect> {
        let mut effects = vec![self.load_sidebar()];
        if let Some(list) = &self.list.list {
            effects.push(Effect::Count {
                ticket: self.list.ticket,
                list: list.clone(),
            });
        }
        effects
    }

    fn refreshed(
        &mut self,
        report: Refreshed,
        error: Option<String>,
        at: newsprint_model::Time,
    ) -> Vec<Effect> {
        self.refresh.running = None;
        if let Some(error) = error {
            self.error(error);
            return Vec::new();
        }
        let stopped = std::mem::take(&mut self.refresh.stopping);
        if stopped && report.asked.is_empty() {
            self.info("The refresh was stopped before anything came.");
            return Vec::new();
        }
        if report.asked.is_empty() {
            // Nothing is known that was not known before: what failed stays failed.
            self.info(match report.due {
                Some(due) => format!("Nothing was asked: not due until {}.", self.clock(due, at)),
                None => format!(
                    "Nothing was asked; `{}` shows how the outlets are doing.",
                    self.key_or_name(Action::Health, LIST)
                ),
            });
            return Vec::new();
        }
        self.refresh.last = Some(at);
        let came = match report.new {
            0 => "Nothing new.".to_owned(),
            1 => "1 new article.".to_owned(),
            n => format!("{n} new articles."),
        };
        let halt = if stopped { "Stopped. " } else { "" };
        let came = format!("{halt}{came}");
        let health = self.key_or_name(Action::Health, LIST);
        match (report.failed.as_slice(), report.notes.as_slice()) {
            ([], []) => self.info(came),
            ([], [(name, note)]) => self.info(format!("{came} {name}: {note}")),
            ([], [(name, note), rest @ ..]) => self.info(format!(
                "{came} {name}: {note} ({} more; `{health}` shows them)",
                rest.len()
            )),
            ([(name, why)], _) => self.error(format!("{halt}{name}: {why}")),
            ([(name, why), rest @ ..], _) => self.error(format!(
                "{halt}{name}: {why} ({} more failed; `{health}` shows them)",
                rest.len()
            )),
        }
        let others = |(name, _): &(String, String)| !report.asked.contains(name);
        self.refresh.failures.retain(others);
        self.refresh.failures.extend(report.failed);
        self.refresh.notes.retain(|(name, _)| {
            let again = report.notes.iter().any(|(noted, _)| noted == name);
            !again
        });
        self.refresh.notes.extend(report.notes);
        if self.list.rows.is_empty() && self.prompt.line.is_none() {
            return self.open_list();
        }
        self.touched()
    }

    /// A moment as a clock shows it, with the day where that is not today.
    fn clock(&self, time: newsprint_model::Time, now: newsprint_model::Time) -> String {
        let zone = &self.settings.zone;
        let (time, now) = (
            time.to_zoned_datetime(zone.clone()),
            now.to_zoned_datetime(zone.clone()),
        );
        let format = if time.date() == now.date() {
            "%H:%M"
        } else {
            "%-d %b %H:%M"
        };
        time.strftime(format).to_string()
    }
}
