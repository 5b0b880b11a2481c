//! A program in a pseudo-terminal, and a small terminal that answers it and knows when what appeared.
//! Never here: newsprint's own keys and words.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Rows and columns of the terminal.
pub const SIZE: (NonZero<u16>, NonZero<u16>) =
    (NonZero::new(40).unwrap(), NonZero::new(120).unwrap());

/// No answer for so long is none.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running program and its screen.
pub struct Screen {
    child: Box<dyn Child + Send + Sync>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    output: Receiver<(Instant, Vec<u8>)>,
    terminal: vt100::Parser,
    started: Instant,
    _master: Box<dyn MasterPty + Send>,
}

impl Screen {
    /// Runs a program with nothing of the caller's environment but `PATH`, its home in `home`.
    pub fn run(program: &Path, arguments: &[&str], home: &Path) -> Result<Screen> {
        let (rows, cols) = SIZE;
        let size = PtySize {
            rows: rows.get(),
            cols: cols.get(),
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
        ] {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.cwd(home);
        let mut reader = pair.master.try_clone_reader()?;
        let writer = Arc::new(Mutex::new(pair.master.take_writer()?));
        let answering = Arc::clone(&writer);
        let (sender, output) = mpsc::channel();
        let started = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        thread::spawn(move || {
            let mut bytes = [0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                let at = Instant::now();
                let chunk = &bytes[..read];
                answer(chunk, &answering);
                if sender.send((at, chunk.to_vec())).is_err() {
                    return;
                }
            }
        });
        Ok(Screen {
            child,
            writer,
            output,
            terminal: vt100::Parser::new(rows, cols, 0),
            started,
            _master: pair.master,
        })
    }

    /// When it was started.
    pub fn started(&self) -> Instant {
        self.started
    }

    /// Its process number.
    pub fn pid(&self) -> Result<u32> {
        self.child
            .process_id()
            .context("the program has no process number")
    }

    /// What is on the screen, line by line.
    pub fn text(&self) -> String {
        self.terminal.screen().contents()
    }

    /// What is on the screen, looks and all.
    fn looks(&self) -> String {
        self.terminal.screen().contents_formatted()
    }

    /// Sends keys; tells when. What came before is taken in first.
    pub fn press(&mut self, keys: &str) -> Result<Instant> {
        while let Ok((_, bytes)) = self.output.try_recv() {
            self.terminal.process(&bytes);
        }
        let at = Instant::now();
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.write_all(keys.as_bytes())?;
        writer.flush()?;
        Ok(at)
    }

    /// Waits until the screen shows `text`; tells when it came.
    pub fn wait_for(&mut self, text: &str) -> Result<Instant> {
        self.wait(&format!("{text:?}"), |screen| screen.text().contains(text))
    }

    fn wait(&mut self, what: &str, seen: impl Fn(&Screen) -> bool) -> Result<Instant> {
        let end = Instant::now() + PATIENCE;
        if seen(self) {
            return Ok(Instant::now());
        }
        loop {
            match self
                .output
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok((at, bytes)) => {
                    self.terminal.process(&bytes);
                    if seen(self) {
                        return Ok(at);
                    }
                }
                Err(_) => bail!(
                    "waited for {what} in vain; the screen shows:\n{}",
                    self.text()
                ),
            }
        }
    }

    /// Waits for the screen to change and then for nothing to come for `rest`; tells when it changed
    /// first, or nothing where it did not for `patience`.
    pub fn change(&mut self, patience: Duration, rest: Duration) -> Option<Instant> {
        let looks = self.looks();
        let end = Instant::now() + patience;
        loop {
            let wait = end.saturating_duration_since(Instant::now());
            let (at, bytes) = self.output.recv_timeout(wait).ok()?;
            self.terminal.process(&bytes);
            if self.looks() != looks {
                self.rest(rest);
                return Some(at);
            }
        }
    }

    /// Takes in what comes until nothing has come for `rest`; tells when the screen changed first, and
    /// when what stands in `part` became what it stayed.
    pub fn settled(&mut self, part: Part, rest: Duration) -> (Option<Instant>, Option<Instant>) {
        let looks = self.looks();
        let mut shown = self.part(part);
        let (mut first, mut settled) = (None, None);
        while let Ok((at, bytes)) = self.output.recv_timeout(rest) {
            self.terminal.process(&bytes);
            let now = self.part(part);
            if now != shown {
                shown = now;
                settled = Some(at);
            }
            if first.is_none() && self.looks() != looks {
                first = Some(at);
            }
        }
        (first, settled)
    }

    fn part(&self, part: Part) -> Vec<String> {
        let screen = self.terminal.screen();
        let rows = screen.rows(part.left, part.width);
        rows.skip(part.top).take(part.height).collect()
    }

    /// Takes in what comes until nothing has come for `rest`.
    pub fn rest(&mut self, rest: Duration) {
        while let Ok((_, bytes)) = self.output.recv_timeout(rest) {
            self.terminal.process(&bytes);
        }
    }

    /// Waits for its end; tells when its last output came.
    pub fn end(mut self) -> Result<Instant> {
        let mut last = Instant::now();
        let end = Instant::now() + PATIENCE;
        loop {
            match self
                .output
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok((at, _)) => last = at,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => bail!("the program does not end"),
            }
        }
        self.child.wait()?;
        Ok(last)
    }
}

/// A part of the screen.
#[derive(Clone, Copy)]
pub struct Part {
    /// Its first row.
    pub top: usize,
    /// Its rows.
    pub height: usize,
    /// Its first column.
    pub left: u16,
    /// Its columns.
    pub width: u16,
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Answers what terminals are asked: where the cursor is, what they can do, the background's colour.
fn answer(output: &[u8], writer: &Mutex<Box<dyn Write + Send>>) {
    const ANSWERS: [(&[u8], &[u8]); 3] = [
        (b"\x1b]11;?", b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\"),
        (b"\x1b[c", b"\x1b[?62;22c"),
        (b"\x1b[6n", b"\x1b[1;1R"),
    ];
    for (question, reply) in ANSWERS {
        if output.windows(question.len()).any(|part| part == question) {
            let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = writer.write_all(reply).and_then(|()| writer.flush());
        }
    }
}
