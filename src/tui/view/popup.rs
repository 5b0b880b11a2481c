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

use crate::news::{Health, Time, fold};
use crate::text::{Change, width};
use crate::tui::keys::table::TABLE;
use crate::tui::keys::{Command, Keymap};
use crate::tui::state::State;
use crate::tui::state::panes::{Area, Panes, inner};
use crate::tui::state::popup::{Kind, Popup};
use crate::tui::state::reading::wrap;

use super::frame;
use super::pen::Pen;
use super::sidebar::{counts, line};

/// A line of styled pieces.
type Styled = Vec<(String, Style)>;

/// Words for the footer where keys do not come from the table.
pub fn footer(popup: &Popup) -> Option<&'static str> {
    match &popup.kind {
        Kind::Tags { .. } => {
            Some("type to narrow  Space with  ^X without  ^O and/or  Enter take  Esc cancel")
        }
        Kind::Help => Some("type to search  ↑ ↓ scroll  Esc close"),
        _ => None,
    }
}

/// Draws it over everything but header and footer; gives the cell of the chosen row.
pub fn draw(pen: &mut Pen<'_>, state: &State, popup: &Popup) -> Option<(u16, u16)> {
    let (w, h) = state.size;
    let columns = match &popup.kind {
        Kind::Tags { .. } => 50,
        Kind::Warn { .. } => 64,
        Kind::Help => 84,
        _ => 96,
    };
    let area = {
        let w = (w.saturating_sub(if w > 60 { 4 } else { 0 })).min(columns);
        let h = h.saturating_sub(if h > 16 { 4 } else { 2 });
        Area {
            x: (state.size.0 - w) / 2,
            y: (state.size.1 - h) / 2,
            w,
            h,
        }
    };
    let room = area.w.saturating_sub(4);
    let (title, lines) = match &popup.kind {
        Kind::Tags { .. } => return draw_tags(pen, popup, area),
        Kind::Links(links) => return draw_links(pen, popup, links, area),
        Kind::Health(health) => {
            return draw_health(pen, state, popup, health, area);
        }
        Kind::Help => (help_title(popup), help(pen, state, &popup.typed)),
        Kind::Text { title, lines } => {
            let style = pen.theme.text;
            let lines = lines
                .iter()
                .flat_map(|text| wrap(text, usize::from(room)))
                .map(|text| vec![(text, style)])
                .collect();
            (title.clone(), lines)
        }
        Kind::Diff { title, pieces } => (title.clone(), diff(pen, pieces, usize::from(room))),
        Kind::Offer(offer) => {
            let mut lines: Vec<Styled> = Vec::new();
            for text in &offer.lines {
                for text in wrap(text, usize::from(room)) {
                    lines.push(vec![(text, pen.theme.text)]);
                }
            }
            lines.push(Vec::new());
            let text = if offer.empty {
                "There is nothing here that newsprint can read. Esc closes."
            } else {
                "Enter adds it to your config file. Esc cancels."
            };
            lines.push(vec![(text.to_owned(), pen.theme.key)]);
            (format!("{} · {}", offer.name, offer.url), lines)
        }
        Kind::Warn { url, host, says } => {
            let mut lines: Vec<Styled> = Vec::new();
            for (text, style) in [
                ("This link leads to".to_owned(), pen.theme.text),
                (format!("  {host}"), pen.theme.error),
                (format!("but its text says “{says}”."), pen.theme.text),
                (String::new(), pen.theme.text),
                (url.clone(), pen.theme.dim),
                (String::new(), pen.theme.text),
                (
                    "Enter opens it all the same. Esc cancels.".to_owned(),
                    pen.theme.key,
                ),
            ] {
                for text in wrap(&text, usize::from(room)) {
                    lines.push(vec![(text, style)]);
                }
            }
            ("Where does it lead?".to_owned(), lines)
        }
    };
    let wanted = (lines.len() as u16).saturating_add(2).max(5);
    let area = if wanted < area.h && popup.kind != Kind::Help {
        Area {
            y: area.y + (area.h - wanted) / 2,
            h: wanted,
            ..area
        }
    } else {
        area
    };
    let inner = open(pen, area, &title);
    let height = usize::from(inner.h);
    let top = popup.cursor.min(lines.len().saturating_sub(height));
    for (row, pieces) in lines.iter().skip(top).take(height).enumerate() {
        let mut x = inner.x + 1;
        for (text, style) in pieces {
            let room = (inner.x + inner.w).saturating_sub(x + 1);
            x += pen.put(x, inner.y + row as u16, room, text, *style);
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

fn open(pen: &mut Pen<'_>, area: Area, title: &str) -> Area {
    pen.clear(area.x, area.y, area.w, area.h);
    let panes = Panes {
        boxed: true,
        ..Panes::default()
    };
    frame::draw(pen, &panes, area, title, "", true);
    inner(&panes, area)
}

fn help_title(popup: &Popup) -> String {
    if popup.typed.is_empty() {
        "Help".to_owned()
    } else {
        format!("Help: {}", popup.typed)
    }
}

/// The key table as it is now.
fn help(pen: &Pen<'_>, state: &State, typed: &str) -> Vec<Styled> {
    let theme = pen.theme;
    let wanted = fold(typed);
    let mut lines: Vec<Styled> = Vec::new();
    let mut group = "";
    let entry = |keys: String, about: String, name: String| -> Styled {
        vec![
            (format!("  {keys:<16} "), theme.key),
            (format!("{about:<46} "), theme.text),
            (name, theme.dim),
        ]
    };
    let fits = |parts: [&str; 3]| parts.iter().any(|part| fold(part).contains(&wanted));
    for row in TABLE {
        let keys = keys(&state.keymap, Command::Act(row.action));
        if !fits([row.name, row.about, &keys]) {
            continue;
        }
        if row.group != group {
            group = row.group;
            if !lines.is_empty() {
                lines.push(Vec::new());
            }
            lines.push(vec![(group.to_owned(), theme.heading)]);
        }
        lines.push(entry(keys, row.about.to_owned(), row.name.to_owned()));
    }
    let mut own: Vec<Styled> = Vec::new();
    for (index, view) in state.settings.views.iter().enumerate() {
        let keys = keys(&state.keymap, Command::View(index));
        if !keys.is_empty() && fits([&view.name, &view.text, &keys]) {
            own.push(entry(
                keys,
                format!("view {}", view.name),
                view.text.clone(),
            ));
        }
    }
    for (index, macros) in state.settings.macros.iter().enumerate() {
        let keys = keys(&state.keymap, Command::Macro(index));
        if fits([&macros.description, "macro", &keys]) {
            own.push(entry(keys, macros.description.clone(), "macro".to_owned()));
        }
    }
    if !own.is_empty() {
        lines.push(Vec::new());
        lines.push(vec![("Your own".to_owned(), theme.heading)]);
        lines.extend(own);
    }
    if lines.is_empty() {
        lines.push(vec![(format!("Nothing is called “{typed}”."), theme.text)]);
    }
    lines
}

fn keys(keymap: &Keymap, command: Command) -> String {
    keymap.keys_of(command)
}

/// Changed text in lines: added and removed words stand out.
fn diff(pen: &Pen<'_>, pieces: &[(Change, String)], columns: usize) -> Vec<Styled> {
    let mut lines: Vec<Styled> = vec![Vec::new()];
    let mut used = 0;
    for (change, text) in pieces {
        let style = match change {
            Change::Same => pen.theme.text,
            Change::Added => pen.theme.added,
            Change::Removed => pen.theme.removed,
        };
        let mut first = true;
        for part in text.split('\n') {
            if !first {
                lines.push(Vec::new());
                used = 0;
            }
            first = false;
            for word in part.split_inclusive(' ') {
                let needed = width(word.trim_end());
                if used + needed > columns && used > 0 {
                    lines.push(Vec::new());
                    used = 0;
                }
                used += width(word);
                if let Some(line) = lines.last_mut() {
                    line.push((word.to_owned(), style));
                }
            }
        }
    }
    lines
}

fn draw_tags(pen: &mut Pen<'_>, popup: &Popup, area: Area) -> Option<(u16, u16)> {
    let Kind::Tags { choice, .. } = &popup.kind else {
        return None;
    };
    let title = match (choice.with.len() > 1, choice.any) {
        (false, _) => "Tags".to_owned(),
        (true, true) => "Tags: any of them".to_owned(),
        (true, false) => "Tags: all of them".to_owned(),
    };
    let inner = open(pen, area, &title);
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
    popup: &Popup,
    links: &[(String, String)],
    area: Area,
) -> Option<(u16, u16)> {
    let inner = open(pen, area, "Links");
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
    let inner = open(pen, area, "Outlets");
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
                (
                    format!("failing{since}: {why}{status}; r tries again"),
                    pen.theme.error,
                )
            }
            (None, None) if health.last_success.is_none() => {
                ("never refreshed: r fetches it".to_owned(), pen.theme.notice)
            }
            (None, None) => ("well".to_owned(), pen.theme.new),
        };
        pen.put(inner.x + 3, y + 2, inner.w - 4, &text, style);
        let times = format!(
            "last success {} · next fetch {}",
            when(health.last_success),
            when(health.next_fetch)
        );
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
