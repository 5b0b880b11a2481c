//! Pauses that hosts asked for, remembered from one run to the next: of outlets' own hosts with the
//! outlet, of all others (article pages, pictures) in a list of their own.
//! Never here: how long a pause is.

use crate::fetch::{Client, Pause};
use crate::news::Time;
use crate::store::{Store, StoreError};

/// The store's name for the list.
const MEMO: &str = "hosts left alone";

/// Host, status, and the second until when it is left alone.
type Row = (String, u16, i64);

/// A host that asked to be left alone is not asked, whoever wants something of it.
pub(super) fn recall(client: &Client, store: &Store) -> Result<(), StoreError> {
    for state in store.source_states()?.values() {
        if let (Some(until), Some(source)) = (state.retry_after, &state.source) {
            // Where a page asked for the pause, the source itself had answered well.
            let status = state.status.filter(|status| *status >= 400);
            if let Some(pause) = Pause::of(source.url(), status.unwrap_or(429), until) {
                client.recall(pause);
            }
        }
    }
    let known = store.memo(MEMO)?.unwrap_or_default();
    let known: Vec<Row> = serde_json::from_slice(&known).unwrap_or_default();
    for (host, status, until) in known {
        let until = Time::from_second(until).unwrap_or_default();
        client.recall(Pause {
            host,
            status,
            until,
        });
    }
    Ok(())
}

/// Remembers what is new.
pub(super) fn remember(client: &Client, store: &Store) -> Result<(), StoreError> {
    match client.news_of_pauses() {
        Some(pauses) if !store.is_read_only() => {
            let rows = pauses.into_iter().map(|pause| -> Row {
                // Up to a whole second, so that it does not end before its time.
                (pause.host, pause.status, pause.until.as_second() + 1)
            });
            let list = serde_json::to_vec(&rows.collect::<Vec<_>>()).unwrap_or_default();
            store.set_memo(MEMO, &list)
        }
        _ => Ok(()),
    }
}
