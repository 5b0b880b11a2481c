//! The article's text out of a page: the blocks are judged, picked and written, in that order.
//! Never here: title, dates, tags (`meta`), what markup is clean (`newsprint_html::sanitize`).

use dom_query::{Document, Matcher, NodeRef};
use url::Url;

use super::blocks::{ElementIndex, Outline};
use super::boilerplate::{PageBlocks, Repeats};
use super::completeness::{Claims, partial};
use super::features::{Subject, name};
use super::meta::Meta;
use super::scoring::{self, Weights, judge};
use super::words::Words;
use super::{Explained, Explanation};
use super::{pagination, render, script_data, select, structured_data};
use crate::{ParseError, limit_html};
use newsprint_html::{safe_text, sanitize};
use newsprint_model::{Partial, Select};

/// With fewer words than this, a page may be one that a script fills.
const EMPTY: u32 = 40;

/// With fewer words than this, a page may show the beginning of what a script would fill it with.
const SHORT: u32 = 150;

/// How many times the words that are shown the data of a script must have where they begin alike.
const FULLER: u32 = 2;

/// How many times they must have where the text stands beside the page's own title.
const MUCH_FULLER: u32 = 4;

/// Words by which a beginning is known.
const BEGINNING: usize = 8;

/// Percent of the words of a text among a page's data that are left at least: such data has little else.
const LEFT: u32 = 75;

/// What the page gave for the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub html: String,
    pub partial: Option<Partial>,
    pub next: Option<String>,
    pub words: u32,
    pub blocks: PageBlocks,
    /// What a script says of the text that is taken from it.
    pub facts: Option<script_data::Facts>,
}

/// What was decided of each block, and why.
struct Decision {
    kept: Vec<bool>,
    /// What decided last where the odds did not.
    rules: Vec<Option<&'static str>>,
    /// Log odds of the blocks, where they were asked for.
    odds: Vec<f32>,
    /// The blocks as they are learned from: before what repeats was taken out.
    blocks: PageBlocks,
}

/// What a page is read with, beside its document.
pub(super) struct With<'a> {
    pub url: &'a Url,
    pub select: &'a Select,
    pub meta: &'a Meta,
    pub repeats: &'a Repeats,
    pub weights: &'a Weights,
}

/// Decides for each block whether it is the article's, in the order in which the rules follow each other.
fn decide(doc: &Document, outline: &Outline, with: &With) -> Result<Decision, ParseError> {
    let mut decision = Decision {
        kept: Vec::new(),
        rules: vec![None; outline.blocks.len()],
        odds: Vec::new(),
        blocks: PageBlocks::default(),
    };
    if let Some(selector) = &with.select.body {
        let found = under(doc, outline, selector, "select.body")?;
        if found.contains(&true) {
            decision.kept = vec![false; found.len()];
            decision.change("select.body", found);
        }
    }
    if decision.kept.is_empty() {
        let judged = judge(outline, &subject(doc, with.meta, with.url), with.weights);
        let picked = select::pick(outline, &judged);
        (decision.kept, decision.rules) = (picked.kept, picked.rules);
        decision.odds = judged.odds;
    }
    for selector in &with.select.remove {
        let removed = under(doc, outline, selector, "select.remove")?;
        let kept = decision.kept.iter().zip(removed);
        let kept = kept.map(|(kept, removed)| *kept && !removed).collect();
        decision.change("select.remove", kept);
    }
    let chosen = outline.blocks.iter().zip(&decision.kept);
    let chosen = chosen.filter(|(_, kept)| **kept);
    decision.blocks = PageBlocks::new(
        with.url.as_str(),
        chosen.map(|(block, _)| block.text.as_str()),
    );
    let mut kept = decision.kept.clone();
    without_repeats(outline, &mut kept, with.repeats);
    decision.change("repeats", kept);
    Ok(decision)
}

impl Decision {
    /// Another decision by a rule of this name.
    fn change(&mut self, rule: &'static str, kept: Vec<bool>) {
        for (i, (before, now)) in self.kept.iter().zip(&kept).enumerate() {
            if before != now {
                self.rules[i] = Some(rule);
            }
        }
        self.kept = kept;
    }
}

/// Finds the text.
pub(super) fn extract(doc: &Document, with: &With) -> Result<Body, ParseError> {
    let outline = Outline::of(doc);
    let facts = structured_data::read(doc);
    let Decision { kept, blocks, .. } = decide(doc, &outline, with)?;
    let base = base_of(doc, with.url);
    let Written { body, told, .. } = written(doc, &outline, &kept, &facts, &base, with);
    let claims = Claims {
        title: with.meta.title.as_deref().unwrap_or_default(),
        locked: facts.locked,
        words: body.words,
        text: &body.text,
    };
    Ok(Body {
        partial: partial(&outline, &kept, &claims),
        next: pagination::next(&with.meta.next, with.url),
        words: body.words,
        html: body.html,
        blocks,
        facts: told,
    })
}

/// What the page's relative addresses begin at.
fn base_of(doc: &Document, url: &Url) -> Url {
    let base = doc.base_uri().and_then(|base| url.join(&base).ok());
    base.unwrap_or_else(|| url.clone())
}

/// The text, clean.
struct Written {
    body: sanitize::Body,
    /// Where it is from if not from the page's blocks.
    instead: Option<&'static str>,
    /// What a script says of it.
    told: Option<script_data::Facts>,
}

/// The text: a page that a script fills shows next to nothing itself.
fn written(
    doc: &Document,
    outline: &Outline,
    kept: &[bool],
    facts: &structured_data::Facts,
    base: &Url,
    with: &With,
) -> Written {
    let mut body = sanitize::clean(&render::render(doc, outline, kept), base.as_str());
    let (mut instead, mut told) = (None, None);
    if let Some(text) = facts.fuller_than(body.words, &body.text) {
        body = picked_of(&text, base, with);
        instead = Some("structured data");
    }
    if body.words < SHORT
        && let Some(article) = script_data::article(doc, &about(doc, with.meta))
    {
        let data = picked_of(&article.html, base, with);
        // What is shown may be a notice, or a list of other articles.
        let fuller = data.words >= body.words * FULLER && begins(&data.text, &body.text)
            || article.is_own && data.words >= body.words * MUCH_FULLER;
        if data.words >= EMPTY && (body.words < EMPTY || fuller) {
            body = data;
            instead = Some("data of a script");
            told = Some(article.facts);
        }
    }
    Written {
        body,
        instead,
        told,
    }
}

/// What the page says of its article, by which the article is known among its data.
fn about(doc: &Document, meta: &Meta) -> script_data::About {
    let window = match meta.title {
        Some(_) => None,
        None => Some(doc.select("title").text()),
    };
    let title = meta.title.as_deref().or(window.as_deref());
    script_data::About::new(title, &meta.description)
}

/// Whether what is shown is the beginning of a text: its first words stand in it one after the other.
fn begins(whole: &str, shown: &str) -> bool {
    let (whole, shown) = (Words::of(whole), Words::of(shown));
    shown.0.len() >= BEGINNING
        && whole
            .0
            .windows(BEGINNING)
            .any(|run| run == &shown.0[..BEGINNING])
}

/// The article's part of a text that a page's data has as HTML, without captions and places for adverts; all of it where less
/// than [`LEFT`] percent would be left.
fn picked_of(html: &str, base: &Url, with: &With) -> sanitize::Body {
    let all = sanitize::clean(html, base.as_str());
    let doc = Document::from(limit_html::limit(html).as_str());
    let outline = Outline::of(&doc);
    let Ok(Decision { kept, .. }) = decide(&doc, &outline, with) else {
        return all;
    };
    let picked = sanitize::clean(&render::render(&doc, &outline, &kept), base.as_str());
    if picked.words * 100 >= all.words * LEFT {
        picked
    } else {
        all
    }
}

/// What the page says beside its blocks.
pub(super) fn subject(doc: &Document, meta: &Meta, url: &Url) -> Subject {
    let title = match &meta.title {
        Some(title) => {
            // Where much stands before the title in its heading, that is known by the whole alone.
            let words = |text: &str| Words::of(text).0.len();
            let heading = meta.heading.as_ref();
            let heading = heading.filter(|whole| words(title) * 10 < words(whole) * 8);
            heading.unwrap_or(title).clone()
        }
        None => doc.select("title").text().to_string(),
    };
    let letters = |text: &str| -> String {
        let text = text.to_lowercase();
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    // A house that signs its own articles tells of itself within them.
    let host = letters(url.host_str().unwrap_or_default());
    let persons = meta
        .authors
        .iter()
        .filter(|name| !host.contains(&letters(name)));
    let authors = persons.map(|name| Words::of(name));
    Subject {
        title: Words::of(&title),
        news: meta.news,
        description: Words::of(&meta.description),
        authors: authors.filter(|name| name.0.len() >= 2).collect(),
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
///
/// # Errors
/// If a selector of the outlet cannot be read.
pub(super) fn explain(doc: &Document, with: &With) -> Result<Explanation, ParseError> {
    let outline = Outline::of(doc);
    let facts = structured_data::read(doc);
    let decision = decide(doc, &outline, with)?;
    let reasons = match decision.odds.is_empty() {
        true => vec![Vec::new(); outline.blocks.len()],
        false => scoring::reasons(&outline, &subject(doc, with.meta, with.url), with.weights),
    };
    let base = base_of(doc, with.url);
    let Written { instead, .. } = written(doc, &outline, &decision.kept, &facts, &base, with);
    let blocks = outline.blocks.iter().zip(reasons).enumerate();
    let blocks = blocks.map(|(i, (block, reasons))| Explained {
        kept: decision.kept[i],
        odds: decision.odds.get(i).copied().unwrap_or_default(),
        rule: decision.rules[i],
        reasons: reasons
            .into_iter()
            .map(|(feature, share)| (name(feature), share))
            .collect(),
        place: place(doc, &outline, block.home),
        text: safe_text::line(&block.text),
    });
    Ok(Explanation {
        blocks: blocks.collect(),
        enough: with.weights.enough,
        instead,
    })
}

/// A short CSS selector of an element: its name with its id, or the first class that needs no escape, behind the nearest box
/// that has either.
fn place(doc: &Document, outline: &Outline, at: ElementIndex) -> String {
    let node = |at: ElementIndex| NodeRef::new(outline.elements[at].id, &doc.tree);
    let own = node(at);
    let name = own.node_name().unwrap_or_default().to_string();
    if let Some(named) = named(&own).filter(|named| named.starts_with('#')) {
        return named;
    }
    let mut above = outline.up(at).skip(1).map(node);
    let boxed = above.find_map(|node| {
        let frame = node.has_name("html") || node.has_name("body");
        let name = node.node_name().unwrap_or_default();
        let named = named(&node).filter(|_| !frame)?;
        Some(match named.starts_with('#') {
            true => named,
            false => format!("{name}{named}"),
        })
    });
    let own = format!("{name}{}", named(&own).unwrap_or_default());
    match boxed {
        Some(boxed) => format!("{boxed} {own}"),
        None => own,
    }
}

/// `#id` of an element, or `.class`, whichever it has that can be written in a selector as it is.
fn named(node: &NodeRef) -> Option<String> {
    const LONGEST: usize = 60;
    let plain = |name: &&str| {
        let mut chars = name.chars();
        name.len() <= LONGEST
            && chars.next().is_some_and(|c| c.is_alphabetic())
            && chars.all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let id = node.attr("id").map(|id| id.trim().to_owned());
    let id = id.filter(|id| plain(&id.as_str()));
    id.map(|id| format!("#{id}")).or_else(|| {
        let classes = node.attr("class")?;
        let class = classes.split_whitespace().find(plain)?;
        Some(format!(".{class}"))
    })
}
