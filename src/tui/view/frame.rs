//! A pane's frame and title.
//!
//! ```text
//! ┌ Title · part ─── 3/41 ┐     or, on narrow screens,     Title · part ─────── 3/41
//! │                       │
//! └───────────────────────┘
//! ```

use crate::tui::state::layout::{Area, Panes, inner};
use newsprint_html::width;

use super::painter::Pen;

/// Draws a frame; gives what is inside.
pub fn draw(
    pen: &mut Pen<'_>,
    panes: &Panes,
    area: Area,
    title: &str,
    right: &str,
    focus: bool,
) -> Area {
    let [left_top, right_top, left_bottom, right_bottom, across, down] = pen.signs.frame;
    let (border, name) = if focus {
        (pen.theme.border_focus, pen.theme.title_focus)
    } else {
        (pen.theme.border, pen.theme.title)
    };
    let side = u16::from(panes.boxed);
    if panes.linear {
        // One line that says where one is, and nothing drawn.
        let text = if right.is_empty() {
            title.to_owned()
        } else {
            format!("{title}, {right}")
        };
        let text = text.replace(" · ", ", ");
        pen.put(area.x, area.y, area.w, &text, pen.theme.text);
        return inner(panes, area);
    }
    if !panes.boxed {
        // The panes have no frames: a rule parts list and article.
        return inner(panes, area);
    }
    let line = across.repeat(usize::from(area.w));
    pen.raw(area.x, area.y, area.w, &line, border);
    if panes.boxed {
        let last = area.y + area.h - 1;
        pen.raw(area.x, last, area.w, &line, border);
        for y in area.y..=last {
            pen.raw(area.x, y, 1, down, border);
            pen.raw(area.x + area.w - 1, y, 1, down, border);
        }
        pen.raw(area.x, area.y, 1, left_top, border);
        pen.raw(area.x + area.w - 1, area.y, 1, right_top, border);
        pen.raw(area.x, last, 1, left_bottom, border);
        pen.raw(area.x + area.w - 1, last, 1, right_bottom, border);
    }
    let room = area.w.saturating_sub(2 * side + 2);
    let right_width = u16::try_from(width(right)).unwrap_or(0);
    let right_width = if right_width + 8 <= room {
        right_width
    } else {
        0
    };
    let title_room = room.saturating_sub(if right_width > 0 { right_width + 3 } else { 0 });
    if !title.is_empty() && title_room > 0 {
        let text = format!(" {} ", pen.cut(title, title_room));
        pen.put(area.x + side, area.y, title_room + 2, &text, name);
    }
    if right_width > 0 {
        let x = area.x + area.w - side - right_width - 2;
        pen.put(x, area.y, right_width + 2, &format!(" {right} "), name);
    }
    inner(panes, area)
}
