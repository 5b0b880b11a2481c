//! Ten events, each as it was told first, in other words by a later text, and as outlets edit the text of an agency, in
//! whatever order they come. The texts are those of `said`.
//! Never here: what is new in them.

use std::collections::BTreeSet;

use newsprint_stories::{Article, Profile, Window, sentences};

const EVENTS: [&str; 10] = [
    include_str!("follow_ups/01-merger.txt"),
    include_str!("follow_ups/02-trial.txt"),
    include_str!("follow_ups/03-flood.txt"),
    include_str!("follow_ups/04-rocket.txt"),
    include_str!("follow_ups/05-strike-de.txt"),
    include_str!("follow_ups/06-football.txt"),
    include_str!("follow_ups/07-election-fr.txt"),
    include_str!("follow_ups/08-virus-es.txt"),
    include_str!("follow_ups/09-mine-ru.txt"),
    include_str!("follow_ups/10-museum-it.txt"),
];

/// Tellings of one event: language, title, text. The first five are edits of one text.
fn tellings(file: &str) -> Vec<(String, String, String)> {
    let (head, later) = file.split_once("\n---\n").unwrap();
    let (lang, text) = head.split_once('\n').unwrap();
    let first: Vec<&str> = sentences(text).into_iter().map(|at| &text[at]).collect();
    let later: Vec<&str> = later
        .lines()
        .map(|one| one.trim_start_matches('+'))
        .collect();
    // Every fifth sentence lacks a word.
    let edited: Vec<String> = first
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let words: Vec<&str> = one.split(' ').collect();
            let kept = words.iter().enumerate();
            let kept = kept.filter(|(place, _)| at % 5 != 0 || *place != words.len() / 2);
            kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
        })
        .collect();
    [
        (first[0], first[1..].join(" ")),
        (first[2], first.join(" ")),
        (first[0], first[..first.len() * 2 / 3].join(" ")),
        (
            first[0],
            format!("{text} Follow us on all channels. Read more here."),
        ),
        (first[1], edited.join(" ")),
        (later[0], later[1..].join(" ")),
    ]
    .into_iter()
    .map(|(title, text)| (lang.to_owned(), title.to_owned(), text))
    .collect()
}

#[test]
fn an_event_is_one_story_in_whatever_words_and_order_it_is_told() {
    let told: Vec<(usize, Article, bool)> = EVENTS
        .iter()
        .enumerate()
        .flat_map(|(event, file)| {
            let tellings = tellings(file);
            tellings
                .into_iter()
                .enumerate()
                .map(move |(at, (lang, title, text))| {
                    let article = Article {
                        id: (event * 10 + at + 1) as i64,
                        time: 1_718_000_000 + (at * 3_600 + event * 60) as i64,
                        outlet: at as i64 + 1,
                        profile: Profile::of(&title, &text, &lang),
                        lang,
                        ..Article::default()
                    };
                    (event, article, at < 5)
                })
        })
        .collect();
    for step in [1, 7, 13, 59] {
        let mut window = Window::new();
        for at in 0..told.len() {
            let (_, article, _) = &told[at * step % told.len()];
            window.add(std::slice::from_ref(article));
        }
        assert_eq!(window.len(), told.len());
        let mut all = BTreeSet::new();
        let mut reworded = 0;
        for event in 0..EVENTS.len() {
            let of = |edits: bool| -> BTreeSet<Option<i64>> {
                let of = told.iter().filter(|(one, ..)| *one == event);
                let of = of.filter(|(.., is_edit)| *is_edit == edits);
                of.map(|(_, one, _)| window.story_of(one.id)).collect()
            };
            let (edits, other_words) = (of(true), of(false));
            assert_eq!(edits.len(), 1, "event {event}, step {step}");
            reworded += usize::from(edits == other_words);
            assert!(all.is_disjoint(&edits) && all.is_disjoint(&other_words));
            all.extend(edits.union(&other_words).copied());
        }
        // Of a language with six articles little is known of its words: one may be missed.
        assert!(reworded + 1 >= EVENTS.len(), "{reworded}, step {step}");
    }
    // What an agency's text was edited to is a copy of it.
    let mut window = Window::new();
    for (event, article, is_edit) in &told {
        let placed = window.add(std::slice::from_ref(article)).placed[0];
        let is_first = article.id == (event * 10 + 1) as i64;
        assert_eq!(
            placed.copy_of.is_some(),
            *is_edit && !is_first,
            "{}",
            article.id
        );
    }
}
