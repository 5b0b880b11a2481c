//! Which tables only lay out a page or a letter and hold no data: the paragraphs in their cells are paragraphs of the text.
//! Never here: how the cells are read (`reader`), how tables of data are shown (`layout`).

use super::{Element, HtmlSink};
use crate::tokens::Tag;

/// Rows from which short cells under each other are a list.
const LIST: u32 = 3;
/// The longest cell of such a list, characters.
const SHORT: usize = 80;
/// Characters that cells of several paragraphs hold at least where they are what a table is there for.
const MUCH: usize = 200;

/// Reads a table, and those within it, to tell which of them hold data.
#[derive(Debug, Default)]
pub(super) struct Look {
    open: Vec<Seen>,
    /// Where the content of each table begins in the source, and whether it only lays out.
    pub(super) found: Vec<(usize, bool)>,
}

/// What has been seen of a table.
#[derive(Debug, Default)]
struct Seen {
    at: usize,
    /// Rows that hold something, and those of them that hold something in several cells.
    rows: u32,
    full: u32,
    /// The most cells of a row that hold something.
    columns: u32,
    /// It has a heading or heads of its rows and columns.
    heads: bool,
    /// A cell holds several paragraphs, a heading, code or a table.
    blocks: bool,
    /// Characters of all cells, of those that hold several paragraphs, of the longest.
    text: usize,
    in_blocks: usize,
    longest: usize,
    /// Cells of this row that hold something.
    filled: u32,
    cell: Cell,
}

/// What has been seen of the cell that is open.
#[derive(Debug, Default)]
struct Cell {
    text: usize,
    parts: u32,
    /// A paragraph has begun, or could begin.
    within: bool,
    pictured: bool,
    blocks: bool,
}

impl Seen {
    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        if cell.text == 0 && !cell.pictured {
            return;
        }
        self.filled += 1;
        self.text += cell.text;
        self.longest = self.longest.max(cell.text);
        if cell.blocks || cell.parts > 1 {
            self.blocks = true;
            self.in_blocks += cell.text;
        }
    }

    fn end_row(&mut self) {
        let filled = std::mem::take(&mut self.filled);
        self.rows += u32::from(filled > 0);
        self.full += u32::from(filled > 1);
        self.columns = self.columns.max(filled);
    }

    fn lays_out(&self) -> bool {
        let lists = self.heads && self.rows > 1 || self.rows >= LIST && self.longest <= SHORT;
        match self.columns {
            0 | 1 => self.blocks || !lists,
            _ if self.heads && self.rows > 1 => false,
            _ if self.full <= 1 => self.blocks,
            // Data may have a cell of several paragraphs; a table with most of its text in such cells lays out.
            _ => self.in_blocks >= MUCH && self.in_blocks * 5 >= self.text * 3,
        }
    }
}

impl Look {
    fn part(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.cell.within = false;
        }
    }
}

impl HtmlSink for Look {
    fn open(&mut self, element: &Element<'_>) {
        if element.tag == Tag::Table {
            self.open.push(Seen {
                at: element.at,
                ..Seen::default()
            });
            return;
        }
        let Some(table) = self.open.last_mut() else {
            return;
        };
        match element.tag {
            Tag::Caption => table.heads = true,
            Tag::Row => table.filled = 0,
            Tag::Cell | Tag::HeadCell => {
                table.cell = Cell::default();
                table.heads |= element.tag == Tag::HeadCell;
            }
            Tag::Heading(_) | Tag::Pre => {
                table.cell.blocks = true;
                self.part();
            }
            tag if tag.is_block() => self.part(),
            _ => {}
        }
    }

    fn close(&mut self, tag: Tag) {
        match tag {
            Tag::Table => {
                let Some(table) = self.open.pop() else {
                    return;
                };
                self.found.push((table.at, table.lays_out()));
                if let Some(outer) = self.open.last_mut() {
                    outer.cell.text += table.text;
                    outer.cell.parts += table.rows;
                    outer.cell.blocks = true;
                    outer.cell.within = false;
                }
            }
            Tag::Cell | Tag::HeadCell => {
                if let Some(table) = self.open.last_mut() {
                    table.end_cell();
                }
            }
            Tag::Row => {
                if let Some(table) = self.open.last_mut() {
                    table.end_row();
                }
            }
            tag if tag.is_block() => self.part(),
            _ => {}
        }
    }

    fn text(&mut self, run: &str, _: bool) {
        if let Some(table) = self.open.last_mut() {
            table.cell.parts += u32::from(!table.cell.within);
            table.cell.within = true;
            table.cell.text += run.chars().count();
        }
    }

    fn space(&mut self, _: bool) {}

    fn line_break(&mut self) {}

    fn blank_line(&mut self) {
        self.part();
    }

    fn image(&mut self, _: &str, _: &str) {
        if let Some(table) = self.open.last_mut() {
            table.cell.pictured = true;
        }
    }

    fn rule(&mut self) {
        self.part();
    }
}
