//! `newsprint feed`: what is read of one feed document, for bug reports and comparisons.
//! Never here: reading it (`newsprint-parse`), outlets, the store.

use anyhow::Context;

use super::args::FeedArgs;
use super::{Session, Usage, print, printable, to_stdout};
use crate::export::json;
use crate::{config, refresh};
use newsprint_parse::{opml, read_feed};

pub(super) fn feed(session: &Session, args: &FeedArgs) -> anyhow::Result<()> {
    let (bytes, content_type, url) = document(session, &args.source)?;
    let feed = read_feed(&bytes, content_type.as_deref(), &url)
        .with_context(|| printable(&args.source))?;
    to_stdout(|out| {
        if args.json {
            return Ok(writeln!(out, "{}", json::feed(&feed))?);
        }
        let title = feed.title.as_deref().unwrap_or("(no title)");
        writeln!(
            out,
            "{}, {}",
            printable(title),
            super::count(feed.entries.len(), "article")
        )?;
        for repair in &feed.repairs {
            writeln!(out, "repaired: {}", printable(repair))?;
        }
        for entry in &feed.entries {
            let date = entry.published.or(entry.updated).map(print::rfc3339);
            writeln!(out, "\n{}", printable(&entry.title))?;
            let facts = [
                ("url", entry.url.clone()),
                ("date", date),
                ("authors", Some(entry.authors.join(", "))),
                ("tags", Some(entry.tags.join(", "))),
                ("comments", entry.comments.clone()),
            ];
            for (name, value) in facts {
                if let Some(value) = value.filter(|value| !value.is_empty()) {
                    writeln!(out, "  {name}: {}", printable(&value))?;
                }
            }
            for media in &entry.media {
                let url = print::address(&media.url);
                writeln!(out, "  media: {} {url}", printable(&media.kind))?;
            }
        }
        Ok(())
    })
}

/// The bytes, the Content-Type and the address of a document, from the disk or the network.
fn document(session: &Session, source: &str) -> anyhow::Result<(Vec<u8>, Option<String>, String)> {
    let Some(url) = opml::web_address(source) else {
        let bytes = std::fs::read(source).with_context(|| printable(source))?;
        // Relative links need some address, and a file has none.
        return Ok((bytes, None, "http://feed.invalid/".to_owned()));
    };
    config::web_address(&url).map_err(Usage)?;
    if session.global.offline {
        return Err(refresh::RefreshError::Offline.into());
    }
    let config = session.config_or_example()?;
    let source = refresh::OnDemand::new(&config).source(&config, &url);
    source.map_err(|error| super::outlets::not_found(&url, error))
}
