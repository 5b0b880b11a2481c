//! A terminal's screen as SVG: cells, colours and styles as a terminal shows them.
//! Never here: where the screen comes from.

use std::fmt::Write as _;

/// Pixels of a cell at 14 px of the usual monospace fonts.
const CELL: (f64, f64) = (8.43, 18.0);

/// The colours of a terminal that a program does not choose.
#[derive(Clone, Copy)]
pub struct Ground {
    back: &'static str,
    front: &'static str,
    faint: &'static str,
    named: [&'static str; 16],
}

/// A terminal with a dark background.
pub const DARK: Ground = Ground {
    back: "#14161a",
    front: "#d8dadf",
    faint: "#8a8f99",
    named: [
        "#2a2d33", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
        "#6b717d", "#ff7b86", "#b5e090", "#ffd68a", "#7cc4ff", "#dc95f0", "#6fd3df", "#ffffff",
    ],
};

/// A terminal with a light background.
#[allow(dead_code)] // one of the pictures is dark
pub const LIGHT: Ground = Ground {
    back: "#fdfcf8",
    front: "#22252a",
    faint: "#70757d",
    named: [
        "#22252a", "#b3261e", "#2e7d32", "#8a6100", "#1c5fb0", "#8e3ba0", "#00727d", "#e4e4e0",
        "#70757d", "#d33b32", "#3c9440", "#a87800", "#2f7bd6", "#a950bd", "#008c99", "#ffffff",
    ],
};

/// The screen as one SVG document.
pub fn svg(screen: &vt100::Screen, ground: &Ground) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let (width, height) = (
        f64::from(columns) * CELL.0 + 24.0,
        f64::from(rows) * CELL.1 + 24.0,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n",
        ground.back
    );
    for row in 0..rows {
        let y = 12.0 + f64::from(row) * CELL.1;
        let mut column = 0;
        while column < columns {
            let Some(first) = screen.cell(row, column) else {
                break;
            };
            let look = Look::of(first, ground);
            let start = column;
            let mut text = String::new();
            // One element for a run of cells that look alike; one of its own for a character whose
            // width in a fallback font may be any.
            while let Some(cell) = screen
                .cell(row, column)
                .filter(|cell| Look::of(cell, ground) == look)
            {
                if !plain(cell.contents()) && column > start {
                    break;
                }
                if !cell.is_wide_continuation() {
                    text.push_str(if cell.has_contents() {
                        cell.contents()
                    } else {
                        " "
                    });
                }
                column += if cell.is_wide() { 2 } else { 1 };
                if !plain(cell.contents()) {
                    break;
                }
            }
            let x = 12.0 + f64::from(start) * CELL.0;
            look.draw(&mut svg, (x, y), f64::from(column - start) * CELL.0, &text);
        }
    }
    if !screen.hide_cursor() {
        let (row, column) = screen.cursor_position();
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{}\"/>",
            12.0 + f64::from(column) * CELL.0,
            12.0 + f64::from(row) * CELL.1,
            CELL.0,
            CELL.1,
            ground.front
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// Characters that every monospace font has in one width.
fn plain(text: &str) -> bool {
    text.chars()
        .all(|c| c < '\u{530}' || ('\u{2010}'..'\u{2580}').contains(&c))
}

/// How a cell looks.
#[derive(PartialEq)]
struct Look {
    front: String,
    back: Option<String>,
    bold: bool,
    italic: bool,
    underline: bool,
}

impl Look {
    fn of(cell: &vt100::Cell, ground: &Ground) -> Look {
        let mut front = color(cell.fgcolor(), ground);
        let mut back = color(cell.bgcolor(), ground);
        if cell.inverse() {
            (front, back) = (
                Some(back.unwrap_or_else(|| ground.back.into())),
                Some(front.unwrap_or_else(|| ground.front.into())),
            );
        }
        let mut front = front.unwrap_or_else(|| ground.front.into());
        if cell.dim() && !cell.inverse() {
            front = ground.faint.into();
        }
        Look {
            front,
            back,
            bold: cell.bold(),
            italic: cell.italic(),
            underline: cell.underline(),
        }
    }

    fn draw(&self, svg: &mut String, (x, y): (f64, f64), run: f64, text: &str) {
        if let Some(back) = &self.back {
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{run:.1}\" height=\"{}\" fill=\"{back}\"/>",
                CELL.1
            );
        }
        if text.trim().is_empty() && !self.underline {
            return;
        }
        let mut looks = String::new();
        if self.bold {
            looks.push_str(" font-weight=\"bold\"");
        }
        if self.italic {
            looks.push_str(" font-style=\"italic\"");
        }
        if self.underline {
            looks.push_str(" text-decoration=\"underline\"");
        }
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\" fill=\"{}\"{looks} textLength=\"{run:.1}\" xml:space=\"preserve\">{text}</text>",
            y + 13.5,
            self.front
        );
    }
}

fn color(color: vt100::Color, ground: &Ground) -> Option<String> {
    match color {
        vt100::Color::Default => None,
        vt100::Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        vt100::Color::Idx(index @ 0..16) => Some(ground.named[usize::from(index)].into()),
        vt100::Color::Idx(index @ 16..232) => {
            let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let index = index - 16;
            let (r, g, b) = (level(index / 36), level(index / 6 % 6), level(index % 6));
            Some(format!("#{r:02x}{g:02x}{b:02x}"))
        }
        vt100::Color::Idx(index) => {
            let level = 8 + 10 * (index - 232);
            Some(format!("#{level:02x}{level:02x}{level:02x}"))
        }
    }
}
