//! Edits of an account's outlets: they are the server's, so it is told, at once or not at all.
//! Never here: requests, the config file (`config_file`).

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::config_file::lock;
use crate::config::Config;
use crate::refresh::{self, FeedEdit, OnServer, SyncOptions};
use crate::tui::effect::{ConfigEdit, OutletChange};

/// How long another refresh may keep the change from being shown.
const PATIENCE: Duration = Duration::from_secs(60);

/// A change of a server's list of feeds.
#[derive(Debug)]
pub struct ServerEdit {
    account: String,
    edit: FeedEdit,
}

/// The change that an edit means on a server; `None` where it is about an outlet of the reader's own.
pub fn on_server(config: &Config, wanted: &ConfigEdit) -> Option<Result<ServerEdit, String>> {
    let name = match wanted {
        ConfigEdit::AddOutlet {
            name,
            url,
            group,
            account: Some(account),
            ..
        } => {
            return Some(Ok(ServerEdit {
                account: account.clone(),
                edit: FeedEdit::Subscribe {
                    url: url.clone(),
                    title: Some(name.clone()),
                    folder: group.clone(),
                },
            }));
        }
        ConfigEdit::ChangeOutlet { outlet, .. } | ConfigEdit::RemoveOutlet(outlet) => outlet,
        _ => return None,
    };
    let account = config.outlet(name)?.account.clone()?;
    if in_config(config, wanted).is_some() {
        return None;
    }
    let feed = refresh::remote_feed(config, name).map_err(|why| why.to_string());
    Some(feed.and_then(|feed| {
        let (id, folders) = feed.ok_or_else(|| format!("{name} is no longer on its server"))?;
        let edit = match wanted {
            ConfigEdit::RemoveOutlet(_) => FeedEdit::Unsubscribe { id },
            ConfigEdit::ChangeOutlet { change, .. } => match change {
                OutletChange::Name(title) => FeedEdit::Rename {
                    id,
                    title: title.clone(),
                },
                OutletChange::Group(to) => FeedEdit::Move {
                    id,
                    to: to.clone(),
                    from: folders.first().cloned(),
                },
                _ => {
                    return Err(format!(
                        "{name} belongs to {account}; its URL and pauses are managed on the server"
                    ));
                }
            },
            _ => return Err(String::new()),
        };
        Ok(ServerEdit { account, edit })
    }))
}

/// Account and feed of an outlet of an account, where the change is one that the config holds for it.
pub fn in_config<'a>(
    config: &Config,
    wanted: &'a ConfigEdit,
) -> Option<(String, String, &'a OutletChange)> {
    let ConfigEdit::ChangeOutlet { outlet, change } = wanted else {
        return None;
    };
    let here = matches!(change, OutletChange::Tags(_) | OutletChange::FullText(_));
    let outlet = config.outlet(outlet).filter(|_| here)?;
    Some((outlet.account.clone()?, outlet.feed.clone()?, change))
}

impl ServerEdit {
    /// Tells the server, and takes its list over; the account's name.
    pub fn run(self, shared: &Mutex<Config>) -> Result<String, String> {
        let config = lock(shared).clone();
        let told = refresh::on_server(&config, &self.account, OnServer::Edit(self.edit));
        told.map_err(|why| why.to_string())?;
        let options = SyncOptions {
            accounts: vec![self.account.clone()],
            wait: PATIENCE,
            ..SyncOptions::default()
        };
        let reports = refresh::sync(&config, &options, &|_| {}, &AtomicBool::new(false));
        let reports = reports.map_err(|why| why.to_string())?;
        if let Some(why) = reports.into_iter().find_map(|report| report.error) {
            // It is done, and only not shown yet.
            return Err(format!(
                "Changed on {}, but the sync after it failed: {why}",
                self.account
            ));
        }
        let joined = refresh::with_accounts(config);
        lock(shared).clone_from(&joined);
        Ok(self.account)
    }
}
