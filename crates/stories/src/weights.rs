//! What the features are worth, in log odds. Written by `cargo run --release -p newsprint-stories --example fit_stories`; not
//! by hand. Never here: what the features are (`features`).
//!
//! Fitted to 9853 comparisons of 772 texts about 33 topics, seed 7. Left-out B-cubed, topics by fives, ten
//! orders of arrival: F1 0.901, worst 0.887, precision 0.914, recall 0.889.

use super::window::Weights;

/// What was fitted.
#[rustfmt::skip]
pub(super) const FITTED: Weights = Weights {
    join: 0.0,
    merge: 0.0,
    features: [
        0.242, // words alike to the story's centre
        3.524, // names alike to the centre
        2.957, // numbers alike to the centre
        5.388, // leads alike to the centre
        7.94, // words alike to the nearest article
        6.078, // names alike to the nearest
        -1.298, // numbers alike to the nearest
        1.748, // leads alike to the nearest
        -4.411, // words alike on average
        -1.175, // names alike on average
        4.876, // numbers alike on average
        -3.546, // leads alike on average
        -0.912, // how many articles tell the story (log)
        -1.328, // how many terms the article has (log)
        2.822, // names of the lead that the story has
        -1.871, // names that the story has
        1.14, // numbers that the story has
        -3.732, // words of the lead that the story has
        2.57, // the story's common names that the article has
        1.701, // the story's common numbers that the article has
        1.145, // the story's common words that the article has
        -0.814, // none of these
    ],
};
