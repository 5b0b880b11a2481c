//! The whole program in a pseudo-terminal: start, keys, opening, search, memory, idleness.
//! Never here: the store's inside.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use newsprint_model::Headline;
use newsprint_model::query::Query;
use newsprint_store::{At, List, Store};

use super::corpus::{Corpus, EVERYWHERE, RARE};
use super::figures::{Figures, Unit, median, millis, quantile};
use super::newsboat::Newsboat;
use super::screen::{Part, Screen};
use super::{inside, stock};

/// A frame is complete when nothing follows for so long.
const REST: Duration = Duration::from_millis(60);
/// How long a mark, a count or a search may take to be drawn.
const LONG_REST: Duration = Duration::from_millis(400);
/// A key that changes nothing for so long changes nothing.
const PATIENCE: Duration = Duration::from_millis(400);

/// The rows of the list, where the screen is as wide as it is here.
const LIST: Part = Part {
    top: 2,
    height: 36,
    left: 24,
    width: 44,
};

/// A home of its own for the program: config, a copy of the store.
pub struct Home {
    directory: tempfile::TempDir,
    program: PathBuf,
    newest: Vec<Headline>,
    /// How many articles its store holds.
    pub articles: u64,
}

impl Home {
    /// A home with a store of so many articles.
    pub fn new(program: &Path, corpus: &Corpus) -> Result<Home> {
        let directory = tempfile::tempdir()?;
        let data = directory.path().join("data");
        fs::create_dir(&data)?;
        fs::copy(stock::kept(corpus)?, data.join("newsprint.db"))?;
        fs::write(directory.path().join("config.toml"), stock::config(corpus))?;
        let store = Store::open(&data.join("newsprint.db"))?;
        let now = corpus.round(corpus.rounds() - 1).1;
        let list = List::live(&Query::default(), now);
        Ok(Home {
            newest: store.headlines(&list, At::Top, 60)?,
            program: program.to_owned(),
            articles: corpus.articles,
            directory,
        })
    }

    /// Its database.
    pub fn database(&self) -> PathBuf {
        self.directory.path().join("data/newsprint.db")
    }

    /// The program with this home and some arguments, without a terminal.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--config")
            .arg(self.directory.path().join("config.toml"))
            .arg("--data-dir")
            .arg(self.directory.path().join("data"))
            .arg("--offline")
            .args(arguments)
            .env("HOME", self.directory.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Result<Screen> {
        let path = |name: &str| self.directory.path().join(name).display().to_string();
        let (config, data) = (path("config.toml"), path("data"));
        let mut all = vec!["--config", &config, "--data-dir", &data, "--offline"];
        all.extend(arguments);
        Screen::run(&self.program, &all, self.directory.path())
    }

    /// Opens the reader; gives it with the time until the newest headline could be read.
    fn open(&self) -> Result<(Screen, Duration)> {
        let mut screen = self.run(&[])?;
        let title: String = self.newest[0].title.chars().take(12).collect();
        let seen = screen.wait_for(title.trim())?;
        let time = seen - screen.started();
        Ok((screen, time))
    }

    /// How long `newsprint --version` takes until its word is on the screen.
    fn version(&self) -> Result<Duration> {
        let mut screen = Screen::run(&self.program, &["--version"], self.directory.path())?;
        let seen = screen.wait_for("newsprint ")?;
        let time = seen - screen.started();
        screen.end()?;
        Ok(time)
    }
}

/// Leaves the reader, so that its store is closed properly.
fn leave(mut screen: Screen) -> Result<()> {
    screen.press("Q")?;
    screen.end()?;
    Ok(())
}

/// From the start of the process to readable headlines.
pub fn start(few: &Home, home: &Home, figures: &mut Figures) -> Result<()> {
    const RUNS: usize = 15;
    let (mut bare, mut small, mut large) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..RUNS + 2 {
        let version = home.version()?;
        let (screen, one) = few.open()?;
        leave(screen)?;
        let (screen, other) = home.open()?;
        leave(screen)?;
        // The first runs bring program and store into memory.
        if run >= 2 {
            bare.push(version);
            small.push(one);
            large.push(other);
        }
    }
    let bare = millis(median(&mut bare));
    let small = median(&mut small);
    figures
        .time(format!("start, {} articles", few.articles), small)
        .target(4.0 * bare)
        .beside("newsprint --version", bare);
    figures
        .time(
            format!("start, {} articles", home.articles),
            median(&mut large),
        )
        .target(4.0 * bare)
        .beside("newsprint --version", bare);
    figures
        .time("start, the same, slowest of 15", quantile(&mut large, 1.0))
        .beside(format!("{} articles", few.articles), millis(small));
    Ok(())
}

/// From a key to a changed screen, in the list.
pub fn keys(home: &Home, figures: &mut Figures) -> Result<()> {
    let mut bare = echo(home)?;
    let (mut screen, _) = home.open()?;
    screen.rest(LONG_REST);
    let mut times = Vec::new();
    let script = [
        ("j", 150),
        ("k", 50),
        ("\x06", 40),
        ("\x02", 30),
        ("\x04", 20),
        ("G", 1),
        ("k", 60),
        ("\x15", 20),
        ("gg", 1),
        ("j", 30),
    ];
    for (key, count) in script {
        for _ in 0..count {
            if key == "gg" {
                screen.press("g")?;
                screen.rest(REST);
            }
            let at = screen.press(&key[..1])?;
            if let Some(seen) = screen.change(PATIENCE, REST / 4) {
                times.push(seen - at);
            }
        }
    }
    figures
        .time(
            format!("key to changed screen, p50 of {}", times.len()),
            median(&mut times),
        )
        .target(1.0)
        .beside("bare echo", millis(median(&mut bare)));
    for (name, part, target) in [
        ("p95", 0.95, Some(3.0)),
        ("p99", 0.99, None),
        ("slowest", 1.0, Some(16.0)),
    ] {
        let figure = figures.time(
            format!("key to changed screen, {name}"),
            quantile(&mut times, part),
        );
        figure.beside("bare echo", millis(quantile(&mut bare, part)));
        figure.target = target;
    }
    screen.rest(LONG_REST);
    let at = screen.press(&"j".repeat(200))?;
    let (_, drawn) = screen.settled(LIST, LONG_REST);
    let drawn = drawn.context("200 keys changed nothing")?;
    figures
        .time("200 keys at once, until drawn", drawn - at)
        .target(100.0);
    leave(screen)
}

/// Round trips of a key through a pseudo-terminal to `cat` and back.
fn echo(home: &Home) -> Result<Vec<Duration>> {
    let shell = Path::new("/bin/sh");
    let script = "stty raw -echo; echo ready; exec cat";
    let mut screen = Screen::run(shell, &["-c", script], home.directory.path())?;
    screen.wait_for("ready")?;
    screen.rest(REST);
    let mut times = Vec::new();
    for _ in 0..400 {
        let at = screen.press("x")?;
        let seen = screen.change(PATIENCE, REST / 4).context("no echo")?;
        times.push(seen - at);
    }
    Ok(times)
}

/// From Enter to the beginning of the text.
pub fn open(home: &Home, corpus: &Corpus, figures: &mut Figures) -> Result<()> {
    let (short, long) = inside::laid_out(&home.database(), corpus)?;
    let (mut screen, _) = home.open()?;
    screen.rest(LONG_REST);
    let (mut times, mut megabyte) = (Vec::new(), Vec::new());
    for row in 0..40u64 {
        let number = home.articles - 1 - row;
        let at = screen.press("\r")?;
        let seen = screen.wait_for(&Corpus::dateline(number))?;
        if number == corpus.long() {
            megabyte.push(seen - at);
        } else {
            times.push(seen - at);
        }
        screen.rest(REST);
        screen.press("h")?;
        screen.rest(REST);
        screen.press("j")?;
        screen.rest(REST);
    }
    leave(screen)?;
    // Opened anew each time, so that nothing is remembered.
    for _ in 0..4 {
        let (mut screen, _) = home.open()?;
        screen.press("jj")?;
        screen.rest(LONG_REST);
        let at = screen.press("\r")?;
        megabyte.push(screen.wait_for(&Corpus::dateline(corpus.long()))? - at);
        leave(screen)?;
    }
    figures
        .time("open an article of 4 KB, median", median(&mut times))
        .target(3.0)
        .beside("read and laid out in process", short);
    figures.time(
        "open an article of 4 KB, slowest",
        quantile(&mut times, 1.0),
    );
    figures
        .time("open an article of 1 MB, median", median(&mut megabyte))
        .target(50.0)
        .beside("read and laid out in process", long);
    Ok(())
}

/// Search as one types.
pub fn search(home: &Home, figures: &mut Figures) -> Result<()> {
    let bare = inside::bare_search(&home.database())?;
    let (mut screen, _) = home.open()?;
    screen.rest(LONG_REST);
    // Once to bring the index into memory.
    for word in [RARE, EVERYWHERE] {
        typed(&mut screen, word)?;
    }
    let mut echoes = Vec::new();
    for (word, target, limit) in [(RARE, 15.0, bare[0]), (EVERYWHERE, 80.0, bare[1])] {
        let mut results = Vec::new();
        for _ in 0..5 {
            let typing = typed(&mut screen, word)?;
            echoes.extend(typing.echoes);
            if word == RARE {
                // The last change is the one to the articles of the rare word.
                results.extend(typing.results.last());
            } else {
                // Every beginning of the word stands everywhere.
                results.extend(typing.results);
            }
        }
        ensure!(!results.is_empty(), "searching {word} changed nothing");
        let which = if word == RARE {
            "a rare word"
        } else {
            "a word that stands everywhere"
        };
        let figure = figures.time(
            format!("search as one types, {which}"),
            median(&mut results),
        );
        figure.target(target);
        if let Some(limit) = limit {
            figure.beside("bare FTS5 count", limit);
        }
    }
    figures.time(
        "letter of a search to changed screen, p50",
        median(&mut echoes),
    );
    figures
        .time(
            "letter of a search to changed screen, slowest",
            quantile(&mut echoes, 1.0),
        )
        .target(16.0);
    leave(screen)
}

/// What typing a word into the search line brought.
#[derive(Default)]
struct Typing {
    /// From each letter to a changed screen.
    echoes: Vec<Duration>,
    /// From each letter that changed the results to all of their first screenful.
    results: Vec<Duration>,
}

/// Types a word into the search line, each letter when the results of the one before stand, and leaves
/// the search.
fn typed(screen: &mut Screen, word: &str) -> Result<Typing> {
    screen.press("/")?;
    screen.rest(LONG_REST);
    let mut typing = Typing::default();
    for letter in word.chars() {
        let at = screen.press(&letter.to_string())?;
        let (first, settled) = screen.settled(LIST, LONG_REST);
        typing.echoes.extend(first.map(|first| first - at));
        typing.results.extend(settled.map(|settled| settled - at));
    }
    screen.press("\x1b")?;
    screen.rest(LONG_REST);
    screen.press("\x1b")?;
    screen.rest(LONG_REST);
    Ok(typing)
}

/// Resident memory with the list open.
pub fn memory(homes: &[&Home], figures: &mut Figures) -> Result<()> {
    let mut first = None;
    for home in homes {
        let (mut screen, _) = home.open()?;
        screen.rest(LONG_REST * 3);
        let resident = status(screen.pid()?, "VmRSS:")? / 1024.0;
        for _ in 0..40 {
            screen.press("\x06")?;
            screen.rest(Duration::from_millis(20));
        }
        screen.press("\r")?;
        screen.rest(LONG_REST);
        let used = status(screen.pid()?, "VmRSS:")? / 1024.0;
        let name = format!("memory, list of {} open", home.articles);
        let figure = figures.add(name, resident, Unit::Mib).target(match first {
            // Flat: within a fifth, however many articles there are.
            Some(first) if home.articles > 100_000 => 30f64.min(1.2 * first),
            _ => 30.0,
        });
        if let Some(first) = first {
            figure.beside(format!("{} articles", homes[0].articles), first);
        }
        figures.add(
            "memory after 40 pages and an opened article",
            used,
            Unit::Mib,
        );
        first.get_or_insert(resident);
        leave(screen)?;
    }
    Ok(())
}

/// The same articles in newsboat, for what is promised in comparison with it.
pub fn beside(home: &Home, rival: &Newsboat, figures: &mut Figures) -> Result<()> {
    let mut starts = Vec::new();
    for _ in 0..7 {
        let (screen, time) = home.open()?;
        leave(screen)?;
        starts.push(time);
    }
    let name = &rival.version;
    let (start, list) = rival.start;
    figures
        .time(
            "fifty starts to the list of headlines",
            50 * median(&mut starts),
        )
        .target(start + list)
        .beside(
            format!("{name}, start {start:.0} ms and list {list:.0} ms"),
            start + list,
        );
    let (mut screen, _) = home.open()?;
    screen.rest(LONG_REST * 3);
    let mut keys = Vec::new();
    for _ in 0..40 {
        let pressed = screen.press("j")?;
        if let Some(changed) = screen.change(PATIENCE, Duration::from_millis(10)) {
            keys.push(changed - pressed);
        }
    }
    figures
        .time(
            "key to changed screen in the list, median",
            median(&mut keys),
        )
        .beside(name, rival.key);
    let memory = status(screen.pid()?, "VmRSS:")? / 1024.0;
    figures
        .add("memory with the list open", memory, Unit::Mib)
        .beside(name, rival.memory);
    leave(screen)?;
    let bytes = fs::metadata(home.database())?.len() as f64 / home.articles as f64;
    figures
        .add("disk, an article with all indexes", bytes, Unit::Bytes)
        .target(1.3 * rival.disk)
        .beside(format!("{name}, which has no index"), rival.disk);
    Ok(())
}

/// What a reader costs whom nobody touches for 20 s.
pub fn idle(home: &Home, figures: &mut Figures) -> Result<()> {
    const WHILE: Duration = Duration::from_secs(20);
    for focused in [false, true] {
        let (mut screen, _) = home.open()?;
        screen.rest(LONG_REST);
        if focused {
            screen.press("\x1b[I")?;
        }
        // What follows the start (statistics, file watching) is not idleness.
        screen.rest(Duration::from_secs(3));
        let pid = screen.pid()?;
        let before = Idle::of(pid)?;
        std::thread::sleep(WHILE);
        let after = Idle::of(pid)?;
        let with = if focused { ", terminal focused" } else { "" };
        figures
            .add(
                format!("idle 20 s{with}: context switches"),
                after.switches - before.switches,
                Unit::Times,
            )
            .target(0.0);
        figures
            .add(
                format!("idle 20 s{with}: ticks of CPU"),
                after.ticks - before.ticks,
                Unit::Times,
            )
            .target(0.0);
        figures
            .add(
                format!("idle 20 s{with}: bytes written"),
                after.written - before.written,
                Unit::Bytes,
            )
            .target(0.0);
        leave(screen)?;
    }
    Ok(())
}

/// What the kernel has counted of a process.
struct Idle {
    switches: f64,
    ticks: f64,
    written: f64,
}

impl Idle {
    fn of(pid: u32) -> Result<Idle> {
        let mut switches = 0.0;
        for task in fs::read_dir(format!("/proc/{pid}/task"))? {
            let text = fs::read_to_string(task?.path().join("status"))?;
            switches += field(&text, "voluntary_ctxt_switches:")?;
            switches += field(&text, "nonvoluntary_ctxt_switches:")?;
        }
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let tick = |place: usize| fields.get(place).and_then(|text| text.parse::<f64>().ok());
        let io = fs::read_to_string(format!("/proc/{pid}/io"))?;
        Ok(Idle {
            switches,
            // proc(5): utime and stime are fields 14 and 15, the state after the name is field 3.
            ticks: tick(11)
                .zip(tick(12))
                .map(|(user, system)| user + system)
                .context("/proc/PID/stat")?,
            written: field(&io, "wchar:")?,
        })
    }
}

pub fn status(pid: u32, name: &str) -> Result<f64> {
    field(&fs::read_to_string(format!("/proc/{pid}/status"))?, name)
}

fn field(text: &str, name: &str) -> Result<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let value = line.and_then(|line| line.split_whitespace().next());
    Ok(value
        .with_context(|| format!("no {name} in /proc"))?
        .parse()?)
}
