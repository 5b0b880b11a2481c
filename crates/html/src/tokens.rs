//! The small change of HTML: names of elements, attributes, character references, where a tag ends.
//! Never here: what an element means, what is kept.

use std::borrow::Cow;

/// What an element is to a text. Names that mean the same to a reader are one: `b` and `strong`,
/// `div` and `section`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    // Blocks that hold blocks.
    /// `div`, `section`, `article` …: parts paragraphs, leaves no trace.
    Group,
    /// A table that only lays out what is in it: leaves no trace.
    Layout,
    Quote,
    Figure,
    Details,
    Item,
    Description,
    Cell,
    HeadCell,
    // Blocks that hold only certain blocks.
    List,
    Numbered,
    Descriptions,
    Table,
    Row,
    // Blocks that hold text.
    Paragraph,
    Heading(u8),
    Pre,
    Term,
    Caption,
    FigureCaption,
    Summary,
    // Text.
    Link,
    Strong,
    Emphasis,
    Underline,
    Inserted,
    Strike,
    Sub,
    Sup,
    Code,
    Highlight,
    // What is not kept as it stands.
    Break,
    Rule,
    Image,
    Source,
    RowHead,
    RowGroup,
    InlineQuote,
    Ruby,
    RubyText,
    RubyParenthesis,
    Noscript,
    Frame,
    Media,
    Form,
    Input,
    /// A formula (MathML).
    Math,
    /// What relative addresses are relative to.
    Base,
    /// Dropped with all it holds.
    Dropped,
    /// Dropped with all it holds, which is not HTML.
    Raw,
    /// Leaves no trace.
    Other,
}

impl Tag {
    /// The element of a name, in whatever case.
    pub(crate) fn of(name: &[u8]) -> Tag {
        let mut lower = [0u8; 14];
        let Some(lower) = lower.get_mut(..name.len()) else {
            return Tag::Other;
        };
        for (to, from) in lower.iter_mut().zip(name) {
            *to = from.to_ascii_lowercase();
        }
        match &*lower {
            b"p" => Tag::Paragraph,
            b"a" => Tag::Link,
            b"div" | b"section" | b"article" | b"main" | b"header" | b"footer" | b"aside"
            | b"address" | b"center" | b"hgroup" | b"fieldset" | b"legend" | b"body" | b"html"
            | b"search" => Tag::Group,
            b"span" | b"font" | b"small" | b"big" | b"abbr" | b"time" => Tag::Other,
            b"b" | b"strong" => Tag::Strong,
            b"i" | b"em" | b"cite" | b"dfn" | b"var" => Tag::Emphasis,
            b"br" => Tag::Break,
            b"img" | b"amp-img" | b"image" => Tag::Image,
            b"h1" => Tag::Heading(1),
            b"h2" => Tag::Heading(2),
            b"h3" => Tag::Heading(3),
            b"h4" => Tag::Heading(4),
            b"h5" => Tag::Heading(5),
            b"h6" => Tag::Heading(6),
            b"ul" | b"menu" | b"dir" => Tag::List,
            b"ol" => Tag::Numbered,
            b"li" => Tag::Item,
            b"blockquote" => Tag::Quote,
            b"pre" | b"listing" => Tag::Pre,
            b"figure" => Tag::Figure,
            b"figcaption" => Tag::FigureCaption,
            b"table" => Tag::Table,
            b"caption" => Tag::Caption,
            b"thead" => Tag::RowHead,
            b"tbody" | b"tfoot" => Tag::RowGroup,
            b"tr" => Tag::Row,
            b"td" => Tag::Cell,
            b"th" => Tag::HeadCell,
            b"dl" => Tag::Descriptions,
            b"dt" => Tag::Term,
            b"dd" => Tag::Description,
            b"details" => Tag::Details,
            b"summary" => Tag::Summary,
            b"u" => Tag::Underline,
            b"ins" => Tag::Inserted,
            b"s" | b"strike" | b"del" => Tag::Strike,
            b"sub" => Tag::Sub,
            b"sup" => Tag::Sup,
            b"code" | b"kbd" | b"samp" | b"tt" => Tag::Code,
            b"mark" => Tag::Highlight,
            b"q" => Tag::InlineQuote,
            b"ruby" => Tag::Ruby,
            b"rt" => Tag::RubyText,
            b"rp" => Tag::RubyParenthesis,
            b"hr" => Tag::Rule,
            b"source" => Tag::Source,
            b"noscript" => Tag::Noscript,
            b"iframe" => Tag::Frame,
            b"video" | b"audio" => Tag::Media,
            b"form" => Tag::Form,
            b"input" => Tag::Input,
            b"base" => Tag::Base,
            b"math" | b"mml:math" | b"m:math" => Tag::Math,
            b"script" | b"style" | b"textarea" | b"title" | b"xmp" | b"noembed" | b"noframes" => {
                Tag::Raw
            }
            b"nav" | b"svg" | b"button" | b"select" | b"option" | b"label" | b"head"
            | b"template" | b"dialog" | b"canvas" | b"object" | b"applet" | b"datalist"
            | b"progress" | b"meter" | b"map" | b"annotation" => Tag::Dropped,
            _ => Tag::Other,
        }
    }
}

impl Tag {
    /// Whether it is a block to what comes out of the reader: all but the marks within a text.
    pub(crate) fn is_block(self) -> bool {
        !matches!(
            self,
            Tag::Link
                | Tag::Strong
                | Tag::Emphasis
                | Tag::Underline
                | Tag::Inserted
                | Tag::Strike
                | Tag::Sub
                | Tag::Sup
                | Tag::Code
                | Tag::Highlight
        )
    }
}

/// One tag of the source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawTag<'a> {
    /// As written.
    pub(crate) name: &'a [u8],
    /// `</…>`.
    pub(crate) closes: bool,
    /// What stands between the name and the `>`.
    pub(crate) attributes: &'a str,
    /// Where the text goes on.
    pub(crate) end: usize,
}

/// What begins at a `<`.
pub(crate) enum Markup<'a> {
    /// A start or end tag.
    Tag(RawTag<'a>),
    /// A comment, doctype or processing instruction; the text goes on there.
    Skip(usize),
    /// The sign itself.
    Sign,
}

/// Reads what begins at the `<` at `at` (WHATWG HTML, 13.2.5, without its script states).
pub(crate) fn markup(html: &str, at: usize) -> Markup<'_> {
    let bytes = html.as_bytes();
    let rest = &bytes[at + 1..];
    let (closes, name_at) = match rest.first() {
        Some(b'/') => (true, at + 2),
        Some(b'!') if rest.starts_with(b"!--") => {
            let from = at + 4;
            // `<!-->` and `<!--->` are whole comments.
            let text = &bytes[from..];
            let end = if text.starts_with(b">") {
                from + 1
            } else if text.starts_with(b"->") {
                from + 2
            } else {
                memchr::memmem::find(text, b"-->").map_or(bytes.len(), |i| from + i + 3)
            };
            return Markup::Skip(end);
        }
        Some(b'!' | b'?') => {
            return Markup::Skip(
                memchr::memchr(b'>', rest).map_or(bytes.len(), |i| at + 1 + i + 1),
            );
        }
        Some(b) if b.is_ascii_alphabetic() => (false, at + 1),
        _ => return Markup::Sign,
    };
    match bytes.get(name_at) {
        Some(b) if b.is_ascii_alphabetic() => {}
        // `</>`, `</ x>`: a comment to browsers.
        Some(_) if closes => {
            return Markup::Skip(
                memchr::memchr(b'>', &bytes[name_at..]).map_or(bytes.len(), |i| name_at + i + 1),
            );
        }
        _ => return Markup::Sign,
    }
    let name_end = bytes[name_at..]
        .iter()
        .position(|b| matches!(b, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0c))
        .map_or(bytes.len(), |i| name_at + i);
    // No element is called `b$` or `y,`: a comparison in a text that forgot to escape it.
    let is_name =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.') || *b >= 0x80;
    let names = &bytes[name_at..name_end];
    if !closes && names.len() < 24 && !names.iter().all(is_name) && !names.contains(&b'<') {
        return Markup::Sign;
    }
    let (attributes_end, end) = match tag_end(bytes, name_end) {
        Some(close) => (close, close + 1),
        // The document ends inside the tag: nothing of it is text.
        None => (name_end, bytes.len()),
    };
    Markup::Tag(RawTag {
        name: &bytes[name_at..name_end],
        closes,
        attributes: &html[name_end..attributes_end],
        end,
    })
}

/// Where the `>` of a tag stands, quoted values passed over.
fn tag_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let sign = at + memchr::memchr2(b'>', b'=', bytes.get(at..)?)?;
        if bytes[sign] == b'>' {
            return Some(sign);
        }
        at = sign + 1;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
            at += 1;
            at += memchr::memchr(*quote, &bytes[at..])? + 1;
        }
    }
}

/// The attributes of a tag in their order: name as written, value as written.
pub(crate) fn attributes(raw: &str) -> Attributes<'_> {
    Attributes { raw, at: 0 }
}

/// See [`attributes`].
pub(crate) struct Attributes<'a> {
    raw: &'a str,
    at: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        let bytes = self.raw.as_bytes();
        let is_space = |b: &u8| b.is_ascii_whitespace();
        let mut at = self.at;
        while bytes.get(at).is_some_and(|b| is_space(b) || *b == b'/') {
            at += 1;
        }
        if at >= bytes.len() {
            return None;
        }
        let name_at = at;
        at += 1;
        while bytes
            .get(at)
            .is_some_and(|b| !is_space(b) && *b != b'=' && *b != b'/')
        {
            at += 1;
        }
        let name_end = at;
        while bytes.get(at).is_some_and(is_space) {
            at += 1;
        }
        let mut value = "";
        if bytes.get(at) == Some(&b'=') {
            at += 1;
            while bytes.get(at).is_some_and(is_space) {
                at += 1;
            }
            if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                let from = at + 1;
                let to = memchr::memchr(*quote, &bytes[from..]).map_or(bytes.len(), |i| from + i);
                value = self.raw.get(from..to).unwrap_or_default();
                at = to + 1;
            } else {
                let from = at;
                while bytes.get(at).is_some_and(|b| !is_space(b)) {
                    at += 1;
                }
                value = self.raw.get(from..at).unwrap_or_default();
            }
        }
        self.at = at;
        Some((self.raw.get(name_at..name_end).unwrap_or_default(), value))
    }
}

/// The value of an attribute with its character references decoded.
pub(crate) fn value(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', raw.as_bytes()) else {
        return Cow::Borrowed(raw);
    };
    let mut out = String::with_capacity(raw.len());
    let (head, mut rest) = raw.split_at(first);
    out.push_str(head);
    while !rest.is_empty() {
        let (length, one, two) = match reference(rest, true) {
            Some(found) => found,
            None => (1, '&', None),
        };
        out.push(one);
        out.extend(two);
        rest = &rest[length..];
        let next = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

/// The character reference that a text begins with, and its length in bytes (WHATWG HTML, 13.2.5.72).
pub(crate) fn reference(text: &str, attribute: bool) -> Option<(usize, char, Option<char>)> {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        return numeric(bytes);
    }
    let length = bytes[1..]
        .iter()
        .take(32)
        .position(|b| !b.is_ascii_alphanumeric())
        .unwrap_or(bytes.len().min(33) - 1);
    if length == 0 {
        return None;
    }
    if bytes.get(1 + length) == Some(&b';') {
        let one = match &text[1..=length] {
            "nbsp" => Some('\u{a0}'),
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        };
        if let Some(one) = one {
            return Some((length + 2, one, None));
        }
        if let Some((one, two)) = named(&text[1..length + 2]) {
            return Some((length + 2, one, two));
        }
    }
    // The old names that may stand without a semicolon have at most six letters.
    for end in (2..=length.min(6)).rev() {
        if let Some((one, two)) = named(&text[1..=end]) {
            let next = bytes.get(1 + end);
            let ends = !next.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=');
            return (!attribute || ends).then_some((1 + end, one, two));
        }
    }
    None
}

fn named(name: &str) -> Option<(char, Option<char>)> {
    let (one, two) = *markup5ever::data::NAMED_ENTITIES.get(name)?;
    // The table also holds the beginnings of names, with nothing behind them.
    let one = char::from_u32(one).filter(|c| *c != '\0')?;
    Some((one, char::from_u32(two).filter(|c| *c != '\0')))
}

fn numeric(bytes: &[u8]) -> Option<(usize, char, Option<char>)> {
    let (from, radix) = match bytes.get(2) {
        Some(b'x' | b'X') => (3, 16),
        _ => (2, 10),
    };
    let mut code = 0u32;
    let mut at = from;
    while let Some(digit) = bytes.get(at).and_then(|b| char::from(*b).to_digit(radix)) {
        code = code.saturating_mul(radix).saturating_add(digit);
        at += 1;
    }
    if at == from {
        return None;
    }
    if bytes.get(at) == Some(&b';') {
        at += 1;
    }
    let c = match code {
        0 => '\u{fffd}',
        0x80..=0x9f => windows_1252(code),
        _ => char::from_u32(code).unwrap_or('\u{fffd}'),
    };
    Some((at, c, None))
}

/// Numbers 128 to 159 mean windows-1252 in HTML.
fn windows_1252(code: u32) -> char {
    const TABLE: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    TABLE
        .get((code - 0x80) as usize)
        .copied()
        .unwrap_or('\u{fffd}')
}
