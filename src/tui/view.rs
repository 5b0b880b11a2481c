//! The screen: which region is drawn where. Reads the state, writes cells. Never here: what is done.

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
use super::state::layout::{self, Panes};
use super::state::{Pane, State};
use super::theme::Theme;
use painter::Painter;

pub use super::glyphs::Symbols;

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
    let mut symbols = Symbols::new(state.settings.ascii);
    if state.settings.reader.linear {
        symbols = symbols.words();
    }
    let area = frame.area();
    let mut painter = Painter::new(
        frame.buffer_mut(),
        theme,
        &symbols,
        state.settings.reader.linear,
    );
    if panes.too_small {
        let ways = [
            "Terminal too small: newsprint needs 20 columns and 5 rows.",
            "Too small: 20x5 needed",
            "Too small",
        ];
        let fits = |text: &&&str| text.len() <= usize::from(area.width);
        let text = ways.iter().find(fits).unwrap_or(&ways[2]);
        painter.put(0, 0, area.width, text, theme.text);
        return Drawn::default();
    }
    painter.clear(0, 0, area.width, area.height);
    header::draw(&mut painter, state, &panes);
    let mut line = None;
    if let Some(area) = panes.list {
        line = headlines::draw(&mut painter, state, &panes, area);
    }
    if let Some(area) = panes.article {
        article::draw(&mut painter, state, &panes, area, &mut links, pictures);
    }
    if panes.drawer
        && let Some(area) = panes.outlets.or(panes.tags)
    {
        // The drawer lies over the other panes.
        painter.clear_words(
            area.x,
            area.y,
            area.w,
            panes.footer.y.saturating_sub(area.y),
        );
    }
    if let Some(area) = panes.outlets {
        sidebar::draw_places(&mut painter, state, &panes, area);
    }
    if let Some(area) = panes.tags {
        sidebar::draw_tags(&mut painter, state, &panes, area);
    }
    let mut right = header::place(state).into_iter().collect::<Vec<_>>();
    if state.screen.focus == Pane::Article {
        right.push(article::progress(&painter, state));
    }
    let right = right.join(&format!(" {} ", symbols.dot));
    frame::rules(&mut painter, state, &panes, &right);
    if let Some(over) = &state.popup.open {
        // What lies under a popup cannot be clicked.
        links.clear();
        line = popup::draw(&mut painter, state, over);
    }
    if state.settings.reader.linear && line.is_none() {
        line = chosen_line(state, &panes);
    }
    let typing = footer::draw(&mut painter, state, panes.footer);
    let line = line.filter(|_| state.settings.reader.linear);
    Drawn {
        links,
        cursor: typing.or(line),
    }
}

/// In linear mode the cursor says where one is in every pane.
fn chosen_line(state: &State, panes: &Panes) -> Option<(u16, u16)> {
    let (area, row) = match (panes.outlets, panes.tags, panes.article) {
        (Some(area), ..) => (area, state.side.line_of(state.side.place)),
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
