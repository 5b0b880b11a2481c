//! What a screen does not show the time of, measured in process, and the bare limits that the whole
//! program is held against. Never here: the screen.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use newsprint_html::layout::{Options, layout};
use newsprint_model::query;
use newsprint_store::{List, Store};
use rusqlite::{Connection, OpenFlags};

use super::corpus::{Corpus, EVERYWHERE, RARE};
use super::figures::{Figures, Unit, median, millis, quantile};
use super::stock;

/// Counts of all tags under filters, each in a newly opened store.
pub fn tags(database: &Path, corpus: &Corpus, figures: &mut Figures) -> Result<()> {
    let (_, now) = corpus.round(corpus.rounds() - 1);
    let outlet = corpus.outlets().next().context("no outlet")?;
    let tag = corpus.article(corpus.articles - 1).tags.swap_remove(0);
    let filters = [
        "is:unread".to_owned(),
        format!("outlet:{}", query::value(outlet)),
        format!("tag:{}", query::value(&tag)),
        format!("-tag:{} is:unread", query::value(&tag)),
        "since:2026-01-01".to_owned(),
        "lang:de or lang:ka".to_owned(),
        RARE.to_owned(),
        EVERYWHERE.to_owned(),
    ];
    let bare = bare_scan(database)?;
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for filter in &filters {
        let list = List::live(&query::parse(filter)?, now);
        for _ in 0..3 {
            let store = Store::open(database)?;
            let at = Instant::now();
            let tags = store.tags(&list)?;
            let time = at.elapsed();
            anyhow::ensure!(!tags.is_empty(), "{filter} has no tags");
            first.push((time, filter.as_str()));
            let at = Instant::now();
            store.tags(&list)?;
            again.push(at.elapsed());
        }
    }
    let (slowest, filter) = first.iter().copied().max().unwrap_or_default();
    let mut times: Vec<Duration> = first.iter().map(|(time, _)| *time).collect();
    figures
        .time(
            format!("tag counts under a filter, median of {}", filters.len()),
            median(&mut times),
        )
        .target(20.0)
        .beside("bare scan of the rows", bare);
    figures
        .time(format!("tag counts, slowest filter ({filter})"), slowest)
        .target(20.0)
        .beside("bare scan of the rows", bare);
    figures.time("tag counts asked again, slowest", quantile(&mut again, 1.0));
    Ok(())
}

/// Bytes on disk of an article, all indexes included, beside those of a bare table of the same
/// articles without any.
pub fn disk(database: &Path, corpus: &Corpus, figures: &mut Figures) -> Result<()> {
    const SAMPLE: u64 = 4_000;
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("bare.db");
    let conn = Connection::open(&path)?;
    conn.execute_batch(
        "CREATE TABLE item (id INTEGER PRIMARY KEY, guid TEXT, title TEXT, author TEXT, url TEXT,
             feed INTEGER, date INTEGER, content TEXT, unread INTEGER);
         BEGIN",
    )?;
    let mut insert = conn.prepare(
        "INSERT INTO item (guid, title, author, url, feed, date, content, unread)
         VALUES (?1, ?2, ?3, ?4, 1, 1, ?5, 1)",
    )?;
    let sample = SAMPLE.min(corpus.articles.saturating_sub(5));
    for number in 0..sample {
        let article = corpus.article(number);
        insert.execute((
            article.guid,
            article.title,
            article.author,
            article.url,
            article.body,
        ))?;
    }
    conn.execute_batch("COMMIT")?;
    let bare = std::fs::metadata(&path)?.len() as f64 / sample as f64;
    let bytes = std::fs::metadata(database)?.len() as f64 / corpus.articles as f64;
    figures
        .add("disk, an article with all indexes", bytes, Unit::Bytes)
        .target(1.3 * bare)
        .beside("bare table of the same HTML", bare);
    Ok(())
}

/// What it takes to fill a store, for each article.
pub fn insert(figures: &mut Figures) -> Result<()> {
    let corpus = Corpus::new(6_000);
    let directory = tempfile::tempdir()?;
    let at = Instant::now();
    for round in 0..corpus.rounds() {
        std::hint::black_box(corpus.round(round));
    }
    let made = at.elapsed();
    let at = Instant::now();
    stock::fill(&directory.path().join("newsprint.db"), &corpus, false)?;
    figures
        .time(
            "take in 1,000 articles (made, packed, indexed, stored)",
            at.elapsed() / 6,
        )
        .beside("made alone, on one core", millis(made) / 6.0);
    Ok(())
}

/// Reading and laying out an article of 4 KB and the one of 1 MB, in milliseconds.
pub fn laid_out(database: &Path, corpus: &Corpus) -> Result<(f64, f64)> {
    let store = Store::open(database)?;
    let time = |number: u64| -> Result<f64> {
        let url = corpus.article(number).url;
        let id = store.resolve(&url)?.context("an article is missing")?;
        let mut times = Vec::new();
        for _ in 0..5 {
            let at = Instant::now();
            let article = store.article(id)?.context("an article is missing")?;
            std::hint::black_box(layout(&article.body, &Options::default()));
            times.push(at.elapsed());
        }
        Ok(millis(median(&mut times)))
    };
    Ok((time(corpus.articles - 1)?, time(corpus.long())?))
}

/// The time in which FTS5 alone counts the articles of the rare word and of the one that stands
/// everywhere, in milliseconds; nothing where the store's index has changed its name.
pub fn bare_search(database: &Path) -> Result<[Option<f64>; 2]> {
    let conn = read_only(database)?;
    let Ok(mut statement) = conn.prepare("SELECT count(*) FROM search WHERE search MATCH ?1")
    else {
        return Ok([None, None]);
    };
    let mut time = |word: &str| -> Result<Option<f64>> {
        let mut times = Vec::new();
        for _ in 0..5 {
            let at = Instant::now();
            statement.query_row([word], |row| row.get::<_, i64>(0))?;
            times.push(at.elapsed());
        }
        Ok(Some(millis(median(&mut times))))
    };
    Ok([time(RARE)?, time(EVERYWHERE)?])
}

/// The time in which SQLite alone walks over the rows that lists are made of, in milliseconds.
fn bare_scan(database: &Path) -> Result<f64> {
    let conn = read_only(database)?;
    let mut times = Vec::new();
    for _ in 0..5 {
        let at = Instant::now();
        conn.query_row(
            "SELECT sum(read), sum(length(tags)) FROM places",
            [],
            |_| Ok(()),
        )?;
        times.push(at.elapsed());
    }
    Ok(millis(median(&mut times)))
}

fn read_only(database: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(database, flags)?)
}
