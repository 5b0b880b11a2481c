//! The door of text: what makes remote strings safe and HTML readable.
//! Never here: network, store, colours.

pub mod clean;
pub mod layout;
