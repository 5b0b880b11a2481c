//! `[refresh]` and `[reader]`. A setting is three edits: its line with its default in config.example.toml,
//! its field here, and its use. Never here: how a kind of value is read (`section`), what a setting does.

use std::time::Duration;

use newsprint_model::{FullText, Keep};

use super::section::{Problems, Section, duration};

/// Sent as User-Agent unless the config says otherwise: name, version, and where to complain.
const USER_AGENT: &str = concat!(
    "newsprint/",
    env!("CARGO_PKG_VERSION"),
    " (+",
    env!("CARGO_PKG_REPOSITORY"),
    ")"
);

/// A table of settings: the struct, and the reading of each field by the function after `=`.
macro_rules! settings {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty = $read:expr,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $name {
            /// Every key, in the order of the fields.
            #[cfg(test)]
            pub(super) const KEYS: &[&str] = &[$(stringify!($field)),*];

            /// Lays what a table says over what holds already.
            pub(super) fn read<'a>(&mut self, mut section: Section<'a>, problems: &mut Problems) {
                $(
                    let read: fn(&mut Section<'a>, &str, &mut Problems) -> Option<$type> = $read;
                    if let Some(value) = read(&mut section, stringify!($field), problems) {
                        self.$field = value;
                    }
                )*
                section.finish(problems);
            }
        }
    };
}

/// A setting with a few possible values: the enum, and how each is written.
macro_rules! choices {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name {
            $($(#[$doc])* $value,)*
        }

        impl Choice for $name {
            const CHOICES: &'static [(&'static str, $name)] = &[$(($word, $name::$value)),*];
        }
    };
}

/// A value that is one of a few words.
pub(super) trait Choice: Copy + 'static {
    /// How each is written.
    const CHOICES: &'static [(&'static str, Self)];
}

impl Choice for FullText {
    const CHOICES: &'static [(&'static str, FullText)] = &[
        ("auto", FullText::Auto),
        ("always", FullText::Always),
        ("never", FullText::Never),
    ];
}

settings! {
    /// `[refresh]`.
    Refresh {
        /// No outlet is fetched more often, unless it asks for it itself.
        interval: Duration = Section::duration,
        /// Between two requests to one host.
        host_gap: Duration = Section::duration,
        /// Hosts that are fetched from at the same time.
        concurrency: usize = |section, key, problems| section.whole(key, 1, 512, problems),
        /// For one request, from the name look-up to the last byte.
        timeout: Duration = |section, key, problems| {
            // A request without any time always fails.
            let timeout = section.duration(key, problems)?;
            Some(timeout.max(Duration::from_millis(100)))
        },
        /// Decoded bytes of one answer.
        max_bytes: u64 = Section::bytes,
        /// Article pages fetched for one outlet in one refresh, at most; the rest follow at the next.
        max_pages: usize = |section, key, problems| section.whole(key, 0, 100_000, problems),
        /// The default of `full_text` for outlets that do not say.
        full_text: FullText = Section::choice,
        /// Fetch the leading pictures too, to have them offline.
        images: bool = Section::boolean,
        /// Sent as User-Agent.
        user_agent: String = user_agent,
        /// What `prune` and each refresh removes; starred articles always stay.
        keep: Keep = keep,
    }
}

settings! {
    /// `[reader]`.
    Reader {
        /// A theme's name, of a `[theme.NAME]` too, or the path of a base16 file.
        theme: String = Section::text,
        /// How list and article share the window.
        layout: Layout = layout,
        /// What is shown first.
        start: Start = Section::choice,
        /// The order of lists, where no other was chosen.
        sort: Order = Section::choice,
        /// Whether the articles of one story are one line of a list.
        fold: Fold = Section::choice,
        /// How often outlets that are due are refreshed while the reader is open, and how old the data may be
        /// when it opens; `None` is never.
        refresh: Option<Duration> = refresh_while_open,
        /// How pictures are shown.
        images: Images = Section::choice,
        /// Fetch the pictures of an article that is shown; else only those that are kept are.
        fetch_images: bool = Section::boolean,
        /// When an article counts as read.
        mark_read: MarkRead = mark_read,
        /// A mark of one article marks its copies too.
        mark_copies: bool = Section::boolean,
        /// strftime format of dates in lists; empty is automatic.
        date_format: String = date_format,
        /// Columns of the headline list, in order; see `COLUMNS`.
        columns: Vec<String> = columns,
        /// React to the mouse.
        mouse: bool = Section::boolean,
        /// Plain lines for screen readers and braille.
        linear: bool = Section::boolean,
        /// Widest text, in columns.
        measure: u16 = |section, key, problems| section.whole(key, 20, 400, problems),
        /// Refresh all when the reader opens on an empty store.
        first_refresh: bool = Section::boolean,
        /// OSC 8 hyperlinks.
        hyperlinks: When = Section::choice,
        /// ASCII symbols and borders; `Auto` is by the locale.
        ascii: When = Section::choice,
        /// Opens web addresses; empty is `$BROWSER`, else the system's.
        browser: String = Section::text,
    }
}

impl Refresh {
    /// What holds before the example is read: the settings that it only describes.
    pub(super) fn undescribed() -> Refresh {
        Refresh {
            user_agent: USER_AGENT.to_owned(),
            ..Refresh::default()
        }
    }
}

choices! {
    /// How list and article share the window.
    Layout {
        /// By the window's size.
        #[default]
        Auto = "auto",
        /// The list over the article.
        Rows = "rows",
        /// The list beside the article.
        Columns = "columns",
        /// One of them: Enter puts the article in the list's place.
        Single = "single",
    }
}

choices! {
    /// The order of a list.
    Order {
        /// Newest first.
        #[default]
        Newest = "newest",
        /// Oldest first.
        Oldest = "oldest",
        /// By outlet, newest first.
        Outlet = "outlet",
        /// Longest text first.
        Longest = "longest",
    }
}

choices! {
    /// What the reader shows first.
    Start {
        /// What it showed last.
        #[default]
        Last = "last",
        /// All unread articles.
        Unread = "unread",
        /// All articles.
        All = "all",
        /// The front page of stories.
        Stories = "stories",
    }
}

choices! {
    /// Whether the articles of one story are one line of a list.
    Fold {
        /// Where several of them are unread.
        #[default]
        Auto = "auto",
        /// Always.
        Always = "always",
        /// Each article is a line.
        Never = "never",
    }
}

choices! {
    /// How pictures are shown.
    Images {
        /// The best the terminal can.
        #[default]
        Auto = "auto",
        /// Not at all.
        Off = "off",
        /// The kitty graphics protocol.
        Kitty = "kitty",
        /// iTerm2 inline images.
        Iterm2 = "iterm2",
        /// Sixel.
        Sixel = "sixel",
        /// Two pixels a cell in half-blocks.
        Halfblocks = "halfblocks",
    }
}

choices! {
    /// A choice with an automatic middle.
    When {
        /// Decided by what the terminal or the locale says.
        #[default]
        Auto = "auto",
        /// Yes.
        Always = "always",
        /// No.
        Never = "never",
    }
}

/// When an article counts as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MarkRead {
    /// As soon as it is opened.
    #[default]
    Open,
    /// When its end has been on the screen.
    End,
    /// After it has been open for so long.
    After(Duration),
    /// Only by key.
    Never,
}

fn user_agent(section: &mut Section, key: &str, problems: &mut Problems) -> Option<String> {
    let (value, line) = section.string(key, problems)?;
    if !value.is_empty() && value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Some(value);
    }
    let message = "must be printable ASCII (it is sent as an HTTP header)".to_owned();
    problems.push(line, &section.full_name(key), message);
    None
}

fn keep(section: &mut Section, key: &str, problems: &mut Problems) -> Option<Keep> {
    let mut table = section.table(key, problems)?;
    let limit = i64::from(u32::MAX);
    let keep = Keep {
        days: table.whole("days", 1, limit, problems),
        count: table.whole("count", 1, limit, problems),
    };
    table.finish(problems);
    Some(keep)
}

fn mark_read(section: &mut Section, key: &str, problems: &mut Problems) -> Option<MarkRead> {
    let (value, line) = section.string(key, problems)?;
    match value.as_str() {
        "open" => return Some(MarkRead::Open),
        "end" => return Some(MarkRead::End),
        "never" => return Some(MarkRead::Never),
        other => {
            if let Some(after) = duration(other) {
                return Some(MarkRead::After(after));
            }
        }
    }
    let message =
        format!("unknown value `{value}`; use open, end, never, or a duration such as 5s");
    problems.push(line, &section.full_name(key), message);
    None
}

/// The least time between two refreshes of an open reader.
const LEAST_REFRESH: Duration = Duration::from_secs(60);

fn refresh_while_open(
    section: &mut Section,
    key: &str,
    problems: &mut Problems,
) -> Option<Option<Duration>> {
    let (value, line) = section.string(key, problems)?;
    if value == "never" {
        return Some(None);
    }
    let message = match duration(&value) {
        Some(every) if every >= LEAST_REFRESH => return Some(Some(every)),
        Some(_) => format!("`{value}` is too short; use at least 1m, or never"),
        None => format!("unknown value `{value}`; use never, or a duration such as 30m"),
    };
    problems.push(line, &section.full_name(key), message);
    None
}

/// A layout; the plain lines that one may look for among them are a setting of their own.
fn layout(section: &mut Section, key: &str, problems: &mut Problems) -> Option<Layout> {
    let (value, line) = section.string(key, problems)?;
    if value == "linear" {
        let message = "unknown value `linear`; for plain lines write `linear = true`";
        problems.push(line, &section.full_name(key), message.to_owned());
        return None;
    }
    section.choice(key, problems)
}

/// What a list of headlines can show of each.
const COLUMNS: [&str; 7] = ["date", "outlet", "title", "text", "tags", "author", "lang"];

fn columns(section: &mut Section, key: &str, problems: &mut Problems) -> Option<Vec<String>> {
    let columns = section.strings_in_lines(key, problems)?;
    for (column, line) in &columns {
        if !COLUMNS.contains(&column.as_str()) {
            let hint = super::section::nearest_hint(column, &COLUMNS);
            let all = COLUMNS.join(", ");
            let message = format!("unknown column `{column}`{hint} Columns: {all}");
            problems.push(*line, &section.full_name(key), message);
        }
    }
    Some(columns.into_iter().map(|(column, _)| column).collect())
}

/// What may follow `%` in a date format, without flags and width (strftime of POSIX, and `%f`, `%k`, `%l`).
const DATE_FIELDS: &str = "aAbBcCdDeFfgGhHIjklmMnNpPrRsStTuUVwWxXyYzZ%";

fn date_format(section: &mut Section, key: &str, problems: &mut Problems) -> Option<String> {
    let (value, line) = section.string(key, problems)?;
    let wrong = wrong_date_field(&value);
    if let Some(wrong) = &wrong {
        let message = format!(
            "unknown date field `{wrong}`; fields are those of strftime, such as %d %b %H:%M"
        );
        problems.push(line, &section.full_name(key), message);
    }
    wrong.is_none().then_some(value)
}

/// The first field of a date format that no date can be written with.
fn wrong_date_field(format: &str) -> Option<String> {
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        let after = &rest[at + 1..];
        let flags = after.len() - after.trim_start_matches(['-', '_', '0', '^', '#']).len();
        let width = after[flags..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let end = flags + width;
        let field = after[end..].chars().next();
        let known = field.is_some_and(|field| DATE_FIELDS.contains(field)) && width <= 2;
        let end = end + field.map_or(0, char::len_utf8);
        let text = &rest[at..at + 1 + end];
        let sample = newsprint_model::Time::UNIX_EPOCH.to_zoned_datetime(jiff::tz::TimeZone::UTC);
        if !known || jiff::fmt::strtime::format(text, &sample).is_err() {
            return Some(text.to_owned());
        }
        rest = &rest[at + 1 + end..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::EXAMPLE;

    #[test]
    fn the_example_describes_every_setting() {
        for key in Refresh::KEYS.iter().chain(Reader::KEYS) {
            let lines = [format!("\n{key} = "), format!("\n# {key} = ")];
            assert!(
                lines.iter().any(|line| EXAMPLE.contains(line)),
                "config.example.toml says nothing of `{key}`"
            );
        }
    }

    #[test]
    fn a_date_format_has_only_fields_that_can_be_written() {
        for right in ["", "%d %b %H:%M", "%Y-%m-%d", "%-d. %B", "100 %%", "am %_d"] {
            assert_eq!(wrong_date_field(right), None, "{right}");
        }
        for (format, wrong) in [
            ("%d %Q", "%Q"),
            ("%", "%"),
            ("%d %é", "%é"),
            ("%i", "%i"),
            ("%999d", "%999d"),
        ] {
            assert_eq!(wrong_date_field(format).as_deref(), Some(wrong), "{format}");
        }
    }
}
