//! What makes an entry of a source one article and no other: its address, and where several share an
//! address their guids, fragments, titles and dates.
//! Never here: which article is stored under it (`newsprint-store`).

use std::collections::{HashMap, HashSet};

use crate::{Entry, Time, fingerprint};

/// What the guids that are made here begin with; no feed writes it.
const MADE: &str = "newsprint:";

/// What they begin with where the entry has a guid, but others of its address have the same.
const USELESS: &str = "newsprint:useless ";

/// What they begin with where the text tells the entry from others, because nothing else does.
const TEXT: &str = "newsprint:text ";

/// The same of an entry without a title: what stands for one is made from the text, and does not count.
const UNTITLED: &str = "newsprint:untitled ";

/// An address without what does not tell two stories apart: scheme, `www.`, the case of the host, a
/// slash at the end, a fragment that is not a path of its own (`#!/one`).
///
/// ```
/// use newsprint_model::identity::story_address;
/// assert_eq!(story_address("https://www.Example.org/a/#top"), story_address("http://example.org/a"));
/// ```
pub fn story_address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let split = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(split);
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = match path.find('#') {
        Some(at) if !path[at..].starts_with("#!") && !path[at..].starts_with("#/") => &path[..at],
        _ => path,
    };
    format!("{host}{}", path.strip_suffix('/').unwrap_or(path))
}

/// The part of an address behind `#`; empty when there is none.
pub fn fragment(url: &str) -> &str {
    url.split_once('#').map_or("", |(_, fragment)| fragment)
}

/// Gives the entries of one document guids that tell them apart, where their own do not: entries of
/// one address are told apart by their guids, else by the fragments of their addresses, else by title
/// and date. A guid that stands at several addresses, or with
/// and without one, says nothing and is removed. Entries without address and guid are told apart by
/// title and date, and by their texts where these are the same or absent.
///
/// What comes of a document does not depend on the order of its entries, so the same document gives
/// the same guids each time.
pub fn tell_apart(entries: &mut [Entry]) {
    let mut guids: HashMap<String, HashSet<String>> = HashMap::new();
    let mut shared: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let address = entry.url.as_deref().map_or(String::new(), story_address);
        if let Some(guid) = &entry.guid {
            guids
                .entry(guid.clone())
                .or_default()
                .insert(address.clone());
        }
        if !address.is_empty() {
            shared.entry(address).or_default().push(at);
        }
    }
    for entry in entries.iter_mut() {
        let everywhere = |guid: &String| guids.get(guid).is_some_and(|at| at.len() > 1);
        if entry.guid.as_ref().is_some_and(everywhere) {
            entry.guid = None;
        }
    }
    for group in shared.into_values().filter(|group| group.len() > 1) {
        let mut times: HashMap<String, usize> = HashMap::new();
        let mut fragments: HashMap<String, usize> = HashMap::new();
        for entry in group.iter().map(|at| &entries[*at]) {
            if let Some(guid) = &entry.guid {
                *times.entry(guid.clone()).or_default() += 1;
            }
            let fragment = fragment(entry.url.as_deref().unwrap_or_default());
            *fragments.entry(fragment.to_owned()).or_default() += 1;
        }
        for at in group {
            let entry = &mut entries[at];
            if entry.guid.as_ref().is_some_and(|guid| times[guid] == 1) {
                continue;
            }
            let url = entry.url.as_deref().unwrap_or_default();
            let of_fragment =
                fragment_guid(url).filter(|_| fragments.get(fragment(url)) == Some(&1));
            let date = entry.published.or(entry.updated);
            let of_title = || match (&entry.guid, date) {
                (None, None) if entry.title.is_empty() => text_guid(entry, None),
                _ => made_guid(&entry.title, date),
            };
            let made = of_fragment.unwrap_or_else(of_title);
            entry.guid = Some(match entry.guid {
                None => made,
                Some(_) => format!("{USELESS}{made}"),
            });
        }
    }
    tell_apart_without_address(entries);
}

/// The part of [`tell_apart`] for entries that have neither address nor guid.
fn tell_apart_without_address(entries: &mut [Entry]) {
    let is_bare = |entry: &Entry| {
        entry.guid.is_none()
            && entry
                .url
                .as_deref()
                .is_none_or(|url| story_address(url).is_empty())
    };
    let date = |entry: &Entry| entry.published.or(entry.updated);
    let mut titles: HashMap<String, usize> = HashMap::new();
    let mut dated: HashMap<(String, Option<Time>), usize> = HashMap::new();
    for entry in entries.iter().filter(|entry| is_bare(entry)) {
        *titles.entry(entry.title.clone()).or_default() += 1;
        *dated.entry((entry.title.clone(), date(entry))).or_default() += 1;
    }
    for entry in entries.iter_mut().filter(|entry| is_bare(entry)) {
        let date = date(entry);
        let alone = !entry.title.is_empty() && titles.get(&entry.title) == Some(&1);
        let tells = date.is_some() && dated.get(&(entry.title.clone(), date)) == Some(&1);
        entry.guid = match date {
            Some(_) if alone => continue,
            Some(_) if tells && !entry.title.is_empty() => Some(made_guid(&entry.title, date)),
            Some(date) if tells => Some(format!("{UNTITLED}{date}")),
            _ => Some(text_guid(entry, date)),
        };
    }
}

/// The guid of an entry that only what it says, or what comes along with it, tells from others.
fn text_guid(entry: &Entry, date: Option<Time>) -> String {
    let (summary, content) = (entry.summary.as_deref(), entry.content.as_deref());
    let words: String = [summary, content]
        .into_iter()
        .flatten()
        .flat_map(|html| html.split('<').enumerate())
        // What stands before the end of a tag does not count as text.
        .map(|(at, piece)| match piece.split_once('>') {
            Some((_, text)) if at > 0 => text,
            _ => piece,
        })
        .collect();
    let mut said = fingerprint::of_words(&words);
    if said == 0 {
        let files: Vec<&str> = entry.media.iter().map(|media| media.url.as_str()).collect();
        let beside = (&entry.image, &entry.comments, &entry.tags, &entry.authors);
        said = fingerprint::of_words(&format!("{beside:?} {files:?}"));
    }
    let begins = if entry.title.is_empty() {
        UNTITLED
    } else {
        TEXT
    };
    let made = made_guid(&entry.title, date);
    format!(
        "{begins}{said:016x} {}",
        made.strip_prefix(MADE).unwrap_or(&made)
    )
}

/// The guid of an entry that the fragment of its address tells from others of its address.
pub fn fragment_guid(url: &str) -> Option<String> {
    let fragment = fragment(url);
    (!fragment.is_empty()).then(|| format!("{MADE}#{fragment}"))
}

/// The guid of an entry that nothing but its title and date tells from others of its address.
pub fn made_guid(title: &str, date: Option<Time>) -> String {
    let date = date.map_or(String::new(), |date| date.to_string());
    format!("{MADE}{:016x} {date}", fingerprint::of_words(title))
}

/// Whether a guid was made here because the entry's own stands at several entries of its address.
pub fn replaces_another(guid: &str) -> bool {
    guid.starts_with(USELESS)
}

/// Whether a guid was made of all that tells an entry from others, so that one with another is another entry though its
/// title is the same.
pub fn tells_alone(guid: &str) -> bool {
    let rest = guid.strip_prefix(USELESS).unwrap_or(guid);
    [TEXT, UNTITLED, "newsprint:#"]
        .iter()
        .any(|begins| rest.starts_with(begins))
}

/// Whether a guid was made of an entry without a title.
pub fn is_untitled(guid: &str) -> bool {
    guid.starts_with(UNTITLED)
}

/// Whether a guid was made here, and so belongs to an entry that shares its address.
pub fn is_made(guid: &str) -> bool {
    guid.starts_with(MADE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(guid: &str, url: &str, title: &str) -> Entry {
        Entry {
            guid: Some(guid.to_owned()).filter(|guid| !guid.is_empty()),
            url: Some(url.to_owned()),
            title: title.to_owned(),
            ..Entry::default()
        }
    }

    fn guids(entries: &[Entry]) -> Vec<&str> {
        entries
            .iter()
            .map(|entry| entry.guid.as_deref().unwrap_or_default())
            .collect()
    }

    #[test]
    fn entries_of_one_address_get_guids_of_their_own() {
        let page = "https://a.example/notes";
        // Guids that differ stay.
        let mut entries = [entry("1", page, "One"), entry("2", page, "Two")];
        tell_apart(&mut entries);
        assert_eq!(guids(&entries), ["1", "2"]);
        // The address as the guid of all: the fragments tell.
        let mut entries = [
            entry(page, &format!("{page}#v1"), "One"),
            entry(page, &format!("{page}/#v2"), "Two"),
        ];
        tell_apart(&mut entries);
        assert_eq!(
            guids(&entries),
            [
                "newsprint:useless newsprint:#v1",
                "newsprint:useless newsprint:#v2"
            ]
        );
        // Neither: title and date.
        let mut entries = [
            entry("", page, "One"),
            entry("", page, "Two"),
            entry("", page, "One"),
            entry("", "https://a.example/other", "One"),
        ];
        entries[2].published = Some(Time::UNIX_EPOCH);
        tell_apart(&mut entries);
        let made = guids(&entries);
        assert!(made[..3].iter().all(|guid| is_made(guid)));
        assert!(made[0] != made[1] && made[0] != made[2] && made[3].is_empty());
    }

    #[test]
    fn entries_without_address_and_guid_are_told_apart_by_all_they_say() {
        let bare = |title: &str, text: &str| Entry {
            summary: Some(text.to_owned()),
            title: title.to_owned(),
            ..Entry::default()
        };
        let mut entries = [
            bare("", "<p title=x>The river</p>"),
            bare("", "The bridge"),
            bare("", "<b>The river</b>"),
            bare("Update", "The river"),
            bare("Update", "The bridge"),
            bare("Alone", "x"),
        ];
        entries[5].published = Some(Time::UNIX_EPOCH);
        tell_apart(&mut entries);
        let made = guids(&entries);
        assert!(made[0] != made[1] && made[0] == made[2] && made[3] != made[4]);
        assert!(made[..5].iter().all(|guid| tells_alone(guid)));
        assert!(is_untitled(made[0]) && !is_untitled(made[3]));
        assert_eq!(made[5], "", "a title and a date are enough");
        let mut dated = [bare("Update", ""), bare("Update", "")];
        dated[0].published = Some(Time::UNIX_EPOCH);
        tell_apart(&mut dated);
        assert_ne!(dated[0].guid, dated[1].guid);
    }

    #[test]
    fn a_guid_of_several_addresses_says_nothing() {
        let mut entries = [
            entry("x", "https://a.example/1", "One"),
            entry("x", "https://a.example/2", "Two"),
            entry("y", "https://a.example/3", "Three"),
        ];
        tell_apart(&mut entries);
        assert_eq!(guids(&entries), ["", "", "y"]);
    }

    #[test]
    fn addresses_of_one_story_are_one() {
        let of = story_address;
        assert_eq!(
            of("https://www.Example.org/a/b/"),
            of("http://example.org/a/b#x")
        );
        assert_ne!(of("https://example.org/a/b"), of("https://example.org/a/B"));
        assert_ne!(
            of("https://example.org/#!/one"),
            of("https://example.org/#!/two")
        );
        assert_eq!(
            (fragment("https://a.example/#v1"), fragment("x")),
            ("v1", "")
        );
    }
}
