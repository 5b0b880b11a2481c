//! The command line as clap sees it: names, options, help texts.
//! Never here: doing anything.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Keeps an outlet's articles complete, clean, tagged and searchable on your own disk, to be read in
/// the terminal, online or off. Without a command it opens the reader.
#[derive(Debug, Parser)]
#[command(name = "newsprint", version, about, max_term_width = 100)]
#[command(after_help = "EXIT CODES
  0 done   1 failed, or nothing matched   2 wrong usage, query or config
  3 some outlets failed   4 every outlet failed   5 the store cannot be opened
  75 another refresh is running   130, 143 interrupted, terminated")]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do; nothing opens the reader.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Plain lines instead of boxes, for screen readers and braille.
    #[arg(long)]
    pub linear: bool,
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub struct Global {
    /// The config file [default: the platform's own; see `newsprint config path`]
    #[arg(long, global = true, value_name = "FILE", env = "NEWSPRINT_CONFIG")]
    pub config: Option<PathBuf>,
    /// Where the articles are kept [default: the platform's own]
    #[arg(long, global = true, value_name = "DIR", env = "NEWSPRINT_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// Ask nothing of the network.
    #[arg(long, global = true)]
    pub offline: bool,
    /// Colours and styles in the output.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Say on stderr what is asked of whom, and what came.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

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
    Refresh(RefreshArgs),
    /// Print headlines
    List(ListArgs),
    /// Print one article
    Show(ShowArgs),
    /// Print tags with their counts
    Tags(TagsArgs),
    /// Print the outlets with source, health and counts
    Outlets(FormatArgs),
    /// Find out what sources a site offers, with samples; changes nothing
    Discover(DiscoverArgs),
    /// Add an outlet to your config file
    Add(AddArgs),
    /// Remove an outlet from your config file; its articles stay
    Remove(RemoveArgs),
    /// Mark articles read, unread, starred or not
    Mark(MarkArgs),
    /// Take outlets over from an OPML file or newsboat's urls file
    Import(ImportArgs),
    /// Print the outlets as OPML
    Export,
    /// Show where the config is, check it, or print the example
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Check config, paths, store, certificates, clock and terminal
    Doctor,
    /// Remove old articles as [refresh] keep says; starred ones stay
    Prune(PruneArgs),
    /// Print completions for a shell
    Completions {
        /// bash, elvish, fish, powershell or zsh
        shell: clap_complete::Shell,
    },
    /// Print the manual page
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
    /// When to fetch article pages, whatever the config says.
    #[arg(long, value_name = "WHEN")]
    pub full_text: Option<FullText>,
    /// Ask also what is not due yet (never what an outlet has forbidden for a while).
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
    /// What to list: words, "a phrase", -not, tag:georgia, outlet:name, is:unread, since:7d …
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Only this outlet.
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
    /// The order.
    #[arg(long, value_name = "ORDER", default_value = "newest")]
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
