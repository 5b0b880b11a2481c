//! What each fuzz target asserts of its input. The targets feed it what the fuzzer invents, `tests/fuzzing.rs` the
//! seeds and what becomes of them by small damage. Never here: files, the fuzzer.

use std::path::Path;

use newsprint::config::Config;
use newsprint::tui::keymap::notation;
use newsprint::tui::terminal::Parser;
use newsprint_html::layout::{self, Options};
use newsprint_model::{Select, query};
use newsprint_parse::article::{self, Repeats};
use newsprint_parse::listing::{self, Earlier, Sitemap};
use newsprint_parse::{newsboat_urls, opml};

/// Any bytes as a feed: entries that can be shown.
pub fn feed(bytes: &[u8]) {
    if let Ok(feed) = newsprint_parse::read_feed(bytes, None, "https://paper.example/feed") {
        for entry in feed.entries {
            assert!(!entry.title.contains(char::is_control));
            assert!(entry.url.is_none_or(|url| url.starts_with("http")));
        }
    }
}

/// Any bytes as an article page, and its text as lines.
pub fn page(bytes: &[u8]) {
    let url = "https://paper.example/news/1";
    if let Ok(page) = article::parse(bytes, None, url, &Select::default(), &Repeats::default()) {
        let _ = layout::layout(&page.body, &Options::default());
    }
}

/// Any bytes as a page of headlines: stories that can be shown, each with a reason.
pub fn listing(bytes: &[u8]) {
    let earlier = Earlier::at("2031-05-20T09:30:00Z".parse().expect("a time"));
    let (url, select) = ("https://paper.example/en/", Select::default());
    if let Ok(feed) = listing::headlines(bytes, None, url, &select, &earlier) {
        for entry in &feed.entries {
            assert!(!entry.title.contains(char::is_control));
            assert!(
                entry
                    .url
                    .as_ref()
                    .is_some_and(|url| url.starts_with("http"))
            );
        }
        let reasons = listing::explain(bytes, None, url, &select, &earlier).expect("as before");
        let taken = reasons.iter().filter(|reason| reason.taken).count();
        assert!(taken >= feed.entries.len());
    }
}

/// Any bytes as a sitemap, packed or not: addresses that can be asked.
pub fn sitemap(bytes: &[u8]) {
    match listing::sitemap(bytes, None, "https://paper.example/sitemap.xml") {
        Ok(Sitemap::Entries(feed)) => {
            for entry in feed.entries {
                assert!(entry.url.is_some_and(|url| url.starts_with("http")));
            }
        }
        Ok(Sitemap::Index(children)) => {
            for child in children {
                assert!(child.url.starts_with("http"));
            }
        }
        Err(_) => {}
    }
}

/// Any bytes as OPML and as newsboat's urls: what is taken from OPML survives being written.
pub fn opml(bytes: &[u8]) {
    let _ = newsboat_urls::read(bytes);
    if let Ok(list) = opml::read(bytes) {
        let again = opml::read(opml::write(&list.taken).as_bytes());
        assert_eq!(again.map(|again| again.taken.len()), Ok(list.taken.len()));
    }
}

/// Any text as a configuration file: an error that says where.
pub fn config(text: &str) {
    let _ = Config::parse(text, Path::new("config.toml"), Path::new("data"));
}

/// Any text as a query: what is read is read again from its own spelling.
pub fn query(text: &str) {
    if let Ok(query) = query::parse(text) {
        assert_eq!(query::parse(&query.to_string()).as_ref(), Ok(&query));
    }
}

/// Any text as the keys of a binding: keys that can be shown, or a sentence that can.
pub fn key_notation(text: &str) {
    let shown = match notation::parse(text) {
        Ok(keys) => notation::show(&keys),
        Err(why) => why,
    };
    assert!(!shown.is_empty() && !shown.contains(char::is_control));
}

/// Any bytes as what a terminal sends: whole or byte by byte they are the same keys, and none is waited for in the end.
pub fn terminal_input(bytes: &[u8]) {
    let read = |pieces: usize| {
        let (mut parser, mut inputs) = (Parser::default(), Vec::new());
        for piece in bytes.chunks(pieces) {
            parser.feed(piece, &mut inputs);
        }
        parser.flush(&mut inputs);
        assert!(!parser.waiting());
        inputs
    };
    assert_eq!(read(bytes.len().max(1)), read(1));
}

/// Any bytes as the answer of a server, to whatever was asked: no more comes out than went in.
pub fn sync_answers(bytes: &[u8]) {
    let found = newsprint_sync::read_anything(bytes);
    assert!(found <= 16 * (bytes.len() + 1));
}
