//! Questions and their answers, and running text, that stand where the text is.
//! Never here: interviews, whose answers look like the text they are.

use std::collections::HashSet;

use super::super::blocks::{Outline, Role};
use super::super::features::{ended, running};
use super::super::scoring::Judged;
use super::{NEVER, chosen, ends, gaps};

/// Questions one after the other, each with its answer, behind the beginning of the text: what readers ask, which outlets
/// set in boxes that fold. Some outlets write them to be found, but where they stand on the article's page they are a
/// part of it, all of them or none.
pub(super) fn keep_questions(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const PAIRS: usize = 3;
    /// Characters of a question, of an answer, and of all answers.
    const QUESTION: usize = 160;
    const ANSWER: usize = 60;
    const ANSWERS: usize = 300;
    /// Blocks of an answer, and between one and the next question.
    const BLOCKS: usize = 6;
    const APART: usize = 4;
    /// Log odds of a question that leads to another article.
    const LINKED_AGAINST: f32 = -2.5;
    /// Mean log odds of the answers.
    const AGAINST: f32 = -2.5;
    let Some(first) = ends(kept).0 else { return };
    let comments = &judged.comments;
    let beside = |i: usize| {
        let mut up = outline.up(outline.blocks[i].leaf);
        comments[i] || up.any(|at| outline.elements[at].role == Role::Beside)
    };
    let question = |i: &usize| {
        let block = &outline.blocks[*i];
        // One that is mostly link may open its answer; with all against it it leads to another article.
        let leads_away = block.linked * 2 > block.chars && judged.odds[*i] <= LINKED_AGAINST;
        block.chars < QUESTION && !leads_away && block.text.trim_end().ends_with(['?', '？', '؟'])
    };
    let answer = |i: usize| {
        let block = &outline.blocks[i];
        block.chars >= ANSWER && running(block, judged.phrases[i]) > 0.0 && !beside(i)
    };
    let parent = |i: usize| outline.elements[outline.blocks[i].home].parent;
    let said: HashSet<u64> = chosen(outline, kept)
        .map(|i| judged.words[i].whole())
        .collect();
    let questions: Vec<usize> = (first..kept.len()).filter(question).collect();
    // Each question with the end of its answer.
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, i) in questions.iter().enumerate() {
        let next = questions.get(at + 1).copied().unwrap_or(kept.len());
        let to = next.min(i + 1 + BLOCKS);
        // An answer goes on as long as its paragraphs stand side by side.
        let Some(start) = (i + 1..to.min(i + 3)).find(|i| answer(*i)) else {
            continue;
        };
        let beside = |at: &usize| answer(*at) && parent(*at) == parent(start);
        let last = (start..to).take_while(beside).last().unwrap_or(start);
        pairs.push((*i, last));
    }
    for run in pairs.chunk_by(|a, b| b.0 - a.1 <= APART) {
        let answers = || {
            let blocks = run.iter().flat_map(|(from, to)| from + 1..=*to);
            blocks.filter(|i| answer(*i))
        };
        let chars: usize = answers().map(|i| outline.blocks[i].chars).sum();
        let odds: f32 = answers()
            .map(|i| judged.odds[i] * outline.blocks[i].chars as f32)
            .sum();
        if run.len() < PAIRS || chars < ANSWERS || odds <= AGAINST * chars as f32 {
            continue;
        }
        for i in run.iter().flat_map(|(from, to)| *from..=*to) {
            // What the odds picked and a rule dropped stays dropped: it may stand there twice.
            let free = judged.odds[i] <= judged.enough
                && judged.phrases[i] == 0
                && !said.contains(&judged.words[i].whole());
            kept[i] |= free && (question(&i) || answer(i));
        }
    }
}

/// Running text between two kept blocks, with nothing in itself against it: whoever keeps the facts of a card keeps what is
/// said of them.
pub(super) fn keep_prose_within(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const AGAINST: f32 = -2.0;
    const CHARS: usize = 80;
    const FEW: usize = 2;
    let prose = |i: &usize| {
        let block = &outline.blocks[*i];
        let own = || {
            outline.up(block.leaf).all(|at| {
                let element = &outline.elements[at];
                judged.shares[at] >= 0.5
                    || !element.cues.has(NEVER)
                        && !matches!(element.role, Role::Beside | Role::Figure | Role::Void)
            })
        };
        block.chars >= CHARS
            && ended(&block.text)
            && block.linked * 5 < block.chars
            && judged.phrases[*i] == 0
            && judged.odds[*i] > AGAINST
            && judged.odds[*i] <= judged.enough
            && judged.headline != Some(*i)
            && own()
    };
    for (start, end) in gaps(kept) {
        // One alone is as often a caption, or what an outlet says of its writer.
        let found: Vec<usize> = (start..end).filter(prose).collect();
        if found.len() >= FEW {
            found.into_iter().for_each(|i| kept[i] = true);
        }
    }
}
