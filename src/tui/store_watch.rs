//! Notices that the store or the config file was written to, by this process or another, without ever waking
//! on its own: threads blocked in inotify. On other systems the focus and the keys are what looks.
//! Never here: what has changed.

use std::path::Path;
use std::sync::mpsc::Sender;

use super::LoopMessage;
use super::runtime::config_file::Shared;

/// Starts to watch the store; where that cannot be done, changes are seen when the terminal gets the focus.
#[cfg(target_os = "linux")]
pub fn start(data_dir: &Path, sender: &Sender<LoopMessage>) {
    let loop_sender = sender.clone();
    watch("watch", data_dir, sender, move || {
        loop_sender.send(LoopMessage::Touched).is_ok()
    });
}

/// Starts to watch the config file, and takes what it says into force when it changes. Its folder is watched:
/// editors put a new file in the place of the old one.
#[cfg(target_os = "linux")]
pub fn start_for_config(config: Shared, sender: &Sender<LoopMessage>) {
    use super::runtime::config_file::{lock, reload};

    let file = lock(&config).file.clone();
    let Some(folder) = file.parent().map(Path::to_path_buf) else {
        return;
    };
    // Before the first outlet is added the folder may not exist, so it is made here, private as `add` makes it.
    let _ = newsprint_store::files::create_folder(&folder);
    let loop_sender = sender.clone();
    let mut seen = std::fs::read(&file).ok();
    watch("config-watch", &folder, sender, move || {
        // Another file of the folder, perhaps the store.
        let now = std::fs::read(&file).ok();
        if now == seen {
            return true;
        }
        seen = now;
        loop_sender.send(reload(&config)).is_ok()
    });
}

/// Calls `changed` after each burst of writes in a folder, until it says that it is enough.
#[cfg(target_os = "linux")]
fn watch(
    name: &str,
    folder: &Path,
    sender: &Sender<LoopMessage>,
    mut changed: impl FnMut() -> bool + Send + 'static,
) {
    use rustix::fs::inotify::{self, CreateFlags, WatchFlags};
    use std::time::Duration;

    /// Writes come in bursts: one look is enough for those of so long.
    const BURST: Duration = Duration::from_millis(250);

    let Ok(watch) = inotify::init(CreateFlags::CLOEXEC) else {
        return;
    };
    let wanted = WatchFlags::MODIFY
        | WatchFlags::MOVED_TO
        | WatchFlags::CREATE
        | WatchFlags::MOVED_FROM
        | WatchFlags::DELETE;
    if inotify::add_watch(&watch, folder, wanted).is_err() {
        return;
    }
    let _ = super::thread(
        name,
        sender.clone(),
        Box::new(move || {
            let mut buffer = [0u8; 4096];
            while rustix::io::read(&watch, &mut buffer).is_ok() {
                std::thread::sleep(BURST);
                if !changed() {
                    return;
                }
            }
        }),
    );
}

/// On other systems the focus and the keys are what looks.
#[cfg(not(target_os = "linux"))]
pub fn start(_data_dir: &Path, _sender: &Sender<LoopMessage>) {}

/// On other systems a changed config holds from the next start on.
#[cfg(not(target_os = "linux"))]
pub fn start_for_config(_config: Shared, _sender: &Sender<LoopMessage>) {}
