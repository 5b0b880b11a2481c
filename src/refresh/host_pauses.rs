//! Pauses that hosts asked for, remembered from one run to the next: of outlets' own hosts with the
//! outlet, of all others (article pages, pictures) in a list of their own.
//! Never here: how long a pause is.

use std::time::Duration;

use newsprint_fetch::{Client, Pause, schedule};
use newsprint_model::Time;
use newsprint_store::{Store, StoreError};

/// The store's name for the list.
const MEMO: &str = "hosts left alone";

/// Host, status, and the second until when it is left alone.
type Row = (String, u16, i64);

/// A host that asked to be left alone is not asked, whoever wants something of it.
pub(super) fn recall(client: &Client, store: &Store) -> Result<(), StoreError> {
    let now = client.now();
    // [`remember`] rounds up.
    let latest = schedule::add(now, schedule::LONGEST_RETRY + Duration::from_secs(1));
    for state in store.source_states()?.values() {
        // What was stored while the clock was ahead was no wish of the host's.
        let ahead = state.last_attempt.is_some_and(|at| at > now);
        let until = state.retry_after.filter(|until| !ahead && *until <= latest);
        if let (Some(until), Some(source)) = (until, &state.source) {
            // Where a page asked for the pause, the source itself had answered well.
            let status = state.status.filter(|status| *status >= 400);
            if let Some(pause) = Pause::of(source.url(), status.unwrap_or(429), until) {
                client.recall(pause);
            }
        }
    }
    for (host, status, until) in read(store.memo(MEMO)?) {
        let until = Time::from_second(until).unwrap_or_default();
        if until > latest {
            continue;
        }
        client.recall(Pause {
            host,
            status,
            until,
        });
    }
    Ok(())
}

/// Remembers what is new, beside what another process has remembered since.
pub(super) fn remember(client: &Client, store: &Store) -> Result<(), StoreError> {
    if store.is_read_only() {
        return Ok(());
    }
    let Some(pauses) = client.changed_pauses() else {
        return Ok(());
    };
    let remembered = store.change_memo(MEMO, |known| {
        let mut rows = read(known);
        let now = client.now().as_second();
        rows.retain(|(_, _, until)| *until > now);
        for pause in pauses {
            // Up to a whole second, so that it does not end before its time.
            let until = pause.until.as_second() + 1;
            match rows.iter_mut().find(|(host, ..)| *host == pause.host) {
                Some(row) if row.2 >= until => {}
                Some(row) => *row = (pause.host, pause.status, until),
                None => rows.push((pause.host, pause.status, until)),
            }
        }
        serde_json::to_vec(&rows).unwrap_or_default()
    });
    if remembered.is_err() {
        // A store that is busy now may not be so the next time.
        client.mark_pauses_changed();
    }
    remembered
}

/// The list as it was written; anything else is nothing.
fn read(memo: Option<Vec<u8>>) -> Vec<Row> {
    serde_json::from_slice(&memo.unwrap_or_default()).unwrap_or_default()
}
