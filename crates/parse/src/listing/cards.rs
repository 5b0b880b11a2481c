//! Cards: the part of a page that belongs to one story, with its lines, picture, labels, author and dates.
//! Never here: which stories are listed, what they are called.

use std::collections::HashMap;

use url::Url;

use super::address;
use super::page::{Kind, Page, is_when};
use super::tags;
use super::titles;
use crate::dates::{self, Written};
use crate::lines;
use newsprint_html::safe_text;
use newsprint_model::Time;

/// Characters of the text of one card; a block with more is an article, no teaser.
const MAX_CARD: usize = 3_000;
/// How high a card may reach above its link.
const MAX_CLIMB: usize = 12;
/// Elements of one card.
const MAX_ELEMENTS: usize = 400;

/// Whose links an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Nobody,
    One(usize),
    Many,
}

/// For each element the one story that is linked inside it; `stories` are the links of each story.
pub(super) fn owners<'s>(page: &Page, stories: impl Iterator<Item = &'s [usize]>) -> Vec<Owner> {
    let mut owner = vec![Owner::Nobody; page.elements.len()];
    for (number, links) in stories.enumerate() {
        for &link in links {
            owner[link] = match owner[link] {
                Owner::Nobody => Owner::One(number),
                Owner::One(other) if other == number => Owner::One(number),
                _ => Owner::Many,
            };
        }
    }
    for index in (1..page.elements.len()).rev() {
        let parent = page.elements[index].parent;
        owner[parent] = match (owner[parent], owner[index]) {
            (owner, Owner::Nobody) | (Owner::Nobody, owner) => owner,
            (Owner::One(a), Owner::One(b)) if a == b => Owner::One(a),
            _ => Owner::Many,
        };
    }
    owner
}

/// The elements whose text belongs to one story: a block, and its neighbours that have no story of their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Card {
    pub top: usize,
    pub around: Vec<usize>,
    /// What a reader sees of it, a line each.
    pub lines: Vec<String>,
}

/// The cutter of cards; lists are asked once whether they begin with dates.
pub(super) struct Cutter<'p, 'a> {
    page: &'p Page<'a>,
    owner: &'p [Owner],
    leads: HashMap<usize, bool>,
    when: When<'p>,
}

impl<'p, 'a> Cutter<'p, 'a> {
    pub(super) fn new(page: &'p Page<'a>, owner: &'p [Owner], when: When<'p>) -> Cutter<'p, 'a> {
        Cutter {
            page,
            owner,
            leads: HashMap::new(),
            when,
        }
    }

    /// The card around a link: the highest element that holds no other story, and the neighbours of it that hold none.
    pub(super) fn card(&mut self, link: usize) -> Card {
        let elements = &self.page.elements;
        let mut top = link;
        for _ in 0..MAX_CLIMB {
            let parent = elements[top].parent;
            let limit = parent == 0
                || self.owner[parent] == Owner::Many
                || ["body", "main", "html"]
                    .iter()
                    .any(|name| self.page.is(parent, name));
            if limit || elements[parent].end - parent > MAX_ELEMENTS {
                break;
            }
            top = parent;
        }
        let mut card = Card {
            top,
            around: self.around(top),
            lines: Vec::new(),
        };
        card.lines = self.lines(&card);
        card
    }

    /// Where nothing wraps a story its date and teaser are its neighbours: those after it, unless the list begins with
    /// a date.
    fn around(&mut self, top: usize) -> Vec<usize> {
        let page = self.page;
        let elements = &page.elements;
        let owner = self.owner;
        let when = self.when;
        let neighbour = |index: usize| {
            let place = elements[index].place;
            owner[index] == Owner::Nobody && !place.chrome && !place.called_chrome
        };
        let parent = elements[top].parent;
        let leads = *self
            .leads
            .entry(parent)
            .or_insert_with(|| leads_with_date(page, owner, parent, when));
        let mut around = Vec::new();
        if leads {
            let mut at = elements[top].previous;
            while let Some(previous) = at
                && neighbour(previous)
                && around.len() < 3
            {
                around.insert(0, previous);
                at = elements[previous].previous;
            }
        } else {
            let mut at = elements[top].end;
            while at < elements[parent].end && neighbour(at) && around.len() < 5 {
                around.push(at);
                at = elements[at].end;
            }
        }
        around
    }

    /// The lines of a card, in the order of the page.
    fn lines(&self, card: &Card) -> Vec<String> {
        let mut parts: Vec<usize> = card.around.clone();
        parts.push(card.top);
        parts.sort_unstable();
        let mut out = Vec::new();
        let mut length = 0;
        for part in parts {
            for line in lines::inside(self.page.elements[part].node) {
                length += line.len();
                if length > MAX_CARD {
                    return out;
                }
                out.push(line);
            }
        }
        out
    }
}

/// Whether the children of an element begin with a date before the first story.
fn leads_with_date(page: &Page, owner: &[Owner], parent: usize, when: When) -> bool {
    let end = page.elements[parent].end;
    let mut at = parent + 1;
    for _ in 0..8 {
        if at >= end || owner[at] != Owner::Nobody {
            return false;
        }
        if page.elements[at].end - at <= 12 {
            let text = page.text(at);
            if text.len() <= 80 && dates::parse_at(&text, when.lang, when.fetched).is_some() {
                return true;
            }
        }
        at = page.elements[at].end;
    }
    false
}

impl Card {
    /// A link alone.
    pub(super) fn bare(link: usize) -> Card {
        Card {
            top: link,
            ..Card::default()
        }
    }

    /// The elements of the card and its neighbours.
    pub(super) fn elements<'c>(&'c self, page: &'c Page) -> impl Iterator<Item = usize> + 'c {
        let parts = std::iter::once(self.top).chain(self.around.iter().copied());
        parts.flat_map(|part| part..page.elements[part].end)
    }

    /// The first picture, as it is or as it waits to be loaded.
    pub(super) fn image(&self, page: &Page, base: &Url) -> Option<String> {
        self.elements(page)
            .filter(|index| page.elements[*index].kind == Kind::Image)
            .take(4)
            .find_map(|index| {
                ["data-src", "data-original", "data-lazy-src", "src"]
                    .iter()
                    .find_map(|name| {
                        let address = page.attr(index, name)?;
                        let address = address.trim();
                        if address.is_empty()
                            || address.starts_with("data:")
                            || address.ends_with(".svg")
                        {
                            return None;
                        }
                        safe_text::link(base.join(address).ok()?.as_str())
                    })
            })
    }

    pub(super) fn has_image(&self, page: &Page) -> bool {
        self.elements(page)
            .any(|index| page.elements[index].kind == Kind::Image)
    }

    /// The teaser: the longest line that is neither title nor date nor 'Read more'; where the title begins the
    /// line, what follows it.
    pub(super) fn teaser(&self, title: &str) -> Option<&str> {
        let rest = self.lines.iter().map(|line| {
            line.strip_prefix(title)
                .unwrap_or(line)
                .trim_start_matches([' ', ':', '-', '–', '—', '|'])
        });
        let long = rest.filter(|line| {
            line.chars().count() >= 40 && !title.contains(line) && !line.contains(title)
        });
        long.filter(|line| lines::facts(line, None).is_none())
            .max_by_key(|line| line.len())
    }

    /// The outlet's own tags: from a line of facts, else from the links that are marked as such.
    pub(super) fn tags(&self, page: &Page, lang: Option<&str>) -> Vec<String> {
        const PATHS: &[&str] = &[
            "/tag/",
            "/tags/",
            "/topic/",
            "/topics/",
            "/thema/",
            "/category/",
            "/keyword/",
        ];
        let facts = self.lines.iter().find_map(|line| lines::facts(line, lang));
        let mut names = facts.unwrap_or_default().tags;
        if names.is_empty() {
            let tagged = self
                .elements(page)
                .filter(|index| page.is_link(*index))
                .filter(|index| {
                    let rel = page
                        .attr(*index, "rel")
                        .unwrap_or_default()
                        .to_ascii_lowercase();
                    let href = page
                        .attr(*index, "href")
                        .unwrap_or_default()
                        .to_ascii_lowercase();
                    rel.split_whitespace()
                        .any(|rel| rel == "tag" || rel == "category")
                        || PATHS.iter().any(|part| href.contains(part))
                });
            names = tagged.map(|index| page.text(index)).collect();
        }
        tags(names.iter().map(String::as_str))
    }

    /// The authors that the card marks as such.
    pub(super) fn authors(&self, page: &Page) -> Vec<String> {
        let marked = self.elements(page).filter(|index| {
            let says = |name: &str, word: &str| {
                page.attr(*index, name).is_some_and(|value| {
                    value
                        .to_ascii_lowercase()
                        .split_whitespace()
                        .any(|part| part == word)
                })
            };
            says("rel", "author") || says("itemprop", "author")
        });
        let names: Vec<String> = marked.take(6).map(|index| page.text(index)).collect();
        let named = names
            .iter()
            .filter(|name| titles::words(name) <= 5 && dates::parse(name, None).is_none());
        tags(named.map(String::as_str))
    }

    /// The date: for machines, else in a line of its own, else in a short line with something else.
    pub(super) fn date(&self, page: &Page, title: &str, when: When) -> Option<Written> {
        let sane = |written: &Written| when.fetched.is_none_or(|fetched| is_past(written, fetched));
        self.machine_date(page, when, &sane).or_else(|| {
            let short = |line: &&String| line.chars().count() <= 120;
            let read = |line: &String| {
                // The title may name a date that is not its own.
                let rest = line.replace(title, " ");
                parts(&rest)
                    .find_map(|part| dates::parse_at(part, when.lang, when.fetched))
                    .or_else(|| dates::parse(&rest, when.lang))
                    .filter(sane)
            };
            // A line that says much else is the teaser, and the day in it is what happened.
            let other = |line: &&String| {
                line.replace(title, " ")
                    .split(|c: char| !c.is_alphabetic())
                    .filter(|word| word.chars().count() >= 3)
                    .count()
            };
            let mut lines = self.lines.iter().filter(short);
            let plain = lines.clone().filter(|line| other(line) <= 5).find_map(read);
            plain.or_else(|| lines.find(|line| other(line) <= 9).and_then(read))
        })
    }

    fn machine_date(
        &self,
        page: &Page,
        when: When,
        sane: &impl Fn(&Written) -> bool,
    ) -> Option<Written> {
        let read = |value: &str| dates::parse(value, when.lang).filter(sane);
        let mut later = None;
        for index in self
            .elements(page)
            .filter(|index| page.elements[*index].dated)
        {
            for name in ["datetime", "data-datetime", "data-date", "data-timestamp"] {
                if let Some(date) = page.attr(index, name).and_then(|value| read(&value)) {
                    return Some(date);
                }
            }
            if later.is_none() {
                later = self.data_date(page, index).and_then(|value| read(&value));
            }
        }
        later
    }

    /// What a `data-` attribute says of the publication: `data-posted-date-timestamp`.
    fn data_date(&self, page: &Page, index: usize) -> Option<String> {
        let attrs = page.elements[index].node.attrs();
        let named = |wanted: &[&str]| {
            attrs.iter().find(|attr| {
                let name = &*attr.name.local;
                let dated = name.starts_with("data-") && is_when(name);
                dated
                    && (wanted.is_empty() || wanted.iter().any(|word| name.contains(word)))
                    && !["updat", "modif", "expir", "end", "until", "event", "start"]
                        .iter()
                        .any(|word| name.contains(word))
            })
        };
        named(&["publi", "post", "creat"])
            .or_else(|| named(&[]))
            .map(|attr| attr.value.to_string())
    }
}

/// How dates of a page are read: its language, and the moment of its fetch.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct When<'a> {
    pub lang: Option<&'a str>,
    pub fetched: Option<Time>,
}

/// A date of publication is not ahead, but that a zone may be unknown.
pub(super) fn is_past(written: &Written, fetched: Time) -> bool {
    written.time.as_second() <= fetched.as_second() + 26 * 3600
}

/// The parts of a line between its separators.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '·', '•', '»', '∙', '│', '｜'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The date in a story's address.
pub(super) fn address_date(url: &str, when: When) -> Option<Written> {
    address::date(url)
        .filter(|written| when.fetched.is_none_or(|fetched| is_past(written, fetched)))
}
