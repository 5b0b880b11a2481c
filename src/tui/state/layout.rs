//! Where the panes lie for a size of the screen and what is being done: plain arithmetic, shared by
//! the state (pages, clicks) and the view. Never here: drawing.

use newsprint_html::width;

use super::{Pane, State};
pub use crate::config::Layout;

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

/// All layouts, in the order in which they are cycled through.
pub const LAYOUTS: [Layout; 4] = [Layout::Auto, Layout::Rows, Layout::Columns, Layout::Single];

/// Its name in the config.
pub fn name(layout: Layout) -> &'static str {
    match layout {
        Layout::Auto => "auto",
        Layout::Rows => "rows",
        Layout::Columns => "columns",
        Layout::Single => "single",
    }
}

/// The layout of this name.
pub fn named(text: &str) -> Option<Layout> {
    LAYOUTS.into_iter().find(|layout| name(*layout) == text)
}

/// The window, and where in it the keys go.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Columns and rows.
    pub size: (u16, u16),
    /// The pane that keys go to.
    pub focus: Pane,
    /// The article alone.
    pub zen: bool,
    /// What was chosen; [`Panes::layout`] is what it comes to.
    pub layout: Layout,
    /// The list's part of what it shares with the article, in percent.
    pub list_part: u16,
    /// The sidebar is hidden, where there is room for it.
    pub sidebar_hidden: bool,
    /// The terminal can show pictures.
    pub pictures: bool,
}

/// The list's part by default, in percent.
pub const LIST_PART: u16 = 45;
/// The bounds of the list's part, and how far one key moves it, in percent.
const LIST_PARTS: (u16, u16, u16) = (20, 80, 5);

impl Screen {
    /// On the list.
    pub fn new(size: (u16, u16)) -> Screen {
        Screen {
            size,
            focus: Pane::default(),
            zen: false,
            layout: Layout::default(),
            list_part: LIST_PART,
            sidebar_hidden: false,
            pictures: true,
        }
    }

    /// Moves the border between list and article by so many steps.
    pub(super) fn move_border(&mut self, steps: i32) {
        let (least, most, step) = LIST_PARTS;
        let to = i64::from(self.list_part) + i64::from(steps) * i64::from(step);
        let to = to.clamp(i64::from(least), i64::from(most));
        self.list_part = u16::try_from(to).unwrap_or(LIST_PART);
    }
}

/// The screen, divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// The line at the top.
    pub header: Area,
    /// The line at the bottom.
    pub footer: Area,
    /// Views and outlets.
    pub outlets: Option<Area>,
    /// Tags, below them.
    pub tags: Option<Area>,
    /// The sidebar lies over the other panes.
    pub drawer: bool,
    /// Headlines.
    pub list: Option<Area>,
    /// The line between list and article: one row, or one column.
    pub rule: Option<Area>,
    /// The article.
    pub article: Option<Area>,
    /// How list and article share the window: never [`Layout::Auto`].
    pub layout: Layout,
    /// No lines are drawn at all: for screen readers and braille. Each pane has a title line then.
    pub linear: bool,
    /// No room for anything.
    pub too_small: bool,
}

/// The narrowest window with a sidebar.
const WITH_SIDEBAR: u16 = 100;
/// Columns of the drawer at least.
const DRAWER: u16 = 30;
/// Columns of the list beside the drawer at least.
const BESIDE_DRAWER: u16 = 36;
/// The narrowest window with list and article side by side.
const BESIDE: u16 = 90;
/// The narrowest low window in which list and article stand side by side by themselves.
const LOW_AND_WIDE: u16 = 140;
/// The lowest window with list and article.
const OVER: u16 = 24;

/// Whether the window has room for the layout.
pub fn fits(layout: Layout, (w, h): (u16, u16)) -> bool {
    match layout {
        Layout::Auto | Layout::Single => true,
        Layout::Rows => h >= 14,
        Layout::Columns => w >= BESIDE,
    }
}

/// What a chosen layout comes to in a window.
pub(super) fn resolve(state: &State) -> Layout {
    let size = state.screen.size;
    match state.screen.layout {
        // A low window has no rows for both; a wide one has columns.
        Layout::Auto if size.1 < OVER && size.0 >= LOW_AND_WIDE => Layout::Columns,
        Layout::Auto if size.1 < OVER => Layout::Single,
        Layout::Auto => Layout::Rows,
        chosen if fits(chosen, size) => chosen,
        _ => Layout::Single,
    }
}

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
        layout: resolve(state),
        linear: state.settings.reader.linear,
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
    let focus = state.screen.focus;
    let reading = focus == Pane::Article && state.article.open.is_some();
    if panes.linear {
        panes.layout = Layout::Single;
        match focus {
            Pane::Article if reading => panes.article = Some(body),
            Pane::Outlets => panes.outlets = Some(body),
            Pane::Tags => panes.tags = Some(body),
            _ => panes.list = Some(body),
        }
        return panes;
    }
    if reading && state.screen.zen {
        panes.article = Some(body);
        return panes;
    }
    let in_sidebar = matches!(focus, Pane::Outlets | Pane::Tags);
    let mut rest = body;
    if w >= WITH_SIDEBAR && (!state.screen.sidebar_hidden || in_sidebar) {
        let side = (w / 5).clamp(24, 28);
        (panes.outlets, panes.tags) = sidebar(state, Area { w: side, ..body });
        rest = Area {
            x: side,
            w: w - side,
            ..body
        };
    } else if in_sidebar {
        panes.drawer = true;
        let side = if w < 50 { w } else { drawer(state, w) };
        (panes.outlets, panes.tags) = sidebar(state, Area { w: side, ..body });
        // Beside it the list is as whole as in a smaller window; where too little is left, it stays under it.
        if w - side >= BESIDE_DRAWER {
            rest = Area {
                x: side,
                w: w - side,
                ..body
            };
        }
    }
    divide(state, &mut panes, rest, reading);
    panes
}

/// List and article in what the sidebar leaves.
fn divide(state: &State, panes: &mut Panes, rest: Area, reading: bool) {
    let part = u32::from(state.screen.list_part);
    let share =
        |whole: u16| u16::try_from((u32::from(whole) * part).div_ceil(100)).unwrap_or(whole);
    match panes.layout {
        Layout::Single if reading => panes.article = Some(rest),
        Layout::Single => panes.list = Some(rest),
        // Without headlines there is no article to be shown beside them.
        _ if !reading && whole_list(state) == Some(0) => panes.list = Some(rest),
        Layout::Columns => {
            let list = share(rest.w).clamp(
                36.min(rest.w / 2),
                rest.w.saturating_sub(40).max(rest.w / 2),
            );
            panes.list = Some(Area { w: list, ..rest });
            panes.rule = Some(Area {
                x: rest.x + list,
                w: 1,
                ..rest
            });
            panes.article = Some(Area {
                x: rest.x + list + 1,
                w: rest.w - list - 1,
                ..rest
            });
        }
        Layout::Auto | Layout::Rows => {
            let list = share(rest.h).clamp(3.min(rest.h), rest.h.saturating_sub(5).max(3));
            // What a short list leaves is the article's.
            let list = match whole_list(state) {
                Some(rows) => list.min(rows.max(3)),
                None => list,
            };
            panes.list = Some(Area { h: list, ..rest });
            panes.rule = Some(Area {
                y: rest.y + list,
                h: 1,
                ..rest
            });
            panes.article = Some(Area {
                y: rest.y + list + 1,
                h: rest.h.saturating_sub(list + 1),
                ..rest
            });
        }
    }
}

/// Columns of the drawer: its longest name whole, as far as half the window goes.
fn drawer(state: &State, window: u16) -> u16 {
    let names = state.side.rows().iter().map(|row| width(&row.name));
    // Before a name are the group's indent and a column that is free, behind it the count and two that are.
    let counts = width(&state.side.all.unread.to_string());
    let whole = names.max().unwrap_or(0) + counts + 7;
    let whole = u16::try_from(whole).unwrap_or(u16::MAX);
    whole.clamp(DRAWER, (window / 2).clamp(DRAWER, 36))
}

/// Rows of the screen that the list needs, where all of it is there.
fn whole_list(state: &State) -> Option<u16> {
    let list = &state.list;
    let whole = list.start && list.end && !list.waiting;
    let rows = list
        .rows
        .len()
        .checked_mul(usize::from(state.row_height()))?;
    whole.then(|| u16::try_from(rows).unwrap_or(u16::MAX))
}

/// Rows of a sidebar in which views, outlets and tags have no room together.
const LOW_SIDEBAR: u16 = 16;

/// Views and outlets above tags: each as high as its rows, and one grows into what the other leaves free.
fn sidebar(state: &State, area: Area) -> (Option<Area>, Option<Area>) {
    let rows = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let upper = rows(state.side.lines());
    // One free row between them; where there are more tags than rows, the last says so.
    let all = state.side.tags.len();
    let tags = match state.screen.focus {
        Pane::Tags => all,
        _ => match state.side.listed_tags() {
            listed if listed < all => listed + 1,
            listed => listed,
        },
    };
    let lower = match tags {
        0 => 0,
        tags => rows(tags).saturating_add(1),
    };
    // Where both are long, outlets have two thirds: of tags the first ones say most. In a low window the part
    // that the keys go to comes first.
    let part = match (area.h < LOW_SIDEBAR, state.screen.focus) {
        (true, Pane::Tags) => area.h / 3,
        (true, _) => area.h,
        (false, _) => area.h - area.h / 3,
    };
    let upper = if upper.saturating_add(lower) <= area.h {
        upper
    } else {
        upper.min(part.max(area.h.saturating_sub(lower))).max(1)
    };
    let tags = Area {
        y: area.y + upper + 1,
        h: (area.h - upper).saturating_sub(1),
        ..area
    };
    (
        Some(Area { h: upper, ..area }),
        (lower > 0 && tags.h >= 2).then_some(tags),
    )
}

/// What is inside of a pane: all of it; in linear mode what is below its title line.
pub fn inner(panes: &Panes, area: Area) -> Area {
    if panes.linear {
        Area {
            y: area.y + 1,
            h: area.h.saturating_sub(1),
            ..area
        }
    } else {
        area
    }
}
