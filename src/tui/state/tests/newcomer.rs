//! What somebody who comes from another reader tries on the first day and was let down by once: links by their
//! numbers, orders by their names, addresses that are checked, copies that are told of.

use super::super::order::Order;
use super::super::popup::Kind;
use super::super::prompt::Ask;
use super::{World, now};
use crate::library::selection::Place;
use crate::tui::effect::{Effect, Fill, Format};
use crate::tui::event::{Event, Refreshed};
use newsprint_model::{Counts, Health, Mark, TextState};

const OUTLETS: &str = "[[outlet]]\nname = \"Morning Post\"\nurl = \"https://post.example/\"\nfeed = \"https://post.example/rss\"\n";

fn said(world: &World) -> &str {
    let message = world.state.messages.shown.as_ref();
    message.map_or("", |message| message.text.as_str())
}

fn with_links(config: &str, links: usize) -> World {
    let mut world = World::new(3, config);
    world.body = (1..=links)
        .map(|n| format!("<p>See <a href=\"https://a.example/{n}\">that</a> now.</p>"))
        .collect();
    world.keys("j");
    world
}

fn sought(world: &World) -> Vec<&str> {
    let urls = world.asked.iter().filter_map(|effect| match effect {
        Effect::Browse(url) => Some(url.as_str()),
        _ => None,
    });
    urls.collect()
}

#[test]
fn a_link_of_the_list_opens_by_its_number() {
    let mut world = with_links("", 12);
    world.keys("L").keys("3");
    assert_eq!(sought(&world), ["https://a.example/3"]);
    assert!(world.state.popup.open.is_none());
    // 1 may be the beginning of 12: it is chosen, and Enter opens it.
    let mut world = with_links("", 12);
    world.keys("L").keys("1");
    assert_eq!(
        world.state.popup.open.as_ref().map(|popup| popup.cursor),
        Some(1)
    );
    world.keys("2");
    assert_eq!(sought(&world), ["https://a.example/12"]);
    let mut world = with_links("", 12);
    world.keys("L").keys("1<enter>");
    assert_eq!(sought(&world), ["https://a.example/1"]);
    // The page itself is before the links of the text.
    let mut world = with_links("", 2);
    world.keys("L").keys("0");
    assert_eq!(sought(&world), ["https://post.example/story/2"]);
    let mut world = with_links("", 2);
    world.keys("L").keys("7");
    assert_eq!(said(&world), "No link 7");
    let links = |popup: &super::super::popup::Popup| matches!(popup.kind, Kind::Links(_));
    assert!(world.state.popup.open.as_ref().is_some_and(links));
}

#[test]
fn the_number_of_a_link_can_be_asked_for_from_the_list() {
    let mut world = with_links("", 2);
    world.keys(";").keys("2");
    assert_eq!(sought(&world), ["https://a.example/2"]);
    let mut world = with_links("keys = \"newsboat\"\n", 2);
    world.keys("u").keys("2");
    assert_eq!(sought(&world), ["https://a.example/2"]);
}

#[test]
fn orders_are_known_by_name() {
    let mut world = World::new(3, "");
    world.keys(":").text("sort ");
    let line = world.state.prompt.line.as_ref().unwrap();
    assert_eq!(line.offers, ["newest", "oldest", "outlet", "longest"]);
    world.text("oldest").keys("<enter>");
    assert_eq!(world.state.list.order, Order::Oldest);
    world.keys(":").text("sort lo").keys("<enter>");
    assert_eq!(world.state.list.order, Order::Longest);
    world.keys(":").text("sort newset").keys("<enter>");
    assert_eq!(said(&world), "Unknown order: newset; did you mean newest?");
    world.keys("<esc>").keys(":").text("sort").keys("<enter>");
    assert_eq!(world.state.list.order, Order::Newest);
    // newsboat's key asks which.
    let mut world = World::new(3, "keys = \"newsboat\"\n");
    world.keys("g").text("old").keys("<enter>");
    assert_eq!(world.state.list.order, Order::Oldest);
    world.keys("D");
    assert!(
        said(&world).starts_with("D: no single article is deleted"),
        "{}",
        said(&world)
    );
}

#[test]
fn copies_that_a_mark_takes_along_are_told() {
    let mut world = World::new(3, "");
    let stored = |changed, mark| Event::Marked {
        changed,
        mark,
        list: false,
    };
    world.keys("s");
    world.update(stored(2, Mark::Star));
    assert_eq!(said(&world), "Starred, with 1 copy in another outlet");
    world.keys("s");
    world.update(stored(3, Mark::Unstar));
    assert_eq!(said(&world), "Unstarred, with 2 copies in other outlets");
    world.keys("vjs");
    world.update(stored(3, Mark::Star));
    assert_eq!(
        said(&world),
        "Starred 2 articles, with 1 copy in another outlet"
    );
    // Without copies the star itself says it.
    world.keys("j").keys("s");
    world.update(stored(1, Mark::Star));
    assert_eq!(said(&world), "");
}

#[test]
fn another_address_is_looked_at_before_the_outlet_gets_it() {
    let mut world = World::new(3, OUTLETS);
    world
        .keys("ea<C-u>")
        .text("https://new.example/")
        .keys("<enter>");
    assert_eq!(
        world.asked,
        [Effect::Readdress {
            outlet: "Morning Post".to_owned(),
            url: "https://new.example/".to_owned()
        }]
    );
    assert!(
        said(&world).contains("https://new.example/"),
        "{}",
        said(&world)
    );
    // The address it has is none to look at.
    world.asked.clear();
    world.keys("ea<enter>");
    assert_eq!(world.asked, []);
    // Its feed's address is not added once more.
    world
        .keys("a")
        .text("https://post.example/rss/")
        .keys("<enter>");
    assert_eq!(said(&world), "Already added as “Morning Post”.");
    world.update(Event::AlreadyAdded("Morning Post".to_owned()));
    assert_eq!(
        world.state.choice.place,
        Place::Outlet("Morning Post".to_owned())
    );
}

#[test]
fn the_status_of_outlets_begins_with_the_one_that_fails_or_is_shown() {
    let outlets =
        format!("{OUTLETS}[[outlet]]\nname = \"Star\"\nurl = \"https://star.example/\"\n");
    let mut world = World::new(3, &outlets);
    let mut health = world.state.side.outlets.clone();
    assert_eq!(health.len(), 2);
    health[1].last_error = Some("HTTP 404: not found".to_owned());
    let at = |world: &World| world.state.popup.open.as_ref().map(|popup| popup.cursor);
    world.keys("E");
    world.update(Event::Health(health.clone()));
    assert_eq!(at(&world), Some(1));
    world
        .keys("<esc>")
        .keys(":")
        .text("outlet Morning Post")
        .keys("<enter>E");
    world.update(Event::Health(health));
    assert_eq!(at(&world), Some(0));
}

#[test]
fn a_format_that_is_not_there_is_no_program() {
    let mut world = World::new(3, "");
    world.keys("|").text("xml: jq .").keys("<enter>");
    assert_eq!(
        said(&world),
        "xml: is not known; use json:, html:, md: or text:"
    );
    assert_eq!(
        world.state.prompt.line.as_ref().map(|line| line.ask),
        Some(Ask::Pipe)
    );
    world.keys("<C-u>").text("md: cat").keys("<enter>");
    let piped = |effect: &Effect| matches!(effect, Effect::Pipe { format: Format::Markdown, command, .. } if command == "cat");
    assert!(world.asked.iter().any(piped), "{:?}", world.asked);
}

#[test]
fn the_whole_word_is_marked_that_a_search_has_begun() {
    let mut world = World::new(3, "");
    world.body = "<p>The parliament met; parliamentarians left.</p>".to_owned();
    world.keys("/").text("parl").keys("<enter>").keys("<enter>");
    let reading = world.state.article.open.as_ref().unwrap();
    let find = reading.find.as_ref().unwrap();
    let words: Vec<String> = find
        .spots
        .iter()
        .map(|spot| reading.line(spot.line).unwrap().text()[spot.from..spot.to].to_owned())
        .collect();
    assert_eq!(words, ["parliament", "parliamentarians"]);
}

#[test]
fn the_next_match_is_in_the_next_article_where_a_search_has_found_the_title_alone() {
    let mut world = World::new(3, "");
    world.body = "<p>Nothing of it in the text.</p>".to_owned();
    world
        .keys("/")
        .text("railway")
        .keys("<enter>")
        .keys("<enter>");
    let shown = |world: &World| {
        world
            .state
            .article
            .open
            .as_ref()
            .map(|open| open.article.headline.id.0)
    };
    assert_eq!(shown(&world), Some(3));
    world.keys("n");
    assert_eq!(shown(&world), Some(2), "{}", said(&world));
    // Words that were looked for in the article itself are not.
    world.keys("/").text("railway").keys("<enter>").keys("n");
    assert_eq!(said(&world), "Not found: railway");
}

#[test]
fn what_is_wrong_with_an_address_says_how_it_is_mended() {
    let advice = |why: &str, status| {
        let mut world = World::new(3, OUTLETS);
        world.state.now = now();
        let health = Health {
            outlet: "Morning Post".to_owned(),
            account: None,
            url: "https://post.example/".to_owned(),
            source: None,
            last_success: Some(now()),
            last_error: Some(why.to_owned()),
            failing_since: None,
            status,
            next_fetch: Some(now() - jiff::SignedDuration::from_hours(1)),
            stopped: why.contains("disabled").then(|| why.to_owned()),
            notes: Vec::new(),
            waiting: None,
            counts: Counts {
                total: 0,
                unread: 0,
            },
        };
        let lines = super::super::outlet_status::lines(&world.state, &health, 100);
        lines
            .concat()
            .into_iter()
            .map(|(text, _)| text + "\n")
            .collect::<String>()
    };
    let shown = advice("no feed found (HTTP 404: not found)", None);
    assert!(shown.contains("Check the address (ea)."), "{shown}");
    assert!(shown.contains("next fetch: at the next refresh"), "{shown}");
    let shown = advice("HTTP 401: login required", Some(401));
    assert!(shown.contains("USER:PASSWORD@"), "{shown}");
    // One that is fetched no more, too.
    let shown = advice("disabled: the URL is permanently gone (HTTP 410)", None);
    assert!(shown.contains("Check the address (ea)."), "{shown}");
}

/// Starts where the run before left off, in an outlet that has nothing to show.
fn started_in_an_empty_outlet(unread_elsewhere: bool) -> World {
    let outlets =
        format!("{OUTLETS}[[outlet]]\nname = \"Herald\"\nurl = \"https://herald.example/\"\n");
    let mut before = World::new(3, &outlets);
    before.keys(":").text("outlet herald").keys("<enter>");
    let kept = before.state.session();
    let mut world = World::new(3, &outlets);
    world
        .store
        .iter_mut()
        .for_each(|row| row.read = !unread_elsewhere);
    world.state.side.known = false;
    world.state.restore(&kept);
    let mut todo: std::collections::VecDeque<Effect> = world.state.start().into();
    while let Some(effect) = todo.pop_front() {
        let event = match effect {
            Effect::LoadRows { ticket, fill, .. } if world.state.choice.place != Place::All => {
                Some(Event::Rows {
                    ticket,
                    rows: Vec::new(),
                    folds: std::collections::HashMap::new(),
                    fill,
                    end: true,
                    first: (fill == Fill::Here).then_some(0),
                })
            }
            effect => world.answer(&effect),
        };
        if let Some(event) = event {
            todo.extend(world.state.update(event));
        }
    }
    world
}

#[test]
fn an_empty_place_to_start_in_hides_no_unread_articles() {
    let world = started_in_an_empty_outlet(true);
    assert_eq!(world.state.choice.place, Place::All);
    assert_eq!(world.state.list.rows.len(), 3);
    assert_eq!(said(&world), "No articles in Herald; showing all outlets.");
    // Where there is nothing to read elsewhere either, it is the place that was left.
    let world = started_in_an_empty_outlet(false);
    assert_eq!(world.state.choice.place, Place::Outlet("Herald".into()));
}

#[test]
fn a_second_x_says_how_the_text_was_found() {
    let mut world = World::new(3, OUTLETS);
    world.keys("x");
    let id = world.state.list.chosen().unwrap().id;
    world.update(Event::Fetched(id, Ok(TextState::Full)));
    assert!(said(&world).contains("x again"), "{}", said(&world));
    world.keys("x");
    let asked = |world: &World| match &world.asked[..] {
        [Effect::ExplainText { id, columns }] => Some((*id, *columns)),
        _ => None,
    };
    assert_eq!(asked(&world), Some((id, 100)));
    world.update(Event::Explained(vec![
        "kept  +9.5  The council met.".into(),
    ]));
    assert_eq!(said(&world), "");
    let Some(Kind::Text { lines, .. }) = world.state.popup.open.as_ref().map(|open| &open.kind)
    else {
        panic!("no popup");
    };
    assert_eq!(lines[..], ["kept  +9.5  The council met."]);
    // The next one fetches it anew, and so does one on another article.
    world.keys("<esc>x");
    assert_eq!(world.asked, [Effect::FetchText(id)]);
    world.update(Event::Fetched(id, Ok(TextState::Full)));
    world.keys("jx");
    assert!(matches!(&world.asked[..], [.., Effect::FetchText(other)] if *other != id));
}

#[test]
fn that_images_are_fetched_is_said_until_they_are_there() {
    let mut world = World::new(3, OUTLETS);
    world.state.settings.images = true;
    let (one, two) = ("https://post.example/a.png", "https://post.example/b.png");
    world.body = format!(
        "<p><img src=\"{one}\" alt=\"A\"></p><p>Words.</p><p><img src=\"{two}\" alt=\"B\"></p>"
    );
    world.keys("<enter>");
    let came = |world: &mut World, url: &str, rows: Result<u16, String>| {
        world.update(Event::Picture {
            url: url.into(),
            rows,
        });
    };
    came(&mut world, one, Err("not on this disk".into()));
    came(&mut world, two, Err("not on this disk".into()));
    world.keys("i");
    assert_eq!(said(&world), "Fetching images…");
    came(&mut world, one, Ok(4));
    assert_eq!(said(&world), "Fetching images…");
    came(&mut world, two, Ok(4));
    assert_eq!(said(&world), "");
    // An image that does not come is said, whichever is the last.
    world.keys("<esc>j<enter>");
    came(&mut world, one, Err("not on this disk".into()));
    came(&mut world, two, Ok(4));
    world.keys("i");
    came(&mut world, one, Err("HTTP 404: not found".into()));
    came(&mut world, two, Ok(4));
    assert_eq!(said(&world), "Image: HTTP 404: not found");
}

#[test]
fn a_layout_is_taken_by_its_name_where_the_window_has_room() {
    use super::super::layout::Layout;
    let mut world = World::new(3, OUTLETS);
    world.keys(":").text("layout single").keys("<enter>");
    assert_eq!(world.state.screen.layout, Layout::Single);
    assert_eq!(said(&world), "Layout: single");
    world.keys(":").text("layout colums").keys("<enter>");
    assert_eq!(
        said(&world),
        "Unknown layout: colums; did you mean columns?"
    );
    world.keys("<esc>");
    let effects = world.state.resize((60, 20));
    world.perform(effects);
    world.keys(":").text("layout columns").keys("<enter>");
    assert_eq!(said(&world), "The window is too small for columns.");
    assert_eq!(world.state.screen.layout, Layout::Single);
}

#[test]
fn only_keys_that_help_are_named_where_there_is_nothing() {
    let words = |world: &World| -> Vec<&'static str> {
        let hints = world.state.key_hints().into_iter();
        hints.map(|(_, word)| word).collect()
    };
    // Without outlets there is nothing to fetch, and without a network no way to.
    let world = World::new(0, "outlet = []\n");
    assert_eq!(words(&world), ["add outlet", "help", "quit"]);
    let mut world = World::new(0, OUTLETS);
    world.state.settings.offline = true;
    world.state.refresh.running = None;
    assert_eq!(words(&world), ["add outlet", "help", "quit"]);
    // The first refresh can be stopped.
    let mut world = World::new(0, OUTLETS);
    world.update(Event::Progress(
        crate::tui::event::RefreshProgress::default(),
    ));
    assert_eq!(words(&world)[0], "stop refresh");
    let mut world = World::new(0, "outlet = []\n");
    world.update(Event::Health(Vec::new()));
    world.keys("E");
    world.update(Event::Health(Vec::new()));
    assert_eq!(words(&world), ["add", "close"]);
}

#[test]
fn a_theme_is_looked_at_while_tab_has_its_name_in_the_line() {
    let mut world = World::new(3, OUTLETS);
    let looked = |world: &World| -> Vec<Option<String>> {
        let asked = world.asked.iter().filter_map(|effect| match effect {
            Effect::LookAtTheme(name) => Some(name.clone()),
            _ => None,
        });
        asked.collect()
    };
    world.keys(":").text("theme gr");
    assert_eq!(looked(&world), []);
    world.keys("<tab>");
    assert_eq!(looked(&world), [Some("gruvbox".to_owned())]);
    // Given up, it is as before; and taken, it is the one in use.
    world.keys("<esc>");
    assert_eq!(looked(&world), [None]);
    world.keys(":").text("theme gr").keys("<tab>");
    world.keys("<enter>");
    let at = |wanted: &Effect| world.asked.iter().position(|effect| effect == wanted);
    let used = at(&Effect::Theme("gruvbox".into())).unwrap();
    assert!(used < at(&Effect::LookAtTheme(None)).unwrap());
    // What is typed by hand may be the beginning of another name.
    world.keys(":").text("theme ayu");
    assert_eq!(looked(&world), []);
}

#[test]
fn the_first_refresh_shows_all_that_came_unless_somebody_reads_already() {
    for (typed, whole) in [("", true), ("j", false)] {
        let mut world = World::new(0, OUTLETS);
        world.store = (1..=2).rev().map(super::headline).collect();
        let arrived = |world: &mut World| {
            let ticket = world.state.list.ticket;
            let new = world.store.len() as u64 - world.state.list.rows.len() as u64;
            world.update(Event::Arrived { ticket, new });
        };
        // What comes first is shown at once, and what the next outlet brings waits above it.
        arrived(&mut world);
        assert_eq!(world.state.list.rows.len(), 2);
        if !typed.is_empty() {
            world.keys(typed);
        }
        world.store = (1..=5).rev().map(super::headline).collect();
        arrived(&mut world);
        assert_eq!(world.state.list.rows.len(), 2);
        world.refreshed(Refreshed {
            new: 5,
            asked: vec!["Morning Post".into()],
            ..Refreshed::default()
        });
        arrived(&mut world);
        let rows = world.state.list.rows.len();
        assert_eq!(
            (rows, world.chosen()),
            if whole { (5, 5) } else { (2, 1) },
            "{typed}"
        );
        // Later ones move nothing.
        world.store = (1..=7).rev().map(super::headline).collect();
        arrived(&mut world);
        assert_eq!(world.state.list.rows.len(), rows);
    }
}
