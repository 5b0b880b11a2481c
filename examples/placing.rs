//! What stories cost in a store: `placing [--refresh] [ARTICLES [NEW]]` (100,000 and 1,000) makes up articles of a hundred
//! days, has them placed, then takes in new ones and has them placed by another process, as a refresh does. Prints
//! milliseconds an article (and those of them on a processor, which is what a busy machine leaves sound), the memory that placing added to that process, and the bytes that the file grew by for each
//! article. With `--refresh` that process is a whole refresh, of outlets on loopback that have the new articles in their
//! feeds: what of its time and its peak of memory is owed to placing.
//! Never here: which articles are one story.

#[path = "../crates/stories/examples/cost/made_up.rs"]
mod made_up;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use anyhow::{Context, Result};
use newsprint::config::Config;
use newsprint::refresh::{Options, Progress, place_stories};
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
    match arguments.as_slice() {
        [word, folder] if word == "--place" => return place(Path::new(folder)),
        [word, folder] if word == "--run" => return run(Path::new(folder)),
        _ => {}
    }
    let by_refresh = arguments.iter().any(|one| one == "--refresh");
    let numbers = arguments.iter().filter(|one| *one != "--refresh");
    let mut numbers = numbers.map(|one| one.parse::<usize>());
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
    let start = (Instant::now(), on_processor());
    place_stories(&store, &|_, _| (), || false)?;
    let (seconds, processor) = since(start);
    let grown = size()?.saturating_sub(before);
    println!(
        "{count} articles placed: {:.3} ms each ({:.3} ms on a processor), {:.0} bytes of the file each ({:.1} MB of {:.1} MB)",
        seconds * 1e3 / count.max(1) as f64,
        processor * 1e3 / count.max(1) as f64,
        grown as f64 / count.max(1) as f64,
        grown as f64 / 1e6,
        before as f64 / 1e6
    );
    if by_refresh {
        serve(&mut state, count..count + new, folder.path())?;
    } else {
        take_in(&store, &mut state, count..count + new)?;
    }
    let child = std::process::Command::new(std::env::current_exe()?)
        .arg(if by_refresh { "--run" } else { "--place" })
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

/// When an article was published.
fn second(at: usize) -> i64 {
    START + (at * 86_400 / DAY) as i64
}

/// Title and text of an article.
fn made_up(state: &mut u64, at: usize) -> (String, String) {
    let event = at / 40 + made_up::pick(state, 400);
    let text = made_up::text(state, event);
    let title: Vec<&str> = text.split(' ').take(8).collect();
    (title.join(" "), text)
}

/// Takes in made-up articles, those of few events that many tell and of many that few do.
fn take_in(store: &Store, state: &mut u64, numbers: std::ops::Range<usize>) -> Result<()> {
    let numbers: Vec<usize> = numbers.collect();
    for chunk in numbers.chunks(2_000) {
        let mut by_outlet = vec![Vec::new(); OUTLETS];
        for at in chunk {
            let (title, text) = made_up(state, *at);
            by_outlet[at % OUTLETS].push(
                Incoming {
                    url: format!("https://outlet{}.example/{at}", at % OUTLETS),
                    title,
                    published: Some(Time::from_second(second(*at))?),
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
        let now = Time::from_second(second(last) + 60)?;
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
    let start = (Instant::now(), on_processor());
    let placed = place_stories(&store, &|_, _| (), || false)?;
    let (seconds, processor) = since(start);
    println!(
        "{placed} new ones placed by another process: {:.3} ms each ({:.3} ms on a processor, {:.0} ms in all), {:.1} MB of memory added at most",
        seconds * 1e3 / placed.max(1) as f64,
        processor * 1e3 / placed.max(1) as f64,
        seconds * 1e3,
        memory("VmHWM:")
            .context("no /proc")?
            .saturating_sub(before.unwrap_or(0)) as f64
            / 1024.0
    );
    Ok(())
}

/// Has each outlet's new articles in a feed at an address of its own, while this process lives, and writes a config that
/// names them.
fn serve(state: &mut u64, numbers: std::ops::Range<usize>, folder: &Path) -> Result<()> {
    let mut items = vec![String::new(); OUTLETS];
    for at in numbers {
        let (title, text) = made_up(state, at);
        let date = Time::from_second(second(at))?.strftime("%a, %d %b %Y %H:%M:%S GMT");
        items[at % OUTLETS].push_str(&format!(
            "<item><title>{title}</title><link>https://outlet{}.example/{at}</link><pubDate>{date}</pubDate>\
             <content:encoded>&lt;p&gt;{text}&lt;/p&gt;</content:encoded></item>",
            at % OUTLETS
        ));
    }
    let mut config = "[refresh]\nhost_gap = \"0s\"\n".to_owned();
    for (at, items) in items.into_iter().enumerate() {
        let listener = TcpListener::bind((Ipv4Addr::new(127, 1, 0, at as u8 + 1), 0))?;
        let address = listener.local_addr()?;
        config.push_str(&format!(
            "[[outlet]]\nname = \"{}\"\nurl = \"http://{address}/feed.xml\"\nfull_text = \"never\"\n",
            outlet(at).name
        ));
        let feed = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
             <channel><title>Outlet {at}</title><language>en</language>{items}</channel></rss>"
        );
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = answer(stream, &feed);
            }
        });
    }
    std::fs::write(folder.join("config.toml"), config)?;
    Ok(())
}

/// Answers one request with a feed, `robots.txt` with nothing.
fn answer(mut stream: TcpStream, feed: &str) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let (status, body) = match head.starts_with(b"GET /feed.xml") {
        true => ("200 OK", feed),
        false => ("404 Not Found", ""),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Refreshes the outlets of a folder's config, and prints what placing cost of it.
fn run(folder: &Path) -> Result<()> {
    let path = folder.join("config.toml");
    let config = Config::parse(&std::fs::read_to_string(&path)?, &path, folder)?;
    let options = Options {
        force: true,
        ..Options::default()
    };
    // When the last outlet was done and what the peak was then; when all were placed.
    let (fetched, placed) = (Mutex::new(None), Mutex::new(None));
    let progress = |progress: Progress| match progress {
        Progress::Placing { done, total } if done == total => {
            *placed.lock().expect("not poisoned") = Some((Instant::now(), total));
        }
        Progress::Placing { .. } => {}
        _ => *fetched.lock().expect("not poisoned") = Some((Instant::now(), memory("VmHWM:"))),
    };
    let start = Instant::now();
    let report = newsprint::refresh::run(&config, &options, &progress, &AtomicBool::new(false))?;
    let new: u32 = report.outlets.iter().map(|outlet| outlet.new).sum();
    let fetched = fetched
        .into_inner()
        .expect("not poisoned")
        .context("nothing was fetched")?;
    let (end, total) = placed
        .into_inner()
        .expect("not poisoned")
        .context("nothing was placed")?;
    let seconds = (end - fetched.0).as_secs_f64();
    println!(
        "{new} new ones by a refresh of {:.0} ms, {total} placed in {:.0} ms of it: {:.3} ms each, {:.1} MB added to its peak of {:.1} MB",
        start.elapsed().as_secs_f64() * 1e3,
        seconds * 1e3,
        seconds * 1e3 / total.max(1) as f64,
        (memory("VmHWM:").context("no /proc")? - fetched.1.unwrap_or(0)) as f64 / 1024.0,
        fetched.1.unwrap_or(0) as f64 / 1024.0
    );
    Ok(())
}

/// Seconds that this thread had a processor; 0 where Linux does not say.
fn on_processor() -> f64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = spent.split(' ').next().and_then(|one| one.parse().ok());
    spent.unwrap_or(0.0) / 1e9
}

/// Seconds that have passed, and those on a processor.
fn since((start, spent): (Instant, f64)) -> (f64, f64) {
    (start.elapsed().as_secs_f64(), on_processor() - spent)
}

/// A line of what Linux says of this process's memory, in kilobytes.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
