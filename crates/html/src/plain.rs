//! The text of an article alone, and the number of its words.
//! Never here: widths, markup.

use crate::reader::{self, Element, HtmlSink};
use crate::script::Scripts;
use crate::tokens::{Markup, Tag, markup, value};

/// The text of an article alone: a paragraph is one line, parted from the next by one empty line.
pub fn plain(html: &str) -> String {
    let mut plain = Plain::with_capacity(html.len().min(1 << 20));
    reader::read(html, "", &mut plain);
    plain.text
}

/// A text as it is written in HTML and XML, between tags and within an attribute in double quotes.
///
/// ```
/// assert_eq!(newsprint_html::escape("Fish & \"chips\", 1 < 2"), "Fish &amp; &quot;chips&quot;, 1 &lt; 2");
/// ```
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// The text between the tags with its character references read, `between` where each tag or comment stood. For
/// single lines and for looking things up; what a person reads comes from [`plain()`], which knows paragraphs.
///
/// ```
/// assert_eq!(newsprint_html::strip_tags("Fish <b>&amp; chips</b>, 1 < 2", ""), "Fish & chips, 1 < 2");
/// ```
pub fn strip_tags(html: &str, between: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        text.push_str(&value(&html[at..at + found]));
        at += found;
        match markup(html, at) {
            Markup::Tag(tag) => {
                text.push_str(between);
                at = tag.end;
            }
            Markup::Skip(end) => {
                text.push_str(between);
                at = end;
            }
            Markup::Sign => {
                text.push('<');
                at += 1;
            }
        }
    }
    text.push_str(&value(&html[at..]));
    text
}

/// Writes the text: a paragraph is one line, parted from the next by one empty line; items and
/// rows stand in lines of their own, the cells of a row parted by ` | `.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    pub(crate) text: String,
    /// Due before the next text: line feeds, a space, the bar between two cells.
    feeds: u8,
    space: bool,
    bar: bool,
    lists: u16,
    cells: u16,
    /// In a caption: it is said of a picture, and is not the text.
    caption: bool,
    /// Captions and descriptions of pictures, a line each.
    pub(crate) captions: String,
    script: Scripts,
    /// Nothing has been written in the row that is open.
    row_fresh: bool,
}

impl Plain {
    /// Begins a line of what is said of pictures.
    fn begin_caption(&mut self) {
        if !self.captions.is_empty() && !self.captions.ends_with('\n') {
            self.captions.push('\n');
        }
    }

    pub(crate) fn with_capacity(bytes: usize) -> Plain {
        Plain {
            text: String::with_capacity(bytes),
            ..Plain::default()
        }
    }

    /// A block begins or ends; in lists they stand close.
    fn part(&mut self) {
        if self.cells == 0 {
            let feeds = if self.lists > 0 { 1 } else { 2 };
            self.feeds = self.feeds.max(feeds);
        } else if !self.row_fresh {
            self.space = true;
        }
    }

    /// A line begins or ends within a block; all that stands in a row is one line.
    fn part_lines(&mut self) {
        if self.cells == 0 {
            self.feeds = self.feeds.max(1);
        } else if !self.row_fresh {
            self.space = true;
        }
    }

    fn settle(&mut self) {
        if self.text.is_empty() {
        } else if self.cells == 0 || self.row_fresh {
            match self.feeds {
                0 if self.space => self.text.push(' '),
                0 => {}
                1 => self.text.push('\n'),
                _ => self.text.push_str("\n\n"),
            }
        } else if self.bar {
            self.text.push_str(" | ");
        } else if self.space {
            self.text.push(' ');
        }
        (self.feeds, self.space, self.bar, self.row_fresh) = (0, false, false, false);
    }
}

impl HtmlSink for Plain {
    fn open(&mut self, element: &Element<'_>) {
        match element.tag {
            Tag::Sub | Tag::Sup => self.script.open(element.tag == Tag::Sup),
            Tag::FigureCaption => {
                self.begin_caption();
                self.caption = true;
                self.part();
            }
            Tag::Item | Tag::Term | Tag::Description => self.part_lines(),
            Tag::List | Tag::Numbered | Tag::Descriptions => {
                self.part();
                self.lists += 1;
            }
            Tag::Row if self.cells == 0 => {
                self.feeds = self.feeds.max(1);
                self.row_fresh = true;
            }
            Tag::Row => {}
            Tag::Cell | Tag::HeadCell => self.cells += 1,
            tag if tag.is_block() => self.part(),
            _ => {}
        }
    }

    fn close(&mut self, tag: Tag) {
        match tag {
            Tag::Sub | Tag::Sup => self.script.close_in(&mut self.text),
            Tag::FigureCaption => {
                self.caption = false;
                self.part();
            }
            Tag::Item | Tag::Term | Tag::Description => self.part_lines(),
            Tag::List | Tag::Numbered | Tag::Descriptions => {
                self.lists -= 1;
                self.part();
            }
            Tag::Row if self.cells == 0 => {
                self.feeds = self.feeds.max(1);
                (self.bar, self.row_fresh) = (false, false);
            }
            Tag::Row => {}
            Tag::Cell | Tag::HeadCell => {
                self.cells -= 1;
                self.bar = true;
            }
            tag if tag.is_block() => self.part(),
            _ => {}
        }
    }

    #[inline]
    fn text(&mut self, run: &str, _: bool) {
        if self.caption {
            self.captions.push_str(run);
            return;
        }
        if self.feeds > 0 || self.space || self.bar {
            self.settle();
        }
        self.script.note(self.text.len());
        self.text.push_str(run);
    }

    fn space(&mut self, _: bool) {
        if self.caption {
            self.captions.push(' ');
        } else {
            self.space = true;
        }
    }

    fn line_break(&mut self) {
        self.part_lines();
    }

    fn image(&mut self, _: &str, alt: &str) {
        if !alt.is_empty() {
            self.begin_caption();
            self.captions.push_str(alt);
        }
    }

    fn rule(&mut self) {
        self.part();
    }
}

/// Number of words: what stands between spaces and holds a letter or a digit; two Han or kana
/// characters, or six letters of Thai, Lao, Khmer or Burmese, which are written without spaces,
/// count as one word.
pub fn words(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut words = 0u32;
    let mut sixths = 0u32;
    // A letter or a digit has been seen since the last space.
    let mut within = false;
    let mut at = 0;
    while at < bytes.len() {
        // The rest of a word that has been counted.
        if within {
            at += bytes[at..]
                .iter()
                .position(|byte| matches!(byte, b' ' | b'\n' | 0xe0..))
                .unwrap_or(bytes.len() - at);
        }
        let Some(&lead) = bytes.get(at) else {
            break;
        };
        match lead {
            b' ' | b'\n' => within = false,
            0..=0x7f => {
                within = lead.is_ascii_alphanumeric();
                words += u32::from(within);
            }
            // Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic; Georgian: letters, near enough.
            0xc3..=0xdf => {
                words += 1;
                within = true;
            }
            0xe1 if matches!(bytes.get(at + 1), Some(0x82 | 0x83)) => {
                words += u32::from(!within);
                within = true;
            }
            _ => match text[at..].chars().next() {
                Some(c) if is_han_or_kana(c) => {
                    sixths += 3;
                    within = false;
                }
                Some(c) if matches!(c as u32, 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff) => {
                    sixths += u32::from(c.is_alphabetic());
                    within = false;
                }
                Some(c) if c.is_whitespace() => within = false,
                Some(c) if !within && c.is_alphanumeric() => {
                    words += 1;
                    within = true;
                }
                _ => {}
            },
        }
        at += crate::safe_text::utf8_len(lead);
    }
    words + sixths.div_ceil(6)
}

fn is_han_or_kana(c: char) -> bool {
    matches!(c as u32, 0x3041..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}
