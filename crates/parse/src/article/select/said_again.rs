//! What the text says twice or of its pictures: previews, pull quotes, captions.
//! Never here: what other pages of the outlet repeat (`boilerplate`).

use std::cell::LazyCell;

use super::super::blocks::{CAPTION_DEPTH, Element, Outline, Role};
use super::super::class_names::Cues;
use super::super::features::{ended, is_cut_off, kind};
use super::super::phrases;
use super::super::scoring::Judged;
use super::super::words::{Map, Set, Words};
use super::{alike, chosen, ends, posted, size};

/// A long block that says what other kept blocks say already: a text for machines, for print, for a preview.
pub(super) fn drop_said_again(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const LONG: usize = 25;
    let mut runs: Map<u32> = Map::default();
    for i in chosen(outline, kept) {
        for run in judged.words[i].runs() {
            *runs.entry(run).or_default() += 1;
        }
    }
    let mut order: Vec<usize> = chosen(outline, kept)
        .filter(|i| judged.words[*i].0.len() >= LONG)
        .collect();
    // The longest first: it is the one that holds the others.
    order.sort_by_key(|i| std::cmp::Reverse((judged.words[*i].0.len(), *i)));
    for i in order {
        let (mut all, mut again) = (0u32, 0u32);
        for run in judged.words[i].runs() {
            all += 1;
            again += u32::from(runs.get(&run).is_some_and(|count| *count > 1));
        }
        if again * 100 >= all * 95 {
            kept[i] = false;
            for run in judged.words[i].runs() {
                if let Some(count) = runs.get_mut(&run) {
                    *count -= 1;
                }
            }
        }
    }
}

/// Blocks one after the other that stand so before on the page: a text that is there once for each width of the window, the
/// back of a card. One alone may be what a text says twice.
pub(super) fn drop_runs_again(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Words of what is dropped: right behind the first, and further down.
    const WORDS: usize = 12;
    const APART: usize = 25;
    /// Places of the same beginning that are looked at.
    const PLACES: usize = 8;
    let names: Vec<u64> = judged.words.iter().map(Words::whole).collect();
    let unseen = outline.unseen();
    let mut before: Map<Vec<usize>> = Map::default();
    let mut at = 0;
    while at < outline.blocks.len() {
        let length = |from: &usize| {
            let same = (0..).take_while(|step| {
                let (one, other) = (from + step, at + step);
                one < at && other < names.len() && names[one] == names[other]
            });
            (same.count(), *from)
        };
        let starts = before.get(&names[at]).into_iter().flatten();
        let (run, from) = starts.take(PLACES).map(length).max().unwrap_or_default();
        let again = (0..run).filter(|step| kept[from + step] && kept[at + step]);
        // Of two copies for two kinds of screen the one that is not shown goes.
        if run > 0 && unseen[from] && !unseen[at] {
            for step in again.collect::<Vec<_>>() {
                kept[from + step] = false;
            }
            at += run;
            continue;
        }
        let again: Vec<usize> = again.map(|step| at + step).collect();
        let words: usize = again.iter().map(|i| judged.words[*i].0.len()).sum();
        let beside = from + run == at;
        if run > 1 && words >= if beside { WORDS } else { APART } {
            for i in again {
                kept[i] = false;
            }
            at += run;
            continue;
        }
        before.entry(names[at]).or_default().push(at);
        at += 1;
    }
}

/// A quotation set apart from the text that repeats a part of it, and a beginning of it that breaks off.
pub(super) fn drop_pull_quotes(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Words of one, and of one that is named so.
    const WORDS: usize = 6;
    const NAMED: usize = 4;
    const LONGEST: usize = 60;
    /// Words of one in a box that says nothing of it, and such boxes.
    const BOXED: usize = 8;
    const BOXES: usize = 3;
    /// Of those that are set apart, so many are compared with the text word by word.
    const LOOKS: usize = 30;
    /// Boxes around one, and the share of the text from which a box is the text's.
    const DEEP: usize = 4;
    const MOST_OF_TEXT: f32 = 0.5;
    let mut looks = 0;
    let mut runs: Map<usize> = Map::default();
    for i in chosen(outline, kept) {
        for run in judged.words[i].runs() {
            *runs.entry(run).or_default() += 1;
        }
    }
    let alike = LazyCell::new(|| alike(outline));
    let (first, _) = ends(kept);
    for (i, block) in outline.blocks.iter().enumerate() {
        let words = &judged.words[i];
        let listed = matches!(
            kind(outline, block),
            Role::Heading(_) | Role::Item | Role::Cell
        );
        // The same names sign one post after the other.
        let listed = listed || posted(outline, i);
        if !kept[i] || listed {
            continue;
        }
        let around = outline.up(block.leaf).take(DEEP);
        let around = around.filter(|at| judged.shares[*at] < MOST_OF_TEXT);
        let around: Vec<&Element> = around.map(|at| &outline.elements[at]).collect();
        let named = around
            .iter()
            .any(|element| element.cues.has(Cues::PULL_QUOTE));
        let least = if named { NAMED } else { WORDS };
        if !(least..=LONGEST).contains(&words.0.len()) {
            continue;
        }
        let apart = kind(outline, block) == Role::Quote
            || around.iter().any(|element| {
                element.cues.has(Cues::BOX) || matches!(element.role, Role::Beside | Role::Quote)
            });
        let cut = is_cut_off(&block.text);
        let leads = around.iter().any(|element| element.cues.has(Cues::LEAD));
        let leads = leads || judged.described[i] >= 0.5;
        // In a box of its own, of which there are few, whatever that is named.
        let boxed = || {
            let around = outline.elements[block.home].parent;
            let around = around.map(|at| &outline.elements[at]);
            words.0.len() >= BOXED
                && !(Some(i) == first && leads)
                && ended(&block.text)
                && around.is_some_and(|around| {
                    around.blocks == (i, i + 1) && alike[&(around.parent, around.look)] <= BOXES
                })
        };
        // The last run may end in the middle of a word that was cut.
        let (mut all, mut again) = (0usize, 0usize);
        for run in words.runs() {
            all += 1;
            again += usize::from(runs.get(&run).is_some_and(|count| *count > 1));
        }
        // One that is named so may leave out some words of what it repeats.
        let mut shortened = || {
            let quoted = kind(outline, block) == Role::Quote
                || around.iter().any(|element| element.role == Role::Quote);
            let set_apart = named || quoted || quoted_aside(&around);
            // Each is compared with all of the text.
            looks += usize::from(set_apart);
            set_apart
                && looks <= LOOKS
                && words.0.len() >= WORDS
                && is_shortened(outline, judged, kept, i)
        };
        let again = again + 1 >= all && again * 2 >= all;
        let said = || is_said_elsewhere(outline, judged, kept, i);
        if all > 0 && again && (apart || cut || boxed() && said()) || shortened() {
            kept[i] = false;
            drop_speakers(outline, i, kept);
            for run in words.runs() {
                if let Some(count) = runs.get_mut(&run) {
                    *count -= 1;
                }
            }
        }
    }
}

/// Whether another block that is kept has all words of this one, in their order: before it, or later and not as what somebody
/// said. What a text quotes later may be its own: a theorem, a line of a letter.
fn is_said_elsewhere(outline: &Outline, judged: &Judged, kept: &[bool], again: usize) -> bool {
    const QUOTES: [char; 6] = ['“', '"', '«', '„', '‘', '「'];
    let words = &judged.words[again].0;
    let quotes = |i: usize| i > again && outline.blocks[i].text.contains(QUOTES);
    chosen(outline, kept).any(|i| {
        let other = &judged.words[i].0;
        i != again && !quotes(i) && other.windows(words.len()).any(|run| run == words)
    })
}

/// Who said what was dropped: the short line behind a quotation in its element, if nothing else of it is left.
fn drop_speakers(outline: &Outline, quotation: usize, kept: &mut [bool]) {
    const BLOCKS: usize = 4;
    const NAME: usize = 80;
    let mut up = outline.up(outline.blocks[quotation].leaf);
    let around = up.find(|at| {
        let element = &outline.elements[*at];
        element.role == Role::Quote || element.cues.has(Cues::PULL_QUOTE)
    });
    let Some((from, to)) = around.map(|at| outline.elements[at].blocks) else {
        return;
    };
    let left: Vec<usize> = (from..to).filter(|i| kept[*i]).collect();
    if let ([speaker], true) = (left.as_slice(), to - from <= BLOCKS) {
        let block = &outline.blocks[*speaker];
        let name = block.chars <= NAME && !ended(&block.text);
        kept[*speaker] &= *speaker < quotation || !name;
    }
}

/// Whether an element around a quotation is beside the text by its own meaning.
fn quoted_aside(around: &[&Element]) -> bool {
    around.iter().any(|element| element.role == Role::Beside)
}

/// Whether the words of a block stand in another one in their order, with a few between them.
fn is_shortened(outline: &Outline, judged: &Judged, kept: &[bool], quote: usize) -> bool {
    /// Words that are left out.
    const LEFT_OUT: usize = 8;
    let words = &judged.words[quote].0;
    let Some((first, rest)) = words.split_first() else {
        return false;
    };
    let stands_in = |i: usize| {
        let text = &judged.words[i].0;
        let mut starts = (0..text.len()).filter(|at| text[*at] == *first);
        starts.any(|start| {
            let end = text.len().min(start + words.len() + LEFT_OUT);
            let mut window = text[start + 1..end].iter();
            rest.iter().all(|word| window.any(|other| other == word))
        })
    };
    chosen(outline, kept)
        .any(|i| i != quote && judged.words[i].0.len() >= words.len() && stands_in(i))
}

/// Where little but captions is left of a page, and these are sentences under many pictures, they are the text: a story told in
/// photographs.
pub(super) fn keep_told_pictures(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Captions, and characters of each.
    const PICTURES: usize = 5;
    const CHARS: usize = 60;
    /// Characters of the text beside them, which is shorter than they are.
    const BESIDE_THEM: usize = 1_500;
    const NOT_SHOWN: u32 = Cues::HIDDEN | Cues::COMMENT | Cues::RELATED | Cues::ADVERT;
    let Some(first) = ends(kept).0 else { return };
    let all = size(outline, kept);
    let caption = |i: &usize| {
        let block = &outline.blocks[*i];
        // The photographer may stand behind the sentence.
        let sentence = ended(&block.text) || block.text.contains(". ");
        let told = block.chars >= CHARS && sentence && block.linked * 2 < block.chars;
        let mut cues = outline
            .up(block.leaf)
            .take_while(|at| judged.shares[*at] < 0.5)
            .map(|at| outline.elements[at].cues);
        // A card with a title of its own is none.
        let heads = |i: usize| matches!(kind(outline, &outline.blocks[i]), Role::Heading(_));
        let named = || {
            let mut near = outline.up(block.leaf).take(CAPTION_DEPTH);
            near.any(|at| {
                let element = &outline.elements[at];
                let (from, to) = element.blocks;
                element.cues.has(Cues::CAPTION) && to - from <= 2 && !(from..to).any(heads)
            })
        };
        told && judged.phrases[*i] & !phrases::PHOTO == 0
            && named()
            && !cues.any(|cues| cues.has(NOT_SHOWN))
    };
    let mut looks: Map<Vec<usize>> = Map::default();
    for i in (first + 1..kept.len()).filter(caption) {
        let home = &outline.elements[outline.blocks[i].home];
        looks.entry(home.look).or_default().push(i);
    }
    for captions in looks.into_values() {
        let chars = |i: &usize| outline.blocks[*i].chars;
        let whole: usize = captions.iter().map(chars).sum();
        let had: usize = captions.iter().filter(|i| kept[**i]).map(chars).sum();
        let text = all - had;
        if captions.len() >= PICTURES && text <= BESIDE_THEM && whole >= text {
            for i in captions {
                kept[i] = true;
            }
        }
    }
}

/// Pictures of one series carry the same caption; the text needs it once.
pub(super) fn drop_repeated_captions(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    let mut seen = Set::default();
    for (i, block) in outline.blocks.iter().enumerate() {
        let caption = [block.leaf, block.home]
            .iter()
            .any(|at| outline.elements[*at].cues.has(Cues::CAPTION));
        if kept[i] && caption && !seen.insert(judged.words[i].whole()) {
            kept[i] = false;
        }
    }
}

/// What is named a caption, or stands in a figure by itself, is said of a picture, unless the text is told in captions.
pub(super) fn drop_named_captions(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const CHARS: usize = 300;
    /// Percent of the text that captions are at most.
    const PERCENT: usize = 25;
    let named = |i: &usize| {
        let block = &outline.blocks[*i];
        let up = outline.up(block.leaf).take(CAPTION_DEPTH);
        let mut up = up.take_while(|at| judged.shares[*at] < 0.3);
        let role = kind(outline, block);
        if matches!(role, Role::Heading(_) | Role::Preformatted | Role::Cell) {
            return false;
        }
        let figure = outline.elements[block.home].role == Role::Figure;
        block.chars <= CHARS
            && (figure || up.any(|at| outline.elements[at].cues.has(Cues::CAPTION)))
    };
    let captions: Vec<usize> = chosen(outline, kept).filter(named).collect();
    let chars: usize = captions.iter().map(|i| outline.blocks[*i].chars).sum();
    if chars * 100 <= size(outline, kept) * PERCENT {
        for i in captions {
            kept[i] = false;
        }
    }
}
