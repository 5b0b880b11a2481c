//! OPML subscription lists: reading what other readers export, writing OPML 2.0.
//! Never here: files, the configuration.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::ParseError;
use newsprint_html::safe_text;

/// One subscription of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscription {
    /// What the list calls it; empty where it does not.
    pub title: String,
    /// The feed's address, http(s).
    pub url: String,
    /// The site's address, where the list has it.
    pub site: Option<String>,
    /// The group or groups it stands in, outermost first.
    pub groups: Vec<String>,
    /// The reader's own tags (newsboat's; OPML's `category`).
    pub tags: Vec<String>,
    /// Its line in a list that has one for each; 0 in OPML.
    pub line: usize,
}

impl Subscription {
    /// `line 6: `, before what is said of it; nothing where it has no line.
    pub fn place(&self) -> String {
        match self.line {
            0 => String::new(),
            line => format!("line {line}: "),
        }
    }
}

/// What a list gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscriptions {
    /// In the list's order, each address once.
    pub taken: Vec<Subscription>,
    /// Lines that are no subscription newsprint can have, each with the reason.
    pub left_out: Vec<String>,
    /// What of those taken newsprint cannot keep: the address, and a line for people.
    pub notes: Vec<(String, String)>,
    /// Addresses taken, and where in the list they stand.
    seen: HashMap<String, usize>,
}

impl Subscriptions {
    /// Adds one. What is there already gets the tags of the second, and its folder as a tag: readers whose tags are
    /// folders write a feed once for each.
    pub(crate) fn add(&mut self, subscription: Subscription) {
        let Some(&index) = self.seen.get(&subscription.url) else {
            self.seen.insert(subscription.url.clone(), self.taken.len());
            self.taken.push(subscription);
            return;
        };
        let first = &mut self.taken[index];
        let folder = subscription.groups.last();
        let folder = folder.filter(|folder| !first.groups.contains(folder));
        let mut said = false;
        for tag in subscription.tags.iter().chain(folder) {
            if !first.tags.contains(tag) {
                first.tags.push(tag.clone());
                said = true;
            }
        }
        if !said {
            self.left_out.push(format!(
                "{}{}: listed twice",
                subscription.place(),
                subscription.url
            ));
        }
    }
}

/// More subscriptions than anybody has; what follows is left out.
const MOST: usize = 20_000;

/// Levels of nesting whose groups are kept.
const DEEPEST: usize = 16;

/// Reads an OPML document of any version, also without one, with bare ampersands, unclosed outlines and attribute
/// names in any case. An error only for what is no OPML at all.
pub fn read(bytes: &[u8]) -> Result<Subscriptions, ParseError> {
    catch_unwind(AssertUnwindSafe(|| read_outlines(bytes))).unwrap_or_else(|_| {
        Err(ParseError {
            reason: "not an OPML list: the parser failed on it".into(),
            place: None,
        })
    })
}

fn read_outlines(bytes: &[u8]) -> Result<Subscriptions, ParseError> {
    let unpacked = super::feed::unpack(bytes);
    let (text, _) = super::feed::decode(&unpacked, None);
    let mut reader = Reader::from_str(text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;

    let mut list = Subscriptions::default();
    // For each open outline whether it is a group.
    let mut groups: Vec<Option<String>> = Vec::new();
    // The last outline that was opened, while nothing has come within it.
    let mut childless: Option<Outline> = None;
    let mut is_opml = false;
    loop {
        let place = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(tag)) if is(&tag, "outline") => {
                let outline = Outline::new(&tag);
                groups.push(outline.clone().into_group());
                outline.add_to(&mut list, &groups[..groups.len() - 1]);
                childless = Some(outline);
            }
            Ok(Event::Empty(tag)) if is(&tag, "outline") => {
                let outline = Outline::new(&tag);
                outline.add_to(&mut list, &groups);
                outline.leave_out(&mut list);
                childless = None;
            }
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                is_opml |= is(&tag, "opml") || is(&tag, "body");
            }
            Ok(Event::End(tag)) if tag.name().as_ref().eq_ignore_ascii_case("outline") => {
                groups.pop();
                if let Some(outline) = childless.take() {
                    outline.leave_out(&mut list);
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) if is_opml => {
                list.left_out
                    .push(format!("the rest of the document: {error}"));
                break;
            }
            Err(error) => {
                return Err(not_opml(&error.to_string(), &text, place));
            }
        }
        if list.taken.len() >= MOST {
            list.left_out
                .push(format!("the rest of the document: only {MOST} are read"));
            break;
        }
    }
    if !is_opml && list.taken.is_empty() {
        return Err(not_opml("not an OPML file", &text, 0));
    }
    Ok(list)
}

fn not_opml(why: &str, text: &str, place: u64) -> ParseError {
    let end = usize::try_from(place).unwrap_or(0);
    let before = text.get(..end).unwrap_or(text);
    ParseError {
        reason: format!("not an OPML list: {why}"),
        place: Some(format!("line {}", before.matches('\n').count() + 1)),
    }
}

fn is(tag: &BytesStart<'_>, name: &str) -> bool {
    tag.name().as_ref().eq_ignore_ascii_case(name)
}

/// The attributes of one outline that count.
#[derive(Clone, Default)]
struct Outline {
    text: String,
    title: String,
    url: String,
    site: String,
    category: String,
    /// What it is said to be (OPML 2.0: `rss`, `include`, `link`).
    kind: String,
    /// The address of what is no feed.
    other: String,
}

impl Outline {
    fn new(tag: &BytesStart<'_>) -> Self {
        let mut outline = Outline::default();
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let mut value = String::new();
            super::feed::entities(&attribute.value, &mut value);
            let key = attribute.key.as_ref().to_ascii_lowercase();
            let slot = match key.as_str() {
                "text" => &mut outline.text,
                "title" => &mut outline.title,
                "xmlurl" => &mut outline.url,
                "url" => &mut outline.other,
                "type" => &mut outline.kind,
                "htmlurl" => &mut outline.site,
                "category" => &mut outline.category,
                _ => continue,
            };
            *slot = safe_text::line(&value);
        }
        let kind = outline.kind.to_ascii_lowercase();
        if outline.url.is_empty() && !matches!(kind.as_str(), "include" | "link") {
            outline.url = std::mem::take(&mut outline.other);
        }
        outline
    }

    fn name(&self) -> &str {
        if self.title.is_empty() {
            &self.text
        } else {
            &self.title
        }
    }

    /// The group that the outlines within it belong to, if this is one.
    fn into_group(self) -> Option<String> {
        (self.url.is_empty() && self.other.is_empty() && !self.name().is_empty())
            .then(|| self.name().to_owned())
    }

    /// Reports an outline that is neither a feed (no address) nor a folder (no outlines in it).
    fn leave_out(&self, list: &mut Subscriptions) {
        if !self.url.is_empty() || !self.other.is_empty() {
            return;
        }
        let (name, site) = (self.name(), &self.site);
        let reason = match (name, site.as_str()) {
            ("", "") => "an outline without a name: no feed address (xmlUrl)".to_owned(),
            (name, "") => format!("{name}: no feed address (xmlUrl)"),
            (name, site) => format!(
                "{name}: no feed address (xmlUrl); its site can be added: newsprint add {site}"
            ),
        };
        list.left_out
            .push(reason.trim_start_matches(": ").to_owned());
    }

    fn add_to(&self, list: &mut Subscriptions, groups: &[Option<String>]) {
        if !self.other.is_empty() && self.url.is_empty() {
            let what = match self.kind.to_ascii_lowercase().as_str() {
                "include" => "a list of its own, not a feed",
                _ => "a page, not a feed",
            };
            list.left_out.push(format!("{}: {what}", self.other));
        }
        if self.url.is_empty() {
            return;
        }
        let Some(url) = web_address(&self.url) else {
            list.left_out
                .push(format!("{}: not a web address", self.url));
            return;
        };
        let tags = self.category.split(',').map(|tag| {
            // OPML 2.0: a category may be a path from a root.
            tag.trim().trim_start_matches('/').to_owned()
        });
        list.add(Subscription {
            title: self.name().to_owned(),
            url,
            site: web_address(&self.site),
            groups: groups.iter().take(DEEPEST).flatten().cloned().collect(),
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
            line: 0,
        });
    }
}

/// The address, if it is an http(s) one; as it is written, for it is what the reader had. `feed:` is a wrapper.
pub fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let wrapper = text
        .get(..5)
        .filter(|start| start.eq_ignore_ascii_case("feed:"));
    let unwrapped = match wrapper.map(|_| &text[5..]) {
        Some(rest) if rest.starts_with("//") => format!("http:{rest}"),
        Some(rest) => rest.to_owned(),
        None => text.to_owned(),
    };
    let url = url::Url::parse(&unwrapped).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(unwrapped)
}

/// Writes a list as OPML 2.0, subscriptions of one group together, groups in the order they come.
pub fn write(subscriptions: &[Subscription]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head><title>newsprint</title></head>\n  <body>\n",
    );
    let mut groups: Vec<&[String]> = Vec::new();
    for subscription in subscriptions {
        if !groups.contains(&subscription.groups.as_slice()) {
            groups.push(&subscription.groups);
        }
    }
    for group in groups {
        let mut indent = String::from("    ");
        for name in group {
            out.push_str(&indent);
            out.push_str("<outline");
            attribute(&mut out, "text", name);
            out.push_str(">\n");
            indent.push_str("  ");
        }
        for subscription in subscriptions.iter().filter(|one| one.groups == group) {
            out.push_str(&indent);
            out.push_str("<outline type=\"rss\"");
            let title = match subscription.title.as_str() {
                "" => &subscription.url,
                title => title,
            };
            attribute(&mut out, "text", title);
            attribute(&mut out, "title", title);
            attribute(&mut out, "xmlUrl", &subscription.url);
            if let Some(site) = &subscription.site {
                attribute(&mut out, "htmlUrl", site);
            }
            if !subscription.tags.is_empty() {
                attribute(&mut out, "category", &subscription.tags.join(","));
            }
            out.push_str("/>\n");
        }
        for _ in group {
            indent.truncate(indent.len() - 2);
            out.push_str(&indent);
            out.push_str("</outline>\n");
        }
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&quick_xml::escape::escape(value));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(list: &Subscriptions) -> Vec<&str> {
        list.taken.iter().map(|one| one.url.as_str()).collect()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let one = |title: &str, url: &str, groups: &[&str]| Subscription {
            title: title.into(),
            url: url.into(),
            site: Some("https://paper.example/".into()),
            groups: groups.iter().map(|&group| group.into()).collect(),
            tags: vec!["a b".into(), "c".into()],
            line: 0,
        };
        let list = [
            one(
                "Paper & \"Co\" <x>",
                "https://paper.example/feed?a=1&b=2",
                &[],
            ),
            one("Two", "https://two.example/feed", &["Region", "South"]),
            one("Three", "https://three.example/feed", &["Region"]),
        ];
        let read = read(write(&list).as_bytes()).expect("OPML");
        assert_eq!(read.left_out, Vec::<String>::new());
        assert_eq!(read.taken, list);
    }

    #[test]
    fn sloppy_lists_are_read() {
        let list = read(
            b"\xef\xbb\xbf <opml><head><title>My & lists</title></head><body>
            <outline text='News & more'>
              <OUTLINE TEXT='One' XMLURL='https://one.example/?a=1&b=2' htmlurl='https://one.example/'/>
              <outline title=\"Two\" xmlUrl=\"feed:https://two.example/\"></outline>
            </outline>
            <outline xmlUrl='https://one.example/?a=1&amp;b=2'/>
            <outline text='bad' xmlUrl='javascript:alert(1)'/>
            <outline text='Three' type='rss' url='https://three.example/'",
        )
        .expect("OPML");
        assert_eq!(
            urls(&list)[..2],
            ["https://one.example/?a=1&b=2", "https://two.example/"]
        );
        assert_eq!(list.taken[0].groups, ["News & more"]);
        assert_eq!(list.taken[1].title, "Two");
        assert_eq!(list.left_out.len(), 3, "{:?}", list.left_out);
    }

    #[test]
    fn outlines_without_an_address_are_told_and_folders_are_not() {
        let list = read(
            b"<opml><body><outline text='Folder'><outline text='One' xmlUrl='https://one.example/f'/>
            <outline text='Paper' type='rss' htmlUrl='https://paper.example/'/></outline>
            <outline text='Notes'></outline><outline/></body></opml>",
        )
        .expect("OPML");
        assert_eq!(urls(&list), ["https://one.example/f"]);
        assert_eq!(
            list.left_out,
            [
                "Paper: no feed address (xmlUrl); its site can be added: newsprint add https://paper.example/",
                "Notes: no feed address (xmlUrl)",
                "an outline without a name: no feed address (xmlUrl)",
            ]
        );
    }

    #[test]
    fn an_empty_list_is_one_and_a_page_is_none() {
        let list = read(b"<opml version='1.0'><head/><body></body></opml>");
        assert_eq!(list, Ok(Subscriptions::default()));
        for other in ["", "hello", "<html><p>x</p></html>"] {
            let error = read(other.as_bytes()).expect_err(other);
            assert!(
                error.to_string().starts_with("not an OPML list: "),
                "{error}"
            );
        }
    }
}
