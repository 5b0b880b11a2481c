//! The headlines on and around the screen: a window that follows the cursor through a list of any
//! length, so that memory does not grow with the store. Never here: how rows look, where they come from.

use std::collections::HashMap;

use crate::tui::effect::{Effect, Fill, SortedRows};
use crate::tui::event::Found;

use super::order::Order;
use newsprint_model::{ArticleId, Counts, Cursor, Headline, Mark};
use newsprint_store::{At, Fold, Folded, List};

/// Rows fetched at once.
pub const CHUNK: usize = 200;
/// Rows of a search fetched at once.
const FOUND: usize = 50;
/// Rows kept; beyond it the far side is let go.
const KEEP: usize = 800;

/// Rows beyond the screen that are kept when the store has changed.
const NEAR: usize = 60;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The article.
    pub headline: Headline,
    /// The passage that matched a search.
    pub snippet: Vec<(String, bool)>,
    /// What the line stands for beside the article.
    pub folded: Option<Folded>,
}

/// A window of a list.
#[derive(Debug, Clone, Default)]
pub struct Headlines {
    /// Names the list in answers: what belongs to an older one is dropped.
    pub ticket: u64,
    /// The list; `None` before the first was opened.
    pub list: Option<List>,
    /// The rows in the window.
    pub rows: Vec<Row>,
    /// Place in the list of the window's first row, where it is known.
    pub first: Option<u64>,
    /// The window begins where the list does.
    pub start: bool,
    /// The window ends where the list does.
    pub end: bool,
    /// Index of the chosen row.
    pub cursor: usize,
    /// Index of the first row on the screen.
    pub top: usize,
    /// How many the list has.
    pub counts: Option<Counts>,
    /// How many came since it was opened.
    pub new: u64,
    /// Ordered by relevance.
    pub ranked: bool,
    /// How it is ordered where it is not ranked.
    pub order: Order,
    /// The article at which a range was begun; it goes from there to the cursor.
    pub picked_from: Option<ArticleId>,
    /// How many articles the mark was meant for that is being stored; copies are marked with them.
    pub marking: Option<u64>,
    /// Where the articles are whose marks are being undone.
    pub undone_at: Option<Cursor>,
    /// An answer is on its way.
    pub waiting: bool,
    /// The rows are those of the list before: the first of this one are on their way.
    pub loading_new_list: bool,
    /// The place to open at; the top where there is none.
    pub open_at: Option<Cursor>,
    /// Columns of a snippet; 0 until the window is known.
    pub snippet_width: usize,
    /// Steps that are still to be made when the rows have come.
    steps: isize,
}

impl Headlines {
    /// Before the first list was opened.
    pub fn new(order: Order) -> Headlines {
        Headlines {
            order,
            ..Headlines::default()
        }
    }

    /// Begins anew; what was asked for the old list is dropped when it comes.
    pub fn begin(&mut self, ranked: bool) -> u64 {
        let old = std::mem::take(self);
        *self = Headlines {
            ticket: old.ticket + 1,
            // The old rows stay on the screen until the new ones are there: no flash of emptiness.
            rows: old.rows,
            cursor: old.cursor,
            top: old.top,
            ranked,
            order: old.order,
            snippet_width: old.snippet_width,
            waiting: true,
            loading_new_list: true,
            ..Headlines::default()
        };
        self.ticket
    }

    /// Its pages are asked for by their place, since it is not ordered by newest first.
    pub fn by_offset(&self) -> bool {
        let front = self
            .list
            .as_ref()
            .is_some_and(|list| list.fold == Fold::Front);
        self.ranked || front || self.order != Order::Newest
    }

    /// The rows of the range that was picked, as indexes.
    pub fn range(&self) -> Option<std::ops::RangeInclusive<usize>> {
        let from = self.picked_from?;
        let from = self.rows.iter().position(|row| row.headline.id == from)?;
        let to = self.cursor.min(self.rows.len().checked_sub(1)?);
        Some(from.min(to)..=from.max(to))
    }

    /// Whether a row is in the range that was picked.
    pub fn is_picked(&self, row: usize) -> bool {
        self.range().is_some_and(|range| range.contains(&row))
    }

    /// How many articles are picked, those of folded stories included; `None` while none is being picked.
    pub fn picked(&self) -> Option<usize> {
        let rows = self.rows.get(self.range()?)?;
        let others = rows.iter().filter_map(|row| row.folded.as_ref());
        Some(rows.len() + others.map(|folded| folded.others.len()).sum::<usize>())
    }

    /// The chosen row.
    pub fn chosen(&self) -> Option<&Headline> {
        self.rows.get(self.cursor).map(|row| &row.headline)
    }

    /// Place of the chosen row in the list, from 1, where it is known.
    pub fn place(&self) -> Option<u64> {
        (!self.rows.is_empty()).then_some(self.first? + self.cursor as u64 + 1)
    }

    /// The chosen place, unless that is the first of the list or one of a ranking; of a list that is on its way the
    /// place where it opens.
    pub fn away_from_top(&self) -> Option<Cursor> {
        if self.loading_new_list {
            return self.open_at;
        }
        if self.by_offset() || self.place() == Some(1) {
            return None;
        }
        self.chosen().map(Headline::cursor)
    }

    /// Asks for the first rows of the list that was opened: those from its place on.
    pub fn first_rows(&mut self, list: List, limit: usize) -> Effect {
        let (at, fill) = match self.open_at.take() {
            Some(place) => (At::After(including(place)), Fill::Here),
            None => (At::Top, Fill::Top),
        };
        Effect::LoadRows {
            ticket: self.ticket,
            list,
            at,
            limit,
            fill,
        }
    }

    /// Moves by rows; asks for more where the window ends.
    pub fn step(&mut self, by: isize) -> Vec<Effect> {
        if self.waiting {
            self.steps = self.steps.saturating_add(by);
            return Vec::new();
        }
        let to = self.cursor.saturating_add_signed(by);
        let over = self.cursor as isize + by;
        if over < 0 && !self.start && !self.by_offset() {
            self.cursor = 0;
            self.steps = over;
            return self.before();
        }
        if to >= self.rows.len() && !self.end {
            let last = self.rows.len().saturating_sub(1);
            self.cursor = last;
            self.steps = (to - last) as isize;
            return self.after();
        }
        self.cursor = to.min(self.rows.len().saturating_sub(1));
        self.steps = 0;
        Vec::new()
    }

    /// Asks ahead when the screen comes near the window's edge.
    pub fn ahead(&mut self, height: usize) -> Vec<Effect> {
        if self.waiting || self.rows.is_empty() {
            return Vec::new();
        }
        if self.top + 2 * height > self.rows.len() && !self.end {
            self.after()
        } else if self.top < height && !self.start && !self.by_offset() {
            self.before()
        } else {
            Vec::new()
        }
    }

    fn after(&mut self) -> Vec<Effect> {
        let (Some(list), Some(last)) = (&self.list, self.rows.last()) else {
            return Vec::new();
        };
        self.waiting = true;
        let (ticket, list) = (self.ticket, list.clone());
        if self.by_offset() {
            return vec![self.page(list, self.rows.len() as u64)];
        }
        vec![Effect::LoadRows {
            ticket,
            list,
            at: At::After(last.headline.cursor()),
            limit: CHUNK,
            fill: Fill::Append,
        }]
    }

    /// Asks for rows from a place on, where the list is not ordered by newest first.
    pub fn page(&self, list: List, offset: u64) -> Effect {
        let ticket = self.ticket;
        if self.ranked {
            Effect::Search {
                ticket,
                list,
                offset,
                limit: FOUND,
                width: self.snippet_width.max(40),
            }
        } else {
            Effect::LoadSorted(SortedRows {
                ticket,
                list,
                order: self.order,
                offset,
                limit: CHUNK,
            })
        }
    }

    /// Asks for the rows up to this one and some more, where the list is not ordered by newest first.
    pub fn up_to(&mut self, list: List, row: usize) -> Vec<Effect> {
        self.waiting = true;
        let have = self.rows.len();
        vec![Effect::LoadSorted(SortedRows {
            ticket: self.ticket,
            list,
            order: self.order,
            offset: have as u64,
            limit: row.saturating_sub(have) + CHUNK,
        })]
    }

    fn before(&mut self) -> Vec<Effect> {
        let (Some(list), Some(row)) = (&self.list, self.rows.first()) else {
            return Vec::new();
        };
        self.waiting = true;
        vec![Effect::LoadRows {
            ticket: self.ticket,
            list: list.clone(),
            at: At::Before(row.headline.cursor()),
            limit: CHUNK,
            fill: Fill::Prepend,
        }]
    }

    /// Goes to the last row.
    pub fn to_end(&mut self) -> Vec<Effect> {
        if self.end || self.by_offset() {
            return self.step(isize::MAX / 2);
        }
        let Some(list) = &self.list else {
            return Vec::new();
        };
        self.waiting = true;
        vec![Effect::LoadRows {
            ticket: self.ticket,
            list: list.clone(),
            at: At::Bottom,
            limit: CHUNK,
            fill: Fill::Bottom,
        }]
    }

    /// Goes to an article by its place in the list.
    pub fn go_to(&mut self, place: Cursor) -> Vec<Effect> {
        if let Some(at) = self.rows.iter().position(|row| row.headline.id == place.id) {
            self.cursor = at;
            return Vec::new();
        }
        let Some(list) = &self.list else {
            return Vec::new();
        };
        self.waiting = true;
        vec![Effect::LoadRows {
            ticket: self.ticket,
            list: list.clone(),
            at: At::After(including(place)),
            limit: CHUNK,
            fill: Fill::Here,
        }]
    }

    /// The rows on and near the screen once more, as they are now; those further off are let go, so
    /// that what is scrolled to is never older than what is seen.
    pub fn again(&mut self) -> Vec<Effect> {
        if self.by_offset() || self.waiting {
            // Other rows are not to come now, or have no place that they could be asked for by.
            let ids: Vec<ArticleId> = self.rows.iter().flat_map(Row::articles).collect();
            return match ids.is_empty() {
                true => Vec::new(),
                false => vec![Effect::LoadHeadlines(ids)],
            };
        }
        let from = self.top.min(self.cursor).saturating_sub(NEAR);
        if from > 0 {
            self.rows.drain(..from);
            self.first = self.first.map(|first| first + from as u64);
            self.start = false;
            self.cursor -= from;
            self.top -= from;
        }
        let to = self.top.max(self.cursor) + 2 * NEAR;
        if to < self.rows.len() {
            self.rows.truncate(to);
            self.end = false;
        }
        let (Some(list), Some(row)) = (&self.list, self.rows.first()) else {
            return Vec::new();
        };
        vec![Effect::LoadRows {
            ticket: self.ticket,
            list: list.clone(),
            at: At::After(including(row.headline.cursor())),
            limit: self.rows.len(),
            fill: Fill::Again,
        }]
    }

    /// Takes rows in; gives what is still to be asked for.
    pub fn take_rows(
        &mut self,
        rows: Vec<Headline>,
        mut folds: HashMap<ArticleId, Folded>,
        fill: Fill,
        end: bool,
        first: Option<u64>,
    ) -> Vec<Effect> {
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|headline| Row {
                folded: folds.remove(&headline.id),
                headline,
                snippet: Vec::new(),
            })
            .collect();
        let steps = std::mem::take(&mut self.steps);
        if fill != Fill::Again {
            self.waiting = false;
            self.loading_new_list = false;
        }
        match fill {
            // Nothing is as old as the place: its end is the nearest.
            Fill::Here if rows.is_empty() => {
                // The rows that are here are still those of the list before.
                self.loading_new_list = true;
                return self.to_end();
            }
            Fill::Top | Fill::Here => {
                self.rows = rows;
                self.start = fill == Fill::Top || first == Some(0);
                self.end = end;
                self.first = if fill == Fill::Top { Some(0) } else { first };
                (self.cursor, self.top) = (0, 0);
            }
            Fill::Bottom => {
                self.first = first.or_else(|| {
                    let total = self.counts?.total;
                    total.checked_sub(rows.len() as u64)
                });
                self.rows = rows;
                self.start = end;
                self.end = true;
                self.cursor = self.rows.len().saturating_sub(1);
                self.top = self.cursor;
            }
            Fill::Append => {
                self.rows.extend(rows);
                self.end = end;
                let extra = self.rows.len().saturating_sub(KEEP).min(self.top);
                if extra > 0 {
                    self.rows.drain(..extra);
                    self.start = false;
                    self.first = self.first.map(|first| first + extra as u64);
                    self.cursor = self.cursor.saturating_sub(extra);
                    self.top -= extra;
                }
            }
            Fill::Prepend => {
                let count = rows.len();
                self.rows.splice(..0, rows);
                self.start = end;
                self.cursor += count;
                self.top += count;
                self.first = match (self.start, self.first) {
                    (true, _) => Some(0),
                    (false, first) => first.and_then(|first| first.checked_sub(count as u64)),
                };
                let keep = KEEP.max(self.top + CHUNK);
                if self.rows.len() > keep {
                    self.rows.truncate(keep);
                    self.end = false;
                }
            }
            Fill::Again => {
                self.steps = steps;
                for now in rows {
                    let mut have = self.rows.iter_mut();
                    if let Some(row) = have.find(|row| row.headline.id == now.headline.id) {
                        *row = now;
                    }
                }
                return Vec::new();
            }
        }
        if steps != 0 {
            return self.step(steps);
        }
        Vec::new()
    }

    /// Takes in how many the list has.
    pub fn take_counts(&mut self, counts: Counts) {
        self.counts = Some(counts);
        if self.first.is_none() && self.end {
            self.first = counts.total.checked_sub(self.rows.len() as u64);
        }
    }

    /// Takes headlines of rows in, as they are now.
    pub fn take_headlines(&mut self, headlines: Vec<Headline>) {
        let mut now: HashMap<ArticleId, Headline> = headlines
            .into_iter()
            .map(|headline| (headline.id, headline))
            .collect();
        for row in &mut self.rows {
            for other in row.folded.iter_mut().flat_map(|folded| &mut folded.others) {
                if let Some(now) = now.get(&other.id) {
                    (other.read, other.starred) = (now.read, now.starred);
                }
            }
            if let Some(now) = now.remove(&row.headline.id) {
                row.headline = now;
            }
        }
    }

    /// Takes results of a search in.
    pub fn take_found(&mut self, offset: u64, found: Vec<Found>, end: bool) -> Vec<Effect> {
        self.waiting = false;
        self.loading_new_list = false;
        let steps = std::mem::take(&mut self.steps);
        let rows = found.into_iter().map(|found| Row {
            headline: found.headline,
            snippet: found.snippet,
            folded: found.folded,
        });
        if offset == 0 {
            self.rows = rows.collect();
            (self.cursor, self.top) = (0, 0);
            self.first = Some(0);
            self.start = true;
        } else {
            self.rows.extend(rows);
        }
        self.end = end;
        if steps != 0 {
            return self.step(steps);
        }
        Vec::new()
    }

    /// Scrolls so that the cursor is on a screen of so many rows, with two rows of context where there is room.
    pub fn follow(&mut self, height: usize) {
        let height = height.max(1);
        let margin = 2.min(height.saturating_sub(1) / 2);
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
        if self.cursor < self.top + margin {
            self.top = self.cursor.saturating_sub(margin);
        }
        if self.cursor + margin >= self.top + height {
            self.top = (self.cursor + margin + 1).saturating_sub(height);
        }
        let last = self.rows.len().saturating_sub(height);
        if self.end {
            self.top = self.top.min(last);
        }
    }

    /// Shows a mark at once, before it is stored.
    pub fn show_mark(&mut self, id: ArticleId, mark: Mark) {
        for row in &mut self.rows {
            if row.headline.id == id {
                apply(&mut row.headline, mark);
            }
            for other in row.folded.iter_mut().flat_map(|folded| &mut folded.others) {
                if other.id == id {
                    match mark {
                        Mark::Read | Mark::Unread => other.read = mark == Mark::Read,
                        Mark::Star | Mark::Unstar => other.starred = mark == Mark::Star,
                    }
                }
            }
        }
    }

    /// Shows rows as read at once, before that is stored.
    pub fn show_read(&mut self, which: impl Fn(usize) -> bool) {
        for (at, row) in self.rows.iter_mut().enumerate() {
            if which(at) {
                row.headline.read = true;
                for other in row.folded.iter_mut().flat_map(|folded| &mut folded.others) {
                    other.read = true;
                }
            }
        }
    }
}

/// The mark on a headline.
pub fn apply(headline: &mut Headline, mark: Mark) {
    match mark {
        Mark::Read => headline.read = true,
        Mark::Unread => headline.read = false,
        Mark::Star => headline.starred = true,
        Mark::Unstar => headline.starred = false,
    }
}

/// The place just before another, so that what follows it begins with the other.
fn including(place: Cursor) -> Cursor {
    Cursor {
        sort: place.sort,
        id: ArticleId(place.id.0.saturating_add(1)),
    }
}
