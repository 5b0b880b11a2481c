//! Dates that the page shows: beside the headline, behind a label, in a sentence, in its last lines.
//! Never here: dates declared for machines.

use dom_query::NodeRef;
use newsprint_html::safe_text;
use newsprint_model::{Time, fold};

use super::date_of;
use super::scan::{Scan, Spot};
use crate::dates::{self, Written};
use crate::lines;

/// How many elements before and behind the headline are looked at.
const BEFORE: usize = 40;
const BEHIND: usize = 60;
/// How many behind it are close to it.
const CLOSE: usize = 30;
/// Candidates read.
const MOST: usize = 12;
/// Elements whose label is looked at.
const SPOTS: usize = 80;
/// What a label of the date of publication begins with, folded.
#[rustfmt::skip]
pub(super) const SAYS_PUBLISHED: &[&str] = &[
    "publish", "posted", "publication date", "release date", "veroffentlicht", "erschienen", "publie", "publicado", "pubblicato",
    "gepubliceerd", "publicerad", "publisert", "udgivet", "julkaistu", "opublikowano", "publikovano", "megjelent", "publicat",
    "опубликовано", "опубліковано", "yayin", "diterbitkan", "δημοσιευ", "ngay dang", "发布时间", "发布日期",
];

/// A date as it is shown.
#[derive(Clone)]
pub(super) struct Shown {
    pub date: Written,
    /// Whether it, or what signs part from the rest of its line, has no word but those of dates and what stands beside them.
    pub alone: bool,
    /// Whether it says that it is the date of a change.
    pub changed: bool,
    /// Whether it is in numbers alone, so that day and month may be in either order.
    pub in_numbers: bool,
    /// Whether it has no other word and stands right behind the headline, or before it and is the day on which the page
    /// says that it was changed: above a headline there may be today's date.
    pub closely: bool,
}

/// The first date near the headline that is all there is in its element, one of publication before one of a change.
/// `modified`: when the page declares that it was changed.
pub(super) fn shown(scan: &Scan, lang: Option<&str>, modified: Option<&Written>) -> Option<Shown> {
    let headline = scan.headline()?.order;
    let near = |spot: &&Spot| {
        !spot.place.chrome
            && !spot.place.others
            && spot.order + BEFORE > headline
            && spot.order < headline + BEHIND
            && !scan.is_card(spot)
    };
    let all = scan.times.iter().chain(&scan.dates).chain(&scan.numbered);
    let mut spots: Vec<&Spot> = all.filter(near).collect();
    spots.sort_by_key(|spot| spot.order);
    let found = spots.into_iter().take(MOST).filter_map(|spot| {
        let text = safe_text::line(&spot.node.text());
        let alone = text.chars().count() <= 60 && lines::is_only_date(&text);
        let date = alone.then(|| dates::parse(&text, lang))??;
        // A day within a sentence is one that the text tells of.
        if is_in_prose(&spot.node) {
            return None;
        }
        let changed = is_first_of_change(&text, lang) || is_called_changed(&spot.node);
        let before = || modified.is_some_and(|day| days_between(day, &date) == Some(0));
        let close = match spot.order >= headline {
            true => spot.order < headline + CLOSE,
            false => before(),
        };
        let closely = close && is_bare(&text);
        let in_numbers = is_in_numbers(&text);
        Some((
            spot.order,
            Shown {
                date,
                alone: has_bare_part(&text, lang)
                    || is_called_date(spot, scan)
                    || tells_of_article(&text),
                changed,
                in_numbers,
                closely,
            },
        ))
    });
    let found: Vec<(usize, Shown)> = found.collect();
    let (order, first) = found.first()?;
    let publication = || {
        let mut others = found.iter().filter(|(_, shown)| !shown.changed);
        others.find(|(other, _)| *other < order + 12)
    };
    let chosen = match first.changed {
        true => publication().map_or(first, |(_, shown)| shown),
        false => first,
    };
    // Around it there may be a box that says more.
    let same = |shown: &Shown| days_between(&shown.date, &chosen.date) == Some(0);
    let closely = found.iter().any(|(_, shown)| shown.closely && same(shown));
    let alone = found.iter().any(|(_, shown)| shown.alone && same(shown));
    Some(Shown {
        closely,
        alone,
        ..chosen.clone()
    })
}

/// The one day that the page calls that of publication, wherever it stands: `Published` is before it, or all there is in the
/// element before. Beside the article it may be that of another one.
pub(super) fn labelled(scan: &Scan, lang: Option<&str>, beside: bool) -> Option<Written> {
    let own = scan.times.iter().chain(&scan.dates).chain(&scan.numbered);
    let own = own.filter(|spot| !spot.place.chrome && (beside || !spot.place.others));
    let own = own.take(SPOTS);
    let dated = own.filter_map(|spot| {
        let node = &spot.node;
        let before = text_before(node)
            .or_else(|| text_before(node.parent().as_ref()?))
            .unwrap_or_default();
        if !says_published(&before) {
            return None;
        }
        alone(node, lang)
    });
    one_day(dated)
}

/// Whether the page shows a day behind a label of the date of publication, in the same element or the one before it.
pub(super) fn is_called_published(
    scan: &Scan,
    lines: &[String],
    date: &Written,
    lang: Option<&str>,
) -> bool {
    const LINES: usize = 6;
    // What is published again, or is the whole site's, is another day.
    let own = |label: &str| says_published(label) && !names_whole_site(label) && !says_again(label);
    let labels = |text: &str| {
        let label = text.split(|c: char| c.is_numeric()).next();
        label.is_some_and(own)
    };
    let same =
        |shown: Option<Written>| shown.and_then(|shown| days_between(&shown, date)) == Some(0);
    let line = |line: &String| labels(line) && same(dates::parse(line, lang));
    if lines.iter().take(LINES).any(line) {
        return true;
    }
    let spots = scan.times.iter().chain(&scan.dates).chain(&scan.numbered);
    let spots =
        spots.filter(|spot| !spot.place.chrome && !spot.place.others && !scan.is_card(spot));
    spots.take(SPOTS).any(|spot| {
        let node = &spot.node;
        let text = safe_text::line(&node.text());
        let before = || {
            let before = text_before(node).or_else(|| text_before(node.parent().as_ref()?));
            before.is_some_and(|text| own(&text))
        };
        (labels(&text) || before()) && same(alone(node, lang))
    })
}

/// The date of an element that has little else in it.
fn alone(node: &NodeRef, lang: Option<&str>) -> Option<Written> {
    let text = safe_text::line(&node.text());
    let alone = text.chars().count() <= 60 && lines::is_only_date(&text);
    alone.then(|| date_of(node, lang))?
}

/// The first of some dates, if all are of one day.
fn one_day(dated: impl Iterator<Item = Written>) -> Option<Written> {
    let mut dated = dated.peekable();
    let first = dated.peek()?.clone();
    let day = |date: &Written| date.local.get(..10).map(str::to_owned);
    dated.all(|date| day(&date) == day(&first)).then_some(first)
}

/// As [`labelled`], anywhere on the page and in boxes within boxes: for pages that have no other date.
pub(super) fn labelled_in_frame(scan: &Scan, lang: Option<&str>) -> Option<Written> {
    let spots = scan.times.iter().chain(&scan.dates);
    let spots = spots.chain(&scan.numbered).chain(&scan.framed).take(SPOTS);
    // Teasers say so too, each of its own article.
    let spots = spots.filter(|spot| !scan.is_card(spot));
    one_day(spots.filter_map(|spot| {
        let around = std::iter::once(spot.node).chain(spot.node.ancestors_it(Some(3)));
        let mut before = around.filter_map(|node| text_before(&node));
        before.next().filter(|text| says_published(text))?;
        alone(&spot.node, lang)
    }))
}

/// What a text begins with that says in a sentence when an entry was posted, as blogs set it under their entries.
#[rustfmt::skip]
const POSTED: &[&str] = &[
    "posted on ", "published on ", "this entry was posted on ", "this post was posted on ", "this entry was published on ",
    "this post was published on ", "this article was published on ", "this article was posted on ", "originally published on ",
    "first published on ", "this article was originally published on ", "this post was originally published on ",
    "this story was originally published on ", "this article was first published on ", "this post was first published on ",
    "dieser eintrag wurde am ",
    "dieser beitrag wurde am ", "dieser artikel wurde am ", "cette entree a ete publiee le ", "cet article a ete publie le ",
    "esta entrada fue publicada el ", "esta entrada fue publicada en ", "esta entrada foi publicada em ", "questo articolo e stato pubblicato il ",
    "dit bericht werd geplaatst op ", "dit bericht is geplaatst op ", "ten wpis zostal opublikowany ", "запись опубликована ",
];

/// Whether a text begins with a sentence that says when the entry was posted.
pub(super) fn says_posted(text: &str) -> bool {
    behind_posted(text).is_some()
}

/// What stands behind the words of [`POSTED`].
fn behind_posted(text: &str) -> Option<String> {
    const LONGEST: usize = 50;
    // Of most texts the first letter says that it is none of them.
    let first = text.trim_start().chars().next()?.to_lowercase().next()?;
    if !"ptdceqzзof".contains(first) {
        return None;
    }
    let start: String = text.trim_start().chars().take(LONGEST).collect();
    let folded = fold(&format!(
        "{}.",
        start.split_whitespace().collect::<Vec<_>>().join(" ")
    ));
    let opening = POSTED.iter().find(|opening| {
        let bare = opening.trim_end();
        folded.starts_with(**opening) || folded.strip_suffix('.').is_some_and(|text| text == bare)
    })?;
    let words = opening.split_whitespace().count();
    let rest: Vec<&str> = text.split_whitespace().skip(words).take(12).collect();
    Some(rest.join(" "))
}

/// The one day on which sentences of the page say that the entry was posted.
/// Two words are what teasers of other entries begin with too: they count only with `short`.
pub(super) fn in_prose(scan: &Scan, lang: Option<&str>, short: bool) -> Option<Written> {
    const ENDS: [&str; 9] = [
        " and ", " but ", " und ", " in ", " by ", " par ", " por ", " da ", " filed",
    ];
    let dated = scan.posted.iter().take(MOST).filter_map(|spot| {
        let text = safe_text::line(&spot.node.text());
        let two = ["posted", "published"]
            .iter()
            .any(|word| fold(&text).starts_with(word));
        let rest = behind_posted(&text).filter(|_| short || !two)?;
        let end = ENDS.iter().filter_map(|end| rest.find(end)).min();
        dates::parse(&rest[..end.unwrap_or(rest.len())], lang)
    });
    one_day(dated)
}

/// The date in a line of its own among the first lines of a text set as it was typed.
pub(super) fn in_plain_text(scan: &Scan, lang: Option<&str>) -> Option<Written> {
    let lines = typed_lines(scan);
    let mut dated = lines.iter().filter(|line| lines::is_only_date(line));
    dated.find_map(|line| dates::parse(line, lang))
}

/// The first lines of a text set as it was typed.
pub(super) fn first_typed_lines(scan: &Scan) -> Vec<String> {
    const LINES: usize = 10;
    let Some(typed) = scan.typed.first().filter(|spot| !spot.place.chrome) else {
        return Vec::new();
    };
    let text = typed.node.text();
    let lines = text.lines().map(safe_text::line);
    lines.filter(|line| !line.is_empty()).take(LINES).collect()
}

/// The first lines of a text set as it was typed, where the title is the first: what stands under it tells of the text.
pub(super) fn typed_lines(scan: &Scan) -> Vec<String> {
    const LINES: usize = 6;
    let mut lines = first_typed_lines(scan).into_iter().take(LINES);
    match (lines.next(), scan.title.as_deref()) {
        (Some(first), Some(title)) if super::alike(&first, title) => lines.collect(),
        _ => Vec::new(),
    }
}

/// The date that an old journal parts over the links to the year, the month and the day (`2010-09-26 21:14:00`).
pub(super) fn in_links(scan: &Scan, lang: Option<&str>) -> Option<Written> {
    const PARTS: usize = 6;
    let own = scan.day_links.iter().filter(|spot| !spot.place.others);
    own.take(MOST).find_map(|spot| {
        let mut parts = Vec::new();
        let mut links = 0;
        let mut node = Some(spot.node);
        while let Some(part) = node.filter(|_| parts.len() < PARTS && links < 3) {
            links += usize::from(part.has_name("a"));
            parts.push(part.text().trim().to_owned());
            node = part.prev_sibling();
        }
        let numbers = |text: &&String| (2..=4).contains(&text.len());
        let [day, .., year] = &parts[..] else {
            return None;
        };
        if links < 3 || !numbers(&day) || year.len() != 4 {
            return None;
        }
        parts.reverse();
        let mut text = parts.concat();
        if let Some(behind) = spot.node.next_sibling().filter(NodeRef::is_text) {
            text.push_str(&behind.text());
        }
        dates::parse(&safe_text::line(&text), lang)
    })
}

/// The date that an element begins with before the links to what it is filed under (`March 11, 2007 in Novels`).
pub(super) fn before_links(scan: &Scan, lang: Option<&str>) -> Option<Written> {
    const JOINTS: &[&str] = &["in", "under", "by", "at", "@", "|", "·", "•", "-", "–", "—"];
    const LINE: usize = 160;
    let own = scan
        .numbered
        .iter()
        .filter(|spot| !spot.place.others && !scan.is_comment(spot) && !scan.is_card(spot));
    one_day(own.take(SPOTS).filter_map(|spot| {
        let first = spot.node.first_child().filter(NodeRef::is_text)?;
        let text = safe_text::line(&first.text());
        let (start, joint) = text.rsplit_once(' ')?;
        let linked = first.next_sibling().is_some_and(|next| next.has_name("a"));
        let short = spot.node.text().trim().len() <= LINE;
        let bare = JOINTS.contains(&joint) && is_bare(start);
        (linked && short && bare).then(|| dates::parse(start, lang))?
    }))
}

/// The one day that the page hands to its scripts as that of publication.
pub(super) fn in_scripts(scan: &Scan) -> Option<Written> {
    one_day(
        scan.moments
            .iter()
            .filter_map(|value| dates::parse(value, None)),
    )
}

/// Whether the page shows a day only as that of a change.
pub(super) fn is_of_change(scan: &Scan, date: &Written, lang: Option<&str>) -> bool {
    let spots = scan.times.iter().chain(&scan.dates).chain(&scan.numbered);
    let said = spots.take(SPOTS).filter_map(|spot| {
        let text = safe_text::line(&spot.node.text());
        let alone = text.chars().count() <= 60 && lines::is_only_date(&text);
        let found = alone.then(|| date_of(&spot.node, lang))??;
        let same = days_between(&found, date) == Some(0);
        same.then(|| is_first_of_change(&text, lang) || is_called_changed(&spot.node))
    });
    let said: Vec<bool> = said.collect();
    !said.is_empty() && said.iter().all(|changed| *changed)
}

/// Whether the dates that a page has in numbers between slashes have the month first, as far as they tell.
pub(super) fn is_month_first(scan: &Scan) -> Option<bool> {
    let spots = scan.numbered.iter().chain(&scan.framed);
    let (mut month, mut day) = (false, false);
    for spot in spots.take(SPOTS) {
        let text = safe_text::line(&spot.node.text());
        if text.chars().count() > 80 {
            continue;
        }
        let Some((first, second)) = between_slashes(&text) else {
            continue;
        };
        day |= first > 12;
        month |= second > 12;
        // What stands beside it may know it (`02/03/2001 11:15 AM EST`).
        let read = dates::parse(&text, None).and_then(|date| {
            Some((
                date.local.get(5..7)?.parse().ok()?,
                date.local.get(8..10)?.parse().ok()?,
            ))
        });
        month |= first != second && read == Some((first, second));
    }
    match (month, day) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// The first two numbers of a date between slashes.
pub(super) fn between_slashes(text: &str) -> Option<(u32, u32)> {
    text.split(|c: char| !c.is_ascii_digit() && c != '/')
        .find_map(|word| {
            let mut parts = word.split('/');
            let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
            let short = |part: &str| (1..=2).contains(&part.len());
            let date = short(first) && short(second) && matches!(year.len(), 2 | 4);
            (date && parts.next().is_none())
                .then(|| Some((first.parse().ok()?, second.parse().ok()?)))?
        })
}

/// When the page says at its end that it was changed last: pages of persons have no other date.
pub(super) fn last_change(scan: &Scan, lang: Option<&str>) -> Option<Written> {
    const LINE: usize = 160;
    const WORDS: usize = 12;
    let lines = scan
        .ends
        .iter()
        .filter(|spot| !spot.place.others)
        .take(MOST)
        .flat_map(|spot| lines::inside(spot.node));
    let lines = lines.filter(|line| {
        line.chars().count() <= LINE && says_changed(line) && !names_whole_site(line)
    });
    let mut dated = lines.filter_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        // The last place from which on it still says so.
        let mut starts = (0..words.len().min(WORDS * 2)).rev();
        let at = starts.find(|at| says_changed(&words[*at..].join(" ")))?;
        let rest = &words[at..words.len().min(at + WORDS)];
        dates::parse(&rest.join(" "), lang)
    });
    dated.next()
}

/// The date that a line at the headline says against the moment of the fetch (`3 hours ago`, `12 June`), alone or beside a name.
/// `own`: whether a line is something other than the site's name, which may be `Today`.
pub(super) fn against_fetch(
    scan: &Scan,
    lines: &[String],
    lang: Option<&str>,
    fetched: Time,
    own: impl Fn(&str) -> bool,
) -> Option<Written> {
    let read = |part: &str| {
        let alone = lines::is_only_date(part) && own(part);
        alone.then(|| dates::parse_at(part, lang, Some(fetched)))?
    };
    let mut parts = first_parts(scan, lines);
    if let Some(date) = parts.find_map(read) {
        return Some(date);
    }
    let headline = scan.headline()?.order;
    let near = |spot: &&Spot| {
        !scan.is_chrome(spot.place)
            && !spot.place.others
            && spot.order + BEFORE > headline
            && spot.order < headline + BEHIND
            && !scan.is_card(spot)
    };
    let all = scan.times.iter().chain(&scan.dates).chain(&scan.numbered);
    all.filter(near)
        .take(MOST)
        .find_map(|spot| read(&safe_text::line(&spot.node.text())))
}

/// The date that is a part of its own in one of the lines behind the headline (`Nino Example • 12 June 2024`).
pub(super) fn shown_in_line(scan: &Scan, lines: &[String], lang: Option<&str>) -> Option<Shown> {
    first_parts(scan, lines).find_map(|part| {
        let alone = lines::is_only_date(part) && is_bare(part);
        let date = alone.then(|| dates::parse(part, lang))??;
        Some(Shown {
            date,
            alone: true,
            changed: is_first_of_change(part, lang),
            in_numbers: is_in_numbers(part),
            closely: true,
        })
    })
}

/// The parts of the first lines behind the headline.
fn first_parts<'a>(scan: &Scan, lines: &'a [String]) -> impl Iterator<Item = &'a str> {
    const LINES: usize = 6;
    const LINE: usize = 120;
    // What a box beside the text says is of another story.
    let framed = scan.framed.iter().take(SPOTS);
    let framed: Vec<String> = framed
        .map(|spot| safe_text::line(&spot.node.text()))
        .collect();
    let first = lines.iter().take(LINES);
    let first = first.filter(move |line| line.chars().count() <= LINE && !framed.contains(line));
    first.flat_map(|line| lines::split(line))
}

/// Whether a date stands below running text in the lines behind the headline: under a short text there are those of comments.
pub(super) fn is_below_text(date: &Written, lines: &[String], lang: Option<&str>) -> bool {
    /// Sentences of a line that is no standfirst's, and how many such lines are the text.
    const SENTENCE: usize = 40;
    const TEXT: usize = 3;
    let same = |line: &&String| {
        let mut parts = lines::split(line).into_iter();
        parts.any(|part| {
            let found = lines::is_only_date(part).then(|| dates::parse(part, lang));
            let found = found.flatten();
            found.is_some_and(|found| days_between(&found, date) == Some(0))
        })
    };
    let is_prose = |line: &&String| {
        line.chars().count() >= SENTENCE
            && line.ends_with(['.', '!', '?', '。', '！', '？', '”', '"'])
    };
    let Some(at) = lines.iter().position(|line| same(&line)) else {
        return false;
    };
    lines[..at].iter().filter(is_prose).count() >= TEXT
}

/// Whether a date has no words.
fn is_in_numbers(text: &str) -> bool {
    let mut words = text.split_whitespace();
    !words.any(|word| word.chars().all(|c| c.is_numeric()))
}

/// Whether a line tells of the whole site: `Site last updated: 3 May`.
fn names_whole_site(line: &str) -> bool {
    let folded = fold(line);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        matches!(
            word,
            "site" | "website" | "webseite" | "sitio" | "sito" | "сайт"
        )
    })
}

/// Whether a label says that something was published anew.
fn says_again(label: &str) -> bool {
    const WORDS: [&str; 6] = ["again", "anew", "republi", "repost", "erneut", "neu "];
    let folded = fold(label);
    WORDS.iter().any(|word| folded.contains(word))
}

/// Whether a text is a label of the date of publication.
fn says_published(text: &str) -> bool {
    const LABEL: usize = 30;
    let folded = fold(text);
    text.chars().count() <= LABEL && SAYS_PUBLISHED.iter().any(|word| folded.starts_with(word))
}

/// What stands in the element or text before a node, if that is small.
fn text_before(node: &NodeRef) -> Option<String> {
    const NODES: usize = 12;
    let mut before = node.prev_sibling()?;
    for _ in 0..4 {
        if before.descendants_it().take(NODES).count() == NODES {
            return None;
        }
        let text = safe_text::line(&before.text());
        if !text.is_empty() {
            return Some(text);
        }
        before = before.prev_sibling()?;
    }
    None
}

/// Whether a text is a date and has no word but those of one, of its zone, or of its publication.
fn is_bare(text: &str) -> bool {
    const SHORT: usize = 3;
    let zone = |word: &str| word.len() <= 4 && word.chars().all(|c| c.is_ascii_uppercase());
    let words = text.split(|c: char| !c.is_alphabetic());
    let mut words = words.filter(|word| word.chars().count() >= SHORT);
    words.all(|word| zone(word) || dates::is_date_word(word) || says_published(word))
}

/// Whether a part of a line is a date that has no word but those of one, or what a line of facts says beside it.
fn has_bare_part(text: &str, lang: Option<&str>) -> bool {
    const PHOTO: [&str; 2] = ["photo", "foto"];
    let bare = |word: &str| match word.chars().all(super::is_ideograph) {
        true => tells_day_in_east_asia(word),
        false => {
            let fact = lines::is_about_date(word) && !PHOTO.contains(&fold(word).as_str());
            is_bare(word) || fact || word.ends_with("요일")
        }
    };
    lines::split(text).into_iter().any(|part| {
        let mut words = part.split(|c: char| !c.is_alphabetic());
        words.all(bare) && dates::parse(part, lang).is_some()
    })
}

/// Whether the names of an element call it a date or a byline: what else it says is of the article too.
fn is_called_date(spot: &Spot, scan: &Scan) -> bool {
    let named = scan.dates.iter().chain(&scan.bylines);
    let mut around = named.filter(|named| named.order <= spot.order);
    around.any(|named| {
        named.node.id == spot.node.id || spot.node.parent().is_some_and(|up| up.id == named.node.id)
    })
}

/// Whether a line with a date says who wrote it, that it was posted then, or what it is filed under (`By Nino Example 3 June
/// 2020`, `Written on 3 June 2020`, `3 June 2020 in Rivers`).
pub(super) fn tells_of_article(text: &str) -> bool {
    const BESIDE: &[&str] = &[
        "on", "at", "am", "um", "in", "le", "a", "el", "il", "op", "em",
    ];
    const FILED: &[&str] = &["in", "under", "by", "von", "par", "por", "da", "door"];
    let numeric = |c: char| c.is_numeric();
    let Some(start) = text.find(numeric) else {
        return false;
    };
    let label = text[..start].trim();
    let folded = fold(label);
    if SAYS_PUBLISHED.iter().any(|word| folded.starts_with(word)) || folded == "written on" {
        return true;
    }
    let words: Vec<&str> = label.split_whitespace().collect();
    let opening = (1..=3.min(words.len()))
        .find(|count| super::authors::is_opening(&words[..*count].join(" ")));
    if let Some(count) = opening {
        let name = |word: &&str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let capital = word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
            word.is_empty()
                || capital
                || dates::is_date_word(word)
                || BESIDE.contains(&fold(word).as_str())
        };
        // A sentence may begin with the word too (`By the river on 3 June 2020`).
        return words.len() > count && words[count..].iter().all(name);
    }
    // Behind a date what it is filed under, or who wrote it.
    let end = text.rfind(numeric).unwrap_or(start);
    let rest = text[end..].trim_start_matches(numeric);
    let bare = folded.is_empty() || is_bare(label);
    let mut behind = rest.split_whitespace();
    let joint = behind
        .next()
        .is_some_and(|word| FILED.contains(&fold(word).as_str()));
    bare && joint
        && behind
            .next()
            .is_some_and(|word| word.starts_with(char::is_uppercase))
}

/// Whether characters of China or Japan are of a date, and no place or name.
fn tells_day_in_east_asia(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "午前", "午後", "上午", "下午", "凌晨", "早上", "中午", "晚上", "发布", "發佈", "發布", "配信", "公開", "掲載", "时间", "時間", "日期", "日時",
    ];
    let signs = |c: char| "年月日号时時分秒点點".contains(c);
    let word = word.trim_start_matches(signs);
    let weekday = word.ends_with("曜日") || word.starts_with("星期");
    let of_day = |word: &str| word.is_empty() || WORDS.contains(&word);
    weekday
        || says_changed(word)
        || of_day(word)
        || of_day(word.trim_end_matches(signs))
        || says_published(word)
}

/// Whether an element stands within running text.
fn is_in_prose(node: &NodeRef) -> bool {
    const NODES: usize = 12;
    const PROSE: usize = 80;
    let Some(parent) = node.parent() else {
        return false;
    };
    let beside = parent.children_it(false).take(NODES);
    let beside = beside.filter(|child| child.is_text());
    let chars = beside.map(|child| child.text().trim().chars().count());
    chars.sum::<usize>() >= PROSE
}

/// Whether the names of an element, of the one around it or of those in it, or the words before it, call it the date of a
/// change.
fn is_called_changed(node: &NodeRef) -> bool {
    const WITHIN: usize = 6;
    let named = |node: &NodeRef| {
        let names = ["class", "id", "itemprop"];
        let mut values = names.iter().filter_map(|name| node.attr(name));
        // `published updated` is the day of both.
        values.any(|value| {
            value.len() <= 200 && says_changed(&value) && !fold(&value).contains("publish")
        })
    };
    let parent = node.parent();
    named(node)
        || parent.as_ref().is_some_and(named)
        || node.descendants_it().take(WITHIN).any(|node| named(&node))
        || text_before(node)
            .or_else(|| text_before(parent.as_ref()?))
            // One with a number is a date of its own.
            .is_some_and(|text| {
                text.chars().count() <= 40
                    && !text.contains(|c: char| c.is_numeric())
                    && says_changed(&text)
            })
}

/// Whether the first date of a text is that of a change. Where the word for it stands between two dates or times, it is the
/// second that it tells of (`12 June 2024, 14:02 (updated 15:30)`).
fn is_first_of_change(text: &str, lang: Option<&str>) -> bool {
    if !says_changed(text) {
        return false;
    }
    let numeric = |c: char| c.is_numeric();
    let mut gaps = text.match_indices(|c: char| !numeric(c)).peekable();
    // From the end of one number to the beginning of the next.
    while let Some((start, first)) = gaps.next() {
        let mut end = start + first.len();
        while let Some((_, sign)) = gaps.next_if(|(at, _)| *at == end) {
            end += sign.len();
        }
        let between = start > 0 && end < text.len();
        if says_changed(&text[start..end]) {
            return !between || dates::parse(&text[..start], lang).is_none();
        }
    }
    true
}

/// Whether a text has a word for a change, in any of the larger languages.
fn says_changed(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "updat",
        "modif",
        "review",
        "revis",
        "edited",
        "aktualisi",
        "geandert",
        "mis a jour",
        "mise a jour",
        "maj ",
        "actualiz",
        "aggiorn",
        "bijgewerkt",
        "gewijzigd",
        "atualiz",
        "oppdater",
        "opdater",
        "uppdater",
        "paivitet",
        "aktualiz",
        "zaktualiz",
        "guncel",
        "обновл",
        "оновл",
        "更新",
        "diperbarui",
        "frissit",
        "anderung",
        "andrad",
        "modyfik",
        "измен",
        "修改",
    ];
    // Folding takes the syllables of Korean apart.
    let folded = fold(text);
    text.contains("수정") || WORDS.iter().any(|word| folded.contains(word))
}

/// Whole days from one date to another, by the calendar of each.
pub(super) fn days_between(from: &Written, to: &Written) -> Option<i32> {
    let day = |date: &Written| date.local.get(..10)?.parse::<jiff::civil::Date>().ok();
    let span = day(from)?.until(day(to)?).ok()?;
    Some(span.get_days())
}
