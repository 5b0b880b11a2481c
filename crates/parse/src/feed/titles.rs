//! Titles and names: HTML to one plain line, and telling whether a text is HTML at all.
//! Never here: the text of articles.

use newsprint_html::elements::{is_formula, is_known, is_void};

use super::xml_tokens::{self, Entities, Scanner, Token, character, decode, named, reference};

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
            Token::Start {
                name,
                attributes,
                empty,
            } => {
                // A picture in a title is a sign that a font lacks.
                if hidden.is_none() && name.eq_ignore_ascii_case("img") {
                    let alt = xml_tokens::attributes(attributes).find(|(name, _)| *name == "alt");
                    decode(alt.map_or("", |(_, alt)| alt), &mut entities, &mut text);
                }
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

/// Whether a text of unknown kind is HTML: it closes an element that it opened, has one with attributes, one that needs
/// no end and touches a word, or an entity, and all its elements and entities are HTML's. So `1 < 2 and 3 > 2`, `AT&T`
/// and a title about `<canvas>`, `<br>` or `</div>` stay what they are.
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
    let is_markup = |name: &str| is_known(name) || is_formula(name);
    let mut scanner = Scanner::new(text);
    let mut opened = Vec::new();
    while let Some(token) = scanner.next() {
        match token {
            Token::Start { name, .. } | Token::End { name } if !is_markup(name) => return false,
            Token::Start {
                name, attributes, ..
            } => {
                evidence |= attributes.contains('=')
                    || (is_void(name) && touches_word(text, scanner.position()));
                opened.push(name);
            }
            Token::End { name } => {
                evidence |= opened.iter().any(|open| open.eq_ignore_ascii_case(name))
                    || touches_word(text, scanner.position());
            }
            _ => {}
        }
    }
    evidence
}

/// Whether the tag at `at` stands at a word or at the sign that ends one, without a gap: nobody writes so of a tag.
fn touches_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at..].split_once('>').map_or("", |(_, after)| after);
    before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '!' | '?' | ',' | ';' | ':'))
        || after.starts_with(char::is_alphanumeric)
}

/// A tag or a name: often escaped twice.
pub(super) fn plain_line(text: &str) -> String {
    if looks_like_html(text) {
        of_html(text)
    } else {
        text.to_owned()
    }
}

/// The words of an element for keywords: separated by commas, else by what [`listed`] splits at.
pub(super) fn keywords(text: &str) -> Vec<String> {
    if text.contains(',') {
        text.split(',').map(str::to_owned).collect()
    } else {
        listed(text, true)
    }
}

/// The tags of one element: several where commas part them without a blank (`Radio,Interview`), semicolons where
/// those are the custom or there are several, the commas of Chinese and Arabic in the same way, or where each word is
/// a hashtag. `Botany, Microbiology` and `over 10,000` are one.
pub(super) fn listed(text: &str, semicolons: bool) -> Vec<String> {
    let words = || text.split_whitespace();
    if words().count() > 1 && words().all(|word| word.len() > 1 && word.starts_with('#')) {
        return words().map(|word| word[1..].to_owned()).collect();
    }
    let semicolons = semicolons || text.matches(';').count() > 1;
    if !text.is_ascii() && !text.contains([',', ';']) {
        let parts: Vec<&str> = text.split(['、', '，', '،']).collect();
        let close = |part: &&str| {
            !part.starts_with(char::is_whitespace) && part.chars().count() <= LONGEST_TAG
        };
        if (parts.len() > 2 || (parts.len() == 2 && text.contains('、'))) && parts.iter().all(close)
        {
            return parts.into_iter().map(str::to_owned).collect();
        }
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == ',');
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
        assert_eq!(
            of_html("Fair <img src='/s.png' alt='☀'> today"),
            "Fair ☀ today"
        );
    }

    #[test]
    fn only_html_looks_like_html() {
        for html in [
            "a <b>c</b>",
            "Fish &amp; Chips",
            "it&#8217;s",
            "x<br/>",
            "One<br>two",
            "<a href='/x'>Bridge",
            "Bridge</p>",
            "<math><mi>x</mi></math>",
        ] {
            assert!(looks_like_html(html), "{html}");
        }
        for text in [
            "AT&T",
            "1 < 2",
            "the <canvas> element",
            "the <br> element",
            "use </div> with care",
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
        assert_eq!(listed(",radio,news,", false), ["radio", "news"]);
        assert_eq!(
            listed("law; history; rivers", false),
            ["law", "history", "rivers"]
        );
        assert_eq!(listed("#rivers #bridges", false), ["rivers", "bridges"]);
        assert_eq!(listed("经济，政治，文化", false), ["经济", "政治", "文化"]);
        assert_eq!(keywords("law;history"), ["law", "history"]);
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
