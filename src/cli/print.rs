//! Text, TSV, JSON and Markdown on stdout: how headlines, articles, tags and outlets are printed.
//! Never here: deciding what is printed, the store, the network.

mod article;
pub mod json;
mod ways;

use std::fmt;
use std::io::{self, Write};

use jiff::tz::TimeZone;

pub use article::{ArticleForm, article, diff};
pub use ways::ways;

pub use crate::export::json::rfc3339;
use crate::library::tags::Facet;
use newsprint_model::{Headline, Health, TextState, Time, without_password};

/// How text output looks.
#[derive(Debug, Clone)]
pub struct Look {
    /// Use ANSI styles.
    pub color: bool,
    /// Columns to fit lines in; `None` cuts nothing (a pipe or a file).
    pub width: Option<usize>,
    /// The reader's time zone.
    pub zone: TimeZone,
    /// Now, for dates that leave out what is plain.
    pub now: Time,
}

/// An ANSI style, written only where colours are wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Style {
    Bold,
    Dim,
    Italic,
    Underline,
    Accent,
    Red,
    Green,
}

/// Text that is styled where colours are wanted.
pub(crate) struct Styled<'a>(pub &'a Look, pub Style, pub &'a str);

impl fmt::Display for Styled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Styled(look, style, text) = self;
        if !look.color || text.is_empty() {
            return f.write_str(text);
        }
        let code = match style {
            Style::Bold => "1",
            Style::Dim => "2",
            Style::Italic => "3",
            Style::Underline => "4",
            Style::Accent => "36",
            Style::Red => "31",
            Style::Green => "32",
        };
        write!(f, "\x1b[{code}m{text}\x1b[0m")
    }
}

/// `14:02` today, `12 Jun` this year, `12 Jun 2024` before.
pub fn short_date(time: Time, look: &Look) -> String {
    let then = time.to_zoned_datetime(look.zone.clone());
    let now = look.now.to_zoned_datetime(look.zone.clone());
    let format = if then.date() == now.date() {
        "%H:%M"
    } else if then.year() == now.year() {
        "%-d %b"
    } else {
        "%-d %b %Y"
    };
    then.strftime(format).to_string()
}

/// One headline for people: number, marks, date, outlet, title.
pub fn headline(out: &mut dyn Write, headline: &Headline, look: &Look) -> io::Result<()> {
    let unread = if headline.read { " " } else { "●" };
    let star = if headline.starred { "★" } else { " " };
    let state = match headline.text {
        TextState::Full => "✓",
        TextState::Excerpt => "◐",
        TextState::None => "○",
    };
    let date = headline.published.unwrap_or(headline.first_seen);
    let date = format!("{:>11}", short_date(date, look));
    let id = format!("{:>6}", headline.id);
    let title = newsprint_html::safe_text::line(&headline.title);
    let outlet = newsprint_html::safe_text::line(&headline.outlet);
    let fixed = id.len() + 1 + 2 + 1 + 1 + 1 + 11 + 2;
    let (title, outlet) = match look.width {
        Some(width) => {
            let left = width.saturating_sub(fixed);
            let outlet = newsprint_html::truncate(&outlet, (left / 4).min(24));
            let title = newsprint_html::truncate(
                &title,
                left.saturating_sub(newsprint_html::width(&outlet) + 2)
                    .max(8),
            );
            (title, outlet)
        }
        None => (title, outlet),
    };
    let style = if headline.read {
        Style::Dim
    } else {
        Style::Bold
    };
    writeln!(
        out,
        "{} {unread}{star} {state} {}  {}  {}",
        Styled(look, Style::Dim, &id),
        Styled(look, Style::Dim, &date),
        Styled(look, style, &title),
        Styled(look, Style::Accent, &outlet),
    )
}

/// One headline as fields parted by tabs: id, published, outlet, read, starred, text, tags, title, url.
pub fn headline_tsv(out: &mut dyn Write, headline: &Headline) -> io::Result<()> {
    let tags: Vec<String> = headline
        .tags
        .iter()
        .map(|tag| newsprint_html::safe_text::line(tag))
        .collect();
    writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
        headline.id,
        headline.published.map(rfc3339).unwrap_or_default(),
        newsprint_html::safe_text::line(&headline.outlet),
        if headline.read { "read" } else { "unread" },
        if headline.starred { "starred" } else { "" },
        headline.text.as_str(),
        tags.join(", "),
        newsprint_html::safe_text::line(&headline.title),
        newsprint_html::safe_text::line(&headline.url),
    )
}

/// One tag for people: unread and total, name.
pub fn tag(out: &mut dyn Write, tag: &Facet, look: &Look) -> io::Result<()> {
    let counts = format!("{:>6}/{:<6}", tag.counts.unread, tag.counts.total);
    writeln!(
        out,
        "{} {}",
        Styled(look, Style::Dim, &counts),
        newsprint_html::safe_text::line(&tag.name)
    )
}

/// One tag as fields parted by tabs: tag, total, unread.
pub fn tag_tsv(out: &mut dyn Write, tag: &Facet) -> io::Result<()> {
    writeln!(
        out,
        "{}\t{}\t{}",
        newsprint_html::safe_text::line(&tag.name),
        tag.counts.total,
        tag.counts.unread
    )
}

/// Text with addresses in it, on one safe line and without passwords.
pub fn address(text: &str) -> String {
    newsprint_html::safe_text::line(&without_password(text))
}

/// One outlet for people, on a few lines.
pub fn outlet(out: &mut dyn Write, health: &Health, look: &Look) -> io::Result<()> {
    let name = newsprint_html::safe_text::line(&health.outlet);
    let counts = format!("{} unread of {}", health.counts.unread, health.counts.total);
    writeln!(
        out,
        "{}  {}",
        Styled(look, Style::Bold, &name),
        Styled(look, Style::Dim, &counts)
    )?;
    match &health.source {
        Some(source) => writeln!(out, "  {} {}", source.in_words(), address(source.url()))?,
        None if health.last_success.is_none() && health.last_error.is_none() => {
            writeln!(out, "  {}", address(&health.url))?;
        }
        None => writeln!(
            out,
            "  {} (no feed or headlines found yet)",
            address(&health.url)
        )?,
    }
    if let Some(success) = health.last_success {
        writeln!(out, "  last fetched {}", local(success, look))?;
    } else if health.last_error.is_none() {
        writeln!(out, "  never fetched (run `newsprint refresh`)")?;
    }
    if let Some(error) = &health.last_error {
        let since = health
            .failing_since
            .map(|since| format!(", since {}", local(since, look)));
        let line = format!("failing{}: {}", since.unwrap_or_default(), address(error));
        writeln!(out, "  {}", Styled(look, Style::Red, &line))?;
    }
    for note in &health.notes {
        writeln!(out, "  note: {}", address(note))?;
    }
    if let Some(stopped) = &health.stopped {
        let line = format!("disabled: {}", newsprint_html::safe_text::line(stopped));
        writeln!(out, "  {}", Styled(look, Style::Red, &line))?;
    } else if let Some(next) = health.next_fetch.filter(|next| *next > look.now) {
        writeln!(out, "  next fetch {}", local(next, look))?;
    }
    Ok(())
}

/// One outlet as fields parted by tabs: outlet, source kind, source address, last success, last
/// error, next fetch, total, unread.
pub fn outlet_tsv(out: &mut dyn Write, health: &Health) -> io::Result<()> {
    writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
        newsprint_html::safe_text::line(&health.outlet),
        health
            .source
            .as_ref()
            .map(|source| source.kind())
            .unwrap_or_default(),
        address(
            health
                .source
                .as_ref()
                .map_or(health.url.as_str(), |source| source.url())
        ),
        health.last_success.map(rfc3339).unwrap_or_default(),
        address(health.last_error.as_deref().unwrap_or_default()),
        health.next_fetch.map(rfc3339).unwrap_or_default(),
        health.counts.total,
        health.counts.unread,
    )
}

/// `2024-06-12 14:02` in the reader's zone.
pub fn local(time: Time, look: &Look) -> String {
    time.to_zoned_datetime(look.zone.clone())
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look() -> Look {
        Look {
            color: false,
            width: None,
            zone: TimeZone::UTC,
            now: "2024-06-12T15:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn dates_leave_out_what_is_plain() {
        let date = |text: &str| short_date(text.parse().unwrap(), &look());
        assert_eq!(date("2024-06-12T09:05:00Z"), "09:05");
        assert_eq!(date("2024-01-02T09:05:00Z"), "2 Jan");
        assert_eq!(date("2023-12-31T23:59:00Z"), "31 Dec 2023");
    }

    #[test]
    fn styles_are_written_only_where_colours_are_wanted() {
        let plain = look();
        assert_eq!(Styled(&plain, Style::Bold, "x").to_string(), "x");
        let colored = Look {
            color: true,
            ..look()
        };
        assert_eq!(
            Styled(&colored, Style::Bold, "x").to_string(),
            "\x1b[1mx\x1b[0m"
        );
    }
}
