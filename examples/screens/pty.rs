//! The program in a pseudo-terminal: keys in, a screen out. Serves the pictures.
//! Never here: what is typed, how a screen is drawn.

use std::error::Error;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// The `newsprint` of the same build, which stands beside the folder of the examples. Under `cargo run`
/// it is built first, so that no older one is drawn.
pub fn program() -> Result<PathBuf, Box<dyn Error>> {
    let own = std::env::current_exe()?;
    let folder = own
        .parent()
        .and_then(|path| path.parent())
        .ok_or("no build folder")?;
    if let Some(cargo) = std::env::var_os("CARGO") {
        let release = folder.ends_with("release").then_some("--release");
        let built = Command::new(cargo)
            .args(["build", "--quiet", "--bin", "newsprint"])
            .args(release)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()?;
        if !built.success() {
            return Err("newsprint cannot be built".into());
        }
    }
    let program = folder.join("newsprint");
    if program.exists() {
        Ok(program)
    } else {
        Err(format!("{} is not there: build it first", program.display()).into())
    }
}

/// A program and the terminal it runs in.
pub struct Screen {
    seen: Arc<Mutex<Seen>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    master: Box<dyn portable_pty::MasterPty + Send>,
}

struct Seen {
    parser: vt100::Parser,
    bytes: usize,
    last: Instant,
}

fn size((columns, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Screen {
    /// Starts the program on a terminal of so many columns and rows.
    pub fn start(
        command: CommandBuilder,
        (columns, rows): (u16, u16),
    ) -> Result<Screen, Box<dyn Error>> {
        let pair = native_pty_system().openpty(size((columns, rows)))?;
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let (cells_down, cells_across) = (NonZero::try_from(rows)?, NonZero::try_from(columns)?);
        let seen = Arc::new(Mutex::new(Seen {
            parser: vt100::Parser::new(cells_down, cells_across, 0),
            bytes: 0,
            last: Instant::now(),
        }));
        let mut output = pair.master.try_clone_reader()?;
        let sink = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(read @ 1..) = output.read(&mut buffer) {
                let mut seen = sink.lock().unwrap_or_else(PoisonError::into_inner);
                seen.parser.process(&buffer[..read]);
                seen.bytes += read;
                seen.last = Instant::now();
            }
        });
        Ok(Screen {
            seen,
            keys: pair.master.take_writer()?,
            child,
            master: pair.master,
        })
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at what is on the screen.
    pub fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.seen().parser.screen())
    }

    /// Types, and waits until what follows has been drawn.
    pub fn keys(&mut self, keys: &str) -> Result<(), Box<dyn Error>> {
        let before = self.seen().bytes;
        self.keys.write_all(keys.as_bytes())?;
        self.settle(before);
        Ok(())
    }

    /// Gives the terminal another size, and waits until it has been drawn.
    #[allow(dead_code)] // one of the pictures has one size
    pub fn resize(&mut self, (columns, rows): (u16, u16)) -> Result<(), Box<dyn Error>> {
        let before = {
            let mut seen = self.seen();
            let (cells_down, cells_across) =
                (NonZero::try_from(rows)?, NonZero::try_from(columns)?);
            let screen = seen.parser.screen_mut();
            if screen.size() == (cells_down, cells_across) {
                return Ok(());
            }
            screen.set_size(cells_down, cells_across);
            seen.bytes
        };
        self.master.resize(size((columns, rows)))?;
        self.settle(before);
        Ok(())
    }

    /// Waits until something was drawn and nothing more comes.
    fn settle(&self, before: usize) {
        let start = Instant::now();
        loop {
            std::thread::sleep(Duration::from_millis(10));
            let seen = self.seen();
            let quiet = seen.last.elapsed() > Duration::from_millis(120);
            let long = start.elapsed() > Duration::from_millis(800);
            if quiet && (seen.bytes > before || long) {
                return;
            }
        }
    }

    /// Waits until a text is on the screen.
    pub fn wait_until(&self, text: &str) -> Result<(), Box<dyn Error>> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            if self.look(|screen| screen.contents().contains(text)) {
                self.settle(0);
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let screen = self.look(vt100::Screen::contents);
        Err(format!("`{text}` never appeared:\n{screen}").into())
    }

    /// Waits until the program has ended by itself.
    #[allow(dead_code)] // the screens are stopped
    pub fn wait_for_exit(mut self) -> Result<(), Box<dyn Error>> {
        self.child.wait()?;
        Ok(())
    }

    /// Waits until the program has ended by itself; whether it has in time.
    #[allow(dead_code)] // only of a program whose files are broken it is asked
    pub fn ends_within(mut self, time: Duration) -> Result<bool, Box<dyn Error>> {
        let start = Instant::now();
        while start.elapsed() < time {
            if self.child.try_wait()?.is_some() {
                return Ok(true);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.stop()?;
        Ok(false)
    }

    /// Ends it as it is.
    #[allow(dead_code)] // one of the pictures waits instead
    pub fn stop(mut self) -> Result<(), Box<dyn Error>> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}
