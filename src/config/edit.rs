//! Edits the text of a config file, keeping its comments and order: add, change and remove outlets, add
//! views, hide and mute tags.
//! Never here: reading or writing the file's bytes beyond [`save`].

mod accounts;
mod change;
mod outlets;

use std::io::Write;
use std::path::Path;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

pub use accounts::{NewAccount, add_account, remove_account};
pub use change::{OutletChange, change_feed, change_outlet};
pub use outlets::{add_outlet, add_outlets, name_outlets, outlet_name, remove_outlet};

use newsprint_model::fold;
use newsprint_store::files;

/// What a new config file begins with: the example's settings hold without being written out.
const HEADER: &str = "# newsprint configuration. `newsprint config example` prints every setting with its default.\n";

/// Why a config file could not be edited.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The text is not TOML, or its `outlet` is not a list of tables.
    #[error("cannot edit the config: {0}")]
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
    #[error("{path}: {source}; the file is unchanged")]
    Write {
        /// The file.
        path: String,
        /// The system's reason.
        source: std::io::Error,
    },
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
        files::create_folder(directory).map_err(fail)?;
        files::remove_leftovers(&target);
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let temporary = target.with_file_name(name);
    let written = files::open_file(&temporary).and_then(|mut file| {
        file.set_len(0)?;
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::config::Config;
    use newsprint_model::Outlet;

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
        assert!(error.contains("did you mean “Alpha”?"), "{error}");
    }

    #[test]
    fn comments_stay_with_what_they_are_about() {
        let text = "# mine\n\n# ── Outlets ──\n[[outlet]]\nname = \"A\"\nurl = \"https://a.example/\"\n# full_text = \"always\"\n\n\
            # the second\n[[outlet]]\nname = \"B\"\nurl = \"https://b.example/\"\n# slow in winter\n[outlet.select]\nbody = \"\"\"\n[[outlet]]\n\"\"\"\n\n\
            # ── Refreshing ──\n[refresh]\ninterval = \"2h\"\n";
        let edited = add_outlet(text, &outlet("C", "https://c.example/")).unwrap();
        let new = "\n[[outlet]]\nname = \"C\"\nurl = \"https://c.example/\"\n";
        let (before, after) = edited.split_once(new).unwrap();
        assert!(before.ends_with("[[outlet]]\n\"\"\"\n"), "{edited}");
        assert!(after.starts_with("\n# ── Refreshing"), "{edited}");
        // With the outlet goes its own comment, and none of its neighbours'.
        let removed = remove_outlet(text, "b").unwrap();
        let (start, _) = text.split_once("\n# the second").unwrap();
        let (_, end) = text.split_once("\n\"\"\"\n").unwrap();
        assert_eq!(removed, format!("{start}{end}"));
        let removed = remove_outlet(text, "a").unwrap();
        let start = "# mine\n\n# ── Outlets ──\n# the second\n[[outlet]]\nname = \"B\"";
        assert!(removed.starts_with(start), "{removed}");
        // The new one comes after the last one's own remark, also where that ends the file.
        let tail = "[[outlet]]\nname = 'A'\nurl = 'https://a.example/'\n# about A";
        let edited = add_outlet(tail, &outlet("B", "https://b.example/")).unwrap();
        let new = "[[outlet]]\nname = \"B\"\nurl = \"https://b.example/\"";
        assert_eq!(edited, format!("{tail}\n\n{new}"));
    }

    #[test]
    fn one_address_in_other_spellings_is_one_outlet() {
        let text = "[[outlet]]\nname='Alpha'\nurl='https://a.example/news'\nfeed='https://a.example/rss'\n";
        for url in [
            "https://A.example:443/news/",
            "http://a.example/news#x",
            "https://a.example/rss/",
        ] {
            let error = add_outlet(text, &outlet("Other", url)).unwrap_err();
            assert!(
                error.to_string().contains("“Alpha” already reads"),
                "{error}"
            );
        }
        let two = [
            outlet("X", "https://x.example"),
            outlet("Y", "https://X.example/"),
        ];
        let (_, refused) = add_outlets(text, &two).unwrap();
        assert_eq!(refused.len(), 1);
        let secret = text.replace("https://", "https://me:hidden@");
        let error = add_outlet(
            &secret,
            &outlet("Other", "https://me:hidden@a.example/news"),
        );
        assert!(!error.unwrap_err().to_string().contains("hidden"));
    }

    #[test]
    fn outlets_without_a_name_get_one_and_every_other_byte_stays() {
        let text = "# mine\n[[outlet]] # first\nurl = 'https://a.example/one'\n\n[[outlet]]\nname = 'B'\nurl = 'https://b.example/'\n\n\
            [[outlet]]\nurl = 'https://a.example/two' # two\n";
        assert_eq!(names(text), ["a.example/one", "B", "a.example/two"]);
        let new = [
            ("a.example/two".to_owned(), "Two \"2\"".to_owned()),
            ("B".to_owned(), "Not taken".to_owned()),
        ];
        let edited = name_outlets(text, &new).unwrap();
        assert_eq!(names(&edited), ["a.example/one", "B", "Two \"2\""]);
        let line = "name = 'Two \"2\"'\n";
        assert_eq!(edited.replace(line, ""), text);
        // They can be removed by the name they go by meanwhile.
        let left = remove_outlet(text, "a.example/two").unwrap();
        assert_eq!(names(&left), ["a.example", "B"]);
    }

    #[test]
    fn outlets_that_are_written_otherwise_are_left_alone() {
        let text = "outlet = [{ name = 'A', url = 'https://a.example/' }]\n";
        let error = add_outlet(text, &outlet("B", "https://b.example/")).unwrap_err();
        assert!(error.to_string().contains("[[outlet]]"), "{error}");
        // A setting below the empty list stays a setting of the whole file.
        let text = "# mine\noutlet = [] # none\nkeys = 'emacs'\n";
        let edited = add_outlet(text, &outlet("B", "https://b.example/")).unwrap();
        let config = Config::parse(&edited, Path::new("c.toml"), Path::new("d")).unwrap();
        assert_eq!(config.keys.preset.unwrap().0, "emacs");
        assert_eq!(config.outlets.len(), 1);
    }

    /// Config files as people write them, with comments wherever they may stand.
    fn any_config() -> impl Strategy<Value = String> {
        let comment = prop::sample::select(vec![
            "",
            "# a remark\n",
            "  # indented\n#\n",
            "# ── Part ──\n",
            "# [[outlet]]\n",
            "# a\n\n# b\n",
        ]);
        let blank = prop::sample::select(vec!["", "\n", "\n\n", " \n"]);
        let setting = prop::sample::select(vec![
            "",
            "tags = [\n  \"x\", # why\n\n  # none\n]\n",
            "full_text = 'never' # quick\n",
            "select.body = '#x'\n",
            "[outlet.select]\nbody = '''\n[refresh]\n# no comment'''\n",
            "group = \"]\"\n",
        ]);
        let other = prop::sample::select(vec![
            "",
            "[refresh]\ninterval = '2h' # slow\n",
            "[tags.alias]\n\"[a]\" = 'b'\n",
            "[[view]]\nname = 'v'\nquery = 'a'\n",
        ]);
        let part = (
            comment.clone(),
            blank.clone(),
            comment.clone(),
            setting,
            comment.clone(),
            blank,
        );
        (
            prop::sample::select(vec!["", "\u{feff}"]),
            prop::collection::vec(part, 1..5),
            comment,
            other,
            prop::sample::select(vec!["", "# the end\n", "\n\n# the end\n", "\n\n"]),
            any::<(bool, bool)>(),
        )
            .prop_map(|(mark, parts, comment, other, end, (windows, cut))| {
                let mut text = mark.to_owned();
                for (number, (above, gap, own, setting, below, after)) in
                    parts.into_iter().enumerate()
                {
                    text.push_str(&format!(
                        "{above}{gap}{own}[[outlet]]\nname = 'N{number}'\n\
                         url = 'https://n{number}.example/'\n{setting}{below}{after}"
                    ));
                }
                text.push_str(&format!("{comment}{other}\n{end}"));
                if cut {
                    text.truncate(text.trim_end().len());
                }
                if windows {
                    text.replace('\n', "\r\n")
                } else {
                    text
                }
            })
    }

    proptest! {
        #[test]
        fn what_is_added_and_removed_again_leaves_every_byte(text in any_config()) {
            let before = names(&text);
            let edited = add_outlet(&text, &outlet("New \"one\"", "https://new.example/")).unwrap();
            let mut after = names(&edited);
            prop_assert_eq!(after.pop(), Some("New \"one\"".to_owned()));
            prop_assert_eq!(&after, &before);
            prop_assert_eq!(remove_outlet(&edited, "new \"ONE\"").unwrap(), text);
        }

        #[test]
        fn removing_one_takes_nothing_of_another(text in any_config(), which in 0usize..4) {
            let before = names(&text);
            let name = &before[which % before.len()];
            let edited = remove_outlet(&text, name).unwrap();
            let left: Vec<&String> = before.iter().filter(|other| *other != name).collect();
            let after = names(&edited);
            prop_assert_eq!(after.iter().collect::<Vec<_>>(), left);
            prop_assert_eq!(edited.contains("# the end"), text.contains("# the end"));
            prop_assert_eq!(edited.contains("# slow"), text.contains("# slow"));
        }
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
    fn a_tag_is_taken_off_its_list_and_off_no_other() {
        let text =
            "[tags]\n# noise\nmute = [\"Sport\", \"Élections\"]   # for now\nhide = [\"Sport\"]\n";
        let edited = remove_from_tags(text, "mute", "sport").unwrap();
        assert!(
            edited.contains("# noise") && edited.contains("# for now"),
            "{edited}"
        );
        assert!(edited.contains("hide = [\"Sport\"]"), "{edited}");
        assert!(!edited.contains("mute = [\"Sport\""), "{edited}");
        assert!(edited.contains("\"Élections\"]"), "{edited}");
        // Nothing to take off is nothing to do.
        for text in ["", "[tags]\nhide = []\n"] {
            assert_eq!(remove_from_tags(text, "mute", "Sport").unwrap(), text);
        }
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
