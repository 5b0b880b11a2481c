//! Places articles among the stories when they are looked at in the open reader: what an older version or a stopped
//! refresh left.
//! Never here: how they are placed (`refresh`), when.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use crate::tui::LoopMessage;
use crate::tui::event::Event;
use newsprint_store::Store;

/// Between two reports: the screen is drawn for each.
const REPORTS: Duration = Duration::from_millis(500);

/// Fewer articles are placed before anybody could read a report of it.
const MANY: u64 = 400;

/// Tells the reader how far it is: seldom, and of many articles alone.
pub fn teller(sender: &Sender<LoopMessage>) -> impl Fn(u64, u64) + Sync + use<> {
    let last = Mutex::new((sender.clone(), None::<Instant>));
    move |done, total| {
        let mut last = last.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let ends = done >= total && last.1.is_some();
        let due = last.1.is_none_or(|at| at.elapsed() >= REPORTS);
        if ends || (total >= MANY && done < total && due) {
            last.1 = Some(Instant::now());
            let _ = last
                .0
                .send(LoopMessage::Event(Event::Placing { done, total }));
        }
    }
}

/// Places the articles that wait, until `stop`; those whose copies are read are marked as read where `copies` says so.
pub fn run(
    path: &Path,
    copies: bool,
    stop: &AtomicBool,
    sender: &Sender<LoopMessage>,
) -> Option<Event> {
    yield_to_others();
    let placed = Store::open(path).and_then(|store| {
        store.mark_copies(copies);
        let stopped = || stop.load(Ordering::SeqCst);
        crate::refresh::place_stories(&store, &teller(sender), stopped)
    });
    match placed {
        Ok(0) => None,
        // What watches the files may not have seen the last of it.
        Ok(_) => {
            let _ = sender.send(LoopMessage::Touched);
            None
        }
        // Placed the next time.
        Err(_) => Some(Event::Placing { done: 0, total: 0 }),
    }
}

/// Keys, lists and searches go first; but this thread must come to its end where it holds the store.
fn yield_to_others() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, 10);
}
