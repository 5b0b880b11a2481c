//! TOML to a validated [`Config`]; errors name file, line and key and what would be right.
//! The embedded `config.example.toml` is the default layer, so what it documents is what holds.
//! Never here: what keys, themes or actions mean (`tui` checks those), network, store.

mod accounts;
mod address;
pub mod edit;
mod read;
mod section;
mod settings;

pub use accounts::{Account, AccountKind, FeedSettings, account_address};
pub use address::{completed, name_of, web_address};
pub use settings::{Fold, Images, Layout, MarkRead, Order, Reader, Refresh, Start, When};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use newsprint_model::Outlet;
use newsprint_model::query::Query;

/// The default layer, and the documentation of every setting.
pub const EXAMPLE: &str = include_str!("../config.example.toml");

/// Everything the reader can decide, validated.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The file the reader's own settings came from, whether or not it exists.
    pub file: PathBuf,
    /// Where the database, the lock and kept images live.
    pub paths: Paths,
    /// In the order of the file; after [`Config::join`] those of accounts, too.
    pub outlets: Vec<Outlet>,
    /// Names of the outlets to which the file gives none: for now they are called after their hosts.
    pub unnamed: Vec<String>,
    /// `[[account]]`: servers that read feeds for the reader.
    pub accounts: Vec<Account>,
    /// `[[outlet]]` with an `account`: what holds for one of its feeds.
    pub feed_settings: Vec<FeedSettings>,
    /// `[refresh]`.
    pub refresh: Refresh,
    /// `[reader]`.
    pub reader: Reader,
    /// `[[view]]`: saved views, in the order of the file.
    pub views: Vec<View>,
    /// `[tags]`.
    pub tags: Tags,
    /// `[keys]`.
    pub keys: Keys,
    /// `[[macro]]`.
    pub macros: Vec<Macro>,
    /// `[theme.NAME]`: user themes.
    pub themes: Vec<Theme>,
    /// The 1-based line of each key in the reader's own file, by its full name (`reader.theme`).
    pub lines: BTreeMap<String, usize>,
}

/// Where newsprint keeps things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Everything of the reader's: database, lock, log, images.
    pub data_dir: PathBuf,
}

impl Paths {
    /// The database.
    pub fn database(&self) -> PathBuf {
        self.data_dir.join("newsprint.db")
    }

    /// Held by a refresh for as long as it runs.
    pub fn lock(&self) -> PathBuf {
        self.data_dir.join("refresh.lock")
    }

    /// What stands for the passwords of accounts; private.
    pub fn accounts(&self) -> PathBuf {
        self.data_dir.join("accounts")
    }

    /// Pictures kept for reading offline.
    pub fn images(&self) -> PathBuf {
        self.data_dir.join("images")
    }
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Shown in the sidebar.
    pub name: String,
    /// As written.
    pub text: String,
    /// As read.
    pub query: Query,
    /// A key that opens it.
    pub key: Option<KeyLine>,
}

/// `[tags]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tags {
    /// What stands for what: (`Karabakh`, `Nagorno-Karabakh`): the first is shown as the second.
    pub alias: Vec<(String, String)>,
    /// Tags never listed (their articles stay).
    pub hide: Vec<String>,
    /// Tags whose articles are left out of every list that does not ask for the tag.
    pub mute: Vec<String>,
    /// Named groups of tags, shown as one.
    pub group: Vec<(String, Vec<String>)>,
}

/// `[keys]`, as written; `tui::keymap` knows what keys and actions there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// `vim`, `newsboat` or `emacs`, with its line for errors.
    pub preset: Option<(String, usize)>,
    /// In the order of the file.
    pub bindings: Vec<KeyLine>,
}

/// One `key = "action"` line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyLine {
    /// As written: `gg`, `<C-d>`, `ctrl-d`.
    pub key: String,
    /// The action's name; empty unbinds the key.
    pub action: String,
    /// 1-based line in the config file.
    pub line: usize,
}

/// `[[macro]]`: a key that runs several actions and commands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Macro {
    /// The key, as written.
    pub key: String,
    /// Shown in the help.
    pub description: String,
    /// Names of actions, in order, each with its 1-based line.
    pub actions: Vec<(String, usize)>,
    /// Commands, in order; each is a program and its arguments, run without a shell. `{url}`, `{title}`,
    /// `{outlet}`, `{id}`, `{author}`, `{tags}` stand for the article's fields; its JSON is on stdin.
    pub commands: Vec<Vec<String>>,
    /// Give each command to `sh -c` (the fields are then in the environment, never in the command).
    pub shell: bool,
    /// 1-based line in the config file.
    pub line: usize,
}

/// `[theme.NAME]`: roles and their styles as written; `tui::theme` knows what roles and styles there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// The name after `theme.`.
    pub name: String,
    /// Role, style as written (`"bold #ffaa00 on black"`), 1-based line.
    pub roles: Vec<(String, String, usize)>,
}

/// Everything that is wrong with a config file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(|p| format!("{}:{}{p}", .file.display(), if p.line == 0 { " " } else { "" })).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError {
    /// The file.
    pub file: PathBuf,
    /// In the order of the file; at least one.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong in a config file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{}{message}",
    if *.line == 0 { String::new() } else { format!("{}: ", .line) },
    if .key.is_empty() { String::new() } else { format!("`{}`: ", .key) })]
pub struct Problem {
    /// 1-based; 0 for the file as a whole.
    pub line: usize,
    /// The full name of the key, such as `refresh.interval`; empty where the file is no TOML.
    pub key: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Config {
    /// Reads the config: the user's `file` over the embedded example.
    ///
    /// A `file` that does not exist is no error unless `must_exist`. `data_dir` is where the
    /// database lives.
    pub fn load(file: &Path, must_exist: bool, data_dir: &Path) -> Result<Config, ConfigError> {
        Config::load_checked(file, must_exist, data_dir, |_| Vec::new())
    }

    /// As [`Config::load`]; what `check` finds in the config, as far as it could be read, is told with
    /// everything else that is wrong.
    pub fn load_checked(
        file: &Path,
        must_exist: bool,
        data_dir: &Path,
        check: impl FnOnce(&Config) -> Vec<Problem>,
    ) -> Result<Config, ConfigError> {
        let fail = |message: String| ConfigError {
            file: file.to_owned(),
            problems: vec![Problem {
                line: 0,
                key: String::new(),
                message,
            }],
        };
        let text = match std::fs::read(file) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|error| {
                let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + before.iter().filter(|b| **b == b'\n').count();
                let message = "not UTF-8; save the file as UTF-8".to_owned();
                ConfigError {
                    file: file.to_owned(),
                    problems: vec![Problem {
                        line,
                        key: String::new(),
                        message,
                    }],
                }
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => {
                String::new()
            }
            Err(error) => return Err(fail(format!("cannot be read: {error}"))),
        };
        read::read(&text, file, data_dir, check)
    }

    /// Reads the text of a user's config over the embedded example; `file` is for errors.
    pub fn parse(text: &str, file: &Path, data_dir: &Path) -> Result<Config, ConfigError> {
        read::read(text, file, data_dir, |_| Vec::new())
    }

    /// The line of a key in the reader's own file; 0 where it does not say it.
    pub fn line_of(&self, key: &str) -> usize {
        self.lines.get(key).copied().unwrap_or(0)
    }

    /// The outlet of this name, compared without case and accents.
    pub fn outlet(&self, name: &str) -> Option<&Outlet> {
        let folded = newsprint_model::fold(name);
        self.outlets
            .iter()
            .find(|outlet| newsprint_model::fold(&outlet.name) == folded)
    }
}
