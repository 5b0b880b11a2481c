//! Articles that were placed by a teaser and have their whole text now.
//! Never here: when an article is looked at again.

use newsprint_stories::{Article, Profile, Window};

const CRANE: (&str, &str) = (
    "Crane falls in Lerna harbour",
    "A crane fell on the eastern quay of Lerna harbour on Tuesday morning. Fourteen workers were hurt, two of them badly. \
     The harbour was closed for all ships. Mayor Anna Osk called it the worst accident in the harbour since 1998.",
);
const CRANE_TOO: (&str, &str) = (
    "Fourteen hurt as crane collapses in Lerna",
    "Fourteen dock workers were injured when a crane collapsed in the harbour of Lerna, Mayor Anna Osk said on Tuesday. \
     The crane came down on the eastern quay in the morning. Ships were turned away. It is the worst accident there since 1998.",
);
const BUDGET: (&str, &str) = (
    "Karsk passes its budget",
    "Parliament in Karsk passed the budget of 61 billion crowns on Tuesday. The opposition left the hall before the vote. \
     Finance minister Ilo Brandt promised lower taxes next year, and more money for schools.",
);
const TEASER: (&str, &str) = ("Lerna", "Read more.");

fn article(id: i64, (title, text): (&str, &str)) -> Article {
    Article {
        id,
        time: 1_718_000_000 + id * 600,
        lang: "en".into(),
        profile: Profile::of(title, text, "en"),
        ..Article::default()
    }
}

/// A window as another process finds it: these articles with these stories.
fn left(articles: &[(Article, i64)]) -> Window {
    let mut window = Window::new();
    for (article, story) in articles {
        window.restore(article, *story);
    }
    window
}

#[test]
fn a_teaser_that_becomes_a_text_joins_its_story() {
    let mut window = Window::new();
    window.add(&[article(1, CRANE), article(2, TEASER), article(3, BUDGET)]);
    window.add(&[article(4, CRANE_TOO)]);
    assert_eq!(
        [1, 2, 3, 4].map(|id| window.story_of(id)),
        [1, 2, 3, 1].map(Some)
    );
    let mut window = left(&[
        (article(1, CRANE), 1),
        (article(2, CRANE_TOO), 2),
        (article(3, BUDGET), 3),
    ]);
    assert_eq!(window.look_again(&[2]), [(2, 1)]);
    assert_eq!(window.look_again(&[2, 3]), []);
}

#[test]
fn an_article_that_tells_of_something_else_now_leaves_its_story() {
    let others = [(article(2, CRANE), 1), (article(3, CRANE_TOO), 1)];
    // The first is the one that the story is called by: those that stay take another number.
    let mut window = left(&[
        (article(1, BUDGET), 1),
        others[0].clone(),
        others[1].clone(),
    ]);
    let moved = window.look_again(&[1]);
    assert!(!moved.is_empty());
    assert_eq!(window.story_of(2), window.story_of(3));
    assert_ne!(window.story_of(1), window.story_of(2));
    // What a person has joined stays.
    let mut window = left(&[
        (article(1, BUDGET), 1),
        others[0].clone(),
        others[1].clone(),
    ]);
    window.together(1, 2);
    assert_eq!(window.look_again(&[1]), []);
    // So does a text that has changed a little.
    let corrected = CRANE.1.replace("Fourteen", "Fifteen");
    let mut window = left(&[(article(1, (CRANE.0, &corrected)), 1), others[1].clone()]);
    assert_eq!(window.look_again(&[1]), []);
}
