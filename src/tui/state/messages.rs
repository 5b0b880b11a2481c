//! What the reader is told at the bottom of the screen: how long it stands, its lines, what was said
//! before. Never here: drawing.

use crate::tui::effect::Effect;
use crate::tui::keymap::actions::Action;
use crate::tui::keymap::actions::{ARTICLE, LIST, OUTLETS, POPUP, Scope, TAGS};
use crate::tui::keymap::{Command, notation};
use crate::tui::terminal::key::{Code, Key};
use newsprint_model::Time;

use super::State;
use super::article_head::wrap;
use super::popup::Popup;

/// Messages that can be read again.
const KEPT: usize = 100;
/// A key within so many milliseconds of an error that came of itself was typed before it could be read.
pub(super) const GRACE: i64 = 300;

/// What is said until the images that were asked for are there.
pub(super) const FETCHING_IMAGES: &str = "Fetching images…";

/// What is said, with the address, while an address is looked at.
pub(super) const LOOKING: &str = "Looking for feeds at";

/// What the reader is told.
#[derive(Debug, Default)]
pub struct Messages {
    /// What stands at the bottom.
    pub shown: Option<Message>,
    /// What was shown in this session, the newest last.
    pub log: Vec<Message>,
    /// A key waits to be typed once more.
    pub(super) confirm: Option<Action>,
    /// It was typed just before.
    pub(super) confirmed: Option<Action>,
    /// An event is taken in, rather than a key answered.
    pub(super) unasked: bool,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What is said.
    pub text: String,
    /// Something went wrong.
    pub error: bool,
    /// Since when.
    pub at: Time,
    /// It came of itself rather than as the answer to a key.
    pub news: bool,
}

impl State {
    pub(super) fn info(&mut self, text: impl Into<String>) {
        self.show_message(text.into(), false, true);
    }

    pub(super) fn error(&mut self, text: impl Into<String>) {
        self.show_message(text.into(), true, true);
    }

    /// Says why a key does nothing, which nobody will want to read again.
    pub(super) fn hint(&mut self, text: impl Into<String>) {
        self.show_message(text.into(), false, false);
    }

    fn show_message(&mut self, text: String, error: bool, keep: bool) {
        let message = Message {
            text,
            error,
            at: self.now,
            news: self.messages.unasked,
        };
        if keep {
            self.messages.log.retain(|had| had.text != message.text);
            self.messages.log.push(message.clone());
            if self.messages.log.len() > KEPT {
                self.messages.log.remove(0);
            }
        }
        self.messages.shown = Some(message);
    }

    /// What was to be waited for is there.
    pub(super) fn end_message(&mut self, text: &str) {
        if self
            .messages
            .shown
            .as_ref()
            .is_some_and(|message| message.text == text)
        {
            self.messages.shown = None;
        }
    }

    /// A key is typed: the messages have been read, unless one is an error that has only just come up, or came
    /// while the keys of the chord that was begun stood in its place.
    pub(super) fn dismiss(&mut self) {
        let chord = !self.keymap.pending().is_empty();
        let fresh = self.messages.shown.as_ref().is_some_and(|message| {
            let age = self.now.as_millisecond() - message.at.as_millisecond();
            message.news && (chord || message.error && age < GRACE)
        });
        if !fresh {
            self.messages.shown = None;
        }
    }

    /// The lines of what is said; what does not fit into a third of the screen is cut with a hint at
    /// the key that shows it all.
    pub fn message_lines(&self) -> Vec<String> {
        let Some(message) = &self.messages.shown else {
            return Vec::new();
        };
        let room = usize::from(self.screen.size.0.saturating_sub(2)).max(2);
        let most = usize::from(self.screen.size.1 / 3).max(1);
        let mut lines = wrap(&message.text, room);
        if lines.len() > most {
            lines.truncate(most);
            let keys = self.keymap.keys_of(Command::Act(Action::Messages));
            let key = keys.split(' ').next().unwrap_or_default();
            let more = format!(" … ({key}: all)");
            if let Some(last) = lines.last_mut() {
                let room = room.saturating_sub(newsprint_html::width(&more));
                *last = newsprint_html::truncate(last, room);
                last.push_str(&more);
            }
        }
        lines
    }

    /// Shows what was said, the newest first.
    pub(super) fn show_messages(&mut self) -> Vec<Effect> {
        if self.messages.log.is_empty() {
            self.hint("No messages yet.");
            return Vec::new();
        }
        let times = self.times();
        let lines = self.messages.log.iter().rev();
        let lines = lines.map(|message| format!("{}  {}", times.clock(message.at), message.text));
        let text: Vec<String> = lines.collect();
        self.show_popup(Popup::text("Messages", &text.join("\n")))
    }

    /// Says that keys do nothing here, and where they do something.
    pub(super) fn no_key(&mut self, keys: &[Key], place: Scope) {
        if keys.iter().any(|key| key.code == Code::Unknown) {
            return;
        }
        let shown = notation::show(keys);
        let elsewhere = self.keymap.elsewhere(keys);
        let there = elsewhere.and_then(|(command, place)| {
            let what = match command {
                // `M (mute tag)`: what an action does besides stands in the help.
                Command::Act(action) => {
                    let about = action.row().about;
                    let short = about.split_once(" (").map_or(about, |(short, _)| short);
                    short.to_owned()
                }
                Command::View(at) => self.settings.views.get(at)?.name.clone(),
                Command::Macro(at) => self.settings.macros.get(at)?.description.clone(),
            };
            Some((what, place))
        });
        let key_at = |action| self.keymap.key_at(action, place);
        let text = match (there, place) {
            (Some((what, _)), POPUP) => match key_at(Action::Back) {
                Some(back) => format!("{shown} ({what}) does not work here ({back}: close)"),
                None => format!("{shown} ({what}) does not work here."),
            },
            (Some((what, there)), _) => {
                format!("{shown} ({what}) works in {} only.", places(there))
            }
            (None, _) if self.keymap.instead_of_newsboats(keys).is_some() => {
                let instead = self.keymap.instead_of_newsboats(keys);
                format!("{shown}: {}", instead.unwrap_or_default())
            }
            (None, _) => match key_at(Action::Help) {
                Some(help) => format!("{shown} is not bound ({help} for help)"),
                None => format!("{shown} is not bound."),
            },
        };
        self.hint(text);
    }
}

/// `the article list and the article view`.
fn places(place: Scope) -> String {
    let named = [
        (OUTLETS, "the sidebar"),
        (TAGS, "the tags"),
        (LIST, "the article list"),
        (ARTICLE, "the article view"),
        (POPUP, "dialogs"),
    ];
    let words: Vec<&str> = named
        .iter()
        .filter(|(bit, _)| place & bit != 0)
        .map(|(_, words)| *words)
        .collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
