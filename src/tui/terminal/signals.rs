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
    free_bus_error();
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

/// Rust's runtime has a handler for SIGBUS, to tell of stacks that overflow. Called for anything else it gives the signal
/// back to the system, whose next one ends the process before our thread has had its turn: handlers that are added call
/// the one before. So it is called once, for nothing, while it is the only one. Where it cannot be known whether it is
/// there, it is left alone: without it the signal would end the process.
fn free_bus_error() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if is_caught(&status, SIGBUS) {
        let _ = signal_hook::low_level::raise(SIGBUS);
    }
}

/// Whether a signal has a handler, by what Linux says of a process.
fn is_caught(status: &str, signal: i32) -> bool {
    let line = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    caught.is_some_and(|mask| mask & (1 << (signal - 1)) != 0)
}

fn end(terminal: &Terminal, signal: i32) -> ! {
    terminal.leave();
    std::process::exit(128 + signal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_signals_have_a_handler_is_read_from_their_mask() {
        let status = "Name:\tnewsprint\nSigIgn:\t0000000000001000\nSigCgt:\t0000000000000440\n";
        let caught = (1..=64).filter(|signal| is_caught(status, *signal));
        assert_eq!(caught.collect::<Vec<_>>(), [7, 11]);
        assert!(!is_caught("", 7));
    }
}
