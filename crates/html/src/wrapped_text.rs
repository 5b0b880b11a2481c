//! Prose that stands in `<pre>` with its lines broken by hand or by a mailer, as old essays, letters to lists and FAQs have
//! it: its paragraphs are made ones, so that they fit any width. Code, verse and tables stay as they stand.
//! Never here: how markup is read (`reader`).

use std::borrow::Cow;

use crate::plain::strip_tags;
use crate::tokens::{Markup, Tag, markup};

/// The widths at which text is broken, characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=90;
/// Characters by which a line may be shorter than it had to be: words are broken by hand, sentences end in two spaces.
const SLACK: usize = 6;
/// Broken lines that a text has at least.
const LINES: usize = 6;
/// Bytes of a text that cannot have them.
const SMALL: usize = 300;

/// HTML with the paragraphs of such texts as elements of their own.
pub(crate) fn with_paragraphs(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut at, mut from) = (0, 0);
    while let Some(found) = find_ignoring_case(&html[at..], "<pre") {
        at += found;
        let Markup::Tag(tag) = markup(html, at) else {
            at += 1;
            continue;
        };
        if Tag::of(tag.name) != Tag::Pre {
            at = tag.end;
            continue;
        }
        let Some(length) = find_ignoring_case(&html[tag.end..], "</pre") else {
            break;
        };
        let end = tag.end + length;
        if let Some(parts) = paragraphs(&html[tag.end..end]) {
            out.push_str(&html[from..at]);
            out.push_str(&parts);
            from = match markup(html, end) {
                Markup::Tag(tag) => tag.end,
                _ => end,
            };
        }
        at = end;
    }
    if from == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[from..]);
    Cow::Owned(out)
}

fn find_ignoring_case(html: &str, tag: &str) -> Option<usize> {
    memchr::memchr_iter(b'<', html.as_bytes()).find(|at| {
        html.as_bytes()
            .get(*at..at + tag.len())
            .is_some_and(|there| there.eq_ignore_ascii_case(tag.as_bytes()))
    })
}

/// What is seen of a line: in `<pre>`, white space stands as it is.
fn seen(raw: &str) -> String {
    let text = strip_tags(raw, "").replace('\t', "    ");
    let shown = text.trim_end().chars();
    shown
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

/// A line: as written, and what is seen of it.
struct Line<'a> {
    raw: &'a str,
    seen: String,
}

impl Line<'_> {
    fn width(&self) -> usize {
        self.seen.chars().count()
    }

    /// It stands where it does for a purpose: indented, a quotation, columns.
    fn is_placed(&self) -> bool {
        self.seen.starts_with([' ', '>', '|', '+', '#']) || self.seen.contains("   ")
    }
}

/// The text within a `<pre>` as paragraphs, if most of it is prose whose lines were broken.
fn paragraphs(inner: &str) -> Option<String> {
    if inner.len() < SMALL {
        return None;
    }
    let lines: Vec<Line<'_>> = inner
        .split('\n')
        .map(|raw| Line {
            raw,
            seen: seen(raw),
        })
        .collect();
    let is_empty = |line: &Line<'_>| line.seen.trim().is_empty();
    let parts: Vec<&[Line<'_>]> = lines.chunk_by(|a, b| is_empty(a) == is_empty(b)).collect();
    let held = |part: &&[Line<'_>]| !is_empty(&part[0]);
    let candidates = parts
        .iter()
        .copied()
        .filter(|part| held(part) && part.len() > 1 && !part.iter().any(Line::is_placed));
    let width = candidates.flatten().map(Line::width).max()?;
    if !WIDTHS.contains(&width) {
        return None;
    }
    let (mut all, mut flowing, mut broken) = (0, 0, 0);
    for part in parts.iter().copied().filter(held) {
        let letters: usize = part.iter().map(Line::width).sum();
        all += letters;
        if flows(part, width) {
            flowing += letters;
            broken += part.len() - 1;
        }
    }
    if broken < LINES || flowing * 5 < all * 3 {
        return None;
    }
    let mut out = String::with_capacity(inner.len() + 256);
    for part in parts {
        let raw = |between: &str| -> String {
            let raw: Vec<&str> = part.iter().map(|line| line.raw).collect();
            raw.join(between)
        };
        if is_empty(&part[0]) {
            // A mark may end in an empty line.
            out.push_str(raw("").trim());
        } else if part.len() == 1 || flows(part, width) {
            out.push_str(&format!("<p>{}</p>", raw("\n")));
        } else if part.iter().any(Line::is_placed) {
            out.push_str(&format!("<pre>{}</pre>", raw("\n")));
        } else {
            out.push_str(&format!("<p>{}</p>", raw("<br>")));
        }
    }
    Some(format!("<div>{out}</div>"))
}

/// Whether the lines of a part are those of one paragraph: each ends where the first word of the next had no room.
/// Verse and code end their lines where they please.
fn flows(part: &[Line<'_>], width: usize) -> bool {
    if part.len() < 2 || part.iter().any(Line::is_placed) {
        return false;
    }
    let had_room = part.windows(2).filter(|pair| {
        let word = pair[1].seen.split_whitespace().next().unwrap_or_default();
        pair[0].width() + 1 + word.chars().count() + SLACK <= width
    });
    let signs = |line: &Line<'_>| {
        let sign = |c: &char| matches!(c, '{' | '}' | ';' | '=' | '<' | '>' | '\\' | '|' | '$');
        line.seen.chars().filter(sign).count()
    };
    had_room.count() * 10 < part.len() && part.iter().map(signs).sum::<usize>() <= part.len()
}

#[cfg(test)]
mod tests {
    use crate::plain;

    const ESSAY: &str = "<pre>\n        <b>On Quays</b>\n\nEvery harbour has a quay that nobody uses, and every harbour\n\
        master can tell you why, if you have the evening for it and\n<i>do not mind</i> that the reasons change with the weather. I asked\n\
        three of them.\n\nThe first said that it had been built for a ship which was sold\nbefore it was finished. The second said that the ship had come,\n\
        had looked at the quay, and had gone away again. The third said\nthat there had never been a ship.\n\n\
        Quay     Built\nNorth    1902\n\nA. Harbourmaster\nPorto\n</pre>";

    #[test]
    fn broken_lines_of_prose_become_paragraphs() {
        let text = plain(ESSAY);
        let parts: Vec<&str> = text.split("\n\n").collect();
        assert_eq!(parts[0], "On Quays");
        assert!(parts[1].starts_with("Every harbour") && parts[1].ends_with("three of them."));
        assert!(!parts[1].contains('\n') && parts[1].contains("it and do not mind that"));
        assert!(!parts[2].contains('\n'));
        assert_eq!(parts[3], "Quay     Built\nNorth    1902");
        assert_eq!(parts[4], "A. Harbourmaster\nPorto");
        let clean = crate::sanitize::clean(ESSAY, "").html;
        assert!(clean.contains("<em>do not mind</em>") && clean.matches("<pre>").count() == 1);
        assert_eq!(crate::sanitize::clean(&clean, "").html, clean);
    }

    #[test]
    fn verse_and_code_keep_their_lines() {
        let verse = "The quay was long, the quay was white,\nand no one came to it by night\nsave one old man who kept the light\n\
                     and wrote the hours down.\n\n"
            .repeat(4);
        let code = "let quays = harbour.quays().filter(|quay| quay.is_open());\nfor quay in quays {\n    println!(\"{}\", quay.name);\n}\n\n\
                    fn is_open(quay: &Quay) -> bool { quay.ships.is_empty() }\n"
            .repeat(5);
        for text in [verse, code] {
            let source = format!("<pre>{}</pre>", crate::escape(&text));
            assert_eq!(plain(&source), text.trim_end());
        }
    }
}
