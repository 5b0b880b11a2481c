//! What makes an entry of a source one article and no other: its address, and where several share an
//! address their guids, fragments, titles and dates.
//! Never here: which article is stored under it (`newsprint-store`).

use std::collections::{HashMap, HashSet};

use crate::{Entry, Time, fingerprint};

/// What the guids that are made here begin with; no feed writes it.
const MADE: &str = "newsprint:";

/// What they begin with where the entry has a guid, but others of its address have the same.
const USELESS: &str = "newsprint:useless ";

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
/// and without one, says nothing and is removed.
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
            let of_title = || made_guid(&entry.title, entry.published.or(entry.updated));
            let made = of_fragment.unwrap_or_else(of_title);
            entry.guid = Some(match entry.guid {
                None => made,
                Some(_) => format!("{USELESS}{made}"),
            });
        }
    }
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
