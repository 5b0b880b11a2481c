//! Changes the config file from inside, keeping its comments, and reads it again when anybody changes it.
//! Never here: how the text is edited (`config::edit`).

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use super::account_edits;
use crate::config::{Config, edit};
use crate::refresh;
use crate::tui::LoopMessage;
use crate::tui::effect::{ConfigEdit, OutletChange, TagChange};
use crate::tui::event::Event;
use newsprint_model::Outlet;

/// The config in force, shared with the threads that need it.
pub type Shared = Arc<Mutex<Config>>;

/// The config as it is now.
pub fn lock(config: &Mutex<Config>) -> MutexGuard<'_, Config> {
    config
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn place(shared: &Mutex<Config>) -> (PathBuf, PathBuf) {
    let config = lock(shared);
    (config.file.clone(), config.paths.data_dir.clone())
}

/// Edits the file and takes the config that it holds then into force; what the loop is told, in order.
pub fn change(shared: &Mutex<Config>, wanted: &ConfigEdit) -> Vec<LoopMessage> {
    // One at a time: keys are faster than disks, and each edit begins from what the last has written.
    static EDITING: Mutex<()> = Mutex::new(());
    let _editing = EDITING
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    let failed = |why: String| vec![LoopMessage::Event(Event::Failed(why))];
    let before = lock(shared).clone();
    if let Some(edit) = account_edits::on_server(&before, wanted) {
        return match edit.and_then(|edit| edit.run(shared)) {
            Ok(account) => {
                let config = lock(shared).clone();
                let said = match wanted {
                    ConfigEdit::AddOutlet { name, .. } => {
                        format!("Subscribed to {name} on {account}")
                    }
                    ConfigEdit::RemoveOutlet(name) => {
                        format!("Unsubscribed from {name} on {account} (its articles are kept)")
                    }
                    _ => format!("{} on {account}", done(wanted, "")),
                };
                vec![
                    LoopMessage::Config(Box::new(config)),
                    LoopMessage::Event(Event::Said(said)),
                ]
            }
            Err(why) => failed(why),
        };
    }
    let (file, data_dir) = place(shared);
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return failed(format!("{}: {error}", file.display())),
    };
    let edited = match account_edits::in_config(&before, wanted) {
        Some((account, feed, change)) => edit::change_feed(&text, &account, &feed, change),
        None => edited(&text, wanted),
    };
    let text = match edited {
        Ok(text) => text,
        Err(error) => return failed(error.to_string()),
    };
    let config = match Config::parse(&text, &file, &data_dir) {
        Ok(config) => refresh::with_accounts(config),
        Err(error) => return failed(error.to_string()),
    };
    let written = edit::save(&file, &text).map_err(|error| error.to_string());
    let lasts = match (&written, wanted) {
        (Ok(()), _) => true,
        // A view or a tag is of use without the file; an outlet would be gone with the next refresh.
        (Err(_), ConfigEdit::AddView { .. } | ConfigEdit::Tag(_)) => false,
        (Err(why), _) => return failed(why.clone()),
    };
    lock(shared).clone_from(&config);
    let said = match (wanted, lasts) {
        (ConfigEdit::AddOutlet { name, .. }, _) => Event::Added(name.clone()),
        (_, true) => Event::Said(done(wanted, &file.display().to_string())),
        (_, false) => Event::Failed(format!(
            "{} (until newsprint ends: {})",
            done(wanted, ""),
            written.err().unwrap_or_default()
        )),
    };
    vec![
        LoopMessage::Config(Box::new(config)),
        LoopMessage::Event(said),
    ]
}

/// The text with the change made.
fn edited(text: &str, wanted: &ConfigEdit) -> Result<String, edit::EditError> {
    match wanted {
        ConfigEdit::AddOutlet {
            name,
            url,
            group,
            tags,
            ..
        } => edit::add_outlet(
            text,
            &Outlet {
                name: name.clone(),
                url: url.clone(),
                group: group.clone(),
                tags: tags.clone(),
                ..Outlet::default()
            },
        ),
        ConfigEdit::ChangeOutlet { outlet, change } => edit::change_outlet(text, outlet, change),
        ConfigEdit::RemoveOutlet(name) => edit::remove_outlet(text, name),
        ConfigEdit::AddView { name, query } => edit::add_view(text, name, query),
        ConfigEdit::Tag(TagChange { tag, mute, on }) => {
            let list = if *mute { "mute" } else { "hide" };
            if *on {
                edit::add_to_tags(text, list, tag)
            } else {
                edit::remove_from_tags(text, list, tag)
            }
        }
    }
}

/// What was done, for a message; `file` is named where it is of interest.
fn done(wanted: &ConfigEdit, file: &str) -> String {
    match wanted {
        ConfigEdit::AddOutlet { name, .. } => format!("Added {name}"),
        ConfigEdit::ChangeOutlet { outlet, change } => match change {
            OutletChange::Name(name) => format!("Renamed {outlet} to {name}"),
            OutletChange::Url(_) => format!("{outlet}: address changed"),
            OutletChange::Group(Some(group)) => format!("{outlet}: moved to group {group}"),
            OutletChange::Group(None) => format!("{outlet}: removed from its group"),
            OutletChange::Tags(tags) if tags.is_empty() => format!("{outlet}: tags removed"),
            OutletChange::Tags(tags) => format!("{outlet}: tagged {}", tags.join(", ")),
            OutletChange::Paused(true) => format!("Paused {outlet}"),
            OutletChange::Paused(false) => format!("Resumed {outlet}"),
            OutletChange::FullText(_) => format!("{outlet}: full text setting changed"),
        },
        ConfigEdit::RemoveOutlet(name) => format!("Removed {name} (its articles are kept)"),
        ConfigEdit::AddView { name, .. } if file.is_empty() => format!("View “{name}” saved"),
        ConfigEdit::AddView { name, .. } => format!("View “{name}” saved to {file}"),
        ConfigEdit::Tag(TagChange { tag, mute, on }) => match (mute, on) {
            (true, true) => format!("Muted tag “{tag}” (u: undo)"),
            (true, false) => format!("Unmuted tag “{tag}”"),
            (false, true) => format!("Hid tag “{tag}” (u: undo)"),
            (false, false) => format!("Tag “{tag}” is listed again"),
        },
    }
}

/// Reads the file again, and what it says is taken into force even where it is the same: a theme has changed.
pub fn reload_with_themes(shared: &Mutex<Config>) -> LoopMessage {
    match reload(shared) {
        LoopMessage::Event(Event::ConfigSame) => {
            LoopMessage::Config(Box::new(lock(shared).clone()))
        }
        told => told,
    }
}

/// Reads the file again, which has changed.
pub fn reload(shared: &Mutex<Config>) -> LoopMessage {
    let (file, data_dir) = place(shared);
    match Config::load_checked(&file, false, &data_dir, crate::tui::check) {
        Ok(config) => {
            let config = refresh::with_accounts(config);
            let mut had = lock(shared);
            if *had == config {
                return LoopMessage::Event(Event::ConfigSame);
            }
            had.clone_from(&config);
            LoopMessage::Config(Box::new(config))
        }
        Err(error) => {
            let first = error.problems.first().map(ToString::to_string);
            let why = first.unwrap_or_default();
            LoopMessage::Event(Event::ConfigRefused(why))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# mine\n[[outlet]]\nname = \"Herald\" # old\nurl = \"https://a.example/\"\n";

    fn shared(folder: &std::path::Path) -> Shared {
        let file = folder.join("config.toml");
        std::fs::write(&file, TEXT).unwrap();
        Arc::new(Mutex::new(Config::load(&file, true, folder).unwrap()))
    }

    #[test]
    fn an_edit_keeps_comments_and_comes_back_as_one_config() {
        let folder = tempfile::tempdir().unwrap();
        let config = shared(folder.path());
        let edit = ConfigEdit::ChangeOutlet {
            outlet: "Herald".to_owned(),
            change: OutletChange::Group(Some("World".to_owned())),
        };
        let told = change(&config, &edit);
        let [
            LoopMessage::Config(new),
            LoopMessage::Event(Event::Said(said)),
        ] = &told[..]
        else {
            panic!("other messages");
        };
        assert_eq!(new.outlets[0].group.as_deref(), Some("World"));
        assert_eq!(said, "Herald: moved to group World");
        assert_eq!(*lock(&config), **new);
        let text = std::fs::read_to_string(folder.path().join("config.toml")).unwrap();
        assert!(
            text.starts_with(TEXT) && text.contains("group = \"World\""),
            "{text}"
        );
        // What the watcher sees of it is in force already.
        assert!(matches!(
            reload(&config),
            LoopMessage::Event(Event::ConfigSame)
        ));
    }

    #[test]
    fn what_another_program_adds_is_taken_over_and_what_is_wrong_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let config = shared(folder.path());
        let file = folder.path().join("config.toml");
        let more = format!("{TEXT}\n[[outlet]]\nname = \"Post\"\nurl = \"https://b.example/\"\n");
        std::fs::write(&file, &more).unwrap();
        let LoopMessage::Config(new) = reload(&config) else {
            panic!("not taken over");
        };
        assert_eq!(new.outlets.len(), 2);
        std::fs::write(&file, format!("{more}[keys]\nx = \"no-such-action\"\n")).unwrap();
        let LoopMessage::Event(Event::ConfigRefused(why)) = reload(&config) else {
            panic!("it is not said");
        };
        assert!(why.contains("no-such-action"), "{why}");
        assert_eq!(lock(&config).outlets.len(), 2, "the old one holds");
    }

    #[test]
    fn an_edit_that_would_not_be_a_config_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let config = shared(folder.path());
        let told = change(&config, &ConfigEdit::RemoveOutlet("Nobody".to_owned()));
        assert!(matches!(&told[..], [LoopMessage::Event(Event::Failed(_))]));
        let text = std::fs::read_to_string(folder.path().join("config.toml")).unwrap();
        assert_eq!(text, TEXT);
    }
}
