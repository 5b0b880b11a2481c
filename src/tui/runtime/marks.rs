//! The one thread that writes marks and positions. Never here: reading for the screen.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex};

use super::history;
use crate::config::Config;
use crate::tui::LoopMessage;
use crate::tui::event::Event;
use crate::tui::state::prompt::Ask;
use newsprint_model::{ArticleId, Mark};
use newsprint_store::{List, Result, Store, Undone};

/// What it is asked.
pub enum Job {
    /// Tell the store which outlets there are.
    Sync,
    /// Mark these.
    Mark(Vec<ArticleId>, Mark),
    /// Mark a list as it was shown.
    MarkList(List, Mark),
    /// Take the last mark back.
    Undo,
    /// Remember how far an article was read.
    Position(ArticleId, u32),
    /// Remember a line that was typed.
    Remember(Ask, String),
}

/// Takes jobs until there are no more to come.
pub fn run(
    path: &Path,
    config: &Arc<Mutex<Config>>,
    jobs: &Receiver<Job>,
    sender: &Sender<LoopMessage>,
) {
    let store = match Store::open(path) {
        Ok(store) => store,
        Err(error) => {
            let _ = sender.send(LoopMessage::Event(Event::Failed(error.to_string())));
            return;
        }
    };
    for job in jobs {
        match write(&store, config, job) {
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
    // The end: what a damaged database is restored from knows the marks of this session too. Where the
    // copy cannot be written, the marks are still in the database.
    let _ = store.save_marks();
}

fn write(store: &Store, config: &Mutex<Config>, job: Job) -> Result<Option<Event>> {
    Ok(match job {
        Job::Sync => {
            let outlets = config
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner())
                .outlets
                .clone();
            if !store.is_read_only() {
                store.sync_outlets(&outlets)?;
            }
            None
        }
        Job::Mark(ids, mark) => Some(Event::Marked {
            changed: store.mark(&ids, mark)?,
            mark,
            list: false,
        }),
        Job::MarkList(list, mark) => Some(Event::Marked {
            changed: store.mark_list(&list, mark)?,
            mark,
            list: true,
        }),
        Job::Undo => Some(Event::Undone(store.undo()?.map(|undone| said(&undone)))),
        Job::Position(id, position) => {
            store.set_position(id, position)?;
            None
        }
        Job::Remember(ask, line) => {
            if !store.is_read_only() {
                history::add(store, ask, &line)?;
            }
            None
        }
    })
}

/// `3 articles marked read`.
fn said(undone: &Undone) -> String {
    let word = match undone.mark {
        Mark::Read => "marked read",
        Mark::Unread => "marked unread",
        Mark::Star => "starred",
        Mark::Unstar => "unstarred",
    };
    match undone.articles {
        1 => format!("1 article {word}"),
        n => format!("{n} articles {word}"),
    }
}
