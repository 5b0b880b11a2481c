//! The store as a sync sees it: an account's feeds become outlets, its articles are taken in as a feed's
//! are, its lists meet the marks that wait.
//! Never here: requests, what a list means (`newsprint_sync`).

use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use crate::config::{Account, Config};
use crate::refresh::accounts::memory::Memory;
use crate::refresh::accounts::{AccountSync, shell_word};
use crate::refresh::context::{Failure, Visit, VisitState};
use crate::refresh::outlet_memory::CrawlState;
use crate::refresh::report::Progress;
use crate::refresh::requests::{Fetcher, home_of};
use newsprint_html::safe_text;
use newsprint_model::fingerprint::Fnv;
use newsprint_model::identity::tell_apart;
use newsprint_model::remote::{MergedMarks, OutgoingMark, RemoteChange, RemoteRow, Subscription};
use newsprint_model::{Entry, Feed, Media, Outlet, Source, Time, address_key, fold};
use newsprint_store::{Binding, Bindings, Store, StoreError, Subscribed, Update, retry_while_busy};
use newsprint_sync::{Item, Shelf};

/// Feeds from which on a list that lost half of them is not believed at once.
const MANY: usize = 6;

/// A doubtful list is accepted if the server still gives it after this time, in seconds.
const CONFIRMED: i64 = 3_600;

/// Characters of a title or a folder's name.
const LONGEST_NAME: usize = 200;

/// Texts of articles that came so lately are looked at again, each after this time, hours.
const YOUNG: i64 = 48;
const AGAIN: i64 = 12;

/// See the module's first lines.
pub(super) struct StoreShelf<'a> {
    /// Whose sync it serves, and with what.
    pub of: &'a AccountSync<'a>,
    /// Believe whatever list of feeds comes.
    pub believe: bool,
    pub memory: Memory,
    /// The latest arrival, seconds.
    pub newest: Option<i64>,
    /// Sentences for the reader.
    pub notes: Vec<String>,
    /// By the server's names of them.
    outlets: HashMap<String, Outlet>,
    /// Folders by the server's names of feeds, folded: what an article's labels are besides.
    folders: HashMap<String, Vec<String>>,
    states: HashMap<String, VisitState>,
}

impl<'a> StoreShelf<'a> {
    pub(super) fn new(
        of: &'a AccountSync<'a>,
        memory: Memory,
    ) -> Result<StoreShelf<'a>, StoreError> {
        Ok(StoreShelf {
            of,
            believe: false,
            memory,
            newest: None,
            notes: Vec::new(),
            outlets: outlets(of.store, of.config, of.account)?,
            folders: HashMap::new(),
            states: HashMap::new(),
        })
    }

    fn write<T>(&self, write: impl FnMut() -> Result<T, StoreError>) -> Result<T, StoreError> {
        retry_while_busy(|| self.of.client.cancel_token().is_cancelled(), write)
    }

    /// Whether a list of feeds can be right: not if it is empty or lost half of many, unless it says so
    /// for an hour.
    fn is_believed(&mut self, feeds: &[Subscription]) -> Result<bool, StoreError> {
        let known = self.of.store.account_feeds(&self.of.account.name)?;
        let lost = known
            .iter()
            .filter(|known| feeds.iter().all(|feed| feed.id != **known))
            .count();
        let odd = !known.is_empty()
            && (feeds.is_empty() || (known.len() >= MANY && lost * 2 > known.len()));
        if !odd || self.believe {
            self.memory.doubted = None;
            return Ok(true);
        }
        let mut hash = Fnv::default();
        feeds.iter().for_each(|feed| feed.id.hash(&mut hash));
        let print = hash.finish();
        let now = self.of.clock.now().as_second();
        match self.memory.doubted {
            Some((before, at)) if before == print && now - at >= CONFIRMED => {
                self.memory.doubted = None;
                return Ok(true);
            }
            Some((before, at)) if before == print && at <= now => {}
            _ => self.memory.doubted = Some((print, now)),
        }
        self.notes.push(format!(
            "the server lists only {} of {} outlets; applied if still so in an hour, or now with \
             `newsprint sync --yes`",
            known.len() - lost,
            known.len()
        ));
        Ok(false)
    }

    /// The outlet that an article's feed is. Where feeds are called by their addresses, an article may have
    /// another spelling of it than the list of feeds.
    fn outlet_of(&self, feed: &str) -> Option<Outlet> {
        if let Some(outlet) = self.outlets.get(feed) {
            return Some(outlet.clone());
        }
        let key = address_key(
            feed.strip_prefix("feed/")
                .filter(|url| url.contains("://"))?,
        );
        let is_it = |outlet: &&Outlet| {
            outlet
                .feed
                .as_deref()
                .is_some_and(|url| address_key(url) == key)
        };
        self.outlets.values().find(is_it).cloned()
    }

    /// Takes articles of one outlet in, with their ids, in one transaction.
    fn take_in(&mut self, outlet: &Outlet, items: Vec<Item>) -> Result<u64, StoreError> {
        let (mut entries, marks): (Vec<Entry>, Vec<(String, bool, bool)>) = items
            .into_iter()
            .map(|item| {
                let marks = (item.rid.clone(), item.read, item.starred);
                (entry(item), marks)
            })
            .unzip();
        tell_apart(&mut entries);
        let items = entries
            .iter()
            .zip(marks)
            .map(|(entry, (rid, read, starred))| Binding {
                rid,
                read,
                starred,
                guid: entry.guid.clone(),
                url: entry.url.clone().unwrap_or_default(),
                title: entry.title.clone(),
                published: entry.published,
            });
        let remote = Bindings {
            account: self.of.account.name.clone(),
            items: items.collect(),
        };
        let mut state = match self.states.remove(&outlet.name) {
            Some(state) => state,
            None => self.state_of(outlet)?,
        };
        let before = state.to_store();
        let visit = Visit {
            outlet,
            fetcher: Fetcher {
                client: self.of.client,
                pool: self.of.pool,
                clock: self.of.clock,
                home: home_of(outlet),
                agent: &self.of.config.refresh.user_agent,
                permits: None,
            },
            config: &self.of.config.refresh,
            full_text: outlet.full_text,
            force: false,
            started: self.of.clock.now(),
            store: self.of.store,
            images: None,
            progress: self.of.progress,
        };
        let feed = Feed {
            entries,
            site: Some(outlet.url.clone()),
            ..Feed::default()
        };
        let mut wanting = Vec::new();
        let came = match visit.entries(feed, &mut state, &mut wanting) {
            Ok(came) => came,
            Err(Failure::Store(why)) => return Err(why),
            // The parser broke on one of them: their headlines are worth having all the same, and they
            // come again with the next sync.
            Err(why) => {
                self.notes.push(format!("{}: {why}", outlet.name));
                return Ok(0);
            }
        };
        for page in &wanting {
            page.enqueue(&mut state);
        }
        let after = state.to_store();
        let update = Update {
            state: (after != before).then_some(after),
            remote: Some(remote),
            ..came
        };
        let now = self.of.clock.now();
        let done = self.write(|| self.of.store.ingest(&outlet.name, &update, now))?;
        self.states.insert(outlet.name.clone(), state);
        Ok(done.new)
    }

    fn state_of(&self, outlet: &Outlet) -> Result<VisitState, StoreError> {
        let mut stored = self.of.store.source_state(&outlet.name)?;
        stored.source = outlet.feed.clone().map(Source::Feed);
        Ok(VisitState {
            crawl: CrawlState::read(&stored.extra),
            stored,
            ..VisitState::default()
        })
    }
}

/// The outlets of the account by the server's names, with what the config says of them.
fn outlets(
    store: &Store,
    config: &Config,
    account: &Account,
) -> Result<HashMap<String, Outlet>, StoreError> {
    let known = store.outlets_by_feed(&account.name)?;
    let completed = |(id, outlet)| (id, config.completed_outlet(outlet));
    Ok(known.into_iter().map(completed).collect())
}

/// An article of a server as an entry of a feed; the id is its guid.
fn entry(item: Item) -> Entry {
    let time = |seconds: i64| Time::from_second(seconds).ok();
    let media = item.files.into_iter().filter_map(|(url, kind, bytes)| {
        Some(Media {
            url: safe_text::link(&url)?,
            kind: safe_text::line(&kind),
            bytes,
            ..Media::default()
        })
    });
    Entry {
        guid: Some(format!("remote:{}", item.rid)),
        url: safe_text::link(&item.url).filter(|url| !url.is_empty()),
        title: item.title,
        published: item
            .published
            .and_then(time)
            .or(item.arrived.and_then(|ms| time(ms / 1_000))),
        authors: Some(item.author)
            .filter(|author| !author.is_empty())
            .into_iter()
            .collect(),
        // Labels that the reader gave it elsewhere are tags here.
        tags: item.tags.into_iter().chain(item.labels).collect(),
        content: Some(item.html),
        media: media.collect(),
        ..Entry::default()
    }
}

fn marks(number: u64) -> String {
    match number {
        1 => "1 mark".to_owned(),
        number => format!("{number} marks"),
    }
}

/// What a feed is called: a server may have no title for it, nor an address, but it has an id.
fn title(feed: &Subscription, feed_url: &str, site: &str) -> String {
    let titles = [
        name(&feed.title),
        feed_url.to_owned(),
        site.to_owned(),
        name(&feed.id),
    ];
    let title = titles.into_iter().find(|title| !title.is_empty());
    title.unwrap_or_else(|| "untitled".to_owned())
}

fn name(text: &str) -> String {
    let name: String = safe_text::line(text).chars().take(LONGEST_NAME).collect();
    name.trim().to_owned()
}

impl Shelf for StoreShelf<'_> {
    type Error = StoreError;

    fn outgoing(&mut self) -> Result<Vec<OutgoingMark>, StoreError> {
        self.of.store.outgoing_marks(&self.of.account.name)
    }

    fn sending(&mut self, marks: &[OutgoingMark]) -> Result<(), StoreError> {
        self.write(|| self.of.store.marks_sending(&self.of.account.name, marks))
    }

    fn acknowledged(&mut self, marks: &[OutgoingMark]) -> Result<(), StoreError> {
        self.write(|| {
            self.of
                .store
                .marks_acknowledged(&self.of.account.name, marks)
        })
    }

    fn subscriptions(&mut self, feeds: &[Subscription]) -> Result<(), StoreError> {
        let folded = |feed: &Subscription| feed.folders.iter().map(|name| fold(name)).collect();
        self.folders = feeds
            .iter()
            .map(|feed| (feed.id.clone(), folded(feed)))
            .collect();
        if !self.is_believed(feeds)? {
            return Ok(());
        }
        let clean = |feed: &Subscription| {
            let feed_url = safe_text::link(&feed.feed_url).unwrap_or_default();
            let site = safe_text::link(&feed.site).unwrap_or_default();
            let own = self
                .of
                .config
                .feed_settings(&self.of.account.name, &feed_url);
            Subscribed {
                name: own.and_then(|own| own.name.clone()),
                group: own.and_then(|own| own.group.clone()),
                feed: Subscription {
                    id: feed.id.clone(),
                    title: title(feed, &feed_url, &site),
                    site,
                    folders: feed
                        .folders
                        .iter()
                        .map(|folder| name(folder))
                        .filter(|folder| !folder.is_empty())
                        .collect(),
                    feed_url,
                },
            }
        };
        let feeds: Vec<Subscribed> = feeds.iter().map(clean).collect();
        for own in &self.of.config.feed_settings {
            let key = newsprint_model::address_key(&own.feed);
            let is_it = |one: &Subscribed| newsprint_model::address_key(&one.feed.feed_url) == key;
            if own.account == self.of.account.name && !feeds.iter().any(is_it) {
                self.notes.push(format!(
                    "config line {}: feed is not on the server: {}",
                    own.line, own.feed
                ));
            }
        }
        self.write(|| {
            self.of
                .store
                .sync_subscriptions(&self.of.account.name, &feeds)
        })?;
        self.outlets = outlets(self.of.store, self.of.config, self.of.account)?;
        Ok(())
    }

    fn rows(&mut self, visit: &mut dyn FnMut(&RemoteRow)) -> Result<(), StoreError> {
        self.of.store.remote_rows(&self.of.account.name, visit)
    }

    fn merge(
        &mut self,
        decide: &mut dyn FnMut(&RemoteRow) -> Option<RemoteChange>,
    ) -> Result<MergedMarks, StoreError> {
        let merged = self.write(|| self.of.store.merge_remote(&self.of.account.name, decide))?;
        if merged.mass > 0 {
            self.notes.push(format!(
                "{} articles were read elsewhere; to mark them as unread again, here and on the server: \
                 `newsprint sync --undo {}` (in the reader: gU)",
                merged.mass,
                shell_word(&self.of.account.name)
            ));
        }
        if merged.refused > 0 {
            self.notes.push(format!(
                "the server accepted {} twice but did not save {}; using its value{}",
                marks(merged.refused),
                if merged.refused == 1 { "it" } else { "them" },
                if merged.refused == 1 { "" } else { "s" },
            ));
        }
        Ok(merged)
    }

    fn want(&mut self, ids: &[String]) -> Result<(), StoreError> {
        self.write(|| self.of.store.want_remote(&self.of.account.name, ids))
    }

    fn wanted(&mut self, most: usize) -> Result<(Vec<String>, usize), StoreError> {
        self.of.store.wanted_remote(&self.of.account.name, most)
    }

    fn articles(&mut self, asked: &[String], items: Vec<Item>) -> Result<u64, StoreError> {
        let mut by_feed: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        let mut seen = std::collections::HashSet::new();
        for item in items {
            // Asked for once, and taken once, whatever is answered.
            if asked.contains(&item.rid) && seen.insert(item.rid.clone()) {
                // A server whose clock was ahead once must not hide what arrives until then.
                let now = self.of.clock.now().as_second();
                let arrived = item.arrived.map(|ms| (ms / 1_000).min(now));
                self.newest = self.newest.max(arrived);
                by_feed.entry(item.feed.clone()).or_default().push(item);
            }
        }
        let mut homeless = Vec::new();
        let mut new = 0;
        for (feed, mut items) in by_feed {
            for item in &mut items {
                let folders = self.folders.get(&feed);
                let is_folder =
                    |label: &String| folders.is_some_and(|all| all.contains(&fold(label)));
                item.labels.retain(|label| !is_folder(label));
            }
            match self.outlet_of(&feed) {
                Some(outlet) => new += self.take_in(&outlet, items)?,
                None => homeless.extend(items.into_iter().map(|item| Binding {
                    rid: item.rid,
                    read: item.read,
                    starred: item.starred,
                    ..Binding::default()
                })),
            }
        }
        self.write(|| {
            self.of
                .store
                .settle_remote(&self.of.account.name, asked, &homeless)
        })?;
        Ok(new)
    }

    fn recheck(&mut self, most: usize) -> Result<Vec<String>, StoreError> {
        let now = self.of.clock.now().as_second();
        let ago = |hours: i64| Time::from_second(now - hours * 3_600).unwrap_or_default();
        self.of
            .store
            .recheck_remote(&self.of.account.name, ago(YOUNG), ago(AGAIN), most)
    }

    fn progress(&mut self, done: usize, total: usize) {
        (self.of.progress)(Progress::Syncing {
            account: self.of.account.name.clone(),
            done,
            total,
        });
    }
}
