//! What becomes of the text of a field that is complete: titles, dates, names, tags, bodies, and when to ask again.
//! Never here: where a field begins (`enter`).

use super::{Capture, Field, Kind, Normalizer};
use crate::dates::feed as feed_dates;
use crate::feed::draft::{Rank, Text};
use crate::feed::media::seconds;
use crate::feed::vocabulary::Name;
use crate::feed::{base64, plain_text, titles};
use newsprint_model::MediaRole;

impl Normalizer<'_> {
    /// A field is complete.
    pub(super) fn field(&mut self, capture: Capture) {
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
                // An address, absolute or on this host. A bare word or number is not an address, whatever
                // `isPermaLink` says by default; a path is where it says so itself.
                let path = |guid: &str| guid.contains('/') && !guid.contains([':', ' ']);
                let address = match permalink {
                    Some(false) => false,
                    said => {
                        guid.starts_with('/') || is_http(&guid) || said.is_some() && path(&guid)
                    }
                };
                if address {
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
            Name::Creator | Name::SpareCreator => {
                let person = |name: String| titles::person(&titles::plain_line(&name));
                let names = written_parts(&text, markup).into_iter().map(person);
                let draft = self.draft();
                match name {
                    Name::Creator => draft.authors.extend(names),
                    _ => draft.spare_authors.extend(names),
                }
            }
            Name::Category | Name::Subject => {
                for part in written_parts(&text, markup) {
                    let tags = titles::listed(&titles::plain_line(&part), name == Name::Subject);
                    self.draft().tags.extend(tags);
                }
            }
            Name::MediaCaption => {
                let caption = match declared_text(kind, text, markup) {
                    Some(Text::Html(html)) => titles::of_html(&html),
                    Some(Text::Plain(text)) => text,
                    Some(Text::Unsaid(text)) => titles::plain_line(&text),
                    None => return,
                };
                self.media_caption(&caption);
            }
            Name::Enclosure => {
                if !markup && !text.trim().contains(char::is_whitespace) {
                    self.media_at(&text, self.enclosure, MediaRole::Enclosure);
                }
            }
            Name::Duration => self.draft().seconds = seconds(&text),
            Name::Comments => self.comments(&text),
            Name::SpareCategory => {
                let tags = titles::listed(&titles::plain_line(&text), false);
                self.draft().spare_tags.extend(tags);
            }
            Name::Keywords => {
                let tags = titles::keywords(&titles::plain_line(&text));
                self.draft().spare_tags.extend(tags);
            }
            Name::Tags => {
                let tags = titles::keywords(&titles::plain_line(&text));
                self.draft().tags.extend(tags);
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
        let html = match self.base() {
            // An `xml:base` is open, which only this document knows (RFC 4287, 2).
            Some(base) if self.bases.len() > 1 && has_relative_links(&html) => {
                let mut based = String::with_capacity(html.len() + 128);
                based.push_str("<base href=\"");
                based.push_str(&base.as_str().replace('"', "%22"));
                based.push_str("\">");
                based.push_str(&html);
                based
            }
            _ => html,
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
}

/// What an element holds: its text alone where there is one, since elements within say something else of it; else the
/// texts of those elements, one by one (`rdf:Bag` and `rdf:Seq` in Dublin Core, `<category><name>`).
fn written_parts(text: &str, markup: bool) -> Vec<String> {
    if !markup {
        return vec![text.to_owned()];
    }
    let own = &text[..text.find('<').unwrap_or(text.len())];
    if !own.trim().is_empty() {
        return vec![own.to_owned()];
    }
    let parts = newsprint_html::strip_tags(text, "\n");
    let parts = parts.lines().map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Whether HTML has links or pictures whose addresses are not whole.
fn has_relative_links(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    ["href", "src", "srcset"].iter().any(|name| {
        lower.match_indices(name).any(|(at, _)| {
            let value = lower[at + name.len()..].trim_start();
            let Some(value) = value.strip_prefix('=') else {
                return false;
            };
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let scheme = value.find([':', '/', '?', '#', '"', '\'', '>', ' ']);
            !scheme.is_some_and(|end| value[end..].starts_with(':')) && !value.starts_with('#')
        })
    })
}

/// A field's text as what it was declared to be; `None` for data that is not text.
fn declared_text(kind: Kind, text: String, markup: bool) -> Option<Text> {
    match kind {
        Kind::Base64 => {
            let decoded = base64::decode(&text);
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

fn is_http(text: &str) -> bool {
    let scheme = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    scheme("http://") || scheme("https://")
}
