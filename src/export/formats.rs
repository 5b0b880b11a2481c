//! An article as text, Markdown, HTML or JSON, for commands, files and macros.
//! Never here: running or writing anything.

use super::json;
use newsprint_html::{escape, markdown, plain, safe_text};
use newsprint_model::{Article, Revision};

/// What an article is given out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Title, address and text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// The contract's JSON.
    Json,
}

/// An article with its earlier texts, newest first.
pub type Whole = (Article, Vec<Revision>);

/// The article in a format.
pub fn article((article, revisions): &Whole, format: Format) -> String {
    let headline = &article.headline;
    let title = safe_text::line(&headline.title);
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
        Format::Json => format!("{}\n", json::article(article, revisions)),
    }
}

/// Outlet, date, author, tags on one line.
fn facts(article: &Article) -> String {
    let headline = &article.headline;
    let mut facts = vec![safe_text::line(&headline.outlet)];
    facts.extend(headline.published.map(|time| time.to_string()));
    if !headline.author.is_empty() {
        facts.push(safe_text::line(&headline.author));
    }
    facts.extend(headline.tags.iter().map(|tag| safe_text::line(tag)));
    facts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsprint_model::{ArticleId, Headline, TextState, Time};

    #[test]
    fn a_command_gets_the_same_json_as_show_gives() {
        let seen = Time::from_second(1_718_000_000).unwrap();
        let headline = Headline {
            id: ArticleId(3),
            outlet: "Morning Post".into(),
            title: "A\u{202e} title".into(),
            url: "https://post.example/3".into(),
            published: Some(seen),
            updated: None,
            first_seen: seen,
            sort: 0,
            tags: vec!["Georgia".into()],
            author: String::new(),
            read: false,
            starred: false,
            changed: false,
            text: TextState::Full,
            words: 2,
            lang: "en".into(),
            medium: None,
        };
        let stored = Article {
            headline,
            body: "<p>See <a href=\"https://a.example/\">this</a>.</p>".into(),
            partial: None,
            image: None,
            position: 0,
            revisions: 1,
            media: Vec::new(),
        };
        let revision = Revision {
            replaced: stored.headline.first_seen,
            title: "Before".into(),
            body: "<p>Old.</p>".into(),
        };
        let given = article(&(stored, vec![revision]), Format::Json);
        assert!(
            given.contains("\"links\":[\"https://a.example/\"]"),
            "{given}"
        );
        assert!(given.contains("\"partial\":null"), "{given}");
        assert!(given.contains("\"body\":\"Old.\""), "{given}");
        assert!(!given.contains('\u{202e}'), "{given}");
    }
}
