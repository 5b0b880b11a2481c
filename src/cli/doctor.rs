//! `newsprint doctor`: checks the installation and suggests fixes.
//! Never here: fixing anything, but for the store, which sets damage aside whenever it is opened.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::{Quiet, Session, code, printable, project_dirs};
use crate::config::Config;
use crate::refresh;
use newsprint_model::limits::{RAISE_LIMIT, is_full, is_own_limit};
use newsprint_model::{Health, Time};
use newsprint_store::{List, Store, StoreError};

/// What a check came to.
enum Finding {
    Good(String),
    /// It works, but the reader may want to know.
    Note(String),
    /// It does not work; the second part says what to do.
    Bad(String, String),
}

pub(super) fn doctor(session: &Session) -> anyhow::Result<()> {
    let mut findings: Vec<(&str, Finding)> = Vec::new();
    let (config, finding) = config(session);
    // Of a config that cannot be read nobody knows the outlets: the store keeps those it had.
    let is_whole = session.config().is_ok();
    findings.push(("config", finding));
    let mut health = Vec::new();
    let mut clock_error = None;
    match config {
        Some(config) => {
            if is_whole && config.outlets.is_empty() && config.accounts.is_empty() {
                findings.push((
                    "outlets",
                    Finding::Bad(
                        "none configured".into(),
                        "add one: newsprint add URL".into(),
                    ),
                ));
            }
            findings.push(("data", data_dir(&config.paths.data_dir)));
            let (known, finding) = store(session, &config, is_whole);
            findings.push(("store", finding));
            findings.extend(set_aside(&config.paths.database()).map(|finding| ("store", finding)));
            let own: Vec<Health> = known
                .iter()
                .filter(|one| one.account.is_none())
                .cloned()
                .collect();
            findings.extend(outlets(&own).map(|finding| ("outlets", finding)));
            findings.extend(
                accounts(&config)
                    .into_iter()
                    .map(|finding| ("account", finding)),
            );
            health = known;
            clock_error = store_clock_error(&config);
        }
        None => findings.push((
            "data",
            Finding::Bad(
                "unknown location".into(),
                "set HOME, --data-dir or NEWSPRINT_DATA_DIR".into(),
            ),
        )),
    }
    findings.push(("certificates", certificates()));
    let last = health.iter().filter_map(|outlet| outlet.last_success).max();
    findings.push(("clock", clock(last, clock_error, Time::now())));
    findings.push(("terminal", terminal()));

    let mut bad = false;
    super::to_stdout(|out| {
        for (what, finding) in &findings {
            match finding {
                Finding::Good(text) => tell(out, "ok    ", what, text)?,
                Finding::Note(text) => tell(out, "note  ", what, text)?,
                Finding::Bad(text, remedy) => {
                    bad = true;
                    tell(out, "error ", what, text)?;
                    writeln!(out, "      → {}", printable(remedy))?;
                }
            }
        }
        Ok(())
    })?;
    if bad {
        Err(Quiet(code::FAILED).into())
    } else {
        Ok(())
    }
}

/// One finding; what is said on several lines is set in.
fn tell(out: &mut dyn Write, sign: &str, what: &str, text: &str) -> io::Result<()> {
    let text = printable(text).replace('\n', "\n      ");
    writeln!(out, "{sign}{what}: {text}")
}

/// The config, the example's settings where the reader's own cannot be used. `None` where not even the place
/// of the data is known.
fn config(session: &Session) -> (Option<Config>, Finding) {
    let remedy = "fix the lines above; `newsprint config example` shows every setting".to_owned();
    let config = session.config();
    let error = match (config, session.whole_config()) {
        (Ok(config), whole) => {
            let file = config.file.display();
            let finding = match whole {
                Err(error) => Finding::Bad(format!("{error:#}"), remedy),
                Ok(_) if config.file.exists() => Finding::Good(file.to_string()),
                Ok(_) => Finding::Note(format!("{file} not found, using defaults")),
            };
            return (Some(config), finding);
        }
        (Err(error), whole) => whole.err().unwrap_or(error),
    };
    let example = session.data_dir().ok().and_then(|data| {
        let file = session.config_file().unwrap_or_default();
        Config::parse("", &file, &data).ok()
    });
    let remedy = match (session.config_file(), &session.global.config) {
        (Err(_), _) => "set HOME, --config or NEWSPRINT_CONFIG".to_owned(),
        (Ok(file), Some(_)) if !file.exists() => {
            let usual = project_dirs().map(|dirs| dirs.config_dir().join("config.toml"));
            let usual = usual.map_or(String::new(), |usual| {
                format!(
                    " (default without --config and NEWSPRINT_CONFIG: {})",
                    usual.display()
                )
            });
            format!("name an existing file{usual}")
        }
        _ => remedy,
    };
    (example, Finding::Bad(format!("{error:#}"), remedy))
}

/// What to do where a disk is full.
const FREE_SPACE: &str = "free some space, or choose another disk (--data-dir, NEWSPRINT_DATA_DIR)";

fn data_dir(directory: &Path) -> Finding {
    let fail = |there: &Path, error: io::Error| {
        let shown = directory.display();
        let text = match there == directory {
            true => format!("{shown}: {error}"),
            false => format!("{shown} cannot be created in {}: {error}", there.display()),
        };
        let remedy = match &error {
            _ if is_full(&error) => FREE_SPACE,
            _ if is_own_limit(&error) => RAISE_LIMIT,
            _ => "make it a writable folder, or choose another (--data-dir, NEWSPRINT_DATA_DIR)",
        };
        Finding::Bad(text, remedy.to_owned())
    };
    // Nothing is made: the first refresh does that.
    let there = directory
        .ancestors()
        .find(|one| one.symlink_metadata().is_ok() || one.as_os_str().is_empty());
    let there = match there {
        Some(here) if here.as_os_str().is_empty() => Path::new("."),
        Some(there) => there,
        None => directory,
    };
    let probe = there.join(format!(".newsprint-probe-{}", std::process::id()));
    let written = std::fs::write(&probe, b"newsprint");
    let _ = std::fs::remove_file(&probe);
    match written {
        Err(error) => fail(there, error),
        Ok(()) if there == directory => Finding::Good(directory.display().to_string()),
        Ok(()) => Finding::Note(format!(
            "{} does not exist yet; the first refresh creates it",
            directory.display()
        )),
    }
}

/// Whether the store can be used, and what it knows of the outlets. It learns which there are only of a config
/// that `is_whole`.
fn store(session: &Session, config: &Config, is_whole: bool) -> (Vec<Health>, Finding) {
    let database = config.paths.database();
    let looked = database.symlink_metadata();
    if looked.is_err_and(|why| why.kind() == io::ErrorKind::NotFound) {
        let text = format!("{} does not exist yet", database.display());
        return (
            Vec::new(),
            Finding::Note(format!("{text}; `newsprint refresh` creates it")),
        );
    }
    let opened = match is_whole {
        true => session.store(config),
        false => super::open_store(config),
    };
    let checked = opened.and_then(|store| {
        let damage = store.check()?;
        if let Some(first) = damage.first() {
            return Err(StoreError::Damaged(first.clone()).into());
        }
        let counts = store.counts(&List::live(&Default::default(), Time::now()))?;
        let unwritable = store.is_read_only().then(|| store.why_read_only());
        Ok((unwritable, store.health()?, counts))
    });
    match checked {
        Ok((Some(StoreError::Full), health, _)) => (
            health,
            Finding::Bad(
                format!("{} can only be read: the disk is full", database.display()),
                FREE_SPACE.into(),
            ),
        ),
        Ok((Some(_), health, _)) => (
            health,
            Finding::Bad(
                format!("{} is read-only", database.display()),
                "make the file and its folder writable".into(),
            ),
        ),
        Ok((None, health, counts)) => {
            let (all, unread) = (counts.total, counts.unread);
            let text = format!("{}: {all} articles, {unread} unread", database.display());
            (health, Finding::Good(text))
        }
        Err(error) => {
            let mut text = format!("{error:#}");
            let remedy = match error.downcast_ref::<StoreError>() {
                Some(StoreError::Newer { .. }) => {
                    "install the newer newsprint that created it, or use another --data-dir"
                }
                Some(StoreError::Damaged(_)) => {
                    "run `newsprint refresh`: it sets the damaged file aside and keeps your marks"
                }
                Some(StoreError::Full) => FREE_SPACE,
                Some(StoreError::Open { why, hint, .. }) => {
                    text.clone_from(why);
                    hint
                }
                _ => "check owner and permissions of the file and its folder",
            };
            let database = database.display().to_string();
            if !text.contains(&database) {
                text = format!("{database}: {text}");
            }
            (Vec::new(), Finding::Bad(text, remedy.into()))
        }
    }
}

/// Damaged databases that were kept, which may be as large as the one that is in use.
fn set_aside(database: &Path) -> Option<Finding> {
    let (files, bytes) = Store::set_aside_beside(database);
    let size = bytes.div_ceil(1_000_000);
    (files > 0).then(|| {
        Finding::Note(format!(
            "set aside: {} ({size} MB), whose marks are in the new one; delete {}.damaged-* if you miss nothing",
            super::count(files, "damaged database"),
            database.display()
        ))
    })
}

/// Outlets that have something to say.
fn outlets(health: &[Health]) -> Option<Finding> {
    let failing = health
        .iter()
        .filter(|outlet| outlet.last_error.is_some() || outlet.stopped.is_some())
        .count();
    let all = health.len();
    if failing > 0 {
        return Some(Finding::Note(format!(
            "{failing} of {all} failed; see `newsprint outlets`"
        )));
    }
    let never = all > 0 && health.iter().all(|outlet| outlet.last_success.is_none());
    never.then(|| Finding::Note("never refreshed; run `newsprint refresh`".into()))
}

/// Each account: its last sync, what waits for it, and feeds that are read twice.
fn accounts(config: &Config) -> Vec<Finding> {
    let store = match config.paths.database().exists() {
        true => newsprint_store::Store::open(&config.paths.database()).ok(),
        false => None,
    };
    let mut findings = Vec::new();
    for account in &config.accounts {
        let name = &account.name;
        let state = store
            .as_ref()
            .and_then(|store| store.account_state(name).ok());
        let waiting = state.as_ref().and_then(|state| {
            let marks = super::count(state.pending as usize, "mark");
            let since = super::refresh::since_text(state.pending_since?);
            Some(format!("; {marks} waiting since {since}"))
        });
        let waiting = waiting.unwrap_or_default();
        findings.push(match state {
            Some(state) if state.last_error.is_some() => Finding::Bad(
                format!("{name}: {}{waiting}", state.last_error.unwrap_or_default()),
                format!("`newsprint sync {}` tries again", refresh::shell_word(name)),
            ),
            Some(state) if state.last_sync.is_some() => Finding::Good(format!("{name}{waiting}")),
            _ => Finding::Note(format!(
                "{name}: never synced; run `newsprint sync {}`",
                refresh::shell_word(name)
            )),
        });
    }
    let keys = |outlet: &newsprint_model::Outlet| {
        let addresses = outlet.feed.iter().chain([&outlet.url]);
        addresses
            .map(|url| newsprint_model::address_key(url))
            .collect::<Vec<_>>()
    };
    let (theirs, own): (Vec<_>, Vec<_>) = config
        .outlets
        .iter()
        .partition(|outlet| outlet.account.is_some());
    for setting in &config.feed_settings {
        let key = newsprint_model::address_key(&setting.feed);
        let mut of_account = theirs
            .iter()
            .filter(|outlet| outlet.account.as_deref() == Some(&setting.account))
            .peekable();
        // Before the first sync nobody knows the feeds.
        if of_account.peek().is_some() && !of_account.any(|outlet| keys(outlet).contains(&key)) {
            findings.push(Finding::Note(format!(
                "{}: line {} of the config names a feed that is not on its server: {}",
                setting.account, setting.line, setting.feed
            )));
        }
    }
    for outlet in own {
        let twice = theirs.iter().find(|other| {
            let other = keys(other);
            keys(outlet).iter().any(|key| other.contains(key))
        });
        if let Some(other) = twice {
            let account = other.account.as_deref().unwrap_or_default();
            findings.push(Finding::Note(format!(
                "“{}” is in your config and in the account {account}; `newsprint remove` drops either",
                outlet.name
            )));
        }
    }
    findings
}

/// Looks where rustls-platform-verifier looks on Linux: SSL_CERT_FILE, SSL_CERT_DIR, the usual bundles.
fn certificates() -> Finding {
    const BUNDLES: [&str; 6] = [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/opt/homebrew/etc/openssl@3/cert.pem",
    ];
    if let Some(file) = std::env::var_os("SSL_CERT_FILE").filter(|file| !file.is_empty()) {
        return if has_certificates(Path::new(&file)) {
            Finding::Good(format!("SSL_CERT_FILE={}", file.display()))
        } else {
            Finding::Bad(
                format!("SSL_CERT_FILE={} contains no certificates", file.display()),
                "unset it, or set it to a certificate bundle".into(),
            )
        };
    }
    if let Some(folder) = std::env::var_os("SSL_CERT_DIR")
        && std::fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some())
    {
        return Finding::Good(format!("SSL_CERT_DIR={}", folder.display()));
    }
    if cfg!(any(target_os = "macos", target_os = "windows")) {
        return Finding::Good("system store".into());
    }
    match BUNDLES
        .iter()
        .find(|path| has_certificates(Path::new(path)))
    {
        Some(path) => Finding::Good((*path).to_owned()),
        None => Finding::Bad(
            "no certificates found; https will fail".into(),
            "install the ca-certificates package".into(),
        ),
    }
}

/// Whether this is a bundle with at least one certificate.
fn has_certificates(file: &Path) -> bool {
    std::fs::read(file).is_ok_and(|bytes| {
        let mark = b"-----BEGIN CERTIFICATE-----";
        bytes.windows(mark.len()).any(|window| window == mark)
    })
}

/// Certificates and schedules need a clock that is roughly right; this program is younger than 2026, and the
/// past lies behind.
/// A clock that is behind the last refresh by more than this is wrong, in seconds; those of two machines that share
/// a store differ by less.
const BEHIND: i64 = 3600;

fn clock(last: Option<Time>, error: Option<i64>, now: Time) -> Finding {
    let year = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).year();
    let remedy = "set the system clock; schedules and certificates depend on it";
    if !(2026..2100).contains(&year) {
        return Finding::Bad(format!("the year is {year}"), remedy.into());
    }
    if let Some(last) = last.filter(|last| last.as_second() > now.as_second() + BEHIND) {
        let text = format!(
            "it is {}, and the last refresh was {}",
            now.strftime("%Y-%m-%d %H:%M UTC"),
            last.strftime("%Y-%m-%d %H:%M UTC")
        );
        return Finding::Bad(text, remedy.into());
    }
    let shown = now.strftime("%Y-%m-%d %H:%M UTC");
    if let Some(error) = error {
        let days = super::count(error.unsigned_abs() as usize / 86_400, "day");
        let way = if error > 0 { "ahead of" } else { "behind" };
        let text = format!("{shown}; at the last refresh it was {days} {way} the servers' clocks");
        return Finding::Bad(text, remedy.into());
    }
    Finding::Good(shown.to_string())
}

/// See [`crate::refresh::clock_error`]; `None` also where the store cannot tell.
fn store_clock_error(config: &Config) -> Option<i64> {
    if !config.paths.database().exists() {
        return None;
    }
    crate::refresh::clock_error(&super::open_store(config).ok()?).ok()?
}

fn terminal() -> Finding {
    if !io::stdout().is_terminal() {
        return Finding::Note("stdout is not a terminal (only the reader needs one)".into());
    }
    match std::env::var("TERM") {
        Ok(term) if term == "dumb" => Finding::Bad(
            "TERM=dumb cannot display the reader".into(),
            "use `newsprint list` and `newsprint show`".into(),
        ),
        Ok(term) if !term.is_empty() => {
            let size = rustix::termios::tcgetwinsize(io::stdout()).ok();
            let size = size.filter(|size| size.ws_col > 0);
            let text = size.map_or(String::new(), |size| {
                format!(", {} columns, {} rows", size.ws_col, size.ws_row)
            });
            match size {
                Some(size) if size.ws_col < 20 || size.ws_row < 5 => Finding::Bad(
                    format!("TERM={term}{text}"),
                    "enlarge the window: the reader needs 20 columns and 5 rows".into(),
                ),
                _ => Finding::Good(format!("TERM={term}{text}")),
            }
        }
        _ => Finding::Bad(
            "TERM is not set".into(),
            "set it to your terminal type, such as TERM=xterm-256color".into(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_behind_the_last_refresh_is_told() {
        let now = Time::now();
        let found = |minutes: i64, error| {
            let last = now + jiff::SignedDuration::from_mins(minutes);
            match clock(Some(last), error, now) {
                Finding::Bad(said, _) => Some(said),
                _ => None,
            }
        };
        // A moment less than a day, as after a day back.
        for minutes in [24 * 60 - 1, 65, 24 * 60 * 365] {
            let said = found(minutes, None).unwrap_or_default();
            assert!(said.contains("the last refresh was"), "{minutes}: {said}");
        }
        // Two machines that share a store.
        for minutes in [-60, 0, 10] {
            assert_eq!(found(minutes, None), None, "{minutes}");
        }
        assert!(found(-60, Some(-3 * 86_400)).is_some());
    }
}
