//! Sees to the address space, parses the arguments, runs, prints the error, sets the exit code: nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    newsprint::cli::address_space::spare();
    newsprint::cli::run(std::env::args_os())
}
