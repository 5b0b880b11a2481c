//! The left column: places above, tags below, with counts.
//!
//! ```text
//! ┌ Outlets ─────────┐
//! │▸ All         12  │
//! │  Caucasus W.  9  │
//! ├ Tags ────────────┤
//! │☑ Azerbaijan 3/41 │
//! └──────────────────┘
//! ```

use crate::library::selection::Place;
use crate::library::tags::Facet;
use crate::tui::state::layout::{Area, Panes, inner};
use crate::tui::state::{Pane, State};
use newsprint_html::width;
use newsprint_model::{Counts, fold};

use super::frame;
use super::painter::Pen;

/// Draws views and outlets.
pub fn draw_places(pen: &mut Pen<'_>, state: &State, panes: &Panes, area: Area) {
    let focus = state.screen.focus == Pane::Outlets && state.popup.open.is_none();
    let side = &state.side;
    let below = below(side.rows().len(), side.place_top, panes, area);
    let inner = frame::draw(pen, panes, area, "Outlets", &below, focus);
    for (row, shown) in side
        .rows()
        .iter()
        .enumerate()
        .skip(side.place_top)
        .take(usize::from(inner.h))
    {
        let (place, name) = (&shown.place, &shown.name);
        let y = inner.y + (row - side.place_top) as u16;
        let chosen = row == side.place;
        let failing = matches!(place, Place::Outlet(name) if side.health(name).is_some_and(|h| h.last_error.is_some() || h.stopped.is_some()));
        let counts = side.counts(place);
        let count = counts.map_or(String::new(), |counts| match counts.unread {
            0 => String::new(),
            unread if pen.linear => format!("{unread} unread"),
            unread => unread.to_string(),
        });
        let style = match (chosen, focus) {
            (true, true) => pen.theme.selected,
            (true, false) => pen.theme.selected_away,
            _ if counts.is_some_and(|counts| counts.unread > 0) => pen.theme.unread,
            _ => pen.theme.read,
        };
        let sign = if chosen { pen.signs.chosen } else { " " };
        let indent = if shown.in_group { "  " } else { "" };
        let fetching = matches!((place, &state.refresh.running), (Place::Outlet(name), Some(refresh)) if refresh
            .steps
            .iter()
            .any(|step| step.outlet == *name && !step.done));
        let warn = if fetching {
            format!("{} ", pen.signs.refresh)
        } else if failing {
            format!("{} ", pen.signs.warn)
        } else {
            String::new()
        };
        line(
            pen,
            Area { y, h: 1, ..inner },
            &format!("{sign} {indent}{warn}{name}"),
            &count,
            style,
            chosen,
        );
    }
}

/// Draws the tags.
pub fn draw_tags(pen: &mut Pen<'_>, state: &State, panes: &Panes, area: Area) {
    let focus = state.screen.focus == Pane::Tags && state.popup.open.is_none();
    let side = &state.side;
    let title = if state.choice.tags.any {
        "Tags · any"
    } else {
        "Tags"
    };
    let below = below(side.tags.len(), side.tag_top, panes, area);
    let inner = frame::draw(pen, panes, area, title, &below, focus);
    if side.tags.is_empty() {
        let text = if side.known { " no tags here" } else { "" };
        pen.put(inner.x, inner.y, inner.w, text, pen.theme.dim);
    }
    for (row, facet) in side
        .tags
        .iter()
        .enumerate()
        .skip(side.tag_top)
        .take(usize::from(inner.h))
    {
        let y = inner.y + (row - side.tag_top) as u16;
        let chosen = row == side.tag && focus;
        let (tick, look) = tick(pen, state, facet);
        let style = if chosen { pen.theme.selected } else { look };
        line(
            pen,
            Area { y, h: 1, ..inner },
            &format!("{tick} {}", facet.name),
            &counts(pen, facet.counts),
            style,
            chosen,
        );
    }
}

/// How many rows lie below those that are seen, in words; nothing where there are none.
fn below(rows: usize, top: usize, panes: &Panes, area: Area) -> String {
    match rows.saturating_sub(top + usize::from(inner(panes, area).h)) {
        0 => String::new(),
        below => format!("{below} more"),
    }
}

/// The tick of a tag and its style.
fn tick(pen: &Pen<'_>, state: &State, facet: &Facet) -> (&'static str, ratatui::style::Style) {
    let name = fold(&facet.name);
    let is = |tag: &String| fold(tag) == name;
    if state.choice.tags.with.iter().any(is) {
        (pen.signs.ticks[0], pen.theme.tag_on)
    } else if state.choice.tags.without.iter().any(is) {
        (pen.signs.ticks[2], pen.theme.tag_off)
    } else if facet.section {
        (pen.signs.ticks[1], pen.theme.dim)
    } else {
        (pen.signs.ticks[1], pen.theme.tag)
    }
}

/// `3/41`: unread of all.
pub fn counts(pen: &Pen<'_>, counts: Counts) -> String {
    if pen.linear {
        format!("{} unread of {}", counts.unread, counts.total)
    } else if counts.unread == 0 {
        counts.total.to_string()
    } else {
        format!("{}/{}", counts.unread, counts.total)
    }
}

/// A row with something at its right end.
pub fn line(
    pen: &mut Pen<'_>,
    area: Area,
    left: &str,
    right: &str,
    style: ratatui::style::Style,
    chosen: bool,
) {
    if pen.linear {
        let comma = if right.is_empty() { "" } else { ", " };
        let text = format!("{}{comma}{right}", left.trim_start());
        pen.put(area.x, area.y, area.w, &text, pen.theme.text);
        return;
    }
    if chosen {
        pen.style(area.x, area.y, area.w, 1, style);
    }
    let columns = u16::try_from(width(right)).unwrap_or(0);
    let room = area.w.saturating_sub(columns + 2);
    pen.put(area.x, area.y, room, left, style);
    let x = area.x + area.w.saturating_sub(columns + 1);
    let look = if chosen { style } else { pen.theme.count };
    pen.put(x, area.y, columns, right, look);
}
