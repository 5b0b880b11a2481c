//! Why an article's text is what it is, part for part of its page, in lines for people.
//! Never here: the deciding (`newsprint_parse::article`), the request (`refresh`).

use newsprint_html::{safe_text, truncate};
use newsprint_parse::article::{Explained, Explanation};

/// Columns before a part's text: `dropped  +10.2  `.
const INDENT: usize = 16;
/// A share smaller than this decides nothing.
const LEAST: f32 = 0.3;

/// What the lines mean, one line or two for each part of the page, and what can be done about it; none is wider than
/// `columns` where they are at least 40.
pub fn lines(explanation: &Explanation, columns: usize) -> Vec<String> {
    let columns = columns.max(40);
    let mut lines = wrapped(
        &format!(
            "Each part of the page with its score: above {:.2} it counts as article text, below that it does not. \
             Under it, its place as a CSS selector and what raised (+) or lowered (-) the score, strongest first. \
             Where a rule for the whole page decided instead, the rule is named.",
            explanation.enough
        ),
        columns,
    );
    lines.push(String::new());
    for block in &explanation.blocks {
        let mark = if block.kept { "kept" } else { "dropped" };
        let text = safe_text::line(&block.text);
        let line = format!("{mark:7}  {:+5.1}  {text}", block.odds);
        lines.push(truncate(line.trim_end(), columns));
        if let Some(rule) = block.rule {
            let rule = in_words(rule);
            lines.push(truncate(&format!("{:INDENT$}rule: {rule}", ""), columns));
        }
        let why = [safe_text::line(&block.place), reasons(block)];
        let why: Vec<&str> = why.iter().map(String::as_str).collect();
        let why = why.join("  ");
        if !why.trim().is_empty() {
            lines.push(truncate(&format!("{:INDENT$}{}", "", why.trim()), columns));
        }
    }
    if let Some(instead) = explanation.instead {
        lines.push(String::new());
        lines.extend(wrapped(
            &format!("The text is from elsewhere in the page: {instead}."),
            columns,
        ));
    }
    lines.push(String::new());
    lines.extend(wrapped(
        "A part is missing, or too much? Under the outlet in the config, [outlet.select] takes CSS selectors: \
         `body` for the article's text, `remove` for what does not belong to it.",
        columns,
    ));
    lines
}

/// Reasons that are told of a part.
const TOLD: usize = 3;

/// What spoke for the part and against it, the strongest first.
fn reasons(block: &Explained) -> String {
    let mut told: Vec<String> = Vec::new();
    for (name, share) in block
        .reasons
        .iter()
        .filter(|(_, share)| share.abs() >= LEAST)
    {
        let plain = plain(name);
        let sign = if *share > 0.0 { '+' } else { '-' };
        let reason = format!("{sign} {plain}");
        if told.len() < TOLD && !told.contains(&reason) {
            told.push(reason);
        }
    }
    told.join("  ")
}

/// A feature's name in fewer words.
fn plain(name: &str) -> &str {
    match name {
        "share of the text that looks so"
        | "share of the running text that looks so"
        | "share of the running text that looks exactly so" => "looks like the text",
        "how much of what looks so is text" | "how much of what looks exactly so is text" => {
            "others of its look are text"
        }
        "link text in what looks so" => "links in others of its look",
        "sentences in what looks so" => "sentences in others of its look",
        "mean length of what looks so" => "length of others of its look",
        "how many look exactly so" => "number of its look",
        "running text in its parent" => "running text beside it",
        "running text in what holds that" => "running text around it",
        "much of the running text is in boxes so named" => "named as the text's boxes are",
        "share of the text in its parent" => "the text is in its box",
        "how much of its parent is text" => "its box is text",
        "how much of what holds that is text" => "the box around that is text",
        "link text in its parent" => "links beside it",
        "link text in what holds that" => "links around it",
        "mean length of blocks in its parent" => "length of what is beside it",
        "mean length in what holds that" => "length of what is around it",
        name => name,
    }
}

/// A rule in words.
fn in_words(rule: &str) -> &str {
    match rule {
        "headline" => "the headline, shown above the text",
        "announced" => "what comes before other articles are announced",
        "other-articles" | "second-article" => "belongs to another article",
        "cards" => "a card that the article tells of",
        "quoted-posts" => "a quoted post",
        "link-lines" => "a line of links",
        "announced-links" => "links to other articles",
        "announcing" | "left-labels" => "a heading over links to other articles",
        "teasers" | "last-teasers" => "teasers of other articles",
        "announced-rest" => "what the page announces below the text",
        "asks" => "a request to the reader",
        "asking-boxes" => "an offer or a request to the reader",
        "credits" => "a credit",
        "captions" => "a caption that is there twice",
        "unseen" => "not shown on the page",
        "named-captions" => "the caption of a picture",
        "told-pictures" => "a story told in pictures",
        "said-again" => "said before on the page",
        "runs-again" => "the same text, there twice",
        "card-facts" => "facts of a thing that the text compares",
        "pull-quotes" => "a quotation from the text",
        "dialogs" => "in a dialog over the page",
        "hidden" => "hidden, above the headline",
        "little-found" => "the page has little that looks more like text",
        "comments" => "readers' comments",
        "counts" => "which of some pictures it is",
        "placeholders" => "left unfilled by a template",
        "siblings" | "paragraphs" => "beside parts of the text",
        "prose-within" | "stretches" => "between parts of the text",
        "sections" => "a section like others of the text",
        "questions" => "a list of questions and answers",
        "standfirst" => "the standfirst",
        "notes" => "a note of the text",
        "lists" | "whole-lists" => "a list within the text",
        "ingredients" => "the ingredients of a recipe",
        "announced-lists" => "a list that the text announces",
        "tables" => "a table of the text",
        "facts" => "facts within the text",
        "labels" => "a label that comes again in the text",
        "headings" | "bold-lines" => "a heading of the text",
        "contents" => "a table of contents",
        "colophons" => "how the document was made",
        "columns" => "in a column beside the text",
        "first-lines" | "last-lines" => "about the article",
        "biographies" => "about the author",
        "walls" => "what the pay wall says",
        "notices" => "what the outlet says of itself",
        "last-headings" => "a heading with no text below it",
        "repeats" => "the outlet's other pages have it too",
        "select.body" => "`body` under [outlet.select]",
        "select.remove" => "`remove` under [outlet.select]",
        other => other,
    }
}

/// The text in lines of at most so many columns, broken between words.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let taken = lines.last().map_or(0, |line| newsprint_html::width(line));
        match lines.last_mut() {
            Some(line) if taken == 0 => line.push_str(word),
            Some(line) if taken + 1 + newsprint_html::width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(kept: bool, odds: f32, rule: Option<&'static str>, text: &str) -> Explained {
        Explained {
            kept,
            odds,
            rule,
            reasons: vec![
                ("share of the running text that looks so".to_owned(), 2.5),
                (
                    "share of the running text that looks exactly so".to_owned(),
                    2.0,
                ),
                ("link text".to_owned(), -1.2),
                ("commas".to_owned(), 0.1),
            ],
            place: "#story p.lead".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn each_part_stands_with_its_score_in_columns_and_its_reasons_below() {
        let explanation = Explanation {
            blocks: vec![
                part(true, 9.5, None, "The council met."),
                part(
                    false,
                    -12.25,
                    Some("headline"),
                    &"We use cookies. ".repeat(9),
                ),
            ],
            enough: -0.375,
            instead: None,
        };
        let lines = lines(&explanation, 70);
        let at = lines
            .iter()
            .position(|line| line.starts_with("kept"))
            .unwrap();
        assert_eq!(lines[at], "kept      +9.5  The council met.");
        assert_eq!(
            lines[at + 1],
            "                #story p.lead  + looks like the text  - link text"
        );
        assert!(lines[at + 2].starts_with("dropped  -12.2  We use cookies."));
        assert_eq!(
            lines[at + 3],
            "                rule: the headline, shown above the text"
        );
        assert!(lines.iter().all(|line| newsprint_html::width(line) <= 70));
        // It says what the number means before the first one, and what to do after the last.
        let head = lines[..at].join(" ");
        assert!(head.contains("score: above -0.38 it counts"), "{head}");
        assert!(lines.concat().contains("[outlet.select]"));
    }

    /// (Two of them decide over no single block.)
    #[test]
    fn every_rule_is_told_in_words() {
        let rules = newsprint_parse::article::training::rules();
        let rules = rules.map(|(rule, _)| rule).filter(|rule| *rule != "part");
        for rule in rules.chain(["headline", "comments", "hidden", "little-found", "repeats"]) {
            assert_ne!(in_words(rule), rule);
        }
    }
}
