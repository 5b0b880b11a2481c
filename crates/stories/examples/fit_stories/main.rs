//! Fits the weights of the crate to articles whose story is known, and writes them as the source file that the crate is
//! built with: `fit [--out FILE] FILE.jsonl` (one article a line: `topic`, `story`, `title`, `text`).
//! Never here: what the features are.

mod cross;
mod logistic;

use std::fmt::Write;

use newsprint_stories::features::{COUNT, NAMES};

/// Thresholds that are tried on the topics left out.
const JOIN: [f32; 5] = [-1.0, -0.75, -0.5, -0.25, 0.0];

/// Ways in which topics are left out: how many together, the seed of the partition.
const PARTITIONS: [(usize, u64); 4] = [
    (cross::FOLD, cross::SEED),
    (cross::FOLD, cross::SEED + 1),
    (cross::FOLD, cross::SEED + 2),
    (2 * cross::FOLD, cross::SEED),
];

fn main() {
    let (mut out, mut file) = (None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--out" => out = arguments.next(),
            _ => file = Some(argument),
        }
    }
    let Some(file) = file else {
        eprintln!("usage: fit [--out FILE] FILE.jsonl");
        std::process::exit(2);
    };
    let text = std::fs::read_to_string(&file).unwrap_or_else(|why| {
        eprintln!("{file}: {why}");
        std::process::exit(1);
    });
    let source = fitted(&text);
    match out {
        Some(out) => std::fs::write(&out, source).unwrap_or_else(|why| eprintln!("{out}: {why}")),
        None => print!("{source}"),
    }
}

/// The source text of the weights.
fn fitted(text: &str) -> String {
    let lines = text.lines().enumerate();
    let known: Vec<cross::Known> = lines
        .filter_map(|(at, line)| cross::Known::read(line, at as i64 + 1))
        .collect();
    let mut best: Option<(f64, f32, [f64; 4])> = None;
    let left: Vec<_> = PARTITIONS
        .iter()
        .map(|(size, seed)| {
            let folds = cross::folds(&known, *size, *seed);
            let rows: Vec<_> = folds
                .iter()
                .map(|topics| cross::rows(&known, topics))
                .collect();
            let weights = cross::left_out(&rows);
            (folds, rows, weights)
        })
        .collect();
    for join in JOIN {
        let mut mean = [0.0; 4];
        mean[1] = 1.0;
        for ((folds, _, weights), (size, seed)) in left.iter().zip(PARTITIONS) {
            for together in [1, 200] {
                let [f1, worst, precision, recall] =
                    cross::measure(&known, folds, weights, join, together);
                eprintln!(
                    "join {join} by {size}, seed {seed}, {together} at a time: F1 {f1:.3} worst {worst:.3} precision {precision:.3} recall {recall:.3}"
                );
                if together == 1 {
                    let count = PARTITIONS.len() as f64;
                    mean[0] += f1 / count;
                    mean[1] = f64::min(mean[1], worst);
                    mean[2] += precision / count;
                    mean[3] += recall / count;
                }
            }
        }
        // Of two that do as well the more careful one: what is wrongly joined is worse than what is not.
        let worth = mean[0] + mean[2] / 4.0;
        if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
            best = Some((worth, join, mean));
        }
    }
    let Some((_, join, [f1, worst, precision, recall])) = best else {
        return String::new();
    };
    let rows: Vec<_> = left[0].1.iter().flatten().copied().collect();
    let features = logistic::fit(&rows);
    let count = rows.len();
    let topics: usize = left[0].0.iter().map(Vec::len).sum();
    let mut out = String::from(
        "//! What the features are worth, in log odds. Written by `cargo run --release -p newsprint-stories --example fit_stories`; not\n//! by hand. Never here: what the features are (`features`).\n//!\n",
    );
    let _ = writeln!(
        out,
        "//! Fitted to {count} pairs of {} texts about {topics} topics, L2 {}, seed {}. Left-out B-cubed over three partitions of\n//! the topics by fives and one by tens, ten orders of arrival, one article at a time: F1 {f1:.3}, worst {worst:.3},\n//! precision {precision:.3}, recall {recall:.3}.\n",
        known.len(),
        logistic::PULL,
        cross::SEED
    );
    out.push_str("use super::features::Weights;\n\n/// What was fitted.\n#[rustfmt::skip]\npub(super) const FITTED: Weights = Weights {\n");
    let _ = writeln!(out, "    join: {join:?},\n    features: [");
    for (at, weight) in features.iter().enumerate() {
        let name = if at < COUNT {
            NAMES[at]
        } else {
            "none of these"
        };
        let _ = writeln!(out, "        {weight:?}, // {name}");
    }
    out.push_str("    ],\n};\n");
    out
}
