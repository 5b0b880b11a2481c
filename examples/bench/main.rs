//! `cargo run --release --example bench`: makes a store of made-up articles, runs the whole program on
//! it in a pseudo-terminal, and prints what it took beside what it may take and what cannot be beaten.
//! The parts are measured by `cargo bench`. How to read the figures: benches/README.md.

mod corpus;
mod digest;
mod figures;
mod inside;
mod newsboat;
mod reader;
mod refresh;
mod screen;
mod stock;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use clap::{Parser, ValueEnum};
use serde_json::json;

use corpus::Corpus;
use figures::{Figures, Unit};
use reader::Home;

/// Measures newsprint as a whole.
#[derive(Parser)]
#[command(name = "bench")]
struct Arguments {
    /// How many articles the store holds.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1_000..))]
    articles: u64,
    /// Only these.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

/// What can be measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Start,
    Keys,
    Open,
    Search,
    Tags,
    Memory,
    Idle,
    Disk,
    Binary,
    Insert,
    Refresh,
    Digest,
    Newsboat,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(figures) => {
            if arguments.json {
                let document = json!({
                    "date": jiff::Timestamp::now().strftime("%F").to_string(),
                    "version": env!("CARGO_PKG_VERSION"),
                    "articles": arguments.articles,
                    "cores": std::thread::available_parallelism().map_or(0, |cores| cores.get()),
                    "figures": figures.json(),
                });
                println!("{document:#}");
            } else {
                print!("{}", figures.table());
            }
            ExitCode::from(u8::from(!figures.all_met()))
        }
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<Figures> {
    let wanted = |part: Part| arguments.only.is_empty() || arguments.only.contains(&part);
    let say = |what: &str| eprintln!("bench: {what} …");
    let directory = directory()?;
    let program = built(&directory, Built::Program)?;
    let mut figures = Figures::default();
    let corpus = Corpus::new(arguments.articles);
    say(&format!("a store of {} articles", corpus.articles));
    let home = Home::new(&program, &corpus)?;
    let few = Corpus::new(1_000);
    let small = Home::new(&program, &few)?;
    if wanted(Part::Start) {
        say("start");
        reader::start(&small, &home, &mut figures)?;
    }
    if wanted(Part::Keys) {
        say("keys");
        reader::keys(&home, &mut figures)?;
    }
    if wanted(Part::Open) {
        say("opening");
        reader::open(&home, &corpus, &mut figures)?;
    }
    if wanted(Part::Search) {
        say("search");
        reader::search(&home, &mut figures)?;
    }
    if wanted(Part::Tags) {
        say("tag counts");
        inside::tags(&home.database(), &corpus, &mut figures)?;
    }
    if wanted(Part::Memory) {
        say("memory");
        if corpus.articles > 100_000 {
            let middle = Home::new(&program, &Corpus::new(100_000))?;
            reader::memory(&[&middle, &home], &mut figures)?;
        } else {
            reader::memory(&[&small, &home], &mut figures)?;
        }
    }
    if wanted(Part::Idle) {
        say("idleness, twice 20 s");
        reader::idle(&home, &mut figures)?;
    }
    if wanted(Part::Disk) {
        say("disk");
        inside::disk(&stock::kept(&corpus)?, &corpus, &mut figures)?;
    }
    if wanted(Part::Binary) {
        binary(&program, &mut figures)?;
    }
    if wanted(Part::Insert) {
        say("taking in");
        inside::insert(&mut figures)?;
    }
    if wanted(Part::Refresh) {
        say("refresh of 100 and 1,000 outlets");
        refresh::refresh(&directory, &mut figures)?;
    }
    if wanted(Part::Digest) {
        say("digests");
        digest::digest(&home, &mut figures)?;
    }
    if wanted(Part::Newsboat) {
        say("newsboat over the same articles");
        match newsboat::measure(&corpus)? {
            Some(rival) => reader::beside(&home, &rival, &mut figures)?,
            None => say("newsboat is not installed: left out"),
        }
    }
    Ok(figures)
}

/// Something of the same build that is run.
enum Built {
    /// The program itself.
    Program,
    /// Another example.
    Example(&'static str),
}

/// The directory of this build.
fn directory() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    let directory = this.parent().and_then(Path::parent);
    Ok(directory.context("no build directory")?.to_owned())
}

/// Where something of the same build lies: the program beside the folder of the examples. Under
/// `cargo run` it is built first, so that no older one is measured.
fn built(directory: &Path, what: Built) -> Result<PathBuf> {
    let (kind, name, path) = match what {
        Built::Program => ("--bin", "newsprint", directory.join("newsprint")),
        Built::Example(name) => ("--example", name, directory.join("examples").join(name)),
    };
    if let Some(cargo) = std::env::var_os("CARGO") {
        let profile = match directory.file_name().and_then(|name| name.to_str()) {
            Some("debug") | None => "dev",
            Some(name) => name,
        };
        let target = directory.parent().context("no target directory")?;
        let done = Command::new(cargo)
            .args([
                "build",
                "--quiet",
                kind,
                name,
                "--profile",
                profile,
                "--target-dir",
            ])
            .arg(target)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()?;
        ensure!(done.success(), "{name} cannot be built");
    }
    ensure!(
        path.is_file(),
        "{} is missing; build it first: cargo build --release {kind} {name}",
        path.display()
    );
    Ok(path)
}

/// The size of the program.
fn binary(program: &Path, figures: &mut Figures) -> Result<()> {
    let size = std::fs::metadata(program)?.len() as f64 / f64::from(1 << 20);
    // 20 MB in the sense of the trade: a million bytes each.
    figures
        .add("size of the binary", size, Unit::Mib)
        .target(20e6 / f64::from(1 << 20));
    Ok(())
}
