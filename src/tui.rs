//! The reader: opens the store, takes the terminal, runs the loop: wait, take in all that has come,
//! draw once. No tick: with nobody typing nothing wakes. Never here: what anything means or looks like.

mod backend;
pub mod effect;
pub mod event;
mod glyphs;
mod images;
pub mod keymap;
mod runtime;
pub mod state;
mod store_watch;
pub mod terminal;
pub mod theme;
pub mod times;
pub mod view;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::config::{self, Config, ConfigError, Problem};
use crate::library::counts;
use newsprint_model::Time;
use newsprint_model::limits::{RAISE_LIMIT, is_own_limit};
use newsprint_store::{Store, StoreError};

use backend::Screen;
use effect::Effect;
use event::Event;
use images::Picture;
pub use images::{Canvas, Pictures};
use keymap::Keymap;
use runtime::{LoopCommand, Runtime};
use state::{Settings, State};
use terminal::Terminal;
pub use terminal::TerminalError;
use terminal::input::Listener;
use terminal::key::Input;
use theme::{Colours, Theme};

/// What the command line adds to the config.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// No network at all.
    pub offline: bool,
    /// Colours: `None` is as the terminal and `NO_COLOR` say.
    pub color: Option<bool>,
}

/// Why the reader ended otherwise than by its keys.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// There is no terminal to draw on.
    #[error(transparent)]
    Terminal(#[from] TerminalError),
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The config names keys, actions or styles that there are not.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The terminal or the system refused.
    #[error("the terminal: {}", of_terminal(.0))]
    Io(#[from] io::Error),
    /// A signal ended it.
    #[error("ended by signal {0}")]
    Signal(i32),
    /// A defect; what was going on.
    #[error("newsprint has a defect and had to stop: {0}\nWhat was marked and fetched is stored.")]
    Panic(String),
}

fn of_terminal(why: &io::Error) -> String {
    match is_own_limit(why) {
        true => format!("{why}; {RAISE_LIMIT}"),
        false => why.to_string(),
    }
}

impl TuiError {
    /// The exit code of the contract.
    pub fn exit_code(&self) -> u8 {
        match self {
            TuiError::Terminal(_) | TuiError::Io(_) | TuiError::Panic(_) => 1,
            TuiError::Config(_) => 2,
            TuiError::Store(_) => 5,
            TuiError::Signal(signal) => u8::try_from(128 + signal).unwrap_or(1),
        }
    }
}

/// Everything in the config that only the reader understands: keys, actions, macros, themes.
pub fn check(config: &Config) -> Vec<Problem> {
    let mut problems = Keymap::from_config(config).err().unwrap_or_default();
    problems.extend(theme::check(config));
    problems
}

/// What the loop waits for.
enum LoopMessage {
    /// The terminal sent something.
    Input(Input),
    /// An event for the state.
    Event(Event),
    /// A picture is ready, or not.
    Picture(String, Box<Result<Picture, String>>),
    /// A program wants this terminal for itself.
    Foreground(Vec<String>),
    /// The window has another size.
    Resized,
    /// Asked from outside to stop until `fg`.
    Stop,
    /// Running again.
    Continued,
    /// The store's files were written to.
    Touched,
    /// A read failed because of the store's file, with these words.
    NotRead(String),
    /// The config is another one.
    Config(Box<Config>),
    /// A signal that ends.
    Signal(i32),
    /// The terminal is gone.
    Lost,
    /// A thread has panicked.
    Panicked(String),
}

/// The message of the last panic of each thread that has not been caught yet, kept off the screen.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Starts a named thread; a panic in it ends the reader with the terminal as it was.
fn thread(
    name: &str,
    sender: Sender<LoopMessage>,
    work: Box<dyn FnOnce() + Send>,
) -> io::Result<std::thread::JoinHandle<()>> {
    std::thread::Builder::new()
        .name(format!("newsprint-{name}"))
        .spawn(move || {
            if let Err(payload) = catch_unwind(AssertUnwindSafe(work)) {
                let _ = sender.send(LoopMessage::Panicked(panic_message(&*payload)));
            }
        })
}

fn panic_message(payload: &(dyn std::any::Any + Send)) -> String {
    let kept = PANIC
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
        .take();
    kept.unwrap_or_else(|| {
        payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "unknown".to_owned())
    })
}

/// Opens the reader and runs it to its end.
///
/// # Errors
/// [`TuiError`]; the terminal is as it was, whatever has happened.
pub fn run(config: Config, options: Options) -> Result<(), TuiError> {
    let wrong = |problems| ConfigError {
        file: config.file.clone(),
        problems,
    };
    let keymap = Keymap::from_config(&config).map_err(wrong)?;
    let problems = theme::check(&config);
    if !problems.is_empty() {
        return Err(wrong(problems).into());
    }
    // Before the store: without a terminal nothing should be created.
    let terminal = Terminal::take(config.reader.mouse)?;
    let store = match Store::open(&config.paths.database()) {
        Ok(store) => store,
        Err(error) => {
            terminal.leave();
            return Err(error.into());
        }
    };
    // A panic may be caught further up (a feed that the parser cannot take): it must neither write on
    // the screen nor end the reader. What is not caught ends at the top of its thread.
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(|info| {
        if let Ok(mut kept) = PANIC.lock() {
            *kept = Some(info.to_string());
        }
    }));
    let result = guarded(&terminal, || {
        Reader::new(config, &options, keymap, store, terminal.clone())?.run()
    });
    std::panic::set_hook(before);
    result
}

/// Gives the terminal back however the work ends.
fn guarded(
    terminal: &Terminal,
    work: impl FnOnce() -> Result<(), TuiError>,
) -> Result<(), TuiError> {
    let result = catch_unwind(AssertUnwindSafe(work));
    terminal.leave();
    match result {
        Ok(result) => result,
        Err(payload) => Err(TuiError::Panic(panic_message(&*payload))),
    }
}

struct Reader {
    config: Config,
    state: State,
    theme: Theme,
    colours: Colours,
    pictures: Pictures,
    runtime: Runtime,
    screen: ratatui::Terminal<Screen>,
    terminal: Terminal,
    sender: Sender<LoopMessage>,
    received: Receiver<LoopMessage>,
    listener: Option<Listener>,
    /// The hyperlinks that are on the screen.
    links: backend::Links,
    dirty: bool,
    /// The theme that was chosen by hand until the reader ends, behind the one that the config names.
    tried_theme: Option<(String, String)>,
}

/// What a step of the loop came to.
enum Flow {
    On,
    End(Option<TuiError>),
}

impl Reader {
    fn new(
        config: Config,
        options: &Options,
        keymap: Keymap,
        store: Store,
        terminal: Terminal,
    ) -> Result<Reader, TuiError> {
        let (sender, received) = channel();
        let ascii = match config.reader.ascii {
            config::When::Always => true,
            config::When::Never => false,
            config::When::Auto => !locale_is_utf8(),
        };
        let hyperlinks = match config.reader.hyperlinks {
            config::When::Always => true,
            config::When::Never => false,
            config::When::Auto => knows_hyperlinks(&|name| std::env::var(name).unwrap_or_default()),
        };
        let colours = Colours::from_env(options.color);
        let settings = Settings::new(
            &config,
            counts::removed(&store, &config)?,
            ascii,
            options.offline,
            crate::library::zone::local(),
        );
        let size = terminal.size();
        let mut state = State::new(keymap, settings, size, Time::now());
        if let Ok(Some(kept)) = store.memo(runtime::SESSION) {
            state.restore(&String::from_utf8_lossy(&kept));
        }
        let screen = ratatui::Terminal::new(Screen::new(terminal.clone(), hyperlinks))?;
        let theme = Theme::new(&config, colours);
        let canvas = Canvas {
            cell: terminal.cell_pixels(),
            colours,
            ascii,
            offline: options.offline,
        };
        let pictures = Pictures::new(&config, canvas);
        state.screen.pictures = pictures.maker().is_some();
        let runtime = Runtime::new(
            config.clone(),
            store,
            sender.clone(),
            terminal.clone(),
            ascii,
        );
        Ok(Reader {
            config,
            state,
            theme,
            colours,
            pictures,
            runtime,
            screen,
            terminal,
            sender,
            received,
            listener: None,
            links: backend::Links::new(),
            dirty: true,
            tried_theme: None,
        })
    }

    fn run(&mut self) -> Result<(), TuiError> {
        terminal::signals::start(self.terminal.clone(), self.sender.clone())?;
        let mut effects = self.state.start();
        if let Some(told) = self.runtime.rescued() {
            effects.extend(self.state.update(told));
        }
        self.perform(effects)?;
        self.draw()?;
        // The first screen stands; everything else comes now.
        self.listener = Some(Listener::start(self.terminal.clone(), self.sender.clone())?);
        self.runtime.drawn(&mut self.pictures);
        store_watch::start(&self.config.paths.data_dir, &self.sender);
        store_watch::start_for_config(self.runtime.shared_config(), &self.sender);
        if self.wants_answers() {
            self.terminal.ask()?;
        }
        let result = self.turn();
        // However it ends: how far the open article was read. After a key that quits it is stored already.
        let left = self.state.leave_article();
        let _ = self.perform(left);
        // The shell is back at once; what is stored until the end needs no screen.
        self.give_back();
        self.runtime.finish();
        result
    }

    fn turn(&mut self) -> Result<(), TuiError> {
        let mut waiting = None;
        loop {
            let Some(first) = waiting.take().or_else(|| self.received.recv().ok()) else {
                return Ok(());
            };
            let mut next = Some(first);
            while let Some(wake) = next {
                match self.take(wake)? {
                    Flow::On => {}
                    Flow::End(None) => return Ok(()),
                    Flow::End(Some(error)) => return Err(error),
                }
                next = self.received.try_recv().ok();
            }
            if self.dirty {
                self.draw()?;
            }
            waiting = self.received.try_recv().ok();
            if waiting.is_none() {
                let ahead = self.state.read_ahead();
                self.perform(ahead)?;
            }
        }
    }

    fn take(&mut self, wake: LoopMessage) -> Result<Flow, TuiError> {
        self.state.now = Time::now();
        let effects = match wake {
            LoopMessage::Input(Input::Background { light }) => {
                self.colours.light = Some(light);
                self.theme = Theme::new(&self.config, self.colours);
                self.dirty = true;
                return Ok(Flow::On);
            }
            LoopMessage::Input(Input::Abilities(abilities)) => {
                self.terminal.answered();
                if abilities.contains(&4) {
                    let cell = self.terminal.cell_pixels();
                    self.pictures.knows_sixel(&self.config, cell);
                }
                return Ok(Flow::On);
            }
            LoopMessage::Input(input) => self.state.input(input),
            LoopMessage::Event(event) => self.state.update(event),
            LoopMessage::Picture(url, picture) => {
                let rows = match *picture {
                    Ok(picture) => {
                        let rows = picture.rows();
                        self.pictures.keep(url.clone(), picture);
                        Ok(rows)
                    }
                    Err(why) => Err(why),
                };
                self.state.update(Event::Picture { url, rows })
            }
            LoopMessage::Foreground(command) => {
                let effects = self.foreground(&command)?;
                self.dirty = true;
                effects
            }
            LoopMessage::Resized => {
                self.pictures.resized(self.terminal.cell_pixels());
                self.state.resize(self.terminal.size())
            }
            LoopMessage::Stop => vec![Effect::Suspend],
            LoopMessage::Continued => self.taken_again()?,
            LoopMessage::Touched => {
                let mut effects = self.look_at_store()?;
                if self.runtime.store_changed() {
                    effects.extend(self.state.update(Event::Touched));
                } else if effects.is_empty() {
                    return Ok(Flow::On);
                }
                effects
            }
            LoopMessage::NotRead(why) => {
                let effects = self.look_at_store()?;
                match effects.is_empty() {
                    // It cannot be mended now; what waits for the answer must know.
                    true => self.state.update(Event::Failed(why)),
                    false => effects,
                }
            }
            LoopMessage::Config(config) => {
                self.runtime.configured();
                // What the command line said beside the config goes on holding.
                let mut config = *config;
                config.reader.linear = self.config.reader.linear;
                // So does a theme that was chosen by hand, until the file names another.
                match &self.tried_theme {
                    Some((of_file, tried)) if *of_file == config.reader.theme => {
                        config.reader.theme.clone_from(tried);
                    }
                    _ => self.tried_theme = None,
                }
                self.set_theme(&config);
                self.config = config.clone();
                let removed = self.runtime.removed(&config);
                self.state.update(Event::Config {
                    config: Box::new(config),
                    removed,
                })
            }
            LoopMessage::Signal(signal) => {
                return Ok(Flow::End(Some(TuiError::Signal(signal))));
            }
            // Nobody is left to talk to: as if hung up.
            LoopMessage::Lost => return Ok(Flow::End(Some(TuiError::Signal(1)))),
            LoopMessage::Panicked(why) => return Ok(Flow::End(Some(TuiError::Panic(why)))),
        };
        self.dirty = true;
        if self.perform(effects)? {
            return Ok(Flow::End(None));
        }
        Ok(Flow::On)
    }

    /// Opens the store anew where its file is another one.
    fn look_at_store(&mut self) -> Result<Vec<Effect>, TuiError> {
        if self.runtime.lacks_log() {
            // With many articles that takes seconds, in which no key is answered.
            let said = "The log of the database was lost; making the database anew …";
            self.state.update(Event::Said(said.to_owned()));
            self.draw()?;
        }
        let mut effects = Vec::new();
        for event in self.runtime.reopened() {
            effects.extend(self.state.update(event));
        }
        Ok(effects)
    }

    /// Performs effects and what follows from them; whether the end was asked for.
    fn perform(&mut self, effects: Vec<Effect>) -> Result<bool, TuiError> {
        let mut todo: std::collections::VecDeque<Effect> = effects.into();
        let mut end = false;
        while let Some(effect) = todo.pop_front() {
            let (events, order) = self
                .runtime
                .perform(effect, self.state.now, &mut self.pictures);
            match order {
                LoopCommand::None => {}
                LoopCommand::Quit => end = true,
                LoopCommand::Redraw => self.screen.clear()?,
                LoopCommand::Suspend => todo.extend(self.suspend()?),
                LoopCommand::Theme(name) => todo.extend(self.try_theme(name)),
                LoopCommand::LookAtTheme(name) => {
                    let mut config = self.config.clone();
                    config.reader.theme = name.unwrap_or(config.reader.theme);
                    self.set_theme(&config);
                }
            }
            for event in events {
                todo.extend(self.state.update(event));
            }
        }
        Ok(end)
    }

    fn set_theme(&mut self, config: &Config) {
        self.theme = Theme::new(config, self.colours);
        self.dirty = true;
    }

    /// Uses another theme until the reader ends; what is wrong with its name is said.
    fn try_theme(&mut self, name: String) -> Vec<Effect> {
        let mut config = self.config.clone();
        config.reader.theme.clone_from(&name);
        // Whatever the config could name: also NAME-dark, NAME-light and base16 files.
        if let Some(problem) = theme::check(&config).into_iter().next() {
            return self.state.update(Event::Failed(problem.message));
        }
        self.set_theme(&config);
        let of_file = match self.tried_theme.take() {
            Some((of_file, _)) => of_file,
            None => self.config.reader.theme.clone(),
        };
        self.tried_theme = Some((of_file, name.clone()));
        self.config.reader.theme = name;
        Vec::new()
    }

    fn draw(&mut self) -> Result<(), TuiError> {
        self.dirty = false;
        let (state, theme, pictures) = (&self.state, &self.theme, &mut self.pictures);
        pictures.drawn.clear();
        // The links are known once the frame is made, and it is written after: the backend is told between.
        let screen = &mut self.screen;
        screen.autoresize()?;
        let mut frame = screen.get_frame();
        let drawn = view::draw(&mut frame, state, theme, pictures);
        let before = std::mem::replace(&mut self.links, drawn.links.clone());
        backend::relink(frame.buffer_mut(), &before, &drawn.links);
        backend::cover(frame.buffer_mut());
        if state.settings.reader.linear {
            let frame = screen.current_buffer_mut().clone();
            let typed = state
                .prompt
                .line
                .is_some()
                .then(|| state.screen.size.1.saturating_sub(1));
            screen.backend_mut().speak(&frame, typed);
        }
        screen.backend_mut().set_links(drawn.links, &pictures.drawn);
        screen.apply_buffer_with_cursor(drawn.cursor.map(Into::into))?;
        let farewell = self.pictures.farewell();
        if !farewell.is_empty() {
            self.terminal.write(farewell.as_bytes())?;
        }
        Ok(())
    }

    /// The terminal is ours again: what it had of us is gone, its pictures too.
    fn taken_again(&mut self) -> io::Result<Vec<Effect>> {
        self.terminal.enter()?;
        self.screen.clear()?;
        let mut effects = self.state.resize(self.terminal.size());
        effects.extend(self.state.pictures_lost());
        Ok(effects)
    }

    /// Stops the process; goes on here after `fg`. The whole job stops, as the terminal itself would
    /// have it: a script that the reader was started from must not go on waiting for it.
    fn suspend(&mut self) -> io::Result<Vec<Effect>> {
        self.give_back();
        rustix::process::kill_current_process_group(rustix::process::Signal::STOP)
            .map_err(io::Error::from)?;
        self.taken_again()
    }

    /// Runs a program on this terminal.
    fn foreground(&mut self, command: &[String]) -> io::Result<Vec<Effect>> {
        let Some((program, arguments)) = command.split_first() else {
            return Ok(Vec::new());
        };
        if let Some(listener) = &self.listener {
            listener.pause();
        }
        self.give_back();
        self.terminal.lend(true);
        let child = Command::new(program).args(arguments).spawn();
        let status = child.and_then(|child| wait_as_a_shell(&child));
        self.terminal.lend(false);
        let mut effects = self.taken_again()?;
        if let Some(listener) = &self.listener {
            listener.resume();
        }
        if let Err(error) = status {
            let text = format!("Cannot run {program}: {error}");
            effects.extend(self.state.update(Event::Failed(text)));
        }
        Ok(effects)
    }

    /// Gives the terminal back, with nothing of ours left in it.
    fn give_back(&mut self) {
        self.pictures.forget();
        let farewell = self.pictures.farewell();
        // A terminal that takes nothing more has nothing of ours either.
        let _ = self.terminal.write(farewell.as_bytes());
        self.terminal.leave();
    }

    /// Whether the terminal's answers would change anything.
    fn wants_answers(&self) -> bool {
        let by_ground = ["auto", "light", "dark"];
        let theme = by_ground.contains(&self.config.reader.theme.as_str())
            && !self.colours.none
            && self.colours.light.is_none();
        theme || self.config.reader.images == config::Images::Auto
    }
}

/// Waits for a program that has the terminal. Where it is stopped (^Z) the whole job stops, and goes on with
/// `fg`; a reader that no shell started cannot, so the program goes on at once.
fn wait_as_a_shell(child: &std::process::Child) -> io::Result<()> {
    use rustix::process::{self, Pid, Signal, WaitOptions};
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    loop {
        match process::waitpid(pid, WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() => {
                let alone = process::getsid(None).ok() == Some(process::getpid());
                match pid {
                    Some(pid) if alone => process::kill_process(pid, Signal::CONT)?,
                    _ => process::kill_current_process_group(Signal::STOP)?,
                }
            }
            Ok(_) => return Ok(()),
            Err(rustix::io::Errno::INTR) => {}
            Err(why) => return Err(why.into()),
        }
    }
}

/// Whether characters beyond ASCII can be shown: what `LC_ALL`, `LC_CTYPE` and `LANG` say, in this order.
fn locale_is_utf8() -> bool {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match named {
        Some(value) => {
            let value = value.to_lowercase();
            value.contains("utf-8") || value.contains("utf8")
        }
        None => false,
    }
}

/// Whether hyperlinks (OSC 8) are understood, or at least passed over in silence. Where it is known that
/// they are printed or do harm, none are written.
fn knows_hyperlinks(var: &dyn Fn(&str) -> String) -> bool {
    let vte = var("VTE_VERSION");
    // GNOME's terminals before 0.50 lost text to them.
    let old = vte.parse::<u32>().is_ok_and(|version| version < 5000);
    !old && terminal::knows_strings(&var("TERM"))
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::io::Read;
    use std::path::Path;
    use std::sync::mpsc::channel;

    use portable_pty::{PtyPair, PtySize, native_pty_system};
    use rustix::termios::{LocalModes, tcgetattr};

    use super::*;

    #[test]
    fn hyperlinks_are_written_where_they_do_no_harm() {
        let by = |term: &'static str, vte: &'static str| {
            knows_hyperlinks(&move |name| match name {
                "TERM" => term.to_owned(),
                "VTE_VERSION" => vte.to_owned(),
                _ => String::new(),
            })
        };
        assert!(by("xterm-256color", "") && by("xterm-256color", "7200"));
        assert!(!by("xterm-256color", "4800"));
        for term in [
            "linux",
            "vt100",
            "vt220",
            "ansi",
            "eterm-color",
            "cons25",
            "",
        ] {
            assert!(!by(term, ""), "{term}");
        }
    }

    #[test]
    fn a_panic_in_a_thread_reaches_the_loop_and_a_caught_one_does_not() {
        let (sender, received) = channel();
        let caught = thread(
            "caught",
            sender.clone(),
            Box::new(|| {
                let _ = std::panic::catch_unwind(|| panic!("a feed that nobody can read"));
            }),
        );
        caught.unwrap().join().unwrap();
        let lost = thread("lost", sender, Box::new(|| panic!("a defect")));
        lost.unwrap().join().unwrap();
        let loop_sender: Vec<LoopMessage> = received.iter().collect();
        assert!(
            matches!(&loop_sender[..], [LoopMessage::Panicked(why)] if why.contains("a defect"))
        );
    }

    /// A terminal of our own, taken.
    fn taken() -> (PtyPair, Terminal) {
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let side = || {
            let name = pair.master.tty_name().unwrap();
            let mut options = OpenOptions::new();
            options.read(true).write(true).open(name).unwrap()
        };
        let terminal = Terminal::over(side(), side(), true).unwrap();
        (pair, terminal)
    }

    /// Whether the terminal echoes and edits lines, as a shell has it.
    fn is_cooked(terminal: &Terminal) -> bool {
        let modes = tcgetattr(terminal.input()).unwrap().local_modes;
        modes.contains(LocalModes::ECHO | LocalModes::ICANON)
    }

    /// All that was written to the terminal, which ends here.
    fn written(pair: PtyPair, terminal: Terminal) -> String {
        let mut from = pair.master.try_clone_reader().unwrap();
        drop((terminal, pair.slave));
        let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            bytes.extend(&buffer[..count]);
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_panic_in_the_loop_gives_the_terminal_back() {
        let (pair, terminal) = taken();
        assert!(!is_cooked(&terminal));
        let ended = guarded(&terminal, || panic!("a defect in the loop"));
        assert!(matches!(ended, Err(TuiError::Panic(why)) if why.contains("in the loop")));
        assert!(is_cooked(&terminal));
        let written = written(pair, terminal);
        assert!(written.ends_with("\x1b[?1049l\x1b[?25h"), "{written:?}");
    }

    #[test]
    fn a_panic_in_a_worker_ends_the_loop_and_gives_the_terminal_back() {
        let (pair, terminal) = taken();
        let folder = tempfile::tempdir().unwrap();
        let config = Config::parse("", Path::new("/config.toml"), folder.path()).unwrap();
        let keymap = Keymap::from_config(&config).unwrap();
        let store = Store::open(&config.paths.database()).unwrap();
        let ended = guarded(&terminal, || {
            let options = Options::default();
            let mut reader = Reader::new(config, &options, keymap, store, terminal.clone())?;
            let sender = reader.sender.clone();
            thread("lost", sender, Box::new(|| panic!("a defect in a worker")))?;
            reader.turn()
        });
        assert!(matches!(ended, Err(TuiError::Panic(why)) if why.contains("in a worker")));
        assert!(is_cooked(&terminal));
        let written = written(pair, terminal);
        assert!(written.ends_with("\x1b[?1049l\x1b[?25h"), "{written:?}");
    }
}
