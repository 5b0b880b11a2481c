//! `[[account]]`: servers that read feeds for the reader, and what `[[outlet]]` sets for one of their feeds.
//! Never here: passwords themselves, requests, the store.

use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::de::DeValue;

use newsprint_model::{FullText, Outlet, Select, address_key, fold};

use super::Config;
use super::address::web_address;
use super::section::{Problems, Section};
use super::settings::Choice;

/// `[[account]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Unique; what commands call it.
    pub name: String,
    /// What its server speaks.
    pub kind: AccountKind,
    /// Address of the server's API, without a slash at its end.
    pub url: String,
    /// The name to sign in with.
    pub user: String,
    /// A program whose first line of output is the password; run without a shell.
    pub password_command: Vec<String>,
    /// A file that only its owner may read, whose first line is the password.
    pub password_file: Option<PathBuf>,
    /// Read articles that the first sync fetches.
    pub first: usize,
    /// Fetch articles that were read elsewhere before they were seen here.
    pub history: bool,
    /// When article pages are fetched.
    pub full_text: FullText,
    /// `refresh` syncs no more often, unless marks wait.
    pub interval: Duration,
    /// Send marks that wait when the reader is closed.
    pub on_quit: bool,
    /// Inoreader's AppId and AppKey.
    pub app: Option<(String, String)>,
}

impl Account {
    /// Server and user as one text: another one is another account.
    pub fn home(&self) -> String {
        format!("{} {}", address_key(&self.url), self.user)
    }
}

/// What a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AccountKind {
    /// The Google Reader API.
    #[default]
    GoogleReader,
    /// Fever.
    Fever,
}

impl Choice for AccountKind {
    const CHOICES: &'static [(&'static str, AccountKind)] = &[
        ("greader", AccountKind::GoogleReader),
        ("fever", AccountKind::Fever),
    ];
}

/// What an `[[outlet]]` with an `account` sets for a feed of that account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedSettings {
    /// The account.
    pub account: String,
    /// Address of the feed.
    pub feed: String,
    /// Its name here.
    pub name: Option<String>,
    /// When article pages are fetched.
    pub full_text: Option<FullText>,
    /// Added to every article.
    pub tags: Vec<String>,
    /// Its group here, in place of the server's folder.
    pub group: Option<String>,
    /// CSS selectors for its pages.
    pub select: Select,
    /// 1-based line in the config file.
    pub line: usize,
}

impl Config {
    /// The account of this name, compared without case and accents.
    pub fn account(&self, name: &str) -> Option<&Account> {
        let folded = fold(name);
        self.accounts.iter().find(|one| fold(&one.name) == folded)
    }

    /// What is set for the feed of an account.
    pub fn feed_settings(&self, account: &str, feed: &str) -> Option<&FeedSettings> {
        let key = address_key(feed);
        let of = |one: &&FeedSettings| one.account == account && address_key(&one.feed) == key;
        self.feed_settings.iter().find(of)
    }

    /// An outlet of an account as the config has it: with the account's settings and its own.
    pub fn completed_outlet(&self, outlet: Outlet) -> Outlet {
        let Some(account) = outlet.account.as_deref() else {
            return outlet;
        };
        let default = self
            .account(account)
            .map_or(FullText::Auto, |one| one.full_text);
        let feed = outlet.feed.as_deref().unwrap_or_default();
        let own = self
            .feed_settings(account, feed)
            .cloned()
            .unwrap_or_default();
        Outlet {
            full_text: own.full_text.unwrap_or(default),
            tags: own.tags,
            group: own.group.or(outlet.group),
            select: own.select,
            ..outlet
        }
    }

    /// Puts the outlets of accounts, as the store knows them, after the reader's own.
    pub fn join(&mut self, outlets: Vec<Outlet>) {
        self.outlets.retain(|outlet| outlet.account.is_none());
        let joined: Vec<Outlet> = outlets
            .into_iter()
            .map(|outlet| self.completed_outlet(outlet))
            .collect();
        self.outlets.extend(joined);
    }
}

/// The accounts of the config whose `folder` this is: paths in it begin there.
pub(super) fn accounts(
    tables: Vec<(Section, usize)>,
    problems: &mut Problems,
    default: FullText,
    folder: &Path,
) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    for (mut section, line) in tables {
        let name = section.string("name", problems);
        let kind = section.choice("kind", problems).unwrap_or_default();
        let url = section.string("url", problems);
        let user = section.text("user", problems);
        let password_command = section.strings("password_command", problems);
        let password_file = section.string("password_file", problems);
        let first = section.whole("first", 0, 10_000, problems).unwrap_or(1_000);
        let history = section.boolean("history", problems).unwrap_or(true);
        let full_text = section.choice("full_text", problems).unwrap_or(default);
        let interval = section.duration("interval", problems).unwrap_or_default();
        let on_quit = section.boolean("on_quit", problems).unwrap_or(true);
        let labels = section.value("labels", "true or false", problems, DeValue::as_bool);
        if let Some((true, line)) = labels {
            let message = "labels are not synced yet; set false".to_owned();
            problems.push(line, "account.labels", message);
        }
        let app_id = section.text("app_id", problems);
        let app_key = section.text("app_key", problems);
        section.finish(problems);
        let Some((url, url_line)) = url else {
            let message = "missing: the address of the server's API".to_owned();
            problems.push(line, "account.url", message);
            continue;
        };
        if let Err(message) = web_address(&url) {
            problems.push(url_line, "account.url", message);
        }
        if let Err(message) = account_address(&url) {
            problems.push(url_line, "account.url", message);
        }
        let Some((name, name_line)) = name else {
            problems.push(line, "account.name", "missing".to_owned());
            continue;
        };
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            problems.push(name_line, "account.name", "must not be empty".to_owned());
        } else if accounts
            .iter()
            .any(|other| fold(&other.name) == fold(&name))
        {
            let message = format!("duplicate name `{name}`");
            problems.push(name_line, "account.name", message);
        }
        if password_command.as_ref().is_some_and(Vec::is_empty) {
            let message = "must be a program and its arguments".to_owned();
            problems.push(line, "account.password_command", message);
        }
        if let (Some(_), Some((_, line))) = (&password_command, &password_file) {
            let message = "leave out this or password_command".to_owned();
            problems.push(*line, "account.password_file", message);
        }
        accounts.push(Account {
            name,
            kind,
            url: {
                let base = url.split(['?', '#']).next().unwrap_or_default();
                match kind {
                    // Paths are put behind it.
                    AccountKind::GoogleReader => base.trim_end_matches('/').to_owned(),
                    // It is the whole path.
                    AccountKind::Fever => base.to_owned(),
                }
            },
            user: user.unwrap_or_default(),
            password_command: password_command.unwrap_or_default(),
            password_file: password_file.map(|(file, _)| path_in(folder, &file)),
            first,
            history,
            full_text,
            interval,
            on_quit,
            app: app_id.zip(app_key),
        });
    }
    accounts
}

/// A path as the config has it: `~/` is the home directory, and what is not absolute begins in the config's
/// folder, as cron starts a program in whatever directory it likes.
fn path_in(folder: &Path, path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => folder.join(path),
    }
}

/// Refuses the address of an account that holds a password: it would be written into the config.
pub fn account_address(url: &str) -> Result<(), String> {
    let parsed = url::Url::parse(url).ok();
    match parsed.is_some_and(|url| url.password().is_some()) {
        true => Err("must hold no password; use password_command or password_file".to_owned()),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn parse(text: &str) -> Result<Config, super::super::ConfigError> {
        Config::parse(text, Path::new("my.toml"), Path::new("data"))
    }

    const HOME: &str =
        "[[account]]\nname = 'home'\nurl = 'https://rss.example/api/greader.php/'\nuser = 'mira'\n";

    #[test]
    fn an_account_needs_no_more_than_name_url_and_user() {
        let config = parse(HOME).unwrap();
        let account = config.account("HOME").unwrap();
        assert_eq!(account.url, "https://rss.example/api/greader.php");
        assert_eq!((account.first, account.history), (1_000, true));
        assert!(
            config.outlets.is_empty(),
            "the example's outlet is not the reader's"
        );
    }

    #[test]
    fn what_is_wrong_with_an_account_is_said_with_its_line() {
        let error = |text: &str| parse(text).unwrap_err().to_string();
        assert!(error("[[account]]\nname='a'\n").contains("`account.url`: missing"));
        assert!(
            error("[[account]]\nurl='https://a.example'\n").contains("`account.name`: missing")
        );
        assert!(error(&format!("{HOME}kind = 'fevre'\n")).contains("did you mean `fever`?"));
        assert!(error(&format!("{HOME}{HOME}")).contains("duplicate name `home`"));
        assert!(
            error("[[account]]\nname='a'\nurl='https://me:pw@a.example'\n").contains("no password")
        );
    }

    #[test]
    fn a_password_file_is_found_from_any_directory() {
        let file = |path: &str| {
            let text = format!("{HOME}password_file = '{path}'\n");
            let config = Config::parse(&text, Path::new("/etc/news/my.toml"), Path::new("data"));
            config.unwrap().accounts[0].password_file.clone().unwrap()
        };
        assert_eq!(file("pw"), Path::new("/etc/news/pw"));
        assert_eq!(file("../pw"), Path::new("/etc/news/../pw"));
        assert_eq!(file("/run/pw"), Path::new("/run/pw"));
        assert_eq!(file("~/pw"), std::env::home_dir().unwrap().join("pw"));
    }

    #[test]
    fn an_outlet_with_an_account_sets_what_holds_for_a_feed() {
        let text = format!(
            "{HOME}[[outlet]]\naccount = 'home'\nfeed = 'https://a.example/f'\nname = 'Mine'\n\
             full_text = 'never'\ngroup = 'own'\ntags = ['x']\n"
        );
        let mut config = parse(&text).unwrap();
        assert!(
            config.outlets.is_empty(),
            "nothing is fetched for it as a source"
        );
        config.join(vec![Outlet {
            name: "Mine".to_owned(),
            account: Some("home".to_owned()),
            feed: Some("http://a.example/f".to_owned()),
            group: Some("World".to_owned()),
            ..Outlet::default()
        }]);
        let outlet = &config.outlets[0];
        assert_eq!(
            (outlet.full_text, outlet.group.as_deref()),
            (FullText::Never, Some("own"))
        );
        assert_eq!(outlet.tags, ["x"]);
        assert!(parse("[[outlet]]\naccount = 'x'\nfeed = 'https://a.example/f'\n").is_err());
    }
}
