//! The article's text out of a page.
//! Never here: title, dates, tags (`meta`), what markup is clean (`parse::markup`).

use dom_query::Document;
use url::Url;

use super::meta::Meta;
use super::repeats::{PageBlocks, Repeats};
use crate::news::{Partial, Select};
use crate::parse::ParseError;

/// What the page gave for the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub html: String,
    pub partial: Option<Partial>,
    pub next: Option<String>,
    pub blocks: PageBlocks,
}

/// Finds the text.
pub(super) fn extract(
    _doc: &Document,
    html: &str,
    _url: &Url,
    _select: &Select,
    _meta: &Meta,
    _repeats: &Repeats,
) -> Result<Body, ParseError> {
    let options = trafilatura::Options::default()
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    let html = trafilatura::extract(html, &options)
        .map(|result| result.content_html)
        .unwrap_or_default();
    Ok(Body {
        partial: html.is_empty().then_some(Partial::NoText),
        html,
        ..Body::default()
    })
}

pub(super) fn dump(doc: &Document, html: &str) -> String {
    use super::{outline, signals, votes};
    use trafilatura::ExtractionFocus as F;
    let outline = outline::Outline::of(doc);
    let title = doc
        .select("meta[property='og:title']")
        .attr("content")
        .map(|t| t.to_string())
        .unwrap_or_else(|| doc.select("title").text().to_string());
    let description = doc
        .select("meta[property='og:description'], meta[name=description]")
        .attr("content")
        .map(|t| t.to_string())
        .unwrap_or_default();
    let mut machine = String::new();
    for script in doc.select("script[type='application/ld+json']").iter() {
        fn walk(v: &serde_json::Value, out: &mut String) {
            match v {
                serde_json::Value::Object(o) => {
                    for (k, v) in o {
                        if k == "articleBody" {
                            if let Some(t) = v.as_str() {
                                if t.len() > out.len() {
                                    *out = t.to_owned();
                                }
                            }
                        } else {
                            walk(v, out)
                        }
                    }
                }
                serde_json::Value::Array(a) => {
                    for v in a {
                        walk(v, out)
                    }
                }
                _ => {}
            }
        }
        if let Ok(v) = serde_json::from_str::<serde_json::Value>(&script.text()) {
            walk(&v, &mut machine);
        }
    }
    let sources = signals::Sources {
        precise: votes::trafilatura(html, F::FavorPrecision),
        balanced: votes::trafilatura(html, F::Balanced),
        smoothie: votes::smoothie(doc),
        machine: votes::Vote::of_html(&machine),
        title: votes::Words::of(&title),
        description: votes::Words::of(&description),
    };
    let signals = signals::dump(&outline, &sources);
    let rows: Vec<serde_json::Value> = outline.blocks.iter().zip(signals).map(|(b, f)| {
        let path: Vec<String> = outline.up(b.leaf).take(7).map(|at| { let e = doc.tree.get(&outline.elements[at].id).unwrap(); format!("{}.{}#{}", e.node_name().unwrap_or_default(), e.class().unwrap_or_default(), e.id_attr().unwrap_or_default()) }).collect();
        serde_json::json!({"text": b.text, "f": f.into_iter().map(|(k, v)| (k, serde_json::Value::from(v))).collect::<serde_json::Map<String, serde_json::Value>>(), "path": path})
    }).collect();
    serde_json::to_string(&rows).unwrap()
}
