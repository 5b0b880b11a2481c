//! Outlets as the reader knows them: the titles of those that were given no name, and which outlet reads an
//! address already. Never here: requests, how the config is edited.

use std::collections::HashMap;

use newsprint_model::{address_key, fold, without_password};
use newsprint_store::{Store, StoreError, retry_while_busy};

use super::RefreshError;
use super::outlet_memory::CrawlState;
use crate::config::{Config, edit, name_of};

/// Characters of a title that become a name, at most.
const LONGEST: usize = 200;

/// An outlet that got a name: what it was called, and what it is called now.
pub type Named = (String, String);

/// Writes into the config what the sources of outlets without a name call themselves, once that is known, and
/// renames the outlets in the store. Gives the outlets that got a name. A config that cannot be written or was
/// changed meanwhile is left alone: the outlets keep their hosts' names.
pub(super) fn name_outlets(
    config: &Config,
    store: &Store,
    stopped: impl Fn() -> bool,
) -> Result<Vec<Named>, StoreError> {
    if config.unnamed.is_empty() {
        return Ok(Vec::new());
    }
    let states = store.source_states()?;
    let mut taken: Vec<String> = config.outlets.iter().map(|one| fold(&one.name)).collect();
    let mut named: Vec<Named> = Vec::new();
    for name in &config.unnamed {
        let title = states
            .get(name)
            .and_then(|state| CrawlState::read(&state.extra).title)
            .and_then(|title| shown(&title));
        let Some(title) = title else {
            continue;
        };
        // Two outlets of one title are told apart by their hosts, or keep them.
        let with_host = format!("{title} ({name})");
        let free = [title, with_host]
            .into_iter()
            .find(|title| !taken.contains(&fold(title)));
        if let Some(free) = free {
            taken.push(fold(&free));
            named.push((name.clone(), free));
        }
    }
    if named.is_empty() {
        return Ok(named);
    }
    let Ok(text) = std::fs::read_to_string(&config.file) else {
        return Ok(Vec::new());
    };
    let folder = &config.paths.data_dir;
    let edited = edit::name_outlets(&text, &named).ok();
    let parsed =
        edited.and_then(|text| Some((Config::parse(&text, &config.file, folder).ok()?, text)));
    let Some((new, text)) = parsed else {
        return Ok(Vec::new());
    };
    named.retain(|(old, name)| new.outlet(name).is_some() && !new.unnamed.contains(old));
    if named.is_empty() || edit::save(&config.file, &text).is_err() {
        return Ok(Vec::new());
    }
    retry_while_busy(stopped, || store.sync_outlets(&new.outlets))?;
    Ok(named)
}

/// A title as a name: one clean line; `None` where nothing of it can be read.
fn shown(title: &str) -> Option<String> {
    let title = newsprint_html::safe_text::line(title);
    let title: String = title.trim().chars().take(LONGEST).collect();
    let title = title.trim_end();
    (!title.is_empty()).then(|| title.to_owned())
}

/// What an outlet at `url` is called whose source gives itself this title.
pub(super) fn name(title: Option<&str>, url: &str) -> String {
    title.and_then(shown).unwrap_or_else(|| name_of(url))
}

/// Which outlet reads which address (by its key): it is configured so, or the source that was found for it is
/// there. Of the reader's own outlets; those of accounts are the server's.
///
/// # Errors
/// Where there is a store and it cannot be read.
pub fn readers(config: &Config) -> Result<HashMap<String, String>, RefreshError> {
    let mut readers = HashMap::new();
    let own = config.outlets.iter().filter(|one| one.account.is_none());
    for outlet in own.clone() {
        for url in outlet.feed.iter().chain([&outlet.url]) {
            readers.insert(address_key(url), outlet.name.clone());
        }
    }
    let database = config.paths.database();
    if !database.exists() {
        return Ok(readers);
    }
    let states = Store::open(&database)?.source_states()?;
    for outlet in own {
        // What was found at an address that the outlet has no more says nothing.
        let state = states
            .get(&outlet.name)
            .filter(|state| state.home == outlet.url);
        if let Some(source) = state.and_then(|state| state.source.as_ref()) {
            let key = address_key(source.url());
            readers.entry(key).or_insert_with(|| outlet.name.clone());
        }
    }
    Ok(readers)
}

/// The outlet that reads one of these addresses, as [`readers`] tells.
///
/// # Errors
/// Where there is a store and it cannot be read.
pub fn reader_of(config: &Config, urls: &[&str]) -> Result<Option<String>, RefreshError> {
    let readers = readers(config)?;
    Ok(urls
        .iter()
        .find_map(|url| readers.get(&address_key(url)).cloned()))
}

/// Why nothing could be read at an address, with the address where the reason does not name its host; where a
/// name and a password are wanted, how they are given.
pub fn why_not(url: &str, error: &RefreshError) -> String {
    let text = error.to_string();
    let parsed = url::Url::parse(url).ok();
    let host = parsed
        .as_ref()
        .and_then(|url| url.host_str())
        .unwrap_or_default();
    let text = match text.contains(host) {
        true => text,
        false => format!("{}: {text}", without_password(url)),
    };
    with_login(text)
}

/// The reason, and how name and password are given where it is that they are wanted.
pub fn with_login(why: String) -> String {
    match why.contains("HTTP 401") {
        true => format!("{why}; with a login, write USER:PASSWORD@ before the host"),
        false => why,
    }
}
