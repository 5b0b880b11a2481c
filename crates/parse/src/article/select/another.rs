//! Where another article begins within or behind the page's own.
//! Never here: teasers, links.

use std::cell::LazyCell;

use super::super::blocks::{ElementIndex, Outline, Role};
use super::super::class_names::Cues;
use super::super::features::kind;
use super::super::phrases;
use super::super::scoring::Judged;
use super::{LITTLE, alike, sums};

/// An `article` within the article whose heading is a link is the beginning of another one. (Entries of live
/// blogs are articles within the article too, but their headings do not lead away.)
pub(super) fn drop_other_articles(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
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

/// Another article ends the text: behind the page's own, a heading that looks as the headline does or begins an element of
/// its own, with its own byline or time. (Pages that load the next article when one was read; blogs that show several.)
pub(super) fn end_at_second_article(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    /// More elements of one look are entries of one article.
    const ENTRIES: usize = 3;
    let Some(headline) = judged.headline else {
        return;
    };
    let title = &judged.words[headline].0;
    let headed = |i: usize| {
        let home = outline.blocks[i].home;
        let element = &outline.elements[home];
        (element.role, element.look)
    };
    let is_heading = |i: usize| matches!(kind(outline, &outline.blocks[i]), Role::Heading(_));
    let own = outline.blocks[headline].home;
    let holds = |at: ElementIndex, i: usize| {
        let (from, to) = outline.elements[at].blocks;
        (from..to).contains(&i)
    };
    let sums = sums(outline, kept);
    // The `article` that holds the headline and a text.
    let main = outline.up(own).find(|at| {
        let element = &outline.elements[*at];
        let has = sums[element.blocks.1].saturating_sub(sums[headline]);
        element.role == Role::Article && has >= 2 * LITTLE
    });
    let looks = |at: ElementIndex| {
        let element = &outline.elements[at];
        (element.parent, element.look)
    };
    // Few pages have a second headline with a byline: most need not be counted.
    let entries = LazyCell::new(|| alike(outline));
    let behind_main = |i: usize| main.is_some_and(|main| !holds(main, i));
    for i in headline + 1..kept.len() {
        let enough = sums[i] - sums[headline] >= 2 * LITTLE && sums[kept.len()] > sums[i];
        if !enough || !is_heading(i) || &judged.words[i].0 == title || !signed(outline, judged, i) {
            continue;
        }
        let same = is_heading(headline) && headed(i) == headed(headline);
        // The largest element that begins with the heading and has nothing of the page's own article.
        let around = outline
            .up(outline.blocks[i].home)
            .take_while(|at| !holds(*at, headline));
        let around: Vec<ElementIndex> = around
            .filter(|at| outline.elements[*at].blocks.0 + 3 > i)
            .collect();
        // Beside the page's own article, in an element that looks as that one's does; of many the page's article is one entry.
        let beside = |at: &ElementIndex| {
            let own_looks = || outline.up(own).map(looks);
            own_looks().any(|look| look == looks(*at)) && entries[&looks(*at)] <= ENTRIES
        };
        let article = |at: &ElementIndex| outline.elements[*at].role == Role::Article;
        let apart = around.iter().any(beside) || behind_main(i) && around.iter().any(article);
        if same || apart {
            let from = around.iter().map(|at| outline.elements[*at].blocks.0).min();
            kept[from.unwrap_or(i).min(i)..].fill(false);
            return;
        }
    }
}

/// Whether a heading has a byline or a time of its own right under it.
fn signed(outline: &Outline, judged: &Judged, heading: usize) -> bool {
    const NEAR: usize = 3;
    const CHARS: usize = 120;
    let mut near = heading + 1..(heading + 1 + NEAR).min(outline.blocks.len());
    near.any(|i| {
        let block = &outline.blocks[i];
        let mut up = outline.up(block.leaf).take(3);
        let named = up.any(|at| outline.elements[at].cues.has(Cues::BYLINE | Cues::TIME));
        block.chars <= CHARS && (named || judged.phrases[i] & phrases::BYLINE != 0)
    })
}
