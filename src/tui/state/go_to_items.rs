//! What can be gone to, and which of it fits the parts of a name that were typed.
//! Never here: where the names come from, going there.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::library::selection::Place;
use crate::tui::keymap::actions::Action;
use newsprint_model::ArticleId;

/// What is gone to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A view, group or outlet is shown.
    Place(Place),
    /// What is unread of all outlets is shown.
    Unread,
    /// The articles with this tag are shown.
    Tag(String),
    /// The action is done.
    Action(Action),
    /// The articles that a story is being chosen for are joined to the story of this one.
    Join(ArticleId),
}

/// Something that can be gone to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// As shown.
    pub name: String,
    /// What it is.
    pub kind: &'static str,
    /// More about it: an outlet's unread articles, an action's keys.
    pub detail: String,
    /// Where it leads.
    pub target: Destination,
}

/// The items whose names have what was typed, best first; all in their order where nothing was typed. Tags are
/// found with `#` before their names as well: so they are shown.
pub fn matching<'a>(items: &'a [Item], typed: &str) -> Vec<&'a Item> {
    if typed.trim().is_empty() {
        return items.iter().collect();
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let tag = typed.trim_start().strip_prefix('#').unwrap_or(typed);
    let tag = Pattern::parse(tag, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, usize)> = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| {
            let pattern = match item.target {
                Destination::Tag(_) => &tag,
                _ => &pattern,
            };
            let score = pattern.score(Utf32Str::new(&item.name, &mut buffer), &mut matcher)?;
            // Of equals, places come before tags and tags before actions.
            let first = match item.target {
                Destination::Place(_) | Destination::Unread => 12,
                Destination::Tag(_) | Destination::Join(_) => 6,
                Destination::Action(_) => 0,
            };
            Some((score + first, at))
        })
        .collect();
    // Of equals, the one of which most was typed comes first.
    found.sort_by_key(|(score, at)| (Reverse(*score), items[*at].name.len(), *at));
    found.into_iter().map(|(_, at)| &items[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_name_find_it() {
        let item = |name: &str, target| Item {
            name: name.to_owned(),
            kind: "",
            detail: String::new(),
            target,
        };
        let items = [
            item("next pane", Destination::Action(Action::NextPane)),
            item(
                "Harbour Times",
                Destination::Place(Place::Outlet("Harbour Times".into())),
            ),
            item(
                "Kavkaz Review",
                Destination::Place(Place::Outlet("Kavkaz Review".into())),
            ),
            item("Erdoğan", Destination::Tag("Erdoğan".into())),
        ];
        let first = |typed: &str| {
            matching(&items, typed)
                .first()
                .map(|item| item.name.as_str())
        };
        assert_eq!(first("kr"), Some("Kavkaz Review"));
        assert_eq!(first("hti"), Some("Harbour Times"));
        assert_eq!(first("erdogan"), Some("Erdoğan"));
        assert_eq!(first("np"), Some("next pane"));
        assert_eq!(first("zzz"), None);
        // As the sidebar shows it; nothing else is meant then.
        assert_eq!(first("#erd"), Some("Erdoğan"));
        assert_eq!(first("#kr"), None);
        assert_eq!(matching(&items, "").len(), 4);
        let actions = [Action::UndoSync, Action::RefreshAll];
        let actions = actions.map(|action| item(action.row().about, Destination::Action(action)));
        let found = matching(&actions, "sync");
        assert_eq!(found[0].target, Destination::Action(Action::RefreshAll));
    }
}
