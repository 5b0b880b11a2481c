//! Files and folders that only their owner may read: what one reads is nobody else's business.
//! Never here: what is in them.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{Result, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use newsprint_model::limits::{RAISE_LIMIT, is_full, is_own_limit};

pub(super) const HINT_FOLDER: &str =
    "make the folder writable, or name another one with --data-dir or NEWSPRINT_DATA_DIR";
pub(super) const HINT_FILE: &str =
    "make it readable and writable for you (owner and mode of the file)";

/// What to do where a file of the data folder cannot be made.
pub fn hint(why: &std::io::Error) -> &'static str {
    match why {
        _ if is_own_limit(why) => RAISE_LIMIT,
        _ if is_full(why) => "free some space and try again",
        _ => HINT_FOLDER,
    }
}

/// Makes a folder that only its owner may enter (mode 0700), with the folders above it that are
/// missing. One that is there stays as it is.
///
/// # Errors
/// Those of the system.
pub fn create_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Opens a file for writing; one that is missing is made so that only its owner may read it (mode
/// 0600). What it holds stays.
///
/// # Errors
/// Those of the system.
pub fn open_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Writes a file that only its owner may read, whole or not at all: under another name, which is
/// `path` with `.PID.tmp` at its end, then renamed. With `sync` it also outlives a power cut.
///
/// # Errors
/// Those of the system; the file is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8], sync: bool) -> Result<()> {
    let temporary = beside(path, &format!(".{}.tmp", std::process::id()));
    let write = || {
        let mut file = open_file(&temporary)?;
        file.set_len(0)?;
        file.write_all(bytes)?;
        if sync {
            file.sync_all()?;
        }
        fs::rename(&temporary, path)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })
}

/// Removes what a process that was killed left of its temporary files (`NAME.PID.tmp`,
/// `NAME.PID.new`, with what SQLite adds to them) beside the file at `path`, or in the folder at `path`
/// for every name in it. Only what is older than an hour: a younger one may still be written.
pub fn remove_leftovers(path: &Path) {
    let (folder, name) = match path.is_dir() {
        true => (Some(path), None),
        false => (
            path.parent(),
            path.file_name().and_then(|name| name.to_str()),
        ),
    };
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    let Ok(entries) = fs::read_dir(folder.unwrap_or(Path::new("."))) else {
        return;
    };
    for entry in entries.flatten() {
        let is_old = || {
            let modified = entry.metadata().ok().filter(Metadata::is_file)?.modified();
            Some(modified.ok()?.elapsed().ok()? > LEFT_OVER)
        };
        let file = entry.file_name();
        if file.to_str().is_some_and(|file| is_temporary(file, name)) && is_old() == Some(true) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A temporary file that has not been written to for so long is nobody's any more.
const LEFT_OVER: Duration = Duration::from_secs(3_600);

/// Whether `file` is the name of a temporary file of `name`, or of any name.
fn is_temporary(file: &str, name: Option<&str>) -> bool {
    let file = ["-wal", "-shm", "-journal"]
        .iter()
        .find_map(|ending| file.strip_suffix(ending))
        .unwrap_or(file);
    let Some(stem) = file.strip_suffix(".tmp").or(file.strip_suffix(".new")) else {
        return false;
    };
    stem.rsplit_once('.').is_some_and(|(of, process)| {
        let is_process = !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit());
        is_process
            && name.is_none_or(|name| {
                of == name
                    || of
                        .strip_prefix(name)
                        .is_some_and(|rest| rest.starts_with('.'))
            })
    })
}

/// The path with `suffix` at the end of its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Makes what was renamed in the folder of `path` last, should the machine lose its power.
pub(super) fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    // Not every file system can; then the next opening finds what is there.
    let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
}

/// What tells a file from another one that has its name later: device and number.
pub(super) type Identity = Option<(u64, u64)>;

/// That of a file.
#[cfg(unix)]
pub(super) fn identity(metadata: &fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

/// Not known on this system.
#[cfg(not(unix))]
pub(super) fn identity(_: &fs::Metadata) -> Identity {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_leftovers_go_and_everything_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let of = |name: &str| folder.path().join(name);
        let leftovers = [
            "newsprint.db.4711.tmp",
            "newsprint.db.4711.tmp-wal",
            "newsprint.db.marks.12.tmp",
            "newsprint.db.12.new",
        ];
        let others = [
            "newsprint.db",
            "newsprint.db-wal",
            "newsprint.db.marks",
            "newsprint.db.damaged-1",
            "newsprint.db.tmp",
            "newsprint.dbx.12.tmp",
            "other.12.tmp",
            "notes.new",
        ];
        let old = std::time::SystemTime::now() - 2 * LEFT_OVER;
        for name in leftovers.iter().chain(&others) {
            open_file(&of(name)).unwrap().set_modified(old).unwrap();
        }
        open_file(&of("newsprint.db.99.tmp")).unwrap();
        remove_leftovers(&of("newsprint.db"));
        for name in leftovers {
            assert!(!of(name).exists(), "{name}");
        }
        for name in others {
            assert!(of(name).exists(), "{name}");
        }
        assert!(
            of("newsprint.db.99.tmp").exists(),
            "it may still be written"
        );
        remove_leftovers(folder.path());
        assert!(!of("other.12.tmp").exists() && of("notes.new").exists());
    }
}
