//! A tokenizer for XML as it is found: it never refuses, never recurses, and takes linear time.
//! Never here: what elements mean.

use std::collections::HashMap;

/// One piece of the document; slices of it, nothing decoded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    /// `<name attributes>`; `empty` when it ends in `/>`.
    Start {
        name: &'a str,
        attributes: &'a str,
        empty: bool,
    },
    /// `</name>`.
    End { name: &'a str },
    /// Text with its entity references.
    Text(&'a str),
    /// What a CDATA section holds.
    Cdata(&'a str),
    /// `<!DOCTYPE …>`: what stands between `[` and `]`.
    Doctype(&'a str),
}

/// What was wrong with the document's markup.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) struct Flaws {
    /// `<` that begins nothing.
    pub(super) stray_brackets: usize,
    /// CDATA sections that were ended by the end of their element.
    pub(super) unclosed_cdata: usize,
    /// The document ends within a tag, a comment or a CDATA section.
    pub(super) cut: bool,
}

/// Reads tokens from the beginning to the end.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Where the token last given begins.
    start: usize,
    /// There is no `-->`, `]]>` or `?>` from here on: looked for once, so that many openings stay linear.
    no_comment_end: bool,
    /// Where the next `]]>` is; looked for only once the one before has been passed.
    cdata_end: Option<usize>,
    /// The element that was opened last: its end tag also ends a CDATA section that was never closed.
    last_name: &'a str,
    /// Where the next `?>` is; looked for again only once it has been passed.
    instruction_end: Option<usize>,
    doctype_seen: bool,
    pub(super) flaws: Flaws,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Scanner {
            text,
            at: 0,
            start: 0,
            no_comment_end: false,
            cdata_end: Some(0),
            last_name: "",
            instruction_end: Some(0),
            doctype_seen: false,
            flaws: Flaws::default(),
        }
    }

    /// Byte offset of the token last given.
    pub(super) fn position(&self) -> usize {
        self.start
    }

    /// The next token; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.start = self.at;
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                let end = rest.find('<').unwrap_or(rest.len());
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
            match rest.as_bytes().get(1) {
                Some(b'/') => {
                    if rest[2..].starts_with(begins_name) {
                        return Some(self.end_tag(rest));
                    }
                }
                Some(b'!') => {
                    if let Some(token) = self.declaration(rest) {
                        return Some(token);
                    }
                    continue;
                }
                Some(b'?') => {
                    if self.instruction_end.is_some_and(|end| end <= self.at) {
                        self.instruction_end = rest.find("?>").map(|end| self.at + end);
                    }
                    let end = self.instruction_end.map(|end| end - self.at);
                    // `<?xml version="1.0">` is closed like a tag by those who write it by hand.
                    let tag_end = rest.find('>');
                    match (end, tag_end) {
                        (Some(end), Some(tag)) if tag < end && rest[tag + 1..end].contains('<') => {
                            self.at += tag + 1;
                        }
                        (Some(end), _) => self.at += end + 2,
                        (None, Some(tag)) => self.at += tag + 1,
                        (None, None) => {
                            self.flaws.cut = true;
                            self.at = self.text.len();
                        }
                    }
                    continue;
                }
                Some(_) if rest[1..].starts_with(begins_name) => {
                    if let Some(token) = self.start_tag(rest) {
                        return Some(token);
                    }
                    continue;
                }
                Some(_) => {}
                None => {
                    self.flaws.cut = true;
                    self.at = self.text.len();
                    return None;
                }
            }
            // A bracket that begins nothing is text, with what follows up to the next one.
            self.flaws.stray_brackets += 1;
            let end = rest[1..].find('<').map_or(rest.len(), |end| end + 1);
            self.at += end;
            return Some(Token::Text(&rest[..end]));
        }
    }

    fn end_tag(&mut self, rest: &'a str) -> Token<'a> {
        let body = &rest[2..];
        let end = body.find(['>', '<']).unwrap_or(body.len());
        let name = body[..end].split(is_space).next().unwrap_or_default();
        self.at += 2 + end;
        if body[end..].starts_with('>') {
            self.at += 1;
        } else {
            self.flaws.cut |= end == body.len();
        }
        Token::End { name }
    }

    fn start_tag(&mut self, rest: &'a str) -> Option<Token<'a>> {
        let name_end = rest[1..]
            .find(|c: char| is_space(c) || matches!(c, '>' | '/' | '<'))
            .map_or(rest.len(), |end| end + 1);
        let name = &rest[1..name_end];
        self.last_name = name;
        let body = &rest[name_end..];
        let Some(end) = tag_end(body) else {
            self.flaws.cut = true;
            self.at = self.text.len();
            return None;
        };
        let attributes = &body[..end];
        self.at += name_end + end;
        // A tag that runs into the next one was not closed; it is taken as if it were.
        if body[end..].starts_with('>') {
            self.at += 1;
        }
        let (attributes, empty) = match attributes.strip_suffix('/') {
            Some(attributes) => (attributes, true),
            None => (attributes, false),
        };
        Some(Token::Start {
            name,
            attributes,
            empty,
        })
    }

    /// Where the element that was opened last ends.
    fn end_of_element(&self, body: &str) -> Option<usize> {
        if self.last_name.is_empty() {
            return None;
        }
        body.match_indices("</").map(|(at, _)| at).find(|at| {
            let rest = &body[at + 2..];
            rest.strip_prefix(self.last_name)
                .is_some_and(|rest| rest.trim_start().starts_with('>'))
        })
    }

    /// `<!--`, `<![CDATA[`, `<!DOCTYPE` and what else begins so; `None` for what has no meaning.
    fn declaration(&mut self, rest: &'a str) -> Option<Token<'a>> {
        if let Some(body) = rest.strip_prefix("<!--") {
            let end = if self.no_comment_end {
                None
            } else {
                body.find("-->")
            };
            self.no_comment_end = end.is_none();
            match end {
                Some(end) => self.at += 4 + end + 3,
                // An unclosed comment hides one tag's worth, not the rest of the document.
                None => match body.find('>') {
                    Some(end) => self.at += 4 + end + 1,
                    None => {
                        self.flaws.cut = true;
                        self.at = self.text.len();
                    }
                },
            }
            return None;
        }
        const CDATA: &str = "<![CDATA[";
        if rest
            .get(..CDATA.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(CDATA))
        {
            let body = &rest[CDATA.len()..];
            let from = self.at + CDATA.len();
            if self.cdata_end.is_some_and(|end| end < from) {
                self.cdata_end = cdata_end(body).map(|end| from + end);
            }
            let end = self.cdata_end.map(|end| end - from);
            // Where another section begins, or none ever ends, before the element does, this one was not closed.
            let within = &body.as_bytes()[..end.unwrap_or(body.len())];
            let reach = memchr::memmem::find(within, CDATA.as_bytes());
            let unclosed = (end.is_none() || reach.is_some())
                .then(|| self.end_of_element(&body[..reach.unwrap_or(body.len())]))
                .flatten();
            let end = match (unclosed, end) {
                (Some(end), _) => {
                    self.flaws.unclosed_cdata += 1;
                    self.at = from + end;
                    end
                }
                (None, Some(end)) => {
                    self.at = from + end + 3;
                    end
                }
                (None, None) => {
                    self.flaws.cut = true;
                    self.at = self.text.len();
                    body.len()
                }
            };
            return Some(Token::Cdata(&body[..end]));
        }
        if rest.len() < CDATA.len() && CDATA.starts_with(rest) {
            self.flaws.cut = true;
            self.at = self.text.len();
            return None;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        if rest
            .get(..9)
            .is_some_and(|start| start.eq_ignore_ascii_case("<!DOCTYPE"))
            && !std::mem::replace(&mut self.doctype_seen, true)
            && let Some(open) = rest[..end].find('[')
            && let Some(close) = subset_end(&rest[open + 1..])
        {
            let subset = &rest[open + 1..open + 1 + close];
            let after = &rest[open + 1 + close..];
            self.at += open + 1 + close + after.find('>').map_or(after.len(), |end| end + 1);
            return Some(Token::Doctype(subset));
        }
        self.at = (self.at + end + 1).min(self.text.len());
        None
    }
}

/// Where `]]>` is.
fn cdata_end(body: &str) -> Option<usize> {
    memchr::memmem::find(body.as_bytes(), b"]]>")
}

/// Where the internal subset of a DOCTYPE ends: the `]` that is in no quoted value and no comment.
fn subset_end(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, byte @ (b'"' | b'\'')) => quote = Some(byte),
            (None, b'<') if text[at..].starts_with("<!--") => {
                at += text[at..].find("-->")?;
            }
            (None, b']') => return Some(at),
            (None, _) => {}
        }
        at += 1;
    }
    None
}

/// Where a start tag ends: at the `>` outside of quoted values. A value never holds `<` in well-formed XML, so a
/// quote that meets one first was not closed, and the tag ends at its first `>`, or where the next tag begins.
fn tag_end(body: &str) -> Option<usize> {
    let bytes = body.as_bytes();
    let mut at = 0;
    while let Some(found) = body[at..].find(['>', '<', '"', '\'']) {
        at += found;
        match bytes[at] {
            b'>' | b'<' => return Some(at),
            quote => {
                // Only after `=` does a quote open a value.
                if !body[..at].trim_end_matches(is_space).ends_with('=') {
                    at += 1;
                    continue;
                }
                let value = &body[at + 1..];
                let close = value.find([quote as char, '<'])?;
                if value.as_bytes()[close] == quote {
                    at += 1 + close + 1;
                } else {
                    let markup = at + 1 + close;
                    return Some(body[..markup].find('>').unwrap_or(markup));
                }
            }
        }
    }
    None
}

fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == ':'
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// The attributes of a start tag: names as written, values with their entity references; quotes may be missing.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| is_space(c) || c == '/' || c == '"' || c == '\'');
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .find(|c: char| is_space(c) || c == '=')
            .unwrap_or(rest.len());
        let name = &rest[..end];
        rest = rest[end..].trim_start_matches(is_space);
        let Some(value) = rest.strip_prefix('=') else {
            return Some((name, ""));
        };
        let value = value.trim_start_matches(is_space);
        let end = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &value[1..];
                let end = inner.find(quote).unwrap_or(inner.len());
                rest = &inner[(end + 1).min(inner.len())..];
                return Some((name, &inner[..end]));
            }
            _ => value.find(is_space).unwrap_or(value.len()),
        };
        rest = &value[end..];
        Some((name, &value[..end]))
    })
}

/// Entities that the document itself declares; values are used as text, never read again as markup or entities.
#[derive(Debug, Default)]
pub(super) struct Entities<'a> {
    declared: HashMap<&'a str, String>,
    /// Bytes that declared entities may still become: a few lines must not grow to gigabytes.
    left: usize,
}

/// More declarations than any document type for feeds has.
const MOST_ENTITIES: usize = 512;

/// See [`Entities::left`].
const MOST_EXPANDED: usize = 256 * 1024;

impl<'a> Entities<'a> {
    /// Reads `<!ENTITY name "value">`; external and parameter entities are not read at all.
    pub(super) fn declare(&mut self, subset: &'a str) {
        self.left = MOST_EXPANDED;
        for declaration in subset.split("<!ENTITY").skip(1).take(MOST_ENTITIES) {
            let declaration = declaration.trim_start_matches(is_space);
            let Some((name, rest)) = declaration.split_once(is_space) else {
                continue;
            };
            let rest = rest.trim_start_matches(is_space);
            let Some(quote @ ('"' | '\'')) = rest.chars().next() else {
                continue;
            };
            let Some((value, _)) = rest[1..].split_once(quote) else {
                continue;
            };
            // The first declaration is binding (XML 1.0, 4.2).
            self.declared.entry(name).or_insert_with(|| {
                let mut decoded = String::new();
                decode(value, &mut Entities::default(), &mut decoded);
                decoded
            });
        }
    }

    fn resolve(&mut self, name: &str) -> Option<&str> {
        let value = self.declared.get(name)?;
        self.left = self.left.checked_sub(value.len())?;
        Some(value)
    }
}

/// Longer names are no entities (the longest of HTML has 31 letters).
const LONGEST_NAME: usize = 40;

/// Appends `raw` with its entity references resolved: numbers, XML's, HTML's and the document's own. What resolves to
/// nothing stays as it is written; control characters, which XML does not allow, are left out. Returns the number of
/// `&` that were not an entity.
pub(super) fn decode(raw: &str, entities: &mut Entities<'_>, into: &mut String) -> usize {
    let mut stray = 0;
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        push_text(into, &rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((name, length)) => {
                if let Some(c) = character(name) {
                    into.extend(c.filter(|c| !is_forbidden(*c)));
                } else if let Some(value) = named(name) {
                    into.push_str(value);
                } else if let Some(value) = entities.resolve(name) {
                    into.push_str(value);
                } else {
                    stray += 1;
                    into.push_str(&rest[..length]);
                }
                rest = &rest[length..];
            }
            None => {
                stray += 1;
                into.push('&');
                rest = &rest[1..];
            }
        }
    }
    push_text(into, rest);
    stray
}

/// The name within `&name;`, and the length of the whole reference.
pub(super) fn reference(text: &str) -> Option<(&str, usize)> {
    let body = &text.as_bytes()[1..];
    let end = body.iter().take(LONGEST_NAME).position(|byte| {
        !(byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'_' | b'.' | b'-' | b':'))
    })?;
    (body[end] == b';' && end > 0).then(|| (&text[1..=end], end + 2))
}

/// Entities with a name: XML's five first, because nearly all are these.
pub(super) fn named(name: &str) -> Option<&'static str> {
    quick_xml::escape::resolve_xml_entity(name)
        .or_else(|| quick_xml::escape::resolve_html5_entity(name))
}

/// `#38` and `#x26`: the outer `None` when it is no number, the inner when it is no character.
pub(super) fn character(name: &str) -> Option<Option<char>> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    let code = match code {
        // These are windows-1252's in a Latin-1 dress, as HTML reads them too.
        Ok(code @ 0x80..=0x9F) => {
            let bytes = [code as u8];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            return Some(text.chars().next());
        }
        Ok(code) => code,
        Err(_)
            if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit() || b == b'x') =>
        {
            return Some(None);
        }
        Err(_) => return None,
    };
    Some(char::from_u32(code))
}

/// Appends text without the characters that XML 1.0 forbids (production `Char`).
pub(super) fn push_text(into: &mut String, text: &str) {
    // Without an early end the check is done on many bytes at once.
    let forbidden =
        |found, byte: &u8| found | ((*byte < 0x20) & !matches!(byte, b'\t' | b'\n' | b'\r'));
    if text.as_bytes().iter().fold(false, forbidden) {
        into.extend(text.chars().filter(|c| !is_forbidden(*c)));
    } else {
        into.push_str(text);
    }
}

fn is_forbidden(c: char) -> bool {
    c < ' ' && !matches!(c, '\t' | '\n' | '\r')
}

/// Appends text so that XML and HTML read it as that text.
pub(super) fn escape(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>']) {
        push_text(into, &rest[..at]);
        into.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    push_text(into, rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> (Vec<Token<'_>>, Flaws) {
        let mut scanner = Scanner::new(text);
        let mut tokens = Vec::new();
        while let Some(token) = scanner.next() {
            tokens.push(token);
        }
        (tokens, scanner.flaws)
    }

    fn decoded(raw: &str) -> String {
        let mut text = String::new();
        decode(raw, &mut Entities::default(), &mut text);
        text
    }

    #[test]
    fn a_stray_bracket_is_text() {
        let (tokens, flaws) = all("<a>1 < 2</a>");
        assert_eq!(flaws.stray_brackets, 1);
        assert_eq!(tokens[1..3], [Token::Text("1 "), Token::Text("< 2")]);
    }

    #[test]
    fn an_unclosed_quote_ends_with_its_tag() {
        let (tokens, _) = all("<a href=\"x><b>y</b>");
        assert_eq!(
            tokens[1],
            Token::Start {
                name: "b",
                attributes: "",
                empty: false
            }
        );
    }

    #[test]
    fn a_greater_sign_within_quotes_does_not_end_the_tag() {
        let (tokens, _) = all("<a t='a>b' u=c/>");
        let Token::Start {
            attributes: text,
            empty,
            ..
        } = tokens[0]
        else {
            panic!("{tokens:?}");
        };
        assert!(empty);
        assert_eq!(
            attributes(text).collect::<Vec<_>>(),
            [("t", "a>b"), ("u", "c")]
        );
    }

    #[test]
    fn what_is_cut_off_is_said() {
        for text in ["<a><![CDATA[x", "<a><b c", "<a><!-- x", "<a><", "<a></b"] {
            assert!(all(text).1.cut, "{text}");
        }
        assert!(!all("<a>text").1.cut);
    }

    #[test]
    fn entities_of_xml_html_and_numbers_are_read() {
        assert_eq!(
            decoded("a &amp; b&nbsp;&eacute;&#8211;&#x2013;"),
            "a & b\u{a0}é––"
        );
        assert_eq!(decoded("&#150;&#27;&#0;&#1114112;"), "–");
    }

    #[test]
    fn what_is_no_entity_stays() {
        assert_eq!(
            decoded("AT&T & Co &nonsense; a=1&b=2"),
            "AT&T & Co &nonsense; a=1&b=2"
        );
    }

    #[test]
    fn declared_entities_expand_once_and_within_bounds() {
        let mut entities = Entities::default();
        entities.declare(
            "<!ENTITY a 'x&#233;'><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM 'file:///etc/passwd'>",
        );
        let mut text = String::new();
        decode("&a; &b; &c;", &mut entities, &mut text);
        assert_eq!(text, "xé &a;&a; &c;");
        let mut text = String::new();
        let many = "&a;".repeat(200_000);
        decode(&many, &mut entities, &mut text);
        assert!(text.len() <= many.len() + MOST_EXPANDED);
    }
}
