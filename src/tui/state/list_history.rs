//! Opening lists, and the places one comes back to in lists that were narrowed.
//! Never here: what belongs to a list, its rows.

use crate::tui::effect::Effect;
use newsprint_model::Cursor;

use super::State;
use crate::library::selection::{self, Choice, Place};

/// A place in a list that was narrowed.
#[derive(Debug, Clone)]
pub(super) struct ListPosition {
    pub(super) choice: Choice,
    /// By time; `None` at the top and in a ranking.
    place: Option<Cursor>,
    ranked: bool,
    /// Its rows have no place by time: they are known by their number.
    by_offset: bool,
    row: usize,
}

/// Positions remembered for lists that one comes back to without having narrowed them.
const POSITIONS: usize = 24;

impl State {
    /// Remembers the row of the list as it is, for when the same is shown again in this session.
    pub(super) fn remember_position(&mut self) {
        if self.list.by_offset() || self.list.loading_new_list {
            return;
        }
        let here = self.list.away_from_top();
        self.positions.retain(|(choice, _)| *choice != self.choice);
        self.positions.push((self.choice.clone(), here));
        if self.positions.len() > POSITIONS {
            self.positions.remove(0);
        }
    }

    /// The row at which the present choice was last left; `Some(None)` is the top.
    pub(super) fn remembered_position(&self) -> Option<Option<Cursor>> {
        let mut positions = self.positions.iter();
        let found = positions.find(|(choice, _)| *choice == self.choice);
        found.map(|(_, place)| *place)
    }

    /// Opens the list of the present choice from its top.
    pub(super) fn open_list(&mut self) -> Vec<Effect> {
        let ranked = self
            .choice
            .search
            .as_ref()
            .is_some_and(|s| s.query.has_text());
        let ticket = self.list.begin(ranked);
        self.seeking.open_loaded = false;
        let mut effects = vec![Effect::OpenList {
            ticket,
            query: selection::query(&self.choice, &self.settings.views, self.settings.rules()),
        }];
        if self.choice.place == Place::Stories {
            effects.push(Effect::PlaceStories);
        }
        effects
    }

    /// Opens the list of the present choice at a place, or the next that it holds.
    pub(super) fn open_list_at(&mut self, place: Option<Cursor>) -> Vec<Effect> {
        let effects = self.open_list();
        self.list.open_at = place;
        effects
    }

    /// The list is about to be narrowed: one will want to come back to this place.
    pub(super) fn leave_place(&mut self) {
        if self.choice.is_narrowed() {
            let here = &self.choice;
            self.back_stack
                .retain(|left| !left.choice.is_narrowed_as(here));
        } else {
            self.back_stack.clear();
        }
        self.back_stack.push(ListPosition {
            choice: self.choice.clone(),
            place: self.list.away_from_top(),
            ranked: self.list.ranked,
            by_offset: self.list.by_offset(),
            row: self.list.cursor,
        });
    }

    /// Opens the list of the present choice; where it was narrowed before, at the row that was left then.
    pub(super) fn open_list_back(&mut self) -> Vec<Effect> {
        let mut left = self.back_stack.iter();
        let Some(left) = left.find(|left| left.choice.is_narrowed_as(&self.choice)) else {
            return self.open_list();
        };
        let left = left.clone();
        let mut effects = self.open_list_at(left.place);
        self.list.ranked = left.ranked;
        if left.by_offset {
            effects.extend(self.list.step(left.row as isize));
        }
        effects
    }
}
