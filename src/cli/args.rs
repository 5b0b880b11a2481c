//! The command line as clap sees it: names, options, help texts.
//! Never here: doing anything.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::help;

/// Keeps an outlet's articles complete, clean, tagged and searchable on your own disk, to be read in
/// the terminal, online or off. Without a command it opens the reader.
#[derive(Debug, Parser)]
#[command(name = "newsprint", version, about, max_term_width = 80)]
#[command(after_help = help::START)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do; nothing opens the reader.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The reader in plain lines instead of boxes, for screen readers and braille
    #[arg(long)]
    pub linear: bool,
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub struct Global {
    /// Your config file [default: see `newsprint config path`]
    #[arg(long, global = true, value_name = "FILE", env = "NEWSPRINT_CONFIG", hide_env_values = true, help_heading = GLOBAL, display_order = 900)]
    pub config: Option<PathBuf>,
    /// Where the articles are kept [default: see `newsprint doctor`]
    #[arg(long, global = true, value_name = "DIR", env = "NEWSPRINT_DATA_DIR", hide_env_values = true, help_heading = GLOBAL, display_order = 901)]
    pub data_dir: Option<PathBuf>,
    /// Ask nothing of the network
    #[arg(long, global = true, help_heading = GLOBAL, display_order = 902)]
    pub offline: bool,
    /// Colours: always, never, or auto: on a terminal unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true, hide_default_value = true, help_heading = GLOBAL, display_order = 903)]
    pub color: Color,
    /// Say on stderr what is asked of whom, and what came (-vv: more)
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = GLOBAL, display_order = 904)]
    pub verbose: u8,
}

/// Over the options that every command takes.
const GLOBAL: &str = "Options of every command";

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
    /// Ask the outlets for what is new (for cron: -q)
    #[command(after_help = help::REFRESH)]
    Refresh(RefreshArgs),
    /// Print headlines
    #[command(after_help = format!("{}\n\n{}", help::LIST, help::QUERIES))]
    List(ListArgs),
    /// Print one article
    #[command(after_help = help::SHOW)]
    Show(ShowArgs),
    /// Print tags, each with unread and all articles that carry it
    #[command(after_help = format!("{}\n\n{}", help::TAGS, help::QUERIES))]
    Tags(TagsArgs),
    /// Print the outlets: how they are read, how they do, how much they have
    #[command(after_help = help::OUTLETS)]
    Outlets(FormatArgs),
    /// See how a site can be read, with a sample; changes nothing
    #[command(after_help = help::DISCOVER)]
    Discover(DiscoverArgs),
    /// Add an outlet to your config file
    #[command(after_help = help::ADD)]
    Add(AddArgs),
    /// Remove an outlet from your config file
    #[command(after_help = help::REMOVE)]
    Remove(RemoveArgs),
    /// Mark articles read, unread, starred or not
    #[command(after_help = help::MARK, override_usage = "newsprint mark [OPTIONS] <--read|--unread|--star|--unstar> <ID>...\n       newsprint mark [OPTIONS] <--read|…> --query <QUERY>")]
    Mark(MarkArgs),
    /// Take outlets over from an OPML file or newsboat's urls file
    #[command(after_help = help::IMPORT)]
    Import(ImportArgs),
    /// Print the outlets as OPML, for other readers
    #[command(after_help = help::EXPORT)]
    Export,
    /// Show where the config is, check it, or print the example
    #[command(subcommand, disable_help_subcommand = true)]
    Config(ConfigCommand),
    /// Open the reader on a made-up outlet: no network, leaves nothing behind
    #[command(after_help = help::DEMO)]
    Demo,
    /// Check that all is well, and say what to do where it is not
    #[command(after_help = help::DOCTOR)]
    Doctor,
    /// Remove old articles, or those of removed outlets; starred ones stay
    #[command(after_help = help::PRUNE)]
    Prune(PruneArgs),
    /// Print completions for a shell
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
    /// Fetch article pages: always, never, or auto: where the feed has only a
    /// teaser [default: as the config says]
    #[arg(long, value_name = "WHEN", hide_possible_values = true)]
    pub full_text: Option<FullText>,
    /// Ask also those that are not due yet, but none that asked for a pause
    #[arg(long)]
    pub force: bool,
    /// Wait so many seconds for another refresh to end.
    #[arg(long, value_name = "SECS")]
    pub wait: Option<u64>,
    /// Nothing on stdout, and on stderr only failures.
    #[arg(short, long)]
    pub quiet: bool,
    /// One JSON object per outlet.
    #[arg(long)]
    pub json: bool,
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
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
    /// Fields parted by tabs.
    #[arg(long)]
    pub tsv: bool,
}

/// `list`
#[derive(Debug, Args)]
pub struct ListArgs {
    /// What to list, such as: tag:georgia is:unread since:7d [default: all]
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Only this outlet (several: any of them).
    #[arg(long, value_name = "NAME")]
    pub outlet: Vec<String>,
    /// Only with this tag (several: with each of them).
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Only what is not read.
    #[arg(long)]
    pub unread: bool,
    /// Only what is starred.
    #[arg(long)]
    pub starred: bool,
    /// Only since a day (2024-06-01) or for so long (7d).
    #[arg(long, value_name = "WHEN")]
    pub since: Option<String>,
    /// At most so many.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// newest, oldest, or rank: the best match first [default: newest]
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "newest",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub sort: Sort,
    /// How it is printed.
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

/// `show`
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The article's id, as `list` prints it, or its address.
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
    /// What the outlet has changed since the article was first stored.
    #[arg(long, group = "form")]
    pub diff: bool,
    /// Columns to lay the text out in [default: the terminal's, at most 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub width: Option<u16>,
}

/// `tags`
#[derive(Debug, Args)]
pub struct TagsArgs {
    /// Count only what matches.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// How it is printed.
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
    /// Say of each link of the page why it would be listed as a headline or not.
    #[arg(long)]
    pub explain: bool,
}

/// `add`
#[derive(Debug, Args)]
pub struct AddArgs {
    /// A home page, a section page, a feed or a sitemap.
    pub url: String,
    /// What to call it [default: the host]
    #[arg(long)]
    pub name: Option<String>,
    /// A tag for all its articles.
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// A group it belongs to.
    #[arg(long)]
    pub group: Option<String>,
}

/// `remove`
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// Its name.
    pub outlet: String,
}

/// `mark`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("mark").required(true))]
#[command(group = clap::ArgGroup::new("which").required(true).args(["ids", "query"]))]
pub struct MarkArgs {
    /// Has been read.
    #[arg(long, group = "mark")]
    pub read: bool,
    /// Has not been read.
    #[arg(long, group = "mark")]
    pub unread: bool,
    /// Is worth keeping.
    #[arg(long, group = "mark")]
    pub star: bool,
    /// Is not starred.
    #[arg(long, group = "mark")]
    pub unstar: bool,
    /// Articles by id or address.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// All articles that match.
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
}

/// `import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// OPML, or newsboat's urls file; `-` is standard input.
    pub file: PathBuf,
    /// Say what would be added, and add nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// `prune`
#[derive(Debug, Args)]
pub struct PruneArgs {
    /// Only these outlets [default: all]
    #[arg(value_name = "OUTLET")]
    pub outlets: Vec<String>,
    /// Keep the articles of the last so many days.
    #[arg(long, value_name = "N")]
    pub days: Option<u32>,
    /// Keep so many of the newest articles of each outlet.
    #[arg(long, value_name = "N")]
    pub count: Option<u32>,
    /// Remove all articles of outlets that are no longer in the config.
    #[arg(long, conflicts_with_all = ["days", "count"])]
    pub removed: bool,
    /// Say what would be removed, and remove nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// `config`
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print where your config file belongs
    Path,
    /// Check it, keys and themes included
    Check,
    /// Print the example: every setting with its default
    Example,
}
