//! What is done with tags: ask for one or not, choose them, hide and mute.
//! Never here: what a choice of tags means as a query.

use crate::tui::effect::{ConfigEdit, Effect, TagChange};
use crate::tui::event::Tagged;
use crate::tui::keymap::actions::{Action, LIST};
use newsprint_html::safe_text;
use newsprint_model::fold;

use super::popup::{Kind, Popup};
use super::{Pane, State, Undoable};
use crate::library::selection::TagChoice;

impl State {
    pub(super) fn pick_tags(&mut self) -> Vec<Effect> {
        if self.side.tags.is_empty() {
            self.hint("No tags.");
            return Vec::new();
        }
        self.popup.open = Some(Popup::new(Kind::Tags {
            all: self.side.tags.clone(),
            choice: self.choice.tags.clone(),
        }));
        Vec::new()
    }

    /// Gives the articles that the line is about tags, and takes those with a `-` before them.
    pub(super) fn tags_done(&mut self, text: &str) -> Vec<Effect> {
        let ids = std::mem::take(&mut self.prompt.prompt_articles);
        let (mut add, mut remove) = (Vec::new(), Vec::new());
        for name in super::outlet_edit::list(&safe_text::line(text)) {
            match name.strip_prefix('-').map(str::trim) {
                Some("") => {}
                Some(name) => remove.push(name.to_owned()),
                None => add.push(name.trim_start_matches('#').to_owned()),
            }
        }
        if ids.is_empty() || add.is_empty() && remove.is_empty() {
            return Vec::new();
        }
        self.list.picked_from = None;
        vec![Effect::GiveTags { ids, add, remove }]
    }

    /// Articles were tagged: it is said, and they are shown with the tags that they have now.
    pub(super) fn tagged(&mut self, tagged: Tagged) -> Vec<Effect> {
        let Tagged { said, change } = tagged;
        let said = super::marks::capital(&said);
        match change {
            Some(change) => {
                self.undo_stack.push(Undoable::Tags(change));
                let undo = match self.keymap.key_at(Action::Undo, LIST) {
                    Some(key) => format!(" ({key}: undo)"),
                    None => String::new(),
                };
                self.info(format!("{said}{undo}"));
            }
            None => self.info(said),
        }
        let mut effects = self.headlines_again();
        effects.push(self.load_sidebar());
        effects
    }

    pub(super) fn clear_tags(&mut self) -> Vec<Effect> {
        if self.choice.tags.is_empty() {
            self.hint("No tags chosen.");
            return Vec::new();
        }
        self.choice.tags = TagChoice::default();
        self.open_list_back()
    }

    /// The tag under the cursor, where one sees it.
    pub(super) fn tag_under(&mut self, name: &str) -> Option<String> {
        if self.screen.focus != Pane::Tags {
            self.error(format!(
                "Name a tag (:{name} NAME) or select one in the sidebar."
            ));
            return None;
        }
        let tag = self.side.tags.get(self.side.tag);
        let name = tag.map(|facet| facet.name.clone());
        if name.is_none() {
            self.hint("No tags.");
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
                (true, true) => "already muted",
                (true, false) => "not muted",
                (false, true) => "already hidden",
                (false, false) => "not hidden",
            };
            self.hint(format!("“{tag}”: {state}"));
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

    pub(super) fn tag_list(&self, mute: bool) -> &[String] {
        if mute {
            &self.settings.tags.mute
        } else {
            &self.settings.tags.hide
        }
    }

    /// The config is changed; the tags and the list follow when it is there.
    pub(super) fn make_change(&mut self, change: TagChange) -> Vec<Effect> {
        vec![Effect::EditConfig(ConfigEdit::Tag(change))]
    }
}
