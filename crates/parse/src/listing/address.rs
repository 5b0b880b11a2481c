//! What an address says: whether it is the page's own site, which of its parts only track, whether it looks like an
//! article's, and the shape by which addresses of one kind are alike. Never here: the page around the link.

use std::collections::{HashMap, HashSet};

use url::Url;

use super::article_address;
use crate::dates::{self, Written};
use newsprint_html::safe_text;
use newsprint_model::fold;

/// Whether two hosts belong to one site: their registrable domains by the public suffix list are the same.
pub(super) fn is_kin(here: &Url, there: &Url) -> bool {
    let host = |url: &Url| {
        let host = url.host_str().unwrap_or_default().trim_end_matches('.');
        host.to_ascii_lowercase()
    };
    let (here, there) = (host(here), host(there));
    here == there
        || psl::domain_str(&here).is_some_and(|root| psl::domain_str(&there) == Some(root))
}

/// Whether what stands there is a file of another kind than a page.
fn is_file(url: &Url) -> bool {
    let last = url.path().rsplit('/').next().unwrap_or_default();
    last.rsplit_once('.').is_some_and(|(_, end)| {
        matches!(
            end.to_ascii_lowercase().as_str(),
            "jpg"
                | "jpeg"
                | "png"
                | "gif"
                | "webp"
                | "avif"
                | "svg"
                | "pdf"
                | "mp3"
                | "m4a"
                | "mp4"
                | "webm"
                | "zip"
                | "xml"
                | "rss"
                | "atom"
                | "doc"
                | "docx"
                | "xls"
                | "xlsx"
                | "ics"
                | "apk"
                | "js"
                | "css"
        )
    })
}

/// The absolute address of a link to another page of the same site, without its fragment and what always tracks;
/// `None` for the page itself, for other sites, and for links to the comments.
pub(super) fn of_link(href: &str, base: &Url, page: &Url) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    let mut url = base.join(href).ok()?;
    let fragment = url.fragment().unwrap_or_default().to_ascii_lowercase();
    if ["comment", "disqus", "respond", "komment", "reacties"]
        .iter()
        .any(|word| fragment.contains(word))
    {
        return None;
    }
    url.set_fragment(None);
    let url = Url::parse(&safe_text::link(url.as_str())?).ok()?;
    let bare = |url: &Url| {
        let host = url.host_str().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host);
        (
            host.to_owned(),
            url.path().trim_end_matches('/').to_owned(),
            url.query().map(str::to_owned),
        )
    };
    let home = url.path() == "/" && url.query().is_none();
    (is_kin(page, &url) && bare(&url) != bare(page) && !is_file(&url) && !home).then_some(url)
}

/// Parameters that say from where a link was followed. `safe_text::link` drops those that mean nothing else;
/// these mean something on some sites, so they go only where the path names the article.
const PLACES: &[&str] = &[
    "pos",
    "position",
    "ref",
    "ref_src",
    "src",
    "source",
    "from",
    "cmp",
    "cmpid",
    "campaign",
    "icid",
    "intcmp",
    "iid",
    "ico",
    "origin",
    "via",
    "loc",
    "hp",
    "hpt",
    "storylink",
    "sbsrc",
    "partner",
    "ito",
    "ocid",
    "xtor",
    "module",
    "pgtype",
    "traffic_source",
    "int_source",
    "int_medium",
    "int_campaign",
    "itm_source",
    "itm_medium",
    "itm_campaign",
    "itm_content",
    "mod",
    "link_source",
    "li_source",
    "li_medium",
    "_ga",
    "spm",
    "list",
    "idx",
    "index",
    "rank",
    "slot",
    "teaser",
    "wt_mc",
    "wt_zmc",
    "spref",
    "tracking",
];

/// Drops what says only where on the page a link stood: known parameters where the path is an article's own, and
/// those in which `learned` links of one title differ.
pub(super) fn without_place(url: &mut Url, learned: &[String]) {
    let Some(query) = url.query() else { return };
    let own_path = path_evidence(url) >= 2.0;
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let key = pair
                .split('=')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let place = learned.contains(&key)
                || (own_path
                    && (PLACES.contains(&key.as_str())
                        || key.starts_with("wt_")
                        || key.starts_with("at_")));
            !place && !pair.is_empty()
        })
        .collect();
    if kept.len() == query.split('&').count() {
        return;
    }
    let kept = kept.join("&");
    url.set_query(Some(kept.as_str()).filter(|query| !query.is_empty()));
}

/// The parameters that say only where a link stood: those in which links differ that have the same path and the same
/// long title, and those that vary over links whose paths are articles' own and all different.
pub(super) fn learn_places<'l>(links: impl Iterator<Item = (&'l Url, &'l str)>) -> Vec<String> {
    let mut alike: HashMap<(String, String), Vec<&Url>> = HashMap::new();
    let mut used: HashMap<String, (HashSet<String>, HashSet<String>, bool)> = HashMap::new();
    for (url, title) in links.filter(|(url, _)| url.query().is_some()) {
        let path = format!("{}{}", url.host_str().unwrap_or_default(), url.path());
        for (key, value) in url.query_pairs() {
            let (paths, values, plain) = used
                .entry(key.to_ascii_lowercase())
                .or_insert_with(|| (HashSet::new(), HashSet::new(), true));
            *plain &= !is_identity(&value) && path_evidence(url) >= 2.0;
            paths.insert(path.clone());
            values.insert(value.to_string());
        }
        if title.split_whitespace().count() >= 4 {
            alike.entry((path, fold(title))).or_default().push(url);
        }
    }
    let varying = |(paths, values, plain): &(HashSet<String>, HashSet<String>, bool)| {
        *plain && paths.len() >= 4 && values.len() >= 3
    };
    let mut out: Vec<String> = used
        .iter()
        .filter(|(_, use_of)| varying(use_of))
        .map(|(key, _)| key.clone())
        .collect();
    for urls in alike.values().filter(|urls| urls.len() > 1) {
        let mut values: HashMap<String, String> = HashMap::new();
        for (key, value) in urls.iter().flat_map(|url| url.query_pairs()) {
            let key = key.to_ascii_lowercase();
            let known = values
                .entry(key.clone())
                .or_insert_with(|| value.to_string());
            if *known != value && !is_identity(&value) && !out.contains(&key) {
                out.push(key);
            }
        }
    }
    out
}

/// Whether a value tells articles apart, whatever they are called: a long number or a hash.
fn is_identity(value: &str) -> bool {
    let number = value.len() >= 4 && value.bytes().all(|byte| byte.is_ascii_digit());
    number || is_opaque(value)
}

/// What the path alone says for an article: -1 (a section's name) to 3 (a date, a long slug).
fn path_evidence(url: &Url) -> f64 {
    let segments: Vec<&str> = url
        .path_segments()
        .map(|parts| parts.filter(|part| !part.is_empty()).collect())
        .unwrap_or_default();
    let Some(last) = segments.last() else {
        return -1.0;
    };
    let (stem, _) = stem_of(last);
    // The words may stand in the part before a number or a general name: `/US/six-dead-in-storms/story`.
    let slug = |part: &str| {
        part.split(['-', '_', '+'])
            .filter(|word| word.chars().any(char::is_alphabetic))
            .count()
    };
    let before = segments
        .len()
        .checked_sub(2)
        .map_or(0, |at| slug(segments[at]));
    let words = slug(stem).max(if before >= 3 { before } else { 0 });
    let number = longest_number(stem).max(longest_number(last));
    let dated = date(url.as_str()).is_some() || year_and_month(&segments);
    if dated && (words >= 2 || number >= 4) || words >= 4 || stem.len() >= 60 {
        3.0
    } else if number >= 5 || (dated && words >= 1) {
        2.5
    } else if segments.iter().any(|part| is_opaque(stem_of(part).0)) {
        2.0
    } else if number == 4 && words < 3 && segments.len() > 2 {
        // `/section/europe/2210.html` is as likely a section.
        1.0
    } else if article_address(url) {
        2.0
    } else if words == 3 {
        1.0
    } else {
        -1.0
    }
}

/// A part of a path without what names the kind of a file: `story` of `story.html`, all of `linux-7.0-epoll`.
fn stem_of(part: &str) -> (&str, &str) {
    match part.rsplit_once('.') {
        Some((stem, end))
            if (1..=5).contains(&end.len())
                && end.bytes().all(|byte| byte.is_ascii_alphabetic()) =>
        {
            (stem, end)
        }
        _ => (part, ""),
    }
}

/// An identifier without words: `cvg1ej1d10mo`, a hash.
fn is_opaque(stem: &str) -> bool {
    let digits = stem.bytes().filter(u8::is_ascii_digit).count();
    stem.len() >= 8
        && stem.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && digits >= 1
        && digits < stem.len()
        && !stem[..stem.len() - digits]
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic())
}

fn longest_number(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_digit())
        .map(str::len)
        .max()
        .unwrap_or(0)
}

/// `/2024/06/`
fn year_and_month(segments: &[&str]) -> bool {
    let number = |part: &str, low: u32, high: u32| {
        part.parse().is_ok_and(|n: u32| (low..=high).contains(&n))
    };
    segments
        .windows(2)
        .any(|pair| number(pair[0], 1990, 2100) && pair[1].len() <= 2 && number(pair[1], 1, 12))
}

/// What an address says for an article: -1 to 3. A number in the query (`view.php?id=16553`) is an article's too.
pub(super) fn evidence(url: &Url) -> f64 {
    let path = path_evidence(url);
    let number = url
        .query_pairs()
        .map(|(_, value)| match longest_number(&value) {
            digits if digits == value.len() => digits,
            _ => 0,
        });
    let slug = url.query_pairs().any(|(_, value)| {
        value
            .split(['-', '_', ':', ' '])
            .filter(|word| word.chars().any(char::is_alphabetic))
            .count()
            >= 4
    });
    if slug {
        return path.max(2.0);
    }
    match number.max().unwrap_or(0) {
        0..=2 => path,
        3 => path.max(1.5),
        _ => path.max(2.0),
    }
}

/// The shapes of an address, the finer first: its host, the names it begins with, what its last part is made of.
/// Articles of one outlet have few shapes, and share them with little else.
pub(super) fn shapes(url: &Url) -> [String; 3] {
    let segments: Vec<&str> = url
        .path_segments()
        .map(|parts| parts.filter(|part| !part.is_empty()).collect())
        .unwrap_or_default();
    let kind = |part: &str| {
        let (stem, end) = stem_of(part);
        let words = stem
            .split(['-', '_', '+', ',', '.'])
            .filter(|word| word.chars().any(char::is_alphabetic))
            .count();
        let number = longest_number(stem);
        let made = match words {
            _ if is_opaque(stem) => "opaque",
            0 if number >= 5 => "number",
            0 => "short number",
            1 if number >= 5 => "word and number",
            1 => "word",
            _ if number >= 5 => "slug and number",
            _ => "slug",
        };
        format!("{made} {end}")
    };
    let mut query: Vec<String> = url
        .query_pairs()
        .map(|(key, value)| match longest_number(&value) {
            0 => key.to_string(),
            _ => format!("{key}=N"),
        })
        .collect();
    query.sort();
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let last = segments.last().map(|part| kind(part)).unwrap_or_default();
    // The name of the article may stand before a general word: `/articles/cvg1ej1d10mo/simp`.
    let before = segments
        .len()
        .checked_sub(2)
        .map(|at| kind(segments[at]))
        .unwrap_or_default();
    let first = segments.first().filter(|_| segments.len() > 1);
    let made = first.map(|part| kind(part)).unwrap_or_default();
    // What varies freely, a date or a slug, is no name.
    let name = first
        .filter(|_| made == "word ")
        .map_or(made.as_str(), |part| part);
    let query = query.join("&");
    [
        format!(
            "name {host}/{name}/{}/{before}/{last}?{query}",
            segments.len()
        ),
        format!(
            "made {host}/{made}/{}/{before}/{last}?{query}",
            segments.len()
        ),
        format!("last {host}/{last}?{query}"),
    ]
}

/// Whether an address is in the part of the site that another language has: `/it/…` where `/en/` was asked for.
pub(super) fn is_of_other_language(url: &Url, page: &Url) -> bool {
    matches!((language_of(url), language_of(page)), (Some(there), Some(here)) if there != here)
}

/// Whether an address is in the part of the site that the page's own language has.
pub(super) fn is_of_same_language(url: &Url, page: &Url) -> bool {
    language_of(page).is_some_and(|here| language_of(url) == Some(here))
}

/// The language whose code a path begins with.
fn language_of(url: &Url) -> Option<String> {
    #[rustfmt::skip]
    const CODES: &[&str] = &[
        "ar", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "he", "hi",
        "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "lt", "lv", "mk", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl",
        "sq", "sr", "sv", "th", "tr", "uk", "uz", "vi", "zh",
    ];
    let first = url.path_segments()?.next()?.to_ascii_lowercase();
    CODES.contains(&first.as_str()).then_some(first)
}

/// Where a number is what tells the addresses of one shape apart: `/node/55`, `view.php?n=11`.
pub(super) fn is_numbered(url: &Url) -> bool {
    let last = url
        .path()
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(stem_of(last).0)
        || last
            .bytes()
            .next_back()
            .is_some_and(|byte| byte.is_ascii_digit())
        || stem_of(last)
            .0
            .bytes()
            .next_back()
            .is_some_and(|byte| byte.is_ascii_digit())
        || url.query_pairs().any(|(_, value)| digits(&value))
}

/// `/2024/06/12/` and `/2024-06-12-` in an address, and `/20240612/`.
pub(super) fn date(url: &str) -> Option<Written> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bytes = path.as_bytes();
    for (at, window) in bytes.windows(10).enumerate() {
        let shape = window.iter().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                matches!(byte, b'/' | b'-' | b'_')
            } else {
                byte.is_ascii_digit()
            }
        });
        let alone = (at == 0 || !bytes[at - 1].is_ascii_digit())
            && bytes.get(at + 10).is_none_or(|byte| !byte.is_ascii_digit());
        if shape
            && alone
            && let Ok(text) = std::str::from_utf8(window)
            && let Some(date) = dates::parse(&text.replace(['/', '_'], "-"), None)
        {
            return Some(date);
        }
    }
    // `/2026/3/6/`, and eight digits that are a whole part.
    let parts: Vec<&str> = path.split(['/', '?']).collect();
    let short = parts.windows(3).find_map(|three| {
        let [year, month, day] = three else {
            return None;
        };
        let plain = year.len() == 4
            && three
                .iter()
                .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            && (1..=2).contains(&month.len())
            && (1..=2).contains(&day.len());
        plain.then(|| dates::parse(&format!("{year}-{month}-{day}"), None))?
    });
    short.or_else(|| {
        let whole = parts
            .iter()
            .find(|part| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        dates::parse(whole, None)
    })
}

/// How much of a slug stands in the title: 0 to 1. Slugs are made from titles.
pub(super) fn slug_in_title(url: &Url, title: &str) -> f64 {
    let path = fold(&url.path().replace("%20", "-"));
    let title = fold(title);
    let said: Vec<&str> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() >= 3)
        .collect();
    let query: String = url
        .query_pairs()
        .filter(|(_, value)| value.contains(['-', '_', ' ']))
        .map(|(_, value)| format!("/{}", fold(&value)))
        .collect();
    path.split('/')
        .chain(query.split('/'))
        .map(|part| {
            let part = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
            let words: Vec<&str> = part
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.len() >= 3 && word.chars().any(char::is_alphabetic))
                .collect();
            if words.len() < 2 {
                return 0.0;
            }
            let found = words.iter().filter(|word| said.contains(word)).count();
            found as f64 / words.len() as f64
        })
        .fold(0.0, f64::max)
}
