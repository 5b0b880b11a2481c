//! Timers: one thread for all, which sleeps until the next is over and for ever where there is none.
//! Never here: what is done when a time is over.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::tui::LoopMessage;
use crate::tui::effect::Timer;
use crate::tui::event::Event;

/// The thread's end of the line, here.
pub struct Timers {
    set: Sender<(Instant, Timer)>,
}

impl Timers {
    /// Starts the thread.
    pub fn start(sender: Sender<LoopMessage>) -> Timers {
        let (set, received) = channel();
        let panics = sender.clone();
        let _ = crate::tui::thread("timers", panics, Box::new(move || run(&received, &sender)));
        Timers { set }
    }

    /// Sets a timer; one of its kind that was set before is forgotten.
    pub fn set(&self, after: Duration, timer: Timer) {
        let _ = self.set.send((Instant::now() + after, timer));
    }
}

fn kind(timer: Timer) -> usize {
    match timer {
        Timer::Read(_) => 0,
        Timer::Rest(_) => 1,
        Timer::Refresh => 2,
    }
}

fn run(received: &Receiver<(Instant, Timer)>, sender: &Sender<LoopMessage>) {
    let mut running: [Option<(Instant, Timer)>; 3] = [None; 3];
    loop {
        let next = running.iter().flatten().map(|(at, _)| *at).min();
        let set = match next {
            None => received.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => received.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match set {
            Ok((at, timer)) => running[kind(timer)] = Some((at, timer)),
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now = Instant::now();
        for slot in &mut running {
            if let Some((_, timer)) = slot.take_if(|(at, _)| *at <= now)
                && sender.send(LoopMessage::Event(Event::Time(timer))).is_err()
            {
                return;
            }
        }
    }
}
