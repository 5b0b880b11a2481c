//! See `newsprint_fuzz::opml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| newsprint_fuzz::opml(bytes));
