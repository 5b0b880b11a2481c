//! How much a store grows over a year of refreshes: articles come, change, are read, starred and pruned,
//! tags come and go. Prints its size against that of the same store written anew.
//!
//! `cargo run --release -p newsprint-store --example year [DAYS] [OUTLETS] [A DAY]`
//! Never here: how long it takes.

use std::error::Error;
use std::path::Path;

use newsprint_model::{Keep, Mark, Outlet, TextState, Time, query};
use newsprint_store::{At, Incoming, List, Store, Update};

/// Articles that stay of each outlet.
const KEEP: u32 = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<i64>());
    let mut number = |default| numbers.next().unwrap_or(Ok(default));
    let (days, outlets, a_day) = (number(365)?, number(50)?, number(20)?);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("newsprint.db");
    let names: Vec<String> = (0..outlets).map(|n| format!("Outlet {n}")).collect();
    let store = opened(&path, &names)?;
    let keep = Keep {
        days: None,
        count: Some(KEEP),
    };
    for day in 0..days {
        let now = Time::from_second(1_700_000_000 + day * 86_400)?;
        for name in &names {
            // What is new, and some of yesterday that was changed.
            let new = (0..a_day).map(|n| article(name, day * a_day + n, 0));
            let changed = (0..a_day / 4).map(|n| article(name, (day - 1).max(0) * a_day + n, day));
            let articles = new.chain(changed).map(Incoming::pack).collect();
            let update = Update {
                articles,
                ..Update::default()
            };
            store.ingest(name, &update, now)?;
            store.prune(name, keep, now)?;
        }
        let unread = List::live(&query::parse("is:unread")?, now);
        let page = store.headlines(&unread, At::Top, 40)?;
        let ids: Vec<_> = page.iter().map(|headline| headline.id).collect();
        store.mark(&ids, Mark::Read)?;
        if day % 30 == 0 {
            store.mark(&ids[..1], Mark::Star)?;
        }
        store.tidy()?;
        store.save_marks()?;
        store.give_back()?;
    }
    let used = size(&path);
    // What the articles that are left need, with their earlier texts and nothing else.
    store.compact()?;
    let needed = size(&path);
    let all = List::live(&query::parse("")?, Time::now());
    println!(
        "{days} days of {outlets} outlets, {} articles left: {used} bytes, {needed} needed, {:.2} times",
        store.counts(&all)?.total,
        used as f64 / needed as f64
    );
    Ok(())
}

fn opened(path: &Path, names: &[String]) -> Result<Store, Box<dyn Error>> {
    let store = Store::open(path)?;
    let outlets: Vec<Outlet> = names
        .iter()
        .map(|name| Outlet {
            name: name.clone(),
            url: format!("https://{}.example/", name.replace(' ', "-")),
            ..Outlet::default()
        })
        .collect();
    store.sync_outlets(&outlets)?;
    Ok(store)
}

/// A made-up article; another `edition` has another text.
fn article(outlet: &str, number: i64, edition: i64) -> Incoming {
    let mut random = fastrand::Rng::with_seed((number * 1_000 + edition) as u64);
    let text: Vec<String> = (0..300)
        .map(|_| format!("w{}", random.u32(..5_000)))
        .collect();
    let text = text.join(" ");
    Incoming {
        guid: Some(format!("{outlet} {number}")),
        url: format!("https://{}.example/{number}", outlet.replace(' ', "-")),
        title: format!("Story {number} of {outlet}"),
        // Some of every day's tags are never used again.
        tags: vec![
            format!("Tag {}", number % 40),
            format!("Event {}", number / 7),
        ],
        body: format!("<p>{text}</p>"),
        search_text: text,
        text: TextState::Full,
        ..Incoming::default()
    }
}

/// Bytes of a database, into which its log has been folded.
fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}
