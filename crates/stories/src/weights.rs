//! What the features are worth, in log odds. Written by `cargo run --release -p newsprint-stories --example fit_stories`; not
//! by hand. Never here: what the features are (`features`).
//!
//! Fitted to 43099 pairs of 772 texts about 33 topics, L2 0.1, seed 7. Left-out B-cubed over three partitions of
//! the topics by fives and one by tens, ten orders of arrival, one article at a time: F1 0.934, worst 0.928,
//! precision 0.957, recall 0.911.

use super::features::Weights;

/// What was fitted.
#[rustfmt::skip]
pub(super) const FITTED: Weights = Weights {
    join: -0.25,
    features: [
        17.882, // all terms (cosine)
        3.642, // names (cosine)
        6.664, // numbers (cosine)
        -13.642, // other words (cosine)
        1.542, // how much of one's lead the other has, the larger
        5.077, // the same, the smaller
        3.207, // names of one's lead that the other has, the larger
        1.592, // the same, the smaller
        -0.979, // words of the longer text (log)
        -0.898, // none of these
    ],
};
