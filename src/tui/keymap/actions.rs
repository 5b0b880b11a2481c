//! The one table of what the reader can do: name, words for the help, where it works and its keys in
//! each preset. Help, footer, command line and the README's key table are made from it.
//! Never here: how anything is done.

/// Something the reader can do; [`TABLE`] has names and words for each.
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

/// Where a key works, as bits.
pub type Place = u8;
/// The pane of outlets and views.
pub const OUTLETS: Place = 1;
/// The pane of tags.
pub const TAGS: Place = 2;
/// The list of headlines.
pub const LIST: Place = 4;
/// The article.
pub const ARTICLE: Place = 8;
/// Anything that lies over the panes: help, links, health, a command's output.
pub const POPUP: Place = 16;
/// All panes.
pub const PANES: Place = OUTLETS | TAGS | LIST | ARTICLE;
const ANY: Place = PANES | POPUP;
const SIDE: Place = OUTLETS | TAGS;

/// One thing the reader can do.
#[derive(Debug)]
pub struct Row {
    /// What it is to the state.
    pub action: Action,
    /// What config and command line call it.
    pub name: &'static str,
    /// What the help says.
    pub about: &'static str,
    /// The help's heading.
    pub group: &'static str,
    /// Where it works.
    pub place: Place,
    /// Keys of the default preset, parted by spaces.
    pub vim: &'static str,
    /// Keys of the `newsboat` preset; `None` as in `vim`.
    pub newsboat: Option<&'static str>,
    /// Keys of the `emacs` preset; `None` as in `vim`.
    pub emacs: Option<&'static str>,
}

const fn row(
    action: Action,
    name: &'static str,
    about: &'static str,
    group: &'static str,
    place: Place,
    vim: &'static str,
) -> Row {
    Row {
        action,
        name,
        about,
        group,
        place,
        vim,
        newsboat: None,
        emacs: None,
    }
}

impl Row {
    const fn newsboat(self, keys: &'static str) -> Row {
        Row {
            newsboat: Some(keys),
            ..self
        }
    }

    const fn emacs(self, keys: &'static str) -> Row {
        Row {
            emacs: Some(keys),
            ..self
        }
    }
}

const MOVE: &str = "Moving";
const READ: &str = "Reading";
const FIND: &str = "Finding";
const MARK: &str = "Marking";
const FETCH: &str = "Outlets";
const OUT: &str = "Taking along";
const REST: &str = "newsprint";

/// Everything, in the order of the help.
pub const TABLE: &[Row] = &[
    row(Action::Down, "down", "down", MOVE, ANY, "j <down>").emacs("<C-n> <down>"),
    row(Action::Up, "up", "up", MOVE, ANY, "k <up>").emacs("<C-p> <up>"),
    row(
        Action::Top,
        "top",
        "to the top, taking in what is new",
        MOVE,
        ANY,
        "gg <home>",
    )
    .newsboat("<home>")
    .emacs("<A-<> <home>"),
    row(Action::Bottom, "bottom", "to the end", MOVE, ANY, "G <end>")
        .newsboat("<end> G")
        .emacs("<A->> <end>"),
    row(
        Action::HalfDown,
        "half-page-down",
        "half a page down",
        MOVE,
        ANY,
        "<C-d>",
    )
    .emacs(""),
    row(
        Action::HalfUp,
        "half-page-up",
        "half a page up",
        MOVE,
        ANY,
        "<C-u>",
    )
    .emacs(""),
    row(
        Action::PageDown,
        "page-down",
        "a page down",
        MOVE,
        ANY,
        "<C-f> <pagedown>",
    )
    .newsboat("<pagedown>")
    .emacs("<C-v> <pagedown>"),
    row(
        Action::PageUp,
        "page-up",
        "a page up",
        MOVE,
        ANY,
        "<C-b> <pageup>",
    )
    .newsboat("<pageup>")
    .emacs("<A-v> <pageup> <bs>"),
    row(
        Action::NextPane,
        "next-pane",
        "next pane",
        MOVE,
        PANES,
        "<tab>",
    )
    .emacs("<tab> <C-x>o"),
    row(
        Action::PreviousPane,
        "previous-pane",
        "previous pane",
        MOVE,
        PANES,
        "<S-tab>",
    ),
    row(Action::Open, "open", "open", MOVE, ANY, "<enter> l <right>")
        .newsboat("<enter> <right>")
        .emacs("<enter> <right>"),
    row(Action::Back, "back", "back", MOVE, ANY, "h <left> <esc>").emacs("<left> <esc> <C-g>"),
    row(
        Action::ReadOn,
        "read-on",
        "a page on; at the end, the next unread article",
        READ,
        LIST | ARTICLE,
        "<space>",
    ),
    row(
        Action::NextArticle,
        "next-article",
        "next article",
        READ,
        LIST | ARTICLE,
        "J",
    )
    .emacs("N <A-n>"),
    row(
        Action::PreviousArticle,
        "previous-article",
        "previous article",
        READ,
        LIST | ARTICLE,
        "K",
    )
    .emacs("P <A-p>"),
    row(
        Action::Next,
        "next",
        "next unread, or next match of a search",
        READ,
        LIST | ARTICLE,
        "n",
    ),
    row(
        Action::Previous,
        "previous",
        "previous unread, or previous match",
        READ,
        LIST | ARTICLE,
        "N",
    )
    .newsboat("p")
    .emacs("p"),
    row(
        Action::Zen,
        "zen",
        "the article alone",
        READ,
        LIST | ARTICLE,
        "z",
    )
    .emacs("z <C-x>1"),
    row(
        Action::FetchText,
        "fetch-text",
        "fetch the full text now",
        READ,
        LIST | ARTICLE,
        "x",
    ),
    row(
        Action::Diff,
        "what-changed",
        "what the outlet has changed",
        READ,
        LIST | ARTICLE,
        "d",
    ),
    row(
        Action::LinkHints,
        "link-hints",
        "open a link by its number",
        READ,
        ARTICLE,
        ";",
    )
    .newsboat("# ;"),
    row(
        Action::Links,
        "links",
        "list of links",
        READ,
        LIST | ARTICLE,
        "L",
    )
    .newsboat("u L"),
    row(
        Action::Images,
        "toggle-images",
        "pictures on or off",
        READ,
        PANES,
        "i",
    ),
    row(
        Action::Search,
        "search",
        "search in all articles; find in an article",
        FIND,
        ANY,
        "/",
    )
    .emacs("<C-s> /"),
    row(
        Action::SearchAll,
        "search-all",
        "search in all articles, also while reading",
        FIND,
        PANES,
        "g/",
    )
    .newsboat("<A-/>")
    .emacs("<A-s>"),
    row(
        Action::Filter,
        "filter",
        "filter the list by a query",
        FIND,
        PANES,
        "f",
    )
    .newsboat("F f"),
    row(
        Action::ClearFilter,
        "clear-filter",
        "clear search, filter and tags",
        FIND,
        PANES,
        "c",
    )
    .newsboat("<C-f> c"),
    row(Action::PickTags, "tags", "choose tags", FIND, PANES, "t"),
    row(
        Action::ClearTags,
        "clear-tags",
        "clear the tags",
        FIND,
        PANES,
        "T",
    )
    .newsboat("<C-t> T"),
    row(
        Action::TagToggle,
        "tag-and",
        "this tag too, or no longer",
        FIND,
        TAGS,
        "+",
    ),
    row(
        Action::TagNot,
        "tag-not",
        "without this tag",
        FIND,
        TAGS,
        "-",
    ),
    row(
        Action::TagHide,
        "hide-tag",
        "do not list this tag",
        FIND,
        TAGS,
        "H",
    ),
    row(
        Action::TagMute,
        "mute-tag",
        "leave out what carries this tag",
        FIND,
        TAGS,
        "M",
    ),
    row(
        Action::ShowAll,
        "show-all",
        "all articles",
        FIND,
        SIDE | LIST,
        "1",
    ),
    row(
        Action::ShowUnread,
        "show-unread",
        "unread articles",
        FIND,
        SIDE | LIST,
        "2",
    ),
    row(
        Action::ShowStarred,
        "show-starred",
        "starred articles",
        FIND,
        SIDE | LIST,
        "3",
    ),
    row(
        Action::ToggleUnread,
        "toggle-unread",
        "unread articles only, or all again",
        FIND,
        SIDE | LIST,
        "gu",
    )
    .newsboat("l")
    .emacs("<C-x>l"),
    row(
        Action::SaveView,
        "save-view",
        "save what is shown as a view",
        FIND,
        SIDE | LIST,
        "V",
    ),
    row(
        Action::Sort,
        "sort",
        "best match first, or newest first",
        FIND,
        LIST,
        "gs",
    )
    .newsboat("g")
    .emacs("<C-x>s"),
    row(
        Action::ToggleRead,
        "toggle-read",
        "read or unread",
        MARK,
        LIST | ARTICLE,
        "m",
    )
    .newsboat("N m"),
    row(
        Action::ToggleStar,
        "star",
        "star or unstar",
        MARK,
        LIST | ARTICLE,
        "s",
    )
    .newsboat("<C-b> <C-e> *"),
    row(
        Action::MarkList,
        "mark-list-read",
        "mark the list read, as shown",
        MARK,
        SIDE | LIST,
        "A",
    ),
    row(
        Action::MarkAll,
        "mark-all-read",
        "mark all articles of all outlets read",
        MARK,
        PANES,
        "gA",
    )
    .newsboat("C")
    .emacs("<C-x>A"),
    row(
        Action::Undo,
        "undo",
        "take back the last mark, hidden or muted tag",
        MARK,
        PANES,
        "u",
    )
    .newsboat("U <A-u>")
    .emacs("<C-x>u <C-_> <C-/> u"),
    row(
        Action::Refresh,
        "refresh",
        "refresh this outlet",
        FETCH,
        PANES | POPUP,
        "r",
    )
    .emacs("g r"),
    row(
        Action::RefreshAll,
        "refresh-all",
        "refresh all outlets",
        FETCH,
        PANES,
        "R",
    )
    .emacs("G R"),
    row(
        Action::StopRefresh,
        "stop-refresh",
        "stop the refresh that is running",
        FETCH,
        PANES | POPUP,
        "gr",
    )
    .newsboat("<A-r>")
    .emacs("<C-x>g"),
    row(
        Action::Health,
        "outlets",
        "how the outlets are doing",
        FETCH,
        PANES,
        "E",
    ),
    row(
        Action::AddOutlet,
        "add-outlet",
        "add an outlet by its address",
        FETCH,
        PANES | POPUP,
        "a",
    ),
    row(
        Action::Browse,
        "browse",
        "open in the browser",
        OUT,
        LIST | ARTICLE,
        "o",
    ),
    row(
        Action::BrowseRead,
        "browse-read",
        "open in the browser, mark read",
        OUT,
        LIST | ARTICLE,
        "O",
    ),
    row(
        Action::CopyUrl,
        "copy-url",
        "copy the address",
        OUT,
        LIST | ARTICLE | POPUP,
        "y",
    )
    .emacs("y <A-w>"),
    row(
        Action::CopyTitle,
        "copy-title",
        "copy title and address",
        OUT,
        LIST | ARTICLE,
        "Y",
    ),
    row(
        Action::Pipe,
        "pipe",
        "give the article to a command",
        OUT,
        LIST | ARTICLE,
        "|",
    )
    .emacs("| <A-|>"),
    row(
        Action::Save,
        "save",
        "save the article to a file",
        OUT,
        LIST | ARTICLE,
        "S",
    )
    .newsboat("s S")
    .emacs("S <C-x><C-s>"),
    row(Action::Help, "help", "this help", REST, ANY, "? <f1>").emacs("? <f1> <C-h>"),
    row(
        Action::Messages,
        "messages",
        "what was said before",
        REST,
        PANES,
        "ge",
    )
    .newsboat("<A-e>")
    .emacs("<C-x>e"),
    row(
        Action::Command,
        "command-line",
        "command line",
        REST,
        ANY,
        ":",
    )
    .emacs("<A-x> :"),
    row(
        Action::Mouse,
        "toggle-mouse",
        "mouse on or off",
        REST,
        PANES,
        "gm",
    )
    .newsboat("<A-m>")
    .emacs("<C-x>m"),
    row(
        Action::Redraw,
        "redraw",
        "draw the screen anew",
        REST,
        ANY,
        "<C-l>",
    ),
    row(Action::Suspend, "suspend", "suspend", REST, ANY, "<C-z>"),
    row(Action::Quit, "quit", "back, or quit", REST, ANY, "q").emacs("q <C-x>k"),
    row(Action::QuitNow, "quit-now", "quit", REST, ANY, "Q <C-c>").emacs("Q <C-c> <C-x><C-c>"),
];

/// The row of an action that stands in the table.
pub fn find(action: Action) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.action == action)
}

/// The row that config and command line call so.
pub fn named(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}
