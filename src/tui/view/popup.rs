//! What lies over the panes: help, links, tag picker, health, an outlet's offer, text, what changed.
//!
//! ```text
//!      ┌ Tags ────────────────────┐
//!      │ azer                     │
//!      │▸☑ Azerbaijan        3/41 │
//!      └──────────────────────────┘
//! ```

use jiff::tz::TimeZone;
use ratatui::style::Style;

use crate::news::{Health, Time};
use crate::text::width;
use crate::tui::state::State;
use crate::tui::state::panes::{Area, Panes, inner};
use crate::tui::state::popup::{Kind, Look, Popup};
use crate::tui::state::sheet::{popup_area, popup_lines, popup_title};

use super::frame;
use super::pen::Pen;
use super::sidebar::{counts, line};

/// Words for the footer where keys do not come from the table.
pub fn footer(popup: &Popup) -> Option<&'static str> {
    match &popup.kind {
        Kind::Tags { .. } => {
            Some("Space with  ^X without  ^O and/or  Enter take  Esc cancel  or type to narrow")
        }
        Kind::Help if popup.typing => Some("type to search  Enter done  Esc all keys"),
        Kind::Help => Some("/ search  j down  k up  q close"),
        _ => None,
    }
}

/// Draws it over everything but header and footer; gives the cell of the chosen row.
pub fn draw(pen: &mut Pen<'_>, state: &State, popup: &Popup) -> Option<(u16, u16)> {
    let area = popup_area(state, popup);
    match &popup.kind {
        Kind::Tags { .. } => return draw_tags(pen, state, popup, area),
        Kind::Links(links) => return draw_links(pen, state, popup, links, area),
        Kind::Health(health) => return draw_health(pen, state, popup, health, area),
        _ => {}
    }
    let lines = popup_lines(state, popup);
    let inner = open(pen, state, area, &popup_title(popup));
    let height = usize::from(inner.h);
    let top = popup.cursor.min(lines.len().saturating_sub(height));
    for (row, pieces) in lines.iter().skip(top).take(height).enumerate() {
        let mut x = inner.x + 1;
        for (text, look) in pieces {
            let room = (inner.x + inner.w).saturating_sub(x + 1);
            x += pen.put(x, inner.y + row as u16, room, text, style(pen, *look));
        }
    }
    if lines.len() > height {
        let below = lines.len().saturating_sub(top + height);
        let text = if below > 0 {
            format!(" {below} more ")
        } else {
            " end ".to_owned()
        };
        let columns = width(&text) as u16;
        pen.put(
            area.x + area.w.saturating_sub(columns + 2),
            area.y + area.h - 1,
            columns,
            &text,
            pen.theme.title,
        );
    }
    None
}

fn style(pen: &Pen<'_>, look: Look) -> Style {
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
    pen.clear(area.x, area.y, area.w, area.h);
    let panes = Panes {
        boxed: !state.settings.linear,
        linear: state.settings.linear,
        ..Panes::default()
    };
    frame::draw(pen, &panes, area, title, "", true);
    inner(&panes, area)
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
        ("type to narrow".to_owned(), pen.theme.dim)
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
            "no such tag",
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
        let sign = if chosen { pen.signs.chosen } else { " " };
        let style = if chosen { pen.theme.selected } else { look };
        line(
            pen,
            Area { y, h: 1, ..inner },
            &format!("{sign}{tick} {}", facet.name),
            &counts(facet.counts),
            style,
            chosen,
        );
    }
    cell
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
        let sign = if chosen { pen.signs.chosen } else { " " };
        let style = if chosen {
            pen.theme.selected
        } else {
            pen.theme.text
        };
        let text = if text.is_empty() { url } else { text };
        line(
            pen,
            Area { y, h: 1, ..inner },
            &format!("{sign} {text}"),
            "",
            style,
            chosen,
        );
        pen.put(inner.x + 2, y + 1, inner.w - 3, url, pen.theme.dim);
    }
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
            "No outlet is configured: a adds one by its address.",
            pen.theme.text,
        );
        return None;
    }
    let each = 4;
    let height = usize::from(inner.h / each).max(1);
    let top = (popup.cursor + 1).saturating_sub(height);
    let mut cell = None;
    for (at, health) in health.iter().enumerate().skip(top).take(height) {
        let y = inner.y + (at - top) as u16 * each;
        let chosen = at == popup.cursor;
        if chosen {
            cell = Some((inner.x, y));
        }
        let sign = if chosen { pen.signs.chosen } else { " " };
        let style = if chosen {
            pen.theme.selected
        } else {
            pen.theme.strong
        };
        line(
            pen,
            Area { y, h: 1, ..inner },
            &format!("{sign} {}", health.outlet),
            &counts(health.counts),
            style,
            chosen,
        );
        let when = |time: Option<Time>| date(time, &state.settings.zone);
        let source = health
            .source
            .as_ref()
            .map_or(format!("{} · no source found yet", health.url), |source| {
                format!("{} · {}", source.kind(), source.url())
            });
        pen.put(inner.x + 3, y + 1, inner.w - 4, &source, pen.theme.dim);
        let (text, style) = match (&health.stopped, &health.last_error) {
            (Some(why), _) => (
                format!("stopped for good: {why}; give it another address in the config"),
                pen.theme.error,
            ),
            (None, Some(why)) => {
                let since = health.failing_since.map_or(String::new(), |_| {
                    format!(" since {}", when(health.failing_since))
                });
                let status = health
                    .status
                    .map_or(String::new(), |n| format!(" (HTTP {n})"));
                (format!("failing{since}: {why}{status}"), pen.theme.error)
            }
            (None, None) if health.last_success.is_none() => {
                ("never refreshed: r fetches it".to_owned(), pen.theme.notice)
            }
            (None, None) => match state.notes.iter().find(|note| note.0 == health.outlet) {
                Some((_, note)) => (note.clone(), pen.theme.notice),
                None => ("well".to_owned(), pen.theme.new),
            },
        };
        pen.put(inner.x + 3, y + 2, inner.w - 4, &text, style);
        let (last, next) = (when(health.last_success), when(health.next_fetch));
        let mut times = format!("last success {last} · next fetch {next}");
        if width(&times) > usize::from(inner.w - 4) {
            times = format!("got {last} · next {next}");
        }
        if y + 3 < inner.y + inner.h {
            pen.put(inner.x + 3, y + 3, inner.w - 4, &times, pen.theme.dim);
        }
    }
    cell
}

fn date(time: Option<Time>, zone: &TimeZone) -> String {
    time.map_or("never".to_owned(), |time| {
        time.to_zoned_datetime(zone.clone())
            .strftime("%-d %b %H:%M")
            .to_string()
    })
}
