//! One article's page: fetched, followed over its parts, read, and put into a batch that is committed
//! now and then, so that a reader sees texts arrive and a stopped refresh loses little.
//! Never here: which pages are fetched, and when (`article_pages`); what an article is made of.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use url::Url;

use super::assemble::{self, Draft, OutletDefaults, Read};
use super::context::{Failure, Visit, VisitState};
use super::full_text::Verdict;
use super::outlet_memory::Waiting;
use super::requests::Document;
use super::shared_pages;
use super::store_access::Stored;
use newsprint_fetch::Body;
use newsprint_html::sanitize;
use newsprint_model::{Partial, TextState, Time};
use newsprint_parse::ParseError;
use newsprint_parse::article::{self, Asked, PageBlocks, Repeats};
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

/// An article whose page is wanted.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    draft: Draft,
    /// How much of its text is in the store.
    had: TextState,
    page: Waiting,
    /// Comes from an earlier refresh, so its text is no longer the feed's.
    again: bool,
    /// See [`VisitState::is_listed`].
    listed: bool,
}

impl Wanted {
    /// A new or changed entry; `had` is the text that is already there.
    pub(super) fn first(draft: Draft, had: TextState, listed: bool) -> Wanted {
        Wanted {
            page: Waiting {
                url: draft.entry.url.clone().unwrap_or_default(),
                guid: draft.entry.guid.clone(),
                renews: had == TextState::Full,
                foreign: draft.foreign,
                ..Waiting::default()
            },
            draft,
            had,
            again: false,
            listed,
        }
    }

    /// Whether the feed's text is the whole article, by what is known of the outlet now.
    pub(super) fn verdict(&self, state: &VisitState) -> Verdict {
        // Its address is the episode itself, which has no text.
        let entry = &self.draft.entry;
        let is_file = entry
            .media
            .iter()
            .any(|media| entry.url.as_ref() == Some(&media.url));
        if is_file {
            return Verdict::Whole;
        }
        let feed_text = state.crawl.feed_text;
        feed_text.verdict(self.draft.body.words, self.draft.breaks_off)
    }

    /// The page with what is remembered of it.
    pub(super) fn into_page(self) -> Waiting {
        self.page
    }

    /// Whether it comes from an earlier refresh.
    pub(super) fn is_again(&self) -> bool {
        self.again
    }

    /// See [`VisitState::is_listed`].
    pub(super) fn is_listed(&self) -> bool {
        self.listed
    }

    /// The address of its page.
    pub(super) fn url(&self) -> &str {
        &self.page.url
    }

    /// Remembers that the page is wanted, until it is stored or given up.
    pub(super) fn enqueue(&self, state: &mut VisitState) {
        state.crawl.enqueue(self.page.clone());
    }

    /// An article of an earlier refresh.
    pub(super) fn again(stored: Stored, page: Waiting, listed: bool) -> Wanted {
        let mut draft = assemble::draft(stored.entry, &page.url);
        draft.print = stored.print;
        draft.foreign = page.foreign;
        Wanted {
            draft,
            had: stored.text,
            page,
            again: true,
            listed,
        }
    }
}

/// Pages that were read and are not stored yet, and what repeats on the outlet's pages.
pub(super) struct Batch {
    repeats: Arc<Repeats>,
    /// Nothing was known of repeating blocks at the beginning.
    new_to_it: bool,
    /// Pages that were learned from.
    learned: usize,
    /// Pages read before the repeating blocks were known: compressed.
    kept: Vec<(Box<[u8]>, PageHead, Wanted)>,
    packed: Vec<Packed>,
    /// When the first of `packed` came.
    began: Instant,
    /// Pages that need not be fetched again once the batch is stored.
    settled: Vec<String>,
    /// Articles whose whole text turned out to be that of others too.
    doubted: BTreeSet<String>,
    /// Whether the outlet's state is stored with the articles.
    remembers: bool,
}

impl Batch {
    /// An empty one for the pages of a visit.
    pub(super) fn new(visit: &Visit<'_>) -> Result<Batch, Failure> {
        let repeats = visit.store.repeats(&visit.outlet.name)?;
        Ok(Batch {
            new_to_it: repeats.is_none(),
            repeats: Arc::new(Repeats::from_bytes(&repeats.unwrap_or_default())),
            learned: 0,
            kept: Vec::new(),
            packed: Vec::new(),
            began: Instant::now(),
            settled: Vec::new(),
            doubted: BTreeSet::new(),
            remembers: true,
        })
    }

    /// Stores what is there, if that is much or has waited long.
    pub(super) fn commit_if_due(
        &mut self,
        visit: &Visit<'_>,
        state: &mut VisitState,
    ) -> Result<(), Failure> {
        if self.learned > KEPT {
            read_again(visit, self, state);
        }
        let bytes: usize = self.packed.iter().map(Packed::size).sum();
        if self.packed.len() >= BATCH || bytes >= BATCH_BYTES || self.began.elapsed() >= BATCH_AGE {
            commit(visit, self, state)?;
        }
        Ok(())
    }

    /// Stores the rest.
    pub(super) fn finish(
        mut self,
        visit: &Visit<'_>,
        state: &mut VisitState,
    ) -> Result<(), Failure> {
        read_again(visit, &mut self, state);
        commit(visit, &mut self, state)?;
        if !self.doubted.is_empty() {
            let (name, now) = (&visit.outlet.name, visit.fetcher.clock.now());
            for url in &self.doubted {
                let page = state.crawl.waiting.iter().find(|page| page.url == *url);
                let page = page.cloned().unwrap_or_else(|| Waiting {
                    url: url.clone(),
                    ..Waiting::default()
                });
                if page.after <= now.as_second() {
                    state.crawl.retry_in_days(page, now);
                }
            }
            let doubted = self.doubted.into_iter().collect();
            visit
                .store
                .disbelieve(name, doubted, Partial::OtherPage, now)?;
        }
        Ok(())
    }
}

/// Where a page came from, when, and as what.
#[derive(Debug, Clone)]
struct PageHead {
    url: String,
    content_type: Option<String>,
    fetched: Time,
}

impl PageHead {
    fn of(document: &Document, visit: &Visit<'_>) -> PageHead {
        PageHead {
            url: document.url.clone(),
            content_type: document.content_type.clone(),
            fetched: visit.fetcher.clock.now(),
        }
    }
}

/// Fetches one article's page now, because the reader wants it.
pub(super) fn fetch_on_demand(visit: &Visit<'_>, wanted: Wanted) -> Result<(), Failure> {
    let mut state = VisitState::default();
    let mut batch = Batch {
        new_to_it: false,
        // The refresh knows more of the outlet than a single page does.
        remembers: false,
        ..Batch::new(visit)?
    };
    fetch_article(visit, &wanted, &mut batch, &mut state, Verdict::Teaser)?;
    batch.finish(visit, &mut state)
}

/// A page that could not be fetched is tried again later; not for a text that is there already.
pub(super) fn give_up_or_retry(
    visit: &Visit<'_>,
    state: &mut VisitState,
    wanted: Wanted,
    lasting: bool,
) {
    match wanted.had {
        TextState::Full => state.crawl.done(wanted.url()),
        _ => {
            let now = visit.fetcher.clock.now();
            state.crawl.retry_later(wanted.page, now, lasting);
        }
    }
}

/// Fetches and reads one article's page or pages.
pub(super) fn fetch_article(
    visit: &Visit<'_>,
    wanted: &Wanted,
    batch: &mut Batch,
    state: &mut VisitState,
    verdict: Verdict,
) -> Result<(), Failure> {
    let document = document(visit, &wanted.page.url)?;
    let head = PageHead::of(&document, visit);
    // Read once more when it is known what repeats; but for those in several parts.
    let early = batch.new_to_it && batch.learned < KEPT && document.bytes.len() <= LARGEST_KEPT;
    let kept = early
        .then(|| zstd::bulk::compress(&document.bytes, 1).ok())
        .flatten()
        .map(Vec::into_boxed_slice);
    let asked = Some(wanted);
    let (mut read, blocks) = read(visit, document.bytes, &head, &batch.repeats, asked)?;
    state.pages_read += 1;
    if read.wall.is_some() {
        // It teaches nothing of the outlet's articles.
        return add_to_batch(visit, wanted, batch, state, Some(read), verdict);
    }
    let kept = kept.filter(|_| read.page.next.is_none());
    // Repeats are shared with jobs that have ended by now.
    Arc::make_mut(&mut batch.repeats).learn(&blocks);
    batch.learned += 1;
    append_parts(visit, wanted, &head.url, &mut read, batch, state)?;
    let comparable = !wanted.again && wanted.draft.body.words > 0 && !wanted.draft.breaks_off;
    if comparable && read.page.partial.is_none() && read.body.words > 0 {
        let feed_text = &mut state.crawl.feed_text;
        feed_text.learn(read.body.words, wanted.draft.body.words);
    }
    if let Some(packed) = kept {
        batch.kept.push((packed, head, wanted.clone()));
        return Ok(());
    }
    add_to_batch(visit, wanted, batch, state, Some(read), verdict)
}

/// Follows an article that is split over several pages. A part that cannot be fetched or read ends it.
fn append_parts(
    visit: &Visit<'_>,
    wanted: &Wanted,
    first: &str,
    read: &mut Read,
    batch: &Batch,
    state: &mut VisitState,
) -> Result<(), Failure> {
    let mut seen = vec![first.to_owned(), wanted.page.url.clone()];
    let mut next = read.page.next.clone();
    while let Some(url) = next.take() {
        let elsewhere = host(&url) != host(first);
        if elsewhere || seen.len() > PARTS || seen.contains(&url) {
            break;
        }
        let robots = &mut state.crawl.robots;
        if wanted.listed && !visit.fetcher.allowed(robots, &url)?.is_yes() {
            break;
        }
        let Ok(document) = document(visit, &url) else {
            break;
        };
        let head = PageHead::of(&document, visit);
        let Ok((part, _)) = self::read(visit, document.bytes, &head, &batch.repeats, None) else {
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
    Ok(())
}

/// Puts an article into the batch; without `read`, as the feed gave it.
pub(super) fn add_to_batch(
    visit: &Visit<'_>,
    wanted: &Wanted,
    batch: &mut Batch,
    state: &mut VisitState,
    mut read: Option<Read>,
    verdict: Verdict,
) -> Result<(), Failure> {
    if let Some(read) = &mut read {
        meet(wanted, read, batch, state);
    }
    let partial = read
        .as_ref()
        .and_then(|read| read.wall.or(read.page.partial));
    let wall = read.as_ref().is_some_and(|read| read.wall.is_some());
    let packed = pack(visit, state, wanted, read, verdict)?;
    if batch.packed.is_empty() {
        batch.began = Instant::now();
    }
    batch.packed.push(packed);
    match partial {
        Some(Partial::ErrorPage) => give_up_or_retry(visit, state, wanted.clone(), false),
        Some(why) if wall => {
            state.walls.push(why);
            match wanted.had {
                TextState::Full => batch.settled.push(wanted.page.url.clone()),
                _ => {
                    let now = visit.fetcher.clock.now();
                    state.crawl.retry_in_days(wanted.page.clone(), now);
                }
            }
        }
        _ => batch.settled.push(wanted.page.url.clone()),
    }
    Ok(())
}

/// Compares a page that is believed with those of the outlet's other articles: what came for several of
/// them is none.
fn meet(wanted: &Wanted, read: &mut Read, batch: &mut Batch, state: &mut VisitState) {
    if read.wall.is_some() || read.page.partial.is_some() || read.body.words == 0 {
        return;
    }
    let others = state.crawl.pages.meet(shared_pages::Came {
        url: &wanted.page.url,
        title: &wanted.draft.entry.title,
        landed: &read.url,
        text: &read.body.text,
        words: read.body.words,
    });
    if !others.is_empty() {
        read.wall = Some(Partial::OtherPage);
        batch.doubted.extend(others);
    }
}

/// Reads the first pages once more and puts them into the batch, now that it is known what repeats on all of
/// them.
fn read_again(visit: &Visit<'_>, batch: &mut Batch, state: &mut VisitState) {
    for (packed, head, wanted) in std::mem::take(&mut batch.kept) {
        let limit = visit.config.max_bytes as usize;
        let again = zstd::bulk::decompress(&packed, limit)
            .map_err(|why| Failure::Source(why.to_string()))
            .and_then(|bytes| read(visit, bytes.into(), &head, &batch.repeats, Some(&wanted)))
            .and_then(|(read, _)| {
                let verdict = wanted.verdict(state);
                add_to_batch(visit, &wanted, batch, state, Some(read), verdict)
            });
        if again.is_err() {
            give_up_or_retry(visit, state, wanted, true);
        }
    }
}

fn document(visit: &Visit<'_>, url: &str) -> Result<Document, Failure> {
    let document = visit.fetcher.page(url)?;
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
    wanted: Option<&Wanted>,
) -> Result<(Read, PageBlocks), Failure> {
    let (head, repeats) = (head.clone(), repeats.clone());
    let wanted = wanted.map(|wanted| {
        let text = match wanted.had {
            // Of an article whose whole text is stored, that is no teaser.
            TextState::Full if wanted.again => String::new(),
            _ => wanted.draft.body.text.clone(),
        };
        (
            wanted.draft.entry.title.clone(),
            text,
            wanted.page.url.clone(),
        )
    });
    let select = visit.outlet.select.clone();
    let reading = visit.fetcher.pool.run_page(bytes.len(), move || {
        let content_type = head.content_type.as_deref();
        let reading = article::read_at(
            bytes,
            content_type,
            &head.url,
            &select,
            &repeats,
            head.fetched,
        )?;
        let body = sanitize::clean(&reading.page.body, &head.url);
        let (page, signs) = (reading.page, reading.signs);
        let wall = wanted.as_ref().and_then(|(title, text, url)| {
            let asked = Asked {
                title,
                text,
                url,
                answered: &head.url,
            };
            let why = article::not_the_article(&asked, &page, &signs, &body.text, body.words)?;
            // The free beginning of an article is more than its teaser.
            let beginning = why == Partial::Paywall && article::is_beginning(&asked, &body.text);
            (!beginning).then_some(why)
        });
        let url = head.url.clone();
        let read = Read {
            page,
            body,
            url,
            wall,
        };
        Ok::<_, ParseError>((read, reading.blocks))
    });
    reading
        .and_then(|read| read)
        .map_err(|why| Failure::Source(why.to_string()))
}

/// Puts the article together and packs it, on the cores that are there for it.
fn pack(
    visit: &Visit<'_>,
    state: &mut VisitState,
    wanted: &Wanted,
    read: Option<Read>,
    verdict: Verdict,
) -> Result<Packed, Failure> {
    let (tags, lang) = (visit.outlet.tags.clone(), state.crawl.lang.clone());
    let (draft, listed) = (wanted.draft.clone(), wanted.listed);
    let (packed, image) = visit
        .fetcher
        .pool
        .run(move || {
            let defaults = OutletDefaults {
                tags: &tags,
                lang: lang.as_deref(),
                listed,
            };
            let article = assemble::assemble(draft, read, verdict, defaults);
            let image = article.image.clone();
            (article.pack(), image)
        })
        .map_err(|why| Failure::Source(why.to_string()))?;
    state.images.extend(image);
    Ok(packed)
}

fn commit(visit: &Visit<'_>, batch: &mut Batch, state: &mut VisitState) -> Result<(), Failure> {
    if batch.packed.is_empty() {
        return Ok(());
    }
    for url in batch.settled.drain(..) {
        state.crawl.done(&url);
    }
    let update = Update {
        state: batch.remembers.then(|| state.to_store()),
        articles: std::mem::take(&mut batch.packed),
        repeats: Some(batch.repeats.to_bytes()),
        ..Update::default()
    };
    let now = visit.fetcher.clock.now();
    let done = visit.store.ingest(&visit.outlet.name, update, now)?;
    state.done.new += done.new;
    state.done.changed += done.changed;
    state.done.filled += done.filled;
    state.done.full_text += done.full_text;
    Ok(())
}

/// The host of an address.
pub(super) fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}
