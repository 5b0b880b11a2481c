//! The screens, as they are drawn, at the sizes people have.

use std::path::Path;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

use crate::config::Config;
use crate::library::selection::Place;
use crate::tui::effect::Effect;
use crate::tui::event::{Event, OutletStep, RefreshProgress, Refreshed};
use crate::tui::images::{Canvas, Pictures};
use crate::tui::state::go_to_items::{Destination, Item};
use crate::tui::state::popup::{Kind, Popup};
use crate::tui::state::tests::{World, now};
use crate::tui::theme::{Colours, Theme};
use newsprint_html::Change;
use newsprint_model::query::Medium;
use newsprint_model::{ArticleId, Partial, StoryId, TextState};
use newsprint_store::{Folded, Telling};

const PLAIN: Colours = Colours {
    none: true,
    many: false,
    direct: false,
    light: None,
};

/// A world with titles of many kinds.
fn world(size: (u16, u16)) -> World {
    let mut world = World::new(30, "");
    let mut titles = [
        "Aliyev and Erdoğan open a railway bridge that nobody had expected to be finished before spring",
        "Тбилисский суд открыл архив",
        "日本の新聞が伝えるコーカサスの鉄道と橋の話はとても長い",
        "საქართველოს პარლამენტი",
        "ירושלים: כותרת מימין לשמאל",
        "A \u{1b}[31mred\u{1b}[0m herring \u{202e}gnirreh",
    ]
    .iter();
    for (at, row) in world.store.iter_mut().enumerate() {
        if let Some(title) = titles.next() {
            row.title = (*title).into();
        }
        row.read = at % 3 == 1;
        row.starred = at == 4;
        row.text = [TextState::Full, TextState::Excerpt, TextState::None][at % 3];
        row.changed = at == 7;
    }
    let effects = world.state.resize(size);
    world.perform(effects);
    world.keys("gg");
    world
}

fn draw(world: &World) -> Terminal<TestBackend> {
    draw_in(world, PLAIN)
}

fn draw_in(world: &World, colours: Colours) -> Terminal<TestBackend> {
    let config = Config::parse("", Path::new("/c.toml"), Path::new("/d")).unwrap();
    let theme = Theme::new(&config, colours);
    let mut pictures = Pictures::new(&config, Canvas::default());
    let (w, h) = world.state.screen.size;
    let mut terminal = Terminal::new(TestBackend::new(w, h)).unwrap();
    terminal
        .draw(|frame| {
            super::draw(frame, &world.state, &theme, &mut pictures);
        })
        .unwrap();
    terminal
}

/// The cells as they were drawn, before the terminal's part of it: with what wide characters cover.
fn frame_of(world: &World) -> ratatui::buffer::Buffer {
    let config = Config::parse("", Path::new("/c.toml"), Path::new("/d")).unwrap();
    let theme = Theme::new(&config, PLAIN);
    let mut pictures = Pictures::new(&config, Canvas::default());
    let (w, h) = world.state.screen.size;
    let mut terminal = Terminal::new(TestBackend::new(w, h)).unwrap();
    let mut cells = None;
    terminal
        .draw(|frame| {
            super::draw(frame, &world.state, &theme, &mut pictures);
            cells = Some(frame.buffer_mut().clone());
        })
        .unwrap();
    cells.unwrap()
}

/// The screen's text, cell by cell as a terminal shows it, without the spaces at line ends.
fn screen(world: &World) -> String {
    let terminal = draw(world);
    let buffer = terminal.backend().buffer();
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += (newsprint_html::width(symbol) as u16).max(1);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[test]
fn the_list_at_every_size() {
    for (w, h) in [(140, 45), (120, 40), (80, 24), (44, 14), (40, 12)] {
        insta::assert_snapshot!(format!("list_{w}x{h}"), screen(&world((w, h))));
    }
}

/// An outlet's name of 22 characters and titles of 200 in every row.
fn world_of_long_titles(size: (u16, u16)) -> World {
    let outlets = "[[outlet]]\nname = \"Harbour Times\"\nurl = \"https://a.example/\"\n\
                   [[outlet]]\nname = \"Kavkaz Review & Digest\"\nurl = \"https://b.example/\"\n";
    let mut world = World::new(60, outlets);
    for (at, row) in world.store.iter_mut().enumerate() {
        row.title = format!("{} {at}", "x".repeat(200));
        row.outlet = "Kavkaz Review & Digest".into();
        row.starred = true;
        row.text = TextState::None;
    }
    let effects = world.state.resize(size);
    world.perform(effects);
    world.keys("gg");
    world
}

#[test]
fn headlines_have_the_cells_that_a_reader_needs() {
    let list = |shown: &str| -> Vec<String> {
        let rows = shown
            .lines()
            .filter(|line| line.contains("xx") && line.contains('★'));
        rows.map(str::to_owned).collect()
    };
    // The outlet is shown beside them, but for windows too narrow for both.
    for (columns, least) in [
        (44, 36),
        (80, 54),
        (100, 50),
        (120, 68),
        (160, 95),
        (200, 130),
    ] {
        let shown = screen(&world_of_long_titles((columns, 30)));
        let rows = list(&shown);
        assert!(!rows.is_empty(), "{shown}");
        for row in rows {
            // The last cell of a title that is cut says that it is.
            let cells = row.matches('x').count() + row.matches("x…").count();
            assert!(cells >= least, "{columns}: {cells}\n{shown}");
            assert_eq!(row.contains("igest"), columns >= 80, "{columns}\n{shown}");
            // Nothing shifts: each row begins with the same cells.
            let place = |row: &str| row.chars().position(|c| c == 'x');
            assert_eq!(place(&row), place(&list(&shown)[0]), "{shown}");
        }
    }
    for (size, least) in [((80, 24), 10), ((120, 35), 14), ((160, 50), 21)] {
        let shown = screen(&world_of_long_titles(size));
        assert!(
            list(&shown).len() >= least,
            "{size:?}: {}\n{shown}",
            list(&shown).len()
        );
    }
}

#[test]
fn columns_and_format_of_dates_of_ones_own_hold() {
    let mut world = world_of_long_titles((120, 30));
    world.state.settings.reader.columns = ["outlet", "date", "title", "lang"]
        .map(str::to_owned)
        .to_vec();
    world.state.settings.reader.date_format = "%Y-%m-%d".into();
    let shown = screen(&world);
    let row = shown.lines().nth(1).unwrap_or_default();
    let place = |text: &str| row.find(text).unwrap_or_else(|| panic!("{text}: {shown}"));
    assert!(
        place("igest") < place("2024-06-") && place("2024-06-") < place("xxxx"),
        "{shown}"
    );
}

#[test]
fn an_article_at_every_size() {
    for (w, h) in [(140, 45), (120, 40), (80, 24), (44, 14), (40, 12)] {
        let mut world = world((w, h));
        world.body = "<h2>What happened</h2><p>A <b>strong</b> word, an <i>emphasised</i> one and <a href=\"https://elsewhere.example/\">a link</a> in a paragraph that is long enough to be wrapped at every width there is.</p><ul><li>first</li><li>second, which goes on and on so that its next line hangs under its first</li></ul><blockquote><p>“We have said so,” she said.</p></blockquote><pre>let code = 1;</pre>".into();
        world.keys("<enter>");
        insta::assert_snapshot!(format!("article_{w}x{h}"), screen(&world));
    }
}

#[test]
fn what_lies_over_the_panes() {
    for (name, keys) in [("help", "?"), ("tags", "t<space>"), ("links", "<enter>L")] {
        for size in [(100, 24), (44, 14)] {
            let mut world = world(size);
            world.keys(keys);
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), screen(&world));
        }
    }
}

#[test]
fn the_outlets_health() {
    let mut world = world((100, 24));
    let place = world.state.settings.outlets[0].name.clone();
    let mut health = world.state.side.health(&place).unwrap().clone();
    health.last_error = Some("the server answered 503 Service Unavailable".into());
    health.failing_since = Some(now());
    health.status = Some(503);
    health.next_fetch = Some(now());
    world.keys("E");
    world.update(Event::Health(vec![health]));
    insta::assert_snapshot!("health_100x24", screen(&world));
}

#[test]
fn how_far_a_refresh_is_with_each_outlet_is_shown() {
    let mut world = world((100, 24));
    let place = world.state.settings.outlets[0].name.clone();
    let health = world.state.side.health(&place).unwrap().clone();
    let step = |words: &str, done: bool| RefreshProgress {
        done: usize::from(done),
        total: 7,
        steps: vec![OutletStep {
            outlet: health.outlet.clone(),
            words: words.into(),
            done,
        }],
        ..RefreshProgress::default()
    };
    world.update(Event::Progress(step("3 of 9 pages read", false)));
    assert!(screen(&world).contains("⟳ 0/7"), "{}", screen(&world));
    world.keys("E");
    world.update(Event::Health(vec![health.clone()]));
    let shown = screen(&world);
    assert!(shown.contains("Now: 3 of 9 pages read"), "{shown}");
    world.update(Event::Progress(step("4 new", true)));
    let shown = screen(&world);
    assert!(shown.contains("⟳ 1/7"), "{shown}");
    assert!(shown.contains("Now: 4 new"), "{shown}");
}

#[test]
fn an_empty_screen_says_why_and_what_to_press() {
    let mut nothing = World::new(0, "");
    let effects = nothing.state.resize((80, 24));
    nothing.perform(effects);
    insta::assert_snapshot!("first_start", screen(&nothing));
    nothing.update(Event::Refreshed {
        report: Refreshed {
            asked: vec!["Caucasus Watch".into()],
            failed: vec![(
                "Caucasus Watch".into(),
                "the name caucasuswatch.de could not be looked up".into(),
            )],
            ..Refreshed::default()
        },
        error: None,
        at: now(),
    });
    insta::assert_snapshot!("first_start_failed", screen(&nothing));
    // What failed in an earlier session cannot be tried again without a network.
    nothing.state.settings.offline = true;
    assert!(screen(&nothing).contains("Start newsprint without --offline"));
    assert!(!screen(&nothing).contains("try again"));
    let mut none = World::new(0, "outlet = []\n");
    let effects = none.state.resize((80, 24));
    none.perform(effects);
    assert!(screen(&none).contains("No outlets yet. a: add one"));
    let mut filtered = world((80, 24));
    filtered.store.clear();
    filtered.keys("gu");
    assert!(screen(&filtered).contains("No articles yet"));
}

#[test]
fn an_empty_list_says_which_articles_it_has_none_of() {
    for (keys, said) in [("gd", "No articles today."), ("gs", "No starred articles.")] {
        let mut world = world((80, 24));
        world.keys(keys);
        world.state.list.rows.clear();
        let screen = screen(&world);
        assert!(screen.contains(said), "{keys}\n{screen}");
        assert!(!screen.contains("No articles yet"), "{keys}\n{screen}");
    }
}

#[test]
fn beside_a_wide_popup_and_the_box_of_a_chord_no_ends_of_lines_are_left() {
    let mut help = world((120, 35));
    help.keys("?");
    let drawn = screen(&help);
    let rows: Vec<&str> = drawn
        .lines()
        .filter(|line| line.contains("page-down"))
        .collect();
    let beside = |row: &str, from: usize| {
        row.split('│')
            .skip(from)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    // Sidebar, strip, popup, strip.
    assert!(!rows.is_empty());
    for row in rows {
        let parts = beside(row, 1);
        assert_eq!((parts[0].trim(), parts[2].trim()), ("", ""), "{drawn}");
    }
    // Half an outlet's name beside it says nothing, nor does the beginning of a line that goes on under it.
    let mut wide = world((160, 50));
    let rule = screen(&wide).lines().position(|line| line.contains('├'));
    wide.keys("<C-p>");
    let drawn = screen(&wide);
    let popup: Vec<&str> = drawn.lines().skip_while(|row| !row.contains('┌')).collect();
    let row = popup[1];
    let parts = beside(row, 1);
    assert_eq!((parts[0].trim(), parts[2].trim()), ("", ""), "{drawn}");
    let rule = drawn.lines().nth(rule.unwrap()).unwrap();
    assert!(rule.contains('│') && !rule.contains('├'), "{drawn}");
    // In a high window most of a list that is narrowed by typing would be empty.
    assert!(
        popup
            .iter()
            .filter(|row| row.matches('│').count() > 1)
            .count()
            < 30
    );
    // A headline that goes under it does not come out again at its other side.
    let mut tags = world((170, 28));
    tags.store[1].title = format!("{}and the end of it", "A long headline ".repeat(6));
    tags.keys("gu").keys("ga");
    assert!(screen(&tags).contains("the end of it"));
    tags.keys("t");
    let drawn = screen(&tags);
    assert!(drawn.contains("A long headline"), "{drawn}");
    assert!(!drawn.contains("end of it"), "{drawn}");
    let mut chord = world((120, 35));
    chord.keys("g");
    let drawn = screen(&chord);
    let row = drawn
        .lines()
        .find(|line| line.contains("sort: newest"))
        .unwrap();
    assert_eq!(row.rsplit('│').next().unwrap().trim(), "", "{drawn}");
    assert!(row.starts_with('│') || row.starts_with(" │"), "{drawn}");
}

#[test]
fn the_stories_to_choose_from_have_their_headlines_however_many_outlets_tell_them() {
    let item = Item {
        name: "Council votes for the old bridge".into(),
        kind: "story",
        detail: "Kavkaz, Lowland Courier, Field & Stadium, Machine Weekly, Harbour Times".into(),
        target: Destination::Join(ArticleId(1)),
    };
    for size in [(120, 35), (80, 24)] {
        let mut world = world(size);
        world.state.popup.open = Some(Popup::new(Kind::GoTo(vec![item.clone()])));
        let drawn = screen(&world);
        assert!(drawn.contains("Put in story"), "{drawn}");
        assert!(!drawn.contains("view, tag or action"), "{drawn}");
        let row = drawn
            .lines()
            .find(|row| row.contains("old bridge"))
            .unwrap();
        assert!(
            row.contains("Kavkaz, ") && row.trim_end().ends_with("story │"),
            "{drawn}"
        );
    }
}

#[test]
fn the_box_of_a_chord_has_all_of_its_keys_in_a_small_window() {
    for size in [(120, 35), (80, 24), (44, 14), (40, 12)] {
        let mut world = world(size);
        world.keys("g");
        let hints = world.state.chord_hints();
        assert!(hints.len() > 15);
        let drawn = screen(&world);
        for (keys, words) in hints {
            // The key, and at least the first word.
            let first = words.split(' ').next().unwrap();
            let shown = format!("{keys} {first}");
            assert!(drawn.contains(&shown), "{size:?} {shown}\n{drawn}");
        }
    }
}

#[test]
fn keys_of_an_empty_list_look_like_keys_where_they_need_a_line_of_their_own() {
    let mut world = World::new(0, "[reader]\nfirst_refresh = false\n");
    let effects = world.state.resize((40, 14));
    world.perform(effects);
    let terminal = draw(&world);
    let buffer = terminal.backend().buffer();
    let drawn = screen(&world);
    let at = drawn
        .lines()
        .position(|line| line.trim_start().starts_with("R: refresh"));
    let y = at.unwrap_or_else(|| panic!("{drawn}")) as u16;
    assert!(buffer[(1, y)].modifier.contains(Modifier::BOLD), "{drawn}");
}

#[test]
fn a_low_sidebar_shows_the_part_that_the_keys_go_to() {
    let views = ["A", "B", "C", "D", "E"];
    let views = views.map(|name| format!("[[view]]\nname = \"{name}\"\nquery = \"tag:a\"\n"));
    let mut world = World::new(30, &views.concat());
    let effects = world.state.resize((44, 14));
    world.perform(effects);
    world.keys("h");
    let drawn = screen(&world);
    assert!(drawn.contains("Caucasus Watch"), "{drawn}");
    world.keys("<tab>");
    let drawn = screen(&world);
    let tags = drawn.lines().filter(|line| line.contains('#')).count();
    assert!(tags >= 3, "{drawn}");
}

#[test]
fn a_search_shows_the_passage_and_a_typed_query_its_error() {
    let mut world = world((100, 20));
    world.keys("/").text("match");
    insta::assert_snapshot!("search_100x20", screen(&world));
    world.keys("<esc>").keys("f").text("tag:a is:purple");
    let shown = screen(&world);
    let typed = shown.lines().last().unwrap();
    assert!(typed.contains("tag:a is:purple"), "{typed}");
    // Whole, above what is typed where there is no room beside it.
    let words: Vec<&str> = shown.split_whitespace().collect();
    let whole = "column 10: `is:purple` is not known; expected unread, read, starred, changed, full or copy";
    assert!(words.join(" ").contains(whole), "{shown}");
}

#[test]
fn what_is_wrong_with_a_command_is_not_hidden_by_what_fits_it() {
    for size in [(140, 45), (44, 14)] {
        let mut world = world(size);
        world.keys(":").text("tag").keys("<enter>");
        let shown = screen(&world);
        let words: Vec<&str> = shown.split_whitespace().collect();
        assert!(
            words.join(" ").contains("Unknown command: tag (Tab:"),
            "{shown}"
        );
        // Mended, the line has its offers back.
        world.text("-");
        let shown = screen(&world);
        assert!(!shown.contains("Unknown command"), "{shown}");
        assert!(shown.contains("tag-and"), "{shown}");
    }
}

#[test]
fn a_message_that_is_longer_than_the_screen_is_wide_can_be_read() {
    for size in [(140, 45), (80, 24), (44, 14), (20, 5)] {
        let mut world = world(size);
        let why = "the server of the outlet did not answer within thirty seconds and was given up";
        world.update(Event::Failed(why.into()));
        let shown = screen(&world);
        let words: Vec<&str> = shown.split_whitespace().collect();
        let all = words.join(" ");
        if size.0 > 20 {
            assert!(all.contains(why), "{shown}");
        } else {
            assert!(shown.contains('…'), "{shown}");
        }
        // The next key, once it can have been read.
        let later = world.state.now.as_millisecond() + 500;
        world.state.now = newsprint_model::Time::from_millisecond(later).unwrap();
        world.keys("j");
        assert!(!screen(&world).contains("given up"));
    }
}

#[test]
fn help_and_the_way_out_are_the_last_keys_to_go() {
    for size in [(140, 45), (80, 24), (44, 14), (24, 8)] {
        let mut world = world(size);
        let footer = |world: &World| screen(world).lines().last().unwrap().to_owned();
        let list = footer(&world);
        assert!(list.ends_with("? help  q quit"), "{list}");
        world.keys("<enter>");
        let article = footer(&world);
        assert!(
            article.contains("Esc back") && article.ends_with("? help"),
            "{article}"
        );
        world.keys("?");
        assert!(footer(&world).ends_with("Esc close"), "{}", footer(&world));
        world.keys("<esc><esc>t");
        assert!(footer(&world).ends_with("Esc cancel"), "{}", footer(&world));
    }
}

#[test]
fn starred_and_unread_are_told_apart_in_each_of_their_four_ways() {
    let mut world = world((80, 24));
    for (at, (read, starred)) in [(false, false), (false, true), (true, false), (true, true)]
        .into_iter()
        .enumerate()
    {
        (world.store[at].read, world.store[at].starred) = (read, starred);
    }
    world.keys("gu").keys("ga");
    let shown = screen(&world);
    let marks: Vec<String> = shown
        .lines()
        .skip(1)
        .take(4)
        .map(|line| line.chars().skip(1).take(2).collect())
        .collect();
    assert_eq!(marks, ["● ", "●★", "  ", " ★"], "{shown}");
}

#[test]
fn every_sign_of_the_list_is_explained_in_the_help() {
    for ascii in [false, true] {
        let mut world = world((80, 24));
        world.state.settings.ascii = ascii;
        world.keys("?G");
        let mut shown = screen(&world);
        world.keys("<C-b>");
        shown.push_str(&screen(&world));
        for (sign, about) in super::Symbols::new(ascii).legend() {
            let told = |line: &str| line.contains(&sign) && line.contains(about);
            assert!(shown.lines().any(told), "{sign} {about}: {shown}");
        }
    }
}

#[test]
fn what_changed_is_not_cut_at_the_ends_of_lines() {
    let old = "The council put off its vote on the cable car until the spring of next year.";
    for size in [(80, 24), (44, 14), (31, 20)] {
        let mut world = world(size);
        world.state.popup.open = Some(Popup::new(Kind::Diff {
            title: "What changed".into(),
            pieces: vec![
                (Change::Same, format!("{old} ")),
                (Change::Removed, "Seven".into()),
                (Change::Added, "Eight".into()),
                (Change::Same, " members were against.".into()),
            ],
        }));
        let shown = screen(&world);
        let told = |text: &str| shown.lines().any(|line| line.contains(text));
        assert!(told("Seven Eight") || told("Seven  "), "{shown}");
        let words = shown.split(|c: char| !c.is_alphanumeric() && c != '…');
        for word in words.filter(|word| word.len() > 4) {
            let cut = word.strip_suffix('…').filter(|word| old.contains(word));
            assert_eq!(cut, None, "{shown}");
        }
    }
}

#[test]
fn an_excerpt_says_why_it_is_one() {
    let mut world = world((80, 24));
    world.keys("j<enter>");
    assert!(screen(&world).contains("Excerpt only"));
    let reading = world.state.article.open.as_mut().unwrap();
    reading.article.partial = Some(Partial::Paywall);
    reading.width = 0;
    let effects = world.state.resize((80, 24));
    world.perform(effects);
    assert!(screen(&world).contains("The outlet shows only the beginning"));
}

#[test]
fn without_colour_choice_focus_and_unread_can_be_told() {
    let world = world((80, 24));
    let terminal = draw(&world);
    let buffer = terminal.backend().buffer();
    let row = |y: u16| (0..80).map(|x| buffer[(x, y)].clone()).collect::<Vec<_>>();
    let text = |y: u16| {
        row(y)
            .iter()
            .map(|cell| cell.symbol().to_owned())
            .collect::<String>()
    };
    assert!(text(1).contains('●'), "{}", text(1));
    assert!(
        row(1)
            .iter()
            .any(|cell| cell.modifier.contains(Modifier::REVERSED))
    );
    assert!(!text(2).contains('●') && text(3).contains('●'));
    for cell in buffer.content() {
        assert_eq!(cell.fg, ratatui::style::Color::Reset);
        assert_eq!(cell.bg, ratatui::style::Color::Reset);
    }
}

#[test]
fn where_the_locale_is_not_utf8_our_own_signs_are_ascii() {
    let mut world = world((80, 24));
    for row in &mut world.store {
        row.title = "Plain".into();
    }
    world.state.settings.ascii = true;
    world.keys("gg");
    let shown = screen(&world);
    assert!(shown.is_ascii(), "{shown}");
    world.keys("<enter>");
    world.keys("?");
}

#[test]
fn no_remote_character_reaches_a_cell_that_could_harm() {
    let mut world = world((120, 40));
    world.body = "<p>one \u{1b}]0;title\u{7} two \u{202e} three</p>".into();
    world.keys("5j<enter>");
    for colours in [
        PLAIN,
        Colours {
            none: false,
            many: true,
            direct: true,
            light: Some(true),
        },
    ] {
        let terminal = draw_in(&world, colours);
        for cell in terminal.backend().buffer().content() {
            let bad = |c: char| {
                c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!cell.symbol().chars().any(bad), "{:?}", cell.symbol());
        }
    }
}

/// The lines in which two screens differ.
fn said(before: &str, after: &str) -> Vec<String> {
    let pairs = before.lines().zip(after.lines());
    pairs
        .filter(|(before, after)| before != after)
        .map(|(_, after)| after.trim().to_owned())
        .collect()
}

#[test]
fn in_linear_mode_each_key_says_what_it_has_changed_and_nothing_else() {
    let mut world = world((80, 24));
    world.state.settings.reader.linear = true;
    let effects = world.state.resize((80, 23));
    world.perform(effects);
    world.keys("gg");
    let cells = |world: &World| draw(world).backend().buffer().clone();
    let (before, quiet) = (screen(&world), cells(&world));
    world.keys("j");
    // Not even a style: what is written again is read again.
    assert_eq!(cells(&world), quiet);
    world.keys("m");
    let marked = said(&before, &screen(&world));
    assert_eq!(marked.len(), 2, "{marked:?}");
    assert!(marked[0].contains("Тбилисский") && marked[0].contains("unread"));
    assert_eq!(marked[1], "Unread");
    world.keys("s");
    let starred = said(&before, &screen(&world));
    assert!(starred[0].contains("unread, starred"), "{starred:?}");
    assert_eq!(starred[1], "Starred");
    // No symbols, no boxes, no columns.
    for keys in ["gg", "t", "<esc>E", "<esc>?", "<esc><tab>", "<tab>"] {
        world.keys(keys);
        let shown = screen(&world);
        for sign in "●★◐✓○▸☐☑☒┌│└·".chars() {
            assert!(!shown.contains(sign), "{keys}: {shown}");
        }
        assert!(
            !shown.contains("    ") || keys == "<esc>?",
            "{keys}: {shown}"
        );
    }
}

#[test]
fn in_linear_mode_an_article_is_read_line_by_line_with_the_cursor() {
    let mut world = world((80, 12));
    world.state.settings.reader.linear = true;
    world.body = (1..40).map(|n| format!("<p>Line {n}.</p>")).collect();
    world.keys("<enter>");
    let cursor = |world: &World| {
        let config = Config::parse("", Path::new("/c.toml"), Path::new("/d")).unwrap();
        let theme = Theme::new(&config, PLAIN);
        let mut pictures = Pictures::new(&config, Canvas::default());
        let (w, h) = world.state.screen.size;
        let mut terminal = Terminal::new(TestBackend::new(w, h)).unwrap();
        let mut at = None;
        terminal
            .draw(|frame| {
                at = super::draw(frame, &world.state, &theme, &mut pictures).cursor;
            })
            .unwrap();
        at.expect("a cursor").1
    };
    let first = screen(&world);
    assert_eq!(cursor(&world), 2);
    for down in 1..9 {
        world.keys("j");
        assert_eq!(screen(&world), first, "after {down}");
        assert_eq!(cursor(&world), 2 + down);
    }
    // Past the last line the page is turned, and no line of it stood there before.
    world.keys("2j");
    let second = screen(&world);
    assert_eq!(cursor(&world), 3);
    let text = |screen: &str| -> Vec<String> {
        let lines = screen.lines().filter(|line| line.contains("Line"));
        lines.map(str::to_owned).collect()
    };
    assert!(!text(&second).is_empty());
    assert!(
        text(&second)
            .iter()
            .all(|line| !text(&first).contains(line))
    );
    world.keys("2k");
    assert_eq!((screen(&world), cursor(&world)), (first, 10));
}

#[test]
fn too_small_says_so() {
    assert!(screen(&world((19, 10))).starts_with("Too small\n"));
    assert!(screen(&world((30, 4))).starts_with("Too small: 20x5 needed\n"));
    assert!(screen(&world((80, 4))).starts_with("Terminal too small: newsprint needs"));
    screen(&world((1, 1)));
}

#[test]
fn from_130_columns_on_the_leading_picture_is_right_of_the_text() {
    let url = "https://post.example/lead.png";
    let body = "<p>Some words of a paragraph that is long enough to be read.</p>".repeat(30);
    for (size, beside) in [((160, 50), true), ((132, 36), true), ((120, 40), false)] {
        let mut world = World::new(3, "");
        world.state.settings.images = true;
        world.body = format!(
            "<figure><img src=\"{url}\" alt=\"A hall\"><figcaption>The hall at noon.</figcaption></figure>{body}"
        );
        let effects = world.state.resize(size);
        world.perform(effects);
        world.keys("<enter>");
        let room = world.asked.iter().find_map(|effect| match effect {
            Effect::LoadPicture {
                url: asked, room, ..
            } if asked == url => Some(*room),
            _ => None,
        });
        // No cells are kept free for a picture that may never come.
        assert_eq!(world.state.article_side(), None);
        world.update(Event::Picture {
            url: url.into(),
            rows: Ok(8),
        });
        let side = world.state.article_side();
        assert_eq!(side.is_some(), beside, "{size:?}");
        let text = world.state.article_area().unwrap();
        let shown = screen(&world);
        assert!(!shown.contains("[Image"), "{size:?}: {shown}");
        assert_eq!(
            shown.matches("The hall at noon.").count(),
            1,
            "{size:?}: {shown}"
        );
        if let Some(side) = side {
            assert_eq!(room.unwrap().0, side.w);
            assert!(
                side.x > text.x + text.w && side.x + side.w <= size.0,
                "{side:?} {text:?}"
            );
            // The text begins under the head at once, not below the picture.
            let reading = world.state.article.open.as_ref().unwrap();
            assert!(
                reading
                    .line(reading.head.len())
                    .unwrap()
                    .text()
                    .starts_with("Some words")
            );
        }
    }
}

#[test]
fn a_story_that_is_told_again_says_so_in_its_row() {
    let mut world = world((120, 40));
    world.state.list.rows[9].headline.title = "The bridge is open".into();
    world.state.list.rows[10].headline.title = "The bridge is open".into();
    let shown = screen(&world);
    assert_eq!(shown.matches("The bridge is open").count(), 1, "{shown}");
    assert!(shown.contains("└ earlier version"), "{shown}");
    world.state.list.order = crate::config::Order::Oldest;
    assert!(screen(&world).contains("└ update"));
}

#[test]
fn an_episode_has_a_symbol_in_its_row() {
    let mut world = world((120, 40));
    world.state.list.rows[9].headline.medium = Some(Medium::Audio);
    world.state.list.rows[10].headline.medium = Some(Medium::Video);
    let shown = screen(&world);
    assert!(shown.contains('♪') && shown.contains('►'), "{shown}");
}

#[test]
fn the_sidebar_counts_what_is_unread_of_all_once() {
    let world = world((120, 40));
    let shown = screen(&world);
    let row = |name: &str| {
        let row = shown
            .lines()
            .find(|line| line.starts_with(&format!(" {name} ")));
        let words = row
            .unwrap_or_else(|| panic!("{name}: {shown}"))
            .split_whitespace();
        words.take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(row("Unread"), ["Unread", "20"]);
    assert_ne!(row("All"), ["All", "20"]);
}

#[test]
fn a_search_says_how_many_it_found_rather_than_how_many_are_unread() {
    let mut world = world((120, 40));
    world.keys("/").text("match").keys("<enter>");
    let shown = screen(&world);
    let header = shown.lines().next().unwrap();
    assert!(
        header.contains("30 found") && !header.contains("unread"),
        "{header}"
    );
}

#[test]
fn what_tab_offers_of_an_argument_is_a_column() {
    let mut world = world((120, 40));
    world.keys(":").text("tag-and ");
    let shown = screen(&world);
    let rows: Vec<&str> = shown
        .lines()
        .filter(|line| ["Azerbaijan", "Georgia", "North Caucasus"].contains(&line.trim()))
        .collect();
    assert_eq!(rows.len(), 3, "{shown}");
}

#[test]
fn the_name_in_a_reversed_header_is_no_coloured_block() {
    let colours = Colours {
        none: false,
        ..PLAIN
    };
    let terminal = draw_in(&world((100, 24)), colours);
    let buffer = terminal.backend().buffer();
    let (name, rest) = (&buffer[(1, 0)], &buffer[(30, 0)]);
    if rest.modifier.contains(Modifier::REVERSED) {
        assert_eq!((name.fg, name.bg), (rest.fg, rest.bg));
    }
}

#[test]
fn ages_stand_near_the_dots_and_a_date_has_room() {
    let mut world = world((132, 35));
    let hour = jiff::SignedDuration::from_hours(1);
    use newsprint_model::TextState::{Excerpt, Full};
    for (at, hours, text) in [(10, 5, Full), (11, 480, Full), (12, 480, Excerpt)] {
        let headline = &mut world.store[at];
        headline.published = Some(world.state.now - hours * hour);
        (headline.read, headline.text, headline.changed) = (false, text, false);
    }
    world.keys("gu").keys("ga");
    let shown = screen(&world);
    let row = |at: usize| -> String {
        let line = shown
            .lines()
            .find(|line| line.contains(&world.store[at].title));
        let cells = line.unwrap_or_else(|| panic!("{shown}")).split_once('│');
        cells.unwrap().1.chars().take(11).collect()
    };
    assert_eq!(row(10), " ●       5h", "{shown}");
    // The same date in the same cells, with a symbol before it and without.
    assert!(row(11).starts_with(" ●   "), "{shown}");
    assert!(!row(11).ends_with(' '), "{shown}");
    assert_eq!(row(12), row(11).replace("●  ", "● ◐"), "{shown}");
}

#[test]
fn no_line_of_what_lies_under_it_crosses_the_drawer() {
    let mut world = world((80, 24));
    world.keys("h");
    let shown = screen(&world);
    for line in shown.lines().skip(1).take(22) {
        let drawer: String = line.chars().take(29).collect();
        assert!(!drawer.contains('─'), "{shown}");
    }
}

#[test]
fn what_stands_behind_an_outlet_does_not_move_its_name() {
    let mut world = world((120, 35));
    let name = |world: &World| {
        let shown = screen(world);
        let line = shown
            .lines()
            .find(|line| line.contains('…') && line.starts_with(' '));
        line.map(|line| {
            line.split('│')
                .next()
                .unwrap_or("")
                .trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '⟳')
                .to_owned()
        })
    };
    world.state.settings.outlets[0].name = "The Gazette of the Upper Valley".into();
    let (views, outlets) = (
        world.state.settings.views.clone(),
        world.state.settings.outlets.clone(),
    );
    world.state.side.configure(&views, &outlets);
    let before = name(&world);
    assert!(before.is_some());
    world.state.refresh.running = Some(crate::tui::event::RefreshProgress {
        steps: vec![crate::tui::event::OutletStep {
            outlet: "The Gazette of the Upper Valley".into(),
            words: String::new(),
            done: false,
        }],
        ..Default::default()
    });
    assert_eq!(name(&world), before);
}

/// Thirty articles, the newest of which stands for two more of three outlets.
fn world_of_stories(size: (u16, u16)) -> World {
    let outlets = "[[outlet]]\nname = \"Post\"\nurl = \"https://a.example/\"\n\
                   [[outlet]]\nname = \"Star\"\nurl = \"https://b.example/\"\n";
    let mut world = World::new(30, outlets);
    let telling = |id: i64| Telling {
        id: ArticleId(id),
        read: false,
        starred: id == 27,
    };
    let folded = Folded {
        story: StoryId(27),
        others: vec![telling(29), telling(27)],
        outlets: 3,
        names: ["Post", "Harbour Star", "Kura Courier"]
            .map(str::to_owned)
            .to_vec(),
        first: world.store[0].sort,
        last: world.store[0].sort,
    };
    world.folds.insert(ArticleId(30), folded);
    world.store[0].read = true;
    world.store[0].title = format!("{} end", "Long title ".repeat(20));
    let effects = world.state.resize(size);
    world.perform(effects);
    world.keys("gg");
    world
}

#[test]
fn a_folded_line_says_how_many_articles_and_outlets_it_stands_for() {
    let line = |size| {
        let world = world_of_stories(size);
        let shown = screen(&world);
        let line = shown.lines().find(|line| line.contains("Long title"));
        line.unwrap_or_else(|| panic!("{shown}")).to_owned()
    };
    for (w, h) in [(80, 24), (120, 35), (160, 50)] {
        let line = line((w, h));
        // Unread and starred as one of its articles is, though the one that is shown is not.
        assert!(line.contains('●') && line.contains('★'), "{line}");
        // Each of another outlet: those are counted, and not the articles as well.
        assert!(line.contains("… Post +2"), "{line}");
    }
    // More articles than outlets: both are counted.
    let mut world = world_of_stories((120, 35));
    let folded = world.folds.get_mut(&ArticleId(30)).unwrap();
    folded.others.push(Telling {
        id: ArticleId(26),
        read: true,
        starred: false,
    });
    world.keys("Ggg");
    let effects = world.state.resize((119, 35));
    world.perform(effects);
    let shown = screen(&world);
    assert!(shown.contains(" +3 Post +2"), "{shown}");
    let narrow = line((44, 14));
    assert!(narrow.ends_with(" +2"), "{narrow}");
    // All read, it is drawn as read.
    let mut world = world_of_stories((80, 24));
    world.keys("m");
    let shown = screen(&world);
    let line = shown.lines().find(|line| line.contains("Long title"));
    assert!(!line.unwrap().contains('●'), "{shown}");
    // Spoken, it is a sentence.
    let mut world = world_of_stories((80, 24));
    world.store[0].title = "Short".into();
    world.state.settings.reader.linear = true;
    world.keys("gg");
    let shown = screen(&world);
    let said = "Short, unread, starred, 3 articles of 3 outlets, 2 unread";
    assert!(shown.contains(said), "{shown}");
}

#[test]
fn an_empty_front_page_and_a_story_that_is_gone_say_what_to_do() {
    let mut world = world_of_stories((80, 24));
    world.folds.clear();
    world.keys("gS");
    let shown = screen(&world);
    assert!(shown.contains("No stories in the last 7 days."), "{shown}");
    assert!(shown.contains("R: refresh"), "{shown}");
    let mut world = world_of_stories((44, 14));
    world.keys("gS");
    assert!(screen(&world).contains("Stories"));
    let gone = std::mem::take(&mut world.store);
    world.keys("<enter>");
    assert!(
        screen(&world).contains("were removed"),
        "{}",
        screen(&world)
    );
    world.store = gone;
    world.keys("<esc>");
    // Two of its three articles are unread.
    assert!(screen(&world).contains(" 2/3"), "{}", screen(&world));
}

#[test]
fn a_line_of_the_front_page_says_outlets_ages_and_how_many_are_unread() {
    let line = |size, hours: i64| {
        let mut world = world_of_stories(size);
        let folded = world.folds.get_mut(&ArticleId(30)).unwrap();
        folded.first = folded.last - hours * 3_600_000_000;
        world.keys("gS");
        let shown = screen(&world);
        let line = shown.lines().find(|line| line.contains("Long title"));
        line.unwrap_or_else(|| panic!("{shown}")).to_owned()
    };
    let age = |size| {
        let line = line(size, 0);
        let before = line.split("Long").next().unwrap_or_default();
        let age = before.split_whitespace().next_back();
        age.unwrap_or_default().to_owned()
    };
    for (size, outlets) in [
        ((80, 24), "Post +2"),
        ((120, 35), "Post +2"),
        ((160, 50), "Post, Harbour Star +1"),
    ] {
        let two = line(size, 24 * 60);
        assert!(two.trim_end().ends_with(outlets), "{two}");
        assert!(two.contains(" 2/3 "), "{two}");
        // At 80 columns the headline goes first.
        assert_eq!(
            two.contains(&format!("-{} Long", age(size))),
            size.0 > 80,
            "{two}"
        );
        assert!(
            !line(size, 0).contains("- Long")
                && !line(size, 0).contains(&format!("-{}", age(size)))
        );
    }
    let title = |size: (u16, u16)| {
        let line = line(size, 48);
        let title = line.split("Long").skip(1).collect::<Vec<_>>().join("Long");
        title
            .split(" 2/3")
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + "Long".len()
    };
    assert!(
        title((80, 24)) >= 52 && title((120, 35)) >= 56 && title((160, 50)) >= 80,
        "{} {} {}",
        title((80, 24)),
        title((120, 35)),
        title((160, 50))
    );
}

#[test]
fn beside_the_drawer_the_list_is_whole_and_names_have_the_room_there_is() {
    let mut world = world((80, 24));
    world.keys("h");
    let shown = screen(&world);
    // Titles begin where the drawer ends, none in its middle.
    for title in [
        "Aliyev and Erdoğan open a railway",
        "Тбилисский суд открыл архив",
    ] {
        assert!(shown.contains(title), "{shown}");
    }
    let place = "The Upper Valley’s Gazette";
    world.state.settings.outlets[0].name = place.to_owned();
    let (views, outlets) = (
        world.state.settings.views.clone(),
        world.state.settings.outlets.clone(),
    );
    world.state.side.configure(&views, &outlets);
    assert!(screen(&world).contains(place));
}

#[test]
fn text_from_right_to_left_ends_at_the_right_edge() {
    let mut world = world((100, 40));
    let hebrew = "הפרלמנט אישר את התקציב אחרי דיון ארוך שנמשך כל הלילה ".repeat(6);
    world.body = format!(
        "<p>{hebrew}</p><p>NATO {hebrew}</p><p>Only English here.</p><p>{hebrew} NATO</p><pre>x = 1</pre>"
    );
    world.keys("<enter>");
    let reading = world.state.article.open.as_ref().unwrap();
    let text = world.state.article_area().unwrap();
    let (right, left) = (text.x + text.w, text.x);
    let head = reading.head.len();
    let terminal = draw(&world);
    let buffer = terminal.backend().buffer();
    // The first and the last cell of a row of the article that are not empty.
    let edges = |y: u16| {
        let used: Vec<u16> = (left..right)
            .filter(|x| buffer[(*x, y)].symbol().trim() != "")
            .collect();
        used.first().copied().zip(used.last().copied())
    };
    let mut seen = (0, 0);
    for row in 0..text.h {
        let at = reading.top + usize::from(row);
        let Some(line) = reading.line(at).filter(|_| at >= head) else {
            continue;
        };
        let words = line.text();
        let Some((first, last)) = edges(text.y + row) else {
            continue;
        };
        let begins_foreign = words.starts_with("NATO");
        if words.contains("Only English") || words.contains("x = 1") || begins_foreign {
            assert_eq!(first, left, "{words}");
            seen.0 += 1;
        } else if words.chars().any(|c| ('א'..='ת').contains(&c)) && seen.0 == 0 {
            assert_eq!(last + 1, right, "{words}");
            seen.1 += 1;
        }
    }
    assert!(seen.0 >= 2 && seen.1 >= 2, "{seen:?}");
}

#[test]
fn of_syllables_that_terminals_draw_sign_by_sign_nothing_stays_behind() {
    let hindi = "हिन्दी में खबर और क्षेत्रीय राष्ट्रीय नीति। ";
    let tamil = "நாடாளுமன்றம் திருத்தப்பட்ட ";
    let drawn = |body: String| {
        let mut world = world((100, 30));
        world.body = body;
        world.keys("<enter>");
        frame_of(&world)
    };
    let before = drawn(format!("<p>{}{}</p>", hindi.repeat(9), tamil.repeat(9)));
    let after = drawn("<p>Short.</p>".to_owned());
    let changes = before.diff(&after);
    let written: std::collections::HashSet<(u16, u16)> = changes
        .iter()
        .flat_map(|(x, y, cell)| {
            let columns = newsprint_html::width(cell.symbol()).max(1) as u16;
            (*x..*x + columns).map(move |x| (x, *y))
        })
        .collect();
    let area = before.area;
    let mut looked_at = 0;
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let cell = &before[(x, y)];
            let columns = newsprint_html::width(cell.symbol()).max(1) as u16;
            for covered in x..(x + columns).min(area.right()) {
                // Half a wide character is none: terminals take it away whole.
                let signs = cell.symbol().chars().count();
                if columns > 1 && signs > 1 && after[(covered, y)].symbol() == " " {
                    assert!(written.contains(&(covered, y)), "{}", cell.symbol());
                    looked_at += 1;
                }
            }
            x += columns;
        }
    }
    assert!(looked_at > 50, "{looked_at}");
}

#[test]
fn what_lies_over_the_panes_leaves_the_sidebar_whole_where_there_is_room() {
    let names: String = (1..=9)
        .map(|n| {
            format!(
                "[[outlet]]\nname = \"Outlet of the valley {n}\"\nurl = \"https://o{n}.example/\"\n"
            )
        })
        .collect();
    let mut world = World::new(30, &names);
    for (size, whole) in [((100, 30), true), ((120, 35), true), ((160, 50), true)] {
        for keys in ["?", "t", "<C-p>"] {
            let whole = whole && (keys != "?" || size.0 > 100);
            let effects = world.state.resize(size);
            world.perform(effects);
            world.keys(keys);
            assert!(world.state.popup.open.is_some(), "{keys}");
            let shown = screen(&world);
            for n in 1..=9 {
                let name = format!("valley {n}");
                assert_eq!(
                    shown.contains(&name),
                    whole,
                    "{size:?} {keys} {name}:\n{shown}"
                );
            }
            world.keys("<esc><esc>");
        }
    }
}

#[test]
fn whether_all_or_any_of_the_ticked_tags_are_meant_is_seen() {
    let mut world = world((100, 24));
    world.keys("t<space>");
    assert!(!screen(&world).contains("any of them"));
    world.keys("<C-o>");
    let shown = screen(&world);
    assert!(shown.contains("Tags: any of them"), "{shown}");
    world.keys("<enter>");
    let shown = screen(&world);
    assert!(!shown.contains("Tags: any of them"), "{shown}");
}

#[test]
fn an_outlet_stands_behind_its_group_at_the_top() {
    let outlets = "[[outlet]]\nname = \"Morning Post\"\nurl = \"https://post.example/\"\ngroup = \"World\"\n\
                   [[outlet]]\nname = \"Herald\"\nurl = \"https://herald.example/\"\n";
    let mut world = World::new(3, outlets);
    let effects = world.state.resize((120, 30));
    world.perform(effects);
    let top = |world: &mut World, name: &str| {
        world.state.choice.place = Place::Outlet(name.to_owned());
        screen(world).lines().next().unwrap().to_owned()
    };
    let grouped = top(&mut world, "Morning Post");
    assert!(
        grouped.contains("newsprint  World › Morning Post"),
        "{grouped}"
    );
    let alone = top(&mut world, "Herald");
    assert!(alone.contains("newsprint  Herald"), "{alone}");
}

#[test]
fn of_the_chosen_outlet_all_lines_are_seen_below_any_number_of_others() {
    for size in [(80, 24), (120, 35), (160, 50)] {
        let mut world = world(size);
        let place = world.state.settings.outlets[0].name.clone();
        let known = world.state.side.health(&place).unwrap().clone();
        let mut health: Vec<_> = (0..12)
            .map(|at| newsprint_model::Health {
                outlet: format!("Outlet {at}"),
                ..known.clone()
            })
            .collect();
        health[11].last_error = Some("HTTP 503: service unavailable".into());
        world.keys("E");
        world.update(Event::Health(health));
        for keys in ["j", "kj", "gg", "G"] {
            world.keys(keys);
        }
        let shown = screen(&world);
        let lines: Vec<&str> = shown.lines().collect();
        let at = lines.iter().position(|line| line.contains("Outlet 11"));
        let at = at.unwrap_or_else(|| panic!("{size:?}\n{shown}"));
        assert!(lines[at + 1].contains("HTTP 503"), "{size:?}\n{shown}");
        assert!(
            lines[at + 4].contains("https://post.example/"),
            "{size:?}\n{shown}"
        );
        // Where there is room for all, all are seen whole.
        let mut world = self::world((120, 35));
        world.keys("E");
        world.update(Event::Health(vec![known.clone(), known.clone(), known]));
        let shown = screen(&world);
        assert_eq!(shown.matches("https://post.example/").count(), 3, "{shown}");
    }
}

#[test]
fn an_empty_list_names_no_key_while_a_line_is_typed_and_repeats_nothing() {
    let mut searched = world((80, 24));
    searched.store.clear();
    searched.keys("/").text("xyzzy");
    let shown = screen(&searched);
    assert!(shown.contains("No matches for xyzzy."), "{shown}");
    assert!(!shown.contains("clear"), "{shown}");
    searched.keys("<enter>");
    assert!(screen(&searched).contains("No matches for xyzzy. c: clear"));

    let mut none = World::new(0, "outlet = []\n");
    let effects = none.state.resize((80, 24));
    none.perform(effects);
    none.keys("E");
    none.update(Event::Health(Vec::new()));
    let shown = screen(&none);
    assert_eq!(shown.matches("No outlets yet").count(), 1, "{shown}");

    let mut first = World::new(0, "");
    let effects = first.state.resize((80, 24));
    first.perform(effects);
    first.update(Event::Progress(RefreshProgress {
        total: 1,
        step: "Caucasus Watch: fetching".into(),
        ..RefreshProgress::default()
    }));
    let shown = screen(&first);
    assert_eq!(shown.matches(": fetching").count(), 1, "{shown}");
}

#[test]
fn beside_the_article_a_row_of_two_lines_names_its_outlet() {
    for columns in [150, 160, 200] {
        let mut world = world_of_long_titles((columns, 40));
        world.keys(":").text("layout columns").keys("<enter>");
        let shown = screen(&world);
        assert!(shown.contains("igest"), "{columns}\n{shown}");
    }
}

#[test]
fn without_colour_only_links_are_underlined_in_an_article() {
    let mut world = world((80, 24));
    world.keys("j<enter>");
    let terminal = draw(&world);
    let buffer = terminal.backend().buffer();
    let row = |y: u16| (0..80).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    let notice = (0..24).find(|y| row(*y).contains("Excerpt only"));
    let notice = notice.expect("a line that says that it is an excerpt");
    for x in 0..80 {
        let modifier = buffer[(x, notice)].modifier;
        assert!(!modifier.contains(Modifier::UNDERLINED), "{}", row(notice));
    }
}

#[test]
fn while_articles_are_picked_the_header_says_how_many() {
    let mut world = world((80, 24));
    assert!(!screen(&world).contains("picked"));
    world.keys("vjj");
    assert!(screen(&world).contains("3 picked"), "{}", screen(&world));
    world.keys("<esc>");
    assert!(!screen(&world).contains("picked"));
}
