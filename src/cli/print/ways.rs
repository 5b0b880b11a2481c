//! What a site offers, for people: the way a refresh would take with a sample, the others in a line each.
//! Never here: which way is taken.

use std::io::{self, Write};

use super::{Look, Style, Styled, address};
use crate::refresh::{Discovery, Way};

/// Prints what a discovery found.
pub fn ways(out: &mut dyn Write, discovery: &Discovery, look: &Look) -> io::Result<()> {
    let best = discovery.best();
    if let Some(way) = best {
        taken(out, way, look)?;
        let own = format!("{}: ", way.source.url());
        let notes = discovery.notes.iter();
        for note in notes.filter_map(|note| note.strip_prefix(&own)) {
            writeln!(out, "  repaired: {}", fit(&address(note), 10, look))?;
        }
    }
    let others: Vec<&Way> = discovery
        .ways
        .iter()
        .filter(|way| best.is_none_or(|best| !std::ptr::eq(best, *way)))
        .collect();
    // What is simply not there says little, one line for all.
    let (absent, others): (Vec<&Way>, Vec<&Way>) =
        others.into_iter().partition(|way| is_absent(way));
    let (failed, also): (Vec<&Way>, Vec<&Way>) = others
        .into_iter()
        .partition(|way| way.error.is_some() || way.entries == 0);
    // An empty line parts them from what stands above.
    let gap = if best.is_some() { "\n" } else { "" };
    if !also.is_empty() {
        writeln!(out, "{gap}Alternatives:")?;
    }
    let also_listed = !also.is_empty();
    for way in also {
        let line = format!("{}, {}", place(way), articles(way.entries));
        writeln!(out, "  {}", fit(&line, 2, look))?;
    }
    if !failed.is_empty() || !absent.is_empty() {
        let gap = if also_listed { "\n" } else { gap };
        writeln!(out, "{gap}Not usable:")?;
    }
    for way in failed {
        let why = way.error.as_deref().unwrap_or_else(|| way.nothing());
        let line = format!("{}: {}", place(way), address(why));
        writeln!(out, "  {}", Styled(look, Style::Dim, &fit(&line, 2, look)))?;
    }
    if !absent.is_empty() {
        let paths: Vec<String> = absent.iter().map(|way| path(way.source.url())).collect();
        let line = format!("not found: {}", paths.join(" "));
        writeln!(out, "  {}", Styled(look, Style::Dim, &fit(&line, 2, look)))?;
    }
    Ok(())
}

/// The way that a refresh takes.
fn taken(out: &mut dyn Write, way: &Way, look: &Look) -> io::Result<()> {
    let title = way.title.as_deref().map(newsprint_html::safe_text::line);
    let title = title.filter(|title| !title.is_empty());
    writeln!(
        out,
        "{} found: {}",
        capital(&kind(way)),
        Styled(look, Style::Bold, &address(way.source.url())),
    )?;
    let called = title.map_or(String::new(), |title| format!(", “{title}”"));
    let line = format!("{}{called} ({})", articles(way.entries), way.found);
    writeln!(out, "  {}", fit(&line, 2, look))?;
    for entry in &way.sample {
        let date = entry
            .published
            .map(|time| super::short_date(time, look))
            .unwrap_or_default();
        let title = newsprint_html::safe_text::line(&entry.title);
        writeln!(
            out,
            "  {}  {}",
            Styled(look, Style::Dim, &format!("{date:>11}")),
            fit(&title, 15, look)
        )?;
    }
    Ok(())
}

/// One of the usual addresses, which this site does not have.
fn is_absent(way: &Way) -> bool {
    let missing = |why: &str| why.starts_with("HTTP 404") || why.starts_with("HTTP 410");
    way.found == "a usual path" && way.error.as_deref().is_some_and(missing)
}

fn place(way: &Way) -> String {
    format!("{} {}", kind(way), address(way.source.url()))
}

fn kind(way: &Way) -> String {
    way.source.in_words().to_owned()
}

/// With a capital letter.
fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

fn articles(number: usize) -> String {
    match number {
        1 => "1 article".to_owned(),
        number => format!("{number} articles"),
    }
}

/// The path of an address.
fn path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    newsprint_html::safe_text::line(path)
}

/// Cut to what is left of the line after so many columns.
fn fit(line: &str, used: usize, look: &Look) -> String {
    match look.width {
        Some(width) => newsprint_html::truncate(line, width.saturating_sub(used).max(20)),
        None => line.to_owned(),
    }
}
