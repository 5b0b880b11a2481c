//! How well a feed suits the page that names it: its language, its section, and not its replies, films or dates.
//! Never here: where feeds are named (`named`).

use dom_query::NodeRef;
use url::Url;

use super::language::language_code;
use crate::listing::article_address;

/// Comments, in the languages of the software that announces them.
const COMMENTS: &[&str] = &[
    "comment",
    "kommentar",
    "komentar",
    "komment",
    "coment",
    "reacties",
    "yorum",
    "комментари",
    "коментар",
    "コメント",
    "评论",
    "댓글",
];
/// Sound and pictures are no articles.
const MEDIA: &[&str] = &["podcast", "video", "audio", "itunes", "episode", "sendung"];
/// Dates, jobs and talk, as whole words.
const OTHER: &[&str] = &[
    "events",
    "calendar",
    "kalender",
    "termine",
    "veranstaltungen",
    "jobs",
    "vacancies",
    "forum",
    "forums",
];
/// What the feed of a whole outlet calls itself, as whole words.
const NEWS: &[&str] = &[
    "news",
    "nachrichten",
    "aktuell",
    "actualites",
    "noticias",
    "notizie",
    "headlines",
    "topstories",
    "latest",
];
/// Feeds of a part: one category, one tag, one author, one search.
const PARTS: &[&str] = &[
    "category",
    "kategorie",
    "categorie",
    "categoria",
    "/tag/",
    "/tags/",
    "author",
    "autor",
    "search",
    "topic",
    "/thema",
];

/// What speaks for and against a feed, as points.
pub(super) fn worth(url: &Url, title: &str, page: &Url, lang: Option<&str>, link: &NodeRef) -> i32 {
    let mut points = 0;
    let path = url.as_str().to_lowercase();
    let title = title.to_lowercase();
    let says = |words: &[&str]| {
        words
            .iter()
            .any(|word| path.contains(word) || title.contains(word))
    };
    let words = |word: &str| {
        let mut parts = path.split(|c: char| !c.is_alphanumeric());
        parts.any(|part| part == word)
            || title
                .split(|c: char| !c.is_alphanumeric())
                .any(|part| part == word)
    };
    // What will take place, and who is wanted, is no news either.
    if OTHER.iter().any(|word| words(word)) {
        points -= 45;
    }
    // Of several the one that calls itself the news.
    if NEWS.iter().any(|word| words(word)) {
        points += 4;
    }
    // The replies to the articles are never what was asked for.
    if says(COMMENTS) {
        points -= 70;
    }
    if says(MEDIA) {
        points -= 45;
    }
    let asked: Vec<&str> = page
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let parts: Vec<&str> = url
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    // In the section that was asked for a feed of a part is just right, elsewhere it is less than the whole.
    let shared = asked
        .iter()
        .zip(&parts)
        .take_while(|(a, b)| a.eq_ignore_ascii_case(b))
        .count();
    let section = section_words(page);
    let said = |word: &String| {
        let stem = |part: &str| part.split('.').next().unwrap_or_default().to_lowercase();
        parts.iter().any(|part| stem(part) == *word) || words(word)
    };
    let whole = !asked.is_empty() && shared == asked.len();
    if whole && article_address(page) {
        // The feed below an article's own address is that of its replies.
        points -= 60;
    } else if whole {
        points += 20;
    } else if section.last().is_some_and(said) {
        // `/rss/politics` for the page `/news/politics`.
        points += 16;
    } else if says(PARTS) {
        points -= 20;
    } else if section.is_empty() && parts.len() > 3 {
        points -= 2;
    }
    if url.host_str() != page.host_str() {
        points -= 3;
    }
    // The feed in the page's own language goes first, the one in another last.
    if let Some(lang) = lang {
        let declared = link.attr("hreflang").and_then(|lang| language_code(&lang));
        let written = declared.or_else(|| url.path_segments()?.find_map(language_code));
        match written {
            Some(code) if code == lang => points += 15,
            Some(_) => points -= 25,
            None => {}
        }
    }
    // Among equals the shorter address is the wider feed.
    points - i32::try_from(parts.len()).unwrap_or(9).min(9)
}

/// The names of the section that a page's address names, folded to lower case, without language and general words.
fn section_words(page: &Url) -> Vec<String> {
    const GENERAL: &[&str] = &[
        "index",
        "home",
        "news",
        "default",
        "start",
        "startseite",
        "main",
        "category",
        "section",
        "topics",
        "topic",
    ];
    let parts = page.path_segments().into_iter().flatten();
    parts
        .map(|part| part.split('.').next().unwrap_or_default().to_lowercase())
        .filter(|part| part.chars().count() > 2 && !GENERAL.contains(&part.as_str()))
        .filter(|part| {
            language_code(part).is_none() && !part.bytes().all(|byte| byte.is_ascii_digit())
        })
        .collect()
}
