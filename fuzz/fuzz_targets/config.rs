//! Any text as a configuration file: an error that says where, never a panic.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use newsprint::config::Config;

fuzz_target!(|text: &str| {
    let _ = Config::parse(text, Path::new("config.toml"), Path::new("data"));
});
