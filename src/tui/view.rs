//! The screen: which region is drawn where. Reads the state, writes cells. Never here: what is done.

mod age;
mod article;
mod excerpt;
mod footer;
mod frame;
mod header;
mod headlines;
mod painter;
mod popup;
mod row;
mod sidebar;
#[cfg(test)]
mod tests;

use ratatui::Frame;

use super::backend::Links;
use super::images::Pictures;
use super::state::State;
use super::state::layout::{self, Panes};
use super::theme::Theme;
use painter::Pen;

pub use super::glyphs::Signs;

/// What a frame needs beside its cells.
#[derive(Debug, Default)]
pub struct Drawn {
    /// Its hyperlinks.
    pub links: Links,
    /// Where the hardware cursor stands, if it is shown: where one types, and in linear mode on the
    /// chosen line.
    pub cursor: Option<(u16, u16)>,
}

/// Draws the state.
pub fn draw(frame: &mut Frame<'_>, state: &State, theme: &Theme, pictures: &mut Pictures) -> Drawn {
    let mut links = Links::new();
    let panes = state.panes();
    let mut signs = Signs::new(state.settings.ascii);
    if state.settings.linear {
        signs = signs.words();
    }
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), theme, &signs, state.settings.linear);
    if panes.too_small {
        let ways = [
            "The terminal is too small: newsprint needs 20 columns and 5 rows.",
            "Too small: 20x5 needed",
            "Too small",
        ];
        let fits = |text: &&&str| text.len() <= usize::from(area.width);
        let text = ways.iter().find(fits).unwrap_or(&ways[2]);
        pen.put(0, 0, area.width, text, theme.text);
        return Drawn::default();
    }
    pen.clear(0, 0, area.width, area.height);
    header::draw(&mut pen, state, panes.header);
    let mut line = None;
    if let Some(area) = panes.list {
        line = headlines::draw(&mut pen, state, &panes, area);
    }
    if let Some(area) = panes.article {
        article::draw(&mut pen, state, &panes, area, &mut links, pictures);
    }
    if let Some(area) = panes.rule {
        draw_rule(&mut pen, state, area);
    }
    if panes.drawer {
        // The sidebar lies over what is there.
        for area in [panes.outlets, panes.tags].into_iter().flatten() {
            pen.clear(area.x, area.y, area.w, area.h);
        }
    }
    if let Some(area) = panes.outlets {
        sidebar::draw_places(&mut pen, state, &panes, area);
    }
    if let Some(area) = panes.tags {
        sidebar::draw_tags(&mut pen, state, &panes, area);
    }
    if let Some(over) = &state.popup.open {
        // What lies under a popup cannot be clicked.
        links.clear();
        line = popup::draw(&mut pen, state, over);
    }
    if state.settings.linear && line.is_none() {
        line = chosen_line(state, &panes);
    }
    let typing = footer::draw(&mut pen, state, panes.footer);
    let line = line.filter(|_| state.settings.linear);
    Drawn {
        links,
        cursor: typing.or(line),
    }
}

/// The line between list and article, with the place in the list.
fn draw_rule(pen: &mut Pen<'_>, state: &State, area: layout::Area) {
    let [.., across, down] = pen.signs.frame;
    if area.w == 1 {
        for y in area.y..area.y + area.h {
            pen.raw(area.x, y, 1, down, pen.theme.border);
        }
        return;
    }
    let line = across.repeat(usize::from(area.w));
    pen.raw(area.x, area.y, area.w, &line, pen.theme.border);
    let place = match (state.list.place(), state.list.counts) {
        (Some(place), Some(counts)) => format!(" {place}/{} ", counts.total),
        (Some(place), None) => format!(" {place} "),
        _ => return,
    };
    let columns = u16::try_from(place.len()).unwrap_or(0);
    let x = (area.x + area.w).saturating_sub(columns + 2);
    pen.put(x, area.y, columns, &place, pen.theme.title);
}

/// In linear mode the cursor says where one is in every pane.
fn chosen_line(state: &State, panes: &Panes) -> Option<(u16, u16)> {
    let (area, row) = match (panes.outlets, panes.tags, panes.article) {
        (Some(area), ..) => (area, state.side.place - state.side.place_top),
        (_, Some(area), _) => (area, state.side.tag - state.side.tag_top),
        (.., Some(area)) => {
            let row = state
                .article
                .open
                .as_ref()
                .map_or(0, |reading| reading.cursor);
            (area, row)
        }
        _ => return None,
    };
    let area = layout::inner(panes, area);
    Some((area.x, area.y + row as u16))
}
