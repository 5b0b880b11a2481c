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
