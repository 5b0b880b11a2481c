//! What the state makes of each event. Never here: where events come from.

use crate::library::selection::Place;
use crate::tui::effect::{Effect, Fill, Timer};
use crate::tui::event::{Event, Offer, SidebarCounts};
use crate::tui::keymap::actions::{Action, LIST};
use newsprint_html::layout::Laid;
use newsprint_html::{diff, plain, safe_text};
use newsprint_model::{Article, ArticleId, Cursor, Headline, Health, Mark, Revision, TextState};
use newsprint_store::{FileState, List};

use super::article::Reading;
use super::deferred::Deferred;
use super::headlines::CHUNK;
use super::messages::{FETCHING_IMAGES, LOOKING};
use super::popup::{Kind, Popup};
use super::prompt::{Ask, Saving};
use super::{Pane, State, Undoable};

/// The number of an article that no database has.
const NO_ARTICLE: ArticleId = ArticleId(0);

impl State {
    /// Takes in an event.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        self.messages.unasked = true;
        let mut effects = self.take(event);
        self.messages.unasked = false;
        effects.extend(self.catch_up());
        self.settle(effects)
    }

    fn take(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Opened { ticket, list } => self.list_opened(ticket, list),
            Event::Rows {
                ticket,
                rows,
                folds,
                fill,
                end,
                first,
            } if ticket == self.list.ticket => {
                let mut effects = self.list.take_rows(rows, folds, fill, end, first);
                if fill == Fill::Here {
                    effects.extend(self.find_place());
                }
                self.rows_came(effects)
            }
            Event::Counted { ticket, counts } if ticket == self.list.ticket => {
                self.list.take_counts(counts);
                Vec::new()
            }
            Event::Found {
                ticket,
                offset,
                rows,
                end,
            } if ticket == self.list.ticket => {
                let effects = self.list.take_found(offset, rows, end);
                self.rows_came(effects)
            }
            Event::Arrived { ticket, new } if ticket == self.list.ticket => self.arrived(new),
            Event::Sought { ticket, place } if ticket == self.list.ticket => self.sought(place),
            Event::SoughtRow { ticket, row } if ticket == self.list.ticket => self.sought_row(row),
            Event::Placed { ticket, id, place } if ticket == self.list.ticket => {
                self.placed(id, place)
            }
            // Answers for a list that is shown no longer.
            Event::Placed { .. }
            | Event::Rows { .. }
            | Event::Counted { .. }
            | Event::Found { .. }
            | Event::Arrived { .. }
            | Event::Sought { .. }
            | Event::SoughtRow { .. } => Vec::new(),
            Event::QueryCounted(query, counts) => self.query_counted(&query, counts),
            Event::Headlines(headlines) => self.take_headlines(headlines),
            Event::Sidebar(counts) => self.sidebar_counted(*counts),
            Event::Article(id, article) => self.article_came(id, article),
            Event::Story(story) => self.story_came(*story),
            Event::RecentStories(stories) => self.recent_stories_came(&stories),
            Event::StoryChanged(changed) => self.story_changed(*changed),
            Event::Tagged(tagged) => self.tagged(*tagged),
            Event::Laid { id, width, laid } => self.laid(id, width, laid),
            Event::Picture { url, rows } => self.picture(url, rows),
            Event::Revisions(article, earlier) => self.revisions(article.as_deref(), &earlier),
            Event::Health(health) => self.health_came(health),
            Event::Marked {
                changed,
                mark,
                list,
            } => self.marked(changed, mark, list),
            Event::Undone(what) => self.undone(what),
            Event::Progress(progress) => {
                self.refresh.running = Some(progress);
                Vec::new()
            }
            Event::Placing { done, total } => {
                self.refresh.placing = (done < total).then_some((done, total));
                Vec::new()
            }
            Event::Refreshed { report, error, at } => self.refresh_ended(report, error, at),
            Event::Fetched(id, result) => self.fetched(id, result),
            Event::Explained(lines) => self.explained(&lines),
            Event::OutletsStored => match self.list.rows.is_empty() {
                true => self.open_list(),
                false => Vec::new(),
            },
            Event::Discovering { url, tried } => self.discovering(&url, tried),
            Event::Discovered(result) => self.discovered(result),
            Event::AlreadyAdded(name) => self.already_added(name),
            Event::Added(name) => self.outlet_added(name),
            Event::Config { config, removed } => self.configure(&config, removed),
            Event::Stored { url, text, article } => self.stored(&url, &text, article),
            Event::CommandStarted(title) => {
                self.command_started(title);
                Vec::new()
            }
            Event::CommandEnded(title) => {
                let commands = &mut self.refresh.commands;
                if let Some(at) = commands.iter().position(|running| *running == title) {
                    commands.remove(at);
                }
                Vec::new()
            }
            Event::Output { title, text, ok } => self.command_ended(&title, &text, ok),
            Event::Exists { id, path, free } => {
                let what = format!("{path} exists");
                self.show_or_defer(Deferred::Exists(Saving { id, path, free }), &what);
                Vec::new()
            }
            Event::History(kept) => {
                self.merge_history(kept);
                Vec::new()
            }
            Event::Touched => self.touched(),
            Event::OtherStore(what) => self.other_store(what),
            Event::Time(timer) => self.time(timer),
            Event::ConfigSame => {
                self.config_right();
                Vec::new()
            }
            Event::ConfigRefused(why) => {
                self.config_refused(&why);
                Vec::new()
            }
            Event::Said(text) => {
                self.info(text);
                Vec::new()
            }
            Event::Failed(text) => {
                self.list.waiting = false;
                self.list.loading_new_list = false;
                self.type_ahead.clear();
                self.article.requested = None;
                self.article.ahead = None;
                self.error(text);
                Vec::new()
            }
        }
    }

    fn list_opened(&mut self, ticket: u64, mut list: List) -> Vec<Effect> {
        if ticket != self.list.ticket {
            return Vec::new();
        }
        list.fold = self.fold();
        self.list.list = Some(list.clone());
        let first = if self.list.by_offset() {
            self.list.page(list.clone(), 0)
        } else {
            // The first screenful at once; the list asks ahead after it.
            let limit = CHUNK.min(self.list_height() * 2 + 4);
            self.list.first_rows(list.clone(), limit)
        };
        vec![first, Effect::Count { ticket, list }, self.load_sidebar()]
    }

    /// Rows are there; an article that was to be opened when they come is opened.
    fn rows_came(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        if self.list.waiting {
            return effects;
        }
        effects.extend(self.leave_empty_start());
        if let Some(row) = self.seeking.row.take() {
            self.list.cursor = row.min(self.list.rows.len().saturating_sub(1));
        }
        if self.screen.focus != Pane::Article {
            return effects;
        }
        if std::mem::take(&mut self.seeking.open_loaded) {
            effects.extend(self.load_chosen());
        }
        if std::mem::take(&mut self.seeking.open_found) {
            effects.extend(self.open_chosen());
        }
        effects
    }

    fn sidebar_counted(&mut self, counts: SidebarCounts) -> Vec<Effect> {
        let side = &mut self.side;
        side.all = counts.all;
        side.starred = counts.starred;
        side.today = counts.today;
        side.stories = counts.stories;
        side.views = counts.views;
        side.outlets = counts.outlets;
        self.know_failures();
        let side = &mut self.side;
        let first = !side.known;
        side.known = true;
        side.store_empty = counts.empty;
        if counts.ticket == self.list.ticket {
            // The cursor stays on its tag; where nobody has put it anywhere, at the top.
            let put = self.screen.focus == Pane::Tags || side.tag > 0;
            let chosen = side.tags.get(side.tag).filter(|_| put);
            let chosen = chosen.map(|tag| tag.name.clone());
            side.set_tags(counts.tags);
            side.tag = chosen
                .and_then(|name| side.tags.iter().position(|tag| tag.name == name))
                .unwrap_or(side.tag)
                .min(side.tags.len().saturating_sub(1));
            if side.tags.is_empty() && self.screen.focus == Pane::Tags {
                self.screen.focus = Pane::List;
            }
        }
        let mut effects = self.leave_empty_start();
        if first {
            effects.extend(self.first_refresh());
        }
        effects
    }

    /// The database file is another one: what is shown is its content.
    fn other_store(&mut self, what: FileState) -> Vec<Effect> {
        self.article.recent.clear();
        self.article.requested = None;
        self.article.ahead = None;
        self.undo_stack.clear();
        let is_empty = matches!(
            what,
            FileState::Removed | FileState::Truncated | FileState::Damaged
        );
        if is_empty && self.screen.focus != Pane::Article {
            // It only followed the cursor.
            self.article.open = None;
        }
        if is_empty && let Some(reading) = &mut self.article.open {
            // It can be read on; its number will be another article's. Marks go by its name.
            reading.article.headline.id = NO_ARTICLE;
        }
        if self
            .prompt
            .line
            .as_ref()
            .is_some_and(|line| line.ask == Ask::ArticleTags)
        {
            // It was for articles that may have other numbers.
            self.prompt.line = None;
        }
        // It nearly always has the same articles: made anew, by this process or another, or an older copy. Keys that
        // are typed meanwhile are for the row where one is.
        let effects = self.open_list_at(self.list.away_from_top());
        self.error(match what {
            FileState::Removed => {
                "The database was removed; created a new one (your marks are kept)."
            }
            FileState::Truncated => {
                "The database was cut short; reopened it (your marks are kept)."
            }
            FileState::LogLost => {
                "The log of the database (newsprint.db-wal) was removed or cut short; made the database anew (your marks are kept)."
            }
            FileState::Damaged => "The database was damaged; repaired it (your marks are kept).",
            _ => "The database was replaced; reopened it (your marks are kept).",
        });
        effects
    }

    fn arrived(&mut self, new: u64) -> Vec<Effect> {
        self.list.new = new;
        // Nothing to disturb: show what has come.
        let ended = self.refresh.running.is_none();
        let first = self.refresh.first && ended;
        self.refresh.first &= !ended;
        if new > 0 && (self.list.rows.is_empty() || first) && self.prompt.line.is_none() {
            return self.open_list();
        }
        Vec::new()
    }

    fn laid(&mut self, id: ArticleId, width: u16, laid: Laid) -> Vec<Effect> {
        let height = self.article_height();
        if let Some(reading) = &mut self.article.open
            && reading.article.headline.id == id
            && reading.width == width
        {
            reading.set_lines(laid, height);
            let opened = reading.opened;
            let mut effects = self.after_scroll();
            if opened {
                effects.extend(self.ask_pictures());
            }
            return effects;
        }
        let mut kept = self.article.recent.iter_mut();
        let is_it = |reading: &&mut Reading| {
            reading.article.headline.id == id && reading.width == width && reading.laid.is_none()
        };
        if let Some(reading) = kept.find(is_it) {
            reading.set_lines(laid, height);
        }
        Vec::new()
    }

    fn health_came(&mut self, health: Vec<Health>) -> Vec<Effect> {
        match &mut self.popup.open {
            // As it is now, the cursor where it was.
            Some(popup) if matches!(popup.kind, Kind::Health(_)) => {
                popup.cursor = popup.cursor.min(health.len().saturating_sub(1));
                popup.kind = Kind::Health(health);
            }
            _ if self.popup.status_wanted => {
                // The outlet that is shown or chosen; else the first that fails, which one came to see.
                let here = match (self.screen.focus, &self.choice.place) {
                    (Pane::Outlets, _) | (_, Place::Outlet(_)) => self.target_outlet(),
                    _ => None,
                };
                let here = here.map(|outlet| outlet.name.clone());
                let fails = |one: &Health| one.last_error.is_some() || one.stopped.is_some();
                let at = health.iter().position(|one| match &here {
                    Some(name) => one.outlet == *name,
                    None => fails(one),
                });
                let mut popup = Popup::new(Kind::Health(health));
                popup.cursor = at.unwrap_or(0);
                self.popup.open = Some(popup);
            }
            _ => {}
        }
        self.popup.status_wanted = false;
        Vec::new()
    }

    fn marked(&mut self, changed: u64, mark: Mark, list: bool) -> Vec<Effect> {
        let is_mark = |done: &Undoable| matches!(done, Undoable::Marks(_));
        if changed == 0
            && let Some(at) = self.undo_stack.iter().rposition(is_mark)
        {
            self.undo_stack.remove(at);
        }
        if list {
            let undo = match self.keymap.key_at(Action::Undo, LIST) {
                Some(key) => format!(" ({key}: undo)"),
                None => String::new(),
            };
            let word = match mark {
                Mark::Read => "as read",
                Mark::Unread => "as unread",
                Mark::Star => "with a star",
                Mark::Unstar => "without a star",
            };
            let meant = self.list.marking.take();
            self.info(match changed {
                n if meant.is_some_and(|meant| (1..n).contains(&meant)) => {
                    let meant = meant.unwrap_or_default();
                    let what = super::marks::with_copies(mark, meant, n - meant);
                    format!("{what}{undo}")
                }
                0 => "All read already.".to_owned(),
                1 => format!("Marked 1 article {word}{undo}"),
                n => format!("Marked {n} articles {word}{undo}"),
            });
        } else if let Some(meant) = self.list.marking.take()
            && meant > 0
            && changed > meant
        {
            self.info(super::marks::with_copies(mark, meant, changed - meant));
        }
        self.recount()
    }

    fn explained(&mut self, lines: &[String]) -> Vec<Effect> {
        self.messages.shown = None;
        // In columns: they come safe, and their spaces stay.
        self.show_popup(Popup::new(Kind::Text {
            title: "How the text was found".to_owned(),
            lines: lines.to_vec(),
        }))
    }

    fn fetched(&mut self, id: ArticleId, result: Result<TextState, String>) -> Vec<Effect> {
        match result {
            Err(why) => {
                self.error(format!("Cannot fetch full text: {why}"));
                return Vec::new();
            }
            // What is wrong with a text can be seen part for part of its page, and put right in the config.
            Ok(state) => {
                self.article.fetched = Some(id);
                let again = self.keymap.key_at(Action::FetchText, LIST);
                let again = again.map_or(String::new(), |key| format!("{key} again, or "));
                let explain = format!("{again}newsprint show --explain {id}");
                match state {
                    TextState::Full => {
                        self.info(format!("Full text fetched (still wrong? {explain})"));
                    }
                    _ => self.error(format!(
                        "No full text found on the page (why: {explain}). \
                         [outlet.select] in the config can name the right part."
                    )),
                }
            }
        }
        let mut effects = self.touched();
        let recent = &mut self.article.recent;
        recent.retain(|have| have.article.headline.id != id);
        let open = self.article.open.as_ref();
        if open.is_some_and(|reading| reading.article.headline.id == id) {
            effects.push(Effect::LoadArticle(id));
        }
        effects
    }

    /// Says so where nothing else is said.
    fn discovering(&mut self, url: &str, tried: usize) -> Vec<Effect> {
        let shown = self.messages.shown.as_ref();
        if shown.is_none_or(|message| message.text.starts_with(LOOKING)) {
            self.hint(format!("{LOOKING} {url}… ({tried} tried)"));
        }
        Vec::new()
    }

    fn discovered(&mut self, result: Result<Offer, String>) -> Vec<Effect> {
        match result {
            Ok(offer) => {
                if !offer.empty {
                    self.prompt.failed_url.clear();
                }
                let what = format!("Found {}", offer.name);
                self.show_or_defer(Deferred::Popup(Popup::new(Kind::Offer(offer))), &what);
            }
            Err(why) => {
                let again = match self.keymap.key_at(Action::AddOutlet, LIST) {
                    Some(key) => format!(" ({key}: edit address)"),
                    None => String::new(),
                };
                self.error(format!("{why}{again}"));
            }
        }
        Vec::new()
    }

    fn outlet_added(&mut self, name: String) -> Vec<Effect> {
        self.prompt.failed_url.clear();
        if self.refresh.running.is_some() {
            // One refresh at a time: it is fetched right after the one that runs.
            self.info(format!("Added {name}; it is refreshed next."));
            self.refresh.added.push(name);
            return Vec::new();
        }
        let effects = self.refresh_these(vec![name.clone()]);
        self.info(format!("Added {name}; refreshing…"));
        effects
    }

    /// An article that a link leads to opens here; else the link is opened outside.
    fn stored(&mut self, url: &str, text: &str, article: Option<ArticleId>) -> Vec<Effect> {
        match article {
            Some(id) => self.open_article(id),
            None => self.open_link_outside(url, text),
        }
    }

    fn command_ended(&mut self, title: &str, text: &str, ok: bool) -> Vec<Effect> {
        let empty = text.trim().is_empty();
        match (ok, empty) {
            (false, _) => self.error(format!("{title}: failed")),
            (true, true) => self.info(format!("{title}: done")),
            (true, false) => {}
        }
        if !empty {
            let what = format!("Output of {title}");
            self.show_or_defer(Deferred::Popup(Popup::text(title, text)), &what);
        }
        Vec::new()
    }

    fn sought(&mut self, place: Option<Cursor>) -> Vec<Effect> {
        let ticket = self.list.ticket;
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
            self.info("No more unread articles.");
            return Vec::new();
        };
        let mut effects = self.list.go_to(place);
        if self.seeking.open_found && effects.is_empty() {
            self.seeking.open_found = false;
            effects.extend(self.open_chosen());
        }
        effects
    }

    /// The next unread row of a list that is not ordered by newest first: its rows up to there are loaded.
    fn sought_row(&mut self, row: Option<u64>) -> Vec<Effect> {
        let row = row.and_then(|row| usize::try_from(row).ok());
        let (Some(row), Some(list)) = (row, self.list.list.clone()) else {
            self.seeking.open_found = false;
            self.info("No more unread articles.");
            return Vec::new();
        };
        self.seeking.row = Some(row);
        match row < self.list.rows.len() {
            true => self.rows_came(Vec::new()),
            false => self.list.up_to(list, row),
        }
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
                reading.head_anew(&look, self.settings.rules());
            }
        }
        self.list.take_headlines(headlines);
        effects
    }

    fn article_came(&mut self, id: ArticleId, article: Option<Box<Article>>) -> Vec<Effect> {
        let open = self.article.open.as_ref();
        let again = open.filter(|reading| reading.article.headline.id == id);
        let ahead = self.article.ahead == Some(id);
        if ahead {
            self.article.ahead = None;
        }
        if again.is_none() && self.article.requested != Some(id) {
            // It is read ahead of the keys, or one has gone on meanwhile.
            return match article.filter(|_| ahead) {
                Some(article) => self.keep_ahead(Reading::new(article)),
                None => Vec::new(),
            };
        }
        let Some(article) = article else {
            self.article.requested = None;
            self.error("This article was deleted.");
            self.screen.focus = Pane::List;
            return Vec::new();
        };
        let mut reading = Reading::new(article);
        if let Some(old) = again {
            // The same article with a new text: stay where the reader is.
            reading.top = old.top;
            reading.opened = old.opened;
            self.article.open = Some(reading);
            self.show_searched();
            return Vec::new();
        }
        self.article.put_aside();
        self.show_article(reading)
    }

    /// Keeps an article that was read ahead, and has it laid out as it will be shown.
    fn keep_ahead(&mut self, mut reading: Reading) -> Vec<Effect> {
        let effects = match self.room_for(self.leads(&reading)) {
            Some(room) => self.lay_out(&mut reading, room),
            None => Vec::new(),
        };
        self.article.keep(reading);
        effects
    }

    /// Shows the words that led to the open article where they stand in it; those of a search that has ended go.
    pub(super) fn show_searched(&mut self) {
        let words = self.searched_beginnings();
        let Some(reading) = &mut self.article.open else {
            return;
        };
        match words.is_empty() {
            true => reading.end_search(),
            false => reading.find_any(words),
        }
    }

    fn time(&mut self, timer: Timer) -> Vec<Effect> {
        let shown = self.panes().article.is_some();
        match timer {
            Timer::Read(number) if number == self.article.shown && shown => {
                match &self.article.open {
                    Some(reading) if !reading.article.headline.read => {
                        let id = reading.article.headline.id;
                        self.mark(vec![id], Mark::Read)
                    }
                    _ => Vec::new(),
                }
            }
            Timer::Rest(number) if number == self.article.shown => self.ask_pictures(),
            Timer::Read(_) | Timer::Rest(_) => Vec::new(),
            Timer::Refresh => self.refresh_by_itself(),
        }
    }

    /// Asks for the article's pictures, where pictures are shown.
    pub(super) fn ask_pictures(&mut self) -> Vec<Effect> {
        if !self.settings.images || self.settings.reader.linear {
            return Vec::new();
        }
        let Some(area) = self.article_area() else {
            return Vec::new();
        };
        let room = (area.w, (area.h / 2).clamp(3, 20));
        // The cells that it gets when it is there.
        let side = self.room_for(true).and_then(|room| room.side);
        let beside = side.map(|side| (side.w, side.h.saturating_sub(2).min(24)));
        if (area.h < 12 || area.w < 30) && beside.is_none() {
            return Vec::new();
        }
        let fetch = self
            .article
            .open
            .as_ref()
            .is_some_and(|reading| self.fetches(reading));
        let Some(reading) = &mut self.article.open else {
            return Vec::new();
        };
        let mut urls = reading.new_pictures();
        let leading = match (&reading.lead, beside) {
            (Some(lead), Some(_)) => Some(lead.url.clone()),
            _ => reading.article.image.clone(),
        };
        if let Some(url) = leading
            && !reading.asked.contains(&url)
        {
            reading.asked.push(url.clone());
            urls.push(url);
        }
        let ask = |url: String| {
            let leads = reading.lead.as_ref().is_some_and(|lead| lead.url == url);
            let room = beside.filter(|_| leads).unwrap_or(room);
            Effect::LoadPicture { url, room, fetch }
        };
        urls.into_iter().map(ask).collect()
    }

    fn picture(&mut self, url: String, rows: Result<u16, String>) -> Vec<Effect> {
        let height = self.article_height() as u16;
        let has_side = self.room_for(true).is_some_and(|room| room.side.is_some());
        let Some(reading) = &mut self.article.open else {
            return Vec::new();
        };
        if !self.settings.images || !reading.asked.contains(&url) {
            return Vec::new();
        }
        reading.answered += 1;
        let all = reading.answered >= reading.asked.len();
        let rows = match rows {
            Ok(rows) => {
                if all {
                    self.end_message(FETCHING_IMAGES);
                }
                rows
            }
            Err(why) => {
                reading.missing = true;
                if reading.fetch {
                    self.error(format!("Image: {why}"));
                }
                return Vec::new();
            }
        };
        let Some(reading) = &mut self.article.open else {
            return Vec::new();
        };
        let leads = reading.lead.as_ref().is_some_and(|lead| lead.url == url);
        if leads && has_side && !reading.lead_came {
            reading.lead_came = true;
            if !reading.beside {
                // Laid out anew, with room beside the text.
                reading.beside_rows = Some(rows);
                return Vec::new();
            }
        }
        if reading.is_beside(&url) {
            reading.beside_rows = Some(rows);
            return Vec::new();
        }
        if reading.article.image.as_ref() == Some(&url) && reading.top == 0 {
            reading.lead_with(&url);
        }
        reading.image_rows.retain(|(have, _)| *have != url);
        reading.image_rows.push((url, rows));
        reading.ask(height)
    }

    fn revisions(&mut self, article: Option<&Article>, earlier: &[Revision]) -> Vec<Effect> {
        match (earlier.first(), article) {
            (Some(old), Some(article)) => {
                let title = format!("Changes until {}", self.times().full(old.replaced));
                let whole = |title: &str, body: &str| {
                    format!("{}\n\n{}", safe_text::line(title), plain(body))
                };
                let pieces = diff(
                    &whole(&old.title, &old.body),
                    &whole(&article.headline.title, &article.body),
                );
                self.popup.open = Some(Popup::new(Kind::Diff { title, pieces }));
            }
            (_, None) => self.error("This article was deleted."),
            (None, _) => self.info("No earlier version."),
        }
        Vec::new()
    }

    pub(super) fn recount(&self) -> Vec<Effect> {
        let mut effects = vec![self.load_sidebar()];
        if let Some(list) = &self.list.list {
            effects.push(Effect::Count {
                ticket: self.list.ticket,
                list: list.clone(),
            });
        }
        effects
    }
}
