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
