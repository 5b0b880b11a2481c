//! What is known of the refresh that runs and of those before it in this session, what starts and stops
//! one, and what is said at its end. Never here: doing it, how it is shown.

use crate::library::selection::Place;
use crate::tui::effect::{Effect, Timer};
use crate::tui::event::{RefreshProgress, Refreshed};
use crate::tui::keymap::actions::{Action, LIST};
use newsprint_model::Time;

use super::popup::Kind;
use super::{Pane, State};

/// What is known of refreshes.
#[derive(Debug, Default)]
pub struct RefreshStatus {
    /// The one that runs.
    pub running: Option<RefreshProgress>,
    /// Articles are being placed among the stories: how many are, of how many.
    pub placing: Option<(u64, u64)>,
    /// When the last of this session ended.
    pub last: Option<Time>,
    /// Outlets and accounts that failed when they were last fetched, and why.
    pub failures: Vec<(String, String)>,
    /// What the refreshes of this session reported of outlets, such as another source.
    pub notes: Vec<(String, String)>,
    /// Commands that run: what articles were given to, macros.
    pub(super) commands: Vec<String>,
    /// The running one was told to stop.
    pub(super) stopping: bool,
    /// Nobody asked for the running one.
    pub(super) by_itself: bool,
    /// The first refresh of an empty store, for as long as nobody has typed anything: its list is shown whole at the
    /// end, since nobody has taken a place in it.
    pub(super) first: bool,
    /// Outlets that were added while it runs: they are refreshed after it.
    pub(super) added: Vec<String>,
}

impl State {
    pub(super) fn refresh_one(&mut self) -> Vec<Effect> {
        let name = self.target_outlet().map(|outlet| outlet.name.clone());
        let group = match (&self.choice.place, self.screen.focus) {
            (Place::Group(group), Pane::Outlets) if name.is_none() => self.outlets_of(group),
            _ => Vec::new(),
        };
        let outlets = match name {
            Some(name) => vec![name],
            None => group,
        };
        self.refresh_these(outlets)
    }

    fn outlets_of(&self, group: &str) -> Vec<String> {
        let folded = newsprint_model::fold(group);
        let outlets = self.settings.outlets.iter();
        outlets
            .filter(|outlet| {
                let group = outlet.group.as_deref();
                group.is_some_and(|group| newsprint_model::fold(group) == folded)
            })
            .map(|outlet| outlet.name.clone())
            .collect()
    }

    /// What is done when the counts are first known: an empty store, or one with old data, is refreshed.
    pub(super) fn first_refresh(&mut self) -> Vec<Effect> {
        if self.settings.offline || self.refresh.running.is_some() {
            return Vec::new();
        }
        if self.side.store_empty {
            return match self.settings.reader.first_refresh {
                true => {
                    self.refresh.first = true;
                    self.refresh_now(Vec::new(), false)
                }
                false => Vec::new(),
            };
        }
        let last = self
            .side
            .outlets
            .iter()
            .filter_map(|health| health.last_success);
        let (Some(every), Some(last)) = (self.settings.reader.refresh, last.max()) else {
            return Vec::new();
        };
        let age = self.now.duration_since(last);
        if age.as_secs() < i64::try_from(every.as_secs()).unwrap_or(i64::MAX) {
            return Vec::new();
        }
        self.refresh_by_itself()
    }

    /// Refreshes what is due because it is time to.
    pub(super) fn refresh_by_itself(&mut self) -> Vec<Effect> {
        let idle = self.settings.reader.refresh.is_some()
            && !self.settings.offline
            && self.refresh.running.is_none()
            && (!self.settings.outlets.is_empty() || !self.settings.accounts.is_empty());
        if !idle {
            return self.set_refresh_timer().into_iter().collect();
        }
        self.refresh.by_itself = true;
        self.refresh_now(Vec::new(), false)
    }

    /// The timer of the next refresh that nobody asks for; the one before is forgotten with it.
    pub(super) fn set_refresh_timer(&self) -> Vec<Effect> {
        match self.settings.reader.refresh {
            Some(every) if !self.settings.offline => vec![Effect::After(every, Timer::Refresh)],
            _ => Vec::new(),
        }
    }

    /// Refreshes outlets because a person asked: now, due or not.
    pub(super) fn refresh_these(&mut self, outlets: Vec<String>) -> Vec<Effect> {
        self.refresh_now(outlets, true)
    }

    /// Refreshes outlets, unless nothing can be asked.
    pub(super) fn refresh_now(&mut self, outlets: Vec<String>, force: bool) -> Vec<Effect> {
        if self.settings.offline {
            self.error("Offline (started with --offline)");
            return Vec::new();
        }
        if self.refresh.running.is_some() {
            let stop = match self.keymap.key_at(Action::StopRefresh, LIST) {
                Some(key) => format!(" ({key}: stop)"),
                None => String::new(),
            };
            self.hint(format!("Already refreshing{stop}"));
            return Vec::new();
        }
        if self.settings.outlets.is_empty() && self.settings.accounts.is_empty() {
            let key = self.keymap.key_at(Action::AddOutlet, LIST);
            self.error(match key {
                Some(key) => format!("No outlets ({key}: add one)"),
                None => "No outlets.".to_owned(),
            });
            return Vec::new();
        }
        self.refresh.running = Some(Default::default());
        self.refresh.stopping = false;
        vec![Effect::Refresh { outlets, force }]
    }

    /// A command runs: says which, and how it is ended.
    pub(super) fn command_started(&mut self, title: String) {
        let stop = match self.keymap.key_at(Action::StopRefresh, LIST) {
            Some(key) => format!(" ({key}: stop)"),
            None => String::new(),
        };
        self.info(format!("Running {title}{stop}"));
        self.refresh.commands.push(title);
    }

    /// Stops the commands that run, else the refresh.
    pub(super) fn stop_refresh(&mut self) -> Vec<Effect> {
        if !self.refresh.commands.is_empty() {
            self.hint("Stopping…");
            return vec![Effect::StopCommands];
        }
        if self.refresh.running.is_none() {
            self.hint("Not refreshing.");
            return Vec::new();
        }
        self.refresh.by_itself = false;
        self.refresh.stopping = true;
        self.hint("Stopping…");
        vec![Effect::StopRefresh]
    }

    /// A refresh has ended: what it came to is said, and what waited for its end is begun.
    pub(super) fn refresh_ended(
        &mut self,
        report: Refreshed,
        error: Option<String>,
        at: Time,
    ) -> Vec<Effect> {
        let mut effects = self.refreshed(report, error, at);
        let watched = self.popup.open.as_ref();
        if watched.is_some_and(|popup| matches!(popup.kind, Kind::Health(_))) {
            effects.push(Effect::LoadHealth);
        }
        effects.extend(self.set_refresh_timer());
        let added = std::mem::take(&mut self.refresh.added);
        if !added.is_empty() && !self.settings.offline {
            effects.extend(self.refresh_these(added));
        }
        effects
    }

    fn refreshed(&mut self, mut report: Refreshed, error: Option<String>, at: Time) -> Vec<Effect> {
        self.refresh.running = None;
        let by_itself = std::mem::take(&mut self.refresh.by_itself);
        if let Some(error) = error {
            self.error(error);
            return Vec::new();
        }
        let stopped = std::mem::take(&mut self.refresh.stopping);
        if stopped && report.asked.is_empty() {
            self.info("Refresh stopped.");
            return Vec::new();
        }
        if report.asked.is_empty() {
            // Nothing is known that was not known before: what failed stays failed.
            if !by_itself {
                self.info(match report.due {
                    Some(due) => format!("Not due until {}.", self.times().clock(due)),
                    None => "Nothing to refresh.".to_owned(),
                });
            }
            return Vec::new();
        }
        if report.failed.len() < report.asked.len() {
            self.refresh.last = Some(at);
        }
        let others = |(name, _): &(String, String)| !report.asked.contains(name);
        let before = std::mem::take(&mut self.refresh.failures);
        let known = |(name, _): &(String, String)| before.iter().any(|(had, _)| had == name);
        // What nobody asked for does not say again what the header has said all along.
        let told = by_itself && !report.failed.is_empty() && report.failed.iter().all(known);
        self.refresh.failures = before.into_iter().filter(others).collect();
        self.refresh.failures.extend(report.failed.iter().cloned());
        self.refresh.notes.retain(|(name, _)| {
            let again = report.notes.iter().any(|(noted, _)| noted == name);
            !again
        });
        self.refresh.notes.extend(report.notes.iter().cloned());
        if told {
            report.failed.clear();
        }
        if !told || report.new > 0 {
            self.say_refreshed(&report, stopped, by_itself);
        }
        if self.list.rows.is_empty() && self.prompt.line.is_none() {
            return self.open_list();
        }
        self.touched()
    }

    /// Takes in what the store says of the outlets, so that what failed in earlier sessions, or for cron, counts, and
    /// what went well for others does not. While a refresh runs the store is behind it; accounts it does not tell of.
    pub(super) fn know_failures(&mut self) {
        if self.refresh.running.is_some() {
            return;
        }
        let (side, outlets) = (&self.side, &self.settings.outlets);
        // What is no account is an outlet, maybe by a name that it has no more.
        let accounts = &self.settings.accounts;
        self.refresh
            .failures
            .retain(|(name, _)| accounts.contains(name) && side.health(name).is_none());
        let paused = |name: &str| outlets.iter().any(|one| one.paused && one.name == name);
        let failing = side.outlets.iter().filter_map(|health| {
            // An account that fails is one failure, however many outlets it has.
            let name = health.account.as_ref().unwrap_or(&health.outlet);
            let why = health.last_error.clone()?;
            (!paused(&health.outlet)).then(|| (name.clone(), why))
        });
        for (name, why) in failing {
            if !self.refresh.failures.iter().any(|(have, _)| *have == name) {
                self.refresh.failures.push((name, why));
            }
        }
    }

    /// What a refresh came to: what is new, what failed, and how many outlets fail all in all.
    fn say_refreshed(&mut self, report: &Refreshed, stopped: bool, by_itself: bool) {
        let came = match report.new {
            0 => "Nothing new.".to_owned(),
            1 => "1 new article.".to_owned(),
            n => format!("{n} new articles."),
        };
        let halt = if stopped { "Stopped. " } else { "" };
        let came = format!("{halt}{came}");
        let health = self.key_or_name(Action::Health, LIST);
        // An account is many outlets, and what `:sync` was about.
        let mut failed = report.failed.clone();
        failed.sort_by_key(|(name, _)| !self.settings.accounts.contains(name));
        match (failed.as_slice(), report.notes.as_slice()) {
            ([], []) => {
                let failing = self.refresh.failures.len();
                if failing > 0 {
                    self.info(format!("{came} {failing} failing ({health}: status)"));
                } else if !(by_itself && report.new == 0) {
                    self.info(came);
                }
            }
            ([], [(name, note)]) => self.info(format!("{came} {name}: {note}")),
            ([], [(name, note), rest @ ..]) => self.info(format!(
                "{came} {name}: {note} ({} more, {health}: status)",
                rest.len()
            )),
            ([(name, why)], _) => self.error(format!("{halt}{name}: {why}")),
            ([(name, why), rest @ ..], _) => self.error(format!(
                "{halt}{name}: {why} ({} more failed, {health}: status)",
                rest.len()
            )),
        }
    }
}
