//! What a reader's choices mean, asserted on every door of the command line by running the program:
//! aliases, groups, own tags, hidden and muted tags, removed outlets. The reader's doors: `src/tui/state/tests/doors.rs`.

use std::process::{Command, Output};

use newsprint_model::{Mark, Outlet, TextState, Time};
use newsprint_store::{Incoming, Store, Update};
use serde_json::Value;

const CONFIG: &str = r#"
[[outlet]]
name = "Morning Herald"
url = "https://herald.example/"
group = "region"
tags = ["mine"]

[[outlet]]
name = "Evening Post"
url = "https://post.example/"

[tags]
mute = ["Sport"]
hide = ["Weather"]
[tags.alias]
"Karabakh" = "Artsakh"
"Football" = "Sport"
[tags.group]
"Baltics" = ["Estonia", "Latvia"]

[[view]]
name = "Sea"
query = "tag:Baltics"
"#;

/// Title and tags of what is stored, by outlet; no more than the outlets themselves say.
const STORIES: &[(&str, &str, &[&str])] = &[
    ("Morning Herald", "One spelling", &["Karabakh"]),
    ("Morning Herald", "Other spelling", &["Artsakh", "Weather"]),
    ("Evening Post", "North", &["Estonia"]),
    ("Evening Post", "South", &["Latvia", "Sport"]),
    ("Evening Post", "Match", &["Football"]),
    ("Evening Post", "Rain", &["Weather"]),
    ("Old Gazette", "Left behind", &["Estonia"]),
    ("Old Gazette", "Kept star", &["Latvia"]),
];

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().unwrap());
        std::fs::write(home.0.path().join("config.toml"), CONFIG).unwrap();
        let store = Store::open(&home.0.path().join("data/newsprint.db")).unwrap();
        let now = Time::from_second(1_718_000_000).unwrap();
        let mut outlets: Vec<Outlet> = Vec::new();
        for (name, _, _) in STORIES {
            if outlets.iter().all(|outlet| outlet.name != *name) {
                outlets.push(Outlet {
                    name: (*name).to_owned(),
                    url: format!(
                        "https://{}.example/",
                        &name[name.len() - 4..].to_lowercase()
                    ),
                    ..Outlet::default()
                });
            }
        }
        store.sync_outlets(&outlets).unwrap();
        for (number, (outlet, title, tags)) in STORIES.iter().enumerate() {
            let story = Incoming {
                guid: Some(format!("guid-{number}")),
                url: format!("https://all.example/{number}"),
                title: (*title).to_owned(),
                tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
                body: "<p>Everybody agreed.</p>".to_owned(),
                search_text: "Everybody agreed.".to_owned(),
                text: TextState::Full,
                ..Incoming::default()
            };
            let update = Update {
                articles: vec![story.pack()],
                ..Update::default()
            };
            store.ingest(outlet, &update, now).unwrap();
        }
        let last = store.resolve("https://all.example/7").unwrap().unwrap();
        store.mark(&[last], Mark::Star).unwrap();
        home
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_newsprint"))
            .env_remove("NEWSPRINT_CONFIG")
            .env_remove("NEWSPRINT_DATA_DIR")
            .arg("--config")
            .arg(self.0.path().join("config.toml"))
            .arg("--data-dir")
            .arg(self.0.path().join("data"))
            .args(arguments)
            .output()
            .unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.run(arguments);
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The titles that `list` finds, sorted.
    fn titles(&self, arguments: &[&str]) -> Vec<String> {
        let mut titles: Vec<String> = self
            .json(&[&["list", "--json"], arguments].concat())
            .iter()
            .map(|row| row["title"].as_str().unwrap().to_owned())
            .collect();
        titles.sort();
        titles
    }

    /// The rows of `tags`: name, total, unread.
    fn tags(&self, arguments: &[&str]) -> Vec<(String, u64, u64)> {
        self.json(&[&["tags", "--json"], arguments].concat())
            .iter()
            .map(|row| {
                let number = |key: &str| row[key].as_u64().unwrap();
                let name = row["tag"].as_str().unwrap().to_owned();
                (name, number("total"), number("unread"))
            })
            .collect()
    }

    /// How many articles `mark --query` changes.
    fn marked(&self, mark: &str, query: &str) -> String {
        let output = self.run(&["mark", mark, "--query", query]);
        let text = String::from_utf8(output.stdout).unwrap();
        let digits = text.chars().filter(char::is_ascii_digit);
        digits.collect()
    }
}

#[test]
fn what_is_muted_is_nowhere_unless_asked_for() {
    let home = Home::new();
    let all = [
        "Kept star",
        "North",
        "One spelling",
        "Other spelling",
        "Rain",
    ];
    assert_eq!(home.titles(&[]), all);
    assert_eq!(home.titles(&["--unread"]), all);
    assert_eq!(home.titles(&["agreed"]), all);
    assert_eq!(home.titles(&["agreed", "--sort", "rank"]), all);
    assert_eq!(home.titles(&["outlet:\"Evening Post\""]), ["North", "Rain"]);
    assert_eq!(
        home.titles(&["--outlet", "evening post"]),
        ["North", "Rain"]
    );
    // Counted nowhere.
    assert!(home.tags(&[]).iter().all(|(tag, ..)| tag != "Sport"));
    let outlets = home.json(&["outlets", "--json"]);
    assert_eq!(outlets[1]["total"], 2);
    assert_eq!(outlets[1]["unread"], 2);
    // Asked for, by each spelling and on each door.
    for name in ["Sport", "sport", "football"] {
        assert_eq!(home.titles(&["--tag", name]), ["Match", "South"]);
        assert_eq!(home.titles(&[&format!("tag:{name}")]), ["Match", "South"]);
    }
    assert_eq!(home.tags(&["tag:sport"])[0], ("Sport".to_owned(), 2, 2));
    // Marked only where it is asked for.
    assert_eq!(home.marked("--read", "outlet:\"Evening Post\""), "2");
    assert_eq!(home.marked("--read", "tag:sport"), "2");
    // One article is shown to whoever names it.
    assert!(
        home.run(&["show", "https://all.example/4"])
            .status
            .success()
    );
}

#[test]
fn an_alias_finds_both_spellings_everywhere() {
    let home = Home::new();
    for name in ["Karabakh", "artsakh"] {
        let both = ["One spelling", "Other spelling"];
        assert_eq!(home.titles(&[&format!("tag:{name}")]), both);
        assert_eq!(home.titles(&["--tag", name]), both);
        assert!(
            !home
                .titles(&[&format!("-tag:{name}")])
                .contains(&"One spelling".to_owned())
        );
    }
    let tags = home.tags(&[]);
    assert!(tags.contains(&("Artsakh".to_owned(), 2, 2)), "{tags:?}");
    assert!(tags.iter().all(|(tag, ..)| tag != "Karabakh"), "{tags:?}");
    let shown = home.run(&["show", "https://all.example/0"]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(
        shown.contains("Artsakh") && !shown.contains("Karabakh"),
        "{shown}"
    );
    assert_eq!(home.marked("--star", "tag:karabakh"), "2");
}

#[test]
fn a_group_finds_its_members_everywhere() {
    let home = Home::new();
    assert_eq!(home.titles(&["tag:baltics"]), ["Kept star", "North"]);
    assert_eq!(home.titles(&["--tag", "Baltics"]), ["Kept star", "North"]);
    assert_eq!(
        home.titles(&["-tag:baltics", "outlet:post"]),
        [] as [&str; 0]
    );
    let tags = home.tags(&[]);
    assert!(tags.contains(&("Baltics".to_owned(), 2, 2)), "{tags:?}");
    assert!(tags.iter().all(|(tag, ..)| tag != "Estonia"), "{tags:?}");
    assert_eq!(home.marked("--read", "tag:Baltics"), "2");
}

#[test]
fn a_hidden_tag_is_not_listed_and_its_articles_stay() {
    let home = Home::new();
    assert!(home.tags(&[]).iter().all(|(tag, ..)| tag != "Weather"));
    assert_eq!(home.titles(&["tag:weather"]), ["Other spelling", "Rain"]);
}

#[test]
fn groups_and_own_tags_of_outlets_count_as_the_config_says() {
    let home = Home::new();
    // Neither was known when the articles were stored.
    assert_eq!(
        home.titles(&["group:region"]),
        ["One spelling", "Other spelling"]
    );
    assert_eq!(
        home.titles(&["tag:Mine"]),
        ["One spelling", "Other spelling"]
    );
    let mine = home.tags(&[]).into_iter().find(|(tag, ..)| tag == "mine");
    assert_eq!(mine, Some(("mine".to_owned(), 2, 2)));
    let row = &home.json(&["list", "tag:mine", "--json"])[0];
    assert_eq!(row["tags"][0], "mine");
    let export = home.run(&["export"]);
    let export = String::from_utf8(export.stdout).unwrap();
    assert!(
        export.contains("category=\"/mine\"") || export.contains("category=\"mine\""),
        "{export}"
    );
    assert!(export.contains("region"), "{export}");
}

#[test]
fn a_removed_outlet_keeps_only_its_stars_unless_it_is_asked_for() {
    let home = Home::new();
    assert!(
        home.titles(&["--starred"])
            .contains(&"Kept star".to_owned())
    );
    assert!(!home.titles(&[]).contains(&"Left behind".to_owned()));
    let own = home.titles(&["outlet:\"old gazette\""]);
    assert_eq!(own, ["Kept star", "Left behind"]);
    // Where no file says which outlets there are, none counts as removed.
    std::fs::remove_file(home.0.path().join("config.toml")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_newsprint"))
        .env_remove("NEWSPRINT_CONFIG")
        .env("XDG_CONFIG_HOME", home.0.path().join("none"))
        .arg("--data-dir")
        .arg(home.0.path().join("data"))
        .args(["list", "--json"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), STORIES.len(), "{text}");
}

#[test]
fn a_paused_outlet_is_refreshed_only_by_its_name() {
    let home = Home::new();
    let config = "[[outlet]]\nname = \"Quiet\"\nurl = \"http://127.0.0.1:9/\"\npaused = true\n";
    std::fs::write(home.0.path().join("config.toml"), config).unwrap();
    assert_eq!(home.json(&["refresh", "--json"]).len(), 0);
    assert_eq!(
        home.json(&["refresh", "--json", "quiet"])[0]["outcome"],
        "failed"
    );
}

#[test]
fn an_outlet_that_there_is_not_is_named_with_the_one_that_was_meant() {
    let home = Home::new();
    for query in ["outlet:\"Evening Pots\"", "outlet:\"evening pots\" rain"] {
        let output = home.run(&["list", query]);
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains("no outlet “") && said.contains("did you mean “Evening Post”?"),
            "{said}"
        );
    }
    // One that is there and has nothing is no unknown one.
    let output = home.run(&["list", "outlet:\"evening post\" nonsense"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("no matches"), "{said}");
}

#[test]
fn an_import_is_bounded() {
    let home = Home::new();
    let file = home.0.path().join("list");
    let import = |text: &[u8]| {
        std::fs::write(&file, text).unwrap();
        let output = home.run(&["import", file.to_str().unwrap(), "--dry-run"]);
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (code, said, _) = import(&vec![b'#'; 20_000_001]);
    assert_eq!(code, Some(1));
    assert!(said.contains("larger than 20 MB"), "{said}");
    let (code, said, _) = import("one more line of prose\n".repeat(500).as_bytes());
    assert_eq!(code, Some(1));
    assert!(
        said.contains("neither OPML") && said.lines().count() == 1,
        "{said}"
    );
    let (code, said, _) = import("x".repeat(100_000).as_bytes());
    assert!(code == Some(1) && said.len() < 2_000, "{}", said.len());
    let endless = format!("https://new.example/{} \"a\"\n", "u".repeat(100_000));
    let (code, said, _) = import(endless.as_bytes());
    assert!(
        code == Some(1) && said.contains("address too long"),
        "{said:.300}"
    );
    let long = format!("https://new.example/feed \"~{}\"\n", "n".repeat(5_000));
    let (code, said, out) = import(long.as_bytes());
    assert_eq!(code, Some(0), "{said}");
    assert!(out.contains("1 outlet would be added"), "{out}");
    std::fs::write(&file, long).unwrap();
    assert!(
        home.run(&["import", file.to_str().unwrap()])
            .status
            .success()
    );
    let names = home.json(&["outlets", "--json"]);
    assert!(
        names
            .iter()
            .all(|row| row["outlet"].as_str().unwrap().len() <= 200)
    );
}
