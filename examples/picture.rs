//! `cargo run --release --example picture > docs/reader.svg`: the picture in the README, made from the real
//! screen: the program runs in a pseudo-terminal on the demo outlet, and what it drew is written as SVG.

#[path = "screens/pty.rs"]
mod pty;
#[path = "screens/svg.rs"]
mod svg;

use std::error::Error;
use std::io::Write as _;

use newsprint::demo::outlet;
use portable_pty::CommandBuilder;

use pty::Screen;

/// Columns and rows of the picture.
const SIZE: (u16, u16) = (132, 36);

fn main() -> Result<(), Box<dyn Error>> {
    let outlet = outlet::Outlet::start(jiff::Timestamp::now())?;
    let directory = tempfile::tempdir()?;
    let config = directory.path().join("config.toml");
    std::fs::write(&config, outlet.config() + "[reader]\ntheme = \"dark\"\n")?;
    let program = pty::program()?;
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
    Screen::start(refresh, SIZE)?.wait_for_exit()?;

    let mut reader = CommandBuilder::new(&program);
    common(&mut reader);
    let mut screen = Screen::start(reader, SIZE)?;
    screen.wait_until("Baku publishes")?;
    for key in ["j", "j", "\r"] {
        screen.keys(key)?;
    }
    screen.wait_until("Upper Mirvari")?;
    let svg = screen.look(|screen| svg::svg(screen, &svg::DARK));
    screen.keys("Q")?;
    screen.wait_for_exit()?;
    std::io::stdout().write_all(svg.as_bytes())?;
    Ok(())
}
