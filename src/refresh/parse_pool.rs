//! A thread a core for all parsing, so that many waiting workers cost no memory and no more than
//! the cores are ever busy; a panic in a job is the job's failure.
//! Never here: what is parsed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use newsprint_parse::ParseError;

type Job = Box<dyn FnOnce() + Send>;

/// Parsers walk documents in depth; `parse` caps the depth so that this is plenty.
const STACK: usize = 16 << 20;

/// The threads; they end when this is dropped and the last job is done.
#[derive(Debug)]
pub(super) struct Cpu {
    jobs: mpsc::Sender<Job>,
}

impl Cpu {
    /// So many threads; `None` is one a core.
    pub(super) fn start(threads: Option<usize>) -> std::io::Result<Cpu> {
        let cores = || std::thread::available_parallelism().map_or(2, usize::from);
        let (jobs, queue) = mpsc::channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..threads.unwrap_or_else(cores) {
            let queue = queue.clone();
            std::thread::Builder::new()
                .name("newsprint-cpu".to_owned())
                .stack_size(STACK)
                .spawn(move || {
                    loop {
                        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                        let Ok(job) = next else { return };
                        job();
                    }
                })?;
        }
        Ok(Cpu { jobs })
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
            reason: "the document broke the parser".to_owned(),
            place: None,
        };
        self.jobs.send(job).map_err(|_| broken())?;
        result.recv().map_err(|_| broken())
    }
}
