//! Headline page to entries: the repeated cards of link, date and teaser, and not the menu, the footer or
//! what else a page links to. Never here: feeds, sitemaps, article pages; how cards are cut, named and chosen
//! (`cards`, `titles`, `choice`).

use std::collections::HashMap;

use dom_query::{Document, Matcher, NodeRef};
use url::Url;

use super::cards::{self, Card, Cutter, When, address_date};
use super::days::{Days, Periods};
use super::declared::{Declarations, Declared};
use super::page::Page;
use super::stories::{self, Story};
use super::titles::{self, MAX_TITLE};
use super::{Earlier, attributes, choice, no_list, order, signs};
use crate::{ParseError, charset, limit_html};
use newsprint_html::{escape, safe_text};
use newsprint_model::{Entry, Feed, Select};

/// Entries of one page; the longest front pages have 500 stories.
const MAX_ENTRIES: usize = 1_000;

/// Reads the headlines of a page, in its order.
///
/// `url` is the address the page came from (after redirects); `select.headlines` names the links (or the
/// elements around them) where the automatic way fails. A page without headlines gives an empty feed.
/// `earlier` is what is known from before: the moment of the fetch, and what earlier fetches showed.
///
/// # Errors
/// If `url` is not a valid address, or the outlet's own selector cannot be read.
pub fn headlines(
    bytes: &[u8],
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    earlier: &Earlier,
) -> Result<Feed, ParseError> {
    let (feed, _) = read(bytes, content_type, url, select, earlier, false)?;
    Ok(feed)
}

/// Why a link of a page was listed, or was not.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Where it leads.
    pub url: String,
    /// What it is called; empty where nothing could be its title.
    pub title: String,
    /// Whether it is listed.
    pub taken: bool,
    /// What spoke for it (positive) and against it (negative), in points.
    pub points: Vec<(&'static str, f64)>,
}

/// Tells of each link to a page of the same site why it is listed or not, in the order of the page.
///
/// # Errors
/// As [`headlines`].
pub fn explain(
    bytes: &[u8],
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    earlier: &Earlier,
) -> Result<Vec<Reason>, ParseError> {
    let (_, reasons) = read(bytes, content_type, url, select, earlier, true)?;
    Ok(reasons)
}

fn read(
    bytes: &[u8],
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    earlier: &Earlier,
    explain: bool,
) -> Result<(Feed, Vec<Reason>), ParseError> {
    let own = address(url)?;
    let html = attributes::drop_unread(&charset::decode(bytes, content_type));
    let doc = Document::from(limit_html::limit(&html));
    let base = base(&doc, &own);
    let lang = language(&doc);
    let when = When {
        lang: order::of(&html, lang.as_deref(), earlier.fetched),
        ..when(lang.as_deref(), earlier)
    };
    let page = Page::new(&doc);
    let declared = Declarations::of(&doc, &base, &own);
    let mut reasons = Vec::new();
    let mut passed = Vec::new();
    let mut no_list = false;
    let selector = select.headlines.as_deref().map(str::trim);
    let picked = match selector.filter(|selector| !selector.is_empty()) {
        Some(selector) => {
            let matcher = Matcher::new(selector).map_err(|_| {
                failure(format!(
                    "select.headlines: invalid CSS selector: {selector}"
                ))
            })?;
            let found = doc.select_matcher(&matcher);
            let picked = selected(&page, found.nodes(), &base);
            reasons.extend(
                picked
                    .iter()
                    .map(|story| reason(story, true, vec![("the outlet's own selector", 1.0)])),
            );
            picked
        }
        None => {
            let mut picked = Vec::new();
            let stories = stories::collect(&page, &base, &own, when);
            let seen = signs::look(&page, &own, &stories, &declared, earlier, when);
            let mut judged = choice::decide(&seen, &choice::Weights::default());
            let taken = judged.iter().filter(|judged| judged.taken).count();
            let dated = seen.stories.iter().zip(&judged);
            let dated = dated
                .filter(|(seen, judged)| judged.taken && seen.is_dated())
                .count();
            no_list = taken > 0 && no_list::is_none(&doc, &own, taken, dated);
            for (story, judged) in stories.into_iter().zip(&mut judged) {
                judged.taken &= !no_list;
                if explain {
                    let mut points = judged.told();
                    if no_list {
                        points.push(("the page is an article, a log-in or was not found", -9.0));
                    }
                    reasons.push(reason(&story, judged.taken, points));
                }
                if judged.taken {
                    picked.push(story);
                } else if !story.place.chrome && story.cuts() && story.title.heading {
                    passed.push(story);
                }
            }
            picked
        }
    };
    // What heads a card of its own keeps its date, listed or not.
    let cutting = picked.iter().chain(&passed);
    let owner = cards::owners(&page, cutting.map(|story| story.links.as_slice()));
    let mut cutter = Cutter::new(&page, &owner, when);
    let mut entries: Vec<Entry> = Vec::new();
    let mut days = None;
    let mut periods = None;
    for story in picked.iter().take(MAX_ENTRIES) {
        let card = cutter.card(story.link);
        let mut entry = entry(&page, story, &card, &mut cutter, &declared, &base, when);
        if entry.published.is_none() || entry.approximate {
            let periods = periods.get_or_insert_with(|| Periods::of(&page, &owner, when));
            if let Some(day) = periods.mend(&page, story.link, &card, &entry, when) {
                entry.published = Some(day.time);
                entry.approximate = false;
            }
        }
        if entry.published.is_none() {
            let days = days.get_or_insert_with(|| Days::of(&page, &owner, when));
            if let Some(day) = days.above(&page, &owner, story.link, when) {
                entry.approximate = day.relative;
                entry.published = Some(day.time);
            }
        }
        entries.push(entry);
    }
    if entries.is_empty() && !no_list && selector.is_none_or(str::is_empty) {
        entries = declared_entries(&declared, &mut reasons);
    }
    let feed = Feed {
        title: Some(safe_text::line(&doc.select_single("title").text()))
            .filter(|title| !title.is_empty()),
        site: Some(own.to_string()),
        entries,
        lang: lang.clone(),
        ..Feed::default()
    };
    Ok((feed, reasons))
}

fn failure(reason: String) -> ParseError {
    ParseError {
        reason,
        place: None,
    }
}

/// The page's own address.
pub(super) fn address(url: &str) -> Result<Url, ParseError> {
    Url::parse(url).map_err(|error| failure(format!("the page's address is not a URL: {error}")))
}

/// What relative links of the page are relative to.
pub(super) fn base(doc: &Document, own: &Url) -> Url {
    let said = doc.base_uri();
    said.and_then(|base| own.join(base.trim()).ok())
        .unwrap_or_else(|| own.clone())
}

/// The language that the page declares.
pub(super) fn language(doc: &Document) -> Option<String> {
    let lang = doc.select_single("html").attr("lang")?;
    Some(safe_text::line(&lang)).filter(|lang| (2..=12).contains(&lang.len()))
}

pub(super) fn when<'a>(lang: Option<&'a str>, earlier: &Earlier) -> When<'a> {
    When {
        lang,
        fetched: earlier.fetched,
    }
}

fn reason(story: &Story, taken: bool, points: Vec<(&'static str, f64)>) -> Reason {
    let mut points = points;
    let place = story.place;
    if place.chrome {
        points.push(("in a menu or the page's foot", -9.0));
    } else if place.called_chrome && !taken {
        points.push(("in what is called a menu or an advertisement", -9.0));
    }
    if !titles::is_title(&story.title.text) {
        points.push(("nothing that could be its title", -9.0));
    }
    Reason {
        url: story.url.to_string(),
        title: story.title.text.clone(),
        taken,
        points,
    }
}

fn entry(
    page: &Page,
    story: &Story,
    card: &Card,
    cutter: &mut Cutter,
    declared: &Declarations,
    base: &Url,
    when: When,
) -> Entry {
    let title = story.title.text.as_str();
    // The date may stand where the page links the story once more.
    let published = card.date(page, title, when).or_else(|| {
        let others = story
            .links
            .iter()
            .filter(|link| **link != story.link)
            .take(4);
        others
            .copied()
            .find_map(|link| cutter.card(link).date(page, title, when))
    });
    let published = published
        .or_else(|| declared.get(&story.url)?.published.clone())
        .or_else(|| address_date(story.url.as_str(), when));
    Entry {
        url: Some(story.url.to_string()),
        title: title.chars().take(MAX_TITLE).collect(),
        approximate: published.as_ref().is_some_and(|date| date.relative),
        published: published.map(|date| date.time),
        authors: card.authors(page),
        tags: card.tags(page, when.lang),
        summary: card.teaser(title).map(escape),
        image: card.image(page, base),
        ..Entry::default()
    }
}

/// The stories that a page only declares for machines: what it shows is made by scripts.
fn declared_entries(declared: &Declarations, reasons: &mut Vec<Reason>) -> Vec<Entry> {
    let titled = |story: &&Declared| titles::is_title(&story.title);
    if declared.stories.iter().filter(titled).count() < 3 {
        return Vec::new();
    }
    let stories = declared.stories.iter().filter(titled).take(MAX_ENTRIES);
    stories
        .map(|story| {
            reasons.push(Reason {
                url: story.url.to_string(),
                title: story.title.clone(),
                taken: true,
                points: vec![("declared in the page's data", 2.0)],
            });
            Entry {
                url: Some(story.url.to_string()),
                title: story.title.chars().take(MAX_TITLE).collect(),
                published: story.published.as_ref().map(|date| date.time),
                ..Entry::default()
            }
        })
        .collect()
}

/// The stories that the outlet's own selector names, in the page's order.
fn selected(page: &Page, nodes: &[NodeRef], base: &Url) -> Vec<Story> {
    let numbers: HashMap<_, usize> = page
        .elements
        .iter()
        .enumerate()
        .map(|(index, element)| (element.node.id, index))
        .collect();
    let mut out: Vec<Story> = Vec::new();
    for node in nodes {
        let Some(&top) = numbers.get(&node.id) else {
            continue;
        };
        // The link itself, the one inside that is most a title, or the one around.
        let link = (top..page.elements[top].end)
            .filter(|at| page.is_link(*at))
            .map(|at| (at, titles::of_link(page, at)))
            .max_by(|(_, a), (_, b)| {
                a.rank
                    .total_cmp(&b.rank)
                    .then(a.text.len().cmp(&b.text.len()))
            })
            .or_else(|| {
                let around = page.above(top).find(|at| page.is_link(*at))?;
                Some((around, titles::of_link(page, around)))
            });
        let Some((link, title)) = link else { continue };
        let url = page
            .attr(link, "href")
            .and_then(|href| base.join(href.trim()).ok())
            .and_then(|url| Url::parse(&safe_text::link(url.as_str())?).ok());
        let Some(url) = url else { continue };
        if let Some(story) = out.iter_mut().find(|story| story.url == url) {
            if title.rank > story.title.rank {
                story.title = title;
            }
        } else if out.len() < MAX_ENTRIES {
            out.push(Story {
                address: 0.0,
                url,
                title,
                link,
                links: vec![link],
                place: page.elements[link].place,
                label: false,
                in_menu: false,
            });
        }
    }
    out
}

#[cfg(test)]
mod tests;
