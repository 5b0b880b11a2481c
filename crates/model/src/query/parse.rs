//! Reading a query: characters to [`Expr`], errors with the column and what was expected.
//! Never here: what a query means to the store.

use jiff::civil::Date;

use super::{Compare, Expr, Field, Is, Medium, Query, QueryError, Text, When};
use crate::{Time, fold, nearest};

/// Every key of the language with the name of its value for messages.
pub(super) const KEYS: [(&str, &str); 13] = [
    ("tag", "a tag"),
    ("outlet", "the name of an outlet"),
    ("group", "the name of a group"),
    ("account", "the name of an account"),
    ("author", "a name"),
    ("title", "a word"),
    ("lang", "a language code such as de"),
    ("is", "unread, read, starred, changed, full or copy"),
    ("has", "audio or video"),
    ("story", "the number of a story or of an article of it"),
    ("outlets", "a number of outlets such as >2"),
    ("since", "7d, 12h, 3w, yesterday or 2024-06-01"),
    ("before", "7d, 12h, 3w, yesterday or 2024-06-01"),
];

/// Units of a span and their seconds, smallest first.
pub(super) const UNITS: [(&str, i64); 7] = [
    ("s", 1),
    ("min", 60),
    ("h", 3_600),
    ("d", 86_400),
    ("w", 7 * 86_400),
    ("mo", 30 * 86_400),
    ("y", 365 * 86_400),
];

/// Parentheses nest no deeper; keeps every walk over an expression within a small stack.
const DEPTH: usize = 64;

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Whether `c` cannot be part of an unquoted word.
pub(super) fn ends_word(c: char) -> bool {
    is_space(c) || is_quote(c) || c == '(' || c == ')'
}

/// Whether `word` is read back as itself when written without quotes.
pub(super) fn is_plain_word(word: &str) -> bool {
    !word.is_empty()
        && !word.starts_with('-')
        && !word.ends_with('*')
        && joint_of(word).is_none()
        && !word.contains('\\')
        && !word.chars().any(ends_word)
        && key_of(word).is_none()
}

/// A word that joins what stands beside it, unless it is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Either side; binds weaker than standing side by side.
    Or,
    /// Both sides, as standing side by side means without it.
    And,
    /// Not what follows, as `-` means.
    Not,
}

impl Joint {
    fn word(self) -> &'static str {
        match self {
            Joint::Or => "or",
            Joint::And => "and",
            Joint::Not => "not",
        }
    }
}

fn joint_of(word: &str) -> Option<Joint> {
    [Joint::Or, Joint::And, Joint::Not]
        .into_iter()
        .find(|joint| word.eq_ignore_ascii_case(joint.word()))
}

/// `key:` at the start of a word: the key's letters, unless it begins an address (`https://`).
fn key_of(word: &str) -> Option<&str> {
    let (key, rest) = word.split_once(':')?;
    (!key.is_empty() && key.chars().all(|c| c.is_ascii_alphabetic()) && !rest.starts_with("//"))
        .then_some(key)
}

/// Reads a query. An empty or blank text matches everything.
///
/// # Errors
/// The column (1-based, in characters) and a sentence that says what was expected there.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    let mut reader = Reader {
        chars: text.chars().collect(),
        at: 0,
        depth: 0,
    };
    reader.skip_space();
    if reader.at == reader.chars.len() {
        return Ok(Query::default());
    }
    let expr = reader.any()?;
    match reader.peek() {
        None => Ok(Query { expr: Some(expr) }),
        Some(_) => Err(reader.error(reader.at, "this `)` closes nothing; expected `(` before it")),
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    fn error(&self, at: usize, message: impl Into<String>) -> QueryError {
        QueryError {
            column: at + 1,
            message: message.into(),
        }
    }

    /// The characters of the word that starts here, without moving on.
    fn word_here(&self) -> String {
        self.chars[self.at..]
            .iter()
            .take_while(|c| !ends_word(**c))
            .collect()
    }

    fn joint(&self) -> Option<Joint> {
        let joint = joint_of(&self.word_here())?;
        let next = self.chars.get(self.at + joint.word().len()).copied();
        (!next.is_some_and(is_quote)).then_some(joint)
    }

    fn misplaced(&self, side: &str, joint: Joint) -> QueryError {
        let word = joint.word();
        let message = format!(
            "expected a word or a condition {side} `{word}` (write \"{word}\" in quotes to search for it)"
        );
        self.error(self.at, message)
    }

    fn any(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.all(None)?];
        loop {
            self.skip_space();
            if self.joint() != Some(Joint::Or) {
                break;
            }
            self.at += Joint::Or.word().len();
            parts.push(self.all(Some(Joint::Or))?);
        }
        Expr::any(parts).ok_or_else(|| self.error(self.at, "expected a word or a condition"))
    }

    /// What stands side by side; `after` is the word before it that wants something to follow.
    fn all(&mut self, after: Option<Joint>) -> Result<Expr, QueryError> {
        let mut parts = Vec::new();
        let mut wanted = after;
        loop {
            self.skip_space();
            match (self.peek(), self.joint()) {
                (None | Some(')'), _) => break,
                (_, Some(joint @ (Joint::Or | Joint::And))) => {
                    match wanted {
                        Some(before) => return Err(self.misplaced("after", before)),
                        None if parts.is_empty() => return Err(self.misplaced("before", joint)),
                        None => {}
                    }
                    if joint == Joint::Or {
                        break;
                    }
                    self.at += joint.word().len();
                    wanted = Some(joint);
                    continue;
                }
                (_, Some(Joint::Not)) => parts.push(self.not()?),
                (Some(_), None) => parts.push(self.term()?),
            }
            wanted = None;
        }
        if let Some(before) = wanted {
            return Err(self.misplaced("after", before));
        }
        Expr::all(parts).ok_or_else(|| {
            let message = match self.peek() {
                Some(')') if self.depth == 0 => "this `)` closes nothing; expected `(` before it",
                _ => "expected a word or a condition here",
            };
            self.error(self.at, message)
        })
    }

    /// `not` and what it denies.
    fn not(&mut self) -> Result<Expr, QueryError> {
        self.deeper(self.at)?;
        self.at += Joint::Not.word().len();
        self.skip_space();
        let inner = match (self.peek(), self.joint()) {
            (None | Some(')'), _) | (_, Some(Joint::Or | Joint::And)) => {
                return Err(self.misplaced("after", Joint::Not));
            }
            (_, Some(Joint::Not)) => self.not()?,
            (Some(_), None) => self.term()?,
        };
        self.depth -= 1;
        Ok(inner.negated())
    }

    fn term(&mut self) -> Result<Expr, QueryError> {
        let start = self.at;
        match self.peek() {
            Some('-') => {
                // Counted like a parenthesis: a thousand '-' would nest as deep.
                self.deeper(start)?;
                self.at += 1;
                if self.peek().is_none_or(|c| is_space(c) || c == ')') {
                    return Err(self.error(self.at, "expected a word or a condition after `-`"));
                }
                let inner = self.term()?;
                self.depth -= 1;
                Ok(inner.negated())
            }
            Some('(') => {
                self.deeper(start)?;
                self.at += 1;
                let inner = self.any()?;
                if self.peek() != Some(')') {
                    return Err(self.error(start, "this `(` is never closed; expected `)`"));
                }
                self.at += 1;
                self.depth -= 1;
                Ok(inner)
            }
            Some(c) if is_quote(c) => {
                let words = self.phrase()?;
                let prefix = self.star();
                self.text(start, Field::Any, words, prefix)
            }
            _ => self.word_or_condition(),
        }
    }

    fn deeper(&mut self, at: usize) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error(at, format!("nested more than {DEPTH} deep; expected less")));
        }
        Ok(())
    }

    fn word_or_condition(&mut self) -> Result<Expr, QueryError> {
        let start = self.at;
        let word = self.word_here();
        let Some(key) = key_of(&word) else {
            self.at += word.chars().count();
            let (words, prefix) = split_star(&word);
            return self.text(start, Field::Any, words.to_owned(), prefix);
        };
        let key = key.to_ascii_lowercase();
        let Some((key, expected)) = KEYS.iter().find(|(known, _)| *known == key) else {
            return Err(self.error(start, unknown_key(&key)));
        };
        self.at += key.len() + 1;
        let at = self.at;
        let quoted = self.peek().is_some_and(is_quote);
        let (value, prefix) = if quoted {
            let phrase = self.phrase()?;
            (phrase, matches!(*key, "title" | "author") && self.star())
        } else {
            let word = self.word_here();
            self.at += word.chars().count();
            if matches!(*key, "title" | "author") {
                let (words, prefix) = split_star(&word);
                (words.to_owned(), prefix)
            } else {
                (word, false)
            }
        };
        if value.trim().is_empty() && !prefix {
            return Err(self.error(at, format!("expected {expected} after `{key}:`")));
        }
        let bad = |reader: &Reader| {
            let message =
                format!("`{key}:{value}` is not known; expected {expected} after `{key}:`");
            reader.error(at, message)
        };
        match *key {
            "tag" => Ok(Expr::Tag(value)),
            "outlet" => Ok(Expr::Outlet(value)),
            "group" => Ok(Expr::Group(value)),
            "account" => Ok(Expr::Account(value)),
            "author" => self.text(at, Field::Author, value, prefix),
            "title" => self.text(at, Field::Title, value, prefix),
            "lang" => {
                let code = value.trim().to_ascii_lowercase();
                let ok = (2..=8).contains(&code.len())
                    && code.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
                ok.then_some(Expr::Lang(code)).ok_or_else(|| bad(self))
            }
            "has" => {
                let word = fold(&value);
                let medium = Medium::ALL.into_iter().find(|one| one.as_str() == word);
                medium.map(Expr::Has).ok_or_else(|| bad(self))
            }
            "is" => {
                let word = fold(&value);
                let state = Is::ALL.into_iter().find(|is| is.as_str() == word);
                state.map(Expr::Is).ok_or_else(|| bad(self))
            }
            "story" => {
                let story = value.trim().parse().ok().filter(|id| *id > 0);
                story.map(Expr::Story).ok_or_else(|| bad(self))
            }
            "outlets" => compared(&value)
                .map(|(compare, count)| Expr::Outlets(compare, count))
                .ok_or_else(|| bad(self)),
            "since" => when(&value).map(Expr::Since).ok_or_else(|| bad(self)),
            _ => when(&value).map(Expr::Before).ok_or_else(|| bad(self)),
        }
    }

    fn text(
        &self,
        at: usize,
        field: Field,
        words: String,
        prefix: bool,
    ) -> Result<Expr, QueryError> {
        if !words.chars().any(char::is_alphanumeric) {
            return Err(self.error(at, "expected a word with a letter or a digit"));
        }
        Ok(Expr::Text(Text {
            field,
            words: words.trim().to_owned(),
            prefix,
        }))
    }

    fn phrase(&mut self) -> Result<String, QueryError> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '\\' => match self.peek() {
                    Some(next) => {
                        out.push(next);
                        self.at += 1;
                    }
                    None => break,
                },
                c if is_quote(c) => return Ok(out),
                c => out.push(c),
            }
        }
        Err(self.error(start, "this quotation mark is never closed; expected `\"`"))
    }

    fn star(&mut self) -> bool {
        let star = self.peek() == Some('*');
        self.at += usize::from(star);
        star
    }
}

fn split_star(word: &str) -> (&str, bool) {
    word.strip_suffix('*').map_or((word, false), |w| (w, true))
}

fn unknown_key(key: &str) -> String {
    let nearest = nearest(key, KEYS.iter().map(|(known, _)| *known));
    match nearest {
        Some(known) => format!("unknown field `{key}:`; did you mean `{known}:`?"),
        None => {
            let keys: Vec<String> = KEYS.iter().map(|(known, _)| format!("{known}:")).collect();
            format!(
                "unknown field `{key}:`; fields: {} (put it in quotes to search for it)",
                keys.join(" ")
            )
        }
    }
}

/// `>2`, `>=2`, `2`, `<2`.
fn compared(value: &str) -> Option<(Compare, u32)> {
    let value = value.trim();
    let signed = Compare::SIGNS.into_iter();
    let (rest, compare) = signed
        .filter_map(|(sign, compare)| Some((value.strip_prefix(sign)?, compare)))
        .next()?;
    Some((compare, rest.trim().parse().ok()?))
}

/// `7d`, `12h`, `3w`, `today`, `yesterday`, `2024-06-01`, `2024-06`, `2024`, or RFC 3339.
fn when(value: &str) -> Option<When> {
    let value = value.trim().to_lowercase();
    match value.as_str() {
        "now" => return Some(When::Ago(0)),
        "today" => return Some(When::Day(0)),
        "yesterday" => return Some(When::Day(1)),
        _ => {}
    }
    let digits = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = value.split_at(digits);
    if !number.is_empty() && !unit.is_empty() {
        if unit == "days" {
            return number.parse().ok().map(When::Day);
        }
        if let Some((_, size)) = UNITS.iter().find(|(name, _)| *name == unit) {
            let seconds = number.parse::<i64>().ok()?.checked_mul(*size)?;
            return Some(When::Ago(seconds));
        }
    }
    if let Some(date) = day(&value) {
        return Some(When::Date(date));
    }
    value.to_uppercase().parse::<Time>().ok().map(When::At)
}

/// A day, or the first day of a month or a year.
fn day(value: &str) -> Option<Date> {
    let mut parts = value.split('-');
    let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let mut number = || match parts.next() {
        None => Some(1),
        Some(text) if (1..=2).contains(&text.len()) => text.parse().ok(),
        Some(_) => None,
    };
    let (month, day) = (number()?, number()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, month, day).ok()
}
