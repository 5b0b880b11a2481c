//! Measures a refresh of many made-up outlets beside the least that the same crates need for the
//! same work, all in one run: `cargo run --release --example refresh_bench [-- --feeds 1000]`.
//! `-- --at-once 8,16,32,64` shows what other numbers of hosts at once would give.
//! The outlets live on loopback addresses of their own (127.1.x.y); nothing else is asked.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use newsprint::config::Config;
use newsprint::refresh::{self, Options, Outcome};

/// Requests at once, for both: newsprint's default.
const AT_ONCE: usize = 32;

/// Items of one feed.
const ITEMS: usize = 30;

/// Feeds at most; each is a listener here and a connection there.
const MOST_FEEDS: usize = 2_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", feeds, delay] => {
            serve(number(feeds), Duration::from_millis(number(delay) as u64))
        }
        ["bare", feeds, port, folder] => {
            report(|| bare(number(feeds), number(port), Path::new(folder)))
        }
        ["round", feeds, port] => report(|| round(number(feeds), number(port))),
        ["ours", feeds, port, folder] => {
            report(|| ours(number(feeds), number(port), Path::new(folder), AT_ONCE))
        }
        ["ours", feeds, port, folder, at_once] => report(|| {
            let at_once = number(at_once);
            ours(number(feeds), number(port), Path::new(folder), at_once);
        }),
        ["--feeds", feeds] => measure(&[number(feeds)]),
        ["--at-once", numbers] => {
            head();
            for at_once in numbers.split(',') {
                late(1_000, Some(number(at_once)));
            }
        }
        [] => measure(&[100, 1_000]),
        _ => eprintln!("usage: refresh_bench [--feeds N | --at-once N,N…]"),
    }
}

fn number(text: &str) -> usize {
    text.parse()
        .ok()
        .filter(|n| *n <= 65_535)
        .expect("a number")
}

// ── The measuring process ───────────────────────────────────────────────────────────────────────

/// What one run in a process of its own took.
#[derive(Debug, Clone, Copy)]
struct Took {
    /// Seconds from the start of the process to its end.
    wall: f64,
    /// Seconds of CPU, user and system.
    cpu: f64,
    /// Megabytes at the peak.
    memory: f64,
}

fn head() {
    println!("| refresh | wall (CPU) | peak memory | beside it, bare (CPU) | ratio | to reach |");
    println!("| --- | --- | --- | --- | --- | --- |");
}

fn measure(sizes: &[usize]) {
    head();
    for &feeds in sizes {
        let feeds = feeds.clamp(1, MOST_FEEDS);
        instant(feeds);
        late(feeds, None);
    }
}

/// Outlets that answer at once: what costs time is the work.
fn instant(feeds: usize) {
    let server = Server::start(feeds, 0);
    let mut cold = Vec::new();
    let mut unchanged = Vec::new();
    // Turn and turn about, so that a busy machine is unfair to both.
    for _ in 0..3 {
        let bare = tempfile::tempdir().expect("a folder");
        let ours = tempfile::tempdir().expect("a folder");
        let limit = server.run("bare", feeds, Some(bare.path()));
        let took = server.run("ours", feeds, Some(ours.path()));
        cold.push((took, limit));
        for _ in 0..2 {
            let limit = server.run("round", feeds, None);
            let took = server.run("ours", feeds, Some(ours.path()));
            unchanged.push((took, limit));
        }
    }
    row(&format!("{feeds} feeds, cold"), &cold, "≤ 1.3");
    row(&format!("{feeds} feeds, unchanged"), &unchanged, "≤ 3");
}

/// Outlets that need 200 ms for an answer: what costs time is waiting.
fn late(feeds: usize, at_once: Option<usize>) {
    let server = Server {
        at_once,
        ..Server::start(feeds, 200)
    };
    let floor = 0.2 * feeds.div_ceil(at_once.unwrap_or(AT_ONCE)) as f64;
    let floor = Took {
        wall: floor,
        cpu: 0.0,
        memory: 0.0,
    };
    let ours = tempfile::tempdir().expect("a folder");
    let target = if feeds >= 1_000 {
        "≤ 1.35"
    } else {
        "≤ 1.6"
    };
    let name = at_once.map_or(String::new(), |hosts| format!(", {hosts} hosts at once"));
    let took = server.run("ours", feeds, Some(ours.path()));
    row(
        &format!("{feeds} feeds, 200 ms each{name}, cold"),
        &[(took, floor)],
        target,
    );
    let took = server.run("ours", feeds, Some(ours.path()));
    row(
        &format!("{feeds} feeds, 200 ms each{name}, unchanged"),
        &[(took, floor)],
        target,
    );
}

/// One line of the table: medians.
fn row(name: &str, runs: &[(Took, Took)], target: &str) {
    let median = |of: &dyn Fn(&(Took, Took)) -> f64| {
        let mut all: Vec<f64> = runs.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    println!(
        "| {name} | {:.2} s ({:.2}) | {:.0} MB | {:.2} s ({:.2}) | {:.2} | {target} |",
        median(&|run| run.0.wall),
        median(&|run| run.0.cpu),
        median(&|run| run.0.memory),
        median(&|run| run.1.wall),
        median(&|run| run.1.cpu),
        median(&|run| run.0.wall / run.1.wall),
    );
}

/// The outlets, in a process of their own so that their memory is not counted.
struct Server {
    _process: Outlets,
    port: String,
    /// Hosts asked at once, where it is not the default.
    at_once: Option<usize>,
}

/// The process; it ends when its standard input does.
struct Outlets(std::process::Child);

impl Server {
    fn start(feeds: usize, delay: u64) -> Server {
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .args(["serve", &feeds.to_string(), &delay.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the outlets");
        let mut port = String::new();
        let out = process.stdout.take().expect("what the outlets say");
        BufReader::new(out)
            .read_line(&mut port)
            .expect("their port");
        Server {
            _process: Outlets(process),
            port: port.trim().to_owned(),
            at_once: None,
        }
    }

    /// Runs one kind of work against the outlets.
    fn run(&self, what: &str, feeds: usize, folder: Option<&Path>) -> Took {
        let started = Instant::now();
        let output = Command::new(std::env::current_exe().expect("this program"))
            .args([what, &feeds.to_string(), &self.port])
            .args(folder)
            .args(self.at_once.map(|hosts| hosts.to_string()))
            .env("NO_PROXY", "*")
            .stderr(Stdio::inherit())
            .output()
            .expect("a run");
        let wall = started.elapsed().as_secs_f64();
        assert!(output.status.success(), "the run failed: {}", output.status);
        let said = String::from_utf8_lossy(&output.stdout);
        let mut fields = said
            .split_whitespace()
            .map(|field| field.parse().unwrap_or(0.0));
        let (cpu, memory) = (fields.next().unwrap_or(0.0), fields.next().unwrap_or(0.0));
        Took { wall, cpu, memory }
    }
}

impl Drop for Outlets {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Does the work and prints the process's CPU seconds and its peak of memory in MB.
fn report(work: impl FnOnce()) {
    work();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok())
        .unwrap_or(0.0);
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok())
        .sum();
    println!("{} {}", ticks / 100.0, peak / 1024.0);
}

// ── newsprint ───────────────────────────────────────────────────────────────────────────────────

/// One refresh by the code that `newsprint refresh` runs.
fn ours(feeds: usize, port: usize, folder: &Path, at_once: usize) {
    let mut text = "[refresh]\nhost_gap = \"0s\"\n".to_owned();
    if at_once != AT_ONCE {
        text += &format!("concurrency = {at_once}\n");
    }
    for feed in 0..feeds {
        text += &format!(
            "[[outlet]]\nname = \"Outlet {feed}\"\nurl = \"{}\"\n",
            address(feed, port)
        );
    }
    let config = Config::parse(&text, &folder.join("config.toml"), folder).expect("a config");
    assert_eq!(
        config.refresh.concurrency, at_once,
        "the default is measured, unless another number is asked for"
    );
    let options = Options {
        force: true,
        ..Options::default()
    };
    let report =
        refresh::run(&config, &options, &|_| {}, &AtomicBool::new(false)).expect("a refresh");
    let failed = report
        .outlets
        .iter()
        .find(|outlet| outlet.outcome == Outcome::Failed);
    assert!(failed.is_none(), "{failed:?}");
    let new: u32 = report.outlets.iter().map(|outlet| outlet.new).sum();
    assert!(
        new == 0 || new as usize == feeds * ITEMS,
        "{new} new articles"
    );
}

// ── The least that the same crates need ─────────────────────────────────────────────────────────

/// Fetch, parse with feed-rs, strip tags, insert into SQLite with the same full-text index: no
/// conditional requests, no schedule, no cleaning, no marks, no tags.
fn bare(feeds: usize, port: usize, folder: &Path) {
    let (send, bodies) = mpsc::channel::<Vec<u8>>();
    let insert = std::thread::spawn({
        let path = folder.join("bare.db");
        move || {
            let mut db = rusqlite::Connection::open(path).expect("a database");
            db.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;
                 PRAGMA wal_autocheckpoint = 4000;
                 CREATE TABLE article (id INTEGER PRIMARY KEY, url TEXT UNIQUE, title TEXT, published INTEGER, html TEXT);
                 CREATE VIRTUAL TABLE search USING fts5 (title, body, tags, author, content = '',
                     contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');",
            )
            .expect("tables");
            for body in bodies {
                let feed = feed_rs::parser::parse(&body[..]).expect("a feed");
                let transaction = db.transaction().expect("a transaction");
                for entry in feed.entries {
                    let html = entry
                        .content
                        .and_then(|content| content.body)
                        .or(entry.summary.map(|summary| summary.content))
                        .unwrap_or_default();
                    let title = entry.title.map(|title| title.content).unwrap_or_default();
                    let url = entry
                        .links
                        .first()
                        .map(|link| link.href.as_str())
                        .unwrap_or_default();
                    let mut statement = transaction
                        .prepare_cached("INSERT INTO article (url, title, published, html) VALUES (?1, ?2, ?3, ?4)")
                        .expect("a statement");
                    let published = entry.published.map(|date| date.timestamp());
                    let id = statement
                        .insert(rusqlite::params![url, title, published, html])
                        .expect("a new article");
                    let mut statement = transaction
                        .prepare_cached(
                            "INSERT INTO search (rowid, title, body) VALUES (?1, ?2, ?3)",
                        )
                        .expect("a statement");
                    statement
                        .execute(rusqlite::params![
                            id,
                            title,
                            newsprint_html::strip_tags(&html, " ")
                        ])
                        .expect("an index entry");
                }
                transaction.commit().expect("a commit");
            }
        }
    });
    fetch(feeds, port, None, move |body| {
        send.send(body).expect("a listener")
    });
    insert.join().expect("the inserting thread");
}

/// A round of conditional requests that are all answered by 304.
fn round(feeds: usize, port: usize) {
    fetch(feeds, port, Some(ETAG), |_| {});
}

fn fetch(feeds: usize, port: usize, etag: Option<&'static str>, take: impl Fn(Vec<u8>)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .pool_max_idle_per_host(0)
            .build()
            .expect("a client");
        let places = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
        let (send, mut bodies) = tokio::sync::mpsc::unbounded_channel();
        for feed in 0..feeds {
            let (client, places, send) = (client.clone(), places.clone(), send.clone());
            tokio::spawn(async move {
                let _place = places.acquire().await;
                let mut request = client.get(address(feed, port));
                if let Some(etag) = etag {
                    request = request.header("If-None-Match", etag);
                }
                let answer = request.send().await.expect("an answer");
                assert_eq!(
                    answer.status().as_u16(),
                    if etag.is_some() { 304 } else { 200 }
                );
                let body = answer.bytes().await.expect("a body").to_vec();
                let _ = send.send(body);
            });
        }
        drop(send);
        while let Some(body) = bodies.recv().await {
            take(body);
        }
    });
}

// ── The outlets ─────────────────────────────────────────────────────────────────────────────────

const ETAG: &str = "\"made-up\"";

/// Each feed lives at a loopback address of its own.
fn address(feed: usize, port: usize) -> String {
    format!(
        "http://127.1.{}.{}:{port}/feed.xml",
        feed / 250,
        feed % 250 + 1
    )
}

/// Serves until standard input ends; says its port first.
fn serve(feeds: usize, delay: Duration) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let bodies: Vec<Arc<Vec<u8>>> = (0..feeds).map(|feed| Arc::new(body(feed))).collect();
    runtime.block_on(async move {
        let first = tokio::net::TcpListener::bind("127.1.0.1:0")
            .await
            .expect("a port");
        let port = first.local_addr().expect("the port").port();
        let mut listeners = vec![first];
        for feed in 1..feeds {
            let ip = format!("127.1.{}.{}:{port}", feed / 250, feed % 250 + 1);
            listeners.push(
                tokio::net::TcpListener::bind(ip)
                    .await
                    .expect("a loopback address"),
            );
        }
        println!("{port}");
        std::io::stdout().flush().expect("somebody who listens");
        for (listener, body) in listeners.into_iter().zip(bodies) {
            tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(answer(stream, body.clone(), delay));
                }
            });
        }
        let ended = tokio::task::spawn_blocking(|| {
            let _ = std::io::stdin().read_line(&mut String::new());
        });
        let _ = ended.await;
    });
}

async fn answer(stream: tokio::net::TcpStream, body: Arc<Vec<u8>>, delay: Duration) {
    let _ = stream.set_nodelay(true);
    let mut head = Vec::new();
    loop {
        while !head.windows(4).any(|end| end == b"\r\n\r\n") {
            let mut buffer = [0; 4096];
            if stream.readable().await.is_err() {
                return;
            }
            match stream.try_read(&mut buffer) {
                Ok(0) => return,
                Ok(n) => head.extend_from_slice(&buffer[..n]),
                Err(why) if why.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
        let asked = String::from_utf8_lossy(&head).to_ascii_lowercase();
        head.clear();
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let reply = if asked.contains(&format!("if-none-match: {ETAG}")) {
            format!("HTTP/1.1 304 Not Modified\r\nETag: {ETAG}\r\n\r\n").into_bytes()
        } else {
            let mut reply = format!(
                "HTTP/1.1 200 OK\r\nETag: {ETAG}\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\n\r\n",
                body.len()
            )
            .into_bytes();
            reply.extend_from_slice(&body);
            reply
        };
        let mut left = &reply[..];
        while !left.is_empty() {
            if stream.writable().await.is_err() {
                return;
            }
            match stream.try_write(left) {
                Ok(n) => left = &left[n..],
                Err(why) if why.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
    }
}

/// A feed of made-up articles of about 4 KB of HTML each: the whole text, as full feeds have it.
fn body(feed: usize) -> Vec<u8> {
    const STEMS: [&str; 40] = [
        "harbour", "council", "bridge", "winter", "teach", "minister", "river", "market", "train",
        "orchard", "engine", "mountain", "library", "festival", "paint", "village", "budget",
        "hospital", "fisher", "lantern", "granite", "meadow", "clerk", "valley", "the", "of",
        "and", "in", "to", "that", "was", "with", "for", "on", "said", "has", "by", "from", "its",
        "after",
    ];
    let mut random = fastrand::Rng::with_seed(feed as u64);
    let mut xml = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>Outlet {feed}</title><link>http://outlet-{feed}.example/</link><description>d</description>"
    );
    for item in 0..ITEMS {
        let mut html = String::new();
        while html.len() < 3_900 {
            html += "<p>";
            for _ in 0..random.usize(40..80) {
                html += STEMS[random.usize(0..STEMS.len())];
                // A long tail of words, as in real text.
                if random.usize(0..6) == 0 {
                    html += &format!("{}", random.usize(0..5_000));
                }
                html.push(' ');
            }
            html += &format!("<a href=\"http://outlet-{feed}.example/{item}\">more of it</a>.</p>");
        }
        let day = item % 28 + 1;
        xml += &format!(
            "<item><title>Story {item} of outlet {feed}</title>\
             <link>http://outlet-{feed}.example/story-{item}</link><guid>http://outlet-{feed}.example/story-{item}</guid>\
             <pubDate>{day:02} Jun 2026 10:00:00 GMT</pubDate><category>News</category><category>Topic {}</category>\
             <content:encoded><![CDATA[{html}]]></content:encoded></item>",
            random.usize(0..300)
        );
    }
    xml += "</channel></rss>";
    xml.into_bytes()
}
