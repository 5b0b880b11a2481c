//! The lines of a popup that is read: help, text, what changed, an outlet's offer. Plain data, so that
//! the state knows how far one can scroll. Never here: styles, cells.

use crate::news::fold;
use crate::text::{Change, width};
use crate::tui::keys::Command;
use crate::tui::keys::table::TABLE;

use super::State;
use super::panes::Area;
use super::popup::{Kind, Look, Popup};
use super::reading::wrap;

/// A line of pieces.
pub type Pieces = Vec<(String, Look)>;

/// Where a popup lies.
pub fn popup_area(state: &State, popup: &Popup) -> Area {
    let (w, h) = state.size;
    if state.settings.linear {
        return Area {
            x: 0,
            y: 1,
            w,
            h: h.saturating_sub(2),
        };
    }
    let columns = match &popup.kind {
        Kind::Tags { .. } => 50,
        Kind::Warn { .. } => 64,
        Kind::Help => 88,
        _ => 96,
    };
    let width = w.saturating_sub(if w > 60 { 4 } else { 0 }).min(columns);
    let height = h.saturating_sub(if h > 16 { 4 } else { 2 });
    let rows = match &popup.kind {
        Kind::Links(links) => 2 * links.len(),
        Kind::Health(health) => 4 * health.len().max(1),
        // They change while one types: the frame stays.
        Kind::Help | Kind::Tags { .. } => usize::from(height),
        _ => lines(state, popup, width.saturating_sub(4)).len(),
    };
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
    let height = height.min(rows.max(5));
    Area {
        x: (w - width) / 2,
        y: (h - height) / 2,
        w: width,
        h: height,
    }
}

/// Its title.
pub fn popup_title(popup: &Popup) -> String {
    match &popup.kind {
        Kind::Help if popup.typing || !popup.typed.is_empty() => format!("Help: {}", popup.typed),
        Kind::Help => "Help".to_owned(),
        Kind::Text { title, .. } | Kind::Diff { title, .. } => title.clone(),
        Kind::Offer(offer) => format!("{} · {}", offer.name, offer.url),
        Kind::Warn { .. } => "Where does it lead?".to_owned(),
        Kind::Tags { .. } | Kind::Links(_) | Kind::Health(_) => String::new(),
    }
}

/// Its lines.
pub fn popup_lines(state: &State, popup: &Popup) -> Vec<Pieces> {
    let area = popup_area(state, popup);
    lines(state, popup, area.w.saturating_sub(4))
}

fn lines(state: &State, popup: &Popup, room: u16) -> Vec<Pieces> {
    let room = usize::from(room);
    let mut out = Vec::new();
    let mut say = |text: &str, look: Look| {
        out.extend(wrap(text, room).into_iter().map(|text| vec![(text, look)]));
    };
    match &popup.kind {
        Kind::Help => return help(state, &popup.typed, room),
        Kind::Diff { pieces, .. } => return changed(pieces, room),
        Kind::Text { lines, .. } => {
            for text in lines {
                say(text, Look::Text);
            }
        }
        Kind::Offer(offer) => {
            for text in &offer.lines {
                say(text, Look::Text);
            }
            say("", Look::Text);
            say(
                if offer.empty {
                    "There is nothing here that newsprint can read. Esc closes."
                } else {
                    "Enter adds it to your config file. Esc cancels."
                },
                Look::Key,
            );
        }
        Kind::Warn { url, host, says } => {
            say("This link leads to", Look::Text);
            say(&format!("  {host}"), Look::Warning);
            say(&format!("but its text says “{says}”."), Look::Text);
            say("", Look::Text);
            say(url, Look::Dim);
            say("", Look::Text);
            say("Enter opens it all the same. Esc cancels.", Look::Key);
        }
        Kind::Tags { .. } | Kind::Links(_) | Kind::Health(_) => {}
    }
    out
}

/// The key table as it is now, as far as it holds what was typed.
fn help(state: &State, typed: &str, room: usize) -> Vec<Pieces> {
    let wanted = fold(typed);
    let named = room >= 74;
    let mut lines: Vec<Pieces> = Vec::new();
    let entry = |keys: &str, about: &str, name: &str| -> Pieces {
        let mut line = vec![(format!("  {keys:<15} "), Look::Key)];
        if named {
            line.push((format!("{about:<46} "), Look::Text));
            line.push((name.to_owned(), Look::Dim));
        } else {
            line.push((about.to_owned(), Look::Text));
        }
        line
    };
    let fits = |parts: [&str; 3]| parts.iter().any(|part| fold(part).contains(&wanted));
    let mut group = "";
    for row in TABLE {
        let keys = state.keymap.keys_of(Command::Act(row.action));
        if !fits([row.name, row.about, &keys]) {
            continue;
        }
        if row.group != group {
            group = row.group;
            if !lines.is_empty() {
                lines.push(Vec::new());
            }
            lines.push(vec![(group.to_owned(), Look::Heading)]);
        }
        lines.push(entry(&keys, row.about, row.name));
    }
    let mut own: Vec<Pieces> = Vec::new();
    for (index, view) in state.settings.views.iter().enumerate() {
        let keys = state.keymap.keys_of(Command::View(index));
        if !keys.is_empty() && fits([&view.name, &view.text, &keys]) {
            own.push(entry(&keys, &format!("view {}", view.name), &view.text));
        }
    }
    for (index, macros) in state.settings.macros.iter().enumerate() {
        let keys = state.keymap.keys_of(Command::Macro(index));
        if fits([&macros.description, "macro", &keys]) {
            own.push(entry(&keys, &macros.description, "macro"));
        }
    }
    if !own.is_empty() {
        lines.push(Vec::new());
        lines.push(vec![("Your own".to_owned(), Look::Heading)]);
        lines.extend(own);
    }
    if lines.is_empty() {
        let text = format!("Nothing is called “{typed}”.");
        lines.push(vec![(text, Look::Text)]);
    }
    lines
}

/// Changed text in lines: added and removed words stand out.
fn changed(pieces: &[(Change, String)], room: usize) -> Vec<Pieces> {
    let mut lines: Vec<Pieces> = vec![Vec::new()];
    let mut used = 0;
    for (change, text) in pieces {
        let look = match change {
            Change::Same => Look::Text,
            Change::Added => Look::Added,
            Change::Removed => Look::Removed,
        };
        for (at, part) in text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
                used = 0;
            }
            for word in part.split_inclusive(' ') {
                if used + width(word.trim_end()) > room && used > 0 {
                    lines.push(Vec::new());
                    used = 0;
                }
                used += width(word);
                if let Some(line) = lines.last_mut() {
                    line.push((word.to_owned(), look));
                }
            }
        }
    }
    lines
}
