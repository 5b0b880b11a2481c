//! Which keys the bottom row names for what is shown. Never here: drawing, what the keys do.

use crate::tui::keymap::Command;
use crate::tui::keymap::actions::Action;

use super::popup::Kind;
use super::{Pane, State};
use crate::library::selection::Status;

/// Actions whose keys are named, with a word each.
type Hints = &'static [(Action, &'static str)];

impl State {
    /// The keys that the bottom row names, with a word each.
    pub fn key_hints(&self) -> Vec<(String, &'static str)> {
        let place = self.key_scope();
        let wanted = match &self.popup.open {
            Some(popup) => popup_hints(&popup.kind),
            None => self.pane_hints(),
        };
        // A line that stands for a story opens it.
        let row = self.list.rows.get(self.list.cursor);
        let story = row.is_some_and(|row| row.folded.is_some()) && self.screen.focus == Pane::List;
        let story = story && self.popup.open.is_none();
        wanted
            .iter()
            .map(|(action, word)| match (action, *word) {
                (Action::Open, "read") if story => (action, "story"),
                (_, word) => (action, word),
            })
            .filter(|(_, word)| !(self.settings.reader.linear && *word == "symbols"))
            .filter_map(|(action, word)| Some((self.keymap.key_at(*action, place)?, word)))
            .collect()
    }

    /// What the bottom row names in the pane that has the focus.
    fn pane_hints(&self) -> Hints {
        match self.screen.focus {
            Pane::Outlets => &[
                (Action::Open, "show"),
                (Action::Fold, "fold"),
                (Action::Refresh, "refresh"),
                (Action::AddOutlet, "add"),
                (Action::RenameOutlet, "rename"),
                (Action::Health, "status"),
                (Action::NextPane, "pane"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            Pane::Tags => &[
                (Action::Open, "only this"),
                (Action::TagToggle, "require"),
                (Action::TagNot, "exclude"),
                (Action::ClearTags, "clear"),
                (Action::PickTags, "choose"),
                (Action::NextPane, "pane"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            Pane::List if self.list.picked_from.is_some() => &[
                (Action::ToggleRead, "read"),
                (Action::ToggleStar, "star"),
                (Action::TagArticle, "tag"),
                (Action::Browse, "browser"),
                (Action::Save, "save"),
                (Action::Pipe, "pipe"),
                (Action::CopyUrl, "copy"),
                (Action::Back, "cancel"),
                (Action::Help, "help"),
            ],
            Pane::List if self.list.rows.is_empty() && self.choice.is_narrowed() => &[
                (Action::ClearFilter, "clear filter"),
                (Action::Search, "search"),
                (Action::Filter, "filter"),
                (Action::PickTags, "tags"),
                (Action::Help, "help"),
                (Action::Quit, "back"),
            ],
            Pane::List if self.list.rows.is_empty() && self.choice.status != Status::All => &[
                (Action::ShowAll, "show all"),
                (Action::RefreshAll, "refresh"),
                (Action::GoTo, "go to"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            Pane::List if self.list.rows.is_empty() && self.refresh.running.is_some() => &[
                (Action::StopRefresh, "stop refresh"),
                (Action::AddOutlet, "add outlet"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            Pane::List if self.list.rows.is_empty() && self.cannot_refresh() => &[
                (Action::AddOutlet, "add outlet"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            Pane::List if self.list.rows.is_empty() => &[
                (Action::RefreshAll, "refresh"),
                (Action::AddOutlet, "add outlet"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            Pane::List if self.choice.is_narrowed() => &[
                (Action::Open, "read"),
                (Action::NextArticle, "next"),
                (Action::Pick, "pick"),
                (Action::PickTags, "tags"),
                (Action::Search, "search"),
                (Action::SaveView, "save view"),
                (Action::MarkList, "mark all read"),
                (Action::Help, "help"),
                (Action::Quit, "back"),
            ],
            Pane::List => &[
                (Action::Open, "read"),
                (Action::NextArticle, "next"),
                (Action::Pick, "pick"),
                (Action::Search, "search"),
                (Action::Filter, "filter"),
                (Action::PickTags, "tags"),
                (Action::GoTo, "go to"),
                (Action::Sidebar, "sidebar"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            Pane::Article if self.has_images_to_fetch() => &[
                (Action::ReadOn, "page"),
                (Action::NextArticle, "next"),
                (Action::Back, "back"),
                (Action::Images, "images"),
                (Action::Search, "find"),
                (Action::Links, "links"),
                (Action::Browse, "browser"),
                (Action::ToggleStar, "star"),
                (Action::Help, "help"),
            ],
            Pane::Article => &[
                (Action::ReadOn, "page"),
                (Action::NextArticle, "next"),
                (Action::Back, "back"),
                (Action::Search, "find"),
                (Action::Links, "links"),
                (Action::Browse, "browser"),
                (Action::ToggleStar, "star"),
                (Action::Zen, "full screen"),
                (Action::Help, "help"),
            ],
        }
    }

    /// Whether there is nothing to fetch, or no network to fetch it by.
    fn cannot_refresh(&self) -> bool {
        let none = self.settings.outlets.is_empty() && self.settings.accounts.is_empty();
        none || self.settings.offline
    }

    /// The article has images that are not on this disk and could be fetched.
    pub(super) fn has_images_to_fetch(&self) -> bool {
        let open = self.article.open.as_ref();
        let missing = open.is_some_and(|reading| reading.missing && !reading.fetch);
        missing && self.settings.images && !self.settings.offline
    }

    /// What may follow the chord that was begun, in words: keys that do the same stand in one entry. Empty
    /// while none is begun.
    pub fn chord_hints(&self) -> Vec<(String, String)> {
        let mut hints: Vec<(String, String)> = Vec::new();
        for (keys, command) in self.keymap.following(self.key_scope()) {
            let about = match command {
                Command::Act(action) => action.row().about.to_owned(),
                Command::View(at) => match self.settings.views.get(at) {
                    Some(view) => view.name.clone(),
                    None => continue,
                },
                Command::Macro(at) => match self.settings.macros.get(at) {
                    Some(own) => own.description.clone(),
                    None => continue,
                },
            };
            match hints.iter_mut().find(|(_, have)| *have == about) {
                Some((have, _)) => *have = format!("{have} {keys}"),
                None => hints.push((keys, about)),
            }
        }
        hints
    }
}

/// What the bottom row names over a popup.
fn popup_hints(kind: &Kind) -> Hints {
    match kind {
        Kind::Tags { .. } | Kind::GoTo(_) => &[],
        Kind::Help => &[
            (Action::Search, "search"),
            (Action::Down, "down"),
            (Action::PageDown, "page"),
            (Action::Bottom, "symbols"),
            (Action::Back, "close"),
        ],
        Kind::Offer(offer) if offer.empty => {
            &[(Action::AddOutlet, "edit address"), (Action::Back, "close")]
        }
        Kind::Offer(_) => &[(Action::Open, "add"), (Action::Back, "cancel")],
        Kind::Warn { .. } => &[(Action::Open, "open"), (Action::Back, "cancel")],
        Kind::Links(_) => &[
            (Action::Down, "down"),
            (Action::Open, "open"),
            (Action::CopyUrl, "copy"),
            (Action::Back, "close"),
        ],
        Kind::Health(health) if health.is_empty() => {
            &[(Action::AddOutlet, "add"), (Action::Back, "close")]
        }
        Kind::Health(_) => &[
            (Action::Down, "down"),
            (Action::Open, "show"),
            (Action::Refresh, "refresh"),
            (Action::AddOutlet, "add"),
            (Action::RenameOutlet, "rename"),
            (Action::GroupOutlet, "group"),
            (Action::RemoveOutlet, "remove"),
            (Action::Back, "close"),
        ],
        _ => &[(Action::Down, "down"), (Action::Back, "close")],
    }
}
