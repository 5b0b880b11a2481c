//! Logistic regression over the blocks of pages: the same rows, the same weights, on every machine.
//! Never here: what the features are, reading pages.

use newsprint_parse::article::training::{COUNT, Example, Weights};

/// How strongly a weight is pulled to nought, beside the importance of one page's text.
pub const PULL: f64 = 2.0;
/// Steps of the descent at most.
const STEPS: usize = 160;
/// Steps that the descent remembers.
const MEMORY: usize = 10;

/// The rows of many pages without their noughts.
#[derive(Default)]
struct Rows {
    ends: Vec<usize>,
    values: Vec<(u16, f32)>,
    labels: Vec<f32>,
    importance: Vec<f32>,
}

/// Fits all passes, each on what the passes before it hold of the blocks, and then the threshold.
pub fn fit(examples: &[(&Example, f32)], passes: usize) -> Weights {
    let mut weights = Weights {
        passes: Vec::new(),
        enough: 0.0,
        without: 0,
    };
    for _ in 0..passes {
        let mut rows = Rows::default();
        for (example, counts) in examples {
            let features = example.rows(&weights.passes);
            for (i, row) in features.iter().enumerate() {
                let kept = row.iter().enumerate().filter(|(_, value)| **value != 0.0);
                rows.values
                    .extend(kept.map(|(at, value)| (at as u16, *value)));
                rows.ends.push(rows.values.len());
                rows.labels.push(example.labels[i]);
                rows.importance.push(example.importance[i] * counts);
            }
        }
        let fitted = descend(&rows);
        // Three digits are all that the pages tell, and the same on every machine.
        weights.passes.push(
            fitted
                .iter()
                .map(|w| (w * 1e3).round() as f32 / 1e3)
                .collect(),
        );
    }
    weights
}

/// The weights with the least loss: limited-memory BFGS with a backtracking search.
fn descend(rows: &Rows) -> Vec<f64> {
    let mut at = vec![0.0f64; COUNT + 1];
    at[COUNT] = -1.0;
    let (mut loss, mut slope) = evaluate(rows, &at);
    let mut steps: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    for _ in 0..STEPS {
        let mut way = slope.clone();
        let mut shares = Vec::new();
        for (step, turn, product) in steps.iter().rev() {
            let share = dot(step, &way) / product;
            add(&mut way, turn, -share);
            shares.push(share);
        }
        if let Some((_, turn, product)) = steps.last() {
            let scale = product / dot(turn, turn);
            way.iter_mut().for_each(|value| *value *= scale);
        } else {
            let length = dot(&way, &way).sqrt().max(1.0);
            way.iter_mut().for_each(|value| *value /= length);
        }
        for ((step, turn, product), share) in steps.iter().zip(shares.iter().rev()) {
            let back = dot(turn, &way) / product;
            add(&mut way, step, share - back);
        }
        let down = dot(&slope, &way);
        let mut size = 1.0;
        let (next, next_loss, next_slope) = loop {
            let mut next = at.clone();
            add(&mut next, &way, -size);
            let (next_loss, next_slope) = evaluate(rows, &next);
            if next_loss <= loss - 1e-4 * size * down || size < 1e-6 {
                break (next, next_loss, next_slope);
            }
            size *= 0.5;
        };
        let step: Vec<f64> = next.iter().zip(&at).map(|(a, b)| a - b).collect();
        let turn: Vec<f64> = next_slope.iter().zip(&slope).map(|(a, b)| a - b).collect();
        let product = dot(&step, &turn);
        let gain = loss - next_loss;
        (at, loss, slope) = (next, next_loss, next_slope);
        if product > 1e-12 {
            steps.push((step, turn, product));
            if steps.len() > MEMORY {
                steps.remove(0);
            }
        }
        if gain < 1e-6 * loss.abs() {
            break;
        }
    }
    at
}

/// The loss and its slope.
fn evaluate(rows: &Rows, at: &[f64]) -> (f64, Vec<f64>) {
    let mut loss = 0.0;
    let mut slope = vec![0.0; at.len()];
    let mut from = 0;
    for (i, end) in rows.ends.iter().enumerate() {
        let row = &rows.values[from..*end];
        from = *end;
        let mut odds = at[COUNT];
        for (feature, value) in row {
            odds += at[*feature as usize] * f64::from(*value);
        }
        let (label, importance) = (f64::from(rows.labels[i]), f64::from(rows.importance[i]));
        let likely = 1.0 / (1.0 + (-odds).exp());
        // ln(1 + e^x) without overflow.
        loss += importance * (odds.max(0.0) + (-odds.abs()).exp().ln_1p() - label * odds);
        let error = importance * (likely - label);
        for (feature, value) in row {
            slope[*feature as usize] += error * f64::from(*value);
        }
        slope[COUNT] += error;
    }
    for feature in 0..COUNT {
        loss += 0.5 * PULL * at[feature] * at[feature];
        slope[feature] += PULL * at[feature];
    }
    (loss, slope)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], what: &[f64], times: f64) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += times * what;
    }
}
