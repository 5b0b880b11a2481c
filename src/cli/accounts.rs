//! `sync` and `account`: what cron and people see of accounts on servers.
//! Never here: the sync itself, passwords beyond reading one from the terminal.

use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::anyhow;
use serde_json::json;

use super::args::{AccountAddArgs, AccountCommand, AccountKind, SyncArgs};
use super::refresh::{bar, one_line, since_text, watch_signals};
use super::{Quiet, Session, Usage, code, printable, to_stdout};
use crate::cli::print;
use crate::config::{self, Config, edit};
use crate::refresh::{self, AccountReport, FeedEdit, OnServer, Outcome, Progress, SyncOptions};
use newsprint_model::Outlet;
use newsprint_store::Store;

pub(super) fn sync(session: &Session, args: SyncArgs) -> anyhow::Result<()> {
    let config = session.config()?;
    if config.accounts.is_empty() {
        let hint = "no accounts (add one: newsprint account add NAME URL --user USER)";
        return Err(Usage(hint.to_owned()).into());
    }
    let options = SyncOptions {
        accounts: args.accounts,
        send_only: args.send_only,
        believe: args.yes,
        undo: args.undo,
        wait: args.wait.map_or(Duration::ZERO, Duration::from_secs),
        offline: session.global.offline,
        ..SyncOptions::default()
    };
    let stop = Arc::new(AtomicBool::new(false));
    let signal = watch_signals(&stop)?;
    let show = !args.quiet && !args.json && io::stderr().is_terminal();
    let bar = if show {
        bar("articles")
    } else {
        indicatif::ProgressBar::hidden()
    };
    let progress = |event: Progress| match event {
        Progress::Syncing {
            account,
            done,
            total,
        } => {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
            bar.set_message(printable(&account));
        }
        Progress::Placing { done, total } => bar.set_message(super::refresh::placing(done, total)),
        Progress::Synced(report) => bar.suspend(|| say(&report, args.quiet, args.json)),
        _ => {}
    };
    let run = refresh::sync(&config, &options, &progress, &stop);
    bar.finish_and_clear();
    let signal = signal.load(Ordering::SeqCst);
    if signal != 0 {
        return Err(Quiet(128 + signal as u8).into());
    }
    let reports = run?;
    match reports
        .iter()
        .any(|report| report.outcome == Outcome::Failed)
    {
        true => Err(Quiet(code::SOME_FAILED).into()),
        false => Ok(()),
    }
}

/// What one account came to: JSON or good news on stdout, failures and notes on stderr.
pub(super) fn say(report: &AccountReport, quiet: bool, json: bool) {
    let name = printable(&report.account);
    if json {
        let _ = writeln!(io::stdout(), "{}", object(report));
    }
    if let Some(error) = &report.error {
        let since = report.failing_since;
        let since = since.map(|since| format!(" (failing since {})", since_text(since)));
        let _ = writeln!(
            io::stderr(),
            "{name}: {}{}",
            one_line(error),
            since.unwrap_or_default()
        );
    }
    for note in &report.notes {
        let _ = writeln!(io::stderr(), "{name}: {}", one_line(note));
    }
    if json || quiet || report.outcome == Outcome::NotDue {
        return;
    }
    let marks = |number: u64| super::count(number as usize, "mark");
    let parts: Vec<String> = [
        (report.sent, format!("{} sent", marks(report.sent))),
        (report.new, format!("{} new", report.new)),
        (
            report.read,
            format!("{} read or unread elsewhere", report.read),
        ),
        (
            report.starred,
            format!("{} starred or unstarred elsewhere", report.starred),
        ),
        (report.gone, format!("{} gone from the server", report.gone)),
        (report.pending, format!("{} waiting", marks(report.pending))),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(_, what)| what)
    .collect();
    if !parts.is_empty() {
        let _ = writeln!(io::stdout(), "{name}: {}", parts.join(", "));
    }
}

/// One object of `sync --json`.
fn object(report: &AccountReport) -> serde_json::Value {
    json!({
        "account": one_line(&report.account),
        "outcome": report.outcome.as_str(),
        "sent": report.sent,
        "read": report.read,
        "starred": report.starred,
        "new": report.new,
        "gone": report.gone,
        "requests": report.requests,
        "pending": report.pending,
        "error": report.error.as_deref().map(one_line),
        "seconds": (report.seconds * 1000.0).round() / 1000.0,
    })
}

pub(super) fn account(session: &Session, command: AccountCommand) -> anyhow::Result<()> {
    match command {
        AccountCommand::Add(args) => add(session, &args),
        AccountCommand::List { json } => list(session, json),
        AccountCommand::Login { account } => login(session, &account),
        AccountCommand::Logout { account } => {
            let config = session.config()?;
            let name = known(&config, &account)?.name.clone();
            Ok(refresh::sign_out(&config, &name)?)
        }
        AccountCommand::Remove { account, yes } => remove(session, &account, yes),
    }
}

fn known<'a>(config: &'a Config, name: &str) -> anyhow::Result<&'a config::Account> {
    config.account(name).ok_or_else(|| {
        let names = config.accounts.iter().map(|account| account.name.as_str());
        let nearest = newsprint_model::nearest(name, names);
        let hint = nearest.map(|name| format!("; did you mean “{}”?", printable(name)));
        let text = format!(
            "no account “{}”{}",
            printable(name),
            hint.unwrap_or_default()
        );
        Usage(text).into()
    })
}

fn add(session: &Session, args: &AccountAddArgs) -> anyhow::Result<()> {
    let url = args.url.as_deref().or(args.address.as_deref());
    let url = config::completed(url.unwrap_or_default());
    config::web_address(&url).map_err(Usage)?;
    config::account_address(&url).map_err(|why| Usage(format!("the URL {why}")))?;
    if args.user.trim().is_empty() {
        return Err(Usage("--user is empty".to_owned()).into());
    }
    session.config_or_example()?;
    let file = session.config_file()?;
    let password_file = args.password_file.as_deref().map(written_path);
    let block = edit::NewAccount {
        name: &args.name,
        kind: match args.kind {
            AccountKind::Greader => "greader",
            AccountKind::Fever => "fever",
        },
        url: &url,
        user: &args.user,
        password_command: &args.password_command,
        password_file: password_file.as_deref(),
    };
    super::outlets::edit_config(&file, |text| edit::add_account(text, &block))?;
    let name = printable(&args.name);
    let word = refresh::shell_word(&name);
    let login = match args.password_command.is_empty() && args.password_file.is_none() {
        true => format!("`newsprint account login {word}`, then "),
        false => String::new(),
    };
    let file = file.display();
    to_stdout(|out| {
        Ok(writeln!(
            out,
            "added “{name}” to {file}; run {login}`newsprint sync {word}`"
        )?)
    })
}

/// A path of the command line as the config has it, where another would begin in the config's folder.
fn written_path(path: &str) -> String {
    match path.starts_with("~/") {
        true => path.to_owned(),
        false => std::path::absolute(path).map_or_else(
            |_| path.to_owned(),
            |path| path.to_string_lossy().into_owned(),
        ),
    }
}

fn list(session: &Session, as_json: bool) -> anyhow::Result<()> {
    let config = session.config()?;
    let store = session.store_or_empty(&config)?;
    let look = session.look();
    to_stdout(|out| {
        for account in &config.accounts {
            let state = store.account_state(&account.name)?;
            let mine = |outlet: &&Outlet| outlet.account.as_deref() == Some(&account.name);
            let outlets = config.outlets.iter().filter(mine).count();
            let kind = match account.kind {
                config::AccountKind::GoogleReader => "greader",
                config::AccountKind::Fever => "fever",
            };
            if as_json {
                let object = json!({
                    "account": one_line(&account.name),
                    "kind": kind,
                    "url": one_line(&account.url),
                    "user": one_line(&account.user),
                    "outlets": outlets,
                    "last_sync": state.last_sync.map(print::rfc3339),
                    "last_error": state.last_error.as_deref().map(one_line),
                    "failing_since": state.failing_since.map(print::rfc3339),
                    "pending": state.pending,
                    "pending_since": state.pending_since.map(print::rfc3339),
                });
                writeln!(out, "{object}")?;
                continue;
            }
            let outlets = super::count(outlets, "outlet");
            writeln!(out, "{}  {outlets}", printable(&account.name))?;
            writeln!(
                out,
                "  {kind} {} ({})",
                one_line(&account.url),
                one_line(&account.user)
            )?;
            match state.last_sync {
                Some(at) => writeln!(out, "  last sync {}", print::local(at, &look))?,
                None => writeln!(out, "  never synced (run `newsprint sync`)")?,
            }
            if let Some(why) = &state.last_error {
                let since = state
                    .failing_since
                    .map(|at| format!(" since {}", print::local(at, &look)));
                writeln!(
                    out,
                    "  failing{}: {}",
                    since.unwrap_or_default(),
                    one_line(why)
                )?;
            }
            if let Some(since) = state.pending_since {
                let marks = super::count(state.pending as usize, "mark");
                writeln!(
                    out,
                    "  {marks} waiting since {}",
                    print::local(since, &look)
                )?;
            }
        }
        if config.accounts.is_empty() && !as_json {
            writeln!(
                out,
                "no accounts (add one: newsprint account add NAME URL --user USER)"
            )?;
        }
        Ok(())
    })
}

fn login(session: &Session, name: &str) -> anyhow::Result<()> {
    let config = session.config()?;
    if session.global.offline {
        return Err(refresh::RefreshError::Offline.into());
    }
    let account = known(&config, name)?;
    let configured = !account.password_command.is_empty() || account.password_file.is_some();
    let typed = match configured {
        true => None,
        false => Some(read_password(&account.name)?),
    };
    refresh::on_server(&config, &account.name, OnServer::SignIn(typed))?;
    let name = printable(&account.name);
    to_stdout(|out| Ok(writeln!(out, "signed in to “{name}”")?))
}

/// A line from stdin, not echoed where that is a terminal.
fn read_password(account: &str) -> anyhow::Result<String> {
    let stdin = io::stdin();
    let terminal = stdin.is_terminal();
    let before = match terminal {
        true => rustix::termios::tcgetattr(&stdin).ok(),
        false => None,
    };
    if let Some(before) = &before {
        let mut silent = before.clone();
        silent.local_modes.remove(rustix::termios::LocalModes::ECHO);
        let _ = rustix::termios::tcsetattr(&stdin, rustix::termios::OptionalActions::Now, &silent);
        let _ = write!(io::stderr(), "Password for {}: ", printable(account));
        let _ = io::stderr().flush();
    }
    let mut line = String::new();
    let read = stdin.lock().read_line(&mut line);
    if let Some(before) = &before {
        let _ = rustix::termios::tcsetattr(&stdin, rustix::termios::OptionalActions::Now, before);
        let _ = writeln!(io::stderr());
    }
    read?;
    let password = line.trim_end_matches(['\n', '\r']);
    match password.is_empty() {
        true => Err(anyhow!("no password given")),
        false => Ok(password.to_owned()),
    }
}

fn remove(session: &Session, name: &str, yes: bool) -> anyhow::Result<()> {
    let config = session.config()?;
    let name = known(&config, name)?.name.clone();
    let pending = match config.paths.database().exists() {
        true => Store::open(&config.paths.database())?
            .account_state(&name)
            .map_or(0, |state| state.pending),
        false => 0,
    };
    if pending > 0 && !yes {
        let marks = super::count(pending as usize, "mark");
        return Err(anyhow!(
            "{marks} not yet sent to “{}”; run `newsprint sync` first, or add --yes to discard them",
            printable(&name)
        ));
    }
    let file = session.config_file()?;
    super::outlets::edit_config(&file, |text| edit::remove_account(text, &name))?;
    let dropped = refresh::forget_account(&config, &name)?;
    to_stdout(|out| {
        let dropped = match dropped {
            0 => String::new(),
            number => format!("; {} discarded", super::count(number as usize, "mark")),
        };
        let (name, file) = (printable(&name), file.display());
        writeln!(
            out,
            "removed “{name}” from {file}{dropped}; its articles are kept"
        )?;
        Ok(())
    })
}

/// `add URL --account NAME`: subscribes on the server and syncs.
pub(super) fn subscribe(
    session: &Session,
    account: &str,
    url: &str,
    title: Option<String>,
    folder: Option<String>,
) -> anyhow::Result<()> {
    let config = session.config()?;
    let account = known(&config, account)?;
    if session.global.offline {
        return Err(refresh::RefreshError::Offline.into());
    }
    let feed = match account.kind {
        // A server may not find the feed of a page by itself.
        config::AccountKind::GoogleReader => super::outlets::feed_of(&config, url)?,
        // It will refuse.
        config::AccountKind::Fever => url.to_owned(),
    };
    let account = account.name.clone();
    let edit = FeedEdit::Subscribe {
        url: feed.clone(),
        title,
        folder,
    };
    change(session, &config, &account, edit)?;
    let (feed, account) = (one_line(&feed), printable(&account));
    to_stdout(|out| Ok(writeln!(out, "subscribed to {feed} on “{account}”")?))
}

/// `remove OUTLET` of an account's outlet: unsubscribes on the server.
pub(super) fn unsubscribe(
    session: &Session,
    config: &Config,
    outlet: &Outlet,
) -> anyhow::Result<()> {
    let (id, _) = feed(config, outlet)?;
    let account = outlet.account.clone().unwrap_or_default();
    change(session, config, &account, FeedEdit::Unsubscribe { id })?;
    let (name, account) = (printable(&outlet.name), printable(&account));
    to_stdout(|out| {
        Ok(writeln!(
            out,
            "unsubscribed from “{name}” on “{account}”; its articles are kept"
        )?)
    })
}

fn feed(config: &Config, outlet: &Outlet) -> anyhow::Result<(String, Vec<String>)> {
    let store = Store::open(&config.paths.database())?;
    store
        .remote_feed(&outlet.name)?
        .ok_or_else(|| anyhow!("“{}” is no longer on its server", printable(&outlet.name)))
}

/// Changes the server's list and takes the new one in. Either fails with exit code 3.
fn change(session: &Session, config: &Config, account: &str, edit: FeedEdit) -> anyhow::Result<()> {
    if session.global.offline {
        return Err(refresh::RefreshError::Offline.into());
    }
    refresh::on_server(config, account, OnServer::Edit(edit))?;
    let options = SyncOptions {
        accounts: vec![account.to_owned()],
        wait: Duration::from_secs(60),
        ..SyncOptions::default()
    };
    let stop = AtomicBool::new(false);
    for report in refresh::sync(config, &options, &|_| {}, &stop)? {
        if let Some(why) = report.error {
            let _ = writeln!(
                io::stderr(),
                "{}: {}",
                printable(&report.account),
                one_line(&why)
            );
            return Err(Quiet(code::SOME_FAILED).into());
        }
    }
    Ok(())
}
