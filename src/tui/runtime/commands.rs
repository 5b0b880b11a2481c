//! Everything beyond the store: refreshes, discovery, the config file, browser, clipboard, commands,
//! files. Never a shell unless a macro asks for one. Never here: the screen.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard};

use crate::config::{Config, Macro, edit};
use crate::refresh::{self, OnDemand, Outcome, OutletReport, Progress};
use crate::tui::LoopMessage;
use crate::tui::effect::{Format, TagChange};
use crate::tui::event::{Event, Offer, OutletStep, RefreshProgress, Refreshed};
use crate::tui::terminal::Terminal;
use newsprint_html::safe_text;
use newsprint_model::{Outlet, Time, without_password};

use crate::export::formats::{self, Whole};

/// Output of a command beyond this is cut.
const MAX_OUTPUT: usize = 256 * 1024;

/// Runs a refresh to its end, telling how far it is.
pub fn refresh(
    config: &Config,
    outlets: Vec<String>,
    force: bool,
    stop: &AtomicBool,
    sender: &Sender<LoopMessage>,
) -> Event {
    let options = refresh::Options {
        outlets,
        force,
        ..refresh::Options::default()
    };
    let so_far = Mutex::new(RefreshProgress::default());
    let tell = |progress: Progress| {
        let mut so_far = so_far
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        match progress {
            Progress::Started { outlets } => so_far.total = outlets,
            Progress::Asking { outlet } => {
                note(&mut so_far, &outlet, "being asked".to_owned(), false);
                so_far.step = outlet.clone();
                so_far.outlet = outlet;
            }
            Progress::Pages {
                outlet,
                done,
                total,
            } => {
                note(
                    &mut so_far,
                    &outlet,
                    format!("page {done} of {total}"),
                    false,
                );
                so_far.step = format!("{outlet}: page {done} of {total}");
                so_far.outlet = outlet;
            }
            Progress::Done(report) => {
                so_far.done += 1;
                so_far.new += u64::from(report.new);
                so_far.step.clear();
                note(&mut so_far, &report.outlet, outcome(&report), true);
            }
        }
        let _ = sender.send(LoopMessage::Event(Event::Progress(so_far.clone())));
    };
    let at = || Time::now();
    match refresh::run(config, &options, &tell, stop) {
        Ok(report) => Event::Refreshed {
            report: told(&report.outlets),
            error: None,
            at: at(),
        },
        Err(error) => Event::Refreshed {
            report: Refreshed::default(),
            error: Some(error.to_string()),
            at: at(),
        },
    }
}

/// Notes how far an outlet is.
fn note(so_far: &mut RefreshProgress, outlet: &str, words: String, done: bool) {
    so_far.steps.retain(|step| step.outlet != outlet);
    so_far.steps.push(OutletStep {
        outlet: outlet.to_owned(),
        words,
        done,
    });
}

/// What came of one outlet, in words.
fn outcome(report: &OutletReport) -> String {
    match (report.outcome, report.new) {
        (Outcome::NotDue, _) => "not due yet".to_owned(),
        (Outcome::Failed, _) => "failed".to_owned(),
        (_, 0) => "nothing new".to_owned(),
        (_, new) => format!("{new} new"),
    }
}

/// What the reader is told of a refresh.
fn told(reports: &[OutletReport]) -> Refreshed {
    let (idle, asked): (Vec<_>, Vec<_>) = reports
        .iter()
        .partition(|report| report.outcome == Outcome::NotDue);
    let failed = asked
        .iter()
        .filter(|report| report.outcome == Outcome::Failed)
        .map(|report| {
            let why = report.error.as_deref().unwrap_or("failed");
            (report.outlet.clone(), safe_text::line(why))
        });
    let notes = reports.iter().flat_map(|report| {
        let notes = report.notes.iter();
        notes.map(|note| (report.outlet.clone(), safe_text::line(note)))
    });
    Refreshed {
        new: asked.iter().map(|report| u64::from(report.new)).sum(),
        asked: asked.iter().map(|report| report.outlet.clone()).collect(),
        failed: failed.collect(),
        notes: notes.collect(),
        due: idle.iter().filter_map(|report| report.next_fetch).min(),
    }
}

/// What an address offers, in lines that a person can decide by.
pub fn discover(on_demand: &OnDemand, config: &Config, url: &str) -> Result<Offer, String> {
    let url = if url.contains("://") {
        url.to_owned()
    } else {
        format!("https://{url}")
    };
    let found = on_demand
        .discover(config, &url)
        .map_err(|error| error.to_string())?;
    let best = found.best();
    let mut lines = Vec::new();
    if let Some(way) = best {
        let (kind, url) = (way.source.kind(), without_password(way.source.url()));
        lines.push(format!("newsprint would read its {kind}: {url}"));
        lines.push(format!(
            "{} entries now, of which the first are:",
            way.entries
        ));
        let sample = way.sample.iter().take(5);
        lines.extend(sample.map(|entry| format!("  {}", entry.title.trim())));
        lines.push(String::new());
    }
    for way in &found.ways {
        // Guesses that came to nothing are of interest only where nothing else was found.
        let why = match &way.error {
            Some(_) if best.is_some() => continue,
            Some(why) => why.clone(),
            None if best == Some(way) => continue,
            None => format!("{} entries", way.entries),
        };
        let also = if best.is_some() { "Also: " } else { "" };
        let (kind, url) = (way.source.kind(), without_password(way.source.url()));
        lines.push(format!("{also}{kind} {url} ({}): {why}", way.found));
    }
    lines.extend(found.notes.iter().cloned());
    for line in &mut lines {
        let indent = if line.starts_with("  ") { "  " } else { "" };
        *line = format!("{indent}{}", safe_text::line(line));
    }
    let title = best
        .and_then(|way| way.title.clone())
        .map(|title| safe_text::line(&title));
    let host = url::Url::parse(&url).ok().and_then(|url| {
        url.host_str()
            .map(|host| host.trim_start_matches("www.").to_owned())
    });
    let name = title
        .filter(|title| !title.is_empty())
        .or(host)
        .unwrap_or_else(|| url.clone());
    Ok(Offer {
        empty: best.is_none(),
        url,
        name,
        lines,
    })
}

fn lock(config: &Mutex<Config>) -> MutexGuard<'_, Config> {
    config
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Adds an outlet to the config file and reads the file again; the names there are then.
pub fn add_outlet(shared: &Mutex<Config>, name: &str, url: &str) -> Result<Vec<String>, String> {
    let (file, data_dir) = {
        let config = lock(shared);
        (config.file.clone(), config.paths.data_dir.clone())
    };
    let outlet = Outlet {
        name: name.to_owned(),
        url: url.to_owned(),
        ..Outlet::default()
    };
    change(&file, |text| edit::add_outlet(text, &outlet))?;
    let config = Config::load(&file, false, &data_dir).map_err(|error| error.to_string())?;
    let names = config
        .outlets
        .iter()
        .map(|outlet| outlet.name.clone())
        .collect();
    *lock(shared) = config;
    Ok(names)
}

/// Adds a view to the config file.
pub fn save_view(file: &Path, name: &str, query: &str) -> Result<String, String> {
    match change(file, |text| edit::add_view(text, name, query)) {
        Ok(()) => Ok(format!("“{name}” is saved in {}.", file.display())),
        Err(why) => Err(format!(
            "“{name}” is there only until newsprint ends: {why}"
        )),
    }
}

/// Hides or mutes a tag in the config file, or no longer.
pub fn save_tag(file: &Path, wanted: &TagChange) -> Result<String, String> {
    let TagChange { tag, mute, on } = wanted;
    let list = if *mute { "mute" } else { "hide" };
    let said = match (mute, on) {
        (true, true) => format!("Articles with “{tag}” are left out from now on"),
        (true, false) => format!("Articles with “{tag}” are shown again"),
        (false, true) => format!("“{tag}” is no longer listed"),
        (false, false) => format!("“{tag}” is listed again"),
    };
    let made = change(file, |text| {
        if *on {
            edit::add_to_tags(text, list, tag)
        } else {
            edit::remove_from_tags(text, list, tag)
        }
    });
    match made {
        Ok(()) => Ok(format!(
            "{said} (`{list}` under [tags] in {}).",
            file.display()
        )),
        Err(why) => Err(format!("{said}, but only until newsprint ends: {why}")),
    }
}

fn change(
    file: &Path,
    made: impl Fn(&str) -> Result<String, edit::EditError>,
) -> Result<(), String> {
    // One at a time: keys are faster than disks, and each edit begins from what the last has written.
    static EDITING: Mutex<()> = Mutex::new(());
    let _editing = EDITING
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("{}: {error}", file.display())),
    };
    let text = made(&text).map_err(|error| error.to_string())?;
    edit::save(file, &text).map_err(|error| error.to_string())
}

/// How an address was opened.
pub enum Browser {
    /// In a window of its own.
    Opened(String),
    /// A browser that needs this terminal: program and arguments.
    Terminal(Vec<String>),
}

/// Browsers that draw on the terminal they are started from.
const TEXT_BROWSERS: [&str; 8] = [
    "lynx", "w3m", "links", "links2", "elinks", "browsh", "carbonyl", "chawan",
];

/// Opens an address with the configured browser, `$BROWSER` or the system's; it is one argument of a
/// program, never part of a command line.
pub fn browser(configured: &str, url: &str) -> Result<Browser, String> {
    let Some(url) = safe_text::link(url) else {
        return Err("Only http and https addresses are opened.".to_owned());
    };
    let from_env = std::env::var("BROWSER").unwrap_or_default();
    let command = if configured.trim().is_empty() {
        // Several may be named, parted by colons; the first is meant.
        from_env.split(':').next().unwrap_or("").to_owned()
    } else {
        configured.to_owned()
    };
    let mut words = split(&command)?;
    if words.is_empty() {
        open::that_detached(&url).map_err(|error| {
            format!(
                "No browser could be started ({error}); set $BROWSER or `browser` in the config."
            )
        })?;
        return Ok(Browser::Opened(format!("Opened {url}")));
    }
    let placed = words.iter().skip(1).any(|word| word == "%s");
    for word in words.iter_mut().skip(1) {
        if word == "%s" {
            word.clone_from(&url);
        }
    }
    if !placed {
        words.push(url.clone());
    }
    let program = std::path::Path::new(&words[0]);
    let name = program
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    if TEXT_BROWSERS.contains(&name) {
        return Ok(Browser::Terminal(words));
    }
    let mut child = Command::new(&words[0])
        .args(&words[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{} could not be started: {error}", words[0]))?;
    // Waited for, so that no dead child stays behind.
    let _ = std::thread::Builder::new()
        .name("browser".to_owned())
        .stack_size(64 * 1024)
        .spawn(move || {
            let _ = child.wait();
        });
    Ok(Browser::Opened(format!("Opened {url}")))
}

/// The words of a command line, with quotes as in a shell and nothing else of one.
///
/// # Errors
/// When a quote is not closed.
pub fn split(text: &str) -> Result<Vec<String>, String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, ' ' | '\t') => words.extend(word.take()),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => {
                if let Some(c) = chars.next() {
                    word.get_or_insert_default().push(c);
                }
            }
            (Some(open), c) if open == c => quote = None,
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err("A quote is not closed.".to_owned());
    }
    words.extend(word);
    Ok(words)
}

/// Whether a command line has what only a shell understands, outside of quotes.
fn needs_shell(text: &str) -> bool {
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '|' | '>') => return true,
            (None, '\'' | '"') => quote = Some(c),
            (None | Some('"'), '\\') => {
                chars.next();
            }
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    false
}

/// The same command line, given to a shell.
fn by_shell(text: &str) -> String {
    format!("sh -c '{}'", text.replace('\'', "'\\''"))
}

/// Gives text to a command's standard input; its output comes back.
pub fn pipe(command: &str, text: String) -> Event {
    if needs_shell(command) {
        return Event::Failed(format!(
            "Commands run without a shell: {}",
            by_shell(command)
        ));
    }
    match split(command) {
        Ok(words) if !words.is_empty() => match run(&words, &[], text, command) {
            Event::Failed(why) => Event::Failed(format!(
                "{why}. Commands run without a shell; for what only a shell knows: {}",
                by_shell(command)
            )),
            event => event,
        },
        Ok(_) => Event::Failed("No command was given.".to_owned()),
        Err(why) => Event::Failed(why),
    }
}

fn run(words: &[String], environment: &[(String, String)], text: String, title: &str) -> Event {
    let child = Command::new(&words[0])
        .args(&words[1..])
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return Event::Failed(format!("{} could not be started: {error}", words[0])),
    };
    let input = child.stdin.take();
    // On a thread: a command that answers before it has read all must not block both.
    let feeder = std::thread::spawn(move || {
        if let Some(mut input) = input {
            // A command may well stop reading early (`head`).
            let _ = input.write_all(text.as_bytes());
        }
    });
    let (answer, complaint) = (child.stdout.take(), child.stderr.take());
    let listener = std::thread::spawn(move || complaint.map_or(Ok(Vec::new()), at_most));
    let answer = answer.map_or(Ok(Vec::new()), at_most);
    let cut = answer
        .as_ref()
        .is_ok_and(|answer| answer.len() == MAX_OUTPUT);
    if cut {
        // It may never end, and nobody will read the rest.
        let _ = child.kill();
    }
    let status = child.wait();
    let complaint = listener.join().unwrap_or_else(|_| Ok(Vec::new()));
    let _ = feeder.join();
    let ended = answer.and_then(|answer| Ok((answer, complaint?, status?)));
    match ended {
        Ok((mut bytes, complaint, status)) => {
            bytes.extend(complaint);
            bytes.truncate(MAX_OUTPUT);
            Event::Output {
                title: title.to_owned(),
                text: String::from_utf8_lossy(&bytes).into_owned(),
                ok: cut || status.success(),
            }
        }
        Err(error) => Event::Failed(format!("{}: {error}", words[0])),
    }
}

/// What comes out of a pipe, up to the limit; then the pipe is closed.
fn at_most(pipe: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pipe.take(MAX_OUTPUT as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Runs a macro's commands in order, stopping at the first that fails.
pub fn run_macro(own: &Macro, article: Option<&Whole>) -> Event {
    let fields: Vec<(&str, String)> = article.map_or(Vec::new(), |(article, _)| {
        let headline = &article.headline;
        vec![
            ("url", headline.url.clone()),
            ("title", safe_text::line(&headline.title)),
            ("outlet", headline.outlet.clone()),
            ("id", headline.id.to_string()),
            ("author", headline.author.clone()),
            ("tags", headline.tags.join(", ")),
        ]
    });
    let environment: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| (format!("NEWSPRINT_{}", name.to_uppercase()), value.clone()))
        .collect();
    let json = article.map_or(String::new(), |article| {
        formats::article(article, Format::Json)
    });
    let (mut shown, mut last) = (String::new(), own.description.clone());
    for command in &own.commands {
        let words: Vec<String> = if own.shell {
            vec!["sh".to_owned(), "-c".to_owned(), command.join(" ")]
        } else {
            command.iter().map(|word| fill(word, &fields)).collect()
        };
        if words.is_empty() {
            continue;
        }
        match run(&words, &environment, json.clone(), &words[0]) {
            Event::Output { title, text, ok } => {
                shown.push_str(&text);
                last = title;
                if !ok {
                    return Event::Output {
                        title: last,
                        text: shown,
                        ok,
                    };
                }
            }
            failed => return failed,
        }
    }
    let title = if own.description.is_empty() {
        last
    } else {
        own.description.clone()
    };
    Event::Output {
        title,
        text: shown,
        ok: true,
    }
}

/// A macro's argument with the article's fields in it. One pass: what a field holds is not looked at again.
fn fill(word: &str, fields: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = word;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let field = fields.iter().find_map(|(name, value)| {
            let after = rest[1..].strip_prefix(name)?.strip_prefix('}')?;
            Some((value, after))
        });
        match field {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// What came of saving an article.
#[derive(Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is done; a sentence about it.
    Done(String),
    /// There is such a file; a name near it that is free.
    Exists(String),
}

/// Writes an article to a file, by its ending: `.md`, `.html`, `.json`, else text. Over another file only
/// when that is asked for.
pub fn save(article: &Whole, path: &str, over: bool) -> Result<Saved, String> {
    let file = match (path.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => std::path::PathBuf::from(home).join(rest),
        _ => std::path::PathBuf::from(path),
    };
    let format = match file.extension().and_then(|ending| ending.to_str()) {
        Some("md" | "markdown") => Format::Markdown,
        Some("html" | "htm") => Format::Html,
        Some("json") => Format::Json,
        _ => Format::Text,
    };
    let text = formats::article(article, format);
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create(over)
        .truncate(over)
        .create_new(!over)
        .open(&file)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => {
            let whole = std::path::absolute(&file).unwrap_or(file);
            Ok(Saved::Done(format!("Saved as {}.", whole.display())))
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && !file.is_dir() => {
            Ok(Saved::Exists(free_name(path)))
        }
        Err(error) => Err(not_written(&file, &error)),
    }
}

/// The name with a number before its ending that no file has yet.
fn free_name(path: &str) -> String {
    let place = Path::new(path);
    let stem = place.file_stem().and_then(|name| name.to_str());
    let ending = place.extension().and_then(|ending| ending.to_str());
    let home = std::env::var_os("HOME");
    for number in 2..1_000 {
        let mut name = format!("{}-{number}", stem.unwrap_or("article"));
        if let Some(ending) = ending {
            name = format!("{name}.{ending}");
        }
        let free = place.with_file_name(name);
        let free = free.to_string_lossy().into_owned();
        let real = match (free.strip_prefix("~/"), &home) {
            (Some(rest), Some(home)) => Path::new(home).join(rest),
            _ => std::path::PathBuf::from(&free),
        };
        if !real.exists() {
            return free;
        }
    }
    path.to_owned()
}

/// Why a file could not be written, in words.
fn not_written(file: &Path, error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let shown = file.display();
    match error.kind() {
        _ if file.is_dir() => format!("{shown} is a folder; name a file in it."),
        ErrorKind::NotFound | ErrorKind::NotADirectory => match file.parent() {
            Some(folder) => format!("There is no folder {} to save in.", folder.display()),
            None => format!("{shown} is no name for a file."),
        },
        ErrorKind::PermissionDenied => format!("{shown} may not be written by you."),
        ErrorKind::StorageFull => format!("{shown} is not saved: the disk is full."),
        _ => format!("{shown} could not be saved: {error}"),
    }
}

/// The system's clipboard where there is a display, else the terminal's.
#[derive(Default)]
pub struct Clipboard {
    /// Kept: on X11 the text is gone with its owner.
    system: Option<arboard::Clipboard>,
}

impl Clipboard {
    /// Copies.
    pub fn copy(&mut self, text: &str, terminal: &Terminal) -> Result<String, String> {
        let text = safe_text::line(text);
        let display = ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
        if display {
            if self.system.is_none() {
                self.system = arboard::Clipboard::new().ok();
            }
            if let Some(system) = &mut self.system
                && system.set_text(text.clone()).is_ok()
            {
                return Ok(format!("Copied {text}"));
            }
        }
        let mut bytes = Vec::new();
        crossterm::queue!(
            bytes,
            crossterm::clipboard::CopyToClipboard::to_clipboard_from(&text)
        )
        .and_then(|()| terminal.write(&bytes))
        .map_err(|error| format!("Not copied: {error}"))?;
        Ok(format!("Copied {text} (through the terminal)"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_words_and_quotes_and_nothing_more() {
        assert_eq!(
            split(r#"jq -r '.title' "a b" c\ d $HOME;x"#).unwrap(),
            ["jq", "-r", ".title", "a b", "c d", "$HOME;x"]
        );
        assert!(split("a 'b").is_err());
        assert_eq!(split("  ").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_field_is_one_argument_whatever_it_holds() {
        let fields = [
            ("title", "{url}; rm -rf /".to_owned()),
            ("url", "u".to_owned()),
        ];
        assert_eq!(
            fill("say {title} {nothing} {", &fields),
            "say {url}; rm -rf / {nothing} {"
        );
    }

    #[test]
    fn what_only_a_shell_knows_is_told_how_to_ask_for_one() {
        for line in ["jq .title | less", "no-such-command-here -x", "cat > file"] {
            let Event::Failed(why) = pipe(line, String::new()) else {
                panic!("{line} ran");
            };
            let way = format!("sh -c '{line}'");
            assert!(
                why.contains("without a shell") && why.contains(&way),
                "{why}"
            );
        }
        assert!(matches!(
            pipe("printf '|'", String::new()),
            Event::Output { ok: true, .. }
        ));
    }

    #[test]
    fn what_a_command_says_comes_back() {
        let Event::Output { text, ok, .. } = pipe("tr a-z A-Z", "news".to_owned()) else {
            panic!("no output");
        };
        assert_eq!((text.as_str(), ok), ("NEWS", true));
        assert!(matches!(
            pipe("no-such-program-here", String::new()),
            Event::Failed(_)
        ));
        // One that never stops talking is stopped, whichever way it talks.
        for endless in ["yes", "sh -c 'yes >&2'"] {
            let Event::Output { text, .. } = pipe(endless, String::new()) else {
                panic!("no output of {endless}");
            };
            assert_eq!(text.len(), MAX_OUTPUT);
        }
        // A command that reads nothing of a long text is no error.
        let long = "x".repeat(1 << 20);
        assert!(matches!(pipe("true", long), Event::Output { ok: true, .. }));
    }

    #[test]
    fn only_web_addresses_reach_a_browser() {
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "-oProxyCommand=x",
            "",
        ] {
            assert!(browser("true", bad).is_err(), "{bad}");
        }
        assert!(matches!(
            browser("w3m -o x", "https://example.org/a"),
            Ok(Browser::Terminal(words)) if words == ["w3m", "-o", "x", "https://example.org/a"]
        ));
    }
}
