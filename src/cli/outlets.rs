//! `outlets`, `discover`, `add`, `remove`, `import`, `export`: what is read, and edits of the config file.
//! Never here: reading or changing articles.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, anyhow};
use serde_json::json;

use super::args::{AddArgs, DiscoverArgs, ImportArgs, OutletsArgs, RemoveArgs};
use super::read::configured;
use super::{Session, Usage, printable, to_stdout};
use crate::cli::print::{self, json as object};
use crate::config::{self, Config, edit};
use crate::library::counts;
use crate::library::rules::{OutletRules, Rules};
use crate::refresh::{self, Discovery, Way};
use newsprint_model::{Entry, Health, Outlet, address_key, fold};
use newsprint_parse::listing::Reason;
use newsprint_parse::newsboat_urls;
use newsprint_parse::opml::{self, Subscription, Subscriptions};

pub(super) fn outlets(session: &Session, args: &OutletsArgs) -> anyhow::Result<()> {
    let format = args.format;
    let config = session.config()?;
    let wanted = args.outlets.iter().map(|name| configured(&config, name));
    let wanted = wanted.collect::<Result<Vec<_>, _>>()?;
    let store = session.store_or_empty(&config)?;
    store.sync_outlets(&config.outlets)?;
    let look = session.look();
    let outlets = OutletRules::new(&config, counts::removed(&store, &config)?);
    let health = counts::outlets(&store, Rules::new(&config, &outlets), look.now)?;
    to_stdout(|out| {
        let is_wanted = |health: &&Health| {
            wanted.is_empty() || wanted.iter().any(|outlet| outlet.name == health.outlet)
        };
        for outlet in health.iter().filter(is_wanted) {
            if format.json {
                writeln!(out, "{}", object::outlet(outlet))?;
            } else if format.tsv {
                print::outlet_tsv(out, outlet)?;
            } else {
                print::outlet(out, outlet, &look)?;
            }
        }
        if health.is_empty() && !format.json && !format.tsv {
            writeln!(out, "no outlets (add one: newsprint add URL)")?;
        }
        Ok(())
    })
}

pub(super) fn discover(session: &Session, args: &DiscoverArgs) -> anyhow::Result<()> {
    let config = session.config()?;
    if session.global.offline {
        return Err(refresh::RefreshError::Offline.into());
    }
    let typed = opml::web_address(&args.url).unwrap_or_else(|| args.url.clone());
    let url = config::completed(&typed);
    config::web_address(&url).map_err(Usage)?;
    let requests = refresh::OnDemand::new(&config);
    if args.explain {
        let reasons = requests
            .explain(&config, &url)
            .map_err(|error| not_found(&url, error))?;
        return to_stdout(|out| explained(out, &reasons, args.json));
    }
    let (url, discovery) = requests
        .discover_typed(&config, &typed, &|_| {})
        .map_err(|(url, error)| not_found(&url, error))?;
    let look = session.look();
    let best = discovery.best().map(|way| way.source.url());
    let urls: Vec<&str> = [&*url].into_iter().chain(best).collect();
    let known = refresh::reader_of(&config, &urls)?;
    to_stdout(|out| {
        if args.json {
            for way in &discovery.ways {
                writeln!(out, "{}", way_json(way, &discovery))?;
            }
            return Ok(());
        }
        print::ways(out, &discovery, &look)?;
        match (discovery.best(), &known) {
            (_, Some(name)) => writeln!(out, "\n“{}” already reads it", printable(name))?,
            (Some(_), None) => {
                let url = print::address(&typed);
                writeln!(out, "\nAdd it: newsprint add {url}")?;
            }
            (None, None) => {}
        }
        Ok(())
    })?;
    if let Some(why) = &discovery.failure {
        return Err(anyhow!(
            "{}; if you know the feed, set `feed` or `[outlet.select] headlines` for the outlet",
            printable(why)
        ));
    }
    Ok(())
}

/// A line or two for each link: listed or not, its points, and what they are for.
fn explained(out: &mut dyn Write, reasons: &[Reason], json: bool) -> anyhow::Result<()> {
    for reason in reasons {
        let points: f64 = reason.points.iter().map(|(_, points)| points).sum();
        let title = newsprint_html::safe_text::line(&reason.title);
        if json {
            let why = reason
                .points
                .iter()
                .map(|(why, points)| json!({"why": why, "points": points}));
            let object = json!({
                "url": print::address(&reason.url),
                "title": title,
                "listed": reason.taken,
                "points": points,
                "reasons": why.collect::<Vec<_>>(),
            });
            writeln!(out, "{object}")?;
            continue;
        }
        let mark = if reason.taken { "listed" } else { "left" };
        let why = reason
            .points
            .iter()
            .map(|(why, points)| format!("{why} {points:+}"));
        writeln!(out, "{mark:6} {points:5.1}  {title}")?;
        writeln!(out, "               {}", print::address(&reason.url))?;
        writeln!(out, "               {}", why.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

fn way_json(way: &Way, discovery: &Discovery) -> serde_json::Value {
    let best = discovery
        .best()
        .is_some_and(|best| best.source == way.source);
    json!({
        "source": way.source.kind(),
        "source_url": print::address(way.source.url()),
        "found": way.found,
        "best": best,
        "title": way.title.as_deref().map(newsprint_html::safe_text::line),
        "entries": way.entries,
        "sample": way.sample.iter().map(entry_json).collect::<Vec<_>>(),
        "error": way.error.as_deref().map(print::address),
    })
}

fn entry_json(entry: &Entry) -> serde_json::Value {
    json!({
        "title": newsprint_html::safe_text::line(&entry.title),
        "url": entry.url.as_deref().map(newsprint_html::safe_text::line),
        "published": entry.published.map(print::rfc3339),
        "tags": entry.tags.iter().map(|tag| newsprint_html::safe_text::line(tag)).collect::<Vec<_>>(),
    })
}

pub(super) fn add(session: &Session, args: AddArgs) -> anyhow::Result<()> {
    // Browsers hand feeds over as `feed:`.
    let typed = opml::web_address(&args.url).unwrap_or_else(|| args.url.clone());
    let url = config::completed(&typed);
    config::web_address(&url).map_err(Usage)?;
    if let Some(account) = &args.account {
        return super::accounts::subscribe(session, account, &url, args.name, args.group);
    }
    // A config that is wrong already is to be fixed first, not made longer.
    let config = session.config_or_example()?;
    let file = session.config_file()?;
    refuse_known(&config, &[&url])?;
    // Told before anything is fetched.
    if let Some(name) = &args.name {
        edit::outlet_name(name)?;
    }
    let (url, name, found) = if args.no_check {
        (url, String::new(), String::new())
    } else if session.global.offline {
        let unchecked = " (not checked: offline)".to_owned();
        (url, String::new(), unchecked)
    } else {
        match look_at(&config, &typed) {
            // Where nobody answers, the network may be down: the address stands, and a refresh says what is wrong.
            Err(error) if is_unanswered(&error) => {
                let unchecked = format!(" (not checked: {})", printable(&error.to_string()));
                (url, String::new(), unchecked)
            }
            looked => looked?,
        }
    };
    // The site's title may be taken; without a name the outlet goes by its host.
    let name = args.name.unwrap_or_else(|| match config.outlet(&name) {
        Some(_) => String::new(),
        None => name,
    });
    let outlet = Outlet {
        name,
        url,
        tags: args.tags,
        group: args.group,
        ..Outlet::default()
    };
    edit_config(&file, |text| edit::add_outlet(text, &outlet))?;
    to_stdout(|out| {
        let name = match outlet.name.as_str() {
            "" => config::name_of(&outlet.url),
            name => name.to_owned(),
        };
        let name = printable(&name);
        writeln!(
            out,
            "added “{name}”{found} to {}; run `newsprint refresh`",
            file.display()
        )?;
        Ok(())
    })
}

/// Fails where an outlet reads one of these addresses already, saying which.
fn refuse_known(config: &Config, urls: &[&str]) -> anyhow::Result<()> {
    let Some(name) = refresh::reader_of(config, urls)? else {
        return Ok(());
    };
    let (name, url) = (printable(&name), printable(urls.last().unwrap_or(&"")));
    Err(anyhow!("“{name}” already reads {url}"))
}

/// The feed at an address, or the best one that the page at it offers.
pub(super) fn feed_of(config: &Config, url: &str) -> anyhow::Result<String> {
    let discovery = refresh::OnDemand::new(config).discover(config, url, &|_| {})?;
    let feed = discovery
        .ways
        .iter()
        .find(|way| matches!(way.source, newsprint_model::Source::Feed(_)) && way.error.is_none());
    // What newsprint cannot reach, the server may.
    Ok(feed.map_or_else(|| url.to_owned(), |way| way.source.url().to_owned()))
}

/// The error with its address in front; its kind still decides the exit code.
pub(super) fn not_found(url: &str, error: refresh::RefreshError) -> anyhow::Error {
    let why = refresh::why_not(url, &error);
    anyhow::Error::new(error).context(why)
}

/// Whether no server was there to say anything of the address.
fn is_unanswered(error: &anyhow::Error) -> bool {
    error
        .downcast_ref()
        .is_some_and(refresh::RefreshError::is_unanswered)
}

/// The address that was typed, as it is read; the name of the site at it, and what would be read of it. Fails where
/// nothing can be read.
fn look_at(config: &Config, typed: &str) -> anyhow::Result<(String, String, String)> {
    let (url, discovery) = refresh::OnDemand::new(config)
        .discover_typed(config, typed, &|_| {})
        .map_err(|(url, error)| not_found(&url, error))?;
    let Some(best) = discovery.best() else {
        let why = discovery.failure.as_deref().unwrap_or("no source found");
        let why = printable(&refresh::with_login(why.to_owned()));
        return Err(anyhow!(
            "{why} (--no-check adds it anyway; then `headlines` in [outlet.select] can name what its page lists)"
        ));
    };
    refuse_known(config, &[&url, best.source.url()])?;
    let kind = best.source.in_words();
    let articles = super::count(best.entries, "article");
    let found = format!(
        " ({kind} {}, {articles})",
        print::address(best.source.url())
    );
    let name = discovery.name(&url);
    Ok((url, name, found))
}

pub(super) fn remove(session: &Session, args: &RemoveArgs) -> anyhow::Result<()> {
    let config = refresh::with_accounts(session.config_or_example()?);
    let outlet = configured(&config, &args.outlet)?;
    if outlet.account.is_some() {
        return super::accounts::unsubscribe(session, &config, outlet);
    }
    let name = outlet.name.clone();
    let file = session.config_file()?;
    edit_config(&file, |text| edit::remove_outlet(text, &name))?;
    let left = left_of(session, &name).unwrap_or_default();
    to_stdout(|out| {
        let name = printable(&name);
        writeln!(out, "removed “{name}” from {}{left}", file.display())?;
        Ok(())
    })
}

/// What becomes of the articles of an outlet that has just been removed from the config.
fn left_of(session: &Session, name: &str) -> anyhow::Result<String> {
    let config = session.config()?;
    // No store is made only to find nothing in it.
    if !config.paths.database().exists() {
        return Ok(String::new());
    }
    let store = session.store(&config)?;
    store.sync_outlets(&config.outlets)?;
    let departed = store.removed_outlets()?;
    let left = departed
        .iter()
        .find(|left| fold(&left.outlet) == fold(name));
    Ok(left.map_or(String::new(), |left| {
        let articles = match left.total {
            1 => "its article is kept; `newsprint prune --removed` deletes it".to_owned(),
            n => format!("its {n} articles are kept; `newsprint prune --removed` deletes them"),
        };
        let except = match left.starred {
            0 => String::new(),
            starred => format!(" (except {starred} starred)"),
        };
        format!("\n{articles}{except}")
    }))
}

fn check_if_there(session: &Session, file: &Path) -> anyhow::Result<()> {
    if file.exists() {
        session.config()?;
    }
    Ok(())
}

pub(super) fn import(session: &Session, args: &ImportArgs) -> anyhow::Result<()> {
    let shown = args.file.display().to_string();
    let bytes = if args.file.as_os_str() == "-" {
        bounded(std::io::stdin().lock()).context("standard input")?
    } else {
        let file = std::fs::File::open(&args.file).with_context(|| shown.clone())?;
        bounded(file).with_context(|| shown.clone())?
    };
    let file = session.config_file()?;
    check_if_there(session, &file)?;
    let mut list = subscriptions(&bytes).with_context(|| args.file.display().to_string())?;
    let too_long = |one: &Subscription| one.url.len() > LONGEST_ADDRESS;
    for one in list.taken.extract_if(.., |one| too_long(one)) {
        let title = short(&one.title, LONGEST_NAME);
        list.left_out.push(format!("{title}: address too long"));
    }
    if list.taken.is_empty() {
        if list.left_out.len() >= newsboat_urls::MOST_WRONG {
            return Err(anyhow!("{shown}: neither OPML nor a list of URLs"));
        }
        say_skipped(&list.left_out);
        return Err(anyhow!("{}: no outlets found", args.file.display()));
    }
    let places: HashMap<&str, String> = list
        .taken
        .iter()
        .map(|one| (one.url.as_str(), one.place()))
        .collect();
    let place = |outlet: &Outlet| places.get(&*outlet.url).cloned().unwrap_or_default();
    let (outlets, mut skipped) = not_known(session, named(&list.taken), &place)?;
    let mut refused = Vec::new();
    let mut change = |text: &str| {
        let (text, reasons) = edit::add_outlets(text, &outlets)?;
        refused = reasons;
        Ok(text)
    };
    if args.dry_run {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        change(&text)?;
    } else {
        edit_config(&file, change)?;
    }
    let reasons = refused.iter().map(|(index, reason)| {
        let outlet = &outlets[*index];
        let name = match outlet.name.as_str() {
            "" => config::name_of(&outlet.url),
            name => name.to_owned(),
        };
        format!("{}{name}: {reason}", place(outlet))
    });
    skipped.extend(reasons);
    skipped.splice(0..0, list.left_out.iter().cloned());
    // In the order of the list, where it has lines.
    skipped.sort_by_key(|line| {
        let rest = line
            .strip_prefix("line ")
            .and_then(|rest| rest.split_once(':'));
        rest.and_then(|(number, _)| number.parse::<usize>().ok())
    });
    say_skipped(&skipped);
    // Of what was there already nothing is new.
    let is_added = |url: &str| {
        let at = outlets.iter().position(|outlet| outlet.url == url);
        at.is_some_and(|at| refused.iter().all(|(index, _)| *index != at))
    };
    for (_, line) in list.notes.iter().filter(|(url, _)| is_added(url)) {
        eprintln!(
            "note: {}",
            printable(&newsprint_html::safe_text::line(line))
        );
    }
    let added = outlets.len() - refused.len();
    let skipped = match skipped.len() {
        0 => String::new(),
        skipped => format!(", {skipped} skipped"),
    };
    let is_refused = |at: usize| refused.iter().any(|(index, _)| *index == at);
    let nameless = outlets
        .iter()
        .enumerate()
        .filter(|(at, outlet)| outlet.name.is_empty() && !is_refused(*at))
        .count();
    let nameless = match nameless {
        0 => String::new(),
        1 => "; 1 without a title is named by its feed at the first refresh".to_owned(),
        n => format!("; {n} without a title are named by their feeds at the first refresh"),
    };
    let verb = if args.dry_run {
        "would be added"
    } else {
        "added"
    };
    to_stdout(|out| {
        Ok(writeln!(
            out,
            "{} {verb} to {}{skipped}{nameless}",
            super::count(added, "outlet"),
            file.display()
        )?)
    })
}

/// Those that no outlet reads by the source that was found for it, and why the others are skipped. What the
/// config itself says is compared when they are added.
fn not_known(
    session: &Session,
    outlets: Vec<Outlet>,
    place: &dyn Fn(&Outlet) -> String,
) -> anyhow::Result<(Vec<Outlet>, Vec<String>)> {
    let config = session.config_or_example()?;
    let readers = refresh::readers(&config)?;
    let mut skipped = Vec::new();
    let left = outlets.into_iter().filter(|outlet| {
        let reader = readers.get(&address_key(&outlet.url));
        if let Some(name) = reader {
            let url = newsprint_model::without_password(&outlet.url);
            let title = match outlet.name.as_str() {
                "" => String::new(),
                name => format!("{name}: "),
            };
            let place = place(outlet);
            skipped.push(format!("{place}{title}“{name}” already reads {url}"));
        }
        reader.is_none()
    });
    let left = left.collect();
    Ok((left, skipped))
}

/// Bytes of a list of outlets and of an address, characters of an outlet's name, and its tags, at most.
const LARGEST_IMPORT: u64 = 20_000_000;
const LONGEST_ADDRESS: usize = 8_000;
const LONGEST_NAME: usize = 200;
const MOST_TAGS: usize = 100;

fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Says what of a list was not taken; a line may be as long as the file.
fn say_skipped(lines: &[String]) {
    for line in lines {
        let line = newsprint_html::safe_text::line(&printable(line));
        eprintln!("skipped: {}", short(&line, 2 * LONGEST_NAME));
    }
}

/// All that can be read, unless it is more than any list of outlets.
fn bounded(from: impl Read) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST_IMPORT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_IMPORT {
        return Err(anyhow!("larger than 20 MB"));
    }
    Ok(bytes)
}

/// OPML where it looks like markup, else newsboat's urls file.
fn subscriptions(bytes: &[u8]) -> anyhow::Result<Subscriptions> {
    let start = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    // UTF-16 with and without its mark, gzip: no urls file is either.
    let packed = [&[0xff, 0xfe][..], &[0xfe, 0xff], &[0, b'<'], &[0x1f, 0x8b]];
    if start.starts_with(b"<") || packed.iter().any(|mark| bytes.starts_with(mark)) {
        Ok(opml::read(bytes)?)
    } else {
        Ok(newsboat_urls::read(bytes))
    }
}

/// Outlets with names of their own: two feeds of one title become `Title` and `Title (2)`. One without a title,
/// or with its address for one, as other readers write it, has no name.
fn named(subscriptions: &[Subscription]) -> Vec<Outlet> {
    let mut taken = HashSet::new();
    subscriptions
        .iter()
        .map(|subscription| {
            let title = newsprint_html::safe_text::line(&subscription.title);
            let title = short(&title, LONGEST_NAME);
            let title = title.trim().to_owned();
            let is_address = address_key(&title) == address_key(&subscription.url);
            let title = if is_address { String::new() } else { title };
            let name = (1..)
                .map(|n| {
                    if n == 1 {
                        title.clone()
                    } else {
                        format!("{title} ({n})")
                    }
                })
                .find(|name| name.is_empty() || taken.insert(fold(name)))
                .unwrap_or(title);
            Outlet {
                name,
                url: subscription.url.clone(),
                tags: subscription
                    .tags
                    .iter()
                    .take(MOST_TAGS)
                    .map(|tag| short(tag, LONGEST_NAME))
                    .collect(),
                group: (!subscription.groups.is_empty())
                    .then(|| short(&subscription.groups.join(" / "), LONGEST_NAME)),
                ..Outlet::default()
            }
        })
        .collect()
}

/// The outlets as OPML: the feed where one is known, else the configured address.
pub(super) fn export(session: &Session) -> anyhow::Result<()> {
    let config = session.config()?;
    let store = session.store_or_empty(&config)?;
    store.sync_outlets(&config.outlets)?;
    let sources: HashMap<String, String> = store
        .health()?
        .into_iter()
        .filter_map(|health| Some((health.outlet, health.source?)))
        .filter(|(_, source)| source.kind() == "feed")
        .map(|(outlet, source)| (outlet, source.url().to_owned()))
        .collect();
    let subscriptions: Vec<Subscription> = config
        .outlets
        .iter()
        .map(|outlet| {
            let known = outlet
                .feed
                .clone()
                .or_else(|| sources.get(&outlet.name).cloned());
            Subscription {
                title: newsprint_html::safe_text::line(&outlet.name),
                site: known.as_ref().map(|_| outlet.url.clone()),
                url: known.unwrap_or_else(|| outlet.url.clone()),
                groups: outlet.group.iter().cloned().collect(),
                tags: outlet.tags.clone(),
                line: 0,
            }
        })
        .collect();
    // Without them it could not be read back, so they stand in it.
    let secret = |url: &str| newsprint_model::without_password(url) != url;
    let secrets = subscriptions.iter().filter(|one| secret(&one.url)).count();
    if secrets > 0 {
        let _ = writeln!(
            std::io::stderr(),
            "newsprint: the list has passwords or keys in the addresses of {}; keep it to yourself",
            super::count(secrets, "outlet")
        );
    }
    to_stdout(|out| Ok(out.write_all(opml::write(&subscriptions).as_bytes())?))
}

/// Reads the config file's text, changes it and writes it back whole.
pub(super) fn edit_config(
    file: &Path,
    change: impl FnOnce(&str) -> Result<String, edit::EditError>,
) -> anyhow::Result<()> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| file.display().to_string()),
    };
    Ok(edit::save(file, &change(&text)?)?)
}
