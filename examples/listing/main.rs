//! What is listed of saved pages of headlines, without a network: `cargo run --release --example listing -- DIR`.
//! Never here: judging what is listed (a scorer reads the output), any rule of its own.
//!
//! `DIR/gold.jsonl` names the pages, one JSON object a line: `id`, `url`, `file` (gzip, below `DIR`), and `charset`
//! where the server said one. One line a page goes to stdout, `{"id", "articles": [{"url", "title", "date"}]}`, in the
//! order of the page; the CPU time of each page goes to stderr.
//!
//! - `--explain ID` tells of one page why each link was taken or left.
//! - `--feeds` prints the feeds that each page names instead, the likeliest first.
//! - `--next` measures the page an hour later with five new stories: what is new then, what of the rest has changed.
//! - `--cross` fits the weights with pages left out and prints macro F1 so and by the weights that are committed.
//! - `--fit FILE` fits them to all pages and writes them as the source file that the crate is built with.

mod fit;
mod next_hour;

use std::io::Read;
use std::path::Path;
use std::time::Instant;

use newsprint_model::Select;
use newsprint_parse::listing::Earlier;
use newsprint_parse::{discover, listing};
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error>;

/// A saved page, and what is said of it.
struct Saved {
    gold: Value,
    bytes: Vec<u8>,
    content_type: String,
}

impl Saved {
    fn field(&self, name: &str) -> &str {
        self.gold[name].as_str().unwrap_or_default()
    }
}

/// The pages that `DIR/gold.jsonl` names.
fn saved(dir: &Path) -> Result<Vec<Saved>, Failure> {
    let mut pages = Vec::new();
    for line in std::fs::read_to_string(dir.join("gold.jsonl"))?.lines() {
        let gold: Value = serde_json::from_str(line)?;
        let mut bytes = Vec::new();
        let file = std::fs::File::open(dir.join(gold["file"].as_str().unwrap_or_default()))?;
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
        let content_type = match gold["charset"].as_str().unwrap_or_default() {
            "" => "text/html".to_owned(),
            charset => format!("text/html; charset={charset}"),
        };
        pages.push(Saved {
            gold,
            bytes,
            content_type,
        });
    }
    Ok(pages)
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [dir, rest @ ..] = arguments.as_slice() else {
        return Err("which directory?".into());
    };
    let pages = saved(Path::new(dir))?;
    match rest.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => list(&pages, None),
        ["--explain", id] => list(&pages, Some(id)),
        ["--feeds"] => {
            for page in &pages {
                let found =
                    discover::look(&page.bytes, Some(&page.content_type), page.field("url"));
                let feeds: Vec<&str> = found.feeds.iter().map(|feed| feed.url.as_str()).collect();
                println!("{}", json!({ "id": page.field("id"), "feeds": feeds }));
            }
            Ok(())
        }
        ["--next"] => next_hour::measure(&pages),
        ["--cross"] => fit::cross(&pages),
        ["--fit", file] => Ok(std::fs::write(file, fit::source(&pages)?)?),
        _ => Err(
            "usage: listing DIR [--explain ID | --feeds | --next | --cross | --fit FILE]".into(),
        ),
    }
}

/// Nanoseconds that this thread has computed, where the system tells (Linux, `proc_pid_schedstat`).
fn cpu() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok()
}

/// Prints what is listed of each page; of the page `explained` also why.
fn list(pages: &[Saved], explained: Option<&str>) -> Result<(), Failure> {
    let mut times = Vec::new();
    for page in pages {
        let (id, url) = (page.field("id"), page.field("url"));
        let content_type = Some(page.content_type.as_str());
        // As when the page is fetched now: the files do not say when they were saved.
        let earlier = Earlier::at(newsprint_model::Time::now());
        let select = Select::default();
        if explained == Some(id) {
            for link in listing::explain(&page.bytes, content_type, url, &select, &earlier)? {
                let points: f64 = link.points.iter().map(|(_, points)| points).sum();
                let mark = if link.taken { "taken" } else { "left" };
                eprintln!(
                    "{mark} {points:.1} {} {} {:?}",
                    link.url, link.title, link.points
                );
            }
        }
        let began = (cpu(), Instant::now());
        let feed = listing::headlines(&page.bytes, content_type, url, &select, &earlier)?;
        let took = match (began.0, cpu()) {
            (Some(began), Some(ended)) => (ended - began) / 1e6,
            _ => began.1.elapsed().as_secs_f64() * 1e3,
        };
        times.push(took);
        let articles: Vec<Value> = feed
            .entries
            .iter()
            .map(|entry| {
                json!({
                    "url": entry.url,
                    "title": entry.title,
                    "date": entry.published.map(|time| time.to_string()),
                })
            })
            .collect();
        eprintln!("{id}: {} listed, {took:.1} ms", articles.len());
        println!("{}", json!({ "id": id, "articles": articles }));
    }
    eprintln!(
        "{} pages, {:.1} ms each, slowest {:.1} ms",
        times.len(),
        times.iter().sum::<f64>() / times.len().max(1) as f64,
        times.iter().copied().fold(0.0, f64::max)
    );
    Ok(())
}
