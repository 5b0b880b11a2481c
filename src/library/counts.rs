//! Counts of outlets and tags as the config says that they count: without what is muted or removed.
//! Never here: when they are counted, how they are shown.

use std::collections::HashSet;

use super::rules::Rules;
use super::tags::{Facet, facets};
use crate::config::Config;
use newsprint_model::query::Query;
use newsprint_model::{Counts, Health, Time};
use newsprint_store::{List, Result, Store};

/// The outlets that `config` no longer has and the store may still have articles of, by name; also where
/// the store has not been told yet ([`Store::sync_outlets`]).
pub fn removed(store: &Store, config: &Config) -> Result<Vec<String>> {
    let departed = store.removed_outlets()?.into_iter().map(|gone| gone.outlet);
    // Of a known address it is the same outlet under another name.
    let listed = store.health()?.into_iter();
    let listed = listed.filter(|health| config.outlets.iter().all(|one| one.url != health.url));
    Ok(departed
        .chain(listed.map(|health| health.outlet))
        .filter(|name| config.outlet(name).is_none())
        .collect())
}

/// State and counts of each configured outlet.
pub fn outlets(store: &Store, rules: Rules, now: Time) -> Result<Vec<Health>> {
    let mut outlets = store.health()?;
    // The store keeps the counts of all articles; where some are muted they must be counted.
    if !rules.tags.mute.is_empty() {
        for health in &mut outlets {
            let query = Query::default().with_outlet(&health.outlet);
            health.counts = store.counts(&List::live(&rules.meaning(&query), now))?;
        }
    }
    Ok(outlets)
}

/// The rows of tags of the articles of `query` (a meaning, see [`Rules::meaning`]).
pub fn tags(
    store: &Store,
    query: &Query,
    sections: &HashSet<String>,
    rules: Rules,
    now: Time,
) -> Result<Vec<Facet>> {
    let own = store
        .tags(&List::live(query, now))?
        .into_iter()
        .map(|tag| {
            let counts = Counts {
                total: tag.total,
                unread: tag.unread,
            };
            (tag.tag, counts)
        })
        .collect();
    let count = |expr| {
        let list = List::live(&query.and_expr(expr), now);
        store.counts(&list).ok()
    };
    Ok(facets(own, &store.given_tags()?, sections, rules, count))
}
