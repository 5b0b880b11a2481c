//! newsprint: a terminal news reader that keeps an outlet's articles complete, clean, tagged and
//! searchable on the reader's own disk.
//!
//! The rooms and which may use which: ARCHITECTURE.md; `tests/layering.rs` checks it.

pub mod cli;
pub mod config;
pub mod demo;
pub mod export;
pub mod library;
pub mod refresh;
pub mod tui;
