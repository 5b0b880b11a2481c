//! Leading pictures kept for reading offline: one file each, named after its address.
//! Never here: decoding, showing.

use std::collections::HashSet;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use super::requests::Fetcher;
use newsprint_fetch::{ACCEPT_IMAGE, FetchError};
use newsprint_model::Time;
use newsprint_model::fingerprint::Fnv;
use newsprint_store::{Store, StoreError, files};

/// The file of the picture at `url`.
pub(super) fn file(folder: &Path, url: &str) -> PathBuf {
    let mut hash = Fnv::default();
    hash.write(url.as_bytes());
    folder.join(format!("{:016x}", hash.finish()))
}

/// Keeps a picture; a file is there whole or not at all. A picture that cannot be kept is fetched
/// again when it is wanted, so nothing is said.
pub(super) fn keep(folder: &Path, url: &str, bytes: &[u8]) {
    let file = file(folder, url);
    let _ = files::create_folder(folder).and_then(|()| files::write_whole(&file, bytes, false));
}

/// Removes what was kept of these pictures.
pub(super) fn remove<'a>(folder: &Path, urls: impl Iterator<Item = &'a String>) {
    for url in urls {
        // What is not there was never kept, and what cannot be removed is only in the way.
        let _ = std::fs::remove_file(file(folder, url));
    }
}

/// When [`sweep`] was last done, seconds.
const SWEPT: &str = "pictures-swept";

/// Removes, once a week, the files of pictures that no article has any more: an outlet that gives an article another
/// picture leaves the former one behind.
pub(super) fn sweep(folder: &Path, store: &Store, now: Time) -> Result<(), StoreError> {
    let Ok(files) = std::fs::read_dir(folder) else {
        return Ok(());
    };
    let last = store.memo(SWEPT)?.and_then(|bytes| bytes.try_into().ok());
    let last = last.map(i64::from_le_bytes);
    let now = now.as_second();
    if last.is_some_and(|last| (last..last.saturating_add(7 * 24 * 3600)).contains(&now)) {
        return Ok(());
    }
    let wanted = store.pictures()?;
    let wanted: HashSet<PathBuf> = wanted.iter().map(|url| file(folder, url)).collect();
    let is_picture = |file: &Path| {
        let name = file.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.len() == 16 && name.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    for file in files.flatten().map(|file| file.path()) {
        if is_picture(&file) && !wanted.contains(&file) {
            let _ = std::fs::remove_file(file);
        }
    }
    store.set_memo(SWEPT, &now.to_le_bytes())
}

/// Fetches the pictures that are not there yet. Those that cannot be fetched are left out; only a stop
/// or a host that asks for a pause ends it.
pub(super) fn fetch(
    fetcher: &Fetcher<'_>,
    folder: &Path,
    urls: &[String],
) -> Result<(), FetchError> {
    for url in urls {
        if file(folder, url).exists() {
            continue;
        }
        match fetcher.get(url, ACCEPT_IMAGE) {
            Ok(document) => keep(folder, url, &document.bytes),
            Err(FetchError::Stopped) => return Err(FetchError::Stopped),
            Err(FetchError::Later { .. }) => return Ok(()),
            Err(_) => {}
        }
    }
    Ok(())
}
