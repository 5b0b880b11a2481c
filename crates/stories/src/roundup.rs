//! Articles that belong to no event: live blogs, digests and briefings, which tell of many, guides and lists of what to
//! buy and offers of shops, which tell of none. They are known by their titles.
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

/// What guides are called, in lower case; several languages.
const GUIDES: &[&str] = &[
    "guide to",
    "guide for",
    "buying guide",
    "buyer's guide",
    "travel guide",
    "beginner's guide",
    "ultimate guide",
    "complete guide",
    "comprehensive guide",
    "for beginners",
    "checklist",
    "step by step",
    "step-by-step",
    "best practices",
    "tips for",
    "tips to",
    "pros and cons",
    "everything you need to know about",
    "die besten",
    "checkliste",
    "les meilleurs",
    "les meilleures",
    "guide d'achat",
    "los mejores",
    "las mejores",
    "i migliori",
    "le migliori",
    "os melhores",
    "as melhores",
];

/// What offers of shops are called, in lower case; several languages.
const OFFERS: &[&str] = &[
    "for less than $",
    "for less than £",
    "for less than €",
    "for under $",
    "for under £",
    "for under €",
    "for just $",
    "for just £",
    "for only $",
    "for only £",
    "on sale for $",
    "on sale for £",
    "% off",
    "save $",
    "save £",
    "best deals",
    "deal of the day",
    "deals of the day",
    "black friday deal",
    "black friday deals",
    "cyber monday deal",
    "cyber monday deals",
    "prime day deals",
    "promo code",
    "discount code",
    "gift guide",
    "gift ideas",
    "schnäppchen",
    "% rabatt",
    "gutscheincode",
    "bon plan",
    "bons plans",
    "code promo",
    "idées cadeaux",
    "% de descuento",
    "% di sconto",
    "% de desconto",
    "% korting",
];

/// What lists promise of what they are of, after a number.
const PROMISED: &[&str] = &[
    "diy",
    "easy",
    "simple",
    "creative",
    "clever",
    "genius",
    "delicious",
    "healthy",
    "cheap",
    "affordable",
    "budget-friendly",
    "amazing",
    "awesome",
    "unique",
    "hacks",
    "recipes",
    "gifts",
    "gadgets",
    "einfache",
    "recettes",
    "recetas",
    "ricette",
    "receitas",
];

/// With which guides begin.
const GUIDE_HEADS: &[&str] = &[
    "how to ",
    "how do you ",
    "how do i ",
    "what is ",
    "what are ",
    "what's the difference",
];

/// What lists are of, after a number or beside a year.
const LISTED: &[&str] = &[
    "best",
    "top",
    "tips",
    "ways",
    "ideas",
    "tools",
    "trends",
    "essential",
    "must-have",
    "predictions",
];

/// Whether a title is that of a guide, or of a list such as "The 10 best …" or "Top … of 2025".
fn is_guide(lower: &str) -> bool {
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || ":,|()[]?!".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    let is_count = |word: &str| {
        word.parse::<u32>()
            .is_ok_and(|count| (2..=101).contains(&count))
    };
    let is_year = |word: &str| {
        word.parse::<u32>()
            .is_ok_and(|year| (2000..2100).contains(&year))
    };
    let listed = words.iter().any(|word| LISTED.contains(word));
    let counts = words.iter().take(3).any(|word| is_count(word));
    // Anywhere else such a word may be of an event: "3 hurt in cheap flat".
    let promised = words
        .iter()
        .take(4)
        .skip_while(|word| !is_count(word))
        .skip(1)
        .take(2)
        .any(|word| PROMISED.contains(word));
    GUIDE_HEADS.iter().any(|head| lower.starts_with(head))
        || (listed && (counts || words.iter().any(|word| is_year(word))))
        || promised
}

/// Whether a title is that of a live blog, a digest, a briefing, a guide, a list or an offer.
pub(crate) fn is_roundup(title: &str) -> bool {
    let lower = title.to_lowercase().replace('’', "'");
    if is_guide(&lower) {
        return true;
    }
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = |at: usize, words: &str| {
        let end = at + words.len();
        // A sign has no word beside it to be a part of: `50% off`, `less than $300`.
        let before = letter(words.chars().next()) && letter(lower[..at].chars().next_back());
        let after = letter(words.chars().next_back()) && letter(lower[end..].chars().next());
        !before && !after
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
        || WORDS.iter().chain(GUIDES).chain(OFFERS).any(|words| {
            lower
                .match_indices(words)
                .any(|(at, found)| whole(at, found))
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
            "The 10 Best Cranes of 2024 (Tested)",
            "Top Harbour Trends in 2025",
            "How to climb a crane",
            "Cranes: A Beginner’s Guide to Lifting",
            "Die besten Kräne im Vergleich",
            "15 Easy Crane Models to Build at Home",
            "The 9 Most Delicious Soups of Lerna",
            "Lift more with a crane for less than $300",
            "Toy cranes are 40% off today",
            "Black Friday deals: cranes",
        ] {
            assert!(is_roundup(title), "{title}");
        }
        for title in [
            "Lerna votes",
            "A band goes live in Lerna",
            "Briefly closed, the harbour opens again",
            "Best actress of Lerna dies at 94",
            "7 questions about the vote of 2024",
            "Two dead as cheap flats burn in Lerna",
            "14 hurt in easy chair factory",
            "Karsk saves money by selling its cranes",
            "Savers of Lerna lose 40% offshore",
            "Top court of Karsk stops the sale",
        ] {
            assert!(!is_roundup(title), "{title}");
        }
    }
}
