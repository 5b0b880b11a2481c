//! One article for people: header and laid out lines, Markdown, HTML, and what has changed in it.
//! Never here: the store.

use std::io::{self, Write};

use super::{Look, Style, Styled};
use crate::export::formats::language;
use newsprint_html::layout::{Images, Line, Links, Options, layout};
use newsprint_html::{Change, escape};
use newsprint_model::{Article, Revision, TextState};

/// The forms of `show` beside JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArticleForm {
    /// Lines for the terminal.
    Text,
    /// Markdown with the header as a list.
    Markdown,
    /// The clean HTML with a title.
    Html,
}

/// Prints an article in `columns`.
pub fn article(
    out: &mut dyn Write,
    article: &Article,
    form: ArticleForm,
    columns: u16,
    look: &Look,
) -> io::Result<()> {
    match form {
        ArticleForm::Text => lines(out, article, columns, look),
        ArticleForm::Markdown => markdown(out, article, look),
        ArticleForm::Html => html(out, article),
    }
}

fn lines(out: &mut dyn Write, article: &Article, columns: u16, look: &Look) -> io::Result<()> {
    let headline = &article.headline;
    let options = Options {
        width: columns,
        links: Links::Numbered,
        images: Images::Line,
        ..Options::default()
    };
    let title = format!(
        "<p>{}</p>",
        escape(&newsprint_html::safe_text::line(&headline.title))
    );
    for line in layout(&title, &options).lines.iter() {
        writeln!(out, "{}", Styled(look, Style::Bold, line.text().trim_end()))?;
    }
    for line in wrapped(&facts(article, look), columns) {
        writeln!(out, "{}", Styled(look, Style::Dim, &line))?;
    }
    if !headline.tags.is_empty() {
        for line in wrapped(
            &newsprint_html::safe_text::line(&headline.tags.join(" · ")),
            columns,
        ) {
            writeln!(out, "{}", Styled(look, Style::Accent, &line))?;
        }
    }
    if let Some(note) = state_note(article) {
        for line in wrapped(&note, columns) {
            writeln!(out, "{}", Styled(look, Style::Italic, &line))?;
        }
    }
    writeln!(out)?;
    let laid = layout(&article.body, &options);
    for line in laid.lines.iter() {
        writeln!(out, "{}", styled_line(line, look))?;
    }
    if !headline.url.is_empty() {
        writeln!(out)?;
        writeln!(
            out,
            "{}",
            Styled(
                look,
                Style::Dim,
                &newsprint_html::safe_text::line(&headline.url)
            )
        )?;
    }
    Ok(())
}

/// `12 Jun 2024 14:02 · Outlet · Author · 2 min`
fn facts(article: &Article, look: &Look) -> String {
    let headline = &article.headline;
    let mut facts = Vec::new();
    if let Some(published) = headline.published {
        let zoned = published.to_zoned_datetime(look.zone.clone());
        facts.push(zoned.strftime("%-d %b %Y %H:%M").to_string());
    }
    facts.push(newsprint_html::safe_text::line(&headline.outlet));
    if !headline.author.is_empty() {
        facts.push(newsprint_html::safe_text::line(&headline.author));
    }
    if headline.words > 0 {
        facts.push(format!("{} min", headline.minutes()));
    }
    if !headline.lang.is_empty() {
        facts.push(newsprint_html::safe_text::line(&headline.lang));
    }
    if headline.changed {
        facts.push("changed".to_owned());
    }
    facts.join(" · ")
}

/// Why the text is not the whole article, if it is not.
fn state_note(article: &Article) -> Option<String> {
    let why = article.partial.map(|partial| partial.sentence());
    match article.headline.text {
        TextState::Full => None,
        TextState::Excerpt => Some(
            format!("Excerpt. {}", why.unwrap_or_default())
                .trim()
                .to_owned(),
        ),
        TextState::None => Some(
            format!("No text yet. {}", why.unwrap_or_default())
                .trim()
                .to_owned(),
        ),
    }
}

fn wrapped(line: &str, columns: u16) -> Vec<String> {
    let options = Options {
        width: columns,
        ..Options::default()
    };
    let laid = layout(&format!("<p>{}</p>", escape(line)), &options);
    laid.lines
        .iter()
        .map(|line| line.text().trim_end().to_owned())
        .collect()
}

fn styled_line(line: &Line, look: &Look) -> String {
    if !look.color {
        let mut text = line.text();
        text.truncate(text.trim_end().len());
        return text;
    }
    let mut out = String::new();
    for span in &line.spans {
        let marks = span.marks;
        let style = if marks.heading > 0 {
            Some(Style::Bold)
        } else if span.link.is_some() && !marks.dim {
            Some(Style::Underline)
        } else if marks.dim || marks.caption || marks.image {
            Some(Style::Dim)
        } else if marks.strong {
            Some(Style::Bold)
        } else if marks.emphasis {
            Some(Style::Italic)
        } else if marks.code {
            Some(Style::Accent)
        } else if marks.underline {
            Some(Style::Underline)
        } else {
            None
        };
        match style {
            Some(style) => out.push_str(&Styled(look, style, &span.text).to_string()),
            None => out.push_str(&span.text),
        }
    }
    out
}

fn markdown(out: &mut dyn Write, article: &Article, look: &Look) -> io::Result<()> {
    let headline = &article.headline;
    writeln!(
        out,
        "# {}\n",
        newsprint_html::safe_text::line(&headline.title)
    )?;
    writeln!(out, "{}  ", facts(article, look))?;
    if !headline.tags.is_empty() {
        writeln!(
            out,
            "{}  ",
            newsprint_html::safe_text::line(&headline.tags.join(", "))
        )?;
    }
    if !headline.url.is_empty() {
        writeln!(out, "<{}>", newsprint_html::safe_text::line(&headline.url))?;
    }
    writeln!(
        out,
        "\n{}",
        newsprint_html::markdown(&article.body).trim_end()
    )
}

fn html(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let headline = &article.headline;
    // As a part of a page it says its language itself.
    writeln!(out, "<article{}>", language(article))?;
    writeln!(
        out,
        "<h1>{}</h1>",
        escape(&newsprint_html::safe_text::line(&headline.title))
    )?;
    let body = newsprint_html::safe_text::block(&article.body);
    writeln!(out, "{body}\n</article>")
}

/// Prints the words that changed from the earliest kept text to today's, revision by revision.
pub fn diff(
    out: &mut dyn Write,
    article: &Article,
    revisions: &[Revision],
    columns: u16,
    look: &Look,
) -> io::Result<()> {
    let mut texts: Vec<(String, String, Option<String>)> = revisions
        .iter()
        .map(|old| {
            (
                old.title.clone(),
                newsprint_html::plain(&old.body),
                Some(super::local(old.replaced, look)),
            )
        })
        .collect();
    texts.push((
        article.headline.title.clone(),
        newsprint_html::plain(&article.body),
        None,
    ));
    for pair in texts.windows(2) {
        let [(old_title, old_text, when), (new_title, new_text, _)] = pair else {
            continue;
        };
        let when = when.as_deref().unwrap_or_default();
        writeln!(
            out,
            "{}",
            Styled(look, Style::Dim, &format!("changed {when}"))
        )?;
        for (old, new) in [(old_title, new_title), (old_text, new_text)] {
            if old != new {
                changes(out, &newsprint_html::diff(old, new), columns, look)?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Changed passages with a few words around them: `[-removed-]`, `{+added+}` as in word diffs.
fn changes(
    out: &mut dyn Write,
    pieces: &[(Change, String)],
    columns: u16,
    look: &Look,
) -> io::Result<()> {
    const AROUND: usize = 8;
    let mut line = String::new();
    for (at, (change, piece)) in pieces.iter().enumerate() {
        let piece = newsprint_html::safe_text::line(piece);
        match change {
            Change::Removed if look.color => {
                line.push_str(&Styled(look, Style::Red, piece.trim()).to_string());
                line.push(' ');
            }
            Change::Added if look.color => {
                line.push_str(&Styled(look, Style::Green, piece.trim()).to_string());
                line.push(' ');
            }
            Change::Removed => line.push_str(&format!("[-{}-] ", piece.trim())),
            Change::Added => line.push_str(&format!("{{+{}+}} ", piece.trim())),
            Change::Same => {
                let words: Vec<&str> = piece.split_whitespace().collect();
                let (first, last) = (at == 0, at + 1 == pieces.len());
                let room = AROUND * (usize::from(!first) + usize::from(!last));
                if words.len() <= room {
                    line.push_str(&words.join(" "));
                } else {
                    if !first {
                        line.push_str(&words[..AROUND].join(" "));
                        line.push(' ');
                    }
                    line.push('…');
                    if !last {
                        line.push(' ');
                        line.push_str(&words[words.len() - AROUND..].join(" "));
                    }
                }
                line.push(' ');
            }
        }
    }
    // Styled text cannot be measured by the layout: the terminal wraps it.
    if look.color {
        return writeln!(out, "{}", line.trim_end());
    }
    for line in wrapped(line.trim_end(), columns) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
