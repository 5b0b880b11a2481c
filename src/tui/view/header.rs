//! The line at the top.
//!
//! ```text
//!  newsprint   Caucasus Watch · 12 unread                    3 new ↑   ⟳ 7/12
//! ```

use crate::tui::state::State;
use crate::tui::state::layout::Area;
use newsprint_html::width;

use super::painter::Pen;

/// Draws it.
pub fn draw(pen: &mut Pen<'_>, state: &State, area: Area) {
    let theme = pen.theme;
    let style = theme.header;
    pen.style(area.x, area.y, area.w, 1, style);
    if pen.linear {
        return draw_words(pen, state, area);
    }
    let dot = pen.signs.dot;
    let mut right = Vec::new();
    if state.list.new > 0 {
        right.push((
            format!("{} new {}", state.list.new, pen.signs.above),
            theme.new,
        ));
    }
    if let Some(refresh) = &state.refresh.running {
        let mut text = pen.signs.refresh.to_owned();
        if refresh.total > 0 {
            text.push_str(&format!(" {}/{}", refresh.done, refresh.total));
        }
        if !refresh.step.is_empty() && area.w >= 70 {
            text.push_str(&format!(" {}", refresh.step));
        }
        if refresh.new > 0 {
            text.push_str(&format!(" {dot} {} new", refresh.new));
        }
        right.push((text, theme.header));
    } else if state.settings.offline {
        right.push(("offline".to_owned(), theme.header));
    } else if !state.refresh.failures.is_empty() {
        let text = format!("{} {} failed", pen.signs.warn, state.refresh.failures.len());
        right.push((text, theme.error));
    } else if let Some(at) = state.refresh.last {
        let at = at.to_zoned_datetime(state.settings.zone.clone());
        right.push((format!("refreshed {}", at.strftime("%H:%M")), theme.header));
    }
    let mut end = area.w;
    for (text, look) in right.iter().rev() {
        let columns = u16::try_from(width(text)).unwrap_or(0) + 1;
        if end < columns + 12 {
            break;
        }
        end -= columns;
        pen.put(end, area.y, columns, text, style.patch(*look));
        end = end.saturating_sub(1);
    }
    let name = state.shown_place();
    let unread = match state.shown_unread() {
        Some((unread, None)) => format!(" {dot} {unread} unread"),
        Some((unread, Some(of))) => format!(" {dot} {unread} of {of} unread"),
        None => String::new(),
    };
    let full = format!(" newsprint   {name}{unread}");
    let short = format!(" {name}{unread}");
    let text = if width(&full) < usize::from(end) {
        full
    } else {
        short
    };
    pen.put(area.x, area.y, end.saturating_sub(1), &text, style);
}

/// The line in words, without what counts up or down: each number would be said.
fn draw_words(pen: &mut Pen<'_>, state: &State, area: Area) {
    let mut text = format!("newsprint, {}", state.shown_place());
    if state.list.new > 0 {
        text.push_str(", new articles above");
    }
    if state.refresh.running.is_some() {
        text.push_str(", refreshing");
    } else if state.settings.offline {
        text.push_str(", offline");
    } else if !state.refresh.failures.is_empty() {
        text.push_str(", some outlets failed");
    }
    pen.put(area.x, area.y, area.w, &text, pen.theme.text);
}
