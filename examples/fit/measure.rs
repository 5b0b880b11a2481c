//! How well a page was read: the text as the article-extraction-benchmark of scrapinghub compares it (runs of four
//! words, precision and recall averaged over pages, F1 of the two averages), and the facts about it.
//! Never here: reading pages, printing.

use std::collections::{HashMap, HashSet};

use newsprint_model::{Page, fold};
use serde_json::Value;

/// Words in a row.
const RUN: usize = 4;

/// What one page got.
#[derive(Debug, Clone, Default)]
pub struct Score {
    pub precision: f64,
    pub recall: f64,
    /// Whether a precision, a recall, counts: an empty answer has no precision.
    pub counts: (bool, bool),
    /// By name, whether a fact was right; absent where it is not known.
    pub facts: Vec<(&'static str, bool)>,
    /// Tags in both, ours, theirs.
    pub tags: Option<[usize; 3]>,
    pub ms: f64,
    /// The facts as they were read, for a dump.
    pub read: Value,
}

impl Score {
    pub fn f1(&self) -> f64 {
        f1(self.precision, self.recall)
    }
}

pub fn f1(precision: f64, recall: f64) -> f64 {
    match precision + recall > 0.0 {
        true => 2.0 * precision * recall / (precision + recall),
        false => 0.0,
    }
}

fn unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{0e00}'..='\u{0e7f}')
}

fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars().filter(|c| *c != '\u{ad}') {
        if !unspaced(c) && (c.is_alphanumeric() || c == '_') {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if unspaced(c) {
            words.push(c.to_string());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn runs(words: &[String]) -> HashMap<&[String], usize> {
    let mut runs = HashMap::new();
    if words.is_empty() {
        return runs;
    }
    for run in words.windows(RUN.min(words.len())) {
        *runs.entry(run).or_default() += 1;
    }
    runs
}

/// Precision and recall of a text.
pub fn text(gold: &str, got: &str) -> Score {
    let (gold, got) = (words(gold), words(got));
    let (a, b) = (runs(&gold), runs(&got));
    let both: usize = a
        .iter()
        .map(|(run, count)| (*count).min(b.get(run).copied().unwrap_or(0)))
        .sum();
    let (all, ours): (usize, usize) = (a.values().sum(), b.values().sum());
    let ratio = |of: usize| match (both, of, all + ours) {
        (_, _, 0) => 1.0,
        (0, ..) => 0.0,
        _ => both as f64 / of as f64,
    };
    Score {
        precision: ratio(ours),
        recall: ratio(all),
        counts: (ours > 0, all > 0),
        ..Score::default()
    }
}

/// Case and punctuation do not count.
fn plain(text: &str) -> String {
    let spaced: String = text
        .to_lowercase()
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' {
                c
            } else {
                ' '
            }
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn days(text: &str) -> HashSet<String> {
    let mut days = HashSet::new();
    let bytes = text.as_bytes();
    for at in 0..bytes.len().saturating_sub(9) {
        let day = &bytes[at..at + 10];
        let shaped = day.iter().enumerate().all(|(i, b)| match i {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        });
        if shaped {
            days.insert(String::from_utf8_lossy(day).into_owned());
            break;
        }
    }
    let stamp = text.trim().replacen(' ', "T", 1);
    if let Ok(time) = stamp.parse::<jiff::Timestamp>() {
        days.insert(time.to_string()[..10].to_owned());
    }
    days
}

fn stem(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let name = name.to_lowercase();
    let end = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
        .iter()
        .filter_map(|end| name.find(end))
        .min();
    name[..end.unwrap_or(name.len())].to_owned()
}

/// The facts of a page beside what is known of it.
pub fn facts(gold: &Value, page: &Page, score: &mut Score) {
    score.read = serde_json::json!({
        "title": page.title,
        "date": page.published_local.clone().or(page.published.map(|time| time.to_string())),
        "authors": page.authors,
        "tags": page.tags,
        "image": page.image,
    });
    let texts = |value: &Value| -> Vec<String> {
        let values = value.as_array().into_iter().flatten();
        values
            .filter_map(|v| v.as_str().map(str::to_owned))
            .collect()
    };
    if let Some(title) = gold["title"].as_str().filter(|title| !title.is_empty()) {
        let (a, b) = (
            plain(title),
            plain(page.title.as_deref().unwrap_or_default()),
        );
        let (short, long) = (a.chars().count() >= 8, b.chars().count() >= 20);
        let right = a == b || (short && b.contains(&a)) || (long && a.contains(&b));
        score.facts.push(("title", right));
    }
    if let Some(date) = gold["date"].as_str().filter(|date| !days(date).is_empty()) {
        let ours = page.published_local.clone();
        let ours = ours
            .or(page.published.map(|time| time.to_string()))
            .unwrap_or_default();
        score
            .facts
            .push(("date", !days(date).is_disjoint(&days(&ours))));
    }
    let authors = texts(&gold["authors"]);
    if !authors.is_empty() {
        let ours = plain(&page.authors.join(", "));
        let right = !ours.is_empty()
            && authors
                .iter()
                .map(|name| plain(name))
                .all(|name| ours.contains(&name));
        score.facts.push(("author", right));
    }
    if let Some(images) = gold["images"]
        .as_array()
        .filter(|images| !images.is_empty())
    {
        let versions = images
            .iter()
            .flat_map(|image| image["versions"].as_array().into_iter().flatten());
        let known: HashSet<String> = versions
            .filter_map(|version| version["url"].as_str().map(stem))
            .collect();
        let right = page
            .image
            .as_deref()
            .is_some_and(|image| known.contains(&stem(image)));
        score.facts.push(("image", right));
    }
    let tags: HashSet<String> = texts(&gold["tags"])
        .iter()
        .map(|tag| plain(&fold(tag)))
        .collect();
    if !tags.is_empty() {
        let ours: HashSet<String> = page.tags.iter().map(|tag| plain(&fold(tag))).collect();
        score.tags = Some([tags.intersection(&ours).count(), ours.len(), tags.len()]);
    }
}

/// What many pages got.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    pub pages: usize,
    pub f1: f64,
    pub precision: f64,
    pub recall: f64,
    /// Shares of pages under 0.5 and under 0.9.
    pub bad: (f64, f64),
    pub facts: Vec<(&'static str, f64, usize)>,
    pub tags: Option<f64>,
}

pub fn summary(scores: &[&Score]) -> Summary {
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let precision = mean(
        scores
            .iter()
            .filter(|s| s.counts.0)
            .map(|s| s.precision)
            .collect(),
    );
    let recall = mean(
        scores
            .iter()
            .filter(|s| s.counts.1)
            .map(|s| s.recall)
            .collect(),
    );
    let under = |limit: f64| {
        mean(
            scores
                .iter()
                .map(|s| f64::from(u8::from(s.f1() < limit)))
                .collect(),
        )
    };
    let mut facts = Vec::new();
    for name in ["title", "author", "date", "image"] {
        let known: Vec<bool> = scores
            .iter()
            .flat_map(|score| {
                score
                    .facts
                    .iter()
                    .filter(|(n, _)| *n == name)
                    .map(|(_, ok)| *ok)
            })
            .collect();
        if !known.is_empty() {
            let right = known.iter().filter(|ok| **ok).count();
            facts.push((name, right as f64 / known.len() as f64, known.len()));
        }
    }
    let mut sums = [0usize; 3];
    for tags in scores.iter().filter_map(|score| score.tags) {
        for (sum, count) in sums.iter_mut().zip(tags) {
            *sum += count;
        }
    }
    let [both, ours, theirs] = sums.map(|sum| sum as f64);
    Summary {
        pages: scores.len(),
        f1: f1(precision, recall),
        precision,
        recall,
        bad: (under(0.5), under(0.9)),
        facts,
        tags: (theirs > 0.0).then(|| f1(both / ours.max(1.0), both / theirs)),
    }
}

impl Summary {
    /// Every figure by its name.
    pub fn figures(&self) -> Vec<(&'static str, f64)> {
        let mut figures = vec![
            ("F1", self.f1),
            ("precision", self.precision),
            ("recall", self.recall),
            ("under 0.5", self.bad.0),
            ("under 0.9", self.bad.1),
        ];
        figures.extend(self.facts.iter().map(|(name, share, _)| (*name, *share)));
        figures.extend(self.tags.map(|tags| ("tags", tags)));
        figures
    }
}

/// For each figure what 95 of 100 draws of as many outlets lie between. Whole outlets are drawn: pages of one are read well
/// or badly together, so that single pages would promise more than is known.
pub fn intervals(outlets: &[Vec<&Score>], seed: u64) -> HashMap<&'static str, (f64, f64)> {
    const DRAWS: usize = 1_000;
    let mut random = fastrand::Rng::with_seed(seed);
    let mut drawn: HashMap<&'static str, Vec<f64>> = HashMap::new();
    for _ in 0..DRAWS {
        let picked = (0..outlets.len()).map(|_| &outlets[random.usize(..outlets.len())]);
        let scores: Vec<&Score> = picked.flatten().copied().collect();
        for (name, value) in summary(&scores).figures() {
            drawn.entry(name).or_default().push(value);
        }
    }
    let ends = drawn.into_iter().map(|(name, mut values)| {
        values.sort_by(f64::total_cmp);
        // A figure that few pages have is missing in some draws.
        let outside = values.len() / 40;
        (name, (values[outside], values[values.len() - 1 - outside]))
    });
    ends.collect()
}
