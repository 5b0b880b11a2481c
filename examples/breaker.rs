//! `cargo run --release --example breaker -- SEED [ROUNDS [LOG [FIRST]]]`: breaks the store of a reader that is open, again and
//! again, and counts the marks that are lost and those that come back.
//!
//! In each round up to two readers are open in terminals and mark by keys; `mark` and `refresh` run beside them as
//! scripts do, some with little room for files; files of the database are removed, emptied, cut, overwritten or
//! replaced; and any process is killed. All of it is drawn from SEED before the round begins. What a key marked is read
//! from the screen: what stood there as done, and what a command said is done, must be so when the round is over.
//!
//! Not counted is a mark of the last moments before a file was lost, of a process that was killed before it could notice
//! it ([`NOTICED`]); one that was taken back in the last moments before the database itself was lost; what an older
//! database brings back that has its name; and what a command did that was killed or that failed. Not tried is a whole
//! log of another time or another database in the place of this one: SQLite takes it for its own.
//! Writes a line for each step to LOG (standard error), and a summary; ends with 1 if anything was lost or came back.
//! Of a round that failed, FIRST begins with the same steps; what processes do at once takes its own time each time.

#[path = "screens/pty.rs"]
mod pty;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use serde_json::Value;

use pty::Screen;

type Outcome<T> = Result<T, Box<dyn Error>>;

const ARTICLES: usize = 40;

/// How long a reader has to notice what became of its files, and to copy what was marked last.
const NOTICED: Duration = Duration::from_millis(2_500);

/// How long a key may take until the screen shows what it did; a database may be made anew meanwhile.
const SHOWN: Duration = Duration::from_secs(8);

const SIZE: (u16, u16) = (80, 40);

/// Marks by keys and by commands.
const KINDS: [Kind; 2] = [
    Kind {
        name: "starred",
        key: "s",
        set: "--star",
        unset: "--unstar",
    },
    Kind {
        name: "read",
        key: "m",
        set: "--read",
        unset: "--unread",
    },
];

struct Kind {
    name: &'static str,
    key: &'static str,
    set: &'static str,
    unset: &'static str,
}

/// What becomes of one file of the database.
#[derive(Debug, Clone, Copy)]
enum Damage {
    Removed,
    Emptied,
    Halved,
    /// Bytes at its beginning are others.
    Overwritten,
    /// A file without sense has its name.
    Replaced,
    /// A copy that was made when the round began has its name.
    Older,
}

/// The files, by what follows the name of the database, and what may become of each.
const DAMAGES: &[(&[&str], Damage)] = &[
    (&["-wal"], Damage::Removed),
    (&["-wal"], Damage::Emptied),
    (&["-wal"], Damage::Halved),
    (&["-wal"], Damage::Overwritten),
    (&["-wal"], Damage::Replaced),
    (&["-shm"], Damage::Removed),
    (&["-shm"], Damage::Overwritten),
    (&["-shm"], Damage::Replaced),
    (&["-wal", "-shm"], Damage::Removed),
    (&[""], Damage::Removed),
    (&[""], Damage::Emptied),
    (&[""], Damage::Halved),
    (&[""], Damage::Overwritten),
    (&[""], Damage::Replaced),
    (&[""], Damage::Older),
    (&["", "-wal", "-shm"], Damage::Removed),
    (&[".rebuilding"], Damage::Replaced),
];

#[derive(Debug, Clone, Copy)]
enum Step {
    Open(usize),
    /// Some lines down, then the key of a kind; undone afterwards or not.
    Key {
        reader: usize,
        down: usize,
        kind: usize,
        undone: bool,
    },
    /// Marks everything as read, and undoes it.
    AllReadAndBack(usize),
    /// A command that marks; with so many blocks of room in a file, and killed after so many milliseconds.
    Mark {
        kind: usize,
        set: bool,
        article: usize,
        room: Option<u32>,
        killed: Option<u64>,
    },
    /// A refresh beside all else.
    Refresh,
    Break(&'static [&'static str], Damage),
    Wait(u64),
    Quit(usize),
    Kill(usize),
    KillRefresh,
}

/// Numbers from a seed (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ mixed >> 31) % end.max(1) as u64).unwrap_or(0)
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// The steps of a round.
    fn round(&mut self) -> Vec<Step> {
        let mut steps = vec![Step::Open(0)];
        if self.once_in(2) {
            steps.push(Step::Open(1));
        }
        for _ in 0..4 + self.below(7) {
            let reader = self.below(2);
            steps.push(match self.below(20) {
                0..7 => Step::Key {
                    reader,
                    down: self.below(6),
                    kind: self.below(2),
                    undone: self.once_in(5),
                },
                7..12 => Step::Mark {
                    kind: self.below(2),
                    set: !self.once_in(3),
                    article: self.below(ARTICLES),
                    room: self.once_in(6).then(|| [0, 1, 64, 2_048][self.below(4)]),
                    killed: self.once_in(6).then(|| self.below(60) as u64),
                },
                12 => Step::Refresh,
                13 => Step::KillRefresh,
                14..17 => {
                    let (files, damage) = DAMAGES[self.below(DAMAGES.len())];
                    Step::Break(files, damage)
                }
                17 => Step::Wait(50 << self.below(6)),
                18 if self.once_in(2) => Step::AllReadAndBack(reader),
                18 => Step::Open(reader),
                _ if self.once_in(2) => Step::Quit(reader),
                _ => Step::Kill(reader),
            });
        }
        for reader in 0..2 {
            steps.push(if self.once_in(3) {
                Step::Kill(reader)
            } else {
                Step::Quit(reader)
            });
        }
        steps
    }
}

/// What is known of a mark: whether it is there, and since when. Not known: it may be there or not.
#[derive(Clone, Copy)]
struct Known {
    there: Option<bool>,
    since: Instant,
}

struct Breaker {
    program: PathBuf,
    folder: tempfile::TempDir,
    log: Box<dyn Write>,
    begun: Instant,
    readers: [Option<Screen>; 2],
    refreshes: Vec<Child>,
    /// Of each kind, by the number of the article.
    known: [Vec<Known>; 2],
    broken: Option<Instant>,
    /// How often the screen did not show what a key was to do.
    unshown: usize,
}

fn title(article: usize) -> String {
    format!("Story {article:03}")
}

/// Serves a feed of all articles, and of one more after each round, on an address of this machine.
fn serve(more: &Arc<AtomicUsize>) -> Outcome<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let more = Arc::clone(more);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut request = BufReader::new(&stream);
            let mut line = String::new();
            while request.read_line(&mut line).is_ok_and(|read| read > 2) {
                line.clear();
            }
            let mut feed =
                String::from("<rss version='2.0'><channel><title>Breaker</title><link>/</link>");
            for article in 0..ARTICLES + more.load(Ordering::SeqCst) {
                let mut words = Random(article as u64);
                let _ = write!(
                    feed,
                    "<item><title>{}</title><link>http://{address}/{article}</link><guid>{article}</guid>\
                     <pubDate>Mon, 02 Nov 2026 {:02}:{:02}:00 GMT</pubDate><description>{}</description></item>",
                    title(article),
                    23 - article / 60 % 24,
                    59 - article % 60,
                    // Articles of one text would be copies, which are marked together.
                    (0..40).fold(String::new(), |text, _| format!(
                        "{text} word{}",
                        words.below(5_000)
                    ))
                );
            }
            feed.push_str("</channel></rss>");
            // Whoever asked may have been killed.
            let _ = write!(
                &stream,
                "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{feed}",
                feed.len()
            );
        }
    });
    Ok(format!("http://{address}"))
}

impl Breaker {
    fn new(log: Box<dyn Write>, outlet: &str) -> Outcome<Breaker> {
        let folder = tempfile::tempdir()?;
        fs::write(
            folder.path().join("config.toml"),
            format!(
                "[refresh]\nhost_gap = \"0s\"\ninterval = \"0s\"\nfull_text = \"never\"\n\
                 [reader]\nimages = \"off\"\nlayout = \"single\"\n\
                 [[outlet]]\nname = \"x\"\nurl = \"{outlet}\"\nfeed = \"{outlet}/feed\"\n"
            ),
        )?;
        let now = Instant::now();
        let unmarked = vec![
            Known {
                there: Some(false),
                since: now
            };
            ARTICLES
        ];
        let breaker = Breaker {
            program: pty::program()?,
            folder,
            log,
            begun: now,
            readers: [None, None],
            refreshes: Vec::new(),
            known: [unmarked.clone(), unmarked],
            broken: None,
            unshown: 0,
        };
        Ok(breaker)
    }

    fn note(&mut self, line: &str) -> Outcome<()> {
        writeln!(
            self.log,
            "{:8.2} {line}",
            self.begun.elapsed().as_secs_f64()
        )?;
        Ok(self.log.flush()?)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn file(&self, suffix: &str) -> PathBuf {
        self.data().join(format!("newsprint.db{suffix}"))
    }

    fn words(&self, data: &Path) -> Vec<PathBuf> {
        vec![
            "--config".into(),
            self.folder.path().join("config.toml"),
            "--data-dir".into(),
            data.to_owned(),
        ]
    }

    fn command(&self, data: &Path, words: &[&str], room: Option<u32>) -> Command {
        let mut command = match room {
            Some(blocks) => {
                let mut shell = Command::new("sh");
                shell.args(["-c", "ulimit -f $0; exec \"$@\""]);
                shell.arg(blocks.to_string()).arg(&self.program);
                shell
            }
            None => Command::new(&self.program),
        };
        command.args(self.words(data)).args(words);
        command.env("NO_PROXY", "*").env("HOME", self.folder.path());
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, data: &Path, words: &[&str]) -> Outcome<String> {
        let ran = self.command(data, words, None).output()?;
        // Of a list: nothing is there.
        let is_empty = ran.status.code() == Some(1) && words[0] == "list";
        if !(ran.status.success() || is_empty) {
            let said = String::from_utf8_lossy(&ran.stderr).into_owned();
            return Err(format!("{words:?} ended with {}: {said}", ran.status).into());
        }
        Ok(String::from_utf8(ran.stdout)?)
    }

    fn open(&mut self, reader: usize) -> Outcome<()> {
        let mut command = CommandBuilder::new(&self.program);
        for word in self.words(&self.data()) {
            command.arg(word);
        }
        command.env("TERM", "xterm-256color");
        command.env("HOME", self.folder.path());
        command.env("NO_PROXY", "*");
        command.env("LANG", "C.UTF-8");
        command.env_remove("NO_COLOR");
        let screen = Screen::start(command, SIZE)?;
        if screen.wait_until("Story ").is_err() {
            let text = screen.look(vt100::Screen::contents);
            self.note(&format!("reader {reader} shows no list:\n{text}"))?;
            self.unshown += 1;
        }
        self.readers[reader] = Some(screen);
        Ok(())
    }

    /// The article under the cursor: its number, whether it is starred, whether it is read.
    fn under_cursor(screen: &Screen) -> Option<(usize, [bool; 2])> {
        screen.look(|screen| {
            let rows: Vec<String> = screen.rows(0, SIZE.0).collect();
            rows.iter().enumerate().find_map(|(line, row)| {
                let (before, rest) = row.split_once("Story ")?;
                let article = rest.get(..3)?.parse().ok()?;
                let column = u16::try_from(before.chars().count()).ok()?;
                let cell = screen.cell(u16::try_from(line).ok()?, column)?;
                let marked = cell.inverse() || cell.bgcolor() != vt100::Color::Default;
                marked.then(|| (article, [row.contains('★'), !row.contains('●')]))
            })
        })
    }

    /// Waits until the row under the cursor is as wanted; whether it came to be so.
    fn until_row(screen: &Screen, wanted: impl Fn(usize, [bool; 2]) -> bool) -> bool {
        let end = Instant::now() + SHOWN;
        while Instant::now() < end {
            if Self::under_cursor(screen).is_some_and(|(article, marks)| wanted(article, marks)) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    fn know(&mut self, kind: usize, article: usize, there: Option<bool>) {
        if let Some(known) = self.known[kind].get_mut(article) {
            *known = Known {
                there,
                since: Instant::now(),
            };
        }
    }

    /// A reader was killed: what was not copied yet may be lost with it.
    fn doubt_latest(&mut self) {
        let Some(broken) = self.broken.filter(|at| at.elapsed() < NOTICED) else {
            return;
        };
        for known in self.known.iter_mut().flatten() {
            if known.since + NOTICED > broken {
                known.there = None;
            }
        }
    }

    fn key(&mut self, reader: usize, down: usize, kind: usize, undone: bool) -> Outcome<()> {
        let Some(mut screen) = self.readers[reader].take() else {
            return Ok(());
        };
        // What is told of a rescue is closed, and the articles are fetched again, as a person would.
        let popup = screen.look(|screen| screen.contents().contains("Esc close"));
        let _ = popup.then(|| screen.keys("\x1b"));
        if screen.look(|screen| screen.contents().contains("No articles yet")) {
            self.note(&format!("reader {reader} refreshes"))?;
            let _ = screen.keys("R");
            let _ = screen.wait_until("Story ");
        }
        for _ in 0..down {
            if screen.keys("j").is_err() {
                self.note(&format!("reader {reader} has ended"))?;
                self.doubt_latest();
                return Ok(());
            }
        }
        let Some((article, before)) = Self::under_cursor(&screen) else {
            let text = screen.look(vt100::Screen::contents);
            self.note(&format!(
                "reader {reader} has no row under the cursor:\n{text}"
            ))?;
            self.readers[reader] = Some(screen);
            return Ok(());
        };
        let Kind { name, key, .. } = KINDS[kind];
        screen.keys(key)?;
        let wanted = !before[kind];
        let mut done = Self::until_row(&screen, |row, marks| {
            row == article && marks[kind] == wanted
        });
        self.note(&format!(
            "reader {reader}: {article} {name} {wanted}, shown {done}"
        ))?;
        self.know(kind, article, done.then_some(wanted));
        if done && undone {
            screen.keys("u")?;
            done = Self::until_row(&screen, |row, marks| {
                row == article && marks[kind] != wanted
            });
            self.note(&format!("reader {reader}: undone, shown {done}"))?;
            self.know(kind, article, done.then_some(!wanted));
        }
        if !done {
            self.unshown += 1;
            let text = screen.look(vt100::Screen::contents);
            self.note(&text)?;
        }
        self.readers[reader] = Some(screen);
        Ok(())
    }

    fn mark(
        &mut self,
        kind: usize,
        set: bool,
        article: usize,
        room: Option<u32>,
        killed: Option<u64>,
    ) -> Outcome<()> {
        let ids = self.addresses()?;
        let Some(address) = ids.get(&article) else {
            return self.note(&format!("{article} is not there to be marked"));
        };
        let how = if set {
            KINDS[kind].set
        } else {
            KINDS[kind].unset
        };
        let mut child = self
            .command(&self.data(), &["mark", how, address], room)
            .spawn()?;
        if let Some(after) = killed {
            std::thread::sleep(Duration::from_millis(after));
            child.kill()?;
        }
        let ended = child.wait_with_output()?;
        let done = ended.status.success();
        let said = String::from_utf8_lossy(&ended.stderr).trim().to_owned();
        self.note(&format!(
            "mark {how} {article} {room:?} {killed:?}: {} {said}",
            ended.status
        ))?;
        self.know(kind, article, done.then_some(set));
        Ok(())
    }

    /// The addresses of the articles, by their numbers.
    fn addresses(&self) -> Outcome<BTreeMap<usize, String>> {
        let mut out = BTreeMap::new();
        for line in self
            .run(&self.data(), &["list", "--json", "--limit", "10000"])?
            .lines()
        {
            let row: Value = serde_json::from_str(line)?;
            let number = row["title"]
                .as_str()
                .and_then(|title| title.strip_prefix("Story ")?.parse().ok());
            if let (Some(number), Some(url)) = (number, row["url"].as_str()) {
                out.insert(number, url.to_owned());
            }
        }
        Ok(out)
    }

    fn damage(&mut self, suffix: &str, damage: Damage) -> Outcome<()> {
        let file = self.file(suffix);
        if suffix != ".rebuilding" && !file.exists() {
            return Ok(());
        }
        let beside = self.folder.path().join("beside");
        match damage {
            Damage::Removed => fs::remove_file(&file)?,
            Damage::Emptied => File::options().write(true).open(&file)?.set_len(0)?,
            Damage::Halved => {
                let file = OpenOptions::new().write(true).open(&file)?;
                file.set_len(file.metadata()?.len() / 2)?;
            }
            Damage::Overwritten => {
                let mut file = OpenOptions::new().write(true).open(&file)?;
                let length = file.metadata()?.len();
                file.seek(SeekFrom::Start(0))?;
                file.write_all(&vec![0x5a; usize::try_from(length.min(4_000))?])?;
            }
            Damage::Replaced => {
                fs::write(&beside, vec![0x5a; 20_000])?;
                fs::rename(&beside, &file)?;
            }
            Damage::Older => {
                let older = self.folder.path().join(format!("older{suffix}"));
                if older.exists() {
                    fs::copy(older, &beside)?;
                    fs::rename(&beside, &file)?;
                }
            }
        }
        Ok(())
    }

    fn step(&mut self, step: Step) -> Outcome<()> {
        match step {
            Step::Open(reader) if self.readers[reader].is_none() => {
                self.note(&format!("reader {reader} opens"))?;
                self.open(reader)?;
            }
            Step::Open(_) => {}
            Step::Key {
                reader,
                down,
                kind,
                undone,
            } => self.key(reader, down, kind, undone)?,
            Step::AllReadAndBack(reader) => {
                let Some(mut screen) = self.readers[reader].take() else {
                    return Ok(());
                };
                self.note(&format!("reader {reader}: all read, undone"))?;
                screen.keys("A")?;
                // Of many it asks to be pressed once more.
                if screen.look(|screen| screen.contents().contains("again")) {
                    screen.keys("A")?;
                }
                let read = Self::until_row(&screen, |_, marks| marks[1]);
                if read {
                    screen.keys("u")?;
                } else {
                    let text = screen.look(vt100::Screen::contents);
                    self.note(&text)?;
                    self.unshown += 1;
                }
                std::thread::sleep(Duration::from_millis(300));
                for known in &mut self.known[1] {
                    known.since = Instant::now();
                }
                self.readers[reader] = Some(screen);
            }
            Step::Mark {
                kind,
                set,
                article,
                room,
                killed,
            } => self.mark(kind, set, article, room, killed)?,
            Step::Refresh => {
                self.note("refresh begins")?;
                let child = self
                    .command(&self.data(), &["refresh", "-q", "--force"], None)
                    .spawn()?;
                self.refreshes.push(child);
            }
            Step::KillRefresh => {
                for mut child in std::mem::take(&mut self.refreshes) {
                    self.note("refresh killed")?;
                    child.kill()?;
                    child.wait()?;
                }
            }
            Step::Break(files, damage) => {
                self.note(&format!("{files:?} {damage:?}"))?;
                self.broken = Some(Instant::now());
                for suffix in files {
                    self.damage(suffix, damage)?;
                }
                if files.contains(&"") {
                    for known in self.known.iter_mut().flatten() {
                        if known.there == Some(false) && known.since.elapsed() < NOTICED {
                            known.there = None;
                        }
                    }
                }
                if matches!((files, damage), ([""], Damage::Older)) {
                    // What was marked in it and taken back since is there again: nothing says which of the two is
                    // the newer one.
                    for known in self.known.iter_mut().flatten() {
                        known.there = known.there.filter(|there| *there);
                    }
                }
            }
            Step::Wait(milliseconds) => std::thread::sleep(Duration::from_millis(milliseconds)),
            Step::Quit(reader) => {
                if let Some(mut screen) = self.readers[reader].take() {
                    self.note(&format!("reader {reader} quits"))?;
                    // It may have ended by itself: whoever reads a log's index that is cut short does.
                    let typed = screen.keys("Q").is_ok();
                    if !(screen.ends_within(Duration::from_secs(20))? && typed) {
                        self.note(&format!(
                            "reader {reader} did not quit, or had ended before"
                        ))?;
                        self.unshown += 1;
                        self.doubt_latest();
                    }
                }
            }
            Step::Kill(reader) => {
                if let Some(screen) = self.readers[reader].take() {
                    self.note(&format!("reader {reader} is killed"))?;
                    screen.stop()?;
                    self.doubt_latest();
                }
            }
        }
        Ok(())
    }

    /// One round; how many marks were lost, and how many came back.
    fn round(&mut self, steps: &[Step]) -> Outcome<(usize, usize)> {
        for suffix in ["", "-wal", "-shm"] {
            let older = self.folder.path().join(format!("older{suffix}"));
            let _ = fs::remove_file(&older);
            if self.file(suffix).exists() {
                fs::copy(self.file(suffix), &older)?;
            }
        }
        self.broken = None;
        for step in steps {
            self.step(*step)?;
        }
        for mut child in std::mem::take(&mut self.refreshes) {
            child.wait()?;
        }
        self.run(&self.data(), &["refresh", "-q", "--force"])?;
        let (mut lost, mut back) = (0, 0);
        for (kind, Kind { name, .. }) in KINDS.iter().enumerate() {
            let query = format!("is:{name}");
            let mut there = vec![false; ARTICLES];
            for line in self
                .run(
                    &self.data(),
                    &["list", &query, "--json", "--limit", "10000"],
                )?
                .lines()
            {
                let row: Value = serde_json::from_str(line)?;
                let number = row["title"]
                    .as_str()
                    .and_then(|title| title.strip_prefix("Story ")?.parse::<usize>().ok());
                if let Some(there) = number.and_then(|number| there.get_mut(number)) {
                    *there = true;
                }
            }
            for (article, there) in there.into_iter().enumerate() {
                match self.known[kind][article].there {
                    Some(true) if !there => {
                        lost += 1;
                        self.note(&format!("LOST: {article} is not {name}"))?;
                    }
                    Some(false) if there => {
                        back += 1;
                        self.note(&format!("BACK: {article} is {name}"))?;
                    }
                    _ => {}
                }
                self.know(kind, article, Some(there));
            }
        }
        Ok((lost, back))
    }
}

fn main() -> Outcome<()> {
    let mut words = std::env::args().skip(1);
    let seed = words
        .next()
        .ok_or("usage: breaker SEED [ROUNDS [LOG [FIRST]]]")?
        .parse()?;
    let rounds: usize = words.next().map_or(Ok(200), |word| word.parse())?;
    let log: Box<dyn Write> = match words.next() {
        Some(file) => Box::new(File::create(file)?),
        None => Box::new(std::io::stderr()),
    };
    let first: usize = words.next().map_or(Ok(1), |word| word.parse())?;
    let more = Arc::new(AtomicUsize::new(0));
    let outlet = serve(&more)?;
    let mut breaker = Breaker::new(log, &outlet)?;
    let data = breaker.data();
    breaker.run(&data, &["refresh", "-q"])?;
    let mut random = Random(seed);
    let (mut lost, mut back) = (0, 0);
    for number in 1..=rounds {
        more.store(number, Ordering::SeqCst);
        let steps = random.round();
        if number < first {
            continue;
        }
        breaker.note(&format!("round {number}: {steps:?}"))?;
        let (gone, come) = breaker.round(&steps)?;
        lost += gone;
        back += come;
        if number % 10 == 0 || number == rounds {
            println!(
                "{number} rounds: {lost} lost, {back} back, {} keys not shown",
                breaker.unshown
            );
        }
    }
    if lost + back > 0 {
        return Err(format!("{lost} lost, {back} back").into());
    }
    Ok(())
}
