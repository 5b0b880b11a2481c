//! The state, by typing keys.
