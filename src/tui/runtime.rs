//! Performs what the state asks for and sends back what came of it. Reads of a few milliseconds run
//! at once; all else runs on threads that start when first needed. Never here: what is asked, when.

mod account_edits;
mod browser;
mod clipboard;
mod commands;
pub mod config_file;
mod counts;
mod files;
mod history;
mod marks;
mod placing;
mod refresh;
mod search;
mod story;
mod timers;
mod worker;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::config::Config;
use crate::export::explanation;
use crate::export::formats::{self, Format, Whole};
use crate::refresh::OnDemand;
use newsprint_html::layout::{self, layout, layout_prefix};
use newsprint_model::query::Is;
use newsprint_model::{Article, ArticleId, Cursor, Time};
use newsprint_store::{AsOf, At, FileState, Fold, List, Rescue, Store, StoreError};

use super::LoopMessage;
use super::effect::{ConfigEdit, Effect, Fill};
use super::event::Event;
use super::images::Pictures;
use super::state::external::copied_addresses;
use super::terminal::Terminal;
pub use marks::SESSION;
use timers::Timers;
use worker::Worker;

/// HTML below this is laid out whole at once, whatever is seen of it.
const SMALL: usize = 4 * 1024;
/// HTML beyond this is laid out on a thread, after its first screenful.
const LARGE: usize = 48 * 1024;

/// How long a refresh that was told to stop has to store what it knows.
const REFRESH_END: Duration = Duration::from_secs(2);

/// What the loop itself must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoopCommand {
    /// Nothing.
    None,
    /// Draw every cell anew.
    Redraw,
    /// Stop until `fg`.
    Suspend,
    /// Draw in the theme of this name, or in the one in use again.
    LookAtTheme(Option<String>),
    /// Use the theme of this name.
    Theme(String),
    /// End.
    Quit,
}

/// Holds the threads and what they need.
pub struct Runtime {
    config: Arc<Mutex<Config>>,
    store: Store,
    /// Changes when another connection has written.
    version: i64,
    sender: Sender<LoopMessage>,
    terminal: Terminal,
    reader: Option<Worker<counts::Request>>,
    search: Option<search::Searcher>,
    writer: Option<Worker<marks::Write>>,
    latest: marks::Shared,
    stop_refresh: Arc<AtomicBool>,
    /// The commands that run.
    running: commands::Running,
    /// Ends the placing of articles among stories.
    stop_placing: Arc<AtomicBool>,
    /// The last thread that places articles, which may still run.
    placing: Option<JoinHandle<()>>,
    /// The last refresh, which may still run.
    refreshing: Option<JoinHandle<()>>,
    /// Asks for texts, pictures and what sites offer.
    on_demand: Arc<OnDemand>,
    clipboard: clipboard::Clipboard,
    timers: Option<Timers>,
    /// What waits until the first frame is on the screen.
    waiting: Option<Vec<Task>>,
    /// How often a damaged database was opened anew.
    mended: u8,
    /// Nothing beyond ASCII of our own making.
    ascii: bool,
}

/// A damaged database is opened anew at most so often while the reader is open.
const MENDED_AT_MOST: u8 = 2;

/// Something that is begun and not waited for.
type Task = Box<dyn FnOnce(&mut Runtime, &mut Pictures)>;

/// How an effect is performed.
enum Step {
    /// It was read at once.
    Read(newsprint_store::Result<Event>),
    /// The loop does it.
    Loop(LoopCommand),
    /// It is begun now, or when the first frame is on the screen.
    Task(Task),
}

/// What a thread tells of a read that failed: where the file is why, the loop looks at it and tells of that.
fn failed(store: &Store, error: &StoreError) -> LoopMessage {
    match store.file_state() {
        Ok(FileState::Same) | Err(_) => LoopMessage::Event(Event::Failed(error.to_string())),
        Ok(_) => LoopMessage::NotRead(error.to_string()),
    }
}

fn task(begin: impl FnOnce(&mut Runtime) + 'static) -> Step {
    Step::Task(Box::new(move |runtime, _| begin(runtime)))
}

fn read(request: counts::Request) -> Step {
    task(move |runtime| runtime.read(request))
}

fn write(wanted: marks::Write) -> Step {
    task(move |runtime| runtime.write(wanted))
}

/// What is told of a database that was set aside, or was not there.
fn rescue_told(rescue: &Rescue) -> Event {
    let aside = rescue.set_aside.as_ref();
    let aside = aside.map(|aside| format!("Moved to {}.\n\n", aside.display()));
    Event::Output {
        title: match rescue.set_aside {
            _ if rescue.log_lost => "The log of the database was lost".to_owned(),
            Some(_) => "The database was damaged".to_owned(),
            None => "The database was missing or empty".to_owned(),
        },
        text: [
            aside.unwrap_or_default(),
            "The next refresh brings the articles back.".to_owned(),
            match rescue.marks {
                0 => String::new(),
                1 => " 1 mark is kept.".to_owned(),
                n => format!(" {n} marks are kept."),
            },
        ]
        .concat(),
        ok: true,
    }
}

impl Runtime {
    /// Takes the opened store.
    pub fn new(
        config: Config,
        store: Store,
        sender: Sender<LoopMessage>,
        terminal: Terminal,
        ascii: bool,
    ) -> Runtime {
        let version = store.data_version().unwrap_or(0);
        Runtime {
            on_demand: Arc::new(OnDemand::new(&config)),
            config: Arc::new(Mutex::new(config)),
            store,
            version,
            sender,
            terminal,
            reader: None,
            search: None,
            writer: None,
            latest: marks::Shared::default(),
            stop_refresh: Arc::new(AtomicBool::new(false)),
            running: commands::Running::default(),
            stop_placing: Arc::new(AtomicBool::new(false)),
            placing: None,
            refreshing: None,
            clipboard: clipboard::Clipboard::default(),
            waiting: Some(Vec::new()),
            timers: None,
            mended: 0,
            ascii,
        }
    }

    /// What the reader has to know of a damaged database that was set aside.
    pub fn rescued(&self) -> Option<Event> {
        self.store.rescued().map(rescue_told)
    }

    /// The first frame is on the screen: what waited is done now.
    pub fn drawn(&mut self, pictures: &mut Pictures) {
        let waiting = self.waiting.take().unwrap_or_default();
        self.write(marks::Write::Sync { tell: false });
        for task in waiting {
            task(self, pictures);
        }
    }

    /// Has the articles that wait for it placed among the stories, on a thread of its own.
    fn place(&mut self) {
        let waits = || !self.store.is_read_only() && self.store.has_unplaced().unwrap_or(false);
        let runs = self.placing.as_ref().is_some_and(|one| !one.is_finished());
        if runs || !waits() {
            return;
        }
        let (path, stop) = (self.store.path().to_owned(), Arc::clone(&self.stop_placing));
        let sender = self.sender.clone();
        let copies = self.config().reader.mark_copies;
        self.placing = self.start("placing", move || {
            placing::run(&path, copies, &stop, &sender)
        });
    }

    /// Whether the log of the database was lost, so that opening it anew means making it anew.
    pub fn lacks_log(&self) -> bool {
        matches!(self.store.file_state(), Ok(FileState::LogLost))
    }

    /// Opens the database anew where its file is not the one that was opened: what became of that, and what is
    /// to be told of the new one. The threads that read and write end, and start again on the new file;
    /// marks that were on their way are written first.
    pub fn reopened(&mut self) -> Vec<Event> {
        let state = match self.store.file_state() {
            Ok(FileState::Same) => return Vec::new(),
            // What is noted again and again cannot be mended here.
            Ok(FileState::Damaged)
                if self.mended == MENDED_AT_MOST || self.store.is_read_only() =>
            {
                return Vec::new();
            }
            Ok(state) => state,
            Err(error) => return vec![Event::Failed(error.to_string())],
        };
        self.mended += u8::from(state == FileState::Damaged);
        if let Some(writer) = self.writer.take() {
            writer.finish();
        }
        self.stop_placing.store(true, Ordering::SeqCst);
        self.stop_placing = Arc::new(AtomicBool::new(false));
        self.placing = None;
        (self.reader, self.search) = (None, None);
        let kept = match self.store.reopen_after(marks::gone(&self.latest)) {
            Ok((store, kept)) => {
                self.store = store;
                kept
            }
            Err(error) => return vec![Event::Failed(error.to_string())],
        };
        self.version = self.store.data_version().unwrap_or(0);
        self.write(marks::Write::Sync { tell: false });
        let missing = marks::take_missing(&self.latest, kept);
        self.write(marks::Write::Again(missing));
        // The writing thread may have been the one that met the damage: for it the file was replaced since.
        let met = marks::take_rescue(&self.latest);
        let rescue = self.store.rescued().or(met.as_ref());
        let state = match (state, rescue) {
            (FileState::Replaced, Some(rescue)) if rescue.log_lost => FileState::LogLost,
            (FileState::Replaced, Some(rescue)) if rescue.set_aside.is_some() => FileState::Damaged,
            _ => state,
        };
        let mut events = vec![Event::OtherStore(state)];
        // Of a file that is gone there is no more to tell.
        if state != FileState::Removed {
            events.extend(rescue.map(rescue_told));
        }
        events
    }

    /// What is told of a read that failed: of the file where that is why.
    fn failed(&mut self, error: &StoreError) -> Vec<Event> {
        let mut events = self.reopened();
        if events.is_empty() {
            events.push(Event::Failed(error.to_string()));
        }
        events
    }

    /// Whether another connection has written since the last call.
    pub fn store_changed(&mut self) -> bool {
        let version = self.store.data_version().unwrap_or(self.version);
        std::mem::replace(&mut self.version, version) != version
    }

    /// Performs an effect; gives the events that are known at once. Tasks wait until the first frame is on
    /// the screen.
    pub fn perform(
        &mut self,
        effect: Effect,
        now: Time,
        pictures: &mut Pictures,
    ) -> (Vec<Event>, LoopCommand) {
        match self.step(effect, now) {
            Step::Read(event) => {
                let events = event.map_or_else(|error| self.failed(&error), |event| vec![event]);
                (events, LoopCommand::None)
            }
            Step::Loop(command) => (Vec::new(), command),
            Step::Task(task) => {
                match &mut self.waiting {
                    Some(waiting) => waiting.push(task),
                    None => task(self, pictures),
                }
                (Vec::new(), LoopCommand::None)
            }
        }
    }

    /// How each effect is performed. An effect without an arm here does not compile.
    fn step(&mut self, effect: Effect, now: Time) -> Step {
        match effect {
            Effect::OpenList { ticket, query } => {
                let as_of = self.store.now();
                Step::Read(as_of.map(|as_of| Event::Opened {
                    ticket,
                    list: List::fixed(&query, now, as_of),
                }))
            }
            Effect::LoadRows {
                ticket,
                list,
                at,
                limit,
                fill,
            } => Step::Read(self.rows(ticket, &list, at, limit, fill)),
            Effect::Seek {
                ticket,
                list,
                from,
                forward,
            } => Step::Read(self.seek(ticket, list, from, forward)),
            Effect::LoadHeadlines(ids) => {
                Step::Read(self.store.headlines_of(&ids).map(Event::Headlines))
            }
            Effect::LoadArticle(id) => {
                let article = self.store.article(id);
                Step::Read(article.map(|article| Event::Article(id, article.map(Box::new))))
            }
            Effect::FindStored { url, text } => {
                let article = self.store.resolve(&url);
                Step::Read(article.map(|article| Event::Stored { url, text, article }))
            }
            Effect::LayOut {
                id,
                html,
                width,
                wide,
                lines,
                whole,
                image_rows,
            } => Step::Read(Ok(self.lay_out(
                id,
                html,
                (width, wide),
                (lines, whole),
                image_rows,
            ))),
            Effect::Quit => Step::Loop(LoopCommand::Quit),
            Effect::Suspend => Step::Loop(LoopCommand::Suspend),
            Effect::Redraw => Step::Loop(LoopCommand::Redraw),
            Effect::Theme(name) => Step::Loop(LoopCommand::Theme(name)),
            Effect::LookAtTheme(name) => Step::Loop(LoopCommand::LookAtTheme(name)),
            Effect::Mouse(on) => {
                let _ = self.terminal.mouse(on);
                Step::Loop(LoopCommand::None)
            }
            Effect::FindPlace {
                ticket,
                list,
                cursor,
            } => read(counts::Request::Place {
                ticket,
                list,
                cursor,
            }),
            Effect::Count { ticket, list } => read(counts::Request::Count { ticket, list }),
            Effect::CountNew { ticket, list } => read(counts::Request::CountNew { ticket, list }),
            Effect::LoadSidebar { ticket, query } => {
                read(counts::Request::Sidebar { ticket, query, now })
            }
            Effect::LoadSorted(wanted) => read(counts::Request::Sorted(wanted)),
            Effect::SeekSorted(wanted) => read(counts::Request::SeekSorted(wanted)),
            Effect::CountQuery(query) => read(counts::Request::Query { query, now }),
            Effect::LoadHistory => read(counts::Request::History),
            Effect::LoadHealth => read(counts::Request::Health),
            Effect::LoadRevisions(id) => read(counts::Request::Revisions(id)),
            Effect::LoadStory(id) => read(counts::Request::Story { id, now }),
            Effect::LoadRecentStories => read(counts::Request::RecentStories(now)),
            Effect::PartStory(ids) => write(marks::Write::Part(ids)),
            Effect::JoinStory(ids, with) => write(marks::Write::Join(ids, with)),
            Effect::UndoStory(change) => write(marks::Write::UndoStory(change)),
            Effect::GiveTags { ids, add, remove } => write(marks::Write::Tags { ids, add, remove }),
            Effect::UndoTags(change) => write(marks::Write::UndoTags(change)),
            Effect::Search {
                ticket,
                list,
                offset,
                limit,
                width,
            } => task(move |runtime| {
                runtime.search(search::Page {
                    ticket,
                    list,
                    offset,
                    limit,
                    width,
                });
            }),
            Effect::Remember(ask, line) => write(marks::Write::Remember(ask, line)),
            Effect::RememberSession(text) => write(marks::Write::Session(text)),
            Effect::Mark(ids, mark, names) => write(marks::Write::Mark(ids, mark, names)),
            Effect::MarkList(list, mark) => write(marks::Write::List(list, mark)),
            Effect::MarkSide { list, from, below } => {
                write(marks::Write::Side { list, from, below })
            }
            Effect::MarkQuery(query) => write(marks::Write::Query(query, now)),
            Effect::Undo => write(marks::Write::Undo),
            Effect::UndoSync => write(marks::Write::UndoSync),
            Effect::SetPosition(id, position) => write(marks::Write::Position(id, position)),
            Effect::Refresh { outlets, force } => {
                task(move |runtime| runtime.refresh(outlets, force))
            }
            Effect::StopRefresh => {
                task(|runtime| runtime.stop_refresh.store(true, Ordering::SeqCst))
            }
            Effect::PlaceStories => task(Runtime::place),
            Effect::StopCommands => task(|runtime| runtime.running.stop()),
            Effect::FetchText(id) => task(move |runtime| runtime.fetch_text(id)),
            Effect::ExplainText { id, columns } => {
                task(move |runtime| runtime.explain_text(id, columns))
            }
            Effect::Discover(url) => task(move |runtime| runtime.discover(url)),
            Effect::Readdress { outlet, url } => {
                task(move |runtime| runtime.readdress(outlet, url))
            }
            Effect::EditConfig(edit) => task(move |runtime| runtime.edit_config(edit)),
            Effect::LoadPicture { url, room, fetch } => {
                Step::Task(Box::new(move |runtime, pictures| {
                    runtime.picture(url, room, fetch, pictures);
                }))
            }
            Effect::Browse(url) => task(move |runtime| runtime.browse(&url)),
            Effect::Copy(text) => task(move |runtime| runtime.copy(text, String::new())),
            Effect::CopyAddresses { ids, title } => {
                task(move |runtime| runtime.copy_addresses(&ids, title))
            }
            Effect::Pipe {
                ids,
                command,
                format,
            } => task(move |runtime| runtime.pipe(&ids, command, format)),
            Effect::Save { id, path, over } => task(move |runtime| runtime.save(id, path, over)),
            Effect::SaveAll { ids, folder } => task(move |runtime| runtime.save_all(&ids, folder)),
            Effect::RunMacro { index, id } => task(move |runtime| runtime.run_macro(index, id)),
            Effect::After(time, timer) => task(move |runtime| {
                let sender = runtime.sender.clone();
                let timers = &mut runtime.timers;
                timers
                    .get_or_insert_with(|| Timers::start(sender))
                    .set(time, timer);
            }),
        }
    }

    /// Lines of an article: those of small ones at once, of large ones those that are seen first, and the
    /// rest from a thread where it is needed.
    fn lay_out(
        &self,
        id: ArticleId,
        html: Arc<str>,
        (width, wide): (u16, u16),
        (lines, whole): (usize, bool),
        image_rows: Vec<(String, u16)>,
    ) -> Event {
        let options = layout::Options {
            width,
            wide,
            links: layout::Links::NumberedOnly,
            images: layout::Images::Line,
            image_rows,
            ascii: self.ascii,
        };
        if html.len() < SMALL || whole && html.len() < LARGE {
            let laid = layout(&html, &options);
            return Event::Laid { id, width, laid };
        }
        let laid = layout_prefix(&html, &options, lines);
        if laid.partial && whole {
            self.spawn("layout", move || {
                let laid = layout(&html, &options);
                Some(Event::Laid { id, width, laid })
            });
        }
        Event::Laid { id, width, laid }
    }

    fn fetch_text(&self, id: ArticleId) {
        let (config, on_demand) = (self.config(), Arc::clone(&self.on_demand));
        self.spawn("fetch", move || {
            let result = on_demand.fetch_text(&config, id);
            let result = result.map_err(|error| error.to_string());
            Some(Event::Fetched(id, result))
        });
    }

    fn explain_text(&self, id: ArticleId, columns: usize) {
        let (config, on_demand) = (self.config(), Arc::clone(&self.on_demand));
        self.spawn("fetch", move || {
            Some(match on_demand.explain_text(&config, id) {
                Ok(explanation) => Event::Explained(explanation::lines(&explanation, columns)),
                Err(why) => Event::Failed(format!("Cannot explain the text: {why}")),
            })
        });
    }

    fn discover(&self, url: String) {
        let (config, on_demand) = (self.config(), Arc::clone(&self.on_demand));
        let sender = self.sender.clone();
        self.spawn("discover", move || {
            let tried = |tried| {
                let url = url.clone();
                let _ = sender.send(LoopMessage::Event(Event::Discovering { url, tried }));
            };
            Some(refresh::discover(&on_demand, &config, &url, &tried))
        });
    }

    /// Looks at what an address offers, and gives it to the outlet if that is anything.
    fn readdress(&self, outlet: String, url: String) {
        let (config, on_demand) = (Arc::clone(&self.config), Arc::clone(&self.on_demand));
        let (now, sender) = (self.config(), self.sender.clone());
        self.spawn("discover", move || {
            let found = refresh::readdress(&on_demand, &now, &outlet, &url, &|tried| {
                let url = url.clone();
                let _ = sender.send(LoopMessage::Event(Event::Discovering { url, tried }));
            });
            let (edit, said) = match found {
                Ok(found) => found,
                Err(why) => return Some(Event::Failed(why)),
            };
            for message in config_file::change(&config, &edit) {
                let message = match message {
                    LoopMessage::Event(Event::Said(_)) => {
                        LoopMessage::Event(Event::Said(said.clone()))
                    }
                    other => other,
                };
                let _ = sender.send(message);
            }
            None
        });
    }

    fn edit_config(&self, edit: ConfigEdit) {
        let (config, sender) = (Arc::clone(&self.config), self.sender.clone());
        self.spawn("config", move || {
            for message in config_file::change(&config, &edit) {
                let _ = sender.send(message);
            }
            None
        });
    }

    /// The config is another one: the store is told which outlets there are.
    pub fn configured(&mut self) {
        self.write(marks::Write::Sync { tell: true });
    }

    /// The outlets that a config no longer has and that still have articles.
    pub fn removed(&self, config: &Config) -> Vec<String> {
        crate::library::counts::removed(&self.store, config).unwrap_or_default()
    }

    /// The config in force, for who watches its file.
    pub fn shared_config(&self) -> config_file::Shared {
        Arc::clone(&self.config)
    }

    fn browse(&self, url: &str) {
        let command = self.config().reader.browser;
        match browser::browser(&command, url) {
            Ok(browser::Browser::Opened(said)) => self.send(Event::Said(said)),
            Ok(browser::Browser::Terminal(command)) => {
                let _ = self.sender.send(LoopMessage::Foreground(command));
            }
            Err(why) => self.send(Event::Failed(why)),
        }
    }

    /// Copies; `note` is said with it.
    fn copy(&self, text: String, note: String) {
        let (clipboard, terminal) = (self.clipboard.clone(), self.terminal.clone());
        self.spawn("copy", move || {
            let said = clipboard.copy(&text, &terminal);
            Some(said.map_or_else(Event::Failed, |said| Event::Said(said + &note)))
        });
    }

    fn copy_addresses(&self, ids: &[ArticleId], title: bool) {
        let articles: Vec<Article> = self
            .articles(ids)
            .into_iter()
            .map(|(article, _)| article)
            .collect();
        let (text, without) = copied_addresses(&articles, title);
        match (articles.len(), without) {
            (0, _) => {}
            (_, 0) => self.copy(text, String::new()),
            (all, without) if all == without => {
                self.send(Event::Failed("No address to copy.".to_owned()));
            }
            (_, 1) => self.copy(text, "; 1 article has no address".to_owned()),
            (_, n) => self.copy(text, format!("; {n} articles have no address")),
        }
    }

    /// The articles of these, with their earlier texts; what is wrong is said.
    fn articles(&self, ids: &[ArticleId]) -> Vec<Whole> {
        let mut found = Vec::new();
        for id in ids {
            match self.whole(*id) {
                Ok(Some(article)) => found.push(article),
                Ok(None) => self.send(Event::Failed("This article was deleted.".to_owned())),
                Err(error) => self.send(Event::Failed(error.to_string())),
            }
        }
        found
    }

    fn pipe(&self, ids: &[ArticleId], command: String, format: Format) {
        let articles = self.articles(ids);
        if articles.is_empty() {
            return;
        }
        let title = newsprint_html::safe_text::line(&command);
        self.command("pipe", title, move |running| {
            let texts = articles.iter().map(|one| formats::article(one, format));
            let texts: Vec<String> = texts.collect();
            Some(commands::pipe(&command, texts.join("\n"), running))
        });
    }

    fn save(&self, id: ArticleId, path: String, over: bool) {
        let Some(article) = self.articles(&[id]).pop() else {
            return;
        };
        self.spawn("save", move || {
            Some(match files::save(&article, &path, over) {
                Ok(files::Saved::Done(said)) => Event::Said(said),
                Ok(files::Saved::Exists(free)) => Event::Exists { id, path, free },
                Err(why) => Event::Failed(why),
            })
        });
    }

    fn save_all(&self, ids: &[ArticleId], folder: String) {
        let articles = self.articles(ids);
        self.spawn("save", move || {
            Some(files::save_all(&articles, &folder).map_or_else(Event::Failed, Event::Said))
        });
    }

    fn run_macro(&self, index: usize, id: Option<ArticleId>) {
        let config = self.config();
        let article = id.and_then(|id| self.whole(id).ok().flatten());
        let Some(own) = config.macros.get(index) else {
            return;
        };
        let first = own.commands.first().and_then(|words| words.first());
        let title = match own.description.as_str() {
            "" => first.cloned().unwrap_or_default(),
            said => said.to_owned(),
        };
        self.command("macro", title, move |running| {
            let own = config.macros.get(index)?;
            Some(commands::run_macro(own, article.as_ref(), running))
        });
    }

    /// Runs a command on a thread; that it runs is shown until it ends.
    fn command(
        &self,
        name: &str,
        title: String,
        work: impl FnOnce(&commands::Running) -> Option<Event> + Send + 'static,
    ) {
        let (running, sender) = (self.running.clone(), self.sender.clone());
        self.spawn(name, move || {
            let send = |event| drop(sender.send(LoopMessage::Event(event)));
            send(Event::CommandStarted(title.clone()));
            let event = work(&running);
            send(Event::CommandEnded(title));
            event
        });
    }

    /// An article with its earlier texts, to be given out.
    fn whole(&self, id: ArticleId) -> newsprint_store::Result<Option<Whole>> {
        let Some(article) = self.store.article(id)? else {
            return Ok(None);
        };
        Ok(Some((article, self.store.revisions(id)?)))
    }

    fn rows(
        &mut self,
        ticket: u64,
        list: &List,
        at: At,
        limit: usize,
        fill: Fill,
    ) -> newsprint_store::Result<Event> {
        let rows = self.store.headlines(list, at, limit)?;
        let first = match (fill, rows.first()) {
            // Of folded lists the thread that counts finds it.
            (Fill::Here, Some(first)) if list.fold == Fold::Never => {
                Some(self.store.position(list, first.cursor())?)
            }
            _ => None,
        };
        let ids: Vec<ArticleId> = rows.iter().map(|row| row.id).collect();
        Ok(Event::Rows {
            ticket,
            end: rows.len() < limit,
            folds: self.store.folded(list, &ids)?,
            rows,
            fill,
            first,
        })
    }

    /// The next unread article by the marks of now, among the articles of the list.
    fn seek(
        &mut self,
        ticket: u64,
        list: List,
        from: newsprint_model::Cursor,
        forward: bool,
    ) -> newsprint_store::Result<Event> {
        let now = self.store.now()?;
        let as_of = list.as_of.map(|then| AsOf {
            change: now.change,
            ..then
        });
        let unread = List {
            query: list.query.with_is(Is::Unread),
            as_of,
            fold: Fold::Never,
        };
        // Of a folded list many may belong to lines that one has passed.
        let wanted = if list.fold == Fold::Never { 1 } else { 100 };
        let mut at = from;
        let place = loop {
            let page = match forward {
                true => self.store.cursors(&unread, At::After(at), wanted)?,
                false => self.store.cursors(&unread, At::Before(at), wanted)?,
            };
            let nearest: Box<dyn Iterator<Item = &Cursor>> = match forward {
                true => Box::new(page.iter()),
                false => Box::new(page.iter().rev()),
            };
            let mut found = None;
            for cursor in nearest {
                at = *cursor;
                let line = match list.fold {
                    Fold::Never => *cursor,
                    _ => self.store.line_of(&list, *cursor)?,
                };
                // An article of a line that lies on the other side, or of the line itself, leads nowhere.
                if (forward && line < from) || (!forward && line > from) {
                    found = Some(line);
                    break;
                }
            }
            if found.is_some() || page.len() < wanted {
                break found;
            }
        };
        Ok(Event::Sought { ticket, place })
    }

    fn refresh(&mut self, outlets: Vec<String>, force: bool) {
        let config = self.config();
        let stop = Arc::new(AtomicBool::new(false));
        self.stop_refresh = Arc::clone(&stop);
        let sender = self.sender.clone();
        let shared = Arc::clone(&self.config);
        self.refreshing = self.start("refresh", move || {
            let event = refresh::refresh(&config, outlets, force, &stop, &sender);
            // A server may have other outlets by now.
            let joined = crate::refresh::with_accounts(config_file::lock(&shared).clone());
            if joined.outlets != config.outlets {
                config_file::lock(&shared).clone_from(&joined);
                let _ = sender.send(LoopMessage::Config(Box::new(joined)));
            }
            Some(event)
        });
    }

    fn picture(&mut self, url: String, room: (u16, u16), fetch: bool, pictures: &mut Pictures) {
        if let Some(rows) = pictures.rows(&url, room) {
            self.send(Event::Picture {
                url,
                rows: Ok(rows),
            });
            return;
        }
        let Some(maker) = pictures.maker() else {
            return;
        };
        let (config, on_demand) = (self.config(), Arc::clone(&self.on_demand));
        let sender = self.sender.clone();
        let _ = super::thread(
            "picture",
            self.sender.clone(),
            Box::new(move || {
                let picture = maker.make(&on_demand, &config, (&url, fetch), room);
                let _ = sender.send(LoopMessage::Picture(url, Box::new(picture)));
            }),
        );
    }

    fn read(&mut self, request: counts::Request) {
        let (path, sender, config) = (
            self.store.path().to_owned(),
            self.sender.clone(),
            Arc::clone(&self.config),
        );
        let worker = self.reader.get_or_insert_with(|| {
            Worker::start("reader", self.sender.clone(), move |jobs| {
                counts::run(&path, &config, &jobs, &sender);
            })
        });
        worker.send(request);
    }

    fn write(&mut self, wanted: marks::Write) {
        let (path, sender, config, latest) = (
            self.store.path().to_owned(),
            self.sender.clone(),
            Arc::clone(&self.config),
            Arc::clone(&self.latest),
        );
        let worker = self.writer.get_or_insert_with(|| {
            Worker::start("writer", self.sender.clone(), move |jobs| {
                marks::run(&path, &config, &jobs, &latest, &sender);
            })
        });
        worker.send(wanted);
    }

    fn search(&mut self, page: search::Page) {
        let (path, sender) = (self.store.path().to_owned(), self.sender.clone());
        self.search
            .get_or_insert_with(|| search::Searcher::start(path, sender))
            .search(page);
    }

    fn config(&self) -> Config {
        self.shared().clone()
    }

    fn shared(&self) -> MutexGuard<'_, Config> {
        self.config
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn send(&self, event: Event) {
        let _ = self.sender.send(LoopMessage::Event(event));
    }

    /// Runs something on a thread of its own; its fact comes back as any other.
    fn spawn(&self, name: &str, work: impl FnOnce() -> Option<Event> + Send + 'static) {
        self.start(name, work);
    }

    /// The same, with the thread to wait for.
    fn start(
        &self,
        name: &str,
        work: impl FnOnce() -> Option<Event> + Send + 'static,
    ) -> Option<JoinHandle<()>> {
        let sender = self.sender.clone();
        let started = super::thread(
            name,
            self.sender.clone(),
            Box::new(move || {
                if let Some(event) = work() {
                    let _ = sender.send(LoopMessage::Event(event));
                }
            }),
        );
        started
            .map_err(|error| {
                self.send(Event::Failed(format!(
                    "no thread could be started: {error}"
                )));
            })
            .ok()
    }

    /// Ends: a refresh is told to stop and may store how its sources answered, and what was marked is
    /// stored before this returns.
    pub fn finish(&mut self) {
        self.stop_refresh.store(true, Ordering::SeqCst);
        self.stop_placing.store(true, Ordering::SeqCst);
        // What was marked last may be in a file or a log that was lost a moment ago.
        let _ = self.reopened();
        if let Some(writer) = self.writer.take() {
            writer.finish();
        }
        if let Some(thread) = self.refreshing.take() {
            worker::wait(&thread, REFRESH_END);
        }
        if let Some(thread) = self.placing.take() {
            worker::wait(&thread, REFRESH_END);
        }
    }
}
