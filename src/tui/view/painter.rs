//! Writing cells: safe text cut to a width, in characters that the locale allows.
//! Never here: what is written.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::glyphs::Symbols;
use crate::tui::theme::Theme;
use newsprint_html::{is_one_column_each, safe_text, truncate, width};

/// Writes into a buffer.
pub struct Painter<'a> {
    buffer: &'a mut Buffer,
    /// The styles.
    pub theme: &'a Theme,
    /// The symbols.
    pub symbols: &'a Symbols,
    /// Lines are written for ears and fingers: in words, nothing aligned, nothing highlighted.
    pub linear: bool,
}

impl<'a> Painter<'a> {
    /// A painter on a buffer.
    pub fn new(
        buffer: &'a mut Buffer,
        theme: &'a Theme,
        symbols: &'a Symbols,
        linear: bool,
    ) -> Painter<'a> {
        Painter {
            buffer,
            theme,
            symbols,
            linear,
        }
    }

    /// Writes text that may have come from anywhere, made safe, cut to `columns` with a sign that it
    /// was; gives the columns taken.
    pub fn put(&mut self, x: u16, y: u16, columns: u16, text: &str, style: Style) -> u16 {
        let text = safe(text);
        let text = self.local(&text);
        if fits(&text, usize::from(columns)) {
            return self.raw(x, y, columns, &text, style);
        }
        let text = self.cut(&text, columns);
        self.raw(x, y, columns, &text, style)
    }

    /// Text as the locale can show it: typographic symbols as ASCII has them, where it has no others.
    fn local<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.linear && !text.is_ascii() {
            return Cow::Owned(spoken(text, self.symbols.ascii));
        }
        if !self.symbols.ascii || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().map(ascii).collect())
    }

    /// Text cut to `columns`, with the locale's sign that it was.
    pub fn cut(&self, text: &str, columns: u16) -> String {
        let columns = usize::from(columns);
        if fits(text, columns) {
            return text.to_owned();
        }
        let cut = truncate(text, columns);
        if self.symbols.more == "…" {
            cut
        } else {
            cut.replace('…', self.symbols.more)
        }
    }

    /// Writes text that is safe already.
    pub fn raw(&mut self, x: u16, y: u16, columns: u16, text: &str, style: Style) -> u16 {
        let text = &*self.local(text);
        let area = *self.buffer.area();
        if y >= area.bottom() || x >= area.right() {
            return 0;
        }
        if is_one_column_each(text) {
            // One cell each, as most of what is written: nothing to be measured.
            let room = columns.min(area.right() - x);
            let from = self.buffer.index_of(x, y);
            let cells = &mut self.buffer.content[from..from + usize::from(room)];
            let mut taken = 0;
            for (cell, c) in cells.iter_mut().zip(text.chars()) {
                cell.set_char(c).set_style(style);
                taken += 1;
            }
            return taken;
        }
        let (end, _) = self
            .buffer
            .set_stringn(x, y, text, usize::from(columns), style);
        for at in x..end.saturating_sub(1) {
            let symbol = self.buffer[(at, y)].symbol();
            if doubtful(symbol) {
                // Terminals do not agree how wide it is: what it covers must be seen to change when
                // it goes, or the part that some of them draw there stays behind.
                let covered = u16::try_from(width(symbol)).unwrap_or(1);
                for behind in at + 1..(at + covered).min(end) {
                    self.buffer[(behind, y)].set_symbol(COVERED);
                }
            }
        }
        end - x
    }

    /// Styles cells, whatever stands in them.
    pub fn style(&mut self, x: u16, y: u16, columns: u16, rows: u16, style: Style) {
        let area = Rect {
            x,
            y,
            width: columns,
            height: rows,
        };
        self.buffer.set_style(area, style);
    }

    /// Empties cells down to the theme's background.
    pub fn clear(&mut self, x: u16, y: u16, columns: u16, rows: u16) {
        let area = Rect {
            x,
            y,
            width: columns,
            height: rows,
        }
        .intersection(*self.buffer.area());
        if area.is_empty() {
            return;
        }
        for y in area.top()..area.bottom() {
            let from = self.buffer.index_of(area.left(), y);
            for cell in &mut self.buffer.content[from..from + usize::from(area.width)] {
                cell.reset();
                cell.set_style(self.theme.background);
            }
        }
    }

    /// Where a line began at the one before column `x` and was cleared, that one goes on as if it had not.
    pub fn end_branch(&mut self, x: u16, y: u16, rows: u16) {
        let [.., down] = self.symbols.frame;
        let Some(x) = x.checked_sub(1) else { return };
        for y in y..y + rows {
            if let Some(cell) = self.buffer.cell_mut((x, y))
                && cell.symbol() == self.symbols.branch
            {
                cell.set_symbol(down);
            }
        }
    }

    /// Empties cells, and what they leave of words beside them: no half word stands at their sides.
    pub fn clear_words(&mut self, x: u16, y: u16, columns: u16, rows: u16) {
        let area = *self.buffer.area();
        for y in y..(y + rows).min(area.bottom()) {
            let text = |painter: &Painter<'_>, x: u16| {
                let symbol = painter.buffer[(x, y)].symbol();
                let line = symbol.starts_with(|c| ('─'..='╿').contains(&c));
                !line && !matches!(symbol, " " | "|" | "-" | "+")
            };
            let mut left = x;
            // Only where a word goes on under the cleared cells; a wide character may reach into them.
            let reaches = |painter: &Painter<'_>| {
                let before = x
                    .checked_sub(1)
                    .map_or(0, |x| width(painter.buffer[(x, y)].symbol()));
                before > 1 || (x < area.right() && text(painter, x))
            };
            if reaches(self) {
                while left > 0 && text(self, left - 1) {
                    left -= 1;
                }
            }
            let end = (x + columns).min(area.right());
            let mut right = end;
            if end > 0 && end < area.right() && text(self, end - 1) {
                while right < area.right() && text(self, right) {
                    right += 1;
                }
            }
            self.clear(left, y, right - left, 1);
        }
    }

    /// Empties cells as [`Painter::clear_words`] does, and to their right the ends of lines that began left of or under
    /// them: up to two spaces in a row, where something else stands.
    pub fn clear_ends(&mut self, x: u16, y: u16, columns: u16, rows: u16) {
        let area = *self.buffer.area();
        let end = x.saturating_add(columns).min(area.right());
        for y in y..(y + rows).min(area.bottom()) {
            let symbol = |x: u16| self.buffer[(x, y)].symbol();
            let is_line = |x: u16| symbol(x).starts_with(|c| ('─'..='╿').contains(&c));
            let is_gap =
                |x: u16| symbol(x) == " " && (x + 1 == area.right() || symbol(x + 1) == " ");
            let begun = end >= 2 && !(symbol(end - 1) == " " && symbol(end - 2) == " ");
            let mut right = end;
            while begun && right < area.right() && !is_line(right) && !is_gap(right) {
                right += 1;
            }
            self.clear_words(x, y, right.saturating_sub(x), 1);
        }
    }

    /// The cells themselves, for pictures.
    pub fn buffer(&mut self) -> &mut Buffer {
        self.buffer
    }
}

/// Whether a text fits into so many columns.
fn fits(text: &str, columns: usize) -> bool {
    text.len() <= columns || width(text) <= columns
}

/// What stands in a cell that a doubtful character covers; never written, since its character is wider.
const COVERED: &str = "\u{a0}";

/// Whether a character of several code points is as wide as they are one by one: flags, families,
/// syllables. Terminals that do not put them together draw them wider.
fn doubtful(symbol: &str) -> bool {
    let mut each = symbol.chars();
    if symbol.is_ascii() || (each.next(), each.next()).1.is_none() {
        return false;
    }
    let parts = symbol.chars().map(|c| width(c.encode_utf8(&mut [0; 4])));
    width(symbol) >= 2 && parts.filter(|part| *part > 0).count() > 1
}

/// Text without what is drawn in it: rules and bars would be read out one by one.
fn spoken(text: &str, plain: bool) -> String {
    let quote = text.trim_start().starts_with('│');
    let chars = text.chars().map(|c| match c {
        '─' | '┼' => ' ',
        '›' => ',',
        '│' if quote => ' ',
        '│' => ';',
        '•' | '◦' => '-',
        c if plain => ascii(c),
        c => c,
    });
    chars.collect()
}

/// The sign that ASCII has for a typographic one; others as they are.
fn ascii(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' | '‚' => '\'',
        '–' | '—' | '‒' | '·' | '−' => '-',
        '…' => '~',
        '↑' => '^',
        '↓' => 'v',
        '←' => '<',
        '→' | '›' => '>',
        '•' => '*',
        '\u{a0}' | '\u{202f}' => ' ',
        c => c,
    }
}

/// The text made safe, its spaces kept: what the alignment of a row is made of.
fn safe(text: &str) -> Cow<'_, str> {
    if is_one_column_each(text) {
        return Cow::Borrowed(text);
    }
    let parts: Vec<Cow<'_, str>> = text.split(' ').map(safe_text::safe_line).collect();
    Cow::Owned(parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::{doubtful, safe};

    #[test]
    fn flags_and_families_are_doubtful_and_single_characters_are_not() {
        for symbol in ["🇬🇪", "👩\u{200d}🚀", "👍🏽"] {
            assert!(doubtful(symbol), "{symbol}");
        }
        for symbol in ["a", "é", "e\u{301}", "漢", "👍"] {
            assert!(!doubtful(symbol), "{symbol}");
        }
    }

    #[test]
    fn spaces_stay_and_escapes_do_not() {
        assert_eq!(safe("  a   é\u{1b}[31m\u{202e} "), "  a   é[31m ");
    }
}
