//! Whether the feed's own text of an entry is the whole article, and so whether its page is fetched.
//! Pure. Never here: fetching, what an article is made of.

use serde::{Deserialize, Serialize};

use newsprint_html::sanitize;
use newsprint_model::{FullText, fold};

/// A feed text of so many words is the whole article unless it says otherwise: no outlet writes
/// teasers of this length.
const LONG: u32 = 400;

/// A text shorter than this says nothing by its length: it may be a short report or a teaser.
const SHORT: u32 = 80;

/// What comparing article pages with the feed's own text has taught about an outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct FeedText {
    /// Pages that gave no more than the feed, since the last that did.
    whole: u8,
    /// Pages that gave more, since the last that did not.
    more: u8,
}

/// What to do about an entry's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The feed's text is the article.
    Whole,
    /// The page has to be fetched.
    Teaser,
    /// One page will tell.
    Unsure,
}

impl FeedText {
    /// Learns from a page: how many words it and the feed gave.
    pub(super) fn learn(&mut self, page: u32, feed: u32) {
        // A page's own extras (captions, a byline) are worth a tenth or so.
        if f64::from(feed) >= 0.85 * f64::from(page) {
            *self = FeedText {
                whole: self.whole.saturating_add(1),
                more: 0,
            };
        } else {
            *self = FeedText {
                whole: 0,
                more: self.more.saturating_add(1),
            };
        }
    }

    /// Whether the feed's text of an entry is the whole article (`full_text = "auto"`).
    ///
    /// A text that breaks off (`…`, `[…]`, `Read more`) is a teaser, whatever its length. Else a
    /// long one is whole. Between, one page is fetched and compared: if it has no more words than
    /// the feed, the feed is believed from then on (for short texts after the second page, since a
    /// short report proves little); if it has more, the outlet's entries are teasers until a page
    /// shows otherwise.
    pub(super) fn verdict(self, words: u32, breaks_off: bool) -> Verdict {
        if words == 0 || breaks_off {
            Verdict::Teaser
        } else if words >= LONG {
            Verdict::Whole
        } else if self.more > 0 {
            Verdict::Teaser
        } else if self.whole >= if words >= SHORT { 1 } else { 2 } {
            Verdict::Whole
        } else {
            Verdict::Unsure
        }
    }
}

/// Whether a text says that it goes on elsewhere.
pub(super) fn breaks_off(body: &sanitize::Body) -> bool {
    let text = body.text.trim_end();
    if [
        "…", "...", "[…]", "[...]", "[…", "(…)", "(...)", "»", ">>", "→",
    ]
    .iter()
    .any(|end| text.ends_with(end))
    {
        return true;
    }
    // A last line that is nothing but a link onwards; `The post … appeared first on …` is no such
    // line, WordPress writes it under whole texts too.
    let last = text.rsplit('\n').next().unwrap_or_default();
    if last.chars().count() > 60 {
        return false;
    }
    let last = fold(last);
    [
        "read more",
        "continue reading",
        "read the full",
        "read full",
        "full story",
        "more...",
        "weiterlesen",
        "mehr lesen",
        "lesen sie",
        "zum artikel",
        "lire la suite",
        "lire plus",
        "en savoir plus",
        "leer mas",
        "seguir leyendo",
        "leggi tutto",
        "continua a leggere",
        "lees meer",
        "lees verder",
        "czytaj dalej",
        "czytaj wiecej",
        "devamini oku",
        "читать далее",
        "читать полностью",
        "подробнее",
        "читати далі",
        "ler mais",
        "las mer",
        "les mer",
        "læs mere",
        "続きを読む",
        "阅读全文",
    ]
    .iter()
    .any(|onward| last.contains(&fold(onward)))
}

/// Whether pages are asked for at all.
pub(super) fn wanted(full_text: FullText, verdict: Verdict) -> bool {
    match full_text {
        FullText::Always => true,
        FullText::Never => false,
        FullText::Auto => verdict != Verdict::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_teaches_what_the_feed_is_worth() {
        let mut feed = FeedText::default();
        assert_eq!(feed.verdict(500, false), Verdict::Whole);
        assert_eq!(feed.verdict(200, false), Verdict::Unsure);
        assert_eq!(feed.verdict(500, true), Verdict::Teaser);
        feed.learn(210, 200);
        assert_eq!(feed.verdict(200, false), Verdict::Whole);
        // Two short reports are needed to believe short reports.
        assert_eq!(feed.verdict(30, false), Verdict::Unsure);
        feed.learn(32, 30);
        assert_eq!(feed.verdict(30, false), Verdict::Whole);
        feed.learn(900, 200);
        assert_eq!(feed.verdict(200, false), Verdict::Teaser);
    }
}
