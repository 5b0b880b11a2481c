//! Counts the real articles of a directory (`index.jsonl`: `id`, `url`, `file`; `gold.jsonl`: `id`, `text`, `title`)
//! that would be taken for walls: each page is judged as the answer to an entry with its title and the first 30
//! words of its text, and once more with the title alone. Writes each that is not believed, and the counts.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use newsprint_model::{Partial, Select};
use newsprint_parse::article::{self, Asked, Repeats};
use serde_json::Value;

fn main() -> Result<()> {
    for dir in std::env::args().skip(1) {
        measure(Path::new(&dir)).with_context(|| dir.clone())?;
    }
    Ok(())
}

fn measure(dir: &Path) -> Result<()> {
    let mut gold: HashMap<String, Value> = HashMap::new();
    for line in std::fs::read_to_string(dir.join("gold.jsonl"))?.lines() {
        let row: Value = serde_json::from_str(line)?;
        gold.insert(row["id"].as_str().unwrap_or_default().to_owned(), row);
    }
    let (mut pages, mut with_text, mut with_title, mut titled) = (0, 0, 0, 0);
    for line in std::fs::read_to_string(dir.join("index.jsonl"))?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (id, url, file) = (text(&row["id"]), text(&row["url"]), text(&row["file"]));
        let mut bytes = std::fs::read(dir.join(&file))?;
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut page = Vec::new();
            flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut page)?;
            bytes = page;
        }
        let Some(gold) = gold.get(&id) else { continue };
        let (title, whole) = (text(&gold["title"]), text(&gold["text"]));
        let teaser: Vec<&str> = whole.split_whitespace().take(30).collect();
        let teaser = teaser.join(" ");
        let read = article::read(bytes, None, &url, &Select::default(), &Repeats::default());
        let Ok(read) = read else { continue };
        let body = newsprint_html::sanitize::clean(&read.page.body, &url);
        pages += 1;
        let judge = |title: &str, teaser: &str, what: &str, count: &mut u32| {
            let asked = Asked {
                title,
                text: teaser,
                url: &url,
                answered: &url,
            };
            let verdict =
                article::not_the_article(&asked, &read.page, &read.signs, &body.text, body.words);
            // Where no text was found there was nothing to believe.
            if let Some(why) = verdict.filter(|why| *why != Partial::NoText) {
                *count += 1;
                println!(
                    "{what} {} {id} {url} ({} words; {title:?})",
                    why.as_str(),
                    body.words
                );
            }
        };
        judge(&title, &teaser, "text ", &mut with_text);
        if !title.is_empty() {
            titled += 1;
            judge(&title, "", "title", &mut with_title);
        }
    }
    println!(
        "{}: {with_text} of {pages} taken for walls; by title alone {with_title} of {titled}",
        dir.display()
    );
    Ok(())
}
