//! Random interleavings of marks on both sides, arrivals, lists, faults, lost answers and kills, against
//! the real store: in the end both sides are equal, no mark of the reader's is lost, and nothing is read
//! that nobody read.
//! Never here: HTTP, what becomes of texts.

use std::collections::{BTreeMap, HashMap, HashSet};

use newsprint_model::remote::{MergedMarks, OutgoingMark, RemoteChange, RemoteRow, Subscription};
use newsprint_model::{ArticleId, Mark, TextState, Time, query};
use newsprint_store::{
    At, Binding, Bindings, Incoming, List, Store, StoreError, Subscribed, Update,
};
use newsprint_sync::mock::{Fault, Mock, PASSWORD, USER};
use newsprint_sync::{
    Account, Answer, Dialect, Failure, Item, Plan, Protocol, Request, Server, Shelf, Summary,
    Tokens, Wire, sync,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const ACCOUNT: &str = "home";

/// The wire to the mock, with tokens that last.
struct Line<'a> {
    mock: &'a mut Mock,
    tokens: &'a mut Tokens,
    /// What the reader and the other device do while a request is under way.
    meanwhile: &'a mut dyn FnMut(&mut Mock),
}

impl Wire for Line<'_> {
    fn send(&mut self, request: &Request) -> Result<Answer, Failure> {
        (self.meanwhile)(self.mock);
        self.mock.answer(request)
    }

    fn password(&mut self) -> Result<String, Failure> {
        Ok(PASSWORD.to_owned())
    }

    fn keep(&mut self, tokens: &Tokens) -> Result<(), Failure> {
        *self.tokens = tokens.clone();
        Ok(())
    }
}

/// The store, which a kill may end before or after any of its transactions.
struct Bench<'a> {
    store: &'a Store,
    outlets: HashMap<String, String>,
    /// Transactions until the kill.
    left: u32,
}

#[derive(Debug)]
enum Ended {
    Killed,
    #[expect(dead_code, reason = "shown when a test fails")]
    Store(StoreError),
}

impl From<StoreError> for Ended {
    fn from(why: StoreError) -> Ended {
        Ended::Store(why)
    }
}

impl Bench<'_> {
    fn step<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, Ended>) -> Result<T, Ended> {
        if self.left == 0 {
            return Err(Ended::Killed);
        }
        self.left -= 1;
        step(self)
    }
}

impl Shelf for Bench<'_> {
    type Error = Ended;

    fn outgoing(&mut self) -> Result<Vec<OutgoingMark>, Ended> {
        self.step(|bench| Ok(bench.store.outgoing_marks(ACCOUNT)?))
    }

    fn sending(&mut self, marks: &[OutgoingMark]) -> Result<(), Ended> {
        self.step(|bench| Ok(bench.store.marks_sending(ACCOUNT, marks)?))
    }

    fn acknowledged(&mut self, marks: &[OutgoingMark]) -> Result<(), Ended> {
        self.step(|bench| Ok(bench.store.marks_acknowledged(ACCOUNT, marks)?))
    }

    fn subscriptions(&mut self, feeds: &[Subscription]) -> Result<(), Ended> {
        let feeds: Vec<Subscribed> = feeds
            .iter()
            .map(|feed| Subscribed {
                feed: feed.clone(),
                ..Subscribed::default()
            })
            .collect();
        self.step(|bench| {
            bench.store.sync_subscriptions(ACCOUNT, &feeds)?;
            let outlets = bench.store.outlets_by_feed(ACCOUNT)?;
            bench.outlets = outlets
                .into_iter()
                .map(|(id, outlet)| (id, outlet.name))
                .collect();
            Ok(())
        })
    }

    fn rows(&mut self, visit: &mut dyn FnMut(&RemoteRow)) -> Result<(), Ended> {
        Ok(self.store.remote_rows(ACCOUNT, visit)?)
    }

    fn merge(
        &mut self,
        decide: &mut dyn FnMut(&RemoteRow) -> Option<RemoteChange>,
    ) -> Result<MergedMarks, Ended> {
        self.step(|bench| Ok(bench.store.merge_remote(ACCOUNT, decide)?))
    }

    fn want(&mut self, ids: &[String]) -> Result<(), Ended> {
        self.step(|bench| Ok(bench.store.want_remote(ACCOUNT, ids)?))
    }

    fn wanted(&mut self, most: usize) -> Result<(Vec<String>, usize), Ended> {
        Ok(self.store.wanted_remote(ACCOUNT, most)?)
    }

    fn articles(&mut self, asked: &[String], items: Vec<Item>) -> Result<u64, Ended> {
        let mut by_outlet: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        for item in items {
            let outlet = self.outlets[&item.feed].clone();
            by_outlet.entry(outlet).or_default().push(item);
        }
        for (outlet, items) in by_outlet {
            let bind = |item: &Item| Binding {
                rid: item.rid.clone(),
                read: item.read,
                starred: item.starred,
                guid: Some(item.rid.clone()),
                url: item.url.clone(),
                title: item.title.clone(),
                published: None,
            };
            let article = |item: &Item| Incoming {
                guid: Some(item.rid.clone()),
                url: item.url.clone(),
                title: item.title.clone(),
                text: TextState::Full,
                ..Incoming::default()
            };
            let update = Update {
                articles: items.iter().map(|item| article(item).pack()).collect(),
                remote: Some(Bindings {
                    account: ACCOUNT.to_owned(),
                    items: items.iter().map(bind).collect(),
                }),
                ..Update::default()
            };
            self.step(|bench| Ok(bench.store.ingest(&outlet, &update, Time::now())?))?;
        }
        self.step(|bench| Ok(bench.store.settle_remote(ACCOUNT, asked, &[])?))?;
        Ok(0)
    }

    fn recheck(&mut self, _: usize) -> Result<Vec<String>, Ended> {
        Ok(Vec::new())
    }

    fn progress(&mut self, _: usize, _: usize) {}
}

/// One thing that happens. Stories are numbered as they arrived, modulo how many there are.
#[derive(Debug, Clone)]
enum Act {
    /// The reader marks a story.
    Here(usize, u8),
    /// The reader takes the last mark back.
    Undo,
    /// The reader marks all that is unread.
    All,
    /// Another device marks a story.
    There(usize, u8),
    /// Articles arrive.
    Arrive(usize),
    /// A sync, with a fault at a request, an end after so many transactions, and what happens before the
    /// n-th request.
    Sync(
        Option<(usize, u8)>,
        Option<u32>,
        Option<(usize, usize, u8, bool)>,
    ),
}

fn act() -> impl Strategy<Value = Act> {
    let mark = 0..4u8;
    prop_oneof![
        4 => (0..40usize, mark.clone()).prop_map(|(story, mark)| Act::Here(story, mark)),
        1 => Just(Act::Undo),
        1 => Just(Act::All),
        3 => (0..40usize, mark.clone()).prop_map(|(story, mark)| Act::There(story, mark)),
        1 => (1..4usize).prop_map(Act::Arrive),
        4 => (
            proptest::option::of((0..8usize, 0..6u8)),
            proptest::option::weighted(0.3, 0..14u32),
            proptest::option::of((0..7usize, 0..40usize, mark, any::<bool>())),
        )
            .prop_map(|(fault, kill, meanwhile)| Act::Sync(fault, kill, meanwhile)),
    ]
}

fn mark_of(mark: u8) -> Mark {
    [Mark::Read, Mark::Unread, Mark::Star, Mark::Unstar][usize::from(mark)]
}

/// The marks that wait: address, and whether it is a star.
fn waiting(store: &Store, mock: &Mock) -> HashSet<(String, bool)> {
    let urls: HashMap<&String, &String> = mock
        .items
        .iter()
        .map(|item| (&item.id, &item.url))
        .collect();
    let mut waiting = HashSet::new();
    let mut note = |row: &RemoteRow| {
        let kinds = [(false, row.pending_read), (true, row.pending_star)];
        let kinds = kinds.into_iter().filter(|(_, pending)| pending.is_some());
        waiting.extend(kinds.filter_map(|(star, _)| Some(((*urls.get(&row.rid)?).clone(), star))));
    };
    store.remote_rows(ACCOUNT, &mut note).unwrap();
    waiting
}

/// Both sides, and who did what last to each story.
struct World {
    _folder: tempfile::TempDir,
    store: Store,
    mock: Mock,
    tokens: Tokens,
    feed: String,
    /// Fever: the highest id so far.
    highest: Option<i64>,
    /// Stories that somebody set to read, or starred, on either side.
    touched: [HashSet<String>; 2],
    /// The last mark of each story by the reader, while no other device has touched that kind since.
    own: HashMap<(String, bool), bool>,
}

impl World {
    fn new(dialect: Dialect, fever: bool) -> World {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("newsprint.db")).unwrap();
        store.sync_accounts(&[(ACCOUNT, "server mira")]).unwrap();
        let mut mock = Mock::new(dialect);
        mock.fever = fever;
        let feed = mock.feed("Herald", &["World"]);
        mock.arrive(&feed, 12);
        World {
            _folder: folder,
            store,
            mock,
            tokens: Tokens::default(),
            feed,
            highest: None,
            touched: Default::default(),
            own: HashMap::new(),
        }
    }

    fn articles(&self) -> Vec<(ArticleId, String, bool, bool)> {
        let list = List::live(&query::parse("").unwrap(), Time::now());
        let all = self.store.headlines(&list, At::Top, 1_000).unwrap();
        all.into_iter()
            .map(|one| (one.id, one.url, one.read, one.starred))
            .collect()
    }

    fn here(&mut self, story: usize, mark: u8) {
        let all = self.articles();
        if all.is_empty() {
            return;
        }
        let (id, url, ..) = &all[story % all.len()];
        if self.store.mark(&[*id], mark_of(mark)).unwrap() > 0 {
            let (star, on) = (mark >= 2, mark.is_multiple_of(2));
            if on {
                self.touched[usize::from(star)].insert(url.clone());
            }
            self.own.insert((url.clone(), star), on);
        }
    }

    fn all(&mut self) {
        for (id, url, read, _) in self.articles() {
            if !read {
                self.store.mark(&[id], Mark::Read).unwrap();
                self.touched[0].insert(url.clone());
                self.own.insert((url, false), true);
            }
        }
    }

    fn undo(&mut self) {
        let before = self.articles();
        self.store.undo().unwrap();
        for (was, is) in before.iter().zip(self.articles()) {
            if was.2 != is.2 {
                self.own.insert((is.1.clone(), false), is.2);
                self.touched[0].insert(is.1.clone());
            }
            if was.3 != is.3 {
                self.own.insert((is.1.clone(), true), is.3);
                self.touched[1].insert(is.1.clone());
            }
        }
    }

    fn sync(
        &mut self,
        fault: Option<(usize, u8)>,
        kill: Option<u32>,
        meanwhile: Option<(usize, usize, u8, bool)>,
    ) {
        self.mock.log.clear();
        self.mock.faults.clear();
        if let Some((at, fault)) = fault {
            let faults = [
                Fault::Refused,
                Fault::AnswerLost,
                Fault::Status(500),
                Fault::Status(429),
                Fault::Html,
                Fault::TokenEnded,
            ];
            self.mock.faults.insert(at, faults[usize::from(fault)]);
        }
        // What happens while requests are under way: by the reader, or on the server.
        let mut late = Vec::new();
        let (dialect, fever) = (self.mock.dialect, self.mock.fever);
        {
            let (store, articles) = (&self.store, self.articles());
            let mut number = 0;
            let mut meanwhile = |mock: &mut Mock| {
                if let Some((at, story, mark, by_reader)) = meanwhile
                    && at == number
                {
                    let (star, on) = (mark >= 2, mark.is_multiple_of(2));
                    if by_reader && !articles.is_empty() {
                        let (id, url, ..) = &articles[story % articles.len()];
                        if store.mark(&[*id], mark_of(mark)).unwrap() > 0 {
                            // Taken back before it was sent, it is no mark of the reader's any more.
                            let waits = waiting(store, mock).contains(&(url.clone(), star));
                            late.push((url.clone(), star, on, waits));
                        }
                    } else if !by_reader {
                        let place = story % mock.items.len();
                        let item = &mut mock.items[place];
                        if star {
                            item.starred = on
                        } else {
                            item.read = on
                        }
                        late.push((item.url.clone(), star, on, false));
                    }
                }
                number += 1;
            };
            let tokens = self.tokens.clone();
            let mut line = Line {
                mock: &mut self.mock,
                tokens: &mut self.tokens,
                meanwhile: &mut meanwhile,
            };
            let account = Account {
                user: USER.to_owned(),
                dialect,
                protocol: match fever {
                    true => Protocol::Fever,
                    false => Protocol::GoogleReader,
                },
                ..Account::default()
            };
            let mut server = Server::new(&mut line, account, tokens);
            let mut bench = Bench {
                outlets: HashMap::new(),
                left: kill.unwrap_or(u32::MAX),
                store,
            };
            let known = store.outlets_by_feed(ACCOUNT).unwrap();
            bench.outlets = known
                .into_iter()
                .map(|(id, outlet)| (id, outlet.name))
                .collect();
            let mut summary = Summary::default();
            let plan = Plan {
                highest: self.highest,
                ..Plan::default()
            };
            let _ = sync(&mut server, &mut bench, &plan, &mut summary);
            if summary.whole {
                self.highest = summary.highest;
            }
        }
        for (url, star, on, by_reader) in late {
            if on {
                self.touched[usize::from(star)].insert(url.clone());
            }
            match by_reader {
                true => drop(self.own.insert((url, star), on)),
                false => drop(self.own.remove(&(url, star))),
            }
        }
        self.mock.faults.clear();
    }

    fn there(&mut self, story: usize, mark: u8) {
        let place = story % self.mock.items.len();
        let (star, on) = (mark >= 2, mark.is_multiple_of(2));
        let item = &mut self.mock.items[place];
        if star {
            item.starred = on
        } else {
            item.read = on
        }
        self.touched[usize::from(star)].insert(item.url.clone());
        self.own.remove(&(item.url.clone(), star));
    }

    /// What the reader took back before it was sent is no mark of the reader's any more: another device's wins.
    fn forget_taken_back(&mut self) {
        let waiting = waiting(&self.store, &self.mock);
        self.own.retain(|mark, _| waiting.contains(mark));
    }

    fn settle(&mut self) -> Result<(), TestCaseError> {
        for _ in 0..4 {
            self.sync(None, None, None);
        }
        let here: BTreeMap<String, (bool, bool)> = self
            .articles()
            .into_iter()
            .map(|(_, url, read, star)| (url, (read, star)))
            .collect();
        let there: BTreeMap<String, (bool, bool)> = self
            .mock
            .items
            .iter()
            .map(|item| (item.url.clone(), (item.read, item.starred)))
            .collect();
        prop_assert_eq!(&here, &there, "both sides are equal");
        let state = self.store.account_state(ACCOUNT).unwrap();
        prop_assert_eq!(state.pending, 0, "nothing waits");
        for (url, (read, starred)) in &here {
            prop_assert!(
                !read || self.touched[0].contains(url),
                "{} was read by nobody",
                url
            );
            prop_assert!(
                !starred || self.touched[1].contains(url),
                "{} was starred by nobody",
                url
            );
        }
        for ((url, star), on) in &self.own {
            let (read, starred) = here[url];
            let shown = if *star { starred } else { read };
            prop_assert_eq!(
                shown,
                *on,
                "the reader's own mark of {} (star: {}) holds",
                url,
                star
            );
        }
        Ok(())
    }
}

fn play((dialect, fever): (Dialect, bool), acts: &[Act]) -> Result<(), TestCaseError> {
    let mut world = World::new(dialect, fever);
    world.sync(None, None, None);
    for act in acts {
        match act {
            Act::Here(story, mark) => world.here(*story, *mark),
            Act::Undo => world.undo(),
            Act::All => world.all(),
            Act::There(story, mark) => world.there(*story, *mark),
            Act::Arrive(count) => {
                let feed = world.feed.clone();
                world.mock.arrive(&feed, *count);
            }
            Act::Sync(fault, kill, meanwhile) => world.sync(*fault, *kill, *meanwhile),
        }
        if !matches!(act, Act::Sync(..)) {
            world.forget_taken_back();
        }
    }
    world.settle()
}

/// The same cases in each run, so that a change is what makes it fail; `SYNC_CASES=1000` tries as many others.
fn cases() -> (u32, RngSeed) {
    let more = std::env::var("SYNC_CASES")
        .ok()
        .and_then(|n| n.parse().ok());
    more.map_or((200, RngSeed::Fixed(1)), |cases| (cases, RngSeed::Random))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases().0,
        rng_seed: cases().1,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn both_sides_end_equal(
        dialect in prop_oneof![
            3 => Just((Dialect::FreshRss, false)),
            2 => Just((Dialect::Miniflux, false)),
            1 => Just((Dialect::OldReader, false)),
            1 => Just((Dialect::BazQux, false)),
            1 => Just((Dialect::CommaFeed, false)),
            1 => Just((Dialect::Inoreader, false)),
            1 => Just((Dialect::FreshRss, true)),
            // A second `saved` takes the star away.
            1 => Just((Dialect::Miniflux, true)),
        ],
        acts in proptest::collection::vec(act(), 1..24),
    ) {
        play(dialect, &acts)?;
    }
}
