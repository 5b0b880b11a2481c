//! A made-up outlet on loopback, to try the reader without a network and without leaving anything behind.
//! Never here: the reader, the commands.

pub mod articles;
pub mod outlet;

use std::io;
use std::path::{Path, PathBuf};

use outlet::Outlet;

/// The running outlet, and a folder of its own for a config and a store; both are gone when it is dropped.
pub struct Demo {
    /// The outlet.
    pub outlet: Outlet,
    folder: PathBuf,
}

impl Demo {
    /// Starts the outlet and writes the config that reads it and nothing else.
    ///
    /// # Errors
    /// No port of loopback, or no folder for temporary files.
    pub fn start() -> io::Result<Demo> {
        let folder = temporary_folder()?;
        // From here on the folder is removed whatever happens.
        let demo = Demo {
            outlet: Outlet::start(jiff::Timestamp::now()).inspect_err(|_| {
                let _ = std::fs::remove_dir_all(&folder);
            })?,
            folder,
        };
        let pictures = "[reader]\nfetch_images = true\n";
        std::fs::write(demo.config(), demo.outlet.config() + pictures)?;
        Ok(demo)
    }

    /// The config file.
    pub fn config(&self) -> PathBuf {
        self.folder.join("config.toml")
    }

    /// Where the articles are kept.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A new folder that only its owner can enter.
fn temporary_folder() -> io::Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt as _;
    let make = |path: &Path| std::fs::DirBuilder::new().mode(0o700).create(path);
    let mut tries = 0;
    loop {
        let name = format!("newsprint-demo-{:016x}", fastrand::u64(..));
        let path = std::env::temp_dir().join(name);
        match make(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < 10 => tries += 1,
            made => return made.map(|()| path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_leaves_nothing_behind() {
        let demo = Demo::start().unwrap();
        let (config, folder) = (demo.config(), demo.folder.clone());
        std::fs::create_dir(demo.data()).unwrap();
        std::fs::write(demo.data().join("newsprint.db"), "x").unwrap();
        let text = std::fs::read_to_string(config).unwrap();
        assert!(text.contains(&demo.outlet.url()), "{text}");
        drop(demo);
        assert!(!folder.exists());
    }
}
