//! Which story each article of a file belongs to, by the code that a refresh runs: `stories [--together N] FILE.jsonl`
//! prints `id` and `story` of each. One article a line, in the order of arrival: `id`, `title`, `text`; perhaps
//! `published` (RFC 3339), `url`, `lang`. `--together`: how many come with one refresh (1).
//! Never here: what makes a story (`newsprint-stories`).

use std::io::Write;

use anyhow::{Context, Result};
use newsprint::refresh::{Arriving, arrive};
use newsprint_stories::Window;
use serde_json::Value;

fn main() -> Result<()> {
    let usage = "usage: stories [--together N] FILE.jsonl";
    let (mut together, mut file) = (1, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--together" => together = arguments.next().context(usage)?.parse()?,
            _ => file = Some(argument),
        }
    }
    let file = file.context(usage)?;
    let lines = std::fs::read_to_string(&file).with_context(|| file.clone())?;
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
                    outlet: field("outlet"),
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
