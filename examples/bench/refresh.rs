//! Refreshes of many outlets: measured by the example `refresh_bench`, whose table becomes figures here.
//! Never here: the measuring itself.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::figures::Figures;
use super::{Built, built};

/// Refreshes of 100 and 1,000 outlets on loopback, beside the least that the same crates need.
pub fn refresh(directory: &Path, figures: &mut Figures) -> Result<()> {
    let program = built(directory, Built::Example("refresh_bench"))?;
    let output = Command::new(program).output()?;
    ensure!(
        output.status.success(),
        "refresh_bench: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    for line in String::from_utf8_lossy(&output.stdout).lines().skip(2) {
        // | name | seconds (CPU) | memory | seconds of the limit (CPU) | ratio | ≤ ratio to reach |
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, wall, _, limit, _, target, _] = cells[..] else {
            continue;
        };
        let (wall, limit, target) = (first(wall)?, first(limit)?, first(target)?);
        figures
            .add(
                format!("refresh of {name}"),
                wall * 1e3,
                super::Unit::Millis,
            )
            .target(target * limit * 1e3)
            .beside("bare", limit * 1e3);
    }
    Ok(())
}

/// The first number of a cell.
fn first(cell: &str) -> Result<f64> {
    let word = cell.split_whitespace().find_map(|word| word.parse().ok());
    word.with_context(|| format!("refresh_bench says {cell:?}"))
}
