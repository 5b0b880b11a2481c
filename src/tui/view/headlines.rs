//! The list of headlines, or why there are none.
//!
//! ```text
//! ●★◐   17m Parliament passes amended budget after nine-hour debate over pe… Harbour Times
//!        5h EU and Armenia open visa talks                                   Kavkaz Review
//! ```

use ratatui::style::Style;

use crate::library::selection::{Place, Status, title};
use crate::library::stories::DAYS;
use crate::tui::keymap::actions::Action;
use crate::tui::keymap::actions::LIST;
use crate::tui::state::article_head::wrap;
use crate::tui::state::headlines::Row;
use crate::tui::state::layout::{Area, Panes};
use crate::tui::state::order::Order;
use crate::tui::state::{Pane, State};
use newsprint_html::width;
use newsprint_model::TextState;
use newsprint_model::query::Medium;
use newsprint_store::Fold;

use super::painter::Painter;
use super::row::{self, Columns, Standing, title_of};
use super::sidebar::why_failing;
use super::{excerpt, frame};

/// Why there is nothing where nothing can be fetched.
const OFFLINE: &str = "No articles yet. Start newsprint without --offline to fetch them.";

/// Draws the list; gives the cell of the chosen row.
pub fn draw(
    painter: &mut Painter<'_>,
    state: &State,
    panes: &Panes,
    area: Area,
) -> Option<(u16, u16)> {
    let focus = state.screen.focus == Pane::List && state.popup.open.is_none();
    let mut parts = vec!["Headlines".to_owned()];
    parts.extend(title(&state.choice, &state.settings.views));
    let list = &state.list;
    // Only in linear mode is there a title; a number that changed with each step would be said with each.
    let front = list
        .list
        .as_ref()
        .is_some_and(|list| list.fold == Fold::Front);
    let (one, many) = match front {
        true => ("story", "stories"),
        false if list.rows.iter().any(|row| row.folded.is_some()) => ("headline", "headlines"),
        false => ("article", "articles"),
    };
    let place = match list.counts {
        Some(counts) if counts.total == 1 => format!("1 {one}"),
        Some(counts) => format!("{} {many}", counts.total),
        None => String::new(),
    };
    let mut title = parts.join(", ");
    if list.counts.is_none() {
        // How many there are follows at once: then the line is said, and once.
        title.clear();
    }
    let inner = frame::pane(painter, panes, area, &title, &place);
    if list.rows.is_empty() {
        // A popup may say the same, and gets the keys.
        if !list.waiting && state.popup.open.is_none() {
            empty(painter, state, inner);
        }
        return None;
    }
    if painter.linear && list.waiting {
        // What was there is going: it need not be said once more.
        return None;
    }
    let each = state.row_height();
    let own = each - u16::from(list.ranked);
    let found = state.searched_beginnings();
    let columns = Columns::new(state, inner.w, own);
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
        let lines = own.min(inner.y + inner.h - y);
        let line = Area {
            y,
            h: lines,
            ..inner
        };
        if state.settings.reader.linear {
            draw_sentence(painter, state, row, line);
        } else {
            let standing = Standing {
                chosen,
                focus,
                picked: list.is_picked(at),
                again: again(state, at),
            };
            row::draw(painter, state, row, &columns, line, standing, &found);
        }
        if list.ranked && y + own < inner.y + inner.h {
            let indent = if painter.linear { 2 } else { columns.indent() };
            let below = Area {
                x: inner.x + indent,
                y: y + own,
                w: inner.w.saturating_sub(indent + 1),
                h: 1,
            };
            excerpt::draw(painter, &row.snippet, below);
        }
    }
    cursor
}

/// What a row is to the one above it, where both are the same story of one outlet: a later version, or an
/// earlier one. In a search each row says what was found.
fn again(state: &State, at: usize) -> Option<&'static str> {
    let list = &state.list;
    let row = &list.rows.get(at)?.headline;
    let above = &list.rows.get(at.checked_sub(1)?)?.headline;
    let same = row.outlet == above.outlet && row.title == above.title && !row.title.is_empty();
    match list.order {
        _ if !same || list.ranked => None,
        Order::Oldest => Some("update"),
        _ => Some("earlier version"),
    }
}

/// A row for ears and fingers: words instead of symbols, what matters most first, in as many lines as the
/// row has. Nothing marks the chosen one but the cursor: what is drawn anew would be said again.
fn draw_sentence(painter: &mut Painter<'_>, state: &State, row: &Row, area: Area) {
    let headline = &row.headline;
    let time = row::time_of(row);
    let states = [
        (row.is_unread(), "unread"),
        (row.is_starred(), "starred"),
        (headline.changed, "changed"),
        (headline.text == TextState::Excerpt, "excerpt"),
        (headline.text == TextState::None, "no text"),
        (headline.medium == Some(Medium::Audio), "audio"),
        (headline.medium == Some(Medium::Video), "video"),
    ];
    let mut end = String::new();
    for (_, word) in states.iter().filter(|(holds, _)| *holds) {
        end.push_str(", ");
        end.push_str(word);
    }
    let outlets = match &row.folded {
        Some(folded) => {
            let articles = folded.others.len() + 1;
            match folded.outlets {
                1 => format!("{articles} articles of {}", headline.outlet),
                outlets => format!(
                    "{articles} articles of {outlets} outlets, {} unread",
                    row.unread()
                ),
            }
        }
        None => headline.outlet.clone(),
    };
    let date = state.times().date(time);
    end.push_str(&format!(", {outlets}, {}", date.trim()));
    // A title too long for all lines gives way to what is to be known of it.
    let columns = usize::from(area.w);
    let lines = usize::from(area.h).max(1);
    let title = title_of(headline);
    let mut room = width(title);
    let mut rows = wrap(&format!("{title}{end}"), columns);
    while rows.len() > lines && room > columns / 2 {
        room -= 1 + (rows.len() - lines - 1) * columns / 2;
        let title = painter.cut(title, room.max(columns / 2) as u16);
        rows = wrap(&format!("{title}{end}"), columns);
    }
    for (y, text) in (area.y..).zip(rows.iter().take(lines)) {
        painter.put(area.x, y, area.w, text, painter.theme.text);
    }
}

/// Whether the empty list says why the first refresh has failed: once is enough.
pub fn says_why(state: &State) -> bool {
    let nothing = state.list.rows.is_empty() && state.side.store_empty;
    nothing && state.refresh.running.is_none() && !state.refresh.failures.is_empty()
}

/// Whether the empty list says what the first refresh does.
pub fn says_step(state: &State) -> bool {
    let nothing = state.list.rows.is_empty() && state.side.store_empty;
    let covered = state.popup.open.is_some() || state.refresh.placing.is_some();
    nothing && !covered && !state.choice.is_narrowed()
}

/// Why there is nothing, and the key that helps: a line each.
fn empty(painter: &mut Painter<'_>, state: &State, area: Area) {
    let key = |action: Action| state.key_or_name(action, LIST);
    // An account without outlets has not been synced yet.
    let outlets = !state.settings.outlets.is_empty() || !state.settings.accounts.is_empty();
    let all = match state.choice.place {
        Place::All => (Action::ShowAll, "show all"),
        _ => (Action::ShowAll, "all articles"),
    };
    let unread = (Action::ToggleUnread, "show all");
    let refresh = (Action::RefreshAll, "refresh");
    let add = (Action::AddOutlet, "add an outlet");
    let front = state.choice.place == Place::Stories;
    let mut below: Vec<(String, Style)> = Vec::new();
    let (why, keys): (String, &[(Action, &str)]) = if !outlets && state.side.store_empty {
        ("No outlets yet.".into(), &[(Action::AddOutlet, "add one")])
    } else if state.choice.story.is_some() && !state.choice.is_narrowed_by_hand() {
        let back = (Action::Back, "back");
        match state.choice.status {
            Status::All => ("This story's articles were removed.".into(), &[back]),
            Status::Unread => ("All read.".into(), &[all, back]),
            Status::Starred => ("No starred articles.".into(), &[all, back]),
        }
    } else if state.choice.is_narrowed() {
        let typed = [&state.choice.search, &state.choice.filter];
        let typed = typed.into_iter().flatten().next();
        let what = typed.map_or(String::new(), |typed| format!(" for {}", typed.text));
        let clear = (Action::ClearFilter, "clear");
        (format!("No matches{what}."), &[clear])
    } else if let (true, Some((done, total))) = (front, state.refresh.placing) {
        // In linear mode each number would be said.
        let why = match painter.linear {
            true => "Grouping articles into stories…".to_owned(),
            false => format!("Grouping articles into stories… {done} of {total}"),
        };
        (why, &[])
    } else if front && !state.side.store_empty && state.side.known {
        match state.choice.status {
            Status::All => {
                let how = "Articles about the same event form a story.";
                below.push((how.to_owned(), painter.theme.dim));
                let why = format!("No stories in the last {DAYS} days.");
                (why, &[refresh, add])
            }
            Status::Unread => ("All stories read.".into(), &[unread]),
            Status::Starred => ("No starred stories.".into(), &[all]),
        }
    } else if !state.side.store_empty && state.side.known {
        match state.choice.status {
            Status::Unread if state.choice.place != Place::All => {
                ("All read.".into(), &[unread, all])
            }
            Status::Unread => ("All read.".into(), &[all]),
            Status::Starred => ("No starred articles.".into(), &[all]),
            Status::All => {
                let failing = match &state.choice.place {
                    Place::Outlet(name) => why_failing(state, name),
                    _ => None,
                };
                match failing {
                    Some(why) => {
                        below.push((why.to_owned(), painter.theme.error));
                        (
                            "No articles yet.".into(),
                            &[(Action::Health, "status"), refresh],
                        )
                    }
                    None => match state.choice.place {
                        Place::Today => ("No articles today.".into(), &[refresh, all]),
                        Place::Starred => ("No starred articles.".into(), &[all]),
                        Place::View(_) => ("No articles in this view.".into(), &[refresh, all]),
                        _ => ("No articles yet.".into(), &[refresh]),
                    },
                }
            }
        }
    } else if let Some(running) = &state.refresh.running {
        below.push((running.step.clone(), painter.theme.dim));
        ("Fetching the news for the first time…".into(), &[])
    } else if !state.refresh.failures.is_empty() {
        // Each reason once, however many outlets have it.
        for (_, why) in &state.refresh.failures {
            let line = (why.clone(), painter.theme.error);
            if below.len() < 5 && !below.contains(&line) {
                below.push(line);
            }
        }
        let again = (Action::RefreshAll, "try again");
        match state.settings.offline {
            true => (OFFLINE.into(), &[]),
            false => ("No articles yet.".into(), &[add, again]),
        }
    } else if state.settings.offline {
        (OFFLINE.into(), &[])
    } else if state.side.known {
        ("No articles yet.".into(), &[refresh, add])
    } else {
        return;
    };
    let room = area.w.saturating_sub(2);
    let mut y = area.y + u16::from(area.h > 4);
    // While a line is typed a key is a letter of it.
    let keys = match state.prompt.line {
        Some(_) => &[],
        None => keys,
    };
    let hints: Vec<(String, &str)> = keys.iter().map(|(act, word)| (key(*act), *word)).collect();
    let dot = format!(" {} ", painter.symbols.dot);
    let said: Vec<String> = hints
        .iter()
        .map(|(key, word)| format!("{key}: {word}"))
        .collect();
    let said = said.join(&dot);
    let line = format!("{why} {said}");
    let fits = |text: &str| width(text) <= usize::from(room);
    if fits(&said) && !painter.linear {
        let mut x = area.x + 1;
        if fits(&line) {
            x += painter.put(x, y, room, &why, painter.theme.text) + 1;
        } else {
            for text in wrap(&why, usize::from(room)) {
                if y < area.y + area.h {
                    painter.put(x, y, room, &text, painter.theme.text);
                    y += 1;
                }
            }
        }
        // On one line, in the look of keys.
        if y < area.y + area.h {
            for (at, (key, word)) in hints.iter().enumerate() {
                if at > 0 {
                    x += painter.put(x, y, room, &dot, painter.theme.dim);
                }
                x += painter.put(x, y, room, key, painter.theme.key);
                x += painter.put(x, y, room, &format!(": {word}"), painter.theme.text);
            }
            y += u16::from(fits(&line) || !hints.is_empty());
        }
    } else {
        below.insert(0, (line.trim_end().to_owned(), painter.theme.text));
    }
    for (text, style) in below {
        for text in wrap(&text, usize::from(room)) {
            if y < area.y + area.h {
                painter.put(area.x + 1, y, room, &text, style);
                y += 1;
            }
        }
    }
}
