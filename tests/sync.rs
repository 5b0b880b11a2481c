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

    /// A sync so many seconds from now.
    fn later(&self, seconds: i64) -> AccountReport {
        let at = Time::from_second(Time::now().as_second() + seconds).unwrap();
        let clock = std::sync::Arc::new(newsprint_fetch::ManualClock::at(at));
        self.sync_as(&SyncOptions {
            clock,
            ..SyncOptions::default()
        })
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

    /// What is shown of all stories, by their numbers.
    fn all_shown(&self) -> Vec<(bool, bool)> {
        let number = |one: &Headline| one.title.trim_start_matches("Story ").parse().unwrap_or(0);
        let mut all: Vec<(usize, (bool, bool))> = self
            .articles()
            .iter()
            .map(|one| (number(one), (one.read, one.starred)))
            .collect();
        all.sort_unstable();
        all.into_iter().map(|(_, shown)| shown).collect()
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

/// An article that the server cannot give holds back no others, nor does an answer that is too large.
#[test]
fn one_bad_article_stops_nothing() {
    let (world, ids) = World::with(700);
    world.server.lock().poison = vec![ids[690].clone(), ids[3].clone()];
    let report = world.good();
    assert_eq!(report.new, 698, "{report:?}");
    let said = "2 articles not fetched (HTTP 500); will be retried later";
    assert_eq!(report.notes, [said]);
    // Of an article that is known here nothing can be proven; new ones come all the same.
    {
        let mut mock = world.server.lock();
        mock.poison = vec![ids[5].clone()];
        mock.mark(&ids[4..30], Some(true), None);
        let feed = mock.feeds[0].id.clone();
        mock.arrive(&feed, 3);
    }
    world.server.take_log();
    let report = world.good();
    assert_eq!(report.new, 5, "{report:?}");
    assert!(report.requests < 25, "{report:?}");
    assert_eq!(world.shown(4), (true, false));
    assert_eq!(world.shown(5), (false, false));
    world.server.lock().poison.clear();
    let report = world.good();
    assert!(report.notes.is_empty(), "{report:?}");
    assert_eq!(world.shown(5), (true, false));
    assert_eq!(world.articles().len(), 703);

    let mut mock = Mock::new(Dialect::FreshRss);
    let feed = mock.feed("Herald", &[]);
    let ids = mock.arrive(&feed, 60);
    for item in &mut mock.items {
        item.html = format!("<p>{}</p>", "many words ".repeat(40_000));
    }
    mock.items[20].html = "x".repeat(17 << 20);
    let world = World::new(mock);
    let report = world.good();
    assert_eq!((report.new, report.notes.len()), (59, 1), "{report:?}");
    assert_eq!(world.there(&ids[0]), world.shown(0));
}

/// One that breaks every answer is asked for now and then, by itself, and fails no sync that asks for nothing
/// else.
#[test]
fn what_the_server_cannot_give_is_asked_for_now_and_then() {
    const HOUR: i64 = 3_600;
    for dialect in [Dialect::FreshRss, Dialect::Miniflux, Dialect::Unknown] {
        let (world, ids) = World::of(dialect, 20);
        world.good();
        let contents = || {
            let log = world.server.take_log();
            log.iter().filter(|line| line.contains("contents")).count()
        };
        // A new one, and one of which only a proof is wanted.
        {
            let mut mock = world.server.lock();
            let feed = mock.feeds[0].id.clone();
            let new = mock.arrive(&feed, 1).remove(0);
            mock.mark(&ids[4..5], Some(true), None);
            mock.poison = vec![new, ids[4].clone()];
        }
        world.server.take_log();
        let report = world.good();
        let said = "2 articles not fetched (HTTP 500); will be retried later";
        assert_eq!((report.new, &report.notes[..]), (0, &[said.to_owned()][..]));
        assert!(contents() > 0);
        // It may have been a mishap, so the next sync asks once more, for each alone.
        assert_eq!(world.good().notes, [said]);
        assert!(contents() <= 5, "{dialect:?}");
        let report = world.good();
        assert_eq!((report.notes, contents()), (Vec::new(), 0), "{dialect:?}");
        // After an hour each is asked for once, then after two.
        for (after, asked) in [(HOUR + 10, true), (2 * HOUR, false), (3 * HOUR + 20, true)] {
            let report = world.later(after);
            assert_eq!((report.error, report.notes.is_empty()), (None, !asked));
            assert!(contents() <= if asked { 5 } else { 0 }, "{dialect:?}");
        }
        world.server.lock().poison.clear();
        assert_eq!(world.later(4 * HOUR).new, 0);
        assert_eq!(world.later(8 * HOUR).new, 1);
        assert_eq!(world.shown(4), (true, false));
        assert_eq!(world.later(32 * HOUR).notes, Vec::<String>::new());
    }
    // Nor does one that breaks a page of Fever's hold back the others for longer than a sync.
    let mut mock = Mock::new(Dialect::FreshRss);
    mock.fever = true;
    let feed = mock.feed("Herald", &[]);
    let ids = mock.arrive(&feed, 80);
    mock.mark(&ids[..60], Some(true), None);
    mock.poison = vec![ids[70].clone()];
    let world = World::new(mock);
    let report = world.sync();
    assert_eq!(
        (report.error.as_deref(), report.new),
        (Some("HTTP 500"), 19)
    );
    world.server.lock().arrive(&feed, 2);
    assert_eq!(world.good().new, 2);
    // One mishap is none.
    let (world, _) = World::with(5);
    world.good();
    let feed = world.server.lock().feeds[0].id.clone();
    world.server.lock().arrive(&feed, 1);
    world.server.take_log();
    world.server.lock().faults.insert(4, Fault::Status(500));
    let report = world.good();
    assert_eq!((report.new, report.notes.len()), (1, 0));
    assert!(world.server.take_log()[4].contains("contents"));
    // A server that gives no articles at all fails, and they come as soon as it does.
    let (world, _) = World::with(20);
    world.good();
    {
        let mut mock = world.server.lock();
        let feed = mock.feeds[0].id.clone();
        mock.arrive(&feed, 3);
        mock.poison = mock.ids(|_| true);
    }
    let report = world.sync();
    assert_eq!(report.error.as_deref(), Some("HTTP 500"));
    assert_eq!(report.notes, Vec::<String>::new(), "it is not the articles");
    world.server.lock().poison.clear();
    assert_eq!(world.good().new, 3);
    // As do marks of a server that is looked at before they are sent.
    let (world, ids) = World::of(Dialect::Miniflux, 5);
    world.good();
    world.server.lock().poison = vec![ids[1].clone()];
    world.mark(&[2, 3], Mark::Read);
    world.mark(&[1, 3], Mark::Star);
    world.good();
    assert_eq!(world.there(&ids[3]), (true, true));
    world.server.lock().poison.clear();
    world.later(2 * HOUR);
    assert_eq!(world.there(&ids[1]), (false, true));
    assert_eq!(world.pending(), 0);
}

/// A pause that a server asks for holds for the next runs, however long it is, and is said with its end.
#[test]
fn a_pause_is_kept_until_its_end() {
    const DAY: i64 = 24 * 3_600;
    for (header, seconds, holds) in [
        ("Retry-After", 7_200, 7_200),
        ("Retry-After", 999_999_999, 31 * DAY),
        ("X-Reader-Limits-Reset-After", 7_200, 7_200),
        ("X-Reader-Limits-Reset-After", 999_999_999, DAY),
    ] {
        let (world, ids) = World::with(5);
        world.good();
        world.server.take_log();
        let fault = Fault::Pause(header, seconds);
        world.server.lock().faults.insert(0, fault);
        let report = world.sync();
        let error = report.error.unwrap();
        assert!(
            error.contains("HTTP 429") && error.contains(" until 20"),
            "{error}"
        );
        assert_eq!(report.requests, 1);
        world.mark(&[1], Mark::Read);
        world.server.take_log();
        for after in [0, 3_700, holds - 60] {
            let report = world.later(after);
            assert_eq!(
                report.error.as_ref(),
                Some(&error),
                "{header} {seconds} {after}"
            );
            assert_eq!((report.requests, report.pending), (0, 1), "none was sent");
        }
        // A refresh passes over it, as over an outlet; one that ignores schedules says why.
        let (code, out, err) = run(&world, &["refresh", "--json"]);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        assert!(out.contains("\"not-due\""), "{out}");
        let (code, _, err) = run(&world, &["refresh", "--force", "-q"]);
        assert!(code != 0 && err.contains(" until 20"), "{code} {err}");
        assert_eq!(world.server.take_log(), Vec::<String>::new());
        assert_eq!(world.later(holds + 60).error, None);
        assert_eq!(world.there(&ids[1]), (true, false));
    }
    // Where only marks are to wait, the lists go on.
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[1], Mark::Read);
    world.server.take_log();
    let fault = Fault::Pause("X-Reader-Limits-Reset-After", 7_200);
    world.server.lock().faults.insert(0, fault);
    assert!(world.sync().error.is_some());
    world.elsewhere(&ids[2..3], Some(true), None);
    world.server.take_log();
    let report = world.sync();
    assert!(report.error.is_some() && report.read == 1, "{report:?}");
    let log = world.server.take_log();
    assert!(log.iter().all(|line| !line.contains("edit-tag")), "{log:?}");
    assert_eq!(world.later(7_300).error, None);
    assert_eq!(world.there(&ids[1]), (true, false));
}

/// However few ids come in a page, a list that has an end is read to it.
#[test]
fn a_long_list_of_short_pages_has_an_end() {
    let (world, ids) = World::of(Dialect::Unknown, 1_100);
    world.write_config("history = false\n");
    world.server.lock().pages = Some(5);
    world.elsewhere(&ids[..5], Some(true), Some(true));
    let report = world.good();
    assert_eq!(report.new, 1_100);
    world.elsewhere(&ids[5..7], Some(true), None);
    assert_eq!(world.good().read, 2);
}

/// A server that changes a feed's address, and one that has neither a title nor an address for it.
#[test]
fn an_outlet_shows_what_the_server_says_now() {
    let (world, _) = World::with(3);
    world.good();
    world.server.lock().feeds[0].url = "https://new.example/feed".to_owned();
    world.good();
    let outlet = |place: usize| {
        let (_, out, _) = run(&world, &["outlets", "--json"]);
        let line = out.lines().nth(place).unwrap();
        serde_json::from_str::<serde_json::Value>(line).unwrap()
    };
    assert_eq!(outlet(0)["source_url"], "https://new.example/feed");
    {
        let mut mock = world.server.lock();
        let feed = mock.feed("", &[]);
        mock.arrive(&feed, 1);
        mock.feeds[1].url = String::new();
    }
    world.good();
    let name = outlet(1)["outlet"].as_str().unwrap().to_owned();
    assert!(name.starts_with("feed/"), "{name:?}");
    assert_eq!(world.listed(&format!("outlet:{name}")).len(), 1);
}

/// A server that gives fewer articles than it is asked for loses none of them.
#[test]
fn a_short_answer_does_not_say_that_the_rest_is_gone() {
    for (dialect, gives) in [
        (Dialect::Unknown, 100),
        (Dialect::Unknown, 20),
        (Dialect::FreshRss, 30),
    ] {
        let (world, ids) = World::of(dialect, 600);
        world.server.lock().gives = Some(gives);
        assert_eq!(world.good().new, 600);
        world.elsewhere(&ids[..300], Some(true), None);
        for _ in 0..3 {
            let report = world.good();
            assert_eq!(report.gone, 0, "{dialect:?} {gives}");
        }
        for (n, id) in ids.iter().enumerate() {
            assert_eq!(world.there(id).0, n < 300);
        }
        assert!(world.all_shown()[..300].iter().all(|(read, _)| *read));
        // What is not there is known as gone all the same.
        world.server.lock().items.drain(400..500);
        world.good();
        assert_eq!(world.good().gone, 100, "{dialect:?} {gives}");
        let shown = world.all_shown();
        assert!(shown[400..500].iter().all(|(read, _)| !*read));
    }
}

/// Servers say in different ways that a token has ended and that a password is wrong.
#[test]
fn every_refusal_leads_to_one_new_sign_in() {
    for refusal in [
        (401, "Unauthorized!"),
        (403, "Error=BadAuthentication"),
        (200, "Error=BadAuthentication\n"),
        (200, "{\"errors\":[\"Not signed in\"]}"),
        (403, "{\"errors\":[\"Not signed in\"]}"),
    ] {
        let (world, ids) = World::of(Dialect::Unknown, 5);
        world.server.lock().refusal = refusal;
        world.good();
        for marked in [true, false] {
            if marked {
                world.mark(&[1], Mark::Read);
            }
            world.server.lock().generation += 1;
            world.server.take_log();
            world.good();
            let log = world.server.take_log();
            let sign_ins = log.iter().filter(|line| line.contains("ClientLogin"));
            assert_eq!(sign_ins.count(), 1, "{refusal:?} {log:?}");
        }
        assert_eq!(world.there(&ids[1]), (true, false), "{refusal:?}");
        world.server.lock().password = "another".to_owned();
        world.server.lock().generation += 1;
        let error = world.sync().error.unwrap();
        assert!(
            error.contains("wrong user or password"),
            "{refusal:?} {error}"
        );
    }
}

#[test]
fn what_stands_before_an_answer_is_no_part_of_it() {
    for before in ["\u{feff}", "\n\u{feff}", " \r\n"] {
        let (world, ids) = World::with(5);
        world.server.lock().before = before;
        world.good();
        world.mark(&[1], Mark::Read);
        let report = world.good();
        assert_eq!((report.sent, report.pending), (1, 0), "{before:?}");
        assert_eq!(world.there(&ids[1]), (true, false));
    }
}

#[test]
fn a_feed_that_is_listed_twice_is_one_outlet() {
    let (world, _) = World::with(3);
    let mut again = world.server.lock().feeds[0].clone();
    (again.title, again.folders) = ("Herald B".to_owned(), vec!["West".to_owned()]);
    world.server.lock().feeds.push(again);
    for _ in 0..2 {
        world.good();
        let outlets = world.store().account_outlets().unwrap();
        assert_eq!(outlets.len(), 1);
        assert_eq!(outlets[0].name, "Herald");
    }
    assert_eq!(world.listed("group:west").len(), 3);
}

#[test]
fn a_list_without_an_end_is_left() {
    for dialect in [Dialect::FreshRss, Dialect::Unknown] {
        let (world, ids) = World::of(dialect, 10);
        world.good();
        world.server.lock().endless = Some(40);
        world.elsewhere(&ids[2..3], None, Some(true));
        let report = world.sync();
        assert!(report.requests < 400, "{report:?}");
        let error = report.error.unwrap();
        assert!(error.contains("does not end"), "{error}");
        assert_eq!(world.shown(2), (false, true), "the other list is whole");
        world.server.lock().endless = None;
        world.good();
        assert!(world.all_shown().iter().all(|(read, _)| !*read));
    }
}

#[test]
fn a_redirect_to_the_same_address_is_no_new_one() {
    let (world, _) = World::with(3);
    world.good();
    world.server.take_log();
    let list = "/reader/api/0/subscription/list?output=json";
    let to: &'static str = format!("{}{list}", world.server.address).leak();
    world.server.lock().faults.insert(0, Fault::Redirect(to));
    let error = world.sync().error.unwrap();
    assert!(
        error.starts_with("redirected to the same address"),
        "{error}"
    );
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
        let (world, ids) = World::of(dialect, 900);
        world.good();
        let all: Vec<usize> = (0..800).collect();
        world.mark(&all, Mark::Read);
        world.server.take_log();
        world.server.lock().faults.insert(1, Fault::TokenEnded);
        let report = world.good();
        assert_eq!((report.sent, report.pending), (800, 0));
        assert_eq!(world.server.lock().ids(|item| item.read).len(), 800);
        assert!(!world.there(&ids[800]).0);
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
    assert!(report.error.unwrap().starts_with("sign-in failed"));
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
    assert!(why.contains("API is disabled"), "{why}");
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

/// A list without a feed, once, whose articles the other lists still name.
#[test]
fn a_feed_that_was_missing_once_is_synced_again() {
    let mut mock = Mock::new(Dialect::FreshRss);
    let feed = mock.feed("Herald", &["World"]);
    let ids = mock.arrive(&feed, 6);
    let other = mock.feed("Post", &[]);
    mock.arrive(&other, 1);
    let world = World::new(mock);
    world.good();
    let missing = world.server.lock().feeds.remove(0);
    let believing = SyncOptions {
        believe: true,
        ..SyncOptions::default()
    };
    world.sync_as(&believing);
    world.sync_as(&believing);
    let new = world.server.lock().arrive(&missing.id, 1);
    world.sync_as(&believing);
    world.server.lock().feeds.insert(0, missing);
    world.good();
    world.good();
    assert_eq!(world.articles().len(), 8);
    world.mark(&[1, 2], Mark::Read);
    world.elsewhere(&ids[3..4], Some(true), None);
    world.elsewhere(&new, Some(true), Some(true));
    world.good();
    world.good();
    assert_eq!(world.pending(), 0);
    assert_eq!(world.there(&ids[1]), (true, false));
    assert_eq!(world.there(&ids[2]), (true, false));
    assert_eq!(world.shown(3), (true, false));
    assert_eq!(world.listed("is:starred").len(), 1);
}

/// The server did not know an article for two syncs; then it does.
#[test]
fn marks_of_an_article_that_was_gone_are_sent_when_it_is_back() {
    let (world, ids) = World::with(6);
    world.good();
    let gone: Vec<_> = world.server.lock().items.drain(2..5).collect();
    world.good();
    world.good();
    world.mark(&[2], Mark::Read);
    world.mark(&[3], Mark::Star);
    assert_eq!(world.pending(), 0, "there is nobody to tell");
    world.server.lock().items.extend(gone);
    world.elsewhere(&ids[4..5], None, Some(true));
    world.good();
    world.good();
    assert_eq!(world.there(&ids[2]), (true, false));
    assert_eq!(world.there(&ids[3]), (false, true));
    assert_eq!(world.shown(4), (false, true));
    assert_eq!(world.pending(), 0);
}

/// The same articles under other ids: an account whose `url` has changed, or another server with the same feeds.
#[test]
fn waiting_marks_outlive_another_address_and_another_name_of_the_account() {
    let (mut world, ids) = World::with(6);
    world.elsewhere(&ids[..2], Some(true), Some(true));
    world.good();
    world.mark(&[0], Mark::Unread);
    world.mark(&[0, 1], Mark::Unstar);
    world.mark(&[2], Mark::Read);
    world.mark(&[3], Mark::Star);
    // Another name first.
    let text = std::fs::read_to_string(world.file("config.toml")).unwrap();
    std::fs::write(
        world.file("config.toml"),
        text.replace("\"home\"", "\"office\""),
    )
    .unwrap();
    refresh::with_accounts(world.config());
    let office = SyncOptions {
        accounts: vec!["office".to_owned()],
        ..SyncOptions::default()
    };
    let (feed, articles) = {
        let mock = world.server.lock();
        let articles: Vec<_> = mock
            .items
            .iter()
            .map(|item| (item.title.clone(), item.url.clone(), item.published))
            .collect();
        (mock.feeds[0].clone(), articles)
    };
    let mut mock = Mock::new(Dialect::FreshRss);
    let filler = mock.feed("Filler", &[]);
    mock.feeds[0].url = "https://filler.example/feed".to_owned();
    mock.arrive_as(&filler, "Filler", "https://filler.example/1");
    mock.resubscribe(&feed.url, &feed.title, &articles);
    let old: Vec<String> = mock
        .items
        .iter()
        .filter(|item| articles.iter().take(2).any(|(_, url, _)| *url == item.url))
        .map(|item| item.id.clone())
        .collect();
    mock.mark(&old, Some(true), Some(true));
    world.server = SyncServer::start(mock, Duration::ZERO);
    let text = std::fs::read_to_string(world.file("config.toml")).unwrap();
    let text: Vec<String> = text
        .lines()
        .map(|line| match line.starts_with("url") {
            true => format!("url = \"{}\"", world.server.address),
            false => line.to_owned(),
        })
        .collect();
    std::fs::write(world.file("config.toml"), text.join("\n")).unwrap();
    // Marked once more before anything is known of the new server.
    refresh::with_accounts(world.config());
    let first = articles[0].1.clone();
    let first = world.articles().into_iter().find(|one| one.url == first);
    world
        .store()
        .mark(&[first.unwrap().id], Mark::Star)
        .unwrap();
    for _ in 0..3 {
        assert_eq!(world.sync_as(&office).error, None);
    }
    let there = |n: usize| {
        let mock = world.server.lock();
        let item = mock.items.iter().find(|item| item.url == articles[n].1);
        item.map(|item| (item.read, item.starred)).unwrap()
    };
    let expected = [(false, true), (true, false), (true, false), (false, true)];
    for (n, expected) in expected.into_iter().enumerate() {
        assert_eq!(there(n), expected, "{n} there");
        let shown = world
            .articles()
            .into_iter()
            .find(|one| one.url == articles[n].1);
        assert_eq!(
            shown.map(|one| (one.read, one.starred)),
            Some(expected),
            "{n} here"
        );
    }
    let state = world.store().account_state("office").unwrap();
    assert_eq!(state.pending, 0);
}

/// An article that says it arrived in years hides nothing that arrives before.
#[test]
fn a_servers_clock_that_was_ahead_once_hides_nothing() {
    let (world, _) = World::with(3);
    {
        let mut mock = world.server.lock();
        mock.items[1].arrived += 15 * 365 * 24 * 3_600 * 1_000_000;
        mock.clock = Time::now().as_microsecond();
    }
    world.good();
    let feed = world.server.lock().feeds[0].id.clone();
    let new = world.server.lock().arrive(&feed, 2);
    world.elsewhere(&new, Some(true), None);
    world.good();
    assert_eq!(world.articles().len(), 5);
}

#[test]
fn the_keys_of_an_app_are_sent() {
    let (world, _) = World::with(2);
    world.write_config("app_id = \"1000\"\napp_key = \"key\"\n");
    assert_eq!(world.good().new, 2);
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
    // Pages of a thousand; what an offset loses when articles are read meanwhile makes nothing read.
    let (world, ids) = World::of(Dialect::CommaFeed, 1_200);
    world.good();
    let read = ids[700..710].to_vec();
    let mut pages = 0;
    world.server.lock().hook = Some(Box::new(move |mock, target| {
        if target.contains("ids?") {
            pages += 1;
            if pages == 2 {
                mock.mark(&read, Some(true), None);
            }
        }
    }));
    world.good();
    world.server.lock().hook = None;
    world.good();
    assert_eq!(world.articles().len(), 1_200);
    for (n, id) in ids.iter().enumerate() {
        let read = (700..710).contains(&n);
        assert_eq!(world.there(id), (read, false));
    }
    let read: Vec<String> = world
        .listed("is:read")
        .into_iter()
        .map(|one| one.title)
        .collect();
    let expected: Vec<String> = (700..710).map(|n| format!("Story {n}")).collect();
    assert_eq!(read, expected);
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
        report.notes[0].contains("lists only 0 of 8 outlets"),
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
fn fever_says_that_it_cannot_change_feeds() {
    let mut mock = Mock::new(Dialect::FreshRss);
    mock.fever = true;
    let feed = mock.feed("Herald", &[]);
    mock.arrive(&feed, 2);
    let world = World::new(mock);
    world.good();
    world.server.take_log();
    let refused = "home: this server cannot change feeds by API";
    let add = ["add", "https://new.example/f", "--account", "home"];
    for words in [&add[..], &["remove", "Herald"]] {
        let (code, out, err) = run(&world, words);
        assert_eq!((code, out.as_str()), (3, ""), "{words:?} {err}");
        assert!(err.contains(refused), "{words:?} {err}");
    }
    assert_eq!(world.store().account_outlets().unwrap().len(), 1);
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

#[test]
fn fever_finds_articles_that_were_read_elsewhere() {
    for dialect in [Dialect::FreshRss, Dialect::Miniflux] {
        let mut mock = Mock::new(dialect);
        mock.fever = true;
        let feed = mock.feed("Herald", &[]);
        let ids = mock.arrive(&feed, 130);
        mock.mark(&ids[..70], Some(true), None);
        let world = World::new(mock);
        assert_eq!(world.good().new, 130, "{dialect:?}");
        assert_eq!(world.listed("is:read").len(), 70);
        // Arrived and read on another device between two syncs.
        let more = world.server.lock().arrive(&feed, 3);
        world.elsewhere(&more[..2], Some(true), None);
        world.server.take_log();
        assert_eq!(world.good().new, 3, "{dialect:?}");
        assert_eq!(world.listed("is:read").len(), 72);
        assert!(world.server.take_log().len() <= 7);
        world.good();
        assert!(world.server.take_log().len() <= 5);
    }
}

#[test]
fn labels_are_tags_and_folders_are_not() {
    let mut mock = Mock::new(Dialect::FreshRss);
    let feed = mock.feed("Herald", &["World"]);
    mock.arrive(&feed, 2);
    mock.items[0].tags = vec!["Ports".to_owned(), "user/-/label/Read later".to_owned()];
    let world = World::new(mock);
    world.good();
    assert_eq!(world.listed("tag:\"read later\"").len(), 1);
    assert_eq!(world.listed("tag:ports").len(), 1);
    assert_eq!(world.listed("tag:world").len(), 0);
    assert_eq!(world.listed("group:world").len(), 2);
}

#[test]
fn account_is_a_word_of_queries() {
    let (world, _) = World::with(3);
    world.good();
    let (code, out, _) = run(&world, &["list", "account:HOME", "--json"]);
    assert_eq!((code, out.lines().count()), (0, 3));
    for words in [
        &["list", "account:hone"][..],
        &["list", "--json", "-account:hone"],
        &["tags", "account:hone"],
        &["stories", "account:hone"],
        &["mark", "--read", "--query", "account:hone"],
    ] {
        let (code, _, err) = run(&world, words);
        assert_eq!(code, 2, "{words:?}");
        assert!(err.contains("did you mean “home”?"), "{err}");
    }
    assert_eq!(world.listed("-account:home").len(), 0);
}

/// What a server called an outlet before is still known: a saved view holds.
#[test]
fn queries_find_an_outlet_by_its_former_name() {
    let (world, _) = World::with(3);
    world.good();
    for title in ["Post", "Chronicle"] {
        world.server.lock().feeds[0].title = title.to_owned();
        world.good();
    }
    for name in ["Herald", "post", "Chronicle"] {
        assert_eq!(world.listed(&format!("outlet:{name}")).len(), 3, "{name}");
    }
    assert_eq!(world.listed("outlet:nobody").len(), 0);
}

#[test]
fn what_was_read_elsewhere_in_bulk_is_told_and_taken_back() {
    let (world, ids) = World::with(40);
    world.good();
    assert_eq!(
        run(&world, &["sync", "--undo"]).0,
        1,
        "there is nothing yet"
    );
    world.elsewhere(&ids[..30], Some(true), None);
    world.mark(&[35], Mark::Star);
    let (code, _, err) = run(&world, &["sync"]);
    assert_eq!(code, 0);
    assert!(
        err.contains("30 articles were read elsewhere; to mark them as unread again"),
        "{err}"
    );
    assert_eq!(world.listed("is:unread").len(), 10);
    let (code, _, err) = run(&world, &["sync", "--undo", "home"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("marked 30 articles as unread"), "{err}");
    assert_eq!(world.listed("is:unread").len(), 40);
    assert_eq!(world.server.lock().ids(|item| !item.read).len(), 40);
    assert_eq!(run(&world, &["sync", "--undo"]).0, 1, "it is done once");
    // It is a mark of the reader's own.
    assert_eq!(world.store().undo().unwrap().unwrap().articles, 30);
    // A few articles are no bulk.
    world.good();
    world.elsewhere(&ids[32..36], Some(true), None);
    assert_eq!(world.good().notes, [] as [String; 0]);
}

/// Marks that wait survive the database: the copy beside it has them. `SYNC_WAITING=3000` for more of them.
#[test]
fn waiting_marks_outlive_a_lost_database() {
    let spoil: [fn(&std::path::Path); 4] = [
        |file| std::fs::remove_file(file).unwrap(),
        |file| std::fs::write(file, b"").unwrap(),
        |file| {
            let length = std::fs::metadata(file).unwrap().len();
            let file = std::fs::File::options().write(true).open(file).unwrap();
            file.set_len(length / 3).unwrap();
        },
        |file| {
            let length = std::fs::metadata(file).unwrap().len() as usize;
            std::fs::write(file, vec![0; length]).unwrap();
        },
    ];
    let wanted = std::env::var("SYNC_WAITING").ok();
    let read: usize = wanted.and_then(|text| text.parse().ok()).unwrap_or(300);
    for (number, spoil) in spoil.into_iter().enumerate() {
        let (world, ids) = World::with(110 + read);
        let ids_of = |from: usize, to: usize| (read + from..read + to).collect::<Vec<usize>>();
        world.elsewhere(&ids[read + 10..read + 60], Some(true), Some(true));
        world.good();
        world.mark(&(0..read).collect::<Vec<_>>(), Mark::Read);
        world.mark(&ids_of(0, 10), Mark::Star);
        world.mark(&ids_of(10, 30), Mark::Unread);
        world.mark(&ids_of(40, 60), Mark::Unstar);
        let shown = world.all_shown();
        let database = world.config().paths.database();
        let store = world.store();
        store.save_marks().unwrap();
        drop(store);
        for log in ["-wal", "-shm"] {
            let mut file = database.clone().into_os_string();
            file.push(log);
            let _ = std::fs::remove_file(file);
        }
        spoil(&database);
        let report = world.good();
        assert_eq!(report.error, None, "{number}");
        let told: Vec<_> = ids.iter().map(|id| world.there(id)).collect();
        assert_eq!(told, shown, "{number}");
        world.good();
        assert_eq!(world.pending(), 0, "{number}");
        assert_eq!(world.all_shown(), shown, "{number}");
    }
}

/// Stories and the digest know a server's articles, also where nothing but `sync` ran.
#[test]
fn a_servers_articles_are_told_as_stories() {
    let mut mock = Mock::new(Dialect::FreshRss);
    let (herald, post) = (mock.feed("Herald", &[]), mock.feed("Post", &[]));
    mock.arrive(&herald, 3);
    mock.arrive_as(
        &herald,
        "Harbour bridge opens after nine years",
        "https://a.example/bridge",
    );
    let html = mock.items.last().unwrap().html.clone();
    mock.arrive_as(
        &post,
        "Harbour bridge opens after nine years",
        "https://b.example/bridge",
    );
    mock.items.last_mut().unwrap().html = html;
    let world = World::new(mock);
    assert_eq!(run(&world, &["sync"]).0, 0);
    let (code, out, err) = run(&world, &["stories", "account:home", "--json"]);
    assert_eq!(code, 0, "{err}");
    let story: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert!(out.contains("Harbour bridge"), "{story}");
    assert_eq!(world.listed("is:copy").len(), 1);
    let (code, out, err) = run(&world, &["digest", "account:home", "--format", "text"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Harbour bridge opens"), "{out}");
    // Read here, read in both places there.
    let bridge = world.listed("bridge")[0].id;
    world.store().mark(&[bridge], Mark::Read).unwrap();
    world.good();
    assert_eq!(world.server.lock().ids(|item| item.read).len(), 2);
}

/// A list of unread articles that a server cuts off does not say that the rest is read.
#[test]
fn fever_sends_marks_beyond_a_list_that_is_cut() {
    let mut mock = Mock::new(Dialect::CommaFeed);
    mock.fever = true;
    let feed = mock.feed("Herald", &[]);
    let ids = mock.arrive(&feed, 1_010);
    let world = World::new(mock);
    world.good();
    world.server.lock().cut = Some(1_000);
    world.mark(&[2, 1_005], Mark::Read);
    world.good();
    assert_eq!(
        (world.there(&ids[2]).0, world.there(&ids[1_005]).0),
        (true, true)
    );
    world.good();
    assert_eq!(world.pending(), 0);
    assert_eq!(world.listed("is:read").len(), 2);
}

/// Near the quota only marks are sent, and the next sync knows it without asking.
#[test]
fn a_quota_is_remembered() {
    let mut mock = Mock::new(Dialect::Inoreader);
    let feed = mock.feed("Herald", &[]);
    let ids = mock.arrive(&feed, 5);
    let world = World::new(mock);
    world.good();
    world.server.lock().quota = Some((85, 100));
    world.sync();
    world.server.take_log();
    world.mark(&[1], Mark::Read);
    assert!(world.sync().error.unwrap().contains("quota"));
    let log = world.server.take_log();
    assert_eq!(log, ["POST /reader/api/0/edit-tag"]);
    assert_eq!(world.there(&ids[1]), (true, false));
}

#[test]
fn an_address_that_is_no_api_is_told_as_such() {
    let (world, _) = World::with(2);
    let says = |fault: Fault| {
        world.server.take_log();
        world.server.lock().faults.insert(0, fault);
        let report = world.sync();
        report.error.unwrap()
    };
    assert!(says(Fault::Status(404)).contains("api/greader.php"));
    assert!(says(Fault::Status(400)).contains("`user` and `url`"));
    assert!(says(Fault::Html).contains("a sign-in token"));
    assert!(says(Fault::Status(403)).contains("sign-in failed"));
    world.server.take_log();
    world.good();
    let says = |fault: Fault| {
        world.server.take_log();
        world.server.lock().faults.insert(0, fault);
        world.sync().error.unwrap()
    };
    assert!(says(Fault::Html).contains("not a list of feeds"));
    assert!(says(Fault::Status(503)).contains("disabled"));
    assert!(
        says(Fault::Moved("https://new.example/rss")).contains("moved to https://new.example/rss;")
    );
    assert!(says(Fault::Redirect("/login")).contains("/login; `url` must"));
    world.server.take_log();
    world.good();
}

/// The Old Reader subscribes in a way of its own; title and folder come after it.
#[test]
fn feeds_are_added_where_there_is_only_quickadd() {
    use newsprint::refresh::{FeedEdit, OnServer, on_server};
    let (world, _) = World::of(Dialect::OldReader, 2);
    world.good();
    let mut state = world.store().account_state("home").unwrap();
    state.dialect = "theoldreader".to_owned();
    world.store().set_account_state(&state).unwrap();
    let subscribe = FeedEdit::Subscribe {
        url: "https://new.example/feed?a=1&b=2".to_owned(),
        title: Some("New".to_owned()),
        folder: Some("Fresh".to_owned()),
    };
    on_server(&world.config(), "home", OnServer::Edit(subscribe)).unwrap();
    world.good();
    let new = &world.store().account_outlets().unwrap()[1];
    assert_eq!(
        (new.name.as_str(), new.group.as_deref()),
        ("New", Some("Fresh"))
    );
    assert_eq!(
        new.feed.as_deref(),
        Some("https://new.example/feed?a=1&b=2")
    );
}

/// The program in this world.
fn newsprint(world: &World, words: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_newsprint"));
    command
        .env_remove("NEWSPRINT_CONFIG")
        .env_remove("NEWSPRINT_DATA_DIR")
        .arg("--config")
        .arg(world.file("config.toml"))
        .arg("--data-dir")
        .arg(world.file("data"))
        .args(words);
    command
}

/// Exit code, stdout and stderr.
fn run(world: &World, words: &[&str]) -> (i32, String, String) {
    let output = newsprint(world, words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap_or(-1),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn the_report_has_the_promised_fields_and_exit_codes() {
    let (world, ids) = World::with(5);
    let (code, out, _) = run(&world, &["sync", "--json"]);
    assert_eq!(code, 0);
    let report: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
    let fields: Vec<&String> = report.as_object().unwrap().keys().collect();
    let promised = [
        "account", "outcome", "sent", "read", "starred", "new", "gone", "requests", "pending",
        "error", "seconds",
    ];
    assert_eq!(fields, promised);
    assert_eq!(
        (&report["account"], &report["outcome"], &report["new"]),
        (&"home".into(), &"updated".into(), &5.into())
    );
    let (_, out, _) = run(&world, &["outlets", "--json"]);
    let outlet: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
    assert_eq!(
        (&outlet["outlet"], &outlet["account"]),
        (&"Herald".into(), &"home".into())
    );
    // A refresh does the same, with no other outlet than the account's.
    let (code, out, err) = run(&world, &["refresh", "--json"]);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("\"account\":\"home\"") && !out.contains("\"outlet\""),
        "{out}"
    );
    assert_eq!(run(&world, &["mark", "--star", "1"]).0, 0);
    let (_, out, _) = run(&world, &["account", "list", "--json"]);
    assert!(out.contains("\"pending\":1"), "{out}");
    assert_eq!(run(&world, &["sync", "--send-only"]).0, 0);
    assert_eq!(world.server.lock().ids(|item| item.starred).len(), 1);
    assert_eq!(run(&world, &["sync", "nowhere"]).0, 2);
    assert_eq!(run(&world, &["--offline", "sync"]).0, 1);
    // One account fails, the other goes on.
    world.write_config(
        "[[account]]\nname = \"away\"\nurl = \"http://127.0.0.1:9\"\nuser = \"x\"\n\
         password_command = [\"echo\", \"x\"]\n",
    );
    world.elsewhere(&ids[..1], Some(true), None);
    let (code, out, err) = run(&world, &["sync", "--json"]);
    assert_eq!(code, 3);
    assert!(
        err.contains("away: ") && out.contains("\"read\":1"),
        "{out} {err}"
    );
    let (code, ..) = run(&world, &["refresh", "-q"]);
    assert_eq!(code, 3);
}

#[test]
fn what_waits_is_sent_when_the_reader_is_closed() {
    let (world, ids) = World::with(5);
    world.good();
    world.mark(&[2], Mark::Read);
    world.write_config("on_quit = false\n");
    refresh::send_on_quit(&world.config());
    assert_eq!(world.pending(), 1);
    world.write_config("");
    world.server.take_log();
    refresh::send_on_quit(&world.config());
    assert_eq!(world.there(&ids[2]), (true, false));
    assert_eq!(world.server.take_log().len(), 1, "nothing is fetched");
    world.good();
    assert_eq!(world.pending(), 0);
}

#[test]
fn one_lock_for_two_syncs() {
    let (world, _) = World::with(3);
    world.good();
    let database = world.config().paths.lock();
    let held = std::fs::File::options().write(true).open(database).unwrap();
    held.lock().unwrap();
    let (code, _, err) = run(&world, &["sync"]);
    assert_eq!(code, 75, "{err}");
    // Marks wait for nobody.
    world.mark(&[1], Mark::Read);
    assert_eq!(world.pending(), 1);
    drop(held);
    assert_eq!(run(&world, &["sync"]).0, 0);
    assert_eq!(world.pending(), 0);
}

#[test]
fn an_account_is_added_signed_in_to_and_removed() {
    let (world, _) = World::with(3);
    std::fs::write(world.file("config.toml"), "# mine\n").unwrap();
    let address = world.server.address.clone();
    let add = ["account", "add", "home", &address, "--user", "mira"];
    let (code, out, err) = run(&world, &add);
    assert_eq!(code, 0, "{out} {err}");
    assert!(out.contains("account login home"), "{out}");
    assert_eq!(run(&world, &add).0, 1, "it exists");
    let before = std::fs::read_to_string(world.file("config.toml")).unwrap();
    for (url, user) in [
        ("https://mira:hidden@rss.example/", "mira"),
        (address.as_str(), " "),
    ] {
        let (code, _, err) = run(&world, &["account", "add", "two", url, "--user", user]);
        assert_eq!(code, 2, "{err}");
        assert!(!err.contains("hidden"), "{err}");
    }
    assert_eq!(
        std::fs::read_to_string(world.file("config.toml")).unwrap(),
        before
    );
    let (code, _, err) = run(&world, &["sync"]);
    assert_eq!(code, 3);
    assert!(err.contains("no password"), "{err}");
    let login = |password: &str| {
        let mut child = newsprint(&world, &["account", "login", "home"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        use std::io::Write;
        child
            .stdin
            .take()
            .unwrap()
            .write_all(format!("{password}\n").as_bytes())
            .unwrap();
        child.wait_with_output().unwrap().status.code()
    };
    assert_eq!(login("wrong"), Some(3));
    assert_eq!(login(PASSWORD), Some(0));
    assert_eq!(run(&world, &["sync"]).0, 0);
    assert_eq!(world.articles().len(), 3);
    world.mark(&[1], Mark::Read);
    let (code, _, err) = run(&world, &["account", "remove", "home"]);
    assert_eq!(code, 1);
    assert!(err.contains("1 mark not yet sent"), "{err}");
    assert_eq!(run(&world, &["account", "remove", "home", "--yes"]).0, 0);
    let text = std::fs::read_to_string(world.file("config.toml")).unwrap();
    assert!(
        text.starts_with("# mine") && !text.contains("account"),
        "{text}"
    );
    assert_eq!(world.articles().len(), 3, "its articles stay");
}

/// Every byte that is written or said, but for the private file of tokens.
#[test]
fn secrets_are_nowhere() {
    let (world, _) = World::with(4);
    let mut said = Vec::new();
    let mut say = |words: &[&str]| {
        let (_, out, err) = run(&world, words);
        said.extend([out, err]);
    };
    say(&["-vv", "sync", "--json"]);
    say(&["-vv", "refresh"]);
    world.server.lock().generation += 1;
    say(&["-vv", "sync"]);
    let (token, edit) = {
        let mock = world.server.lock();
        (
            format!("0a1b{:036x}", mock.generation),
            format!("{:040x}", 0xc0ffee00u64 + u64::from(mock.generation)),
        )
    };
    world.server.lock().off = true;
    say(&["-vv", "sync"]);
    world.server.lock().off = false;
    {
        let mut mock = world.server.lock();
        mock.password = "other".to_owned();
        mock.generation += 1;
    }
    say(&["-vv", "sync", "--json"]);
    say(&["-vv", "refresh"]);
    say(&["account", "list"]);
    say(&["doctor"]);
    say(&["outlets", "--json"]);
    let mut files = vec![world.folder.path().to_owned()];
    let mut checked = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        use std::os::unix::fs::PermissionsExt;
        if path.ends_with("password") || path.extension().is_some_and(|end| end == "token") {
            assert_eq!(
                std::fs::metadata(&path).unwrap().permissions().mode() & 0o077,
                0
            );
            continue;
        }
        checked += 1;
        said.push(String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned());
    }
    assert!(checked >= 2);
    for text in &said {
        for secret in [PASSWORD, &token, &edit, "GoogleLogin auth"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

/// The arguments and the environment of every process there is, while a password is fetched and a sync runs.
#[cfg(target_os = "linux")]
#[test]
fn no_process_shows_a_secret() {
    const SECRET: &str = "zq-7f3a-unique-5d";
    let (world, _) = World::with(30);
    world.server.lock().password = SECRET.to_owned();
    world.write_password(SECRET);
    let command = format!(
        "password_command = [\"sh\", \"-c\", \"sleep 0.3; cat {}; sleep 0.3\"]",
        world.file("password").display()
    );
    let config = std::fs::read_to_string(world.file("config.toml")).unwrap();
    let lines = config
        .lines()
        .map(|line| match line.starts_with("password_file") {
            true => command.as_str(),
            false => line,
        });
    let config = lines.collect::<Vec<_>>().join("\n");
    std::fs::write(world.file("config.toml"), config).unwrap();
    let secrets = || {
        let mock = world.server.lock();
        [SECRET.to_owned(), format!("0a1b{:036x}", mock.generation)]
    };
    let secrets = secrets();
    let mut child = newsprint(&world, &["-vv", "sync", "--json"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let (mut looks, mut children) = (0, false);
    while child.try_wait().unwrap().is_none() {
        for process in std::fs::read_dir("/proc").unwrap().flatten() {
            let name = process.file_name();
            if !name.to_string_lossy().bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            for file in ["cmdline", "environ"] {
                let said = std::fs::read(process.path().join(file)).unwrap_or_default();
                let said = String::from_utf8_lossy(&said);
                children |= file == "cmdline" && said.contains("sleep 0.3; cat ");
                for secret in &secrets {
                    assert!(!said.contains(secret.as_str()), "{file} of {name:?}");
                }
            }
        }
        looks += 1;
    }
    assert!(child.wait().unwrap().success());
    assert!(looks > 2 && children, "the command was seen while it ran");
    assert_eq!(world.articles().len(), 30);
}

/// SIGKILL at random moments of a sync: `SYNC_KILLS=100` for more of them.
#[test]
fn killed_anywhere() {
    let kills = std::env::var("SYNC_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(8);
    let mut mock = Mock::new(Dialect::FreshRss);
    let feed = mock.feed("Herald", &[]);
    let ids = mock.arrive(&feed, 60);
    let world = World::slow(mock, Duration::from_millis(3));
    world.good();
    let mut read = 0;
    for kill in 0..kills {
        let first = kill * 3 % 50;
        world.mark(
            &[first, first + 1, first + 2],
            if kill % 2 == 0 {
                Mark::Read
            } else {
                Mark::Unread
            },
        );
        world.mark(
            &[first + 5],
            if kill % 3 == 0 {
                Mark::Star
            } else {
                Mark::Unstar
            },
        );
        world.server.lock().arrive(&feed, 1);
        let before: Vec<(bool, bool)> = (0..60).map(|n| world.shown(n)).collect();
        let mut child = newsprint(&world, &["sync", "-q"]).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(fastrand::u64(500..90_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        for (n, before) in before.iter().enumerate() {
            assert_eq!(world.shown(n), *before, "kill {kill}: story {n}");
        }
        read += 1;
        if kill % 4 == 3 {
            world.good();
        }
    }
    assert_eq!(read, kills);
    world.good();
    world.good();
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(world.shown(n), world.there(id), "{n}");
    }
    assert_eq!(world.pending(), 0);
    let all = world.server.lock().items.len();
    assert_eq!(world.articles().len(), all);
}

/// A first sync that is stopped goes on where it was.
#[test]
fn a_stopped_first_sync_goes_on() {
    let (world, _) = World::with(1_000);
    world.server.lock().faults.insert(9, Fault::Refused);
    assert_eq!(world.sync().outcome, Outcome::Failed);
    let came = world.articles().len();
    assert!(came < 1_000);
    world.server.take_log();
    world.good();
    assert_eq!(world.articles().len(), 1_000);
    let log = world.server.take_log();
    let asked = log.iter().filter(|line| line.contains("contents")).count();
    assert!(
        asked <= (1_000 - came).div_ceil(200),
        "{asked} requests for {} articles",
        1_000 - came
    );
}

/// An account's teasers get their whole text from the article's page, by the refresh.
#[test]
fn whole_texts_come_from_the_articles_pages() {
    let pages = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let site = format!("http://{}", pages.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::{BufRead, BufReader, Write};
        for mut stream in pages.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let robots = lines
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .any(|line| line.contains("robots.txt"));
            let text =
                "The council has voted for the new bridge, and building begins in May. ".repeat(40);
            let body = format!(
                "<html><head><title>Story</title></head><body><article><h1>Story</h1><p>{text}</p></article></body></html>"
            );
            let (status, body) = if robots {
                ("404 Not Found", String::new())
            } else {
                ("200 OK", body)
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    let mut mock = Mock::new(Dialect::FreshRss);
    let feed = mock.feed("Herald", &[]);
    mock.feeds[0].url = format!("{site}/feed.xml");
    mock.arrive_as(&feed, "Story", &format!("{site}/story"));
    mock.items[0].html = "<p>The council has voted for the new bridge …</p>".to_owned();
    let world = World::new(mock);
    let config = std::fs::read_to_string(world.file("config.toml")).unwrap();
    let config = config.replace("full_text = \"never\"", "full_text = \"auto\"");
    std::fs::write(
        world.file("config.toml"),
        format!("{config}[refresh]\nhost_gap = \"0s\"\n"),
    )
    .unwrap();
    world.good();
    assert_eq!(
        world.articles()[0].text,
        newsprint_model::TextState::Excerpt
    );
    let stop = AtomicBool::new(false);
    let report = refresh::run(
        &world.config(),
        &refresh::Options::default(),
        &|_| {},
        &stop,
    )
    .unwrap();
    assert_eq!(report.outlets.len(), 1, "{report:?}");
    let article = &world.articles()[0];
    assert_eq!(article.text, newsprint_model::TextState::Full, "{report:?}");
    assert!(article.words > 300);
    // The server's shorter text takes nothing away.
    let later = Time::from_second(Time::now().as_second() + 13 * 3_600).unwrap();
    world.sync_as(&SyncOptions {
        clock: std::sync::Arc::new(newsprint_fetch::ManualClock::at(later)),
        ..SyncOptions::default()
    });
    assert_eq!(world.articles()[0].text, newsprint_model::TextState::Full);
}
