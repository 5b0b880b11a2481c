//! A page's DOM as two flat lists: its elements, and its blocks (the runs of text a reader sees as one
//! paragraph, heading, list item or cell). Never here: which of them are the article.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeData, NodeId, NodeRef};

use super::class_names::{self, Cues};
use super::features::ended;
use super::words::{hash, mix};

/// An element, by its place in [`Outline::elements`].
pub(super) type ElementIndex = usize;

/// What an element's tag, or a picture and its caption in it, means for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Runs within a block: `a`, `b`, `span`.
    Inline,
    /// Parts blocks and means nothing more: `div`, `section`.
    Container,
    Paragraph,
    Heading(u8),
    Item,
    Cell,
    /// `table`, which parts blocks and means nothing more of itself: old pages are laid out with them.
    Table,
    Quote,
    Preformatted,
    Caption,
    Figure,
    /// `article`, `main`.
    Article,
    /// `nav`, `aside`, `footer`, `header`, `form`, `menu`, `dialog`: beside the text by their own meaning.
    Beside,
    Link,
    Bold,
    Italic,
    Break,
    /// Never text: `button`, `script`, `select`.
    Void,
}

/// One element.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub id: NodeId,
    pub parent: Option<ElementIndex>,
    pub depth: usize,
    pub role: Role,
    /// Its tag and class as one number: what looks alike on a page is alike.
    pub look: u64,
    /// What its class, id and other attributes hint at.
    pub cues: Cues,
    /// The blocks within it: from..to.
    pub blocks: (usize, usize),
}

/// One run of text.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// White space folded.
    pub text: String,
    /// Its text nodes.
    pub nodes: Vec<NodeId>,
    /// The innermost element that holds all of it.
    pub leaf: ElementIndex,
    /// The innermost element that parts blocks.
    pub home: ElementIndex,
    /// Letters, without white space, or as much of another script as says the same.
    pub chars: usize,
    /// Of these, within links.
    pub linked: usize,
    /// Of these, bold.
    pub bold: usize,
    /// Of these, in italics.
    pub italic: usize,
    /// A bold line that only a line break parts from what follows: a headline or a question, as old pages set them.
    pub tied: bool,
    /// In a line of its own under a picture, in the same paragraph.
    pub under_picture: bool,
}

/// A note of the page: a link of a few characters in one block leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Note {
    /// The block that has the link.
    pub from: usize,
    /// The note's: from..to.
    pub blocks: (usize, usize),
}

/// The page, flat.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    pub elements: Vec<Element>,
    pub blocks: Vec<Block>,
    /// What short links within the page lead to.
    pub notes: Vec<Note>,
    /// Text nodes with a space before them that only the page's style shows: `<time>12:31</time><b>School opens</b>`.
    pub apart: HashSet<NodeId>,
}

/// Boxes from a caption's text up to the one that is named for it.
pub(super) const CAPTION_DEPTH: usize = 4;
/// Links to notes that are followed.
const MAX_NOTES: usize = 2_000;
/// Characters of such a link (`[12]`, `†`).
const MARK_CHARS: usize = 6;
/// Blocks of a note.
const NOTE_BLOCKS: usize = 6;
/// Boxes from the number of a note up to the box that holds the note too.
const NOTE_DEPTH: usize = 3;

impl Outline {
    /// Whether each block is within what its own style does not show.
    pub fn unseen(&self) -> Vec<bool> {
        let mut unseen = vec![false; self.blocks.len()];
        for element in &self.elements {
            let (from, to) = element.blocks;
            if element.cues.has(Cues::UNSEEN) && from < to {
                unseen[from..to].fill(true);
            }
        }
        unseen
    }

    /// Walks the document once.
    pub fn of(doc: &Document) -> Outline {
        let mut walk = Walk {
            outline: Outline::default(),
            open: None,
            ended: false,
            pictured: false,
            under_picture: false,
            names: class_names::Known::default(),
            links: Vec::new(),
            pictures: Vec::new(),
            filled: 0,
            last: None,
        };
        if let Some(body) = doc.body() {
            walk.run(doc, body.id);
        }
        walk.outline.blocks.retain(|block| block.chars > 0);
        walk.outline.ranges();
        walk.pictures.dedup();
        walk.outline.figures(&walk.pictures);
        if !walk.links.is_empty() {
            walk.outline.notes = walk.outline.notes(doc, &walk.links);
        }
        walk.outline
    }

    /// The notes that these links (the names that they lead to, and their text nodes) stand for.
    fn notes(&self, doc: &Document, links: &[(String, NodeId)]) -> Vec<Note> {
        let nodes = |(i, block): (usize, &Block)| {
            let nodes = block.nodes.iter();
            nodes.map(move |node| (*node, i)).collect::<Vec<_>>()
        };
        let blocks: HashMap<NodeId, usize> =
            self.blocks.iter().enumerate().flat_map(nodes).collect();
        let mut named: HashMap<String, (usize, usize)> = HashMap::new();
        for element in &self.elements {
            let Some(node) = doc.tree.get(&element.id) else {
                continue;
            };
            let name = node.attr("id").or_else(|| node.attr("name"));
            let Some(name) = name.filter(|name| !name.is_empty()) else {
                continue;
            };
            // An element within a line stands for the line.
            let line = || {
                let text = node.descendants_it().find(NodeRef::is_text)?;
                let i = *blocks.get(&text.id)?;
                Some((i, i + 1))
            };
            let (from, to) = element.blocks;
            let held = (from < to).then_some((from, to)).or_else(line);
            // The term of a list of notes may have the name, and its description the note.
            let (from, to) = held.unwrap_or_default();
            let term = (from + 1 == to)
                .then(|| self.described_term(doc, from))
                .flatten();
            let held = held.map(|held| term.unwrap_or(held));
            // The number of a note may have the name and a box of its own, beside that of the note.
            let around = |(from, to): (usize, usize)| {
                let block = &self.blocks[from];
                let number = to - from == 1 && is_mark(&block.text);
                let up = self.up(block.home).filter(|_| number).take(NOTE_DEPTH);
                let mut up = up.map(|at| self.elements[at].blocks);
                let more = up.find(|held| *held != (from, to));
                more.filter(|(from, to)| to - from <= NOTE_BLOCKS)
                    .unwrap_or((from, to))
            };
            if let Some(held) = held
                .map(around)
                .filter(|(from, to)| to - from <= NOTE_BLOCKS)
            {
                named.entry(name.to_string()).or_insert(held);
            }
        }
        let note = |(name, text): &(String, NodeId)| {
            let (from, blocks) = (*blocks.get(text)?, *named.get(name)?);
            Some(Note { from, blocks })
        };
        links.iter().filter_map(note).collect()
    }

    /// The blocks of a term in a list of them (`dt`) and of its description, if a block is such a term.
    fn described_term(&self, doc: &Document, term: usize) -> Option<(usize, usize)> {
        let named = |at: ElementIndex, name: &str| {
            let node = doc.tree.get(&self.elements[at].id);
            node.is_some_and(|node| node.has_name(name))
        };
        let next = self.blocks.get(term + 1)?;
        if !named(self.blocks[term].home, "dt") {
            return None;
        }
        let described = self
            .up(next.home)
            .take(NOTE_DEPTH)
            .find(|at| named(*at, "dd"))?;
        let (from, to) = self.elements[described].blocks;
        (from == term + 1).then_some((term, to))
    }

    /// The element and what holds it, innermost first.
    pub fn up(&self, from: ElementIndex) -> impl Iterator<Item = ElementIndex> + '_ {
        std::iter::successors(Some(from), |at| self.elements[*at].parent)
    }

    /// The innermost element that holds both.
    pub fn common(&self, a: ElementIndex, b: ElementIndex) -> ElementIndex {
        let (mut a, mut b) = (a, b);
        while a != b {
            let (one, two) = (&self.elements[a], &self.elements[b]);
            if one.depth >= two.depth {
                a = one.parent.unwrap_or(b);
            } else {
                b = two.parent.unwrap_or(a);
            }
        }
        a
    }

    /// Tells each element which blocks it holds.
    fn ranges(&mut self) {
        for element in &mut self.elements {
            element.blocks = (usize::MAX, 0);
        }
        for (index, block) in self.blocks.iter().enumerate() {
            let mut at = Some(block.leaf);
            while let Some(element) = at.and_then(|at| self.elements.get_mut(at)) {
                element.blocks.0 = element.blocks.0.min(index);
                element.blocks.1 = element.blocks.1.max(index + 1);
                at = element.parent;
            }
        }
        for element in &mut self.elements {
            if element.blocks.0 == usize::MAX {
                element.blocks = (0, 0);
            }
        }
    }

    /// Gives boxes that hold a picture and its caption the role of figures: many systems write no `figure`.
    fn figures(&mut self, pictures: &[Picture]) {
        /// Blocks and characters of a caption: what is shown, and whose the picture is.
        const BLOCKS: usize = 2;
        const CHARS: usize = 300;
        /// Characters of one that nothing names so, in an element of its own behind the picture: of a line, and of a sentence.
        const LINE: usize = 160;
        const SENTENCE: usize = 70;
        /// Names of what may hold a picture and be the text.
        const WHOLE: u32 = Cues::BODY | Cues::MARKED | Cues::LEAD;
        // Boxes that nothing names, with their block.
        let mut unnamed: Vec<(ElementIndex, usize)> = Vec::new();
        for picture in pictures {
            let holds = |at: &ElementIndex| self.elements[*at].blocks.1 > 0;
            let Some(at) = self.up(picture.within).find(holds) else {
                continue;
            };
            let (from, to) = self.elements[at].blocks;
            let element = &self.elements[at];
            let whole = element.parent.is_none() || element.cues.has(WHOLE);
            if whole || to - from > BLOCKS {
                continue;
            }
            // `<p><img><br>What is shown</p>`: the paragraph is the figure.
            let line = &self.blocks[from];
            let longest = match ended(&line.text) && line.italic < line.chars {
                true => 0,
                false => LINE,
            };
            let under = line.under_picture && line.linked == 0 && line.chars <= longest;
            if element.role == Role::Paragraph && to == from + 1 && under {
                self.elements[at].role = Role::Figure;
                continue;
            }
            if element.role != Role::Container {
                continue;
            }
            let blocks = &self.blocks[from..to];
            let chars: usize = blocks.iter().map(|block| block.chars).sum();
            let named = |block: &Block| {
                let up = self.up(block.leaf).take(CAPTION_DEPTH);
                let mut up = up.take_while(|up| *up >= at);
                up.any(|up| self.elements[up].cues.has(Cues::CAPTION))
            };
            let role = |block: &Block| self.elements[block.home].role;
            let headed = blocks
                .iter()
                .any(|block| matches!(role(block), Role::Heading(_)));
            let within_another = self.up(at).any(|up| self.elements[up].role == Role::Figure);
            if within_another || headed || chars > CHARS {
                continue;
            }
            let block = &blocks[0];
            let part = matches!(role(block), Role::Paragraph | Role::Container);
            let alone = to - from == 1 && block.home != at && part && block.linked == 0;
            // Whose the picture is stands in brackets behind what it shows.
            let credited = block.text.trim_end().ends_with([')', '）']);
            let longest = match ended(&block.text) && !credited {
                true => SENTENCE,
                false => LINE,
            };
            if blocks.iter().any(named) {
                self.elements[at].role = Role::Figure;
            } else if alone && chars <= longest && picture.blocks <= from {
                unnamed.push((at, from));
            }
        }
        unnamed.dedup();
        // One behind the other without text between they are a list of their own: messages, steps.
        let next = |a: (ElementIndex, usize), b: (ElementIndex, usize)| {
            a.1 + 1 == b.1 && self.elements[a.0].look == self.elements[b.0].look
        };
        let in_row = |i: usize| {
            let before = i
                .checked_sub(1)
                .is_some_and(|j| next(unnamed[j], unnamed[i]));
            before
                || unnamed
                    .get(i + 1)
                    .is_some_and(|other| next(unnamed[i], *other))
        };
        let single: Vec<usize> = (0..unnamed.len()).filter(|i| !in_row(*i)).collect();
        for i in single {
            let (at, block) = unnamed[i];
            let home = self.blocks[block].home;
            self.elements[at].role = Role::Figure;
            self.elements[home].role = Role::Caption;
        }
    }
}

/// A picture outside of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Picture {
    /// The element that it stands in.
    within: ElementIndex,
    /// Blocks before it.
    blocks: usize,
}

struct Walk {
    outline: Outline,
    /// Whether the last block may still grow.
    open: Option<usize>,
    /// Whether a single line break has just been seen.
    ended: bool,
    /// The last thing in the paragraph was a picture.
    pictured: bool,
    /// … and a line break behind it.
    under_picture: bool,
    names: class_names::Known,
    /// Links of a few characters within the page: the name that each leads to, and its first text node.
    links: Vec<(String, NodeId)>,
    /// Pictures outside of running text.
    pictures: Vec<Picture>,
    /// Blocks with text so far.
    filled: usize,
    /// What the last text stood in.
    last: Option<ElementIndex>,
}

/// What is inherited on the way down.
#[derive(Clone, Copy)]
struct Within {
    parent: Option<ElementIndex>,
    home: Option<ElementIndex>,
    linked: bool,
    bold: bool,
    italic: bool,
    /// In a `pre`, whatever is in it: code is one block.
    code: bool,
    depth: usize,
}

impl Walk {
    fn run(&mut self, doc: &Document, body: NodeId) {
        let top = Within {
            parent: None,
            home: None,
            linked: false,
            bold: false,
            italic: false,
            code: false,
            depth: 0,
        };
        // Enter and leave, without recursion.
        let mut stack = vec![(body, top, false)];
        while let Some((id, within, leaving)) = stack.pop() {
            if leaving {
                self.open = None;
                continue;
            }
            let Some(node) = doc.tree.get(&id) else {
                continue;
            };
            let seen = node.query(|node| match &node.data {
                NodeData::Text { contents } => {
                    self.text(id, contents, within);
                    None
                }
                NodeData::Element(element) => Some((
                    role(element.name.local.as_ref()),
                    class_names::of(element, &mut self.names),
                    look(element),
                )),
                _ => None,
            });
            let Some(Some((role, mut cues, look))) = seen else {
                continue;
            };
            let role = match role {
                Role::Figure if shows_code(&node) => Role::Container,
                role => role,
            };
            if cues.has(Cues::CAPTION) && stands_under_quote(&node) {
                cues.0 &= !Cues::CAPTION;
            }
            // Within code, names are those of its parts: a comment, a title, a tag.
            if within.code {
                cues.0 &= Cues::NUMBERS;
            }
            if role == Role::Link {
                self.remember_link(&node);
            }
            let home = within.home.map(|home| self.outline.elements[home].role);
            let in_heading = matches!(home, Some(Role::Heading(_)));
            if role == Role::Inline && is_page_number(&node, cues) {
                continue;
            }
            if cues.has(Cues::HEADING_MARK | Cues::NUMBERS) {
                let text = little_text(&node);
                let mark = |text: &str| {
                    cues.has(Cues::HEADING_MARK) && in_heading && is_heading_mark(text)
                };
                let number = |text: &str| {
                    cues.has(Cues::NUMBERS)
                        && (numbers_lines(text) && (within.code || beside_code(&node))
                            || numbers_cell(text))
                };
                if text.is_some_and(|text| mark(&text) || number(&text)) {
                    continue;
                }
            }
            // `<img><em class=caption>…</em>The text`: what is named a caption right behind a picture is no part of the text's line.
            let captions = self.pictured
                && cues.has(Cues::CAPTION)
                && matches!(role, Role::Inline | Role::Bold | Role::Italic);
            // A heading that opens and closes what is under it is a button, all of it, or one before that.
            let button = role == Role::Void && node.has_name("button") && self.open.is_none();
            let opens = button && in_heading;
            let heads = button && !in_heading && opens_what_follows(&node);
            let role = match role {
                Role::Void if opens => Role::Inline,
                Role::Void if heads => Role::Heading(3),
                _ if captions => Role::Caption,
                Role::Void | Role::Link => role,
                _ if within.code => Role::Inline,
                role => role,
            };
            match role {
                Role::Void => {
                    let image = match node.has_name("picture") {
                        true => node.children_it(false).find(|child| child.has_name("img")),
                        false => Some(node).filter(|node| node.has_name("img")),
                    };
                    let pictured = image.is_some_and(|image| !is_ornament(image));
                    self.pictured = pictured;
                    if pictured && self.open.is_none() {
                        self.pictures.extend(within.parent.map(|within| Picture {
                            within,
                            blocks: self.filled,
                        }));
                    }
                    continue;
                }
                Role::Break => {
                    // Two line breaks in a row are how old pages part paragraphs.
                    if self.ended {
                        self.open = None;
                    }
                    self.ended = true;
                    self.under_picture |= self.pictured;
                    self.part_bold_line(within);
                    if let Some(open) = self.open {
                        self.outline.blocks[open].text.push(' ');
                    }
                    continue;
                }
                _ => {}
            }
            let index = self.outline.elements.len();
            self.outline.elements.push(Element {
                id,
                parent: within.parent,
                depth: within.depth,
                role,
                look,
                cues,
                blocks: (0, 0),
            });
            let block = !matches!(role, Role::Inline | Role::Link | Role::Bold | Role::Italic);
            if block {
                self.open = None;
                (self.pictured, self.under_picture) = (false, false);
                stack.push((id, within, true));
            }
            let inner = Within {
                parent: Some(index),
                home: if block { Some(index) } else { within.home },
                linked: within.linked || role == Role::Link && !(in_heading && is_anchor(&node)),
                bold: within.bold || role == Role::Bold,
                italic: within.italic || role == Role::Italic,
                code: within.code || role == Role::Preformatted,
                depth: within.depth + 1,
            };
            for child in node.children_it(true) {
                stack.push((child.id, inner, false));
            }
        }
    }

    /// Remembers a link of a few characters to a place within the page.
    fn remember_link(&mut self, link: &NodeRef<'_>) {
        let Some(href) = link
            .attr("href")
            .filter(|href| href.len() > 1 && href.starts_with('#'))
        else {
            return;
        };
        if !is_mark(&link.text()) || self.links.len() >= MAX_NOTES {
            return;
        }
        let node = link
            .descendants_it()
            .find(|node| node.is_text() && !node.text().trim().is_empty());
        self.links
            .extend(node.map(|node| (href[1..].to_owned(), node.id)));
    }

    /// Closes a block that is bold and ended before a line break that is not.
    fn part_bold_line(&mut self, within: Within) {
        let Some(block) = self.open.and_then(|open| self.outline.blocks.get_mut(open)) else {
            return;
        };
        if block.bold == block.chars && block.chars > 0 && !within.bold {
            block.tied = true;
            self.open = None;
        }
    }

    /// Whether a text stands apart from the one before it in a line by its page's style alone: a link and what stands in an
    /// element beside it, a name and what its bearer does; a time and what happened then.
    fn stand_apart(
        &self,
        last: ElementIndex,
        next: ElementIndex,
        block: usize,
        text: &str,
    ) -> bool {
        let element = |at: ElementIndex| &self.outline.elements[at];
        let inline = |at: ElementIndex| matches!(element(at).role, Role::Inline | Role::Link);
        let timed = |at: ElementIndex| element(at).cues.has(Cues::TIME);
        let linked = element(last).role == Role::Link || element(next).role == Role::Link;
        let siblings = inline(last) && inline(next) && linked;
        let times = timed(last) || timed(next);
        if !siblings && !times {
            return false;
        }
        let mut before = self.outline.blocks[block].text.chars().rev();
        let before = [before.next(), before.next(), before.next()].map(Option::unwrap_or_default);
        let mut after = text.chars();
        let after = [after.next(), after.next()].map(Option::unwrap_or_default);
        let word = before.iter().all(|c| c.is_lowercase());
        let starts = after[0].is_uppercase() && after[1].is_lowercase();
        word && starts && siblings
            || times && before[0].is_ascii_digit() && starts
            || times && word && after[0].is_ascii_digit()
    }

    fn text(&mut self, id: NodeId, text: &str, within: Within) {
        let (Some(parent), Some(home)) = (within.parent, within.home) else {
            return;
        };
        let text = match within.code {
            true => without_signature(text),
            false => text,
        };
        let empty = text.chars().all(char::is_whitespace);
        if !empty {
            self.ended = false;
        }
        let open = match self.open {
            Some(open) => open,
            None if empty => return,
            None => {
                self.outline.blocks.push(Block {
                    text: String::new(),
                    nodes: Vec::new(),
                    leaf: parent,
                    home,
                    chars: 0,
                    linked: 0,
                    bold: 0,
                    italic: 0,
                    tied: false,
                    under_picture: self.under_picture,
                });
                self.outline.blocks.len() - 1
            }
        };
        self.open = Some(open);
        if !empty {
            (self.pictured, self.under_picture) = (false, false);
        }
        let leaf = match empty {
            true => self.outline.blocks[open].leaf,
            false => self.outline.common(self.outline.blocks[open].leaf, parent),
        };
        let before = self.last.replace(parent).filter(|last| *last != parent);
        let apart =
            !within.code && before.is_some_and(|last| self.stand_apart(last, parent, open, text));
        let block = &mut self.outline.blocks[open];
        block.leaf = leaf;
        block.nodes.push(id);
        if apart {
            block.text.push(' ');
            self.outline.apart.insert(id);
        }
        let mut halves = 0;
        for c in text.chars() {
            if c.is_whitespace() {
                if !block.text.is_empty() && !block.text.ends_with(' ') {
                    block.text.push(' ');
                }
            } else {
                block.text.push(c);
                halves += half_letters(c);
            }
        }
        let chars = halves.div_ceil(2);
        self.filled += usize::from(block.chars == 0 && chars > 0);
        block.chars += chars;
        block.linked += if within.linked { chars } else { 0 };
        block.bold += if within.bold { chars } else { 0 };
        block.italic += if within.italic { chars } else { 0 };
    }
}

/// Whether a link leads to a place within the page.
pub(super) fn leads_here(link: &NodeRef<'_>) -> bool {
    link.attr("href").is_some_and(|href| href.starts_with('#'))
}

/// Whether a link only names its place, or leads to one within the page.
fn is_anchor(link: &NodeRef<'_>) -> bool {
    !link.has_attr("href") && (link.has_attr("name") || link.has_attr("id")) || leads_here(link)
}

/// An element's text, if it is no longer than numbers of lines are: elements stand in elements, and each would be read.
fn little_text(node: &NodeRef<'_>) -> Option<String> {
    const LONG: usize = 4_096;
    let mut text = String::new();
    for node in node.descendants_it().filter(NodeRef::is_text) {
        text.push_str(&node.text());
        if text.len() > LONG {
            return None;
        }
    }
    Some(text)
}

/// Whether a text at a heading is no part of it: `[edit]`, `¶`, `#`.
fn is_heading_mark(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('[') && text.ends_with(']') || !text.contains(char::is_alphanumeric)
}

/// Whether an element holds code, or the one after it does.
fn beside_code(node: &NodeRef<'_>) -> bool {
    let code = |node: &NodeRef<'_>| {
        let mut within = node.descendants_it();
        node.has_name("pre")
            || node.has_name("code")
            || within.any(|node| node.has_name("pre") || node.has_name("code"))
    };
    code(node) || node.next_element_sibling().is_some_and(|next| code(&next))
}

/// Whether a text is nothing but numbers, as they stand beside lines of code.
fn numbers_lines(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A letter in plain text without what its sender ends all letters with: a few lines behind two dashes and a space.
pub(super) fn without_signature(text: &str) -> &str {
    const LINES: usize = 10;
    let Some((letter, signature)) = text.rsplit_once("\n-- ") else {
        return text;
    };
    let signature = signature.trim_start_matches('\r');
    let is_line = signature.starts_with('\n') && signature.trim().lines().count() <= LINES;
    // Two dashes and a space may be a line of a program too, but nothing stands above them there that ends as a sentence does.
    match is_line && letter.lines().rev().take(LINES).any(ended) {
        true => letter,
        false => text,
    }
}

/// `In [3]:`, `Out[3]:`: which cell of a notebook the code or its result is of.
fn numbers_cell(text: &str) -> bool {
    let text = text.trim().trim_end_matches(':');
    let rest = text.strip_prefix("In").or_else(|| text.strip_prefix("Out"));
    let number = rest.and_then(|rest| rest.trim().strip_prefix('[')?.strip_suffix(']'));
    number.is_some_and(|number| {
        let known = |c: char| c.is_ascii_digit() || c == '*' || c.is_whitespace();
        number.chars().all(known)
    })
}

/// Whether a figure shows code, and no picture.
fn shows_code(figure: &NodeRef<'_>) -> bool {
    const NEAR: usize = 60;
    let has = |name: &str| {
        let mut within = figure.descendants_it().take(NEAR);
        within.any(|node| node.has_name(name))
    };
    has("pre") && !has("img")
}

/// Whether an element is right behind a quotation: who said it, and where.
fn stands_under_quote(node: &NodeRef<'_>) -> bool {
    node.prev_element_sibling()
        .is_some_and(|before| before.has_name("blockquote"))
}

/// Whether an element in a line is the number of a page of the printed book: named so, or in brackets behind a mark that is
/// named by it (`<a name="p114"></a>[114]`).
fn is_page_number(node: &NodeRef<'_>, cues: Cues) -> bool {
    const LONG: usize = 12;
    let named = cues.has(Cues::PAGE_NUMBER);
    let marks = |node: NodeRef<'_>| {
        let name = node.attr("name").or_else(|| node.attr("id"));
        name.filter(|_| node.has_name("a") && node.text().trim().is_empty())
    };
    let mark = node.prev_element_sibling().and_then(marks);
    if !named && mark.is_none() {
        return false;
    }
    let Some(text) = little_text(node).filter(|text| text.len() <= LONG) else {
        return false;
    };
    let text = text.trim();
    let inner = text
        .strip_prefix(['[', '{', '('])
        .and_then(|text| text.strip_suffix([']', '}', ')']));
    let number = inner
        .unwrap_or(text)
        .trim_start_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | ' '));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let told = || mark.is_some_and(|name| inner.is_some() && name.ends_with(number));
    is_number && (named || told())
}

/// How much a character says, in halves of a letter: one of Chinese or Japanese as much as some letters, a syllable of
/// Korean as two. What is short and what is long is known from scripts of letters.
fn half_letters(c: char) -> usize {
    match c {
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => 5,
        '\u{ac00}'..='\u{d7af}' => 4,
        _ => 2,
    }
}

/// Whether a text is so short, and so much of signs and numbers, that a link of it leads to a note. A word leads to a part of
/// the page: `here`, `map`.
pub(super) fn is_mark(text: &str) -> bool {
    let text = text.trim();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    !text.is_empty() && text.chars().nth(MARK_CHARS).is_none() && letters <= 1
}

/// Pictures smaller than this, in either direction, are ornaments.
const ORNAMENT: u32 = 80;

/// Icons, logos, portraits of authors, counting pixels.
pub(super) fn is_ornament(image: NodeRef<'_>) -> bool {
    let small = |name: &str| {
        image
            .attr(name)
            .and_then(|value| value.trim().trim_end_matches("px").parse::<u32>().ok())
            .is_some_and(|value| value < ORNAMENT)
    };
    let named = |name: &str| {
        image.attr(name).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            [
                "avatar",
                "logo",
                "icon",
                "emoji",
                "pixel",
                "spacer",
                "portrait-author",
            ]
            .iter()
            .any(|word| value.contains(word))
        })
    };
    small("width") || small("height") || named("class")
}

/// Whether a button with some words says that it opens what follows it, which is text.
fn opens_what_follows(button: &NodeRef) -> bool {
    const WORDS: usize = 3;
    const NODES: usize = 40;
    const TEXT: usize = 60;
    if button.attr("aria-expanded").is_none() || button.text().split_whitespace().count() < WORDS {
        return false;
    }
    let Some(panel) = button.next_element_sibling() else {
        return false;
    };
    let texts = panel.descendants_it().take(NODES);
    let texts = texts.filter(|node| node.is_text() && !in_link(node));
    let chars = texts.map(|node| node.text().trim().chars().count());
    chars.sum::<usize>() >= TEXT
}

/// Whether a text is that of a link.
fn in_link(text: &NodeRef) -> bool {
    text.ancestors_it(Some(3)).any(|node| node.has_name("a"))
}

/// The element that a custom one is named for (`x-paragraph`, `story-heading`), or a box.
pub(super) fn named_as(custom: &str) -> &'static str {
    match custom.rsplit('-').next().unwrap_or_default() {
        "paragraph" | "para" | "p" => "p",
        "heading" | "subheading" | "subheader" => "h3",
        "quote" | "blockquote" => "blockquote",
        "figure" => "figure",
        "caption" | "figcaption" => "figcaption",
        _ => "div",
    }
}

fn role(name: &str) -> Role {
    match name {
        "p" => Role::Paragraph,
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" | "h6" => Role::Heading(5),
        "li" | "dt" | "dd" => Role::Item,
        "table" => Role::Table,
        "td" | "th" | "caption" => Role::Cell,
        "blockquote" => Role::Quote,
        "pre" | "listing" | "xmp" => Role::Preformatted,
        "figcaption" => Role::Caption,
        "figure" => Role::Figure,
        "article" | "main" => Role::Article,
        "nav" | "aside" | "footer" | "header" | "form" | "menu" | "dialog" => Role::Beside,
        "a" => Role::Link,
        "b" | "strong" => Role::Bold,
        "em" | "i" | "cite" => Role::Italic,
        "br" => Role::Break,
        "script" | "style" | "noscript" | "template" | "button" | "select" | "input"
        | "textarea" | "object" | "embed" | "canvas" | "audio" | "video" | "iframe" | "svg"
        | "head" | "option" | "datalist" | "map" | "img" | "picture" => Role::Void,
        "address" | "center" | "details" | "summary" | "dir" | "div" | "dl" | "fieldset"
        | "hgroup" | "hr" | "legend" | "ol" | "ul" | "section" | "tbody" | "thead" | "tfoot"
        | "tr" | "body" | "html" | "search" => Role::Container,
        // Custom elements are inline by default and boxes in practice, if their name says nothing else.
        name if name.contains('-') => role(named_as(name)),
        _ => Role::Inline,
    }
}

/// Tag and class, of `font` its size. Digits are left out of classes: `item-1` and `item-2` look alike.
fn look(element: &dom_query::Element) -> u64 {
    let mut hash = hash(element.name.local.as_ref());
    if &*element.name.local == "font"
        && let Some(size) = element.attr_ref(dom_query::local_name!("size"))
    {
        for byte in size.bytes() {
            hash = mix(hash ^ u64::from(byte));
        }
    }
    if let Some(class) = element.attr_ref(dom_query::local_name!("class")) {
        for byte in class.bytes().filter(|byte| !byte.is_ascii_digit()) {
            hash = mix(hash ^ u64::from(byte));
        }
    }
    hash
}
