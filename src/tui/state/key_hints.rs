//! Which keys the bottom row names for what is shown. Never here: drawing, what the keys do.

use crate::tui::keymap::actions::Action;

use super::popup::Kind;
use super::{Pane, State};

impl State {
    /// The keys that the bottom row names, with a word each.
    pub fn key_hints(&self) -> Vec<(String, &'static str)> {
        let place = self.key_place();
        let wanted: &[(Action, &str)] = match (&self.popup.open, self.screen.focus) {
            (Some(popup), _) => match popup.kind {
                Kind::Tags { .. } => &[],
                Kind::Help => &[
                    (Action::Search, "search"),
                    (Action::Down, "down"),
                    (Action::PageDown, "page"),
                    (Action::Bottom, "signs"),
                    (Action::Back, "close"),
                ],
                Kind::Offer(_) => &[(Action::Open, "add"), (Action::Back, "cancel")],
                Kind::Warn { .. } => &[(Action::Open, "open"), (Action::Back, "cancel")],
                Kind::Links(_) => &[
                    (Action::Down, "down"),
                    (Action::Open, "open"),
                    (Action::CopyUrl, "copy"),
                    (Action::Back, "close"),
                ],
                Kind::Health(_) => &[
                    (Action::Down, "down"),
                    (Action::Open, "show"),
                    (Action::Refresh, "refresh"),
                    (Action::AddOutlet, "add"),
                    (Action::Back, "close"),
                ],
                _ => &[(Action::Down, "down"), (Action::Back, "close")],
            },
            (None, Pane::Outlets) => &[
                (Action::Down, "down"),
                (Action::Open, "show"),
                (Action::Refresh, "refresh"),
                (Action::Health, "health"),
                (Action::AddOutlet, "add"),
                (Action::NextPane, "pane"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            (None, Pane::Tags) => &[
                (Action::Open, "only this"),
                (Action::TagToggle, "and"),
                (Action::TagNot, "not"),
                (Action::ClearTags, "clear"),
                (Action::PickTags, "pick"),
                (Action::NextPane, "pane"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            (None, Pane::List) if self.list.rows.is_empty() => &[
                (Action::RefreshAll, "refresh"),
                (Action::ClearFilter, "clear"),
                (Action::AddOutlet, "add outlet"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            (None, Pane::List) if self.choice.is_narrowed() => &[
                (Action::Down, "down"),
                (Action::Open, "open"),
                (Action::PickTags, "tags"),
                (Action::Search, "search"),
                (Action::Filter, "filter"),
                (Action::SaveView, "save view"),
                (Action::MarkList, "mark all read"),
                (Action::Help, "help"),
                (Action::Quit, "back"),
            ],
            (None, Pane::List) => &[
                (Action::Down, "down"),
                (Action::Open, "open"),
                (Action::PickTags, "tags"),
                (Action::Search, "search"),
                (Action::Filter, "filter"),
                (Action::ToggleRead, "read"),
                (Action::ToggleStar, "star"),
                (Action::RefreshAll, "refresh"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            (None, Pane::Article) => &[
                (Action::ReadOn, "on"),
                (Action::NextArticle, "next"),
                (Action::Back, "back"),
                (Action::Search, "find"),
                (Action::LinkHints, "links"),
                (Action::Browse, "browser"),
                (Action::ToggleStar, "star"),
                (Action::Zen, "zen"),
                (Action::Help, "help"),
            ],
        };
        wanted
            .iter()
            .filter(|(_, word)| !(self.settings.linear && *word == "signs"))
            .filter_map(|(action, word)| Some((self.keymap.key_at(*action, place)?, *word)))
            .collect()
    }
}
