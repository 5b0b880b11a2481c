//! The reader's state: what is shown and what is being done. Pure: actions and events in, effects
//! out. Never here: ratatui, files, network, threads, a clock of its own.

mod actions;
pub mod article;
pub mod article_head;
mod choose;
pub mod command_line;
mod configure;
mod deferred;
pub mod external;
mod folds;
pub mod go_to;
pub mod go_to_items;
pub mod headlines;
mod key_hints;
pub mod layout;
pub mod lead;
mod link_safety;
mod list_history;
pub mod marks;
mod messages;
mod mouse;
mod movement;
pub mod order;
pub(crate) mod outlet_edit;
pub mod outlet_status;
mod picker;
pub mod popup;
mod popup_keys;
pub mod popup_text;
pub mod prompt;
pub mod prompt_done;
mod reduce;
pub mod refresh_status;
mod session;
pub mod sidebar;
mod story;
mod tags;
#[cfg(test)]
pub mod tests;
mod type_ahead;

use jiff::tz::TimeZone;

use crate::config::{self, Config, Start};
use newsprint_model::{ArticleId, Cursor, Outlet, Time};
use newsprint_store::{StoryChange, TagsChange};

use super::effect::{Effect, TagChange};
use super::keymap::actions::{ARTICLE, Action, LIST, OUTLETS, POPUP, Scope, TAGS};
use super::keymap::{Command, Fed, Keymap};
use super::terminal::key::{Code, Input, Key};
use super::theme;
use super::times::Times;
use crate::library::rules::{OutletRules, Rules};
use crate::library::selection::{Choice, Place, Status};
use article::{ArticlePane, Reading};
use article_head::Look;
use deferred::Deferred;
pub(crate) use external::slug;
use headlines::Headlines;
use layout::{Area, Layout, Panes, Screen};
use list_history::ListPosition;
pub use messages::{Message, Messages};
use mouse::MouseState;
use movement::Seeking;
use popup::PopupState;
use prompt::{Ask, Prompt, PromptState, Typed};
use refresh_status::RefreshStatus;
use session::Orders;
use sidebar::Sidebar;
use type_ahead::TypeAhead;

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
    /// The configured outlets.
    pub outlets: Vec<Outlet>,
    /// Accounts on servers, by name; their outlets come with a sync.
    pub accounts: Vec<String>,
    /// Saved views.
    pub views: Vec<config::View>,
    /// How tags are shown.
    pub tags: config::Tags,
    /// What of the outlets decides what a query means.
    pub outlet_rules: OutletRules,
    /// Macros: key and words for the help.
    pub macros: Vec<config::Macro>,
    /// `[reader]` as it is in the config.
    pub reader: config::Reader,
    /// The themes that can be named.
    pub themes: Vec<String>,
    /// Show pictures.
    pub images: bool,
    /// Nothing beyond ASCII of our own making.
    pub ascii: bool,
    /// No network.
    pub offline: bool,
    /// The reader's zone.
    pub zone: TimeZone,
}

impl Settings {
    /// Those of a config; what the terminal and the command line say comes beside it.
    /// `removed` are the outlets that are no longer configured and still have articles.
    pub fn new(
        config: &Config,
        removed: Vec<String>,
        ascii: bool,
        offline: bool,
        zone: TimeZone,
    ) -> Settings {
        let reader = &config.reader;
        Settings {
            outlets: config.outlets.clone(),
            accounts: config
                .accounts
                .iter()
                .map(|account| account.name.clone())
                .collect(),
            views: config.views.clone(),
            tags: config.tags.clone(),
            outlet_rules: OutletRules::new(config, removed),
            macros: config.macros.clone(),
            reader: reader.clone(),
            themes: theme::names(config),
            images: reader.images != config::Images::Off,
            ascii,
            offline,
            zone,
        }
    }

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
    /// What came while something else was open.
    deferred: Vec<Deferred>,
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
    type_ahead: TypeAhead,
    /// Where lists were left that one may come back to.
    positions: Vec<(Choice, Option<Cursor>)>,
    /// The order of each place's lists.
    orders: Orders,
    /// Places whose stories were folded by hand (`true`) or unfolded.
    folds: Vec<(Place, bool)>,
    /// Articles for which a story is being chosen.
    joining: Vec<ArticleId>,
    /// The place shown is where the run before left off, and its rows are not there yet.
    restored: bool,
}

/// The narrowest window that has the leading picture of an article beside its text.
const WITH_PICTURE: u16 = 130;
/// Columns that such a picture has at least, and at most.
const PICTURE_COLUMNS: (u16, u16) = (28, 44);

/// Columns beside a snippet: the symbols before it, and the margin.
const SNIPPET_INDENT: u16 = 6;

/// Where an article goes.
#[derive(Debug, Clone, Copy)]
struct ArticleRoom {
    /// Its text.
    text: Area,
    /// The picture that leads it.
    side: Option<Area>,
    /// Columns that tables and code may use.
    wide: u16,
}

/// Something that can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Undoable {
    /// Marks; the store knows which. The first of the articles, where it is known.
    Marks(Option<Cursor>),
    /// A tag was put on a list, or taken off it.
    Tag(TagChange),
    /// Articles were parted from stories or joined to one.
    Story(StoryChange),
    /// Articles were tagged.
    Tags(TagsChange),
}

impl State {
    /// The state before anything is known.
    pub fn new(keymap: Keymap, settings: Settings, size: (u16, u16), now: Time) -> State {
        let mut screen = Screen::new(size);
        screen.layout = settings.reader.layout;
        let mut choice = Choice::default();
        if settings.reader.start == Start::Unread {
            choice.status = Status::Unread;
        }
        if settings.reader.start == Start::Stories {
            choice.place = Place::Stories;
        }
        let orders = Orders::new(settings.reader.sort);
        let list = Headlines::new(settings.reader.sort);
        State {
            side: Sidebar::new(&settings.views, &settings.outlets),
            settings,
            keymap,
            now,
            screen,
            choice,
            list,
            article: ArticlePane::default(),
            prompt: PromptState::default(),
            popup: PopupState::default(),
            deferred: Vec::new(),
            messages: Messages::default(),
            refresh: RefreshStatus::default(),
            back_stack: Vec::new(),
            undo_stack: Vec::new(),
            seeking: Seeking::default(),
            mouse: MouseState::default(),
            type_ahead: TypeAhead::new(),
            positions: Vec::new(),
            orders,
            folds: Vec::new(),
            joining: Vec::new(),
            restored: false,
        }
    }

    /// How times are shown.
    pub fn times(&self) -> Times<'_> {
        Times {
            zone: &self.settings.zone,
            now: self.now,
            format: &self.settings.reader.date_format,
        }
    }

    /// What is needed for the first screen.
    pub fn start(&mut self) -> Vec<Effect> {
        let mut effects = self.open_list();
        effects.push(Effect::LoadHistory);
        effects.extend(self.set_refresh_timer());
        effects
    }

    /// Takes what the terminal sent.
    pub fn input(&mut self, input: Input) -> Vec<Effect> {
        if self.hold(&input) {
            return Vec::new();
        }
        let unseen = self.panes().too_small;
        if matches!(input, Input::Key(_) | Input::Mouse(_) | Input::Paste(_)) {
            self.refresh.first = false;
        }
        let effects = match input {
            Input::Key(key) if unseen => self.unseen_key(key),
            Input::Mouse(_) | Input::Paste(_) if unseen => Vec::new(),
            Input::Key(key) => self.key(key),
            Input::Mouse(mouse) => self.mouse(mouse),
            Input::Paste(text) => self.paste(&text),
            Input::Focus(true) => self.touched(),
            Input::Focus(false) | Input::Background { .. } | Input::Abilities(_) => Vec::new(),
        };
        let mut effects = self.settle(effects);
        effects.extend(self.try_theme_on());
        effects
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
                reading.answered = 0;
                reading.ask(height)
            }
            _ => Vec::new(),
        }
    }

    /// Where keys are looked up.
    pub fn key_scope(&self) -> Scope {
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
        self.messages.confirmed = self.messages.confirm.take();
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
        if self.begins_link(key) {
            return self.hint_key(key);
        }
        if let Some(effects) = self.link_digit(key) {
            return effects;
        }
        self.look_up(key)
    }

    /// Takes a key that is looked up in the keymap.
    pub(super) fn look_up(&mut self, key: Key) -> Vec<Effect> {
        let scope = self.key_scope();
        match self.keymap.feed(key, scope) {
            Fed::Done(command, count) => self.run(command, count),
            Fed::Waiting => Vec::new(),
            Fed::Nothing(keys) => match keys.as_slice() {
                // Esc and a key typed fast after it arrive as one with Alt. A chord that had begun is all that Esc ends.
                [begun @ .., key] if key.alt && key.code != Code::Unknown => {
                    let mut effects = match begun {
                        [] => self.key(Key::plain(Code::Esc)),
                        _ => Vec::new(),
                    };
                    effects.extend(self.key(Key { alt: false, ..*key }));
                    effects
                }
                _ => {
                    self.no_key(&keys, scope);
                    Vec::new()
                }
            },
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

    /// Takes a key where nothing can be seen: only what leads out does anything.
    fn unseen_key(&mut self, key: Key) -> Vec<Effect> {
        if self.prompt.line.is_some() && !key.ctrl {
            return Vec::new();
        }
        match self.keymap.feed(key, self.key_scope()) {
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
            _ => self.hint("Nothing to paste into here."),
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

    /// Lines of each row of the list: two where it is a narrow column and titles have two lines, and in
    /// linear mode where one line is seldom enough for a whole sentence; one more for the passage that a
    /// search has found.
    pub fn row_height(&self) -> u16 {
        let two = match self.settings.reader.linear {
            true => self.screen.size.0 < 160,
            false => layout::resolve(self) == Layout::Columns,
        };
        1 + u16::from(two) + u16::from(self.list.ranked)
    }

    /// Where the shown article goes.
    fn article_room(&self) -> Option<ArticleRoom> {
        let open = self.article.open.as_ref();
        self.room_for(open.is_some_and(|reading| self.leads(reading)))
    }

    /// Whether cells are kept free for the picture that leads an article: once it is there, or where it is fetched.
    fn leads(&self, reading: &Reading) -> bool {
        reading.lead.is_some() && (reading.lead_came || self.fetches(reading))
    }

    /// Whether the hosts of an article's pictures may be asked for them.
    fn fetches(&self, reading: &Reading) -> bool {
        (reading.fetch || self.settings.reader.fetch_images) && !self.settings.offline
    }

    /// Where an article goes, with a picture that leads it or without. The text's column is centred where the
    /// article is alone. From [`WITH_PICTURE`] columns on the picture has cells right of the text, if the pane
    /// has room for both; tables and code may use what lies between.
    fn room_for(&self, lead: bool) -> Option<ArticleRoom> {
        let panes = self.panes();
        let area = layout::inner(&panes, panes.article?);
        let text_width = self.settings.reader.measure;
        let shown = self.settings.images && self.screen.pictures && !self.settings.reader.linear;
        let (least, most) = PICTURE_COLUMNS;
        let fits = self.screen.size.0 >= WITH_PICTURE
            && area.w >= text_width.min(60) + least + 6
            && area.h >= 8;
        let side = (lead && shown && fits).then(|| {
            let w = area.w.saturating_sub(text_width + 5).clamp(least, most);
            let x = area.x + area.w - w - 1;
            Area { x, w, ..area }
        });
        let beside = side.map_or(0, |side| side.w + 3);
        let w = area.w.saturating_sub(2 + beside).min(text_width);
        let left = if self.screen.zen {
            (area.w - w - beside) / 2
        } else {
            area.w.saturating_sub(w + beside).min(4) / 2
        };
        let x = area.x + left;
        let end = side.map_or(area.x + area.w, |side| side.x.saturating_sub(1));
        Some(ArticleRoom {
            text: Area { x, w, ..area },
            side,
            wide: end.saturating_sub(x + 1).max(w),
        })
    }

    /// The cells of the article's text.
    pub fn article_area(&self) -> Option<Area> {
        self.article_room().map(|room| room.text)
    }

    /// The cells right of the article's text for the picture that leads it.
    pub fn article_side(&self) -> Option<Area> {
        self.article_room()?.side
    }

    /// Columns that tables and code of the article may use.
    pub fn article_wide(&self) -> u16 {
        self.article_room().map_or(0, |room| room.wide)
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
            linear: self.settings.reader.linear,
            fetch: self.key_or_name(Action::FetchText, ARTICLE),
            diff: self.key_or_name(Action::Diff, ARTICLE),
            open: self.key_or_name(Action::Browse, ARTICLE),
            telling: self.key_or_name(Action::NextTelling, ARTICLE),
        }
    }

    /// The key of an action at a place, else how the command line calls it.
    pub fn key_or_name(&self, action: Action, place: Scope) -> String {
        self.keymap.key_at(action, place).unwrap_or_else(|| {
            let name = action.row().name;
            format!(":{name}")
        })
    }

    /// Whose articles are shown, for the header: a typed query that names an outlet counts.
    pub fn shown_place(&self) -> String {
        match &self.choice.place {
            Place::Outlet(name) | Place::Group(name) => name.clone(),
            Place::Today => "Today".to_owned(),
            Place::Starred => "Starred".to_owned(),
            Place::Stories => "Stories".to_owned(),
            Place::View(at) => {
                let view = self.settings.views.get(*at);
                view.map(|view| view.name.clone()).unwrap_or_default()
            }
            Place::All => {
                let typed = [&self.choice.filter, &self.choice.search];
                let wanted = typed
                    .into_iter()
                    .flatten()
                    .find_map(|typed| typed.query.only_outlet());
                match wanted {
                    Some(wanted) => match self.outlet(wanted) {
                        Some(outlet) => outlet.name.clone(),
                        None => wanted.to_owned(),
                    },
                    None => "All".to_owned(),
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
        effects.extend(self.follow_cursor());
        let room = self.article_room();
        if let Some(mut reading) = self.article.open.take() {
            if let Some(room) = room {
                effects.extend(self.lay_out(&mut reading, room));
                effects.extend(reading.ask_rest(room.text.h));
            }
            self.article.open = Some(reading);
        }
        let panes = self.panes();
        if let Some(area) = panes.outlets {
            let height = usize::from(layout::inner(&panes, area).h);
            let height = height.saturating_sub(usize::from(self.side.gap().is_some()));
            follow(self.side.place, &mut self.side.place_top, height);
        }
        if let Some(area) = panes.tags {
            let height = usize::from(layout::inner(&panes, area).h);
            follow(self.side.tag, &mut self.side.tag_top, height);
        }
        effects
    }

    /// Asks for an article's lines for the cells that it has, unless they are there.
    fn lay_out(&self, reading: &mut Reading, room: ArticleRoom) -> Vec<Effect> {
        reading.beside = room.side.is_some();
        if reading.fits((room.text.w, room.wide), room.text.h) {
            return Vec::new();
        }
        let rules = self.settings.rules();
        reading.lay_out((room.text.w, room.wide), room.text.h, &self.look(), rules)
    }

    /// The rows that a popup shows at once.
    pub fn popup_height(&self) -> usize {
        usize::from(self.screen.size.1.saturating_sub(6)).max(1)
    }

    /// The article that keys speak of: the open one where it has the focus, else the chosen headline.
    fn target_article(&self) -> Option<&newsprint_model::Headline> {
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
        self.prompt.prompt_articles = self
            .target_articles()
            .iter()
            .map(|headline| headline.id)
            .collect();
    }

    fn typed(&mut self, typed: Typed) -> Vec<Effect> {
        match typed {
            Typed::Nothing | Typed::Moved => Vec::new(),
            // A question is answered by one key.
            Typed::Changed if self.prompt.is_answered() => self.line_done(),
            Typed::Changed => self.line_changed(),
            Typed::Done => self.line_done(),
            Typed::Cancelled => self.line_cancelled(),
            Typed::Complete { back } => {
                self.complete(back);
                self.line_changed()
            }
        }
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
