//! The list of headlines, or why there are none.
//!
//! ```text
//! ┌ Headlines · Azerbaijan ─────── 3/41 ┐
//! │▸● 12 Jun  Aliyev and Erdoğan …    ◐ │
//! │   11 Jun  Yerevan metro …         ✓ │
//! └─────────────────────────────────────┘
//! ```

use ratatui::style::{Modifier, Style};

use crate::library::selection::{Place, Status, title};
use crate::tui::keymap::actions::Action;
use crate::tui::keymap::actions::LIST;
use crate::tui::state::article_head::{short_date, wrap};
use crate::tui::state::headlines::Row;
use crate::tui::state::layout::{Area, Panes};
use crate::tui::state::{Pane, State};
use newsprint_html::marked;
use newsprint_model::{Headline, TextState};

use super::frame;
use super::painter::Pen;

/// Draws the list; gives the cell of the chosen row.
pub fn draw(pen: &mut Pen<'_>, state: &State, panes: &Panes, area: Area) -> Option<(u16, u16)> {
    let focus = state.screen.focus == Pane::List && state.popup.open.is_none();
    let dot = if pen.linear {
        ", ".to_owned()
    } else {
        format!(" {} ", pen.signs.dot)
    };
    let mut parts = vec!["Headlines".to_owned()];
    parts.extend(title(&state.choice, &state.settings.views));
    let list = &state.list;
    let place = match (list.place(), list.counts) {
        // A number that changed with each step would be said with each step.
        (_, Some(counts)) if pen.linear && counts.total == 1 => "1 article".to_owned(),
        (_, Some(counts)) if pen.linear => format!("{} articles", counts.total),
        (Some(place), Some(counts)) if counts.total > 0 => format!("{place}/{}", counts.total),
        (None, Some(counts)) if counts.total > 0 => counts.total.to_string(),
        _ => String::new(),
    };
    let mut title = parts.join(&dot);
    if pen.linear && list.counts.is_none() {
        // How many there are follows at once: then the line is said, and once.
        title.clear();
    }
    let inner = frame::draw(pen, panes, area, &title, &place, focus);
    if list.rows.is_empty() {
        if !list.waiting {
            empty(pen, state, inner);
        }
        return None;
    }
    if pen.linear && list.waiting {
        // What was there is going: it need not be said once more.
        return None;
    }
    let each = if list.ranked { 2 } else { 1 };
    let found = state.searched_beginnings();
    let mut cursor = None;
    for (at, row) in list
        .rows
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(inner.h / each).max(1))
    {
        let y = inner.y + (at - list.top) as u16 * each;
        let chosen = at == list.cursor;
        if chosen {
            cursor = Some((inner.x, y));
        }
        let line = Area { y, h: 1, ..inner };
        if state.settings.linear {
            draw_sentence(pen, state, &row.headline, line);
        } else {
            draw_row(pen, state, row, line, (chosen, focus), &found);
        }
        if list.ranked && y + 1 < inner.y + inner.h {
            snippet(
                pen,
                row,
                Area {
                    y: y + 1,
                    h: 1,
                    ..inner
                },
            );
        }
    }
    cursor
}

fn draw_row(
    pen: &mut Pen<'_>,
    state: &State,
    row: &Row,
    area: Area,
    (chosen, focus): (bool, bool),
    found: &[String],
) {
    let theme = pen.theme;
    let headline = &row.headline;
    let base = if headline.read {
        theme.read
    } else {
        theme.unread
    };
    let over = match (chosen, focus) {
        (true, true) => Some(theme.selected),
        (true, false) => Some(theme.selected_away),
        _ => None,
    };
    if let Some(over) = over {
        pen.style(area.x, area.y, area.w, 1, over);
    }
    // In the chosen row one style holds, so that it reads as one thing.
    let look = |style: Style| over.map_or(style, |over| base.patch(over));
    let signs = pen.signs;
    let mut x = area.x;
    let end = area.x + area.w;
    let put = |pen: &mut Pen<'_>, x: &mut u16, columns: u16, text: &str, style: Style| {
        let columns = columns.min(end.saturating_sub(*x));
        pen.put(*x, area.y, columns, text, style);
        *x += columns;
    };
    put(
        pen,
        &mut x,
        1,
        if chosen { signs.chosen } else { " " },
        look(theme.text),
    );
    // Two places, so that a starred article that has been read can be told from one that has not.
    let unread = if headline.read { " " } else { signs.unread };
    put(pen, &mut x, 1, unread, look(theme.mark));
    let star = if headline.starred { signs.star } else { " " };
    put(pen, &mut x, 2, star, look(theme.star));
    let columns = columns(state, area.w);
    let tail: u16 = columns
        .iter()
        .skip_while(|(name, _)| *name != "title")
        .map(|(_, size)| size)
        .sum();
    for (column, size) in &columns {
        let room = match *column {
            "title" => end.saturating_sub(x + tail),
            _ => *size,
        };
        let (text, style) = cell(pen, state, headline, column, base);
        let text = pen.cut(&text, room.saturating_sub(1));
        if *column == "title" && !found.is_empty() {
            title_found(pen, (x, area.y, room), &text, found, look(style), over);
            x += room;
        } else {
            put(pen, &mut x, room, &text, look(style));
        }
    }
}

/// A title in which the words that were searched stand out.
fn title_found(
    pen: &mut Pen<'_>,
    (mut x, y, room): (u16, u16, u16),
    title: &str,
    found: &[String],
    style: Style,
    over: Option<Style>,
) {
    let end = x + room;
    for (text, here) in marked(title, found) {
        let style = match (here, over) {
            (false, _) => style,
            (true, None) => style.patch(pen.theme.found),
            // In the chosen row one bar holds: what is found is underlined in it.
            (true, Some(_)) => style.add_modifier(Modifier::UNDERLINED),
        };
        x += pen.put(x, y, end.saturating_sub(x), &text, style);
    }
}

/// A row for ears and fingers: words instead of signs, what matters most first. Nothing marks the chosen
/// one but the cursor: what is drawn anew would be said again.
fn draw_sentence(pen: &mut Pen<'_>, state: &State, headline: &Headline, area: Area) {
    let settings = &state.settings;
    let time = headline.published.unwrap_or(headline.first_seen);
    let states = [
        (!headline.read, "unread"),
        (headline.starred, "starred"),
        (headline.changed, "changed"),
        (headline.text == TextState::Excerpt, "excerpt"),
        (headline.text == TextState::None, "no text"),
    ];
    let mut end = String::new();
    for (_, word) in states.iter().filter(|(holds, _)| *holds) {
        end.push_str(", ");
        end.push_str(word);
    }
    let title = match headline.title.as_str() {
        "" => "(no title)",
        title => title,
    };
    // A title that is too long gives way to what is to be known of it; outlet and date to both.
    let room = area.w.saturating_sub(newsprint_html::width(&end) as u16);
    let title = pen.cut(title, room.max(area.w / 2));
    let date = short_date(time, &settings.zone, state.now, &settings.date_format);
    let text = format!("{title}{end}, {}, {}", headline.outlet, date.trim());
    let text = if newsprint_html::width(&text) > usize::from(area.w) {
        format!("{title}{end}")
    } else {
        text
    };
    pen.put(area.x, area.y, area.w, &text, pen.theme.text);
}

/// Cells before the first column: which row is chosen, unread, starred, and a space.
const MARKS: u16 = 4;
/// Cells that the title has at least while anything beside it can shrink or go.
const TITLE: u16 = 30;
/// The widest and the narrowest column of outlets, the space after it included.
const OUTLET: (u16, u16) = (17, 10);

/// The configured columns that fit beside a title that can be read, with their cells.
fn columns(state: &State, width: u16) -> Vec<(&str, u16)> {
    let mut chosen: Vec<&str> = state.settings.columns.iter().map(String::as_str).collect();
    if !chosen.contains(&"title") {
        chosen.push("title");
    }
    let outlets: Vec<&str> = state
        .side
        .places
        .iter()
        .filter(|(place, _)| matches!(place, Place::Outlet(_)))
        .map(|(_, name)| name.as_str())
        .collect();
    // One outlet alone need not be named in each row.
    if matches!(state.choice.place, Place::Outlet(_)) || outlets.len() < 2 {
        chosen.retain(|column| *column != "outlet");
    }
    let longest = outlets
        .iter()
        .map(|name| newsprint_html::width(name))
        .max()
        .unwrap_or(0);
    let longest = u16::try_from(longest + 1).unwrap_or(u16::MAX);
    let mut outlet = 0;
    for dropped in ["lang", "author", "tags", "outlet", "text", "date"] {
        let others: u16 = chosen.iter().map(|column| size(state, column)).sum();
        let room = width.saturating_sub(MARKS + others);
        let named = chosen.contains(&"outlet");
        // The outlet shrinks before anything goes.
        outlet = longest
            .clamp(OUTLET.1, OUTLET.0)
            .min(room.saturating_sub(TITLE));
        if (named && outlet >= OUTLET.1) || (!named && room + 4 >= TITLE) {
            break;
        }
        chosen.retain(|column| *column != dropped);
    }
    let cells = |column| match column {
        "outlet" => outlet,
        column => size(state, column),
    };
    chosen
        .into_iter()
        .map(|column| (column, cells(column)))
        .collect()
}

/// Cells that a column takes, the space after it included; the outlet and the title take what there is.
fn size(state: &State, column: &str) -> u16 {
    match column {
        "date" if state.settings.date_format.is_empty() => 9,
        "date" => 17,
        "text" => 2,
        "tags" => 22,
        "author" => 18,
        "lang" => 3,
        _ => 0,
    }
}

fn cell(
    pen: &Pen<'_>,
    state: &State,
    headline: &Headline,
    column: &str,
    base: Style,
) -> (String, Style) {
    let theme = pen.theme;
    match column {
        "date" => {
            let time = headline.published.unwrap_or(headline.first_seen);
            let settings = &state.settings;
            let text = short_date(time, &settings.zone, state.now, &settings.date_format);
            let text = if settings.date_format.is_empty() {
                format!("{text:>8}")
            } else {
                text
            };
            (text, theme.date)
        }
        "outlet" => (headline.outlet.clone(), theme.outlet),
        "text" => {
            let sign = match headline.text {
                _ if headline.changed => pen.signs.changed,
                TextState::Full => pen.signs.full,
                TextState::Excerpt => pen.signs.excerpt,
                TextState::None => pen.signs.none,
            };
            (sign.to_owned(), theme.state)
        }
        "tags" => (headline.tags.join(", "), theme.tag),
        "author" => (headline.author.clone(), theme.dim),
        "lang" => (headline.lang.clone(), theme.dim),
        _ if headline.title.is_empty() => ("(no title)".to_owned(), base),
        _ => (headline.title.clone(), base),
    }
}

/// The passage that matched, on one line, its found words standing out.
fn snippet(pen: &mut Pen<'_>, row: &Row, area: Area) {
    let end = (area.x + area.w).saturating_sub(1);
    let mut x = area.x + MARKS + 1;
    let mut spaced = true;
    for (at, (text, found)) in row.snippet.iter().enumerate() {
        let style = if *found {
            pen.theme.found
        } else {
            pen.theme.dim
        };
        // Where paragraphs meet there is more than one space, which would look like a gap.
        let mut words = String::new();
        for c in text.chars() {
            let space = c.is_whitespace();
            if !(space && spaced) {
                words.push(if space { ' ' } else { c });
            }
            spaced = space;
        }
        let room = end.saturating_sub(x);
        let more = row.snippet.len() > at + 1;
        let columns = u16::try_from(newsprint_html::width(&words)).unwrap_or(u16::MAX);
        if columns >= room && more || columns > room {
            // What is cut off ends the line, in the look of plain text.
            let words = pen.cut(&format!("{words}…"), room);
            let sign = pen.signs.more;
            let body = words.strip_suffix(sign).unwrap_or(&words).to_owned();
            x += pen.put(x, area.y, room, &body, style);
            let dim = pen.theme.dim;
            pen.put(x, area.y, end.saturating_sub(x), sign, dim);
            return;
        }
        x += pen.put(x, area.y, room, &words, style);
    }
}

/// Why there is nothing, and what to press.
fn empty(pen: &mut Pen<'_>, state: &State, area: Area) {
    let key = |action: Action| {
        state
            .keymap
            .key_at(action, LIST)
            .unwrap_or_else(|| ":".to_owned())
    };
    let outlets = state
        .side
        .places
        .iter()
        .any(|(place, _)| matches!(place, Place::Outlet(_)));
    let mut lines: Vec<(String, Style)> = Vec::new();
    let mut say = |text: String| lines.push((text, pen.theme.text));
    if !outlets && state.side.store_empty {
        say("No outlet is configured.".into());
        say(format!(
            "Press {} to add one by its address.",
            key(Action::AddOutlet)
        ));
    } else if state.choice.is_narrowed() {
        say("No article matches.".into());
        if let Some(search) = &state.choice.search {
            say(format!("Searched: {}", search.text));
        }
        if let Some(filter) = &state.choice.filter {
            say(format!("Filter: {}", filter.text));
        }
        say(format!(
            "Press {} to clear, {} to search for something else.",
            key(Action::ClearFilter),
            key(Action::Search)
        ));
    } else if !state.side.store_empty && state.side.known {
        match state.choice.status {
            Status::Unread => {
                say("Everything here has been read.".into());
                say(format!(
                    "Press {} to see all articles.",
                    key(Action::ShowAll)
                ));
            }
            Status::Starred => {
                say("No article here is starred.".into());
                say(format!(
                    "{} stars the chosen article; {} shows all.",
                    key(Action::ToggleStar),
                    key(Action::ShowAll)
                ));
            }
            Status::All => {
                say("No articles here yet.".into());
                say(format!("Press {} to refresh.", key(Action::RefreshAll)));
            }
        }
    } else if let Some(refresh) = &state.refresh.running {
        say("Fetching the news for the first time …".into());
        if !refresh.step.is_empty() {
            say(refresh.step.clone());
        }
        say("You can quit at any time; what has come is kept.".into());
    } else if !state.refresh.failures.is_empty() {
        say("Nothing could be fetched.".into());
        for (outlet, why) in state.refresh.failures.iter().take(5) {
            lines.push((format!("{outlet}: {why}"), pen.theme.error));
        }
        lines.push((
            format!(
                "Press {} to try again, {} to see how the outlets are doing.",
                key(Action::RefreshAll),
                key(Action::Health)
            ),
            pen.theme.text,
        ));
    } else if state.settings.offline {
        say("No articles are stored yet, and newsprint was started with --offline.".into());
        say("Start it without --offline to fetch the news.".into());
    } else if state.side.known {
        say("No articles yet.".into());
        say(format!(
            "Press {} to fetch the news, {} for help.",
            key(Action::RefreshAll),
            key(Action::Help)
        ));
    }
    let mut y = area.y + u16::from(area.h > 4);
    for (text, style) in lines {
        for text in wrap(&text, usize::from(area.w.saturating_sub(4))) {
            if y >= area.y + area.h {
                return;
            }
            pen.put(area.x + 2, y, area.w.saturating_sub(4), &text, style);
            y += 1;
        }
    }
}
