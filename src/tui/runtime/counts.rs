//! The thread that counts: lists, the sidebar, what is new; on a connection of its own.
//! Never here: writing.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{failed, history, story};
use crate::config::Config;
use crate::library;
use crate::library::rules::{OutletRules, Rules};
use crate::library::selection::{Choice, Place, base};
use crate::library::tags::section_words;
use crate::tui::LoopMessage;
use crate::tui::effect::{SortedRows, SortedSeek};
use crate::tui::event::{Event, Found, SidebarCounts};
use crate::tui::state::order::Order;
use newsprint_model::query::{Is, Query};
use newsprint_model::{ArticleId, Counts, Cursor, Headline, Health, Time, fold};
use newsprint_store::{AsOf, At, Fold, FrontStory, List, Result, Store};

/// What it is asked.
pub enum Request {
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
    /// Where a line is in a folded list.
    Place {
        /// Names the list.
        ticket: u64,
        /// Which.
        list: List,
        /// The line.
        cursor: Cursor,
    },
    /// How many articles a query finds.
    Query {
        /// The query.
        query: Query,
        /// For relative times.
        now: Time,
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
    /// Rows of a list in another order than the store's.
    Sorted(SortedRows),
    /// The row of an unread article in such a list.
    SeekSorted(SortedSeek),
    /// How the outlets are doing.
    Health,
    /// Earlier texts.
    Revisions(ArticleId),
    /// The stories of the front page, the latest first.
    RecentStories(Time),
    /// How others tell an article's story.
    Story {
        /// The article.
        id: ArticleId,
        /// For relative times.
        now: Time,
    },
    /// Lines typed in earlier sessions.
    History,
}

impl Request {
    /// Whether lines of the answer are stories.
    fn is_of_stories(&self) -> bool {
        match self {
            Request::Sidebar { .. } | Request::RecentStories(_) => true,
            Request::Count { list, .. }
            | Request::CountNew { list, .. }
            | Request::Sorted(SortedRows { list, .. })
            | Request::SeekSorted(SortedSeek { list, .. }) => list.fold == Fold::Front,
            _ => false,
        }
    }

    /// Of jobs that answer the same question only the last is worth doing.
    fn question(&self) -> Option<u8> {
        match self {
            Request::Count { .. } => Some(0),
            Request::CountNew { .. } => Some(1),
            Request::Sidebar { .. } => Some(2),
            Request::Query { .. } => Some(3),
            Request::Story { .. } => Some(4),
            Request::Place { .. }
            | Request::Sorted(_)
            | Request::SeekSorted(_)
            | Request::Health
            | Request::Revisions(_)
            | Request::RecentStories(_)
            | Request::History => None,
        }
    }
}

/// Takes jobs until there are no more to come.
pub fn run(
    path: &Path,
    config: &Arc<Mutex<Config>>,
    jobs: &Receiver<Request>,
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
    let mut sorted = Sorted::default();
    while let Ok(first) = jobs.recv() {
        let mut batch = vec![first];
        batch.extend(jobs.try_iter());
        for at in 0..batch.len() {
            let job = &batch[at];
            let question = job.question();
            let again = |later: &Request| question.is_some() && later.question() == question;
            if batch[at + 1..].iter().any(again) {
                continue;
            }
            let config = config
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner())
                .clone();
            let shown = match job.is_of_stories() {
                true => show_of_stories(&store, &config),
                false => Ok(()),
            };
            let event = shown
                .and_then(|()| answer(&store, &config, (&mut own_tags, &mut sorted), job))
                .map_or_else(|error| failed(&store, &error), LoopMessage::Event);
            if sender.send(event).is_err() {
                return;
            }
        }
    }
}

/// What the reader wants nowhere is nowhere in stories.
fn show_of_stories(store: &Store, config: &Config) -> Result<()> {
    let outlet_rules = OutletRules::new(config, library::counts::removed(store, config)?);
    let rules = Rules::new(config, &outlet_rules);
    store.show_of_stories(&rules.meaning(&Query::default()));
    Ok(())
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

/// Articles of a list that are sorted at most; of more the newest.
const MOST_SORTED: usize = 20_000;

/// The list that was last sorted, so that its pages cost a look-up each.
#[derive(Default)]
struct Sorted {
    ticket: u64,
    ids: Vec<ArticleId>,
    /// Of a front page, in its order.
    stories: Vec<FrontStory>,
}

impl Sorted {
    /// Sorts a list, unless it is the one that was sorted last.
    fn update(
        &mut self,
        store: &Store,
        (ticket, list, order): (u64, &List, Order),
        anew: bool,
    ) -> Result<()> {
        if self.ticket != ticket || anew {
            (self.ids, self.stories) = match list.fold {
                Fold::Front => {
                    let mut stories = store.front(list)?.to_vec();
                    library::stories::order(&mut stories, &library::zone::local());
                    (Vec::new(), stories)
                }
                _ => (sort(store, list, order)?, Vec::new()),
            };
            self.ticket = ticket;
        }
        Ok(())
    }

    /// The row of the unread article, by the marks of now, that is `times` on from a row; where there are
    /// fewer, of the last of them.
    fn seek(
        &mut self,
        store: &Store,
        (ticket, list, order): (u64, &List, Order),
        from: u64,
        times: usize,
    ) -> Result<Option<u64>> {
        self.update(store, (ticket, list, order), false)?;
        if list.fold != Fold::Never {
            return self.seek_line(store, list, from, times);
        }
        let now = store.now()?;
        let unread = List {
            query: list.query.with_is(Is::Unread),
            as_of: list.as_of.map(|then| AsOf {
                change: now.change,
                ..then
            }),
            fold: Fold::Never,
        };
        let cursors = store.cursors(&unread, At::Top, usize::MAX)?;
        let unread: HashSet<ArticleId> = cursors.iter().map(|cursor| cursor.id).collect();
        let after = usize::try_from(from)
            .unwrap_or(usize::MAX)
            .saturating_add(1);
        let rows = self.ids.iter().enumerate().skip(after);
        let mut found = rows.filter(|(_, id)| unread.contains(id)).take(times);
        Ok(found.by_ref().last().map(|(row, _)| row as u64))
    }

    /// The same where lines stand for several articles: one of them is unread.
    fn seek_line(
        &self,
        store: &Store,
        list: &List,
        from: u64,
        times: usize,
    ) -> Result<Option<u64>> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let (mut last, mut found) = (None, 0);
        let rows = self.ids.len().max(self.stories.len());
        for row in from.saturating_add(1)..rows {
            let articles = match self.stories.get(row) {
                Some(story) => story.articles.clone(),
                None => {
                    let shown = self.ids[row];
                    let folds = store.folded(list, &[shown])?;
                    let others = folds.into_values().flat_map(|folded| folded.others);
                    let mut all: Vec<ArticleId> = others.map(|other| other.id).collect();
                    all.push(shown);
                    all
                }
            };
            if store.any_unread(&articles)? {
                (last, found) = (Some(row as u64), found + 1);
                if found == times {
                    break;
                }
            }
        }
        Ok(last)
    }

    fn page(
        &mut self,
        store: &Store,
        (ticket, list, order): (u64, &List, Order),
        offset: u64,
        limit: usize,
    ) -> Result<Vec<Found>> {
        self.update(store, (ticket, list, order), offset == 0)?;
        if list.fold == Fold::Front {
            let from = usize::try_from(offset).unwrap_or(usize::MAX);
            let stories = self.stories.get(from..).unwrap_or_default();
            return front_page(store, &stories[..limit.min(stories.len())]);
        }
        let from = usize::try_from(offset)
            .unwrap_or(usize::MAX)
            .min(self.ids.len());
        let to = from.saturating_add(limit).min(self.ids.len());
        let wanted = &self.ids[from..to];
        let mut found = store.headlines_of(wanted)?;
        let places: HashMap<ArticleId, usize> = wanted
            .iter()
            .enumerate()
            .map(|(at, id)| (*id, at))
            .collect();
        found.sort_by_key(|headline| places.get(&headline.id).copied());
        let mut folds = store.folded(list, wanted)?;
        let row = |headline: Headline| Found {
            folded: folds.remove(&headline.id),
            headline,
            snippet: Vec::new(),
        };
        Ok(found.into_iter().map(row).collect())
    }
}

/// The articles of a list in an order.
fn sort(store: &Store, list: &List, order: Order) -> Result<Vec<ArticleId>> {
    if matches!(order, Order::Newest | Order::Oldest) {
        let cursors = store.cursors(list, At::Top, usize::MAX)?;
        let mut ids: Vec<ArticleId> = cursors.iter().map(|cursor| cursor.id).collect();
        if order == Order::Oldest {
            ids.reverse();
        }
        return Ok(ids);
    }
    let mut rows = store.headlines(list, At::Top, MOST_SORTED)?;
    match order {
        Order::Longest => rows.sort_by_key(|row| Reverse(row.words)),
        Order::Outlet => rows.sort_by_cached_key(|row| fold(&row.outlet)),
        Order::Newest | Order::Oldest => {}
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

fn answer(
    store: &Store,
    config: &Config,
    (own_tags, sorted): (&mut OwnTags, &mut Sorted),
    job: &Request,
) -> Result<Event> {
    Ok(match job {
        Request::Count { ticket, list } => Event::Counted {
            ticket: *ticket,
            counts: store.counts(list)?,
        },
        Request::Place {
            ticket,
            list,
            cursor,
        } => Event::Placed {
            ticket: *ticket,
            id: cursor.id,
            place: store.position(list, *cursor)?,
        },
        Request::CountNew { ticket, list } => Event::Arrived {
            ticket: *ticket,
            new: arrived(store, list)?,
        },
        Request::Query { query, now } => {
            let counts = store.counts(&List::live(query, *now))?;
            Event::QueryCounted(query.clone(), counts)
        }
        Request::Sidebar { ticket, query, now } => {
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
            Event::Sidebar(Box::new(SidebarCounts {
                ticket: *ticket,
                empty,
                all: count(&shown(Place::All))?,
                starred: count(&shown(Place::Starred))?,
                today: count(&shown(Place::Today))?,
                stories: store.counts(&List {
                    fold: Fold::Front,
                    ..List::live(&shown(Place::Stories), *now)
                })?,
                views,
                outlets,
                tags,
            }))
        }
        Request::Sorted(wanted) => {
            let of = (wanted.ticket, &wanted.list, wanted.order);
            let rows = sorted.page(store, of, wanted.offset, wanted.limit)?;
            Event::Found {
                ticket: wanted.ticket,
                offset: wanted.offset,
                end: rows.len() < wanted.limit,
                rows,
            }
        }
        Request::SeekSorted(wanted) => {
            let of = (wanted.ticket, &wanted.list, wanted.order);
            Event::SoughtRow {
                ticket: wanted.ticket,
                row: sorted.seek(store, of, wanted.from, wanted.times)?,
            }
        }
        Request::Story { id, now } => {
            let outlet_rules = OutletRules::new(config, library::counts::removed(store, config)?);
            let rules = Rules::new(config, &outlet_rules);
            Event::Story(Box::new(story::story_of(store, rules, *id, *now)?))
        }
        Request::RecentStories(now) => {
            let outlet_rules = OutletRules::new(config, library::counts::removed(store, config)?);
            let choice = Choice {
                place: Place::Stories,
                ..Choice::default()
            };
            let query = base(&choice, &config.views, Rules::new(config, &outlet_rules));
            let mut stories = store.front(&List {
                fold: Fold::Front,
                ..List::live(&query, *now)
            })?;
            let stories = Rc::make_mut(&mut stories);
            stories.sort_by_key(|story| std::cmp::Reverse((story.last, story.id)));
            stories.truncate(RECENT);
            Event::RecentStories(front_page(store, stories)?)
        }
        Request::Health => Event::Health(store.health()?),
        Request::History => Event::History(history::load(store)?),
        Request::Revisions(id) => {
            Event::Revisions(store.article(*id)?.map(Box::new), store.revisions(*id)?)
        }
    })
}

/// Stories that are offered for joining an article to one.
const RECENT: usize = 200;

/// Lines of a front page: of each story its best headline.
fn front_page(store: &Store, stories: &[FrontStory]) -> Result<Vec<Found>> {
    let mut rows = Vec::new();
    for story in stories {
        let mut articles = store.headlines_of(&story.articles)?;
        articles.reverse();
        let best = library::stories::best(&articles, &story.copies);
        // What was pruned since has no line.
        let Some(headline) = best.or(articles.last()).cloned() else {
            continue;
        };
        rows.push(Found {
            folded: Some(store.front_line(story, headline.id)?),
            headline,
            snippet: Vec::new(),
        });
    }
    Ok(rows)
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
            // What comes to a story that has its line is new too.
            fold: match list.fold {
                Fold::Front => Fold::Front,
                _ => Fold::Never,
            },
        };
        if list.fold == Fold::Front {
            let stories = store.front(&list)?;
            let articles = stories.iter().map(|story| story.articles.len() as u64);
            return Ok(articles.sum());
        }
        let Counts { total, .. } = store.counts(&list)?;
        Ok(total)
    };
    let with = total(AsOf {
        newest: now.newest,
        ..then
    })?;
    Ok(with.saturating_sub(total(then)?))
}
