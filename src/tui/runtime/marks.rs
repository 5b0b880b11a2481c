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
mod tests;
