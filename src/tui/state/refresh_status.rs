//! What is known of the refresh that runs and of those before it in this session,
//! and what starts and stops one. Never here: doing it, how it is shown.

use crate::library::selection::Place;
use crate::tui::effect::{Effect, Timer};
use crate::tui::event::RefreshProgress;
use crate::tui::keymap::actions::{Action, LIST};
use newsprint_model::Time;

use super::{Pane, State};

/// What is known of refreshes.
#[derive(Debug, Default)]
pub struct RefreshStatus {
    /// The one that runs.
    pub running: Option<RefreshProgress>,
    /// When the last of this session ended.
    pub last: Option<Time>,
    /// Outlets that failed when they were last fetched in this session, and why.
    pub failures: Vec<(String, String)>,
    /// What the refreshes of this session reported of outlets, such as another source.
    pub notes: Vec<(String, String)>,
    /// Commands that run: what articles were given to, macros.
    pub(super) commands: Vec<String>,
    /// The running one was told to stop.
    pub(super) stopping: bool,
    /// Nobody asked for the running one.
    pub(super) by_itself: bool,
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
                true => self.refresh_now(Vec::new(), false),
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
}
