//! Stories in lists, by keys: folded lines, the front page, the list of one story and the way back.

use super::super::Pane;
use super::super::order::Order;
use super::World;
use crate::library::selection::{Place, Status, title};
use crate::tui::effect::Effect;
use crate::tui::event::{Event, Found, StoryChanged};
use newsprint_model::{ArticleId, Mark, StoryId};
use newsprint_store::{Fold, Folded, StoryChange, Telling};

/// Thirty articles; 30 stands for 29 and 27, and 20 for 19, where stories are folded.
fn world(text: &str) -> World {
    let mut world = World::new(30, text);
    for (shown, others, outlets) in [(30, vec![29, 27], 3), (20, vec![19], 2)] {
        let last = world.store[30 - shown as usize].sort;
        let folded = Folded {
            story: StoryId(*others.last().unwrap()),
            others: others
                .into_iter()
                .map(|id| Telling {
                    id: ArticleId(id),
                    read: false,
                    starred: false,
                })
                .collect(),
            outlets,
            names: vec!["Post".to_owned(); outlets as usize],
            first: last,
            last,
        };
        world.folds.insert(ArticleId(shown), folded);
    }
    world.keys("gg");
    world
}

fn marks(world: &World) -> Vec<(Vec<i64>, Mark)> {
    let marks = world.asked.iter().filter_map(|effect| match effect {
        Effect::Mark(ids, mark, _) => Some((ids.iter().map(|id| id.0).collect(), *mark)),
        _ => None,
    });
    marks.collect()
}

fn ids(world: &World) -> Vec<i64> {
    let rows = world.state.list.rows.iter();
    rows.map(|row| row.headline.id.0).collect()
}

fn fold(world: &World) -> Fold {
    world.state.list.list.as_ref().unwrap().fold
}

fn crumbs(world: &World) -> Vec<String> {
    title(&world.state.choice, &world.state.settings.views)
}

#[test]
fn a_folded_line_is_marked_as_one_and_undone_as_one() {
    let mut world = world("");
    assert_eq!(fold(&world), Fold::Unread);
    assert_eq!(ids(&world)[..4], [30, 28, 26, 25]);
    world.keys("m");
    assert_eq!(marks(&world), [(vec![30, 29, 27], Mark::Read)]);
    assert!(!world.state.list.rows[0].is_unread());
    // The cursor stays, nothing moves.
    assert_eq!((world.chosen(), ids(&world)[1]), (30, 28));
    world.keys("m");
    assert_eq!(marks(&world), [(vec![30, 29, 27], Mark::Unread)]);
    world.keys("s");
    assert_eq!(marks(&world), [(vec![30, 29, 27], Mark::Star)]);
    // With one of them unread the line is unread, and is marked as read whole.
    world.state.list.rows[0].headline.read = true;
    assert!(world.state.list.rows[0].is_unread());
    world.keys("m");
    assert_eq!(marks(&world), [(vec![30, 29, 27], Mark::Read)]);
    // Going on, ranges and the rows above are marked whole as well.
    world.keys("ggM");
    assert_eq!(marks(&world), [(vec![30, 29, 27], Mark::Read)]);
    world.keys("ggvjm");
    let (marked, _) = &marks(&world)[0];
    assert_eq!(*marked, [30, 29, 27, 28]);
    world.keys("u");
    assert_eq!(
        world
            .asked
            .iter()
            .filter(|effect| **effect == Effect::Undo)
            .count(),
        1
    );
    world.update(Event::Undone(Some("marked 4 articles as read".into())));
    assert!(world.state.list.rows[0].is_unread());
}

#[test]
fn the_article_that_is_open_is_marked_alone() {
    let mut world = world("[reader]\nmark_read = \"never\"\n");
    world.keys("<tab>");
    assert_eq!(world.state.screen.focus, Pane::Article);
    world.keys("m");
    assert_eq!(marks(&world), [(vec![30], Mark::Read)]);
    assert!(world.state.list.rows[0].is_unread());
}

#[test]
fn a_folded_line_opens_its_story_oldest_first_and_one_comes_back_step_by_step() {
    let mut world = world("");
    world.keys("gu");
    world.keys("<enter>");
    assert_eq!(ids(&world), [27, 29, 30]);
    assert_eq!(
        (fold(&world), world.state.list.order),
        (Fold::Never, Order::Oldest)
    );
    assert_eq!(crumbs(&world), ["Story 30 of the day"]);
    assert_eq!(world.state.screen.focus, Pane::List);
    world.keys("<enter>");
    assert_eq!(world.state.screen.focus, Pane::Article);
    world.keys("q");
    assert_eq!(
        (world.state.screen.focus, ids(&world).len()),
        (Pane::List, 3)
    );
    // What narrows the story is taken off first.
    world.keys("f").text("is:unread").keys("<enter>");
    assert!(world.state.choice.filter.is_some());
    world.keys("<esc>");
    assert!(world.state.choice.filter.is_none() && world.state.choice.story.is_some());
    world.keys("<esc>");
    assert!(world.state.choice.story.is_none());
    assert_eq!(world.state.choice.status, Status::Unread);
    assert_eq!(world.state.list.order, Order::Newest);
    assert_eq!((world.chosen(), ids(&world)[1]), (30, 28));
    // An order that was chosen for a story is not the place's.
    world.keys("<enter>go");
    assert_ne!(world.state.list.order, Order::Oldest);
    world.keys("q");
    assert_eq!(world.state.list.order, Order::Newest);
    // A line of one article opens that.
    world.keys("j<enter>");
    assert_eq!(world.state.screen.focus, Pane::Article);
}

#[test]
fn the_front_page_is_reached_by_a_key_and_left_step_by_step() {
    let mut world = world("");
    world.keys("gS");
    assert_eq!(world.state.choice.place, Place::Stories);
    assert_eq!((fold(&world), ids(&world)), (Fold::Front, vec![30, 20]));
    let chosen = world.state.side.chosen().map(|row| row.name.clone());
    assert_eq!(chosen.as_deref(), Some("Stories"));
    world.keys("jm");
    assert_eq!(marks(&world), [(vec![20, 19], Mark::Read)]);
    world.keys("<enter>");
    assert_eq!(crumbs(&world), ["Stories", "Story 20 of the day"]);
    assert_eq!(ids(&world), [19, 20]);
    world.keys("h");
    assert_eq!(
        (crumbs(&world), world.chosen()),
        (vec!["Stories".to_owned()], 20)
    );
    // The key leads back from a story as well; another place is not a story's.
    world.keys("<enter>gS");
    assert_eq!(ids(&world), [30, 20]);
    world.keys("<enter>gd");
    assert_eq!(
        (crumbs(&world), ids(&world).len()),
        (vec!["Today".to_owned()], 27)
    );
    assert_eq!(world.state.list.order, Order::Newest);
    // It has one line a story whatever is set, and an order of its own.
    world.keys("gSgf");
    assert_eq!((fold(&world), ids(&world).len()), (Fold::Front, 2));
    world.keys("go");
    assert_eq!(
        (world.state.list.order, ids(&world).len()),
        (Order::Newest, 2)
    );
}

#[test]
fn stories_are_folded_as_set_and_by_a_key_for_the_list_at_hand() {
    let mut world = world("");
    world.keys("gf");
    assert_eq!((fold(&world), ids(&world).len()), (Fold::Never, 30));
    world.keys("jjgf");
    assert_eq!((fold(&world), ids(&world).len()), (Fold::Always, 27));
    // Other lists are as set.
    world.keys("gfgd");
    assert_eq!(fold(&world), Fold::Unread);
    for (set, expected) in [("never", Fold::Never), ("always", Fold::Always)] {
        let event = world.configured(format!("[reader]\nfold = \"{set}\"\n"));
        world.update(event);
        assert_eq!(fold(&world), expected);
    }
    // What was done by hand stays.
    world.keys("ga");
    world.state.choice.place = Place::All;
    world.keys("gg");
    assert_eq!(fold(&world), Fold::Never);
    // What a search finds is not folded.
    world.keys("/").text("story").keys("<enter>");
    assert_eq!(fold(&world), Fold::Never);
}

#[test]
fn the_reader_starts_with_the_front_page_where_that_is_set() {
    let world = World::new(3, "[reader]\nstart = \"stories\"\n");
    assert_eq!(world.state.choice.place, Place::Stories);
    assert_eq!(fold(&world), Fold::Front);
}

#[test]
fn an_article_is_taken_out_of_its_story_put_in_another_and_both_undone() {
    let mut world = world("");
    let asked = |world: &World| world.asked.last().cloned();
    world.keys("gp");
    assert!(
        world
            .asked
            .contains(&Effect::PartStory(vec![ArticleId(30)]))
    );
    let changed = |articles: usize| StoryChanged {
        said: "Took 1 article out of its story".to_owned(),
        change: (articles > 0).then(StoryChange::default),
        left: Some(StoryId(27)),
    };
    world.update(Event::StoryChanged(Box::new(changed(1))));
    let said = &world.state.messages.shown.as_ref().unwrap().text;
    assert_eq!(said, "Took 1 article out of its story (u: undo)");
    world.keys("u");
    assert!(matches!(asked(&world), Some(Effect::UndoStory(_))));
    // A picked range becomes one story.
    world.keys("gg v j gJ");
    let ids: Vec<i64> = ids(&world);
    let joined = Effect::JoinStory(vec![ArticleId(ids[1])], ArticleId(ids[0]));
    assert!(world.asked.contains(&joined));
    // One article is put in a story that is chosen.
    world.keys("G gJ");
    assert!(world.asked.contains(&Effect::LoadRecentStories));
    let row = world.state.list.rows[0].clone();
    world.update(Event::RecentStories(vec![Found {
        headline: row.headline,
        snippet: Vec::new(),
        folded: row.folded,
    }]));
    world.keys("<enter>");
    assert!(matches!(
        asked(&world),
        Some(Effect::JoinStory(ids, ArticleId(30))) if ids.len() == 1
    ));
}
