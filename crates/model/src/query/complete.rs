//! What is being typed at a column of a query, so that names can be offered.
//! Never here: the names themselves.

use std::ops::Range;

use super::parse::{KEYS, ends_word, is_quote};
use super::value;

/// What kind of name stands at the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// A key such as `tag:`, or a word of the text.
    Keyword,
    /// A tag.
    Tag,
    /// An outlet.
    Outlet,
    /// A group of outlets.
    Group,
    /// An account on a server.
    Account,
    /// An author.
    Author,
    /// A language code.
    Lang,
    /// A word after `is:`.
    State,
    /// What may come along with an article.
    Medium,
    /// A moment.
    Moment,
}

/// What is being typed and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The kind of name.
    pub wanted: Wanted,
    /// What has been typed of it up to the cursor, without quotes.
    pub typed: String,
    /// The characters (0-based) that the chosen name replaces, quotes included.
    pub range: Range<usize>,
}

impl Completion {
    /// `text` with `name` in place of what was typed, and the 1-based column after it. A keyword is
    /// given with its colon (`tag:`); any other name is quoted where it has to be.
    pub fn apply(&self, text: &str, name: &str) -> (String, usize) {
        let name = match self.wanted {
            Wanted::Keyword => name.to_owned(),
            _ => value(name),
        };
        let mut out: String = text.chars().take(self.range.start).collect();
        out.push_str(&name);
        let column = out.chars().count() + 1;
        out.extend(text.chars().skip(self.range.end));
        (out, column)
    }

    /// The keys and words of the language that go on from what was typed, for the kinds that the
    /// language itself knows (keywords and states).
    pub fn words(&self) -> Vec<String> {
        let typed = self.typed.to_lowercase();
        match self.wanted {
            Wanted::Keyword => KEYS
                .iter()
                .map(|(key, _)| format!("{key}:"))
                .filter(|key| key.starts_with(&typed))
                .collect(),
            Wanted::State => super::Is::ALL
                .into_iter()
                .map(|is| is.as_str().to_owned())
                .filter(|word| word.starts_with(&typed))
                .collect(),
            Wanted::Medium => super::Medium::ALL
                .into_iter()
                .map(|medium| medium.as_str().to_owned())
                .filter(|word| word.starts_with(&typed))
                .collect(),
            Wanted::Moment => ["today", "yesterday", "7d", "2w", "3mo", "1y"]
                .into_iter()
                .filter(|word| word.starts_with(&typed))
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// What is being typed in `text` with the cursor before the 1-based `column`; `None` where no name
/// can stand (after a phrase of the text, on a parenthesis).
pub fn complete(text: &str, column: usize) -> Option<Completion> {
    let chars: Vec<char> = text.chars().collect();
    let cursor = column.saturating_sub(1).min(chars.len());
    // The start of the word around the cursor: quoted values may hold spaces.
    let (mut start, mut quoted, mut at) = (0, None, 0);
    while at < cursor {
        let c = chars[at];
        if quoted.is_some() {
            match c {
                '\\' => at += 1,
                c if is_quote(c) => quoted = None,
                _ => {}
            }
        } else if is_quote(c) {
            quoted = Some(at);
        } else if ends_word(c) {
            start = at + 1;
        }
        at += 1;
    }
    if quoted.is_none() && (cursor > start && is_quote(chars[cursor - 1])) {
        return None;
    }
    while chars.get(start) == Some(&'-') && start < cursor {
        start += 1;
    }
    let key_end = quoted.unwrap_or(cursor).max(start);
    let head: String = chars[start..key_end].iter().collect();
    let mut end = cursor;
    while end < chars.len()
        && !(if quoted.is_some() {
            is_quote
        } else {
            ends_word
        })(chars[end])
    {
        end += 1;
    }
    if quoted.is_some() && end < chars.len() {
        end += 1;
    }
    let Some((key, _)) = head.split_once(':') else {
        return quoted.is_none().then(|| Completion {
            wanted: Wanted::Keyword,
            typed: head.clone(),
            range: start..end,
        });
    };
    let wanted = match key.to_ascii_lowercase().as_str() {
        "tag" => Wanted::Tag,
        "outlet" => Wanted::Outlet,
        "group" => Wanted::Group,
        "account" => Wanted::Account,
        "author" => Wanted::Author,
        "lang" => Wanted::Lang,
        "is" => Wanted::State,
        "has" => Wanted::Medium,
        "since" | "before" => Wanted::Moment,
        _ => return None,
    };
    let from = start + key.chars().count() + 1;
    let typed = chars[from..cursor]
        .iter()
        .filter(|c| !is_quote(**c))
        .collect();
    Some(Completion {
        wanted,
        typed,
        range: from..end,
    })
}
