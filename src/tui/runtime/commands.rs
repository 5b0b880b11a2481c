//! Runs other programs: what articles are piped to, and the commands of macros. Never a shell unless a macro
//! asks for one. Never here: the screen.

use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::config::Macro;
use crate::export::formats::{self, Whole};
use crate::tui::effect::Format;
use crate::tui::event::Event;
use newsprint_html::safe_text;

/// Output of a command beyond this is cut.
const MAX_OUTPUT: usize = 256 * 1024;

/// How the sentence about a command ends that was stopped.
const STOPPED: &str = "stopped";

/// The commands that run, each the head of a process group of its own; clones share them.
#[derive(Clone, Default)]
pub struct Running {
    groups: Arc<Mutex<Vec<(Pid, bool)>>>,
}

impl Running {
    /// Ends them with all that they started: asked at first, made to the second time.
    pub fn stop(&self) {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        for (group, asked) in groups.iter_mut() {
            let signal = if *asked { Signal::KILL } else { Signal::TERM };
            *asked = true;
            // It may have ended just now.
            let _ = kill_process_group(*group, signal);
        }
    }

    fn add(&self, child: &Child) {
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        groups.extend(pid.map(|pid| (pid, false)));
    }

    /// Whether it was stopped.
    fn remove(&self, child: &Child) -> bool {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        let of =
            |(pid, _): &(Pid, bool)| u32::try_from(pid.as_raw_nonzero().get()) == Ok(child.id());
        let at = groups.iter().position(of);
        at.is_some_and(|at| groups.remove(at).1)
    }
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
        return Err("Unclosed quote.".to_owned());
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
pub fn pipe(command: &str, text: String, running: &Running) -> Event {
    if needs_shell(command) {
        return Event::Failed(format!("No shell is used; try {}", by_shell(command)));
    }
    match split(command) {
        Ok(words) if !words.is_empty() => match run(&words, &[], text, command, running) {
            Event::Failed(why) if !why.ends_with(STOPPED) => Event::Failed(format!(
                "{why} (No shell is used; try {})",
                by_shell(command)
            )),
            event => event,
        },
        Ok(_) => Event::Failed("No command.".to_owned()),
        Err(why) => Event::Failed(why),
    }
}

fn run(
    words: &[String],
    environment: &[(String, String)],
    text: String,
    title: &str,
    running: &Running,
) -> Event {
    let child = Command::new(&words[0])
        .args(&words[1..])
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return Event::Failed(cannot_run(&words[0], &error)),
    };
    running.add(&child);
    let input = child.stdin.take();
    // On a thread: a command that answers before it has read all must not block both.
    let feeder = std::thread::Builder::new().spawn(move || {
        if let Some(mut input) = input {
            // A command may well stop reading early (`head`).
            let _ = input.write_all(text.as_bytes());
        }
    });
    let (answer, complaint) = (child.stdout.take(), child.stderr.take());
    let listener =
        std::thread::Builder::new().spawn(move || complaint.map_or(Ok(Vec::new()), at_most));
    let (feeder, listener) = match (feeder, listener) {
        (Ok(feeder), Ok(listener)) => (feeder, listener),
        // No threads left: a command that is neither fed nor heard would wait for ever.
        (Err(error), _) | (_, Err(error)) => {
            let _ = child.kill();
            let _ = child.wait();
            running.remove(&child);
            return Event::Failed(cannot_run(&words[0], &error));
        }
    };
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
    if running.remove(&child) {
        return Event::Failed(format!("{title}: {STOPPED}"));
    }
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
pub fn run_macro(own: &Macro, article: Option<&Whole>, running: &Running) -> Event {
    let fields: Vec<(&str, String)> = article.map_or(Vec::new(), |(article, _)| {
        let headline = &article.headline;
        vec![
            ("url", article.address().unwrap_or_default().to_owned()),
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
        if !own.shell
            && let Some(word) = taken_for_option(command, &words)
        {
            let word = safe_text::line(word);
            return Event::Failed(format!(
                "Not run: `{word}` would be read as an option. Put \"--\" before it in the macro."
            ));
        }
        match run(&words, &environment, json.clone(), &words[0], running) {
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

/// The first word that begins with `-` by what an outlet wrote, unless the macro says `--` before it.
fn taken_for_option<'a>(command: &[String], words: &'a [String]) -> Option<&'a str> {
    let pairs = command.iter().zip(words).skip(1);
    pairs
        .take_while(|(written, _)| *written != "--")
        .find(|(written, word)| !written.starts_with('-') && word.starts_with('-'))
        .map(|(_, word)| word.as_str())
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

/// Why a program did not start.
pub(super) fn cannot_run(program: &str, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => format!("Cannot run {program}: not found."),
        _ => format!("Cannot run {program}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_an_outlet_wrote_is_no_option_of_a_command() {
        let words = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        let written = words(&["save", "-v", "{url}", "{title}"]);
        let filled = words(&["save", "-v", "https://a.example/", "--exec=x"]);
        assert_eq!(taken_for_option(&written, &filled), Some("--exec=x"));
        let written = words(&["save", "-v", "--", "{title}"]);
        let filled = words(&["save", "-v", "--", "--exec=x"]);
        assert_eq!(taken_for_option(&written, &filled), None);
        let harmless = words(&["save", "-t{title}"]);
        assert_eq!(taken_for_option(&harmless, &words(&["save", "-t-x"])), None);
    }

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
            let Event::Failed(why) = pipe(line, String::new(), &Running::default()) else {
                panic!("{line} ran");
            };
            let way = format!("sh -c '{line}'");
            assert!(
                why.contains("No shell is used") && why.contains(&way),
                "{why}"
            );
        }
        assert!(matches!(
            pipe("printf '|'", String::new(), &Running::default()),
            Event::Output { ok: true, .. }
        ));
    }

    #[test]
    fn what_a_command_says_comes_back() {
        let Event::Output { text, ok, .. } =
            pipe("tr a-z A-Z", "news".to_owned(), &Running::default())
        else {
            panic!("no output");
        };
        assert_eq!((text.as_str(), ok), ("NEWS", true));
        assert!(matches!(
            pipe("no-such-program-here", String::new(), &Running::default()),
            Event::Failed(_)
        ));
        // One that never stops talking is stopped, whichever way it talks.
        for endless in ["yes", "sh -c 'yes >&2'"] {
            let Event::Output { text, .. } = pipe(endless, String::new(), &Running::default())
            else {
                panic!("no output of {endless}");
            };
            assert_eq!(text.len(), MAX_OUTPUT);
        }
        // A command that reads nothing of a long text is no error.
        let long = "x".repeat(1 << 20);
        assert!(matches!(
            pipe("true", long, &Running::default()),
            Event::Output { ok: true, .. }
        ));
    }

    #[test]
    fn a_command_that_runs_is_stopped_with_what_it_started() {
        let running = Running::default();
        let stopper = running.clone();
        let ended = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&ended);
        let stop = std::thread::spawn(move || {
            // Asked, then made to: one that shuts its ears, with a child of its own.
            while !until.load(Ordering::SeqCst) {
                stopper.stop();
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let command = "sh -c 'trap \"\" TERM; sleep 600 & wait; sleep 600'";
        let Event::Failed(why) = pipe(command, String::new(), &running) else {
            panic!("it ended by itself");
        };
        ended.store(true, Ordering::SeqCst);
        assert!(running.groups.lock().unwrap().is_empty());
        assert_eq!(
            why.split(" (").next(),
            Some(&*format!("{command}: stopped"))
        );
        stop.join().unwrap();
    }
}
