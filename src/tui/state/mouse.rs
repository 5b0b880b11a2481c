//! What clicks and the wheel do, by the pane they fall on. Never here: drawing.

use crate::tui::effect::Effect;
use crate::tui::keymap::actions::Action;
use crate::tui::terminal::key::Mouse;

use newsprint_model::Time;

use super::{Pane, State, layout};

/// Two clicks on one cell within this many milliseconds are a double click.
const DOUBLE: i64 = 400;
/// Rows of one step of the wheel.
const WHEEL: isize = 3;

/// The last click.
#[derive(Debug, Default)]
pub(super) struct MouseState {
    /// Where and when.
    pub(super) clicked: Option<(u16, u16, Time)>,
    /// The tag that was clicked: its row may have another when it is clicked again.
    clicked_tag: String,
}

impl State {
    /// Takes a click or a turn of the wheel.
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        if !self.settings.reader.mouse {
            return Vec::new();
        }
        match mouse {
            Mouse::WheelUp { x, y } => self.wheel(x, y, -WHEEL),
            Mouse::WheelDown { x, y } => self.wheel(x, y, WHEEL),
            Mouse::Click { x, y } => {
                // What is typed is about what is shown now.
                if self.is_typing() {
                    return Vec::new();
                }
                self.dismiss();
                self.click(x, y)
            }
        }
    }

    /// Whether a line or a link's number is being typed.
    pub(super) fn is_typing(&self) -> bool {
        let hint = self
            .article
            .open
            .as_ref()
            .is_some_and(|open| open.hint.is_some());
        self.prompt.line.is_some() || hint
    }

    fn pane_at(&self, x: u16, y: u16) -> Option<Pane> {
        let panes = self.panes();
        [
            (panes.outlets, Pane::Outlets),
            (panes.tags, Pane::Tags),
            (panes.list, Pane::List),
            (panes.article, Pane::Article),
        ]
        .into_iter()
        .find(|(area, _)| area.is_some_and(|area| area.contains(x, y)))
        .map(|(_, pane)| pane)
    }

    fn wheel(&mut self, x: u16, y: u16, by: isize) -> Vec<Effect> {
        if self.popup.open.is_some() {
            self.scroll_popup(by);
            return Vec::new();
        }
        match self.pane_at(x, y) {
            Some(Pane::List) => self.list.step(by),
            Some(Pane::Article) => {
                let height = self.article_height();
                if let Some(reading) = &mut self.article.open {
                    reading.scroll(by, height);
                }
                self.after_scroll()
            }
            Some(Pane::Tags) => {
                let last = self.side.tags.len().saturating_sub(1);
                self.side.tag = self.side.tag.saturating_add_signed(by).min(last);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn click(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let now = self.now;
        let double = self.mouse.clicked.is_some_and(|(cx, cy, at)| {
            (cx, cy) == (x, y) && now.as_millisecond() - at.as_millisecond() < DOUBLE
        });
        self.mouse.clicked = Some((x, y, now));
        if self.popup.open.is_some() {
            return Vec::new();
        }
        let panes = self.panes();
        let Some(pane) = self.pane_at(x, y) else {
            return Vec::new();
        };
        let area = match pane {
            Pane::Outlets => panes.outlets,
            Pane::Tags => panes.tags,
            Pane::List => panes.list,
            Pane::Article => panes.article,
        };
        let inner = layout::inner(&panes, area.unwrap_or_default());
        if pane == Pane::Article && self.article.open.is_none() {
            return Vec::new();
        }
        self.screen.focus = pane;
        if !inner.contains(x, y) {
            return Vec::new();
        }
        let row = usize::from(y - inner.y);
        let clicked_tag = std::mem::take(&mut self.mouse.clicked_tag);
        match pane {
            Pane::Outlets => {
                if let Some(at) = self.side.row_on(row) {
                    self.side.place = at;
                    return self.show_chosen_place();
                }
            }
            Pane::Tags => {
                let at = self.side.tag_top + row;
                // The first click has asked for it; what the list has now may stand elsewhere.
                if double && !clicked_tag.is_empty() {
                    self.mouse.clicked_tag.clone_from(&clicked_tag);
                    return self.only_tag(&clicked_tag);
                }
                if let Some(tag) = self.side.tags.get(at) {
                    self.mouse.clicked_tag.clone_from(&tag.name);
                    self.side.tag = at;
                    return self.act(Action::TagToggle, None);
                }
            }
            Pane::List => {
                let each = usize::from(self.row_height());
                let at = self.list.top + row / each;
                if at < self.list.rows.len() {
                    self.list.cursor = at;
                    if double {
                        return self.open_chosen();
                    }
                }
            }
            Pane::Article => {}
        }
        Vec::new()
    }
}
