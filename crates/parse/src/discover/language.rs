//! The languages that addresses and pages name.
//! Never here: the language of a text (`newsprint_html::language`).

use dom_query::Document;
use url::Url;

/// The language that a whole part of an address names, as `/en/` or `/pt-br/` does.
pub fn address_language(url: &str) -> Option<&'static str> {
    let url = Url::parse(url).ok()?;
    let short = |part: &str| {
        let (first, rest) = part.split_once(['-', '_']).unwrap_or((part, "xx"));
        first.len() == 2 && rest.len() == 2
    };
    url.path_segments()?
        .filter(|part| short(part))
        .find_map(language_code)
}

/// The language of the page: what its address says, else what it declares.
pub(super) fn page_language(doc: &Document, page: &Url) -> Option<&'static str> {
    page.path_segments()
        .and_then(|mut parts| parts.find_map(language_code))
        .or_else(|| language_code(&doc.select_single("html").attr("lang")?))
}

/// ISO 639-1 codes of languages that outlets publish in. Not every code there is: `tv`, `to` and `is` are words.
const LANGUAGES: &[&str] = &[
    "ar", "az", "be", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi",
    "fr", "gl", "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv",
    "mk", "ms", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "th",
    "tr", "uk", "ur", "uz", "vi", "zh",
];

/// The language that `en`, `en-GB`, `en_us` or `rss-en.xml` names.
pub(super) fn language_code(word: &str) -> Option<&'static str> {
    let word = word.trim().to_ascii_lowercase();
    let stem = word.split('.').next().unwrap_or_default();
    let mut parts = stem.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let last = parts.next_back().unwrap_or_default();
    let known = |part: &str| LANGUAGES.iter().find(|code| **code == part).copied();
    // At the end only of what is plainly a feed's name: `made-in-it` names no language.
    known(first)
        .or_else(|| known(last).filter(|_| matches!(first, "rss" | "feed" | "atom" | "news")))
}
