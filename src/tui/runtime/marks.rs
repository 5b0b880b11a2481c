//! The one thread that writes marks and positions. Never here: reading for the screen.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::history;
use crate::config::Config;
use crate::tui::LoopMessage;
use crate::tui::event::{Event, StoryChanged, Tagged};
use crate::tui::state::marks::done;
use crate::tui::state::prompt::Ask;
use newsprint_model::query::{Is, Query};
use newsprint_model::{ArticleId, Cursor, Mark, StoryId, Time};
use newsprint_store::{
    At, FileId, FileState, Fold, Kept, List, Named, Rescue, Result, Store, StoreError, StoryChange,
    TagsChange,
};

/// The memo that keeps how the reader was left.
pub const SESSION: &str = "reader session";

/// What it is asked.
#[derive(Clone)]
pub enum Write {
    /// Tell the store which outlets there are.
    Sync {
        /// Say when it is done.
        tell: bool,
    },
    /// Mark these, and what the list could name of them.
    Mark(Vec<ArticleId>, Mark, Vec<Named>),
    /// Mark a list as it was shown.
    List(List, Mark),
    /// Mark as read what stands in a list above an article, or below it.
    Side {
        /// Which list.
        list: List,
        /// The article.
        from: Cursor,
        /// Below it.
        below: bool,
    },
    /// Mark as read what a query finds now.
    Query(Query, Time),
    /// Do these once more, without a word.
    Again(Vec<Again>),
    /// Undo the last mark.
    Undo,
    /// Set unread again what a sync made read in bulk.
    UndoSync,
    /// Part articles from their stories.
    Part(Vec<ArticleId>),
    /// Join articles to the story of another.
    Join(Vec<ArticleId>, ArticleId),
    /// Undo what was parted or joined.
    UndoStory(StoryChange),
    /// Give articles tags, and take others that were given.
    Tags {
        /// The articles.
        ids: Vec<ArticleId>,
        /// Tags that they get.
        add: Vec<String>,
        /// Tags that they lose.
        remove: Vec<String>,
    },
    /// Undo that.
    UndoTags(TagsChange),
    /// Keep how the reader was left.
    Session(String),
    /// Remember how far an article was read.
    Position(ArticleId, u32),
    /// Remember a line that was typed.
    Remember(Ask, String),
}

/// What was done, to be done once more in another database: doing it twice changes nothing.
#[derive(Clone)]
pub enum Again {
    /// Marks of articles, whatever numbers these have there.
    Marks(Vec<Named>, Mark),
    /// Tags and positions, where articles keep their numbers.
    Other(Write),
}

impl Write {
    /// Whether it changes what the copy of the marks has.
    fn is_mark(&self) -> bool {
        match self {
            Write::Mark(..)
            | Write::List(..)
            | Write::Side { .. }
            | Write::Query(..)
            | Write::Again(_)
            | Write::Undo
            | Write::UndoSync
            | Write::Part(_)
            | Write::Join(..)
            | Write::UndoStory(_)
            | Write::Tags { .. }
            | Write::UndoTags(_)
            | Write::Position(..) => true,
            Write::Sync { .. } | Write::Session(_) | Write::Remember(..) => false,
        }
    }
}

/// What whoever opens the database anew has to know; shared by the two threads that do.
pub type Shared = Arc<Mutex<Latest>>;

/// What this thread knows that no file has.
#[derive(Default)]
pub struct Latest {
    /// Marks that neither the copy nor, should its log be lost, the database has.
    uncopied: Vec<Again>,
    /// What became of a damaged database that this thread met, until it is told.
    rescue: Option<Rescue>,
    /// From which file it went to which: others that come the same way bring nothing that it has not.
    gone: Option<(FileId, FileId)>,
}

/// Of more articles than these the copy is written at once: naming each would take longer.
const MANY: usize = 1_000;

/// Said where what was asked for speaks of articles of a database that is lost.
const NOT_MARKED: &str = "Not done: the database was lost and a new one was made; try again.";

fn latest(shared: &Shared) -> MutexGuard<'_, Latest> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn take(shared: &Shared) -> Vec<Again> {
    std::mem::take(&mut latest(shared).uncopied)
}

/// From which file the writing thread went to which, for [`Store::reopen_after`].
pub fn gone(shared: &Shared) -> Option<(FileId, FileId)> {
    latest(shared).gone
}

/// What became of a damaged database that the writing thread met; it is told once.
pub fn take_rescue(shared: &Shared) -> Option<Rescue> {
    latest(shared).rescue.take()
}

/// Takes the marks that a store may not have which was opened in the place of another, of which it has `kept`. They
/// are of the last seconds. Whether a copy has them cannot be told from its time: whoever wrote it may have had another
/// database.
pub fn take_missing(shared: &Shared, kept: Kept) -> Vec<Again> {
    let mut missing = take(shared);
    missing.retain(|again| match kept {
        Kept::All => false,
        Kept::Articles | Kept::Copied => true,
        // The numbers may be those of other articles.
        Kept::Nothing => matches!(again, Again::Marks(..)),
    });
    missing
}

/// Opens what is in the place of the file of `store`, and does there what is missing.
fn reopened(store: &Store, config: &Mutex<Config>, shared: &Shared) -> Result<(Store, Kept)> {
    let (new, kept) = store.reopen()?;
    let missing = take_missing(shared, kept);
    // A store that can be read and not written says so of the next mark.
    let _ = write(&new, config, Write::Again(missing.clone()));
    let (from, to) = (store.file(), new.file());
    let mut latest = latest(shared);
    // No copy has them yet.
    latest.uncopied.extend(missing);
    latest.gone = Some(match latest.gone {
        Some((first, last)) if last == from => (first, to),
        _ => (from, to),
    });
    if let Some(rescue) = new.rescued() {
        latest.rescue = Some(rescue.clone());
    }
    drop(latest);
    Ok((new, kept))
}

/// Writes the copy of the marks; first what the database has lost meanwhile.
fn copy(store: &mut Store, config: &Mutex<Config>, shared: &Shared) {
    // What another met damage in is looked at by the next write.
    let is_there = !matches!(
        store.file_state(),
        Ok(FileState::Removed | FileState::Replaced | FileState::Truncated | FileState::LogLost)
    );
    let mut saved = match is_there {
        true => store.save_marks(),
        false => Err(StoreError::Replaced(store.path().to_owned())),
    };
    if let Err(StoreError::Replaced(_) | StoreError::Damaged(_)) = saved
        && let Ok((new, _)) = reopened(store, config, shared)
    {
        *store = new;
        saved = store.save_marks();
    }
    // Where it cannot be written, the marks are still in the database.
    if saved.is_ok() {
        take(shared);
    }
}

/// What is to be done in the database that is there now, which has `kept` of the one before; `None` where nobody
/// knows any more which articles were meant.
fn for_new_store(wanted: Write, before: Option<&Again>, kept: Kept) -> Option<Write> {
    match (before, wanted) {
        (Some(marks @ Again::Marks(..)), Write::Mark(..)) => {
            Some(Write::Again(vec![marks.clone()]))
        }
        (Some(marks @ Again::Marks(..)), Write::Undo) if kept == Kept::Nothing => {
            Some(Write::Again(vec![marks.clone()]))
        }
        (_, wanted @ (Write::Query(..) | Write::Again(_))) => Some(wanted),
        // By its number it may be another article, and lists are of the store that showed them.
        (_, wanted) if wanted.is_mark() && kept == Kept::Nothing => None,
        (_, wanted) => Some(wanted),
    }
}

/// The copy of the marks is written when none was made for so long …
const COPY_AFTER: Duration = Duration::from_secs(1);

/// … and so long after the first, where one mark follows the other.
const COPY_AT_LATEST: Duration = Duration::from_secs(2);

/// Takes jobs until there are no more to come.
pub fn run(
    path: &Path,
    config: &Arc<Mutex<Config>>,
    jobs: &Receiver<Write>,
    shared: &Shared,
    sender: &Sender<LoopMessage>,
) {
    // What is wanted while the store cannot be opened (too few file handles) is done as soon as it can.
    let mut held = VecDeque::new();
    let mut store = loop {
        match Store::open(path) {
            Ok(store) => break store,
            Err(error) => {
                let said = match held.iter().any(Write::is_mark) {
                    true => format!("Not stored: {error}"),
                    false => error.to_string(),
                };
                let _ = sender.send(LoopMessage::Event(Event::Failed(said)));
                match jobs.recv() {
                    Ok(wanted) => held.push_back(wanted),
                    Err(_) => return,
                }
            }
        }
    };
    if let Ok(config) = config.lock() {
        store.mark_copies(config.reader.mark_copies);
    }
    // A session that was killed may have left marks that are in no copy.
    let _ = store.save_marks();
    let mut first_uncopied: Option<Instant> = None;
    loop {
        // The copy that marks come back from follows them when there is no more to write, or after a while.
        let wanted = match first_uncopied {
            _ if !held.is_empty() => held.pop_front().ok_or(RecvTimeoutError::Disconnected),
            None => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(first) => {
                jobs.recv_timeout(COPY_AFTER.min(COPY_AT_LATEST.saturating_sub(first.elapsed())))
            }
        };
        let wanted = match wanted {
            Ok(wanted) => wanted,
            Err(RecvTimeoutError::Timeout) => {
                first_uncopied = None;
                copy(&mut store, config, shared);
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        };
        let is_mark = wanted.is_mark();
        if is_mark {
            first_uncopied.get_or_insert_with(Instant::now);
        }
        let wanted = by_name(&store, wanted);
        let before = again(&store, &wanted);
        let mut done = write(&store, config, wanted.clone());
        if let Err(StoreError::Replaced(_) | StoreError::Damaged(_)) = done {
            // Nothing that was marked is lost: it is written to the file that is there now, or is made of what was
            // damaged.
            match reopened(&store, config, shared) {
                Ok((new, kept)) => {
                    store = new;
                    done = match for_new_store(wanted, before.as_ref(), kept) {
                        Some(wanted) => write(&store, config, wanted),
                        None => Ok(Some(Event::Failed(NOT_MARKED.to_owned()))),
                    };
                }
                Err(error) => done = Err(error),
            }
            let _ = sender.send(LoopMessage::Touched);
        }
        let missing = match (&done, before) {
            (Err(_), _) => None,
            // Of a list one knows only now what was marked.
            (Ok(Some(Event::Marked { changed: 1.., .. })), None) => {
                let change = store.last_change().ok().flatten();
                change.and_then(|(mark, ids)| marks(&store, &ids, mark))
            }
            (Ok(_), before) => before,
        };
        match missing {
            Some(missing) => {
                latest(shared).uncopied.push(missing);
            }
            // What cannot be done once more is copied at once.
            None if is_mark && done.is_ok() && store.save_marks().is_ok() => {
                take(shared);
            }
            None => {}
        }
        match done {
            Ok(None) => {}
            Ok(Some(event)) => {
                let _ = sender.send(LoopMessage::Event(event));
            }
            Err(error) => {
                let _ = sender.send(LoopMessage::Event(Event::Failed(format!(
                    "Not stored: {error}"
                ))));
            }
        }
    }
    // The end: what a damaged database is restored from knows the marks of this session too.
    copy(&mut store, config, shared);
}

/// A mark by name where the numbers of its articles are those of others here: they were read from another database,
/// which an article that stays open outlives.
fn by_name(store: &Store, wanted: Write) -> Write {
    match wanted {
        Write::Mark(ids, mark, names) if names.len() == ids.len() && ids.len() <= MANY => {
            let here = store.names_of(&ids);
            match here.is_ok_and(|here| !names.iter().all(|name| here.contains(name))) {
                true => Write::Again(vec![Again::Marks(names, mark)]),
                false => Write::Mark(ids, mark, names),
            }
        }
        other => other,
    }
}

/// What is to be done once more where another database is found; `None` where that is not known before it is done, or
/// of too many articles.
fn again(store: &Store, wanted: &Write) -> Option<Again> {
    match wanted {
        Write::Mark(ids, mark, names) if ids.len() <= MANY => {
            // A damaged database may not tell them any more.
            let asked = (names.len() < ids.len()).then(|| store.names_of(ids).ok());
            let names = asked.flatten().unwrap_or_else(|| names.clone());
            (!names.is_empty()).then_some(Again::Marks(names, *mark))
        }
        Write::Undo => {
            let (mark, ids) = store.last_change().ok()??;
            marks(store, &ids, mark.opposite())
        }
        Write::Tags { .. } | Write::Position(..) => Some(Again::Other(wanted.clone())),
        _ => None,
    }
}

fn marks(store: &Store, ids: &[ArticleId], mark: Mark) -> Option<Again> {
    let few = ids.len() <= MANY;
    few.then(|| Some(Again::Marks(store.names_of(ids).ok()?, mark)))?
}

fn write(store: &Store, config: &Mutex<Config>, wanted: Write) -> Result<Option<Event>> {
    Ok(match wanted {
        Write::Sync { tell } => {
            let outlets = config
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner())
                .outlets
                .clone();
            if let Ok(config) = config.lock() {
                store.mark_copies(config.reader.mark_copies);
            }
            if !store.is_read_only() {
                store.sync_outlets(&outlets)?;
            }
            tell.then_some(Event::OutletsStored)
        }
        Write::Mark(ids, mark, _) => Some(Event::Marked {
            changed: store.mark(&ids, mark)?,
            mark,
            list: false,
        }),
        Write::List(list, mark) => Some(Event::Marked {
            changed: store.mark_list(&list, mark)?,
            mark,
            list: true,
        }),
        Write::Side { list, from, below } => {
            let at = if below {
                At::After(from)
            } else {
                At::Before(from)
            };
            let unread = match list.fold {
                Fold::Never => List {
                    query: list.query.with_is(Is::Unread),
                    ..list
                },
                // A line whose article is read may stand for others that are not.
                _ => list,
            };
            let cursors = store.cursors(&unread, at, usize::MAX)?;
            let mut ids: Vec<ArticleId> = cursors.iter().map(|cursor| cursor.id).collect();
            let folds = store.folded(&unread, &ids)?.into_values();
            ids.extend(folds.flat_map(|folded| folded.others).map(|other| other.id));
            Some(Event::Marked {
                changed: store.mark(&ids, Mark::Read)?,
                mark: Mark::Read,
                list: true,
            })
        }
        Write::Query(query, now) => Some(Event::Marked {
            changed: store.mark_list(&List::live(&query, now), Mark::Read)?,
            mark: Mark::Read,
            list: true,
        }),
        Write::Again(writes) => {
            for again in writes {
                match again {
                    Again::Marks(articles, mark) => store.mark_named(&articles, mark)?,
                    Again::Other(again) => {
                        write(store, config, again)?;
                    }
                }
            }
            None
        }
        Write::Session(text) => {
            if !store.is_read_only() {
                store.set_memo(SESSION, text.as_bytes())?;
            }
            None
        }
        Write::Undo => Some(Event::Undone(
            store
                .undo()?
                .map(|undone| done(undone.mark, undone.articles)),
        )),
        Write::UndoSync => {
            let undone = store.undo_read_elsewhere(None)?;
            Some(Event::Undone(undone.map(|(articles, account)| {
                format!("{articles} articles marked as read elsewhere; sent to {account} with the next sync")
            })))
        }
        Write::Part(ids) => {
            let story = ids.first().map(|id| store.story_of(*id)).transpose()?;
            let before = story.map(|story| store.story_articles(story)).transpose()?;
            let change = store.part_all(&ids)?;
            let stayed = before.iter().flatten().find(|id| !ids.contains(id));
            let left = stayed.map(|id| store.story_of(*id)).transpose()?;
            Some(changed("Took", "out of its story", change, left))
        }
        Write::Join(ids, with) => {
            let change = store.join_all(&ids, with)?;
            Some(changed("Put", "in the story", change, None))
        }
        Write::UndoStory(change) => {
            store.undo_story(&change)?;
            Some(Event::StoryChanged(Box::new(StoryChanged {
                said: "Undone: stories are as before".to_owned(),
                change: None,
                left: None,
            })))
        }
        Write::Tags { ids, add, remove } => {
            let change = store.give_tags(&ids, &add, &remove)?;
            Some(tagged(change, &remove))
        }
        Write::UndoTags(change) => {
            store.undo_tags(&change)?;
            Some(Event::Tagged(Box::new(Tagged {
                said: format!("Undone: {}", tagged_words(&change)),
                change: None,
            })))
        }
        Write::Position(id, position) => {
            store.set_position(id, position)?;
            None
        }
        Write::Remember(ask, line) => {
            if !store.is_read_only() {
                history::add(store, ask, &line)?;
            }
            None
        }
    })
}

/// What was changed of stories, in words.
fn changed(verb: &str, where_to: &str, change: StoryChange, left: Option<StoryId>) -> Event {
    let said = match change.articles {
        0 => String::new(),
        1 => format!("{verb} 1 article {where_to}"),
        n => format!("{verb} {n} articles {where_to}"),
    };
    let change = (change.articles > 0).then_some(change);
    Event::StoryChanged(Box::new(StoryChanged { said, change, left }))
}

/// What was changed of tags, in words.
fn tagged(change: TagsChange, remove: &[String]) -> Event {
    let said = match (change.articles(), remove.is_empty()) {
        (0, true) => "Already tagged.".to_owned(),
        (0, false) => "Nothing to remove (only your own tags can be removed).".to_owned(),
        _ => tagged_words(&change),
    };
    let change = (change.articles() > 0).then_some(change);
    Event::Tagged(Box::new(Tagged { said, change }))
}

/// `tagged 2 articles: later`.
fn tagged_words(change: &TagsChange) -> String {
    let part = |verb: &str, pairs: &[(ArticleId, String)]| {
        let mut ids: Vec<ArticleId> = pairs.iter().map(|(id, _)| *id).collect();
        ids.dedup();
        let mut names: Vec<&str> = pairs.iter().map(|(_, name)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let articles = match ids.len() {
            1 => "1 article".to_owned(),
            n => format!("{n} articles"),
        };
        (!ids.is_empty()).then(|| format!("{verb} {articles}: {}", names.join(", ")))
    };
    let parts = [
        part("tagged", &change.added),
        part("untagged", &change.removed),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use std::thread::JoinHandle;

    use newsprint_model::query::parse;
    use newsprint_store::{Incoming, Update};

    use super::*;

    /// A config of one outlet, and the thread that writes to its store.
    fn writer(folder: &Path) -> (Sender<Write>, Receiver<LoopMessage>, Shared, JoinHandle<()>) {
        let path = folder.join("newsprint.db");
        let (wants, jobs) = channel();
        let (sender, events) = channel();
        let shared = Shared::default();
        let config = Config::parse(OUTLET, &folder.join("config.toml"), folder);
        let config = Arc::new(Mutex::new(config.unwrap()));
        let latest = Arc::clone(&shared);
        let thread = std::thread::spawn(move || run(&path, &config, &jobs, &latest, &sender));
        (wants, events, shared, thread)
    }

    const OUTLET: &str = "[[outlet]]\nname = \"Post\"\nurl = \"https://post.example/\"\n";

    /// Tells the store of the outlet, and of its articles of these numbers.
    fn fill(store: &Store, folder: &Path, numbers: std::ops::RangeInclusive<u32>) {
        let config = Config::parse(OUTLET, &folder.join("config.toml"), folder).unwrap();
        store.sync_outlets(&config.outlets).unwrap();
        let articles = numbers.map(|n| {
            let article = Incoming {
                url: format!("https://post.example/{n}"),
                title: format!("Story {n}"),
                ..Incoming::default()
            };
            article.pack()
        });
        let update = Update {
            articles: articles.collect(),
            ..Update::default()
        };
        let now = "2024-06-12T12:00:00Z".parse().unwrap();
        store.ingest("Post", &update, now).unwrap();
    }

    /// The key that meets the damage first is the one that marks: its article is named by the list that showed it, not
    /// by the damaged file.
    #[test]
    fn a_mark_that_meets_a_damaged_database_is_kept_and_speaks_of_no_other_article() {
        for damage in ["overwritten", "zeroed", "cut"] {
            let folder = tempfile::tempdir().unwrap();
            let folder = folder.path();
            let path = folder.join("newsprint.db");
            let store = Store::open(&path).unwrap();
            fill(&store, folder, 1..=200);
            let list = List::live(&Query::default(), "2024-06-13T12:00:00Z".parse().unwrap());
            let shown = store.headlines(&list, At::Top, 200).unwrap();
            let wanted = shown.iter().find(|row| row.title == "Story 150").unwrap();
            drop(store);
            let (wants, events, shared, thread) = writer(folder);
            wants.send(Write::Sync { tell: true }).unwrap();
            while !matches!(
                events.recv().unwrap(),
                LoopMessage::Event(Event::OutletsStored)
            ) {}
            let length = std::fs::metadata(&path).unwrap().len();
            let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
            match damage {
                "cut" => file.set_len(5_000).unwrap(),
                _ => {
                    let byte = if damage == "zeroed" { 0 } else { 0xa5 };
                    let bytes = vec![byte; usize::try_from(length).unwrap()];
                    std::os::unix::fs::FileExt::write_all_at(&file, &bytes, 0).unwrap();
                }
            }
            let (star, story) = (Mark::Star, vec![wanted.id]);
            wants
                .send(Write::Mark(story, star, vec![Named::of(wanted)]))
                .unwrap();
            // By its number it would be any other article of the new database.
            let tags = Write::Tags {
                ids: vec![wanted.id],
                add: vec!["later".to_owned()],
                remove: Vec::new(),
            };
            wants.send(tags).unwrap();
            drop(wants);
            thread.join().unwrap();
            assert!(take_rescue(&shared).is_some(), "{damage}");
            let store = Store::open(&path).unwrap();
            fill(&store, folder, 140..=150);
            let starred = List {
                query: parse("is:starred").unwrap(),
                ..list
            };
            let starred = store.headlines(&starred, At::Top, 9).unwrap();
            let titles: Vec<&str> = starred.iter().map(|row| row.title.as_str()).collect();
            assert_eq!(titles, ["Story 150"], "{damage}");
        }
    }

    /// Of what is left of a log SQLite makes an index where that was spoilt too, and all looks well.
    #[test]
    fn marks_in_the_lost_part_of_a_log_are_kept_by_a_reader_that_ends() {
        for (left, byte) in [(2, 0xa5), (2, 0), (u64::MAX, 0), (u64::MAX, 0xa5)] {
            let folder = tempfile::tempdir().unwrap();
            let folder = folder.path();
            let path = folder.join("newsprint.db");
            let store = Store::open(&path).unwrap();
            fill(&store, folder, 1..=20);
            store.save_marks().unwrap();
            // The log has nothing but the marks.
            store.compact().unwrap();
            let (wants, events, _shared, thread) = writer(folder);
            let id = ArticleId(7);
            for mark in [Mark::Read, Mark::Star] {
                wants.send(Write::Mark(vec![id], mark, Vec::new())).unwrap();
                until_marked(&events);
            }
            let open = |suffix: &str| {
                let path = folder.join(format!("newsprint.db{suffix}"));
                let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
                let length = file.metadata().unwrap().len();
                (file, length)
            };
            let (log, length) = open("-wal");
            log.set_len(length / left).unwrap();
            let (index, length) = open("-shm");
            let bytes = vec![byte; usize::try_from(length).unwrap()];
            std::os::unix::fs::FileExt::write_all_at(&index, &bytes, 0).unwrap();
            drop(wants);
            thread.join().unwrap();
            drop(store);
            let store = Store::open(&path).unwrap();
            let headline = &store.headlines_of(&[id]).unwrap()[0];
            assert!(headline.starred && headline.read, "1/{left}, {byte}");
        }
    }

    fn until_marked(events: &Receiver<LoopMessage>) {
        while !matches!(
            events.recv().unwrap(),
            LoopMessage::Event(Event::Marked { .. })
        ) {}
    }

    /// An article that was opened before the database was lost is marked when another one has its number, or none.
    #[test]
    fn an_article_of_a_lost_database_is_marked_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let path = folder.join("newsprint.db");
        let store = Store::open(&path).unwrap();
        fill(&store, folder, 1..=2);
        let name = |title: &str| Named::of(row(&store, title).as_ref().unwrap());
        let (first, second) = (name("Story 1"), name("Story 2"));
        let id = row(&store, "Story 1").unwrap().id;
        let (wants, _events, _shared, thread) = writer(folder);
        wants
            .send(Write::Mark(vec![id], Mark::Read, vec![second]))
            .unwrap();
        wants
            .send(Write::Mark(vec![ArticleId(0)], Mark::Star, vec![first]))
            .unwrap();
        drop(wants);
        thread.join().unwrap();
        let marks = |title| {
            let row = row(&store, title).unwrap();
            (row.read, row.starred)
        };
        assert_eq!(marks("Story 1"), (false, true));
        assert_eq!(marks("Story 2"), (true, false));
    }

    fn row(store: &Store, title: &str) -> Option<newsprint_model::Headline> {
        let list = List::live(&Query::default(), "2024-06-13T12:00:00Z".parse().unwrap());
        let rows = store.headlines(&list, At::Top, 200).unwrap();
        rows.into_iter().find(|row| row.title == title)
    }

    /// The first reader to find the database removed makes a new one of the copy and writes a copy of its own, which has
    /// nothing of what another reader marked since the first.
    #[test]
    fn a_copy_that_another_reader_wrote_of_a_new_database_does_not_have_what_was_marked_here() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let path = folder.join("newsprint.db");
        let store = Store::open(&path).unwrap();
        fill(&store, folder, 1..=3);
        store.mark(&[ArticleId(2)], Mark::Star).unwrap();
        store.save_marks().unwrap();
        let shared = Shared::default();
        let name = store.names_of(&[ArticleId(2)]).unwrap();
        let unstar = Again::Marks(name, Mark::Unstar);
        latest(&shared).uncopied.push(unstar);
        for suffix in ["", "-wal", "-shm"] {
            std::fs::remove_file(folder.join(format!("newsprint.db{suffix}"))).unwrap();
        }
        let other = Store::open(&path).unwrap();
        other.save_marks().unwrap();
        let (_new, kept) = store.reopen().unwrap();
        assert_eq!(take_missing(&shared, kept).len(), 1);
    }

    /// The reader and its writing thread have a connection each: the second to go to the new file must not bring back
    /// what was unmarked there.
    #[test]
    fn what_was_unmarked_in_a_new_file_stays_so_when_the_other_connection_comes() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let path = folder.join("newsprint.db");
        let reader = Store::open(&path).unwrap();
        fill(&reader, folder, 1..=3);
        reader.compact().unwrap();
        let (wants, events, shared, thread) = writer(folder);
        let id = ArticleId(2);
        let name = reader.names_of(&[id]).unwrap();
        wants
            .send(Write::Mark(vec![id], Mark::Read, name.clone()))
            .unwrap();
        until_marked(&events);
        let other = folder.join("other");
        std::fs::write(&other, vec![0x5a; 20_000]).unwrap();
        std::fs::rename(&other, &path).unwrap();
        std::fs::remove_file(folder.join("newsprint.db-shm")).unwrap();
        wants
            .send(Write::Mark(vec![id], Mark::Unread, name))
            .unwrap();
        drop(wants);
        thread.join().unwrap();
        let (reader, kept) = reader.reopen_after(gone(&shared)).unwrap();
        assert_eq!(kept, Kept::All);
        fill(&reader, folder, 2..=2);
        assert!(!row(&reader, "Story 2").unwrap().read);
    }

    /// With too few file handles a store cannot be opened now, and can a moment later.
    #[test]
    fn what_is_wanted_of_a_store_that_cannot_be_opened_is_told_of_and_done_later() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("newsprint.db");
        std::fs::create_dir(&path).unwrap();
        let (wants, jobs) = channel();
        let (sender, events) = channel();
        let (at, shared) = (path.clone(), Shared::default());
        let config = Config::parse("", &folder.path().join("config.toml"), folder.path());
        let config = Arc::new(Mutex::new(config.unwrap()));
        let thread = std::thread::spawn(move || run(&at, &config, &jobs, &shared, &sender));
        let said = || match events.recv().unwrap() {
            LoopMessage::Event(Event::Failed(said)) => said,
            _ => panic!("nothing failed"),
        };
        assert!(said().contains("it is a folder"));
        wants
            .send(Write::Mark(vec![ArticleId(1)], Mark::Star, Vec::new()))
            .unwrap();
        assert!(said().starts_with("Not stored: "));
        wants.send(Write::Session("kept".to_owned())).unwrap();
        assert!(said().starts_with("Not stored: "));
        std::fs::remove_dir(&path).unwrap();
        wants.send(Write::Sync { tell: false }).unwrap();
        drop(wants);
        thread.join().unwrap();
        let kept = Store::open(&path).unwrap().memo(SESSION).unwrap();
        assert_eq!(kept.as_deref(), Some(&b"kept"[..]));
    }
}
