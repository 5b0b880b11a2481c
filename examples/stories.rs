//! Which story each article of a file belongs to, by the code that a refresh runs: `stories FILE.jsonl` prints `id` and
//! `story` of each. One article a line, in the order of arrival: `id`, `title`, `text`; perhaps `published` (RFC 3339),
//! `url`, `lang`.
//! Never here: what makes a story (`newsprint-stories`).

use std::io::Write;

use anyhow::{Context, Result};
use newsprint::refresh::{Arriving, arrive};
use newsprint_stories::Window;
use serde_json::Value;

fn main() -> Result<()> {
    let file = std::env::args()
        .nth(1)
        .context("usage: stories FILE.jsonl")?;
    let lines = std::fs::read_to_string(&file).with_context(|| file.clone())?;
    let mut window = Window::new();
    let (mut ids, mut stories): (Vec<Value>, Vec<i64>) = (Vec::new(), Vec::new());
    let mut time = 0;
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let value: Value = serde_json::from_str(line)?;
        let field = |name: &str| value[name].as_str().unwrap_or_default();
        if let Ok(published) = field("published").parse::<newsprint_model::Time>() {
            time = published.as_second();
        }
        let number = ids.len() as i64 + 1;
        let placed = arrive(
            &mut window,
            &Arriving {
                id: number,
                time,
                url: field("url"),
                lang: field("lang"),
                title: field("title"),
                text: field("text"),
            },
        );
        if let Some(from) = placed.joined {
            for story in &mut stories {
                if *story == from {
                    *story = placed.story;
                }
            }
        }
        ids.push(value["id"].clone());
        stories.push(placed.story);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (id, story) in ids.iter().zip(&stories) {
        // The story goes by the id of the article that began it.
        let began = &ids[usize::try_from(story - 1).unwrap_or_default()];
        let name = began
            .as_str()
            .map_or_else(|| began.to_string(), str::to_owned);
        writeln!(out, "{}", serde_json::json!({ "id": id, "story": name }))?;
    }
    Ok(())
}
