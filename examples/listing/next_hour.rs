//! The same page an hour later: of each page five of its stories are cut out, which is how it was before; what is listed
//! then and now has to differ in those five alone.
//! Never here: reading the pages, what is right of a page.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeRef};
use newsprint_model::{Entry, Select, Time, address_key};
use newsprint_parse::listing::{self, Earlier};
use url::Url;

use crate::{Failure, Saved};

/// Stories that are new in an hour.
const NEW: usize = 5;

/// Prints for each page how many stories are new, doubled and changed.
pub fn measure(pages: &[Saved]) -> Result<(), Failure> {
    let (mut measured, mut exact, mut changed, mut doubled) = (0, 0, 0, 0);
    let at: Time = "2026-06-12T12:00:00Z".parse()?;
    let later: Time = "2026-06-12T13:00:00Z".parse()?;
    for page in pages {
        let url = page.field("url");
        // Signs that are no UTF-8 are lost in both.
        let html = String::from_utf8_lossy(&page.bytes);
        let list = |html: &str, earlier: &Earlier| {
            let content_type = Some("text/html; charset=utf-8");
            listing::headlines(
                html.as_bytes(),
                content_type,
                url,
                &Select::default(),
                earlier,
            )
        };
        let now = list(&html, &Earlier::at(later))?;
        if now.entries.len() < NEW * 3 {
            continue;
        }
        let new: HashSet<String> = now.entries.iter().take(NEW).filter_map(key).collect();
        let all: HashSet<String> = now.entries.iter().filter_map(key).collect();
        let before = without(&html, url, &new, &all)?;
        let then = list(&before, &Earlier::at(at))?;
        let known: HashMap<String, &Entry> = then
            .entries
            .iter()
            .filter_map(|entry| Some((key(entry)?, entry)))
            .collect();
        let fresh = now
            .entries
            .iter()
            .filter(|entry| key(entry).is_none_or(|key| !known.contains_key(&key)));
        let fresh = fresh.count();
        let twice = now.entries.len() - all.len();
        let other = now.entries.iter().filter(|entry| {
            let old = key(entry).and_then(|key| known.get(&key).copied());
            old.is_some_and(|old| old.title != entry.title)
        });
        let other = other.count();
        measured += 1;
        exact += usize::from(fresh == NEW);
        (changed, doubled) = (changed + other, doubled + twice);
        println!(
            "{:28} new {fresh}, changed {other}, twice {twice}",
            page.field("id")
        );
    }
    println!(
        "{measured} pages: {NEW} new on {exact}; known ones changed {changed}, doubled {doubled}"
    );
    Ok(())
}

fn key(entry: &Entry) -> Option<String> {
    entry.url.as_deref().map(address_key)
}

/// The page without the cards of some of its stories.
fn without(
    html: &str,
    url: &str,
    out: &HashSet<String>,
    all: &HashSet<String>,
) -> Result<String, Failure> {
    let own = Url::parse(url)?;
    let doc = Document::from(html);
    let story = |node: &NodeRef| {
        let href = node.attr("href")?;
        let url = own.join(href.trim()).ok()?;
        Some(address_key(&newsprint_html::safe_text::link(url.as_str())?))
            .filter(|key| all.contains(key))
    };
    for link in doc.select("a[href]").nodes() {
        let Some(own) = story(link).filter(|key| out.contains(key)) else {
            continue;
        };
        // The highest element around it that holds no other story.
        let mut card = *link;
        while let Some(parent) = card.parent() {
            let alone = parent
                .descendants_it()
                .filter(|node| node.has_name("a"))
                .all(|node| story(&node).is_none_or(|other| other == own));
            if !alone || parent.has_name("body") {
                break;
            }
            card = parent;
        }
        card.remove_from_parent();
    }
    Ok(doc.html().to_string())
}
