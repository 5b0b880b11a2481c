//! Another config while the reader runs: what of it holds at once, and where one is in it.
//! Never here: reading the file, editing it.

use crate::config::Config;
use crate::library::selection::Place;
use crate::tui::effect::Effect;
use crate::tui::keymap::Keymap;
use newsprint_model::Outlet;

use super::popup::Kind;
use super::{Settings, State};

/// What is said of a config file that cannot be used begins so.
const CONFIG_REFUSED: &str = "Config not reloaded";

impl State {
    /// Goes by another config from now on.
    pub(super) fn configure(&mut self, config: &Config, removed: Vec<String>) -> Vec<Effect> {
        let keymap = match Keymap::from_config(config) {
            Ok(keymap) => keymap,
            Err(problems) => {
                let why = problems.first().map(ToString::to_string);
                let why = why.unwrap_or_else(|| "it cannot be read".to_owned());
                self.error(format!("{CONFIG_REFUSED}, line {why}"));
                return Vec::new();
            }
        };
        self.keymap = keymap;
        self.config_right();
        let old = &self.settings;
        if config.reader.layout != old.reader.layout {
            self.screen.layout = config.reader.layout;
        }
        let mut new = Settings::new(config, removed, old.ascii, old.offline, old.zone.clone());
        // What was switched by a key stays so.
        new.images = old.images;
        (new.reader.mouse, new.reader.linear) = (old.reader.mouse, old.reader.linear);
        let same_lists = old.outlets == new.outlets
            && old.outlet_rules == new.outlet_rules
            && old.views == new.views
            && old.tags == new.tags;
        let sorted = old.reader.sort != new.reader.sort;
        let folded = old.reader.fold != new.reader.fold;
        let renamed = renamed(&old.outlets, &new.outlets, &self.choice.place);
        self.settings = new;
        self.article.heads_anew();
        let mut effects = self.set_refresh_timer();
        if sorted {
            self.orders.default = self.settings.reader.sort;
            self.list.order = self.orders.of(&self.choice.place);
        }
        if same_lists {
            if sorted {
                effects.extend(self.open_list());
            } else if folded {
                let here = self.list.away_from_top();
                effects.extend(self.open_list_at(here));
            }
            return effects;
        }
        let row = self.side.chosen().map(|row| row.place.clone());
        self.side
            .configure(&self.settings.views, &self.settings.outlets);
        if let Some(at) = row.and_then(|place| self.side.position(&place)) {
            self.side.place = at;
        }
        // What is shown may have another name, or be gone.
        let gone = match &self.choice.place {
            Place::Outlet(name) => self.outlet(name).is_none(),
            Place::Group(name) => !self.side.group_names().contains(name),
            Place::View(at) => *at >= self.settings.views.len(),
            Place::All | Place::Today | Place::Starred | Place::Stories => false,
        };
        if gone {
            self.choice.place = renamed.map_or(Place::All, Place::Outlet);
            self.choose_row();
        }
        let here = self.list.away_from_top();
        effects.extend(self.open_list_at(here));
        let popup = self.popup.open.as_ref();
        if popup.is_some_and(|popup| matches!(popup.kind, Kind::Health(_))) {
            effects.push(Effect::LoadHealth);
        }
        effects
    }

    /// The config file can be used: what was said of it no longer holds.
    pub(super) fn config_right(&mut self) {
        let shown = self.messages.shown.as_ref();
        if shown.is_some_and(|message| message.text.starts_with(CONFIG_REFUSED)) {
            self.info("Config reloaded.");
        }
    }

    /// Says why the config file cannot be used.
    pub(super) fn config_refused(&mut self, why: &str) {
        self.error(format!("{CONFIG_REFUSED}, line {why}"));
    }
}

/// The name that the outlet that is shown has now, where one of the same address has another name.
fn renamed(old: &[Outlet], new: &[Outlet], place: &Place) -> Option<String> {
    let Place::Outlet(name) = place else {
        return None;
    };
    let url = &old.iter().find(|outlet| outlet.name == *name)?.url;
    let now = new.iter().find(|outlet| outlet.url == *url)?;
    Some(now.name.clone())
}
