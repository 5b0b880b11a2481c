//! See `newsprint_fuzz::terminal_input`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| newsprint_fuzz::terminal_input(bytes));
