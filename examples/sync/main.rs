//! Measures syncs, and reads recorded exchanges of real servers:
//!
//!   cargo run --release --example sync -- first 10000 25    a first sync, a mark-all and a quiet sync
//!   cargo run --release --example sync -- busy 10000 25     what the reader waits for while a first sync runs
//!   cargo run --example sync -- replay DIR                  DIR/index.json and the files that it names
//!   cargo run --example sync -- serve 1000                  a made-up server, for trying things by hand
//!
//! Never here: anything that the program uses.

#[path = "../../tests/support/sync_server.rs"]
#[allow(dead_code)]
mod sync_server;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use newsprint_sync::mock::{self, Mock, PASSWORD};
use newsprint_sync::{Answer, Dialect};
use serde_json::Value;
use sync_server::SyncServer;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: u64| {
        args.get(at)
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    };
    match args.first().map(String::as_str) {
        Some("first") => first(number(1, 10_000) as usize, number(2, 25)),
        Some("busy") => busy(number(1, 10_000) as usize, number(2, 25)),
        Some("replay") if args.len() == 2 => replay(Path::new(&args[1])),
        Some("serve") => {
            let server = SyncServer::start(stock(number(1, 100) as usize), Duration::ZERO);
            println!(
                "{} (user {}, password {PASSWORD})",
                server.address,
                mock::USER
            );
            std::thread::park();
        }
        _ => eprintln!("usage: sync first N MS | busy N MS | replay DIR | serve N"),
    }
}

/// Ten feeds with so many unread articles, and 160 starred ones that are read.
fn stock(unread: usize) -> Mock {
    let mut mock = Mock::new(Dialect::FreshRss);
    let feeds: Vec<String> = (0..10)
        .map(|n| mock.feed(&format!("Feed {n}"), &["World"]))
        .collect();
    for (n, feed) in feeds.iter().enumerate() {
        let starred = mock.arrive(feed, 16);
        mock.mark(&starred, Some(true), Some(true));
        let count = unread / 10 + usize::from(n < unread % 10);
        mock.arrive(feed, count);
    }
    mock
}

/// A server that answers after `delay` ms, a folder, and in it a config with an account there.
fn home(unread: usize, delay: u64) -> (SyncServer, PathBuf, PathBuf) {
    let server = SyncServer::start(stock(unread), Duration::from_millis(delay));
    let folder = std::env::temp_dir().join(format!("newsprint-sync-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let config = folder.join("config.toml");
    let text = format!(
        "[[account]]\nname = \"home\"\nurl = \"{}\"\nuser = \"{}\"\npassword_command = [\"echo\", \"{PASSWORD}\"]\n",
        server.address,
        mock::USER
    );
    std::fs::write(&config, text).expect("a config");
    (server, folder, config)
}

fn first(unread: usize, delay: u64) {
    let (server, folder, config) = home(unread, delay);
    let run = |what: &str, words: &[&str]| {
        server.take_log();
        let began = Instant::now();
        let (out, peak) = newsprint(&folder, &config, words);
        println!(
            "{what}: {:.2} s, peak {} MB, {} requests; {}",
            began.elapsed().as_secs_f64(),
            peak / 1_024,
            server.take_log().len(),
            out.trim()
        );
    };
    run("first sync", &["sync", "--json"]);
    run("nothing new", &["sync", "--json"]);
    let ids = |query: &str| {
        let (out, _) = newsprint(
            &folder,
            &config,
            &["list", query, "--tsv", "--limit", "3000"],
        );
        out.lines()
            .filter_map(|line| line.split('\t').next().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let all = ids("is:unread");
    let mut words = vec!["mark", "--read"];
    words.extend(all.iter().map(String::as_str));
    newsprint(&folder, &config, &words);
    run(&format!("{} marks", all.len()), &["sync", "--json"]);
    let there = server.lock().ids(|item| item.read).len();
    println!("read on the server: {there}");
    let _ = std::fs::remove_dir_all(&folder);
}

/// While another process syncs: listing and opening as the screen does, marking as the thread beside it does.
fn busy(unread: usize, delay: u64) {
    use newsprint_model::{Mark, Time, query};
    use newsprint_store::{At, List, Store};

    let (server, folder, config) = home(unread, delay);
    let store = Store::open(&folder.join("data").join("newsprint.db")).expect("a store");
    let (at, to) = (folder.clone(), config.clone());
    let sync = std::thread::spawn(move || newsprint(&at, &to, &["sync", "--json"]).0);
    let list = List::live(&query::parse("is:unread").expect("a query"), Time::now());
    let mut took: [(&str, Vec<Duration>); 3] = [
        ("list", Vec::new()),
        ("open", Vec::new()),
        ("mark", Vec::new()),
    ];
    let mut marked = 0;
    while !sync.is_finished() {
        let began = Instant::now();
        let page = store.headlines(&list, At::Top, 100).expect("a page");
        took[0].1.push(began.elapsed());
        if let Some(first) = page.first() {
            let began = Instant::now();
            store.article(first.id).expect("an article");
            took[1].1.push(began.elapsed());
            let began = Instant::now();
            marked += store.mark(&[first.id], Mark::Read).expect("a mark");
            took[2].1.push(began.elapsed());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    println!("sync: {}", sync.join().unwrap_or_default().trim());
    for (what, times) in &mut took {
        times.sort_unstable();
        let part = |of: f64| {
            let at = (times.len() as f64 * of) as usize;
            let time = times.get(at.min(times.len().saturating_sub(1)));
            time.map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        println!(
            "{what}: {} times, median {:.1} ms, p95 {:.1} ms, slowest {:.1} ms",
            times.len(),
            part(0.5),
            part(0.95),
            part(1.0)
        );
    }
    newsprint(&folder, &config, &["sync", "--json"]);
    let there = server.lock().ids(|item| item.read && !item.starred).len();
    println!("marked {marked}, read on the server after the next sync {there}");
    let _ = std::fs::remove_dir_all(&folder);
}

/// What the program prints, and its largest size in KB.
fn newsprint(folder: &Path, config: &Path, words: &[&str]) -> (String, u64) {
    let program = std::env::current_exe().expect("this program");
    let program: PathBuf = program
        .parent()
        .and_then(Path::parent)
        .expect("target")
        .join("newsprint");
    let mut child = Command::new(program)
        .args(["--data-dir".as_ref(), folder.join("data").as_os_str()])
        .args(["--config".as_ref(), config.as_os_str()])
        .args(words)
        .stdout(Stdio::piped())
        .spawn()
        .expect("cargo build --release first");
    let status = format!("/proc/{}/status", child.id());
    let output = child.stdout.take().expect("its output");
    let reader = std::thread::spawn(move || std::io::read_to_string(output).unwrap_or_default());
    let mut peak = 0;
    while child.try_wait().expect("a child").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let size = line.and_then(|line| line.trim().split(' ').next()?.parse().ok());
        peak = peak.max(size.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    }
    (reader.join().unwrap_or_default(), peak)
}

/// Reads every recorded answer as the request it belongs to wants it, and compares with what stands in it.
fn replay(folder: &Path) {
    let index = std::fs::read(folder.join("index.json")).expect("an index");
    let index: Vec<Value> = serde_json::from_slice(&index).expect("a list");
    let (mut right, mut wrong, mut other) = (0, 0, 0);
    for line in &index {
        let name = line["file"].as_str().unwrap_or_default();
        let Ok(bytes) = std::fs::read(folder.join(name)) else {
            continue;
        };
        let file: Value = serde_json::from_slice(&bytes).expect("an exchange");
        let (request, response) = (&file["request"], &file["response"]);
        let body = response["body"].as_str().unwrap_or_default();
        let answer = Answer {
            status: response["status"].as_u64().unwrap_or_default() as u16,
            body: body.as_bytes().to_vec(),
            ..Answer::default()
        };
        let dialect = match name.starts_with("freshrss") {
            true => Dialect::FreshRss,
            false => Dialect::Unknown,
        };
        let target = request["target"].as_str().unwrap_or_default();
        let form = request["body"].as_str().unwrap_or_default();
        let Some(read) = mock::read(target, form, &answer, dialect) else {
            other += 1;
            continue;
        };
        let cut = body.contains("bytes in all)");
        let expected = expected(&answer, body, target, form);
        match (read, expected) {
            (Ok(found), Some(expected)) if found == expected => right += 1,
            (Err(_), None) => right += 1,
            (Err(_), _) if cut => other += 1,
            (read, expected) => {
                wrong += 1;
                println!("{name}: {target} → {read:?}, expected {expected:?}");
            }
        }
    }
    println!(
        "{right} read as they stand, {wrong} not, {other} that are not asked for or are cut off"
    );
}

/// How much stands in an answer by its plain JSON; `None` where it is a refusal.
fn expected(answer: &Answer, body: &str, target: &str, form: &str) -> Option<usize> {
    if answer.status != 200 {
        return None;
    }
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        let is_text =
            target.contains("ClientLogin") || target.contains("/token") || body.trim() == "OK";
        return is_text.then_some(1);
    };
    if value["auth"].as_i64() == Some(0) {
        return None;
    }
    if form.contains("mark=") {
        return Some(1);
    }
    let list = |key: &str| value[key].as_array().map(Vec::len);
    let ids = |key: &str| {
        let ids = value[key].as_str()?;
        Some(ids.split(',').filter(|id| !id.is_empty()).count())
    };
    let joined = target.contains("groups") && target.contains("feeds");
    match () {
        () if joined => list("feeds"),
        () if target.contains("&groups") => Some(1),
        () => list("items")
            .or_else(|| list("itemRefs"))
            .or_else(|| list("subscriptions"))
            .or_else(|| list("feeds"))
            .or_else(|| ids("unread_item_ids"))
            .or_else(|| ids("saved_item_ids"))
            .or_else(|| (target.contains("api") && !target.contains("items")).then_some(1)),
    }
}
