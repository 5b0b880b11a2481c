//! What the features are worth, in log odds. Written by `cargo run --release -p newsprint-stories --example fit`; not by hand.
//! Never here: what the features are (`features`).

use super::window::Weights;

/// What was fitted.
#[rustfmt::skip]
pub(super) const FITTED: Weights = Weights {
    join: -1.0,
    merge: 0.5,
    features: [
    0.69091, 3.28204, 3.11511, 4.88062, 7.52334, 7.04594, -0.68264, 2.11764, -5.25111, -4.30592, 3.37485, -4.21017, -1.12693, -0.47096, 2.46122, 0.23960, 0.93234, -2.22137, 2.69913, 1.40634, -0.16481, -4.23351,
    ],
};
