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
use crate::tui::state::popup::{Kind, Look, Popup};
use crate::tui::state::popup_text::{health_over, popup_area, popup_lines, popup_title};
use newsprint_html::width;
use newsprint_model::Health;

use super::frame;
use super::painter::Pen;
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
        Kind::GoTo(_) => Some(&[("Enter", "go"), ("Tab", "next"), ("Esc", "cancel")]),
        Kind::Help if popup.typing => Some(&[("Enter", "done"), ("Esc", "all keys")]),
        _ => None,
    }
}

/// Draws it over everything but header and footer; gives the cell of the chosen row.
pub fn draw(pen: &mut Pen<'_>, state: &State, popup: &Popup) -> Option<(u16, u16)> {
    let area = popup_area(state, popup);
    match &popup.kind {
        Kind::Tags { .. } => return draw_tags(pen, state, popup, area),
        Kind::GoTo(_) => return Some(draw_go_to(pen, state, popup, area)),
        Kind::Links(links) => return draw_links(pen, state, popup, links, area),
        Kind::Health(health) => return draw_health(pen, state, popup, health, area),
        _ => {}
    }
    let sheet = popup_lines(state, popup);
    let inner = open(pen, state, area, &popup_title(popup));
    let height = usize::from(inner.h);
    let top = popup.cursor.min(sheet.len().saturating_sub(height));
    for (row, pieces) in sheet.iter().skip(top).take(height).enumerate() {
        let mut x = inner.x + 1;
        for (text, look) in pieces {
            let room = (inner.x + inner.w).saturating_sub(x + 1);
            x += pen.put(x, inner.y + row as u16, room, text, style_of(pen, *look));
        }
    }
    if pen.linear {
        return Some((inner.x, inner.y));
    }
    if sheet.len() > height {
        more(pen, area, sheet.len().saturating_sub(top + height), true);
    }
    None
}

/// Says on the frame how much lies below what is seen, or that nothing does.
fn more(pen: &mut Pen<'_>, area: Area, below: usize, ends: bool) {
    let text = match below {
        0 if ends => " end ".to_owned(),
        0 => return,
        below => format!(" {below} more "),
    };
    if pen.linear {
        return;
    }
    let columns = width(&text) as u16;
    let x = area.x + area.w.saturating_sub(columns + 2);
    pen.put(x, area.y + area.h - 1, columns, &text, pen.theme.title);
}

fn style_of(pen: &Pen<'_>, look: Look) -> Style {
    match look {
        Look::Text => pen.theme.text,
        Look::Dim => pen.theme.dim,
        Look::Key => pen.theme.key,
        Look::Heading => pen.theme.heading,
        Look::Warning => pen.theme.error,
        Look::Added => pen.theme.added,
        Look::Removed => pen.theme.removed,
    }
}

fn open(pen: &mut Pen<'_>, state: &State, area: Area, title: &str) -> Area {
    frame::popup(pen, state.settings.linear, area, title)
}

/// A row of a popup: one style for the whole of it where it is the chosen one.
fn line(pen: &mut Pen<'_>, area: Area, left: &str, right: &str, style: Style, chosen: bool) {
    let chosen = chosen.then_some(true);
    Row { area, chosen }.draw(pen, left, right, style);
}

fn draw_tags(pen: &mut Pen<'_>, state: &State, popup: &Popup, area: Area) -> Option<(u16, u16)> {
    let Kind::Tags { choice, .. } = &popup.kind else {
        return None;
    };
    let title = match (choice.with.len() > 1, choice.any) {
        (false, _) => "Tags".to_owned(),
        (true, true) => "Tags: any of them".to_owned(),
        (true, false) => "Tags: all of them".to_owned(),
    };
    let inner = open(pen, state, area, &title);
    let typed = if popup.typed.is_empty() {
        ("type to filter".to_owned(), pen.theme.dim)
    } else {
        (popup.typed.clone(), pen.theme.text)
    };
    pen.put(inner.x + 1, inner.y, inner.w - 2, &typed.0, typed.1);
    let rows = popup.matching_tags();
    let height = usize::from(inner.h.saturating_sub(1)).max(1);
    let cursor = popup.cursor.min(rows.len().saturating_sub(1));
    let top = cursor.saturating_sub(height - 1);
    if rows.is_empty() {
        pen.put(
            inner.x + 1,
            inner.y + 1,
            inner.w - 2,
            "No such tag.",
            pen.theme.dim,
        );
    }
    let mut cell = None;
    for (at, facet) in rows.iter().enumerate().skip(top).take(height) {
        let y = inner.y + 1 + (at - top) as u16;
        let (tick, look) = if choice.with.contains(&facet.name) {
            (pen.signs.ticks[0], pen.theme.tag_on)
        } else if choice.without.contains(&facet.name) {
            (pen.signs.ticks[2], pen.theme.tag_off)
        } else {
            (pen.signs.ticks[1], pen.theme.tag)
        };
        let chosen = at == cursor;
        if chosen {
            cell = Some((inner.x, y));
        }
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
    more(pen, area, rows.len().saturating_sub(top + height), false);
    cell
}

/// What can be gone to: what is typed, and below it what that leaves, with its kind and its keys or count.
fn draw_go_to(pen: &mut Pen<'_>, state: &State, popup: &Popup, area: Area) -> (u16, u16) {
    let inner = open(pen, state, area, "Go to");
    let theme = pen.theme;
    let (typed, style) = match popup.typed.as_str() {
        "" => ("outlet, group, view, tag or action", theme.dim),
        typed => (typed, theme.text),
    };
    pen.put(inner.x + 1, inner.y, inner.w - 2, typed, style);
    let items = popup.matching_items();
    if items.is_empty() {
        pen.put(
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
            detail if pen.linear => format!("{detail}, {}", item.kind),
            detail => format!("{detail}  {:>6}", item.kind),
        };
        line(pen, area, &item.name, &right, theme.text, at == cursor);
    }
    more(pen, area, items.len().saturating_sub(top + height), false);
    (inner.x, inner.y + 1 + (cursor - top) as u16)
}

fn draw_links(
    pen: &mut Pen<'_>,
    state: &State,
    popup: &Popup,
    links: &[(String, String)],
    area: Area,
) -> Option<(u16, u16)> {
    let inner = open(pen, state, area, "Links");
    let height = usize::from(inner.h / 2).max(1);
    let top = (popup.cursor + 1).saturating_sub(height);
    let mut cell = None;
    for (at, (text, url)) in links.iter().enumerate().skip(top).take(height) {
        let y = inner.y + (at - top) as u16 * 2;
        let chosen = at == popup.cursor;
        if chosen {
            cell = Some((inner.x, y));
        }
        let style = if chosen {
            pen.theme.selected
        } else {
            pen.theme.text
        };
        let text = if text.is_empty() { url } else { text };
        line(pen, Area { y, h: 1, ..inner }, text, "", style, chosen);
        pen.put(inner.x + 1, y + 1, inner.w - 2, url, pen.theme.dim);
    }
    more(pen, area, links.len().saturating_sub(top + height), false);
    cell
}

fn draw_health(
    pen: &mut Pen<'_>,
    state: &State,
    popup: &Popup,
    health: &[Health],
    area: Area,
) -> Option<(u16, u16)> {
    let inner = open(pen, state, area, "Outlets");
    if health.is_empty() {
        pen.put(
            inner.x + 1,
            inner.y,
            inner.w - 2,
            &format!(
                "No outlets yet. {}: add one",
                state.key_or_name(Action::AddOutlet, POPUP)
            ),
            pen.theme.text,
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
    while top > 0 && rows + entries[top - 1].len() <= usize::from(inner.h) {
        top -= 1;
        rows += entries[top].len() + 1;
    }
    let mut cell = None;
    let mut y = inner.y;
    let end = inner.y + inner.h;
    for (at, (health, entry)) in health.iter().zip(&entries).enumerate().skip(top) {
        if y >= end {
            more(pen, area, entries.len() - at, false);
            break;
        }
        let chosen = at == popup.cursor;
        if chosen {
            cell = Some((inner.x, y));
        }
        let style = if chosen {
            pen.theme.selected
        } else {
            pen.theme.strong
        };
        let counts = if inner.w < 60 {
            counts(pen, health.counts)
        } else {
            format!("{} unread of {}", health.counts.unread, health.counts.total)
        };
        line(
            pen,
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
                x += pen.put(x, y, room, text, style_of(pen, *look));
            }
            y += 1;
        }
        y += 1;
        let below = entry.len().saturating_sub(skip + room);
        if chosen && below > 0 {
            more(pen, area, below, false);
            break;
        }
    }
    cell
}
