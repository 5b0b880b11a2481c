//! Whose article an entry is: the outlet's own, or a link to another site's under the outlet's own words. Pure.
//! Never here: what becomes of either (`assemble`).

use std::collections::{HashMap, HashSet};

use url::{Host, Url};

use newsprint_model::{Feed, address_key};

/// A site that so many of a hundred entries lead to is the outlet's, wherever its feed is kept.
const MOSTLY: usize = 60;

/// Words beside the links of an entry's text from which on it says something of its own.
const OWN_WORDS: usize = 4;

/// The sites of an outlet.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnSites(HashSet<String>);

impl OwnSites {
    /// The sites of the addresses that the reader and the feed name.
    pub(super) fn of(addresses: &[&str]) -> OwnSites {
        OwnSites(addresses.iter().copied().filter_map(site).collect())
    }

    /// With what the feed says of itself and where most of its entries lead.
    pub(super) fn and_of(mut self, feed: &Feed) -> OwnSites {
        self.0.extend(feed.site.as_deref().and_then(site));
        let mut counts: HashMap<String, usize> = HashMap::new();
        let sites = feed
            .entries
            .iter()
            .filter_map(|one| site(one.url.as_deref()?));
        for site in sites {
            *counts.entry(site).or_default() += 1;
        }
        let all = feed.entries.len();
        let many = |(site, count): (String, usize)| {
            (count >= 3 && count * 100 >= all * MOSTLY).then_some(site)
        };
        self.0.extend(counts.into_iter().filter_map(many));
        self
    }

    /// Whether the address leads to another site.
    pub(super) fn is_foreign(&self, url: &str) -> bool {
        !self.0.is_empty() && site(url).is_some_and(|site| !self.0.contains(&site))
    }
}

/// The part of a host's name that one owner has: its last two labels, or three below such as `co.uk`.
fn site(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let name = match url.host()? {
        Host::Domain(name) => name,
        address => return Some(address.to_string()),
    };
    let labels: Vec<&str> = name.trim_end_matches('.').rsplit('.').collect();
    let second = matches!(
        labels.get(1..2),
        Some(["co" | "com" | "org" | "net" | "ac" | "gov" | "edu" | "or" | "ne" | "go"])
    );
    let country = labels.first().is_some_and(|top| top.len() == 2);
    let shared = [
        "github.io",
        "blogspot.com",
        "wordpress.com",
        "substack.com",
        "tumblr.com",
        "medium.com",
    ];
    let hosted = shared
        .iter()
        .any(|host| name.ends_with(&format!(".{host}")));
    let count = if (second && country) || hosted { 3 } else { 2 };
    let mut own: Vec<&str> = labels.into_iter().take(count).collect();
    own.reverse();
    Some(own.join("."))
}

/// Whether an entry's text says something beside its links.
pub(super) fn says_something(html: &str) -> bool {
    let (mut words, mut in_link) = (0, 0usize);
    let mut rest = html;
    loop {
        let (text, after) = rest.split_once('<').unwrap_or((rest, ""));
        if in_link == 0 {
            words += text
                .split_whitespace()
                .filter(|word| word.contains(char::is_alphanumeric))
                .count();
        }
        if after.is_empty() {
            return words >= OWN_WORDS;
        }
        let (tag, next) = after.split_once('>').unwrap_or((after, ""));
        if tag == "a" || tag.starts_with("a ") {
            in_link += 1;
        } else if tag == "/a" {
            in_link = in_link.saturating_sub(1);
        }
        rest = next;
    }
}

/// Pages where several entries of one document with different titles lead, so that each is the page of none.
pub(super) fn shared_pages(feed: &Feed) -> HashSet<String> {
    let mut titles: HashMap<String, &str> = HashMap::new();
    let mut shared = HashSet::new();
    for entry in &feed.entries {
        let Some(page) = entry.url.as_deref().map(page_of) else {
            continue;
        };
        match titles.get(&page) {
            Some(title) if *title != entry.title => {
                shared.insert(page);
            }
            Some(_) => {}
            None => {
                titles.insert(page, &entry.title);
            }
        }
    }
    shared
}

/// An address without the place on its page.
pub(super) fn page_of(url: &str) -> String {
    address_key(url.split('#').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsprint_model::Entry;

    fn feed(urls: &[&str]) -> Feed {
        let entry = |(n, url): (usize, &&str)| Entry {
            title: format!("Entry {n}"),
            url: Some((*url).to_owned()),
            ..Entry::default()
        };
        Feed {
            entries: urls.iter().enumerate().map(entry).collect(),
            ..Feed::default()
        }
    }

    #[test]
    fn a_site_is_what_one_owner_has() {
        let own = OwnSites::of(&["https://blog.herald.example/feed"]);
        assert!(!own.is_foreign("https://www.herald.example/1"));
        assert!(own.is_foreign("https://other.example/1"));
        let own = OwnSites::of(&["https://www.herald.co.uk/"]);
        assert!(!own.is_foreign("https://news.herald.co.uk/1"));
        assert!(own.is_foreign("https://post.co.uk/1"));
        let own = OwnSites::of(&["http://127.0.0.1:8000/feed"]);
        assert!(own.is_foreign("http://127.0.0.2:8000/1"));
        let own = OwnSites::of(&["https://anna.github.io/"]);
        assert!(own.is_foreign("https://bert.github.io/1"));
    }

    #[test]
    fn where_most_entries_lead_is_home() {
        let own = OwnSites::of(&["https://feeds.example/herald"]);
        let herald = [
            "https://herald.test/1",
            "https://herald.test/2",
            "https://herald.test/3",
            "https://post.test/9",
        ];
        let own = own.and_of(&feed(&herald));
        assert!(!own.is_foreign("https://herald.test/4") && own.is_foreign("https://post.test/9"));
        let links = [
            "https://one.test/1",
            "https://two.test/2",
            "https://three.test/3",
        ];
        let own = OwnSites::of(&["https://links.example/"]).and_of(&feed(&links));
        assert!(own.is_foreign("https://one.test/1"));
    }

    #[test]
    fn links_alone_say_nothing() {
        assert!(!says_something(
            "<p><a href=\"https://news.example/9\">Comments on this story here</a></p>"
        ));
        assert!(says_something("<p>This is wrong, and I know why.</p>"));
        assert!(!says_something(""));
    }

    #[test]
    fn places_on_one_page_share_it() {
        let urls = [
            "https://h.example/log#v1",
            "https://h.example/log#v2",
            "https://h.example/other",
        ];
        let shared = shared_pages(&feed(&urls));
        assert!(shared.contains(&page_of(urls[0])) && shared.len() == 1);
    }
}
