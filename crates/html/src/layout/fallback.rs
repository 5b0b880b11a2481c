//! What is shown should the walk over the text ever break: html2text's plain rendering or, where that may
//! not be asked, the text without its tags.
//! Never here: marks, pictures, anything of the walk that broke.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use html2text::config;

use super::wrap::chop;
use super::{Laid, Line, Options, Span};
use crate::safe_text;

/// What html2text is asked for: it takes time that grows with the square of the depth, and with the
/// tags that are not closed.
const MAX_BYTES: usize = 256 << 10;
const MAX_DEPTH: usize = 64;
const MAX_CELLS: usize = 2000;

/// Lines of plain text, of at most `options.width` columns and at least `lines` of them where there are as
/// many. Never panics.
pub(crate) fn layout(html: &str, options: &Options, lines: usize) -> Laid {
    let width = usize::from(options.width.max(2));
    let attempt = |text: &dyn Fn() -> Option<String>| {
        let whole = catch_unwind(AssertUnwindSafe(|| Some(cut(&text()?, width, lines))));
        whole.ok().flatten()
    };
    attempt(&|| rendered(html, width))
        .or_else(|| attempt(&|| Some(stripped(html))))
        .unwrap_or_default()
}

fn rendered(html: &str, width: usize) -> Option<String> {
    if !is_modest(html) {
        return None;
    }
    config::plain()
        .allow_width_overflow()
        .string_from_read(html.as_bytes(), width)
        .ok()
}

/// Whether html2text copes with it: small, and no deeper than clean HTML is. What is never closed counts
/// as deep.
fn is_modest(html: &str) -> bool {
    let (mut depth, mut deepest, mut cells) = (0usize, 0, 0);
    for tag in html.split('<').skip(1) {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next();
        match name.unwrap_or_default() {
            // `</…>`, comments, signs.
            "" if tag.starts_with('/') => depth = depth.saturating_sub(1),
            "" | "br" | "hr" | "img" => {}
            "td" | "th" => {
                cells += 1;
                depth += 1;
            }
            _ => depth += 1,
        }
        deepest = deepest.max(depth);
    }
    html.len() <= MAX_BYTES && deepest <= MAX_DEPTH && cells <= MAX_CELLS
}

/// The text between the tags, each run in a line of its own.
fn stripped(html: &str) -> String {
    let text = crate::strip_tags(html, "\n");
    let runs = text.lines().map(str::trim).filter(|run| !run.is_empty());
    runs.collect::<Vec<_>>().join("\n")
}

fn cut(text: &str, width: usize, limit: usize) -> Laid {
    let mut lines: Vec<Line> = Vec::new();
    let mut partial = false;
    for source in text.lines() {
        if lines.len() >= limit {
            partial = true;
            break;
        }
        let source = safe_text::block(source.trim_end());
        for line in source.split('\n') {
            chop(line, width, |range| {
                let text = line[range].to_owned();
                lines.push(Line {
                    spans: vec![Span {
                        text,
                        ..Span::default()
                    }],
                    ..Line::default()
                });
            });
        }
    }
    Laid {
        lines: Arc::new(lines),
        partial,
        ..Laid::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{caught, layout as walk};
    use super::*;
    use proptest::prelude::*;

    fn at(width: u16) -> Options {
        Options {
            width,
            ..Options::default()
        }
    }

    #[test]
    fn a_text_that_breaks_the_walk_is_still_shown() {
        let html = "<h2>Harvest</h2><p>Rain &amp; hail in the valley.</p><ul><li>one</li></ul>";
        let laid = caught(html, &at(14), usize::MAX, || panic!("a broken walk"));
        assert_eq!(
            laid.to_string(),
            "## Harvest\n\nRain & hail in\nthe valley.\n* one\n"
        );
        // What does not break does not come here.
        let whole = walk(html, &at(14));
        assert_eq!(caught(html, &at(14), usize::MAX, || whole.clone()), whole);
    }

    #[test]
    fn a_text_that_html2text_may_not_be_asked_loses_its_tags() {
        for html in [
            format!("{}a &lt; b\u{1b}[31m", "<div>".repeat(100_000)),
            format!("{}a &lt; b\u{1b}[31m", "<p><b id=i>".repeat(1000)),
            format!("<table>{}a &lt; b", "<tr><td></td></tr>".repeat(5000)),
        ] {
            let shown = layout(&html, &at(20), usize::MAX).to_string();
            assert!(shown.starts_with("a < b"), "{shown:?}");
            assert!(!shown.contains('\u{1b}'));
        }
        // A cell over two columns beside one over three rows, with which html2text breaks.
        let table = "<table><tr><td colspan=2>x</td><td rowspan=3>y</td></tr></table>";
        assert_eq!(layout(table, &at(20), usize::MAX).to_string(), "x\ny\n");
    }

    #[test]
    fn the_first_lines_come_alone() {
        let laid = layout(&"<p>a</p>".repeat(400), &at(20), 10);
        assert!(laid.partial && laid.lines.len() == 10);
    }

    proptest! {
        #[test]
        fn any_text_has_lines_that_fit(
            html in prop::collection::vec(
                prop_oneof![
                    prop::sample::select(vec!["<table>", "<tr>", "<td rowspan=3>", "<td colspan=2>", "<td>", "</td>",
                        "<ul>", "<li>", "<p>", "</p>", "<pre>", "<b>", "</b>", "<", ">", "東京", " ", "&#27;"]).prop_map(str::to_owned),
                    any::<String>(),
                ], 0..30).prop_map(|pieces| pieces.concat()),
            columns in 1u16..50,
        ) {
            for line in layout(&html, &at(columns), usize::MAX).lines.iter() {
                prop_assert!(line.width() <= usize::from(columns.max(2)), "{:?}", line.text());
                prop_assert!(!line.text().chars().any(char::is_control));
            }
        }
    }
}
