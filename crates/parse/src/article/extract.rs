//! The article's text out of a page: the blocks are judged, picked and written, in that order.
//! Never here: title, dates, tags (`meta`), what markup is clean (`parse::markup`).

use dom_query::{Document, Matcher};
use url::Url;

use super::Explained;
use super::blocks::Outline;
use super::boilerplate::{PageBlocks, Repeats};
use super::completeness::{Claims, partial};
use super::features::{Subject, name};
use super::meta::Meta;
use super::scoring::{self, Weights, judge};
use super::words::Words;
use super::{pagination, render, select, structured_data};
use crate::ParseError;
use newsprint_html::{safe_text, sanitize};
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

/// Finds the text.
pub(super) fn extract(
    doc: &Document,
    url: &Url,
    select: &Select,
    meta: &Meta,
    repeats: &Repeats,
    weights: &Weights,
) -> Result<Body, ParseError> {
    let outline = Outline::of(doc);
    let facts = structured_data::read(doc);
    let mut kept = match &select.body {
        Some(selector) => under(doc, &outline, selector, "select.body")?,
        None => Vec::new(),
    };
    if !kept.contains(&true) {
        let judged = judge(&outline, &subject(doc, meta), weights);
        kept = select::pick(&outline, &judged).kept;
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

/// What the page says beside its blocks.
pub(super) fn subject(doc: &Document, meta: &Meta) -> Subject {
    let title = match &meta.title {
        Some(title) => title.clone(),
        None => doc.select("title").text().to_string(),
    };
    let description = doc
        .select("meta[property='og:description'], meta[name=description]")
        .attr("content")
        .unwrap_or_default();
    Subject {
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

/// Why each block of a page is kept or not, strongest reasons first.
pub(super) fn explain(doc: &Document, meta: &Meta, weights: &Weights) -> Vec<Explained> {
    let outline = Outline::of(doc);
    let subject = subject(doc, meta);
    let judged = judge(&outline, &subject, weights);
    let picked = select::pick(&outline, &judged);
    let reasons = scoring::reasons(&outline, &subject, weights);
    let blocks = outline.blocks.iter().zip(reasons).enumerate();
    blocks
        .map(|(i, (block, reasons))| Explained {
            kept: picked.kept[i],
            odds: judged.odds[i],
            rule: picked.rules[i],
            reasons: reasons
                .into_iter()
                .map(|(feature, share)| (name(feature), share))
                .collect(),
            text: safe_text::line(&block.text),
        })
        .collect()
}
