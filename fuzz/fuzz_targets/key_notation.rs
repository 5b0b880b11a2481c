//! See `newsprint_fuzz::key_notation`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| newsprint_fuzz::key_notation(text));
