//! A digest: stories first, then the other articles by outlet, as text, Markdown, HTML, mail or an e-book. The same
//! articles give the same bytes; nothing is fetched.
//! Never here: which articles are in it, the store, the clock.

mod epub;
mod mail;
mod xhtml;

use std::fmt::Write;
use std::io;

use jiff::tz::TimeZone;
use newsprint_html::layout::{self, Images, Links, layout};
use newsprint_html::{escape, markdown, plain, safe_text};
use newsprint_model::{Article, Time};

use super::language;

/// What a digest is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// One HTML page.
    Html,
    /// A mail with text and HTML (RFC 5322).
    Mail,
    /// An e-book (EPUB 3.3).
    Epub,
}

/// One thing that is told: by one article, or by several.
#[derive(Debug, Clone)]
pub struct Item {
    /// The article whose text stands for all.
    pub article: Article,
    /// The others that tell it: outlet, title, address.
    pub others: Vec<(String, String, String)>,
}

/// Items under a heading.
#[derive(Debug, Clone)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// In order.
    pub items: Vec<Item>,
}

/// What a digest is made of.
#[derive(Debug, Clone)]
pub struct Digest {
    /// Stories first.
    pub sections: Vec<Section>,
    /// Whole texts; else the beginning of each.
    pub whole: bool,
    /// The reader's time zone.
    pub zone: TimeZone,
    /// Sender and receiver of a mail.
    pub from: String,
    /// See `from`.
    pub to: String,
}

/// A picture that is kept, by its address.
pub type Pictures<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Characters of a beginning.
const LEAD: usize = 400;

/// Columns of a line of text: what a mail may be quoted with and still fit into 80 (RFC 3676, section 4.2).
const COLUMNS: u16 = 72;

impl Digest {
    /// The digest in a form. An e-book fails where it would be larger than an archive can be (4 GB, 65,535 files).
    pub fn write(&self, form: Form, pictures: Pictures<'_>) -> io::Result<Vec<u8>> {
        Ok(match form {
            Form::Text => self.text().into_bytes(),
            Form::Markdown => self.markdown().into_bytes(),
            Form::Html => self.html().into_bytes(),
            Form::Mail => mail::write(self).into_bytes(),
            Form::Epub => epub::write(self, pictures)?,
        })
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// The latest moment of any article; what a digest is dated by.
    fn moment(&self) -> Time {
        let moments = self.items().map(|item| when(&item.article));
        moments.max().unwrap_or_default()
    }

    /// `News, 12 Jun 2024`.
    fn title(&self) -> String {
        let day = self.moment().to_zoned_datetime(self.zone.clone());
        format!("News, {}", day.strftime("%-d %b %Y"))
    }

    fn count(&self) -> String {
        let shown = self.items().count();
        let others: usize = self.items().map(|item| item.others.len()).sum();
        match (shown + others, others) {
            (1, _) => "1 article".to_owned(),
            (all, 0) => format!("{all} articles"),
            (all, _) => format!("{all} articles, {shown} shown"),
        }
    }

    fn facts(&self, article: &Article) -> String {
        let headline = &article.headline;
        let when = when(article).to_zoned_datetime(self.zone.clone());
        let mut facts = vec![
            safe_text::line(&headline.outlet),
            when.strftime("%-d %b %Y %H:%M").to_string(),
        ];
        if !headline.author.is_empty() {
            facts.push(safe_text::line(&headline.author));
        }
        facts.join(" · ")
    }

    fn text(&self) -> String {
        let mut out = format!("{}\n{}\n", self.title(), self.count());
        for section in &self.sections {
            let title = safe_text::line(&section.title);
            let line = newsprint_html::width(&title).min(COLUMNS.into());
            let _ = write!(out, "\n\n{}\n{}\n", wrapped(&title, ""), "=".repeat(line));
            for item in &section.items {
                let headline = &item.article.headline;
                for line in [&headline.title, &self.facts(&item.article)] {
                    let _ = write!(out, "\n{}", wrapped(&safe_text::line(line), ""));
                }
                out.push('\n');
                let text = match self.whole {
                    true => laid(&item.article.body),
                    false => wrapped(&self.lead(&item.article), ""),
                };
                if !text.is_empty() {
                    let _ = write!(out, "\n{text}\n");
                }
                for (outlet, title, url) in &item.others {
                    let telling = format!(
                        "also: {}: {}",
                        safe_text::line(outlet),
                        safe_text::line(title)
                    );
                    let _ = write!(
                        out,
                        "\n{}\n      {}",
                        wrapped(&telling, "      "),
                        safe_text::line(url)
                    );
                }
                if !item.others.is_empty() {
                    out.push('\n');
                }
                let _ = writeln!(out, "\n{}", safe_text::line(&headline.url));
            }
        }
        out
    }

    fn lead(&self, article: &Article) -> String {
        lead(&plain(&article.body))
    }

    fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n{}\n", self.title(), self.count());
        for section in &self.sections {
            let _ = write!(out, "\n## {}\n", escape_markdown(&section.title));
            for item in &section.items {
                let headline = &item.article.headline;
                let _ = write!(
                    out,
                    "\n### {}\n\n{}\n\n",
                    link(&headline.title, &headline.url),
                    escape_markdown(&self.facts(&item.article))
                );
                if self.whole {
                    let body = markdown(&item.article.body);
                    // The headings of an article stand below its title.
                    for line in body.lines() {
                        let deeper = if line.starts_with('#') { "##" } else { "" };
                        let _ = writeln!(out, "{deeper}{line}");
                    }
                } else {
                    let _ = writeln!(out, "{}", escape_markdown(&self.lead(&item.article)));
                }
                if !item.others.is_empty() {
                    out.push('\n');
                }
                for (outlet, title, url) in &item.others {
                    let _ = writeln!(out, "- {}: {}", escape_markdown(outlet), link(title, url));
                }
            }
        }
        out
    }

    fn html(&self) -> String {
        let title = xhtml::escape(&self.title());
        let mut out = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{}</p>\n",
            self.count()
        );
        for section in &self.sections {
            let _ = writeln!(
                out,
                "<h2>{}</h2>",
                xhtml::escape(&safe_text::line(&section.title))
            );
            for item in &section.items {
                let attributes = language::attributes(&item.article);
                let html = self.item_html(item, "h3", &|_| None);
                let _ = write!(out, "<article {attributes}>\n{html}</article>\n");
            }
        }
        out.push_str("</body>\n</html>\n");
        out
    }

    /// One item as XHTML, which is HTML too. `picture` gives the file that a picture is in.
    fn item_html(
        &self,
        item: &Item,
        heading: &str,
        picture: &dyn Fn(&str) -> Option<String>,
    ) -> String {
        let headline = &item.article.headline;
        let title = xhtml::escape(&safe_text::line(&headline.title));
        let title = match xhtml::address(&headline.url) {
            Some(url) => format!("<a href=\"{url}\">{title}</a>"),
            None => title,
        };
        let mut out = format!(
            "<{heading}>{title}</{heading}>\n<p>{}</p>\n",
            xhtml::escape(&self.facts(&item.article))
        );
        if let Some(file) = item.article.image.as_deref().and_then(picture) {
            let _ = writeln!(
                out,
                "<p><img src=\"{}\" alt=\"\"/></p>",
                xhtml::escape(&file)
            );
        }
        if self.whole {
            out.push_str(&xhtml::body(&item.article.body));
        } else {
            let text = self.lead(&item.article);
            if !text.is_empty() {
                let _ = writeln!(out, "<p>{}</p>", xhtml::escape(&text));
            }
        }
        if !item.others.is_empty() {
            out.push_str("<ul>\n");
            for (outlet, title, url) in &item.others {
                let title = xhtml::escape(&safe_text::line(title));
                let title = match xhtml::address(url) {
                    Some(url) => format!("<a href=\"{url}\">{title}</a>"),
                    None => title,
                };
                let _ = writeln!(
                    out,
                    "<li>{}: {title}</li>",
                    xhtml::escape(&safe_text::line(outlet))
                );
            }
            out.push_str("</ul>\n");
        }
        out
    }

    /// The language most articles have; `und` where none says.
    fn lang(&self) -> String {
        let mut counts = std::collections::BTreeMap::new();
        for tag in self.items().filter_map(|item| language::tag(&item.article)) {
            *counts.entry(tag).or_insert(0u32) += 1;
        }
        let most = counts
            .into_iter()
            .max_by_key(|(lang, count)| (*count, std::cmp::Reverse(lang.clone())));
        most.map_or("und".to_owned(), |(lang, _)| lang)
    }

    /// A number that stands for what is in it, as 32 hexadecimal digits.
    fn fingerprint(&self) -> String {
        let mut hash = [0xcbf2_9ce4_8422_2325_u64, 0x9e37_79b9_7f4a_7c15];
        // Eight bytes at once: megabytes are hashed.
        let mut add = |bytes: &[u8]| {
            let lengths = (bytes.len() as u64).to_le_bytes();
            for part in bytes.chunks(8).chain([&lengths[..]]) {
                let mut word = [0; 8];
                word[..part.len()].copy_from_slice(part);
                let word = u64::from_le_bytes(word);
                hash[0] = (hash[0] ^ word).wrapping_mul(0x9fb2_1c65_1e98_df25);
                hash[1] = (hash[1] ^ word).wrapping_mul(0xd6e8_feb8_6659_fd93);
                for (half, turn) in hash.iter_mut().zip([29, 37]) {
                    *half = half.rotate_left(turn);
                }
            }
        };
        add(&[u8::from(self.whole)]);
        for section in &self.sections {
            add(section.title.as_bytes());
            for item in &section.items {
                let headline = &item.article.headline;
                for part in [
                    &headline.outlet,
                    &headline.title,
                    &headline.url,
                    &item.article.body,
                ] {
                    add(part.as_bytes());
                }
                for (outlet, title, url) in &item.others {
                    add(outlet.as_bytes());
                    add(title.as_bytes());
                    add(url.as_bytes());
                }
            }
        }
        format!("{:016x}{:016x}", hash[0], hash[1])
    }
}

/// A body as lines of [`COLUMNS`] columns, without a line feed at the end.
fn laid(body: &str) -> String {
    let options = layout::Options {
        width: COLUMNS,
        links: Links::Inline,
        images: Images::None,
        ..layout::Options::default()
    };
    layout(body, &options).to_string().trim_end().to_owned()
}

/// One line of text as lines of [`COLUMNS`] columns, all but the first behind `indent`.
fn wrapped(line: &str, indent: &str) -> String {
    let width = COLUMNS - indent.len() as u16;
    // Most titles and facts fit as they are: a digest has thousands of them.
    let is_narrow = |c: char| c.is_ascii_graphic() || matches!(c, ' ' | '·');
    let fits = line.chars().all(is_narrow) && line.chars().count() <= usize::from(width);
    if fits && line.trim() == line && !line.contains("  ") {
        return line.to_owned();
    }
    let options = layout::Options {
        width,
        ..layout::Options::default()
    };
    let laid = layout(&format!("<p>{}</p>", escape(line)), &options).to_string();
    laid.trim_end().replace('\n', &format!("\n{indent}"))
}

fn when(article: &Article) -> Time {
    let headline = &article.headline;
    headline.published.unwrap_or(headline.first_seen)
}

/// The beginning of a text, whole sentences or words.
fn lead(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(LEAD) else {
        return text;
    };
    let cut = &text[..end];
    match cut.rfind(". ").filter(|at| *at > LEAD / 3) {
        Some(at) => cut[..=at].to_owned(),
        None => format!("{} …", cut.rsplit_once(' ').map_or(cut, |(words, _)| words)),
    }
}

fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe_text::line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn link(title: &str, url: &str) -> String {
    match xhtml::web_address(url) {
        Some(url) => format!("[{}](<{url}>)", escape_markdown(title)),
        None => escape_markdown(title),
    }
}

#[cfg(test)]
mod tests;
