//! What a story is called: of all its links the text that is most a headline, and no kicker, date or number of comments.
//! Never here: whether the story is listed.

use super::cards::{Card, Owner};
use super::page::Page;
use super::service::{is_comments, is_more};
use crate::{dates, lines};
use newsprint_html::safe_text;

/// Characters of a title; what is longer is a teaser that is one link.
pub(super) const MAX_TITLE: usize = 300;

/// A text that may be the title, and how much speaks for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Title {
    pub text: String,
    /// 0 (the text of a picture) to 6 (a heading of several words); below 1 it is hardly a title.
    pub rank: f64,
    /// Whether the page shows it, and not only an attribute has it.
    pub shown: bool,
    /// Whether it stands in a heading.
    pub heading: bool,
    /// Whether it stands in what is called a title.
    pub titled: bool,
}

/// How many words a title has; scripts without spaces count two signs as one.
pub(super) fn words(title: &str) -> usize {
    let dense = title.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{0e00}'..='\u{0e7f}')).count();
    let spaced = title
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    spaced.max(dense / 2)
}

/// Whether a text could be a title at all.
pub(super) fn is_title(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (words(text) >= 2 || letters >= 12)
        && letters >= 5
        && text.chars().count() <= MAX_TITLE * 2
        && !is_more(text)
        && !is_comments(text)
        && !is_date(text)
}

/// Whether a text says when, and hardly anything else.
fn is_date(text: &str) -> bool {
    let long = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() >= 3)
        .count();
    long <= 3 && text.chars().count() <= 60 && dates::parse(text, None).is_some()
}

/// The rank of a text by where it was found.
fn ranked(text: String, source: f64) -> Title {
    let mut rank = source;
    let count = words(&text);
    rank += match count {
        0 | 1 => -1.5,
        2 => -0.5,
        3 => 0.0,
        4..=30 => 0.5,
        _ => -1.5,
    };
    if !is_title(&text) {
        rank -= 4.0;
    }
    Title {
        text,
        rank,
        shown: source > 2.5,
        ..Title::default()
    }
}

/// The best title that one link offers.
pub(super) fn of_link(page: &Page, link: usize) -> Title {
    let element = &page.elements[link];
    let mut best = Title {
        rank: f64::MIN,
        ..Title::default()
    };
    let mut offer = |title: Title| {
        if !title.text.is_empty() && title.rank > best.rank {
            best = title;
        }
    };
    let place = element.place;
    let spoken = page.title_text(link);
    let attribute = page
        .attr(link, "title")
        .or_else(|| page.attr(link, "aria-label"))
        .map(|text| safe_text::line(&text))
        .unwrap_or_default();
    // A heading that opens with a kicker: the attribute has the title alone.
    let alone = |text: String| match text.ends_with(&attribute)
        && is_title(&attribute)
        && words(&attribute) >= 3
    {
        true => attribute.clone(),
        false => text,
    };
    if place.heading || place.titled {
        let source = if place.heading { 5.0 } else { 4.0 };
        offer(Title {
            heading: place.heading,
            titled: place.titled,
            ..ranked(
                alone(spoken.clone()),
                if place.beside && !place.titled {
                    1.5
                } else {
                    source
                },
            )
        });
    }
    for index in page.inside(link).take(200) {
        let inner = &page.elements[index];
        let starts = |is: fn(super::page::Place) -> bool| {
            is(inner.place) && !is(page.elements[inner.parent].place)
        };
        let heading = !place.heading && starts(|place| place.heading);
        let titled = !place.titled && starts(|place| place.titled);
        if heading || titled {
            let source = match (
                heading,
                inner.place.titled,
                inner.place.beside && !inner.place.titled,
            ) {
                (_, _, true) => 1.0,
                (true, true, _) => 5.2,
                (true, false, _) => 5.0,
                (false, ..) => 4.0,
            };
            offer(Title {
                heading,
                titled: inner.place.titled,
                ..ranked(alone(page.title_text(index)), source)
            });
        }
    }
    let own = lines::inside(element.node);
    match own.as_slice() {
        [] => {}
        [_] => offer(ranked(alone(spoken), 3.0)),
        // A card without headings: the first line that is no date, number or kicker.
        many => {
            let lines: Vec<&String> = many.iter().filter(|line| is_title(line)).take(4).collect();
            let line = lines.iter().find(|line| words(line) >= 4).or(lines.first());
            if let Some(line) = line {
                offer(ranked(alone((*line).clone()), 3.0));
            }
        }
    }
    if !attribute.is_empty() {
        offer(ranked(attribute, 2.0));
    }
    let alt = page.inside(link).find_map(|index| page.attr(index, "alt"));
    if let Some(alt) = alt {
        offer(ranked(safe_text::line(&alt), 0.5));
    }
    if best.rank == f64::MIN {
        best.rank = -9.0;
    }
    best
}

/// The title of a card whose links say nothing of their own (`Full story`, a picture, an empty link over all of it):
/// its heading, or what it calls its title.
pub(super) fn of_card(page: &Page, card: &Card, links: &[usize]) -> Option<Title> {
    let mut best: Option<Title> = None;
    for index in (card.top..page.elements[card.top].end).take(400) {
        let element = &page.elements[index];
        let parent = page.elements[element.parent].place;
        let heading = element.place.heading && !parent.heading;
        let titled = element.place.titled && !parent.titled;
        if !(heading || titled) || (element.place.beside && !element.place.titled) {
            continue;
        }
        // What links elsewhere is no title of this story.
        let linked = page
            .inside(index)
            .any(|inner| page.is_link(inner) && !links.contains(&inner));
        if linked {
            continue;
        }
        let title = Title {
            heading,
            titled: element.place.titled,
            ..ranked(page.title_text(index), if heading { 4.5 } else { 3.5 })
        };
        if title.rank > best.as_ref().map_or(2.0, |best| best.rank) {
            best = Some(title);
        }
    }
    best
}

/// The heading that stands last before a link, with no other story between them: what the link's text is about where it
/// says only `Full story`.
pub(super) fn before(page: &Page, link: usize, owner: &[Owner]) -> Option<(usize, Title)> {
    let floor = link.saturating_sub(150);
    let mut at = link;
    while at > floor {
        at -= 1;
        let element = &page.elements[at];
        let parent = page.elements[element.parent].place;
        if element.end <= link && element.place.heading && !parent.heading {
            // The heading of another story.
            let linked = page
                .inside(at)
                .chain(page.above(at).take(8))
                .any(|near| page.is_link(near));
            if linked || owner[at] != Owner::Nobody {
                return None;
            }
            let title = Title {
                heading: true,
                ..ranked(page.title_text(at), 4.0)
            };
            return (title.rank > 2.0).then_some((at, title));
        }
    }
    None
}
