//! One visit to one outlet, from what is remembered of it to what is stored: is it due, where is
//! its source, what is new, which pages are needed.
//! Never here: threads, HTTP rules, what is in a document.

use std::path::Path;
use std::time::{Duration, Instant};

use url::Url;

use super::article_pages;
use super::assemble::{self, House};
use super::find_source::{self, Gave, Search, Tried};
use super::image_cache;
use super::outlet_memory::{Memory, Rules, Waiting};
use super::report::{Outcome, OutletReport, Progress};
use super::requests::{Allowed, Ask, Document, without_robots};
use crate::config::Refresh;
use newsprint_fetch::{ACCEPT_SOURCE, Answer, FetchError, Request, Validators, Weight, schedule};
use newsprint_model::{Entry, Feed, FullText, Outlet, Source, TextState, Time, without_password};
use newsprint_parse::discover::{self, Kind};
use newsprint_store::{Ingested, Known, Packed, SourceState, StoreError, Update};

/// A source that has stopped giving entries is looked for again no more often than this, seconds.
const LOOK_AGAIN: i64 = 24 * 3600;

/// Entries of one document that are looked at: the newest stand first.
const MAX_ENTRIES: usize = 2_000;

/// Articles at most whose pages are thought of in one visit.
const MOST_WANTED: usize = 200;

/// An outlet that the store does not know any more.
const REMOVED: &str = "it was renamed or removed in the config while it was asked; if it is there \
                       under another name, the next refresh brings what came";

/// What a visit needs from the house.
pub(super) struct Visit<'a> {
    pub outlet: &'a Outlet,
    pub ask: Ask<'a>,
    pub config: &'a Refresh,
    pub full_text: FullText,
    pub force: bool,
    /// When the refresh began.
    pub started: Time,
    pub store: &'a dyn Desk,
    /// Where leading pictures are kept, if they are.
    pub images: Option<&'a Path>,
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// The store as a visit sees it.
pub(super) trait Desk {
    /// Waits until there is room for one more visit with a whole document in its hands, which
    /// [`Desk::leave`] gives back: what keeps memory within bounds when the writer is behind.
    fn enter(&self);
    /// See [`Desk::enter`].
    fn leave(&self);
    /// See [`newsprint_store::Store::known`].
    fn known(
        &self,
        outlet: &str,
        entries: Vec<Entry>,
    ) -> Result<Vec<(Entry, Option<Known>)>, StoreError>;
    /// See [`newsprint_store::Store::repeats`].
    fn repeats(&self, outlet: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// An article that is there, as an entry, with its state.
    fn stored(
        &self,
        outlet: &str,
        page: &Waiting,
    ) -> Result<Option<article_pages::Stored>, StoreError>;
    /// Commits, and tells what came of it.
    fn ingest(&self, outlet: &str, update: Update, now: Time) -> Result<Ingested, StoreError>;
    /// Commits at some time soon; for a state that nobody waits for.
    fn note(&self, outlet: &str, state: SourceState);
}

/// A place taken by [`Desk::enter`]; given back when dropped.
struct Entered<'a>(&'a dyn Desk);

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.0.leave();
    }
}

/// Why a visit ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// robots.txt has to be asked first, and could not be had.
    #[error("{}", without_robots(.0))]
    Robots(FetchError),
    /// What came could not be understood, or nothing was found: a sentence.
    #[error("{0}")]
    Source(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What came of asking for the source.
enum Came {
    /// As it was.
    Nothing,
    /// A document with these entries, and its weight.
    Entries(Box<Feed>, Weight),
}

/// What may be asked for.
#[derive(Debug, Clone, Copy)]
enum Due {
    /// The source, and pages.
    Source,
    /// Only pages that were put off.
    Pages,
}

/// What is found out during a visit.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub state: SourceState,
    pub memory: Memory,
    pub done: Ingested,
    pub notes: Vec<String>,
    pub remarks: Vec<String>,
    /// Pictures of the articles that came, where they are to be kept.
    pub images: Vec<String>,
}

impl Log {
    /// The outlet's state with all that is remembered, for the store.
    pub(super) fn state(&self) -> SourceState {
        SourceState {
            extra: self.memory.write(),
            ..self.state.clone()
        }
    }
}

impl Visit<'_> {
    /// Visits, commits, and reports. Only a store that fails ends the whole refresh.
    /// `None` is for a visit that was stopped before anything came of it.
    pub(super) fn run(&self, state: SourceState) -> Result<Option<OutletReport>, StoreError> {
        let begun = Instant::now();
        let failing = (state.failures, state.failing_since);
        let mut log = Log {
            memory: Memory::read(&state.extra),
            state,
            ..Log::default()
        };
        let now = self.ask.clock.now();
        let due = match self.due(&log, now) {
            Ok(due) => due,
            Err(report) => return Ok(Some(*report)),
        };
        (self.progress)(Progress::Asking {
            outlet: self.outlet.name.clone(),
        });
        self.store.enter();
        let entered = Entered(self.store);
        let came = match due {
            Due::Pages => Ok(Came::Nothing),
            Due::Source => self.source(&mut log).map(|(came, fresh_for)| {
                self.succeeded(&mut log, &came, fresh_for);
                came
            }),
        };
        let failure = came
            .and_then(|came| self.take_in(came, entered, &mut log))
            .err();
        let failure = match failure {
            // The config has changed meanwhile, which is no matter of the other outlets.
            Some(Failure::Store(StoreError::NoOutlet(_))) => {
                Some(Failure::Source(REMOVED.to_owned()))
            }
            Some(Failure::Store(why)) => return Err(why),
            other => other,
        };
        // What was being asked when the reader stopped the refresh is not the outlet's fault.
        let stopped = matches!(failure, Some(Failure::Fetch(FetchError::Stopped)));
        let failure = failure.filter(|_| !stopped);
        if let Some(why) = &failure {
            // An answer of which nothing could be taken in is none.
            (log.state.failures, log.state.failing_since) = failing;
            self.failed(&mut log, why);
        }
        let error = failure.map(|why| without_password(&why.to_string()).into_owned());
        let next_fetch = log.state.next_fetch;
        let failing_since = log.state.failing_since;
        self.store.note(&self.outlet.name, log.state());
        let done = log.done;
        if stopped && done == Ingested::default() {
            return Ok(None);
        }
        Ok(Some(OutletReport {
            outlet: self.outlet.name.clone(),
            outcome: match error {
                Some(_) => Outcome::Failed,
                None if done.new + done.changed + done.full_text > 0 => Outcome::Updated,
                None => Outcome::Unchanged,
            },
            new: done.new as u32,
            changed: done.changed as u32,
            full_text: done.full_text as u32,
            error,
            failing_since,
            seconds: begun.elapsed().as_secs_f64(),
            next_fetch,
            notes: shown(log.notes),
            remarks: shown(log.remarks),
        }))
    }

    /// What may be asked for now, else the report of an outlet that is left alone.
    fn due(&self, log: &Log, now: Time) -> Result<Due, Box<OutletReport>> {
        let state = &log.state;
        // Of its host, another outlet may have heard so.
        let source = state.source.as_ref().map(Source::url);
        let source = source.unwrap_or(self.ask.home);
        let paused = self.ask.client.paused_until(source);
        let own = state.retry_after.filter(|at| now < *at);
        let waits = own.or(paused);
        // Hours and days without news count when the moment has come, too.
        let open = schedule::past_skipped(now, &log.memory.wishes);
        let next = self.next(log);
        let next = next.max(Some(open).filter(|open| now < *open));
        let rests = next.filter(|at| now < *at && !self.force);
        if state.stopped.is_none() && waits.or(rests).is_none() {
            return Ok(Due::Source);
        }
        // The source rests, maybe for a day; pages that were put off need not.
        let since = state.last_attempt.unwrap_or(Time::MIN);
        let pause = self
            .config
            .interval
            .saturating_sub(schedule::slack(self.config.interval));
        if state.stopped.is_none()
            && waits.is_none()
            && self.full_text != FullText::Never
            && (log.memory.unfinished || self.started >= schedule::add(since, pause))
            && log.memory.is_due(now)
        {
            return Ok(Due::Pages);
        }
        let mut remarks = Vec::new();
        remarks.extend(state.stopped.clone());
        match (waits, own) {
            (Some(at), None) => {
                remarks.push(format!("its host asked to be left alone until {at:.0}"));
            }
            (Some(at), _) if self.force => {
                remarks.push(format!("the outlet asked to be left alone until {at:.0}"));
            }
            _ => {}
        }
        Err(Box::new(OutletReport {
            outlet: self.outlet.name.clone(),
            outcome: Outcome::NotDue,
            new: 0,
            changed: 0,
            full_text: 0,
            error: None,
            failing_since: state.failing_since,
            seconds: 0.0,
            next_fetch: match state.stopped {
                Some(_) => None,
                None => waits.max(next),
            },
            notes: Vec::new(),
            remarks,
        }))
    }

    /// When the source may be asked again: as it was written down, or earlier where that came of an
    /// interval that the reader has shortened since.
    fn next(&self, log: &Log) -> Option<Time> {
        let state = &log.state;
        let next = state.next_fetch?;
        let Some(last) = state.last_attempt else {
            return Some(next);
        };
        let interval = self.config.interval;
        let own = if state.failures > 0 {
            schedule::after_failure(last, interval, state.failures, 1.0)
        } else {
            // Of what is not known, what was written down stands.
            let Some(asked) = log.memory.asked_until else {
                return Some(next);
            };
            let asked = Time::from_second(asked).unwrap_or(Time::MAX);
            let own = schedule::add(last, interval.saturating_sub(schedule::slack(interval)));
            schedule::past_skipped(own.max(asked), &log.memory.wishes)
        };
        Some(next.min(own))
    }

    /// Asks for the source, wherever it is by now.
    fn source(&self, log: &mut Log) -> Result<(Came, Option<Duration>), Failure> {
        if log.memory.pinned != self.outlet.feed {
            // The reader pinned another source, or none any more: what is known is of the old one.
            log.state.source = None;
            log.state.etag = None;
            log.state.last_modified = None;
            log.memory = Memory {
                waiting: std::mem::take(&mut log.memory.waiting),
                pinned: self.outlet.feed.clone(),
                ..Memory::default()
            };
        }
        if let (None, Some(pinned)) = (&log.state.source, &self.outlet.feed) {
            log.state.source = Some(Source::Feed(pinned.clone()));
        }
        let Some(source) = log.state.source.clone() else {
            return self.seek(log, None);
        };
        let pinned = self.outlet.feed.is_some();
        let own = source.url() == self.outlet.url;
        let lost = match self.fetch(&source, log) {
            Ok(came) => return Ok(came),
            Err(why) if pinned => return Err(why),
            // A source that was found by discovery may be found elsewhere.
            Err(why @ Failure::Fetch(FetchError::Gone)) if !own => {
                log.memory.gone.push(source.url().to_owned());
                // A gone source is never asked again, so there is nothing to wait for.
                log.memory.looked = None;
                why
            }
            Err(why @ Failure::Fetch(FetchError::Status(404))) if !own => why,
            Err(why @ Failure::Source(_)) => why,
            Err(why) => return Err(why),
        };
        let now = self.ask.clock.now().as_second();
        if log.memory.looked.is_some_and(|at| now - at < LOOK_AGAIN) {
            return Err(lost);
        }
        log.memory.looked = Some(now);
        match self.seek(log, Some((&source, lost.to_string()))) {
            // The first reason is the one to tell.
            Err(Failure::Source(_) | Failure::Robots(_)) => Err(lost),
            other => other,
        }
    }

    /// Asks for a known source, conditionally.
    fn fetch(&self, source: &Source, log: &mut Log) -> Result<(Came, Option<Duration>), Failure> {
        if matches!(source, Source::HeadlinePage(_) | Source::NewsSitemap(_)) {
            match self.ask.allowed(&mut log.memory.robots, source.url())? {
                Allowed::Yes => {}
                Allowed::No => {
                    let why = format!("robots.txt does not allow {}", source.url());
                    return Err(Failure::Source(why));
                }
                Allowed::Unknown(why) => return Err(Failure::Robots(why)),
            }
        }
        let validated = log.memory.validated_url.clone();
        let request = Request {
            validators: Validators {
                etag: log.state.etag.clone(),
                last_modified: log.state.last_modified.clone(),
            },
            validated_url: validated.as_deref(),
            last: true,
            ..Request::new(source.url(), ACCEPT_SOURCE, self.outlet_home())
        };
        let fetched = self.ask.client.get(&request)?;
        let (moved, fresh_for) = (fetched.moved.clone(), fetched.fresh_for);
        let answered = fetched.url.clone();
        let mut validators = fetched.validators.clone();
        let came = match fetched.answer {
            Answer::NotModified => Came::Nothing,
            Answer::Fresh { .. } => {
                let document = Document::from(fetched)?;
                let gave = self.read(source, document, &mut log.memory.robots);
                let gave = gave.map_err(Failure::Source)?;
                validators = gave.validators;
                if gave.feed.entries.is_empty() && log.memory.had_entries {
                    self.emptied(source, log)?;
                }
                Came::Entries(Box::new(gave.feed), gave.weight)
            }
        };
        if let Some(to) = moved {
            log.notes.push(format!("the source has moved to {to}"));
            log.state.source = Some(source.moved_to(&to));
        }
        log.state.status = Some(match came {
            Came::Nothing => 304,
            Came::Entries(..) => 200,
        });
        self.validated(log, validators, &answered);
        Ok((came, fresh_for))
    }

    /// A source that had entries and has none now is looked for elsewhere, once a day; until
    /// something better is found it is believed.
    fn emptied(&self, source: &Source, log: &mut Log) -> Result<(), Failure> {
        let now = self.ask.clock.now().as_second();
        let looked = log.memory.looked.is_some_and(|at| now - at < LOOK_AGAIN);
        if looked || self.outlet.feed.is_some() || source.url() == self.outlet.url {
            return Ok(());
        }
        Err(Failure::Source(
            "the source has no entries any more".to_owned(),
        ))
    }

    fn read(
        &self,
        source: &Source,
        document: Document,
        rules: &mut Vec<Rules>,
    ) -> Result<Gave, String> {
        if let Source::Feed(_) = source {
            let content_type = document.content_type.as_deref();
            match discover::look(&document.bytes, content_type, &document.url).itself {
                Some(Kind::Page) => return Err("the feed has become a page".to_owned()),
                // A sitemap may be pinned, too.
                Some(Kind::Sitemap | Kind::SitemapIndex) => {
                    let sitemap = Source::NewsSitemap(source.url().to_owned());
                    return find_source::read(
                        &self.ask,
                        rules,
                        &sitemap,
                        document,
                        &self.outlet.select,
                    );
                }
                _ => {}
            }
        }
        find_source::read(&self.ask, rules, source, document, &self.outlet.select)
    }

    /// Finds out how the outlet can be read. `lost` is the source that no longer serves and why.
    fn seek(
        &self,
        log: &mut Log,
        lost: Option<(&Source, String)>,
    ) -> Result<(Came, Option<Duration>), Failure> {
        let mut empty: Option<Tried> = None;
        let mut best: Option<Tried> = None;
        let mut reasons = Vec::new();
        let except = log.memory.gone.clone();
        let search = Search {
            url: &self.outlet.url,
            select: &self.outlet.select,
            except: &except,
        };
        let ask = Ask {
            desk: Some(self.store),
            ..self.ask
        };
        find_source::seek(&ask, &mut log.memory.robots, search, &mut |mut tried| {
            match &tried.gave {
                Ok(gave) if !gave.feed.entries.is_empty() => {
                    best = Some(tried);
                    return std::ops::ControlFlow::Break(());
                }
                Ok(_) if empty.is_none() => {
                    if let Ok(gave) = &mut tried.gave {
                        // Nothing is held that weighs, and others are asked meanwhile.
                        gave.weight = Weight::default();
                    }
                    empty = Some(tried);
                }
                Ok(_) => {}
                Err(why) => reasons.push(format!("{}: {why}", tried.source.url())),
            }
            std::ops::ControlFlow::Continue(())
        })?;
        // A feed that has no entries yet is a source all the same, but no reason to leave another.
        let found = best.or(empty.filter(|_| lost.is_none()));
        let Some(Tried {
            source,
            found,
            gave: Ok(gave),
        }) = found
        else {
            let own = Url::parse(&self.outlet.url).map(|url| url.origin().ascii_serialization());
            let mut rules = log.memory.robots.iter();
            let rules = rules.find(|rules| own.as_ref().is_ok_and(|own| *own == rules.origin));
            // Without it neither news sitemaps nor headlines were looked at.
            if let Some((None, Some(why))) = rules.map(|rules| (&rules.text, &rules.lost)) {
                return Err(Failure::Robots(why.clone()));
            }
            let mut sentence = "no feed, news sitemap or headlines were found".to_owned();
            if let Some(why) = reasons.first() {
                sentence = format!("{sentence} ({why})");
            }
            return Err(Failure::Source(sentence));
        };
        if let Some((old, why)) = lost
            && *old != source
        {
            log.notes.push(format!(
                "the source has changed from {} {} ({why}) to {} {}, found by {found}",
                old.kind(),
                old.url(),
                source.kind(),
                source.url(),
            ));
        }
        log.state.source = Some(source);
        log.state.status = Some(200);
        log.memory.had_entries = false;
        log.memory.looked = None;
        self.validated(log, gave.validators, &gave.url);
        Ok((
            Came::Entries(Box::new(gave.feed), gave.weight),
            gave.fresh_for,
        ))
    }

    /// Keeps the validators with the address that gave them.
    fn validated(&self, log: &mut Log, validators: Validators, answered: &str) {
        let source = log.state.source.as_ref().map(Source::url);
        log.memory.validated_url = (source != Some(answered)).then(|| answered.to_owned());
        log.state.etag = validators.etag;
        log.state.last_modified = validators.last_modified;
    }

    /// The address that says whether private addresses are fine.
    fn outlet_home(&self) -> &str {
        self.ask.home
    }

    fn succeeded(&self, log: &mut Log, came: &Came, fresh_for: Option<Duration>) {
        let now = self.ask.clock.now();
        if let Came::Entries(feed, _) = came {
            log.memory.wishes = schedule::Wishes {
                ttl_minutes: feed.ttl_minutes,
                skip_hours: feed.skip_hours.clone(),
                skip_days: feed.skip_days.clone(),
            };
        }
        let asked = schedule::asked_until(now, fresh_for, &log.memory.wishes);
        // Up to the whole second.
        log.memory.asked_until = Some(asked.as_second() + 1);
        let state = &mut log.state;
        state.last_attempt = Some(now);
        state.last_success = Some(now);
        state.last_error = None;
        state.failing_since = None;
        state.failures = 0;
        state.retry_after = None;
        state.next_fetch = Some(schedule::after_success(
            self.started,
            now,
            self.config.interval,
            fresh_for,
            &log.memory.wishes,
        ));
    }

    fn failed(&self, log: &mut Log, why: &Failure) {
        let now = self.ask.clock.now();
        let state = &mut log.state;
        state.last_attempt = Some(now);
        state.last_error = Some(without_password(&why.to_string()).into_owned());
        state.failing_since.get_or_insert(now);
        let fetch = match why {
            Failure::Fetch(why) | Failure::Robots(why) => Some(why),
            _ => None,
        };
        state.status = fetch.and_then(FetchError::status);
        if fetch.is_some_and(FetchError::is_offline) {
            // No server was troubled, and none should wait for a machine that was asleep.
            // What the outlet itself asked for holds on.
            state.next_fetch = state.next_fetch.filter(|at| now < *at);
            return;
        }
        state.failures = state.failures.saturating_add(1);
        let jitter = fastrand::f64();
        let backoff = schedule::after_failure(now, self.config.interval, state.failures, jitter);
        state.next_fetch = Some(backoff);
        match fetch {
            Some(FetchError::Gone) => {
                state.stopped = Some(
                    "the outlet said that this address is gone for good (HTTP 410), so it is not \
                     asked any more; give the outlet another url to read it again"
                        .to_owned(),
                );
            }
            Some(FetchError::Later {
                until: Some(until), ..
            }) => {
                let until = schedule::retry_at(now, *until);
                state.retry_after = Some(until);
                state.next_fetch = Some(until);
            }
            _ => {}
        }
    }

    /// Stores what came: first what the source says, then the pages, a few at a time.
    fn take_in(&self, came: Came, entered: Entered<'_>, log: &mut Log) -> Result<(), Failure> {
        let name = &self.outlet.name;
        let mut wanting = Vec::new();
        let (packed, weight) = match came {
            Came::Entries(feed, weight) => match self.entries(*feed, log, &mut wanting) {
                Ok(packed) => (packed, weight),
                Err(why) => {
                    // Else the next answer would be that nothing is new.
                    self.validated(log, Validators::default(), "");
                    log.memory.validated_url = None;
                    return Err(why);
                }
            },
            Came::Nothing => (Vec::new(), Weight::default()),
        };
        if self.full_text != FullText::Never {
            // Those of earlier refreshes come after what is new.
            let room = self.config.max_pages.saturating_sub(wanting.len());
            for page in log.memory.due(self.ask.clock.now(), room) {
                if wanting.iter().any(|wanted| wanted.url() == page.url) {
                    continue;
                }
                match self.store.stored(name, &page)? {
                    // The reader's own key has brought the text meanwhile.
                    Some(stored) if stored.text == TextState::Full && !page.renews => {
                        log.memory.settle(&page.url);
                    }
                    Some(stored) => wanting.push(article_pages::Wanted::again(stored, page)),
                    None => log.memory.settle(&page.url),
                }
            }
        }
        for wanted in &wanting {
            wanted.put_off(log);
        }
        // Their texts are held while the pages come; what is put off need not be.
        wanting.truncate(MOST_WANTED.max(self.config.max_pages));
        log.memory.unfinished = !wanting.is_empty();
        if !packed.is_empty() {
            // With what still waits for its page: whatever ends this process, the next refresh
            // goes on from here.
            let update = Update {
                state: Some(log.state()),
                articles: packed,
                ..Update::default()
            };
            log.done = self.store.ingest(name, update, self.ask.clock.now())?;
        }
        // Pages come one at a time and take as long as the host's gap wants.
        drop((entered, weight));
        if !wanting.is_empty() {
            article_pages::fetch(self, wanting, log)?;
        }
        log.memory.unfinished = false;
        if let Some(folder) = self.images {
            log.images.truncate(self.config.max_pages);
            image_cache::fetch(&self.ask, folder, &log.images)?;
        }
        Ok(())
    }

    /// Sorts the entries of a document into what can be stored and what wants its page.
    fn entries(
        &self,
        feed: Feed,
        log: &mut Log,
        wanting: &mut Vec<article_pages::Wanted>,
    ) -> Result<Vec<Packed>, Failure> {
        let memory = &mut log.memory;
        memory.had_entries |= !feed.entries.is_empty();
        memory.lang = feed.lang;
        let mut entries = feed.entries;
        entries.truncate(MAX_ENTRIES);
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.store.known(&self.outlet.name, entries)?;
        let fresh: Vec<_> = known
            .into_iter()
            .filter(|(entry, known)| {
                known.is_none_or(|known| {
                    known.id.is_some() && known.print != assemble::fingerprint(entry)
                })
            })
            .collect();
        if fresh.is_empty() {
            return Ok(Vec::new());
        }
        let listed = article_pages::is_listed(log);
        let base = log
            .state
            .source
            .as_ref()
            .map(Source::url)
            .unwrap_or_default();
        let (base, tags) = (base.to_owned(), self.outlet.tags.clone());
        let (lang, full_text) = (log.memory.lang.clone(), self.full_text);
        let feed_text = log.memory.feed_text;
        let (packed, mut wanted, mut images) = self
            .ask
            .cpu
            .run(move || {
                let house = House {
                    tags: &tags,
                    lang: lang.as_deref(),
                    listed,
                };
                let mut packed = Vec::with_capacity(fresh.len());
                let (mut wanted, mut images) = (Vec::new(), Vec::new());
                for (entry, known) in fresh {
                    let draft = assemble::draft(entry, &base);
                    let verdict = feed_text.verdict(draft.body.words, draft.breaks_off);
                    if draft.entry.url.is_some() && assemble::wanted(full_text, verdict) {
                        let had = known.map_or(TextState::None, |known| known.text);
                        wanted.push(article_pages::Wanted::first(draft.clone(), had));
                    }
                    let article = assemble::assemble(draft, None, verdict, house);
                    images.extend(article.image.clone());
                    packed.push(article.pack());
                }
                (packed, wanted, images)
            })
            .map_err(|why| Failure::Source(why.to_string()))?;
        wanting.append(&mut wanted);
        log.images.append(&mut images);
        Ok(packed)
    }
}

/// Sentences without the passwords that may stand in their addresses.
fn shown(sentences: Vec<String>) -> Vec<String> {
    let shown = sentences
        .iter()
        .map(|one| without_password(one).into_owned());
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::refresh::{client, cpu};
    use newsprint_fetch::{Clock, SystemClock};
    use newsprint_store::Store;
    use std::sync::Arc;

    /// What was not taken in is asked for again without a word of what is known, however good the
    /// answer was that brought it.
    #[test]
    fn an_answer_that_is_not_taken_in_leaves_no_validators() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("newsprint.db")).unwrap();
        let outlet = Outlet {
            name: "Outlet".to_owned(),
            url: "https://outlet.example/feed".to_owned(),
            ..Outlet::default()
        };
        store.sync_outlets(std::slice::from_ref(&outlet)).unwrap();
        let config = Config::parse("", folder.path(), folder.path()).unwrap();
        let clock = Arc::new(SystemClock);
        let client = client(&config, clock.clone());
        // Nobody works at it: whatever it is asked for fails, as where a document breaks the parser.
        let cpu = cpu(Some(0)).unwrap();
        let visit = Visit {
            ask: Ask {
                desk: None,
                client: &client,
                cpu: &cpu,
                clock: &*clock,
                home: &outlet.url,
                agent: "newsprint",
            },
            outlet: &outlet,
            config: &config.refresh,
            full_text: FullText::Never,
            force: false,
            started: clock.now(),
            store: &store,
            images: None,
            progress: &|_| {},
        };
        let mut log = Log::default();
        log.state.etag = Some(b"\"new\"".to_vec());
        log.state.last_modified = Some(b"Mon, 02 Mar 2026 06:00:00 GMT".to_vec());
        log.memory.validated_url = Some("https://cdn.example/feed".to_owned());
        let feed = Feed {
            entries: vec![Entry {
                url: Some("https://outlet.example/one".to_owned()),
                title: "One".to_owned(),
                ..Entry::default()
            }],
            ..Feed::default()
        };
        let came = Came::Entries(Box::new(feed), Weight::default());
        store.enter();
        let taken = visit.take_in(came, Entered(&store), &mut log);
        assert!(matches!(taken, Err(Failure::Source(_))), "{taken:?}");
        assert_eq!((log.state.etag, log.state.last_modified), (None, None));
        assert_eq!(log.memory.validated_url, None);
    }
}
