//! Notices that the store, the config file or a theme beside it was written to, by this process or another, without ever waking
//! on its own: threads blocked in inotify. On other systems the focus and the keys are what looks.
//! Never here: what has changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use super::LoopMessage;
use super::runtime::config_file::Shared;

/// Starts to watch the store; where that cannot be done, changes are seen when the terminal gets the focus.
#[cfg(target_os = "linux")]
pub fn start(data_dir: &Path, sender: &Sender<LoopMessage>) {
    let loop_sender = sender.clone();
    watch("watch", vec![data_dir.to_owned()], sender, move || {
        loop_sender.send(LoopMessage::Touched).is_ok()
    });
}

/// Starts to watch the config file and the themes beside it, and takes what they say into force when they change.
/// Their folders are watched: editors put a new file in the place of the old one.
#[cfg(target_os = "linux")]
pub fn start_for_config(config: Shared, sender: &Sender<LoopMessage>) {
    use super::runtime::config_file::{lock, reload, reload_with_themes};
    use super::theme;

    let file = lock(&config).file.clone();
    let Some(folder) = file.parent().map(Path::to_path_buf) else {
        return;
    };
    // Before the first outlet is added the folder may not exist, so it is made here, private as `add` makes it.
    let _ = newsprint_store::files::create_folder(&folder);
    let loop_sender = sender.clone();
    let folders = vec![folder, theme::folder(&file)];
    let mut seen = std::fs::read(&file).ok();
    let mut themes = theme::stamps(&file);
    watch("config-watch", folders, sender, move || {
        let now = std::fs::read(&file).ok();
        let themes_now = theme::stamps(&file);
        let changed = (now != seen, themes_now != themes);
        (seen, themes) = (now, themes_now);
        let told = match changed {
            (_, true) => reload_with_themes(&config),
            (true, false) => reload(&config),
            // Another file of the folder, perhaps the store.
            (false, false) => return true,
        };
        loop_sender.send(told).is_ok()
    });
}

/// Calls `changed` after each burst of writes in the folders, until it says that it is enough. Only the first has
/// to be there; the others are watched once they are.
#[cfg(target_os = "linux")]
fn watch(
    name: &str,
    folders: Vec<PathBuf>,
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
    let Some((first, others)) = folders.split_first() else {
        return;
    };
    if inotify::add_watch(&watch, first, wanted).is_err() {
        return;
    }
    let others = others.to_vec();
    // A folder that is watched already stays so.
    let add_others = move |watch: &_| {
        for folder in &others {
            let _ = inotify::add_watch(watch, folder, wanted);
        }
    };
    add_others(&watch);
    let _ = super::thread(
        name,
        sender.clone(),
        Box::new(move || {
            let mut buffer = [0u8; 4096];
            while rustix::io::read(&watch, &mut buffer).is_ok() {
                std::thread::sleep(BURST);
                add_others(&watch);
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
