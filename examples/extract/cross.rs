//! The measure that cannot be fooled: each outlet's pages are read with weights that were fitted without them.
//! Never here: how a page is scored (`measure`), how weights are fitted (`logistic`).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use newsprint_model::Select;
pub use newsprint_parse::article::training::Weights;
use newsprint_parse::article::{self, Repeats, training::Example};

use crate::logistic;
use crate::measure::{self, Score, Summary, intervals, summary};
use crate::pages::{self, Known};

pub const FOLDS: usize = 5;
pub const SEED: u64 = 14;

/// What to measure.
#[derive(Debug, Default)]
pub struct Wanted {
    pub directories: Vec<PathBuf>,
    /// Names and predictions (`id`, `text`) of other engines.
    pub beside: Vec<(String, PathBuf)>,
    /// A rule of the page to leave out.
    pub without: u64,
    /// What each rule of the page is worth on each set.
    pub rules: bool,
    /// How many of the worst pages to list.
    pub worst: usize,
    /// Other partings into folds to read the pages by as well: how much of a figure is chance.
    pub partings: u64,
    /// Only the metadata and the committed weights.
    pub fitted_only: bool,
    /// Read each page with what the outlet's other pages have in common with it, too, as a refresh does.
    pub repeats: bool,
    /// A file to write the left-out predictions to, as JSON Lines.
    pub dump: Option<PathBuf>,
}

/// Does something with each page, on all cores.
pub fn each<T: Send>(pages: &[Known], job: impl Fn(usize, &Known) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|_| {
                let work = || {
                    let mut done = Vec::new();
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(page) = pages.get(at) else { break };
                        done.push((at, job(at, page)));
                    }
                    done
                };
                std::thread::Builder::new()
                    .stack_size(16 << 20)
                    .spawn_scoped(scope, work)
                    .expect("a thread")
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("a worker that ends"))
            .collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, done)| done).collect()
}

/// The pages as examples; one that cannot be read is none.
pub fn examples(pages: &[Known]) -> Vec<Option<Example>> {
    each(pages, |_, page| {
        Example::new(&page.bytes().ok()?, &page.url, page.text()).ok()
    })
}

/// How much each page counts in a fit: a set of few pages nearly as much as one of many.
pub fn counts(pages: &[Known]) -> Vec<f32> {
    let mut sets: HashMap<&str, f32> = HashMap::new();
    for page in pages {
        *sets.entry(&page.set).or_default() += 1.0;
    }
    let most = sets.values().copied().fold(1.0, f32::max);
    const POWER: f32 = 0.75;
    pages
        .iter()
        .map(|page| (most / sets[page.set.as_str()]).powf(POWER))
        .collect()
}

/// Thresholds that are tried.
const THRESHOLDS: [f32; 8] = [-1.0, -0.75, -0.5, -0.375, -0.25, 0.0, 0.25, 0.5];

/// What was fitted: to all pages, and for each fold without it, with thresholds that were chosen on the pages that each
/// fit may know.
pub struct Fitted {
    // Written by `fit` alone.
    #[allow(dead_code)]
    pub all: Weights,
    pub without: Vec<Weights>,
}

/// Fits, and chooses the thresholds: each on what fits hold of pages that they have not seen.
pub fn fit(pages: &[Known], folds: &[usize], passes: usize) -> (Fitted, usize) {
    let examples = examples(pages);
    let counts = counts(pages);
    let counted: Vec<Option<(&Example, f32)>> = examples
        .iter()
        .zip(&counts)
        .map(|(example, counts)| Some((example.as_ref()?, *counts)))
        .collect();
    let mut fits = logistic::fits(&counted, folds, passes);
    let blocks = counted.iter().flatten();
    let blocks = blocks.map(|(example, _)| example.labels.len()).sum();
    // For each page and threshold, how well it is read by a fit without it.
    let scores: Vec<Vec<Score>> = each(pages, |at, page| {
        let Some(example) = &examples[at] else {
            return vec![Score::default(); THRESHOLDS.len()];
        };
        let odds = example.odds(&fits[&(1 << folds[at])].passes);
        let text = |enough: &f32| measure::text(page.text(), &example.text(&odds, *enough, 0));
        THRESHOLDS.iter().map(text).collect()
    });
    let best = |without: Option<usize>| {
        let known: Vec<usize> = (0..pages.len())
            .filter(|at| Some(folds[*at]) != without)
            .collect();
        let mean = |threshold: usize| {
            let mut sets: BTreeMap<&str, Vec<&Score>> = BTreeMap::new();
            for at in &known {
                sets.entry(&pages[*at].set)
                    .or_default()
                    .push(&scores[*at][threshold]);
            }
            let sum: f64 = sets.values().map(|scores| summary(scores).f1).sum();
            sum / sets.len().max(1) as f64
        };
        let means = (0..THRESHOLDS.len()).map(|at| (mean(at), at));
        let (_, at) = means
            .reduce(|best, next| if next.0 > best.0 + 1e-4 { next } else { best })
            .unwrap_or_default();
        THRESHOLDS[at]
    };
    let mut of = |fold: Option<usize>| Weights {
        enough: best(fold),
        ..fits
            .remove(&fold.map_or(0, |fold| 1 << fold))
            .unwrap_or_default()
    };
    let fitted = Fitted {
        all: of(None),
        without: (0..FOLDS).map(|fold| of(Some(fold))).collect(),
    };
    (fitted, blocks)
}

/// Reads a page and scores it.
pub fn score(page: &Known, weights: &Weights) -> (Score, String) {
    score_knowing(page, weights, &Repeats::default())
}

/// What the pages of an outlet teach.
pub struct Lesson {
    pages: usize,
    repeats: Repeats,
}

/// What each outlet's pages teach, by its host: those of which there are two at least. As in a refresh, which reads the
/// first pages of an outlet once more when it has learned from them, a page is among those that it is read with.
pub fn lessons(pages: &[Known]) -> HashMap<String, Lesson> {
    let blocks = each(pages, |_, page| {
        let bytes = page.bytes().unwrap_or_default();
        let (select, repeats) = (Select::default(), Repeats::default());
        let read = article::read(bytes, None, &page.url, &select, &repeats);
        read.map(|reading| reading.blocks).unwrap_or_default()
    });
    let mut outlets: HashMap<String, Lesson> = HashMap::new();
    for (page, blocks) in pages.iter().zip(&blocks) {
        let lesson = outlets.entry(page.host()).or_insert_with(|| Lesson {
            pages: 0,
            repeats: Repeats::default(),
        });
        lesson.pages += 1;
        lesson.repeats.learn(blocks);
    }
    outlets.retain(|_, lesson| lesson.pages >= 2);
    outlets
}

/// Scores the pages of outlets with several, each read with what these have in common: what stands on `enough` of them.
pub fn knowing(
    pages: &[Known],
    lessons: &HashMap<String, Lesson>,
    enough: u8,
    weights: &Weights,
) -> Vec<(usize, Score)> {
    let scores = each(pages, |at, page| {
        let repeats = &lessons.get(&page.host())?.repeats;
        let repeats = repeats.clone().with_enough(enough);
        Some((at, score_knowing(page, weights, &repeats).0))
    });
    scores.into_iter().flatten().collect()
}

/// Reads a page with what is known of its outlet's pages, and scores it.
fn score_knowing(page: &Known, weights: &Weights, repeats: &Repeats) -> (Score, String) {
    let bytes = page.bytes().unwrap_or_default();
    let select = Select::default();
    let start = thread_ms();
    let read = article::read_weighed(bytes, None, &page.url, &select, repeats, weights);
    let ms = thread_ms() - start;
    let article = read.map(|reading| reading.page).unwrap_or_default();
    let text = newsprint_html::plain(&article.body);
    let mut score = measure::text(page.text(), &text);
    score.ms = ms;
    measure::facts(&page.gold, &article, &mut score);
    (score, text)
}

/// CPU time of this thread so far, in milliseconds.
pub fn thread_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// Measures and prints a table.
pub fn run(wanted: &Wanted) -> Result<()> {
    let mut pages = Vec::new();
    for directory in &wanted.directories {
        pages.extend(pages::read(directory)?);
    }
    anyhow::ensure!(!pages.is_empty(), "no pages with a known text");
    let folds = pages::folds(&pages, FOLDS, SEED);
    let with = |weights: Weights| Weights {
        without: wanted.without,
        ..weights
    };
    let committed = with(Weights::default());
    let fitted = each(&pages, |_, page| score(page, &committed));
    let weights: Vec<Weights> = match wanted.fitted_only {
        true => vec![committed.clone(); FOLDS],
        false => {
            let (fitted, _) = fit(&pages, &folds, committed.passes.len());
            fitted.without.into_iter().map(with).collect()
        }
    };
    let left: Vec<(Score, String)> = match wanted.fitted_only {
        true => fitted.clone(),
        false => each(&pages, |at, page| score(page, &weights[folds[at]])),
    };
    let known = match wanted.repeats {
        true => lessons(&pages),
        false => HashMap::new(),
    };
    // In a refresh a block must stand on so many pages; sets have few of an outlet, and show what fewer would do.
    let numbers = match wanted.repeats {
        true => (2..=Repeats::ENOUGH).rev().collect(),
        false => Vec::new(),
    };
    let learned: Vec<(u8, Vec<(usize, Score)>)> = numbers
        .into_iter()
        .map(|enough| (enough, knowing(&pages, &known, enough, &committed)))
        .collect();
    let engines = wanted
        .beside
        .iter()
        .map(|(name, file)| Ok((name.clone(), beside(&pages, file)?)))
        .collect::<Result<Vec<_>>>()?;

    let mut sets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        sets.entry(&page.set).or_default().push(at);
        sets.entry("~ all").or_default().push(at);
    }
    println!(
        "{} pages, {FOLDS} folds of whole outlets, seed {SEED}",
        pages.len()
    );
    for (set, ids) in &sets {
        let of = |scores: &[(Score, String)]| -> Summary {
            summary(&ids.iter().map(|at| &scores[*at].0).collect::<Vec<_>>())
        };
        let mut outlets: BTreeMap<String, Vec<&Score>> = BTreeMap::new();
        for at in ids {
            let of_outlet = outlets.entry(pages[*at].outlet()).or_default();
            of_outlet.push(&left[*at].0);
        }
        let outlets: Vec<Vec<&Score>> = outlets.into_values().collect();
        let within = intervals(&outlets, SEED);
        let (a, b) = (of(&left), of(&fitted));
        let told = |name: &str, value: f64| {
            let (low, high) = within.get(name).copied().unwrap_or_default();
            match name.starts_with("under") {
                true => format!(
                    "{name} {:.1} % [{:.1} to {:.1}]",
                    value * 100.0,
                    low * 100.0,
                    high * 100.0
                ),
                false => format!("{name} {value:.4} [{low:.3} to {high:.3}]"),
            }
        };
        println!("\n{set} ({} pages of {} outlets)", a.pages, outlets.len());
        println!(
            "  text {}  fitted {:.4}",
            told("F1", a.f1).replacen("F1", "F1 left out", 1),
            b.f1
        );
        let text = a.figures().into_iter().skip(1).take(4);
        let text: Vec<String> = text.map(|(name, value)| told(name, value)).collect();
        println!("  text {}", text.join("  "));
        let mut facts: Vec<String> = Vec::new();
        for (name, share, known) in &a.facts {
            facts.push(format!("{} of {known}", told(name, *share)));
        }
        facts.extend(
            a.tags
                .map(|tags| told("tags", tags).replacen("tags", "tags F1", 1)),
        );
        if !facts.is_empty() {
            println!("  {}", facts.join("  "));
        }
        let mut times: Vec<f64> = ids.iter().map(|at| fitted[*at].0.ms).collect();
        times.sort_by(f64::total_cmp);
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        println!(
            "  CPU {mean:.1} ms a page, slowest {:.1}",
            times[times.len() - 1]
        );
        for (enough, learned) in &learned {
            let of_set = learned.iter().filter(|(at, _)| ids.contains(at));
            let of_set: Vec<&(usize, Score)> = of_set.collect();
            let hosts = |least: usize| {
                let hosts = of_set.iter().map(|(at, _)| pages[*at].host());
                let hosts = hosts.filter(|host| known[host].pages >= least);
                hosts.collect::<HashSet<String>>().len()
            };
            let (before, after): (Vec<&Score>, Vec<&Score>) = of_set
                .iter()
                .map(|(at, score)| (&fitted[*at].0, score))
                .unzip();
            if after.is_empty() {
                continue;
            }
            let changed = before.iter().zip(&after);
            println!(
                "  {} pages of {} outlets with several, {} with {enough} or more: text F1 {:.4}, without what stands on {enough} {:.4}; {} of them changed",
                after.len(),
                hosts(2),
                hosts(usize::from(*enough)),
                summary(&before).f1,
                summary(&after).f1,
                changed.filter(|(a, b)| a.f1() != b.f1()).count()
            );
        }
        for (name, scores) in &engines {
            println!(
                "  {name} {:.4}",
                summary(&ids.iter().map(|at| &scores[*at]).collect::<Vec<_>>()).f1
            );
        }
        if engines.len() > 1 {
            let best: Vec<&Score> = ids
                .iter()
                .filter_map(|at| {
                    engines
                        .iter()
                        .map(|(_, s)| &s[*at])
                        .max_by(|a, b| a.f1().total_cmp(&b.f1()))
                })
                .collect();
            println!("  oracle of these {:.4}", summary(&best).f1);
        }
        let mut worst = ids.clone();
        worst.sort_by(|a, b| left[*a].0.f1().total_cmp(&left[*b].0.f1()));
        for at in worst
            .iter()
            .take(if *set == "~ all" { 0 } else { wanted.worst })
        {
            let score = &left[*at].0;
            println!(
                "    {:.3} p {:.2} r {:.2}  {} {}",
                score.f1(),
                score.precision,
                score.recall,
                pages[*at].id,
                pages[*at].url
            );
        }
    }
    if wanted.partings > 0 {
        partings(&pages, wanted, &sets, &left);
    }
    if wanted.rules {
        worth(&pages, &folds, &weights, &left, &sets);
    }
    if let Some(dump) = &wanted.dump {
        write(&pages, &left, dump)?;
    }
    Ok(())
}

/// Prints for each set the text F1 with whole outlets left out over several partings into folds, this one among them.
fn partings(
    pages: &[Known],
    wanted: &Wanted,
    sets: &BTreeMap<&str, Vec<usize>>,
    left: &[(Score, String)],
) {
    let mut all: Vec<Vec<Score>> = vec![left.iter().map(|(score, _)| score.clone()).collect()];
    for seed in (1..=wanted.partings).map(|more| SEED + more) {
        let folds = pages::folds(pages, FOLDS, seed);
        let (fitted, _) = fit(pages, &folds, Weights::default().passes.len());
        all.push(each(pages, |at, page| {
            let weights = Weights {
                without: wanted.without,
                ..fitted.without[folds[at]].clone()
            };
            score(page, &weights).0
        }));
    }
    println!(
        "\ntext F1 left out, {} partings into folds: mean (each)",
        all.len()
    );
    for (set, ids) in sets {
        let of =
            |scores: &Vec<Score>| summary(&ids.iter().map(|at| &scores[*at]).collect::<Vec<_>>());
        let found: Vec<Summary> = all.iter().map(of).collect();
        let mean =
            |value: fn(&Summary) -> f64| found.iter().map(value).sum::<f64>() / found.len() as f64;
        let each: Vec<String> = found
            .iter()
            .map(|found| format!("{:.4}", found.f1))
            .collect();
        println!(
            "  {set}  {:.4} ({})  under 0.5 {:.1} %  under 0.9 {:.1} %",
            mean(|found| found.f1),
            each.join(", "),
            mean(|found| found.bad.0) * 100.0,
            mean(|found| found.bad.1) * 100.0
        );
    }
}

/// Prints for each rule of the page what F1 loses on each set without it, in thousandths, and how many pages it changes.
fn worth(
    pages: &[Known],
    folds: &[usize],
    weights: &[Weights],
    left: &[(Score, String)],
    sets: &BTreeMap<&str, Vec<usize>>,
) {
    let mean = |scores: &[(Score, String)], ids: &[usize]| {
        summary(&ids.iter().map(|at| &scores[*at].0).collect::<Vec<_>>()).f1
    };
    println!("\nwhat a rule is worth, in thousandths of F1 (pages that it changes)");
    for (name, bit) in article::training::rules() {
        let without = each(pages, |at, page| {
            let weights = &weights[folds[at]];
            let without = weights.without | bit;
            score(
                page,
                &Weights {
                    without,
                    ..weights.clone()
                },
            )
        });
        let mut line = format!("  {name:16}");
        for (set, ids) in sets {
            let gain = (mean(left, ids) - mean(&without, ids)) * 1e3;
            let changed = ids.iter().filter(|at| left[**at].1 != without[**at].1);
            line.push_str(&format!("  {set} {gain:+.2} ({})", changed.count()));
        }
        println!("{line}");
    }
}

fn write(pages: &[Known], scores: &[(Score, String)], file: &Path) -> Result<()> {
    let mut out = String::new();
    for (page, (score, text)) in pages.iter().zip(scores) {
        let row = serde_json::json!({"id": page.id, "text": text, "f1": score.f1(), "p": score.precision, "r": score.recall, "read": score.read, "right": score.facts});
        out.push_str(&row.to_string());
        out.push('\n');
    }
    std::fs::write(file, out).with_context(|| file.display().to_string())
}

/// The scores of another engine's predictions.
fn beside(pages: &[Known], file: &Path) -> Result<Vec<Score>> {
    let texts: HashMap<String, String> = pages::lines(file)?
        .into_iter()
        .filter_map(|row| {
            Some((
                row["id"].as_str()?.to_owned(),
                row["text"].as_str()?.to_owned(),
            ))
        })
        .collect();
    Ok(pages
        .iter()
        .map(|page| measure::text(page.text(), texts.get(&page.id).map_or("", String::as_str)))
        .collect())
}
