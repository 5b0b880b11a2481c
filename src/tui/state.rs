//! The reader's state: what is shown and what is being done. Pure: actions and events in, effects
//! out. Never here: ratatui, files, network, threads, a clock of its own.

mod actions;
pub mod article;
mod command_line;
mod deferred;
mod external;
pub mod headlines;
pub mod layout;
mod link_safety;
mod messages;
mod mouse;
mod movement;
pub mod outlet_status;
pub mod popup;
pub mod popup_text;
pub mod prompt;
pub mod prompt_done;
mod reduce;
pub mod sidebar;
mod tags;
#[cfg(test)]
pub mod tests;
mod type_ahead;

use std::collections::HashMap;

use jiff::tz::TimeZone;

use crate::config::{self, Config, MarkRead};
use newsprint_model::{ArticleId, Cursor, Time, fold};

use super::event::{Action, Code, Effect, Input, Key, RefreshProgress, TagChange};
use super::keymap::actions::{ARTICLE, LIST, OUTLETS, POPUP, Place as KeyPlace, TAGS};
use super::keymap::{Command, Fed, Keymap};
use crate::library::selection::{self, Choice, Place, Status};
use article::{Look, Reading};
use headlines::Headlines;
use layout::{Area, Panes};
pub use messages::Message;
use popup::{Kind, Popup};
use prompt::{Ask, Prompt, Typed};
use sidebar::Sidebar;

/// The panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// Views and outlets.
    Outlets,
    /// Tags.
    Tags,
    /// Headlines.
    #[default]
    List,
    /// The article.
    Article,
}

/// What of the config the state goes by.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Saved views.
    pub views: Vec<config::View>,
    /// How tags are shown.
    pub tags: config::Tags,
    /// Macros: key and words for the help.
    pub macros: Vec<config::Macro>,
    /// When an article counts as read.
    pub mark_read: MarkRead,
    /// Widest text.
    pub measure: u16,
    /// Columns of the list.
    pub columns: Vec<String>,
    /// Format of dates.
    pub date_format: String,
    /// Refresh when the store is empty.
    pub first_refresh: bool,
    /// React to the mouse.
    pub mouse: bool,
    /// Show pictures.
    pub images: bool,
    /// Plain lines.
    pub linear: bool,
    /// Nothing beyond ASCII of our own making.
    pub ascii: bool,
    /// No network.
    pub offline: bool,
    /// The reader's zone.
    pub zone: TimeZone,
}

/// Everything.
pub struct State {
    /// What of the config matters.
    pub settings: Settings,
    /// The keys in force.
    pub keymap: Keymap,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The present, as told with each event.
    pub now: Time,
    /// The pane that keys go to.
    pub focus: Pane,
    /// The article alone.
    pub zen: bool,
    /// What is shown.
    pub choice: Choice,
    /// Outlets and tags.
    pub side: Sidebar,
    /// Headlines.
    pub list: Headlines,
    /// The article that was opened.
    pub article: Option<Reading>,
    /// What is being typed.
    pub prompt: Option<Prompt>,
    /// What lies over the panes.
    pub popup: Option<Popup>,
    /// What was last said.
    pub message: Option<Message>,
    /// What was said in this session, the newest last.
    pub said: Vec<Message>,
    /// A refresh that runs.
    pub refresh: Option<RefreshProgress>,
    /// When the last refresh of this session ended.
    pub refreshed: Option<Time>,
    /// Outlets that failed when they were last asked in this session, and why.
    pub failures: Vec<(String, String)>,
    /// What the refreshes of this session said of outlets, such as that one has another source.
    pub notes: Vec<(String, String)>,
    /// Nothing was ever stored, as far as is known.
    pub empty: bool,
    /// The choice before a search or filter was begun, to come back to.
    before: Option<Choice>,
    /// Where one was in the lists that were narrowed to come to this one, the widest first.
    left: Vec<Left>,
    /// What was typed before, by what it was for.
    history: HashMap<Ask, Vec<String>>,
    /// Names the timer that marks the open article read.
    timer: u64,
    /// What to do with the next found unread article.
    open_sought: bool,
    /// What is left of a search for the unread article that is so many on.
    seeking: Seeking,
    /// Where and when the mouse was last clicked.
    clicked: Option<(u16, u16, Time)>,
    /// The tag that was clicked last: its row may have another when it is clicked again.
    clicked_tag: String,
    /// Columns of search snippets.
    pub snippet_width: usize,
    /// A fact is being learnt, rather than a key answered.
    learning: bool,
    /// An outlet's address that has not led to an outlet yet.
    tried: String,
    /// What was done in this session and can be taken back.
    done: Vec<Done>,
    /// The article under the cursor is to be shown when the rows have come.
    open_moved: bool,
    /// The article that the line being typed is about.
    about: Option<ArticleId>,
    /// The article and the file that is there already, while it is asked what to do.
    saving: Option<Saving>,
    /// How the outlets are doing is to be shown as soon as it is known.
    health_asked: bool,
    /// The refresh that runs was told to stop.
    stopping: bool,
    /// What came while something else was open.
    late: Vec<deferred::Late>,
    /// What was typed ahead of a list whose rows are on their way.
    ahead: Vec<type_ahead::Ahead>,
}

/// Something that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Done {
    /// Marks; the store knows which.
    Marks,
    /// A tag was put on a list, or taken off it.
    Tag(TagChange),
}

/// A search for the unread article that is so many on.
#[derive(Debug, Default)]
struct Seeking {
    left: usize,
    forward: bool,
    /// The last that was found on the way.
    last: Option<Cursor>,
}

/// A place in a list that was narrowed.
#[derive(Debug, Clone)]
struct Left {
    choice: Choice,
    /// By time; none at the top and in a ranking.
    place: Option<Cursor>,
    ranked: bool,
    row: usize,
}

/// A file that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Saving {
    id: ArticleId,
    path: String,
    /// A name near it that is free.
    free: String,
}

impl State {
    /// The state before anything is known.
    pub fn new(
        config: &Config,
        keymap: Keymap,
        settings: Settings,
        size: (u16, u16),
        now: Time,
    ) -> State {
        let outlets: Vec<String> = config
            .outlets
            .iter()
            .map(|outlet| outlet.name.clone())
            .collect();
        State {
            side: Sidebar::new(&settings.views, &outlets),
            settings,
            keymap,
            size,
            now,
            focus: Pane::List,
            zen: false,
            choice: Choice::default(),
            list: Headlines::default(),
            article: None,
            prompt: None,
            popup: None,
            message: None,
            refresh: None,
            refreshed: None,
            failures: Vec::new(),
            notes: Vec::new(),
            empty: false,
            before: None,
            left: Vec::new(),
            history: HashMap::new(),
            timer: 0,
            open_sought: false,
            seeking: Seeking::default(),
            clicked: None,
            clicked_tag: String::new(),
            snippet_width: 200,
            said: Vec::new(),
            learning: false,
            tried: String::new(),
            done: Vec::new(),
            open_moved: false,
            about: None,
            saving: None,
            health_asked: false,
            late: Vec::new(),
            ahead: Vec::new(),
            stopping: false,
        }
    }

    /// What is needed for the first screen.
    pub fn start(&mut self) -> Vec<Effect> {
        let mut effects = self.open_list();
        effects.push(Effect::LoadHistory);
        effects
    }

    /// Takes what the terminal sent.
    pub fn input(&mut self, input: Input) -> Vec<Effect> {
        if self.hold(&input) {
            return Vec::new();
        }
        let unseen = self.panes().too_small;
        let effects = match input {
            Input::Key(key) if unseen => self.unseen_key(key),
            Input::Mouse(_) | Input::Paste(_) if unseen => Vec::new(),
            Input::Key(key) => self.key(key),
            Input::Mouse(mouse) => self.mouse(mouse),
            Input::Paste(text) => self.paste(&text),
            Input::Focus(true) => self.touched(),
            Input::Focus(false) | Input::Background { .. } | Input::Abilities(_) => Vec::new(),
        };
        self.settle(effects)
    }

    /// The screen has another size.
    pub fn resize(&mut self, size: (u16, u16)) -> Vec<Effect> {
        let other = self.size != size;
        self.size = size;
        let effects = if other {
            self.fit_pictures()
        } else {
            Vec::new()
        };
        self.settle(effects)
    }

    /// The terminal has lost what it had: pictures are made anew.
    pub fn pictures_lost(&mut self) -> Vec<Effect> {
        self.settle_pictures()
    }

    /// Asks for the article's pictures in the size that there is room for now.
    fn fit_pictures(&mut self) -> Vec<Effect> {
        let height = self.article_height() as u16;
        match &mut self.article {
            Some(reading) if !reading.asked.is_empty() => {
                reading.asked.clear();
                reading.ask(height)
            }
            _ => Vec::new(),
        }
    }

    /// Where keys are looked up.
    pub fn key_place(&self) -> KeyPlace {
        if self.popup.is_some() {
            return POPUP;
        }
        match self.focus {
            Pane::Outlets => OUTLETS,
            Pane::Tags => TAGS,
            Pane::List => LIST,
            Pane::Article => ARTICLE,
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Vec<Effect> {
        self.dismiss();
        if self.prompt.is_some() {
            return self.type_key(key);
        }
        if self
            .article
            .as_ref()
            .is_some_and(|reading| reading.hint.is_some())
        {
            return self.hint_key(key);
        }
        if let Some(popup) = &mut self.popup
            && popup.typing
        {
            if let Some(effects) = self.picker_key(key) {
                return effects;
            }
            if self.popup.as_mut().is_some_and(|popup| popup.edit(key)) {
                return Vec::new();
            }
        }
        let place = self.key_place();
        match self.keymap.feed(key, place) {
            Fed::Done(command, count) => self.run(command, count),
            Fed::Waiting => Vec::new(),
            Fed::Nothing(keys) => {
                self.no_key(&keys, place);
                Vec::new()
            }
        }
    }

    /// Runs what a key stands for.
    pub fn run(&mut self, command: Command, count: Option<u32>) -> Vec<Effect> {
        match command {
            Command::Act(action) => self.act(action, count),
            Command::View(index) => self.show_view(index),
            Command::Macro(index) => self.run_macro(index),
        }
    }

    /// Shows a view by its key.
    fn show_view(&mut self, index: usize) -> Vec<Effect> {
        let place = Place::View(index);
        if self.choice.place == place
            && self.focus == Pane::List
            && let Some(view) = self.settings.views.get(index)
        {
            let clear = match self.keymap.key_at(Action::ClearFilter, LIST) {
                Some(key) if self.choice.is_narrowed() => format!("; {key} clears what narrows it"),
                _ => String::new(),
            };
            self.hint(format!("“{}” is shown already{clear}.", view.name));
            return Vec::new();
        }
        self.show_place(&place)
    }

    /// Takes a key where nothing can be seen: only what leads out does anything.
    fn unseen_key(&mut self, key: Key) -> Vec<Effect> {
        if self.prompt.is_some() && !key.ctrl {
            return Vec::new();
        }
        match self.keymap.feed(key, self.key_place()) {
            Fed::Done(Command::Act(Action::Quit | Action::QuitNow), _) => self.quit_now(),
            Fed::Done(Command::Act(action @ (Action::Redraw | Action::Suspend)), _) => {
                self.act(action, None)
            }
            _ => Vec::new(),
        }
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.dismiss();
        if let Some(prompt) = &mut self.prompt {
            let typed = prompt.paste(text);
            return self.typed(typed);
        }
        match &mut self.popup {
            Some(popup) if popup.typing => popup.paste(text),
            _ => self.hint("Text can be pasted where something is typed."),
        }
        Vec::new()
    }

    fn type_key(&mut self, key: Key) -> Vec<Effect> {
        match &mut self.prompt {
            Some(prompt) => {
                let typed = prompt.key(key);
                self.typed(typed)
            }
            None => Vec::new(),
        }
    }

    /// Keys of a popup that one types into which are not typing.
    fn picker_key(&mut self, key: Key) -> Option<Vec<Effect>> {
        let popup = self.popup.as_mut()?;
        if popup.kind == Kind::Help {
            match key.code {
                Code::Enter => popup.typing = false,
                Code::Esc => {
                    popup.typing = false;
                    popup.typed.clear();
                    popup.cursor = 0;
                }
                _ => return None,
            }
            return Some(Vec::new());
        }
        match key.code {
            Code::Down => self.scroll_popup(1),
            Code::Up => self.scroll_popup(-1),
            Code::Char('n') if key.ctrl => self.scroll_popup(1),
            Code::Char('p') if key.ctrl => self.scroll_popup(-1),
            Code::PageDown => self.scroll_popup(10),
            Code::PageUp => self.scroll_popup(-10),
            Code::Esc => self.popup = None,
            Code::Char('c' | 'g') if key.ctrl => self.popup = None,
            Code::Enter => return Some(self.pick()),
            Code::Char(' ') | Code::Tab => self.tick(false),
            Code::Char('x') if key.ctrl => self.tick(true),
            Code::Char('-')
                if popup.typed.is_empty() && matches!(popup.kind, Kind::Tags { .. }) =>
            {
                self.tick(true);
            }
            Code::Char('o') if key.ctrl => {
                if let Kind::Tags { choice, .. } = &mut popup.kind {
                    choice.any = !choice.any;
                }
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Ticks the picker's tag under the cursor.
    fn tick(&mut self, not: bool) {
        let Some(popup) = &mut self.popup else { return };
        let name = popup
            .matching_tags()
            .get(popup.cursor)
            .map(|facet| facet.name.clone());
        if let (Some(name), Kind::Tags { choice, .. }) = (name, &mut popup.kind) {
            if not {
                choice.toggle_not(&name);
            } else {
                choice.toggle(&name);
            }
        }
        self.scroll_popup(1);
    }

    /// Takes the picker's choice over.
    fn pick(&mut self) -> Vec<Effect> {
        let Some(popup) = self.popup.take() else {
            return Vec::new();
        };
        let under = popup
            .matching_tags()
            .get(popup.cursor)
            .map(|facet| facet.name.clone());
        let Kind::Tags { mut choice, .. } = popup.kind else {
            return Vec::new();
        };
        // With nothing ticked anew, Enter means the tag under the cursor.
        if choice == self.choice.tags
            && let Some(name) = under
        {
            choice.toggle(&name);
        }
        self.leave_place();
        self.choice.tags = choice;
        self.focus = Pane::List;
        if self.choice.is_narrowed() {
            self.open_list()
        } else {
            self.open_list_back()
        }
    }

    /// Opens the list of the present choice from its top.
    fn open_list(&mut self) -> Vec<Effect> {
        let ranked = self
            .choice
            .search
            .as_ref()
            .is_some_and(|s| s.query.has_text());
        let ticket = self.list.begin(ranked);
        self.open_moved = false;
        vec![Effect::OpenList {
            ticket,
            query: selection::query(&self.choice, &self.settings.views, &self.settings.tags),
        }]
    }

    /// Opens the list of the present choice at a place, or the next that it holds.
    fn open_list_at(&mut self, place: Option<Cursor>) -> Vec<Effect> {
        let effects = self.open_list();
        self.list.back = place;
        effects
    }

    /// The list is about to be narrowed: one will want to come back to this place.
    fn leave_place(&mut self) {
        if self.choice.is_narrowed() {
            let here = &self.choice;
            self.left.retain(|left| !left.choice.is_narrowed_as(here));
        } else {
            self.left.clear();
        }
        self.left.push(Left {
            choice: self.choice.clone(),
            place: self.list.away_from_top(),
            ranked: self.list.ranked,
            row: self.list.cursor,
        });
    }

    /// Opens the list of the present choice; where it was narrowed before, at the row that was left then.
    fn open_list_back(&mut self) -> Vec<Effect> {
        let mut left = self.left.iter();
        let Some(left) = left.find(|left| left.choice.is_narrowed_as(&self.choice)) else {
            return self.open_list();
        };
        let left = left.clone();
        let mut effects = self.open_list_at(left.place);
        self.list.ranked = left.ranked;
        if left.ranked {
            effects.extend(self.list.step(left.row as isize));
        }
        effects
    }

    /// The panes as they are now.
    pub fn panes(&self) -> Panes {
        layout::panes(self)
    }

    /// Rows of the list on the screen.
    pub fn list_height(&self) -> usize {
        let panes = self.panes();
        let rows = panes.list.map_or(20, |area| layout::inner(&panes, area).h);
        let each = if self.list.ranked { 2 } else { 1 };
        usize::from(rows / each).max(1)
    }

    /// The article's cells: its text's column is centred in them.
    pub fn article_area(&self) -> Option<Area> {
        let panes = self.panes();
        let area = layout::inner(&panes, panes.article?);
        let width = area.w.saturating_sub(2).min(self.settings.measure);
        let left = if self.zen {
            (area.w - width) / 2
        } else {
            area.w.saturating_sub(width).min(4) / 2
        };
        Some(Area {
            x: area.x + left,
            w: width,
            ..area
        })
    }

    /// Rows of the article on the screen.
    pub fn article_height(&self) -> usize {
        self.article_area()
            .map_or(20, |area| usize::from(area.h))
            .max(1)
    }

    /// What the article's header depends on.
    pub fn look(&self) -> Look {
        Look {
            zone: self.settings.zone.clone(),
            now: self.now,
            ascii: self.settings.ascii,
            linear: self.settings.linear,
            fetch: self.key_or_name(Action::FetchText, ARTICLE),
            diff: self.key_or_name(Action::Diff, ARTICLE),
        }
    }

    /// The key of an action at a place, else how the command line calls it.
    pub fn key_or_name(&self, action: Action, place: KeyPlace) -> String {
        self.keymap.key_at(action, place).unwrap_or_else(|| {
            let name = super::keymap::actions::find(action).map_or("", |row| row.name);
            format!(":{name}")
        })
    }

    /// Whose articles are shown, for the header: a typed query that names an outlet counts.
    pub fn shown_place(&self) -> String {
        match &self.choice.place {
            Place::Outlet(name) => name.clone(),
            Place::View(at) => {
                let view = self.settings.views.get(*at);
                view.map(|view| view.name.clone()).unwrap_or_default()
            }
            Place::All => {
                let typed = [&self.choice.filter, &self.choice.search];
                let asked = typed
                    .into_iter()
                    .flatten()
                    .find_map(|typed| typed.query.only_outlet());
                let mut outlets = self.side.places.iter().filter_map(|(place, name)| {
                    matches!(place, Place::Outlet(_)).then_some(name.as_str())
                });
                if let Some(asked) = asked {
                    let known = outlets.find(|name| fold(name) == fold(asked));
                    return known.unwrap_or(asked).to_owned();
                }
                match (outlets.next(), outlets.next()) {
                    (Some(only), None) => only.to_owned(),
                    _ => "All outlets".to_owned(),
                }
            }
        }
    }

    /// How many of the shown articles are unread, for the header; where the list is narrowed, also of
    /// how many of the place.
    pub fn shown_unread(&self) -> Option<(u64, Option<u64>)> {
        let place = self.side.counts(&self.choice.place)?;
        if !self.choice.is_narrowed() && self.choice.status == Status::All {
            return Some((place.unread, None));
        }
        let shown = self.list.counts?;
        Some((shown.unread, Some(place.unread)))
    }

    /// After anything: scrolls follow cursors, lines fit the width.
    pub(super) fn settle(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        // The article is alone only while one is in it.
        self.zen &= self.focus == Pane::Article;
        self.bring_late();
        let height = self.list_height();
        self.list.follow(height);
        effects.extend(self.list.ahead(height));
        let look = self.look();
        if let Some(area) = self.article_area()
            && let Some(reading) = &mut self.article
        {
            effects.extend(reading.lay_out(area.w, area.h, &look));
        }
        let panes = self.panes();
        if let Some(area) = panes.outlets {
            let height = usize::from(layout::inner(&panes, area).h);
            follow(self.side.place, &mut self.side.place_top, height);
        }
        if let Some(area) = panes.tags {
            let height = usize::from(layout::inner(&panes, area).h);
            follow(self.side.tag, &mut self.side.tag_top, height);
        }
        effects
    }

    /// The rows that a popup shows at once.
    pub fn popup_height(&self) -> usize {
        usize::from(self.size.1.saturating_sub(6)).max(1)
    }

    /// The article that keys speak of: the open one where it has the focus, else the chosen headline.
    fn subject(&self) -> Option<&newsprint_model::Headline> {
        match (&self.article, self.focus) {
            (Some(reading), Pane::Article) => Some(&reading.article.headline),
            _ => self.list.chosen(),
        }
    }

    /// Begins to type a line.
    fn ask(&mut self, ask: Ask, text: &str) {
        let history = self.history.get(&ask).map(Vec::as_slice).unwrap_or(&[]);
        self.prompt = Some(Prompt::new(ask, text, history));
        self.about = self.subject().map(|headline| headline.id);
    }

    fn typed(&mut self, typed: Typed) -> Vec<Effect> {
        match typed {
            Typed::Nothing | Typed::Moved => Vec::new(),
            Typed::Changed => self.line_changed(),
            Typed::Done => self.line_done(),
            Typed::Cancelled => self.line_cancelled(),
            Typed::Complete { back } => {
                self.complete(back);
                self.line_changed()
            }
        }
    }

    fn run_macro(&mut self, index: usize) -> Vec<Effect> {
        let Some(own) = self.settings.macros.get(index) else {
            return Vec::new();
        };
        let (actions, commands) = (own.actions.clone(), own.commands.len());
        let mut effects = Vec::new();
        let id = self.subject().map(|headline| headline.id);
        for (name, _) in actions {
            if let Some(row) = super::keymap::actions::named(&name) {
                effects.extend(self.act(row.action, None));
            }
        }
        if commands > 0 {
            effects.push(Effect::RunMacro { index, id });
        }
        effects
    }

    /// The row of the table for what a key did, in tests and the footer.
    pub fn footer_keys(&self) -> Vec<(String, &'static str)> {
        let place = self.key_place();
        let wanted: &[(Action, &str)] = match (&self.popup, self.focus) {
            (Some(popup), _) => match popup.kind {
                Kind::Tags { .. } => &[],
                Kind::Help => &[
                    (Action::Search, "search"),
                    (Action::Down, "down"),
                    (Action::PageDown, "page"),
                    (Action::Bottom, "signs"),
                    (Action::Back, "close"),
                ],
                Kind::Offer(_) => &[(Action::Open, "add"), (Action::Back, "cancel")],
                Kind::Warn { .. } => &[(Action::Open, "open"), (Action::Back, "cancel")],
                Kind::Links(_) => &[
                    (Action::Down, "down"),
                    (Action::Open, "open"),
                    (Action::CopyUrl, "copy"),
                    (Action::Back, "close"),
                ],
                Kind::Health(_) => &[
                    (Action::Down, "down"),
                    (Action::Open, "show"),
                    (Action::Refresh, "refresh"),
                    (Action::AddOutlet, "add"),
                    (Action::Back, "close"),
                ],
                _ => &[(Action::Down, "down"), (Action::Back, "close")],
            },
            (None, Pane::Outlets) => &[
                (Action::Down, "down"),
                (Action::Open, "show"),
                (Action::Refresh, "refresh"),
                (Action::Health, "health"),
                (Action::AddOutlet, "add"),
                (Action::NextPane, "pane"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            (None, Pane::Tags) => &[
                (Action::Open, "only this"),
                (Action::TagToggle, "and"),
                (Action::TagNot, "not"),
                (Action::ClearTags, "clear"),
                (Action::PickTags, "pick"),
                (Action::NextPane, "pane"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            (None, Pane::List) if self.list.rows.is_empty() => &[
                (Action::RefreshAll, "refresh"),
                (Action::ClearFilter, "clear"),
                (Action::AddOutlet, "add outlet"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            (None, Pane::List) if self.choice.is_narrowed() => &[
                (Action::Down, "down"),
                (Action::Open, "open"),
                (Action::PickTags, "tags"),
                (Action::Search, "search"),
                (Action::Filter, "filter"),
                (Action::SaveView, "save view"),
                (Action::MarkList, "mark all read"),
                (Action::Help, "help"),
                (Action::Quit, "back"),
            ],
            (None, Pane::List) => &[
                (Action::Down, "down"),
                (Action::Open, "open"),
                (Action::PickTags, "tags"),
                (Action::Search, "search"),
                (Action::Filter, "filter"),
                (Action::ToggleRead, "read"),
                (Action::ToggleStar, "star"),
                (Action::RefreshAll, "refresh"),
                (Action::Help, "help"),
                (Action::Quit, "quit"),
            ],
            (None, Pane::Article) => &[
                (Action::ReadOn, "on"),
                (Action::NextArticle, "next"),
                (Action::Back, "back"),
                (Action::Search, "find"),
                (Action::LinkHints, "links"),
                (Action::Browse, "browser"),
                (Action::ToggleStar, "star"),
                (Action::Zen, "zen"),
                (Action::Help, "help"),
            ],
        };
        wanted
            .iter()
            .filter(|(_, word)| !(self.settings.linear && *word == "signs"))
            .filter_map(|(action, word)| Some((self.keymap.key_at(*action, place)?, *word)))
            .collect()
    }
}

/// Scrolls so that a row is on the screen.
fn follow(row: usize, top: &mut usize, height: usize) {
    let height = height.max(1);
    if row < *top {
        *top = row;
    } else if row >= *top + height {
        *top = row + 1 - height;
    }
}
