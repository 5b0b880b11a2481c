//! The door of article pages: bytes to title, date, tags, author, picture and clean text, never a panic,
//! never without bounds. Never here: how a part is found (`article/`), threads, network, store, the clock.

mod believe;
mod blocks;
mod boilerplate;
mod class_names;
mod completeness;
mod extract;
mod features;
mod literals;
mod meta;
mod pagination;
mod phrases;
mod references;
mod render;
mod rich_text;
mod scoring;
mod script_data;
mod select;
mod structured_data;
pub mod training;
mod unnamed_text;
mod weights;
mod words;

use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use url::Url;

use super::{ParseError, charset, limit_html};
use newsprint_model::{Page, Partial, Select, Time};

#[cfg(test)]
mod tests;

pub use believe::{Asked, PageSigns, is_beginning, not_the_article};
pub use boilerplate::{PageBlocks, Repeats};
use scoring::Weights;

/// What a page gave, and what it can teach about its outlet.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The article.
    pub page: Page,
    /// Its blocks, for [`Repeats::learn`].
    pub blocks: PageBlocks,
    /// What else is seen of it, for [`not_the_article`].
    pub signs: PageSigns,
}

/// Why a block of a page is kept as the article's, or not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explained {
    /// Whether it is kept.
    pub kept: bool,
    /// Log odds that it is the article's; see [`Explanation::enough`].
    pub odds: f32,
    /// What decided after the odds, where they did not: a rule of the page as a whole, the outlet's
    /// `select.body` or `select.remove`, or `repeats` for what the outlet's other pages have too.
    pub rule: Option<&'static str>,
    /// What spoke most for it and against it, in log odds. What is the same for all blocks of the page, or says only how
    /// the odds are made, is left out.
    pub reasons: Vec<(String, f32)>,
    /// Where it stands, as a CSS selector: its element by name, id or first class, and the nearest box around it that has
    /// an id or a class (`#story p.lead`). Others of the page may fit it too.
    pub place: String,
    /// Its text as one line.
    pub text: String,
}

/// Why a page's text is what it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explanation {
    /// Its blocks in their order.
    pub blocks: Vec<Explained>,
    /// Log odds above which a block is taken. Where that finds next to nothing, less suffices (rule `little-found`).
    pub enough: f32,
    /// Where the text is from if not from the blocks.
    pub instead: Option<&'static str>,
}

/// Tells why each block of a page is kept as the article's, or not, with all that [`read`] goes by.
///
/// # Errors
/// As [`parse`].
pub fn explain(
    bytes: &[u8],
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    repeats: &Repeats,
) -> Result<Explanation, ParseError> {
    let url = address(url)?;
    let html = limit_html::limit(&charset::decode(bytes, content_type));
    catch_unwind(AssertUnwindSafe(|| {
        let doc = Document::from(html.as_str());
        let with = extract::With {
            url: &url,
            select,
            meta: &meta::read(&doc, &url, select, None),
            repeats,
            weights: &Weights::default(),
        };
        extract::explain(&doc, &with)
    }))
    .unwrap_or_else(|_| Err(failure("parser error")))
}

fn address(url: &str) -> Result<Url, ParseError> {
    Url::parse(url).map_err(|error| failure(&format!("the page's address is not a URL: {error}")))
}

/// Reads an article page.
///
/// `content_type` is the HTTP header, `url` the address the page came from (after redirects), `select` the
/// outlet's own selectors, `repeats` what is known of the outlet's repeating blocks.
///
/// The work is bounded by what is read of a page (1.3 MB, 22,000 tags, 400 levels), never by a clock, so that every
/// machine gives the same answer. 2 MB of stack are enough, as a thread has that is not told otherwise.
///
/// # Errors
/// If `url` is not a valid address, a selector cannot be read, or the markup broke the parser.
pub fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    repeats: &Repeats,
) -> Result<Page, ParseError> {
    read(bytes, content_type, url, select, repeats).map(|reading| reading.page)
}

/// [`parse`], with the page's blocks beside it, for learning what repeats on the outlet's pages. `bytes` are
/// dropped as soon as they are not needed.
///
/// When the page was fetched is not known here, so `3 hours ago` and `12 June` are no dates; see [`read_at`].
///
/// # Errors
/// As [`parse`].
pub fn read(
    bytes: impl Deref<Target = [u8]>,
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    repeats: &Repeats,
) -> Result<Reading, ParseError> {
    let weights = &Weights::default();
    read_weighed(bytes, content_type, url, select, repeats, weights)
}

/// [`read`], of a page that came at the moment `fetched`.
///
/// Where the page declares no date and shows none with a year, one that is said against that moment is taken from the lines at
/// its headline (`3 hours ago`, `Yesterday, 14:02`, `12 June`). Then [`Page::approximate`] is set: the same page read at another moment
/// gives another date, so that the first one should be kept.
///
/// # Errors
/// As [`parse`].
pub fn read_at(
    bytes: impl Deref<Target = [u8]>,
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    repeats: &Repeats,
    fetched: Time,
) -> Result<Reading, ParseError> {
    let how = How {
        select,
        repeats,
        weights: &Weights::default(),
        fetched: Some(fetched),
    };
    read_so(bytes, content_type, url, &how)
}

/// [`read`] with other weights than the fitted ones, for measuring them.
///
/// # Errors
/// As [`parse`].
pub fn read_weighed(
    bytes: impl Deref<Target = [u8]>,
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    repeats: &Repeats,
    weights: &Weights,
) -> Result<Reading, ParseError> {
    let how = How {
        select,
        repeats,
        weights,
        fetched: None,
    };
    read_so(bytes, content_type, url, &how)
}

/// What a page is read with.
struct How<'a> {
    select: &'a Select,
    repeats: &'a Repeats,
    weights: &'a Weights,
    fetched: Option<Time>,
}

fn read_so(
    bytes: impl Deref<Target = [u8]>,
    content_type: Option<&str>,
    url: &str,
    how: &How,
) -> Result<Reading, ParseError> {
    let url = address(url)?;
    let decoded = charset::decode(&bytes, content_type);
    let html = limit_html::limit(&decoded);
    let beginning = believe::beginning_of(&decoded).to_owned();
    drop(decoded);
    drop(bytes);
    let markers = |words| believe::Markers::of(&beginning, words);
    catch_unwind(AssertUnwindSafe(|| assemble(&html, &url, markers, how)))
        .unwrap_or_else(|_| Err(failure("parser error")))
}

fn failure(reason: &str) -> ParseError {
    ParseError {
        reason: reason.to_owned(),
        place: None,
    }
}

fn assemble(
    html: &str,
    url: &Url,
    markers: impl Fn(u32) -> believe::Markers,
    how: &How,
) -> Result<Reading, ParseError> {
    let doc = Document::from(html);
    let meta = meta::read(&doc, url, how.select, how.fetched);
    let with = extract::With {
        url,
        select: how.select,
        meta: &meta,
        repeats: how.repeats,
        weights: how.weights,
    };
    let mut body = extract::extract(&doc, &with)?;
    let told = body.facts.take();
    let meta = match told {
        Some(told) => meta::with_told(meta, &doc, url, how.select, how.fetched, told),
        None => meta,
    };
    let signs = PageSigns::of(&doc, markers(body.words), body.words);
    let partial = body.partial.filter(|partial| *partial != Partial::NoText);
    let short = body.words < believe::NOTICE;
    let shape = || signs.shape(&newsprint_html::plain(&body.html), body.words);
    let partial = partial.or_else(|| short.then(shape)?).or(body.partial);
    Ok(Reading {
        page: Page {
            title: meta.title,
            published: meta.published,
            approximate: meta.approximate,
            published_local: meta.published_local,
            updated: meta.updated,
            authors: meta.authors,
            tags: meta.tags,
            image: meta.image,
            lang: meta.lang,
            canonical: meta.canonical,
            body: body.html,
            partial,
            next: body.next,
        },
        blocks: body.blocks,
        signs,
    })
}
