//! `weights.rs` as it is written: what was fitted to what, and how it does on outlets that it has not seen.
//! Never here: the fitting itself (`logistic`).

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use newsprint_parse::article::training::{COUNT, Example, Weights, name};

use crate::measure::{Score, summary};
use crate::{cross, logistic, pages};

/// How often a page is gone over.
pub const PASSES: usize = 2;
/// Thresholds that are tried on the outlets left out.
const THRESHOLDS: [f32; 7] = [-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5];

/// Each set, its pages and their text F1.
type Sets = Vec<(String, usize, f64)>;

/// The source text of the weights that fit these directories of pages.
pub fn fitted(directories: &[PathBuf]) -> Result<String> {
    let mut pages = Vec::new();
    for directory in directories {
        pages.extend(pages::read(directory)?);
    }
    ensure!(!pages.is_empty(), "no pages with a known text");
    let folds = pages::folds(&pages, cross::FOLDS, cross::SEED);
    let examples = cross::examples(&pages);
    let counts = cross::counts(&pages);
    let left = cross::left_out(&examples, &counts, &folds, PASSES);
    let all: Vec<(&Example, f32)> = examples
        .iter()
        .zip(&counts)
        .filter_map(|(example, counts)| Some((example.as_ref()?, *counts)))
        .collect();
    let weights = logistic::fit(&all, PASSES);
    let blocks: usize = all.iter().map(|(example, _)| example.labels.len()).sum();
    drop(examples);

    // The threshold that does best on average over the sets.
    let mut best: Option<(f64, f32, Sets)> = None;
    for enough in THRESHOLDS {
        let scores: Vec<Score> = cross::each(&pages, |at, page| {
            let weights = Weights {
                enough,
                ..left[folds[at]].clone()
            };
            cross::score(page, &weights).0
        });
        let mut sets: BTreeMap<&str, Vec<&Score>> = BTreeMap::new();
        for (page, score) in pages.iter().zip(&scores) {
            sets.entry(&page.set).or_default().push(score);
        }
        let each: Sets = sets
            .iter()
            .map(|(set, scores)| ((*set).to_owned(), scores.len(), summary(scores).f1))
            .collect();
        let mean = each.iter().map(|(.., f1)| f1).sum::<f64>() / each.len() as f64;
        if best.as_ref().is_none_or(|(most, ..)| mean > *most + 1e-4) {
            best = Some((mean, enough, each));
        }
    }
    let (_, enough, sets) = best.unwrap_or_default();
    let outlets: std::collections::BTreeSet<String> =
        pages.iter().map(pages::Known::outlet).collect();
    Ok(write(&weights, enough, &sets, blocks, outlets.len()))
}

fn write(
    weights: &Weights,
    enough: f32,
    sets: &[(String, usize, f64)],
    blocks: usize,
    outlets: usize,
) -> String {
    let mut out = String::from(
        "//! What the features of a block are worth, in log odds. Written by `cargo run --release --example fit`; not by hand.\n//! Never here: what the features are (`features`).\n//!\n",
    );
    let _ = writeln!(
        out,
        "//! Fitted to {blocks} blocks of pages of {outlets} outlets, seed {}. Left-out text F1 ({} folds of whole outlets):",
        cross::SEED,
        cross::FOLDS
    );
    for (set, pages, f1) in sets {
        let _ = writeln!(out, "//! {set}: {pages} pages, {f1:.4}");
    }
    let _ = writeln!(out, "\nuse super::features::COUNT;\n");
    let _ = writeln!(
        out,
        "/// How often a page is gone over.\npub(super) const PASSES: usize = {};",
        weights.passes.len()
    );
    let _ = writeln!(
        out,
        "/// Log odds from which a block is taken.\npub(super) const ENOUGH: f32 = {enough:?};"
    );
    let _ = writeln!(
        out,
        "/// For each feature its weight in each pass; the last is what a block with none of them has.\n#[rustfmt::skip]\n#[allow(clippy::approx_constant)]\npub(super) const WEIGHTS: [[f32; PASSES]; COUNT + 1] = ["
    );
    for at in 0..=COUNT {
        let row: Vec<String> = weights
            .passes
            .iter()
            .map(|pass| format!("{:.3}", pass[at]))
            .collect();
        let name = if at < COUNT {
            name(at)
        } else {
            "none of these".to_owned()
        };
        let _ = writeln!(out, "    [{}], // {name}", row.join(", "));
    }
    out.push_str("];\n");
    out
}
