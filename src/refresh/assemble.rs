//! What becomes of an entry: what of its page is taken, what of the feed, in which order the tags
//! stand. Pure.
//! Never here: fetching, storing, whether the page is wanted (`full_text`).

use super::beside_text;
use super::fingerprint::fingerprint;
use super::full_text::{Verdict, breaks_off};
use newsprint_html::safe_text;
use newsprint_html::sanitize;
use newsprint_model::{Entry, Page, Partial, TextState, fold};
use newsprint_store::Incoming;

/// Tags of one article at most; what has more uses them as keywords for search engines.
const MAX_TAGS: usize = 40;

/// Words to detect a language by.
const DETECT: usize = 1_000;

/// An entry with its own text cleaned.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// As the source gave it.
    pub entry: Entry,
    /// The better of its content and its summary.
    pub body: sanitize::Body,
    /// The feed's text is not the whole article by its own account.
    pub breaks_off: bool,
    /// See [`fingerprint`].
    pub print: u64,
    /// Its link leads to another site: the text is the outlet's own, the page is not.
    pub foreign: bool,
}

/// Cleans an entry's own text.
pub(super) fn draft(mut entry: Entry, base: &str) -> Draft {
    let base = entry.url.as_deref().unwrap_or(base);
    let content = entry.content.as_deref().unwrap_or_default();
    let summary = entry.summary.as_deref().unwrap_or_default();
    // Some feeds put the text into the summary and a picture into the content.
    let mut body = sanitize::clean(if content.is_empty() { summary } else { content }, base);
    if !content.is_empty() && summary.len() > body.text.len() {
        let other = sanitize::clean(summary, base);
        if other.words > body.words {
            body = other;
        }
    }
    let beside = beside_text::html(&entry, &body.html);
    if !beside.is_empty() {
        body = with(body, &beside, base);
    }
    let print = fingerprint(&entry);
    // It is held while the page is fetched; once is enough.
    (entry.content, entry.summary) = (None, None);
    Draft {
        breaks_off: breaks_off(&body),
        print,
        body,
        entry,
        foreign: false,
    }
}

/// A text with what follows it. Its words stay its own, unless it has none.
fn with(body: sanitize::Body, beside: &str, base: &str) -> sanitize::Body {
    let whole = sanitize::clean(&format!("{}{beside}", body.html), base);
    match body.words {
        0 => whole,
        _ => sanitize::Body {
            html: whole.html,
            captions: whole.captions,
            ..body
        },
    }
}

/// What of the outlet goes into each of its articles.
#[derive(Debug, Clone, Copy)]
pub(super) struct OutletDefaults<'a> {
    /// Tags added to every article.
    pub tags: &'a [String],
    /// The language the source declares for all its entries.
    pub lang: Option<&'a str>,
    /// The title comes from a list of links, where it may be cut or decorated.
    pub listed: bool,
}

/// What an article's page gave, its text cleaned.
#[derive(Debug, Clone)]
pub(super) struct Read {
    /// As parsed.
    pub page: Page,
    /// Its body.
    pub body: sanitize::Body,
    /// The address that answered.
    pub url: String,
    /// Why this is not the article that was asked for, if it is not.
    pub wall: Option<Partial>,
}

/// Puts an article together from its entry and, where there is one, its page.
pub(super) fn assemble(
    draft: Draft,
    read: Option<Read>,
    verdict: Verdict,
    defaults: OutletDefaults<'_>,
) -> Incoming {
    let Draft {
        entry,
        body: mut feed_body,
        print,
        foreign,
        ..
    } = draft;
    let read = match read {
        Some(read) if foreign && read.wall.is_none() && read.body.words > 0 => {
            let before = std::mem::take(&mut feed_body);
            Some(quoted(
                before,
                read,
                entry.url.as_deref().unwrap_or_default(),
            ))
        }
        other => other,
    };
    let (page, body, state) = text_of(&entry, feed_body, read, verdict);
    let partial = match state {
        TextState::Full => None,
        _ => page.partial,
    };
    let lang = entry
        .lang
        .as_deref()
        .or(page.lang.as_deref())
        .or(defaults.lang)
        .and_then(code)
        .or_else(|| detect(&entry.title, &body.text))
        .unwrap_or_default();
    let authors = if page.authors.is_empty() {
        &entry.authors
    } else {
        &page.authors
    };
    let names = distinct(authors.iter().map(String::as_str));
    let tags = page.tags.iter().chain(&entry.tags).chain(defaults.tags);
    let certain = entry.published.filter(|_| !entry.approximate);
    let certain = certain.or(page.published.filter(|_| !page.approximate));
    // Many feeds give one date and call it `updated` or `dc:date`.
    let dated = certain.or(entry.published).or(entry.updated);
    let published = dated.or(page.published);
    let approximate = certain.is_none() && (entry.approximate || dated.is_none());
    Incoming {
        title: title(&entry, &page, &body.text, defaults.listed),
        url: entry
            .url
            .as_deref()
            .and_then(safe_text::link)
            .unwrap_or_default(),
        guid: entry.guid,
        media: entry.media,
        published,
        approximate,
        updated: entry.updated.or(page.updated),
        author: names.join(", "),
        tags: distinct(tags.map(String::as_str)),
        image: page
            .image
            .or(entry.image)
            .as_deref()
            .and_then(safe_text::link),
        lang,
        words: body.words,
        body: body.html,
        search_text: match body.captions.as_str() {
            "" => body.text,
            captions => format!("{}\n\n{captions}", body.text),
        },
        text: state,
        partial,
        new: false,
        print,
    }
}

/// The text of an article, of its entry or of its page, and how much of it that is; with what the page says beside it.
fn text_of(
    entry: &Entry,
    feed_body: sanitize::Body,
    read: Option<Read>,
    verdict: Verdict,
) -> (Page, sanitize::Body, TextState) {
    let feed_words = feed_body.words;
    // What the entry's own text is where there is no other.
    let alone = match verdict {
        _ if feed_words == 0 => TextState::None,
        Verdict::Whole => TextState::Full,
        Verdict::Teaser | Verdict::Unsure => TextState::Excerpt,
    };
    match read {
        None => (Page::default(), feed_body, alone),
        // Nothing of a page that is not the article is taken; the feed's own text stays.
        Some(Read {
            page,
            wall: Some(why),
            ..
        }) => {
            // What stands around a pay wall or a player is the article's all the same.
            let page = match why {
                Partial::Paywall | Partial::Video => page,
                _ => Page::default(),
            };
            let partial = Some(why);
            (Page { partial, ..page }, feed_body, alone)
        }
        Some(Read { page, body, .. }) => {
            let beside = match body.words {
                0 => String::new(),
                _ => beside_text::html(entry, &body.html),
            };
            let body = match beside.as_str() {
                "" => body,
                beside => with(body, beside, entry.url.as_deref().unwrap_or_default()),
            };
            let whole = page.partial.is_none() && body.words > 0;
            // A page that gives clearly less than the feed has lost its text in scripts or menus.
            let page_is_better =
                body.words > 0 && f64::from(body.words) >= 0.8 * f64::from(feed_words);
            match (whole, page_is_better) {
                (true, true) => (page, body, TextState::Full),
                (true, false) => {
                    let state = if verdict == Verdict::Teaser && body.words * 2 > feed_words {
                        TextState::Excerpt
                    } else {
                        TextState::Full
                    };
                    (page, feed_body, state)
                }
                (false, true) => (page, body, TextState::Excerpt),
                (false, false) if verdict == Verdict::Whole => (page, feed_body, TextState::Full),
                (false, false) if feed_words == 0 => (page, feed_body, TextState::None),
                (false, false) => (page, feed_body, TextState::Excerpt),
            }
        }
    }
}

/// Another site's page as a quotation under the outlet's own words; what it says of its author and tags is
/// not the outlet's.
fn quoted(own: sanitize::Body, read: Read, url: &str) -> Read {
    let host = url::Url::parse(url).ok();
    let host = host
        .as_ref()
        .and_then(url::Url::host_str)
        .unwrap_or_default();
    let attribute = newsprint_html::escape(url);
    // Once is enough, however often the page is read.
    let before = match own.html.split_once("<blockquote>") {
        Some((before, quote)) if quote.contains(&format!("href=\"{attribute}\"")) => before,
        _ => own.html.as_str(),
    };
    let html = format!(
        "{}<blockquote>{}</blockquote><p><a href=\"{attribute}\">{host}</a></p>",
        before, read.body.html
    );
    Read {
        page: Page {
            image: read.page.image,
            lang: read.page.lang,
            partial: read.page.partial,
            ..Page::default()
        },
        body: sanitize::clean(&html, url),
        ..read
    }
}

/// The outlet's own wording: the feed's, unless it is cut or comes from a list of links.
fn title(entry: &Entry, page: &Page, text: &str, listed: bool) -> String {
    let own = safe_text::line(&entry.title);
    let cut = own.ends_with('…') || own.ends_with("...");
    let from_page = page
        .title
        .as_deref()
        .map(safe_text::line)
        .unwrap_or_default();
    if !from_page.is_empty() && (own.is_empty() || cut || listed) {
        return from_page;
    }
    if !own.is_empty() {
        return own;
    }
    // Microblogs give no titles: the first words stand for one.
    let first = text.lines().find(|line| !line.trim().is_empty());
    match first {
        Some(line) => newsprint_html::truncate(&safe_text::line(line), 100),
        None => slug(entry.url.as_deref().unwrap_or_default()),
    }
}

/// The words of an address, for an article that has nothing else.
fn slug(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next();
    let stem = last.unwrap_or_default().split('.').next();
    safe_text::line(&stem.unwrap_or_default().replace(['-', '_'], " "))
}

/// Clean names in their order, without those that differ only in case or accents.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = Vec::new();
    let mut kept = Vec::new();
    for name in names {
        let name = safe_text::line(name);
        let folded = fold(&name);
        if !folded.is_empty() && !seen.contains(&folded) && kept.len() < MAX_TAGS {
            seen.push(folded);
            kept.push(name);
        }
    }
    kept
}

/// `de` of `de-AT`, `de_AT` or `DE`: ISO 639-1 where the language has such a code.
fn code(declared: &str) -> Option<String> {
    let first = declared.trim().split(['-', '_', ',', ';']).next()?;
    let code = first.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// The language of title and text, from the beginning of the text: more says no more.
fn detect(title: &str, text: &str) -> Option<String> {
    let mut sample: String = text.chars().take(DETECT).collect();
    sample.insert(0, '\n');
    sample.insert_str(0, title);
    newsprint_html::language(&sample).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafted(html: &str) -> Draft {
        let entry = Entry {
            title: "A title".into(),
            content: Some(html.into()),
            ..Entry::default()
        };
        draft(entry, "https://outlet.example/")
    }

    #[test]
    fn texts_that_break_off_are_teasers() {
        for text in [
            "<p>The council met …</p>",
            "<p>The council met [...]</p>",
            "<p>The council met.</p><p><a href=\"/a\">Read more</a></p>",
            "<p>Der Rat tagte.</p><p><a href=\"/a\">Weiterlesen</a></p>",
        ] {
            assert!(drafted(text).breaks_off, "{text}");
        }
        assert!(!drafted("<p>The council met, and then it went home.</p>").breaks_off);
    }

    #[test]
    fn a_page_with_less_than_the_feed_does_not_replace_it() {
        let long = "word ".repeat(300);
        let page = Read {
            page: Page::default(),
            body: sanitize::clean("<p>Only this.</p>", "https://outlet.example/"),
            url: String::new(),
            wall: None,
        };
        let defaults = OutletDefaults {
            tags: &[],
            lang: None,
            listed: false,
        };
        let article = assemble(drafted(&long), Some(page), Verdict::Unsure, defaults);
        assert_eq!(article.words, 300);
    }

    #[test]
    fn a_fingerprint_sees_words_and_not_addresses() {
        let print = |html: &str| drafted(html).print;
        assert_eq!(
            print("<p>News <img src=\"a?visitor=1\"></p>"),
            print("<p>News <img src=\"a?visitor=2\"></p>")
        );
        assert_ne!(print("<p>Twelve hurt</p>"), print("<p>Fifteen hurt</p>"));
    }
}
