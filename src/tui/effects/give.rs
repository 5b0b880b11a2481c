//! An article as text, Markdown, HTML or JSON, for commands, files and macros.
//! Never here: running or writing anything.

use serde_json::{Value, json};

use crate::news::Article;
use crate::text::{clean, markdown, plain};
use crate::tui::message::Format;

/// The article in a format.
pub fn article(article: &Article, format: Format) -> String {
    let headline = &article.headline;
    let title = clean::line(&headline.title);
    match format {
        Format::Text => format!("{title}\n{}\n\n{}\n", headline.url, plain(&article.body)),
        Format::Markdown => format!(
            "# {title}\n\n{}\n\n<{}>\n\n{}\n",
            facts(article),
            headline.url,
            markdown(&article.body)
        ),
        Format::Html => format!(
            "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<h1>{0}</h1>\n<p>{1}</p>\n{2}\n",
            escape(&title),
            escape(&facts(article)),
            article.body
        ),
        Format::Json => format!("{}\n", value(article)),
    }
}

/// Outlet, date, author, tags on one line.
fn facts(article: &Article) -> String {
    let headline = &article.headline;
    let mut facts = vec![clean::line(&headline.outlet)];
    facts.extend(headline.published.map(|time| time.to_string()));
    if !headline.author.is_empty() {
        facts.push(clean::line(&headline.author));
    }
    facts.extend(headline.tags.iter().map(|tag| clean::line(tag)));
    facts.join(" · ")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The contract's fields.
pub fn value(article: &Article) -> Value {
    let headline = &article.headline;
    json!({
        "id": headline.id.to_string(),
        "outlet": headline.outlet,
        "title": headline.title,
        "url": headline.url,
        "published": headline.published.map(|time| time.to_string()),
        "updated": headline.updated.map(|time| time.to_string()),
        "first_seen": headline.first_seen.to_string(),
        "tags": headline.tags,
        "author": headline.author,
        "read": headline.read,
        "starred": headline.starred,
        "changed": headline.changed,
        "text": headline.text.as_str(),
        "words": headline.words,
        "lang": headline.lang,
        "body": plain(&article.body),
        "image": article.image,
    })
}
