//! What keys do to what lies over the panes. Never here: its lines, drawing.

use crate::library::selection::Place;
use crate::tui::effect::Effect;
use crate::tui::event::Offer;
use crate::tui::keymap::actions::Action;
use crate::tui::terminal::key::{Code, Key};
use newsprint_model::Time;

use super::State;
use super::messages::GRACE;
use super::popup::{Kind, ORIGINAL, Popup, link_number};
use super::popup_text::{health_over, popup_area, popup_lines};
use super::prompt::{Added, Ask};

impl State {
    /// What an action does to the list over the panes; `None` where it means what it always means.
    pub(super) fn act_popup(&mut self, action: Action, times: isize) -> Option<Vec<Effect>> {
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
            Action::Back | Action::Left | Action::Quit => {
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
                        self.hint("Nothing to refresh here.");
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
                    self.hint("Nothing to search here.");
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
                self.hint("Nothing to copy here.");
                return Some(Vec::new());
            }
            _ => return None,
        };
        self.scroll_popup(by);
        Some(Vec::new())
    }

    /// A digit in the list of links is a part of a link's number, as in the article; `None` where keys are what
    /// they always are. A number that no other begins with opens its link, else Enter does.
    pub(super) fn link_digit(&mut self, key: Key) -> Option<Vec<Effect>> {
        let popup = self.popup.open.as_mut()?;
        let Kind::Links(links) = &popup.kind else {
            return None;
        };
        let Code::Char(digit @ '0'..='9') = key.code else {
            popup.typed.clear();
            return None;
        };
        if key.ctrl || key.alt || !self.keymap.is_idle() {
            return None;
        }
        let numbers: Vec<String> = (0..links.len())
            .map(|row| link_number(links, row).to_string())
            .collect();
        popup.typed.push(digit);
        let typed = popup.typed.clone();
        let Some(row) = numbers.iter().position(|number| *number == typed) else {
            popup.typed.clear();
            self.error(format!("No link {typed}"));
            return Some(Vec::new());
        };
        popup.cursor = row;
        let longer = |number: &&String| **number != typed && number.starts_with(&typed);
        if numbers.iter().any(|number| longer(&number)) {
            return Some(Vec::new());
        }
        Some(self.open_in_popup())
    }

    /// Moves in the list over the panes, as far as it goes.
    pub(super) fn scroll_popup(&mut self, by: isize) {
        let Some(popup) = &self.popup.open else {
            return;
        };
        let height = usize::from(popup_area(self, popup).h.saturating_sub(2));
        let text = !matches!(
            popup.kind,
            Kind::Links(_) | Kind::Health(_) | Kind::Tags { .. } | Kind::GoTo(_)
        );
        // What is read is turned over page by page where lines are spoken: none is said twice.
        let by = if self.settings.reader.linear && text && by.unsigned_abs() < height {
            by.signum() * height as isize
        } else {
            by
        };
        let last = match &popup.kind {
            Kind::Links(links) => links.len().saturating_sub(1),
            Kind::Health(health) => health.len().saturating_sub(1),
            Kind::Tags { .. } => popup.matching_tags().len().saturating_sub(1),
            Kind::GoTo(_) => popup.matching_items().len().saturating_sub(1),
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
                // The article itself is open here already.
                Some((text, url)) if text == ORIGINAL => self.browse_url(url),
                Some((text, url)) => {
                    let (text, url) = (text.clone(), url.clone());
                    self.open_link(&url, &text)
                }
                None => Vec::new(),
            },
            Kind::Warn { url, .. } => vec![Effect::Browse(url)],
            Kind::Offer(offer) if !offer.empty => self.place_outlet(offer),
            Kind::Health(health) => match health.get(popup.cursor) {
                Some(health) => self.show_place(&Place::Outlet(health.outlet.clone())),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// Asks where the outlet is added, if there is more than one place, else for its name.
    fn place_outlet(&mut self, offer: Offer) -> Vec<Effect> {
        self.prompt.added = Added {
            url: offer.url,
            feed: offer.feed,
            name: offer.name,
            ..Added::default()
        };
        if self.settings.accounts.is_empty() {
            return self.name_outlet();
        }
        self.ask(Ask::AddedAccount, "");
        if let Some(line) = &mut self.prompt.line {
            line.about = self.settings.accounts.join(", ");
        }
        Vec::new()
    }

    /// Asks for the name of the outlet that is added, a free one being offered; group and tags come after it.
    pub(super) fn name_outlet(&mut self) -> Vec<Effect> {
        let name = self.prompt.added.name.clone();
        let mut free = name.clone();
        let mut number = 2;
        while self.side.is_taken(&free).is_some() {
            free = format!("{name} ({number})");
            number += 1;
        }
        self.ask(Ask::AddedName, &free);
        let place = self.prompt.added.place();
        if let Some(line) = &mut self.prompt.line {
            line.about = place;
            line.fresh = true;
        }
        Vec::new()
    }
}
