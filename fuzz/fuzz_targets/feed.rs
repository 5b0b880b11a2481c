//! Any bytes as a feed: no panic, no hang, and entries that can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(feed) = newsprint_parse::read_feed(bytes, None, "https://paper.example/feed") {
        for entry in feed.entries {
            assert!(!entry.title.contains(char::is_control));
            assert!(entry.url.is_none_or(|url| url.starts_with("http")));
        }
    }
});
