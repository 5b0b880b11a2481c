//! What the terminal sends, as plain keys, clicks, pastes and answers: the thread that waits for it
//! and the parser. Never here: what a key does.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::Terminal;
use crate::tui::LoopMessage;
use crate::tui::terminal::key::{Code, Input, Key, Mouse};

/// How long the rest of a sequence that began with ESC may take; after that it was the Esc key.
const ESCAPE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 30_000_000,
};

/// Starts and stops the listening, so that a command can have the keyboard for itself.
#[derive(Clone)]
pub struct Listener {
    paused: Arc<(Mutex<Pause>, Condvar)>,
    wake: Arc<UnixStream>,
}

#[derive(Default)]
struct Pause {
    asked: bool,
    granted: bool,
}

impl Listener {
    /// Starts the thread; keys arrive on `sender` as [`LoopMessage::Input`].
    ///
    /// # Errors
    /// When the system gives no socket pair or thread.
    pub fn start(terminal: Terminal, sender: Sender<LoopMessage>) -> io::Result<Listener> {
        let (wake, loop_sender) = UnixStream::pair()?;
        let paused = Arc::new((Mutex::new(Pause::default()), Condvar::new()));
        let listener = Listener {
            paused: Arc::clone(&paused),
            wake: Arc::new(wake),
        };
        crate::tui::thread(
            "input",
            sender.clone(),
            Box::new(move || listen(&terminal, &loop_sender, &paused, &sender)),
        )?;
        Ok(listener)
    }

    /// Returns when nobody reads the keyboard any more.
    pub fn pause(&self) {
        let (lock, changed) = &*self.paused;
        let Ok(mut pause) = lock.lock() else { return };
        pause.asked = true;
        let _ = rustix::io::write(self.wake.as_fd(), b".");
        while !pause.granted {
            pause = match changed.wait(pause) {
                Ok(pause) => pause,
                Err(_) => return,
            };
        }
    }

    /// Reads the keyboard again.
    pub fn resume(&self) {
        let (lock, changed) = &*self.paused;
        if let Ok(mut pause) = lock.lock() {
            pause.asked = false;
        }
        changed.notify_all();
    }
}

fn listen(
    terminal: &Terminal,
    loop_sender: &UnixStream,
    paused: &(Mutex<Pause>, Condvar),
    sender: &Sender<LoopMessage>,
) {
    let mut parser = Parser::default();
    let mut buffer = [0u8; 4096];
    loop {
        let timeout = parser.waiting().then_some(&ESCAPE);
        let (typed, asked) = match wait(terminal.input().as_fd(), loop_sender.as_fd(), timeout) {
            Ok(ready) => ready,
            Err(_) => {
                let _ = sender.send(LoopMessage::Lost);
                return;
            }
        };
        if asked {
            let mut byte = [0u8; 16];
            let _ = rustix::io::read(loop_sender, &mut byte);
            let (lock, changed) = paused;
            let Ok(mut pause) = lock.lock() else { return };
            pause.granted = true;
            changed.notify_all();
            while pause.asked {
                pause = match changed.wait(pause) {
                    Ok(pause) => pause,
                    Err(_) => return,
                };
            }
            pause.granted = false;
            continue;
        }
        let mut out = Vec::new();
        if typed {
            match rustix::io::read(terminal.input(), &mut buffer) {
                // The end of the terminal: without this a lost terminal would be read for ever.
                Ok(0) => {
                    let _ = sender.send(LoopMessage::Lost);
                    return;
                }
                Ok(count) => parser.feed(&buffer[..count], &mut out),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => continue,
                Err(_) => {
                    let _ = sender.send(LoopMessage::Lost);
                    return;
                }
            }
        } else {
            parser.flush(&mut out);
        }
        for input in out {
            if sender.send(LoopMessage::Input(input)).is_err() {
                return;
            }
        }
    }
}

/// Blocks until there is something to read; which of the two it was.
fn wait(
    tty: BorrowedFd<'_>,
    loop_sender: BorrowedFd<'_>,
    timeout: Option<&Timespec>,
) -> io::Result<(bool, bool)> {
    let mut fds = [
        PollFd::from_borrowed_fd(tty, PollFlags::IN),
        PollFd::from_borrowed_fd(loop_sender, PollFlags::IN),
    ];
    loop {
        match poll(&mut fds, timeout) {
            Ok(_) => break,
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
    }
    let typed = fds[0].revents();
    if typed.contains(PollFlags::NVAL) {
        return Err(io::ErrorKind::NotConnected.into());
    }
    Ok((
        typed.intersects(PollFlags::IN | PollFlags::HUP | PollFlags::ERR),
        fds[1].revents().contains(PollFlags::IN),
    ))
}

/// Bytes to inputs; keeps what is not yet whole.
#[derive(Default)]
pub struct Parser {
    pending: Vec<u8>,
    /// Inside a bracketed paste: what came so far.
    paste: Option<Vec<u8>>,
}

/// A paste longer than this is cut: nothing here takes more than a line.
const MAX_PASTE: usize = 64 * 1024;
/// A sequence longer than this is none.
const MAX_SEQUENCE: usize = 1024;

/// What the front of the pending bytes is.
enum Step {
    /// So many bytes made this, if anything.
    Took(usize, Option<Input>),
    /// Not yet whole.
    More,
}

impl Parser {
    /// Whether a sequence has begun and not ended.
    pub fn waiting(&self) -> bool {
        !self.pending.is_empty() && self.paste.is_none()
    }

    /// Reads bytes as they come.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        self.pending.extend_from_slice(bytes);
        self.run(out, false);
    }

    /// Nothing more came: a lone ESC was the Esc key, anything else half-sent is dropped.
    pub fn flush(&mut self, out: &mut Vec<Input>) {
        self.run(out, true);
    }

    fn run(&mut self, out: &mut Vec<Input>, last: bool) {
        while !self.pending.is_empty() {
            if let Some(paste) = &mut self.paste {
                const END: &[u8] = b"\x1b[201~";
                let end = self.pending.windows(END.len()).position(|w| w == END);
                match end {
                    Some(at) => {
                        paste.extend(self.pending.drain(..at + END.len()).take(at));
                        let mut paste = self.paste.take().unwrap_or_default();
                        paste.truncate(MAX_PASTE);
                        out.push(Input::Paste(String::from_utf8_lossy(&paste).into_owned()));
                    }
                    None => {
                        let keep = self.pending.len().min(END.len() - 1);
                        let take = self.pending.len() - keep;
                        paste.extend(self.pending.drain(..take));
                        paste.truncate(MAX_PASTE);
                        return;
                    }
                }
                continue;
            }
            // However it arrives, a sequence has ended by then or is dropped so far.
            let most = self.pending.len().min(MAX_SEQUENCE + 1);
            match step(&self.pending[..most]) {
                Step::Took(count, input) => {
                    self.pending.drain(..count.max(1));
                    match input {
                        Some(Input::Paste(_)) => self.paste = Some(Vec::new()),
                        Some(input) => out.push(input),
                        None => {}
                    }
                }
                Step::More if most > MAX_SEQUENCE => drop(self.pending.drain(..most)),
                Step::More if last => {
                    if self.pending == [0x1b] {
                        out.push(Input::Key(Key::plain(Code::Esc)));
                    } else if self.pending.starts_with(b"\x1b\x1b") {
                        out.push(Input::Key(Key::plain(Code::Esc)));
                        self.pending.remove(0);
                        continue;
                    } else if let [0x1b, only] = self.pending[..] {
                        out.push(Input::Key(Key::alt(Code::Char(char::from(only)))));
                    }
                    self.pending.clear();
                }
                Step::More => return,
            }
        }
    }
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [0x1b] => Step::More,
        [0x1b, b'[', ..] => csi(bytes),
        [0x1b, b'O'] => Step::More,
        [0x1b, b'O', last, ..] => Step::Took(3, ss3(*last).map(|c| Input::Key(Key::plain(c)))),
        [0x1b, b']' | b'P' | b'_' | b'^', ..] => string(bytes),
        [0x1b, 0x1b, ..] => Step::Took(1, Some(Input::Key(Key::plain(Code::Esc)))),
        [0x1b, rest @ ..] => match plain(rest) {
            Some((count, key)) => Step::Took(count + 1, Some(Input::Key(Key { alt: true, ..key }))),
            None => Step::More,
        },
        _ => match plain(bytes) {
            Some((count, key)) => Step::Took(count, Some(Input::Key(key))),
            None => Step::More,
        },
    }
}

/// One key that is no sequence: a control character or one character of UTF-8.
fn plain(bytes: &[u8]) -> Option<(usize, Key)> {
    let first = *bytes.first()?;
    let key = match first {
        b'\r' | b'\n' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x7f => Key::plain(Code::Backspace),
        0 => Key::ctrl(Code::Char(' ')),
        1..=26 => Key::ctrl(Code::Char(char::from(first - 1 + b'a'))),
        0x1c..=0x1f => Key::ctrl(Code::Char(char::from(first - 0x1c + b'\\'))),
        0x20..=0x7e => Key::plain(Code::Char(char::from(first))),
        _ => {
            let length = match first {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => return Some((1, Key::plain(Code::Unknown))),
            };
            if bytes.len() < length {
                return None;
            }
            let code = std::str::from_utf8(&bytes[..length])
                .ok()
                .and_then(|text| text.chars().next())
                .map_or(Code::Unknown, Code::Char);
            return Some((length, Key::plain(code)));
        }
    };
    Some((1, key))
}

fn ss3(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'M' => Code::Enter,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

/// A control sequence (ECMA-48 5.4): parameters, intermediates, one final byte.
fn csi(bytes: &[u8]) -> Step {
    let body = &bytes[2..];
    let Some(end) = body.iter().position(|byte| (0x40..=0x7e).contains(byte)) else {
        return Step::More;
    };
    let (last, count) = (body[end], end + 3);
    let text = std::str::from_utf8(&body[..end]).unwrap_or("");
    let number = |at: usize| -> Option<u16> { text.split(';').nth(at)?.parse().ok() };
    // The second parameter carries the modifiers, plus one (xterm).
    let modified = |code: Code| {
        let bits = number(1).unwrap_or(1).saturating_sub(1);
        Input::Key(Key {
            code,
            shift: bits & 1 != 0,
            alt: bits & 2 != 0,
            ctrl: bits & 4 != 0,
        })
    };
    let input = match last {
        b'M' | b'm' if text.starts_with('<') => mouse(&text[1..], last == b'M'),
        b'I' if text.is_empty() => Some(Input::Focus(true)),
        b'O' if text.is_empty() => Some(Input::Focus(false)),
        b'Z' => Some(Input::Key(Key {
            shift: true,
            ..Key::plain(Code::Tab)
        })),
        b'c' if text.starts_with('?') => Some(Input::Abilities(
            text[1..]
                .split(';')
                .filter_map(|n| n.parse().ok())
                .collect(),
        )),
        b'A'..=b'D' | b'F' | b'H' | b'P'..=b'S' => ss3(last).map(modified),
        b'~' => match number(0) {
            Some(200) => Some(Input::Paste(String::new())),
            Some(n) => tilde(n).map(modified),
            None => None,
        },
        _ => None,
    };
    Step::Took(count, input)
}

fn tilde(number: u16) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F((number - 10) as u8),
        17..=21 => Code::F((number - 11) as u8),
        23 | 24 => Code::F((number - 12) as u8),
        _ => return None,
    })
}

/// An SGR mouse report: `button;column;row`, 1-based.
fn mouse(text: &str, pressed: bool) -> Option<Input> {
    let mut parts = text.split(';').map(|part| part.parse::<u16>().ok());
    let (button, x, y) = (parts.next()??, parts.next()??, parts.next()??);
    let (x, y) = (x.saturating_sub(1), y.saturating_sub(1));
    match (button & !0b1_1100, pressed) {
        (0, true) => Some(Input::Mouse(Mouse::Click { x, y })),
        (64, true) => Some(Input::Mouse(Mouse::WheelUp { x, y })),
        (65, true) => Some(Input::Mouse(Mouse::WheelDown { x, y })),
        _ => None,
    }
}

/// A string sequence (OSC, DCS, APC, PM) up to ST or BEL: the answers to our questions.
fn string(bytes: &[u8]) -> Step {
    let end =
        bytes
            .iter()
            .enumerate()
            .skip(2)
            .find_map(|(at, byte)| match (byte, bytes.get(at + 1)) {
                (0x07, _) => Some((at, at + 1)),
                (0x1b, Some(b'\\')) => Some((at, at + 2)),
                _ => None,
            });
    let Some((end, count)) = end else {
        // Alt with the bracket key looks the same until the time is up.
        return Step::More;
    };
    let text = std::str::from_utf8(&bytes[2..end]).unwrap_or("");
    Step::Took(count, text.strip_prefix("11;").and_then(background))
}

/// `rgb:RRRR/GGGG/BBBB` (1 to 4 digits each) to how light it is.
fn background(text: &str) -> Option<Input> {
    let rgb = text.strip_prefix("rgb:").or(text.strip_prefix("rgba:"))?;
    let mut parts = rgb.split('/').map(|part| {
        let digits = part.get(..part.len().min(4))?;
        let max = (16u32.checked_pow(u32::try_from(digits.len()).ok()?)?).checked_sub(1)?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        (value * 255).checked_div(max)
    });
    let (r, g, b) = (parts.next()??, parts.next()??, parts.next()??);
    // Rec. 601 luma.
    Some(Input::Background {
        light: r * 299 + g * 587 + b * 114 > 127_500,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(chunks: &[&[u8]]) -> Vec<Input> {
        let (mut parser, mut out) = (Parser::default(), Vec::new());
        for chunk in chunks {
            parser.feed(chunk, &mut out);
        }
        parser.flush(&mut out);
        out
    }

    fn key(code: Code) -> Input {
        Input::Key(Key::plain(code))
    }

    #[test]
    fn keys_of_every_kind_are_told_apart() {
        assert_eq!(
            parse(&["jé漢\r\x1b[A\x1bOB\x1b[5~\x04".as_bytes()]),
            [
                key(Code::Char('j')),
                key(Code::Char('é')),
                key(Code::Char('漢')),
                key(Code::Enter),
                key(Code::Up),
                key(Code::Down),
                key(Code::PageUp),
                Input::Key(Key::ctrl(Code::Char('d'))),
            ]
        );
    }

    #[test]
    fn a_lone_escape_is_the_escape_key_and_a_split_sequence_is_not() {
        assert_eq!(parse(&[b"\x1b"]), [key(Code::Esc)]);
        assert_eq!(parse(&[b"\x1b", b"[", b"B"]), [key(Code::Down)]);
        assert_eq!(parse(&[b"\x1bx"]), [Input::Key(Key::alt(Code::Char('x')))]);
    }

    #[test]
    fn a_paste_arrives_whole_and_never_as_keys() {
        assert_eq!(
            parse(&[b"\x1b[200~q\x1b[", b"A\n", b"\x1b[201~j"]),
            [Input::Paste("q\x1b[A\n".into()), key(Code::Char('j')),]
        );
    }

    #[test]
    fn the_terminals_answers_are_no_keys() {
        assert_eq!(
            parse(&[b"\x1b]11;rgb:ffff/ffff/f0f0\x1b\\\x1b[?62;4;22c"]),
            [
                Input::Background { light: true },
                Input::Abilities(vec![62, 4, 22]),
            ]
        );
        assert_eq!(
            parse(&[b"\x1b]11;rgb:1e/1e/2e\x07"]),
            [Input::Background { light: false }]
        );
    }

    #[test]
    fn clicks_and_the_wheel_have_a_place() {
        assert_eq!(
            parse(&[b"\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<65;1;1M"]),
            [
                Input::Mouse(Mouse::Click { x: 2, y: 3 }),
                Input::Mouse(Mouse::WheelDown { x: 0, y: 0 }),
            ]
        );
    }

    #[test]
    fn noise_is_survived() {
        let noise: Vec<u8> = (0..4000u32).map(|n| (n * 7919 % 256) as u8).collect();
        let mut parser = Parser::default();
        let mut out = Vec::new();
        for chunk in noise.chunks(7) {
            parser.feed(chunk, &mut out);
        }
        parser.flush(&mut out);
        assert!(!parser.waiting());
    }
}
