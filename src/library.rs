//! What a reader's choices mean, for the reader and the command line alike: selections, tags and times.
//! Never here: how the store finds and counts, drawing, printing.

pub mod counts;
pub mod rules;
pub mod selection;
pub mod stories;
pub mod tags;
pub mod zone;
