//! Reads the pages of a directory (`index.jsonl`: `id`, `url`, `file`) with the very code that `refresh` runs,
//! and writes what came out as JSON Lines: `id, title, date, author, tags, image, text, ms` (CPU milliseconds).
//! With `--baseline`, trafilatura's precision mode alone reads each page too, and the ratio goes to stderr.

use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use newsprint_model::Select;
use newsprint_parse::article::{self, Repeats};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let mut dir = None;
    let mut baseline = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--baseline" => baseline = true,
            _ => dir = Some(argument),
        }
    }
    let dir = dir.context("usage: extract [--baseline] DIR")?;
    let dir = Path::new(&dir);
    let index = std::fs::read_to_string(dir.join("index.jsonl")).context("index.jsonl")?;
    let mut out = std::io::stdout().lock();
    let (mut pages, mut ours, mut longest, mut theirs) = (0u32, 0.0, 0.0f64, 0.0);
    for line in index.lines().filter(|line| !line.trim().is_empty()) {
        let entry: Value = serde_json::from_str(line)?;
        let file = entry["file"].as_str().context("file")?;
        let url = entry["url"].as_str().unwrap_or_default();
        let bytes = std::fs::read(dir.join(file)).with_context(|| file.to_owned())?;
        let bytes = match bytes.starts_with(&[0x1f, 0x8b]) {
            true => {
                let mut page = Vec::new();
                flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut page)?;
                page
            }
            false => bytes,
        };
        let start = cpu_ms();
        let page = article::parse(&bytes, None, url, &Select::default(), &Repeats::default());
        let ms = cpu_ms() - start;
        pages += 1;
        ours += ms;
        longest = longest.max(ms);
        if baseline {
            let start = cpu_ms();
            let html = String::from_utf8_lossy(&bytes);
            let options = trafilatura::Options::default()
                .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
                .with_fallback(true);
            let _ = std::hint::black_box(trafilatura::extract(&html, &options));
            theirs += cpu_ms() - start;
        }
        let page = page.unwrap_or_else(|error| {
            eprintln!("{}: {error}", entry["id"]);
            Default::default()
        });
        let row = json!({
            "id": entry["id"],
            "title": page.title,
            "date": page.published_local.or(page.published.map(|time| time.to_string())),
            "author": page.authors.join(", "),
            "tags": page.tags,
            "image": page.image,
            "text": newsprint_html::plain(&page.body),
            "ms": ms,
        });
        writeln!(out, "{row}")?;
    }
    let mean = ours / f64::from(pages.max(1));
    eprintln!("{pages} pages, {mean:.1} ms of CPU each, {longest:.1} at most");
    if baseline {
        eprintln!(
            "trafilatura in precision mode alone: {:.1} ms; ratio {:.2}",
            theirs / f64::from(pages.max(1)),
            ours / theirs
        );
    }
    Ok(())
}

/// CPU time of the whole process so far, all threads, in milliseconds.
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}
