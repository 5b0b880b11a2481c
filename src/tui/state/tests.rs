//! The state, by typing keys: a small world answers what the store would, everything else is kept to
//! be looked at.

mod daily;
mod doors;
mod external;
mod faults;
mod hands;
mod meanwhile;
mod newcomer;
mod stories;
mod tasks;

use std::collections::HashMap;
use std::path::Path;

use jiff::tz::TimeZone;

use super::article::ArticlePane;
use super::order::Order;
use super::popup::Kind;
use super::{Pane, Settings, State};
use crate::config::{Config, MarkRead, edit};
use crate::library::selection::Place;
use crate::library::tags::Facet;
use crate::tui::effect::{ConfigEdit, Effect, Fill, SortedRows, SortedSeek, Timer};
use crate::tui::event::{Event, Found, Offer, Refreshed, SidebarCounts};
use crate::tui::keymap::{Keymap, notation};
use crate::tui::terminal::key::{Input, Key, Mouse};
use newsprint_html::{Change, layout};
use newsprint_model::{
    Article, ArticleId, Counts, Headline, Health, Mark, Media, Revision, TextState, Time,
};
use newsprint_store::{AsOf, At, Fold, Folded, List, Named};

/// The moment all tests take place at.
pub fn now() -> Time {
    "2024-06-12T12:00:00Z".parse().unwrap()
}

/// A made-up headline; the higher the number the newer.
pub fn headline(number: i64) -> Headline {
    let published = Time::from_second(1_718_180_000 + number * 3_600).unwrap();
    Headline {
        id: ArticleId(number),
        key: number,
        outlet: "Morning Post".into(),
        title: format!("Story {number} of the day"),
        url: format!("https://post.example/story/{number}"),
        published: Some(published),
        updated: None,
        first_seen: published,
        sort: published.as_microsecond(),
        tags: vec!["Georgia".into()],
        author: "Ada Example".into(),
        read: false,
        starred: false,
        changed: false,
        text: TextState::Full,
        words: 440,
        lang: "en".into(),
        medium: None,
    }
}

/// The effect that marks a made-up article.
pub fn mark_of(number: i64, mark: Mark) -> Effect {
    let name = Named::of(&headline(number));
    Effect::Mark(vec![ArticleId(number)], mark, vec![name])
}

/// A state with a store behind it that holds a few articles.
pub struct World {
    /// The reader.
    pub state: State,
    /// The config file.
    pub config: String,
    /// Newest first.
    pub store: Vec<Headline>,
    /// The text of every article.
    pub body: String,
    /// The leading picture of every article.
    pub image: Option<String>,
    /// The files that come with every article.
    pub media: Vec<Media>,
    /// What the lines of folded lists stand for beside their article.
    pub folds: HashMap<ArticleId, Folded>,
    /// The timers that were set.
    pub timers: Vec<Timer>,
    /// What the store says of outlets that failed.
    pub failing: Vec<(String, String)>,
    /// The text of what is shown.
    shown_body: String,
    /// What was asked for and not answered here.
    pub asked: Vec<Effect>,
}

impl World {
    /// A reader on so many articles.
    pub fn new(articles: i64, text: &str) -> World {
        let config = Config::parse(text, Path::new("/config.toml"), Path::new("/data")).unwrap();
        let keymap = Keymap::from_config(&config).unwrap();
        let mut settings = Settings::new(&config, Vec::new(), false, false, TimeZone::UTC);
        (settings.reader.mouse, settings.images) = (true, false);
        let state = State::new(keymap, settings, (120, 40), now());
        let mut world = World {
            state,
            config: text.to_owned(),
            store: (1..=articles).rev().map(headline).collect(),
            failing: Vec::new(),
            body: "<p>One paragraph with <a href=\"https://elsewhere.example/a\">a link</a>.</p>"
                .repeat(30),
            image: None,
            media: Vec::new(),
            folds: HashMap::new(),
            timers: Vec::new(),
            shown_body: String::new(),
            asked: Vec::new(),
        };
        world.shown_body = world.body.clone();
        let effects = world.state.start();
        world.perform(effects);
        world
    }

    /// Types keys, written as in the config.
    pub fn keys(&mut self, text: &str) -> &mut World {
        self.asked.clear();
        if self.shown_body != self.body && self.state.screen.focus != Pane::Article {
            // What was shown before the test gave its own text.
            self.state.article = ArticlePane::default();
            let effects = self.state.update(Event::History(Vec::new()));
            self.perform(effects);
            self.asked.clear();
        }
        self.shown_body = self.body.clone();
        for key in notation::parse(text).unwrap() {
            self.key(key);
        }
        self
    }

    fn key(&mut self, key: Key) {
        let effects = self.state.input(Input::Key(key));
        self.perform(effects);
    }

    /// Types text as it is.
    pub fn text(&mut self, text: &str) -> &mut World {
        for c in text.chars() {
            self.key(Key::plain(crate::tui::terminal::key::Code::Char(c)));
        }
        self
    }

    /// Tells the state a fact.
    pub fn update(&mut self, event: Event) {
        if let Event::Refreshed { report, .. } = &event {
            self.failing
                .retain(|(name, _)| !report.asked.contains(name));
            self.failing.extend(report.failed.iter().cloned());
        }
        let effects = self.state.update(event);
        self.perform(effects);
    }

    /// Tells the state how a refresh has ended.
    fn refreshed(&mut self, report: Refreshed) {
        self.update(Event::Refreshed {
            report,
            error: None,
            at: now(),
        });
    }

    /// Answers what can be answered here; keeps the rest.
    pub fn perform(&mut self, effects: Vec<Effect>) {
        let mut todo: std::collections::VecDeque<Effect> = effects.into();
        while let Some(effect) = todo.pop_front() {
            let Some(event) = self.answer(&effect) else {
                // Asked for along with much else; the tests of them look at `timers`.
                match effect {
                    Effect::After(_, timer) => self.timers.push(timer),
                    Effect::RememberSession(_) | Effect::PlaceStories => {}
                    effect => self.asked.push(effect),
                }
                continue;
            };
            todo.extend(self.state.update(event));
        }
    }

    fn answer(&mut self, effect: &Effect) -> Option<Event> {
        Some(match effect {
            Effect::OpenList { ticket, query } => Event::Opened {
                ticket: *ticket,
                list: List {
                    query: query.clone(),
                    as_of: Some(AsOf {
                        newest: ArticleId(self.store.len() as i64),
                        change: 0,
                    }),
                    fold: Fold::Never,
                },
            },
            Effect::LoadRows {
                ticket,
                list,
                at,
                limit,
                fill,
            } => {
                let all = &self.lines(list);
                let key = |row: &Headline| (row.sort, row.id.0);
                let (from, to) = match at {
                    At::Top => (0, *limit),
                    At::After(cursor) => {
                        let from = all
                            .iter()
                            .position(|row| key(row) < (cursor.sort, cursor.id.0))
                            .unwrap_or(all.len());
                        (from, from + limit)
                    }
                    At::Before(cursor) => {
                        let to = all
                            .iter()
                            .position(|row| key(row) <= (cursor.sort, cursor.id.0))
                            .unwrap_or(all.len());
                        (to.saturating_sub(*limit), to)
                    }
                    At::Bottom => (all.len().saturating_sub(*limit), all.len()),
                };
                let rows: Vec<Headline> = all[from..to.min(all.len())].to_vec();
                Event::Rows {
                    ticket: *ticket,
                    end: rows.len() < *limit,
                    folds: match list.fold {
                        Fold::Never => HashMap::new(),
                        _ => self.folds.clone(),
                    },
                    rows,
                    fill: *fill,
                    first: (*fill == Fill::Here).then_some(from as u64),
                }
            }
            Effect::Count { ticket, .. } => Event::Counted {
                ticket: *ticket,
                counts: Counts {
                    total: self.store.len() as u64,
                    unread: self.store.iter().filter(|row| !row.read).count() as u64,
                },
            },
            Effect::Search { ticket, offset, .. } => Event::Found {
                ticket: *ticket,
                offset: *offset,
                rows: self
                    .store
                    .iter()
                    .take(3)
                    .map(|headline| Found {
                        headline: headline.clone(),
                        snippet: vec![("before ".into(), false), ("match".into(), true)],
                        folded: None,
                    })
                    .collect(),
                end: true,
            },
            Effect::Seek {
                ticket,
                from,
                forward,
                ..
            } => {
                let at = self.store.iter().position(|row| row.id == from.id)?;
                let found = if *forward {
                    self.store[at + 1..].iter().find(|row| !row.read)
                } else {
                    self.store[..at].iter().rev().find(|row| !row.read)
                };
                Event::Sought {
                    ticket: *ticket,
                    place: found.map(Headline::cursor),
                }
            }
            Effect::LoadHeadlines(ids) => Event::Headlines(
                ids.iter()
                    .filter_map(|id| self.store.iter().find(|row| row.id == *id))
                    .cloned()
                    .collect(),
            ),
            Effect::LoadArticle(id) => {
                let found = self.store.iter().find(|row| row.id == *id);
                Event::Article(
                    *id,
                    found.map(|headline| {
                        Box::new(Article {
                            headline: headline.clone(),
                            body: self.body.clone(),
                            partial: None,
                            image: self.image.clone(),
                            position: 0,
                            revisions: 0,
                            media: self.media.clone(),
                        })
                    }),
                )
            }
            Effect::LayOut {
                id,
                html,
                width,
                image_rows,
                ..
            } => Event::Laid {
                id: *id,
                width: *width,
                laid: layout::layout(
                    html,
                    &layout::Options {
                        width: *width,
                        links: layout::Links::NumberedOnly,
                        image_rows: image_rows.clone(),
                        ..layout::Options::default()
                    },
                ),
            },
            Effect::LoadSidebar { ticket, .. } => self.sidebar(*ticket),
            Effect::SeekSorted(SortedSeek {
                ticket,
                order,
                from,
                times,
                ..
            }) => {
                let mut rows: Vec<&Headline> = self.store.iter().collect();
                if *order == Order::Oldest {
                    rows.reverse();
                }
                let rows = rows.iter().enumerate().skip(*from as usize + 1);
                let unread = rows.filter(|(_, row)| !row.read).take(*times);
                Event::SoughtRow {
                    ticket: *ticket,
                    row: unread.last().map(|(row, _)| row as u64),
                }
            }
            Effect::LoadSorted(SortedRows {
                ticket,
                list,
                order,
                offset,
                limit,
            }) => {
                let mut rows = self.lines(list);
                if *order == Order::Oldest {
                    rows.reverse();
                }
                let from = (*offset as usize).min(rows.len());
                let to = (from + limit).min(rows.len());
                Event::Found {
                    ticket: *ticket,
                    offset: *offset,
                    end: to - from < *limit,
                    rows: rows[from..to]
                        .iter()
                        .map(|headline| Found {
                            headline: headline.clone(),
                            snippet: Vec::new(),
                            folded: match list.fold {
                                Fold::Never => None,
                                _ => self.folds.get(&headline.id).cloned(),
                            },
                        })
                        .collect(),
                }
            }
            Effect::FindStored { url, text } => Event::Stored {
                url: url.clone(),
                text: text.clone(),
                article: self
                    .store
                    .iter()
                    .find(|row| row.url == *url)
                    .map(|row| row.id),
            },
            Effect::EditConfig(ConfigEdit::Tag(change)) => {
                self.asked.push(effect.clone());
                let list = if change.mute { "mute" } else { "hide" };
                let text = match change.on {
                    true => edit::add_to_tags(&self.config, list, &change.tag),
                    false => edit::remove_from_tags(&self.config, list, &change.tag),
                };
                return Some(self.configured(text.unwrap()));
            }
            Effect::EditConfig(ConfigEdit::AddView { name, query }) => {
                self.asked.push(effect.clone());
                let text = edit::add_view(&self.config, name, query).unwrap();
                return Some(self.configured(text));
            }
            _ => return None,
        })
    }

    /// The config file has another text.
    pub fn configured(&mut self, text: String) -> Event {
        let config = Config::parse(&text, Path::new("/config.toml"), Path::new("/data")).unwrap();
        self.config = text;
        Event::Config {
            config: Box::new(config),
            removed: Vec::new(),
        }
    }

    /// The articles that a list shows, the newest first.
    fn lines(&self, list: &List) -> Vec<Headline> {
        let query = list.query.to_string();
        let away = |id: ArticleId| {
            let mut folds = self.folds.values();
            folds.any(|folded| folded.others.iter().any(|other| other.id == id))
        };
        let shown = |row: &&Headline| match list.fold {
            Fold::Never => match query.strip_prefix("story:") {
                Some(story) => {
                    let of = |(id, folded): (&ArticleId, &Folded)| {
                        let mut others = folded.others.iter().map(|other| other.id);
                        let told = *id == row.id || others.any(|other| other == row.id);
                        told && story == folded.story.to_string()
                    };
                    self.folds.iter().any(of)
                }
                None => true,
            },
            Fold::Front => self.folds.contains_key(&row.id),
            Fold::Unread | Fold::Always => !away(row.id),
        };
        self.store.iter().filter(shown).cloned().collect()
    }

    fn sidebar(&self, ticket: u64) -> Event {
        let counts = Counts {
            total: self.store.len() as u64,
            unread: self.store.iter().filter(|row| !row.read).count() as u64,
        };
        let facet = |name: &str, total: u64| Facet {
            name: name.into(),
            tags: vec![name.into()],
            counts: Counts { total, unread: 1 },
            section: false,
            own: false,
        };
        let outlets = self.state.settings.outlets.iter().map(|outlet| Health {
            account: None,
            waiting: None,
            outlet: outlet.name.clone(),
            url: "https://post.example/".into(),
            source: None,
            last_success: Some(now()),
            last_error: self
                .failing
                .iter()
                .find(|(name, _)| *name == outlet.name)
                .map(|(_, why)| why.clone()),
            failing_since: None,
            status: Some(200),
            next_fetch: None,
            stopped: None,
            notes: Vec::new(),
            counts,
        });
        Event::Sidebar(Box::new(SidebarCounts {
            ticket,
            empty: self.store.is_empty(),
            all: counts,
            starred: Counts::default(),
            today: counts,
            stories: Counts {
                total: self.folds.len() as u64,
                unread: self.folds.len() as u64,
            },
            views: vec![counts; self.state.settings.views.len()],
            outlets: outlets.collect(),
            tags: if self.store.is_empty() {
                Vec::new()
            } else {
                vec![
                    facet("Azerbaijan", 41),
                    facet("Georgia", 38),
                    facet("North Caucasus", 7),
                ]
            },
        }))
    }

    fn chosen(&self) -> i64 {
        self.state.list.chosen().map_or(0, |row| row.id.0)
    }

    fn open_article(&self) -> i64 {
        let article = self.state.article.open.as_ref();
        article.map_or(0, |reading| reading.article.headline.id.0)
    }

    /// The query of the list on the screen.
    fn query(&self) -> String {
        let list = self.state.list.list.as_ref();
        list.map_or(String::new(), |list| list.query.to_string())
    }
}

#[test]
fn j_and_k_move_counts_repeat_and_enter_opens() {
    let mut world = World::new(30, "");
    assert_eq!(world.chosen(), 30);
    assert_eq!(world.keys("jj").chosen(), 28);
    assert_eq!(world.keys("5j").chosen(), 23);
    assert_eq!(world.keys("k").chosen(), 24);
    world.keys("<enter>");
    assert_eq!(world.open_article(), 24);
    assert_eq!(world.state.screen.focus, Pane::Article);
    assert_eq!(world.keys("J").open_article(), 23);
    assert_eq!(world.keys("K").open_article(), 24);
}

#[test]
fn opening_marks_read_and_the_store_is_told() {
    let mut world = World::new(3, "");
    world.keys("<enter>");
    assert!(world.asked.contains(&mark_of(3, Mark::Read)));
    assert!(world.state.list.rows[0].headline.read);
    world.keys("m");
    assert_eq!(world.asked, [mark_of(3, Mark::Unread)]);
    world.keys("hjs");
    assert!(world.asked.contains(&mark_of(2, Mark::Star)));
    assert!(world.state.list.rows[1].headline.starred);
}

#[test]
fn an_article_counts_as_read_by_the_rule() {
    let mut world = World::new(3, "[reader]\nmark_read = \"end\"\n");
    assert_eq!(world.state.settings.reader.mark_read, MarkRead::End);
    world.keys("<enter>");
    assert!(!world.state.list.rows[0].headline.read);
    world.keys("G");
    assert!(world.asked.contains(&mark_of(3, Mark::Read)));

    // With a time, what the cursor rests on counts as well.
    let mut world = World::new(3, "[reader]\nmark_read = \"3s\"\n");
    let name = *world.timers.last().unwrap();
    assert!(matches!(name, Timer::Read(_)), "{name:?}");
    // Gone on to the next article before the time was over: only that one's timer counts.
    world.keys("J");
    world.update(Event::Time(name));
    let marked = |world: &World| {
        let mut asked = world.asked.iter();
        asked.any(|effect| matches!(effect, Effect::Mark(..)))
    };
    assert!(!marked(&world));
    let name = *world.timers.last().unwrap();
    world.update(Event::Time(name));
    assert!(marked(&world));
}

#[test]
fn a_list_of_any_length_is_walked_through_a_small_window() {
    let mut world = World::new(5_000, "");
    world.keys("4000j");
    assert_eq!(world.chosen(), 1_000);
    assert_eq!(world.state.list.place(), Some(4_001));
    assert!(world.state.list.rows.len() <= 1_000);
    world.keys("G");
    assert_eq!((world.chosen(), world.state.list.place()), (1, Some(5_000)));
    world.keys("4999k");
    assert_eq!((world.chosen(), world.state.list.place()), (5_000, Some(1)));
    world.keys("<C-d><C-d><C-u>");
    assert!(world.chosen() < 5_000);
    world.keys("gg");
    assert_eq!(world.chosen(), 5_000);
}

#[test]
fn space_reads_on_to_the_end_and_then_to_the_next_unread() {
    let mut world = World::new(3, "");
    world.store[1].read = true;
    world.keys("<enter>");
    let mut pages = 0;
    while world.open_article() == 3 {
        world.keys("<space>");
        pages += 1;
        assert!(pages < 50, "space never came to the next article");
    }
    assert!(pages > 1, "the first article was not read to its end");
    assert_eq!(world.open_article(), 1);
    // The end of the list: said, and nothing moves.
    for _ in 0..pages {
        world.keys("<space>");
    }
    assert_eq!(world.open_article(), 1);
    assert!(world.state.messages.shown.is_some());
}

#[test]
fn n_goes_to_the_next_unread_article() {
    let mut world = World::new(300, "");
    for row in &mut world.store[1..280] {
        row.read = true;
    }
    world.keys("gg").keys("n");
    assert_eq!(world.chosen(), 20);
    assert_eq!(world.keys("N").chosen(), 300);
}

#[test]
fn searching_as_one_types_and_back() {
    let mut world = World::new(30, "");
    world.keys("jj").keys("/").text("erdo");
    assert!(world.state.list.ranked);
    assert_eq!(world.query(), "erdo*");
    assert_eq!(world.state.list.rows.len(), 3);
    world.keys("<esc>");
    assert!(!world.state.list.ranked);
    assert_eq!(world.query(), "");
    // A single letter is not searched until it is meant.
    world.keys("/").text("e");
    assert_eq!(world.query(), "");
    assert_eq!(world.keys("<enter>").query(), "e");
    world.keys("q");
    world.keys("/").text("erdo").keys("<enter>");
    assert_eq!(world.state.screen.focus, Pane::List);
    assert_eq!(world.keys("n").chosen(), 29);
    world.keys("q");
    assert_eq!(world.query(), "");
}

#[test]
fn a_wrong_filter_is_answered_with_the_column_and_not_taken() {
    let mut world = World::new(3, "");
    world.keys("f").text("is:purple");
    let error = world
        .state
        .prompt
        .line
        .as_ref()
        .unwrap()
        .error
        .clone()
        .unwrap();
    assert!(error.0 >= 1 && !error.1.is_empty());
    world.keys("<enter>");
    assert!(world.state.prompt.line.is_some());
    assert_eq!(world.query(), "");
    world.keys("<C-u>").text("is:starred").keys("<enter>");
    assert_eq!(world.query(), "is:starred");
    world.keys("c");
    assert_eq!(world.query(), "");
}

#[test]
fn names_are_completed_while_a_filter_is_typed() {
    let mut world = World::new(3, "");
    world.keys("f").text("tag:nor").keys("<tab>");
    let prompt = world.state.prompt.line.as_ref().unwrap();
    assert_eq!(prompt.text, "tag:\"North Caucasus\"");
    world.keys("<enter>").keys("f<up>");
    assert_eq!(
        world.state.prompt.line.as_ref().unwrap().text,
        "tag:\"North Caucasus\""
    );
}

#[test]
fn tags_are_chosen_by_typing_a_few_letters() {
    let mut world = World::new(3, "");
    world.keys("t").text("azb").keys("<enter>");
    assert_eq!(world.query(), "tag:Azerbaijan");
    assert_eq!(world.keys("T").query(), "");
    // Several: with, without, and either.
    world.keys("t<space><space>").keys("-").keys("<enter>");
    assert_eq!(
        world.query(),
        "tag:Azerbaijan tag:Georgia -tag:\"North Caucasus\""
    );
    world.keys("t<C-o><enter>");
    assert!(world.query().starts_with("(tag:Azerbaijan or tag:Georgia)"));
}

#[test]
fn the_tag_pane_filters_by_one_key() {
    let mut world = World::new(3, "");
    world.keys("<S-tab>");
    assert_eq!(world.state.screen.focus, Pane::Tags);
    assert_eq!(world.keys("j<enter>").query(), "tag:Georgia");
    assert_eq!(world.state.screen.focus, Pane::List);
    world.keys("<S-tab>").keys("k+");
    assert_eq!(world.query(), "tag:Georgia tag:Azerbaijan");
    assert_eq!(world.keys("-").query(), "tag:Georgia -tag:Azerbaijan");
}

#[test]
fn aliases_and_mutes_of_the_config_hold() {
    let config = "[tags]\nalias = { Karabakh = \"Azerbaijan\" }\nmute = [\"Sport\"]\n";
    let mut world = World::new(3, config);
    assert_eq!(world.query(), "-tag:Sport");
    world.keys("t").text("azb").keys("<enter>");
    assert_eq!(world.query(), "-tag:Sport (tag:Azerbaijan or tag:Karabakh)");
}

#[test]
fn keys_of_their_own_show_all_unread_starred_and_todays() {
    let mut world = World::new(3, "");
    assert_eq!(world.keys("gu").query(), "is:unread");
    assert_eq!(world.keys("gs").query(), "is:starred");
    assert_eq!(world.keys("ga").query(), "");
    assert_eq!(world.keys("gd").query(), "since:today");
    // From an outlet, too, it is all articles of all outlets; what is unread can be shown where one is.
    for keys in ["gu", "gs", "U"] {
        world
            .state
            .show_place(&Place::Outlet("Caucasus Watch".to_owned()));
        assert_eq!(world.keys(keys).keys("ga").query(), "", "{keys}");
        assert_eq!(world.state.choice.place, Place::All);
    }
}

#[test]
fn a_saved_view_has_its_key_and_v_saves_one() {
    let config = "[[view]]\nname = \"Long\"\nquery = \"is:full\"\nkey = \"gl\"\n";
    let mut world = World::new(3, config);
    assert_eq!(world.keys("gl").query(), "is:full");
    world.keys("gu").keys("V").text("To read").keys("<enter>");
    assert!(
        world
            .asked
            .contains(&Effect::EditConfig(ConfigEdit::AddView {
                name: "To read".into(),
                query: "is:full is:unread".into(),
            }))
    );
    let rows = world.state.side.rows().iter();
    let names: Vec<&str> = rows.map(|row| row.name.as_str()).collect();
    assert_eq!(
        names[..7],
        [
            "All", "Unread", "Today", "Starred", "Stories", "Long", "To read"
        ]
    );
}

#[test]
fn what_arrives_is_announced_and_moves_nothing() {
    let mut world = World::new(30, "");
    world.keys("5j");
    let before = (world.chosen(), world.state.list.top);
    world.store.insert(0, headline(31));
    world.update(Event::Touched);
    let ticket = world.state.list.ticket;
    assert!(
        world
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::CountNew { .. }))
    );
    world.update(Event::Arrived { ticket, new: 1 });
    assert_eq!((world.chosen(), world.state.list.top), before);
    assert_eq!(world.state.list.new, 1);
    world.keys("gg");
    assert_eq!((world.chosen(), world.state.list.new), (31, 0));
}

#[test]
fn a_change_elsewhere_is_seen_at_once_and_wherever_one_scrolls() {
    let mut world = World::new(600, "");
    world.keys("400j");
    let before = (world.chosen(), world.state.list.place());
    for row in &mut world.store {
        row.read = true;
    }
    world.update(Event::Touched);
    assert_eq!((world.chosen(), world.state.list.place()), before);
    assert!(world.state.list.rows.len() <= 400);
    world.keys("50k50k50k");
    assert_eq!(world.state.list.place(), Some(251));
    assert!(world.state.list.rows.iter().all(|row| row.headline.read));
    world.keys("400j");
    assert_eq!(world.state.list.place(), Some(600));
}

#[test]
fn pictures_are_asked_for_once_and_do_not_move_the_text() {
    let mut world = World::new(3, "");
    world.state.settings.images = true;
    let text = "<p>Some words in a paragraph.</p>".repeat(30);
    world.body = format!("<p><img src=\"https://post.example/a.png\" alt=\"A\"></p>{text}");
    world.keys("<enter>");
    let asked = world.asked.iter().filter(|effect| {
        matches!(effect, Effect::LoadPicture { url, .. } if url == "https://post.example/a.png")
    });
    assert_eq!(asked.count(), 1);
    world.keys("20j");
    let line = |world: &World| {
        let reading = world.state.article.open.as_ref().unwrap();
        let at = reading.top;
        (at, reading.line(at).unwrap().text())
    };
    let (top, shown) = line(&world);
    world.update(Event::Picture {
        url: "https://post.example/a.png".into(),
        rows: Ok(9),
    });
    // The label, which is one line, goes where the picture is seen.
    assert_eq!(line(&world), (top + 9 - 1, shown));
}

#[test]
fn a_picture_that_is_not_on_this_disk_is_fetched_only_when_asked_for() {
    let mut world = World::new(3, "");
    world.state.settings.images = true;
    world.body = "<p><img src=\"https://post.example/a.png\" alt=\"A\"></p>".into();
    let asked = |world: &mut World| {
        let fetches = world.asked.iter().filter_map(|effect| match effect {
            Effect::LoadPicture { fetch, .. } => Some(*fetch),
            _ => None,
        });
        let fetches: Vec<bool> = fetches.collect();
        world.asked.clear();
        fetches
    };
    let hints = |world: &World| {
        let hints = world.state.key_hints();
        hints
            .iter()
            .any(|(key, word)| key == "i" && *word == "images")
    };
    world.keys("<enter>");
    assert_eq!(asked(&mut world), [false]);
    assert!(!hints(&world));
    let gone = || Event::Picture {
        url: "https://post.example/a.png".into(),
        rows: Err("not on this disk".into()),
    };
    world.update(gone());
    assert!(hints(&world));
    // From the list as well, where the article is only shown.
    world.keys("h");
    assert_eq!(world.state.screen.focus, Pane::List);
    asked(&mut world);
    world.keys("i");
    assert_eq!(asked(&mut world), [true]);
    assert!(!hints(&world));
    world.update(gone());
    let message = world.state.messages.shown.as_ref().unwrap();
    assert_eq!(message.text, "Image: not on this disk");
    world.keys("i");
    assert!(!world.state.settings.images);

    // Before the cursor has rested it is not known what is on this disk.
    let mut world = World::new(3, "");
    world.state.settings.images = true;
    world.body = "<p><img src=\"https://post.example/a.png\" alt=\"A\"></p>".into();
    world.keys("ji");
    assert_eq!(asked(&mut world), [true]);
    assert!(world.state.settings.images);

    let mut world = World::new(3, "");
    world.state.settings.images = true;
    world.keys("<enter>i");
    assert!(world.state.settings.images);
    let message = world.state.messages.shown.as_ref().unwrap();
    assert_eq!(message.text, "No images in this article.");

    let mut world = World::new(3, "");
    world.state.settings.images = true;
    world.state.settings.reader.fetch_images = true;
    world.body = "<p><img src=\"https://post.example/a.png\" alt=\"A\"></p>".into();
    world.keys("<enter>");
    assert_eq!(asked(&mut world), [true]);
}

#[test]
fn pictures_and_the_mouse_can_be_switched_off_and_on() {
    let mut world = World::new(3, "");
    world.state.settings.images = true;
    world.body = "<p><img src=\"https://post.example/a.png\" alt=\"A\"></p>".into();
    let pictures = |world: &World| {
        let pictures = |effect: &&Effect| matches!(effect, Effect::LoadPicture { .. });
        world.asked.iter().filter(pictures).count()
    };
    // Nothing is shown yet that could be switched off.
    world.keys("i");
    assert_eq!(pictures(&world), 1);
    world.keys("i<enter>");
    assert_eq!(pictures(&world), 0);
    // The description stands for the picture.
    let text = |world: &World| {
        let reading = world.state.article.open.as_ref().unwrap();
        let laid = reading.laid.as_ref().unwrap();
        laid.lines
            .iter()
            .map(|line| line.text())
            .collect::<String>()
    };
    assert!(text(&world).contains('A'), "{}", text(&world));
    world.keys("i");
    assert_eq!(pictures(&world), 1);
    assert_eq!(world.keys("gm").asked, [Effect::Mouse(false)]);
    assert_eq!(world.keys("gm").asked, [Effect::Mouse(true)]);
}

#[test]
fn a_shows_exactly_the_list_that_a_marks() {
    let mut world = World::new(30, "");
    world.keys("t").text("geo").keys("<enter>");
    let shown = world.state.list.list.clone().unwrap();
    world.update(Event::Touched);
    world.keys("A");
    assert_eq!(world.asked, [Effect::MarkList(shown, Mark::Read)]);
    assert_eq!(world.keys("u").asked, [Effect::Undo]);
}

#[test]
fn an_empty_store_refreshes_by_itself_and_says_what_failed() {
    let mut world = World::new(0, "");
    assert!(world.asked.contains(&Effect::Refresh {
        outlets: Vec::new(),
        force: false
    }));
    assert!(world.state.refresh.running.is_some());
    let name = "Caucasus Watch".to_owned();
    world.refreshed(Refreshed {
        asked: vec![name.clone()],
        failed: vec![(name.clone(), "no network".into())],
        ..Refreshed::default()
    });
    let message = world.state.messages.shown.clone().unwrap();
    assert!(message.error && message.text.contains("no network"));
    assert!(world.state.refresh.running.is_none());

    // A person who asks is not told to wait for the hour.
    let asked = Effect::Refresh {
        outlets: Vec::new(),
        force: true,
    };
    assert_eq!(world.keys("R").asked, [asked]);
    // Where the outlet itself asked for a pause, that is said, and it stays failed.
    world.refreshed(Refreshed {
        due: Some("2024-06-12T12:40:00Z".parse().unwrap()),
        ..Refreshed::default()
    });
    let message = world.state.messages.shown.clone().unwrap();
    assert!(message.text.contains("12:40"), "{}", message.text);
    assert_eq!(world.state.refresh.failures.len(), 1);
    // Another outlet's answer takes nothing back; its own does.
    let answer = |name: &str| Refreshed {
        asked: vec![name.to_owned()],
        ..Refreshed::default()
    };
    world.refreshed(answer("Morning Post"));
    assert_eq!(world.state.refresh.failures.len(), 1);
    world.refreshed(answer(&name));
    assert!(world.state.refresh.failures.is_empty());
}

#[test]
fn another_source_of_an_outlet_is_told() {
    let mut world = World::new(3, "");
    world.refreshed(Refreshed {
        new: 2,
        asked: vec!["Morning Post".into()],
        notes: vec![(
            "Morning Post".into(),
            "reads the sitemap from now on".into(),
        )],
        ..Refreshed::default()
    });
    let message = world.state.messages.shown.clone().unwrap();
    assert!(!message.error);
    assert!(message.text.contains("2 new articles"), "{}", message.text);
    assert!(message.text.contains("sitemap"), "{}", message.text);
    assert_eq!(world.state.refresh.notes.len(), 1);
}

#[test]
fn find_in_the_article_counts_and_goes_round() {
    let mut world = World::new(3, "");
    world
        .keys("<enter>")
        .keys("/")
        .text("paragraph")
        .keys("<enter>");
    let find = world
        .state
        .article
        .open
        .as_ref()
        .unwrap()
        .find
        .clone()
        .unwrap();
    assert_eq!((find.count, find.current), (30, 0));
    world.keys("N");
    let find = world
        .state
        .article
        .open
        .as_ref()
        .unwrap()
        .find
        .clone()
        .unwrap();
    assert_eq!(find.current, 29);
    assert!(world.state.article.open.as_ref().unwrap().top > 0);
    world.keys("<esc>");
    assert!(world.state.article.open.as_ref().unwrap().find.is_none());
    assert_eq!(world.state.screen.focus, Pane::Article);
}

#[test]
fn from_a_search_one_key_leads_back_to_the_results() {
    let mut world = World::new(3, "");
    world
        .keys("/")
        .text("paragraph")
        .keys("<enter>")
        .keys("<enter>");
    assert_eq!(world.state.screen.focus, Pane::Article);
    assert!(world.state.article.open.as_ref().unwrap().find.is_some());
    assert_eq!(world.keys("<esc>").state.screen.focus, Pane::List);
    assert!(world.state.list.ranked);
}

#[test]
fn links_open_by_number_and_a_false_host_is_shown_first() {
    let mut world = World::new(3, "");
    world.keys("<enter>").keys(";1");
    assert_eq!(
        world.asked,
        [Effect::Browse("https://elsewhere.example/a".into())]
    );
    world.body = "<p><a href=\"https://evil.example/\">www.bank.example</a></p>".into();
    world.keys("hj<enter>").keys(";1");
    assert_eq!(world.asked, []);
    let popup = world.state.popup.open.clone().unwrap();
    assert!(matches!(&popup.kind, Kind::Warn { host, .. } if host == "evil.example"));
    world.keys("<enter>");
    assert_eq!(
        world.asked,
        [Effect::Browse("https://evil.example/".into())]
    );
}

#[test]
fn the_position_is_remembered_when_an_article_is_left() {
    let mut world = World::new(3, "");
    world.keys("<enter>").keys("4j").keys("q");
    let remembered = world.asked.iter().find_map(|effect| match effect {
        Effect::SetPosition(id, position) => Some((*id, *position)),
        _ => None,
    });
    let (id, position) = remembered.expect("no position");
    assert_eq!(id, ArticleId(3));
    assert!(position > 0 && position < 5_000);
}

#[test]
fn another_width_keeps_the_place_in_the_text() {
    let mut world = World::new(3, "");
    world.keys("<enter>").keys("20j");
    let before = world.state.article.open.as_ref().unwrap().position();
    let effects = world.state.resize((80, 24));
    world.perform(effects);
    let after = world.state.article.open.as_ref().unwrap().position();
    assert!(before.abs_diff(after) < 800, "{before} became {after}");
}

#[test]
fn the_command_line_does_what_keys_do() {
    let mut world = World::new(30, "");
    world.keys(":").text("show-unread").keys("<enter>");
    assert_eq!(world.query(), "is:unread");
    world.keys(":").text("filter is:full").keys("<enter>");
    assert_eq!(world.query(), "is:full is:unread");
    world.keys(":").text("mark-l<tab>").keys("<tab>");
    assert_eq!(
        world.state.prompt.line.as_ref().unwrap().text,
        "mark-l<tab>"
    );
    world.keys("<esc>").keys(":").text("mark-l").keys("<tab>");
    assert_eq!(
        world.state.prompt.line.as_ref().unwrap().text,
        "mark-list-read"
    );
    world.keys("<esc>").keys(":").text("dance").keys("<enter>");
    assert!(world.state.messages.shown.clone().unwrap().error);
    world
        .keys("<esc>")
        .keys(":")
        .text("quit-now")
        .keys("<enter>");
    assert!(world.asked.contains(&Effect::Quit));
}

#[test]
fn every_action_can_be_called_by_name_and_none_panics_anywhere() {
    for row in crate::tui::keymap::actions::TABLE {
        for (articles, before) in [
            (0, ""),
            (3, ""),
            (3, "<enter>"),
            (3, "<tab>"),
            (3, "<S-tab>"),
        ] {
            let mut world = World::new(articles, "");
            if !before.is_empty() {
                world.keys(before);
            }
            world.keys(":").text(row.name).keys("<enter>").keys("<esc>");
            let effects = world.state.resize((20, 5));
            world.perform(effects);
        }
    }
}

#[test]
fn help_is_searched_and_shows_the_keys_as_remapped() {
    let mut world = World::new(3, "[keys]\nF7 = \"star\"\n");
    world.keys("?");
    world.keys("/").text("toggle star");
    let popup = world.state.popup.open.clone().unwrap();
    let lines = super::popup_text::popup_lines(&world.state, &popup);
    let text: Vec<String> = lines
        .iter()
        .map(|line| line.iter().map(|(text, _)| text.as_str()).collect())
        .collect();
    assert!(
        text.iter()
            .any(|line| line.contains("F7") && line.contains("toggle star"))
    );
    assert!(text.len() < 5);
    world.keys("<enter>").keys("q");
    assert!(world.state.popup.open.is_none());
}

#[test]
fn a_macro_runs_its_actions_and_then_its_commands() {
    let config = "[[macro]]\nkey = \",p\"\ndescription = \"keep\"\nactions = [\"star\", \"toggle-read\"]\ncommands = [[\"tee\", \"out\"]]\n";
    let mut world = World::new(3, config);
    world.keys(",p");
    assert_eq!(
        world.asked,
        [
            mark_of(3, Mark::Star),
            mark_of(3, Mark::Read),
            Effect::RunMacro {
                index: 0,
                id: Some(ArticleId(3)),
            },
        ]
    );
}

#[test]
fn x_fetches_the_page_and_the_open_article_shows_it() {
    let mut world = World::new(3, "");
    world.keys("<enter>").asked.clear();
    world.keys("x");
    let id = ArticleId(3);
    assert_eq!(world.asked, [Effect::FetchText(id)]);
    // Why it could not be had is said; then it is had, and the text comes anew.
    world
        .state
        .update(Event::Fetched(id, Err("HTTP 404".into())));
    assert!(
        world
            .state
            .messages
            .shown
            .as_ref()
            .unwrap()
            .text
            .contains("404")
    );
    let effects = world.state.update(Event::Fetched(id, Ok(TextState::Full)));
    assert!(effects.contains(&Effect::LoadArticle(id)), "{effects:?}");
}

#[test]
fn lines_of_earlier_sessions_are_older_than_those_of_this_one() {
    let mut world = World::new(3, "");
    world.keys("/").text("now").keys("<enter>");
    let kept = vec!["then".to_owned(), "now".to_owned(), "later".to_owned()];
    let kept = vec![(super::prompt::Ask::Search, kept)];
    world.state.update(Event::History(kept));
    let mut recalled = Vec::new();
    world.keys("/");
    for _ in 0..3 {
        world.keys("<up>");
        recalled.push(world.state.prompt.line.as_ref().unwrap().text.clone());
    }
    assert_eq!(recalled, ["now", "later", "then"]);
}

#[test]
fn pipe_save_and_copy_speak_of_the_chosen_article() {
    let mut world = World::new(3, "");
    world.keys("j|").text("json: jq .title").keys("<enter>");
    assert_eq!(
        world.asked,
        [
            Effect::Remember(super::prompt::Ask::Pipe, "json: jq .title".into()),
            Effect::Pipe {
                ids: vec![ArticleId(2)],
                command: "jq .title".into(),
                format: crate::tui::effect::Format::Json,
            }
        ]
    );
    world.keys("S");
    assert_eq!(
        world.state.prompt.line.as_ref().unwrap().text,
        "story-2-of-the-day.md"
    );
    world.keys("<enter>");
    assert!(matches!(
        &world.asked[..],
        [
            Effect::Remember(..),
            Effect::Save {
                id: ArticleId(2),
                ..
            }
        ]
    ));
    assert_eq!(
        world.keys("y").asked,
        [Effect::Copy("https://post.example/story/2".into())]
    );
    assert_eq!(
        world.keys("o").asked,
        [Effect::Browse("https://post.example/story/2".into())]
    );
}

#[test]
fn an_outlet_is_added_after_a_look_at_what_it_offers() {
    let mut world = World::new(3, "");
    world.keys("a").text("post.example").keys("<enter>");
    assert_eq!(world.asked, [Effect::Discover("post.example".into())]);
    world.update(Event::Discovering {
        url: "post.example".into(),
        tried: 2,
    });
    assert_eq!(
        world.state.messages.shown.as_ref().unwrap().text,
        "Looking for feeds at post.example… (2 tried)"
    );
    world.update(Event::Discovered(Ok(crate::tui::event::Offer {
        url: "https://post.example".into(),
        feed: None,
        name: "The Post".into(),
        lines: vec!["feed".into()],
        empty: false,
    })));
    // Its name is offered; group and tags may be left empty.
    world.keys("<enter><enter>").text("World");
    world.keys("<enter>").text("ports, ships").keys("<enter>");
    assert_eq!(
        world.asked,
        [Effect::EditConfig(ConfigEdit::AddOutlet {
            name: "The Post".into(),
            url: "https://post.example".into(),
            group: Some("World".into()),
            tags: vec!["ports".into(), "ships".into()],
            account: None,
        })]
    );
}

#[test]
fn with_an_account_it_is_asked_where_an_outlet_goes() {
    let config = "[[account]]\nname = \"home\"\nurl = \"https://rss.example\"\nuser = \"mira\"\n";
    for (place, account) in [("", None), ("Home", Some("home".to_owned()))] {
        let mut world = World::new(3, config);
        world.update(Event::Discovered(Ok(Offer {
            url: "https://post.example".into(),
            feed: Some("https://post.example/feed".into()),
            name: "The Post".into(),
            lines: vec!["feed".into()],
            empty: false,
        })));
        world.keys("<enter>").text("nowhere").keys("<enter>");
        assert!(world.asked.is_empty(), "there is no such account");
        world.keys("<C-u>").text(place).keys("<enter>");
        let about = world.state.prompt.line.as_ref().unwrap().about.clone();
        assert_eq!(about == "on home", account.is_some());
        world.keys("<enter>").text("World").keys("<enter>");
        if account.is_none() {
            world.keys("<enter>");
        }
        let url = match account {
            Some(_) => "https://post.example/feed",
            None => "https://post.example",
        };
        assert_eq!(
            world.asked.last(),
            Some(&Effect::EditConfig(ConfigEdit::AddOutlet {
                name: "The Post".into(),
                url: url.into(),
                group: Some("World".into()),
                tags: Vec::new(),
                account: account.clone(),
            }))
        );
    }
}

#[test]
fn what_was_read_elsewhere_in_bulk_is_undone_by_a_key() {
    let mut world = World::new(3, "");
    assert_eq!(world.keys("gU").asked, [Effect::UndoSync]);
}

#[test]
fn clicks_choose_and_a_double_click_opens() {
    let mut world = World::new(30, "");
    let panes = world.state.panes();
    let list = super::layout::inner(&panes, panes.list.unwrap());
    let click = Input::Mouse(Mouse::Click {
        x: list.x + 5,
        y: list.y + 3,
    });
    let effects = world.state.input(click.clone());
    world.perform(effects);
    assert_eq!(world.chosen(), 27);
    let effects = world.state.input(click);
    world.perform(effects);
    assert_eq!(world.open_article(), 27);
    let effects = world.state.input(Input::Mouse(Mouse::WheelDown {
        x: list.x,
        y: list.y,
    }));
    world.perform(effects);
    assert_eq!(world.chosen(), 24);
}

#[test]
fn q_goes_back_before_it_quits() {
    let mut world = World::new(3, "");
    world.keys("<enter>").keys("q");
    assert_eq!(world.state.screen.focus, Pane::List);
    assert!(!world.asked.contains(&Effect::Quit));
    assert!(world.keys("q").asked.contains(&Effect::Quit));
}

#[test]
fn any_keys_at_any_size_never_panic() {
    let keys = "jkGgnNJKmsAutTzlh/f;Ld:?123qVxyYoO|Si+-c0459 HM";
    let mut random = 12_345u32;
    for size in [(140, 45), (80, 24), (44, 14), (20, 5), (10, 3), (1, 1)] {
        let mut world = World::new(40, "");
        let effects = world.state.resize(size);
        world.perform(effects);
        for _ in 0..1_500 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (random >> 16) as usize % (keys.len() + 4);
            let key = match keys.chars().nth(at) {
                Some(c) => Key::plain(crate::tui::terminal::key::Code::Char(c)),
                None => Key::plain(
                    [
                        crate::tui::terminal::key::Code::Enter,
                        crate::tui::terminal::key::Code::Esc,
                        crate::tui::terminal::key::Code::Tab,
                        crate::tui::terminal::key::Code::Down,
                    ][at - keys.len()],
                ),
            };
            world.key(key);
            world.asked.clear();
        }
    }
}

#[test]
fn a_line_number_beyond_the_end_goes_to_the_end() {
    let mut world = World::new(3, "");
    world.keys("<enter>").keys("G");
    let end = world.state.article.open.as_ref().unwrap().top;
    world.keys("gg").keys(":").text("9999").keys("<enter>");
    assert!(end > 0);
    assert_eq!(world.state.article.open.as_ref().unwrap().top, end);
    world.keys(":").text("3").keys("<enter>");
    assert_eq!(world.state.article.open.as_ref().unwrap().top, 2);
}

#[test]
fn what_changed_is_shown_from_the_list_with_the_title() {
    let mut world = World::new(3, "");
    world.body = "<p>The bridge opens in May.</p>".into();
    assert_eq!(
        world.keys("jd").asked,
        [Effect::LoadRevisions(ArticleId(2))]
    );
    let earlier = Revision {
        replaced: now(),
        title: "Story 2 of the night".into(),
        body: "<p>The bridge opens in March.</p>".into(),
    };
    let article = |world: &mut World| match world.answer(&Effect::LoadArticle(ArticleId(2))) {
        Some(Event::Article(_, article)) => article,
        _ => None,
    };
    let now = article(&mut world);
    world.update(Event::Revisions(now.clone(), vec![earlier]));
    let Some(Kind::Diff { pieces, .. }) = world.state.popup.open.as_ref().map(|popup| &popup.kind)
    else {
        panic!("nothing is shown");
    };
    let new: String = pieces
        .iter()
        .filter(|(change, _)| *change == Change::Added)
        .map(|(_, text)| text.as_str())
        .collect();
    assert!(new.contains("day") && new.contains("May"), "{pieces:?}");
    world.keys("<esc>");
    world.update(Event::Revisions(now, Vec::new()));
    assert!(world.state.popup.open.is_none());
    assert!(world.state.messages.shown.is_some());
}

#[test]
fn links_are_those_of_the_chosen_article() {
    let mut world = World::new(3, "");
    let page = |world: &World| match world.state.popup.open.as_ref().map(|popup| &popup.kind) {
        Some(Kind::Links(links)) => links[0].1.clone(),
        _ => String::new(),
    };
    world.keys("L");
    assert_eq!(page(&world), "https://post.example/story/3");
    // What the cursor is on is shown, so its links are known.
    world.keys("<esc>").keys("jL");
    assert_eq!(page(&world), "https://post.example/story/2");
}

#[test]
fn an_outlet_whose_name_is_taken_gets_a_number() {
    let mut world = World::new(
        3,
        "[[outlet]]\nname = \"Morning Post\"\nurl = \"https://post.example/\"\n",
    );
    world.update(Event::Discovered(Ok(Offer {
        url: "https://other.example/".into(),
        feed: None,
        name: "Morning post".into(),
        lines: vec!["feed".into()],
        empty: false,
    })));
    world.keys("<enter><enter><enter><enter>");
    assert_eq!(
        world.asked,
        [Effect::EditConfig(ConfigEdit::AddOutlet {
            name: "Morning post (2)".into(),
            url: "https://other.example/".into(),
            group: None,
            tags: Vec::new(),
            account: None,
        })]
    );
}

#[test]
fn a_huge_paste_is_cut() {
    let mut world = World::new(3, "");
    world.keys(":");
    for _ in 0..3 {
        let effects = world.state.input(Input::Paste("漢".repeat(100_000)));
        world.perform(effects);
    }
    let prompt = world.state.prompt.line.as_ref().unwrap();
    assert_eq!(prompt.text.chars().count(), 4_096);
}
