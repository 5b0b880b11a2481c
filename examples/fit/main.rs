//! Fits the weights of `newsprint_parse::article` to pages whose text is known and writes them as the source file
//! that the crate is built with: `fit [--out FILE] DIR…`. `fit --synthetic DIR` fills a directory with made-up pages.
//! Never here: what the features are, what a page's text is.

#[path = "../extract/cross.rs"]
#[allow(dead_code)]
mod cross;
mod logistic;
#[allow(dead_code)]
mod measure;
mod pages;
mod source;
mod synthetic;

use std::path::PathBuf;

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let mut directories: Vec<PathBuf> = Vec::new();
    let mut out = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--synthetic" => {
                let directory = PathBuf::from(arguments.next().context("--synthetic DIR")?);
                return synthetic::write(&directory, cross::SEED);
            }
            "--out" => out = Some(PathBuf::from(arguments.next().context("--out FILE")?)),
            _ => directories.push(argument.into()),
        }
    }
    anyhow::ensure!(!directories.is_empty(), "usage: fit [--out FILE] DIR…");
    let source = source::fitted(&directories)?;
    match out {
        Some(file) => std::fs::write(&file, source).with_context(|| file.display().to_string()),
        None => {
            print!("{source}");
            Ok(())
        }
    }
}
