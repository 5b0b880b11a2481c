//! How an outlet is doing, in words: when it was last read, what is wrong and what to do about it.
//! Plain data. Never here: styles, cells, how health is known.

use crate::tui::keymap::actions::Action;
use crate::tui::keymap::actions::POPUP;
use newsprint_html::truncate;
use newsprint_model::{Health, Time, without_password};

use super::State;
use super::article_head::wrap;
use super::popup::{Look, Pieces};

/// What is said of an outlet under its name, in lines of at most `room` columns.
pub fn lines(state: &State, health: &Health, room: u16) -> Vec<Pieces> {
    let room = usize::from(room);
    let mut lines: Vec<Pieces> = Vec::new();
    let mut say = |text: &str, look: Look| {
        let text = wrap(text, room.saturating_sub(2));
        lines.extend(
            text.into_iter()
                .map(|text| vec![(format!("  {text}"), look)]),
        );
    };
    let when =
        |time: Option<Time>| time.map_or("never".to_owned(), |time| state.times().clock(time));
    let running = state.refresh.running.as_ref().and_then(|refresh| {
        let mut steps = refresh.steps.iter();
        steps.find(|step| step.outlet == health.outlet)
    });
    if let Some(step) = running {
        say(&format!("Now: {}", step.words), Look::Key);
    }
    let status = match health.status {
        Some(status) => format!(" ({status})"),
        None => String::new(),
    };
    let last = when(health.last_success);
    let next = match health.next_fetch {
        Some(next) if next > state.now => when(Some(next)),
        _ => "at the next refresh".to_owned(),
    };
    let paused = state
        .outlet(&health.outlet)
        .is_some_and(|outlet| outlet.paused);
    if paused {
        say("Paused", Look::Key);
    }
    match (&health.stopped, &health.last_error) {
        (Some(why), _) => {
            let mut why = why.clone();
            if let Some(first) = why.get(..1).map(str::to_uppercase) {
                why.replace_range(..1, &first);
            }
            say(&why, Look::Warning);
            if status_in(&why).is_some()
                && let Some(advice) = advice(state, health, &why)
            {
                say(&advice, Look::Text);
            }
            say(&format!("Last fetched: {last}"), Look::Dim);
        }
        (None, Some(why)) => {
            let text = match health.failing_since {
                Some(since) => format!("Failing since {}: {why}", when(Some(since))),
                None => format!("Failing: {why}"),
            };
            say(&text, Look::Warning);
            if let Some(advice) = advice(state, health, why) {
                say(&advice, Look::Text);
            }
            say(
                &format!("Last fetched: {last} · next fetch: {next}"),
                Look::Dim,
            );
        }
        (None, None) if health.last_success.is_none() => {
            let key = refresh_key(state);
            say(&format!("Not fetched yet ({key}: refresh)"), Look::Text);
        }
        (None, None) => {
            let note = state
                .refresh
                .notes
                .iter()
                .find(|note| note.0 == health.outlet);
            if let Some((_, note)) = note {
                say(note, Look::Text);
            }
            for kept in &health.notes {
                if note.is_none_or(|(_, note)| note != kept) {
                    say(kept, Look::Text);
                }
            }
            let text = format!("OK · last fetched {last}{status} · next fetch: {next}");
            say(&text, Look::Text);
        }
    }
    if let Some(account) = &health.account {
        let waiting = match health.waiting {
            Some((1, since)) => format!(" · 1 mark waiting since {}", when(Some(since))),
            Some((marks, since)) => format!(" · {marks} marks waiting since {}", when(Some(since))),
            None => String::new(),
        };
        say(&format!("Account {account}{waiting}"), Look::Text);
    }
    // An address is no sentence: cut rather than wrapped.
    let source = match &health.source {
        Some(source) => format!("{}: {}", source.in_words(), without_password(source.url())),
        None if health.last_success.is_none() && health.last_error.is_none() => {
            without_password(&health.url).into_owned()
        }
        None => format!(
            "{} (no feed or headlines found yet)",
            without_password(&health.url)
        ),
    };
    let source = truncate(&source, room.saturating_sub(2));
    lines.push(vec![(format!("  {source}"), Look::Dim)]);
    lines
}

/// What a person can do about an outlet that fails, where there is anything.
fn advice(state: &State, health: &Health, why: &str) -> Option<String> {
    let key = refresh_key(state);
    let edit = state.key_or_name(Action::MoveOutlet, POPUP);
    Some(match status_in(why).or(health.status) {
        Some(401) => {
            format!("Login required. Write USER:PASSWORD@ before the host in the address ({edit}).")
        }
        Some(402) => format!("Payment required. {edit}: try another address"),
        Some(403 | 406 | 451) => {
            format!("Access refused. Try the address in a browser. {edit}: edit address")
        }
        Some(404 | 410) => format!("Check the address ({edit})."),
        Some(429 | 500..=599) => match health.next_fetch {
            Some(next) if next > state.now => {
                format!("Retries automatically at {}.", state.times().clock(next))
            }
            _ => format!("{key}: retry"),
        },
        Some(200..=299) => format!("No feed or headlines could be read. {edit}: edit address"),
        _ if why.contains("robots") => return None,
        _ => format!("Check network and address. {key}: retry"),
    })
}

/// The HTTP status that a reason names: where several addresses were tried, none is the outlet's.
fn status_in(why: &str) -> Option<u16> {
    let (_, rest) = why.split_once("HTTP ")?;
    rest.get(..3)?.parse().ok()
}

/// The key that refreshes an outlet in this list.
fn refresh_key(state: &State) -> String {
    let key = state.keymap.key_at(Action::Refresh, POPUP);
    key.unwrap_or_else(|| ":refresh".to_owned())
}
