//! Edits the text of a config file, keeping its comments and order: add and remove outlets, add views,
//! hide and mute tags.
//! Never here: reading or writing the file's bytes beyond [`save`].

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::{EXAMPLE, read};
use crate::news::{Outlet, fold, nearest};

/// What a new config file begins with: the example's settings hold without being written out.
const HEADER: &str = "# newsprint configuration. `newsprint config example` prints every setting with its default.\n\n";

/// Why a config file could not be edited.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The text is no TOML, or its `outlet` is no list of tables.
    #[error("the config cannot be edited: {0}")]
    Unreadable(String),
    /// The address is none that can be read.
    #[error("{0}")]
    Address(String),
    /// An outlet of the name, or of the address, is there already.
    #[error("{0}")]
    Exists(String),
    /// There is no such outlet.
    #[error("{0}")]
    Missing(String),
    /// The file could not be written.
    #[error("{path}: {source}; the file is as it was")]
    Write {
        /// The file.
        path: String,
        /// The system's reason.
        source: std::io::Error,
    },
}

/// The text with `[[outlet]]` of this name and address added at the end of the outlets.
///
/// A text without outlets of its own gets the example's
/// outlets written out first, so that none disappears.
pub fn add_outlet(text: &str, outlet: &Outlet) -> Result<String, EditError> {
    let (text, mut refused) = add_outlets(text, std::slice::from_ref(outlet))?;
    match refused.pop() {
        Some((_, reason)) => Err(reason),
        None => Ok(text),
    }
}

/// As [`add_outlet`] for many; those that cannot be added are given back, by index, with the reason.
pub fn add_outlets(
    text: &str,
    added: &[Outlet],
) -> Result<(String, Vec<(usize, EditError)>), EditError> {
    let text = if text.trim().is_empty() { HEADER } else { text };
    let mut document = document(text)?;
    let comments = lift_comments(&mut document);
    let outlets = outlets(&mut document)?;
    let field = |table: &Table, key: &str| {
        table
            .get(key)
            .and_then(Item::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let mut names: HashMap<String, String> = HashMap::new();
    let mut addresses: HashMap<String, String> = HashMap::new();
    for table in outlets.iter() {
        let name = field(table, "name");
        addresses.insert(field(table, "url"), name.clone());
        names.insert(fold(&name), name);
    }
    // Where new tables stand in the file: right after the last outlet.
    let position = outlets.iter().filter_map(Table::position).max();
    let mut refused = Vec::new();
    for (index, outlet) in added.iter().enumerate() {
        let reason = if let Err(reason) = read::web_address(&outlet.url) {
            Some(EditError::Address(reason))
        } else if outlet.name.trim().is_empty() || outlet.name.contains(char::is_control) {
            let message = "the name is empty or has control characters in it; name the outlet as you want to see it";
            Some(EditError::Address(message.to_owned()))
        } else if let Some(name) = names.get(&fold(&outlet.name)) {
            Some(EditError::Exists(format!(
                "an outlet named `{name}` is there already; choose another name with --name"
            )))
        } else {
            addresses
                .get(&outlet.url)
                .map(|name| EditError::Exists(format!("`{name}` already reads {}", outlet.url)))
        };
        if let Some(reason) = reason {
            refused.push((index, reason));
            continue;
        }
        names.insert(fold(&outlet.name), outlet.name.clone());
        addresses.insert(outlet.url.clone(), outlet.name.clone());
        let mut table = table_of(outlet);
        table.set_position(position);
        outlets.push(table);
    }
    Ok((format!("{comments}{document}"), refused))
}

fn table_of(outlet: &Outlet) -> Table {
    let mut table = Table::new();
    table.insert("name", value(&outlet.name));
    table.insert("url", value(&outlet.url));
    if let Some(feed) = &outlet.feed {
        table.insert("feed", value(feed));
    }
    if !outlet.tags.is_empty() {
        table.insert(
            "tags",
            value(outlet.tags.iter().collect::<toml_edit::Array>()),
        );
    }
    if let Some(group) = &outlet.group {
        table.insert("group", value(group));
    }
    table.decor_mut().set_prefix("\n");
    table
}

/// Takes the comments off an empty `outlet = []`, which is about to become a list of tables.
fn lift_comments(document: &mut DocumentMut) -> String {
    let empty = document
        .get("outlet")
        .and_then(Item::as_array)
        .is_some_and(toml_edit::Array::is_empty);
    match document.key("outlet") {
        Some(key) if empty => prefix(key.leaf_decor()),
        _ => String::new(),
    }
}

fn prefix(decor: &toml_edit::Decor) -> String {
    decor
        .prefix()
        .and_then(toml_edit::RawString::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// The text without the outlet of this name (compared without case and accents).
pub fn remove_outlet(text: &str, name: &str) -> Result<String, EditError> {
    let text = if text.trim().is_empty() { HEADER } else { text };
    let mut document = document(text)?;
    let outlets = outlets(&mut document)?;
    let names: Vec<String> = outlets
        .iter()
        .map(|outlet| {
            outlet
                .get("name")
                .and_then(Item::as_str)
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    let Some(at) = names.iter().position(|other| fold(other) == fold(name)) else {
        let hint = nearest(name, names.iter().map(String::as_str))
            .map_or(String::new(), |right| format!("; did you mean `{right}`?"));
        return Err(EditError::Missing(format!(
            "there is no outlet `{name}`{hint}"
        )));
    };
    let removed = outlets
        .get(at)
        .map(|table| prefix(table.decor()))
        .unwrap_or_default();
    outlets.remove(at);
    // What stands above the first outlet is as likely about the file as about the outlet.
    let comments = if at == 0 { removed } else { String::new() };
    if let Some(next) = outlets.get_mut(0).filter(|_| !comments.trim().is_empty()) {
        let own = prefix(next.decor());
        next.decor_mut()
            .set_prefix(format!("{comments}{}", own.trim_start_matches('\n')));
        return Ok(document.to_string());
    }
    if outlets.is_empty() {
        // An explicit empty list: without it the example's outlets would be back.
        document.remove("outlet");
        let rest = document.to_string();
        return Ok(format!(
            "{comments}outlet = []\n\n{}",
            rest.trim_start_matches('\n')
        ));
    }
    Ok(document.to_string())
}

/// The text with a `[[view]]` added, or the query of the view of this name replaced.
pub fn add_view(text: &str, name: &str, query: &str) -> Result<String, EditError> {
    let mut document = document(text)?;
    let item = document
        .entry("view")
        .or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(views) = item.as_array_of_tables_mut() else {
        return Err(EditError::Unreadable(
            "`view` is not a list of [[view]] tables".into(),
        ));
    };
    let existing = views.iter_mut().find(|view| {
        view.get("name")
            .and_then(Item::as_str)
            .is_some_and(|other| fold(other) == fold(name))
    });
    if let Some(view) = existing {
        view.insert("query", value(query));
    } else {
        let mut table = Table::new();
        table.insert("name", value(name));
        table.insert("query", value(query));
        table.decor_mut().set_prefix("\n");
        views.push(table);
    }
    Ok(document.to_string())
}

/// The text with `tag` added to a list under `[tags]` (`hide` or `mute`), if it is not in it yet
/// (compared without case and accents).
pub fn add_to_tags(text: &str, list: &str, tag: &str) -> Result<String, EditError> {
    let mut document = document(text)?;
    let item = document
        .entry("tags")
        .or_insert_with(|| Item::Table(Table::new()));
    let tags = item
        .as_table_like_mut()
        .ok_or_else(|| EditError::Unreadable("`tags` is not a table".to_owned()))?;
    let item = tags
        .entry(list)
        .or_insert_with(|| value(toml_edit::Array::new()));
    let names = item.as_array_mut().ok_or_else(|| {
        EditError::Unreadable(format!("`{list}` under [tags] is not a list of tags"))
    })?;
    let there = names
        .iter()
        .filter_map(toml_edit::Value::as_str)
        .any(|name| fold(name) == fold(tag));
    if !there {
        names.push(tag);
    }
    Ok(document.to_string())
}

/// The text with `tag` taken off a list under `[tags]` (`hide` or `mute`), if it is in it (compared
/// without case and accents).
pub fn remove_from_tags(text: &str, list: &str, tag: &str) -> Result<String, EditError> {
    let mut document = document(text)?;
    let names = document
        .get_mut("tags")
        .and_then(Item::as_table_like_mut)
        .and_then(|tags| tags.get_mut(list))
        .and_then(Item::as_array_mut);
    if let Some(names) = names {
        names.retain(|name| name.as_str().is_none_or(|name| fold(name) != fold(tag)));
    }
    Ok(document.to_string())
}

/// Writes `text` to `path` whole or not at all, making the directories that are missing.
pub fn save(path: &Path, text: &str) -> Result<(), EditError> {
    let fail = |source| EditError::Write {
        path: path.display().to_string(),
        source,
    };
    // A config kept in a dotfiles repository is often a symbolic link: write what it points at.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let directory = target
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    if let Some(directory) = directory {
        std::fs::create_dir_all(directory).map_err(fail)?;
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let temporary = target.with_file_name(name);
    let written = std::fs::File::create(&temporary).and_then(|mut file| {
        if let Ok(old) = std::fs::metadata(&target) {
            file.set_permissions(old.permissions())?;
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&temporary, &target)
    });
    if written.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    written.map_err(fail)
}

fn document(text: &str) -> Result<DocumentMut, EditError> {
    text.parse::<DocumentMut>()
        .map_err(|error| EditError::Unreadable(error.to_string()))
}

/// The `[[outlet]]` tables, the example's written out where the text has none of its own.
fn outlets(document: &mut DocumentMut) -> Result<&mut ArrayOfTables, EditError> {
    if document.get("outlet").is_none() {
        let mut example = self::document(EXAMPLE)?;
        let mut tables = ArrayOfTables::new();
        for table in outlets(&mut example)?.iter() {
            let mut copy = Table::new();
            for (key, item) in table.iter().filter(|(_, item)| item.is_str()) {
                copy.insert(key, value(item.as_str().unwrap_or_default()));
            }
            copy.decor_mut().set_prefix("\n");
            tables.push(copy);
        }
        document.insert("outlet", Item::ArrayOfTables(tables));
    } else if document["outlet"]
        .as_array()
        .is_some_and(toml_edit::Array::is_empty)
    {
        document.remove("outlet");
        document.insert("outlet", Item::ArrayOfTables(ArrayOfTables::new()));
    }
    document["outlet"].as_array_of_tables_mut().ok_or_else(|| {
        EditError::Unreadable("`outlet` is not a list of [[outlet]] tables".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;

    fn outlet(name: &str, url: &str) -> Outlet {
        Outlet {
            name: name.into(),
            url: url.into(),
            ..Outlet::default()
        }
    }

    fn names(text: &str) -> Vec<String> {
        let config = Config::parse(text, Path::new("c.toml"), Path::new("d")).unwrap();
        config
            .outlets
            .into_iter()
            .map(|outlet| outlet.name)
            .collect()
    }

    #[test]
    fn adding_keeps_comments_and_the_outlets_that_were_there() {
        let text = "# mine\n[[outlet]]\nname = 'A' # the first\nurl = 'https://a.example/'\n\n[refresh]\ninterval = '2h' # slow\n";
        let edited = add_outlet(text, &outlet("B", "https://b.example/")).unwrap();
        assert!(
            edited.contains("# mine")
                && edited.contains("# the first")
                && edited.contains("# slow")
        );
        assert_eq!(names(&edited), ["A", "B"]);
        assert!(
            edited.find("\"B\"").unwrap() < edited.find("[refresh]").unwrap(),
            "{edited}"
        );
    }

    #[test]
    fn adding_to_nothing_keeps_the_outlet_it_ships_with() {
        let edited = add_outlet("", &outlet("B", "https://b.example/")).unwrap();
        assert_eq!(names(&edited), ["Caucasus Watch", "B"]);
        let edited = add_outlet(
            "[refresh]\ninterval='2h'\n",
            &outlet("B", "https://b.example/"),
        )
        .unwrap();
        assert_eq!(names(&edited), ["Caucasus Watch", "B"]);
    }

    #[test]
    fn removing_the_last_outlet_leaves_none() {
        let edited = remove_outlet("", "caucasus watch").unwrap();
        assert_eq!(names(&edited), [] as [&str; 0]);
        let again = add_outlet(&edited, &outlet("B", "https://b.example/")).unwrap();
        assert_eq!(names(&again), ["B"]);
    }

    #[test]
    fn what_is_there_already_or_not_there_is_said() {
        let text = "[[outlet]]\nname='Alpha'\nurl='https://a.example/'\n";
        assert!(add_outlet(text, &outlet("ALPHA", "https://b.example/")).is_err());
        assert!(add_outlet(text, &outlet("Other", "https://a.example/")).is_err());
        assert!(add_outlet(text, &outlet("Other", "a.example")).is_err());
        let error = remove_outlet(text, "Alhpa").unwrap_err().to_string();
        assert!(error.contains("did you mean `Alpha`?"), "{error}");
    }

    #[test]
    fn a_view_is_added_once_and_then_replaced() {
        let once = add_view("", "Mine", "tag:a").unwrap();
        let twice = add_view(&once, "mine", "tag:b").unwrap();
        let config = Config::parse(&twice, Path::new("c.toml"), Path::new("d")).unwrap();
        assert_eq!(config.views.len(), 1);
        assert_eq!(config.views[0].text, "tag:b");
    }

    #[test]
    fn a_tag_is_hidden_or_muted_once_and_comments_stay() {
        let parse = |text: &str| Config::parse(text, Path::new("c.toml"), Path::new("d")).unwrap();
        let text =
            "# mine\n[tags]\nhide = [\"News\"] # a section\n\n[tags.alias]\na = \"b\" # so\n";
        let edited = add_to_tags(text, "hide", "Élections").unwrap();
        let edited = add_to_tags(&edited, "hide", "elections").unwrap();
        let edited = add_to_tags(&edited, "mute", "Sport").unwrap();
        let tags = parse(&edited).tags;
        assert_eq!(tags.hide, ["News", "Élections"]);
        assert_eq!(tags.mute, ["Sport"]);
        assert_eq!(tags.alias, [("a".to_owned(), "b".to_owned())]);
        for comment in ["# mine", "# a section", "# so"] {
            assert!(edited.contains(comment), "{edited}");
        }
        // Where nothing was said of tags yet, also in a file that has only what belongs to them.
        for text in ["", "[reader]\nmeasure = 60\n", "[tags.alias]\na = \"b\"\n"] {
            let edited = add_to_tags(text, "mute", "Sport").unwrap();
            assert_eq!(parse(&edited).tags.mute, ["Sport"], "{edited}");
        }
        assert!(add_to_tags("tags = 1\n", "hide", "Sport").is_err());
    }

    #[test]
    fn saving_replaces_the_whole_file_and_leaves_nothing_else() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("deep/config.toml");
        save(&path, "a = 1\n").unwrap();
        save(&path, "b = 2\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "b = 2\n");
        assert_eq!(
            std::fs::read_dir(path.parent().unwrap()).unwrap().count(),
            1
        );
    }
}
