//! Holds the arrows of ARCHITECTURE.md within the program: which room may name which, what the reader's state
//! never touches, that each file says what lives in it. The borders of the crates are the compiler's.
//! Every line of every file is read, tests included; `violations` is itself tested by breaking each rule.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room of `src/`, the rooms it may name, and the workspace's crates it may name.
const ROOMS: &[(&str, &[&str], &[&str])] = &[
    ("main", &["cli"], &[]),
    // Of the store only its private files.
    ("config", &[], &["model", "store"]),
    ("demo", &[], &[]),
    // Of the stories what stands for one.
    ("library", &["config"], &["model", "store", "stories"]),
    ("export", &[], &["model", "html", "parse"]),
    (
        "refresh",
        &["config"],
        &[
            "model", "html", "parse", "fetch", "store", "stories", "sync",
        ],
    ),
    (
        "tui",
        &["library", "refresh", "export", "config"],
        &["model", "html", "parse", "store", "stories"],
    ),
    (
        "cli",
        &["demo", "tui", "library", "refresh", "export", "config"],
        &["model", "html", "parse", "store", "stories"],
    ),
];

/// Crates that one room alone may name, or none.
const FOREIGN_CRATES: &[(&str, &[&str])] = &[
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("rusqlite", &[]),
    ("reqwest", &[]),
];

/// Paths that the reader's state never names: it is a function of what it is told.
const IMPURE: &[&[&str]] = &[
    &["ratatui"],
    &["crossterm"],
    &["std", "fs"],
    &["std", "net"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "env"],
    &["std", "time", "SystemTime"],
    &["std", "time", "Instant"],
    &["newsprint_store", "Store"],
];

/// Ends of paths that ask the clock.
const CLOCKS: &[&[&str]] = &[
    &["Instant", "now"],
    &["SystemTime", "now"],
    &["Time", "now"],
    &["Timestamp", "now"],
    &["Zoned", "now"],
    &["TimeZone", "system"],
];

/// A file of `src/`, by its path in it.
struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Source {
        Source {
            path: path.into(),
            text: text.to_owned(),
        }
    }

    /// The path of its module within the crate.
    fn module(&self) -> Vec<String> {
        let path = self.path.with_extension("");
        let parts = path.iter().map(|part| part.to_string_lossy().into_owned());
        parts
            .filter(|part| part != "lib" && part != "mod")
            .collect()
    }

    fn is_state(&self) -> bool {
        self.path == Path::new("tui/state.rs") || self.path.starts_with("tui/state")
    }
}

/// All that is wrong with these files.
fn violations(sources: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources {
        let mut say = |what: String| wrong.push(format!("{}: {what}", source.path.display()));
        if !source.text.starts_with("//!") {
            say("opens without saying what lives in it".to_owned());
        }
        let module = source.module();
        // The crate's root names its rooms, and nothing else is in it.
        let Some(room) = module.first() else { continue };
        let Some((_, rooms, crates)) = ROOMS.iter().find(|(name, ..)| name == room) else {
            say(format!("`{room}` is a room that the rule does not know"));
            continue;
        };
        let code = code_of(&source.text);
        if code.contains("#[path") || code.contains("include!") {
            say("takes its code from elsewhere".to_owned());
        }
        for path in paths(&code, &module) {
            let first = path[0].as_str();
            if first == "crate" {
                match path.get(1).map(String::as_str) {
                    None | Some("*" | "self") => say("names the whole crate".to_owned()),
                    Some(named) => {
                        let is_room = ROOMS.iter().any(|(name, ..)| *name == named);
                        if is_room && named != room && !rooms.contains(&named) {
                            say(format!("names {named}"));
                        }
                    }
                }
            }
            if let Some(named) = first.strip_prefix("newsprint_")
                && !crates.contains(&named)
            {
                say(format!("names the crate {named}"));
            }
            if let Some((_, homes)) = FOREIGN_CRATES.iter().find(|(name, _)| *name == first)
                && !homes.contains(&room.as_str())
            {
                say(format!("names {first}"));
            }
            if source.is_state() {
                let begins = |with: &&&[&str]| {
                    path.len() >= with.len() && path.iter().zip(**with).all(|(a, b)| a == b)
                };
                let ends = |with: &&&[&str]| {
                    let skip = path.len().saturating_sub(with.len());
                    path.len() >= with.len() && path[skip..].iter().zip(**with).all(|(a, b)| a == b)
                };
                if IMPURE.iter().find(begins).is_some() || CLOCKS.iter().find(ends).is_some() {
                    say(format!("names {}, and is not pure", path.join("::")));
                }
            }
        }
    }
    wrong
}

/// The code without comments and without what is in quotes; lines stay lines.
fn code_of(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = |index: usize| characters.get(index).copied().unwrap_or('\0');
    let mut out = String::new();
    let mut index = 0;
    while index < characters.len() {
        let c = characters[index];
        let after_word = index > 0 && (at(index - 1).is_alphanumeric() || at(index - 1) == '_');
        if c == '/' && at(index + 1) == '/' {
            while index < characters.len() && characters[index] != '\n' {
                index += 1;
            }
        } else if c == '/' && at(index + 1) == '*' {
            let mut depth = 0;
            loop {
                match (at(index), at(index + 1)) {
                    ('/', '*') => (depth, index) = (depth + 1, index + 2),
                    ('*', '/') => (depth, index) = (depth - 1, index + 2),
                    _ => index += 1,
                }
                if depth == 0 || index >= characters.len() {
                    break;
                }
            }
        } else if c == 'r'
            && !after_word
            && matches!(at(index + 1), '"' | '#')
            && raw_string(&characters, index).is_some()
        {
            index = raw_string(&characters, index).unwrap_or(index + 1);
            out.push_str("\"\"");
        } else if c == '"' {
            index += 1;
            while index < characters.len() && characters[index] != '"' {
                index += if characters[index] == '\\' { 2 } else { 1 };
            }
            index += 1;
            out.push_str("\"\"");
        } else if c == '\'' && (at(index + 1) == '\\' || at(index + 2) == '\'') {
            // A character; else it is a lifetime.
            index += if at(index + 1) == '\\' { 3 } else { 2 };
            while index < characters.len() && characters[index] != '\'' {
                index += 1;
            }
            index += 1;
        } else {
            out.push(c);
            index += 1;
        }
    }
    out
}

/// Where a raw string that begins here ends.
fn raw_string(characters: &[char], start: usize) -> Option<usize> {
    let hashes = characters[start + 1..]
        .iter()
        .take_while(|c| **c == '#')
        .count();
    let open = start + 1 + hashes;
    if characters.get(open) != Some(&'"') {
        return None;
    }
    (open + 1..characters.len())
        .find(|at| {
            let tail = characters[at + 1..]
                .iter()
                .take_while(|c| **c == '#')
                .count();
            characters[*at] == '"' && tail >= hashes
        })
        .map(|at| at + 1 + hashes)
}

/// Words and signs; `::` is one sign.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let length = if c.is_alphanumeric() || c == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            c.len_utf8()
        };
        if !c.is_whitespace() {
            tokens.push(rest[..length].to_owned());
        }
        rest = &rest[length..];
    }
    tokens
}

/// Every path that the code of a module names, groups written out; those that lead into this crate begin with
/// `crate`, however they were written.
fn paths(code: &str, module: &[String]) -> Vec<Vec<String>> {
    let tokens = tokens(code);
    let is_word = |token: &String| token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let mut found = Vec::new();
    // The modules that are written out within this file, with the depth of their braces.
    let mut inner: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inner.retain(|(_, opened)| *opened <= depth);
            }
            "mod" if tokens.get(at + 2).is_some_and(|next| next == "{") => {
                inner.push((tokens[at + 1].clone(), depth + 1));
                at += 2;
                continue;
            }
            word if next_is(&tokens, at + 1, "::") && is_word(&tokens[at])
                || word == "crate" && next_is(&tokens, at + 1, "as") =>
            {
                let mut here = module.to_vec();
                here.extend(inner.iter().map(|(name, _)| name.clone()));
                let before = found.len();
                at = tree(&tokens, at, &mut Vec::new(), &mut found);
                for path in &mut found[before..] {
                    *path = from_root(path, &here);
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn next_is(tokens: &[String], at: usize, wanted: &str) -> bool {
    tokens.get(at).is_some_and(|token| token == wanted)
}

/// Reads one path or a tree of paths from a word on; gives the place behind it.
fn tree(
    tokens: &[String],
    mut at: usize,
    prefix: &mut Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    let length = prefix.len();
    while let Some(token) = tokens.get(at) {
        if token == "{" {
            at += 1;
            while at < tokens.len() && tokens[at] != "}" {
                match tokens[at] == "," {
                    true => at += 1,
                    false => at = tree(tokens, at, prefix, found),
                }
            }
            prefix.truncate(length);
            return at + 1;
        }
        prefix.push(token.clone());
        at += 1;
        let goes_on = next_is(tokens, at, "::")
            && tokens.get(at + 1).is_some_and(|next| {
                next == "{"
                    || next == "*"
                    || next.starts_with(|c: char| c.is_alphabetic() || c == '_')
            });
        if !goes_on {
            break;
        }
        at += 1;
    }
    found.push(prefix.clone());
    prefix.truncate(length);
    // What it is called here, `as` and a name.
    if next_is(tokens, at, "as") {
        at + 2
    } else {
        at
    }
}

/// A path with `self`, `super` and the crate's name resolved.
fn from_root(path: &[String], module: &[String]) -> Vec<String> {
    let path = match path[0] == "self" && path.len() > 1 && path[1] == "super" {
        true => &path[1..],
        false => path,
    };
    let supers = path.iter().take_while(|part| *part == "super").count();
    let (base, rest) = match path[0].as_str() {
        "super" => (
            &module[..module.len().saturating_sub(supers)],
            &path[supers..],
        ),
        "self" => (module, &path[1..]),
        "crate" | "newsprint" => (&module[..0], &path[1..]),
        _ => return path.to_vec(),
    };
    let whole = std::iter::once("crate".to_owned()).chain(base.iter().cloned());
    whole.chain(rest.iter().cloned()).collect()
}

fn rust_files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    rust_files(&root)
        .into_iter()
        .map(|path| Source {
            text: fs::read_to_string(&path).unwrap(),
            path: path.strip_prefix(&root).unwrap().to_owned(),
        })
        .collect()
}

#[test]
fn rooms_name_only_the_rooms_below_them_and_the_state_is_pure() {
    let sources = sources();
    assert!(
        sources.iter().any(Source::is_state),
        "the state has moved: tell this test where it lives"
    );
    for (room, ..) in ROOMS {
        let there = |source: &Source| source.module().first().is_some_and(|first| first == room);
        assert!(sources.iter().any(there), "no file is in {room}");
    }
    let wrong = violations(&sources);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_of_the_crates_says_what_lives_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    for path in rust_files(&root) {
        if path.iter().any(|part| part == "target") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("//!"),
            "{} opens without saying what lives in it",
            path.display()
        );
    }
}

/// What is wrong with one made-up file.
fn broken(path: &str, code: &str) -> String {
    let text = format!("//! Made up.\n{code}");
    violations(&[Source::new(path, &text)]).join("\n")
}

#[test]
fn each_arrow_that_is_not_there_is_noticed() {
    for (room, rooms, crates) in ROOMS {
        for (other, ..) in ROOMS.iter().filter(|(other, ..)| other != room) {
            let found = broken(
                &format!("{room}.rs"),
                &format!("use crate::{other}::Thing;"),
            );
            let allowed = rooms.contains(other);
            assert_eq!(found.is_empty(), allowed, "{room} -> {other}: {found}");
        }
        for other in ["model", "html", "parse", "fetch", "store"] {
            let found = broken(
                &format!("{room}/part.rs"),
                &format!("use newsprint_{other}::Thing;"),
            );
            assert_eq!(
                found.is_empty(),
                crates.contains(&other),
                "{room} -> {other}: {found}"
            );
        }
    }
    for (name, homes) in FOREIGN_CRATES {
        for (room, ..) in ROOMS {
            let found = broken(
                &format!("{room}.rs"),
                &format!("fn f() {{ {name}::run() }}"),
            );
            assert_eq!(found.is_empty(), homes.contains(room), "{room} -> {name}");
        }
    }
}

#[test]
fn an_arrow_is_noticed_however_it_is_written() {
    for code in [
        "use crate::tui::State;",
        "use crate::{config, tui::{self, State}};",
        "use crate::{\n    config::{Config, Paths},\n    tui,\n};",
        "use super::tui::State;",
        "use super::{config, tui};",
        "use self::super::tui;",
        "pub use crate::tui as screen;",
        "fn f() { crate::tui::run(); }",
        "fn f() -> Vec<crate :: tui::State> { Vec::new() }",
        "fn f() { newsprint::tui::run(); }",
        "macro_rules! m { () => { $crate::tui::run() } }",
        "mod tests;\nuse crate::tui;",
        "#[cfg(test)]\nmod tests;\n\nuse crate::tui::State;",
        "#[cfg(test)]\nmod tests {\n    use super::*;\n    use crate::tui::State;\n}",
        "#[cfg(test)]\nmod tests {\n    mod more { use super::super::super::tui::State; }\n}",
        "fn a() {}\n#[cfg(test)]\nmod tests {\n}\nfn b() { crate::tui::run() }",
        "const TEXT: &str = \"//\"; use crate::tui;",
        "const C: char = '\"'; use crate::tui; const D: char = '\"';",
        "fn f<'a>(x: &'a str) { crate::tui::run() }",
        "const R: &str = r#\"\"\"#; use crate::tui;",
    ] {
        let found = broken("library.rs", code);
        assert!(found.contains("names tui"), "{code}\n{found}");
    }
    // One room deeper, it takes one more step.
    let found = broken("library/deep/er.rs", "use super::super::super::tui::State;");
    assert!(found.contains("names tui"), "{found}");
    let found = broken("library/deep/er.rs", "use super::super::tui::State;");
    assert_eq!(found, "");
    for code in [
        "use crate::*;",
        "use crate as root;",
        "use super::*;",
        "use crate::{self, config};",
    ] {
        let found = broken("library.rs", code);
        assert!(found.contains("whole crate"), "{code}\n{found}");
    }
    assert!(
        broken("library.rs", "#[path = \"../tui/state.rs\"]\nmod state;").contains("elsewhere")
    );
}

#[test]
fn words_in_comments_and_strings_are_no_arrows() {
    for code in [
        "// use crate::tui;",
        "/// See [`crate::tui`].",
        "/* crate::tui /* nested */ crate::tui */",
        "const T: &str = \"crate::tui\";",
        "const T: &str = \"a \\\" crate::tui\";",
        "const T: &str = r#\"a \" crate::tui\"#;",
        "use crate::library::tui;",
        "mod tests {\n    use super::*;\n}",
    ] {
        assert_eq!(broken("library.rs", code), "", "{code}");
    }
}

#[test]
fn an_impure_state_a_silent_file_and_an_unknown_room_are_noticed() {
    for code in [
        "use std::fs;",
        "use std::{fmt, fs::File};",
        "use std::time::{Duration, Instant};",
        "fn f() { std::process::exit(1) }",
        "fn f() { let _ = Instant::now(); }",
        "fn f() { let _ = newsprint_model::Time::now(); }",
        "fn f() { let _ = jiff::Zoned::now(); }",
        "use newsprint_store::{At, Store};",
        "use ratatui::Frame;",
        "#[cfg(test)]\nmod tests {\n    use std::thread;\n}",
    ] {
        for path in [
            "tui/state.rs",
            "tui/state/list.rs",
            "tui/state/tests/more.rs",
        ] {
            let found = broken(path, code);
            assert!(found.contains("is not pure"), "{path}: {code}\n{found}");
        }
        let ratatui = code.contains("ratatui");
        assert_eq!(broken("tui/runtime.rs", code), "", "{code} {ratatui}");
    }
    assert_eq!(
        broken(
            "tui/state.rs",
            "use std::time::Duration;\nuse newsprint_store::List;"
        ),
        ""
    );
    let silent = violations(&[Source::new("library/a.rs", "fn f() {}")]);
    assert!(silent[0].contains("without saying"), "{silent:?}");
    assert!(broken("cellar.rs", "").contains("does not know"));
}
