//! What leaves newsprint: an article as JSON, Markdown, HTML or text, and why its text is what it is, for the command line and
//! the reader.
//! Never here: where it goes to.

pub mod digest;
pub mod explanation;
pub mod formats;
pub mod json;
mod language;
