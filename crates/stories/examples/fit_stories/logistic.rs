//! Logistic regression by Newton's method: the same rows, the same weights, on every machine.
//! Never here: what the features are.

use newsprint_stories::features::COUNT;

/// Features and whether the two articles are of one story.
pub type Row = ([f32; COUNT], bool);

/// How strongly a weight is pulled to nought.
pub const PULL: f64 = 0.1;

/// The weights with the least loss; the last is what there is without any feature.
pub fn fit(rows: &[Row]) -> [f32; COUNT + 1] {
    const N: usize = COUNT + 1;
    let mut at = [0.0f64; N];
    for _ in 0..30 {
        let mut slope = [0.0f64; N];
        let mut bend = vec![[0.0f64; N]; N];
        for (features, label) in rows {
            let mut x = [1.0f64; N];
            for (x, feature) in x.iter_mut().zip(features) {
                *x = f64::from(*feature);
            }
            let odds: f64 = x.iter().zip(&at).map(|(a, b)| a * b).sum();
            let likely = 1.0 / (1.0 + (-odds).exp());
            let error = likely - f64::from(u8::from(*label));
            let spread = likely * (1.0 - likely);
            for i in 0..N {
                slope[i] += error * x[i];
                for j in 0..N {
                    bend[i][j] += spread * x[i] * x[j];
                }
            }
        }
        for i in 0..N {
            // The last stands for how often it is so at all, which nothing pulls.
            let pull = if i < COUNT { PULL } else { 1e-9 };
            slope[i] += pull * at[i];
            bend[i][i] += pull;
        }
        let step = solve(bend, slope);
        for (at, step) in at.iter_mut().zip(step) {
            *at -= step;
        }
        if step.iter().all(|step| step.abs() < 1e-6) {
            break;
        }
    }
    // Three digits are all that the texts tell.
    at.map(|weight| ((weight * 1e3).round() / 1e3) as f32)
}

/// Gaussian elimination; the matrix is positive definite.
fn solve<const N: usize>(mut matrix: Vec<[f64; N]>, mut right: [f64; N]) -> [f64; N] {
    for i in 0..N {
        for j in i + 1..N {
            let share = matrix[j][i] / matrix[i][i];
            let above = matrix[i];
            for (value, above) in matrix[j].iter_mut().zip(above).skip(i) {
                *value -= share * above;
            }
            right[j] -= share * right[i];
        }
    }
    for i in (0..N).rev() {
        for j in i + 1..N {
            right[i] -= matrix[i][j] * right[j];
        }
        right[i] /= matrix[i][i];
    }
    right
}
