//! A year of hourly refreshes of made-up outlets with churn of every kind, and after each month how large the data
//! folder is beside what its live articles need: `cargo run --release --example growth [-- DAYS OUTLETS]` (365 50).
//! Exits 1 where it is ever more than 1.2 times that. What the live articles need is a new folder into which just
//! they are taken, with their marks and leading pictures, in one go, and their earlier texts. Nothing is asked but loopback addresses.

mod outlets;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::hash::Hasher;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use newsprint::config::Config;
use newsprint::refresh::{self, Options};
use newsprint_fetch::ManualClock;
use newsprint_model::fingerprint::Fnv;
use newsprint_model::query::{self, Query};
use newsprint_model::{ArticleId, Mark, Outlet, Time};
use newsprint_store::{At, Incoming, List, Store, Update};

use outlets::World;

/// How much more than its live articles need a store may take.
const MOST: f64 = 1.2;

/// The first hour.
const START: i64 = 1_772_000_000;

fn main() {
    let words = std::env::args().skip(1);
    let mut numbers = words.map(|word| word.parse::<usize>().expect("a number"));
    let days = numbers.next().unwrap_or(365) as u64;
    let count = numbers.next().unwrap_or(50);
    let folder = tempfile::tempdir().expect("a folder");
    let world = Arc::new(Mutex::new(World::new(count, START)));
    let port = outlets::serve(&world);
    let clock = Arc::new(ManualClock::at(moment(0)));
    let mut random = fastrand::Rng::with_seed(16);
    let mut house = House::new(folder.path(), count, port);
    let mut worst = 0.0f64;
    println!(
        "day  articles  with pictures  database kB  pictures kB  rest kB  needed kB  earlier texts  ratio"
    );
    for hour in 1..=days * 24 {
        world.lock().expect("the world").pass_an_hour();
        clock.move_to(moment(hour));
        house.change(hour, &mut random);
        let config = house.config();
        let options = Options {
            clock: clock.clone(),
            ..Options::default()
        };
        refresh::run(&config, &options, &|_| {}, &AtomicBool::new(false)).expect("a refresh");
        let store = Store::open(&config.paths.database()).expect("the store");
        if hour % 8 == 0 {
            read(&store, moment(hour), &mut random);
        }
        if hour % (30 * 24) == 0 || hour == days * 24 {
            worst = worst.max(measure(&config, &store, hour / 24));
        }
    }
    println!("at most {worst:.2} times what the live articles need; to reach: {MOST}");
    if worst > MOST {
        std::process::exit(1);
    }
}

fn moment(hour: u64) -> Time {
    Time::from_second(START + 3600 * hour as i64).expect("a time")
}

/// What is configured, and the folder.
struct House<'a> {
    folder: &'a Path,
    port: u16,
    /// Number and name of each outlet.
    outlets: Vec<(usize, String)>,
    kills: u64,
}

impl House<'_> {
    fn new(folder: &Path, count: usize, port: u16) -> House<'_> {
        House {
            folder,
            port,
            outlets: (0..count).map(|n| (n, format!("Outlet {n}"))).collect(),
            kills: 0,
        }
    }

    fn config(&self) -> Config {
        let mut text =
            "[refresh]\nhost_gap = \"0s\"\nimages = true\nkeep = { days = 30, count = 400 }\n"
                .to_owned();
        for (n, name) in &self.outlets {
            let url = outlets::address(*n, self.port);
            let pages = if n % 5 == 0 { "auto" } else { "never" };
            text += &format!(
                "[[outlet]]\nname = \"{name}\"\nurl = \"{url}/\"\nfeed = \"{url}/feed\"\nfull_text = \"{pages}\"\n"
            );
        }
        Config::parse(&text, &self.folder.join("config.toml"), self.folder).expect("a config")
    }

    /// Outlets are renamed, removed with their articles, added again; processes are killed and leave files.
    fn change(&mut self, hour: u64, random: &mut fastrand::Rng) {
        let day = hour / 24;
        if hour % (24 * 20) == 12 {
            let at = random.usize(0..self.outlets.len());
            let (n, name) = &mut self.outlets[at];
            *name = format!("Outlet {n}, renamed on day {day}");
        }
        if hour % (24 * 45) == 13 {
            let (n, name) = self.outlets.remove(random.usize(0..self.outlets.len()));
            let config = self.config();
            let store = Store::open(&config.paths.database()).expect("the store");
            store.sync_outlets(&config.outlets).expect("a change");
            refresh::forget(&config, &store, &name).expect("a removal");
            self.outlets.push((n, format!("Outlet {n} again")));
        }
        if hour % 60 == 7 {
            self.kills += 1;
            let database = self.config().paths.database();
            for name in [
                format!("{}.{}.tmp", database.display(), 100_000 + self.kills),
                format!("{}.marks.{}.new", database.display(), 100_000 + self.kills),
                format!(
                    "{}/{:016x}.{}.tmp",
                    self.config().paths.images().display(),
                    self.kills,
                    self.kills
                ),
            ] {
                let file = fs::File::create(name).and_then(|file| {
                    file.set_len(300_000)?;
                    file.set_modified(SystemTime::now() - Duration::from_secs(7200))
                });
                // Before the first refresh there is no folder of pictures.
                drop(file);
            }
        }
    }
}

/// Reads, stars, takes back, says which articles tell one story.
fn read(store: &Store, now: Time, random: &mut fastrand::Rng) {
    let list = List::live(&Query::default(), now);
    let newest = store.headlines(&list, At::Top, 300).expect("a list");
    let some = |random: &mut fastrand::Rng, share: usize| -> Vec<ArticleId> {
        let chosen = newest.iter().filter(|_| random.usize(0..100) < share);
        chosen.map(|headline| headline.id).collect()
    };
    store.mark(&some(random, 30), Mark::Read).expect("marks");
    store.mark(&some(random, 5), Mark::Unread).expect("marks");
    store.mark(&some(random, 1), Mark::Star).expect("marks");
    let starred = List::live(&query::parse("is:starred").expect("a query"), now);
    let starred = store.headlines(&starred, At::Top, 2000).expect("a list");
    let going = starred.iter().filter(|headline| {
        now.duration_since(headline.first_seen).as_hours() > 24 * 20 && random.usize(0..3) == 0
    });
    let going: Vec<ArticleId> = going.map(|headline| headline.id).collect();
    store.mark(&going, Mark::Unstar).expect("marks");
    if random.bool() {
        store.undo().expect("an undo");
    }
    for headline in newest.iter().take(5) {
        store
            .set_position(headline.id, random.u32(0..10_000))
            .expect("a position");
    }
    if let [first, second, third, ..] = newest.as_slice() {
        store.part(first.id).expect("a decision");
        store.join(second.id, third.id).expect("a decision");
    }
}

/// Prints a line and gives the ratio.
fn measure(config: &Config, store: &Store, day: u64) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let (articles, pictures) = live(store, &folder.path().join("newsprint.db"));
    let needed_database = size(folder.path());
    let images = config.paths.images();
    let needed_pictures: u64 = pictures
        .iter()
        .filter_map(|url| fs::metadata(images.join(picture_file(url))).ok())
        .map(|file| file.len())
        .sum();
    let data = config.paths.database();
    let beside = data.parent().expect("a folder");
    let database = fs::metadata(&data).expect("a database").len();
    let shown = size(&images);
    let all = size(beside) + if images.starts_with(beside) { 0 } else { shown };
    // Earlier texts belong to their articles; the new store has none.
    let texts = earlier_texts(&data);
    let needed = needed_database + needed_pictures + texts;
    let ratio = all as f64 / needed as f64;
    println!(
        "{day:>3} {articles:>9} {:>14} {:>12} {:>12} {:>8} {:>10} {:>14} {ratio:>6.2}",
        pictures.len(),
        database >> 10,
        shown >> 10,
        (all - database - shown) >> 10,
        needed >> 10,
        texts >> 10,
    );
    if std::env::var_os("GROWTH_TABLES").is_some() {
        tables(&data);
        tables(&folder.path().join("newsprint.db"));
    }
    ratio
}

/// Bytes of the earlier texts of articles, with their titles and dates.
fn earlier_texts(database: &Path) -> u64 {
    let conn = rusqlite::Connection::open(database).expect("the database");
    let sum = "SELECT coalesce(sum(length(html) + length(title) + 24), 0) FROM revisions";
    let bytes: i64 = conn.query_row(sum, [], |row| row.get(0)).expect("a sum");
    bytes.unsigned_abs()
}

/// Bytes of each table, largest first: where it has grown.
fn tables(database: &Path) {
    let conn = rusqlite::Connection::open(database).expect("the database");
    let mut statement = conn
        .prepare("SELECT name, sum(pgsize), sum(unused), sum(ncell) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 18")
        .expect("dbstat");
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, i64>(3)?,
        ))
    });
    for row in rows.expect("rows") {
        let (name, bytes, unused, cells) = row.expect("a row");
        println!(
            "     {name:<24} {:>8} kB, {:>7} kB unused, {cells} cells",
            bytes >> 10,
            unused >> 10
        );
    }
    let free: i64 = conn
        .query_row("PRAGMA freelist_count", [], |row| row.get(0))
        .expect("a count");
    println!("     free {free} pages");
}

/// Takes the live articles with their marks into a new store at `path`; how many, and their leading pictures.
fn live(store: &Store, path: &Path) -> (usize, HashSet<String>) {
    let now = Time::now();
    let fresh = Store::open(path).expect("a new store");
    let mut by_outlet: HashMap<String, Vec<ArticleId>> = HashMap::new();
    let list = List::live(&Query::default(), now);
    let headlines = store.headlines(&list, At::Top, 1_000_000).expect("a list");
    for headline in &headlines {
        by_outlet
            .entry(headline.outlet.clone())
            .or_default()
            .push(headline.id);
    }
    let outlets: Vec<Outlet> = by_outlet
        .keys()
        .map(|name| Outlet {
            name: name.clone(),
            url: format!("http://{}.example/", name.replace([' ', ','], "-")),
            ..Outlet::default()
        })
        .collect();
    fresh.sync_outlets(&outlets).expect("outlets");
    fresh.prepare_for_ingest().expect("a setting");
    let mut pictures = HashSet::new();
    for (outlet, ids) in &by_outlet {
        for ids in ids.chunks(200) {
            let articles = ids.iter().map(|id| {
                let article = store.article(*id).expect("the store").expect("an article");
                pictures.extend(article.image.clone());
                let headline = article.headline;
                let text = newsprint_html::sanitize::clean(&article.body, &headline.url).text;
                Incoming {
                    guid: Some(headline.url.clone()),
                    url: headline.url,
                    title: headline.title,
                    published: headline.published,
                    updated: headline.updated,
                    author: headline.author,
                    tags: headline.tags,
                    image: article.image,
                    lang: headline.lang,
                    body: article.body,
                    search_text: text,
                    text: headline.text,
                    words: headline.words,
                    partial: article.partial,
                    media: article.media,
                    ..Incoming::default()
                }
                .pack()
            });
            let update = Update {
                articles: articles.collect(),
                ..Update::default()
            };
            fresh.ingest(outlet, &update, now).expect("articles");
        }
    }
    for (mark, wanted) in [(Mark::Read, "is:read"), (Mark::Star, "is:starred")] {
        let had: HashSet<(String, String)> = headlines
            .iter()
            .filter(|headline| {
                if mark == Mark::Read {
                    headline.read
                } else {
                    headline.starred
                }
            })
            .map(|headline| (headline.url.clone(), headline.outlet.clone()))
            .collect();
        let all = fresh.headlines(&list, At::Top, 1_000_000).expect("a list");
        let ids: Vec<ArticleId> = all
            .iter()
            .filter(|headline| had.contains(&(headline.url.clone(), headline.outlet.clone())))
            .map(|headline| headline.id)
            .collect();
        fresh
            .mark(&ids, mark)
            .unwrap_or_else(|why| panic!("{wanted}: {why}"));
    }
    refresh::place_stories(&fresh, &|_, _| (), || false).expect("stories");
    fresh.tidy().expect("a tidy store");
    fresh.save_marks().expect("a copy of the marks");
    fresh.compact().expect("a compact store");
    (headlines.len(), pictures)
}

/// As the program names the files of pictures.
fn picture_file(url: &str) -> String {
    let mut hash = Fnv::default();
    hash.write(url.as_bytes());
    format!("{:016x}", hash.finish())
}

/// Bytes of all files of a folder and those in it.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(data) if data.is_dir() => size(&entry.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    });
    sizes.sum()
}
