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
    folder: TemporaryFolder,
}

impl Demo {
    /// Starts the outlet and writes the config that reads it and nothing else.
    ///
    /// # Errors
    /// No port of loopback, or no folder for temporary files.
    pub fn start() -> io::Result<Demo> {
        let demo = Demo {
            folder: TemporaryFolder::new("newsprint-demo")?,
            outlet: Outlet::start(jiff::Timestamp::now())?,
        };
        let pictures = "[reader]\nfetch_images = true\n";
        std::fs::write(
            demo.config(),
            demo.outlet.config() + pictures + &demo.outlet.second(),
        )?;
        Ok(demo)
    }

    /// The config file.
    pub fn config(&self) -> PathBuf {
        self.folder.path().join("config.toml")
    }

    /// Where the articles are kept.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

/// A new folder that only its owner can enter; it is gone when this is dropped.
pub struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Makes it among the system's temporary files, with `name` at the beginning of its own.
    ///
    /// # Errors
    /// Those of the system.
    pub fn new(name: &str) -> io::Result<TemporaryFolder> {
        use std::os::unix::fs::DirBuilderExt as _;
        let make = |path: &Path| std::fs::DirBuilder::new().mode(0o700).create(path);
        let mut tries = 0;
        loop {
            let name = format!("{name}-{:016x}", fastrand::u64(..));
            let path = std::env::temp_dir().join(name);
            match make(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < 10 => {
                    tries += 1;
                }
                made => return made.map(|()| TemporaryFolder(path)),
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_leaves_nothing_behind() {
        let demo = Demo::start().unwrap();
        let (config, folder) = (demo.config(), demo.folder.path().to_owned());
        std::fs::create_dir(demo.data()).unwrap();
        std::fs::write(demo.data().join("newsprint.db"), "x").unwrap();
        let text = std::fs::read_to_string(config).unwrap();
        assert!(text.contains(&demo.outlet.url()), "{text}");
        drop(demo);
        assert!(!folder.exists());
    }
}
