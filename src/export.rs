//! What leaves newsprint: an article as JSON, Markdown, HTML or text, for the command line and the reader.
//! Never here: where it goes to.

pub mod digest;
pub mod formats;
pub mod json;
mod language;
