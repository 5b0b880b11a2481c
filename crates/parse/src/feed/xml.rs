//! Any XML feed, however damaged, rewritten as well-formed Atom 1.0 that feed-rs reads without loss.
//! Never here: bytes (`decode`), JSON (`json`), the model (`feed`).

mod enter;
mod fields;

use std::collections::HashMap;

use newsprint_html::elements::is_void;
use url::Url;

use super::draft::{self, Draft, Rank};
use super::vocabulary::{self, Name, Space};
use super::xml_tokens::{self, Entities, Scanner, Token, attributes};
use super::{Extras, MOST_ENTRIES, titles};
use crate::ParseError;
use crate::dates::feed as feed_dates;

/// Elements held open at once; deeper ones are read as if they stood here. No feed has a tenth of it.
const DEEPEST: usize = 128;

/// Prefixes declared at once; more are not read.
const MOST_PREFIXES: usize = 256;

/// Bytes of one single-line field (a title, a link, a date) that are kept.
const LONGEST_LINE: usize = 64 * 1024;

/// A feed as feed-rs will read it.
pub(super) struct Normalized {
    /// An Atom document.
    pub(super) atom: String,
    pub(super) extras: Extras,
}

/// Rewrites a document. `base` is where it was found.
pub(super) fn normalize(text: &str, base: Option<Url>) -> Result<Normalized, ParseError> {
    let mut normalizer = Normalizer::new(text, base);
    normalizer.run()?;
    normalizer.finish()
}

/// Where an element stands, which decides what its children mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Outside of everything.
    Outside,
    /// Directly in the feed.
    Feed,
    /// Directly in an entry, or in a wrapper whose children are the entry's.
    Entry,
    /// In an element of an entry that nobody knows: what may stand there several times is the entry's.
    Wrapper,
    /// In a file that comes along (`media:content`): what is said there is said of it.
    Media,
    /// In what an Atom entry says of the feed it was taken from.
    Source,
    /// In an author.
    Person,
    /// In an image.
    Image,
    /// In `skipHours` or `skipDays`.
    Skips,
    /// Within a field's own markup.
    Markup,
    /// In something that is not for us.
    Nowhere,
}

/// What the text being gathered will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Line(Name),
    Body(Name),
}

/// What the root says, where the same name means different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Atom,
    Cdf,
    /// RSS of every version, and what is none.
    Other,
}

/// How a field's text is to be read (Atom's `type`, Atom 0.3's `type` and `mode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Html,
    Xhtml,
    Base64,
    /// Undeclared: RSS leaves it to the reader.
    Unsaid,
}

struct Open<'a> {
    name: &'a str,
    place: Place,
    /// Whether `</name>` has to be written into the field being gathered.
    written: Option<&'a str>,
    /// What to return to.
    base: usize,
    prefixes: usize,
}

struct Capture {
    field: Field,
    /// The depth of its element.
    depth: usize,
    kind: Kind,
    text: String,
    /// Child elements have been met: the text is markup from there on.
    markup: bool,
    /// Text is escaped as it is added, for it stands within markup.
    escaping: bool,
    /// A guid's `isPermaLink` where it says so; else it is one by default.
    permalink: Option<bool>,
    /// What a link's `rel` is worth.
    rank: Rank,
}

struct Normalizer<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
    entities: Entities<'a>,
    open: Vec<Open<'a>>,
    /// Elements beyond [`DEEPEST`], by name.
    beyond: HashMap<&'a str, usize>,
    prefixes: Vec<(&'a str, Space)>,
    bases: Vec<Option<Url>>,
    capture: Option<Capture>,
    /// Text directly within a person or an image.
    loose: String,
    person: Person,
    /// The address of the file that what follows is said of.
    last_media: Option<String>,
    /// The attributes of the enclosure that is open, where its address stands within it.
    enclosure: &'a str,
    entry: Option<Draft>,
    feed: Draft,
    out: draft::Writer,
    extras: Extras,
    root: Option<(&'a str, usize)>,
    is_feed: bool,
    dialect: Dialect,
    in_days: bool,
    period_minutes: Option<u32>,
    frequency: Option<u32>,
    stray_ampersands: usize,
    unclosed: usize,
    left_out: usize,
    too_many: usize,
    cut_entry: Option<bool>,
}

impl Dialect {
    /// The dialect of a document whose root is called so.
    fn of(root: &str) -> Self {
        if root.eq_ignore_ascii_case("feed") || root.eq_ignore_ascii_case("entry") {
            Dialect::Atom
        } else if root.eq_ignore_ascii_case("channel") {
            Dialect::Cdf
        } else {
            Dialect::Other
        }
    }
}

#[derive(Default)]
struct Person {
    name: String,
    email: String,
}

impl<'a> Normalizer<'a> {
    fn new(text: &'a str, base: Option<Url>) -> Self {
        Normalizer {
            text,
            scanner: Scanner::new(text),
            entities: Entities::default(),
            open: Vec::new(),
            beyond: HashMap::new(),
            prefixes: Vec::new(),
            bases: vec![base],
            capture: None,
            loose: String::new(),
            person: Person::default(),
            last_media: None,
            enclosure: "",
            entry: None,
            feed: Draft::default(),
            out: draft::Writer::new(),
            extras: Extras::default(),
            root: None,
            is_feed: false,
            dialect: Dialect::Other,
            in_days: false,
            period_minutes: None,
            frequency: None,
            stray_ampersands: 0,
            unclosed: 0,
            left_out: 0,
            too_many: 0,
            cut_entry: None,
        }
    }

    fn run(&mut self) -> Result<(), ParseError> {
        while let Some(token) = self.scanner.next() {
            match token {
                Token::Start {
                    name,
                    attributes,
                    empty,
                } => {
                    if self.root.is_none() {
                        let position = self.scanner.position();
                        self.root = Some((name, position));
                        if name.eq_ignore_ascii_case("html") {
                            return Err(super::not_a_feed(
                                "it is an HTML page",
                                self.text,
                                position,
                            ));
                        }
                    }
                    self.start(name, attributes, empty);
                }
                Token::End { name } => self.end(name),
                Token::Text(raw) => self.gather(raw, false),
                Token::Cdata(raw) => self.gather(raw, true),
                Token::Doctype(subset) => self.entities.declare(subset),
            }
        }
        Ok(())
    }

    fn place(&self) -> Place {
        self.open.last().map_or(Place::Outside, |open| open.place)
    }

    fn base(&self) -> Option<&Url> {
        self.bases.last().and_then(Option::as_ref)
    }

    /// The vocabulary and the local name of an element.
    fn resolve(&self, name: &'a str) -> (Space, &'a str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let declared = self
            .prefixes
            .iter()
            .rev()
            .find(|(other, _)| *other == prefix)
            .map(|(_, space)| *space);
        let space = match declared {
            // A default namespace that nobody knows is a feed's own, or it would not be the root's.
            Some(Space::Unknown) if prefix.is_empty() => Space::Feed,
            Some(space) => space,
            None => vocabulary::customary(prefix),
        };
        (space, local)
    }

    fn start(&mut self, raw: &'a str, attributes: &'a str, empty: bool) {
        let (mut space, mut local) = self.resolve(raw);
        let mut name = vocabulary::name(space, local);
        if self.capture.is_some() || name == Name::Entry {
            self.close_what_cannot_contain(name, space);
        }
        if self.open.len() >= DEEPEST {
            if !empty {
                *self.beyond.entry(raw).or_default() += 1;
            }
            return;
        }
        let prefixes = self.prefixes.len();
        let bases = self.bases.len();
        if !attributes.is_empty() {
            self.declarations(attributes);
            if self.prefixes.len() > prefixes {
                (space, local) = self.resolve(raw);
                name = vocabulary::name(space, local);
            }
        }
        if self.place() == Place::Outside && !self.is_feed {
            // A root that is called as a feed is one, in whatever namespace.
            if self.open.is_empty()
                && space == Space::Unknown
                && vocabulary::name(Space::Feed, local) == Name::Feed
            {
                let prefix = raw.split_once(':').map_or("", |(prefix, _)| prefix);
                self.prefixes.push((prefix, Space::Feed));
                (space, name) = (Space::Feed, Name::Feed);
            }
            if space == Space::Feed {
                self.dialect = Dialect::of(local);
            }
        }
        if self.dialect == Dialect::Cdf && local.eq_ignore_ascii_case("a") {
            name = Name::Link;
        }
        let mut open = Open {
            name: raw,
            place: Place::Nowhere,
            written: None,
            base: bases,
            prefixes,
        };
        if self.capture.is_some() {
            open.place = Place::Markup;
            open.written = Some(if space == Space::Unknown { raw } else { local });
            self.start_markup(open.written.unwrap_or(raw), attributes, empty);
        } else {
            open.place = self.enter(name, space, attributes);
        }
        self.open.push(open);
        if empty {
            self.close(true);
        }
    }

    /// `xmlns`, `xml:base` and `xml:lang`.
    fn declarations(&mut self, text: &'a str) {
        if !text.contains("xml") {
            return;
        }
        for (name, value) in attributes(text) {
            if let Some(prefix) = name.strip_prefix("xmlns") {
                let prefix = prefix.strip_prefix(':').unwrap_or(prefix);
                if self.prefixes.len() < MOST_PREFIXES {
                    self.prefixes.push((prefix, vocabulary::space(value)));
                }
            } else if name == "xml:base" && self.bases.len() < DEEPEST {
                let value = self.value(value);
                let base = match self.base() {
                    Some(base) => base.join(value.trim()).ok().or_else(|| Some(base.clone())),
                    None => Url::parse(value.trim()).ok(),
                };
                self.bases.push(base);
            }
        }
    }

    /// An element that cannot stand within the open field ends it: the field's end tag was forgotten.
    fn close_what_cannot_contain(&mut self, name: Name, space: Space) {
        if let Some(capture) = &self.capture
            && matches!(capture.field, Field::Line(Name::Keywords | Name::Tags))
            && matches!(name, Name::Category | Name::SpareCategory)
            && space == Space::Feed
        {
            // Tags with an element each.
            let depth = capture.depth;
            self.capture = None;
            if let Some(open) = self.open.get_mut(depth) {
                open.place = Place::Wrapper;
            }
        }
        if let Some(capture) = &self.capture
            && !self.in_image_of(capture.depth)
        {
            let ends = match capture.field {
                Field::Line(_) => {
                    space == Space::Feed
                        && matches!(
                            name,
                            Name::Entry
                                | Name::Title
                                | Name::Link
                                | Name::Guid
                                | Name::Summary
                                | Name::Published
                                | Name::Updated
                                | Name::Category
                                | Name::Person
                                | Name::Enclosure
                        )
                }
                Field::Body(_) => name == Name::Entry && space == Space::Feed,
            };
            if ends {
                let depth = capture.depth;
                self.unclosed += 1;
                self.close_to(depth);
            }
        }
        // An entry within an entry is the next one; the end tag of the first was forgotten.
        if name == Name::Entry && self.entry.is_some() && self.capture.is_none() {
            let depth = self
                .open
                .iter()
                .rposition(|open| open.place == Place::Entry && self.is_entry(open.name));
            if let Some(depth) = depth {
                self.unclosed += 1;
                self.close_to(depth);
            }
        }
    }

    /// Whether a picture is open within the field at `depth`: its title and link are its own.
    fn in_image_of(&self, depth: usize) -> bool {
        self.open.iter().skip(depth + 1).any(|open| {
            let (space, local) = self.resolve(open.name);
            vocabulary::name(space, local) == Name::Image
        })
    }

    fn is_entry(&self, raw: &'a str) -> bool {
        let (space, local) = self.resolve(raw);
        vocabulary::name(space, local) == Name::Entry
    }

    /// Decides what an element outside of any field begins; returns the place of its children.
    fn enter(&mut self, name: Name, space: Space, attributes: &'a str) -> Place {
        let place = self.place();
        match (place, name) {
            (Place::Outside, Name::Feed) => {
                self.is_feed = true;
                self.feed_attributes(attributes);
                Place::Feed
            }
            (Place::Outside, Name::Entry) => {
                self.is_feed = true;
                self.begin_entry(attributes);
                Place::Entry
            }
            // What stands around a feed is looked through.
            (Place::Outside, _) => Place::Outside,
            (Place::Feed, Name::Feed) => {
                self.feed_attributes(attributes);
                Place::Feed
            }
            (Place::Feed | Place::Nowhere, Name::Entry) if self.entry.is_none() => {
                self.begin_entry(attributes);
                Place::Entry
            }
            (Place::Feed, _) => self.enter_field(name, space, attributes),
            (Place::Entry, _) => self.enter_field(name, space, attributes),
            (
                Place::Wrapper,
                Name::Category
                | Name::Subject
                | Name::Keywords
                | Name::Tags
                | Name::SpareCategory
                | Name::Chapter
                | Name::Enclosure
                | Name::MediaContent,
            ) => self.enter_field(name, space, attributes),
            (Place::Wrapper, Name::Content) if space == Space::Rdf && self.in_content_items() => {
                self.enter_field(name, space, attributes)
            }
            (Place::Wrapper, Name::Other) => Place::Wrapper,
            (Place::Media, Name::MediaTitle | Name::SpareSummary) => {
                let kind = self.kind_of(attributes);
                self.capture(Field::Line(Name::MediaCaption), kind);
                Place::Markup
            }
            (
                Place::Media,
                Name::Image
                | Name::Keywords
                | Name::SpareCategory
                | Name::MediaPlayer
                | Name::AlternateSource
                | Name::Transcript,
            ) => self.enter_field(name, space, attributes),
            (Place::Source, Name::Person) => self.enter_field(name, space, attributes),
            (Place::Person, Name::AuthorCalled | Name::AuthorEmail) => {
                self.capture(Field::Line(name), Kind::Plain);
                Place::Markup
            }
            (Place::Image, Name::ImageUrl) => {
                self.capture(Field::Line(name), Kind::Plain);
                Place::Markup
            }
            (Place::Skips, Name::Hour | Name::Day) => {
                self.capture(Field::Line(name), Kind::Plain);
                Place::Markup
            }
            _ => Place::Nowhere,
        }
    }

    /// Whether RSS 1.0's `content:items` is open.
    fn in_content_items(&self) -> bool {
        let mut open = self.open.iter().rev();
        open.any(|open| self.resolve(open.name).0 == Space::Content)
    }

    fn feed_attributes(&mut self, text: &'a str) {
        for (name, value) in attributes(text) {
            if name == "xml:lang" {
                self.feed.lang = Some(self.value(value));
            } else if name.eq_ignore_ascii_case("href") {
                // CDF's channel.
                let value = self.value(value);
                self.link(&value, Rank::Alternate);
            } else if name.eq_ignore_ascii_case("base") {
                let value = self.value(value);
                if let Ok(base) = Url::parse(value.trim()) {
                    self.bases.push(Some(base));
                }
            }
        }
    }

    fn begin_entry(&mut self, text: &'a str) {
        self.entry = Some(Draft::default());
        for (name, value) in attributes(text) {
            let local = name.rsplit(':').next().unwrap_or(name);
            let value = self.value(value);
            if name == "xml:lang" {
                self.draft().lang = Some(value);
            } else if local == "about" {
                // RSS 1.0: the identifier, which should be the link.
                self.link(&value, Rank::Identifier);
                self.draft().guid = Some(value);
            } else if local.eq_ignore_ascii_case("href") {
                self.link(&value, Rank::Alternate);
            } else if local.eq_ignore_ascii_case("lastmod") {
                self.draft().updated = feed_dates::parse(&value);
            }
        }
    }

    /// What is being described: the entry, else the feed.
    fn draft(&mut self) -> &mut Draft {
        self.entry.as_mut().unwrap_or(&mut self.feed)
    }

    /// A child element within a field.
    fn start_markup(&mut self, name: &str, attributes: &str, empty: bool) {
        let Some(capture) = &mut self.capture else {
            return;
        };
        if !capture.markup {
            capture.markup = true;
            // Text before the first child: escaped if it was text, left if it was HTML already (a description that
            // mixes both).
            if !capture.text.contains('<') {
                capture.escaping = true;
                let text = std::mem::take(&mut capture.text);
                xml_tokens::escape(&text, &mut capture.text);
            }
        }
        let text = &mut capture.text;
        text.push('<');
        text.push_str(name);
        if !attributes.trim().is_empty() {
            text.push(' ');
            xml_tokens::push_text(text, attributes.trim());
        }
        text.push('>');
        // `<b/>` would stay open in HTML.
        if empty && !is_void(name) {
            text.push_str("</");
            text.push_str(name);
            text.push('>');
        }
    }

    /// Text, wherever it stands.
    fn gather(&mut self, raw: &str, cdata: bool) {
        let place = self.place();
        let entities = &mut self.entities;
        if let Some(capture) = &mut self.capture {
            let into = &mut capture.text;
            let raw = match capture.field {
                Field::Line(_) if into.len() > LONGEST_LINE => return,
                Field::Line(_) => &raw[..raw.floor_char_boundary(LONGEST_LINE)],
                Field::Body(_) => raw,
            };
            if capture.escaping {
                let mut text = String::with_capacity(raw.len());
                if cdata {
                    text.push_str(raw);
                } else {
                    self.stray_ampersands += xml_tokens::decode(raw, entities, &mut text);
                }
                xml_tokens::escape(&text, into);
            } else if cdata {
                xml_tokens::push_text(into, raw);
            } else {
                self.stray_ampersands += xml_tokens::decode(raw, entities, into);
            }
        } else if matches!(place, Place::Person | Place::Image) && self.loose.len() < LONGEST_LINE {
            if cdata {
                xml_tokens::push_text(&mut self.loose, raw);
            } else {
                xml_tokens::decode(raw, entities, &mut self.loose);
            }
        }
    }

    fn end(&mut self, name: &'a str) {
        if !self.beyond.is_empty()
            && let Some(count) = self.beyond.get_mut(name)
            && *count > 0
        {
            *count -= 1;
            return;
        }
        match self.open.iter().rposition(|open| open.name == name) {
            Some(depth) => {
                self.unclosed += self.open.len() - 1 - depth;
                self.close_to(depth);
            }
            None => self.unclosed += 1,
        }
    }

    /// Closes everything from `depth` on.
    fn close_to(&mut self, depth: usize) {
        if !self.beyond.is_empty() {
            self.beyond.clear();
        }
        while self.open.len() > depth {
            self.close(false);
        }
    }

    /// Closes the innermost element.
    fn close(&mut self, empty: bool) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let depth = self.open.len();
        match &mut self.capture {
            Some(capture) if capture.depth == depth => {
                if let Some(capture) = self.capture.take() {
                    self.field(capture);
                }
            }
            Some(capture) => {
                if let (Some(name), false) = (open.written, empty)
                    && !is_void(name)
                {
                    capture.text.push_str("</");
                    capture.text.push_str(name);
                    capture.text.push('>');
                }
            }
            None => match open.place {
                Place::Person => self.end_person(),
                Place::Image => {
                    let loose = std::mem::take(&mut self.loose);
                    if !loose.trim().is_empty() {
                        self.image(&loose, Rank::Thumbnail);
                    }
                }
                Place::Entry if self.is_entry(open.name) => self.end_entry(),
                _ => {}
            },
        }
        self.prefixes.truncate(open.prefixes);
        self.bases.truncate(open.base.max(1));
    }

    fn end_person(&mut self) {
        let person = std::mem::take(&mut self.person);
        let loose = std::mem::take(&mut self.loose);
        let [written, loose] = [person.name, loose].map(|name| titles::plain_line(&name));
        let name = [written, titles::person(&loose), person.email]
            .into_iter()
            .find(|name| !name.trim().is_empty());
        if let Some(name) = name {
            let of_source = self.place() == Place::Source;
            let draft = self.draft();
            match of_source {
                true => draft.spare_authors.push(name),
                false => draft.authors.push(name),
            }
        }
    }

    fn end_entry(&mut self) {
        if let Some(mut entry) = self.entry.take() {
            // RFC 4287, 4.2.1: the feed's authors are those of its entries that have none.
            if self.dialect == Dialect::Atom && entry.authors.is_empty() {
                let spare = &mut entry.spare_authors;
                if spare.is_empty() {
                    spare.clone_from(&self.feed.authors);
                }
            }
            if self.extras.entries.len() == MOST_ENTRIES {
                self.too_many += 1;
                return;
            }
            self.out.entry(&entry);
            self.extras.entries.push(entry.into());
        }
    }

    /// Closes what the end of the document left open, and writes the feed.
    fn finish(mut self) -> Result<Normalized, ParseError> {
        let unfinished = !self.open.is_empty();
        let cut = self.scanner.flaws.cut || unfinished;
        if self.entry.is_some() || cut {
            // A line that is cut in the middle is wrong; a text that is cut is still worth reading.
            if self
                .capture
                .as_ref()
                .is_some_and(|capture| matches!(capture.field, Field::Line(_)))
            {
                self.capture = None;
            }
            let worth = self.entry.as_ref().is_some_and(|entry| {
                entry.guid.is_some() || entry.link.is_some() || entry.title.is_some()
            }) || self
                .capture
                .as_ref()
                .is_some_and(|capture| !capture.text.trim().is_empty());
            self.cut_entry = self.entry.is_some().then_some(worth);
            if !worth {
                self.entry = None;
            }
        }
        self.close_to(0);

        if !self.is_feed {
            return Err(match self.root {
                Some((name, position)) => {
                    let name = titles::brief(name);
                    super::not_a_feed(&format!("it begins with <{name}>"), self.text, position)
                }
                None if self.text.trim().is_empty() => ParseError {
                    reason: "not a feed: the document is empty".into(),
                    place: None,
                },
                None => super::not_a_feed("no markup found", self.text, 0),
            });
        }

        if unfinished && self.extras.entries.is_empty() {
            // Nothing of it is worth a success: the next answer may be whole.
            return Err(super::not_a_feed(
                "it is cut off before its first entry ends",
                self.text,
                self.text.len(),
            ));
        }
        self.repairs(cut);
        let mut extras = self.extras;
        extras.ttl_minutes = extras.ttl_minutes.or_else(|| {
            let frequency = self.frequency.unwrap_or(1).max(1);
            Some((self.period_minutes? / frequency).max(1))
        });
        extras.lang = self.feed.lang.take();
        let atom = self.out.finish(&self.feed);
        Ok(Normalized { atom, extras })
    }

    fn repairs(&mut self, cut: bool) {
        let repairs = &mut self.extras.repairs;
        if cut {
            repairs.push("The document is cut off.".into());
        }
        match self.cut_entry {
            Some(true) if cut => repairs.push("The last entry is not complete.".into()),
            Some(false) => repairs.push("The last entry was truncated and skipped.".into()),
            _ => {}
        }
        let mut counted = |count: usize, what: &str| {
            if count > 0 {
                repairs.push(format!("{count} {what}"));
            }
        };
        counted(self.scanner.flaws.stray_brackets, "`<` stood as text.");
        counted(
            self.scanner.flaws.unclosed_cdata,
            "CDATA sections were not closed.",
        );
        counted(self.stray_ampersands, "`&` stood as text.");
        counted(self.unclosed, "tags had no counterpart.");
        counted(
            self.left_out,
            "links were not web addresses and were skipped.",
        );
    }
}

/// An absolute http(s) address of what a feed calls a link; `None` for what nobody can open.
pub(super) fn address(href: &str, base: Option<&Url>) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.len() > LONGEST_LINE {
        return None;
    }
    let url = if href
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."))
    {
        // As people write it; as a relative link it would be a file of that name.
        Url::parse(&format!("https://{href}")).ok()?
    } else {
        match base {
            Some(base) => base.join(href).ok()?,
            None => Url::parse(href).ok()?,
        }
    };
    (matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|host| !host.is_empty()))
    .then(|| url.into())
}
