//! What leads to other pages or asks for something.
//! Never here: lines about the article itself.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use super::super::blocks::{Block, ElementIndex, Outline, Role};
use super::super::class_names::Cues;
use super::super::completeness::says_wall;
use super::super::features::{ended, is_item, kind, running};
use super::super::phrases;
use super::super::scoring::Judged;
use super::super::words::Words;
use super::{alike, announces, chosen, ends, posted};
use crate::{dates, lines};

/// Words that lines leading elsewhere have in common.
const LEAD_IN: usize = 3;

/// Links alone are no paragraph of an article unless they are long enough to be one.
const LINK_LINE: usize = 250;

/// A line that asks for something or leads elsewhere, in a box that is named for it; and a few words among tools.
pub(super) fn drop_asks(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const NAMED: u32 = Cues::OFFER | Cues::RELATED | Cues::ADVERT | Cues::TOOLS | Cues::LEGAL;
    const SAYS: u32 = phrases::ASK | phrases::MORE | phrases::MACHINE;
    const WORDS: usize = 30;
    /// Signs that point at a link, and characters of a line that does.
    const POINTERS: [char; 8] = ['👉', '👇', '➡', '►', '▶', '➤', '☞', '🔗'];
    const POINTED: usize = 160;
    for (i, block) in outline.blocks.iter().enumerate() {
        let named = outline
            .up(block.leaf)
            .take_while(|at| judged.shares[*at] < 0.5)
            .fold(0, |named, at| named | outline.elements[at].cues.0);
        let says = named & NAMED != 0 && judged.phrases[i] & SAYS != 0;
        // A heading over text is not a button, whatever the class of its box says.
        let heading = matches!(kind(outline, block), Role::Heading(_));
        let tool = named & Cues::TOOLS != 0
            && block.chars < WORDS
            && !ended(&block.text)
            && !heading
            && judged.odds[i] < 0.5;
        // `Advertisement` between two paragraphs is named by nothing but itself; `Read on below ...` ends as no sentence does.
        let goes_on = ["...", "…"]
            .iter()
            .any(|dots| block.text.trim_end().ends_with(dots));
        let open = goes_on && !block.text.contains(',') || !ended(&block.text);
        let alone = judged.phrases[i] & (phrases::ASK | phrases::MACHINE) != 0
            && block.chars < WORDS
            && open
            && !heading
            && !is_item(outline, block);
        // `👉 Compare the ferries with our tool`.
        let points = block.text.starts_with(POINTERS)
            && block.linked > 0
            && block.chars <= POINTED
            && !is_item(outline, block);
        let advert = phrases::is_advertisement(&block.text);
        if kept[i] && (says || tool || alone || points || advert) {
            kept[i] = false;
        }
    }
    drop_asked_lists(outline, judged, kept);
    drop_series(outline, kept);
}

/// A line that says which part of a series the article is, and the list of its parts behind it.
fn drop_series(outline: &Outline, kept: &mut [bool]) {
    const PARTS: usize = 20;
    let end = ends(kept).1.map_or(0, |last| last + 1);
    for i in 0..end {
        if !phrases::tells_series(&outline.blocks[i].text) {
            continue;
        }
        let list = outline.blocks.get(i + 1).and_then(|next| {
            let item = outline
                .up(next.home)
                .find(|at| outline.elements[*at].role == Role::Item)?;
            outline.elements[item].parent
        });
        kept[i] = false;
        let Some((from, to)) = list.map(|list| outline.elements[list].blocks) else {
            continue;
        };
        let led = outline.blocks[from..to]
            .iter()
            .any(|block| block.linked > 0);
        if from == i + 1 && to <= end && to - from <= PARTS && led {
            kept[from..to].fill(false);
        }
    }
}

/// The list behind a line that asks for something and ends in a colon: what one would get for it.
fn drop_asked_lists(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const ITEMS: usize = 12;
    for i in 0..kept.len() {
        let block = &outline.blocks[i];
        let asks = judged.phrases[i] & phrases::ASK != 0;
        if !asks || !block.text.trim_end().ends_with([':', '：']) {
            continue;
        }
        let items = (i + 1..kept.len()).take_while(|i| is_item(outline, &outline.blocks[*i]));
        let items: Vec<usize> = items.take(ITEMS + 1).collect();
        if items.len() <= ITEMS {
            kept[i] = false;
            for item in items {
                kept[item] = false;
            }
        }
    }
}

/// Drops a small box that is named for newsletters, adverts or a pay wall, or for an offer and has a line that asks for
/// something, or whose heading asks, or that is named for other articles and leads there.
pub(super) fn drop_asking_boxes(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const BLOCKS: usize = 6;
    const CHARS: usize = 400;
    /// Blocks and characters of one that says nothing of what it is for.
    const FEW: usize = 4;
    const SHORT: usize = 250;
    /// Boxes of links of one look within a text.
    const BOXES: usize = 3;
    /// Characters of what a pay wall asks for.
    const WALL: usize = 800;
    /// Blocks and characters of a summary.
    const SUMMARY: usize = 10;
    const SUMMED_UP: usize = 900;
    let first = ends(kept).0.unwrap_or_default();
    let headline = judged.headline.map(|i| &outline.blocks[i].text);
    let about = headline.is_some_and(|title| phrases::is_about_notices(title));
    // Cards side by side may be what the page is about.
    let alike = LazyCell::new(|| alike(outline));
    for (at, element) in outline.elements.iter().enumerate() {
        let (from, to) = element.blocks;
        let chars = || -> usize { (from..to).map(|i| outline.blocks[i].chars).sum() };
        let asks = |i: usize| judged.phrases[i] & phrases::ASK != 0;
        let headed = || {
            let heading = || matches!(kind(outline, &outline.blocks[from]), Role::Heading(_));
            let sponsored = || phrases::is_before_sponsor(&outline.blocks[from].text);
            let letters = || from > first && phrases::heads_letters(&outline.blocks[from].text);
            let wall = || (from..to).any(|i| says_wall(&outline.blocks[i].text));
            let asks = || asks(from) || !about && letters() || wall();
            to > from + 1 && to <= from + BLOCKS && (heading() && asks() || sponsored())
        };
        let offers = |i: usize| asks(i) || phrases::is_notice(&outline.blocks[i].text);
        let named = || element.cues.has(Cues::OFFER | Cues::ADVERT) && (from..to).any(offers);
        // A vote of the readers: its question, what one may choose, and that one has to log in.
        let polls = || {
            let mut lines = outline.blocks[from..to].iter();
            to > from + 1 && lines.any(|block| phrases::is_of_poll(&block.text))
        };
        // What a machine made of the text, which is all there: a line says so beside some points, or first or last in a box that is
        // named for what it is.
        let summed_up = || {
            let says = |i: usize| phrases::tells_of_machine_summary(&outline.blocks[i].text);
            let points = || {
                let item = |block: &&Block| is_item(outline, block);
                outline.blocks[from..to].iter().filter(item).count() >= 2 && (from..to).any(says)
            };
            let named = element.cues.has(Cues::LEAD | Cues::BOX | Cues::HIDDEN);
            (from + 2..=from + SUMMARY).contains(&to)
                && (named && (says(to - 1) || says(from)) || points())
        };
        // What a text begins with is no box in it.
        let newsletter = || element.cues.has(Cues::NEWSLETTER) && from > first;
        let apart = || {
            let few = to - from <= FEW && chars() <= SHORT && from > first;
            let like_text = |i: usize| judged.odds[i] > 1.0;
            let advert = element.cues.has(Cues::ADVERT) && !(from..to).any(like_text);
            few && (advert || element.cues.has(Cues::WALL))
        };
        let leads = || {
            let linked: usize = (from..to).map(|i| outline.blocks[i].linked).sum();
            let last = outline.blocks[..to].last();
            // A title over `Read on`.
            let more = to == from + 2
                && judged.phrases[to - 1] & phrases::MORE != 0
                && last.is_some_and(|last| last.linked * 10 >= last.chars * 9);
            // Links between lines that are no sentences.
            let all_links = || {
                let blocks = &outline.blocks[from..to];
                blocks.iter().any(leads_with_day) && !blocks.iter().any(|block| ended(&block.text))
            };
            element.cues.has(Cues::RELATED)
                && from > first
                && (linked * 2 >= chars() || more || all_links())
                && alike[&(element.parent, element.look)] <= BOXES
        };
        if judged.shares[at] < 0.3 && summed_up() && chars() <= SUMMED_UP {
            kept[from..to].fill(false);
        }
        // What a pay wall asks for may be long.
        let wall = || element.cues.has(Cues::WALL) && from > first && (from..to).any(offers);
        if (1..=BLOCKS).contains(&(to.saturating_sub(from)))
            && judged.shares[at] < 0.3
            && wall()
            && chars() <= WALL
        {
            kept[from..to].fill(false);
        }
        if (1..=BLOCKS).contains(&(to.saturating_sub(from)))
            && judged.shares[at] < 0.3
            && (headed() || named() || newsletter() || apart() || leads() || polls())
            && chars() <= CHARS
        {
            kept[from..to].fill(false);
        }
    }
}

/// Where the odds picked only what stands behind "more of this", and the headline has a text of its own before that: this
/// text, without what is announced. A short article above long teasers of others looks like the teaser.
pub(super) fn before_announced(
    outline: &Outline,
    judged: &Judged,
    kept: &[bool],
) -> Option<Vec<bool>> {
    const OWN: f32 = 200.0;
    let headline = judged.headline?;
    let (first, _) = ends(kept);
    let prose = |i: usize| {
        let block = &outline.blocks[i];
        running(block, judged.phrases[i]) * block.chars as f32
    };
    let marker = (headline + 1..kept.len()).find(|i| announces(outline, judged, *i))?;
    let own: f32 = (headline + 1..marker).map(prose).sum();
    // What the odds picked begins right there, if not with the announcement itself.
    let first = first?;
    if first < marker || first > marker + 3 || own < OWN {
        return None;
    }
    let within = |i: usize| i > headline && i < marker && prose(i) > 0.0 && judged.odds[i] > -4.0;
    Some((0..kept.len()).map(within).collect())
}

/// A line that is one link leads to another article, wherever it stands; so does one that says so, and one
/// whose first words stand before a link elsewhere on the page too ("More on this | …", in any language).
/// Lists of links, headings and lines that end as sentences do are left to their odds.
pub(super) fn drop_link_lines(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Characters of a title beside a day.
    const TITLE: usize = 20;
    let short = |i: usize| outline.blocks[i].chars < LINK_LINE;
    let linked = |i: usize, percent: usize| {
        let block = &outline.blocks[i];
        // `Home | News | Sport`: what parts links is none of the line's words.
        let separators = || {
            let words = block.text.split(' ');
            let parts = |word: &&str| {
                matches!(
                    *word,
                    "|" | "/" | "·" | "•" | ">" | "›" | "»" | "[" | "]" | "]["
                )
            };
            words.filter(parts).count()
        };
        let enough = |chars: usize| block.linked * 100 >= chars * percent;
        // `Why our heaths need grazing 02 Feb 2017`: nor is the day behind the link.
        let parted = || enough(block.chars.saturating_sub(separators()));
        enough(block.chars)
            || block.linked > 0 && parted()
            || block.linked >= TITLE && leads_with_day(block)
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
    let mut looks: HashMap<u64, usize> = HashMap::new();
    for i in chosen(outline, kept) {
        *looks
            .entry(outline.elements[outline.blocks[i].home].look)
            .or_default() += 1;
    }
    for (i, kept) in kept.iter_mut().enumerate() {
        let block = &outline.blocks[i];
        // `More: They planted a prairie on a roof`
        let labelled = is_labelled_link(block) && !is_item(outline, block);
        if *kept && labelled && !posted(outline, i) {
            *kept = false;
        }
        if !*kept || !line(&i) {
            continue;
        }
        let says = judged.phrases[i] & phrases::MORE != 0;
        let alike = judged.words[i]
            .0
            .get(..LEAD_IN)
            .is_some_and(|words| first_words.get(words).is_some_and(|count| *count > 1));
        let item = is_item(outline, block);
        let part = match kind(outline, block) {
            Role::Paragraph | Role::Container => true,
            Role::Cell => lays_out(outline, block.home),
            _ => false,
        };
        let alone = linked(i, 90) && part && !item;
        // One link or a few between paragraphs lead to other articles, though they are a list, if nothing speaks of them before.
        let led_to = |i: usize| {
            i.checked_sub(1).is_some_and(|before| {
                let before = &outline.blocks[before];
                let heading = matches!(kind(outline, before), Role::Heading(_));
                heading || before.text.trim_end().ends_with([':', '：'])
            })
        };
        let titles = || first_of_titles(outline, i).is_some_and(|first| !led_to(first));
        let alone = alone || item && linked(i, 90) && titles();
        let tags = block.linked * 2 > block.chars && phrases::is_before_tags(&block.text);
        let heads = linked(i, 90) && heads_elsewhere(outline, &looks, i);
        if says || alone || (alike && !item) || heads || tags {
            *kept = false;
        }
    }
}

/// Whether a line is a bold label with a colon and a link as long as a title, and nothing else.
fn is_labelled_link(block: &Block) -> bool {
    const TITLE: usize = 25;
    let label = block.text.split_once([':', '：']).map(|(label, _)| label);
    let label = label.map(|label| label.chars().filter(|c| !c.is_whitespace()).count() + 1);
    block.linked >= TITLE
        && label.is_some_and(|label| {
            block.bold == label && label < block.linked && block.linked + label == block.chars
        })
}

/// Whether a line is a link but for a day behind it.
fn leads_with_day(block: &Block) -> bool {
    block.linked * 10 >= block.chars * 9
        || block.linked * 2 > block.chars
            && block.linked * 10 >= block.chars.saturating_sub(day_beside(&block.text)) * 9
}

/// Characters of the day that a line ends with.
fn day_beside(text: &str) -> usize {
    const WORDS: usize = 4;
    let words: Vec<&str> = text.split_whitespace().collect();
    let day = |words: &[&str]| {
        let text = words.join(" ");
        let is_day = lines::is_only_date(&text) && dates::parse(&text, None).is_some();
        is_day.then(|| words.iter().map(|word| word.chars().count()).sum())
    };
    let count = words.len();
    let lengths = (1..=WORDS.min(count.saturating_sub(1))).rev();
    let mut lengths = lengths.map(|n| &words[count - n..]);
    lengths.find_map(day).unwrap_or_default()
}

/// Whether a block's element is in a cell that has many blocks: old pages are laid out with tables.
fn lays_out(outline: &Outline, home: ElementIndex) -> bool {
    const BLOCKS: usize = 4;
    let cell = outline
        .up(home)
        .find(|at| outline.elements[*at].role == Role::Cell);
    cell.is_some_and(|cell| {
        let (from, to) = outline.elements[cell].blocks;
        to - from >= BLOCKS
    })
}

/// Whether a block is a heading alone in its box, as long as a title and with few of its look: another article's among the text.
/// Headings of parts are many, or stand beside what they head.
fn heads_elsewhere(outline: &Outline, looks: &HashMap<u64, usize>, i: usize) -> bool {
    const TITLE: usize = 25;
    const FEW: usize = 2;
    let block = &outline.blocks[i];
    let home = &outline.elements[block.home];
    let heading = matches!(kind(outline, block), Role::Heading(_));
    // Alone in its box, or over or under another one that leads elsewhere too.
    let leads = |i: usize| {
        let block = &outline.blocks[i];
        let heading = matches!(kind(outline, block), Role::Heading(_));
        heading && block.linked * 10 >= block.chars * 9
    };
    let around = home.parent.map(|parent| outline.elements[parent].blocks);
    let (from, to) = around.unwrap_or_default();
    let alone = from < to && to - from <= FEW && (from..to).all(leads);
    let title = |i: usize| {
        let block = &outline.blocks[i];
        let look = outline.elements[block.home].look;
        block.chars >= TITLE && looks.get(&look).is_some_and(|count| *count <= FEW)
    };
    let own = |at: &ElementIndex| outline.elements[*at].blocks == (i, i + 1);
    let mut boxes = outline.up(block.home).take_while(own);
    let beside = boxes.any(|at| outline.elements[at].role == Role::Beside);
    heading && alone && (beside || (from..to).any(title))
}

/// The first block of the list that a block is in, if that has few blocks and all are links as long as titles.
fn first_of_titles(outline: &Outline, i: usize) -> Option<usize> {
    const TITLE: usize = 30;
    const ITEMS: usize = 3;
    let item = outline
        .up(outline.blocks[i].home)
        .find(|at| outline.elements[*at].role == Role::Item)?;
    let (from, to) = outline.elements[outline.elements[item].parent?].blocks;
    let title = |block: &Block| block.chars >= TITLE && leads_with_day(block);
    let all = to - from <= ITEMS && outline.blocks[from..to].iter().all(title);
    all.then_some(from)
}

/// A heading that announces other articles of which none is kept.
pub(super) fn drop_announcing_headings(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    for i in 0..kept.len() {
        let block = &outline.blocks[i];
        let heading = matches!(kind(outline, block), Role::Heading(_));
        let next = kept.get(i + 1).is_some_and(|next| *next);
        if kept[i]
            && heading
            && !next
            && judged.phrases[i] & phrases::MORE != 0
            && !ended(&block.text)
        {
            kept[i] = false;
        }
    }
}

/// A short line over links to other articles, in a box of which nothing else is kept: its label, in whatever language.
pub(super) fn drop_left_labels(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const LABEL: usize = 60;
    const BLOCKS: usize = 16;
    const TITLE: usize = 20;
    let leads = |i: usize| {
        let block = &outline.blocks[i];
        block.linked * 10 >= block.chars * 9
    };
    for i in 0..kept.len().saturating_sub(1) {
        let block = &outline.blocks[i];
        let label = kept[i]
            && block.chars <= LABEL
            && block.linked == 0
            && !ended(&block.text)
            && judged.headline != Some(i);
        if !label || kept[i + 1] || !leads(i + 1) {
            continue;
        }
        let common = outline.common(block.home, outline.blocks[i + 1].leaf);
        let (from, to) = outline.elements[common].blocks;
        let others = (from..to).any(|other| other != i && kept[other]);
        let boxed = from == i && !others && to - from <= BLOCKS;
        // A bold line over two titles is one among paragraphs too.
        let title = |i: usize| !kept[i] && leads(i) && outline.blocks[i].chars >= TITLE;
        let bold = block.bold == block.chars && i + 2 < kept.len() && title(i + 1) && title(i + 2);
        if boxed || bold {
            kept[i] = false;
        }
    }
}

/// Several links behind a line that announces other articles, or one behind a heading. One alone may be the end of a sentence.
pub(super) fn drop_announced_links(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const LINE: usize = 40;
    const LINKS: usize = 2;
    // On old pages dates stand behind the links, in one line.
    let leads = |i: usize, tied: bool| {
        let block = &outline.blocks[i];
        block.linked * 10 >= block.chars * if tied { 7 } else { 8 } && !posted(outline, i)
    };
    for (i, block) in outline.blocks.iter().enumerate() {
        if block.chars <= LINE && judged.phrases[i] & phrases::MORE != 0 {
            let end = (i + 1..kept.len())
                .find(|i| !leads(*i, block.tied))
                .unwrap_or(kept.len());
            let heading = matches!(kind(outline, block), Role::Heading(_)) || block.tied;
            if end > i + if heading { 1 } else { LINKS } {
                kept[i + 1..end].fill(false);
            }
        }
    }
}

/// Summaries of other articles behind the text: cards of one look with a link for a heading that is not kept.
pub(super) fn drop_last_teasers(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const CARDS: usize = 2;
    let link = |i: usize| {
        let block = &outline.blocks[i];
        block.linked * 10 >= block.chars * 9 && block.chars > 15
    };
    // Few pages end so: most need not be looked at further.
    let last = ends(kept).1.unwrap_or_default();
    if !(last.saturating_sub(3)..last).any(|i| !kept[i] && link(i)) {
        return;
    }
    let cards = alike(outline);
    let teaser = |i: usize| {
        (i.saturating_sub(3)..i).rev().find_map(|j| {
            let card = outline.common(outline.blocks[i].leaf, outline.blocks[j].leaf);
            let element = &outline.elements[card];
            let heads = !kept[j]
                && link(j)
                && judged.shares[card] < 0.3
                && cards[&(element.parent, element.look)] >= CARDS;
            heads.then_some(card)
        })
    };
    let last: Vec<usize> = chosen(outline, kept).collect();
    let last = last.into_iter().rev().map(|i| (i, teaser(i)));
    let last: Vec<(usize, ElementIndex)> = last.map_while(|(i, card)| Some((i, card?))).collect();
    let all: HashSet<ElementIndex> = last.iter().map(|(_, card)| *card).collect();
    // Cards of one look are all of the text or none: where others of them are kept with their heads, these are too.
    let looks: HashSet<_> = all
        .iter()
        .map(|at| (outline.elements[*at].parent, outline.elements[*at].look))
        .collect();
    let others = outline.elements.iter().enumerate().any(|(at, element)| {
        let (from, to) = element.blocks;
        looks.contains(&(element.parent, element.look))
            && !all.contains(&at)
            && (from..to).any(|i| kept[i] && link(i))
    });
    if all.len() >= CARDS && !others {
        for (i, _) in last {
            kept[i] = false;
        }
    }
}

/// A table of contents: its title, and behind that what stands again on the page as a heading; items that are links with the
/// words of headings below; and a line of links behind such a title.
pub(super) fn drop_contents(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const ENTRY: usize = 120;
    /// Entries of one without a title.
    const ENTRIES: usize = 2;
    let mut later: HashMap<u64, usize> = HashMap::new();
    for (i, block) in outline.blocks.iter().enumerate() {
        if matches!(kind(outline, block), Role::Heading(_)) {
            later.insert(judged.words[i].whole(), i);
        }
    }
    if later.is_empty() {
        return;
    }
    let entry = |j: &usize| {
        let block = &outline.blocks[*j];
        // The entry may have a number that the heading does not show.
        let words = &judged.words[*j];
        let names = || {
            let number = block
                .text
                .trim_start()
                .starts_with(|c: char| c.is_ascii_digit());
            let rest = number.then(|| words.0.get(1..)).flatten();
            let rest = rest.map(|rest| later.get(&Words(rest.to_vec()).whole()));
            later.get(&words.whole()).or(rest.flatten())
        };
        block.chars <= ENTRY && names().is_some_and(|heading| heading > j)
    };
    let mut i = 0;
    while i < kept.len() {
        let block = &outline.blocks[i];
        if phrases::is_contents(&block.text) {
            kept[i] = false;
            for entry in (i + 1..kept.len()).take_while(entry) {
                kept[entry] = false;
            }
        }
        // `Jump to: The rope | The bell`
        let (title, _) = block.text.split_once([':', '：']).unwrap_or_default();
        if kept[i] && block.linked * 3 > block.chars * 2 && phrases::is_contents(title) {
            kept[i] = false;
        }
        let link = |j: &usize| {
            let block = &outline.blocks[*j];
            block.linked * 10 >= block.chars * 9 && is_item(outline, block) && entry(j)
        };
        let run = (i..kept.len()).take_while(link).count();
        if run >= ENTRIES {
            kept[i..i + run].fill(false);
        }
        i += run.max(1);
    }
}
