//! The door of article pages: bytes to title, date, tags, author, picture and clean text, never a panic,
//! never without bounds. Never here: how a part is found (`page/`), network, store, the clock.

mod blocks;
mod boilerplate;
mod class_names;
mod completeness;
mod engines;
mod extract;
mod meta;
mod pagination;
mod phrases;
mod render;
mod scoring;
mod select;
mod structured_data;

use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::time::Duration;

use dom_query::Document;
use url::Url;

use super::{ParseError, charset, limit_html};
use newsprint_model::{Page, Select};

#[cfg(test)]
mod tests;

pub use boilerplate::{PageBlocks, Repeats};

/// Stack of the thread a page is read on: the guard caps nesting so that recursion fits with room to spare.
const STACK: usize = 32 << 20;
/// How long a page may take; the longest real ones take a tenth of it.
const DEADLINE: Duration = Duration::from_millis(1_500);
/// Markup longer than this is read one page at a time: its trees take a hundred times the memory of an
/// ordinary page's, and a page that was left behind still holds them.
const HEAVY: usize = 384 << 10;
/// How long a heavy page waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a page gave, and what it can teach about its outlet.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The article.
    pub page: Page,
    /// Its blocks, for [`Repeats::learn`].
    pub blocks: PageBlocks,
}

/// Reads an article page.
///
/// `content_type` is the HTTP header, `url` the address the page came from (after redirects), `select` the
/// outlet's own selectors, `repeats` what is known of the outlet's repeating blocks.
///
/// # Errors
/// When `url` is no address, a selector cannot be read, or the page could not be parsed in time.
pub fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    repeats: &Repeats,
) -> Result<Page, ParseError> {
    read(bytes, content_type, url, select, repeats).map(|reading| reading.page)
}

/// [`parse`], with the page's blocks beside it, for learning what repeats on the outlet's pages. `bytes` are
/// dropped as soon as they are not needed.
///
/// # Errors
/// As [`parse`].
pub fn read(
    bytes: impl Deref<Target = [u8]>,
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    repeats: &Repeats,
) -> Result<Reading, ParseError> {
    let url = Url::parse(url).map_err(|error| ParseError {
        reason: format!("the page's address is not a URL: {error}"),
        place: None,
    })?;
    let html = limit_html::limit(&charset::decode(&bytes, content_type));
    drop(bytes);
    let turn = match html.len() > HEAVY {
        true => Some(Turn::take().ok_or_else(|| failure("other pages took too long to read"))?),
        false => None,
    };
    let (select, repeats) = (select.clone(), repeats.clone());
    let (send, receive) = mpsc::sync_channel(1);
    // A thread of its own, for its stack and for the deadline: what still runs after it is left behind and
    // ends by itself, since the guard bounds the work.
    let job = Box::new(move || {
        let result = catch_unwind(AssertUnwindSafe(|| {
            assemble(&html, &url, &select, &repeats)
        }));
        drop((html, turn));
        result
    });
    if let Err(error) = Reader::read(job, send) {
        return Err(failure(&format!("no thread to read the page on: {error}")));
    }
    match receive.recv_timeout(DEADLINE) {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(failure("the page's markup broke the parser")),
        Err(_) => Err(failure("the page took too long to read")),
    }
}

/// A page being read.
type Job = Box<dyn FnOnce() -> Outcome + Send>;

/// What came of it; a panic is an error.
type Outcome = std::thread::Result<Result<Reading, ParseError>>;

/// A thread that reads pages. It stays for the next page: new threads would each take new memory from the
/// system where the last one's lies free.
struct Reader(mpsc::Sender<(Job, mpsc::SyncSender<Outcome>)>);

static IDLE: Mutex<Vec<Reader>> = Mutex::new(Vec::new());

impl Reader {
    /// Gives the job to a thread that has nothing to do, or to a new one, which answers when it is done.
    fn read(job: Job, answer: mpsc::SyncSender<Outcome>) -> std::io::Result<()> {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => Reader::start()?,
        };
        reader
            .0
            .send((job, answer))
            .map_err(|_| std::io::Error::other("it has ended"))
    }

    fn start() -> std::io::Result<Reader> {
        let (send, jobs) = mpsc::channel::<(Job, mpsc::SyncSender<Outcome>)>();
        let own = send.clone();
        std::thread::Builder::new()
            .name("page".to_owned())
            .stack_size(STACK)
            .spawn(move || {
                for (job, answer) in jobs {
                    let outcome = job();
                    let idle = Reader(own.clone());
                    IDLE.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(idle);
                    let _ = answer.send(outcome);
                }
            })?;
        Ok(Reader(send))
    }
}

/// The right to read a heavy page; given back when dropped.
struct Turn;

static TAKEN: Mutex<bool> = Mutex::new(false);
static FREE: Condvar = Condvar::new();

impl Turn {
    fn take() -> Option<Turn> {
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut taken, late) = FREE
            .wait_timeout_while(taken, PATIENCE, |taken| *taken)
            .unwrap_or_else(PoisonError::into_inner);
        if late.timed_out() {
            return None;
        }
        *taken = true;
        Some(Turn)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) = false;
        FREE.notify_one();
    }
}

fn failure(reason: &str) -> ParseError {
    ParseError {
        reason: reason.to_owned(),
        place: None,
    }
}

fn assemble(
    html: &str,
    url: &Url,
    select: &Select,
    repeats: &Repeats,
) -> Result<Reading, ParseError> {
    let doc = Document::from(html);
    let meta = meta::read(&doc, url, select);
    let body = extract::extract(&doc, html, url, select, &meta, repeats)?;
    Ok(Reading {
        page: Page {
            title: meta.title,
            published: meta.published,
            published_local: meta.published_local,
            updated: meta.updated,
            authors: meta.authors,
            tags: meta.tags,
            image: meta.image,
            lang: meta.lang,
            canonical: meta.canonical,
            body: body.html,
            partial: body.partial,
            next: body.next,
        },
        blocks: body.blocks,
    })
}
