//! What lies over the panes: help, links, tag picker, outlets' health, text such as a command's
//! output. Never here: drawing, what a choice does.

use crate::library::tags::Facet;
use crate::tui::event::Offer;
use crate::tui::terminal::key::{Code, Key};
use newsprint_html::{Change, safe_text};
use newsprint_model::{Health, Time, fold};

use super::go_to_items::{self, Item};
use crate::library::selection::TagChoice;

/// What lies over the panes, and what waits to.
#[derive(Debug, Default)]
pub struct PopupState {
    /// What lies there.
    pub open: Option<Popup>,
    /// The outlets' status is to be shown as soon as it is known.
    pub(super) status_wanted: bool,
}

/// A list over the panes.
#[derive(Debug, Clone, PartialEq)]
pub struct Popup {
    /// What it is.
    pub kind: Kind,
    /// The row under the cursor, or the first row on the screen where there is no cursor.
    pub cursor: usize,
    /// Lines of the row under the cursor that were scrolled away, where it is longer than the screen.
    pub skip: usize,
    /// What has been typed to narrow it (help and picker).
    pub typed: String,
    /// Characters are typed into it rather than being keys.
    pub typing: bool,
    /// The tags that stand at the picker's top because they are ticked.
    pub ticked: Vec<String>,
    /// When it came up of itself behind something that was closed.
    pub deferred_at: Option<Time>,
}

/// A line of pieces.
pub type Pieces = Vec<(String, Look)>;

/// What a piece of a popup's line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Text.
    Text,
    /// What matters less.
    Dim,
    /// A key, or what to press.
    Key,
    /// A heading.
    Heading,
    /// Mind this.
    Warning,
    /// Text that was added.
    Added,
    /// Text that was removed.
    Removed,
}

/// What lies over the panes.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// The key table.
    Help,
    /// The article's links: text and address; [`ORIGINAL`] before those of the text.
    Links(Vec<(String, String)>),
    /// The tag picker.
    Tags {
        /// All tags.
        all: Vec<Facet>,
        /// What is ticked.
        choice: TagChoice,
    },
    /// What can be gone to, by typing parts of its name.
    GoTo(Vec<Item>),
    /// How the outlets are doing.
    Health(Vec<Health>),
    /// What an address offers; Enter adds it.
    Offer(Offer),
    /// Something to read.
    Text {
        /// Its title.
        title: String,
        /// Its lines.
        lines: Vec<String>,
    },
    /// What changed between two texts.
    Diff {
        /// Its title.
        title: String,
        /// Pieces of text in their order.
        pieces: Vec<(Change, String)>,
    },
    /// The host of a link differs from what its text says; Enter opens it all the same.
    Warn {
        /// The address.
        url: String,
        /// The host it leads to.
        host: String,
        /// What its text says.
        says: String,
    },
}

/// What the link to the article's own page is called.
pub const ORIGINAL: &str = "Original article";

/// The number of a row of links: of those of the text as it is there, 0 for the article's page.
pub fn link_number(links: &[(String, String)], row: usize) -> usize {
    let original = links.first().is_some_and(|(text, _)| text == ORIGINAL);
    row + usize::from(!original)
}

impl Popup {
    /// Opens at the top.
    pub fn new(kind: Kind) -> Popup {
        let mut popup = Popup {
            // One picks a tag by typing its name; the help is read first.
            typing: matches!(kind, Kind::Tags { .. } | Kind::GoTo(_)),
            kind,
            cursor: 0,
            skip: 0,
            typed: String::new(),
            deferred_at: None,
            ticked: Vec::new(),
        };
        popup.raise_ticked();
        popup
    }

    /// A text that came from somewhere, made safe.
    pub fn text(title: &str, text: &str) -> Popup {
        Popup::new(Kind::Text {
            title: safe_text::line(title),
            lines: safe_text::block(text).lines().map(str::to_owned).collect(),
        })
    }

    /// What can be gone to that what was typed leaves, best match first.
    pub fn matching_items(&self) -> Vec<&Item> {
        match &self.kind {
            Kind::GoTo(items) => go_to_items::matching(items, &self.typed),
            _ => Vec::new(),
        }
    }

    /// The tags of the picker that what was typed leaves, best match first; else in their order.
    pub fn matching_tags(&self) -> Vec<&Facet> {
        let Kind::Tags { all, .. } = &self.kind else {
            return Vec::new();
        };
        if self.typed.is_empty() {
            // What is ticked comes first: it is what one came to change.
            let (ticked, rest): (Vec<&Facet>, Vec<&Facet>) =
                all.iter().partition(|facet| self.was_ticked(&facet.name));
            return ticked.into_iter().chain(rest).collect();
        }
        let mut found: Vec<(i64, &Facet)> = all
            .iter()
            .filter_map(|facet| Some((-fuzzy(&facet.name, &self.typed)?, facet)))
            .collect();
        found.sort_by_key(|(score, _)| *score);
        found.into_iter().map(|(_, facet)| facet).collect()
    }

    /// Whether a tag was ticked when the picker was opened, or when the line was last emptied.
    fn was_ticked(&self, name: &str) -> bool {
        self.ticked.iter().any(|have| have == name)
    }

    /// The ticked tags rise to the top.
    pub fn raise_ticked(&mut self) {
        if let Kind::Tags { choice, .. } = &self.kind {
            self.ticked = choice.with.iter().chain(&choice.without).cloned().collect();
        }
    }

    /// Takes pasted text in.
    pub fn paste(&mut self, text: &str) {
        let text: String = text.chars().take(200).collect();
        self.typed.push_str(safe_text::line(&text).trim());
        self.cursor = 0;
    }

    /// Takes a key that edits what is typed; whether it was one.
    pub fn edit(&mut self, key: Key) -> bool {
        match key.code {
            Code::Char(c) if !key.ctrl && !key.alt => self.typed.push(c),
            Code::Backspace => {
                self.typed.pop();
            }
            Code::Char('u') if key.ctrl => self.typed.clear(),
            _ => return false,
        }
        self.cursor = 0;
        true
    }
}

/// How well a name matches what was typed: its letters in order, the closer together and the nearer to
/// the beginning of words the better. `None` when they are not all there.
pub fn fuzzy(name: &str, typed: &str) -> Option<i64> {
    let name: Vec<char> = fold(name).chars().collect();
    let (mut score, mut at, mut last) = (0i64, 0usize, None);
    for c in fold(typed).chars() {
        let found = (at..name.len()).find(|&i| name[i] == c)?;
        let begins = found == 0 || !name[found - 1].is_alphanumeric();
        score += if last.is_some_and(|last| last + 1 == found) {
            8
        } else if begins {
            6
        } else {
            0
        };
        score -= (found - at) as i64;
        last = Some(found);
        at = found + 1;
    }
    Some(score - name.len() as i64 / 4)
}

#[cfg(test)]
mod tests {
    use super::fuzzy;

    #[test]
    fn letters_in_order_match_and_beginnings_come_first() {
        assert!(fuzzy("Azerbaijan", "azb").is_some());
        assert!(fuzzy("Azerbaijan", "bza").is_none());
        assert!(fuzzy("Erdoğan", "erdogan").is_some());
        assert!(fuzzy("North Caucasus", "nc") > fuzzy("Balance", "nc"));
        assert!(fuzzy("Georgia", "geo") > fuzzy("Weather, George", "geo"));
    }
}
