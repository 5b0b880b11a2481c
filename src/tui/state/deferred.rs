//! Answers that come while something else is open: they wait for it and are announced.
//! Never here: what the answers say.

use crate::tui::event::{Action, Code, Key};
use crate::tui::keymap::actions::POPUP;
use crate::tui::keymap::notation;

use super::popup::Popup;
use super::prompt::Ask;
use super::{Saving, State};

/// Something to show.
pub(super) enum Late {
    /// It lies over the panes.
    Popup(Popup),
    /// A file is there already; what to do is asked.
    Exists(Saving),
}

impl State {
    /// Shows something at once; while something else is open, says what waits for that to be closed.
    pub(super) fn bring(&mut self, late: Late, what: &str) {
        if self.late.is_empty() && self.is_free_for(&late) {
            self.message.take_if(|message| !message.error);
            self.show_late(late);
            return;
        }
        let popup = self.popup.as_ref().filter(|popup| !popup.typing);
        let key = match popup {
            Some(_) if !self.is_typing() => self.keymap.key_at(Action::Back, POPUP),
            _ => None,
        };
        let key = key.unwrap_or_else(|| notation::show(&[Key::plain(Code::Esc)]));
        let then = match late {
            Late::Popup(_) => "shows it",
            Late::Exists(_) => "leads to what to do",
        };
        self.say(format!("{what}: {key} closes this and {then}."));
        self.late.push(late);
    }

    /// Shows what has waited, when there is room for it.
    pub(super) fn bring_late(&mut self) {
        if self.late.first().is_some_and(|late| self.is_free_for(late)) {
            let mut late = self.late.remove(0);
            if let Late::Popup(popup) = &mut late {
                popup.late = Some(self.now);
            }
            self.show_late(late);
        }
    }

    fn is_free_for(&self, late: &Late) -> bool {
        let popup = match late {
            Late::Popup(_) => self.popup.is_some(),
            Late::Exists(_) => self.popup.as_ref().is_some_and(|popup| popup.typing),
        };
        !popup && !self.is_typing()
    }

    fn show_late(&mut self, late: Late) {
        match late {
            Late::Popup(popup) => self.popup = Some(popup),
            Late::Exists(saving) => {
                self.say(format!("{} is there already.", saving.path));
                self.saving = Some(saving);
                self.ask(Ask::Overwrite, "");
            }
        }
    }
}
