//! The thread that writes, on databases that are lost, damaged or cannot be opened under it.
//! Never here: what a store makes of its files by itself.

use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::thread::JoinHandle;

use newsprint_model::Headline;
use newsprint_store::{Incoming, Update};

use super::*;

/// A config of one outlet, and the thread that writes to its store.
fn writer(folder: &Path) -> (Sender<Write>, Receiver<LoopMessage>, Shared, JoinHandle<()>) {
    let path = folder.join("newsprint.db");
    let (wants, jobs) = channel();
    let (sender, events) = channel();
    let shared = Shared::default();
    let config = Config::parse(OUTLET, &folder.join("config.toml"), folder);
    let config = Arc::new(Mutex::new(config.unwrap()));
    let latest = Arc::clone(&shared);
    let thread = std::thread::spawn(move || run(&path, &config, &jobs, &latest, &sender));
    (wants, events, shared, thread)
}

const OUTLET: &str = "[[outlet]]\nname = \"Post\"\nurl = \"https://post.example/\"\n";

/// Tells the store of the outlet, and of its articles of these numbers.
fn fill(store: &Store, folder: &Path, numbers: std::ops::RangeInclusive<u32>) {
    let config = Config::parse(OUTLET, &folder.join("config.toml"), folder).unwrap();
    store.sync_outlets(&config.outlets).unwrap();
    let articles = numbers.map(|n| {
        let article = Incoming {
            url: format!("https://post.example/{n}"),
            title: format!("Story {n}"),
            ..Incoming::default()
        };
        article.pack()
    });
    let update = Update {
        articles: articles.collect(),
        ..Update::default()
    };
    let now = "2024-06-12T12:00:00Z".parse().unwrap();
    store.ingest("Post", &update, now).unwrap();
}

/// A folder, the database in it and its store, which has so many articles.
fn stored(articles: u32) -> (tempfile::TempDir, PathBuf, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newsprint.db");
    let store = Store::open(&path).unwrap();
    fill(&store, folder.path(), 1..=articles);
    (folder, path, store)
}

/// The article of this title.
fn row(store: &Store, title: &str) -> Option<Headline> {
    let list = List::live(&Query::default(), "2024-06-13T12:00:00Z".parse().unwrap());
    let rows = store.headlines(&list, At::Top, 200).unwrap();
    rows.into_iter().find(|row| row.title == title)
}

/// Until a mark is stored.
fn until_marked(events: &Receiver<LoopMessage>) {
    while !matches!(
        events.recv().unwrap(),
        LoopMessage::Event(Event::Marked { .. })
    ) {}
}

/// The key that meets the damage first is the one that marks: its article is named by the list that showed it, not
/// by the damaged file.
#[test]
fn a_mark_that_meets_a_damaged_database_is_kept_and_speaks_of_no_other_article() {
    for damage in ["overwritten", "zeroed", "cut"] {
        let (folder, path, store) = stored(200);
        let folder = folder.path();
        let wanted = row(&store, "Story 150").unwrap();
        drop(store);
        let (wants, events, shared, thread) = writer(folder);
        wants.send(Write::Sync { tell: true }).unwrap();
        while !matches!(
            events.recv().unwrap(),
            LoopMessage::Event(Event::OutletsStored)
        ) {}
        let length = std::fs::metadata(&path).unwrap().len();
        let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
        match damage {
            "cut" => file.set_len(5_000).unwrap(),
            _ => {
                let byte = if damage == "zeroed" { 0 } else { 0xa5 };
                let bytes = vec![byte; usize::try_from(length).unwrap()];
                std::os::unix::fs::FileExt::write_all_at(&file, &bytes, 0).unwrap();
            }
        }
        let (star, story) = (Mark::Star, vec![wanted.id]);
        wants
            .send(Write::Mark(story, star, vec![Named::of(&wanted)]))
            .unwrap();
        // By its number it would be any other article of the new database.
        let tags = Write::Tags {
            ids: vec![wanted.id],
            add: vec!["later".to_owned()],
            remove: Vec::new(),
        };
        wants.send(tags).unwrap();
        drop(wants);
        thread.join().unwrap();
        assert!(take_rescue(&shared).is_some(), "{damage}");
        let store = Store::open(&path).unwrap();
        fill(&store, folder, 140..=150);
        let starred = (140..=150).filter(|n| row(&store, &format!("Story {n}")).unwrap().starred);
        assert_eq!(starred.collect::<Vec<_>>(), [150], "{damage}");
    }
}

/// Of what is left of a log SQLite makes an index where that was spoilt too, and all looks well.
#[test]
fn marks_in_the_lost_part_of_a_log_are_kept_by_a_reader_that_ends() {
    for (left, byte) in [(2, 0xa5), (2, 0), (u64::MAX, 0), (u64::MAX, 0xa5)] {
        let (folder, path, store) = stored(20);
        let folder = folder.path();
        store.save_marks().unwrap();
        // The log has nothing but the marks.
        store.compact().unwrap();
        let (wants, events, _shared, thread) = writer(folder);
        let id = ArticleId(7);
        for mark in [Mark::Read, Mark::Star] {
            wants.send(Write::Mark(vec![id], mark, Vec::new())).unwrap();
            until_marked(&events);
        }
        let open = |suffix: &str| {
            let path = folder.join(format!("newsprint.db{suffix}"));
            let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
            let length = file.metadata().unwrap().len();
            (file, length)
        };
        let (log, length) = open("-wal");
        log.set_len(length / left).unwrap();
        let (index, length) = open("-shm");
        let bytes = vec![byte; usize::try_from(length).unwrap()];
        std::os::unix::fs::FileExt::write_all_at(&index, &bytes, 0).unwrap();
        drop(wants);
        thread.join().unwrap();
        drop(store);
        let store = Store::open(&path).unwrap();
        let headline = &store.headlines_of(&[id]).unwrap()[0];
        assert!(headline.starred && headline.read, "1/{left}, {byte}");
    }
}

/// An article that was opened before the database was lost is marked when another one has its number, or none.
#[test]
fn an_article_of_a_lost_database_is_marked_by_its_name() {
    let (folder, _path, store) = stored(2);
    let folder = folder.path();
    let name = |title: &str| Named::of(row(&store, title).as_ref().unwrap());
    let (first, second) = (name("Story 1"), name("Story 2"));
    let id = row(&store, "Story 1").unwrap().id;
    let (wants, _events, _shared, thread) = writer(folder);
    wants
        .send(Write::Mark(vec![id], Mark::Read, vec![second]))
        .unwrap();
    wants
        .send(Write::Mark(vec![ArticleId(0)], Mark::Star, vec![first]))
        .unwrap();
    drop(wants);
    thread.join().unwrap();
    let marks = |title| {
        let row = row(&store, title).unwrap();
        (row.read, row.starred)
    };
    assert_eq!(marks("Story 1"), (false, true));
    assert_eq!(marks("Story 2"), (true, false));
}

/// The first reader to find the database removed makes a new one of the copy and writes a copy of its own, which has
/// nothing of what another reader marked since the first.
#[test]
fn a_copy_that_another_reader_wrote_of_a_new_database_does_not_have_what_was_marked_here() {
    let (folder, path, store) = stored(3);
    let folder = folder.path();
    store.mark(&[ArticleId(2)], Mark::Star).unwrap();
    store.save_marks().unwrap();
    let shared = Shared::default();
    let name = store.names_of(&[ArticleId(2)]).unwrap();
    let unstar = Again::Marks(name, Mark::Unstar);
    latest(&shared).uncopied.push(unstar);
    for suffix in ["", "-wal", "-shm"] {
        std::fs::remove_file(folder.join(format!("newsprint.db{suffix}"))).unwrap();
    }
    let other = Store::open(&path).unwrap();
    other.save_marks().unwrap();
    let (_new, kept) = store.reopen().unwrap();
    assert_eq!(take_missing(&shared, kept).len(), 1);
}

/// The reader and its writing thread have a connection each: the second to go to the new file must not bring back
/// what was unmarked there.
#[test]
fn what_was_unmarked_in_a_new_file_stays_so_when_the_other_connection_comes() {
    let (folder, path, reader) = stored(3);
    let folder = folder.path();
    reader.compact().unwrap();
    let (wants, events, shared, thread) = writer(folder);
    let id = ArticleId(2);
    let name = reader.names_of(&[id]).unwrap();
    wants
        .send(Write::Mark(vec![id], Mark::Read, name.clone()))
        .unwrap();
    until_marked(&events);
    let other = folder.join("other");
    std::fs::write(&other, vec![0x5a; 20_000]).unwrap();
    std::fs::rename(&other, &path).unwrap();
    std::fs::remove_file(folder.join("newsprint.db-shm")).unwrap();
    wants
        .send(Write::Mark(vec![id], Mark::Unread, name))
        .unwrap();
    drop(wants);
    thread.join().unwrap();
    let (reader, kept) = reader.reopen_after(gone(&shared)).unwrap();
    assert_eq!(kept, Kept::All);
    fill(&reader, folder, 2..=2);
    assert!(!row(&reader, "Story 2").unwrap().read);
}

/// With too few file handles a store cannot be opened now, and can a moment later.
#[test]
fn what_is_wanted_of_a_store_that_cannot_be_opened_is_told_of_and_done_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newsprint.db");
    std::fs::create_dir(&path).unwrap();
    let (wants, events, _shared, thread) = writer(folder.path());
    let said = || match events.recv().unwrap() {
        LoopMessage::Event(Event::Failed(said)) => said,
        _ => panic!("nothing failed"),
    };
    assert!(said().contains("it is a folder"));
    wants
        .send(Write::Mark(vec![ArticleId(1)], Mark::Star, Vec::new()))
        .unwrap();
    assert!(said().starts_with("Not stored: "));
    wants.send(Write::Session("kept".to_owned())).unwrap();
    assert!(said().starts_with("Not stored: "));
    std::fs::remove_dir(&path).unwrap();
    wants.send(Write::Sync { tell: false }).unwrap();
    drop(wants);
    thread.join().unwrap();
    let kept = Store::open(&path).unwrap().memo(SESSION).unwrap();
    assert_eq!(kept.as_deref(), Some(&b"kept"[..]));
}
