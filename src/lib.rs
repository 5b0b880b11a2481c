//! newsprint: a terminal news reader that keeps an outlet's articles complete, clean, tagged and
//! searchable on the reader's own disk.
//!
//! The map of the house; each room sees only the rooms to its right (`tests/layering.rs` holds it):
//!
//! ```text
//! main -> cli -> { tui, print } -> refresh -> { fetch  parse  text  store  config } -> { query  news }
//! ```
//!
//! ARCHITECTURE.md says what each room keeps and what it never does.

pub mod cli;
pub mod config;
pub mod demo;
pub mod export;
pub mod library;
pub mod refresh;
pub mod tui;
