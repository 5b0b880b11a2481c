//! What a person decided holds whatever comes later, and a window that is read back goes on as it was.
//! Never here: texts of anybody's; these are made up.

use newsprint_stories::{Article, Profile, Window};

const TEXTS: [&str; 6] = [
    "A crane fell on the eastern quay of Lerna harbour on Tuesday. Fourteen workers were hurt, Mayor Anna Osk said.",
    "Fourteen workers were hurt when a crane collapsed on the eastern quay in Lerna harbour, Mayor Anna Osk said on Tuesday.",
    "Lerna harbour closed: the crane that fell on the quay hurt fourteen workers on Tuesday, said Anna Osk, the mayor of Lerna.",
    "Parliament in Karsk passed the budget of 61 billion crowns. Finance minister Ilo Brandt promised lower taxes.",
    "Karsk: the budget of 61 billion crowns has passed parliament, and minister Ilo Brandt promised lower taxes for Karsk.",
    "The crane of Lerna harbour had rust, inspectors of the quay told Mayor Anna Osk before it fell and hurt fourteen workers.",
];

fn article(at: usize) -> Article {
    Article {
        id: at as i64 + 1,
        time: 1_700_000_000 + at as i64 * 3_600,
        lang: "en".into(),
        address: 0,
        outlet: 0,
        title: 0,
        profile: Profile::of("", TEXTS[at], "en"),
    }
}

fn stories(window: &Window) -> Vec<i64> {
    (1..=TEXTS.len() as i64)
        .filter_map(|id| window.story_of(id))
        .collect()
}

#[test]
fn parted_articles_stay_apart_and_joined_ones_together() {
    for together in [1, 2, 6] {
        let mut window = Window::new();
        window.apart(1, 2);
        window.together(3, 4);
        let all: Vec<Article> = (0..TEXTS.len()).map(article).collect();
        for batch in all.chunks(together) {
            window.add(batch);
        }
        let found = stories(&window);
        assert_ne!(found[0], found[1], "{together}");
        assert_eq!(found[2], found[3], "{together}");
    }
}

#[test]
fn a_story_is_called_by_one_of_its_articles_and_what_moves_is_said() {
    let mut window = Window::new();
    let mut known: Vec<i64> = Vec::new();
    for at in 0..TEXTS.len() {
        let batch = window.add(&[article(at)]);
        known.push(batch.placed[0].story);
        for (id, story) in batch.moved {
            known[id as usize - 1] = story;
        }
        assert_eq!(known, stories(&window));
        for story in &known {
            assert_eq!(window.story_of(*story), Some(*story));
        }
    }
}

#[test]
fn a_window_that_is_read_back_goes_on_as_it_was() {
    let mut window = Window::new();
    let first: Vec<Article> = (0..4).map(article).collect();
    window.add(&first);
    let mut again = Window::new();
    for one in &first {
        again.restore(one, window.story_of(one.id).unwrap());
    }
    let rest: Vec<Article> = (4..6).map(article).collect();
    assert_eq!(window.add(&rest), again.add(&rest));
    assert_eq!(stories(&window), stories(&again));
}
