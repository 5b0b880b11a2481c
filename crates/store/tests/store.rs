//! The store from outside: processes killed while they write, databases damaged, foreign, newer,
//! or out of reach. Never here: what queries mean (see the unit tests).

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use newsprint_model::query::{Is, Query, parse};
use newsprint_model::{ArticleId, Keep, Mark, Outlet, TextState, Time};
use newsprint_store::{At, FileState, Incoming, Kept, List, Store, StoreError, Update};

const WRITER: &str = "NEWSPRINT_TEST_WRITER";

fn now() -> Time {
    Time::from_second(1_718_000_000).unwrap()
}

fn outlet() -> Outlet {
    Outlet {
        name: "Morning Herald".to_owned(),
        url: "https://morning-herald.example/".to_owned(),
        ..Outlet::default()
    }
}

fn story(n: u64) -> Incoming {
    let text = format!("Paragraph of story {n}, with the word everywhere. ").repeat(20);
    Incoming {
        guid: Some(format!("guid-{n}")),
        url: format!("https://morning-herald.example/{n}"),
        title: format!("Story {n}"),
        tags: vec!["News".to_owned(), format!("Tag {}", n % 7)],
        body: format!("<p>{text}</p>"),
        search_text: text,
        text: TextState::Full,
        ..Incoming::default()
    }
}

fn update(from: u64, count: u64) -> Update {
    Update {
        articles: (from..from + count)
            .rev()
            .map(|n| story(n).pack())
            .collect(),
        ..Update::default()
    }
}

fn live(query: &str) -> List {
    List::live(&parse(query).unwrap(), now())
}

fn filled(folder: &Path) -> PathBuf {
    let path = folder.join("newsprint.db");
    let store = Store::open(&path).unwrap();
    store.sync_outlets(&[outlet()]).unwrap();
    store
        .ingest("Morning Herald", &update(1, 20), now())
        .unwrap();
    store
        .mark(&[ArticleId(3), ArticleId(4)], Mark::Read)
        .unwrap();
    store.mark(&[ArticleId(4)], Mark::Star).unwrap();
    store.set_position(ArticleId(5), 4_000).unwrap();
    path
}

/// Takes in five stories at a time for ever, and says how many are safe.
fn write_for_ever(path: &Path) -> ! {
    let store = Store::open(path).unwrap();
    loop {
        let next = store.now().unwrap().newest.0 as u64 + 1;
        store
            .ingest("Morning Herald", &update(next, 5), now())
            .unwrap();
        let mut out = std::io::stdout();
        writeln!(out, "stored {}", next + 4).unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn killed_writers_lose_no_article_and_no_mark() {
    if let Some(path) = std::env::var_os(WRITER) {
        write_for_ever(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let done = AtomicBool::new(false);
    let starred = std::thread::scope(|scope| {
        // A reader who stars and unstars beside it, and knows which marks were confirmed.
        let marker = scope.spawn(|| {
            let store = Store::open(&path).unwrap();
            let mut starred: HashMap<i64, bool> = HashMap::from([(4, true)]);
            let mut random = fastrand::Rng::with_seed(7);
            while !done.load(Ordering::Relaxed) {
                let id = random.i64(1..=20);
                let star = random.bool();
                let mark = if star { Mark::Star } else { Mark::Unstar };
                store.mark(&[ArticleId(id)], mark).unwrap();
                starred.insert(id, star);
                std::thread::sleep(Duration::from_millis(3));
            }
            starred
        });
        let reader = Store::open(&path).unwrap();
        let mut random = fastrand::Rng::with_seed(3);
        let mut rounds = 0;
        while rounds < 100 {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args([
                    "killed_writers_lose_no_article_and_no_mark",
                    "--exact",
                    "--nocapture",
                ])
                .env(WRITER, &path)
                .stdout(Stdio::piped())
                .stderr(Stdio::inherit())
                .spawn()
                .unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap())
                .lines()
                .map_while(Result::ok);
            let mut safe = 0;
            // Killed at any moment of the transaction that follows a random one.
            let stop_after = random.u32(1..4);
            let mut seen = 0;
            for line in lines.by_ref() {
                if let Some(number) = line.strip_prefix("stored ") {
                    safe = number.parse().unwrap();
                    seen += 1;
                }
                if seen == stop_after {
                    break;
                }
            }
            std::thread::sleep(Duration::from_micros(random.u64(0..8_000)));
            child.kill().unwrap();
            child.wait().unwrap();
            safe = lines
                .filter_map(|line| line.strip_prefix("stored ").and_then(|n| n.parse().ok()))
                .fold(safe, u64::max);
            assert!(seen > 0, "the writer stored nothing");
            let newest = reader.now().unwrap().newest.0 as u64;
            assert!(newest >= safe, "round {rounds}: {newest} of {safe}");
            let counts = reader.counts(&live("")).unwrap();
            assert_eq!(counts.total, newest);
            assert_eq!(reader.counts(&live("everywhere")).unwrap().total, newest);
            let page = reader.headlines(&live(""), At::Top, 7).unwrap();
            assert!(page.iter().all(|headline| headline.tags.len() == 2));
            rounds += 1;
        }
        done.store(true, Ordering::Relaxed);
        marker.join().unwrap()
    });
    let store = Store::open(&path).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let mut found: Vec<i64> = store
        .headlines(&live("is:starred"), At::Top, 1_000)
        .unwrap()
        .iter()
        .map(|headline| headline.id.0)
        .collect();
    let mut expected: Vec<i64> = starred
        .into_iter()
        .filter(|(_, star)| *star)
        .map(|(id, _)| id)
        .collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn many_may_open_a_new_store_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/newsprint.db");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let store = Store::open(&path).unwrap();
                store.sync_outlets(&[outlet()]).unwrap();
                store
                    .ingest("Morning Herald", &update(1, 3), now())
                    .unwrap();
            });
        }
    });
    let store = Store::open(&path).unwrap();
    assert_eq!(store.counts(&live("")).unwrap().total, 3);
}

#[test]
fn what_another_connection_writes_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let (one, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let list = List::fixed(
        &Query::default().with_is(Is::Unread),
        now(),
        one.now().unwrap(),
    );
    let before = (
        one.data_version().unwrap(),
        one.headlines(&list, At::Top, 100).unwrap().len(),
    );
    assert_eq!(one.data_version().unwrap(), before.0);
    other.mark_list(&live(""), Mark::Read).unwrap();
    other
        .ingest("Morning Herald", &update(21, 5), now())
        .unwrap();
    assert_ne!(one.data_version().unwrap(), before.0);
    let page = one.headlines(&list, At::Top, 100).unwrap();
    assert_eq!(page.len(), before.1);
    assert!(page.iter().all(|headline| headline.read));
}

fn damaged(break_it: impl Fn(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let store = Store::open(&path).unwrap();
    assert!(store.save_marks().unwrap());
    assert!(!store.save_marks().unwrap());
    // Folded into the file, so that there is something to damage.
    store.compact().unwrap();
    drop(store);
    break_it(&path);
    let bytes = fs::read(&path).unwrap();

    let mut store = Store::open(&path).unwrap();
    if store.rescued().is_none() {
        // Damage further in is found by whoever reads there; the next opening knows of it.
        let read = store.headlines(&live(""), At::Top, 100).map(|_| ());
        let read = read.and_then(|()| store.article(ArticleId(20)).map(|_| ()));
        assert!(matches!(read, Err(StoreError::Damaged(_))), "{read:?}");
        drop(store);
        store = Store::open(&path).unwrap();
    }
    assert_eq!(store.rescued().unwrap().marks, 3);
    let aside = folder.path().join("newsprint.db.damaged-1");
    assert!(
        fs::read(&aside).unwrap() == bytes,
        "what was set aside is not what was there"
    );
    assert_eq!(Store::set_aside_beside(&path), (1, bytes.len() as u64));
    assert_eq!(store.counts(&live("")).unwrap().total, 0);
    marks_are_back(&store, "damaged");
}

#[test]
fn a_store_overwritten_at_its_start_is_set_aside_and_marks_come_back() {
    damaged(|path| {
        let mut bytes = fs::read(path).unwrap();
        bytes[..4_096].fill(b'x');
        fs::write(path, bytes).unwrap();
    });
}

#[test]
fn a_store_damaged_in_the_middle_is_set_aside_and_marks_come_back() {
    damaged(|path| {
        let mut bytes = fs::read(path).unwrap();
        bytes[8_192..].fill(0xa5);
        fs::write(path, bytes).unwrap();
    });
}

#[test]
fn a_store_cut_short_is_set_aside_and_marks_come_back() {
    damaged(|path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 8]).unwrap();
    });
}

/// Takes the stories of [`filled`] in and asserts that all their marks are back.
#[track_caller]
fn marks_are_back(store: &Store, how: &str) {
    store.sync_outlets(&[outlet()]).unwrap();
    store
        .ingest("Morning Herald", &update(1, 20), now())
        .unwrap();
    let titles = |query: &str| -> Vec<String> {
        let page = store.headlines(&live(query), At::Top, 100).unwrap();
        let mut titles: Vec<String> = page.into_iter().map(|headline| headline.title).collect();
        titles.sort();
        titles
    };
    assert_eq!(titles("is:read"), ["Story 3", "Story 4"], "{how}");
    assert_eq!(titles("is:starred"), ["Story 4"], "{how}");
    let id = store
        .resolve("https://morning-herald.example/5")
        .unwrap()
        .unwrap();
    let position = store.article(id).unwrap().unwrap().position;
    assert_eq!(position, 4_000, "{how}");
}

fn remove_database(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = fs::remove_file(name);
    }
}

/// A store with a copy of its marks, everything folded into the one file.
fn filled_with_copy(folder: &Path) -> PathBuf {
    let path = filled(folder);
    let store = Store::open(&path).unwrap();
    assert!(store.save_marks().unwrap());
    store.compact().unwrap();
    path
}

/// Zeros in the middle of a file leave rows and pages that can be read and say nothing: whatever they hit, a store
/// that has met them is rescued, with all marks of the copy.
#[test]
fn marks_outlive_zeros_anywhere_in_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled_with_copy(folder.path());
    let copy = path.with_file_name("newsprint.db.marks");
    let (whole, marks) = (fs::read(&path).unwrap(), fs::read(&copy).unwrap());
    for at in (0..whole.len()).step_by(4_096) {
        remove_database(&path);
        let mut bytes = whole.clone();
        bytes[at..at + 4_096].fill(0);
        fs::write(&path, &bytes).unwrap();
        fs::write(&copy, &marks).unwrap();
        newsprint_store::leave_word(&path);
        let store = Store::open(&path).unwrap_or_else(|why| panic!("zeros at {at}: {why}"));
        marks_are_back(&store, &format!("zeros at {at}"));
    }
}

#[test]
fn marks_whose_copy_is_there_outlive_any_loss_of_the_database() {
    let cut = |length: usize| {
        move |path: &Path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..length.min(bytes.len())]).unwrap();
        }
    };
    type Break = Box<dyn Fn(&Path)>;
    let mut ways: Vec<(String, Break)> = vec![
        ("removed".into(), Box::new(remove_database)),
        ("emptied".into(), Box::new(cut(0))),
        (
            "zeroed".into(),
            Box::new(|path: &Path| {
                let length = fs::metadata(path).unwrap().len();
                fs::write(path, vec![0; length as usize]).unwrap();
            }),
        ),
        (
            "removed, its log left".into(),
            Box::new(|path: &Path| {
                remove_database(path);
                fs::write(path.with_extension("db-wal"), b"a log of another time").unwrap();
            }),
        ),
    ];
    for length in [
        1, 15, 16, 99, 100, 511, 512, 4_096, 8_191, 8_192, 8_193, 20_000,
    ] {
        ways.push((format!("cut to {length}"), Box::new(cut(length))));
    }
    for (how, break_it) in ways {
        let folder = tempfile::tempdir().unwrap();
        let path = filled_with_copy(folder.path());
        break_it(&path);
        let store = Store::open(&path).unwrap();
        assert_eq!(store.rescued().map(|rescue| rescue.marks), Some(3), "{how}");
        // Nothing but marks is there yet; the copy that is written now has them all the same.
        store.save_marks().unwrap();
        drop(store);
        remove_database(&path);
        let store = Store::open(&path).unwrap();
        assert_eq!(store.rescued().unwrap().set_aside, None, "{how}");
        marks_are_back(&store, &how);
        drop(store);
        assert!(Store::open(&path).unwrap().rescued().is_none(), "{how}");
    }
}

#[test]
fn a_copy_that_has_more_or_cannot_be_read_is_kept_by_a_new_store() {
    for broken in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let path = filled_with_copy(folder.path());
        let copy = folder.path().join("newsprint.db.marks");
        let bytes = match broken {
            true => b"newsprint marks 1\ncut".to_vec(),
            false => fs::read(&copy).unwrap(),
        };
        // A store that knows nothing of the copy, as an older program would make it.
        fs::remove_file(&copy).unwrap();
        remove_database(&path);
        let store = Store::open(&path).unwrap();
        store.sync_outlets(&[outlet()]).unwrap();
        store
            .ingest("Morning Herald", &update(1, 5), now())
            .unwrap();
        store.mark(&[ArticleId(1)], Mark::Star).unwrap();
        fs::write(&copy, &bytes).unwrap();
        assert!(store.save_marks().unwrap());
        let spared = folder.path().join("newsprint.db.marks.1");
        assert_eq!(fs::read(spared).unwrap(), bytes);
        // Once it has written its own, that is replaced.
        store.mark(&[ArticleId(1)], Mark::Unstar).unwrap();
        assert!(store.save_marks().unwrap());
        assert!(!folder.path().join("newsprint.db.marks.2").exists());
    }
}

const RESCUER: &str = "NEWSPRINT_TEST_RESCUER";

/// Rescues that are killed: whoever comes after them finds all marks.
#[test]
fn killed_rescues_lose_no_mark() {
    if let Some(path) = std::env::var_os(RESCUER) {
        drop(Store::open(Path::new(&path)));
        return;
    }
    for round in 0..40u64 {
        let folder = tempfile::tempdir().unwrap();
        let path = filled_with_copy(folder.path());
        match round % 3 {
            0 => remove_database(&path),
            1 => fs::write(&path, b"").unwrap(),
            _ => {
                let mut bytes = fs::read(&path).unwrap();
                bytes[8_192..].fill(0xa5);
                fs::write(&path, bytes).unwrap();
                fs::write(folder.path().join("newsprint.db.is-damaged"), b"").unwrap();
            }
        }
        for kill in 0..3 {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "killed_rescues_lose_no_mark", "--nocapture"])
                .env(RESCUER, &path)
                .stdout(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_micros(800 * (round + 11 * kill)));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let store = Store::open(&path).unwrap();
        marks_are_back(&store, &format!("round {round}"));
    }
}

#[test]
fn an_open_store_notices_that_its_file_is_gone_and_loses_no_mark() {
    type Break = fn(&Path);
    let ways: [(FileState, Break); 4] = [
        (FileState::Removed, remove_database),
        (FileState::Replaced, |path| {
            // An older state of it is put back.
            let copy = path.with_extension("copy");
            fs::copy(path, &copy).unwrap();
            remove_database(path);
            fs::rename(copy, path).unwrap();
        }),
        (FileState::Truncated, |path| fs::write(path, b"").unwrap()),
        (FileState::Truncated, |path| {
            let file = fs::OpenOptions::new().write(true).open(path).unwrap();
            file.set_len(file.metadata().unwrap().len() / 3).unwrap();
        }),
    ];
    for (state, break_it) in ways {
        let folder = tempfile::tempdir().unwrap();
        let path = filled_with_copy(folder.path());
        let store = Store::open(&path).unwrap();
        assert_eq!(store.file_state().unwrap(), FileState::Same);
        if state != FileState::Truncated {
            // Marked after the copy, and known to this connection alone.
            store.mark(&[ArticleId(9)], Mark::Star).unwrap();
        }
        break_it(&path);
        assert_eq!(store.file_state().unwrap(), state);
        let lost = store.mark(&[ArticleId(10)], Mark::Star);
        assert!(matches!(lost, Err(StoreError::Replaced(_))), "{lost:?}");
        let again = store.reopen().unwrap().0;
        drop(store);
        again.sync_outlets(&[outlet()]).unwrap();
        again
            .ingest("Morning Herald", &update(1, 20), now())
            .unwrap();
        assert_eq!(again.file_state().unwrap(), FileState::Same);
        let count = |query: &str| again.counts(&live(query)).unwrap().total;
        let starred = if state == FileState::Truncated { 1 } else { 2 };
        assert_eq!(
            (count("is:read"), count("is:starred")),
            (2, starred),
            "{state:?}"
        );
        assert!(again.check().unwrap().is_empty());
    }
}

/// The log that SQLite writes first may go while the database stays: to go on would be to write to a file that nobody
/// else reads, and that is gone with the process.
#[test]
fn a_log_that_is_lost_under_open_connections_costs_no_mark() {
    type Break = fn(&Path, &Path);
    // How it is lost, and whether what only the log had can still be read.
    let ways: [(&str, bool, Break); 6] = [
        ("log removed", true, |log, _| fs::remove_file(log).unwrap()),
        ("index removed", true, |_, index| {
            fs::remove_file(index).unwrap();
        }),
        ("both removed", true, |log, index| {
            fs::remove_file(log).unwrap();
            fs::remove_file(index).unwrap();
        }),
        ("another log in its place", true, |log, _| {
            fs::remove_file(log).unwrap();
            fs::write(log, vec![7; 100_000]).unwrap();
        }),
        ("emptied", false, |log, _| fs::write(log, b"").unwrap()),
        ("cut short", false, |log, _| {
            let file = fs::OpenOptions::new().write(true).open(log).unwrap();
            file.set_len(file.metadata().unwrap().len() / 3).unwrap();
        }),
    ];
    let starred = |store: &Store| store.counts(&live("is:starred")).unwrap().total;
    for (how, whole, break_it) in ways {
        let folder = tempfile::tempdir().unwrap();
        let path = filled_with_copy(folder.path());
        // As in a reader: one connection reads, another writes.
        let (reads, writes) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        writes
            .ingest("Morning Herald", &update(21, 5), now())
            .unwrap();
        writes.mark(&[ArticleId(9)], Mark::Star).unwrap();
        if !whole {
            // The file without its log has this one still.
            writes.mark(&[ArticleId(3)], Mark::Unread).unwrap();
            writes.save_marks().unwrap();
        }
        assert_eq!(starred(&reads), 2, "{how}");
        let of = |suffix: &str| path.with_file_name(format!("newsprint.db{suffix}"));
        break_it(&of("-wal"), &of("-shm"));

        for store in [&reads, &writes] {
            assert_eq!(store.file_state().unwrap(), FileState::LogLost, "{how}");
        }
        let refused = writes.mark(&[ArticleId(10)], Mark::Star);
        assert!(
            matches!(refused, Err(StoreError::Replaced(_))),
            "{refused:?}"
        );
        let again = writes.reopen().unwrap().0;
        assert_eq!(reads.file_state().unwrap(), FileState::Replaced, "{how}");
        again.mark(&[ArticleId(10)], Mark::Star).unwrap();
        if whole {
            // What is undone now does not come back with a connection that knew the mark.
            again.mark(&[ArticleId(4)], Mark::Unstar).unwrap();
        }
        let reads_again = reads.reopen().unwrap().0;
        reads_again.mark(&[ArticleId(11)], Mark::Star).unwrap();
        // What was opened before must not take the new log along when it is closed.
        drop((reads, writes));
        assert_eq!(again.file_state().unwrap(), FileState::Same, "{how}");
        let all = if whole { 3 } else { 4 };
        assert_eq!(starred(&again), all, "{how}");
        drop((again, reads_again));

        let store = Store::open(&path).unwrap();
        let read = if whole { 2 } else { 1 };
        assert_eq!(store.counts(&live("is:read")).unwrap().total, read, "{how}");
        assert_eq!(starred(&store), all, "{how}");
        let total = store.counts(&live("")).unwrap().total;
        assert!(total == 25 || !whole && total == 20, "{how}: {total}");
        assert!(store.check().unwrap().is_empty(), "{how}");
        assert!(
            store.rescued().is_none() && !of(".rebuilt").exists() && !of(".rebuilding").exists(),
            "{how}"
        );
    }
}

#[test]
fn a_new_store_notices_the_loss_of_its_log_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newsprint.db");
    for lost in ["newsprint.db-wal", "newsprint.db-shm"] {
        remove_database(&path);
        let store = Store::open(&path).unwrap();
        assert_eq!(store.file_state().unwrap(), FileState::Same);
        fs::remove_file(path.with_file_name(lost)).unwrap();
        assert_eq!(store.file_state().unwrap(), FileState::LogLost, "{lost}");
    }
}

/// Two processes may write their copies at once: the one that was read first may be there last. It is no copy of another
/// database whose marks would be missing here.
#[test]
fn a_copy_that_comes_late_brings_back_nothing_that_was_unmarked() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let store = Store::open(&path).unwrap();
    let copy = path.with_file_name("newsprint.db.marks");
    store.mark(&[ArticleId(9)], Mark::Star).unwrap();
    store.save_marks().unwrap();
    let late = fs::read(&copy).unwrap();
    store.mark(&[ArticleId(9)], Mark::Unstar).unwrap();
    store.save_marks().unwrap();
    fs::write(&copy, late).unwrap();
    store.mark(&[ArticleId(8)], Mark::Star).unwrap();
    store.save_marks().unwrap();
    let starred = store.headlines(&live("is:starred"), At::Top, 9).unwrap();
    let titles: Vec<&str> = starred.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["Story 8", "Story 4"]);
}

/// Who still has the file that was there before can store nothing in the new one, but its copy is taken in.
#[test]
fn marks_of_a_process_whose_database_was_replaced_come_by_its_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let store = Store::open(&path).unwrap();
    store.save_marks().unwrap();
    store.mark(&[ArticleId(9)], Mark::Star).unwrap();
    remove_database(&path);
    let new = Store::open(&path).unwrap();
    new.sync_outlets(&[outlet()]).unwrap();
    assert!(matches!(store.save_marks(), Err(StoreError::Replaced(_))));
    new.save_marks().unwrap();
    new.ingest("Morning Herald", &update(1, 20), now()).unwrap();
    let starred = new.headlines(&live("is:starred"), At::Top, 9).unwrap();
    let titles: Vec<&str> = starred.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["Story 9", "Story 4"]);
}

/// Both marked, the log with the marks is gone, and SQLite has an index of none: what the first makes of what is left
/// has the marks of neither.
#[test]
fn two_connections_to_a_log_that_was_emptied_with_its_index_both_know_that_marks_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let (one, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    one.compact().unwrap();
    one.mark(&[ArticleId(9)], Mark::Star).unwrap();
    other.mark(&[ArticleId(8)], Mark::Star).unwrap();
    fs::write(path.with_file_name("newsprint.db-wal"), b"").unwrap();
    let index = path.with_file_name("newsprint.db-shm");
    let zeros = vec![0; fs::metadata(&index).unwrap().len() as usize];
    let mut index = fs::OpenOptions::new().write(true).open(index).unwrap();
    index.write_all(&zeros).unwrap();
    assert_eq!(one.file_state().unwrap(), FileState::LogLost);
    assert_eq!(one.reopen().unwrap().1, Kept::Articles);
    assert_eq!(other.file_state().unwrap(), FileState::Replaced);
    assert_eq!(other.reopen().unwrap().1, Kept::Articles);
}

/// Marks that are made once more in a database that has the article under another number, or not yet.
#[test]
fn marks_by_name_meet_the_article_wherever_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let named = Store::open(&filled(folder.path()))
        .unwrap()
        .names_of(&[ArticleId(5), ArticleId(6), ArticleId(99)])
        .unwrap();
    assert_eq!(named.len(), 2);
    let other = tempfile::tempdir().unwrap();
    let store = Store::open(&other.path().join("newsprint.db")).unwrap();
    store.sync_outlets(&[outlet()]).unwrap();
    store
        .ingest("Morning Herald", &update(6, 9), now())
        .unwrap();
    store.mark_named(&named, Mark::Star).unwrap();
    store.mark_named(&named, Mark::Read).unwrap();
    store.mark_named(&named[..1], Mark::Unstar).unwrap();
    store
        .ingest("Morning Herald", &update(1, 5), now())
        .unwrap();
    let titles = |query: &str| -> Vec<String> {
        let rows = store.headlines(&live(query), At::Top, 20).unwrap();
        rows.into_iter().map(|row| row.title).collect()
    };
    assert_eq!(titles("is:starred"), ["Story 6"]);
    let mut read = titles("is:read");
    read.sort();
    assert_eq!(read, ["Story 5", "Story 6"]);
}

/// A mark of an article that is not here yet is in the next copy, though no article here was marked.
#[test]
fn a_mark_by_name_of_an_absent_article_is_copied() {
    let folder = tempfile::tempdir().unwrap();
    let named = Store::open(&filled(folder.path()))
        .unwrap()
        .names_of(&[ArticleId(5)])
        .unwrap();
    let other = tempfile::tempdir().unwrap();
    let path = other.path().join("newsprint.db");
    let store = Store::open(&path).unwrap();
    store.sync_outlets(&[outlet()]).unwrap();
    store.save_marks().unwrap();
    store.mark_named(&named, Mark::Star).unwrap();
    assert!(store.save_marks().unwrap());
    drop(store);
    fs::remove_file(&path).unwrap();
    let store = Store::open(&path).unwrap();
    store.sync_outlets(&[outlet()]).unwrap();
    store
        .ingest("Morning Herald", &update(1, 6), now())
        .unwrap();
    let starred = store.headlines(&live("is:starred"), At::Top, 9).unwrap();
    assert_eq!(starred.len(), 1);
    assert_eq!(starred[0].title, "Story 5");
}

/// An older state of the database is there: a power cut took the end of the log, or a backup was put back.
#[test]
fn a_store_that_is_older_than_the_copy_of_its_marks_takes_them_in_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled_with_copy(folder.path());
    let old = fs::read(&path).unwrap();
    let store = Store::open(&path).unwrap();
    store.mark(&[ArticleId(9)], Mark::Star).unwrap();
    store.set_position(ArticleId(7), 1_234).unwrap();
    store.save_marks().unwrap();
    drop(store);
    remove_database(&path);
    fs::write(&path, &old).unwrap();

    let starred = |store: &Store| store.counts(&live("is:starred")).unwrap().total;
    let store = Store::open(&path).unwrap();
    assert_eq!(starred(&store), 2);
    assert_eq!(
        store.article(ArticleId(7)).unwrap().unwrap().position,
        1_234
    );
    // What is undone afterwards stays so, copied or not.
    store.mark(&[ArticleId(9)], Mark::Unstar).unwrap();
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(starred(&store), 1);
    store.save_marks().unwrap();
    drop(store);
    assert_eq!(starred(&Store::open(&path).unwrap()), 1);
}

/// A command finds by SQLite's lock that a reader is open whose log is gone, and its index too. What the command marks
/// and unmarks counts as what the reader has marked does, also when it ends later.
#[test]
fn what_a_command_marks_where_log_and_index_were_removed_is_taken_in() {
    if let Some(path) = std::env::var_os(VISITOR) {
        let store = Store::open(Path::new(&path)).unwrap();
        store.mark(&[ArticleId(12)], Mark::Star).unwrap();
        store.mark(&[ArticleId(3)], Mark::Unread).unwrap();
        store.save_marks().unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = filled_with_copy(folder.path());
    let reader = Store::open(&path).unwrap();
    let other = Store::open(&path).unwrap();
    // A command that is late.
    let late = folder.path().join("late");
    fs::create_dir(&late).unwrap();
    let late = filled_with_copy(&late);
    Store::open(&late)
        .unwrap()
        .mark(&[ArticleId(15)], Mark::Star)
        .unwrap();
    reader.mark(&[ArticleId(5)], Mark::Read).unwrap();
    reader.save_marks().unwrap();
    other.mark(&[ArticleId(9)], Mark::Star).unwrap();
    for suffix in ["-wal", "-shm"] {
        fs::remove_file(path.with_file_name(format!("newsprint.db{suffix}"))).unwrap();
    }
    for _ in 0..2 {
        visit(
            "what_a_command_marks_where_log_and_index_were_removed_is_taken_in",
            &path,
        );
    }
    assert_eq!(reader.file_state().unwrap(), FileState::Replaced);
    let (again, kept) = reader.reopen().unwrap();
    assert_eq!(kept, Kept::Copied);
    let (other, kept) = other.reopen().unwrap();
    assert_eq!(kept, Kept::Copied);
    // What the other one has marked since the copy.
    other.mark(&[ArticleId(9)], Mark::Star).unwrap();
    let ids = |query: &str| -> Vec<i64> {
        let rows = again.headlines(&live(query), At::Top, 20).unwrap();
        let mut ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids("is:starred"), [4, 9, 12]);
    assert_eq!(ids("is:read"), [4, 5]);
    Store::open(&late).unwrap().save_marks().unwrap();
    let copy = |path: &Path| path.with_file_name("newsprint.db.marks");
    fs::copy(copy(&late), copy(&path)).unwrap();
    other.save_marks().unwrap();
    assert_eq!(ids("is:starred"), [4, 9, 12, 15]);
    let left = Store::open(&path).unwrap();
    assert_eq!(left.counts(&live("is:starred")).unwrap().total, 4);
}

/// A command that starts while a reader, whose log was removed, is still open.
#[test]
fn whoever_opens_a_store_whose_log_was_lost_goes_on_without_it() {
    if let Some(path) = std::env::var_os(VISITOR) {
        let store = Store::open(Path::new(&path)).unwrap();
        assert!(store.rescued().is_some_and(|rescue| rescue.log_lost));
        store.mark(&[ArticleId(12)], Mark::Star).unwrap();
        return;
    }
    for how in ["removed", "emptied", "replaced"] {
        let folder = tempfile::tempdir().unwrap();
        let path = filled_with_copy(folder.path());
        let reader = Store::open(&path).unwrap();
        reader.mark(&[ArticleId(9)], Mark::Star).unwrap();
        let log = path.with_file_name("newsprint.db-wal");
        if how == "emptied" {
            reader.save_marks().unwrap();
            fs::write(&log, b"").unwrap();
        } else {
            fs::remove_file(&log).unwrap();
        }
        if how == "replaced" {
            fs::write(log, vec![7; 100_000]).unwrap();
        }
        visit(
            "whoever_opens_a_store_whose_log_was_lost_goes_on_without_it",
            &path,
        );
        assert_eq!(reader.file_state().unwrap(), FileState::Replaced);
        let again = reader.reopen().unwrap().0;
        drop(reader);
        again.mark(&[ArticleId(10)], Mark::Star).unwrap();
        let starred = again.counts(&live("is:starred")).unwrap().total;
        // One before, 9 of the reader, 12 of the visitor, and 10.
        assert_eq!(starred, 4, "{how}");
        assert_eq!(again.counts(&live("")).unwrap().total, 20, "{how}");
        assert!(again.check().unwrap().is_empty());
    }
}

#[test]
fn space_given_back_is_no_loss_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let (one, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    one.compact().unwrap();
    assert_eq!(other.file_state().unwrap(), FileState::Same);
    one.ingest("Morning Herald", &update(21, 400), now())
        .unwrap();
    one.compact().unwrap();
    assert_eq!(other.file_state().unwrap(), FileState::Same);
    one.forget("Morning Herald").unwrap();
    one.compact().unwrap();
    assert_eq!(other.file_state().unwrap(), FileState::Same);
    other.mark(&[ArticleId(4)], Mark::Unread).unwrap();
}

const VISITOR: &str = "NEWSPRINT_TEST_VISITOR";

/// Runs a test as a process of its own, which finds the store's path in [`VISITOR`].
fn visit(test: &str, path: &Path) {
    let visit = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env(VISITOR, path)
        .stdout(Stdio::null())
        .status();
    assert!(visit.unwrap().success(), "{test}");
}

/// Another process that closes its last connection leaves the log of this one alone, which a lock
/// says that is lost when any descriptor of the file is closed here.
#[test]
fn another_process_does_not_remove_the_log_under_several_connections() {
    if let Some(path) = std::env::var_os(VISITOR) {
        let store = Store::open(Path::new(&path)).unwrap();
        store.mark(&[ArticleId(1)], Mark::Read).unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let one = Store::open(&path).unwrap();
    let other = Store::open(&path).unwrap();
    one.mark(&[ArticleId(7)], Mark::Star).unwrap();
    visit(
        "another_process_does_not_remove_the_log_under_several_connections",
        &path,
    );
    assert!(
        path.with_extension("db-wal").exists(),
        "the log was removed"
    );
    one.mark(&[ArticleId(8)], Mark::Star).unwrap();
    drop((one, other));
    let store = Store::open(&path).unwrap();
    assert_eq!(store.counts(&live("is:starred")).unwrap().total, 3);
    assert_eq!(store.counts(&live("is:read")).unwrap().total, 3);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_what_is_stored() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("share/newsprint");
    let store = Store::open(&home.join("newsprint.db")).unwrap();
    store.sync_outlets(&[outlet()]).unwrap();
    store
        .ingest("Morning Herald", &update(1, 5), now())
        .unwrap();
    store.mark(&[ArticleId(1)], Mark::Star).unwrap();
    store.save_marks().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home), 0o700);
    let are_private = || {
        let mut files = 0;
        for entry in fs::read_dir(&home).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(mode(&path), 0o600, "{}", path.display());
            files += 1;
        }
        assert!(files >= 4, "database, log, its index, marks");
    };
    are_private();
    // The same of what is made anew while the old one is still open.
    fs::remove_dir_all(&home).unwrap();
    let (again, _) = store.reopen().unwrap();
    again.save_marks().unwrap();
    assert_eq!(mode(&home), 0o700);
    are_private();
}

#[test]
fn a_damaged_search_index_is_made_anew_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("UPDATE search_data SET block = x'a5a5a5a5a5' WHERE id > 10")
        .unwrap();
    drop(raw);
    let store = Store::open(&path).unwrap();
    let found = store.counts(&live("everywhere"));
    assert!(matches!(found, Err(StoreError::Damaged(_))), "{found:?}");
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.rescued(), None);
    assert_eq!(store.counts(&live("everywhere")).unwrap().total, 20);
    assert_eq!(store.counts(&live("is:read")).unwrap().total, 2);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_newer_store_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE);")
        .unwrap();
    drop(raw);
    let bytes = fs::read(&path).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }) && error.is_unusable());
    assert!(error.to_string().contains("update newsprint"), "{error}");
    assert!(fs::read(&path).unwrap() == bytes);
}

#[test]
fn what_is_not_ours_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("CREATE TABLE recipes (cake TEXT)")
        .unwrap();
    drop(raw);
    let bytes = fs::read(&path).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(
        error.is_unusable() && error.to_string().contains("not a newsprint database"),
        "{error}"
    );
    assert!(fs::read(&path).unwrap() == bytes);
}

#[test]
fn a_place_that_cannot_be_written_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    for path in [file.join("newsprint.db"), folder.path().to_owned()] {
        let error = Store::open(&path).unwrap_err();
        assert!(error.is_unusable());
        assert!(
            error
                .to_string()
                .contains(&*folder.path().to_string_lossy()),
            "{error}"
        );
    }
    let error = Store::open(&file.join("newsprint.db"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("--data-dir"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_can_still_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let permit =
        |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    permit(0o555);
    let store = Store::open(&path);
    // The superuser writes everywhere; what is read is the same.
    let privileged = fs::write(folder.path().join("probe"), "x").is_ok();
    permit(0o755);
    let store = store.unwrap();
    assert_eq!(store.counts(&live("")).unwrap().total, 20);
    assert_eq!(store.counts(&live("everywhere")).unwrap().total, 20);
    assert_eq!(store.is_read_only(), !privileged);
    if !privileged {
        let refused = store.mark(&[ArticleId(1)], Mark::Read).unwrap_err();
        assert!(
            refused.to_string().contains("can only be read"),
            "{refused}"
        );
    }
}

#[test]
fn space_is_given_back_after_much_has_gone_and_not_after_little() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let store = Store::open(&path).unwrap();
    // Texts that cannot be compressed to nothing.
    let mut number = 1u64;
    let mut noise = || {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        format!("{number:x} ")
    };
    for from in (10_000..10_800).step_by(100) {
        let articles = (from..from + 100).map(|n| {
            let body = (0..1000).map(|_| noise()).collect::<String>();
            Incoming { body, ..story(n) }.pack()
        });
        let update = Update {
            articles: articles.collect(),
            ..Update::default()
        };
        store.ingest("Morning Herald", &update, now()).unwrap();
    }
    let size = || {
        store.tidy().unwrap();
        fs::metadata(&path).unwrap().len()
    };
    let full = size();
    let keep = |count| Keep {
        count: Some(count),
        ..Keep::default()
    };
    store.prune("Morning Herald", keep(700), now()).unwrap();
    store.give_back().unwrap();
    assert!(size() >= full);
    store.prune("Morning Herald", keep(10), now()).unwrap();
    store.give_back().unwrap();
    assert!(size() < full / 2, "{full} bytes are still {}", size());
}

/// What pruning and corrections leave unused within pages goes within a week, and no refresh does it twice.
#[test]
fn a_store_is_written_anew_once_a_week() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    let store = Store::open(&path).unwrap();
    let after = |hours: i64| now() + jiff::SignedDuration::from_hours(hours);
    store.compact_weekly(now()).unwrap();
    let long = |n: u64| {
        let body =
            (0..400).map(|k| format!("{:x} ", (n * 1000 + k).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        Incoming {
            body: body.collect(),
            ..story(n)
        }
        .pack()
    };
    let update = Update {
        articles: (10_000..10_200).map(long).collect(),
        ..Update::default()
    };
    store.ingest("Morning Herald", &update, now()).unwrap();
    let keep = Keep {
        count: Some(10),
        ..Keep::default()
    };
    store.prune("Morning Herald", keep, now()).unwrap();
    let pages = || -> i64 {
        let conn = rusqlite::Connection::open(&path).unwrap();
        conn.query_row("PRAGMA page_count", [], |row| row.get(0))
            .unwrap()
    };
    let total = || {
        let all = List::live(&Query::default(), now());
        store.counts(&all).unwrap().total
    };
    let (full, left) = (pages(), total());
    store.compact_weekly(after(24)).unwrap();
    assert_eq!(pages(), full);
    store.compact_weekly(after(24 * 8)).unwrap();
    assert!(pages() < full, "{full} pages are still {}", pages());
    assert_eq!(total(), left);
}
