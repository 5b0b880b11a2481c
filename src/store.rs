//! SQLite: queries and transactions; the only SQL of the house.
//! Never here: network, HTML, the terminal.

pub mod schema;

use crate::news::{ArticleId, Cursor};
use crate::query::Query;

/// A list fixed at the moment it was opened: what came later and what was marked since does not
/// change which articles belong to it, so nothing jumps and `A` marks what was shown.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// What belongs to it.
    pub query: Query,
    /// The store's state when it was opened; `None` is "as things are now".
    pub as_of: Option<AsOf>,
}

/// A moment in the life of the store (see `Store::now`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The newest article.
    pub newest: ArticleId,
    /// The number of the last change of marks. Articles whose read or star mark changed after it
    /// are judged by the mark they had before.
    pub change: i64,
}

/// Which part of a list sorted by date (newest first) is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The beginning.
    Top,
    /// What follows the cursor.
    After(Cursor),
    /// What stands before the cursor, still newest first.
    Before(Cursor),
    /// The end, still newest first.
    Bottom,
}
