//! One pass over a page that gathers the places where facts about the article stand.
//! Never here: what they mean, or which to believe.

use dom_query::{Document, NodeId, NodeRef};
use newsprint_html::safe_text;
use newsprint_model::fold;

/// Elements looked at; the guard lets no more through.
const MAX_NODES: usize = 400_000;
/// Of each kind of place, how many are kept: pages with more are lists of other things.
const MAX_KEPT: usize = 400;
/// Nodes in a list of tags; what has more and is called so is something around it.
const MAX_LIST: usize = 400;
/// Words of a class, an id or a data attribute; longer ones are generated.
const MAX_WORDS: usize = 400;

/// What kind of place an element stands in, inherited downwards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// In `nav`, `footer` or `aside`.
    pub chrome: bool,
    /// In a `header` that is not an article's: chrome, unless the headline itself stands there.
    pub header: bool,
    /// In `article` or `main`.
    pub article: bool,
    /// In something that its names call tags, topics or keywords: its number, from 1, or [`ALONE`].
    pub tags: u32,
    /// In something that its names call author or byline.
    pub author: bool,
    /// In something that its names call popular, trending or related: other articles' facts.
    pub others: bool,
    /// In a paragraph, where links are part of the text.
    pub prose: bool,
    /// In what stands under a picture: its day and its name are the photograph's.
    pub caption: bool,
}

/// A tag that is named as one without a named list around it.
pub(super) const ALONE: u32 = u32::MAX;

/// An element and where it stands.
pub(super) struct Spot<'a> {
    pub node: NodeRef<'a>,
    pub place: Place,
    /// Its number in document order among all elements.
    pub order: usize,
}

/// Everything gathered.
#[derive(Default)]
pub(super) struct Scan<'a> {
    /// The whole page.
    top: Option<NodeRef<'a>>,
    pub lang: Option<String>,
    pub title: Option<String>,
    pub canonical: Option<String>,
    /// `<link rel=image_src>`.
    pub image_src: Option<String>,
    /// Where `rel=next` leads, of `<link>` and `<a>`.
    pub next: Vec<String>,
    /// `<meta>`: lower-case name, property or itemprop, and content.
    pub metas: Vec<(String, String)>,
    /// Texts of JSON-LD scripts.
    pub scripts: Vec<String>,
    pub h1: Vec<Spot<'a>>,
    /// Headings of lower ranks, and what microdata calls the headline.
    pub lower: Vec<Spot<'a>>,
    /// Where the headline of the article is: in `h1`, else in `lower`.
    chosen: Option<(bool, usize)>,
    /// The site's own name, where it is a heading and stands before the title.
    pub masthead: Option<String>,
    /// Whether the element is something other than a heading.
    plain: bool,
    /// Elements whose text begins with `by` or its kin: a name may follow, in it or behind it.
    pub openings: Vec<Spot<'a>>,
    pub times: Vec<Spot<'a>>,
    pub images: Vec<Spot<'a>>,
    /// `itemprop` and its element.
    pub props: Vec<(String, Spot<'a>)>,
    /// Links that could be tags: by their place, their address or `rel`.
    pub tag_links: Vec<(TagLink, Spot<'a>)>,
    /// Outermost elements that their names call author or byline, and `rel=author` links.
    pub bylines: Vec<Spot<'a>>,
    /// Values of data attributes that their names call a date.
    pub stamps: Vec<String>,
    /// Elements that their names call a date of publication.
    pub dates: Vec<Spot<'a>>,
    /// Elements whose whole text is short and has a number in it: a date may stand in any.
    pub numbered: Vec<Spot<'a>>,
    /// Links to where outlets list what one person wrote.
    pub author_links: Vec<Spot<'a>>,
    /// Addresses and texts of links that may lead to the home page.
    pub home: Vec<(String, String)>,
    /// Texts of paragraphs that begin with what a Chinese or Korean report says of its reporter.
    pub reports: Vec<String>,
    /// Texts of paragraphs set to the right.
    pub signatures: Vec<String>,
    /// Last words of paragraphs that end with a bracket of East Asian text.
    pub bracketed: Vec<String>,
    /// Elements that say in words when the entry was posted.
    pub posted: Vec<Spot<'a>>,
    /// Footers and addresses, where a page says when it was changed.
    pub ends: Vec<Spot<'a>>,
    /// Text set as it was typed.
    pub typed: Vec<Spot<'a>>,
    /// As `numbered` and `times`, in the frame of the page or under a picture.
    pub framed: Vec<Spot<'a>>,
    /// Outermost captions of pictures.
    pub captions: Vec<Spot<'a>>,
    /// Outermost elements that their names call related or popular.
    pub others: Vec<Spot<'a>>,
    /// Elements without links whose own names call them a tag, or what the article is filed under.
    pub plain_tags: Vec<Spot<'a>>,
    /// Labels behind which a page lists its tags (`More on:`).
    pub tag_labels: Vec<Spot<'a>>,
    /// Links to the articles of one day that say nothing but its number.
    pub day_links: Vec<Spot<'a>>,
    /// Dates of publication that a script has in its values.
    pub moments: Vec<String>,
    /// Where comments may begin.
    comments: Vec<usize>,
    /// The form that all of the page stands in, as some systems wrap it.
    form: Option<NodeId>,
}

/// What speaks for a link being a tag.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TagLink {
    /// `rel=tag`.
    pub rel: bool,
    /// `rel="category tag"`, as blogs have it in the sentence under an entry.
    pub category: bool,
    /// Its address has a segment such as `/tag/`.
    pub address: bool,
    /// Its own class says so.
    pub named: bool,
}

impl<'a> Scan<'a> {
    /// Walks the whole document once, in order, without recursion.
    pub fn new(doc: &'a Document) -> Scan<'a> {
        let mut scan = Scan {
            top: Some(doc.root()),
            ..Scan::default()
        };
        let mut stack: Vec<(NodeRef<'a>, Place)> = vec![(doc.root(), Place::default())];
        let mut order = 0;
        let mut groups = 0;
        while let Some((node, place)) = stack.pop() {
            order += 1;
            if order > MAX_NODES {
                break;
            }
            let place = scan.visit(node, place, order, &mut groups);
            if let Some(place) = place {
                for child in node.children_it(true) {
                    if child.is_element() {
                        stack.push((child, place));
                    }
                }
            }
        }
        scan.choose_headline();
        scan
    }

    /// The headline is the first heading that speaks of what the page calls itself, of the first rank if there is one,
    /// else of any: a masthead may be the only heading of the first rank.
    fn choose_headline(&mut self) {
        let shared = self.meta(super::TITLES);
        // What the site is called is not what the article is, where the window knows better.
        let site = self.meta(&["og:site_name"]).map(str::trim);
        let shared = shared.filter(|title| self.title.is_none() || Some(title.trim()) != site);
        let titles: Vec<String> = shared
            .into_iter()
            .chain(self.title.as_deref())
            .map(safe_text::line)
            .collect();
        let texts = self.h1.iter().take(12);
        let mut texts = texts.map(|spot| (safe_text::line(&spot.node.text()), leads_home(spot)));
        let masthead = texts.find(|(text, home)| self.is_set_before(text, *home, &titles));
        let masthead = masthead.map(|(text, _)| text);
        self.masthead = masthead.filter(|text| !text.is_empty());
        let titles: Vec<&str> = titles
            .iter()
            .map(|title| {
                let rest = self
                    .masthead
                    .as_deref()
                    .and_then(|name| title.strip_prefix(name));
                let rest = rest.or_else(|| self.behind_home(title));
                let rest = rest.unwrap_or(title);
                without_archive(rest.trim_start_matches(|c: char| !c.is_alphanumeric()))
            })
            .collect();
        if let Some((banner, at)) = self.under_banner(&titles) {
            self.masthead = Some(banner);
            self.chosen = Some((false, at));
            return;
        }
        let says = |spot: &Spot, most: bool| {
            let text = safe_text::line(&spot.node.text());
            let fits = (8..=300).contains(&text.len()) && self.masthead.as_ref() != Some(&text);
            let likes = |title: &&str| match most {
                true => says_all_of(&text, title),
                false => super::speaks_of(&text, title),
            };
            fits && titles.iter().any(likes)
                && !titles.iter().any(|title| super::is_masthead(&text, title))
        };
        let own = |spot: &Spot| !spot.place.chrome && !spot.place.others;
        let first = self.h1.iter().take(12);
        let first = first.enumerate();
        let first = first
            .filter(|(_, spot)| own(spot))
            .find(|(_, spot)| says(spot, false));
        if let Some((at, _)) = first {
            self.chosen = Some((true, at));
            return;
        }
        let lower = self.lower.iter().take(40).enumerate();
        let mut lower = lower.filter(|(_, spot)| own(spot));
        if let Some((at, _)) = lower.find(|(_, spot)| says(spot, true)) {
            self.chosen = Some((false, at));
            return;
        }
        // Behind the site's name a short one is known too, if it is all that is left.
        let masthead = self.masthead.is_some();
        let exact = |spot: &Spot| {
            titles.contains(&&*safe_text::line(&spot.node.text()))
                || titles.contains(&first_text(spot).as_str())
        };
        let lower = self.lower.iter().take(40).enumerate();
        let mut lower = lower.filter(|(_, spot)| masthead && own(spot));
        if let Some((at, _)) = lower.find(|(_, spot)| exact(spot)) {
            self.chosen = Some((false, at));
            return;
        }
        // Nor is one that signs set apart in the title, between the site's name and what kind of page it is.
        let parted = |spot: &Spot| {
            let text = safe_text::line(&spot.node.text());
            let mut titles = titles.iter();
            titles.any(|title| is_set_apart(&text, title) && !super::is_masthead(&text, title))
                && !leads_home(spot)
        };
        let lower = self.lower.iter().take(40).enumerate();
        let mut lower = lower.filter(|(_, spot)| own(spot) && self.h1.is_empty());
        if let Some((at, _)) = lower.find(|(_, spot)| parted(spot)) {
            self.chosen = Some((false, at));
            return;
        }
        // Nor is one of a word or two, where it is the first heading and the title begins with it before a sign.
        if let Some(at) = self.first_before_sign(&titles) {
            self.chosen = Some((false, at));
            return;
        }
        if let Some(spot) = self.plain_headline() {
            self.chosen = Some((false, self.lower.len()));
            self.lower.push(spot);
            self.plain = true;
        }
    }

    /// The name of the site, where the only heading of the first rank is called so, and the first heading of a lower rank that
    /// is a part of the title which signs set apart (`The bridge opens_Nino's notes_Valley blogs`).
    fn under_banner(&self, titles: &[&str]) -> Option<(String, usize)> {
        const SIGNS: [char; 12] = [
            '|', '-', '–', '—', '·', '•', '»', '｜', ':', '：', '_', '－',
        ];
        let [banner] = &self.h1[..] else { return None };
        let mut names = banner.node.ancestors_it(Some(1)).chain([banner.node]);
        let named = names.any(|node| {
            let names = ["id", "class"].into_iter().filter_map(|key| node.attr(key));
            names
                .take(2)
                .any(|value| value.len() <= 200 && is_called_banner(&value))
        });
        let name = safe_text::line(&banner.node.text());
        if !named || name.is_empty() {
            return None;
        }
        let parts = |title: &str| -> Vec<String> {
            title
                .split(SIGNS)
                .map(|part| part.trim().to_owned())
                .collect()
        };
        let parts: Vec<String> = titles.iter().flat_map(|title| parts(title)).collect();
        let lower = self.lower.iter().take(40);
        let at = lower.enumerate().position(|(_, spot)| {
            let text = safe_text::line(&spot.node.text());
            let own = !spot.place.chrome && !spot.place.others;
            own && text != name && text.chars().count() >= 4 && parts.contains(&text)
        })?;
        Some((name, at))
    }

    /// The first heading of a page without one of the first rank, where a title begins with it and a sign.
    fn first_before_sign(&self, titles: &[&str]) -> Option<usize> {
        const SEPARATORS: [&str; 6] = [" - ", " – ", " — ", " | ", " · ", " :: "];
        let spot = self.lower.first().filter(|_| self.h1.is_empty())?;
        let text = safe_text::line(&spot.node.text());
        let parted = |title: &&str| {
            let rest = title.strip_prefix(text.as_str());
            rest.is_some_and(|rest| SEPARATORS.iter().any(|part| rest.starts_with(part)))
        };
        let own = !spot.place.chrome && !spot.place.others && !leads_home(spot);
        (own && text.chars().count() >= 4 && titles.iter().any(parted)).then_some(0)
    }

    /// A title behind what a link to the home page says (`Valley Post - The bridge opens`).
    fn behind_home<'t>(&self, title: &'t str) -> Option<&'t str> {
        let mut names = self.home.iter().filter(|(href, _)| href == "/");
        names.find_map(|(_, name)| {
            let rest = title.strip_prefix(name.as_str())?;
            let rest = rest.strip_prefix(' ')?;
            rest.strip_prefix(['|', '-', '–', '—', '·', '•', '»'])
        })
    }

    /// Whether a heading is what a title begins with before the words of another heading: the site's own name. One that
    /// does not lead home is so only before a longer one.
    fn is_set_before(&self, heading: &str, home: bool, titles: &[String]) -> bool {
        let rest = titles.iter().find_map(|title| {
            let rest = title.strip_prefix(heading)?.trim_start();
            let rest = rest.strip_prefix([':', '|', '-', '–', '—', '·', '•', '»', '｜'])?;
            Some(without_archive(rest.trim()).to_owned())
        });
        rest.is_some_and(|rest| {
            let whole = || {
                let mut lower = self.lower.iter().take(40);
                lower.any(|spot| {
                    safe_text::line(&spot.node.text()) == rest || first_text(spot) == rest
                })
            };
            if home && !rest.is_empty() && whole() {
                return true;
            }
            rest.chars().count() > heading.chars().count()
                && self.lower.iter().take(40).any(|spot| {
                    let text = safe_text::line(&spot.node.text());
                    !text.is_empty() && rest.starts_with(&text) && text.len() * 2 > rest.len()
                })
        })
    }

    /// Takes a heading of a lower rank for the headline where it is what the page's structured data calls the article, and
    /// none speaks of what the page calls itself: titles for search and sharing may be other ones.
    pub fn recognise(&mut self, declared: &str) {
        if self.chosen.is_some() {
            return;
        }
        let mut lower = self.lower.iter().take(40);
        let found = lower.position(|spot| {
            let own = !spot.place.chrome && !spot.place.others;
            own && super::alike(&safe_text::line(&spot.node.text()), declared)
        });
        self.chosen = found.map(|at| (false, at));
    }

    /// A headline outside a heading element, as pages without headings have it: the element whose text is what the page calls itself,
    /// whole or without what a sign parts from it (`Valley Post: The bridge opens`).
    fn plain_headline(&self) -> Option<Spot<'a>> {
        const SEPARATORS: [&str; 7] = [": ", " | ", " - ", " – ", " — ", " :: ", " » "];
        const LEAST: usize = 12;
        let letters = |text: &str| -> String {
            let folded = fold(text);
            folded.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        // A page that names its headline for sharing has it in a heading, or does not show it.
        if self.meta(&["og:title", "twitter:title"]).is_some() {
            return None;
        }
        let title = safe_text::line(self.title.as_deref()?);
        let mut wanted = vec![letters(&title)];
        for sign in SEPARATORS {
            let ends = [title.split_once(sign), title.rsplit_once(sign)];
            let ends = ends.into_iter().flatten();
            wanted.extend(ends.flat_map(|(a, b)| [letters(a), letters(b)]));
        }
        // Where words are not set apart, signs are not either, and what the site adds comes last.
        if title.chars().any(super::is_ideograph) {
            for sign in ["_", "-", "|", "｜", "－", "—"] {
                let ends = [title.split_once(sign), title.rsplit_once(sign)];
                wanted.extend(ends.into_iter().flatten().map(|(title, _)| letters(title)));
                // Papers set their own name first.
                let paper = title
                    .split_once(sign)
                    .filter(|(name, _)| name.ends_with('报') || name.ends_with('報'));
                wanted.extend(paper.map(|(_, title)| letters(title)));
            }
        }
        wanted.extend(self.meta(&["articletitle"]).map(letters));
        // A part of it that is short is a section's or a site's name.
        let weight = |title: &String| -> usize {
            let weights = title.chars();
            weights
                .map(|c| if super::is_ideograph(c) { 2 } else { 1 })
                .sum()
        };
        // In an element that sets it apart a short title of Chinese and Japanese is known too, where it is all that the
        // site's own name leaves.
        let first = title
            .split([' ', '_', '-', '|', '—'])
            .next()
            .map(letters)
            .filter(|first| {
                (4..LEAST).contains(&weight(first)) && first.chars().all(super::is_ideograph)
            });
        wanted.retain(|title| weight(title) >= LEAST);
        let longest = wanted.iter().chain(&first).map(String::len).max()?;
        let mut stack = vec![(self.top?, Place::default())];
        let mut order = 0;
        while let Some((node, place)) = stack.pop() {
            order += 1;
            if order > MAX_NODES {
                break;
            }
            let mut place = place;
            match node.node_name().as_deref() {
                Some("head" | "script" | "style" | "noscript" | "template" | "svg") => continue,
                Some("form") if self.form != Some(node.id) => continue,
                Some("nav" | "footer" | "aside" | "a") => place.chrome = true,
                _ => {}
            }
            let said = node
                .first_child()
                .filter(NodeRef::is_text)
                .is_some_and(|child| {
                    let text = child.text();
                    let text = text.trim();
                    let set_apart = || {
                        let set = ["b", "strong", "font", "center"];
                        set.iter().any(|name| node.has_name(name))
                    };
                    text.len() >= LEAST
                        && text.len() <= longest * 4
                        && wanted.contains(&letters(text))
                        || first.as_deref() == Some(text) && set_apart()
                });
            if said && !place.chrome {
                return Some(Spot { node, place, order });
            }
            for child in node.children_it(true) {
                if child.is_element() {
                    stack.push((child, place));
                }
            }
        }
        None
    }

    /// Looks at one element; gives the place its children stand in, or nothing where they say nothing.
    fn visit(
        &mut self,
        node: NodeRef<'a>,
        outer: Place,
        order: usize,
        groups: &mut u32,
    ) -> Option<Place> {
        let Some(element) = node.element_ref() else {
            return Some(outer);
        };
        let name: &str = &element.name.local;
        let attr = |key: &str| element.attr(key).map(|value| value.to_string());
        let mut place = outer;
        let mut marks = Marks::default();
        let (mut prop, mut rel, mut href) = (None, None, None);
        for attribute in &element.attrs {
            let key: &str = &attribute.name.local;
            let value: &str = &attribute.value;
            match key {
                "class" | "id" => marks.read(value),
                "itemprop" => prop = Some(value.trim().to_ascii_lowercase()),
                // The same facts in RDFa (`schema:dateCreated`).
                "property" if prop.is_none() && name != "meta" => {
                    let last = value.rsplit(':').next().unwrap_or_default();
                    prop = Some(last.trim().to_ascii_lowercase());
                }
                // Who has an account wrote what stands beside it (Drupal).
                "typeof" => marks.author |= value.contains("sioc:UserAccount"),
                "rel" => rel = Some(value.to_ascii_lowercase()),
                "href" => href = Some(value),
                // `Author` is what a list of them may be called for those who hear the page.
                "aria-label" if value.len() <= 40 => {
                    marks.author |= super::authors::is_opening(value)
                }
                // Test and tracking marks name parts more plainly than generated classes do.
                key if key.starts_with("data-") && value.len() <= 60 => {
                    let dated = key.ends_with("-dt")
                        || key.ends_with("-date")
                        || key.ends_with("timestamp")
                        || key.contains("publish");
                    if dated && !outer.chrome && !outer.others && self.stamps.len() < 8 {
                        self.stamps.push(value.to_owned());
                    }
                    marks.read(value);
                }
                _ => {}
            }
        }
        match name {
            "link" | "a"
                if self.next.len() < 16
                    && rel
                        .as_ref()
                        .is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "next")) =>
            {
                self.next.extend(href.map(str::to_owned));
            }
            _ => {}
        }
        match name {
            "html" => {
                self.lang = self
                    .lang
                    .take()
                    .or_else(|| attr("lang"))
                    .or_else(|| attr("xml:lang"))
            }
            "meta" => {
                if let Some(content) = attr("content").filter(|content| content.len() <= 8_192)
                    && self.metas.len() < MAX_KEPT
                {
                    for key in ["property", "name", "itemprop"] {
                        if let Some(name) = attr(key) {
                            self.metas
                                .push((name.trim().to_ascii_lowercase(), content.clone()));
                        }
                    }
                }
                return None;
            }
            "link" => {
                let is = |name: &str| {
                    rel.as_ref()
                        .is_some_and(|rel| rel.split_whitespace().any(|rel| rel == name))
                };
                if let (true, Some(href), None) = (is("canonical"), href, &self.canonical) {
                    self.canonical = Some(href.to_owned());
                }
                if let (true, Some(href), None) = (is("image_src"), href, &self.image_src) {
                    self.image_src = Some(href.to_owned());
                }
                if let Some(prop) = prop.filter(|prop| prop == "image")
                    && self.props.len() < MAX_KEPT
                {
                    let place = outer;
                    self.props.push((prop, Spot { node, place, order }));
                }
                return None;
            }
            "script" => {
                let json =
                    attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
                if json && self.scripts.len() < 40 {
                    self.scripts.push(node.text().to_string());
                } else if self.moments.len() < 40
                    && attr("type").is_some_and(|kind| kind == crate::limit_html::DATES)
                {
                    let text = node.text();
                    self.moments.extend(text.split('|').map(str::to_owned));
                }
                return None;
            }
            "style" | "noscript" | "template" | "svg" | "iframe" | "select" => return None,
            "form" if self.form.is_none() && self.is_page(&node) => self.form = Some(node.id),
            "form" => return None,
            "title" => {
                self.title = self.title.take().or_else(|| Some(node.text().to_string()));
                return None;
            }
            // Some systems set author and date under the headline in a footer of the article.
            "footer" if outer.article => {}
            "nav" if outer.article && (marks.tags || is_called_tags(&attr("aria-label"))) => {
                marks.tags = true;
            }
            "nav" | "footer" | "aside" => {
                place.chrome = true;
                if name == "footer" {
                    keep(&mut self.ends, Spot { node, place, order });
                }
            }
            "address" => keep(&mut self.ends, Spot { node, place, order }),
            "pre" => keep(&mut self.typed, Spot { node, place, order }),
            // The header of an article holds its title, date and author.
            "header" if !outer.article => place.header = true,
            "article" | "main" => {
                place.article = true;
                place.chrome = name == "main" || place.chrome;
                place.chrome &= name != "main";
            }
            "p" | "blockquote" | "figcaption" => place.prose = true,
            _ => {}
        }
        marks.tags &= !marks.post;
        // A whole entry may have its author's name among its classes.
        marks.author &= place.author || !is_long(&node);
        if (marks.others || (marks.related && !marks.tags)) && !outer.others {
            // A wrapper with a class such as `comments-open` has the article in it.
            place.others = !node.descendants_it().any(|inner| inner.has_name("h1"));
            if place.others {
                keep(&mut self.others, Spot { node, place, order });
            }
        }
        let captioned =
            name == "figcaption" || marks.caption && is_by_picture(&node) && !holds_heading(&node);
        if captioned && !outer.caption {
            place.caption = true;
            keep(&mut self.captions, Spot { node, place, order });
        }
        if marks.tags
            && place.tags == 0
            && (node.descendants_it().take(MAX_LIST + 1).count() <= MAX_LIST)
        {
            match name {
                "html" | "body" | "main" | "article" => {}
                // The single tag is named, not the list: what holds it shows on looking at its parents.
                "a" | "li" | "span" | "button" => place.tags = ALONE,
                _ => {
                    *groups += 1;
                    place.tags = *groups;
                }
            }
        }
        let spot = || Spot { node, place, order };
        match name {
            "h1" => keep(&mut self.h1, spot()),
            "h2" | "h3" | "h4" => keep(&mut self.lower, spot()),
            "time" if !place.caption => keep(&mut self.times, spot()),
            "img" | "amp-img" => keep(&mut self.images, spot()),
            "a" => {
                let rels = |name: &str| {
                    let mut rels = rel.iter().flat_map(|rel| rel.split_whitespace());
                    rels.any(|rel| rel == name)
                };
                let link = TagLink {
                    rel: rels("tag"),
                    category: rels("tag") && rels("category"),
                    address: href.is_some_and(tag_address),
                    named: marks.tags,
                };
                if (link.rel || link.address || place.tags > 0)
                    && self.tag_links.len() < MAX_KEPT * 4
                {
                    self.tag_links.push((link, spot()));
                }
                // The home page, of this site or another: the address decides.
                if let Some(href) = href
                    && self.home.len() < 8
                    && (href == "/" || is_root(href))
                {
                    let text = safe_text::line(&node.text());
                    if (4..=80).contains(&text.len()) {
                        self.home.push((href.to_owned(), text));
                    }
                }
                // Under a picture stands who took it.
                if href.is_some_and(author_address) && !place.caption {
                    keep(&mut self.author_links, spot());
                }
                if href.is_some_and(day_address) {
                    keep(&mut self.day_links, spot());
                }
                if rel
                    .as_ref()
                    .is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "author"))
                    && !place.author
                    && !place.caption
                {
                    keep(&mut self.bylines, spot());
                }
            }
            _ => {}
        }
        // Within a list of them an item needs no name of its own.
        let hashed = || place.tags > 0 && node.text().trim_start().starts_with('#');
        if (marks.tags || marks.filed || name == "li" && hashed())
            && matches!(name, "span" | "li" | "div" | "button")
            && !place.prose
            && is_plain_tag(&node)
        {
            keep(&mut self.plain_tags, spot());
        }
        if prop.as_deref() == Some("headline") && !matches!(name, "h1" | "h2" | "h3" | "h4") {
            keep(&mut self.lower, spot());
        }
        let (mut short, mut opens) = (false, false);
        let mut posted = false;
        if let Some(child) = node.first_child().filter(NodeRef::is_text) {
            let text = child.text();
            let text = text.trim();
            // Behind the sign old journals set each part of the date as a link.
            short = text == "@"
                || (6..=60).contains(&text.chars().take(61).count())
                    && text.contains(|c: char| c.is_numeric());
            opens = (2..=24).contains(&text.len()) && super::authors::is_opening(text)
                || (12..=60).contains(&text.len()) && super::authors::announces(text)
                || (6..=120).contains(&text.len()) && super::authors::is_labelled(text);
            posted = super::shown_date::says_posted(text);
            if name != "a" && !place.others && text.len() <= 40 && super::tags::is_label(text) {
                keep(&mut self.tag_labels, Spot { node, place, order });
            }
            let heads = matches!(
                name,
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "b" | "strong" | "dt" | "legend"
            );
            if heads && text.len() <= 60 && is_called_comments(text) {
                self.comments.push(order);
            }
        }
        // The section `Reporter` of a menu announces nobody.
        if opens && !place.others && !place.caption && name != "a" {
            keep(&mut self.openings, spot());
        }
        let dated = short || name == "time";
        if short && name != "time" && !place.chrome && !place.others && !place.caption {
            keep(&mut self.numbered, spot());
        }
        if dated && (place.chrome || place.caption) {
            keep(&mut self.framed, spot());
        }
        if name == "p" && !place.chrome && !place.others {
            self.end_of_paragraph(&node);
        }
        // A picture may stand before the words.
        if matches!(name, "p" | "div" | "section" | "article" | "td")
            && !place.chrome
            && !place.others
            && self.reports.len() < 4
        {
            let texts = node.children_it(false).take(6).filter(NodeRef::is_text);
            let mut texts = texts.map(|child| child.text());
            let text = texts.find(|text| !text.trim().is_empty());
            if let Some(text) = text.filter(|text| super::authors::is_report(text.trim_start())) {
                let text = text.trim_start().chars().take(240);
                self.reports.push(text.collect());
            }
        }
        if posted && !place.others {
            keep(&mut self.posted, spot());
        }
        if let Some(prop) = prop
            && self.props.len() < MAX_KEPT
        {
            self.props.push((prop, spot()));
        }
        let whole = matches!(name, "html" | "body" | "article" | "main");
        if marks.date && name != "time" && !place.caption && !whole {
            keep(&mut self.dates, spot());
        }
        if marks.author && !place.author && !place.caption && !whole {
            keep(&mut self.bylines, spot());
            place.author = true;
        }
        Some(place)
    }

    /// Whether a form holds most of what the page shows: it is the frame of the page then, and no form.
    fn is_page(&self, form: &NodeRef) -> bool {
        const UNSEEN: [&str; 6] = ["head", "script", "style", "noscript", "template", "svg"];
        let seen = |top: NodeRef| {
            let (mut stack, mut bytes) = (vec![top], 0);
            while let Some(node) = stack.pop() {
                if node.is_text() {
                    bytes += node.text().trim().len();
                } else if !UNSEEN.iter().any(|name| node.has_name(name)) {
                    stack.extend(node.children_it(false));
                }
            }
            bytes
        };
        self.top.is_some_and(|top| seen(*form) * 2 > seen(top))
    }

    /// Keeps what the end of a paragraph may say of who wrote the text.
    fn end_of_paragraph(&mut self, node: &NodeRef) {
        const NAME: usize = 60;
        const END: usize = 10;
        let right = || {
            let style = node.attr("style").unwrap_or_default().to_lowercase();
            let align = node.attr("align").unwrap_or_default();
            align.eq_ignore_ascii_case("right")
                || style.len() <= 200 && style.replace(' ', "").contains("text-align:right")
        };
        if self.signatures.len() < 8 && right() {
            let text = node.text();
            if text.len() <= NAME {
                self.signatures.push(text.trim().to_owned());
            }
        }
        let last = node.last_child().filter(NodeRef::is_text);
        let text = last.map(|child| child.text()).unwrap_or_default();
        let text = text.trim_end();
        if text.ends_with('）') && self.bracketed.len() < MAX_KEPT {
            let skip = text.chars().count().saturating_sub(END);
            self.bracketed.push(text.chars().skip(skip).collect());
        }
    }

    /// The contents of the first of these `<meta>` names that there is.
    pub fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self
                .metas
                .iter()
                .find(|(key, content)| key == name && !content.trim().is_empty());
            found.map(|(_, content)| content.as_str())
        })
    }

    /// The headline, if a heading is one: what the page calls itself, else the first `<h1>` that is not in a menu.
    pub fn headline(&self) -> Option<&Spot<'a>> {
        match self.chosen {
            Some((true, at)) => self.h1.get(at),
            Some((false, at)) => self.lower.get(at),
            None => self
                .h1
                .iter()
                .find(|spot| !spot.place.chrome && !spot.place.header)
                .or(self.h1.first()),
        }
    }

    /// The title of the only entry of a page, where an element of its own has it.
    pub fn entry_title(&self) -> Option<String> {
        const TITLES: [&str; 5] = [
            "blogtitle",
            "posttitle",
            "entrytitle",
            "storytitle",
            "itemtitle",
        ];
        const ENTRIES: [&str; 7] = [
            "blogpost",
            "post",
            "entry",
            "hentry",
            "story",
            "item",
            "blogentry",
        ];
        const NODES: usize = 20_000;
        let called = |node: &NodeRef, names: &[&str]| {
            let class = node.attr("class").unwrap_or_default();
            let letters = |word: &str| word.replace(['-', '_'], "").to_ascii_lowercase();
            class.len() <= 200
                && class
                    .split_whitespace()
                    .any(|word| names.contains(&letters(word).as_str()))
        };
        let top = self.top?;
        let nodes = top.descendants_it().take(NODES).filter(NodeRef::is_element);
        let mut found = nodes.filter(|node| {
            called(node, &TITLES)
                && node
                    .ancestors_it(Some(4))
                    .any(|node| called(&node, &ENTRIES))
        });
        let title = safe_text::line(&found.next()?.text());
        let only = found.all(|node| safe_text::line(&node.text()) == title);
        (only && (4..=200).contains(&title.len())).then_some(title)
    }

    /// Whether an element stands below the heading of the comments: what it says is theirs.
    pub fn is_comment(&self, spot: &Spot) -> bool {
        let headline = self.headline().map_or(0, |spot| spot.order);
        let begin = self.comments.iter().find(|order| **order > headline);
        begin.is_some_and(|begin| spot.order > *begin)
    }

    /// Whether a line is the heading of the comments below the headline.
    pub fn heads_comments(&self, line: &str) -> bool {
        let headline = self.headline().map_or(0, |spot| spot.order);
        self.comments.iter().any(|order| *order > headline) && is_called_comments(line)
    }

    /// Whether the headline was recognised by what the page calls itself.
    pub fn recognised(&self) -> bool {
        self.chosen.is_some()
    }

    /// Whether the headline is no heading: the page has none that speaks of it.
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// Whether an element stands in a small box with a headline that leads elsewhere, or in an item of a list with a link
    /// as long as one: what it says is of another article.
    pub fn is_card(&self, spot: &Spot) -> bool {
        const AROUND: usize = 4;
        const NODES: usize = 160;
        let Some(headline) = self.headline().filter(|_| self.recognised()) else {
            return false;
        };
        let title = safe_text::line(&headline.node.text());
        // A section or a name is shorter; East Asian scripts do not part their words.
        let is_headline = |node: &NodeRef| {
            let text = safe_text::line(&node.text());
            let wide = text.chars().filter(|c| super::is_ideograph(*c)).count();
            text != title && (text.split_whitespace().count() >= 3 || wide >= 6)
        };
        let heads = |node: &NodeRef| {
            ["h2", "h3", "h4"].iter().any(|name| node.has_name(name)) && is_headline(node)
        };
        for outer in spot.node.ancestors_it(Some(AROUND)) {
            // Nor is the name itself such a heading, as in a box about the author.
            let apart = |node: &NodeRef| {
                let within = |one: &NodeRef, other: &NodeRef| {
                    one.id == other.id || one.ancestors_it(Some(8)).any(|node| node.id == other.id)
                };
                !within(node, &spot.node) && !within(&spot.node, node)
            };
            let mut leads = false;
            for (count, inner) in outer.descendants_it().enumerate() {
                if count > NODES || inner.id == headline.node.id {
                    return false;
                }
                let linked = || inner.ancestors_it(Some(3)).any(|node| node.has_name("a"));
                let item = outer.has_name("li") && inner.has_name("a");
                leads |= item && apart(&inner) && is_headline(&inner);
                leads |= heads(&inner)
                    && apart(&inner)
                    && (linked() || inner.descendants_it().any(|node| node.has_name("a")));
            }
            if leads {
                return true;
            }
        }
        false
    }

    /// Whether a place is the site's and not the article's.
    pub fn is_chrome(&self, place: Place) -> bool {
        place.chrome || (place.header && !self.headline().is_some_and(|spot| spot.place.header))
    }

    /// Values of `<meta>` names that are one of these words after their system's prefix
    /// (`custom-keywords`, `DCSext.author`).
    pub fn suffixed<'s>(&'s self, words: &[&str]) -> Vec<&'s str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &self.metas {
            let last = name.rsplit([':', '.', '-', '_']).next().unwrap_or_default();
            if words.contains(&last) && !names.contains(&name.as_str()) && names.len() < 8 {
                names.push(name);
            }
        }
        names
    }

    /// Whether one of these names stands in what the page shows.
    pub fn shows(&self, names: &[String]) -> bool {
        let Some(top) = self.top else { return true };
        let mut text = String::new();
        for node in top.descendants_it() {
            let hidden = || {
                let around = node.parent();
                around.is_some_and(|around| {
                    ["script", "style", "noscript", "template", "title"]
                        .iter()
                        .any(|name| around.has_name(name))
                })
            };
            if node.is_text() && !hidden() {
                text.push_str(&node.text());
                text.push(' ');
            }
        }
        let text = fold(&safe_text::line(&text));
        names.iter().any(|name| text.contains(&fold(name)))
    }

    /// All contents of a `<meta>` name.
    pub fn metas<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.metas
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, content)| content.as_str())
    }
}

/// A title without what old WordPress sets before it.
pub(super) fn without_archive(title: &str) -> &str {
    const WORDS: [&str; 7] = [
        "Blog Archive",
        "Blog Archiv",
        "Blogarchiv",
        "Blog-Archiv",
        "Archives du blog",
        "Archivo del blog",
        "Архив блога",
    ];
    let mut rests = WORDS.iter().filter_map(|words| title.strip_prefix(words));
    rests
        .find_map(|rest| rest.trim_start().strip_prefix('»'))
        .map_or(title, str::trim_start)
}

/// Whether an element has more text than a byline or a box about an author.
fn is_long(node: &NodeRef) -> bool {
    const MOST: usize = 3_000;
    let mut bytes = 0;
    for inner in node.descendants_it() {
        if inner.is_text() {
            bytes += inner.text().trim().len();
        }
        if bytes > MOST {
            return true;
        }
    }
    false
}

/// Whether a picture is in an element or beside it: systems call other small lines captions too.
fn is_by_picture(node: &NodeRef) -> bool {
    const NODES: usize = 60;
    let pictures = ["img", "amp-img", "picture", "video", "iframe"];
    let mut around = node.ancestors_it(Some(1)).chain([*node]);
    around.any(|around| {
        let mut inner = around.descendants_it().take(NODES);
        inner.any(|inner| pictures.iter().any(|name| inner.has_name(name)))
    })
}

/// Whether an element has a heading in it, or more text than a caption: themes call boxes captions that hold a headline.
fn holds_heading(node: &NodeRef) -> bool {
    let heads = ["h1", "h2", "h3", "h4"];
    let mut inner = node.descendants_it();
    is_long(node) || inner.any(|inner| heads.iter().any(|name| inner.has_name(name)))
}

/// Whether an id or a class is that of the place where a site has its name.
fn is_called_banner(value: &str) -> bool {
    const NAMES: [&str; 9] = [
        "blogname",
        "blogtitle",
        "sitename",
        "sitetitle",
        "banner",
        "masthead",
        "logo",
        "brand",
        "username",
    ];
    let letters: Vec<String> = value
        .split_whitespace()
        .map(|word| {
            word.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        })
        .map(|word| word.to_ascii_lowercase())
        .collect();
    letters.iter().any(|word| {
        let word = word.strip_suffix("header").unwrap_or(word);
        NAMES.contains(&word)
    })
}

/// The text that a heading begins with before elements with other things, without the sign between them
/// (`Low water · <span>12 June</span>`); empty where it has none.
pub(super) fn first_text(heading: &Spot) -> String {
    let children = heading.node.children_it(false);
    let mut children = children.filter(|node| !node.text().trim().is_empty());
    let first = children.next().filter(NodeRef::is_text);
    let followed = children.next().is_some_and(|node| node.is_element());
    let Some(text) = first
        .filter(|_| followed)
        .map(|text| safe_text::line(&text.text()))
    else {
        return String::new();
    };
    let sign = |c: char| matches!(c, '·' | '|' | '-' | '–' | '—' | '•');
    text.trim_end_matches(sign).trim_end().to_owned()
}

/// Whether a heading of three words and more is a part of a title that signs set apart at both ends, in whichever case
/// (`Valley Post - The Bridge Opens - Print`).
fn is_set_apart(heading: &str, title: &str) -> bool {
    const SIGNS: [char; 12] = ['|', '-', '–', '—', '·', '•', '»', '｜', ':', '：', '.', '_'];
    let (heading, title) = (heading.to_lowercase(), title.to_lowercase());
    if heading.split_whitespace().count() < 3 || heading == title {
        return false;
    }
    let Some((before, behind)) = title.split_once(heading.as_str()) else {
        return false;
    };
    let (before, behind) = (before.trim_end(), behind.trim_start());
    (before.is_empty() || before.ends_with(SIGNS))
        && (behind.is_empty() || behind.starts_with(SIGNS))
}

/// Whether a link leads to the root of a named host.
fn is_root(href: &str) -> bool {
    href.len() <= 80 && href.contains("//") && href.ends_with('/') && href.matches('/').count() == 3
}

/// Whether a heading is a link to the home page.
fn leads_home(spot: &Spot) -> bool {
    let mut links = spot
        .node
        .descendants_it()
        .chain(spot.node.ancestors_it(Some(2)));
    links.any(|node| {
        let href = node.attr("href").filter(|_| node.has_name("a"));
        href.is_some_and(|href| {
            let path = href.split_once("://").map(|(_, rest)| rest);
            *href == *"/" || path.is_some_and(|path| !path.trim_end_matches('/').contains('/'))
        })
    })
}

/// Whether the label that readers of the screen hear is that of tags.
fn is_called_tags(label: &Option<String>) -> bool {
    let mut marks = Marks::default();
    marks.read(label.as_deref().unwrap_or_default());
    marks.tags
}

/// Whether most words of a heading, three at least, are a title's, and the beginning of the title is the heading's.
fn says_all_of(heading: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (heading, title) = (words(heading), words(title));
    let known = heading.iter().filter(|word| title.contains(word)).count();
    let begins = title
        .iter()
        .take(3)
        .filter(|word| heading.contains(word))
        .count();
    heading.len() >= 3 && known * 5 >= heading.len() * 4 && known * 2 >= title.len() && begins >= 2
}

fn keep<'a>(list: &mut Vec<Spot<'a>>, spot: Spot<'a>) {
    if list.len() < MAX_KEPT {
        list.push(spot);
    }
}

/// What the names of an element call it.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    tags: bool,
    author: bool,
    date: bool,
    others: bool,
    /// Of other articles too, unless it is the related topics.
    related: bool,
    /// What the article is filed under: a section or a tag.
    filed: bool,
    /// A whole post: WordPress writes its tags into its class (`hentry tag-rivers`).
    post: bool,
    /// What stands under a picture.
    caption: bool,
}

impl Marks {
    /// Reads the words of a class, id or data attribute: `articleTags`, `p-related-tags__list`, `tag-name`.
    fn read(&mut self, value: &str) {
        let by = ["writeby", "writtenby", "write-by", "written-by"];
        self.author |= by.iter().any(|by| value.trim().eq_ignore_ascii_case(by));
        let bytes = value.as_bytes();
        let mut start = 0;
        let mut words = 0;
        for at in 0..=bytes.len() {
            let split = at == bytes.len()
                || !bytes[at].is_ascii_alphabetic()
                || (at > start
                    && bytes[at].is_ascii_uppercase()
                    && bytes[at - 1].is_ascii_lowercase());
            if !split {
                continue;
            }
            if at - start >= 3 && at - start <= 16 {
                self.word(&bytes[start..at]);
                words += 1;
                if words > MAX_WORDS {
                    return;
                }
            }
            start = if at < bytes.len() && bytes[at].is_ascii_alphabetic() {
                at
            } else {
                at + 1
            };
        }
    }

    fn word(&mut self, word: &[u8]) {
        let mut lower = [0u8; 16];
        for (to, from) in lower.iter_mut().zip(word) {
            *to = from.to_ascii_lowercase();
        }
        match &lower[..word.len().min(16)] {
            b"tag" | b"tags" | b"taglist" | b"tagslist" | b"keyword" | b"keywords" | b"topic"
            | b"topics" | b"thema" | b"themen" | b"schlagwort" | b"schlagworte"
            | b"schlagwoerter" | b"stichwort" | b"stichworte" | b"stichwoerter" | b"themes"
            | b"temas" | b"etiquetas" | b"etiquettes" | b"motscles" | b"subjects" | b"emner"
            | b"etiketler" | b"tagi" | b"etichete" | b"cimkek" | b"avainsanat" | b"stitky" => {
                self.tags = true
            }
            b"author" | b"authors" | b"byline" | b"bylines" | b"autor" | b"autoren" | b"auteur"
            | b"autore" | b"autori" | b"auteurs" | b"redakteur" | b"verfasser" | b"forfatter"
            | b"authi" | b"writer" | b"reporter" | b"journalist" | b"personname" | b"ljuser" => {
                self.author = true
            }
            b"date" | b"datetime" | b"published" | b"pubdate" | b"publish" | b"datum"
            | b"timestamp" | b"fecha" | b"dateline" | b"postdate" | b"datepublished" | b"tarih" => {
                self.date = true
            }
            b"popular" | b"trending" | b"cloud" | b"tagcloud" | b"recommended"
            | b"recommendation" | b"recommendations" | b"sidebar" | b"mostread" | b"comments"
            | b"comment" | b"newsticker" | b"hottopics" | b"menu" => self.others = true,
            b"caption" | b"captions" | b"figcaption" | b"photocaption" | b"imagecaption"
            | b"bildunterschrift" | b"bildtext" => self.caption = true,
            b"related" => self.related = true,
            b"category" => self.filed = true,
            b"hentry" | b"format" => self.post = true,
            _ => {}
        }
    }
}

/// Whether a heading is that of comments, perhaps with their number: `3 Comments`, `Replies: 2 Comments`.
fn is_called_comments(text: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "comment", "comments", "reply", "replies", "response", "responses", "trackback", "trackbacks", "pings", "kommentar",
        "kommentare", "commentaire", "commentaires", "comentario", "comentarios", "commento", "commenti", "reacties", "kommentarer",
        "комментарии", "комментариев", "комментарий", "коментари", "komentarze", "komentare", "yorumlar", "评论", "留言", "コメント", "댓글",
    ];
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let mut named = false;
    for word in words.filter(|word| !word.is_empty()) {
        let known = WORDS.contains(&word);
        named |= known;
        if !known && !word.chars().all(char::is_numeric) {
            return false;
        }
    }
    named
}

/// Whether an address ends with the directories of a year, a month and a day.
fn day_address(href: &str) -> bool {
    let number = |part: &str, digits: usize| {
        part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = href.trim_end_matches('/').rsplit('/');
    [2, 2, 4]
        .into_iter()
        .all(|digits| parts.next().is_some_and(|part| number(part, digits)))
}

/// Whether an element has nothing but a short text, and no link around it.
fn is_plain_tag(node: &NodeRef) -> bool {
    const LONGEST: usize = 30;
    let mut children = node.children_it(false);
    let text = children.next().filter(NodeRef::is_text);
    let only = children.next().is_none();
    let text = text.filter(|_| only).map(|text| text.text());
    text.is_some_and(|text| {
        let text = text.trim();
        (2..=LONGEST).contains(&text.chars().count())
            && text.split_whitespace().count() <= 3
            && text.starts_with(|c: char| c.is_alphanumeric() || c == '#')
            && !text.contains(|c: char| c.is_numeric() || matches!(c, ':' | '.' | '!' | '?'))
    }) && !node
        .ancestors_it(Some(3))
        .any(|around| around.has_name("a"))
}

/// Address segments below which outlets list what one person wrote.
fn author_address(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').rev().filter(|part| !part.is_empty());
    parts.next().is_some()
        && parts.next().is_some_and(|part| {
            matches!(
                part.to_ascii_lowercase().as_str(),
                "author"
                    | "authors"
                    | "autor"
                    | "autoren"
                    | "autores"
                    | "auteur"
                    | "auteurs"
                    | "autore"
                    | "autori"
                    | "writer"
                    | "writers"
                    | "contributor"
                    | "contributors"
                    | "journalist"
                    | "journalists"
                    | "reporter"
                    | "byline"
                    | "redakteur"
                    | "penulis"
                    | "yazar"
                    | "profile"
                    | "profiles"
                    | "userprofile"
                    | "people"
                    | "columnist"
                    | "columnists"
                    | "firma"
            )
        })
}

/// Address segments below which outlets list the articles of one tag.
pub(super) fn tag_address(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').rev().filter(|part| !part.is_empty());
    // The tag itself has to follow.
    parts.next().is_some()
        && parts.any(|part| {
            matches!(
                part.to_ascii_lowercase().as_str(),
                "tag"
                    | "tags"
                    | "topic"
                    | "topics"
                    | "keyword"
                    | "keywords"
                    | "thema"
                    | "themen"
                    | "themes"
                    | "schlagwort"
                    | "schlagworte"
                    | "stichwort"
                    | "stichworte"
                    | "tema"
                    | "temas"
                    | "temi"
                    | "etiqueta"
                    | "etiquetas"
                    | "etiquette"
                    | "sujet"
                    | "sujets"
                    | "mot-cle"
                    | "argomento"
                    | "argomenti"
                    | "noticias-de"
                    | "temat"
                    | "tagi"
                    | "etiket"
                    | "hashtag"
                    | "emne"
                    | "amne"
                    | "trefwoord"
                    | "onderwerp"
                    | "avainsana"
                    | "stitek"
                    | "teg"
                    | "eticheta"
                    | "cimke"
            )
        })
}
