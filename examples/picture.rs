//! `cargo run --release --example picture -- docs`: the pictures and the recording of the README, made from
//! the real screen: the program runs in a pseudo-terminal on the made-up outlet, and what it drew is written
//! as SVG.

#[path = "screens/pty.rs"]
mod pty;
#[path = "screens/svg.rs"]
mod svg;

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;

use newsprint::demo::Demo;
use portable_pty::CommandBuilder;

use pty::Screen;
use svg::Ground;

/// A picture: its file, columns and rows, theme, ground, and what is typed.
struct Picture(
    &'static str,
    (u16, u16),
    &'static str,
    Ground,
    &'static [&'static str],
);

const PICTURES: &[Picture] = &[
    Picture("reader.svg", (132, 36), "dark", svg::DARK, &["j", "j"]),
    Picture("narrow.svg", (80, 24), "light", svg::LIGHT, &["j"]),
];

/// Columns and rows of the recording.
const RECORDED: (u16, u16) = (110, 30);

/// What is typed in the recording, and the seconds that what comes of it stands.
const TYPED: &[(&str, f64)] = &[
    ("", 2.0),
    ("j", 1.0),
    ("j", 1.6),
    ("s", 1.0),
    ("\r", 1.5),
    (" ", 1.5),
    ("\x1b", 0.8),
    ("t", 1.2),
    ("geo", 1.2),
    ("\r", 1.8),
    ("T", 0.8),
    ("/", 0.6),
    ("rail", 0.8),
    ("way", 1.2),
    ("\r", 1.8),
    ("\x1b", 0.8),
    ("g", 1.8),
    ("g", 1.2),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: picture DIR")?;
    let folder = PathBuf::from(folder);
    let program = pty::program()?;
    for Picture(file, size, theme, ground, typed) in PICTURES {
        let demo = Demo::start()?;
        let mut screen = open(&program, &demo, theme, *size)?;
        for keys in *typed {
            screen.keys(keys)?;
        }
        let picture = screen.look(|screen| svg::svg(screen, ground));
        screen.stop()?;
        std::fs::write(folder.join(file), picture)?;
    }
    let demo = Demo::start()?;
    let mut screen = open(&program, &demo, "dark", RECORDED)?;
    let mut frames = Vec::new();
    for (keys, seconds) in TYPED {
        if !keys.is_empty() {
            screen.keys(keys)?;
        }
        frames.push((screen.look(|screen| svg::svg(screen, &svg::DARK)), *seconds));
    }
    screen.stop()?;
    std::fs::write(folder.join("recording.svg"), animated(&frames))?;
    Ok(())
}

/// Fills a store from the demo's outlets and opens the reader on it.
fn open(
    program: &std::path::Path,
    demo: &Demo,
    theme: &str,
    size: (u16, u16),
) -> Result<Screen, Box<dyn Error>> {
    let reader = format!("[reader]\nfetch_images = true\ntheme = \"{theme}\"\n");
    let config = demo.outlet.config() + &reader + &demo.outlet.second();
    std::fs::write(demo.config(), config)?;
    let command = |arguments: &[&str]| {
        let mut command = CommandBuilder::new(program);
        command.arg("--config");
        command.arg(demo.config());
        command.arg("--data-dir");
        command.arg(demo.data());
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("LANG", "C.UTF-8");
        command.env("TZ", "UTC");
        command.env("NO_PROXY", "*");
        // The terminal's background is the picture's: the theme brings none of its own.
        command.env("COLORFGBG", if theme == "light" { "0;15" } else { "15;0" });
        command.env_remove("NO_COLOR");
        command
    };
    Screen::start(command(&["refresh", "--quiet"]), size)?.wait_for_exit()?;
    let screen = Screen::start(command(&[]), size)?;
    screen.wait_until("Baku publishes")?;
    Ok(screen)
}

/// The frames as one SVG that shows them one after the other, again and again.
fn animated(frames: &[(String, f64)]) -> String {
    let whole: f64 = frames.iter().map(|(_, seconds)| seconds).sum();
    let view = frames
        .first()
        .and_then(|(first, _)| first.split("viewBox=\"").nth(1)?.split('"').next())
        .unwrap_or("0 0 100 100");
    let mut svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\">\n");
    let mut from = 0.0;
    for (at, (frame, seconds)) in frames.iter().enumerate() {
        let to = from + seconds / whole;
        // The first stands where nothing moves.
        let base = if at == 0 { "visible" } else { "hidden" };
        let (values, times) = match at {
            0 => ("visible;hidden".to_owned(), format!("0;{to:.4}")),
            _ => (
                "hidden;visible;hidden".to_owned(),
                format!("0;{from:.4};{:.4}", to.min(1.0)),
            ),
        };
        let _ = write!(
            svg,
            "<g visibility=\"{base}\"><animate attributeName=\"visibility\" calcMode=\"discrete\" \
             dur=\"{whole:.1}s\" repeatCount=\"indefinite\" values=\"{values}\" keyTimes=\"{times}\"/>\n{frame}</g>\n"
        );
        from = to;
    }
    svg.push_str("</svg>\n");
    svg
}
