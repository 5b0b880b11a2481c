//! The lines above an article's text: title, where and when, author, tags, what is missing; the
//! wrapping of short texts. Never here: the text itself, styles.

use jiff::tz::TimeZone;

use newsprint_html::layout::{Line, Marks, Span};
use newsprint_html::{safe_text, truncate, width};
use newsprint_model::{Article, Headline, Media, TextState, Time};

use super::article::OWN;
use super::story::outlets;
use crate::library::rules::Rules;
use crate::tui::event::StoryOf;
use crate::tui::times::Times;

/// What the header's lines depend on.
#[derive(Debug, Clone)]
pub struct Look {
    /// The reader's zone.
    pub zone: TimeZone,
    /// The present.
    pub now: Time,
    /// No characters beyond ASCII of our own making.
    pub ascii: bool,
    /// Words instead of symbols.
    pub linear: bool,
    /// The key that fetches the text.
    pub fetch: String,
    /// The key that shows what has changed.
    pub diff: String,
    /// The key that opens the page, or the sound.
    pub open: String,
    /// The key that opens the next article of the story.
    pub telling: String,
}

impl Look {
    fn times(&self) -> Times<'_> {
        Times {
            zone: &self.zone,
            now: self.now,
            format: "",
        }
    }
}

fn span(text: impl Into<String>, marks: Marks) -> Span {
    Span {
        text: text.into(),
        marks,
        link: None,
    }
}

const DIM: Marks = Marks {
    dim: true,
    ..Marks::PLAIN
};

/// The lines above the text: title; where, when and by whom, with the tags; what is missing.
pub fn head(
    article: &Article,
    story: Option<&StoryOf>,
    columns: u16,
    look: &Look,
    rules: Rules<'_>,
) -> Vec<Line> {
    let headline = &article.headline;
    // How long it takes to read stands in the frame, with how much has been read.
    let mut lines = facts(headline, columns, look, rules, false);
    let columns = usize::from(columns);
    let notice = Marks {
        highlight: true,
        ..Marks::default()
    };
    let mut push = |text: &str| {
        for text in wrap(text, columns) {
            lines.push(line(text, notice));
        }
    };
    if let Some(media) = article.media.iter().find(|media| playable(media)) {
        let word = if media.is_audio() { "Audio" } else { "Video" };
        let long = media.seconds.map_or(String::new(), |seconds| {
            format!(", {} min", seconds.div_ceil(60))
        });
        push(&format!("{word}{long} ({}: play)", look.open));
    }
    match (headline.text, article.partial) {
        (TextState::Full, _) => {}
        (_, Some(partial)) => push(partial.sentence()),
        (TextState::Excerpt, None) => {
            push(&format!("Excerpt only ({}: fetch full text)", look.fetch));
        }
        (TextState::None, None) => {
            push(&format!("Headline only ({}: fetch full text)", look.fetch));
        }
    }
    if headline.changed {
        push(&format!(
            "Changed by the outlet ({}: show changes)",
            look.diff
        ));
    }
    if let Some(story) = story {
        if !story.others.is_empty() {
            let outlets = outlets(&story.others);
            push(&format!("Also in: {outlets} ({}: next)", look.telling));
        }
        for text in news(story, look) {
            push(&text);
        }
    }
    if headline.text == TextState::None && !headline.url.is_empty() {
        // Nothing else to read: where it is.
        let url = safe_text::line(&headline.url);
        let mut line = span(truncate(&url, columns), DIM);
        line.link = Some(OWN);
        lines.push(Line {
            spans: vec![line],
            ..Line::default()
        });
    }
    lines.push(Line::default());
    lines
}

/// What of the article is new to the reader. Where lines are read aloud, the sentences themselves: a mark beside them
/// could not be heard.
fn news(story: &StoryOf, look: &Look) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(new) = &story.new {
        lines.push(match new.len() {
            0 => "Nothing new since you last read this story".to_owned(),
            1 => "1 new sentence since you last read this story".to_owned(),
            count => format!("{count} new sentences since you last read this story"),
        });
        if look.linear {
            lines.extend(
                new.iter()
                    .map(|sentence| format!("New: {}", safe_text::line(sentence))),
            );
        }
    }
    lines
}

/// Whether it is an episode: sound or film.
pub(super) fn playable(media: &Media) -> bool {
    media.is_audio() || media.is_video()
}

/// What a headline says by itself: title, outlet, date, author, reading time, star, tags.
pub fn facts(
    headline: &Headline,
    columns: u16,
    look: &Look,
    rules: Rules<'_>,
    minutes: bool,
) -> Vec<Line> {
    let columns = usize::from(columns);
    let dot = match (look.linear, look.ascii) {
        (true, _) => ", ",
        (_, true) => " - ",
        _ => " · ",
    };
    let title = safe_text::line(&headline.title);
    let title = if title.is_empty() {
        "(no title)".to_owned()
    } else {
        title
    };
    let strong = Marks {
        strong: true,
        heading: 1,
        ..Marks::default()
    };
    let mut lines: Vec<Line> = wrap(&title, columns)
        .into_iter()
        .map(|text| line(text, strong))
        .collect();
    let mut facts = vec![safe_text::line(&headline.outlet)];
    if let Some(time) = headline.published {
        facts.push(look.times().full(time));
    }
    facts.push(safe_text::line(&headline.author));
    if minutes && headline.words > 0 {
        facts.push(format!("{} min", headline.minutes()));
    }
    if headline.starred {
        let star = match (look.linear, look.ascii) {
            (true, _) => "",
            (_, true) => "+ ",
            _ => "★ ",
        };
        facts.push(format!("{star}starred"));
    }
    let tags = rules.shown_tags(&headline.outlet, &headline.tags);
    let mut tags: Vec<String> = tags.iter().map(|tag| safe_text::line(tag)).collect();
    let many = tags.len();
    for tag in tags.iter_mut().take(many.saturating_sub(1)) {
        tag.push(',');
    }
    // The first tag is one fact more, the others follow it.
    let mut rest = Vec::new();
    if !tags.is_empty() {
        rest = tags.split_off(1);
        facts.append(&mut tags);
    }
    let row = |text| line(text, DIM);
    let mut rows = together(Vec::new(), &facts, dot, columns);
    rows = together(rows, &rest, " ", columns);
    let mut rows: Vec<Line> = rows.into_iter().map(row).collect();
    // The outlet's name leads to the article's page, where the terminal knows links.
    if let Some(first) = rows.first_mut().and_then(|line| line.spans.first_mut())
        && !headline.url.is_empty()
    {
        first.link = Some(OWN);
    }
    lines.extend(rows);
    lines
}

/// A line in one look.
fn line(text: String, marks: Marks) -> Line {
    Line {
        spans: vec![span(text, marks)],
        ..Line::default()
    }
}

/// Short texts added to lines, each kept in one piece where a line can hold it.
fn together(
    mut lines: Vec<String>,
    parts: &[String],
    between: &str,
    columns: usize,
) -> Vec<String> {
    for part in parts.iter().filter(|part| !part.is_empty()) {
        match lines.last_mut() {
            Some(last) if width(last) + width(between) + width(part) <= columns => {
                last.push_str(between);
                last.push_str(part);
            }
            _ => lines.extend(wrap(part, columns)),
        }
    }
    lines
}

/// Text in lines of at most `columns`, parted at spaces, in words only where one is too long. Spaces at its
/// beginning stay, and its other lines hang under them.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let indent = text.len() - text.trim_start_matches(' ').len();
    if indent > 0 && indent < text.len() {
        let indent = indent.min(columns / 2);
        let mut lines = wrap(text.trim_start_matches(' '), columns - indent);
        for line in &mut lines {
            line.insert_str(0, &" ".repeat(indent));
        }
        return lines;
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let mut word = word.to_owned();
        if !line.is_empty() && width(&line) + 1 + width(&word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        while width(&word) > columns {
            let mut head = String::new();
            for c in word.chars() {
                if width(&head) + width(c.encode_utf8(&mut [0; 4])) > columns {
                    break;
                }
                head.push(c);
            }
            if head.is_empty() {
                break;
            }
            word.drain(..head.len());
            lines.push(head);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_not_torn_apart() {
        let parts = ["The Post", "12 Jun 2024, 14:02", "1 min"].map(str::to_owned);
        let lines = together(Vec::new(), &parts, " · ", 22);
        assert_eq!(lines, ["The Post", "12 Jun 2024, 14:02", "1 min"]);
        let lines = together(Vec::new(), &parts, " · ", 30);
        assert_eq!(lines, ["The Post · 12 Jun 2024, 14:02", "1 min"]);
        let narrow = together(Vec::new(), &parts, " · ", 8);
        assert!(narrow.iter().all(|line| width(line) <= 8), "{narrow:?}");
    }

    #[test]
    fn long_words_are_parted_and_wide_ones_fit() {
        assert_eq!(wrap("aa bb ccccc", 5), ["aa bb", "ccccc"]);
        assert_eq!(wrap("  aa bbb", 5), ["  aa", "  bbb"]);
        assert_eq!(wrap("abcdefg", 3), ["abc", "def", "g"]);
        assert!(wrap("漢字漢字漢", 4).iter().all(|line| width(line) <= 4));
    }
}
