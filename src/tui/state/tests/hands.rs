//! What a person notices while typing: what is said and for how long, keys that do nothing here, the
//! command line, what can be undone. Never here: what the store answers.

use super::*;
use crate::library::selection::Place;
use crate::tui::effect::TagChange;

fn said(world: &World) -> &str {
    let message = world.state.messages.shown.as_ref();
    message.map_or("", |message| message.text.as_str())
}

fn prompt(world: &World) -> &str {
    let prompt = world.state.prompt.line.as_ref();
    prompt.map_or("", |prompt| prompt.text.as_str())
}

fn paste(world: &mut World, text: &str) {
    let effects = world.state.input(Input::Paste(text.into()));
    world.perform(effects);
}

fn resize(world: &mut World, size: (u16, u16)) {
    let effects = world.state.resize(size);
    world.perform(effects);
}

#[test]
fn a_pasted_address_is_the_address_and_a_failed_look_leaves_it_to_be_mended() {
    let mut world = World::new(3, "");
    world.keys("a");
    assert_eq!(prompt(&world), "");
    paste(&mut world, "https://post.exmaple/news\n");
    world.keys("<enter>");
    assert_eq!(
        world.asked,
        [Effect::Discover("https://post.exmaple/news".into())]
    );
    world.update(Event::Discovered(Err("no such host".into())));
    assert!(world.state.popup.open.is_none());
    assert!(
        said(&world).starts_with("no such host (a: edit"),
        "{}",
        said(&world)
    );
    world.keys("a");
    assert_eq!(prompt(&world), "https://post.exmaple/news");
    // Once an outlet came of it, the next line is empty.
    world.keys("<enter>");
    world.update(Event::Added("The Post".into()));
    world.keys("a");
    assert_eq!(prompt(&world), "");
}

#[test]
fn keys_typed_ahead_of_a_list_meet_its_rows_and_not_those_before() {
    let typed = |text: &str| {
        let mut world = World::new(6, "");
        // Nothing is answered until all is typed; then the list begins with 5 and not with 6.
        let mut effects = Vec::new();
        for key in notation::parse(text).unwrap() {
            effects.extend(world.state.input(Input::Key(key)));
        }
        world.store.remove(0);
        world.asked.clear();
        world.perform(effects);
        world
    };
    let open = |world: &World| {
        let article = world.state.article.open.as_ref();
        article.map(|reading| reading.article.headline.id.0)
    };
    assert_eq!(open(&typed("gu<enter>")), Some(5));
    assert_eq!(open(&typed("guj<enter>")), Some(4));
    assert_eq!(open(&typed("gu<enter>J")), Some(4));
    let starred = typed("gusjs");
    let stars: Vec<i64> = starred
        .asked
        .iter()
        .filter_map(|effect| match effect {
            Effect::Mark(ids, Mark::Star, _) => Some(ids[0].0),
            _ => None,
        })
        .collect();
    assert_eq!(stars, [5, 4]);
    // Through two lists, and into a line that is typed.
    assert_eq!(open(&typed("gusga<enter>")), Some(5));
    assert_eq!(prompt(&typed("gus/word")), "word");
    // Escape does not wait.
    assert_eq!(typed("gu<enter><esc>").state.screen.focus, Pane::List);
}

#[test]
fn a_link_is_opened_only_where_its_number_can_be_seen() {
    let mut world = World::new(3, "");
    let plain = "<p>Words that lead nowhere.</p>".repeat(60);
    world.body = format!("{plain}<p><a href=\"https://far.example/\">far below</a></p>");
    world.keys("<enter>").keys(";");
    assert!(said(&world).contains("No link in view"), "{}", said(&world));
    assert!(said(&world).contains('L'), "{}", said(&world));
    // A digit alone opens the link of that number, wherever it is.
    world.keys("1");
    assert_eq!(world.asked, [Effect::Browse("https://far.example/".into())]);
    world.keys("G;1");
    assert_eq!(world.asked, [Effect::Browse("https://far.example/".into())]);
}

#[test]
fn of_many_links_the_one_is_opened_whose_whole_number_was_typed() {
    let mut world = World::new(3, "");
    let links: String = (1..=12)
        .map(|n| format!("<p><a href=\"https://far.example/{n}\">link number {n}</a></p>"))
        .collect();
    world.body = links;
    resize(&mut world, (120, 90));
    world.keys("<enter>").keys(";1");
    assert_eq!(world.asked, [], "1 may go on to 10, 11 and 12");
    world.keys("2");
    assert_eq!(
        world.asked,
        [Effect::Browse("https://far.example/12".into())]
    );
    world.keys(";2");
    assert_eq!(
        world.asked,
        [Effect::Browse("https://far.example/2".into())]
    );
    world.keys(";1<enter>");
    assert_eq!(
        world.asked,
        [Effect::Browse("https://far.example/1".into())]
    );
}

#[test]
fn what_is_said_goes_with_the_next_key_and_can_be_read_again() {
    let mut world = World::new(30, "");
    world.update(Event::Said("Opened https://post.example/".into()));
    world.keys("j");
    assert_eq!(said(&world), "");
    // A filter that was wrong and is mended leaves nothing of its error.
    world.keys("f").text("is:purple").keys("<enter>");
    assert!(world.state.prompt.line.as_ref().unwrap().error.is_some());
    world.keys("<C-u>").text("is:unread").keys("<enter>");
    assert_eq!(said(&world), "");
    world.update(Event::Failed("HTTP 404".into()));
    world.keys("ge");
    let popup = world.state.popup.open.clone().unwrap();
    let lines = crate::tui::state::popup_text::popup_lines(&world.state, &popup);
    let text: String = lines
        .iter()
        .flatten()
        .map(|(text, _)| text.as_str())
        .collect();
    assert!(
        text.contains("HTTP 404") && text.contains("Opened https"),
        "{text}"
    );
    assert!(text.find("HTTP") < text.find("Opened"), "{text}");
}

#[test]
fn an_error_that_comes_up_while_one_types_is_not_missed() {
    let mut world = World::new(30, "");
    world.update(Event::Failed("Not stored: the disk is full".into()));
    world.keys("jj");
    assert!(said(&world).contains("disk"));
    world.state.now = Time::from_millisecond(now().as_millisecond() + 2_000).unwrap();
    world.keys("j");
    assert_eq!(said(&world), "");
}

#[test]
fn a_long_message_is_shown_whole() {
    let mut world = World::new(3, "");
    resize(&mut world, (44, 14));
    let long = "“Harbour News” is saved in /home/somebody/.config/newsprint/config.toml.";
    world.update(Event::Said(long.into()));
    let lines = world.state.message_lines();
    assert!(lines.len() > 1);
    assert_eq!(lines.join(" ").replace(' ', ""), long.replace(' ', ""));
    // One that would cover the screen says how it can be read.
    world.update(Event::Said("many words ".repeat(60)));
    let lines = world.state.message_lines();
    assert_eq!(lines.len(), 4);
    assert!(lines[3].ends_with("(ge: all)"), "{lines:?}");
    assert!(lines.iter().all(|line| newsprint_html::width(line) <= 42));
}

#[test]
fn a_key_that_does_nothing_here_says_so() {
    let mut world = World::new(3, "");
    world.keys("#");
    assert_eq!(said(&world), "# is not bound (? for help)");
    world.keys("gx");
    assert_eq!(said(&world), "gx is not bound (? for help)");
    world.keys("<S-tab>").keys("v");
    assert!(
        said(&world).contains("v (pick a range of articles)")
            && said(&world).contains("article list"),
        "{}",
        said(&world)
    );
    let mut world = World::new(3, "");
    world.keys("?").keys("s");
    assert!(said(&world).contains("Esc: close"), "{}", said(&world));
    // Keys that have nothing to act on.
    for (articles, keys) in [
        (3, "c"),
        (3, "T"),
        (3, "V"),
        (3, "<enter><enter>"),
        (3, "GJ"),
        (0, "m"),
        (0, "s"),
        (0, "A"),
        (0, "o"),
        (0, "y"),
        (0, "x"),
        (0, "d"),
        (0, "z"),
        (0, "n"),
        (0, "<enter>"),
    ] {
        let mut world = World::new(articles, "");
        world.state.refresh.running = None;
        world.state.messages.shown = None;
        world.keys(keys);
        assert!(
            !said(&world).is_empty(),
            "{keys} on {articles} says nothing"
        );
    }
}

#[test]
fn nothing_is_saved_as_a_view_before_there_is_something_to_save() {
    let mut world = World::new(
        3,
        "[[view]]\nname = \"Long\"\nquery = \"is:full\"\nkey = \"gl\"\n",
    );
    world.keys("V");
    assert!(world.state.prompt.line.is_none());
    assert!(said(&world).contains("(f, t, gu)"), "{}", said(&world));
    world.keys("glV");
    assert!(said(&world).contains("saved as “Long”"), "{}", said(&world));
    // A name that is taken is said while the line is still there.
    world.keys("guV").text("long").keys("<enter>");
    assert!(said(&world).contains("“Long” exists already"));
    assert_eq!(prompt(&world), "long");
    assert_eq!(world.asked, []);
    world.text("er").keys("<enter>");
    assert!(matches!(
        &world.asked[..],
        [.., Effect::EditConfig(ConfigEdit::AddView { name, .. })] if name == "longer"
    ));
}

#[test]
fn a_tag_that_was_muted_or_hidden_comes_back_with_undo_in_its_turn() {
    let mut world = World::new(3, "");
    world.keys("s").keys("<S-tab>M");
    let muted = |on| {
        Effect::EditConfig(ConfigEdit::Tag(TagChange {
            tag: "Azerbaijan".into(),
            mute: true,
            on,
        }))
    };
    assert_eq!(world.asked, [muted(true)]);
    assert_eq!(world.query(), "-tag:Azerbaijan");
    assert_eq!(world.keys("u").asked, [muted(false)]);
    assert_eq!(world.query(), "");
    // Then the star, which the store knows of.
    assert_eq!(world.keys("u").asked, [Effect::Undo]);
    // A mark that changed nothing is no step of its own.
    world.keys("M").keys("<tab>A");
    world.update(Event::Marked {
        changed: 0,
        mark: Mark::Read,
        list: true,
    });
    assert_eq!(world.keys("u").asked, [muted(false)]);
}

#[test]
fn tags_are_named_on_the_command_line() {
    let mut world = World::new(3, "");
    // The cursor of the tags' pane is nowhere to be seen.
    for name in ["tag-and", "tag-not", "hide-tag", "mute-tag"] {
        world.keys(":").text(name).keys("<enter>");
        assert!(said(&world).contains("Name a tag"), "{name}");
        assert_eq!(world.asked, [], "{name}");
        world.keys("<esc>");
    }
    world
        .keys(":")
        .text("tag-and north caucasus")
        .keys("<enter>");
    assert_eq!(world.query(), "tag:\"North Caucasus\"");
    world.keys(":").text("tag-not geor").keys("<tab>");
    assert_eq!(prompt(&world), "tag-not Georgia");
    world.keys("<enter>");
    assert_eq!(world.query(), "tag:\"North Caucasus\" -tag:Georgia");
    world.keys(":").text("tag-and Nowhere").keys("<enter>");
    assert!(said(&world).contains("Unknown tag: Nowhere"));
    world
        .keys("<esc>T:")
        .text("mute-tag azerbaijan")
        .keys("<enter>");
    assert_eq!(world.query(), "-tag:Azerbaijan");
    world.keys(":").text("unmute-tag ").keys("<tab><enter>");
    assert_eq!(world.query(), "");
    world.keys(":").text("unmute-tag").keys("<enter>");
    assert!(said(&world).contains("No tag is muted"), "{}", said(&world));
}

#[test]
fn the_command_line_runs_what_is_written_out_and_nothing_else() {
    let mut world = World::new(3, "");
    for typed in ["no", "mark", "quit-n", "zzz"] {
        world.keys(":").text(typed).keys("<enter>");
        assert_eq!(
            world
                .asked
                .iter()
                .find(|effect| !matches!(effect, Effect::Remember(..))),
            None,
            "{typed}"
        );
        assert_eq!(prompt(&world), typed, "the line is there to be mended");
        assert!(said(&world).contains(typed), "{}", said(&world));
        world.keys("<esc>");
    }
    // What fits is offered while one types, and taken by Tab alone.
    world.keys(":").text("mark");
    assert_eq!(prompt(&world), "mark");
    let offers = world.state.prompt.line.as_ref().unwrap().offers.clone();
    assert_eq!(offers[..2], ["mark-above-read", "mark-all-read"]);
    world.keys("<tab>");
    assert_eq!(prompt(&world), "mark-above-read");
    world.keys("<tab>");
    assert_eq!(prompt(&world), "mark-all-read");
    world.keys("<S-tab>");
    assert_eq!(prompt(&world), "mark-above-read");
    world.keys("<esc>:").text("no").keys("<tab>");
    assert_eq!(prompt(&world), "tag-not");
}

#[test]
fn arguments_are_completed_as_what_they_are() {
    let config = "[[outlet]]\nname = \"Morning Post\"\nurl = \"https://post.example/\"\n[[outlet]]\nname = \"Evening Star\"\nurl = \"https://star.example/\"\n[[view]]\nname = \"Long reads\"\nquery = \"is:full\"\n";
    let mut world = World::new(3, config);
    world.keys(":").text("outlet mor").keys("<tab><enter>");
    assert_eq!(world.query(), "outlet:\"Morning Post\"");
    world.keys(":").text("view lo").keys("<tab><enter>");
    assert_eq!(world.query(), "is:full");
    world.keys(":").text("filter is:unr").keys("<tab>");
    assert_eq!(prompt(&world), "filter is:unread");
    world.text(" tag:geo").keys("<tab>");
    assert_eq!(prompt(&world), "filter is:unread tag:Georgia");
    world.keys("<C-u>").text("filter is:purple").keys("<enter>");
    assert!(said(&world).contains("Column 4"), "{}", said(&world));
    world
        .keys("<C-u>")
        .text("refresh even")
        .keys("<tab><enter>");
    assert!(world.asked.contains(&Effect::Refresh {
        outlets: vec!["Evening Star".into()],
        force: true,
    }));
}

#[test]
fn where_the_article_has_a_pane_the_next_one_is_shown_in_it() {
    let mut world = World::new(600, "");
    world.keys("J");
    assert_eq!((world.chosen(), world.open_article()), (599, 599));
    assert_eq!(world.state.screen.focus, Pane::List);
    assert_eq!(world.keys("K").open_article(), 600);
    world.keys("jjj");
    assert_eq!(world.open_article(), 597, "the pane follows the cursor");
    assert!(
        !world.state.list.rows[3].headline.read,
        "unread until opened"
    );
    // Also where the rows have to be fetched first.
    world.keys("500J");
    assert_eq!((world.chosen(), world.open_article()), (97, 97));
    // Without that pane it is a step in the list.
    resize(&mut world, (80, 20));
    world.keys("J");
    assert_eq!((world.chosen(), world.open_article()), (96, 97));
}

#[test]
fn a_file_that_is_there_is_asked_about() {
    let mut world = World::new(3, "");
    let id = ArticleId(3);
    let save = |path: &str, over| Effect::Save {
        id,
        path: path.into(),
        over,
    };
    let exists = || Event::Exists {
        id,
        path: "a.md".into(),
        free: "a-2.md".into(),
    };
    world.update(exists());
    assert!(said(&world).contains("a.md exists"));
    assert_eq!(world.keys("y<enter>").asked, [save("a.md", true)]);
    world.update(exists());
    world.keys("n<enter>");
    assert_eq!(prompt(&world), "a-2.md");
    world.keys("<enter>");
    assert!(world.asked.contains(&save("a-2.md", false)));
    world.update(exists());
    assert_eq!(
        world.text("b.md").keys("<enter>").asked,
        [save("b.md", false)]
    );
    world.update(exists());
    assert_eq!(world.keys("<esc>").asked, []);
    assert!(world.state.prompt.line.is_none());
}

#[test]
fn the_header_names_what_the_list_shows() {
    let config = "[[outlet]]\nname = \"Morning Post\"\nurl = \"https://post.example/\"\n[[outlet]]\nname = \"Evening Star\"\nurl = \"https://star.example/\"\n";
    let mut world = World::new(3, config);
    assert_eq!(world.state.shown_place(), "All");
    assert_eq!(world.state.shown_unread(), Some((3, None)));
    world
        .keys("f")
        .text("outlet:\"evening star\" is:full")
        .keys("<enter>");
    assert_eq!(world.state.shown_place(), "Evening Star");
    world.store[0].read = true;
    world.keys("cgu");
    assert_eq!(world.state.shown_place(), "All");
    assert_eq!(world.state.shown_unread(), Some((2, Some(2))));
}

#[test]
fn the_list_of_outlets_is_as_the_last_refresh_left_it() {
    let mut world = World::new(
        3,
        "[[outlet]]\nname = \"Morning Post\"\nurl = \"https://post.example/\"\n",
    );
    world.keys("E");
    assert_eq!(world.asked, [Effect::LoadHealth]);
    let health = |world: &World, error: &str| {
        let mut health = world.state.side.outlets.clone();
        health[0].last_error = Some(error.to_owned());
        Event::Health(health)
    };
    let event = health(&world, "HTTP 500");
    world.update(event);
    world.keys("r");
    world.refreshed(Refreshed {
        asked: vec!["Morning Post".into()],
        ..Refreshed::default()
    });
    assert!(world.asked.contains(&Effect::LoadHealth));
    let event = health(&world, "HTTP 404");
    world.update(event.clone());
    let shown = world
        .state
        .popup
        .open
        .as_ref()
        .map(|popup| popup.kind.clone());
    assert!(
        matches!(shown, Some(Kind::Health(all)) if all[0].last_error.as_deref() == Some("HTTP 404"))
    );
    // Once it was closed, it stays closed.
    world.keys("<esc>");
    world.update(event);
    assert!(world.state.popup.open.is_none());
}

#[test]
fn what_narrowed_the_list_is_cleared_and_one_is_back_where_one_was() {
    let mut world = World::new(600, "");
    world.keys("400j");
    for narrowed in [
        "f",
        "/erdogan<enter>",
        "t<enter>",
        "<S-tab><enter>",
        "<S-tab>+<tab>",
    ] {
        assert_eq!((world.chosen(), world.state.list.place()), (200, Some(401)));
        world.keys(narrowed);
        if narrowed == "f" {
            world.text("is:full").keys("<enter>");
        }
        assert_eq!(world.state.list.place(), Some(1), "{narrowed}");
        world.keys("jj").keys("c");
    }
    // A search that is given up while it is typed, and marks that narrow.
    world.keys("/").text("erd").keys("<esc>");
    assert_eq!((world.chosen(), world.state.list.place()), (200, Some(401)));
    world.keys("gu").keys("ga");
    assert_eq!((world.chosen(), world.state.list.place()), (200, Some(401)));
    // From the top one comes back to the top, with what is new.
    world.keys("gg/").text("erd").keys("<enter>");
    world.store.insert(0, headline(601));
    assert_eq!(world.keys("c").chosen(), 601);
}

#[test]
fn a_place_beyond_the_end_of_a_list_is_its_end() {
    let mut world = World::new(30, "");
    world.keys("G");
    // What is shown next holds nothing that old.
    world.store.truncate(10);
    world.keys("gu");
    assert_eq!((world.chosen(), world.state.list.place()), (21, Some(10)));
    world.store.clear();
    world.keys("ga");
    assert!(world.state.list.rows.is_empty() && !world.state.list.waiting);
}

#[test]
fn a_refresh_can_be_stopped() {
    let config = "[[outlet]]\nname = \"Morning Post\"\nurl = \"https://post.example/\"\n";
    let mut world = World::new(3, config);
    world.keys("gr");
    assert_eq!(world.asked, []);
    assert_eq!(said(&world), "Not refreshing.");
    world.keys("R").keys("R");
    assert!(said(&world).contains("gr: stop"), "{}", said(&world));
    assert_eq!(world.keys("gr").asked, [Effect::StopRefresh]);
    world.refreshed(Refreshed {
        new: 2,
        asked: vec!["Morning Post".into()],
        ..Refreshed::default()
    });
    assert_eq!(said(&world), "Stopped. 2 new articles.");
    // The next one is whole again.
    world.keys("R");
    world.refreshed(Refreshed {
        asked: vec!["Morning Post".into()],
        ..Refreshed::default()
    });
    assert_eq!(said(&world), "Nothing new.");
}

#[test]
fn a_search_leads_to_what_it_found_from_every_pane() {
    for pane in ["<tab><tab>", "<S-tab>"] {
        for size in [(120, 40), (60, 20)] {
            let mut world = World::new(30, "");
            resize(&mut world, size);
            world.keys(pane).keys("/").text("erdo");
            assert!(world.state.panes().list.is_some());
            world.keys("<enter>");
            assert_eq!(world.state.screen.focus, Pane::List);
            // And q leads back from it rather than out.
            assert!(!world.keys("q").asked.contains(&Effect::Quit));
            assert_eq!(world.query(), "");
        }
    }
}

#[test]
fn a_search_finds_the_same_where_lines_are_spoken() {
    let mut world = World::new(30, "");
    world.state.settings.reader.linear = true;
    world.keys("/").text("erdo").keys("<enter>");
    assert_eq!(world.query(), "erdo*");
    world.keys("c/").text("\"erdo\"").keys("<enter>");
    assert_eq!(world.query(), "erdo");
}

#[test]
fn unread_and_all_are_one_key_apart() {
    let mut world = World::new(3, "");
    assert_eq!(world.keys("U").query(), "is:unread");
    assert_eq!(world.keys("U").query(), "");
}

#[test]
fn all_is_marked_read_whatever_the_list_shows_of_it() {
    let mut world = World::new(3, "[tags]\nmute = [\"Sport\"]\n");
    world.keys("gs").keys("gA");
    assert!(matches!(
        &world.asked[..],
        [Effect::MarkList(list, Mark::Read)] if list.query.to_string() == "-tag:Sport" && list.as_of.is_some()
    ));
}

#[test]
fn what_was_narrowed_is_come_back_to_at_the_row_that_was_left() {
    let mut world = World::new(60, "");
    world.keys("010jf").text("is:unread").keys("<enter>4j");
    assert_eq!(world.chosen(), 56);
    // A search given up inside a filter.
    world.keys("/").text("Story").keys("<esc>");
    assert_eq!(world.chosen(), 56);
    assert!(world.state.choice.filter.is_some());
    // One whose words are taken away again, then the filter too.
    world.keys("/").text("Story").keys("<enter>j");
    world.keys("/<C-u><enter>");
    assert_eq!(world.chosen(), 56);
    world.keys("f<C-u><enter>");
    assert!(!world.state.choice.is_narrowed());
    assert_eq!(world.chosen(), 50);
    // In a ranking too.
    world.keys("/").text("Story").keys("<enter>j");
    let row = world.chosen();
    world.keys("/").text(" of").keys("<esc>");
    assert_eq!(world.chosen(), row);
    assert!(world.state.list.ranked);
}

#[test]
fn a_search_in_an_article_that_is_given_up_leads_back_to_where_one_read() {
    let mut world = World::new(3, "");
    world.body = format!("{}<p>A needle.</p>", "<p>One paragraph.</p>".repeat(100));
    world.keys("<enter>7j");
    let top = |world: &World| world.state.article.open.as_ref().unwrap().top;
    assert_eq!(top(&world), 7);
    world.keys("/").text("needle");
    assert!(top(&world) > 100);
    world.keys("<esc>");
    assert_eq!(top(&world), 7);
}

#[test]
fn an_article_is_begun_anew_only_when_it_was_left_at_its_end() {
    let position = |keys: &str| {
        let mut world = World::new(3, "");
        world.body = "<p>One paragraph.</p>".repeat(100);
        world.keys("<enter>").keys(keys);
        let left = world.asked.iter().find_map(|effect| match effect {
            Effect::SetPosition(_, position) => Some(*position),
            _ => None,
        });
        left.unwrap_or(0)
    };
    assert_eq!(position("Gh"), 0);
    assert!(position("G<C-b>h") > 0);
    assert!(position("G<C-b>Q") > 0);
}

#[test]
fn an_added_outlet_leaves_the_sidebar_at_what_is_shown() {
    let outlet =
        |name: &str| format!("[[outlet]]\nname = \"{name}\"\nurl = \"https://{name}.example/\"\n");
    let mut world = World::new(3, &format!("{}{}", outlet("Echo"), outlet("Herald")));
    world.keys("h6j");
    assert_eq!(world.state.shown_place(), "Herald");
    let rows = world.state.side.rows().len();
    let text = format!("{}{}", world.config, outlet("Mirror"));
    let event = world.configured(text);
    world.update(event);
    world.update(Event::Added("Mirror".into()));
    let side = &world.state.side;
    assert_eq!(side.chosen().unwrap().name, "Herald");
    assert_eq!(side.rows().len(), rows + 1);
}

#[test]
fn leaving_the_article_ends_its_being_alone() {
    for leave in ["h", "<tab>", "g/<esc>", ":filter<space>is:unread<enter>"] {
        let mut world = World::new(3, "");
        world.keys("<enter>z");
        assert!(world.state.screen.zen);
        world.keys(leave);
        assert!(!world.state.screen.zen, "{leave}");
    }
}

#[test]
fn a_count_goes_so_many_unread_articles_on_or_to_a_row_or_line() {
    let mut world = World::new(40, "");
    world.store[2].read = true;
    let reset = "gg";
    world.keys(reset);
    assert_eq!(world.keys("05n").chosen(), 34);
    assert_eq!(world.keys("04N").chosen(), 39);
    assert_eq!(world.keys("07G").chosen(), 34);
    assert_eq!(world.keys("099n").chosen(), 1);
    // So many pages of an article, and a line of it.
    world.body = "<p>One paragraph.</p>".repeat(200);
    world.keys("<enter>");
    let top = |world: &World| world.state.article.open.as_ref().unwrap().top;
    world.keys("<space>");
    let page = top(&world);
    world.keys("gg3<space>");
    assert_eq!(top(&world), 3 * page);
    world.keys("5gg");
    assert_eq!(top(&world), 4);
    world.keys("9G");
    assert_eq!(top(&world), 8);
}

#[test]
fn words_name_the_keys_as_they_are() {
    let mut world = World::new(
        3,
        "[keys]\nx = \"\"\n\",e\" = \"outlets\"\nE = \"\"\n4 = \"sort\"\n",
    );
    world.store[0].text = TextState::Excerpt;
    world.keys("j").update(Event::Touched);
    world.keys("k<enter>");
    let reading = world.state.article.open.as_ref().unwrap();
    let head: Vec<String> = reading.head.iter().map(|line| line.text()).collect();
    let excerpt = "Excerpt only (:fetch-text: fetch full text)";
    assert!(head.join(" ").contains(excerpt), "{head:?}");
    world.refreshed(Refreshed::default());
    assert_eq!(said(&world), "Nothing to refresh.");
    world.keys("h?");
    let popup = world.state.popup.open.clone().unwrap();
    let help = super::super::popup_text::popup_lines(&world.state, &popup);
    let help: String = help
        .iter()
        .flatten()
        .map(|(text, _)| text.as_str())
        .collect();
    assert!(help.contains("04j 10j"), "{help}");
    assert!(help.contains("prefix 0 before 4"), "{help}");
}

#[test]
fn what_a_command_gets_is_said_in_any_case() {
    for typed in ["JSON: jq .title", "json:jq .title", "Json:  jq .title"] {
        let mut world = World::new(3, "");
        world.keys("|").text(typed).keys("<enter>");
        let piped = world.asked.iter().any(|effect| {
            matches!(effect, Effect::Pipe { command, format, .. }
                if command == "jq .title" && *format == crate::tui::effect::Format::Json)
        });
        assert!(piped, "{typed}");
    }
}

#[test]
fn a_key_that_changes_nothing_says_why() {
    let mut world = World::new(
        3,
        "[[view]]\nname = \"Long\"\nquery = \"is:full\"\nkey = \"4\"\n",
    );
    world.keys("4");
    assert_eq!(world.query(), "is:full");
    world.keys("4");
    assert_eq!(said(&world), "Already showing “Long”");
    world.keys("f").text("is:unread").keys("<enter>4");
    assert!(said(&world).contains("c: clear filter"), "{}", said(&world));
    for (key, words) in [
        ("S", "File name required"),
        ("|", "No command"),
        (":save-view", "Name required"),
    ] {
        world.keys(key);
        if key.len() > 1 {
            world.keys("<enter>");
        }
        world.keys("<C-u><enter>");
        assert!(said(&world).contains(words), "{key}: {}", said(&world));
    }
}

#[test]
fn where_nothing_can_be_seen_keys_do_nothing_but_lead_out() {
    let mut world = World::new(3, "");
    resize(&mut world, (15, 3));
    world.keys("js<enter>A");
    paste(&mut world, "words");
    assert_eq!(world.asked, []);
    assert_eq!(world.chosen(), 3);
    world.keys("<C-l>");
    assert_eq!(world.asked, [Effect::Redraw]);
    world.keys("q");
    assert_eq!(world.asked, [Effect::Quit]);
}

#[test]
fn an_outlets_long_entry_is_read_to_its_end_on_a_small_screen() {
    let mut world = World::new(3, "");
    resize(&mut world, (44, 9));
    world.keys("E");
    let health = |name: &str| Health {
        account: None,
        waiting: None,
        outlet: name.into(),
        url: "https://post.example/".into(),
        source: None,
        last_success: Some(now()),
        last_error: Some("the feed says nothing that can be read. ".repeat(8)),
        failing_since: Some(now()),
        status: Some(200),
        next_fetch: None,
        stopped: None,
        notes: Vec::new(),
        counts: Counts::default(),
    };
    world.update(Event::Health(vec![health("Echo"), health("Herald")]));
    let at = |world: &World| {
        let popup = world.state.popup.open.as_ref().unwrap();
        let over = super::super::popup_text::health_over(&world.state, popup, popup.cursor);
        (popup.cursor, popup.skip, over)
    };
    let (_, _, over) = at(&world);
    assert!(over > 2);
    for line in 1..=over {
        world.keys("j");
        assert_eq!(at(&world), (0, line, over));
    }
    world.keys("j");
    assert_eq!(at(&world), (1, 0, over));
    world.keys("G");
    assert_eq!(at(&world), (1, over, over));
    world.keys("j");
    assert_eq!(at(&world), (1, over, over));
    world.keys("kgg");
    assert_eq!(at(&world), (0, 0, over));
}

#[test]
fn what_shows_all_leaves_today_and_enter_opens_nothing_of_an_empty_list() {
    let mut world = World::new(3, "");
    world.keys("gd");
    assert_eq!(world.state.choice.place, Place::Today);
    world.keys("ga");
    assert_eq!(world.state.choice.place, Place::All);
    let open = world.keys("<enter>").open_article();
    assert_ne!(open, 0);
    world.keys("<esc>");
    world.state.list.rows.clear();
    world.keys("<enter>");
    assert_eq!(world.state.screen.focus, Pane::List);
}

#[test]
fn a_search_says_where_it_looks_and_can_look_everywhere() {
    let outlets = "[[outlet]]\nname = \"Herald\"\nurl = \"https://herald.example/\"\n\
                   [[outlet]]\nname = \"Post\"\nurl = \"https://post.example/\"\n";
    let mut world = World::new(3, outlets);
    world.state.choice.place = Place::Outlet("Post".into());
    world.keys("/");
    assert_eq!(world.state.prompt.line.as_ref().unwrap().about, "Post");
    world.keys("<esc>").keys("g/").text("rail");
    assert_eq!(world.state.prompt.line.as_ref().unwrap().about, "");
    assert_eq!(world.state.choice.place, Place::All);
    world.keys("<esc>");
    assert_eq!(world.state.choice.place, Place::Outlet("Post".into()));
}

#[test]
fn marking_a_range_says_how_many_it_changed() {
    let mut world = World::new(5, "");
    for (at, headline) in world.store.iter_mut().enumerate() {
        headline.read = at == 0;
    }
    world.keys("gs").keys("ga").keys("vjjm");
    let message = world.state.messages.shown.clone().unwrap();
    assert_eq!(message.text, "Marked 2 articles as read");
}
