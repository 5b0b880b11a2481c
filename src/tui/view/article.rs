//! The article: header, text, what is found in it, link numbers, pictures.
//! Never here: laying the text out, what the header says.

use std::sync::Arc;

use crate::tui::backend::Links;
use crate::tui::images::Pictures;
use crate::tui::state::State;
use crate::tui::state::article::{OWN, Reading};
use crate::tui::state::article_head::{facts, wrap};
use crate::tui::state::layout::{Area, Panes};
use newsprint_html::layout::{Line, Marks};
use newsprint_model::TextState;

use ratatui::style::Modifier;

use super::frame;
use super::painter::Painter;

/// Draws it.
pub fn draw(
    painter: &mut Painter<'_>,
    state: &State,
    panes: &Panes,
    area: Area,
    links: &mut Links,
    pictures: &mut Pictures,
) {
    let title = match &state.article.open {
        Some(reading) if !state.screen.zen => reading.article.headline.outlet.as_str(),
        _ => "",
    };
    let inner = frame::pane(painter, panes, area, title, &progress(painter, state));
    let Some(reading) = &state.article.open else {
        return draw_chosen(painter, state, inner);
    };
    let Some(text) = state.article_area() else {
        return;
    };
    let line = Area {
        w: state.article_wide(),
        ..text
    };
    for row in 0..inner.h {
        let at = reading.top + usize::from(row);
        let indent = match reading.right_to_left && !painter.linear {
            true => right_to_left(reading, at, text.w),
            false => 0,
        };
        draw_line(
            painter,
            reading,
            at,
            indented(line, indent),
            inner.y + row,
            links,
        );
        if reading.is_new(at) && text.x > 0 && !painter.linear {
            let (sign, style) = (painter.symbols.new, painter.theme.border_focus);
            painter.put(text.x - 1, inner.y + row, 1, sign, style);
        }
    }
    if reading.laid.is_none() {
        let y = inner.y + reading.head.len() as u16;
        if y < inner.y + inner.h {
            painter.put(text.x, y, text.w, "…", painter.theme.dim);
        }
    } else if reading.html.is_empty() {
        let y = inner.y + reading.head.len() as u16;
        if y < inner.y + inner.h {
            let (words, style) = match reading.article.headline.text {
                TextState::None => ("No text yet.".to_owned(), painter.theme.dim),
                // The line above it names the key.
                TextState::Excerpt if reading.article.partial.is_none() => (
                    "Cannot read the stored text.".to_owned(),
                    painter.theme.error,
                ),
                _ => (
                    format!(
                        "Cannot read the stored text ({}: fetch again).",
                        state.look().fetch
                    ),
                    painter.theme.error,
                ),
            };
            for (row, words) in (0..).zip(wrap(&words, usize::from(text.w))) {
                if y + row < inner.y + inner.h {
                    painter.put(text.x, y + row, text.w, &words, style);
                }
            }
        }
    }
    draw_pictures(painter, state, reading, text, inner, pictures);
}

fn indented(area: Area, columns: u16) -> Area {
    Area {
        x: area.x + columns,
        w: area.w.saturating_sub(columns),
        ..area
    }
}

/// The columns before a line of a paragraph that is written from right to left, so that it ends at the right edge of
/// the text; none before others, nor where columns stand below each other.
fn right_to_left(reading: &Reading, at: usize, room: u16) -> u16 {
    let is_blank = |line: &Line| line.spans.iter().all(|span| span.text.trim().is_empty());
    let Some(line) = reading.line(at).filter(|line| !is_blank(line)) else {
        return 0;
    };
    let begun = line.spans.iter().find(|span| !span.text.trim().is_empty());
    if begun.is_some_and(|span| span.marks.code) {
        return 0;
    }
    // A line may begin with a foreign word: the paragraph's beginning says how all of it is written.
    let is_rule = |line: &Line| {
        let spans = &line.spans;
        spans.iter().any(|span| span.text.contains('─')) && spans.iter().all(|span| span.marks.dim)
    };
    if reading.line(at + 1).is_some_and(is_rule) {
        return 0;
    }
    let mut first = line;
    // Above the text each line is one of its own, some of them ours.
    let begins = match at < reading.head.len() {
        true => at,
        false => reading.head.len().max(at.saturating_sub(FAR)),
    };
    for before in (begins..at).rev() {
        match reading.line(before) {
            Some(line) if is_rule(line) => return 0,
            Some(line) if !is_blank(line) => first = line,
            _ => break,
        }
    }
    let letters = first.spans.iter().flat_map(|span| span.text.chars());
    match letters
        .filter(|c| c.is_alphabetic())
        .map(is_right_to_left)
        .next()
    {
        Some(true) => {
            let columns = newsprint_html::width(line.text().trim_end());
            room.saturating_sub(u16::try_from(columns).unwrap_or(u16::MAX))
        }
        _ => 0,
    }
}

/// Lines that are looked back for a paragraph's beginning: one may be as long as an article.
const FAR: usize = 60;

/// Whether a letter is of a script that is written from right to left (the ranges that Unicode reserves for them).
fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c),
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

/// How much of the article has been seen, and which match of how many one is at: `2/5 · 40 %`.
pub fn progress(painter: &Painter<'_>, state: &State) -> String {
    let Some(reading) = &state.article.open else {
        return String::new();
    };
    let dot = match painter.linear {
        true => ", ".to_owned(),
        false => format!(" {} ", painter.symbols.dot),
    };
    let minutes = reading.article.headline.minutes();
    let percent = reading.percent(state.article_height());
    let seen = format!("{minutes} min{dot}{percent} %");
    match &reading.find {
        Some(find) if find.count > 0 => {
            format!("match {}/{}{dot}{seen}", find.current + 1, find.count)
        }
        _ => seen,
    }
}

/// Until the article is there: what the list knows of the chosen one, its title whole.
fn draw_chosen(painter: &mut Painter<'_>, state: &State, inner: Area) {
    let Some(headline) = state.list.chosen() else {
        return;
    };
    let room = inner.w.saturating_sub(2).min(state.settings.reader.measure);
    let lines = facts(headline, room, &state.look(), state.settings.rules(), true);
    let rows = inner.y..inner.y + inner.h;
    for (y, line) in rows.zip(&lines) {
        for span in &line.spans {
            let style = painter.theme.span(span.marks, false);
            painter.put(inner.x + 1, y, room, &span.text, style);
        }
    }
}

fn draw_line(
    painter: &mut Painter<'_>,
    reading: &Reading,
    at: usize,
    area: Area,
    y: u16,
    links: &mut Links,
) {
    let Some(line) = reading.line(at) else { return };
    let mut x = area.x;
    let end = area.x + area.w;
    let mut byte = 0;
    for span in &line.spans {
        if x >= end {
            break;
        }
        let style = painter.theme.span(span.marks, span.link.is_some());
        let style = match (&reading.hint, span.link) {
            (Some(_), Some(link)) if span.marks.dim && link != OWN => painter.theme.hint,
            _ => style,
        };
        let from = x;
        // The layout's text is safe; what is found in it is written piece by piece.
        let mut cut = vec![(byte, byte + span.text.len(), None)];
        if let Some(find) = &reading.find {
            for spot in find.spots.iter().filter(|spot| spot.line == at) {
                split(&mut cut, spot.from, spot.to, spot.nth == find.current);
            }
        }
        for (a, b, found) in cut {
            let style = match found {
                None => style,
                Some(false) => style.patch(painter.theme.found),
                Some(true) => style.patch(painter.theme.found_here),
            };
            // What is new stands out in each look, with colours or without.
            for (a, b, new) in new_pieces(reading, at, (a, b)) {
                let Some(text) = span.text.get(a - byte..b - byte) else {
                    continue;
                };
                let style = match new {
                    true => style.add_modifier(Modifier::BOLD),
                    false => style,
                };
                x += painter.raw(x, y, end.saturating_sub(x), text, style);
            }
        }
        if let Some(url) = span.link.and_then(|link| reading.link(link)) {
            links.push((y, from, x, Arc::from(url)));
        }
        byte += span.text.len();
    }
}

/// A piece of a line parted where sentences that are new to the reader begin and end, and which parts are theirs.
fn new_pieces(
    reading: &Reading,
    line: usize,
    (from, to): (usize, usize),
) -> Vec<(usize, usize, bool)> {
    let mut cut = vec![(from, to, None)];
    if let Some(line) = line.checked_sub(reading.head.len()) {
        for spot in reading.new.iter().filter(|spot| spot.line == line) {
            split(&mut cut, spot.from, spot.to, true);
        }
    }
    let pieces = cut.into_iter();
    pieces.map(|(a, b, new)| (a, b, new.is_some())).collect()
}

/// Parts the pieces so that what lies from `from` to `to` stands alone.
fn split(cut: &mut Vec<(usize, usize, Option<bool>)>, from: usize, to: usize, here: bool) {
    let mut out = Vec::with_capacity(cut.len() + 2);
    for &(a, b, found) in cut.iter() {
        let (left, right) = (from.clamp(a, b), to.clamp(a, b));
        if left >= right {
            out.push((a, b, found));
            continue;
        }
        for piece in [
            (a, left, found),
            (left, right, Some(here)),
            (right, b, found),
        ] {
            if piece.0 < piece.1 {
                out.push(piece);
            }
        }
    }
    *cut = out;
}

fn draw_pictures(
    painter: &mut Painter<'_>,
    state: &State,
    reading: &Reading,
    text: Area,
    inner: Area,
    pictures: &mut Pictures,
) {
    let Some(laid) = &reading.laid else { return };
    let covered = state.popup.open.is_some();
    if !state.settings.images {
        return;
    }
    // A picture of `rows` rows from this line of the whole on, as far as it is on the screen.
    let mut show = |painter: &mut Painter<'_>, url: &str, first: usize, rows: u16, place: Area| {
        let last = first + usize::from(rows);
        let end = reading.top + usize::from(inner.h);
        if covered || last <= reading.top || first >= end {
            return;
        }
        let above = reading.top.saturating_sub(first);
        let seen = last.min(end) - first.max(reading.top);
        let area = Area {
            y: inner.y + (first.max(reading.top) - reading.top) as u16,
            h: seen as u16,
            ..place
        };
        pictures.draw(painter.buffer(), url, area, above as u16);
    };
    for image in laid.images.iter().filter(|image| image.rows > 0) {
        let first = reading.head.len() + image.first_row;
        show(painter, &image.url, first, image.rows, text);
    }
    if let (Some(side), Some(lead), Some(rows)) =
        (state.article_side(), &reading.lead, reading.beside_rows)
    {
        show(painter, &lead.url, 0, rows, side);
        let caption = wrap(&lead.caption, usize::from(side.w));
        for (at, text) in (usize::from(rows)..).zip(&caption) {
            let row = at
                .checked_sub(reading.top)
                .and_then(|row| u16::try_from(row).ok());
            if let Some(row) = row.filter(|row| *row < inner.h) {
                let style = painter.theme.span(CAPTION, false);
                painter.put(side.x, inner.y + row, side.w, text, style);
            }
        }
    }
}

/// How the caption of a picture looks.
const CAPTION: Marks = Marks {
    caption: true,
    ..Marks::PLAIN
};

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn what_is_found_stands_alone() {
        let mut cut = vec![(10, 20, None)];
        split(&mut cut, 12, 15, false);
        split(&mut cut, 18, 30, true);
        assert_eq!(
            cut,
            [
                (10, 12, None),
                (12, 15, Some(false)),
                (15, 18, None),
                (18, 20, Some(true))
            ]
        );
    }
}
