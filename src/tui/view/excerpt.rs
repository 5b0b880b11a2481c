//! The passage of an article that matched a search, on one line, begun so that the match is on it.
//! Never here: finding it.

use crate::tui::state::layout::Area;
use newsprint_html::width;

use super::painter::Painter;

/// Draws it into the first line of `area`.
pub fn draw(painter: &mut Painter<'_>, snippet: &[(String, bool)], area: Area) {
    let pieces = from_match(
        &one_line(snippet),
        usize::from(area.w),
        painter.symbols.more,
    );
    let end = area.x + area.w;
    let mut x = area.x;
    for (at, (text, found)) in pieces.iter().enumerate() {
        let style = match found {
            true => painter.theme.found,
            false => painter.theme.dim,
        };
        let room = end.saturating_sub(x);
        let more = pieces.len() > at + 1;
        let columns = u16::try_from(width(text)).unwrap_or(u16::MAX);
        if columns > room || (columns == room && more) {
            // What is cut off ends the line, in the look of plain text.
            let sign = painter.symbols.more;
            let cut = painter.cut(&format!("{text}{}", " ".repeat(usize::from(room))), room);
            let body = cut.strip_suffix(sign).unwrap_or(&cut).to_owned();
            x += painter.put(x, area.y, room, &body, style);
            let dim = painter.theme.dim;
            painter.put(x, area.y, end.saturating_sub(x), sign, dim);
            return;
        }
        x += painter.put(x, area.y, room, text, style);
    }
}

/// The pieces with each run of white space as one space: where paragraphs meet there is more.
fn one_line(snippet: &[(String, bool)]) -> Vec<(String, bool)> {
    let mut spaced = true;
    snippet
        .iter()
        .map(|(text, found)| {
            let mut words = String::new();
            for c in text.chars() {
                let space = c.is_whitespace();
                if !(space && spaced) {
                    words.push(if space { ' ' } else { c });
                }
                spaced = space;
            }
            (words, *found)
        })
        .collect()
}

/// The pieces from so far before the first match on that the match is within `columns`, with a third of
/// them before it; `more` says that something was left out.
fn from_match(pieces: &[(String, bool)], columns: usize, more: &str) -> Vec<(String, bool)> {
    let Some(first) = pieces.iter().position(|(_, found)| *found) else {
        return pieces.to_vec();
    };
    let before: String = pieces[..first]
        .iter()
        .map(|(text, _)| text.as_str())
        .collect();
    let matched = width(&pieces[first].0);
    // One cell for what may be cut off at the end.
    if width(&before) + matched < columns {
        return pieces.to_vec();
    }
    let keep = (columns / 3).min(columns.saturating_sub(matched + width(more) + 2));
    let mut from = before.len();
    let mut kept = 0;
    for (at, c) in before.char_indices().rev() {
        kept += width(c.encode_utf8(&mut [0; 4]));
        if kept > keep {
            break;
        }
        from = at;
    }
    // From the beginning of a word, where one is near.
    let rest = &before[from..];
    let rest = match rest.find(' ') {
        Some(space) if from > 0 && space < rest.len() * 2 / 3 => &rest[space + 1..],
        _ => rest,
    };
    let mut shown = vec![(format!("{more} {rest}"), false)];
    shown.extend_from_slice(&pieces[first..]);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_match_is_shown_however_far_into_the_passage_it_stands() {
        let words = "The vote came shortly before midnight and ended a week of negotiation ";
        for before in 0..60 {
            let lead: String = words.repeat(2).chars().take(before * 2).collect();
            let pieces = [
                (lead.clone(), false),
                ("ministry".to_owned(), true),
                (" and more of it".repeat(5), false),
            ];
            for columns in [20, 40, 68, 100] {
                let shown = from_match(&pieces, columns, "…");
                let all: String = shown.iter().map(|(text, _)| text.as_str()).collect();
                let place = all.find("ministry").unwrap();
                assert!(width(&all[..place]) + 8 < columns, "{columns}: {all}");
                assert_eq!(all.starts_with('…'), width(&lead) + 8 >= columns, "{all}");
            }
        }
    }

    #[test]
    fn a_match_longer_than_the_line_begins_on_it() {
        let pieces = [("x".repeat(50), false), ("y".repeat(50), true)];
        let shown = from_match(&pieces, 20, "…");
        assert!(width(&shown[0].0) < 20, "{shown:?}");
    }
}
