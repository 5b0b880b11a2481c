//! Which blocks are the article, decided for the page as a whole.
//! Never here: what a single block's signals are worth (`signals`), the markup of what is picked (`render`).

use std::collections::{HashMap, HashSet};

use super::blocks::{ElementIndex, Outline, Role, half_letters};
use super::class_names::Cues;
use super::completeness::says_wall;
use super::features::{ended, in_comments, kind, running};
use super::phrases;
use super::scoring::Judged;
use super::words::{KnownText, Words};
use crate::{dates, lines};

/// Links alone are no paragraph of an article unless they are long enough to be one.
const LINK_LINE: usize = 250;
/// Photographers' lines are shorter than this.
const CREDIT: usize = 90;
/// Words that lines leading elsewhere have in common.
const LEAD_IN: usize = 3;
/// A list within a text that is longer than this is more likely a part of the page's frame.
const LIST: usize = 60;
/// How many blocks after the last one a quoted post still belongs to the text.
const TAIL: usize = 3;

/// A rule of the page: from what is picked to what is kept.
type Rule = fn(&Outline, &Judged, &mut [bool]);

/// The rules in their order, with the names they are measured by.
pub(super) const RULES: &[(&str, Rule)] = &[
    ("other-articles", drop_other_articles),
    ("cards", keep_cards),
    ("quoted-posts", keep_quoted_posts),
    ("link-lines", drop_link_lines),
    ("asks", drop_asks),
    ("credits", drop_credits),
    ("captions", drop_repeated_captions),
    ("said-again", drop_said_again),
    ("siblings", keep_siblings),
    ("paragraphs", keep_paragraphs),
    ("pull-quotes", drop_pull_quotes),
    ("asking-boxes", drop_asking_boxes),
    ("lists", keep_lists_within),
    ("facts", keep_facts_within),
    ("whole-lists", keep_whole_lists),
    ("tables", keep_tables),
    ("card-facts", keep_card_facts),
    ("labels", keep_labels),
    ("bold-lines", keep_bold_lines),
    ("headings", keep_headings),
    ("biographies", drop_biographies),
    ("announced-links", drop_announced_links),
    ("walls", drop_walls),
    ("notices", drop_notices),
    ("contents", drop_contents),
    ("first-lines", drop_first_lines),
    ("last-lines", drop_last_lines),
    ("last-headings", drop_last_headings),
];

/// The bits of two rules that are none of these: the part of the running text, and the structured data.
pub(super) const PART: u64 = 1 << 63;
pub(super) const COMPLETE: u64 = 1 << 62;
/// And of the one that is stronger than what the odds picked.
pub(super) const ANNOUNCED: u64 = 1 << 61;
/// Likewise.
pub(super) const TEASERS: u64 = 1 << 60;
/// Of readers' comments, which are no part of the running text.
pub(super) const COMMENTS: u64 = 1 << 59;

/// Of what the odds picked, no rule takes more than so many of a hundred characters.
const MOST: usize = 30;
/// Fewer characters than this are no article, if there is more that might be one.
const LITTLE: usize = 140;
/// Nor is this part of the page's running text, if there is more that might be it.
const SMALL_PART: f32 = 0.35;

/// Which blocks are the article's, and the rule that decided where the odds did not.
pub(super) struct Picked {
    pub kept: Vec<bool>,
    pub rules: Vec<Option<&'static str>>,
}

/// Decides for each block whether it is the article's.
pub(super) fn pick(outline: &Outline, judged: &Judged) -> Picked {
    let mut kept = over_the_odds(outline, judged);
    let mut rules = vec![None; kept.len()];
    // The headline is kept apart from the text.
    if let Some(headline) = judged.headline
        && kept.iter().filter(|kept| **kept).count() > 1
    {
        kept[headline] = false;
        rules[headline] = Some("headline");
    }
    if judged.without & ANNOUNCED == 0
        && let Some(own) = before_announced(outline, judged, &kept)
    {
        for i in (0..kept.len()).filter(|i| kept[*i] != own[*i]) {
            rules[i] = Some("announced");
        }
        kept = own;
    }
    if judged.without & TEASERS == 0
        && let Some(own) = before_teasers(outline, judged, &kept)
    {
        for i in (0..kept.len()).filter(|i| kept[*i] != own[*i]) {
            rules[i] = Some("teasers");
        }
        kept = own;
    }
    for (at, (name, rule)) in RULES.iter().enumerate() {
        if judged.without & 1 << at != 0 {
            continue;
        }
        let before = kept.clone();
        rule(outline, judged, &mut kept);
        let changed = || (0..before.len()).filter(|i| before[*i] != kept[*i]);
        let gone: usize = changed()
            .filter(|i| before[*i])
            .map(|i| outline.blocks[i].chars)
            .sum();
        if gone * 100 > size(outline, &before) * MOST {
            kept = before;
            continue;
        }
        for i in changed() {
            rules[i] = Some(*name);
        }
    }
    Picked { kept, rules }
}

fn size(outline: &Outline, kept: &[bool]) -> usize {
    chosen(outline, kept).map(|i| outline.blocks[i].chars).sum()
}

/// The blocks whose odds suffice. Where that is next to nothing, or a small part of the running text that the page
/// has, less suffices: what comes nearest on a page that is like no other.
fn over_the_odds(outline: &Outline, judged: &Judged) -> Vec<bool> {
    let over =
        |enough: f32| -> Vec<bool> { judged.odds.iter().map(|odds| *odds > enough).collect() };
    let mut kept = over(judged.enough);
    // What readers wrote under a short text is no reason to look for more of it.
    let comments = match judged.without & COMMENTS {
        0 => in_comments(outline, judged.headline),
        _ => vec![false; kept.len()],
    };
    let without: Vec<bool> = (0..kept.len()).map(|i| kept[i] && !comments[i]).collect();
    if size(outline, &without) >= LITTLE / 2 {
        kept = without;
    }
    let own = (0..kept.len()).filter(|i| !comments[*i]);
    let prose: f32 = own
        .map(|i| judged.guess[i] * outline.blocks[i].chars as f32)
        .sum();
    // With the comments only where there is nothing else: a page of questions and answers.
    for with_comments in [false, true] {
        if with_comments && size(outline, &kept) >= LITTLE / 2 {
            break;
        }
        for less in [0.75, 1.5, 2.25, 3.0] {
            let had = size(outline, &kept);
            let part = judged.without & PART == 0 && less < 2.0 && had as f32 <= SMALL_PART * prose;
            if had >= LITTLE && !part {
                break;
            }
            let mut more = over(judged.enough - less);
            for (i, more) in more.iter_mut().enumerate() {
                let block = &outline.blocks[i];
                let weak = block.linked * 2 > block.chars || judged.phrases[i] != 0;
                let weak = weak && had >= LITTLE / 2 && !kept[i];
                *more &= !weak && (with_comments || !comments[i]);
            }
            if size(outline, &more) * 2 >= had.max(60) * 3 {
                kept = more;
            }
        }
    }
    kept
}

/// A line that asks for something or leads elsewhere, in a box that is named for it; and a few words among tools.
fn drop_asks(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const NAMED: u32 = Cues::OFFER | Cues::RELATED | Cues::ADVERT | Cues::TOOLS | Cues::LEGAL;
    const SAYS: u32 = phrases::ASK | phrases::MORE | phrases::MACHINE;
    const WORDS: usize = 30;
    for (i, block) in outline.blocks.iter().enumerate() {
        let named = outline
            .up(block.leaf)
            .take_while(|at| judged.shares[*at] < 0.5)
            .fold(0, |named, at| named | outline.elements[at].cues.0);
        let says = named & NAMED != 0 && judged.phrases[i] & SAYS != 0;
        // A heading over text is no button, whatever its box is named.
        let heading = matches!(kind(outline, block), Role::Heading(_));
        let tool = named & Cues::TOOLS != 0
            && block.chars < WORDS
            && !ended(&block.text)
            && !heading
            && judged.odds[i] < 0.5;
        // `Advertisement` between two paragraphs is named by nothing but itself.
        let alone = judged.phrases[i] & (phrases::ASK | phrases::MACHINE) != 0
            && block.chars < WORDS
            && !ended(&block.text)
            && !heading
            && kind(outline, block) != Role::Item;
        if kept[i] && (says || tool || alone) {
            kept[i] = false;
        }
    }
}

/// The whole of a small box that is named for an offer and asks for something in one of its lines, or whose heading does.
fn drop_asking_boxes(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const BLOCKS: usize = 6;
    const CHARS: usize = 400;
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        let chars = || -> usize { (from..to).map(|i| outline.blocks[i].chars).sum() };
        let asks = |i: usize| judged.phrases[i] & phrases::ASK != 0;
        let headed = || {
            asks(from)
                && to > from + 1
                && matches!(kind(outline, &outline.blocks[from]), Role::Heading(_))
        };
        let named = || element.cues.has(Cues::OFFER | Cues::ADVERT) && (from..to).any(asks);
        if (1..=BLOCKS).contains(&(to.saturating_sub(from)))
            && judged.shares[at] < 0.3
            && (headed() || named())
            && chars() <= CHARS
        {
            kept[from..to].fill(false);
        }
    }
}

/// Where the odds picked only what stands behind "more of this", and the headline has a text of its own before that: this
/// text, without what is announced. A short article above long teasers of others looks like the teaser.
fn before_announced(outline: &Outline, judged: &Judged, kept: &[bool]) -> Option<Vec<bool>> {
    const OWN: f32 = 200.0;
    let headline = judged.headline?;
    let (first, _) = ends(kept);
    let prose = |i: usize| {
        let block = &outline.blocks[i];
        running(block, judged.phrases[i]) * block.chars as f32
    };
    let announces = |i: &usize| {
        let block = &outline.blocks[*i];
        judged.phrases[*i] & phrases::MORE != 0
            && block.chars < 60
            && block.linked * 2 < block.chars
    };
    let marker = (headline + 1..kept.len()).find(announces)?;
    let own: f32 = (headline + 1..marker).map(prose).sum();
    // What the odds picked begins right there, if not with the announcement itself.
    let first = first?;
    if first < marker || first > marker + 3 || own < OWN {
        return None;
    }
    let within = |i: usize| i > headline && i < marker && prose(i) > 0.0 && judged.odds[i] > -4.0;
    Some((0..kept.len()).map(within).collect())
}

/// Where the odds picked nothing but teasers, cards of one look with a link for a heading, and the headline has a text of
/// its own before them: this text. A few lines above many summaries of others look like none of them.
fn before_teasers(outline: &Outline, judged: &Judged, kept: &[bool]) -> Option<Vec<bool>> {
    const OWN: f32 = 50.0;
    let headline = judged.headline?;
    let (first, _) = ends(kept);
    if first? <= headline {
        return None;
    }
    let mut cards: HashMap<(Option<ElementIndex>, u64), usize> = HashMap::new();
    for element in &outline.elements {
        if element.blocks.0 < element.blocks.1 {
            *cards.entry((element.parent, element.look)).or_default() += 1;
        }
    }
    let prose = |i: usize| {
        let block = &outline.blocks[i];
        running(block, judged.phrases[i]) * block.chars as f32
    };
    let teaser = |i: usize| {
        (i.saturating_sub(3)..i).any(|j| {
            let link = &outline.blocks[j];
            let card = outline.common(outline.blocks[i].leaf, link.leaf);
            let element = &outline.elements[card];
            link.linked * 10 >= link.chars * 9
                && link.chars > 15
                && judged.shares[card] < 0.5
                && cards[&(element.parent, element.look)] >= 3
        })
    };
    let text = |of: &dyn Fn(usize) -> bool| -> f32 {
        chosen(outline, kept).filter(|i| of(*i)).map(prose).sum()
    };
    if text(&teaser) < 0.8 * text(&|_| true) {
        return None;
    }
    let start = chosen(outline, kept).find(|i| prose(*i) > 0.0 && teaser(*i))?;
    let around = outline.blocks[headline].home;
    let within = |i: usize| {
        let top = outline.common(around, outline.blocks[i].home);
        i > headline
            && i < start
            && prose(i) > 0.0
            && judged.odds[i] > -4.0
            && !teaser(i)
            && own(outline, i, top)
    };
    let own: Vec<bool> = (0..kept.len()).map(within).collect();
    let have: f32 = chosen(outline, &own).map(prose).sum();
    (have >= OWN).then_some(own)
}

/// Cards of one look, one under the other where the text is, that hold much of what the page has of running text: a
/// buyer's guide, a list of places. Whatever they are named, they are what the article tells of.
fn keep_cards(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
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

/// A paragraph near a kept one, of the same parent and look, with nothing against it, is of the same text.
fn keep_siblings(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
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
fn keep_paragraphs(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
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

/// A long block that says what other kept blocks say already: a text for machines, for print, for a preview.
fn drop_said_again(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const LONG: usize = 25;
    let mut runs: HashMap<u64, u32> = HashMap::new();
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

/// A quotation set apart from the text that repeats a part of it, and a beginning of it that breaks off.
fn drop_pull_quotes(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const WORDS: usize = 6;
    const LONGEST: usize = 60;
    let mut runs: HashMap<u64, usize> = HashMap::new();
    for i in chosen(outline, kept) {
        for run in judged.words[i].runs() {
            *runs.entry(run).or_default() += 1;
        }
    }
    for (i, block) in outline.blocks.iter().enumerate() {
        let words = &judged.words[i];
        let listed = matches!(
            kind(outline, block),
            Role::Heading(_) | Role::Item | Role::Cell
        );
        // The same names sign one post after the other.
        let listed = listed || posted(outline, i);
        if !kept[i] || listed || !(WORDS..=LONGEST).contains(&words.0.len()) {
            continue;
        }
        let apart = kind(outline, block) == Role::Quote
            || outline.up(block.leaf).take(4).any(|at| {
                let element = &outline.elements[at];
                judged.shares[at] < 0.5
                    && (element.cues.has(Cues::BOX)
                        || matches!(element.role, Role::Beside | Role::Quote))
            });
        let cut = block.text.trim_end().ends_with(['…']) || block.text.trim_end().ends_with("...");
        // The last run may end in the middle of a word that was cut.
        let (mut all, mut again) = (0usize, 0usize);
        for run in words.runs() {
            all += 1;
            again += usize::from(runs.get(&run).is_some_and(|count| *count > 1));
        }
        if (apart || cut) && all > 0 && again + 1 >= all && again * 2 >= all {
            kept[i] = false;
            for run in words.runs() {
                if let Some(count) = runs.get_mut(&run) {
                    *count -= 1;
                }
            }
        }
    }
}

/// An `article` within the article whose heading is a link is the beginning of another one. (Entries of live
/// blogs are articles within the article too, but their headings do not lead away.)
fn drop_other_articles(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        if element.role != Role::Article || judged.shares[at] >= 0.5 || from >= to {
            continue;
        }
        let teaser = (from..to).take(4).any(|i| {
            let block = &outline.blocks[i];
            judged.headline != Some(i)
                && block.linked * 10 >= block.chars * 9
                && matches!(kind(outline, block), Role::Heading(_))
        });
        // The page's own article may be among them, and then its headline is not to go.
        let own = judged.headline.is_some_and(|i| (from..to).contains(&i));
        let elsewhere = (0..kept.len()).any(|i| kept[i] && !(from..to).contains(&i));
        if teaser && !own && elsewhere {
            kept[from..to].fill(false);
        }
    }
}

/// A post quoted in the middle of the text is part of it, whatever its box is named.
fn keep_quoted_posts(outline: &Outline, _: &Judged, kept: &mut [bool]) {
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

/// A line that is one link leads to another article, wherever it stands; so does one that says so, and one
/// whose first words stand before a link elsewhere on the page too ("More on this | …", in any language).
/// Lists of links, headings and lines that end as sentences do are left to their odds.
fn drop_link_lines(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    let short = |i: usize| outline.blocks[i].chars < LINK_LINE;
    let linked = |i: usize, percent: usize| {
        outline.blocks[i].linked * 100 >= outline.blocks[i].chars * percent
    };
    let open = |i: usize| {
        !outline.blocks[i]
            .text
            .trim_end()
            .ends_with(['.', '…', '。', '।', '։', '؟'])
    };
    let line = |i: &usize| short(*i) && linked(*i, 30) && open(*i) && !posted(outline, *i);
    let mut first_words: HashMap<&[u64], usize> = HashMap::new();
    for i in (0..kept.len()).filter(|i| kept[*i]).filter(line) {
        if let Some(words) = judged.words[i].0.get(..LEAD_IN) {
            *first_words.entry(words).or_default() += 1;
        }
    }
    for (i, kept) in kept.iter_mut().enumerate() {
        if !*kept || !line(&i) {
            continue;
        }
        let block = &outline.blocks[i];
        let says = judged.phrases[i] & phrases::MORE != 0;
        let alike = judged.words[i]
            .0
            .get(..LEAD_IN)
            .is_some_and(|words| first_words.get(words).is_some_and(|count| *count > 1));
        let alone =
            linked(i, 90) && matches!(kind(outline, block), Role::Paragraph | Role::Container);
        let item = kind(outline, block) == Role::Item;
        if says || alone || (alike && !item) {
            *kept = false;
        }
    }
}

/// Whether a block is part of a post quoted from elsewhere.
fn posted(outline: &Outline, i: usize) -> bool {
    outline.up(outline.blocks[i].leaf).any(|at| {
        let element = &outline.elements[at];
        element.role == Role::Quote && element.cues.has(Cues::EMBED)
    })
}

/// Pictures of one series carry the same caption; the text needs it once.
fn drop_repeated_captions(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    let mut seen = HashSet::new();
    for (i, block) in outline.blocks.iter().enumerate() {
        let caption = [block.leaf, block.home]
            .iter()
            .any(|at| outline.elements[*at].cues.has(Cues::CAPTION));
        if kept[i] && caption && !seen.insert(judged.words[i].whole()) {
            kept[i] = false;
        }
    }
}

/// A short line that starts with `Photo:` names a photographer; a long one, or a sentence, may describe a photo.
fn drop_credits(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    for (i, block) in outline.blocks.iter().enumerate() {
        let bracket = block.text.trim_end().ends_with([')', '）']);
        let sentence = ended(&block.text) && !bracket;
        if judged.phrases[i] & phrases::PHOTO != 0 && block.chars < CREDIT && !sentence {
            kept[i] = false;
        }
    }
}

/// Names of what is not the article's own, within it.
const BESIDE: u32 = Cues::COMMENT
    | Cues::TOOLS
    | Cues::RELATED
    | Cues::OFFER
    | Cues::ADVERT
    | Cues::FRAME
    | Cues::BYLINE
    | Cues::CAPTION
    | Cues::TAGS
    | Cues::BOX
    | Cues::LEGAL
    | Cues::HIDDEN
    | Cues::MEDIA
    | Cues::WALL;

/// The items of a list, the cells of a table and the lines of code between two picked blocks are the article's
/// too, where nothing on the way down to them is named as something else and they do not mostly lead away:
/// engines, which look for running text, drop just these, and a text that announces a list is not whole
/// without it.
fn keep_lists_within(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    for (start, end) in gaps(kept) {
        let around = outline.common(outline.blocks[start - 1].home, outline.blocks[end].home);
        let role = |i: usize| kind(outline, &outline.blocks[i]);
        let lists = |i: usize| matches!(role(i), Role::Item | Role::Cell | Role::Preformatted);
        // Lists one after the other have headings between them.
        let heads = |i: usize| matches!(role(i), Role::Heading(_));
        let listed = |i: usize| {
            (lists(i) || heads(i))
                && own(outline, i, around)
                && judged.phrases[i] & phrases::MORE == 0
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

/// What stands between two picked blocks again and again, in the element that holds both, where none of it is named as
/// something else, leads away or has odds that speak clearly against it: the facts of cards, pros and cons, the prices of
/// plans.
fn keep_facts_within(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const AGAINST: f32 = -2.5;
    const AGAIN: usize = 3;
    let look = |i: usize| {
        let block = &outline.blocks[i];
        let [leaf, home] = [block.leaf, block.home].map(|at| outline.elements[at].look);
        (leaf, home)
    };
    let gaps = gaps(kept);
    let mut looks: HashMap<(u64, u64), usize> = HashMap::new();
    for (start, end) in &gaps {
        let own: HashSet<(u64, u64)> = (*start..*end).map(look).collect();
        for look in own {
            *looks.entry(look).or_default() += 1;
        }
    }
    for (start, end) in gaps {
        let around = outline.common(outline.blocks[start - 1].home, outline.blocks[end].home);
        let fact = |i: usize| {
            let block = &outline.blocks[i];
            judged.odds[i] > AGAINST
                && judged.phrases[i] == 0
                && block.linked * 3 <= block.chars
                && own(outline, i, around)
        };
        let again = (start..end).any(|i| looks.get(&look(i)).is_some_and(|count| *count >= AGAIN));
        // One alone is as often a caption or a line of the house.
        if end - start >= 2 && again && (start..end).all(fact) {
            kept[start..end].fill(true);
        }
    }
}

/// A list of which the larger part is the article's is the article's whole: short items, and those of numbers alone, look
/// like nothing by themselves.
fn keep_whole_lists(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
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
        for (i, kept) in kept.iter_mut().enumerate().take(to).skip(from) {
            let block = &outline.blocks[i];
            let free = judged.phrases[i] == 0 && block.linked * 2 <= block.chars;
            *kept |= free && own(outline, i, list);
        }
    }
}

/// A table of short cells within the text or right behind it is the article's: results, prices, who played. Cells are
/// short and full of digits, and nothing else speaks for them.
fn keep_tables(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const CELLS: usize = 6;
    const MOST: usize = 3_000;
    /// Characters of a cell on average, and of one.
    const MEAN: usize = 60;
    const LONGEST: usize = 240;
    /// Blocks between the text and the table: its heading, a caption.
    const NEAR: usize = 4;
    const AGAINST: u32 = phrases::MORE | phrases::ASK | phrases::MACHINE;
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
        let (home, steps) = match tables.next() {
            Some(table) => (table, 6),
            None => (home, 3),
        };
        let around = outline.common(home, at);
        let beside = outline.up(home).take(steps).any(|at| at == around);
        let plain = outline.up(at).take_while(|at| *at != around).all(|at| {
            let element = &outline.elements[at];
            !element.cues.has(BESIDE) && !matches!(element.role, Role::Beside | Role::Void)
        });
        let says = (from..to).any(|i| judged.phrases[i] & AGAINST != 0);
        let fits = chars <= MEAN * blocks.len()
            && chars >= 3 * blocks.len()
            && blocks.iter().all(|block| block.chars <= LONGEST)
            && linked * 3 <= chars;
        if from - before <= NEAR && beside && plain && fits && !says {
            kept[from..to].fill(true);
            let above = &outline.blocks[from - 1];
            let heading = matches!(kind(outline, above), Role::Heading(_));
            kept[from - 1] |=
                heading && above.linked * 2 < above.chars && judged.phrases[from - 1] == 0;
        }
    }
}

/// Of cards whose running text is the article's, what stands in each of them in the same place: their headings, pros and
/// cons. Each by itself is short and said before.
fn keep_card_facts(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const CARDS: usize = 3;
    const FACT: usize = 100;
    /// Percent of the text that they hold at least.
    const PART: usize = 20;
    let all = size(outline, kept);
    let mut groups: HashMap<(Option<ElementIndex>, u64), Vec<ElementIndex>> = HashMap::new();
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        if to > from + 1 && element.role != Role::Beside {
            let group = (element.parent, element.look);
            groups.entry(group).or_default().push(at);
        }
    }
    let mut groups: Vec<Vec<ElementIndex>> = groups.into_values().collect();
    groups.sort();
    for cards in groups.iter().filter(|cards| cards.len() >= CARDS) {
        let told = |card: &ElementIndex| {
            let (from, to) = outline.elements[*card].blocks;
            let of = |i: usize| {
                let block = &outline.blocks[i];
                running(block, judged.phrases[i]) * block.chars as f32
            };
            let all: f32 = (from..to).map(of).sum();
            let had: f32 = (from..to).filter(|i| kept[*i]).map(of).sum();
            had >= 60.0 && had >= 0.8 * all
        };
        let held = |card: &ElementIndex| -> usize {
            let (from, to) = outline.elements[*card].blocks;
            let kept = (from..to).filter(|i| kept[*i]);
            kept.map(|i| outline.blocks[i].chars).sum()
        };
        let part: usize = cards.iter().map(held).sum();
        if !cards.iter().all(told) || part * 100 < all * PART {
            continue;
        }
        let look = |i: usize| {
            let block = &outline.blocks[i];
            [block.leaf, block.home].map(|at| outline.elements[at].look)
        };
        let mut looks: HashMap<[u64; 2], HashSet<ElementIndex>> = HashMap::new();
        for card in cards {
            let (from, to) = outline.elements[*card].blocks;
            for i in from..to {
                looks.entry(look(i)).or_default().insert(*card);
            }
        }
        for card in cards {
            let (from, to) = outline.elements[*card].blocks;
            for i in from..to {
                let block = &outline.blocks[i];
                let fact = block.chars <= FACT
                    && judged.phrases[i] == 0
                    && block.linked * 2 <= block.chars
                    && looks[&look(i)].len() >= CARDS
                    && own(outline, i, *card);
                kept[i] |= fact;
            }
        }
    }
}

/// A short line that comes again and again in the text, each time over something that is kept: `Pros`, `What it costs`.
/// Said before, and short, it looks like a part of the frame.
fn keep_labels(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
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

/// A bold line that only a line break parts from what is kept is its heading or its question, if it is no line about it.
fn keep_bold_lines(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    for i in (0..kept.len().saturating_sub(1)).rev() {
        let (block, next) = (&outline.blocks[i], &outline.blocks[i + 1]);
        let says = judged.phrases[i] != 0 || judged.headline == Some(i);
        if block.tied && block.home == next.home && kept[i + 1] && !says {
            kept[i] = block.linked * 2 <= block.chars;
        }
    }
}

/// The runs of blocks between two picked ones that are no longer than a list within a text.
fn gaps(kept: &[bool]) -> Vec<(usize, usize)> {
    let mut gaps = Vec::new();
    let mut from = 0;
    while let Some(start) = (from + 1..kept.len()).find(|i| kept[i - 1] && !kept[*i]) {
        let Some(end) = (start..kept.len()).find(|i| kept[*i]) else {
            break;
        };
        if end - start <= LIST {
            gaps.push((start, end));
        }
        from = end;
    }
    gaps
}

/// Whether a block stands in an element, and nothing on the way down to it is named as something else.
fn own(outline: &Outline, i: usize, around: ElementIndex) -> bool {
    let block = &outline.blocks[i];
    let plain = |at: ElementIndex| {
        let element = &outline.elements[at];
        !element.cues.has(BESIDE)
            && !matches!(element.role, Role::Beside | Role::Figure | Role::Void)
    };
    let mut down = outline.up(block.leaf).take_while(|at| *at != around);
    down.all(plain) && outline.up(block.home).any(|at| at == around)
}

/// A heading between two picked blocks, in the same element as what follows it, is the article's.
fn keep_headings(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
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

/// A paragraph at the end that begins with the name of who wrote the article tells of them, and so does what follows it in
/// the same element.
fn drop_biographies(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Blocks and percent of the text that the end has at most.
    const BLOCKS: usize = 5;
    const PERCENT: usize = 25;
    /// Words before the name: `Our correspondent …`.
    const BEFORE: usize = 2;
    /// Characters that a paragraph has beside the name.
    const TOLD: usize = 30;
    let all = size(outline, kept);
    let tells = |i: usize| {
        let words = &judged.words[i].0;
        let names = |name: &Words| {
            let behind = words.windows(name.0.len()).take(BEFORE + 1);
            behind.into_iter().any(|run| run == name.0)
        };
        // `Nino Example: And then?` is a question of an interview.
        let beginning: String = outline.blocks[i].text.chars().take(60).collect();
        outline.blocks[i].chars > TOLD + 12
            && !beginning.contains([':', '：'])
            && judged.authors.iter().any(names)
    };
    let parent = |i: usize| outline.elements[outline.blocks[i].home].parent;
    let mut end = 0;
    let last: Vec<usize> = chosen(outline, kept).collect();
    let last = last.into_iter().rev().take(BLOCKS).take_while(|i| {
        end += outline.blocks[*i].chars;
        end * 100 <= all * PERCENT
    });
    let mut last: Vec<usize> = last.collect();
    last.reverse();
    let mut told = None;
    for i in last {
        if tells(i) {
            told = Some(parent(i));
        }
        kept[i] = told != Some(parent(i));
    }
}

/// Several links behind a line that announces other articles. One alone may be the end of a sentence.
fn drop_announced_links(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const LINE: usize = 40;
    const LINKS: usize = 2;
    let leads = |i: usize| {
        let block = &outline.blocks[i];
        block.linked * 10 >= block.chars * 8 && !posted(outline, i)
    };
    for (i, block) in outline.blocks.iter().enumerate() {
        if block.chars <= LINE && judged.phrases[i] & phrases::MORE != 0 {
            let end = (i + 1..kept.len())
                .find(|i| !leads(*i))
                .unwrap_or(kept.len());
            if end > i + LINKS {
                kept[i + 1..end].fill(false);
            }
        }
    }
}

/// What a pay wall says at the end of the part that is free.
fn drop_walls(outline: &Outline, _: &Judged, kept: &mut [bool]) {
    const LAST: usize = 4;
    const NOTICE: usize = 250;
    let mut last: Vec<usize> = chosen(outline, kept).collect();
    last.reverse();
    let mut more = last.len().saturating_sub(1);
    for i in last.into_iter().take(LAST) {
        let block = &outline.blocks[i];
        if more > 0 && block.chars < NOTICE && says_wall(&block.text) {
            kept[i] = false;
            more -= 1;
        }
    }
}

/// What a house says of itself within its texts: what it earns by links, how to get its letters. Not where the article is
/// about that.
fn drop_notices(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const NOTICE: usize = 350;
    const MOST: usize = 5;
    let found: Vec<usize> = chosen(outline, kept)
        .filter(|i| {
            outline.blocks[*i].chars < NOTICE && phrases::is_notice(&outline.blocks[*i].text)
        })
        .collect();
    let titled = judged
        .headline
        .is_some_and(|i| phrases::is_about_notices(&outline.blocks[i].text));
    if found.len() <= MOST && !titled {
        for i in found {
            kept[i] = false;
        }
    }
}

/// A table of contents: its title, and behind that what stands again on the page as a heading.
fn drop_contents(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const ENTRY: usize = 120;
    let mut later: HashMap<u64, usize> = HashMap::new();
    for (i, block) in outline.blocks.iter().enumerate() {
        if matches!(kind(outline, block), Role::Heading(_)) {
            later.insert(judged.words[i].whole(), i);
        }
    }
    for i in 0..kept.len() {
        if !phrases::is_contents(&outline.blocks[i].text) {
            continue;
        }
        kept[i] = false;
        let entry = |j: &usize| {
            let block = &outline.blocks[*j];
            let heading = later.get(&judged.words[*j].whole());
            block.chars <= ENTRY && heading.is_some_and(|heading| heading > j)
        };
        for entry in (i + 1..kept.len()).take_while(entry) {
            kept[entry] = false;
        }
    }
}

/// Lines before the text that say when and by whom it was written.
fn drop_first_lines(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const LINES: usize = 4;
    const LINE: usize = 80;
    let says = |i: usize| {
        let text = &outline.blocks[i].text;
        let dated = || {
            text.contains(|c: char| c.is_numeric())
                && lines::is_only_date(text)
                && (dates::parse(text, None).is_some()
                    || dates::parse(&format!("1 {text}"), None).is_some())
        };
        judged.phrases[i] & (phrases::BYLINE | phrases::PHOTO) != 0
            || dated()
            || is_names(&judged.words[i], &judged.authors)
    };
    // Days are the headings of a diary.
    let first: Vec<usize> = chosen(outline, kept).collect();
    let short = |i: &usize| outline.blocks[*i].chars < LINE && !ended(&outline.blocks[*i].text);
    let lines = first.iter().copied().take(LINES).take_while(short);
    let lines: Vec<usize> = lines.filter(|i| says(*i)).collect();
    let diary = || {
        first
            .iter()
            .skip(LINES)
            .filter(|i| short(i) && says(**i))
            .count()
            >= 2
    };
    if !lines.is_empty() && lines.len() < first.len() && !diary() {
        for i in lines {
            kept[i] = false;
        }
    }
}

/// Lines behind the text that say where it is from, who wrote, edited or photographed it, whose it is, and what the outlet
/// asks for.
fn drop_last_lines(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const LINES: usize = 8;
    const LINE: usize = 120;
    const NOTICE: usize = 300;
    for _ in 0..LINES {
        let (Some(first), Some(last)) = ends(kept) else {
            return;
        };
        let block = &outline.blocks[last];
        let says = judged.phrases[last] != 0
            || is_signature(&block.text)
            || is_reachable(&block.text)
            || is_names(&judged.words[last], &judged.authors);
        let longest = match judged.phrases[last] & phrases::MACHINE {
            0 => LINE,
            _ => NOTICE,
        };
        if first == last || block.chars > longest || !says {
            return;
        }
        kept[last] = false;
    }
}

/// `(dpa)`, `（見本花子）`, `AFP/TT`: who signs at the end, in brackets or in capitals.
fn is_signature(text: &str) -> bool {
    const NAME: usize = 24;
    let text = text.trim();
    let count = text.chars().count();
    let brackets = text.starts_with(['(', '（', '[', '［', '【'])
        && text.ends_with([')', '）', ']', '］', '】'])
        && text.matches(['(', '（', '[', '［', '【']).count() == 1;
    let capitals = (2..=12).contains(&count)
        && text
            .chars()
            .all(|c| c.is_uppercase() || matches!(c, '/' | '-' | ' ' | '.'));
    brackets && count <= NAME || capitals
}

/// Whether a short line has an address for mail in it: who wrote it can be reached there.
fn is_reachable(text: &str) -> bool {
    let address = |word: &str| {
        word.split_once('@')
            .is_some_and(|(name, host)| name.len() >= 2 && host.contains('.'))
    };
    text.split_whitespace().any(address) && !ended(text)
}

/// Whether a line is nothing but names of those who wrote the article.
fn is_names(words: &Words, authors: &[Words]) -> bool {
    let named = |word: &u64| authors.iter().any(|name| name.0.contains(word));
    let words = &words.0;
    (2..=8).contains(&words.len())
        && words.iter().filter(|word| named(word)).count() * 5 >= words.len() * 4
}

/// What a heading at the end announces is not there.
fn drop_last_headings(outline: &Outline, _: &Judged, kept: &mut [bool]) {
    while let (_, Some(last)) = ends(kept) {
        let heading = matches!(kind(outline, &outline.blocks[last]), Role::Heading(_));
        let alone = kept.iter().filter(|kept| **kept).count() == 1;
        if !heading || alone {
            return;
        }
        kept[last] = false;
    }
}

/// Adds what the page's structured data has of the article and the engines missed: outlets that part the
/// text by advertisements or locks put it in several boxes, and engines take the first.
///
/// Only where that text is clearly longer than what is picked and holds most of it, so that it is a fuller
/// version of the same article.
pub(super) fn complete(outline: &Outline, judged: &Judged, body: &str, kept: &mut [bool]) {
    let letters = body.chars().filter(|c| !c.is_whitespace());
    let chars = letters.map(half_letters).sum::<usize>() / 2;
    let picked: usize = chosen(outline, kept).map(|i| outline.blocks[i].chars).sum();
    if picked == 0 || chars * 10 < picked * 13 {
        return;
    }
    let vote = KnownText::of_html(body);
    let held: f32 = chosen(outline, kept)
        .map(|i| outline.blocks[i].chars as f32 * vote.covers(&judged.words[i]))
        .sum();
    if held < 0.6 * picked as f32 {
        return;
    }
    for (i, block) in outline.blocks.iter().enumerate() {
        // Short lines are in every long text.
        if !kept[i] && block.chars > 60 && block.linked * 2 < block.chars {
            kept[i] = vote.covers(&judged.words[i]) > 0.8;
        }
    }
}

fn chosen<'a>(outline: &'a Outline, kept: &'a [bool]) -> impl Iterator<Item = usize> + 'a {
    (0..outline.blocks.len()).filter(|i| kept[*i])
}

/// The first and the last picked block.
pub(super) fn ends(kept: &[bool]) -> (Option<usize>, Option<usize>) {
    (
        kept.iter().position(|kept| *kept),
        kept.iter().rposition(|kept| *kept),
    )
}

#[cfg(test)]
mod tests {
    use super::super::features::Subject;
    use super::super::scoring;
    use super::*;
    use dom_query::Document;

    /// What is short between two paragraphs is kept where the like of it stands between others too, unless a part of it is
    /// named for something else.
    #[test]
    fn facts_between_paragraphs_are_the_texts() {
        let first = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board. It has done so \
            since the spring in which the old bridge went down the river.";
        let second = "Further down the water is calm, and a smaller boat goes to and fro all day for whoever rings the bell on \
            the bank. Nobody has ever waited there for longer than it takes to smoke a pipe.";
        let between = "<p>The ferry of the lower valley is a boat that goes to and fro all day for whoever rings the bell.</p>";
        let read = |facts: &str| -> Vec<String> {
            let html = format!(
                "<body><h1>Ferries</h1><div><p>{first}</p>{facts}<p>{second}</p></div></body>"
            );
            let doc = Document::from(html);
            let outline = Outline::of(&doc);
            let subject = Subject {
                title: Words::of("Ferries"),
                ..Subject::default()
            };
            let odds = outline.blocks.iter().map(|block| match block.chars {
                60.. => 3.0,
                _ => -2.0,
            });
            let judged = scoring::judged(&outline, &subject, odds.collect(), -0.5, 0);
            let picked = pick(&outline, &judged);
            let texts = outline.blocks.iter().zip(&picked.rules);
            let facts = texts.filter(|(_, rule)| **rule == Some("facts"));
            facts.map(|(block, _)| block.text.clone()).collect()
        };
        let card = |length: &str| {
            format!("<div class=fact><div>Length</div><div>{length} metres</div></div>")
        };
        let cards = [card("21"), card("9"), card("14")];
        let kept = [
            "Length",
            "21 metres",
            "Length",
            "9 metres",
            "Length",
            "14 metres",
        ];
        let with = |more: &str| {
            let cards = cards.iter().map(|card| format!("{card}{more}"));
            read(&cards.collect::<Vec<_>>().join(between))
        };
        assert_eq!(with(""), kept);
        assert_eq!(read(&cards[0]), [""; 0]);
        assert_eq!(
            with("<div class=share-tools><div>Copy</div></div>"),
            [""; 0]
        );
        assert_eq!(with("<div><a href=/other>Another ferry</a></div>"), [""; 0]);
    }

    /// Who wrote it is told at the end, and is not the text; what the writer asks in an interview is.
    #[test]
    fn a_biography_at_the_end_is_not_the_text() {
        let text = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board. It has done so \
            since the spring in which the old bridge went down the river.";
        let read = |last: &str| -> bool {
            let html = format!(
                "<body><h1>Ferries</h1><div>{}<p>{last}</p></div></body>",
                format!("<p>{text}</p>").repeat(5)
            );
            let doc = Document::from(html);
            let outline = Outline::of(&doc);
            let subject = Subject {
                title: Words::of("Ferries"),
                authors: vec![Words::of("Nino Example")],
                ..Subject::default()
            };
            let odds = vec![3.0; outline.blocks.len()];
            let judged = scoring::judged(&outline, &subject, odds, -0.5, 0);
            let picked = pick(&outline, &judged);
            picked.kept[picked.kept.len() - 1]
        };
        let told = "writes about rivers and lives on a boat with two dogs and a cat.";
        assert!(!read(&format!("Nino Example {told}")));
        assert!(!read(&format!("Our correspondent Nino Example {told}")));
        assert!(read(&format!("Levan Sample {told}")));
        assert!(read(&format!("Nino Example: Who {told}")));
        assert!(read(&format!(
            "The council says that one more person, Nino Example, {told}"
        )));
    }

    /// A short text above long teasers of others is the article, even where the odds picked the teasers alone.
    #[test]
    fn what_is_announced_as_further_is_not_the_text() {
        let post = |text: &str| format!("<div><div>Share Save Print</div><p>{text}</p></div>");
        let own = "Whoever waits for the ferry learns to look at the water. My grandmother waited there for forty years, and \
            she knew by the colour of the river on which day the flood would come and which of the boats would not. She never \
            told anybody how she knew it, and when she was asked, she said that the water had told her.";
        let others = ["One more of these.", "And another one."].map(|text| post(&text.repeat(20)));
        let html = format!(
            "<body><h1>On waiting</h1>{}<h3>You may also like</h3>{}</body>",
            post(own),
            others.concat()
        );
        let doc = Document::from(html);
        let outline = Outline::of(&doc);
        let subject = Subject {
            title: Words::of("On waiting"),
            ..Subject::default()
        };
        let mut announced = false;
        let odds = outline.blocks.iter().map(|block| {
            announced |= block.text.starts_with("You may");
            if announced && block.chars > 100 {
                2.0
            } else {
                -1.5
            }
        });
        let judged = scoring::judged(&outline, &subject, odds.collect(), -0.5, 0);
        let picked = pick(&outline, &judged);
        let texts = outline.blocks.iter().zip(&picked.kept);
        let texts: Vec<&str> = texts
            .filter(|(_, kept)| **kept)
            .map(|(block, _)| block.text.as_str())
            .collect();
        assert_eq!(texts, [own]);
    }
}
