//! Parses the arguments, runs, prints the error, sets the exit code: nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    newsprint::cli::run(std::env::args_os())
}
