//! `weights.rs` as it is written: what was fitted to what, and how it does on outlets that it has not seen.
//! Never here: the fitting itself (`logistic`).

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use newsprint_parse::article::training::{COUNT, Weights, name};

use crate::measure::{Score, summary};
use crate::{cross, pages};

/// How often a page is gone over.
pub const PASSES: usize = 2;
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
    let (fitted, blocks) = cross::fit(&pages, &folds, PASSES);
    let scores: Vec<Score> = cross::each(&pages, |at, page| {
        cross::score(page, &fitted.without[folds[at]]).0
    });
    let mut sets: BTreeMap<&str, Vec<&Score>> = BTreeMap::new();
    for (page, score) in pages.iter().zip(&scores) {
        sets.entry(&page.set).or_default().push(score);
    }
    let sets: Sets = sets
        .iter()
        .map(|(set, scores)| ((*set).to_owned(), scores.len(), summary(scores).f1))
        .collect();
    let outlets: std::collections::BTreeSet<String> =
        pages.iter().map(pages::Known::outlet).collect();
    Ok(write(&fitted.all, &sets, blocks, outlets.len()))
}

fn write(
    weights: &Weights,
    sets: &[(String, usize, f64)],
    blocks: usize,
    outlets: usize,
) -> String {
    let mut out = String::from(
        "//! What the features of a block are worth, in log odds. Written by `cargo run --release --example fit`; not by hand.\n//! Never here: what the features are (`features`).\n//!\n",
    );
    let _ = writeln!(
        out,
        "//! Fitted to {blocks} blocks of pages of {outlets} outlets, seed {}. Text F1 with whole outlets left out ({} folds; weights and threshold),\n//! by the rules (`select`) of the day of the fit; `cargo run --release --example extract -- --cross` measures those of today:",
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
        "/// Log odds from which a block is taken.\npub(super) const ENOUGH: f32 = {:?};",
        weights.enough
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
