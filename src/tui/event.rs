//! What flows through the reader: inputs, actions (intents), effects (side effects asked for) and
//! events (facts that came of them). Plain data. Never here: anything that happens.

use std::time::Duration;

use newsprint_html::layout::Laid;
use newsprint_model::query::Query;
use newsprint_model::{Article, ArticleId, Counts, Cursor, Headline, Health, Mark, Revision, Time};
use newsprint_store::{At, List};

use super::state::prompt::Ask;
pub use crate::export::formats::Format;
use crate::library::tags::Facet;

/// A key on the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character; upper case is Shift.
    Char(char),
    /// A function key.
    F(u8),
    /// Enter.
    Enter,
    /// Esc.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Insert.
    Insert,
    /// Delete.
    Delete,
    /// Something that is no key here.
    Unknown,
}

/// A key with what was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Control.
    pub ctrl: bool,
    /// With Alt (Meta).
    pub alt: bool,
    /// With Shift, where that does not make another character.
    pub shift: bool,
}

impl Key {
    /// Alone.
    pub const fn plain(code: Code) -> Key {
        Key {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// With Control.
    pub const fn ctrl(code: Code) -> Key {
        Key {
            ctrl: true,
            ..Key::plain(code)
        }
    }

    /// With Alt.
    pub const fn alt(code: Code) -> Key {
        Key {
            alt: true,
            ..Key::plain(code)
        }
    }
}

/// The mouse; columns and rows from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down.
    Click {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
    },
    /// The wheel.
    WheelUp {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
    },
    /// The wheel.
    WheelDown {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
    },
}

/// What the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// The mouse.
    Mouse(Mouse),
    /// Pasted text, raw.
    Paste(String),
    /// The terminal got or lost the focus.
    Focus(bool),
    /// The terminal's answer about its background.
    Background {
        /// Whether dark text reads better on it.
        light: bool,
    },
    /// The terminal's answer about itself (DA1): 4 among them is sixel.
    Abilities(Vec<u16>),
}

/// Something the reader can do; [`super::keymap::actions::TABLE`] has names and words for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table says what each does")]
pub enum Action {
    Down,
    Up,
    Top,
    Bottom,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    NextPane,
    PreviousPane,
    Open,
    Back,
    ReadOn,
    NextArticle,
    PreviousArticle,
    Next,
    Previous,
    Zen,
    FetchText,
    Diff,
    LinkHints,
    Links,
    Images,
    Search,
    SearchAll,
    Filter,
    ClearFilter,
    PickTags,
    ClearTags,
    TagToggle,
    TagNot,
    TagHide,
    TagMute,
    ShowAll,
    ShowUnread,
    ShowStarred,
    ToggleUnread,
    SaveView,
    Sort,
    ToggleRead,
    ToggleStar,
    MarkList,
    MarkAll,
    Undo,
    Refresh,
    RefreshAll,
    StopRefresh,
    Health,
    AddOutlet,
    Browse,
    BrowseRead,
    CopyUrl,
    CopyTitle,
    Pipe,
    Save,
    Help,
    Messages,
    Command,
    Mouse,
    Redraw,
    Suspend,
    Quit,
    QuitNow,
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

/// A found article with the passage that matched.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The article.
    pub headline: Headline,
    /// Pieces of the passage; `true` where a searched word stands.
    pub snippet: Vec<(String, bool)>,
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
        /// Only the first screenful is needed at once.
        lines: usize,
        /// Rows kept free under pictures.
        image_rows: Vec<(String, u16)>,
    },
    /// Fetch and decode the picture: [`Event::Picture`].
    LoadPicture {
        /// Its address.
        url: String,
        /// Columns and rows it may take.
        room: (u16, u16),
    },
    /// Earlier texts: [`Event::Revisions`].
    LoadRevisions(ArticleId),
    /// How the outlets are doing: [`Event::Health`].
    LoadHealth,
    /// Mark these: [`Event::Marked`].
    Mark(Vec<ArticleId>, Mark),
    /// Mark all of a list: [`Event::Marked`].
    MarkList(List, Mark),
    /// Take the last mark back: [`Event::Undone`].
    Undo,
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
    /// Fetch the article's page: [`Event::Fetched`].
    FetchText(ArticleId),
    /// What an address offers: [`Event::Discovered`].
    Discover(String),
    /// Add an outlet to the config: [`Event::Added`].
    AddOutlet {
        /// Its name.
        name: String,
        /// Its address.
        url: String,
    },
    /// Lines typed in earlier sessions: [`Event::History`].
    LoadHistory,
    /// Keep a typed line for later sessions.
    Remember(Ask, String),
    /// Add a view to the config: [`Event::Said`].
    SaveView {
        /// Its name.
        name: String,
        /// Its query.
        query: String,
    },
    /// Hide or mute a tag in the config, or no longer: [`Event::Said`].
    SaveTag(TagChange),
    /// Open an address in the browser.
    Browse(String),
    /// Put text on the clipboard.
    Copy(String),
    /// Run a command with the article on its standard input: [`Event::Output`].
    Pipe {
        /// Which article.
        id: ArticleId,
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
    /// Run the commands of a macro: [`Event::Output`].
    RunMacro {
        /// Which macro.
        index: usize,
        /// The article under the cursor.
        id: Option<ArticleId>,
    },
    /// [`Event::Time`] after a while.
    After(Duration, u64),
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

/// What an address offers, for the reader to decide on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Offer {
    /// The address asked.
    pub url: String,
    /// A name for the outlet.
    pub name: String,
    /// What was found and what it would give, line by line.
    pub lines: Vec<String>,
    /// Nothing can be read there.
    pub empty: bool,
}

/// How far a refresh has come.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RefreshProgress {
    /// Outlets done.
    pub done: usize,
    /// Outlets in all.
    pub total: usize,
    /// New articles so far.
    pub new: u64,
    /// The outlet that was last heard of.
    pub outlet: String,
    /// What it does.
    pub step: String,
    /// How far each outlet is that was heard of.
    pub steps: Vec<OutletStep>,
}

/// How far a refresh is with one outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutletStep {
    /// Its name.
    pub outlet: String,
    /// What is being done, or what came of it.
    pub words: String,
    /// Nothing more will come.
    pub done: bool,
}

/// What a refresh came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refreshed {
    /// New articles.
    pub new: u64,
    /// The outlets that were asked.
    pub asked: Vec<String>,
    /// A sentence for each outlet that failed.
    pub failed: Vec<(String, String)>,
    /// A sentence for each thing the reader has to know of an outlet, such as another source.
    pub notes: Vec<(String, String)>,
    /// When the first of those that were not asked is due.
    pub due: Option<Time>,
}

/// A fact that the state learns.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The list was opened.
    Opened {
        /// Which.
        ticket: u64,
        /// With its moment and fixed times.
        list: List,
    },
    /// Rows of a list.
    Rows {
        /// Which.
        ticket: u64,
        /// Newest first.
        rows: Vec<Headline>,
        /// Where they go.
        fill: Fill,
        /// Whether there were fewer than asked for, so that this is the end on that side.
        end: bool,
        /// Place of the first row in the list, where it is known.
        first: Option<u64>,
    },
    /// The unread article asked for.
    Sought {
        /// Which list.
        ticket: u64,
        /// Its place, if there is one.
        place: Option<Cursor>,
    },
    /// How many a list has.
    Counted {
        /// Which.
        ticket: u64,
        /// Its articles.
        counts: Counts,
    },
    /// Rows by relevance.
    Found {
        /// Which list.
        ticket: u64,
        /// From which row.
        offset: u64,
        /// The rows, best first.
        rows: Vec<Found>,
        /// There are no more.
        end: bool,
    },
    /// Counts of the sidebar.
    Sidebar {
        /// The list that the tags are under.
        ticket: u64,
        /// Nothing is stored at all.
        empty: bool,
        /// All articles, but for muted ones.
        all: Counts,
        /// Starred articles.
        starred: Counts,
        /// The configured views, in order.
        views: Vec<Counts>,
        /// The outlets' health and counts, in the config's order.
        outlets: Vec<Health>,
        /// The tags.
        tags: Vec<Facet>,
    },
    /// Articles that came since the list was opened.
    Arrived {
        /// Which list.
        ticket: u64,
        /// How many.
        new: u64,
    },
    /// Headlines as they are now, without those that are gone.
    Headlines(Vec<Headline>),
    /// An article with its text; `None` when it is gone.
    Article(ArticleId, Option<Box<Article>>),
    /// Lines of an article.
    Laid {
        /// Which article.
        id: ArticleId,
        /// For which width.
        width: u16,
        /// The lines.
        laid: Laid,
    },
    /// A picture is ready, or why it is not; the rows it takes.
    Picture {
        /// Its address.
        url: String,
        /// Rows.
        rows: Result<u16, String>,
    },
    /// An article and its earlier texts, newest first; `None` when it is gone.
    Revisions(Option<Box<Article>>, Vec<Revision>),
    /// How the outlets are doing.
    Health(Vec<Health>),
    /// Marks were stored.
    Marked {
        /// How many changed.
        changed: u64,
        /// Which.
        mark: Mark,
        /// A whole list, so say it.
        list: bool,
    },
    /// A mark was taken back; `None` when there was none.
    Undone(Option<String>),
    /// A refresh goes on.
    Progress(RefreshProgress),
    /// A refresh has ended.
    Refreshed {
        /// What it came to.
        report: Refreshed,
        /// It did not run at all, and why.
        error: Option<String>,
        /// When it ended.
        at: Time,
    },
    /// The article's page was fetched, or why not.
    Fetched(ArticleId, Result<(), String>),
    /// What an address offers.
    Discovered(Result<Offer, String>),
    /// An outlet was added: its name and the outlets there are now.
    Added(String, Vec<String>),
    /// A command's output.
    Output {
        /// The command.
        title: String,
        /// Its output, raw.
        text: String,
        /// How it ended.
        ok: bool,
    },
    /// The file that an article should be saved to is there already.
    Exists {
        /// Which article.
        id: ArticleId,
        /// The file, as typed.
        path: String,
        /// A name near it that is free.
        free: String,
    },
    /// Lines typed in earlier sessions, the oldest of each kind first.
    History(Vec<(Ask, Vec<String>)>),
    /// The store was written to, by this process or another.
    Touched,
    /// The time asked for with [`Effect::After`] is over.
    Time(u64),
    /// Something to say.
    Said(String),
    /// Something went wrong.
    Failed(String),
}
