//! The picked blocks as HTML, with the page's own structure around them, and the pictures that belong there.
//! Never here: what is picked (`select`), what markup is clean (`newsprint_html::sanitize`).

use std::collections::HashMap;

use dom_query::{Document, NodeData, NodeId, NodeRef};

use super::blocks::{
    CAPTION_DEPTH, ElementIndex, Outline, Role, is_ornament, named_as, without_signature,
};
use super::class_names::Cues;
use super::features::kind;
use super::select::ends;
use newsprint_html::escape;

/// Writes the picked blocks.
pub(super) fn render(doc: &Document, outline: &Outline, kept: &[bool]) -> String {
    let (Some(first), Some(last)) = ends(kept) else {
        return String::new();
    };
    let mut top = outline.blocks[first].home;
    let mut before = vec![0usize; kept.len() + 1];
    let mut texts = HashMap::new();
    for (i, block) in outline.blocks.iter().enumerate() {
        before[i + 1] = before[i] + usize::from(kept[i]);
        if kept[i] {
            top = outline.common(top, block.home);
        }
        for node in &block.nodes {
            texts.insert(*node, i);
        }
    }
    // Not the list item or cell alone, but the list or table it is of.
    while matches!(outline.elements[top].role, Role::Item | Role::Cell) {
        match outline.elements[top].parent {
            Some(parent) => top = parent,
            None => break,
        }
    }
    let elements = outline
        .elements
        .iter()
        .enumerate()
        .map(|(at, element)| (element.id, at))
        .collect();
    let mut writer = Writer {
        outline,
        kept,
        before,
        texts,
        elements,
        last,
        seen: 0,
        told: told_in_captions(outline, kept),
        out: String::new(),
    };
    if let Some(node) = doc.tree.get(&outline.elements[top].id) {
        writer.node(node, Way::default());
    }
    writer.out
}

/// Whether most of the text stands in captions: they are no addition to it then, they are it.
fn told_in_captions(outline: &Outline, kept: &[bool]) -> bool {
    let (mut all, mut captions) = (0, 0);
    for (block, _) in outline.blocks.iter().zip(kept).filter(|(_, kept)| **kept) {
        let caption = outline
            .up(block.leaf)
            .take(CAPTION_DEPTH)
            .any(|at| outline.elements[at].role == Role::Caption);
        all += block.chars;
        captions += if caption { block.chars } else { 0 };
    }
    captions * 2 > all
}

/// What was met on the way down.
#[derive(Clone, Copy, Default)]
struct Way {
    /// In an element that holds nothing of the article and whose name or role says it is beside it.
    beside: bool,
    /// In a link that does not lead to a picture.
    linked: bool,
    /// In a figure whose picture is kept: its caption is too.
    captioned: bool,
    /// In the caption.
    caption: bool,
}

struct Writer<'a> {
    outline: &'a Outline,
    kept: &'a [bool],
    /// How many picked blocks come before each.
    before: Vec<usize>,
    texts: HashMap<NodeId, usize>,
    elements: HashMap<NodeId, ElementIndex>,
    /// The last picked block.
    last: usize,
    /// How many blocks have begun.
    seen: usize,
    /// The text is told in the captions of its pictures.
    told: bool,
    out: String,
}

impl Writer<'_> {
    fn node(&mut self, node: NodeRef<'_>, way: Way) {
        let Some(name) = node.query(|node| match &node.data {
            NodeData::Element(element) => Some(element.name.local.clone()),
            _ => None,
        }) else {
            return;
        };
        let Some(name) = name else {
            self.text(node, way);
            return;
        };
        match name.as_ref() {
            "br" => {
                self.out.push_str("<br>");
                return;
            }
            "picture" => {
                if self.wanted(way) {
                    self.picture(node);
                }
                return;
            }
            "img" => {
                if self.wanted(way) && !is_ornament(node) {
                    self.tag(node, "img");
                }
                return;
            }
            "noscript" => {
                // Where scripts load the pictures, this is where they stand without.
                if self.wanted(way) {
                    for child in node.children_it(false) {
                        if child.has_name("img") && !is_ornament(child) {
                            self.tag(child, "img");
                        }
                    }
                }
                return;
            }
            _ => {}
        }
        let Some(at) = self.elements.get(&node.id).copied() else {
            return;
        };
        let element = &self.outline.elements[at];
        let (from, to) = element.blocks;
        // Within a block: its text says itself whether it is picked.
        let within = from == to
            && matches!(
                element.role,
                Role::Inline | Role::Link | Role::Bold | Role::Italic
            );
        let holds = within || (to > from && self.before[to] > self.before[from]);
        let mut way = way;
        let caption = element.role == Role::Caption || element.cues.has(Cues::CAPTION);
        if holds {
            way.beside &= within;
        } else {
            let bits = Cues::RELATED
                | Cues::ADVERT
                | Cues::TOOLS
                | Cues::FRAME
                | Cues::OFFER
                | Cues::COMMENT
                | Cues::BYLINE
                | Cues::HIDDEN;
            way.beside |= element.cues.has(bits) || element.role == Role::Beside;
        }
        if element.role == Role::Link {
            way.linked |= !node
                .attr("href")
                .is_some_and(|href| leads_to_picture(&href));
        }
        if element.role == Role::Figure {
            let pictured = node
                .descendants_it()
                .any(|inner| inner.has_name("img") && !is_ornament(inner));
            if !holds && (!pictured || !self.wanted(way)) {
                self.seen = self.seen.max(to);
                return;
            }
            way.captioned = pictured && !way.beside;
        }
        if !holds && caption && !way.captioned {
            self.seen = self.seen.max(to);
            return;
        }
        let structure = holds || element.role == Role::Figure || (caption && way.captioned);
        // A figure may be named for its caption, and so may what stands in that.
        let captions = match element.role {
            Role::Figure => false,
            Role::Caption => true,
            _ => caption && way.captioned && !holds,
        };
        let structure = structure && !(captions && way.caption);
        let name = match captions && !self.told {
            true => "figcaption",
            false if element.role == Role::Caption => "div",
            false if element.role == Role::Figure => "figure",
            false if matches!(element.role, Role::Heading(_)) && &*name == "button" => "h3",
            false => written_as(name.as_ref()),
        };
        way.caption |= captions;
        if structure {
            self.open(node, name);
        }
        for child in node.children_it(false) {
            self.node(child, way);
        }
        if structure {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn text(&mut self, node: NodeRef<'_>, way: Way) {
        let Some(at) = self.texts.get(&node.id).copied() else {
            return;
        };
        self.seen = self.seen.max(at + 1);
        let block = &self.outline.blocks[at];
        let caption = way.captioned
            && self.outline.up(block.leaf).take(CAPTION_DEPTH).any(|at| {
                let element = &self.outline.elements[at];
                element.role == Role::Caption || element.cues.has(Cues::CAPTION)
            });
        // The line under a picture, in a paragraph that is its figure.
        let line = way.captioned
            && !self.kept[at]
            && self.outline.elements[block.home].role == Role::Figure;
        if line {
            self.out.push_str("<figcaption>");
        }
        if self.kept[at] || caption || line {
            let out = &mut self.out;
            let code = kind(self.outline, block) == Role::Preformatted;
            if self.outline.apart.contains(&node.id) {
                out.push(' ');
            }
            node.query(|node| {
                if let NodeData::Text { contents } = &node.data {
                    out.push_str(&escape(match code {
                        true => without_signature(contents),
                        false => contents,
                    }));
                }
            });
        }
        if line {
            self.out.push_str("</figcaption>");
        }
    }

    /// Whether a picture here is one of the article's: before its end, not in a box beside it, and not the
    /// picture of a link to somewhere else.
    fn wanted(&self, way: Way) -> bool {
        self.seen <= self.last + 1 && !way.beside && !way.linked
    }

    fn picture(&mut self, node: NodeRef<'_>) {
        let image = node.children_it(false).find(|child| child.has_name("img"));
        if image.is_some_and(is_ornament) {
            return;
        }
        self.out.push_str("<picture>");
        for child in node.children_it(false) {
            if child.has_name("source") {
                self.tag(child, "source");
            } else if child.has_name("img") {
                self.tag(child, "img");
            }
        }
        self.out.push_str("</picture>");
    }

    fn open(&mut self, node: NodeRef<'_>, name: &str) {
        self.tag(node, name);
    }

    /// A start tag with the attributes that text and pictures need.
    fn tag(&mut self, node: NodeRef<'_>, name: &str) {
        self.out.push('<');
        self.out.push_str(name);
        let out = &mut self.out;
        node.query(|node| {
            let NodeData::Element(element) = &node.data else {
                return;
            };
            for attr in &element.attrs {
                let key: &str = attr.name.local.as_ref();
                let image = matches!(name, "img" | "source")
                    && (key.starts_with("data-")
                        || matches!(key, "src" | "srcset" | "width" | "height" | "alt" | "type"));
                let text = matches!(
                    key,
                    "href" | "colspan" | "rowspan" | "start" | "lang" | "dir"
                );
                // By these it is told what a text shows twice, what is no part of a word, what a link is.
                let told = match key {
                    "class" => INLINE.contains(&name),
                    "role" => matches!(name, "a" | "table"),
                    "aria-hidden" => name == "nobr",
                    "style" => matches!(name, "p" | "div") && attr.value.contains("white-space"),
                    _ => false,
                };
                if image || text || told {
                    out.push(' ');
                    out.push_str(key);
                    out.push_str("=\"");
                    out.push_str(&escape(attr.value.as_ref()));
                    out.push('"');
                }
            }
        });
        self.out.push('>');
    }
}

/// Elements within a line, whose classes are of use.
const INLINE: [&str; 11] = [
    "a", "b", "cite", "em", "font", "i", "nobr", "small", "span", "strong", "time",
];

/// The element to write for one of the page that holds text: `newsprint_html` passes over these with all that is in them, as
/// they hold no text elsewhere.
fn written_as(name: &str) -> &str {
    match name {
        "form" | "nav" | "dialog" => "div",
        "label" | "button" => "span",
        "xmp" => "pre",
        name if name.contains('-') => named_as(name),
        name => name,
    }
}

fn leads_to_picture(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let path = path.to_ascii_lowercase();
    ["jpg", "jpeg", "png", "webp", "gif", "avif"]
        .iter()
        .any(|kind| path.ends_with(kind))
}
