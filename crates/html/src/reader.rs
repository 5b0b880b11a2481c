//! HTML of any quality to a balanced stream of safe text markup, in one pass that takes time in
//! proportion to the length of the text, whatever is in it.
//! Never here: how the stream is written, laid out or counted (the sinks do that).

use std::borrow::Cow;

mod attributes;
mod formula;
mod layout_tables;
mod surroundings;

use self::attributes::{Picture, attribute, description, is_beacon, is_hidden};
use self::layout_tables::Look;
use crate::elements::is_void;
use crate::safe_text::{Filter, is_plain, is_space, needs_look, utf8_len};
use crate::tokens::{Markup, RawTag, Tag, attributes, markup, reference, value};

/// What is read of a text, in bytes. The longest articles are a tenth of it.
pub(crate) const MAX_BYTES: usize = 8 << 20;
/// How deep blocks may stand in each other; deeper ones part paragraphs and leave no trace.
const MAX_DEPTH: usize = 48;
/// How deep tables of data may stand in each other; deeper ones lay out.
const MAX_TABLES: u8 = 3;
/// How deep tables are looked into to tell whether they lay out. Letters stand in six or seven.
const MAX_LOOKED_AT: u8 = 10;
/// Cells of all tables together; the text of those that are over stays, outside of cells.
const MAX_CELLS: u32 = 20_000;
/// Columns and rows that a cell may span.
const MAX_COLUMNS: u16 = 32;
const MAX_ROWS: u16 = 256;
/// A form longer than this wraps a page rather than asking for something.
const MAX_FORM: usize = 4096;
/// How often the end of an element that is to be dropped may be missing before that is no longer
/// looked for.
const MAX_UNCLOSED: u8 = 3;
/// How many forms, and lists that count down, are looked at.
const MAX_FORMS: u8 = 60;
/// Room on the stack of blocks for what must stand in a list or a table: row, cell, paragraph.
const RESERVE: usize = 4;

/// An element as it is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'e> {
    pub(crate) tag: Tag,
    /// Of a link: an absolute http(s) address.
    pub(crate) href: &'e str,
    /// Of a numbered list: where it starts, if it says so.
    pub(crate) start: Option<i32>,
    /// Of a numbered list: it counts down.
    pub(crate) reversed: bool,
    /// Of a numbered list: `a`, `A`, `i` or `I`, else empty.
    pub(crate) numerals: &'e str,
    /// Of an item of a numbered list: its own number.
    pub(crate) value: Option<i32>,
    /// Of a cell; at least 1.
    pub(crate) columns: u16,
    /// Of a cell; at least 1.
    pub(crate) rows: u16,
    /// A language tag (BCP 47), or empty.
    pub(crate) lang: &'e str,
    /// `rtl`, `ltr`, `auto`, or empty.
    pub(crate) dir: &'e str,
    /// Where its content begins in the source; 0 where it is not of the source.
    pub(crate) at: usize,
}

impl Element<'_> {
    pub(crate) fn bare(tag: Tag) -> Element<'static> {
        Element {
            tag,
            href: "",
            start: None,
            reversed: false,
            numerals: "",
            value: None,
            columns: 1,
            rows: 1,
            lang: "",
            dir: "",
            at: 0,
        }
    }
}

/// What receives the stream. Every `open` has its `close`; blocks without content never come.
pub(crate) trait HtmlSink {
    /// An element begins.
    fn open(&mut self, element: &Element<'_>);
    /// The innermost open element, a `tag`, ends.
    fn close(&mut self, tag: Tag);
    /// Safe text without white space but single spaces, never at its ends; in `pre` as it stands,
    /// line breaks included. `markup` tells whether it may hold `<` or `&`.
    fn text(&mut self, run: &str, markup: bool);
    /// White space between two pieces of text; `bound` when no line may end there.
    fn space(&mut self, bound: bool);
    /// A line ends within its block.
    fn line_break(&mut self);
    /// The line break that comes next stands for several, where paragraphs are not parted.
    fn blank_line(&mut self) {}
    /// A picture.
    fn image(&mut self, url: &str, alt: &str);
    /// A thematic break between blocks.
    fn rule(&mut self);
    /// Whether no more is wanted.
    fn full(&self) -> bool {
        false
    }
}

/// Reads `html` into `sink`. `base` is what relative addresses are resolved against, if it is one.
pub(crate) fn read(html: &str, base: &str, sink: &mut impl HtmlSink) {
    let mut end = html.len().min(MAX_BYTES);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let html = crate::wrapped_text::with_paragraphs(&html[..end]);
    Reader::new(&html, base, sink).run();
}

/// White space that has been read and not yet been passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    Bound,
}

/// An open block.
#[derive(Debug, Clone, Copy)]
struct Block<'a> {
    tag: Tag,
    attributes: &'a str,
    /// Where its content begins in the source.
    at: usize,
    /// Of a group: how many stand directly in each other here.
    count: u32,
    /// Groups that were opened inside and are not on the stack.
    soft: u32,
    /// Of a row: empty cells that have not been passed on.
    empty: u16,
    /// Of a table: whether this is its head.
    head: bool,
    /// Of a list that counts down from nowhere: its items.
    items: Option<i32>,
}

/// An open inline element. One of a kind is enough; `count` balances the others.
#[derive(Debug)]
struct Inline<'a> {
    tag: Tag,
    href: Cow<'a, str>,
    count: u32,
    level: u32,
    emitted: bool,
    /// The sink knows it; a link to nowhere is emitted without.
    written: bool,
}

struct Reader<'a, 's, S: HtmlSink> {
    html: &'a str,
    at: usize,
    base: &'a str,
    parsed_base: Option<Option<url::Url>>,
    sink: &'s mut S,
    blocks: Vec<Block<'a>>,
    /// How many of `blocks`, from the outermost, the sink knows: blocks are passed on with their
    /// first content, so that empty ones never are.
    emitted: usize,
    /// How deep blocks stand, groups counted one by one.
    level: u32,
    inlines: Vec<Inline<'a>>,
    gap: Gap,
    breaks: u8,
    /// Nothing has been passed on in this block.
    fresh: bool,
    /// In `pre`: line breaks and spaces that were read and not yet passed on.
    newlines: u32,
    spaces: u32,
    filter: Filter,
    tables: u8,
    cells: u32,
    noscript: bool,
    /// A ruby annotation is open.
    ruby: bool,
    unclosed: u8,
    forms: u8,
    last_image: String,
    /// Candidates of the first usable `<source>` of a `<picture>`.
    picture: &'a str,
    after_rule: bool,
    /// Where an element ends whose name tells that its text is no part of the word beside it.
    apart_until: usize,
    /// Its name leaves no doubt.
    apart_certain: bool,
    /// The number of a note, due before its text.
    mark: Option<String>,
    /// Line feeds since the last text, where white space is folded.
    feeds: u32,
    /// Up to where lines are those of the source.
    lines_until: usize,
    /// Every table is read as one of data, to tell whether it is; how many blocks hold the outermost.
    looks: Option<usize>,
    /// Up to where tables have been looked at.
    looked_until: usize,
    /// Where the contents of those begin that lay out, in order; of the others, `false`.
    layout_tables: Vec<(usize, bool)>,
}

/// Bytes by what the text loop does with them.
const PLAIN: u8 = 0;
const SPACE: u8 = 1;
const SIGN: u8 = 2;
const DROP: u8 = 3;
const LOOK: u8 = 4;

const CLASS: [u8; 256] = {
    let mut class = [PLAIN; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r' => SPACE,
            b'<' | b'&' => SIGN,
            0..=0x1f | 0x7f => DROP,
            lead @ 0xc0.. if looked_at(lead) => LOOK,
            _ => PLAIN,
        };
        byte += 1;
    }
    class
};

const fn looked_at(lead: u8) -> bool {
    needs_look(lead)
}

impl<'a, 's, S: HtmlSink> Reader<'a, 's, S> {
    fn new(html: &'a str, base: &'a str, sink: &'s mut S) -> Reader<'a, 's, S> {
        Reader {
            html,
            at: 0,
            base,
            parsed_base: None,
            sink,
            blocks: Vec::with_capacity(16),
            emitted: 0,
            level: 0,
            inlines: Vec::with_capacity(8),
            gap: Gap::None,
            breaks: 0,
            fresh: true,
            newlines: 0,
            spaces: 0,
            filter: Filter::default(),
            tables: 0,
            cells: 0,
            noscript: false,
            ruby: false,
            unclosed: 0,
            forms: 0,
            last_image: String::new(),
            picture: "",
            after_rule: true,
            apart_until: 0,
            apart_certain: false,
            mark: None,
            feeds: 0,
            lines_until: 0,
            looks: None,
            looked_until: 0,
            layout_tables: Vec::new(),
        }
    }

    fn run(&mut self) {
        while self.at < self.html.len() && !self.sink.full() && !self.has_looked() {
            if self.noscript {
                self.skip_to_markup();
            } else if self.in_pre() {
                self.verbatim();
            } else {
                self.text();
            }
            if self.html.as_bytes().get(self.at) == Some(&b'<') {
                match markup(self.html, self.at) {
                    Markup::Tag(tag) => {
                        self.at = tag.end;
                        self.tag(&tag);
                    }
                    Markup::Skip(end) => self.at = end,
                    Markup::Sign => {
                        self.at += 1;
                        if !self.noscript {
                            self.char('<', None);
                        }
                    }
                }
            }
        }
        self.pop_to(0);
    }

    /// Whether the table that was to be looked at has ended.
    fn has_looked(&self) -> bool {
        self.looks.is_some_and(|held| self.blocks.len() <= held)
    }

    // --- Text ---------------------------------------------------------------------------------

    fn in_pre(&self) -> bool {
        self.blocks
            .last()
            .is_some_and(|block| block.tag == Tag::Pre)
    }

    fn skip_to_markup(&mut self) {
        let rest = &self.html.as_bytes()[self.at..];
        self.at += memchr::memchr(b'<', rest).unwrap_or(rest.len());
    }

    /// Reads text up to the next `<`, white space folded.
    fn text(&mut self) {
        let html = self.html;
        let bytes = html.as_bytes();
        let mut at = self.at;
        let from_text = at;
        let mut indented = None;
        self.feeds = 0;
        while at < bytes.len() {
            let from = at;
            while at < bytes.len() {
                match CLASS[usize::from(bytes[at])] {
                    PLAIN => at += 1,
                    // A single space between two plain characters belongs to the run.
                    SPACE
                        if at > from
                            && bytes[at] == b' '
                            && bytes
                                .get(at + 1)
                                .is_some_and(|b| CLASS[usize::from(*b)] == PLAIN) =>
                    {
                        at += 2;
                    }
                    // Georgian letters.
                    LOOK if bytes[at] == 0xe1 && matches!(bytes.get(at + 1), Some(0x82 | 0x83)) => {
                        at += 3
                    }
                    LOOK => match html[at..].chars().next() {
                        Some(c) if is_plain(c) => at += c.len_utf8(),
                        _ => break,
                    },
                    _ => break,
                }
            }
            if at > from {
                let run = &html[from..at];
                self.content();
                self.sink.text(run, false);
                self.filter.pass(run);
                self.feeds = 0;
                continue;
            }
            match CLASS[usize::from(bytes[at])] {
                SPACE => {
                    self.gap = Gap::Space;
                    if bytes[at] == b'\n' {
                        self.feed(from_text, at, &mut indented);
                    }
                    at += 1;
                }
                LOOK => {
                    let mut rest = html[at..].chars();
                    if let Some(c) = rest.next() {
                        self.char(c, rest.next());
                    }
                    at += utf8_len(bytes[at]);
                }
                SIGN if bytes[at] == b'<' => break,
                SIGN => at += self.reference(at),
                _ => at += 1,
            }
        }
        self.at = at;
    }

    /// A line of the source ends at `at`, in text that begins at `from`. That is a space, but where the page shows such
    /// lines: by its style, or in a text of which paragraphs begin with an ideographic space after an empty line.
    fn feed(&mut self, from: usize, at: usize, indented: &mut Option<bool>) {
        self.feeds = self.feeds.saturating_add(1);
        if self.fresh {
            return;
        }
        if at < self.lines_until {
            self.breaks = self.breaks.max(self.feeds.min(2) as u8);
        } else if self.feeds == 2 {
            let text = &self.html[from..];
            if *indented.get_or_insert_with(|| has_indented_paragraphs(text)) {
                self.breaks = self.breaks.max(2);
            }
        }
    }

    /// Reads the character reference at `at`; gives its length.
    fn reference(&mut self, at: usize) -> usize {
        match reference(&self.html[at..], false) {
            Some((length, one, two)) => {
                self.char(one, two);
                if let Some(two) = two {
                    self.char(two, None);
                }
                length
            }
            None => {
                self.char('&', None);
                1
            }
        }
    }

    /// Takes one character that is not known to be plain.
    fn char(&mut self, c: char, next: Option<char>) {
        if self.in_pre() {
            self.verbatim_char(c, next);
            return;
        }
        if matches!(c, '\u{a0}' | '\u{202f}') {
            self.gap = match self.gap {
                Gap::None => Gap::Bound,
                _ => Gap::Space,
            };
            return;
        }
        if is_space(c) {
            self.gap = Gap::Space;
            return;
        }
        let parted = self.fresh || self.gap != Gap::None || self.breaks > 0;
        self.sign(c, next, parted);
    }

    /// Passes one sign on, unless the filter drops it; `parted` says that white space stands before it.
    fn sign(&mut self, c: char, next: Option<char>, parted: bool) {
        let previous = if parted { ' ' } else { self.filter.previous };
        if self.filter.keeps(previous, c, next) {
            self.content();
            self.sink
                .text(c.encode_utf8(&mut [0; 4]), matches!(c, '<' | '&'));
        }
    }

    /// Reads text up to the next `<`, as it stands.
    fn verbatim(&mut self) {
        let html = self.html;
        let bytes = html.as_bytes();
        let mut at = self.at;
        while at < bytes.len() {
            let from = at;
            while at < bytes.len() && CLASS[usize::from(bytes[at])] == PLAIN {
                at += 1;
            }
            if at > from {
                let run = &html[from..at];
                self.content();
                self.sink.text(run, false);
                self.filter.pass(run);
                continue;
            }
            match bytes[at] {
                b'<' => break,
                b'&' => at += self.reference(at),
                _ => {
                    let mut rest = html[at..].chars();
                    if let Some(c) = rest.next() {
                        at += c.len_utf8();
                        self.verbatim_char(c, rest.next());
                    }
                }
            }
        }
        self.at = at;
    }

    fn verbatim_char(&mut self, c: char, next: Option<char>) {
        match c {
            '\r' if next == Some('\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.verbatim_line(),
            '\t' => self.spaces = self.spaces.saturating_add(4),
            c if is_space(c) => self.spaces = self.spaces.saturating_add(1),
            c => {
                let parted = self.fresh || self.newlines > 0 || self.spaces > 0;
                self.sign(c, next, parted);
            }
        }
    }

    fn verbatim_line(&mut self) {
        self.newlines = self.newlines.saturating_add(u32::from(!self.fresh));
        self.spaces = 0;
    }

    // --- What is passed on --------------------------------------------------------------------

    /// Called before every piece of text or picture: passes on the blocks, white space and inline
    /// elements that it stands in.
    #[inline]
    fn content(&mut self) {
        let settled = !self.fresh
            && self.gap == Gap::None
            && self.breaks == 0
            && self.newlines == 0
            && self.spaces == 0
            && self.inlines.last().is_none_or(|inline| inline.emitted);
        if !settled {
            self.settle(false);
        }
    }

    fn settle(&mut self, image: bool) {
        if self.fresh {
            self.hold_text(image);
            self.emit_blocks();
            self.gap = Gap::None;
            self.breaks = 0;
            self.newlines = 0;
        }
        if self.in_pre() {
            for _ in 0..self.newlines.min(64) {
                self.sink.text("\n", false);
            }
            for _ in 0..self.spaces.min(256) {
                self.sink.text(" ", false);
            }
            (self.newlines, self.spaces) = (0, 0);
            self.gap = Gap::None;
        } else if self.breaks > 0 {
            match self.blocks.last().map(|block| block.tag) {
                // Two line breaks are how old pages part paragraphs.
                Some(Tag::Paragraph) if self.breaks > 1 => {
                    self.close_inlines();
                    self.sink.close(Tag::Paragraph);
                    self.sink.open(&Element::bare(Tag::Paragraph));
                }
                Some(Tag::Heading(_) | Tag::Summary | Tag::Term) => self.sink.space(false),
                _ => {
                    if self.breaks > 1 {
                        self.sink.blank_line();
                    }
                    self.sink.line_break();
                }
            }
            (self.gap, self.breaks) = (Gap::None, 0);
        }
        if self.gap != Gap::None {
            self.sink.space(self.gap == Gap::Bound);
            self.gap = Gap::None;
        }
        self.fresh = false;
        self.after_rule = false;
        let in_pre = self.in_pre();
        if let Some(mark) = self.mark.take().filter(|_| !in_pre && !image) {
            self.sink.text(&format!("[{mark}]"), false);
            self.sink.space(false);
        }
        for inline in self.inlines.iter_mut().filter(|inline| !inline.emitted) {
            inline.emitted = true;
            inline.written = match inline.tag {
                Tag::Link => !inline.href.is_empty(),
                // All of it is code.
                Tag::Code => !in_pre,
                _ => true,
            };
            if inline.written {
                self.sink.open(&Element {
                    href: &inline.href,
                    ..Element::bare(inline.tag)
                });
            }
        }
    }

    /// Makes sure that the innermost block may hold text.
    fn hold_text(&mut self, image: bool) {
        self.hold_block();
        match self.blocks.last().map(|block| block.tag) {
            Some(Tag::Figure) if image => {}
            None | Some(Tag::Group | Tag::Layout | Tag::Quote | Tag::Details | Tag::Figure) => {
                self.push(Tag::Paragraph, "");
            }
            _ => {}
        }
    }

    /// Makes sure that the innermost block may hold blocks (or text): what stands directly in a
    /// list is an item, in a table a cell.
    fn hold_block(&mut self) {
        loop {
            let inner = match self.blocks.last().map(|block| block.tag) {
                Some(Tag::List | Tag::Numbered) => Tag::Item,
                Some(Tag::Descriptions) => Tag::Description,
                Some(Tag::Table) => Tag::Row,
                Some(Tag::Row) => Tag::Cell,
                _ => return,
            };
            if !self.push(inner, "") {
                return;
            }
        }
    }

    fn emit_blocks(&mut self) {
        while self.emitted < self.blocks.len() {
            let block = self.blocks[self.emitted];
            self.emitted += 1;
            if !matches!(block.tag, Tag::Group | Tag::Layout) {
                self.sink.open(&element(&block));
            }
            if block.tag == Tag::Row {
                for _ in 0..block.empty {
                    self.empty_cell();
                }
            }
        }
    }

    fn empty_cell(&mut self) {
        self.sink.open(&Element::bare(Tag::Cell));
        self.sink.close(Tag::Cell);
    }

    fn close_inlines(&mut self) {
        for inline in self
            .inlines
            .iter_mut()
            .rev()
            .filter(|inline| inline.emitted)
        {
            inline.emitted = false;
            if inline.written {
                self.sink.close(inline.tag);
            }
        }
    }

    /// A block begins or ends here: what comes next does not belong to the text before.
    fn boundary(&mut self) {
        self.close_inlines();
        self.fresh = true;
        self.gap = Gap::None;
        self.breaks = 0;
        (self.newlines, self.spaces) = (0, 0);
    }

    /// A block begins or ends within one that holds text alone.
    fn soft_boundary(&mut self) {
        if self.in_pre() {
            if self.newlines == 0 {
                self.verbatim_line();
            }
        } else if self.gap == Gap::None {
            self.gap = Gap::Space;
        }
    }

    // --- The stack of blocks ------------------------------------------------------------------

    /// Opens a block in the innermost one; `false` where it is too deep.
    fn push(&mut self, tag: Tag, attributes: &'a str) -> bool {
        let limit = match tag {
            Tag::Group
            | Tag::Layout
            | Tag::Quote
            | Tag::Figure
            | Tag::Details
            | Tag::List
            | Tag::Numbered
            | Tag::Descriptions
            | Tag::Table => MAX_DEPTH - RESERVE,
            _ => MAX_DEPTH,
        };
        if self.blocks.len() >= limit {
            return false;
        }
        self.level += 1;
        self.blocks.push(Block {
            tag,
            attributes,
            at: self.at,
            count: 1,
            soft: 0,
            empty: 0,
            head: false,
            items: None,
        });
        true
    }

    /// Closes blocks until `depth` are left.
    fn pop_to(&mut self, depth: usize) {
        if self.blocks.len() <= depth {
            return;
        }
        self.boundary();
        while self.blocks.len() > depth {
            let Some(block) = self.blocks.pop() else {
                break;
            };
            let known = self.emitted > self.blocks.len();
            self.emitted = self.emitted.min(self.blocks.len());
            self.level -= block.count;
            match block.tag {
                Tag::Group | Tag::Layout => {}
                Tag::Cell | Tag::HeadCell if !known => {
                    let columns = element(&block).columns;
                    let row_known = self.emitted == self.blocks.len();
                    if let Some(row) = self.blocks.last_mut()
                        && !row_known
                    {
                        row.empty = (row.empty + columns).min(MAX_COLUMNS);
                    } else {
                        self.empty_cell();
                    }
                }
                tag => {
                    if known {
                        self.sink.close(tag);
                    }
                    if tag == Tag::Table {
                        self.tables -= 1;
                    }
                }
            }
        }
        let level = self.level;
        self.inlines.retain(|inline| inline.level <= level);
    }

    /// Ends the block that holds text alone, if one is innermost.
    fn end_text_block(&mut self) {
        if let Some(block) = self.blocks.last()
            && holds_text_alone(block.tag)
        {
            self.pop_to(self.blocks.len() - 1);
        }
        self.boundary();
    }

    /// The innermost open block of a kind; what stands in a table cell is not seen from outside.
    fn find(&self, wanted: impl Fn(Tag) -> bool) -> Option<usize> {
        for (index, block) in self.blocks.iter().enumerate().rev() {
            if wanted(block.tag) {
                return Some(index);
            }
            if matches!(block.tag, Tag::Cell | Tag::HeadCell | Tag::Layout) {
                return None;
            }
        }
        None
    }

    fn find_table(&self) -> Option<usize> {
        self.blocks
            .iter()
            .rposition(|block| matches!(block.tag, Tag::Table | Tag::Layout))
    }

    // --- Tags ---------------------------------------------------------------------------------

    fn tag(&mut self, raw: &RawTag<'a>) {
        let tag = Tag::of(raw.name);
        if self.noscript && !matches!(tag, Tag::Image | Tag::Noscript | Tag::Source) {
            if matches!(tag, Tag::Raw | Tag::Frame) && !raw.closes {
                self.skip_raw(raw);
            }
            return;
        }
        if raw.closes {
            self.end_tag(tag);
            if self.apart_until == raw.end {
                self.end_apart();
            }
        } else {
            self.start_tag(tag, raw);
        }
    }

    fn start_tag(&mut self, tag: Tag, raw: &RawTag<'a>) {
        if raw.attributes.len() > 5 && !matches!(tag, Tag::Raw | Tag::Frame) {
            if is_hidden(raw.attributes) {
                if !std::str::from_utf8(raw.name).is_ok_and(is_void) {
                    self.drop_element(raw);
                }
                return;
            }
            if self.is_not_text(tag, raw) {
                self.drop_element(raw);
                return;
            }
        }
        if matches!(tag, Tag::Paragraph | Tag::Group) && self.is_share_row(raw) {
            self.drop_element(raw);
            return;
        }
        if matches!(tag, Tag::Group | Tag::Paragraph)
            && self.at >= self.lines_until
            && keeps_lines(raw.attributes)
        {
            self.lines_until = self.end_or_here(raw);
        }
        match tag {
            Tag::Other if self.after_digit() && self.raised(raw) => {}
            Tag::Other => self.part_from_word(raw),
            Tag::Link => self.open_link(raw),
            Tag::Strong
            | Tag::Emphasis
            | Tag::Underline
            | Tag::Inserted
            | Tag::Strike
            | Tag::Sub
            | Tag::Sup
            | Tag::Code
            | Tag::Highlight => {
                self.part_from_word(raw);
                self.open_inline(tag, Cow::Borrowed(""));
            }
            Tag::Break => {
                if self.in_pre() {
                    self.verbatim_line();
                } else {
                    self.breaks = self.breaks.saturating_add(1);
                    self.gap = Gap::None;
                }
            }
            Tag::Image => self.image(raw.attributes),
            Tag::Source => {
                if self.picture.is_empty() {
                    self.picture = attribute(raw.attributes, "srcset");
                }
            }
            Tag::InlineQuote => self.char('“', None),
            Tag::RubyText => {
                self.end_ruby();
                self.char('(', None);
                self.ruby = true;
            }
            Tag::RubyParenthesis => {
                self.drop_element(raw);
            }
            Tag::Ruby => {}
            Tag::Noscript => self.open_noscript(),
            Tag::Raw if is_tex(raw) => {
                let from = self.at;
                self.skip_raw(raw);
                self.tex(&self.html[from..self.at]);
            }
            Tag::Raw => self.skip_raw(raw),
            Tag::Dropped if self.says_something(raw) => {}
            Tag::Dropped => self.drop_element(raw),
            Tag::Form => {
                self.forms = self.forms.saturating_add(1);
                let within = (self.at + MAX_FORM).min(self.html.len());
                let end = (self.forms < MAX_FORMS)
                    .then(|| self.end_of_element(raw, within))
                    .flatten();
                match end {
                    // A page of ASP.NET is one form, the text within it.
                    Some(end) if !self.html[self.at..end].contains("__VIEWSTATE") => self.at = end,
                    _ => self.open_group(),
                }
            }
            Tag::Frame => {
                self.embed(raw.attributes, "");
                self.skip_raw(raw);
            }
            Tag::Media => self.media(raw),
            Tag::Math => self.formula(raw),
            Tag::Input => self.check_box(raw.attributes),
            Tag::Base => {
                let href = attribute(raw.attributes, "href");
                if href.starts_with("http") {
                    (self.base, self.parsed_base) = (href, None);
                }
            }
            Tag::Rule => {
                self.end_text_block();
                if !self.after_rule {
                    self.hold_block();
                    self.emit_blocks();
                    self.sink.rule();
                    self.after_rule = true;
                }
            }
            Tag::Group => self.open_group(),
            _ => self.open_block(tag, raw.attributes),
        }
    }

    /// Whether an element is told by its classes, and by how little it says, to stand around or beside the text.
    fn is_not_text(&self, tag: Tag, raw: &RawTag<'a>) -> bool {
        if matches!(tag, Tag::Image | Tag::Link | Tag::Break | Tag::Rule) {
            return false;
        }
        // How MathJax draws a formula whose MathML stands behind it for those who listen.
        let drawn = raw.name.eq_ignore_ascii_case(b"nobr") || raw.name.starts_with(b"mjx-");
        if drawn && attribute(raw.attributes, "aria-hidden") == "true" {
            let within = self.html.floor_char_boundary(self.at + MAX_FORM);
            return self.end_of_element(raw, within).is_some_and(|end| {
                let behind = &self.html[end..self.html.floor_char_boundary(end + 240)];
                behind.contains("<math")
            });
        }
        let classes = attribute(raw.attributes, "class");
        if classes.is_empty() {
            return false;
        }
        if surroundings::is_formula_copy(classes) {
            return self.stands_twice(raw);
        }
        if surroundings::is_drawn_formula(classes) {
            // The script behind it, or the MathML within it, says the same to readers.
            let within = (self.at + MAX_FORM).min(self.html.len());
            let end = self.end_of_element(raw, within);
            return end.is_some_and(|end| {
                let behind = self.html[end..].trim_start();
                behind.starts_with('<')
                    && matches!(markup(behind, 0), Markup::Tag(tag) if is_tex(&tag))
            });
        }
        let numbers = surroundings::may_number_lines(classes);
        if !numbers && !surroundings::is_surrounding(classes) {
            return false;
        }
        let within = (self.at + MAX_FORM).min(self.html.len());
        let Some(end) = self.end_of_element(raw, within) else {
            return false;
        };
        let text = crate::strip_tags(&self.html[self.at..end], " ");
        if numbers {
            text.bytes()
                .all(|b| b.is_ascii_digit() || b.is_ascii_whitespace())
        } else {
            text.split_ascii_whitespace().map(str::len).sum::<usize>() <= surroundings::MAX_TEXT
        }
    }

    /// Whether a formula that has just begun, as it is drawn, stands beside it for readers too: right before it or right
    /// behind it. Pages that were drawn by a server have it once.
    fn stands_twice(&self, raw: &RawTag<'a>) -> bool {
        /// Bytes between the two.
        const BESIDE: usize = 240;

        let before = self.html.ceil_char_boundary(self.at.saturating_sub(BESIDE));
        if self.html[before..self.at].contains("</math>") {
            return true;
        }
        let within = self.html.floor_char_boundary(self.at + MAX_FORM);
        // A longer one was drawn from something.
        self.end_of_element(raw, within).is_none_or(|end| {
            let behind = &self.html[end..self.html.floor_char_boundary(end + BESIDE)];
            behind.contains("<math") || behind.contains("math/tex") || behind.contains("MathJax")
        })
    }

    /// Whether a paragraph that has just begun is a few words ("Share this:") and links to where the article is passed on.
    fn is_share_row(&self, raw: &RawTag<'a>) -> bool {
        /// Bytes that may stand before the first such link.
        const LABEL: usize = 120;

        let first = &self.html.as_bytes()[self.at..(self.at + LABEL).min(self.html.len())];
        let mut links = memchr::memchr_iter(b'<', first);
        let link = links.find(|at| first[*at..].starts_with(b"<a "));
        let Some(at) = link.map(|at| self.at + at) else {
            return false;
        };
        let Markup::Tag(link) = markup(self.html, at) else {
            return false;
        };
        if !surroundings::is_share_address(attribute(link.attributes, "href")) {
            return false;
        }
        let within = (self.at + MAX_FORM).min(self.html.len());
        let end = self.end_of_element(raw, within);
        end.is_some_and(|end| at < end && surroundings::are_shares(&self.html[self.at..end]))
    }

    /// A formula in TeX, which MathJax reads from a script; a copy of it may stand before as a preview.
    fn tex(&mut self, script: &str) {
        let tex = script.rfind("</").map_or(script, |end| &script[..end]);
        let tex = tex.trim();
        let tex = tex.strip_prefix("<![CDATA[").unwrap_or(tex);
        let tex = tex.strip_suffix("]]>").unwrap_or(tex);
        let tex = tex.strip_prefix("% <![CDATA[").unwrap_or(tex);
        self.chars(tex.trim_end_matches('%').trim());
    }

    fn formula(&mut self, raw: &RawTag<'a>) {
        let from = self.at;
        let end = self.end_or_here(raw);
        let text = formula::text(&self.html[from..end]);
        self.chars(&text);
        self.at = end;
    }

    /// A box of a task list is a sign before the task.
    fn check_box(&mut self, raw: &'a str) {
        let has = |wanted: &str| attributes(raw).any(|(name, _)| name.eq_ignore_ascii_case(wanted));
        let in_item = self.find(|tag| tag == Tag::Item).is_some();
        if in_item && attribute(raw, "type").eq_ignore_ascii_case("checkbox") {
            self.char(if has("checked") { '☑' } else { '☐' }, None);
            self.gap = Gap::Space;
        }
    }

    /// Takes a text that was made here, or whose references have been read.
    fn chars(&mut self, text: &str) {
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            self.char(c, rest.peek().copied());
        }
    }

    fn open_group(&mut self) {
        match self.blocks.last_mut() {
            Some(block) if block.tag == Tag::Paragraph => {
                self.end_text_block();
                self.open_group();
            }
            Some(block) if block.tag == Tag::Group => {
                block.count += 1;
                self.level += 1;
                self.boundary();
            }
            Some(block) if holds_text_alone(block.tag) => {
                block.soft += 1;
                self.soft_boundary();
            }
            Some(block)
                if matches!(
                    block.tag,
                    Tag::List | Tag::Numbered | Tag::Descriptions | Tag::Table | Tag::Row
                ) =>
            {
                block.soft += 1;
                self.boundary();
            }
            _ => {
                self.boundary();
                if !self.push(Tag::Group, "")
                    && let Some(block) = self.blocks.last_mut()
                {
                    block.soft += 1;
                }
            }
        }
    }

    fn open_block(&mut self, tag: Tag, attributes: &'a str) {
        match tag {
            Tag::Paragraph => {
                match self.blocks.last().map(|block| block.tag) {
                    Some(Tag::Paragraph) | None => {}
                    Some(tag) if holds_text_alone(tag) => {
                        self.soft_boundary();
                        return;
                    }
                    Some(_) => {}
                }
                self.end_text_block();
                self.hold_block();
                self.push(Tag::Paragraph, attributes);
            }
            Tag::Item | Tag::Term | Tag::Description => self.open_list_part(tag, attributes),
            Tag::Table
            | Tag::Caption
            | Tag::RowHead
            | Tag::RowGroup
            | Tag::Row
            | Tag::Cell
            | Tag::HeadCell => self.open_table_part(tag, attributes),
            Tag::FigureCaption | Tag::Summary => {
                self.end_text_block();
                let parent = match tag {
                    Tag::Summary => Tag::Details,
                    _ => Tag::Figure,
                };
                match self.find(|tag| tag == parent) {
                    Some(at) => {
                        self.pop_to(at + 1);
                        self.push(tag, "");
                    }
                    None => {
                        self.hold_block();
                        self.push(Tag::Paragraph, "");
                    }
                }
            }
            _ => {
                self.end_text_block();
                self.hold_block();
                let counts_down = tag == Tag::Numbered && attributes.contains("reversed");
                let items = counts_down.then(|| self.count_items());
                if self.push(tag, attributes)
                    && let Some(list) = self.blocks.last_mut()
                {
                    list.items = items;
                }
            }
        }
    }

    /// How many items the list has that begins here.
    fn count_items(&mut self) -> i32 {
        self.forms = self.forms.saturating_add(1);
        let end = match self.forms < MAX_FORMS {
            true => (self.at + (64 << 10)).min(self.html.len()),
            false => self.at,
        };
        let (mut items, mut depth, mut at) = (0, 0u32, self.at);
        while let Some(next) = memchr::memchr(b'<', &self.html.as_bytes()[at..end]) {
            at += next;
            match markup(self.html, at) {
                Markup::Tag(tag) => {
                    match (Tag::of(tag.name), tag.closes) {
                        (Tag::List | Tag::Numbered, false) => depth += 1,
                        (Tag::List | Tag::Numbered, true) if depth == 0 => break,
                        (Tag::List | Tag::Numbered, true) => depth -= 1,
                        (Tag::Item, false) if depth == 0 => items += 1,
                        _ => {}
                    }
                    at = tag.end.min(end);
                }
                Markup::Skip(to) => at = to.min(end),
                Markup::Sign => at += 1,
            }
        }
        items
    }

    /// An item, a term or a description: closes the one before, and makes a list where there is none.
    fn open_list_part(&mut self, tag: Tag, attributes: &'a str) {
        self.end_text_block();
        let (parts, list): (&[Tag], &[Tag]) = match tag {
            Tag::Item => (&[Tag::Item], &[Tag::List, Tag::Numbered]),
            _ => (&[Tag::Term, Tag::Description], &[Tag::Descriptions]),
        };
        match self.find(|open| parts.contains(&open) || list.contains(&open)) {
            Some(at) if parts.contains(&self.blocks[at].tag) => self.pop_to(at),
            Some(at) => self.pop_to(at + 1),
            None => {
                self.hold_block();
                if !self.push(list[0], "") {
                    return;
                }
            }
        }
        self.push(tag, attributes);
    }

    /// A table or a part of one; parts without a table only part paragraphs.
    fn open_table_part(&mut self, tag: Tag, attributes: &'a str) {
        if tag == Tag::Table {
            self.end_text_block();
            self.hold_block();
            let most = if self.looks.is_some() {
                MAX_LOOKED_AT
            } else {
                MAX_TABLES
            };
            if self.tables >= most || self.lays_out(attributes) {
                self.push(Tag::Layout, "");
            } else if self.push(Tag::Table, "") {
                self.tables += 1;
            }
            return;
        }
        let Some(table) = self.find_table() else {
            self.end_text_block();
            return;
        };
        if self.blocks[table].tag == Tag::Layout {
            self.part_layout(table);
            return;
        }
        match tag {
            Tag::Cell | Tag::HeadCell => {
                self.cells += 1;
                if self.cells > MAX_CELLS {
                    self.end_text_block();
                    return;
                }
                match self.blocks.get(table + 1).map(|block| block.tag) {
                    Some(Tag::Row) => self.pop_to(table + 2),
                    _ => {
                        self.pop_to(table + 1);
                        self.push(Tag::Row, "");
                    }
                }
                self.boundary();
                let head = tag == Tag::HeadCell || self.blocks[table].head;
                self.push(if head { Tag::HeadCell } else { Tag::Cell }, attributes);
            }
            _ => {
                self.pop_to(table + 1);
                self.boundary();
                match tag {
                    Tag::RowHead => self.blocks[table].head = true,
                    Tag::RowGroup => self.blocks[table].head = false,
                    _ => {
                        self.push(tag, "");
                    }
                }
            }
        }
    }

    /// Whether a table that has just begun only lays out what is in it.
    fn lays_out(&mut self, attributes: &str) -> bool {
        if self.looks.is_some() {
            return false;
        }
        if self.at >= self.looked_until {
            self.look_at_table();
        }
        let of_layout = ["presentation", "none"].contains(&attribute(attributes, "role"));
        let seen = self
            .layout_tables
            .binary_search_by_key(&self.at, |(at, _)| *at);
        // What was not seen is empty, or too deep to be data.
        of_layout || seen.is_err() || seen.is_ok_and(|seen| self.layout_tables[seen].1)
    }

    /// Reads the table that has just begun to its end, with those in it: each is looked at once, however deep it is.
    fn look_at_table(&mut self) {
        let mut look = Look::default();
        // It ends where it will end: what holds it may end before its own end tag.
        let mut reader = Reader::new(self.html, self.base, &mut look);
        reader.at = self.at;
        reader.blocks.clone_from(&self.blocks);
        (reader.emitted, reader.level) = (self.blocks.len(), self.level);
        (reader.tables, reader.cells) = (self.tables, self.cells);
        (reader.unclosed, reader.forms) = (self.unclosed, self.forms);
        reader.last_image.clone_from(&self.last_image);
        reader.looks = Some(self.blocks.len());
        reader.open_table_part(Tag::Table, "");
        reader.run();
        let end = reader.at;
        look.found.sort_unstable();
        (self.looked_until, self.layout_tables) = (end.max(self.at + 1), look.found);
    }

    /// A row or a cell of a table that only lays out begins or ends: what is open in it is closed.
    fn part_layout(&mut self, table: usize) {
        self.pop_to(table + 1);
        self.boundary();
        let level = self.level;
        self.inlines.retain(|inline| inline.level < level);
        self.blocks[table].soft = 0;
    }

    fn end_tag(&mut self, tag: Tag) {
        match tag {
            Tag::Link
            | Tag::Strong
            | Tag::Emphasis
            | Tag::Underline
            | Tag::Inserted
            | Tag::Strike
            | Tag::Sub
            | Tag::Sup
            | Tag::Code
            | Tag::Highlight => {
                let parted = tag == Tag::Strike && self.after_digit();
                self.close_inline(tag);
                // A struck number and its replacement are two numbers.
                let rest = self.html[self.at..].trim_start_matches("<ins>");
                if parted && rest.starts_with(|c: char| c.is_ascii_digit()) {
                    self.gap = Gap::Space;
                }
            }
            Tag::Group | Tag::Form => self.close_group(),
            Tag::Paragraph => match self.blocks.last().map(|block| block.tag) {
                Some(Tag::Paragraph) => self.end_text_block(),
                Some(tag) if holds_text_alone(tag) => self.soft_boundary(),
                _ => self.boundary(),
            },
            Tag::Heading(_) => {
                if let Some(at) = self.find(|tag| matches!(tag, Tag::Heading(_))) {
                    self.pop_to(at);
                }
            }
            Tag::Cell | Tag::HeadCell => {
                let at = self.blocks.iter().rposition(|block| {
                    let tag = block.tag;
                    matches!(tag, Tag::Cell | Tag::HeadCell | Tag::Table | Tag::Layout)
                });
                match at.map(|at| (at, self.blocks[at].tag)) {
                    Some((at, Tag::Layout)) => self.part_layout(at),
                    Some((at, Tag::Cell | Tag::HeadCell)) => self.pop_to(at),
                    _ => {}
                }
            }
            Tag::Table => {
                if let Some(at) = self.find_table() {
                    self.pop_to(at);
                }
            }
            Tag::Row | Tag::RowHead | Tag::RowGroup => {
                let table = self.find_table();
                if let Some(at) = table.filter(|at| self.blocks[*at].tag == Tag::Layout) {
                    self.part_layout(at);
                } else if let Some(at) = table {
                    self.pop_to(at + 1);
                    if tag == Tag::RowHead {
                        self.blocks[at].head = false;
                    }
                }
            }
            Tag::List | Tag::Numbered => {
                if let Some(at) = self.find(|tag| matches!(tag, Tag::List | Tag::Numbered)) {
                    self.pop_to(at);
                }
            }
            Tag::Quote
            | Tag::Figure
            | Tag::Details
            | Tag::Item
            | Tag::Description
            | Tag::Descriptions
            | Tag::Pre
            | Tag::Term
            | Tag::Caption
            | Tag::FigureCaption
            | Tag::Summary => {
                if let Some(at) = self.find(|open| open == tag) {
                    self.pop_to(at);
                }
            }
            Tag::InlineQuote => self.char('”', None),
            Tag::RubyText | Tag::Ruby => self.end_ruby(),
            Tag::Noscript => self.noscript = false,
            // `</br>` is a line break to browsers.
            Tag::Break => self.breaks = self.breaks.saturating_add(1),
            _ => {}
        }
    }

    fn close_group(&mut self) {
        for at in (0..self.blocks.len()).rev() {
            let block = &mut self.blocks[at];
            if block.soft > 0 {
                block.soft -= 1;
                if holds_text_alone(block.tag) {
                    self.soft_boundary();
                } else {
                    self.pop_to(at + 1);
                    self.boundary();
                }
                return;
            }
            if block.tag == Tag::Group {
                if block.count == 1 {
                    self.pop_to(at);
                } else {
                    self.pop_to(at + 1);
                    self.boundary();
                    self.blocks[at].count -= 1;
                    self.level -= 1;
                    let level = self.level;
                    self.inlines.retain(|inline| inline.level <= level);
                }
                return;
            }
            if matches!(block.tag, Tag::Cell | Tag::HeadCell | Tag::Layout) {
                return;
            }
        }
    }

    fn end_ruby(&mut self) {
        if std::mem::take(&mut self.ruby) {
            self.char(')', None);
        }
    }

    fn open_noscript(&mut self) {
        let rest = &self.html.as_bytes()[self.at..];
        let ends = self.unclosed <= MAX_UNCLOSED
            && memchr::memmem::find_iter(rest, b"</").any(|at| {
                rest[at + 2..].len() >= 8 && rest[at + 2..at + 10].eq_ignore_ascii_case(b"noscript")
            });
        if ends {
            self.noscript = true;
        } else {
            self.unclosed = self.unclosed.saturating_add(1);
        }
    }

    fn open_inline(&mut self, tag: Tag, href: Cow<'a, str>) {
        if let Some(open) = self.inlines.iter_mut().find(|inline| inline.tag == tag) {
            open.count += 1;
            return;
        }
        self.inlines.push(Inline {
            tag,
            href,
            count: 1,
            level: self.level,
            emitted: false,
            written: false,
        });
    }

    fn close_inline(&mut self, tag: Tag) {
        let Some(at) = self.inlines.iter().rposition(|inline| inline.tag == tag) else {
            return;
        };
        self.inlines[at].count -= 1;
        if self.inlines[at].count > 0 {
            return;
        }
        for inline in self.inlines[at..]
            .iter_mut()
            .rev()
            .filter(|inline| inline.emitted)
        {
            inline.emitted = false;
            if inline.written {
                self.sink.close(inline.tag);
            }
        }
        self.inlines.remove(at);
    }

    fn open_link(&mut self, tag: &RawTag<'a>) {
        // A link within a link ends the outer one (WHATWG HTML, 13.2.6.4.7).
        self.close_inline(Tag::Link);
        let raw = attribute(tag.attributes, "href");
        if self.is_button(tag, raw) {
            self.drop_element(tag);
            self.skip_separators();
            return;
        }
        if let Some(note) = self.note(tag) {
            self.chars(&format!("[{note}]"));
            self.drop_element(tag);
            return;
        }
        if let Some((note, end)) = self.number_of_note(tag) {
            (self.mark, self.at) = (Some(note), end);
            return;
        }
        // Links to places within the page lead nowhere once the text stands alone.
        let href = if raw.starts_with('#') {
            Cow::Borrowed("")
        } else {
            self.address(raw)
                .or_else(|| crate::safe_text::other_link(&value(raw)).map(Cow::Owned))
                .unwrap_or_default()
        };
        let within = href
            .split_once('#')
            .is_some_and(|(page, _)| page == self.base.split('#').next().unwrap_or_default());
        self.open_inline(Tag::Link, if within { Cow::Borrowed("") } else { href });
    }

    /// The number of the note that a link leads to, where a page raises it by its style alone: beside a word or a number
    /// it would be read as a part of that (DPUB-ARIA 1.1, `doc-noteref`).
    fn note(&self, tag: &RawTag<'a>) -> Option<String> {
        let beside = self.after_digit() && attribute(tag.attributes, "href").starts_with('#');
        // Part of all its names or of its address, and rare.
        let bytes = tag.attributes.as_bytes();
        let mut at = memchr::memchr2_iter(b'n', b'#', bytes);
        let named = |at: usize| bytes[at] == b'#' || bytes[at..].starts_with(b"note");
        if !beside && !at.any(named) {
            return None;
        }
        let class = |class: &str| {
            class.split_ascii_whitespace().any(|class| {
                let known = [
                    "footnote-ref",
                    "footnoteref",
                    "footnote-reference",
                    "footnote-anchor",
                ];
                known.contains(&class)
            })
        };
        let glued = !self.fresh && self.gap == Gap::None && self.breaks == 0;
        let leads = glued && surroundings::leads_to_note(attribute(tag.attributes, "href"));
        let is_note = attribute(tag.attributes, "role") == "doc-noteref"
            || class(attribute(tag.attributes, "class"))
            || beside
            || leads;
        if !is_note || self.inlines.iter().any(|inline| inline.tag == Tag::Sup) {
            return None;
        }
        let within = (self.at + 256).min(self.html.len());
        let end = self.end_of_element(tag, within)?;
        let html = &self.html[self.at..end];
        let text = crate::strip_tags(html, "");
        let text = text.trim();
        let short = !text.is_empty() && text.len() <= 4 && text.chars().all(char::is_alphanumeric);
        // Raised by an element of its own within the link.
        (short && !html.contains("<sup")).then(|| text.to_owned())
    }

    /// The number of a note that stands in a box of its own before the text of the note, and where the text begins.
    fn number_of_note(&self, tag: &RawTag<'a>) -> Option<(String, usize)> {
        let href = attribute(tag.attributes, "href");
        let leads_back = href.starts_with('#')
            && ["anchor", "ref", "back"]
                .iter()
                .any(|part| href.contains(part));
        if !self.fresh
            || !leads_back && !attribute(tag.attributes, "class").contains("footnote-number")
        {
            return None;
        }
        let end = self.end_of_element(tag, self.html.floor_char_boundary(self.at + 256))?;
        let text = crate::strip_tags(&self.html[self.at..end], "");
        let number = text.trim().trim_end_matches('.');
        let short = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        // Right behind it, a box or a paragraph begins with text.
        let near = self.html.floor_char_boundary(end + 512);
        let (mut at, mut boxes) = (end, 0);
        while at < near {
            let rest = &self.html[at..near];
            at += rest.len() - rest.trim_start().len();
            if !self.html[at..near].starts_with('<') {
                break;
            }
            let Markup::Tag(next) = markup(self.html, at) else {
                return None;
            };
            let kind = Tag::of(next.name);
            match kind {
                Tag::Group | Tag::Paragraph if !next.closes => boxes += 1,
                _ if kind == Tag::Other || !kind.is_block() => {}
                _ => return None,
            }
            at = next.end;
        }
        (short && boxes > 0 && at < near).then(|| (number.to_owned(), end))
    }

    /// Skips what parts one button from the next where nothing else stands before them.
    fn skip_separators(&mut self) {
        let rest = &self.html[self.at..];
        let rest = &rest[..rest.find('<').unwrap_or(rest.len())];
        // A reference is short.
        let parts = rest.len() <= 40
            && value(rest).chars().all(|c| {
                c.is_whitespace()
                    || matches!(c, '|' | '·' | '•' | '/' | ',' | '-' | '–' | '—' | '¦' | '»')
            });
        if self.fresh && parts {
            self.at += rest.len();
        }
    }

    /// Whether a link is no text: it passes the article on, asks to subscribe, or is a heading's or a note's own
    /// address. One with words of its own stays.
    fn is_button(&self, tag: &RawTag<'a>, href: &str) -> bool {
        let own = href.contains('#');
        let share = surroundings::is_share_address(href)
            || surroundings::is_call(attribute(tag.attributes, "class"), href);
        if !own && !share {
            return false;
        }
        let within = (self.at + 1024).min(self.html.len());
        let Some(end) = self.end_of_element(tag, within) else {
            return false;
        };
        let text = crate::strip_tags(&self.html[self.at..end], " ");
        let text = text.trim();
        if share {
            return text.chars().count() <= 40 && !self.is_spoken(end);
        }
        let in_heading = matches!(
            self.blocks.last().map(|block| block.tag),
            Some(Tag::Heading(_))
        );
        let is_sign = matches!(text, "#" | "¶" | "§" | "🔗" | "⚓" | "∞");
        let is_back = matches!(text.trim_end_matches('\u{fe0e}'), "↩" | "↑" | "↵" | "⤴");
        let has_picture = self.html[self.at..end].contains("<img");
        (in_heading && (is_sign || text.is_empty() && !has_picture))
            || (is_back && href.starts_with('#'))
    }

    /// Whether an element that has just begun and ends there is a part of a sentence.
    fn is_spoken(&self, end: usize) -> bool {
        /// Bytes that are looked at on either side.
        const BESIDE: usize = 240;

        let start = self.html[..self.at].rfind('<').unwrap_or(0);
        let before = &self.html[self.html.ceil_char_boundary(start.saturating_sub(BESIDE))..start];
        let before = before.rsplit('>').next().unwrap_or_default();
        let after = &self.html[end..self.html.floor_char_boundary(end + BESIDE)];
        let after = after.split('<').next().unwrap_or_default();
        surroundings::is_spoken(before, after)
    }

    /// Whether an element that is dropped elsewhere says something here: the words of a task or of an answer, a button
    /// that a sentence names, a level in words, what stands for a drawing or a film.
    fn says_something(&self, raw: &RawTag<'a>) -> bool {
        let name = raw.name.to_ascii_lowercase();
        let known: [&[u8]; 6] = [
            b"label",
            b"button",
            b"progress",
            b"meter",
            b"canvas",
            b"object",
        ];
        if !known.contains(&name.as_slice()) {
            return false;
        }
        let within = self.html.floor_char_boundary(self.at + MAX_FORM);
        let Some(end) = self.end_of_element(raw, within) else {
            return false;
        };
        let html = &self.html[self.at..end];
        let text = crate::strip_tags(html, " ");
        let text = text.trim();
        match name.as_slice() {
            _ if text.is_empty() => false,
            b"label" => {
                let holds = html.contains("\"checkbox\"") || html.contains("\"radio\"");
                holds || matches!(self.filter.previous, '☑' | '☐')
            }
            b"button" => self.is_spoken(end),
            b"progress" | b"meter" => text.chars().count() <= 40,
            // What asks for another program is there for nobody who reads.
            _ => {
                let text = text.to_lowercase();
                let asks = [
                    "browser",
                    "plugin",
                    "plug-in",
                    "flash",
                    "javascript",
                    "navigat",
                    "навигат",
                    "браузер",
                ];
                !asks.iter().any(|word| text.contains(word))
            }
        }
    }

    /// Whether a digit has just been written that the next one would run into.
    fn after_digit(&self) -> bool {
        !self.fresh
            && self.gap == Gap::None
            && self.breaks == 0
            && self.filter.previous.is_ascii_digit()
    }

    /// A number raised or lowered by style alone, which would be read as part of the number before it (CSS 2.2,
    /// 10.8.1 `vertical-align`): the same as the element for it.
    fn raised(&mut self, raw: &RawTag<'a>) -> bool {
        let style = attribute(raw.attributes, "style");
        let at = style.split(';').filter_map(|rule| rule.split_once(':'));
        let mut at = at.filter(|(name, _)| name.trim().eq_ignore_ascii_case("vertical-align"));
        let tag = match at.next().map(|(_, to)| to.trim()) {
            Some("super") => Tag::Sup,
            Some("sub") => Tag::Sub,
            _ => return false,
        };
        let within = self.html.floor_char_boundary(self.at + 128);
        let Some(end) = self.end_of_element(raw, within) else {
            return false;
        };
        let text = crate::strip_tags(&self.html[self.at..end], "");
        self.open_inline(tag, Cow::Borrowed(""));
        self.chars(text.trim());
        self.close_inline(tag);
        self.at = end;
        true
    }

    /// A note in the margin, the line above a text, a place or a count is no part of the word beside it, also where style
    /// alone parts them.
    fn part_from_word(&mut self, raw: &RawTag<'a>) {
        if raw.attributes.len() <= 5 || self.in_pre() {
            return;
        }
        let Some(certain) = surroundings::stands_apart(attribute(raw.attributes, "class")) else {
            return;
        };
        let within = self.html.floor_char_boundary(self.at + MAX_FORM);
        let Some(end) = self.end_of_element(raw, within) else {
            return;
        };
        let first = self.next_sign(self.at);
        if first.is_none() {
            return;
        }
        self.part_before(first, certain);
        (self.apart_until, self.apart_certain) = (end, certain);
    }

    fn end_apart(&mut self) {
        self.part_before(self.next_sign(self.at), self.apart_certain);
    }

    /// A space between the last sign and `next`, if they would run together and cannot be of one word.
    fn part_before(&mut self, next: Option<char>, certain: bool) {
        let last = self.filter.previous;
        let (true, Gap::None, 0, Some(next)) = (!self.fresh, self.gap, self.breaks, next) else {
            return;
        };
        // Letters after figures, and a capital or figures after letters; of others only the name could tell.
        let parted = certain
            && (next.is_alphanumeric() || matches!(next, '“' | '«' | '„' | '‘' | '¿' | '¡'))
            || next.is_uppercase()
            || next.is_numeric() && last.is_alphabetic();
        let ends = last.is_alphanumeric()
            || matches!(
                last,
                '.' | ',' | ';' | ':' | '!' | '?' | ')' | '”' | '»' | '…'
            );
        if parted && ends {
            self.gap = Gap::Space;
        }
    }

    /// The sign that follows in the same line, tags passed over; nothing where white space or a block comes first.
    fn next_sign(&self, from: usize) -> Option<char> {
        let end = self.html.floor_char_boundary(from + 512);
        let mut at = from;
        while at < end {
            if !self.html[at..].starts_with('<') {
                let text = self.html[at..end].split('<').next().unwrap_or_default();
                return value(text).chars().next().filter(|c| !is_space(*c));
            }
            match markup(self.html, at) {
                Markup::Tag(tag) => {
                    let kind = Tag::of(tag.name);
                    let inline =
                        !kind.is_block() || matches!(kind, Tag::Other | Tag::Input | Tag::Dropped);
                    if !inline {
                        return None;
                    }
                    at = tag.end;
                }
                Markup::Skip(end) => at = end,
                Markup::Sign => return None,
            }
        }
        None
    }

    /// An address of the source as an absolute http(s) one.
    fn address(&mut self, raw: &'a str) -> Option<Cow<'a, str>> {
        if raw.is_empty() {
            return None;
        }
        let base = self.base;
        let parsed = &mut self.parsed_base;
        let mut base = || {
            parsed
                .get_or_insert_with(|| {
                    url::Url::parse(base)
                        .ok()
                        .filter(|url| matches!(url.scheme(), "http" | "https"))
                })
                .clone()
        };
        match value(raw) {
            Cow::Borrowed(raw) => crate::safe_text::resolve(raw, &mut base),
            Cow::Owned(decoded) => crate::safe_text::resolve(&decoded, &mut base)
                .map(|address| Cow::Owned(address.into_owned())),
        }
    }

    // --- Pictures and players -----------------------------------------------------------------

    fn image(&mut self, raw: &'a str) {
        let picture = std::mem::take(&mut self.picture);
        let found = Picture::of(raw);
        if self.in_pre() || found.is_invisible() {
            return;
        }
        // Pictures of emoji stand for the emoji.
        let alt = description(found.alt);
        if !alt.is_empty()
            && alt.chars().count() <= 8
            && alt
                .chars()
                .all(|c| c as u32 > 0x2000 && !c.is_alphanumeric())
        {
            self.chars(&alt);
            return;
        }
        // A small picture within a sentence is a word of it: what it shows, or nothing.
        if found.is_small() && (self.is_within_text() || found.is_formula) {
            self.chars(formula_source(&alt));
            return;
        }
        let Some(url) = found
            .candidates(picture)
            .into_iter()
            .flatten()
            .find_map(|candidate| self.address(candidate))
        else {
            return;
        };
        if is_beacon(&url, found.sized) || *url == *self.last_image {
            return;
        }
        let alt = crate::safe_text::safe_line(&alt);
        let title = description(attribute(raw, "title"));
        let title = crate::safe_text::safe_line(&title);
        if says_more(&title, &alt) && self.may_open_figure() {
            self.titled_image(&url, &alt, &title);
            return;
        }
        if self.fresh || self.gap != Gap::None || self.breaks > 0 {
            self.settle(true);
        } else {
            self.content();
        }
        self.sink.image(&url, &alt);
        self.filter = Filter::default();
        self.last_image.clear();
        self.last_image.push_str(&url);
        // What follows a picture in a figure is a paragraph of its own.
        if self
            .blocks
            .last()
            .is_some_and(|block| block.tag == Tag::Figure)
        {
            self.boundary();
        }
    }

    /// Whether text stands before this place in its block.
    fn is_within_text(&self) -> bool {
        !self.fresh
    }

    /// Whether a figure may stand here: not in what holds text alone, a table or a figure.
    fn may_open_figure(&self) -> bool {
        !self.blocks.iter().any(|block| {
            !matches!(
                block.tag,
                Tag::Group
                    | Tag::Layout
                    | Tag::Paragraph
                    | Tag::Quote
                    | Tag::Details
                    | Tag::List
                    | Tag::Numbered
                    | Tag::Item
            )
        })
    }

    /// A picture whose title says more than its description: the title becomes its caption.
    fn titled_image(&mut self, url: &str, alt: &str, title: &str) {
        self.end_text_block();
        self.hold_block();
        let depth = self.blocks.len();
        if self.push(Tag::Figure, "") {
            self.settle(true);
        } else {
            self.settle(false);
        }
        self.sink.image(url, alt);
        self.last_image.clear();
        self.last_image.push_str(url);
        self.boundary();
        self.push(Tag::FigureCaption, "");
        self.chars(title);
        self.pop_to(depth);
        self.boundary();
    }

    /// A player or a frame becomes a link where it says or shows something.
    fn embed(&mut self, raw: &'a str, name: &'static str) {
        let mut source = attribute(raw, "src");
        if source.is_empty() || source.starts_with("about:") {
            source = attribute(raw, "data-src");
        }
        let title = value(attribute(raw, "title"));
        let title = crate::safe_text::safe_line(&title);
        let look = Picture::of(raw);
        let shows = !title.is_empty()
            || look.sized
            || attributes(raw).any(|(name, _)| name.eq_ignore_ascii_case("allowfullscreen"));
        if (!shows && name.is_empty()) || look.is_invisible() {
            return;
        }
        let Some(url) = self.address(source) else {
            return;
        };
        if name.is_empty() && title.is_empty() && surroundings::is_advert(&url) {
            return;
        }
        let text = match (&*title, name) {
            ("", "") => url.split('/').nth(2).unwrap_or_default().to_owned(),
            ("", name) => name.to_owned(),
            (title, _) => title.to_owned(),
        };
        self.close_inline(Tag::Link);
        self.end_text_block();
        self.settle(false);
        self.sink.open(&Element {
            href: &url,
            ..Element::bare(Tag::Link)
        });
        for c in text.chars() {
            self.sink
                .text(c.encode_utf8(&mut [0; 4]), matches!(c, '<' | '&'));
        }
        self.sink.close(Tag::Link);
        self.end_text_block();
    }

    fn media(&mut self, raw: &RawTag<'a>) {
        let name = match raw.name.first() {
            Some(b'v' | b'V') => "Video",
            _ => "Audio",
        };
        let from = self.at;
        let end = self.end_or_here(raw);
        let poster = attribute(raw.attributes, "poster");
        if let Some(url) = self.address(poster) {
            self.settle(true);
            self.sink.image(&url, "");
        }
        let mut attributes = raw.attributes;
        if attribute(attributes, "src").is_empty() {
            let mut at = from;
            while let Some(next) = memchr::memchr(b'<', &self.html.as_bytes()[at..end]) {
                at += next;
                match markup(self.html, at) {
                    Markup::Tag(tag) if Tag::of(tag.name) == Tag::Source => {
                        attributes = tag.attributes;
                        break;
                    }
                    Markup::Tag(tag) => at = tag.end.min(end),
                    Markup::Skip(to) => at = to.min(end),
                    Markup::Sign => at += 1,
                }
            }
        }
        self.embed(attributes, name);
        self.at = end;
    }

    // --- What is dropped ----------------------------------------------------------------------

    /// Passes over an element whose content is not HTML.
    fn skip_raw(&mut self, raw: &RawTag<'a>) {
        let bytes = self.html.as_bytes();
        let mut at = self.at;
        while let Some(next) = memchr::memmem::find(&bytes[at..], b"</") {
            at += next + 2;
            let name = bytes.get(at..at + raw.name.len()).unwrap_or_default();
            let after = bytes.get(at + raw.name.len());
            if name.eq_ignore_ascii_case(raw.name)
                && after.is_none_or(|b| !b.is_ascii_alphanumeric())
            {
                self.at = match markup(self.html, at - 2) {
                    Markup::Tag(tag) => tag.end,
                    Markup::Skip(end) => end,
                    Markup::Sign => at,
                };
                return;
            }
        }
        self.at = bytes.len();
    }

    /// Passes over an element and what stands in it.
    fn drop_element(&mut self, raw: &RawTag<'a>) {
        if raw.attributes.ends_with('/')
            && !matches!(Tag::of(raw.name), Tag::Group | Tag::Paragraph)
        {
            return;
        }
        self.at = self.end_or_here(raw);
    }

    /// Where the element that has just begun ends; where it begins if it has no end: what follows
    /// a forgotten end tag is not lost.
    fn end_or_here(&mut self, raw: &RawTag<'a>) -> usize {
        if self.unclosed > MAX_UNCLOSED {
            return self.at;
        }
        self.end_of_element(raw, self.html.len())
            .unwrap_or_else(|| {
                self.unclosed += 1;
                self.at
            })
    }

    /// Where the element that has just begun ends, if it does before `limit`.
    fn end_of_element(&self, raw: &RawTag<'a>, limit: usize) -> Option<usize> {
        let bytes = &self.html.as_bytes()[..limit];
        let mut at = self.at;
        let mut depth = 1u32;
        let is_paragraph = raw.name.eq_ignore_ascii_case(b"p");
        while let Some(next) = memchr::memchr(b'<', bytes.get(at..)?) {
            at += next;
            match markup(self.html, at) {
                Markup::Tag(tag) => {
                    let same = tag.name.eq_ignore_ascii_case(raw.name);
                    // A paragraph ends where the next block begins.
                    if is_paragraph && !tag.closes && Tag::of(tag.name).is_block() {
                        return Some(at);
                    }
                    if same && tag.closes {
                        depth -= 1;
                        if depth == 0 {
                            return Some(tag.end);
                        }
                    } else if same {
                        depth += 1;
                    }
                    at = tag.end;
                }
                Markup::Skip(end) => at = end,
                Markup::Sign => at += 1,
            }
        }
        None
    }
}

/// Whether an element is a script that holds a formula for MathJax 2 (docs.mathjax.org/en/v2.7-latest).
fn is_tex(raw: &RawTag<'_>) -> bool {
    raw.name.eq_ignore_ascii_case(b"script")
        && !raw.closes
        && attribute(raw.attributes, "type").starts_with("math/tex")
}

/// Blocks in which other blocks only part words.
fn holds_text_alone(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading(_)
            | Tag::Pre
            | Tag::Term
            | Tag::Caption
            | Tag::FigureCaption
            | Tag::Summary
    )
}

/// Whether an element's style shows the lines of its source (CSS Text 3, 3 `white-space`).
fn keeps_lines(raw: &str) -> bool {
    if !raw.contains("white-space") {
        return false;
    }
    let mut rules = attribute(raw, "style").split(';');
    rules.any(|rule| {
        let mut rule = rule.splitn(2, ':').map(str::trim);
        rule.next() == Some("white-space")
            && matches!(rule.next(), Some("pre-wrap" | "pre-line" | "break-spaces"))
    })
}

/// Whether some paragraph of a text, up to the next tag, begins with an ideographic space after an empty line.
fn has_indented_paragraphs(text: &str) -> bool {
    let (mut begun, mut feeds) = (false, 0);
    for c in text.chars().take_while(|c| *c != '<') {
        match c {
            '\n' => feeds += 1,
            '\u{3000}' if begun && feeds > 1 => return true,
            c if c.is_whitespace() => {}
            _ => (begun, feeds) = (true, 0),
        }
    }
    false
}

/// Whether a picture's title says something that its description does not.
fn says_more(title: &str, alt: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let (said, alt) = (letters(title), letters(alt));
    title.split_whitespace().count() >= 4 && !alt.contains(&said)
}

/// What a picture of a formula is described as, without what TeX needs and a reader does not.
fn formula_source(alt: &str) -> &str {
    let alt = alt.trim();
    alt.strip_prefix("{\\displaystyle ")
        .and_then(|rest| rest.strip_suffix('}'))
        .map_or(alt, str::trim)
}

/// The block with the attributes that are kept.
fn element<'a>(block: &Block<'a>) -> Element<'a> {
    let mut element = Element::bare(block.tag);
    element.at = block.at;
    element.start = block.items;
    for (name, value) in attributes(block.attributes) {
        let name = name.as_bytes();
        if name.eq_ignore_ascii_case(b"lang")
            && !value.is_empty()
            && value.len() <= 35
            && value
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        {
            element.lang = value;
        } else if name.eq_ignore_ascii_case(b"dir") && ["rtl", "ltr", "auto"].contains(&value) {
            element.dir = value;
        } else if block.tag == Tag::Numbered && name.eq_ignore_ascii_case(b"start") {
            element.start = value
                .trim()
                .parse()
                .ok()
                .filter(|start| (-1_000_000..1_000_000).contains(start));
        } else if block.tag == Tag::Numbered && name.eq_ignore_ascii_case(b"reversed") {
            element.reversed = true;
        } else if block.tag == Tag::Numbered && name.eq_ignore_ascii_case(b"type") {
            if ["a", "A", "i", "I"].contains(&value) {
                element.numerals = value;
            }
        } else if block.tag == Tag::Item && name.eq_ignore_ascii_case(b"value") {
            element.value = value
                .trim()
                .parse()
                .ok()
                .filter(|number| (-1_000_000..1_000_000).contains(number));
        } else if matches!(block.tag, Tag::Cell | Tag::HeadCell) {
            let span = || value.trim().parse().unwrap_or(1u16).max(1);
            if name.eq_ignore_ascii_case(b"colspan") {
                element.columns = span().min(MAX_COLUMNS);
            } else if name.eq_ignore_ascii_case(b"rowspan") {
                element.rows = span().min(MAX_ROWS);
            }
        }
    }
    element
}
