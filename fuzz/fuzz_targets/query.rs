//! Any text as a query: an error has a column within it, and what is read is read again from its own spelling.
#![no_main]

use libfuzzer_sys::fuzz_target;
use newsprint_model::query;

fuzz_target!(|text: &str| {
    if let Ok(query) = query::parse(text) {
        assert_eq!(query::parse(&query.to_string()).as_ref(), Ok(&query));
    }
});
