//! A thread a core for all parsing, so that many waiting workers cost no memory and no more than
//! the cores are ever busy; a panic in a job is the job's failure.
//! Never here: what is parsed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use newsprint_parse::ParseError;

type Job = Box<dyn FnOnce() + Send>;

/// Bytes of stack. Parsers walk documents in depth; `newsprint_parse` caps the depth so that this is plenty.
const STACK: usize = 32 << 20;
/// Pages longer than this, in bytes, are read one at a time: their trees take a hundred times the memory of an
/// ordinary page's.
const HEAVY: usize = 384 << 10;

/// The threads; they end when this is dropped and the last job is done.
#[derive(Debug)]
pub(super) struct ParsePool {
    jobs: mpsc::Sender<Job>,
    /// Held while a heavy page is read.
    heavy: Mutex<()>,
}

impl ParsePool {
    /// So many threads; `None` is one a core.
    pub(super) fn start(threads: Option<usize>) -> std::io::Result<ParsePool> {
        let cores = || std::thread::available_parallelism().map_or(2, usize::from);
        let (jobs, queue) = mpsc::channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        for number in 0..threads.unwrap_or_else(cores) {
            let queue = queue.clone();
            let started = std::thread::Builder::new()
                .name("newsprint-parse".to_owned())
                .stack_size(STACK)
                .spawn(move || {
                    loop {
                        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                        let Ok(job) = next else { return };
                        job();
                    }
                });
            match started {
                Ok(_) => {}
                // Where the system gives no more threads, those there are do the work.
                Err(_) if number > 0 => break,
                Err(why) => return Err(why),
            }
        }
        Ok(ParsePool {
            jobs,
            heavy: Mutex::new(()),
        })
    }

    /// [`ParsePool::run`] for a page of so many bytes: heavy ones wait for one another, and no thread waits with them.
    pub(super) fn run_page<T: Send + 'static>(
        &self,
        bytes: usize,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ParseError> {
        let _turn =
            (bytes > HEAVY).then(|| self.heavy.lock().unwrap_or_else(PoisonError::into_inner));
        self.run(job)
    }

    /// Runs the job on one of the threads and waits for it.
    pub(super) fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ParseError> {
        let (done, result) = mpsc::sync_channel(1);
        let job = Box::new(move || {
            // A panic drops `done` unsent.
            if let Ok(value) = catch_unwind(AssertUnwindSafe(job)) {
                let _ = done.send(value);
            }
        });
        let broken = || ParseError {
            reason: "parser error".to_owned(),
            place: None,
        };
        self.jobs.send(job).map_err(|_| broken())?;
        result.recv().map_err(|_| broken())
    }
}
