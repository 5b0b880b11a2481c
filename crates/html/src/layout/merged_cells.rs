//! Tables with merged cells: html2text draws them, with borders that show what belongs together.
//! Never here: where the cells stand (`table`), other tables, HTML as the outlet wrote it.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::panic::catch_unwind;

use html2text::config;
use html2text::render::{RichAnnotation, TaggedLine};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::builder::{Builder, Text};
use super::table::{Grid, TALL_CELL};
use super::{Marks, Span, Wrap};

/// Slots and bytes of a table up to which html2text is asked: its time grows faster than they do.
const MAX_SLOTS: usize = 1000;
const MAX_TEXT: usize = 32 << 10;
/// Columns that a word may ask for; words that are longer are parted by the other layouts.
const MAX_WORD: usize = 24;

type Rich = TaggedLine<Vec<RichAnnotation>>;
/// How a run of text looks, and the link it is part of.
type Look = (Marks, Option<u32>);

/// Draws the table, if html2text makes a good thing of it: it fits, each word of it is there and
/// whole, and no cell is a tower of short lines. Otherwise nothing is drawn.
pub(crate) fn draw(grid: &Grid, builder: &mut Builder<'_>) -> bool {
    let Some(source) = Source::of(grid) else {
        return false;
    };
    // The air at both sides of each border is added afterwards.
    let room = builder.columns();
    let Some(inner) = room.checked_sub(2 * source.borders) else {
        return false;
    };
    let Some(lines) = source.render(inner) else {
        return false;
    };
    let Some(lines) = source.read(&lines, room, builder.options().ascii) else {
        return false;
    };
    for spans in lines {
        builder.push_line(spans, Wrap::Fresh);
    }
    true
}

/// A table for html2text.
#[derive(Default)]
struct Source {
    html: String,
    looks: Vec<Look>,
    /// All words of it, sorted, and the columns of the longest.
    words: Vec<String>,
    longest: usize,
    /// Borders between its columns.
    borders: usize,
}

impl Source {
    /// Writes the table anew, so that html2text, which panics on some spans, only sees tables that come
    /// out even: each slot has one cell, and each row has as many.
    fn of(grid: &Grid) -> Option<Source> {
        let columns = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
        let bytes: usize = grid.cells.iter().map(|cell| cell.text.text.len()).sum();
        if grid.rows.len() * columns > MAX_SLOTS || bytes > MAX_TEXT {
            return None;
        }
        let mut source = Source {
            html: "<table>".to_owned(),
            ..Source::default()
        };
        let mut known = HashMap::new();
        let mut borders = BTreeSet::new();
        for (row, slots) in grid.rows.iter().enumerate() {
            source.html.push_str("<tr>");
            let mut own = false;
            for (column, slot) in slots.iter().enumerate() {
                if grid.begins_in_row(row, column) && column > 0 {
                    borders.insert(column);
                }
                if !grid.begins(row, column) {
                    continue;
                }
                own = true;
                let wide = slots[column..].iter().take_while(|s| *s == slot).count();
                let tall = grid.rows[row..]
                    .iter()
                    .take_while(|row| row.get(column) == Some(slot))
                    .count();
                let _ = write!(source.html, "<td colspan={wide} rowspan={tall}>");
                source.write(&grid.cells[*slot].text, wide, &mut known)?;
            }
            if !own {
                return None;
            }
            for column in slots.len()..columns {
                borders.insert(column);
                source.html.push_str("<td>&nbsp;");
            }
        }
        source.borders = borders.len();
        source.words.sort_unstable();
        (source.borders > 0 && source.longest <= MAX_WORD).then_some(source)
    }

    /// Writes a cell. All that looks the same stands in `em` and `strong` that spell its number; from two
    /// on, so that none is without.
    fn write(&mut self, text: &Text, wide: usize, known: &mut HashMap<Look, usize>) -> Option<()> {
        for (piece, marks, link) in text.pieces() {
            let look = (marks, link);
            let number = *known.entry(look).or_insert_with(|| {
                self.looks.push(look);
                self.looks.len() + 1
            });
            let digits = (0..number.ilog2()).rev().map(|bit| number >> bit & 1);
            for digit in digits.clone() {
                self.html
                    .push_str(if digit == 1 { "<em>" } else { "<strong>" });
            }
            // What is drawn could not be told from what is written.
            if piece.contains(|c: char| is_box(c.encode_utf8(&mut [0; 4]))) {
                return None;
            }
            for c in piece.chars() {
                match c {
                    '\n' => self.html.push_str("<br>"),
                    '<' => self.html.push_str("&lt;"),
                    '&' => self.html.push_str("&amp;"),
                    c => self.html.push(c),
                }
            }
            for digit in digits.rev() {
                self.html
                    .push_str(if digit == 1 { "</em>" } else { "</strong>" });
            }
        }
        // A column without width would lose its cells.
        for _ in crate::width(&text.text)..wide {
            self.html.push_str("&nbsp;");
        }
        words(&text.text, |word| {
            self.longest = self.longest.max(crate::width(word));
            self.words.push(word.to_owned());
        });
        Some(())
    }

    fn render(&self, width: usize) -> Option<Vec<Rich>> {
        let lines = catch_unwind(|| {
            config::rich()
                .allow_width_overflow()
                .min_wrap_width(self.longest.max(3))
                .lines_from_read(self.html.as_bytes(), width)
        });
        lines.ok()?.ok()
    }

    /// The lines as they are shown, with air beside the borders; `None` if they are not good.
    fn read(&self, lines: &[Rich], room: usize, ascii: bool) -> Option<Vec<Vec<Span>>> {
        let lines: Vec<Vec<Sign>> = lines.iter().map(signs).collect();
        let borders: BTreeSet<usize> = lines
            .iter()
            .flatten()
            .filter(|sign| matches!(sign.text, "├" | "┤" | "┼" | "┬" | "┴"))
            .map(|sign| sign.at)
            .collect();
        // One above the other, the cells have none between them.
        if borders.len() != self.borders {
            return None;
        }
        let is_rule = |line: &[Sign]| line.iter().all(|sign| is_box(sign.text));
        let lines = match &lines[..] {
            // Other tables have no border around them either.
            [first, rest @ .., last] if is_rule(first) && is_rule(last) => rest,
            lines => lines,
        };
        let mut found = Vec::with_capacity(self.words.len());
        let mut shown = Vec::with_capacity(lines.len());
        let mut height = 0;
        for line in lines {
            let text: String = line
                .iter()
                .map(|sign| if is_box(sign.text) { " " } else { sign.text })
                .collect();
            words(&text, |word| found.push(word.to_owned()));
            height = match line.iter().any(|sign| sign.text == "─") {
                true => 0,
                false => height + 1,
            };
            let spans = self.spans(line, &borders, ascii);
            let columns: usize = spans.iter().map(|span| crate::width(&span.text)).sum();
            if height > TALL_CELL || columns > room {
                return None;
            }
            shown.push(spans);
        }
        // What this room takes for the width of a sign, html2text may not: then the borders are crooked.
        let straight = lines.iter().all(|line| {
            let bars = line.iter().filter(|sign| sign.text == "│");
            bars.clone().all(|sign| borders.contains(&sign.at))
        });
        found.sort_unstable();
        (straight && found == self.words).then_some(shown)
    }

    fn spans(&self, line: &[Sign], borders: &BTreeSet<usize>, ascii: bool) -> Vec<Span> {
        let dim = Marks {
            dim: true,
            ..Marks::default()
        };
        let mut text = Text::default();
        // Air that a cell over several columns gets at its end.
        let mut due = 0;
        for sign in line {
            let border = borders.contains(&sign.at);
            if border && is_box(sign.text) {
                let (left, right) = match sign.text {
                    "│" => (" ", " "),
                    "├" => (" ", "─"),
                    "┤" => ("─", " "),
                    _ => ("─", "─"),
                };
                text.push(&" ".repeat(std::mem::take(&mut due)), dim, None);
                for part in [left, sign.text, right] {
                    text.push(if ascii { plain(part) } else { part }, dim, None);
                }
                continue;
            }
            let end = sign.at + UnicodeWidthStr::width(sign.text);
            due += borders.range(sign.at..end).count() * 2;
            let look = sign.look.checked_sub(2).and_then(|at| self.looks.get(at));
            match look {
                Some((marks, link)) => text.push(sign.text, *marks, *link),
                None if ascii => text.push(plain(sign.text), dim, None),
                None => text.push(sign.text, dim, None),
            }
        }
        let mut spans = Vec::new();
        text.spans(0..text.text.trim_end().len(), 0, &mut spans);
        spans
    }
}

/// One sign of a line, the column it stands in and the number of its look, 1 outside of texts.
struct Sign<'l> {
    text: &'l str,
    at: usize,
    look: usize,
}

fn signs(line: &Rich) -> Vec<Sign<'_>> {
    let mut signs = Vec::new();
    let mut at = 0;
    for string in line.tagged_strings() {
        let look = string.tag.iter().fold(1, |number, tag| match tag {
            RichAnnotation::Emphasis => number << 1 | 1,
            RichAnnotation::Strong => number << 1,
            _ => number,
        });
        for text in string.s.graphemes(true) {
            signs.push(Sign { text, at, look });
            at += UnicodeWidthStr::width(text);
        }
    }
    signs
}

fn is_box(text: &str) -> bool {
    text.starts_with(|c| ('\u{2500}'..='\u{257f}').contains(&c))
}

/// The same from ASCII alone.
fn plain(text: &str) -> &str {
    match text {
        "─" => "-",
        "│" => "|",
        "├" | "┤" | "┼" | "┬" | "┴" => "+",
        text => text,
    }
}

/// The words of a text as far as a line must not part them: wide signs stand for themselves.
fn words(text: &str, mut word: impl FnMut(&str)) {
    for run in text.split(|c: char| c.is_whitespace()) {
        let mut begin = 0;
        for (at, sign) in run.grapheme_indices(true) {
            if UnicodeWidthStr::width(sign) > 1 {
                if begin < at {
                    word(&run[begin..at]);
                }
                word(sign);
                begin = at + sign.len();
            }
        }
        if begin < run.len() {
            word(&run[begin..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Links, Options, layout};
    use proptest::prelude::*;

    fn at(width: u16) -> Options {
        Options {
            width,
            ..Options::default()
        }
    }

    const HARVEST: &str = "<table><caption>Harvest</caption>\
        <tr><th rowspan=2>Region</th><th colspan=2>Tonnes</th><th rowspan=2>Note</th></tr>\
        <tr><th>2023</th><th>2024</th></tr>\
        <tr><td rowspan=2>Kakheti</td><td>12,300</td><td>14,100</td><td>a good year, says \
            the <a href=\"https://a.example/\">bureau</a></td></tr>\
        <tr><td>9</td><td>10</td><td>white <em>alone</em></td></tr>\
        <tr><td>Imereti</td><td colspan=2>not counted</td><td></td></tr></table>";

    fn show(html: &str, columns: u16) -> String {
        layout(html, &at(columns)).to_string()
    }

    #[test]
    fn merged_cells_are_drawn_as_one() {
        assert_eq!(
            show(HARVEST, 80),
            "Harvest\n\
             Region  │ Tonnes          │ Note\n\
             \u{20}       ├────────┬────────┤\n\
             \u{20}       │ 2023   │ 2024   │\n\
             ────────┼────────┼────────┼───────────────────────────────\n\
             Kakheti │ 12,300 │ 14,100 │ a good year, says the\n\
             \u{20}       │        │        │ bureau[1]\n\
             \u{20}       ├────────┼────────┼───────────────────────────────\n\
             \u{20}       │ 9      │ 10     │ white alone\n\
             ────────┼────────┴────────┼───────────────────────────────\n\
             Imereti │ not counted     │\n\
             \n\
             [1] https://a.example/\n"
        );
        let laid = layout(HARVEST, &at(80));
        let looks = |text: &str| {
            let mut spans = laid.lines.iter().flat_map(|line| &line.spans);
            let span = spans.find(|span| span.text == text).unwrap();
            (span.marks, span.link)
        };
        assert!(looks("Region").0.strong && !looks("Kakheti").0.strong);
        assert!(looks("alone").0.emphasis);
        assert_eq!(looks("bureau").1, Some(0));
        assert!(looks("[1]").0.dim);
        let ascii = Options {
            ascii: true,
            ..at(80)
        };
        assert!(layout(HARVEST, &ascii).to_string().is_ascii());
    }

    #[test]
    fn what_is_too_narrow_for_borders_says_merged_cells_in_each_row() {
        assert_eq!(
            show(HARVEST, 30),
            "Harvest\n\n\
             Region: Kakheti\nTonnes, 2023: 12,300\nTonnes, 2024: 14,100\n\
             Note: a good year, says the\nbureau[1]\n\n\
             Region: Kakheti\nTonnes, 2023: 9\nTonnes, 2024: 10\nNote: white alone\n\n\
             Region: Imereti\nTonnes: not counted\n\n\
             [1] https://a.example/\n"
        );
        // A title over all columns is no head of theirs; a second head takes the place of the first.
        let parts = "<table><tr><th colspan=2>Day one in the big hall</th></tr><tr><th>Hour</th><th>What</th></tr>\
            <tr><td>9:00</td><td>Opening</td></tr><tr><th>From</th><th>Who</th></tr><tr><td>10:00</td><td>Nino Example</td></tr></table>";
        assert_eq!(
            show(parts, 14),
            "Day one in the\nbig hall\n\nHour: 9:00\nWhat: Opening\n\nFrom: 10:00\nWho: Nino\nExample\n"
        );
    }

    #[test]
    fn a_cell_over_rows_moves_those_beside_it() {
        let html = "<table><tr><td rowspan=2>Monday, the day of the long council session</td><td>9:00</td><td>Opening</td></tr>\
            <tr><td>10:00</td><td>Vote</td></tr><tr><td colspan=3>The hall closes at noon, and nobody is let in after that.</td></tr></table>";
        assert_eq!(
            show(html, 44),
            "Monday, the day of   │ 9:00      │ Opening\n\
             the long council     ├───────────┼──────────\n\
             session              │ 10:00     │ Vote\n\
             ─────────────────────┴───────────┴──────────\n\
             The hall closes at noon, and nobody is\n\
             let in after that.\n"
        );
    }

    #[test]
    fn wide_signs_across_a_border_keep_it_straight() {
        let html = "<table><tr><td colspan=2>今日の東京都庁での会議</td><td>x</td></tr>\
            <tr><td>123456789</td><td>123456789</td><td>y</td></tr></table>";
        assert_eq!(
            show(html, 60),
            "今日の東京都庁での会議    │ x\n\
             ────────────┬─────────────┼──\n\
             123456789   │ 123456789   │ y\n"
        );
    }

    fn spans() -> impl Strategy<Value = String> {
        let text = prop::sample::select(vec![
            "",
            "a",
            "12,300",
            "two words",
            "東京",
            "e\u{301}",
            "│",
            "a <b>strong</b> word",
            "one<br>two",
            "<a href=https://e.example/>link</a>",
            "👨\u{200d}👩\u{200d}👧",
            "שלום",
            "&lt;b&gt; &amp;amp;",
            "x - y",
            "Donaudampfschifffahrtsgesellschaft",
        ]);
        let span = prop::sample::select(vec![1, 1, 1, 1, 2, 3, 7, 65_000]);
        let cell =
            (text, span.clone(), span, any::<bool>()).prop_map(|(text, columns, rows, head)| {
                let name = if head { "th" } else { "td" };
                format!("<{name} colspan={columns} rowspan={rows}>{text}</{name}>")
            });
        let row = prop::collection::vec(cell, 0..6)
            .prop_map(|cells| format!("<tr>{}</tr>", cells.concat()));
        prop::collection::vec(row, 0..8)
            .prop_map(|rows| format!("<table>{}</table>", rows.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn any_spans_fit_and_lose_nothing(html in spans(), columns in 2u16..90) {
            let options = Options { links: Links::Inline, ..at(columns) };
            let laid = layout(&html, &options);
            for line in laid.lines.iter() {
                prop_assert!(line.width() <= usize::from(columns), "{:?}", line.text());
            }
            // Each letter as often as written, or more often where heads and merged cells are said again.
            let shown = laid.to_string();
            let count = |text: &str, c: char| text.chars().filter(|x| *x == c).count();
            let written = crate::plain(&html);
            for c in written.chars().filter(|c| c.is_alphanumeric() || "<>&".contains(*c)) {
                prop_assert!(count(&shown, c) >= count(&written, c), "{c:?} of\n{html}\n{shown}");
            }
        }
    }

    #[test]
    fn hostile_spans_stay_bounded() {
        let cell = "<td rowspan=256 colspan=32>many words of no great interest</td>";
        for html in [
            format!(
                "<table>{}</table>",
                format!("<tr>{}</tr>", cell.repeat(4)).repeat(4000)
            ),
            format!("<table><tr>{}</tr></table>", cell.repeat(15_000)),
            format!(
                "<table>{}</table>",
                format!("<tr>{cell}</tr>").repeat(15_000)
            ),
        ] {
            for columns in [30, 200] {
                let laid = layout(&html, &at(columns));
                let bytes: usize = laid.lines.iter().map(|line| line.text().len()).sum();
                assert!(bytes < html.len() * 4, "{bytes} of {}", html.len());
                assert!(laid.to_string().contains("great"));
            }
        }
    }
}
