//! See `newsprint_fuzz::sitemap`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| newsprint_fuzz::sitemap(bytes));
