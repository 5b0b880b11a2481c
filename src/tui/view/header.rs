//! The line at the top: where one is, one count, what failed, how old the data is.
//!
//! ```text
//!  newsprint  World › Unread                          157 unread · 2 failed · updated 14:02
//! ```

use ratatui::style::{Modifier, Style};

use crate::library::selection::{Place, title};
use crate::tui::state::State;
use crate::tui::state::layout::{Area, Layout, Panes};
use newsprint_html::width;

use super::painter::Painter;

/// Something at the right end; of the higher rank is what goes later where there is no room.
struct Part {
    text: String,
    style: Style,
    rank: u8,
}

/// Draws it.
pub fn draw(painter: &mut Painter<'_>, state: &State, panes: &Panes) {
    let area = panes.header;
    let style = painter.theme.header;
    painter.style(area.x, area.y, area.w, 1, style);
    if painter.linear {
        return draw_words(painter, state, area);
    }
    let crumbs = crumbs(state).join(" › ");
    let mut parts = parts(painter, state, panes);
    let room = usize::from(area.w).saturating_sub(2);
    let between = format!(" {} ", painter.symbols.dot);
    let taken = |parts: &[Part]| {
        let texts: usize = parts.iter().map(|part| width(&part.text)).sum();
        texts + parts.len().saturating_sub(1) * width(&between)
    };
    // Where one is keeps a part of the line whatever else there is to say.
    let least = width(&crumbs).min(room / 2) + 2;
    while taken(&parts) + least > room
        && let Some(at) = (0..parts.len()).min_by_key(|at| parts[*at].rank)
    {
        parts.remove(at);
    }
    let right = taken(&parts);
    let mut x = area.x + area.w.saturating_sub(1 + right as u16);
    let left = x.saturating_sub(area.x + if right > 0 { 2 } else { 0 });
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            x += painter.put(x, area.y, area.w, &between, style);
        }
        x += painter.put(x, area.y, area.w, &part.text, style.patch(part.style));
    }
    let mut x = area.x + 1;
    let name = "newsprint  ";
    if width(&crumbs) + name.len() < usize::from(left) {
        // In a reversed line a colour would be a block behind the name.
        let look = match style.add_modifier.contains(Modifier::REVERSED) {
            true => style.add_modifier(Modifier::BOLD),
            false => style.patch(painter.theme.title_focus),
        };
        x += painter.put(x, area.y, left, name, look);
    }
    let room = left.saturating_sub(x - area.x);
    painter.put(x, area.y, room, &crumbs, style);
}

/// `All`, `Unread`, the tags, what was typed: from the wide to the narrow. An outlet stands behind its group.
fn crumbs(state: &State) -> Vec<String> {
    let mut parts = title(&state.choice, &state.settings.views);
    let place = state.shown_place();
    let outlet = match &state.choice.place {
        Place::Outlet(name) => state.outlet(name),
        _ => None,
    };
    if matches!(state.choice.place, Place::All) {
        parts.insert(0, place);
    } else if let Some(first) = parts.first_mut() {
        *first = place;
    }
    if let Some(group) = outlet.and_then(|outlet| outlet.group.clone()) {
        parts.insert(0, group);
    }
    parts.iter().map(|part| capital(part)).collect()
}

/// The text with a capital at its beginning: words such as `unread` stand among names.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if ["unread", "starred"].contains(&text) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

fn parts(painter: &Painter<'_>, state: &State, panes: &Panes) -> Vec<Part> {
    let theme = painter.theme;
    let mut parts = Vec::new();
    let mut part = |text: String, style, rank| parts.push(Part { text, style, rank });
    let plain = Style::default();
    // Where no line between list and article says so.
    let ruled = panes.rule.is_some() && panes.layout == Layout::Rows;
    if !ruled && let Some(place) = place(state) {
        part(place, plain, 4);
    }
    if state.choice.search.is_some() {
        if let Some(counts) = state.list.counts {
            part(format!("{} found", counts.total), plain, 5);
        }
    } else if let Some((unread, _)) = state.shown_unread()
        && !state.side.store_empty
    {
        part(format!("{unread} unread"), plain, 5);
    }
    if let Some(picked) = state.list.picked() {
        part(format!("{picked} picked"), theme.new, 5);
    }
    if state.list.new > 0 {
        let text = format!("{} new {}", state.list.new, painter.symbols.above);
        part(text, theme.new, 3);
    }
    if let Some((done, total)) = placing(state) {
        let percent = done * 100 / total.max(1);
        part(format!("grouping stories {percent}%"), theme.new, 6);
    }
    let failed = state.refresh.failures.len();
    if failed > 0 && state.refresh.running.is_none() {
        part(format!("{failed} failed"), theme.error, 6);
    }
    if let Some(running) = &state.refresh.running {
        let mut text = painter.symbols.refresh.to_owned();
        if running.total > 0 {
            text.push_str(&format!(" {}/{}", running.done, running.total));
        }
        if running.new > 0 {
            text.push_str(&format!(", {} new", running.new));
        }
        part(text, plain, 2);
        if !running.step.is_empty() && !super::headlines::says_step(state) {
            part(running.step.clone(), theme.dim, 0);
        }
    } else if state.settings.offline {
        part("offline".to_owned(), plain, 2);
    } else if let Some(at) = updated(state) {
        let times = state.times();
        let when = match times.clock(at) {
            today if today.len() == "14:02".len() => today,
            _ => times.age(at, false),
        };
        part(format!("updated {when}"), plain, 1);
    }
    parts
}

/// How many articles have been placed among the stories, of how many, where stories are shown.
fn placing(state: &State) -> Option<(u64, u64)> {
    let shown = state.choice.place == Place::Stories;
    state.refresh.placing.filter(|_| shown)
}

/// When the last refresh ended; before the first of this session, when the last outlet was read.
fn updated(state: &State) -> Option<newsprint_model::Time> {
    let stored = state
        .side
        .outlets
        .iter()
        .filter_map(|health| health.last_success);
    state.refresh.last.or_else(|| stored.max())
}

/// `3/41`: the chosen row of how many.
pub fn place(state: &State) -> Option<String> {
    let total = state.list.counts?.total;
    match state.list.place() {
        _ if total == 0 => None,
        Some(place) => Some(format!("{place}/{total}")),
        None => Some(total.to_string()),
    }
}

/// The line in words, without what counts up or down: each number would be said.
fn draw_words(painter: &mut Painter<'_>, state: &State, area: Area) {
    let mut text = format!("newsprint, {}", state.shown_place());
    if state.list.new > 0 {
        text.push_str(", new articles above");
    }
    if placing(state).is_some() {
        text.push_str(", grouping stories");
    }
    if state.refresh.running.is_some() {
        text.push_str(", refreshing");
    } else if state.settings.offline {
        text.push_str(", offline");
    } else if !state.refresh.failures.is_empty() {
        text.push_str(", some outlets failed");
    }
    painter.put(area.x, area.y, area.w, &text, painter.theme.text);
}
