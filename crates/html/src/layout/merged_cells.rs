//! Tables with merged cells, drawn with borders that show what belongs together.
//! Never here: where the cells stand (`grid`), other tables, HTML.

use super::grid::{BORDER, Grid, TALL_CELL, dimmed, fit, lines, measure};
use super::{Line, Span};

/// Slots and bytes of text of a table up to which it is drawn; nobody follows borders over more.
const MAX_SLOTS: usize = 1000;
const MAX_TEXT: usize = 32 << 10;

/// A cell with the slots that it takes.
struct Placed {
    first_row: usize,
    first_column: usize,
    rows: usize,
    columns: usize,
    /// Its text, of the width of its columns; it may go on beside a rule between two of its rows.
    lines: Vec<Line>,
}

/// Lines of at most `room` columns; `None` where they would be no good: too wide, a word parted, or a cell that is
/// a tower of short lines.
pub(crate) fn draw(grid: &Grid, room: usize, ascii: bool) -> Option<Vec<Vec<Span>>> {
    let columns = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
    let bytes: usize = grid.cells.iter().map(|cell| cell.text.text.len()).sum();
    let has_own_cell = |row: &usize| (0..grid.rows[*row].len()).any(|c| grid.begins(*row, c));
    if columns < 2
        || grid.rows.len() * columns > MAX_SLOTS
        || bytes > MAX_TEXT
        || !(0..grid.rows.len()).all(|row| has_own_cell(&row))
    {
        return None;
    }
    let mut cells = place(grid);
    let widths = column_widths(grid, &cells, columns, room)?;
    for cell in &mut cells {
        let text = &grid.cells[grid.rows[cell.first_row][cell.first_column]].text;
        let width = inner_width(&widths, cell);
        if measure(&text.text).1 > width {
            return None;
        }
        cell.lines = lines(text, width);
        if cell.lines.len() > TALL_CELL * cell.rows {
            return None;
        }
    }
    let heights = row_heights(&cells, grid.rows.len());
    Some(write(&cells, &widths, &heights, ascii))
}

/// The cells with the slots they take, in the order of their first one.
fn place(grid: &Grid) -> Vec<Placed> {
    let mut cells = Vec::with_capacity(grid.cells.len());
    for (row, slots) in grid.rows.iter().enumerate() {
        for (column, slot) in slots.iter().enumerate() {
            if grid.begins(row, column) {
                let columns = slots[column..].iter().take_while(|s| *s == slot).count();
                let rows = grid.rows[row..]
                    .iter()
                    .take_while(|row| row.get(column) == Some(slot))
                    .count();
                cells.push(Placed {
                    first_row: row,
                    first_column: column,
                    rows,
                    columns,
                    lines: Vec::new(),
                });
            }
        }
    }
    cells
}

/// Columns of the terminal that the text of a cell has.
fn inner_width(widths: &[usize], cell: &Placed) -> usize {
    let own = &widths[cell.first_column..cell.first_column + cell.columns];
    own.iter().sum::<usize>() + BORDER * (cell.columns - 1)
}

/// The width of each column, if the table fits: cells of one column first, then what wider ones need besides.
fn column_widths(grid: &Grid, cells: &[Placed], columns: usize, room: usize) -> Option<Vec<usize>> {
    let (mut wide, mut narrow) = (vec![1; columns], vec![1; columns]);
    let mut by_span: Vec<&Placed> = cells.iter().collect();
    by_span.sort_by_key(|cell| cell.columns);
    for cell in by_span {
        let text = &grid.cells[grid.rows[cell.first_row][cell.first_column]].text;
        let (widest, longest) = measure(&text.text);
        let own = cell.first_column..cell.first_column + cell.columns;
        for (widths, wanted) in [(&mut wide, widest), (&mut narrow, longest)] {
            let missing = wanted.saturating_sub(inner_width(widths, cell));
            // In equal parts, the first columns one more.
            for (index, width) in widths[own.clone()].iter_mut().enumerate() {
                *width += missing / cell.columns + usize::from(index < missing % cell.columns);
            }
        }
    }
    fit(&wide, &narrow, room)
}

/// Lines of each row; a cell of several rows also has those of the rules between them.
fn row_heights(cells: &[Placed], rows: usize) -> Vec<usize> {
    let mut heights = vec![1; rows];
    let mut by_span: Vec<&Placed> = cells.iter().collect();
    by_span.sort_by_key(|cell| cell.rows);
    for cell in by_span {
        let own = &mut heights[cell.first_row..cell.first_row + cell.rows];
        let has = own.iter().sum::<usize>() + cell.rows - 1;
        if let Some(last) = own.last_mut() {
            *last += cell.lines.len().saturating_sub(has);
        }
    }
    heights
}

fn write(cells: &[Placed], widths: &[usize], heights: &[usize], ascii: bool) -> Vec<Vec<Span>> {
    // The cell of each slot; short rows end in empty cells of their own.
    let rows = heights.len();
    let mut owner = vec![vec![None; widths.len()]; rows];
    for (index, cell) in cells.iter().enumerate() {
        for row in &mut owner[cell.first_row..cell.first_row + cell.rows] {
            row[cell.first_column..cell.first_column + cell.columns].fill(Some(index));
        }
    }
    let mut tops = Vec::with_capacity(rows);
    let mut top = 0;
    for height in heights {
        tops.push(top);
        top += height + 1;
    }
    // Whether a border stands at the left of a column of a row.
    let parted = |row: usize, column: usize| {
        let slots: &Vec<Option<usize>> = &owner[row];
        slots[column].is_none() || slots[column - 1] != slots[column]
    };
    let mut drawn = Vec::with_capacity(top);
    for row in 0..rows {
        for at in tops[row]..tops[row] + heights[row] {
            let mut line = LineWriter::new(ascii);
            for column in 0..widths.len() {
                if column > 0 && parted(row, column) {
                    line.border(" ", "│", " ");
                }
                match owner[row][column].map(|index| &cells[index]) {
                    Some(cell) if cell.first_column == column => {
                        line.text(cell, at - tops[cell.first_row], inner_width(widths, cell));
                    }
                    Some(_) => {}
                    None => line.fill(" ", widths[column]),
                }
            }
            drawn.push(line.finish());
        }
        if row + 1 == rows {
            break;
        }
        // The rule under the row; cells that go on below are not crossed.
        let at = tops[row] + heights[row];
        let goes_on = |column: usize| {
            owner[row][column].is_some() && owner[row][column] == owner[row + 1][column]
        };
        let mut line = LineWriter::new(ascii);
        for column in 0..widths.len() {
            if column > 0 {
                let (above, below) = (parted(row, column), parted(row + 1, column));
                match (goes_on(column - 1), goes_on(column)) {
                    (true, true) if above => line.border(" ", "│", " "),
                    // Within one cell; its text has been written.
                    (true, true) => {}
                    (true, false) => line.border(" ", "├", "─"),
                    (false, true) => line.border("─", "┤", " "),
                    (false, false) => line.border(
                        "─",
                        match (above, below) {
                            (true, true) => "┼",
                            (true, false) => "┴",
                            (false, true) => "┬",
                            (false, false) => "─",
                        },
                        "─",
                    ),
                }
            }
            match owner[row][column].map(|index| &cells[index]) {
                Some(cell) if goes_on(column) => {
                    if cell.first_column == column {
                        line.text(cell, at - tops[cell.first_row], inner_width(widths, cell));
                    }
                }
                _ => line.fill("─", widths[column]),
            }
        }
        drawn.push(line.finish());
    }
    drawn
}

/// One line of the table, from left to right.
struct LineWriter {
    spans: Vec<Span>,
    ascii: bool,
}

impl LineWriter {
    fn new(ascii: bool) -> LineWriter {
        LineWriter {
            spans: Vec::new(),
            ascii,
        }
    }

    fn fill(&mut self, sign: &str, columns: usize) {
        let sign = match sign {
            "─" if self.ascii => "-",
            "│" if self.ascii => "|",
            "├" | "┤" | "┼" | "┬" | "┴" if self.ascii => "+",
            sign => sign,
        };
        let text = sign.repeat(columns);
        match self.spans.last_mut() {
            Some(last) if last.marks.dim && last.link.is_none() => last.text.push_str(&text),
            _ if text.is_empty() => {}
            _ => self.spans.push(dimmed(text)),
        }
    }

    /// A border with the air at its sides.
    fn border(&mut self, left: &str, sign: &str, right: &str) {
        for part in [left, sign, right] {
            self.fill(part, 1);
        }
    }

    /// Line `at` of a cell, filled up to its width.
    fn text(&mut self, cell: &Placed, at: usize, width: usize) {
        let line = cell.lines.get(at);
        self.spans
            .extend(line.iter().flat_map(|line| line.spans.iter().cloned()));
        let taken = line.map_or(0, Line::width);
        // Never glued to a link number, which is dim too.
        let pad = width.saturating_sub(taken);
        if pad > 0 {
            self.spans.push(dimmed(" ".repeat(pad)));
        }
    }

    fn finish(mut self) -> Vec<Span> {
        while let Some(last) = self.spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            self.spans.pop();
        }
        self.spans
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
             ────────┼────────┼────────┼────────────────────────────────\n\
             Kakheti │ 12,300 │ 14,100 │ a good year, says the bureau[1]\n\
             \u{20}       ├────────┼────────┼────────────────────────────────\n\
             \u{20}       │ 9      │ 10     │ white alone\n\
             ────────┼────────┴────────┼────────────────────────────────\n\
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
            "Monday, the day of the     │ 9:00  │ Opening\n\
             long council session       ├───────┼────────\n\
             \u{20}                          │ 10:00 │ Vote\n\
             ───────────────────────────┴───────┴────────\n\
             The hall closes at noon, and nobody is let\n\
             in after that.\n"
        );
    }

    #[test]
    fn wide_signs_across_a_border_keep_it_straight() {
        let html = "<table><tr><td colspan=2>今日の東京都庁での会議</td><td>x</td></tr>\
            <tr><td>123456789</td><td>123456789</td><td>y</td></tr></table>";
        assert_eq!(
            show(html, 60),
            "今日の東京都庁での会議 │ x\n\
             ───────────┬───────────┼──\n\
             123456789  │ 123456789 │ y\n"
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
