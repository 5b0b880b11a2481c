//! The thread that waits for signals. Never here: what the reader does about them.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use signal_hook::consts::{SIGBUS, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::Terminal;
use crate::tui::LoopMessage;

/// How long the loop has to end in order after a signal.
const GRACE: Duration = Duration::from_secs(8);

/// Said of a file that SQLite had mapped: the index of the log, which is made anew at the next start.
const CUT_SHORT: &str = "newsprint: a file beside the database (newsprint.db-shm) was cut short while it was open, so the reader had to end. \
     Nothing is lost; start it again.";

/// Starts the thread.
///
/// # Errors
/// When the system refuses handlers or a thread.
pub fn start(terminal: Terminal, sender: Sender<LoopMessage>) -> io::Result<()> {
    let mut signals = Signals::new([
        SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH, SIGBUS,
    ])?;
    crate::tui::thread(
        "signals",
        sender.clone(),
        Box::new(move || {
            let mut ending = false;
            for signal in &mut signals {
                let wake = match signal {
                    // The thread that met it meets it again and again until the process ends.
                    SIGBUS => {
                        terminal.leave();
                        eprintln!("{CUT_SHORT}");
                        std::process::exit(128 + SIGBUS)
                    }
                    // They come from the keys of the program that has the terminal, and are meant for it.
                    SIGINT | SIGQUIT | SIGTSTP | SIGCONT if terminal.is_lent() => continue,
                    SIGWINCH => LoopMessage::Resized,
                    SIGTSTP => LoopMessage::Stop,
                    SIGCONT => LoopMessage::Continued,
                    // Asked twice, or the loop hangs: end at once, but with the terminal as it was.
                    _ if ending => end(&terminal, signal),
                    _ => {
                        ending = true;
                        let terminal = terminal.clone();
                        let _ =
                            std::thread::Builder::new()
                                .stack_size(64 * 1024)
                                .spawn(move || {
                                    std::thread::sleep(GRACE);
                                    end(&terminal, signal)
                                });
                        LoopMessage::Signal(signal)
                    }
                };
                if sender.send(wake).is_err() {
                    return;
                }
            }
        }),
    )?;
    Ok(())
}

fn end(terminal: &Terminal, signal: i32) -> ! {
    terminal.leave();
    std::process::exit(128 + signal)
}
