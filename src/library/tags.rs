//! What a tag's name stands for: aliases, groups, hidden tags, section words, and the rows they make.
//! Never here: which articles are chosen (`selection`), the store, drawing.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::rules::{OutletRules, Rules};
use crate::config;
use newsprint_model::query::Expr;
use newsprint_model::{Counts, fold};

/// A tag of the sidebar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facet {
    /// As shown.
    pub name: String,
    /// The outlets' own tags that it stands for.
    pub tags: Vec<String>,
    /// Articles that carry it under what is shown.
    pub counts: Counts,
    /// Stands on nearly every article, so it tells little: listed at the end.
    pub section: bool,
    /// The reader's own: a tag that the config gives an outlet, or the reader an article.
    pub own: bool,
}

/// How a tag's name is shown where it stands alone: the end of its chain of aliases.
pub fn shown_as(tags: &config::Tags, name: &str) -> String {
    let mut shown = name.to_owned();
    // A circle of aliases ends after as many steps as there are aliases.
    for _ in 0..tags.alias.len() {
        let folded = fold(&shown);
        match tags.alias.iter().find(|(from, _)| fold(from) == folded) {
            Some((_, to)) if fold(to) != folded => shown.clone_from(to),
            _ => break,
        }
    }
    shown
}

/// The tags of an article as they are shown: aliases resolved, each once, in the outlet's order.
pub fn shown(tags: &config::Tags, own: &[String]) -> Vec<String> {
    let mut shown: Vec<String> = Vec::new();
    for name in own {
        let name = shown_as(tags, name);
        if !shown.iter().any(|have| fold(have) == fold(&name)) {
            shown.push(name);
        }
    }
    shown
}

/// The outlets' tags that a name stands for: all spellings of it, or of the members of its group.
pub fn stands_for(tags: &config::Tags, name: &str) -> Vec<String> {
    let shown = shown_as(tags, name);
    let folded = fold(&shown);
    let mut names: Vec<String> = match tags.group.iter().find(|(name, _)| fold(name) == folded) {
        // An outlet may use the group's name as a tag.
        Some((_, members)) => members
            .iter()
            .map(|member| shown_as(tags, member))
            .chain([shown])
            .collect(),
        None => vec![shown],
    };
    let targets: Vec<String> = names.iter().map(|name| fold(name)).collect();
    for (from, _) in &tags.alias {
        let spelling = targets.contains(&fold(&shown_as(tags, from)));
        if spelling && !names.iter().any(|have| fold(have) == fold(from)) {
            names.push(from.clone());
        }
    }
    names
}

/// The conditions of which one is enough to carry what a tag's name stands for: its spellings and members,
/// and the outlets whose own tag one of them is.
pub fn tag_expr(tags: &config::Tags, outlets: &OutletRules, name: &str) -> Vec<Expr> {
    let names = stands_for(tags, name);
    let mut of_outlets: Vec<&str> = Vec::new();
    for outlet in names.iter().flat_map(|name| outlets.with_tag(name)) {
        if !of_outlets.contains(&outlet) {
            of_outlets.push(outlet);
        }
    }
    let of_outlets = of_outlets
        .into_iter()
        .map(|name| Expr::Outlet(name.to_owned()));
    names
        .iter()
        .cloned()
        .map(Expr::Tag)
        .chain(of_outlets)
        .collect()
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

/// The rows of tags from the articles' own: aliases and groups in one row, hidden ones left out; the reader's
/// own tags (those of the config, and those `given` to articles) first, section words (folded) at the end, else
/// the most frequent first.
/// `count` counts exactly where a row is more than one tag of the outlets.
pub fn facets(
    own: Vec<(String, Counts)>,
    given: &[String],
    sections: &HashSet<String>,
    rules: Rules,
    mut count: impl FnMut(Expr) -> Option<Counts>,
) -> Vec<Facet> {
    let tags = rules.tags;
    let given: HashSet<String> = given.iter().map(|tag| fold(tag)).collect();
    let hidden: HashSet<String> = tags.hide.iter().map(|tag| fold(tag)).collect();
    let of_config = rules.outlets.own_tags.iter().flat_map(|(_, tags)| tags);
    let of_config: HashSet<String> = of_config.map(|tag| fold(tag)).collect();
    let mut rows: Vec<Facet> = Vec::new();
    // Where the row of a folded name is: this runs for every letter of a search.
    let mut places: HashMap<String, usize> = HashMap::new();
    let groups: HashMap<String, &str> = tags
        .group
        .iter()
        .flat_map(|(group, members)| members.iter().map(move |member| (member, group.as_str())))
        .map(|(member, group)| (fold(&shown_as(tags, member)), group))
        .collect();
    let stored: HashSet<String> = own.iter().map(|(name, _)| fold(name)).collect();
    let mut unstored: Vec<(String, Counts)> = Vec::new();
    for tag in rules.outlets.own_tags.iter().flat_map(|(_, tags)| tags) {
        let new = !stored.contains(&fold(tag));
        if new && !unstored.iter().any(|(have, _)| fold(have) == fold(tag)) {
            unstored.push((tag.clone(), Counts::default()));
        }
    }
    for (name, counts) in own.into_iter().chain(unstored) {
        let alone = shown_as(tags, &name);
        let shown = groups
            .get(&fold(&alone))
            .map_or(alone, |group| (*group).to_owned());
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
                    own: false,
                });
            }
        }
    }
    for row in &mut rows {
        row.own = row.tags.iter().any(|tag| of_config.contains(&fold(tag)));
        if (row.tags.len() > 1 || row.own)
            && let Some(counts) = count(rules.tag(&row.name))
        {
            row.counts = counts;
        }
        row.own |= row.tags.iter().any(|tag| given.contains(&fold(tag)));
        row.section = !row.own && row.tags.iter().all(|tag| sections.contains(&fold(tag)));
    }
    rows.retain(|row| !row.own || row.counts.total > 0);
    rows.sort_by_cached_key(|row| {
        let place = (!row.own, row.section);
        (place, Reverse(row.counts.total), fold(&row.name))
    });
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
        let outlets = OutletRules::default();
        let rules = Rules {
            tags: &tags,
            outlets: &outlets,
        };
        let rows = facets(own, &[], &sections, rules, |expr| {
            let Expr::Or(parts) = expr else { return None };
            Some(counts(parts.len() as u64 * 11))
        });
        let shown: Vec<(&str, u64)> = rows
            .iter()
            .map(|row| (row.name.as_str(), row.counts.total))
            .collect();
        assert_eq!(
            shown,
            [
                ("Georgia", 40),
                ("Baltics", 33),
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
}
