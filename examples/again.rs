//! Refreshes every document of a folder three times over loopback, as an outlet each, and names those of which the
//! second or the third refresh of the same bytes said or stored anything new: `again DIR…`.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result};
use newsprint::config::Config;
use newsprint::refresh::{self, Options};
use newsprint_model::query::Query;
use newsprint_store::{At, Fold, List, Store};

fn main() -> Result<()> {
    let mut files: Vec<PathBuf> = Vec::new();
    for dir in std::env::args().skip(1) {
        for entry in std::fs::read_dir(&dir).with_context(|| dir.clone())? {
            let path = entry?.path();
            if path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let served = files.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let first = lines.next().unwrap_or_default();
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
            let number = path.trim_start_matches('/').parse::<usize>().ok();
            let body = number.and_then(|n| std::fs::read(served.get(n)?).ok());
            let (status, kind) = match number.and_then(|n| served.get(n)) {
                Some(file) if file.extension().is_some_and(|end| end == "json") => {
                    ("200 OK", "application/feed+json")
                }
                Some(_) => ("200 OK", "application/xml"),
                None => ("404 Not Found", "text/plain"),
            };
            let body = body.unwrap_or_default();
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(&body);
        }
    });
    let mut text = "[refresh]\nhost_gap = \"0s\"\n".to_owned();
    for number in 0..files.len() {
        text += &format!(
            "[[outlet]]\nname = \"{number}\"\nurl = \"http://{address}/{number}\"\nfull_text = \"never\"\n"
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
        let file = name.parse().ok().and_then(|n: usize| files.get(n));
        let file = file.map(|file| file.display().to_string());
        println!(
            "{}: round {round}: {new} new, {changed} changed, {filled} filled",
            file.unwrap_or_default()
        );
    }
    println!(
        "{} documents, {read} read, {} articles; {} changed by a refresh of the same bytes",
        files.len(),
        before.len(),
        differ.len()
    );
    Ok(())
}
