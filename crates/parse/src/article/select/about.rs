//! Lines about the article and its house, before, within and behind the text: who wrote it, when, whose it is, how to pay.
//! Never here: what leads to other pages.

use super::super::blocks::{Block, Outline, Role};
use super::super::class_names::Cues;
use super::super::completeness::says_wall;
use super::super::features::{ended, kind};
use super::super::phrases;
use super::super::scoring::Judged;
use super::super::words::Words;
use super::{chosen, ends, names_author, size};
use crate::{dates, lines};

/// Photographers' lines are shorter than this.
const CREDIT: usize = 90;

/// A short line that starts with `Photo:` names a photographer; a long one, or a sentence, may describe a photo.
pub(super) fn drop_credits(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    for (i, block) in outline.blocks.iter().enumerate() {
        let bracket = block.text.trim_end().ends_with([')', '）']);
        let sentence = ended(&block.text) && !bracket;
        if judged.phrases[i] & phrases::PHOTO != 0 && block.chars < CREDIT && !sentence {
            kept[i] = false;
        }
    }
}

/// A paragraph that is not shown by its own style or class, among others that are. (What a script shows later is hidden by what holds
/// it.)
pub(super) fn drop_unseen(outline: &Outline, _: &Judged, kept: &mut [bool]) {
    /// Percent of the text that such paragraphs are at most.
    const PERCENT: usize = 20;
    let unseen = |i: &usize| {
        let block = &outline.blocks[*i];
        let within = outline.up(block.leaf).take_while(|at| *at >= block.home);
        let mut within = within.map(|at| &outline.elements[at]);
        let part = outline.elements[block.home].role;
        matches!(part, Role::Paragraph | Role::Heading(_))
            && within.any(|element| element.cues.has(Cues::UNSEEN | Cues::SPOKEN))
    };
    let found: Vec<usize> = chosen(outline, kept).filter(unseen).collect();
    let chars: usize = found.iter().map(|i| outline.blocks[*i].chars).sum();
    if chars * 100 <= size(outline, kept) * PERCENT {
        for i in found {
            kept[i] = false;
        }
    }
}

/// A paragraph at the end that begins with the name of who wrote the article tells of them, and so does what follows it in
/// the same element.
pub(super) fn drop_biographies(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
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

/// What a pay wall says at the end of the part that is free.
pub(super) fn drop_walls(outline: &Outline, _: &Judged, kept: &mut [bool]) {
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

/// Lines that only say which of some pictures it is, or who wrote an entry of a ticker at what time: `2 of 14`, `12:31 Nino
/// Example`. Where others speak at their times too, it is a conversation.
pub(super) fn drop_counts(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Words of a name.
    const NAME: usize = 4;
    let stamped = |block: &Block| {
        let (time, name) = block.text.split_once(' ')?;
        let short = name.split_whitespace().count() <= NAME && !ended(name);
        (short && is_time(time)).then(|| is_names(&Words::of(name), &judged.authors))
    };
    let stamps: Vec<Option<bool>> = outline.blocks.iter().map(stamped).collect();
    let others = (0..kept.len()).any(|i| kept[i] && stamps[i] == Some(false));
    for (i, block) in outline.blocks.iter().enumerate() {
        let entry = stamps[i] == Some(true) && !others;
        kept[i] &= !entry && !phrases::is_count(&block.text);
    }
}

/// Places that a template left unfilled. A text about templates shows them as code.
pub(super) fn drop_placeholders(outline: &Outline, _: &Judged, kept: &mut [bool]) {
    for (kept, block) in kept.iter_mut().zip(&outline.blocks) {
        let code = kind(outline, block) == Role::Preformatted;
        *kept &= code || !phrases::is_placeholder(&block.text);
    }
}

/// What a house says of itself within its texts: what it earns by links, how to get its letters. Not where the article is
/// about that.
pub(super) fn drop_notices(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const NOTICE: usize = 350;
    const MOST: usize = 5;
    /// Percent of the text that they are at most.
    const PERCENT: usize = 45;
    let found: Vec<usize> = chosen(outline, kept)
        .filter(|i| {
            outline.blocks[*i].chars < NOTICE && phrases::is_notice(&outline.blocks[*i].text)
        })
        .collect();
    let titled = judged
        .headline
        .is_some_and(|i| phrases::is_about_notices(&outline.blocks[i].text));
    let chars: usize = found.iter().map(|i| outline.blocks[*i].chars).sum();
    let few = found.len() <= MOST && chars * 100 <= size(outline, kept) * PERCENT;
    if few && !titled {
        for i in found {
            kept[i] = false;
        }
    }
}

/// Lines before the text, or behind its first sentence, that say when and by whom it was written.
pub(super) fn drop_first_lines(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const LINES: usize = 4;
    const LINE: usize = 80;
    /// Words of a part that is a date.
    const WORDS: usize = 4;
    /// Characters of a line that signs and ends as sentences do.
    const SIGNED: usize = 60;
    /// Boxes up to the one that is named for who wrote it.
    const BOXES: usize = 5;
    /// Characters of a line with labelled dates, and the labels.
    const STAMP: usize = 120;
    const LABELS: [&str; 6] = [
        "publish date:",
        "published date:",
        "published on:",
        "updated date:",
        "updated on:",
        "last updated:",
    ];
    let heading = |i: usize| matches!(kind(outline, &outline.blocks[i]), Role::Heading(_));
    // A date may end with a point that is its own (`12. lipnja 2024.`). Days without a year are headings of a text.
    let dated = |i: usize| {
        let text = &outline.blocks[i].text;
        let when = || match heading(i) {
            true => dates::parse(text, None).is_some(),
            false => dates::says_when(text, None),
        };
        outline.blocks[i].chars < LINE && lines::is_only_date(text) && when()
    };
    // `Nino Example Publish Date: 3 May 2021 07:14 PM Updated Date: 4 May 2021`
    let labelled = |i: usize| {
        let text = outline.blocks[i].text.to_lowercase();
        let when = |(at, label): (usize, &str)| dates::says_when(&text[at + label.len()..], None);
        let mut labels = LABELS.iter().flat_map(|label| text.match_indices(label));
        outline.blocks[i].chars < STAMP && labels.next().is_some_and(when)
    };
    let names = |i: usize| is_names(&judged.words[i], &judged.authors);
    // What stands in a small box that is named for who wrote it, when.
    let in_byline = |i: usize| {
        let block = &outline.blocks[i];
        let mut up = outline.up(block.leaf).take(BOXES);
        let named = |at: usize| {
            let element = &outline.elements[at];
            let (from, to) = element.blocks;
            let few = to - from <= LINES && judged.shares[at] < 0.1;
            element.cues.has(Cues::BYLINE) && few
        };
        // `Recueilli par Nino Example.`
        let signs = || block.chars < SIGNED && names_author(judged, i);
        block.chars < LINE && (!ended(&block.text) || signs()) && up.any(named)
    };
    let says = |i: usize| {
        let text = &outline.blocks[i].text;
        // `Planted 3 May 2021 · Last tended 4 May`: parts, of which one is a date.
        let stamped = || {
            let parts = text.split(['·', '•', '|']);
            let short = outline.blocks[i].chars < LINE && !ended(text);
            short && text.contains(['·', '•', '|']) && {
                let mut parts = parts.map(str::trim);
                parts.any(|part| {
                    part.split_whitespace().count() <= WORDS
                        && part.contains(char::is_numeric)
                        && dates::says_when(part, None)
                })
            }
        };
        let month = || {
            text.contains(|c: char| c.is_numeric())
                && lines::is_only_date(text)
                && dates::parse(&format!("1 {text}"), None).is_some()
        };
        judged.phrases[i] & (phrases::BYLINE | phrases::PHOTO) != 0
            || phrases::is_place(text)
            || !heading(i) && stamped()
            || dated(i)
            || month()
            || names(i)
            || is_time(text)
            || labelled(i)
            || !heading(i) && in_byline(i)
    };
    drop_mail_heads(outline, kept);
    drop_headline_again(outline, judged, kept);
    // Days are the headings of a diary.
    let first: Vec<usize> = chosen(outline, kept).collect();
    let short = |i: &usize| {
        labelled(*i)
            || outline.blocks[*i].chars < LINE && (!ended(&outline.blocks[*i].text) || dated(*i))
    };
    // One standfirst or caption may stand before them.
    let mut sentences = 0;
    let lines = first.iter().copied().take(LINES + 1).take_while(|i| {
        sentences += usize::from(!short(i));
        sentences <= 1
    });
    let behind = |i: usize| first.iter().any(|j| *j < i && !short(j));
    let lines: Vec<usize> = lines
        .filter(|i| short(i) && says(*i) && (names(*i) || !(heading(*i) && behind(*i))))
        .collect();
    let diary = || {
        let others = first.iter().filter(|i| !lines.contains(i));
        others.filter(|i| short(i) && says(**i)).count() >= 2
    };
    if !lines.is_empty() && lines.len() < first.len() && !diary() {
        for i in lines {
            kept[i] = false;
        }
    }
}

/// Whether a line is a time of the day and nothing else: `15:07 Uhr`.
fn is_time(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (time, unit) = (words.next().unwrap_or_default(), words.next());
    let clock = time
        .split_once([':', '.', 'h'])
        .is_some_and(|(hours, minutes)| {
            let number =
                |part: &str, most: u8| part.parse::<u8>().is_ok_and(|number| number < most);
            minutes.len() == 2 && number(hours, 24) && number(minutes, 60)
        });
    clock
        && unit.is_none_or(|unit| ["Uhr", "uur", "h", "hrs"].contains(&unit))
        && words.next().is_none()
}

/// A heading at the beginning that is the headline with some words before it: what it is about, where it happened.
fn drop_headline_again(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// Words of a title that says enough, and those that stand before it.
    const TITLE: usize = 4;
    const BESIDE: usize = 6;
    let title = &judged.title.0;
    let (Some(i), Some(last)) = ends(kept) else {
        return;
    };
    let words = &judged.words[i].0;
    let said =
        title.len() >= TITLE && words.len() <= title.len() + BESIDE && words.ends_with(title);
    if said && i < last && matches!(kind(outline, &outline.blocks[i]), Role::Heading(_)) {
        kept[i] = false;
    }
}

/// What stands over a letter in the archive of a mailing list: who sent it to whom, when, about what.
fn drop_mail_heads(outline: &Outline, kept: &mut [bool]) {
    const LINES: usize = 10;
    const HEADS: usize = 3;
    const NAMES: [&str; 12] = [
        "from",
        "to",
        "cc",
        "subject",
        "date",
        "sender",
        "reply to",
        "message id",
        "sent",
        "in reply to",
        "references",
        "delivered to",
    ];
    let first: Vec<usize> = chosen(outline, kept).take(LINES).collect();
    let heads = |i: &usize| {
        let text = outline.blocks[*i].text.to_lowercase().replace('-', " ");
        text.split_once(':')
            .is_some_and(|(name, _)| NAMES.contains(&name.trim()))
    };
    let heads: Vec<usize> = first.into_iter().take_while(heads).collect();
    let all = kept.iter().filter(|kept| **kept).count();
    if heads.len() >= HEADS && heads.len() < all {
        for i in heads {
            kept[i] = false;
        }
    }
}

/// What a converter says of itself under its own heading: `About this document …`.
pub(super) fn drop_colophons(outline: &Outline, _: &Judged, kept: &mut [bool]) {
    const NEAR: usize = 4;
    const BLOCKS: usize = 12;
    let heading = |i: usize| matches!(kind(outline, &outline.blocks[i]), Role::Heading(_));
    for i in 1..kept.len() {
        if !heading(i) || !phrases::is_colophon(&outline.blocks[i].text) {
            continue;
        }
        let end = (i + 1..kept.len())
            .find(|i| heading(*i))
            .unwrap_or(kept.len());
        let told = &outline.blocks[i + 1..end.min(i + 1 + NEAR)];
        let told = told
            .iter()
            .any(|block| phrases::tells_of_converter(&block.text));
        if told && end - i <= BLOCKS {
            kept[i..end].fill(false);
        }
    }
}

/// Lines behind the text that say where it is from, who wrote, edited or photographed it, whose it is, and what the outlet
/// asks for.
pub(super) fn drop_last_lines(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    const LINES: usize = 8;
    const LINE: usize = 120;
    const NOTICE: usize = 300;
    const BEHIND: usize = 2;
    const SHORT: usize = 60;
    for _ in 0..LINES {
        let (Some(first), Some(last)) = ends(kept) else {
            return;
        };
        let block = &outline.blocks[last];
        let line = |i: usize| {
            let text = &outline.blocks[i].text;
            judged.phrases[i] != 0
                || is_signature(text)
                || is_reachable(text, &judged.words[i], &judged.authors)
                || is_names(&judged.words[i], &judged.authors)
        };
        // A short one that says nothing known, behind two that do, is of their kind.
        let behind = || {
            let before = (first..last).rev().filter(|i| kept[*i]).take(BEHIND);
            let before: Vec<usize> = before.collect();
            block.chars < SHORT
                && before.len() == BEHIND
                && before
                    .iter()
                    .all(|i| outline.blocks[*i].chars < LINE && line(*i))
        };
        let says = line(last) || behind();
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

/// Whether a short line tells where who wrote it can be reached: it has an address for mail, and does not end as a sentence
/// does or begins with such words and names who wrote it.
fn is_reachable(text: &str, words: &Words, authors: &[Words]) -> bool {
    const INVITES: [&str; 3] = ["contact", "reach", "follow"];
    let address = |word: &str| {
        word.split_once('@')
            .is_some_and(|(name, host)| name.len() >= 2 && host.contains('.'))
    };
    let first = text.split_whitespace().next().unwrap_or_default();
    let written = |word: &u64| authors.iter().any(|name| name.0.contains(word));
    let invites =
        || INVITES.contains(&first.to_lowercase().as_str()) && words.0.iter().any(written);
    text.split_whitespace().any(address) && (!ended(text) || invites())
}

/// Whether a line is nothing but names of those who wrote the article.
fn is_names(words: &Words, authors: &[Words]) -> bool {
    let named = |word: &u64| authors.iter().any(|name| name.0.contains(word));
    let words = &words.0;
    (2..=8).contains(&words.len())
        && words.iter().filter(|word| named(word)).count() * 5 >= words.len() * 4
}

/// What a heading at the end announces is not there; one may be a bold line before a line break.
pub(super) fn drop_last_headings(outline: &Outline, _: &Judged, kept: &mut [bool]) {
    while let (_, Some(last)) = ends(kept) {
        let block = &outline.blocks[last];
        let heading =
            matches!(kind(outline, block), Role::Heading(_)) || block.tied && !ended(&block.text);
        let alone = kept.iter().filter(|kept| **kept).count() == 1;
        if !heading || alone {
            return;
        }
        kept[last] = false;
    }
}
