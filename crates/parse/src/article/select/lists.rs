//! Lists and tables within the text, whose short lines look like no running text.
//! Never here: cards and their facts.

use std::collections::HashSet;

use super::super::blocks::{Block, ElementIndex, Outline, Role};
use super::super::class_names::Cues;
use super::super::features::{ended, is_item, kind};
use super::super::phrases;
use super::super::scoring::Judged;
use super::{BESIDE, LIST, chosen, ends, gaps, own, sums};

/// The items of a list, the cells of a table and the lines of code between two picked blocks are the article's
/// too, where nothing on the way down to them is named as something else and they do not mostly lead away:
/// the odds, which go by running text, drop just these, and a text that announces a list is not whole
/// without it.
pub(super) fn keep_lists_within(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Characters of the name of a piece of code.
    const NAME: usize = 60;
    for (start, end) in gaps(kept) {
        let around = outline.common(outline.blocks[start - 1].home, outline.blocks[end].home);
        let role = |i: usize| kind(outline, &outline.blocks[i]);
        let lists = |i: usize| {
            matches!(role(i), Role::Cell | Role::Preformatted)
                || is_item(outline, &outline.blocks[i])
        };
        // Lists one after the other have headings between them.
        let heads = |i: usize| matches!(role(i), Role::Heading(_));
        // An item that is a sentence leads nowhere, however it begins. A cell may be a picture's caption.
        let leads = |i: usize| {
            let block = &outline.blocks[i];
            let sentence = ended(&block.text) && block.linked * 2 <= block.chars;
            let says = match role(i) {
                Role::Cell => phrases::MORE | phrases::PHOTO,
                _ => phrases::MORE,
            };
            judged.phrases[i] & says != 0 && !sentence
        };
        // `timeline/sort.rs` over a piece of code names it.
        let names_code = |i: usize| {
            let next = outline.blocks.get(i + 1);
            let code = next.is_some_and(|next| kind(outline, next) == Role::Preformatted);
            code && outline.blocks[i].chars <= NAME && judged.phrases[i] == 0
        };
        let listed = |i: usize| {
            let listed = lists(i) || heads(i) || names_code(i);
            listed && own(outline, i, around) && !leads(i)
        };
        let items = (start..end).filter(|i| lists(*i)).count();
        let chars: usize = (start..end).map(|i| outline.blocks[i].chars).sum();
        let linked: usize = (start..end).map(|i| outline.blocks[i].linked).sum();
        // All or nothing: a run that is a list only in part is something else.
        if linked * 3 < chars && items * 2 >= end - start && (start..end).all(listed) {
            kept[start..end].fill(true);
        }
    }
}

/// The list that a line of the text announces by a colon, between two kept blocks, even where all its items are links: what
/// was changed, which sources there are; at the end where its items are sentences. (What announces other articles says so,
/// and is no part of the text.)
pub(super) fn keep_announced_lists(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Characters of a line that announces something.
    const LINE: usize = 15;
    const AGAINST: f32 = -4.0;
    /// Characters of an item at the end.
    const ITEM: usize = 40;
    let Some(last) = ends(kept).1 else { return };
    for i in 0..=last.min(kept.len().saturating_sub(2)) {
        let block = &outline.blocks[i];
        let announces = (block.chars >= LINE || i == last)
            && judged.phrases[i] == 0
            && block.text.trim_end().ends_with([':', '：']);
        if !kept[i] || !announces {
            continue;
        }
        // The list stands beside the line that announces it, or beside the box that holds nothing but this line.
        let alone = |at: &ElementIndex| outline.elements[*at].blocks == (i, i + 1);
        let line = outline.up(block.home).take_while(alone).last();
        let parent = outline.elements[line.unwrap_or(block.home)].parent;
        let mut up = outline.up(outline.blocks[i + 1].home);
        let Some(list) = up.find(|at| outline.elements[*at].parent == parent) else {
            continue;
        };
        let (from, to) = outline.elements[list].blocks;
        let item = |i: usize| {
            is_item(outline, &outline.blocks[i])
                && judged.phrases[i] & (phrases::MORE | phrases::ASK) == 0
                && judged.odds[i] > AGAINST
                && own(outline, i, list)
        };
        let sentence =
            |block: &Block| ended(&block.text) && block.chars >= ITEM && block.linked == 0;
        let closes = || i == last && outline.blocks[from..to].iter().all(sentence);
        let within = from == i + 1 && (2..=LIST).contains(&(to - from)) && (to <= last || closes());
        if within && !outline.elements[list].cues.has(BESIDE) && (from..to).all(item) {
            kept[from..to].fill(true);
        }
    }
}

/// A list of which the larger part is the article's is the article's whole: short items, and those of numbers alone, look
/// like nothing by themselves.
pub(super) fn keep_whole_lists(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    let mut lists: Vec<ElementIndex> = (0..outline.elements.len())
        .filter(|at| outline.elements[*at].role == Role::Item)
        .filter_map(|at| outline.elements[at].parent)
        .collect();
    lists.sort_unstable();
    lists.dedup();
    for list in lists {
        let (from, to) = outline.elements[list].blocks;
        let sum = |of: &dyn Fn(usize) -> usize| -> usize { (from..to).map(of).sum() };
        let all = sum(&|i| outline.blocks[i].chars);
        let had = sum(&|i| if kept[i] { outline.blocks[i].chars } else { 0 });
        let linked = sum(&|i| outline.blocks[i].linked);
        if to - from < 2 || to - from > LIST || had * 3 < all || had == all || linked * 3 > all {
            continue;
        }
        // A list that holds the headline lays out the page.
        if judged.headline.is_some_and(|i| (from..to).contains(&i)) {
            continue;
        }
        for (i, kept) in kept.iter_mut().enumerate().take(to).skip(from) {
            let block = &outline.blocks[i];
            let free = judged.phrases[i] == 0 && block.linked * 2 <= block.chars;
            *kept |= free && own(outline, i, list);
        }
    }
}

/// What a dish is made of, in a list so named that has amounts: a recipe is not whole without it, and lines of three words and a
/// number look like nothing.
pub(super) fn keep_ingredients(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Letters of a line of such a list, and lines of one.
    const LINE: usize = 120;
    const LINES: usize = 3;
    /// Names of boxes whose ingredients are of other dishes, or not shown.
    const NOT_OF_IT: u32 =
        Cues::RELATED | Cues::FRAME | Cues::COMMENT | Cues::OFFER | Cues::ADVERT | Cues::HIDDEN;
    let Some(first) = ends(kept).0 else { return };
    let start = judged.headline.map_or(first, |i| i.min(first));
    let mut said: HashSet<u64> = chosen(outline, kept)
        .map(|i| judged.words[i].whole())
        .collect();
    let held = sums(outline, kept);
    let mut seen: HashSet<ElementIndex> = HashSet::new();
    // Of a box that holds text the rest is of it as well, whatever it is named.
    let own = |at: ElementIndex| {
        let mut alone = outline.up(at).take_while(|up| {
            let (from, to) = outline.elements[*up].blocks;
            held[to] == held[from]
        });
        !alone.any(|up| {
            let element = &outline.elements[up];
            let beside = element.role == Role::Beside && !element.cues.has(Cues::INGREDIENTS);
            beside || element.cues.has(NOT_OF_IT)
        })
    };
    for (at, element) in outline.elements.iter().enumerate() {
        // Each item may be marked, and not the list.
        let at = match element.role {
            Role::Item => element.parent.unwrap_or(at),
            _ => at,
        };
        let (from, to) = outline.elements[at].blocks;
        let named = element.cues.has(Cues::INGREDIENTS);
        if !named || from <= start || to - from > LIST || !seen.insert(at) {
            continue;
        }
        let heads = |i: usize| matches!(kind(outline, &outline.blocks[i]), Role::Heading(_));
        let line = |i: &usize| {
            let block = &outline.blocks[*i];
            let free = judged.phrases[*i] == 0 && !judged.comments[*i];
            free && block.chars <= LINE
        };
        let lines: Vec<usize> = (from..to).filter(line).collect();
        let measured = lines.iter().filter(|i| {
            let text = &outline.blocks[**i].text;
            text.contains(|c: char| c.is_numeric()) && !heads(**i)
        });
        let linked = lines.iter().filter(|i| {
            let block = &outline.blocks[**i];
            block.linked * 2 > block.chars
        });
        let is_list = lines.len() >= LINES
            && measured.count() * 2 >= lines.len()
            && linked.count() * 2 <= lines.len();
        if !is_list || !own(at) {
            continue;
        }
        for i in lines {
            kept[i] |= said.insert(judged.words[i].whole());
        }
    }
}

/// A table of short cells within the text or right behind it is the article's: results, prices, who played. Cells are
/// short and full of digits, and nothing else speaks for them.
pub(super) fn keep_tables(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const CELLS: usize = 6;
    const MOST: usize = 3_000;
    /// Characters of a cell on average, and of one.
    const MEAN: usize = 60;
    const LONGEST: usize = 240;
    /// Blocks between the text and the table: its heading, a caption.
    const NEAR: usize = 4;
    const AGAINST: u32 = phrases::MORE | phrases::ASK | phrases::MACHINE;
    /// Of so many cells one may be such a line.
    const SAID: usize = 8;
    /// Boxes from the text to what holds the table too: a paragraph in an item of a list in a box.
    const STEPS: usize = 6;
    let Some(first) = ends(kept).0 else { return };
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        if element.role != Role::Table || from <= first || !(CELLS..=MOST).contains(&(to - from)) {
            continue;
        }
        let Some(before) = (first..from).rev().find(|i| kept[*i]) else {
            continue;
        };
        let blocks = &outline.blocks[from..to];
        let chars: usize = blocks.iter().map(|block| block.chars).sum();
        let linked: usize = blocks.iter().map(|block| block.linked).sum();
        // Behind another table it is that one's neighbour.
        let home = outline.blocks[before].home;
        let tables = outline
            .up(home)
            .take_while(|at| outline.elements[*at].blocks.1 <= from);
        let mut tables = tables.filter(|at| outline.elements[*at].role == Role::Table);
        let home = tables.next().unwrap_or(home);
        let around = outline.common(home, at);
        let beside = outline.up(home).take(STEPS).any(|at| at == around);
        let plain = outline.up(at).take_while(|at| *at != around).all(|at| {
            let element = &outline.elements[at];
            // A box that holds nothing but the table is there for its scroll bars.
            let beside = match element.blocks == (from, to) {
                true => BESIDE & !Cues::BOX,
                false => BESIDE,
            };
            !element.cues.has(beside) && !matches!(element.role, Role::Beside | Role::Void)
        });
        // One cell in many may begin as such lines do.
        let says = (from..to).filter(|i| judged.phrases[*i] & AGAINST != 0);
        let says = says.count() * SAID > to - from;
        // In a table of figures the names may be links: clubs, shares.
        let figures = blocks
            .iter()
            .filter(|block| !block.text.contains(char::is_alphabetic));
        let percent = if figures.count() * 5 >= blocks.len() * 2 {
            90
        } else {
            33
        };
        let fits = chars <= MEAN * blocks.len()
            && chars >= 3 * blocks.len()
            && blocks.iter().all(|block| block.chars <= LONGEST)
            && linked * 100 <= chars * percent;
        if from - before <= NEAR && beside && plain && fits && !says {
            kept[from..to].fill(true);
            let above = &outline.blocks[from - 1];
            let heading = matches!(kind(outline, above), Role::Heading(_));
            kept[from - 1] |=
                heading && above.linked * 2 < above.chars && judged.phrases[from - 1] == 0;
        }
    }
}
