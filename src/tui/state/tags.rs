//! What is done with tags: ask for one or not, choose them, hide and mute, and take that back.
//! Never here: what a choice of tags means as a query.

use crate::tui::effect::{Effect, TagChange};
use newsprint_model::fold;

use super::popup::{Kind, Popup};
use super::{Pane, State, Undoable};
use crate::library::selection::TagChoice;

impl State {
    pub(super) fn pick_tags(&mut self) -> Vec<Effect> {
        if self.side.tags.is_empty() {
            self.hint("No article here carries a tag.");
            return Vec::new();
        }
        self.popup.open = Some(Popup::new(Kind::Tags {
            all: self.side.tags.clone(),
            choice: self.choice.tags.clone(),
        }));
        Vec::new()
    }

    pub(super) fn clear_tags(&mut self) -> Vec<Effect> {
        if self.choice.tags.is_empty() {
            self.hint("No tag is chosen.");
            return Vec::new();
        }
        self.choice.tags = TagChoice::default();
        self.open_list_back()
    }

    /// The tag under the cursor, where one sees it.
    pub(super) fn tag_under(&mut self, name: &str) -> Option<String> {
        if self.screen.focus != Pane::Tags {
            self.error(format!(
                "Name the tag (`:{name} NAME`), or go to the tags' pane and choose it there."
            ));
            return None;
        }
        let tag = self.side.tags.get(self.side.tag);
        let name = tag.map(|facet| facet.name.clone());
        if name.is_none() {
            self.hint("No article here carries a tag.");
        }
        name
    }

    /// Asks for a tag, or does not want it.
    pub(super) fn with_tag(&mut self, tag: &str, not: bool) -> Vec<Effect> {
        self.leave_place();
        if not {
            self.choice.tags.toggle_not(tag);
        } else {
            self.choice.tags.toggle(tag);
        }
        self.open_list_back()
    }

    /// Asks for this tag and no other.
    pub(super) fn only_tag(&mut self, tag: &str) -> Vec<Effect> {
        let only = TagChoice {
            with: vec![tag.to_owned()],
            ..TagChoice::default()
        };
        self.screen.focus = Pane::List;
        if self.choice.tags == only {
            return Vec::new();
        }
        self.leave_place();
        self.choice.tags = only;
        self.open_list_back()
    }

    /// Hides or mutes a tag, or no longer.
    pub(super) fn change_tag(&mut self, tag: &str, mute: bool, on: bool) -> Vec<Effect> {
        let list = self.tag_list(mute);
        if list.iter().any(|have| fold(have) == fold(tag)) == on {
            let state = match (mute, on) {
                (true, true) => "is muted already",
                (true, false) => "is not muted",
                (false, true) => "is hidden already",
                (false, false) => "is not hidden",
            };
            self.hint(format!("“{tag}” {state}."));
            return Vec::new();
        }
        let change = TagChange {
            tag: tag.to_owned(),
            mute,
            on,
        };
        self.undo_stack.push(Undoable::Tag(change.clone()));
        self.make_change(change)
    }

    pub(super) fn tag_list(&mut self, mute: bool) -> &mut Vec<String> {
        if mute {
            &mut self.settings.tags.mute
        } else {
            &mut self.settings.tags.hide
        }
    }

    fn make_change(&mut self, change: TagChange) -> Vec<Effect> {
        let folded = fold(&change.tag);
        let list = self.tag_list(change.mute);
        list.retain(|have| fold(have) != folded);
        if change.on {
            list.push(change.tag.clone());
        }
        if change.on && !change.mute {
            self.side.tags.retain(|facet| fold(&facet.name) != folded);
            self.side.tag = self.side.tag.min(self.side.tags.len().saturating_sub(1));
        }
        let mut effects = vec![Effect::SaveTag(change)];
        let place = self.list.away_from_top();
        effects.extend(self.open_list_at(place));
        effects
    }

    /// `u`: what was done last is taken back.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        match self.undo_stack.pop() {
            Some(Undoable::Tag(change)) => self.make_change(TagChange {
                on: !change.on,
                ..change
            }),
            // The store knows the marks, those of earlier sessions too.
            Some(Undoable::Marks) | None => vec![Effect::Undo],
        }
    }
}
