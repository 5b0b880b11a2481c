//! TOML text over the embedded example to a [`Config`], collecting every problem with its line.
//! Never here: what keys, themes and actions mean.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::accounts::{self, FeedSettings};
use super::address::{names, web_address};
use super::section::{Problems, Section, wrong_type};
use super::{
    Config, ConfigError, EXAMPLE, KeyLine, Keys, Macro, Paths, Problem, Reader, Refresh, Tags,
    Theme, View,
};
use newsprint_model::query;
use newsprint_model::{Outlet, Select, fold};

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
        unnamed: Vec::new(),
        accounts: Vec::new(),
        feed_settings: Vec::new(),
        refresh: Refresh::undescribed(),
        reader: Reader::default(),
        views: Vec::new(),
        tags: Tags::default(),
        keys: Keys::default(),
        macros: Vec::new(),
        themes: Vec::new(),
        lines: BTreeMap::new(),
    }
}

/// Lays one file over what is there already.
fn apply(config: &mut Config, text: &str) -> Vec<Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut problems = Problems::new(text);
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let line = error.span().map_or(1, |span| problems.line(&span));
            let message = format!("invalid TOML: {}", error.message().replace('\n', "; "));
            problems.push(line, "", message);
            return problems.found;
        }
    };
    let mut root = Section::new("", root.get_ref());

    let outlets_given = root.tables("outlet", &mut problems);
    let accounts_given = root.tables("account", &mut problems);
    if let Some(section) = root.table("refresh", &mut problems) {
        config.refresh.read(section, &mut problems);
    }
    if let Some(tables) = accounts_given {
        let folder = config.file.parent().unwrap_or(Path::new(""));
        let default = config.refresh.full_text;
        config.accounts = accounts::accounts(tables, &mut problems, default, folder);
        // Who has an account and names no outlets has none but the account's.
        config.outlets.clear();
    }
    match outlets_given {
        Some(tables) => outlets(tables, &mut problems, config),
        // The example's outlet says nothing of full text: it follows what holds now.
        None => {
            for outlet in &mut config.outlets {
                outlet.full_text = config.refresh.full_text;
            }
        }
    }
    if let Some(section) = root.table("reader", &mut problems) {
        config.reader.read(section, &mut problems);
    }
    if let Some(tables) = root.tables("view", &mut problems) {
        config.views = views(tables, &mut problems);
    }
    if let Some(section) = root.table("tags", &mut problems) {
        tags(section, &mut config.tags, &mut problems);
    }
    if let Some(value) = root.take("keys") {
        keys(value, &mut config.keys, &mut problems);
    }
    if let Some(tables) = root.tables("macro", &mut problems) {
        config.macros = tables
            .into_iter()
            .map(|(section, line)| macros(section, line, &mut problems))
            .collect();
    }
    match root.peek("theme") {
        // A name is a setting of the reader; tables are themes of one's own.
        Some(DeValue::String(theme)) => {
            let message = format!("write `theme = \"{theme}\"` under [reader]");
            root.refuse("theme", message, &mut problems);
        }
        _ => {
            if let Some(section) = root.table("theme", &mut problems) {
                themes(section, &mut config.themes, &mut problems);
            }
        }
    }
    // What the example has under a heading, and this file above all of them.
    for key in root.keys() {
        let section = config.lines.keys().find_map(|full| {
            let (section, name) = full.split_once('.')?;
            (name == key && ["reader", "refresh"].contains(&section)).then(|| section.to_owned())
        });
        if let (Some(section), true) = (section, root.is_unknown(&key)) {
            let message = format!("belongs under [{section}]");
            root.refuse(&key, message, &mut problems);
        }
    }
    root.finish(&mut problems);
    config.lines = problems.keys;
    problems.found
}

fn outlets(tables: Vec<(Section, usize)>, problems: &mut Problems, config: &mut Config) {
    let default = config.refresh.full_text;
    config.feed_settings.clear();
    let mut outlets: Vec<Outlet> = Vec::new();
    let mut named: Vec<Option<String>> = Vec::new();
    let mut given = HashSet::new();
    for (mut section, line) in tables {
        let account = section.string("account", problems);
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
        let full_text = section.choice("full_text", problems);
        let tags = section.strings("tags", problems).unwrap_or_default();
        let group = section.text("group", problems);
        let paused = section.boolean("paused", problems).unwrap_or(false);
        let select = section
            .table("select", problems)
            .map(|s| select(s, problems))
            .unwrap_or_default();
        section.finish(problems);
        if let Some((account, line)) = account {
            let known = config
                .accounts
                .iter()
                .find(|one| fold(&one.name) == fold(&account));
            let Some((known, (feed, _))) = known.zip(feed) else {
                let message = "needs `feed` and the name of an [[account]]".to_owned();
                problems.push(line, "outlet.account", message);
                continue;
            };
            config.feed_settings.push(FeedSettings {
                account: known.name.clone(),
                feed,
                name: name
                    .map(|(name, _)| name)
                    .filter(|name| !name.trim().is_empty()),
                full_text,
                tags,
                group,
                select,
                line,
            });
            continue;
        }
        let full_text = full_text.unwrap_or(default);
        let Some((url, _)) = url.or_else(|| feed.clone()) else {
            problems.push(
                line,
                "outlet.url",
                "missing; each [[outlet]] needs `url = \"https://…\"`, its site or feed".into(),
            );
            continue;
        };
        if let Some((name, name_line)) = &name {
            if name.trim().is_empty() {
                problems.push(*name_line, "outlet.name", "must not be empty".into());
            } else if !given.insert(fold(name)) {
                let message = format!("duplicate name `{name}`");
                problems.push(*name_line, "outlet.name", message);
            }
        }
        named.push(name.map(|(name, _)| name));
        outlets.push(Outlet {
            name: String::new(),
            url,
            feed: feed.map(|(feed, _)| feed),
            full_text,
            tags,
            group,
            paused,
            select,
            account: None,
        });
    }
    let pairs = named.iter().zip(&outlets);
    let names = names(pairs.map(|(name, outlet)| (name.as_deref(), outlet.url.as_str())));
    config.unnamed.clear();
    for ((outlet, given), name) in outlets.iter_mut().zip(&named).zip(names) {
        if given.is_none() {
            config.unnamed.push(name.clone());
        }
        outlet.name = name;
    }
    config.outlets = outlets;
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
    section.finish(problems);
    select
}

fn views(tables: Vec<(Section, usize)>, problems: &mut Problems) -> Vec<View> {
    let mut views: Vec<View> = Vec::new();
    for (mut section, line) in tables {
        let name = section.string("name", problems);
        let text = section.string("query", problems);
        let key = section.string("key", problems);
        section.finish(problems);
        let Some((name, name_line)) = name else {
            problems.push(line, "view.name", "missing".into());
            continue;
        };
        if views.iter().any(|other| fold(&other.name) == fold(&name)) {
            problems.push(name_line, "view.name", format!("duplicate name `{name}`"));
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
    section.finish(problems);
}

fn keys(value: &Spanned<DeValue<'_>>, keys: &mut Keys, problems: &mut Problems) {
    let line = problems.line(&value.span());
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
        other => problems.push(line, "keys", wrong_type("a preset or a table", other)),
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
            "missing: the key that runs the macro".into(),
        ),
    }
    set(&mut made.description, section.text("description", problems));
    set(
        &mut made.actions,
        section.strings_in_lines("actions", problems),
    );
    set(&mut made.shell, section.boolean("shell", problems));
    if let Some(value) = section.take("commands") {
        let line = problems.line(&value.span());
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
            Some(commands) => {
                // What a shell makes of braces is the shell's business.
                let unknown = commands
                    .iter()
                    .flatten()
                    .find_map(|word| unknown_field(word));
                if let (Some(field), false) = (unknown, made.shell) {
                    let hint = super::section::nearest_hint(field, &MACRO_FIELDS);
                    let all = MACRO_FIELDS.map(|field| format!("{{{field}}}")).join(" ");
                    let message = format!("unknown field `{{{field}}}`{hint} Fields: {all}");
                    problems.push(line, "macro.commands", message);
                }
                made.commands = commands;
            }
            None => problems.push(
                line,
                "macro.commands",
                "must be a list of commands, each a list of a program and its arguments".into(),
            ),
        }
    }
    if made.actions.is_empty() && made.commands.is_empty() {
        problems.push(line, "macro", "needs actions or commands".into());
    }
    section.finish(problems);
    made
}

/// What of an article can be named in a macro's command.
const MACRO_FIELDS: [&str; 6] = ["url", "title", "outlet", "id", "author", "tags"];

/// The first name in braces that no field of an article has.
fn unknown_field(word: &str) -> Option<&str> {
    word.match_indices('{').find_map(|(at, _)| {
        let name = &word[at + 1..];
        let name = &name[..name.find('}')?];
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        (is_name && !MACRO_FIELDS.contains(&name)).then_some(name)
    })
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

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use newsprint_model::FullText;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        read(text, Path::new("my.toml"), Path::new("data"), |_| {
            Vec::new()
        })
    }

    fn error(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_setting_above_its_heading_is_told_where_it_belongs() {
        let said = error("theme = \"light\"\ninterval = \"2h\"\n[[outlet]]\nname = \"A\"\n");
        assert!(
            said.contains("1: `theme`: write `theme = \"light\"` under [reader]"),
            "{said}"
        );
        assert!(
            said.contains("2: `interval`: belongs under [refresh]"),
            "{said}"
        );
        assert!(said.contains("each [[outlet]] needs `url ="), "{said}");
        assert_eq!(said.lines().count(), 3, "{said}");
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
            "my.toml:3: `refresh.hostgap`: unknown key; did you mean `refresh.host_gap`?"
        );
        assert!(error("[refrehs]\n").contains("did you mean `refresh`?"));
        assert!(
            error("[[outlet]]\nnam='A'\nurl='https://a.example'\n")
                .contains("my.toml:2: `outlet.nam`")
        );
        assert!(error("[reader]\nqqqqqq = 1\n").contains("keys: theme,"));
    }

    #[test]
    fn wrong_values_say_what_would_be_right() {
        assert!(error("[refresh]\ninterval = 5\n").contains("must be a duration such as"));
        assert!(error("[reader]\nmeasure = 4\n").contains("a whole number from 20 to 400, not 4"));
        assert!(error("[reader]\nimages = 'kity'\n").contains("did you mean `kitty`?"));
        assert!(error("[reader]\nlayout = 'linear'\n").contains("write `linear = true`"));
        assert!(
            error("[reader]\nrefresh = '20s'\n").contains("`20s` is too short; use at least 1m")
        );
        assert!(
            error("[[outlet]]\nname='A'\nurl='a.example/news'\n")
                .contains("did you mean `https://a.example/news`?")
        );
        assert!(
            error("[[outlet]]\nname='A'\nurl='file:///etc/passwd'\n")
                .contains("only http and https")
        );
        assert!(error("[[outlet]]\nname='A'\n").contains("`outlet.url`: missing"));
        assert!(error("[[outlet]]\nname='A'\nurl='https://a.example'\n[[outlet]]\nname='a'\nurl='https://b.example'\n").contains("duplicate name"));
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
    fn a_macro_names_only_fields_that_there_are() {
        let config = |word: &str, shell: bool| {
            format!("[[macro]]\nkey = 'x'\nshell = {shell}\ncommands = [['save', '{word}']]\n")
        };
        let message = error(&config("--name={titel}", false));
        assert!(
            message.contains("my.toml:4: `macro.commands`: unknown field `{titel}`"),
            "{message}"
        );
        assert!(message.contains("did you mean `title`?"), "{message}");
        for word in ["{url}", "{title}/{id}", "{ \"a\": 1 }", "{}", "{A}"] {
            assert!(parse(&config(word, false)).is_ok(), "{word}");
        }
        assert!(parse(&config("{print}", true)).is_ok());
    }

    #[test]
    fn broken_toml_is_reported_with_its_line() {
        assert!(error("[refresh]\ninterval = \n").starts_with("my.toml:2: invalid TOML"));
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
}
