//! The thread that counts: lists, the sidebar, what is new; on a connection of its own.
//! Never here: writing.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::history;
use crate::config::Config;
use crate::library;
use crate::library::rules::{OutletRules, Rules};
use crate::library::selection::{Choice, Place, base};
use crate::library::tags::section_words;
use crate::tui::LoopMessage;
use crate::tui::event::Event;
use newsprint_model::query::{Is, Query};
use newsprint_model::{ArticleId, Counts, Health, Time};
use newsprint_store::{AsOf, List, Result, Store};

/// What it is asked.
pub enum Job {
    /// How many a list has.
    Count {
        /// Names the list.
        ticket: u64,
        /// Which.
        list: List,
    },
    /// How many came since a list was opened.
    CountNew {
        /// Names the list.
        ticket: u64,
        /// Which.
        list: List,
    },
    /// Everything the sidebar says.
    Sidebar {
        /// Names the list.
        ticket: u64,
        /// What the tags are under.
        query: Query,
        /// For relative times.
        now: Time,
    },
    /// How the outlets are doing.
    Health,
    /// Earlier texts.
    Revisions(ArticleId),
    /// Lines typed in earlier sessions.
    History,
}

impl Job {
    /// Of jobs that answer the same question only the last is worth doing.
    fn question(&self) -> Option<u8> {
        match self {
            Job::Count { .. } => Some(0),
            Job::CountNew { .. } => Some(1),
            Job::Sidebar { .. } => Some(2),
            Job::Health | Job::Revisions(_) | Job::History => None,
        }
    }
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
    let mut own_tags = OwnTags::default();
    while let Ok(first) = jobs.recv() {
        let mut batch = vec![first];
        batch.extend(jobs.try_iter());
        for at in 0..batch.len() {
            let job = &batch[at];
            let question = job.question();
            let again = |later: &Job| question.is_some() && later.question() == question;
            if batch[at + 1..].iter().any(again) {
                continue;
            }
            let config = config
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner())
                .clone();
            let event = answer(&store, &config, &mut own_tags, job)
                .unwrap_or_else(|error| Event::Failed(error.to_string()));
            if sender.send(LoopMessage::Event(event)).is_err() {
                return;
            }
        }
    }
}

/// Each outlet's articles and tags, counted now and then: what is common at an outlet does not change
/// with every key.
#[derive(Default)]
struct OwnTags {
    outlets: Vec<(u64, Vec<(String, u64)>)>,
    /// When they were counted, and how long that took.
    counted: Option<(Instant, Duration)>,
}

impl OwnTags {
    /// Counts anew, unless that would take more than a twentieth of this thread's time.
    fn update(&mut self, store: &Store, outlets: &[Health], now: Time) -> Result<()> {
        let began = Instant::now();
        if let Some((at, took)) = self.counted
            && began - at < took * 20
        {
            return Ok(());
        }
        self.outlets.clear();
        for health in outlets {
            let query = Query::default().with_outlet(&health.outlet);
            let tags = store.tags(&List::live(&query, now))?;
            let tags = tags.into_iter().map(|tag| (tag.tag, tag.total)).collect();
            self.outlets.push((health.counts.total, tags));
        }
        self.counted = Some((began, began.elapsed()));
        Ok(())
    }
}

fn answer(store: &Store, config: &Config, own_tags: &mut OwnTags, job: &Job) -> Result<Event> {
    Ok(match job {
        Job::Count { ticket, list } => Event::Counted {
            ticket: *ticket,
            counts: store.counts(list)?,
        },
        Job::CountNew { ticket, list } => Event::Arrived {
            ticket: *ticket,
            new: arrived(store, list)?,
        },
        Job::Sidebar { ticket, query, now } => {
            let outlet_rules = OutletRules::new(config, library::counts::removed(store, config)?);
            let rules = Rules::new(config, &outlet_rules);
            let count = |query: &Query| store.counts(&List::live(query, *now));
            let all = store.health()?;
            let empty = all.iter().all(|health| health.counts.total == 0)
                && count(&Query::default())?.total == 0;
            own_tags.update(store, &all, *now)?;
            let sections = section_words(
                own_tags
                    .outlets
                    .iter()
                    .map(|(total, tags)| (*total, &tags[..])),
            );
            let tags = library::counts::tags(store, query, &sections, rules, *now)?;
            let outlets = library::counts::outlets(store, rules, *now)?;
            let shown = |place: Place| {
                let choice = Choice {
                    place,
                    ..Choice::default()
                };
                base(&choice, &config.views, rules)
            };
            let views: Vec<Counts> = (0..config.views.len())
                .map(|at| count(&shown(Place::View(at))))
                .collect::<Result<_>>()?;
            Event::Sidebar {
                ticket: *ticket,
                empty,
                all: count(&shown(Place::All))?,
                starred: count(&shown(Place::All).with_is(Is::Starred))?,
                views,
                outlets,
                tags,
            }
        }
        Job::Health => Event::Health(store.health()?),
        Job::History => Event::History(history::load(store)?),
        Job::Revisions(id) => {
            Event::Revisions(store.article(*id)?.map(Box::new), store.revisions(*id)?)
        }
    })
}

/// Articles that belong to a list and came after it was opened, whatever was marked since.
fn arrived(store: &Store, list: &List) -> Result<u64> {
    let Some(then) = list.as_of else { return Ok(0) };
    let now = store.now()?;
    if now.newest == then.newest {
        return Ok(0);
    }
    let total = |as_of: AsOf| -> Result<u64> {
        let list = List {
            query: list.query.clone(),
            as_of: Some(as_of),
        };
        let Counts { total, .. } = store.counts(&list)?;
        Ok(total)
    };
    let with = total(AsOf {
        newest: now.newest,
        ..then
    })?;
    Ok(with.saturating_sub(total(then)?))
}
