//! Titles and names: HTML to one plain line, and telling whether a text is HTML at all.
//! Never here: the text of articles.

use super::xml_tokens::{Entities, Scanner, Token, character, decode, named, reference};

/// A title is no longer than this; what follows is a mistake in the markup.
const LONGEST: usize = 16 * 1024;

/// HTML to its text: markup left out, entities read.
pub(super) fn of_html(html: &str) -> String {
    let html = cut(html, LONGEST);
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let mut text = String::with_capacity(html.len());
    let mut entities = Entities::default();
    let mut scanner = Scanner::new(html);
    // Within an element whose text is not for reading.
    let mut hidden: Option<&str> = None;
    while let Some(token) = scanner.next() {
        match token {
            Token::Start { name, empty, .. } => {
                if hidden.is_none() && !empty && is_hidden(name) {
                    hidden = Some(name);
                }
                if is_break(name) {
                    text.push(' ');
                }
            }
            Token::End { name } => {
                if hidden.is_some_and(|hidden| hidden.eq_ignore_ascii_case(name)) {
                    hidden = None;
                }
            }
            Token::Text(raw) | Token::Cdata(raw) if hidden.is_none() => {
                decode(raw, &mut entities, &mut text);
            }
            Token::Text(_) | Token::Cdata(_) | Token::Doctype(_) => {}
        }
    }
    text
}

fn is_hidden(name: &str) -> bool {
    ["script", "style", "applet"]
        .iter()
        .any(|hidden| hidden.eq_ignore_ascii_case(name))
}

/// Elements between whose texts a reader sees a gap.
fn is_break(name: &str) -> bool {
    ["br", "p", "div", "li", "td", "h1", "h2", "h3"]
        .iter()
        .any(|block| block.eq_ignore_ascii_case(name))
}

/// Whether a text of unknown kind is HTML: it closes an element or has an entity, and all its elements and entities are
/// HTML's. So `1 < 2 and 3 > 2`, `AT&T` and a title about `<canvas>` stay what they are.
pub(super) fn looks_like_html(text: &str) -> bool {
    let text = cut(text, LONGEST);
    let mut evidence = text.contains("/>");
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        rest = &rest[at..];
        match reference(rest) {
            Some((name, length)) => {
                if named(name).is_none() && character(name).is_none() {
                    return false;
                }
                evidence = true;
                rest = &rest[length..];
            }
            None => rest = &rest[1..],
        }
    }
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.next() {
        match token {
            Token::Start { name, .. } if !is_html(name) => return false,
            Token::End { name } if !is_html(name) => return false,
            Token::End { .. } => evidence = true,
            _ => {}
        }
    }
    evidence
}

#[rustfmt::skip]
const NAMES: &[&str] = &[
        "a", "abbr", "acronym", "address", "applet", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blink", "blockquote",
        "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "dir",
        "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset",
        "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label",
        "legend", "li", "link", "main", "map", "mark", "menu", "meta", "nav", "nobr", "noscript", "object", "ol", "optgroup", "option", "p",
        "param", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "script", "section", "select", "small", "source", "span",
        "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "time",
        "title", "tr", "tt", "u", "ul", "var", "video", "wbr",
];

fn is_html(name: &str) -> bool {
    let mut buffer = [0u8; 12];
    let Some(lower) = buffer.get_mut(..name.len()) else {
        return false;
    };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    NAMES
        .binary_search_by(|other| other.as_bytes().cmp(lower))
        .is_ok()
}

/// `desk@paper.example (A. Writer)`, `A. Writer <desk@paper.example>`: the name, else what is there.
pub(super) fn person(text: &str) -> String {
    let text = text.trim();
    let is_address = |text: &str| text.contains('@') && !text.contains(char::is_whitespace);
    if let Some((address, name)) = text.split_once('(')
        && is_address(address.trim())
        && let Some((name, _)) = name.split_once(')')
        && !name.trim().is_empty()
    {
        return name.trim().to_owned();
    }
    if let Some((name, address)) = text.split_once('<')
        && is_address(address.trim_end_matches('>').trim())
        && !name.trim().is_empty()
    {
        return name.trim().trim_matches('"').to_owned();
    }
    text.to_owned()
}

/// A name for a message: short, and in one piece.
pub(super) fn brief(name: &str) -> &str {
    cut(name, 40)
}

/// The beginning of a text, at most `bytes` long.
fn cut(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let mut end = bytes;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_leaves_and_entities_are_read() {
        assert_eq!(
            of_html("A <b>bold</b> step &amp; more"),
            "A bold step & more"
        );
        assert_eq!(of_html("a<br/>b<script>x()</script>"), "a b");
        assert_eq!(of_html("5 < 6"), "5 < 6");
    }

    #[test]
    fn the_names_are_in_order() {
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn only_html_looks_like_html() {
        for html in ["a <b>c</b>", "Fish &amp; Chips", "it&#8217;s", "x<br/>"] {
            assert!(looks_like_html(html), "{html}");
        }
        for text in [
            "AT&T",
            "1 < 2",
            "the <canvas> element",
            "<foo>bar</foo>",
            "&nonsense;",
        ] {
            assert!(!looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn a_name_is_found_beside_an_address() {
        assert_eq!(person("desk@paper.example (Nino K.)"), "Nino K.");
        assert_eq!(person("Nino K. <desk@paper.example>"), "Nino K.");
        assert_eq!(person("desk@paper.example"), "desk@paper.example");
        assert_eq!(person("Nino K. (Tbilisi)"), "Nino K. (Tbilisi)");
    }
}
