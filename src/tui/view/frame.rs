//! Lines between panes, only where they part something; frames of popups; titles in linear mode.
//! Never here: what is inside.

use crate::tui::state::layout::{Area, Layout, Panes, inner};
use crate::tui::state::{Pane, State};
use newsprint_html::width;

use super::painter::Pen;

/// In linear mode writes the line that says where one is; gives what is inside of the pane.
pub fn pane(pen: &mut Pen<'_>, panes: &Panes, area: Area, title: &str, right: &str) -> Area {
    if panes.linear {
        let text = match right {
            "" => title.to_owned(),
            right => format!("{title}, {right}"),
        };
        let text = text.replace(" · ", ", ");
        pen.put(area.x, area.y, area.w, &text, pen.theme.text);
    }
    inner(panes, area)
}

/// Draws the lines between the panes: that of the focus in the accent's colour, with `right` at the end
/// of the one between list and article.
pub fn rules(pen: &mut Pen<'_>, state: &State, panes: &Panes, right: &str) {
    if panes.linear {
        return;
    }
    let across = pen.signs.frame[4];
    let down = pen.signs.frame[5];
    let focus = state.screen.focus;
    let look = |pen: &Pen<'_>, focused: bool| match focused && state.popup.open.is_none() {
        true => pen.theme.border_focus,
        false => pen.theme.border,
    };
    if let Some(rule) = panes.rule {
        let style = look(pen, focus == Pane::Article);
        if panes.layout == Layout::Columns {
            for y in rule.y..rule.y + rule.h {
                pen.raw(rule.x, y, 1, down, style);
            }
        } else {
            pen.raw(
                rule.x,
                rule.y,
                rule.w,
                &across.repeat(usize::from(rule.w)),
                style,
            );
            let columns = width(right) as u16;
            if columns > 0 && columns + 6 < rule.w {
                let x = rule.x + rule.w - columns - 4;
                pen.put(
                    x,
                    rule.y,
                    columns + 2,
                    &format!(" {right} "),
                    pen.theme.title,
                );
            }
        }
    }
    if let Some(area) = panes.outlets.or(panes.tags) {
        let style = look(pen, matches!(focus, Pane::Outlets | Pane::Tags));
        let x = area.x + area.w.saturating_sub(1);
        let bottom = panes.footer.y;
        for y in area.y..bottom {
            pen.raw(x, y, 1, down, style);
        }
        // The line between list and article begins at that beside the sidebar.
        if let Some(rule) = panes.rule
            && panes.layout != Layout::Columns
            && rule.x == x + 1
        {
            pen.raw(x, rule.y, 1, pen.signs.branch, style);
        }
    }
}

/// Draws a popup's frame over what is there, of which no word is cut; gives what is inside.
pub fn popup(pen: &mut Pen<'_>, linear: bool, area: Area, title: &str) -> Area {
    // A cell beside it stays free as well, so that words do not lean on the frame.
    let left = area.x.saturating_sub(1);
    pen.clear_words(left, area.y, area.x - left + area.w + 1, area.h);
    if linear {
        pen.put(area.x, area.y, area.w, title, pen.theme.text);
        return Area {
            y: area.y + 1,
            h: area.h.saturating_sub(1),
            ..area
        };
    }
    let [left_top, right_top, left_bottom, right_bottom, across, down] = pen.signs.frame;
    let border = pen.theme.border_focus;
    let (right, last) = (area.x + area.w - 1, area.y + area.h - 1);
    let line = across.repeat(usize::from(area.w));
    pen.raw(area.x, area.y, area.w, &line, border);
    pen.raw(area.x, last, area.w, &line, border);
    for y in area.y..=last {
        pen.raw(area.x, y, 1, down, border);
        pen.raw(right, y, 1, down, border);
    }
    for (x, y, corner) in [
        (area.x, area.y, left_top),
        (right, area.y, right_top),
        (area.x, last, left_bottom),
        (right, last, right_bottom),
    ] {
        pen.raw(x, y, 1, corner, border);
    }
    let room = area.w.saturating_sub(4);
    if !title.is_empty() && room > 0 {
        let text = format!(" {} ", pen.cut(title, room));
        pen.put(area.x + 1, area.y, room + 2, &text, pen.theme.title_focus);
    }
    Area {
        x: area.x + 1,
        y: area.y + 1,
        w: area.w.saturating_sub(2),
        h: area.h.saturating_sub(2),
    }
}
