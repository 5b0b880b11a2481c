//! Answers that come while something else is open: they wait for it and are announced.
//! Never here: what the answers say.

use crate::tui::keymap::actions::Action;
use crate::tui::keymap::actions::POPUP;
use crate::tui::keymap::notation;
use crate::tui::terminal::key::{Code, Key};

use super::State;
use super::popup::Popup;
use super::prompt::{Ask, Saving};

/// Something to show.
#[derive(Debug)]
pub(super) enum Deferred {
    /// It lies over the panes.
    Popup(Popup),
    /// A file is there already; what to do is asked.
    Exists(Saving),
}

impl State {
    /// Shows something at once; while something else is open, says what waits for that to be closed.
    pub(super) fn show_or_defer(&mut self, deferred: Deferred, what: &str) {
        if self.deferred.is_empty() && self.is_free_for(&deferred) {
            self.messages.shown.take_if(|message| !message.error);
            self.show_now(deferred);
            return;
        }
        let popup = self.popup.open.as_ref().filter(|popup| !popup.typing);
        let key = match popup {
            Some(_) if !self.is_typing() => self.keymap.key_at(Action::Back, POPUP),
            _ => None,
        };
        let key = key.unwrap_or_else(|| notation::show(&[Key::plain(Code::Esc)]));
        self.info(format!("{what} ({key}: close this and show it)"));
        self.deferred.push(deferred);
    }

    /// Shows what has waited, when there is room for it.
    pub(super) fn show_deferred(&mut self) {
        if self
            .deferred
            .first()
            .is_some_and(|deferred| self.is_free_for(deferred))
        {
            let mut deferred = self.deferred.remove(0);
            if let Deferred::Popup(popup) = &mut deferred {
                popup.deferred_at = Some(self.now);
            }
            self.show_now(deferred);
        }
    }

    fn is_free_for(&self, deferred: &Deferred) -> bool {
        let popup = match deferred {
            Deferred::Popup(_) => self.popup.open.is_some(),
            Deferred::Exists(_) => self.popup.open.as_ref().is_some_and(|popup| popup.typing),
        };
        !popup && !self.is_typing()
    }

    fn show_now(&mut self, deferred: Deferred) {
        match deferred {
            Deferred::Popup(popup) => self.popup.open = Some(popup),
            Deferred::Exists(saving) => {
                self.info(format!("{} exists.", saving.path));
                self.prompt.saving = Some(saving);
                self.ask(Ask::Overwrite, "");
            }
        }
    }
}
