//! What happens while something else is being done: clicks into a line, answers that come late.
//! Never here: each of these by itself.

use super::{World, mark_of};
use crate::tui::effect::Effect;
use crate::tui::event::{Event, Offer};
use crate::tui::state::popup::Kind;
use crate::tui::state::prompt::Ask;
use crate::tui::terminal::key::{Input, Mouse};
use newsprint_model::{ArticleId, Mark};

impl World {
    fn click(&mut self, x: u16, y: u16) {
        let effects = self.state.input(Input::Mouse(Mouse::Click { x, y }));
        self.perform(effects);
    }

    fn said(&self) -> &str {
        let message = self.state.messages.shown.as_ref();
        message.map_or("", |message| message.text.as_str())
    }

    /// The title of what lies over the panes, where it came from outside.
    fn shown(&self) -> &str {
        match self.state.popup.open.as_ref().map(|popup| &popup.kind) {
            Some(Kind::Offer(offer)) => &offer.name,
            Some(Kind::Text { title, .. }) => title,
            Some(Kind::Help) => "help",
            Some(Kind::Tags { .. }) => "tags",
            Some(_) => "other",
            None => "",
        }
    }

    fn offered(&mut self) {
        self.update(Event::Discovered(Ok(Offer {
            url: "https://other.example/".into(),
            feed: None,
            name: "The Other".into(),
            lines: vec!["feed".into()],
            empty: false,
        })));
    }

    fn wrote(&mut self, title: &str, ok: bool) {
        self.update(Event::Output {
            title: title.into(),
            text: "a line".into(),
            ok,
        });
    }
}

#[test]
fn a_line_stays_about_the_article_it_was_begun_for() {
    for (key, line) in [("S", "<C-u>kept.md<enter>"), ("|", "wc<enter>")] {
        let mut world = World::new(30, "");
        world.keys("jj").keys(key);
        let panes = world.state.panes();
        let list = crate::tui::state::layout::inner(&panes, panes.list.unwrap());
        world.click(list.x + 2, list.y + 9);
        assert_eq!(world.chosen(), 28, "{key}");
        let (x, y) = (list.x, list.y);
        let effects = world.state.input(Input::Mouse(Mouse::WheelDown { x, y }));
        world.perform(effects);
        assert_ne!(world.chosen(), 28, "the wheel moves on behind the line");
        world.keys(line);
        let about = world.asked.iter().find_map(|effect| match effect {
            Effect::Save { id, .. } => Some(*id),
            Effect::Pipe { ids, .. } => ids.first().copied(),
            _ => None,
        });
        assert_eq!(about, Some(ArticleId(28)), "{key}");
    }
}

#[test]
fn a_double_click_on_a_tag_asks_for_it_alone() {
    let mut world = World::new(30, "");
    let panes = world.state.panes();
    let tags = crate::tui::state::layout::inner(&panes, panes.tags.unwrap());
    for clicks in 2..4 {
        world.keys("<esc>");
        world.state.choice.tags = Default::default();
        for _ in 0..clicks {
            world.click(tags.x + 2, tags.y + 1);
        }
        assert_eq!(world.state.choice.tags.with, ["Georgia"], "{clicks} clicks");
        world.state.mouse.clicked = None;
    }
    world.click(tags.x + 2, tags.y + 1);
    assert!(
        world.state.choice.tags.with.is_empty(),
        "one click takes it off"
    );
}

#[test]
fn marks_made_elsewhere_and_taken_back_are_seen_in_what_a_search_found() {
    let mut world = World::new(3, "");
    world.keys("/").text("story").keys("<enter>");
    assert!(world.state.list.ranked);
    let snippet = world.state.list.rows[1].snippet.clone();
    world.store[1].read = true;
    world.store[1].starred = true;
    world.update(Event::Touched);
    let row = world.state.list.rows[1].clone();
    assert!(row.headline.read && row.headline.starred);
    assert_eq!(row.snippet, snippet);
    assert_eq!(world.state.list.rows.len(), 3);
    world.keys("s");
    assert!(world.state.list.rows[0].headline.starred);
    world.keys("u");
    world.update(Event::Undone(Some("a star".into())));
    assert!(!world.state.list.rows[0].headline.starred);
    assert_eq!(world.chosen(), 3);
}

#[test]
fn the_open_article_has_the_marks_of_now() {
    let mut world = World::new(3, "");
    let starred = |world: &World| {
        let reading = world.state.article.open.as_ref().unwrap();
        let head: String = reading.head.iter().map(|line| line.text()).collect();
        (reading.article.headline.starred, head)
    };
    world.keys("<enter>");
    let plain = starred(&world);
    world.keys("s");
    assert!(starred(&world).0);
    world.keys("u");
    world.update(Event::Undone(Some("a star".into())));
    assert_eq!(starred(&world), plain);
    let star = |mark| mark_of(3, mark);
    assert_eq!(world.keys("s").asked, [star(Mark::Star)]);
    // Another process takes the star off, puts it on, and the list shows other articles by then.
    world.update(Event::Touched);
    assert_eq!(starred(&world), plain);
    world.store[0].starred = true;
    world.state.list.rows.clear();
    world.update(Event::Touched);
    assert_eq!(world.keys("s").asked, [star(Mark::Unstar)]);
}

#[test]
fn what_comes_late_waits_until_what_is_open_is_closed() {
    // A line being typed.
    let mut world = World::new(3, "");
    world.keys("/").text("st");
    world.offered();
    assert_eq!(world.shown(), "");
    assert!(world.said().contains("The Other") && world.said().contains("Esc"));
    world.text("ory").keys("<enter>");
    assert_eq!(world.shown(), "The Other");
    // An Enter that was typed before it could be seen adds nothing.
    assert_eq!(world.keys("<enter>").asked, []);
    assert_eq!(world.shown(), "The Other");
    world.keys("<esc>");
    assert_eq!(world.shown(), "");
    // Something over the panes.
    for (keys, shown, close) in [("?", "help", "h"), ("t", "tags", "<esc>")] {
        let mut world = World::new(3, "");
        world.keys(keys);
        world.offered();
        assert_eq!(world.shown(), shown);
        let key = "(Esc: ";
        let said = world.said().to_owned();
        assert!(said.contains("The Other") && said.contains(key), "{said}");
        world.wrote("counting", true);
        world.wrote("sending", false);
        assert_eq!(world.shown(), shown);
        assert!(world.said().contains("sending"), "{}", world.said());
        world.keys(close);
        for title in ["The Other", "counting", "sending"] {
            assert_eq!(world.shown(), title);
            world.keys("<esc>");
        }
        assert_eq!(world.shown(), "");
    }
    // The number of a link.
    let mut world = World::new(3, "");
    world.keys("<enter>").keys(";");
    world.wrote("counting", true);
    assert_eq!(world.shown(), "");
    world.keys("<esc>");
    assert_eq!(world.shown(), "counting");
    // With nothing open, at once; that it failed stays said.
    let mut world = World::new(3, "");
    world.wrote("sending", false);
    assert_eq!(world.shown(), "sending");
    assert!(world.said().contains("failed"), "{}", world.said());
}

#[test]
fn a_file_that_is_there_already_is_asked_about_after_the_line_that_is_typed() {
    let mut world = World::new(3, "");
    world.keys(":").text("ref");
    world.update(Event::Exists {
        id: ArticleId(2),
        path: "kept.md".into(),
        free: "kept-2.md".into(),
    });
    let line = |world: &World| {
        let prompt = world.state.prompt.line.as_ref();
        prompt.map(|prompt| (prompt.ask, prompt.text.clone()))
    };
    assert_eq!(line(&world), Some((Ask::Command, "ref".into())));
    assert!(world.said().contains("kept.md exists"));
    world.keys("<esc>");
    assert_eq!(line(&world), Some((Ask::Overwrite, String::new())));
    world.keys("y<enter>");
    assert_eq!(
        world.asked,
        [Effect::Save {
            id: ArticleId(2),
            path: "kept.md".into(),
            over: true,
        }]
    );
}

#[test]
fn an_article_opened_from_a_search_shows_each_of_its_words() {
    let body = "<p>The harbour is closed.</p><p>A bridge inside the town, and bridges, and the \
                  <b>HARBOUR</b> in May.</p>";
    let open = |query: &str| {
        let mut world = World::new(3, "");
        world.body = body.into();
        world.keys("/").text(query).keys("<enter><enter>");
        world
    };
    let found = |query: &str| -> Vec<String> {
        let world = open(query);
        let reading = world.state.article.open.as_ref().unwrap();
        let spots = reading.find.as_ref().unwrap().spots.iter();
        spots
            .map(|spot| reading.line(spot.line).unwrap().text()[spot.from..spot.to].to_owned())
            .collect()
    };
    assert_eq!(
        found("bridge in harbour"),
        ["harbour", "bridge", "HARBOUR", "in"]
    );
    // The last word may go on: its beginning is found, and the whole word marked.
    assert_eq!(
        found("harbour bridg"),
        ["harbour", "bridge", "bridges", "HARBOUR"]
    );
    let mut world = open("harbour bridg");
    // Another search that leads to the article that is open already.
    world.keys("h/<C-u>").text("town").keys("<enter><enter>");
    let find = world.state.article.open.as_ref().unwrap().find.clone();
    assert_eq!(find.map(|find| find.count), Some(1));
    let mut world = open("harbour bridg");
    world.keys("n");
    let find = world
        .state
        .article
        .open
        .as_ref()
        .unwrap()
        .find
        .clone()
        .unwrap();
    assert_eq!((find.count, find.current), (4, 1));
}

#[test]
fn a_search_that_has_ended_leaves_no_matches_in_the_articles() {
    let find = |world: &World| world.state.article.open.as_ref().unwrap().find.clone();
    let mut world = World::new(3, "");
    world.body = "<p>The harbour is closed, the harbour of the town.</p>".into();
    // Given up on the article that it showed.
    world.keys("/").text("harbour").keys("<enter>j");
    assert_eq!(find(&world).map(|find| find.count), Some(2));
    world.keys("<esc>");
    assert_eq!(find(&world), None);
    // Given up on another one, that was put aside meanwhile.
    world.keys("/").text("harbour").keys("<enter>jk<esc>");
    world.keys("ggj");
    assert_eq!(find(&world), None);
    world.keys("k");
    assert_eq!(find(&world), None);
    // `n` goes to the next unread article, not to a match.
    world.keys("gg<enter>n");
    assert_eq!(world.state.list.chosen().unwrap().id, ArticleId(2));
}
