//! The lines of a popup that is read: help, text, what changed, an outlet's offer. Plain data, so that
//! the state knows how far one can scroll. Never here: styles, cells.

use crate::tui::glyphs::Symbols;
use crate::tui::keymap::Command;
use crate::tui::keymap::actions::Action;
use crate::tui::keymap::actions::{LIST, POPUP, TABLE};
use newsprint_html::{Change, width};
use newsprint_model::fold;

use super::State;
use super::article_head::wrap;
use super::command_line;
use super::go_to_items::{Destination, Item};
use super::layout::Area;
use super::outlet_status;
use super::popup::{Kind, Look, Pieces, Popup};

/// Columns beside the sidebar from which on a popup lies there.
const BESIDE: u16 = 74;

/// Rows of a list that is narrowed by typing: in a high window more would be empty after a letter or two.
const MOST_TYPED: usize = 24;

/// Where a popup lies.
pub fn popup_area(state: &State, popup: &Popup) -> Area {
    let (w, h) = state.screen.size;
    if state.settings.reader.linear {
        return Area {
            x: 0,
            y: 1,
            w,
            h: h.saturating_sub(2),
        };
    }
    let columns = most_columns(popup);
    let left = popup_left(state, popup);
    let room = w - left;
    let width = room
        .saturating_sub(if room > 60 { 4 } else { 0 })
        .min(columns);
    let height = h.saturating_sub(if h > 16 { 4 } else { 2 });
    let rows = match &popup.kind {
        Kind::Links(links) => 2 * links.len(),
        // The name above the lines of each, and an empty line between two.
        Kind::Health(health) => health
            .iter()
            .map(|health| outlet_status::lines(state, health, width.saturating_sub(4)).len() + 2)
            .sum::<usize>()
            .saturating_sub(1),
        // They change while one types: the frame stays.
        Kind::Help => usize::from(height),
        Kind::Tags { .. } | Kind::GoTo(_) => MOST_TYPED,
        _ => lines(state, popup, width.saturating_sub(4)).len(),
    };
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
    let height = height.min(rows.max(3));
    Area {
        x: left + (room - width) / 2,
        y: (h - height) / 2,
        w: width,
        h: height,
    }
}

/// The columns of a popup where there is room for them.
fn most_columns(popup: &Popup) -> u16 {
    match &popup.kind {
        Kind::Tags { .. } => 50,
        Kind::Warn { .. } => 64,
        Kind::Help => 88,
        _ => 96,
    }
}

/// The first column of what a popup lies over: beside the sidebar where there is room for it, since names that are
/// cut by a frame say nothing.
pub fn popup_left(state: &State, popup: &Popup) -> u16 {
    let panes = state.panes();
    let beside = panes.outlets.or(panes.tags).filter(|_| !panes.drawer);
    let left = beside.map_or(0, |side| side.x + side.w);
    // The help has three columns, of which a narrow one would lose the last.
    let least = match popup.kind {
        Kind::Help => most_columns(popup) + 4,
        _ => BESIDE,
    };
    match state.screen.size.0.saturating_sub(left) >= least {
        true => left,
        false => 0,
    }
}

/// Lines of an outlet's entry that there is no room for on the screen.
pub fn health_over(state: &State, popup: &Popup, at: usize) -> usize {
    let Kind::Health(health) = &popup.kind else {
        return 0;
    };
    let Some(health) = health.get(at) else {
        return 0;
    };
    let area = popup_area(state, popup);
    let (columns, rows) = match state.settings.reader.linear {
        true => (2, 1),
        false => (4, 2),
    };
    let lines = outlet_status::lines(state, health, area.w.saturating_sub(columns));
    (lines.len() + 1).saturating_sub(usize::from(area.h.saturating_sub(rows)))
}

/// Its title.
pub fn popup_title(popup: &Popup) -> String {
    match &popup.kind {
        Kind::Help if popup.typing || !popup.typed.is_empty() => format!("Help: {}", popup.typed),
        Kind::Help => "Help".to_owned(),
        Kind::Text { title, .. } | Kind::Diff { title, .. } => title.clone(),
        Kind::Offer(offer) => format!("{} · {}", offer.name, offer.url),
        Kind::Warn { .. } => "Check this link".to_owned(),
        Kind::GoTo(items) if joins(items) => format!("Put in story: {}", popup.typed),
        Kind::GoTo(_) => format!("Go to: {}", popup.typed),
        Kind::Tags { .. } | Kind::Links(_) | Kind::Health(_) => String::new(),
    }
}

/// Whether a story is being chosen, not a place to go to.
pub fn joins(items: &[Item]) -> bool {
    let first = items.first().map(|item| &item.target);
    matches!(first, Some(Destination::Join(_)))
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
    let key = |action, usual: &str| {
        let keys = state.keymap.keys_at(action, POPUP);
        match keys.iter().find(|key| *key == usual) {
            Some(usual) => usual.clone(),
            None => state.key_or_name(action, POPUP),
        }
    };
    let (open, back) = (key(Action::Open, "Enter"), key(Action::Back, "Esc"));
    match &popup.kind {
        Kind::Help => return help(state, &popup.typed, room),
        Kind::Diff { pieces, .. } => return changed(pieces, room, state.settings.reader.linear),
        Kind::Text { lines, .. } => {
            for text in lines {
                say(text, Look::Text);
            }
        }
        Kind::Offer(offer) => {
            for text in &offer.lines {
                say(text, Look::Text);
            }
            // The bottom row names the keys.
            if !offer.empty {
                say("", Look::Text);
                say("Next: name, group and tags.", Look::Dim);
            }
        }
        Kind::Warn { url, host, says } => {
            say("This link goes to", Look::Text);
            say(&format!("  {host}"), Look::Warning);
            say(&format!("but its text says “{says}”."), Look::Text);
            say("", Look::Text);
            say(url, Look::Dim);
            say("", Look::Text);
            let keys = format!("{open}: open anyway · {back}: cancel");
            say(&keys, Look::Key);
        }
        Kind::GoTo(_) => {
            for (at, item) in popup.matching_items().into_iter().enumerate() {
                let look = match at == popup.cursor {
                    true => Look::Heading,
                    false => Look::Text,
                };
                let mut line = vec![(item.name.clone(), look)];
                line.push((format!("  {}", item.kind), Look::Dim));
                if !item.detail.is_empty() {
                    line.push((format!("  {}", item.detail), Look::Key));
                }
                out.push(line);
            }
        }
        Kind::Tags { .. } | Kind::Links(_) | Kind::Health(_) => {}
    }
    out
}

/// The key table as it is now and what the symbols say, as far as it holds what was typed.
fn help(state: &State, typed: &str, room: usize) -> Vec<Pieces> {
    let wanted = fold(typed);
    let fits = |parts: [&str; 3]| parts.iter().any(|part| fold(part).contains(&wanted));
    let mut groups: Vec<(&str, Vec<[String; 3]>)> = Vec::new();
    for row in TABLE {
        let keys = state.keymap.keys_of(Command::Act(row.action));
        let mut add = |keys: String, about: &str, name: &str| {
            if !fits([name, about, &keys]) {
                return;
            }
            let entry = [keys, about.to_owned(), name.to_owned()];
            match groups.last_mut() {
                Some((group, entries)) if *group == row.group => entries.push(entry),
                _ => groups.push((row.group, vec![entry])),
            }
        };
        add(keys, row.about, row.name);
        if row.action == Action::PageUp
            && let Some(down) = state.keymap.key_at(Action::Down, LIST)
        {
            let (keys, about) = counts(state, &down);
            add(keys, &about, "");
        }
    }
    let typed_out = command_line::HELP
        .iter()
        .filter(|(line, about)| fits([line, about, "command line"]))
        .map(|(line, about)| [(*line).to_owned(), (*about).to_owned(), String::new()]);
    groups.push(("Command line", typed_out.collect()));
    let mut own: Vec<[String; 3]> = Vec::new();
    for (index, view) in state.settings.views.iter().enumerate() {
        let keys = state.keymap.keys_of(Command::View(index));
        if !keys.is_empty() && fits([&view.name, &view.text, &keys]) {
            own.push([keys, format!("view {}", view.name), view.text.clone()]);
        }
    }
    for (index, macros) in state.settings.macros.iter().enumerate() {
        let keys = state.keymap.keys_of(Command::Macro(index));
        if fits([&macros.description, "macro", &keys]) {
            own.push([keys, macros.description.clone(), "macro".to_owned()]);
        }
    }
    groups.push(("Custom (macros and views)", own));
    let symbols = Symbols::new(state.settings.ascii).legend();
    let symbols = symbols
        .into_iter()
        .filter(|(sign, about)| fits([sign, about, "symbols"]))
        .map(|(sign, about)| [sign, about.to_owned(), String::new()]);
    if !state.settings.reader.linear {
        groups.push(("Symbols", symbols.collect()));
    }
    groups.retain(|(_, entries)| !entries.is_empty());

    let mut lines: Vec<Pieces> = Vec::new();
    for (group, entries) in groups {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        lines.push(vec![(group.to_owned(), Look::Heading)]);
        for parts in &entries {
            entry(&mut lines, parts, room);
        }
    }
    if lines.is_empty() {
        let text = format!("No match for “{typed}”");
        lines.push(vec![(text, Look::Text)]);
    }
    lines
}

/// What the help says of counts. Digits that are keys of the list act at once: no count begins with them.
fn counts(state: &State, down: &str) -> (String, String) {
    let taken = state.keymap.digits(LIST);
    let typed = |count: &str| match taken.iter().any(|digit| count.starts_with(*digit)) {
        true => format!("0{count}{down}"),
        false => format!("{count}{down}"),
    };
    let about = match taken.is_empty() {
        true => "repeat count".to_owned(),
        false => {
            let digits: Vec<String> = taken.iter().map(char::to_string).collect();
            format!("repeat count (prefix 0 before {})", digits.join(", "))
        }
    };
    (format!("{} {}", typed("4"), typed("10")), about)
}

/// Columns of the keys, and of what they do, where an action's name stands beside it.
const WIDE: (usize, usize) = (15, 46);
/// Columns of the keys where there is little room.
const NARROW: usize = 10;

/// One key: what it does beside it, in as many lines as that takes, and the action's name where there is room.
fn entry(lines: &mut Vec<Pieces>, [keys, about, name]: &[String; 3], room: usize) {
    let named = room >= 2 + WIDE.0 + 1 + WIDE.1 + 10;
    let (columns, indent) = if room < 60 { (NARROW, 1) } else { (WIDE.0, 2) };
    let padded = |text: &str, columns: usize| {
        let space = " ".repeat(columns.saturating_sub(width(text)));
        format!("{text}{space} ")
    };
    let margin = " ".repeat(indent);
    let mut left = (format!("{margin}{}", padded(keys, columns)), Look::Key);
    let left_room = indent + columns + 1;
    if width(keys) > columns {
        // Too many keys for their column: what they do follows below.
        lines.push(vec![left]);
        left = (" ".repeat(left_room), Look::Key);
    }
    let about_room = if named {
        WIDE.1
    } else {
        room.saturating_sub(left_room)
    };
    for (row, text) in wrap(about, about_room).into_iter().enumerate() {
        let mut line = vec![left];
        left = (" ".repeat(left_room), Look::Key);
        if named && row == 0 {
            line.push((padded(&text, WIDE.1), Look::Text));
            line.push((name.clone(), Look::Dim));
        } else {
            line.push((text, Look::Text));
        }
        lines.push(line);
    }
}

/// Changed text in lines: added and removed words stand out, and are named for those who do not see how.
fn changed(pieces: &[(Change, String)], room: usize, named: bool) -> Vec<Pieces> {
    let mut lines: Vec<Pieces> = Vec::new();
    if !named {
        lines.push(vec![
            ("removed".to_owned(), Look::Removed),
            ("  ".to_owned(), Look::Text),
            ("added".to_owned(), Look::Added),
        ]);
        lines.push(Vec::new());
    }
    lines.push(Vec::new());
    let mut used = 0;
    let mut spaced = true;
    let mut before = Change::Same;
    for (change, text) in pieces {
        let (look, name) = match change {
            Change::Same => (Look::Text, ""),
            Change::Added => (Look::Added, "added"),
            Change::Removed => (Look::Removed, "removed"),
        };
        let text = if named && !name.is_empty() && !text.trim().is_empty() {
            let (lead, trail) = (text.trim_end(), text.trim_start());
            let lead = &lead[..lead.len() - text.trim().len()];
            let trail = &trail[text.trim().len()..];
            let lead = if spaced { lead } else { " " };
            format!("{lead}[{name}: {}]{trail}", text.trim())
        } else if !spaced && before != Change::Same && *change != Change::Same {
            // What went and what came in its place are two words.
            if let Some(line) = lines.last_mut() {
                line.push((" ".to_owned(), Look::Text));
            }
            used += 1;
            text.clone()
        } else {
            text.clone()
        };
        before = *change;
        spaced = text.ends_with(char::is_whitespace);
        for (at, part) in text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
                used = 0;
            }
            for word in part.split_inclusive(' ') {
                let columns = width(word.trim_end());
                if used + columns > room && used > 0 {
                    lines.push(Vec::new());
                    used = 0;
                }
                let Some(line) = lines.last_mut() else {
                    continue;
                };
                // The space at the end of a line would only be cut off with a sign that it was.
                let word = if used + columns < room {
                    word
                } else {
                    word.trim_end()
                };
                used += width(word);
                line.push((word.to_owned(), look));
            }
        }
    }
    lines
}
