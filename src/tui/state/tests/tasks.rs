//! What everyday tasks cost in key presses: never more than in newsboat, whose users come here.
//! Never here: what the keys do beside the task, which other tests assert.

use super::super::Pane;
use super::super::order::Order;
use super::World;
use crate::library::selection::Place;
use crate::tui::effect::{ConfigEdit, Effect, OutletChange};
use crate::tui::keymap::notation;
use newsprint_model::Mark;

const FIVE: [&str; 5] = [
    "Morning Post",
    "Evening Star",
    "Herald",
    "Kura Courier",
    "Lori Post",
];

#[rustfmt::skip]
const THIRTY: [&str; 30] = [
    "Anchor", "Beacon", "Chronicle", "Dispatch", "Echo", "Forum", "Gazette", "Horizon", "Inquirer", "Journal", "Kurier",
    "Ledger", "Mirror", "Notes", "Observer", "Press", "Quarterly", "Record", "Sentinel", "Tribune", "Unity", "Voice", "Witness",
    "Yearbook", "Zeitung", "Argus", "Bugle", "Clarion", "Digest", "Examiner",
];

/// A reader of so many articles and these outlets.
fn world(articles: i64, outlets: &[&str]) -> World {
    let outlets = outlets.iter().enumerate().map(|(at, name)| {
        format!("[[outlet]]\nname = \"{name}\"\nurl = \"https://paper{at}.example/\"\n")
    });
    World::new(articles, &outlets.collect::<String>())
}

/// Presses the keys, which may be `most`.
fn press<'a>(world: &'a mut World, keys: &str, most: usize) -> &'a mut World {
    let pressed = notation::parse(keys).unwrap().len();
    assert!(pressed <= most, "{keys}: {pressed} of {most} keys");
    world.keys(keys)
}

#[test]
fn reading_and_marking_cost_no_more_keys_than_in_newsboat() {
    let open = |world: &World| {
        let open = world.state.article.open.as_ref();
        open.map(|reading| reading.article.headline.id.0)
    };
    // The whole text of the newest one, which is unread, is there at once.
    let mut world = world(30, &FIVE);
    assert_eq!(open(&world), Some(30));
    press(&mut world, "<enter>", 1);
    assert_eq!(world.state.screen.focus, Pane::Article);
    // The next unread one.
    assert_eq!(open(press(&mut world, "n", 1)), Some(29));
    // A link of it.
    world.body = "<p><a href=\"https://far.example/1\">one</a> <a href=\"https://far.example/2\">two</a></p>".into();
    press(&mut world, "n", 1);
    press(&mut world, "2", 1);
    assert_eq!(
        world.asked,
        [Effect::Browse("https://far.example/2".into())]
    );
    // A star, and undoing it.
    press(&mut world, "s", 1);
    assert!(matches!(&world.asked[..], [Effect::Mark(ids, Mark::Star, _)] if ids.len() == 1));
    assert_eq!(press(&mut world, "u", 1).asked, [Effect::Undo]);
    // To a file, and to a command.
    press(&mut world, "S<enter>", 2);
    let saved = |effect: &Effect| matches!(effect, Effect::SaveAll { .. } | Effect::Save { .. });
    assert!(world.asked.iter().any(saved), "{:?}", world.asked);
    press(&mut world, "|", 1);
    world.text("wc");
    press(&mut world, "<enter>", 1);
    let piped = |effect: &Effect| matches!(effect, Effect::Pipe { .. });
    assert!(world.asked.iter().any(piped), "{:?}", world.asked);
}

#[test]
fn lists_cost_no_more_keys_than_in_newsboat() {
    // A list, and one of so many that it is asked first.
    let mut few = world(30, &FIVE);
    press(&mut few, "A", 1);
    assert!(matches!(&few.asked[..], [Effect::MarkList(_, Mark::Read)]));
    let mut many = world(300, &FIVE);
    press(&mut many, "AA", 2);
    assert!(matches!(&many.asked[..], [Effect::MarkList(_, Mark::Read)]));
    // Ten one by one.
    let mut world = world(30, &FIVE);
    press(&mut world, "MMMMMMMMMM", 10);
    let read = world.state.list.rows.iter().filter(|row| row.headline.read);
    assert_eq!(read.count(), 10);
    // The oldest first.
    press(&mut world, "go", 2);
    assert_eq!(world.state.list.order, Order::Oldest);
    // A search, and its first article.
    press(&mut world, "/", 1);
    world.text("story");
    press(&mut world, "<enter><enter>", 2);
    assert_eq!(world.state.screen.focus, Pane::Article);
}

#[test]
fn outlets_cost_no_more_keys_than_in_newsboat() {
    // The third of five, and any of thirty.
    let mut five = world(30, &FIVE);
    press(&mut five, "<C-p>he<enter>", 4);
    assert_eq!(five.state.choice.place, Place::Outlet("Herald".into()));
    let mut thirty = world(30, &THIRTY);
    for name in THIRTY {
        let begins = name[..3].to_lowercase();
        press(&mut thirty, &format!("<C-p>{begins}<enter>"), 5);
        assert_eq!(thirty.state.choice.place, Place::Outlet(name.into()));
    }
    // Another name, and no more of it.
    let mut world = world(30, &FIVE);
    press(&mut world, "en", 2);
    world.text("The Post");
    press(&mut world, "<enter>", 4);
    let renamed = Effect::EditConfig(ConfigEdit::ChangeOutlet {
        outlet: "Morning Post".into(),
        change: OutletChange::Name("The Post".into()),
    });
    assert_eq!(world.asked, [renamed]);
    press(&mut world, "exy", 6);
    assert!(matches!(
        &world.asked[..],
        [.., Effect::EditConfig(ConfigEdit::RemoveOutlet(name))] if name == "Morning Post"
    ));
}
