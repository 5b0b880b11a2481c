//! What a reader does every day: the pane that follows, ranges, marks above and below, orders, digits,
//! confirmation, undo, outlets changed from inside, layouts.

use super::super::layout::Layout;
use super::super::order::Order;
use super::super::popup::Kind;
use super::super::{Pane, Status};
use super::{World, headline, now};
use crate::library::selection::Place;
use crate::tui::effect::{ConfigEdit, Effect, OutletChange, Timer};
use crate::tui::event::{Event, Refreshed};
use crate::tui::keymap::notation;
use crate::tui::terminal::key::{Code, Input, Key};
use newsprint_model::{ArticleId, Counts, Cursor, Mark, Time};

const OUTLETS: &str = "[[outlet]]\nname = \"Morning Post\"\nurl = \"https://post.example/\"\ngroup = \"World\"\n\
                       [[outlet]]\nname = \"Evening Star\"\nurl = \"https://star.example/\"\ngroup = \"World\"\n\
                       [[outlet]]\nname = \"Herald\"\nurl = \"https://herald.example/\"\n";

fn said(world: &World) -> &str {
    let message = world.state.messages.shown.as_ref();
    message.map_or("", |message| message.text.as_str())
}

fn shown(world: &World) -> Option<i64> {
    let open = world.state.article.open.as_ref();
    open.map(|reading| reading.article.headline.id.0)
}

fn marks(world: &World) -> Vec<(Vec<i64>, Mark)> {
    let marks = world.asked.iter().filter_map(|effect| match effect {
        Effect::Mark(ids, mark, _) => Some((ids.iter().map(|id| id.0).collect(), *mark)),
        _ => None,
    });
    marks.collect()
}

fn resize(world: &mut World, size: (u16, u16)) {
    let effects = world.state.resize(size);
    world.perform(effects);
}

/// Types keys in one burst: nothing is answered until all are typed.
fn burst(world: &mut World, text: &str) {
    let mut effects = Vec::new();
    for key in notation::parse(text).unwrap() {
        effects.extend(world.state.input(Input::Key(key)));
    }
    world.asked.clear();
    world.perform(effects);
}

#[test]
fn the_article_pane_follows_the_cursor_and_marks_nothing() {
    let mut world = World::new(30, "");
    assert_eq!(shown(&world), Some(30));
    assert_eq!(shown(world.keys("j")), Some(29));
    assert_eq!(shown(world.keys("G")), Some(1));
    assert_eq!(marks(&world), []);
    // It scrolls from the list, and is left where it was.
    world.body = "<p>One paragraph.</p>".repeat(100);
    world.keys("gg<C-e><C-e>");
    let top = |world: &World| world.state.article.open.as_ref().unwrap().top;
    assert_eq!((top(&world), world.state.screen.focus), (2, Pane::List));
    world.keys("<C-y>");
    assert_eq!(top(&world), 1);
    world.keys("<space>");
    assert!(top(&world) > 5);
    assert_eq!(marks(&world), []);
    // Opened, it is read.
    world.keys("<enter>");
    assert_eq!(marks(&world), [(vec![30], Mark::Read)]);
    assert_eq!(world.state.screen.focus, Pane::Article);
}

#[test]
fn going_back_to_an_article_costs_no_layout() {
    let mut world = World::new(30, "");
    world.keys("j");
    let effects = world.state.input(Input::Key(Key::plain(Code::Char('k'))));
    let again = |effect: &Effect| matches!(effect, Effect::LoadArticle(_) | Effect::LayOut { .. });
    assert!(!effects.iter().any(again), "{effects:?}");
    assert_eq!(shown(&world), Some(30));
}

#[test]
fn pictures_come_when_the_cursor_rests() {
    let mut world = World::new(30, "");
    world.state.settings.images = true;
    world.body = "<p><img src=\"https://post.example/a.png\" alt=\"A\"></p>".into();
    let pictures = |world: &World| {
        let asked = world.asked.iter();
        asked
            .filter(|effect| matches!(effect, Effect::LoadPicture { .. }))
            .count()
    };
    world.keys("j");
    let first = *world.timers.last().unwrap();
    world.keys("j");
    let last = *world.timers.last().unwrap();
    assert!(matches!((first, last), (Timer::Rest(_), Timer::Rest(_))));
    world.asked.clear();
    world.update(Event::Time(first));
    assert_eq!(pictures(&world), 0, "one has gone on");
    world.update(Event::Time(last));
    assert_eq!(pictures(&world), 1);
}

#[test]
fn a_half_read_article_opened_from_a_search_shows_the_match() {
    let mut world = World::new(3, "");
    let text = "<p>One paragraph.</p>".repeat(100);
    world.body = format!("{text}<p>The needle is here.</p>");
    world.keys("<enter>5jh");
    world.keys("/").text("needle").keys("<enter><enter>");
    let reading = world.state.article.open.as_ref().unwrap();
    let find = reading.find.as_ref().unwrap();
    let line = find.spots[0].line;
    let height = world.state.article_height();
    assert!(
        (reading.top..reading.top + height).contains(&line),
        "{} {line}",
        reading.top
    );
}

#[test]
fn macros_and_keys_typed_ahead_meet_the_rows_they_were_meant_for() {
    let config = "[[macro]]\nkey = \",p\"\ndescription = \"keep\"\nactions = [\"star\"]\ncommands = [[\"tee\"]]\n";
    let got = |text: &str| {
        let mut world = World::new(6, config);
        world.keys("/").text("zum");
        burst(&mut world, text);
        let command = world.asked.iter().find_map(|effect| match effect {
            Effect::RunMacro { id, .. } => *id,
            _ => None,
        });
        (command.map(|id| id.0), marks(&world))
    };
    // The list's first row has gone when its rows come.
    let mut world = World::new(6, config);
    let mut effects = Vec::new();
    for key in notation::parse("/zum<enter>,p").unwrap() {
        effects.extend(world.state.input(Input::Key(key)));
    }
    world.store.remove(0);
    world.asked.clear();
    world.perform(effects);
    assert_eq!(marks(&world), [(vec![5], Mark::Star)]);
    let command = |effect: &Effect| {
        matches!(
            effect,
            Effect::RunMacro {
                id: Some(ArticleId(5)),
                ..
            }
        )
    };
    assert!(world.asked.iter().any(command), "{:?}", world.asked);
    assert_eq!(got("<enter>,p"), (Some(6), vec![(vec![6], Mark::Star)]));
    // A macro whose own action opens another list: what follows it waits too.
    let config =
        "[[macro]]\nkey = \",u\"\nactions = [\"show-unread\", \"star\"]\ncommands = [[\"tee\"]]\n";
    let mut world = World::new(6, config);
    let mut effects = Vec::new();
    for key in notation::parse(",us").unwrap() {
        effects.extend(world.state.input(Input::Key(key)));
    }
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::RunMacro { .. } | Effect::Mark(..)))
    );
    world.store.remove(0);
    world.perform(effects);
    assert_eq!(
        marks(&world),
        [(vec![5], Mark::Star), (vec![5], Mark::Unstar)]
    );
    assert!(world.asked.iter().any(command), "{:?}", world.asked);
}

#[test]
fn a_refresh_typed_ahead_is_of_the_outlet_of_the_row_that_comes() {
    let mut world = World::new(6, OUTLETS);
    world.store[1].outlet = "Herald".into();
    let mut effects = Vec::new();
    for key in notation::parse("gur").unwrap() {
        effects.extend(world.state.input(Input::Key(key)));
    }
    world.store.remove(0);
    world.asked.clear();
    world.perform(effects);
    let refreshed = world.asked.iter().find_map(|effect| match effect {
        Effect::Refresh { outlets, .. } => Some(outlets.clone()),
        _ => None,
    });
    assert_eq!(refreshed, Some(vec!["Herald".to_owned()]));
}

#[test]
fn digits_are_counts_in_lists_and_links_in_an_article() {
    let mut world = World::new(30, "");
    assert_eq!(world.keys("12j").chosen(), 18);
    assert_eq!(world.keys("2k").chosen(), 20);
    let links: String = (1..=3)
        .map(|n| format!("<p><a href=\"https://far.example/{n}\">number {n}</a></p>"))
        .collect();
    world.body = format!("{links}{}", "<p>One paragraph.</p>".repeat(100));
    world.keys("<enter>").keys("2");
    assert_eq!(
        world.asked,
        [Effect::Browse("https://far.example/2".into())]
    );
    // No link has the number: it is a count as soon as another key follows.
    world.keys("05j");
    assert_eq!(world.state.article.open.as_ref().unwrap().top, 5);
}

#[test]
fn a_link_to_a_stored_article_opens_here() {
    let mut world = World::new(30, "");
    world.body = "<p><a href=\"https://post.example/story/7\">earlier</a></p>".into();
    world.keys("<enter>").keys("1");
    assert_eq!(shown(&world), Some(7));
    assert_eq!(world.state.screen.focus, Pane::Article);
    assert!(
        !world
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::Browse(_)))
    );
}

#[test]
fn a_range_is_marked_starred_copied_opened_and_saved_as_one() {
    let mut world = World::new(30, "");
    world.keys("jv3j").keys("s");
    assert_eq!(marks(&world), [(vec![29, 28, 27, 26], Mark::Star)]);
    assert_eq!(world.state.list.range(), None, "done with");
    world.keys("vk").keys("m");
    assert_eq!(marks(&world), [(vec![27, 26], Mark::Read)]);
    world.keys("vk").keys("y");
    assert_eq!(
        world.asked,
        [Effect::Copy(
            "https://post.example/story/28\nhttps://post.example/story/27".into()
        )]
    );
    world.keys("vj").keys("o");
    assert_eq!(world.asked.len(), 2);
    world.keys("vj").keys("S<enter>");
    assert!(world.asked.iter().any(|effect| matches!(
        effect,
        Effect::SaveAll { ids, folder } if ids.len() == 2 && folder == "articles"
    )));
    world.keys("vj|").text("wc -l").keys("<enter>");
    assert!(world.asked.iter().any(|effect| matches!(
        effect,
        Effect::Pipe { ids, .. } if ids.len() == 2
    )));
    // Esc ends it and marks nothing.
    world.keys("v4j").keys("<esc>");
    assert_eq!(
        (world.state.list.range(), marks(&world)),
        (None, Vec::new())
    );
}

#[test]
fn ten_are_marked_one_by_one_with_ten_keys_and_all_above_or_below_with_one() {
    let mut world = World::new(60, "");
    world.keys("MMMMMMMMMM");
    assert_eq!(marks(&world).len(), 10);
    assert_eq!(world.chosen(), 50);
    let read = |world: &World| {
        let rows = world.state.list.rows.iter();
        rows.filter(|row| row.headline.read).count()
    };
    assert_eq!(read(&world), 10);
    let place: Cursor = world.state.list.chosen().unwrap().cursor();
    world.keys("gj");
    assert!(matches!(
        &world.asked[..],
        [Effect::MarkSide { from, below: true, .. }] if *from == place
    ));
    assert_eq!(read(&world), world.state.list.rows.len() - 1);
    let mut world = World::new(60, "");
    world.keys("5jgk");
    assert!(matches!(
        &world.asked[..],
        [Effect::MarkSide { below: false, .. }]
    ));
    assert_eq!(read(&world), 5);
}

#[test]
fn a_list_of_many_is_marked_with_the_second_key() {
    let mut world = World::new(300, "");
    assert_eq!(world.keys("A").asked, []);
    assert_eq!(said(&world), "Mark 300 articles as read? Press A again.");
    // Another key between them is a no.
    assert_eq!(world.keys("jA").asked, []);
    assert!(matches!(
        &world.keys("A").asked[..],
        [Effect::MarkList(_, Mark::Read)]
    ));
    let mut world = World::new(30, "");
    assert!(matches!(&world.keys("A").asked[..], [Effect::MarkList(..)]));
}

#[test]
fn undo_says_what_and_shows_it_in_a_list_that_was_opened_without_it() {
    let mut world = World::new(14, "");
    world.keys("A");
    let all: Vec<_> = world.store.drain(..).collect();
    world.keys("gu");
    assert!(world.state.list.rows.is_empty());
    world.store = all;
    assert_eq!(world.keys("u").asked, [Effect::Undo]);
    world.update(Event::Undone(Some("marked 14 articles as read".into())));
    assert_eq!(said(&world), "Undone: marked 14 articles as read");
    assert_eq!(world.state.list.rows.len(), 14);
    world.update(Event::Undone(None));
    assert_eq!(said(&world), "Nothing to undo.");
}

#[test]
fn an_undone_mark_is_gone_to() {
    let mut world = World::new(60, "");
    world.keys("5jm").keys("30j").keys("u");
    world.update(Event::Undone(Some("marked 1 article as read".into())));
    assert_eq!(world.chosen(), 55);
}

#[test]
fn lists_have_orders_which_are_remembered_for_their_place() {
    let mut world = World::new(30, OUTLETS);
    world.keys("go");
    assert_eq!((world.chosen(), said(&world)), (1, "Oldest first"));
    assert_eq!(world.keys("3j").chosen(), 4);
    world.keys(":").text("outlet herald").keys("<enter>");
    assert_eq!(
        (world.state.list.order, world.chosen()),
        (Order::Newest, 30)
    );
    world.state.show_place(&Place::All);
    assert_eq!(world.state.list.order, Order::Oldest);
    // And in the next session.
    let kept = world.state.session();
    let mut next = World::new(30, OUTLETS);
    next.state.restore(&kept);
    assert_eq!(next.state.list.order, Order::Oldest);
    assert_eq!(next.keys("gogogo").state.list.order, Order::Newest);
}

#[test]
fn where_one_was_comes_back_with_the_status() {
    let mut world = World::new(60, "");
    world.keys("30j");
    world.keys("gsG");
    assert_ne!(world.chosen(), 30);
    world.keys("ga");
    assert_eq!(world.chosen(), 30);
}

#[test]
fn the_reader_starts_where_it_was_left_or_as_the_config_says() {
    let mut world = World::new(3, OUTLETS);
    world.keys(":").text("outlet herald").keys("<enter>gu");
    let kept = world.state.session();
    let mut next = World::new(3, OUTLETS);
    next.state.restore(&kept);
    assert_eq!(next.state.choice.place, Place::Outlet("Herald".into()));
    assert_eq!(next.state.choice.status, Status::Unread);
    let config = format!("[reader]\nstart = \"unread\"\n{OUTLETS}");
    let mut next = World::new(3, &config);
    next.state.restore(&kept);
    assert_eq!(next.state.choice.place, Place::All);
    assert_eq!(next.state.choice.status, Status::Unread);
    // What is kept of an outlet that is there no longer leads nowhere.
    let mut bare = World::new(3, "");
    bare.state.restore(&kept);
    assert_eq!(bare.state.choice.place, Place::All);
}

#[test]
fn an_outlet_is_gone_to_by_parts_of_its_name() {
    let mut world = World::new(3, OUTLETS);
    world.keys("<C-p>").text("evst").keys("<enter>");
    assert_eq!(
        world.state.choice.place,
        Place::Outlet("Evening Star".into())
    );
    world.keys("<C-p>").text("world").keys("<enter>");
    assert_eq!(world.state.choice.place, Place::Group("World".into()));
    // From within a group to what is unread of all.
    world.keys("<C-p>").text("unread").keys("<enter>");
    let choice = &world.state.choice;
    assert_eq!(
        (&choice.place, choice.status),
        (&Place::All, Status::Unread)
    );
    world.keys("<C-p>").text("outlet status").keys("<enter>");
    assert!(world.asked.contains(&Effect::LoadHealth));
}

#[test]
fn outlets_are_changed_from_the_sidebar_the_status_screen_and_the_command_line() {
    let change = |outlet: &str, change| {
        Effect::EditConfig(ConfigEdit::ChangeOutlet {
            outlet: outlet.into(),
            change,
        })
    };
    let mut world = World::new(3, OUTLETS);
    // From the list it is the article's outlet; typing takes the name's place.
    world.keys("en").text("The Post").keys("<enter>");
    assert_eq!(
        world.asked,
        [change(
            "Morning Post",
            OutletChange::Name("The Post".into())
        )]
    );
    // So it does where there is one already.
    world.keys("eg").text("Mornings").keys("<enter>");
    assert_eq!(
        world.asked,
        [change(
            "Morning Post",
            OutletChange::Group(Some("Mornings".into()))
        )]
    );
    world.keys("ep");
    assert_eq!(
        world.asked,
        [change("Morning Post", OutletChange::Paused(true))]
    );
    let health = world.state.side.outlets.clone();
    world.keys("E");
    world.update(Event::Health(health));
    world.keys("jet").text("stars, nights").keys("<enter>");
    let tags = OutletChange::Tags(vec!["stars".into(), "nights".into()]);
    assert_eq!(world.asked, [change("Evening Star", tags)]);
    // What is typed is one more tag, and no longer end of the last.
    let tagged = OUTLETS.replace("[[outlet]]", "[[outlet]]\ntags = [\"a\", \"b\"]");
    let mut with_tags = World::new(3, &tagged);
    with_tags.keys("et").text("c").keys("<enter>");
    let tags = OutletChange::Tags(vec!["a".into(), "b".into(), "c".into()]);
    assert_eq!(with_tags.asked, [change("Morning Post", tags)]);
    world.keys("ex").keys("y");
    assert_eq!(
        world.asked,
        [Effect::EditConfig(ConfigEdit::RemoveOutlet(
            "Evening Star".into()
        ))]
    );
    world.keys("ex").keys("n");
    assert_eq!(world.asked, []);
    world.keys("<esc>:").text("outlet herald").keys("<enter>");
    world
        .keys(":")
        .text("move-outlet https://new.example/")
        .keys("<enter>");
    let moved = Effect::Readdress {
        outlet: "Herald".to_owned(),
        url: "https://new.example/".to_owned(),
    };
    assert!(world.asked.contains(&moved), "{:?}", world.asked);
    // A name that is taken is refused while the line is there.
    world.keys("en").text("evening star").keys("<enter>");
    assert!(said(&world).contains("exists already"), "{}", said(&world));
}

#[test]
fn the_state_goes_by_a_config_that_has_changed() {
    let mut world = World::new(3, OUTLETS);
    world.keys(":").text("outlet herald").keys("<enter>");
    let text = world.config.replace("\"Herald\"", "\"The Herald\"");
    let event = world.configured(text);
    world.update(event);
    assert_eq!(world.state.choice.place, Place::Outlet("The Herald".into()));
    assert!(
        world
            .state
            .side
            .outlet_names()
            .contains(&"The Herald".to_owned())
    );
    // A removed one is shown no longer, and keys are those of the file.
    let event = world.configured("[keys]\n\"F7\" = \"star\"\n".to_owned());
    world.update(event);
    assert_eq!(world.state.choice.place, Place::All);
    world.keys("<f7>");
    assert_eq!(marks(&world).len(), 1);
}

#[test]
fn an_address_that_is_there_already_is_shown_and_a_failed_one_is_replaced_by_typing() {
    let mut world = World::new(3, OUTLETS);
    world
        .keys("a")
        .text("https://star.example/")
        .keys("<enter>");
    assert!(
        !world
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::Discover(_)))
    );
    assert_eq!(said(&world), "Already added as “Evening Star”.");
    assert_eq!(
        world.state.choice.place,
        Place::Outlet("Evening Star".into())
    );
    world
        .keys("a")
        .text("https://typo.example/")
        .keys("<enter>");
    world.update(Event::Discovered(Err("Cannot resolve typo.example".into())));
    world
        .keys("a")
        .text("https://right.example/")
        .keys("<enter>");
    assert_eq!(
        world.asked,
        [Effect::Discover("https://right.example/".into())]
    );
}

#[test]
fn esc_and_a_fast_key_are_esc_and_then_the_key() {
    let mut world = World::new(30, "");
    world.keys("<enter>");
    world.keys("<A-j>");
    assert_eq!((world.state.screen.focus, world.chosen()), (Pane::List, 29));
    // Within a chord, Esc ends the chord and nothing else.
    world.keys("<enter>");
    world.keys("g<A-j>");
    assert_eq!(world.state.screen.focus, Pane::Article);
    assert_eq!(said(&world), "");
}

#[test]
fn the_tag_picker_begins_anew_after_each_tick_and_ticked_tags_rise() {
    let mut world = World::new(3, "");
    world.keys("t").text("north").keys("<space>");
    let popup = world.state.popup.open.as_ref().unwrap();
    assert_eq!(popup.typed, "");
    assert_eq!(popup.matching_tags()[0].name, "North Caucasus");
    world.text("geo").keys("<space><enter>");
    assert_eq!(world.query(), "tag:\"North Caucasus\" tag:Georgia");
    assert!(!matches!(
        world.state.popup.open.as_ref().map(|popup| &popup.kind),
        Some(Kind::Tags { .. })
    ));
}

#[test]
fn a_refresh_of_all_says_that_outlets_fail() {
    let mut world = World::new(3, OUTLETS);
    // From an earlier session.
    world.failing = vec![("Herald".into(), "HTTP 503".into())];
    world.keys("gu");
    assert_eq!(world.state.refresh.failures, world.failing);
    world.refreshed(Refreshed {
        asked: vec!["Morning Post".into()],
        ..Refreshed::default()
    });
    assert_eq!(said(&world), "Nothing new. 1 failing (E: status)");
}

#[test]
fn outlets_are_refreshed_by_themselves_when_it_is_time_and_when_the_data_is_old() {
    let config = format!("[reader]\nrefresh = \"30m\"\n{OUTLETS}");
    let mut world = World::new(3, &config);
    assert!(world.timers.contains(&Timer::Refresh));
    world.asked.clear();
    world.update(Event::Time(Timer::Refresh));
    let refresh = Effect::Refresh {
        outlets: Vec::new(),
        force: false,
    };
    assert_eq!(world.asked, std::slice::from_ref(&refresh));
    // What fails is said once by those that nobody asked for, and each time by those that somebody did.
    let failing = || Refreshed {
        asked: vec!["Herald".into()],
        failed: vec![("Herald".into(), "HTTP 503".into())],
        ..Refreshed::default()
    };
    world.refreshed(failing());
    assert_eq!(said(&world), "Herald: HTTP 503");
    world.state.messages.shown = None;
    world.update(Event::Time(Timer::Refresh));
    world.refreshed(failing());
    assert_eq!(said(&world), "");
    world.update(Event::Time(Timer::Refresh));
    world.refreshed(Refreshed {
        new: 2,
        ..failing()
    });
    assert_eq!(said(&world), "2 new articles. 1 failing (E: status)");
    world.keys("R");
    world.refreshed(failing());
    assert_eq!(said(&world), "Herald: HTTP 503");
    world.state.messages.shown = None;
    world.update(Event::Time(Timer::Refresh));
    // Nothing is said of one that nobody asked for and that found nothing; the next is set.
    world.timers.clear();
    world.refreshed(Refreshed::default());
    assert_eq!(said(&world), "");
    assert_eq!(world.timers, [Timer::Refresh]);
    // Old data when the reader opens.
    let mut old = World::new(3, &config);
    old.state.now = Time::from_second(now().as_second() + 7_200).unwrap();
    old.state.side.known = false;
    old.asked.clear();
    let event = old.sidebar(0);
    old.update(event);
    assert_eq!(old.asked, [refresh]);
    // Never, there is no timer.
    assert_eq!(
        World::new(3, OUTLETS)
            .timers
            .iter()
            .filter(|timer| **timer == Timer::Refresh)
            .count(),
        0
    );
}

#[test]
fn the_window_is_divided_by_its_size_and_by_key() {
    let mut world = World::new(60, OUTLETS);
    let rows = |world: &World| world.state.list_height();
    for (size, least) in [((80, 24), 10), ((120, 35), 14), ((160, 50), 21)] {
        resize(&mut world, size);
        assert!(rows(&world) >= least, "{size:?}: {}", rows(&world));
        let panes = world.state.panes();
        assert_eq!(panes.outlets.is_some(), size.0 >= 100);
        let (list, article) = (panes.list.unwrap(), panes.article.unwrap());
        assert!(list.y < article.y && list.x == article.x && list.w == article.w);
        assert_eq!(panes.rule.unwrap().y, list.y + list.h);
    }
    resize(&mut world, (80, 20));
    assert_eq!(
        world.state.panes().article,
        None,
        "one of them where there are few rows"
    );
    resize(&mut world, (120, 40));
    let before = rows(&world);
    world.keys("<gt><gt>");
    assert!(rows(&world) > before);
    world.keys("<lt><lt><lt>");
    assert!(rows(&world) < before);
    let side = |world: &World| world.state.panes().outlets;
    world.keys("b");
    assert_eq!(side(&world), None);
    world.keys("b");
    assert!(side(&world).is_some());
    world.keys("w");
    let panes = world.state.panes();
    assert_eq!(panes.layout, Layout::Columns);
    assert_eq!(panes.list.unwrap().y, panes.article.unwrap().y);
    world.keys("w");
    assert_eq!(world.state.panes().layout, Layout::Single);
    let kept = world.state.session();
    let mut next = World::new(3, "");
    next.state.restore(&kept);
    assert_eq!(next.state.screen.layout, Layout::Single);
    // A drawer where there is no room beside the list.
    resize(&mut world, (80, 24));
    world.keys("wb");
    assert!(world.state.panes().drawer);
    world.keys("<esc>");
    assert!(!world.state.panes().drawer);
}

#[test]
fn groups_fold_and_have_the_sum_of_their_outlets() {
    let mut world = World::new(3, OUTLETS);
    world.keys("h");
    let names = |world: &World| -> Vec<String> {
        let rows = world.state.side.rows().iter();
        rows.map(|row| row.name.clone()).collect()
    };
    assert_eq!(
        names(&world)[5..],
        ["World", "Morning Post", "Evening Star", "Herald"]
    );
    let counts = world.state.side.counts(&Place::Group("World".into()));
    assert_eq!(counts.map(|counts| counts.unread), Some(6));
    world.keys("6j<space>");
    assert_eq!(names(&world)[5..], ["World", "Herald"]);
    assert_eq!(world.state.side.chosen().unwrap().name, "World");
    world.keys("<space>");
    assert_eq!(names(&world).len(), 9);
}

#[test]
fn what_may_follow_a_first_key_is_known_in_words() {
    let mut world = World::new(3, "");
    assert!(world.state.chord_hints().is_empty());
    world.keys("g");
    let hints = world.state.chord_hints();
    let about = |key: &str| {
        let found = hints.iter().find(|(have, _)| have == key);
        found.map(|(_, about)| about.clone())
    };
    assert_eq!(about("u").as_deref(), Some("show unread articles"));
    assert_eq!(
        about("o").as_deref(),
        Some("sort: newest, oldest, outlet, longest")
    );
    world.keys("<esc>");
    assert!(world.state.chord_hints().is_empty());
}

#[test]
fn new_articles_do_not_move_a_range_that_is_being_picked() {
    let mut world = World::new(30, "");
    world.keys("5jv2j");
    world.store.insert(0, headline(31));
    world.update(Event::Touched);
    assert_eq!(world.state.list.range(), Some(5..=7));
}

#[test]
fn the_command_line_says_what_enter_will_do() {
    let outcome = |world: &World| world.state.prompt.line.as_ref().unwrap().outcome.clone();
    let mut world = World::new(3, "");
    world.keys(":").text("star");
    assert_eq!(outcome(&world), "toggle star");
    world.keys("<C-u>").text("mark-read tag:Georgia");
    let query = world.asked.iter().rev().find_map(|effect| match effect {
        Effect::CountQuery(query) => Some(query.clone()),
        _ => None,
    });
    let query = query.expect("it is counted");
    let counts = |total| Counts {
        total,
        unread: total,
    };
    world.update(Event::QueryCounted(query.clone(), counts(212)));
    assert_eq!(outcome(&world), "marks 212 articles as read");
    // The count of what is typed no longer says nothing.
    world.text("x");
    let counted = query.clone();
    world.update(Event::QueryCounted(query, counts(7)));
    assert_eq!(outcome(&world), "");
    world.keys("<bs>");
    world.update(Event::QueryCounted(counted, counts(212)));
    world.keys("<enter>");
    assert!(
        world
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::MarkQuery(_)))
    );
    // What was announced, and what was marked besides.
    let marked = |changed| Event::Marked {
        changed,
        mark: Mark::Read,
        list: true,
    };
    world.update(marked(215));
    let with_copies = "Marked 212 articles as read, with 3 copies in other outlets (u: undo)";
    assert_eq!(said(&world), with_copies);
    world.update(marked(215));
    assert_eq!(said(&world), "Marked 215 articles as read (u: undo)");
}

#[test]
fn verbs_work_in_every_pane_on_the_article_that_is_shown() {
    let mut world = World::new(30, OUTLETS);
    world.keys("j<S-tab><S-tab>");
    assert_eq!(world.state.screen.focus, Pane::Outlets);
    world.keys("m");
    assert_eq!(marks(&world), [(vec![29], Mark::Read)]);
    assert_eq!(
        world.keys("y").asked,
        [Effect::Copy("https://post.example/story/29".into())]
    );
    // Esc in the list stays there.
    world.keys("<esc><esc>");
    assert_eq!(world.state.screen.focus, Pane::List);
}

#[test]
fn snippets_are_cut_for_the_columns_that_the_list_has() {
    let mut world = World::new(30, "");
    let width = |world: &mut World| {
        let effects = world.state.input(Input::Key(Key::plain(Code::Char('/'))));
        world.perform(effects);
        let mut asked = Vec::new();
        for c in "match".chars() {
            let effects = world.state.input(Input::Key(Key::plain(Code::Char(c))));
            for effect in effects {
                if let Effect::OpenList { ticket, query } = effect {
                    let list = newsprint_store::List {
                        query,
                        as_of: None,
                        fold: Default::default(),
                    };
                    asked.extend(world.state.update(Event::Opened { ticket, list }));
                }
            }
        }
        asked.iter().rev().find_map(|effect| match effect {
            Effect::Search { width, .. } => Some(*width),
            _ => None,
        })
    };
    resize(&mut world, (120, 40));
    let list = usize::from(world.state.panes().list.unwrap().w);
    let found = width(&mut world).expect("a search");
    assert!(found < list && found + 10 > list, "{found} of {list}");
}

#[test]
fn an_outlet_that_is_added_during_a_refresh_is_refreshed_after_it() {
    let mut world = World::new(3, OUTLETS);
    let done = |failed: &[(&str, &str)]| Event::Refreshed {
        report: Refreshed {
            asked: vec!["Herald".into()],
            failed: failed
                .iter()
                .map(|(name, why)| (name.to_string(), why.to_string()))
                .collect(),
            ..Refreshed::default()
        },
        error: None,
        at: now(),
    };
    let asked = |world: &World, names: &[&str]| {
        world.asked.contains(&Effect::Refresh {
            outlets: names.iter().map(ToString::to_string).collect(),
            force: true,
        })
    };
    world.keys("R").update(Event::Added("Mirror".into()));
    assert_eq!(said(&world), "Added Mirror; it is refreshed next.");
    assert!(!asked(&world, &["Mirror"]));
    world.asked.clear();
    world.update(done(&[("Herald", "no such host")]));
    assert!(asked(&world, &["Mirror"]), "{:?}", world.asked);
    // Where all have failed nothing is up to date.
    assert_eq!(world.state.refresh.last, None);
    world.asked.clear();
    world.update(done(&[]));
    assert!(!asked(&world, &["Mirror"]));
    assert_eq!(world.state.refresh.last, Some(now()));
}

#[test]
fn a_config_that_is_right_again_takes_back_what_was_said_of_it() {
    let mut world = World::new(3, OUTLETS);
    world.update(Event::ConfigRefused("3: `x`: unknown key".into()));
    assert_eq!(
        said(&world),
        "Config not reloaded, line 3: `x`: unknown key"
    );
    assert!(world.state.messages.shown.as_ref().unwrap().error);
    let good = world.configured(OUTLETS.to_owned());
    world.update(good);
    assert_eq!(said(&world), "Config reloaded.");
    // Also where the file says what held all the while; of that alone nothing is said.
    world.update(Event::ConfigRefused("3: `x`: unknown key".into()));
    world.update(Event::ConfigSame);
    assert_eq!(said(&world), "Config reloaded.");
    world.keys("j");
    world.update(Event::ConfigSame);
    assert_eq!(said(&world), "");
}

#[test]
fn a_message_that_comes_during_a_chord_is_there_after_it() {
    let mut world = World::new(30, "");
    world.keys("g");
    world.update(Event::Said("3 new articles.".into()));
    world.keys("d");
    assert_eq!(said(&world), "3 new articles.");
    assert_eq!(said(world.keys("j")), "");
}

#[test]
fn starred_articles_of_all_have_their_row_in_the_sidebar() {
    let mut world = World::new(30, "");
    let chosen = |world: &World| world.state.side.chosen().unwrap().name.clone();
    world.keys("gs");
    assert_eq!(chosen(&world), "Starred");
    world.keys("gu");
    assert_eq!(chosen(&world), "Unread");
    world.keys("ga");
    assert_eq!(chosen(&world), "All");
}

#[test]
fn the_article_that_comes_next_is_read_ahead_of_the_key() {
    let mut world = World::new(30, "");
    let asks = |effects: &[Effect]| -> Vec<i64> {
        let loads = effects.iter().filter_map(|effect| match effect {
            Effect::LoadArticle(id) => Some(id.0),
            _ => None,
        });
        loads.collect()
    };
    let ahead = |world: &mut World| {
        let effects = world.state.read_ahead();
        let asked = asks(&effects);
        world.perform(effects);
        asked
    };
    let key = |world: &mut World, key: char| {
        let effects = world.state.input(Input::Key(Key::plain(Code::Char(key))));
        let laid = |effect: &Effect| matches!(effect, Effect::LayOut { .. });
        let asked = (asks(&effects), effects.iter().any(laid));
        world.perform(effects);
        asked
    };
    assert_eq!(ahead(&mut world), [29]);
    // It is asked for once, and the key that goes there has nothing left to ask for.
    assert!(ahead(&mut world).is_empty());
    assert_eq!(key(&mut world, 'j'), (vec![], false));
    assert_eq!(shown(&world), Some(29));
    assert!(world.state.article.open.as_ref().unwrap().laid.is_some());
    // In steps as wide as the last one, and back as well.
    assert_eq!(ahead(&mut world), [28]);
    world.keys("5j");
    assert_eq!((shown(&world), ahead(&mut world)), (Some(24), vec![19]));
    world.keys("k");
    assert_eq!((shown(&world), ahead(&mut world)), (Some(25), vec![26]));
    assert_eq!(marks(&world), []);
}

#[test]
fn an_account_that_fails_is_one_failure() {
    let config = format!(
        "[[account]]\nname = \"home\"\nurl = \"https://rss.example/\"\nuser = \"mira\"\n{OUTLETS}"
    );
    let mut world = World::new(3, &config);
    let failed = |name: &str| (name.to_owned(), "no answer".to_owned());
    world.state.refresh.failures = vec![failed("home")];
    world.failing = vec![failed("Herald")];
    world.keys("gu");
    assert_eq!(world.state.refresh.failures.len(), 2);
    for health in &mut world.state.side.outlets {
        health.account = Some("home".into());
    }
    world.state.know_failures();
    assert_eq!(world.state.refresh.failures, [failed("home")]);
    // It comes first: it is what a sync was about.
    world.refreshed(Refreshed {
        asked: vec!["Herald".into(), "home".into()],
        failed: vec![failed("Herald"), failed("home")],
        ..Refreshed::default()
    });
    assert_eq!(said(&world), "home: no answer (1 more failed, E: status)");
}

#[test]
fn a_list_that_was_opened_before_the_store_knew_its_outlet_is_opened_again() {
    let mut world = World::new(3, OUTLETS);
    let all = std::mem::take(&mut world.store);
    world.keys("gu").keys("ga");
    assert!(world.state.list.rows.is_empty());
    world.store = all;
    world.update(Event::OutletsStored);
    assert_eq!(world.state.list.rows.len(), 3);
}

#[test]
fn sync_refreshes_the_outlets_of_accounts_and_no_others() {
    let account = |name: &str| {
        format!(
            "[[account]]\nname = \"{name}\"\nurl = \"https://{name}.example/\"\nuser = \"mira\"\n"
        )
    };
    let mut world = World::new(
        3,
        &format!("{}{}{OUTLETS}", account("home"), account("work")),
    );
    let names: Vec<String> = world
        .state
        .side
        .outlets
        .iter()
        .map(|health| health.outlet.clone())
        .collect();
    assert!(names.len() >= 3, "{names:?}");
    for (at, health) in world.state.side.outlets.iter_mut().enumerate() {
        health.account = ["home", "work"].get(at).map(|name| (*name).to_owned());
    }
    let mut synced = |line: &str| {
        world.keys(":").text(line).keys("<enter>");
        world.state.refresh.running = None;
        let mut effects = world.asked.iter();
        effects.find_map(|effect| match effect {
            Effect::Refresh { outlets, force } => Some((outlets.clone(), *force)),
            _ => None,
        })
    };
    assert_eq!(synced("sync"), Some((names[..2].to_vec(), true)));
    assert_eq!(synced("sync work"), Some((names[1..2].to_vec(), true)));
    assert_eq!(synced("sync nobody"), None);
    let mut none = World::new(3, OUTLETS);
    none.keys(":").text("sync").keys("<enter>");
    assert_eq!(said(&none), "No accounts.");
}
