//! What several articles of one outlet have in common and one article has not: the page where they end up,
//! the text that came. Such a page is not an article, whatever it declares. Pure.
//! Never here: what a single page says (`newsprint_parse::article`), what is done about it.

use serde::{Deserialize, Serialize};

use newsprint_model::{address_key, fingerprint};

/// Pages that are remembered of an outlet, the latest.
const REMEMBERED: usize = 40;

/// Texts of fewer words say nothing by being the same.
const LEAST: u32 = 5;

/// Texts of more words are a story that the outlet has published twice.
const MOST: u32 = 600;

/// A page that was believed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Seen {
    /// The address of the article.
    url: String,
    /// Its title, and the text that came.
    title: i64,
    text: i64,
    /// Where the request ended up.
    landed: i64,
}

/// The latest pages that were believed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct SharedPages(Vec<Seen>);

/// A page that came for an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Came<'a> {
    /// The address of the article.
    pub url: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The address that answered.
    pub landed: &'a str,
    /// Its text and how many words that has.
    pub text: &'a str,
    pub words: u32,
}

impl SharedPages {
    /// The addresses of the articles.
    pub(super) fn articles(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|seen| seen.url.as_str())
    }

    /// Remembers the page; gives the addresses of other articles for which the same came.
    pub(super) fn meet(&mut self, came: Came<'_>) -> Vec<String> {
        let now = Seen {
            url: came.url.to_owned(),
            title: fingerprint::of_words(came.title),
            text: match (LEAST..=MOST).contains(&came.words) {
                true => fingerprint::of_words(came.text),
                false => 0,
            },
            landed: fingerprint::of_words(&address_key(came.landed)),
        };
        let key = address_key(came.url);
        self.0.retain(|seen| address_key(&seen.url) != key);
        // One story under two addresses has one title.
        let others = self.0.iter().filter(|seen| {
            seen.title != now.title
                && (seen.landed == now.landed || (now.text != 0 && seen.text == now.text))
        });
        let others = others.map(|seen| seen.url.clone()).collect();
        let over = (self.0.len() + 1).saturating_sub(REMEMBERED);
        self.0.drain(..over);
        self.0.push(now);
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came<'a>(url: &'a str, title: &'a str, landed: &'a str, text: &'a str) -> Came<'a> {
        Came {
            url,
            title,
            landed,
            text,
            words: text.split_whitespace().count() as u32,
        }
    }

    #[test]
    fn what_came_for_two_articles_is_neither() {
        let mut pages = SharedPages::default();
        let (one, two) = ("https://herald.example/1", "https://herald.example/2");
        let wall = "Please tell us first who you are";
        assert!(pages.meet(came(one, "Floods", one, wall)).is_empty());
        assert_eq!(pages.meet(came(two, "Snow", two, wall)), [one]);
        let end = "https://herald.example/hello";
        let three = "https://herald.example/3";
        assert!(
            pages
                .meet(came(three, "Wind", end, "The wind blew hard over the hill"))
                .is_empty()
        );
        assert_eq!(
            pages.meet(came(
                "https://herald.example/4",
                "Rain",
                end,
                "It rained on the whole way home"
            )),
            [three]
        );
    }

    #[test]
    fn a_story_under_two_addresses_and_a_page_that_is_fetched_again_are_no_walls() {
        let mut pages = SharedPages::default();
        let (one, two) = ("https://herald.example/1", "https://herald.example/2");
        let text = "The council met on Monday and went home";
        assert!(pages.meet(came(one, "Council", one, text)).is_empty());
        assert!(pages.meet(came(one, "Council meets", one, text)).is_empty());
        assert!(pages.meet(came(two, "Council meets", two, text)).is_empty());
    }

    #[test]
    fn few_pages_are_remembered() {
        let mut pages = SharedPages::default();
        for n in 0..200 {
            let url = format!("https://herald.example/{n}");
            let text = format!("A story with the number {n} in it");
            assert!(pages.meet(came(&url, &url, &url, &text)).is_empty());
        }
        assert_eq!(pages.0.len(), REMEMBERED);
    }
}
