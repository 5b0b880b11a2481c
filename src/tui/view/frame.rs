//! Lines between panes, only where they part something; frames of popups; titles in linear mode.
//! Never here: what is inside.

use crate::tui::state::layout::{Area, Layout, Panes, inner};
use crate::tui::state::{Pane, State};
use newsprint_html::width;

use super::painter::Painter;

/// In linear mode writes the line that says where one is; gives what is inside of the pane.
pub fn pane(
    painter: &mut Painter<'_>,
    panes: &Panes,
    area: Area,
    title: &str,
    right: &str,
) -> Area {
    if panes.linear {
        let text = match right {
            "" => title.to_owned(),
            right => format!("{title}, {right}"),
        };
        let text = text.replace(" · ", ", ");
        painter.put(area.x, area.y, area.w, &text, painter.theme.text);
    }
    inner(panes, area)
}

/// Draws the lines between the panes: that of the focus in the accent's colour, with `right` at the end
/// of the one between list and article.
pub fn rules(painter: &mut Painter<'_>, state: &State, panes: &Panes, right: &str) {
    if panes.linear {
        return;
    }
    let across = painter.symbols.frame[4];
    let down = painter.symbols.frame[5];
    let focus = state.screen.focus;
    let look = |painter: &Painter<'_>, focused: bool| match focused && state.popup.open.is_none() {
        true => painter.theme.border_focus,
        false => painter.theme.border,
    };
    if let Some(mut rule) = panes.rule {
        if let Some(drawer) = panes.outlets.or(panes.tags).filter(|_| panes.drawer) {
            // Under the drawer there is nothing to part.
            let hidden = (drawer.x + drawer.w).saturating_sub(rule.x).min(rule.w);
            (rule.x, rule.w) = (rule.x + hidden, rule.w - hidden);
        }
        let style = look(painter, focus == Pane::Article);
        if panes.layout == Layout::Columns {
            for y in rule.y..rule.y + rule.h {
                painter.raw(rule.x, y, rule.w, down, style);
            }
        } else {
            painter.raw(
                rule.x,
                rule.y,
                rule.w,
                &across.repeat(usize::from(rule.w)),
                style,
            );
            let columns = width(right) as u16;
            if columns > 0 && columns + 6 < rule.w {
                let x = rule.x + rule.w - columns - 4;
                painter.put(
                    x,
                    rule.y,
                    columns + 2,
                    &format!(" {right} "),
                    painter.theme.title,
                );
            }
        }
    }
    if let Some(area) = panes.outlets.or(panes.tags) {
        let style = look(painter, matches!(focus, Pane::Outlets | Pane::Tags));
        let x = area.x + area.w.saturating_sub(1);
        let bottom = panes.footer.y;
        for y in area.y..bottom {
            painter.raw(x, y, 1, down, style);
        }
        // The line between list and article begins at that beside the sidebar.
        if let Some(rule) = panes.rule
            && panes.layout != Layout::Columns
            && (panes.drawer || rule.x == x + 1)
        {
            painter.raw(x, rule.y, 1, painter.symbols.branch, style);
        }
    }
}

/// Draws a popup's frame over what is there, of which no word is cut and no end of a line is left; gives what is inside.
pub fn popup(painter: &mut Painter<'_>, linear: bool, area: Area, title: &str) -> Area {
    // A cell beside it stays free as well, so that words do not lean on the frame.
    let left = area.x.saturating_sub(1);
    painter.clear_ends(left, area.y, area.x - left + area.w + 1, area.h);
    if linear {
        painter.put(area.x, area.y, area.w, title, painter.theme.text);
        return Area {
            y: area.y + 1,
            h: area.h.saturating_sub(1),
            ..area
        };
    }
    let [left_top, right_top, left_bottom, right_bottom, across, down] = painter.symbols.frame;
    let border = painter.theme.border_focus;
    let (right, last) = (area.x + area.w - 1, area.y + area.h - 1);
    let line = across.repeat(usize::from(area.w));
    painter.raw(area.x, area.y, area.w, &line, border);
    painter.raw(area.x, last, area.w, &line, border);
    for y in area.y..=last {
        painter.raw(area.x, y, 1, down, border);
        painter.raw(right, y, 1, down, border);
    }
    for (x, y, corner) in [
        (area.x, area.y, left_top),
        (right, area.y, right_top),
        (area.x, last, left_bottom),
        (right, last, right_bottom),
    ] {
        painter.raw(x, y, 1, corner, border);
    }
    let room = area.w.saturating_sub(4);
    if !title.is_empty() && room > 0 {
        let text = format!(" {} ", painter.cut(title, room));
        painter.put(
            area.x + 1,
            area.y,
            room + 2,
            &text,
            painter.theme.title_focus,
        );
    }
    Area {
        x: area.x + 1,
        y: area.y + 1,
        w: area.w.saturating_sub(2),
        h: area.h.saturating_sub(2),
    }
}
