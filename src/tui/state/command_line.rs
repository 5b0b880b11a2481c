//! The command line: every action by its name, a few with an argument, and what Tab offers.
//! Never here: editing the line, what the actions do.

use crate::tui::effect::Effect;
use crate::tui::keymap::actions::Action;
use crate::tui::keymap::actions::{self, TABLE};
use newsprint_model::query::{self, Is, Query};
use newsprint_model::{Counts, fold, nearest};

use super::layout::{self, LAYOUTS};
use super::order::Order;
use super::popup::fuzzy;
use super::prompt::{Ask, Prompt};
use super::{Pane, State};
use crate::library::selection::Place;

/// What may follow a command's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Argument {
    /// A query.
    Query,
    /// A tag's name.
    Tag,
    /// The name of a hidden or of a muted tag.
    Kept {
        /// A muted one.
        mute: bool,
    },
    /// An outlet's name.
    Outlet,
    /// An account's name; without one all of them.
    Account,
    /// A view's name.
    View,
    /// A theme's name.
    Theme,
    /// The order of a list.
    Order,
    /// A layout's name.
    Layout,
    /// What is changed of the outlet that keys speak of.
    Edit(Ask),
    /// Anything: a file, a command, an address.
    Text,
}

impl Argument {
    /// What is written where the argument goes, as the help has it.
    fn needed(self) -> &'static str {
        match self {
            Argument::Query => "QUERY",
            Argument::Edit(Ask::OutletAddress) => "URL",
            Argument::Order => "ORDER",
            Argument::Text => "TEXT",
            _ => "NAME",
        }
    }
}

/// The order of what a search has found that only a search has.
const RELEVANCE: &str = "relevance";

/// The commands that take something after their name: actions and a few that are no actions.
const WITH: &[(&str, Argument)] = &[
    ("add-outlet", Argument::Text),
    ("filter", Argument::Query),
    ("group-outlet", Argument::Edit(Ask::OutletGroup)),
    ("hide-tag", Argument::Tag),
    ("layout", Argument::Layout),
    ("mark-read", Argument::Query),
    ("move-outlet", Argument::Edit(Ask::OutletAddress)),
    ("mute-tag", Argument::Tag),
    ("outlet", Argument::Outlet),
    ("outlet-full-text", Argument::Edit(Ask::OutletText)),
    ("pipe", Argument::Text),
    ("refresh", Argument::Outlet),
    ("remove-outlet", Argument::Outlet),
    ("rename-outlet", Argument::Edit(Ask::OutletName)),
    ("save", Argument::Text),
    ("save-view", Argument::Text),
    ("search", Argument::Query),
    ("search-all", Argument::Query),
    ("sort", Argument::Order),
    ("sync", Argument::Account),
    ("tag-and", Argument::Tag),
    ("tag-article", Argument::Text),
    ("tag-not", Argument::Tag),
    ("tag-outlet", Argument::Edit(Ask::OutletTags)),
    ("theme", Argument::Theme),
    ("unhide-tag", Argument::Kept { mute: false }),
    ("unmute-tag", Argument::Kept { mute: true }),
    ("view", Argument::View),
];

/// What only the command line can do, for the help.
pub(super) const HELP: &[(&str, &str)] = &[
    (":outlet NAME", "show an outlet (Tab completes names)"),
    (":view NAME", "show a saved view"),
    (":tag-and NAME", "require tag; :tag-not excludes it"),
    (":unmute-tag NAME", "unmute tag; :unhide-tag lists it again"),
    (":filter QUERY", "same as f; likewise :search, :save, :pipe"),
    (":mark-read QUERY", "mark what a query finds as read"),
    (
        ":rename-outlet NAME",
        "likewise :group-outlet, :move-outlet URL, …",
    ),
    (":sort ORDER", "newest, oldest, outlet or longest"),
    (":sync NAME", "sync an account; without a name all"),
    (":pipe json: CMD", "article as JSON; also html:, md:, text:"),
    (":layout NAME", "auto, rows, columns or single"),
    (":theme NAME", "use another theme until you quit (Tab: try)"),
    (":12", "12th article, or line of the article"),
];

/// What a command does, in the words of the help; of one that is no action in words of its own.
pub fn about(name: &str) -> &'static str {
    match (actions::named(name), name) {
        (Some(row), _) => row.about,
        (None, "mark-read") => "mark what a query finds as read",
        (None, "outlet") => "show an outlet",
        (None, "sync") => "sync accounts",
        (None, "theme") => "use another theme until newsprint ends",
        (None, "unhide-tag") => "list a hidden tag again",
        (None, "unmute-tag") => "unmute tag",
        (None, "view") => "show a saved view",
        _ => "",
    }
}

fn argument(name: &str) -> Option<Argument> {
    let found = WITH.iter().find(|(have, _)| *have == name)?;
    Some(found.1)
}

/// All names.
fn names() -> Vec<&'static str> {
    let own = WITH.iter().map(|(name, _)| *name);
    let mut names: Vec<&str> = TABLE.iter().map(|row| row.name).chain(own).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// How well a name fits what was typed of it: it begins so, one of its words does, it holds it.
fn rank(name: &str, typed: &str) -> Option<u8> {
    let (name, typed) = (fold(name), fold(typed));
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    if name.starts_with(&typed) {
        Some(0)
    } else if words.any(|word| word.starts_with(&typed)) {
        Some(1)
    } else if name.contains(&typed) {
        Some(2)
    } else {
        None
    }
}

/// The names that fit, best first.
fn fitting<'a>(names: &[&'a str], typed: &str) -> Vec<(u8, &'a str)> {
    let mut found: Vec<(u8, &str)> = names
        .iter()
        .filter_map(|name| Some((rank(name, typed)?, *name)))
        .collect();
    // Of equals, what ends the reader is offered last.
    found.sort_unstable_by_key(|(rank, name)| (*rank, name.starts_with("quit"), *name));
    found
}

/// The names that fit what was typed, best first; where none does, those that hold its letters in order.
pub(super) fn offered(names: &[String], typed: &str) -> Vec<String> {
    if typed.is_empty() {
        return names.to_vec();
    }
    let mut found: Vec<(u8, i64, &String)> = names
        .iter()
        .filter_map(|name| Some((rank(name, typed).unwrap_or(9), -fuzzy(name, typed)?, name)))
        .collect();
    found.sort();
    found.into_iter().map(|(.., name)| name.clone()).collect()
}

/// Name and argument of a command line.
fn parts(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    (name, rest.trim())
}

impl State {
    /// Does what a command line says.
    ///
    /// # Errors
    /// Why it cannot be done; the line stays then.
    pub(super) fn command(&mut self, text: &str) -> Result<Vec<Effect>, String> {
        let (name, rest) = parts(text);
        if let Ok(number) = name.parse::<u32>() {
            return Ok(self.go_to_line(number));
        }
        if name.is_empty() {
            return Ok(Vec::new());
        }
        if name == "q" && rest.is_empty() {
            return Ok(self.act(Action::QuitNow, None));
        }
        match (argument(name), rest.is_empty()) {
            (Some(argument), false) => self.with_argument(name, argument, rest),
            (None, false) if actions::named(name).is_some() => {
                Err(format!("{name} takes no argument."))
            }
            (argument, _) => match (actions::named(name), argument) {
                (Some(row), Some(Argument::Tag)) if self.screen.focus != Pane::Tags => {
                    Err(format!("Name a tag: :{} NAME", row.name))
                }
                (Some(_), Some(Argument::Order)) => Ok(self.next_order()),
                (Some(row), _) => Ok(self.act(row.action, None)),
                (None, Some(Argument::Account)) => self.sync(None),
                (None, Some(Argument::Kept { mute })) if self.tag_list(mute).is_empty() => Err(
                    format!("No tag is {}.", if mute { "muted" } else { "hidden" }),
                ),
                (None, Some(argument)) => Err(format!("Usage: :{name} {}", argument.needed())),
                (None, None) => Err(unknown(name)),
            },
        }
    }

    fn with_argument(
        &mut self,
        name: &str,
        argument: Argument,
        rest: &str,
    ) -> Result<Vec<Effect>, String> {
        let find = |names: Vec<String>, what: &str| {
            let found = names.iter().find(|have| fold(have) == fold(rest)).cloned();
            found.ok_or_else(|| match nearest(rest, names.iter().map(String::as_str)) {
                Some(near) => format!("Unknown {what}: {rest}; did you mean {near}?"),
                None => format!("Unknown {what}: {rest}"),
            })
        };
        let names = self.names_of(argument);
        match argument {
            Argument::Query => {
                if let Err(error) = query::parse(rest) {
                    return Err(format!("Column {}: {}", error.column, error.message));
                }
                if name == "mark-read" {
                    let query = query::parse(rest).map_err(|error| error.message)?;
                    if let Some(why) = self.unknown_outlet(&query) {
                        return Err(why);
                    }
                    let query = self.settings.rules().meaning(&query);
                    // So many were announced; copies of them are named beside.
                    let counted = self.prompt.counted.take();
                    let unread = query.with_is(Is::Unread);
                    self.list.marking = counted
                        .filter(|(counted, _)| *counted == unread)
                        .map(|(_, count)| count);
                    return Ok(vec![Effect::MarkQuery(query)]);
                }
                if name == "filter" {
                    return Ok(self.line_as(Ask::Filter, rest));
                }
                self.begin_line(Ask::Search, rest);
                let mut effects = self.line_changed();
                effects.extend(self.line_done());
                Ok(effects)
            }
            Argument::Tag => {
                let known = find(names, "tag");
                match name {
                    "tag-and" => Ok(self.with_tag(&known?, false)),
                    "tag-not" => Ok(self.with_tag(&known?, true)),
                    // These may be about tags that no article of this list carries.
                    _ => {
                        let tag = known.unwrap_or_else(|_| rest.to_owned());
                        Ok(self.change_tag(&tag, name == "mute-tag", true))
                    }
                }
            }
            Argument::Kept { mute } => {
                let what = if mute { "muted tag" } else { "hidden tag" };
                let tag = find(names, what)?;
                Ok(self.change_tag(&tag, mute, false))
            }
            Argument::Outlet => {
                let outlet = find(names, "outlet")?;
                if name == "refresh" {
                    return Ok(self.refresh_these(vec![outlet]));
                }
                if name == "remove-outlet" {
                    self.ask(Ask::OutletRemove, "");
                    if let Some(line) = &mut self.prompt.line {
                        line.about.clone_from(&outlet);
                    }
                    self.prompt.outlet = outlet;
                    return Ok(Vec::new());
                }
                Ok(self.show_place(&Place::Outlet(outlet)))
            }
            Argument::Account => {
                let account = find(names, "account")?;
                self.sync(Some(&account))
            }
            Argument::View => {
                let view = find(names, "view")?;
                let views = &self.settings.views;
                let at = views.iter().position(|have| have.name == view);
                Ok(self.show_place(&at.map_or(Place::All, Place::View)))
            }
            Argument::Order => {
                // The beginning of a name is enough where no other begins so.
                let begun = |name: &&String| name.starts_with(&fold(rest));
                let mut begun = names.iter().filter(begun);
                let order = match (begun.next().cloned(), begun.next()) {
                    (Some(one), None) => one,
                    _ => find(names, "order")?,
                };
                Ok(match Order::named(&order) {
                    Some(order) => self.sort_by(order, false),
                    None => self.sort_by(Order::Newest, true),
                })
            }
            Argument::Theme => Ok(vec![Effect::Theme(rest.to_owned())]),
            Argument::Layout => {
                let layout = find(names, "layout")?;
                self.use_layout(layout::named(&layout).unwrap_or_default())
            }
            Argument::Edit(ask) => {
                let Some(outlet) = self.target_outlet() else {
                    return Err("No outlet selected.".to_owned());
                };
                self.prompt.outlet = outlet.name.clone();
                self.outlet_edited(ask, rest)
            }
            Argument::Text => {
                let ask = match name {
                    "save" => Ask::Save,
                    "pipe" => Ask::Pipe,
                    "save-view" => Ask::ViewName,
                    "tag-article" => Ask::ArticleTags,
                    _ => Ask::OutletUrl,
                };
                Ok(self.line_as(ask, rest))
            }
        }
    }

    /// Syncs an account, or all of them.
    fn sync(&mut self, account: Option<&str>) -> Result<Vec<Effect>, String> {
        if self.settings.accounts.is_empty() {
            return Err("No accounts.".to_owned());
        }
        let is_meant = |name: &str| account.is_none_or(|account| account == name);
        let outlets = self.side.outlets.iter();
        let named = outlets.filter(|health| health.account.as_deref().is_some_and(is_meant));
        // By its outlets; one that has none has not been synced yet, and is with all that there is.
        let named = named.map(|health| health.outlet.clone()).collect();
        Ok(self.refresh_these(named))
    }

    /// The names that an argument may have.
    fn names_of(&self, argument: Argument) -> Vec<String> {
        match argument {
            Argument::Tag => self.side.tags.iter().map(|tag| tag.name.clone()).collect(),
            Argument::Kept { mute } => self.tag_list(mute).to_vec(),
            Argument::Outlet => self.side.outlet_names(),
            Argument::Account => self.settings.accounts.clone(),
            Argument::Theme => {
                let mut themes = self.settings.themes.clone();
                themes.sort_unstable();
                themes
            }
            Argument::Layout => LAYOUTS.map(|one| layout::name(one).to_owned()).to_vec(),
            Argument::Order => {
                let ranked = self.can_rank().then_some(RELEVANCE);
                let orders = Order::ALL.into_iter().map(Order::name);
                orders.chain(ranked).map(str::to_owned).collect()
            }
            Argument::Edit(Ask::OutletGroup) => self.side.group_names(),
            Argument::Edit(Ask::OutletText) => {
                ["auto", "always", "never"].map(str::to_owned).to_vec()
            }
            Argument::Edit(_) => Vec::new(),
            Argument::View => {
                let views = self.settings.views.iter();
                views.map(|view| view.name.clone()).collect()
            }
            Argument::Query | Argument::Text => Vec::new(),
        }
    }

    /// A line of the article, or a row of the list, by its number.
    fn go_to_line(&mut self, number: u32) -> Vec<Effect> {
        self.act(Action::Top, Some(number))
    }

    fn line_as(&mut self, ask: Ask, text: &str) -> Vec<Effect> {
        self.begin_line(ask, text);
        self.line_changed();
        self.line_done()
    }

    fn begin_line(&mut self, ask: Ask, text: &str) {
        self.leave_place();
        self.prompt.choice_before_prompt = Some(self.choice.clone());
        self.ask(ask, text);
    }

    /// What fits what has been typed, while it is typed: shown, not yet taken.
    pub(super) fn offer_commands(&mut self) {
        let Some(prompt) = &self.prompt.line else {
            return;
        };
        // Tab goes through what it began with.
        if prompt.before.is_some() {
            return;
        }
        let (name, _) = parts(&prompt.text);
        let wanted = !prompt.text.is_empty() && argument(name) != Some(Argument::Query);
        let offers = if wanted {
            self.offers(prompt)
        } else {
            Vec::new()
        };
        if let Some(prompt) = &mut self.prompt.line {
            let (_, rest) = parts(&prompt.text);
            let whole = |offer: &String| offer == prompt.text.trim() || offer == rest;
            prompt.offers = if offers.len() == 1 && offers.iter().any(whole) {
                Vec::new()
            } else {
                offers
            };
        }
    }

    /// What `:mark-read` would mark, as a query of the store.
    fn query_to_mark(&self) -> Option<Query> {
        let prompt = self.prompt.line.as_ref()?;
        let (name, rest) = parts(&prompt.text);
        if prompt.ask != Ask::Command || name != "mark-read" || rest.is_empty() {
            return None;
        }
        let query = query::parse(rest).ok()?;
        Some(self.settings.rules().meaning(&query))
    }

    /// Says what Enter will do: an action's words, or how many articles it will mark, once that is known.
    pub(super) fn say_outcome(&mut self) -> Vec<Effect> {
        let count = self.query_to_mark();
        if let Some(prompt) = &mut self.prompt.line {
            let (name, _) = parts(&prompt.text);
            prompt.outcome = match (actions::named(name), argument(name)) {
                (Some(row), _) => row.about.to_owned(),
                (None, Some(argument)) if !prompt.text.trim_start().contains(' ') => {
                    format!("{}: {}", argument.needed(), about(name))
                }
                _ => String::new(),
            };
        }
        let unread = count.map(|query| query.with_is(Is::Unread));
        unread.map(Effect::CountQuery).into_iter().collect()
    }

    /// How many articles the query finds that is being typed.
    pub(super) fn query_counted(&mut self, query: &Query, counts: Counts) -> Vec<Effect> {
        let wanted = self.query_to_mark().map(|query| query.with_is(Is::Unread));
        if wanted.as_ref() == Some(query)
            && let Some(prompt) = &mut self.prompt.line
        {
            self.prompt.counted = Some((query.clone(), counts.total));
            prompt.outcome = match counts.total {
                0 => "marks nothing: all read".to_owned(),
                1 => "marks 1 article as read".to_owned(),
                n => format!("marks {n} articles as read"),
            };
        }
        Vec::new()
    }

    /// Tab: the next completion.
    pub(super) fn complete(&mut self, back: bool) {
        let Some(prompt) = &self.prompt.line else {
            return;
        };
        if prompt.before.is_none() {
            let offers = self.offers(prompt);
            let Some(prompt) = &mut self.prompt.line else {
                return;
            };
            prompt.before = Some((prompt.text.clone(), prompt.cursor));
            prompt.offers = offers;
            prompt.offered = None;
        }
        let Some(prompt) = &mut self.prompt.line else {
            return;
        };
        if prompt.offers.is_empty() {
            prompt.before = None;
            self.hint("No completion.");
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
        let ask = prompt.ask;
        let Some((text, cursor)) = completed(ask, &text, cursor, &offer) else {
            return;
        };
        prompt.set(text, cursor);
    }

    /// A theme whose name Tab has put into the line is looked at until the line goes on or ends.
    pub(super) fn try_theme_on(&mut self) -> Option<Effect> {
        let line = self.prompt.line.as_ref();
        let line = line.filter(|line| line.ask == Ask::Command && line.offered.is_some());
        let named = line.and_then(|line| line.text.trim().strip_prefix("theme "));
        let named = named.filter(|name| self.settings.themes.iter().any(|have| have == name));
        let named = named.map(str::to_owned);
        if named == self.prompt.theme {
            return None;
        }
        self.prompt.theme.clone_from(&named);
        Some(Effect::LookAtTheme(named))
    }

    /// What could stand at the cursor.
    fn offers(&self, prompt: &Prompt) -> Vec<String> {
        match prompt.ask {
            Ask::Command => {
                let Some((name, rest)) = prompt.text.trim_start().split_once(' ') else {
                    let found = fitting(&names(), prompt.text.trim());
                    return found.into_iter().map(|(_, name)| name.to_owned()).collect();
                };
                match argument(name) {
                    Some(Argument::Query) => {
                        let before = prompt.text.len() - rest.len();
                        let cursor = prompt.cursor.saturating_sub(before).min(rest.len());
                        self.query_offers(rest, cursor)
                    }
                    Some(argument) => offered(&self.names_of(argument), rest.trim()),
                    None => Vec::new(),
                }
            }
            Ask::AddedAccount => offered(&self.settings.accounts, &prompt.text),
            Ask::AddedGroup | Ask::OutletGroup => offered(&self.side.group_names(), &prompt.text),
            Ask::ArticleTags | Ask::AddedTags | Ask::OutletTags => {
                let (_, typed) = last_tag(&prompt.text);
                offered(&self.names_of(Argument::Tag), typed)
            }
            Ask::Filter | Ask::Search => self.query_offers(&prompt.text, prompt.cursor),
            _ => Vec::new(),
        }
    }

    fn query_offers(&self, text: &str, cursor: usize) -> Vec<String> {
        let column = text.get(..cursor).unwrap_or(text).chars().count() + 1;
        let Some(completion) = query::complete(text, column) else {
            return Vec::new();
        };
        let of_rows = |field: fn(&newsprint_model::Headline) -> &String| {
            let rows = self.list.rows.iter();
            let mut names: Vec<String> = rows
                .map(|row| field(&row.headline).clone())
                .filter(|name| !name.is_empty())
                .collect();
            names.sort();
            names.dedup();
            names
        };
        let names = match completion.wanted {
            query::Wanted::Tag => self.names_of(Argument::Tag),
            query::Wanted::Outlet => self.side.outlet_names(),
            query::Wanted::Account => self.settings.accounts.clone(),
            query::Wanted::Author => of_rows(|headline| &headline.author),
            query::Wanted::Lang => of_rows(|headline| &headline.lang),
            _ => return completion.words(),
        };
        offered(&names, &completion.typed)
    }
}

/// Of tags separated by commas what is before the last one's name, and that name.
fn last_tag(text: &str) -> (&str, &str) {
    let from = text.rfind(',').map_or(0, |at| at + 1);
    let name = text[from..].trim_start_matches([' ', '-', '#']);
    text.split_at(text.len() - name.len())
}

/// The line and its cursor with an offer taken.
fn completed(ask: Ask, text: &str, cursor: usize, offer: &str) -> Option<(String, usize)> {
    let in_query = |text: &str, cursor: usize| {
        let column = text.get(..cursor)?.chars().count() + 1;
        let (text, column) = query::complete(text, column)?.apply(text, offer);
        let cursor = text
            .char_indices()
            .nth(column - 1)
            .map_or(text.len(), |(at, _)| at);
        Some((text, cursor))
    };
    if matches!(ask, Ask::AddedAccount | Ask::AddedGroup | Ask::OutletGroup) {
        return Some((offer.to_owned(), offer.len()));
    }
    if matches!(ask, Ask::ArticleTags | Ask::AddedTags | Ask::OutletTags) {
        let line = format!("{}{offer}", last_tag(text).0);
        return Some((line.clone(), line.len()));
    }
    if ask != Ask::Command {
        return in_query(text, cursor);
    }
    let Some((name, rest)) = text.trim_start().split_once(' ') else {
        return Some((offer.to_owned(), offer.len()));
    };
    if argument(name) != Some(Argument::Query) {
        let line = format!("{name} {offer}");
        return Some((line.clone(), line.len()));
    }
    let before = text.len() - rest.len();
    let (rest, cursor) = in_query(rest, cursor.saturating_sub(before).min(rest.len()))?;
    let line = format!("{}{rest}", &text[..before]);
    Some((line, before + cursor))
}

/// Why a name is no command, and which it could have been meant as. Nothing is guessed: what runs is
/// what was written out.
fn unknown(name: &str) -> String {
    let names = names();
    let found = fitting(&names, name);
    let begin: Vec<&str> = found
        .iter()
        .filter(|(rank, _)| *rank == 0)
        .map(|(_, name)| *name)
        .collect();
    match (begin.as_slice(), found.as_slice()) {
        ([one], _) => format!("Unknown command: {name} (Tab: {one})"),
        ([_, ..], _) => format!("Unknown command: {name} (Tab: {})", either(&begin)),
        ([], [_, ..]) => {
            let near: Vec<&str> = found.iter().map(|(_, name)| *name).collect();
            format!("Unknown command: {name} (Tab: {})", either(&near))
        }
        ([], []) => match nearest(name, names.iter().copied()) {
            Some(near) => format!("Unknown command: {name}; did you mean {near}?"),
            None => format!("Unknown command: {name}"),
        },
    }
}

/// `a, b or c`; of many the first few.
fn either(names: &[&str]) -> String {
    const FEW: usize = 5;
    let mut words: Vec<String> = names
        .iter()
        .take(FEW)
        .map(|name| (*name).to_owned())
        .collect();
    if names.len() > FEW {
        words.push(format!("{} more", names.len() - FEW));
    }
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_so_comes_first_then_words_that_do_then_what_holds_it() {
        let names = names();
        let found = |typed: &str| -> Vec<&str> {
            let found = fitting(&names, typed);
            found.into_iter().map(|(_, name)| name).collect()
        };
        assert_eq!(found("mark-a")[..2], ["mark-above-read", "mark-all-read"]);
        assert_eq!(found("not"), ["tag-not"]);
        let un = found("un");
        assert_eq!(un[..3], ["undo", "undo-sync", "unhide-tag"], "{un:?}");
        assert!(un.contains(&"show-unread"));
        assert!(found("qn").is_empty());
    }

    #[test]
    fn every_command_says_what_it_does() {
        for name in names() {
            assert!(!about(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn the_commands_with_an_argument_stand_in_their_order_once() {
        let names: Vec<&str> = WITH.iter().map(|(name, _)| *name).collect();
        assert!(names.is_sorted());
    }
}
