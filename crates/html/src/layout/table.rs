//! A table as it was read, kept until its end, and which of its looks fits.
//! Never here: the text within the cells (`builder`), where cells stand (`grid`).

use std::ops::Range;

use super::Span;
use super::grid::{Cell, Grid};
use super::merged_cells;
use super::styled_text::StyledText;
use crate::reader::{Element, HtmlSink};
use crate::tokens::Tag;

/// A cell with more text than this is a part of a page.
const LONG_CELL: usize = 600;

/// One call of the stream.
#[derive(Debug)]
enum Event {
    Open {
        tag: Tag,
        href: Range<usize>,
        start: Option<i32>,
        value: Option<i32>,
        reversed: bool,
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
            value: element.value,
            reversed: element.reversed,
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

    /// What was read, in its order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let text = |range: &Range<usize>| &self.arena[range.clone()];
        self.events.iter().map(move |event| match event {
            Event::Open {
                tag,
                href,
                start,
                value,
                reversed,
                columns,
                rows,
            } => Piece::Open(Element {
                href: text(href),
                start: *start,
                value: *value,
                reversed: *reversed,
                columns: *columns,
                rows: *rows,
                ..Element::bare(*tag)
            }),
            Event::Close(tag) => Piece::Close(*tag),
            Event::Text(range) => Piece::Text(text(range)),
            Event::Space(bound) => Piece::Space(*bound),
            Event::Break => Piece::Break,
            Event::Image { url, alt } => Piece::Image(text(url), text(alt)),
            Event::Rule => Piece::Rule,
        })
    }
}

/// One call of the stream, as it is given again.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Piece<'r> {
    Open(Element<'r>),
    Close(Tag),
    Text(&'r str),
    Space(bool),
    Break,
    /// Its address and description.
    Image(&'r str, &'r str),
    Rule,
}

impl Piece<'_> {
    pub(crate) fn pass(&self, sink: &mut impl HtmlSink) {
        match self {
            Piece::Open(element) => sink.open(element),
            Piece::Close(tag) => sink.close(*tag),
            Piece::Text(run) => sink.text(run, false),
            Piece::Space(bound) => sink.space(*bound),
            Piece::Break => sink.line_break(),
            Piece::Image(url, alt) => sink.image(url, alt),
            Piece::Rule => sink.rule(),
        }
    }
}

/// A table as it will be shown.
pub(crate) enum Look {
    /// Lines as they stand.
    Grid(Vec<Vec<Span>>),
    /// Paragraphs, an empty line between two groups.
    Paragraphs(Vec<Vec<StyledText>>),
}

/// Chooses the look of a table for `room` columns: borders around merged cells, a grid, or paragraphs.
pub(crate) fn arrange(rows: Vec<Vec<Cell>>, room: usize, ascii: bool) -> Look {
    let grid = Grid::new(rows);
    let merged = grid
        .is_merged()
        .then(|| merged_cells::draw(&grid, room, ascii))
        .flatten();
    match merged.or_else(|| grid.as_grid(room, ascii)) {
        Some(lines) => Look::Grid(lines),
        None => Look::Paragraphs(grid.as_paragraphs()),
    }
}
