//! Changing outlets from inside: which outlet is meant, what is asked for, what the answer changes in the
//! config. Never here: editing the file.

use crate::library::selection::Place;
use crate::tui::effect::{ConfigEdit, Effect, OutletChange};
use newsprint_model::{FullText, Outlet, fold};

use super::messages::LOOKING;
use super::popup::Kind;
use super::prompt::Ask;
use super::{Pane, State};

impl State {
    /// The configured outlet of this name.
    pub fn outlet(&self, name: &str) -> Option<&Outlet> {
        let folded = fold(name);
        let mut outlets = self.settings.outlets.iter();
        outlets.find(|outlet| fold(&outlet.name) == folded)
    }

    /// The outlet that keys speak of: that of the status screen's row, of the sidebar's, the one that is
    /// shown, or that of the article.
    pub(super) fn target_outlet(&self) -> Option<&Outlet> {
        if let Some(popup) = &self.popup.open
            && let Kind::Health(health) = &popup.kind
        {
            return self.outlet(&health.get(popup.cursor)?.outlet);
        }
        if self.screen.focus == Pane::Outlets {
            return match &self.side.chosen()?.place {
                Place::Outlet(name) => self.outlet(name),
                _ => None,
            };
        }
        if let Place::Outlet(name) = &self.choice.place {
            return self.outlet(name);
        }
        self.outlet(&self.target_article()?.outlet)
    }

    /// Asks for an address to add; one that could not be read is there to be edited.
    pub(super) fn begin_outlet(&mut self) -> Vec<Effect> {
        self.popup.open = None;
        let failed = self.prompt.failed_url.clone();
        self.ask(Ask::OutletUrl, &failed);
        if let Some(line) = &mut self.prompt.line {
            // Typing begins anew; moving the cursor edits.
            line.fresh = !failed.is_empty();
        }
        Vec::new()
    }

    /// Asks what is to be changed of the outlet that keys speak of.
    pub(super) fn edit_outlet(&mut self, ask: Ask) -> Vec<Effect> {
        let Some(outlet) = self.target_outlet() else {
            self.hint("No outlet selected.");
            return Vec::new();
        };
        let name = outlet.name.clone();
        let account = outlet.account.clone();
        if let (Some(account), Ask::OutletAddress) = (&account, ask) {
            self.hint(format!("{name} is on {account}; change its address there."));
            return Vec::new();
        }
        let now = match ask {
            Ask::OutletName => outlet.name.clone(),
            Ask::OutletGroup => outlet.group.clone().unwrap_or_default(),
            // What is typed is one more.
            Ask::OutletTags => outlet.tags.iter().map(|tag| format!("{tag}, ")).collect(),
            Ask::OutletAddress => outlet.url.clone(),
            Ask::OutletText => full_text_name(outlet.full_text).to_owned(),
            _ => String::new(),
        };
        self.ask(ask, &now);
        if let Some(line) = &mut self.prompt.line {
            // What is done on a server says so before it is done.
            let there = matches!(ask, Ask::OutletName | Ask::OutletGroup | Ask::OutletRemove);
            line.about = match &account {
                Some(account) if there => format!("{name} on {account}"),
                _ => name.clone(),
            };
            line.fresh = matches!(ask, Ask::OutletName | Ask::OutletGroup | Ask::OutletText);
        }
        self.prompt.outlet = name;
        Vec::new()
    }

    /// Leaves the outlet out of refreshes, or no longer.
    pub(super) fn pause_outlet(&mut self) -> Vec<Effect> {
        let Some(outlet) = self.target_outlet() else {
            self.hint("No outlet selected.");
            return Vec::new();
        };
        vec![Effect::EditConfig(ConfigEdit::ChangeOutlet {
            outlet: outlet.name.clone(),
            change: OutletChange::Paused(!outlet.paused),
        })]
    }

    /// Changes the outlet as the finished line says.
    ///
    /// # Errors
    /// Why the line cannot be taken.
    pub(super) fn outlet_edited(&mut self, ask: Ask, text: &str) -> Result<Vec<Effect>, String> {
        let outlet = self.prompt.outlet.clone();
        let change = match ask {
            Ask::OutletName if text.is_empty() => return Err("Name required.".to_owned()),
            Ask::OutletName => {
                let taken = self.side.is_taken(text);
                if let Some(taken) = taken.filter(|_| fold(text) != fold(&outlet)) {
                    return Err(format!("“{taken}” exists already."));
                }
                OutletChange::Name(text.to_owned())
            }
            Ask::OutletGroup => OutletChange::Group((!text.is_empty()).then(|| text.to_owned())),
            Ask::OutletTags => OutletChange::Tags(list(text)),
            Ask::OutletAddress if text.is_empty() => return Err("Address required.".to_owned()),
            Ask::OutletAddress => return self.readdress(outlet, text),
            Ask::OutletText => match text {
                "auto" => OutletChange::FullText(FullText::Auto),
                "always" => OutletChange::FullText(FullText::Always),
                "never" => OutletChange::FullText(FullText::Never),
                _ => return Err("Must be auto, always or never.".to_owned()),
            },
            Ask::OutletRemove => {
                if !matches!(text.to_lowercase().as_str(), "y" | "yes") {
                    return Ok(Vec::new());
                }
                return Ok(vec![Effect::EditConfig(ConfigEdit::RemoveOutlet(outlet))]);
            }
            _ => return Ok(Vec::new()),
        };
        Ok(vec![Effect::EditConfig(ConfigEdit::ChangeOutlet {
            outlet,
            change,
        })])
    }

    /// Looks at what an address offers before the outlet gets it.
    fn readdress(&mut self, outlet: String, url: &str) -> Result<Vec<Effect>, String> {
        if self.outlet(&outlet).is_some_and(|now| now.url == url) {
            return Ok(Vec::new());
        }
        if self.settings.offline {
            return Err("Offline (started with --offline)".to_owned());
        }
        self.info(format!("{LOOKING} {url}…"));
        Ok(vec![Effect::Readdress {
            outlet,
            url: url.to_owned(),
        }])
    }
}

/// Names separated by commas.
pub(super) fn list(text: &str) -> Vec<String> {
    let parts = text.split(',').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A setting of `full_text` as the config writes it.
pub(crate) fn full_text_name(full_text: FullText) -> &'static str {
    match full_text {
        FullText::Auto => "auto",
        FullText::Always => "always",
        FullText::Never => "never",
    }
}
