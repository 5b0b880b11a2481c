//! Which blocks are the article, decided for the page as a whole.
//! Never here: what a single block's signals are worth (`scoring`), the markup of what is picked (`render`).

mod about;
mod another;
mod cards;
mod columns;
mod elsewhere;
mod lists;
mod notes;
mod paragraphs;
mod questions;
mod said_again;
mod teasers;

use std::collections::HashMap;

use super::blocks::{ElementIndex, Outline, Role};
use super::class_names::Cues;
use super::phrases;
use super::scoring::Judged;
use about::{
    drop_biographies, drop_colophons, drop_counts, drop_credits, drop_first_lines,
    drop_last_headings, drop_last_lines, drop_notices, drop_placeholders, drop_unseen, drop_walls,
};
use another::{drop_other_articles, end_at_second_article};
use cards::{keep_card_facts, keep_cards, keep_facts_within, keep_labels};
use columns::drop_columns;
use elsewhere::{
    before_announced, drop_announced_links, drop_announcing_headings, drop_asking_boxes, drop_asks,
    drop_contents, drop_last_teasers, drop_left_labels, drop_link_lines,
};
use lists::{
    keep_announced_lists, keep_ingredients, keep_lists_within, keep_tables, keep_whole_lists,
};
use notes::keep_notes;
use paragraphs::{
    keep_bold_lines, keep_headings, keep_paragraphs, keep_quoted_posts, keep_sections,
    keep_siblings, keep_standfirst, keep_stretches,
};
use questions::{keep_prose_within, keep_questions};
use said_again::{
    drop_named_captions, drop_pull_quotes, drop_repeated_captions, drop_runs_again,
    drop_said_again, keep_told_pictures,
};
use teasers::{drop_announced_rest, drop_teasers};

/// A list within a text that is longer than this is more likely a part of the page's frame.
const LIST: usize = 60;

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

/// Names of what is never the text because others named so are.
const NEVER: u32 = Cues::COMMENT | Cues::HIDDEN | Cues::WALL;

/// A rule of the page: from what is picked to what is kept.
type Rule = fn(&Outline, &Judged, &mut [bool]);

/// The rules in their order, with the names they are measured by.
pub(super) const RULES: &[(&str, Rule)] = &[
    ("other-articles", drop_other_articles),
    ("second-article", end_at_second_article),
    ("teasers", drop_teasers),
    ("announced-rest", drop_announced_rest),
    ("cards", keep_cards),
    ("quoted-posts", keep_quoted_posts),
    ("link-lines", drop_link_lines),
    ("asks", drop_asks),
    ("credits", drop_credits),
    ("captions", drop_repeated_captions),
    ("named-captions", drop_named_captions),
    ("told-pictures", keep_told_pictures),
    ("said-again", drop_said_again),
    ("stretches", keep_stretches),
    ("siblings", keep_siblings),
    ("paragraphs", keep_paragraphs),
    ("sections", keep_sections),
    ("standfirst", keep_standfirst),
    ("runs-again", drop_runs_again),
    ("pull-quotes", drop_pull_quotes),
    ("asking-boxes", drop_asking_boxes),
    ("lists", keep_lists_within),
    ("announced-lists", keep_announced_lists),
    ("facts", keep_facts_within),
    ("card-facts", keep_card_facts),
    ("whole-lists", keep_whole_lists),
    ("ingredients", keep_ingredients),
    ("tables", keep_tables),
    ("questions", keep_questions),
    ("prose-within", keep_prose_within),
    ("notes", keep_notes),
    ("labels", keep_labels),
    ("bold-lines", keep_bold_lines),
    ("headings", keep_headings),
    ("biographies", drop_biographies),
    ("announced-links", drop_announced_links),
    ("announcing", drop_announcing_headings),
    ("left-labels", drop_left_labels),
    ("walls", drop_walls),
    ("placeholders", drop_placeholders),
    ("counts", drop_counts),
    ("unseen", drop_unseen),
    ("notices", drop_notices),
    ("colophons", drop_colophons),
    ("columns", drop_columns),
    ("dialogs", drop_dialogs),
    ("contents", drop_contents),
    ("last-teasers", drop_last_teasers),
    ("first-lines", drop_first_lines),
    ("last-lines", drop_last_lines),
    ("last-headings", drop_last_headings),
];

/// The bits of three rules that are none of these: the part of the running text,
pub(super) const PART: u64 = 1 << 63;
/// the text before what is announced, which is stronger than what the odds picked,
pub(super) const ANNOUNCED: u64 = 1 << 62;
/// and readers' comments, which are no part of the running text.
pub(super) const COMMENTS: u64 = 1 << 61;

/// Of what the odds picked, no rule takes more than so many of a hundred characters.
const MOST: usize = 30;
/// But for these: what `runs-again` drops stands on the page once more and stays there, the others look at how much is left.
const MAY_TAKE_MORE: [&str; 5] = [
    "second-article",
    "runs-again",
    "teasers",
    "announced-rest",
    "notices",
];
/// Fewer characters than this are no article, if there is more that might be one.
const LITTLE: usize = 140;
/// Nor is this part of the page's running text, if there is more that might be it.
const SMALL_PART: f32 = 0.5;

/// Which blocks are the article's, and the rule that decided where the odds did not.
pub(super) struct Picked {
    pub kept: Vec<bool>,
    pub rules: Vec<Option<&'static str>>,
}

/// Decides for each block whether it is the article's.
pub(super) fn pick(outline: &Outline, judged: &Judged) -> Picked {
    let dialogs = match is_left_out(judged, "dialogs") {
        true => vec![false; judged.odds.len()],
        false => in_dialogs(outline, judged),
    };
    let mut kept = over_the_odds(outline, judged, &dialogs);
    let mut rules = vec![None; kept.len()];
    for i in (0..kept.len()).filter(|i| kept[*i] != (judged.odds[*i] > judged.enough)) {
        rules[i] = match (kept[i], dialogs[i], judged.comments[i]) {
            (true, _, _) => Some("little-found"),
            (_, true, _) => Some("dialogs"),
            (_, _, true) => Some("comments"),
            _ => Some("hidden"),
        };
    }
    // The headline is kept apart from the text.
    let without_headline = |kept: &mut [bool], rules: &mut [Option<_>]| {
        if let Some(headline) = judged.headline
            && kept.iter().filter(|kept| **kept).count() > 1
        {
            kept[headline] = false;
            rules[headline] = Some("headline");
        }
    };
    without_headline(&mut kept, &mut rules);
    if judged.without & ANNOUNCED == 0
        && let Some(own) = before_announced(outline, judged, &kept)
    {
        for i in (0..kept.len()).filter(|i| kept[*i] != own[*i]) {
            rules[i] = Some("announced");
        }
        kept = own;
    }
    // Where no comment was picked, none is of the text because it stands beside what was.
    let comments =
        judged.without & COMMENTS != 0 || chosen(outline, &kept).any(|i| judged.comments[i]);
    for (at, (name, rule)) in RULES.iter().enumerate() {
        if judged.without & 1 << at != 0 {
            continue;
        }
        let before = kept.clone();
        rule(outline, judged, &mut kept);
        for i in (0..kept.len()).filter(|i| !comments && judged.comments[*i]) {
            kept[i] &= before[i];
        }
        let changed = || (0..before.len()).filter(|i| before[*i] != kept[*i]);
        let gone: usize = changed()
            .filter(|i| before[*i])
            .map(|i| outline.blocks[i].chars)
            .sum();
        let too_much = gone * 100 > size(outline, &before) * MOST;
        if too_much && !MAY_TAKE_MORE.contains(name) {
            kept = before;
            continue;
        }
        for i in changed() {
            rules[i] = Some(*name);
        }
    }
    // Nor may a rule bring it back as the heading of what follows.
    without_headline(&mut kept, &mut rules);
    Picked { kept, rules }
}

fn size(outline: &Outline, kept: &[bool]) -> usize {
    chosen(outline, kept).map(|i| outline.blocks[i].chars).sum()
}

/// The blocks whose odds suffice. Where that is next to nothing, or a small part of the running text that the page
/// has, less suffices: what comes nearest on a page that is like no other.
fn over_the_odds(outline: &Outline, judged: &Judged, dialogs: &[bool]) -> Vec<bool> {
    let mut hidden = hidden_above(outline, judged);
    for (hidden, dialog) in hidden.iter_mut().zip(dialogs) {
        *hidden |= dialog;
    }
    let over = |enough: f32, hidden: &[bool]| -> Vec<bool> {
        let odds = judged.odds.iter().zip(hidden);
        odds.map(|(odds, hidden)| *odds > enough && !hidden)
            .collect()
    };
    let foot = below_main(outline, judged, &over(judged.enough, &hidden));
    for (hidden, foot) in hidden.iter_mut().zip(foot) {
        *hidden |= foot;
    }
    let mut kept = over(judged.enough, &hidden);
    // What readers wrote under a short text is no reason to look for more of it.
    let comments = match judged.without & COMMENTS {
        0 => judged.comments.clone(),
        _ => vec![false; kept.len()],
    };
    let without: Vec<bool> = (0..kept.len()).map(|i| kept[i] && !comments[i]).collect();
    if size(outline, &without) >= LITTLE / 2 {
        kept = without;
    }
    let own = (0..kept.len()).filter(|i| !comments[*i] && !hidden[*i]);
    let all: f32 = own.map(|i| prose(outline, judged, i)).sum();
    // What stands over a headline that has a text under it is the frame's.
    let under = |headline: &usize| {
        let own = (*headline..kept.len()).filter(|i| !comments[*i]);
        let prose = own.map(|i| prose(outline, judged, i));
        prose.sum::<f32>() >= LITTLE as f32
    };
    let above = judged.headline.filter(under).unwrap_or_default();
    // With the comments only where there is nothing else: a page of questions and answers.
    for with_comments in [false, true] {
        if with_comments && size(outline, &kept) >= LITTLE / 2 {
            break;
        }
        for less in [0.75, 1.5, 2.25, 3.0] {
            let had = size(outline, &kept);
            let part = judged.without & PART == 0 && less < 2.0 && had as f32 <= SMALL_PART * all;
            if had >= LITTLE && !part {
                break;
            }
            let mut more = over(judged.enough - less, &hidden);
            more[..above].fill(false);
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

/// Whether a rule is left out, to measure what it is worth.
fn is_left_out(judged: &Judged, rule: &str) -> bool {
    let at = RULES.iter().position(|(name, _)| *name == rule);
    at.is_some_and(|at| judged.without & 1 << at != 0)
}

/// How much of a block is running text by the first guess, in characters.
fn prose(outline: &Outline, judged: &Judged, i: usize) -> f32 {
    judged.guess[i] * outline.blocks[i].chars as f32
}

/// Whether a line says that further reading follows, and is no link itself.
fn announces(outline: &Outline, judged: &Judged, i: usize) -> bool {
    const LINE: usize = 60;
    let block = &outline.blocks[i];
    judged.phrases[i] & phrases::MORE != 0 && block.chars < LINE && block.linked * 2 < block.chars
}

/// Whether each block stands above the headline in a box that is named as hidden, on a page with a text under the headline:
/// menus, what an outlet says of its shipping once for each country.
fn hidden_above(outline: &Outline, judged: &Judged) -> Vec<bool> {
    let mut hidden = vec![false; judged.odds.len()];
    let Some(headline) = judged.headline else {
        return hidden;
    };
    let prose = |i: usize| prose(outline, judged, i);
    if (headline..hidden.len()).map(prose).sum::<f32>() < LITTLE as f32 {
        return hidden;
    }
    for element in &outline.elements {
        let (from, to) = element.blocks;
        if element.cues.has(Cues::HIDDEN) && from < to && to <= headline {
            hidden[from..to].fill(true);
        }
    }
    hidden
}

/// Whether each block stands in the page's foot: below all of its articles, beside them, where what was picked in them is a text.
fn below_main(outline: &Outline, judged: &Judged, kept: &[bool]) -> Vec<bool> {
    let mut foot = vec![false; kept.len()];
    let (mut end, mut within) = (0, vec![false; kept.len()]);
    for element in &outline.elements {
        let (from, to) = element.blocks;
        if element.role == Role::Article {
            within[from..to].fill(true);
            end = end.max(to);
        }
    }
    let prose = |i: usize| prose(outline, judged, i);
    let own = (0..kept.len())
        .filter(|i| kept[*i] && within[*i])
        .map(prose);
    if own.sum::<f32>() < LITTLE as f32 {
        return foot;
    }
    for element in &outline.elements {
        let (from, to) = element.blocks;
        if element.cues.has(Cues::FOOT) && from >= end && from < to {
            foot[from..to].fill(true);
        }
    }
    foot
}

/// Whether each block stands in a dialog that lies over the page, where the page has a text beside them. One that has
/// most of the page's text is the article's, shown over a list, unless it is named for consent.
fn in_dialogs(outline: &Outline, judged: &Judged) -> Vec<bool> {
    let mut within = vec![false; judged.odds.len()];
    let prose = |i: usize| prose(outline, judged, i);
    let all: f32 = (0..within.len()).map(prose).sum();
    for element in &outline.elements {
        let (from, to) = element.blocks;
        let headline = judged.headline.is_some_and(|i| (from..to).contains(&i));
        if !element.cues.has(Cues::DIALOG) || headline || element.role == Role::Article {
            continue;
        }
        let most = || (from..to).map(prose).sum::<f32>() * 2.0 > all;
        if element.cues.has(Cues::LEGAL) || !most() {
            within[from..to].fill(true);
        }
    }
    let beside = (0..within.len()).filter(|i| !within[*i]).map(prose);
    if beside.sum::<f32>() < LITTLE as f32 {
        within.fill(false);
    }
    within
}

/// What the rules before took for the text in a dialog that lies over the page.
fn drop_dialogs(outline: &Outline, judged: &Judged, kept: &mut [bool]) {
    for (kept, within) in kept.iter_mut().zip(in_dialogs(outline, judged)) {
        *kept &= !within;
    }
}

/// Whether a block has the name of somebody who wrote the article.
fn names_author(judged: &Judged, i: usize) -> bool {
    let words = &judged.words[i].0;
    let mut names = judged.authors.iter();
    names.any(|name| words.windows(name.0.len()).any(|run| run == name.0))
}

/// Whether a block is part of a post quoted from elsewhere.
fn posted(outline: &Outline, i: usize) -> bool {
    outline.up(outline.blocks[i].leaf).any(|at| {
        let element = &outline.elements[at];
        element.role == Role::Quote && element.cues.has(Cues::EMBED)
    })
}

/// The runs of blocks between two picked ones that are no longer than a list within a text.
fn gaps(kept: &[bool]) -> Vec<(usize, usize)> {
    let mut gaps = between(kept);
    gaps.retain(|(start, end)| end - start <= LIST);
    gaps
}

/// The runs of blocks between two picked ones.
fn between(kept: &[bool]) -> Vec<(usize, usize)> {
    let mut gaps = Vec::new();
    let mut from = 0;
    while let Some(start) = (from + 1..kept.len()).find(|i| kept[i - 1] && !kept[*i]) {
        let Some(end) = (start..kept.len()).find(|i| kept[*i]) else {
            break;
        };
        gaps.push((start, end));
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

/// Characters of what is kept before each block.
fn sums(outline: &Outline, kept: &[bool]) -> Vec<usize> {
    let mut sum = 0;
    let chars = outline.blocks.iter().zip(kept).map(|(block, kept)| {
        sum += if *kept { block.chars } else { 0 };
        sum
    });
    std::iter::once(0).chain(chars).collect()
}

/// How many elements with text look alike and stand beside each other, by what holds them and their look.
fn alike(outline: &Outline) -> HashMap<(Option<ElementIndex>, u64), usize> {
    let mut alike = HashMap::new();
    for element in &outline.elements {
        if element.blocks.0 < element.blocks.1 {
            *alike.entry((element.parent, element.look)).or_default() += 1;
        }
    }
    alike
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
    use super::super::words::Words;
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
            let blocks = judged_by(&html, |chars| if chars < 60 { -2.0 } else { 3.0 });
            let facts = blocks
                .into_iter()
                .filter(|(_, _, rule)| *rule == Some("facts"));
            facts.map(|(text, ..)| text).collect()
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

    /// The blocks of a page about ferries (and what else is known of it) whose odds are those of their characters: the
    /// text, whether it is kept, and the rule that decided.
    fn judged_with(
        html: &str,
        subject: Subject,
        odds: impl Fn(usize) -> f32,
    ) -> Vec<(String, bool, Option<&'static str>)> {
        let doc = Document::from(html);
        let outline = Outline::of(&doc);
        let subject = Subject {
            title: Words::of("Ferries"),
            ..subject
        };
        let odds = outline.blocks.iter().map(|block| odds(block.chars));
        let judged = scoring::judged(&outline, &subject, odds.collect(), -0.5, 0);
        let Picked { kept, rules } = pick(&outline, &judged);
        let picked = kept.into_iter().zip(rules);
        let blocks = outline.blocks.iter().zip(picked);
        blocks
            .map(|(block, (kept, rule))| (block.text.clone(), kept, rule))
            .collect()
    }

    /// The same of a page of which nothing else is known.
    fn judged_by(html: &str, odds: fn(usize) -> f32) -> Vec<(String, bool, Option<&'static str>)> {
        judged_with(html, Subject::default(), odds)
    }

    /// What is kept of it.
    fn kept_by(html: &str, odds: fn(usize) -> f32) -> Vec<String> {
        let blocks = judged_by(html, odds).into_iter();
        blocks
            .filter(|(_, kept, _)| *kept)
            .map(|(text, ..)| text)
            .collect()
    }

    /// The same where long lines look like text and short ones do not.
    fn kept(html: &str) -> Vec<String> {
        let html = format!("<body><h1>Ferries</h1><div>{html}</div></body>");
        kept_by(&html, |chars| if chars < 60 { -3.5 } else { 3.0 })
    }

    /// The figures of what a guide compares are its text, whatever their box is named; where to buy it is not.
    #[test]
    fn figures_of_a_guides_products_are_the_texts() {
        let tested = [
            "We took the first of them over the upper valley in the spring, when the water is high and cold, and it was slow.",
            "The second is a boat for two, and whoever sits in it has to know the river. Nobody of us fell into the water.",
            "Of the third we had heard much. It is quick and quiet, and the dog that came with us slept from bank to bank.",
            "The last one leaks. It is on this list because of its price, and because the man who rents it out is kind.",
        ];
        let text: Vec<String> = tested.iter().map(|text| format!("<p>{text}</p>")).collect();
        let guide = |class: &str| {
            let card = format!(
                "<div class={class}><span>Length</span><ul><li>21 metres</li><li>Is dry</li><li>Is slow</li></ul>
                <div><a href=/buy>Rent it</a></div></div>"
            );
            kept(&text.join(&card))
        };
        let guided = guide("product-box");
        assert!(guided.contains(&"21 metres".to_owned()), "{guided:?}");
        assert!(!guided.contains(&"Rent it".to_owned()), "{guided:?}");
        // Once is not again and again, and what is named for other articles is not this one's.
        let once = format!(
            "{}<div class=product-box><ul><li>One</li><li>Two</li><li>Three</li><li>Four</li></ul></div>{}",
            text[0], text[1]
        );
        assert_eq!(kept(&once), tested[..2]);
        assert_eq!(guide("related-articles"), tested);
    }

    /// A long stretch of running text between two parts of it is of the text though less speaks for it; a box is shorter.
    #[test]
    fn a_long_stretch_between_two_parts_of_a_text_is_kept() {
        let sure = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board. It has done so \
            since the spring in which the old bridge went down the river with two carts on it and one mule. Nobody was hurt.";
        let tested = [
            "Of the first we had heard much. It is quick and quiet, and the dog that came with us slept from bank to bank, \
                although it costs more than the others do and needs two of us to be moved.",
            "The second leaks a little. We took it over the lower valley in the spring, when the water is high and cold, \
                and were wet to the knees by noon. It was mended since, we hear.",
            "What we liked of the third is its roof, under which four of us sat through a storm that took two trees and \
                the sign of the inn with it, and stayed dry but for our hats.",
            "Nobody needs the fourth, unless there are twelve geese to be brought to market and no road. For them it has \
                a net and a long bench, and a box for whatever they lay on the way.",
        ];
        let kept = |lines: usize| {
            let boat = |i: usize| {
                let line = format!("<div>Rent boat {i}</div>").repeat(lines);
                format!(
                    "<div class=b{i}><p>{}</p><div>{line}</div></div>",
                    tested[i]
                )
            };
            let boats: String = (0..tested.len()).map(boat).collect();
            let sure: String = (1..9)
                .map(|i| format!("<p>{sure} {sure} {i}!</p>"))
                .collect();
            let html = format!(
                "<body><h1>Ferries</h1><div>{sure}{boats}<section>{}</section></div></body>",
                sure.replace("The ferry of the", "Nobody in the"),
            );
            let blocks = judged_by(&html, |chars| match chars {
                200.. => 3.0,
                60.. => -1.4,
                _ => -3.0,
            });
            let stretches = |rule: &Option<&str>| *rule == Some("stretches");
            blocks
                .iter()
                .filter(|(_, kept, rule)| *kept && stretches(rule))
                .count()
        };
        assert_eq!(kept(20), 4);
        // In a gap that is no longer than a list may be other rules decide.
        assert_eq!(kept(2), 0);
    }

    /// Where nothing looks like a text, what stands under the headline does so sooner than the offers above it.
    #[test]
    fn what_is_above_the_headline_is_no_text_where_little_looks_like_one() {
        let offer = "Free ferries for whoever pays more than forty, and for every child that is small enough.";
        let terms = "Whoever buys three tickets for the ferry pays for two of them. This holds until the last day of the year, and \
            neither for dogs nor for horses, which pay in full. The ferryman decides what is a horse.";
        let offers = format!("<p>{offer}</p>").repeat(6);
        let html =
            format!("<body><div>{offers}</div><h1>Ferries</h1><div><p>{terms}</p></div></body>");
        let texts = kept_by(&html, |chars| match chars {
            100.. => -2.0,
            60.. => -1.0,
            _ => -4.0,
        });
        assert_eq!(texts, [terms]);
    }

    /// A dialog over the page is not the text, however long it is; a page that is all dialog
    /// is read all the same.
    #[test]
    fn a_dialog_over_the_page_is_no_text() {
        let text = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board. It has done so \
            since the spring in which the old bridge went down the river with two carts on it and one mule.";
        let cookie = "This one is set by a service that counts who comes, and it remembers that for a year and one day.";
        let kept = |dialog: &str, text: &str| {
            let rows: String = (0..9)
                .map(|i| format!("<div class=row><p>{cookie} ({i})</p></div>"))
                .collect();
            let html =
                format!("<body><h1>Ferries</h1><div>{text}</div><div {dialog}>{rows}</div></body>");
            kept_by(&html, |_| 2.0)
        };
        let article = format!("<p>{text}</p>");
        for dialog in ["class=cookielawinfo-table", "class='my-cookie-banner'"] {
            assert_eq!(kept(dialog, &article), [text], "{dialog}");
        }
        // What says nothing of consent may be the article, shown over a list of others.
        let more = article.repeat(12);
        for dialog in ["role=dialog", "aria-modal=true"] {
            let texts = kept(dialog, &more);
            assert!(
                texts.iter().all(|kept| kept == text) && !texts.is_empty(),
                "{dialog}: {texts:?}"
            );
            assert_eq!(kept(dialog, &article).len(), 10, "{dialog}");
        }
        assert_eq!(kept("class=cookie-recipes", &article).len(), 10);
        assert_eq!(kept("role=dialog", "").len(), 9);
    }

    /// The free part of an article before the box of the part behind a pay wall looks as that does and is of it.
    #[test]
    fn the_free_part_before_a_pay_walls_box_is_kept() {
        let free = "The ferry of the upper valley takes twelve cars, and it leaves when the last of them is on board.";
        let rest = "Further down the water is calm, and there a small boat goes to and fro for whoever rings the bell on the bank.";
        let kept = |class: &str| {
            let html = format!(
                "<body><h1>Ferries</h1><div><p class={class}>{free}</p><span class=paywall><p>{rest}</p><p>{rest} Twice.</p></span></div></body>"
            );
            kept_by(&html, |chars| if chars < 85 { -1.5 } else { 3.0 })
        };
        assert_eq!(kept("''").first().map(String::as_str), Some(free));
        assert_eq!(kept("other").len(), 2);
    }

    /// What the numbers in a text lead to are its notes, however short; what nothing in it leads to is not.
    #[test]
    fn notes_that_the_text_leads_to_are_kept() {
        let said = "The ferry of the upper valley takes twelve cars<a href='#n1'>[1]</a> and leaves when the last of them is on \
            board, which may take a day<a href='#n2'>2</a>.";
        let notes = "<ol><li id=n1>Or nine carts. <a href='#r1'>↩</a></li><li id=n3>Nobody asks for this.</li></ol>\
            <p><a name=n2>2</a>. Two at Easter.</p>";
        let texts = kept(&format!("<p id=r1>{said}</p><hr>{notes}"));
        assert_eq!(texts.len(), 3, "{texts:?}");
        assert!(texts[1].starts_with("Or nine carts."), "{texts:?}");
        assert!(texts[2].ends_with("Two at Easter."), "{texts:?}");
        // The number may have a box of its own.
        let apart = "<div><a id=n1 href='#r1'>1</a><div><p>Or nine carts.</p></div></div>";
        let short = "<ol><li id=n1>Ibid.</li><li>a</li><li>b</li><li>c</li><li>d</li><li>e</li><li>f</li></ol>";
        let texts = kept(&format!("<p id=r1>{said}</p>{short}"));
        assert!(texts.iter().any(|text| text == "Ibid."), "{texts:?}");
        let texts = kept(&format!("<p id=r1>{said}</p><hr>{apart}"));
        assert!(
            texts.iter().any(|text| text == "Or nine carts."),
            "{texts:?}"
        );
        // A number of comments leads to them.
        let comments = format!(
            "<p>{said} <a href='#c'>12</a></p><div id=c class=comments><p>Good ferry.</p></div>"
        );
        assert_eq!(kept(&comments).len(), 1);
    }

    /// The last paragraph has a class of its own, which says nothing; one that is named is something else.
    #[test]
    fn a_last_paragraph_of_another_look_is_kept() {
        let text = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board. It has done so \
            since the spring in which the old bridge went down the river with two carts on it and one mule.";
        let last = "Whoever wants to know when it leaves has to ask the miller.";
        let read = |last: &str| {
            let html = format!("<body><h1>Ferries</h1><div><p>{text}</p>{last}</div></body>");
            let texts = kept_by(&html, |chars| if chars > 100 { 3.0 } else { -0.8 });
            texts.len() == 2
        };
        assert!(read(&format!("<p class=end>{last}</p>")));
        assert!(!read(&format!("<p class=copyright>{last}</p>")));
        assert!(!read(
            "<p class=end>The ferry by the mill of the upper valley</p>"
        ));
    }

    /// What the page describes itself with stands above the text as its standfirst, unless that is the headline again.
    #[test]
    fn the_standfirst_that_the_page_describes_itself_with_is_kept() {
        let lead = "Nobody knows when it leaves, and nobody minds: a day at the river with those who wait for it.";
        let text = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board. It has done so \
            since the spring in which the old bridge went down the river with two carts on it and one mule.";
        let kept = |above: &str, description: &str| {
            let html = format!(
                "<body><header><h1>Ferries</h1><p>{above}</p></header><p>{text}</p></body>"
            );
            let subject = Subject {
                description: Words::of(description),
                ..Subject::default()
            };
            let blocks = judged_with(&html, subject, |chars| if chars > 100 { 3.0 } else { -1.5 });
            let kept = blocks.into_iter().map(|(_, kept, _)| kept);
            kept.collect::<Vec<_>>()
        };
        assert_eq!(kept(lead, lead), [false, true, true]);
        assert_eq!(kept(lead, "Ferries of the valley."), [false, false, true]);
        let again = "Ferries, ferries, ferries, ferries, ferries, ferries, ferries, ferries";
        assert_eq!(kept(again, again), [false, false, true]);
    }

    /// In an article of the news what stands right under the headline, in its box, is the standfirst, whatever it is called; a
    /// line of who wrote it is none.
    #[test]
    fn what_stands_right_under_the_headline_of_an_article_of_the_news_is_its_standfirst() {
        let text = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board. It has done so \
            since the spring in which the old bridge went down the river with two carts on it and one mule.";
        let kept = |under: &str, news: bool| {
            let html = format!(
                "<body><header><h1>Ferries</h1><p>River</p>{under}</header><p>{text}</p></body>"
            );
            let subject = Subject {
                news,
                ..Subject::default()
            };
            let blocks = judged_with(&html, subject, |chars| if chars > 100 { 3.0 } else { -1.5 });
            blocks[2].1
        };
        let deck =
            "<h2 class=x1>Nobody knows when it leaves from the bank, and nobody minds at all</h2>";
        assert!(kept(deck, true));
        assert!(!kept(deck, false));
        let boxed = format!("<div class=related>{deck}</div>");
        assert!(!kept(&boxed, true));
        assert!(!kept(
            "<p>By Nino Example, who waits at the bank with the drivers</p>",
            true
        ));
    }

    /// A short text right under the headline is the page's own although what the page announces behind it is longer, and
    /// its cards look otherwise.
    #[test]
    fn a_short_text_above_long_cards_is_the_article() {
        let own = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board. It has done so \
            since the spring in which the old bridge went down the river with two carts on it and one mule. Nobody minds, and \
            nobody has asked for another bridge, because there is always somebody on the bank who tells the story of the mule. The cars wait, and the drivers buy bread from the woman with the red cart.";
        let card = |i: u32| {
            format!(
                "<section><blockquote>{} {i}.</blockquote></section>",
                "A ferry is a bridge that waits for you on the other side".repeat(9)
            )
        };
        let html = |line: &str| {
            let cards: String = (0..5).map(card).collect();
            format!(
                "<body><h1>Ferries</h1><article><p>{own}</p></article><div><h2>{line}</h2>{cards}</div></body>"
            )
        };
        assert_eq!(kept_by(&html("You may also like"), |_| 1.0), [own]);
        assert!(kept_by(&html("On bridges"), |_| 1.0).len() > 5);
    }

    /// A list of one link between paragraphs leads elsewhere, and so does the heading over links that are not kept; a list
    /// of things with links is the text's.
    #[test]
    fn one_link_and_the_heading_over_dropped_links_lead_elsewhere() {
        let text = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board, as it did before.";
        let link = "<ul><li><a href=/old>When the old bridge went down the river with a mule</a></li></ul>";
        assert_eq!(
            kept_by(
                &format!("<body><h1>Ferries</h1><p>{text}</p>{link}<p>{text} Twice.</p></body>"),
                |_| 1.0
            )
            .len(),
            2
        );
        let things: String = (0..4)
            .map(|i| format!("<li><a href=/f{i}>The ferry number {i} of the upper valley</a></li>"))
            .collect();
        let list = format!(
            "<body><h1>Ferries</h1><p>{text}</p><ul>{things}</ul><p>{text} Twice.</p></body>"
        );
        assert_eq!(kept_by(&list, |_| 1.0).len(), 6);
        let heading = format!(
            "<body><h1>Ferries</h1><p>{text}</p><h3>Read also</h3><p><a href=/old>The old bridge and the mule</a></p><p>{text} Twice.</p></body>"
        );
        assert_eq!(kept_by(&heading, |_| 1.0).len(), 2);
    }

    /// Lines of the house are known behind a line among them that is not, and above the text behind its standfirst.
    #[test]
    fn one_line_among_those_of_the_house_is_stepped_over() {
        let text = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board, as it did before.";
        let lines = |last: &str| {
            format!(
                "<p>{text}</p><p>{text} Twice.</p><p>Published 12 June 2024</p><p>By Levan Sample</p><p>{last}</p>"
            )
        };
        let kept_of = |html: &str| {
            kept_by(
                &format!("<body><h1>Ferries</h1><div>{html}</div></body>"),
                |_| 1.0,
            )
        };
        assert_eq!(kept_of(&lines("Layout: the little fish")).len(), 2);
        assert_eq!(
            kept_of(&lines(
                "And so the ferry goes on, day after day, as long as there is a river to cross."
            ))
            .len(),
            5
        );
        let above = format!(
            "<p>Nobody knows when the ferry leaves, and nobody at the river minds at all.</p><p>By Nino Example</p><p>{text}</p><p>{text} Twice.</p>"
        );
        assert_eq!(kept_of(&above).len(), 3);
    }

    /// What a page hides above its headline is not the text, even if it is long; without a text under the headline it may be.
    #[test]
    fn what_is_hidden_above_the_headline_is_no_text() {
        let line = "In Avaria the ferry is free for whoever crosses three times a week. The rules say who that is.";
        let text = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board. It has done so \
            since the spring in which the old bridge went down the river with two carts on it and one mule.";
        let kept = |class: &str, text: &str| {
            let lines: String = (0..6).map(|i| format!("<p>{line} ({i})</p>")).collect();
            let html = format!(
                "<body><div class={class}>{lines}</div><h1>Ferries</h1><div><p>{text}</p></div></body>"
            );
            kept_by(&html, |chars| if chars > 100 { -2.0 } else { 2.0 })
        };
        assert_eq!(kept("hidden", text), [text]);
        assert_eq!(kept("lines", text).len(), 6);
        assert_eq!(kept("hidden", "Closed.").len(), 7);
    }

    /// No rule brings the headline back as a heading of the text, and strokes between links are no words.
    #[test]
    fn the_headline_and_a_line_of_links_are_not_the_text() {
        let texts = [
            "The ferry of the upper valley takes twelve cars, and leaves when the last is on board.",
            "Further down the water is calm, and a boat goes to and fro for whoever rings the bell.",
        ];
        let links =
            ["Home", "News", "Sport", "Culture"].map(|name| format!("<a href=/x>{name}</a>"));
        let html = format!(
            "<body><p>{}</p><p>{}</p><h1>Ferries</h1><p>{}</p></body>",
            links.join(" | "),
            texts[0],
            texts[1]
        );
        assert_eq!(kept_by(&html, |_| 3.0), texts);
    }

    /// Where what the odds picked is a small part of the page's running text, what comes nearest is the text too; where it is
    /// most of that, not.
    #[test]
    fn a_small_part_of_the_running_text_is_not_all_of_the_article() {
        let long = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board. It has done so \
            since the spring in which the old bridge went down the river with two carts on it and one mule.";
        let short = [
            "Further down the water is calm, and a boat goes to and fro for whoever rings the bell at the mill.",
            "Nobody has ever waited there for longer than it takes to smoke a pipe, as the old ferryman says.",
            "In summer children swim across, and their clothes come after them in a basket for half the price.",
            "In winter there is ice, and whoever is in a hurry walks over it beside the rope with a lantern.",
        ];
        let kept = |long: &[String], short: &[&str]| {
            let paragraphs = |texts: &[String]| -> String {
                let texts = texts.iter().map(|text| format!("<p>{text}</p>"));
                texts.collect()
            };
            let short: Vec<String> = short.iter().map(|text| (*text).to_owned()).collect();
            let html = format!(
                "<body><h1>Ferries</h1><div class=one>{}</div><div class=two><div>{}</div></div></body>",
                paragraphs(long),
                paragraphs(&short)
            );
            kept_by(&html, |chars| match chars {
                120.. => 1.0,
                60.. => -1.0,
                _ => -4.0,
            })
        };
        let one = vec![long.to_owned()];
        assert_eq!(kept(&one, &short).len(), 5);
        let three = ["upper", "lower", "middle"].map(|valley| long.replace("upper", valley));
        assert_eq!(kept(&three, &short[..1]), three);
    }

    /// A text that is there for wide and for narrow windows is read once, however long it is; what is said twice is not.
    #[test]
    fn a_text_that_stands_there_twice_is_kept_once() {
        let text = [
            "The ferry of the upper valley takes twelve cars, and leaves when the last is on board.",
            "Further down the water is calm, and a boat goes to and fro for whoever rings the bell.",
            "Nobody has ever waited there for longer than it takes to smoke a pipe, the ferryman says.",
        ];
        let html: Vec<String> = text.iter().map(|text| format!("<p>{text}</p>")).collect();
        let html = html.concat();
        let both = format!("<div class=wide>{html}</div><div class=narrow>{html}</div>");
        assert_eq!(kept(&both), text);
        let refrain = format!("{html}<p>{}</p>", text[0]);
        assert_eq!(kept(&refrain).len(), 4);
    }

    /// What was changed, as Markdown with blank lines between the items and a box around each part writes it: the line that
    /// announces it stands in one box and the list in another.
    #[test]
    fn a_loose_list_of_links_that_a_line_announces_is_the_texts() {
        let text = "The ferry of the upper valley takes twelve cars, and leaves when the last is on board.";
        let page = |line: &str| {
            let items = ["The rope is new", "The bell rings again", "Dogs pay half"];
            let items = items.map(|item| format!("<li><p><a href=/x>{item}</a></p></li>"));
            kept_by(
                &format!(
                    "<body><h1>Ferries</h1><div><div class=par><p>{line}</p></div><div class=list><ul>{}</ul></div>
                    <div class=par><p>{text}</p></div></div></body>",
                    items.concat()
                ),
                |chars| if chars < 20 { -1.0 } else { 3.0 },
            )
        };
        assert_eq!(page("Much has been mended in this spring:").len(), 5);
        assert_eq!(page("Much has been mended in this spring.").len(), 2);
    }

    /// What readers ask stands behind the text in boxes that fold. It is all of it the article's, but for what stands there
    /// twice and what is no answer any more; two questions are no list of them.
    #[test]
    fn questions_and_answers_behind_the_text_are_the_texts() {
        let text = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board, in summer and in \
            winter, by day and by night.";
        let pairs = [
            (
                "What does it cost?",
                "A car pays four, and whoever walks pays one, and dogs pay half of that as the old rule of the valley says.",
            ),
            (
                "When does it leave?",
                "It leaves when it is full, and at the latest when the bell of the mill has rung for the third time in the morning.",
            ),
            (
                "Who steers it?",
                "The ferryman does, and his daughter in the weeks in which he mends the boats of the lower valley and of the mill.",
            ),
            (
                "Is it safe?",
                "Nobody has fallen into the water since the spring in which the old bridge went down the river with the miller on it.",
            ),
        ];
        let page = |pairs: &[(&str, &str)], last: &str| {
            let pairs = pairs.iter().map(|(question, answer)| {
                format!("<div class=fold><h3>{question}</h3><div><p>{answer}</p></div></div>")
            });
            let html = format!(
                "<body><h1>Ferries</h1><div>{}</div><div class=ask>{}</div><div><p>{last}</p></div></body>",
                format!("<p>{text}</p>").repeat(2),
                pairs.collect::<String>()
            );
            kept_by(&html, |chars| match chars {
                100.. => 3.0,
                30..=50 => -2.6,
                _ => -2.2,
            })
        };
        let last = "The house by the river has told of ferries for forty years, and lives on what its readers give.";
        let kept = page(&pairs, last);
        for (question, answer) in pairs {
            assert!(kept.iter().any(|text| text == question), "{kept:?}");
            assert!(kept.iter().any(|text| text == answer), "{kept:?}");
        }
        assert!(!kept.iter().any(|text| text == last), "{kept:?}");
        assert_eq!(page(&pairs[..2], last).len(), 2);
        // One with all against it that is a link leads elsewhere; as a heading it is one of them.
        let long = "Does the ferry of the lower valley still run?";
        let link = format!("<a href=/lower>{long}</a>");
        let with = |question: &str| {
            let mut pairs = pairs.to_vec();
            pairs[2].0 = question;
            let texts = page(&pairs, last);
            texts.iter().any(|text| text == long)
        };
        assert!(with(long));
        assert!(!with(&link));
    }

    /// A recipe is not whole without what the dish is made of, whose lines look like nothing; links so named are a menu.
    #[test]
    fn the_ingredients_of_a_recipe_are_kept() {
        let text = "The miller's wife bakes this cake on the day on which the ferry is put into the water, and every child of the \
            valley comes by for a piece of it.";
        let page = |class: &str, lines: [&str; 3]| {
            let lines = lines.map(|line| format!("<li>{line}</li>")).concat();
            let html = format!(
                "<body><h1>Ferries</h1><div><p>{text}</p></div><aside class={class}><ul>{lines}</ul></aside></body>"
            );
            kept_by(&html, |chars| match chars {
                60.. => 3.0,
                _ => -3.0,
            })
        };
        let amounts = ["400 g flour", "½ cup honey", "salt"];
        assert_eq!(page("recipe__ingredients", amounts)[1..], amounts);
        assert_eq!(page("zutaten", amounts).len(), 4);
        assert_eq!(page("facts", amounts).len(), 1);
        // What is said twice is kept once, and what is hidden not at all.
        let twice = ["400 g flour", "½ cup honey", "400 g flour"];
        assert_eq!(page("ingredients", twice).len(), 3);
        assert_eq!(page("'ingredients hidden'", amounts).len(), 1);
        assert_eq!(page("ingredients", ["Flour", "Honey", "Salt"]).len(), 1);
    }

    /// What is said of a product stands between its figures, which are kept; one line there may be a caption.
    #[test]
    fn running_text_between_what_is_kept_is_the_texts() {
        let long = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board, in summer and in \
            winter, by day and by night, and nobody has ever waited for it.";
        let said = [
            "A smaller boat goes to and fro all day for whoever rings the bell, and waits for nobody who does not ring it.",
            "In winter there is ice, and whoever is in a hurry walks over it beside the rope with a lantern in the hand.",
        ];
        let page = |said: &[&str]| {
            let said: String = said
                .iter()
                .map(|text| format!("<div><p>{text}</p></div>"))
                .collect();
            let html = format!(
                "<body><h1>Ferries</h1><div><p>{long}</p><section>{said}</section><p>{}</p></div></body>",
                long.replace("upper", "lower")
            );
            kept_by(&html, |chars| if chars > 110 { 3.0 } else { -1.0 })
        };
        assert_eq!(page(&said).len(), 4);
        assert_eq!(page(&said[..1]).len(), 2);
    }

    /// Boxes of one look are the parts of one text: where the text of some is kept, that of the others is too, whatever the
    /// boxes are named; where none is, they are something else.
    #[test]
    fn sections_of_one_look_are_of_one_text() {
        let long = "The ferry of the upper valley takes twelve cars and leaves when the last of them is on board, in summer and in \
            winter, by day and by night.";
        let short = "Whoever rings the bell at the mill is fetched by a smaller boat.";
        let page = |class: &str, first: &str| {
            let section = |number: usize, text: &str| {
                format!("<div class={class}><h3>Landing {number}</h3><p>{text}</p></div>")
            };
            let sections = [first, short, short, long, short].into_iter().enumerate();
            let sections: String = sections
                .map(|(i, text)| section(i, &text.replace("bell", &format!("{i} bells"))))
                .collect();
            let html = format!("<body><h1>Ferries</h1><div>{sections}</div></body>");
            kept_by(&html, |chars| match chars {
                100.. => 3.0,
                20.. => -1.0,
                _ => -1.5,
            })
        };
        assert_eq!(page("part", long).len(), 10);
        assert_eq!(page("teaser", long).len(), 10);
        // Comments are not the article's because one of them looks like it.
        assert!(page("comment", long).len() < 4);
        // Nor are lines that lead elsewhere.
        let link = format!("<a href=/other>{short}</a>");
        let texts = page("part", &link);
        assert!(
            texts.len() >= 7 && !texts.iter().any(|text| text.contains("0 bells")),
            "{texts:?}"
        );
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
            let subject = Subject {
                authors: vec![Words::of("Nino Example")],
                ..Subject::default()
            };
            let blocks = judged_with(&html, subject, |_| 3.0);
            blocks.last().is_some_and(|(_, kept, _)| *kept)
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
