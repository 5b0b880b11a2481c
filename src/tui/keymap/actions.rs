//! The one table of what the reader can do: each action is one row here and one function that
//! `state::actions` calls for it; enum, help, hints, command line and the README's key table are made
//! from the row. Never here: how anything is done.

/// Where a key works, as bits.
pub type Scope = u8;
/// The pane of outlets and views.
pub const OUTLETS: Scope = 1;
/// The pane of tags.
pub const TAGS: Scope = 2;
/// The list of headlines.
pub const LIST: Scope = 4;
/// The article.
pub const ARTICLE: Scope = 8;
/// Anything over the panes: help, links, outlet status, a command's output.
pub const POPUP: Scope = 16;
/// All panes.
pub const PANES: Scope = OUTLETS | TAGS | LIST | ARTICLE;
const ANY: Scope = PANES | POPUP;
/// The sidebar: outlets and tags.
pub const SIDE: Scope = OUTLETS | TAGS;
const READING: Scope = LIST | ARTICLE;

/// One thing the reader can do.
#[derive(Debug)]
pub struct Row {
    /// What it is to the state.
    pub action: Action,
    /// Its name in the config and on the command line.
    pub name: &'static str,
    /// What the help says.
    pub about: &'static str,
    /// The help's heading.
    pub group: &'static str,
    /// Where it works.
    pub scope: Scope,
    /// It acts on a row of the list, or on the list as shown: typed while the list is loading, it waits
    /// for the rows.
    pub on_row: bool,
    /// Keys of the default preset, separated by spaces.
    pub vim: &'static str,
    /// Keys of the `newsboat` preset; `None` as in `vim`.
    pub newsboat: Option<&'static str>,
    /// Keys of the `emacs` preset; `None` as in `vim`.
    pub emacs: Option<&'static str>,
}

/// When an action typed while the list is loading is done.
const ON_ROW: bool = true;
const AT_ONCE: bool = false;

macro_rules! optional {
    () => {
        None
    };
    ($keys:literal) => {
        Some($keys)
    };
}

/// Makes [`Action`] and [`TABLE`]: `Action name words group scope on_row vim [newsboat] [emacs]`.
macro_rules! actions {
    ($($action:ident $name:literal $about:literal $group:ident $scope:tt $on_row:ident $vim:literal [$($newsboat:literal)?] [$($emacs:literal)?];)*) => {
        /// Something the reader can do; [`TABLE`] has name, words and keys of each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the table says what each does")]
        pub enum Action {
            $($action,)*
        }

        /// Everything, in the order of the help.
        pub const TABLE: &[Row] = &[$(Row {
            action: Action::$action,
            name: $name,
            about: $about,
            group: $group,
            scope: $scope,
            on_row: $on_row,
            vim: $vim,
            newsboat: optional!($($newsboat)?),
            emacs: optional!($($emacs)?),
        },)*];
    };
}

const MOVE: &str = "Moving";
const READ: &str = "Reading";
const FIND: &str = "Finding";
const MARK: &str = "Marking";
const FETCH: &str = "Outlets";
const OUT: &str = "Sharing";
const VIEW: &str = "Screen";
const REST: &str = "newsprint";

actions! {
    Down "down" "down" MOVE ANY AT_ONCE "j <down>" [] ["<C-n> <down>"];
    Up "up" "up" MOVE ANY AT_ONCE "k <up>" [] ["<C-p> <up>"];
    Top "top" "top (and load new articles)" MOVE ANY AT_ONCE "gg <home>" ["<home>"] ["<A-<> <home>"];
    Bottom "bottom" "bottom" MOVE ANY AT_ONCE "G <end>" ["<end> G"] ["<A->> <end>"];
    HalfDown "half-page-down" "half page down" MOVE ANY AT_ONCE "<C-d>" [] [""];
    HalfUp "half-page-up" "half page up" MOVE ANY AT_ONCE "<C-u>" [] [""];
    PageDown "page-down" "page down" MOVE ANY AT_ONCE "<C-f> <pagedown>" ["<pagedown>"] ["<C-v> <pagedown>"];
    PageUp "page-up" "page up" MOVE ANY AT_ONCE "<C-b> <pageup>" ["<pageup>"] ["<A-v> <pageup> <bs>"];
    NextPane "next-pane" "next pane" MOVE PANES AT_ONCE "<tab>" [] ["<tab> <C-x>o"];
    PreviousPane "previous-pane" "previous pane" MOVE PANES AT_ONCE "<S-tab>" [] [];
    Open "open" "open" MOVE ANY ON_ROW "<enter> l <right>" ["<enter> <right>"] ["<enter> <right>"];
    Back "back" "back" MOVE ANY AT_ONCE "<esc>" [] ["<esc> <C-g>"];
    Left "left" "back; from the list to the sidebar" MOVE ANY AT_ONCE "h <left>" [] ["<left>"];
    GoTo "go-to" "go to an outlet, view, tag or action" MOVE PANES AT_ONCE "<C-p>" [] ["<C-x>b"];
    Fold "fold" "fold or unfold group" MOVE OUTLETS AT_ONCE "<space>" [] [];
    ReadOn "read-on" "page down, then next unread" READ READING ON_ROW "<space>" [] [];
    ScrollDown "scroll-down" "scroll article down" READ PANES ON_ROW "<C-e>" ["<A-j>"] [];
    ScrollUp "scroll-up" "scroll article up" READ PANES ON_ROW "<C-y>" ["<A-k>"] [];
    NextArticle "next-article" "next article" READ PANES ON_ROW "J" [] ["N <A-n>"];
    PreviousArticle "previous-article" "previous article" READ PANES ON_ROW "K" [] ["P <A-p>"];
    NextTelling "next-telling" "next article of this story" READ PANES ON_ROW "gn" ["<A-t>"] ["<A-t>"];
    Next "next" "next unread, or next match" READ PANES ON_ROW "n" [] [];
    Previous "previous" "previous unread, or previous match" READ PANES ON_ROW "N" ["p"] ["p"];
    Zen "zen" "full-screen article" READ PANES ON_ROW "z" [] ["z <C-x>1"];
    FetchText "fetch-text" "fetch full text" READ PANES ON_ROW "x" [] [];
    Diff "what-changed" "show changes since first fetch (diff)" READ PANES ON_ROW "d" [] [];
    LinkHints "link-hints" "open link by number" READ PANES ON_ROW ";" ["# ;"] [];
    Links "links" "list links" READ PANES ON_ROW "L" ["u L"] [];
    Images "toggle-images" "fetch or toggle images" READ PANES AT_ONCE "i" [] [];
    Search "search" "search all articles; find in an article" FIND ANY AT_ONCE "/" [] ["<C-s> /"];
    SearchAll "search-all" "search all articles from anywhere" FIND PANES AT_ONCE "g/" ["<A-/>"] ["<A-s>"];
    Filter "filter" "filter list by query" FIND PANES AT_ONCE "f" ["F f"] [];
    ClearFilter "clear-filter" "clear search, filter and tags" FIND PANES AT_ONCE "c" ["<C-f> c"] [];
    PickTags "tags" "choose tags" FIND PANES AT_ONCE "t" [] [];
    ClearTags "clear-tags" "clear tags" FIND PANES AT_ONCE "T" ["<C-t> T"] [];
    TagToggle "tag-and" "require tag" FIND TAGS AT_ONCE "+" [] [];
    TagNot "tag-not" "exclude tag" FIND TAGS AT_ONCE "-" [] [];
    TagHide "hide-tag" "hide tag" FIND TAGS AT_ONCE "H" [] [];
    TagMute "mute-tag" "mute tag (hide its articles)" FIND TAGS AT_ONCE "M" [] [];
    ShowAll "show-all" "show all articles" FIND PANES AT_ONCE "ga" ["<A-1>"] ["<A-1>"];
    ShowUnread "show-unread" "show unread articles" FIND PANES AT_ONCE "gu" ["<A-2>"] ["<A-2>"];
    ShowStarred "show-starred" "show starred articles" FIND PANES AT_ONCE "gs" ["<A-3>"] ["<A-3>"];
    ShowToday "show-today" "show today's articles" FIND PANES AT_ONCE "gd" ["<A-4>"] ["<A-4>"];
    ShowStories "show-stories" "show stories" FIND PANES AT_ONCE "gS" ["<A-5>"] ["<A-5>"];
    ToggleUnread "toggle-unread" "toggle unread only" FIND PANES AT_ONCE "U" ["l"] ["<C-x>l"];
    FoldStories "fold-stories" "fold stories to one line, or unfold" FIND SIDE_LIST AT_ONCE "gf" ["<A-f>"] ["<C-x>f"];
    PartStory "part-story" "take article out of its story" FIND READING ON_ROW "gp" ["<A-P>"] ["<C-x>p"];
    JoinStory "join-story" "put article in another story" FIND READING ON_ROW "gJ" ["<A-J>"] ["<C-x>j"];
    SaveView "save-view" "save list as view" FIND SIDE_LIST AT_ONCE "V" [] [];
    Sort "sort" "sort: newest, oldest, outlet, longest" FIND SIDE_LIST AT_ONCE "go" ["g"] ["<C-x>s"];
    ToggleRead "toggle-read" "toggle read" MARK PANES ON_ROW "m" ["N m"] [];
    MarkNext "mark-and-next" "mark as read, go to next" MARK READING ON_ROW "M" [] [];
    ToggleStar "star" "toggle star" MARK PANES ON_ROW "s" ["<C-b> <C-e> *"] [];
    TagArticle "tag-article" "tag article, or remove your tags" MARK READING ON_ROW "gt" ["<A-g>"] ["<C-x>t"];
    Pick "pick" "pick a range of articles" MARK LIST ON_ROW "v" [] [];
    MarkAbove "mark-above-read" "mark articles above as read" MARK LIST ON_ROW "gk" ["<A-up>"] ["<A-up>"];
    MarkBelow "mark-below-read" "mark articles below as read" MARK LIST ON_ROW "gj" ["<A-down>"] ["<A-down>"];
    MarkList "mark-list-read" "mark all in list as read" MARK SIDE_LIST ON_ROW "A" [] [];
    MarkAll "mark-all-read" "mark all articles of all outlets as read" MARK PANES ON_ROW "gA" ["C"] ["<C-x>A"];
    Undo "undo" "undo" MARK PANES AT_ONCE "u" ["U <A-u>"] ["<C-x>u <C-_> <C-/> u"];
    UndoSync "undo-sync" "undo a sync that marked many articles as read" MARK PANES AT_ONCE "gU" ["<A-U>"] ["<C-x>U"];
    Refresh "refresh" "refresh this outlet" FETCH ANY ON_ROW "r" [] ["g r"];
    RefreshAll "refresh-all" "refresh all outlets, sync accounts" FETCH PANES AT_ONCE "R" [] ["G R"];
    StopRefresh "stop-refresh" "stop refresh" FETCH ANY AT_ONCE "gr" ["<A-r>"] ["<C-x>g"];
    Health "outlets" "outlet status" FETCH PANES AT_ONCE "E" [] [];
    AddOutlet "add-outlet" "add outlet" FETCH ANY AT_ONCE "a" [] [];
    RenameOutlet "rename-outlet" "rename outlet" FETCH ANY ON_ROW "en" [] [];
    GroupOutlet "group-outlet" "put outlet in a group" FETCH ANY ON_ROW "eg" [] [];
    TagOutlet "tag-outlet" "tag all articles of outlet" FETCH ANY ON_ROW "et" [] [];
    MoveOutlet "move-outlet" "edit outlet's address" FETCH ANY ON_ROW "ea" [] [];
    OutletText "outlet-full-text" "full text: auto, always, never" FETCH ANY ON_ROW "ef" [] [];
    PauseOutlet "pause-outlet" "pause or resume outlet" FETCH ANY ON_ROW "ep" [] [];
    RemoveOutlet "remove-outlet" "remove outlet" FETCH ANY ON_ROW "ex" [] [];
    Browse "browse" "open in browser" OUT PANES ON_ROW "o" [] [];
    BrowseRead "browse-read" "open in browser, mark as read" OUT PANES ON_ROW "O" [] [];
    CopyUrl "copy-url" "copy URL" OUT ANY ON_ROW "y" [] ["y <A-w>"];
    CopyTitle "copy-title" "copy title and URL" OUT PANES ON_ROW "Y" [] [];
    Pipe "pipe" "pipe article to command" OUT PANES ON_ROW "|" [] ["| <A-|>"];
    Save "save" "save article to file" OUT PANES ON_ROW "S" ["s S"] ["S <C-x><C-s>"];
    Layout "layout" "change layout" VIEW PANES AT_ONCE "w" [] [];
    ShrinkList "shrink-list" "smaller list" VIEW PANES AT_ONCE "<lt>" [] [];
    GrowList "grow-list" "larger list" VIEW PANES AT_ONCE "<gt>" [] [];
    Sidebar "toggle-sidebar" "show or hide sidebar" VIEW PANES AT_ONCE "b" [] [];
    Help "help" "help" REST ANY AT_ONCE "? <f1>" [] ["? <f1> <C-h>"];
    Messages "messages" "message log" REST PANES AT_ONCE "ge" ["<A-e>"] ["<C-x>e"];
    Command "command-line" "command line" REST ANY AT_ONCE ":" [] ["<A-x> :"];
    Mouse "toggle-mouse" "toggle mouse" REST PANES AT_ONCE "gm" ["<A-m>"] ["<C-x>m"];
    Redraw "redraw" "redraw screen" REST ANY AT_ONCE "<C-l>" [] [];
    Suspend "suspend" "suspend" REST ANY AT_ONCE "<C-z>" [] [];
    Quit "quit" "back, or quit" REST ANY AT_ONCE "q" [] ["q <C-x>k"];
    QuitNow "quit-now" "quit" REST ANY AT_ONCE "Q <C-c>" [] ["Q <C-c> <C-x><C-c>"];
}

const SIDE_LIST: Scope = SIDE | LIST;

impl Action {
    /// Its row of the table.
    pub const fn row(self) -> &'static Row {
        // The macro makes enum and table of the same rows in the same order.
        &TABLE[self as usize]
    }
}

/// The row of this name in the config and on the command line.
pub fn named(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}
