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
            "<!doctype html>\n<html{3}>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<h1>{0}</h1>\n<p>{1}</p>\n{2}\n</html>\n",
            escape(&title),
            escape(&facts(article)),
            article.body,
            language(article)
        ),
        Format::Json => format!("{}\n", json::article(article, revisions)),
    }
}

/// The attributes `lang` and `dir` of an article's page: its language, where that is known, and the direction of
/// its script (HTML, section 3.2.6).
pub fn language(article: &Article) -> String {
    let lang = safe_text::line(&article.headline.lang);
    let lang = match lang.trim() {
        "" => String::new(),
        lang => format!(" lang=\"{}\"", escape(lang)),
    };
    format!("{lang} dir=\"{}\"", direction(article))
}

/// The direction of an article's script, by most of its letters: `rtl` or `ltr`.
pub(super) fn direction(article: &Article) -> &'static str {
    let title = article.headline.title.chars().filter(|c| c.is_alphabetic());
    let letters = title.chain(letters(&article.body)).take(2_000);
    let (mut right, mut left) = (0u32, 0u32);
    for letter in letters {
        match is_rtl(letter) {
            true => right += 1,
            false => left += 1,
        }
    }
    if right > left { "rtl" } else { "ltr" }
}

/// The letters of clean HTML, without those of tags and character references: as many as are asked for, since an article
/// has many.
fn letters(html: &str) -> impl Iterator<Item = char> {
    let (mut in_tag, mut in_reference) = (false, false);
    html.chars().filter(move |c| {
        in_reference &= c.is_ascii_alphanumeric() || *c == '#';
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            '&' => in_reference = !in_tag,
            _ => {}
        }
        !in_tag && !in_reference && c.is_alphabetic()
    })
}

/// Whether a letter is of a script that is written from right to left: Hebrew, Arabic, Syriac, Thaana and their
/// neighbours, with the presentation forms (Unicode, Bidi_Class R and AL).
fn is_rtl(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff)
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

    /// A headline of an article by its title.
    fn headline(title: &str) -> Headline {
        Headline {
            id: ArticleId(3),
            key: 3,
            outlet: "Morning Post".into(),
            title: title.into(),
            url: "https://post.example/3".into(),
            published: None,
            updated: None,
            first_seen: Time::from_second(1_718_000_000).unwrap(),
            sort: 0,
            tags: Vec::new(),
            author: String::new(),
            read: false,
            starred: false,
            changed: false,
            text: TextState::Full,
            words: 2,
            lang: String::new(),
            medium: None,
        }
    }

    #[test]
    fn letters_are_those_that_are_read() {
        let letters = |html| letters(html).collect::<String>();
        assert_eq!(letters("<p class=\"x&y\">a1 &eacute;b</p>&#1488;c"), "abc");
        assert_eq!(letters("R&D: &amp;ש"), "Rש");
    }

    #[test]
    fn a_page_says_its_language_and_the_direction_of_its_script() {
        let mut headline = headline("خبر");
        headline.lang = "fa".into();
        let page = |headline: &Headline, body: &str| {
            let stored = Article {
                headline: headline.clone(),
                body: body.into(),
                partial: None,
                image: None,
                position: 0,
                revisions: 0,
                media: Vec::new(),
            };
            article(&(stored, Vec::new()), Format::Html)
        };
        let right = page(&headline, "<p>متن کوتاه خبر در اینجا، from BBC</p>");
        assert!(right.contains("<html lang=\"fa\" dir=\"rtl\">"), "{right}");
        headline.lang = String::new();
        let left = page(
            &headline,
            "<p>A text of another script, with one word of Arabic.</p>",
        );
        assert!(left.contains("<html dir=\"ltr\">"), "{left}");
    }

    #[test]
    fn a_command_gets_the_same_json_as_show_gives() {
        let seen = Time::from_second(1_718_000_000).unwrap();
        let headline = Headline {
            published: Some(seen),
            tags: vec!["Georgia".into()],
            lang: "en".into(),
            ..headline("A\u{202e} title")
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
        let given = article(&(stored.clone(), vec![revision]), Format::Json);
        assert!(
            given.contains("\"links\":[\"https://a.example/\"]"),
            "{given}"
        );
        assert!(given.contains("\"partial\":null"), "{given}");
        assert!(given.contains("\"body\":\"Old.\""), "{given}");
        assert!(!given.contains('\u{202e}'), "{given}");
    }
}
