//! The one filter language of lists, views, search and the command line: text to [`Query`].
//! Never here: SQL, FTS5 syntax, the clock.

use crate::news::Time;

/// A parsed query. An empty one matches everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// What must hold; `None` matches everything.
    pub expr: Option<Expr>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// ISO 639-1 language code.
    Lang(String),
    /// A state.
    Is(Is),
    /// Published (else first seen) at or after.
    Since(When),
    /// Published (else first seen) before.
    Before(When),
}

/// Words searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Where.
    pub field: Field,
    /// One word, or the words of a phrase in order; as typed.
    pub words: String,
    /// The last word may go on (`prefix*`).
    pub prefix: bool,
}

/// Where words are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Title, body, tags and author.
    Any,
    /// The title.
    Title,
    /// The author.
    Author,
}

/// A state of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

/// A moment in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// So many seconds before now (`since:7d`).
    Ago(i64),
    /// A moment; a day without time is its start in the reader's zone.
    At(Time),
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
