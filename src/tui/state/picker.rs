//! Popups that one types into: the tag picker and the search of the help.
//! Never here: drawing, what the keys of other popups do.

use crate::tui::effect::Effect;
use crate::tui::terminal::key::{Code, Key};

use super::popup::Kind;
use super::{Pane, State};

impl State {
    /// Keys of a popup that one types into which are not typing.
    pub(super) fn picker_key(&mut self, key: Key) -> Option<Vec<Effect>> {
        let popup = self.popup.open.as_mut()?;
        if popup.kind == Kind::Help {
            match key.code {
                Code::Enter => popup.typing = false,
                Code::Esc => {
                    popup.typing = false;
                    popup.typed.clear();
                    popup.cursor = 0;
                }
                _ => return None,
            }
            return Some(Vec::new());
        }
        match key.code {
            Code::Down => self.scroll_popup(1),
            Code::Up => self.scroll_popup(-1),
            Code::Char('n') if key.ctrl => self.scroll_popup(1),
            Code::Char('p') if key.ctrl => self.scroll_popup(-1),
            Code::PageDown => self.scroll_popup(10),
            Code::PageUp => self.scroll_popup(-10),
            Code::Esc => self.popup.open = None,
            Code::Char('c' | 'g') if key.ctrl => self.popup.open = None,
            Code::Enter if matches!(popup.kind, Kind::GoTo(_)) => return Some(self.go_to_item()),
            Code::Enter => return Some(self.pick()),
            Code::Tab if matches!(popup.kind, Kind::GoTo(_)) => self.scroll_popup(1),
            Code::Char(' ') | Code::Tab if matches!(popup.kind, Kind::Tags { .. }) => {
                self.tick(false);
            }
            Code::Char('x') if key.ctrl && matches!(popup.kind, Kind::Tags { .. }) => {
                self.tick(true);
            }
            Code::Char('-')
                if popup.typed.is_empty() && matches!(popup.kind, Kind::Tags { .. }) =>
            {
                self.tick(true);
            }
            Code::Char('o') if key.ctrl => {
                if let Kind::Tags { choice, .. } = &mut popup.kind {
                    choice.any = !choice.any;
                }
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Ticks the picker's tag under the cursor.
    fn tick(&mut self, not: bool) {
        let Some(popup) = &mut self.popup.open else {
            return;
        };
        let name = popup
            .matching_tags()
            .get(popup.cursor)
            .map(|facet| facet.name.clone());
        if let (Some(name), Kind::Tags { choice, .. }) = (name, &mut popup.kind) {
            if not {
                choice.toggle_not(&name);
            } else {
                choice.toggle(&name);
            }
        }
        if popup.typed.is_empty() {
            self.scroll_popup(1);
        } else {
            // The next tag is typed anew; what is ticked stands at the top.
            popup.typed.clear();
            popup.cursor = 0;
            popup.raise_ticked();
        }
    }

    /// Takes the picker's choice over.
    fn pick(&mut self) -> Vec<Effect> {
        let Some(popup) = self.popup.open.take() else {
            return Vec::new();
        };
        let under = popup
            .matching_tags()
            .get(popup.cursor)
            .map(|facet| facet.name.clone());
        let Kind::Tags { mut choice, .. } = popup.kind else {
            return Vec::new();
        };
        // With nothing ticked anew, Enter means the tag under the cursor.
        if choice == self.choice.tags
            && let Some(name) = under
        {
            choice.toggle(&name);
        }
        self.leave_place();
        self.choice.tags = choice;
        self.screen.focus = Pane::List;
        if self.choice.is_narrowed() {
            self.open_list()
        } else {
            self.open_list_back()
        }
    }
}
