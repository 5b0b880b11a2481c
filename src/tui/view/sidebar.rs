//! The left column: views, outlets in groups, tags, each with what is unread of it.
//!
//! ```text
//!  All                 149 │
//!  ▾ World              59 │
//!    Harbour Times      29 │
//!  #economy             47 │
//!  … 671 more tags   t     │
//! ```

use ratatui::style::{Modifier, Style};

use crate::library::selection::{Place, Status};
use crate::library::tags::Facet;
use crate::tui::keymap::actions::{Action, LIST};
use crate::tui::state::layout::{Area, Panes};
use crate::tui::state::{Pane, State};
use newsprint_html::{truncate_middle, width};
use newsprint_model::{Counts, fold};

use super::frame;
use super::painter::Painter;

/// What a pane of the sidebar has for its rows: the last column is the line beside it.
fn rows_area(painter: &mut Painter<'_>, panes: &Panes, area: Area, title: &str) -> Area {
    let inner = frame::pane(painter, panes, area, title, "");
    match panes.linear {
        true => inner,
        false => Area {
            w: inner.w.saturating_sub(1),
            ..inner
        },
    }
}

/// Draws views and outlets.
pub fn draw_places(painter: &mut Painter<'_>, state: &State, panes: &Panes, area: Area) {
    let focus = state.screen.focus == Pane::Outlets && state.popup.open.is_none();
    let side = &state.side;
    let inner = rows_area(painter, panes, area, "Outlets");
    for (at, shown) in side.rows().iter().enumerate().skip(side.place_top) {
        let (place, name) = (&shown.place, &shown.name);
        let y = inner.y + side.line_of(at) as u16;
        if y >= inner.y + inner.h {
            break;
        }
        let counts = side.counts(place);
        let unread = counts.map_or(0, |counts| counts.unread);
        let row = Row {
            area: Area { y, h: 1, ..inner },
            chosen: (at == side.place).then_some(focus),
            // A refresh must not move the name: its symbol takes a column, or the count's.
            behind: (width(&unread.to_string()) as u16).max(1),
        };
        // What is unread of all stands once, beside “Unread”.
        let all = shown.status == Some(Status::All) && matches!(place, Place::All);
        let fetching = matches!((place, &state.refresh.running), (Place::Outlet(name), Some(refresh)) if refresh
            .steps
            .iter()
            .any(|step| step.outlet == *name && !step.done));
        let failing = matches!(place, Place::Outlet(name) if why_failing(state, name).is_some());
        let right = match (unread, fetching) {
            (_, true) => painter.symbols.refresh.to_owned(),
            (0, _) => String::new(),
            _ if all => String::new(),
            (unread, _) if painter.linear => format!("{unread} unread"),
            (unread, _) => unread.to_string(),
        };
        let paused = matches!(place, Place::Outlet(name) if is_paused(state, name));
        let style = match (failing, unread) {
            _ if paused => painter.theme.dim,
            (true, _) => painter.theme.error,
            (_, 0) => painter.theme.read,
            _ => painter.theme.unread,
        };
        let warn =
            match failing && (painter.linear || painter.symbols.ascii || !painter.theme.coloured) {
                true => format!("{} ", painter.symbols.warn),
                false => String::new(),
            };
        let style = match place {
            Place::Group(_) => style.add_modifier(Modifier::BOLD),
            _ => style,
        };
        let name = match place {
            Place::Group(_) => {
                let [open, folded] = painter.symbols.fold;
                format!("{} {name}", if shown.folded { folded } else { open })
            }
            Place::Starred if !painter.linear => format!("{} {name}", painter.symbols.star),
            _ if shown.in_group => format!("  {warn}{name}"),
            _ => format!("{warn}{name}"),
        };
        row.draw(painter, &name, &right, style);
    }
}

/// Why an outlet could not be read when it was last fetched.
pub fn why_failing<'a>(state: &'a State, outlet: &str) -> Option<&'a str> {
    let health = state.side.health(outlet)?;
    health.stopped.as_deref().or(health.last_error.as_deref())
}

/// Whether an outlet is left out of refreshes.
pub fn is_paused(state: &State, outlet: &str) -> bool {
    let mut outlets = state.settings.outlets.iter();
    outlets.any(|have| have.paused && have.name == outlet)
}

/// Draws the tags.
pub fn draw_tags(painter: &mut Painter<'_>, state: &State, panes: &Panes, area: Area) {
    let focus = state.screen.focus == Pane::Tags && state.popup.open.is_none();
    let side = &state.side;
    let title = match state.choice.tags.any {
        true => "Tags, any of them",
        false => "Tags",
    };
    let inner = rows_area(painter, panes, area, title);
    if side.tags.is_empty() && side.known && (focus || panes.linear) {
        painter.put(inner.x + 1, inner.y, inner.w, "No tags.", painter.theme.dim);
    }
    let height = usize::from(inner.h);
    // While one chooses among them the last row is a tag as well.
    let rows = side.tags.len().saturating_sub(side.tag_top);
    let listed = side.listed_tags().saturating_sub(side.tag_top);
    let seen = match listed < rows || rows > height {
        true if !focus => listed.min(height.saturating_sub(1)),
        _ => height,
    };
    let more = if focus { 0 } else { rows.saturating_sub(seen) };
    for (at, facet) in side.tags.iter().enumerate().skip(side.tag_top).take(seen) {
        let y = inner.y + (at - side.tag_top) as u16;
        let row = Row {
            area: Area { y, h: 1, ..inner },
            chosen: (at == side.tag && focus).then_some(true),
            behind: 0,
        };
        let (tick, style) = tick(painter, state, facet);
        let right = match facet.counts.unread {
            _ if painter.linear => counts(painter, facet.counts),
            0 => String::new(),
            unread => unread.to_string(),
        };
        row.draw(painter, &format!("{tick}{}", facet.name), &right, style);
    }
    if more > 0 {
        let y = inner.y + seen as u16;
        let word = if more == 1 { "tag" } else { "tags" };
        let text = match seen {
            0 => format!("{more} {word}"),
            _ => format!("… {more} more {word}"),
        };
        let x =
            inner.x + 1 + painter.put(inner.x + 1, y, inner.w - 1, &text, painter.theme.dim) + 2;
        if let Some(key) = state.keymap.key_at(Action::PickTags, LIST) {
            let room = (inner.x + inner.w).saturating_sub(x);
            painter.put(x, y, room, &key, painter.theme.key);
        }
    }
}

/// The symbol of a tag and its style.
fn tick(painter: &Painter<'_>, state: &State, facet: &Facet) -> (&'static str, Style) {
    let name = fold(&facet.name);
    let is = |tag: &String| fold(tag) == name;
    let words = painter.linear;
    if state.choice.tags.with.iter().any(is) {
        (if words { "with " } else { "+" }, painter.theme.tag_on)
    } else if state.choice.tags.without.iter().any(is) {
        (if words { "without " } else { "-" }, painter.theme.tag_off)
    } else if facet.section {
        (if words { "" } else { "#" }, painter.theme.dim)
    } else {
        (if words { "" } else { "#" }, painter.theme.tag)
    }
}

/// `3/41`: unread of all.
pub fn counts(painter: &Painter<'_>, counts: Counts) -> String {
    if painter.linear {
        format!("{} unread of {}", counts.unread, counts.total)
    } else if counts.unread == 0 {
        counts.total.to_string()
    } else {
        format!("{}/{}", counts.unread, counts.total)
    }
}

/// A row with something at its right end.
pub struct Row {
    /// Where.
    pub area: Area,
    /// It is the chosen one, and whether keys go to it.
    pub chosen: Option<bool>,
    /// Cells at its right end that the name leaves free at least.
    pub behind: u16,
}

impl Row {
    /// Draws it: what is too long on the left is cut in its middle.
    pub fn draw(&self, painter: &mut Painter<'_>, left: &str, right: &str, style: Style) {
        let area = self.area;
        if painter.linear {
            let comma = if right.is_empty() { "" } else { ", " };
            let text = format!("{}{comma}{right}", left.trim_start());
            painter.put(area.x, area.y, area.w, &text, painter.theme.text);
            return;
        }
        let over = self.chosen.map(|focus| match focus {
            true => painter.theme.selected,
            false => painter.theme.selected_away,
        });
        if let Some(over) = over {
            painter.style(area.x, area.y, area.w, 1, over);
        }
        let name = match self.chosen {
            Some(true) => over.unwrap_or(style).add_modifier(Modifier::BOLD),
            _ => over.unwrap_or(style),
        };
        let columns = u16::try_from(width(right)).unwrap_or(0);
        let beside = match columns.max(self.behind) {
            0 => 1,
            columns => columns + 2,
        };
        let room = area.w.saturating_sub(1 + beside);
        let left = truncate_middle(left, usize::from(room));
        painter.put(area.x + 1, area.y, room, &left, name);
        let x = area.x + area.w.saturating_sub(columns + 1);
        painter.put(
            x,
            area.y,
            columns,
            right,
            over.unwrap_or(painter.theme.count),
        );
    }
}
