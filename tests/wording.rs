//! Keeps out of the program's texts the words that made them hard to read: every string of the sources, the help
//! texts and config.example.toml are searched for them. Never here: whether a text is good.

use std::fs;
use std::path::{Path, PathBuf};

/// Words that are not written, as they stand between other words, and what to write instead.
const PATTERNS: &[(&str, &str)] = &[
    ("is no", "is not a …, unknown …"),
    ("are no", "is not a …, unknown …"),
    ("is none", "is not a …"),
    ("stands", "is"),
    ("stand", "is"),
    ("alike", "conflicts with"),
    ("parted by", "separated by"),
    ("parted from", "separated from"),
    ("asked", "fetched, requested"),
    ("ask", "fetch, request"),
    ("asks", "requests"),
    ("asking", "fetching"),
    ("takes it back", "undo"),
    ("take it back", "undo"),
    ("takes back", "undo"),
    ("taken back", "undone"),
    ("was said", "was logged"),
    ("been said", "been logged"),
    ("is said", "is logged"),
    ("are said", "are logged"),
    ("wishes", "respects …"),
    ("wish", "request"),
    ("could not be had", "could not fetch"),
    ("be had", "could not fetch"),
    ("mend", "fix, edit"),
    ("mended", "fixed"),
    ("a moment", "a timestamp"),
    ("this moment", "this time"),
    ("texts", "strings"),
    ("signs", "symbols"),
    ("so many", "N"),
    ("so much", "N"),
    ("for so long", "for a duration"),
    ("given up", "disabled"),
    ("left alone", "paused"),
    ("left out", "skipped"),
    ("all right", "OK"),
    ("all is well", "OK"),
    ("all went well", "OK"),
    ("is there already", "exists already"),
    ("not there", "not found"),
    ("works here", "no …"),
    ("works not here", "no …"),
    ("not here", "no …"),
    ("no article here", "no articles"),
    ("no articles here", "no articles"),
    ("no key here", "is not bound"),
    ("nothing here", "no …"),
    ("what has come", "what was fetched"),
    ("came since", "new"),
    ("nobody knows", "unknown"),
    ("broke the parser", "parser error"),
    ("names no sitemap", "empty sitemap index"),
    ("has become a page", "now returns a web page"),
    ("longer than any", "too long"),
];

/// Words that may follow `is no` and the like: `is no longer` says something else.
const FINE_AFTER: &[&str] = &["longer", "more"];

/// Files whose strings are articles, or are looked for in remote pages.
const REMOTE: &[&str] = &[
    "src/demo/articles.rs",
    "crates/parse/src/article/phrases.rs",
    "crates/parse/src/article/believe.rs",
    "crates/parse/src/article/completeness.rs",
    // Names of what is weighed, as the fitter prints them.
    "crates/parse/src/article/features.rs",
];

/// Names that are stored, and read by nobody.
const STORED: &[&str] = &["hosts left alone", "shared texts taken back"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            // Tests and benches say what they like.
            if !matches!(name.as_str(), "tests" | "target" | "benches" | "examples") {
                files.extend(rust_files(&path));
            }
        } else if name.ends_with(".rs") && name != "tests.rs" {
            files.push(path);
        }
    }
    files
}

/// The strings of a source, each with its line, up to the tests at its end; comments only where they are the
/// help texts of options.
fn strings(source: &str, help: bool) -> Vec<(usize, String)> {
    let source = source
        .split("\n#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let characters: Vec<char> = source.chars().collect();
    let at = |index: usize| characters.get(index).copied().unwrap_or('\0');
    let mut found = Vec::new();
    let mut line = 1;
    let mut index = 0;
    while index < characters.len() {
        let c = characters[index];
        if c == '\n' {
            line += 1;
            index += 1;
        } else if c == '/' && at(index + 1) == '/' {
            let start = index;
            while index < characters.len() && characters[index] != '\n' {
                index += 1;
            }
            let comment: String = characters[start..index].iter().collect();
            if let Some(text) = comment.strip_prefix("/// ").filter(|_| help) {
                found.push((line, text.to_owned()));
            }
        } else if c == '"' {
            let hashes = (0..index)
                .rev()
                .take_while(|at| characters[*at] == '#')
                .count();
            let raw = index > hashes && characters[index - hashes - 1] == 'r';
            let (first, mut text) = (line, String::new());
            index += 1;
            while index < characters.len() {
                let c = characters[index];
                let closing = (1..=hashes).all(|more| at(index + more) == '#');
                if c == '"' && (!raw || closing) {
                    break;
                }
                line += usize::from(c == '\n');
                if c == '\\' && !raw {
                    // `\n` and the like part words.
                    text.push(' ');
                    line += usize::from(at(index + 1) == '\n');
                    index += 2;
                    continue;
                }
                text.push(c);
                index += 1;
            }
            index += 1;
            found.push((first, text));
        } else if c == '\'' && (at(index + 1) == '\\' || at(index + 2) == '\'') {
            index += if at(index + 1) == '\\' { 3 } else { 2 };
            while index < characters.len() && characters[index] != '\'' {
                index += 1;
            }
            index += 1;
        } else {
            index += 1;
        }
    }
    found
}

/// The patterns that a text has in it.
fn found_in(text: &str) -> Vec<&'static (&'static str, &'static str)> {
    // Comments in SQL are for those who read the source.
    let text = text
        .lines()
        .map(|line| line.split(" -- ").next().unwrap_or_default())
        .filter(|line| !line.trim_start().starts_with("-- "));
    let lower = text.collect::<Vec<_>>().join(" ").to_lowercase();
    // What is between braces or is one word with `_` is a name, not a word that is read.
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '{' | '}')))
        .filter(|word| !word.is_empty())
        .collect();
    PATTERNS
        .iter()
        .filter(|(pattern, _)| {
            let pattern: Vec<&str> = pattern.split(' ').collect();
            words
                .windows(pattern.len())
                .enumerate()
                .any(|(at, window)| {
                    let after = words.get(at + pattern.len());
                    let fine = pattern.last() == Some(&"no")
                        && after.is_some_and(|word| FINE_AFTER.contains(word));
                    window == pattern && !fine
                })
        })
        .collect()
}

#[test]
fn no_text_of_the_program_has_these_words() {
    let mut wrong = Vec::new();
    let mut check = |place: String, text: &str| {
        for (pattern, instead) in found_in(text) {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            wrong.push(format!("{place}: `{pattern}` ({instead}) in: {text}"));
        }
    };
    for folder in ["src", "crates"] {
        for path in rust_files(&root().join(folder)) {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            if REMOTE.contains(&name.as_str()) {
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            for (line, text) in strings(&source, name == "src/cli/args.rs") {
                // One word is a name or data, never a sentence.
                if text.trim().contains(' ') && !STORED.contains(&text.as_str()) {
                    check(format!("{name}:{line}"), &text);
                }
            }
        }
    }
    let example = fs::read_to_string(root().join("config.example.toml")).unwrap();
    for (number, line) in example.lines().enumerate() {
        check(format!("config.example.toml:{}", number + 1), line);
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} in all",
        wrong.join("\n"),
        wrong.len()
    );
}

#[test]
fn the_search_finds_what_it_is_for() {
    let source = "// is no word\n/// is no help\nfn f() { say(\"x is no\\n key\"); c('\"'); r(r#\"parted \"by\"\"#) }\nconst A: &str = \"a \\\n  moment\";";
    let all = |help| -> Vec<(usize, usize)> {
        let strings = strings(source, help);
        strings
            .iter()
            .map(|(line, text)| (*line, found_in(text).len()))
            .collect()
    };
    assert_eq!(all(false), [(3, 1), (3, 1), (4, 1)]);
    assert_eq!(all(true), [(2, 1), (3, 1), (3, 1), (4, 1)]);
    assert_eq!(found_in("it is no longer configured").len(), 0);
    assert_eq!(found_in("a task, standard {asked}").len(), 0);
}
