//! Lines of text as a reader would see them, and the `12 Jun 2024 | News, Politics, Azerbaijan` line among
//! them. Never here: what a page declares in its head, the article's text.

use dom_query::{NodeId, NodeRef};

use crate::dates::{self, Written};
use newsprint_html::safe_text;

/// Lines looked at after the headline: what tells of the article stands right under it.
const LINES: usize = 10;
/// Elements and texts walked through to find them.
const STEPS: usize = 400;
/// A line that is longer is the article's text, and no fact about it.
const MAX_LINE: usize = 600;

/// The lines that follow a headline in the page, up to the next one.
pub(super) fn after(headline: NodeRef) -> Vec<String> {
    walk(headline, None, STEPS, LINES)
}

/// The lines of an element.
pub(super) fn inside(node: NodeRef) -> Vec<String> {
    walk(node, Some(node.id), STEPS * 2, LINES * 4)
}

/// Goes on from a node in document order: through the element `top` and no further, else over the node
/// itself until the next headline.
fn walk(start: NodeRef, top: Option<NodeId>, steps: usize, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut node = start;
    let mut inside = top.is_some();
    for _ in 0..steps {
        // Down, else on, else up to where it goes on; leaving a block ends its line.
        let next = match node.first_child() {
            Some(child) if inside => child,
            _ => {
                let mut from = node;
                loop {
                    if from.is_element() && is_block(&from.node_name().unwrap_or_default()) {
                        flush(&mut line, &mut lines);
                    }
                    if Some(from.id) == top {
                        flush(&mut line, &mut lines);
                        return lines;
                    }
                    match (from.next_sibling(), from.parent()) {
                        (Some(next), _) => break next,
                        (None, Some(parent)) => from = parent,
                        (None, None) => return lines,
                    }
                }
            }
        };
        if lines.len() >= most {
            break;
        }
        node = next;
        inside = false;
        if node.is_text() {
            if line.len() < MAX_LINE * 4 {
                let text = node.text();
                // A colon in an element of its own is set apart by its looks: `Rivers<i>:</i>The bridge opens`.
                if line.ends_with(':')
                    && is_behind_colon(&node)
                    && text.starts_with(char::is_alphabetic)
                {
                    line.push(' ');
                }
                line.push_str(&text);
            }
            continue;
        }
        if !node.is_element() {
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        if is_block(&name) {
            flush(&mut line, &mut lines);
        } else if matches!(&*name, "span" | "time" | "small")
            && line.ends_with(char::is_alphanumeric)
            && node
                .prev_sibling()
                .is_some_and(|before| before.is_element())
            && !node
                .text()
                .starts_with([':', ',', ';', '.', '!', '?', ')', '»', '”'])
        {
            // `<span>2 May 2024</span><span>Politics</span>` are two things.
            line.push(' ');
        }
        // The next story begins; what follows the headline at once goes on with it.
        let again = &*name == "h1" || &*name == "h2" && !lines.is_empty();
        if top.is_none() && again {
            break;
        }
        inside = !matches!(
            &*name,
            "script"
                | "style"
                | "noscript"
                | "svg"
                | "template"
                | "figure"
                | "button"
                | "select"
                | "footer"
                | "nav"
                | "form"
        );
    }
    flush(&mut line, &mut lines);
    lines
}

/// Whether an element that has nothing but a colon stands before a node, or before the one around it.
fn is_behind_colon(node: &NodeRef) -> bool {
    let before = node
        .prev_sibling()
        .or_else(|| node.parent()?.prev_sibling());
    before.is_some_and(|before| before.is_element() && &*before.text() == ":")
}

fn flush(line: &mut String, lines: &mut Vec<String>) {
    let text = safe_text::line(line);
    if !text.is_empty() && text.len() <= MAX_LINE {
        lines.push(text);
    }
    line.clear();
}

fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "em"
            | "font"
            | "i"
            | "mark"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
    )
}

/// What a line of facts says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Facts {
    pub date: Option<Written>,
    pub tags: Vec<String>,
}

/// Reads a line such as `12 Jun 2024 | News, Politics, Azerbaijan`: a date first, then after a separator
/// the tags, parted by commas. CMS such as Contao print it under the headline, and nowhere else.
pub(super) fn facts(line: &str, lang: Option<&str>) -> Option<Facts> {
    let mut parts = split(line).into_iter();
    let first = parts.next()?;
    let date = dates::parse(first, lang)?;
    if !is_only_date(first) {
        return None;
    }
    let mut tags = Vec::new();
    for part in parts.take(12) {
        // A time, a second date or the minutes to read it are no tags.
        if dates::parse(part, lang).is_some()
            || part
                .split(',')
                .any(|word| word.trim().starts_with(|c: char| c.is_numeric()))
        {
            continue;
        }
        for tag in part.split([',', ';', '،', '、']) {
            let tag = tag.trim().trim_start_matches('#');
            // A sign such as a leaf stands before what state a text is in.
            let marked = tag.starts_with(|c: char| c >= '\u{2190}' && !c.is_alphanumeric());
            // Whose post this is stands before it.
            if is_post(tag) {
                tags.pop();
                continue;
            }
            if tag.is_empty() || marked || is_other_fact(tag) {
                continue;
            }
            // A sentence, or `By Nino Example`: the line is of another kind.
            if tag.chars().count() > 40 || tag.split_whitespace().count() > 5 {
                return Some(Facts {
                    date: Some(date),
                    tags: Vec::new(),
                });
            }
            tags.push(tag.to_owned());
        }
    }
    Some(Facts {
        date: Some(date),
        tags,
    })
}

/// Whether a part is what a reporter is, and perhaps where: `Corresponsal Tbilisi`.
fn is_post(part: &str) -> bool {
    const POSTS: &[&str] = &[
        "corresponsal",
        "correspondent",
        "correspondant",
        "correspondante",
        "corrispondente",
        "korrespondent",
    ];
    let folded = newsprint_model::fold(part);
    let mut words = folded.split(|c: char| !c.is_alphabetic());
    words.any(|word| POSTS.contains(&word))
}

/// What stands in such lines and is no tag: when it was updated, how long it is to read, who wrote it.
fn is_other_fact(part: &str) -> bool {
    const WORDS: &[&str] = &[
        "updated",
        "update",
        "published",
        "modified",
        "posted",
        "read",
        "reading",
        "min",
        "mins",
        "minutes",
        "ago",
        "comments",
        "comment",
        "share",
        "views",
        "by",
        "von",
        "par",
        "por",
        "stand",
        "aktualisiert",
        "veroffentlicht",
        "lesezeit",
        "minuten",
        "kommentare",
        "publie",
        "mis",
        "lecture",
        "actualizado",
        "publicado",
        "lectura",
        "comentarios",
        "aggiornato",
        "lettura",
        "print",
        "photo",
        "foto",
        "обновлено",
        "просмотров",
        "комментарии",
        "автор",
        "uhr",
    ];
    let folded = newsprint_model::fold(part);
    let mut words = folded.split(|c: char| !c.is_alphabetic());
    words.any(|word| WORDS.contains(&word)) || part.chars().any(|c| c.is_ascii_digit() || c == ':')
}

/// Whether a word tells what a date is about, or is part of how it is written: `Published`, `Uhr`.
pub(super) fn is_about_date(word: &str) -> bool {
    is_other_fact(word)
}

/// Parts a line at `|`, `·`, `•`, `»` and at a slash or dash with spaces around it.
pub(super) fn split(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let spaced = before == ' ' && chars.peek().is_none_or(|(_, next)| *next == ' ');
        if matches!(c, '|' | '·' | '•' | '»' | '∙' | '│' | '｜')
            || (matches!(c, '/' | '-' | '–' | '—') && spaced)
        {
            parts.push(line[start..at].trim());
            start = at + c.len_utf8();
        }
        before = c;
    }
    parts.push(line[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether a part says a date and little else (`Updated: Wed, 12 June 2024, 14:02 CET`).
pub(super) fn is_only_date(part: &str) -> bool {
    /// Characters of a word where nothing parts words.
    const WIDE: usize = 4;
    let wide = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let words = part.split(|c: char| !c.is_alphabetic()).map(|word| {
        let count = word.chars().count();
        match word.starts_with(wide) {
            _ if count < 3 => 0,
            true => count.div_ceil(WIDE),
            false => 1,
        }
    });
    words.sum::<usize>() <= 4 && part.chars().count() <= 60
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn tags(line: &str) -> Vec<String> {
        facts(line, None)
            .map(|facts| facts.tags)
            .unwrap_or_default()
    }

    #[test]
    fn the_line_of_date_and_tags() {
        for line in [
            "12 Jun 2024 | News, Politics, Azerbaijan",
            "12.06.2024 · News · Politics · Azerbaijan",
            "June 12, 2024, 14:02 / News, Politics / Azerbaijan",
            "12 Jun 2024 | 3 min | News, Politics, Azerbaijan",
            "Wed 12 Jun 2024 • News, Politics, #Azerbaijan",
        ] {
            assert_eq!(tags(line), ["News", "Politics", "Azerbaijan"], "{line}");
        }
        assert_eq!(
            tags("12 ივნისი 2024 | სიახლეები, აზერბაიჯანი"),
            ["სიახლეები", "აზერბაიჯანი"]
        );
        assert_eq!(
            facts("12 Jun 2024 | News", None)
                .unwrap()
                .date
                .unwrap()
                .local,
            "2024-06-12"
        );
    }

    #[test]
    fn other_lines_give_no_tags() {
        assert_eq!(tags("12 Jun 2024"), [""; 0]);
        assert_eq!(tags("News, Politics | nothing"), [""; 0]);
        assert_eq!(
            tags("On 12 June 2024 the council decided that | it would not"),
            [""; 0]
        );
        assert_eq!(
            tags("12 Jun 2024 | The council decided on Monday that nothing will change here"),
            [""; 0]
        );
        assert_eq!(tags("12/06/2024"), [""; 0]);
        assert_eq!(
            tags("Planted 12 Jun 2024 · Last tended 14 Jun 2024 · 🌿 budding"),
            [""; 0]
        );
    }

    #[test]
    fn no_space_comes_before_a_sign_in_an_element_of_its_own() {
        let doc =
            Document::from("<h2><span>The bridge</span><span>: </span><span>It opens</span></h2>");
        assert_eq!(
            inside(doc.select("h2").nodes()[0]),
            ["The bridge: It opens"]
        );
    }

    #[test]
    fn lines_follow_the_headline_as_they_are_seen() {
        let doc = Document::from(
            "<div><h1>Title</h1></div><div class=x><p class=info><time>12 Jun 2024</time> | <a>News</a>, <a>Politics</a></p><p>By <b>Nino</b></p></div><h2>Next</h2><p>12 Jun 2020 | Old</p>",
        );
        let h1 = doc.select("h1");
        assert_eq!(
            after(h1.nodes()[0]),
            ["12 Jun 2024 | News, Politics", "By Nino"]
        );
    }
}
