//! Headings that date the stories below them: `12 June`, then the day's stories, then `11 June`.
//! Never here: the date in a story's own card.

use std::collections::HashMap;

use super::cards::{Card, Owner, When, is_past};
use super::page::Page;
use crate::dates::{self, Written};
use crate::lines;
use newsprint_model::Entry;

/// Elements of a heading: a date in a few spans.
const MAX_ELEMENTS: usize = 6;
/// Characters of one: `Wednesday, the 12th of September 2024`.
const MAX_CHARS: usize = 48;

/// A short text that belongs to no story.
struct Heading {
    element: usize,
    /// None for one that is a heading and no date: what is below it is not of the day before.
    date: Option<Written>,
}

/// The headings of a page that are dates, in the order of the page.
pub(super) struct Days {
    headings: Vec<Heading>,
}

impl Days {
    /// Finds them. One alone may be the day on which the page was made: there are two or more that look alike and name
    /// different days.
    pub(super) fn of(page: &Page, owner: &[Owner], when: When) -> Days {
        let mut headings = Vec::new();
        let mut at = 1;
        while at < page.elements.len() {
            let element = &page.elements[at];
            let here = at;
            at += 1;
            let free = owner[here] == Owner::Nobody && !element.place.chrome;
            if !free || element.end - here > MAX_ELEMENTS {
                continue;
            }
            let text = page.text(here);
            if text.is_empty() || text.chars().count() > MAX_CHARS {
                if is_heading(page, here) {
                    headings.push(Heading {
                        element: here,
                        date: None,
                    });
                }
                continue;
            }
            let date = lines::is_only_date(&text)
                .then(|| dates::parse_at(&text, when.lang, when.fetched))
                .flatten();
            if date.is_some() || is_heading(page, here) {
                headings.push(Heading {
                    element: here,
                    date,
                });
                // What is inside says the same.
                at = element.end;
            }
        }
        let look = |heading: &Heading| {
            let node = &page.elements[heading.element].node;
            (
                node.node_name().unwrap_or_default().to_string(),
                // `day day-1`, `day day-2`: numbers tell days apart, not kinds.
                page.attr(heading.element, "class")
                    .unwrap_or_default()
                    .split_whitespace()
                    .next()
                    .unwrap_or_default()
                    .trim_end_matches(|c: char| c.is_ascii_digit())
                    .to_owned(),
            )
        };
        let mut days: HashMap<(String, String), Vec<&str>> = HashMap::new();
        for heading in &headings {
            if let Some(date) = &heading.date {
                let known = days.entry(look(heading)).or_default();
                let day = &date.local[..date.local.len().min(10)];
                if !known.contains(&day) && known.len() < 2 {
                    known.push(day);
                }
            }
        }
        let repeated: Vec<bool> = headings
            .iter()
            .map(|heading| {
                heading.date.is_none() || days.get(&look(heading)).is_some_and(|d| d.len() > 1)
            })
            .collect();
        let mut keep = repeated.into_iter();
        headings.retain(|_| keep.next().unwrap_or_default());
        Days { headings }
    }

    /// The day that the nearest heading above a link names for it. The heading dates what follows it inside the element
    /// that holds both, and begins it: a date that follows the first story is that story's.
    pub(super) fn above(
        &self,
        page: &Page,
        owner: &[Owner],
        link: usize,
        when: When,
    ) -> Option<Written> {
        let before = self
            .headings
            .partition_point(|heading| heading.element < link);
        let heading = self.headings[..before].iter().rev().find(|heading| {
            let end = page.elements[scope(page, heading.element)].end;
            end > link
        })?;
        let date = heading.date.clone()?;
        // A calendar names days ahead: what is below them was not published then.
        if when.fetched.is_some_and(|fetched| !is_past(&date, fetched)) {
            return None;
        }
        let scope = scope(page, heading.element);
        let first = (scope + 1..link).find(|at| owner[*at] != Owner::Nobody && page.is_link(*at));
        let dated_first = self.headings[..before]
            .iter()
            .find(|heading| heading.element > scope && heading.date.is_some());
        let leads = match (first, dated_first) {
            (Some(first), Some(dated)) => dated.element < first,
            _ => true,
        };
        leads.then_some(date)
    }
}

/// A year or a month of a year that heads the stories below it.
struct Period {
    year: i16,
    month: Option<i8>,
}

/// The headings of a page that name a year (`2025`) or a month of one (`November 2025`): they tell the year of `20 Oct`,
/// and the month of `20`.
pub(super) struct Periods {
    /// And the other headings, which end what a period dates.
    headings: Vec<(usize, Option<Period>)>,
}

impl Periods {
    pub(super) fn of(page: &Page, owner: &[Owner], when: When) -> Periods {
        let mut headings = Vec::new();
        let mut any = false;
        let mut at = 1;
        while at < page.elements.len() {
            let here = at;
            let element = &page.elements[here];
            at += 1;
            let names = [
                "h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "caption", "strong", "b", "p",
                "div", "li", "span", "td", "th", "a",
            ];
            if element.place.chrome
                || element.end - here > MAX_ELEMENTS
                || owner[here] != Owner::Nobody
                || !names.iter().any(|name| page.is(here, name))
            {
                continue;
            }
            let text = page.text(here);
            if text.chars().count() <= 24
                && let Some((year, month)) = period(&text, when)
            {
                any = true;
                headings.push((here, Some(Period { year, month })));
                at = element.end;
            } else if is_heading(page, here) {
                headings.push((here, None));
            }
        }
        if !any {
            headings.clear();
        }
        Periods { headings }
    }

    /// The nearest period above a link, inside the element that holds both.
    fn above(&self, page: &Page, link: usize) -> Option<&Period> {
        let before = self.headings.partition_point(|(at, _)| *at < link);
        for (at, period) in self.headings[..before].iter().rev() {
            let holds = scope(page, *at) < link && page.elements[scope(page, *at)].end > link;
            match period {
                _ if !holds => continue,
                Some(period) => return Some(period),
                // A heading of another kind of part.
                None => return None,
            }
        }
        None
    }

    /// The date of a story by the period above it: the year of a day without one, the month of a day that is only a
    /// number. None where the story's own date stays.
    pub(super) fn mend(
        &self,
        page: &Page,
        link: usize,
        card: &Card,
        entry: &Entry,
        when: When,
    ) -> Option<Written> {
        if self.headings.is_empty() || (entry.published.is_some() && !entry.approximate) {
            return None;
        }
        let period = self.above(page, link)?;
        let past = |date: &Written| when.fetched.is_none_or(|fetched| is_past(date, fetched));
        if let Some(published) = entry.published {
            let said = published.to_string();
            let year: i16 = said.get(..4)?.parse().ok()?;
            let month: i8 = said.get(5..7)?.parse().ok()?;
            if period.year >= year || period.month.is_some_and(|named| named != month) {
                return None;
            }
            return dates::parse(&format!("{}{}", period.year, said.get(4..10)?), None)
                .filter(past);
        }
        let month = period.month?;
        let day = card.lines.iter().find_map(|line| {
            let line = line.replace(&entry.title, " ");
            let mut words = line.split_whitespace();
            let first = words.next()?.trim_end_matches(['.', ':', ',', '–', '-']);
            let number: i8 = first.parse().ok().filter(|_| first.len() <= 2)?;
            words
                .next()
                .is_none_or(|next| !next.chars().next().is_some_and(char::is_alphanumeric))
                .then_some(number)
        })?;
        dates::parse(&format!("{}-{month:02}-{day:02}", period.year), None).filter(past)
    }
}

/// `2025`, `November 2025`.
fn period(text: &str, when: When) -> Option<(i16, Option<i8>)> {
    let text = text.trim().trim_matches(|c: char| !c.is_alphanumeric());
    let latest = when.fetched.map_or(2100, |fetched| {
        fetched.to_string()[..4].parse().unwrap_or(2100)
    });
    let year = |text: &str| {
        let year: i16 = text.parse().ok().filter(|_| text.len() == 4)?;
        (1990..=latest).contains(&year).then_some(year)
    };
    if let Some(year) = year(text) {
        return Some((year, None));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let (name, said) = match words.as_slice() {
        [name, said] => (*name, *said),
        [name, "de" | "del" | "di", said] => (*name, *said),
        _ => return None,
    };
    let year = year(said)?;
    // The first of it is read as a day.
    let first = dates::parse(&format!("1 {name} {year}"), when.lang)?;
    let month = first.local.get(5..7)?.parse().ok()?;
    Some((year, Some(month)))
}

/// The element inside which a heading holds: the lowest that has something beside it.
fn scope(page: &Page, heading: usize) -> usize {
    let mut at = heading;
    loop {
        let parent = page.elements[at].parent;
        let alone = at == parent + 1 && page.elements[at].end == page.elements[parent].end;
        if parent == 0 || !alone {
            return parent;
        }
        at = parent;
    }
}

fn is_heading(page: &Page, index: usize) -> bool {
    ["h1", "h2", "h3", "h4", "h5", "h6"]
        .iter()
        .any(|name| page.is(index, name))
}
