//! Headline page to entries: the repeated blocks of link, date and teaser, and not the menu, the footer or
//! what else a page links to. Never here: feeds, sitemaps, article pages.

use std::collections::HashMap;

use dom_query::{Document, Matcher, NodeRef};
use url::Url;

use super::{article_address, tags};
use crate::dates::{self, Written};
use crate::{ParseError, charset, limit_html, lines};
use newsprint_html::safe_text;
use newsprint_model::{Entry, Feed, Select, Time, fold};

/// Entries of one page; the longest front pages have 300 stories.
const MAX_ENTRIES: usize = 300;
/// Links looked at.
const MAX_LINKS: usize = 6_000;
/// Characters of a title; what is longer is a teaser that is one link.
const MAX_TITLE: usize = 300;
/// Characters of the text around one link; a block with more is an article, not a teaser.
const MAX_BLOCK: usize = 3_000;
/// How high a block may reach above its link.
const MAX_CLIMB: usize = 12;

/// Reads the headlines of a page, in its order.
///
/// `url` is the address the page came from (after redirects); `select.headlines` names the links (or the
/// elements around them) where the automatic way fails. A page without headlines gives an empty feed.
/// `fetched` is the moment of the fetch, against which `3 hours ago` and `12 June` are read; without it they are none.
///
/// # Errors
/// When `url` is no address, or the outlet's own selector cannot be read.
pub fn headlines(
    bytes: &[u8],
    content_type: Option<&str>,
    url: &str,
    select: &Select,
    fetched: Option<Time>,
) -> Result<Feed, ParseError> {
    let failure = |reason: String| ParseError {
        reason,
        place: None,
    };
    let page = Url::parse(url)
        .map_err(|error| failure(format!("the page's address is not a URL: {error}")))?;
    let html = limit_html::limit(&charset::decode(bytes, content_type));
    let doc = Document::from(html);
    let base = doc
        .base_uri()
        .and_then(|base| page.join(base.trim()).ok())
        .unwrap_or_else(|| page.clone());
    let lang = doc
        .select_single("html")
        .attr("lang")
        .map(|lang| safe_text::line(&lang))
        .filter(|lang| (2..=12).contains(&lang.len()));
    let mut tree = Tree::new(&doc, &base, &page);
    tree.fetched = fetched;
    let picked = match select
        .headlines
        .as_deref()
        .map(str::trim)
        .filter(|selector| !selector.is_empty())
    {
        Some(selector) => {
            let matcher = Matcher::new(selector)
                .map_err(|_| failure(format!("select.headlines is no CSS selector: {selector}")))?;
            let found = doc.select_matcher(&matcher);
            tree.selected(found.nodes())
        }
        None => tree.found(),
    };
    let mut feed = Feed {
        title: Some(safe_text::line(&doc.select_single("title").text()))
            .filter(|title| !title.is_empty()),
        site: Some(page.to_string()),
        lang,
        ..Feed::default()
    };
    let lang = feed.lang.clone();
    let blocks = tree.blocks(&picked);
    for (story, block) in picked.iter().zip(&blocks).take(MAX_ENTRIES) {
        feed.entries.push(tree.entry(story, block, lang.as_deref()));
    }
    Ok(feed)
}

/// An element in document order.
struct Element<'a> {
    node: NodeRef<'a>,
    parent: usize,
    /// One past its last descendant.
    end: usize,
    /// The element before it under the same parent.
    previous: Option<usize>,
    place: Place,
}

/// Where an element stands, inherited downwards.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// In `nav`, `footer`, or what its names call a menu, a breadcrumb, tags, an advert …
    chrome: bool,
    aside: bool,
    header: bool,
    /// In a heading.
    heading: bool,
    /// In what its names call title or headline.
    titled: bool,
}

/// The links to one address.
#[derive(Debug, Clone)]
struct Story {
    url: String,
    title: String,
    /// The element whose text is the title.
    link: usize,
    /// All its links.
    links: Vec<usize>,
    heading: bool,
    article: bool,
    place: Place,
}

struct Tree<'a> {
    elements: Vec<Element<'a>>,
    /// The candidates in the order of the page.
    stories: Vec<Story>,
    /// For each element the one story that is linked inside it.
    owner: Vec<Owner>,
    base: Url,
    fetched: Option<Time>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Nobody,
    One(usize),
    Many,
}

/// The elements whose text belongs to one story, as a block and its neighbours.
#[derive(Debug, Clone, Default)]
struct Block {
    top: usize,
    /// Neighbours that have no story of their own.
    around: Vec<usize>,
}

impl<'a> Tree<'a> {
    fn new(doc: &'a Document, base: &Url, page: &Url) -> Tree<'a> {
        let mut elements: Vec<Element<'a>> = Vec::new();
        let mut links: Vec<usize> = Vec::new();
        let mut stack: Vec<(NodeRef<'a>, usize, Place)> = vec![(doc.root(), 0, Place::default())];
        while let Some((node, parent, outer)) = stack.pop() {
            let name = node.node_name().unwrap_or_default();
            if matches!(
                &*name,
                "script"
                    | "style"
                    | "noscript"
                    | "template"
                    | "svg"
                    | "iframe"
                    | "form"
                    | "select"
                    | "head"
                    | "button"
            ) {
                continue;
            }
            let index = elements.len();
            let mut place = outer;
            inherit(&mut place, &name);
            elements.push(Element {
                node,
                parent,
                end: index + 1,
                previous: None,
                place,
            });
            if &*name == "a" && links.len() < MAX_LINKS {
                links.push(index);
            }
            for child in node.children_it(true).filter(NodeRef::is_element) {
                stack.push((child, index, place));
            }
        }
        // From the end: a parent ends where its last descendant does.
        for index in (1..elements.len()).rev() {
            let (parent, end) = (elements[index].parent, elements[index].end);
            elements[parent].end = elements[parent].end.max(end);
        }
        // What the names of an element call it holds for all inside, but not where it wraps the page: wrappers
        // have classes such as `menu-closed` and `has-banner`.
        let total = elements.len();
        let mut headed = vec![false; total];
        let mut wraps = vec![false; total];
        for index in (1..total).rev() {
            let Element {
                node,
                parent,
                place,
                ..
            } = &elements[index];
            headed[index] |= place.heading;
            wraps[index] |= node.has_name("main") || node.has_name("h1");
            headed[*parent] |= headed[index];
            wraps[*parent] |= wraps[index];
        }
        for index in 1..total {
            let (parent, end) = (elements[index].parent, elements[index].end);
            let share = (end - index) * 10 / total;
            let called = match wraps[index] || (share >= 5 && headed[index]) {
                true => Place::default(),
                false => called(&elements[index].node),
            };
            let outer = elements[parent].place;
            let place = &mut elements[index].place;
            place.chrome |= called.chrome || outer.chrome;
            place.aside |= called.aside || outer.aside;
            place.titled |= called.titled || outer.titled;
        }
        let mut last: HashMap<usize, usize> = HashMap::new();
        for (index, element) in elements.iter_mut().enumerate().skip(1) {
            element.previous = last.insert(element.parent, index);
        }
        let mut tree = Tree {
            owner: vec![Owner::Nobody; elements.len()],
            elements,
            stories: Vec::new(),
            base: base.clone(),
            fetched: None,
        };
        tree.collect(&links, page);
        tree
    }

    /// Joins the links by their addresses and keeps those that could be stories.
    fn collect(&mut self, links: &[usize], page: &Url) {
        let mut by_url: HashMap<String, usize> = HashMap::new();
        let mut stories: Vec<Story> = Vec::new();
        for &link in links {
            let element = &self.elements[link];
            let Some(url) = element
                .node
                .attr("href")
                .and_then(|href| self.address(&href, page))
            else {
                continue;
            };
            let rel = element
                .node
                .attr("rel")
                .unwrap_or_default()
                .to_ascii_lowercase();
            if rel.split_whitespace().any(|rel| {
                matches!(
                    rel,
                    "tag" | "author" | "next" | "prev" | "sponsored" | "license" | "category"
                )
            }) {
                continue;
            }
            let (title, heading) = self.title_of(link);
            let place = element.place;
            match by_url.get(url.as_str()) {
                Some(&at) => {
                    let story = &mut stories[at];
                    story.links.push(link);
                    // In the menu and in the list: the list counts.
                    let better = (heading && !story.heading)
                        || (heading == story.heading && is_better_title(&title, &story.title));
                    let outside = !place.chrome && story.place.chrome;
                    if (better && place.chrome == story.place.chrome) || outside {
                        story.title = title;
                        story.link = link;
                        story.heading = heading;
                    }
                    if outside {
                        story.place = place;
                        story.links = vec![link];
                    }
                }
                None => {
                    by_url.insert(url.clone(), stories.len());
                    let parsed = Url::parse(&url).ok();
                    stories.push(Story {
                        article: parsed.as_ref().is_some_and(article_address),
                        url,
                        title,
                        link,
                        links: vec![link],
                        heading,
                        place,
                    });
                }
            }
        }
        stories.retain(|story| !story.place.chrome && is_title(&story.title) && !is_service(story));
        stories.sort_by_key(|story| story.link);
        for (number, story) in stories.iter().enumerate() {
            for &link in &story.links {
                self.owner[link] = match self.owner[link] {
                    Owner::Nobody => Owner::One(number),
                    _ => Owner::Many,
                };
            }
        }
        for index in (1..self.elements.len()).rev() {
            let parent = self.elements[index].parent;
            self.owner[parent] = match (self.owner[parent], self.owner[index]) {
                (owner, Owner::Nobody) => owner,
                (Owner::Nobody, owner) => owner,
                (Owner::One(a), Owner::One(b)) if a == b => Owner::One(a),
                _ => Owner::Many,
            };
        }
        self.stories = stories;
    }

    /// The absolute address of a link to another page of the same site, without what only tracks.
    fn address(&self, href: &str, page: &Url) -> Option<String> {
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        let mut url = self.base.join(href).ok()?;
        url.set_fragment(None);
        let url = Url::parse(&safe_text::link(url.as_str())?).ok()?;
        let site = |url: &Url| {
            let host = url.host_str().unwrap_or_default().to_owned();
            host.strip_prefix("www.")
                .map_or(host.clone(), str::to_owned)
        };
        let (here, there) = (site(page), site(&url));
        // Sections may have hosts of their own below the same name.
        let kin = here == there
            || there.ends_with(&format!(".{here}"))
            || here.ends_with(&format!(".{there}"));
        let same = url.path().trim_end_matches('/') == page.path().trim_end_matches('/')
            && url.query() == page.query()
            && here == there;
        let file = url.path().rsplit('.').next().is_some_and(|end| {
            matches!(
                end.to_ascii_lowercase().as_str(),
                "jpg"
                    | "jpeg"
                    | "png"
                    | "gif"
                    | "webp"
                    | "svg"
                    | "pdf"
                    | "mp3"
                    | "mp4"
                    | "zip"
                    | "xml"
                    | "rss"
                    | "doc"
                    | "docx"
                    | "ics"
            )
        });
        (kin && !same && !file && url.path() != "/" || (kin && !same && url.query().is_some()))
            .then(|| url.to_string())
    }

    /// What a link calls its story, and whether it is a heading: of a link around a whole card the heading
    /// or the part that is called title, else its text, else what its picture or `title` says.
    fn title_of(&self, link: usize) -> (String, bool) {
        let element = &self.elements[link];
        if element.place.heading || element.place.titled {
            return (safe_text::line(&element.node.text()), element.place.heading);
        }
        let inside = &self.elements[link + 1..element.end];
        for wanted in [|place: Place| place.heading, |place: Place| place.titled] {
            if let Some(inner) = inside.iter().find(|inner| wanted(inner.place)) {
                let text = safe_text::line(&inner.node.text());
                if !text.is_empty() {
                    return (text, inner.place.heading);
                }
            }
        }
        let lines = lines::inside(element.node);
        let text = match lines.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            // A card without headings: the first line that is no date, number or kicker.
            many => many
                .iter()
                .find(|line| {
                    is_title(line)
                        && dates::parse(line, None).is_none_or(|_| line.chars().count() > 60)
                })
                .unwrap_or(&many[0])
                .clone(),
        };
        if text.is_empty() {
            let said = element
                .node
                .attr("title")
                .or_else(|| element.node.attr("aria-label"));
            let alt = || inside.iter().find_map(|inner| inner.node.attr("alt"));
            return (
                said.or_else(alt)
                    .map(|text| safe_text::line(&text))
                    .unwrap_or_default(),
                false,
            );
        }
        (text, false)
    }

    /// The stories that the outlet's own selector names, in the page's order.
    fn selected(&self, nodes: &[NodeRef]) -> Vec<Story> {
        let numbers: HashMap<_, usize> = self
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
            let range = top..self.elements[top].end;
            // The link itself, the longest one inside, or the one around.
            let inside = range
                .clone()
                .filter(|at| self.elements[*at].node.has_name("a"));
            let link = inside
                .max_by_key(|at| (self.title_of(*at).1, self.title_of(*at).0.len()))
                .or_else(|| {
                    let mut up = top;
                    while up > 0 && !self.elements[up].node.has_name("a") {
                        up = self.elements[up].parent;
                    }
                    (up > 0).then_some(up)
                });
            let Some(link) = link else { continue };
            let Some(href) = self.elements[link].node.attr("href") else {
                continue;
            };
            let Some(url) = self
                .base
                .join(href.trim())
                .ok()
                .and_then(|url| safe_text::link(url.as_str()))
            else {
                continue;
            };
            let (title, heading) = self.title_of(link);
            if let Some(story) = out.iter_mut().find(|story| story.url == url) {
                if is_better_title(&title, &story.title) {
                    story.title = title;
                }
            } else if out.len() < MAX_ENTRIES {
                out.push(Story {
                    url,
                    title,
                    link,
                    links: vec![link],
                    heading,
                    article: true,
                    place: Place::default(),
                });
            }
        }
        out
    }

    /// The stories that stand in repeated blocks and read like headlines.
    ///
    /// One link says little; what the page repeats says what it is. Links that stand alike are judged
    /// together: headlines have several words, addresses with the words in them, dates, teasers,
    /// headings; menus have none of these.
    fn found(&self) -> Vec<Story> {
        let blocks = self.blocks(&self.stories);
        let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, story) in self.stories.iter().enumerate() {
            groups
                .entry(self.signature(story, &blocks[number]))
                .or_default()
                .push(number);
        }
        let mut points = vec![0.0; self.stories.len()];
        for (number, story) in self.stories.iter().enumerate() {
            points[number] = self.points(story, &blocks[number]);
        }
        let mut keep = vec![false; self.stories.len()];
        for members in groups.values() {
            let mean =
                members.iter().map(|number| points[*number]).sum::<f64>() / members.len() as f64;
            // The lead story often stands alone, and has to be plainer then.
            let enough = if members.len() >= 3 { 3.0 } else { 4.5 };
            for &number in members {
                keep[number] = mean >= enough && points[number] >= 1.5;
            }
        }
        let kept = keep.iter().filter(|keep| **keep).count();
        let stories = self
            .stories
            .iter()
            .zip(&keep)
            .filter(|(_, keep)| **keep)
            .map(|(story, _)| story.clone());
        // Two links that look like headlines are no list of them.
        if kept < 2 {
            Vec::new()
        } else {
            stories.collect()
        }
    }

    fn points(&self, story: &Story, block: &Block) -> f64 {
        let words = words(&story.title);
        let mut points = match words {
            0..=2 => -2.0,
            3 => 0.0,
            4 => 1.0,
            5 => 1.5,
            _ => 2.0,
        };
        points += if story.heading { 2.0 } else { 0.0 };
        points += if story.place.titled { 1.0 } else { 0.0 };
        points += if story.article { 2.0 } else { -1.0 };
        points -= if story.place.aside { 1.0 } else { 0.0 };
        points -= if story.place.header { 2.0 } else { 0.0 };
        let lines = self.lines(block);
        let date = self.date(story, block, &lines, None).is_some();
        points += if date { 2.5 } else { 0.0 };
        points += if teaser(&lines, &story.title).is_some() {
            1.5
        } else {
            0.0
        };
        points -= if !story.heading && is_in_sentence(&lines, &story.title) {
            5.0
        } else {
            0.0
        };
        points += if self.image(block).is_some() {
            0.5
        } else {
            0.0
        };
        points
    }

    /// What the place of a story looks like: the names of its link, of what is around it, and of its block.
    fn signature(&self, story: &Story, block: &Block) -> String {
        let mut out = String::new();
        let mut at = story.link;
        let mut add = |index: usize| {
            let node = &self.elements[index].node;
            out.push_str(&node.node_name().unwrap_or_default());
            // Numbers and generated parts of classes differ between alike blocks.
            let class = node.class().unwrap_or_default();
            if let Some(first) = class.split_whitespace().next() {
                out.push('.');
                out.extend(first.chars().take_while(|c| !c.is_ascii_digit()).take(24));
            }
            out.push('>');
        };
        for _ in 0..3 {
            add(at);
            if at == block.top || at == 0 {
                break;
            }
            at = self.elements[at].parent;
        }
        add(block.top);
        add(self.elements[block.top].parent);
        out
    }

    /// The block of each story: the highest element that holds no other story, and the neighbours of it
    /// that hold none.
    fn blocks(&self, stories: &[Story]) -> Vec<Block> {
        // Asked once of each list, which may be long.
        let mut leads = HashMap::new();
        stories
            .iter()
            .map(|story| self.block(story, &mut leads))
            .collect()
    }

    fn block(&self, story: &Story, leads: &mut HashMap<usize, bool>) -> Block {
        let own = |index: usize| self.owner[index] != Owner::Many;
        let mut top = story.link;
        for _ in 0..MAX_CLIMB {
            let parent = self.elements[top].parent;
            let node = &self.elements[parent].node;
            let limit = parent == 0
                || !own(parent)
                || node.has_name("body")
                || node.has_name("main")
                || node.has_name("html");
            if limit || self.elements[parent].end - parent > 400 {
                break;
            }
            top = parent;
        }
        // Where nothing wraps a story its date and teaser are its neighbours: those after it, unless the
        // list begins with a date.
        let neighbour =
            |index: usize| self.owner[index] == Owner::Nobody && !self.elements[index].place.chrome;
        let mut around = Vec::new();
        let parent = self.elements[top].parent;
        if *leads
            .entry(parent)
            .or_insert_with(|| self.leads_with_date(parent))
        {
            let mut at = self.elements[top].previous;
            while let Some(previous) = at
                && neighbour(previous)
                && around.len() < 3
            {
                around.insert(0, previous);
                at = self.elements[previous].previous;
            }
        } else {
            let mut at = self.elements[top].end;
            while at < self.elements[parent].end && neighbour(at) && around.len() < 5 {
                around.push(at);
                at = self.elements[at].end;
            }
        }
        Block { top, around }
    }

    /// Whether the children of an element begin with a date before the first story.
    fn leads_with_date(&self, parent: usize) -> bool {
        let mut at = parent + 1;
        for _ in 0..8 {
            if at >= self.elements[parent].end || self.owner[at] != Owner::Nobody {
                return false;
            }
            if self.elements[at].end - at > 12 {
                at = self.elements[at].end;
                continue;
            }
            let text = self.elements[at].node.text();
            if text.len() <= 80 && dates::parse(&safe_text::line(&text), None).is_some() {
                return true;
            }
            at = self.elements[at].end;
        }
        false
    }

    /// The lines of a block and its neighbours, in the order of the page.
    fn lines(&self, block: &Block) -> Vec<String> {
        let before = block.around.iter().filter(|at| **at < block.top);
        let after = block.around.iter().filter(|at| **at > block.top);
        let parts = before.chain([&block.top]).chain(after);
        let mut out = Vec::new();
        let mut length = 0;
        for part in parts {
            for line in lines::inside(self.elements[*part].node) {
                length += line.len();
                if length > MAX_BLOCK {
                    return out;
                }
                out.push(line);
            }
        }
        out
    }

    /// The elements of a block and its neighbours.
    fn inside<'s>(&'s self, block: &'s Block) -> impl Iterator<Item = &'s Element<'a>> {
        let parts = std::iter::once(block.top).chain(block.around.iter().copied());
        parts.flat_map(|part| &self.elements[part..self.elements[part].end])
    }

    /// The date in a block: for machines, else in a line of its own, else in the address.
    fn date(
        &self,
        story: &Story,
        block: &Block,
        lines: &[String],
        lang: Option<&str>,
    ) -> Option<Written> {
        for element in self.inside(block) {
            for name in ["datetime", "data-date", "data-datetime", "data-timestamp"] {
                if let Some(date) = element
                    .node
                    .attr(name)
                    .and_then(|value| dates::parse(&value, lang))
                {
                    return Some(date);
                }
            }
        }
        let shown = lines.iter().find_map(|line| {
            // The title may name a date that is not its own.
            let rest = line.replace(&story.title, " ");
            (rest.chars().count() <= 120).then(|| dates::parse_at(&rest, lang, self.fetched))?
        });
        shown.or_else(|| address_date(&story.url))
    }

    /// The first picture of a block, as it is or as it waits to be loaded.
    fn image(&self, block: &Block) -> Option<String> {
        let image = self
            .inside(block)
            .find(|element| element.node.has_name("img"))?;
        ["data-src", "data-original", "data-lazy-src", "src"]
            .iter()
            .find_map(|name| {
                let address = image.node.attr(name)?;
                let address = address.trim();
                let data =
                    address.is_empty() || address.starts_with("data:") || address.ends_with(".svg");
                if data {
                    None
                } else {
                    safe_text::link(self.base.join(address).ok()?.as_str())
                }
            })
    }

    fn entry(&self, story: &Story, block: &Block, lang: Option<&str>) -> Entry {
        let lines = self.lines(block);
        let facts = lines
            .iter()
            .find_map(|line| lines::facts(line, lang))
            .unwrap_or_default();
        let published = self.date(story, block, &lines, lang);
        let mut names = facts.tags;
        if names.is_empty() {
            let links = self
                .inside(block)
                .filter(|element| element.node.has_name("a"));
            let tagged = links.filter(|link| {
                let rel = link
                    .node
                    .attr("rel")
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                let href = link
                    .node
                    .attr("href")
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                rel.split_whitespace()
                    .any(|rel| rel == "tag" || rel == "category")
                    || [
                        "/tag/",
                        "/tags/",
                        "/topic/",
                        "/thema/",
                        "/category/",
                        "/keyword/",
                    ]
                    .iter()
                    .any(|part| href.contains(part))
            });
            names = tagged.map(|link| link.node.text().to_string()).collect();
        }
        Entry {
            url: Some(story.url.clone()),
            title: story.title.chars().take(MAX_TITLE).collect(),
            published: published.map(|date| date.time),
            tags: tags(names.iter().map(String::as_str)),
            summary: teaser(&lines, &story.title).map(escape),
            image: self.image(block),
            ..Entry::default()
        }
    }
}

/// Where an element stands by what it is.
fn inherit(place: &mut Place, name: &str) {
    match name {
        "nav" | "footer" => place.chrome = true,
        "aside" => place.aside = true,
        "header" => place.header = true,
        // A list of stories may have cards with headers of their own.
        "article" | "main" => place.header = false,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => place.heading = true,
        _ => {}
    }
}

/// Where an element stands by what its names call it.
fn called(node: &NodeRef) -> Place {
    let mut place = Place::default();
    for attribute in ["class", "id", "role"] {
        let Some(value) = node.attr(attribute) else {
            continue;
        };
        let value = value.to_ascii_lowercase();
        for word in value.split(|c: char| !c.is_ascii_alphabetic()).take(60) {
            match word {
                "nav" | "navbar" | "navigation" | "menu" | "submenu" | "breadcrumb"
                | "breadcrumbs" | "footer" | "cookie" | "cookies" | "consent" | "pagination"
                | "pager" | "social" | "share" | "sharing" | "ad" | "ads" | "advert"
                | "advertisement" | "banner" | "sponsored" | "tagcloud" | "newsletter"
                | "login" | "contentinfo" | "comments" | "invisible" | "langswitch"
                | "languages" => place.chrome = true,
                "sidebar" => place.aside = true,
                "title" | "headline" | "heading" | "titel" | "titre" | "titulo" | "hl" => {
                    place.titled = true
                }
                _ => {}
            }
        }
    }
    place
}

/// How many words a title has; scripts without spaces count two signs as one.
fn words(title: &str) -> usize {
    let dense = title.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{0e00}'..='\u{0e7f}')).count();
    let spaced = title
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    spaced.max(dense / 2)
}

/// Whether a text could be a title at all.
fn is_title(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (words(text) >= 2 || letters >= 12)
        && letters >= 5
        && text.chars().count() <= MAX_TITLE * 2
        && !is_more(text)
}

/// Links that only say 'go on'.
fn is_more(text: &str) -> bool {
    const MORE: &[&str] = &[
        "read more",
        "more",
        "continue reading",
        "read the full story",
        "read article",
        "full story",
        "weiterlesen",
        "mehr lesen",
        "mehr erfahren",
        "zum artikel",
        "lire la suite",
        "en savoir plus",
        "leer mas",
        "seguir leyendo",
        "leggi tutto",
        "continua a leggere",
        "leia mais",
        "lees meer",
        "les mer",
        "las mer",
        "czytaj wiecej",
        "czytaj dalej",
        "citeste mai mult",
        "devamini oku",
        "читать далее",
        "подробнее",
        "читати далі",
        "детальніше",
        "ვრცლად",
        "იხილეთ მეტი",
        "ավելին",
        "اقرا المزيد",
        "続きを読む",
        "もっと見る",
        "阅读更多",
        "详细",
        "더보기",
        "etrafli",
        "skip to content",
        "skip to main content",
        "zum inhalt springen",
        "back to top",
        "view all",
        "see all",
        "show more",
        "load more",
        "alle anzeigen",
        "all news",
        "older posts",
        "newer posts",
        "next page",
        "previous page",
    ];
    let folded = fold(text);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    MORE.contains(&folded)
}

/// A longer title is the fuller one, up to where it is a teaser.
fn is_better_title(new: &str, old: &str) -> bool {
    let (new_words, old_words) = (words(new), words(old));
    !is_more(new)
        && is_title(new)
        && (new_words > old_words && new_words <= 30 || !is_title(old) && new_words > 0)
}

/// Pages of service, by their names in addresses and titles: about, contact, privacy, terms, log in …
fn is_service(story: &Story) -> bool {
    const PATHS: &[&str] = &[
        "about",
        "about-us",
        "aboutus",
        "contact",
        "contact-us",
        "contacts",
        "privacy",
        "privacy-policy",
        "privacy-notice",
        "cookie-policy",
        "cookies",
        "terms",
        "terms-of-use",
        "terms-of-service",
        "terms-and-conditions",
        "imprint",
        "impressum",
        "datenschutz",
        "datenschutzerklaerung",
        "kontakt",
        "ueber-uns",
        "uber-uns",
        "agb",
        "mentions-legales",
        "a-propos",
        "qui-sommes-nous",
        "aviso-legal",
        "contacto",
        "sobre-nosotros",
        "quienes-somos",
        "chi-siamo",
        "contatti",
        "login",
        "signin",
        "sign-in",
        "register",
        "signup",
        "subscribe",
        "subscription",
        "abo",
        "newsletter",
        "newsletters",
        "account",
        "search",
        "suche",
        "jobs",
        "careers",
        "karriere",
        "advertise",
        "advertising",
        "mediadaten",
        "donate",
        "support-us",
        "rss",
        "feed",
        "sitemap",
        "help",
        "faq",
        "accessibility",
        "editorial-policy",
        "team",
        "our-team",
        "author",
        "authors",
        "autor",
        "tag",
        "tags",
        "category",
        "kategorie",
        "page",
        "shop",
        "cart",
        "archive",
        "archiv",
    ];
    let Ok(url) = Url::parse(&story.url) else {
        return true;
    };
    let path = url.path().to_ascii_lowercase();
    let mut segments = path.split('/').filter(|part| !part.is_empty());
    let last = segments.clone().next_back().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    // `/tag/rivers`, `/author/nino`, `/page/2`, but not a story in a section of that name.
    let lists = segments.any(|part| {
        matches!(
            part,
            "tag"
                | "tags"
                | "author"
                | "authors"
                | "autor"
                | "category"
                | "page"
                | "topic"
                | "topics"
                | "thema"
                | "keyword"
                | "search"
                | "wp-login.php"
        )
    });
    PATHS.contains(&stem)
        || (lists && words(&story.title) <= 5)
        || (words(&story.title) <= 6 && says_service(&story.title))
}

/// Titles of pages of service, folded.
fn says_service(title: &str) -> bool {
    const TITLES: &[&str] = &[
        "about us",
        "contact us",
        "privacy policy",
        "privacy notice",
        "cookie policy",
        "cookie settings",
        "terms of use",
        "terms of service",
        "terms and conditions",
        "log in",
        "sign in",
        "sign up",
        "legal notice",
        "all rights reserved",
        "advertise with us",
        "uber uns",
        "datenschutz",
        "impressum",
        "mentions legales",
        "a propos",
        "nous contacter",
        "politique de confidentialite",
        "aviso legal",
        "politica de privacidad",
        "quienes somos",
        "chi siamo",
        "privacy e cookie",
        "o nas",
        "polityka prywatnosci",
        "hakkimizda",
        "gizlilik",
        "о нас",
        "политика конфиденциальности",
        "контакты",
        "про нас",
        "ჩვენ შესახებ",
        "კონფიდენციალურობის",
        "մեր մասին",
        "من نحن",
        "سياسة الخصوصية",
        "haqqimizda",
        "関連リンク",
        "プライバシーポリシー",
        "お問い合わせ",
        "关于我们",
        "개인정보",
    ];
    let folded = fold(title);
    TITLES.iter().any(|service| folded.contains(service))
}

/// `/2024/06/12/` and `/2024-06-12-` in an address.
fn address_date(url: &str) -> Option<Written> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bytes = path.as_bytes();
    for (at, window) in bytes.windows(10).enumerate() {
        let shape = window.iter().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                matches!(byte, b'/' | b'-' | b'_')
            } else {
                byte.is_ascii_digit()
            }
        });
        let alone = (at == 0 || !bytes[at - 1].is_ascii_digit())
            && bytes.get(at + 10).is_none_or(|byte| !byte.is_ascii_digit());
        if shape
            && alone
            && let Ok(text) = std::str::from_utf8(window)
            && let Some(date) = dates::parse(&text.replace(['/', '_'], "-"), None)
        {
            return Some(date);
        }
    }
    None
}

/// The teaser: the longest line that is neither title nor date nor 'Read more'; where the title begins the
/// line, what follows it.
fn teaser<'l>(lines: &'l [String], title: &str) -> Option<&'l str> {
    let rest = lines.iter().map(|line| {
        line.strip_prefix(title)
            .unwrap_or(line)
            .trim_start_matches([' ', ':', '-', '–', '—', '|'])
    });
    let long = rest.filter(|line| line.chars().count() >= 40 && !title.contains(line));
    long.filter(|line| lines::facts(line, None).is_none())
        .max_by_key(|line| line.len())
}

/// Whether a link stands in the middle of a text: words before it in its line that are no date or kicker.
fn is_in_sentence(lines: &[String], title: &str) -> bool {
    lines.iter().any(|line| match line.split_once(title) {
        Some((before, after)) => {
            let dated = before.chars().count() <= 60 && dates::parse(before, None).is_some();
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            // A kicker ends with a sign or is short; a sentence goes on behind the link.
            let runs_on = after
                .trim_start()
                .starts_with(|c: char| c.is_lowercase() || matches!(c, '.' | ',' | ';' | ')'));
            (letters(before) >= 40 && !dated)
                || (letters(before) >= 8 && !dated && runs_on && letters(after) >= 3)
        }
        None => false,
    })
}

/// A plain line as HTML, which summaries are.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests;
