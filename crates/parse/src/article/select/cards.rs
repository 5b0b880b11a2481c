//! Cards of one look, and the facts, labels and prices that come again and again among paragraphs.
//! Never here: lists and tables.

use std::collections::{HashMap, HashSet};

use super::super::blocks::{ElementIndex, Outline, Role};
use super::super::class_names::Cues;
use super::super::features::running;
use super::super::scoring::Judged;
use super::{ends, gaps, own};

/// Cards of one look, one under the other where the text is, that hold much of what the page has of running text: a
/// buyer's guide, a list of places. Whatever they are named, they are what the article tells of.
pub(super) fn keep_cards(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const CARDS: usize = 3;
    /// Characters of running text that a card has on average, and its share in the page's.
    const TEXT: f32 = 250.0;
    const SHARE: f32 = 0.2;
    const BESIDE: u32 = Cues::COMMENT | Cues::HIDDEN | Cues::LEGAL | Cues::MEDIA;
    let prose: Vec<f32> = outline
        .blocks
        .iter()
        .zip(&judged.phrases)
        .map(|(block, phrases)| running(block, *phrases) * block.chars as f32)
        .collect();
    let all: f32 = prose.iter().sum();
    let (Some(first), Some(last)) = ends(kept) else {
        return;
    };
    let column = outline.common(outline.blocks[first].home, outline.blocks[last].home);
    let mut groups: HashMap<(Option<ElementIndex>, u64), Vec<ElementIndex>> = HashMap::new();
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        if to > from + 1 && element.role != Role::Beside && !element.cues.has(BESIDE) {
            groups
                .entry((element.parent, element.look))
                .or_default()
                .push(at);
        }
    }
    let mut groups: Vec<Vec<ElementIndex>> = groups.into_values().collect();
    groups.sort();
    for cards in groups.iter().filter(|cards| cards.len() >= CARDS) {
        let blocks = || {
            cards
                .iter()
                .flat_map(|at| outline.elements[*at].blocks.0..outline.elements[*at].blocks.1)
        };
        let text: f32 = blocks().map(|i| prose[i]).sum();
        let had: f32 = blocks().filter(|i| kept[*i]).map(|i| prose[i]).sum();
        let linked: usize = blocks().map(|i| outline.blocks[i].linked).sum();
        let chars: usize = blocks().map(|i| outline.blocks[i].chars).sum();
        let named = outline
            .up(cards[0])
            .take_while(|at| *at != column)
            .any(|at| {
                outline.elements[at].cues.has(BESIDE) || outline.elements[at].role == Role::Beside
            });
        let inside = outline.up(cards[0]).any(|at| at == column);
        if !inside
            || named
            || text < TEXT * cards.len() as f32
            || text < SHARE * all
            || had > 0.8 * text
            || linked * 4 > chars
        {
            continue;
        }
        for i in blocks().collect::<Vec<_>>() {
            let block = &outline.blocks[i];
            let says = judged.phrases[i] != 0 || block.linked * 2 > block.chars;
            kept[i] |= !says && (prose[i] > 0.0 || judged.odds[i] > -3.5);
        }
    }
}

/// What stands between two picked blocks again and again, in the element that holds both, where none of it is named as
/// something else, leads away or has odds that speak clearly against it: the facts of cards, pros and cons, the prices of
/// plans.
pub(super) fn keep_facts_within(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const AGAINST: f32 = -2.5;
    const AGAIN: usize = 3;
    let gaps = gaps(kept);
    let looks = looks_in(outline, &gaps);
    for (start, end) in gaps {
        let around = outline.common(outline.blocks[start - 1].home, outline.blocks[end].home);
        let fact = |i: usize| {
            let block = &outline.blocks[i];
            judged.odds[i] > AGAINST
                && judged.phrases[i] == 0
                && block.linked * 3 <= block.chars
                && own(outline, i, around)
        };
        let again = (start..end).any(|i| looks[&look(outline, i)] >= AGAIN);
        // One alone is as often a caption or a line of the house.
        if end - start >= 2 && again && (start..end).all(fact) {
            kept[start..end].fill(true);
        }
    }
}

/// Of cards that stand between picked blocks again and again, what looks the same in several of them: a product's figures, what
/// is good and bad about it. Whatever their boxes are named and however little it looks like running text, a guide is not
/// whole without it. What leads elsewhere is left out.
pub(super) fn keep_card_facts(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Gaps in which it is, and how many of them stand in one.
    const AGAIN: usize = 3;
    const FACTS: usize = 4;
    const FACT: usize = 150;
    const AGAINST: f32 = -4.5;
    const BESIDE: u32 = Cues::COMMENT
        | Cues::HIDDEN
        | Cues::LEGAL
        | Cues::TOOLS
        | Cues::RELATED
        | Cues::ADVERT
        | Cues::FRAME
        | Cues::BYLINE
        | Cues::TAGS
        | Cues::WALL;
    let gaps = gaps(kept);
    let looks = looks_in(outline, &gaps);
    for (start, end) in gaps {
        let around = outline.common(outline.blocks[start - 1].home, outline.blocks[end].home);
        let own = |i: usize| {
            let mut down = outline
                .up(outline.blocks[i].leaf)
                .take_while(|at| *at != around);
            down.all(|at| {
                let element = &outline.elements[at];
                !element.cues.has(BESIDE) && !matches!(element.role, Role::Beside | Role::Void)
            })
        };
        let facts: Vec<usize> = (start..end)
            .filter(|i| judged.phrases[*i] == 0)
            .filter(|i| outline.blocks[*i].linked * 3 <= outline.blocks[*i].chars)
            .collect();
        let again = |i: &&usize| looks[&look(outline, **i)] >= AGAIN;
        let alike: Vec<usize> = facts.iter().filter(again).copied().collect();
        // Less than most of it is as often an advertisement.
        if facts.len() < FACTS || alike.len() * 3 < facts.len() * 2 {
            continue;
        }
        for i in alike {
            let short = outline.blocks[i].chars < FACT;
            kept[i] |= short && judged.odds[i] > AGAINST && own(i);
        }
    }
}

/// A block's look, in its element and in the paragraph or item it stands in.
fn look(outline: &Outline, i: usize) -> (u64, u64) {
    let block = &outline.blocks[i];
    let [leaf, home] = [block.leaf, block.home].map(|at| outline.elements[at].look);
    (leaf, home)
}

/// In how many gaps each look is found.
fn looks_in(outline: &Outline, gaps: &[(usize, usize)]) -> HashMap<(u64, u64), usize> {
    let mut looks: HashMap<(u64, u64), usize> = HashMap::new();
    for (start, end) in gaps {
        let own: HashSet<(u64, u64)> = (*start..*end).map(|i| look(outline, i)).collect();
        for look in own {
            *looks.entry(look).or_default() += 1;
        }
    }
    looks
}

/// A short line that comes again and again in the text, each time over something that is kept: `Pros`, `What it costs`.
/// Said before, and short, it looks like a part of the frame.
pub(super) fn keep_labels(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const TIMES: usize = 3;
    const LABEL: usize = 40;
    const AGAINST: f32 = -2.6;
    let label = |i: usize| {
        let block = &outline.blocks[i];
        block.chars <= LABEL && judged.phrases[i] == 0 && block.linked * 2 <= block.chars
    };
    let above = |i: usize, kept: &[bool]| {
        i + 1 < kept.len() && kept[i + 1] && kept[i.saturating_sub(4)..i].contains(&true)
    };
    let mut times: HashMap<(u64, u64), usize> = HashMap::new();
    let name = |i: usize| {
        let look = outline.elements[outline.blocks[i].leaf].look;
        (judged.words[i].whole(), look)
    };
    for i in (0..kept.len()).filter(|i| label(*i) && above(*i, kept)) {
        *times.entry(name(i)).or_default() += 1;
    }
    let Some(first) = ends(kept).0 else { return };
    let home = outline.blocks[first].home;
    for i in 0..kept.len() {
        let known = || times.get(&name(i)).is_some_and(|times| *times >= TIMES);
        if !kept[i] && label(i) && judged.odds[i] > AGAINST && above(i, kept) && known() {
            kept[i] = own(outline, i, outline.common(home, outline.blocks[i].home));
        }
    }
}
