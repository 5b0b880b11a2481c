//! What the features are worth, in log odds. Written by `cargo run --release -p newsprint-stories --example fit_stories`; not
//! by hand. Never here: what the features are (`features`).
//!
//! Fitted to 64987 pairs of 772 texts about 33 topics and 930 others, L2 0.1, seed 7. Left-out B-cubed over three
//! partitions of the topics by fives and one by tens, ten orders of arrival, one article at a time: F1 0.923, worst
//! 0.913, precision 0.962, recall 0.888; among others that were left out too: F1 0.938, precision 0.955.

use super::features::Weights;

/// What was fitted.
#[rustfmt::skip]
pub(super) const FITTED: Weights = Weights {
    join: -0.5,
    sure: 1.5,
    features: [
        6.23, // all terms (cosine)
        3.886, // names (cosine)
        5.326, // numbers (cosine)
        -8.446, // other words (cosine)
        2.643, // how much of one's lead the other has, the larger
        5.057, // the same, the smaller
        2.747, // names of one's lead that the other has, the larger
        1.695, // the same, the smaller
        -0.927, // words of the longer text (log)
        -2.571, // the same beyond 800 words
        -0.391, // none of these
    ],
};
