//! The facts that the state is told: what came of effects, and what happened elsewhere. Plain data.
//! Never here: what is made of them.

use std::collections::HashMap;

use newsprint_html::layout::Laid;
use newsprint_model::query::Query;
use newsprint_model::{
    Article, ArticleId, Counts, Cursor, Headline, Health, Mark, Revision, StoryId, TextState, Time,
};
use newsprint_store::{FileState, Folded, List, StoryChange, TagsChange};

use super::effect::{Fill, Timer};
use super::state::prompt::Ask;
use crate::config::Config;
use crate::library::tags::Facet;

/// A found article with the passage that matched.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The article.
    pub headline: Headline,
    /// Pieces of the passage; `true` where a searched word stands.
    pub snippet: Vec<(String, bool)>,
    /// What the line stands for beside the article.
    pub folded: Option<Folded>,
}

/// What an address offers, for the reader to decide on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Offer {
    /// The address asked.
    pub url: String,
    /// Address of the feed that would be read; servers want that one.
    pub feed: Option<String>,
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

/// The counts that the sidebar shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SidebarCounts {
    /// The list that the tags are under.
    pub ticket: u64,
    /// Nothing is stored at all.
    pub empty: bool,
    /// All articles, but for muted ones.
    pub all: Counts,
    /// Starred articles.
    pub starred: Counts,
    /// Today's articles.
    pub today: Counts,
    /// Stories of the front page: all, and those with an unread article.
    pub stories: Counts,
    /// The configured views, in order.
    pub views: Vec<Counts>,
    /// The outlets' health and counts, in the config's order.
    pub outlets: Vec<Health>,
    /// The tags.
    pub tags: Vec<Facet>,
}

/// How others tell an article's story, and what is related to it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryOf {
    /// The article.
    pub id: ArticleId,
    /// The story's other articles, the oldest first.
    pub others: Vec<Headline>,
    /// The other article to go to: the one that follows, of the latest the first; none where there is no other.
    pub next: Option<ArticleId>,
    /// The sentences of the article that no other article of the story has said that was read; `None` where none was read.
    pub new: Option<Vec<String>>,
    /// Articles about the same names that are not of the story, the nearest first.
    pub related: Vec<Headline>,
}

/// What was changed of stories by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryChanged {
    /// `Took 1 article out of its story`.
    pub said: String,
    /// What undoes it; `None` where it was undone.
    pub change: Option<StoryChange>,
    /// The story that an article was taken out of, by one that stayed.
    pub left: Option<StoryId>,
}

/// Tags were given to articles, or taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Tagged {
    /// `Tagged 2 articles`.
    pub said: String,
    /// What undoes it; `None` where it was undone or nothing was changed.
    pub change: Option<TagsChange>,
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
        /// What lines of them stand for beside their article.
        folds: HashMap<ArticleId, Folded>,
        /// Where they go.
        fill: Fill,
        /// Whether there were fewer than asked for, so that this is the end on that side.
        end: bool,
        /// Place of the first row in the list, where it is known.
        first: Option<u64>,
    },
    /// The unread article asked for, in a list that is not ordered by newest first.
    SoughtRow {
        /// Names the list.
        ticket: u64,
        /// The row, from 0; none where there is no such article.
        row: Option<u64>,
    },
    /// Where a line is.
    Placed {
        /// Which list.
        ticket: u64,
        /// The article that the line shows.
        id: ArticleId,
        /// How many lines are above it.
        place: u64,
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
    /// How many articles a query finds.
    QueryCounted(Query, Counts),
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
    Sidebar(Box<SidebarCounts>),
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
    /// How others tell an article's story.
    Story(Box<StoryOf>),
    /// The stories of the front page, the latest first: of each its best headline.
    RecentStories(Vec<Found>),
    /// Articles were parted from their stories, joined to another, or that was undone.
    StoryChanged(Box<StoryChanged>),
    /// Tags were given to articles, or taken.
    Tagged(Box<Tagged>),
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
    /// A mark was undone; `None` if there was nothing to undo.
    Undone(Option<String>),
    /// A refresh goes on.
    Progress(RefreshProgress),
    /// Articles are being placed among the stories; it has ended where `done` is `total`.
    Placing {
        /// So many are placed.
        done: u64,
        /// So many are to be placed.
        total: u64,
    },
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
    Fetched(ArticleId, Result<TextState, String>),
    /// Why an article's text is what it is, in lines.
    Explained(Vec<String>),
    /// The store has the outlets of another config: one that was renamed is found by its new name.
    OutletsStored,
    /// How many sources have been tried of an address.
    Discovering {
        /// As typed.
        url: String,
        /// How many.
        tried: usize,
    },
    /// What an address offers.
    Discovered(Result<Offer, String>),
    /// An outlet reads what was to be added: its name.
    AlreadyAdded(String),
    /// An outlet was added: its name.
    Added(String),
    /// The config is another than before: it was edited from here or changed on disk.
    Config {
        /// The config.
        config: Box<Config>,
        /// Outlets that it no longer has and that still have articles.
        removed: Vec<String>,
    },
    /// Whether an address is that of a stored article, and what is known of its link.
    Stored {
        /// The address.
        url: String,
        /// The link's text.
        text: String,
        /// The article.
        article: Option<ArticleId>,
    },
    /// A command runs, until [`Event::CommandEnded`] with the same title.
    CommandStarted(String),
    /// It has ended; what came of it follows.
    CommandEnded(String),
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
    /// The database file was removed, replaced or cut short; the one at its path now is open.
    OtherStore(FileState),
    /// The time asked for with [`super::effect::Effect::After`] is over.
    Time(Timer),
    /// The config file cannot be used, and why: the one before holds.
    ConfigRefused(String),
    /// The config file was changed and says what holds already.
    ConfigSame,
    /// Something to say.
    Said(String),
    /// Something went wrong.
    Failed(String),
}
