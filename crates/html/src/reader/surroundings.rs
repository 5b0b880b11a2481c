//! What stands around the text of a post: rows of share links, flares, subscribe boxes, numbers of lines, second
//! copies of formulas. Told by class names and addresses.
//! Never here: dropping it (`reader`), what surrounds the article on a page (`newsprint-parse`).

use super::attributes::attribute;

/// Text of an element that may be dropped for its class; longer ones hold an article.
pub(super) const MAX_TEXT: usize = 500;

/// Classes of share rows and subscribe boxes, as beginnings of class names: what blog engines and their plugins
/// write into feeds.
#[rustfmt::skip]
const CLASSES: [&str; 27] = [
    "a2a_", "addthis", "addtoany", "apester", "feedflare", "jp-relatedposts", "jp-post-flair", "mc_embed_signup",
    "newsletter-signup", "post-share", "sd-block", "sd-sharing", "share-buttons", "share-links", "share_submission",
    "shareaholic", "sharedaddy", "sharethis", "sharing-", "social-share", "social-sharing", "subscribe-box",
    "subscribe-widget", "subscription-widget", "wp-block-jetpack-subscriptions", "wpcnt", "yarpp",
];

/// Whether an element of these classes stands around a text.
pub(super) fn is_surrounding(classes: &str) -> bool {
    classes.split_ascii_whitespace().any(|class| {
        let first = class.as_bytes()[0].to_ascii_lowercase();
        CLASSES
            .iter()
            .any(|known| known.as_bytes()[0] == first && starts_with(class, known))
    })
}

/// Whether an element of these classes may hold the numbers of lines of code (Rouge, Chroma, Pygments, GitHub,
/// highlight.js, Crayon). Its text tells.
pub(super) fn may_number_lines(classes: &str) -> bool {
    classes.split_ascii_whitespace().any(|class| {
        matches!(class, "ln" | "lnt" | "lntd" | "gl" | "linenos" | "lineno")
            || [
                "gutter",
                "line-num",
                "linenum",
                "lineno",
                "line_num",
                "blob-num",
                "-ln-n",
                "crayon-num",
            ]
            .iter()
            .any(|part| class.contains(part))
    })
}

/// Whether an element of these classes shows to the eye a formula that is there for readers too (KaTeX, MathJax 2).
pub(super) fn is_formula_copy(classes: &str) -> bool {
    classes.split_ascii_whitespace().any(|class| {
        matches!(
            class,
            "katex-html" | "MathJax_Preview" | "MathJax_SVG" | "mjx-chtml"
        )
    })
}

/// Whether an element of these classes is a formula as MathJax 2 draws it, with its script behind it.
pub(super) fn is_drawn_formula(classes: &str) -> bool {
    classes
        .split_ascii_whitespace()
        .any(|class| class == "MathJax")
}

/// Whether the text of an element of these classes is no part of the word beside it; `Some(true)` where no word can be
/// meant at all. Names are read word by word: `article__kicker`, `gs_share_count`.
pub(super) fn stands_apart(classes: &str) -> Option<bool> {
    const CERTAIN: [&str; 9] = [
        "sidenote",
        "marginnote",
        "kicker",
        "eyebrow",
        "stamp",
        "dateline",
        "badge",
        "timestamp",
        "overline",
    ];
    const LIKELY: [&str; 4] = ["label", "count", "counter", "location"];
    let mut found = None;
    for word in classes.split(|c: char| !c.is_ascii_alphabetic()) {
        let is = |name: &&str| word.eq_ignore_ascii_case(name);
        if CERTAIN.iter().any(is) {
            return Some(true);
        }
        if LIKELY.iter().any(is) {
            found = Some(false);
        }
    }
    found
}

/// Whether an address is that of a note, by what it calls the place: `#fn1`, `#footnote-2`, `#_ftn3`, `#fn:4`.
pub(super) fn leads_to_note(address: &str) -> bool {
    let Some((_, place)) = address.split_once('#') else {
        return false;
    };
    let place = place.trim_start_matches('_');
    let digits = place.find(|c: char| c.is_ascii_digit());
    let name = digits.map_or("", |at| place[..at].trim_end_matches(['-', '_', ':', '.']));
    [
        "fn",
        "ftn",
        "edn",
        "footnote",
        "endnote",
        "note",
        "sdfootnote",
        "sdendnote",
        "en",
    ]
    .iter()
    .any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a link leads to where an article is passed on: it is a button, whatever it says.
pub(super) fn is_share_address(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("//") else {
        return starts_with(address, "mailto:?") || starts_with(address, "whatsapp:");
    };
    let end = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.strip_prefix("www.").unwrap_or(host);
    // What each network calls the page; hosts of many links are compared first.
    let pages: &[&str] = match host {
        "twitter.com" | "x.com" | "mobile.twitter.com" => &["/intent", "/share", "/home?status"],
        "facebook.com" | "m.facebook.com" => {
            &["/sharer", "/share.php", "/dialog/share", "/dialog/feed"]
        }
        "linkedin.com" => &["/sharearticle", "/sharing"],
        "reddit.com" | "old.reddit.com" | "digg.com" | "stumbleupon.com" => &["/submit"],
        "pinterest.com" => &["/pin/create"],
        "t.me" | "telegram.me" | "vk.com" | "vkontakte.ru" | "plus.google.com" => &["/share"],
        "tumblr.com" => &["/share", "/widgets/share"],
        "wa.me" => &["/?text"],
        "api.whatsapp.com" | "web.whatsapp.com" => &["/send"],
        "news.ycombinator.com" => &["/submitlink"],
        "getpocket.com" | "delicious.com" => &["/save"],
        "bsky.app" | "threads.net" => &["/intent"],
        "addtoany.com" => &["/add_to", "/share"],
        "slashdot.org" => &["/slashdot-it.pl"],
        "instapaper.com" => &["/hello"],
        _ => &[],
    };
    pages.iter().any(|page| starts_with(path, page))
        || path.contains("/~ff/")
        || path
            .split_once('?')
            .is_some_and(|(_, query)| query.split('&').any(|part| part.starts_with("share=")))
}

/// Whether all links of some HTML pass the article on, with no more than a label beside them.
pub(super) fn are_shares(html: &str) -> bool {
    /// The longest label, characters.
    const LABEL: usize = 40;

    let words = |text: &str| {
        text.split_whitespace()
            .filter(|word| word.chars().any(char::is_alphabetic))
            .count()
    };
    let mut rest = html;
    let mut beside = String::new();
    let mut links = 0;
    while let Some((before, link)) = rest.split_once("<a ") {
        let (Some((attributes, _)), Some((_, after))) =
            (link.split_once('>'), link.split_once("</a>"))
        else {
            return false;
        };
        if !is_share_address(attribute(attributes, "href")) {
            return false;
        }
        let before = crate::strip_tags(before, " ");
        // "or", "and": more words between two links are a sentence.
        if links > 0 && words(&before) > 1 {
            return false;
        }
        beside.push_str(&before);
        links += 1;
        rest = after;
    }
    let last = crate::strip_tags(rest, " ");
    if words(&last) > 0 || (links == 1 && last.trim_start().starts_with(['.', '?', ','])) {
        return false;
    }
    beside.push_str(&last);
    beside
        .split_whitespace()
        .map(|word| word.chars().count() + 1)
        .sum::<usize>()
        <= LABEL
}

/// Whether a link or a button is a part of a sentence, by the words right before and right behind it: no label leads
/// to it, and the sentence goes on or ends behind it.
pub(super) fn is_spoken(before: &str, after: &str) -> bool {
    let words = |text: &str| {
        let word = |word: &&str| word.chars().any(char::is_alphabetic);
        text.split_whitespace().filter(word).count()
    };
    let label = before.trim_end().ends_with([':', '：', '|', '·', '»', '•']);
    let (led, goes_on) = (words(before), words(after));
    let ends = after.trim_start().starts_with(['.', '?', '!', '。']);
    if label {
        return goes_on >= 2;
    }
    led >= 3 || goes_on >= 2 || (led >= 1 && (goes_on == 1 || ends))
}

/// Whether a link that looks like a button asks to subscribe, to share or to comment.
pub(super) fn is_call(classes: &str, address: &str) -> bool {
    let looks = classes
        .split_ascii_whitespace()
        .any(|class| class == "button" || class == "btn" || starts_with(class, "button-"));
    let path = address.split('?').next().unwrap_or_default();
    looks
        && (path.ends_with("/subscribe")
            || path.ends_with("/comments")
            || address.contains("action=share"))
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|there| there.eq_ignore_ascii_case(start))
}

/// Whether a frame is an advert, a counter or a button: such frames say nothing.
pub(super) fn is_advert(address: &str) -> bool {
    #[rustfmt::skip]
    const PARTS: [&str; 11] = [
        "doubleclick.", "googlesyndication.", "googletagmanager.", "adservice", "adsystem", "//ads.", "/ads/", "adserver",
        "facebook.com/plugins/like", "facebook.com/plugins/share", "twitter.com/widgets/tweet_button",
    ];
    PARTS.iter().any(|part| address.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_links_are_told_from_links_to_the_same_places() {
        for share in [
            "https://twitter.com/intent/tweet?text=x",
            "https://www.facebook.com/sharer.php?u=x",
            "https://paper.example/1?share=x",
            "mailto:?subject=x",
            "https://www.linkedin.com/shareArticle?u=x",
            "https://feeds.example/~ff/paper?d=1",
        ] {
            assert!(is_share_address(share), "{share}");
        }
        for link in [
            "https://twitter.com/paper/status/1",
            "https://www.facebook.com/paper",
            "https://paper.example/share",
        ] {
            assert!(!is_share_address(link), "{link}");
        }
    }
}
