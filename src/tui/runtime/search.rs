//! The search thread: only the last question counts, and a running one is stopped for it.
//! Never here: how results look.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use super::failed;
use crate::tui::LoopMessage;
use crate::tui::event::{Event, Found};
use newsprint_html::snippet;
use newsprint_model::query::beginnings;
use newsprint_store::{Interrupt, List, Store, StoreError};

/// A page of a search.
pub struct Page {
    /// Names the list.
    pub ticket: u64,
    /// Which.
    pub list: List,
    /// From which row.
    pub offset: u64,
    /// How many.
    pub limit: usize,
    /// Columns of a snippet.
    pub width: usize,
}

/// The thread's end of the line, here.
pub struct Searcher {
    jobs: Sender<Page>,
    interrupt: Arc<Mutex<Option<Interrupt>>>,
}

impl Searcher {
    /// Starts the thread.
    pub fn start(path: PathBuf, sender: Sender<LoopMessage>) -> Searcher {
        let (jobs, taken) = channel();
        let interrupt = Arc::new(Mutex::new(None));
        let handle = Arc::clone(&interrupt);
        let wake = sender.clone();
        let _ = crate::tui::thread(
            "search",
            wake,
            Box::new(move || run(path, &taken, &handle, &sender)),
        );
        Searcher { jobs, interrupt }
    }

    /// Asks; what is being searched now is given up.
    pub fn search(&self, job: Page) {
        let _ = self.jobs.send(job);
        if let Ok(interrupt) = self.interrupt.lock()
            && let Some(interrupt) = &*interrupt
        {
            interrupt.stop();
        }
    }
}

fn run(
    path: PathBuf,
    jobs: &Receiver<Page>,
    interrupt: &Mutex<Option<Interrupt>>,
    sender: &Sender<LoopMessage>,
) {
    let store = match Store::open(&path) {
        Ok(store) => store,
        Err(error) => {
            let _ = sender.send(LoopMessage::Event(Event::Failed(error.to_string())));
            return;
        }
    };
    if let Ok(mut handle) = interrupt.lock() {
        *handle = Some(store.interrupt_handle());
    }
    let mut next = None;
    loop {
        let mut job = match next.take() {
            Some(job) => job,
            None => match jobs.recv() {
                Ok(job) => job,
                Err(_) => return,
            },
        };
        while let Ok(later) = jobs.try_recv() {
            job = later;
        }
        let event = match store.search(&job.list, job.offset, job.limit) {
            Ok(hits) => {
                let words = beginnings(&job.list.query);
                LoopMessage::Event(Event::Found {
                    ticket: job.ticket,
                    offset: job.offset,
                    end: hits.len() < job.limit,
                    rows: hits
                        .into_iter()
                        .map(|hit| Found {
                            snippet: snippet(&hit.body, &words, job.width),
                            headline: hit.headline,
                            folded: None,
                        })
                        .collect(),
                })
            }
            Err(StoreError::Interrupted) => {
                // A stop may come just after the question it was meant for had ended: ask again then.
                next = jobs.try_recv().ok().or(Some(job));
                continue;
            }
            Err(error) => failed(&store, &error),
        };
        if sender.send(event).is_err() {
            return;
        }
    }
}
