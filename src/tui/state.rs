//! The reader's state: what is shown and what is being done. Pure: actions and events in, effects
//! out. Never here: ratatui, files, network, threads, a clock of its own.

mod actions;
pub mod article;
pub mod article_head;
mod command_line;
mod deferred;
mod external;
pub mod headlines;
mod key_hints;
pub mod layout;
mod link_safety;
mod list_history;
mod messages;
mod mouse;
mod movement;
pub mod outlet_status;
mod picker;
pub mod popup;
pub mod popup_text;
pub mod prompt;
pub mod prompt_done;
mod reduce;
pub mod refresh_status;
pub mod sidebar;
mod tags;
#[cfg(test)]
pub mod tests;
mod type_ahead;

use jiff::tz::TimeZone;

use crate::config::{self, Config, MarkRead};
use newsprint_model::{Time, fold};

use super::effect::{Effect, TagChange};
use super::keymap::actions::{ARTICLE, Action, LIST, OUTLETS, POPUP, Place as KeyPlace, TAGS};
use super::keymap::{Command, Fed, Keymap};
use super::terminal::key::{Input, Key};
use crate::library::rules::{OutletRules, Rules};
use crate::library::selection::{Choice, Place, Status};
use article::ArticlePane;
use article_head::Look;
use headlines::Headlines;
use layout::{Area, Panes, Screen};
use list_history::ListPosition;
pub use messages::{Message, Messages};
use mouse::MouseState;
use movement::Seeking;
use popup::PopupState;
use prompt::{Ask, Prompt, PromptState, Typed};
use refresh_status::RefreshStatus;
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
    /// What of the outlets decides what a query means.
    pub outlet_rules: OutletRules,
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

impl Settings {
    /// What decides what a query means.
    pub fn rules(&self) -> Rules<'_> {
        Rules {
            tags: &self.tags,
            outlets: &self.outlet_rules,
        }
    }
}

/// Everything. Each part owns the fields of what it is about.
pub struct State {
    /// What of the config matters.
    pub settings: Settings,
    /// The keys in force.
    pub keymap: Keymap,
    /// The present, as told with each event.
    pub now: Time,
    /// The window and where in it the keys go.
    pub screen: Screen,
    /// What is shown.
    pub choice: Choice,
    /// Outlets and tags.
    pub side: Sidebar,
    /// Headlines.
    pub list: Headlines,
    /// The article.
    pub article: ArticlePane,
    /// The line that is typed.
    pub prompt: PromptState,
    /// What lies over the panes.
    pub popup: PopupState,
    /// What the reader is told.
    pub messages: Messages,
    /// What is known of refreshes.
    pub refresh: RefreshStatus,
    /// Where one was in the lists that were narrowed to come to this one, the widest first.
    back_stack: Vec<ListPosition>,
    /// What was done in this session and can be undone, the newest last.
    undo_stack: Vec<Undoable>,
    /// The search for the next unread article.
    seeking: Seeking,
    /// The last click.
    mouse: MouseState,
    /// What was typed ahead of a list whose rows are on their way.
    type_ahead: Vec<type_ahead::Waiting>,
}

/// Columns beside a snippet: the symbols before it, and the margin.
const SNIPPET_INDENT: u16 = 6;

/// Something that can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Undoable {
    /// Marks; the store knows which.
    Marks,
    /// A tag was put on a list, or taken off it.
    Tag(TagChange),
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
            now,
            screen: Screen::new(size),
            choice: Choice::default(),
            list: Headlines::default(),
            article: ArticlePane::default(),
            prompt: PromptState::default(),
            popup: PopupState::default(),
            messages: Messages::default(),
            refresh: RefreshStatus::default(),
            back_stack: Vec::new(),
            undo_stack: Vec::new(),
            seeking: Seeking::default(),
            mouse: MouseState::default(),
            type_ahead: Vec::new(),
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
        let other = self.screen.size != size;
        self.screen.size = size;
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
        match &mut self.article.open {
            Some(reading) if !reading.asked.is_empty() => {
                reading.asked.clear();
                reading.ask(height)
            }
            _ => Vec::new(),
        }
    }

    /// Where keys are looked up.
    pub fn key_place(&self) -> KeyPlace {
        if self.popup.open.is_some() {
            return POPUP;
        }
        match self.screen.focus {
            Pane::Outlets => OUTLETS,
            Pane::Tags => TAGS,
            Pane::List => LIST,
            Pane::Article => ARTICLE,
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Vec<Effect> {
        self.dismiss();
        if self.prompt.line.is_some() {
            return self.type_key(key);
        }
        if self
            .article
            .open
            .as_ref()
            .is_some_and(|reading| reading.hint.is_some())
        {
            return self.hint_key(key);
        }
        if let Some(popup) = &mut self.popup.open
            && popup.typing
        {
            if let Some(effects) = self.picker_key(key) {
                return effects;
            }
            if self
                .popup
                .open
                .as_mut()
                .is_some_and(|popup| popup.edit(key))
            {
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
            && self.screen.focus == Pane::List
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
        if self.prompt.line.is_some() && !key.ctrl {
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
        if let Some(prompt) = &mut self.prompt.line {
            let typed = prompt.paste(text);
            return self.typed(typed);
        }
        match &mut self.popup.open {
            Some(popup) if popup.typing => popup.paste(text),
            _ => self.hint("Text can be pasted where something is typed."),
        }
        Vec::new()
    }

    fn type_key(&mut self, key: Key) -> Vec<Effect> {
        match &mut self.prompt.line {
            Some(prompt) => {
                let typed = prompt.key(key);
                self.typed(typed)
            }
            None => Vec::new(),
        }
    }

    /// The panes as they are now.
    pub fn panes(&self) -> Panes {
        layout::panes(self)
    }

    /// Rows of the list on the screen.
    pub fn list_height(&self) -> usize {
        let panes = self.panes();
        let rows = panes.list.map_or(20, |area| layout::inner(&panes, area).h);
        usize::from(rows / self.row_height()).max(1)
    }

    /// Lines of each row of the list: in linear mode two where one is seldom enough for a whole sentence,
    /// and one more for the passage that a search has found.
    pub fn row_height(&self) -> u16 {
        let two = self.settings.linear && self.screen.size.0 < 160;
        1 + u16::from(two) + u16::from(self.list.ranked)
    }

    /// The article's cells: its text's column is centred in them.
    pub fn article_area(&self) -> Option<Area> {
        let panes = self.panes();
        let area = layout::inner(&panes, panes.article?);
        let width = area.w.saturating_sub(2).min(self.settings.measure);
        let left = if self.screen.zen {
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
        self.screen.zen &= self.screen.focus == Pane::Article;
        self.show_deferred();
        let panes = self.panes();
        if let Some(area) = panes.list {
            let room = layout::inner(&panes, area).w;
            self.list.snippet_width = usize::from(room.saturating_sub(SNIPPET_INDENT));
        }
        let height = self.list_height();
        self.list.follow(height);
        effects.extend(self.list.ahead(height));
        let look = self.look();
        if let Some(area) = self.article_area()
            && let Some(reading) = &mut self.article.open
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
        usize::from(self.screen.size.1.saturating_sub(6)).max(1)
    }

    /// The article that keys speak of: the open one where it has the focus, else the chosen headline.
    fn subject(&self) -> Option<&newsprint_model::Headline> {
        match (&self.article.open, self.screen.focus) {
            (Some(reading), Pane::Article) => Some(&reading.article.headline),
            _ => self.list.chosen(),
        }
    }

    /// Begins to type a line.
    fn ask(&mut self, ask: Ask, text: &str) {
        let history = self
            .prompt
            .history
            .get(&ask)
            .map(Vec::as_slice)
            .unwrap_or(&[]);
        self.prompt.line = Some(Prompt::new(ask, text, history));
        self.prompt.prompt_article = self.subject().map(|headline| headline.id);
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
