//! The canonical Atom 1.0 that feed-rs is given: one spelling for everything, well-formed by construction.
//! Never here: reading; the bodies, which feed-rs would only copy (see [`super::Extras`]).

use super::xml_tokens::escape;
use newsprint_model::{Media, Time};

/// A text that knows whether it is HTML.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Text {
    Plain(String),
    Html(String),
    /// The document does not say (RSS titles).
    Unsaid(String),
}

/// How good an address is; the better one is kept, of equals the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Rank {
    /// Not an address of the article or its picture.
    #[default]
    Unrelated,
    /// The same in another format.
    OtherAlternate,
    /// RDF's name of the item, which should be its address.
    Identifier,
    /// A guid that is an address.
    Permalink,
    /// The article's page.
    Alternate,
    /// A small picture.
    Thumbnail,
    /// A picture that comes along.
    Enclosure,
    /// A picture.
    Picture,
}

/// What is known of an entry, or of the feed itself.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) guid: Option<String>,
    pub(super) link: Option<(String, Rank)>,
    pub(super) title: Option<Text>,
    /// Each `spare_` field stands in where there is no other.
    pub(super) spare_title: Option<Text>,
    pub(super) published: Option<Time>,
    pub(super) updated: Option<Time>,
    pub(super) created: Option<Time>,
    pub(super) authors: Vec<String>,
    pub(super) spare_authors: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) spare_tags: Vec<String>,
    /// HTML.
    pub(super) summary: Option<String>,
    pub(super) spare_summary: Option<String>,
    /// HTML.
    pub(super) content: Option<String>,
    pub(super) image: Option<(String, Rank)>,
    pub(super) lang: Option<String>,
    pub(super) media: Vec<Media>,
    /// How long the episode is, which RSS says beside its enclosure (`itunes:duration`).
    pub(super) seconds: Option<u32>,
    pub(super) comments: Option<String>,
    pub(super) chapters: Vec<Chapter>,
}

/// A chapter of an episode.
#[derive(Debug)]
pub(super) struct Chapter {
    /// Seconds from the beginning.
    pub(super) start: u32,
    pub(super) title: String,
    /// What it is about.
    pub(super) href: Option<String>,
}

impl Draft {
    /// Adds a file, or what is new about one that is there.
    pub(super) fn add_media(&mut self, media: Media) {
        if let Some(known) = self.media.iter_mut().find(|known| known.url == media.url) {
            for (old, new) in [
                (&mut known.kind, media.kind),
                (&mut known.title, media.title),
            ] {
                if old.is_empty() || (!old.contains('/') && new.contains('/')) {
                    *old = new;
                }
            }
            known.bytes = known.bytes.or(media.bytes);
            known.seconds = known.seconds.or(media.seconds);
        } else if self.media.len() < MOST_MEDIA {
            self.media.push(media);
        }
    }

    pub(super) fn add_chapter(&mut self, chapter: Chapter) {
        if self.chapters.len() < MOST_CHAPTERS {
            self.chapters.push(chapter);
        }
    }

    /// The chapters as HTML to follow the text: a list of times and titles; nothing for none.
    pub(super) fn chapter_list(&self) -> Option<String> {
        if self.chapters.is_empty() {
            return None;
        }
        let mut html = String::from("<ul>");
        for Chapter { start, title, href } in &self.chapters {
            let (hours, minutes, seconds) = (start / 3600, start / 60 % 60, start % 60);
            html.push_str("<li>");
            html.push_str(&match hours {
                0 => format!("{minutes}:{seconds:02} "),
                _ => format!("{hours}:{minutes:02}:{seconds:02} "),
            });
            if let Some(href) = href {
                html.push_str("<a href=\"");
                escape(href, &mut html);
                html.push_str("\">");
            }
            escape(title, &mut html);
            html.push_str(if href.is_some() { "</a></li>" } else { "</li>" });
        }
        html.push_str("</ul>");
        Some(html)
    }

    pub(super) fn offer_link(&mut self, url: String, rank: Rank) {
        offer(&mut self.link, url, rank);
    }

    pub(super) fn offer_image(&mut self, url: String, rank: Rank) {
        offer(&mut self.image, url, rank);
    }
}

fn offer(slot: &mut Option<(String, Rank)>, url: String, rank: Rank) {
    if slot.as_ref().is_none_or(|(_, old)| *old < rank) {
        *slot = Some((url, rank));
    }
}

/// The relation under which an entry's picture is written.
pub(super) const IMAGE_RELATION: &str = "enclosure";

/// Tags, or authors, that one entry may have; a list of more is an attack or a mistake.
const MOST_NAMES: usize = 500;

/// Files of one entry that are kept.
const MOST_MEDIA: usize = 200;

/// Chapters of one episode that are kept.
const MOST_CHAPTERS: usize = 300;

/// Writes the document, entry by entry.
pub(super) struct Writer {
    out: String,
}

impl Writer {
    pub(super) fn new() -> Self {
        let mut out = String::with_capacity(16 * 1024);
        out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\">");
        Writer { out }
    }

    pub(super) fn entry(&mut self, entry: &Draft) {
        self.out.push_str("<entry>");
        self.common(entry);
        if let Some(guid) = &entry.guid {
            self.element("id", "", guid);
        }
        if let Some(time) = entry.published {
            self.element("published", "", &time.to_string());
        }
        if let Some(time) = entry.updated.or(entry.created) {
            self.element("updated", "", &time.to_string());
        }
        for name in first_filled(&entry.authors, &entry.spare_authors)
            .iter()
            .take(MOST_NAMES)
        {
            self.out.push_str("<author>");
            self.element("name", "", name);
            self.out.push_str("</author>");
        }
        for tag in first_filled(&entry.tags, &entry.spare_tags)
            .iter()
            .take(MOST_NAMES)
        {
            if !tag.trim().is_empty() {
                self.out.push_str("<category term=\"");
                self.attribute(tag.trim());
                self.out.push_str("\"/>");
            }
        }
        if let Some((url, _)) = &entry.image {
            self.link(IMAGE_RELATION, url);
        }
        self.out.push_str("</entry>");
    }

    /// The feed's own fields and the end.
    pub(super) fn finish(mut self, feed: &Draft) -> String {
        self.common(feed);
        self.out.push_str("</feed>");
        self.out
    }

    fn common(&mut self, draft: &Draft) {
        match draft.title.as_ref().or(draft.spare_title.as_ref()) {
            Some(Text::Plain(text)) => self.element("title", "", text),
            Some(Text::Html(text)) => self.element("title", " type=\"html\"", text),
            Some(Text::Unsaid(text)) if super::titles::looks_like_html(text) => {
                self.element("title", " type=\"html\"", text);
            }
            Some(Text::Unsaid(text)) => self.element("title", "", text),
            None => {}
        }
        if let Some((url, _)) = &draft.link {
            self.link("alternate", url);
        }
    }

    fn link(&mut self, relation: &str, url: &str) {
        self.out.push_str("<link rel=\"");
        self.out.push_str(relation);
        self.out.push_str("\" href=\"");
        self.attribute(url);
        self.out.push_str("\"/>");
    }

    fn element(&mut self, name: &str, attributes: &str, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.open(name, attributes);
        escape(text, &mut self.out);
        self.close(name);
    }

    fn open(&mut self, name: &str, attributes: &str) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push_str(attributes);
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn attribute(&mut self, text: &str) {
        for (count, piece) in text.split('"').enumerate() {
            if count > 0 {
                self.out.push_str("&quot;");
            }
            escape(piece, &mut self.out);
        }
    }
}

fn first_filled<'a>(first: &'a [String], spare: &'a [String]) -> &'a [String] {
    if first.is_empty() { spare } else { first }
}
