//! What stories cost in a store: `placing [ARTICLES [NEW]]` (100,000 and 1,000) makes up articles of a hundred days, has
//! them placed, then takes in new ones and has them placed by another process, as a refresh does. Prints milliseconds an
//! article, the memory that placing added to that process, and the bytes that the file grew by for each article.
//! Never here: which articles are one story.

#[path = "../crates/stories/examples/cost/made_up.rs"]
mod made_up;

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use newsprint::refresh::place_stories;
use newsprint_model::{Outlet, TextState, Time};
use newsprint_store::{Incoming, Store, Update};

/// Outlets that tell of the events.
const OUTLETS: usize = 40;
/// Articles of one day in a store of a hundred thousand.
const DAY: usize = 1_000;
/// The first day.
const START: i64 = 1_700_000_000;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, folder] = arguments.as_slice()
        && word == "--place"
    {
        return place(Path::new(folder));
    }
    let mut numbers = arguments.iter().map(|one| one.parse::<usize>());
    let count = numbers.next().transpose()?.unwrap_or(100_000);
    let new = numbers.next().transpose()?.unwrap_or(1_000);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("newsprint.db");
    let store = Store::open(&path)?;
    let outlets: Vec<Outlet> = (0..OUTLETS).map(outlet).collect();
    store.sync_outlets(&outlets)?;
    let mut state = 7;
    take_in(&store, &mut state, 0..count)?;
    let size = || -> Result<u64> {
        store.compact()?;
        Ok(std::fs::metadata(&path)?.len())
    };
    let before = size()?;
    let start = Instant::now();
    place_stories(&store, &|_, _| (), || false)?;
    let seconds = start.elapsed().as_secs_f64();
    let grown = size()?.saturating_sub(before);
    println!(
        "{count} articles placed: {:.3} ms each, {:.0} bytes of the file each ({:.1} MB of {:.1} MB)",
        seconds * 1e3 / count.max(1) as f64,
        grown as f64 / count.max(1) as f64,
        grown as f64 / 1e6,
        before as f64 / 1e6
    );
    take_in(&store, &mut state, count..count + new)?;
    let child = std::process::Command::new(std::env::current_exe()?)
        .arg("--place")
        .arg(folder.path())
        .status()?;
    anyhow::ensure!(child.success(), "placing failed");
    Ok(())
}

fn outlet(at: usize) -> Outlet {
    Outlet {
        name: format!("Outlet {at}"),
        ..Outlet::default()
    }
}

/// Takes in made-up articles, those of few events that many tell and of many that few do.
fn take_in(store: &Store, state: &mut u64, numbers: std::ops::Range<usize>) -> Result<()> {
    let numbers: Vec<usize> = numbers.collect();
    for chunk in numbers.chunks(2_000) {
        let mut by_outlet = vec![Vec::new(); OUTLETS];
        for at in chunk {
            let event = at / 40 + made_up::pick(state, 400);
            let text = made_up::text(state, event);
            let title: Vec<&str> = text.split(' ').take(8).collect();
            let second = START + (at * 86_400 / DAY) as i64;
            by_outlet[at % OUTLETS].push(
                Incoming {
                    url: format!("https://outlet{}.example/{at}", at % OUTLETS),
                    title: title.join(" "),
                    published: Some(Time::from_second(second)?),
                    lang: "en".into(),
                    body: format!("<p>{text}</p>"),
                    search_text: text,
                    text: TextState::Full,
                    ..Incoming::default()
                }
                .pack(),
            );
        }
        let last = chunk.last().copied().unwrap_or_default();
        let now = Time::from_second(START + (last * 86_400 / DAY) as i64 + 60)?;
        for (at, articles) in by_outlet.into_iter().enumerate() {
            let update = Update {
                articles,
                ..Update::default()
            };
            store.ingest(&outlet(at).name, &update, now)?;
        }
    }
    Ok(())
}

/// Places what waits, as the end of a refresh does, and prints what it cost.
fn place(folder: &Path) -> Result<()> {
    let store = Store::open(&folder.join("newsprint.db"))?;
    let before = memory("VmRSS:");
    let start = Instant::now();
    let placed = place_stories(&store, &|_, _| (), || false)?;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{placed} new ones placed by another process: {:.3} ms each ({:.0} ms in all), {:.1} MB of memory added at most",
        seconds * 1e3 / placed.max(1) as f64,
        seconds * 1e3,
        memory("VmHWM:")
            .context("no /proc")?
            .saturating_sub(before.unwrap_or(0)) as f64
            / 1024.0
    );
    Ok(())
}

/// A line of what Linux says of this process's memory, in kilobytes.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
