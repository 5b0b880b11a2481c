//! Which story each article of a file belongs to, by the code that a refresh runs: `stories [--together N] FILE.jsonl`
//! prints `id` and `story` of each. One article a line, in the order of arrival: `id`, `title`, `text`; perhaps
//! `published` (RFC 3339), `url`, `lang`, `outlet`. `--together`: how many come with one refresh (1).
//!
//! - `stories --pairs DIR…`: the article pages of directories (`index.jsonl`: `id`, `url`, `file`) as one window, and each
//!   pair of them that is one story: by its text or address, or as one event, and what they share.
//! - `stories --texts [--event ID,ID…]… DIR…`: their titles and texts, as `fit_stories --background` takes them. `--event`:
//!   pages (the beginnings of their `id`s) that tell of one event; all others tell of one each.
//! - `stories --store FOLDER DIR…`: a data directory with these pages as its articles, for `newsprint --data-dir FOLDER`.
//!
//! Never here: what makes a story (`newsprint-stories`).

// Fitting and measuring use the rest of it.
#[allow(dead_code)]
#[path = "../fit/pages.rs"]
mod page_files;
mod pages;

use std::io::Write;

use anyhow::{Context, Result};
use newsprint::refresh::{Arriving, arrive};
use newsprint_stories::Window;
use serde_json::Value;

fn main() -> Result<()> {
    let usage = "usage: stories [--together N] FILE.jsonl | --pairs DIR… | --texts [--event ID,ID…]… DIR… | --store FOLDER DIR…";
    let (mut together, mut files) = (1, Vec::new());
    let (mut pairs, mut texts, mut folder) = (false, false, None);
    let mut events = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--together" => together = arguments.next().context(usage)?.parse()?,
            "--pairs" => pairs = true,
            "--texts" => texts = true,
            "--event" => events.push(arguments.next().context(usage)?),
            "--store" => folder = Some(arguments.next().context(usage)?),
            _ => files.push(argument),
        }
    }
    if let Some(folder) = folder {
        return pages::store(&pages::read(&files)?, folder.as_ref());
    }
    if texts {
        return pages::texts(&pages::read(&files)?, &events);
    }
    if pairs {
        return pages::pairs(&pages::read(&files)?);
    }
    stories(&files.pop().context(usage)?, together)
}

/// Prints the story of each article of a file, of which `together` come at a time.
fn stories(file: &str, together: usize) -> Result<()> {
    let lines = std::fs::read_to_string(file).with_context(|| file.to_owned())?;
    let lines = lines.lines().filter(|line| !line.trim().is_empty());
    let values: Vec<Value> = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut window = Window::new();
    let mut stories: Vec<i64> = Vec::new();
    let mut time = 0;
    for values in values.chunks(together.max(1)) {
        let arriving: Vec<Arriving<'_>> = values
            .iter()
            .zip(stories.len() as i64 + 1..)
            .map(|(value, id)| {
                let field = |name: &str| value[name].as_str().unwrap_or_default();
                if let Ok(published) = field("published").parse::<newsprint_model::Time>() {
                    time = published.as_second();
                }
                Arriving {
                    id,
                    time,
                    url: field("url"),
                    outlet: outlet(field("outlet"), field("url")),
                    lang: field("lang"),
                    title: field("title"),
                    text: field("text"),
                }
            })
            .collect();
        let batch = arrive(&mut window, &arriving);
        stories.extend(batch.placed.iter().map(|placed| placed.story));
        for (id, story) in batch.moved {
            stories[id as usize - 1] = story;
        }
    }
    let ids: Vec<&Value> = values.iter().map(|value| &value["id"]).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (id, story) in ids.iter().zip(&stories) {
        // The story goes by the id of the article that it is called by.
        let began = &ids[usize::try_from(story - 1).unwrap_or_default()];
        let name = began
            .as_str()
            .map_or_else(|| began.to_string(), str::to_owned);
        writeln!(out, "{}", serde_json::json!({ "id": id, "story": name }))?;
    }
    Ok(())
}

/// The name of an outlet, or else the host of an address.
fn outlet<'a>(name: &'a str, url: &'a str) -> &'a str {
    let host = url.split_once("://").map_or("", |(_, rest)| rest);
    match name {
        "" => host.split(['/', '?', '#', ':']).next().unwrap_or_default(),
        name => name,
    }
}
