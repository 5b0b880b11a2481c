//! The ratatui backend: one write a frame, OSC 8 hyperlinks around the cells that carry them, and no
//! control character whatever a cell holds. Never here: layout, styles, input.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Rect, Size};
use unicode_width::UnicodeWidthChar;

use super::terminal::Terminal;
use newsprint_html::width;

/// Addresses of the frame's linked cells, by row; the first and the column after the last.
pub type Links = Vec<(u16, u16, u16, Arc<str>)>;

/// Collects a frame and writes it at once.
pub struct Screen {
    terminal: Terminal,
    /// The frame's bytes, until `flush`.
    out: Vec<u8>,
    /// Linked cells of the frame to come.
    links: Links,
    /// Cells that hold pictures, whose escapes are of our own making.
    pictures: Vec<Rect>,
    /// Whether addresses are written at all.
    pub hyperlinks: bool,
    cursor_shown: bool,
    /// Where the cursor was put, as long as nothing was written since.
    cursor: Option<Position>,
    /// The frame before and the one that is drawn next, where lines are spoken: a line that changes is
    /// written whole, and none that does not.
    spoken: Option<(Buffer, Buffer)>,
    /// The line that is typed in: there only what is new is written.
    typed: Option<u16>,
    /// Inside a synchronised update, which spares the eye half-drawn frames.
    updating: bool,
}

impl Screen {
    /// A backend on the terminal.
    pub fn new(terminal: Terminal, hyperlinks: bool) -> Screen {
        Screen {
            terminal,
            out: Vec::with_capacity(16 * 1024),
            links: Links::new(),
            pictures: Vec::new(),
            hyperlinks,
            cursor_shown: false,
            cursor: None,
            spoken: None,
            typed: None,
            updating: false,
        }
    }

    /// The links of the frame that is drawn next, and where pictures stand in it.
    pub fn set_links(&mut self, links: Links, pictures: &[Rect]) {
        self.links = if self.hyperlinks { links } else { Links::new() };
        self.pictures.clear();
        self.pictures.extend_from_slice(pictures);
    }

    /// The frame that is drawn next, where its lines are spoken, and the line that is typed in.
    pub fn speak(&mut self, frame: &Buffer, typed: Option<u16>) {
        self.typed = typed;
        let before = self.spoken.take().map(|(_, now)| now);
        let before = before
            .filter(|before| before.area == frame.area)
            .unwrap_or_else(|| Buffer::empty(frame.area));
        self.spoken = Some((before, frame.clone()));
    }

    /// Bytes of our own making (pictures) that go out with the frame.
    pub fn push(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Which of the links of a row a cell is in.
    fn link_at(&self, row: &[usize], x: u16) -> Option<usize> {
        row.iter()
            .copied()
            .find(|&index| self.links[index].1 <= x && x < self.links[index].2)
    }
}

/// The cells of the lines that have changed, each line whole as far as there is or was anything on it; of
/// the one that is typed in, what follows its first change.
fn whole_lines<'a>(
    before: &Buffer,
    now: &'a Buffer,
    typed: Option<u16>,
) -> Vec<(u16, u16, &'a Cell)> {
    let look = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
    let same = |a: &Cell, b: &Cell| a.symbol() == b.symbol() && look(a) == look(b);
    let area = now.area;
    let mut cells = Vec::new();
    for y in area.top()..area.bottom() {
        let row = area.left()..area.right();
        if row.clone().all(|x| same(&before[(x, y)], &now[(x, y)])) {
            continue;
        }
        let blank = |buffer: &Buffer, x: u16| buffer[(x, y)].symbol().trim().is_empty();
        let end = row
            .clone()
            .rev()
            .find(|x| !blank(before, *x) || !blank(now, *x))
            .map_or(area.left(), |x| x + 1);
        let other = |x: &u16| !same(&before[(*x, y)], &now[(*x, y)]);
        let first = row.clone().find(other).filter(|_| typed == Some(y));
        let mut x = first.unwrap_or(area.left());
        while x < end {
            let cell = &now[(x, y)];
            cells.push((x, y, cell));
            x += u16::try_from(newsprint_html::width(cell.symbol()))
                .unwrap_or(1)
                .max(1);
        }
    }
    cells
}

/// Has the cells written again whose hyperlink is another than in the frame before: a cell that looks the
/// same would else keep the address that was there.
pub fn relink(buffer: &mut Buffer, before: &Links, now: &Links) {
    let came = now.iter().filter(|link| !before.contains(link));
    let went = before.iter().filter(|link| !now.contains(link));
    for (y, from, to, _) in came.chain(went) {
        for x in *from..*to {
            if let Some(cell) = buffer.cell_mut((x, *y))
                && cell.diff_option == CellDiffOption::None
            {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }
}

/// Has the cells behind a joined or toned emoji written with it: a terminal that does not join them
/// draws the parts side by side, and what of them reaches into those cells would stay there.
pub fn cover(buffer: &mut Buffer) {
    let area = buffer.area;
    let long = |cell: &Cell| cell.symbol().len() >= 5;
    let places: Vec<usize> = (0..buffer.content.len())
        .filter(|at| long(&buffer.content[*at]))
        .collect();
    for at in places {
        let (x, y) = buffer.pos_of(at);
        let symbol = buffer[(x, y)].symbol();
        let parts: usize = symbol.chars().filter_map(UnicodeWidthChar::width).sum();
        let (from, to) = (x as usize + width(symbol), x as usize + parts);
        for x in from..to.min(area.right().into()) {
            let cell = &mut buffer[(x as u16, y)];
            if cell.diff_option == CellDiffOption::None {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }
}

/// Whether an address may stand in an OSC 8 sequence: http(s), and only printable ASCII, so that it
/// can neither end the sequence nor start another.
pub fn may_link(url: &str) -> bool {
    (url.starts_with("http://") || url.starts_with("https://"))
        && url.len() <= 2000
        && url.bytes().all(|byte| (0x21..0x7f).contains(&byte))
}

/// The last door before the terminal: a cell's symbol without anything that is not a visible character.
fn harmless(symbol: &str) -> bool {
    !symbol.chars().any(|c| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    })
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        match self.spoken.take() {
            None => self.put(content),
            Some((before, now)) => {
                let result = self.put(whole_lines(&before, &now, self.typed).into_iter());
                self.spoken = Some((before, now));
                result
            }
        }
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown {
            self.cursor_shown = false;
            self.push(b"\x1b[?25l");
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if !self.cursor_shown {
            self.cursor_shown = true;
            self.push(b"\x1b[?25h");
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Asking the terminal would wait for its answer; a full screen never needs to know.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        // Said once: a terminal that speaks reads the line again that its cursor is sent to.
        if self.cursor.replace(position) == Some(position) {
            return Ok(());
        }
        let Position { x, y } = position;
        self.push(format!("\x1b[{};{}H", y + 1, x + 1).as_bytes());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.push(b"\x1b[0m\x1b[2J");
        self.cursor = None;
        if let Some((_, now)) = &mut self.spoken {
            now.reset();
        }
        Ok(())
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        CrosstermBackend::new(&mut self.out).clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = self.terminal.size();
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let (width, height) = self.terminal.size();
        Ok(WindowSize {
            columns_rows: Size { width, height },
            pixels: Size {
                width: 0,
                height: 0,
            },
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.out.is_empty() {
            return Ok(());
        }
        if self.updating {
            self.updating = false;
            self.push(b"\x1b[?2026l");
        }
        let result = self.terminal.write(&self.out);
        self.out.clear();
        result
    }
}

impl Screen {
    /// Writes cells, with hyperlinks around those that carry them.
    fn put<'a>(&mut self, content: impl Iterator<Item = (u16, u16, &'a Cell)>) -> io::Result<()> {
        let mut rows: HashMap<u16, Vec<usize>> = HashMap::new();
        for (index, (y, ..)) in self.links.iter().enumerate() {
            rows.entry(*y).or_default().push(index);
        }
        let blank = Cell::new(" ");
        let mut run: Vec<(u16, u16, &Cell)> = Vec::new();
        let mut run_link = None;
        // Cells come row by row: the links of each row are looked up once.
        let (mut row, mut row_links): (_, &[usize]) = (None, &[]);
        let mut content = content.peekable();
        if content.peek().is_some() {
            self.updating = true;
            self.cursor = None;
            self.push(b"\x1b[?2026h");
        }
        for (x, y, cell) in content {
            let picture = || {
                self.pictures
                    .iter()
                    .any(|area| area.contains(Position { x, y }))
            };
            let cell = if harmless(cell.symbol()) || picture() {
                cell
            } else {
                &blank
            };
            if row != Some(y) {
                row = Some(y);
                row_links = rows.get(&y).map_or(&[][..], Vec::as_slice);
            }
            let link = self.link_at(row_links, x);
            if link != run_link {
                self.draw_run(&run, run_link)?;
                run.clear();
                run_link = link;
            }
            run.push((x, y, cell));
        }
        self.draw_run(&run, run_link)
    }

    fn draw_run(&mut self, run: &[(u16, u16, &Cell)], link: Option<usize>) -> io::Result<()> {
        if run.is_empty() {
            return Ok(());
        }
        let url = link
            .map(|index| self.links[index].3.clone())
            .filter(|url| may_link(url));
        if let Some(url) = &url {
            self.push(format!("\x1b]8;;{url}\x1b\\").as_bytes());
        }
        CrosstermBackend::new(&mut self.out).draw(run.iter().copied())?;
        if url.is_some() {
            self.push(b"\x1b]8;;\x1b\\");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::buffer::Buffer;
    use ratatui::style::Style;

    use super::{cover, harmless, may_link, relink, whole_lines};

    #[test]
    fn a_line_that_changes_is_spoken_whole_and_once() {
        let before = Buffer::with_lines(["same", "Story, unread", "long line", "漢字"]);
        let mut now = Buffer::with_lines(["same", "Story, starred", "short", "漢字"]);
        // What only the comparison of frames knows does not count as a change.
        now[(0, 0)].set_diff_option(ratatui::buffer::CellDiffOption::AlwaysUpdate);
        let before = {
            let mut wide = Buffer::empty(now.area);
            wide.merge(&before);
            wide
        };
        let cells = whole_lines(&before, &now, None);
        let line = |y: u16| -> String {
            let row = cells.iter().filter(|(_, at, _)| *at == y);
            row.map(|(.., cell)| cell.symbol()).collect()
        };
        assert_eq!(line(0), "");
        assert_eq!(line(1), "Story, starred");
        assert_eq!(line(2), "short    ");
        assert_eq!(line(3), "");
        assert!(whole_lines(&now, &now, None).is_empty());
        let typed = whole_lines(&before, &now, Some(1));
        let text: String = typed
            .iter()
            .filter(|cell| cell.1 == 1)
            .map(|cell| cell.2.symbol())
            .collect();
        assert_eq!(text, "starred");
        now.set_string(0, 3, "漢語", Style::new());
        let cells = whole_lines(&before, &now, None);
        let last: Vec<&str> = cells
            .iter()
            .filter(|cell| cell.1 == 3)
            .map(|cell| cell.2.symbol())
            .collect();
        assert_eq!(last, ["漢", "語"]);
    }

    #[test]
    fn a_cell_that_looks_the_same_but_leads_elsewhere_is_written_again() {
        let mut frame = Buffer::with_lines(["read more", "read more"]);
        let link = |y: u16, url: &str| (y, 5, 9, Arc::from(url));
        let before = vec![link(0, "https://a.example/"), link(1, "https://b.example/")];
        let after = vec![link(0, "https://b.example/")];
        let old = frame.clone();
        relink(&mut frame, &before, &after);
        let written: Vec<(u16, u16)> = old.diff(&frame).iter().map(|(x, y, _)| (*x, *y)).collect();
        let wanted: Vec<(u16, u16)> = (0..2).flat_map(|y| (5..9).map(move |x| (x, y))).collect();
        assert_eq!(written, wanted);
        // What leads to where it led is left alone, and wide characters are whole.
        let mut frame = Buffer::empty(old.area);
        frame.set_string(0, 0, "漢字", Style::new());
        let old = frame.clone();
        relink(&mut frame, &after, &after);
        assert!(old.diff(&frame).is_empty());
        relink(
            &mut frame,
            &Vec::new(),
            &vec![(0, 0, 4, Arc::from("https://a.example/"))],
        );
        let written: Vec<&str> = old
            .diff(&frame)
            .iter()
            .map(|(.., cell)| cell.symbol())
            .collect();
        assert_eq!(written, ["漢", "字"]);
    }

    #[test]
    fn what_a_terminal_draws_too_wide_is_written_over() {
        let mut frame = Buffer::empty(ratatui::layout::Rect::new(0, 0, 10, 2));
        let old = frame.clone();
        frame.set_string(0, 0, "👩\u{200d}🚀", Style::new());
        frame.set_string(1, 1, "漢e\u{301}", Style::new());
        cover(&mut frame);
        let written: Vec<(u16, u16)> = old.diff(&frame).iter().map(|(x, y, _)| (*x, *y)).collect();
        assert_eq!(written, [(0, 0), (2, 0), (3, 0), (1, 1), (3, 1)]);
        // Up to the edge, and no further.
        let mut frame = Buffer::empty(ratatui::layout::Rect::new(0, 0, 3, 1));
        frame.set_string(1, 0, "👍🏽", Style::new());
        cover(&mut frame);
    }

    #[test]
    fn only_plain_web_addresses_become_hyperlinks() {
        assert!(may_link("https://example.org/a?b=c"));
        assert!(!may_link("javascript:alert(1)"));
        assert!(!may_link("https://example.org/\x1b\\\x1b]0;title\x07"));
        assert!(!may_link("https://example.org/ü"));
    }

    #[test]
    fn no_control_or_direction_character_reaches_the_terminal() {
        assert!(harmless("漢") && harmless("é") && harmless("👩‍🚀"));
        for bad in ["\x1b", "\u{9b}", "\u{202e}", "\u{200b}", "a\t"] {
            assert!(!harmless(bad), "{bad:?}");
        }
    }
}
