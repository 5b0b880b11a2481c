//! Fits the weights of the crate to articles whose story is known, and writes them as the source file that the crate is
//! built with: `fit_stories [--out FILE] [--background FILE.jsonl] FILE.jsonl` (one article a line: `topic`, `story`,
//! `title`, `text`). `--quick`: one partition, the thresholds that the crate has. The background: texts of which no two tell of one event, unless they have the same `story`.
//! Never here: what the features are.

mod cross;
mod logistic;

use std::fmt::Write;

use newsprint_stories::features::{COUNT, NAMES};

/// Thresholds that are tried on the topics left out.
const JOIN: [f32; 3] = [-0.75, -0.5, -0.25];

const SURE: [f32; 3] = [0.5, 1.0, 1.5];

/// Ways in which topics are left out: how many together, the seed of the partition.
const PARTITIONS: [(usize, u64); 4] = [
    (cross::FOLD, cross::SEED),
    (cross::FOLD, cross::SEED + 1),
    (cross::FOLD, cross::SEED + 2),
    (2 * cross::FOLD, cross::SEED),
];

fn main() {
    let (mut out, mut file, mut background) = (None, None, None);
    let mut quick = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => quick = true,
            "--out" => out = arguments.next(),
            "--background" => background = arguments.next(),
            _ => file = Some(argument),
        }
    }
    let Some(file) = file else {
        eprintln!("usage: fit_stories [--quick] [--out FILE] [--background FILE.jsonl] FILE.jsonl");
        std::process::exit(2);
    };
    let read = |file: &str| {
        std::fs::read_to_string(file).unwrap_or_else(|why| {
            eprintln!("{file}: {why}");
            std::process::exit(1);
        })
    };
    let text = read(&file);
    let background = background.map(|file| read(&file)).unwrap_or_default();
    let source = fitted(&text, &background, quick);
    match out {
        Some(out) => std::fs::write(&out, source).unwrap_or_else(|why| eprintln!("{out}: {why}")),
        None => print!("{source}"),
    }
}

fn articles(text: &str, first: i64) -> Vec<cross::Known> {
    let lines = text.lines().zip(first..);
    lines
        .filter_map(|(line, id)| cross::Known::read(line, id))
        .collect()
}

/// Thresholds and what they gave: F1, the worst, precision, recall; among the background F1 and precision.
struct Tried {
    join: f32,
    sure: f32,
    mean: [f64; 4],
    wide: [f64; 2],
}

/// The source text of the weights.
fn fitted(text: &str, background: &str, quick: bool) -> String {
    let known = articles(text, 1);
    let background = articles(background, known.len() as i64 + 1);
    let mut best: Option<(f64, Tried)> = None;
    let partitions = &PARTITIONS[..if quick { 1 } else { PARTITIONS.len() }];
    let (joins, sures): (&[f32], &[f32]) = match quick {
        true => (&[-0.5], &[1.5]),
        false => (&JOIN, &SURE),
    };
    let left: Vec<_> = partitions
        .iter()
        .map(|(size, seed)| {
            let folds = cross::folds(&known, *size, *seed);
            let weights = cross::left_out(&known, &folds, &background);
            (folds, weights)
        })
        .collect();
    let (mixed, teasers) = (
        cross::cut(&known, cross::Texts::Mixed),
        cross::cut(&known, cross::Texts::Teasers),
    );
    for (join, sure) in joins
        .iter()
        .flat_map(|join| sures.iter().map(|sure| (*join, *sure)))
    {
        let mut mean = [0.0; 4];
        mean[1] = 1.0;
        let (mut wide, mut joined) = ([0.0; 2], 0.0);
        for ((folds, weights), (size, seed)) in left.iter().zip(partitions) {
            for together in [1, 200] {
                let [f1, worst, precision, recall] =
                    cross::measure(&known, folds, weights, (join, sure), together);
                eprintln!(
                    "join {join} sure {sure} by {size}, seed {seed}, {together} at a time: F1 {f1:.3} worst {worst:.3} precision {precision:.3} recall {recall:.3}"
                );
                if together == 1 {
                    let count = partitions.len() as f64;
                    mean[0] += f1 / count;
                    mean[1] = f64::min(mean[1], worst);
                    mean[2] += precision / count;
                    mean[3] += recall / count;
                }
            }
            for (texts, known) in [
                ("whole texts", &known),
                ("beginnings and whole texts", &mixed),
                ("beginnings", &teasers),
            ] {
                if !quick {
                    break;
                }
                let [f1, precision, recall] =
                    cross::measure_small(known, folds, weights, (join, sure));
                eprintln!(
                    "    20 articles, {texts}: F1 {f1:.3} precision {precision:.3} recall {recall:.3}"
                );
                let [f1, worst, precision, recall] =
                    cross::measure(known, folds, weights, (join, sure), 1);
                eprintln!(
                    "    {texts}: F1 {f1:.3} worst {worst:.3} precision {precision:.3} recall {recall:.3}"
                );
            }
            let ([f1, precision, recall], wrong) =
                cross::measure_wide(&known, folds, weights, (join, sure), &background);
            let count = partitions.len() as f64;
            wide[0] += f1 / count;
            wide[1] += precision / count;
            joined += wrong / count;
            eprintln!(
                "    among the background: F1 {f1:.3} precision {precision:.3} recall {recall:.3}, {wrong:.1} pairs of it taken for one event"
            );
        }
        // Of two that do as well the more careful one: what is wrongly joined is worse than what is not.
        let worth = mean[0] + wide[0] + (mean[2] + wide[1]) / 4.0 - joined / 250.0;
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((
                worth,
                Tried {
                    join,
                    sure,
                    mean,
                    wide,
                },
            ));
        }
    }
    let Some((
        _,
        Tried {
            join,
            sure,
            mean: [f1, worst, precision, recall],
            wide: [wide, wide_precision],
        },
    )) = best
    else {
        return String::new();
    };
    let all: Vec<&cross::Known> = background.iter().collect();
    let rows = cross::training(&known, &left[0].0, &all);
    let count = rows[0].len();
    let short = rows[1].len();
    let [features, short_features] = rows.map(|rows| logistic::fit(&rows));
    let topics: usize = left[0].0.iter().map(Vec::len).sum();
    let mut out = String::from(
        "//! What the features are worth, in log odds. Written by `cargo run --release -p newsprint-stories --example fit_stories`; not\n//! by hand. Never here: what the features are (`features`).\n//!\n",
    );
    let _ = writeln!(
        out,
        "//! Fitted to {count} pairs, and {short} of short texts, of {} texts about {topics} topics and {} others, L2 {}, seed\n//! {}. Left-out B-cubed over three partitions of the topics by fives and one by tens, ten orders of arrival, one\n//! article at a time: F1 {f1:.3}, worst {worst:.3}, precision {precision:.3}, recall {recall:.3}; among others that were left out too: F1 {wide:.3}, precision {wide_precision:.3}.\n",
        known.len(),
        background.len(),
        logistic::PULL,
        cross::SEED
    );
    out.push_str("use super::features::Weights;\n\n/// What was fitted.\n#[rustfmt::skip]\npub(super) const FITTED: Weights = Weights {\n");
    let _ = writeln!(out, "    join: {join:?},\n    sure: {sure:?},");
    for (list, features) in [("features", features), ("short", short_features)] {
        let _ = writeln!(out, "    {list}: [");
        for (at, weight) in features.iter().enumerate() {
            let name = if at < COUNT {
                NAMES[at]
            } else {
                "none of these"
            };
            let _ = writeln!(out, "        {weight:?}, // {name}");
        }
        out.push_str("    ],\n");
    }
    out.push_str("};\n");
    out
}
