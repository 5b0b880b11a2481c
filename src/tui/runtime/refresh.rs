//! Refreshes and looks at new outlets, reported as events. Never here: how they are done (`refresh`).

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;

use crate::config::{self, Config};
use crate::refresh::{self, AccountReport, OnDemand, Outcome, OutletReport, Progress};
use crate::tui::LoopMessage;
use crate::tui::effect::{ConfigEdit, OutletChange};
use crate::tui::event::{Event, Offer, OutletStep, RefreshProgress, Refreshed};
use newsprint_html::safe_text;
use newsprint_model::{Source, Time, without_password};

/// Runs a refresh to its end, telling how far it is.
pub fn refresh(
    config: &Config,
    outlets: Vec<String>,
    force: bool,
    stop: &AtomicBool,
    sender: &Sender<LoopMessage>,
) -> Event {
    let options = refresh::Options {
        outlets,
        force,
        ..refresh::Options::default()
    };
    let so_far = Mutex::new(RefreshProgress::default());
    let placing = super::placing::teller(sender);
    let tell = |progress: Progress| {
        if let Progress::Placing { done, total } = progress {
            return placing(done, total);
        }
        let mut so_far = so_far
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let done = matches!(progress, Progress::Done(_));
        match &progress {
            Progress::Started { outlets } => so_far.total = *outlets,
            Progress::Done(report) => {
                so_far.done += 1;
                so_far.new += u64::from(report.new);
                so_far.step.clear();
            }
            Progress::Synced(report) => {
                so_far.new += report.new;
                so_far.step.clear();
            }
            Progress::Asking { .. }
            | Progress::Pages { .. }
            | Progress::Syncing { .. }
            | Progress::Placing { .. } => {}
        }
        if let Some((outlet, words)) = progress.step() {
            if !done {
                so_far.step = format!("{outlet}: {words}");
            }
            // An account has no row among the outlets.
            if !matches!(progress, Progress::Syncing { .. }) {
                if !done {
                    so_far.outlet = outlet.to_owned();
                }
                note(&mut so_far, outlet, words, done);
            }
        }
        let _ = sender.send(LoopMessage::Event(Event::Progress(so_far.clone())));
    };
    let at = || Time::now();
    match refresh::run(config, &options, &tell, stop) {
        Ok(report) => Event::Refreshed {
            report: told(&report.outlets, &report.accounts),
            error: None,
            at: at(),
        },
        Err(error) => Event::Refreshed {
            report: Refreshed::default(),
            error: Some(error.to_string()),
            at: at(),
        },
    }
}

/// Notes how far an outlet is.
fn note(so_far: &mut RefreshProgress, outlet: &str, words: String, done: bool) {
    so_far.steps.retain(|step| step.outlet != outlet);
    so_far.steps.push(OutletStep {
        outlet: outlet.to_owned(),
        words,
        done,
    });
}

/// What the reader is told of a refresh.
fn told(reports: &[OutletReport], accounts: &[AccountReport]) -> Refreshed {
    let synced: Vec<_> = accounts
        .iter()
        .filter(|account| account.outcome != Outcome::NotDue)
        .collect();
    let unsynced = synced.iter().filter_map(|account| {
        let why = account.error.as_deref()?;
        Some((account.account.clone(), safe_text::line(why)))
    });
    let of_accounts = synced.iter().flat_map(|account| {
        let notes = account.notes.iter();
        notes.map(|note| (account.account.clone(), safe_text::line(note)))
    });
    let (idle, asked): (Vec<_>, Vec<_>) = reports
        .iter()
        .partition(|report| report.outcome == Outcome::NotDue);
    let failed = asked
        .iter()
        .filter(|report| report.outcome == Outcome::Failed)
        .map(|report| {
            let why = report.error.as_deref().unwrap_or("failed");
            (report.outlet.clone(), safe_text::line(why))
        });
    let notes = reports.iter().flat_map(|report| {
        let notes = report.notes.iter();
        notes.map(|note| (report.outlet.clone(), safe_text::line(note)))
    });
    Refreshed {
        new: asked
            .iter()
            .map(|report| u64::from(report.new))
            .sum::<u64>()
            + synced.iter().map(|account| account.new).sum::<u64>(),
        asked: asked
            .iter()
            .map(|report| report.outlet.clone())
            .chain(synced.iter().map(|account| account.account.clone()))
            .collect(),
        failed: failed.chain(unsynced).collect(),
        notes: notes.chain(of_accounts).collect(),
        due: idle.iter().filter_map(|report| report.next_fetch).min(),
    }
}

/// What an address offers, for the reader to decide on; or which outlet reads it already.
pub fn discover(
    on_demand: &OnDemand,
    config: &Config,
    typed: &str,
    tried: &dyn Fn(usize),
) -> Event {
    let url = config::completed(typed);
    // A store that cannot be read is told of elsewhere.
    let reader = |urls: &[&str]| refresh::reader_of(config, urls).ok().flatten();
    if let Some(name) = reader(&[&url]) {
        return Event::AlreadyAdded(name);
    }
    let offer = offer(on_demand, config, typed, tried);
    let feed = offer.as_ref().ok().and_then(|offer| offer.feed.as_deref());
    match feed.and_then(|feed| reader(&[feed])) {
        Some(name) => Event::AlreadyAdded(name),
        None => Event::Discovered(offer),
    }
}

/// The change of an outlet's address, and what is said of it.
///
/// # Errors
/// Why the outlet keeps the address it has.
pub fn readdress(
    on_demand: &OnDemand,
    config: &Config,
    outlet: &str,
    url: &str,
    tried: &dyn Fn(usize),
) -> Result<(ConfigEdit, String), String> {
    let typed = url;
    let url = config::completed(typed);
    let keeps = |why: &str| format!("{outlet} keeps its address: {why}");
    let reader = |urls: &[&str]| refresh::reader_of(config, urls).ok().flatten();
    let another = |urls: &[&str]| reader(urls).filter(|name| name != outlet);
    let taken = |name: String| {
        keeps(&format!(
            "“{name}” already reads {}",
            without_password(&url)
        ))
    };
    if let Some(name) = another(&[&url]) {
        return Err(taken(name));
    }
    let (url, found) = on_demand
        .discover_typed(config, typed, tried)
        .map_err(|(url, error)| keeps(&refresh::why_not(&url, &error)))?;
    let Some(best) = found.best() else {
        return Err(keeps(&format!(
            "no feed, sitemap or headlines found at {}",
            without_password(&url)
        )));
    };
    if let Some(name) = another(&[best.source.url()]) {
        return Err(taken(name));
    }
    let articles = match best.entries {
        1 => "1 article".to_owned(),
        n => format!("{n} articles"),
    };
    let kind = best.source.in_words();
    let source = without_password(best.source.url()).into_owned();
    let said = format!("{outlet}: address changed ({kind} {source}, {articles})");
    let edit = ConfigEdit::ChangeOutlet {
        outlet: outlet.to_owned(),
        change: OutletChange::Url(url),
    };
    Ok((edit, safe_text::line(&said)))
}

/// What an address offers, in lines that a person can decide by.
fn offer(
    on_demand: &OnDemand,
    config: &Config,
    typed: &str,
    tried: &dyn Fn(usize),
) -> Result<Offer, String> {
    let (url, found) = on_demand
        .discover_typed(config, typed, tried)
        .map_err(|(url, error)| refresh::why_not(&url, &error))?;
    let url = &*url;
    let best = found.best();
    let mut lines = Vec::new();
    if let Some(way) = best {
        let url = without_password(way.source.url());
        lines.push(match way.source {
            Source::Feed(_) => format!("Feed found: {url}"),
            Source::NewsSitemap(_) => format!("Sitemap found: {url}"),
            Source::HeadlinePage(_) => format!("No feed; headlines read from the page: {url}"),
        });
        lines.push(format!("{} articles, latest:", way.entries));
        let sample = way.sample.iter().take(5);
        lines.extend(sample.map(|entry| format!("  {}", entry.title.trim())));
        lines.push(String::new());
    }
    for way in &found.ways {
        // Guesses that came to nothing are of interest only where nothing else was found.
        let why = match &way.error {
            Some(_) if best.is_some() => continue,
            Some(why) => why.clone(),
            None if best == Some(way) => continue,
            None if way.entries == 0 => way.nothing().to_owned(),
            None => format!("{} articles", way.entries),
        };
        let kind = match way.source {
            Source::Feed(_) => "feed",
            Source::NewsSitemap(_) => "sitemap",
            Source::HeadlinePage(_) => "page",
        };
        let url = without_password(way.source.url());
        lines.push(match (best.is_some(), way.entries) {
            (true, 0) => format!("Not usable: {kind} {url}: {why}"),
            (true, _) => format!("Also: {kind} {url} ({}): {why}", way.found),
            (false, _) => format!("{kind} {url} ({}): {why}", way.found),
        });
    }
    if best.is_none() {
        let shown = without_password(url);
        lines.insert(0, format!("No feed, sitemap or headlines found at {shown}"));
    }
    lines.extend(found.notes.iter().cloned());
    for line in &mut lines {
        let indent = if line.starts_with("  ") { "  " } else { "" };
        *line = format!("{indent}{}", safe_text::line(line));
    }
    let name = found.name(url);
    let feed = best.and_then(|way| match &way.source {
        newsprint_model::Source::Feed(feed) => Some(feed.clone()),
        _ => None,
    });
    Ok(Offer {
        feed,
        empty: best.is_none(),
        url: url.to_owned(),
        name,
        lines,
    })
}
