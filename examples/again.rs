//! Refreshes every document of a folder three times over loopback, as an outlet each, and names those of which the
//! second or the third refresh of the same bytes said or stored anything new, and those of whose entries the store has
//! fewer than were read: `again DIR…`. `again --pages DIR…` does the same with feeds whose entries lead to the pages of
//! a folder (`index.jsonl`: `id`, `file`; `gold.jsonl`: `id`, `title`, `text`), each fetched for its text.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result};
use newsprint::config::Config;
use newsprint::refresh::{self, Options};
use newsprint_model::query::Query;
use newsprint_store::{At, Fold, List, Store};
use serde_json::Value;

/// What is served: documents by number, and the pages their entries lead to.
#[derive(Default)]
struct Served {
    /// Where each document is from, with its bytes.
    documents: Vec<(String, Vec<u8>)>,
    pages: Vec<Vec<u8>>,
}

/// Entries of one feed that is made of pages.
const PAGES_OF_A_FEED: usize = 20;

impl Served {
    fn documents(dirs: &[String]) -> Result<Served> {
        let mut files: Vec<PathBuf> = Vec::new();
        for dir in dirs {
            for entry in std::fs::read_dir(dir).with_context(|| dir.clone())? {
                let path = entry?.path();
                if path.is_file() {
                    files.push(path);
                }
            }
        }
        files.sort();
        let documents = files.into_iter().map(|file| {
            let bytes = std::fs::read(&file)?;
            Ok((file.display().to_string(), bytes))
        });
        Ok(Served {
            documents: documents.collect::<Result<_>>()?,
            pages: Vec::new(),
        })
    }

    fn pages(dirs: &[String], address: &str) -> Result<Served> {
        let mut served = Served::default();
        for dir in dirs {
            let dir = Path::new(dir);
            let lines = |name: &str| -> Result<Vec<Value>> {
                let text = std::fs::read_to_string(dir.join(name))?;
                Ok(text
                    .lines()
                    .map(serde_json::from_str)
                    .collect::<Result<_, _>>()?)
            };
            let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
            let gold: HashMap<String, Value> = lines("gold.jsonl")?
                .into_iter()
                .map(|row| (text(&row, "id"), row))
                .collect();
            for rows in lines("index.jsonl")?.chunks(PAGES_OF_A_FEED) {
                let mut feed = "<rss version=\"2.0\"><channel><title>Pages</title>".to_owned();
                for row in rows {
                    let mut bytes = std::fs::read(dir.join(text(row, "file")))?;
                    if bytes.starts_with(&[0x1f, 0x8b]) {
                        let mut page = Vec::new();
                        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut page)?;
                        bytes = page;
                    }
                    let gold = gold.get(&text(row, "id"));
                    let said = |name| {
                        newsprint_html::escape(&gold.map_or(String::new(), |gold| text(gold, name)))
                    };
                    let words = said("text");
                    let teaser: Vec<&str> = words.split_whitespace().take(30).collect();
                    feed += &format!(
                        "<item><title>{}</title><link>http://{address}/page/{}</link><description>{} …</description></item>",
                        said("title"),
                        served.pages.len(),
                        teaser.join(" ")
                    );
                    served.pages.push(bytes);
                }
                let name = format!("{} {}", dir.display(), served.documents.len());
                served
                    .documents
                    .push((name, (feed + "</channel></rss>").into_bytes()));
            }
        }
        Ok(served)
    }

    /// Status, type and body of an answer.
    fn answer(&self, path: &str) -> (&'static str, &'static str, &[u8]) {
        let path = path.trim_start_matches('/');
        let page = path
            .strip_prefix("page/")
            .and_then(|n| n.parse::<usize>().ok());
        if let Some(page) = page.and_then(|n| self.pages.get(n)) {
            return ("200 OK", "text/html", page);
        }
        let document = path
            .parse::<usize>()
            .ok()
            .and_then(|n| self.documents.get(n));
        match document {
            Some((file, bytes)) if file.ends_with(".json") => {
                ("200 OK", "application/feed+json", bytes)
            }
            Some((_, bytes)) => ("200 OK", "application/xml", bytes),
            None => ("404 Not Found", "text/plain", b""),
        }
    }
}

fn main() -> Result<()> {
    let mut dirs: Vec<String> = std::env::args().skip(1).collect();
    let with_pages = dirs.first().is_some_and(|first| first == "--pages");
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();
    let served = Arc::new(match with_pages {
        true => Served::pages(&dirs.split_off(1), &address)?,
        false => Served::documents(&dirs)?,
    });
    let serving = Arc::clone(&served);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serving = Arc::clone(&serving);
            std::thread::spawn(move || answer(&stream, &serving));
        }
    });
    let mut text = "[refresh]\nhost_gap = \"0s\"\n".to_owned();
    let full_text = if with_pages { "always" } else { "never" };
    for number in 0..served.documents.len() {
        text += &format!(
            "[[outlet]]\nname = \"{number}\"\nurl = \"http://{address}/{number}\"\nfull_text = \"{full_text}\"\n"
        );
    }
    let folder = tempfile::tempdir()?;
    let config = Config::parse(&text, &folder.path().join("config.toml"), folder.path())
        .map_err(|why| anyhow::anyhow!("{why:?}"))?;
    let options = Options {
        force: true,
        ..Options::default()
    };
    let (mut differ, mut read) = (HashMap::new(), 0);
    let mut before: Vec<String> = Vec::new();
    let mut stored: HashMap<String, usize> = HashMap::new();
    for round in 1..=3 {
        let report = refresh::run(&config, &options, &|_| {}, &AtomicBool::new(false))?;
        read = report
            .outlets
            .iter()
            .filter(|outlet| outlet.error.is_none())
            .count();
        let store = Store::open(&config.paths.database())?;
        let list = List {
            query: Query::default(),
            as_of: None,
            fold: Fold::Never,
        };
        let headlines = store.headlines(&list, At::Top, usize::MAX >> 1)?;
        stored.clear();
        for headline in &headlines {
            *stored.entry(headline.outlet.clone()).or_default() += 1;
        }
        let now: Vec<String> = headlines
            .iter()
            .map(|headline| format!("{headline:?}"))
            .collect();
        if round > 1 {
            for outlet in &report.outlets {
                if outlet.new + outlet.changed + outlet.full_text > 0 {
                    let counts = (round, outlet.new, outlet.changed, outlet.full_text);
                    differ.insert(outlet.outlet.clone(), counts);
                }
            }
            if now != before {
                println!("round {round}: the stored headlines are not as they were");
            }
        }
        before = now;
    }
    for (name, (round, new, changed, filled)) in &differ {
        let document = name
            .parse()
            .ok()
            .and_then(|n: usize| served.documents.get(n));
        let file = document.map_or("", |(file, _)| file);
        println!("{file}: round {round}: {new} new, {changed} changed, {filled} filled");
    }
    let (mut entries, mut lost) = (0, 0);
    for (number, (file, bytes)) in served.documents.iter().enumerate() {
        let url = format!("http://{address}/{number}");
        let Ok(feed) = newsprint_parse::read_feed(bytes, None, &url) else {
            continue;
        };
        let kept = stored.get(&number.to_string()).copied().unwrap_or_default();
        entries += feed.entries.len();
        if kept < feed.entries.len() {
            lost += feed.entries.len() - kept;
            println!("{file}: {kept} articles of {} entries", feed.entries.len());
        }
    }
    println!(
        "{} documents, {read} read, {entries} entries, {lost} of them without an article, {} articles; {} changed by a \
         refresh of the same bytes",
        served.documents.len(),
        before.len(),
        differ.len()
    );
    Ok(())
}

/// Answers one request.
fn answer(mut stream: &TcpStream, served: &Served) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let (status, kind, body) = served.answer(first.split(' ').nth(1).unwrap_or_default());
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body);
}
