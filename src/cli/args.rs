//! The command line as clap sees it: names, options, help texts.
//! Never here: doing anything.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::help;

/// A terminal news reader. It keeps the articles of your outlets on your disk, complete, tagged and
/// searchable, with or without a feed, online or offline. Without a command it opens the reader.
#[derive(Debug, Parser)]
#[command(name = "newsprint", version, about, max_term_width = 80)]
#[command(after_help = help::START)]
pub struct Cli {
    /// Global options.
    #[command(flatten)]
    pub global: Global,
    /// The command; none opens the reader.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Plain lines instead of boxes, for screen readers and braille
    #[arg(long)]
    pub linear: bool,
}

/// Global options.
#[derive(Debug, Args, Clone)]
pub struct Global {
    /// Config file [default: see `newsprint config path`]
    #[arg(long, global = true, value_name = "FILE", env = "NEWSPRINT_CONFIG", hide_env_values = true, help_heading = GLOBAL, display_order = 900)]
    pub config: Option<PathBuf>,
    /// Where articles are kept [default: see `newsprint doctor`]
    #[arg(long, global = true, value_name = "DIR", env = "NEWSPRINT_DATA_DIR", hide_env_values = true, help_heading = GLOBAL, display_order = 901)]
    pub data_dir: Option<PathBuf>,
    /// Do not use the network
    #[arg(long, global = true, help_heading = GLOBAL, display_order = 902)]
    pub offline: bool,
    /// Colours: always, never, or auto (on a terminal, unless NO_COLOR is set)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true, hide_default_value = true, help_heading = GLOBAL, display_order = 903)]
    pub color: Color,
    /// Log requests and responses to stderr (-vv: more)
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = GLOBAL, display_order = 904)]
    pub verbose: u8,
}

/// Over the options that every command takes.
const GLOBAL: &str = "Global options";

/// When to colour the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Even into a pipe.
    Always,
    /// Not at all.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Fetch new articles (for cron: -q)
    #[command(after_help = help::REFRESH)]
    Refresh(RefreshArgs),
    /// Sync marks and articles with the servers of your accounts
    #[command(after_help = help::SYNC)]
    Sync(SyncArgs),
    /// Add, list or remove accounts on servers (FreshRSS, Miniflux, …), sign in
    #[command(subcommand, disable_help_subcommand = true, after_help = help::ACCOUNT)]
    Account(AccountCommand),
    /// Print headlines
    #[command(after_help = format!("{}\n\n{}", help::LIST, help::QUERIES))]
    List(ListArgs),
    /// Print stories: events that several articles report
    #[command(after_help = format!("{}\n\n{}", help::STORIES, help::QUERIES))]
    Stories(StoriesArgs),
    /// Explain and correct stories
    #[command(after_help = help::STORY, subcommand, disable_help_subcommand = true)]
    Story(StoryCommand),
    /// Print a digest for mail or an e-reader: stories first
    #[command(after_help = help::DIGEST)]
    Digest(DigestArgs),
    /// Print one article
    #[command(after_help = help::SHOW)]
    Show(ShowArgs),
    /// Print tags with unread and total counts
    #[command(after_help = format!("{}\n\n{}", help::TAGS, help::QUERIES))]
    Tags(TagsArgs),
    /// Print outlets with source, status and counts
    #[command(after_help = help::OUTLETS)]
    Outlets(OutletsArgs),
    /// Show what sources a site offers, with a sample; changes nothing
    #[command(after_help = help::DISCOVER)]
    Discover(DiscoverArgs),
    /// Show how a feed is read, for bug reports; changes nothing
    #[command(after_help = help::FEED)]
    Feed(FeedArgs),
    /// Add an outlet to your config file
    #[command(after_help = help::ADD)]
    Add(AddArgs),
    /// Remove an outlet from your config file
    #[command(after_help = help::REMOVE)]
    Remove(RemoveArgs),
    /// Mark articles as read, unread, starred or unstarred, or tag them
    #[command(after_help = help::MARK, override_usage = "newsprint mark [OPTIONS] <--read|--unread|--star|--unstar> <ID>...\n       newsprint mark [OPTIONS] <--read|…> --query <QUERY>")]
    Mark(MarkArgs),
    /// Undo the last mark, made here or in the reader
    #[command(after_help = help::UNDO)]
    Undo,
    /// Import outlets from OPML or newsboat's urls file
    #[command(after_help = help::IMPORT)]
    Import(ImportArgs),
    /// Print outlets as OPML
    #[command(after_help = help::EXPORT)]
    Export,
    /// Locate or check the config, or print the example
    #[command(subcommand, disable_help_subcommand = true)]
    Config(ConfigCommand),
    /// Open the reader on two made-up outlets: no network, leaves nothing behind
    #[command(after_help = help::DEMO)]
    Demo,
    /// Check the installation and suggest fixes
    #[command(after_help = help::DOCTOR)]
    Doctor(DoctorArgs),
    /// Delete old articles, or those of removed outlets, except starred and tagged ones
    #[command(after_help = help::PRUNE)]
    Prune(PruneArgs),
    /// Print shell completions
    #[command(after_help = help::COMPLETIONS)]
    Completions {
        /// bash, elvish, fish, powershell or zsh
        #[arg(hide_possible_values = true)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = help::MAN)]
    Man,
}

/// `refresh`
#[derive(Debug, Args)]
pub struct RefreshArgs {
    /// Only these outlets [default: all]
    #[arg(value_name = "OUTLET")]
    pub outlets: Vec<String>,
    /// Only outlets of this group.
    #[arg(long, value_name = "GROUP")]
    pub group: Option<String>,
    /// Fetch article pages: always, never, or auto (if the feed has only a teaser)
    /// [default: from the config]
    #[arg(long, value_name = "WHEN", hide_possible_values = true)]
    pub full_text: Option<FullText>,
    /// Include outlets that are not due, except those whose server requested a pause
    #[arg(long)]
    pub force: bool,
    /// Same as OUTLET.
    #[arg(long = "outlet", value_name = "NAME", hide = true)]
    pub named: Vec<String>,
    /// Wait up to SECS for a running refresh.
    #[arg(long, value_name = "SECS")]
    pub wait: Option<u64>,
    /// Print failures only, to stderr.
    #[arg(short, long)]
    pub quiet: bool,
    /// One JSON object per outlet.
    #[arg(long)]
    pub json: bool,
}

/// `sync`
#[derive(Debug, Args)]
pub struct SyncArgs {
    /// Only these accounts [default: all]
    #[arg(value_name = "ACCOUNT")]
    pub accounts: Vec<String>,
    /// Send marks, fetch nothing.
    #[arg(long)]
    pub send_only: bool,
    /// Accept a list of outlets that lost most of them.
    #[arg(long)]
    pub yes: bool,
    /// Set unread again what was read elsewhere in bulk.
    #[arg(long)]
    pub undo: bool,
    /// Wait up to SECS for a running refresh.
    #[arg(long, value_name = "SECS")]
    pub wait: Option<u64>,
    /// Print failures only, to stderr.
    #[arg(short, long)]
    pub quiet: bool,
    /// One JSON object per account.
    #[arg(long)]
    pub json: bool,
}

/// `account`
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Add an account to your config file
    Add(AccountAddArgs),
    /// Print accounts with their last sync and waiting marks
    List {
        /// One JSON object per account.
        #[arg(long)]
        json: bool,
    },
    /// Sign in, with the configured password or one you type
    Login {
        /// Its name.
        account: String,
    },
    /// Forget the sign-in token
    Logout {
        /// Its name.
        account: String,
    },
    /// Remove an account from your config file; its articles are kept
    Remove {
        /// Its name.
        account: String,
        /// Discard unsent marks.
        #[arg(long)]
        yes: bool,
    },
}

/// `account add`
#[derive(Debug, Args)]
pub struct AccountAddArgs {
    /// Its name.
    pub name: String,
    /// Address of the server's API.
    #[arg(required_unless_present = "address")]
    pub url: Option<String>,
    /// The same, as an option.
    #[arg(long = "url", value_name = "URL", hide = true, conflicts_with = "url")]
    pub address: Option<String>,
    /// The name to sign in with.
    #[arg(long)]
    pub user: String,
    /// greader (Google Reader API) or fever [default: greader]
    #[arg(
        long,
        value_name = "KIND",
        default_value = "greader",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub kind: AccountKind,
    /// A command that prints the password, with its arguments.
    #[arg(long, value_name = "COMMAND", num_args = 1.., conflicts_with = "password_file")]
    pub password_command: Vec<String>,
    /// A file of mode 600 that holds the password.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<String>,
}

/// What a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccountKind {
    /// The Google Reader API.
    Greader,
    /// Fever.
    Fever,
}

/// When to fetch article pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FullText {
    /// Where the feed gives only a teaser.
    Auto,
    /// For every article.
    Always,
    /// For none.
    Never,
}

/// How lists are printed.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
pub struct FormatArgs {
    /// JSON, one object per line.
    #[arg(long)]
    pub json: bool,
    /// Tab-separated.
    #[arg(long)]
    pub tsv: bool,
}

/// `outlets`
#[derive(Debug, Args)]
pub struct OutletsArgs {
    /// Only these outlets [default: all].
    #[arg(value_name = "OUTLET")]
    pub outlets: Vec<String>,
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `list`
#[derive(Debug, Args)]
pub struct ListArgs {
    /// A query such as: tag:georgia is:unread since:7d [default: all]
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Only this outlet (repeatable: any of them).
    #[arg(long, value_name = "NAME")]
    pub outlet: Vec<String>,
    /// Only with this tag (repeatable: all of them).
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Only unread.
    #[arg(long)]
    pub unread: bool,
    /// Only starred.
    #[arg(long)]
    pub starred: bool,
    /// Only since a date (2024-06-01) or for a duration (7d).
    #[arg(long, value_name = "WHEN")]
    pub since: Option<String>,
    /// One line per story.
    #[arg(long, conflicts_with = "sort")]
    pub stories: bool,
    /// Limit.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// newest, oldest, or rank (best match first) [default: newest]
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "newest",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub sort: Sort,
    /// Output format.
    #[command(flatten)]
    pub format: FormatArgs,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// Newest first.
    #[value(alias = "date")]
    Newest,
    /// Oldest first.
    Oldest,
    /// Best match first.
    Rank,
}

/// `stories`
#[derive(Debug, Args)]
pub struct StoriesArgs {
    /// Only stories with a matching article.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Only since a date (2024-06-01) or for a duration (1d).
    #[arg(long, value_name = "WHEN")]
    pub since: Option<String>,
    /// Limit.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Include articles that are in no story.
    #[arg(long)]
    pub all: bool,
    /// JSON, one story per line.
    #[arg(long)]
    pub json: bool,
}

/// `story`
#[derive(Debug, Subcommand)]
pub enum StoryCommand {
    /// Print what an article shares with the others of its story
    Why {
        /// The article's id or URL.
        #[arg(value_name = "ID")]
        article: String,
        /// JSON, one object per other article.
        #[arg(long)]
        json: bool,
    },
    /// Join articles to the story of another article, permanently
    Join {
        /// An article of the story: its id or URL.
        #[arg(value_name = "STORY")]
        story: String,
        /// Ids or URLs of articles.
        #[arg(value_name = "ID", required = true)]
        articles: Vec<String>,
    },
    /// Separate articles from their story, permanently; their copies too
    Part {
        /// Ids or URLs of articles.
        #[arg(value_name = "ID", required = true)]
        articles: Vec<String>,
    },
}

/// `digest`
#[derive(Debug, Args)]
pub struct DigestArgs {
    /// Only matching articles.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Only since a date (2024-06-01) or for a duration (1d).
    #[arg(long, value_name = "WHEN")]
    pub since: Option<String>,
    /// text, md, html, eml (a mail) or epub (an e-book) [default: text]
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: DigestForm,
    /// At most this many stories and articles.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Group other articles by outlet, or by your views: each under the first that has it [default: outlet]
    #[arg(
        long,
        value_name = "WHAT",
        default_value = "outlet",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub by: DigestBy,
    /// Full articles, not only their beginnings (epub: always).
    #[arg(long)]
    pub full: bool,
    /// Write to a file.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Receiver of the mail [default: $USER]
    #[arg(long, value_name = "ADDRESS")]
    pub to: Option<String>,
    /// Sender of the mail.
    #[arg(long, value_name = "ADDRESS")]
    pub from: Option<String>,
}

/// By what a digest groups the articles that are in no story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DigestBy {
    /// By outlet, in the order of the config.
    Outlet,
    /// By the views of the config; what is in none by outlet.
    View,
}

/// What a digest is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DigestForm {
    /// Plain text.
    Text,
    /// Markdown.
    #[value(alias = "markdown")]
    Md,
    /// One HTML page.
    Html,
    /// A mail.
    #[value(alias = "mail")]
    Eml,
    /// An e-book.
    Epub,
}

/// `doctor`
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Find all stories again, keeping what you joined and separated
    #[arg(long)]
    pub stories: bool,
}

/// `show`
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The article's id, as printed by `list`, or its URL.
    #[arg(value_name = "ID|URL")]
    pub article: String,
    /// One JSON object.
    #[arg(long, group = "form")]
    pub json: bool,
    /// Markdown.
    #[arg(long, group = "form")]
    pub markdown: bool,
    /// The clean HTML.
    #[arg(long, group = "form")]
    pub html: bool,
    /// Changes since the article was first stored.
    #[arg(long, group = "form")]
    pub diff: bool,
    /// Fetch the page again and explain which of its parts belong to the article; changes nothing
    #[arg(long, conflicts_with_all = ["markdown", "html", "diff", "width"])]
    pub explain: bool,
    /// Text width in columns [default: the terminal's, at most 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub width: Option<u16>,
}

/// `tags`
#[derive(Debug, Args)]
pub struct TagsArgs {
    /// Count only matching articles.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Output format.
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `discover`
#[derive(Debug, Args)]
pub struct DiscoverArgs {
    /// A home page, a section page, a feed or a sitemap.
    pub url: String,
    /// One JSON object per source.
    #[arg(long)]
    pub json: bool,
    /// Explain for each link of the page whether it is listed as a headline, and why.
    #[arg(long)]
    pub explain: bool,
}

/// `feed`
#[derive(Debug, Args)]
pub struct FeedArgs {
    /// A file, or an address.
    #[arg(value_name = "FILE|URL")]
    pub source: String,
    /// One JSON object with all that is read, and what was repaired or lost.
    #[arg(long)]
    pub json: bool,
}

/// `add`
#[derive(Debug, Args)]
pub struct AddArgs {
    /// A home page, a section page, a feed or a sitemap.
    pub url: String,
    /// Name [default: the site's title]
    #[arg(long)]
    pub name: Option<String>,
    /// A tag for all its articles.
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// A group it belongs to.
    #[arg(long)]
    pub group: Option<String>,
    /// Add it as given, without fetching anything.
    #[arg(long)]
    pub no_check: bool,
    /// Subscribe on the server of this account instead.
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "tags")]
    pub account: Option<String>,
}

/// `remove`
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// Its name.
    pub outlet: String,
}

/// `mark`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("mark"))]
#[command(group = clap::ArgGroup::new("which").args(["ids", "query"]))]
pub struct MarkArgs {
    /// Mark as read.
    #[arg(long, group = "mark")]
    pub read: bool,
    /// Mark as unread.
    #[arg(long, group = "mark")]
    pub unread: bool,
    /// Star.
    #[arg(long, group = "mark")]
    pub star: bool,
    /// Unstar.
    #[arg(long, group = "mark")]
    pub unstar: bool,
    /// Give them this tag.
    #[arg(long, group = "mark", value_name = "TAG")]
    pub tag: Option<String>,
    /// Remove this tag, if you gave it.
    #[arg(long, group = "mark", value_name = "TAG")]
    pub untag: Option<String>,
    /// Ids or URLs of articles.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// All matching articles.
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
}

/// `import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// OPML or newsboat's urls file; `-` is standard input.
    pub file: PathBuf,
    /// Show what would be added, without adding it.
    #[arg(long)]
    pub dry_run: bool,
}

/// `prune`
#[derive(Debug, Args)]
pub struct PruneArgs {
    /// Only these outlets [default: all]
    #[arg(value_name = "OUTLET")]
    pub outlets: Vec<String>,
    /// Keep articles of the last N days.
    #[arg(long, value_name = "N")]
    pub days: Option<u32>,
    /// Keep the newest N articles of each outlet.
    #[arg(long, value_name = "N")]
    pub count: Option<u32>,
    /// Delete all articles of outlets that are no longer in the config.
    #[arg(long, conflicts_with_all = ["days", "count"])]
    pub removed: bool,
    /// Show what would be deleted, without deleting it.
    #[arg(long)]
    pub dry_run: bool,
    /// Delete by age even if the system clock may be wrong.
    #[arg(long)]
    pub force: bool,
}

/// `config`
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print the path of your config file
    Path,
    /// Check it, including keys and themes
    Check,
    /// Print the example config: every setting with its default
    Example,
}
