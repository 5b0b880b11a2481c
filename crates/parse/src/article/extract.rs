//! The article's text out of a page: the blocks are judged, picked and written, in that order.
//! Never here: title, dates, tags (`meta`), what markup is clean (`parse::markup`).

use dom_query::{Document, Matcher};
use trafilatura::ExtractionFocus;
use url::Url;

use super::blocks::Outline;
use super::boilerplate::{PageBlocks, Repeats};
use super::completeness::{Claims, partial};
use super::engines::{self, Words};
use super::meta::Meta;
use super::scoring::{Sources, judge};
use super::{pagination, render, select, structured_data};
use crate::ParseError;
use newsprint_html::sanitize;
use newsprint_model::{Partial, Select};

/// With fewer words than this, a page may be one that a script fills.
const EMPTY: u32 = 40;

/// What the page gave for the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub html: String,
    pub partial: Option<Partial>,
    pub next: Option<String>,
    pub words: u32,
    pub blocks: PageBlocks,
}

/// Finds the text. `html` is the guarded markup that `doc` was parsed from.
pub(super) fn extract(
    doc: &Document,
    html: &str,
    url: &Url,
    select: &Select,
    meta: &Meta,
    repeats: &Repeats,
) -> Result<Body, ParseError> {
    let outline = Outline::of(doc);
    let facts = structured_data::read(doc);
    let mut kept = match &select.body {
        Some(selector) => under(doc, &outline, selector, "select.body")?,
        None => Vec::new(),
    };
    if !kept.contains(&true) {
        let judged = judge(&outline, &sources(doc, html, meta));
        kept = select::pick(&outline, &judged);
        select::complete(&outline, &judged, &facts.body, &mut kept);
    }
    for selector in &select.remove {
        let removed = under(doc, &outline, selector, "select.remove")?;
        for (kept, removed) in kept.iter_mut().zip(removed) {
            *kept &= !removed;
        }
    }
    let chosen = outline.blocks.iter().zip(&kept).filter(|(_, kept)| **kept);
    let blocks = PageBlocks::new(url.as_str(), chosen.map(|(block, _)| block.text.as_str()));
    without_repeats(&outline, &mut kept, repeats);

    let base = doc
        .base_uri()
        .and_then(|base| url.join(&base).ok())
        .unwrap_or_else(|| url.clone());
    let mut body = sanitize::clean(&render::render(doc, &outline, &kept), base.as_str());
    if let Some(text) = facts.fuller_than(body.words, &body.text) {
        body = sanitize::clean(&text, base.as_str());
    }
    if body.words < EMPTY
        && let Some(text) = structured_data::embedded(doc)
    {
        let embedded = sanitize::clean(&text, base.as_str());
        if embedded.words >= EMPTY {
            body = embedded;
        }
    }
    let claims = Claims {
        title: meta.title.as_deref().unwrap_or_default(),
        locked: facts.locked,
        words: body.words,
        text: &body.text,
    };
    Ok(Body {
        partial: partial(&outline, &kept, &claims),
        next: pagination::next(doc, url),
        words: body.words,
        html: body.html,
        blocks,
    })
}

/// What the blocks are judged by.
fn sources(doc: &Document, html: &str, meta: &Meta) -> Sources {
    let title = match &meta.title {
        Some(title) => title.clone(),
        None => doc.select("title").text().to_string(),
    };
    let description = doc
        .select("meta[property='og:description'], meta[name=description]")
        .attr("content")
        .unwrap_or_default();
    let precise = engines::trafilatura(html, ExtractionFocus::FavorPrecision);
    let readable = engines::smoothie(doc);
    // Where two unlike engines agree, the third, which is the first with another setting, has nothing to add.
    let balanced = match precise.agrees(&readable) {
        true => precise.clone(),
        false => engines::trafilatura(html, ExtractionFocus::Balanced),
    };
    Sources {
        engines: [precise, balanced, readable],
        title: Words::of(&title),
        description: Words::of(&description),
    }
}

/// The blocks within the elements that a selector finds.
fn under(
    doc: &Document,
    outline: &Outline,
    selector: &str,
    place: &str,
) -> Result<Vec<bool>, ParseError> {
    let matcher = Matcher::new(selector).map_err(|_| ParseError {
        reason: format!("`{selector}` is not a CSS selector"),
        place: Some(place.to_owned()),
    })?;
    let mut found = vec![false; outline.blocks.len()];
    let nodes: std::collections::HashSet<_> = doc
        .select_matcher(&matcher)
        .nodes()
        .iter()
        .map(|node| node.id)
        .collect();
    for element in &outline.elements {
        let (from, to) = element.blocks;
        if from < to && nodes.contains(&element.id) {
            found[from..to].fill(true);
        }
    }
    Ok(found)
}

/// Takes out what the outlet's pages repeat, unless that were half of the article or more.
fn without_repeats(outline: &Outline, kept: &mut [bool], repeats: &Repeats) {
    let (mut all, mut gone) = (0, 0);
    let mut known = Vec::new();
    for (i, block) in outline.blocks.iter().enumerate().filter(|(i, _)| kept[*i]) {
        all += block.chars;
        if repeats.knows(&block.text) {
            gone += block.chars;
            known.push(i);
        }
    }
    if gone * 2 < all {
        for i in known {
            kept[i] = false;
        }
    }
}
