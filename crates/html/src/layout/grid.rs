//! Tables with each cell in its place: as a grid with bars where the width allows, else as `Header: value`
//! paragraphs.
//! Never here: how a table is read (`table`), borders around merged cells (`merged_cells`).

use std::collections::{BTreeMap, BTreeSet};

use super::styled_text::StyledText;
use super::wrap::{cluster, wrap};
use super::{Line, Marks, Span};

/// Lines that a cell of a grid may take.
pub(crate) const TALL_CELL: usize = 6;
/// Columns of a border with the air at both sides.
pub(crate) const BORDER: usize = 3;
/// Columns that a column is not narrowed below, if its text has as many.
const NARROW: usize = 6;
/// Columns that one word may ask for; longer ones are parted.
const MAX_WORD: usize = 24;
/// Slots of a table that its merged cells cover besides their first; what is over stands unmerged.
const MAX_COVERED: usize = 20_000;
/// A merged cell up to this wide is said again in each row that it covers, when rows are read as lines.
const REPEATED: usize = 40;

/// A cell as the outlet wrote it.
#[derive(Debug, Default)]
pub(crate) struct Cell {
    pub(crate) text: StyledText,
    pub(crate) head: bool,
    /// What it spans, at least 1 each.
    pub(crate) columns: u16,
    pub(crate) rows: u16,
}

/// A table with each cell in its place.
pub(crate) struct Grid {
    pub(crate) cells: Vec<Cell>,
    /// The cell that each slot belongs to: a merged cell has several. Rows may be of different lengths.
    pub(crate) rows: Vec<Vec<usize>>,
    /// Columns that the widest line of each column takes; that its longest word takes.
    wide: Vec<usize>,
    narrow: Vec<usize>,
    /// Whether a column holds numbers alone.
    numbers: Vec<bool>,
}

/// Gives each cell its slots (WHATWG HTML, 4.9.12.1), but for cells that would lie on each other: the
/// later one ends where the earlier one stands.
fn place(source: Vec<Vec<Cell>>) -> (Vec<Cell>, Vec<Vec<usize>>) {
    let mut cells = Vec::new();
    let mut rows = Vec::with_capacity(source.len());
    let mut left = MAX_COVERED;
    // What reaches down into the next row: its column, its cell and how many rows it still takes.
    let mut above: BTreeMap<usize, (usize, u16)> = BTreeMap::new();
    for source in source {
        let mut row = Vec::with_capacity(source.len());
        let mut below = BTreeMap::new();
        let mut cover = |row: &mut Vec<usize>, below: &mut BTreeMap<usize, (usize, u16)>| {
            while let Some((cell, rows)) = above.remove(&row.len()) {
                if rows > 1 {
                    below.insert(row.len(), (cell, rows - 1));
                }
                row.push(cell);
            }
            above.keys().next().copied()
        };
        for cell in source {
            let next = cover(&mut row, &mut below);
            let first = row.len();
            let free = next.map_or(usize::MAX, |next| next - first);
            let columns = usize::from(cell.columns).min(free).min(1 + left);
            let tall = usize::from(cell.rows);
            let covered = columns * tall - 1;
            let tall = if covered <= left { tall } else { 1 };
            left -= columns * tall - 1;
            for column in first..first + columns {
                row.push(cells.len());
                if tall > 1 {
                    below.insert(column, (cells.len(), tall as u16 - 1));
                }
            }
            cells.push(cell);
        }
        // What reaches down behind the end of a short row keeps its column.
        while let Some(next) = cover(&mut row, &mut below) {
            let gap = next - row.len();
            if gap > left {
                break;
            }
            left -= gap;
            for _ in 0..gap {
                row.push(cells.len());
                cells.push(Cell::default());
            }
        }
        rows.push(row);
        above = below;
    }
    (cells, rows)
}

impl Grid {
    pub(crate) fn new(source: Vec<Vec<Cell>>) -> Grid {
        let (cells, rows) = place(source);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut grid = Grid {
            cells,
            rows,
            wide: vec![0; columns],
            narrow: vec![0; columns],
            numbers: vec![false; columns],
        };
        // Whether the texts that each column has outside of its head are numbers.
        let mut texts: Vec<Option<bool>> = vec![None; columns];
        for row in 0..grid.rows.len() {
            for (column, &slot) in grid.rows[row].iter().enumerate() {
                let cell = &grid.cells[slot];
                if cell.text.text.is_empty() || !grid.begins(row, column) {
                    continue;
                }
                let (wide, narrow) = measure(&cell.text.text);
                grid.wide[column] = grid.wide[column].max(wide);
                grid.narrow[column] = grid.narrow[column].max(narrow.min(MAX_WORD));
                if !cell.head {
                    let number = is_number(&cell.text.text);
                    texts[column] = Some(texts[column].unwrap_or(true) && number);
                }
            }
        }
        grid.numbers = texts.iter().map(|text| text.unwrap_or(false)).collect();
        // A column without any text is there for the looks, and so is such a row.
        let shown: Vec<bool> = grid.wide.iter().map(|wide| *wide > 0).collect();
        retain(&mut grid.wide, &shown);
        retain(&mut grid.narrow, &shown);
        retain(&mut grid.numbers, &shown);
        let shows: Vec<bool> = (0..grid.rows.len())
            .map(|row| {
                (0..grid.rows[row].len()).any(|column| {
                    grid.begins(row, column) && !grid.text(row, column).text.is_empty()
                })
            })
            .collect();
        retain(&mut grid.rows, &shows);
        for row in &mut grid.rows {
            retain(row, &shown);
        }
        grid
    }

    pub(crate) fn text(&self, row: usize, column: usize) -> &StyledText {
        &self.cells[self.rows[row][column]].text
    }

    /// Whether a slot is the first of its cell in this row.
    pub(crate) fn begins_in_row(&self, row: usize, column: usize) -> bool {
        let slots = &self.rows[row];
        column == 0 || slots[column - 1] != slots[column]
    }

    /// Whether a slot is the first of its cell.
    pub(crate) fn begins(&self, row: usize, column: usize) -> bool {
        let slot = Some(&self.rows[row][column]);
        self.begins_in_row(row, column) && (row == 0 || self.rows[row - 1].get(column) != slot)
    }

    /// Whether cells of several columns or rows are in it.
    pub(crate) fn is_merged(&self) -> bool {
        (0..self.rows.len())
            .any(|row| (0..self.rows[row].len()).any(|column| !self.begins(row, column)))
    }

    fn is_head(&self, row: usize) -> bool {
        let slots = &self.rows[row];
        !slots.is_empty() && slots.iter().all(|slot| self.cells[*slot].head)
    }

    /// Whether one cell takes the whole width: a title of what follows, or a note.
    fn is_banner(&self, row: usize) -> bool {
        let slots = &self.rows[row];
        slots.len() > 1 && slots.iter().all(|slot| *slot == slots[0])
    }

    /// Whether no cell becomes a tower of short lines.
    fn is_low(&self, widths: &[usize]) -> bool {
        let flat = |(wide, width): (&usize, &usize)| *wide <= width * TALL_CELL;
        self.wide.iter().zip(widths).all(flat)
    }

    /// Lines of at most `room` columns, or `None` where the table is too wide for a grid.
    pub(crate) fn as_grid(&self, room: usize, ascii: bool) -> Option<Vec<Vec<Span>>> {
        let widths = fit(&self.wide, &self.narrow, room).filter(|widths| self.is_low(widths))?;
        let (bar, rule, cross) = if ascii {
            (" | ", "-", "-+-")
        } else {
            (" │ ", "─", "─┼─")
        };
        let mut drawn = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let cells: Vec<Vec<Line>> = widths
                .iter()
                .enumerate()
                .map(|(column, width)| {
                    if column < row.len() && self.begins(index, column) {
                        lines(self.text(index, column), *width)
                    } else {
                        Vec::new()
                    }
                })
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for at in 0..height {
                let mut spans = Vec::with_capacity(widths.len() * 2);
                for (column, width) in widths.iter().enumerate() {
                    if column > 0 {
                        spans.push(dimmed(bar.to_owned()));
                    }
                    let line = cells[column].get(at);
                    let pad = width.saturating_sub(line.map_or(0, Line::width));
                    let right = self.numbers[column];
                    if right && pad > 0 {
                        spans.push(dimmed(" ".repeat(pad)));
                    }
                    spans.extend(line.iter().flat_map(|line| line.spans.iter().cloned()));
                    if !right && pad > 0 && column + 1 < widths.len() {
                        spans.push(dimmed(" ".repeat(pad)));
                    }
                }
                drawn.push(spans);
            }
            let goes_on = index + 1 < self.rows.len() && !self.is_head(index + 1);
            if self.is_head(index) && goes_on {
                let parts: Vec<String> = widths.iter().map(|width| rule.repeat(*width)).collect();
                drawn.push(vec![dimmed(parts.join(cross))]);
            }
        }
        Some(drawn)
    }

    /// `Header: value`, a paragraph each, the rows kept apart; without headers, the cells of a row after each
    /// other. What merged cells say is said in each of their rows.
    pub(crate) fn as_paragraphs(&self) -> Vec<Vec<StyledText>> {
        let mut groups = Vec::new();
        let mut heads: Vec<usize> = Vec::new();
        // Whether rows have followed the heads; the names that were said with a value.
        let mut followed = false;
        let mut said = BTreeSet::new();
        for row in 0..self.rows.len() {
            if self.is_banner(row) {
                if self.begins(row, 0) {
                    groups.push(self.row_paragraphs(row, &[], &mut said));
                }
            } else if self.is_head(row) && self.rows[row].len() > 1 {
                if followed {
                    groups.push(self.unsaid_names(&heads, &said));
                    heads.clear();
                }
                heads.push(row);
                followed = false;
            } else {
                groups.push(self.row_paragraphs(row, &heads, &mut said));
                followed = true;
            }
        }
        groups.push(self.unsaid_names(&heads, &said));
        groups
    }

    /// The names of columns that hold nothing.
    fn unsaid_names(&self, heads: &[usize], said: &BTreeSet<usize>) -> Vec<StyledText> {
        let mut names = Vec::new();
        for &row in heads {
            for column in 0..self.rows[row].len() {
                if self.begins(row, column) && !said.contains(&self.rows[row][column]) {
                    names.push(self.text(row, column).clone());
                }
            }
        }
        names
    }

    fn row_paragraphs(
        &self,
        row: usize,
        heads: &[usize],
        said: &mut BTreeSet<usize>,
    ) -> Vec<StyledText> {
        let strong = Marks {
            strong: true,
            ..Marks::default()
        };
        let mut paragraphs = Vec::new();
        for column in 0..self.rows[row].len() {
            let cell = self.text(row, column);
            let again = !self.begins(row, column);
            if cell.text.is_empty()
                || !self.begins_in_row(row, column)
                || again && (cell.text.len() > REPEATED * 4 || measure(&cell.text).0 > REPEATED)
            {
                continue;
            }
            let mut paragraph = StyledText::default();
            let names = self.names(row, column, heads);
            for (index, name) in names.iter().enumerate() {
                let text = self.cells[*name].text.text.replace('\n', " ");
                paragraph.push(&text, strong, None);
                let last = index + 1 == names.len();
                paragraph.push(if last { ": " } else { ", " }, strong, None);
            }
            said.extend(names);
            paragraph.append(cell);
            paragraphs.push(paragraph);
        }
        paragraphs
    }

    /// The heads of a cell: those that stand above the whole of it, from the top; else each of the
    /// nearest row.
    fn names(&self, row: usize, column: usize, heads: &[usize]) -> Vec<usize> {
        let slots = &self.rows[row];
        let wide = slots[column..]
            .iter()
            .take_while(|slot| **slot == slots[column]);
        let columns = column..column + wide.count();
        let above = |head: usize| {
            let slots = &self.rows[head];
            slots
                .get(columns.start..columns.end.min(slots.len()))
                .unwrap_or(&[])
        };
        let mut names: Vec<usize> = heads
            .iter()
            .map(|head| above(*head))
            .filter(|slots| slots.iter().all(|slot| *slot == slots[0]))
            .filter_map(|slots| slots.first().copied())
            .collect();
        if names.is_empty() {
            names = heads.last().map_or(&[][..], |head| above(*head)).to_vec();
        }
        names.dedup();
        names.retain(|slot| !self.cells[*slot].text.text.is_empty());
        names
    }
}

/// The width of each column of a table that may take `room` columns of the terminal, if it fits: from what its
/// longest word takes (`narrow`) to what its widest line takes (`wide`).
pub(crate) fn fit(wide: &[usize], narrow: &[usize], room: usize) -> Option<Vec<usize>> {
    let room = room.checked_sub(wide.len().saturating_sub(1) * BORDER)?;
    if wide.iter().sum::<usize>() <= room {
        return Some(wide.to_vec());
    }
    let mut widths: Vec<usize> = wide
        .iter()
        .zip(narrow)
        .map(|(wide, narrow)| (*wide).min((*narrow).max(NARROW)))
        .collect();
    let mut left = room.checked_sub(widths.iter().sum())?;
    // What is left goes to the columns that want more, in equal steps.
    loop {
        let wanting = widths
            .iter()
            .zip(wide)
            .filter(|(has, wants)| has < wants)
            .count();
        if wanting == 0 || left == 0 {
            return Some(widths);
        }
        let step = (left / wanting).max(1);
        for (has, wants) in widths.iter_mut().zip(wide) {
            let more = step.min(wants.saturating_sub(*has)).min(left);
            *has += more;
            left -= more;
        }
    }
}

/// A piece of a border, or what keeps it in its column.
pub(crate) fn dimmed(text: String) -> Span {
    Span {
        text,
        marks: Marks {
            dim: true,
            ..Marks::default()
        },
        link: None,
    }
}

/// Keeps what is marked.
fn retain<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    list.retain(|_| kept.next().copied().unwrap_or(true));
}

/// Columns of the widest line and of the longest word.
pub(crate) fn measure(text: &str) -> (usize, usize) {
    let (mut wide, mut narrow, mut line, mut word, mut at) = (0, 0, 0, 0, 0);
    while at < text.len() {
        let byte = text.as_bytes()[at];
        let (length, columns) = cluster(text, at);
        if byte == b'\n' {
            (line, word) = (0, 0);
        } else {
            line += columns;
            word = if byte == b' ' { 0 } else { word + columns };
        }
        wide = wide.max(line);
        narrow = narrow.max(word);
        at += length;
    }
    (wide, narrow)
}

fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.len() < 24
        && text.chars().filter(|c| c.is_alphabetic()).count() <= 3
}

/// A text as lines of at most `width` columns.
pub(crate) fn lines(cell: &StyledText, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut run = 0;
    wrap(&cell.text, width, |range, wrap| {
        let mut line = Line {
            spans: Vec::new(),
            wrap,
        };
        run = cell.spans(range, run, &mut line.spans);
        lines.push(line);
    });
    lines
}
