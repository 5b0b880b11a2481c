//! Digests of a large store, in each of their forms: the whole command, from its start to its end.
//! Never here: what is in a digest.

use std::process::Stdio;
use std::time::Instant;

use anyhow::{Result, ensure};

use super::figures::{Figures, median};
use super::reader::Home;

/// Articles of a digest.
const LIMIT: &str = "500";

/// How often each is measured.
const RUNS: usize = 7;

/// What is measured: its name, what tells the command so.
const FORMS: [(&str, &[&str]); 6] = [
    ("text", &["--format", "text"]),
    ("text, whole articles", &["--format", "text", "--full"]),
    ("Markdown, whole articles", &["--format", "md", "--full"]),
    ("HTML, whole articles", &["--format", "html", "--full"]),
    ("mail, whole articles", &["--format", "eml", "--full"]),
    ("EPUB", &["--format", "epub", "-o"]),
];

/// Digests of the latest articles of a store whose stories were found before, as by a refresh.
pub fn digest(home: &Home, figures: &mut Figures) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let book = folder.path().join("digest.epub").display().to_string();
    let run = |arguments: &[&str]| -> Result<()> {
        let mut all = vec!["digest", "--limit", LIMIT];
        all.extend(arguments);
        if arguments.ends_with(&["-o"]) {
            all.push(&book);
        }
        let status = home.command(&all).stdout(Stdio::null()).status()?;
        ensure!(status.success(), "{all:?} failed");
        Ok(())
    };
    // The first one finds the stories of the store.
    run(&["--format", "text"])?;
    for (name, arguments) in FORMS {
        let (mut times, mut starts) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let at = Instant::now();
            let status = home
                .command(&["--version"])
                .stdout(Stdio::null())
                .status()?;
            ensure!(status.success(), "--version failed");
            starts.push(at.elapsed());
            let at = Instant::now();
            run(arguments)?;
            times.push(at.elapsed());
        }
        figures
            .time(
                format!("digest of {LIMIT} of {} articles: {name}", home.articles),
                median(&mut times),
            )
            .target(300.0)
            .beside(
                "newsprint --version",
                super::figures::millis(median(&mut starts)),
            );
    }
    Ok(())
}
