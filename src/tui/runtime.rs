//! Performs what the state asks for and sends back what came of it. Reads of a few milliseconds run
//! at once; all else runs on threads that start when first needed. Never here: what is asked, when.

mod commands;
mod counts;
mod history;
mod marks;
mod search;
mod worker;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::config::Config;
use crate::refresh::OnDemand;
use newsprint_html::layout::{self, layout, layout_prefix};
use newsprint_model::Time;
use newsprint_model::query::Is;
use newsprint_store::{AsOf, At, List, Store};

use super::LoopMessage;
use super::effect::{Effect, Fill};
use super::event::Event;
use super::images::Pictures;
use super::terminal::Terminal;
use worker::Worker;

/// HTML beyond this is laid out on a thread, after its first screenful.
const LARGE: usize = 48 * 1024;

/// How long a refresh that was told to stop has to store what it knows.
const REFRESH_END: Duration = Duration::from_secs(2);

/// What the loop itself must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoopCommand {
    /// Nothing.
    None,
    /// Draw every cell anew.
    Redraw,
    /// Stop until `fg`.
    Suspend,
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
    reader: Option<Worker<counts::Job>>,
    search: Option<search::Searcher>,
    writer: Option<Worker<marks::Job>>,
    stop_refresh: Arc<AtomicBool>,
    /// The last refresh, which may still run.
    refreshing: Option<JoinHandle<()>>,
    /// Asks for texts, pictures and what sites offer.
    on_demand: Arc<OnDemand>,
    clipboard: commands::Clipboard,
    /// What waits until the first frame is on the screen.
    waiting: Option<Vec<Effect>>,
    layout: LayoutLook,
}

#[derive(Clone, Copy)]
struct LayoutLook {
    ascii: bool,
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
            stop_refresh: Arc::new(AtomicBool::new(false)),
            refreshing: None,
            clipboard: commands::Clipboard::default(),
            waiting: Some(Vec::new()),
            layout: LayoutLook { ascii },
        }
    }

    /// What the reader has to know of a damaged database that was set aside.
    pub fn rescued(&self) -> Option<Event> {
        let rescue = self.store.rescued()?;
        Some(Event::Output {
            title: match rescue.set_aside {
                Some(_) => "The database was damaged".to_owned(),
                None => "The database was missing or empty".to_owned(),
            },
            text: format!(
                "{}{} marks are kept and apply again when a refresh brings the articles back.",
                rescue
                    .set_aside
                    .as_ref()
                    .map_or_else(String::new, |aside| format!(
                        "It has been set aside as {}.\n\n",
                        aside.display()
                    )),
                rescue.marks
            ),
            ok: true,
        })
    }

    /// The first frame is on the screen: what waited is done now.
    pub fn drawn(&mut self, now: Time, pictures: &mut Pictures) {
        let waiting = self.waiting.take().unwrap_or_default();
        self.write(marks::Job::Sync);
        for effect in waiting {
            self.perform(effect, now, pictures);
        }
    }

    /// Whether another connection has written since the last call.
    pub fn store_changed(&mut self) -> bool {
        let version = self.store.data_version().unwrap_or(self.version);
        std::mem::replace(&mut self.version, version) != version
    }

    /// Does what is asked; gives the facts that are known at once.
    pub fn perform(
        &mut self,
        effect: Effect,
        now: Time,
        pictures: &mut Pictures,
    ) -> (Vec<Event>, LoopCommand) {
        let fact = match effect {
            Effect::OpenList { ticket, query } => self.store.now().map(|as_of| Event::Opened {
                ticket,
                list: List::fixed(&query, now, as_of),
            }),
            Effect::LoadRows {
                ticket,
                list,
                at,
                limit,
                fill,
            } => self.rows(ticket, &list, at, limit, fill),
            Effect::Seek {
                ticket,
                list,
                from,
                forward,
            } => self.seek(ticket, list, from, forward),
            Effect::LoadHeadlines(ids) => self.store.headlines_of(&ids).map(Event::Headlines),
            Effect::LoadArticle(id) => self
                .store
                .article(id)
                .map(|article| Event::Article(id, article.map(Box::new))),
            Effect::LayOut {
                id,
                html,
                width,
                lines,
                image_rows,
            } => {
                let options = layout::Options {
                    width,
                    wide: 0,
                    links: layout::Links::NumberedOnly,
                    images: layout::Images::Line,
                    image_rows,
                    ascii: self.layout.ascii,
                };
                if html.len() < LARGE {
                    let laid = layout(&html, &options);
                    return (vec![Event::Laid { id, width, laid }], LoopCommand::None);
                }
                let laid = layout_prefix(&html, &options, lines);
                if laid.partial {
                    self.spawn("layout", move || {
                        let laid = layout(&html, &options);
                        Some(Event::Laid { id, width, laid })
                    });
                }
                Ok(Event::Laid { id, width, laid })
            }
            Effect::Quit => return (Vec::new(), LoopCommand::Quit),
            Effect::Suspend => return (Vec::new(), LoopCommand::Suspend),
            Effect::Redraw => return (Vec::new(), LoopCommand::Redraw),
            Effect::Mouse(on) => {
                let _ = self.terminal.mouse(on);
                return (Vec::new(), LoopCommand::None);
            }
            later => {
                if let Some(waiting) = &mut self.waiting {
                    waiting.push(later);
                } else {
                    self.later(later, now, pictures);
                }
                return (Vec::new(), LoopCommand::None);
            }
        };
        let event = fact.unwrap_or_else(|error| Event::Failed(error.to_string()));
        (vec![event], LoopCommand::None)
    }

    /// What runs on threads.
    fn later(&mut self, effect: Effect, now: Time, pictures: &mut Pictures) {
        match effect {
            Effect::Count { ticket, list } => self.read(counts::Job::Count { ticket, list }),
            Effect::CountNew { ticket, list } => self.read(counts::Job::CountNew { ticket, list }),
            Effect::LoadSidebar { ticket, query } => {
                self.read(counts::Job::Sidebar { ticket, query, now });
            }
            Effect::LoadHistory => self.read(counts::Job::History),
            Effect::Remember(ask, line) => self.write(marks::Job::Remember(ask, line)),
            Effect::LoadHealth => self.read(counts::Job::Health),
            Effect::LoadRevisions(id) => self.read(counts::Job::Revisions(id)),
            Effect::Search {
                ticket,
                list,
                offset,
                limit,
                width,
            } => self.search(search::Job {
                ticket,
                list,
                offset,
                limit,
                width,
            }),
            Effect::Mark(ids, mark) => self.write(marks::Job::Mark(ids, mark)),
            Effect::MarkList(list, mark) => self.write(marks::Job::MarkList(list, mark)),
            Effect::Undo => self.write(marks::Job::Undo),
            Effect::SetPosition(id, position) => {
                self.write(marks::Job::Position(id, position));
            }
            Effect::Refresh { outlets, force } => self.refresh(outlets, force),
            Effect::StopRefresh => self.stop_refresh.store(true, Ordering::SeqCst),
            Effect::FetchText(id) => {
                let (config, on_demand) = (self.config(), Arc::clone(&self.on_demand));
                self.spawn("fetch", move || {
                    let result = on_demand
                        .fetch_text(&config, id)
                        .map(|_| ())
                        .map_err(|error| error.to_string());
                    Some(Event::Fetched(id, result))
                });
            }
            Effect::Discover(url) => {
                let (config, on_demand) = (self.config(), Arc::clone(&self.on_demand));
                self.spawn("discover", move || {
                    let offer = commands::discover(&on_demand, &config, &url);
                    Some(Event::Discovered(offer))
                });
            }
            Effect::AddOutlet { name, url } => {
                let config = Arc::clone(&self.config);
                self.spawn("config", move || {
                    Some(
                        commands::add_outlet(&config, &name, &url)
                            .map_or_else(Event::Failed, |names| Event::Added(name, names)),
                    )
                });
            }
            Effect::SaveView { name, query } => {
                // Known at once to the thread that counts, whenever the file is written.
                let file = {
                    let mut config = self.shared();
                    if let Ok(parsed) = newsprint_model::query::parse(&query) {
                        config.views.push(crate::config::View {
                            name: name.clone(),
                            text: query.clone(),
                            query: parsed,
                            key: None,
                        });
                    }
                    config.file.clone()
                };
                self.spawn("config", move || {
                    Some(
                        commands::save_view(&file, &name, &query)
                            .map_or_else(Event::Failed, Event::Said),
                    )
                });
            }
            Effect::SaveTag(change) => {
                let file = {
                    let mut config = self.shared();
                    let tags = &mut config.tags;
                    let list = if change.mute {
                        &mut tags.mute
                    } else {
                        &mut tags.hide
                    };
                    let folded = newsprint_model::fold(&change.tag);
                    list.retain(|have| newsprint_model::fold(have) != folded);
                    if change.on {
                        list.push(change.tag.clone());
                    }
                    config.file.clone()
                };
                self.spawn("config", move || {
                    Some(commands::save_tag(&file, &change).map_or_else(Event::Failed, Event::Said))
                });
            }
            Effect::LoadPicture { url, room } => self.picture(url, room, pictures),
            Effect::Browse(url) => {
                let command = self.config().reader.browser;
                match commands::browser(&command, &url) {
                    Ok(commands::Browser::Opened(said)) => self.send(Event::Said(said)),
                    Ok(commands::Browser::Terminal(command)) => {
                        let _ = self.sender.send(LoopMessage::Foreground(command));
                    }
                    Err(why) => self.send(Event::Failed(why)),
                }
            }
            Effect::Copy(text) => {
                let said = self.clipboard.copy(&text, &self.terminal);
                self.send(said.map_or_else(Event::Failed, Event::Said));
            }
            Effect::Pipe {
                id,
                command,
                format,
            } => match self.whole(id) {
                Ok(Some(article)) => self.spawn("pipe", move || {
                    let text = crate::export::formats::article(&article, format);
                    Some(commands::pipe(&command, text))
                }),
                Ok(None) => self.send(Event::Failed("The article is gone.".into())),
                Err(error) => self.send(Event::Failed(error.to_string())),
            },
            Effect::Save { id, path, over } => match self.whole(id) {
                Ok(Some(article)) => self.spawn("save", move || {
                    Some(match commands::save(&article, &path, over) {
                        Ok(commands::Saved::Done(said)) => Event::Said(said),
                        Ok(commands::Saved::Exists(free)) => Event::Exists { id, path, free },
                        Err(why) => Event::Failed(why),
                    })
                }),
                Ok(None) => self.send(Event::Failed("The article is gone.".into())),
                Err(error) => self.send(Event::Failed(error.to_string())),
            },
            Effect::RunMacro { index, id } => {
                let config = self.config();
                let article = id.and_then(|id| self.whole(id).ok().flatten());
                self.spawn("macro", move || {
                    let own = config.macros.get(index)?;
                    Some(commands::run_macro(own, article.as_ref()))
                });
            }
            Effect::After(time, name) => self.spawn("timer", move || {
                std::thread::sleep(time);
                Some(Event::Time(name))
            }),
            // Done at once, in `perform`.
            _ => {}
        }
    }

    /// An article with its earlier texts, to be given out.
    fn whole(
        &self,
        id: newsprint_model::ArticleId,
    ) -> newsprint_store::Result<Option<crate::export::formats::Whole>> {
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
            (Fill::Here, Some(first)) => Some(self.store.position(list, first.cursor())?),
            _ => None,
        };
        Ok(Event::Rows {
            ticket,
            end: rows.len() < limit,
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
        let list = List {
            query: list.query.with_is(Is::Unread),
            as_of,
        };
        let at = if forward {
            At::After(from)
        } else {
            At::Before(from)
        };
        let rows = self.store.headlines(&list, at, 1)?;
        Ok(Event::Sought {
            ticket,
            place: rows.last().map(newsprint_model::Headline::cursor),
        })
    }

    fn refresh(&mut self, outlets: Vec<String>, force: bool) {
        let config = self.config();
        let stop = Arc::new(AtomicBool::new(false));
        self.stop_refresh = Arc::clone(&stop);
        let sender = self.sender.clone();
        self.refreshing = self.start("refresh", move || {
            Some(commands::refresh(&config, outlets, force, &stop, &sender))
        });
    }

    fn picture(&mut self, url: String, room: (u16, u16), pictures: &mut Pictures) {
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
                let picture = maker.make(&on_demand, &config, &url, room);
                let _ = sender.send(LoopMessage::Picture(url, Box::new(picture)));
            }),
        );
    }

    fn read(&mut self, job: counts::Job) {
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
        worker.send(job);
    }

    fn write(&mut self, job: marks::Job) {
        let (path, sender, config) = (
            self.store.path().to_owned(),
            self.sender.clone(),
            Arc::clone(&self.config),
        );
        let worker = self.writer.get_or_insert_with(|| {
            Worker::start("writer", self.sender.clone(), move |jobs| {
                marks::run(&path, &config, &jobs, &sender);
            })
        });
        worker.send(job);
    }

    fn search(&mut self, job: search::Job) {
        let (path, sender) = (self.store.path().to_owned(), self.sender.clone());
        self.search
            .get_or_insert_with(|| search::Searcher::start(path, sender))
            .search(job);
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
        if let Some(writer) = self.writer.take() {
            writer.finish();
        }
        if let Some(thread) = self.refreshing.take() {
            worker::wait(&thread, REFRESH_END);
        }
    }
}
