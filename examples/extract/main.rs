//! Reads article pages with the very code that `refresh` runs, and measures how well.
//!
//! - `extract DIR`: the pages of a directory (`index.jsonl`: `id`, `url`, `file`) as JSON Lines: `id, title, date, author,
//!   tags, image, text, ms` (CPU milliseconds).
//! - `extract --cross DIR…`: with what is known of them (`gold.jsonl`): each outlet's pages by weights fitted without it,
//!   and by the weights as they are; behind each figure what 95 of 100 draws of as many whole outlets lie between. `--without RULE`
//!   leaves a rule of the page out, so that its cost shows for every source; `--rules` does so with each rule and prints what it is
//!   worth; `--beside NAME=FILE` sets another engine's predictions (`id`, `text`) beside; `--repeats` reads the pages of outlets with
//!   several once more, knowing what repeats on them, as a refresh does, and with fewer pages than that needs; `--worst N` lists pages;
//!   `--partings N` parts the outlets into folds N more times, so that chance shows; `--fitted` does without the fits;
//!   `--dump FILE` writes what was read with the outlet left out as JSON Lines.
//! - `extract --explain FILE [URL]`: why each block of a page is kept or not, and where it stands.

mod cross;
#[path = "../fit/logistic.rs"]
mod logistic;
#[path = "../fit/measure.rs"]
mod measure;
#[path = "../fit/pages.rs"]
mod pages;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use newsprint_model::Select;
use newsprint_parse::article::{self, Repeats, training};
use serde_json::json;

fn main() -> Result<()> {
    let mut wanted = cross::Wanted::default();
    let (mut measured, mut explained) = (false, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--cross" => measured = true,
            "--explain" => explained = true,
            "--fitted" => wanted.fitted_only = true,
            "--repeats" => wanted.repeats = true,
            "--rules" => wanted.rules = true,
            "--worst" => wanted.worst = arguments.next().context("--worst N")?.parse()?,
            "--partings" => {
                wanted.partings = arguments.next().context("--partings N")?.parse()?;
            }
            "--dump" => wanted.dump = Some(arguments.next().context("--dump FILE")?.into()),
            "--without" => {
                let name = arguments.next().context("--without RULE")?;
                let rules: Vec<(&str, u64)> = training::rules().collect();
                let names = || rules.iter().map(|(name, _)| *name).collect::<Vec<_>>();
                let rule = rules.iter().find(|(rule, _)| *rule == name);
                let (_, bit) = rule
                    .with_context(|| format!("no such rule; there are {}", names().join(", ")))?;
                wanted.without |= bit;
            }
            "--beside" => {
                let beside = arguments.next().context("--beside NAME=FILE")?;
                let (name, file) = beside.split_once('=').context("--beside NAME=FILE")?;
                wanted.beside.push((name.to_owned(), file.into()));
            }
            _ => wanted.directories.push(argument.into()),
        }
    }
    let first = wanted
        .directories
        .first()
        .context("usage: extract [--cross | --explain] DIR…")?;
    match (measured, explained) {
        (true, _) => cross::run(&wanted),
        (_, true) => explain(first, wanted.directories.get(1)),
        _ => read(first),
    }
}

/// Every page of a directory as a line of JSON.
fn read(directory: &Path) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let (mut count, mut sum, mut longest) = (0u32, 0.0, 0.0f64);
    for page in pages::index(directory)? {
        let bytes = page.bytes()?;
        let start = cross::thread_ms();
        let article = article::parse(
            &bytes,
            None,
            &page.url,
            &Select::default(),
            &Repeats::default(),
        );
        let ms = cross::thread_ms() - start;
        count += 1;
        sum += ms;
        longest = longest.max(ms);
        let article = article.unwrap_or_else(|error| {
            eprintln!("{}: {error}", page.id);
            Default::default()
        });
        let row = json!({
            "id": page.id,
            "title": article.title,
            "date": article.published_local.or(article.published.map(|time| time.to_string())),
            "author": article.authors.join(", "),
            "tags": article.tags,
            "image": article.image,
            "text": newsprint_html::plain(&article.body),
            "ms": ms,
        });
        writeln!(out, "{row}")?;
    }
    eprintln!(
        "{count} pages, {:.1} ms of CPU each, {longest:.1} at most",
        sum / f64::from(count.max(1))
    );
    Ok(())
}

/// Each block of a page: whether it is kept, its odds, the rule that decided, its beginning, its place, what spoke most.
fn explain(file: &Path, url: Option<&PathBuf>) -> Result<()> {
    let url = url.map_or("https://page.invalid/".into(), |url| url.to_string_lossy());
    let bytes = pages::unpacked(file)?;
    let mut out = std::io::stdout().lock();
    let explained = article::explain(&bytes, None, &url, &Select::default(), &Repeats::default())?;
    writeln!(out, "A block is kept above {:.3}.", explained.enough)?;
    for block in explained.blocks {
        let reasons: Vec<String> = block
            .reasons
            .iter()
            .map(|(name, share)| format!("{name} {share:+.1}"))
            .collect();
        writeln!(
            out,
            "{} {:5.1} {:15} {:50}  {}  {}",
            if block.kept { '+' } else { ' ' },
            block.odds,
            block.rule.unwrap_or_default(),
            block.text.chars().take(50).collect::<String>(),
            block.place,
            reasons.join("; ")
        )?;
    }
    if let Some(instead) = explained.instead {
        writeln!(out, "The text is from elsewhere: {instead}.")?;
    }
    Ok(())
}
