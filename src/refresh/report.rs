//! What a refresh says while it runs and when it has ended, and what a discovery found: plain data.
//! Never here: how it is printed.

use super::find_source::{Worth, worth};
use super::naming::Named;
use newsprint_model::{Entry, Source, Time};
use newsprint_store::Rescue;

/// What happened to each outlet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// In the config's order.
    pub outlets: Vec<OutletReport>,
    /// Accounts that were synced before, in the config's order.
    pub accounts: Vec<AccountReport>,
    /// Outlets without a name of their own that are called after their sources' titles from now on.
    pub named: Vec<Named>,
    /// From the beginning to the end of the run.
    pub seconds: f64,
    /// The run was stopped before it had come to every outlet.
    pub interrupted: bool,
    /// The store was damaged and has been set aside for a new one, which the reader has to know.
    pub rescued: Option<Rescue>,
}

impl Report {
    /// How many outlets came to this.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.outlets
            .iter()
            .filter(|outlet| outlet.outcome == outcome)
            .count()
    }
}

/// What a refresh came to for one outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// There are new or changed articles, or texts that were missing.
    Updated,
    /// It answered, and there is nothing new.
    Unchanged,
    /// It was not asked, because it is not due.
    NotDue,
    /// It did not answer, or could not be understood.
    Failed,
}

impl Outcome {
    /// The contract's word: `updated`, `unchanged`, `not-due` or `failed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Updated => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::NotDue => "not-due",
            Outcome::Failed => "failed",
        }
    }
}

/// What happened to one outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct OutletReport {
    /// Its name.
    pub outlet: String,
    /// What it came to.
    pub outcome: Outcome,
    /// Articles seen for the first time.
    pub new: u32,
    /// Articles that the outlet changed in substance.
    pub changed: u32,
    /// Articles that got their full text in this run.
    pub full_text: u32,
    /// Why it failed.
    pub error: Option<String>,
    /// Since when it has failed.
    pub failing_since: Option<Time>,
    /// From the first question to the commit.
    pub seconds: f64,
    /// Not to be asked before this moment.
    pub next_fetch: Option<Time>,
    /// What the reader has to know, a sentence each: the source changed, the address moved.
    pub notes: Vec<String>,
    /// What the reader may want to know: pages that could not be fetched, rules of robots.txt, pauses
    /// the outlet asked for.
    pub remarks: Vec<String>,
}

impl OutletReport {
    /// Of an outlet that is left alone for now.
    pub(super) fn not_due(outlet: &str) -> OutletReport {
        OutletReport {
            outcome: Outcome::NotDue,
            error: None,
            ..OutletReport::unvisited(outlet)
        }
    }

    /// Of an outlet whose turn came and that was not visited to the end all the same.
    pub(super) fn unvisited(outlet: &str) -> OutletReport {
        OutletReport {
            outlet: outlet.to_owned(),
            outcome: Outcome::Failed,
            new: 0,
            changed: 0,
            full_text: 0,
            error: Some("internal error; refresh again".to_owned()),
            failing_since: None,
            seconds: 0.0,
            next_fetch: None,
            notes: Vec::new(),
            remarks: Vec::new(),
        }
    }
}

/// What a sync with a server came to.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountReport {
    /// The account's name.
    pub account: String,
    /// What it came to.
    pub outcome: Outcome,
    /// Marks that the server took.
    pub sent: u64,
    /// Articles that were read or unread elsewhere.
    pub read: u64,
    /// Articles whose star was changed elsewhere.
    pub starred: u64,
    /// Articles seen for the first time.
    pub new: u64,
    /// Articles that the server does not have any more.
    pub gone: u64,
    /// Requests that were made.
    pub requests: u32,
    /// Marks that still wait.
    pub pending: u64,
    /// Why it failed.
    pub error: Option<String>,
    /// Since when it has failed.
    pub failing_since: Option<Time>,
    /// From the first request to the last commit.
    pub seconds: f64,
    /// What the reader has to know, a sentence each.
    pub notes: Vec<String>,
}

/// What happens while a refresh runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// It begins: so many outlets will be looked at.
    Started {
        /// Their number.
        outlets: usize,
    },
    /// An outlet is being asked.
    Asking {
        /// Its name.
        outlet: String,
    },
    /// Article pages of an outlet have been fetched.
    Pages {
        /// Its name.
        outlet: String,
        /// So many of them.
        done: usize,
        /// How many there will be.
        total: usize,
    },
    /// An outlet is done, and what came is committed.
    Done(OutletReport),
    /// An account is being synced: so many of its articles have come.
    Syncing {
        /// Its name.
        account: String,
        /// So many of them.
        done: usize,
        /// How many there will be.
        total: usize,
    },
    /// An account is done, and what came is committed.
    Synced(AccountReport),
    /// What came is being placed among the stories.
    Placing {
        /// So many articles are.
        done: u64,
        /// How many there are.
        total: u64,
    },
}

impl Progress {
    /// The outlet or account and what is done with it, or what came of it, in the words that the reader and the command
    /// line use alike.
    pub fn step(&self) -> Option<(&str, String)> {
        match self {
            Progress::Started { .. } | Progress::Synced(_) | Progress::Placing { .. } => None,
            Progress::Syncing {
                account, total: 0, ..
            } => Some((account, "syncing".to_owned())),
            Progress::Syncing {
                account,
                done,
                total,
            } => Some((account, format!("article {done} of {total}"))),
            Progress::Asking { outlet } => Some((outlet, "fetching".to_owned())),
            Progress::Pages {
                outlet,
                done,
                total,
            } => Some((outlet, format!("page {done} of {total}"))),
            Progress::Done(report) => {
                let words = match (report.outcome, report.new) {
                    (Outcome::NotDue, _) => "not due".to_owned(),
                    (Outcome::Failed, _) => "failed".to_owned(),
                    (_, 0) => "nothing new".to_owned(),
                    (_, new) => format!("{new} new"),
                };
                Some((&report.outlet, words))
            }
        }
    }
}

/// What sources a site offers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Discovery {
    /// The ways, in the order they are tried; a refresh takes the first that gives entries.
    pub ways: Vec<Way>,
    /// Why the site cannot be read, in the words of a refresh; `None` where it can.
    pub failure: Option<String>,
    /// What else was met: addresses that moved, rules of robots.txt, repairs; a sentence each.
    pub notes: Vec<String>,
}

impl Discovery {
    /// The way that a refresh would take: the first that gives entries, else the first feed that is
    /// valid and empty.
    pub fn best(&self) -> Option<&Way> {
        let with = |worth: Worth| self.ways.iter().find(|way| way.worth() == Some(worth));
        with(Worth::Entries).or_else(|| with(Worth::Empty))
    }

    /// What an outlet at `url` is called unless the reader names it: the title of its source, else its host.
    pub fn name(&self, url: &str) -> String {
        let title = self.best().and_then(|way| way.title.as_deref());
        super::naming::name(title, url)
    }
}

impl Way {
    /// What to say of one that gives nothing: a page is seldom an empty list, more often an article or another page.
    pub fn nothing(&self) -> &'static str {
        match self.source {
            Source::HeadlinePage(_) => "no list of headlines",
            _ => "empty",
        }
    }

    fn worth(&self) -> Option<Worth> {
        worth(&self.source, self.error.is_none().then_some(self.entries))
    }
}

/// One way to read a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Kind and address.
    pub source: Source,
    /// How it was found: `the address itself`, `a link in the page`, `a usual path`, `robots.txt` ….
    pub found: &'static str,
    /// The title it gives itself.
    pub title: Option<String>,
    /// How many entries it gives.
    pub entries: usize,
    /// The first of them.
    pub sample: Vec<Entry>,
    /// Why it cannot be used.
    pub error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_has_one_vocabulary() {
        let outlet = || "Herald".to_owned();
        let words = |progress: Progress| progress.step().map(|(_, words)| words).unwrap();
        assert_eq!(words(Progress::Asking { outlet: outlet() }), "fetching");
        let pages = Progress::Pages {
            outlet: outlet(),
            done: 3,
            total: 9,
        };
        assert_eq!(words(pages), "page 3 of 9");
        assert_eq!(Progress::Started { outlets: 2 }.step(), None);
    }
}
