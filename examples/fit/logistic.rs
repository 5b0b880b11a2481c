//! Logistic regression over the blocks of pages: the same rows, the same weights, on every machine.
//! Never here: what the features are, reading pages.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use newsprint_parse::article::training::{COUNT, Example, Weights};

/// How strongly a weight is pulled to nought, beside the importance of one page's text.
pub const PULL: f64 = 0.5;
/// Steps of the descent at most.
const STEPS: usize = 160;
/// Steps that the descent remembers.
const MEMORY: usize = 10;

/// Fits left out, by the folds that they have not seen as bits; nothing left out is the fit to all pages.
pub type Fits = BTreeMap<u32, Weights>;

/// The rows of pages without their noughts.
#[derive(Default)]
struct Rows {
    ends: Vec<usize>,
    values: Vec<(u16, f32)>,
    labels: Vec<f32>,
    importance: Vec<f32>,
}

/// Fits to all pages, and without each fold.
///
/// A pass learns from what the passes before it hold of pages that they were not fitted to, as it will be in use: what
/// they hold of their own pages is surer than what they hold of others. So the passes before are fitted without one
/// more fold each.
pub fn fits(pages: &[Option<(&Example, f32)>], folds: &[usize], passes: usize) -> Fits {
    let number = folds.iter().max().map_or(0, |most| most + 1);
    let own: Vec<u32> = std::iter::once(0)
        .chain((0..number).map(|fold| 1 << fold))
        .collect();
    let mut fitted: BTreeMap<u32, Vec<Vec<f32>>> = BTreeMap::new();
    for pass in 0..passes {
        // The last pass is needed for what is asked, each one before it for one fold more.
        let mut needed = own.clone();
        for _ in pass + 1..passes {
            let more = needed
                .iter()
                .flat_map(|set| own.iter().map(move |fold| set | fold));
            needed = more.collect();
            needed.sort_unstable();
            needed.dedup();
        }
        let next = AtomicUsize::new(0);
        let job = || {
            let mut done = Vec::new();
            while let Some(set) = needed.get(next.fetch_add(1, Ordering::Relaxed)) {
                let rows = rows(pages, folds, *set, pass, &fitted);
                done.push((*set, rounded(&descend(&rows))));
            }
            done
        };
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let done: Vec<(u32, Vec<f32>)> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..cores).map(|_| scope.spawn(job)).collect();
            let done = threads
                .into_iter()
                .map(|thread| thread.join().expect("a fit"));
            done.flatten().collect()
        });
        for (set, weights) in done {
            fitted.entry(set).or_default().push(weights);
        }
    }
    let weights = own.iter().filter_map(|set| {
        let weights = Weights {
            passes: fitted.get(set)?.clone(),
            enough: 0.0,
            without: 0,
        };
        Some((*set, weights))
    });
    weights.collect()
}

/// The rows of a pass on all pages that are not of the folds left out.
fn rows(
    pages: &[Option<(&Example, f32)>],
    folds: &[usize],
    left_out: u32,
    pass: usize,
    fitted: &BTreeMap<u32, Vec<Vec<f32>>>,
) -> Rows {
    let mut rows = Rows::default();
    for (page, fold) in pages.iter().zip(folds) {
        let Some((example, counts)) = page else {
            continue;
        };
        if left_out & 1 << fold != 0 {
            continue;
        }
        let before = fitted
            .get(&(left_out | 1 << fold))
            .map_or(&[][..], Vec::as_slice);
        for (i, row) in example.rows(&before[..pass]).iter().enumerate() {
            let kept = row.iter().enumerate().filter(|(_, value)| **value != 0.0);
            rows.values
                .extend(kept.map(|(at, value)| (at as u16, *value)));
            rows.ends.push(rows.values.len());
            rows.labels.push(example.labels[i]);
            rows.importance.push(example.importance[i] * counts);
        }
    }
    rows
}

/// Three digits are all that the pages tell, and the same on every machine.
fn rounded(weights: &[f64]) -> Vec<f32> {
    weights
        .iter()
        .map(|w| (w * 1e3).round() as f32 / 1e3)
        .collect()
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
