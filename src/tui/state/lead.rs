//! What of a stored text is shown elsewhere than in it: the picture that it begins with, beside it in wide
//! windows, and a byline that the head has already. Never here: drawing, fetching.

use std::sync::Arc;

use newsprint_html::{escape, plain};
use newsprint_model::fold;

/// The picture that leads an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// Its address.
    pub url: String,
    /// Its caption on one line, may be empty.
    pub caption: String,
    /// The text without it.
    pub(super) rest: Arc<str>,
}

/// Bytes of a text within which a picture that stands by itself leads it.
const NEAR: usize = 2_000;

/// The picture that leads: the first that stands by itself near the beginning of the text, else `image` where
/// the text does not have it.
pub(super) fn lead(html: &str, image: Option<&str>) -> Option<Lead> {
    for begin in ["<figure>", "<p><img ", "<img "] {
        let Some(at) = html.find(begin).filter(|at| *at < NEAR) else {
            continue;
        };
        let before = &html[..at];
        // Between paragraphs, not in a list, table or quotation.
        let inside = [
            "<ul",
            "<ol",
            "<table",
            "<blockquote",
            "<section",
            "<details",
            "<dl",
        ];
        let between = before.trim_end().is_empty()
            || ["</p>", "</h2>", "</h3>"]
                .iter()
                .any(|end| before.trim_end().ends_with(end));
        if between
            && !inside.iter().any(|tag| before.contains(tag))
            && let Some((url, caption, rest)) = first_picture(&html[at..])
        {
            return Some(Lead {
                url,
                caption,
                rest: format!("{before}{rest}").into(),
            });
        }
    }
    let url = image?;
    (!has(html, url)).then(|| Lead {
        url: url.to_owned(),
        caption: String::new(),
        rest: html.into(),
    })
}

/// Whether a text shows this picture.
pub(super) fn has(html: &str, url: &str) -> bool {
    html.contains(url) || html.contains(&escape(url))
}

/// Address and caption of the picture that a text begins with, and what follows it. Stored texts are clean:
/// a picture is an `img` by itself, alone in its paragraph, or in a `figure`.
fn first_picture(html: &str) -> Option<(String, String, &str)> {
    let html = html.trim_start();
    let (element, rest) = if html.starts_with("<figure>") {
        html.split_at(html.find("</figure>")? + "</figure>".len())
    } else if html.starts_with("<p><img ") {
        html.split_at(html.find("</p>")? + "</p>".len())
    } else if html.starts_with("<img ") {
        html.split_at(html.find('>')? + 1)
    } else {
        return None;
    };
    if element.matches("<img ").count() != 1 {
        return None;
    }
    let (before, caption) = match element.find("<figcaption>") {
        Some(at) => element.split_at(at),
        None => (element, ""),
    };
    if !plain(&without_images(before)).trim().is_empty() {
        return None;
    }
    let from = before.find(" src=\"")? + " src=\"".len();
    let url = before.get(from..)?.split('"').next()?;
    let url = url
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let caption = plain(caption);
    let caption: Vec<&str> = caption.split_whitespace().collect();
    Some((url, caption.join(" "), rest))
}

/// The element without its `img`, whose description would count as text.
fn without_images(html: &str) -> String {
    let Some(from) = html.find("<img ") else {
        return html.to_owned();
    };
    let end = html[from..]
        .find('>')
        .map_or(html.len(), |end| from + end + 1);
    format!("{}{}", &html[..from], &html[end..])
}

/// Words that stand before a name in a byline.
const BEFORE_NAME: &[&str] = &["by", "von", "par", "por", "di", "door", "av", "от", "автор"];
/// Words between names.
const BETWEEN_NAMES: &[&str] = &["and", "und", "et", "y", "e", "en", "och", "и"];

/// The text without a first paragraph that says no more than who wrote it, which the head says.
pub(super) fn without_byline(html: &str, author: &str) -> String {
    let start = html.len() - html.trim_start().len();
    let from = first_picture(html).map_or(start, |(.., rest)| html.len() - rest.len());
    let text = &html[from..];
    let skipped = text.len() - text.trim_start().len();
    let paragraph = text.trim_start();
    if !author.is_empty()
        && paragraph.starts_with("<p>")
        && let Some(end) = paragraph.find("</p>")
        && names(&plain(&paragraph[..end])) == names(author)
    {
        let after = &text[skipped + end + "</p>".len()..];
        return format!("{}{after}", &html[..from]);
    }
    html.to_owned()
}

/// The words of names in a byline, folded.
fn names(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty() && !BETWEEN_NAMES.contains(word))
        .skip_while(|word| BEFORE_NAME.contains(word))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_that_a_text_begins_with_leads_it() {
        let html = "<figure><img src=\"https://a.example/1.jpg?a=1&amp;b=2\" alt=\"A hall\"><figcaption>The <em>hall</em>.</figcaption></figure><p>Text</p>";
        let found = lead(html, Some("https://a.example/other.jpg")).unwrap();
        assert_eq!(found.url, "https://a.example/1.jpg?a=1&b=2");
        assert_eq!(found.caption, "The hall.");
        assert_eq!(&*found.rest, "<p>Text</p>");
        let alone = lead("<p><img src=\"https://a.example/1.jpg\"></p><p>T</p>", None).unwrap();
        assert_eq!(&*alone.rest, "<p>T</p>");
        let second = "<p>A</p><figure><img src=\"https://a.example/1.jpg\"></figure><p>B</p>";
        assert_eq!(&*lead(second, None).unwrap().rest, "<p>A</p><p>B</p>");
        // With words beside it, or two of them, it is part of the text.
        for html in [
            "<p><img src=\"https://a.example/1.jpg\"> said the minister</p>",
            "<figure><img src=\"https://a.example/1.jpg\"><img src=\"https://a.example/2.jpg\"></figure>",
            "<figure>",
            "<ul><li><p>Text</p><img src=\"https://a.example/1.jpg\"></li></ul>",
        ] {
            assert_eq!(lead(html, None), None, "{html}");
        }
    }

    #[test]
    fn the_outlets_picture_leads_a_text_that_does_not_have_it() {
        let image = Some("https://a.example/1.jpg?a=1&b=2");
        assert_eq!(&*lead("<p>T</p>", image).unwrap().rest, "<p>T</p>");
        let inside = "<p>T <img src=\"https://a.example/1.jpg?a=1&amp;b=2\"> on</p>";
        assert_eq!(lead(inside, image), None);
    }

    #[test]
    fn a_paragraph_that_only_names_the_author_is_left_out() {
        for (html, left) in [
            ("<p>By Nino Beridze</p><p>Text</p>", "<p>Text</p>"),
            (
                "<p><strong>von Nino Beridze</strong></p>\n<p>Text</p>",
                "\n<p>Text</p>",
            ),
            (
                "<figure><img src=\"https://a.example/1.jpg\"></figure><p>NINO BERIDZE</p><p>T</p>",
                "<figure><img src=\"https://a.example/1.jpg\"></figure><p>T</p>",
            ),
            (
                "<p>By Nino Beridze in Tbilisi</p><p>T</p>",
                "<p>By Nino Beridze in Tbilisi</p><p>T</p>",
            ),
            (
                "<p>Text</p><p>Nino Beridze</p>",
                "<p>Text</p><p>Nino Beridze</p>",
            ),
        ] {
            assert_eq!(without_byline(html, "Nino Beridze"), left);
        }
        assert_eq!(
            without_byline("<p>By A. Bo and C. Do</p><p>T</p>", "A. Bo, C. Do"),
            "<p>T</p>"
        );
        assert_eq!(without_byline("<p></p><p>T</p>", ""), "<p></p><p>T</p>");
    }
}
