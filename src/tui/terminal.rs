//! The terminal guard: raw mode, alternate screen, paste, focus and mouse reports, and the way back
//! from all of them whatever happens. Never here: what is drawn, what keys mean.

pub(super) mod input;
pub mod key;
pub(super) mod signals;

pub use input::Parser;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::termios::{OptionalActions, QueueSelector, Termios};

/// Alternate screen, cursor hidden, bracketed paste, focus reports.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1004h";
/// Buttons and wheel, in SGR form; no plain motion, which would be noise on every move.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";
/// Everything back: synchronised update, hyperlink and style ended, modes off, cursor, main screen.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b]8;;\x1b\\\x1b[0m\x1b[?1006l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[?25h\x1b[?1049l\x1b[?25h";

/// Why the reader cannot have the terminal.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Standard input or output is no terminal.
    #[error(
        "the reader needs a terminal; `newsprint list` and `newsprint show ID` print plain text anywhere"
    )]
    None,
    /// A terminal that cannot move its cursor.
    #[error(
        "the reader cannot draw on a TERM=dumb terminal; `newsprint list` and `newsprint show ID` print plain text anywhere"
    )]
    Dumb,
    /// The terminal refused.
    #[error(
        "the terminal cannot be set up: {0}; `newsprint list` and `newsprint show ID` print plain text"
    )]
    Io(#[from] io::Error),
}

/// The terminal, taken over; clones share it.
#[derive(Clone)]
pub struct Terminal {
    inner: Arc<Inner>,
}

struct Inner {
    input: File,
    output: File,
    before: Termios,
    /// Whether the terminal is ours at the moment.
    taken: AtomicBool,
    /// Whether another program has it.
    lent: AtomicBool,
    mouse: AtomicBool,
    /// A query is out whose answer must not end up in the shell.
    asked: AtomicBool,
    /// Held while bytes go out, so that a frame is never torn by the way back.
    writing: Mutex<()>,
}

impl Terminal {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// [`TerminalError`] when there is none, or none that can be drawn on.
    pub fn take(mouse: bool) -> Result<Terminal, TerminalError> {
        let (stdin, stdout) = (io::stdin(), io::stdout());
        if !rustix::termios::isatty(stdin.as_fd()) || !rustix::termios::isatty(stdout.as_fd()) {
            return Err(TerminalError::None);
        }
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(TerminalError::Dumb);
        }
        let input = File::from(stdin.as_fd().try_clone_to_owned()?);
        let output = File::from(stdout.as_fd().try_clone_to_owned()?);
        Terminal::over(input, output, mouse)
    }

    /// Takes the terminal that these lead to.
    ///
    /// # Errors
    /// [`TerminalError`] when it refuses.
    pub fn over(input: File, output: File, mouse: bool) -> Result<Terminal, TerminalError> {
        let before = rustix::termios::tcgetattr(&input).map_err(io::Error::from)?;
        let terminal = Terminal {
            inner: Arc::new(Inner {
                input,
                output,
                before,
                taken: AtomicBool::new(false),
                lent: AtomicBool::new(false),
                mouse: AtomicBool::new(mouse),
                asked: AtomicBool::new(false),
                writing: Mutex::new(()),
            }),
        };
        terminal.enter()?;
        Ok(terminal)
    }

    /// Takes the terminal again, after [`Terminal::leave`] or a stop.
    ///
    /// # Errors
    /// What the terminal answers.
    pub fn enter(&self) -> io::Result<()> {
        let mut raw = self.inner.before.clone();
        raw.make_raw();
        rustix::termios::tcsetattr(&self.inner.input, OptionalActions::Now, &raw)?;
        self.inner.taken.store(true, Ordering::SeqCst);
        self.write(ENTER)?;
        if self.inner.mouse.load(Ordering::SeqCst) {
            self.write(MOUSE_ON)?;
        }
        Ok(())
    }

    /// Gives the terminal back as it was. Safe to call twice and from any thread.
    pub fn leave(&self) {
        if !self.inner.taken.swap(false, Ordering::SeqCst) {
            return;
        }
        // A frame may be on its way: wait for its end, but not for a terminal that has stopped reading.
        let until = Instant::now() + Duration::from_millis(200);
        let mut held = self.inner.writing.try_lock();
        while held.is_err() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(2));
            held = self.inner.writing.try_lock();
        }
        let _ = (&self.inner.output).write_all(LEAVE);
        if self.inner.asked.load(Ordering::SeqCst) {
            let _ = rustix::termios::tcflush(&self.inner.input, QueueSelector::IFlush);
        }
        let _ =
            rustix::termios::tcsetattr(&self.inner.input, OptionalActions::Now, &self.inner.before);
    }

    /// Says whether another program has the terminal, whose keys then are not the reader's.
    pub fn lend(&self, lent: bool) {
        self.inner.lent.store(lent, Ordering::SeqCst);
    }

    /// Whether another program has the terminal.
    pub fn is_lent(&self) -> bool {
        self.inner.lent.load(Ordering::SeqCst)
    }

    /// Writes bytes of our own making; nothing once the terminal has been given back.
    ///
    /// # Errors
    /// What the terminal answers.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let _writing = self
            .inner
            .writing
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if !self.inner.taken.load(Ordering::SeqCst) {
            return Ok(());
        }
        (&self.inner.output).write_all(bytes)
    }

    /// Asks the terminal for its background colour and abilities; the answers come as input.
    ///
    /// # Errors
    /// What the terminal answers.
    pub fn ask(&self) -> io::Result<()> {
        if !knows_strings(&std::env::var("TERM").unwrap_or_default()) {
            return Ok(());
        }
        self.inner.asked.store(true, Ordering::SeqCst);
        self.write(b"\x1b]11;?\x1b\\\x1b[c")
    }

    /// The last answer has come.
    pub fn answered(&self) {
        self.inner.asked.store(false, Ordering::SeqCst);
    }

    /// Switches the mouse reports.
    ///
    /// # Errors
    /// What the terminal answers.
    pub fn mouse(&self, on: bool) -> io::Result<()> {
        self.inner.mouse.store(on, Ordering::SeqCst);
        self.write(if on { MOUSE_ON } else { MOUSE_OFF })
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        match rustix::termios::tcgetwinsize(&self.inner.output) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
            _ => (80, 24),
        }
    }

    /// Pixels of one cell, where the terminal says.
    pub fn cell_pixels(&self) -> Option<(u16, u16)> {
        let size = rustix::termios::tcgetwinsize(&self.inner.output).ok()?;
        let width = size.ws_xpixel.checked_div(size.ws_col)?;
        let height = size.ws_ypixel.checked_div(size.ws_row)?;
        (width > 0 && height > 0).then_some((width, height))
    }

    /// The side that keys come from.
    pub fn input(&self) -> &File {
        &self.inner.input
    }
}

/// Whether such a terminal takes in control strings (OSC …) that it does not know. Consoles and old
/// terminals print them.
pub fn knows_strings(term: &str) -> bool {
    let prints = [
        "linux", "vt", "ansi", "eterm", "cons25", "wsvt25", "sun", "dumb",
    ];
    !term.is_empty() && !prints.iter().any(|name| term.starts_with(name))
}

impl Drop for Inner {
    fn drop(&mut self) {
        if self.taken.load(Ordering::SeqCst) {
            let _ = (&self.output).write_all(LEAVE);
            let _ = rustix::termios::tcsetattr(&self.input, OptionalActions::Now, &self.before);
        }
    }
}
