//! The clean HTML of an article as XHTML that any e-reader takes: paragraphs, headings, lists and quotations with
//! links and emphasis, always well-formed and in each other as the standard wants it.
//! Never here: making foreign HTML safe (`newsprint-html`).

use std::borrow::Cow;
use std::fmt::Write;

/// Text for an element or an attribute. Characters that XML 1.0 does not allow are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    escape_into(&mut out, text);
    out
}

/// The same, added to `out`: runs that stay as they are at once, since a digest has megabytes of them.
fn escape_into(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let (length, instead) = match byte {
            b'&' => (1, "&amp;"),
            b'<' => (1, "&lt;"),
            b'>' => (1, "&gt;"),
            b'"' => (1, "&quot;"),
            b'\n' | b'\t' => continue,
            0..=0x1f | 0x7f => (1, ""),
            // U+0080 to U+009F, U+FFFE and U+FFFF.
            0xc2 if bytes.get(at + 1).is_some_and(|next| *next < 0xa0) => (2, ""),
            0xef if matches!(bytes.get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])) => (3, ""),
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        from = at + length;
    }
    out.push_str(&text[from..]);
}

/// A web address as the standard writes it; `None` for what is none.
pub(super) fn web_address(url: &str) -> Option<String> {
    let url = url::Url::parse(url.trim()).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    if !web || url.host_str().is_some_and(|host| host.starts_with('[')) {
        return None;
    }
    let mut out = String::with_capacity(url.as_str().len());
    for c in url.as_str().chars() {
        match c {
            // What the URL standard leaves as it is and RFC 3986 does not allow.
            '|' | '^' | '`' | '{' | '}' | '[' | ']' | '\\' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    // A second `#` is none of an address.
    if let Some(at) = out.find('#') {
        let rest = out.split_off(at + 1);
        out.push_str(&rest.replace('#', "%23"));
    }
    // A `%` that begins no escape.
    let bytes = out.as_bytes();
    let lone: Vec<usize> = (0..bytes.len())
        .filter(|at| {
            let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
            bytes[*at] == b'%' && !(hex(at + 1) && hex(at + 2))
        })
        .collect();
    for at in lone.into_iter().rev() {
        out.replace_range(at..=at, "%25");
    }
    Some(out)
}

/// The same, for an attribute.
pub(super) fn address(url: &str) -> Option<String> {
    web_address(url).map(|url| escape(&url))
}

/// What a run of text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Paragraph,
    Heading,
    Item { ordered: bool },
    Quotation,
    Preformatted,
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The block that is open.
    open: Option<Block>,
    /// The block that was written last, while its list or quotation is open.
    group: Option<Block>,
    /// Inline elements: name, and how it is opened.
    inline: Vec<(String, String)>,
    /// How many of them are open in the block.
    shown: usize,
    lists: Vec<bool>,
    quotations: usize,
    heading: bool,
    preformatted: usize,
    cell: bool,
}

const INLINE: [&str; 10] = [
    "em", "strong", "b", "i", "u", "s", "code", "sub", "sup", "a",
];

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Elements whose text is not shown.
const SILENT: [&str; 6] = ["script", "style", "template", "video", "audio", "iframe"];

impl Writer {
    fn block(&self) -> Block {
        if self.preformatted > 0 {
            Block::Preformatted
        } else if self.heading {
            Block::Heading
        } else if let Some(ordered) = self.lists.last() {
            Block::Item { ordered: *ordered }
        } else if self.quotations > 0 {
            Block::Quotation
        } else {
            Block::Paragraph
        }
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() || (self.open.is_none() && text.trim().is_empty()) {
            return;
        }
        self.begin();
        escape_into(&mut self.out, text);
    }

    fn begin(&mut self) {
        if self.open.is_none() {
            let block = self.block();
            if self.group != Some(block) {
                self.end_group();
                match block {
                    Block::Item { ordered: true } => self.out.push_str("<ol>\n"),
                    Block::Item { ordered: false } => self.out.push_str("<ul>\n"),
                    Block::Quotation => self.out.push_str("<blockquote>\n"),
                    _ => {}
                }
                self.group = Some(block);
            }
            self.out.push_str(match block {
                Block::Paragraph | Block::Quotation => "<p>",
                Block::Heading => "<h4>",
                Block::Item { .. } => "<li>",
                Block::Preformatted => "<pre>",
            });
            self.open = Some(block);
            self.shown = 0;
        }
        while self.shown < self.inline.len() {
            self.out.push_str(&self.inline[self.shown].1);
            self.shown += 1;
        }
    }

    fn end(&mut self) {
        let Some(block) = self.open.take() else {
            return;
        };
        while self.shown > 0 {
            self.shown -= 1;
            self.out
                .push_str(&format!("</{}>", self.inline[self.shown].0));
        }
        self.out.push_str(match block {
            Block::Paragraph | Block::Quotation => "</p>\n",
            Block::Heading => "</h4>\n",
            Block::Item { .. } => "</li>\n",
            Block::Preformatted => "</pre>\n",
        });
    }

    fn end_group(&mut self) {
        self.end();
        match self.group.take() {
            Some(Block::Item { ordered: true }) => self.out.push_str("</ol>\n"),
            Some(Block::Item { ordered: false }) => self.out.push_str("</ul>\n"),
            Some(Block::Quotation) => self.out.push_str("</blockquote>\n"),
            _ => {}
        }
    }

    fn start_tag(&mut self, name: &str, tag: &str) {
        if INLINE.contains(&name) {
            let open = match name {
                "a" => {
                    let inside = self.inline.iter().any(|(name, _)| name == "a");
                    let href = attribute(tag, "href").and_then(|url| address(&url));
                    match href.filter(|_| !inside) {
                        Some(url) => format!("<a href=\"{url}\">"),
                        None => String::new(),
                    }
                }
                name => format!("<{name}>"),
            };
            let name = if open.is_empty() { "" } else { name };
            // What opens nothing stands for itself, so that its end is found.
            self.inline.push(match name {
                "" => ("span".to_owned(), "<span>".to_owned()),
                name => (name.to_owned(), open),
            });
            return;
        }
        match name {
            "br" => {
                if self.open.is_some() {
                    self.out.push_str("<br/>");
                }
                return;
            }
            "img" | "wbr" | "source" | "track" => return,
            "td" | "th" => {
                if self.cell && self.open.is_some() {
                    self.out.push_str(" | ");
                }
                self.cell = true;
                return;
            }
            _ => {}
        }
        self.end();
        match name {
            "ul" | "ol" => self.lists.push(name == "ol"),
            "blockquote" => self.quotations += 1,
            "pre" => self.preformatted += 1,
            "tr" => self.cell = false,
            name if HEADINGS.contains(&name) => self.heading = true,
            _ => {}
        }
    }

    fn end_tag(&mut self, name: &str) {
        if INLINE.contains(&name) {
            let known =
                |(open, _): &(String, String)| open == name || (name == "a" && open == "span");
            let Some(at) = self.inline.iter().rposition(known) else {
                return;
            };
            // What stands in it is closed and opened again.
            if self.open.is_some() {
                while self.shown > at {
                    self.shown -= 1;
                    self.out
                        .push_str(&format!("</{}>", self.inline[self.shown].0));
                }
            }
            self.inline.remove(at);
            return;
        }
        if matches!(name, "td" | "th" | "br" | "img") {
            return;
        }
        self.end();
        match name {
            "ul" | "ol" => {
                self.lists.pop();
                self.end_group();
            }
            "blockquote" => {
                self.quotations = self.quotations.saturating_sub(1);
                self.end_group();
            }
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            name if HEADINGS.contains(&name) => self.heading = false,
            _ => {}
        }
    }
}

/// The body of an article; its first heading stands under that of the article.
pub(super) fn body(html: &str) -> String {
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        writer.text(&unescape(&rest[..at]));
        rest = &rest[at..];
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            writer.end_tag(name.trim());
            continue;
        }
        let name = tag
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if SILENT.contains(&name.as_str()) {
            if let Some(after) = rest.find(&format!("</{name}")) {
                rest = &rest[after..];
            }
            continue;
        }
        writer.start_tag(&name, tag);
    }
    if !rest.starts_with('<') {
        writer.text(&unescape(rest));
    }
    writer.end_group();
    writer.out
}

/// An attribute of a tag of clean HTML.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..];
    Some(unescape(&value[..value.find('"')?]))
}

/// The characters that clean HTML escapes.
fn unescape(text: &str) -> Cow<'_, str> {
    const KNOWN: [(&str, char); 6] = [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&nbsp;", '\u{a0}'),
        ("&amp;", '&'),
    ];
    let Some(mut at) = text.find('&') else {
        return Cow::Borrowed(text);
    };
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    loop {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = KNOWN.iter().find(|(name, _)| rest.starts_with(name));
        let (length, c) = known.map_or((1, '&'), |(name, c)| (name.len(), *c));
        out.push(c);
        rest = &rest[length..];
        match rest.find('&') {
            Some(next) => at = next,
            None => break,
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_stands_in_whatever_comes_out_well_formed() {
        assert_eq!(
            body("<p>A <em>b <strong>c</em> d</strong> &amp; e</p>tail"),
            "<p>A <em>b <strong>c</strong></em><strong> d</strong> &amp; e</p>\n<p>tail</p>\n"
        );
        assert_eq!(
            body("<ul><li>one<ol><li>two</li></ol></li><li>three</li></ul>"),
            "<ul>\n<li>one</li>\n</ul>\n<ol>\n<li>two</li>\n</ol>\n<ul>\n<li>three</li>\n</ul>\n"
        );
        assert_eq!(
            body("<blockquote><p>a</p><p>b</p></blockquote><h2>H</h2>"),
            "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<h4>H</h4>\n"
        );
        assert_eq!(
            body("<table><tr><td>1</td><td>2</td></tr></table>"),
            "<p>1 | 2</p>\n"
        );
        assert_eq!(
            body("<p><a href=\"https://a.example/?x=1&amp;y=2|3\">l<br>m</a><img src=\"x\"></p>"),
            "<p><a href=\"https://a.example/?x=1&amp;y=2%7C3\">l<br/>m</a></p>\n"
        );
        assert_eq!(body("<p>x<script>y</script>"), "<p>x</p>\n");
    }

    #[test]
    fn what_is_escaped_comes_back_and_what_xml_forbids_is_left_out() {
        assert_eq!(
            escape("a\u{0}\u{7f}\u{85}é\u{a0}\u{fffd}\u{fffe}\u{ffff}ﾟ<b>\t\"&\n"),
            "aé\u{a0}\u{fffd}ﾟ&lt;b&gt;\t&quot;&amp;\n"
        );
        for text in ["", "&", "a & b", "&amp;lt;", "\"<>\"'&&", "&nbs p;"] {
            assert_eq!(unescape(&escape(text)), text);
        }
        assert_eq!(
            unescape("&#39;x&nbsp;&amp;&unknown;&"),
            "'x\u{a0}&&unknown;&"
        );
    }

    #[test]
    fn only_web_addresses_are_linked() {
        assert_eq!(web_address("javascript:x"), None);
        assert_eq!(
            web_address("https://a.example/50%/#a#b").as_deref(),
            Some("https://a.example/50%25/#a%23b")
        );
    }
}
