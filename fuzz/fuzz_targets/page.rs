//! Any bytes as an article page, and its text as lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use newsprint_model::Select;
use newsprint_parse::article::{self, Repeats};
use newsprint_html::layout::{self, Options};

fuzz_target!(|bytes: &[u8]| {
    let url = "https://paper.example/news/1";
    if let Ok(page) = article::parse(bytes, None, url, &Select::default(), &Repeats::default()) {
        let _ = layout::layout(&page.body, &Options::default());
    }
});
