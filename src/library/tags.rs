//! What a tag's name stands for: aliases, groups, hidden tags, section words, and the rows they make.
//! Never here: which articles are chosen (`selection`), the store, drawing.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

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

/// Carries what a shown tag stands for.
pub fn tag_expr(tags: &config::Tags, shown: &str) -> Option<Expr> {
    Expr::any(stands_for(tags, shown).into_iter().map(Expr::Tag))
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
}
