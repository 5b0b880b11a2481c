//! Articles that tell of many events and belong to none: live blogs, digests, briefings; told by their titles.
//! Never here: anything but titles.

/// Words of such titles, in lower case; several languages.
const WORDS: &[&str] = &[
    "live updates",
    "live update",
    "live blog",
    "liveblog",
    "live-blog",
    "as it happened",
    "live coverage",
    "minute by minute",
    "rolling updates",
    "latest updates",
    "morning briefing",
    "evening briefing",
    "daily briefing",
    "weekly briefing",
    "news briefing",
    "morning brief",
    "daily brief",
    "news in brief",
    "in brief:",
    "briefly:",
    "morning digest",
    "evening digest",
    "daily digest",
    "weekly digest",
    "news digest",
    "news roundup",
    "news round-up",
    "weekly roundup",
    "daily roundup",
    "week in review",
    "day in review",
    "year in review",
    "the week in",
    "week in pictures",
    "photos of the week",
    "photos of the day",
    "today in history",
    "on this day",
    "this week in",
    "what you need to know today",
    "things to know today",
    "things to know for",
    "top stories",
    "top headlines",
    "newsletter",
    "morning mail",
    "afternoon update",
    "first thing:",
    "newsticker",
    "news-ticker",
    "liveticker",
    "live-ticker",
    "im überblick:",
    "die lage am",
    "morgenlage",
    "kurzmeldungen",
    "nachrichtenüberblick",
    "en direct",
    "l'essentiel de l'actualité",
    "revue de presse",
    "minuto a minuto",
    "última hora en directo",
    "en directo",
    "resumen de la semana",
    "in diretta",
    "la diretta",
    "rassegna stampa",
    "ao vivo",
    "onlayn",
    "онлайн",
    "главное за",
    "итоги дня",
    "итоги недели",
    "дайджест",
    "обзор прессы",
];

/// Whether a title is that of a live blog, a digest or a briefing.
pub(crate) fn is_roundup(title: &str) -> bool {
    let lower = title.to_lowercase().replace('’', "'");
    let whole = |at: usize, len: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(lower[..at].chars().next_back()) && !letter(lower[at + len..].chars().next())
    };
    [
        "live:",
        "liveblog:",
        "live |",
        "live –",
        "live -",
        "briefing:",
        "digest:",
    ]
    .iter()
    .any(|head| lower.starts_with(head))
        || WORDS.iter().any(|words| {
            lower
                .match_indices(words)
                .any(|(at, found)| whole(at, found.len()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_roundups_are_known() {
        for title in [
            "Quake in Lerna: live updates",
            "Morning briefing: six things",
            "LIVE: vote in Lerna",
            "Newsticker vom Montag",
        ] {
            assert!(is_roundup(title), "{title}");
        }
        for title in [
            "Lerna votes",
            "A band goes live in Lerna",
            "Briefly closed, the harbour opens again",
        ] {
            assert!(!is_roundup(title), "{title}");
        }
    }
}
