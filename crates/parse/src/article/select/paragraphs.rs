//! Paragraphs, headings and quoted posts that belong to the text by what stands beside them.
//! Never here: lists, tables and cards.

use super::super::blocks::{ElementIndex, Outline, Role};
use super::super::class_names::Cues;
use super::super::features::{ended, kind};
use super::super::scoring::Judged;
use super::{LIST, ends, own};

/// How many blocks after the last one a quoted post still belongs to the text.
const TAIL: usize = 3;

/// A paragraph near a kept one, of the same parent and look, with nothing against it, is of the same text.
pub(super) fn keep_siblings(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    // Down the page and up again: what was kept just now keeps its neighbours.
    for i in (0..kept.len()).chain((0..kept.len()).rev()) {
        let block = &outline.blocks[i];
        let home = &outline.elements[block.home];
        // A sentence that names two sources is mostly links and still a sentence.
        let sentence = ended(&block.text);
        if kept[i]
            || judged.odds[i] < -2.0
            || judged.phrases[i] != 0
            || block.chars < 40
            || block.linked * 100 > block.chars * if sentence { 80 } else { 33 }
            || judged.headline == Some(i)
        {
            continue;
        }
        let beside = |j: usize| {
            let other = &outline.elements[outline.blocks[j].home];
            kept[j] && j != i && other.parent == home.parent && other.look == home.look
        };
        // A list of any length may stand between a paragraph and the one after it.
        let before = (0..i).rev().take(LIST).take_while(|j| kept[*j]);
        let near = (i.saturating_sub(3)..(i + 4).min(kept.len())).chain(before);
        let found = near.into_iter().any(beside);
        kept[i] = found;
    }
}

/// A long paragraph right beside a kept one in the same element is of the same text, whatever it looks like, where nothing
/// names it for something else.
pub(super) fn keep_paragraphs(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const LONG: usize = 120;
    for i in 0..kept.len() {
        let block = &outline.blocks[i];
        let parent = |i: usize| outline.elements[outline.blocks[i].home].parent;
        let beside = |j: usize| {
            kept[j]
                && parent(j) == parent(i)
                && kind(outline, &outline.blocks[j]) == Role::Paragraph
        };
        let near = i.checked_sub(1).is_some_and(beside) || i + 1 < kept.len() && beside(i + 1);
        let prose = block.chars >= LONG
            && ended(&block.text)
            && block.linked * 5 <= block.chars
            && kind(outline, block) == Role::Paragraph;
        if !kept[i] && prose && near && judged.odds[i] > -2.0 && judged.phrases[i] == 0 {
            let around = parent(i).unwrap_or(block.home);
            kept[i] = judged.headline != Some(i) && own(outline, i, around);
        }
    }
}

/// A post quoted in the middle of the text is part of it, whatever its box is named.
pub(super) fn keep_quoted_posts(outline: &Outline, _: &Judged, kept: &mut [bool]) {
    let (Some(first), Some(last)) = ends(kept) else {
        return;
    };
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        let quoted = element.role == Role::Quote && element.cues.has(Cues::EMBED);
        if quoted && from > first && to <= last + 1 + TAIL && !hidden(outline, at) {
            kept[from..to].fill(true);
        }
    }
}

fn hidden(outline: &Outline, at: ElementIndex) -> bool {
    outline
        .up(at)
        .any(|at| outline.elements[at].cues.has(Cues::HIDDEN))
}

/// A bold line that only a line break parts from what is kept is its heading or its question, if it is no line about it.
pub(super) fn keep_bold_lines(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    for i in (0..kept.len().saturating_sub(1)).rev() {
        let (block, next) = (&outline.blocks[i], &outline.blocks[i + 1]);
        let says = judged.phrases[i] != 0 || judged.headline == Some(i);
        if block.tied && block.home == next.home && kept[i + 1] && !says {
            kept[i] = block.linked * 2 <= block.chars;
        }
    }
}

/// A heading between two picked blocks, in the same element as what follows it, is the article's.
pub(super) fn keep_headings(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    for i in 1..kept.len().saturating_sub(1) {
        let (block, next) = (&outline.blocks[i], &outline.blocks[i + 1]);
        let beside = outline.elements[block.home].parent == outline.elements[next.home].parent;
        if !kept[i]
            && kept[i + 1]
            && kept[i.saturating_sub(3)..i].contains(&true)
            && beside
            && judged.odds[i] > -1.7
            && block.linked * 2 < block.chars
            && matches!(kind(outline, block), Role::Heading(_))
        {
            kept[i] = true;
        }
    }
}
