//! `newsprint refresh`: what cron and people see of a run, and its exit code.
//! Never here: the run itself.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::args::{FullText, RefreshArgs};
use super::{Quiet, Session, code, printable};
use crate::refresh::{self, Options, Outcome, OutletReport, Progress, Report};
use newsprint_model::Time;

impl From<FullText> for newsprint_model::FullText {
    fn from(choice: FullText) -> newsprint_model::FullText {
        match choice {
            FullText::Auto => newsprint_model::FullText::Auto,
            FullText::Always => newsprint_model::FullText::Always,
            FullText::Never => newsprint_model::FullText::Never,
        }
    }
}

pub(super) fn refresh(session: &Session, args: RefreshArgs) -> anyhow::Result<()> {
    let config = session.config()?;
    let options = Options {
        outlets: [args.outlets, args.named].concat(),
        group: args.group,
        full_text: args.full_text.map(Into::into),
        force: args.force,
        wait: args.wait.map_or(Duration::ZERO, Duration::from_secs),
        offline: session.global.offline,
        ..Options::default()
    };
    let stop = Arc::new(AtomicBool::new(false));
    let signal = watch_signals(&stop)?;
    let chosen = !options.outlets.is_empty() || options.group.is_some();

    let show_bar = !args.quiet && !args.json && io::stderr().is_terminal();
    let bar = if show_bar {
        bar("outlets")
    } else {
        ProgressBar::hidden()
    };
    let articles = Mutex::new(0u64);
    let unsaid = Mutex::new(None);
    let progress = |event: Progress| match event {
        Progress::Started { outlets } => bar.set_length(outlets as u64),
        Progress::Asking { .. } | Progress::Pages { .. } | Progress::Syncing { .. } => {
            if let Some((outlet, words)) = event.step() {
                bar.set_message(format!("{}: {words}", printable(outlet)));
            }
        }
        Progress::Placing { done, total } => bar.set_message(placing(done, total)),
        Progress::Synced(report) => {
            *articles.lock().unwrap_or_else(PoisonError::into_inner) += report.new;
            bar.suspend(|| super::accounts::say(&report, args.quiet, args.json));
        }
        Progress::Done(report) => {
            let mut articles = articles.lock().unwrap_or_else(PoisonError::into_inner);
            *articles += u64::from(report.new);
            bar.set_prefix(format!("{articles} new"));
            bar.inc(1);
            if args.json
                && let Err(why) = writeln!(io::stdout(), "{}", json(&report))
            {
                // The run goes on: what it fetches is worth more than its report.
                let mut unsaid = unsaid.lock().unwrap_or_else(PoisonError::into_inner);
                unsaid.get_or_insert(why);
            }
            // Failures are said when they happen: a run over many outlets may take a while.
            bar.suspend(|| say(&report, args.quiet, args.json, chosen));
        }
    };
    let run = refresh::run(&config, &options, &progress, &stop);
    bar.finish_and_clear();
    let interrupted = || match signal.load(Ordering::SeqCst) {
        0 => None,
        number => Some(Quiet(128 + number as u8)),
    };
    let report = match (run, interrupted()) {
        // Stopped while it waited for the lock.
        (Err(_), Some(quiet)) => return Err(quiet.into()),
        (run, _) => run?,
    };
    if let Some(rescue) = &report.rescued {
        // Even in cron's mail.
        super::say_rescued(rescue);
    }

    if !args.quiet && !args.json {
        for (host, title) in &report.named {
            let (host, title) = (printable(host), one_line(title));
            let _ = writeln!(io::stdout(), "{host}: named “{title}”, its own title");
        }
        // Who has heard enough of it still gets the exit code.
        match super::to_stdout(|out| Ok(writeln!(out, "{}", summary(&report, chosen))?)) {
            Err(why) if !super::is_closed_pipe(&why) => return Err(why),
            _ => {}
        }
    }
    if let Some(quiet) = interrupted() {
        return Err(quiet.into());
    }
    if let Some(why) = unsaid.into_inner().unwrap_or_else(PoisonError::into_inner)
        && why.kind() != io::ErrorKind::BrokenPipe
    {
        return Err(anyhow::Error::from(why).context("cannot write output"));
    }
    match exit_code(&report) {
        0 => Ok(()),
        code => Err(Quiet(code).into()),
    }
}

/// SIGINT and SIGTERM let the run end by itself; a second one ends the process at once.
pub(super) fn watch_signals(stop: &Arc<AtomicBool>) -> io::Result<Arc<AtomicI32>> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let seen = Arc::new(AtomicI32::new(0));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(stop))?;
        signal_hook::flag::register(signal, Arc::clone(stop))?;
    }
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let number = Arc::clone(&seen);
    let watcher = std::thread::Builder::new().spawn(move || {
        if let Some(signal) = signals.forever().next() {
            number.store(signal, Ordering::SeqCst);
        }
    });
    watcher.map_err(|why| io::Error::new(why.kind(), format!("cannot start a thread: {why}")))?;
    Ok(seen)
}

/// How far it is with placing articles among the stories.
pub(super) fn placing(done: u64, total: u64) -> String {
    format!("grouping articles into stories: {done} of {total}")
}

/// A bar that counts outlets or articles.
pub(super) fn bar(what: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = format!("{{bar:24}} {{pos}}/{{len}} {what}  {{prefix}}  {{wide_msg}}");
    let style = ProgressStyle::with_template(&template);
    bar.set_style(
        style
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("━━─"),
    );
    bar.set_prefix("0 new");
    bar
}

/// What one outlet came to: good news on stdout, failures and changes of source on stderr.
/// `chosen` is where the reader named what is to be refreshed.
fn say(report: &OutletReport, quiet: bool, json: bool, chosen: bool) {
    let name = printable(&report.outlet);
    if let Some(error) = &report.error {
        let since = report
            .failing_since
            .map(|since| format!(" (failing since {})", since_text(since)))
            .unwrap_or_default();
        let _ = writeln!(io::stderr(), "{name}: {}{since}", one_line(error));
    }
    // Under cron, success is silent.
    if json || quiet {
        return;
    }
    for note in &report.notes {
        let _ = writeln!(io::stderr(), "{name}: {}", one_line(note));
    }
    for remark in &report.remarks {
        let _ = writeln!(io::stderr(), "{name}: {}", one_line(remark));
    }
    match report.outcome {
        Outcome::Updated => {
            let mut parts = Vec::new();
            for (number, what) in [
                (report.new, "new"),
                (report.changed, "changed"),
                (report.full_text, "with full text"),
            ] {
                if number > 0 {
                    parts.push(format!("{number} {what}"));
                }
            }
            let _ = writeln!(io::stdout(), "{name}: {}", parts.join(", "));
        }
        Outcome::NotDue => {
            let until = report
                .next_fetch
                .map_or(String::new(), |next| format!(" until {}", since_text(next)));
            // Who asks for all is content with what is due.
            let force = if chosen {
                " (--force fetches it now)"
            } else {
                ""
            };
            let _ = writeln!(io::stdout(), "{name}: not due{until}{force}");
        }
        Outcome::Unchanged | Outcome::Failed => {}
    }
}

pub(super) fn one_line(text: &str) -> String {
    crate::cli::print::address(text)
}

pub(super) fn since_text(time: Time) -> String {
    let zone = crate::library::zone::local();
    time.to_zoned_datetime(zone)
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}

/// One line for the run; `chosen` outlets have been told each how they can be fetched all the same.
fn summary(report: &Report, chosen: bool) -> String {
    let waiting = report.count(Outcome::NotDue);
    if waiting > 0 && waiting == report.outlets.len() && report.accounts.is_empty() {
        // Three noughts would look like an answer of the outlets.
        let who = match waiting {
            1 => "the outlet is".to_owned(),
            n => format!("{n} outlets are"),
        };
        let force = if chosen {
            ""
        } else {
            " (--force fetches anyway)"
        };
        return format!("nothing fetched: {who} not due yet{force}");
    }
    let sum = |count: fn(&OutletReport) -> u32| -> u32 { report.outlets.iter().map(count).sum() };
    let mut parts = vec![
        format!("{} new", sum(|o| o.new)),
        format!("{} changed", sum(|o| o.changed)),
        format!("{} with full text", sum(|o| o.full_text)),
    ];
    for (outcome, what) in [
        (Outcome::Unchanged, "unchanged"),
        (Outcome::NotDue, "not due"),
        (Outcome::Failed, "failed"),
    ] {
        let number = report.count(outcome);
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    let plural = if report.outlets.len() == 1 { "" } else { "s" };
    let interrupted = if report.interrupted {
        " (interrupted)"
    } else {
        ""
    };
    format!(
        "{} outlet{plural} in {:.1} s: {}{interrupted}",
        report.outlets.len(),
        report.seconds,
        parts.join(", ")
    )
}

/// One object of `refresh --json`.
fn json(report: &OutletReport) -> serde_json::Value {
    json!({
        "outlet": one_line(&report.outlet),
        "outcome": report.outcome.as_str(),
        "new": report.new,
        "changed": report.changed,
        "full_text": report.full_text,
        "error": report.error.as_deref().map(one_line),
        "failing_since": report.failing_since.map(crate::cli::print::rfc3339),
        "seconds": (report.seconds * 1000.0).round() / 1000.0,
        "next_fetch": report.next_fetch.map(crate::cli::print::rfc3339),
        "notes": report.notes.iter().map(|note| one_line(note)).collect::<Vec<_>>(),
    })
}

fn exit_code(report: &Report) -> u8 {
    let accounts = report.accounts.iter();
    let failed = accounts
        .filter(|account| account.outcome == Outcome::Failed)
        .count();
    match report.count(Outcome::Failed) {
        0 if failed > 0 => code::SOME_FAILED,
        0 => 0,
        _ if failed < report.accounts.len() => code::SOME_FAILED,
        failed if failed == report.outlets.len() => code::ALL_FAILED,
        _ => code::SOME_FAILED,
    }
}
