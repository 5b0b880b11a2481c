//! What a reader's choices mean, for the reader and the command line alike: selections and tags.
//! Never here: reading the store, drawing, printing.

pub mod selection;
pub mod tags;
