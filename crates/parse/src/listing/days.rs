//! Headings that date the stories below them: `12 June`, then the day's stories, then `11 June`.
//! Never here: the date in a story's own card.

use std::collections::HashMap;

use super::cards::{Owner, When, is_past};
use super::page::Page;
use crate::dates::{self, Written};
use crate::lines;

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
                .flatten()
                .filter(|date| when.fetched.is_none_or(|fetched| is_past(date, fetched)));
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
                page.attr(heading.element, "class").unwrap_or_default(),
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
    pub(super) fn above(&self, page: &Page, owner: &[Owner], link: usize) -> Option<Written> {
        let before = self
            .headings
            .partition_point(|heading| heading.element < link);
        let heading = self.headings[..before].iter().rev().find(|heading| {
            let end = page.elements[self.scope(page, heading)].end;
            end > link
        })?;
        let date = heading.date.clone()?;
        let scope = self.scope(page, heading);
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

    /// The element inside which a heading holds: the lowest that has something beside it.
    fn scope(&self, page: &Page, heading: &Heading) -> usize {
        let mut at = heading.element;
        loop {
            let parent = page.elements[at].parent;
            let alone = at == parent + 1 && page.elements[at].end == page.elements[parent].end;
            if parent == 0 || !alone {
                return parent;
            }
            at = parent;
        }
    }
}

fn is_heading(page: &Page, index: usize) -> bool {
    ["h1", "h2", "h3", "h4", "h5", "h6"]
        .iter()
        .any(|name| page.is(index, name))
}
