//! Faults that were met in days of reading, each with what a reader would notice.
//! Never here: what a day is made of (`daily`).

use super::super::order::Order;
use super::{World, now};
use crate::library::tags::Facet;
use crate::tui::effect::Effect;
use crate::tui::event::{Event, StoryOf, Tagged};
use crate::tui::keymap::notation;
use crate::tui::terminal::key::Input;
use newsprint_model::{ArticleId, Counts, Health, Media, TextState};
use newsprint_store::{FileState, TagsChange};

fn said(world: &World) -> &str {
    let message = world.state.messages.shown.as_ref();
    message.map_or("", |message| message.text.as_str())
}

/// The words of the open article's head.
fn head(world: &World) -> String {
    let reading = world.state.article.open.as_ref().unwrap();
    let lines: Vec<String> = reading.head.iter().map(|line| line.text()).collect();
    lines.join("\n")
}

#[test]
fn the_next_unread_article_is_found_beyond_the_rows_that_are_loaded() {
    let mut world = World::new(900, "[reader]\nsort = \"oldest\"\n");
    for row in &mut world.store {
        row.read = row.id.0 != 700;
    }
    let effects = world
        .state
        .show_place(&crate::library::selection::Place::Today);
    world.perform(effects);
    assert_eq!(world.chosen(), 1);
    assert!(world.state.list.rows.len() < 700);
    assert_eq!(world.keys("n").chosen(), 700);
    world.keys("n");
    assert_eq!(
        (world.chosen(), said(&world)),
        (700, "No more unread articles.")
    );
    assert_eq!(world.keys("gg").chosen(), 1);
}

#[test]
fn the_configs_order_holds_until_another_is_chosen_and_when_the_config_changes() {
    let mut world = World::new(30, "");
    assert_eq!(world.chosen(), 30);
    let oldest = world.configured("[reader]\nsort = \"oldest\"\n".into());
    world.update(oldest);
    assert_eq!((world.state.list.order, world.chosen()), (Order::Oldest, 1));
    // The one that is chosen for a place is kept for it, the config's own is not.
    assert!(!world.state.session().contains("order"));
    world.keys("gogogo");
    assert_eq!(world.state.list.order, Order::Newest);
    assert!(world.state.session().contains("order newest all"));
}

#[test]
fn an_outlet_that_there_is_not_is_named_with_the_one_that_was_meant() {
    let outlets = "[[outlet]]\nname = \"Herald\"\nurl = \"https://herald.example/\"\n";
    for (key, typed) in [
        ("f", "outlet:harald"),
        ("/", "outlet:harald vote"),
        (":", "mark-read outlet:harald"),
    ] {
        let mut world = World::new(3, outlets);
        world.keys(key).text(typed).keys("<enter>");
        assert_eq!(
            said(&world),
            "Unknown outlet: harald; did you mean Herald?",
            "{key}"
        );
        // The line stays, to be edited.
        assert!(world.state.prompt.line.is_some(), "{key}");
    }
}

#[test]
fn a_page_without_a_text_says_what_can_be_done() {
    let mut world = World::new(3, "");
    world.keys("x");
    let id = world.state.list.chosen().unwrap().id;
    world.update(Event::Fetched(id, Ok(TextState::Excerpt)));
    assert!(said(&world).contains("[outlet.select]"), "{}", said(&world));
    let explain = format!("newsprint show --explain {id}");
    assert!(said(&world).contains(&explain), "{}", said(&world));
    world.update(Event::Fetched(id, Ok(TextState::Full)));
    assert!(said(&world).contains(&explain), "{}", said(&world));
}

#[test]
fn an_episode_is_marked_and_its_sound_is_opened() {
    let mut world = World::new(3, "");
    world.media = vec![
        Media {
            url: "https://post.example/cover.jpg".into(),
            kind: "image/jpeg".into(),
            ..Media::default()
        },
        Media {
            url: "https://post.example/30.mp3".into(),
            kind: "audio/mpeg".into(),
            seconds: Some(2040),
            ..Media::default()
        },
    ];
    world.keys("j");
    assert!(
        head(&world).contains("Audio, 34 min (o: play)"),
        "{}",
        head(&world)
    );
    world.keys("o");
    assert_eq!(
        world.asked,
        [Effect::Browse("https://post.example/30.mp3".into())]
    );
}

#[test]
fn the_head_shows_tags_as_the_config_names_them_and_the_outlets_own_first() {
    let config = "[[outlet]]\nname = \"Morning Post\"\nurl = \"https://post.example/\"\ntags = [\"region\"]\n\
                  [tags.alias]\n\"Georgia\" = \"Sakartvelo\"\n";
    let mut world = World::new(3, config);
    world.keys("j");
    assert!(
        head(&world).contains("region, Sakartvelo"),
        "{}",
        head(&world)
    );
    assert!(!head(&world).contains("Georgia"));
}

#[test]
fn a_byline_that_the_head_has_is_not_the_first_paragraph_too() {
    let mut world = World::new(3, "");
    world.body = "<p>By Ada Example</p><p>The vote came late.</p>".into();
    world.keys("j");
    let reading = world.state.article.open.as_ref().unwrap();
    assert!(head(&world).contains("Ada Example"));
    assert_eq!(
        reading.laid.as_ref().unwrap().lines[0].text(),
        "The vote came late."
    );
}

#[test]
fn tags_of_one_article_are_not_listed_and_ones_own_come_first() {
    let mut world = World::new(3, "");
    let facet = |name: &str, total, unread, own| Facet {
        name: name.into(),
        tags: vec![name.into()],
        counts: Counts { total, unread },
        own,
        section: false,
    };
    world.state.side.set_tags(vec![
        facet("once", 1, 1, false),
        facet("many", 40, 0, false),
        facet("unread", 9, 8, false),
        facet("mine", 1, 0, true),
    ]);
    let names: Vec<&str> = world
        .state
        .side
        .tags
        .iter()
        .map(|tag| tag.name.as_str())
        .collect();
    assert_eq!(names, ["mine", "unread", "many", "once"]);
    assert_eq!(world.state.side.listed_tags(), 3);
}

#[test]
fn another_database_is_told_of_and_shown() {
    for (what, word) in [
        (FileState::Removed, "removed"),
        (FileState::Replaced, "replaced"),
        (FileState::Truncated, "cut short"),
        (FileState::LogLost, "log of the database"),
        (FileState::Damaged, "damaged"),
    ] {
        let mut world = World::new(3, "");
        world.keys("G");
        world.store.truncate(1);
        world.update(Event::OtherStore(what));
        assert!(said(&world).contains(word), "{}", said(&world));
        assert_eq!((world.chosen(), world.state.list.rows.len()), (3, 1));
    }
    // Made anew with the same articles, it leaves one where one was.
    let mut world = World::new(3, "");
    world.keys("G");
    for what in [FileState::LogLost, FileState::Replaced] {
        world.update(Event::OtherStore(what));
        assert_eq!(world.chosen(), 1, "{what:?}");
    }
    // Who has just gone to the top stays there.
    let mut effects = Vec::new();
    for key in notation::parse("gg").unwrap() {
        effects.extend(world.state.input(Input::Key(key)));
    }
    effects.extend(world.state.update(Event::OtherStore(FileState::LogLost)));
    world.perform(effects);
    assert_eq!(world.chosen(), 3);
}

#[test]
fn a_failing_outlet_is_explained_by_what_it_answered() {
    let config = "[[outlet]]\nname = \"Herald\"\nurl = \"https://herald.example/\"\n";
    let world = World::new(3, config);
    let shown = |error: &str, status: Option<u16>| {
        let health = Health {
            outlet: "Herald".into(),
            url: "https://herald.example/".into(),
            source: None,
            last_success: None,
            last_error: Some(error.into()),
            failing_since: Some(now()),
            status,
            next_fetch: None,
            stopped: None,
            notes: Vec::new(),
            counts: Counts::default(),
            account: None,
            waiting: None,
        };
        let lines = super::super::outlet_status::lines(&world.state, &health, 80);
        let words = lines.iter().flatten().map(|(text, _)| text.trim());
        words.collect::<Vec<_>>().join(" ")
    };
    // Fault 6: a server that is overloaded asks for nothing, and a page that is gone is no matter of the network.
    let busy = shown("HTTP 503: service unavailable", Some(503));
    assert!(
        !busy.contains("asks") && !busy.contains("network"),
        "{busy}"
    );
    let gone = shown("HTTP 404: not found", Some(404));
    assert!(!gone.to_lowercase().contains("network"), "{gone}");
    assert!(gone.contains("address"), "{gone}");
}

#[test]
fn an_article_is_tagged_by_hand_with_what_was_picked_and_untagged_by_undo() {
    let mut world = World::new(6, "");
    world.keys("gt").text("later, North C").keys("<tab>");
    let line = world.state.prompt.line.as_ref().unwrap();
    assert_eq!(line.text, "later, North Caucasus");
    world.keys("<enter>");
    let given = |ids: &[i64], add: &[&str], remove: &[&str]| Effect::GiveTags {
        ids: ids.iter().map(|id| ArticleId(*id)).collect(),
        add: add.iter().map(|tag| (*tag).to_owned()).collect(),
        remove: remove.iter().map(|tag| (*tag).to_owned()).collect(),
    };
    let asked = |world: &World, wanted: &Effect| world.asked.contains(wanted);
    assert!(asked(
        &world,
        &given(&[6], &["later", "North Caucasus"], &[])
    ));
    world
        .keys("vjj")
        .keys("gt")
        .text("#read, -later,")
        .keys("<enter>");
    assert!(
        asked(&world, &given(&[6, 5, 4], &["read"], &["later"])),
        "{:?}",
        world.asked
    );
    assert!(world.state.list.range().is_none());
    world.keys(":").text("tag-article soon").keys("<enter>");
    assert!(
        world
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::GiveTags { .. }))
    );

    let change = TagsChange {
        added: vec![(ArticleId(4), "soon".into())],
        removed: Vec::new(),
    };
    world.update(Event::Tagged(Box::new(Tagged {
        said: "tagged 1 article: soon".into(),
        change: Some(change.clone()),
    })));
    assert_eq!(said(&world), "Tagged 1 article: soon (u: undo)");
    world.keys("u");
    assert!(asked(&world, &Effect::UndoTags(change)));
}

#[test]
fn a_command_that_lacks_its_argument_says_which() {
    let mut world = World::new(3, "");
    world.keys(":").text("mark-read");
    let line = world.state.prompt.line.as_ref().unwrap();
    assert!(line.outcome.starts_with("QUERY"), "{}", line.outcome);
    world.keys("<enter>");
    assert_eq!(said(&world), "Usage: :mark-read QUERY");
}

#[test]
fn the_next_article_of_a_story_takes_the_cursor_along() {
    let mut world = World::new(6, "");
    world.keys("<enter>gn");
    let story = StoryOf {
        id: ArticleId(6),
        others: Vec::new(),
        next: Some(ArticleId(3)),
        new: None,
        related: Vec::new(),
    };
    world.update(Event::Story(Box::new(story)));
    assert_eq!((world.open_article(), world.chosen()), (3, 3));
}
