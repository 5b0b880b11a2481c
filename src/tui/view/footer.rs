//! The line at the bottom: what is being typed, or the keys that work here; what the reader is told, at
//! its right end or above it. Never here: which keys, which words.
//!
//! ```text
//!  Enter read  J next  / search  ? help             Marked 154 articles as read (u: undo)
//! ```

use ratatui::style::Style;

use crate::library::selection::Place;
use crate::tui::keymap::Command;
use crate::tui::keymap::actions::{self, Action, OUTLETS};
use crate::tui::state::article_head::wrap;
use crate::tui::state::command_line::about;
use crate::tui::state::layout::Area;
use crate::tui::state::prompt::{Ask, Prompt};
use crate::tui::state::{Pane, State};
use newsprint_html::width;

use super::painter::Painter;

/// Lines that what is wrong with a line may take.
const MOST: usize = 5;

/// Words of the keys that stay when there is no room for all: the way out, and the way to know more.
const LAST: &[&str] = &["help", "quit", "back", "close", "cancel", "take", "done"];

/// Draws it; gives the cell where one types.
pub fn draw(painter: &mut Painter<'_>, state: &State, area: Area) -> Option<(u16, u16)> {
    let (said, look) = message(painter, state);
    if let Some(prompt) = &state.prompt.line {
        let above = Area {
            y: area.y.saturating_sub(1),
            ..area
        };
        rise(painter, above, &said, look);
        return Some(draw_prompt(painter, state, prompt, area, said.is_empty()));
    }
    if painter.linear && !said.is_empty() {
        rise(painter, area, &said, look);
        return None;
    }
    if let Some(hint) = state
        .article
        .open
        .as_ref()
        .and_then(|reading| reading.hint.as_ref())
    {
        let text = format!("Link: {hint}");
        let theme = painter.theme;
        let x = area.x
            + 1
            + u16::from(!hint.is_empty())
            + painter.put(area.x + 1, area.y, area.w, &text, theme.key);
        let room = (area.x + area.w).saturating_sub(x + 1);
        let x = x + painter.put(x, area.y, room, "number", theme.footer) + 2;
        draw_cancel(painter, x, area);
        return None;
    }
    let pending = state.keymap.pending();
    if !pending.is_empty() {
        // A message that comes meanwhile stands when the chord is done.
        draw_chord(painter, state, area, &pending);
        return None;
    }
    // A short message has the right end of the line, a long one what lies above it: the hints stay
    // where they are.
    let mut end = area.x + area.w;
    if let [line] = said.as_slice()
        && columns(line) < area.w * 3 / 5
    {
        let from = end.saturating_sub(columns(line) + 1);
        painter.put(from, area.y, area.w, line, look);
        end = from.saturating_sub(2);
    } else if !said.is_empty() {
        let y = area.y.saturating_sub(1);
        rise(painter, Area { y, ..area }, &said, look);
    }
    let keys = match state.popup.open.as_ref().and_then(super::popup::footer) {
        Some(keys) => keys
            .iter()
            .map(|(key, word)| ((*key).to_owned(), *word))
            .collect(),
        None => state.key_hints(),
    };
    let mut x = area.x + 1;
    for (key, word) in fitting(keys, area.w.saturating_sub(1)) {
        let taken = columns(&key) + columns(word) + 1;
        if x + taken > end {
            break;
        }
        x += painter.put(x, area.y, taken, &key, painter.theme.key);
        x += painter.put(x, area.y, taken, &format!(" {word}"), painter.theme.footer) + 2;
    }
    None
}

/// What is to be told, in lines, and its look: the message, else why the chosen outlet fails.
fn message(painter: &Painter<'_>, state: &State) -> (Vec<String>, Style) {
    let said = state.message_lines();
    let error = state
        .messages
        .shown
        .as_ref()
        .is_some_and(|message| message.error);
    // What the empty list says already; another error is news.
    let said_above = |(_, why): &(String, String)| said.join(" ").contains(why.as_str());
    if error && super::headlines::says_why(state) && state.refresh.failures.iter().any(said_above) {
        return (Vec::new(), painter.theme.error);
    }
    if !said.is_empty() {
        let look = if error {
            painter.theme.error
        } else {
            painter.theme.text
        };
        return (said, look);
    }
    let chosen = match state.side.chosen().map(|row| &row.place) {
        Some(Place::Outlet(name)) if state.screen.focus == Pane::Outlets => name,
        _ => return (Vec::new(), painter.theme.error),
    };
    if super::sidebar::is_paused(state, chosen) {
        let resume = state.keymap.key_at(Action::PauseOutlet, OUTLETS);
        let resume = resume.map_or(String::new(), |key| format!(" ({key}: resume)"));
        return (vec![format!("Paused{resume}")], painter.theme.text);
    }
    let room = usize::from(state.screen.size.0.saturating_sub(2));
    let why = super::sidebar::why_failing(state, chosen);
    let lines = why.map(|why| vec![newsprint_html::truncate(why, room)]);
    (lines.unwrap_or_default(), painter.theme.error)
}

/// The way out of what was begun, as hints name keys.
fn draw_cancel(painter: &mut Painter<'_>, x: u16, area: Area) {
    let room = |x: u16| (area.x + area.w).saturating_sub(x);
    let x = x + painter.put(x, area.y, room(x), "Esc", painter.theme.key);
    painter.put(x, area.y, room(x), " cancel", painter.theme.footer);
}

/// What may follow the first key of a chord, in words: in the row, or in a box where there is no room.
fn draw_chord(painter: &mut Painter<'_>, state: &State, area: Area, pending: &str) {
    let theme = painter.theme;
    let x = area.x + 1;
    let begun = painter.put(x, area.y, area.w, &format!("{pending}…"), theme.key) + 2;
    let following = state.chord_hints();
    let row: u16 = following
        .iter()
        .map(|(keys, words)| columns(keys) + columns(words) + 3)
        .fold(begun, u16::saturating_add);
    if row <= area.w {
        let mut x = x + begun;
        for (keys, words) in &following {
            x += painter.put(x, area.y, area.w, keys, theme.key) + 1;
            x += painter.put(x, area.y, area.w, words, theme.footer) + 2;
        }
        return;
    }
    draw_cancel(painter, x + begun, area);
    // In as many columns as the window has room for.
    let keys_width = following.iter().map(|(keys, _)| columns(keys)).max();
    let words_width = following.iter().map(|(_, words)| columns(words)).max();
    let each = keys_width.unwrap_or(0) + words_width.unwrap_or(0) + 3;
    let many = following.len();
    let fits = usize::from(area.w.saturating_sub(3) / each.max(1)).max(1);
    let rows = many
        .div_ceil(fits)
        .min(usize::from(area.y.saturating_sub(2)));
    let side = many.div_ceil(rows.max(1));
    // Where the words of that many columns have no room, all lose their ends, so that no key is left out.
    let each = match side > fits {
        true => area.w.saturating_sub(3) / side as u16,
        false => each,
    };
    let w = (side as u16)
        .saturating_mul(each)
        .saturating_add(3)
        .min(area.w);
    let h = rows as u16 + 2;
    let over = Area {
        x: area.x,
        y: area.y.saturating_sub(h),
        w,
        h,
    };
    // What is left of the rows beside it would be ends of lines.
    painter.clear(area.x, over.y, area.w, h);
    let inner = super::frame::popup(painter, painter.linear, over, pending);
    for (at, (keys, words)) in following.iter().enumerate() {
        let x = inner.x + 1 + (at / rows.max(1)) as u16 * each;
        let y = inner.y + (at % rows.max(1)) as u16;
        let room = (inner.x + inner.w).saturating_sub(x);
        painter.put(x, y, room, keys, theme.key);
        let before = keys_width.unwrap_or(0) + 1;
        let x = x + before;
        let room = (inner.x + inner.w).saturating_sub(x);
        let room = room.min(each.saturating_sub(before + 1));
        let words = newsprint_html::truncate(words, usize::from(room));
        painter.put(x, y, room, &words, theme.text);
    }
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
fn grow(painter: &mut Painter<'_>, area: Area, text: &str, style: Style) {
    let mut lines = wrap(text, usize::from(area.w.saturating_sub(2)));
    let most = MOST.min(usize::from(area.y));
    if lines.len() > most.max(1) {
        let rest = lines.split_off(most.max(1) - 1);
        lines.push(rest.join(" "));
    }
    rise(painter, area, &lines, style);
}

/// Writes lines, the last of them at `area`.
fn rise(painter: &mut Painter<'_>, area: Area, lines: &[String], style: Style) {
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let Some(top) = (area.y + 1).checked_sub(rows) else {
        return;
    };
    painter.clear(area.x, top, area.w, rows);
    for (y, line) in (top..).zip(lines) {
        painter.put(area.x + 1, y, area.w.saturating_sub(2), line, style);
    }
}

/// The columns of a text, as far as a screen could count them.
fn columns(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

/// Draws what is being typed; what does not fit beside it goes above, where that row is free.
fn draw_prompt(
    painter: &mut Painter<'_>,
    state: &State,
    prompt: &Prompt,
    area: Area,
    free: bool,
) -> (u16, u16) {
    let theme = painter.theme;
    let label = prompt.ask.label();
    let mut x = area.x + 1;
    if !prompt.about.is_empty() {
        let about = newsprint_html::truncate(&prompt.about, usize::from(area.w / 3));
        let dot = painter.symbols.dot;
        x += painter.put(x, area.y, area.w, &format!("{about} {dot} "), theme.text);
    }
    x += painter.put(x, area.y, area.w, label, theme.key);
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
    painter.put(x, area.y, room, &shown, theme.text);
    let cursor = x.saturating_add(before - skip);
    let after = x
        .saturating_add(text_width.saturating_sub(skip))
        .saturating_add(2);
    if let Some((column, message)) = &prompt.error {
        let column = u16::try_from(*column).unwrap_or(u16::MAX);
        let at = x.saturating_add(column.saturating_sub(1).saturating_sub(skip));
        painter.style(
            at.min(area.x + area.w - 1),
            area.y,
            1,
            1,
            theme.error.patch(theme.found_here),
        );
        let text = format!("column {column}: {message}");
        let room = (area.x + area.w).saturating_sub(after.saturating_add(1));
        if columns(&text) <= room {
            painter.put(after, area.y, room, &text, theme.error);
        } else if let Some(y) = area.y.checked_sub(1) {
            // No room beside what is typed: above it.
            grow(painter, Area { y, ..area }, &text, theme.error);
        }
    } else if prompt.offers.len() > 1 && free && !painter.linear {
        draw_commands(painter, state, prompt, area);
    } else if !prompt.offers.is_empty() {
        draw_offers(painter, prompt, area, after, free);
    } else if !prompt.outcome.is_empty() {
        let room = (area.x + area.w).saturating_sub(after.saturating_add(1));
        painter.put(after, area.y, room, &prompt.outcome, theme.dim);
    } else if prompt.text.is_empty() {
        let hint = match prompt.ask {
            Ask::Search => "words, \"a phrase\", tag:name, -not, a or b",
            Ask::Filter => "tag:name outlet:name is:unread since:7d; Tab completes, empty clears",
            Ask::Command => "an action, such as `help`; Tab completes",
            Ask::Pipe => "command; it gets plain text, or with json:, html: or md: before it that",
            Ask::ArticleTags => "later, -done; Tab completes",
            Ask::OutletUrl => "example.org or https://example.org/news",
            _ => "",
        };
        painter.put(
            after,
            area.y,
            (area.x + area.w).saturating_sub(after.saturating_add(1)),
            hint,
            theme.dim,
        );
    }
    (cursor, area.y)
}

/// What Tab offers, beside what is typed, or above it where there is no room.
fn draw_offers(painter: &mut Painter<'_>, prompt: &Prompt, area: Area, after: u16, free: bool) {
    let theme = painter.theme;
    let (mut x, mut y) = (after, area.y);
    let from = prompt.offered.unwrap_or(0);
    let all: u16 = prompt
        .offers
        .iter()
        .map(|offer| columns(offer).saturating_add(2))
        .fold(0, u16::saturating_add);
    if x.saturating_add(all) > area.x + area.w && y > 0 && free {
        (x, y) = (area.x + 1, y - 1);
        painter.clear(area.x, y, area.w, 1);
    }
    for (at, offer) in prompt.offers.iter().enumerate().skip(from) {
        let columns = columns(offer);
        if x.saturating_add(columns).saturating_add(1) > area.x + area.w {
            let left = (area.x + area.w).saturating_sub(x);
            painter.put(x, y, left, "…", theme.dim);
            break;
        }
        let style = if Some(at) == prompt.offered {
            theme.selected
        } else {
            theme.dim
        };
        x += painter.put(x, y, columns, offer, style) + 2;
    }
}

/// Most commands that are offered at once.
const COMMANDS: usize = 10;

/// What Tab offers, one in a row; commands with what each does and its key.
fn draw_commands(painter: &mut Painter<'_>, state: &State, prompt: &Prompt, area: Area) {
    let theme = painter.theme;
    // A command's name, rather than what follows it.
    let line = prompt.before.as_ref();
    let line = line.map_or(prompt.text.as_str(), |(line, _)| line);
    let named = prompt.ask == Ask::Command && !line.trim_start().contains(' ');
    let many = prompt.offers.len();
    let rows = many
        .min(COMMANDS)
        .min(usize::from(area.y.saturating_sub(1)));
    let at = prompt.offered.unwrap_or(0);
    let from = (at + 1).saturating_sub(rows);
    let names = prompt.offers.iter().map(|offer| columns(offer)).max();
    let names = names.unwrap_or(0) + 2;
    let top = area.y.saturating_sub(rows as u16);
    painter.clear(area.x, top, area.w, rows as u16);
    for (y, at) in (top..).zip(from..(from + rows).min(many)) {
        let offer = &prompt.offers[at];
        let row = named.then(|| actions::named(offer)).flatten();
        let keys = row.map(|row| state.keymap.keys_of(Command::Act(row.action)));
        let key = keys.as_deref().and_then(|keys| keys.split(' ').next());
        let key = key.unwrap_or_default();
        let about = if named { about(offer) } else { "" };
        let chosen = prompt.offered == Some(at);
        let over = |style: Style| if chosen { theme.selected } else { style };
        if chosen {
            painter.style(area.x, y, area.w, 1, theme.selected);
        }
        let mut x = area.x + 1;
        painter.put(x, y, names, offer, over(theme.text));
        x += names;
        painter.put(x, y, 8, key, over(theme.key));
        let room = (area.x + area.w).saturating_sub(x + 8);
        painter.put(x + 8, y, room, about, over(theme.dim));
    }
    let left = many.saturating_sub(from + rows);
    if left > 0 {
        let text = format!("{left} more");
        let x = (area.x + area.w).saturating_sub(columns(&text) + 1);
        painter.put(x, area.y, area.w, &text, theme.dim);
    }
}
