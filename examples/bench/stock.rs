//! A store full of made-up articles, taken in as a refresh does: packed on all cores, written in one
//! transaction a round. Shared by `examples/bench` and `benches/`. Never here: measuring, the screen.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::{fs, thread};

use anyhow::{Context, Result};
use newsprint_model::query::Query;
use newsprint_model::{ArticleId, Mark, Outlet};
use newsprint_store::{At, Incoming, List, Packed, Store, Update};

use super::corpus::{Corpus, EDITION};

/// What a store looks like inside: of another schema or another index, another store.
const SHAPE: [&str; 2] = [
    include_str!("../../crates/store/src/migrations.rs"),
    include_str!("../../crates/store/src/encode.rs"),
];

/// The outlets as the config has them.
pub fn outlets(corpus: &Corpus) -> Vec<Outlet> {
    let named = corpus.outlets().enumerate();
    named
        .map(|(place, name)| Outlet {
            name: name.to_owned(),
            url: format!("https://courier-{}.example/", place + 1),
            ..Outlet::default()
        })
        .collect()
}

/// The same as the text of a config file.
pub fn config(corpus: &Corpus) -> String {
    let outlets = outlets(corpus);
    let tables = outlets.iter().map(|outlet| {
        format!(
            "[[outlet]]\nname = \"{}\"\nurl = \"{}\"\n\n",
            outlet.name, outlet.url
        )
    });
    tables.collect()
}

/// The database of a store of so many articles, made if it is not there yet. It is left as it is:
/// measure on a copy.
pub fn kept(corpus: &Corpus) -> Result<PathBuf> {
    let shape = SHAPE.iter().flat_map(|text| text.bytes());
    let shape = shape.fold(u64::from(EDITION), |h, byte| {
        (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    let stem = format!("{}-", corpus.articles);
    let path = directory.join(format!("{stem}{shape:016x}.db"));
    if path.is_file() {
        return Ok(path);
    }
    fs::create_dir_all(&directory)?;
    for entry in fs::read_dir(&directory)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&stem) {
            fs::remove_file(entry.path())?;
        }
    }
    let draft = directory.join(format!("{stem}draft.db"));
    fill(&draft, corpus, true)?;
    fs::rename(&draft, &path)?;
    Ok(path)
}

/// Makes a store at `path`, and, if asked, marks six of ten articles read and one of a hundred starred.
pub fn fill(path: &Path, corpus: &Corpus, mark: bool) -> Result<()> {
    let store = Store::open(path)?;
    store.prepare_for_ingest()?;
    store.sync_outlets(&outlets(corpus))?;
    let names: Vec<&str> = corpus.outlets().collect();
    let workers = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    thread::scope(|scope| -> Result<()> {
        // Each worker makes every so manieth round; taken up in turn, their order is kept.
        let lines: Vec<_> = (0..workers)
            .map(|worker| {
                let (sender, receiver) = mpsc::sync_channel(8);
                scope.spawn(move || {
                    for round in (worker..corpus.rounds()).step_by(workers as usize) {
                        let (articles, at) = corpus.round(round);
                        let packed: Vec<Packed> =
                            articles.into_iter().map(Incoming::pack).collect();
                        if sender.send((packed, at)).is_err() {
                            return;
                        }
                    }
                });
                receiver
            })
            .collect();
        for round in 0..corpus.rounds() {
            let (mut articles, now) = lines[(round % workers) as usize]
                .recv()
                .context("a worker has stopped")?;
            // A source has its newest entry first.
            articles.reverse();
            let update = Update {
                articles,
                ..Update::default()
            };
            store.ingest(names[corpus.outlet_of(round)], &update, now)?;
        }
        Ok(())
    })?;
    if mark {
        marks(&store, corpus)?;
    }
    store.tidy()?;
    Ok(())
}

/// Marks made in the order of reading, a screenful at a time.
fn marks(store: &Store, corpus: &Corpus) -> Result<()> {
    let (_, now) = corpus.round(corpus.rounds() - 1);
    let list = List::live(&Query::default(), now);
    let mut at = At::Top;
    loop {
        let page = store.cursors(&list, at, 2_000)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        at = At::After(*last);
        let chosen = |which: fn(i64) -> bool| -> Vec<ArticleId> {
            let ids = page.iter().map(|cursor| cursor.id);
            ids.filter(|id| which(id.0.wrapping_mul(7_919) >> 3))
                .collect()
        };
        store.mark(&chosen(|n| n % 10 < 6), Mark::Read)?;
        store.mark(&chosen(|n| n % 100 == 7), Mark::Star)?;
    }
}
