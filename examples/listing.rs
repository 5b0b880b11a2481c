//! What is listed of saved pages of headlines, without a network: `cargo run --release --example listing -- DIR`.
//! Never here: judging what is listed (a scorer reads the output), any rule of its own.
//!
//! `DIR/gold.jsonl` names the pages, one JSON object a line: `id`, `url`, `file` (gzip, below `DIR`), and `charset`
//! where the server said one. One line a page goes to stdout, `{"id", "articles": [{"url", "title", "date"}]}`, in the
//! order of the page; the CPU time of each page goes to stderr. With `--explain ID` it is told of one page why each
//! link was taken or left; with `--feeds` the feeds that each page names are printed instead, the likeliest first.

use std::io::Read;
use std::path::Path;
use std::time::Instant;

use newsprint_model::Select;
use newsprint_parse::{discover, listing};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().ok_or("which directory?")?;
    let dir = Path::new(&dir);
    let option = arguments.next();
    let explained = match option.as_deref() {
        Some("--explain") => arguments.next(),
        _ => None,
    };
    let feeds_only = option.as_deref() == Some("--feeds");
    let mut times = Vec::new();
    for line in std::fs::read_to_string(dir.join("gold.jsonl"))?.lines() {
        let page: Value = serde_json::from_str(line)?;
        let field = |name: &str| page[name].as_str().unwrap_or_default();
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(dir.join(field("file")))?)
            .read_to_end(&mut bytes)?;
        let content_type = match field("charset") {
            "" => "text/html".to_owned(),
            charset => format!("text/html; charset={charset}"),
        };
        if feeds_only {
            let found = discover::look(&bytes, Some(&content_type), field("url"));
            let feeds: Vec<&str> = found.feeds.iter().map(|feed| feed.url.as_str()).collect();
            println!("{}", json!({ "id": field("id"), "feeds": feeds }));
            continue;
        }
        let began = Instant::now();
        // As when the page is fetched now: the files do not say when they were saved.
        let fetched = Some(newsprint_model::Time::now());
        let select = Select::default();
        let content_type = Some(content_type.as_str());
        if explained.as_deref() == Some(field("id")) {
            for link in listing::explain(&bytes, content_type, field("url"), &select, fetched)? {
                let points: f64 = link.points.iter().map(|(_, points)| points).sum();
                let mark = if link.taken { "taken" } else { "left" };
                eprintln!(
                    "{mark} {points:.1} {} {} {:?}",
                    link.url, link.title, link.points
                );
            }
        }
        let feed = listing::headlines(&bytes, content_type, field("url"), &select, fetched)?;
        let took = began.elapsed();
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
        eprintln!(
            "{}: {} listed, {:.1} ms",
            field("id"),
            articles.len(),
            took.as_secs_f64() * 1e3
        );
        println!("{}", json!({ "id": field("id"), "articles": articles }));
    }
    let total: f64 = times.iter().map(|time| time.as_secs_f64() * 1e3).sum();
    let slowest = times
        .iter()
        .max()
        .map_or(0.0, |time| time.as_secs_f64() * 1e3);
    eprintln!(
        "{} pages, {:.1} ms each, slowest {slowest:.1} ms",
        times.len(),
        total / times.len().max(1) as f64
    );
    Ok(())
}
