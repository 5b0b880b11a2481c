//! Dates as they are written, on pages and in feeds: one reader, two sets of rules.
//! Never here: where on a page a date stands, the clock (the moment of a fetch is handed in).

pub(crate) mod feed;
mod machine;
mod moment;
mod page;
mod persian;
mod relative;
mod tokens;
pub(crate) mod variables;
mod words;
mod written;

pub(crate) use moment::Written;
pub(crate) use page::{is_date_word, parse, parse_at, says_when};
