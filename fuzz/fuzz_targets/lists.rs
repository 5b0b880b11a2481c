//! Any bytes as OPML and as newsboat's urls; what is taken from OPML survives being written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use newsprint_parse::{opml, newsboat_urls};

fuzz_target!(|bytes: &[u8]| {
    let _ = newsboat_urls::read(bytes);
    if let Ok(list) = opml::read(bytes) {
        let again = opml::read(opml::write(&list.taken).as_bytes());
        assert_eq!(again.map(|again| again.taken.len()), Ok(list.taken.len()));
    }
});
