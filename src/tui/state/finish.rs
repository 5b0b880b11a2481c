//! What a typed line does while it is typed and when it is done: search, filter, find, commands.
//! Never here: editing the line itself.

use crate::news::fold;
use crate::query::{self, Expr, Query};
use crate::tui::keys::table::TABLE;
use crate::tui::message::{Code, Effect, Format, Key};

use super::popup::fuzzy;
use super::prompt::{Ask, Prompt};
use super::sidebar::Typed;
use super::{Pane, State};

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
        let Some(prompt) = &mut self.prompt else {
            return Vec::new();
        };
        match prompt.ask {
            Ask::Search => self.search_as_typed(),
            Ask::Find => {
                let words = prompt.text.clone();
                if let Some(reading) = &mut self.article {
                    reading.find(&words);
                    if let Some(find) = &mut reading.find {
                        find.typed = true;
                    }
                    reading.go_to_match(0, height);
                }
                Vec::new()
            }
            Ask::Filter => {
                prompt.error = query::parse(&prompt.text)
                    .err()
                    .map(|error| (error.column, error.message));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn search_as_typed(&mut self) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else {
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
                if prompt.text.ends_with(char::is_alphanumeric) {
                    as_prefix(&mut query);
                }
                let text = prompt.text.clone();
                self.choice.search = (!query.is_empty()).then_some(Typed { text, query });
                self.open_list()
            }
            Err(error) => {
                prompt.error = Some((error.column, error.message));
                Vec::new()
            }
        }
    }

    /// Enter.
    pub(super) fn line_done(&mut self) -> Vec<Effect> {
        let Some(prompt) = self.prompt.take() else {
            return Vec::new();
        };
        let text = prompt.text.trim().to_owned();
        let before = self.before.take();
        if let Some(error) = prompt.error.clone()
            && matches!(prompt.ask, Ask::Search | Ask::Filter)
        {
            // Not taken: the line stays, with what is wrong with it.
            self.fail(format!("Column {}: {}", error.0, error.1));
            self.prompt = Some(prompt);
            self.before = before;
            return Vec::new();
        }
        let mut effects = self.remember(prompt.ask, &text);
        effects.extend(self.line_meant(prompt, text));
        effects
    }

    /// Does what the finished line says.
    fn line_meant(&mut self, prompt: Prompt, text: String) -> Vec<Effect> {
        match prompt.ask {
            Ask::Search => {
                let shown = self
                    .choice
                    .search
                    .as_ref()
                    .map(|search| search.text.as_str());
                let same = shown.unwrap_or("") == prompt.text;
                // What was typed is now meant as it stands, not as the beginning of a word; what its
                // beginning has found stays all the same.
                if same && !self.list.rows.is_empty() {
                    return Vec::new();
                }
                self.choice.search = match query::parse(&text) {
                    Ok(query) if !query.is_empty() => Some(Typed { text, query }),
                    _ => None,
                };
                self.open_list()
            }
            Ask::Filter => {
                self.choice.filter = match query::parse(&text) {
                    Ok(query) if !query.is_empty() => Some(Typed { text, query }),
                    _ => None,
                };
                self.focus = Pane::List;
                self.open_list()
            }
            Ask::Find => {
                let found = self
                    .article
                    .as_ref()
                    .and_then(|reading| reading.find.as_ref())
                    .map_or(0, |find| find.count);
                if text.is_empty() {
                    if let Some(reading) = &mut self.article {
                        reading.find = None;
                    }
                } else if found == 0 {
                    self.fail(format!("“{text}” is not in this article."));
                }
                Vec::new()
            }
            Ask::Command => self.command(&text),
            Ask::Pipe => {
                let Some(id) = self.subject().map(|headline| headline.id) else {
                    return Vec::new();
                };
                let (format, command) = format_of(&text);
                if command.is_empty() {
                    return Vec::new();
                }
                vec![Effect::Pipe {
                    id,
                    command: command.to_owned(),
                    format,
                }]
            }
            Ask::Save => match self.subject().map(|headline| headline.id) {
                Some(id) if !text.is_empty() => vec![Effect::Save { id, path: text }],
                _ => Vec::new(),
            },
            Ask::ViewName => {
                if text.is_empty() {
                    return Vec::new();
                }
                self.save_view(text)
            }
            Ask::OutletUrl => {
                if text.is_empty() || text == "https://" {
                    return Vec::new();
                }
                if self.settings.offline {
                    self.fail("Offline: newsprint was started with --offline.");
                    return Vec::new();
                }
                // An address that was pasted behind the scheme that stood there brings its own.
                let text = match text.strip_prefix("https://") {
                    Some(rest) if rest.contains("://") => rest.to_owned(),
                    _ => text,
                };
                self.say(format!("Looking at what {text} offers …"));
                vec![Effect::Discover(text)]
            }
        }
    }

    fn save_view(&mut self, name: String) -> Vec<Effect> {
        let taken = self
            .side
            .places
            .iter()
            .any(|(_, have)| fold(have) == fold(&name));
        if taken {
            self.fail(format!(
                "“{name}” is taken; a view needs a name of its own."
            ));
            return Vec::new();
        }
        let query = super::sidebar::query(
            &self.choice,
            &self.settings.views,
            &crate::config::Tags {
                // Muting is not the view's business: it stays the config's.
                mute: Vec::new(),
                ..self.settings.tags.clone()
            },
        );
        let text = query.to_string();
        let index = self.settings.views.len();
        self.settings.views.push(crate::config::View {
            name: name.clone(),
            text: text.clone(),
            query,
            key: None,
        });
        self.side.places.insert(
            index + 1,
            (super::sidebar::Place::View(index), name.clone()),
        );
        if self.side.place > index {
            self.side.place += 1;
        }
        vec![Effect::SaveView { name, query: text }, self.load_sidebar()]
    }

    /// Esc.
    pub(super) fn line_cancelled(&mut self) -> Vec<Effect> {
        let Some(prompt) = self.prompt.take() else {
            return Vec::new();
        };
        match (prompt.ask, self.before.take()) {
            (Ask::Search, Some(before)) if before != self.choice => {
                self.choice = before;
                self.open_list()
            }
            (Ask::Find, _) => {
                if let Some(reading) = &mut self.article {
                    reading.find = None;
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn remember(&mut self, ask: Ask, text: &str) -> Vec<Effect> {
        if text.is_empty() || ask == Ask::OutletUrl {
            return Vec::new();
        }
        let lines = self.history.entry(ask).or_default();
        add_line(lines, text);
        vec![Effect::Remember(ask, text.to_owned())]
    }

    /// What was typed in earlier sessions; what was typed in this one is newer.
    pub(super) fn learn_history(&mut self, kept: Vec<(Ask, Vec<String>)>) {
        for (ask, mut lines) in kept {
            for line in self.history.remove(&ask).unwrap_or_default() {
                add_line(&mut lines, &line);
            }
            self.history.insert(ask, lines);
        }
    }

    /// The command line: an action by name, or one of a few words with an argument.
    fn command(&mut self, text: &str) -> Vec<Effect> {
        let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
        let rest = rest.trim();
        if let Ok(number) = name.parse::<u32>() {
            let mut effects = self.act(crate::tui::message::Action::Top, Some(number));
            let height = self.article_height();
            if self.focus == Pane::Article
                && let Some(reading) = &mut self.article
            {
                reading.scroll(number.saturating_sub(1) as isize, height);
                effects.extend(self.after_scroll());
            }
            return effects;
        }
        match name {
            "" => return Vec::new(),
            "filter" if !rest.is_empty() => return self.line_as(Ask::Filter, rest),
            "search" if !rest.is_empty() => {
                self.begin_line(Ask::Search, rest);
                let mut effects = self.line_changed();
                effects.extend(self.line_done());
                return effects;
            }
            "save" if !rest.is_empty() => return self.line_as(Ask::Save, rest),
            "pipe" if !rest.is_empty() => return self.line_as(Ask::Pipe, rest),
            "save-view" if !rest.is_empty() => return self.line_as(Ask::ViewName, rest),
            "add-outlet" if !rest.is_empty() => return self.line_as(Ask::OutletUrl, rest),
            "q" => return self.act(crate::tui::message::Action::QuitNow, None),
            _ => {}
        }
        if !rest.is_empty() && TABLE.iter().any(|row| row.name == name) {
            self.fail(format!("`{name}` takes nothing after it."));
            return Vec::new();
        }
        match self.act_named(name) {
            Some(effects) => effects,
            None => {
                let near = TABLE
                    .iter()
                    .filter_map(|row| Some((fuzzy(row.name, name)?, row.name)))
                    .max();
                self.fail(match near {
                    Some((_, near)) => {
                        format!("There is no command `{name}`; perhaps `{near}`? Tab completes.")
                    }
                    None => format!("There is no command `{name}`; Tab lists them."),
                });
                Vec::new()
            }
        }
    }

    fn begin_line(&mut self, ask: Ask, text: &str) {
        self.before = Some(self.choice.clone());
        self.ask(ask, text);
    }

    fn line_as(&mut self, ask: Ask, text: &str) -> Vec<Effect> {
        self.begin_line(ask, text);
        self.line_changed();
        self.line_done()
    }

    /// Tab: the next completion.
    pub(super) fn complete(&mut self, back: bool) {
        let Some(prompt) = &self.prompt else { return };
        if prompt.offers.is_empty() {
            let offers = self.offers(prompt);
            let Some(prompt) = &mut self.prompt else {
                return;
            };
            prompt.before = Some((prompt.text.clone(), prompt.cursor));
            prompt.offers = offers;
            prompt.offered = None;
        }
        let Some(prompt) = &mut self.prompt else {
            return;
        };
        if prompt.offers.is_empty() {
            return;
        }
        let count = prompt.offers.len();
        let next = match (prompt.offered, back) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        prompt.offered = Some(next);
        let offer = prompt.offers[next].clone();
        let Some((text, cursor)) = prompt.before.clone() else {
            return;
        };
        let (text, cursor) = match prompt.ask {
            Ask::Command => {
                let end = offer.len();
                (offer, end)
            }
            _ => {
                let column = text[..cursor].chars().count() + 1;
                match query::complete(&text, column) {
                    Some(completion) => {
                        let (text, column) = completion.apply(&text, &offer);
                        let cursor = text
                            .char_indices()
                            .nth(column - 1)
                            .map_or(text.len(), |(at, _)| at);
                        (text, cursor)
                    }
                    None => return,
                }
            }
        };
        prompt.set(text, cursor);
    }

    /// What could stand at the cursor.
    fn offers(&self, prompt: &Prompt) -> Vec<String> {
        match prompt.ask {
            Ask::Command => {
                let mut found: Vec<(i64, &str)> = TABLE
                    .iter()
                    .filter_map(|row| {
                        let begins = row.name.starts_with(prompt.text.as_str());
                        let score = fuzzy(row.name, &prompt.text)?;
                        Some((-(score + if begins { 100 } else { 0 }), row.name))
                    })
                    .collect();
                found.sort_unstable();
                found.into_iter().map(|(_, name)| name.to_owned()).collect()
            }
            Ask::Filter | Ask::Search => {
                let column = prompt.text[..prompt.cursor].chars().count() + 1;
                let Some(completion) = query::complete(&prompt.text, column) else {
                    return Vec::new();
                };
                let names: Vec<String> = match completion.wanted {
                    query::Wanted::Tag => {
                        self.side.tags.iter().map(|tag| tag.name.clone()).collect()
                    }
                    query::Wanted::Outlet => self
                        .side
                        .places
                        .iter()
                        .filter_map(|(place, name)| match place {
                            super::sidebar::Place::Outlet(_) => Some(name.clone()),
                            _ => None,
                        })
                        .collect(),
                    query::Wanted::Author => {
                        let rows = self.list.rows.iter();
                        let mut authors: Vec<String> = rows
                            .map(|row| row.headline.author.clone())
                            .filter(|author| !author.is_empty())
                            .collect();
                        authors.sort();
                        authors.dedup();
                        authors
                    }
                    query::Wanted::Lang => {
                        let rows = self.list.rows.iter();
                        let mut langs: Vec<String> = rows
                            .map(|row| row.headline.lang.clone())
                            .filter(|lang| !lang.is_empty())
                            .collect();
                        langs.sort();
                        langs.dedup();
                        langs
                    }
                    _ => return completion.words(),
                };
                let mut found: Vec<(i64, String)> = names
                    .into_iter()
                    .filter_map(|name| Some((-fuzzy(&name, &completion.typed)?, name)))
                    .collect();
                found.sort();
                found.into_iter().map(|(_, name)| name).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A key while link numbers are shown.
    pub(super) fn hint_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(reading) = &mut self.article else {
            return Vec::new();
        };
        let count = reading.laid.as_ref().map_or(0, |laid| laid.links.len());
        let Some(typed) = &mut reading.hint else {
            return Vec::new();
        };
        match key.code {
            Code::Char(c @ '0'..='9') => typed.push(c),
            Code::Backspace if typed.pop().is_some() => return Vec::new(),
            Code::Enter => {}
            _ => {
                reading.hint = None;
                return Vec::new();
            }
        }
        let number: usize = typed.parse().unwrap_or(0);
        let longer = number.saturating_mul(10) <= count && number > 0;
        if key.code != Code::Enter && longer && number <= count {
            return Vec::new();
        }
        reading.hint = None;
        if number == 0 || number > count {
            self.fail(format!("There is no link {number}."));
            return Vec::new();
        }
        let index = (number - 1) as u32;
        let (mut text, mut url) = (String::new(), String::new());
        if let Some(laid) = &reading.laid {
            url = laid.links.get(number - 1).cloned().unwrap_or_default();
            for span in laid.lines.iter().flat_map(|line| &line.spans) {
                if span.link == Some(index) && !span.marks.dim {
                    text.push_str(&span.text);
                    text.push(' ');
                }
            }
        }
        self.open_link(&url, text.trim())
    }
}

/// The format that a pipe line begins with (`json: jq .title`), else plain text.
fn format_of(text: &str) -> (Format, &str) {
    for (word, format) in [
        ("json:", Format::Json),
        ("html:", Format::Html),
        ("markdown:", Format::Markdown),
        ("md:", Format::Markdown),
        ("text:", Format::Text),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            return (format, rest.trim());
        }
    }
    (Format::Text, text)
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
