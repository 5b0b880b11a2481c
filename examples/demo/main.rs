//! `cargo run --release --example demo`: a made-up outlet on loopback and the reader opened on it, in a
//! store of its own that is removed afterwards. Needs no network. `-- --serve` only serves the outlet and prints
//! its address, for trying any command on it; `-- COMMAND …` runs one command on it.

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
    if std::env::args().nth(1).as_deref() == Some("--serve") {
        println!("{}", outlet.url());
        eprintln!("serving until the end of standard input (^D) or ^C");
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        return ExitCode::SUCCESS;
    }
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
