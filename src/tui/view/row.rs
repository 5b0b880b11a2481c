//! One headline in cells that never shift: symbols, age, title, outlet, and what else the reader has
//! asked for. Never here: which rows are on the screen, what stands below them.
//!
//! ```text
//!  ●★◐    17m Parliament passes amended budget after nine-hour debate over pe… Harbour Times
//!  ●   12 Jun EU and Armenia open visa talks                                   Kavkaz Review
//! ```

use ratatui::style::{Modifier, Style};

use crate::library::selection::Place;
use crate::tui::state::State;
use crate::tui::state::article_head::wrap;
use crate::tui::state::headlines::Row;
use crate::tui::state::layout::Area;
use newsprint_html::{marked, width};
use newsprint_model::query::Medium;
use newsprint_model::{Headline, TextState, Time};
use newsprint_store::Fold;

use super::painter::Painter;

/// The least part of the list's cells that titles have, in percent: what stands beside them goes first.
const TITLE_PART: u16 = 60;
/// Cells of outlets' names, and from how many cells of the list on the wider: 15 hold `Kura Courier +1`.
const OUTLET: (u16, u16, u16) = (15, 18, 120);
/// Lists of fewer cells have none to spare between the symbol of a text and an age.
const TIGHT: u16 = 100;
/// Cells of the outlets of a story on the front page: in lists below [`SHORT_AGES`], in others, in wide ones.
const OUTLETS: (u16, u16, u16) = (12, 16, 26);
/// A title of fewer cells says nothing: dates and symbols go as well.
const LEAST: u16 = 20;
/// Lists of fewer cells do without a margin.
const NARROW: u16 = 60;
/// Lists of fewer cells say `3w` and `5mo` instead of `12 Jun`.
const SHORT_AGES: u16 = 90;
/// Cells of a short age, and of others.
const AGE: (u16, u16) = (4, 6);
/// Cells of the ages of a story's first and last article.
const AGES: u16 = 7;

/// The columns that fit, with their cells, the space between them included.
pub struct Columns<'a> {
    /// In order; `title` is always there.
    cells: Vec<(&'a str, u16)>,
    /// Free cells before all of them: none in narrow lists.
    margin: u16,
    /// Ages are as short as can be.
    short: bool,
    /// An age begins right behind the symbol of a text.
    tight: bool,
}

impl<'a> Columns<'a> {
    /// The configured columns for a list of so many cells, whose rows have so many lines.
    pub fn new(state: &'a State, list: u16, lines: u16) -> Columns<'a> {
        let mut chosen: Vec<&str> = state
            .settings
            .reader
            .columns
            .iter()
            .map(String::as_str)
            .collect();
        if !chosen.contains(&"title") {
            chosen.push("title");
        }
        // One outlet alone need not be named in each row.
        if matches!(state.choice.place, Place::Outlet(_)) || state.settings.outlets.len() < 2 {
            chosen.retain(|column| *column != "outlet");
        }
        let outlet = if list >= OUTLET.2 { OUTLET.1 } else { OUTLET.0 };
        let names = state.settings.outlets.iter();
        let mut longest = names.map(|outlet| width(&outlet.name)).max().unwrap_or(0);
        let fold = state.list.list.as_ref().map(|list| list.fold);
        if fold.is_some_and(|fold| fold != Fold::Never) {
            // How many more outlets tell it stands behind the name.
            longest = (longest + width(" +1")).max(width("Outlet, Outl"));
        }
        let outlet = outlet.min(u16::try_from(longest).unwrap_or(outlet)).max(1);
        let (narrow, short, tight) = (list < NARROW, list < SHORT_AGES, list < TIGHT);
        // Of a front page the outlets and ages say more than how whole the text of one article is.
        let front = fold == Some(Fold::Front);
        if front {
            chosen.retain(|column| *column != "text");
        }
        let outlet = match list {
            _ if !front => outlet,
            ..SHORT_AGES => OUTLETS.0,
            _ if list < OUTLET.2 => OUTLETS.1,
            _ => OUTLETS.2,
        };
        let margin = u16::from(!narrow);
        let size = |column: &str| match column {
            "date" if !state.settings.reader.date_format.is_empty() => 16,
            "date" if front && !short => AGES,
            "date" if short => AGE.0,
            "date" => AGE.1,
            "outlet" => outlet,
            "text" => 1,
            "tags" => 21,
            "author" => 17,
            "lang" => 2,
            _ => 0,
        };
        // Dot and star, then each column with the space that parts it from the next.
        let beside = |chosen: &[&str]| -> u16 {
            let columns = chosen.iter().filter(|column| **column != "title");
            margin
                + 2
                + columns
                    .map(|column| size(column) + gap(column, tight))
                    .sum::<u16>()
        };
        // The title's cells of a line, taken over its lines: in two, what stands behind it takes cells of the second
        // only.
        let title_cells = |chosen: &[&str]| -> u16 {
            let second = list.saturating_sub(beside(chosen));
            let before = chosen.iter().take_while(|column| **column != "title");
            let before: Vec<&str> = before.copied().collect();
            match lines {
                0 | 1 => second,
                _ => (second + list.saturating_sub(beside(&before))) / 2,
            }
        };
        for dropped in ["lang", "author", "tags", "outlet"] {
            if title_cells(&chosen) >= (list * TITLE_PART).div_ceil(100) {
                break;
            }
            chosen.retain(|column| *column != dropped);
        }
        if list.saturating_sub(beside(&chosen)) < LEAST {
            chosen.retain(|column| !["date", "text"].contains(column));
        }
        let title = list.saturating_sub(beside(&chosen));
        Columns {
            cells: chosen
                .into_iter()
                .map(|column| match column {
                    "title" => (column, title),
                    column => (column, size(column) + gap(column, tight)),
                })
                .collect(),
            margin,
            short,
            tight,
        }
    }

    /// Cells before the title.
    pub fn indent(&self) -> u16 {
        let before = self
            .cells
            .iter()
            .take_while(|(column, _)| *column != "title");
        self.margin + 2 + before.map(|(_, cells)| cells).sum::<u16>()
    }

    /// Cells of the title with the space behind it, and of what stands behind that.
    fn title(&self) -> (u16, u16) {
        let mut from = self
            .cells
            .iter()
            .skip_while(|(column, _)| *column != "title");
        let title = from.next().map_or(0, |(_, cells)| *cells);
        (title, from.map(|(_, cells)| cells).sum())
    }
}

/// The space behind a column: none behind the symbol of the text where cells are few, since an age has seldom all of its
/// own.
fn gap(column: &str, tight: bool) -> u16 {
    u16::from(column != "text" || !tight)
}

/// How a row stands in the list.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// It is the chosen one.
    pub chosen: bool,
    /// Keys go to the list.
    pub focus: bool,
    /// It is in the range that was picked.
    pub picked: bool,
    /// What it is to the row above it, where that has the same title at the same outlet.
    pub again: Option<&'static str>,
}

/// Draws a row into `area`: one line, or two where the area has them, the second for the rest of the
/// title.
pub fn draw(
    painter: &mut Painter<'_>,
    state: &State,
    row: &Row,
    columns: &Columns<'_>,
    area: Area,
    standing: Standing,
    found: &[String],
) {
    let theme = painter.theme;
    let headline = &row.headline;
    let base = if row.is_unread() {
        theme.unread
    } else {
        theme.read
    };
    let over = match (standing.chosen, standing.focus) {
        (true, true) => Some(theme.selected),
        (true, false) => Some(theme.selected_away),
        _ if standing.picked => Some(theme.selected_away),
        _ => None,
    };
    if let Some(over) = over {
        painter.style(area.x, area.y, area.w, area.h, over);
    }
    // In the chosen row one style holds, so that it reads as one thing; its title is bold.
    let look = |style: Style| over.unwrap_or(style);
    let title_look = match over {
        Some(over) if standing.chosen => over.add_modifier(Modifier::BOLD),
        Some(over) => over,
        None => base,
    };
    let symbols = painter.symbols;
    let unread = if row.is_unread() { symbols.unread } else { " " };
    let left = area.x + columns.margin;
    painter.put(left, area.y, 1, unread, look(theme.mark));
    // A place of its own, so that what is starred and read can be told from what is not.
    let star = if row.is_starred() { symbols.star } else { " " };
    painter.put(left + 1, area.y, 1, star, look(theme.star));
    let again = standing
        .again
        .map(|word| format!("{} {word}", painter.symbols.again));
    let title = again.as_deref().unwrap_or_else(|| title_of(headline));
    let (room, behind) = columns.title();
    let margin = u16::from(behind > 0);
    // How many more there are of a story stands at the end of the first line; of one on the front page, how many
    // are unread, of how many.
    let front = state.list.list.as_ref();
    let front = front.is_some_and(|list| list.fold == Fold::Front);
    let named = columns.cells.iter().any(|(column, _)| *column == "outlet");
    let more = row.folded.as_ref().and_then(|folded| match front {
        true => Some(format!("{}/{}", row.unread(), folded.others.len() + 1)),
        // Each from another outlet: the outlets say it.
        false if named && folded.outlets == folded.others.len() as u64 + 1 => None,
        false => Some(format!("+{}", folded.others.len())),
    });
    let taken = more.as_ref().map_or(0, |more| width(more) as u16 + 1);
    let first = match area.h {
        0 | 1 => room,
        _ => room + behind,
    };
    let first = first.saturating_sub(margin);
    let lines = match area.h {
        0 | 1 => vec![title.to_owned()],
        _ => {
            let first = first.saturating_sub(taken);
            two_lines(painter, title, first, room - margin)
        }
    };
    let end = area.x + area.w;
    let mut x = left + 2;
    let mut y = area.y;
    for (column, cells) in &columns.cells {
        let room = (*cells).min(end.saturating_sub(x));
        if *column == "title" {
            let first = first.min(end.saturating_sub(x));
            let style = title_look;
            if let Some(more) = &more
                && first > taken
            {
                let x = x + first - (taken - 1);
                painter.put(x, y, taken, more, look(theme.state));
            }
            put_title(
                painter,
                (x, y, first.saturating_sub(taken)),
                &lines[0],
                found,
                style,
                over,
            );
            if area.h > 1 {
                // What stands behind the title goes to the second line, behind its rest.
                y += 1;
                let rest = lines.get(1).map_or("", String::as_str);
                put_title(
                    painter,
                    (x, y, room.saturating_sub(margin)),
                    rest,
                    found,
                    style,
                    over,
                );
            }
        } else {
            put_cell(
                painter,
                state,
                row,
                column,
                (x, y, room),
                (columns.short, columns.tight),
                &look,
            );
        }
        x += cells;
    }
}

/// A title in two lines, the first of `first` cells and the second of `second`, parted at a space.
fn two_lines(painter: &Painter<'_>, title: &str, first: u16, second: u16) -> Vec<String> {
    let mut lines = wrap(title, usize::from(first));
    if lines.len() > 1 {
        let rest = lines.split_off(1).join(" ");
        lines.push(painter.cut(&rest, second));
    }
    lines
}

/// The title, or that there is none.
pub fn title_of(headline: &Headline) -> &str {
    match headline.title.as_str() {
        "" => "(no title)",
        title => title,
    }
}

/// A title in which the words that were searched stand out.
fn put_title(
    painter: &mut Painter<'_>,
    (x, y, room): (u16, u16, u16),
    title: &str,
    found: &[String],
    style: Style,
    over: Option<Style>,
) {
    if found.is_empty() {
        painter.put(x, y, room, title, style);
        return;
    }
    let title = painter.cut(title, room);
    let (mut x, end) = (x, x + room);
    for (text, here) in marked(&title, found) {
        let style = match (here, over) {
            (false, _) => style,
            (true, None) => style.patch(painter.theme.found),
            // In the chosen row one bar holds: what is found is underlined in it.
            (true, Some(_)) => style.add_modifier(Modifier::UNDERLINED),
        };
        x += painter.put(x, y, end.saturating_sub(x), &text, style);
    }
}

/// One cell other than the title.
fn put_cell(
    painter: &mut Painter<'_>,
    state: &State,
    row: &Row,
    column: &str,
    (x, y, room): (u16, u16, u16),
    (short, tight): (bool, bool),
    look: &dyn Fn(Style) -> Style,
) {
    let theme = painter.theme;
    let headline = &row.headline;
    let room = room.saturating_sub(gap(column, tight));
    let (text, style) = match column {
        "date" => {
            let time = time_of(row);
            let first = row.folded.as_ref().map(|folded| folded.first);
            let first = first.and_then(|first| Time::from_microsecond(first).ok());
            let settings = &state.settings;
            let text = if settings.reader.date_format.is_empty() {
                let age = |time: Time| state.times().age(time, short || room == AGES);
                let ages = first.map(|first| format!("{}-{}", age(first), age(time)));
                // One age where both are the same, or there is no room for two.
                let two = ages.filter(|ages| {
                    first.is_some_and(|first| age(first) != age(time))
                        && width(ages) <= usize::from(room)
                        && room >= AGES
                });
                let mut text = two.unwrap_or_else(|| state.times().age(time, short));
                if tight
                    && width(&text) == usize::from(room)
                    && text_symbol(painter, headline) != " "
                {
                    // So that it does not touch the symbol before it.
                    text.retain(|c| c != ' ');
                }
                format!("{text:>0$}", usize::from(room))
            } else {
                state.times().date(time)
            };
            (text, theme.date)
        }
        "outlet" => {
            let several = row.folded.as_ref().filter(|folded| folded.outlets > 1);
            let text = match several {
                Some(folded) => outlets(&folded.names, usize::from(room)),
                None => newsprint_html::truncate_middle(&headline.outlet, usize::from(room)),
            };
            (text, theme.outlet)
        }
        "text" => (text_symbol(painter, headline).to_owned(), theme.state),
        "tags" => (headline.tags.join(", "), theme.tag),
        "author" => (headline.author.clone(), theme.dim),
        "lang" => (headline.lang.clone(), theme.dim),
        _ => return,
    };
    painter.put(x, y, room, &text, look(style));
}

/// The outlets of a story, as many as fit: `Post, Echo +3`. At least a part of the first.
fn outlets(names: &[String], room: usize) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| newsprint_html::safe_text::line(name))
        .collect();
    let rest = |named: usize| match names.len() - named {
        0 => String::new(),
        more => format!(" +{more}"),
    };
    for named in (1..=names.len()).rev() {
        let text = format!("{}{}", names[..named].join(", "), rest(named));
        if width(&text) <= room {
            return text;
        }
    }
    let Some(first) = names.first() else {
        return String::new();
    };
    let rest = rest(1);
    let first = newsprint_html::truncate_middle(first, room.saturating_sub(width(&rest)));
    format!("{first}{rest}")
}

/// The time that a row shows: of a story that of its latest article.
pub fn time_of(row: &Row) -> Time {
    let headline = &row.headline;
    let own = headline.published.unwrap_or(headline.first_seen);
    let last = row.folded.as_ref().map(|folded| folded.last);
    let last = last.and_then(|last| Time::from_microsecond(last).ok());
    last.map_or(own, |last| last.max(own))
}

/// The symbol of what is not whole, or is to be heard or seen; nothing for an article that is whole.
fn text_symbol(painter: &Painter<'_>, headline: &Headline) -> &'static str {
    let [audio, video] = painter.symbols.media;
    match headline.text {
        _ if headline.changed => painter.symbols.changed,
        _ if headline.medium == Some(Medium::Audio) => audio,
        _ if headline.medium == Some(Medium::Video) => video,
        TextState::Full => " ",
        TextState::Excerpt => painter.symbols.excerpt,
        TextState::None => painter.symbols.none,
    }
}
