//! Fits what the signs of a headline are worth to pages whose articles are known: each number is moved as long as that
//! brings a better list, from +1 or -1 for every sign, so that what was chosen by hand has no part in it but the signs.
//! Never here: what the signs are (`newsprint_parse::listing`), reading the pages.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use newsprint_parse::listing::training::{COUNT, Example, NAMES, Weights};
use url::Url;

use crate::{Failure, Saved};

/// By which the numbers are taken in turn.
const SEED: u64 = 14;
/// Rounds over all numbers.
const ROUNDS: usize = 6;
/// What moving a number costs, in macro F1 by the square of the points: few pages say little.
const PRICE: f64 = 0.004;

/// A page with what is known of its links.
struct Page {
    example: Example,
    /// For each story the article it is (by number), or whether it counts at all.
    is: Vec<Is>,
    articles: usize,
}

#[derive(Clone, Copy)]
enum Is {
    Article(usize),
    /// Counts neither way.
    Soft,
    Other,
}

/// Addresses of one page that differ in nothing that matters.
fn key(address: &str) -> String {
    const TRACK: &[&str] = &[
        "fbclid",
        "gclid",
        "ref",
        "hpt",
        "iid",
        "test",
        "storylink",
        "sbsrc",
        "spc",
        "hp",
        "loc",
        "cat",
        "intcmp",
        "partner",
    ];
    let Ok(url) = Url::parse(address) else {
        return address.to_owned();
    };
    let host = url.host_str().unwrap_or_default();
    let query = url.query().unwrap_or_default().split('&').filter(|pair| {
        let name = pair
            .split('=')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let tracks = ["utm_", "cmp", "wt_", "at_"]
            .iter()
            .any(|begin| name.starts_with(begin));
        !pair.is_empty() && !tracks && !TRACK.contains(&name.as_str())
    });
    let query: Vec<&str> = query.collect();
    let path = url.path().trim_end_matches('/');
    format!(
        "{}{path}?{}",
        host.strip_prefix("www.").unwrap_or(host),
        query.join("&")
    )
}

fn read(pages: &[Saved]) -> Result<Vec<Page>, Failure> {
    let page = |saved: &Saved| {
        let example = Example::new(&saved.bytes, Some(&saved.content_type), saved.field("url"))?;
        let listed = |name: &str| saved.gold[name].as_array().cloned().unwrap_or_default();
        let articles = listed("articles");
        let gold: HashMap<String, usize> = articles
            .iter()
            .filter_map(|article| article["url"].as_str())
            .enumerate()
            .map(|(number, url)| (key(url), number))
            .collect();
        let soft: HashSet<String> = listed("soft")
            .iter()
            .filter_map(|url| url.as_str().map(key))
            .collect();
        let of = |url: &String| match gold.get(&key(url)) {
            Some(number) => Is::Article(*number),
            None if soft.contains(&key(url)) => Is::Soft,
            None => Is::Other,
        };
        Ok(Page {
            is: example.urls.iter().map(of).collect(),
            example,
            articles: gold.len(),
        })
    };
    pages.iter().map(page).collect()
}

/// F1 of what the weights list of a page.
fn f1(page: &Page, weights: &Weights) -> f64 {
    let mut found = HashSet::new();
    let mut wrong = 0;
    for (taken, is) in page.example.listed(weights).into_iter().zip(&page.is) {
        match is {
            Is::Article(number) if taken => {
                found.insert(*number);
            }
            Is::Other if taken => wrong += 1,
            _ => {}
        }
    }
    2.0 * found.len() as f64 / (found.len() + wrong + page.articles).max(1) as f64
}

fn macro_f1(pages: &[&Page], weights: &Weights) -> f64 {
    pages.iter().map(|page| f1(page, weights)).sum::<f64>() / pages.len().max(1) as f64
}

/// The numbers that are fitted, in their order: the points, then the thresholds.
fn number(weights: &mut Weights, at: usize) -> &mut f64 {
    match at.checked_sub(COUNT) {
        None => &mut weights.points[at],
        Some(0) => &mut weights.sure,
        Some(1) => &mut weights.alone,
        Some(2) => &mut weights.group,
        Some(_) => &mut weights.member,
    }
}

const NUMBERS: usize = COUNT + 4;

/// The weights that a fit begins with: a point for or against.
fn start() -> Weights {
    let known = Weights::default();
    Weights {
        points: known.points.map(|points| match points {
            0.0 => 0.0,
            points => points.signum(),
        }),
        sure: 4.0,
        alone: 3.0,
        group: 2.0,
        member: 1.0,
    }
}

/// F1 as the weights would have it if a story were listed the surer the more points it has: what holds only to the
/// point holds nowhere else.
fn soft_f1(page: &Page, weights: &Weights) -> f64 {
    let mut found = vec![0.0_f64; page.articles];
    let mut wrong = 0.0;
    for (margin, is) in page.example.margins(weights).into_iter().zip(&page.is) {
        let listed = 1.0 / (1.0 + (-margin).exp());
        match is {
            Is::Article(number) => found[*number] = found[*number].max(listed),
            Is::Other => wrong += listed,
            Is::Soft => {}
        }
    }
    let found: f64 = found.iter().sum();
    2.0 * found / (found + wrong + page.articles as f64).max(1.0)
}

fn worth(pages: &[&Page], weights: &Weights, start: &Weights) -> f64 {
    let score: f64 = pages.iter().map(|page| soft_f1(page, weights)).sum();
    let (mut weights, mut start) = (weights.clone(), start.clone());
    let far: f64 = (0..NUMBERS)
        .map(|at| (*number(&mut weights, at) - *number(&mut start, at)).powi(2))
        .sum();
    score / pages.len().max(1) as f64 - PRICE * far
}

fn fit(pages: &[&Page]) -> Weights {
    let start = start();
    let mut best = start.clone();
    let mut score = worth(pages, &best, &start);
    let mut order: Vec<usize> = (0..NUMBERS).collect();
    let mut dice = SEED;
    for _ in 0..ROUNDS {
        shuffle(&mut order, &mut dice);
        let before = score;
        for &at in &order {
            for step in [0.25, -0.25, 1.0, -1.0, 3.0, -3.0] {
                let mut moved = best.clone();
                *number(&mut moved, at) += step;
                let then = worth(pages, &moved, &start);
                if then > score + 1e-9 {
                    (best, score) = (moved, then);
                }
            }
        }
        if score - before < 1e-4 {
            break;
        }
    }
    best
}

/// Fisher and Yates, by the numbers of Marsaglia's xorshift.
fn shuffle<T>(list: &mut [T], dice: &mut u64) {
    for at in (1..list.len()).rev() {
        *dice ^= *dice << 13;
        *dice ^= *dice >> 7;
        *dice ^= *dice << 17;
        list.swap(at, (*dice % (at as u64 + 1)) as usize);
    }
}

/// F1 of each page by weights that were fitted to all others.
fn left_out(pages: &[Page]) -> Vec<f64> {
    std::thread::scope(|scope| {
        let fits: Vec<_> = (0..pages.len())
            .map(|out| {
                scope.spawn(move || {
                    let others = pages.iter().enumerate().filter(|(at, _)| *at != out);
                    let others: Vec<&Page> = others.map(|(_, page)| page).collect();
                    f1(&pages[out], &fit(&others))
                })
            })
            .collect();
        let fits = fits.into_iter();
        fits.map(|fit| fit.join().unwrap_or_default()).collect()
    })
}

fn mean(scores: &[f64]) -> f64 {
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}

/// Prints F1 of each page left out and by the committed weights.
pub fn cross(saved: &[Saved]) -> Result<(), Failure> {
    let pages = read(saved)?;
    let left = left_out(&pages);
    let all: Vec<&Page> = pages.iter().collect();
    let now = Weights::default();
    for ((page, saved), left) in pages.iter().zip(saved).zip(&left) {
        println!(
            "{:28} left out {left:.3}  committed {:.3}",
            saved.field("id"),
            f1(page, &now)
        );
    }
    println!(
        "{} pages, seed {SEED}: macro F1 each page left out {:.3}, fitted {:.3}, by the committed weights {:.3}",
        pages.len(),
        mean(&left),
        macro_f1(&all, &fit(&all)),
        macro_f1(&all, &now)
    );
    Ok(())
}

/// `weights.rs` as it fits these pages.
pub fn source(saved: &[Saved]) -> Result<String, Failure> {
    let pages = read(saved)?;
    let all: Vec<&Page> = pages.iter().collect();
    let weights = fit(&all);
    let links: usize = pages.iter().map(|page| page.is.len()).sum();
    let mut out = format!(
        "//! What each sign is worth when stories are judged, in points, and how much is enough. Written by `cargo run
//! --release --example listing -- DIR --fit FILE`; not by hand. Never here: where the signs are seen (`signs`).
//!
//! Fitted to {links} links of {} pages, seed {SEED}: macro F1 {:.3}; each page left out {:.3}.

use super::signs::COUNT;

/// For each sign its points, in the order of `signs::NAMES`.
#[rustfmt::skip]
pub(super) const POINTS: [f64; COUNT] = [
",
        pages.len(),
        macro_f1(&all, &weights),
        mean(&left_out(&pages))
    );
    for (points, name) in weights.points.iter().zip(NAMES) {
        writeln!(out, "    {points:?}, // {name}")?;
    }
    out.push_str("];\n");
    for (name, value, says) in [
        (
            "SURE",
            weights.sure,
            "A story with this much for it is sure.",
        ),
        (
            "ALONE",
            weights.alone,
            "Alone it needs this much to be listed.",
        ),
        (
            "GROUP",
            weights.group,
            "So much in the mean is asked of those that stand alike.",
        ),
        ("MEMBER", weights.member, "And so much of each of them."),
    ] {
        writeln!(out, "/// {says}\npub(super) const {name}: f64 = {value:?};")?;
    }
    Ok(out)
}
