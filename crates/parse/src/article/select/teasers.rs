//! Teasers of other articles: cards of one look, each with a link for a heading.
//! Never here: single lines that lead elsewhere.

use std::collections::{HashMap, HashSet};

use super::super::blocks::{ElementIndex, Outline, Role};
use super::super::features::{is_cut_off, kind, running};
use super::super::phrases;
use super::super::scoring::Judged;
use super::{LITTLE, announces, ends, sums};

/// Cards of one look under or over the text, each a link with some lines, are teasers of other articles where the page has
/// a text of its own beside them.
pub(super) fn drop_teasers(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const CARDS: usize = 3;
    /// Blocks of a card, characters of it on average, and characters of the link that heads it.
    const BLOCKS: usize = 8;
    const CARD: usize = 350;
    const HEAD: usize = 15;
    /// Paragraphs of the text beside them: a page of cards has an introduction.
    const PARAGRAPHS: usize = 2;
    const LONG: usize = 100;
    let head = |at: ElementIndex| {
        let (from, to) = outline.elements[at].blocks;
        (from..to.min(from + 3)).find(|i| {
            let block = &outline.blocks[*i];
            block.chars > HEAD && block.linked * 10 >= block.chars * 9
        })
    };
    // What a heading of the text announces is the text's: a page that leads to its parts.
    let announced = |from: usize, kept: &[bool]| {
        let above = from.checked_sub(1).filter(|i| kept[*i]);
        above.is_some_and(|i| {
            judged.phrases[i] & phrases::MORE == 0
                && matches!(kind(outline, &outline.blocks[i]), Role::Heading(_))
        })
    };
    // A teaser's lines are cut off where the room for them ends.
    let cut = |at: ElementIndex| {
        let (from, to) = outline.elements[at].blocks;
        let mut lines = outline.blocks[from..to].iter().skip(1);
        lines.any(|block| is_cut_off(&block.text))
    };
    let mut groups: HashMap<(Option<ElementIndex>, u64), Vec<ElementIndex>> = HashMap::new();
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        if (from + 2..=from + BLOCKS).contains(&to) && element.role != Role::Paragraph {
            let group = groups.entry((element.parent, element.look));
            group.or_default().push(at);
        }
    }
    let mut groups: Vec<Vec<ElementIndex>> = groups.into_values().collect();
    groups.retain(|cards| {
        let count = cards.iter().filter(|at| head(**at).is_some()).count();
        cards.len() >= CARDS && count * 10 >= cards.len() * 8
    });
    groups.sort();
    let mut sums = sums(outline, kept);
    for cards in groups {
        let (Some(first), Some(last)) = (cards.first(), cards.last()) else {
            continue;
        };
        let (from, to) = (
            outline.elements[*first].blocks.0,
            outline.elements[*last].blocks.1,
        );
        let all: usize = outline.blocks[from..to]
            .iter()
            .map(|block| block.chars)
            .sum();
        let (before, had) = (sums[from], sums[to] - sums[from]);
        let after = sums[kept.len()] - sums[to];
        let paragraphs = |from: usize, to: usize| {
            let own = (0..from).chain(to..kept.len()).filter(|i| kept[*i]);
            let long = |i: &usize| {
                let block = &outline.blocks[*i];
                block.chars >= LONG && running(block, judged.phrases[*i]) > 0.0
            };
            own.filter(long).count()
        };
        let headline = judged.headline;
        let over = headline.is_some_and(|headline| headline >= to) && before == 0;
        let under = headline.is_none_or(|headline| headline < from) && after * 10 <= before;
        let own = before + after;
        let most_cut = cards.iter().filter(|at| cut(**at)).count() * 10 >= cards.len() * 6;
        // Items that are not cut off may be the text's own.
        if !most_cut && outline.elements[*first].role == Role::Item {
            continue;
        }
        if had > 0
            && (over || under || most_cut)
            && all <= CARD * cards.len()
            && own >= LITTLE * 3 / 2
            && own * 4 >= had
            && (most_cut || !announced(from, kept))
            && paragraphs(from, to) >= PARAGRAPHS
        {
            let headed = most_cut && announced(from, kept);
            kept[from - usize::from(headed)..to].fill(false);
            sums = super::sums(outline, kept);
        }
    }
}

/// What stands behind a line that announces more, where the text's element ended before that line and nothing behind it looks
/// like the text: the beginnings of further articles, a house's own words.
pub(super) fn drop_announced_rest(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Such lines that are looked at, and characters of the text before one.
    const LINES: usize = 20;
    const OWN: usize = 2 * LITTLE;
    let Some(first) = ends(kept).0 else { return };
    let look = |i: usize| {
        let mut up = outline
            .up(outline.blocks[i].home)
            .map(|at| outline.elements[at].look);
        [up.next(), up.next(), up.next()]
    };
    let sums = sums(outline, kept);
    let lines = (first + 1..kept.len()).filter(|i| announces(outline, judged, *i));
    for line in lines.take(LINES) {
        let (own, rest) = (sums[line], sums[kept.len()] - sums[line]);
        if rest == 0 {
            return;
        }
        let longest = (0..line).filter(|i| kept[*i]);
        let Some(longest) = longest.max_by_key(|i| outline.blocks[*i].chars) else {
            continue;
        };
        let mut up = outline.up(outline.blocks[longest].home);
        let holds = |at: &ElementIndex| {
            let (from, to) = outline.elements[*at].blocks;
            (sums[to.min(line)].saturating_sub(sums[from])) * 100 >= own * 85
        };
        let core = up.find(holds);
        let ended = core.is_some_and(|core| outline.elements[core].blocks.1 <= line);
        // A short text right under the headline is the page's own, however long its teasers are.
        let headed = judged.headline.is_some_and(|i| i < first && first <= i + 4);
        if own < OWN || own * 2 < rest && !headed || !ended {
            continue;
        }
        let looks: HashSet<_> = (0..line).filter(|i| kept[*i]).map(look).collect();
        let alike = (line..kept.len()).filter(|i| kept[*i] && looks.contains(&look(*i)));
        let alike: usize = alike.map(|i| outline.blocks[i].chars).sum();
        if alike * 5 <= rest {
            kept[line..].fill(false);
            return;
        }
    }
}
