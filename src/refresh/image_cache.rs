//! Leading pictures kept for reading offline: one file each, named after its address.
//! Never here: decoding, showing.

use std::hash::Hasher;
use std::path::{Path, PathBuf};

use super::requests::Fetcher;
use newsprint_fetch::{ACCEPT_IMAGE, FetchError};
use newsprint_model::fingerprint::Fnv;
use newsprint_store::files;

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
