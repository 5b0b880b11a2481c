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
    let when = |time: Option<Time>| moment(state, time);
    let running = state.refresh.running.as_ref().and_then(|refresh| {
        let mut steps = refresh.steps.iter();
        steps.find(|step| step.outlet == health.outlet)
    });
    if let Some(step) = running {
        say(&format!("This refresh: {}", step.words), Look::Key);
    }
    let status = match health.status {
        Some(status) => format!("HTTP {status}"),
        None => "no answer".to_owned(),
    };
    let last = when(health.last_success);
    let next = when(health.next_fetch);
    match (&health.stopped, &health.last_error) {
        (Some(why), _) => {
            let mut why = why.clone();
            if let Some(first) = why.get(..1).map(str::to_uppercase) {
                why.replace_range(..1, &first);
            }
            say(&format!("{why}."), Look::Warning);
            say(&format!("Last success: {last}."), Look::Dim);
        }
        (None, Some(why)) => {
            let mut text = match health.failing_since {
                Some(since) => format!("Failing since {}: {why}", when(Some(since))),
                None => format!("Failing: {why}"),
            };
            if health.status.is_some() && !why.contains("HTTP") {
                text.push_str(&format!(" ({status})"));
            }
            say(&format!("{text}."), Look::Warning);
            say(&advice(state, health), Look::Text);
            let text = match health.next_fetch {
                Some(_) => format!("Last success: {last}. May be asked again: {next}."),
                None => format!("Last success: {last}. May be asked again: now."),
            };
            say(&text, Look::Dim);
        }
        (None, None) if health.last_success.is_none() => {
            let key = refresh_key(state);
            say(&format!("Never refreshed: {key} fetches it."), Look::Text);
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
            let text = match health.next_fetch {
                Some(_) => format!("Well: last success {last} ({status}), next fetch {next}."),
                None => format!("Well: last success {last} ({status})."),
            };
            say(&text, Look::Text);
        }
    }
    // An address is no sentence: cut rather than wrapped.
    let source = match &health.source {
        Some(source) => format!("{}: {}", source.kind(), without_password(source.url())),
        None => format!("{} (no source found yet)", without_password(&health.url)),
    };
    let source = truncate(&source, room.saturating_sub(2));
    lines.push(vec![(format!("  {source}"), Look::Dim)]);
    lines
}

/// What a person can do about an outlet that fails.
fn advice(state: &State, health: &Health) -> String {
    let key = refresh_key(state);
    match health.status {
        Some(401 | 402) => {
            "What to do: it asks for a login or for payment, which newsprint cannot \
                            give; another of its addresses may be free."
                .to_owned()
        }
        Some(403 | 406 | 451) => "What to do: it refuses newsprint. See whether the address opens \
                                  in a browser; its feed, as `feed = …` in the config, may be open."
            .to_owned(),
        Some(404 | 410) => "What to do: look up its present address and put it in the config; \
                            `newsprint discover URL` shows what an address offers."
            .to_owned(),
        Some(429 | 503) => "What to do: wait; it is asked again when it allows it.".to_owned(),
        Some(500..=599) => {
            format!("What to do: wait, the fault is at the outlet; {key} tries again.")
        }
        Some(200..=299) => "What to do: `newsprint discover URL` shows what can be read at its \
                            address; another one in the config may do."
            .to_owned(),
        _ => format!(
            "What to do: see whether the network works and the address is right; {key} tries again."
        ),
    }
}

/// The key that refreshes an outlet in this list.
fn refresh_key(state: &State) -> String {
    let key = state.keymap.key_at(Action::Refresh, POPUP);
    key.unwrap_or_else(|| "`:refresh`".to_owned())
}

/// A moment as people say it: the time of today, else the day with it.
fn moment(state: &State, time: Option<Time>) -> String {
    let Some(time) = time else {
        return "never".to_owned();
    };
    let zone = &state.settings.zone;
    let (zoned, today) = (
        time.to_zoned_datetime(zone.clone()),
        state.now.to_zoned_datetime(zone.clone()),
    );
    let format = if zoned.date() == today.date() {
        "today %H:%M"
    } else if zoned.year() == today.year() {
        "%-d %b %H:%M"
    } else {
        "%-d %b %Y %H:%M"
    };
    zoned.strftime(format).to_string()
}
