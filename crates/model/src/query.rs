//! The one filter language of lists, views, search and the command line: text to [`Query`] and back.
//! Never here: SQL, FTS5 syntax, the clock.
//!
//! ```text
//! query  = all { "or" all }            "or" binds weaker than standing side by side
//! all    = part { [ "and" ] part }     "or", "and", "not" in any case; as words of a search only in quotes
//! part   = { "not" } term
//! term   = "-" term | "(" query ")" | key ":" value | word [ "*" ] | phrase [ "*" ]
//! key    = tag outlet group account author title lang is has story outlets since before
//! value  = word | phrase
//! phrase = '"' … '"'                   a backslash takes the next character as it is
//! ```

mod complete;
mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use complete::{Completion, Wanted, complete};
pub use parse::parse;

use crate::{Time, fold};

/// A parsed query. An empty one matches everything.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Query {
    /// What must hold; `None` matches everything.
    pub expr: Option<Expr>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    /// All hold.
    And(Vec<Expr>),
    /// At least one holds.
    Or(Vec<Expr>),
    /// Does not hold.
    Not(Box<Expr>),
    /// Words in the text.
    Text(Text),
    /// Carries the tag (compared without case and accents).
    Tag(String),
    /// Belongs to the outlet.
    Outlet(String),
    /// Belongs to an outlet of this group.
    Group(String),
    /// Belongs to an outlet of this account.
    Account(String),
    /// ISO 639-1 language code.
    Lang(String),
    /// A state.
    Is(Is),
    /// A sound or a film comes along.
    Has(Medium),
    /// Belongs to the story of this number.
    Story(i64),
    /// So many outlets tell its story.
    Outlets(Compare, u32),
    /// Published (else first seen) at or after.
    Since(When),
    /// Published (else first seen) before.
    Before(When),
}

/// Words searched for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text {
    /// Where.
    pub field: Field,
    /// One word, or the words of a phrase in order; as typed.
    pub words: String,
    /// The last word may go on (`prefix*`).
    pub prefix: bool,
}

/// Where words are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Title, body, tags and author.
    Any,
    /// The title.
    Title,
    /// The author.
    Author,
}

/// A state of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Is {
    /// Not read.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
    /// Changed by the outlet since it was stored.
    Changed,
    /// The whole text is there.
    Full,
    /// Has the text or the address of another article that came before it.
    Copy,
}

impl Is {
    /// Every state, in the order help lists them.
    pub const ALL: [Is; 6] = [
        Is::Unread,
        Is::Read,
        Is::Starred,
        Is::Changed,
        Is::Full,
        Is::Copy,
    ];

    /// The word after `is:`.
    pub fn as_str(self) -> &'static str {
        match self {
            Is::Unread => "unread",
            Is::Read => "read",
            Is::Starred => "starred",
            Is::Changed => "changed",
            Is::Full => "full",
            Is::Copy => "copy",
        }
    }
}

/// How a number is compared (`outlets:>2`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compare {
    /// More than.
    More,
    /// At least.
    Least,
    /// Exactly.
    Exactly,
    /// At most.
    Most,
    /// Less than.
    Less,
}

impl Compare {
    /// Every comparison with its sign, the longer signs first.
    pub(crate) const SIGNS: [(&str, Compare); 6] = [
        (">=", Compare::Least),
        ("<=", Compare::Most),
        (">", Compare::More),
        ("<", Compare::Less),
        ("=", Compare::Exactly),
        ("", Compare::Exactly),
    ];

    /// Whether `number` compares in this way to `limit`.
    pub fn holds(self, number: u32, limit: u32) -> bool {
        match self {
            Compare::More => number > limit,
            Compare::Least => number >= limit,
            Compare::Exactly => number == limit,
            Compare::Most => number <= limit,
            Compare::Less => number < limit,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Compare::More => ">",
            Compare::Least => ">=",
            Compare::Exactly => "",
            Compare::Most => "<=",
            Compare::Less => "<",
        }
    }
}

/// What may come along with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Medium {
    /// A sound.
    Audio,
    /// A film.
    Video,
}

impl Medium {
    /// Every medium, in the order help lists them.
    pub const ALL: [Medium; 2] = [Medium::Audio, Medium::Video];

    /// The word after `has:`.
    pub fn as_str(self) -> &'static str {
        match self {
            Medium::Audio => "audio",
            Medium::Video => "video",
        }
    }
}

/// A moment in a query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum When {
    /// So many seconds before now (`since:7d`).
    Ago(i64),
    /// The start of the day so many days before today, in the reader's zone (`since:yesterday`).
    Day(u32),
    /// The start of a day in the reader's zone (`since:2024-06-01`).
    Date(Date),
    /// A moment.
    At(Time),
}

impl When {
    /// The point in time meant at `now` in zone `tz`. What lies outside the calendar becomes its end.
    pub fn moment(&self, now: Time, tz: &TimeZone) -> Time {
        let start = |date: Date| {
            date.to_zoned_datetime(tz.clone())
                .map_or(Time::MIN, |z| z.timestamp())
        };
        match self {
            When::Ago(seconds) => now
                .checked_sub(jiff::SignedDuration::from_secs(*seconds))
                .unwrap_or(Time::MIN),
            When::Day(days) => {
                let today = now.to_zoned_datetime(tz.clone()).date();
                today
                    .checked_sub(i64::from(*days).days())
                    .map_or(Time::MIN, start)
            }
            When::Date(date) => start(*date),
            When::At(time) => *time,
        }
    }
}

/// What could not be read, where, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {message}")]
pub struct QueryError {
    /// 1-based, in characters.
    pub column: usize,
    /// A sentence: what is wrong and what was expected.
    pub message: String,
}

impl Expr {
    /// All of `parts`; nested conjunctions are flattened. `None` when there are none.
    pub fn all(parts: impl IntoIterator<Item = Expr>) -> Option<Expr> {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Expr::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => None,
            1 => flat.pop(),
            _ => Some(Expr::And(flat)),
        }
    }

    /// At least one of `parts`; nested alternatives are flattened. `None` when there are none.
    pub fn any(parts: impl IntoIterator<Item = Expr>) -> Option<Expr> {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Expr::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => None,
            1 => flat.pop(),
            _ => Some(Expr::Or(flat)),
        }
    }

    /// The opposite; a double negation is none.
    pub fn negated(self) -> Expr {
        match self {
            Expr::Not(inner) => *inner,
            other => Expr::Not(Box::new(other)),
        }
    }

    fn visit<'a>(&'a self, positive: bool, see: &mut dyn FnMut(&'a Expr, bool)) {
        match self {
            Expr::And(parts) | Expr::Or(parts) => {
                for part in parts {
                    part.visit(positive, see);
                }
            }
            Expr::Not(inner) => inner.visit(!positive, see),
            leaf => see(leaf, positive),
        }
    }
}

impl From<Expr> for Query {
    fn from(expr: Expr) -> Query {
        Query { expr: Some(expr) }
    }
}

impl Query {
    /// Whether it matches everything.
    pub fn is_empty(&self) -> bool {
        self.expr.is_none()
    }

    /// Both hold.
    pub fn and(&self, other: &Query) -> Query {
        Query {
            expr: Expr::all(self.expr.iter().chain(&other.expr).cloned()),
        }
    }

    /// `expr` holds too.
    pub fn and_expr(&self, expr: Expr) -> Query {
        self.and(&expr.into())
    }

    /// Carries `tag` too.
    pub fn and_tag(&self, tag: &str) -> Query {
        self.and_expr(Expr::Tag(tag.to_owned()))
    }

    /// Does not carry `tag`.
    pub fn and_not_tag(&self, tag: &str) -> Query {
        self.and_expr(Expr::Tag(tag.to_owned()).negated())
    }

    /// Belongs to `outlet` too.
    pub fn with_outlet(&self, outlet: &str) -> Query {
        self.and_expr(Expr::Outlet(outlet.to_owned()))
    }

    /// Is in this state too.
    pub fn with_is(&self, is: Is) -> Query {
        self.and_expr(Expr::Is(is))
    }

    /// [`Query::resolved`] with days that start in zone `tz`.
    fn resolved_in(&self, now: Time, tz: &TimeZone) -> Query {
        fn resolve(expr: &Expr, now: Time, tz: &TimeZone) -> Expr {
            let each = |parts: &[Expr]| parts.iter().map(|part| resolve(part, now, tz)).collect();
            match expr {
                Expr::And(parts) => Expr::And(each(parts)),
                Expr::Or(parts) => Expr::Or(each(parts)),
                Expr::Not(inner) => Expr::Not(Box::new(resolve(inner, now, tz))),
                Expr::Since(when) => Expr::Since(When::At(when.moment(now, tz))),
                Expr::Before(when) => Expr::Before(When::At(when.moment(now, tz))),
                leaf => leaf.clone(),
            }
        }
        Query {
            expr: self.expr.as_ref().map(|expr| resolve(expr, now, tz)),
        }
    }

    /// The same query with every relative moment taken at `now`, in the system's time zone: what a
    /// list needs to stay the same while the clock goes on.
    pub fn resolved(&self, now: Time) -> Query {
        if self.is_timed() {
            self.resolved_in(now, &TimeZone::system())
        } else {
            self.clone()
        }
    }

    /// Whether it names a moment that depends on the clock or the time zone.
    pub fn is_timed(&self) -> bool {
        let mut timed = false;
        self.visit(&mut |leaf, _| {
            if let Expr::Since(when) | Expr::Before(when) = leaf {
                timed |= !matches!(when, When::At(_));
            }
        });
        timed
    }

    /// Whether it asks for words: then results can be ranked.
    pub fn has_text(&self) -> bool {
        let mut text = false;
        self.visit(&mut |leaf, positive| text |= positive && matches!(leaf, Expr::Text(_)));
        text
    }

    /// Whether it asks for this tag (and does not exclude it).
    pub fn asks_for_tag(&self, tag: &str) -> bool {
        let tag = fold(tag);
        let mut asks = false;
        self.visit(&mut |leaf, positive| {
            asks |= positive && matches!(leaf, Expr::Tag(name) if fold(name) == tag);
        });
        asks
    }

    /// Whether it asks for articles of this outlet (and does not exclude it).
    pub fn asks_for_outlet(&self, outlet: &str) -> bool {
        let outlet = fold(outlet);
        let mut asks = false;
        self.visit(&mut |leaf, positive| {
            asks |= positive && matches!(leaf, Expr::Outlet(name) if fold(name) == outlet);
        });
        asks
    }

    /// The outlets that it asks for, as typed.
    pub fn asked_outlets(&self) -> Vec<&str> {
        let mut asked = Vec::new();
        self.visit(&mut |leaf, positive| {
            if let (Expr::Outlet(name), true) = (leaf, positive) {
                asked.push(name.as_str());
            }
        });
        asked
    }

    /// The accounts that the query asks for, as they are written there.
    pub fn asked_accounts(&self) -> Vec<&str> {
        let mut asked = Vec::new();
        self.visit(&mut |leaf, _| {
            if let Expr::Account(name) = leaf {
                asked.push(name.as_str());
            }
        });
        asked
    }

    /// The outlet that everything found belongs to, where the query names exactly one.
    pub fn only_outlet(&self) -> Option<&str> {
        let parts = match &self.expr {
            Some(Expr::And(parts)) => parts.as_slice(),
            Some(expr) => std::slice::from_ref(expr),
            None => &[],
        };
        let mut outlets = parts.iter().filter_map(|part| match part {
            Expr::Outlet(name) => Some(name.as_str()),
            _ => None,
        });
        outlets.next().filter(|_| outlets.next().is_none())
    }

    fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Expr, bool)) {
        if let Some(expr) = &self.expr {
            expr.visit(true, see);
        }
    }
}

/// The words a query asks for, one by one, as typed: for highlighting.
pub fn words(query: &Query) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    query.visit(&mut |leaf, positive| {
        if let (Expr::Text(text), true) = (leaf, positive) {
            for word in text.words.split(|c: char| !c.is_alphanumeric()) {
                if !word.is_empty() && !words.iter().any(|have| have == word) {
                    words.push(word.to_owned());
                }
            }
        }
    });
    words
}

/// The same words for finding them in a text: with `*` behind one that may go on.
pub fn beginnings(query: &Query) -> Vec<String> {
    let mut found = words(query);
    query.visit(&mut |leaf, positive| {
        if let (Expr::Text(text), true) = (leaf, positive)
            && text.prefix
            && let Some(last) = text.words.rsplit(|c: char| !c.is_alphanumeric()).next()
            && let Some(word) = found.iter_mut().find(|word| *word == last)
        {
            word.push('*');
        }
    });
    found
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expr {
            Some(Expr::Or(parts)) => join(f, parts, " or ", false),
            Some(Expr::And(parts)) => join(f, parts, " ", true),
            Some(expr) => write!(f, "{expr}"),
            None => Ok(()),
        }
    }
}

fn join(f: &mut fmt::Formatter<'_>, parts: &[Expr], between: &str, tight: bool) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        match part {
            // Side by side binds tighter than `or`, so it needs no parentheses there.
            Expr::And(inner) if !tight => join(f, inner, " ", true)?,
            part => write!(f, "{part}")?,
        }
    }
    Ok(())
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expr::And(parts) => {
                f.write_str("(")?;
                join(f, parts, " ", true)?;
                f.write_str(")")
            }
            Expr::Or(parts) => {
                f.write_str("(")?;
                join(f, parts, " or ", false)?;
                f.write_str(")")
            }
            Expr::Not(inner) => write!(f, "-{inner}"),
            Expr::Text(text) => {
                match text.field {
                    Field::Any if parse::is_plain_word(&text.words) => f.write_str(&text.words)?,
                    Field::Any => f.write_str(&quoted(&text.words))?,
                    Field::Title => write!(f, "title:{}", value(&text.words))?,
                    Field::Author => write!(f, "author:{}", value(&text.words))?,
                }
                f.write_str(if text.prefix { "*" } else { "" })
            }
            Expr::Tag(name) => write!(f, "tag:{}", value(name)),
            Expr::Outlet(name) => write!(f, "outlet:{}", value(name)),
            Expr::Group(name) => write!(f, "group:{}", value(name)),
            Expr::Account(name) => write!(f, "account:{}", value(name)),
            Expr::Lang(code) => write!(f, "lang:{}", value(code)),
            Expr::Is(is) => write!(f, "is:{}", is.as_str()),
            Expr::Has(medium) => write!(f, "has:{}", medium.as_str()),
            Expr::Story(id) => write!(f, "story:{id}"),
            Expr::Outlets(compare, count) => write!(f, "outlets:{}{count}", compare.sign()),
            Expr::Since(when) => write!(f, "since:{when}"),
            Expr::Before(when) => write!(f, "before:{when}"),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Ago(seconds) => {
                let (unit, size) = parse::UNITS
                    .iter()
                    .rev()
                    .find(|(_, size)| seconds % size == 0 && seconds / size > 0)
                    .unwrap_or(&("s", 1));
                write!(f, "{}{unit}", seconds / size)
            }
            When::Day(0) => f.write_str("today"),
            When::Day(1) => f.write_str("yesterday"),
            When::Day(days) => write!(f, "{days}days"),
            When::Date(date) => write!(f, "{date}"),
            When::At(time) => write!(f, "{time}"),
        }
    }
}

/// A value as it must be written after `key:`; quoted only where it has to be.
pub fn value(text: &str) -> String {
    // `tag://x` would be an address.
    let bare = !text.is_empty()
        && !text.starts_with("//")
        && !text.ends_with(['*', '\\'])
        && text.chars().all(|c| !parse::ends_word(c) && c != '\\');
    if bare { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if parse::is_quote(c) || c == '\\' {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
