//! JSON Feed 1.0 and 1.1, also where its types are wrong or its end is missing, to the canonical Atom.
//! Never here: other JSON.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Deserializer;
use url::Url;

use super::draft::{Draft, Rank, Text, Writer};
use super::media::{Said, media};
use super::xml::{Normalized, address};
use super::{Extras, MOST_ENTRIES, json_repair, plain_text, titles};
use crate::ParseError;
use crate::dates::feed as feed_dates;
use newsprint_html::safe_text;
use newsprint_model::Media;

/// The JSON that a document is, or that it hands to a script: as the argument of a function (JSONP), or after a line
/// that keeps scripts of other sites from running it (`)]}'`).
pub(super) fn within(text: &str) -> Option<&str> {
    /// Characters of a function's name at most.
    const LONGEST_NAME: usize = 100;

    if text.starts_with(['{', '[']) {
        return Some(text);
    }
    if let Some(rest) = text.strip_prefix(")]}'") {
        let rest = rest.trim_start_matches([',', ';']).trim_start();
        return rest.starts_with('{').then_some(rest);
    }
    // Some put an empty comment before the name, against a player of films that took text for code.
    let text = text.strip_prefix("/**/").unwrap_or(text).trim_start();
    let (name, argument) = text.split_once('(')?;
    // `typeof f === 'function' && f(…)` is what a widely used server writes.
    let in_a_name = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.' | ' ' | '&' | '=' | '\'')
    };
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(in_a_name) {
        return None;
    }
    let argument = argument.trim();
    let argument = argument.trim_end_matches(|c: char| c == ';' || c.is_whitespace());
    let argument = argument.strip_suffix(')').unwrap_or(argument);
    argument.starts_with('{').then_some(argument)
}

/// Rewrites a JSON Feed. `base` is where it was found.
pub(super) fn normalize(text: &str, base: Option<&Url>) -> Result<Normalized, ParseError> {
    let (mut document, mut damage) = Document::read(text, base);
    let mut repairs = Vec::new();
    if damage.is_some()
        && let Some(repaired) = json_repair::repair(text)
    {
        let (mut again, still) = Document::read(&repaired.text, base);
        let incomplete = repaired.cut && again.entries.len() > document.entries.len();
        if incomplete {
            // Of an entry that is cut its title or its text is worth reading, not its name alone.
            again.entries.pop_if(|entry| {
                entry.title.is_none() && entry.content.is_none() && entry.summary.is_none()
            });
        }
        let better = still.is_none() || again.entries.len() > document.entries.len();
        // Nothing of a document without entries is worth a success: the next answer may be whole.
        if again.is_feed() && better && !(repaired.cut && again.entries.is_empty()) {
            if repaired.cut {
                repairs.push("The document is cut off.".to_owned());
            }
            if incomplete && again.entries.len() > document.entries.len() {
                repairs.push("The last entry is not complete.".to_owned());
            }
            match repaired.count {
                0 => {}
                1 => repairs.push("1 character was not JSON.".to_owned()),
                count => repairs.push(format!("{count} characters were not JSON.")),
            }
            (document, damage) = (again, still);
        }
    }
    if !document.is_feed() {
        return Err(match damage {
            Some(error) => failure(&error),
            None => super::not_a_feed("it is JSON, but not a JSON Feed", text, 0),
        });
    }
    if let Some(error) = damage {
        if document.entries.is_empty() {
            return Err(failure(&error));
        }
        repairs.push(format!("The document is damaged: {error}."));
    }
    if document.left_out > 0 {
        repairs.push(format!(
            "{} items could not be read and were skipped.",
            document.left_out
        ));
    }
    let mut extras = Extras {
        lang: document.feed.lang.take(),
        repairs,
        ..Extras::default()
    };
    let mut out = Writer::new();
    for mut entry in document.entries {
        entry.spare_authors.clone_from(&document.feed.authors);
        out.entry(&entry);
        extras.entries.push(entry.into());
    }
    Ok(Normalized {
        atom: out.finish(&document.feed),
        extras,
    })
}

fn failure(error: &serde_json::Error) -> ParseError {
    ParseError {
        reason: format!("not a feed: {}", reason(error)),
        place: Some(format!("line {}, column {}", error.line(), error.column())),
    }
}

fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // Its place is said beside it.
    text.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The top level, filled while it is read.
struct Document<'a> {
    base: Option<&'a Url>,
    feed: Draft,
    entries: Vec<Draft>,
    has_items: bool,
    has_version: bool,
    left_out: usize,
}

impl<'b> Document<'b> {
    /// What could be read before an error, if there is one: the items come one by one.
    fn read(text: &str, base: Option<&'b Url>) -> (Document<'b>, Option<serde_json::Error>) {
        let mut document = Document {
            base,
            feed: Draft::default(),
            entries: Vec::new(),
            has_items: false,
            has_version: false,
            left_out: 0,
        };
        let mut deserializer = Deserializer::from_str(text);
        let damage = (&mut document).deserialize(&mut deserializer).err();
        (document, damage)
    }

    fn is_feed(&self) -> bool {
        self.has_version || self.has_items
    }
}

impl<'de> DeserializeSeed<'de> for &mut Document<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "version" => {
                    let version = map.next_value_seed(Loose)?;
                    self.has_version = version.is_some_and(|text| text.contains("jsonfeed"));
                }
                "items" => map.next_value_seed(Items(self))?,
                "title" => self.feed.title = map.next_value_seed(Loose)?.map(Text::Unsaid),
                "language" => self.feed.lang = map.next_value_seed(Loose)?,
                "home_page_url" => {
                    let url = map.next_value_seed(Loose)?;
                    if let Some(url) = url.and_then(|url| address(&url, self.base)) {
                        self.feed.offer_link(url, Rank::Alternate);
                    }
                }
                "author" | "authors" => {
                    map.next_value_seed(Names(&mut self.feed.authors))?;
                    plain_names(&mut self.feed.authors);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// The array of items.
struct Items<'a, 'b>(&'a mut Document<'b>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.0.has_items = true;
        while self.0.entries.len() < MOST_ENTRIES {
            let base = self.0.base;
            match seq.next_element_seed(Item { base })? {
                Some(Some(entry)) => self.0.entries.push(entry),
                Some(None) => self.0.left_out += 1,
                None => return Ok(()),
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {
            self.0.left_out += 1;
        }
        Ok(())
    }

    /// An array as some languages write one: an object of numbered members.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.0.has_items = true;
        let base = self.0.base;
        while map.next_key::<IgnoredAny>()?.is_some() {
            let entry = map.next_value_seed(Item { base })?;
            match entry.filter(|_| self.0.entries.len() < MOST_ENTRIES) {
                Some(entry) => self.0.entries.push(entry),
                None => self.0.left_out += 1,
            }
        }
        Ok(())
    }
}

/// One item; `None` for what is no object.
struct Item<'a> {
    base: Option<&'a Url>,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = Option<Draft>;

    fn deserialize<D: serde::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Option<Draft>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Item<'_> {
    type Value = Option<Draft>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an item")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Draft>, A::Error> {
        let mut entry = Draft::default();
        let (mut text, mut external) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "id" => entry.guid = map.next_value_seed(Loose)?,
                // Plain text by the specification; character references are common all the same.
                "title" => entry.title = map.next_value_seed(Loose)?.map(Text::Unsaid),
                "language" => entry.lang = map.next_value_seed(Loose)?,
                "content_html" => entry.content = map.next_value_seed(Loose)?,
                "content_text" => text = map.next_value_seed(Loose)?,
                "summary" => {
                    entry.summary = map.next_value_seed(Loose)?.map(plain_text::as_html);
                }
                "date_published" => {
                    entry.published = map
                        .next_value_seed(Loose)?
                        .and_then(|text| feed_dates::parse(&text));
                }
                "date_modified" => {
                    entry.updated = map
                        .next_value_seed(Loose)?
                        .and_then(|text| feed_dates::parse(&text));
                }
                "url" | "external_url" | "image" | "banner_image" => {
                    let url = map.next_value_seed(Loose)?;
                    if let Some(url) = url.and_then(|url| address(&url, self.base)) {
                        match key.as_str() {
                            "url" => entry.offer_link(url, Rank::Alternate),
                            "external_url" => {
                                external = Some(url.clone());
                                entry.offer_link(url, Rank::OtherAlternate);
                            }
                            "image" => entry.offer_image(url, Rank::Picture),
                            _ => entry.offer_image(url, Rank::Enclosure),
                        }
                    }
                }
                "tags" => {
                    let mut tags = Vec::new();
                    let is_text = map.next_value_seed(Names(&mut tags))?;
                    entry.tags = match &tags[..] {
                        [list] if is_text => split_tags(list),
                        _ => tags.iter().flat_map(|tag| one_tag(tag)).collect(),
                    };
                }
                "attachments" => map.next_value_seed(Attachments {
                    base: self.base,
                    entry: &mut entry,
                })?,
                "author" | "authors" => {
                    map.next_value_seed(Names(&mut entry.authors))?;
                    plain_names(&mut entry.authors);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if entry.content.is_none() {
            entry.content = text.map(|text: String| plain_text::to_html(&text));
        }
        // An id that is an address is the article's (JSON Feed 1.1, `id`).
        if let Some(guid) = entry.guid.clone().filter(|guid| guid.starts_with("http"))
            && let Some(url) = address(&guid, self.base)
        {
            entry.offer_link(url, Rank::Permalink);
        }
        // JSON Feed 1.1, `external_url`: what the item is about, beside its own page.
        if let Some(url) = external
            && entry.link.as_ref().is_some_and(|(page, _)| *page != url)
        {
            entry.add_media(Media {
                url,
                kind: "text/html".to_owned(),
                title: "Related".to_owned(),
                ..Media::default()
            });
        }
        Ok(Some(entry))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<Draft>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Option<Draft>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<Draft>, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<Draft>, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Option<Draft>, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Option<Draft>, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<Draft>, E> {
        Ok(None)
    }
}

/// A text, or a number where a text should be; of an object its `name`, `label`, `term` or `title`; of anything else
/// nothing.
struct Loose;

impl<'de> DeserializeSeed<'de> for Loose {
    type Value = Option<String>;

    fn deserialize<D: serde::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Loose {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<String>, E> {
        Ok((!text.trim().is_empty()).then(|| text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Option<String>, E> {
        Ok((!text.trim().is_empty()).then_some(text))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<String>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<String>, A::Error> {
        let mut name = None;
        while let Some(key) = map.next_key::<String>()? {
            if ["name", "label", "term", "title"].contains(&key.as_str()) && name.is_none() {
                name = map.next_value_seed(Loose)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(name)
    }
}

/// Names as they are meant: some are written as HTML.
fn plain_names(names: &mut [String]) {
    for name in names {
        *name = titles::plain_line(name);
    }
}

/// Adds the names or tags of an array, or the only one (JSON Feed 1.0's `author`); says whether it was a bare text.
struct Names<'a>(&'a mut Vec<String>);

/// Names of one list that are kept.
const MOST_NAMES: usize = 500;

impl<'de> DeserializeSeed<'de> for Names<'_> {
    type Value = bool;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Names<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("names")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<bool, A::Error> {
        while self.0.len() < MOST_NAMES {
            // A list within the list is part of it.
            if seq.next_element_seed(Names(self.0))?.is_none() {
                return Ok(false);
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(false)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<bool, A::Error> {
        self.0.extend(Loose.visit_map(map)?);
        Ok(false)
    }

    fn visit_str<E>(self, text: &str) -> Result<bool, E> {
        self.0.push(text.to_owned());
        Ok(true)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E>(self, number: i64) -> Result<bool, E> {
        self.0.push(number.to_string());
        Ok(false)
    }

    fn visit_u64<E>(self, number: u64) -> Result<bool, E> {
        self.0.push(number.to_string());
        Ok(false)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }
}

/// The tags of an array's text; character references are common in it.
fn one_tag(text: &str) -> Vec<String> {
    titles::listed(&titles::plain_line(text), false)
}

/// The tags of one text: `a,b`, `a, b`, unless the comma is within a number.
fn split_tags(list: &str) -> Vec<String> {
    let list = &titles::plain_line(list);
    if !list.contains(", ") {
        return titles::listed(list, true);
    }
    list.split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The files of an item (JSON Feed 1.1, `attachments`).
struct Attachments<'a, 'b> {
    base: Option<&'a Url>,
    entry: &'b mut Draft,
}

impl<'de> DeserializeSeed<'de> for Attachments<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        // Small, and of no fixed shape where somebody got it wrong.
        let value = serde_json::Value::deserialize(deserializer)?;
        let files = match &value {
            serde_json::Value::Array(files) => files.as_slice(),
            file => std::slice::from_ref(file),
        };
        for file in files {
            let text = |name: &str| match &file[name] {
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Number(number) => number.to_string(),
                _ => String::new(),
            };
            let href = file.as_str().map_or_else(|| text("url"), str::to_owned);
            let url = address(&href, self.base);
            let Some(url) = url.or_else(|| safe_text::other_link(&href)) else {
                continue;
            };
            let said = Said {
                kind: &text("mime_type"),
                title: &text("title"),
                bytes: &text("size_in_bytes"),
                seconds: &text("duration_in_seconds"),
                ..Said::default()
            };
            let media = media(url, said);
            if media.is_image() {
                self.entry.offer_image(media.url.clone(), Rank::Enclosure);
            }
            self.entry.add_media(media);
        }
        Ok(())
    }
}
