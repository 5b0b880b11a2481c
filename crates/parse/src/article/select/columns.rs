//! The columns beside the text on pages that are laid out with tables.
//! Never here: tables of the text.

use std::collections::HashMap;

use super::super::blocks::{ElementIndex, Outline, Role};
use super::super::features::running;
use super::super::scoring::Judged;
use super::{size, sums};

/// Short lines in the cells beside the one that has the text: menus, the weather, small advertisements.
pub(super) fn drop_columns(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Blocks and characters of the cell that has the text, and percent of all the text that it has.
    const BLOCKS: usize = 4;
    const CHARS: usize = 400;
    const PERCENT: usize = 70;
    let sums = sums(outline, kept);
    let all = size(outline, kept);
    let chars = |at: ElementIndex| {
        let (from, to) = outline.elements[at].blocks;
        sums[to] - sums[from]
    };
    // The innermost cell that has the text.
    let mut text = None;
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        let most = chars(at) * 100 >= all * PERCENT && chars(at) >= CHARS;
        if element.role == Role::Cell && to >= from + BLOCKS && most {
            text = Some(at);
        }
    }
    let Some(text) = text else { return };
    let row = |at: ElementIndex| outline.elements[at].parent;
    let prose =
        |i: usize, kept: &[bool]| kept[i] && running(&outline.blocks[i], judged.phrases[i]) >= 0.5;
    // It may stand in a table within the column.
    let mut rows: HashMap<Option<ElementIndex>, ElementIndex> = HashMap::new();
    for at in outline.up(text) {
        if outline.elements[at].role == Role::Cell {
            rows.insert(row(at), at);
        }
    }
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        let beside = element.role == Role::Cell && rows.get(&row(at)).is_some_and(|own| *own != at);
        if beside && !(from..to).any(|i| prose(i, kept)) {
            kept[from..to].fill(false);
        }
    }
}
