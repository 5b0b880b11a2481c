//! Stories that are known: fitting to some topics, measuring on those left out.
//! Never here: the regression (`logistic`), what is written.

use std::collections::HashMap;

use newsprint_stories::features::{COUNT, of_pairs};
use newsprint_stories::{Article, Profile, Weights, Window};

use crate::logistic::{self, Row};

/// The seed of folds and orders.
pub const SEED: u64 = 7;
/// Topics that are left out together.
pub const FOLD: usize = 5;

/// An article whose story is known.
pub struct Known {
    pub topic: i64,
    pub story: String,
    pub article: Article,
}

impl Known {
    /// One line of `dev.jsonl`: `topic`, `story`, `title`, `text`.
    pub fn read(line: &str, id: i64) -> Option<Known> {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        let (title, text) = (value["title"].as_str()?, value["text"].as_str()?);
        Some(Known {
            topic: value["topic"].as_i64()?,
            story: value["story"].as_str()?.to_owned(),
            article: Article {
                id,
                profile: Profile::of(title, text, ""),
                ..Article::default()
            },
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
    let mut order: Vec<&Known> = known
        .iter()
        .filter(|one| topics.contains(&one.topic))
        .collect();
    shuffle(&mut order, seed);
    order
}

/// All pairs of the articles of some topics, compared among themselves.
pub fn rows(known: &[Known], topics: &[i64]) -> Vec<Row> {
    let all: Vec<&Known> = known
        .iter()
        .filter(|one| topics.contains(&one.topic))
        .collect();
    let profiles: Vec<_> = all.iter().map(|one| &one.article.profile).collect();
    of_pairs(&profiles)
        .into_iter()
        .map(|(a, b, features)| (features, all[a].story == all[b].story))
        .collect()
}

/// The weights that fit each fold's rows but one, for each that is left out.
pub fn left_out(rows: &[Vec<Row>]) -> Vec<[f32; COUNT + 1]> {
    (0..rows.len())
        .map(|left| {
            let others = rows.iter().enumerate().filter(|(at, _)| *at != left);
            let others: Vec<Row> = others.flat_map(|(_, rows)| rows.iter().copied()).collect();
            logistic::fit(&others)
        })
        .collect()
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
    weights: &[[f32; COUNT + 1]],
    join: f32,
    together: usize,
) -> [f64; 4] {
    let mut out = [0.0, 1.0, 0.0, 0.0];
    let all: Vec<&Known> = known.iter().collect();
    for seed in 0..10 {
        let mut found = HashMap::new();
        for (topics, features) in folds.iter().zip(weights) {
            let weights = Weights {
                join,
                features: *features,
            };
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
