//! Fits the weights of the crate to articles whose story is known, and writes them as the source file that the crate is
//! built with: `fit [--out FILE] FILE.jsonl` (one article a line: `topic`, `story`, `title`, `text`).
//! Never here: what the features are.

mod cross;
mod logistic;

use std::fmt::Write;

use newsprint_stories::Weights;
use newsprint_stories::features::{COUNT, NAMES};

/// Thresholds that are tried on the topics left out.
const JOIN: [f32; 3] = [-1.0, -0.5, 0.0];
const MERGE: [f32; 3] = [0.0, 0.5, 1.0];

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
    let folds = cross::folds(&known);
    let rows: Vec<_> = folds
        .iter()
        .map(|topics| cross::rows(&known, topics))
        .collect();
    let mut best: Option<(f64, Weights, [f64; 4])> = None;
    for join in JOIN {
        for merge in MERGE {
            let left = cross::left_out(&rows, join, merge);
            let [f1, worst, precision, recall] = cross::measure(&known, &folds, &left);
            eprintln!(
                "join {join} merge {merge}: F1 {f1:.3} worst {worst:.3} precision {precision:.3} recall {recall:.3}"
            );
            // Of two that do as well the more careful one: what is wrongly joined is worse than what is not.
            let worth = f1 + precision / 4.0;
            if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                let all: Vec<_> = rows.iter().flatten().copied().collect();
                let features = logistic::fit(&all);
                best = Some((
                    worth,
                    Weights {
                        join,
                        merge,
                        features,
                    },
                    [f1, worst, precision, recall],
                ));
            }
        }
    }
    let Some((_, weights, [f1, worst, precision, recall])) = best else {
        return String::new();
    };
    let count: usize = rows.iter().map(Vec::len).sum();
    let mut out = String::from(
        "//! What the features are worth, in log odds. Written by `cargo run --release -p newsprint-stories --example fit_stories`; not\n//! by hand. Never here: what the features are (`features`).\n//!\n",
    );
    let topics: usize = folds.iter().map(Vec::len).sum();
    let _ = writeln!(
        out,
        "//! Fitted to {count} comparisons of {} texts about {topics} topics, seed {}. Left-out B-cubed, topics by fives, ten\n//! orders of arrival: F1 {f1:.3}, worst {worst:.3}, precision {precision:.3}, recall {recall:.3}.\n",
        known.len(),
        cross::SEED
    );
    out.push_str("use super::window::Weights;\n\n/// What was fitted.\n#[rustfmt::skip]\npub(super) const FITTED: Weights = Weights {\n");
    let _ = writeln!(
        out,
        "    join: {:?},\n    merge: {:?},\n    features: [",
        weights.join, weights.merge
    );
    for (at, weight) in weights.features.iter().enumerate() {
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
