//! Going to an outlet, group, view, tag or action: what there is, and getting there.
//! Never here: matching what is typed, drawing.

use crate::library::selection::Place;
use crate::tui::effect::Effect;
use crate::tui::keymap::Command;
use crate::tui::keymap::actions::{Action, TABLE};

use super::State;
use super::go_to_items::{Destination, Item, matching};
use super::popup::{Kind, Popup};

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
            target: Destination::Place(place),
        };
        for (name, builtin) in [
            ("All", Place::All),
            ("Today", Place::Today),
            ("Starred", Place::Starred),
            ("Stories", Place::Stories),
        ] {
            items.push(place(name.to_owned(), "view", builtin));
        }
        // Where the sidebar has it.
        items.insert(
            1,
            Item {
                name: "Unread".to_owned(),
                kind: "view",
                detail: unread(&Place::All),
                target: Destination::Unread,
            },
        );
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
                target: Destination::Tag(facet.name.clone()),
            });
        }
        let actions = TABLE.iter().filter(|row| row.action != Action::GoTo);
        items.extend(actions.map(|row| Item {
            name: row.about.to_owned(),
            kind: "action",
            detail: self.keymap.keys_of(Command::Act(row.action)),
            target: Destination::Action(row.action),
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
            Some(Destination::Place(place)) => self.show_place(&place),
            Some(Destination::Unread) => self.show_unread(),
            Some(Destination::Tag(tag)) => self.only_tag(&tag),
            Some(Destination::Action(action)) => self.act(action, None),
            Some(Destination::Join(with)) => self.join_to(with),
            None => Vec::new(),
        }
    }
}
