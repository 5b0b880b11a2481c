//! The command line: reads the arguments, runs one command, turns what went wrong into an exit code.
//! Never here: SQL, HTTP, layout, or how things look on the screen.

mod accounts;
pub mod address_space;
mod args;
mod doctor;
mod explain;
mod feed;
mod help;
mod manual;
mod outlets;
mod print;
mod read;
mod refresh;
mod stories;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::{CommandFactory, Parser};

use crate::cli::print::Look;
use crate::config::{self, Config, ConfigError};
use crate::demo::{Demo, TemporaryFolder};
use crate::refresh::{self as news, RefreshError};
use crate::tui;
use args::{Cli, Color, Command, ConfigCommand, Global};
use newsprint_model::query::QueryError;
use newsprint_model::{without_number, without_password};
use newsprint_store::{Rescue, Store, StoreError};

/// The exit codes of the command-line contract.
mod code {
    pub const FAILED: u8 = 1;
    pub const USAGE: u8 = 2;
    pub const SOME_FAILED: u8 = 3;
    pub const ALL_FAILED: u8 = 4;
    pub const STORE: u8 = 5;
    pub const LOCKED: u8 = 75;
}

/// An end that is not success but has already been explained on stderr, or needs no words.
#[derive(Debug, thiserror::Error)]
#[error("exit code {0}")]
struct Quiet(u8);

/// The command line was understood and makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// Runs the program on `args` and gives its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    // Where the size of files is limited, a write fails and is said; the signal would end the process.
    let said = std::sync::Arc::default();
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, said);
    let cli = match Cli::try_parse_from(negations_last(args.into_iter().collect())) {
        Ok(cli) => cli,
        Err(mut error) => {
            suggest(&mut error);
            // Help and version are answers (0), the rest is wrong usage (2).
            let printed = error.print();
            return ExitCode::from(match printed {
                _ if error.use_stderr() => code::USAGE,
                Err(why) if why.kind() != io::ErrorKind::BrokenPipe => code::FAILED,
                _ => 0,
            });
        }
    };
    let database = Session {
        global: cli.global.clone(),
    };
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let damaged = |cause: &(dyn std::error::Error + 'static)| {
                matches!(cause.downcast_ref(), Some(StoreError::Damaged(_)))
            };
            if error.chain().any(damaged)
                && let Ok(config) = database.config()
            {
                newsprint_store::leave_word(&config.paths.database());
            }
            if is_closed_pipe(&error) {
                return ExitCode::SUCCESS;
            }
            if error.downcast_ref::<Quiet>().is_none() {
                let _ = writeln!(io::stderr(), "newsprint: {}", printable(&chain(&error)));
            }
            ExitCode::from(exit_code(&error))
        }
    }
}

/// Adds the command that was likely meant where clap names none, as after `help`.
fn suggest(error: &mut clap::Error) {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    if error.kind() != ErrorKind::InvalidSubcommand
        || error.get(ContextKind::SuggestedSubcommand).is_some()
    {
        return;
    }
    let Some(ContextValue::String(wrong)) = error.get(ContextKind::InvalidSubcommand) else {
        return;
    };
    let command = Cli::command();
    let known = command.get_subcommands().map(clap::Command::get_name);
    if let Some(near) = newsprint_model::nearest(wrong, known) {
        let near = ContextValue::Strings(vec![near.to_owned()]);
        error.insert(ContextKind::SuggestedSubcommand, near);
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<()> {
    let Cli {
        global,
        command,
        linear,
    } = cli;
    // The reader's screen is its own.
    if command.is_some() {
        log_to_stderr(global.verbose);
    }
    let mut session = Session { global };
    match command {
        None => reader(&mut session, linear),
        Some(Command::Refresh(args)) => refresh::refresh(&session, args),
        Some(Command::Sync(args)) => accounts::sync(&session, args),
        Some(Command::Account(command)) => accounts::account(&session, command),
        Some(Command::List(args)) if args.stories => stories::folded(&session, &args),
        Some(Command::List(args)) => read::list(&session, &args),
        Some(Command::Show(args)) => read::show(&session, &args),
        Some(Command::Tags(args)) => read::tags(&session, &args),
        Some(Command::Mark(args)) => read::mark(&session, &args),
        Some(Command::Undo) => read::undo(&session),
        Some(Command::Prune(args)) => read::prune(&session, &args),
        Some(Command::Outlets(args)) => outlets::outlets(&session, &args),
        Some(Command::Discover(args)) => outlets::discover(&session, &args),
        Some(Command::Feed(args)) => feed::feed(&session, &args),
        Some(Command::Add(args)) => outlets::add(&session, args),
        Some(Command::Remove(args)) => outlets::remove(&session, &args),
        Some(Command::Import(args)) => outlets::import(&session, &args),
        Some(Command::Export) => outlets::export(&session),
        Some(Command::Demo) => demo(&mut session, linear),
        Some(Command::Doctor(args)) if args.stories => stories::again(&session),
        Some(Command::Doctor(_)) => doctor::doctor(&session),
        Some(Command::Stories(args)) => stories::stories(&session, &args),
        Some(Command::Story(command)) => stories::story(&session, &command),
        Some(Command::Digest(args)) => stories::digest(&session, &args),
        Some(Command::Config(command)) => config_command(&session, &command),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "newsprint", &mut script);
            to_stdout(|out| Ok(out.write_all(&script)?))
        }
        Some(Command::Man) => {
            let page = manual::page()?;
            to_stdout(|out| Ok(out.write_all(&page)?))
        }
    }
}

/// What every command starts from.
struct Session {
    global: Global,
}

impl Session {
    /// Where the config file is, or would be.
    fn config_file(&self) -> anyhow::Result<PathBuf> {
        match &self.global.config {
            Some(path) => Ok(path.clone()),
            None => Ok(project_dirs()?.config_dir().join("config.toml")),
        }
    }

    /// Where the data is, or would be.
    fn data_dir(&self) -> anyhow::Result<PathBuf> {
        match &self.global.data_dir {
            Some(path) => Ok(path.clone()),
            None => Ok(project_dirs()?.data_dir().to_owned()),
        }
    }

    /// The config. A file that was named but is not there is an error.
    fn config(&self) -> anyhow::Result<Config> {
        let named = self.global.config.is_some();
        let config = Config::load(&self.config_file()?, named, &self.data_dir()?)?;
        Ok(news::with_accounts(config))
    }

    /// The config as the reader needs it, with its keys, macros and themes; everything that is wrong with
    /// it is told at once.
    fn whole_config(&self) -> anyhow::Result<Config> {
        let named = self.global.config.is_some();
        let config =
            Config::load_checked(&self.config_file()?, named, &self.data_dir()?, tui::check)?;
        Ok(news::with_accounts(config))
    }

    /// The config, for commands that make the file where it is not there yet.
    fn config_or_example(&self) -> anyhow::Result<Config> {
        Ok(Config::load(
            &self.config_file()?,
            false,
            &self.data_dir()?,
        )?)
    }

    /// The store, made if it is not there. It learns which outlets there are now, unless no file says so.
    fn store(&self, config: &Config) -> anyhow::Result<Store> {
        let store = open_store(config)?;
        store.mark_copies(config.reader.mark_copies);
        if config.file.exists() {
            store.sync_outlets(&config.outlets)?;
            news::in_step(config, &store)?;
        }
        Ok(store)
    }

    /// The store for a command that only reads what is there, or changes nothing else. Where there is none, an empty
    /// one that leaves nothing behind.
    ///
    /// # Errors
    /// As of [`Session::store`]; and where the data folder was named and is not there, which is likely a slip.
    fn store_to_read(&self, config: &Config) -> anyhow::Result<ReadStore> {
        match self.missing_folder(config) {
            Some(why) => Err(anyhow!(why)),
            None => self.store_or_empty(config),
        }
    }

    /// The same for a command that has something to tell without a store: where the named data folder is missing, it
    /// says so and goes on.
    fn store_or_empty(&self, config: &Config) -> anyhow::Result<ReadStore> {
        let database = config.paths.database();
        if Store::is_at(&database) {
            return Ok(ReadStore {
                store: self.store(config)?,
                _folder: None,
            });
        }
        if let Some(why) = self.missing_folder(config) {
            let _ = writeln!(io::stderr(), "newsprint: {why}");
        }
        let folder = TemporaryFolder::new("newsprint-empty")?;
        let mut elsewhere = config.clone();
        elsewhere.paths.data_dir = folder.path().to_owned();
        Ok(ReadStore {
            store: self.store(&elsewhere)?,
            _folder: Some(folder),
        })
    }

    /// What to say where a data folder was named and is not there.
    fn missing_folder(&self, config: &Config) -> Option<String> {
        let folder = &config.paths.data_dir;
        let named = self.global.data_dir.is_some();
        let looked = folder.symlink_metadata();
        let missing = looked.is_err_and(|why| why.kind() == io::ErrorKind::NotFound);
        (named && missing).then(|| {
            let folder = printable(&folder.display().to_string());
            format!(
                "data folder {folder} not found; check --data-dir (NEWSPRINT_DATA_DIR), or create it with `newsprint refresh`"
            )
        })
    }

    /// How output looks on stdout.
    fn look(&self) -> Look {
        let terminal = io::stdout().is_terminal();
        let color = match self.global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                terminal && !forbidden && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        let width = terminal.then(terminal_width).flatten();
        Look {
            color,
            width,
            zone: crate::library::zone::local(),
            now: newsprint_model::Time::now(),
        }
    }
}

/// A store that is read, and the folder that an empty one lies in, which goes with it.
struct ReadStore {
    store: Store,
    _folder: Option<TemporaryFolder>,
}

impl std::ops::Deref for ReadStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// Opens the store of `config`. Where a damaged one was set aside, the reader is told where it lies.
fn open_store(config: &Config) -> anyhow::Result<Store> {
    let store = Store::open(&config.paths.database())?;
    if let Some(rescue) = store.rescued() {
        say_rescued(rescue);
    }
    Ok(store)
}

fn say_rescued(rescue: &Rescue) {
    const LOG_LOST: &str = "the log of the database (newsprint.db-wal) was removed or cut short while it was in use; \
                            the database was made anew without it";
    let aside = rescue.set_aside.as_ref();
    let aside = aside.map(|aside| printable(&aside.display().to_string()));
    let what = match (rescue.log_lost, aside) {
        (true, Some(aside)) => format!("{LOG_LOST}; the old one was set aside as {aside}"),
        (true, None) => LOG_LOST.to_owned(),
        (false, Some(aside)) => format!("the damaged database was set aside as {aside}"),
        (false, None) => "the database was missing or empty".to_owned(),
    };
    let _ = writeln!(
        io::stderr(),
        "newsprint: {what}; {} kept, which the next `newsprint refresh` applies again",
        count(rescue.marks as usize, "mark")
    );
}

fn terminal_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

fn project_dirs() -> anyhow::Result<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "newsprint").ok_or_else(|| {
        anyhow!(
            "home folder unknown; set HOME, or --config and --data-dir (NEWSPRINT_CONFIG, NEWSPRINT_DATA_DIR)"
        )
    })
}

fn reader(session: &mut Session, linear: bool) -> anyhow::Result<()> {
    let mut config = session.whole_config()?;
    config.reader.linear |= linear;
    let options = tui::Options {
        offline: session.global.offline,
        color: match session.global.color {
            Color::Auto => None,
            Color::Always => Some(true),
            Color::Never => Some(false),
        },
    };
    let offline = options.offline;
    let accounts = config.clone();
    tui::run(config, options)?;
    if !offline {
        news::send_on_quit(&accounts);
    }
    Ok(())
}

/// The reader on the made-up outlet, which needs no network but loopback.
fn demo(session: &mut Session, linear: bool) -> anyhow::Result<()> {
    let demo = Demo::start()?;
    session.global.config = Some(demo.config());
    session.global.data_dir = Some(demo.data());
    session.global.offline = false;
    reader(session, linear)
}

fn config_command(session: &Session, command: &ConfigCommand) -> anyhow::Result<()> {
    match command {
        ConfigCommand::Path => {
            let file = session.config_file()?;
            to_stdout(|out| Ok(writeln!(out, "{}", file.display())?))
        }
        ConfigCommand::Example => to_stdout(|out| Ok(out.write_all(config::EXAMPLE.as_bytes())?)),
        ConfigCommand::Check => {
            let config = session.whole_config()?;
            let file = config.file.display();
            let state = if config.file.exists() {
                format!("{file}: OK")
            } else {
                format!("{file}: not found, using defaults")
            };
            let outlets = count(config.outlets.len(), "outlet");
            to_stdout(|out| Ok(writeln!(out, "{state}, {outlets}")?))
        }
    }
}

/// `1 outlet`, `2 outlets`.
fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// Queries may begin with `-not`, which looks like options: such words are handed on after `--`.
fn negations_last(args: Vec<OsString>) -> Vec<OsString> {
    let command = args
        .iter()
        .skip(1)
        .filter_map(|arg| arg.to_str())
        .find(|arg| ["list", "tags", "stories", "digest"].contains(arg));
    if command.is_none() || args.iter().any(|arg| arg == "--") {
        return args;
    }
    let is_negation = |arg: &OsString| {
        arg.to_str()
            .and_then(|arg| arg.strip_prefix('-'))
            .is_some_and(|rest| {
                !rest.starts_with('-') && rest.chars().count() > 1 && rest.chars().any(|c| c != 'v')
            })
    };
    let (negations, mut rest): (Vec<_>, Vec<_>) = args.into_iter().partition(is_negation);
    if !negations.is_empty() {
        rest.push("--".into());
        rest.extend(negations);
    }
    rest
}

/// Diagnostics go to stderr, never into the reader's screen: without `-v` there are none.
fn log_to_stderr(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => tracing_subscriber::filter::LevelFilter::INFO,
        _ => tracing_subscriber::filter::LevelFilter::DEBUG,
    };
    let _ = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(io::stderr)
        .try_init();
}

/// The exit code of an error that ended the program.
fn exit_code(error: &anyhow::Error) -> u8 {
    for cause in error.chain() {
        if let Some(Quiet(code)) = cause.downcast_ref() {
            return *code;
        }
        if cause.is::<ConfigError>() || cause.is::<QueryError>() || cause.is::<Usage>() {
            return code::USAGE;
        }
        let of_store = |error: &StoreError| match error.is_unusable() {
            true => code::STORE,
            false => code::FAILED,
        };
        if let Some(error) = cause.downcast_ref::<StoreError>() {
            return of_store(error);
        }
        if let Some(error) = cause.downcast_ref::<RefreshError>() {
            return match error {
                RefreshError::Busy => code::LOCKED,
                RefreshError::UnknownOutlet { .. }
                | RefreshError::UnknownGroup { .. }
                | RefreshError::UnknownAccount { .. }
                | RefreshError::NotInGroup { .. } => code::USAGE,
                RefreshError::Account { .. } => code::SOME_FAILED,
                // The lock stands beside the database: where it cannot be made, nor can the store.
                RefreshError::Lock { .. } => code::STORE,
                RefreshError::Store(error) => of_store(error),
                _ => code::FAILED,
            };
        }
        if let Some(error) = cause.downcast_ref::<tui::TuiError>() {
            return error.exit_code();
        }
    }
    code::FAILED
}

/// A reader of our output that has had enough (`newsprint list | head -1`) is not an error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Error messages may hold remote text, and addresses with passwords: what is printed is safe.
fn printable(message: &str) -> String {
    newsprint_html::safe_text::block(&without_number(&without_password(message)))
}

/// Runs `write` on a buffered, locked stdout and flushes it.
fn to_stdout(write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut out = io::BufWriter::with_capacity(64 << 10, io::stdout().lock());
    let written = write(&mut out).and_then(|()| Ok(out.flush()?));
    written.map_err(|error| match error.is::<io::Error>() {
        true => error.context("cannot write output"),
        false => error,
    })
}

/// The error and its causes, each once: many a message has said its cause already.
fn chain(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if said.is_empty() {
            said = cause;
        } else if !said.contains(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn negated_words_are_part_of_the_query() {
        let args = ["newsprint", "list", "tag:a", "-war", "--json"]
            .map(OsString::from)
            .to_vec();
        let cli = Cli::try_parse_from(negations_last(args)).unwrap();
        let Some(Command::List(list)) = cli.command else {
            panic!()
        };
        assert_eq!(list.query, ["tag:a", "-war"]);
        assert!(list.format.json);
    }
}
