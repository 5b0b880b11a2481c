//! Any XML feed, however damaged, rewritten as well-formed Atom 1.0 that feed-rs reads without loss.
//! Never here: bytes (`decode`), JSON (`json`), the model (`feed`).

use std::collections::HashMap;

use newsprint_html::elements::is_void;
use newsprint_html::safe_text;
use newsprint_model::{Media, MediaRole};
use url::Url;

use super::draft::{self, Draft, Rank, Text};
use super::media::{Said, media, seconds};
use super::vocabulary::{self, Name, Space};
use super::xml_tokens::{self, Entities, Scanner, Token, attributes};
use super::{Extras, MOST_ENTRIES, plain_text, titles};
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
    /// Attributes that decide: a guid's `isPermaLink`, a link's `rel`.
    permalink: bool,
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
    entry: Option<Draft>,
    feed: Draft,
    out: draft::Writer,
    extras: Extras,
    root: Option<(&'a str, usize)>,
    is_feed: bool,
    in_days: bool,
    period_minutes: Option<u32>,
    frequency: Option<u32>,
    stray_ampersands: usize,
    unclosed: usize,
    left_out: usize,
    too_many: usize,
    cut_entry: Option<bool>,
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
            entry: None,
            feed: Draft::default(),
            out: draft::Writer::new(),
            extras: Extras::default(),
            root: None,
            is_feed: false,
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
        if let Some(capture) = &self.capture {
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
                | Name::Enclosure
                | Name::MediaContent,
            ) => self.enter_field(name, space, attributes),
            (Place::Wrapper, Name::Other) => Place::Wrapper,
            (Place::Media, Name::MediaTitle | Name::SpareSummary) => {
                let kind = self.kind_of(attributes);
                self.capture(Field::Line(Name::MediaCaption), kind);
                Place::Markup
            }
            (Place::Media, Name::Image | Name::Keywords | Name::MediaPlayer) => {
                self.enter_field(name, space, attributes)
            }
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

    fn feed_attributes(&mut self, text: &'a str) {
        for (name, value) in attributes(text) {
            if name == "xml:lang" {
                self.feed.lang = Some(self.value(value));
            } else if name.eq_ignore_ascii_case("href") {
                // CDF's channel.
                let value = self.value(value);
                self.link(&value, Rank::Alternate);
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

    /// A child of the feed or of an entry.
    fn enter_field(&mut self, name: Name, space: Space, attributes: &'a str) -> Place {
        let in_entry = self.entry.is_some();
        match name {
            Name::Title | Name::MediaTitle => {
                let kind = self.kind_of(attributes);
                self.capture(Field::Line(name), kind);
                Place::Markup
            }
            Name::Link => self.enter_link(attributes),
            Name::Guid
            | Name::Published
            | Name::Updated
            | Name::Created
            | Name::Creator
            | Name::SpareCreator
            | Name::Language
            | Name::Ttl
            | Name::UpdatePeriod
            | Name::UpdateFrequency
            | Name::Duration
            | Name::Comments
            | Name::Keywords => {
                self.capture(Field::Line(name), Kind::Unsaid);
                if name == Name::Guid && !attributes.is_empty() {
                    self.guid_attributes(attributes);
                }
                Place::Markup
            }
            Name::Category | Name::Subject => {
                self.category_attributes(attributes);
                self.capture(Field::Line(name), Kind::Unsaid);
                Place::Markup
            }
            Name::Summary | Name::SpareSummary | Name::Content => {
                if !in_entry {
                    return Place::Nowhere;
                }
                if name == Name::Content {
                    self.content_source(attributes);
                }
                let kind = match space {
                    Space::Xhtml => Kind::Xhtml,
                    _ => self.kind_of(attributes),
                };
                self.capture(Field::Body(name), kind);
                Place::Markup
            }
            Name::Person => {
                self.person = Person::default();
                self.loose.clear();
                Place::Person
            }
            Name::Image => {
                self.loose.clear();
                self.image_attributes(attributes, "url", Rank::Thumbnail);
                self.image_attributes(attributes, "href", Rank::Thumbnail);
                Place::Image
            }
            Name::MediaContent => {
                self.image_attributes(attributes, "url", Rank::Picture);
                self.media_attributes(attributes, MediaRole::Enclosure);
                Place::Media
            }
            Name::MediaGroup => Place::Entry,
            Name::Enclosure => {
                self.image_attributes(attributes, "url", Rank::Enclosure);
                self.media_attributes(attributes, MediaRole::Enclosure);
                Place::Nowhere
            }
            Name::Chapters | Name::Transcript => {
                let role = match name {
                    Name::Chapters => MediaRole::Chapters,
                    _ => MediaRole::Transcript,
                };
                self.media_attributes(attributes, role);
                Place::Nowhere
            }
            Name::Other if in_entry => Place::Wrapper,
            Name::SkipHours | Name::SkipDays if !in_entry => {
                self.in_days = name == Name::SkipDays;
                Place::Skips
            }
            _ => Place::Nowhere,
        }
    }

    fn capture(&mut self, field: Field, kind: Kind) {
        self.capture = Some(Capture {
            field,
            depth: self.open.len(),
            kind,
            text: String::new(),
            markup: kind == Kind::Xhtml,
            escaping: kind == Kind::Xhtml,
            permalink: true,
            rank: Rank::Alternate,
        });
    }

    /// Atom's `type` and Atom 0.3's `mode`.
    fn kind_of(&self, text: &'a str) -> Kind {
        let (mut kind, mut mode) = (String::new(), "");
        for (name, value) in attributes(text) {
            match name {
                "type" => kind = value.trim().to_ascii_lowercase(),
                "mode" => mode = value,
                _ => {}
            }
        }
        if mode.eq_ignore_ascii_case("base64") {
            return Kind::Base64;
        }
        match kind.as_str() {
            "" => Kind::Unsaid,
            // What is called plain, yet escaped as if it were HTML, is decided by its looks.
            "text" | "plain" | "text/plain" if mode.eq_ignore_ascii_case("escaped") => Kind::Unsaid,
            "text" | "plain" | "text/plain" => Kind::Plain,
            "html" | "text/html" => Kind::Html,
            kind if kind == "xhtml" || kind.ends_with("xml") => {
                if mode.eq_ignore_ascii_case("escaped") {
                    Kind::Html
                } else {
                    Kind::Xhtml
                }
            }
            kind if kind.starts_with("text/") => Kind::Plain,
            // RFC 4287, 4.1.3.3: everything else is base64.
            kind if kind.contains('/') => Kind::Base64,
            _ => Kind::Unsaid,
        }
    }

    fn enter_link(&mut self, text: &'a str) -> Place {
        let (mut href, mut rel, mut media_type) = (None, String::new(), String::new());
        let mut title = String::new();
        for (name, value) in attributes(text) {
            match name {
                "href" | "HREF" => href = Some(self.value(value)),
                "rel" => rel = value.trim().to_ascii_lowercase(),
                "type" => media_type = value.trim().to_ascii_lowercase(),
                "title" => title = self.value(value),
                _ => {}
            }
        }
        let rank = match rel.as_str() {
            "" | "alternate" | "http://www.iana.org/assignments/relation/alternate" => {
                let page = media_type.is_empty()
                    || media_type.contains("html")
                    || media_type.starts_with("text/plain");
                if page {
                    Rank::Alternate
                } else {
                    Rank::OtherAlternate
                }
            }
            "enclosure" if media_type.starts_with("image/") => Rank::Enclosure,
            _ => Rank::Unrelated,
        };
        match href {
            Some(href) => {
                match rel.as_str() {
                    "enclosure" => self.media_attributes(text, MediaRole::Enclosure),
                    // RFC 4685, 4.
                    "replies" if media_type.is_empty() || media_type.contains("html") => {
                        self.comments(&href);
                    }
                    // RFC 4287, 4.2.7.2: what the entry is about, where it was found; a page as a rule.
                    "related" => self.page_beside(&href, &title, &media_type, "Related"),
                    "via" => self.page_beside(&href, &title, &media_type, "Via"),
                    _ => {}
                }
                match rank {
                    Rank::Enclosure => self.image(&href, rank),
                    rank => self.link(&href, rank),
                }
                Place::Nowhere
            }
            None => {
                self.capture(Field::Line(Name::Link), Kind::Plain);
                if let Some(capture) = &mut self.capture {
                    capture.rank = rank;
                }
                Place::Markup
            }
        }
    }

    fn guid_attributes(&mut self, text: &'a str) {
        let permalink = attributes(text)
            .find(|(name, _)| name.eq_ignore_ascii_case("isPermaLink"))
            .is_none_or(|(_, value)| value.trim().eq_ignore_ascii_case("true"));
        if let Some(capture) = &mut self.capture {
            capture.permalink = permalink;
        }
    }

    fn category_attributes(&mut self, text: &'a str) {
        let (mut term, mut label) = (None, None);
        for (name, value) in attributes(text) {
            match name {
                "term" => term = Some(self.value(value)),
                "label" => label = Some(self.value(value)),
                _ => {}
            }
        }
        if let Some(tag) = label.filter(|label| !label.trim().is_empty()).or(term) {
            self.draft().tags.push(tag);
        }
    }

    /// Atom's out-of-line content is the article's page, if nothing else is.
    fn content_source(&mut self, text: &'a str) {
        if let Some((_, value)) = attributes(text).find(|(name, _)| *name == "src") {
            let value = self.value(value);
            self.link(&value, Rank::OtherAlternate);
        }
    }

    /// An address of a picture in an attribute, unless the other attributes say that it is none.
    fn image_attributes(&mut self, text: &'a str, attribute: &str, rank: Rank) {
        let (mut address, mut other) = (None, rank == Rank::Enclosure);
        for (name, value) in attributes(text) {
            match name {
                "medium" => other = value != "image",
                "type" => other = !value.starts_with("image/"),
                name if name == attribute => address = Some(self.value(value)),
                _ => {}
            }
        }
        if let Some(address) = address.filter(|_| !other) {
            self.image(&address, rank);
        }
    }

    /// A file that comes along, from the attributes of RSS' `enclosure`, Atom's `link`, `media:content` and
    /// `podcast:transcript`.
    fn media_attributes(&mut self, text: &'a str, role: MediaRole) {
        let mut values: [String; 6] = Default::default();
        let [address, kind, medium, title, bytes, length] = &mut values;
        for (name, value) in attributes(text) {
            let slot = match name {
                "url" | "href" => &mut *address,
                "type" => &mut *kind,
                "medium" => &mut *medium,
                "title" => &mut *title,
                "length" | "fileSize" => &mut *bytes,
                "duration" => &mut *length,
                _ => continue,
            };
            xml_tokens::decode(value, &mut self.entities, slot);
        }
        let said = Said {
            kind,
            medium,
            title,
            bytes,
            seconds: length,
        };
        let url = self::address(address, self.base());
        let Some(url) = url.or_else(|| safe_text::other_link(address)) else {
            return;
        };
        if self.entry.is_none() {
            return;
        }
        let media = Media {
            role,
            ..media(url, said)
        };
        self.last_media = Some(media.url.clone());
        self.draft().add_media(media);
    }

    /// What is said of the file that is open.
    fn media_caption(&mut self, caption: &str) {
        let caption = safe_text::line(caption);
        let last = self.last_media.take();
        let draft = self.draft();
        if let Some(media) = draft
            .media
            .iter_mut()
            .find(|media| Some(&media.url) == last.as_ref())
        {
            // A description says more than a title.
            if media.title.len() < caption.len() {
                media.title.clone_from(&caption);
            }
        }
        self.last_media = last;
    }

    /// A page that an entry names beside its own; `name` is what it is called without a title.
    fn page_beside(&mut self, href: &str, title: &str, media_type: &str, name: &str) {
        if !media_type.is_empty() && !media_type.contains("html") {
            return;
        }
        if let Some(url) = address(href, self.base())
            && self.entry.is_some()
        {
            let title = safe_text::line(title);
            self.draft().add_media(Media {
                url,
                kind: "text/html".to_owned(),
                title: if title.is_empty() {
                    name.to_owned()
                } else {
                    title
                },
                ..Media::default()
            });
        }
    }

    fn comments(&mut self, href: &str) {
        if let Some(url) = address(href, self.base())
            && self.entry.is_some()
        {
            self.draft().comments.get_or_insert(url);
        }
    }

    /// An attribute's value.
    fn value(&mut self, raw: &str) -> String {
        let mut text = String::with_capacity(raw.len());
        xml_tokens::decode(raw, &mut self.entities, &mut text);
        text
    }

    fn link(&mut self, href: &str, rank: Rank) {
        if rank == Rank::Unrelated {
            return;
        }
        match address(href, self.base()) {
            Some(url) => self.draft().offer_link(url, rank),
            None if rank == Rank::Alternate && !href.trim().is_empty() => {
                match safe_text::other_link(href) {
                    // Nothing that newsprint opens; it is shown, to be copied.
                    Some(url) if self.entry.is_some() => {
                        self.draft().add_media(Media {
                            url,
                            ..Media::default()
                        });
                    }
                    _ => self.left_out += 1,
                }
            }
            None => {}
        }
    }

    fn image(&mut self, href: &str, rank: Rank) {
        if let Some(url) = address(href, self.base()) {
            self.draft().offer_image(url, rank);
        }
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
        let name = [person.name, titles::person(&loose), person.email]
            .into_iter()
            .find(|name| !name.trim().is_empty());
        if let Some(name) = name {
            self.draft().authors.push(name);
        }
    }

    fn end_entry(&mut self) {
        if let Some(entry) = self.entry.take() {
            if self.extras.entries.len() == MOST_ENTRIES {
                self.too_many += 1;
                return;
            }
            self.out.entry(&entry);
            self.extras.entries.push(entry.into());
        }
    }

    /// A field is complete.
    fn field(&mut self, capture: Capture) {
        match capture.field {
            Field::Line(name) => self.line(name, capture),
            Field::Body(name) => self.body(name, capture),
        }
    }

    fn line(&mut self, name: Name, capture: Capture) {
        let Capture {
            kind,
            text,
            markup,
            permalink,
            rank,
            ..
        } = capture;
        if text.trim().is_empty() {
            return;
        }
        match name {
            Name::Title | Name::MediaTitle => {
                let title = declared_text(kind, text, markup);
                let draft = self.draft();
                let slot = if name == Name::Title {
                    &mut draft.title
                } else {
                    &mut draft.spare_title
                };
                // The first one that says something: what comes later is a namesake from another module.
                if slot.is_none() {
                    *slot = title;
                }
            }
            Name::Link => self.link(&text, rank),
            Name::Guid => {
                if self.entry.is_none() {
                    return;
                }
                let guid = text.trim().to_owned();
                // An address, absolute or on this host. A bare word or number is no address, whatever
                // `isPermaLink` says by default.
                if permalink && (guid.starts_with('/') || is_http(&guid)) {
                    self.link(&guid, Rank::Permalink);
                }
                self.draft().guid = Some(guid);
            }
            Name::Published => {
                if let Some(time) = feed_dates::parse(&text) {
                    self.draft().published = Some(time);
                }
            }
            Name::Updated => {
                if let Some(time) = feed_dates::parse(&text) {
                    self.draft().updated = Some(time);
                }
            }
            Name::Created => {
                if let Some(time) = feed_dates::parse(&text) {
                    self.draft().created = Some(time);
                }
            }
            Name::Creator => {
                let name = titles::person(&plain_line(&text));
                self.draft().authors.push(name);
            }
            Name::SpareCreator => {
                let name = titles::person(&plain_line(&text));
                self.draft().spare_authors.push(name);
            }
            Name::Category => {
                let tags = titles::listed(&plain_line(&text), false);
                self.draft().tags.extend(tags);
            }
            Name::Subject => {
                let tags = titles::listed(&plain_line(&text), true);
                self.draft().tags.extend(tags);
            }
            Name::MediaCaption => {
                let caption = match declared_text(kind, text, markup) {
                    Some(Text::Html(html)) => titles::of_html(&html),
                    Some(Text::Plain(text)) => text,
                    Some(Text::Unsaid(text)) => plain_line(&text),
                    None => return,
                };
                self.media_caption(&caption);
            }
            Name::Duration => self.draft().seconds = seconds(&text),
            Name::Comments => self.comments(&text),
            Name::Keywords => {
                let tags = text.split(',').map(plain_line);
                self.draft().spare_tags.extend(tags);
            }
            Name::Language => {
                self.draft().lang = Some(text.trim().to_owned());
            }
            Name::AuthorCalled => self.person.name = text.trim().to_owned(),
            Name::AuthorEmail => self.person.email = text.trim().to_owned(),
            Name::ImageUrl => self.image(&text, Rank::Thumbnail),
            _ => self.schedule(name, text.trim()),
        }
    }

    /// What the feed says about when to ask again.
    fn schedule(&mut self, name: Name, text: &str) {
        let number = |text: &str| {
            let end = text
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(text.len());
            text[..end].parse::<u32>().ok()
        };
        match name {
            Name::Ttl => self.extras.ttl_minutes = number(text),
            Name::Hour => {
                // RSS 0.91 counts 1 to 24, RSS 2.0 0 to 23; 24 is midnight in both.
                if let Some(hour) = number(text).filter(|hour| *hour <= 24) {
                    self.extras.skip_hours.push((hour % 24) as u8);
                }
            }
            Name::Day if self.in_days => {
                const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
                let beginning = text.get(..3).unwrap_or_default().to_ascii_lowercase();
                if let Some(day) = DAYS.iter().position(|day| *day == beginning) {
                    self.extras.skip_days.push(day as u8);
                }
            }
            Name::UpdatePeriod => {
                self.period_minutes = match text.to_ascii_lowercase().as_str() {
                    "hourly" => Some(60),
                    "daily" => Some(24 * 60),
                    "weekly" => Some(7 * 24 * 60),
                    "monthly" => Some(30 * 24 * 60),
                    "yearly" => Some(365 * 24 * 60),
                    _ => None,
                }
            }
            Name::UpdateFrequency => self.frequency = number(text),
            _ => {}
        }
    }

    fn body(&mut self, name: Name, capture: Capture) {
        let Capture {
            kind, text, markup, ..
        } = capture;
        if text.trim().is_empty() {
            return;
        }
        let html = match declared_text(kind, text, markup) {
            Some(Text::Html(html)) => html,
            Some(Text::Plain(text)) => plain_text::to_html(&text),
            // RSS does not say; nearly everybody writes HTML.
            Some(Text::Unsaid(text)) => plain_text::as_html(text),
            None => return,
        };
        let draft = self.draft();
        match name {
            Name::Content => {
                // The longest one: `media:content` and the like come along as short namesakes.
                if draft
                    .content
                    .as_ref()
                    .is_none_or(|old| old.len() < html.len())
                {
                    draft.content = Some(html);
                }
            }
            Name::Summary => draft.summary = Some(html),
            _ => {
                if draft
                    .spare_summary
                    .as_ref()
                    .is_none_or(|old| old.len() < html.len())
                {
                    draft.spare_summary = Some(html);
                }
            }
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

/// A field's text as what it was declared to be; `None` for data that is not text.
fn declared_text(kind: Kind, text: String, markup: bool) -> Option<Text> {
    match kind {
        Kind::Base64 => {
            let decoded = super::base64::decode(&text);
            // Not base64 after all: the declaration was a mistake, the text is there to be read.
            match decoded {
                Some(bytes) => String::from_utf8(bytes).ok().map(Text::Html),
                None => Some(Text::Unsaid(text)),
            }
        }
        _ if markup => Some(Text::Html(text)),
        Kind::Plain => Some(Text::Plain(text)),
        Kind::Html | Kind::Xhtml => Some(Text::Html(text)),
        Kind::Unsaid => Some(Text::Unsaid(text)),
    }
}

/// A tag or a name: often escaped twice.
fn plain_line(text: &str) -> String {
    if titles::looks_like_html(text) {
        titles::of_html(text)
    } else {
        text.to_owned()
    }
}

fn is_http(text: &str) -> bool {
    let scheme = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    scheme("http://") || scheme("https://")
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
