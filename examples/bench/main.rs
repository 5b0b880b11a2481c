//! `cargo run --release --example bench`: makes a store of made-up articles, runs the whole program on
//! it in a pseudo-terminal, and prints what it took beside what it may take and what cannot be beaten.
//! The parts are measured by `cargo bench`. How to read the figures: benches/README.md.

mod corpus;
mod figures;
mod inside;
mod reader;
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
    let program = program()?;
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
    Ok(figures)
}

/// The program of the same build: it lies beside the folder of the examples. Under `cargo run` it is
/// built first, so that no older one is measured.
fn program() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    let directory = this
        .parent()
        .and_then(Path::parent)
        .context("no build directory")?;
    let program = directory.join("newsprint");
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
                "--bin",
                "newsprint",
                "--profile",
                profile,
                "--target-dir",
            ])
            .arg(target)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()?;
        ensure!(done.success(), "newsprint cannot be built");
    }
    ensure!(
        program.is_file(),
        "{} is missing; build it first: cargo build --release",
        program.display()
    );
    Ok(program)
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
