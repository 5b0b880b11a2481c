//! What the page's structured data (JSON-LD) says of the text: the text itself, and whether it is free.
//! Never here: title, dates, tags (`meta`).

use dom_query::Document;
use serde_json::Value;

use newsprint_html::words as words_of;

/// JSON-LD's say about the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// The longest `articleBody`.
    pub body: String,
    /// `isAccessibleForFree` is false.
    pub locked: bool,
}

/// How much longer the structured text must be before it is taken instead. It is a last resort: it has lost
/// its paragraphs, links and pictures, and often its ends.
const FULLER: u32 = 3;

/// Reads the page's structured data, if it says anything of the kind.
pub(super) fn read(doc: &Document) -> Facts {
    let mut facts = Facts::default();
    for script in doc.select("script[type*=json]").iter() {
        let text = script.text();
        if !text.contains("articleBody") && !text.contains("isAccessibleForFree") {
            continue;
        }
        if let Ok(value) = serde_json::from_str::<Value>(text.trim()) {
            walk(&value, &mut facts, 0);
        }
    }
    facts
}

fn walk(value: &Value, facts: &mut Facts, depth: u32) {
    if depth > 12 {
        return;
    }
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("articleBody", Value::String(text)) => {
                        if text.len() > facts.body.len() {
                            facts.body.clone_from(text);
                        }
                    }
                    // Of the page itself; `hasPart` has one for the locked part of a page that is free in part.
                    ("isAccessibleForFree", Value::Bool(false)) => facts.locked = true,
                    ("isAccessibleForFree", Value::String(free))
                        if free.eq_ignore_ascii_case("false") =>
                    {
                        facts.locked = true;
                    }
                    _ => walk(value, facts, depth + 1),
                }
            }
        }
        Value::Array(values) => {
            for value in values {
                walk(value, facts, depth + 1);
            }
        }
        _ => {}
    }
}

/// The longest piece of HTML among a script's data: pages that are put together in the browser carry the
/// article that way, and nothing else that a reader could see.
pub(super) fn embedded(doc: &Document) -> Option<String> {
    let mut longest = String::new();
    for script in doc.select("script[type*=json]").iter() {
        let text = script.text();
        let markup = ["<p", "\\u003cp", "\\u003Cp"]
            .iter()
            .any(|tag| text.contains(tag));
        if markup && let Ok(value) = serde_json::from_str::<Value>(text.trim()) {
            longest_html(&value, &mut longest, 0);
        }
    }
    // React sends what a page is made of as pieces of text, whose lines are numbered values.
    let mut pieces = String::new();
    for script in doc.select("script:not([src])").iter() {
        let text = script.text();
        let piece = text.trim().strip_prefix("self.__next_f.push(");
        let piece = piece.and_then(|piece| piece.trim_end_matches(';').strip_suffix(')'));
        if let Some(Ok(Value::Array(values))) = piece.map(serde_json::from_str)
            && let Some(Value::String(text)) = values.get(1)
        {
            pieces.push_str(text);
        }
    }
    for line in pieces.lines() {
        let markup = ["<p", "\\u003cp", "\\u003Cp"]
            .iter()
            .any(|tag| line.contains(tag));
        let value = line.split_once(':').map(|(_, value)| value);
        if markup && let Some(Ok(value)) = value.map(serde_json::from_str::<Value>) {
            longest_html(&value, &mut longest, 0);
        }
    }
    if longest.is_empty() {
        for script in doc.select("script:not([src])").iter() {
            assigned(&script.text(), &mut longest);
        }
    }
    (!longest.is_empty()).then_some(longest)
}

/// Looks through the values that a script assigns or hands on: `window.state = {…}`, `data.push({…})`, `JSON.parse("{…}")`.
fn assigned(script: &str, longest: &mut String) {
    /// Values tried in a script.
    const MOST: usize = 12;
    let mut from = 0;
    for _ in 0..MOST {
        let Some(at) = script[from..].find(['=', '(']).map(|at| from + at + 1) else {
            return;
        };
        from = at;
        let rest = script[at..].trim_start();
        if !rest.starts_with(['{', '[', '"']) {
            continue;
        }
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(value)) = values.next() else {
            continue;
        };
        from = script.len() - rest.len() + values.byte_offset();
        match value {
            Value::String(text) if text.starts_with(['{', '[']) => {
                if let Ok(value) = serde_json::from_str(&text) {
                    longest_html(&value, longest, 0);
                }
            }
            value => longest_html(&value, longest, 0),
        }
    }
}

fn longest_html(value: &Value, longest: &mut String, depth: u32) {
    match value {
        Value::String(text)
            if text.len() > longest.len()
                && text.matches("<p").count() + text.matches("<br").count() >= 3 =>
        {
            longest.clone_from(text);
        }
        Value::Object(members) if depth < 24 => {
            for value in members.values() {
                longest_html(value, longest, depth + 1);
            }
        }
        Value::Array(values) if depth < 24 => {
            for value in values {
                longest_html(value, longest, depth + 1);
            }
        }
        _ => {}
    }
}

impl Facts {
    /// The structured text as HTML, where the page's own is so much shorter that it cannot be the article.
    pub fn fuller_than(&self, words: u32, text: &str) -> Option<String> {
        let longer = self.body.len() > text.len().saturating_mul(FULLER as usize);
        if !longer || words_of(&self.body) < words.saturating_mul(FULLER).max(40) {
            return None;
        }
        if self.body.contains("</p>") {
            return Some(self.body.clone());
        }
        let mut html = String::new();
        for line in self.body.lines().filter(|line| !line.trim().is_empty()) {
            html.push_str("<p>");
            html.push_str(&line.replace('<', "&lt;"));
            html.push_str("</p>");
        }
        Some(html)
    }
}
