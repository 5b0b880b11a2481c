//! The line at the bottom: what is being typed, what was said, or the keys that work here.
//!
//! ```text
//!  j down  Enter open  t tags  / search  ? help
//! ```

use ratatui::style::Style;

use crate::tui::state::State;
use crate::tui::state::article_head::wrap;
use crate::tui::state::layout::Area;
use crate::tui::state::prompt::{Ask, Prompt};
use newsprint_html::width;

use super::painter::Pen;

/// Lines that what is wrong with a line may take.
const MOST: usize = 5;

/// Words of the keys that stay when there is no room for all: the way out, and the way to know more.
const LAST: &[&str] = &["help", "quit", "back", "close", "cancel", "take", "done"];

/// Draws it; gives the cell where one types.
pub fn draw(pen: &mut Pen<'_>, state: &State, area: Area) -> Option<(u16, u16)> {
    let said = state.message_lines();
    let look = match &state.messages.shown {
        Some(message) if message.error => pen.theme.error,
        _ => pen.theme.text,
    };
    if let Some(prompt) = &state.prompt.line {
        let above = Area {
            y: area.y.saturating_sub(1),
            ..area
        };
        rise(pen, above, &said, look);
        return Some(draw_prompt(pen, prompt, area, said.is_empty()));
    }
    let theme = pen.theme;
    if !said.is_empty() {
        rise(pen, area, &said, look);
        return None;
    }
    if let Some(hint) = state
        .article
        .open
        .as_ref()
        .and_then(|reading| reading.hint.as_ref())
    {
        let text = format!("Link: {hint}");
        let x = area.x
            + 1
            + u16::from(!hint.is_empty())
            + pen.put(area.x + 1, area.y, area.w, &text, theme.key);
        let room = (area.x + area.w).saturating_sub(x + 1);
        let help = "type its number; Esc cancels";
        pen.put(x, area.y, room, help, theme.footer);
        return None;
    }
    let pending = state.keymap.pending();
    let mut end = area.x + area.w;
    if !pending.is_empty() {
        let columns = columns(&pending).saturating_add(1);
        end = end.saturating_sub(columns + 1);
        pen.put(end, area.y, columns, &pending, theme.key);
    }
    let keys = match state.popup.open.as_ref().and_then(super::popup::footer) {
        Some(keys) => keys
            .iter()
            .map(|(key, word)| ((*key).to_owned(), *word))
            .collect(),
        None => state.key_hints(),
    };
    let mut x = area.x + 1;
    for (key, word) in fitting(keys, end.saturating_sub(x)) {
        let columns = columns(&key) + columns(word) + 1;
        x += pen.put(x, area.y, columns, &key, theme.key);
        x += pen.put(x, area.y, columns, &format!(" {word}"), theme.footer) + 2;
    }
    None
}

/// The keys that fit: those that help and lead out always, the others from the first on.
fn fitting(keys: Vec<(String, &'static str)>, room: u16) -> Vec<(String, &'static str)> {
    let size = |(key, word): &(String, &str)| columns(key) + columns(word) + 3;
    let mut left = room.saturating_add(2);
    let mut stay = vec![false; keys.len()];
    let last = |word: &str| LAST.contains(&word);
    // What leads out lies at the end: the end comes first.
    let firm = (0..keys.len()).rev().filter(|at| last(keys[*at].1));
    for at in firm {
        if size(&keys[at]) <= left {
            left -= size(&keys[at]);
            stay[at] = true;
        }
    }
    for at in 0..keys.len() {
        if last(keys[at].1) {
            continue;
        }
        if size(&keys[at]) > left {
            break;
        }
        left -= size(&keys[at]);
        stay[at] = true;
    }
    let mut stay = stay.into_iter();
    keys.into_iter()
        .filter(|_| stay.next().unwrap_or(false))
        .collect()
}

/// Writes what may be longer than the line: it grows upwards over what is there until the next key.
fn grow(pen: &mut Pen<'_>, area: Area, text: &str, style: Style) {
    let mut lines = wrap(text, usize::from(area.w.saturating_sub(2)));
    let most = MOST.min(usize::from(area.y));
    if lines.len() > most.max(1) {
        let rest = lines.split_off(most.max(1) - 1);
        lines.push(rest.join(" "));
    }
    rise(pen, area, &lines, style);
}

/// Writes lines, the last of them at `area`.
fn rise(pen: &mut Pen<'_>, area: Area, lines: &[String], style: Style) {
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let Some(top) = (area.y + 1).checked_sub(rows) else {
        return;
    };
    pen.clear(area.x, top, area.w, rows);
    for (y, line) in (top..).zip(lines) {
        pen.put(area.x + 1, y, area.w.saturating_sub(2), line, style);
    }
}

/// The columns of a text, as far as a screen could count them.
fn columns(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

/// Draws what is being typed; what does not fit beside it goes above, where that row is free.
fn draw_prompt(pen: &mut Pen<'_>, prompt: &Prompt, area: Area, free: bool) -> (u16, u16) {
    let theme = pen.theme;
    let label = prompt.ask.label();
    let mut x = area.x + 1;
    x += pen.put(x, area.y, area.w, label, theme.key);
    // The error or the offers take the right end, but never the line itself.
    let text_width = columns(&prompt.text);
    let room = (area.x + area.w).saturating_sub(x + 1);
    let before = columns(&prompt.text[..prompt.cursor]);
    let skip = before.saturating_sub(room.saturating_sub(2));
    let mut shown = String::new();
    let mut left = skip;
    for c in prompt.text.chars() {
        let columns = columns(c.encode_utf8(&mut [0; 4]));
        if left > 0 {
            left = left.saturating_sub(columns.max(1));
        } else {
            shown.push(c);
        }
    }
    pen.put(x, area.y, room, &shown, theme.text);
    let cursor = x.saturating_add(before - skip);
    let after = x
        .saturating_add(text_width.saturating_sub(skip))
        .saturating_add(2);
    if let Some((column, message)) = &prompt.error {
        let column = u16::try_from(*column).unwrap_or(u16::MAX);
        let at = x.saturating_add(column.saturating_sub(1).saturating_sub(skip));
        pen.style(
            at.min(area.x + area.w - 1),
            area.y,
            1,
            1,
            theme.error.patch(theme.found_here),
        );
        let text = format!("column {column}: {message}");
        let room = (area.x + area.w).saturating_sub(after.saturating_add(1));
        if columns(&text) <= room {
            pen.put(after, area.y, room, &text, theme.error);
        } else if let Some(y) = area.y.checked_sub(1) {
            // No room beside what is typed: above it.
            grow(pen, Area { y, ..area }, &text, theme.error);
        }
    } else if !prompt.offers.is_empty() {
        let (mut x, mut y) = (after, area.y);
        let from = prompt.offered.unwrap_or(0);
        let all: u16 = prompt
            .offers
            .iter()
            .map(|offer| columns(offer).saturating_add(2))
            .fold(0, u16::saturating_add);
        if x.saturating_add(all) > area.x + area.w && y > 0 && free {
            (x, y) = (area.x + 1, y - 1);
            pen.clear(area.x, y, area.w, 1);
        }
        for (at, offer) in prompt.offers.iter().enumerate().skip(from) {
            let columns = columns(offer);
            if x.saturating_add(columns).saturating_add(1) > area.x + area.w {
                let left = (area.x + area.w).saturating_sub(x);
                pen.put(x, y, left, "…", theme.dim);
                break;
            }
            let style = if Some(at) == prompt.offered {
                theme.selected
            } else {
                theme.dim
            };
            x += pen.put(x, y, columns, offer, style) + 2;
        }
    } else if prompt.text.is_empty() {
        let hint = match prompt.ask {
            Ask::Search => "words, \"a phrase\", tag:name, -not, a or b",
            Ask::Filter => "tag:name outlet:name is:unread since:7d; Tab completes, empty clears",
            Ask::Command => "an action, such as `help`; Tab completes",
            Ask::Pipe => "a command; json: html: md: or text: before it say what it gets",
            Ask::OutletUrl => "example.org or https://example.org/news",
            _ => "",
        };
        pen.put(
            after,
            area.y,
            (area.x + area.w).saturating_sub(after.saturating_add(1)),
            hint,
            theme.dim,
        );
    }
    (cursor, area.y)
}
