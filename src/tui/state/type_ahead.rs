//! What is typed ahead of a list whose first rows are on their way: it waits for them, so that it meets
//! the rows that were meant and not those of the list before. Never here: what the keys do.

use crate::tui::effect::Effect;
use crate::tui::keymap::actions::Action;
use crate::tui::terminal::key::{Code, Input};

use super::{Pane, State};

/// So many keys are kept; who types more does not wait for a list.
const MOST: usize = 64;

/// Something typed that waits.
#[derive(Debug)]
pub(super) enum Waiting {
    Act(Action, Option<u32>),
    Input(Input),
}

impl State {
    /// Keeps what the terminal sent where something waits already, so that the order stays. Escape
    /// waits for nothing and forgets the rest.
    pub(super) fn hold(&mut self, input: &Input) -> bool {
        let typed = match input {
            Input::Key(key) => key.code != Code::Esc,
            Input::Mouse(_) | Input::Paste(_) => true,
            Input::Focus(_) | Input::Background { .. } | Input::Abilities(_) => return false,
        };
        if !typed || self.type_ahead.len() >= MOST {
            self.type_ahead.clear();
        }
        if self.type_ahead.is_empty() {
            return false;
        }
        self.type_ahead.push(Waiting::Input(input.clone()));
        true
    }

    /// Keeps what would be done to a row of the list before.
    pub(super) fn hold_back(&mut self, action: Action, count: Option<u32>) -> bool {
        let wait = self.list.loading_new_list
            && (!self.type_ahead.is_empty()
                || self.screen.focus == Pane::List
                    && self.popup.open.is_none()
                    && needs_rows(action));
        if wait {
            self.type_ahead.push(Waiting::Act(action, count));
        }
        wait
    }

    /// Does what has waited, now that the rows are there.
    pub(super) fn catch_up(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.list.loading_new_list {
            return effects;
        }
        let mut waiting = std::mem::take(&mut self.type_ahead).into_iter();
        for next in waiting.by_ref() {
            effects.extend(match next {
                Waiting::Act(action, count) => self.act(action, count),
                Waiting::Input(input) => self.input(input),
            });
            if !self.type_ahead.is_empty() {
                // It led to another list, and the next key meets that one's rows.
                break;
            }
        }
        self.type_ahead.extend(waiting);
        effects
    }
}

/// Whether the action is about the chosen row or the list as it is shown.
fn needs_rows(action: Action) -> bool {
    matches!(
        action,
        Action::Open
            | Action::ReadOn
            | Action::NextArticle
            | Action::PreviousArticle
            | Action::Next
            | Action::Previous
            | Action::FetchText
            | Action::Diff
            | Action::ToggleRead
            | Action::ToggleStar
            | Action::MarkList
            | Action::Browse
            | Action::BrowseRead
            | Action::CopyUrl
            | Action::CopyTitle
            | Action::Pipe
            | Action::Save
    )
}
