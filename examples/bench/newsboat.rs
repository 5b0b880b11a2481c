//! newsboat over the same articles in the same run, where it is installed: its cache is filled as it
//! would have filled it, and its statistics are made. Never here: newsprint.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use rusqlite::Connection;

use super::corpus::Corpus;
use super::figures::{median, millis};
use super::reader::status;
use super::screen::Screen;

/// What newsboat needs for the same.
pub struct Newsboat {
    /// Its name and version.
    pub version: String,
    /// From the start of the process to its list of outlets, and from the key that opens the list of all
    /// articles to that list, in milliseconds.
    pub start: (f64, f64),
    /// From a key to a changed screen in that list, in milliseconds, in the mean.
    pub key: f64,
    /// In memory with that list open, in mebibytes.
    pub memory: f64,
    /// Bytes on disk of an article; without a full-text index, as it has none.
    pub disk: f64,
}

/// A list of 100,000 articles takes it seconds, and it may be asked on a busy machine.
const REST: Duration = Duration::from_millis(150);

/// Measures newsboat; nothing where it is not installed.
pub fn measure(corpus: &Corpus) -> Result<Option<Newsboat>> {
    let Ok(version) = Command::new("newsboat").arg("--version").output() else {
        return Ok(None);
    };
    let version = String::from_utf8_lossy(&version.stdout);
    let version = version.split(" - ").next().unwrap_or_default().to_owned();
    let directory = tempfile::tempdir()?;
    let home = directory.path();
    let cache = fill(home, corpus)?;
    let disk = std::fs::metadata(&cache)?.len() as f64 / corpus.articles as f64;
    let arguments = ["-u", "urls", "-c", "cache.db", "-C", "config"];
    let (mut starts, mut lists, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    let mut memory = 0.0;
    // The first run brings program and cache into memory.
    for run in 0..4 {
        let mut screen = Screen::run(Path::new("newsboat"), &arguments, home)?;
        let start = screen.wait_for("Everything")? - screen.started();
        screen.rest(REST);
        let pressed = screen.press("\r")?;
        let list = screen.wait_for("Articles in")? - pressed;
        screen.rest(REST);
        if run > 0 {
            starts.push(start);
            lists.push(list);
            for _ in 0..40 {
                let pressed = screen.press("j")?;
                if let Some(changed) = screen.change(REST, Duration::from_millis(10)) {
                    keys.push(changed - pressed);
                }
            }
            memory = status(screen.pid()?, "VmRSS:")? / 1024.0;
        }
        screen.press("Q")?;
        screen.end()?;
    }
    Ok(Some(Newsboat {
        version,
        start: (millis(median(&mut starts)), millis(median(&mut lists))),
        key: millis(median(&mut keys)),
        memory,
        disk,
    }))
}

/// A cache of newsboat's own making, filled with the articles and ANALYZEd, as is best for it.
fn fill(home: &Path, corpus: &Corpus) -> Result<std::path::PathBuf> {
    let feed = |outlet: usize| format!("https://courier-{}.example/feed", outlet + 1);
    let mut urls = "\"query:Everything:unread = \\\"yes\\\" or unread = \\\"no\\\"\"\n".to_owned();
    for outlet in 0..corpus.outlets().count() {
        urls.push_str(&feed(outlet));
        urls.push('\n');
    }
    std::fs::write(home.join("urls"), urls)?;
    std::fs::write(home.join("config"), "auto-reload no\nconfirm-exit no\n")?;
    let made = Command::new("newsboat")
        .args(["-u", "urls", "-c", "cache.db", "-C", "config"])
        .args(["-x", "print-unread"])
        .env("HOME", home)
        .current_dir(home)
        .stdout(Stdio::null())
        .status()?;
    ensure!(made.success(), "newsboat cannot make its cache");
    let cache = home.join("cache.db");
    let mut conn = Connection::open(&cache)?;
    let filling = conn.transaction()?;
    {
        let mut insert = filling
            .prepare("INSERT OR REPLACE INTO rss_feed (rssurl, url, title) VALUES (?1, ?1, ?2)")?;
        for (outlet, name) in corpus.outlets().enumerate() {
            insert.execute((feed(outlet), name))?;
        }
        let mut insert = filling.prepare(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for round in 0..corpus.rounds() {
            let (articles, _) = corpus.round(round);
            for article in articles {
                insert.execute((
                    &article.guid,
                    &article.title,
                    &article.author,
                    &article.url,
                    feed(corpus.outlet_of(round)),
                    article.published.map(jiff::Timestamp::as_second),
                    &article.body,
                    article.print % 10 >= 6,
                ))?;
            }
        }
    }
    filling.commit()?;
    conn.execute_batch("ANALYZE; VACUUM").context("cache")?;
    Ok(cache)
}
