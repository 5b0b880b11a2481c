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
    /// Whether it is a label in the cards of stories: a person, a place, a deed, or an address that several cards link.
    pub label: bool,
    /// Whether the page's menu or foot links it too, as it does its sections.
    pub in_menu: bool,
}

impl Story {
    /// Whether a link may cut a card out of the page: labels and sections inside a card may not.
    pub(super) fn cuts(&self) -> bool {
        !self.label
            && (self.title.heading || self.address >= 1.0 || titles::words(&self.title.text) >= 4)
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
    // A page in the part of one language may show what another part has; without stories of its own it is a door to all.
    let owned = found.iter().filter(|(link, url, title)| {
        !page.elements[*link].place.chrome
            && address::is_of_same_language(url, own)
            && titles::words(&title.text) >= 4
    });
    if owned.take(3).count() == 3 {
        found.retain(|(_, url, _)| !address::is_of_other_language(url, own));
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
        // But minutes and notices have the same headline every week.
        let headline = title.heading && titles::words(&title.text) >= 4;
        if !headline && common.contains(&fold(&title.text)) {
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
                    label: false,
                    in_menu: place.chrome,
                });
            }
        }
    }
    learn_numbers(page, &mut stories, when);
    mark_labels(page, &mut stories, own);
    entitle(page, &mut stories, when);
    stories.sort_by_key(|story| story.link);
    stories
}

/// Addresses such as `/node/55` and `view.php?n=11` say little each; where many of one shape have different long
/// titles, or dates, and none is a menu's, they are articles'.
fn learn_numbers(page: &Page, stories: &mut [Story], when: When) {
    let mut shapes: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, story) in stories.iter().enumerate() {
        if story.address < 2.0 && address::is_numbered(&story.url) {
            let [shape, ..] = address::shapes(&story.url);
            shapes.entry(shape).or_default().push(number);
        }
    }
    for members in shapes.values().filter(|members| members.len() >= 3) {
        let shown: Vec<&Story> = members
            .iter()
            .map(|at| &stories[*at])
            .filter(|story| !story.place.chrome && story.title.rank > -1.0)
            .collect();
        if shown.len() < 3 || shown.len() * 5 < members.len() * 4 {
            continue;
        }
        let titles: HashSet<String> = shown.iter().map(|story| fold(&story.title.text)).collect();
        let headed = shown.iter().all(|story| story.title.heading);
        let words: usize = shown
            .iter()
            .map(|story| titles::words(&story.title.text))
            .sum();
        let mean = words as f64 / shown.len() as f64;
        let dated = shown
            .iter()
            .take(40)
            .filter(|story| {
                page.above(story.link).take(3).any(|around| {
                    let text = page.text(around).replace(&story.title.text, " ");
                    text.chars().count() <= 120
                        && crate::lines::is_only_date(&text)
                        && crate::dates::parse_at(&text, when.lang, when.fetched).is_some()
                })
            })
            .count();
        let all_dated = dated * 5 >= shown.len().min(40) * 4;
        let different = titles.len() * 5 >= shown.len() * 4 || headed && all_dated;
        let long = mean >= 4.0 && (shown.len() >= 5 || headed);
        if different && (long || all_dated && mean >= 2.0) {
            for &at in members {
                stories[at].address = stories[at].address.max(2.0);
            }
        }
    }
}

/// Marks the links in the cards of stories that are none themselves.
fn mark_labels(page: &Page, stories: &mut [Story], own: &Url) {
    let asked = own.path().trim_matches('/').to_ascii_lowercase();
    for story in stories.iter_mut() {
        let title = &story.title;
        if title.heading || titles::words(&title.text) > 6 {
            continue;
        }
        let below = !asked.is_empty()
            && story
                .url
                .path()
                .to_ascii_lowercase()
                .trim_matches('/')
                .starts_with(&asked);
        // The same few words link it from several places with a story each.
        let plain = || {
            if titles::words(&title.text) > 4 {
                return false;
            }
            let mut parents: Vec<usize> = Vec::new();
            for &link in story.links.iter().take(40) {
                let block = page
                    .above(link)
                    .find(|at| page.elements[*at].end - at > page.elements[link].end - link + 2);
                if let Some(block) = block.filter(|block| !parents.contains(block)) {
                    parents.push(block);
                }
            }
            let text = fold(&title.text);
            parents.len() >= 3
                && story
                    .links
                    .iter()
                    .take(40)
                    .filter(|link| fold(&page.text(**link)) == text)
                    .count()
                    >= 3
        };
        story.label = !below && service::is_label(&story.url, &title.text) || plain();
    }
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
        .filter(|at| !stories[*at].label)
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
