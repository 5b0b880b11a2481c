//! Article pages of one outlet: fetched one after the other, read, and stored a few at a time, so
//! that a reader sees texts arrive and a stopped refresh loses little.
//! Never here: which entries are new, what an article is made of.

use std::sync::Arc;
use std::time::{Duration, Instant};

use url::Url;

use super::assemble::{self, Draft, House, Read, Verdict};
use super::outlet_memory::Waiting;
use super::report::Progress;
use super::requests::{Allowed, Document, without_robots};
use super::visit::{Failure, Log, Visit};
use newsprint_fetch::{Body, FetchError};
use newsprint_html::sanitize;
use newsprint_model::{Entry, FullText, Partial, Source, TextState, Time};
use newsprint_parse::ParseError;
use newsprint_parse::article::{self, PageBlocks, Repeats};
use newsprint_store::{Packed, Update};

/// Texts are committed when so many have come, …
const BATCH: usize = 8;

/// … or so many bytes of them, …
const BATCH_BYTES: usize = 512 << 10;

/// … or when the first of them has waited so long.
const BATCH_AGE: Duration = Duration::from_secs(3);

/// Pages that one article is followed over, its first included.
const PARTS: usize = 5;

/// So many pages teach what repeats; they themselves are read again, and only then stored.
const KEPT: usize = 4;

/// … each of no more bytes than this.
const LARGEST_KEPT: usize = 1 << 20;

/// Where robots.txt asks for a long pause between two requests, a visit asks for so many pages as
/// fit into this; the rest comes with the next.
const VISIT: Duration = Duration::from_secs(120);

/// So many pages in a row that cannot be had: the outlet is not well, the rest is put off.
const PATIENCE: usize = 3;

/// An article that is in the store, as an entry.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    /// Its fields; the text it has is the content.
    pub entry: Entry,
    /// How much of the text is there.
    pub text: TextState,
    /// The fingerprint of its feed entry.
    pub print: u64,
}

/// An article whose page is wanted.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    draft: Draft,
    /// How much of its text is in the store.
    had: TextState,
    page: Waiting,
    /// Comes from an earlier refresh, so its text is no longer the feed's.
    again: bool,
}

impl Wanted {
    /// A new or changed entry; `had` is the text that is already there.
    pub(super) fn first(draft: Draft, had: TextState) -> Wanted {
        Wanted {
            page: Waiting {
                url: draft.entry.url.clone().unwrap_or_default(),
                guid: draft.entry.guid.clone(),
                renews: had == TextState::Full,
                ..Waiting::default()
            },
            draft,
            had,
            again: false,
        }
    }

    /// The address of its page.
    pub(super) fn url(&self) -> &str {
        &self.page.url
    }

    /// Remembers that the page is wanted, until it is stored or given up.
    pub(super) fn put_off(&self, log: &mut Log) {
        log.memory.put_off(self.page.clone());
    }

    /// An article of an earlier refresh.
    pub(super) fn again(stored: Stored, page: Waiting) -> Wanted {
        let mut draft = assemble::draft(stored.entry, &page.url);
        draft.print = stored.print;
        Wanted {
            draft,
            had: stored.text,
            page,
            again: true,
        }
    }
}

/// What is going on while the pages of one visit are fetched.
struct Round {
    repeats: Arc<Repeats>,
    /// Nothing was known of repeating blocks when the round began.
    new_to_it: bool,
    learned: usize,
    /// Pages read before the repeating blocks were known: compressed.
    kept: Vec<(Box<[u8]>, PageHead, Wanted)>,
    batch: Vec<Packed>,
    batch_began: Instant,
    /// Pages that need not be fetched again once the batch is stored.
    settled: Vec<String>,
    /// Whether the outlet's state is stored with the batches.
    remembers: bool,
}

/// Where a page came from and as what.
#[derive(Debug, Clone)]
struct PageHead {
    url: String,
    content_type: Option<String>,
}

/// Fetches the pages, at most as many as the config says; the rest is remembered for later.
pub(super) fn fetch(visit: &Visit<'_>, wanting: Vec<Wanted>, log: &mut Log) -> Result<(), Failure> {
    let repeats = visit.store.repeats(&visit.outlet.name)?;
    let mut round = Round {
        new_to_it: repeats.is_none(),
        repeats: Arc::new(Repeats::from_bytes(&repeats.unwrap_or_default())),
        learned: 0,
        kept: Vec::new(),
        batch: Vec::new(),
        batch_began: Instant::now(),
        settled: Vec::new(),
        remembers: true,
    };
    let listed = is_listed(log);
    let mut end: Option<FetchError> = None;
    let mut most = visit.config.max_pages;
    let wanted_pages = wanting.len();
    if listed && let Some(first) = wanting.first() {
        match visit.ask.robots(&mut log.memory.robots, first.url()) {
            Ok(robots) => {
                let delay = robots.ok().and_then(|robots| visit.ask.delay(&robots));
                if let Some(delay) = delay.filter(|delay| !delay.is_zero()) {
                    let fit = VISIT.as_secs_f64() / delay.as_secs_f64();
                    most = most.min((fit as usize).max(1));
                }
            }
            Err(why) => end = Some(why),
        }
    }
    let total = wanted_pages.min(most);
    let mut asked = 0;
    let mut missing = 0;
    let mut in_a_row = 0;
    let mut first_reason = None;
    let mut forbidden = 0;
    for wanted in wanting {
        let words = wanted.draft.body.words;
        let verdict = log.memory.feed_text.verdict(words, wanted.draft.breaks_off);
        if !wanted.again && visit.full_text == FullText::Auto && verdict == Verdict::Whole {
            // What the pages before have taught.
            if let Err(why) = hand_in(visit, &wanted, &mut round, log, None, verdict, listed) {
                missing += 1;
                first_reason.get_or_insert(why.to_string());
                give_up_or_retry(visit, log, wanted, true);
            }
            continue;
        }
        if end.is_some() || asked >= most || in_a_row >= PATIENCE {
            wanted.put_off(log);
            continue;
        }
        if listed {
            match visit.ask.allowed(&mut log.memory.robots, wanted.url()) {
                Ok(Allowed::Yes) => {}
                Ok(Allowed::No) => {
                    forbidden += 1;
                    log.memory.settle(wanted.url());
                    continue;
                }
                Ok(Allowed::Unknown(why)) => {
                    missing += 1;
                    first_reason.get_or_insert(without_robots(&why));
                    wanted.put_off(log);
                    continue;
                }
                Err(why) => {
                    wanted.put_off(log);
                    end = Some(why);
                    continue;
                }
            }
        }
        asked += 1;
        match one(visit, &wanted, &mut round, log, verdict, listed) {
            Ok(()) => in_a_row = 0,
            Err(Failure::Store(why)) => return Err(why.into()),
            Err(Failure::Source(why)) => {
                missing += 1;
                first_reason.get_or_insert(why);
                give_up_or_retry(visit, log, wanted, true);
            }
            Err(Failure::Fetch(why) | Failure::Robots(why)) => {
                if let FetchError::Later { until, .. } = why
                    && !is_of_outlet(visit, log, &wanted, until)
                {
                    // Another host that is asked for this one page; the outlet's own may go on.
                    in_a_row += 1;
                    match until {
                        Some(until) => log.memory.put_off_until(wanted.page, until),
                        None => wanted.put_off(log),
                    }
                    continue;
                }
                if matches!(why, FetchError::Stopped | FetchError::Later { .. }) {
                    wanted.put_off(log);
                    end = Some(why);
                    continue;
                }
                missing += 1;
                let lasting = why.status().is_some_and(|s| (400..500).contains(&s));
                in_a_row = if lasting { 0 } else { in_a_row + 1 };
                first_reason.get_or_insert(why.to_string());
                give_up_or_retry(visit, log, wanted, lasting);
            }
        }
        (visit.progress)(Progress::Pages {
            outlet: visit.outlet.name.clone(),
            done: asked,
            total,
        });
        if round.learned > KEPT {
            read_again(visit, &mut round, log, listed);
        }
        let bytes: usize = round.batch.iter().map(Packed::size).sum();
        if round.batch.len() >= BATCH
            || bytes >= BATCH_BYTES
            || round.batch_began.elapsed() >= BATCH_AGE
        {
            commit(visit, &mut round, log)?;
        }
    }
    read_again(visit, &mut round, log, listed);
    commit(visit, &mut round, log)?;
    if let Some(why) = first_reason {
        log.remarks.push(match missing {
            1 => format!("an article page could not be had ({why})"),
            n => format!("{n} article pages could not be had (the first: {why})"),
        });
    }
    if forbidden > 0 {
        log.remarks.push(format!(
            "robots.txt does not allow the pages of {forbidden} articles"
        ));
    }
    match end {
        Some(why @ FetchError::Later { .. }) => {
            // The outlet as a whole asks for a pause; its source has answered all the same.
            if let FetchError::Later {
                until: Some(until), ..
            } = why
            {
                let now = visit.ask.clock.now();
                let until = newsprint_fetch::schedule::retry_at(now, until);
                log.state.retry_after = Some(until);
                log.state.next_fetch = log.state.next_fetch.max(Some(until));
            }
            log.remarks.push(why.to_string());
            Ok(())
        }
        Some(why) => Err(why.into()),
        None => Ok(()),
    }
}

/// Fetches one article's page now, because the reader wants it.
pub(super) fn now(visit: &Visit<'_>, wanted: Wanted) -> Result<(), Failure> {
    let repeats = visit.store.repeats(&visit.outlet.name)?.unwrap_or_default();
    let mut log = Log::default();
    let mut round = Round {
        new_to_it: false,
        repeats: Arc::new(Repeats::from_bytes(&repeats)),
        learned: 0,
        kept: Vec::new(),
        batch: Vec::new(),
        batch_began: Instant::now(),
        settled: Vec::new(),
        // The refresh knows more of the outlet than a single page does.
        remembers: false,
    };
    one(visit, &wanted, &mut round, &mut log, Verdict::Teaser, false)?;
    commit(visit, &mut round, &mut log)
}

/// Whether the articles come from a listing that was not made for feed readers, so that robots.txt
/// decides about their pages.
pub(super) fn is_listed(log: &Log) -> bool {
    matches!(
        log.state.source,
        Some(Source::NewsSitemap(_) | Source::HeadlinePage(_))
    )
}

/// A page that could not be had is tried again later; not for a text that is there already.
fn give_up_or_retry(visit: &Visit<'_>, log: &mut Log, wanted: Wanted, lasting: bool) {
    match wanted.had {
        TextState::Full => log.memory.settle(wanted.url()),
        _ => {
            let now = visit.ask.clock.now();
            log.memory.put_back(wanted.page, now, lasting);
        }
    }
}

/// Whether it is the outlet's own host that asks for a pause.
fn is_of_outlet(visit: &Visit<'_>, log: &Log, wanted: &Wanted, until: Option<Time>) -> bool {
    let source = log.state.source.as_ref().map(Source::url);
    let source = source.unwrap_or(visit.ask.home);
    match until {
        // A redirect may have led anywhere, so the address of the page does not tell.
        Some(_) => visit.ask.client.is_blocked(source),
        None => host(source) == host(wanted.url()),
    }
}

/// Fetches and reads one article's page or pages.
fn one(
    visit: &Visit<'_>,
    wanted: &Wanted,
    round: &mut Round,
    log: &mut Log,
    verdict: Verdict,
    listed: bool,
) -> Result<(), Failure> {
    let document = document(visit, &wanted.page.url)?;
    let head = PageHead {
        url: document.url.clone(),
        content_type: document.content_type.clone(),
    };
    // Read once more when it is known what repeats; but for those in several parts.
    let early = round.new_to_it && round.learned < KEPT && document.bytes.len() <= LARGEST_KEPT;
    let kept = early
        .then(|| zstd::bulk::compress(&document.bytes, 1).ok())
        .flatten()
        .map(Vec::into_boxed_slice);
    let (mut read, blocks) = read(visit, document.bytes, &head, &round.repeats)?;
    let kept = kept.filter(|_| read.page.next.is_none());
    // Repeats are shared with jobs that are done by now.
    Arc::make_mut(&mut round.repeats).learn(&blocks);
    round.learned += 1;
    let mut seen = vec![head.url.clone(), wanted.page.url.clone()];
    let mut next = read.page.next.clone();
    while let Some(url) = next.take() {
        let elsewhere = host(&url) != host(&head.url);
        if elsewhere || seen.len() > PARTS || seen.contains(&url) {
            break;
        }
        if listed && !visit.ask.allowed(&mut log.memory.robots, &url)?.is_yes() {
            break;
        }
        let Ok(document) = self::document(visit, &url) else {
            break;
        };
        let head = PageHead {
            url: document.url.clone(),
            content_type: document.content_type.clone(),
        };
        let Ok((part, _)) = self::read(visit, document.bytes, &head, &round.repeats) else {
            break;
        };
        if part.page.partial.is_some() || part.body.words == 0 {
            break;
        }
        read.body.html.push_str(&part.body.html);
        read.body.text.push_str("\n\n");
        read.body.text.push_str(&part.body.text);
        read.body.words += part.body.words;
        seen.push(url);
        next = part.page.next;
    }
    let comparable = !wanted.again && wanted.draft.body.words > 0 && !wanted.draft.breaks_off;
    if comparable && read.page.partial.is_none() && read.body.words > 0 {
        log.memory
            .feed_text
            .learn(read.body.words, wanted.draft.body.words);
    }
    if let Some(packed) = kept {
        round.kept.push((packed, head, wanted.clone()));
        return Ok(());
    }
    hand_in(visit, wanted, round, log, Some(read), verdict, listed)
}

/// Puts an article into the batch.
fn hand_in(
    visit: &Visit<'_>,
    wanted: &Wanted,
    round: &mut Round,
    log: &mut Log,
    read: Option<Read>,
    verdict: Verdict,
    listed: bool,
) -> Result<(), Failure> {
    let partial = read.as_ref().and_then(|read| read.page.partial);
    let packed = pack(visit, log, wanted.draft.clone(), read, verdict, listed)?;
    if round.batch.is_empty() {
        round.batch_began = Instant::now();
    }
    round.batch.push(packed);
    if partial == Some(Partial::ErrorPage) {
        give_up_or_retry(visit, log, wanted.clone(), false);
    } else {
        round.settled.push(wanted.page.url.clone());
    }
    Ok(())
}

/// Reads the first pages once more and hands them in, now that it is known what repeats on all of
/// them.
fn read_again(visit: &Visit<'_>, round: &mut Round, log: &mut Log, listed: bool) {
    for (packed, head, wanted) in std::mem::take(&mut round.kept) {
        let limit = visit.config.max_bytes as usize;
        let again = zstd::bulk::decompress(&packed, limit)
            .map_err(|why| Failure::Source(why.to_string()))
            .and_then(|bytes| read(visit, bytes.into(), &head, &round.repeats))
            .and_then(|(read, _)| {
                let words = wanted.draft.body.words;
                let verdict = log.memory.feed_text.verdict(words, wanted.draft.breaks_off);
                hand_in(visit, &wanted, round, log, Some(read), verdict, listed)
            });
        if again.is_err() {
            give_up_or_retry(visit, log, wanted, true);
        }
    }
}

fn document(visit: &Visit<'_>, url: &str) -> Result<Document, Failure> {
    let document = visit.ask.page(url)?;
    let kind = document.content_type.as_deref().unwrap_or("text/html");
    let kind = kind.to_ascii_lowercase();
    if kind.contains("html") || kind.contains("xml") || kind.starts_with("text/plain") {
        return Ok(document);
    }
    Err(Failure::Source(format!(
        "the link leads to {kind}, not to a page"
    )))
}

fn read(
    visit: &Visit<'_>,
    bytes: Body,
    head: &PageHead,
    repeats: &Arc<Repeats>,
) -> Result<(Read, PageBlocks), Failure> {
    let (head, repeats) = (head.clone(), repeats.clone());
    let select = visit.outlet.select.clone();
    let reading = visit.ask.cpu.run_page(bytes.len(), move || {
        let content_type = head.content_type.as_deref();
        let reading = article::read(bytes, content_type, &head.url, &select, &repeats)?;
        let body = sanitize::clean(&reading.page.body, &head.url);
        let page = reading.page;
        Ok::<_, ParseError>((Read { page, body }, reading.blocks))
    });
    reading
        .and_then(|read| read)
        .map_err(|why| Failure::Source(why.to_string()))
}

/// Puts the article together and packs it, on the cores that are there for it.
fn pack(
    visit: &Visit<'_>,
    log: &mut Log,
    draft: Draft,
    read: Option<Read>,
    verdict: Verdict,
    listed: bool,
) -> Result<Packed, Failure> {
    let (tags, lang) = (visit.outlet.tags.clone(), log.memory.lang.clone());
    let (packed, image) = visit
        .ask
        .cpu
        .run(move || {
            let house = House {
                tags: &tags,
                lang: lang.as_deref(),
                listed,
            };
            let article = assemble::assemble(draft, read, verdict, house);
            let image = article.image.clone();
            (article.pack(), image)
        })
        .map_err(|why| Failure::Source(why.to_string()))?;
    log.images.extend(image);
    Ok(packed)
}

fn commit(visit: &Visit<'_>, round: &mut Round, log: &mut Log) -> Result<(), Failure> {
    if round.batch.is_empty() {
        return Ok(());
    }
    for url in round.settled.drain(..) {
        log.memory.settle(&url);
    }
    let update = Update {
        state: round.remembers.then(|| log.state()),
        articles: std::mem::take(&mut round.batch),
        repeats: Some(round.repeats.to_bytes()),
    };
    let now = visit.ask.clock.now();
    let done = visit.store.ingest(&visit.outlet.name, update, now)?;
    log.done.new += done.new;
    log.done.changed += done.changed;
    log.done.filled += done.filled;
    log.done.full_text += done.full_text;
    Ok(())
}

fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}
