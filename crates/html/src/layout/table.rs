//! Tables: kept until their end, then drawn as a grid where the width allows, as `Header: value`
//! lines where it does not, and read cell by cell where the table only places things on a page.
//! Never here: the text within the cells (`build`), borders around merged cells (`merged`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::builder::{Builder, Text};
use super::merged_cells;
use super::wrap::{cluster, wrap};
use super::{Line, Marks, Span, Wrap};
use crate::reader::{Element, Sink};
use crate::tokens::Tag;

/// A cell with more text than this is a part of a page.
const LONG_CELL: usize = 600;
/// Lines that a cell of a grid may take.
pub(crate) const TALL_CELL: usize = 6;
/// Columns that a column is not narrowed below, if its text has as many.
const NARROW: usize = 6;
/// Slots of a table that its merged cells cover besides their first; what is over stands unmerged.
const MAX_COVERED: usize = 20_000;
/// A merged cell up to this wide is said again in each row that it covers, when rows are read as lines.
const REPEATED: usize = 40;

/// One call of the stream.
#[derive(Debug)]
enum Event {
    Open {
        tag: Tag,
        href: Range<usize>,
        start: Option<i32>,
        columns: u16,
        rows: u16,
    },
    Close(Tag),
    Text(Range<usize>),
    Space(bool),
    Break,
    Image {
        url: Range<usize>,
        alt: Range<usize>,
    },
    Rule,
}

/// A table as it was read.
#[derive(Debug, Default)]
pub(crate) struct Recording {
    events: Vec<Event>,
    arena: String,
    /// Tables that are open.
    depth: u32,
    /// Cells of the row that is open; the most that a row has; rows with more than one.
    row: usize,
    most: usize,
    wide_rows: usize,
    /// Bytes of text in the cell that is open; in the longest.
    cell: usize,
    longest: usize,
    /// Something in it that a cell of a grid has no room for.
    nested: bool,
}

impl Recording {
    fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.arena.len();
        self.arena.push_str(text);
        start..self.arena.len()
    }

    pub(crate) fn open(&mut self, element: &Element<'_>) {
        match element.tag {
            Tag::Table => {
                self.nested |= self.depth > 0;
                self.depth += 1;
            }
            Tag::Row if self.depth == 1 => self.row = 0,
            Tag::Cell | Tag::HeadCell if self.depth == 1 => {
                self.row += usize::from(element.columns);
                self.cell = 0;
            }
            Tag::Heading(_) | Tag::Quote | Tag::Pre | Tag::Details => self.nested = true,
            _ => {}
        }
        let href = self.keep(element.href);
        self.events.push(Event::Open {
            tag: element.tag,
            href,
            start: element.start,
            columns: element.columns,
            rows: element.rows,
        });
    }

    /// Whether the table has ended.
    pub(crate) fn close(&mut self, tag: Tag) -> bool {
        match tag {
            Tag::Table => self.depth -= 1,
            Tag::Row if self.depth == 1 => {
                self.most = self.most.max(self.row);
                self.wide_rows += usize::from(self.row > 1);
            }
            Tag::Cell | Tag::HeadCell if self.depth == 1 => {
                self.longest = self.longest.max(self.cell)
            }
            _ => {}
        }
        self.events.push(Event::Close(tag));
        self.depth == 0
    }

    pub(crate) fn text(&mut self, run: &str, _: bool) {
        self.cell += run.len();
        let range = self.keep(run);
        match self.events.last_mut() {
            Some(Event::Text(last)) if last.end == range.start => last.end = range.end,
            _ => self.events.push(Event::Text(range)),
        }
    }

    pub(crate) fn space(&mut self, bound: bool) {
        self.events.push(Event::Space(bound));
    }

    pub(crate) fn line_break(&mut self) {
        self.events.push(Event::Break);
    }

    pub(crate) fn image(&mut self, url: &str, alt: &str) {
        let url = self.keep(url);
        let alt = self.keep(alt);
        self.events.push(Event::Image { url, alt });
    }

    pub(crate) fn rule(&mut self) {
        self.events.push(Event::Rule);
    }

    /// Whether rows and columns mean something.
    pub(crate) fn is_grid(&self) -> bool {
        self.most > 1 && self.wide_rows > 0 && !self.nested && self.longest <= LONG_CELL
    }

    fn element(&self, tag: Tag, href: &Range<usize>, start: Option<i32>) -> Element<'_> {
        Element {
            tag,
            href: &self.arena[href.clone()],
            start,
            columns: 1,
            rows: 1,
            lang: "",
            dir: "",
        }
    }

    /// Gives one event that is not of a table to the builder.
    fn pass(&self, event: &Event, builder: &mut Builder<'_>) {
        match event {
            Event::Open {
                tag, href, start, ..
            } => builder.open(&self.element(*tag, href, *start)),
            Event::Close(tag) => builder.close(*tag),
            Event::Text(range) => builder.text(&self.arena[range.clone()], false),
            Event::Space(bound) => builder.space(*bound),
            Event::Break => builder.line_break(),
            Event::Image { url, alt } => {
                builder.image(&self.arena[url.clone()], &self.arena[alt.clone()]);
            }
            Event::Rule => builder.rule(),
        }
    }

    /// Reads the table cell by cell, as if there were none around them.
    pub(crate) fn replay(&self, builder: &mut Builder<'_>) {
        let mut depth = 0;
        for event in &self.events {
            match event {
                Event::Open { tag, .. } | Event::Close(tag) => {
                    let opens = matches!(event, Event::Open { .. });
                    if *tag == Tag::Table {
                        depth += if opens { 1 } else { -1 };
                        // Tables within are judged on their own.
                        if depth > 1 || (depth == 1 && !opens) {
                            self.pass(event, builder);
                        }
                    } else if depth > 1 || !matches!(tag, Tag::Row | Tag::Cell | Tag::HeadCell) {
                        self.pass(event, builder);
                    } else if *tag != Tag::Row {
                        builder.flush();
                        builder.gap();
                    }
                }
                _ => self.pass(event, builder),
            }
        }
    }

    /// Lays the table out as a grid, or as lines where it is too wide.
    pub(crate) fn draw(&self, builder: &mut Builder<'_>) {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        builder.in_cell = true;
        let outer = std::mem::take(&mut builder.marks);
        let mut caption = false;
        for event in &self.events {
            match event {
                Event::Open {
                    tag: Tag::Table, ..
                }
                | Event::Close(Tag::Table) => {}
                Event::Open {
                    tag: Tag::Caption, ..
                } => {
                    builder.in_cell = false;
                    caption = true;
                    self.pass(event, builder);
                }
                Event::Close(Tag::Caption) => {
                    self.pass(event, builder);
                    builder.in_cell = true;
                    caption = false;
                }
                _ if caption => self.pass(event, builder),
                Event::Open { tag: Tag::Row, .. } => rows.push(Vec::new()),
                Event::Close(Tag::Row) => {}
                Event::Open {
                    tag: tag @ (Tag::Cell | Tag::HeadCell),
                    columns,
                    rows: tall,
                    ..
                } => {
                    builder.marks.strong = *tag == Tag::HeadCell;
                    if let Some(row) = rows.last_mut() {
                        row.push(Cell {
                            text: Text::default(),
                            head: *tag == Tag::HeadCell,
                            columns: *columns,
                            rows: *tall,
                        });
                    }
                }
                Event::Close(Tag::Cell | Tag::HeadCell) => {
                    builder.marks.strong = false;
                    let mut text = std::mem::take(&mut builder.text);
                    text.trim();
                    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                        cell.text = text;
                    }
                }
                _ => self.pass(event, builder),
            }
        }
        builder.in_cell = false;
        builder.marks = outer;
        Grid::new(rows).draw(builder);
    }
}

impl Text {
    /// Takes line feeds off the end.
    fn trim(&mut self) {
        self.text.truncate(self.text.trim_end().len());
    }
}

/// A cell as the outlet wrote it.
#[derive(Debug, Default)]
pub(crate) struct Cell {
    pub(crate) text: Text,
    head: bool,
    columns: u16,
    rows: u16,
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
    fn new(source: Vec<Vec<Cell>>) -> Grid {
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
                grid.narrow[column] = grid.narrow[column].max(narrow.min(24));
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

    fn text(&self, row: usize, column: usize) -> &Text {
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
    fn is_merged(&self) -> bool {
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

    fn draw(&self, builder: &mut Builder<'_>) {
        if self.is_merged() && merged_cells::draw(self, builder) {
            return;
        }
        match self.fit(builder.columns()) {
            Some(widths) if self.is_low(&widths) => self.draw_grid(builder, &widths),
            _ => self.draw_lines(builder),
        }
    }

    /// Whether no cell becomes a tower of short lines.
    fn is_low(&self, widths: &[usize]) -> bool {
        let flat = |(wide, width): (&usize, &usize)| *wide <= width * TALL_CELL;
        self.wide.iter().zip(widths).all(flat)
    }

    /// The width of each column, if the table fits.
    fn fit(&self, room: usize) -> Option<Vec<usize>> {
        let between = self.wide.len().saturating_sub(1) * 3;
        let room = room.checked_sub(between)?;
        if self.wide.iter().sum::<usize>() <= room {
            return Some(self.wide.clone());
        }
        let mut widths: Vec<usize> = self
            .wide
            .iter()
            .zip(&self.narrow)
            .map(|(wide, narrow)| (*wide).min((*narrow).max(NARROW)))
            .collect();
        let mut left = room.checked_sub(widths.iter().sum())?;
        // What is left goes to the columns that want more, in equal steps.
        loop {
            let wanting = widths
                .iter()
                .zip(&self.wide)
                .filter(|(has, wants)| has < wants)
                .count();
            if wanting == 0 || left == 0 {
                return Some(widths);
            }
            let step = (left / wanting).max(1);
            for (has, wants) in widths.iter_mut().zip(&self.wide) {
                let more = step.min(wants.saturating_sub(*has)).min(left);
                *has += more;
                left -= more;
            }
        }
    }

    fn draw_grid(&self, builder: &mut Builder<'_>, widths: &[usize]) {
        let ascii = builder.options().ascii;
        let (bar, rule, cross) = if ascii {
            (" | ", "-", "-+-")
        } else {
            (" │ ", "─", "─┼─")
        };
        let dim = Marks {
            dim: true,
            ..Marks::default()
        };
        let dimmed = |text: String| Span {
            text,
            marks: dim,
            link: None,
        };
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
                builder.push_line(spans, Wrap::Fresh);
            }
            let goes_on = index + 1 < self.rows.len() && !self.is_head(index + 1);
            if self.is_head(index) && goes_on {
                let parts: Vec<String> = widths.iter().map(|width| rule.repeat(*width)).collect();
                builder.push_line(vec![dimmed(parts.join(cross))], Wrap::Fresh);
            }
        }
    }

    /// `Header: value`, a line each, rows parted by empty lines; without headers, the cells of a
    /// row after each other. What merged cells say is said in each of their rows.
    fn draw_lines(&self, builder: &mut Builder<'_>) {
        let mut heads: Vec<usize> = Vec::new();
        // Whether rows have followed the heads; the names that were said with a value.
        let mut followed = false;
        let mut said = BTreeSet::new();
        for row in 0..self.rows.len() {
            if self.is_banner(row) {
                if self.begins(row, 0) {
                    self.draw_row(row, &[], &mut said, builder);
                }
            } else if self.is_head(row) && self.rows[row].len() > 1 {
                if followed {
                    self.draw_unsaid(&heads, &said, builder);
                    heads.clear();
                }
                heads.push(row);
                followed = false;
            } else {
                self.draw_row(row, &heads, &mut said, builder);
                followed = true;
            }
        }
        self.draw_unsaid(&heads, &said, builder);
    }

    /// The names of columns that hold nothing.
    fn draw_unsaid(&self, heads: &[usize], said: &BTreeSet<usize>, builder: &mut Builder<'_>) {
        builder.gap();
        for &row in heads {
            for column in 0..self.rows[row].len() {
                if self.begins(row, column) && !said.contains(&self.rows[row][column]) {
                    builder.text.append(self.text(row, column));
                    builder.flush();
                }
            }
        }
    }

    fn draw_row(
        &self,
        row: usize,
        heads: &[usize],
        said: &mut BTreeSet<usize>,
        builder: &mut Builder<'_>,
    ) {
        let strong = Marks {
            strong: true,
            ..Marks::default()
        };
        builder.gap();
        for column in 0..self.rows[row].len() {
            let cell = self.text(row, column);
            let again = !self.begins(row, column);
            if cell.text.is_empty()
                || !self.begins_in_row(row, column)
                || again && (cell.text.len() > REPEATED * 4 || measure(&cell.text).0 > REPEATED)
            {
                continue;
            }
            let names = self.names(row, column, heads);
            for (index, name) in names.iter().enumerate() {
                let text = self.cells[*name].text.text.replace('\n', " ");
                builder.text.push(&text, strong, None);
                let last = index + 1 == names.len();
                builder
                    .text
                    .push(if last { ": " } else { ", " }, strong, None);
            }
            said.extend(names);
            builder.text.append(cell);
            builder.flush();
        }
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

/// Keeps what is marked.
fn retain<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    list.retain(|_| kept.next().copied().unwrap_or(true));
}

/// Columns of the widest line and of the longest word.
fn measure(text: &str) -> (usize, usize) {
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

fn lines(cell: &Text, width: usize) -> Vec<Line> {
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
