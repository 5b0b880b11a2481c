//! Where the panes lie for a size of the screen and what is being done: plain arithmetic, shared by
//! the state (pages, clicks) and the view. Never here: drawing.

use super::{Pane, State};

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u16,
    /// Columns.
    pub w: u16,
    /// Rows.
    pub h: u16,
}

impl Area {
    /// Whether a cell lies in it.
    pub fn contains(&self, x: u16, y: u16) -> bool {
        (self.x..self.x + self.w).contains(&x) && (self.y..self.y + self.h).contains(&y)
    }
}

/// The window, and where in it the keys go.
#[derive(Debug, Clone, Copy, Default)]
pub struct Screen {
    /// Columns and rows.
    pub size: (u16, u16),
    /// The pane that keys go to.
    pub focus: Pane,
    /// The article alone.
    pub zen: bool,
}

impl Screen {
    /// On the list.
    pub fn new(size: (u16, u16)) -> Screen {
        Screen {
            size,
            ..Screen::default()
        }
    }
}

/// The screen, divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// The line at the top.
    pub header: Area,
    /// The line at the bottom.
    pub footer: Area,
    /// Views and outlets, with the frame.
    pub outlets: Option<Area>,
    /// Tags, with the frame.
    pub tags: Option<Area>,
    /// Headlines, with the frame.
    pub list: Option<Area>,
    /// The article, with the frame.
    pub article: Option<Area>,
    /// Frames have four sides; else only a title line.
    pub boxed: bool,
    /// No lines are drawn at all: for screen readers and braille.
    pub linear: bool,
    /// No room for anything.
    pub too_small: bool,
}

/// The narrowest screen with three panes.
const THREE: u16 = 118;
/// The narrowest screen with two panes.
const TWO: u16 = 70;

/// The panes of the state as it is.
pub fn panes(state: &State) -> Panes {
    let (w, h) = state.screen.size;
    let mut panes = Panes {
        header: Area {
            x: 0,
            y: 0,
            w,
            h: 1,
        },
        footer: Area {
            x: 0,
            y: h.saturating_sub(1),
            w,
            h: 1,
        },
        boxed: w >= TWO && !state.settings.linear,
        linear: state.settings.linear,
        too_small: w < 20 || h < 5,
        ..Panes::default()
    };
    if panes.too_small {
        return panes;
    }
    let body = Area {
        x: 0,
        y: 1,
        w,
        h: h - 2,
    };
    let column = |x: u16, w: u16| Area { x, w, ..body };
    let reading = state.screen.focus == Pane::Article && state.article.open.is_some();
    if reading && state.screen.zen {
        panes.article = Some(body);
        panes.boxed = false;
        return panes;
    }
    if state.settings.linear || w < TWO {
        match state.screen.focus {
            Pane::Article if reading => panes.article = Some(body),
            Pane::Outlets => panes.outlets = Some(body),
            Pane::Tags => panes.tags = Some(body),
            _ => panes.list = Some(body),
        }
        return panes;
    }
    let side = (w / 5).clamp(20, 30);
    if w >= THREE {
        // The article gets its measure and the list the rest, but never less than it needs.
        let rest = w - side;
        let article = (state.settings.measure + 6)
            .min(rest * 11 / 20)
            .max(rest - 90.min(rest));
        let list = rest - article;
        (panes.outlets, panes.tags) = sidebar(state, column(0, side));
        panes.list = Some(column(side, list));
        panes.article = Some(column(side + list, article));
    } else if reading {
        let list = (w / 3).clamp(24, 40);
        panes.list = Some(column(0, list));
        panes.article = Some(column(list, w - list));
    } else {
        (panes.outlets, panes.tags) = sidebar(state, column(0, side));
        panes.list = Some(column(side, w - side));
    }
    panes
}

/// Outlets above tags: what the outlets need, but at most half.
fn sidebar(state: &State, area: Area) -> (Option<Area>, Option<Area>) {
    let need = u16::try_from(state.side.places.len()).unwrap_or(u16::MAX);
    let upper = need.saturating_add(2).clamp(3, (area.h / 2).max(3));
    let tags = Area {
        y: area.y + upper,
        h: area.h - upper,
        ..area
    };
    (
        Some(Area { h: upper, ..area }),
        (tags.h >= 3).then_some(tags),
    )
}

/// What is inside a pane's frame.
pub fn inner(panes: &Panes, area: Area) -> Area {
    if panes.boxed {
        Area {
            x: area.x + 1,
            y: area.y + 1,
            w: area.w.saturating_sub(2),
            h: area.h.saturating_sub(2),
        }
    } else {
        Area {
            y: area.y + 1,
            h: area.h.saturating_sub(1),
            ..area
        }
    }
}
