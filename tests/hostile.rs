//! Hostile feeds, pages and configs through refresh, every command and the reader: nothing panics or
//! hangs, memory stays bounded, and no escape byte reaches the terminal that newsprint did not write.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// What a hostile outlet would like to reach the terminal, the database or the file system.
fn payloads() -> Vec<(&'static str, String)> {
    vec![
        ("csi", "a\u{1b}[31337mb".into()),
        ("csi-entity", "a&#27;[31337mb".into()),
        ("c1-csi", "a\u{9b}31337mb".into()),
        ("osc-52", "a\u{1b}]52;c;MzEzMzc=\u{7}b".into()),
        ("osc-entity", "a&#x1b;]0;31337&#7;b".into()),
        ("dcs", "a\u{1b}P31337\u{1b}\\b".into()),
        (
            "controls",
            (1u8..32)
                .map(char::from)
                .filter(|c| !"\t\n\r".contains(*c))
                .collect(),
        ),
        ("nul", "a\0b".into()),
        ("bidi-override", "a\u{202e}gpj.exe\u{202c}b".into()),
        ("bidi-isolate", "a\u{2066}\u{2067}\u{2068}b".into()),
        ("invisible", "a\u{200b}\u{feff}\u{2060}\u{ad}b".into()),
        ("tag-characters", "a\u{e0041}\u{e0042}\u{e007f}b".into()),
        ("line-separators", "a\u{2028}b\u{2029}c\u{85}d".into()),
        (
            "stacked-marks",
            format!("a{}b", "\u{301}\u{336}".repeat(1000)),
        ),
        ("long-word", "w".repeat(20_000)),
        ("wide", "漢".repeat(3_000)),
        ("emoji-joined", "👩\u{200d}".repeat(500)),
        (
            "fts-syntax",
            "\" OR NEAR(a b) * ^ {title} : AND NOT (".into(),
        ),
        ("sql", "'); DROP TABLE article; --".into()),
        ("path", "../../../../tmp/newsprint-was-here".into()),
        (
            "option",
            "-oProxyCommand=touch /tmp/newsprint-was-here".into(),
        ),
        (
            "format",
            "%s%n%x{}{0}$(touch /tmp/newsprint-was-here)`id`".into(),
        ),
        ("script", "&lt;script&gt;alert(1)&lt;/script&gt;".into()),
        (
            "broken-entities",
            "&amp;amp;lt;&#xffffffff;&#-1;&bogus;&".into(),
        ),
    ]
}

fn item(fields: &BTreeMap<&str, String>) -> String {
    let field =
        |name: &str, default: &str| fields.get(name).cloned().unwrap_or_else(|| default.into());
    format!(
        "<item><title>{}</title><link>{}</link><guid isPermaLink=\"false\">{}</guid><pubDate>{}</pubDate>\
         <dc:creator>{}</dc:creator><category>{}</category><description>{}</description>\
         <content:encoded>{}</content:encoded><enclosure url=\"{}\" type=\"image/png\" length=\"1\"/></item>",
        field("title", "A quiet headline"),
        field("link", "http://127.0.0.1:9/article"),
        field("guid", "1"),
        field("date", "Tue, 20 May 2031 09:30:00 GMT"),
        field("author", "A. Writer"),
        field("category", "Quiet"),
        field("description", "A teaser."),
        field("content", "&lt;p&gt;The text of the article.&lt;/p&gt;"),
        field("image", "http://127.0.0.1:9/picture.png"),
    )
}

fn feed(channel: &str, items: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>{channel}</title><link>http://127.0.0.1:9/</link><description>d</description>{items}</channel></rss>"
    )
    .into_bytes()
}

/// Every payload in every field, and documents whose shape is the attack.
fn feeds() -> Vec<(String, Vec<u8>)> {
    let mut feeds = Vec::new();
    for (name, payload) in payloads() {
        for field in [
            "title",
            "link",
            "guid",
            "date",
            "author",
            "category",
            "description",
            "content",
        ] {
            let fields = BTreeMap::from([(field, payload.clone())]);
            feeds.push((
                format!("{name}-in-{field}"),
                feed("Hostile", &item(&fields)),
            ));
        }
        feeds.push((
            format!("{name}-in-channel"),
            feed(&payload, &item(&BTreeMap::new())),
        ));
    }
    for link in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//",
        "http://[",
        "",
    ] {
        let fields = BTreeMap::from([("link", link.to_owned()), ("image", link.to_owned())]);
        feeds.push((
            format!("link-{}", feeds.len()),
            feed("Links", &item(&fields)),
        ));
    }
    let body = |html: String| {
        let escaped = html.replace('&', "&amp;").replace('<', "&lt;");
        feed("Shapes", &item(&BTreeMap::from([("content", escaped)])))
    };
    let mut add = |name: &str, bytes: Vec<u8>| feeds.push((name.to_owned(), bytes));
    add("deep-divs", body("<div>".repeat(100_000)));
    add("deep-quotes", body("<blockquote>".repeat(20_000) + "x"));
    add("deep-lists", body("<ul><li>".repeat(20_000) + "x"));
    add("formatting", body("<p><b id=i>".repeat(2_000)));
    add(
        "wide-table",
        body(format!(
            "<table>{}</table>",
            format!("<tr>{}</tr>", "<td>x".repeat(400)).repeat(400)
        )),
    );
    add(
        "span-table",
        body("<table><tr><td colspan=2>x</td><td rowspan=3>y</td></tr></table>".into()),
    );
    add(
        "huge-spans",
        body("<table><tr><td colspan=999999999 rowspan=999999999>x</table>".into()),
    );
    add("ampersands", body("&".repeat(300_000)));
    add("breaks", body("<br>".repeat(100_000)));
    add("one-line", body("word ".repeat(800_000)));
    add("one-word", body("w".repeat(2_000_000)));
    add(
        "attributes",
        body(format!("<a {}>x</a>", "b=c ".repeat(50_000))),
    );
    add(
        "unclosed",
        body("<a href='http://example.org/".repeat(5_000)),
    );
    add("deep-xml", "<a>".repeat(100_000).into_bytes());
    add(
        "duplicate-ids",
        feed("Twice", &item(&BTreeMap::new()).repeat(1_000)),
    );
    add("entities", {
        let mut text = String::from("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"lol\">");
        for level in 1..12 {
            text.push_str(&format!(
                "<!ENTITY a{level} \"{}\">",
                format!("&a{};", level - 1).repeat(10)
            ));
        }
        text.push_str("<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel><title>&x;</title><item><title>&a11;</title></item></channel></rss>");
        text.into_bytes()
    });
    let whole = feed("Cut", &item(&BTreeMap::new()).repeat(3));
    add("truncated", whole[..whole.len() - 150].to_vec());
    add("utf-16", whole.iter().flat_map(|byte| [0, *byte]).collect());
    add(
        "wrong-encoding",
        [
            b"<?xml version=\"1.0\" encoding=\"utf-16\"?>".as_slice(),
            &whole[38..],
        ]
        .concat(),
    );
    add(
        "random",
        (0u32..60_000)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect(),
    );
    add("empty", Vec::new());
    add(
        "json-depth",
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":{}",
            "[".repeat(50_000)
        )
        .into_bytes(),
    );
    add(
        "duration",
        feed(
            "Hours",
            "<item><title>t</title><itunes:duration xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\">99999999999999999999:00:00</itunes:duration></item>",
        ),
    );
    feeds
}

/// Article pages behind a feed of teasers.
fn pages() -> Vec<(String, Vec<u8>)> {
    let prose = "<p>The council met on Monday and talked about the bridge for three hours, then went home.</p>".repeat(8);
    let page = |head: &str, main: &str| {
        format!("<!doctype html><html><head><title>t</title>{head}</head><body><main><h1>A headline</h1>{main}{prose}</main></body></html>").into_bytes()
    };
    let mut pages = Vec::new();
    for (name, payload) in payloads() {
        pages.push((format!("page-{name}"), page("", &format!("<p>20 May 2031 | {payload}, Politics</p><p>{payload}</p><a href=\"{payload}\">x</a>"))));
    }
    let mut add = |name: &str, bytes: Vec<u8>| pages.push((name.to_owned(), bytes));
    add("page-deep", page("", &"<div>".repeat(60_000)));
    add("page-fonts", page("", &"<p><font color=red>".repeat(3_000)));
    add("page-ampersands", page("", &"&".repeat(200_000)));
    add("page-breaks", page("", &"<br>".repeat(60_000)));
    add(
        "page-json-ld",
        page(
            &format!(
                "<script type=\"application/ld+json\">{}</script>",
                "{\"a\":[".repeat(20_000)
            ),
            "",
        ),
    );
    add(
        "page-json-ld-text",
        page(
            "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"a\\u001b[31337mb\",\"keywords\":\"a\\u009b31337m\",\"author\":{\"name\":\"x\\u202ey\"},\"datePublished\":\"9999999-99-99\"}</script>",
            "",
        ),
    );
    add(
        "page-random",
        (0u32..60_000)
            .map(|n| (n.wrapping_mul(2_246_822_519) >> 11) as u8)
            .collect(),
    );
    add("page-empty", Vec::new());
    pages
}

/// Documents of the size that is still read, each made of one thing: the path and the bytes.
fn heavy() -> Vec<(&'static str, Vec<u8>)> {
    let line = |field: &str, text: &str| {
        let fields = BTreeMap::from([(field, text.repeat(10_000_000 / text.len()))]);
        feed("Heavy", &item(&fields))
    };
    let page = |line: &str, bytes: usize| {
        let head = "<!doctype html><title>t</title><main><h1>A headline</h1>";
        [head, &line.repeat(bytes / line.len())]
            .concat()
            .into_bytes()
    };
    let data = "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"articleBody\":\"";
    vec![
        ("/f/line-of-10-mb", line("content", "word ")),
        ("/f/word-of-10-mb", line("content", "w")),
        ("/f/title-of-10-mb", line("title", "t ")),
        (
            "/f/tags-of-10-mb",
            line("title", "t</title><category>c</category><title>"),
        ),
        ("/f/breaks-of-10-mb", line("content", "&lt;br&gt;")),
        (
            "/p/prose",
            page("<p>The council met on Monday and went home.</p>", 9_000_000),
        ),
        (
            "/p/links",
            page(
                "<a href=\"/a/1\">A headline of seven words or so</a>",
                3_000_000,
            ),
        ),
        ("/p/cells", page("<tr><td>x<td>y", 3_000_000)),
        ("/p/spans", page("<span>x</span>", 3_000_000)),
        ("/p/entities", page("&amp;", 3_000_000)),
        (
            "/p/data",
            page(data, 80)
                .into_iter()
                .chain(page("word ", 7_000_000))
                .collect(),
        ),
    ]
}

/// Serves the fixtures: `/f/NAME` a feed, `/p/NAME` a page; later, with every text changed.
struct Server {
    port: u16,
    asked: Arc<Mutex<BTreeSet<String>>>,
    later: Arc<AtomicBool>,
}

impl Server {
    fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (name, bytes) in feeds() {
            files.insert(format!("/f/{name}"), bytes);
        }
        let mut teasers = String::new();
        for (name, bytes) in pages() {
            teasers.push_str(&format!("<item><title>{name}</title><link>http://127.0.0.1:{port}/p/{name}</link><description>short</description></item>"));
            files.insert(format!("/p/{name}"), bytes);
        }
        files.insert("/f/teasers".into(), feed("Teasers", &teasers));
        for (path, bytes) in heavy() {
            if let Some(name) = path.strip_prefix("/p/") {
                let teaser = format!(
                    "<item><title>{name}</title><link>http://127.0.0.1:{port}{path}</link><description>short</description></item>"
                );
                files.insert(format!("/f/to-{name}"), feed("Heavy", &teaser));
            }
            files.insert(path.to_owned(), bytes);
        }
        let files = Arc::new(files);
        let asked: Arc<Mutex<BTreeSet<String>>> = Arc::default();
        let later: Arc<AtomicBool> = Arc::default();
        let shared = (asked.clone(), later.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let files = Arc::clone(&files);
                let (asked, later) = shared.clone();
                std::thread::spawn(move || answer(stream, &files, &asked, &later));
            }
        });
        Server { port, asked, later }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn config(&self) -> String {
        let mut config = String::from(
            "[refresh]\nhost_gap = \"0s\"\ninterval = \"0s\"\ntimeout = \"20s\"\nmax_pages = 1000\n\
             [reader]\nmark_read = \"open\"\n",
        );
        let names = feeds()
            .into_iter()
            .map(|(name, _)| name)
            .chain(["teasers".to_owned()]);
        for name in names {
            config.push_str(&format!(
                "[[outlet]]\nname = \"{name}\"\nurl = \"http://127.0.0.1:{port}/f/{name}\"\nfeed = \"http://127.0.0.1:{port}/f/{name}\"\nfull_text = \"{}\"\n",
                if name == "teasers" { "auto" } else { "never" },
                port = self.port,
            ));
        }
        config
    }
}

fn answer(
    stream: TcpStream,
    files: &BTreeMap<String, Vec<u8>>,
    asked: &Mutex<BTreeSet<String>>,
    later: &AtomicBool,
) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut stream = stream;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let path = line.split(' ').nth(1)?.to_owned();
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            if header.trim().is_empty() {
                break;
            }
        }
        asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.clone());
        let (status, kind, body) = match files.get(&path) {
            Some(body) if path.starts_with("/f/") => ("200 OK", "application/xml", body.as_slice()),
            Some(body) => ("200 OK", "text/html", body.as_slice()),
            None => ("404 Not Found", "text/plain", b"no".as_slice()),
        };
        let changed = later.load(Ordering::SeqCst).then(|| change(body));
        let body = changed.as_deref().unwrap_or(body);
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )
        .ok()?;
        stream.write_all(body).ok()?;
    }
}

/// The document with other words at the end of each text.
fn change(body: &[u8]) -> Vec<u8> {
    let mut changed = Vec::with_capacity(body.len());
    let mut rest = body;
    let end = b"</content:encoded>";
    while let Some(at) = rest.windows(end.len()).position(|window| window == end) {
        changed.extend_from_slice(&rest[..at]);
        changed.extend_from_slice(b" so they said");
        changed.extend_from_slice(end);
        rest = &rest[at + end.len()..];
    }
    changed.extend_from_slice(rest);
    changed
}

/// The most memory that a refresh of all fixtures may take, several at a time, in KB.
const MEMORY: u64 = 100_000;

/// The same for one document of the largest size that is read.
const HEAVY_MEMORY: u64 = 125_000;

/// Runs a command and, where the system tells it, asserts that its memory stayed within bounds.
fn run_within_bounds(directory: &Path, args: &[&str], most: u64) -> Output {
    let child = command(directory, args).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let watch = std::thread::spawn(move || {
        let mut peak = 0u64;
        // The figure is the peak so far, so the last look tells; it is there as long as the process.
        while let Ok(status) = std::fs::read_to_string(&status) {
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
            let Some(now) = now else { break };
            peak = peak.max(now);
            std::thread::sleep(Duration::from_millis(2));
        }
        peak
    });
    let output = child.wait_with_output().unwrap();
    let peak = watch.join().unwrap();
    println!("{args:?}: {peak} KB at the peak");
    assert!(peak < most, "{args:?} took {peak} KB");
    output
}

/// Runs a command with 2 GB of address space (threads reserve, they do not use) and a time limit.
fn run(directory: &Path, args: &[&str]) -> Output {
    command(directory, args).output().unwrap()
}

fn command(directory: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg("ulimit -v 2500000; exec \"$@\"")
        .arg("sh")
        .arg(assert_cmd::cargo::cargo_bin!("newsprint"))
        .args(args)
        .env("NEWSPRINT_CONFIG", directory.join("config.toml"))
        .env("NEWSPRINT_DATA_DIR", directory.join("data"))
        .env("NO_PROXY", "*")
        .env("TZ", "UTC")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What must never be printed: C0 but newline and tab, C1, bidi controls, invisible characters.
fn unsafe_character(text: &str) -> Option<char> {
    text.chars().find(|c| {
        matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    })
}

fn check(output: &Output, what: &str, codes: &[i32]) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code();
    assert!(
        code.is_some_and(|code| codes.contains(&code)),
        "{what}: {:?}\n{stderr}",
        output.status
    );
    let stdout = String::from_utf8(output.stdout.clone()).expect("output is UTF-8");
    for (text, stream) in [(&stdout, "stdout"), (&stderr, "stderr")] {
        assert_eq!(unsafe_character(text), None, "{what}: on {stream}");
        assert!(!text.contains("panicked"), "{what}: {text}");
    }
    stdout
}

#[test]
fn hostile_outlets_neither_break_nor_reach_the_terminal() {
    let server = Server::start();
    assert!(feeds().len() + pages().len() >= 150);
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("config.toml"), server.config()).unwrap();

    // Refresh, twice: what was stored must also be comparable with what comes again.
    check(
        &run_within_bounds(directory.path(), &["refresh"], MEMORY),
        "refresh",
        &[0, 3],
    );
    server.later.store(true, Ordering::SeqCst);
    let report = run_within_bounds(directory.path(), &["refresh", "--json"], MEMORY);
    let report = check(&report, "refresh --json", &[0, 3]);
    let list = check(
        &run(directory.path(), &["list", "--json"]),
        "list --json",
        &[0],
    );
    let listed: Vec<serde_json::Value> = list
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let field = |value: &serde_json::Value, name: &str| value[name].as_str().unwrap().to_owned();
    let ids: Vec<String> = listed.iter().map(|line| field(line, "id")).collect();
    assert!(ids.len() > 230, "{}", ids.len());
    // Every document was asked for, and either gave its article or was said to have failed.
    let asked = server
        .asked
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let titles: BTreeSet<String> = listed.iter().map(|line| field(line, "title")).collect();
    for (name, _) in pages() {
        assert!(asked.contains(&format!("/p/{name}")), "{name}");
        assert!(titles.contains(&name), "{name}");
    }
    let outlets: BTreeSet<String> = listed.iter().map(|line| field(line, "outlet")).collect();
    let mut without = Vec::new();
    for (name, _) in feeds() {
        assert!(asked.contains(&format!("/f/{name}")), "{name}");
        if !outlets.contains(&name) {
            assert!(report.contains(&format!("\"{name}\"")), "{name}");
            without.push(name);
        }
    }
    assert_eq!(without, WITHOUT_ARTICLES);

    for args in [
        &["list"][..],
        &["list", "--tsv"],
        &["tags"],
        &["tags", "--tsv"],
        &["tags", "--json"],
        &["outlets"],
        &["outlets", "--json"],
        &["outlets", "--tsv"],
        &["export"],
        &["list", "word", "--sort", "rank"],
        &["list", "\"OR NEAR\"", "--json"],
        &["mark", "--star", "--query", "quiet"],
        &["mark", "--unread", "--query", "\"OR NEAR\""],
        &["doctor"],
        &["--offline", "doctor"],
        &["prune", "--dry-run", "--count", "1"],
    ] {
        check(&run(directory.path(), args), &args.join(" "), &[0, 1]);
    }
    // What a discovery tells of every document, as a feed and as a page.
    let feeds = feeds().into_iter().map(|(name, _)| format!("/f/{name}"));
    let pages = pages().into_iter().map(|(name, _)| format!("/p/{name}"));
    for (at, path) in feeds.chain(pages).enumerate() {
        let url = server.url(&path);
        let form = if at % 2 == 0 { &["--json"][..] } else { &[] };
        let args = [&["discover", &url][..], form].concat();
        check(&run(directory.path(), &args), &args.join(" "), &[0, 1, 3]);
    }
    // Every form of an article, each for a part of the articles, so that all are seen.
    for (at, id) in ids.iter().enumerate() {
        let form = [
            &["--width", "20"][..],
            &["--markdown"],
            &["--html"],
            &["--json"],
            &["--width", "1"],
        ][at % 5];
        let args = [&["show", id][..], form].concat();
        let shown = check(&run(directory.path(), &args), &args.join(" "), &[0]);
        assert!(
            !shown.contains("javascript:") && !shown.contains("href=\"file:"),
            "{shown}"
        );
    }
    // What changed, word by word.
    let changed = ["list", "is:changed", "--json"];
    let changed = check(&run(directory.path(), &changed), "is:changed", &[0]);
    let changed: Vec<String> = changed
        .lines()
        .map(|line| field(&serde_json::from_str(line).unwrap(), "id"))
        .collect();
    assert!(changed.len() > 150, "{}", changed.len());
    for id in &changed {
        let args = ["show", id, "--diff"];
        check(&run(directory.path(), &args), &args.join(" "), &[0]);
    }
    assert!(!Path::new("/tmp/newsprint-was-here").exists());

    // Every article is opened in both forms of the reader, and so marked as read.
    for form in [&[][..], &["--linear"]] {
        let unread = ["mark", "--unread", "--query", "is:read"];
        check(&run(directory.path(), &unread), "mark", &[0, 1]);
        reader_shows_it_all(directory.path(), form, ids.len());
        let left = ["list", "is:unread", "--tsv"];
        let left = check(&run(directory.path(), &left), "is:unread", &[0, 1]);
        assert_eq!(left, "", "not opened with {form:?}");
    }
    let prune = ["prune", "--count", "0"];
    check(&run(directory.path(), &prune), "prune", &[0]);
}

/// One after the other, so that each has to stay within bounds by itself.
#[test]
fn the_heaviest_documents_take_no_more_memory_than_is_set() {
    let server = Server::start();
    for (path, _) in heavy() {
        let source = match path.strip_prefix("/p/") {
            Some(name) => format!("/f/to-{name}"),
            None => path.to_owned(),
        };
        let directory = tempfile::tempdir().unwrap();
        let config = format!(
            "[refresh]\nhost_gap = \"0s\"\n[[outlet]]\nname = \"{path}\"\nurl = \"{url}\"\nfeed = \"{url}\"\n",
            url = server.url(&source)
        );
        std::fs::write(directory.path().join("config.toml"), config).unwrap();
        let output = run_within_bounds(directory.path(), &["refresh"], HEAVY_MEMORY);
        check(&output, path, &[0]);
        let listed = run(directory.path(), &["list", "--tsv"]);
        assert_eq!(check(&listed, path, &[0]).lines().count(), 1, "{path}");
        let asked = server.asked.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(asked.contains(path), "{path}");
    }
}

/// Documents with nothing in them that could be an article.
const WITHOUT_ARTICLES: [&str; 4] = ["deep-xml", "random", "empty", "json-depth"];

/// Walks through lists and articles in a pseudo-terminal and looks at every byte written.
fn reader_shows_it_all(directory: &Path, form: &[&str], articles: usize) {
    let size = PtySize {
        rows: 30,
        cols: 100,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("newsprint"));
    command.arg("--offline");
    command.args(form);
    command.env("NEWSPRINT_CONFIG", directory.join("config.toml"));
    command.env("NEWSPRINT_DATA_DIR", directory.join("data"));
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let recorded = Arc::new(Mutex::new(Vec::new()));
    let mut output = pair.master.try_clone_reader().unwrap();
    let sink = Arc::clone(&recorded);
    std::thread::spawn(move || {
        let mut buffer = [0; 65536];
        while let Ok(read @ 1..) = output.read(&mut buffer) {
            sink.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .extend_from_slice(&buffer[..read]);
        }
    });
    let mut keys = pair.master.take_writer().unwrap();
    // The reader is given time to draw, not a moment to be quick in: it is done when it is silent.
    let settle = || {
        let length = || {
            recorded
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .len()
        };
        let start = Instant::now();
        let mut last = length();
        loop {
            std::thread::sleep(Duration::from_millis(30));
            let now = length();
            if now == last || start.elapsed() > Duration::from_secs(20) {
                return;
            }
            last = now;
        }
    };
    let mut type_keys = |text: &str| {
        keys.write_all(text.as_bytes()).unwrap();
        keys.flush().unwrap();
        if text == "\x1b" {
            // Read together with what follows it would be another key.
            std::thread::sleep(Duration::from_secs(1));
        }
        settle();
    };
    type_keys("");
    type_keys("\r");
    for _ in 0..articles {
        type_keys("J");
    }
    for text in [
        "h", "t", "\x1b", "?", "\x1b", "L", "\x1b", "z", "z", "/", "wor", "\r", "\x1b", "f",
        "tag:", "\x1b",
    ] {
        type_keys(text);
    }
    type_keys("Q");
    let start = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if start.elapsed() > Duration::from_secs(20) => {
                child.kill().unwrap();
                panic!("the reader does not end");
            }
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    assert!(status.success(), "{status:?}");
    let bytes = recorded
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    assert_only_known_sequences(&bytes);
}

/// Newsprint writes colours, movement, modes, its title of hyperlinks, and nothing else.
fn assert_only_known_sequences(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.as_ref();
    let mut plain = String::new();
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(csi) = rest.strip_prefix('[') {
            let end = csi
                .find(|c: char| ('@'..='~').contains(&c))
                .expect("a sequence ends");
            let body = &csi[..=end];
            assert!(
                !body.contains("31337"),
                "an outlet's sequence reached the terminal: {body:?}"
            );
            assert!(
                "mHJKABCDhlnuqcrstX".contains(&body[end..]),
                "unknown sequence {body:?}"
            );
            rest = &csi[end + 1..];
        } else if let Some(osc) = rest.strip_prefix(']') {
            let end = osc.find(['\u{7}', '\u{1b}']).expect("a sequence ends");
            let body = &osc[..end];
            // An outlet may name any address: in a link it stands as an address, without a control byte.
            let is_address = body.strip_prefix("8;;").is_some_and(|address| {
                ["http://", "https://"]
                    .iter()
                    .any(|scheme| address.starts_with(scheme))
                    && address.bytes().all(|byte| byte.is_ascii_graphic())
            });
            assert!(
                is_address || !body.contains("31337") && !body.contains("MzEzMzc"),
                "{body:?}"
            );
            let known = ["8;", "10;?", "11;?", "4;"]
                .iter()
                .any(|start| body.starts_with(start));
            assert!(known, "unknown sequence {body:?}");
            rest = &osc[end + 1..];
        } else {
            // Saving and restoring the cursor, keypad modes, character sets, the end of a string.
            let next = rest.chars().next().expect("a sequence goes on");
            assert!("78=>\\(".contains(next), "unknown sequence ESC {next:?}");
            rest = &rest[next.len_utf8()..];
        }
    }
    plain.push_str(rest);
    let stray = plain
        .chars()
        .find(|c| unsafe_character(&c.to_string()).is_some() && !"\r\u{8}".contains(*c));
    assert_eq!(stray, None);
}

#[test]
fn hostile_configs_are_refused_with_a_line_or_read() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("config.toml");
    let mut configs: Vec<Vec<u8>> = vec![
        b"\xff\xfe\x00".to_vec(),
        b"[[outlet]]\nname = \"a\x1b[31337m\"\nurl = \"http://127.0.0.1:9/\"\n".to_vec(),
        b"[[outlet]]\nname = \"a\\u001b[31337m\"\nurl = \"http://127.0.0.1:9/\"\n".to_vec(),
        "[".repeat(100_000).into_bytes(),
        format!("a = {}", "[".repeat(20_000)).into_bytes(),
        format!("x = \"{}\"", "y".repeat(1_000_000)).into_bytes(),
        b"[refresh]\ninterval = \"99999999999999999999h\"\n".to_vec(),
        b"[refresh]\nuser_agent = \"a\\r\\nX-Header: b\"\n".to_vec(),
        b"outlet = 5\nview = \"x\"\nkeys = 3\n".to_vec(),
        b"[[view]]\nname = \"v\"\nquery = \"((((\"\n".to_vec(),
        format!(
            "[[view]]\nname = \"v\"\nquery = \"{}\"\n",
            "(".repeat(50_000)
        )
        .into_bytes(),
    ];
    for (_, payload) in payloads() {
        configs.push(
            format!(
                "[[outlet]]\nname = \"\"\"{payload}\"\"\"\nurl = \"{}\"\n",
                payload.escape_default()
            )
            .into_bytes(),
        );
    }
    for config in configs {
        std::fs::write(&file, &config).unwrap();
        for args in [&["config", "check"][..], &["list"], &["outlets", "--json"]] {
            let what = format!("{args:?} on {:.60}", String::from_utf8_lossy(&config));
            check(&run(directory.path(), args), &what, &[0, 1, 2]);
        }
    }
}
