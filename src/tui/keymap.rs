//! Keys to actions: the keymap in force (preset, then the reader's own lines), chords and counts.
//! Never here: what an action does.

pub mod actions;
pub mod notation;

use crate::config::{Config, Problem};
use newsprint_model::nearest;

use super::keymap::actions::Action;
use super::terminal::key::{Code, Key};
use actions::{ARTICLE, LIST, OUTLETS, PANES, POPUP, SIDE, Scope, TABLE, TAGS};

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
    place: Scope,
    command: Command,
}

/// The keys in force, and the beginning of a chord.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// It began as the preset of newsboat's keys.
    newsboat: bool,
    bindings: Vec<Binding>,
    pending: Vec<Key>,
    count: Option<u32>,
}

/// What came of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fed {
    /// It completes a key or chord; how often it is meant.
    Done(Command, Option<u32>),
    /// It begins a chord or a count, or ends one that was begun.
    Waiting,
    /// Nothing here is typed so.
    Nothing(Vec<Key>),
}

/// The presets' names.
pub const PRESETS: [&str; 3] = ["vim", "newsboat", "emacs"];

/// Keys of newsboat for what newsprint does otherwise or not at all, and what to do instead.
const NOT_AS_IN_NEWSBOAT: [(&str, &str); 7] = [
    (
        "D",
        "no single article is deleted; mark it read (N), or `newsprint prune` deletes old ones",
    ),
    ("$", "`newsprint prune` deletes old articles"),
    ("<C-k>", "no random article; n: next unread"),
    ("<C-r>", "the config is read again as soon as it changes"),
    (
        "<C-n>",
        "n: next unread, also of the next outlet when all are shown",
    ),
    ("<C-x>", "<esc> closes dialogs"),
    ("X", "define a macro for it: [[macro]] in the config"),
];

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
                let own = |other: &Binding| other.keys == keys && other.place & row.scope != 0;
                if bindings.iter().any(own) {
                    continue;
                }
                bindings.push(Binding {
                    keys,
                    place: row.scope,
                    command: Command::Act(row.action),
                });
            }
        }
        Some(Keymap {
            bindings,
            newsboat: name == "newsboat",
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
                    message: format!("unknown preset `{name}`; presets: vim, newsboat, emacs"),
                });
                Keymap::preset("vim")
            }),
        }
        .unwrap_or(Keymap {
            newsboat: false,
            bindings: Vec::new(),
            pending: Vec::new(),
            count: None,
        });
        let mut lines: Vec<Own<'_>> = Vec::new();
        for line in &config.keys.bindings {
            let own = |place, command| Own {
                text: &line.key,
                line: line.line,
                key: format!("keys.{}", line.key),
                place,
                command,
            };
            if line.action.is_empty() {
                lines.push(own(PANES | POPUP, None));
                continue;
            }
            match actions::named(&line.action) {
                Some(row) => lines.push(own(row.scope, Some(Command::Act(row.action)))),
                None => problems.push(Problem {
                    line: line.line,
                    key: format!("keys.{}", line.key),
                    message: unknown_action(&line.action),
                }),
            }
        }
        for (index, view) in config.views.iter().enumerate() {
            if let Some(key) = &view.key {
                lines.push(Own {
                    text: &key.key,
                    line: key.line,
                    key: "view.key".to_owned(),
                    place: PANES,
                    command: Some(Command::View(index)),
                });
            }
        }
        for (index, own) in config.macros.iter().enumerate() {
            for (action, line) in &own.actions {
                if actions::named(action).is_none() {
                    problems.push(Problem {
                        line: *line,
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
            // A macro without a key has been complained of already.
            if !own.key.is_empty() {
                lines.push(Own {
                    text: &own.key,
                    line: own.line,
                    key: "macro.key".to_owned(),
                    place: PANES,
                    command: Some(Command::Macro(index)),
                });
            }
        }
        keymap.take(lines, &mut problems);
        problems.sort_by_key(|problem| problem.line);
        if problems.is_empty() {
            Ok(keymap)
        } else {
            Err(problems)
        }
    }

    /// Takes the reader's own lines over the preset.
    fn take(&mut self, mut lines: Vec<Own<'_>>, problems: &mut Vec<Problem>) {
        lines.sort_by_key(|own| own.line);
        let mut taken: Vec<(Vec<Key>, Own<'_>)> = Vec::new();
        for own in lines {
            let keys = match notation::parse(own.text) {
                Ok(keys) => keys,
                Err(message) => {
                    problems.push(own.problem(message));
                    continue;
                }
            };
            let clash = taken.iter().find(|(other, there)| {
                there.place & own.place != 0
                    && (*other == keys
                        || (own.command.is_some()
                            && there.command.is_some()
                            && overlap(other, &keys)))
            });
            if let Some((other, first)) = clash {
                let (text, first) = (own.text, first.line);
                let message = if *other == keys {
                    format!("`{text}` is already used in line {first}")
                } else {
                    let other = notation::show(other);
                    format!(
                        "`{text}` conflicts with `{other}` in line {first}: a key cannot be a prefix of another binding"
                    )
                };
                problems.push(own.problem(message));
                continue;
            }
            taken.push((keys, own));
        }
        // What is typed exactly so makes room first, wherever its line stands.
        let could_quit = self.can_quit();
        let mut unquit = None;
        for (keys, own) in &taken {
            for binding in &mut self.bindings {
                if binding.keys == *keys {
                    let place = binding.place & own.place;
                    binding.place &= !own.place;
                    if place != 0 && quits(binding.command) {
                        unquit = Some(own);
                    }
                }
            }
        }
        self.bindings.retain(|binding| binding.place != 0);
        let mut own_bindings = Vec::new();
        for (keys, own) in &taken {
            let Some(command) = own.command else { continue };
            let alike: Vec<String> = self
                .bindings
                .iter()
                .filter(|other| other.place & own.place != 0 && overlap(&other.keys, keys))
                .map(|other| {
                    format!(
                        "`{}` ({})",
                        notation::show(&other.keys),
                        name(other.command)
                    )
                })
                .collect();
            if !alike.is_empty() && !problems.iter().any(|problem| problem.line == own.line) {
                let them = match alike.len() {
                    1 => "it",
                    _ => "each of them",
                };
                problems.push(own.problem(format!(
                    "`{}` conflicts with {}: a key cannot be a prefix of another binding; unbind {them} with `\"key\" = \"\"`, or use another key",
                    own.text,
                    alike.join(", "),
                )));
                continue;
            }
            own_bindings.push(Binding {
                keys: keys.clone(),
                place: own.place,
                command,
            });
        }
        self.bindings.append(&mut own_bindings);
        if could_quit
            && !self.can_quit()
            && let Some(own) = unquit
        {
            problems.push(
                own.problem("no key is left to quit with; bind `quit` or `quit-now`".to_owned()),
            );
        }
    }

    /// Whether there is a way out of every pane.
    fn can_quit(&self) -> bool {
        [
            actions::OUTLETS,
            actions::TAGS,
            actions::LIST,
            actions::ARTICLE,
        ]
        .iter()
        .all(|place| {
            let mut here = self.bindings.iter();
            here.any(|binding| binding.place & place != 0 && quits(binding.command))
        })
    }

    /// Takes a key typed at `place`.
    pub fn feed(&mut self, key: Key, place: Scope) -> Fed {
        // Where digits are keys of their own, a 0 in front makes them a count.
        if self.pending.is_empty()
            && let Code::Char(digit @ '0'..='9') = key.code
            && !key.alt
            && !key.ctrl
            && (self.count.is_some() || !self.is_bound(key, place))
        {
            let digit = u32::from(digit) - u32::from('0');
            let count = self.count.unwrap_or(0) * 10 + digit;
            self.count = Some(count.min(MAX_COUNT));
            return Fed::Waiting;
        }
        if key.code == Code::Esc && (self.count.is_some() || !self.pending.is_empty()) {
            self.clear();
            return Fed::Waiting;
        }
        self.pending.push(key);
        let mut begun = false;
        for binding in &self.bindings {
            if binding.place & place == 0 || !binding.keys.starts_with(&self.pending) {
                continue;
            }
            if binding.keys.len() == self.pending.len() {
                let found = Fed::Done(binding.command, self.count.filter(|count| *count > 0));
                self.clear();
                return found;
            }
            begun = true;
        }
        if begun {
            return Fed::Waiting;
        }
        let keys = std::mem::take(&mut self.pending);
        self.clear();
        Fed::Nothing(keys)
    }

    /// What the keys stand for in other places, and in which.
    pub fn elsewhere(&self, keys: &[Key]) -> Option<(Command, Scope)> {
        let binding = self.bindings.iter().find(|binding| binding.keys == keys)?;
        Some((binding.command, binding.place))
    }

    fn is_bound(&self, key: Key, place: Scope) -> bool {
        self.bindings
            .iter()
            .any(|binding| binding.place & place != 0 && binding.keys.first() == Some(&key))
    }

    /// Forgets a chord or count that was begun.
    pub fn clear(&mut self) {
        self.pending.clear();
        self.count = None;
    }

    /// Nothing has been typed of a chord or count.
    pub fn is_idle(&self) -> bool {
        self.pending.is_empty() && self.count.is_none()
    }

    /// A count that was typed elsewhere.
    pub fn set_count(&mut self, count: Option<u32>) {
        self.count = count.map(|count| count.min(MAX_COUNT));
    }

    /// What may follow the chord that was begun, at `scope`: the keys and what they stand for, in the order of
    /// the bindings; nothing where none was begun.
    pub fn following(&self, scope: Scope) -> Vec<(String, Command)> {
        if self.pending.is_empty() {
            return Vec::new();
        }
        self.bindings
            .iter()
            .filter(|binding| {
                binding.place & scope != 0
                    && binding.keys.len() > self.pending.len()
                    && binding.keys.starts_with(&self.pending)
            })
            .map(|binding| {
                let rest = &binding.keys[self.pending.len()..];
                (notation::show(rest), binding.command)
            })
            .collect()
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
    pub fn key_at(&self, action: Action, place: Scope) -> Option<String> {
        self.keys_at(action, place).into_iter().next()
    }

    /// The keys of an action at a place.
    pub fn keys_at(&self, action: Action, place: Scope) -> Vec<String> {
        self.bindings
            .iter()
            .filter(|binding| binding.command == Command::Act(action) && binding.place & place != 0)
            .map(|binding| notation::show(&binding.keys))
            .collect()
    }

    /// Whether it began as the preset of newsboat's keys.
    pub fn is_newsboats(&self) -> bool {
        self.newsboat
    }

    /// What to do instead of what newsboat does with a key that does nothing here, in its preset.
    pub fn instead_of_newsboats(&self, keys: &[Key]) -> Option<&'static str> {
        if !self.newsboat {
            return None;
        }
        let is = |text: &str| notation::parse(text).is_ok_and(|parsed| parsed == keys);
        let found = NOT_AS_IN_NEWSBOAT.iter().find(|(key, _)| is(key));
        found.map(|(_, instead)| *instead)
    }

    /// The digits that are keys at a place, with which no count can begin.
    pub fn digits(&self, place: Scope) -> Vec<char> {
        let digits = '1'..='9';
        let bound = |digit: &char| self.is_bound(Key::plain(Code::Char(*digit)), place);
        digits.filter(bound).collect()
    }
}

/// A line of the config that gives a key a meaning, or takes it away.
struct Own<'a> {
    text: &'a str,
    line: usize,
    key: String,
    place: Scope,
    command: Option<Command>,
}

impl Own<'_> {
    fn problem(&self, message: String) -> Problem {
        Problem {
            line: self.line,
            key: self.key.clone(),
            message,
        }
    }
}

fn quits(command: Command) -> bool {
    matches!(command, Command::Act(Action::Quit | Action::QuitNow))
}

fn name(command: Command) -> &'static str {
    match command {
        Command::Act(action) => action.row().name,
        Command::View(_) => "a view",
        Command::Macro(_) => "a macro",
    }
}

fn overlap(one: &[Key], other: &[Key]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

fn unknown_action(name: &str) -> String {
    match nearest(name, TABLE.iter().map(|row| row.name)) {
        Some(near) => format!("unknown action `{name}`; did you mean `{near}`?"),
        None => format!("unknown action `{name}`; `?` in the reader lists them"),
    }
}

/// A row of the README's table of keys.
#[derive(Debug)]
pub struct Reference {
    /// The action's name in the config and on the command line.
    pub name: &'static str,
    /// Its keys, separated by spaces.
    pub keys: String,
    /// What the help says.
    pub about: &'static str,
    /// The panes it works in; empty for all.
    pub place: String,
}

/// The keys of every action in a preset, for the README; empty if there is no such preset.
pub fn reference(preset: &str) -> Vec<Reference> {
    let Some(keymap) = Keymap::preset(preset) else {
        return Vec::new();
    };
    TABLE
        .iter()
        .map(|row| Reference {
            name: row.name,
            keys: keymap.keys_of(Command::Act(row.action)),
            about: row.about,
            place: places(row.scope),
        })
        .collect()
}

/// The panes that a scope names, in words; nothing for all of them.
fn places(scope: Scope) -> String {
    if scope & PANES == PANES {
        return String::new();
    }
    let (side, rest) = match scope & SIDE {
        SIDE => (Some("sidebar"), scope & !SIDE),
        _ => (None, scope),
    };
    let panes = [
        (OUTLETS, "outlets"),
        (TAGS, "tags"),
        (LIST, "list"),
        (ARTICLE, "article"),
    ];
    let named = panes.into_iter().filter(|(pane, _)| rest & pane != 0);
    let names: Vec<&str> = side
        .into_iter()
        .chain(named.map(|(_, name)| name))
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn keymap(text: &str) -> Result<Keymap, Vec<Problem>> {
        let config = Config::parse(text, Path::new("/c.toml"), Path::new("/d")).unwrap();
        Keymap::from_config(&config)
    }

    fn typed(keymap: &mut Keymap, keys: &str, place: Scope) -> Option<(Command, Option<u32>)> {
        let keys = notation::parse(keys).unwrap();
        let (last, first) = keys.split_last().unwrap();
        for key in first {
            assert_eq!(keymap.feed(*key, place), Fed::Waiting);
        }
        match keymap.feed(*last, place) {
            Fed::Done(command, count) => Some((command, count)),
            Fed::Waiting | Fed::Nothing(_) => None,
        }
    }

    fn problems(text: &str) -> Vec<(usize, String)> {
        let problems = keymap(text).expect_err(text).into_iter();
        problems
            .map(|problem| (problem.line, problem.message))
            .collect()
    }

    const fn act(action: Action) -> Command {
        Command::Act(action)
    }

    #[test]
    fn chords_and_counts_are_understood() {
        let mut keys = Keymap::preset("vim").unwrap();
        let list = actions::LIST;
        assert_eq!(typed(&mut keys, "gg", list), Some((act(Action::Top), None)));
        assert_eq!(
            typed(&mut keys, "12j", actions::ARTICLE),
            Some((act(Action::Down), Some(12)))
        );
        assert_eq!(
            typed(&mut keys, "50j", list),
            Some((act(Action::Down), Some(50)))
        );
        assert_eq!(
            typed(&mut keys, "gu", list),
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
    fn the_presets_are_what_hands_know_from_those_programs() {
        let newsboat = [
            ("<enter>", Action::Open),
            ("q", Action::Quit),
            ("Q", Action::QuitNow),
            ("r", Action::Refresh),
            ("R", Action::RefreshAll),
            ("A", Action::MarkList),
            ("C", Action::MarkAll),
            ("s", Action::Save),
            ("n", Action::Next),
            ("p", Action::Previous),
            ("J", Action::NextArticle),
            ("K", Action::PreviousArticle),
            ("o", Action::Browse),
            ("O", Action::BrowseRead),
            ("?", Action::Help),
            ("N", Action::ToggleRead),
            ("l", Action::ToggleUnread),
            ("u", Action::Links),
            ("<C-t>", Action::ClearTags),
            ("t", Action::PickTags),
            ("/", Action::Search),
            ("F", Action::Filter),
            ("<C-f>", Action::ClearFilter),
            ("<C-l>", Action::Redraw),
            (":", Action::Command),
            ("g", Action::Sort),
            ("|", Action::Pipe),
        ];
        let emacs = [
            ("<C-n>", Action::Down),
            ("<C-p>", Action::Up),
            ("<C-v>", Action::PageDown),
            ("<A-v>", Action::PageUp),
            ("<A-<>", Action::Top),
            ("<A->>", Action::Bottom),
            ("<C-s>", Action::Search),
            ("<A-x>", Action::Command),
            ("<C-g>", Action::Back),
            ("<C-l>", Action::Redraw),
            ("<C-x>u", Action::Undo),
            ("<C-_>", Action::Undo),
            ("<C-x>o", Action::NextPane),
            ("<C-x>1", Action::Zen),
            ("<C-x>k", Action::Quit),
            ("<C-x><C-s>", Action::Save),
            ("<C-x><C-c>", Action::QuitNow),
        ];
        for (preset, keys) in [("newsboat", &newsboat[..]), ("emacs", &emacs)] {
            let mut keymap = Keymap::preset(preset).unwrap();
            for (key, action) in keys {
                let found = typed(&mut keymap, key, actions::LIST);
                assert_eq!(found, Some((act(*action), None)), "{preset}: {key}");
            }
        }
        let mut keymap = Keymap::preset("newsboat").unwrap();
        let found = typed(&mut keymap, "#", actions::ARTICLE);
        assert_eq!(found, Some((act(Action::LinkHints), None)));
    }

    #[test]
    fn every_key_can_be_given_another_meaning() {
        let mut keys =
            keymap("[keys]\nj = \"up\"\nG = \"top\"\n\"<C-r>\" = \"refresh\"\nq = \"\"\n").unwrap();
        let list = actions::LIST;
        assert_eq!(typed(&mut keys, "j", list), Some((act(Action::Up), None)));
        assert_eq!(typed(&mut keys, "G", list), Some((act(Action::Top), None)));
        assert_eq!(
            typed(&mut keys, "<C-r>", list),
            Some((act(Action::Refresh), None))
        );
        assert_eq!(typed(&mut keys, "q", list), None);
        assert_eq!(keys.keys_of(act(Action::Down)), "↓");
    }

    #[test]
    fn a_key_that_begins_like_a_chord_is_refused_until_the_chord_is_freed() {
        let said = problems("[keys]\nz = \"star\"\ng = \"bottom\"\n");
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0].0, 3);
        assert!(
            said[0].1.contains("`g`") && said[0].1.contains("`gg` (top)"),
            "{said:?}"
        );
        let said = problems("[keys]\njj = \"bottom\"\n");
        assert!(said[0].1.contains("`j` (down)"), "{said:?}");
        let mut keys = keymap("[keys]\njj = \"bottom\"\nj = \"\"\n").unwrap();
        assert_eq!(
            typed(&mut keys, "jj", actions::LIST),
            Some((act(Action::Bottom), None))
        );
        // A chord that works elsewhere is not in the way.
        assert!(keymap("[keys]\n\"++\" = \"pick\"\n").is_ok());
    }

    #[test]
    fn a_way_out_is_left() {
        let said = problems("[keys]\nQ = \"\"\n\"<C-c>\" = \"\"\nq = \"back\"\n");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].0 == 4 && said[0].1.contains("quit-now"), "{said:?}");
        assert!(keymap("[keys]\nQ = \"\"\n\"<C-c>\" = \"\"\nq = \"back\"\nX = \"quit\"\n").is_ok());
    }

    #[test]
    fn two_macros_or_views_on_one_key_are_refused() {
        let said = problems(
            "[[macro]]\nkey = \",p\"\nactions = [\"star\"]\n[[macro]]\nkey = \",p\"\nactions = [\"save\"]\n\
             [[view]]\nname = \"Long\"\nquery = \"is:full\"\nkey = \",\"\n",
        );
        let lines: Vec<usize> = said.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [4, 10], "{said:?}");
        assert!(
            said[0].1.contains("line") && said[1].1.contains("`,`"),
            "{said:?}"
        );
    }

    #[test]
    fn a_macros_unknown_action_is_named_with_its_own_line() {
        let said = problems(
            "[[macro]]\nkey = \",p\"\ndescription = \"Two\"\nactions = [\n  \"star\",\n  \"stra\",\n]\n",
        );
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].0 == 6 && said[0].1.contains("`star`"), "{said:?}");
    }

    #[test]
    fn a_count_may_begin_with_0_where_digits_are_keys() {
        let mut keys = Keymap::preset("vim").unwrap();
        let list = actions::LIST;
        assert_eq!(
            typed(&mut keys, "012j", list),
            Some((act(Action::Down), Some(12)))
        );
        assert_eq!(
            typed(&mut keys, "0j", list),
            Some((act(Action::Down), None))
        );
    }

    #[test]
    fn what_a_key_is_elsewhere_is_known() {
        let mut keys = Keymap::preset("vim").unwrap();
        let pick = notation::parse("v").unwrap();
        assert_eq!(
            keys.feed(pick[0], actions::OUTLETS),
            Fed::Nothing(pick.clone())
        );
        let (command, place) = keys.elsewhere(&pick).unwrap();
        assert_eq!(command, act(Action::Pick));
        assert!(place & actions::LIST != 0);
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
