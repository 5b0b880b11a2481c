//! What a typed line does while it is typed and when it is done: search, filter, find, commands.
//! Never here: editing the line itself.

use crate::tui::effect::{ConfigEdit, Effect, Format};
use newsprint_model::fold;
use newsprint_model::query::{self, Expr, Query};

use super::messages::LOOKING;
use super::prompt::{Ask, Prompt};
use super::{Pane, State};
use crate::library::rules;
use crate::library::selection::{Place, Typed};

/// Lines remembered of each kind.
pub const HISTORY: usize = 100;

/// Adds a typed line as the newest; each is there once, and no more than [`HISTORY`] are.
pub fn add_line(lines: &mut Vec<String>, line: &str) {
    lines.retain(|have| have != line);
    lines.push(line.to_owned());
    if lines.len() > HISTORY {
        lines.remove(0);
    }
}

impl State {
    /// The line has another text.
    pub(super) fn line_changed(&mut self) -> Vec<Effect> {
        let height = self.article_height();
        let Some(prompt) = &mut self.prompt.line else {
            return Vec::new();
        };
        match prompt.ask {
            // Where lines are spoken nothing is said into what one types; Enter searches.
            Ask::Search | Ask::Filter if self.settings.reader.linear => {
                prompt.error = None;
                Vec::new()
            }
            Ask::Search => self.search_as_typed(),
            Ask::Find => {
                let words = prompt.text.clone();
                if let Some(reading) = &mut self.article.open {
                    reading.find_typed(&words, height);
                }
                Vec::new()
            }
            Ask::Filter => {
                prompt.error = query::parse(&prompt.text)
                    .err()
                    .map(|error| (error.column, error.message));
                Vec::new()
            }
            Ask::Command => {
                self.offer_commands();
                self.say_outcome()
            }
            _ => Vec::new(),
        }
    }

    fn search_as_typed(&mut self) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt.line else {
            return Vec::new();
        };
        // One letter begins half of all words: what it finds helps nobody and keeps the index busy.
        if prompt.text.len() == 1 && prompt.text.is_ascii() {
            prompt.error = None;
            return Vec::new();
        }
        match query::parse(&prompt.text) {
            Ok(mut query) => {
                prompt.error = None;
                if begins_a_word(&prompt.text) {
                    as_prefix(&mut query);
                }
                let text = prompt.text.clone();
                self.choice.search = (!query.is_empty()).then_some(Typed { text, query });
                self.open_list_back()
            }
            Err(error) => {
                prompt.error = Some((error.column, error.message));
                Vec::new()
            }
        }
    }

    /// Enter.
    pub(super) fn line_done(&mut self) -> Vec<Effect> {
        let Some(mut prompt) = self.prompt.line.take() else {
            return Vec::new();
        };
        let text = prompt.text.trim().to_owned();
        let before = self.prompt.choice_before_prompt.take();
        if self.settings.reader.linear && matches!(prompt.ask, Ask::Search | Ask::Filter) {
            let wrong = query::parse(&prompt.text).err();
            prompt.error = wrong.map(|error| (error.column, error.message));
        }
        if prompt.error.is_some() && matches!(prompt.ask, Ask::Search | Ask::Filter) {
            // Not taken: the line stays, with what is wrong with it.
            self.prompt.line = Some(prompt);
            self.prompt.choice_before_prompt = before;
            return Vec::new();
        }
        if matches!(prompt.ask, Ask::Search | Ask::Filter)
            && let Ok(query) = query::parse(&prompt.text)
            && let Some(why) = self.unknown_outlet(&query)
        {
            self.error(why);
            self.prompt.line = Some(prompt);
            self.prompt.choice_before_prompt = before;
            return Vec::new();
        }
        let ask = prompt.ask;
        let meant = self.line_meant(prompt, text.clone());
        let stays = self
            .prompt
            .line
            .as_ref()
            .is_some_and(|prompt| prompt.ask == ask && prompt.text.trim() == text);
        if stays {
            return meant;
        }
        let mut effects = self.remember(ask, &text);
        effects.extend(meant);
        effects
    }

    /// Says that a query asks for an outlet or account that there is not, and which was likely meant.
    pub(super) fn unknown_outlet(&self, query: &Query) -> Option<String> {
        if let Some((name, near)) = rules::unknown_account(query, &self.settings.accounts) {
            return Some(match near {
                Some(near) => format!("Unknown account: {name}; did you mean {near}?"),
                None => format!("Unknown account: {name}"),
            });
        }
        let removed = &self.settings.outlet_rules.removed;
        let (name, near) = rules::unknown_outlet(query, &self.settings.outlets, removed)?;
        Some(match near {
            Some(near) => format!("Unknown outlet: {name}; did you mean {near}?"),
            None => format!("Unknown outlet: {name}"),
        })
    }

    /// Does what the finished line says.
    fn line_meant(&mut self, prompt: Prompt, text: String) -> Vec<Effect> {
        match prompt.ask {
            Ask::Search => self.search_done(&prompt.text, &text),
            Ask::Filter => self.filter_done(text),
            Ask::Find => self.find_done(&text),
            Ask::Command => match self.command(&text) {
                Ok(effects) => effects,
                Err(why) => {
                    // The line stays, to be mended.
                    self.error(why);
                    self.prompt.line = Some(prompt);
                    self.offer_commands();
                    Vec::new()
                }
            },
            Ask::Pipe => self.pipe_done(prompt, &text),
            Ask::Save => self.save_to(text),
            Ask::ArticleTags => self.tags_done(&text),
            Ask::Overwrite => self.overwrite(&text),
            Ask::ViewName => {
                if text.is_empty() {
                    self.hint("Name required.");
                    return Vec::new();
                }
                if let Some(taken) = self.side.is_taken(&text) {
                    self.error(format!("“{taken}” exists already; use another name."));
                    self.prompt.line = Some(prompt);
                    return Vec::new();
                }
                self.save_view(text)
            }
            Ask::OutletUrl => self.look_for_outlet(text),
            Ask::AddedAccount | Ask::AddedName | Ask::AddedGroup | Ask::AddedTags => {
                self.adding(prompt, text)
            }
            Ask::OutletName
            | Ask::OutletGroup
            | Ask::OutletTags
            | Ask::OutletAddress
            | Ask::OutletText
            | Ask::OutletRemove => match self.outlet_edited(prompt.ask, &text) {
                Ok(effects) => effects,
                Err(why) => {
                    self.error(why);
                    self.prompt.line = Some(prompt);
                    Vec::new()
                }
            },
        }
    }

    /// Searches for a finished line; `typed` is the line as it stood, `text` without spaces around it.
    fn search_done(&mut self, typed: &str, text: &str) -> Vec<Effect> {
        // Wherever it was typed: what is found is gone through next.
        self.screen.focus = Pane::List;
        let shown = self
            .choice
            .search
            .as_ref()
            .map(|search| search.text.as_str());
        let same = shown.unwrap_or("") == typed;
        // What was typed is now meant as it stands, not as the beginning of a word; what its
        // beginning has found stays all the same.
        if same && !self.list.rows.is_empty() {
            return Vec::new();
        }
        self.choice.search = match query::parse(text) {
            Ok(mut query) if !query.is_empty() => {
                // What is found elsewhere while one types is found here at the end.
                if self.settings.reader.linear && begins_a_word(text) {
                    as_prefix(&mut query);
                }
                Some(Typed {
                    text: text.to_owned(),
                    query,
                })
            }
            _ => None,
        };
        self.open_list_back()
    }

    /// Lists only what a finished line asks for; an empty one lists all.
    fn filter_done(&mut self, text: String) -> Vec<Effect> {
        self.choice.filter = match query::parse(&text) {
            Ok(query) if !query.is_empty() => Some(Typed { text, query }),
            _ => None,
        };
        self.screen.focus = Pane::List;
        self.open_list_back()
    }

    /// Ends the search within the article: an error if nothing was found; an empty line clears it.
    fn find_done(&mut self, text: &str) -> Vec<Effect> {
        let found = self
            .article
            .open
            .as_ref()
            .and_then(|reading| reading.find.as_ref())
            .map_or(0, |find| find.count);
        if text.is_empty() {
            if let Some(reading) = &mut self.article.open {
                reading.find = None;
            }
        } else if found == 0 {
            self.error(format!("Not found: {text}"));
        }
        Vec::new()
    }

    /// Gives the chosen articles to a command; a line with a format that is not there stays, to be edited.
    fn pipe_done(&mut self, prompt: Prompt, text: &str) -> Vec<Effect> {
        let (format, command) = match format_of(text) {
            Ok(meant) => meant,
            Err(why) => {
                self.error(why);
                self.prompt.line = Some(prompt);
                return Vec::new();
            }
        };
        let ids = std::mem::take(&mut self.prompt.prompt_articles);
        if ids.is_empty() {
            return Vec::new();
        }
        if command.is_empty() {
            self.hint("No command.");
            return Vec::new();
        }
        self.list.picked_from = None;
        vec![Effect::Pipe {
            ids,
            command: command.to_owned(),
            format,
        }]
    }

    fn save_to(&mut self, path: String) -> Vec<Effect> {
        let ids = std::mem::take(&mut self.prompt.prompt_articles);
        if path.is_empty() {
            self.hint("File name required.");
            return Vec::new();
        }
        match ids.as_slice() {
            [] => Vec::new(),
            [id] => vec![Effect::Save {
                id: *id,
                path,
                over: false,
            }],
            _ => {
                self.list.picked_from = None;
                vec![Effect::SaveAll { ids, folder: path }]
            }
        }
    }

    /// Looks for what an address offers.
    fn look_for_outlet(&mut self, text: String) -> Vec<Effect> {
        self.prompt.failed_url.clone_from(&text);
        if text.is_empty() {
            return Vec::new();
        }
        if self.settings.offline {
            self.error("Offline (started with --offline)");
            return Vec::new();
        }
        // An address that was pasted behind the scheme that stood there brings its own.
        let text = match text.strip_prefix("https://") {
            Some(rest) if rest.contains("://") => rest.to_owned(),
            _ => text,
        };
        let key = newsprint_model::address_key(&text);
        let mut outlets = self.settings.outlets.iter();
        let is_it = |url: &String| newsprint_model::address_key(url) == key;
        let have = outlets.find(|one| is_it(&one.url) || one.feed.as_ref().is_some_and(is_it));
        if let Some(have) = have {
            let name = have.name.clone();
            return self.already_added(name);
        }
        self.info(format!("{LOOKING} {text}…"));
        vec![Effect::Discover(text)]
    }

    /// Shows the outlet that reads what was to be added.
    pub(super) fn already_added(&mut self, name: String) -> Vec<Effect> {
        self.prompt.failed_url.clear();
        let effects = self.show_place(&Place::Outlet(name.clone()));
        self.info(format!("Already added as “{name}”."));
        effects
    }

    /// A new outlet's name, group and tags, one after the other.
    fn adding(&mut self, prompt: Prompt, text: String) -> Vec<Effect> {
        match prompt.ask {
            Ask::AddedAccount if text.is_empty() => self.name_outlet(),
            Ask::AddedAccount => {
                let accounts = self.settings.accounts.iter();
                let found = accounts
                    .clone()
                    .find(|name| fold(name) == fold(&text))
                    .cloned();
                if found.is_none() {
                    let names: Vec<&str> = accounts.map(String::as_str).collect();
                    let names = names.join(", ");
                    self.error(format!("Unknown account: {text}. Accounts: {names}"));
                    self.prompt.line = Some(prompt);
                    return Vec::new();
                }
                self.prompt.added.account = found;
                self.name_outlet()
            }
            Ask::AddedName => {
                let taken = self.side.is_taken(&text);
                if text.is_empty() || taken.is_some() {
                    self.error(match taken {
                        Some(taken) => format!("“{taken}” exists already; use another name."),
                        None => "Name required.".to_owned(),
                    });
                    self.prompt.line = Some(prompt);
                    return Vec::new();
                }
                self.prompt.added.name = text;
                self.ask(Ask::AddedGroup, "");
                let place = self.prompt.added.place();
                if let Some(line) = &mut self.prompt.line {
                    line.about = place;
                }
                Vec::new()
            }
            Ask::AddedGroup => {
                self.prompt.added.group = (!text.is_empty()).then_some(text);
                if self.prompt.added.account.is_some() {
                    // A server keeps no tags of outlets.
                    return self.add_outlet(Vec::new());
                }
                self.ask(Ask::AddedTags, "");
                Vec::new()
            }
            _ => self.add_outlet(super::outlet_edit::list(&text)),
        }
    }

    fn add_outlet(&mut self, tags: Vec<String>) -> Vec<Effect> {
        let added = std::mem::take(&mut self.prompt.added);
        if let Some(account) = &added.account {
            self.info(format!("Subscribing to {} on {account}…", added.name));
        }
        vec![Effect::EditConfig(ConfigEdit::AddOutlet {
            name: added.name,
            url: match (&added.account, added.feed) {
                (Some(_), Some(feed)) => feed,
                _ => added.url,
            },
            group: added.group,
            tags,
            account: added.account,
        })]
    }

    fn save_view(&mut self, name: String) -> Vec<Effect> {
        let query = crate::library::selection::written(&self.choice, &self.settings.views);
        vec![Effect::EditConfig(ConfigEdit::AddView {
            name,
            query: query.to_string(),
        })]
    }

    /// Esc.
    pub(super) fn line_cancelled(&mut self) -> Vec<Effect> {
        let Some(prompt) = self.prompt.line.take() else {
            return Vec::new();
        };
        if prompt.ask == Ask::OutletUrl {
            self.prompt.failed_url = prompt.text.trim().to_owned();
        }
        match (prompt.ask, self.prompt.choice_before_prompt.take()) {
            (Ask::Search, Some(before)) if before != self.choice => {
                self.choice = before;
                self.open_list_back()
            }
            (Ask::Find, _) => {
                if let Some(reading) = &mut self.article.open {
                    reading.cancel_find();
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn remember(&mut self, ask: Ask, text: &str) -> Vec<Effect> {
        let kept = match ask {
            Ask::Search
            | Ask::Find
            | Ask::Filter
            | Ask::Command
            | Ask::Pipe
            | Ask::Save
            | Ask::ArticleTags => true,
            Ask::ViewName
            | Ask::Overwrite
            | Ask::OutletUrl
            | Ask::AddedAccount
            | Ask::AddedName
            | Ask::AddedGroup
            | Ask::AddedTags
            | Ask::OutletName
            | Ask::OutletGroup
            | Ask::OutletTags
            | Ask::OutletAddress
            | Ask::OutletText
            | Ask::OutletRemove => false,
        };
        if text.is_empty() || !kept {
            return Vec::new();
        }
        let lines = self.prompt.history.entry(ask).or_default();
        add_line(lines, text);
        vec![Effect::Remember(ask, text.to_owned())]
    }

    /// What was typed in earlier sessions; what was typed in this one is newer.
    pub(super) fn merge_history(&mut self, kept: Vec<(Ask, Vec<String>)>) {
        for (ask, mut lines) in kept {
            for line in self.prompt.history.remove(&ask).unwrap_or_default() {
                add_line(&mut lines, &line);
            }
            self.prompt.history.insert(ask, lines);
        }
    }
}

/// The format that a pipe line begins with (`json: jq .title`), else plain text. An error names the formats
/// where it begins like one that is not there.
fn format_of(text: &str) -> Result<(Format, &str), String> {
    for (word, format) in [
        ("json:", Format::Json),
        ("html:", Format::Html),
        ("markdown:", Format::Markdown),
        ("md:", Format::Markdown),
        ("text:", Format::Text),
    ] {
        if let Some((start, rest)) = text.split_at_checked(word.len())
            && start.eq_ignore_ascii_case(word)
        {
            return Ok((format, rest.trim()));
        }
    }
    let first = text.split_whitespace().next().unwrap_or_default();
    match first.split_once(':') {
        Some((word, _)) if !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic()) => {
            let known = "json:, html:, md: or text:";
            Err(format!("{word}: is not known; use {known}"))
        }
        _ => Ok((Format::Text, text)),
    }
}

/// Whether the last word may go on; a single letter begins half of all words.
fn begins_a_word(text: &str) -> bool {
    text.len() > 1 && text.ends_with(char::is_alphanumeric)
}

/// While a word is being typed, its beginning is enough.
fn as_prefix(query: &mut Query) {
    fn last(expr: &mut Expr) {
        match expr {
            Expr::And(parts) | Expr::Or(parts) => {
                if let Some(part) = parts.last_mut() {
                    last(part);
                }
            }
            Expr::Text(text) => text.prefix = true,
            _ => {}
        }
    }
    if let Some(expr) = &mut query.expr {
        last(expr);
    }
}
