//! A text in a list whose names nobody knows: one string of its objects reads as prose, and another says what each of them
//! is. Which they are is learned from the list itself, and it is turned into HTML.
//! Never here: forms of rich text that are known (`rich_text`), where in a page such a list stands (`script_data`).

use serde_json::{Map, Value};

use super::class_names::{self, Cues};
use super::rich_text::{self, Kind};

/// Objects with prose that make a text.
pub(super) const LEAST: usize = 3;
/// How deep within an object its prose may stand.
const MAX_DEPTH: usize = 3;
/// What those hint at that are no part of a text.
const OTHER: u32 = Cues::COMMENT
    | Cues::TOOLS
    | Cues::RELATED
    | Cues::OFFER
    | Cues::ADVERT
    | Cues::CAPTION
    | Cues::TAGS
    | Cues::LEGAL
    | Cues::MEDIA
    | Cues::WALL
    | Cues::EMBED
    | Cues::DIALOG
    | Cues::NEWSLETTER
    | Cues::PULL_QUOTE;

/// Letters of a text that reads as prose, none where it does not; tags are not looked at.
pub(super) fn prose(text: &str) -> usize {
    let (mut letters, mut spaces, mut others, mut unspaced) = (0usize, 0usize, 0usize, 0usize);
    let mut tag = false;
    for c in text.chars() {
        match c {
            '<' => tag = true,
            '>' if tag => tag = false,
            _ if tag => {}
            '{' | '}' | '=' | '_' | '|' => others += 4,
            c if c.is_whitespace() => spaces += 1,
            '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
                letters += 1;
                unspaced += 1;
            }
            '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => {
                letters += 1;
                unspaced += 3;
            }
            c if c.is_alphanumeric() => letters += 1,
            _ => others += 1,
        }
    }
    let words = spaces.max(unspaced / 6);
    let reads = words >= 7 && letters <= words * 14 && others * 4 <= letters;
    if reads { letters } else { 0 }
}

/// A list of plain strings as HTML, and how many paragraphs it has.
pub(super) fn strings(values: &[Value], least: usize) -> Option<(String, usize)> {
    let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    let prose = texts.iter().filter(|text| prose(text) > 0).count();
    if prose < least || prose * 2 < values.len() {
        return None;
    }
    let mut writer = Writer::default();
    for text in texts {
        writer.block("p", "", text);
    }
    Some((writer.html, prose))
}

/// A text without markup as HTML, a paragraph of each line, and how many there are.
pub(super) fn lines(text: &str) -> Option<(String, usize)> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let prose = lines().filter(|line| prose(line) > 0).count();
    if prose < LEAST || prose * 2 < lines().count() {
        return None;
    }
    let mut writer = Writer::default();
    for line in lines() {
        writer.block("p", "", line);
    }
    Some((writer.html, prose))
}

/// Parts that have a list of paragraphs each, with their headings, as HTML, and how many paragraphs there are.
pub(super) fn sections(parts: &[Value]) -> Option<(String, usize)> {
    let nodes: Vec<&Map<String, Value>> = parts.iter().filter_map(Value::as_object).collect();
    let text = |list: &[Value]| {
        let (html, paragraphs) = rich_text::html(list);
        let known = (paragraphs > 0).then_some((html, paragraphs));
        known
            .or_else(|| strings(list, 1))
            .or_else(|| objects(list, 1))
    };
    let lists = |node: &Map<String, Value>, name: &str| text(node.get(name)?.as_array()?);
    let first = *nodes.first().filter(|_| nodes.len() >= 2)?;
    let name = first.keys().find(|name| lists(first, name).is_some())?;
    if nodes.iter().any(|node| is_thing(node)) {
        return None;
    }
    let mut writer = Writer::default();
    let (mut all, mut count) = (0, 0);
    for node in &nodes {
        let Some((html, paragraphs)) = lists(node, name) else {
            continue;
        };
        if let Some(heading) = heading(node) {
            writer.block("h2", "", heading);
        }
        writer.html.push_str(&html);
        all += paragraphs;
        count += 1;
    }
    (count >= 2 && count * 2 > nodes.len() && all >= LEAST).then_some((writer.html, all))
}

/// Paragraphs that are stored as runs of text each, some within a sentence, as HTML, and how many there are.
pub(super) fn runs(blocks: &[Value]) -> Option<(String, usize)> {
    let nodes: Vec<&Map<String, Value>> = blocks.iter().filter_map(Value::as_object).collect();
    let first = nodes.first().filter(|_| nodes.len() >= LEAST)?;
    let lists = first.iter().filter(|(_, value)| value.is_array());
    let list = lists.map(|(name, _)| name).find_map(|name| {
        let all = nodes.iter().filter_map(|node| node.get(name)?.as_array());
        let all: Vec<&Vec<Value>> = all.collect();
        let text = text_of_runs(&all)?;
        (all.len() * 2 > nodes.len()).then_some((name, text))
    });
    let (list, text) = list?;
    let mut writer = Writer::default();
    let mut paragraphs = 0;
    for node in &nodes {
        let runs = node.get(list).and_then(Value::as_array);
        let joined: String = runs
            .into_iter()
            .flatten()
            .filter_map(|run| run_text(run, text))
            .collect();
        match rich_text::kind(node) {
            Some(Kind::Heading(level)) => writer.block(&format!("h{level}"), "", &joined),
            _ if prose(&joined) > 0 => {
                writer.block("p", "", &joined);
                paragraphs += 1;
            }
            _ => {}
        }
    }
    (paragraphs >= LEAST).then_some((writer.html, paragraphs))
}

/// What runs call their text, where most end within a sentence.
fn text_of_runs<'v>(lists: &[&'v Vec<Value>]) -> Option<&'v str> {
    let mut names: Vec<(&'v str, usize)> = Vec::new();
    for run in lists.iter().flat_map(|runs| runs.iter()).take(400) {
        for (name, value) in run.as_object()? {
            let Some(text) = value.as_str() else {
                continue;
            };
            match names.iter_mut().find(|(known, _)| *known == name) {
                Some((_, bytes)) => *bytes += text.len(),
                None => names.push((name, text.len())),
            }
        }
    }
    let (name, _) = names.into_iter().max_by_key(|(_, bytes)| *bytes)?;
    let (mut within, mut all) = (0, 0);
    for runs in lists {
        let (_, before) = runs.split_last()?;
        for text in before.iter().filter_map(|run| run_text(run, name)) {
            let end = text.trim_end().chars().next_back();
            within += usize::from(end.is_none_or(|c| c.is_alphanumeric() || c == ','));
            all += 1;
        }
    }
    (within > 0 && within * 2 > all).then_some(name)
}

fn run_text<'v>(run: &'v Value, name: &str) -> Option<&'v str> {
    run.get(name)?.as_str()
}

/// The heading of a part.
fn heading(node: &Map<String, Value>) -> Option<&str> {
    const NAMES: [&str; 6] = [
        "heading",
        "title",
        "subtitle",
        "subheading",
        "headline",
        "header",
    ];
    let mut headings = NAMES.iter().filter_map(|name| node.get(*name)?.as_str());
    headings.find(|text| !text.trim().is_empty() && text.len() <= 200)
}

/// A list of objects as HTML, and how many paragraphs it has.
pub(super) fn objects(blocks: &[Value], least: usize) -> Option<(String, usize)> {
    let nodes: Vec<&Map<String, Value>> = blocks.iter().filter_map(Value::as_object).collect();
    if nodes.len() < least {
        return None;
    }
    let names = Names::of(&nodes, least)?;
    if are_others(&nodes, &names) {
        return None;
    }
    let mut writer = Writer::default();
    let mut paragraphs = 0;
    for (at, node) in nodes.iter().enumerate() {
        let text = names.text_of(node);
        let kind = names.kind_of(node);
        if kind.is_other {
            continue;
        }
        if names.headed
            && text.is_some()
            && let Some(heading) = heading(node)
        {
            writer.block("h2", "", heading);
        }
        match (kind.is, text) {
            (Some(Kind::Heading(level)), Some(text)) => {
                writer.block(&format!("h{level}"), kind.name, text);
            }
            (Some(Kind::Quote), Some(text)) => writer.block("blockquote", kind.name, text),
            (Some(Kind::Item { .. }), Some(text)) => {
                let is_item = |at: Option<&&Map<String, Value>>| {
                    at.is_some_and(|node| matches!(names.kind_of(node).is, Some(Kind::Item { .. })))
                };
                if at == 0 || !is_item(nodes.get(at - 1)) {
                    writer.html.push_str("<ul>");
                }
                writer.block("li", "", text);
                if !is_item(nodes.get(at + 1)) {
                    writer.html.push_str("</ul>");
                }
            }
            (Some(_), Some(text)) => {
                writer.block("p", kind.name, text);
                paragraphs += 1;
            }
            // Its text stands elsewhere, as that of lists does.
            (Some(_), None) => writer
                .html
                .push_str(&rich_text::html(&[Value::Object((*node).clone())]).0),
            (None, _) => {}
        }
    }
    (paragraphs >= least).then_some((writer.html, paragraphs))
}

/// What the objects of a list call what they have.
struct Names<'v> {
    /// The way to the text.
    text: Vec<&'v str>,
    /// What says what an object is.
    kind: Option<&'v str>,
    /// What it says of paragraphs.
    paragraph: Option<&'v str>,
    /// They are parts with a heading each.
    headed: bool,
}

/// What an object of a list is.
struct Is<'v> {
    is: Option<Kind>,
    name: &'v str,
    /// It is beside the text.
    is_other: bool,
}

impl<'v> Names<'v> {
    fn of(nodes: &[&'v Map<String, Value>], least: usize) -> Option<Names<'v>> {
        // The ways to prose, with the letters and the objects that have them.
        let mut ways: Vec<(Vec<&'v str>, usize, usize)> = Vec::new();
        for node in nodes {
            let mut way = Vec::new();
            find(node, &mut way, &mut ways);
        }
        let (text, _, count) = ways.into_iter().max_by_key(|(_, letters, _)| *letters)?;
        if count < least || text.iter().any(|name| is_summary(name)) {
            return None;
        }
        let mut names = Names {
            text,
            kind: None,
            paragraph: None,
            headed: false,
        };
        names.learn_kind(nodes);
        let headed =
            |node: &&&Map<String, Value>| names.text_of(node).is_some() && heading(node).is_some();
        names.headed = nodes.iter().filter(headed).count() >= 2;
        Some(names)
    }

    /// Which member says what an object is: a short word, of few kinds, that has most of the prose under one of them.
    fn learn_kind(&mut self, nodes: &[&'v Map<String, Value>]) {
        const KNOWN: [&str; 8] = [
            "type",
            "kind",
            "_type",
            "__typename",
            "nodeType",
            "blockType",
            "name",
            "tag",
        ];
        let first = nodes.iter().flat_map(|node| node.keys());
        let mut keys: Vec<&'v str> = Vec::new();
        for key in first.take(400) {
            if !keys.contains(&key.as_str()) {
                keys.push(key);
            }
        }
        keys.sort_by_key(|key| {
            KNOWN
                .iter()
                .position(|known| known == key)
                .unwrap_or(KNOWN.len())
        });
        for key in keys {
            // The kinds, with the letters of prose that each has.
            let mut kinds: Vec<(&'v str, usize)> = Vec::new();
            let mut said = 0;
            for node in nodes {
                let Some(kind) = node.get(key).and_then(Value::as_str) else {
                    continue;
                };
                if kind.is_empty() || kind.len() > 40 || kind.contains(' ') || kinds.len() > 24 {
                    continue;
                }
                said += 1;
                let letters = self.text_of(node).map_or(0, prose);
                match kinds.iter_mut().find(|(known, _)| *known == kind) {
                    Some((_, all)) => *all += letters,
                    None => kinds.push((kind, letters)),
                }
            }
            let few = kinds.len() * 2 <= nodes.len().max(4);
            let all: usize = kinds.iter().map(|(_, letters)| letters).sum();
            let most = kinds.iter().max_by_key(|(_, letters)| *letters);
            if let Some((kind, letters)) = most
                && few
                && said * 5 >= nodes.len() * 4
                && letters * 2 > all
            {
                self.kind = Some(key);
                self.paragraph = Some(kind);
                return;
            }
        }
    }

    fn text_of(&self, node: &'v Map<String, Value>) -> Option<&'v str> {
        let (last, holders) = self.text.split_last()?;
        let holder = holders
            .iter()
            .try_fold(node, |node, name| node.get(*name)?.as_object())?;
        let text = holder.get(*last)?.as_str()?;
        (!text.trim().is_empty()).then_some(text)
    }

    fn kind_of(&self, node: &'v Map<String, Value>) -> Is<'v> {
        let Some(key) = self.kind else {
            let is_other = false;
            return Is {
                is: Some(Kind::Paragraph),
                name: "",
                is_other,
            };
        };
        let name = node.get(key).and_then(Value::as_str).unwrap_or_default();
        if Some(name) == self.paragraph {
            return Is {
                is: Some(Kind::Paragraph),
                name: "",
                is_other: false,
            };
        }
        let is_other = class_names::of_name(name).has(OTHER) || name.is_empty();
        let short = rich_text::folded(name);
        let has = |words: &[&str]| words.iter().any(|word| short.contains(word));
        let is = rich_text::kind(node).or_else(|| {
            Some(match () {
                () if has(&[
                    "heading",
                    "header",
                    "subhead",
                    "headline",
                    "crosshead",
                    "title",
                ]) =>
                {
                    Kind::Heading(2)
                }
                () if has(&["quote", "citation"]) => Kind::Quote,
                () if has(&["item", "bullet"]) => Kind::Item { ordered: false },
                () if has(&["list"]) => Kind::List { ordered: false },
                () if has(&[
                    "para", "text", "intro", "lead", "body", "copy", "prose", "html", "answer",
                    "question",
                ]) =>
                {
                    Kind::Paragraph
                }
                () => return None,
            })
        });
        Is {
            is,
            name,
            is_other: is_other || has(&["pull", "promo", "teaser", "embed"]),
        }
    }
}

/// The prose within an object, and the ways to it.
fn find<'v>(
    node: &'v Map<String, Value>,
    way: &mut Vec<&'v str>,
    ways: &mut Vec<(Vec<&'v str>, usize, usize)>,
) {
    /// Bytes of a text that could be prose.
    const SHORTEST: usize = 30;
    for (name, value) in node {
        match value {
            Value::String(text) if text.len() >= SHORTEST => {
                let letters = prose(text);
                if letters == 0 {
                    continue;
                }
                way.push(name);
                let few = ways.len() < 32;
                match ways.iter_mut().find(|(known, ..)| known == way) {
                    Some((_, all, count)) => {
                        *all += letters;
                        *count += 1;
                    }
                    None if few => ways.push((way.clone(), letters, 1)),
                    None => {}
                }
                way.pop();
            }
            Value::Object(within) if way.len() + 1 < MAX_DEPTH => {
                way.push(name);
                find(within, way, ways);
                way.pop();
            }
            _ => {}
        }
    }
}

/// Whether a name is that of what is said of something else: of another article, a picture, a person.
pub(super) fn is_summary(name: &str) -> bool {
    const NAMES: [&str; 22] = [
        "summary",
        "description",
        "excerpt",
        "teaser",
        "dek",
        "standfirst",
        "blurb",
        "abstract",
        "caption",
        "bio",
        "biography",
        "alt",
        "alttext",
        "subtitle",
        "title",
        "headline",
        "credit",
        "label",
        "seodescription",
        "metadescription",
        "name",
        "placeholder",
    ];
    let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    NAMES.contains(&folded.to_ascii_lowercase().as_str())
}

/// Whether the objects with prose are things of their own: other articles with their title and address, or what readers say.
fn are_others(nodes: &[&Map<String, Value>], names: &Names) -> bool {
    const READERS: [&str; 16] = [
        "user",
        "username",
        "userName",
        "user_name",
        "avatar",
        "likes",
        "votes",
        "upvotes",
        "replies",
        "parentId",
        "parent_id",
        "commenter",
        "rating",
        "nickname",
        "author_name",
        "authorName",
    ];
    let with: Vec<_> = nodes
        .iter()
        .filter(|node| names.text_of(node).is_some_and(|text| prose(text) > 0))
        .collect();
    let most = |count: usize| count * 2 >= with.len();
    let things = with.iter().filter(|node| is_thing(node));
    let readers = with.iter().filter(|node| has(node, &READERS));
    most(things.count()) || most(readers.count())
}

/// Whether an object has a title and is something of its own, as another article is.
fn is_thing(node: &Map<String, Value>) -> bool {
    const TITLES: [&str; 5] = ["title", "headline", "headlines", "heading", "name"];
    const OWN: [&str; 20] = [
        "url",
        "href",
        "link",
        "slug",
        "path",
        "permalink",
        "uri",
        "canonical",
        "canonical_url",
        "website_url",
        "canonicalUrl",
        "webUrl",
        "image",
        "author",
        "authors",
        "byline",
        "date",
        "publishedAt",
        "published_at",
        "datePublished",
    ];
    has(node, &TITLES) && has(node, &OWN)
}

/// Whether an object has something under one of these names.
fn has(node: &Map<String, Value>, names: &[&str]) -> bool {
    let mut members = names.iter().filter_map(|name| node.get(*name));
    members
        .any(|value| !matches!(value, Value::Null | Value::Bool(_)) && value.as_str() != Some(""))
}

#[derive(Default)]
struct Writer {
    html: String,
}

impl Writer {
    /// A text in an element, or as it is where it brings one along.
    fn block(&mut self, element: &str, class: &str, text: &str) {
        const BLOCKS: [&str; 10] = [
            "<p",
            "<ul",
            "<ol",
            "<h1",
            "<h2",
            "<h3",
            "<h4",
            "<blockquote",
            "<div",
            "<li",
        ];
        let head: String = text.trim_start().chars().take(12).collect();
        let head = head.to_ascii_lowercase();
        let whole = BLOCKS.iter().any(|tag| {
            let rest = head.strip_prefix(tag);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        });
        let markup = ["</", "<br", "<img", "&nbsp;", "&amp;", "&#"];
        if whole {
            self.html.push_str(text);
            return;
        }
        self.html.push('<');
        self.html.push_str(element);
        if !class.is_empty()
            && class
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            self.html.push_str(" class=\"");
            self.html.push_str(class);
            self.html.push('"');
        }
        self.html.push('>');
        if markup.iter().any(|sign| text.contains(sign)) {
            self.html.push_str(text);
        } else {
            self.html
                .push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
        }
        self.html.push_str("</");
        self.html.push_str(element);
        self.html.push('>');
    }
}
