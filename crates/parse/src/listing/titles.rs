//! What a story is called: of all its links the text that is most a headline, and no kicker, date or number of comments.
//! Never here: whether the story is listed.

use super::cards::{Card, Owner};
use super::page::Page;
use super::service::{is_comments, is_more};
use crate::{dates, lines};
use newsprint_html::safe_text;
use newsprint_model::fold;

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
    let long: Vec<&str> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() >= 3)
        .collect();
    if long.len() > 3 || text.chars().count() > 60 || dates::parse(text, None).is_none() {
        return false;
    }
    // `Council meeting 12 October 2026`, `Minutes of 5 October 2026`: what is there was on that day.
    let others = long
        .iter()
        .filter(|word| !dates::is_date_word(word) && !lines::is_about_date(word))
        .count();
    let of = fold(text)
        .split_whitespace()
        .nth(1)
        .is_some_and(|word| matches!(word, "of" | "vom" | "du" | "del" | "van" | "z" | "za"));
    // The record of a meeting, and not how long it is to read.
    let record = fold(text).starts_with("minutes of ");
    others < 2 && !(others == 1 && of) && !record
}

/// A title without what only surrounds it: arrows, `[more]`, how long it is to read or to watch, the day in front.
fn tidy(text: &str) -> &str {
    const MORE: &[&str] = &[
        "[mehr]",
        "[more]",
        "[plus]",
        "[mas]",
        "[lire]",
        "[weiter]",
        "(mehr)",
        "(more)",
        "[read more]",
        "[weiterlesen]",
        "[...]",
    ];
    const READ: &[&str] = &[
        "min read",
        "mins read",
        "minute read",
        "minutes read",
        "min. lesezeit",
        "min lesezeit",
        "minuten lesezeit",
        "min de lecture",
        "min de lectura",
        "min di lettura",
        "min. read",
    ];
    let sign = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '»' | '›'
                    | '→'
                    | '▶'
                    | '►'
                    | '▸'
                    | '➔'
                    | '➜'
                    | '●'
                    | '•'
                    | '·'
                    | '|'
                    | '>'
            )
    };
    let mut out = text.trim_matches(sign);
    // A quotation opens and closes with the same signs.
    if out.contains('«') || out.contains('‹') {
        out = text.trim();
    }
    for _ in 0..3 {
        let folded = out.to_lowercase();
        if folded.len() != out.len() {
            break;
        }
        let mut end = out.len();
        if let Some(more) = MORE.iter().find(|more| folded.ends_with(**more)) {
            end -= more.len();
        } else if let Some(read) = READ.iter().find(|read| folded.ends_with(**read)) {
            let before = out[..out.len() - read.len()].trim_end();
            let number = before.trim_end_matches(|c: char| c.is_ascii_digit());
            if number.len() < before.len() && (number.is_empty() || number.ends_with(' ')) {
                end = number.len();
            }
        }
        let rest = out[..end].trim_end_matches(sign);
        let start = match rest.split_once(' ') {
            Some((clock, _)) if is_length(clock) => clock.len(),
            _ => dated(rest),
        };
        let next = rest[start..].trim_start_matches(sign);
        if next.len() == out.len() || !is_title(next) {
            break;
        }
        out = next;
    }
    if is_title(out) { out } else { text }
}

/// `03:24`, `1:03:24`: how long a film is; `14:20` may be when it was.
fn is_length(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    // `0:3` is a score.
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&parts.len())
        && parts.iter().all(digits)
        && (1..=2).contains(&parts[0].len())
        && parts[1..].iter().all(|part| part.len() == 2)
}

/// How long the day is that opens a title: `12.11.2026 - `, `12 November 2026: `.
fn dated(text: &str) -> usize {
    let cut = [" - ", " – ", " — ", ": ", " | "]
        .iter()
        .filter_map(|sign| Some((text.find(sign)?, sign.len())))
        .min();
    let Some((at, sign)) = cut else { return 0 };
    let day = &text[..at];
    let others = day
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() >= 3)
        .filter(|word| !dates::is_date_word(word) && !lines::is_about_date(word))
        .count();
    let is_day = others == 0 && day.chars().count() <= 40 && dates::parse(day, None).is_some();
    if is_day { at + sign } else { 0 }
}

/// The rank of a text by where it was found.
fn ranked(text: String, source: f64) -> Title {
    let text = tidy(&text).to_owned();
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
        [_] => match part(page, link) {
            Some(part) => offer(ranked(part, 3.0)),
            None => offer(ranked(alone(spoken), 3.0)),
        },
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
        // What is shown is cut, and the attribute has it whole.
        let cut = best.text.trim_end_matches(['.', '…', ' ']);
        let is_cut = cut.len() < best.text.len() && words(cut) >= 2;
        if (is_cut && best.text.ends_with("...") || best.text.ends_with('…'))
            && attribute.starts_with(cut)
        {
            best.text.clone_from(&attribute);
        } else {
            let title = ranked(attribute.clone(), 2.0);
            if title.rank > best.rank {
                best = title;
            }
        }
    }
    let alt = page.inside(link).find_map(|index| page.attr(index, "alt"));
    if let Some(alt) = alt {
        let title = ranked(safe_text::line(&alt), 0.5);
        if !title.text.is_empty() && title.rank > best.rank {
            best = title;
        }
    }
    if best.rank == f64::MIN {
        best.rank = -9.0;
    }
    best
}

/// Of the two or more spans that a link is made of, none of which says what it is, the one that is the title: it has the
/// words of the address; else the first that is long enough and no teaser.
fn part(page: &Page, link: usize) -> Option<String> {
    let node = &page.elements[link].node;
    let bare = node
        .children_it(false)
        .any(|child| child.is_text() && child.text().chars().any(char::is_alphanumeric));
    if bare {
        return None;
    }
    let parts: Vec<String> = page
        .inside(link)
        .filter(|at| page.elements[*at].parent == link && page.is(*at, "span"))
        .map(|at| page.title_text(at))
        .filter(|text| words(text) >= 2)
        .collect();
    if !(2..=4).contains(&parts.len()) {
        return None;
    }
    // Lines of one headline run on: the next begins small.
    let apart = parts[1..]
        .iter()
        .all(|part| !part.chars().next().is_some_and(char::is_lowercase));
    if !apart || parts.iter().filter(|part| words(part) >= 4).count() < 2 {
        return None;
    }
    let href = page.attr(link, "href").unwrap_or_default();
    let url = url::Url::parse("http://page.invalid/")
        .ok()?
        .join(href.trim())
        .ok()?;
    let fit = |text: &String| super::address::slug_in_title(&url, text);
    let named = parts.iter().max_by(|a, b| fit(a).total_cmp(&fit(b)))?;
    if fit(named) >= 0.6 && parts.iter().filter(|part| fit(part) >= 0.6).count() == 1 {
        return Some(named.clone());
    }
    // A sentence that ends as one is a teaser.
    let first = &parts[0];
    let teaser = parts[1..]
        .iter()
        .all(|part| words(part) > words(first) && part.ends_with(['.', '…', '!', '?']));
    teaser.then(|| first.clone())
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
            .chain(page.above(index).take(3))
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
