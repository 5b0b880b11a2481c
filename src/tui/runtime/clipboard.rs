//! The clipboard: the system's where there is a display that answers, else the terminal's.
//! Never here: what is copied.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::tui::terminal::Terminal;
use newsprint_html::safe_text;

/// How long a display has to take a text.
const PATIENCE: Duration = Duration::from_secs(1);

/// A text for the system's clipboard, and where to say whether it was taken.
type Request = (String, Sender<bool>);

/// The system's clipboard where there is a display that answers, else the terminal's. Clones share it.
#[derive(Clone, Default)]
pub struct Clipboard {
    system: Arc<Mutex<System>>,
}

/// The thread that talks to the display, which may never answer.
#[derive(Default)]
enum System {
    #[default]
    NotAsked,
    /// It keeps the clipboard: on X11 the text is gone with its owner.
    Thread(Sender<Request>),
    /// It did not answer, and is asked no more.
    Dead,
}

impl Clipboard {
    /// Copies; waits for at most a second.
    pub fn copy(&self, text: &str, terminal: &Terminal) -> Result<String, String> {
        let text = safe_text::block(text);
        let shown = safe_text::line(&text);
        let is_set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        // A Mac has no variable for its display, and its own terminal takes nothing by OSC 52.
        let mac = cfg!(target_os = "macos") && !["SSH_CONNECTION", "SSH_TTY"].iter().any(is_set);
        let display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(is_set);
        if (mac || display) && self.copy_to_system(&text, serve) {
            return Ok(format!("Copied {shown}"));
        }
        let mut bytes = Vec::new();
        crossterm::queue!(
            bytes,
            crossterm::clipboard::CopyToClipboard::to_clipboard_from(&text)
        )
        .and_then(|()| terminal.write(&bytes))
        .map_err(|error| format!("Not copied: {error}"))?;
        Ok(format!("Copied {shown} (OSC 52)"))
    }

    fn copy_to_system(&self, text: &str, serve: fn(Receiver<Request>)) -> bool {
        let mut system = self.system.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*system, System::NotAsked) {
            let (sender, requests) = channel();
            let thread = std::thread::Builder::new().name("clipboard".to_owned());
            *system = match thread.spawn(move || serve(requests)) {
                Ok(_) => System::Thread(sender),
                Err(_) => System::Dead,
            };
        }
        let System::Thread(thread) = &*system else {
            return false;
        };
        let (said, taken) = channel();
        let _ = thread.send((text.to_owned(), said));
        match taken.recv_timeout(PATIENCE) {
            Ok(taken) => taken,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                *system = System::Dead;
                false
            }
        }
    }
}

/// Gives texts to the display.
fn serve(requests: Receiver<Request>) {
    let mut clipboard = None;
    for (text, said) in requests {
        if clipboard.is_none() {
            clipboard = arboard::Clipboard::new().ok();
        }
        let system = clipboard.as_mut();
        let _ = said.send(system.is_some_and(|system| system.set_text(text).is_ok()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_that_does_not_answer_is_asked_once() {
        let clipboard = Clipboard::default();
        assert!(!clipboard.copy_to_system("a", |requests| {
            let held: Vec<Request> = requests.iter().collect();
            drop(held);
        }));
        let answers = |requests: Receiver<Request>| {
            requests
                .iter()
                .for_each(|(_, said)| said.send(true).unwrap());
        };
        assert!(!clipboard.copy_to_system("b", answers));
        assert!(Clipboard::default().copy_to_system("c", answers));
    }
}
