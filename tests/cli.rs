//! The command line from outside: the real binary against the made-up outlet.

#[path = "support/reader.rs"]
mod reader;

use newsprint::demo::articles;
use newsprint::demo::outlet::{self, Outlet};
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use reader::{Reader, keys};
use serde_json::Value;

#[test]
fn the_whole_way_from_an_address_to_an_article_read_offline() {
    let mut reader = Reader::new();
    let report = reader.json(&["refresh", "--json"]);
    assert_eq!(report.len(), 1);
    assert_eq!(report[0]["outcome"], "updated");
    assert_eq!(report[0]["new"], articles::ARTICLES.len());
    assert_eq!(report[0]["full_text"], articles::ARTICLES.len());
    assert_eq!(report[0]["error"], Value::Null);

    reader.outlet = None;
    let list = reader.json(&["list", "--json"]);
    assert_eq!(list.len(), articles::ARTICLES.len());
    for (article, headline) in articles::ARTICLES.iter().zip(&list) {
        assert_eq!(headline["title"], article.title);
        assert_eq!(
            headline["tags"],
            serde_json::json!(article.tags),
            "{}",
            article.title
        );
        assert_eq!(headline["author"], article.author);
        assert_eq!(headline["lang"], article.lang);
        assert_eq!(headline["text"], "full");
        assert_eq!(headline["read"], false);
    }
    let id = list[2]["id"].as_str().unwrap();
    let shown = &reader.json(&["show", id, "--json"])[0];
    let body = shown["body"].as_str().unwrap();
    assert!(
        body.starts_with("The water agency in Baku has put the levels"),
        "{body}"
    );
    assert!(body.ends_with("He gave no date."), "{body}");
    for foreign in [
        "cookies",
        "See Also",
        "hiring",
        "About us",
        "Imprint",
        "Go back",
        "News, Politics",
    ] {
        assert!(!body.contains(foreign), "{foreign} in {body}");
    }
    // Lists, tables, code and quotations are part of an article, and its order is kept.
    let whole = |word: &str| {
        let id = reader.json(&["list", word, "--json"])[0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        reader.json(&["show", &id, "--json"])[0]["body"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    for (word, parts) in [
        (
            "timetable",
            &[
                "The details:",
                "Baku 18.40",
                "Tbilisi 07.05",
                "Reservations open",
                "More in the",
            ][..],
        ),
        (
            "grandmother",
            &[
                "Three things",
                "Responsibility",
                "Neither in",
                "nor in",
                "One good picture",
                "takes the bus now",
            ],
        ),
        (
            "comet",
            &[
                "The large one",
                "RA   04h 18m 22.1s",
                "Dec +31",
                "The ministry",
            ],
        ),
        (
            "towers",
            &[
                "Monday: the tower",
                "The next valley has eleven pupils.",
                "We are leading",
                "Saturday: the snow",
            ],
        ),
        (
            "reservoirs",
            &["Reservoir", "Upper Mirvari", "Shirvan Basin", "“Now we can"],
        ),
    ] {
        let body = whole(word);
        let mut from = 0;
        for part in parts {
            let at = body[from..].find(part);
            assert!(at.is_some(), "{part} is missing or out of place in {body}");
            from += at.unwrap_or_default();
        }
    }
    let url = shown["url"].as_str().unwrap();
    reader
        .run(&["show", url])
        .assert()
        .success()
        .stdout(contains("Upper Mirvari"));
}

#[test]
fn asking_twice_gets_not_modified_and_nothing_new() {
    let reader = Reader::refreshed();
    let before = reader.outlet.as_ref().unwrap().requests().len();
    let report = reader.json(&["refresh", "--json"]);
    assert_eq!(report[0]["outcome"], "unchanged");
    assert_eq!(report[0]["new"], 0);
    let requests = reader.outlet.as_ref().unwrap().requests().split_off(before);
    assert_eq!(requests.len(), 1, "{requests:?}");
    assert_eq!(requests[0].status, 304);
}

#[test]
fn json_has_the_fields_of_the_contract() {
    let reader = Reader::refreshed();
    let headline = &reader.json(&["list", "--limit", "1", "--json"])[0];
    for key in [
        "id",
        "outlet",
        "title",
        "url",
        "published",
        "updated",
        "first_seen",
        "tags",
        "author",
        "read",
        "starred",
        "text",
        "words",
        "lang",
    ] {
        assert!(keys(headline).contains(&key), "{key}");
    }
    let id = headline["id"].as_str().unwrap();
    let article = &reader.json(&["show", id, "--json"])[0];
    for key in ["id", "tags", "body", "links", "image", "revisions"] {
        assert!(keys(article).contains(&key), "{key}");
    }
    let tag = &reader.json(&["tags", "--json"])[0];
    assert_eq!(keys(tag), ["tag", "total", "unread"]);
    let outlet = &reader.json(&["outlets", "--json"])[0];
    for key in [
        "outlet",
        "url",
        "source",
        "source_url",
        "last_success",
        "last_error",
        "next_fetch",
        "total",
        "unread",
    ] {
        assert!(keys(outlet).contains(&key), "{key}");
    }
    assert_eq!(outlet["source"], "feed");
    assert_eq!(outlet["last_error"], Value::Null);
    let report = &reader.json(&["refresh", "--force", "--json"])[0];
    for key in [
        "outlet",
        "outcome",
        "new",
        "changed",
        "full_text",
        "error",
        "seconds",
    ] {
        assert!(keys(report).contains(&key), "{key}");
    }
}

#[test]
fn lists_are_filtered_by_tag_word_language_and_mark() {
    let reader = Reader::refreshed();
    let count = |args: &[&str]| reader.json(args).len();
    let with_tag = |tag: &str| {
        articles::ARTICLES
            .iter()
            .filter(|a| a.tags.contains(&tag))
            .count()
    };
    assert_eq!(
        count(&["list", "tag:azerbaijan", "--json"]),
        with_tag("Azerbaijan")
    );
    assert_eq!(
        count(&["list", "tag:\"North Caucasus\"", "--json"]),
        with_tag("North Caucasus")
    );
    assert_eq!(
        count(&["list", "--tag", "Armenia", "--tag", "Culture", "--json"]),
        1
    );
    assert_eq!(count(&["list", "lang:de", "--json"]), 2);
    assert_eq!(count(&["list", "dshaparidse", "--json"]), 1);
    assert_eq!(count(&["list", "\"bread costs\" or basil", "--json"]), 1);
    assert_eq!(
        count(&["list", "tag:georgia", "-railway", "--json"])
            + count(&["list", "tag:georgia railway", "--json"]),
        with_tag("Georgia")
    );
    let id = reader.json(&["list", "basil", "--json"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    reader.run(&["mark", "--read", &id]).assert().success();
    reader.run(&["mark", "--star", &id]).assert().success();
    assert_eq!(
        count(&["list", "--unread", "--json"]),
        articles::ARTICLES.len() - 1
    );
    assert_eq!(
        reader.json(&["list", "--starred", "--json"])[0]["id"],
        id.as_str()
    );
    reader
        .run(&["mark", "--read", "--query", "tag:georgia"])
        .assert()
        .success();
    assert_eq!(count(&["list", "tag:georgia", "is:unread", "--json"]), 0);
}

#[test]
fn no_match_is_exit_one_and_a_wrong_query_exit_two_with_its_column() {
    let reader = Reader::refreshed();
    reader
        .run(&["list", "tag:nowhere"])
        .assert()
        .code(1)
        .stderr(contains("no matches"));
    reader.run(&["show", "999999"]).assert().code(1);
    reader
        .run(&["list", "is:nonsense"])
        .assert()
        .code(2)
        .stderr(contains("column"));
    reader.run(&["list", "(open"]).assert().code(2);
    reader
        .run(&["mark", "--read"])
        .assert()
        .code(2)
        .stderr(contains("name articles by ID, or --query QUERY"));
    reader.run(&["mark", "1"]).assert().code(2).stderr(contains(
        "name a mark: --read, --unread, --star, --unstar, --tag or --untag",
    ));
    reader
        .run(&["help", "refersh"])
        .assert()
        .code(2)
        .stderr(contains("'refresh'"));
    reader.run(&["nonsense"]).assert().code(2);
    reader
        .run(&["refresh", "Kura Currier"])
        .assert()
        .code(2)
        .stderr(contains("Kura Courier"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let reader = Reader::refreshed();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("newsprint"))
        .args(["list", "--json"])
        .env("NEWSPRINT_CONFIG", reader.config())
        .env("NEWSPRINT_DATA_DIR", reader.data())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.stderr.is_empty());
}

#[test]
fn a_wrong_config_names_file_line_key_and_what_would_be_right() {
    let reader = Reader::without_outlet("[refresh]\nintervall = \"1h\"\n");
    for command in [
        &["list"][..],
        &["refresh"],
        &["config", "check"],
        &["outlets"],
    ] {
        reader
            .run(command)
            .assert()
            .code(2)
            .stderr(contains("config.toml:2").and(contains("did you mean `refresh.interval`")));
    }
    let reader = Reader::without_outlet("[keys]\n\"gt\" = \"tagz\"\n");
    reader
        .run(&["config", "check"])
        .assert()
        .code(2)
        .stderr(contains("config.toml:2").and(contains("tagz")));
}

#[test]
fn everything_that_is_wrong_with_a_config_is_told_at_once() {
    let reader = Reader::without_outlet(
        "[refresh]\ninterval = \"soon\"\n[keys]\n\"<C-q\" = \"star\"\ng = \"bottom\"\nw = \"dance\"\n\
         [[macro]]\nkey = \",p\"\nactions = [\"star\"]\n[[macro]]\nkey = \",p\"\nactions = [\"save\"]\n\
         [theme.paper]\ntitle = \"no such colour\"\n",
    );
    for command in [&["config", "check"][..], &[], &["doctor"]] {
        let output = reader.run(command).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        for part in [
            "config.toml:2",
            "config.toml:4",
            "`<C-q>`",
            "config.toml:5",
            "`gg` (top)",
            "config.toml:6",
            "dance",
            "config.toml:10",
            "config.toml:14",
        ] {
            assert!(said.contains(part), "{part} in {command:?}:\n{said}");
        }
    }
    // The lists do not depend on the keys.
    let reader = Reader::without_outlet("[keys]\nw = \"dance\"\n");
    reader.run(&["outlets"]).assert().success();
}

#[test]
fn outlets_are_added_and_removed_with_the_files_comments_kept() {
    let outlet = Outlet::start("2031-05-20T09:30:00Z".parse().unwrap()).unwrap();
    let reader =
        Reader::without_outlet("# my own\noutlet = []\n[refresh]\nhost_gap = \"0s\" # quick\n");
    reader
        .run(&["add", "not a url"])
        .assert()
        .code(2)
        .stderr(contains("not a valid URL"));
    reader
        .run(&["add", "ftp://a.example/"])
        .assert()
        .code(2)
        .stderr(contains("http and https"));
    reader
        .run(&["add", &outlet.url(), "--name", "Courier"])
        .assert()
        .success();
    reader
        .run(&["add", &outlet.url(), "--name", "courier"])
        .assert()
        .failure();
    let text = std::fs::read_to_string(reader.config()).unwrap();
    assert!(
        text.contains("# my own") && text.contains("# quick"),
        "{text}"
    );
    reader
        .run(&["refresh", "-q"])
        .assert()
        .success()
        .stdout(is_empty())
        .stderr(is_empty());
    assert_eq!(reader.json(&["outlets", "--json"])[0]["outlet"], "Courier");
    assert_eq!(reader.json(&["outlets", "courier", "--json"]).len(), 1);
    reader
        .run(&["outlets", "Courir"])
        .assert()
        .code(2)
        .stderr(contains("did you mean “Courier”"));
    reader
        .run(&["remove", "Courir"])
        .assert()
        .failure()
        .stderr(contains("did you mean “Courier”"));
    reader.run(&["remove", "courier"]).assert().success();
    assert!(reader.json(&["outlets", "--json"]).is_empty());
    assert!(
        std::fs::read_to_string(reader.config())
            .unwrap()
            .contains("# my own")
    );
}

#[test]
fn an_outlet_is_added_under_its_own_name_once_it_can_be_read() {
    let outlet = Outlet::start("2031-05-20T09:30:00Z".parse().unwrap()).unwrap();
    let reader = Reader::without_outlet("outlet = []\n[refresh]\nhost_gap = \"0s\"\n");
    reader
        .run(&["add", &outlet.url()])
        .assert()
        .success()
        .stdout(contains("added “Kura Courier” (feed http://").and(contains("14 articles")));
    let before = outlet.requests().len();
    reader
        .run(&["add", &outlet.url(), "--name", "Other"])
        .assert()
        .failure()
        .stderr(contains("“Kura Courier” already reads"));
    assert_eq!(outlet.requests().len(), before);
    let nothing = format!("{}no-such-page", outlet.url());
    reader
        .run(&["add", &nothing])
        .assert()
        .code(1)
        .stderr(contains("--no-check"));
    assert_eq!(reader.json(&["outlets", "--json"]).len(), 1);
    let before = outlet.requests().len();
    reader
        .run(&["add", &nothing, "--no-check"])
        .assert()
        .success()
        .stdout(contains("added “127.0.0.1”"));
    assert_eq!(outlet.requests().len(), before);
    assert_eq!(reader.json(&["outlets", "--json"]).len(), 2);
    // Nobody is there: the network may be down, and the address stands.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let dead = format!("http://{}/", closed.local_addr().unwrap());
    drop(closed);
    reader
        .run(&["add", &dead, "--name", "Later"])
        .assert()
        .success()
        .stdout(contains("added “Later” (not checked: 127.0.0.1"));
    assert_eq!(reader.json(&["outlets", "--json"]).len(), 3);
}

#[test]
fn discover_shows_the_ways_and_changes_nothing() {
    let reader = Reader::new();
    let url = reader.outlet.as_ref().unwrap().url();
    let ways = reader.json(&["discover", &url, "--json"]);
    let best = ways.iter().find(|way| way["best"] == true).unwrap();
    assert_eq!(best["source"], "feed");
    assert!(
        best["source_url"]
            .as_str()
            .unwrap()
            .ends_with("/share/kura-courier-en.xml")
    );
    assert_eq!(best["entries"], articles::ARTICLES.len());
    assert_eq!(best["sample"][0]["title"], articles::ARTICLES[0].title);
    assert!(!reader.data().join("newsprint.db").exists());
    // For people: what would be taken comes first with a sample, the rest is a line each.
    let output = reader.run(&["discover", &url]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("Feed found: http://"), "{text}");
    assert!(
        lines[1].contains("14 articles") && lines[1].contains("(a link in the page)"),
        "{text}"
    );
    assert!(lines[2].ends_with(articles::ARTICLES[0].title), "{text}");
    assert!(text.contains("headline page http://"), "{text}");
    // With a good feed nothing is requested to find another source.
    let requests = reader.outlet.as_ref().unwrap().requests();
    assert!(
        requests
            .iter()
            .all(|request| !request.path.contains("sitemap")),
        "{requests:?}"
    );
    assert!(lines.len() <= 14, "{text}");
}

#[test]
fn discover_explains_each_link_of_a_page() {
    let reader = Reader::new();
    let url = reader.outlet.as_ref().unwrap().url();
    let links = reader.json(&["discover", &url, "--explain", "--json"]);
    assert!(links.iter().any(|link| link["listed"] == true), "{links:?}");
    assert!(
        links
            .iter()
            .all(|link| !link["reasons"].as_array().unwrap().is_empty())
    );
    let output = reader
        .run(&["discover", &url, "--explain"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("listed ") && text.contains("its address "),
        "{text}"
    );
    assert!(!reader.data().join("newsprint.db").exists());
}

#[test]
fn show_explains_each_part_of_an_articles_page() {
    let reader = Reader::new();
    reader.json(&["refresh", "--json"]);
    let list = reader.json(&["list", "--json"]);
    let id = list[2]["id"].as_str().unwrap();
    let shown = reader.json(&["show", id, "--json"]);
    let body = shown[0]["body"].as_str().unwrap();
    let parts = reader.json(&["show", id, "--explain", "--json"]);
    let text = |part: &Value| part["text"].as_str().unwrap().to_owned();
    let kept: Vec<String> = parts
        .iter()
        .filter(|part| part["kept"] == true)
        .map(text)
        .collect();
    assert!(body.starts_with(&kept[0]), "{kept:?}");
    assert!(
        parts
            .iter()
            .any(|part| part["kept"] == false && text(part).contains("cookies"))
    );
    // Each says where it stands, and all where the text is from.
    assert!(parts.iter().all(|part| {
        part["place"]
            .as_str()
            .is_some_and(|place| !place.is_empty())
            && part["instead"].is_null()
    }));
    let output = reader.run(&["show", id, "--explain"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let place = parts[0]["place"].as_str().unwrap();
    assert!(text.contains(place), "{text}");
    assert!(
        text.contains("kept ") && text.contains("[outlet.select]"),
        "{text}"
    );
    // Nothing is fetched where that was not wanted.
    reader
        .run(&["--offline", "show", id, "--explain"])
        .assert()
        .failure()
        .stderr(contains("offline"));
}

#[test]
fn failing_outlets_are_told_by_line_and_exit_code() {
    let outlet = Outlet::start("2031-05-20T09:30:00Z".parse().unwrap()).unwrap();
    // A port that nobody listens on: bound and let go again.
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let dead = format!("[[outlet]]\nname = \"Dead\"\nurl = \"http://{closed}/\"\n");
    let some = Reader::without_outlet(&format!("{dead}{}", outlet.config()));
    some.run(&["refresh", "-q"])
        .assert()
        .code(3)
        .stdout(is_empty())
        .stderr(
            contains("Dead: ").and(predicate::function(|text: &str| text.lines().count() == 1)),
        );
    assert_eq!(
        some.json(&["list", "--json"]).len(),
        articles::ARTICLES.len()
    );
    let health = some.json(&["outlets", "--json"]);
    let dead_health = health
        .iter()
        .find(|outlet| outlet["outlet"] == "Dead")
        .unwrap();
    assert!(dead_health["last_error"].is_string());
    let all = Reader::without_outlet(&dead);
    all.run(&["refresh", "-q"]).assert().code(4);
    all.run(&["--offline", "refresh"])
        .assert()
        .code(1)
        .stderr(contains("offline"));
}

#[test]
fn a_store_that_cannot_be_opened_is_exit_five_with_the_path() {
    let reader = Reader::without_outlet("");
    // A file where the directory should be: not to be made, whoever runs the test.
    std::fs::write(reader.data(), b"in the way").unwrap();
    reader
        .run(&["list"])
        .assert()
        .code(5)
        .stderr(contains("data"));
    reader
        .run(&["refresh"])
        .assert()
        .code(5)
        .stderr(contains("data").and(contains("name another one with --data-dir")));
    assert_eq!(std::fs::read(reader.data()).unwrap(), b"in the way");
    let reader = Reader::new();
    std::fs::create_dir_all(reader.data().join("newsprint.db")).unwrap();
    for command in ["list", "refresh"] {
        reader
            .run(&[command])
            .assert()
            .code(5)
            .stderr(contains("it is a folder"));
    }
}

#[test]
fn the_reader_without_a_terminal_names_the_commands_that_need_none() {
    let reader = Reader::without_outlet("");
    reader
        .run(&[])
        .env("TERM", "dumb")
        .assert()
        .code(1)
        .stderr(contains("newsprint list").and(contains("newsprint show")));
}

#[test]
fn config_commands_answer() {
    let reader = Reader::without_outlet("");
    let path = reader.config();
    reader
        .run(&["config", "path"])
        .assert()
        .success()
        .stdout(contains(path.to_str().unwrap()));
    reader.run(&["config", "check"]).assert().success();
    reader
        .run(&["config", "example"])
        .assert()
        .success()
        .stdout(contains("Caucasus Watch"));
    reader
        .run(&["man"])
        .assert()
        .success()
        .stdout(contains(".TH newsprint"));
    reader
        .run(&["completions", "bash"])
        .assert()
        .success()
        .stdout(contains("_newsprint"));
}

#[test]
fn texts_come_as_lines_markdown_html_and_in_the_width_asked_for() {
    let reader = Reader::refreshed();
    let id = reader.json(&["list", "basil", "--json"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let output = reader
        .run(&["show", &id, "--width", "30"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let address_is_last = text
        .lines()
        .rev()
        .take(1)
        .all(|line| line.starts_with("http"));
    assert!(address_is_last, "{text}");
    let longest = text
        .lines()
        .rev()
        .skip(1)
        .map(|line| line.chars().count())
        .max()
        .unwrap();
    assert!(longest <= 30, "{longest}: {text}");
    assert!(!text.contains('\x1b'));
    reader
        .run(&["show", &id, "--color", "always"])
        .assert()
        .stdout(contains("\x1b[1m"));
    reader
        .run(&["show", &id, "--markdown"])
        .assert()
        .stdout(contains("# Gyumri").and(contains("`Admission")));
    reader.run(&["show", &id, "--html"]).assert().stdout(
        contains("<p>The municipal theatre").and(contains("<article lang=\"en\" dir=\"ltr\">")),
    );
}

#[test]
fn outlets_come_from_opml_and_newsboat_and_go_out_as_opml() {
    let reader = Reader::without_outlet("# mine\noutlet = []\n");
    let file = reader.directory.path().join("subscriptions");
    let opml = "<?xml version=\"1.0\"?><opml version=\"2.0\"><body><outline text=\"Region\">\
        <outline type=\"rss\" text=\"Kura &amp; Aras\" xmlUrl=\"https://kura.example/feed.xml\"/></outline>\
        <outline type=\"rss\" text=\"Kura &amp; Aras\" xmlUrl=\"https://aras.example/feed.xml\"/></body></opml>";
    std::fs::write(&file, opml).unwrap();
    let path = file.to_str().unwrap().to_owned();
    reader
        .run(&["import", &path, "--dry-run"])
        .assert()
        .success()
        .stdout(contains("2 outlets would be added"));
    assert!(reader.json(&["outlets", "--json"]).is_empty());
    reader.run(&["import", &path]).assert().success();
    reader
        .run(&["import", &path])
        .assert()
        .success()
        .stdout(contains("0 outlets added"));
    let urls = "# my feeds\nhttps://lori.example/rss \"mountains\" \"~Lori Post\"\nexec:~/bin/evil\n\"query:Unread:unread = \\\"yes\\\"\"\n";
    std::fs::write(&file, urls).unwrap();
    reader
        .run(&["import", &path])
        .assert()
        .success()
        .stderr(contains("exec:~/bin/evil").and(contains("query:")));
    let names: Vec<Value> = reader
        .json(&["outlets", "--json"])
        .iter()
        .map(|o| o["outlet"].clone())
        .collect();
    assert_eq!(names, ["Kura & Aras", "Kura & Aras (2)", "Lori Post"]);
    let text = std::fs::read_to_string(reader.config()).unwrap();
    assert!(
        text.contains("# mine") && text.contains("mountains") && text.contains("Region"),
        "{text}"
    );

    let exported = reader.run(&["export"]).output().unwrap().stdout;
    let other = Reader::without_outlet("outlet = []\n");
    std::fs::write(&file, exported).unwrap();
    other
        .run(&["import", &path])
        .assert()
        .success()
        .stdout(contains("3 outlets added"));
    assert!(
        std::fs::read_to_string(other.config())
            .unwrap()
            .contains("https://aras.example/feed.xml")
    );
}

#[test]
fn an_outlet_without_a_name_is_called_by_its_title_once_that_is_known() {
    let outlet = Outlet::start("2031-05-20T09:30:00Z".parse().unwrap()).unwrap();
    let reader = Reader::without_outlet("# mine\noutlet = []\n[refresh]\nhost_gap = \"0s\"\n");
    let file = reader.directory.path().join("urls");
    let import = |list: &str| {
        std::fs::write(&file, list).unwrap();
        reader.run(&["import", file.to_str().unwrap()]).assert()
    };
    // Two on one host, and one that the reader has named; other programs write the address for a title.
    let (feed, missing) = (
        outlet.at("/share/kura-courier-en.xml"),
        outlet.at("/nothing"),
    );
    import(&format!(
        "{feed} news\n{missing} \"~{missing}\"\nhttps://lori.example/rss \"~Lori\"\n"
    ))
    .success()
    .stdout(contains("3 outlets added").and(contains("2 without a title are named")));
    let names = || -> Vec<String> {
        let rows = reader.json(&["outlets", "--json"]);
        rows.iter()
            .map(|row| row["outlet"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        names(),
        [
            "127.0.0.1/share/kura-courier-en.xml",
            "127.0.0.1/nothing",
            "Lori"
        ]
    );
    reader
        .run(&["refresh", "127.0.0.1/share/kura-courier-en.xml"])
        .assert()
        .success()
        .stdout(contains(
            "kura-courier-en.xml: named “Kura Courier”, its own title",
        ));
    assert_eq!(names(), ["Kura Courier", "127.0.0.1/nothing", "Lori"]);
    let text = std::fs::read_to_string(reader.config()).unwrap();
    assert!(text.starts_with("# mine\n"), "{text}");
    assert!(
        text.contains("[[outlet]]\nname = \"Kura Courier\"\n"),
        "{text}"
    );
    // Its articles are found by the new name, and what the reader calls it from now on stays.
    assert!(
        !reader
            .json(&["list", "outlet:\"Kura Courier\"", "--json"])
            .is_empty()
    );
    std::fs::write(reader.config(), text.replace("Kura Courier", "Mine")).unwrap();
    reader
        .run(&["refresh", "Mine", "--force"])
        .assert()
        .success();
    assert_eq!(names()[0], "Mine");
    reader
        .run(&["refresh", "mine"])
        .assert()
        .success()
        .stdout(contains("not due until").and(contains("--force")));
}

#[test]
fn what_an_outlet_reads_already_is_not_added_by_another_address() {
    let outlet = Outlet::start("2031-05-20T09:30:00Z".parse().unwrap()).unwrap();
    let reader = Reader::without_outlet("outlet = []\n[refresh]\nhost_gap = \"0s\"\n");
    let page = outlet.url();
    let feed = outlet.at("/share/kura-courier-en.xml");
    reader.run(&["add", &page]).assert().success();
    let refused = |url: &str| {
        reader
            .run(&["add", url, "--name", "Other"])
            .assert()
            .failure()
            .stderr(contains("“Kura Courier” already reads"));
    };
    // The page as it is written otherwise.
    let bare = page.trim_end_matches('/').to_owned();
    for url in [
        &bare,
        &format!("feed:{page}"),
        &page.replace("http://", "feed://"),
    ] {
        refused(url);
    }
    reader.run(&["refresh", "-q"]).assert().success();
    // The feed that was found at it.
    refused(&feed);
    let file = reader.directory.path().join("urls");
    std::fs::write(&file, format!("{feed} \"~Other\"\n")).unwrap();
    reader
        .run(&["import", file.to_str().unwrap()])
        .assert()
        .success()
        .stdout(contains("0 outlets added").and(contains("1 skipped")))
        .stderr(contains("Other: “Kura Courier” already reads"));
    reader
        .run(&["discover", &feed])
        .assert()
        .success()
        .stdout(contains("“Kura Courier” already reads it"));
    // And the page of an outlet that was added by its feed.
    reader.run(&["remove", "Kura Courier"]).assert().success();
    reader.run(&["add", &feed]).assert().success();
    refused(&page);
    assert_eq!(reader.json(&["outlets", "--json"]).len(), 1);
}

#[test]
fn what_an_import_does_not_take_is_told_and_counted() {
    let reader = Reader::without_outlet("outlet = []\n");
    let file = reader.directory.path().join("list");
    let import = |list: &str| {
        std::fs::write(&file, list).unwrap();
        reader.run(&["import", file.to_str().unwrap()]).assert()
    };
    import("https://lori.example/rss \"~Lori\" \"!\"\n\"query:Q:unread = \\\"yes\\\"\"\n")
        .success()
        .stdout(contains("1 outlet added").and(contains("1 skipped")))
        .stderr(contains(
            "line 1: https://lori.example/rss: added, but not hidden",
        ));
    import(
        "<opml><body><outline text='Aras' xmlUrl='https://aras.example/f'/>\
         <outline text='Kura' htmlUrl='https://kura.example/'/><outline text='Notes'/></body></opml>",
    )
    .success()
    .stdout(contains("1 outlet added").and(contains("2 skipped")))
    .stderr(
        contains("skipped: Kura: no feed address (xmlUrl)")
            .and(contains("newsprint add https://kura.example/"))
            .and(contains("skipped: Notes: no feed address")),
    );
}

#[test]
fn a_doctor_of_a_broken_config_leaves_the_outlets_and_names_the_folder() {
    let reader = Reader::refreshed();
    let text = std::fs::read_to_string(reader.config()).unwrap();
    std::fs::write(reader.config(), format!("{text}\n[tagss]\n")).unwrap();
    let output = reader.run(&["doctor"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("error config: ") && said.contains("tagss"),
        "{said}"
    );
    assert!(!said.contains("never refreshed"), "{said}");
    std::fs::write(reader.config(), text).unwrap();
    let outlets = reader.json(&["outlets", "--json"]);
    assert!(outlets[0]["total"].as_u64().unwrap() > 0);
    // A folder that cannot be made is named itself, not only what is in its way.
    let file = reader.directory.path().join("file");
    std::fs::write(&file, "").unwrap();
    let folder = file.join("x");
    reader
        .run(&["--data-dir", folder.to_str().unwrap(), "doctor"])
        .assert()
        .failure()
        .stdout(contains(format!(
            "{} cannot be created in",
            folder.display()
        )));
}

#[test]
fn commands_that_would_do_harm_or_nothing_say_so() {
    let reader = Reader::refreshed();
    reader
        .run(&["mark", "--read", "--query", ""])
        .assert()
        .code(2)
        .stderr(contains("empty query"));
    assert_eq!(
        reader.json(&["list", "is:unread", "--json"]).len(),
        articles::ARTICLES.len()
    );
    reader
        .run(&["add", "https://a.example/", "--name", " "])
        .assert()
        .failure()
        .stderr(contains("name"));
    reader.run(&["config", "check"]).assert().success();
    let junk = reader.directory.path().join("junk");
    std::fs::write(&junk, "nothing of use\n").unwrap();
    reader
        .run(&["import", junk.to_str().unwrap()])
        .assert()
        .code(1)
        .stderr(contains("no outlets"));
    reader
        .run(&["prune"])
        .assert()
        .code(2)
        .stderr(contains("keep"));
    reader
        .run(&["prune", "Kura Courer", "--count", "3"])
        .assert()
        .code(2)
        .stderr(contains("Kura Courier"));
    let star = reader.json(&["list", "towers", "--json"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    reader.run(&["mark", "--star", &star]).assert().success();
    reader
        .run(&["prune", "kura courier", "--count", "3"])
        .assert()
        .success();
    let left = reader.json(&["list", "--json"]);
    assert_eq!(left.len(), 4, "three and the starred one");
    assert!(left.iter().any(|headline| headline["id"] == star.as_str()));
}

#[test]
fn marks_outlive_a_damaged_database() {
    let reader = Reader::refreshed();
    let star = reader.json(&["list", "basil", "--json"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    reader.run(&["mark", "--star", &star]).assert().success();
    let database = reader.data().join("newsprint.db");
    for beside in ["newsprint.db-wal", "newsprint.db-shm"] {
        let _ = std::fs::remove_file(reader.data().join(beside));
    }
    std::fs::write(
        &database,
        b"no database at all, but a longer text than a header",
    )
    .unwrap();
    reader
        .run(&["outlets"])
        .assert()
        .success()
        .stderr(contains("set aside").and(contains("1 mark kept")));
    let kept = "set aside: 1 damaged database (1 MB)";
    reader.run(&["doctor"]).assert().stdout(contains(kept));
    reader.run(&["refresh", "-q"]).assert().success();
    let starred = reader.json(&["list", "is:starred", "--json"]);
    assert_eq!(starred.len(), 1);
    assert!(starred[0]["title"].as_str().unwrap().contains("theatre"));
}

#[test]
fn what_is_left_of_a_removed_outlet_goes_when_it_is_asked_for() {
    let reader = Reader::refreshed();
    let all = articles::ARTICLES.len();
    let star = reader.json(&["list", "basil", "--json"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    reader.run(&["mark", "--star", &star]).assert().success();
    reader
        .run(&["prune", "--removed"])
        .assert()
        .success()
        .stdout(contains("no articles of removed outlets"));
    reader
        .run(&["prune", "--removed", "kura courier"])
        .assert()
        .code(2)
        .stderr(contains("newsprint remove"));
    reader
        .run(&["remove", "kura courier"])
        .assert()
        .success()
        .stdout(
            contains(format!("its {all} articles are kept"))
                .and(contains("newsprint prune --removed").and(contains("except 1 starred"))),
        );
    // Only its stars are listed, unless it is asked for.
    assert_eq!(reader.json(&["list", "--json"]).len(), 1);
    let asked = ["list", "outlet:\"kura courier\"", "--json"];
    assert_eq!(reader.json(&asked).len(), all);
    reader
        .run(&["prune", "--days", "30"])
        .assert()
        .success()
        .stdout(contains(format!("{all} more")).and(contains("prune --removed")));
    reader
        .run(&["prune", "--removed", "--dry-run"])
        .assert()
        .success()
        .stdout(format!(
            "Kura Courier: {} would be deleted, 1 starred kept\n",
            all - 1
        ));
    assert_eq!(reader.json(&asked).len(), all);
    reader
        .run(&["prune", "--removed", "Kura Curier"])
        .assert()
        .code(2);
    reader
        .run(&["prune", "--removed"])
        .assert()
        .success()
        .stdout(format!(
            "Kura Courier: {} deleted, 1 starred kept\n",
            all - 1
        ));
    let left = reader.json(&["list", "--json"]);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["id"], star.as_str());
    // Without a config nothing says what has been removed.
    std::fs::remove_file(reader.config()).unwrap();
    reader
        .run(&["prune", "--removed"])
        .env_remove("NEWSPRINT_CONFIG")
        .env("XDG_CONFIG_HOME", reader.directory.path())
        .env("HOME", reader.directory.path())
        .assert()
        .code(2)
        .stderr(contains("not found"));
}

#[test]
fn a_dry_run_of_prune_removes_nothing() {
    let reader = Reader::refreshed();
    let all = articles::ARTICLES.len();
    for _ in 0..2 {
        reader
            .run(&["prune", "--count", "3", "--dry-run"])
            .assert()
            .success()
            .stdout(format!("Kura Courier: {} would be deleted\n", all - 3));
    }
    assert_eq!(reader.json(&["list", "--json"]).len(), all);
}

#[test]
fn passwords_in_addresses_are_shown_nowhere() {
    let outlet = Outlet::start("2031-05-20T09:30:00Z".parse().unwrap()).unwrap();
    let secret = outlet.url().replace("://", "://me:hush@");
    // One that answers and one that nobody listens to.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let dead = format!("http://me:hush@{}/", closed.local_addr().unwrap());
    drop(closed);
    let reader = Reader::without_outlet("outlet = []\n[refresh]\nhost_gap = \"0s\"\n");
    let silent = |args: &[&str]| {
        let output = reader.run(args).output().unwrap();
        for stream in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(stream);
            assert!(!text.contains("hush"), "{args:?}: {text}");
        }
        output
    };
    silent(&["add", &secret, "--name", "Courier"]);
    silent(&["add", &dead, "--name", "Dead"]);
    silent(&["add", &dead, "--name", "Dead", "--no-check"]);
    silent(&["add", &secret, "--name", "Twice"]);
    silent(&["add", "ftp://me:hush@a.example/"]);
    silent(&["discover", &secret]);
    silent(&["discover", &secret, "--json"]);
    silent(&["discover", &dead]);
    silent(&["-vv", "refresh"]);
    silent(&["refresh", "--json", "--force"]);
    silent(&["outlets"]);
    silent(&["outlets", "--tsv"]);
    let health = silent(&["outlets", "--json"]);
    assert!(String::from_utf8_lossy(&health.stdout).contains("http://***@127.0.0.1"));
    silent(&["doctor"]);
    silent(&["list", "--json"]);
    // Who takes the outlets elsewhere needs the addresses whole.
    let exported = reader.run(&["export"]).output().unwrap().stdout;
    assert!(String::from_utf8_lossy(&exported).contains("hush"));
}

#[test]
fn what_cannot_be_read_or_written_is_said_in_a_sentence_with_its_code() {
    let reader = Reader::refreshed();
    let directory = reader.directory.path().to_str().unwrap().to_owned();
    reader
        .run(&["list", "--config", &directory])
        .assert()
        .code(2)
        .stderr(contains("cannot be read").and(contains("os error").not()));
    reader
        .run(&["list", "--config", "/nowhere/newsprint.toml"])
        .assert()
        .code(2)
        .stderr(contains("/nowhere/newsprint.toml"));
    // A mark at the beginning and the line ends of another system are as good.
    for text in ["", "\u{feff}[refresh]\r\ninterval = \"2h\"\r\n"] {
        std::fs::write(reader.config(), text).unwrap();
        reader
            .run(&["config", "check"])
            .assert()
            .success()
            .stdout(contains("OK, 1 outlet\n"));
    }
    std::fs::write(reader.config(), b"a\n\xff").unwrap();
    reader
        .run(&["list"])
        .assert()
        .code(2)
        .stderr(contains("config.toml:2").and(contains("UTF-8")));
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_finds_no_room_is_a_failure() {
    use std::os::unix::ffi::OsStringExt;
    let reader = Reader::refreshed();
    for args in [
        &["list"][..],
        &["tags", "--json"],
        &["show", "1"],
        &["man"],
        &["config", "example"],
        &["doctor"],
        &["refresh", "--force"],
        &["refresh", "--force", "--json"],
    ] {
        let output = std::process::Command::new(assert_cmd::cargo::cargo_bin!("newsprint"))
            .args(args)
            .env("NEWSPRINT_CONFIG", reader.config())
            .env("NEWSPRINT_DATA_DIR", reader.data())
            .env("NO_PROXY", "*")
            .stdout(std::fs::File::create("/dev/full").unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        assert!(
            said.contains("cannot write output: No space left"),
            "{args:?}: {said}"
        );
    }
    let mut command = reader.run(&["list"]);
    command
        .arg(std::ffi::OsString::from_vec(vec![b'a', 0xff]))
        .assert()
        .code(2);
}

/// It starts itself once more there, with other settings of the allocator.
#[test]
#[cfg(target_os = "linux")]
fn with_little_address_space_a_command_is_the_same() {
    let reader = Reader::refreshed();
    for args in [
        &["list", "--limit", "3"][..],
        &["tags"],
        &["show", "no such"],
    ] {
        let output = |limit: &str| {
            let output = std::process::Command::new("sh")
                .args(["-c", &format!("{limit} exec \"$0\" \"$@\"")])
                .arg(assert_cmd::cargo::cargo_bin!("newsprint"))
                .args(args)
                .env("NEWSPRINT_CONFIG", reader.config())
                .env("NEWSPRINT_DATA_DIR", reader.data())
                .output()
                .unwrap();
            assert_eq!(output.stdout.is_empty(), !output.status.success());
            output
        };
        assert_eq!(output("ulimit -v 524288;"), output(""), "{args:?}");
    }
}

/// SQLite says of the file that it cannot be opened or written, of a process that may not open enough files.
#[test]
#[cfg(unix)]
fn too_few_file_handles_are_called_that_and_not_a_fault_of_the_folder() {
    let reader = Reader::refreshed();
    let mut failed = 0;
    for handles in 5..24 {
        for command in ["refresh --force -q", "doctor", "mark --read 1"] {
            let output = std::process::Command::new("sh")
                .args(["-c", &format!("ulimit -n {handles}; exec \"$0\" {command}")])
                .arg(assert_cmd::cargo::cargo_bin!("newsprint"))
                .env("NEWSPRINT_CONFIG", reader.config())
                .env("NEWSPRINT_DATA_DIR", reader.data())
                .env("NO_PROXY", "*")
                .output()
                .unwrap();
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said);
            // Nor can the system start the program with fewer still.
            if said.contains("shared librar") {
                continue;
            }
            for wrong in ["writable", "read-only", "permissions", "(os error"] {
                assert!(!said.contains(wrong), "{command}, {handles}: {said}");
            }
            if command == "refresh --force -q" && !output.status.success() {
                failed += 1;
                assert!(said.contains("ulimit -n"), "{handles}: {said}");
            }
        }
    }
    assert!(failed > 2, "{failed}");
}

#[test]
fn the_doctor_goes_on_with_the_defaults_and_says_what_to_do() {
    let reader = Reader::refreshed();
    std::fs::write(reader.config(), "[refresh]\nintervall = \"1h\"\n").unwrap();
    reader.run(&["doctor"]).assert().code(1).stdout(
        contains("error config: ")
            .and(contains("config.toml:2"))
            .and(contains("      → fix the lines above"))
            .and(contains("ok    data: "))
            .and(contains("ok    store: "))
            .and(contains("14 articles, 14 unread"))
            .and(contains("clock: ")),
    );
    // It makes nothing.
    let fresh = Reader::without_outlet("");
    fresh
        .run(&["doctor"])
        .assert()
        .stdout(contains("does not exist yet; the first refresh creates it"));
    assert!(!fresh.data().exists());
    std::fs::write(fresh.data(), b"in the way").unwrap();
    fresh
        .run(&["doctor"])
        .assert()
        .code(1)
        .stdout(contains("error data: ").and(contains("--data-dir")));
}

#[test]
fn commands_that_only_read_make_no_data_folder() {
    let reader = Reader::without_outlet(
        "[[outlet]]\nname = \"Kura Courier\"\nurl = \"https://kura.example/\"\n",
    );
    let folder = reader.data();
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--stories"],
        &["show", "17"],
        &["tags"],
        &["stories"],
        &["story", "why", "17"],
        &["digest"],
        &["mark", "--read", "17"],
        &["undo"],
        &["prune", "--days", "3"],
    ] {
        let said = reader.run(args).assert().code(1);
        let said = String::from_utf8_lossy(&said.get_output().stderr).into_owned();
        assert!(
            said.contains(&folder.display().to_string())
                && said.contains("not found")
                && said.contains("newsprint refresh"),
            "{args:?}: {said}"
        );
        assert!(!folder.exists(), "{args:?}");
    }
    // What the config says needs no store.
    reader
        .run(&["outlets"])
        .assert()
        .success()
        .stdout(contains("Kura Courier"))
        .stderr(contains("not found"));
    reader
        .run(&["export"])
        .assert()
        .success()
        .stdout(contains("https://kura.example/"));
    assert!(!folder.exists());
    // In a folder that is there, and may be another one than was meant, no database is made.
    std::fs::create_dir(&folder).unwrap();
    reader
        .run(&["list"])
        .assert()
        .code(1)
        .stderr(contains("no articles yet"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    // A file in its way is no slip of the name.
    let file = reader.config().with_extension("file");
    std::fs::write(&file, "x").unwrap();
    for folder in [file.clone(), file.join("below")] {
        reader
            .run(&["list", "--data-dir", folder.to_str().unwrap()])
            .assert()
            .code(5);
    }
}

#[test]
fn a_query_is_quoted_as_it_was_typed() {
    let reader = Reader::refreshed();
    reader
        .run(&["list", "Since:1w", "zebra", "--unread", "--tag", "sea ice"])
        .assert()
        .code(1)
        .stderr(contains("`Since:1w zebra tag:\"sea ice\" is:unread`"));
}

#[test]
fn an_unknown_outlet_is_told_wherever_it_is_named() {
    let reader = Reader::refreshed();
    let meant = "no outlet “Kura Currier”; did you mean “Kura Courier”?";
    let query = "outlet:\"Kura Currier\"";
    for args in [&["list", "--json", query][..], &["list", query]] {
        reader.run(args).assert().code(1).stderr(contains(meant));
    }
    for args in [
        &["tags", query][..],
        &["mark", "--read", "--query", query],
        &["refresh", "Kura Currier"],
        &["remove", "Kura Currier"],
    ] {
        reader.run(args).assert().code(2).stderr(contains(meant));
    }
}

#[test]
fn a_refresh_of_what_is_not_due_says_that_nothing_was_fetched() {
    let outlet = Outlet::start("2031-05-20T09:30:00Z".parse().unwrap()).unwrap();
    let config = outlet
        .config()
        .replace("interval = \"0s\"", "interval = \"1h\"");
    let reader = Reader {
        outlet: Some(outlet),
        ..Reader::without_outlet(&config)
    };
    reader.run(&["refresh", "-q"]).assert().success();
    reader
        .run(&["refresh", "--outlet", "Kura Courier"])
        .assert()
        .success()
        .stdout(
            contains("Kura Courier: not due until")
                .and(contains("nothing fetched"))
                .and(contains("--force"))
                .and(contains("0 new").not()),
        );
}

#[test]
fn what_was_not_checked_is_said_and_a_bare_host_is_tried_without_tls() {
    let outlet = Outlet::start("2031-05-20T09:30:00Z".parse().unwrap()).unwrap();
    let reader = Reader::without_outlet("outlet = []\n");
    reader
        .run(&["--offline", "add", "https://lori.example/"])
        .assert()
        .success()
        .stdout(contains("not checked: offline"));
    let bare = outlet.url().replace("http://", "");
    reader
        .run(&["discover", &bare])
        .assert()
        .success()
        .stdout(contains("Kura Courier").or(contains("feed")));
    // What answered there says why it is none.
    let nothing = bare.replace("/en/", "/nothing/");
    reader
        .run(&["discover", &nothing])
        .assert()
        .failure()
        .stderr(contains("404").and(contains("http://")));
    reader.run(&["add", &bare]).assert().success();
    let config = std::fs::read_to_string(reader.config()).unwrap();
    assert!(config.contains(&outlet.url()), "{config}");
    assert!(!config.contains(&format!("https://{bare}")), "{config}");
}

#[test]
fn the_page_of_an_article_is_no_empty_list_of_headlines() {
    let reader = Reader::new();
    let outlet = reader.outlet.as_ref().unwrap();
    let article = outlet.at(&format!("/en/news/{}.html", articles::ARTICLES[0].slug));
    let output = reader.run(&["discover", &article]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let page = format!("headline page {article}: ");
    let line = text.lines().find(|line| line.contains(&page));
    assert!(
        line.is_none_or(|line| line.ends_with("no list of headlines")),
        "{text}"
    );
    assert!(!text.contains("empty"), "{text}");
}

#[test]
fn a_second_import_says_nothing_new_of_what_is_there() {
    let reader = Reader::without_outlet("outlet = []\n");
    let file = reader.directory.path().join("urls");
    std::fs::write(
        &file,
        "# mine\nhttps://lori.example/rss \"~Lori\" \"!hidden\"\nhttps://aras.example/rss\nhttps://aras.example/rss\n",
    )
    .unwrap();
    let import = || reader.run(&["import", file.to_str().unwrap()]).assert();
    import().success().stderr(
        contains("line 2: https://lori.example/rss: added, but not hidden")
            .and(contains("line 4: https://aras.example/rss: listed twice")),
    );
    import().success().stderr(
        contains("not hidden")
            .not()
            .and(contains("skipped: line 2: Lori"))
            .and(contains(
                "skipped: line 3: “aras.example” already reads https://aras.example/rss",
            )),
    );
}

#[test]
fn tags_are_in_the_order_of_their_articles_then_of_their_names() {
    let reader = Reader::refreshed();
    let output = reader.run(&["tags", "--tsv"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<(std::cmp::Reverse<u64>, String)> = text
        .lines()
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            (
                std::cmp::Reverse(fields[1].parse().unwrap()),
                newsprint_model::fold(fields[0]),
            )
        })
        .collect();
    assert!(rows.len() > 5 && rows.is_sorted(), "{text}");
}

#[test]
fn an_article_is_tagged_by_hand_and_a_later_refresh_leaves_its_tags() {
    let reader = Reader::refreshed();
    let id = reader.json(&["list", "basil", "--json"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let tagged = |query: &str| reader.json(&["list", query, "--json"]);
    let mark = |args: &[&str], said: &str| {
        let all: Vec<&str> = ["mark"].iter().chain(args).copied().collect();
        reader.run(&all).assert().success().stdout(said.to_owned());
    };
    mark(&["--tag", "#read later", &id], "1 changed\n");
    mark(&["--tag", "Read Later", &id], "0 changed\n");
    let found = tagged("tag:\"read later\"");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["id"], *id);
    reader.run(&["refresh", "--force"]).assert().success();
    assert_eq!(tagged("tag:\"read later\"").len(), 1);
    mark(
        &["--untag", "read later", "--query", "is:unread"],
        "1 changed\n",
    );
    reader.run(&["list", "tag:\"read later\""]).assert().code(1);
    reader
        .run(&["mark", "--tag", " ", &id])
        .assert()
        .code(2)
        .stderr(contains("a tag needs a name"));
    reader
        .run(&["mark", "--read", "tag:sport"])
        .assert()
        .code(1)
        .stderr(contains("a query goes behind --query"));
}
