//! Titles and names: HTML to one plain line, and telling whether a text is HTML at all.
//! Never here: the text of articles.

use newsprint_html::elements::is_known;

use super::xml_tokens::{Entities, Scanner, Token, character, decode, named, reference};

/// A title is no longer than this; what follows is a mistake in the markup.
const LONGEST: usize = 16 * 1024;

/// HTML to its text: markup left out, entities read.
pub(super) fn of_html(html: &str) -> String {
    let html = cut(html, LONGEST);
    if has_formula(html) {
        return newsprint_html::plain(html).replace('\n', " ");
    }
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

/// Whether raised or lowered figures or a formula may be in it, which mean something by where they stand.
fn has_formula(html: &str) -> bool {
    html.match_indices('<').any(|(at, _)| {
        let rest = &html.as_bytes()[at + 1..];
        [&b"sup"[..], b"sub", b"math", b"mml:math"]
            .iter()
            .any(|name| {
                rest.get(..name.len())
                    .is_some_and(|there| there.eq_ignore_ascii_case(name))
            })
    })
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
            Token::Start { name, .. } if !is_known(name) => return false,
            Token::End { name } if !is_known(name) => return false,
            Token::End { .. } => evidence = true,
            _ => {}
        }
    }
    evidence
}

/// The tags of one element: several where commas part them without a blank (`Radio,Interview`), or semicolons where
/// those are the custom. `Botany, Microbiology` and `over 10,000` are one.
pub(super) fn listed(text: &str, semicolons: bool) -> Vec<String> {
    let parts: Vec<&str> = if semicolons && text.contains(';') {
        text.split(';').collect()
    } else {
        text.split(',').collect()
    };
    let by_commas = !(semicolons && text.contains(';'));
    let is_list = parts.len() > 1
        && parts
            .iter()
            .all(|part| part.trim().chars().count() <= LONGEST_TAG)
        && (!by_commas
            || parts.windows(2).all(|pair| {
                let (left, right) = (pair[0], pair[1]);
                let digits = left.ends_with(|c: char| c.is_ascii_digit())
                    && right.starts_with(|c: char| c.is_ascii_digit());
                !digits && !left.is_empty() && right.starts_with(|c: char| !c.is_whitespace())
            }));
    if is_list {
        let tags = parts.iter().map(|part| part.trim());
        tags.filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect()
    } else {
        vec![text.to_owned()]
    }
}

/// A tag of a list is no longer than this; what is, is a sentence.
const LONGEST_TAG: usize = 50;

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
    fn lists_of_tags_are_parted_and_names_with_commas_are_not() {
        assert_eq!(
            listed("Radio,Interview,Live music", false),
            ["Radio", "Interview", "Live music"]
        );
        assert_eq!(
            listed("law; history; rivers", true),
            ["law", "history", "rivers"]
        );
        for whole in ["Botany, Microbiology", "Salaries over 10,000", "one", "a;b"] {
            assert_eq!(listed(whole, false), [whole]);
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
