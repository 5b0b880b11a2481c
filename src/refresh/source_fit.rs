//! Whether what a source gives suits the page that the reader named: its language, and whether it goes on.
//! Never here: asking for sources, which of them is taken.

use std::collections::HashSet;

use newsprint_model::{Feed, Time, address_key};
use newsprint_parse::discover;

/// Languages that are told apart by a few headlines only with luck.
const ALIKE: &[&[&str]] = &[
    &["hr", "sr", "bs", "sl"],
    &["cs", "sk"],
    &["no", "nb", "nn", "da", "sv"],
    &["ru", "uk", "be", "bg", "mk"],
    &["es", "pt", "gl", "ca"],
    &["id", "ms"],
    &["az", "tr"],
    &["nl", "af"],
];

/// Whether a feed found for a page in the language `lang` is in another one: by the addresses of its articles,
/// else by its headlines. What a feed declares is a setting that many outlets never touch: it can only clear it.
pub(super) fn speaks_another(lang: Option<&str>, feed: &Feed) -> bool {
    let Some(lang) = lang else {
        return false;
    };
    let (mut own, mut other) = (0, 0);
    let addresses = feed.entries.iter().filter_map(|entry| entry.url.as_deref());
    for code in addresses.filter_map(discover::address_language) {
        if code == lang {
            own += 1;
        } else {
            other += 1;
        }
    }
    if (own + other) * 2 >= feed.entries.len() && own + other > 0 {
        return other > own;
    }
    let declared = feed.lang.as_deref().unwrap_or_default();
    if declared.to_ascii_lowercase().starts_with(lang) {
        return false;
    }
    let titles: Vec<&str> = feed.entries.iter().map(|one| one.title.as_str()).collect();
    let written = newsprint_html::language(&titles.join(". "));
    let alike = |a: &str, b: &str| ALIKE.iter().any(|kin| kin.contains(&a) && kin.contains(&b));
    written.is_some_and(|written| written != lang && !alike(written, lang))
}

/// Days after which a feed that gives nothing new is taken for one that nobody feeds any more.
const ENDED: i64 = 365;

/// Whether the newest entry of a feed is long past. Without dates nothing is known.
pub(super) fn ended(feed: &Feed, now: Time) -> bool {
    let dates = feed.entries.iter();
    let newest = dates
        .filter_map(|entry| entry.published.max(entry.updated))
        .max();
    newest.is_some_and(|newest| now.as_second() - newest.as_second() > ENDED * 86_400)
}

/// Whether a good part of what the page lists stands in the feed.
pub(super) fn covers(feed: &Feed, page: &Feed) -> bool {
    let addresses = |feed: &Feed| -> HashSet<String> {
        let urls = feed.entries.iter().filter_map(|entry| entry.url.as_deref());
        urls.map(address_key).collect()
    };
    let (known, listed) = (addresses(feed), addresses(page));
    listed.intersection(&known).count() * 3 >= listed.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsprint_model::Entry;

    fn feed(lang: Option<&str>, at: &str, titles: &[&str]) -> Feed {
        let entry = |(n, title): (usize, &&str)| Entry {
            url: Some(format!("https://valley.example{at}{n}")),
            title: (*title).to_owned(),
            ..Entry::default()
        };
        Feed {
            lang: lang.map(str::to_owned),
            entries: titles.iter().enumerate().map(entry).collect(),
            ..Feed::default()
        }
    }

    #[test]
    fn a_feed_that_ended_gives_way_to_a_page_that_goes_on() {
        let now: Time = "2031-05-20T00:00:00Z".parse().unwrap();
        let mut old = feed(None, "/n/", &["one", "two", "three"]);
        assert!(!ended(&old, now), "without dates nothing is known");
        old.entries[1].published = Some("2030-01-01T00:00:00Z".parse().unwrap());
        assert!(ended(&old, now));
        assert!(!ended(&old, "2030-06-01T00:00:00Z".parse().unwrap()));
        assert!(covers(&old, &feed(None, "/n/", &["one", "two"])));
        assert!(!covers(&old, &feed(None, "/new/", &["one", "two"])));
    }

    #[test]
    fn addresses_then_headlines_tell_the_language() {
        let german = [
            "Die Brücke über den Fluss ist nach langen Arbeiten wieder offen",
            "Der Stadtrat stimmt über das Geld für die neue Straßenbahn ab",
            "Lehrer und Ministerium einigen sich auf mehr Lohn",
        ];
        let english = [
            "The bridge over the river is open again after long works",
            "The council votes on the money for the new tram line",
            "Teachers and the ministry agree on higher pay",
        ];
        let en = Some("en");
        assert!(speaks_another(en, &feed(None, "/de/n/", &english)));
        assert!(!speaks_another(en, &feed(Some("de"), "/en/n/", &german)));
        assert!(speaks_another(en, &feed(None, "/n/", &german)));
        assert!(!speaks_another(en, &feed(Some("de"), "/n/", &english)));
        assert!(!speaks_another(en, &feed(Some("en-GB"), "/n/", &german)));
        assert!(!speaks_another(None, &feed(None, "/de/n/", &german)));
        assert!(!speaks_another(en, &feed(None, "/n/", &[])));
    }
}
