//! The stories that a page could be listing: its links joined by their addresses, each with the best title of them.
//! Never here: which of them are listed.

use std::collections::{HashMap, HashSet};

use url::Url;

use super::address;
use super::cards::{self, Cutter, Owner, When};
use super::page::{Page, Place};
use super::service;
use super::titles::{self, Title};
use newsprint_model::fold;

/// The links to one address.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub url: Url,
    pub title: Title,
    /// The link whose text is the title.
    pub link: usize,
    /// All its links in the part of the page where it stands.
    pub links: Vec<usize>,
    pub place: Place,
    /// What its address says for an article, -1 to 3.
    pub address: f64,
    /// Whether the page's menu or foot links it too, as it does its sections.
    pub in_menu: bool,
}

impl Story {
    /// Whether a link may cut a card out of the page: labels and sections inside a card may not.
    pub(super) fn cuts(&self) -> bool {
        self.title.heading || self.address >= 1.0 || titles::words(&self.title.text) >= 4
    }
}

/// Joins the links by their addresses, those of the page's menus apart.
pub(super) fn collect(page: &Page, base: &Url, own: &Url, when: When) -> Vec<Story> {
    let mut found: Vec<(usize, Url, Title)> = Vec::new();
    for &link in &page.links {
        let rel = page
            .attr(link, "rel")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let other = rel.split_whitespace().any(|rel| {
            matches!(
                rel,
                "tag" | "author" | "next" | "prev" | "sponsored" | "license" | "category"
            )
        });
        let href = page.attr(link, "href").unwrap_or_default();
        if !other && let Some(url) = address::of_link(&href, base, own) {
            let title = titles::of_link(page, link);
            found.push((link, url, title));
        }
    }
    // What many links to different pages are called is no title: `Read the story`.
    let mut named: HashMap<String, Vec<&Url>> = HashMap::new();
    for (_, url, title) in &found {
        let urls = named.entry(fold(&title.text)).or_default();
        if !urls.contains(&url) && urls.len() < 3 {
            urls.push(url);
        }
    }
    let common: Vec<String> = named
        .into_iter()
        .filter(|(_, urls)| urls.len() >= 3)
        .map(|(name, _)| name)
        .collect();
    for (_, _, title) in &mut found {
        if common.contains(&fold(&title.text)) {
            title.rank -= 6.0;
        }
    }
    let places = address::learn_places(
        found
            .iter()
            .map(|(_, url, title)| (url, title.text.as_str())),
    );
    let mut by_url: HashMap<String, usize> = HashMap::new();
    let mut stories: Vec<Story> = Vec::new();
    for (link, mut url, title) in found {
        address::without_place(&mut url, &places);
        let place = page.elements[link].place;
        let key = same(&url);
        match by_url.get(&key) {
            Some(&at) => stories[at].join(link, title, place),
            None => {
                by_url.insert(key, stories.len());
                stories.push(Story {
                    address: address::evidence(&url),
                    url,
                    title,
                    link,
                    links: vec![link],
                    place,
                    in_menu: place.chrome,
                });
            }
        }
    }
    entitle(page, &mut stories, when);
    stories.sort_by_key(|story| story.link);
    stories
}

/// What two addresses of one page share: the scheme, `www.` and a slash at the end make no other page.
pub(super) fn same(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    format!(
        "{}{}?{}",
        host.strip_prefix("www.").unwrap_or(host),
        url.path().trim_end_matches('/'),
        url.query().unwrap_or_default()
    )
}

impl Story {
    fn join(&mut self, link: usize, title: Title, place: Place) {
        self.in_menu |= place.chrome;
        // In the menu and in the list: the list counts.
        let outside = |place: Place| place.chrome || place.called_chrome;
        if outside(place) && !outside(self.place) {
            return;
        }
        if outside(self.place) && !outside(place) {
            self.place = place;
            self.links.clear();
            self.title = Title {
                rank: f64::MIN,
                ..Title::default()
            };
        }
        self.links.push(link);
        if title.rank > self.title.rank {
            self.title = title;
            self.link = link;
            self.place = place;
        }
    }
}

/// Gives the stories whose links say nothing of their own the title of their card.
fn entitle(page: &Page, stories: &mut [Story], when: When) {
    let dull: Vec<usize> = (0..stories.len())
        .filter(|at| !stories[*at].title.shown || stories[*at].title.rank < 1.5)
        .collect();
    if dull.is_empty() {
        return;
    }
    let owner = owners(page, stories);
    let mut cutter = Cutter::new(page, &owner, when);
    let mut used = HashSet::new();
    for at in dull {
        let links = stories[at].links.clone();
        let own = links
            .iter()
            .filter_map(|link| titles::of_card(page, &cutter.card(*link), &links))
            .max_by(|a, b| a.rank.total_cmp(&b.rank));
        // One heading is one story's.
        let mut before = || {
            let said = &stories[at].title;
            let unnamed = said.text.is_empty()
                || said.rank <= -4.0
                || service::is_more(&said.text)
                || service::is_comments(&said.text);
            let found = links
                .iter()
                .filter(|_| unnamed)
                .find_map(|link| titles::before(page, *link, &owner));
            found
                .filter(|(heading, _)| used.insert(*heading))
                .map(|(_, title)| title)
        };
        let title = own.or_else(&mut before).map(|mut title| {
            // A heading that opens with a kicker, where the link says the title alone.
            let said = &stories[at].title.text;
            if title.text.ends_with(said.as_str())
                && titles::words(said) >= 3
                && titles::is_title(said)
            {
                title.text.clone_from(said);
            }
            title
        });
        if let Some(title) = title.filter(|title| title.rank > stories[at].title.rank) {
            stories[at].title = title;
        }
    }
}

/// Whose links the elements of a page hold, by the stories that may cut a card.
pub(super) fn owners(page: &Page, stories: &[Story]) -> Vec<Owner> {
    cards::owners(
        page,
        stories.iter().map(|story| match story.cuts() {
            true => story.links.as_slice(),
            false => &[],
        }),
    )
}
