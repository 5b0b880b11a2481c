//! Paragraphs, sections, headings, the standfirst and quoted posts that belong to the text by what stands beside them.
//! Never here: lists, tables and cards.

use std::collections::{HashMap, HashSet};

use super::super::blocks::{ElementIndex, Outline, Role};
use super::super::class_names::Cues;
use super::super::features::{ended, kind, running};
use super::super::scoring::Judged;
use super::super::words::Words;
use super::{BESIDE, LIST, NEVER, announces, between, chosen, ends, names_author, own};

/// How many blocks after the last one a quoted post still belongs to the text.
const TAIL: usize = 3;

/// A paragraph near a kept one, of the same parent and look, or right behind one, with nothing against it, is of the same text.
pub(super) fn keep_siblings(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Least log odds of a paragraph of another look right behind a kept one, and of a brief sentence.
    const CLOSING: f32 = -1.0;
    /// Characters of a brief sentence.
    const BRIEF: usize = 16;
    // Down the page and up again: what was kept just now keeps its neighbours.
    for i in (0..kept.len()).chain((0..kept.len()).rev()) {
        let block = &outline.blocks[i];
        let home = &outline.elements[block.home];
        // A sentence that names two sources is mostly links and still a sentence.
        let sentence = ended(&block.text);
        // `Length: 104 minutes.` is a fact and no sentence, and what leads elsewhere has a link.
        let brief = sentence
            && block.chars >= BRIEF
            && block.linked == 0
            && block.italic < block.chars
            && home.role != Role::Figure
            && !block.text.contains(':')
            && judged.odds[i] > CLOSING;
        if kept[i]
            || judged.odds[i] < -2.0
            || judged.phrases[i] != 0
            || block.chars < 40 && !brief
            || block.linked * 100 > block.chars * if sentence { 80 } else { 33 }
            || judged.headline == Some(i)
        {
            continue;
        }
        // A box without a name that parts neighbours is stepped over: the part behind a pay wall has one.
        let around = |at: Option<ElementIndex>| {
            let element = &outline.elements[at?];
            let plain = matches!(element.role, Role::Inline | Role::Container)
                && !element.cues.has(BESIDE & !Cues::WALL);
            element.parent.filter(|_| plain)
        };
        let beside = |j: usize| {
            let other = &outline.elements[outline.blocks[j].home];
            let holds = |inner: Option<ElementIndex>, outer| {
                let around = around(inner);
                around.is_some() && around == outer
            };
            let parted = || {
                i.abs_diff(j) == 1
                    && (holds(other.parent, home.parent) || holds(home.parent, other.parent))
            };
            // A paragraph may have a class that says nothing, as the last one often has.
            let follows = j + 1 == i
                && sentence
                && home.role == Role::Paragraph
                && other.role == Role::Paragraph
                && home.cues == Cues::default()
                && judged.odds[i] > CLOSING;
            kept[j]
                && j != i
                && (other.look == home.look || follows)
                && (other.parent == home.parent || parted())
        };
        // A list of any length may stand between a paragraph and the one after it.
        let before = (0..i).rev().take(LIST).take_while(|j| kept[*j]);
        let near = (i.saturating_sub(3)..(i + 4).min(kept.len())).chain(before);
        let found = near.into_iter().any(beside);
        kept[i] = found;
    }
}

/// Long paragraphs in a stretch between two kept blocks that is longer than a gap are of their text where the odds hardly
/// speak against them: a guide's own words between its tables, after an introduction that was easier to tell.
pub(super) fn keep_stretches(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const PARAGRAPHS: usize = 3;
    const LONG: usize = 120;
    /// Log odds below what suffices.
    const LESS: f32 = 1.0;
    let prose = |i: &usize| {
        let block = &outline.blocks[*i];
        block.chars >= LONG
            && ended(&block.text)
            && block.linked * 5 <= block.chars
            && judged.phrases[*i] == 0
            && !judged.comments[*i]
            && judged.headline != Some(*i)
            && judged.odds[*i] > judged.enough - LESS
    };
    let mut long = between(kept);
    long.retain(|(start, end)| end - start > LIST);
    for (start, end) in long {
        let found: Vec<usize> = (start..end).filter(prose).collect();
        if found.len() >= PARAGRAPHS {
            found.into_iter().for_each(|i| kept[i] = true);
        }
    }
}

/// Boxes of one look in one place, of whose running text a good part is kept, are parts of one text: its sections, the
/// topics of a page. What is running text in the others, and its headings, is kept too where the odds do not speak
/// clearly against it.
pub(super) fn keep_sections(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const BOXES: usize = 3;
    const AGAINST: f32 = -2.0;
    /// What a block's text alone says for it at least: that it is long, or ends as a sentence does.
    const RUNNING: f32 = 0.3;
    /// How often a block is looked at, on average, and boxes around it.
    const LOOKS: usize = 8;
    const DEEP: usize = 30;
    /// A heading is one of what is kept within so many blocks: a date or a name may stand between.
    const HEADS: usize = 4;
    let mut boxes: HashMap<(ElementIndex, u64), Vec<ElementIndex>> = HashMap::new();
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        let parts = matches!(element.role, Role::Container | Role::Article | Role::Item);
        if let (true, Some(parent)) = (parts && to > from + 1, element.parent) {
            boxes.entry((parent, element.look)).or_default().push(at);
        }
    }
    // What a line announces as further reading is no part of what is above it.
    let parted = |a: ElementIndex, b: ElementIndex| {
        let (end, start) = (outline.elements[a].blocks.1, outline.elements[b].blocks.0);
        let links = |i: usize| {
            let block = &outline.blocks[i];
            block.linked * 10 >= block.chars * 8 && block.chars > 0
        };
        // One whose links stand right behind it leads to no more than these.
        let mut lines = (end..start).filter(|i| announces(outline, judged, *i));
        lines.any(|i| i + 1 == start || !links(i + 1))
    };
    let groups = boxes.iter().flat_map(|((parent, _), boxes)| {
        let parts = boxes.chunk_by(|a, b| !parted(*a, *b));
        parts.map(|part| (*parent, part))
    });
    let mut groups: Vec<_> = groups.filter(|(_, boxes)| boxes.len() >= BOXES).collect();
    groups.sort_unstable();
    // Boxes stand in boxes: what is looked at again and again has an end.
    let mut looks = LOOKS * outline.blocks.len();
    for (parent, boxes) in groups {
        let spans = boxes.iter().map(|at| outline.elements[*at].blocks);
        let size: usize = spans.map(|(from, to)| to - from).sum();
        if size > looks {
            continue;
        }
        looks -= size;
        let blocks = || {
            let spans = boxes.iter().map(|at| outline.elements[*at].blocks);
            spans.flat_map(|(from, to)| from..to)
        };
        let runs = |i: usize| {
            let block = &outline.blocks[i];
            running(block, judged.phrases[i]) >= RUNNING && block.linked * 5 <= block.chars
        };
        // What the boxes are named is no reason against some of them where others, named so too, are kept.
        let named = |i: usize| -> u32 {
            let block = &outline.blocks[i];
            let way = outline.up(block.leaf).take(DEEP);
            let way = way.take_while(|at| *at != parent);
            way.fold(0, |named, at| named | outline.elements[at].cues.0)
        };
        let kept_so = blocks().filter(|i| kept[*i] && runs(*i));
        let kept_so = kept_so.fold(0, |all, i| all | named(i)) & !NEVER;
        let plain = |i: usize| {
            let block = &outline.blocks[i];
            let way = outline.up(block.leaf).take(DEEP);
            let mut way = way.take_while(|at| *at != parent);
            let role = |at: usize| outline.elements[at].role;
            judged.phrases[i] == 0
                && block.linked * 5 <= block.chars
                && named(i) & BESIDE & !kept_so == 0
                && !way.any(|at| matches!(role(at), Role::Beside | Role::Figure | Role::Void))
        };
        let prose = |i: &usize| runs(*i) && plain(*i);
        let sum = |kept: Option<&[bool]>| -> usize {
            let counted = blocks()
                .filter(prose)
                .filter(|i| kept.is_none_or(|kept| kept[*i]));
            counted.map(|i| outline.blocks[i].chars).sum()
        };
        let (all, had) = (sum(None), sum(Some(kept)));
        if all == 0 || had * 6 < all {
            continue;
        }
        for (from, to) in boxes.iter().map(|at| outline.elements[*at].blocks) {
            for i in (from..to).rev() {
                let heading = matches!(kind(outline, &outline.blocks[i]), Role::Heading(_));
                let heads = heading && plain(i) && kept[i..to.min(i + HEADS)].contains(&true);
                // What a kept paragraph stands under is known by that, not by its own looks.
                let against = if heads { 2.0 * AGAINST } else { AGAINST };
                let free = judged.odds[i] > against && judged.headline != Some(i);
                kept[i] |= free && (heads || prose(&i));
            }
        }
    }
}

/// A long paragraph, or code, right beside a kept one in the same element is of the same text, whatever it looks like, where
/// nothing names it for something else.
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
        let code = kind(outline, block) == Role::Preformatted && block.linked * 5 <= block.chars;
        let near = i.checked_sub(1).is_some_and(beside) || i + 1 < kept.len() && beside(i + 1);
        let prose = block.chars >= LONG
            && ended(&block.text)
            && block.linked * 5 <= block.chars
            && kind(outline, block) == Role::Paragraph;
        // What stands bare between two paragraphs is of their text: a formula, a line that lost its tags.
        let within = |j: usize| kept[j] && parent(j) == Some(block.home);
        let bare = || {
            kind(outline, block) == Role::Container
                && i.checked_sub(1).is_some_and(within)
                && i + 1 < kept.len()
                && within(i + 1)
                && block.linked == 0
        };
        let part = (prose || code) && near || bare();
        if !kept[i] && part && judged.odds[i] > -2.0 && judged.phrases[i] == 0 {
            let around = match prose || code {
                true => parent(i).unwrap_or(block.home),
                false => block.home,
            };
            kept[i] = judged.headline != Some(i) && own(outline, i, around);
        }
    }
}

/// What the page describes itself with, between the headline and the text, is the standfirst, whatever it stands in; so is a
/// sentence of words that the headline does not have, in what is named so, and in an article of the news a heading right
/// under the headline in its box, or what has words of the text there.
pub(super) fn keep_standfirst(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Blocks between it and the headline, and its characters.
    const NEAR: usize = 8;
    const CHARS: usize = 50;
    /// Characters of one that does not end as a sentence.
    const LONG: usize = 90;
    /// Blocks up to the one right under the headline, with a line between them, and boxes up to the one that holds both.
    const UNDER: usize = 2;
    /// Letters of a word that says something, and such words that the text has too.
    const WORD: usize = 5;
    const SAID: usize = 2;
    const DEPTH: usize = 4;
    let (Some(headline), Some(first)) = (judged.headline, ends(kept).0) else {
        return;
    };
    if first <= headline || first > headline + NEAR + LIST {
        return;
    }
    let title = &judged.words[headline].0;
    let holds = |at: ElementIndex, i: usize| {
        let (from, to) = outline.elements[at].blocks;
        (from..to).contains(&i)
    };
    // What asks for something there speaks of other things than the text does.
    let tells_of_text = |i: usize| {
        let text: HashSet<u64> = chosen(outline, kept)
            .flat_map(|i| judged.words[i].0.iter().copied())
            .collect();
        let words = outline.blocks[i].text.split(|c: char| !c.is_alphanumeric());
        let long: Vec<&str> = words
            .filter(|word| word.chars().nth(WORD - 1).is_some())
            .collect();
        let said = |word: &&&str| Words::of(word).0.iter().all(|word| text.contains(word));
        let said = long.iter().filter(said).count();
        said >= SAID && said * 5 >= long.len()
    };
    let under = |i: usize| {
        let between = (headline + 1..i).all(|i| outline.blocks[i].chars < CHARS);
        let mut up = outline.up(outline.blocks[i].leaf).take(DEPTH);
        let around = up.find(|at| holds(*at, headline));
        judged.news
            && (matches!(kind(outline, &outline.blocks[i]), Role::Heading(_)) || tells_of_text(i))
            && !names_author(judged, i)
            && i <= headline + UNDER
            && between
            && around.is_some_and(|around| own(outline, i, around))
    };
    let standfirst = (headline + 1..first.min(headline + NEAR)).find(|i| {
        let block = &outline.blocks[*i];
        let shown = !outline.up(block.leaf).any(|at| {
            let cues = outline.elements[at].cues;
            cues.has(Cues::HIDDEN | Cues::COMMENT | Cues::RELATED) && judged.shares[at] < 0.5
        });
        let words = &judged.words[*i].0;
        let said = |word: &u64| title.contains(word) || judged.title.0.contains(word);
        let new = words.iter().filter(|word| !said(word)).count();
        let named = || {
            let mut up = outline.up(block.leaf).take(3);
            up.any(|at| outline.elements[at].cues.has(Cues::LEAD))
                && (ended(&block.text) || block.chars >= LONG)
        };
        (judged.described[*i] >= 0.9 || named() || under(*i))
            && new * 3 >= words.len()
            && block.chars >= CHARS
            && block.linked * 5 < block.chars
            && judged.phrases[*i] == 0
            && shown
    });
    if let Some(i) = standfirst {
        kept[i] = true;
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

/// A heading between two picked blocks, in the same element as what follows it, is the article's; so is one over the first of
/// them that looks as others of the text do.
pub(super) fn keep_headings(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    let heading = |i: usize| matches!(kind(outline, &outline.blocks[i]), Role::Heading(_));
    let home = |i: usize| &outline.elements[outline.blocks[i].home];
    let looks: HashSet<u64> = (0..kept.len())
        .filter(|i| kept[*i] && heading(*i))
        .map(|i| home(i).look)
        .collect();
    // What stands there again and again is a label.
    let mut times: HashMap<u64, usize> = HashMap::new();
    for words in judged
        .words
        .iter()
        .zip(&outline.blocks)
        .filter(|(_, block)| block.linked == 0)
    {
        *times.entry(words.0.whole()).or_default() += 1;
    }
    let title = judged.headline.map(|i| judged.words[i].whole());
    let start = judged.headline.map_or(0, |i| i + 1);
    for i in 0..kept.len().saturating_sub(1) {
        let (block, next) = (&outline.blocks[i], &outline.blocks[i + 1]);
        // What follows may stand there without an element of its own.
        let (own, other) = (home(i).parent, home(i + 1).parent);
        let around = other.and_then(|at| outline.elements[at].parent);
        // Or in a box of its own.
        let beside = own == other || own == Some(next.home) || own.is_some() && own == around;
        let among = || kept[i.saturating_sub(3)..i].contains(&true);
        let first = || {
            i >= start
                && looks.contains(&home(i).look)
                && title != Some(judged.words[i].whole())
                && times
                    .get(&judged.words[i].whole())
                    .is_none_or(|times| *times < 2)
                && judged.phrases[i] == 0
        };
        if !kept[i]
            && kept[i + 1]
            && beside
            && judged.odds[i] > -1.7
            && block.linked * 2 < block.chars
            && heading(i)
            && (among() || first())
        {
            kept[i] = true;
        }
    }
}
