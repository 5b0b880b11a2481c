//! Accounts on servers from outside: the named situations, one test each, against a made-up server on
//! loopback; and the program with its exit codes, JSON and secrets.
//! Never here: single requests and answers (`newsprint-sync` tests those).

#[path = "support/sync_server.rs"]
mod sync_server;

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use newsprint::config::Config;
use newsprint::refresh::{self, AccountReport, Outcome, SyncOptions};
use newsprint_model::query;
use newsprint_model::{ArticleId, Headline, Mark, Time};
use newsprint_store::{At, List, Store};
use newsprint_sync::Dialect;
use newsprint_sync::mock::{Fault, Mock, PASSWORD};
use sync_server::SyncServer;
use tempfile::TempDir;

/// A reader with one account on a made-up server.
struct World {
    server: SyncServer,
    folder: TempDir,
}

impl World {
    fn new(mock: Mock) -> World {
        World::slow(mock, Duration::ZERO)
    }

    fn slow(mock: Mock, delay: Duration) -> World {
        let world = World {
            server: SyncServer::start(mock, delay),
            folder: tempfile::tempdir().unwrap(),
        };
        world.write_password(PASSWORD);
        world.write_config("");
        world
    }

    /// A server of FreshRSS' kind with one feed and so many unread articles; their ids, oldest first.
    fn with(count: usize) -> (World, Vec<String>) {
        World::of(Dialect::FreshRss, count)
    }

    fn of(dialect: Dialect, count: usize) -> (World, Vec<String>) {
        let mut mock = Mock::new(dialect);
        let feed = mock.feed("Herald", &["World"]);
        let ids = mock.arrive(&feed, count);
        (World::new(mock), ids)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write_password(&self, password: &str) {
        use std::os::unix::fs::PermissionsExt;
        let file = self.file("password");
        std::fs::write(&file, format!("{password}\n")).unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
    }

    fn write_config(&self, more: &str) {
        let kind = if self.server.lock().fever {
            "fever"
        } else {
            "greader"
        };
        let text = format!(
            "[[account]]\nname = \"home\"\nkind = \"{kind}\"\nurl = \"{}\"\nuser = \"mira\"\n\
             password_file = \"{}\"\nfull_text = \"never\"\n{more}",
            self.server.address,
            self.file("password").display()
        );
        std::fs::write(self.file("config.toml"), text).unwrap();
    }

    fn config(&self) -> Config {
        let file = self.file("config.toml");
        Config::load(&file, true, &self.file("data")).unwrap()
    }

    fn store(&self) -> Store {
        Store::open(&self.config().paths.database()).unwrap()
    }

    fn sync(&self) -> AccountReport {
        self.sync_as(&SyncOptions::default())
    }

    fn sync_as(&self, options: &SyncOptions) -> AccountReport {
        let stop = AtomicBool::new(false);
        let reports = refresh::sync(&self.config(), options, &|_| {}, &stop).unwrap();
        reports.into_iter().next().unwrap()
    }

    /// A sync that must succeed.
    fn good(&self) -> AccountReport {
        let report = self.sync();
        assert_eq!(report.error, None);
        report
    }

    /// All articles by their titles, in the order of arrival.
    fn articles(&self) -> Vec<Headline> {
        self.listed("")
    }

    fn listed(&self, text: &str) -> Vec<Headline> {
        let list = List::live(&query::parse(text).unwrap(), Time::now());
        let mut found = self.store().headlines(&list, At::Top, 100_000).unwrap();
        found.sort_by_key(|one| (one.sort, one.id));
        found
    }

    /// Numbers of the articles with these titles.
    fn numbers(&self, stories: &[usize]) -> Vec<ArticleId> {
        let all = self.articles();
        let of = |n: &usize| {
            let title = format!("Story {n}");
            all.iter()
                .find(|one| one.title == title)
                .unwrap_or_else(|| panic!("{title}"))
                .id
        };
        stories.iter().map(of).collect()
    }

    fn mark(&self, stories: &[usize], mark: Mark) {
        self.store().mark(&self.numbers(stories), mark).unwrap();
    }

    /// What is shown of a story: read, starred.
    fn shown(&self, story: usize) -> (bool, bool) {
        let title = format!("Story {story}");
        let all = self.articles();
        let found: Vec<_> = all.iter().filter(|one| one.title == title).collect();
        assert_eq!(found.len(), 1, "{title} is there once");
        (found[0].read, found[0].starred)
    }

    /// What the server has of an article: read, starred.
    fn there(&self, id: &str) -> (bool, bool) {
        let mock = self.server.lock();
        let item = mock.items.iter().find(|item| item.id == id).unwrap();
        (item.read, item.starred)
    }

    fn elsewhere(&self, ids: &[String], read: Option<bool>, starred: Option<bool>) {
        self.server.lock().mark(ids, read, starred);
    }

    fn pending(&self) -> u64 {
        self.store().account_state("home").unwrap().pending
    }
}

#[test]
fn the_first_sync_brings_outlets_articles_and_marks() {
    let mut mock = Mock::new(Dialect::FreshRss);
    let feed = mock.feed("Notes ＆ ＜Margins＞", &["Long reads"]);
    let ids = mock.arrive(&feed, 30);
    mock.mark(&ids[..10], Some(true), None);
    mock.mark(&ids[5..12], None, Some(true));
    mock.items[3].tags = vec!["Economy".to_owned()];
    let world = World::new(mock);
    let report = world.good();
    assert_eq!((report.outcome, report.new), (Outcome::Updated, 30));
    let outlets = world.store().account_outlets().unwrap();
    assert_eq!(outlets[0].name, "Notes & <Margins>");
    assert_eq!(outlets[0].group.as_deref(), Some("Long reads"));
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(world.shown(n), world.there(id), "{n}");
    }
    assert_eq!(world.listed("tag:economy").len(), 1);
    assert_eq!(world.listed("group:\"long reads\"").len(), 30);
    assert_eq!(world.pending(), 0);
    // Nothing of it is a step of undo.
    assert!(world.store().undo().unwrap().is_none());
}

#[test]
fn read_offline() {
    let (world, ids) = World::with(10);
    world.good();
    world.mark(&[1, 2, 3], Mark::Read);
    assert_eq!(world.pending(), 3);
    let report = world.good();
    assert_eq!((report.sent, report.pending), (3, 0));
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(world.there(id).0, (1..=3).contains(&n), "{n}");
        assert_eq!(world.shown(n), world.there(id));
    }
}

#[test]
fn read_elsewhere_is_no_step_of_undo() {
    let (world, ids) = World::with(10);
    world.good();
    world.elsewhere(&ids[..3], Some(true), None);
    let report = world.good();
    assert_eq!((report.read, report.sent), (3, 0));
    assert_eq!(world.shown(0), (true, false));
    assert!(world.store().undo().unwrap().is_none());
    assert_eq!(world.shown(0), (true, false));
}

#[test]
fn kept_unread_elsewhere() {
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[2], Mark::Read);
    world.good();
    world.elsewhere(&ids[2..3], Some(false), None);
    world.good();
    assert_eq!(world.shown(2), (false, false));
    assert_eq!(world.pending(), 0);
}

#[test]
fn read_here_starred_there() {
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[2], Mark::Read);
    world.elsewhere(&ids[2..3], None, Some(true));
    world.good();
    assert_eq!(world.shown(2), (true, true));
    assert_eq!(world.there(&ids[2]), (true, true));
}

#[test]
fn same_mark_on_both_sides() {
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[2], Mark::Read);
    world.elsewhere(&ids[2..3], Some(true), None);
    world.good();
    assert_eq!(world.shown(2), (true, false));
    let report = world.good();
    assert_eq!((report.sent, report.pending), (0, 0));
}

#[test]
fn taken_back_before_it_was_sent() {
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[2], Mark::Read);
    world.store().undo().unwrap();
    assert_eq!(world.pending(), 0);
    world.elsewhere(&ids[2..3], Some(true), None);
    world.good();
    assert_eq!(world.shown(2), (true, false));
}

#[test]
fn taken_back_after_lost_answer() {
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[2], Mark::Read);
    world.server.take_log();
    world.server.lock().faults.insert(0, Fault::AnswerLost);
    let report = world.sync();
    assert_eq!((report.outcome, report.pending), (Outcome::Failed, 1));
    assert_eq!(world.there(&ids[2]), (true, false));
    world.store().undo().unwrap();
    world.server.take_log();
    world.good();
    assert_eq!(world.shown(2), (false, false));
    assert_eq!(world.there(&ids[2]), (false, false));
    assert_eq!(world.pending(), 0);
}

#[test]
fn taken_back_while_it_is_being_sent() {
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[2], Mark::Read);
    let database = world.config().paths.database();
    world.server.lock().hook = Some(Box::new(move |_, target| {
        if target.contains("edit-tag") {
            Store::open(&database).unwrap().undo().unwrap();
        }
    }));
    world.good();
    world.server.lock().hook = None;
    assert_eq!(world.shown(2), (false, false));
    world.good();
    assert_eq!(world.there(&ids[2]), (false, false));
    assert_eq!((world.shown(2), world.pending()), ((false, false), 0));
}

#[test]
fn marked_here_during_lists() {
    let (world, ids) = World::with(5);
    world.good();
    let database = world.config().paths.database();
    let story = world.numbers(&[2]);
    world.server.lock().hook = Some(Box::new(move |_, target| {
        if target.contains("starred") {
            Store::open(&database)
                .unwrap()
                .mark(&story, Mark::Read)
                .unwrap();
        }
    }));
    world.good();
    world.server.lock().hook = None;
    assert_eq!((world.shown(2), world.pending()), ((true, false), 1));
    world.good();
    assert_eq!(world.there(&ids[2]), (true, false));
    assert_eq!((world.shown(2), world.pending()), ((true, false), 0));
}

#[test]
fn marked_there_during_lists() {
    let (world, ids) = World::with(5);
    world.good();
    let one = ids[2..3].to_vec();
    world.server.lock().hook = Some(Box::new(move |mock, target| {
        if target.contains("starred") {
            mock.mark(&one, Some(true), Some(true));
        }
    }));
    world.good();
    world.server.lock().hook = None;
    world.good();
    assert_eq!(world.shown(2), (true, true));
    assert_eq!(world.there(&ids[2]), (true, true));
}

#[test]
fn fault_at_every_step() {
    for fault in [
        Fault::Refused,
        Fault::AnswerLost,
        Fault::Status(429),
        Fault::Status(500),
        Fault::Html,
    ] {
        for step in 0..6 {
            let (world, ids) = World::with(8);
            world.good();
            world.mark(&[1, 2], Mark::Read);
            world.mark(&[3], Mark::Star);
            world.elsewhere(&ids[5..6], Some(true), None);
            world.server.take_log();
            world.server.lock().faults.insert(step, fault);
            let report = world.sync();
            assert_eq!(
                report.outcome,
                Outcome::Failed,
                "{fault:?} at {step}: {report:?}"
            );
            assert_eq!(world.shown(1), (true, false));
            assert_eq!(world.shown(3), (false, true));
            world.server.take_log();
            world.good();
            for (n, id) in ids.iter().enumerate() {
                assert_eq!(
                    world.shown(n),
                    world.there(id),
                    "{fault:?} at {step}: story {n}"
                );
            }
            assert_eq!(world.there(&ids[1]), (true, false));
            assert_eq!(world.there(&ids[5]), (true, false));
            assert_eq!(world.pending(), 0, "{fault:?} at {step}");
        }
    }
}

#[test]
fn empty_lists_make_nothing_read() {
    let (world, ids) = World::with(10);
    world.good();
    world.elsewhere(&ids[..2], None, Some(true));
    world.good();
    world.server.take_log();
    let lists: Vec<usize> = (1..=2).collect();
    for list in lists {
        world.server.lock().faults.insert(list, Fault::Empty);
    }
    world.sync();
    for n in 0..10 {
        assert_eq!(world.shown(n), (false, n < 2), "{n}");
    }
    world.server.take_log();
    world.good();
    assert_eq!(world.listed("is:unread").len(), 10);
}

#[test]
fn a_lying_list_is_healed_by_the_next() {
    let (world, ids) = World::with(10);
    world.good();
    world.elsewhere(&ids[..1], None, Some(true));
    world.server.lock().lying = true;
    world.good();
    world.server.lock().lying = false;
    world.good();
    assert_eq!(world.listed("is:starred").len(), 1);
    assert_eq!(world.server.lock().ids(|item| item.starred), ids[..1]);
}

#[test]
fn ok_that_did_nothing() {
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[2], Mark::Read);
    for turn in 0..2 {
        world.server.take_log();
        world.server.lock().faults.insert(0, Fault::NothingDone);
        let report = world.good();
        assert_eq!(report.sent, 1, "{turn}");
    }
    assert_eq!((world.shown(2), world.pending()), ((false, false), 0));
    assert_eq!(world.there(&ids[2]), (false, false));
    // Once is not enough to give a mark up.
    world.mark(&[3], Mark::Read);
    world.server.take_log();
    world.server.lock().faults.insert(0, Fault::NothingDone);
    world.good();
    assert_eq!((world.shown(3), world.pending()), ((true, false), 1));
    world.good();
    assert_eq!(world.there(&ids[3]), (true, false));
}

#[test]
fn token_expired_in_the_middle() {
    for dialect in [Dialect::FreshRss, Dialect::Miniflux] {
        let (world, ids) = World::of(dialect, 3_000);
        world.good();
        let all: Vec<usize> = (0..2_600).collect();
        world.mark(&all, Mark::Read);
        world.server.take_log();
        world.server.lock().faults.insert(3, Fault::TokenEnded);
        let report = world.good();
        assert_eq!((report.sent, report.pending), (2_600, 0));
        assert_eq!(world.server.lock().ids(|item| item.read).len(), 2_600);
        assert!(!world.there(&ids[2_600]).0);
        let log = world.server.take_log();
        let sign_ins = log
            .iter()
            .filter(|line| line.contains("ClientLogin"))
            .count();
        assert_eq!(sign_ins, 1, "{log:?}");
    }
}

#[test]
fn password_changed() {
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[2], Mark::Read);
    {
        let mut mock = world.server.lock();
        mock.password = "another".to_owned();
        mock.generation += 1;
    }
    let report = world.sync();
    assert!(report.error.unwrap().starts_with("signed out"));
    assert_eq!((world.shown(2), world.pending()), ((true, false), 1));
    // A refresh does not knock again with what was refused.
    world.server.take_log();
    let stop = AtomicBool::new(false);
    let report = refresh::run(
        &world.config(),
        &refresh::Options::default(),
        &|_| {},
        &stop,
    )
    .unwrap();
    assert_eq!(report.accounts[0].outcome, Outcome::Failed);
    assert!(world.server.take_log().is_empty());
    world.write_password("another");
    let report = refresh::run(
        &world.config(),
        &refresh::Options::default(),
        &|_| {},
        &stop,
    )
    .unwrap();
    assert_eq!(report.accounts[0].error, None);
    assert_eq!(world.there(&ids[2]), (true, false));
    assert_eq!(world.pending(), 0);
}

#[test]
fn api_off() {
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[2], Mark::Read);
    world.server.lock().off = true;
    let why = world.sync().error.unwrap();
    assert!(why.contains("API switched off"), "{why}");
    assert_eq!(world.pending(), 1);
    world.server.lock().off = false;
    world.good();
    assert_eq!(world.there(&ids[2]), (true, false));
}

#[test]
fn mark_all_leaves_later_ones() {
    let (world, ids) = World::with(6);
    world.good();
    let feed = world.server.lock().feeds[0].id.clone();
    let later = world.server.lock().arrive(&feed, 2);
    let store = world.store();
    let list = List::fixed(
        &query::parse("is:unread").unwrap(),
        Time::now(),
        store.now().unwrap(),
    );
    assert_eq!(store.mark_list(&list, Mark::Read).unwrap(), 6);
    world.good();
    assert_eq!(world.server.lock().ids(|item| !item.read), later);
    assert_eq!(world.listed("is:unread").len(), 2);
    assert_eq!(world.there(&ids[5]), (true, false));
}

#[test]
fn purged_on_the_server() {
    let (world, ids) = World::with(6);
    world.good();
    world.server.lock().items.retain(|item| item.id != ids[2]);
    assert_eq!(world.good().gone, 0);
    assert_eq!(world.good().gone, 1);
    assert_eq!(world.shown(2), (false, false));
    world.server.take_log();
    world.good();
    assert!(
        world
            .server
            .take_log()
            .iter()
            .all(|line| !line.contains("contents"))
    );
    // Nobody is there to be told.
    world.mark(&[2], Mark::Read);
    assert_eq!(world.pending(), 0);
}

#[test]
fn feed_removed_and_back() {
    let (world, ids) = World::with(6);
    world.good();
    world.mark(&[1, 2], Mark::Read);
    world.mark(&[3], Mark::Star);
    world.good();
    let (feed, other, articles) = {
        let mut mock = world.server.lock();
        let feed = mock.feeds[0].clone();
        let articles: Vec<_> = mock
            .items
            .iter()
            .map(|item| (item.title.clone(), item.url.clone(), item.published))
            .collect();
        let other = mock.feed("Other", &[]);
        mock.unsubscribe(&feed.id);
        (feed, other, articles)
    };
    world.sync_as(&SyncOptions {
        believe: true,
        ..SyncOptions::default()
    });
    assert_eq!(world.store().account_outlets().unwrap().len(), 1);
    assert_eq!(world.articles().len(), 6);
    world
        .server
        .lock()
        .resubscribe(&feed.url, &feed.title, &articles);
    world.good();
    assert_eq!(world.store().account_outlets().unwrap().len(), 2);
    assert_eq!(world.articles().len(), 6, "one copy of each");
    world.good();
    for n in 0..6 {
        let expected = ((1..=2).contains(&n), n == 3);
        assert_eq!(world.shown(n), expected, "{n}");
    }
    let mock = world.server.lock();
    let read: Vec<&str> = mock
        .items
        .iter()
        .filter(|item| item.read)
        .map(|item| item.title.as_str())
        .collect();
    assert_eq!(read, ["Story 1", "Story 2"]);
    assert_eq!(mock.ids(|item| item.starred).len(), 1);
    drop((ids, other));
}

#[test]
fn renamed_moved_two_folders() {
    let mut mock = Mock::new(Dialect::BazQux);
    let feed = mock.feed("Herald", &["World"]);
    mock.feed("Named", &["World"]);
    mock.arrive(&feed, 3);
    let world = World::new(mock);
    world.write_config(
        "[[outlet]]\naccount = \"home\"\nfeed = \"https://feeds.example/2.xml\"\nname = \"Mine\"\n",
    );
    world.good();
    {
        let mut mock = world.server.lock();
        mock.feeds[0].title = "Morning Herald".to_owned();
        mock.feeds[0].folders = vec!["World".to_owned(), "Long reads".to_owned()];
        mock.feeds[1].title = "Renamed".to_owned();
    }
    world.good();
    let names: Vec<String> = world
        .store()
        .account_outlets()
        .unwrap()
        .into_iter()
        .map(|outlet| outlet.name)
        .collect();
    assert_eq!(names, ["Morning Herald", "Mine"]);
    assert_eq!(world.listed("group:world").len(), 3);
    assert_eq!(world.listed("group:\"long reads\"").len(), 3);
    assert_eq!(world.listed("outlet:\"morning herald\"").len(), 3);
}

#[test]
fn names_are_unique_and_the_readers_own_come_first() {
    let mut mock = Mock::new(Dialect::FreshRss);
    let (first, second) = (mock.feed("Herald", &[]), mock.feed("Herald", &[]));
    mock.arrive(&first, 1);
    mock.arrive(&second, 1);
    let world = World::new(mock);
    world.good();
    let names = |world: &World| -> Vec<String> {
        let outlets = world.store().account_outlets().unwrap();
        outlets.into_iter().map(|outlet| outlet.name).collect()
    };
    assert_eq!(names(&world), ["Herald", "Herald (home)"]);
    world.good();
    assert_eq!(names(&world), ["Herald", "Herald (home)"]);
    // The reader takes the name for an outlet of their own.
    world.write_config("[[outlet]]\nname = \"Herald\"\nurl = \"https://herald.example/\"\n");
    world.good();
    assert_eq!(names(&world), ["Herald (home) 2", "Herald (home)"]);
    assert_eq!(world.listed("outlet:\"herald (home) 2\"").len(), 1);
}

#[test]
fn pages_lose_nothing() {
    // An offset loses as many as were read meanwhile, FreshRSS' way one: neither makes anything read.
    for dialect in [Dialect::FreshRss, Dialect::Miniflux, Dialect::CommaFeed] {
        let (world, ids) = World::of(dialect, 2_500);
        world.good();
        let read = ids[1_400..1_410].to_vec();
        let gone = read.clone();
        let mut pages = 0;
        world.server.lock().hook = Some(Box::new(move |mock, target| {
            if target.contains("ids?") {
                pages += 1;
                if pages == 2 {
                    mock.mark(&gone, Some(true), None);
                }
            }
        }));
        world.good();
        world.server.lock().hook = None;
        world.good();
        for (n, article) in world.articles().iter().enumerate() {
            assert_eq!(
                article.read,
                world.server.lock().items[n].read,
                "{dialect:?} {n}"
            );
        }
    }
}

#[test]
fn ids_are_texts() {
    for dialect in [
        Dialect::OldReader,
        Dialect::BazQux,
        Dialect::Miniflux,
        Dialect::CommaFeed,
    ] {
        let (world, ids) = World::of(dialect, 8);
        world.good();
        world.mark(&[1, 2], Mark::Read);
        world.mark(&[3], Mark::Star);
        world.elsewhere(&ids[4..5], Some(true), Some(true));
        world.good();
        for (n, id) in ids.iter().enumerate() {
            assert_eq!(world.shown(n), world.there(id), "{dialect:?} {n}");
        }
        assert_eq!(world.there(&ids[1]), (true, false));
        assert_eq!(world.pending(), 0);
    }
}

#[test]
fn marks_made_offline_arrive_in_one_sync() {
    for dialect in [Dialect::FreshRss, Dialect::Miniflux] {
        let (world, ids) = World::of(dialect, 3_600);
        world.good();
        let read: Vec<usize> = (0..3_000).collect();
        world.mark(&read, Mark::Read);
        let starred: Vec<usize> = (2_800..3_300).collect();
        world.mark(&starred, Mark::Star);
        world.server.take_log();
        world.server.lock().faults.insert(5, Fault::TokenEnded);
        let report = world.good();
        assert_eq!((report.sent, report.pending), (3_500, 0));
        assert!(
            report.requests <= 30,
            "{} requests: {:?}",
            report.requests,
            world.server.take_log()
        );
        for (n, article) in world.articles().iter().enumerate() {
            assert_eq!((article.read, article.starred), world.there(&ids[n]), "{n}");
            assert_eq!(article.read, n < 3_000);
            assert_eq!(article.starred, (2_800..3_300).contains(&n));
        }
        // And then there is nothing more to do.
        world.server.take_log();
        let report = world.good();
        assert!(report.requests <= 5, "{:?}", world.server.take_log());
        assert_eq!(report.outcome, Outcome::Unchanged);
    }
}

#[test]
fn new_articles_come_unread_and_those_read_elsewhere_read() {
    let (world, _) = World::with(3);
    world.good();
    let feed = world.server.lock().feeds[0].id.clone();
    let ids = world.server.lock().arrive(&feed, 4);
    world.elsewhere(&ids[..2], Some(true), None);
    let report = world.good();
    assert_eq!(report.new, 4);
    for n in 3..7 {
        assert_eq!(world.shown(n), (n < 5, false), "{n}");
    }
    assert_eq!(world.pending(), 0);
}

#[test]
fn a_list_of_feeds_that_lost_most_of_them_is_not_believed_at_once() {
    let mut mock = Mock::new(Dialect::FreshRss);
    let feeds: Vec<String> = (0..8)
        .map(|n| mock.feed(&format!("Feed {n}"), &[]))
        .collect();
    for feed in &feeds {
        mock.arrive(feed, 2);
    }
    let world = World::new(mock);
    world.good();
    let all = std::mem::take(&mut world.server.lock().feeds);
    let report = world.good();
    assert!(
        report.notes[0].contains("lists 0 of 8 outlets"),
        "{:?}",
        report.notes
    );
    assert_eq!(world.store().account_outlets().unwrap().len(), 8);
    world.server.lock().feeds = all[..3].to_vec();
    world.good();
    assert_eq!(world.store().account_outlets().unwrap().len(), 8);
    world.sync_as(&SyncOptions {
        believe: true,
        ..SyncOptions::default()
    });
    assert_eq!(world.store().account_outlets().unwrap().len(), 3);
    assert_eq!(world.articles().len(), 16, "nothing is deleted");
}

#[test]
fn a_changed_text_is_an_earlier_version() {
    let (world, ids) = World::with(3);
    world.good();
    {
        let mut mock = world.server.lock();
        let item = mock
            .items
            .iter_mut()
            .find(|item| item.id == ids[1])
            .unwrap();
        item.html = format!(
            "<p>Corrected.</p><p>{}</p>",
            "Other words entirely. ".repeat(200)
        );
    }
    let later = Time::from_second(Time::now().as_second() + 13 * 3_600).unwrap();
    let clock = newsprint_fetch::ManualClock::at(later);
    world.sync_as(&SyncOptions {
        clock: std::sync::Arc::new(clock),
        ..SyncOptions::default()
    });
    let story = world.numbers(&[1])[0];
    let article = world.store().article(story).unwrap().unwrap();
    assert!(article.body.contains("Corrected"));
    assert_eq!(world.store().revisions(story).unwrap().len(), 1);
    assert_eq!(world.articles().len(), 3);
}

#[test]
fn fever_takes_one_mark_a_request_and_toggles_nothing_twice() {
    for dialect in [Dialect::FreshRss, Dialect::Miniflux] {
        let mut mock = Mock::new(dialect);
        mock.fever = true;
        let feed = mock.feed("Herald", &["World"]);
        let ids = mock.arrive(&feed, 12);
        mock.mark(&ids[8..9], Some(true), Some(true));
        let world = World::new(mock);
        world.good();
        assert_eq!(world.articles().len(), 12, "unread and starred ones");
        world.mark(&[1, 2], Mark::Read);
        world.mark(&[3], Mark::Star);
        // Starred there as well: a second `saved` would take it away again.
        world.mark(&[4], Mark::Star);
        world.elsewhere(&ids[4..5], None, Some(true));
        world.elsewhere(&ids[5..6], Some(true), None);
        let report = world.good();
        assert_eq!((report.sent, report.pending), (3, 0));
        for (n, id) in ids.iter().enumerate() {
            assert_eq!(world.shown(n), world.there(id), "{dialect:?} {n}");
        }
        assert_eq!(world.there(&ids[4]), (false, true));
        world.mark(&[3], Mark::Unstar);
        world.good();
        assert_eq!(world.there(&ids[3]), (false, false));
        assert_eq!(world.listed("group:world").len(), 12);
    }
}

#[test]
fn feeds_are_changed_on_the_server_at_once() {
    use newsprint::refresh::{FeedEdit, OnServer, on_server};
    let (world, _) = World::with(2);
    world.good();
    let config = world.config();
    let edit = |edit| on_server(&config, "home", OnServer::Edit(edit));
    let url = "https://new.example/feed".to_owned();
    let subscribe = FeedEdit::Subscribe {
        url,
        title: Some("New".to_owned()),
        folder: Some("Fresh".to_owned()),
    };
    edit(subscribe.clone()).unwrap();
    assert!(edit(subscribe).is_err(), "it is there already");
    world.good();
    let outlets = world.store().account_outlets().unwrap();
    assert_eq!(outlets[1].name, "New");
    let (id, folders) = world.store().remote_feed("New").unwrap().unwrap();
    assert_eq!(folders, ["Fresh"]);
    edit(FeedEdit::Rename {
        id: id.clone(),
        title: "Newer".to_owned(),
    })
    .unwrap();
    let to = Some("World".to_owned());
    edit(FeedEdit::Move {
        id: id.clone(),
        to,
        from: Some("Fresh".to_owned()),
    })
    .unwrap();
    world.good();
    assert_eq!(
        world.store().remote_feed("Newer").unwrap().unwrap().1,
        ["World"]
    );
    edit(FeedEdit::Unsubscribe { id }).unwrap();
    world.good();
    assert_eq!(world.store().account_outlets().unwrap().len(), 1);
}
