//! Any bytes as the answer of a server, to whatever was asked: no panic, and no more comes out than went in.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let found = newsprint_sync::read_anything(bytes);
    assert!(found <= 16 * (bytes.len() + 1));
});
