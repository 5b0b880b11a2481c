//! The line at the bottom: what is being typed, what was said, or the keys that work here.
//!
//! ```text
//!  j down  Enter open  t tags  / search  ? help
//! ```

use crate::text::width;
use crate::tui::state::State;
use crate::tui::state::panes::Area;
use crate::tui::state::prompt::{Ask, Prompt};

use super::pen::Pen;

/// Draws it; gives the cell where one types.
pub fn draw(pen: &mut Pen<'_>, state: &State, area: Area) -> Option<(u16, u16)> {
    if let Some(prompt) = &state.prompt {
        return Some(draw_prompt(pen, prompt, area));
    }
    let theme = pen.theme;
    if let Some(message) = &state.message {
        let style = if message.error {
            theme.error
        } else {
            theme.text
        };
        pen.put(
            area.x + 1,
            area.y,
            area.w.saturating_sub(2),
            &message.text,
            style,
        );
        return None;
    }
    if let Some(hint) = state
        .article
        .as_ref()
        .and_then(|reading| reading.hint.as_ref())
    {
        let text = format!("Link: {hint}");
        let x = area.x + 1 + pen.put(area.x + 1, area.y, area.w, &text, theme.key);
        pen.put(
            x + 2,
            area.y,
            area.w.saturating_sub(x + 2),
            "its number; Esc cancels",
            theme.footer,
        );
        return None;
    }
    let pending = state.keymap.pending();
    let mut end = area.x + area.w;
    if !pending.is_empty() {
        let columns = u16::try_from(width(&pending)).unwrap_or(0) + 1;
        end = end.saturating_sub(columns + 1);
        pen.put(end, area.y, columns, &pending, theme.key);
    }
    if let Some(text) = state.popup.as_ref().and_then(super::popup::footer) {
        pen.put(
            area.x + 1,
            area.y,
            area.w.saturating_sub(2),
            text,
            theme.footer,
        );
        return None;
    }
    let mut x = area.x + 1;
    for (key, word) in state.footer_keys() {
        let columns = (width(&key) + width(word) + 1) as u16;
        if x + columns > end {
            break;
        }
        x += pen.put(x, area.y, columns, &key, theme.key);
        x += pen.put(x, area.y, columns, &format!(" {word}"), theme.footer) + 2;
    }
    None
}

/// The columns of a text, as far as a screen could count them.
fn columns(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

fn draw_prompt(pen: &mut Pen<'_>, prompt: &Prompt, area: Area) -> (u16, u16) {
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
        pen.put(
            after,
            area.y,
            (area.x + area.w).saturating_sub(after.saturating_add(1)),
            &text,
            theme.error,
        );
    } else if !prompt.offers.is_empty() {
        let mut x = after;
        let from = prompt.offered.unwrap_or(0);
        for (at, offer) in prompt.offers.iter().enumerate().skip(from) {
            let columns = columns(offer);
            if x.saturating_add(columns).saturating_add(1) > area.x + area.w {
                break;
            }
            let style = if Some(at) == prompt.offered {
                theme.selected
            } else {
                theme.dim
            };
            x += pen.put(x, area.y, columns, offer, style) + 2;
        }
    } else if prompt.text.is_empty() {
        let hint = match prompt.ask {
            Ask::Search => "words, \"a phrase\", tag:name, -not, a or b",
            Ask::Filter => "tag:name outlet:name is:unread since:7d; Tab completes, empty clears",
            Ask::Command => "an action; Tab completes",
            Ask::Pipe => "a command; `json:` or `md:` in front changes what it gets",
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
