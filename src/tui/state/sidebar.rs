//! What is chosen to be shown: place, state, tags, filter and search, and the query they make
//! together; the sidebar's rows. Never here: counting, drawing.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::config;
use crate::tui::event::Facet;
use newsprint_model::query::{Expr, Is, Query};
use newsprint_model::{Counts, Health, fold};

/// Whose articles are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// All outlets'.
    All,
    /// Those of the configured view.
    View(usize),
    /// Those of an outlet, by name.
    Outlet(String),
}

/// Which articles by the reader's own marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Whatever their marks.
    #[default]
    All,
    /// Not read.
    Unread,
    /// Starred.
    Starred,
}

impl Status {
    /// What the list's title says; empty for all.
    pub fn word(self) -> &'static str {
        match self {
            Status::All => "",
            Status::Unread => "unread",
            Status::Starred => "starred",
        }
    }
}

/// Tags that are asked for and not wanted, as shown (aliases resolved).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagChoice {
    /// Asked for.
    pub with: Vec<String>,
    /// One of them is enough; else all are needed.
    pub any: bool,
    /// Not wanted.
    pub without: Vec<String>,
}

impl TagChoice {
    /// Nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.with.is_empty() && self.without.is_empty()
    }

    /// Asks for a tag, or no longer.
    pub fn toggle(&mut self, tag: &str) {
        self.without.retain(|have| have != tag);
        flip(&mut self.with, tag);
    }

    /// Does not want a tag, or no longer.
    pub fn toggle_not(&mut self, tag: &str) {
        self.with.retain(|have| have != tag);
        flip(&mut self.without, tag);
    }
}

fn flip(tags: &mut Vec<String>, tag: &str) {
    match tags.iter().position(|have| have == tag) {
        Some(at) => {
            tags.remove(at);
        }
        None => tags.push(tag.to_owned()),
    }
}

/// A query as typed and as read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Typed {
    /// As typed.
    pub text: String,
    /// As read.
    pub query: Query,
}

/// All that decides which articles are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Whose.
    pub place: Place,
    /// By marks.
    pub status: Status,
    /// By tags.
    pub tags: TagChoice,
    /// By a typed query.
    pub filter: Option<Typed>,
    /// By words, ranked.
    pub search: Option<Typed>,
}

impl Default for Choice {
    fn default() -> Choice {
        Choice {
            place: Place::All,
            status: Status::All,
            tags: TagChoice::default(),
            filter: None,
            search: None,
        }
    }
}

impl Choice {
    /// Whether anything beyond the place narrows it.
    pub fn is_narrowed(&self) -> bool {
        !self.tags.is_empty() || self.filter.is_some() || self.search.is_some()
    }

    /// Whether the same is asked for beyond the place, whatever the marks.
    pub fn is_narrowed_as(&self, other: &Choice) -> bool {
        let typed = |typed: &Option<Typed>| typed.as_ref().map(|typed| typed.text.clone());
        self.tags == other.tags
            && typed(&self.filter) == typed(&other.filter)
            && typed(&self.search) == typed(&other.search)
    }
}

/// The tags of the outlets that a shown tag stands for: its aliases or its group, else itself.
pub fn stands_for(tags: &config::Tags, shown: &str) -> Vec<String> {
    let folded = fold(shown);
    let mut names: Vec<String> = match tags.group.iter().find(|(name, _)| fold(name) == folded) {
        Some((_, members)) => members.clone(),
        None => vec![shown.to_owned()],
    };
    // The members of a group may have aliases of their own.
    for at in 0..names.len() {
        let target = fold(&names[at]);
        for (from, to) in &tags.alias {
            if fold(to) == target && !names.iter().any(|have| fold(have) == fold(from)) {
                names.push(from.clone());
            }
        }
    }
    names
}

fn tag_expr(tags: &config::Tags, shown: &str) -> Option<Expr> {
    Expr::any(stands_for(tags, shown).into_iter().map(Expr::Tag))
}

/// What is shown, without tags and marks: what the tags are counted under.
pub fn base(choice: &Choice, views: &[config::View], tags: &config::Tags) -> Query {
    let mut query = match &choice.place {
        Place::All => Query::default(),
        Place::View(index) => views
            .get(*index)
            .map(|view| view.query.clone())
            .unwrap_or_default(),
        Place::Outlet(name) => Query::default().with_outlet(name),
    };
    for typed in [&choice.filter, &choice.search].into_iter().flatten() {
        query = query.and(&typed.query);
    }
    for muted in &tags.mute {
        let wanted = choice.tags.with.iter().any(|tag| fold(tag) == fold(muted));
        if wanted {
            continue;
        }
        for name in stands_for(tags, muted) {
            if !query.asks_for_tag(&name) {
                query = query.and_not_tag(&name);
            }
        }
    }
    query
}

/// What is shown.
pub fn query(choice: &Choice, views: &[config::View], tags: &config::Tags) -> Query {
    let mut query = base(choice, views, tags);
    let with: Vec<Expr> = choice
        .tags
        .with
        .iter()
        .filter_map(|tag| tag_expr(tags, tag))
        .collect();
    let with = if choice.tags.any {
        Expr::any(with)
    } else {
        Expr::all(with)
    };
    if let Some(expr) = with {
        query = query.and_expr(expr);
    }
    for tag in &choice.tags.without {
        if let Some(expr) = tag_expr(tags, tag) {
            query = query.and_expr(expr.negated());
        }
    }
    match choice.status {
        Status::All => query,
        Status::Unread => query.with_is(Is::Unread),
        Status::Starred => query.with_is(Is::Starred),
    }
}

/// What is shown, in words, for the list's title.
pub fn title(choice: &Choice, views: &[config::View]) -> Vec<String> {
    let mut parts = Vec::new();
    match &choice.place {
        Place::All => {}
        Place::View(index) => parts.extend(views.get(*index).map(|view| view.name.clone())),
        Place::Outlet(name) => parts.push(name.clone()),
    }
    if choice.status != Status::All {
        parts.push(choice.status.word().to_owned());
    }
    if !choice.tags.with.is_empty() {
        let between = if choice.tags.any { " or " } else { " + " };
        parts.push(choice.tags.with.join(between));
    }
    parts.extend(choice.tags.without.iter().map(|tag| format!("not {tag}")));
    parts.extend(choice.filter.iter().map(|typed| typed.text.clone()));
    parts.extend(choice.search.iter().map(|typed| format!("/{}", typed.text)));
    parts
}

/// The sidebar: places above, tags below.
#[derive(Debug, Clone, Default)]
pub struct Sidebar {
    /// All, the views, the outlets.
    pub places: Vec<(Place, String)>,
    /// The chosen place's row.
    pub place: usize,
    /// First row of the places on the screen.
    pub place_top: usize,
    /// Counts of all articles.
    pub all: Counts,
    /// Counts of starred articles.
    pub starred: Counts,
    /// Counts of the views.
    pub views: Vec<Counts>,
    /// Health and counts of the outlets.
    pub outlets: Vec<Health>,
    /// The tags under what is shown.
    pub tags: Vec<Facet>,
    /// The row under the cursor among the tags.
    pub tag: usize,
    /// First row of the tags on the screen.
    pub tag_top: usize,
    /// Counts have come.
    pub known: bool,
}

impl Sidebar {
    /// Its rows for these views and outlets.
    pub fn new(views: &[config::View], outlets: &[String]) -> Sidebar {
        let mut places = vec![(Place::All, "All".to_owned())];
        for (index, view) in views.iter().enumerate() {
            places.push((Place::View(index), view.name.clone()));
        }
        for name in outlets {
            places.push((Place::Outlet(name.clone()), name.clone()));
        }
        Sidebar {
            places,
            ..Sidebar::default()
        }
    }

    /// Counts of a place, once they are known.
    pub fn counts(&self, place: &Place) -> Option<Counts> {
        if !self.known {
            return None;
        }
        match place {
            Place::All => Some(self.all),
            Place::View(index) => self.views.get(*index).copied(),
            Place::Outlet(name) => self.health(name).map(|health| health.counts),
        }
    }

    /// Health of an outlet.
    pub fn health(&self, name: &str) -> Option<&Health> {
        self.outlets.iter().find(|health| health.outlet == name)
    }
}

/// An outlet with fewer articles does not show yet which of its tags are section words.
const SHOWS_SECTIONS: u64 = 10;

/// The folded section words: tags like `News` that stand on half of an outlet's articles or more, and so
/// tell little about any of them. `outlets` has for each outlet its articles and its tags with theirs.
/// A tag that other outlets use sparingly, and more often than that, is none.
pub fn section_words<'a>(
    outlets: impl IntoIterator<Item = (u64, &'a [(String, u64)])>,
) -> HashSet<String> {
    // By folded tag: its articles at outlets where it is a section word, and elsewhere.
    let mut uses: HashMap<String, (u64, u64)> = HashMap::new();
    for (articles, tags) in outlets {
        for (tag, count) in tags {
            let (section, other) = uses.entry(fold(tag)).or_default();
            if articles >= SHOWS_SECTIONS && count * 2 >= articles {
                *section += count;
            } else {
                *other += count;
            }
        }
    }
    uses.retain(|_, (section, other)| *section > 0 && section >= other);
    uses.into_keys().collect()
}

/// The sidebar's tags from the outlets' own: aliases and groups in one row, hidden ones left out, section
/// words (folded) at the end. `count` counts exactly where several tags make one row.
pub fn facets(
    own: Vec<(String, Counts)>,
    sections: &HashSet<String>,
    tags: &config::Tags,
    mut count: impl FnMut(&[String]) -> Option<Counts>,
) -> Vec<Facet> {
    let hidden: Vec<String> = tags.hide.iter().map(|tag| fold(tag)).collect();
    let mut rows: Vec<Facet> = Vec::new();
    // Where the row of a folded name is: this runs for every letter of a search.
    let mut places: HashMap<String, usize> = HashMap::new();
    let shown_as = |name: &str| {
        let mut folded = fold(name);
        let mut shown = name.to_owned();
        if let Some((_, to)) = tags.alias.iter().find(|(from, _)| fold(from) == folded) {
            shown = to.clone();
            folded = fold(to);
        }
        if let Some((group, _)) = tags
            .group
            .iter()
            .find(|(_, members)| members.iter().any(|member| fold(member) == folded))
        {
            shown = group.clone();
        }
        shown
    };
    for (name, counts) in own {
        let shown = shown_as(&name);
        if hidden.contains(&fold(&shown)) || hidden.contains(&fold(&name)) {
            continue;
        }
        match places.entry(fold(&shown)) {
            Entry::Occupied(place) => rows[*place.get()].tags.push(name),
            Entry::Vacant(place) => {
                place.insert(rows.len());
                rows.push(Facet {
                    name: shown,
                    tags: vec![name],
                    counts,
                    section: false,
                });
            }
        }
    }
    for row in &mut rows {
        if row.tags.len() > 1
            && let Some(counts) = count(&row.tags)
        {
            row.counts = counts;
        }
        row.section = row.tags.iter().all(|tag| sections.contains(&fold(tag)));
    }
    rows.sort_by_cached_key(|row| (row.section, Reverse(row.counts.total), fold(&row.name)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(total: u64) -> Counts {
        Counts { total, unread: 1 }
    }

    #[test]
    fn aliases_and_groups_are_one_row_and_section_words_sink() {
        let tags = config::Tags {
            alias: vec![("Karabakh".into(), "Nagorno-Karabakh".into())],
            group: vec![("Baltics".into(), vec!["Estonia".into(), "Latvia".into()])],
            hide: vec!["sport".into()],
            mute: Vec::new(),
        };
        let own = [
            ("News", 100),
            ("Karabakh", 5),
            ("Nagorno-Karabakh", 20),
            ("Estonia", 2),
            ("Latvia", 1),
            ("Sport", 50),
            ("Georgia", 40),
        ];
        let own = own
            .iter()
            .map(|(name, n)| ((*name).to_owned(), counts(*n)))
            .collect();
        let sections = HashSet::from(["news".to_owned()]);
        let rows = facets(own, &sections, &tags, |tags| {
            Some(counts(tags.len() as u64 * 11))
        });
        let shown: Vec<(&str, u64)> = rows
            .iter()
            .map(|row| (row.name.as_str(), row.counts.total))
            .collect();
        assert_eq!(
            shown,
            [
                ("Georgia", 40),
                ("Baltics", 22),
                ("Nagorno-Karabakh", 22),
                ("News", 100)
            ]
        );
    }

    #[test]
    fn a_word_on_most_articles_of_an_outlet_is_a_section_word() {
        let of = |tags: &[(&str, u64)]| -> Vec<(String, u64)> {
            tags.iter()
                .map(|(tag, count)| ((*tag).to_owned(), *count))
                .collect()
        };
        let post = of(&[("News", 9), ("Georgia", 6), ("Ports", 2)]);
        let gazette = of(&[("Nachrichten", 10), ("Ports", 11), ("Georgia", 2)]);
        let digest = of(&[("Ports", 30)]);
        let young = of(&[("Debut", 9)]);
        let words = section_words([
            (14, post.as_slice()),
            (20, gazette.as_slice()),
            (300, digest.as_slice()),
            (9, young.as_slice()),
        ]);
        let mut words: Vec<String> = words.into_iter().collect();
        words.sort();
        assert_eq!(words, ["nachrichten", "news"]);
    }

    #[test]
    fn the_choice_makes_one_query() {
        let tags = config::Tags {
            alias: vec![("Karabakh".into(), "Artsakh".into())],
            mute: vec!["Sport".into()],
            ..config::Tags::default()
        };
        let choice = Choice {
            place: Place::Outlet("Morning Post".into()),
            status: Status::Unread,
            tags: TagChoice {
                with: vec!["Artsakh".into(), "Georgia".into()],
                any: false,
                without: vec!["News".into()],
            },
            ..Choice::default()
        };
        assert_eq!(
            query(&choice, &[], &tags).to_string(),
            "outlet:\"Morning Post\" -tag:Sport (tag:Artsakh or tag:Karabakh) tag:Georgia -tag:News is:unread"
        );
    }
}
