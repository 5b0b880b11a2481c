//! Notices that the store was written to, by this process or another, without ever waking on its own:
//! a thread blocked in inotify. Elsewhere than on Linux each key looks. Never here: what has changed.

use std::path::Path;
use std::sync::mpsc::Sender;

use super::LoopMessage;

/// Starts to watch; where that cannot be done, changes are seen when the terminal gets the focus.
#[cfg(target_os = "linux")]
pub fn start(data_dir: &Path, sender: &Sender<LoopMessage>) {
    use rustix::fs::inotify::{self, CreateFlags, WatchFlags};
    use std::time::Duration;

    /// Writes come in bursts: one look is enough for those of so long.
    const BURST: Duration = Duration::from_millis(250);

    let Ok(watch) = inotify::init(CreateFlags::CLOEXEC) else {
        return;
    };
    if inotify::add_watch(&watch, data_dir, WatchFlags::MODIFY).is_err() {
        return;
    }
    let loop_sender = sender.clone();
    let _ = super::thread(
        "watch",
        sender.clone(),
        Box::new(move || {
            let mut buffer = [0u8; 4096];
            while rustix::io::read(&watch, &mut buffer).is_ok() {
                std::thread::sleep(BURST);
                if loop_sender.send(LoopMessage::Touched).is_err() {
                    return;
                }
            }
        }),
    );
}

/// Elsewhere the focus and the keys are what is looked at.
#[cfg(not(target_os = "linux"))]
pub fn start(_data_dir: &Path, _sender: &Sender<LoopMessage>) {}
