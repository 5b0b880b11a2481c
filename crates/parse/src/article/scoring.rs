//! The blocks' features, weighed: in passes, each of which knows what the one before held of all blocks.
//! Never here: what a feature is (`features`), the decision for the page as a whole (`select`).

use super::blocks::Outline;
use super::features::{COUNT, Context, Row, Subject, Survey, is_of_page};
use super::weights;
use super::words::Words;

/// What each feature is worth, in log odds, in each pass over the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// One weight for each feature, and after them what a block with no feature at all has.
    pub passes: Vec<Vec<f32>>,
    /// Log odds from which a block is taken.
    pub enough: f32,
    /// Rules of the page (`select`) that are left out, as bits.
    pub without: u64,
}

impl Default for Weights {
    fn default() -> Self {
        let pass = |pass: usize| weights::WEIGHTS.iter().map(|row| row[pass]).collect();
        Weights {
            passes: (0..weights::PASSES).map(pass).collect(),
            enough: weights::ENOUGH,
            without: 0,
        }
    }
}

/// The page's blocks, judged.
pub(super) struct Judged {
    /// Log odds of each block.
    pub odds: Vec<f32>,
    /// Log odds from which a block is taken.
    pub enough: f32,
    /// Rules that are left out.
    pub without: u64,
    /// The blocks' words.
    pub words: Vec<Words>,
    /// The phrases each block starts with.
    pub phrases: Vec<u32>,
    /// Whether each block is a reader's comment.
    pub comments: Vec<bool>,
    /// How much of each block the page's description of itself has, 0 to 1.
    pub described: Vec<f32>,
    /// What was held of each block before anything was weighed, 0 to 1.
    pub guess: Vec<f32>,
    /// How much of what is held to be text each element has, 0 to 1.
    pub shares: Vec<f32>,
    /// The block that is the headline.
    pub headline: Option<usize>,
    /// The words of the article's title.
    pub title: Words,
    /// Whether the page says that it is an article of the news.
    pub news: bool,
    /// Names of the persons who wrote the article.
    pub authors: Vec<Words>,
}

/// Judges every block.
pub(super) fn judge(outline: &Outline, subject: &Subject, weights: &Weights) -> Judged {
    let survey = Survey::of(outline, subject);
    let mut odds: Option<Vec<f32>> = None;
    for pass in &weights.passes {
        let rows = rows_of(&survey, odds.as_deref());
        odds = Some(rows.iter().map(|row| weigh(pass, row)).collect());
    }
    finish(
        survey,
        subject,
        odds.unwrap_or_default(),
        weights.enough,
        weights.without,
    )
}

/// What follows for the page as a whole from log odds that were found elsewhere, for measuring them.
pub(super) fn judged(
    outline: &Outline,
    subject: &Subject,
    odds: Vec<f32>,
    enough: f32,
    without: u64,
) -> Judged {
    finish(Survey::of(outline, subject), subject, odds, enough, without)
}

fn finish(
    survey: Survey<'_>,
    subject: &Subject,
    odds: Vec<f32>,
    enough: f32,
    without: u64,
) -> Judged {
    let guess = survey.first_guess();
    let votes = odds.iter().map(|odds| probability(*odds)).collect();
    let context = Context::of(&survey, votes);
    Judged {
        odds,
        enough,
        without,
        guess,
        shares: context.shares,
        words: survey.words,
        comments: survey.comments,
        described: survey.described,
        phrases: survey.phrases,
        headline: survey.headline,
        title: subject.title.clone(),
        news: subject.news,
        authors: subject.authors.clone(),
    }
}

/// The rows of a pass: what is held of the blocks is what the pass before found (log odds), or the first guess.
fn rows_of(survey: &Survey<'_>, odds: Option<&[f32]>) -> Vec<Row> {
    let votes = match odds {
        Some(odds) => odds.iter().map(|odds| probability(*odds)).collect(),
        None => survey.first_guess(),
    };
    let context = Context::of(survey, votes);
    let blocks = 0..survey.outline.blocks.len();
    blocks.map(|i| survey.row(&context, i)).collect()
}

/// The rows of the pass after one that found these log odds.
pub(super) fn rows_after(outline: &Outline, subject: &Subject, odds: Option<&[f32]>) -> Vec<Row> {
    rows_of(&Survey::of(outline, subject), odds)
}

/// Log odds of the blocks after these passes.
pub(super) fn odds(outline: &Outline, subject: &Subject, passes: &[Vec<f32>]) -> Vec<f32> {
    odds_after(&Survey::of(outline, subject), passes).unwrap_or_default()
}

fn odds_after(survey: &Survey<'_>, passes: &[Vec<f32>]) -> Option<Vec<f32>> {
    let mut odds: Option<Vec<f32>> = None;
    for pass in passes {
        let rows = rows_of(survey, odds.as_deref());
        odds = Some(rows.iter().map(|row| weigh(pass, row)).collect());
    }
    odds
}

/// The rows of a pass, for telling what it is made of.
pub(super) fn rows(outline: &Outline, subject: &Subject, before: &[Vec<f32>]) -> Vec<Row> {
    let survey = Survey::of(outline, subject);
    let odds = odds_after(&survey, before);
    rows_of(&survey, odds.as_deref())
}

fn weigh(weights: &[f32], row: &Row) -> f32 {
    let sum: f32 = row
        .iter()
        .zip(weights)
        .map(|(value, weight)| value * weight)
        .sum();
    sum + weights.get(COUNT).copied().unwrap_or(0.0)
}

pub(super) fn probability(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// For each block what its last weighing was made of: features and their shares of the log odds, the largest first. Without
/// those that tell nothing of a block beside others of its page.
pub(super) fn reasons(
    outline: &Outline,
    subject: &Subject,
    weights: &Weights,
) -> Vec<Vec<(usize, f32)>> {
    /// Reasons told of a block.
    const TOLD: usize = 4;
    let Some((last, before)) = weights.passes.split_last() else {
        return Vec::new();
    };
    rows(outline, subject, before)
        .iter()
        .map(|row| {
            let shares = row.iter().zip(last).map(|(value, weight)| value * weight);
            let shares = shares.enumerate();
            let mut shares: Vec<(usize, f32)> = shares
                .filter(|(feature, _)| !is_of_page(*feature))
                .collect();
            shares.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
            shares.truncate(TOLD);
            shares
        })
        .collect()
}
