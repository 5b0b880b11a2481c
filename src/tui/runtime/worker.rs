//! A thread that takes jobs in order. Never here: what the jobs are.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::tui::LoopMessage;

/// The thread's end of the line, here.
pub struct Worker<Job> {
    jobs: Sender<Job>,
    thread: Option<JoinHandle<()>>,
}

impl<Job: Send + 'static> Worker<Job> {
    /// Starts the thread; it ends when the worker is dropped.
    pub fn start(
        name: &str,
        sender: Sender<LoopMessage>,
        run: impl FnOnce(Receiver<Job>) + Send + 'static,
    ) -> Worker<Job> {
        let (jobs, taken) = channel();
        let thread = crate::tui::thread(name, sender, Box::new(move || run(taken))).ok();
        Worker { jobs, thread }
    }

    /// Gives it a job.
    pub fn send(&self, job: Job) {
        let _ = self.jobs.send(job);
    }

    /// Waits until all jobs are done, but not for ever: a store that another process holds must not
    /// keep the reader from ending.
    pub fn finish(self) {
        drop(self.jobs);
        if let Some(thread) = self.thread {
            wait(&thread, Duration::from_secs(6));
        }
    }
}

/// Waits for the end of a thread, no longer than the limit.
pub fn wait(thread: &JoinHandle<()>, limit: Duration) {
    let until = Instant::now() + limit;
    while !thread.is_finished() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(1));
    }
}
