//! Choosing what is shown: place, status, order, and saving it as a view.
//! Never here: what a choice means as a query, tags.

use crate::library::selection::{Place, Status, TagChoice};
use crate::tui::effect::Effect;
use crate::tui::keymap::actions::{Action, LIST};

use super::order::Order;
use super::prompt::Ask;
use super::{Pane, State};

impl State {
    pub(super) fn clear_filter(&mut self) -> Vec<Effect> {
        if !self.choice.is_narrowed() {
            self.hint("No filter to clear.");
            return Vec::new();
        }
        if !self.choice.is_narrowed_by_hand() {
            return self.close_story();
        }
        self.choice.search = None;
        self.choice.filter = None;
        self.choice.tags = TagChoice::default();
        self.open_list_back()
    }

    /// Shows all, unread or starred articles: where one was in that list, else from where one is.
    pub(super) fn show_status(&mut self, status: Status) -> Vec<Effect> {
        if self.choice.status == status {
            return Vec::new();
        }
        let here = self.list.away_from_top();
        self.remember_position();
        self.choice.status = status;
        if self.screen.focus == Pane::Outlets {
            self.screen.focus = Pane::List;
        }
        self.choose_row();
        match self.remembered_position() {
            Some(there) => self.open_list_at(there),
            None => self.open_list_at(here),
        }
    }

    /// All articles of all outlets; within a story, all of the story's.
    pub(super) fn show_all(&mut self) -> Vec<Effect> {
        if self.choice.story.is_some() || self.choice.place == Place::All {
            return self.show_status(Status::All);
        }
        self.screen.focus = Pane::List;
        self.go_to_place(Place::All, Some(Status::All))
    }

    pub(super) fn toggle_unread(&mut self) -> Vec<Effect> {
        self.show_status(match self.choice.status {
            Status::Unread => Status::All,
            Status::All | Status::Starred => Status::Unread,
        })
    }

    /// Shows a view by its key.
    pub(super) fn show_view(&mut self, index: usize) -> Vec<Effect> {
        let place = Place::View(index);
        if self.choice.place == place
            && self.screen.focus == Pane::List
            && let Some(view) = self.settings.views.get(index)
        {
            let clear = match self.keymap.key_at(Action::ClearFilter, LIST) {
                Some(key) if self.choice.is_narrowed() => format!(" ({key}: clear filter)"),
                _ => String::new(),
            };
            self.hint(format!("Already showing “{}”{clear}", view.name));
            return Vec::new();
        }
        self.show_place(&place)
    }

    /// Shows a place and chooses its row in the sidebar.
    pub fn show_place(&mut self, place: &Place) -> Vec<Effect> {
        self.screen.focus = Pane::List;
        self.go_to_place(place.clone(), None)
    }

    /// Shows what is unread of all outlets.
    pub(super) fn show_unread(&mut self) -> Vec<Effect> {
        self.screen.focus = Pane::List;
        self.go_to_place(Place::All, Some(Status::Unread))
    }

    /// Shows the place under the sidebar's cursor.
    pub(super) fn show_chosen_place(&mut self) -> Vec<Effect> {
        match self.side.chosen() {
            Some(row) => {
                let (place, status) = (row.place.clone(), row.status);
                self.go_to_place(place, status)
            }
            None => Vec::new(),
        }
    }

    fn go_to_place(&mut self, place: Place, status: Option<Status>) -> Vec<Effect> {
        let status = status.unwrap_or(self.choice.status);
        let in_story = self.choice.story.is_some();
        if in_story && place == self.choice.place {
            return self.close_story();
        }
        if place == self.choice.place && status == self.choice.status {
            return Vec::new();
        }
        self.remember_position();
        self.choice.story = None;
        if in_story || place != self.choice.place {
            self.list.order = self.orders.of(&place);
        }
        self.choice.place = place;
        self.choice.status = status;
        self.choose_row();
        self.open_list()
    }

    /// Puts the sidebar's cursor on the row of what is shown.
    pub(super) fn choose_row(&mut self) {
        let rows = self.side.rows();
        let fits = |row: &super::sidebar::PlaceRow| {
            row.place == self.choice.place
                && row.status.is_none_or(|status| status == self.choice.status)
        };
        // Starred articles of all have a row of their own.
        let starred = self.choice.place == Place::All && self.choice.status == Status::Starred;
        let starred = || {
            let mut rows = rows.iter();
            rows.position(|row| starred && row.place == Place::Starred)
        };
        let place = rows.iter().position(|row| row.place == self.choice.place);
        if let Some(at) = rows.iter().position(fits).or_else(starred).or(place) {
            self.side.place = at;
        }
    }

    /// The group under the cursor in the sidebar is folded, or that of the outlet there.
    pub(super) fn fold_group(&mut self) -> Vec<Effect> {
        let group = match self.side.chosen().map(|row| row.place.clone()) {
            Some(Place::Group(group)) => Some(group),
            Some(Place::Outlet(name)) => self.outlet(&name).and_then(|outlet| outlet.group.clone()),
            _ => None,
        };
        if !group.is_some_and(|group| self.side.fold(&group)) {
            self.hint("No group to fold here.");
        }
        Vec::new()
    }

    /// The next order: a search by best match first, then as any list.
    pub(super) fn next_order(&mut self) -> Vec<Effect> {
        let (ranked, order) = match (self.list.ranked, self.list.order) {
            (true, _) => (false, Order::Newest),
            (false, Order::Longest) if self.can_rank() => (true, Order::Newest),
            (false, order) => (false, order.next()),
        };
        self.sort_by(order, ranked)
    }

    /// Whether the list can be sorted by relevance: it was searched for words.
    pub(super) fn can_rank(&self) -> bool {
        let searched = self.choice.search.as_ref();
        searched.is_some_and(|typed| typed.query.has_text())
    }

    /// Sorts the list, and keeps that as the order of the place.
    pub(super) fn sort_by(&mut self, order: Order, ranked: bool) -> Vec<Effect> {
        if self.choice.place == Place::Stories && self.choice.story.is_none() {
            self.hint("Stories are always sorted by day, then number of outlets.");
            return Vec::new();
        }
        if self.choice.story.is_none() {
            self.orders.set(&self.choice.place, order);
        }
        self.list.order = order;
        let effects = self.open_list();
        self.list.ranked = ranked;
        self.info(if ranked {
            "Sorted by relevance"
        } else {
            order.about()
        });
        let mut effects = effects;
        effects.push(self.remember_session());
        effects
    }

    /// Asks for the name of a view, unless there is nothing to save.
    pub(super) fn name_view(&mut self) -> Vec<Effect> {
        let narrowed = self.choice.is_narrowed() || self.choice.status != Status::All;
        match (&self.choice.place, narrowed) {
            (_, true) => self.ask(Ask::ViewName, ""),
            (Place::View(at), false) => {
                let name = self.settings.views.get(*at).map(|view| view.name.clone());
                self.hint(format!(
                    "Already saved as “{}”: filter the list first.",
                    name.unwrap_or_default()
                ));
            }
            (_, false) => {
                let keys = [Action::Filter, Action::PickTags, Action::ShowUnread];
                let keys: Vec<String> = keys
                    .into_iter()
                    .filter_map(|action| self.keymap.key_at(action, LIST))
                    .collect();
                self.hint(format!(
                    "Nothing to save: filter the list first ({}).",
                    keys.join(", ")
                ));
            }
        }
        Vec::new()
    }
}
