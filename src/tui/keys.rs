//! Keys to actions: the keymap in force (preset, then the reader's own lines), chords and counts.
//! Never here: what an action does.

pub mod notation;
pub mod table;

use crate::config::{Config, Problem};
use crate::news::nearest;

use super::message::{Action, Code, Key};
use table::{PANES, POPUP, Place, TABLE};

/// What a key or chord stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// One of the table.
    Act(Action),
    /// The configured view of this index.
    View(usize),
    /// The configured macro of this index.
    Macro(usize),
}

#[derive(Debug, Clone)]
struct Binding {
    keys: Vec<Key>,
    place: Place,
    command: Command,
}

/// The keys in force, and the beginning of a chord.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
    pending: Vec<Key>,
    count: Option<u32>,
}

/// The presets' names.
pub const PRESETS: [&str; 3] = ["vim", "newsboat", "emacs"];

/// A count is cut here: nobody means more.
const MAX_COUNT: u32 = 99_999;

impl Keymap {
    /// A preset as it is.
    pub fn preset(name: &str) -> Option<Keymap> {
        if !PRESETS.contains(&name) {
            return None;
        }
        let mut bindings = Vec::new();
        for row in TABLE {
            let keys = match name {
                "newsboat" => row.newsboat,
                "emacs" => row.emacs,
                _ => None,
            };
            for text in keys.unwrap_or(row.vim).split_whitespace() {
                let Ok(keys) = notation::parse(text) else {
                    continue;
                };
                // Where a preset gives a key a second meaning, what the preset says holds.
                let own = |other: &Binding| other.keys == keys && other.place & row.place != 0;
                if bindings.iter().any(own) {
                    continue;
                }
                bindings.push(Binding {
                    keys,
                    place: row.place,
                    command: Command::Act(row.action),
                });
            }
        }
        Some(Keymap {
            bindings,
            pending: Vec::new(),
            count: None,
        })
    }

    /// The keymap that the config asks for.
    ///
    /// # Errors
    /// Every line that names no key, no action, or a key twice.
    pub fn from_config(config: &Config) -> Result<Keymap, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut keymap = match &config.keys.preset {
            None => Keymap::preset("vim"),
            Some((name, line)) => Keymap::preset(name).or_else(|| {
                problems.push(Problem {
                    line: *line,
                    key: "keys.preset".to_owned(),
                    message: format!(
                        "there is no preset `{name}`; there are `vim`, `newsboat` and `emacs`"
                    ),
                });
                Keymap::preset("vim")
            }),
        }
        .unwrap_or(Keymap {
            bindings: Vec::new(),
            pending: Vec::new(),
            count: None,
        });
        let mut taken: Vec<(Vec<Key>, Place, usize)> = Vec::new();
        let mut lines: Vec<(&str, usize, Place, Option<Command>)> = Vec::new();
        for line in &config.keys.bindings {
            if line.action.is_empty() {
                lines.push((&line.key, line.line, PANES | POPUP, None));
                continue;
            }
            match table::named(&line.action) {
                Some(row) => lines.push((
                    &line.key,
                    line.line,
                    row.place,
                    Some(Command::Act(row.action)),
                )),
                None => problems.push(Problem {
                    line: line.line,
                    key: format!("keys.{}", line.key),
                    message: unknown_action(&line.action),
                }),
            }
        }
        for (index, view) in config.views.iter().enumerate() {
            if let Some(key) = &view.key {
                lines.push((&key.key, key.line, PANES, Some(Command::View(index))));
            }
        }
        for (index, own) in config.macros.iter().enumerate() {
            for action in &own.actions {
                if table::named(action).is_none() {
                    problems.push(Problem {
                        line: own.line,
                        key: "macro.actions".to_owned(),
                        message: unknown_action(action),
                    });
                }
            }
            if own.commands.iter().any(Vec::is_empty) {
                problems.push(Problem {
                    line: own.line,
                    key: "macro.commands".to_owned(),
                    message: "a command of a macro needs at least a program".into(),
                });
            }
            lines.push((&own.key, own.line, PANES, Some(Command::Macro(index))));
        }
        for (key, line, place, command) in lines {
            let keys = match notation::parse(key) {
                Ok(keys) => keys,
                Err(message) => {
                    problems.push(problem(key, line, message));
                    continue;
                }
            };
            let clash = taken
                .iter()
                .find(|(other, elsewhere, _)| elsewhere & place != 0 && overlap(other, &keys));
            if let Some((other, _, first)) = clash {
                let message = if *other == keys {
                    format!("`{key}` is already used in line {first}")
                } else {
                    format!(
                        "`{key}` and `{}` of line {first} begin alike: one of them could never be typed",
                        notation::show(other)
                    )
                };
                problems.push(problem(key, line, message));
                continue;
            }
            keymap.bind(&keys, place, command);
            taken.push((keys, place, line));
        }
        problems.sort_by_key(|problem| problem.line);
        if problems.is_empty() {
            Ok(keymap)
        } else {
            Err(problems)
        }
    }

    /// Binds in front of what the preset has; `None` frees the key.
    fn bind(&mut self, keys: &[Key], place: Place, command: Option<Command>) {
        for binding in &mut self.bindings {
            if overlap(&binding.keys, keys) {
                binding.place &= !place;
            }
        }
        self.bindings.retain(|binding| binding.place != 0);
        if let Some(command) = command {
            self.bindings.push(Binding {
                keys: keys.to_vec(),
                place,
                command,
            });
        }
    }

    /// Takes a key typed at `place`; gives what it completes, and how often it is meant.
    pub fn feed(&mut self, key: Key, place: Place) -> Option<(Command, Option<u32>)> {
        if self.pending.is_empty()
            && let Code::Char(digit @ '0'..='9') = key.code
            && !key.alt
            && !key.ctrl
            && (self.count.is_some() || (digit != '0' && !self.is_bound(key, place)))
        {
            let digit = u32::from(digit) - u32::from('0');
            let count = self.count.unwrap_or(0) * 10 + digit;
            self.count = Some(count.min(MAX_COUNT));
            return None;
        }
        if key.code == Code::Esc && (self.count.is_some() || !self.pending.is_empty()) {
            self.clear();
            return None;
        }
        self.pending.push(key);
        let mut begun = false;
        for binding in &self.bindings {
            if binding.place & place == 0 || !binding.keys.starts_with(&self.pending) {
                continue;
            }
            if binding.keys.len() == self.pending.len() {
                let found = (binding.command, self.count);
                self.clear();
                return Some(found);
            }
            begun = true;
        }
        if !begun {
            self.clear();
        }
        None
    }

    fn is_bound(&self, key: Key, place: Place) -> bool {
        self.bindings
            .iter()
            .any(|binding| binding.place & place != 0 && binding.keys.first() == Some(&key))
    }

    /// Forgets a chord or count that was begun.
    pub fn clear(&mut self) {
        self.pending.clear();
        self.count = None;
    }

    /// What has been typed of a chord or count, for the footer.
    pub fn pending(&self) -> String {
        let count = self.count.map(|n| n.to_string()).unwrap_or_default();
        format!("{count}{}", notation::show(&self.pending))
    }

    /// The keys of an action as the help writes them, parted by spaces; empty when it has none.
    pub fn keys_of(&self, command: Command) -> String {
        let keys: Vec<String> = self
            .bindings
            .iter()
            .filter(|binding| binding.command == command)
            .map(|binding| notation::show(&binding.keys))
            .collect();
        keys.join(" ")
    }

    /// The first key of an action at a place, for the footer.
    pub fn key_at(&self, action: Action, place: Place) -> Option<String> {
        self.bindings
            .iter()
            .find(|binding| binding.command == Command::Act(action) && binding.place & place != 0)
            .map(|binding| notation::show(&binding.keys))
    }
}

fn problem(key: &str, line: usize, message: String) -> Problem {
    Problem {
        line,
        key: format!("keys.{key}"),
        message,
    }
}

fn overlap(one: &[Key], other: &[Key]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

fn unknown_action(name: &str) -> String {
    match nearest(name, TABLE.iter().map(|row| row.name)) {
        Some(near) => format!("there is no action `{name}`; did you mean `{near}`?"),
        None => format!("there is no action `{name}`; `:` in the reader lists them all"),
    }
}

/// The keys of every action in a preset, as rows of `action, keys, words`, for the README.
pub fn reference(preset: &str) -> Vec<(&'static str, String, &'static str)> {
    let Some(keymap) = Keymap::preset(preset) else {
        return Vec::new();
    };
    TABLE
        .iter()
        .map(|row| {
            (
                row.name,
                keymap.keys_of(Command::Act(row.action)),
                row.about,
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn keymap(text: &str) -> Result<Keymap, Vec<Problem>> {
        let config = Config::parse(text, Path::new("/c.toml"), Path::new("/d")).unwrap();
        Keymap::from_config(&config)
    }

    fn typed(keymap: &mut Keymap, keys: &str, place: Place) -> Option<(Command, Option<u32>)> {
        let keys = notation::parse(keys).unwrap();
        let (last, first) = keys.split_last().unwrap();
        for key in first {
            assert_eq!(keymap.feed(*key, place), None);
        }
        keymap.feed(*last, place)
    }

    const fn act(action: Action) -> Command {
        Command::Act(action)
    }

    #[test]
    fn chords_and_counts_are_understood() {
        let mut keys = Keymap::preset("vim").unwrap();
        let list = table::LIST;
        assert_eq!(typed(&mut keys, "gg", list), Some((act(Action::Top), None)));
        assert_eq!(
            typed(&mut keys, "12j", table::ARTICLE),
            Some((act(Action::Down), Some(12)))
        );
        assert_eq!(
            typed(&mut keys, "50j", list),
            Some((act(Action::Down), Some(50)))
        );
        assert_eq!(
            typed(&mut keys, "2", list),
            Some((act(Action::ShowUnread), None))
        );
        // A chord that leads nowhere is forgotten, and so is one that Esc ends.
        assert_eq!(typed(&mut keys, "gx", list), None);
        assert_eq!(typed(&mut keys, "g<esc>", list), None);
        assert_eq!(keys.pending(), "");
        assert_eq!(typed(&mut keys, "j", list), Some((act(Action::Down), None)));
    }

    #[test]
    fn every_preset_reaches_nearly_everything_and_no_key_twice() {
        for preset in PRESETS {
            let keymap = Keymap::preset(preset).unwrap();
            for (at, one) in keymap.bindings.iter().enumerate() {
                for other in &keymap.bindings[at + 1..] {
                    let clash = one.place & other.place != 0 && overlap(&one.keys, &other.keys);
                    assert!(!clash, "{preset}: {one:?} {other:?}");
                }
            }
            for row in TABLE {
                let paged = matches!(row.action, Action::HalfDown | Action::HalfUp);
                let keys = keymap.keys_of(act(row.action));
                assert!(
                    paged || !keys.is_empty(),
                    "{preset}: no key for {}",
                    row.name
                );
            }
        }
    }

    #[test]
    fn every_key_can_be_given_another_meaning() {
        let mut keys =
            keymap("[keys]\nj = \"up\"\ng = \"bottom\"\n\"<C-r>\" = \"refresh\"\nq = \"\"\n")
                .unwrap();
        let list = table::LIST;
        assert_eq!(typed(&mut keys, "j", list), Some((act(Action::Up), None)));
        // The chords that began with it have made room.
        assert_eq!(
            typed(&mut keys, "g", list),
            Some((act(Action::Bottom), None))
        );
        assert_eq!(
            typed(&mut keys, "<C-r>", list),
            Some((act(Action::Refresh), None))
        );
        assert_eq!(typed(&mut keys, "q", list), None);
        assert_eq!(keys.keys_of(act(Action::Down)), "↓");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let problems = keymap(
            "[keys]\nx = \"strar\"\ny = \"star\"\n\"yy\" = \"save\"\n\"<hyper-a>\" = \"save\"\n",
        )
        .unwrap_err();
        let said: Vec<(usize, bool)> = problems
            .iter()
            .map(|problem| {
                let right = match problem.line {
                    2 => problem.message.contains("`star`"),
                    4 => problem.message.contains("line 3"),
                    5 => problem.message.contains("<hyper-a>"),
                    _ => false,
                };
                (problem.line, right)
            })
            .collect();
        assert_eq!(said, [(2, true), (4, true), (5, true)]);
    }

    #[test]
    fn the_help_says_what_each_action_does_in_one_line() {
        for row in TABLE {
            assert!(row.about.len() <= 46, "{}", row.about);
            assert!(row.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
            let same = TABLE.iter().filter(|other| other.name == row.name);
            assert_eq!(same.count(), 1);
        }
    }
}
