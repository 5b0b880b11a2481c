//! `cargo run --release --example demo`: a made-up outlet on loopback and the reader opened on it, in a
//! store of its own that is removed afterwards. Needs no network.

mod articles;
#[allow(dead_code)] // the tests use more of it
mod outlet;

use std::process::ExitCode;

fn main() -> ExitCode {
    let prepared = outlet::Outlet::start(jiff::Timestamp::now())
        .and_then(|outlet| tempfile::tempdir().map(|directory| (outlet, directory)));
    let (outlet, directory) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            eprintln!("demo: {error}");
            return ExitCode::FAILURE;
        }
    };
    let config = directory.path().join("config.toml");
    if let Err(error) = std::fs::write(&config, outlet.config()) {
        eprintln!("demo: {}: {error}", config.display());
        return ExitCode::FAILURE;
    }
    let mut arguments: Vec<std::ffi::OsString> = vec![
        "newsprint".into(),
        "--config".into(),
        config.into(),
        "--data-dir".into(),
    ];
    arguments.push(directory.path().join("data").into());
    // `cargo run --example demo -- list` runs any command against the outlet.
    arguments.extend(std::env::args_os().skip(1));
    newsprint::cli::run(arguments)
}
