//! How an outlet can be read: what its address is, feeds it names, usual feed paths, news sitemaps,
//! its headline page; in this order, each tried by reading it.
//! Never here: which way is taken, and what is remembered.

use std::cell::Cell;
use std::collections::{HashSet, VecDeque};
use std::ops::ControlFlow;
use std::time::Duration;

use super::beside_text;
use super::outlet_memory::RobotsFile;
use super::requests::{Document, Fetcher};
use super::robots_cache::{Allowed, without_robots};
use super::shared_pages::SharedPages;
use super::source_fit;
use newsprint_fetch::{ACCEPT_PAGE, ACCEPT_SOURCE, FetchError, MemoryPermit, Validators};
use newsprint_model::{Feed, Select, Source, Time, address_key};
use newsprint_parse::discover::{self, Found, Kind};
use newsprint_parse::listing::{self, Earlier, Sitemap};
use newsprint_parse::{ParseError, read_feed};

/// Feeds named by the page that are tried; the likeliest come first.
const NAMED: usize = 8;

/// Usual feed paths that are tried: few, since each is a request the outlet did not invite.
const USUAL: usize = 5;

/// Feeds that are tried of a page that lists feeds.
const LISTED: usize = 4;

/// Sitemaps that are tried.
const SITEMAPS: usize = 4;

/// One way to read an outlet, tried.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Kind and address.
    pub source: Source,
    /// How it was found.
    pub found: &'static str,
    /// What it gives, or why nothing.
    pub answer: Result<SourceAnswer, String>,
}

/// What a source gave.
#[derive(Debug)]
pub(super) struct SourceAnswer {
    /// Its entries and hints.
    pub feed: Feed,
    /// The address that answered.
    pub url: String,
    /// Where the address has moved for good.
    pub moved: Option<String>,
    /// To be sent back next time.
    pub validators: Validators,
    /// How long the answer holds.
    pub fresh_for: Option<Duration>,
    /// The document's, held for as long as its entries are.
    pub permit: MemoryPermit,
}

impl Candidate {
    /// How good it is; see [`worth`].
    pub(super) fn worth(&self) -> Option<Worth> {
        let entries = self
            .answer
            .as_ref()
            .ok()
            .map(|answer| answer.feed.entries.len());
        worth(&self.source, entries)
    }
}

/// How good a way to read an outlet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Worth {
    /// A feed that has no entries yet.
    Empty,
    /// It gives entries.
    Entries,
}

/// Whether something can be the source of an outlet, for everybody who asks: what gives entries is taken at
/// once, else the first feed that is valid and empty. A page without headlines, or a sitemap without news, is
/// none. `entries` is `None` where it could not be read.
pub(super) fn worth(source: &Source, entries: Option<usize>) -> Option<Worth> {
    match (source, entries?) {
        (Source::Feed(_), 0) => Some(Worth::Empty),
        (_, 0) => None,
        _ => Some(Worth::Entries),
    }
}

/// How a source was found that the reader has named.
pub(super) const ITSELF: &str = "the address itself";

/// How sitemaps were found that robots.txt leaves no time for.
pub(super) const PUT_OFF: &str = "put off";

/// Where robots.txt asks for a long pause between two requests, a search asks for so many sitemaps as fit into this.
const SEARCH: Duration = Duration::from_secs(60);

/// How a feed was found that nothing names.
pub(super) const USUAL_PATH: &str = "a usual path";

/// The sentence for an outlet that cannot be read, with the first of the reasons.
pub(super) fn nothing_found(url: &str, reasons: &[String]) -> String {
    // The address itself need not be named twice.
    let own = format!("{url}: ");
    let why = reasons
        .first()
        .map(|why| why.strip_prefix(&own).unwrap_or(why));
    let why = why.map(|why| format!(" ({why})"));
    let (at, why) = (
        newsprint_model::without_password(url),
        why.unwrap_or_default(),
    );
    format!("no feed, news sitemap or headlines were found at {at}{why}")
}

/// What is sought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search<'a> {
    /// Where to begin.
    pub url: &'a str,
    /// The reader's own selectors.
    pub select: &'a Select,
    /// Addresses that are not asked.
    pub except: &'a [String],
}

/// Tries every way in its order, tells each candidate, and ends when told to. Fails where the outlet
/// itself cannot be asked.
pub(super) fn find_source(
    fetcher: &Fetcher<'_>,
    robots: &mut Vec<RobotsFile>,
    search: Search<'_>,
    tell: &mut dyn FnMut(Candidate) -> ControlFlow<()>,
) -> Result<(), FetchError> {
    let Some(start) = start(fetcher, search.url, tell)? else {
        return Ok(());
    };
    let Start {
        document,
        found,
        url,
    } = start;
    let search = Search {
        url: &url,
        ..search
    };
    let mut aside = Aside {
        lang: found.lang,
        now: document.as_ref().map(|_| fetcher.clock.now()),
        ended: Vec::new(),
        other_language: Vec::new(),
    };
    let page = match document {
        Some(mut document) if found.itself == Some(Kind::Page) => {
            // Kept while others are fetched, which must not wait for it.
            drop(document.bytes.take_permit());
            Some(Compressed::of(document))
        }
        Some(document) => {
            let url = document.address(search.url);
            // Whatever it is, it is no page that could name anything.
            let _ = tell(read_any(
                fetcher,
                robots,
                document,
                found.itself,
                &url,
                ITSELF,
            ));
            return Ok(());
        }
        None => None,
    };
    let good = Cell::new(false);
    let mut sift = |candidate: Candidate| match aside.put(candidate) {
        Some(candidate) => {
            let answer = candidate.answer.as_ref();
            good.set(good.get() || answer.is_ok_and(|answer| !answer.feed.entries.is_empty()));
            tell(candidate)
        }
        None => ControlFlow::Continue(()),
    };
    if feeds(fetcher, robots, &search, &found, &mut sift)?.is_break() {
        return Ok(());
    }
    // With a good feed nothing else is worth a request; the page is here already.
    if !good.get() && sitemaps(fetcher, robots, &search, &found, &mut sift)?.is_break() {
        return Ok(());
    }
    if let Some(page) = page.and_then(Compressed::open) {
        let own = own_headlines(fetcher, robots, &search, page)?;
        // The outlet itself may have ended: then the feed says more than the page.
        let same = |candidate: &Candidate| match (&own.answer, &candidate.answer) {
            (Ok(own), Ok(answer)) => source_fit::covers(&answer.feed, &own.feed),
            _ => false,
        };
        let (whole, rest): (Vec<_>, Vec<_>) = aside.ended.drain(..).partition(same);
        for candidate in whole.into_iter().chain([own]).chain(rest) {
            if tell(candidate).is_break() {
                return Ok(());
            }
        }
    }
    for candidate in aside.ended.into_iter().chain(aside.other_language) {
        if tell(candidate).is_break() {
            break;
        }
    }
    Ok(())
}

/// Where the search begins.
struct Start {
    /// `None` where the page is closed to programs.
    document: Option<Document>,
    /// What it offers.
    found: Found,
    /// The address it was asked at.
    url: String,
}

/// Fetches the address that the reader named, or the one that it only sends its readers on to. `None`
/// where the search is over.
fn start(
    fetcher: &Fetcher<'_>,
    url: &str,
    tell: &mut dyn FnMut(Candidate) -> ControlFlow<()>,
) -> Result<Option<Start>, FetchError> {
    let first = match fetcher.get(url, ACCEPT_SOURCE) {
        Ok(document) => Some(document),
        // Who lacks a password, or a feed that is no longer there, is told so: another feed of the host is not what was
        // meant.
        Err(why @ FetchError::Status(401)) => return Err(why),
        Err(why @ FetchError::Status(_)) if is_feed_file(url) => return Err(why),
        // The page may be closed to programs, or have moved without a word; its feeds need not.
        Err(FetchError::Status(status)) if (400..500).contains(&status) => {
            let candidate = Candidate {
                source: Source::HeadlinePage(url.to_owned()),
                found: ITSELF,
                answer: Err(FetchError::Status(status).to_string()),
            };
            if tell(candidate).is_break() {
                return Ok(None);
            }
            None
        }
        Err(why) => return Err(why),
    };
    let Some((mut document, mut found)) = look(fetcher, first, url) else {
        return Ok(None);
    };
    // A page that only sends its readers on is not the one they mean.
    let onward = found.onward.take().filter(|_| found.feeds.is_empty());
    if let Some(onward) = onward {
        if let Some(document) = &mut document {
            // It is kept in case the other cannot be fetched, which must not wait for it.
            drop(document.bytes.take_permit());
        }
        match fetcher.get(&onward, ACCEPT_SOURCE) {
            Ok(next) => {
                let looked = look(fetcher, Some(next), &onward);
                return Ok(looked.map(|(document, found)| Start {
                    document,
                    found,
                    url: onward,
                }));
            }
            Err(why @ (FetchError::Stopped | FetchError::Later { .. })) => return Err(why),
            Err(_) => {}
        }
    }
    Ok(Some(Start {
        document,
        found,
        url: url.to_owned(),
    }))
}

/// Whether an address is that of a feed by its ending.
fn is_feed_file(url: &str) -> bool {
    let path = url::Url::parse(url).map(|url| url.path().to_ascii_lowercase());
    let endings = [".xml", ".rss", ".atom", ".rdf", ".json"];
    path.is_ok_and(|path| endings.iter().any(|ending| path.ends_with(ending)))
}

/// Candidates that are better than nothing, and nothing more.
struct Aside {
    /// The language of the page.
    lang: Option<&'static str>,
    /// Where there is a page that may go on while a feed has ended.
    now: Option<Time>,
    ended: Vec<Candidate>,
    other_language: Vec<Candidate>,
}

impl Aside {
    /// Keeps a candidate for later, or gives it back.
    fn put(&mut self, mut candidate: Candidate) -> Option<Candidate> {
        let Ok(answer) = &mut candidate.answer else {
            return Some(candidate);
        };
        let place = if in_another_language(self.lang, &answer.feed) {
            &mut self.other_language
        } else if self
            .now
            .is_some_and(|now| source_fit::ended(&answer.feed, now))
        {
            &mut self.ended
        } else {
            return Some(candidate);
        };
        // Others are fetched meanwhile, which must not wait for it.
        answer.permit = MemoryPermit::default();
        place.push(candidate);
        None
    }
}

/// The headlines of the page itself.
fn own_headlines(
    fetcher: &Fetcher<'_>,
    robots: &mut Vec<RobotsFile>,
    search: &Search<'_>,
    page: Document,
) -> Result<Candidate, FetchError> {
    let source = Source::HeadlinePage(page.address(search.url));
    let answer = match fetcher.allowed(robots, &page.url)? {
        Allowed::Yes => read(
            fetcher,
            robots,
            &source,
            page,
            search.select,
            &SharedPages::default(),
        ),
        Allowed::No => Err("robots.txt does not allow it".to_owned()),
        Allowed::Unknown(why) => Err(without_robots(&why)),
    };
    Ok(Candidate {
        source,
        found: "the page's own headlines",
        answer,
    })
}

/// A document that is kept for later: small, since many wait at the same time.
struct Compressed {
    document: Document,
    bytes: Vec<u8>,
    size: usize,
}

impl Compressed {
    fn of(mut document: Document) -> Compressed {
        let size = document.bytes.len();
        // What cannot be compressed stays where it is.
        let bytes = zstd::bulk::compress(&document.bytes, 1).unwrap_or_default();
        if !bytes.is_empty() {
            document.bytes = Vec::new().into();
        }
        Compressed {
            document,
            bytes,
            size,
        }
    }

    fn open(self) -> Option<Document> {
        let Compressed {
            mut document,
            bytes,
            size,
        } = self;
        if !bytes.is_empty() {
            document.bytes = zstd::bulk::decompress(&bytes, size).ok()?.into();
        }
        Some(document)
    }
}

/// A source with entries, in another language than the page.
fn in_another_language(lang: Option<&str>, feed: &Feed) -> bool {
    !feed.entries.is_empty() && source_fit::speaks_another(lang, feed)
}

/// What a document offers; without one, what usually lies beside its address. `None` where the parser failed.
fn look(
    fetcher: &Fetcher<'_>,
    document: Option<Document>,
    url: &str,
) -> Option<(Option<Document>, Found)> {
    let url = url.to_owned();
    let looked = fetcher.pool.run(move || match document {
        Some(document) => {
            let content_type = document.content_type.as_deref();
            let mut found = discover::look(&document.bytes, content_type, &document.url);
            found.add_feeds(discover::link_header(&document.links, &document.url));
            (Some(document), found)
        }
        None => (None, discover::look(b"", None, &url)),
    });
    looked.ok()
}

/// How a feed was found that a page of feeds names.
const A_LIST: &str = "a page of feeds";

/// Feeds that the page names, then the usual paths where none of them gave entries.
fn feeds(
    fetcher: &Fetcher<'_>,
    robots: &mut Vec<RobotsFile>,
    search: &Search<'_>,
    found: &Found,
    tell: &mut dyn FnMut(Candidate) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, FetchError> {
    let named = found.feeds.iter().map(|feed| feed.url.clone()).take(NAMED);
    let usual = found.usual_feeds.iter().take(USUAL).cloned();
    let mut ways: VecDeque<(String, &'static str)> = named
        .map(|url| (url, "a link in the page"))
        .chain(usual.map(|url| (url, USUAL_PATH)))
        .collect();
    let mut asked: HashSet<String> = HashSet::new();
    let mut listed = LISTED;
    let mut any = false;
    while let Some((url, how)) = ways.pop_front() {
        if search.except.contains(&url) || (any && how == USUAL_PATH) {
            continue;
        }
        if !asked.insert(address_key(&url)) {
            continue;
        }
        let candidate = match fetcher.get(&url, ACCEPT_SOURCE) {
            Ok(document) => {
                let url = document.address(&url);
                let kind = discover::look(&document.bytes, document.content_type.as_deref(), &url);
                match kind.itself {
                    // A page in the place of a feed; it may be one that lists feeds.
                    Some(Kind::Page) => {
                        if how != A_LIST {
                            let more = kind.feeds.into_iter().take(listed);
                            let more: Vec<String> = more.map(|feed| feed.url).collect();
                            listed -= more.len();
                            for url in more.into_iter().rev() {
                                ways.push_front((url, A_LIST));
                            }
                        }
                        Candidate {
                            source: Source::Feed(url),
                            found: how,
                            answer: Err("this is a page, not a feed".to_owned()),
                        }
                    }
                    kind => read_any(fetcher, robots, document, kind, &url, how),
                }
            }
            Err(FetchError::Stopped) => return Err(FetchError::Stopped),
            // The host asks to be left alone: so it is.
            Err(why @ FetchError::Later { .. }) => return Err(why),
            Err(why) => Candidate {
                source: Source::Feed(url),
                found: how,
                answer: Err(why.to_string()),
            },
        };
        any |= candidate.answer.as_ref().is_ok_and(|answer| {
            !answer.feed.entries.is_empty() && !in_another_language(found.lang, &answer.feed)
        });
        if tell(candidate).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// News sitemaps that robots.txt names, then the usual paths.
fn sitemaps(
    fetcher: &Fetcher<'_>,
    robots: &mut Vec<RobotsFile>,
    search: &Search<'_>,
    found: &Found,
    tell: &mut dyn FnMut(Candidate) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, FetchError> {
    let (named, delay) = match fetcher.robots(robots, search.url)? {
        Ok(file) => (file.sitemaps().to_vec(), fetcher.delay(&file)),
        Err(_) => (Vec::new(), None),
    };
    let most = match delay.filter(|delay| !delay.is_zero()) {
        Some(delay) => SITEMAPS.min((SEARCH.as_secs_f64() / delay.as_secs_f64()) as usize),
        None => SITEMAPS,
    };
    // What is called a news sitemap comes first; the rest only where there is no such.
    let (news, other): (Vec<_>, Vec<_>) = named
        .into_iter()
        .partition(|url| url.to_ascii_lowercase().contains("news"));
    let ways = news
        .into_iter()
        .chain(other)
        .map(|url| (url, "robots.txt"))
        .chain(
            found
                .usual_sitemaps
                .iter()
                .cloned()
                .map(|url| (url, USUAL_PATH)),
        );
    let mut tries = 0;
    for (url, how) in ways {
        if tries == most {
            if most < SITEMAPS {
                let why = "not all usual sitemaps were tried: robots.txt requests long pauses";
                return Ok(tell(Candidate {
                    source: Source::NewsSitemap(url),
                    found: PUT_OFF,
                    answer: Err(why.to_owned()),
                }));
            }
            break;
        }
        if search.except.contains(&url) || !fetcher.allowed(robots, &url)?.is_yes() {
            continue;
        }
        tries += 1;
        let source = Source::NewsSitemap(url.clone());
        let answer = match fetcher.get(&url, ACCEPT_SOURCE) {
            Ok(document) => read(
                fetcher,
                robots,
                &source,
                document,
                search.select,
                &SharedPages::default(),
            ),
            Err(FetchError::Stopped) => return Err(FetchError::Stopped),
            Err(why @ FetchError::Later { .. }) => return Err(why),
            Err(why) => Err(why.to_string()),
        };
        let answer = answer.and_then(|answer| match is_news(&answer.feed) {
            true => Ok(answer),
            false => Err("a sitemap of pages, not of news".to_owned()),
        });
        if tell(Candidate {
            source,
            found: how,
            answer,
        })
        .is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// A news sitemap gives titles; the sitemap of a site lists 'About us' and ten years of pages.
fn is_news(feed: &Feed) -> bool {
    let titled = feed.entries.iter().filter(|e| !e.title.is_empty()).count();
    titled * 2 >= feed.entries.len()
}

/// Reads a document as what it is.
fn read_any(
    fetcher: &Fetcher<'_>,
    robots: &mut Vec<RobotsFile>,
    document: Document,
    kind: Option<Kind>,
    url: &str,
    found: &'static str,
) -> Candidate {
    let source = match kind {
        Some(Kind::Sitemap | Kind::SitemapIndex) => Source::NewsSitemap(url.to_owned()),
        _ => Source::Feed(url.to_owned()),
    };
    Candidate {
        answer: read(
            fetcher,
            robots,
            &source,
            document,
            &Select::default(),
            &SharedPages::default(),
        ),
        source,
        found,
    }
}

/// Reads a document as what the source is. `believed` are pages that earlier visits have found to be articles.
pub(super) fn read(
    fetcher: &Fetcher<'_>,
    robots: &mut Vec<RobotsFile>,
    source: &Source,
    mut document: Document,
    select: &Select,
    believed: &SharedPages,
) -> Result<SourceAnswer, String> {
    let (url, mut validators, fresh_for) = (
        document.url.clone(),
        document.validators.clone(),
        document.fresh_for,
    );
    let moved = document.moved.clone();
    let mut permit = document.bytes.take_permit();
    let kind = source.clone();
    let select = select.clone();
    let earlier = Earlier {
        fetched: Some(fetcher.clock.now()),
        articles: believed.articles().map(address_key).collect(),
    };
    let sitemap = fetcher
        .pool
        .run(move || -> Result<Sitemap, ParseError> {
            let content_type = document.content_type.as_deref();
            let (bytes, url) = (&document.bytes, document.url.as_str());
            match kind {
                Source::Feed(_) => read_feed(bytes, content_type, url).map(Sitemap::Entries),
                Source::HeadlinePage(_) => {
                    listing::headlines(bytes, content_type, url, &select, &earlier)
                        .map(Sitemap::Entries)
                }
                Source::NewsSitemap(_) => listing::sitemap(bytes, content_type, url),
            }
        })
        .and_then(|read| read)
        .map_err(|why| why.to_string())?;
    let mut feed = match sitemap {
        Sitemap::Entries(feed) => feed,
        Sitemap::Index(children) => {
            let child = children.first().ok_or("empty sitemap index")?;
            drop(permit);
            // They are the index's; that it is as it was says nothing of the sitemap it names.
            validators = Validators::default();
            match fetcher.allowed(robots, &child.url) {
                Ok(Allowed::Yes) => {}
                Ok(Allowed::No) => {
                    return Err(format!("robots.txt does not allow {}", child.url));
                }
                Ok(Allowed::Unknown(why)) => {
                    return Err(format!("{}: {}", child.url, without_robots(&why)));
                }
                Err(why) => return Err(why.to_string()),
            }
            let mut document = fetcher
                .get(&child.url, ACCEPT_PAGE)
                .map_err(|why| format!("{}: {why}", child.url))?;
            permit = document.bytes.take_permit();
            let read = fetcher.pool.run(move || {
                let content_type = document.content_type.as_deref();
                listing::sitemap(&document.bytes, content_type, &document.url)
            });
            match read.and_then(|read| read).map_err(|why| why.to_string())? {
                Sitemap::Entries(feed) => feed,
                Sitemap::Index(_) => return Err("an index of indexes".to_owned()),
            }
        }
    };
    beside_text::open_episodes(&mut feed);
    if feed.entries.is_empty() && !feed.repairs.is_empty() {
        return Err(format!(
            "the document is damaged: {}",
            feed.repairs.join(" ")
        ));
    }
    if matches!(source, Source::NewsSitemap(_)) {
        listing::keep_part(&mut feed, fetcher.home);
    }
    Ok(SourceAnswer {
        feed,
        url,
        moved,
        validators,
        fresh_for,
        permit,
    })
}
