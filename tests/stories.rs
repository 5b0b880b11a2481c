//! Stories over the whole program: placed by what a refresh runs, asked for, corrected and digested on the command line.
//! Never here: which articles are alike (`crates/stories`).

use std::path::Path;

use assert_cmd::Command;
use newsprint_model::{Mark, Outlet, TextState, Time};
use newsprint_store::{Incoming, Store, Update};
use serde_json::Value;

const CRANE: &str = "A crane fell on the eastern quay of Lerna harbour on Tuesday morning. Fourteen workers were hurt, two of \
    them badly. The harbour was closed for all ships. Firefighters pulled three men from under the steel. Mayor Anna Osk \
    visited the quay at noon. She called it the worst accident in the harbour since 1998.";
const CRANE_TOO: &str = "Fourteen dock workers were injured when a crane collapsed in the harbour of Lerna, Mayor Anna Osk said \
    on Tuesday. The crane came down on the eastern quay in the morning. Ships were turned away from the harbour all day. It is \
    the worst accident there since 1998.";
const BUDGET: &str = "Parliament in Karsk passed the budget of 61 billion crowns on Tuesday. The opposition left the hall before \
    the vote. Finance minister Ilo Brandt promised lower taxes next year, and more money for schools.";

/// A store in `folder` with two outlets that tell of a crane, one of them also a copy of the other's text.
fn filled(folder: &Path) -> Store {
    std::fs::write(
        folder.join("config.toml"),
        "[[outlet]]\nname = \"Post\"\nurl = \"https://post.example/\"\n[[outlet]]\nname = \"Echo\"\nurl = \"https://echo.example/\"\n",
    )
    .unwrap();
    let store = Store::open(&folder.join("newsprint.db")).unwrap();
    let outlet = |name: &str| Outlet {
        name: name.into(),
        ..Outlet::default()
    };
    store
        .sync_outlets(&[outlet("Post"), outlet("Echo")])
        .unwrap();
    let article = |url: &str, title: &str, text: &str, at: i64| {
        Incoming {
            url: url.into(),
            title: title.into(),
            published: Some(Time::from_second(1_718_000_000 + at).unwrap()),
            lang: "en".into(),
            body: format!("<p>{text}</p>"),
            search_text: text.into(),
            text: TextState::Full,
            ..Incoming::default()
        }
        .pack()
    };
    let now = Time::from_second(1_718_090_000).unwrap();
    for (name, articles) in [
        (
            "Post",
            vec![
                article(
                    "https://post.example/crane",
                    "Crane falls in Lerna harbour",
                    CRANE,
                    0,
                ),
                article(
                    "https://post.example/budget",
                    "Karsk passes its budget",
                    BUDGET,
                    60,
                ),
            ],
        ),
        (
            "Echo",
            vec![
                article(
                    "https://echo.example/lerna",
                    "Fourteen hurt as crane collapses in Lerna",
                    CRANE_TOO,
                    3600,
                ),
                article(
                    "https://echo.example/wire",
                    "Crane falls in Lerna",
                    CRANE,
                    7200,
                ),
            ],
        ),
    ] {
        let update = Update {
            articles,
            ..Update::default()
        };
        store.ingest(name, &update, now).unwrap();
    }
    newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap();
    store
}

fn run(folder: &Path, args: &[&str]) -> String {
    let config = folder.join("config.toml");
    let mut command = Command::cargo_bin("newsprint").unwrap();
    command
        .env("USER", "osk")
        .env("TZ", "UTC")
        .arg("--config")
        .arg(config)
        .arg("--data-dir")
        .arg(folder)
        .args(args);
    let output = command.output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn one_event_is_one_story_and_a_copy_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path());
    let stories = lines(&run(folder.path(), &["stories", "--json"]));
    assert_eq!(stories.len(), 1, "{stories:?}");
    let story = &stories[0];
    assert_eq!(story["total"], 3);
    assert_eq!(story["outlets"], serde_json::json!(["Post", "Echo"]));
    let number = story["story"].as_str().unwrap();
    let of = |query: &str| lines(&run(folder.path(), &["list", query, "--json"])).len();
    assert_eq!(of(&format!("story:{number}")), 3);
    assert_eq!(
        (
            of("is:copy"),
            of("outlets:>1"),
            of("outlets:1"),
            of("outlets:<=2")
        ),
        (1, 3, 1, 4)
    );
    assert_eq!(
        lines(&run(folder.path(), &["list", "--stories", "--json"])).len(),
        2
    );
    let shown = lines(&run(
        folder.path(),
        &["show", "https://echo.example/wire", "--json"],
    ));
    assert_eq!(shown[0]["story"], *number);
    let why = run(
        folder.path(),
        &["story", "why", "https://echo.example/lerna"],
    );
    assert!(why.contains("Lerna") && why.contains("names"), "{why}");

    // A mark of one marks its copy, and undo takes both back.
    let post = store
        .resolve("https://post.example/crane")
        .unwrap()
        .unwrap();
    assert_eq!(store.mark(&[post], Mark::Read).unwrap(), 2);
    assert_eq!(of("is:read"), 2);
    assert_eq!(store.undo().unwrap().unwrap().articles, 2);
    store.mark_copies(false);
    assert_eq!(store.mark(&[post], Mark::Read).unwrap(), 1);
}

#[test]
fn the_demo_has_events_that_two_outlets_tell() {
    let demo = newsprint::demo::Demo::start().unwrap();
    let config = newsprint::config::Config::load(&demo.config(), true, &demo.data()).unwrap();
    let options = newsprint::refresh::Options::default();
    let stop = std::sync::atomic::AtomicBool::new(false);
    newsprint::refresh::run(&config, &options, &|_| (), &stop).unwrap();
    let store = Store::open(&config.paths.database()).unwrap();
    let list = newsprint_store::List::live(&Default::default(), Time::now());
    let stories = store.stories(&list, false, 100).unwrap();
    let told: Vec<usize> = stories.iter().map(|story| story.outlets.len()).collect();
    assert_eq!(told, vec![2; newsprint::demo::articles::RETOLD.len()]);
    // Whole texts, as of the other outlet.
    let all = store
        .headlines(&list, newsprint_store::At::Top, 100)
        .unwrap();
    assert!(all.iter().all(|one| one.text == TextState::Full), "{all:?}");
}

/// An article of Post that Echo brings word for word, later.
fn read_then_copied(
    folder: &Path,
    copies: bool,
) -> (
    Store,
    newsprint_model::ArticleId,
    newsprint_model::ArticleId,
) {
    let store = filled(folder);
    store.mark_copies(copies);
    let id = |url: &str| store.resolve(url).unwrap().unwrap();
    let budget = id("https://post.example/budget");
    store.mark(&[budget], Mark::Read).unwrap();
    let copy = (
        "https://echo.example/budget",
        "Budget passed in Karsk",
        BUDGET,
    );
    take_in_one(&store, "Echo", copy, TextState::Full, 9_000);
    newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap();
    let copied = id("https://echo.example/budget");
    (store, budget, copied)
}

#[test]
fn a_copy_of_what_was_read_arrives_read_and_undo_takes_both_back() {
    let folder = tempfile::tempdir().unwrap();
    let (store, original, copy) = read_then_copied(folder.path(), true);
    let read = |id| store.article(id).unwrap().unwrap().headline.read;
    assert_eq!(store.copies(original).unwrap(), [original, copy]);
    assert!(read(copy));
    // It was no step of the reader's: the step that is undone is the mark of the original, and both go with it.
    assert_eq!(store.undo().unwrap().unwrap().articles, 2);
    assert!(!read(original) && !read(copy));
    assert_eq!(store.undo().unwrap(), None);
    let counted = lines(&run(folder.path(), &["outlets", "--json"]));
    assert!(
        counted
            .iter()
            .all(|outlet| outlet["unread"] == outlet["total"])
    );
}

#[test]
fn a_copy_of_what_was_read_is_unread_where_marks_are_for_one_article() {
    let folder = tempfile::tempdir().unwrap();
    let (store, original, copy) = read_then_copied(folder.path(), false);
    let read = |id| store.article(id).unwrap().unwrap().headline.read;
    assert!(read(original) && !read(copy));
}

#[test]
fn mark_names_the_copies_that_it_marks_and_undo_takes_them_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path());
    let id = |url: &str| store.resolve(url).unwrap().unwrap().to_string();
    let (post, wire) = (
        id("https://post.example/crane"),
        id("https://echo.example/wire"),
    );
    let said = run(folder.path(), &["mark", "--read", &post]);
    assert_eq!(
        said,
        format!("2 changed, one of them a copy: {wire} (Echo)\n")
    );
    assert_eq!(
        run(folder.path(), &["undo"]),
        "undone: 2 articles unread again\n"
    );
    assert_eq!(run(folder.path(), &["undo"]), "");
    let budget = id("https://post.example/budget");
    assert_eq!(
        run(folder.path(), &["mark", "--star", &budget]),
        "1 changed\n"
    );
    assert_eq!(
        run(folder.path(), &["undo"]),
        "undone: 1 article no longer starred\n"
    );
}

/// The story of the article at an address.
fn story_at(store: &Store, url: &str) -> newsprint_model::StoryId {
    let article = store.resolve(url).unwrap().unwrap();
    store.story_of(article).unwrap()
}

#[test]
fn what_is_parted_or_joined_by_hand_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path());
    let (lerna, budget) = ("https://echo.example/lerna", "https://post.example/budget");
    let story = |url: &str| story_at(&store, url);
    let crane = story("https://post.example/crane");
    assert_eq!(run(folder.path(), &["story", "part", lerna]), "1 parted\n");
    assert_ne!(story(lerna), crane);
    assert_eq!(
        run(
            folder.path(),
            &["story", "join", "https://post.example/crane", budget]
        ),
        "1 joined\n"
    );
    assert_eq!(story(budget), crane);
    for _ in 0..2 {
        let found = run(folder.path(), &["doctor", "--stories"]);
        assert_eq!(found, "1 story found\n");
        assert_ne!(story(lerna), story("https://post.example/crane"));
        assert_eq!(story(budget), story("https://post.example/crane"));
        assert_eq!(
            story("https://echo.example/wire"),
            story("https://post.example/crane")
        );
    }
}

#[test]
fn what_is_parted_or_joined_by_hand_outlives_the_database_and_a_prune() {
    let (crane, lerna) = ("https://post.example/crane", "https://echo.example/lerna");
    let (budget, wire) = ("https://post.example/budget", "https://echo.example/wire");
    for how in ["removed", "emptied", "cut", "zeroed", "pruned"] {
        let folder = tempfile::tempdir().unwrap();
        let mut store = filled(folder.path());
        run(folder.path(), &["story", "part", lerna]);
        run(folder.path(), &["story", "join", crane, budget]);
        let path = store.path().to_owned();
        match how {
            "pruned" => {
                let count = store.forget("Echo").unwrap() + store.forget("Post").unwrap();
                assert_eq!(count, 4);
            }
            how => {
                store.compact().unwrap();
                drop(store);
                let bytes = std::fs::read(&path).unwrap();
                match how {
                    "removed" => std::fs::remove_file(&path).unwrap(),
                    "emptied" => std::fs::write(&path, b"").unwrap(),
                    "cut" => std::fs::write(&path, &bytes[..bytes.len() / 3]).unwrap(),
                    _ => std::fs::write(&path, vec![0; bytes.len()]).unwrap(),
                }
            }
        }
        store = filled(folder.path());
        let story = |url: &str| {
            store
                .story_of(store.resolve(url).unwrap().unwrap())
                .unwrap()
        };
        for _ in 0..2 {
            assert_ne!(story(lerna), story(crane), "{how}");
            assert_eq!(story(budget), story(crane), "{how}");
            assert_eq!(story(wire), story(crane), "{how}");
            run(folder.path(), &["doctor", "--stories"]);
        }
    }
}

#[test]
fn a_digest_is_the_same_twice_and_has_stories_first() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path()));
    for format in ["text", "md", "html", "eml", "epub"] {
        let digest = run(folder.path(), &["digest", "--format", format]);
        assert!(!digest.is_empty(), "{format}");
        assert_eq!(
            digest,
            run(folder.path(), &["digest", "--format", format]),
            "{format}"
        );
        if ["text", "md", "html"].contains(&format) {
            let (crane, budget) = (digest.find("Lerna").unwrap(), digest.find("Karsk").unwrap());
            assert!(crane < budget, "{digest}");
        }
    }
}

/// What is muted is nowhere: a story has neither its articles nor its outlets, and may be none without them.
/// As `tests/digest_valid.py` sees it, with Python's `email` and, where it is found, epubcheck.
#[test]
fn digests_are_valid() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path());
    let article = |at: i64, title: &str, body: &str, lang: &str| {
        Incoming {
            url: format!("https://post.example/{at}?a=1&b=<2>"),
            title: title.into(),
            published: Some(Time::from_second(1_718_000_000 + at).unwrap()),
            lang: lang.into(),
            author: "Ö. \u{202e}Venn <v@post.example>".into(),
            body: body.into(),
            search_text: "words".into(),
            text: TextState::Full,
            ..Incoming::default()
        }
        .pack()
    };
    let long = format!("<p>{}</p>", "Größe und Länge — 長い文 ".repeat(400));
    let articles = vec![
        article(1, "Größe & <Länge> – 100 % «neu»\r\nBcc: x", &long, "de"),
        article(2, "", "<table><tr><td>a<td>b</table><p>.\n.\n..", "en"),
        article(
            3,
            "عنوان طويل",
            "<p>نص &amp; نص</p><pre>  a\n\tb</pre>",
            "ar",
        ),
        article(
            4,
            "見出し",
            "<h2>節</h2><p>本文<br>二行目</p><ol><li>一<ul><li>二</ul></ol><hr><blockquote>引用",
            "ja",
        ),
        article(
            5,
            "\u{0} \u{feff}",
            "<p><a href=\"javascript:x\">x</a> <a href=\"https://a.example/?q=ü v\">y</a></p>",
            "xx-!",
        ),
    ];
    let update = Update {
        articles,
        ..Update::default()
    };
    let now = Time::from_second(1_718_090_000).unwrap();
    store.ingest("Post", &update, now).unwrap();
    drop(store);
    if std::process::Command::new("python3")
        .arg("--version")
        .output()
        .is_err()
    {
        return;
    }
    let output = std::process::Command::new("python3")
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/digest_valid.py"
        ))
        .arg(env!("CARGO_BIN_EXE_newsprint"))
        .arg("--config")
        .arg(folder.path().join("config.toml"))
        .arg("--data-dir")
        .arg(folder.path())
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{errors}");
}

#[test]
fn what_is_muted_is_in_no_story() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path()));
    let path = folder.path().join("config.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    let config = config.replacen("name = \"Echo\"", "name = \"Echo\"\ntags = [\"noise\"]", 1);
    std::fs::write(&path, format!("[tags]\nmute = [\"noise\"]\n\n{config}")).unwrap();
    let said = run(folder.path(), &["stories", "--json"]);
    assert_eq!(said, "", "one article is left of the story");
    for arguments in [
        &["digest"][..],
        &["story", "why", "https://post.example/crane"],
        &["list", "--stories"],
    ] {
        let said = run(folder.path(), arguments);
        assert!(!said.contains("Echo"), "{arguments:?}: {said}");
    }
    // Asked for by its tag it is there.
    let asked = lines(&run(folder.path(), &["stories", "tag:noise", "--json"]));
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["outlets"], serde_json::json!(["Post", "Echo"]));
}

#[test]
fn a_digest_by_view_has_each_article_once_under_the_first_view_that_has_it() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path()));
    let config = folder.path().join("config.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let views = "[[view]]\nname = \"Money\"\nquery = \"budget\"\n[[view]]\nname = \"Post alone\"\nquery = \"outlet:Post\"\n";
    std::fs::write(&config, format!("{views}{text}")).unwrap();
    let headings = |args: &[&str]| -> Vec<String> {
        let text = run(folder.path(), args);
        let titles = text.lines().filter(|line| line.starts_with("## "));
        titles.map(str::to_owned).collect()
    };
    assert_eq!(
        headings(&["digest", "--format", "md", "--by", "view"]),
        ["## Stories", "## Money"]
    );
    assert_eq!(
        headings(&["digest", "--format", "md"]),
        ["## Stories", "## Post"]
    );
    std::fs::write(&config, text).unwrap();
    assert_eq!(
        headings(&["digest", "--format", "md", "--by", "view"]),
        ["## Stories", "## Post"]
    );
}

/// What a store knows of stories, for comparing.
fn known(store: &Store) -> Vec<(i64, Vec<i64>)> {
    let mut ids: Vec<i64> = store
        .all_for_stories(store.now().unwrap().newest)
        .unwrap()
        .into_iter()
        .map(|id| id.0)
        .collect();
    ids.sort_unstable();
    let mut stories = std::collections::BTreeMap::<i64, Vec<i64>>::new();
    for id in ids {
        let story = store.story_of(newsprint_model::ArticleId(id)).unwrap();
        stories.entry(story.0).or_default().push(id);
    }
    stories.into_iter().collect()
}

#[test]
fn what_is_parted_or_joined_can_be_undone_to_the_letter() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path());
    let id = |url: &str| store.resolve(url).unwrap().unwrap();
    let (crane, budget, lerna) = (
        id("https://post.example/crane"),
        id("https://post.example/budget"),
        id("https://echo.example/lerna"),
    );
    let (before, decided) = (known(&store), store.decided().unwrap());
    let parted = store.part_all(&[lerna]).unwrap();
    assert_eq!(parted.articles, 1);
    assert_ne!(known(&store), before);
    store.undo_story(&parted).unwrap();
    assert_eq!(known(&store), before);
    assert_eq!(store.decided().unwrap(), decided);
    // The article that the story is called by, with its copy.
    let parted = store.part_all(&[crane]).unwrap();
    assert_eq!(store.copies(crane).unwrap().len(), 2);
    store.undo_story(&parted).unwrap();
    assert_eq!(known(&store), before);
    let joined = store.join_all(&[budget], lerna).unwrap();
    assert_eq!(
        store.story_of(budget).unwrap(),
        store.story_of(lerna).unwrap()
    );
    // What was decided before holds again: undone in turn, and kept by what finds all anew.
    let parted = store.part_all(&[budget]).unwrap();
    store.undo_story(&parted).unwrap();
    assert_eq!(
        store.story_of(budget).unwrap(),
        store.story_of(lerna).unwrap()
    );
    store.undo_story(&joined).unwrap();
    assert_eq!(
        (known(&store), store.decided().unwrap()),
        (before.clone(), decided)
    );
    newsprint::refresh::replace_stories(&store, || false).unwrap();
    assert_eq!(known(&store), before);
    // Nothing to part from.
    assert_eq!(store.part_all(&[budget]).unwrap().articles, 0);
}

/// A store that has placed none of its articles.
fn unplaced(folder: &Path, events: u64) -> Store {
    let store = Store::open(&folder.join("newsprint.db")).unwrap();
    take_in(&store, 0..events);
    store
}

/// Takes in articles of many events in several scripts, each event told by some outlets in other words. Without dates,
/// titles or texts here and there.
fn take_in(store: &Store, events: std::ops::Range<u64>) {
    take_in_ordered(store, events, false);
}

/// The same with the outlets stored in the other order, as threads may do.
fn take_in_ordered(store: &Store, events: std::ops::Range<u64>, reversed: bool) {
    let names = ["Post", "Echo", "Bote", "Вести", "时报"];
    let outlets = names.map(|name| Outlet {
        name: name.into(),
        ..Outlet::default()
    });
    store.sync_outlets(&outlets).unwrap();
    let scripts: [(&str, [&str; 8]); 5] = [
        (
            "en",
            [
                "crane", "harbour", "strike", "budget", "bridge", "flood", "trial", "election",
            ],
        ),
        (
            "el",
            [
                "γερανός",
                "λιμάνι",
                "απεργία",
                "σεισμός",
                "γέφυρα",
                "πλημμύρα",
                "δίκη",
                "εκλογές",
            ],
        ),
        (
            "ru",
            [
                "кран",
                "гавань",
                "забастовка",
                "бюджет",
                "мост",
                "паводок",
                "процесс",
                "выборы",
            ],
        ),
        (
            "ar",
            [
                "رافعة",
                "ميناء",
                "إضراب",
                "ميزانية",
                "جسر",
                "فيضان",
                "محاكمة",
                "انتخابات",
            ],
        ),
        (
            "hi",
            [
                "क्रेन",
                "बंदरगाह",
                "हड़ताल",
                "बजट",
                "पुल",
                "बाढ़",
                "मुकदमा",
                "चुनाव",
            ],
        ),
    ];
    let mut state = 7 + events.start;
    let mut next = move |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    let mut by_outlet: Vec<Vec<_>> = vec![Vec::new(); names.len()];
    for event in events {
        let (lang, words) = scripts[next(5) as usize];
        let place = format!("{}{}", words[next(8) as usize], event % 97);
        for telling in 0..1 + next(4) {
            let sentence = |next: &mut dyn FnMut(u64) -> u64| -> String {
                let words: Vec<String> = (0..9)
                    .map(|_| {
                        format!(
                            "{}{}",
                            words[next(8) as usize],
                            (event * 7 + next(30)) % 400
                        )
                    })
                    .collect();
                words.join(" ")
            };
            let text: Vec<String> = (0..5)
                .map(|_| format!("{} {place} {}. ", sentence(&mut next), 100 + event))
                .collect();
            let (title, text) = match (event * 4 + telling) % 41 {
                0 => (String::new(), text.concat()),
                1 => ("!".to_owned(), String::new()),
                2 => (place.clone(), text.concat().repeat(30)),
                _ => (format!("{place} {}", sentence(&mut next)), text.concat()),
            };
            // A clock that jumped, a date that nobody gave.
            let second = 1_718_000_000 + event as i64 * 400 + telling as i64 * 50_000;
            let published = match (event + telling) % 29 {
                0 => None,
                1 => Some(0),
                2 => Some(4_000_000_000),
                _ => Some(second),
            };
            let outlet = next(5) as usize;
            by_outlet[outlet].push(
                Incoming {
                    url: format!("https://o{outlet}.example/{event}/{telling}"),
                    title,
                    published: published.map(|at| Time::from_second(at).unwrap()),
                    lang: lang.into(),
                    body: format!("<p>{text}</p>"),
                    search_text: text,
                    text: TextState::Full,
                    ..Incoming::default()
                }
                .pack(),
            );
        }
    }
    let now = Time::from_second(1_718_900_000).unwrap();
    let mut all: Vec<_> = names.iter().zip(by_outlet).collect();
    if reversed {
        all.reverse();
    }
    for (name, mut articles) in all {
        if reversed {
            articles.reverse();
        }
        let update = Update {
            articles,
            ..Update::default()
        };
        store.ingest(name, &update, now).unwrap();
    }
}

/// Which thread stored what first changes the numbers of articles and stories, not which articles are one story.
#[test]
fn stories_do_not_depend_on_what_was_stored_first() {
    let by_address = |reversed: bool| {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("newsprint.db")).unwrap();
        take_in_ordered(&store, 0..150, reversed);
        newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap();
        let address = |id: &i64| {
            let article = store.article(newsprint_model::ArticleId(*id)).unwrap();
            article.unwrap().headline.url
        };
        let stories = known(&store);
        let of = |(_, ids): &(i64, Vec<i64>)| ids.iter().map(address).collect();
        let stories: std::collections::BTreeSet<std::collections::BTreeSet<String>> =
            stories.iter().map(of).collect();
        stories
    };
    let stories = by_address(false);
    assert!(stories.iter().any(|of| of.len() > 1));
    assert_eq!(stories, by_address(true));
}

#[test]
fn placing_that_was_ended_anywhere_goes_on_to_the_same_stories() {
    let whole = tempfile::tempdir().unwrap();
    let store = unplaced(whole.path(), 280);
    newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap();
    let stories = known(&store);
    assert!(stories.iter().filter(|(_, of)| of.len() > 1).count() > 60);
    // Ended before each transaction in turn; each time another process goes on.
    let ended = tempfile::tempdir().unwrap();
    let mut store = unplaced(ended.path(), 280);
    let mut starts = 0;
    while store.has_unplaced().unwrap() {
        let left = std::cell::Cell::new(3);
        let stopped = || {
            left.set(left.get() - 1);
            left.get() < 0
        };
        newsprint::refresh::place_stories(&store, &|_, _| (), stopped).unwrap();
        drop(store);
        store = Store::open(&ended.path().join("newsprint.db")).unwrap();
        starts += 1;
        assert!(starts < 100);
    }
    assert!(starts > 1, "{starts}");
    assert_eq!(known(&store), stories);
    // Nothing is left to do, and finding all anew twice gives the same.
    assert_eq!(
        newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap(),
        0
    );
    newsprint::refresh::replace_stories(&store, || false).unwrap();
    let anew = known(&store);
    newsprint::refresh::replace_stories(&store, || false).unwrap();
    assert_eq!(known(&store), anew);
}

#[test]
fn two_that_place_at_once_place_each_article_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = unplaced(folder.path(), 100);
    let alone = tempfile::tempdir().unwrap();
    let other = unplaced(alone.path(), 100);
    newsprint::refresh::place_stories(&other, &|_, _| (), || false).unwrap();
    let path = folder.path().join("newsprint.db");
    let placed: u64 = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let store = Store::open(&path).unwrap();
                    newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap()
                })
            })
            .collect();
        threads.into_iter().map(|one| one.join().unwrap()).sum()
    });
    let count = store
        .all_for_stories(store.now().unwrap().newest)
        .unwrap()
        .len();
    assert_eq!(placed, count as u64);
    assert!(!store.has_unplaced().unwrap());
    assert_eq!(known(&store), known(&other));
}

/// A command of newsprint on this folder, not yet started, whose output nobody reads.
fn command(folder: &Path, args: &[&str]) -> std::process::Command {
    let config = folder.join("config.toml");
    if !config.exists() {
        let outlets = ["Post", "Echo", "Bote", "Вести", "时报"];
        let outlets = outlets.map(|name| {
            format!("[[outlet]]\nname = \"{name}\"\nurl = \"https://{name}.example/\"\n")
        });
        std::fs::write(&config, outlets.concat()).unwrap();
    }
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_newsprint"));
    command
        .arg("--config")
        .arg(config)
        .arg("--data-dir")
        .arg(folder)
        .args(args)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    command
}

/// SIGKILL at whatever moment: nothing is lost, what was decided by hand holds, and the stories are those of a store
/// whose placing nobody ended.
#[test]
fn placing_that_is_killed_goes_on_to_the_same_stories() {
    let make = |folder: &Path| {
        let store = unplaced(folder, 60);
        newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap();
        let stories = known(&store);
        let told: Vec<&Vec<i64>> = stories
            .iter()
            .map(|(_, of)| of)
            .filter(|of| of.len() > 1)
            .collect();
        let id = newsprint_model::ArticleId;
        assert!(store.part(id(told[0][0])).unwrap());
        assert!(store.join(id(told[1][0]), id(told[2][0])).unwrap());
        take_in(&store, 60..260);
        store
    };
    let (whole, killed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = make(whole.path());
    newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap();
    let other = make(killed.path());
    let decided = other.decided().unwrap();
    let count = known(&other).iter().map(|(_, of)| of.len()).sum::<usize>();
    for kill in 1..=12u64 {
        let mut child = command(killed.path(), &["stories"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(kill * kill * 4));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(other.decided().unwrap(), decided);
    }
    command(killed.path(), &["stories"]).status().unwrap();
    assert!(!other.has_unplaced().unwrap());
    assert_eq!(known(&other), known(&store));
    assert_eq!(other.decided().unwrap(), decided);
    assert_eq!(
        known(&other).iter().map(|(_, of)| of.len()).sum::<usize>(),
        count
    );
}

/// A refresh by cron, a reader and a digest at the same time: all of them place what waits.
#[test]
fn processes_that_place_at_once_find_the_stories_of_one() {
    let (alone, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let other = unplaced(alone.path(), 150);
    newsprint::refresh::place_stories(&other, &|_, _| (), || false).unwrap();
    let store = unplaced(folder.path(), 150);
    let children: Vec<_> = [&["stories"][..], &["digest"], &["list", "--stories"]]
        .iter()
        .map(|args| {
            let mut command = command(folder.path(), args);
            command.stderr(std::process::Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }
    assert!(!store.has_unplaced().unwrap());
    assert_eq!(known(&store), known(&other));
}

/// Takes in one article of an outlet of [`filled`], anew or as it is now.
fn take_in_one(
    store: &Store,
    outlet: &str,
    (url, title, text): (&str, &str, &str),
    state: TextState,
    at: i64,
) {
    let article = Incoming {
        url: url.into(),
        title: title.into(),
        published: Some(Time::from_second(1_718_000_000 + at).unwrap()),
        lang: "en".into(),
        body: format!("<p>{text}</p>"),
        search_text: text.into(),
        text: state,
        ..Incoming::default()
    };
    let update = Update {
        articles: vec![article.pack()],
        ..Update::default()
    };
    let now = Time::from_second(1_718_100_000 + at).unwrap();
    store.ingest(outlet, &update, now).unwrap();
}

#[test]
fn an_article_whose_text_comes_later_joins_its_story_then() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path());
    let place = || newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap();
    let story = |url: &str| story_at(&store, url);
    let late = "https://echo.example/late";
    take_in_one(
        &store,
        "Echo",
        (late, "Accident", "Read more."),
        TextState::Excerpt,
        9_000,
    );
    place();
    assert_ne!(story(late), story("https://post.example/crane"));
    let text = "Mayor Anna Osk said on Tuesday that fourteen dock workers were injured when a crane came down on the eastern \
        quay of Lerna harbour. Two are in a bad state. Ships were turned away. No accident in the harbour was as bad since 1998.";
    take_in_one(
        &store,
        "Echo",
        (late, "Crane falls on Lerna quay", text),
        TextState::Full,
        9_000,
    );
    // It is looked at with the next that come.
    take_in_one(
        &store,
        "Post",
        (
            "https://post.example/other",
            "Snow",
            "Snow fell in the hills of Velmar.",
        ),
        TextState::Full,
        9_100,
    );
    place();
    assert_eq!(story(late), story("https://post.example/crane"));
}

/// A page that an outlet adds to for days stays in its story, and takes in no other event.
#[test]
fn a_page_that_grows_for_days_takes_in_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path());
    let story = |url: &str| story_at(&store, url);
    let (page, crane) = ("https://echo.example/lerna", "https://post.example/crane");
    let mut grown = CRANE_TOO.to_owned();
    for (day, place) in ["Velmar", "Ostrav", "Kirn", "Dole"].iter().enumerate() {
        let at = 86_400 * (day as i64 + 1);
        let title = format!("Bridge of {place} is lost by a vote");
        let text = format!(
            "The council of {place} voted on its bridge over the {place}au with {day}1 to {day}2. Councillor Ila {place}i will ask again."
        );
        grown = format!("{title}. {text} {grown}");
        take_in_one(
            &store,
            "Echo",
            (page, &title, &grown),
            TextState::Full,
            3_600,
        );
        let url = format!("https://post.example/{place}");
        take_in_one(&store, "Post", (&url, &title, &text), TextState::Full, at);
        newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap();
        assert_eq!(story(page), story(crane), "{place}");
        assert_ne!(story(&url), story(crane), "{place}");
    }
}

#[test]
fn a_prune_in_the_middle_of_a_story_leaves_the_rest_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path());
    let story = |url: &str| story_at(&store, url);
    // The article that the story is called by goes, with its outlet.
    store.forget("Post").unwrap();
    let stories = lines(&run(folder.path(), &["stories", "--all", "--json"]));
    assert_eq!(stories.len(), 1, "{stories:?}");
    assert_eq!(stories[0]["total"], 2);
    assert_eq!(
        story("https://echo.example/lerna"),
        story("https://echo.example/wire")
    );
    let number = stories[0]["story"].as_str().unwrap();
    assert_eq!(
        lines(&run(
            folder.path(),
            &["list", &format!("story:{number}"), "--json"]
        ))
        .len(),
        2
    );
    // What comes later joins what is left.
    let text = "Unions call for a day of mourning in Lerna, where fourteen dock workers were injured on Tuesday as a crane came \
        down on the eastern quay of the harbour. Mayor Anna Osk will speak there at noon.";
    take_in_one(
        &store,
        "Echo",
        (
            "https://echo.example/later",
            "Lerna mourns after crane accident",
            text,
        ),
        TextState::Full,
        20_000,
    );
    newsprint::refresh::place_stories(&store, &|_, _| (), || false).unwrap();
    assert_eq!(
        story("https://echo.example/later"),
        story("https://echo.example/lerna")
    );
    for args in [
        &["story", "why", "https://echo.example/later"][..],
        &["digest"],
        &["doctor", "--stories"],
    ] {
        assert!(!run(folder.path(), args).is_empty(), "{args:?}");
    }
}

/// A store on a disk that nothing can be written to: what was placed is shown, and what cannot be done is said.
#[test]
fn stories_of_a_store_that_cannot_be_written_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path());
    take_in_one(
        &store,
        "Post",
        (
            "https://post.example/new",
            "Snow",
            "Snow fell in the hills of Velmar.",
        ),
        TextState::Full,
        9_000,
    );
    store.compact().unwrap();
    drop(store);
    let database = folder.path().join("newsprint.db");
    let set = |writable: bool| {
        let mut permissions = std::fs::metadata(&database).unwrap().permissions();
        permissions.set_readonly(!writable);
        std::fs::set_permissions(&database, permissions).unwrap();
    };
    set(false);
    let output = |args: &[&str]| {
        let mut command = command(folder.path(), args);
        command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        let output = command.output().unwrap();
        (
            output.status.success(),
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap(),
        )
    };
    for args in [
        &["stories"][..],
        &["digest"],
        &["list", "--stories"],
        &["story", "why", "https://echo.example/lerna"],
    ] {
        let (done, said) = output(args);
        assert!(done && said.contains("Lerna"), "{args:?}: {said}");
    }
    if newsprint_store::Store::open(&database)
        .unwrap()
        .is_read_only()
    {
        for args in [
            &["story", "part", "https://echo.example/lerna"][..],
            &[
                "story",
                "join",
                "https://post.example/crane",
                "https://post.example/budget",
            ],
            &["doctor", "--stories"],
        ] {
            let (done, said) = output(args);
            assert!(!done && said.contains("read-only"), "{args:?}: {said}");
            assert_eq!(said.lines().count(), 1, "{args:?}: {said}");
        }
    }
    set(true);
}
