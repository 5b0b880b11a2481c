//! What an element of a feed or an entry begins, and what its attributes say.
//! Never here: where elements stand (`xml`), what becomes of a field's text (`fields`).

use newsprint_html::safe_text;
use newsprint_model::{Media, MediaRole};

use super::{Capture, Dialect, Field, Kind, Normalizer, Person, Place, address};
use crate::feed::draft::{Chapter, Rank};
use crate::feed::media::{Said, by_ending, media, seconds};
use crate::feed::titles;
use crate::feed::vocabulary::{Name, Space};
use crate::feed::xml_tokens::{self, attributes};

impl<'a> Normalizer<'a> {
    /// A child of the feed or of an entry.
    pub(super) fn enter_field(&mut self, name: Name, space: Space, attributes: &'a str) -> Place {
        let in_entry = self.entry.is_some();
        match name {
            Name::Title | Name::MediaTitle => {
                let kind = self.kind_of(attributes);
                self.capture(Field::Line(name), kind);
                self.written_as_attribute(attributes);
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
            | Name::Keywords
            | Name::Tags => {
                self.capture(Field::Line(name), Kind::Unsaid);
                self.written_as_attribute(attributes);
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
            Name::SpareCategory => self.spare_category(attributes),
            Name::Summary | Name::SpareSummary | Name::Content => {
                if !in_entry {
                    return Place::Nowhere;
                }
                // Atom 0.3: the same text in several formats, each in an element of its own.
                let mut said = xml_tokens::attributes(attributes);
                if said
                    .any(|(name, value)| name == "type" && value.trim().starts_with("multipart/"))
                {
                    return Place::Entry;
                }
                if name == Name::Content {
                    self.content_source(attributes);
                }
                let kind = match space {
                    Space::Xhtml => Kind::Xhtml,
                    _ => self.kind_of(attributes),
                };
                self.capture(Field::Body(name), kind);
                self.written_as_attribute(attributes);
                Place::Markup
            }
            Name::Source if self.dialect == Dialect::Atom && in_entry => Place::Source,
            Name::Person => {
                self.person = Person::default();
                self.loose.clear();
                Place::Person
            }
            Name::Image => {
                self.loose.clear();
                self.image_attributes(attributes, &["url", "href"], Rank::Thumbnail);
                Place::Image
            }
            Name::MediaContent => {
                self.image_attributes(attributes, &["url"], Rank::Picture);
                self.media_attributes(attributes, MediaRole::Enclosure);
                Place::Media
            }
            Name::MediaGroup => Place::Entry,
            Name::Enclosure => {
                self.image_attributes(attributes, &["url", "href"], Rank::Enclosure);
                if self.media_attributes(attributes, MediaRole::Enclosure) {
                    return Place::Nowhere;
                }
                self.enclosure = attributes;
                self.capture(Field::Line(name), Kind::Plain);
                Place::Markup
            }
            Name::AlternateEnclosure => {
                self.enclosure = attributes;
                Place::Media
            }
            Name::AlternateSource => {
                self.alternate_source(attributes);
                Place::Nowhere
            }
            Name::MediaPlayer => {
                self.player(attributes);
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
            Name::Chapter => {
                self.chapter(attributes);
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

    /// A chapter of an episode: when it begins, what it is called, what it is about.
    fn chapter(&mut self, text: &'a str) {
        let (mut start, mut title, mut href) = (None, String::new(), None);
        for (name, value) in attributes(text) {
            let value = self.value(value);
            match plain(name) {
                "start" if value.trim().starts_with(|c: char| c.is_ascii_digit()) => {
                    start = Some(seconds(value.trim()).unwrap_or(0));
                }
                "title" => title = value.trim().to_owned(),
                "href" => href = address(&value, self.base()),
                _ => {}
            }
        }
        if let Some(start) = start
            && !title.is_empty()
        {
            self.draft().add_chapter(Chapter { start, title, href });
        }
    }

    pub(super) fn capture(&mut self, field: Field, kind: Kind) {
        self.capture = Some(Capture {
            field,
            depth: self.open.len(),
            kind,
            text: String::new(),
            markup: kind == Kind::Xhtml,
            escaping: kind == Kind::Xhtml,
            permalink: None,
            rank: Rank::Alternate,
        });
    }

    /// CDF as it was first proposed has the text of an element in its attribute (`<Title VALUE="…"/>`).
    fn written_as_attribute(&mut self, text: &'a str) {
        if self.dialect != Dialect::Cdf {
            return;
        }
        let value = attributes(text).find(|(name, _)| plain(name) == "value");
        if let Some((_, value)) = value {
            let value = self.value(value);
            if let Some(capture) = &mut self.capture {
                capture.text = value;
            }
        }
    }

    /// Atom's `type` and Atom 0.3's `mode`.
    pub(super) fn kind_of(&self, text: &'a str) -> Kind {
        let (mut kind, mut mode) = (String::new(), "");
        for (name, value) in attributes(text) {
            match plain(name) {
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
            match plain(name) {
                "href" => href = Some(self.value(value)),
                "rel" => rel = value.trim().to_ascii_lowercase(),
                "type" => media_type = value.trim().to_ascii_lowercase(),
                "title" => title = self.value(value),
                _ => {}
            }
        }
        // RFC 4287, 4.2.7.2: a relation may be written as the address of its registration; several stand in one
        // attribute in HTML.
        let rel = relation(&rel);
        let rank = match rel {
            "" | "alternate" => {
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
            "canonical" => Rank::OtherAlternate,
            _ => Rank::Unrelated,
        };
        match href {
            Some(href) => {
                match rel {
                    "enclosure" => {
                        self.media_attributes(text, MediaRole::Enclosure);
                    }
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
            .map(|(_, value)| value.trim().eq_ignore_ascii_case("true"));
        if let Some(capture) = &mut self.capture {
            capture.permalink = permalink;
        }
    }

    fn category_attributes(&mut self, text: &'a str) {
        let (mut term, mut label) = (None, None);
        for (name, value) in attributes(text) {
            match plain(name) {
                "term" => term = Some(self.value(value)),
                "label" => label = Some(self.value(value)),
                _ => {}
            }
        }
        let label = label.filter(|label| !label.trim().is_empty());
        if let Some(tag) = label.or(term) {
            let tags = titles::listed(&titles::plain_line(&tag), false);
            self.draft().tags.extend(tags);
        }
    }

    /// iTunes says it in an attribute and nests the parts of a category, Media RSS has the tag in the element or a label
    /// beside it.
    fn spare_category(&mut self, text: &'a str) -> Place {
        let said = attributes(text).find(|(name, _)| matches!(plain(name), "text" | "label"));
        let Some((_, value)) = said.filter(|(_, value)| !value.trim().is_empty()) else {
            self.capture(Field::Line(Name::SpareCategory), Kind::Unsaid);
            return Place::Markup;
        };
        let tag = self.value(value);
        self.draft().spare_tags.push(tag);
        Place::Wrapper
    }

    /// Atom's out-of-line content is the article's page, if nothing else is.
    fn content_source(&mut self, text: &'a str) {
        let (mut source, mut page) = (None, true);
        for (name, value) in attributes(text) {
            match plain(name) {
                "src" => source = Some(self.value(value)),
                "type" => page = value.contains("html") || value.starts_with("text/"),
                _ => {}
            }
        }
        match source {
            Some(source) if page => self.link(&source, Rank::OtherAlternate),
            // RFC 4287, 4.1.3.2: what is no text comes along as a file.
            Some(_) => {
                self.media_attributes(text, MediaRole::Enclosure);
            }
            None => {}
        }
    }

    /// A page that plays what it stands with (Media RSS, `media:player` and `media:embed`).
    fn player(&mut self, text: &'a str) {
        let url = attributes(text).find(|(name, _)| plain(name) == "url");
        if let Some((_, url)) = url {
            let url = self.value(url);
            self.page_beside(&url, "", "", "Player");
        }
    }

    /// One address of `podcast:alternateEnclosure`, of which the rest is said by the element around it.
    fn alternate_source(&mut self, text: &'a str) {
        let uri = attributes(text).find(|(name, _)| plain(name) == "uri");
        if let Some((_, uri)) = uri {
            let uri = self.value(uri);
            self.media_at(&uri, self.enclosure, MediaRole::Enclosure);
        }
    }

    /// An address of a picture in an attribute, unless the other attributes say that it is none.
    fn image_attributes(&mut self, text: &'a str, wanted: &[&str], rank: Rank) {
        let (mut address, mut other, mut said) = (None, rank == Rank::Enclosure, false);
        for (name, value) in attributes(text) {
            match plain(name) {
                "medium" => (other, said) = (value != "image", true),
                "type" => (other, said) = (!value.starts_with("image/"), true),
                name if wanted.contains(&name) => address = Some(self.value(value)),
                _ => {}
            }
        }
        let is_picture = |address: &String| {
            !other && (said || by_ending(address).is_none_or(|kind| kind == "image"))
        };
        if let Some(address) = address.filter(is_picture) {
            self.image(&address, rank);
        }
    }

    /// A file that comes along, from the attributes of RSS' `enclosure`, Atom's `link`, `media:content` and
    /// `podcast:transcript`; whether they have its address.
    fn media_attributes(&mut self, text: &'a str, role: MediaRole) -> bool {
        let href = attributes(text).find(|(name, value)| {
            let name = plain(name);
            let is_address = matches!(name, "url" | "href" | "src" | "resource" | "link");
            is_address && !value.trim().is_empty()
        });
        let Some((_, href)) = href else {
            return false;
        };
        let href = self.value(href);
        self.media_at(&href, text, role);
        true
    }

    /// A file at an address, with what the attributes say of it.
    pub(super) fn media_at(&mut self, href: &str, text: &'a str, role: MediaRole) {
        let mut values: [String; 5] = Default::default();
        let [kind, medium, title, bytes, length] = &mut values;
        for (name, value) in attributes(text) {
            let slot = match plain(name) {
                "type" => &mut *kind,
                "medium" => &mut *medium,
                "title" => &mut *title,
                "length" | "filesize" => &mut *bytes,
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
        let url = address(href, self.base());
        let Some(url) = url.or_else(|| safe_text::other_link(href)) else {
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
    pub(super) fn media_caption(&mut self, caption: &str) {
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

    pub(super) fn comments(&mut self, href: &str) {
        if let Some(url) = address(href, self.base())
            && self.entry.is_some()
        {
            self.draft().comments.get_or_insert(url);
        }
    }

    /// An attribute's value.
    pub(super) fn value(&mut self, raw: &str) -> String {
        let mut text = String::with_capacity(raw.len());
        xml_tokens::decode(raw, &mut self.entities, &mut text);
        text
    }

    pub(super) fn link(&mut self, href: &str, rank: Rank) {
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

    pub(super) fn image(&mut self, href: &str, rank: Rank) {
        if let Some(url) = address(href, self.base()) {
            self.draft().offer_image(url, rank);
        }
    }
}

/// An attribute's name without prefix and shouting, if it is one of those that are read; else as it is written.
fn plain(name: &str) -> &str {
    const READ: [&str; 18] = [
        "href", "rel", "type", "title", "url", "length", "filesize", "duration", "medium", "term",
        "label", "text", "mode", "src", "value", "uri", "resource", "link",
    ];
    if READ.contains(&name) || name.starts_with("xml") {
        return name;
    }
    let local = name.rsplit(':').next().unwrap_or(name);
    let known = READ.iter().find(|known| known.eq_ignore_ascii_case(local));
    known.copied().unwrap_or(name)
}

/// The first of a link's relations that is read, without the address of the registration.
fn relation(rel: &str) -> &str {
    let plain = |rel: &'_ str| rel.rsplit('/').next().unwrap_or_default().to_owned();
    const READ: [&str; 6] = [
        "alternate",
        "enclosure",
        "replies",
        "related",
        "via",
        "canonical",
    ];
    let mut relations = rel.split_ascii_whitespace();
    let read = relations.find_map(|one| READ.iter().find(|known| **known == plain(one)));
    read.copied().unwrap_or(rel)
}
