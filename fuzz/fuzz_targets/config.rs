//! See `newsprint_fuzz::config`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| newsprint_fuzz::config(text));
