//! The fitter gives the same weights for the same pages, and they hold on outlets that it has not seen.

#[path = "../examples/extract/cross.rs"]
#[allow(dead_code)]
mod cross;
#[path = "../examples/fit/logistic.rs"]
mod logistic;
#[path = "../examples/fit/measure.rs"]
#[allow(dead_code)]
mod measure;
#[path = "../examples/fit/pages.rs"]
#[allow(dead_code)]
mod pages;
#[path = "../examples/fit/synthetic.rs"]
mod synthetic;

use measure::{Score, summary};

#[test]
fn made_up_pages_are_fitted_the_same_each_time_and_hold_on_unseen_outlets() {
    let directory = tempfile::tempdir().unwrap();
    synthetic::write(directory.path(), cross::SEED).unwrap();
    let pages = pages::read(directory.path()).unwrap();
    assert_eq!(pages.len() % synthetic::OUTLETS, 0);
    let folds = pages::folds(&pages, cross::FOLDS, cross::SEED);
    let (fitted, _) = cross::fit(&pages, &folds, 2);
    let (again, _) = cross::fit(&pages, &folds, 2);
    assert_eq!((&fitted.all, &fitted.without), (&again.all, &again.without));
    let scores: Vec<Score> = pages
        .iter()
        .zip(&folds)
        .map(|(page, fold)| cross::score(page, &fitted.without[*fold]).0)
        .collect();
    let found = summary(&scores.iter().collect::<Vec<_>>());
    assert!(found.f1 > 0.95, "{found:?}");
    assert_eq!(found.facts[0].0, "title");
    assert!(found.facts[0].1 > 0.95, "{found:?}");
}

/// A paragraph of the house looks like the text it stands in: that it is on every page of an outlet tells it apart.
#[test]
fn what_repeats_on_the_pages_of_an_outlet_is_left_out_by_the_measured_path_too() {
    let directory = tempfile::tempdir().unwrap();
    synthetic::write(directory.path(), cross::SEED).unwrap();
    let pages = pages::read(directory.path()).unwrap();
    let weights = cross::Weights::default();
    let lessons = cross::lessons(&pages);
    assert_eq!(lessons.len(), synthetic::OUTLETS);
    let alone: Vec<Score> = pages
        .iter()
        .map(|page| cross::score(page, &weights).0)
        .collect();
    let knowing = |enough: u8| cross::knowing(&pages, &lessons, enough, &weights);
    let precision = |scores: &[&Score]| summary(scores).precision;
    let before = precision(&alone.iter().collect::<Vec<_>>());
    let known = knowing(4);
    let after = precision(&known.iter().map(|(_, score)| score).collect::<Vec<_>>());
    assert_eq!(known.len(), pages.len());
    assert!(after > before + 0.01, "{before} {after}");
    // There are four pages of each: what would have to be on five repeats nowhere.
    for (at, score) in knowing(5) {
        assert_eq!(score.f1(), alone[at].f1(), "{}", pages[at].id);
    }
}

/// Figures of outlets that are read alike are certain, those of unlike ones are not, however many pages they have.
#[test]
fn intervals_are_those_of_whole_outlets() {
    let score = |precision: f64, title: bool| Score {
        precision,
        recall: precision,
        counts: (true, true),
        facts: vec![("title", title)],
        ..Score::default()
    };
    let (good, bad) = (score(1.0, true), score(0.4, false));
    let outlets = |pages: usize| {
        let outlet = |at: usize| vec![if at < 2 { &bad } else { &good }; pages];
        (0..10).map(outlet).collect::<Vec<_>>()
    };
    let width = |pages: usize, name: &str| {
        let (low, high) = measure::intervals(&outlets(pages), cross::SEED)[name];
        high - low
    };
    for name in ["F1", "precision", "recall", "under 0.5", "title"] {
        assert!(width(1, name) > 0.2, "{name}");
        assert!((width(1, name) - width(50, name)).abs() < 1e-9, "{name}");
    }
    let alike = vec![vec![&good; 3]; 10];
    assert_eq!(measure::intervals(&alike, cross::SEED)["F1"], (1.0, 1.0));
}
