//! Requests outside a refresh, because somebody wants something now: one article's page, a picture,
//! what a site offers. All over one client, so that hosts get their gaps and pauses here too.
//! Never here: the refresh itself.

use std::sync::Arc;

use super::context::{Failure, Visit};
use super::ownership::OwnSites;
use super::page_reading::{self, Wanted};
use super::parse_pool::ParsePool;
use super::requests::home_of;
use super::robots_cache::Allowed;
use super::{Discovery, RefreshError, Way, image_cache, kept_image};
use super::{client, find_source, host_pauses, outlet_memory, parse_pool, requests, store_actor};
use crate::config::{self, Config};
use newsprint_fetch::{
    ACCEPT_PAGE, ACCEPT_SOURCE, Client, Clock, FetchError, Request, SystemClock,
};
use newsprint_model::{
    ArticleId, Entry, FullText, Outlet, Select, Source, TextState, Time, address_key,
};
use newsprint_parse::article::{self, Explanation, Repeats};
use newsprint_parse::listing::{self, Earlier, Reason};
use newsprint_store::{Store, StoreError};

/// Entries shown of each way that a discovery finds.
const SAMPLE: usize = 5;

/// The latest entries where all have a date, else the first.
fn latest(mut entries: Vec<Entry>) -> Vec<Entry> {
    if entries.iter().all(|entry| entry.published.is_some()) {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.published));
    }
    entries.truncate(SAMPLE);
    entries
}

/// The outlet whose page `url` is, in whatever way the address is written.
fn outlet_at<'a>(config: &'a Config, url: &str) -> Option<&'a Outlet> {
    let key = address_key(url);
    let mut outlets = config.outlets.iter();
    outlets.find(|outlet| address_key(&outlet.url) == key)
}

/// Whether nobody answered: another scheme may be answered.
fn is_silent(why: &FetchError) -> bool {
    matches!(why, FetchError::Connect { .. } | FetchError::Timeout(_))
}

/// What the config chooses on pages of the outlet at `url`; nothing where it is no outlet's.
fn select_of(config: &Config, url: &str) -> Select {
    outlet_at(config, url)
        .map(|outlet| outlet.select.clone())
        .unwrap_or_default()
}

/// What earlier refreshes have learned of the outlet at `url`, as the next one would use it.
fn earlier(
    config: &Config,
    store: Option<&Store>,
    url: &str,
    fetched: Time,
) -> Result<Earlier, StoreError> {
    let mut earlier = Earlier::at(fetched);
    if let (Some(store), Some(outlet)) = (store, outlet_at(config, url)) {
        let state = store.source_state(&outlet.name)?;
        let crawl = outlet_memory::CrawlState::read(&state.extra);
        earlier.articles = crawl.pages.articles().map(address_key).collect();
    }
    Ok(earlier)
}

/// Makes the requests of one process outside a refresh. Any number of threads may share it: each waits for its turn at a
/// host. Cheap to make.
#[derive(Debug)]
pub struct OnDemand {
    client: Client,
    clock: Arc<dyn Clock>,
}

impl OnDemand {
    /// Asks as the config says.
    pub fn new(config: &Config) -> OnDemand {
        OnDemand::by(config, Arc::new(SystemClock))
    }

    /// The same by another clock; a test moves it.
    pub fn by(config: &Config, clock: Arc<dyn Clock>) -> OnDemand {
        OnDemand {
            client: client(config, clock.clone()),
            clock,
        }
    }

    /// The store, which is not made where there is none yet; pauses that it knows of hold.
    fn existing_store(&self, config: &Config) -> Result<Option<Store>, RefreshError> {
        let database = config.paths.database();
        if !database.exists() {
            return Ok(None);
        }
        let store = Store::open(&database)?;
        host_pauses::recall(&self.client, &store)?;
        Ok(Some(store))
    }

    /// What the reader has named for the outlet of an article ([`home_of`]): the article's own address came from
    /// the network and vouches for nothing.
    fn home(&self, config: &Config, store: &Store, outlet: &str) -> Result<String, RefreshError> {
        let (name, home) = match config.outlet(outlet) {
            Some(outlet) => (&*outlet.name, home_of(outlet).to_owned()),
            // The address that it had when it was removed was named by the reader, too.
            None => (outlet, store.removed_url(outlet)?.unwrap_or_default()),
        };
        match store.source_state(name) {
            Ok(state) if outlet_memory::CrawlState::read(&state.extra).public => {
                self.client.recall_public(&home);
            }
            // It has not been refreshed yet.
            Ok(_) | Err(StoreError::NoOutlet(_)) => {}
            Err(why) => return Err(why.into()),
        }
        Ok(home)
    }

    /// Requests on behalf of the outlet that is configured as `url`, its documents read by `pool`.
    fn fetcher<'a>(
        &'a self,
        config: &'a Config,
        url: &'a str,
        pool: &'a ParsePool,
    ) -> requests::Fetcher<'a> {
        requests::Fetcher {
            client: &self.client,
            pool,
            clock: &*self.clock,
            home: url,
            agent: &config.refresh.user_agent,
            permits: None,
        }
    }

    /// A source document as it is: its bytes, its Content-Type and the address it came from in the end.
    pub fn source(
        &self,
        config: &Config,
        url: &str,
    ) -> Result<(Vec<u8>, Option<String>, String), RefreshError> {
        let store = self.existing_store(config)?;
        let answer = self.client.get(&Request::new(url, ACCEPT_SOURCE, url));
        if let Some(store) = &store {
            host_pauses::remember(&self.client, store)?;
        }
        let document = requests::Document::from(answer?)?;
        Ok((document.bytes.to_vec(), document.content_type, document.url))
    }

    /// What sources a site offers and what each would give; changes nothing. `tried` is told how many have been tried.
    pub fn discover(
        &self,
        config: &Config,
        url: &str,
        tried: &dyn Fn(usize),
    ) -> Result<Discovery, RefreshError> {
        let store = self.existing_store(config)?;
        let pool = parse_pool(Some(1))?;
        let fetcher = self.fetcher(config, url, &pool);
        let select = select_of(config, url);
        let search = find_source::Search {
            url,
            select: &select,
            except: &[],
        };
        let mut discovery = Discovery::default();
        let sought =
            find_source::find_source(&fetcher, &mut Vec::new(), search, &mut |candidate| {
                let way = match candidate.answer {
                    Ok(answer) => {
                        let repairs = answer.feed.repairs.iter();
                        discovery.notes.extend(
                            repairs.map(|repair| format!("{}: {repair}", candidate.source.url())),
                        );
                        Way {
                            title: answer.feed.title,
                            entries: answer.feed.entries.len(),
                            sample: latest(answer.feed.entries),
                            error: None,
                            source: candidate.source,
                            found: candidate.found,
                        }
                    }
                    Err(why) => Way {
                        title: None,
                        entries: 0,
                        sample: Vec::new(),
                        error: Some(why),
                        source: candidate.source,
                        found: candidate.found,
                    },
                };
                discovery.ways.push(way);
                tried(discovery.ways.len());
                std::ops::ControlFlow::Continue(())
            });
        if let Some(store) = &store {
            host_pauses::remember(&self.client, store)?;
        }
        sought?;
        if discovery.best().is_none() {
            let tried = discovery.ways.iter();
            let named = tried.filter(|way| way.found != find_source::USUAL_PATH);
            let reasons = named
                .filter_map(|way| Some(format!("{}: {}", way.source.url(), way.error.as_ref()?)));
            let reasons: Vec<String> = reasons.collect();
            discovery.failure = Some(find_source::nothing_found(url, &reasons));
        }
        Ok(discovery)
    }

    /// The same of an address as it was typed: where it has no scheme, it is tried at https and, if nobody answers
    /// there, at http. Gives the address that was taken.
    ///
    /// # Errors
    /// The address that was tried last, or the one at https where nobody answers at either, and why.
    pub fn discover_typed(
        &self,
        config: &Config,
        typed: &str,
        tried: &dyn Fn(usize),
    ) -> Result<(String, Discovery), (String, RefreshError)> {
        let url = config::completed(typed);
        let first = self.discover(config, &url, tried);
        let plain = url
            .strip_prefix("https://")
            .filter(|_| url != typed.trim())
            .map(|rest| format!("http://{rest}"));
        match (first, plain) {
            (Ok(found), _) => Ok((url, found)),
            (Err(RefreshError::Fetch(why)), Some(plain)) if is_silent(&why) => {
                match self.discover(config, &plain, tried) {
                    Ok(found) => Ok((plain, found)),
                    Err(RefreshError::Fetch(second)) if is_silent(&second) => {
                        Err((url, RefreshError::Fetch(why)))
                    }
                    Err(second) => Err((plain, second)),
                }
            }
            (Err(why), _) => Err((url, why)),
        }
    }

    /// A page, if the site's robots.txt allows it; what the host says of pauses is remembered.
    fn page(
        &self,
        store: Option<&Store>,
        fetcher: &requests::Fetcher<'_>,
        url: &str,
    ) -> Result<requests::Document, RefreshError> {
        let asked = match fetcher.allowed(&mut Vec::new(), url)? {
            Allowed::Yes => fetcher.get(url, ACCEPT_PAGE),
            Allowed::No => {
                return Err(RefreshError::Page(
                    "robots.txt does not allow it".to_owned(),
                ));
            }
            Allowed::Unknown(why) => Err(why),
        };
        if let Some(store) = store {
            host_pauses::remember(&self.client, store)?;
        }
        Ok(asked?)
    }

    /// Why each link of a page would be listed as a headline or not; changes nothing.
    pub fn explain(&self, config: &Config, url: &str) -> Result<Vec<Reason>, RefreshError> {
        let store = self.existing_store(config)?;
        let pool = parse_pool(Some(1))?;
        let fetcher = self.fetcher(config, url, &pool);
        let select = select_of(config, url);
        let document = self.page(store.as_ref(), &fetcher, url)?;
        let earlier = earlier(config, store.as_ref(), url, self.clock.now())?;
        let explained = fetcher.pool.run(move || {
            let content_type = document.content_type.as_deref();
            let (bytes, url) = (&document.bytes, document.url.as_str());
            listing::explain(bytes, content_type, url, &select, &earlier)
        });
        explained
            .and_then(|explained| explained)
            .map_err(|why| RefreshError::Page(why.to_string()))
    }

    /// Why the text of an article's page is what it is: the page is fetched again, nothing is stored.
    pub fn explain_text(
        &self,
        config: &Config,
        id: ArticleId,
    ) -> Result<Explanation, RefreshError> {
        let store = Store::open(&config.paths.database())?;
        let headline = store.article(id)?.ok_or(RefreshError::NoPage(id))?.headline;
        if headline.url.is_empty() {
            return Err(RefreshError::NoPage(id));
        }
        let repeats = store.repeats(&headline.outlet)?.unwrap_or_default();
        let select = config.outlet(&headline.outlet).map(|outlet| &outlet.select);
        let select = select.cloned().unwrap_or_default();
        let pool = parse_pool(Some(1))?;
        let home = self.home(config, &store, &headline.outlet)?;
        let fetcher = self.fetcher(config, &home, &pool);
        host_pauses::recall(&self.client, &store)?;
        let document = self.page(Some(&store), &fetcher, &headline.url)?;
        let explained = fetcher.pool.run(move || {
            let content_type = document.content_type.as_deref();
            let repeats = Repeats::from_bytes(&repeats);
            let url = document.url.as_str();
            article::explain(&document.bytes, content_type, url, &select, &repeats)
        });
        explained
            .and_then(|explained| explained)
            .map_err(|why| RefreshError::Page(why.to_string()))
    }

    /// Fetches the article's page now and stores its text; tells how much of the text is there then.
    pub fn fetch_text(&self, config: &Config, id: ArticleId) -> Result<TextState, RefreshError> {
        let store = Store::open(&config.paths.database())?;
        let article = store.article(id)?.ok_or(RefreshError::NoPage(id))?;
        let url = article.headline.url;
        if url.is_empty() {
            return Err(RefreshError::NoPage(id));
        }
        let outlet = config.outlet(&article.headline.outlet).cloned();
        let outlet = outlet.unwrap_or_else(|| Outlet {
            name: article.headline.outlet.clone(),
            url: url.clone(),
            ..Outlet::default()
        });
        let source = store
            .source_state(&outlet.name)
            .ok()
            .and_then(|state| state.source);
        let source = source.as_ref().map(Source::url).unwrap_or_default();
        let page = outlet_memory::Waiting {
            // Of an outlet that is configured no more, the article's own site is known alone.
            foreign: OwnSites::of(&[&outlet.url, source]).is_foreign(&url),
            url,
            ..outlet_memory::Waiting::default()
        };
        let stored =
            store_actor::stored(&store, &outlet.name, &page)?.ok_or(RefreshError::NoPage(id))?;
        host_pauses::recall(&self.client, &store)?;
        let home = self.home(config, &store, &outlet.name)?;
        let visit = Visit {
            fetcher: requests::Fetcher {
                client: &self.client,
                pool: &parse_pool(Some(1))?,
                clock: &*self.clock,
                home: &home,
                agent: &config.refresh.user_agent,
                permits: None,
            },
            outlet: &outlet,
            config: &config.refresh,
            full_text: FullText::Always,
            force: true,
            started: self.clock.now(),
            store: &store,
            images: None,
            progress: &|_| {},
        };
        let came = page_reading::fetch_on_demand(&visit, Wanted::again(stored, page, false));
        host_pauses::remember(&self.client, &store)?;
        if let Err(Failure::Fetch(FetchError::Later {
            until: Some(until), ..
        })) = &came
        {
            self.keep_away(&store, &outlet.name, *until)?;
        }
        came.map_err(|why| match why {
            Failure::Fetch(why) | Failure::Robots(why) => RefreshError::Fetch(why),
            Failure::Store(why) => RefreshError::Store(why),
            Failure::Source(why) => RefreshError::Page(why),
        })?;
        let article = store.article(id)?.ok_or(RefreshError::NoPage(id))?;
        Ok(article.headline.text)
    }

    /// A picture for the reader, from the folder of kept ones or from the network: the bytes as they
    /// came. A private address is only asked where a configured outlet lives at the same host.
    pub fn fetch_image(&self, config: &Config, url: &str) -> Result<Vec<u8>, RefreshError> {
        if let Some(bytes) = kept_image(config, url) {
            return Ok(bytes);
        }
        let store = self.existing_store(config)?;
        let host = |url: &str| url::Url::parse(url).ok()?.host_str().map(str::to_owned);
        let at_home = config
            .outlets
            .iter()
            .find(|outlet| host(home_of(outlet)) == host(url));
        let home = match (at_home, &store) {
            (Some(outlet), Some(store)) => self.home(config, store, &outlet.name)?,
            (Some(outlet), None) => home_of(outlet).to_owned(),
            (None, _) => String::new(),
        };
        let request = newsprint_fetch::Request::new(url, newsprint_fetch::ACCEPT_IMAGE, &home);
        let came = self.client.get(&request);
        if let Some(store) = &store {
            host_pauses::remember(&self.client, store)?;
        }
        match came?.answer {
            newsprint_fetch::Answer::Fresh { bytes, .. } => {
                if config.refresh.images {
                    image_cache::keep(&config.paths.images(), url, &bytes);
                }
                Ok(bytes.to_vec())
            }
            newsprint_fetch::Answer::NotModified => Err(FetchError::Status(304).into()),
        }
    }

    /// Remembers that the outlet's own host wants to be left alone until then.
    fn keep_away(&self, store: &Store, outlet: &str, until: Time) -> Result<(), StoreError> {
        let until = newsprint_fetch::schedule::retry_at(self.clock.now(), until);
        store.change_source_state(outlet, |state| {
            let source = state.source.as_ref();
            let own = source.is_some_and(|source| self.client.is_blocked(source.url()));
            let later = own && state.retry_after.is_none_or(|at| at < until);
            if later {
                state.retry_after = Some(until);
            }
            later
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_the_latest_of_a_feed_that_is_in_no_order() {
        let entry = |title: &str, second: Option<i64>| Entry {
            title: title.to_owned(),
            published: second.map(|second| Time::from_second(second).unwrap()),
            ..Entry::default()
        };
        let titles = |entries: Vec<Entry>| -> Vec<String> {
            latest(entries)
                .into_iter()
                .map(|entry| entry.title)
                .collect()
        };
        let dated = vec![
            entry("b", Some(2)),
            entry("d", Some(4)),
            entry("a", Some(1)),
        ];
        assert_eq!(titles(dated), ["d", "b", "a"]);
        // Without dates of all the outlet's order says most.
        let undated = vec![entry("b", Some(2)), entry("d", None), entry("a", Some(4))];
        assert_eq!(titles(undated), ["b", "d", "a"]);
    }
}
