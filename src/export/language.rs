//! The language of an article as a digest declares it, which has to be valid where a reader's program is strict.
//! Never here: finding out the language of a text (`newsprint-html`).

use super::formats::direction;
use newsprint_model::Article;

/// The language of an article as a tag (BCP 47) in lower case; `None` where it is unknown or no tag.
pub(super) fn tag(article: &Article) -> Option<String> {
    let lang = article.headline.lang.to_ascii_lowercase();
    let mut parts = lang.split('-');
    let primary = parts.next().unwrap_or_default();
    let is_tag = (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    is_tag.then_some(lang)
}

/// The attributes `lang` and `dir` of an article in a digest; an unknown language is the empty one (HTML, section 3.2.6),
/// since that of the digest is not the article's.
pub(super) fn attributes(article: &Article) -> String {
    let tag = tag(article).unwrap_or_default();
    format!("lang=\"{tag}\" dir=\"{}\"", direction(article))
}
