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

use crate::library::selection::Place;
use crate::library::tags::Facet;
use crate::tui::keymap::actions::{Action, LIST};
use crate::tui::state::layout::{Area, Panes};
use crate::tui::state::{Pane, State};
use newsprint_html::{truncate_middle, width};
use newsprint_model::{Counts, fold};

use super::frame;
use super::painter::Pen;

/// What a pane of the sidebar has for its rows: the last column is the line beside it.
fn rows_area(pen: &mut Pen<'_>, panes: &Panes, area: Area, title: &str) -> Area {
    let inner = frame::pane(pen, panes, area, title, "");
    match panes.linear {
        true => inner,
        false => Area {
            w: inner.w.saturating_sub(1),
            ..inner
        },
    }
}

/// Draws views and outlets.
pub fn draw_places(pen: &mut Pen<'_>, state: &State, panes: &Panes, area: Area) {
    let focus = state.screen.focus == Pane::Outlets && state.popup.open.is_none();
    let side = &state.side;
    let inner = rows_area(pen, panes, area, "Outlets");
    for (at, shown) in side.rows().iter().enumerate().skip(side.place_top) {
        let (place, name) = (&shown.place, &shown.name);
        let y = inner.y + side.line_of(at) as u16;
        if y >= inner.y + inner.h {
            break;
        }
        let row = Row {
            area: Area { y, h: 1, ..inner },
            chosen: (at == side.place).then_some(focus),
        };
        let counts = side.counts(place);
        let unread = counts.map_or(0, |counts| counts.unread);
        let fetching = matches!((place, &state.refresh.running), (Place::Outlet(name), Some(refresh)) if refresh
            .steps
            .iter()
            .any(|step| step.outlet == *name && !step.done));
        let failing = matches!(place, Place::Outlet(name) if why_failing(state, name).is_some());
        let right = match (unread, fetching) {
            (_, true) => pen.signs.refresh.to_owned(),
            (0, _) => String::new(),
            (unread, _) if pen.linear => format!("{unread} unread"),
            (unread, _) => unread.to_string(),
        };
        let style = match (failing, unread) {
            (true, _) => pen.theme.error,
            (_, 0) => pen.theme.read,
            _ => pen.theme.unread,
        };
        let warn = match failing && (pen.linear || pen.signs.ascii || !pen.theme.coloured) {
            true => format!("{} ", pen.signs.warn),
            false => String::new(),
        };
        let style = match place {
            Place::Group(_) => style.add_modifier(Modifier::BOLD),
            _ => style,
        };
        let name = match place {
            Place::Group(_) => {
                let [open, folded] = pen.signs.fold;
                format!("{} {name}", if shown.folded { folded } else { open })
            }
            Place::Starred if !pen.linear => format!("{} {name}", pen.signs.star),
            _ if shown.in_group => format!("  {warn}{name}"),
            _ => format!("{warn}{name}"),
        };
        row.draw(pen, &name, &right, style);
    }
}

/// Why an outlet could not be read when it was last fetched.
pub fn why_failing<'a>(state: &'a State, outlet: &str) -> Option<&'a str> {
    let health = state.side.health(outlet)?;
    health.stopped.as_deref().or(health.last_error.as_deref())
}

/// Draws the tags.
pub fn draw_tags(pen: &mut Pen<'_>, state: &State, panes: &Panes, area: Area) {
    let focus = state.screen.focus == Pane::Tags && state.popup.open.is_none();
    let side = &state.side;
    let title = match state.choice.tags.any {
        true => "Tags, any of them",
        false => "Tags",
    };
    let inner = rows_area(pen, panes, area, title);
    if side.tags.is_empty() && side.known && (focus || panes.linear) {
        pen.put(inner.x + 1, inner.y, inner.w, "No tags.", pen.theme.dim);
    }
    let height = usize::from(inner.h);
    // While one chooses among them the last row is a tag as well.
    let more = match side.tags.len().saturating_sub(side.tag_top + height) {
        0 => 0,
        _ if focus || height < 2 => 0,
        below => below + 1,
    };
    let seen = height - usize::from(more > 0);
    for (at, facet) in side.tags.iter().enumerate().skip(side.tag_top).take(seen) {
        let y = inner.y + (at - side.tag_top) as u16;
        let row = Row {
            area: Area { y, h: 1, ..inner },
            chosen: (at == side.tag && focus).then_some(true),
        };
        let (tick, style) = tick(pen, state, facet);
        let right = match facet.counts.unread {
            _ if pen.linear => counts(pen, facet.counts),
            0 => String::new(),
            unread => unread.to_string(),
        };
        row.draw(pen, &format!("{tick}{}", facet.name), &right, style);
    }
    if more > 0 {
        let y = inner.y + inner.h - 1;
        let word = if more == 1 { "tag" } else { "tags" };
        let text = format!("… {more} more {word}");
        let x = inner.x + 1 + pen.put(inner.x + 1, y, inner.w - 1, &text, pen.theme.dim) + 2;
        if let Some(key) = state.keymap.key_at(Action::PickTags, LIST) {
            let room = (inner.x + inner.w).saturating_sub(x);
            pen.put(x, y, room, &key, pen.theme.key);
        }
    }
}

/// The symbol of a tag and its style.
fn tick(pen: &Pen<'_>, state: &State, facet: &Facet) -> (&'static str, Style) {
    let name = fold(&facet.name);
    let is = |tag: &String| fold(tag) == name;
    let words = pen.linear;
    if state.choice.tags.with.iter().any(is) {
        (if words { "with " } else { "+" }, pen.theme.tag_on)
    } else if state.choice.tags.without.iter().any(is) {
        (if words { "without " } else { "-" }, pen.theme.tag_off)
    } else if facet.section {
        (if words { "" } else { "#" }, pen.theme.dim)
    } else {
        (if words { "" } else { "#" }, pen.theme.tag)
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
pub struct Row {
    /// Where.
    pub area: Area,
    /// It is the chosen one, and whether keys go to it.
    pub chosen: Option<bool>,
}

impl Row {
    /// Draws it: what is too long on the left is cut in its middle.
    pub fn draw(&self, pen: &mut Pen<'_>, left: &str, right: &str, style: Style) {
        let area = self.area;
        if pen.linear {
            let comma = if right.is_empty() { "" } else { ", " };
            let text = format!("{}{comma}{right}", left.trim_start());
            pen.put(area.x, area.y, area.w, &text, pen.theme.text);
            return;
        }
        let over = self.chosen.map(|focus| match focus {
            true => pen.theme.selected,
            false => pen.theme.selected_away,
        });
        if let Some(over) = over {
            pen.style(area.x, area.y, area.w, 1, over);
        }
        let name = match self.chosen {
            Some(true) => over.unwrap_or(style).add_modifier(Modifier::BOLD),
            _ => over.unwrap_or(style),
        };
        let columns = u16::try_from(width(right)).unwrap_or(0);
        let beside = if columns > 0 { columns + 2 } else { 1 };
        let room = area.w.saturating_sub(1 + beside);
        let left = truncate_middle(left, usize::from(room));
        pen.put(area.x + 1, area.y, room, &left, name);
        let x = area.x + area.w.saturating_sub(columns + 1);
        pen.put(x, area.y, columns, right, over.unwrap_or(pen.theme.count));
    }
}
