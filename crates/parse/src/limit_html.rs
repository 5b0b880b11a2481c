//! The linear pass every remote page goes through before any parser sees it: it drops what is never text
//! (scripts, styles, drawings, comments) and caps size, tags, depth and everything else that costs more
//! than linear time further on. Never here: a tree, or any idea of what the page is about.

use memchr::memmem;
use newsprint_html::elements::is_void;

/// Bytes of markup that are parsed; longer pages are cut there. Without scripts and styles the longest
/// news pages stay under four fifths of it.
const MAX_BYTES: usize = 5 << 18;
/// Bytes of structured data in one script; larger ones are states of whole sites.
const MAX_DATA: usize = 1 << 20;
/// Bytes of a script that could hold an article.
const MIN_HELD: usize = 400;
/// Bytes of prose in a script's values that could be an article.
const PROSE: usize = 300;
/// Bytes of other scripts that have text in their values, all together.
const MAX_HELD: usize = 1 << 19;
/// The type that a script is given which is kept for the text in its values: the page may be filled from them.
pub(crate) const HELD: &str = "text/x-values";
/// The type of what is kept of one that is kept for the dates in its values alone.
pub(crate) const DATES: &str = "text/x-dates";
/// Start tags that are parsed; long live blogs have 20,000.
const MAX_TAGS: usize = 22_000;
/// Nesting that is kept: tree builders walk the stack of open elements for every tag, and what works on
/// the tree may recurse.
const MAX_DEPTH: usize = 400;
/// Attributes of one tag; a parser compares each with all the others.
const MAX_ATTRIBUTES: usize = 128;
/// Bytes of one tag.
const MAX_TAG: usize = 128 << 10;
/// Character references; each is a token of its own.
const MAX_REFERENCES: usize = 20_000;
/// Formatting elements open at once: the tree builder opens every one of them anew in each block that
/// follows (WHATWG HTML, 13.2.4.3), so unclosed ones multiply.
const MAX_FORMATTING: usize = 16;
/// How many such renewed elements are accepted in all.
const MAX_RENEWED: usize = 100_000;
/// Line breaks in a row.
const MAX_BREAKS: usize = 4;

const FORMATTING: [&str; 13] = [
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements that a following one of their kind closes, so that leaving out the end tag nests nothing.
const IMPLIED: [&str; 15] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rp",
    "rt", "colgroup",
];

/// Cleans and caps a page in one linear pass.
pub(crate) fn limit(html: &str) -> String {
    let mut pass = Pass {
        html,
        out: String::with_capacity(html.len().min(MAX_BYTES) / 2),
        open: Vec::new(),
        dropped: 0,
        tags: 0,
        data: 0,
        prose: 0,
        late: Vec::new(),
        breaks: 0,
        references: 0,
        formatting: [0; FORMATTING.len()],
        renewed: 0,
        missing: Vec::new(),
    };
    pass.run();
    pass.late_scripts();
    pass.out
}

/// Whether a script hands on a piece of what React sends.
fn is_piece(script: &str) -> bool {
    let start = script.as_bytes();
    let start = &start[..start.len().min(80)];
    memmem::find(start, b"__next_f").is_some()
}

/// Bytes of a script's strings that read as prose, without any markup to know them by; of one kind of quotes, the first that
/// gives as much as an article has.
fn prose(script: &str) -> usize {
    /// Bytes of one string that could be a paragraph.
    const PARAGRAPH: usize = 60;
    let bytes = script.as_bytes();
    let mut most = 0;
    for quote in [b'"', b'\'', b'`'] {
        let (mut from, mut prose) = (0, 0);
        for at in memchr::memchr_iter(quote, bytes) {
            let run = &bytes[from..at];
            from = at + 1;
            if run.len() >= PARAGRAPH && reads(run) {
                prose += run.len();
            }
        }
        most = most.max(prose);
        if most >= PROSE {
            break;
        }
    }
    most
}

/// Whether bytes between quotes are more likely a text than a program.
fn reads(run: &[u8]) -> bool {
    let (mut spaces, mut signs, mut wide, mut whole) = (0, 0, 0, 0);
    for (at, byte) in run.iter().enumerate() {
        match byte {
            b' ' => spaces += 1,
            b'{' | b'}' | b'=' | b'\n' => signs += 1,
            // Letters of a script without spaces, as they are or by number; what is encoded as a whole has nothing else.
            0x80.. => wide += 1,
            b'\\' if run.get(at + 1) == Some(&b'u') => wide += 6,
            b'+' | b'/' | b'%' | b'-' | b'_' | b'.' | b'~' => whole += 1,
            byte if byte.is_ascii_alphanumeric() => whole += 1,
            _ => {}
        }
    }
    signs * 40 <= run.len() && (spaces * 14 >= run.len() || wide * 2 >= run.len())
        || whole == run.len() && run.len() >= 600
}

/// Whether a script has values with paragraphs in them: HTML, or the blocks of rich text.
fn holds_text(script: &str) -> bool {
    /// Names of a paragraph in rich text, as they end in a value, also within a quoted one.
    const BLOCKS: [&str; 7] = [
        "paragraph\"",
        "paragraph\\\"",
        "unstyled\"",
        "unstyled\\\"",
        "\"_type\":\"block\"",
        "\\\"_type\\\":\\\"block\\\"",
        "content_elements",
    ];
    let has = |sign: &str| memmem::find(script.as_bytes(), sign.as_bytes()).is_some();
    script.len() >= MIN_HELD
        && (has("\\u003cp")
            || has("\\u003Cp")
            || has("<p>") && (has("\":\"") || has("\\\":\\\""))
            || BLOCKS.iter().any(|sign| has(sign)))
}

struct Pass<'a> {
    html: &'a str,
    out: String,
    /// Names of the open elements that nest.
    open: Vec<&'a str>,
    /// Open elements left out because of the depth.
    dropped: usize,
    tags: usize,
    /// Bytes of scripts that are kept for the text in their values.
    data: usize,
    /// Bytes of text that is longer than what menus have.
    prose: usize,
    /// Scripts whose worth depends on how much of that there is.
    late: Vec<&'a str>,
    breaks: usize,
    references: usize,
    /// How many of each formatting element are open.
    formatting: [usize; FORMATTING.len()],
    renewed: usize,
    /// Endings that were looked for and do not occur any more: looking again would cost the page's length
    /// for each tag.
    missing: Vec<&'static str>,
}

impl<'a> Pass<'a> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.html.len() {
            if self.out.len() - self.data > MAX_BYTES
                || self.tags > MAX_TAGS
                || self.renewed > MAX_RENEWED
            {
                return;
            }
            let rest = &self.html[at..];
            let Some(lt) = memchr::memchr(b'<', rest.as_bytes()) else {
                self.text(rest);
                return;
            };
            self.text(&rest[..lt]);
            at += lt;
            at = self.markup(at);
        }
    }

    /// Keeps a script for the text in its values.
    fn hold(&mut self, content: &str) {
        self.data += content.len();
        self.out.push_str("<script type=");
        self.out.push_str(HELD);
        self.out.push('>');
        self.out.push_str(content);
        self.out.push_str("</script>");
    }

    /// Keeps those scripts that a page with little text of its own may be filled from.
    fn late_scripts(&mut self) {
        /// Bytes of text with which a page needs none.
        const ENOUGH: usize = 6_000;
        let late = std::mem::take(&mut self.late);
        let little = self.prose < ENOUGH;
        let pieces = || late.iter().filter(|script| is_piece(script));
        let pieces = pieces().any(|script| holds_text(script))
            || little && pieces().map(|script| prose(script)).sum::<usize>() >= PROSE;
        for script in late {
            let held = match is_piece(script) {
                true => pieces,
                false => little && prose(script) >= PROSE,
            };
            if held && self.data + script.len() <= MAX_HELD {
                self.hold(script);
            }
        }
    }

    /// One piece of markup starting with `<` at `at`; where to go on.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.html[at..];
        let bytes = rest.as_bytes();
        match bytes.get(1) {
            Some(b'!') if rest.starts_with("<!--") => {
                if rest[4..].starts_with('>') {
                    return at + 5;
                }
                match self.ending(at + 4, "-->") {
                    Some(end) => end + 3,
                    // Never closed: what a browser would swallow to the end is left for the reader.
                    None => at + 4,
                }
            }
            Some(b'!' | b'?') => {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                if bytes.get(1) == Some(&b'!') && end <= MAX_TAG {
                    self.out.push_str(&rest[..end]);
                }
                at + end
            }
            Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                self.end_tag(name(&rest[2..]));
                at + end
            }
            Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(at),
            _ => {
                self.text("&lt;");
                at + 1
            }
        }
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let name = name(&self.html[at + 1..]);
        let (end, attributes) = self.tag_end(at + 1 + name.len());
        let tag = &self.html[at..end];
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "script" => {
                let close = self.ending(end, "</script");
                let stop = close.unwrap_or(end);
                // Structured data is read from `application/ld+json` and its kin.
                let kept = close.is_some() && stop - end <= MAX_DATA && tag.len() <= MAX_TAG;
                if kept && tag.to_ascii_lowercase().contains("json") {
                    self.out.push_str(tag);
                    self.out.push_str(&self.html[end..stop]);
                    self.out.push_str("</script>");
                } else if kept && self.data + (stop - end) <= MAX_HELD {
                    let content = &self.html[end..stop];
                    let dates = crate::dates::variables::published(content);
                    if !dates.is_empty() {
                        self.out.push_str("<script type=");
                        self.out.push_str(DATES);
                        self.out.push('>');
                        self.out.push_str(&dates.join("|"));
                        self.out.push_str("</script>");
                    }
                    // What React sends is cut anywhere, so that all of it is kept or none.
                    if holds_text(content) && !is_piece(content) {
                        self.hold(content);
                    } else if content.len() >= MIN_HELD || is_piece(content) {
                        self.late.push(content);
                    }
                }
                return self.past(stop, close.is_some());
            }
            "style" | "svg" => {
                let ending = if lower == "svg" { "</svg" } else { "</style" };
                let close = self.ending(end, ending);
                return self.past(close.unwrap_or(end), close.is_some());
            }
            // Their content is text to the tree builder, never tags.
            "textarea" | "iframe" | "noframes" | "noembed" | "xmp" | "title" => {
                let ending = match lower.as_str() {
                    "textarea" => "</textarea",
                    "iframe" => "</iframe",
                    "noframes" => "</noframes",
                    "noembed" => "</noembed",
                    "xmp" => "</xmp",
                    _ => "</title",
                };
                let Some(close) = self.ending(end, ending) else {
                    return end;
                };
                if matches!(lower.as_str(), "iframe" | "xmp" | "title") && tag.len() <= MAX_TAG {
                    self.out.push_str(tag);
                    if lower != "iframe" {
                        self.text(&self.html[end..close]);
                    }
                    self.out.push_str("</");
                    self.out.push_str(&lower);
                    self.out.push('>');
                }
                return self.past(close, true);
            }
            // The rest of the page would be text, or no page at all.
            "plaintext" | "frameset" => return end,
            _ => {}
        }
        if lower == "br" {
            self.breaks += 1;
            if self.breaks > MAX_BREAKS {
                return end;
            }
        } else {
            self.breaks = 0;
        }
        if let Some(kind) = FORMATTING.iter().position(|known| *known == lower) {
            if self.formatting.iter().sum::<usize>() >= MAX_FORMATTING {
                return end;
            }
            self.formatting[kind] += 1;
        } else {
            self.renewed += self.formatting.iter().sum::<usize>();
        }
        let nests = !is_void(&lower) && !IMPLIED.contains(&lower.as_str());
        if nests && !tag.ends_with("/>") {
            if self.open.len() >= MAX_DEPTH {
                self.dropped += 1;
                return end;
            }
            self.open.push(name);
        }
        self.tags += 1;
        if attributes > MAX_ATTRIBUTES || tag.len() > MAX_TAG {
            self.out.push('<');
            self.out.push_str(name);
            self.out.push('>');
        } else {
            self.out.push_str(tag);
        }
        end
    }

    fn end_tag(&mut self, name: &str) {
        let lower = name.to_ascii_lowercase();
        if let Some(kind) = FORMATTING.iter().position(|known| *known == lower) {
            if self.formatting[kind] == 0 {
                return;
            }
            self.formatting[kind] -= 1;
        }
        let nests = !is_void(&lower) && !IMPLIED.contains(&lower.as_str());
        if nests {
            if self.dropped > 0 {
                self.dropped -= 1;
                return;
            }
            if let Some(at) = self
                .open
                .iter()
                .rposition(|open| open.eq_ignore_ascii_case(name))
            {
                self.open.truncate(at);
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Where the tag whose attributes start at `at` ends (past its `>`), and how many attributes it has.
    fn tag_end(&mut self, at: usize) -> (usize, usize) {
        let bytes = self.html.as_bytes();
        let (mut i, mut attributes, mut value) = (at, 0, false);
        while let Some(byte) = bytes.get(i) {
            match byte {
                b'>' => return (i + 1, attributes),
                b'=' => value = true,
                b'"' | b'\'' if value => {
                    let quote = if *byte == b'"' { "\"" } else { "'" };
                    match self.ending(i + 1, quote) {
                        Some(end) => i = end,
                        // Never closed: the tag ends where it seems to.
                        None => {
                            let end = bytes[i..].iter().position(|byte| *byte == b'>');
                            return (end.map_or(bytes.len(), |end| i + end + 1), usize::MAX);
                        }
                    }
                    value = false;
                }
                byte if byte.is_ascii_whitespace() => {
                    if bytes
                        .get(i + 1)
                        .is_some_and(|next| next.is_ascii_alphanumeric())
                    {
                        attributes += 1;
                    }
                }
                b'/' => attributes += 1,
                _ => value = false,
            }
            i += 1;
        }
        (bytes.len(), attributes)
    }

    /// Past the end tag at `at`, if there is one there.
    fn past(&self, at: usize, there: bool) -> usize {
        if !there {
            return at;
        }
        self.html[at..]
            .find('>')
            .map_or(self.html.len(), |end| at + end + 1)
    }

    /// Where `needle` (lower case) occurs next, whatever its case.
    fn ending(&mut self, from: usize, needle: &'static str) -> Option<usize> {
        if self.missing.contains(&needle) {
            return None;
        }
        let haystack = self.html.as_bytes().get(from..)?;
        let first = needle.as_bytes()[0];
        let mut at = 0;
        while let Some(found) = haystack
            .get(at..)
            .and_then(|rest| memchr::memchr(first, rest))
        {
            at += found;
            if haystack
                .get(at..at + needle.len())
                .is_some_and(|there| there.eq_ignore_ascii_case(needle.as_bytes()))
            {
                return Some(from + at);
            }
            at += 1;
        }
        self.missing.push(needle);
        None
    }

    fn text(&mut self, text: &str) {
        /// Bytes that no menu's links have.
        const LONG: usize = 80;
        if text.is_empty() {
            return;
        }
        if text.len() >= LONG {
            let long = text.trim_ascii().len();
            self.prose += if long >= LONG { long } else { 0 };
        }
        if !text.trim_ascii().is_empty() {
            self.breaks = 0;
        }
        let room = (MAX_BYTES + 4).saturating_sub(self.out.len());
        let text = if text.len() > room {
            &text[..text.floor_char_boundary(room)]
        } else {
            text
        };
        let references = memchr::memchr_iter(b'&', text.as_bytes()).count();
        self.references += references;
        if references > 0 && self.references > MAX_REFERENCES {
            self.out
                .extend(text.chars().map(|c| if c == '&' { ' ' } else { c }));
        } else {
            self.out.push_str(text);
        }
    }
}

/// The name a tag starts with.
fn name(text: &str) -> &str {
    let end = text
        .bytes()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
        .unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page may be filled from the values of a script; its other contents are not text.
    #[test]
    fn a_script_with_paragraphs_in_its_values_is_kept() {
        let long = "x".repeat(400);
        let state = format!(r#"state = {{"html":"\u003cp>One{long}\u003c/p>"}};"#);
        let page = format!("<script>{state}</script><script>var a = '{long}';</script><p>x");
        assert_eq!(
            limit(&page),
            format!("<script type=text/x-values>{state}</script><p>x")
        );
    }

    /// Without markup a text in a script is known by how it reads; a page with enough text of its own needs none.
    #[test]
    fn a_script_with_prose_in_its_values_is_kept_where_the_page_has_little() {
        let prose =
            "The ferry has left its dock again, and whoever has a ticket may cross. ".repeat(6);
        let chinese = "渡船又开了".repeat(30);
        for state in [
            format!("a = {{\"b\": \"{prose}\", \"c\": 1, \"d\": [1, 2, 3, 4, 5]}};"),
            format!("a = {{b: '{prose}'}};"),
            format!("a = {{\"b\":\"{chinese}\"}};"),
            format!("a = \"{}\";", "QUJD".repeat(200)),
        ] {
            let held = format!("<script type=text/x-values>{state}</script>");
            let page = |text: &str| limit(&format!("<script>{state}</script><p>{text}</p>"));
            assert!(page("x").ends_with(&held), "{state}");
            assert!(
                !page(&"It is told here. ".repeat(400)).contains("<script"),
                "{state}"
            );
        }
        let program = "function a(b, c) { return b === c ? \"x\" : \"y\"; }\n".repeat(40);
        assert_eq!(limit(&format!("<script>{program}</script><p>x")), "<p>x");
    }

    #[test]
    fn of_a_script_with_the_date_of_publication_only_that_is_kept() {
        assert_eq!(
            limit("<script>var publish_time = '2024-06-12'; run(a<b)</script><p>x"),
            "<script type=text/x-dates>2024-06-12</script><p>x"
        );
    }

    #[test]
    fn an_ordinary_page_comes_through_without_its_scripts_and_comments() {
        let page = "<!doctype html><title>A & B</title><script>if (a<b) {}</script><body><!-- x --><p class='a>b'>One <b>two</b><br>3 < 4</p><svg><path d=''/></svg>";
        assert_eq!(
            limit(page),
            "<!doctype html><title>A & B</title><body><p class='a>b'>One <b>two</b><br>3 &lt; 4</p>"
        );
    }

    #[test]
    fn structured_data_stays() {
        let page = r#"<script type="application/ld+json">{"a": "<p>"}</script><p>x"#;
        assert_eq!(limit(page), page);
    }

    #[test]
    fn nesting_is_capped_and_the_text_stays() {
        let page = format!(
            "{}deep{}<p>after</p>",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        );
        // As a reader sees it: the text is there and the tree is shallow.
        let out = limit(&page);
        assert!(out.contains("deep") && out.ends_with("<p>after</p>"));
        assert_eq!(out.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(out.matches("</div>").count(), MAX_DEPTH);
    }

    #[test]
    fn paragraphs_without_end_tags_are_not_depth() {
        let page = "<p>text".repeat(5_000);
        assert_eq!(limit(&page), page);
    }

    #[test]
    fn what_multiplies_is_capped() {
        let page: String = (0..1_000).map(|i| format!("<p><b id={i}>x")).collect();
        assert!(limit(&page).matches("<b").count() <= MAX_FORMATTING);
        let breaks = format!("a{}b", "<br>".repeat(200_000));
        assert!(limit(&breaks).len() < 100);
        let attributes: String = (0..100_000).map(|i| format!(" a{i}=1")).collect();
        assert_eq!(limit(&format!("<p{attributes}>x")), "<p>x");
        assert!(limit(&"&".repeat(1 << 20)).matches('&').count() <= MAX_REFERENCES);
    }

    #[test]
    fn what_is_never_closed_swallows_nothing() {
        assert!(limit("<p>one<!-- two <p>three").contains("three"));
        assert!(limit("<p title=\"one>two<p>three").contains("three"));
        assert!(limit("<textarea><p>three").contains("three"));
        assert!(limit("<style><p>three").contains("three"));
    }

    #[test]
    fn every_kind_of_endlessness_ends() {
        for piece in [
            "<", "<a b=\"", "<!--", "</", "<script>", "<svg", "<p x='y", "&#", "<td>", "<a/",
        ] {
            let page = piece.repeat(200_000);
            assert!(limit(&page).len() <= MAX_BYTES + MAX_TAG);
        }
    }
}
