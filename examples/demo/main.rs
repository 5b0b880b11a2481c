//! `cargo run --release --example demo`: the made-up outlet of `newsprint demo` and the reader opened on it.
//! `-- --serve` only serves the outlet and prints its address, for trying any command on it; `-- COMMAND …`
//! runs one command on it.

use std::ffi::OsString;
use std::process::ExitCode;

use newsprint::demo::Demo;

fn main() -> ExitCode {
    let demo = match Demo::start() {
        Ok(demo) => demo,
        Err(error) => {
            eprintln!("demo: {error}");
            return ExitCode::FAILURE;
        }
    };
    if std::env::args().nth(1).as_deref() == Some("--serve") {
        println!("{}", demo.outlet.url());
        eprintln!("serving until the end of standard input (^D) or ^C");
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        return ExitCode::SUCCESS;
    }
    let mut arguments: Vec<OsString> = vec![
        "newsprint".into(),
        "--config".into(),
        demo.config().into(),
        "--data-dir".into(),
        demo.data().into(),
    ];
    // `cargo run --example demo -- list` runs any command against the outlet.
    arguments.extend(std::env::args_os().skip(1));
    newsprint::cli::run(arguments)
}
