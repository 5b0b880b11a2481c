//! Tables: kept until their end, then drawn as a grid where the width allows, as `Header: value`
//! lines where it does not, and read cell by cell where the table only places things on a page.
//! Never here: the text within the cells (`build`).

use std::ops::Range;

use super::build::{Builder, Text};
use super::wrap::{cluster, wrap};
use super::{Line, Marks, Span, Wrap};
use crate::text::clean::Tag;
use crate::text::clean::flow::{Element, Sink};

/// A cell with more text than this is a part of a page.
const LONG_CELL: usize = 600;
/// Lines that a cell of a grid may take.
const TALL_CELL: usize = 6;
/// Columns that a column is not narrowed below, if its text has as many.
const NARROW: usize = 6;

/// One call of the stream.
#[derive(Debug)]
enum Event {
    Open {
        tag: Tag,
        href: Range<usize>,
        start: Option<i32>,
        columns: u16,
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
pub(super) struct Recording {
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

    pub(super) fn open(&mut self, element: &Element<'_>) {
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
        });
    }

    /// Whether the table has ended.
    pub(super) fn close(&mut self, tag: Tag) -> bool {
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

    pub(super) fn text(&mut self, run: &str, _: bool) {
        self.cell += run.len();
        let range = self.keep(run);
        match self.events.last_mut() {
            Some(Event::Text(last)) if last.end == range.start => last.end = range.end,
            _ => self.events.push(Event::Text(range)),
        }
    }

    pub(super) fn space(&mut self, bound: bool) {
        self.events.push(Event::Space(bound));
    }

    pub(super) fn line_break(&mut self) {
        self.events.push(Event::Break);
    }

    pub(super) fn image(&mut self, url: &str, alt: &str) {
        let url = self.keep(url);
        let alt = self.keep(alt);
        self.events.push(Event::Image { url, alt });
    }

    pub(super) fn rule(&mut self) {
        self.events.push(Event::Rule);
    }

    /// Whether rows and columns mean something.
    pub(super) fn is_grid(&self) -> bool {
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
    pub(super) fn replay(&self, builder: &mut Builder<'_>) {
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
    pub(super) fn draw(&self, builder: &mut Builder<'_>) {
        let mut rows: Vec<Row> = Vec::new();
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
                Event::Open { tag: Tag::Row, .. } => rows.push(Row::default()),
                Event::Close(Tag::Row) => {}
                Event::Open {
                    tag: tag @ (Tag::Cell | Tag::HeadCell),
                    columns,
                    ..
                } => {
                    builder.marks.strong = *tag == Tag::HeadCell;
                    if let Some(row) = rows.last_mut() {
                        row.head.push(*tag == Tag::HeadCell);
                        row.spans.push(*columns);
                    }
                }
                Event::Close(Tag::Cell | Tag::HeadCell) => {
                    builder.marks.strong = false;
                    let mut text = std::mem::take(&mut builder.text);
                    text.trim();
                    if let Some(row) = rows.last_mut() {
                        row.cells.push(text);
                        // The columns of a cell that spans several stay empty.
                        for _ in 1..row.spans.last().copied().unwrap_or(1) {
                            row.cells.push(Text::default());
                            row.head.push(false);
                        }
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

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Text>,
    head: Vec<bool>,
    spans: Vec<u16>,
}

struct Grid {
    rows: Vec<Row>,
    /// Columns that the widest line of each column takes; that its longest word takes.
    wide: Vec<usize>,
    narrow: Vec<usize>,
    /// Whether a column holds numbers alone.
    numbers: Vec<bool>,
}

impl Grid {
    fn new(rows: Vec<Row>) -> Grid {
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let mut grid = Grid {
            wide: vec![0; columns],
            narrow: vec![0; columns],
            numbers: vec![false; columns],
            rows,
        };
        for row in &grid.rows {
            for (column, cell) in row.cells.iter().enumerate() {
                let (wide, narrow) = measure(&cell.text);
                grid.wide[column] = grid.wide[column].max(wide);
                grid.narrow[column] = grid.narrow[column].max(narrow.min(24));
            }
        }
        for column in 0..columns {
            let mut body = grid
                .rows
                .iter()
                .filter(|row| !row.head.get(column).copied().unwrap_or(false))
                .filter_map(|row| row.cells.get(column))
                .filter(|cell| !cell.text.is_empty())
                .peekable();
            grid.numbers[column] = body.peek().is_some() && body.all(|cell| is_number(&cell.text));
        }
        // A column without any text is there for the looks.
        for column in (0..columns)
            .rev()
            .filter(|column| grid.wide[*column] == 0)
            .collect::<Vec<_>>()
        {
            grid.wide.remove(column);
            grid.narrow.remove(column);
            grid.numbers.remove(column);
            for row in &mut grid.rows {
                if column < row.cells.len() {
                    row.cells.remove(column);
                    row.head.remove(column);
                }
            }
        }
        grid.rows
            .retain(|row| row.cells.iter().any(|cell| !cell.text.is_empty()));
        grid
    }

    fn draw(&self, builder: &mut Builder<'_>) {
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
                    row.cells
                        .get(column)
                        .map(|cell| lines(cell, *width))
                        .unwrap_or_default()
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
            let is_head = !row.head.is_empty() && row.head.iter().all(|head| *head);
            let goes_on = self
                .rows
                .get(index + 1)
                .is_some_and(|next| !next.head.iter().all(|head| *head));
            if is_head && goes_on {
                let parts: Vec<String> = widths.iter().map(|width| rule.repeat(*width)).collect();
                builder.push_line(vec![dimmed(parts.join(cross))], Wrap::Fresh);
            }
        }
    }

    /// `Header: value`, a line each, rows parted by empty lines; without headers, the cells of a
    /// row after each other.
    fn draw_lines(&self, builder: &mut Builder<'_>) {
        let head = self
            .rows
            .first()
            .filter(|row| row.cells.len() > 1 && row.head.iter().all(|head| *head));
        for row in self.rows.iter().skip(usize::from(head.is_some())) {
            builder.gap();
            for (column, cell) in row
                .cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.text.is_empty())
            {
                if let Some(name) = head.and_then(|head| head.cells.get(column))
                    && !name.text.is_empty()
                {
                    let strong = Marks {
                        strong: true,
                        ..Marks::default()
                    };
                    builder
                        .text
                        .push(&name.text.replace('\n', " "), strong, None);
                    builder.text.push(": ", strong, None);
                }
                builder.text.append(cell);
                builder.flush();
            }
        }
    }
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
