//! How an outlet can be read: what its address is, feeds it names, usual feed paths, news sitemaps,
//! its headline page; in this order, each tried by reading it.
//! Never here: which way is taken, and what is remembered.

use std::collections::{HashSet, VecDeque};
use std::ops::ControlFlow;
use std::time::Duration;

use super::outlet_memory::Rules;
use super::requests::{Allowed, Ask, Document, without_robots};
use super::source_fit;
use newsprint_fetch::{ACCEPT_PAGE, ACCEPT_SOURCE, FetchError, Validators, Weight};
use newsprint_model::{Feed, Select, Source, address_key};
use newsprint_parse::discover::{self, Found, Kind};
use newsprint_parse::listing::{self, Sitemap};
use newsprint_parse::{ParseError, feed};

/// Feeds named by the page that are tried; the likeliest come first.
const NAMED: usize = 8;

/// Usual feed paths that are tried: few, since each is a request the outlet did not invite.
const USUAL: usize = 5;

/// Feeds that are tried of a page that lists feeds.
const LISTED: usize = 4;

/// Sitemaps that are tried.
const SITEMAPS: usize = 4;

/// One way, tried.
#[derive(Debug)]
pub(super) struct Tried {
    /// Kind and address.
    pub source: Source,
    /// How it was found.
    pub found: &'static str,
    /// What it gives, or why nothing.
    pub gave: Result<Gave, String>,
}

/// What a source gave.
#[derive(Debug)]
pub(super) struct Gave {
    /// Its entries and wishes.
    pub feed: Feed,
    /// The address that answered.
    pub url: String,
    /// To be sent back next time.
    pub validators: Validators,
    /// How long the answer holds.
    pub fresh_for: Option<Duration>,
    /// The document's, for as long as its entries are held.
    pub weight: Weight,
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

/// Tries every way in its order, tells each, and ends when told to. Fails where the outlet itself
/// cannot be asked.
pub(super) fn seek(
    ask: &Ask<'_>,
    rules: &mut Vec<Rules>,
    search: Search<'_>,
    tell: &mut dyn FnMut(Tried) -> ControlFlow<()>,
) -> Result<(), FetchError> {
    let first = match ask.get(search.url, ACCEPT_SOURCE) {
        Ok(document) => Some(document),
        // The page may be closed to programs, or have moved without a word; its feeds need not.
        Err(FetchError::Status(status)) if (400..500).contains(&status) => {
            let tried = Tried {
                source: Source::HeadlinePage(search.url.to_owned()),
                found: "the address itself",
                gave: Err(FetchError::Status(status).to_string()),
            };
            if tell(tried).is_break() {
                return Ok(());
            }
            None
        }
        Err(why) => return Err(why),
    };
    let Some((mut first, mut found)) = look(ask, first, search.url) else {
        return Ok(());
    };
    // A page that only sends its readers on is not the one they mean.
    let onward = found.onward.take().filter(|_| found.feeds.is_empty());
    let mut address = search.url.to_owned();
    if let Some(onward) = onward {
        if let Some(first) = &mut first {
            // It is kept in case the other cannot be had, which must not wait for it.
            drop(first.bytes.weight());
        }
        match ask.get(&onward, ACCEPT_SOURCE) {
            Ok(document) => {
                let Some((next, looked)) = look(ask, Some(document), &onward) else {
                    return Ok(());
                };
                (first, found) = (next, looked);
                address = onward;
            }
            Err(why @ (FetchError::Stopped | FetchError::Later { .. })) => return Err(why),
            Err(_) => {}
        }
    }
    let search = Search {
        url: &address,
        ..search
    };
    // What is in another language than the page is better than nothing, and nothing more.
    let lang = found.lang;
    let now = first.as_ref().map(|_| ask.clock.now());
    let mut stale: Vec<Tried> = Vec::new();
    let mut later: Vec<Tried> = Vec::new();
    let mut sift = |mut tried: Tried| match &mut tried.gave {
        Ok(gave) if found_another(lang, &gave.feed) => {
            gave.weight = Weight::default();
            later.push(tried);
            ControlFlow::Continue(())
        }
        // So has a feed that ended long ago, while the page goes on.
        Ok(gave) if now.is_some_and(|now| source_fit::ended(&gave.feed, now)) => {
            gave.weight = Weight::default();
            stale.push(tried);
            ControlFlow::Continue(())
        }
        _ => tell(tried),
    };
    let page = match first {
        Some(mut document) if found.itself == Some(Kind::Page) => {
            // Kept while others are asked, so others must not wait for it.
            drop(document.bytes.weight());
            Some(Folded::of(document))
        }
        Some(document) => {
            let url = document.moved.clone().unwrap_or(search.url.to_owned());
            let kind = found.itself;
            // Whatever it is, it is no page that could name anything.
            let _ = tell(read_any(
                ask,
                rules,
                document,
                kind,
                &url,
                "the address itself",
            ));
            return Ok(());
        }
        None => None,
    };
    if feeds(ask, rules, &search, &found, &mut sift)?.is_break()
        || sitemaps(ask, rules, &search, &found, &mut sift)?.is_break()
    {
        return Ok(());
    }
    if let Some(page) = page.and_then(Folded::open) {
        let source = Source::HeadlinePage(page.moved.clone().unwrap_or(search.url.to_owned()));
        let gave = match ask.allowed(rules, &page.url)? {
            Allowed::Yes => read(ask, rules, &source, page, search.select),
            Allowed::No => Err("robots.txt does not allow it".to_owned()),
            Allowed::Unknown(why) => Err(without_robots(&why)),
        };
        let own = Tried {
            source,
            found: "the page's own headlines",
            gave,
        };
        // The outlet itself may have ended: then the feed says more than the page.
        let same = |tried: &Tried| match (&own.gave, &tried.gave) {
            (Ok(own), Ok(gave)) => source_fit::covers(&gave.feed, &own.feed),
            _ => false,
        };
        let (whole, rest): (Vec<Tried>, Vec<Tried>) = stale.drain(..).partition(same);
        for tried in whole.into_iter().chain([own]).chain(rest) {
            if tell(tried).is_break() {
                return Ok(());
            }
        }
    }
    for tried in stale.into_iter().chain(later) {
        if tell(tried).is_break() {
            break;
        }
    }
    Ok(())
}

/// A document that is kept for later: small, since many wait at the same time.
struct Folded {
    document: Document,
    bytes: Vec<u8>,
    size: usize,
}

impl Folded {
    fn of(mut document: Document) -> Folded {
        let size = document.bytes.len();
        // What cannot be compressed stays where it is.
        let bytes = zstd::bulk::compress(&document.bytes, 1).unwrap_or_default();
        if !bytes.is_empty() {
            document.bytes = Vec::new().into();
        }
        Folded {
            document,
            bytes,
            size,
        }
    }

    fn open(self) -> Option<Document> {
        let Folded {
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
fn found_another(lang: Option<&str>, feed: &Feed) -> bool {
    !feed.entries.is_empty() && source_fit::speaks_another(lang, feed)
}

/// What a document offers; without one, what usually lies beside its address. `None` where the parser failed.
fn look(ask: &Ask<'_>, document: Option<Document>, url: &str) -> Option<(Option<Document>, Found)> {
    let url = url.to_owned();
    let looked = ask.cpu.run(move || match document {
        Some(document) => {
            let content_type = document.content_type.as_deref();
            let found = discover::look(&document.bytes, content_type, &document.url);
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
    ask: &Ask<'_>,
    rules: &mut Vec<Rules>,
    search: &Search<'_>,
    found: &Found,
    tell: &mut dyn FnMut(Tried) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, FetchError> {
    let named = found.feeds.iter().map(|feed| feed.url.clone()).take(NAMED);
    let usual = found.usual_feeds.iter().take(USUAL).cloned();
    let mut ways: VecDeque<(String, &'static str)> = named
        .map(|url| (url, "a link in the page"))
        .chain(usual.map(|url| (url, "a usual path")))
        .collect();
    let mut asked: HashSet<String> = HashSet::new();
    let mut listed = LISTED;
    let mut any = false;
    while let Some((url, how)) = ways.pop_front() {
        if search.except.contains(&url) || (any && how == "a usual path") {
            continue;
        }
        if !asked.insert(address_key(&url)) {
            continue;
        }
        let tried = match ask.get(&url, ACCEPT_SOURCE) {
            Ok(document) => {
                let url = document.moved.clone().unwrap_or(url);
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
                        Tried {
                            source: Source::Feed(url),
                            found: how,
                            gave: Err("this is a page, not a feed".to_owned()),
                        }
                    }
                    kind => read_any(ask, rules, document, kind, &url, how),
                }
            }
            Err(FetchError::Stopped) => return Err(FetchError::Stopped),
            // The host asks to be left alone: so it is.
            Err(why @ FetchError::Later { .. }) => return Err(why),
            Err(why) => Tried {
                source: Source::Feed(url),
                found: how,
                gave: Err(why.to_string()),
            },
        };
        any |= tried.gave.as_ref().is_ok_and(|gave| {
            !gave.feed.entries.is_empty() && !found_another(found.lang, &gave.feed)
        });
        if tell(tried).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// News sitemaps that robots.txt names, then the usual paths.
fn sitemaps(
    ask: &Ask<'_>,
    rules: &mut Vec<Rules>,
    search: &Search<'_>,
    found: &Found,
    tell: &mut dyn FnMut(Tried) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, FetchError> {
    let named = match ask.robots(rules, search.url)? {
        Ok(robots) => robots.sitemaps().to_vec(),
        Err(_) => Vec::new(),
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
                .map(|url| (url, "a usual path")),
        );
    let mut tries = 0;
    for (url, how) in ways {
        if tries == SITEMAPS {
            break;
        }
        if search.except.contains(&url) || !ask.allowed(rules, &url)?.is_yes() {
            continue;
        }
        tries += 1;
        let source = Source::NewsSitemap(url.clone());
        let gave = match ask.get(&url, ACCEPT_SOURCE) {
            Ok(document) => read(ask, rules, &source, document, search.select),
            Err(FetchError::Stopped) => return Err(FetchError::Stopped),
            Err(why @ FetchError::Later { .. }) => return Err(why),
            Err(why) => Err(why.to_string()),
        };
        let gave = gave.and_then(|gave| match is_news(&gave.feed) {
            true => Ok(gave),
            false => Err("a sitemap of pages, not of news".to_owned()),
        });
        if tell(Tried {
            source,
            found: how,
            gave,
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
    ask: &Ask<'_>,
    rules: &mut Vec<Rules>,
    document: Document,
    kind: Option<Kind>,
    url: &str,
    found: &'static str,
) -> Tried {
    let source = match kind {
        Some(Kind::Sitemap | Kind::SitemapIndex) => Source::NewsSitemap(url.to_owned()),
        _ => Source::Feed(url.to_owned()),
    };
    Tried {
        gave: read(ask, rules, &source, document, &Select::default()),
        source,
        found,
    }
}

/// Reads a document as what the source is.
pub(super) fn read(
    ask: &Ask<'_>,
    rules: &mut Vec<Rules>,
    source: &Source,
    mut document: Document,
    select: &Select,
) -> Result<Gave, String> {
    let (url, mut validators, fresh_for) = (
        document.url.clone(),
        document.validators.clone(),
        document.fresh_for,
    );
    let mut weight = document.bytes.weight();
    let kind = source.clone();
    let select = select.clone();
    let fetched = ask.clock.now();
    let sitemap = ask
        .cpu
        .run(move || -> Result<Sitemap, ParseError> {
            let content_type = document.content_type.as_deref();
            let (bytes, url) = (&document.bytes, document.url.as_str());
            match kind {
                Source::Feed(_) => feed::parse(bytes, content_type, url).map(Sitemap::Entries),
                Source::HeadlinePage(_) => {
                    listing::headlines(bytes, content_type, url, &select, Some(fetched))
                        .map(Sitemap::Entries)
                }
                Source::NewsSitemap(_) => listing::sitemap(bytes, content_type, url),
            }
        })
        .and_then(|read| read)
        .map_err(|why| why.to_string())?;
    let feed = match sitemap {
        Sitemap::Entries(feed) => feed,
        Sitemap::Index(children) => {
            let child = children.first().ok_or("the index names no sitemap")?;
            drop(weight);
            // They are the index's; that it is as it was says nothing of the sitemap it names.
            validators = Validators::default();
            match ask.allowed(rules, &child.url) {
                Ok(Allowed::Yes) => {}
                Ok(Allowed::No) => {
                    return Err(format!("robots.txt does not allow {}", child.url));
                }
                Ok(Allowed::Unknown(why)) => {
                    return Err(format!("{}: {}", child.url, without_robots(&why)));
                }
                Err(why) => return Err(why.to_string()),
            }
            let mut document = ask
                .get(&child.url, ACCEPT_PAGE)
                .map_err(|why| format!("{}: {why}", child.url))?;
            weight = document.bytes.weight();
            let read = ask.cpu.run(move || {
                let content_type = document.content_type.as_deref();
                listing::sitemap(&document.bytes, content_type, &document.url)
            });
            match read.and_then(|read| read).map_err(|why| why.to_string())? {
                Sitemap::Entries(feed) => feed,
                Sitemap::Index(_) => return Err("an index of indexes".to_owned()),
            }
        }
    };
    Ok(Gave {
        feed,
        url,
        validators,
        fresh_for,
        weight,
    })
}
