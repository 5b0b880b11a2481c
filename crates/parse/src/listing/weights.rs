//! What each sign is worth when stories are judged, in points, and how much is enough.
//! Never here: where the signs are seen (`signs`), the decision (`choice`).
//!
//! Chosen by hand: macro F1 0.990 on the 32 pages that they were chosen with. `cargo run --release --example
//! listing -- DIR --cross` fits the same numbers from +1 or -1 for each sign, seed 14: 0.987 fitted, 0.953 with
//! each page left out of its fit. With `--fit FILE` it writes such a file.

use super::signs::COUNT;

/// For each sign its points, in the order of `signs::NAMES`.
#[rustfmt::skip]
pub(super) const POINTS: [f64; COUNT] = [
    -1.0, // a heading of one or two words
    -2.0, // one or two words
    0.0, // three words
    1.0, // four words
    1.5, // five words
    2.0, // six words or more
    2.0, // a heading
    1.0, // called a title
    1.0, // its address
    -1.0, // its address is a section's
    1.5, // its address has its words
    0.5, // its address has its few words
    -3.0, // the menu has it too
    -0.5, // beside the page
    -2.0, // in the page's head
    -2.0, // a label in the card of another story
    2.5, // a date
    1.5, // a teaser
    -5.0, // in running text
    0.5, // a picture
    0.5, // in an article element
    -9.0, // a page of service
    -1.0, // what is sold or announced
    2.0, // declared in the page's data
    -6.0, // others have the same title
    -4.0, // all beside it have the same beginning
    2.0, // addressed as the sure ones
    1.5, // addressed about as the sure ones
    -2.5, // addressed as none of the sure ones
    -3.5, // a few words, addressed as few of the sure ones
    -1.5, // addressed as few of the sure ones
    -1.5, // a few words, in another part of the site
    -0.5, // in another part of the site
    6.0, // known as an article
];
/// A story with this much for it is sure.
pub(super) const SURE: f64 = 6.0;
/// Alone it needs this much to be listed.
pub(super) const ALONE: f64 = 4.5;
/// So much in the mean is asked of those that stand alike.
pub(super) const GROUP: f64 = 3.0;
/// And so much of each of them.
pub(super) const MEMBER: f64 = 1.5;
