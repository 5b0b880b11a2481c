//! The stories that a page declares for machines: `ItemList` and articles in its JSON-LD (schema.org).
//! Never here: what the page shows.

use std::collections::HashMap;

use dom_query::Document;
use serde_json::Value;
use url::Url;

use super::address;
use super::stories::same;
use crate::dates::{self, Written};
use newsprint_html::safe_text;

/// Bytes of JSON-LD that are read of one page.
const MAX_BYTES: usize = 2 << 20;
/// Stories that are taken from it.
const MAX_STORIES: usize = 1_000;
/// Nesting that is followed.
const MAX_DEPTH: usize = 12;

/// One declared story.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    pub url: Url,
    pub title: String,
    pub published: Option<Written>,
}

/// The declared stories in their order, and where each is by its address.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    pub stories: Vec<Declared>,
    by_url: HashMap<String, usize>,
}

impl Declarations {
    pub(super) fn of(doc: &Document, base: &Url, own: &Url) -> Declarations {
        let mut found = Declarations::default();
        let mut left = MAX_BYTES;
        for script in doc.select("script[type*='ld+json']").iter() {
            let text = script.text();
            if text.len() > left {
                break;
            }
            left -= text.len();
            if let Ok(value) = serde_json::from_str::<Value>(text.trim()) {
                found.walk(&value, base, own, 0, false);
            }
        }
        found
    }

    pub(super) fn get(&self, url: &Url) -> Option<&Declared> {
        self.stories.get(*self.by_url.get(&same(url))?)
    }

    fn walk(&mut self, value: &Value, base: &Url, own: &Url, depth: usize, listed: bool) {
        if depth > MAX_DEPTH || self.stories.len() >= MAX_STORIES {
            return;
        }
        match value {
            Value::Array(items) => {
                for item in items {
                    self.walk(item, base, own, depth + 1, listed);
                }
            }
            Value::Object(fields) => {
                let is = |names: &[&str]| match fields.get("@type") {
                    Some(Value::String(name)) => names.contains(&name.as_str()),
                    Some(Value::Array(all)) => all
                        .iter()
                        .any(|name| name.as_str().is_some_and(|name| names.contains(&name))),
                    _ => false,
                };
                if is(&[
                    "BreadcrumbList",
                    "SiteNavigationElement",
                    "Organization",
                    "NewsMediaOrganization",
                    "WebSite",
                ]) {
                    return;
                }
                let article = is(&[
                    "NewsArticle",
                    "Article",
                    "BlogPosting",
                    "ReportageNewsArticle",
                    "AnalysisNewsArticle",
                    "LiveBlogPosting",
                ]);
                let list = is(&["ItemList"]) || fields.contains_key("itemListElement");
                if article || (listed && !list) {
                    self.add(value, base, own);
                }
                for (name, inner) in fields {
                    let part = matches!(
                        name.as_str(),
                        "@graph"
                            | "itemListElement"
                            | "item"
                            | "mainEntity"
                            | "mainEntityOfPage"
                            | "hasPart"
                            | "blogPost"
                            | "blogPosts"
                    );
                    if part {
                        self.walk(
                            inner,
                            base,
                            own,
                            depth + 1,
                            list || (listed && name == "item"),
                        );
                    }
                }
            }
            Value::String(address) if listed => self.push(address, "", None, base, own),
            _ => {}
        }
    }

    fn add(&mut self, value: &Value, base: &Url, own: &Url) {
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
        let page = value.get("mainEntityOfPage");
        let page = page.and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()));
        let address = [text("url"), text("@id"), page.unwrap_or_default()];
        let Some(address) = address.iter().find(|address| !address.is_empty()) else {
            return;
        };
        let title = [text("headline"), text("name")]
            .into_iter()
            .find(|title| !title.is_empty());
        let date = dates::parse(text("datePublished"), None);
        self.push(address, title.unwrap_or_default(), date, base, own);
    }

    fn push(&mut self, href: &str, title: &str, published: Option<Written>, base: &Url, own: &Url) {
        let Some(mut url) = address::of_link(href, base, own) else {
            return;
        };
        address::without_place(&mut url, &[]);
        let title = safe_text::line(title);
        match self.by_url.get(&same(&url)) {
            Some(&at) => {
                let known = &mut self.stories[at];
                if known.title.is_empty() {
                    known.title = title;
                }
                known.published = known.published.take().or(published);
            }
            None if self.stories.len() < MAX_STORIES => {
                self.by_url.insert(same(&url), self.stories.len());
                self.stories.push(Declared {
                    url,
                    title,
                    published,
                });
            }
            None => {}
        }
    }
}
