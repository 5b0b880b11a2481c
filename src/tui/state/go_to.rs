//! Going to an outlet, group, view, tag or action by typing parts of its name.
//! Never here: editing the line, drawing.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::library::selection::Place;
use crate::tui::effect::Effect;
use crate::tui::keymap::Command;
use crate::tui::keymap::actions::{Action, TABLE};

use super::State;
use super::popup::{Kind, Popup};

/// What is gone to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A view, group or outlet is shown.
    Place(Place),
    /// The articles with this tag are shown.
    Tag(String),
    /// The action is done.
    Action(Action),
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
    pub target: Target,
}

/// The items whose names have what was typed, best first; all in their order where nothing was typed.
pub fn matching<'a>(items: &'a [Item], typed: &str) -> Vec<&'a Item> {
    if typed.trim().is_empty() {
        return items.iter().collect();
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, usize)> = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| {
            let score = pattern.score(Utf32Str::new(&item.name, &mut buffer), &mut matcher)?;
            // Of equals, places come before tags and tags before actions.
            let first = match item.target {
                Target::Place(_) => 12,
                Target::Tag(_) => 6,
                Target::Action(_) => 0,
            };
            Some((score + first, at))
        })
        .collect();
    found.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
    found.into_iter().map(|(_, at)| &items[at]).collect()
}

impl State {
    /// Opens the list of what can be gone to.
    pub(super) fn begin_go_to(&mut self) -> Vec<Effect> {
        let items = self.go_to_items();
        self.show_popup(Popup::new(Kind::GoTo(items)))
    }

    fn go_to_items(&self) -> Vec<Item> {
        let unread = |place: &Place| match self.side.counts(place) {
            Some(counts) if counts.unread > 0 => counts.unread.to_string(),
            _ => String::new(),
        };
        let mut items = Vec::new();
        let place = |name: String, kind: &'static str, place: Place| Item {
            name,
            kind,
            detail: unread(&place),
            target: Target::Place(place),
        };
        for (name, builtin) in [
            ("All", Place::All),
            ("Today", Place::Today),
            ("Starred", Place::Starred),
        ] {
            items.push(place(name.to_owned(), "view", builtin));
        }
        for (index, view) in self.settings.views.iter().enumerate() {
            items.push(place(view.name.clone(), "view", Place::View(index)));
        }
        for group in self.side.group_names() {
            items.push(place(group.clone(), "group", Place::Group(group)));
        }
        for name in self.side.outlet_names() {
            items.push(place(name.clone(), "outlet", Place::Outlet(name)));
        }
        for facet in &self.side.tags {
            items.push(Item {
                name: facet.name.clone(),
                kind: "tag",
                detail: match facet.counts.unread {
                    0 => String::new(),
                    unread => unread.to_string(),
                },
                target: Target::Tag(facet.name.clone()),
            });
        }
        let actions = TABLE.iter().filter(|row| row.action != Action::GoTo);
        items.extend(actions.map(|row| Item {
            name: row.about.to_owned(),
            kind: "action",
            detail: self.keymap.keys_of(Command::Act(row.action)),
            target: Target::Action(row.action),
        }));
        items
    }

    /// Goes to the item under the cursor.
    pub(super) fn go_to_item(&mut self) -> Vec<Effect> {
        let Some(popup) = self.popup.open.take() else {
            return Vec::new();
        };
        let Kind::GoTo(items) = &popup.kind else {
            return Vec::new();
        };
        let found = matching(items, &popup.typed);
        match found.get(popup.cursor).map(|item| item.target.clone()) {
            Some(Target::Place(place)) => self.show_place(&place),
            Some(Target::Tag(tag)) => self.only_tag(&tag),
            Some(Target::Action(action)) => self.act(action, None),
            None => Vec::new(),
        }
    }
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
            item("next pane", Target::Action(Action::NextPane)),
            item(
                "Harbour Times",
                Target::Place(Place::Outlet("Harbour Times".into())),
            ),
            item(
                "Kavkaz Review",
                Target::Place(Place::Outlet("Kavkaz Review".into())),
            ),
            item("Erdoğan", Target::Tag("Erdoğan".into())),
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
        assert_eq!(matching(&items, "").len(), 4);
    }
}
