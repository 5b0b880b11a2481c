//! TOML text over the embedded example to a [`Config`], collecting every problem with its line.
//! Never here: what keys, themes and actions mean.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{
    Config, ConfigError, EXAMPLE, Images, KeyLine, Keys, Macro, MarkRead, Paths, Problem, Reader,
    Refresh, Tags, Theme, View, When,
};
use newsprint_model::query;
use newsprint_model::{FullText, Keep, Outlet, Select, fold, nearest, without_password};

/// Sent as User-Agent unless the config says otherwise: name, version, and where to complain.
const USER_AGENT: &str = concat!(
    "newsprint/",
    env!("CARGO_PKG_VERSION"),
    " (+",
    env!("CARGO_PKG_REPOSITORY"),
    ")"
);

/// Reads `text` over the example; `check` looks at what came of it, right or wrong.
pub(super) fn read(
    text: &str,
    file: &Path,
    data_dir: &Path,
    check: impl FnOnce(&Config) -> Vec<Problem>,
) -> Result<Config, ConfigError> {
    let mut config = blank(file, data_dir);
    let mut problems = apply(&mut config, EXAMPLE);
    debug_assert!(
        problems.is_empty(),
        "the example must be right: {problems:?}"
    );
    problems.extend(apply(&mut config, text));
    problems.extend(check(&config));
    if problems.is_empty() {
        return Ok(config);
    }
    problems.sort_by_key(|problem| problem.line);
    Err(ConfigError {
        file: file.to_owned(),
        problems,
    })
}

/// The frame that the example fills; the values that matter stand there.
fn blank(file: &Path, data_dir: &Path) -> Config {
    Config {
        file: file.to_owned(),
        paths: Paths {
            data_dir: data_dir.to_owned(),
        },
        outlets: Vec::new(),
        refresh: Refresh {
            interval: Duration::from_secs(3600),
            host_gap: Duration::from_secs(1),
            concurrency: 32,
            timeout: Duration::from_secs(30),
            max_bytes: 15 << 20,
            user_agent: USER_AGENT.to_owned(),
            full_text: FullText::Auto,
            keep: Keep::default(),
            images: false,
            max_pages: 40,
        },
        reader: Reader {
            theme: String::new(),
            theme_line: 0,
            images: Images::Auto,
            mark_read: MarkRead::Open,
            date_format: String::new(),
            columns: Vec::new(),
            mouse: true,
            linear: false,
            measure: 80,
            first_refresh: true,
            hyperlinks: When::Auto,
            ascii: When::Auto,
            browser: String::new(),
        },
        views: Vec::new(),
        tags: Tags::default(),
        keys: Keys::default(),
        macros: Vec::new(),
        themes: Vec::new(),
    }
}

/// Lays one file over what is there already.
fn apply(config: &mut Config, text: &str) -> Vec<Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Problems {
        lines: Lines::new(text),
        found: Vec::new(),
    };
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let line = error.span().map_or(1, |span| reader.lines.of(&span));
            let message = format!("is not valid TOML: {}", error.message().replace('\n', "; "));
            reader.found.push(Problem {
                line,
                key: String::new(),
                message,
            });
            return reader.found;
        }
    };
    let mut root = Section::new("", root.get_ref());

    if let Some(tables) = root.tables("outlet", &mut reader) {
        config.outlets = outlets(tables, &mut reader, config.refresh.full_text);
    }
    if let Some(section) = root.table("refresh", &mut reader) {
        let before = config.refresh.full_text;
        refresh(section, &mut config.refresh, &mut reader);
        // Outlets that say nothing follow the default, wherever it stands in the file.
        if config.refresh.full_text != before {
            let explicit = explicit_full_text(text);
            for outlet in &mut config.outlets {
                if !explicit.contains(&outlet.name) {
                    outlet.full_text = config.refresh.full_text;
                }
            }
        }
    }
    if let Some(section) = root.table("reader", &mut reader) {
        self::reader(section, &mut config.reader, &mut reader);
    }
    if let Some(tables) = root.tables("view", &mut reader) {
        config.views = views(tables, &mut reader);
    }
    if let Some(section) = root.table("tags", &mut reader) {
        tags(section, &mut config.tags, &mut reader);
    }
    if let Some(value) = root.take("keys") {
        keys(value, &mut config.keys, &mut reader);
    }
    if let Some(tables) = root.tables("macro", &mut reader) {
        config.macros = tables
            .into_iter()
            .map(|(section, line)| macros(section, line, &mut reader))
            .collect();
    }
    if let Some(section) = root.table("theme", &mut reader) {
        themes(section, &mut config.themes, &mut reader);
    }
    root.finish(
        &[
            "outlet", "refresh", "reader", "view", "tags", "keys", "macro", "theme",
        ],
        &mut reader,
    );
    reader.found
}

fn outlets(
    tables: Vec<(Section, usize)>,
    problems: &mut Problems,
    default: FullText,
) -> Vec<Outlet> {
    let mut outlets: Vec<Outlet> = Vec::new();
    let mut names = HashSet::new();
    for (mut section, line) in tables {
        let name = section.string("name", problems);
        let url = section.string("url", problems);
        let feed = section.string("feed", problems);
        for (key, value) in [("url", &url), ("feed", &feed)] {
            if let Some((value, line)) = value
                && let Err(message) = web_address(value)
            {
                problems.push(*line, &format!("outlet.{key}"), message);
            }
        }
        let full_text = section.full_text("full_text", problems).unwrap_or(default);
        let tags = section.strings("tags", problems).unwrap_or_default();
        let group = section.string("group", problems).map(|(group, _)| group);
        let select = section
            .table("select", problems)
            .map(|s| select(s, problems))
            .unwrap_or_default();
        section.finish(
            &[
                "name",
                "url",
                "feed",
                "full_text",
                "tags",
                "group",
                "select",
            ],
            problems,
        );
        let Some((url, _)) = url.or_else(|| feed.clone()) else {
            problems.push(
                line,
                "outlet.url",
                "is missing: the address of the outlet's site".into(),
            );
            continue;
        };
        let (name, name_line) = name.unwrap_or_else(|| (name_of(&url), line));
        if name.trim().is_empty() {
            problems.push(
                name_line,
                "outlet.name",
                "is empty; name the outlet as you want to see it".into(),
            );
        } else if !names.insert(fold(&name)) {
            let message =
                format!("`{name}` stands twice; names are unique, without regard to case");
            problems.push(name_line, "outlet.name", message);
        }
        outlets.push(Outlet {
            name,
            url,
            feed: feed.map(|(feed, _)| feed),
            full_text,
            tags,
            group,
            select,
        });
    }
    outlets
}

fn select(mut section: Section, problems: &mut Problems) -> Select {
    let mut one = |key: &str, problems: &mut Problems| {
        section
            .string(key, problems)
            .map(|(value, _)| value)
            .filter(|value| !value.trim().is_empty())
    };
    let select = Select {
        headlines: one("headlines", problems),
        title: one("title", problems),
        date: one("date", problems),
        tags: one("tags", problems),
        author: one("author", problems),
        body: one("body", problems),
        remove: section
            .strings("remove", problems)
            .unwrap_or_default()
            .into_iter()
            .filter(|value| !value.trim().is_empty())
            .collect(),
    };
    section.finish(
        &[
            "headlines",
            "title",
            "date",
            "tags",
            "author",
            "body",
            "remove",
        ],
        problems,
    );
    select
}

fn refresh(mut section: Section, refresh: &mut Refresh, problems: &mut Problems) {
    let s = &mut section;
    set(&mut refresh.interval, s.duration("interval", problems));
    set(&mut refresh.host_gap, s.duration("host_gap", problems));
    set(
        &mut refresh.concurrency,
        s.integer("concurrency", 1, 512, problems)
            .map(|n| n as usize),
    );
    if let Some(value) = s.duration("timeout", problems) {
        // A request without any time is a request that always fails.
        refresh.timeout = value.max(Duration::from_millis(100));
    }
    set(&mut refresh.max_bytes, s.bytes("max_bytes", problems));
    set(
        &mut refresh.max_pages,
        s.integer("max_pages", 0, 100_000, problems)
            .map(|n| n as usize),
    );
    set(&mut refresh.full_text, s.full_text("full_text", problems));
    set(&mut refresh.images, s.boolean("images", problems));
    if let Some((value, line)) = s.string("user_agent", problems) {
        if value.is_empty() || value.chars().any(|c| c.is_control() || !c.is_ascii()) {
            let message = "must be visible ASCII: it is sent as an HTTP header".into();
            problems.push(line, "refresh.user_agent", message);
        } else {
            refresh.user_agent = value;
        }
    }
    if let Some(mut keep) = s.table("keep", problems) {
        let limit = i64::from(u32::MAX);
        refresh.keep = Keep {
            days: keep.integer("days", 1, limit, problems).map(|n| n as u32),
            count: keep.integer("count", 1, limit, problems).map(|n| n as u32),
        };
        keep.finish(&["days", "count"], problems);
    }
    section.finish(
        &[
            "interval",
            "host_gap",
            "concurrency",
            "timeout",
            "max_bytes",
            "max_pages",
            "full_text",
            "images",
            "user_agent",
            "keep",
        ],
        problems,
    );
}

fn reader(mut section: Section, reader: &mut Reader, problems: &mut Problems) {
    const COLUMNS: [&str; 7] = ["date", "outlet", "title", "text", "tags", "author", "lang"];
    const WHEN: [(&str, When); 3] = [
        ("auto", When::Auto),
        ("always", When::Always),
        ("never", When::Never),
    ];
    const IMAGES: [(&str, Images); 6] = [
        ("auto", Images::Auto),
        ("off", Images::Off),
        ("kitty", Images::Kitty),
        ("iterm2", Images::Iterm2),
        ("sixel", Images::Sixel),
        ("halfblocks", Images::Halfblocks),
    ];
    let s = &mut section;
    if let Some((theme, line)) = s.string("theme", problems) {
        (reader.theme, reader.theme_line) = (theme, line);
    }
    set(&mut reader.images, s.choice("images", &IMAGES, problems));
    set(
        &mut reader.date_format,
        s.string("date_format", problems).map(|(value, _)| value),
    );
    set(&mut reader.mouse, s.boolean("mouse", problems));
    set(&mut reader.linear, s.boolean("linear", problems));
    set(
        &mut reader.measure,
        s.integer("measure", 20, 400, problems).map(|n| n as u16),
    );
    set(
        &mut reader.first_refresh,
        s.boolean("first_refresh", problems),
    );
    set(
        &mut reader.hyperlinks,
        s.choice("hyperlinks", &WHEN, problems),
    );
    set(&mut reader.ascii, s.choice("ascii", &WHEN, problems));
    set(
        &mut reader.browser,
        s.string("browser", problems).map(|(value, _)| value),
    );
    if let Some((value, line)) = s.string("mark_read", problems) {
        match value.as_str() {
            "open" => reader.mark_read = MarkRead::Open,
            "end" => reader.mark_read = MarkRead::End,
            "never" => reader.mark_read = MarkRead::Never,
            other => match duration(other) {
                Some(after) => reader.mark_read = MarkRead::After(after),
                None => problems.push(
                    line,
                    "reader.mark_read",
                    format!("is `{other}`, must be open, end, never, or a time such as 5s"),
                ),
            },
        }
    }
    let line = s.line_of("columns", problems);
    if let Some(columns) = s.strings("columns", problems) {
        for column in &columns {
            if !COLUMNS.contains(&column.as_str()) {
                let hint = nearest_hint(column, &COLUMNS);
                let message = format!(
                    "has no column `{column}`{hint}; there are {}",
                    COLUMNS.join(", ")
                );
                problems.push(line, "reader.columns", message);
            }
        }
        reader.columns = columns;
    }
    section.finish(
        &[
            "theme",
            "images",
            "mark_read",
            "date_format",
            "columns",
            "mouse",
            "linear",
            "measure",
            "first_refresh",
            "hyperlinks",
            "ascii",
            "browser",
        ],
        problems,
    );
}

fn views(tables: Vec<(Section, usize)>, problems: &mut Problems) -> Vec<View> {
    let mut views: Vec<View> = Vec::new();
    for (mut section, line) in tables {
        let name = section.string("name", problems);
        let text = section.string("query", problems);
        let key = section.string("key", problems);
        section.finish(&["name", "query", "key"], problems);
        let Some((name, name_line)) = name else {
            problems.push(line, "view.name", "is missing".into());
            continue;
        };
        if views.iter().any(|other| fold(&other.name) == fold(&name)) {
            problems.push(name_line, "view.name", format!("`{name}` stands twice"));
        }
        let (text, query_line) = text.unwrap_or((String::new(), line));
        match query::parse(&text) {
            Ok(query) => {
                let action = format!("view {name}");
                let key = key.map(|(key, line)| KeyLine { key, action, line });
                views.push(View {
                    name,
                    text,
                    query,
                    key,
                });
            }
            Err(error) => problems.push(query_line, "view.query", error.to_string()),
        }
    }
    views
}

fn tags(mut section: Section, tags: &mut Tags, problems: &mut Problems) {
    set(&mut tags.hide, section.strings("hide", problems));
    set(&mut tags.mute, section.strings("mute", problems));
    if let Some(mut alias) = section.table("alias", problems) {
        for key in alias.keys() {
            if let Some((value, _)) = alias.string(&key, problems) {
                tags.alias.push((key, value));
            }
        }
    }
    if let Some(mut group) = section.table("group", problems) {
        for key in group.keys() {
            if let Some(values) = group.strings(&key, problems) {
                tags.group.push((key, values));
            }
        }
    }
    section.finish(&["hide", "mute", "alias", "group"], problems);
}

fn keys(value: &Spanned<DeValue<'_>>, keys: &mut Keys, problems: &mut Problems) {
    let line = problems.lines.of(&value.span());
    match value.get_ref() {
        DeValue::String(preset) => keys.preset = Some((preset.to_string(), line)),
        DeValue::Table(table) => {
            let mut section = Section::new("keys", table);
            for key in section.keys() {
                let Some((action, line)) = section.string(&key, problems) else {
                    continue;
                };
                if key == "preset" {
                    keys.preset = Some((action, line));
                } else {
                    keys.bindings.push(KeyLine { key, action, line });
                }
            }
        }
        other => problems.push(
            line,
            "keys",
            wrong_type("a preset's name or a table", other),
        ),
    }
}

fn macros(mut section: Section, line: usize, problems: &mut Problems) -> Macro {
    let mut made = Macro {
        line,
        ..Macro::default()
    };
    match section.string("key", problems) {
        Some((key, _)) => made.key = key,
        None => problems.push(
            line,
            "macro.key",
            "is missing: the key that runs the macro".into(),
        ),
    }
    set(
        &mut made.description,
        section
            .string("description", problems)
            .map(|(value, _)| value),
    );
    set(
        &mut made.actions,
        section.strings_in_lines("actions", problems),
    );
    set(&mut made.shell, section.boolean("shell", problems));
    if let Some(value) = section.take("commands") {
        let line = problems.lines.of(&value.span());
        let commands: Option<Vec<Vec<String>>> = value.get_ref().as_array().and_then(|commands| {
            commands
                .iter()
                .map(|command| match command.get_ref() {
                    DeValue::String(program) => Some(vec![program.to_string()]),
                    DeValue::Array(words) => words
                        .iter()
                        .map(|word| word.get_ref().as_str().map(str::to_owned))
                        .collect::<Option<Vec<String>>>()
                        .filter(|words| !words.is_empty()),
                    _ => None,
                })
                .collect()
        });
        match commands {
            Some(commands) => made.commands = commands,
            None => problems.push(
                line,
                "macro.commands",
                "must be a list of commands, each a list of a program and its arguments".into(),
            ),
        }
    }
    if made.actions.is_empty() && made.commands.is_empty() {
        problems.push(
            line,
            "macro",
            "does nothing: give it actions or commands".into(),
        );
    }
    section.finish(
        &["key", "description", "actions", "commands", "shell"],
        problems,
    );
    made
}

fn themes(mut section: Section, themes: &mut Vec<Theme>, problems: &mut Problems) {
    for name in section.keys() {
        let Some(mut table) = section.table(&name, problems) else {
            continue;
        };
        let mut theme = Theme {
            name,
            roles: Vec::new(),
        };
        for role in table.keys() {
            if let Some((style, line)) = table.string(&role, problems) {
                theme.roles.push((role, style, line));
            }
        }
        themes.retain(|other| other.name != theme.name);
        themes.push(theme);
    }
}

/// Names of the outlets in `text` that say `full_text` themselves.
fn explicit_full_text(text: &str) -> HashSet<String> {
    let Ok(root) = DeTable::parse(text) else {
        return HashSet::new();
    };
    let Some(outlets) = root
        .get_ref()
        .get("outlet")
        .and_then(|value| value.get_ref().as_array())
    else {
        return HashSet::new();
    };
    outlets
        .iter()
        .filter_map(|outlet| outlet.get_ref().as_table())
        .filter(|outlet| outlet.contains_key("full_text"))
        .filter_map(|outlet| outlet.get("name")?.get_ref().as_str().map(str::to_owned))
        .collect()
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// Says what is wrong with a web address, if anything.
pub fn web_address(text: &str) -> Result<(), String> {
    let parsed = url::Url::parse(text);
    let text = &*without_password(text);
    match parsed {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => Err(format!(
            "`{text}` is a {}: address; only http and https can be read",
            url.scheme()
        )),
        Ok(url) if url.host_str().is_none_or(str::is_empty) => {
            Err(format!("`{text}` names no host"))
        }
        Ok(_) => Ok(()),
        Err(url::ParseError::RelativeUrlWithoutBase) => Err(format!(
            "`{text}` is no web address; did you mean `https://{}`?",
            text.trim_start_matches('/')
        )),
        Err(error) => Err(format!("`{text}` is no web address: {error}")),
    }
}

/// A name for an outlet that has none: its host without `www.`.
pub fn name_of(url: &str) -> String {
    url::Url::parse(url)
        .ok()
        .and_then(|url| {
            url.host_str()
                .map(|host| host.trim_start_matches("www.").to_owned())
        })
        .unwrap_or_else(|| url.to_owned())
}

/// `90s`, `1h`, `1h30m`, `2d`, `250ms`.
fn duration(text: &str) -> Option<Duration> {
    let mut total = Duration::ZERO;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: u32 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let unit = rest
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(rest.len());
        let millis: u64 = match rest[..unit].trim() {
            "ms" => 1,
            "s" | "sec" => 1000,
            "m" | "min" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            "w" => 7 * 86_400_000,
            _ => return None,
        };
        total = total.checked_add(Duration::from_millis(millis.checked_mul(number.into())?))?;
        rest = &rest[unit..];
    }
    Some(total)
}

/// `15MiB`, `500KB`, `1048576`.
fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let number: u64 = text[..digits].parse().ok()?;
    let unit: u64 = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "kb" => 1000,
        "m" | "mib" => 1 << 20,
        "mb" => 1_000_000,
        "g" | "gib" => 1 << 30,
        "gb" => 1_000_000_000,
        _ => return None,
    };
    number.checked_mul(unit)
}

/// Line numbers of byte offsets.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn new(text: &str) -> Lines {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines {
            starts: std::iter::once(0)
                .chain(newlines.map(|(at, _)| at + 1))
                .collect(),
        }
    }

    fn of(&self, span: &Range<usize>) -> usize {
        self.starts.partition_point(|start| *start <= span.start)
    }
}

/// What has been found wrong so far.
struct Problems {
    lines: Lines,
    found: Vec<Problem>,
}

impl Problems {
    fn push(&mut self, line: usize, key: &str, message: String) {
        self.found.push(Problem {
            line,
            key: key.to_owned(),
            message,
        });
    }
}

/// One table being read; what is never taken is an unknown key.
struct Section<'a> {
    name: String,
    table: &'a DeTable<'a>,
    taken: HashSet<String>,
}

impl<'a> Section<'a> {
    fn new(name: &str, table: &'a DeTable<'a>) -> Section<'a> {
        Section {
            name: name.to_owned(),
            table,
            taken: HashSet::new(),
        }
    }

    fn full_name(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }

    fn keys(&self) -> Vec<String> {
        let mut keys: Vec<(usize, String)> = self
            .table
            .iter()
            .map(|(key, _)| (key.span().start, key.get_ref().to_string()))
            .collect();
        keys.sort();
        keys.into_iter().map(|(_, key)| key).collect()
    }

    fn take(&mut self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.taken.insert(key.to_owned());
        self.table.get(key)
    }

    fn line_of(&self, key: &str, problems: &Problems) -> usize {
        self.table
            .get(key)
            .map_or(0, |value| problems.lines.of(&value.span()))
    }

    /// Takes a value and turns it into a `T`, or reports what it should have been.
    fn value<T>(
        &mut self,
        key: &str,
        expected: &str,
        problems: &mut Problems,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<(T, usize)> {
        let value = self.take(key)?;
        let line = problems.lines.of(&value.span());
        match read(value.get_ref()) {
            Some(read) => Some((read, line)),
            None => {
                let message = wrong_type(expected, value.get_ref());
                problems.push(line, &self.full_name(key), message);
                None
            }
        }
    }

    fn string(&mut self, key: &str, problems: &mut Problems) -> Option<(String, usize)> {
        self.value(key, "a text in quotes", problems, |value| {
            value.as_str().map(str::to_owned)
        })
    }

    fn strings(&mut self, key: &str, problems: &mut Problems) -> Option<Vec<String>> {
        self.value(key, "a list of texts in quotes", problems, |value| {
            value
                .as_array()?
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
        })
        .map(|(value, _)| value)
    }

    /// Texts, each with its line.
    fn strings_in_lines(
        &mut self,
        key: &str,
        problems: &mut Problems,
    ) -> Option<Vec<(String, usize)>> {
        let texts = self.strings(key, problems)?;
        let items = self.table.get(key)?.get_ref().as_array()?;
        let lines = items.iter().map(|item| problems.lines.of(&item.span()));
        Some(texts.into_iter().zip(lines).collect())
    }

    fn boolean(&mut self, key: &str, problems: &mut Problems) -> Option<bool> {
        self.value(key, "true or false", problems, DeValue::as_bool)
            .map(|(value, _)| value)
    }

    fn integer(
        &mut self,
        key: &str,
        least: i64,
        most: i64,
        problems: &mut Problems,
    ) -> Option<i64> {
        self.value(
            key,
            &format!("a whole number from {least} to {most}"),
            problems,
            |value| {
                let integer = value.as_integer()?;
                let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok()?;
                (least..=most).contains(&number).then_some(number)
            },
        )
        .map(|(value, _)| value)
    }

    fn duration(&mut self, key: &str, problems: &mut Problems) -> Option<Duration> {
        self.value(
            key,
            "a time such as \"30s\", \"15m\", \"1h\"",
            problems,
            |value| duration(value.as_str()?),
        )
        .map(|(value, _)| value)
    }

    fn bytes(&mut self, key: &str, problems: &mut Problems) -> Option<u64> {
        self.value(
            key,
            "a size such as \"15MiB\"",
            problems,
            |value| match value {
                DeValue::Integer(integer) => bytes(integer.as_str()),
                value => bytes(value.as_str()?),
            },
        )
        .map(|(value, _)| value)
        .map(|value| value.max(1))
    }

    fn choice<T: Copy>(
        &mut self,
        key: &str,
        choices: &[(&str, T)],
        problems: &mut Problems,
    ) -> Option<T> {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let (value, line) = self.string(key, problems)?;
        let chosen = choices
            .iter()
            .find(|(name, _)| *name == value)
            .map(|(_, choice)| *choice);
        if chosen.is_none() {
            let hint = nearest_hint(&value, &names);
            let message = format!("is `{value}`, must be one of {}{hint}", names.join(", "));
            problems.push(line, &self.full_name(key), message);
        }
        chosen
    }

    fn full_text(&mut self, key: &str, problems: &mut Problems) -> Option<FullText> {
        let choices = [
            ("auto", FullText::Auto),
            ("always", FullText::Always),
            ("never", FullText::Never),
        ];
        self.choice(key, &choices, problems)
    }

    fn table(&mut self, key: &str, problems: &mut Problems) -> Option<Section<'a>> {
        let name = self.full_name(key);
        self.value(key, "a table", problems, DeValue::as_table)
            .map(|(table, _)| Section::new(&name, table))
    }

    fn tables(&mut self, key: &str, problems: &mut Problems) -> Option<Vec<(Section<'a>, usize)>> {
        let value = self.take(key)?;
        let line = problems.lines.of(&value.span());
        let Some(array) = value.get_ref().as_array() else {
            let found = wrong_type(
                &format!("a list of tables, each under [[{key}]]"),
                value.get_ref(),
            );
            problems.push(line, key, found);
            return None;
        };
        let mut tables = Vec::new();
        for item in array.iter() {
            let line = problems.lines.of(&item.span());
            match item.get_ref().as_table() {
                Some(table) => tables.push((Section::new(key, table), line)),
                None => problems.push(line, key, wrong_type("a table", item.get_ref())),
            }
        }
        Some(tables)
    }

    /// Reports the keys that nobody has asked for.
    fn finish(self, known: &[&str], problems: &mut Problems) {
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref();
            if self.taken.contains(name) {
                continue;
            }
            let line = problems.lines.of(&key.span());
            let place = if self.name.is_empty() {
                "at the top level"
            } else {
                "here"
            };
            let message = match nearest(name, known.iter().copied()) {
                Some(right) => {
                    format!("is no known key; did you mean `{}`?", self.full_name(right))
                }
                None => format!("is no known key; {place} there are {}", known.join(", ")),
            };
            problems.push(line, &self.full_name(name), message);
        }
    }
}

fn wrong_type(expected: &str, found: &DeValue<'_>) -> String {
    let found = match found {
        DeValue::String(text) => format!("\"{text}\""),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(value) => value.to_string(),
        other => format!("a value of type {}", other.type_str()),
    };
    format!("must be {expected}, not {found}")
}

fn nearest_hint(word: &str, known: &[&str]) -> String {
    nearest(word, known.iter().copied())
        .map_or(String::new(), |right| format!("; did you mean `{right}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        read(text, Path::new("my.toml"), Path::new("data"), |_| {
            Vec::new()
        })
    }

    fn error(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn the_example_alone_is_caucasus_watch() {
        let config = parse("").unwrap();
        assert_eq!(config.outlets.len(), 1);
        assert_eq!(config.outlets[0].name, "Caucasus Watch");
        assert_eq!(config.outlets[0].url, "https://caucasuswatch.de/en/");
        assert_eq!(config.refresh.interval, Duration::from_secs(3600));
        assert_eq!(config.refresh.max_bytes, 15 * 1024 * 1024);
        assert_eq!(config.keys.preset.unwrap().0, "vim");
    }

    #[test]
    fn every_commented_setting_of_the_example_is_a_right_one() {
        let uncommented: String = EXAMPLE
            .lines()
            .filter_map(|line| match line.strip_prefix("# ") {
                Some(rest)
                    if rest.starts_with(['[', '"'])
                        || rest.split_once(" = ").is_some_and(|(key, _)| {
                            key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                        }) =>
                {
                    Some(rest)
                }
                Some(_) => None,
                None => Some(line),
            })
            .filter(|line| !line.starts_with("keys = "))
            .fold(String::new(), |text, line| text + line + "\n");
        let config = parse(&uncommented).unwrap();
        assert_eq!(config.views.len(), 1);
        assert_eq!(config.macros.len(), 1);
        assert_eq!(config.themes[0].name, "paper");
        assert_eq!(
            config.outlets[0].select.body.as_deref(),
            Some(".article-text")
        );
        assert_eq!(config.refresh.keep.days, Some(365));
    }

    #[test]
    fn the_readers_outlets_take_the_place_of_the_examples() {
        let config = parse("[[outlet]]\nname='A'\nurl='https://a.example/'\n").unwrap();
        assert_eq!(config.outlets.len(), 1);
        assert_eq!(config.outlets[0].name, "A");
        assert!(parse("outlet = []").unwrap().outlets.is_empty());
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_the_nearest_right_one() {
        let text = "[refresh]\ninterval = '1h'\nhostgap = '1s'\n";
        assert_eq!(
            error(text),
            "my.toml:3: `refresh.hostgap`: is no known key; did you mean `refresh.host_gap`?"
        );
        assert!(error("[refrehs]\n").contains("did you mean `refresh`?"));
        assert!(
            error("[[outlet]]\nnam='A'\nurl='https://a.example'\n")
                .contains("my.toml:2: `outlet.nam`")
        );
        assert!(error("[reader]\nqqqqqq = 1\n").contains("there are theme,"));
    }

    #[test]
    fn wrong_values_say_what_would_be_right() {
        assert!(error("[refresh]\ninterval = 5\n").contains("must be a time such as"));
        assert!(error("[reader]\nmeasure = 4\n").contains("a whole number from 20 to 400, not 4"));
        assert!(error("[reader]\nimages = 'kity'\n").contains("did you mean `kitty`?"));
        assert!(
            error("[[outlet]]\nname='A'\nurl='a.example/news'\n")
                .contains("did you mean `https://a.example/news`?")
        );
        assert!(
            error("[[outlet]]\nname='A'\nurl='file:///etc/passwd'\n")
                .contains("only http and https")
        );
        assert!(error("[[outlet]]\nname='A'\n").contains("`outlet.url`: is missing"));
        assert!(error("[[outlet]]\nname='A'\nurl='https://a.example'\n[[outlet]]\nname='a'\nurl='https://b.example'\n").contains("stands twice"));
    }

    #[test]
    fn a_view_with_a_wrong_query_names_line_and_column() {
        let message = error("[[view]]\nname = 'x'\nquery = 'is:nothing'\n");
        assert!(
            message.contains("my.toml:3: `view.query`: column"),
            "{message}"
        );
    }

    #[test]
    fn broken_toml_is_reported_with_its_line() {
        assert!(error("[refresh]\ninterval = \n").starts_with("my.toml:2: is not valid TOML"));
    }

    #[test]
    fn full_text_of_the_refresh_section_is_the_default_of_outlets_that_do_not_say() {
        let config = parse(
            "[[outlet]]\nname='A'\nurl='https://a.example'\n[[outlet]]\nname='B'\nurl='https://b.example'\nfull_text='always'\n[refresh]\nfull_text='never'\n",
        )
        .unwrap();
        assert_eq!(config.outlets[0].full_text, FullText::Never);
        assert_eq!(config.outlets[1].full_text, FullText::Always);
    }

    #[test]
    fn durations_and_sizes_are_read_as_people_write_them() {
        assert_eq!(duration("1h30m"), Some(Duration::from_secs(5400)));
        assert_eq!(duration("0s"), Some(Duration::ZERO));
        assert_eq!(duration("250ms"), Some(Duration::from_millis(250)));
        assert_eq!(duration("soon"), None);
        assert_eq!(duration("99999999999999w"), None);
        assert_eq!(bytes("15MiB"), Some(15 << 20));
        assert_eq!(bytes("2 MB"), Some(2_000_000));
        assert_eq!(bytes("lots"), None);
    }
}
