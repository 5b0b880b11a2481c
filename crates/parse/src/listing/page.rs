//! A page as a flat list of elements in document order, with what is known of the place of each.
//! Never here: links, stories, any judgement of them.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};

use newsprint_html::safe_text;

/// An element in document order.
pub(super) struct Element<'a> {
    pub node: NodeRef<'a>,
    pub parent: usize,
    /// One past its last descendant.
    pub end: usize,
    /// The element before it under the same parent.
    pub previous: Option<usize>,
    pub place: Place,
    /// What its own names say of it.
    pub role: Role,
    pub kind: Kind,
    /// Whether an attribute may say when.
    pub dated: bool,
}

/// What an element is, as far as cards ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Link,
    Image,
    Other,
}

/// Where an element stands, inherited downwards.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// In `nav`, `footer` or what the page itself declares to be the like.
    pub chrome: bool,
    /// In what its names call a menu, a breadcrumb, an advert …: names err.
    pub called_chrome: bool,
    pub aside: bool,
    /// In a `header` that is the page's.
    pub header: bool,
    /// In an `article`.
    pub article: bool,
    /// In a heading.
    pub heading: bool,
    /// In what its names call title or headline.
    pub titled: bool,
    /// In what stands beside a title: kicker, byline, date.
    pub beside: bool,
}

/// What the names of an element call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Role {
    #[default]
    None,
    Chrome,
    Aside,
    Title,
    /// Kicker, label, byline, date, number of comments.
    Beside,
}

impl Role {
    /// The first that says something; what a title is called in passing gives way.
    fn or(self, other: Role) -> Role {
        match (self, other) {
            (own, Role::None) => own,
            (Role::None | Role::Title, other) => other,
            (own, _) => own,
        }
    }
}

/// Whether the name of a `data-` attribute says that it holds a date.
pub(super) fn is_when(name: &str) -> bool {
    ["date", "datetime", "time", "timestamp", "published"]
        .iter()
        .any(|word| name.ends_with(word))
}

pub(super) struct Page<'a> {
    pub elements: Vec<Element<'a>>,
    /// The links with an address, in document order.
    pub links: Vec<usize>,
}

/// Links looked at.
const MAX_LINKS: usize = 6_000;
/// Headings or articles that clear an element of what its names call it.
const HEADED: usize = 2;

impl<'a> Page<'a> {
    pub(super) fn new(doc: &'a Document) -> Page<'a> {
        let mut elements: Vec<Element<'a>> = Vec::new();
        let mut links: Vec<usize> = Vec::new();
        let mut roles: HashMap<String, Role> = HashMap::new();
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
                    | "select"
                    | "head"
                    | "button"
                    | "textarea"
            ) {
                continue;
            }
            let index = elements.len();
            let mut place = outer;
            inherit(&mut place, &name, &node);
            if &*name == "a" && links.len() < MAX_LINKS && node.has_attr("href") {
                links.push(index);
            }
            // A link or a cell that is called a menu is one entry of it, or of nothing.
            let role = match &*name {
                "html" | "body" => Role::None,
                _ => ["class", "id"].iter().fold(Role::None, |found, attribute| {
                    // The same names stand on many elements.
                    let said = node.attr(attribute).map(|names| match roles.get(&*names) {
                        Some(role) => *role,
                        None => {
                            let role = role_of(&names);
                            roles.insert(names.to_string(), role);
                            role
                        }
                    });
                    found.or(said.unwrap_or_default())
                }),
            };
            let kind = match &*name {
                "a" => Kind::Link,
                "img" | "picture" => Kind::Image,
                _ => Kind::Other,
            };
            let dated = node.attrs().iter().any(|attr| {
                let name = &*attr.name.local;
                name == "datetime" || (name.starts_with("data-") && is_when(name))
            });
            elements.push(Element {
                node,
                parent,
                end: index + 1,
                previous: None,
                place,
                role,
                kind,
                dated,
            });
            for child in node.children_it(true).filter(NodeRef::is_element) {
                stack.push((child, index, place));
            }
        }
        // From the end: a parent ends where its last descendant does.
        for index in (1..elements.len()).rev() {
            let (parent, end) = (elements[index].parent, elements[index].end);
            elements[parent].end = elements[parent].end.max(end);
        }
        let mut page = Page { elements, links };
        page.name_places();
        let mut last: HashMap<usize, usize> = HashMap::new();
        for (index, element) in page.elements.iter_mut().enumerate().skip(1) {
            element.previous = last.insert(element.parent, index);
        }
        page
    }

    /// What the names of an element call it holds for all inside, but not where it wraps the page or holds headlines:
    /// wrappers have classes such as `menu-closed` and `ad-free`.
    fn name_places(&mut self) {
        let total = self.elements.len();
        let mut headed = vec![0_usize; total];
        let mut wraps = vec![false; total];
        for index in (1..total).rev() {
            let Element {
                node,
                parent,
                place,
                ..
            } = &self.elements[index];
            let name = node.node_name().unwrap_or_default();
            let heads =
                matches!(&*name, "h1" | "h2" | "h3" | "h4" | "article" | "time") && !place.chrome;
            headed[index] += usize::from(heads);
            wraps[index] |= matches!(&*name, "main" | "h1");
            headed[*parent] += headed[index];
            wraps[*parent] |= wraps[index];
        }
        for index in 1..total {
            let Element {
                parent,
                end,
                role,
                node,
                ..
            } = &self.elements[index];
            let (parent, end, role) = (*parent, *end, *role);
            let holds = wraps[index] || headed[index] > HEADED;
            // Few elements are no menu, but the entry of a list.
            let single = node.has_name("a") || node.has_name("td") || node.has_name("li");
            let outer = self.elements[parent].place;
            let linked = self.elements[index].place.titled;
            let place = &mut self.elements[index].place;
            place.called_chrome =
                outer.called_chrome || (role == Role::Chrome && !holds && !single);
            place.aside |= outer.aside || (role == Role::Aside && !holds);
            place.titled = linked || outer.titled || (role == Role::Title && end - index <= 60);
            place.beside |= outer.beside || role == Role::Beside && end - index <= 60;
        }
    }

    /// The elements of a range, which are those inside the first one.
    pub(super) fn inside(&self, top: usize) -> std::ops::Range<usize> {
        top + 1..self.elements[top].end
    }

    /// The elements above, the nearest first, without the root.
    pub(super) fn above(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(self.elements[index].parent), |at| {
            Some(self.elements[*at].parent)
        })
        .take_while(|at| *at > 0)
    }

    pub(super) fn is_link(&self, index: usize) -> bool {
        self.elements[index].kind == Kind::Link
    }

    pub(super) fn is(&self, index: usize, name: &str) -> bool {
        self.elements[index].node.has_name(name)
    }

    pub(super) fn attr(&self, index: usize, name: &str) -> Option<String> {
        self.elements[index]
            .node
            .attr(name)
            .map(|value| value.to_string())
    }

    /// The text of an element in one line. Parts that only elements separate (`<span>Rivers</span><span>Bridge …`) are
    /// kept apart by a space.
    pub(super) fn text(&self, index: usize) -> String {
        text_without(&self.elements[index].node, |_| false)
    }

    /// As [`Page::text`], without date, byline and number of comments, unless nothing is left. A kicker in a heading is part
    /// of it: feeds write it too.
    pub(super) fn title_text(&self, index: usize) -> String {
        let node = &self.elements[index].node;
        let without = text_without(node, is_fact);
        if without.chars().filter(|c| c.is_alphabetic()).count() >= 5 {
            without
        } else {
            self.text(index)
        }
    }
}

/// Characters of one text; nothing that long is a title.
const MAX_TEXT: usize = 4_000;

fn text_without(top: &NodeRef, leave: impl Fn(&NodeRef) -> bool) -> String {
    const INLINE: &[&str] = &[
        "b", "i", "em", "strong", "sup", "sub", "mark", "wbr", "u", "font", "a",
    ];
    const SPAN: &[&str] = &["span", "bdi", "time", "small"];
    let name = |node: &NodeRef| node.node_name().unwrap_or_default();
    let mut out = String::new();
    let mut stack: Vec<NodeRef> = top.children_it(true).collect();
    while let Some(node) = stack.pop() {
        if out.len() > MAX_TEXT {
            break;
        }
        let before = node.prev_sibling().filter(NodeRef::is_element);
        let before = before.map(|before| name(&before));
        if node.is_text() {
            if before.is_some_and(|before| !INLINE.contains(&&*before) && !SPAN.contains(&&*before))
                || is_beside(&node)
                || is_glued(&node)
            {
                out.push(' ');
            }
            out.push_str(&node.text());
            continue;
        }
        if !node.is_element() {
            continue;
        }
        let own = name(&node);
        if matches!(
            &*own,
            "script" | "style" | "noscript" | "svg" | "template" | "button"
        ) || leave(&node)
        {
            continue;
        }
        if is_unseen(&node) || is_mark(&node) {
            continue;
        }
        let inline = INLINE.contains(&&*own);
        if !inline && (before.is_some() || !SPAN.contains(&&*own)) {
            out.push(' ');
        }
        stack.extend(node.children_it(true));
    }
    safe_text::line(&out)
}

/// Whether styles hide an element from all but those who hear the page. The sign between kicker and title that only they
/// hear is part of the title all the same: feeds write it too.
fn is_unseen(node: &NodeRef) -> bool {
    const PARTS: &[&str] = &["hidden", "sr-", "-sr", "screen", "vh", "visible"];
    let hidden = node.class().is_some_and(|class| {
        let class = class.to_ascii_lowercase().replace('_', "-");
        if PARTS.iter().all(|part| !class.contains(part)) {
            return false;
        }
        class.split_whitespace().take(20).any(|name| {
            matches!(
                name,
                "sr-only"
                    | "visually-hidden"
                    | "visuallyhidden"
                    | "screen-reader-text"
                    | "screenreader-text"
                    | "screenreader"
                    | "screen-reader"
                    | "u-visually-hidden"
                    | "vh"
                    | "element-invisible"
                    | "offscreen"
                    | "a11y-hidden"
                    | "hidden-visually"
                    | "sr-text"
                    | "show-for-sr"
            )
        })
    });
    hidden && node.text().chars().any(char::is_alphanumeric)
}

/// Whether an element in a title only marks the story: `LIVE`, `PLUS`, the name of a sign that a font draws.
fn is_mark(node: &NodeRef) -> bool {
    const MARKS: &[&str] = &[
        "live",
        "plus",
        "premium",
        "exclusive",
        "exklusiv",
        "exclusif",
        "exclusivo",
        "esclusiva",
        "exclusiva",
        "ekskluzivno",
        "exclusief",
        "breaking",
        "breaking news",
        "eilmeldung",
        "direct",
        "en direct",
        "en vivo",
        "directo",
        "diretta",
        "ao vivo",
        "liveticker",
        "abo",
        "abo+",
        "f+",
        "s+",
        "z+",
        "plus+",
        "+",
        "video",
        "podcast",
        "audio",
        "gallery",
        "galerie",
        "bildergalerie",
        "fotostrecke",
        "subscribers only",
        "subscriber only",
        "members only",
        "abonnes",
        "reserve aux abonnes",
        "abonne",
        "new",
        "neu",
        "nouveau",
        "nuevo",
        "nuovo",
        "novo",
        "эксклюзив",
        "видео",
        "фото",
    ];
    if !["em", "strong", "b", "i", "span", "small", "mark", "u"]
        .iter()
        .any(|name| node.has_name(name))
    {
        return false;
    }
    let text = node.text();
    if text.len() > 40 || text.is_empty() {
        return false;
    }
    let text = newsprint_model::fold(&safe_text::line(&text));
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '|' | '[' | ']' | '(' | ')' | '•' | '·')
    });
    let leads = || {
        node.prev_sibling()
            .is_none_or(|before| before.text().trim().is_empty())
    };
    let drawn = || {
        let class = node
            .class()
            .map(|class| class.to_ascii_lowercase())
            .unwrap_or_default();
        text.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            && (text.contains('_') || class.contains("icon") || class.contains("material"))
    };
    let plain_span = node.has_name("span") && node.class().is_none();
    // It stands beside the title, and is not all of it.
    let long = |near: Option<NodeRef>| {
        near.is_some_and(|near| near.text().chars().filter(|c| c.is_alphanumeric()).count() >= 5)
    };
    let beside = || long(node.next_sibling()) || long(node.prev_sibling());
    ((!plain_span && MARKS.contains(&text) && leads()) || drawn()) && beside()
}

/// Whether a text follows an element right on that ends a word of its own: `<em>Opinion</em>Title`.
fn is_glued(text: &NodeRef) -> bool {
    let begins = text.text().chars().next().is_some_and(char::is_uppercase);
    begins
        && text
            .prev_sibling()
            .filter(NodeRef::is_element)
            .is_some_and(|before| {
                let before = before.text();
                before.chars().count() >= 3
                    && before
                        .chars()
                        .next_back()
                        .is_some_and(char::is_alphanumeric)
            })
}

/// Whether a text follows what is called a kicker or a label, from which styles part it.
fn is_beside(text: &NodeRef) -> bool {
    let before = text.prev_sibling().filter(NodeRef::is_element);
    let class = before.and_then(|before| before.class());
    class.is_some_and(|class| role_of(&class) == Role::Beside)
}

/// Whether an element in a heading is called a date, a byline or the like.
fn is_fact(node: &NodeRef) -> bool {
    const FACTS: &[&str] = &[
        "date",
        "datetime",
        "timestamp",
        "byline",
        "author",
        "authors",
        "autor",
        "meta",
        "comment",
        "comments",
        "commentcount",
        "caption",
        "credit",
        "counter",
        "badge",
        "duration",
        "readtime",
    ];
    node.has_name("time")
        || node.attr("class").is_some_and(|class| {
            let mut names = class.split_whitespace().take(20);
            names.any(|name| {
                words_of(name)
                    .last()
                    .is_some_and(|last| FACTS.contains(&last.as_str()))
            })
        })
}

/// Where an element stands by what it is.
fn inherit(place: &mut Place, name: &str, node: &NodeRef) {
    match name {
        "nav" | "footer" if !place.article => place.chrome = true,
        "aside" => place.aside = true,
        "header" if !place.article => place.header = true,
        "article" => {
            place.article = true;
            place.header = false;
        }
        // A list of stories may have cards with headers of their own.
        "main" => place.header = false,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => place.heading = true,
        _ => {}
    }
    if let Some(role) = node.attr("role") {
        match role.trim().to_ascii_lowercase().as_str() {
            "navigation" | "contentinfo" | "search" | "menu" | "menubar" => place.chrome = true,
            "complementary" => place.aside = true,
            "heading" => place.heading = true,
            "article" => place.article = true,
            _ => {}
        }
    }
}

/// What the names of an element call it. Only the word that a name begins with counts (`ad-box`, not
/// `hide-read-more-ad`), and for what English puts last the last one too (`main-menu`).
fn role_of(names: &str) -> Role {
    let mut found = Role::None;
    for name in names.split_whitespace().take(20) {
        let words = words_of(name);
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            continue;
        };
        let role = match first.as_str() {
            "nav" | "navbar" | "navigation" | "menu" | "submenu" | "breadcrumb" | "breadcrumbs"
            | "footer" | "cookie" | "cookies" | "consent" | "pagination" | "pager" | "social"
            | "share" | "sharing" | "ad" | "ads" | "advert" | "advertisement" | "advertising"
            | "banner" | "sponsored" | "sponsor" | "tagcloud" | "newsletter" | "login"
            | "contentinfo" | "comments" | "invisible" | "langswitch" | "languages" | "werbung"
            | "mega" | "megamenu" | "dropdown" | "flyout" | "offcanvas" | "anzeige"
            | "publicidad" | "topbar" | "subnav" | "sitemap" => Role::Chrome,
            "sidebar" => Role::Aside,
            _ => match last.as_str() {
                "nav" | "navigation" | "menu" | "footer" | "breadcrumb" | "breadcrumbs"
                | "pagination" => Role::Chrome,
                _ => said_of_title(&words),
            },
        };
        found = found.or(role);
    }
    found
}

/// Title or what stands beside it, by the words of a name.
fn said_of_title(words: &[String]) -> Role {
    let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    if words.len() > 8 {
        return Role::None;
    }
    const BESIDE: &[&str] = &[
        "kicker",
        "catchline",
        "dachzeile",
        "topline",
        "overline",
        "eyebrow",
        "roofline",
        "spitzmarke",
        "vorspann",
        "pretitle",
        "pretitulo",
        "antetitulo",
        "cintillo",
        "supertitle",
        "occhiello",
        "surtitre",
        "chapeau",
        "label",
        "badge",
        "flag",
        "rubrik",
        "rubric",
        "byline",
        "author",
        "authors",
        "autor",
        "date",
        "datetime",
        "timestamp",
        "time",
        "meta",
        "comment",
        "comments",
        "commentcount",
        "tag",
        "tags",
        "category",
        "categories",
        "caption",
        "credit",
        "credits",
        "counter",
    ];
    // `entry-title`, but `title-wrapper` holds other things too and is as good; `subtitle` is another word.
    const TITLE: &[&str] = &[
        "title",
        "headline",
        "heading",
        "titel",
        "titre",
        "titulo",
        "titolo",
        "hl",
        "hed",
        "headlines",
        "tytul",
        "baslik",
    ];
    match (has(TITLE), has(BESIDE)) {
        (_, true)
            if words
                .last()
                .is_some_and(|last| TITLE.contains(&last.as_str())) =>
        {
            Role::Title
        }
        (_, true) => Role::Beside,
        (true, false)
            if !has(&[
                "sub", "section", "page", "site", "widget", "block", "box", "module",
            ]) =>
        {
            Role::Title
        }
        _ => Role::None,
    }
}

/// The words of a name: `fp-mini-teasers__catchline`, `cardTitle`.
fn words_of(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut lower = false;
    let mut open = false;
    for c in name.chars().take(120) {
        if !c.is_ascii_alphabetic() {
            open = false;
            lower = false;
            continue;
        }
        if !open || (lower && c.is_ascii_uppercase()) {
            out.push(String::new());
            open = true;
        }
        lower = c.is_ascii_lowercase();
        if let Some(word) = out.last_mut() {
            word.push(c.to_ascii_lowercase());
        }
    }
    out
}
