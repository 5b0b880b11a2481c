//! Measures the feed parser against a reference: `cargo run --release --example feeds -- DIR`.
//!
//! `DIR/reference.jsonl` has one object a line: `file` (within DIR), `content_type` (the HTTP header, or null), and
//! `entries` with `title`, `link` and `published` (epoch seconds), each null where the reference found none.
//! It runs `newsprint_parse::read_feed`, which is what `refresh` runs. An entry may also have `tags` and `files` (addresses
//! of enclosures); those are counted apart. `tests/feed_reference.py` writes such a reference of any folder.
//!
//! A title agrees when it is the reference's as one line of text; the reference's titles are HTML, or text where the
//! document says so, and do not tell which, so either reading counts. A link agrees when both are the same address
//! once the reference's is made absolute; what nobody could open (no http(s) address) counts as none. A date agrees
//! to the second. Tags agree when they are the same once lists in one element are taken apart, in any order; a file is
//! found when its address is among the entry's media.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use newsprint_model::Entry;
use serde_json::Value;
use url::Url;

/// Where the documents are taken to come from: relative links need some address.
const ADDRESS: &str = "http://feed.invalid/";

fn main() -> anyhow::Result<()> {
    let directory = std::env::args()
        .nth(1)
        .ok_or_else(|| anyhow::anyhow!("usage: feeds DIR"))?;
    let directory = Path::new(&directory);
    let reference = std::fs::read_to_string(directory.join("reference.jsonl"))?;
    let base = Url::parse(ADDRESS)?;

    let mut tally = Tally::default();
    let mut disagreements = Vec::new();
    for line in reference.lines().filter(|line| !line.trim().is_empty()) {
        let document: Value = serde_json::from_str(line)?;
        let file = document["file"].as_str().unwrap_or_default();
        let bytes = std::fs::read(directory.join(file))?;
        let expected = document["entries"].as_array().cloned().unwrap_or_default();

        let start = Instant::now();
        let parsed = newsprint_parse::read_feed(&bytes, document["content_type"].as_str(), ADDRESS);
        tally.slowest = tally.slowest.max(start.elapsed().as_secs_f64());
        tally.documents += 1;

        let mut wrong = Vec::new();
        match parsed {
            Err(error) => {
                tally.refused += 1;
                if expected.is_empty() {
                    // Refusing what gives nothing gives the same number of entries, but it is not understood.
                    tally.refused_empty += 1;
                }
                wrong.push(format!("refused: {error}"));
            }
            Ok(feed) => {
                if feed.entries.len() == expected.len() {
                    tally.count += 1;
                } else {
                    wrong.push(format!(
                        "entries: {} instead of {}",
                        feed.entries.len(),
                        expected.len()
                    ));
                }
                for (entry, expected) in feed.entries.iter().zip(&expected) {
                    compare(entry, expected, &base, &mut tally, &mut wrong);
                }
            }
        }
        tally.all += usize::from(wrong.is_empty());
        wrong.append(&mut tally.beside);
        if !wrong.is_empty() {
            disagreements.push(format!("{file}: {}", wrong.join("; ")));
        }
    }

    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!("documents                      {:6}", tally.documents);
    println!(
        "the reference's entry count    {:6}  {:6.2} %",
        tally.count,
        percent(tally.count, tally.documents)
    );
    println!(
        "and all titles, links, dates   {:6}  {:6.2} %",
        tally.all,
        percent(tally.all, tally.documents)
    );
    for (name, [same, there, told, given]) in &tally.fields {
        println!(
            "{name:10} same {same} of {there} ({:.2} %); of the {told} that the reference has, {given} are the same ({:.2} %)",
            percent(*same, *there),
            percent(*given, *told)
        );
    }
    println!(
        "refused {} ({} of them without entries in the reference); slowest {:.1} ms",
        tally.refused,
        tally.refused_empty,
        tally.slowest * 1000.0
    );
    println!("\n{} documents disagree:", disagreements.len());
    for disagreement in disagreements {
        println!("  {disagreement}");
    }
    Ok(())
}

#[derive(Default)]
struct Tally {
    documents: usize,
    count: usize,
    all: usize,
    refused: usize,
    refused_empty: usize,
    slowest: f64,
    /// Same, compared, there in the reference, same of those.
    fields: BTreeMap<&'static str, [usize; 4]>,
    /// What is wrong with the tags and files of the document at hand.
    beside: Vec<String>,
}

impl Tally {
    fn field(&mut self, name: &'static str, same: bool, there: bool) {
        let [agreed, compared, told, given] = self.fields.entry(name).or_default();
        *compared += 1;
        *agreed += usize::from(same);
        *told += usize::from(there);
        *given += usize::from(same && there);
    }
}

fn compare(
    entry: &Entry,
    expected: &Value,
    base: &Url,
    tally: &mut Tally,
    wrong: &mut Vec<String>,
) {
    let title = expected["title"].as_str().unwrap_or_default();
    let same = entry.title == one_line(title) || entry.title == one_line(&text_of_html(title));
    tally.field("titles", same, !title.is_empty());
    if !same {
        wrong.push(format!("title {:?} instead of {title:?}", entry.title));
    }

    let link = expected["link"]
        .as_str()
        .filter(|link| !link.trim().is_empty())
        .and_then(|link| base.join(link.trim()).ok())
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .map(String::from);
    let same = entry.url == link;
    tally.field("links", same, link.is_some());
    if !same {
        wrong.push(format!("link {:?} instead of {link:?}", entry.url));
    }

    let published = expected["published"].as_i64();
    let read = entry.published.map(|time| time.as_second());
    let same = read == published;
    tally.field("dates", same, published.is_some());
    if !same {
        wrong.push(format!("date {read:?} instead of {published:?}"));
    }

    if let Some(tags) = expected["tags"].as_array() {
        let words = tags.iter().filter_map(Value::as_str);
        let told = parts(words.map(text_of_html));
        let same = parts(entry.tags.iter().cloned()) == told;
        tally.field("tags", same, !told.is_empty());
        if !same {
            tally
                .beside
                .push(format!("tags {:?} instead of {told:?}", entry.tags));
        }
    }
    for file in expected["files"].as_array().into_iter().flatten() {
        let url = base.join(file.as_str().unwrap_or_default().trim());
        let Ok(url) = url else { continue };
        if matches!(url.scheme(), "http" | "https") {
            let same = entry.media.iter().any(|media| media.url == url.as_str());
            tally.field("files", same, true);
            if !same {
                tally.beside.push(format!("{url} is nowhere"));
            }
        }
    }
}

/// The single tags of lists of them.
fn parts(tags: impl Iterator<Item = String>) -> BTreeSet<String> {
    let parts = tags.flat_map(|tag| {
        let parts = tag.split([',', ';']);
        parts.map(one_line).collect::<Vec<_>>()
    });
    parts
        .filter(|part| !part.is_empty())
        .map(|part| part.to_lowercase())
        .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The reference's title as a browser would show it; a reader of its own, so that it does not share our mistakes.
fn text_of_html(html: &str) -> String {
    dom_query::Document::fragment(html).text().to_string()
}
