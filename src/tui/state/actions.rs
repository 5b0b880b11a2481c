//! What each action does to the state. Never here: keys, drawing, anything that happens outside.

use crate::tui::effect::Effect;
use crate::tui::keymap::actions::Action;
use newsprint_model::query::beginnings;
use newsprint_model::{ArticleId, Mark, Time, fold};

use super::messages::GRACE;
use super::popup::{Kind, Popup};
use super::popup_text::{health_over, popup_area, popup_lines};
use super::prompt::Ask;
use super::{Pane, State, Undoable};
use crate::library::selection::{self, Choice, Place, Status, TagChoice};
use crate::tui::keymap::actions::LIST;
use newsprint_store::List;

impl State {
    /// Does what was asked for; `count` is how often.
    pub fn act(&mut self, action: Action, count: Option<u32>) -> Vec<Effect> {
        if self.hold_back(action, count) {
            return Vec::new();
        }
        let times = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        if self.popup.open.is_some()
            && let Some(effects) = self.act_popup(action, times)
        {
            return effects;
        }
        match action {
            Action::Down => self.move_by(times),
            Action::Up => self.move_by(-times),
            Action::HalfDown => self.page(times, 2),
            Action::HalfUp => self.page(-times, 2),
            Action::PageDown => self.page(times, 1),
            Action::PageUp => self.page(-times, 1),
            Action::Top => self.go_top(count),
            Action::Bottom => self.go_bottom(count),
            Action::NextPane => self.next_pane(1),
            Action::PreviousPane => self.next_pane(-1),
            Action::Open => self.open(),
            Action::Back => self.back(),
            Action::Quit => self.quit(),
            Action::QuitNow => self.quit_now(),
            Action::ReadOn => self.read_on(times),
            Action::NextArticle => self.neighbour(times),
            Action::PreviousArticle => self.neighbour(-times),
            Action::Next => self.next(times),
            Action::Previous => self.next(-times),
            Action::Zen => self.zen(),
            Action::FetchText => self.fetch_text(),
            Action::Diff => self.diff(),
            Action::LinkHints => self.link_hints(),
            Action::Links => self.links(),
            Action::Images => {
                self.settings.images = !self.settings.images;
                self.info(if self.settings.images {
                    "Pictures are shown where there is room."
                } else {
                    "Pictures are off."
                });
                self.settle_pictures()
            }
            Action::Search => {
                if self.screen.focus == Pane::Article {
                    if let Some(reading) = &mut self.article.open {
                        reading.begin_find();
                    }
                    self.ask(Ask::Find, "");
                } else {
                    self.begin_search();
                }
                Vec::new()
            }
            Action::SearchAll => {
                self.screen.focus = Pane::List;
                self.begin_search();
                Vec::new()
            }
            Action::Filter => {
                self.leave_place();
                self.prompt.choice_before_prompt = Some(self.choice.clone());
                let text = self.choice.filter.as_ref().map(|typed| typed.text.clone());
                self.ask(Ask::Filter, &text.unwrap_or_default());
                Vec::new()
            }
            Action::ClearFilter => self.clear_filter(),
            Action::PickTags => self.pick_tags(),
            Action::ClearTags => self.clear_tags(),
            Action::TagToggle | Action::TagNot | Action::TagHide | Action::TagMute => {
                let name = crate::tui::keymap::actions::find(action).map_or("", |row| row.name);
                match (self.tag_under(name), action) {
                    (None, _) => Vec::new(),
                    (Some(tag), Action::TagToggle) => self.with_tag(&tag, false),
                    (Some(tag), Action::TagNot) => self.with_tag(&tag, true),
                    (Some(tag), _) => self.change_tag(&tag, action == Action::TagMute, true),
                }
            }
            Action::ShowAll => self.show(Status::All),
            Action::ShowUnread => self.show(Status::Unread),
            Action::ShowStarred => self.show(Status::Starred),
            Action::ToggleUnread => self.show(match self.choice.status {
                Status::Unread => Status::All,
                Status::All | Status::Starred => Status::Unread,
            }),
            Action::SaveView => {
                self.name_view();
                Vec::new()
            }
            Action::Sort => self.sort(),
            Action::ToggleRead => self.toggle_read(),
            Action::ToggleStar => self.toggle_star(),
            Action::MarkList => self.mark_list(),
            Action::MarkAll => self.mark_all(),
            Action::Undo => self.undo(),
            Action::Refresh => self.refresh_one(),
            Action::RefreshAll => self.refresh_these(Vec::new()),
            Action::StopRefresh => self.stop_refresh(),
            Action::Health => {
                self.popup.status_wanted = true;
                vec![Effect::LoadHealth]
            }
            Action::AddOutlet => {
                self.popup.open = None;
                // What could not be looked up is there to be mended.
                let tried = self.prompt.failed_url.clone();
                self.ask(Ask::OutletUrl, &tried);
                Vec::new()
            }
            Action::Browse => self.browse(false),
            Action::BrowseRead => self.browse(true),
            Action::CopyUrl => self.copy(false),
            Action::CopyTitle => self.copy(true),
            Action::Pipe => self.ask_about(Ask::Pipe),
            Action::Save => self.ask_about(Ask::Save),
            Action::Help => {
                self.popup.open = Some(Popup::new(Kind::Help));
                Vec::new()
            }
            Action::Messages => {
                self.show_messages();
                Vec::new()
            }
            Action::Command => {
                self.ask(Ask::Command, "");
                Vec::new()
            }
            Action::Mouse => {
                self.settings.mouse = !self.settings.mouse;
                self.info(if self.settings.mouse {
                    "The mouse is on; select text with Shift held."
                } else {
                    "The mouse is off."
                });
                vec![Effect::Mouse(self.settings.mouse)]
            }
            Action::Redraw => vec![Effect::Redraw],
            Action::Suspend => vec![Effect::Suspend],
        }
    }

    /// What an action does to the list over the panes; `None` where it means what it always means.
    fn act_popup(&mut self, action: Action, times: isize) -> Option<Vec<Effect>> {
        let height = self.popup_height() as isize;
        let by = match action {
            Action::Down => times,
            Action::Up => -times,
            Action::HalfDown => height / 2,
            Action::HalfUp => -height / 2,
            Action::PageDown => height,
            Action::PageUp => -height,
            Action::Top => isize::MIN / 2,
            Action::Bottom => isize::MAX / 2,
            Action::Back | Action::Quit => {
                self.popup.open = None;
                return Some(Vec::new());
            }
            Action::Open => return Some(self.open_in_popup()),
            Action::Refresh => {
                let name = match &self.popup.open {
                    Some(Popup {
                        kind: Kind::Health(health),
                        cursor,
                        ..
                    }) => health.get(*cursor).map(|health| health.outlet.clone()),
                    _ => None,
                };
                return Some(match name {
                    Some(name) => self.refresh_these(vec![name]),
                    None => {
                        self.hint("There is nothing to refresh here.");
                        Vec::new()
                    }
                });
            }
            Action::Search => {
                if let Some(popup) = &mut self.popup.open
                    && popup.kind == Kind::Help
                {
                    popup.typing = true;
                } else {
                    self.hint("There is nothing to search here.");
                }
                return Some(Vec::new());
            }
            Action::CopyUrl => {
                if let Some(Popup {
                    kind: Kind::Links(links),
                    cursor,
                    ..
                }) = &self.popup.open
                {
                    let url = links.get(*cursor).map(|(_, url)| url.clone());
                    return Some(url.map(Effect::Copy).into_iter().collect());
                }
                self.hint("There is nothing to copy here.");
                return Some(Vec::new());
            }
            _ => return None,
        };
        self.scroll_popup(by);
        Some(Vec::new())
    }

    /// Moves in the list over the panes, as far as it goes.
    pub(super) fn scroll_popup(&mut self, by: isize) {
        let Some(popup) = &self.popup.open else {
            return;
        };
        let height = usize::from(popup_area(self, popup).h.saturating_sub(2));
        let text = !matches!(
            popup.kind,
            Kind::Links(_) | Kind::Health(_) | Kind::Tags { .. }
        );
        // What is read is turned over page by page where lines are spoken: none is said twice.
        let by = if self.settings.linear && text && by.unsigned_abs() < height {
            by.signum() * height as isize
        } else {
            by
        };
        let last = match &popup.kind {
            Kind::Links(links) => links.len().saturating_sub(1),
            Kind::Health(health) => health.len().saturating_sub(1),
            Kind::Tags { .. } => popup.matching_tags().len().saturating_sub(1),
            _ => popup_lines(self, popup).len().saturating_sub(height),
        };
        let (at, skip) = (popup.cursor, popup.skip);
        let to = at.saturating_add_signed(by).min(last);
        let over = health_over(self, popup, at);
        let far = by.unsigned_abs() > height;
        let (to, skip) = if !far && by > 0 && skip < over {
            (at, (skip + by.unsigned_abs()).min(over))
        } else if !far && by < 0 && skip > 0 {
            (at, skip.saturating_sub(by.unsigned_abs()))
        } else if far && by > 0 {
            (to, health_over(self, popup, to))
        } else if to == at && by > 0 {
            (at, skip)
        } else {
            (to, 0)
        };
        if let Some(popup) = &mut self.popup.open {
            (popup.cursor, popup.skip) = (to, skip);
        }
    }

    fn open_in_popup(&mut self) -> Vec<Effect> {
        let Some(mut popup) = self.popup.open.take() else {
            return Vec::new();
        };
        let age = |since: Time| self.now.as_millisecond() - since.as_millisecond();
        if popup
            .deferred_at
            .take()
            .is_some_and(|since| age(since) < GRACE)
        {
            // Typed before it could be read.
            self.popup.open = Some(popup);
            return Vec::new();
        }
        match popup.kind {
            Kind::Links(links) => match links.get(popup.cursor) {
                Some((text, url)) => {
                    let (text, url) = (text.clone(), url.clone());
                    self.open_link(&url, &text)
                }
                None => Vec::new(),
            },
            Kind::Warn { url, .. } => vec![Effect::Browse(url)],
            Kind::Offer(offer) if !offer.empty => vec![Effect::AddOutlet {
                name: self.free_name(offer.name),
                url: offer.url,
            }],
            Kind::Health(health) => match health.get(popup.cursor) {
                Some(health) => self.show_place(&Place::Outlet(health.outlet.clone())),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// A name that nothing in the sidebar has: where this one is taken, with a number.
    fn free_name(&self, name: String) -> String {
        let taken = |name: &str| {
            let places = self.side.places.iter();
            places
                .map(|(_, have)| fold(have))
                .any(|have| have == fold(name))
        };
        let mut free = name.clone();
        let mut number = 2;
        while taken(&free) {
            free = format!("{name} ({number})");
            number += 1;
        }
        free
    }

    /// Says that there is nothing to act on.
    pub(super) fn no_article(&mut self) {
        self.hint("No article is chosen.");
    }

    fn fetch_text(&mut self) -> Vec<Effect> {
        if self.settings.offline {
            self.error("Offline: newsprint was started with --offline.");
            return Vec::new();
        }
        let Some(id) = self.subject().map(|headline| headline.id) else {
            self.no_article();
            return Vec::new();
        };
        self.info("Fetching the article's page …");
        vec![Effect::FetchText(id)]
    }

    fn diff(&mut self) -> Vec<Effect> {
        match self.subject() {
            Some(headline) => vec![Effect::LoadRevisions(headline.id)],
            None => {
                self.no_article();
                Vec::new()
            }
        }
    }

    fn begin_search(&mut self) {
        self.leave_place();
        self.prompt.choice_before_prompt = Some(self.choice.clone());
        if self.panes().list.is_none() {
            // What is found is seen as one types.
            self.screen.focus = Pane::List;
        }
        let text = self.choice.search.as_ref().map(|typed| typed.text.clone());
        self.ask(Ask::Search, &text.unwrap_or_default());
    }

    pub(super) fn clear_filter(&mut self) -> Vec<Effect> {
        if !self.choice.is_narrowed() {
            self.hint("Nothing is searched, filtered or chosen by tags.");
            return Vec::new();
        }
        self.choice.search = None;
        self.choice.filter = None;
        self.choice.tags = TagChoice::default();
        self.open_list_back()
    }

    /// Shows all, unread or starred articles, from where one is.
    fn show(&mut self, status: Status) -> Vec<Effect> {
        self.choice.status = status;
        let place = self.list.away_from_top();
        self.open_list_at(place)
    }

    /// Shows a place and chooses its row in the sidebar.
    pub fn show_place(&mut self, place: &Place) -> Vec<Effect> {
        if let Some(at) = self.side.places.iter().position(|(have, _)| have == place) {
            self.side.place = at;
        }
        self.screen.focus = Pane::List;
        self.show_chosen_place()
    }

    pub(super) fn show_chosen_place(&mut self) -> Vec<Effect> {
        let Some((place, _)) = self.side.places.get(self.side.place) else {
            return Vec::new();
        };
        if *place == self.choice.place {
            return Vec::new();
        }
        self.choice.place = place.clone();
        self.open_list()
    }

    fn sort(&mut self) -> Vec<Effect> {
        if self.choice.search.is_none() {
            self.info("Newest first; a search can be ordered by best match.");
            return Vec::new();
        }
        let ranked = !self.list.ranked;
        let effects = self.open_list();
        self.list.ranked = ranked;
        self.info(if ranked {
            "Best match first."
        } else {
            "Newest first."
        });
        effects
    }

    fn toggle_read(&mut self) -> Vec<Effect> {
        let Some((id, read)) = self.subject().map(|headline| (headline.id, headline.read)) else {
            self.no_article();
            return Vec::new();
        };
        self.say_mark(if read { "Unread." } else { "Read." });
        self.mark(id, if read { Mark::Unread } else { Mark::Read })
    }

    /// Says a mark that otherwise a sign shows.
    fn say_mark(&mut self, words: &str) {
        if self.settings.linear {
            self.info(words);
        }
    }

    fn toggle_star(&mut self) -> Vec<Effect> {
        let Some((id, starred)) = self
            .subject()
            .map(|headline| (headline.id, headline.starred))
        else {
            self.no_article();
            return Vec::new();
        };
        self.say_mark(if starred {
            "No longer starred."
        } else {
            "Starred."
        });
        self.mark(id, if starred { Mark::Unstar } else { Mark::Star })
    }

    /// Marks an article: at once on the screen, then in the store.
    pub(super) fn mark(&mut self, id: ArticleId, mark: Mark) -> Vec<Effect> {
        self.list.show_mark(id, mark);
        let look = self.look();
        if let Some(reading) = &mut self.article.open
            && reading.article.headline.id == id
        {
            super::headlines::apply(&mut reading.article.headline, mark);
            reading.head = super::article_head::head(&reading.article, reading.width.max(2), &look);
        }
        self.undo_stack.push(Undoable::Marks);
        vec![Effect::Mark(vec![id], mark)]
    }

    fn mark_list(&mut self) -> Vec<Effect> {
        let Some(list) = self.list.list.clone() else {
            return Vec::new();
        };
        if self.list.rows.is_empty() {
            self.hint("The list is empty.");
            return Vec::new();
        }
        self.undo_stack.push(Undoable::Marks);
        for row in &mut self.list.rows {
            row.headline.read = true;
        }
        if let Some(counts) = &mut self.list.counts {
            counts.unread = 0;
        }
        vec![Effect::MarkList(list, Mark::Read)]
    }

    /// Marks everything read that was there when the list was opened, whatever the list shows of it;
    /// muted articles stay as they are.
    fn mark_all(&mut self) -> Vec<Effect> {
        let Some(list) = &self.list.list else {
            return Vec::new();
        };
        let all = Choice::default();
        let list = List {
            query: selection::query(&all, &self.settings.views, self.settings.rules()),
            ..list.clone()
        };
        for row in &mut self.list.rows {
            row.headline.read = true;
        }
        self.undo_stack.push(Undoable::Marks);
        vec![Effect::MarkList(list, Mark::Read)]
    }

    /// Asks for the name of a view, unless there is nothing to save.
    fn name_view(&mut self) {
        let narrowed = self.choice.is_narrowed() || self.choice.status != Status::All;
        match (&self.choice.place, narrowed) {
            (_, true) => self.ask(Ask::ViewName, ""),
            (Place::View(at), false) => {
                let name = self.settings.views.get(*at).map(|view| view.name.clone());
                self.hint(format!(
                    "This is the view “{}” already; narrow it first.",
                    name.unwrap_or_default()
                ));
            }
            (Place::All | Place::Outlet(_), false) => {
                let key = |action| self.keymap.key_at(action, LIST);
                let ways = [
                    (key(Action::Filter), "filters"),
                    (key(Action::PickTags), "chooses tags"),
                    (key(Action::ShowUnread), "shows unread"),
                ];
                let ways: Vec<String> = ways
                    .into_iter()
                    .filter_map(|(key, what)| Some(format!("{} {what}", key?)))
                    .collect();
                self.hint(format!(
                    "Narrow the list first, then save it: {}.",
                    ways.join(", ")
                ));
            }
        }
    }

    fn refresh_one(&mut self) -> Vec<Effect> {
        let name = match (&self.choice.place, self.screen.focus) {
            (Place::Outlet(name), _) => Some(name.clone()),
            (_, Pane::List | Pane::Article) => self.subject().map(|h| h.outlet.clone()),
            _ => None,
        };
        self.refresh_these(name.into_iter().collect())
    }

    /// Refreshes outlets because a person asked: now, due or not.
    pub(super) fn refresh_these(&mut self, outlets: Vec<String>) -> Vec<Effect> {
        self.refresh_now(outlets, true)
    }

    /// Refreshes outlets, unless nothing can be asked.
    pub(super) fn refresh_now(&mut self, outlets: Vec<String>, force: bool) -> Vec<Effect> {
        if self.settings.offline {
            self.error("Offline: newsprint was started with --offline.");
            return Vec::new();
        }
        if self.refresh.running.is_some() {
            let stop = match self.keymap.key_at(Action::StopRefresh, LIST) {
                Some(key) => format!("; {key} stops it"),
                None => String::new(),
            };
            self.hint(format!("A refresh is running{stop}."));
            return Vec::new();
        }
        if self
            .side
            .places
            .iter()
            .all(|(place, _)| !matches!(place, Place::Outlet(_)))
        {
            let key = self.keymap.key_at(Action::AddOutlet, LIST);
            self.error(match key {
                Some(key) => format!("No outlet is configured; {key} adds one."),
                None => "No outlet is configured.".to_owned(),
            });
            return Vec::new();
        }
        self.refresh.running = Some(Default::default());
        self.refresh.stopping = false;
        vec![Effect::Refresh { outlets, force }]
    }

    fn stop_refresh(&mut self) -> Vec<Effect> {
        if self.refresh.running.is_none() {
            self.hint("No refresh is running.");
            return Vec::new();
        }
        self.refresh.stopping = true;
        self.hint("Stopping; what has come is kept.");
        vec![Effect::StopRefresh]
    }

    /// The store may have changed: rows as they are now, what is new, counts.
    pub(super) fn touched(&mut self) -> Vec<Effect> {
        let mut effects = self.headlines_again();
        if let Some(list) = &self.list.list {
            effects.push(Effect::CountNew {
                ticket: self.list.ticket,
                list: list.clone(),
            });
        }
        effects.push(self.load_sidebar());
        effects
    }

    /// Asks for what is shown of articles once more: in the list, and above the open one.
    pub(super) fn headlines_again(&mut self) -> Vec<Effect> {
        let mut effects = self.list.again();
        if let Some(reading) = &self.article.open {
            effects.push(Effect::LoadHeadlines(vec![reading.article.headline.id]));
        }
        effects
    }

    pub(super) fn load_sidebar(&self) -> Effect {
        Effect::LoadSidebar {
            ticket: self.list.ticket,
            query: selection::base(&self.choice, &self.settings.views, self.settings.rules()),
        }
    }

    pub(super) fn settle_pictures(&mut self) -> Vec<Effect> {
        let height = self.article_height() as u16;
        match &mut self.article.open {
            Some(reading) => {
                // Off: the rows are given back; on: the pictures are asked for anew.
                reading.image_rows.clear();
                reading.asked.clear();
                reading.ask(height)
            }
            None => Vec::new(),
        }
    }

    /// The words that the list was searched for, as they are found in titles and texts: with `*` behind
    /// one that may go on.
    pub fn searched_beginnings(&self) -> Vec<String> {
        let search = self.choice.search.as_ref();
        search
            .map(|typed| beginnings(&typed.query))
            .unwrap_or_default()
    }
}
