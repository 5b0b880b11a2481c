//! What is typed ahead of a list whose first rows are on their way: it waits for them, so that it meets
//! the rows that were meant and not those of the list before. Never here: what the keys do.

use std::collections::VecDeque;

use crate::tui::effect::Effect;
use crate::tui::keymap::actions::{Action, named};
use crate::tui::terminal::key::{Code, Input};

use super::{Pane, State};

/// So many keys are kept; who types more does not wait for a list.
const MOST: usize = 64;

/// What was typed and waits, in its order.
pub(super) type TypeAhead = VecDeque<Waiting>;

/// Something that waits.
#[derive(Debug)]
pub(super) enum Waiting {
    /// An action.
    Act(Action, Option<u32>),
    /// The commands of a macro, whose actions stand before it.
    Commands(usize),
    /// What the terminal sent.
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
        self.type_ahead.push_back(Waiting::Input(input.clone()));
        true
    }

    /// Keeps an action that would meet a row of the list before.
    pub(super) fn waits_for_rows(&mut self, action: Action, count: Option<u32>) -> bool {
        let wait = self.list.loading_new_list
            && (!self.type_ahead.is_empty() || action.row().on_row && self.is_on_rows());
        if wait {
            self.type_ahead.push_back(Waiting::Act(action, count));
        }
        wait
    }

    /// Whether keys speak of the list's rows.
    fn is_on_rows(&self) -> bool {
        self.screen.focus != Pane::Article && self.popup.open.is_none()
    }

    /// Runs a macro: each of its actions waits as a key would, and its commands get the article that its
    /// actions have left.
    pub(super) fn run_macro(&mut self, index: usize) -> Vec<Effect> {
        let Some(own) = self.settings.macros.get(index) else {
            return Vec::new();
        };
        let rows = own.actions.iter().filter_map(|(name, _)| named(name));
        let mut steps: Vec<Waiting> = rows.map(|row| Waiting::Act(row.action, None)).collect();
        let acts = steps.iter().any(|step| match step {
            Waiting::Act(action, _) => action.row().on_row,
            Waiting::Commands(_) | Waiting::Input(_) => false,
        });
        if !own.commands.is_empty() {
            steps.push(Waiting::Commands(index));
        }
        // A macro about a row is about the row that is under the cursor when the list has come.
        let wait =
            self.list.loading_new_list && self.is_on_rows() && (acts || !own.commands.is_empty());
        self.type_ahead.extend(steps);
        if wait { Vec::new() } else { self.run_waiting() }
    }

    /// Does what has waited, now that the rows are there.
    pub(super) fn catch_up(&mut self) -> Vec<Effect> {
        if self.list.loading_new_list {
            return Vec::new();
        }
        self.run_waiting()
    }

    fn run_waiting(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(next) = self.type_ahead.pop_front() {
            let rest = std::mem::take(&mut self.type_ahead);
            effects.extend(match next {
                Waiting::Act(action, count) => self.act(action, count),
                Waiting::Commands(index) => {
                    if self.list.loading_new_list && self.is_on_rows() {
                        self.type_ahead.push_back(Waiting::Commands(index));
                        Vec::new()
                    } else {
                        let id = self.target_article().map(|headline| headline.id);
                        vec![Effect::RunMacro { index, id }]
                    }
                }
                Waiting::Input(input) => self.input(input),
            });
            // What it led to may wait for another list, and what follows with it.
            let held = !self.type_ahead.is_empty();
            self.type_ahead.extend(rest);
            if held {
                break;
            }
        }
        effects
    }
}
