//! An article as a server and this machine know it: what the server is known to have, and marks of the
//! reader's that it is not known to have yet.
//! Never here: requests, what becomes of a mark (`newsprint_sync::merge`), SQL.

/// Which of the two marks that travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkKind {
    /// Read or unread.
    Read,
    /// Starred or not.
    Star,
}

/// A mark of the reader's that waits for the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pending {
    /// What the reader wants: read, starred.
    pub want: bool,
    /// Number of the change it comes from; a later one is another mark.
    pub seq: i64,
    /// A request with it has left, whether or not it arrived.
    pub sent: bool,
    /// The server said that it was done.
    pub acked: bool,
    /// How often the server said so.
    pub tries: u32,
}

/// What it changed here that a server's lists met the marks of an account's articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MergedMarks {
    /// Articles whose read mark changed here.
    pub read: u64,
    /// Articles whose star changed here.
    pub starred: u64,
    /// Articles that the server does not have any more.
    pub gone: u64,
    /// Marks that the server said it took and never had.
    pub refused: u64,
    /// Articles that became read all at once, if they are strikingly many.
    pub mass: u64,
}

/// What is remembered of one remote article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RemoteRow {
    /// The server's id, as text: decimal where it is a number.
    pub rid: String,
    /// Read, as far as the server is known.
    pub read: bool,
    /// Starred, as far as the server is known.
    pub starred: bool,
    /// How often in a row the server did not know the id; from 2 on it is gone.
    pub missed: u8,
    /// The reader's read mark that waits.
    pub pending_read: Option<Pending>,
    /// The reader's star that waits.
    pub pending_star: Option<Pending>,
}

/// What becomes of a waiting mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PendingFate {
    /// It waits on.
    #[default]
    Keep,
    /// It is dropped: the server has it, or will never have it.
    Drop,
    /// The server said that it was done, and it was not: it is sent once more.
    Again,
}

/// What a sync makes of one remote article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RemoteChange {
    /// See [`RemoteRow::read`].
    pub read: bool,
    /// See [`RemoteRow::starred`].
    pub starred: bool,
    /// See [`RemoteRow::missed`].
    pub missed: u8,
    /// Show it as read or unread, because the server says so.
    pub show_read: Option<bool>,
    /// Show it starred or not, because the server says so.
    pub show_star: Option<bool>,
    /// Of the read mark that waits.
    pub pending_read: PendingFate,
    /// Of the star that waits.
    pub pending_star: PendingFate,
    /// Marks that the server said it took twice and never had.
    pub refused: u8,
}

/// A mark on its way to the server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OutgoingMark {
    /// See [`RemoteRow::rid`].
    pub rid: String,
    /// Which mark.
    pub kind: MarkKind,
    /// See [`Pending::want`].
    pub want: bool,
    /// See [`Pending::seq`].
    pub seq: i64,
}

/// A feed that a server reads for the reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscription {
    /// The server's name of it, such as `feed/7`.
    pub id: String,
    /// What the server calls it; clean.
    pub title: String,
    /// Address of the feed; empty where the server does not say.
    pub feed_url: String,
    /// Address of its site; empty where the server does not say.
    pub site: String,
    /// Its folders.
    pub folders: Vec<String>,
}
