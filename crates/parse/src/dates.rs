//! Dates as they are written: on pages, and in feeds.
//! Never here: where on a page a date stands.

pub(crate) mod feed;
mod page;

pub(crate) use page::*;
