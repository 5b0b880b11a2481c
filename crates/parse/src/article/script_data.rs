//! The article among the data of a page that a script fills in the browser: HTML or lines of prose in a value, rich text, or a
//! list of objects that read as one; and what the object around it says of it.
//! Never here: how rich text is stored (`rich_text`, `unnamed_text`), what stands for something else (`references`), how scripts write
//! values (`literals`), JSON-LD (`structured_data`), which blocks are the article (`select`).

use dom_query::Document;
use serde_json::{Map, Value};

use super::class_names::{self, Cues};
use super::references::{self, Rows, Store};
use super::{literals, rich_text, unnamed_text};
use crate::feed::base64;

/// How deep values are followed.
const MAX_DEPTH: usize = 24;
/// Paragraphs or line breaks of a value that could be an article.
const PARAGRAPHS: usize = 3;
/// Bytes of a value that could hold an article.
const LEAST: usize = 400;
/// Letters of a text that stands beside the page's own title, however few its paragraphs.
const LETTERS: usize = 250;
/// Bytes of values within values (JSON in a string) that are read.
const MAX_WITHIN: usize = 4 << 20;

/// An article among a page's data.
#[derive(Debug, Clone, Default)]
pub(super) struct Article {
    pub html: String,
    /// It stands beside the title that the page has.
    pub is_own: bool,
    pub facts: Facts,
}

/// What the object around the text says of it, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<String>,
    pub tags: Vec<String>,
}

/// What the page says of its article.
pub(super) struct About {
    /// Titles, their letters alone.
    titles: Vec<String>,
    /// The beginning of the description.
    description: String,
}

impl About {
    pub fn new<'t>(titles: impl IntoIterator<Item = &'t str>, description: &str) -> About {
        let titles = titles.into_iter().map(letters);
        About {
            titles: titles.filter(|title| is_long(title)).collect(),
            description: description.trim().chars().take(40).collect(),
        }
    }

    /// Whether a title in the data is the page's; `None` where it is too short to tell.
    fn is_title(&self, title: &str) -> Option<bool> {
        let title = letters(&newsprint_html::plain(title));
        is_long(&title).then(|| {
            let mut own = self.titles.iter();
            own.any(|own| own.contains(&title) || title.contains(own))
        })
    }

    fn is_described(&self, html: &str) -> bool {
        const LONG: usize = 30;
        self.description.len() >= LONG && html.contains(&self.description)
    }
}

fn letters(text: &str) -> String {
    let text = text.chars().filter(|c| c.is_alphanumeric());
    text.flat_map(char::to_lowercase).collect()
}

/// Long enough to be the title of one article alone.
fn is_long(letters: &str) -> bool {
    letters.len() >= 12
}

/// The text among a page's data that is most likely its article.
pub(super) fn article(doc: &Document, about: &About) -> Option<Article> {
    let mut search = Search {
        about,
        best: 0,
        found: None,
        within: MAX_WITHIN,
    };
    for script in doc.select("script[type*=json]").iter() {
        search.script(script.text().trim());
    }
    // React sends what a page is made of as pieces of text.
    let mut pieces = String::new();
    let scripts = doc.select("script:not([src])");
    for script in scripts.iter() {
        let text = script.text();
        let piece = text.split_once("__next_f").map(|(_, piece)| piece);
        let piece = piece.and_then(|piece| piece.split_once("push("));
        let mut values =
            piece.map(|(_, piece)| serde_json::Deserializer::from_str(piece).into_iter::<Value>());
        if let Some(Ok(Value::Array(values))) = values.as_mut().and_then(Iterator::next)
            && let Some(Value::String(text)) = values.get(1)
        {
            pieces.push_str(text);
        }
    }
    if !pieces.is_empty() {
        search.rows(&Rows::of(&pieces));
    }
    if search.found.is_none() {
        for script in scripts.iter() {
            search.assigned(&script.text());
        }
    }
    if search.found.is_none() {
        for element in doc.select("body, body *").nodes() {
            for attribute in element.attrs() {
                let value = attribute.value.trim();
                if value.len() >= LEAST
                    && value.starts_with(['{', '['])
                    && let Ok(value) = serde_json::from_str::<Value>(value)
                {
                    search.root(&value);
                }
            }
        }
    }
    search.found
}

struct Search<'a> {
    about: &'a About,
    /// How good what was found is.
    best: usize,
    found: Option<Article>,
    /// What may still be read of values within values, in bytes.
    within: usize,
}

/// A member on the way to a value, and the object that has it.
#[derive(Clone, Copy)]
struct Step<'v> {
    key: &'v str,
    node: &'v Map<String, Value>,
}

/// What a value may point at.
#[derive(Clone, Copy)]
struct Known<'v> {
    store: &'v Store<'v>,
    rows: Option<&'v Rows>,
}

/// How a text is stored, the surest first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// With paragraphs marked as such.
    Marked,
    /// As lines, or a whole page of elements.
    Loose,
}

impl Search<'_> {
    /// Looks through a script that is all JSON, or nearly.
    fn script(&mut self, text: &str) {
        if let Ok(value) = serde_json::from_str::<Value>(text) {
            return self.root(&value);
        }
        let quoted = text.get(..40).unwrap_or(text).contains("&quot;");
        let text = match quoted {
            true => newsprint_html::plain(text),
            false => text.to_owned(),
        };
        let Some(start) = text.find(['{', '[']) else {
            return;
        };
        if let Some((value, _)) = literals::value(&text[start..], &mut (4 * text.len())) {
            self.root(&value);
        }
    }

    fn rows(&mut self, rows: &Rows) {
        for value in rows.values() {
            self.known(value, Some(rows));
            let html = rows.html(value);
            let paragraphs = html.matches("<p").count();
            self.offer(html, paragraphs, Form::Loose, &[], &Store::default());
        }
        for text in rows.texts() {
            self.known(&Value::String(text.to_owned()), Some(rows));
        }
    }

    /// Looks through the values that a script assigns or hands on: `window.state = {…}`, `data.push({…})`, `JSON.parse("{…}")`.
    fn assigned(&mut self, script: &str) {
        let mut work = 4 * script.len();
        let mut from = 0;
        while work > 0
            && let Some(at) = memchr::memchr3(b'=', b'(', b',', &script.as_bytes()[from..])
        {
            let sign = script.as_bytes()[from + at];
            from += at + 1;
            let rest = script[from..].trim_start();
            let start = script.len() - rest.len();
            let begins = match sign {
                b',' => rest.starts_with(['{', '[']),
                b'(' => rest.starts_with(['{', '[', '"', '\'', '`']),
                _ => {
                    rest.starts_with(['{', '[', '"', '\'', '`', '('])
                        || ["JSON.", "Object.", "atob("]
                            .iter()
                            .any(|name| rest.starts_with(name))
                }
            };
            if !begins || rest.len() < LEAST {
                continue;
            }
            let Some((value, length)) = literals::value(rest, &mut work) else {
                continue;
            };
            // What a program around the data does may hold it too.
            if !matches!(value, Value::Null | Value::Bool(_) | Value::Number(_)) {
                from = start + length;
            }
            if length >= LEAST {
                self.root(&value);
            }
        }
    }

    fn root(&mut self, value: &Value) {
        if let Value::Array(values) = value
            && let Some(whole) = references::flat(values)
        {
            return self.known(&whole, None);
        }
        self.known(value, None);
    }

    fn known(&mut self, value: &Value, rows: Option<&Rows>) {
        let store = Store::of(value);
        let known = Known {
            store: &store,
            rows,
        };
        self.look(value, &mut Vec::new(), 0, known);
    }

    /// Keeps the best text of a value and of all within it.
    fn look<'v>(
        &mut self,
        value: &'v Value,
        way: &mut Vec<Step<'v>>,
        depth: usize,
        known: Known<'v>,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        match value {
            Value::String(text) => {
                let text = known.rows.and_then(|rows| rows.text(text)).unwrap_or(text);
                self.text(text, way, depth, known);
            }
            Value::Object(members) => {
                if known.store.meant(value).is_some() {
                    return;
                }
                for (key, value) in members {
                    way.push(Step { key, node: members });
                    self.look(value, way, depth + 1, known);
                    way.pop();
                }
            }
            Value::Array(values) => {
                let meant = known.store.list(values);
                let list = meant.as_deref().unwrap_or(values);
                if self.list(list, way, known.store) {
                    return;
                }
                for value in values {
                    self.look(value, way, depth + 1, known);
                }
            }
            _ => {}
        }
    }

    fn list(&mut self, values: &[Value], way: &[Step], store: &Store) -> bool {
        let (html, paragraphs) = rich_text::html(values);
        if paragraphs >= PARAGRAPHS {
            self.offer(html, paragraphs, Form::Marked, way, store);
            return true;
        }
        let unnamed = unnamed_text::objects(values, unnamed_text::LEAST)
            .or_else(|| unnamed_text::strings(values, unnamed_text::LEAST))
            .or_else(|| unnamed_text::runs(values))
            .or_else(|| unnamed_text::sections(values));
        let Some((html, paragraphs)) = unnamed else {
            return false;
        };
        self.offer(html, paragraphs, Form::Marked, way, store);
        true
    }

    fn text(&mut self, text: &str, way: &[Step], depth: usize, known: Known) {
        /// Bytes of a text that could be a short article.
        const SHORT: usize = 200;
        if text.len() < SHORT || depth > MAX_DEPTH {
            return;
        }
        let long = text.len() >= LEAST;
        if long
            && text.trim_start().starts_with(['{', '['])
            && self.written(text, way, depth, known)
        {
            return;
        }
        let paragraphs = text.matches("<p").count() + text.matches("<br").count();
        if paragraphs > 0 {
            return self.offer(text.to_owned(), paragraphs, Form::Marked, way, known.store);
        }
        if long && let Some(within) = self.decoded(text) {
            if !self.written(&within, way, depth, known) {
                self.text(&within, way, depth + 4, known);
            }
            return;
        }
        let summary = way
            .last()
            .is_some_and(|step| unnamed_text::is_summary(step.key));
        if summary {
            return;
        }
        if let Some((html, paragraphs)) = unnamed_text::lines(text) {
            self.offer(html, paragraphs, Form::Loose, way, known.store);
        } else if unnamed_text::prose(text) >= LETTERS {
            let html = format!("<p>{}</p>", newsprint_html::escape(text));
            self.offer(html, 1, Form::Loose, way, known.store);
        }
    }

    /// Looks through a value that is written as a text in another; whether it was one.
    fn written(&mut self, text: &str, way: &[Step], depth: usize, known: Known) -> bool {
        let Some(left) = self.within.checked_sub(text.len()) else {
            return false;
        };
        self.within = left;
        let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(text.trim())
        else {
            return false;
        };
        let whole = value.as_array().and_then(|list| references::flat(list));
        let value = whole.unwrap_or(value);
        let store = Store::of(&value);
        let known = Known {
            store: &store,
            rows: known.rows,
        };
        let mut way: Vec<Step> = way.to_vec();
        self.look(&value, &mut way, depth + 1, known);
        true
    }

    /// What base64, `%3C` or `&lt;` stand for.
    fn decoded(&mut self, text: &str) -> Option<String> {
        self.within = self.within.checked_sub(text.len())?;
        let start = text.trim_start();
        if start.starts_with("%7B") || start.starts_with("%5B") || start.starts_with("%3C") {
            let decoded = percent_encoding::percent_decode_str(text);
            return Some(decoded.decode_utf8_lossy().into_owned());
        }
        if start.starts_with("&lt;") || start.starts_with("&#60;") || text.contains("&lt;p") {
            return Some(newsprint_html::plain(text));
        }
        if start
            .as_bytes()
            .iter()
            .take(100)
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_'))
        {
            return String::from_utf8(base64::decode(text)?).ok();
        }
        None
    }

    /// Keeps a text where it is better than what was found.
    fn offer(&mut self, html: String, paragraphs: usize, form: Form, way: &[Step], store: &Store) {
        let letters = shown(&html);
        // No way to get any better than this.
        if letters * 8 <= self.best {
            return;
        }
        let own = match self.is_own(way) {
            Some(own) => Some(own),
            None => self.about.is_described(&html).then_some(true),
        };
        let short = paragraphs < PARAGRAPHS;
        if short
            && (own != Some(true)
                || letters < LETTERS
                || form == Form::Loose && letters < 3 * LETTERS)
        {
            return;
        }
        let weight = match (own, form) {
            (Some(true), Form::Marked) => 8,
            (Some(true), Form::Loose) => 4,
            (None, Form::Marked) => 2,
            (Some(false), Form::Marked) | (None, Form::Loose) => 1,
            (Some(false), Form::Loose) => return,
        };
        if letters * weight <= self.best || is_beside(way) {
            return;
        }
        self.best = letters * weight;
        self.found = Some(Article {
            is_own: own == Some(true),
            facts: match own {
                Some(true) => facts(way, store),
                _ => Facts::default(),
            },
            html,
        });
    }

    /// Whether the nearest object with a title has the page's; `None` where none has one.
    fn is_own(&self, way: &[Step]) -> Option<bool> {
        way.iter().rev().find_map(|step| {
            let titles = titles(step.node);
            let told: Vec<bool> = titles
                .iter()
                .filter_map(|title| self.about.is_title(title))
                .collect();
            (!told.is_empty() && !self.about.titles.is_empty()).then(|| told.contains(&true))
        })
    }
}

/// Bytes of HTML that are not within tags.
fn shown(html: &str) -> usize {
    let mut all = 0;
    for piece in html.split('<') {
        all += piece
            .rsplit_once('>')
            .map_or(piece, |(_, text)| text)
            .trim()
            .len();
    }
    all
}

/// Whether what leads to a value says that it is beside the article: comments, other articles, notices.
fn is_beside(way: &[Step]) -> bool {
    const BESIDE: u32 = Cues::COMMENT | Cues::RELATED | Cues::ADVERT | Cues::LEGAL | Cues::DIALOG;
    // What is longer is no name but a title or an address.
    const LONGEST: usize = 24;
    let mut names = way.iter().filter(|step| step.key.len() <= LONGEST);
    names.any(|step| class_names::of_name(step.key).has(BESIDE))
}

/// A name without what systems part its words by.
fn folded(name: &str) -> String {
    let name = name.chars().filter(char::is_ascii_alphanumeric);
    name.map(|c| c.to_ascii_lowercase()).collect()
}

/// The members of an object under these names, in the order of the names.
fn named<'v>(node: &'v Map<String, Value>, names: &[&str]) -> Vec<&'v Value> {
    let mut found: Vec<(usize, &Value)> = Vec::new();
    for (key, value) in node {
        if key.len() <= 24
            && let Some(at) = names.iter().position(|name| *name == folded(key))
        {
            found.push((at, value));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, value)| value).collect()
}

/// What an object is called: a text, or several for several places.
fn titles(node: &Map<String, Value>) -> Vec<&str> {
    const NAMES: [&str; 6] = [
        "headline",
        "headlines",
        "title",
        "titles",
        "heading",
        "name",
    ];
    let mut titles = Vec::new();
    for value in named(node, &NAMES) {
        match value {
            Value::String(title) => titles.push(title.as_str()),
            Value::Object(places) => titles.extend(places.values().filter_map(Value::as_str)),
            _ => {}
        }
    }
    titles.retain(|title| title.len() <= 400);
    titles
}

/// What the nearest objects around a text say of it, up to the one that has its title.
fn facts(way: &[Step], store: &Store) -> Facts {
    /// Objects around that are asked.
    const AROUND: usize = 5;
    const PUBLISHED: [&str; 19] = [
        "datepublished",
        "publishedat",
        "publisheddate",
        "publishdate",
        "publicationdate",
        "published",
        "publishedtime",
        "publishtime",
        "publishedon",
        "firstpublished",
        "firstpublishdate",
        "firstpublisheddate",
        "firstpublishedat",
        "displaydate",
        "pubdate",
        "publicationtime",
        "publishedtimestamp",
        "datetime",
        "date",
    ];
    const MODIFIED: [&str; 10] = [
        "datemodified",
        "modifiedat",
        "modifieddate",
        "lastmodified",
        "lastupdateddate",
        "updatedat",
        "lastupdated",
        "updateddate",
        "modified",
        "updated",
    ];
    const AUTHORS: [&str; 10] = [
        "authors",
        "author",
        "bylines",
        "byline",
        "credits",
        "writers",
        "writer",
        "creators",
        "creator",
        "authorname",
    ];
    const TAGS: [&str; 5] = ["tags", "keywords", "topics", "taxonomy", "taxonomies"];
    let mut facts = Facts::default();
    for step in way.iter().rev().take(AROUND) {
        let node = step.node;
        let first = |names: &[&str]| named(node, names).into_iter().find_map(moment);
        facts.published = facts.published.take().or_else(|| first(&PUBLISHED));
        facts.modified = facts.modified.take().or_else(|| first(&MODIFIED));
        for value in named(node, &AUTHORS) {
            if facts.authors.is_empty() {
                names(value, &mut facts.authors, store, 0);
            }
        }
        for value in named(node, &TAGS) {
            if facts.tags.is_empty() {
                names(value, &mut facts.tags, store, 0);
            }
        }
        if let Some(title) = titles(node).first() {
            facts.headline = Some((*title).to_owned());
            break;
        }
    }
    facts
}

/// A date as it is written: a text, a number, or the first of them in an object.
fn moment(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() && text.len() <= 60 => Some(text.clone()),
        // Seconds or thousandths since 1970.
        Value::Number(number) if number.as_f64()? > 5e8 => Some(number.to_string()),
        Value::Object(members) => members.values().find_map(|value| match value {
            Value::Object(_) => None,
            value => moment(value),
        }),
        _ => None,
    }
}

/// The names of persons or things: texts, or objects that have one.
fn names(value: &Value, out: &mut Vec<String>, store: &Store, depth: u32) {
    const MOST: usize = 40;
    if depth > 5 || out.len() >= MOST {
        return;
    }
    if let Some(thing) = store.meant(value) {
        return names_of(thing, out, store, depth);
    }
    match value {
        Value::String(name) if !name.trim().is_empty() && name.len() <= 400 => {
            out.push(name.clone());
        }
        Value::Array(values) => {
            for value in values.iter().take(MOST) {
                names(value, out, store, depth + 1);
            }
        }
        Value::Object(node) => names_of(node, out, store, depth),
        _ => {}
    }
}

fn names_of(node: &Map<String, Value>, out: &mut Vec<String>, store: &Store, depth: u32) {
    const NAMES: [&str; 8] = [
        "name",
        "fullname",
        "displayname",
        "text",
        "title",
        "label",
        "tag",
        "value",
    ];
    const WITHIN: [&str; 14] = [
        "by",
        "data",
        "attributes",
        "node",
        "nodes",
        "edges",
        "items",
        "fields",
        "tags",
        "topics",
        "author",
        "profile",
        "person",
        "result",
    ];
    let text = |names: &[&str]| named(node, names).into_iter().find_map(Value::as_str);
    let (first, last) = (["firstname", "givenname"], ["lastname", "familyname"]);
    if let Some(name) = text(&NAMES) {
        out.push(name.to_owned());
    } else if let (Some(first), Some(last)) = (text(&first), text(&last)) {
        out.push(format!("{first} {last}"));
    } else if let Some(within) = named(node, &WITHIN).first() {
        names(within, out, store, depth + 1);
    }
}
