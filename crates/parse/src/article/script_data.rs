//! The article among the data of a page that a script fills in the browser: HTML in a value, or rich text.
//! Never here: how rich text is stored (`rich_text`), JSON-LD (`structured_data`), which blocks are the article (`select`).

use dom_query::Document;
use serde_json::Value;

use super::rich_text;

/// How deep values are followed.
const MAX_DEPTH: u32 = 24;
/// Paragraphs or line breaks of a value that could be an article.
const PARAGRAPHS: usize = 3;
/// Bytes of an attribute that could have an article.
const LEAST: usize = 400;

/// The longest text among a page's data, as HTML.
pub(super) fn article(doc: &Document) -> Option<String> {
    let mut longest = String::new();
    for script in doc.select("script[type*=json]").iter() {
        let text = script.text();
        if let Ok(value) = serde_json::from_str::<Value>(text.trim()) {
            look(&value, &mut longest, 0);
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
        let value = line.split_once(':').map(|(_, value)| value);
        if let Some(Ok(value)) = value.map(serde_json::from_str::<Value>) {
            look(&value, &mut longest, 0);
        }
    }
    if longest.is_empty() {
        for script in doc.select("script:not([src])").iter() {
            assigned(&script.text(), &mut longest);
        }
    }
    if longest.is_empty() {
        for element in doc.select("body, body *").nodes() {
            for attribute in element.attrs() {
                let value = attribute.value.trim();
                if value.len() >= LEAST
                    && value.starts_with(['{', '['])
                    && let Ok(value) = serde_json::from_str::<Value>(value)
                {
                    look(&value, &mut longest, 0);
                }
            }
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
                    look(&value, longest, 0);
                }
            }
            value => look(&value, longest, 0),
        }
    }
}

/// Keeps the longest text of a value and of all within it.
fn look(value: &Value, longest: &mut String, depth: u32) {
    match value {
        Value::String(text)
            if text.len() > longest.len()
                && text.matches("<p").count() + text.matches("<br").count() >= PARAGRAPHS =>
        {
            longest.clone_from(text);
        }
        Value::Object(members) if depth < MAX_DEPTH => {
            for value in members.values() {
                look(value, longest, depth + 1);
            }
        }
        Value::Array(values) if depth < MAX_DEPTH => {
            let (html, paragraphs) = rich_text::html(values);
            if paragraphs >= PARAGRAPHS {
                if html.len() > longest.len() {
                    *longest = html;
                }
                return;
            }
            for value in values {
                look(value, longest, depth + 1);
            }
        }
        _ => {}
    }
}
