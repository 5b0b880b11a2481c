//! Holds the one-way rule of ARCHITECTURE.md: it reads the sources for the rooms they name.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room of the program and the rooms it may name; the crates' borders are held by the compiler.
const RULE: &[(&str, &[&str])] = &[
    ("config", &[]),
    ("export", &[]),
    ("library", &["config"]),
    ("refresh", &["config"]),
    ("tui", &["library", "refresh", "export", "config"]),
    ("cli", &["tui", "library", "refresh", "export", "config"]),
];

struct Source {
    path: PathBuf,
    room: String,
    /// Without comments and without the tests at its end, which may hold rooms against each other.
    code: String,
}

fn sources() -> Vec<Source> {
    fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap().to_owned();
            let first = inside
                .components()
                .next()
                .unwrap()
                .as_os_str()
                .to_string_lossy()
                .into_owned();
            let room = first.trim_end_matches(".rs").to_owned();
            let code = fs::read_to_string(&path).unwrap();
            let code = code
                .split("\n#[cfg(test)]\nmod ")
                .next()
                .unwrap_or_default();
            let code = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect::<Vec<_>>()
                .join("\n");
            Source {
                path: inside,
                room,
                code,
            }
        })
        .collect()
}

/// The rooms that follow `crate::`, also in `crate::{a, b::c}`.
fn named_rooms(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let name = |text: &str| -> String {
            text.trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        };
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = 0;
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => {
                        rooms.push(name(&group[start..at]));
                        break;
                    }
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        rooms.push(name(&group[start..at]));
                        start = at + 1;
                    }
                    _ => {}
                }
            }
        } else {
            rooms.push(name(rest));
        }
    }
    rooms
}

#[test]
fn rooms_name_only_the_rooms_below_them() {
    let mut wrong = Vec::new();
    for source in sources() {
        if source.room == "main" || source.room == "lib" {
            continue;
        }
        let (_, allowed) = RULE
            .iter()
            .find(|(room, _)| *room == source.room)
            .unwrap_or_else(|| {
                panic!(
                    "{}: a room that the rule does not know",
                    source.path.display()
                )
            });
        for named in named_rooms(&source.code) {
            let is_room = RULE.iter().any(|(room, _)| *room == named);
            if is_room && named != source.room && !allowed.contains(&named.as_str()) {
                wrong.push(format!("{} names {named}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_tui_names_the_terminal() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (word, home) in [("ratatui", "tui"), ("crossterm", "tui")] {
            if source.room != home && source.code.contains(&format!("{word}::")) {
                wrong.push(format!("{} names {word}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_state_of_the_reader_is_pure() {
    const FOREIGN: &[&str] = &[
        "ratatui",
        "crossterm",
        "std::fs",
        "std::net",
        "std::process",
        "std::thread",
        "Instant::now",
        "SystemTime",
        "Timestamp::now",
        "Zoned::now",
        "newsprint_store::Store",
        "crate::refresh::run",
    ];
    let mut seen = 0;
    for source in sources() {
        if source.path == Path::new("tui/state.rs") || source.path.starts_with("tui/state") {
            seen += 1;
            for word in FOREIGN {
                assert!(
                    !source.code.contains(word),
                    "{} names {word}",
                    source.path.display()
                );
            }
        }
    }
    assert!(
        seen > 0,
        "the state has moved: tell this test where it lives now"
    );
}

#[test]
fn every_file_says_what_lives_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for source in sources() {
        let text = fs::read_to_string(root.join(&source.path)).unwrap();
        assert!(
            text.starts_with("//!"),
            "{} opens without saying what it is for",
            source.path.display()
        );
    }
}
