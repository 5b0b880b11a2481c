//! What README and contrib promise, held against the program.

use std::path::PathBuf;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// `UPDATE_README=1 cargo test --test docs` writes the table anew.
#[test]
fn the_readme_lists_the_keys_of_the_key_table() {
    const START: &str =
        "<!-- keys: made from the key table; `cargo test` checks that they agree -->\n";
    const END: &str = "<!-- /keys -->";
    let mut table =
        String::from("| keys | action | what it does | only in |\n| --- | --- | --- | --- |\n");
    for row in newsprint::tui::keymap::reference("vim") {
        let keys: Vec<String> = row
            .keys
            .split_whitespace()
            .map(|key| format!("`{}`", key.replace('|', "\\|")))
            .collect();
        table.push_str(&format!(
            "| {} | `{}` | {} | {} |\n",
            keys.join(" "),
            row.name,
            row.about,
            row.place
        ));
    }
    let readme = std::fs::read_to_string(file("README.md")).unwrap();
    let from = readme.find(START).expect("the table's place") + START.len();
    let to = from + readme[from..].find(END).expect("the table's end");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(
            file("README.md"),
            format!("{}{table}{}", &readme[..from], &readme[to..]),
        )
        .unwrap();
        return;
    }
    assert_eq!(
        &readme[from..to],
        table,
        "UPDATE_README=1 cargo test --test docs writes it anew"
    );
}

#[test]
fn the_crontab_line_has_five_fields_and_a_command_that_exists() {
    let crontab = std::fs::read_to_string(file("contrib/newsprint.crontab")).unwrap();
    let lines: Vec<&str> = crontab
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    assert_eq!(lines.len(), 1);
    let words: Vec<&str> = lines[0].split(' ').collect();
    let limits = [59, 23, 31, 12, 7];
    for (field, limit) in words.iter().zip(limits) {
        assert!(
            *field == "*" || field.parse::<u32>().is_ok_and(|number| number <= limit),
            "{field}"
        );
    }
    runs(&words[5..]);
}

#[test]
fn the_systemd_units_are_well_formed_and_run_a_command_that_exists() {
    let known = [
        (
            "Unit",
            &["Description", "Documentation", "After", "Wants"][..],
        ),
        (
            "Service",
            &[
                "Type",
                "ExecStart",
                "SuccessExitStatus",
                "TimeoutStopSec",
                "Nice",
                "NoNewPrivileges",
                "PrivateTmp",
            ],
        ),
        (
            "Timer",
            &[
                "OnCalendar",
                "RandomizedDelaySec",
                "FixedRandomDelay",
                "Persistent",
            ],
        ),
        ("Install", &["WantedBy"]),
    ];
    let mut commands = 0;
    for unit in [
        "contrib/newsprint-refresh.service",
        "contrib/newsprint-refresh.timer",
    ] {
        let text = std::fs::read_to_string(file(unit)).unwrap();
        let mut section = "";
        for line in text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                section = name;
                continue;
            }
            let (key, value) = line
                .split_once('=')
                .unwrap_or_else(|| panic!("{unit}: {line}"));
            let (_, keys) = known
                .iter()
                .find(|(name, _)| *name == section)
                .unwrap_or_else(|| panic!("{unit}: [{section}]"));
            assert!(keys.contains(&key) && !value.is_empty(), "{unit}: {line}");
            if key == "ExecStart" {
                commands += 1;
                runs(&value.split(' ').collect::<Vec<_>>());
            }
        }
    }
    assert_eq!(commands, 1);
}

/// The options must be ones that the program takes: `--help` makes it read them and do nothing.
fn runs(command: &[&str]) {
    assert!(
        command[0].ends_with("/newsprint"),
        "cron and systemd search few folders: {}",
        command[0]
    );
    assert_cmd::Command::cargo_bin("newsprint")
        .unwrap()
        .args(&command[1..])
        .arg("--help")
        .assert()
        .success();
    assert_cmd::Command::cargo_bin("newsprint")
        .unwrap()
        .args(&command[1..])
        .arg("--no-such-option")
        .assert()
        .code(2);
}

#[test]
fn the_files_that_the_readme_names_are_there() {
    let readme = std::fs::read_to_string(file("README.md")).unwrap();
    let links: Vec<&str> = readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.contains("://") && !link.starts_with('#'))
        .collect();
    assert!(links.contains(&"docs/reader.svg"));
    for link in links {
        assert!(file(link).exists(), "{link}");
    }
}

/// Every command there is, the program itself first.
const COMMANDS: [&str; 36] = [
    "",
    "refresh",
    "sync",
    "account",
    "account add",
    "account list",
    "account login",
    "account logout",
    "account remove",
    "list",
    "stories",
    "story",
    "story why",
    "story join",
    "story part",
    "digest",
    "show",
    "tags",
    "outlets",
    "discover",
    "feed",
    "add",
    "remove",
    "mark",
    "undo",
    "import",
    "export",
    "config",
    "config path",
    "config check",
    "config example",
    "demo",
    "doctor",
    "prune",
    "completions",
    "man",
];

/// A crate that is not named in the profiles would be compiled for size, and slow.
#[test]
fn every_crate_of_ours_is_compiled_for_speed_in_a_release() {
    let manifest = std::fs::read_to_string(file("Cargo.toml")).unwrap();
    let crates = std::fs::read_dir(file("crates")).unwrap();
    for one in crates.map(|entry| entry.unwrap().file_name()) {
        // Each refresh of a test places its articles, which is too slow without optimisation.
        let dev = if one == "stories" { 2 } else { 0 };
        for (profile, level) in [("dev", dev), ("release", 2)] {
            let line = format!(
                "[profile.{profile}.package.newsprint-{}]\nopt-level = {level}\n",
                one.to_string_lossy()
            );
            assert!(manifest.contains(&line), "Cargo.toml lacks {line}");
        }
    }
}

/// Every file and folder that a document for contributors names is there: a moved file moves its mention.
#[test]
fn the_files_that_architecture_and_contributing_name_are_there() {
    const ROOMS: &[&str] = &["", "src", "crates", "crates/parse/src"];
    let mut seen = 0;
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(file(document)).unwrap();
        // Odd pieces are between backticks.
        for name in text.split('`').skip(1).step_by(2) {
            let is_path = name.contains('/')
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "/_.-".contains(c));
            if is_path {
                seen += 1;
                assert!(
                    ROOMS.iter().any(|room| file(room).join(name).exists()),
                    "{document} names {name}, which is not there"
                );
            }
        }
    }
    assert!(seen > 40, "only {seen} paths were found");
}

fn help(command: &str, flag: &str) -> String {
    let output = assert_cmd::Command::cargo_bin("newsprint")
        .unwrap()
        .env("COLUMNS", "120")
        .args(command.split_whitespace())
        .arg(flag)
        .output()
        .unwrap();
    assert!(output.status.success(), "{command}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_help_text_fits_eighty_columns_and_is_one_text() {
    for command in COMMANDS {
        let text = help(command, "--help");
        assert_eq!(text, help(command, "-h"), "{command}");
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
            assert!(line.trim_end() == line, "{command}: {line:?}");
        }
    }
    // The list above is whole.
    let top = help("", "--help");
    let (_, commands) = top.split_once("Commands:\n").unwrap();
    let listed: Vec<&str> = commands
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("    "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    for name in &listed {
        assert!(COMMANDS.contains(name), "{name}");
    }
    assert_eq!(listed.len(), 24);
}

#[test]
fn the_manual_has_a_section_for_every_command_and_names_no_other_page() {
    let output = assert_cmd::Command::cargo_bin("newsprint")
        .unwrap()
        .arg("man")
        .output()
        .unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    for command in &COMMANDS[1..] {
        let title = format!(".SS newsprint {command}\n");
        assert!(page.contains(&title), "{command}");
    }
    assert!(!page.contains("newsprint\\-refresh"), "{page}");
    assert!(page.contains("Exit codes:"));
    // Nothing that a text line begins with is taken for a request.
    for line in page.lines().filter(|line| line.starts_with(['.', '\''])) {
        let request = line.split(' ').next().unwrap();
        let known = [
            ".TH", ".SH", ".SS", ".PP", ".TP", ".RS", ".RE", ".nf", ".fi", ".B", ".br", ".ie",
            ".el", ".IP",
        ];
        assert!(known.contains(&request), "{line}");
    }
}
