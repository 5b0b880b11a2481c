//! Rich text as content systems store it: a list of blocks that name their kind, turned into HTML. Read are the forms of
//! Contentful, Sanity (Portable Text), DatoCMS, Prismic, Strapi, Arc XP, the WordPress block editor, Draft.js, Editor.js,
//! Lexical, ProseMirror and Slate, which differ in their names for the same few things.
//! Never here: where in a page such a list stands (`script_data`), which of its blocks are the article (`select`).

use serde_json::{Map, Value};

/// How deep blocks are followed.
const MAX_DEPTH: u32 = 24;

/// What a node of rich text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Heading(u8),
    List {
        ordered: bool,
    },
    Item {
        ordered: bool,
    },
    Quote,
    Code,
    /// Text of its own, or blocks within.
    Text,
    /// Nothing but blocks within.
    Group,
    Break,
}

/// A list of blocks as HTML, and how many paragraphs of text it has; no paragraph where it is a list of something else.
pub(super) fn html(blocks: &[Value]) -> (String, usize) {
    let mut writer = Writer::default();
    writer.blocks(blocks, 0);
    (writer.html, writer.paragraphs)
}

#[derive(Default)]
struct Writer {
    html: String,
    paragraphs: usize,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Value], depth: u32) {
        // Some systems have the items of a list beside its paragraphs, without a list around them.
        let mut open = None;
        for node in blocks.iter().filter_map(Value::as_object) {
            let kind = kind(node);
            let list = match kind {
                Some(Kind::Item { ordered }) => Some(if ordered { "ol" } else { "ul" }),
                _ => None,
            };
            if list != open {
                self.end(open);
                self.start(list);
                open = list;
            }
            if let Some(kind) = kind {
                self.block(node, kind, depth);
            }
        }
        self.end(open);
    }

    fn block(&mut self, node: &Map<String, Value>, kind: Kind, depth: u32) {
        if depth > MAX_DEPTH {
            return;
        }
        let within = children(node);
        let has_blocks = within.is_some_and(|within| {
            let mut nodes = within.iter().filter_map(Value::as_object);
            nodes.any(|node| !matches!(self::kind(node), None | Some(Kind::Text | Kind::Break)))
        });
        match kind {
            Kind::Paragraph => self.paragraph(node, depth),
            Kind::Heading(level) => {
                let name = format!("h{level}");
                self.element(&name, |writer| writer.inline(node, depth));
            }
            Kind::List { ordered } => {
                let name = if ordered { "ol" } else { "ul" };
                self.element(name, |writer| match (within, string(node)) {
                    (None, Some((_, items))) => writer.text(items),
                    _ => {
                        for item in within.into_iter().flatten() {
                            writer.item(item, depth + 1);
                        }
                    }
                });
            }
            Kind::Item { .. } if has_blocks => {
                self.element("li", |writer| {
                    writer.blocks(within.unwrap_or_default(), depth + 1)
                });
            }
            Kind::Item { .. } => self.element("li", |writer| writer.inline(node, depth)),
            Kind::Quote => self.element("blockquote", |writer| match within {
                Some(within) if has_blocks => writer.blocks(within, depth + 1),
                _ => writer.paragraph(node, depth),
            }),
            Kind::Code => self.element("pre", |writer| {
                if let Some((_, text)) = string(node) {
                    writer.plain(text);
                } else {
                    writer.inline(node, depth);
                }
            }),
            Kind::Text | Kind::Group => match (within, string(node)) {
                (Some(within), _) => self.blocks(within, depth + 1),
                // A run of a paragraph has its text under another name.
                (None, Some(("content" | "html", _))) => self.paragraph(node, depth),
                _ => {}
            },
            Kind::Break => {}
        }
    }

    /// An item of a list: its text, a node, or a node whose own items follow its text.
    fn item(&mut self, item: &Value, depth: u32) {
        match item {
            Value::String(text) => self.element("li", |writer| writer.text(text)),
            Value::Object(node) => match kind(node) {
                Some(kind @ (Kind::Item { .. } | Kind::List { .. })) => {
                    self.block(node, kind, depth);
                }
                _ => self.element("li", |writer| match string(node) {
                    Some((_, text)) => writer.text(text),
                    None => writer.inline(node, depth),
                }),
            },
            _ => {}
        }
    }

    fn paragraph(&mut self, node: &Map<String, Value>, depth: u32) {
        let before = self.html.len();
        self.element("p", |writer| writer.inline(node, depth));
        if self.html.len() > before + "<p></p>".len() {
            self.paragraphs += 1;
        }
    }

    /// The text within a block, with its links.
    fn inline(&mut self, node: &Map<String, Value>, depth: u32) {
        if depth > MAX_DEPTH {
            return;
        }
        if kind(node) == Some(Kind::Break) {
            self.html.push_str("<br>");
            return;
        }
        let href = address(node).filter(|href| !href.contains(['"', '<', '>']));
        if let Some(href) = href {
            self.html.push_str("<a href=\"");
            self.html.push_str(href);
            self.html.push_str("\">");
        }
        match (children(node), string(node)) {
            (Some(within), _) => {
                for part in within {
                    match part {
                        Value::String(text) => self.plain(text),
                        Value::Object(node) => self.inline(node, depth + 1),
                        _ => {}
                    }
                }
            }
            (None, Some((_, text))) => self.text(text),
            (None, None) => {}
        }
        self.end(href.map(|_| "a"));
    }

    /// Text that may have markup: systems store both under the same names.
    fn text(&mut self, text: &str) {
        const MARKUP: [&str; 6] = ["</", "<br", "<img", "&nbsp;", "&amp;", "&#"];
        if MARKUP.iter().any(|sign| text.contains(sign)) {
            self.html.push_str(text);
        } else {
            self.plain(text);
        }
    }

    fn plain(&mut self, text: &str) {
        self.html
            .push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
    }

    fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.start(Some(name));
        content(self);
        self.end(Some(name));
    }

    fn start(&mut self, name: Option<&str>) {
        if let Some(name) = name {
            self.html.push('<');
            self.html.push_str(name);
            self.html.push('>');
        }
    }

    fn end(&mut self, name: Option<&str>) {
        if let Some(name) = name {
            self.html.push_str("</");
            self.html.push_str(name);
            self.html.push('>');
        }
    }
}

/// What a node is by its name; `None` for pictures, embeds, adverts and all that is no text.
pub(super) fn kind(node: &Map<String, Value>) -> Option<Kind> {
    const NAMES: [&str; 6] = ["nodeType", "_type", "__typename", "type", "tagName", "name"];
    let mut names = NAMES.iter().filter_map(|key| node.get(*key)?.as_str());
    names.find_map(|name| kind_named(&folded(name), node))
}

/// `core/list-item`, `ListItemBlock` and `list_item` are one name: letters and digits, without a space of names before and
/// without the word for a block behind.
pub(super) fn folded(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    let ends = ["block", "inline", "node", "element"];
    let short = ends.iter().find_map(|end| name.strip_suffix(end));
    short
        .filter(|short| !short.is_empty())
        .unwrap_or(&name)
        .to_owned()
}

fn kind_named(name: &str, node: &Map<String, Value>) -> Option<Kind> {
    let ordered = || {
        let says = |key: &str| {
            let value = find(node, key).and_then(Value::as_str);
            matches!(value, Some("ordered" | "number" | "numbered" | "ol"))
        };
        find(node, "ordered") == Some(&Value::Bool(true))
            || ["style", "listType", "list_type", "format", "listItem"]
                .iter()
                .any(|key| says(key))
    };
    Some(match name {
        // Portable Text: a block is what its style says, or an item.
        "block" => match node.get("style").and_then(Value::as_str) {
            _ if node.get("listItem").is_some() => Kind::Item { ordered: ordered() },
            Some(style) if style != "block" => kind_named(&folded(style), node)?,
            _ => Kind::Paragraph,
        },
        "paragraph" | "p" | "unstyled" | "normal" => Kind::Paragraph,
        "list" => Kind::List { ordered: ordered() },
        "ul" | "unorderedlist" | "bulletlist" | "bulletedlist" => Kind::List { ordered: false },
        "ol" | "orderedlist" | "numberedlist" => Kind::List { ordered: true },
        "listitem" | "li" => Kind::Item { ordered: ordered() },
        "unorderedlistitem" | "bulletedlistitem" | "uli" => Kind::Item { ordered: false },
        "orderedlistitem" | "numberedlistitem" | "olistitem" | "oli" => {
            Kind::Item { ordered: true }
        }
        "quote" | "blockquote" | "bq" => Kind::Quote,
        "code" | "preformatted" | "pre" => Kind::Code,
        "text" | "html" | "richtext" | "freeform" => Kind::Text,
        "root" | "doc" | "document" | "section" | "group" | "div" => Kind::Group,
        "hardbreak" | "linebreak" | "br" => Kind::Break,
        _ => Kind::Heading(level(name, node)?),
    })
}

/// The level of a heading, 2 where it is not said.
fn level(name: &str, node: &Map<String, Value>) -> Option<u8> {
    let mut rest = None;
    for start in ["heading", "header", "subheading", "subhead", "h"] {
        rest = rest.or_else(|| name.strip_prefix(start));
    }
    let said = find(node, "level").and_then(Value::as_u64);
    let tag = find(node, "tag").and_then(Value::as_str);
    let digits = match rest? {
        "" if name == "h" => return None,
        "" => match (said, tag) {
            (Some(level), _) => return Some(level.clamp(1, 6) as u8),
            (None, Some(tag)) => tag.strip_prefix('h').unwrap_or("2"),
            (None, None) => "2",
        },
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        digits => digits,
    };
    digits.parse().ok().filter(|level| (1..=6).contains(level))
}

/// The objects in which systems keep what a block has.
const HOLDERS: [&str; 6] = ["data", "model", "attrs", "attributes", "fields", "props"];

/// A member of a node, or of what it holds.
fn find<'a>(node: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    let held = || {
        let mut holders = HOLDERS.iter().filter_map(|holder| node.get(*holder));
        holders.find_map(|holder| holder.as_object()?.get(key))
    };
    node.get(key).or_else(held)
}

/// The nodes within a node.
fn children(node: &Map<String, Value>) -> Option<&[Value]> {
    const NAMES: [&str; 6] = [
        "children",
        "content",
        "blocks",
        "content_elements",
        "items",
        "contents",
    ];
    let mut lists = NAMES.iter().filter_map(|key| find(node, key)?.as_array());
    lists
        .find(|list| !list.is_empty())
        .map(|list| list.as_slice())
}

/// The text of a node, and the name that it has there.
fn string(node: &Map<String, Value>) -> Option<(&'static str, &str)> {
    const NAMES: [&str; 6] = ["text", "value", "content", "html", "values", "code"];
    NAMES
        .iter()
        .find_map(|key| Some((*key, find(node, key)?.as_str()?)))
}

/// Where a node leads to: a link of its own, or the mark of a run of text.
fn address(node: &Map<String, Value>) -> Option<&str> {
    let marked = || {
        let marks = node.get("marks")?.as_array()?.iter();
        marks
            .filter_map(Value::as_object)
            .find_map(|mark| find(mark, "href")?.as_str())
    };
    let is_link = || {
        let name = ["nodeType", "_type", "__typename", "type", "tagName"];
        let mut names = name.iter().filter_map(|key| node.get(*key)?.as_str());
        names.any(|name| matches!(folded(name).as_str(), "link" | "hyperlink" | "a"))
    };
    let own = || {
        let keys = ["url", "href", "uri"];
        keys.iter().find_map(|key| find(node, key)?.as_str())
    };
    if is_link() { own() } else { marked() }
}

#[cfg(test)]
mod tests {
    use super::html;

    fn written(json: &str) -> String {
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        html(value.as_array().unwrap()).0
    }

    /// One text, as each of the systems stores it.
    #[test]
    fn the_forms_of_content_systems_are_one_text() {
        let text = "<h2>The ferry</h2><p>It runs <a href=\"https://a.example/\">again</a> & well.</p><ul><li>Adults: 4 coins</li><li>Children ride free</li></ul>";
        let text = text.replace("& well", "&amp; well");
        for (system, stored) in [
            (
                "Contentful",
                r#"[{"nodeType":"heading-2","data":{},"content":[{"nodeType":"text","value":"The ferry","marks":[],"data":{}}]},
                {"nodeType":"paragraph","data":{},"content":[{"nodeType":"text","value":"It runs "},{"nodeType":"hyperlink","data":{"uri":"https://a.example/"},"content":[{"nodeType":"text","value":"again"}]},{"nodeType":"text","value":" & well."}]},
                {"nodeType":"embedded-asset-block","data":{"target":{"title":"A picture"}},"content":[]},
                {"nodeType":"unordered-list","data":{},"content":[{"nodeType":"list-item","content":[{"nodeType":"text","value":"Adults: 4 coins"}]},{"nodeType":"list-item","content":[{"nodeType":"text","value":"Children ride free"}]}]}]"#,
            ),
            (
                "ProseMirror",
                r#"[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"The ferry"}]},
                {"type":"paragraph","content":[{"type":"text","text":"It runs "},{"type":"text","marks":[{"type":"link","attrs":{"href":"https://a.example/"}}],"text":"again"},{"type":"text","text":" & well."}]},
                {"type":"bullet_list","content":[{"type":"list_item","content":[{"type":"text","text":"Adults: 4 coins"}]},{"type":"list_item","content":[{"type":"text","text":"Children ride free"}]}]}]"#,
            ),
            (
                "Lexical",
                r#"[{"type":"heading","tag":"h2","children":[{"type":"text","text":"The ferry"}]},
                {"type":"paragraph","children":[{"type":"text","text":"It runs "},{"type":"link","url":"https://a.example/","children":[{"type":"text","text":"again"}]},{"type":"text","text":" & well."}]},
                {"type":"list","listType":"bullet","children":[{"type":"listitem","children":[{"type":"text","text":"Adults: 4 coins"}]},{"type":"listitem","children":[{"type":"text","text":"Children ride free"}]}]}]"#,
            ),
            (
                "Editor.js",
                r#"[{"type":"header","data":{"text":"The ferry","level":2}},
                {"type":"paragraph","data":{"text":"It runs <a href=\"https://a.example/\">again</a> &amp; well."}},
                {"type":"image","data":{"caption":"A picture"}},
                {"type":"list","data":{"style":"unordered","items":["Adults: 4 coins","Children ride free"]}}]"#,
            ),
            (
                "Arc XP",
                r#"[{"type":"header","level":2,"content":"The ferry"},
                {"type":"text","content":"It runs <a href=\"https://a.example/\">again</a> &amp; well."},
                {"type":"interstitial_link","content":"Read more","url":"https://b.example/"},
                {"type":"list","list_type":"unordered","items":[{"type":"text","content":"Adults: 4 coins"},{"type":"text","content":"Children ride free"}]}]"#,
            ),
            (
                "the block editor",
                r#"[{"name":"core/heading","attributes":{"content":"The ferry","level":2}},
                {"name":"core/paragraph","attributes":{"content":"It runs <a href=\"https://a.example/\">again</a> &amp; well."}},
                {"name":"core/image","attributes":{"caption":"A picture"}},
                {"name":"core/list","attributes":{"values":"<li>Adults: 4 coins</li><li>Children ride free</li>"}}]"#,
            ),
        ] {
            assert_eq!(written(stored), text, "{system}");
        }
        let plain = text
            .replace("<a href=\"https://a.example/\">", "")
            .replace("</a>", "");
        for (system, stored) in [
            (
                "Portable Text",
                r#"[{"_type":"block","style":"h2","children":[{"_type":"span","text":"The ferry"}]},
                {"_type":"block","style":"normal","markDefs":[],"children":[{"_type":"span","text":"It runs "},{"_type":"span","marks":["x"],"text":"again"},{"_type":"span","text":" & well."}]},
                {"_type":"image","alt":"A picture"},
                {"_type":"block","style":"normal","listItem":"bullet","children":[{"_type":"span","text":"Adults: 4 coins"}]},
                {"_type":"block","style":"normal","listItem":"bullet","children":[{"_type":"span","text":"Children ride free"}]}]"#,
            ),
            (
                "Draft.js",
                r#"[{"type":"header-two","text":"The ferry","entityRanges":[]},{"type":"unstyled","text":"It runs again & well."},{"type":"atomic","text":" "},
                {"type":"unordered-list-item","text":"Adults: 4 coins"},{"type":"unordered-list-item","text":"Children ride free"}]"#,
            ),
            (
                "Prismic",
                r#"[{"type":"heading2","text":"The ferry","spans":[]},{"type":"paragraph","text":"It runs again & well.","spans":[{"start":8,"end":13,"type":"hyperlink"}]},
                {"type":"list-item","text":"Adults: 4 coins"},{"type":"list-item","text":"Children ride free"}]"#,
            ),
            (
                "Slate",
                r#"[{"type":"heading-two","children":[{"text":"The ferry"}]},{"type":"paragraph","children":[{"text":"It runs "},{"text":"again","bold":true},{"text":" & well."}]},
                {"type":"bulleted-list","children":[{"type":"list-item","children":[{"text":"Adults: 4 coins"}]},{"type":"list-item","children":[{"text":"Children ride free"}]}]}]"#,
            ),
            (
                "blocks within blocks",
                r#"[{"type":"text","model":{"blocks":[{"type":"heading","model":{"text":"The ferry"}},{"type":"paragraph","model":{"text":"It runs again & well.","blocks":[{"type":"fragment","model":{"text":"It runs again & well."}}]}}]}},
                {"type":"unorderedList","model":{"blocks":[{"type":"listItem","model":{"text":"Adults: 4 coins"}},{"type":"listItem","model":{"text":"Children ride free"}}]}}]"#,
            ),
        ] {
            assert_eq!(written(stored), plain, "{system}");
        }
    }

    /// Runs of one paragraph are not paragraphs; nor are cards and places for adverts.
    #[test]
    fn lists_of_other_things_have_no_paragraphs() {
        for stored in [
            r#"[{"type":"text","text":"It runs "},{"type":"link","url":"/a","children":[{"text":"again"}]},{"type":"text","text":" today."}]"#,
            r#"[{"type":"card","title":"A ferry","text":"It runs again."},{"type":"ad","content":"Buy"}]"#,
            r#"["a","b",3]"#,
        ] {
            let value: serde_json::Value = serde_json::from_str(stored).unwrap();
            assert_eq!(html(value.as_array().unwrap()).1, 0, "{stored}");
        }
    }

    /// Data of any depth ends.
    #[test]
    fn depth_is_capped() {
        let deep = format!(
            "{}{}",
            r#"[{"type":"quote","children":"#.repeat(60),
            "[]".to_owned() + &"}]".repeat(60)
        );
        assert!(written(&deep).matches("<blockquote>").count() < 40);
    }
}
