//! What the features are worth, in log odds. Written by `cargo run --release -p newsprint-stories --example fit_stories`; not
//! by hand. Never here: what the features are (`features`).
//!
//! Fitted to 64987 pairs, and 105046 of short texts, of 772 texts about 33 topics and 930 others, L2 0.1, seed
//! 7. Left-out B-cubed over three partitions of the topics by fives and one by tens, ten orders of arrival, one
//! article at a time: F1 0.922, worst 0.918, precision 0.960, recall 0.888; among others that were left out too: F1 0.936, precision 0.957.

use super::features::Weights;

/// What was fitted.
#[rustfmt::skip]
pub(super) const FITTED: Weights = Weights {
    join: -0.5,
    sure: 1.5,
    features: [
        7.086, // all terms (cosine)
        3.763, // names (cosine)
        5.284, // numbers (cosine)
        -8.65, // other words (cosine)
        2.425, // how much of one's lead the other has, the larger
        5.007, // the same, the smaller
        2.734, // names of one's lead that the other has, the larger
        1.699, // the same, the smaller
        -0.931, // words of the longer text (log)
        -2.568, // the same beyond 800 words
        -0.405, // none of these
    ],
    short: [
        -11.567, // all terms (cosine)
        3.545, // names (cosine)
        3.278, // numbers (cosine)
        -5.658, // other words (cosine)
        9.571, // how much of one's lead the other has, the larger
        21.357, // the same, the smaller
        1.688, // names of one's lead that the other has, the larger
        -1.047, // the same, the smaller
        -0.929, // words of the longer text (log)
        -1.501, // the same beyond 800 words
        -1.497, // none of these
    ],
};
