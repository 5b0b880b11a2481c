//! See `newsprint_fuzz::sync_answers`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| newsprint_fuzz::sync_answers(bytes));
