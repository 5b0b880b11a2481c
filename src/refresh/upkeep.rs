//! What a refresh does to the store once the outlets are read: what is beyond the limits goes, with its pictures, and the
//! files are put in order. Never here: fetching, what a limit is.

use super::{AccountReport, OutletReport, image_cache};
use crate::config::Config;
use newsprint_fetch::Clock;
use newsprint_model::{Keep, Time};
use newsprint_store::{Store, StoreError, retry_while_busy};
use std::collections::HashSet;

/// Removes what an outlet has beyond `keep`, never what is starred, and the pictures that were kept
/// of it. Says how many articles went.
pub fn prune(
    config: &Config,
    store: &Store,
    outlet: &str,
    keep: Keep,
    now: Time,
) -> Result<u64, StoreError> {
    let going = || store.pictures_beyond(outlet, keep, now);
    with_pictures(config, store, going, || store.prune(outlet, keep, now))
}

/// The same for an outlet that is configured no longer: everything but what is starred.
pub fn forget(config: &Config, store: &Store, outlet: &str) -> Result<u64, StoreError> {
    let going = || store.pictures_of(outlet);
    with_pictures(config, store, going, || store.forget(outlet))
}

/// Removes articles and then the pictures that were kept of them and that lead no other.
fn with_pictures(
    config: &Config,
    store: &Store,
    going: impl FnOnce() -> Result<Vec<String>, StoreError>,
    remove: impl FnOnce() -> Result<u64, StoreError>,
) -> Result<u64, StoreError> {
    let folder = config.paths.images();
    let pictures = match folder.is_dir() {
        true => HashSet::from_iter(going()?),
        false => HashSet::new(),
    };
    let removed = remove()?;
    if !pictures.is_empty() {
        let wanted = store.leading(&pictures)?;
        image_cache::remove(&folder, pictures.difference(&wanted));
    }
    Ok(removed)
}

/// Prunes the outlets and accounts of a refresh that have new articles; with a limit of age all of them, since articles
/// grow old without new ones coming.
pub(super) fn prune_grown(
    config: &Config,
    store: &Store,
    keep: Keep,
    now: Time,
    (outlets, accounts): (&[OutletReport], &[AccountReport]),
    stopped: impl Fn() -> bool + Copy,
) -> Result<(), StoreError> {
    let grown = |new: u64| new > 0 || keep.days.is_some();
    let mut growing: Vec<(String, bool)> = outlets
        .iter()
        .filter(|report| grown(u64::from(report.new)))
        .map(|report| (report.outlet.clone(), report.new > 0))
        .collect();
    if grown(accounts.iter().map(|account| account.new).sum()) {
        // Which of an account's outlets have new articles is not told apart.
        let names = store
            .account_outlets()?
            .into_iter()
            .map(|outlet| (outlet.name, false));
        growing.extend(names);
    }
    for (outlet, new) in growing {
        let pruned = retry_while_busy(stopped, || {
            if !new && store.would_prune(&outlet, keep, now)? == 0 {
                // Nothing is written for nothing.
                return Ok(0);
            }
            prune(config, store, &outlet, keep, now)
        });
        match pruned {
            // Renamed meanwhile; the next refresh prunes it by its new name.
            Ok(_) | Err(StoreError::NoOutlet(_)) => {}
            Err(why) => return Err(why),
        }
    }
    Ok(())
}

/// Removes leftovers and pictures that lead no article, copies the marks, and gives free space back.
pub(super) fn tidy(
    config: &Config,
    store: &Store,
    clock: &dyn Clock,
    stopped: impl Fn() -> bool + Copy,
) -> Result<(), StoreError> {
    let images = config.paths.images();
    newsprint_store::files::remove_leftovers(&images);
    retry_while_busy(stopped, || image_cache::sweep(&images, store, clock.now()))?;
    retry_while_busy(stopped, || store.tidy())?;
    retry_while_busy(stopped, || store.save_marks())?;
    store.give_back()?;
    store.compact_weekly(clock.now())
}
