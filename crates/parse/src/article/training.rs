//! What a fitter needs of a page: its blocks' features, and which of them a known text says are the article.
//! Never here: the fitting (`examples/fit`).

use url::Url;

use super::blocks::Outline;
use super::extract;
use super::features::{Row, Subject};
use super::scoring;
use super::words::{KnownText, Words};
use crate::{ParseError, charset, limit_html};
use dom_query::Document;
use newsprint_model::Select;

pub use super::features::{COUNT, name};
pub use super::scoring::Weights;

/// A page whose text is known.
#[derive(Debug)]
pub struct Example {
    outline: Outline,
    subject: Subject,
    /// For each block how much of it is the article's, 0 to 1.
    pub labels: Vec<f32>,
    /// For each block how much it counts; about 1 for the text of a page.
    pub importance: Vec<f32>,
}

impl Example {
    /// From a page and the text that is known to be its article's.
    ///
    /// # Errors
    /// If `url` is not a valid address.
    pub fn new(bytes: &[u8], url: &str, text: &str) -> Result<Example, ParseError> {
        let url = Url::parse(url).map_err(|error| super::failure(&error.to_string()))?;
        let html = limit_html::limit(&charset::decode(bytes, None));
        let doc = Document::from(html.as_str());
        let meta = super::meta::read(&doc, &url, &Select::default(), None);
        let subject = extract::subject(&doc, &meta, &url);
        let outline = Outline::of(&doc);
        let labels = labels(&outline, text);
        let held: f32 = outline
            .blocks
            .iter()
            .zip(&labels)
            .map(|(block, label)| block.chars as f32 * label)
            .sum();
        let importance: Vec<f32> = outline
            .blocks
            .iter()
            .map(|block| (block.chars.min(600) as f32 + 15.0) / (held + 500.0))
            .collect();
        Ok(Example {
            outline,
            subject,
            labels,
            importance,
        })
    }

    /// The blocks' features, given what the pass before holds of them (log odds); in the first pass nothing does.
    #[must_use]
    pub fn rows_after(&self, odds: Option<&[f32]>) -> Vec<Row> {
        scoring::rows_after(&self.outline, &self.subject, odds)
    }

    /// The article's text, given log odds of the blocks and those from which a block is taken.
    #[must_use]
    pub fn text(&self, odds: &[f32], enough: f32, without: u64) -> String {
        let decided = self.decided(odds, enough, without);
        let texts = decided.filter_map(|(text, kept, _)| kept.then_some(text));
        texts.collect::<Vec<_>>().join("\n")
    }

    /// The blocks' texts, whether they are kept, and the rule that decided where the odds did not.
    pub fn decided(
        &self,
        odds: &[f32],
        enough: f32,
        without: u64,
    ) -> impl Iterator<Item = (&str, bool, Option<&'static str>)> {
        let judged = scoring::judged(&self.outline, &self.subject, odds.to_vec(), enough, without);
        let picked = super::select::pick(&self.outline, &judged);
        let blocks = self
            .outline
            .blocks
            .iter()
            .zip(picked.kept)
            .zip(picked.rules);
        blocks.map(|((block, kept), rule)| (block.text.as_str(), kept, rule))
    }

    /// Log odds of the blocks after these passes.
    #[must_use]
    pub fn odds(&self, passes: &[Vec<f32>]) -> Vec<f32> {
        scoring::odds(&self.outline, &self.subject, passes)
    }

    /// The blocks' features in the pass that comes after these.
    #[must_use]
    pub fn rows(&self, before: &[Vec<f32>]) -> Vec<Row> {
        scoring::rows(&self.outline, &self.subject, before)
    }
}

/// How much of each block is the text's.
fn labels(outline: &Outline, text: &str) -> Vec<f32> {
    let gold = Words::of(text);
    let lines: Vec<Words> = text.lines().map(Words::of).collect();
    let html: String = text
        .lines()
        .map(|line| format!("<p>{}</p>", line.replace(['<', '>'], " ")))
        .collect();
    let mut known = KnownText::of_html(&html);
    known.add(&gold);
    let words: Vec<Words> = outline
        .blocks
        .iter()
        .map(|block| Words::of(&block.text))
        .collect();
    let mut labels: Vec<f32> = words
        .iter()
        .map(|words| {
            let covers = known.covers(words);
            if covers == 0.0 && (2..4).contains(&words.0.len()) {
                let found = gold.0.windows(words.0.len()).any(|run| run == words.0);
                return if found { 0.5 } else { 0.0 };
            }
            match covers {
                covers if covers > 0.75 => 1.0,
                covers if covers < 0.25 => 0.0,
                covers => covers,
            }
        })
        .collect();
    // What stands on the page more often than in the text is text where text is around it.
    let mut done = std::collections::HashSet::new();
    for i in 0..words.len() {
        let whole = words[i].whole();
        if labels[i] < 0.5 || words[i].0.is_empty() || !done.insert(whole) {
            continue;
        }
        let same: Vec<usize> = (i..words.len())
            .filter(|j| words[*j].0 == words[i].0)
            .collect();
        if same.len() < 2 {
            continue;
        }
        let times = lines
            .iter()
            .filter(|line| line.0 == words[i].0)
            .count()
            .max(1);
        let mut near: Vec<(f32, usize)> = same
            .iter()
            .map(|at| {
                let around = (at.saturating_sub(3)..(at + 4).min(words.len())).filter(|j| j != at);
                let near: f32 = around
                    .map(|j| labels[j] * outline.blocks[j].chars.min(300) as f32)
                    .sum();
                (near, *at)
            })
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, at) in near.into_iter().skip(times) {
            labels[at] = 0.0;
        }
    }
    labels
}

/// The names of the rules that decide for the page as a whole, and their bits in [`Weights::without`].
pub fn rules() -> impl Iterator<Item = (&'static str, u64)> {
    let page = super::select::RULES.iter().enumerate();
    page.map(|(at, (name, _))| (*name, 1 << at)).chain([
        ("part", super::select::PART),
        ("announced", super::select::ANNOUNCED),
        ("comments", super::select::COMMENTS),
    ])
}
