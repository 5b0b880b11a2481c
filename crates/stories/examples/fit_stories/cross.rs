//! Stories that are known: fitting to some topics, measuring on those left out.
//! Never here: the regression (`logistic`), what is written.

use std::collections::HashMap;

use newsprint_stories::features::{COUNT, of_pairs};
use newsprint_stories::{Article, Profile, Weights, Window};

use crate::logistic::{self, Row};

/// The cosine from which a pair of a wide window is fitted to: the rest is plainly different.
const ALIKE: f32 = 0.1;

/// How much more a pair of the background counts: to join what has nothing to do with each other is the worse fault.
const HEAVY: usize = 6;

/// The seed of folds and orders.
pub const SEED: u64 = 7;
/// Topics that are left out together.
pub const FOLD: usize = 5;

/// Words of a text that a feed gives instead of the whole.
const TEASER: usize = 40;

/// Articles of a window of a new installation.
const FEW: usize = 20;

/// An article whose story is known.
#[derive(Clone)]
pub struct Known {
    pub topic: i64,
    pub story: String,
    pub article: Article,
    /// As a feed gives it that has only the beginnings of texts.
    pub teaser: Profile,
}

/// Which articles have their whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    Whole,
    /// Every other one has only its beginning.
    Mixed,
    /// All have only their beginning.
    Teasers,
}

impl Known {
    /// The article at a place of a list of such texts.
    fn with(&self, texts: Texts, at: usize) -> Known {
        let mut one = self.clone();
        if texts == Texts::Teasers || (texts == Texts::Mixed && at % 2 == 1) {
            one.article.profile = self.teaser.clone();
        }
        one
    }
}

/// Articles with such texts.
pub fn cut(known: &[Known], texts: Texts) -> Vec<Known> {
    let all = known.iter().enumerate();
    all.map(|(at, one)| one.with(texts, at)).collect()
}

impl Known {
    /// One line of a file: `title`, `text`, and `topic` and `story`; without them it is of an event of its own.
    pub fn read(line: &str, id: i64) -> Option<Known> {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        let (title, text) = (value["title"].as_str()?, value["text"].as_str()?);
        let story = value["story"].as_str();
        let body = text.trim_start();
        let body = body.strip_prefix(title.trim()).unwrap_or(body);
        let beginning: Vec<&str> = body.split_whitespace().take(TEASER).collect();
        Some(Known {
            topic: value["topic"].as_i64().unwrap_or_default(),
            story: story.map_or_else(|| format!("alone {id}"), str::to_owned),
            article: Article {
                id,
                profile: Profile::of(title, text, ""),
                ..Article::default()
            },
            teaser: Profile::of(title, &beginning.join(" "), ""),
        })
    }
}

/// Fisher-Yates with an xorshift generator.
pub fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut x = seed.wrapping_mul(2_654_435_769) + 88_172_645_463_325_252;
    for i in (1..items.len()).rev() {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        items.swap(i, (x % (i as u64 + 1)) as usize);
    }
}

/// Groups of `size` topics.
pub fn folds(known: &[Known], size: usize, seed: u64) -> Vec<Vec<i64>> {
    let mut topics: Vec<i64> = known.iter().map(|one| one.topic).collect();
    topics.sort_unstable();
    topics.dedup();
    shuffle(&mut topics, seed);
    topics.chunks(size).map(<[i64]>::to_vec).collect()
}

/// The articles of some topics in an order of arrival.
pub fn arrival<'a>(known: &'a [Known], topics: &[i64], seed: u64) -> Vec<&'a Known> {
    let mut order = about(known, topics);
    shuffle(&mut order, seed);
    order
}

/// Pairs to fit to: all of whole texts, those with a short one.
pub type Rows = [Vec<Row>; 2];

/// Weights for each of the two.
pub type Fitted = [[f32; COUNT + 1]; 2];

/// All pairs of these articles, compared among themselves; in a wide window those alone that are alike at all.
pub fn rows(articles: &[&Known], wide: bool) -> Rows {
    let profiles: Vec<_> = articles.iter().map(|one| &one.article.profile).collect();
    let mut rows = Rows::default();
    for (a, b, features, is_short) in of_pairs(&profiles) {
        if !wide || features[0] > ALIKE {
            let row = (features, articles[a].story == articles[b].story);
            rows[usize::from(is_short)].push(row);
        }
    }
    rows
}

/// The articles of some topics.
pub fn about<'a>(known: &'a [Known], topics: &[i64]) -> Vec<&'a Known> {
    let is_about = |one: &&Known| topics.contains(&one.topic);
    known.iter().filter(is_about).collect()
}

/// The pairs that weights are fitted to: each fold as a window of its own, and all of them with the background as one
/// wide window, since a window has hundreds of articles on some days and thousands on others. Pairs with a short text are
/// those of windows in which texts are cut to their beginnings, all or every other one.
pub fn training(known: &[Known], folds: &[Vec<i64>], background: &[&Known]) -> Rows {
    let mut out = Rows::default();
    for texts in [Texts::Whole, Texts::Mixed, Texts::Teasers] {
        let known = cut(known, texts);
        let background = background.iter().enumerate();
        let background: Vec<Known> = background.map(|(at, one)| one.with(texts, at)).collect();
        let background: Vec<&Known> = background.iter().collect();
        let mut take = |rows: &Rows| {
            if texts == Texts::Whole {
                out[0].extend(rows.iter().flatten());
            }
            out[1].extend(&rows[1]);
        };
        for topics in folds {
            take(&rows(&about(&known, topics), false));
        }
        let mut wide = about(&known, &folds.concat());
        wide.extend(&background);
        take(&rows(&wide, true));
        let alone = rows(&background, true);
        let heavy = if texts == Texts::Whole {
            HEAVY
        } else {
            HEAVY / 3
        };
        for _ in 1..heavy {
            take(&alone);
        }
    }
    out
}

/// The weights that fit the other folds, for each that is left out, with half of the background: the even folds with
/// one half, the odd ones with the other.
pub fn left_out(known: &[Known], folds: &[Vec<i64>], background: &[Known]) -> Vec<Fitted> {
    (0..folds.len())
        .map(|left| {
            let others = folds.iter().enumerate().filter(|(at, _)| *at != left);
            let others: Vec<Vec<i64>> = others.map(|(_, topics)| topics.clone()).collect();
            let rows = training(known, &others, &half(background, left));
            rows.map(|rows| logistic::fit(&rows))
        })
        .collect()
}

/// The half of the background that a fold's weights are fitted to; that of the next fold is the one they have not seen.
pub fn half(background: &[Known], fold: usize) -> Vec<&Known> {
    background.iter().skip(fold % 2).step_by(2).collect()
}

/// The stories that come out of articles that come `together` at a time, by article.
pub fn stories(order: &[&Known], weights: &Weights, together: usize) -> HashMap<i64, i64> {
    let mut window = Window::with(weights.clone());
    for batch in order.chunks(together) {
        let batch: Vec<Article> = batch.iter().map(|one| one.article.clone()).collect();
        window.add(&batch);
    }
    let ids = order.iter().map(|one| one.article.id);
    ids.filter_map(|id| Some((id, window.story_of(id)?)))
        .collect()
}

fn weigh([features, short]: &Fitted, (join, sure): (f32, f32)) -> Weights {
    Weights {
        join,
        sure,
        features: *features,
        short: *short,
    }
}

/// B-cubed (Bagga and Baldwin 1998): F1, precision, recall.
pub fn b_cubed(known: &[&Known], found: &HashMap<i64, i64>) -> (f64, f64, f64) {
    let (mut precision, mut recall) = (0.0, 0.0);
    for one in known {
        let (mut right, mut same, mut own) = (0.0, 0.0, 0.0);
        for other in known {
            let is_found = found[&one.article.id] == found[&other.article.id];
            let is_own = one.story == other.story;
            same += f64::from(u8::from(is_found));
            own += f64::from(u8::from(is_own));
            right += f64::from(u8::from(is_found && is_own));
        }
        precision += right / same;
        recall += right / own;
    }
    let count = known.len().max(1) as f64;
    let (precision, recall) = (precision / count, recall / count);
    (
        2.0 * precision * recall / (precision + recall),
        precision,
        recall,
    )
}

/// Over ten orders of arrival of the topics left out, `together` articles at a time: mean F1, worst F1, mean precision,
/// mean recall.
pub fn measure(
    known: &[Known],
    folds: &[Vec<i64>],
    weights: &[Fitted],
    (join, sure): (f32, f32),
    together: usize,
) -> [f64; 4] {
    let mut out = [0.0, 1.0, 0.0, 0.0];
    let all: Vec<&Known> = known.iter().collect();
    for seed in 0..10 {
        let mut found = HashMap::new();
        for (topics, features) in folds.iter().zip(weights) {
            let weights = weigh(features, (join, sure));
            let order = arrival(known, topics, seed + 101);
            found.extend(stories(&order, &weights, together));
        }
        let (f1, precision, recall) = b_cubed(&all, &found);
        out[0] += f1 / 10.0;
        out[1] = f64::min(out[1], f1);
        out[2] += precision / 10.0;
        out[3] += recall / 10.0;
    }
    out
}

/// The same once, among a background that the weights have not seen: F1, precision, recall, and the pairs of the
/// background that were wrongly taken for one event, of all of it.
pub fn measure_wide(
    known: &[Known],
    folds: &[Vec<i64>],
    weights: &[Fitted],
    (join, sure): (f32, f32),
    background: &[Known],
) -> ([f64; 3], f64) {
    let mut found = HashMap::new();
    let mut wrong = 0;
    for (fold, (topics, features)) in folds.iter().zip(weights).enumerate() {
        let weights = weigh(features, (join, sure));
        let unseen = half(background, fold + 1);
        let mut order = arrival(known, topics, SEED);
        order.extend(&unseen);
        shuffle(&mut order, SEED);
        let stories = stories(&order, &weights, 200);
        for (at, one) in unseen.iter().enumerate() {
            for other in &unseen[..at] {
                let together = stories[&one.article.id] == stories[&other.article.id];
                wrong += usize::from(together && one.story != other.story);
            }
        }
        found.extend(stories);
    }
    let all: Vec<&Known> = known.iter().collect();
    let (f1, precision, recall) = b_cubed(&all, &found);
    // Each half was looked at by half of the folds.
    (
        [f1, precision, recall],
        wrong as f64 * 2.0 / folds.len().max(1) as f64,
    )
}

/// Windows of few articles, of the topics left out: B-cubed of each, on average: F1, precision, recall.
pub fn measure_small(
    known: &[Known],
    folds: &[Vec<i64>],
    weights: &[Fitted],
    (join, sure): (f32, f32),
) -> [f64; 3] {
    const WINDOWS: u64 = 60;
    let (mut precision, mut recall) = (0.0, 0.0);
    for (fold, topics) in folds.iter().enumerate() {
        let weights = weigh(&weights[fold], (join, sure));
        for seed in 0..WINDOWS {
            let order = arrival(known, topics, seed + 301);
            // Of some stories some articles, of the others one each.
            let mut count: HashMap<&str, usize> = HashMap::new();
            let mut window: Vec<&Known> = Vec::new();
            for one in order {
                let most = [1, 1, 2, 3, 5][(one.story.len()
                    + one.story.bytes().map(usize::from).sum::<usize>()
                    + seed as usize)
                    % 5];
                let count = count.entry(&one.story).or_default();
                if *count < most && window.len() < FEW {
                    *count += 1;
                    window.push(one);
                }
            }
            let found = stories(&window, &weights, 1);
            let (_, p, r) = b_cubed(&window, &found);
            precision += p;
            recall += r;
        }
    }
    let windows = (folds.len() as u64 * WINDOWS).max(1) as f64;
    let (precision, recall) = (precision / windows, recall / windows);
    [
        2.0 * precision * recall / (precision + recall),
        precision,
        recall,
    ]
}
