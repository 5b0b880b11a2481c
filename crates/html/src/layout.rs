//! HTML and a width to marked lines: plain data that any terminal, file or test can show.
//! Never here: colours, escapes, the fetching of pictures.

mod builder;
mod fallback;
mod find;
mod grid;
mod merged_cells;
mod styled_text;
mod table;
#[cfg(test)]
mod tests;
mod wrap;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::reader;
use builder::Builder;

/// What the text is laid out for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Options {
    /// Columns of the terminal that the text may use; at least 2 are assumed.
    pub width: u16,
    /// Columns that tables and code may use, where they are more than `width`: a measure is for reading
    /// along, and cells torn apart are worse than a long line.
    pub wide: u16,
    /// How links are told apart.
    pub links: Links,
    /// What is shown where a picture stands.
    pub images: Images,
    /// Rows to keep free for a picture, for pictures whose size is known: address, rows. They take the
    /// place of its line, or follow it where that has the number of a link.
    pub image_rows: Vec<(String, u16)>,
    /// Bars, bullets and rules from ASCII alone.
    pub ascii: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            width: 80,
            wide: 0,
            links: Links::Numbered,
            images: Images::Line,
            image_rows: Vec::new(),
            ascii: false,
        }
    }
}

/// How links are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Links {
    /// `text[1]`, and a list of the addresses at the end. The same address has one number.
    #[default]
    Numbered,
    /// `text[1]` without the list.
    NumberedOnly,
    /// Nothing but [`Span::link`], for terminals that know hyperlinks (OSC 8).
    Inline,
}

/// What is shown where a picture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Images {
    /// A line `[Image: description]`, and the caption under it.
    #[default]
    Line,
    /// The caption alone.
    None,
}

/// What a piece of a line is, as plain data; themes turn it into looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Marks {
    /// `<strong>`.
    pub strong: bool,
    /// `<em>`.
    pub emphasis: bool,
    /// `<u>`, `<ins>`.
    pub underline: bool,
    /// `<s>`, `<del>`.
    pub strike: bool,
    /// `<code>`, `<pre>`.
    pub code: bool,
    /// `<mark>`.
    pub highlight: bool,
    /// 1 to 6 in a heading, else 0.
    pub heading: u8,
    /// Depth of quotation, 0 outside.
    pub quote: u8,
    /// Caption of a picture or a table.
    pub caption: bool,
    /// The line of a picture.
    pub image: bool,
    /// Not the article's own text: bars, bullets, indents, rules, link numbers, the list of links.
    pub dim: bool,
}

impl Marks {
    /// Text like any other; [`Marks::default`] for constants.
    pub const PLAIN: Marks = Marks {
        strong: false,
        emphasis: false,
        underline: false,
        strike: false,
        code: false,
        highlight: false,
        heading: 0,
        quote: 0,
        caption: false,
        image: false,
        dim: false,
    };
}

/// A piece of a line that looks the same throughout.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// Safe text ([`crate::safe_text`]).
    pub text: String,
    /// What it is.
    pub marks: Marks,
    /// Index into [`Laid::links`], when it is part of a link.
    pub link: Option<u32>,
}

/// How a line goes on from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Wrap {
    /// It begins something new.
    #[default]
    Fresh,
    /// It was parted from the line before at a space.
    Space,
    /// It was parted within a word, or between signs that need no space.
    Glue,
}

/// One line of the screen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Line {
    /// Left to right, as they stand in memory: text that runs right to left is in logical order.
    pub spans: Vec<Span>,
    /// How it goes on from the line before.
    pub wrap: Wrap,
}

impl Line {
    /// The text alone.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Columns it takes.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| crate::width(&span.text)).sum()
    }
}

/// A picture of the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Image {
    /// Absolute address.
    pub url: String,
    /// The outlet's description, may be empty.
    pub alt: String,
    /// Index of its (first) line: of its label, or of the first of the rows kept free.
    pub line: usize,
    /// Index of the first of the rows kept free.
    pub first_row: usize,
    /// Rows kept free.
    pub rows: u16,
    /// Index into [`Laid::links`], when it is part of a link.
    pub link: Option<u32>,
}

/// A heading of the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text on one line.
    pub text: String,
    /// Index of its first line.
    pub line: usize,
}

/// A laid out text. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Laid {
    /// The lines, top to bottom.
    pub lines: Arc<Vec<Line>>,
    /// The addresses that [`Span::link`] names; the number shown is one more than the index.
    pub links: Arc<Vec<String>>,
    /// The pictures in their order.
    pub images: Arc<Vec<Image>>,
    /// The headings in their order.
    pub headings: Arc<Vec<Heading>>,
    /// Whether the layout stopped before the end of the text ([`layout_prefix`]).
    pub partial: bool,
}

/// A place where searched text stands. A match that goes on in the next line is given as one piece for each line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index of the line.
    pub line: usize,
    /// Bytes of [`Line::text`].
    pub range: Range<usize>,
    /// Whether a match begins here; `false` for the piece of one that began in a line before.
    pub first: bool,
}

impl std::fmt::Display for Laid {
    /// The lines as plain text, each ended by a line feed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in self.lines.iter() {
            let mut text = line.text();
            text.truncate(text.trim_end().len());
            writeln!(f, "{text}")?;
        }
        Ok(())
    }
}

/// The whole text as lines of at most `options.width` columns. Never fails: HTML of any quality is
/// read, in time that grows with its length.
///
/// ```
/// use newsprint_html::layout::{Options, layout};
/// let options = Options { width: 12, ..Options::default() };
/// let laid = layout("<blockquote><p>Rain in the <em>valley</em></p></blockquote>", &options);
/// assert_eq!(laid.to_string(), "│ Rain in\n│ the valley\n");
/// assert!(laid.lines[1].spans[2].marks.emphasis);
/// ```
pub fn layout(html: &str, options: &Options) -> Laid {
    layout_prefix(html, options, usize::MAX)
}

/// The first lines, at least `lines` of them where the text has as many: the first screenful of a
/// long text, at once. [`Laid::partial`] tells whether there is more.
pub fn layout_prefix(html: &str, options: &Options, lines: usize) -> Laid {
    caught(html, options, lines, || {
        let mut builder = Builder::new(options, lines);
        reader::read(html, "", &mut builder);
        builder.finish()
    })
}

/// What the walk gives, or a plainer layout should it ever break: no text may end the reader.
fn caught(html: &str, options: &Options, lines: usize, walk: impl FnOnce() -> Laid) -> Laid {
    catch_unwind(AssertUnwindSafe(walk)).unwrap_or_else(|_| fallback::layout(html, options, lines))
}
