//! Plain text to HTML that keeps its lines, and telling plain text from HTML where a document does not say.
//! Never here: titles and names (`titles`), what XML makes of either.

use newsprint_html::elements::{is_formula, is_known};

use super::xml_tokens::{Scanner, Token, attributes, character, escape, named, reference};

/// Columns between which text is wrapped by hand: mail, abstracts, alerts of weather services.
const WRAPPED: std::ops::RangeInclusive<usize> = 50..=100;

/// How much of a text is looked at to tell what it is.
const LOOKED_AT: usize = 64 * 1024;

/// Whether a text of unknown kind is HTML. It is where it closes an element of HTML, has one that needs no end, or
/// one whose attributes have values. So `a<b and b>c`, `<3` and `<T>` stay text.
fn is_html(text: &str) -> bool {
    if !text.contains('<') {
        return false;
    }
    let head = &text[..text.floor_char_boundary(LOOKED_AT)];
    let mut scanner = Scanner::new(head);
    while let Some(token) = scanner.next() {
        match token {
            Token::End { name }
                if (is_known(name) || is_formula(name))
                    && !is_spoken_of(head, scanner.position()) =>
            {
                return true;
            }
            Token::Start {
                name,
                attributes: text,
                empty,
            } if is_known(name) => {
                let written_out = attributes(text)
                    .all(|(name, value)| !value.is_empty() || text.contains('=') || is_flag(name));
                let bare = text.trim().is_empty();
                let opens = || may_stay_open(name) && !is_spoken_of(head, scanner.position());
                if (bare && (empty || breaks(name) || opens()))
                    || (!bare && written_out && text.contains('='))
                {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Elements that say something without attributes and without an end tag; of others that have none (`<source>`,
/// `<link>`) it is the attributes that say it.
fn breaks(name: &str) -> bool {
    ["br", "hr", "wbr"]
        .iter()
        .any(|element| element.eq_ignore_ascii_case(name))
}

/// Elements that are often written without their end tag.
fn may_stay_open(name: &str) -> bool {
    ["p", "li", "dt", "dd", "tr", "td", "th"]
        .iter()
        .any(|open| open.eq_ignore_ascii_case(name))
}

/// Whether the tag at `at` stands like a word within a sentence: `the <p> element`.
fn is_spoken_of(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    let after = text[at..].split_once('>').map_or("", |(_, after)| after);
    before.len() < at
        && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && after.starts_with([' ', ',', '.', ';', ':', ')', '?', '!'])
}

fn is_flag(name: &str) -> bool {
    ["hidden", "controls", "allowfullscreen", "open", "checked"]
        .iter()
        .any(|flag| flag.eq_ignore_ascii_case(name))
}

/// Whether a text without elements has character references, as HTML does: it was escaped once more.
fn has_references(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        rest = &rest[at..];
        match reference(rest) {
            Some((name, _)) if named(name).is_some() || character(name).is_some() => return true,
            _ => rest = &rest[1..],
        }
    }
    false
}

/// HTML that was escaped once more than it should have been: from its first sign to its last it is one element after
/// the other. What only speaks of elements begins or ends with words.
fn escaped_again(text: &str) -> Option<String> {
    let trimmed = text.trim();
    if !trimmed.starts_with("&lt;") || !trimmed.ends_with("&gt;") || trimmed.contains('<') {
        return None;
    }
    let html = trimmed
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let whole = html.contains("</") && is_html(&html);
    whole.then_some(html)
}

/// A text of unknown kind as HTML.
pub(super) fn as_html(text: String) -> String {
    if is_html(&text) {
        text
    } else if let Some(html) = escaped_again(&text) {
        html
    } else if has_references(&text) {
        lines_to_html(&text.replace('<', "&lt;"))
    } else {
        to_html(&text)
    }
}

/// Plain text as HTML: a paragraph where lines are empty, `<br>` where a line ends, unless the lines were only
/// wrapped to a width.
pub(super) fn to_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    escape(text, &mut escaped);
    lines_to_html(&escaped)
}

/// The same of a text whose signs are HTML's already.
fn lines_to_html(text: &str) -> String {
    let text = text.trim();
    if !text.contains(['\n', '\r']) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
    let width = wrapped_to(&lines);
    let mut html = String::with_capacity(text.len() + 64);
    let mut before = "";
    for line in lines {
        match (before.is_empty(), line.is_empty()) {
            (true, true) => {}
            (true, false) => html.push_str("<p>"),
            (false, true) => html.push_str("</p>"),
            (false, false) if width.is_some_and(|width| goes_on(before, line, width)) => {
                // `long-` and `term` are one word; whether the hyphen belongs to it nobody knows.
                let hyphen = before.strip_suffix('-');
                let word = hyphen.is_some_and(|word| word.ends_with(char::is_alphabetic));
                if !word || !line.starts_with(char::is_lowercase) {
                    html.push(' ');
                }
            }
            (false, false) => html.push_str("<br>"),
        }
        html.push_str(line);
        before = line;
    }
    if !before.is_empty() {
        html.push_str("</p>");
    }
    html
}

/// The width that the lines were wrapped to by hand: in two of three places where a line ends the next word would
/// not have fitted, and at least one line ends within a sentence.
fn wrapped_to(lines: &[&str]) -> Option<usize> {
    let width = lines.iter().map(|line| line.chars().count()).max()?;
    if !WRAPPED.contains(&width) {
        return None;
    }
    let (mut full, mut ends, mut within) = (0, 0, false);
    for pair in lines.windows(2) {
        let (line, next) = (pair[0], pair[1]);
        if !line.is_empty() && !next.is_empty() && !begins_item(next) {
            ends += 1;
            full += usize::from(is_full(line, next, width));
            within |= is_within_sentence(line, next);
        }
    }
    (within && full * 3 >= ends * 2).then_some(width)
}

/// Whether a text that was wrapped to a width goes on in the next line.
fn goes_on(line: &str, next: &str, width: usize) -> bool {
    !begins_item(next) && (is_full(line, next, width) || is_within_sentence(line, next))
}

/// Whether the next line's first word had no room. A wrapper of mails leaves a few columns.
fn is_full(line: &str, next: &str, width: usize) -> bool {
    let word = next.split(' ').next().unwrap_or_default();
    line.chars().count() + 1 + word.chars().count() + 4 > width
}

fn is_within_sentence(line: &str, next: &str) -> bool {
    !line.ends_with(['.', '!', '?', ':', ';', '…', '"', '”'])
        && next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}

/// Whether a line begins an item of a list: it stays a line of its own.
fn begins_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['-', '*', '•', '–', '·'])
        && line.chars().nth(1).is_some_and(char::is_whitespace)
        || number.len() < line.len()
            && number.starts_with([')', '.'])
            && number[1..].starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_hearts_and_generics_are_text() {
        for text in [
            "where a<b and b>c hold, x<y and y>z",
            "with a <3 in it",
            "Vec<T> and <b for more",
            "x < y",
            "List<a> of b",
            "the <p> element, and <li> too",
            "cp <source> <target> copies a file",
            "Use </div> with care",
            "The <p> and </p> tags are optional",
            "An <input> without <label> is bad",
        ] {
            assert!(!is_html(text), "{text}");
        }
        for html in [
            "one<br>two",
            "<p>one",
            "a <b>bold</b> word",
            "<img src='x.png'>",
            "<a href=x>y",
            "one<br/>two",
            "One. <p>Two.",
            "<math><mi>x</mi></math>",
            "Read <b>this</b> now",
            "One <hr> two",
        ] {
            assert!(is_html(html), "{html}");
        }
    }

    #[test]
    fn html_that_was_escaped_twice_is_html_and_words_about_elements_are_not() {
        let twice = "&lt;p&gt;One &amp;amp; two&lt;/p&gt;&lt;p&gt;Three&lt;/p&gt;";
        assert_eq!(as_html(twice.into()), "<p>One &amp; two</p><p>Three</p>");
        let about = "&lt;p&gt; begins a paragraph, and &lt;/p&gt; ends it.";
        assert_eq!(as_html(about.into()), about);
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(
            to_html("One\nTwo\n\n\nThree <3"),
            "<p>One<br>Two</p><p>Three &lt;3</p>"
        );
        assert_eq!(to_html("a & b"), "a &amp; b");
    }

    #[test]
    fn lines_that_were_wrapped_to_a_width_are_joined() {
        let wrapped = "The bridge over the river was closed on Monday after the flood had\n\
            reached its lower deck, and will not be opened again before the\n\
            weekend, said the ministry.\n\n- one item\n- another";
        assert_eq!(
            to_html(wrapped),
            "<p>The bridge over the river was closed on Monday after the flood had reached its lower deck, and \
             will not be opened again before the weekend, said the ministry.</p><p>- one item<br>- another</p>"
        );
        let verse = "The river ran beside the town and nobody looked\nat it\nuntil it rose\nabove the wall of the old harbour one night";
        assert!(to_html(verse).contains("<br>"));
    }
}
