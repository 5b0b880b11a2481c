//! `cargo run --release --example picture > docs/reader.svg`: the picture in the README, made from the real
//! screen: the program runs in a pseudo-terminal on the demo outlet, and what it drew is written as SVG.

#[path = "demo/articles.rs"]
mod articles;
#[allow(dead_code)]
#[path = "demo/outlet.rs"]
mod outlet;

use std::error::Error;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const ROWS: u16 = 36;
const COLUMNS: u16 = 132;
/// Pixels of a cell at 14 px of the usual monospace fonts.
const CELL: (f64, f64) = (8.43, 18.0);

fn main() -> Result<(), Box<dyn Error>> {
    let outlet = outlet::Outlet::start("2031-05-20T09:30:00Z".parse()?)?;
    let directory = tempfile::tempdir()?;
    let config = directory.path().join("config.toml");
    std::fs::write(&config, outlet.config() + "[reader]\ntheme = \"dark\"\n")?;
    let program = program()?;
    let data = directory.path().join("data");
    let common = |command: &mut CommandBuilder| {
        command.args([
            "--config".as_ref(),
            config.as_os_str(),
            "--data-dir".as_ref(),
            data.as_os_str(),
        ]);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("LANG", "C.UTF-8");
        command.env("TZ", "UTC");
        command.env("NO_PROXY", "*");
        command.env_remove("NO_COLOR");
    };

    let mut refresh = CommandBuilder::new(&program);
    common(&mut refresh);
    refresh.args(["refresh", "--quiet"]);
    let screen = Screen::start(refresh)?;
    screen.wait_for_exit()?;

    let mut reader = CommandBuilder::new(&program);
    common(&mut reader);
    let mut screen = Screen::start(reader)?;
    screen.wait_until("Baku publishes")?;
    for key in ["j", "j", "\r"] {
        screen.keys.write_all(key.as_bytes())?;
        std::thread::sleep(Duration::from_millis(150));
    }
    screen.wait_until("Upper Mirvari")?;
    std::thread::sleep(Duration::from_millis(300));
    let svg = screen.with(|parser| svg(parser.screen()));
    screen.keys.write_all(b"Q")?;
    screen.wait_for_exit()?;
    std::io::stdout().write_all(svg.as_bytes())?;
    Ok(())
}

/// The `newsprint` of the same build, which stands beside the folder of the examples.
fn program() -> Result<std::path::PathBuf, Box<dyn Error>> {
    let own = std::env::current_exe()?;
    let folder = own
        .parent()
        .and_then(|path| path.parent())
        .ok_or("no build folder")?;
    let program = folder.join("newsprint");
    if program.exists() {
        Ok(program)
    } else {
        Err(format!("{} is not there: build it first", program.display()).into())
    }
}

struct Screen {
    parser: Arc<Mutex<vt100::Parser>>,
    keys: Box<dyn Write + Send>,
    child: Mutex<Box<dyn portable_pty::Child + Send + Sync>>,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Screen {
    fn start(command: CommandBuilder) -> Result<Screen, Box<dyn Error>> {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size)?;
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let (rows, columns) = (NonZero::try_from(ROWS)?, NonZero::try_from(COLUMNS)?);
        let parser = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
        let mut output = pair.master.try_clone_reader()?;
        let sink = Arc::clone(&parser);
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(read @ 1..) = output.read(&mut buffer) {
                sink.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .process(&buffer[..read]);
            }
        });
        let keys = pair.master.take_writer()?;
        Ok(Screen {
            parser,
            keys,
            child: Mutex::new(child),
            _master: pair.master,
        })
    }

    fn with<T>(&self, look: impl FnOnce(&vt100::Parser) -> T) -> T {
        look(&self.parser.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn wait_until(&self, text: &str) -> Result<(), Box<dyn Error>> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            if self.with(|parser| parser.screen().contents().contains(text)) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let screen = self.with(|parser| parser.screen().contents());
        Err(format!("`{text}` never appeared:\n{screen}").into())
    }

    fn wait_for_exit(&self) -> Result<(), Box<dyn Error>> {
        self.child
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .wait()?;
        Ok(())
    }
}

fn svg(screen: &vt100::Screen) -> String {
    let (width, height) = (
        f64::from(COLUMNS) * CELL.0 + 24.0,
        f64::from(ROWS) * CELL.1 + 24.0,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#14161a\"/>\n"
    );
    for row in 0..ROWS {
        let y = 12.0 + f64::from(row) * CELL.1;
        let mut column = 0;
        while column < COLUMNS {
            let Some(first) = screen.cell(row, column) else {
                break;
            };
            let style = style(first);
            let start = column;
            let mut text = String::new();
            // One element for a run of cells that look alike.
            while let Some(cell) = screen
                .cell(row, column)
                .filter(|cell| self::style(cell) == style)
            {
                if !cell.is_wide_continuation() {
                    text.push_str(if cell.has_contents() {
                        cell.contents()
                    } else {
                        " "
                    });
                }
                column += 1;
            }
            let x = 12.0 + f64::from(start) * CELL.0;
            let run = f64::from(column - start) * CELL.0;
            let (color, background, bold, italic, underline) = style;
            if let Some(background) = background {
                let _ = writeln!(
                    svg,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{run:.1}\" height=\"{}\" fill=\"{background}\"/>",
                    CELL.1
                );
            }
            if text.trim().is_empty() {
                continue;
            }
            let mut looks = String::new();
            if bold {
                looks.push_str(" font-weight=\"bold\"");
            }
            if italic {
                looks.push_str(" font-style=\"italic\"");
            }
            if underline {
                looks.push_str(" text-decoration=\"underline\"");
            }
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{:.1}\" fill=\"{color}\"{looks} textLength=\"{run:.1}\" xml:space=\"preserve\">{text}</text>",
                y + 13.5
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}

type Look = (String, Option<String>, bool, bool, bool);

fn style(cell: &vt100::Cell) -> Look {
    let mut front = color(cell.fgcolor());
    let mut back = color(cell.bgcolor());
    if cell.inverse() {
        (front, back) = (
            Some(back.unwrap_or_else(|| "#14161a".into())),
            Some(front.unwrap_or_else(|| "#d8dadf".into())),
        );
    }
    let mut front = front.unwrap_or_else(|| "#d8dadf".into());
    if cell.dim() && !cell.inverse() {
        front = "#8a8f99".into();
    }
    (front, back, cell.bold(), cell.italic(), cell.underline())
}

fn color(color: vt100::Color) -> Option<String> {
    const NAMED: [&str; 16] = [
        "#2a2d33", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
        "#6b717d", "#ff7b86", "#b5e090", "#ffd68a", "#7cc4ff", "#dc95f0", "#6fd3df", "#ffffff",
    ];
    match color {
        vt100::Color::Default => None,
        vt100::Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        vt100::Color::Idx(index @ 0..16) => Some(NAMED[usize::from(index)].into()),
        vt100::Color::Idx(index @ 16..232) => {
            let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let index = index - 16;
            let (r, g, b) = (level(index / 36), level(index / 6 % 6), level(index % 6));
            Some(format!("#{r:02x}{g:02x}{b:02x}"))
        }
        vt100::Color::Idx(index) => {
            let level = 8 + 10 * (index - 232);
            Some(format!("#{level:02x}{level:02x}{level:02x}"))
        }
    }
}
