//! Notes of the text, known by the links that lead to them: `[1]` in a sentence, and what stands where that leads.
//! Never here: lists and sections that nothing leads to.

use super::super::blocks::{ElementIndex, Outline, is_mark};
use super::super::class_names::Cues;
use super::super::phrases;
use super::super::scoring::Judged;
use super::BESIDE;

/// What a number or a sign in the text leads to is a note of the text, however short it is and wherever it stands.
pub(super) fn keep_notes(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const AGAINST: u32 = phrases::MORE | phrases::ASK | phrases::MACHINE;
    for note in &outline.notes {
        let (from, to) = note.blocks;
        // The number has a name of its own: a label.
        let named = |i: usize, at: ElementIndex| {
            let own = is_mark(&outline.blocks[i].text) && outline.elements[at].blocks == (i, i + 1);
            Cues(if own { 0 } else { outline.elements[at].cues.0 })
        };
        let free = |i: usize| {
            judged.phrases[i] & AGAINST == 0
                && !judged.comments[i]
                && judged.headline != Some(i)
                && !outline
                    .up(outline.blocks[i].leaf)
                    .any(|at| judged.shares[at] < 0.5 && named(i, at).has(BESIDE))
        };
        // A note leads back to the text: only what stands behind the link is a note.
        if kept[note.from] && from > note.from && (from..to).all(free) {
            kept[from..to].fill(true);
        }
    }
}
