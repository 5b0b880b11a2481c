//! What lies over the panes: help, links, tag picker, health, an outlet's offer, text, what changed.
//!
//! ```text
//!      ┌ Tags ────────────────────┐
//!      │ azer                     │
//!      │▸☑ Azerbaijan        3/41 │
//!      └──────────────────────────┘
//! ```

use ratatui::style::Style;

use crate::tui::keymap::actions::Action;
use crate::tui::keymap::actions::POPUP;
use crate::tui::state::State;
use crate::tui::state::layout::Area;
use crate::tui::state::outlet_status::lines;
use crate::tui::state::popup::{Kind, Look, Popup, link_number};
use crate::tui::state::popup_text::{
    health_over, joins, popup_area, popup_left, popup_lines, popup_title,
};
use newsprint_html::width;
use newsprint_model::Health;

use super::frame;
use super::painter::Painter;
use super::sidebar::{Row, counts};

/// Keys for the footer where they do not come from the table.
pub fn footer(popup: &Popup) -> Option<&'static [(&'static str, &'static str)]> {
    match &popup.kind {
        Kind::Tags { .. } => Some(&[
            ("Space", "require"),
            ("^X", "exclude"),
            ("^O", "and/or"),
            ("Enter", "apply"),
            ("Esc", "cancel"),
        ]),
        Kind::GoTo(_) => Some(&[("Enter", "choose"), ("Tab", "next"), ("Esc", "cancel")]),
        Kind::Help if popup.typing => Some(&[("Enter", "done"), ("Esc", "all keys")]),
        _ => None,
    }
}

/// Draws it over everything but header and footer; gives the cell of the chosen row.
pub fn draw(painter: &mut Painter<'_>, state: &State, popup: &Popup) -> Option<(u16, u16)> {
    let area = popup_area(state, popup);
    clear_strips(painter, state, popup, area);
    match &popup.kind {
        Kind::Tags { .. } => return draw_tags(painter, state, popup, area),
        Kind::GoTo(_) => return Some(draw_go_to(painter, state, popup, area)),
        Kind::Links(links) => return draw_links(painter, state, popup, links, area),
        Kind::Health(health) => return draw_health(painter, state, popup, health, area),
        _ => {}
    }
    let sheet = popup_lines(state, popup);
    let inner = open(painter, state, area, &popup_title(popup));
    let height = usize::from(inner.h);
    let top = popup.cursor.min(sheet.len().saturating_sub(height));
    for (row, pieces) in sheet.iter().skip(top).take(height).enumerate() {
        let mut x = inner.x + 1;
        for (text, look) in pieces {
            let room = (inner.x + inner.w).saturating_sub(x + 1);
            x += painter.put(
                x,
                inner.y + row as u16,
                room,
                text,
                style_of(painter, *look),
            );
        }
    }
    if painter.linear {
        return Some((inner.x, inner.y));
    }
    if sheet.len() > height {
        more(
            painter,
            area,
            sheet.len().saturating_sub(top + height),
            true,
        );
    }
    None
}

/// Says on the frame how much lies below what is seen, or that nothing does.
fn more(painter: &mut Painter<'_>, area: Area, below: usize, ends: bool) {
    let text = match below {
        0 if ends => " end ".to_owned(),
        0 => return,
        below => format!(" {below} more "),
    };
    if painter.linear {
        return;
    }
    let columns = width(&text) as u16;
    let x = area.x + area.w.saturating_sub(columns + 2);
    painter.put(x, area.y + area.h - 1, columns, &text, painter.theme.title);
}

fn style_of(painter: &Painter<'_>, look: Look) -> Style {
    match look {
        Look::Text => painter.theme.text,
        Look::Dim => painter.theme.dim,
        Look::Key => painter.theme.key,
        Look::Heading => painter.theme.heading,
        Look::Warning => painter.theme.error,
        Look::Added => painter.theme.added,
        Look::Removed => painter.theme.removed,
    }
}

/// Columns beside a popup of which little can be read any more.
const STRIP: u16 = 24;

/// Empties the strips that a wide popup leaves of what it lies over: a dot here and half a name there say nothing.
fn clear_strips(painter: &mut Painter<'_>, state: &State, popup: &Popup, area: Area) {
    let (left, right) = (popup_left(state, popup), area.x + area.w);
    if area.x.saturating_sub(left) <= STRIP {
        painter.clear(left, area.y, area.x.saturating_sub(left), area.h);
        painter.end_branch(left, area.y, area.h);
    }
    let after = state.screen.size.0.saturating_sub(right);
    if after <= STRIP {
        painter.clear(right, area.y, after, area.h);
    }
}

fn open(painter: &mut Painter<'_>, state: &State, area: Area, title: &str) -> Area {
    frame::popup(painter, state.settings.reader.linear, area, title)
}

/// A row of a popup: one style for the whole of it where it is the chosen one.
fn line(
    painter: &mut Painter<'_>,
    area: Area,
    left: &str,
    right: &str,
    style: Style,
    chosen: bool,
) {
    let chosen = chosen.then_some(true);
    Row {
        area,
        chosen,
        behind: 0,
    }
    .draw(painter, left, right, style);
}

fn draw_tags(
    painter: &mut Painter<'_>,
    state: &State,
    popup: &Popup,
    area: Area,
) -> Option<(u16, u16)> {
    let Kind::Tags { choice, .. } = &popup.kind else {
        return None;
    };
    let title = match (choice.with.len() > 1, choice.any) {
        (_, true) => "Tags: any of them".to_owned(),
        (false, false) => "Tags".to_owned(),
        (true, false) => "Tags: all of them".to_owned(),
    };
    let inner = open(painter, state, area, &title);
    let typed = if popup.typed.is_empty() {
        ("type to filter".to_owned(), painter.theme.dim)
    } else {
        (popup.typed.clone(), painter.theme.text)
    };
    painter.put(inner.x + 1, inner.y, inner.w - 2, &typed.0, typed.1);
    let rows = popup.matching_tags();
    let height = usize::from(inner.h.saturating_sub(1)).max(1);
    let cursor = popup.cursor.min(rows.len().saturating_sub(1));
    let top = cursor.saturating_sub(height - 1);
    if rows.is_empty() {
        painter.put(
            inner.x + 1,
            inner.y + 1,
            inner.w - 2,
            "No such tag.",
            painter.theme.dim,
        );
    }
    let mut cell = None;
    for (at, facet) in rows.iter().enumerate().skip(top).take(height) {
        let y = inner.y + 1 + (at - top) as u16;
        let (tick, look) = if choice.with.contains(&facet.name) {
            (painter.symbols.ticks[0], painter.theme.tag_on)
        } else if choice.without.contains(&facet.name) {
            (painter.symbols.ticks[2], painter.theme.tag_off)
        } else {
            (painter.symbols.ticks[1], painter.theme.tag)
        };
        let chosen = at == cursor;
        if chosen {
            cell = Some((inner.x, y));
        }
        let style = if chosen { painter.theme.selected } else { look };
        line(
            painter,
            Area { y, h: 1, ..inner },
            &format!("{tick} {}", facet.name),
            &counts(painter, facet.counts),
            style,
            chosen,
        );
    }
    more(
        painter,
        area,
        rows.len().saturating_sub(top + height),
        false,
    );
    cell
}

/// What can be gone to: what is typed, and below it what that leaves, with its kind and its keys or count.
fn draw_go_to(painter: &mut Painter<'_>, state: &State, popup: &Popup, area: Area) -> (u16, u16) {
    let (title, what) = match &popup.kind {
        Kind::GoTo(items) if joins(items) => ("Put in story", "headline of a story"),
        _ => ("Go to", "outlet, group, view, tag or action"),
    };
    let inner = open(painter, state, area, title);
    let theme = painter.theme;
    let (typed, style) = match popup.typed.as_str() {
        "" => (what, theme.dim),
        typed => (typed, theme.text),
    };
    painter.put(inner.x + 1, inner.y, inner.w - 2, typed, style);
    let items = popup.matching_items();
    if items.is_empty() {
        painter.put(
            inner.x + 1,
            inner.y + 1,
            inner.w - 2,
            "No match.",
            theme.dim,
        );
    }
    let height = usize::from(inner.h.saturating_sub(1)).max(1);
    let cursor = popup.cursor.min(items.len().saturating_sub(1));
    let top = cursor.saturating_sub(height - 1);
    for (at, item) in items.iter().enumerate().skip(top).take(height) {
        let y = inner.y + 1 + (at - top) as u16;
        let area = Area { y, h: 1, ..inner };
        let right = match item.detail.as_str() {
            "" => item.kind.to_owned(),
            detail if painter.linear => format!("{detail}, {}", item.kind),
            // The outlets of a story may be many: its headline comes first.
            detail => {
                let detail = painter.cut(detail, inner.w / 3);
                format!("{detail}  {:>6}", item.kind)
            }
        };
        line(painter, area, &item.name, &right, theme.text, at == cursor);
    }
    more(
        painter,
        area,
        items.len().saturating_sub(top + height),
        false,
    );
    (inner.x, inner.y + 1 + (cursor - top) as u16)
}

fn draw_links(
    painter: &mut Painter<'_>,
    state: &State,
    popup: &Popup,
    links: &[(String, String)],
    area: Area,
) -> Option<(u16, u16)> {
    let inner = open(painter, state, area, "Links");
    let height = usize::from(inner.h / 2).max(1);
    let top = (popup.cursor + 1).saturating_sub(height);
    let numbers = link_number(links, links.len().saturating_sub(1))
        .to_string()
        .len();
    let mut cell = None;
    for (at, (text, url)) in links.iter().enumerate().skip(top).take(height) {
        let y = inner.y + (at - top) as u16 * 2;
        let chosen = at == popup.cursor;
        if chosen {
            cell = Some((inner.x, y));
        }
        let style = if chosen {
            painter.theme.selected
        } else {
            painter.theme.text
        };
        let text = if text.is_empty() { url } else { text };
        let text = format!("{:>numbers$}  {text}", link_number(links, at));
        line(painter, Area { y, h: 1, ..inner }, &text, "", style, chosen);
        let indent = numbers as u16 + 3;
        let room = inner.w.saturating_sub(indent + 1);
        painter.put(inner.x + indent, y + 1, room, url, painter.theme.dim);
    }
    more(
        painter,
        area,
        links.len().saturating_sub(top + height),
        false,
    );
    cell
}

fn draw_health(
    painter: &mut Painter<'_>,
    state: &State,
    popup: &Popup,
    health: &[Health],
    area: Area,
) -> Option<(u16, u16)> {
    let inner = open(painter, state, area, "Outlets");
    if health.is_empty() {
        painter.put(
            inner.x + 1,
            inner.y,
            inner.w - 2,
            &format!(
                "No outlets yet. {}: add one",
                state.key_or_name(Action::AddOutlet, POPUP)
            ),
            painter.theme.text,
        );
        return None;
    }
    let entries: Vec<_> = health
        .iter()
        .map(|health| lines(state, health, inner.w.saturating_sub(2)))
        .collect();
    // As many before the chosen one as fit with it.
    let mut top = popup.cursor.min(entries.len() - 1);
    let mut rows = entries[top].len() + 1;
    // Each of them has its name above it and an empty line below it.
    while top > 0 && rows + entries[top - 1].len() + 2 <= usize::from(inner.h) {
        top -= 1;
        rows += entries[top].len() + 2;
    }
    let mut cell = None;
    let mut y = inner.y;
    let end = inner.y + inner.h;
    for (at, (health, entry)) in health.iter().zip(&entries).enumerate().skip(top) {
        if y >= end {
            more(painter, area, entries.len() - at, false);
            break;
        }
        let chosen = at == popup.cursor;
        if chosen {
            cell = Some((inner.x, y));
        }
        let style = if chosen {
            painter.theme.selected
        } else {
            painter.theme.strong
        };
        let counts = if inner.w < 60 {
            counts(painter, health.counts)
        } else {
            format!("{} unread of {}", health.counts.unread, health.counts.total)
        };
        line(
            painter,
            Area { y, h: 1, ..inner },
            &health.outlet,
            &counts,
            style,
            chosen,
        );
        y += 1;
        let skip = match chosen {
            true => popup.skip.min(health_over(state, popup, at)),
            false => 0,
        };
        let room = usize::from(end - y);
        for pieces in entry.iter().skip(skip).take(room) {
            let mut x = inner.x + 1;
            for (text, look) in pieces {
                let room = (inner.x + inner.w).saturating_sub(x + 1);
                x += painter.put(x, y, room, text, style_of(painter, *look));
            }
            y += 1;
        }
        y += 1;
        let below = entry.len().saturating_sub(skip + room);
        if chosen && below > 0 {
            more(painter, area, below, false);
            break;
        }
    }
    cell
}
