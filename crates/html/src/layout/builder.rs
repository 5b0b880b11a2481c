//! The stream of clean markup to lines: blocks, indents, bars, bullets, numbers of links.
//! Never here: where lines may end (`wrap`), columns of tables (`table`).

use std::collections::HashMap;
use std::sync::Arc;

use super::grid::Cell;
use super::styled_text::StyledText;
use super::table::{Look, Piece, Recording, arrange};
use super::wrap::{chop, wrap};
use super::{Heading, Image, Images, Laid, Line, Links, Marks, Options, Span, Wrap};
use crate::list_numbers::Numbers;
use crate::reader::{Element, HtmlSink};
use crate::script::{Scripts, script};
use crate::tokens::Tag;

/// Columns that indents leave to the text, where the width has as many.
const MEASURE: usize = 16;

/// What stands at the left of the lines of a block.
#[derive(Debug)]
struct Prefix {
    first: String,
    rest: String,
    columns: usize,
    /// The first line has been written.
    used: bool,
    quote: u8,
}

/// An open list.
#[derive(Debug)]
struct List {
    /// Of a numbered one.
    numbers: Option<Numbers>,
    /// Nothing has been written in it.
    fresh: bool,
}

/// See the module.
pub(crate) struct Builder<'o> {
    options: &'o Options,
    width: usize,
    limit: usize,
    lines: Vec<Line>,
    links: Vec<String>,
    numbers: HashMap<String, u32>,
    images: Vec<Image>,
    headings: Vec<Heading>,
    prefixes: Vec<Option<Prefix>>,
    lists: Vec<List>,
    quotes: u8,
    /// The text of the block that is open.
    text: StyledText,
    marks: Marks,
    link: Option<u32>,
    /// Text has been written since the link was opened.
    linked: bool,
    script: Scripts,
    /// An empty line is due before the next one, behind as many prefixes.
    gap: Option<usize>,
    /// The line of the picture that stands directly above.
    pictured: Option<usize>,
    /// The same, while its caption is read.
    captioned: Option<usize>,
    table: Option<Recording>,
    /// A cell of a table is read; what parts blocks elsewhere parts lines in it.
    in_cell: bool,
}

impl<'o> Builder<'o> {
    pub(crate) fn new(options: &'o Options, limit: usize) -> Builder<'o> {
        Builder {
            options,
            width: usize::from(options.width.max(2)),
            limit,
            lines: Vec::new(),
            links: Vec::new(),
            numbers: HashMap::new(),
            images: Vec::new(),
            headings: Vec::new(),
            prefixes: Vec::new(),
            lists: Vec::new(),
            quotes: 0,
            text: StyledText::default(),
            marks: Marks::default(),
            link: None,
            linked: false,
            script: Scripts::default(),
            gap: None,
            pictured: None,
            captioned: None,
            table: None,
            in_cell: false,
        }
    }

    pub(crate) fn finish(mut self) -> Laid {
        self.flush();
        let partial = self.lines.len() >= self.limit;
        if self.options.links == Links::Numbered && !partial {
            self.list_links();
        }
        Laid {
            lines: Arc::new(self.lines),
            links: Arc::new(self.links),
            images: Arc::new(self.images),
            headings: Arc::new(self.headings),
            partial,
        }
    }

    fn list_links(&mut self) {
        self.gap();
        let dim = Marks {
            dim: true,
            ..Marks::default()
        };
        let links = std::mem::take(&mut self.links);
        for (index, url) in links.iter().enumerate() {
            let number = format!("[{}] ", index + 1);
            self.push_prefix(number.clone(), " ".repeat(number.len()), number.len(), 0);
            self.text.push(url, dim, Some(index as u32));
            self.flush();
            self.pop_prefix();
        }
        self.links = links;
    }

    /// Columns left to the text.
    fn columns(&self) -> usize {
        self.width - self.indent()
    }

    /// Columns left to tables and code.
    fn wide_columns(&self) -> usize {
        self.width.max(usize::from(self.options.wide)) - self.indent()
    }

    fn indent(&self) -> usize {
        self.prefixes
            .iter()
            .flatten()
            .map(|prefix| prefix.columns)
            .sum()
    }

    // --- Lines --------------------------------------------------------------------------------

    /// Asks for an empty line before the next one.
    fn gap(&mut self) {
        if self.in_cell {
            self.cell_line();
        } else {
            let depth = self.prefixes.len();
            self.gap = Some(self.gap.map_or(depth, |gap| gap.min(depth)));
        }
    }

    fn push_prefix(&mut self, first: String, rest: String, columns: usize, quote: u8) {
        // What is too narrow for an indent does without.
        let measure = MEASURE.min(self.width.div_ceil(2));
        let fits = self.indent() + columns + measure <= self.width;
        self.prefixes.push(fits.then_some(Prefix {
            first,
            rest,
            columns,
            used: false,
            quote,
        }));
    }

    fn pop_prefix(&mut self) {
        self.prefixes.pop();
        let depth = self.prefixes.len();
        self.gap = self.gap.map(|gap| gap.min(depth));
    }

    /// The beginning of the next line.
    fn begin_line(&mut self, wrap: Wrap) -> Line {
        if let Some(depth) = self.gap.take()
            && !self.lines.is_empty()
        {
            let mut line = Line::default();
            for prefix in self.prefixes.iter().take(depth).flatten() {
                push_prefix_span(&mut line, &prefix.rest, prefix.quote);
            }
            trim(&mut line);
            self.lines.push(line);
        }
        let mut line = Line {
            spans: Vec::with_capacity(self.prefixes.len() + 1),
            wrap,
        };
        for prefix in self.prefixes.iter_mut().flatten() {
            let text = if prefix.used {
                &prefix.rest
            } else {
                &prefix.first
            };
            push_prefix_span(&mut line, text, prefix.quote);
            prefix.used = true;
        }
        for list in &mut self.lists {
            list.fresh = false;
        }
        self.pictured = None;
        line
    }

    /// Adds a line with all that stands at its left.
    fn push_line(&mut self, spans: Vec<Span>, wrap: Wrap) {
        let mut line = self.begin_line(wrap);
        line.spans.extend(spans);
        self.lines.push(line);
    }

    /// Lays out the text of the block that is open.
    fn flush(&mut self) {
        if self.in_cell || self.text.text.is_empty() {
            return;
        }
        let mut text = std::mem::take(&mut self.text);
        self.script.begin_anew();
        if let Some(line) = self.captioned.take() {
            self.shorten_label(line, &text.own());
        }
        if self.marks.heading > 0 {
            let depth_line =
                self.lines.len() + usize::from(self.gap.is_some() && !self.lines.is_empty());
            self.headings.push(Heading {
                level: self.marks.heading,
                text: text.own().replace(['\u{a0}', '\n'], " "),
                line: depth_line,
            });
        }
        let columns = self.columns();
        let mut run = 0;
        wrap(&text.text, columns, |range, kind| {
            let mut line = self.begin_line(kind);
            run = text.spans(range, run, &mut line.spans);
            self.lines.push(line);
        });
        text.clear();
        self.text = text;
    }

    /// Lays out code: its lines stay; what is too wide goes on behind a sign.
    fn flush_code(&mut self) {
        if self.in_cell || self.text.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        self.script.begin_anew();
        let columns = self.wide_columns();
        let sign = if self.options.ascii { "> " } else { "↪ " };
        let (sign, room) = if columns > 8 {
            (sign, columns - 2)
        } else {
            ("", columns)
        };
        let mut at = 0;
        let mut run = 0;
        for source in text.text.split('\n') {
            let mut first = true;
            let room = if crate::width(source) <= columns {
                columns
            } else {
                room
            };
            chop(source, room, |range| {
                let mut line = self.begin_line(if first { Wrap::Fresh } else { Wrap::Glue });
                if !first && !sign.is_empty() {
                    push_prefix_span(&mut line, sign, 0);
                }
                run = text.spans(at + range.start..at + range.end, run, &mut line.spans);
                self.lines.push(line);
                first = false;
            });
            at += source.len() + 1;
        }
    }

    /// Ends a line within a cell.
    fn cell_line(&mut self) {
        if !self.text.text.is_empty() && !self.text.text.ends_with('\n') {
            self.text.push("\n", Marks::default(), None);
        }
    }

    // --- Blocks -------------------------------------------------------------------------------

    fn open_block(&mut self, element: &Element<'_>) {
        self.flush();
        if self.in_cell {
            self.cell_line();
        }
        match element.tag {
            Tag::Heading(level) => {
                self.gap();
                self.marks.heading = level;
            }
            Tag::Quote => {
                self.gap();
                self.quotes = self.quotes.saturating_add(1);
                self.marks.quote = self.quotes;
                let bar = if self.options.ascii { "| " } else { "│ " };
                self.push_prefix(bar.to_owned(), bar.to_owned(), 2, self.quotes);
            }
            Tag::List | Tag::Numbered => {
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(List {
                    numbers: (element.tag == Tag::Numbered).then(|| Numbers::of(element)),
                    fresh: true,
                });
            }
            Tag::Item => self.open_item(element.value),
            Tag::Descriptions => self.gap(),
            Tag::Term => self.marks.strong = true,
            Tag::Description => self.push_prefix("  ".to_owned(), "  ".to_owned(), 2, self.quotes),
            Tag::Pre => {
                self.gap();
                self.marks.code = true;
                self.push_prefix("  ".to_owned(), "  ".to_owned(), 2, self.quotes);
            }
            Tag::FigureCaption | Tag::Caption => {
                // The caption stands directly under its picture.
                if self.pictured.is_some() {
                    self.gap = None;
                    self.captioned = self.pictured;
                } else {
                    self.gap();
                }
                self.marks.caption = true;
            }
            Tag::Summary => {
                self.gap();
                self.marks.strong = true;
                let sign = if self.options.ascii { "v " } else { "▾ " };
                self.push_prefix(sign.to_owned(), "  ".to_owned(), 2, self.quotes);
            }
            Tag::Paragraph if !self.starts_item() => self.gap(),
            Tag::Figure | Tag::Details => self.gap(),
            _ => {}
        }
    }

    /// Whether nothing stands in the item that is open: its first paragraph follows the bullet.
    fn starts_item(&self) -> bool {
        !self.lists.is_empty()
            && self
                .prefixes
                .last()
                .is_some_and(|prefix| prefix.as_ref().is_some_and(|prefix| !prefix.used))
    }

    fn open_item(&mut self, value: Option<i32>) {
        let ascii = self.options.ascii;
        let depth = self.lists.len();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        // Items stand close; only the first keeps the empty line before its list.
        if !list.fresh {
            self.gap = None;
        }
        let sign = if let Some(numbers) = &mut list.numbers {
            format!("{}. ", numbers.shown(value))
        } else {
            match (depth, ascii) {
                (_, true) => "* ",
                (1, _) => "• ",
                (2, _) => "◦ ",
                _ => "▪ ",
            }
            .to_owned()
        };
        if self.in_cell {
            self.text.push(&sign, Marks::default(), None);
            return;
        }
        let columns = crate::width(&sign);
        self.push_prefix(sign, " ".repeat(columns), columns, self.quotes);
    }

    fn close_block(&mut self, tag: Tag) {
        if tag == Tag::Pre {
            self.flush_code();
        } else {
            self.flush();
        }
        if self.in_cell {
            self.cell_line();
        }
        match tag {
            Tag::Heading(_) => {
                self.marks.heading = 0;
                self.gap();
            }
            Tag::Quote => {
                self.quotes = self.quotes.saturating_sub(1);
                self.marks.quote = self.quotes;
                self.pop_prefix();
                self.gap();
            }
            Tag::List | Tag::Numbered => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.gap();
                } else {
                    self.gap = None;
                }
            }
            Tag::Item if !self.in_cell => self.pop_prefix(),
            Tag::Term => self.marks.strong = false,
            Tag::Description => {
                self.pop_prefix();
                self.gap = None;
            }
            Tag::Descriptions => self.gap(),
            Tag::Pre => {
                self.marks.code = false;
                self.pop_prefix();
                self.gap();
            }
            Tag::FigureCaption => {
                self.marks.caption = false;
                self.captioned = None;
                self.gap();
            }
            Tag::Caption => self.marks.caption = false,
            Tag::Summary => {
                self.marks.strong = false;
                self.pop_prefix();
                self.gap();
            }
            Tag::Paragraph | Tag::Figure | Tag::Details => self.gap(),
            _ => {}
        }
    }

    fn picture(&mut self, url: &str, alt: &str) {
        let marks = Marks {
            image: true,
            caption: false,
            heading: 0,
            ..self.marks
        };
        if self.options.images == Images::None {
            return;
        }
        let label = if alt.is_empty() {
            "[Image]".to_owned()
        } else {
            format!("[Image: {alt}]")
        };
        if self.in_cell {
            self.text.push(&label, marks, self.link);
            return;
        }
        self.flush();
        if self.pictured.is_none() && !self.starts_item() {
            self.gap();
        }
        let line = self.lines.len() + usize::from(self.gap.is_some() && !self.lines.is_empty());
        let rows = self
            .options
            .image_rows
            .iter()
            .find(|(known, _)| known == url)
            .map_or(0, |(_, rows)| *rows);
        // A picture that is seen needs no label; only the number of its link has no other place.
        if rows == 0 || self.link.is_some() {
            self.text.push(&label, marks, self.link);
            self.push_number();
            let heading = std::mem::take(&mut self.marks.heading);
            self.flush();
            self.marks.heading = heading;
        }
        let first_row = self.lines.len();
        for _ in 0..rows {
            self.push_line(Vec::new(), Wrap::Fresh);
        }
        let line = line.min(self.lines.len() - 1);
        let first_row = first_row.max(line);
        self.images.push(Image {
            url: url.to_owned(),
            alt: alt.to_owned(),
            line,
            first_row,
            rows,
            link: self.link,
        });
        self.gap();
        self.pictured = Some(line);
    }

    /// Takes the description out of the label of a picture whose caption says the same.
    fn shorten_label(&mut self, line: usize, caption: &str) {
        let Some(image) = self.images.last_mut().filter(|image| image.line == line) else {
            return;
        };
        let letters =
            |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        let (alt, caption) = (letters(&image.alt), letters(caption));
        if alt.is_empty()
            || caption.is_empty()
            || !(caption.starts_with(&alt) || alt.starts_with(&caption))
        {
            return;
        }
        // The label keeps its prefixes and the number of its link.
        let Some(first) = self.lines.get_mut(line) else {
            return;
        };
        let number = image
            .link
            .filter(|_| self.options.links != Links::Inline)
            .map(|link| format!("[{}]", link + 1));
        let Some(at) = first.spans.iter().position(|span| span.marks.image) else {
            return;
        };
        // A window too narrow for it has the longer label, on several lines.
        let before: usize = first.spans[..at]
            .iter()
            .map(|span| crate::width(&span.text))
            .sum();
        let short = "[Image]".len() + number.as_ref().map_or(0, String::len);
        if before + short > usize::from(self.options.width) {
            return;
        }
        first.spans.truncate(at + 1);
        if let Some(label) = first.spans.last_mut() {
            label.text = "[Image]".to_owned();
            if let Some(number) = number {
                let marks = Marks {
                    dim: true,
                    ..label.marks
                };
                let link = label.link;
                first.spans.push(Span {
                    text: number,
                    marks,
                    link,
                });
            }
        }
        self.lines.drain(line + 1..image.first_row);
        image.first_row = line + 1;
    }

    fn open_link(&mut self, url: &str) {
        let next = self.links.len() as u32;
        let number = match self.numbers.get(url) {
            Some(number) => *number,
            None => {
                self.numbers.insert(url.to_owned(), next);
                self.links.push(url.to_owned());
                next
            }
        };
        self.link = Some(number);
        self.linked = false;
    }

    fn close_link(&mut self) {
        if self.linked && !self.text.text.is_empty() {
            self.push_number();
        }
        self.link = None;
    }

    /// Writes the number of the link that is open.
    fn push_number(&mut self) {
        if let Some(link) = self.link
            && self.options.links != Links::Inline
        {
            let marks = Marks {
                dim: true,
                ..self.marks
            };
            self.text
                .push(&format!("[{}]", link + 1), marks, Some(link));
        }
        self.linked = false;
    }

    // --- Tables -------------------------------------------------------------------------------

    /// A table has been read as a whole.
    fn end_table(&mut self, recording: &Recording) {
        self.flush();
        self.gap();
        if recording.is_grid() {
            let rows = self.read_cells(recording);
            match arrange(rows, self.wide_columns(), self.options.ascii) {
                Look::Grid(lines) => {
                    for spans in lines {
                        self.push_line(spans, Wrap::Fresh);
                    }
                }
                Look::Paragraphs(groups) => {
                    for group in groups {
                        self.gap();
                        for paragraph in group {
                            self.text.append(&paragraph);
                            self.flush();
                        }
                    }
                }
            }
        } else {
            self.replay(recording);
        }
        self.gap();
    }

    /// Reads a table that only places things on a page cell by cell, as if there were none around them.
    fn replay(&mut self, recording: &Recording) {
        let mut depth = 0;
        for piece in recording.pieces() {
            let (tag, opens) = match piece {
                Piece::Open(element) => (element.tag, true),
                Piece::Close(tag) => (tag, false),
                _ => {
                    piece.pass(self);
                    continue;
                }
            };
            if tag == Tag::Table {
                depth += if opens { 1 } else { -1 };
                // Tables within are judged on their own.
                if depth > 1 || (depth == 1 && !opens) {
                    piece.pass(self);
                }
            } else if depth > 1 || !matches!(tag, Tag::Row | Tag::Cell | Tag::HeadCell) {
                piece.pass(self);
            } else if tag != Tag::Row {
                self.flush();
                self.gap();
            }
        }
    }

    /// The cells of a table with their texts; its caption is laid out at once.
    fn read_cells(&mut self, recording: &Recording) -> Vec<Vec<Cell>> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        self.in_cell = true;
        let outer = std::mem::take(&mut self.marks);
        let mut caption = false;
        for piece in recording.pieces() {
            let (tag, opened) = match piece {
                Piece::Open(element) => (element.tag, Some(element)),
                Piece::Close(tag) => (tag, None),
                _ => {
                    piece.pass(self);
                    continue;
                }
            };
            match (tag, opened) {
                (Tag::Table, _) => {}
                (Tag::Caption, Some(_)) => {
                    self.in_cell = false;
                    caption = true;
                    piece.pass(self);
                }
                (Tag::Caption, None) => {
                    piece.pass(self);
                    self.in_cell = true;
                    caption = false;
                }
                _ if caption => piece.pass(self),
                (Tag::Row, Some(_)) => rows.push(Vec::new()),
                (Tag::Row, None) => {}
                (Tag::Cell | Tag::HeadCell, Some(element)) => {
                    self.marks.strong = tag == Tag::HeadCell;
                    if let Some(row) = rows.last_mut() {
                        row.push(Cell {
                            text: StyledText::default(),
                            head: tag == Tag::HeadCell,
                            columns: element.columns,
                            rows: element.rows,
                        });
                    }
                }
                (Tag::Cell | Tag::HeadCell, None) => {
                    self.marks.strong = false;
                    let mut text = std::mem::take(&mut self.text);
                    self.script.begin_anew();
                    text.trim_end();
                    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                        cell.text = text;
                    }
                }
                _ => piece.pass(self),
            }
        }
        self.in_cell = false;
        self.marks = outer;
        rows
    }
}

impl HtmlSink for Builder<'_> {
    fn open(&mut self, element: &Element<'_>) {
        if let Some(table) = &mut self.table {
            table.open(element);
            return;
        }
        match element.tag {
            Tag::Link => self.open_link(element.href),
            Tag::Strong => self.marks.strong = true,
            Tag::Emphasis => self.marks.emphasis = true,
            Tag::Underline | Tag::Inserted => self.marks.underline = true,
            Tag::Strike => self.marks.strike = true,
            Tag::Code => self.marks.code = true,
            Tag::Highlight => self.marks.highlight = true,
            Tag::Sub | Tag::Sup => self.script.open(element.tag == Tag::Sup),
            Tag::Table => {
                self.flush();
                let mut table = Recording::default();
                table.open(element);
                self.table = Some(table);
            }
            tag if tag.is_block() => self.open_block(element),
            _ => {}
        }
    }

    fn close(&mut self, tag: Tag) {
        if let Some(mut table) = self.table.take() {
            if table.close(tag) {
                self.end_table(&table);
            } else {
                self.table = Some(table);
            }
            return;
        }
        match tag {
            Tag::Link => self.close_link(),
            // A term and a summary are strong throughout.
            Tag::Strong => self.marks.strong = false,
            Tag::Emphasis => self.marks.emphasis = false,
            Tag::Underline | Tag::Inserted => self.marks.underline = false,
            Tag::Strike => self.marks.strike = false,
            Tag::Code => self.marks.code = false,
            Tag::Highlight => self.marks.highlight = false,
            Tag::Sub | Tag::Sup => {
                if let Some((raised, from)) = self.script.close() {
                    let ascii = self.options.ascii;
                    self.text
                        .rewrite(from, |run, before| script(run, raised, before, ascii));
                }
            }
            tag => self.close_block(tag),
        }
    }

    fn text(&mut self, run: &str, markup: bool) {
        if let Some(table) = &mut self.table {
            table.text(run, markup);
            return;
        }
        self.linked = true;
        self.script.note(self.text.text.len());
        self.text.push(run, self.marks, self.link);
    }

    fn space(&mut self, bound: bool) {
        if let Some(table) = &mut self.table {
            table.space(bound);
        } else if !self.text.text.is_empty() && !self.text.text.ends_with(' ') {
            let space = if bound { "\u{a0}" } else { " " };
            self.text.push(space, self.marks, self.link);
        }
    }

    fn line_break(&mut self) {
        if let Some(table) = &mut self.table {
            table.line_break();
        } else if self.in_cell {
            self.cell_line();
        } else if !self.text.text.is_empty() {
            self.text.push("\n", self.marks, self.link);
        }
    }

    fn image(&mut self, url: &str, alt: &str) {
        if let Some(table) = &mut self.table {
            table.image(url, alt);
        } else {
            self.picture(url, alt);
        }
    }

    fn rule(&mut self) {
        if let Some(table) = &mut self.table {
            table.rule();
            return;
        }
        if self.in_cell {
            self.cell_line();
            return;
        }
        self.flush();
        self.gap();
        let sign = if self.options.ascii { "-" } else { "─" };
        let columns = self.columns();
        self.push_line(
            vec![Span {
                text: sign.repeat(columns),
                marks: Marks {
                    dim: true,
                    ..Marks::default()
                },
                link: None,
            }],
            Wrap::Fresh,
        );
        self.gap();
    }

    fn full(&self) -> bool {
        self.lines.len() >= self.limit
    }
}

fn push_prefix_span(line: &mut Line, text: &str, quote: u8) {
    if !text.is_empty() {
        line.spans.push(Span {
            text: text.to_owned(),
            marks: Marks {
                dim: true,
                quote,
                ..Marks::default()
            },
            link: None,
        });
    }
}

/// Takes the spaces off the end of a line of prefixes.
fn trim(line: &mut Line) {
    while let Some(last) = line.spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        line.spans.pop();
    }
}
