//! One visit to one outlet, from what is remembered of it to what is stored: what is new, which pages
//! are needed, what the next visit has to know.
//! Never here: threads, whether it is due (`due`), its source (`source_visit`), its pages
//! (`article_pages`).

use std::time::{Duration, Instant};

use super::article_pages;
use super::assemble::{self, OutletDefaults};
use super::context::{Failure, Visit, VisitState};
use super::due::Due;
use super::fingerprint::fingerprint;
use super::full_text::{self, Verdict};
use super::image_cache;
use super::outlet_memory::{CrawlState, Moved};
use super::ownership::{self, OwnSites};
use super::page_reading::Wanted;
use super::report::{Outcome, OutletReport, Progress};
use super::source_visit::Came;
use super::store_access::DocumentPermit;
use newsprint_fetch::{FetchError, MemoryPermit, Validators, schedule};
use newsprint_model::{Feed, FullText, Source, TextState, Time, without_password};
use newsprint_store::{Ingested, SourceState, StoreError, Update};

/// Entries of one document that are looked at: the newest stand first.
const MAX_ENTRIES: usize = 2_000;

/// Articles at most whose pages are thought of in one visit.
const MOST_WANTED: usize = 200;

/// Sentences that are kept of one outlet.
const MOST_NOTES: usize = 8;

/// What is said of a source that has moved.
const MOVED: &str = "moved from";

/// What is said of pages that were walls.
const NO_ARTICLES: &str = "article pages did not show the article";

/// An outlet that the store does not know any more.
pub(super) const REMOVED: &str = "renamed or removed in the config during the refresh; the next refresh \
                       fetches it under its new name";

impl Visit<'_> {
    /// Visits, commits, and reports. Only a store that fails ends the whole refresh.
    /// `None` is for a visit that was stopped before anything came of it.
    pub(super) fn run(&self, state: SourceState) -> Result<Option<OutletReport>, StoreError> {
        let begun = Instant::now();
        let failing = (state.failures, state.failing_since);
        let mut state = VisitState {
            crawl: CrawlState::read(&state.extra),
            stored: state,
            ..VisitState::default()
        };
        let now = self.fetcher.clock.now();
        let ahead = state.stored.last_attempt.is_some_and(|at| at > now);
        state.crawl.heal(now, ahead);
        if state.crawl.public && state.crawl.pinned == self.outlet.feed {
            self.fetcher.client.recall_public(self.fetcher.home);
        }
        let due = match self.due(&state, now) {
            Ok(due) => due,
            Err(report) => return Ok(Some(*report)),
        };
        (self.progress)(Progress::Asking {
            outlet: self.outlet.name.clone(),
        });
        let permit = DocumentPermit::acquire(self.store);
        let came = match due {
            Due::Pages => Ok(Came::Nothing),
            Due::Source => self.source(&mut state).map(|(came, fresh_for)| {
                self.succeeded(&mut state, &came, fresh_for);
                came
            }),
        };
        let answered = came
            .as_ref()
            .is_ok_and(|came| matches!(came, Came::Entries(..)));
        let failure = came
            .and_then(|came| self.take_in(came, permit, &mut state))
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
            (state.stored.failures, state.stored.failing_since) = failing;
            self.failed(&mut state, why);
        }
        self.tell(&mut state, answered);
        let error = failure.map(|why| without_password(&why.to_string()).into_owned());
        let next_fetch = state.stored.next_fetch;
        let failing_since = state.stored.failing_since;
        self.store.write_later(&self.outlet.name, state.to_store());
        let done = state.done;
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
            notes: shown(state.notes),
            remarks: shown(state.remarks),
        }))
    }

    /// Says what was lost of a damaged document, and which pages were no articles; keeps it with the
    /// outlet until a visit knows better.
    fn tell(&self, state: &mut VisitState, answered: bool) {
        if answered && !state.crawl.had_entries {
            state.notes.push("the source is valid and empty".to_owned());
        }
        let (lost, walls) = (std::mem::take(&mut state.losses), &state.walls);
        let mut told = Vec::new();
        let (old_walls, old): (Vec<_>, Vec<_>) = std::mem::take(&mut state.stored.notes)
            .into_iter()
            .partition(|note| note.contains(NO_ARTICLES));
        match answered {
            true => {
                told.extend(state.notes.iter().cloned());
                told.extend(lost.iter().cloned());
            }
            // The document is as it was, and so is what is wrong with it.
            false => told.extend(old),
        }
        state.notes.extend(lost);
        if let Some(first) = walls.first() {
            let (all, none) = (state.pages_read.max(walls.len()), walls.len());
            let note = format!("{none} of {all} {NO_ARTICLES} ({})", first.as_str());
            state.notes.push(note.clone());
            told.push(note);
        } else if state.pages_read == 0 {
            told.extend(old_walls);
        }
        told.retain(|note| !note.starts_with(MOVED));
        if let Some(moved) = &state.crawl.moved
            && self.still_differs(state, moved)
        {
            let on = Time::from_second(moved.at).unwrap_or_default();
            let on = on.strftime("%Y-%m-%d");
            told.insert(0, format!("{MOVED} {} to {} on {on}", moved.from, moved.to));
        }
        told.truncate(MOST_NOTES);
        state.stored.notes = told
            .iter()
            .map(|note| without_password(&newsprint_html::safe_text::line(note)).into_owned())
            .collect();
    }

    /// Whether the config names the address that has moved.
    fn still_differs(&self, state: &VisitState, moved: &Moved) -> bool {
        let source = state.stored.source.as_ref().map(Source::url);
        let pinned = self.outlet.feed.as_deref() == Some(&*moved.from);
        pinned || self.outlet.url == moved.from && source == Some(&*moved.to)
    }

    fn succeeded(&self, state: &mut VisitState, came: &Came, fresh_for: Option<Duration>) {
        let now = self.fetcher.clock.now();
        if let Came::Entries(feed, _) = came {
            state.crawl.hints = schedule::ScheduleHints {
                ttl_minutes: feed.ttl_minutes,
                skip_hours: feed.skip_hours.clone(),
                skip_days: feed.skip_days.clone(),
            };
        }
        let asked = schedule::asked_until(now, fresh_for, &state.crawl.hints);
        // Up to the whole second.
        state.crawl.asked_until = Some(asked.as_second() + 1);
        let stored = &mut state.stored;
        stored.last_attempt = Some(now);
        stored.last_success = Some(now);
        stored.last_error = None;
        stored.failing_since = None;
        stored.failures = 0;
        stored.retry_after = None;
        stored.next_fetch = Some(schedule::after_success(
            self.started,
            now,
            self.config.interval,
            fresh_for,
            &state.crawl.hints,
        ));
    }

    fn failed(&self, state: &mut VisitState, why: &Failure) {
        let now = self.fetcher.clock.now();
        let stored = &mut state.stored;
        let fetch = match why {
            Failure::Fetch(why) | Failure::Robots(why) => Some(why),
            _ => None,
        };
        stored.last_attempt = Some(now);
        if fetch.is_some_and(FetchError::is_ours) {
            // The outlet was not asked, so it is neither failing nor well.
            stored.next_fetch = stored.next_fetch.filter(|at| now < *at);
            return;
        }
        stored.last_error = Some(without_password(&why.to_string()).into_owned());
        stored.failing_since.get_or_insert(now);
        stored.status = fetch.and_then(FetchError::status);
        if fetch.is_some_and(FetchError::is_offline) {
            // No server was troubled, and none should wait for a machine that was asleep.
            // What the outlet itself asked for holds on.
            stored.next_fetch = stored.next_fetch.filter(|at| now < *at);
            return;
        }
        stored.failures = stored.failures.saturating_add(1);
        let jitter = fastrand::f64();
        let backoff = schedule::after_failure(now, self.config.interval, stored.failures, jitter);
        stored.next_fetch = Some(backoff);
        match fetch {
            Some(FetchError::Gone) => {
                stored.stopped = Some(
                    "disabled: the URL is permanently gone (HTTP 410); set another url to enable it"
                        .to_owned(),
                );
            }
            Some(FetchError::Later {
                until: Some(until), ..
            }) => {
                let until = schedule::retry_at(now, *until);
                stored.retry_after = Some(until);
                stored.next_fetch = Some(until);
            }
            _ => {}
        }
    }

    /// Stores what came: first what the source says, then the pages, a few at a time.
    fn take_in(
        &self,
        came: Came,
        document: DocumentPermit<'_>,
        state: &mut VisitState,
    ) -> Result<(), Failure> {
        let name = &self.outlet.name;
        let mut wanting = Vec::new();
        let (came, memory) = match came {
            Came::Entries(feed, permit) => match self.entries(*feed, state, &mut wanting) {
                Ok(came) => (came, permit),
                Err(why) => {
                    // Else the next answer would be that nothing is new.
                    self.keep_validators(state, Validators::default(), "");
                    state.crawl.validated_url = None;
                    return Err(why);
                }
            },
            Came::Nothing => (Update::default(), MemoryPermit::default()),
        };
        if self.full_text != FullText::Never {
            // Those of earlier refreshes come after what is new.
            self.add_waiting(&mut wanting, state)?;
        }
        for wanted in &wanting {
            wanted.enqueue(state);
        }
        // Their texts are held while the pages come; what is put off need not be.
        wanting.truncate(MOST_WANTED.max(self.config.max_pages));
        state.crawl.unfinished = !wanting.is_empty();
        if !came.articles.is_empty() {
            // With what still waits for its page: whatever ends this process, the next refresh
            // goes on from here.
            let update = Update {
                state: Some(state.to_store()),
                ..came
            };
            state.done = self.store.ingest(name, update, self.fetcher.clock.now())?;
        }
        // Pages come one at a time and take as long as the host's gap wants.
        drop((document, memory));
        if !wanting.is_empty() {
            article_pages::fetch(self, wanting, state)?;
        }
        state.crawl.unfinished = false;
        if let Some(folder) = self.images {
            state.images.truncate(self.config.max_pages);
            image_cache::fetch(&self.fetcher, folder, &state.images)?;
        }
        Ok(())
    }

    /// Adds pages that earlier visits put off and that are due.
    fn add_waiting(
        &self,
        wanting: &mut Vec<Wanted>,
        state: &mut VisitState,
    ) -> Result<(), Failure> {
        let room = self.config.max_pages.saturating_sub(wanting.len());
        for page in state.crawl.due(self.fetcher.clock.now(), room) {
            if wanting.iter().any(|wanted| wanted.url() == page.url) {
                continue;
            }
            match self.store.stored(&self.outlet.name, &page)? {
                // The reader's own key has brought the text meanwhile.
                Some(stored) if stored.text == TextState::Full && !page.renews => {
                    state.crawl.done(&page.url);
                }
                Some(stored) => wanting.push(Wanted::again(stored, page, state.is_listed())),
                None => state.crawl.done(&page.url),
            }
        }
        Ok(())
    }

    /// Sorts the entries of a document into what can be stored and what wants its page.
    pub(super) fn entries(
        &self,
        feed: Feed,
        state: &mut VisitState,
        wanting: &mut Vec<Wanted>,
    ) -> Result<Update, Failure> {
        let source = state.stored.source.as_ref().map(Source::url);
        let own = OwnSites::of(&[&self.outlet.url, source.unwrap_or_default()]).and_of(&feed);
        let shared = ownership::shared_pages(&feed);
        let crawl = &mut state.crawl;
        crawl.had_entries |= !feed.entries.is_empty();
        crawl.lang = feed.lang;
        crawl.title = feed.title;
        let mut entries = feed.entries;
        entries.truncate(MAX_ENTRIES);
        if entries.is_empty() {
            return Ok(Update::default());
        }
        let known = self.store.known(&self.outlet.name, entries)?;
        let (fresh, same): (Vec<_>, Vec<_>) = known.into_iter().partition(|(entry, known)| {
            known.is_none_or(|known| known.id.is_some() && known.print != fingerprint(entry))
        });
        if fresh.is_empty() {
            return Ok(Update::default());
        }
        let others = same.into_iter().filter_map(|(_, known)| known).collect();
        let listed = state.is_listed();
        let base = state.stored.source.as_ref().map(Source::url);
        let base = base.unwrap_or_default();
        let (base, tags) = (base.to_owned(), self.outlet.tags.clone());
        let (lang, full_text) = (state.crawl.lang.clone(), self.full_text);
        let feed_text = state.crawl.feed_text;
        let (packed, wanted, images) = self
            .fetcher
            .pool
            .run(move || {
                let defaults = OutletDefaults {
                    tags: &tags,
                    lang: lang.as_deref(),
                    listed,
                };
                let mut packed = Vec::with_capacity(fresh.len());
                let (mut wanted, mut images) = (Vec::new(), Vec::new());
                for (mut entry, known) in fresh {
                    // `3 hours ago` holds as it was first read.
                    if entry.approximate && known.is_some() {
                        entry.published = None;
                    }
                    let mut draft = assemble::draft(entry, &base);
                    let url = draft.entry.url.as_deref().unwrap_or_default();
                    draft.foreign = own.is_foreign(url);
                    let mut verdict = feed_text.verdict(draft.body.words, draft.breaks_off);
                    // There is no page that would be this entry's.
                    let its_own = draft.foreign && ownership::says_something(&draft.body.html);
                    let on_a_shared_page =
                        draft.body.words > 0 && shared.contains(&ownership::page_of(url));
                    if its_own || on_a_shared_page {
                        verdict = Verdict::Whole;
                    }
                    let full_text = match its_own || on_a_shared_page {
                        true => FullText::Never,
                        false => full_text,
                    };
                    if draft.entry.url.is_some() && full_text::wanted(full_text, verdict) {
                        let had = known.map_or(TextState::None, |known| known.text);
                        wanted.push(Wanted::first(draft.clone(), had, listed));
                    }
                    let mut article = assemble::assemble(draft, None, verdict, defaults);
                    article.new = known.is_none();
                    images.extend(article.image.clone());
                    packed.push(article.pack());
                }
                (packed, wanted, images)
            })
            .map_err(|why| Failure::Source(why.to_string()))?;
        wanting.extend(wanted);
        state.images.extend(images);
        Ok(Update {
            articles: packed,
            others,
            ..Update::default()
        })
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
    use crate::refresh::requests::Fetcher;
    use crate::refresh::{client, parse_pool};
    use newsprint_fetch::{Clock, SystemClock};
    use newsprint_model::{Entry, Outlet};
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
        let pool = parse_pool(Some(0)).unwrap();
        let visit = Visit {
            fetcher: Fetcher {
                permits: None,
                client: &client,
                pool: &pool,
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
        let mut state = VisitState::default();
        state.stored.etag = Some(b"\"new\"".to_vec());
        state.stored.last_modified = Some(b"Mon, 02 Mar 2026 06:00:00 GMT".to_vec());
        state.crawl.validated_url = Some("https://cdn.example/feed".to_owned());
        let feed = Feed {
            entries: vec![Entry {
                url: Some("https://outlet.example/one".to_owned()),
                title: "One".to_owned(),
                ..Entry::default()
            }],
            ..Feed::default()
        };
        let came = Came::Entries(Box::new(feed), MemoryPermit::default());
        let taken = visit.take_in(came, DocumentPermit::acquire(&store), &mut state);
        assert!(matches!(taken, Err(Failure::Source(_))), "{taken:?}");
        assert_eq!(
            (state.stored.etag, state.stored.last_modified),
            (None, None)
        );
        assert_eq!(state.crawl.validated_url, None);
    }
}
