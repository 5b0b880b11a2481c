//! See `newsprint_fuzz::query`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| newsprint_fuzz::query(text));
