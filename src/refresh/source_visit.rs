//! The source of an outlet during a visit: fetched where it is known, searched for where it is not or
//! no longer gives anything.
//! Never here: where to search (`find_source`), what becomes of the entries.

use std::ops::ControlFlow;
use std::time::Duration;

use url::Url;

use super::context::{Failure, Visit, VisitState};
use super::find_source::{
    self, Candidate, ITSELF, PUT_OFF, Search, SourceAnswer, USUAL_PATH, Worth, nothing_found, worth,
};
use super::outlet_memory::{CrawlState, Moved};
use super::requests::{Document, Fetcher, may_be_forged};
use super::robots_cache::Allowed;
use newsprint_fetch::{ACCEPT_SOURCE, Answer, FetchError, MemoryPermit, Request, Validators};
use newsprint_model::{Feed, Source};
use newsprint_parse::discover::{self, Kind};

/// What the source answered.
pub(super) enum Came {
    /// As it was.
    Nothing,
    /// A document with these entries, and its permit.
    Entries(Box<Feed>, MemoryPermit),
}

/// A feed that answers something else gives way to a page after so many failures in a row.
const FAILURES_FIRST: u32 = 2;

/// A redirect that anybody may have written counts when it is seen again after so many seconds.
const MOVED_AGAIN: i64 = 24 * 3600;

/// A source that has stopped giving entries is looked for again no more often than this, seconds.
const LOOK_AGAIN: i64 = 24 * 3600;

impl Visit<'_> {
    /// Fetches the source, and looks for another one where it is lost.
    pub(super) fn source(
        &self,
        state: &mut VisitState,
    ) -> Result<(Came, Option<Duration>), Failure> {
        if state.crawl.pinned != self.outlet.feed {
            // The reader pinned another source, or none any more: what is known is of the old one.
            state.stored.source = None;
            state.stored.etag = None;
            state.stored.last_modified = None;
            state.crawl = CrawlState {
                waiting: std::mem::take(&mut state.crawl.waiting),
                pinned: self.outlet.feed.clone(),
                ..CrawlState::default()
            };
        }
        if let Some(pinned) = &self.outlet.feed
            && state
                .stored
                .source
                .as_ref()
                .is_none_or(|source| source.url() != pinned)
        {
            // What the reader has pinned is asked first each time.
            state.stored.source = Some(Source::Feed(pinned.clone()));
        }
        let Some(source) = state.stored.source.clone() else {
            return self.search(state, None);
        };
        let pinned = self.outlet.feed.is_some();
        let own = source.url() == self.outlet.url;
        let lost = match self.fetch_source(&source, state) {
            Ok(came) => return Ok(came),
            Err(why) if pinned => return Err(why),
            // A source that was found by discovery may be found elsewhere.
            Err(why @ Failure::Fetch(FetchError::Gone)) if !own => {
                state.crawl.gone.push(source.url().to_owned());
                // A gone source is never asked again, so there is nothing to wait for.
                state.crawl.looked = None;
                why
            }
            Err(why @ Failure::Fetch(FetchError::Status(404))) if !own => why,
            Err(why @ Failure::Source(_)) => why,
            Err(why) => return Err(why),
        };
        let now = self.fetcher.clock.now().as_second();
        if state.crawl.looked.is_some_and(|at| now - at < LOOK_AGAIN) {
            return Err(lost);
        }
        state.crawl.looked = Some(now);
        match self.search(state, Some((&source, &lost))) {
            // The first reason is the one to tell.
            Err(Failure::Source(_) | Failure::Robots(_)) => Err(lost),
            other => other,
        }
    }

    /// Fetches a known source, conditionally.
    fn fetch_source(
        &self,
        source: &Source,
        state: &mut VisitState,
    ) -> Result<(Came, Option<Duration>), Failure> {
        if matches!(source, Source::HeadlinePage(_) | Source::NewsSitemap(_)) {
            match self
                .fetcher
                .allowed(&mut state.crawl.robots, source.url())?
            {
                Allowed::Yes => {}
                Allowed::No => {
                    let why = format!("robots.txt does not allow {}", source.url());
                    return Err(Failure::Source(why));
                }
                Allowed::Unknown(why) => return Err(Failure::Robots(why)),
            }
        }
        let validated = state.crawl.validated_url.clone();
        let request = Request {
            validators: Validators {
                etag: state.stored.etag.clone(),
                last_modified: state.stored.last_modified.clone(),
            },
            validated_url: validated.as_deref(),
            last: true,
            home_was_public: state.crawl.public,
            ..Request::new(source.url(), ACCEPT_SOURCE, self.fetcher.home)
        };
        let fetched = self.fetcher.client.get(&request)?;
        state.crawl.public |= self.fetcher.client.knows_as_public(self.fetcher.home);
        let (moved, fresh_for) = (fetched.moved.clone(), fetched.fresh_for);
        let answered = fetched.url.clone();
        let mut validators = fetched.validators.clone();
        let mut kind = source.clone();
        let came = match fetched.answer {
            Answer::NotModified => Came::Nothing,
            Answer::Fresh { .. } => {
                let document = Document::from(fetched)?;
                kind = self.kind_now(source, &document);
                let answer = self.read_source(&kind, document, &mut state.crawl);
                let answer = answer.map_err(Failure::Source)?;
                validators = answer.validators;
                let entries = answer.feed.entries.len();
                if worth(&kind, Some(entries)).is_none() {
                    // A wall, or a page that has lost its headlines.
                    return Err(Failure::Source(nothing_found(&self.outlet.url, &[])));
                }
                if entries == 0 && state.crawl.had_entries {
                    self.emptied(source, state)?;
                }
                state.losses = answer.feed.repairs.clone();
                Came::Entries(Box::new(answer.feed), answer.permit)
            }
        };
        match moved {
            Some(to) => kind = self.follow(kind, to, state),
            // It is where it was.
            None => {
                state.crawl.moved = state
                    .crawl
                    .moved
                    .take()
                    .filter(|moved| moved.from != source.url())
            }
        }
        state.stored.source = Some(kind);
        state.stored.status = Some(match came {
            Came::Nothing => 304,
            Came::Entries(..) => 200,
        });
        self.keep_validators(state, validators, &answered);
        Ok((came, fresh_for))
    }

    /// The source after a permanent redirect. One that the reader has pinned stays; one that leads over http to
    /// another host, where anybody on the way may have written it, counts when it is seen again a day later.
    fn follow(&self, source: Source, to: String, state: &mut VisitState) -> Source {
        let now = self.fetcher.clock.now().as_second();
        let from = source.url().to_owned();
        let known = state.crawl.moved.take();
        let mut moved = known
            .filter(|known| known.from == from && known.to == to && known.at <= now)
            .unwrap_or(Moved {
                from,
                to: to.clone(),
                at: now,
                followed: false,
            });
        let unsure = may_be_forged(&moved.from, &to);
        let pinned = self.outlet.feed.is_some();
        moved.followed = !pinned && (!unsure || now - moved.at >= MOVED_AGAIN);
        let follows = moved.followed;
        if follows {
            state.notes.push(format!("the source has moved to {to}"));
        }
        state.crawl.moved = Some(moved);
        match follows {
            true => source.moved_to(&to),
            false => source,
        }
    }

    /// The source as what it is now: a page may have become a feed.
    fn kind_now(&self, source: &Source, document: &Document) -> Source {
        let content_type = document.content_type.as_deref();
        match discover::look(&document.bytes, content_type, &document.url).itself {
            Some(Kind::Feed) => Source::Feed(source.url().to_owned()),
            _ => source.clone(),
        }
    }

    /// A source that had entries and has none now is looked for elsewhere, once a day; until
    /// something better is found it is believed.
    fn emptied(&self, source: &Source, state: &mut VisitState) -> Result<(), Failure> {
        let now = self.fetcher.clock.now().as_second();
        let looked = state.crawl.looked.is_some_and(|at| now - at < LOOK_AGAIN);
        let why = "the source has no entries any more".to_owned();
        if looked || self.outlet.feed.is_some() || source.url() == self.outlet.url {
            state.notes.push(why);
            return Ok(());
        }
        Err(Failure::Source(why))
    }

    fn read_source(
        &self,
        source: &Source,
        document: Document,
        crawl: &mut CrawlState,
    ) -> Result<SourceAnswer, String> {
        let (rules, believed) = (&mut crawl.robots, &crawl.pages);
        if let Source::Feed(_) = source {
            let content_type = document.content_type.as_deref();
            match discover::look(&document.bytes, content_type, &document.url).itself {
                Some(Kind::Page) => return Err("the feed URL now returns a web page".to_owned()),
                // A sitemap may be pinned, too.
                Some(Kind::Sitemap | Kind::SitemapIndex) => {
                    let sitemap = Source::NewsSitemap(source.url().to_owned());
                    return find_source::read(
                        &self.fetcher,
                        rules,
                        &sitemap,
                        document,
                        &self.outlet.select,
                        believed,
                    );
                }
                _ => {}
            }
        }
        find_source::read(
            &self.fetcher,
            rules,
            source,
            document,
            &self.outlet.select,
            believed,
        )
    }

    /// Finds out how the outlet can be read. `lost` is the source that no longer serves and why.
    fn search(
        &self,
        state: &mut VisitState,
        lost: Option<(&Source, &Failure)>,
    ) -> Result<(Came, Option<Duration>), Failure> {
        // One answer that is no feed may be a wall or an accident: then another feed is better than none, but
        // a page is not, for whose headlines the feed would be forgotten.
        let first = state.stored.failures < FAILURES_FIRST;
        let feeds_only = first && matches!(lost, Some((Source::Feed(_), Failure::Source(_))));
        let mut empty: Option<Candidate> = None;
        let mut best: Option<Candidate> = None;
        let (mut reasons, mut put_off) = (Vec::new(), Vec::new());
        let except = state.crawl.gone.clone();
        let search = Search {
            url: &self.outlet.url,
            select: &self.outlet.select,
            except: &except,
        };
        let fetcher = Fetcher {
            permits: Some(self.store),
            ..self.fetcher
        };
        find_source::find_source(
            &fetcher,
            &mut state.crawl.robots,
            search,
            &mut |mut candidate| {
                match candidate.worth() {
                    Some(Worth::Entries)
                        if feeds_only && !matches!(candidate.source, Source::Feed(_)) => {}
                    Some(Worth::Entries) => {
                        best = Some(candidate);
                        return ControlFlow::Break(());
                    }
                    Some(Worth::Empty) if empty.is_none() => {
                        if let Ok(answer) = &mut candidate.answer {
                            // Others are fetched meanwhile, which must not wait for it.
                            answer.permit = MemoryPermit::default();
                        }
                        empty = Some(candidate);
                    }
                    Some(Worth::Empty) => {}
                    None if candidate.found == PUT_OFF => put_off.extend(candidate.answer.err()),
                    // What is not at a usual path says nothing.
                    None if candidate.found == USUAL_PATH => {}
                    None => reasons.extend(
                        candidate
                            .answer
                            .err()
                            .map(|why| format!("{}: {why}", candidate.source.url())),
                    ),
                }
                ControlFlow::Continue(())
            },
        )?;
        // A feed that has no entries yet is a source all the same, but no reason to leave another.
        let found = best.or(empty.filter(|_| lost.is_none()));
        let Some(Candidate {
            source,
            found,
            answer: Ok(answer),
        }) = found
        else {
            let own = Url::parse(&self.outlet.url).map(|url| url.origin().ascii_serialization());
            let mut files = state.crawl.robots.iter();
            let file = files.find(|file| own.as_ref().is_ok_and(|own| *own == file.origin));
            // Without it neither news sitemaps nor headlines were looked at.
            if let Some((None, Some(why))) = file.map(|file| (&file.text, &file.lost)) {
                return Err(Failure::Robots(why.clone()));
            }
            let nothing = nothing_found(&self.outlet.url, &reasons);
            if lost.is_some() {
                // What is told is why it was lost.
                state.notes.append(&mut put_off);
                return Err(Failure::Source(nothing));
            }
            // That there is nothing is not known before they were tried.
            put_off.insert(0, nothing);
            return Err(Failure::Source(put_off.join("; ")));
        };
        if let Some((old, why)) = lost
            && *old != source
        {
            state.notes.push(format!(
                "the source has changed from {} {} ({why}) to {} {}, found by {found}",
                old.in_words(),
                old.url(),
                source.in_words(),
                source.url(),
            ));
        }
        state.losses = answer.feed.repairs.clone();
        if let Some(to) = answer.moved {
            let followed = source.url() == to;
            let from = match followed {
                true => &self.outlet.url,
                false => source.url(),
            };
            state.crawl.moved = (found == ITSELF || !followed).then(|| Moved {
                from: from.to_owned(),
                to,
                at: self.fetcher.clock.now().as_second(),
                followed,
            });
        }
        state.notes.append(&mut put_off);
        state.stored.source = Some(source);
        state.stored.status = Some(200);
        state.crawl.had_entries = false;
        state.crawl.looked = None;
        self.keep_validators(state, answer.validators, &answer.url);
        Ok((
            Came::Entries(Box::new(answer.feed), answer.permit),
            answer.fresh_for,
        ))
    }

    /// Keeps the validators with the address that gave them.
    pub(super) fn keep_validators(
        &self,
        state: &mut VisitState,
        validators: Validators,
        answered: &str,
    ) {
        let source = state.stored.source.as_ref().map(Source::url);
        state.crawl.validated_url = (source != Some(answered)).then(|| answered.to_owned());
        state.stored.etag = validators.etag;
        state.stored.last_modified = validators.last_modified;
    }
}
