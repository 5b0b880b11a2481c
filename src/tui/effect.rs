//! The side effects that the state asks for. Plain data. Never here: performing them.

use std::time::Duration;

use newsprint_model::query::Query;
use newsprint_model::{ArticleId, Cursor, Mark};
use newsprint_store::{At, List, Named, StoryChange, TagsChange};

#[cfg(doc)]
use super::event::Event;
use super::state::order::Order;
use super::state::prompt::Ask;
pub use crate::config::edit::OutletChange;
pub use crate::export::formats::Format;

/// Rows of a list in another order than the store's.
#[derive(Debug, Clone, PartialEq)]
pub struct SortedRows {
    /// Names the list.
    pub ticket: u64,
    /// Which list.
    pub list: List,
    /// Its order.
    pub order: Order,
    /// From which row.
    pub offset: u64,
    /// How many.
    pub limit: usize,
}

/// The row of the unread article that is so many on in such a list.
#[derive(Debug, Clone, PartialEq)]
pub struct SortedSeek {
    /// Names the list.
    pub ticket: u64,
    /// Which list.
    pub list: List,
    /// Its order.
    pub order: Order,
    /// The row to begin after.
    pub from: u64,
    /// How many on; where there are fewer, the last of them.
    pub times: usize,
}

/// How the rows that were asked for go into the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// They are the window; the cursor goes to the first.
    Top,
    /// They are the window; the cursor goes to the last.
    Bottom,
    /// They follow what is there.
    Append,
    /// They precede what is there.
    Prepend,
    /// They are the window, somewhere within the list; the cursor goes to the first.
    Here,
    /// They replace what is there, row for row; cursor and scroll stay.
    Again,
}

/// A side effect that the state asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Open a list as things are now: [`Event::Opened`], then its rows.
    OpenList {
        /// Names the list in the answers.
        ticket: u64,
        /// What belongs to it.
        query: Query,
    },
    /// The next unread article before or after a place: [`Event::Sought`].
    Seek {
        /// Names the list.
        ticket: u64,
        /// Which list.
        list: List,
        /// From where.
        from: Cursor,
        /// Towards the end.
        forward: bool,
    },
    /// Rows of a list: [`Event::Rows`].
    LoadRows {
        /// Names the list.
        ticket: u64,
        /// Which list.
        list: List,
        /// From where.
        at: At,
        /// How many.
        limit: usize,
        /// Where they go.
        fill: Fill,
    },
    /// Where a line is in a folded list: [`Event::Placed`].
    FindPlace {
        /// Names the list.
        ticket: u64,
        /// Which list.
        list: List,
        /// The line.
        cursor: Cursor,
    },
    /// How many a list has: [`Event::Counted`].
    Count {
        /// Names the list.
        ticket: u64,
        /// Which list.
        list: List,
    },
    /// Rows by relevance, on the search thread, the last one asked for only: [`Event::Found`].
    Search {
        /// Names the list.
        ticket: u64,
        /// Which list.
        list: List,
        /// From which row.
        offset: u64,
        /// How many.
        limit: usize,
        /// Columns of a snippet.
        width: usize,
    },
    /// Rows of a list in another order: [`Event::Found`], without snippets.
    LoadSorted(SortedRows),
    /// The row of an unread article in a list in another order than the store's: [`Event::SoughtRow`].
    SeekSorted(SortedSeek),
    /// Unread counts of outlets and views, health and the tags under `query`: [`Event::Sidebar`].
    LoadSidebar {
        /// Names the list that the tags are under.
        ticket: u64,
        /// What the tags are counted under.
        query: Query,
    },
    /// How many articles came since the list was opened: [`Event::Arrived`].
    CountNew {
        /// Names the list.
        ticket: u64,
        /// Which list.
        list: List,
    },
    /// Headlines of these articles as they are now: [`Event::Headlines`].
    LoadHeadlines(Vec<ArticleId>),
    /// The article with its text: [`Event::Article`].
    LoadArticle(ArticleId),
    /// Lines of an article: [`Event::Laid`].
    LayOut {
        /// Which article.
        id: ArticleId,
        /// Its clean HTML.
        html: std::sync::Arc<str>,
        /// Columns.
        width: u16,
        /// Columns that tables and code may use.
        wide: u16,
        /// The first screenful, which is needed at once.
        lines: usize,
        /// All lines are needed, else the first screenful is enough.
        whole: bool,
        /// Rows kept free under pictures.
        image_rows: Vec<(String, u16)>,
    },
    /// Decode the picture, and fetch it if it may be: [`Event::Picture`].
    LoadPicture {
        /// Its address.
        url: String,
        /// Columns and rows it may take.
        room: (u16, u16),
        /// Its host may be asked; else only a picture that is kept is shown.
        fetch: bool,
    },
    /// Earlier texts: [`Event::Revisions`].
    LoadRevisions(ArticleId),
    /// How others tell an article's story: [`Event::Story`].
    LoadStory(ArticleId),
    /// The stories of the front page, the latest first: [`Event::RecentStories`].
    LoadRecentStories,
    /// Part articles from their stories: [`Event::StoryChanged`].
    PartStory(Vec<ArticleId>),
    /// Join articles to the story of another: [`Event::StoryChanged`].
    JoinStory(Vec<ArticleId>, ArticleId),
    /// Undo what was parted or joined: [`Event::StoryChanged`].
    UndoStory(StoryChange),
    /// Give articles tags, and take others that were given: [`Event::Tagged`].
    GiveTags {
        /// The articles.
        ids: Vec<ArticleId>,
        /// Tags that they get.
        add: Vec<String>,
        /// Tags that they lose.
        remove: Vec<String>,
    },
    /// Undo that: [`Event::Tagged`].
    UndoTags(TagsChange),
    /// How the outlets are doing: [`Event::Health`].
    LoadHealth,
    /// Mark these: [`Event::Marked`]. The names are those of as many as the list has; by them they are marked where
    /// the database turns out to be damaged and can no longer tell which article has which number.
    Mark(Vec<ArticleId>, Mark, Vec<Named>),
    /// Mark all of a list: [`Event::Marked`].
    MarkList(List, Mark),
    /// Mark as read what stands in a list above an article, or below it: [`Event::Marked`].
    MarkSide {
        /// Which list.
        list: List,
        /// The article; it stays as it is.
        from: Cursor,
        /// Below it.
        below: bool,
    },
    /// How many articles a query finds: [`Event::QueryCounted`].
    CountQuery(Query),
    /// Mark as read what a query finds: [`Event::Marked`].
    MarkQuery(Query),
    /// Undo the last mark: [`Event::Undone`].
    Undo,
    /// Set unread again what a sync made read in bulk: [`Event::Undone`].
    UndoSync,
    /// Place the articles that wait for it among the stories: those of an older store, or of a refresh that was
    /// stopped. Only when stories are looked at, since it takes the processor for a while and memory: [`Event::Placing`].
    PlaceStories,
    /// Remember how far the article has been read.
    SetPosition(ArticleId, u32),
    /// Refresh outlets: [`Event::Progress`], [`Event::Refreshed`].
    Refresh {
        /// Which; all when empty.
        outlets: Vec<String>,
        /// A person asked: also those that are not due.
        force: bool,
    },
    /// Stop a running refresh.
    StopRefresh,
    /// End the commands that run.
    StopCommands,
    /// Fetch the article's page: [`Event::Fetched`].
    FetchText(ArticleId),
    /// Fetch its page and say why the text is what it is: [`Event::Explained`].
    ExplainText {
        /// The article.
        id: ArticleId,
        /// No line is to be wider.
        columns: usize,
    },
    /// What an address offers: [`Event::Discovered`].
    Discover(String),
    /// Give an outlet another address, if something can be read there: [`Event::Config`] and [`Event::Said`].
    Readdress {
        /// The outlet's name.
        outlet: String,
        /// The address, as typed.
        url: String,
    },
    /// Change the config file: [`Event::Config`], and [`Event::Said`] or [`Event::Added`].
    EditConfig(ConfigEdit),
    /// Use another theme.
    Theme(String),
    /// Draw in another theme for as long as it is looked at; `None` goes back to the one in use.
    LookAtTheme(Option<String>),
    /// Lines typed in earlier sessions: [`Event::History`].
    LoadHistory,
    /// Keep a typed line for later sessions.
    Remember(Ask, String),
    /// Keep how the reader was left for the next run.
    RememberSession(String),
    /// Open an address in the browser.
    Browse(String),
    /// Put text on the clipboard.
    Copy(String),
    /// Put addresses of articles on the clipboard, of which some have no page on the web.
    CopyAddresses {
        /// Which articles.
        ids: Vec<ArticleId>,
        /// With the title before each.
        title: bool,
    },
    /// Run a command with the articles on its standard input: [`Event::Output`].
    Pipe {
        /// Which articles.
        ids: Vec<ArticleId>,
        /// As typed.
        command: String,
        /// As what.
        format: Format,
    },
    /// Write the article to a file: [`Event::Said`], or [`Event::Exists`].
    Save {
        /// Which article.
        id: ArticleId,
        /// As typed.
        path: String,
        /// Over a file that is there.
        over: bool,
    },
    /// Write each of the articles to a file in a folder: [`Event::Said`].
    SaveAll {
        /// Which articles.
        ids: Vec<ArticleId>,
        /// The folder, as typed; it is made where there is none.
        folder: String,
    },
    /// Whether an address is that of an article in the store: [`Event::Stored`].
    FindStored {
        /// The address.
        url: String,
        /// The link's text.
        text: String,
    },
    /// Run the commands of a macro: [`Event::Output`].
    RunMacro {
        /// Which macro.
        index: usize,
        /// The article under the cursor.
        id: Option<ArticleId>,
    },
    /// [`Event::Time`] after a while; a timer that was set before for the same is forgotten.
    After(Duration, Timer),
    /// Switch the mouse reports.
    Mouse(bool),
    /// Draw every cell anew.
    Redraw,
    /// Stop until `fg`.
    Suspend,
    /// End.
    Quit,
}

/// A tag put on a list of the config, or taken off it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagChange {
    /// The tag.
    pub tag: String,
    /// The list of what is muted; else of what is hidden.
    pub mute: bool,
    /// Put on it; else taken off.
    pub on: bool,
}

/// A change of the config file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigEdit {
    /// Adds an outlet.
    AddOutlet {
        /// Its name.
        name: String,
        /// Its address.
        url: String,
        /// Its group.
        group: Option<String>,
        /// Tags of all its articles.
        tags: Vec<String>,
        /// The account whose server subscribes to it; `None` puts it into the config.
        account: Option<String>,
    },
    /// Changes an outlet.
    ChangeOutlet {
        /// Its name.
        outlet: String,
        /// What of it.
        change: OutletChange,
    },
    /// Removes the outlet of this name.
    RemoveOutlet(String),
    /// Adds a view.
    AddView {
        /// Its name.
        name: String,
        /// Its query.
        query: String,
    },
    /// Hides or mutes a tag, or no longer.
    Tag(TagChange),
}

/// What is done when a time is over. One of each kind runs at most: the last that was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// The article that was shown then is read; its number tells it from others.
    Read(u64),
    /// The cursor has rested on an article: its pictures are fetched.
    Rest(u64),
    /// Outlets are refreshed.
    Refresh,
}
