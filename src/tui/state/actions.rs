//! What each action calls: one row of the key table, one function. Never here: keys, drawing, anything
//! that happens outside.

use crate::tui::effect::Effect;
use crate::tui::keymap::actions::Action;
use newsprint_model::query::beginnings;

use super::layout::{LAYOUTS, Layout, fits, name};
use super::messages::FETCHING_IMAGES;
use super::popup::{Kind, Popup};
use super::prompt::Ask;
use super::{Pane, Reading, State};
use crate::library::selection::{self, Choice, Place, Status};

impl State {
    /// Does what was asked for; `count` is how often.
    pub fn act(&mut self, action: Action, count: Option<u32>) -> Vec<Effect> {
        if self.waits_for_rows(action, count) {
            return Vec::new();
        }
        let times = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        if self.popup.open.is_some()
            && let Some(effects) = self.act_popup(action, times)
        {
            return effects;
        }
        match action {
            Action::Down => self.move_by(times),
            Action::Up => self.move_by(-times),
            Action::Top => self.go_top(count),
            Action::Bottom => self.go_bottom(count),
            Action::HalfDown => self.page(times, 2),
            Action::HalfUp => self.page(-times, 2),
            Action::PageDown => self.page(times, 1),
            Action::PageUp => self.page(-times, 1),
            Action::NextPane => self.next_pane(1),
            Action::PreviousPane => self.next_pane(-1),
            Action::Open => self.open(),
            Action::Back => self.back(),
            Action::Left => self.left(),
            Action::GoTo => self.begin_go_to(),
            Action::Fold => self.fold_group(),
            Action::ReadOn => self.read_on(times),
            Action::ScrollDown => self.scroll_article(times),
            Action::ScrollUp => self.scroll_article(-times),
            Action::NextArticle => self.neighbour(times),
            Action::NextTelling => self.next_telling(),
            Action::PreviousArticle => self.neighbour(-times),
            Action::Next => self.next(times),
            Action::Previous => self.next(-times),
            Action::Zen => self.zen(),
            Action::FetchText => self.fetch_text(),
            Action::Diff => self.diff(),
            Action::LinkHints => self.link_hints(),
            Action::Links => self.links(),
            Action::Images => self.toggle_images(),
            Action::Search => self.search(),
            Action::SearchAll => self.search_all(),
            Action::Filter => self.filter(),
            Action::ClearFilter => self.clear_filter(),
            Action::PickTags => self.pick_tags(),
            Action::ClearTags => self.clear_tags(),
            Action::TagToggle => self.on_tag(action, |state, tag| state.with_tag(tag, false)),
            Action::TagNot => self.on_tag(action, |state, tag| state.with_tag(tag, true)),
            Action::TagHide => self.on_tag(action, |state, tag| state.change_tag(tag, false, true)),
            Action::TagMute => self.on_tag(action, |state, tag| state.change_tag(tag, true, true)),
            Action::ShowAll => self.show_all(),
            Action::ShowUnread => self.show_status(Status::Unread),
            Action::ShowStarred => self.show_status(Status::Starred),
            Action::ShowToday => self.show_place(&Place::Today),
            Action::ShowStories => self.show_place(&Place::Stories),
            Action::ToggleUnread => self.toggle_unread(),
            Action::PartStory => self.part_story(),
            Action::JoinStory => self.join_story(),
            Action::FoldStories => self.toggle_folds(),
            Action::SaveView => self.name_view(),
            // newsboat asks how; the orders stand above the line.
            Action::Sort if self.keymap.is_newsboats() => self.ask_order(),
            Action::Sort => self.next_order(),
            Action::ToggleRead => self.toggle_read(),
            Action::MarkNext => self.mark_and_next(times),
            Action::ToggleStar => self.toggle_star(),
            Action::Pick => self.toggle_range(),
            Action::MarkAbove => self.mark_side(false),
            Action::MarkBelow => self.mark_side(true),
            Action::MarkList => self.mark_list(),
            Action::MarkAll => self.mark_all(),
            Action::Undo => self.undo(),
            Action::UndoSync => vec![Effect::UndoSync],
            Action::Refresh => self.refresh_one(),
            Action::RefreshAll => self.refresh_these(Vec::new()),
            Action::StopRefresh => self.stop_refresh(),
            Action::Health => self.show_status_of_outlets(),
            Action::AddOutlet => self.begin_outlet(),
            Action::RenameOutlet => self.edit_outlet(Ask::OutletName),
            Action::GroupOutlet => self.edit_outlet(Ask::OutletGroup),
            Action::TagOutlet => self.edit_outlet(Ask::OutletTags),
            Action::MoveOutlet => self.edit_outlet(Ask::OutletAddress),
            Action::OutletText => self.edit_outlet(Ask::OutletText),
            Action::PauseOutlet => self.pause_outlet(),
            Action::RemoveOutlet => self.edit_outlet(Ask::OutletRemove),
            Action::Browse => self.browse(false),
            Action::BrowseRead => self.browse(true),
            Action::CopyUrl => self.copy(false),
            Action::CopyTitle => self.copy(true),
            Action::TagArticle => self.ask_about(Ask::ArticleTags),
            Action::Pipe => self.ask_about(Ask::Pipe),
            Action::Save => self.ask_about(Ask::Save),
            Action::Layout => self.next_layout(),
            Action::ShrinkList => self.move_border(-1),
            Action::GrowList => self.move_border(1),
            Action::Sidebar => self.toggle_sidebar(),
            Action::Help => self.show_popup(Popup::new(Kind::Help)),
            Action::Messages => self.show_messages(),
            Action::Command => self.begin_command(),
            Action::Mouse => self.toggle_mouse(),
            Action::Redraw => vec![Effect::Redraw],
            Action::Suspend => vec![Effect::Suspend],
            Action::Quit => self.quit(),
            Action::QuitNow => self.quit_now(),
        }
    }

    pub(super) fn show_popup(&mut self, popup: Popup) -> Vec<Effect> {
        self.popup.open = Some(popup);
        Vec::new()
    }

    fn toggle_images(&mut self) -> Vec<Effect> {
        // First those that are not on this disk are fetched, then all go.
        if self.has_images_to_fetch()
            && let Some(reading) = &mut self.article.open
        {
            reading.fetch = true;
            self.info(FETCHING_IMAGES);
            let mut effects = self.settle_pictures();
            effects.extend(self.ask_pictures());
            return effects;
        }
        // Before the cursor has rested none is shown, and nothing is known of them.
        if !self.settings.offline
            && let Some(reading) = &mut self.article.open
            && reading.asked.is_empty()
        {
            reading.fetch = true;
            let effects = self.ask_pictures();
            if !effects.is_empty() {
                self.info(FETCHING_IMAGES);
                return effects;
            }
            if let Some(reading) = &mut self.article.open {
                reading.fetch = false;
            }
        }
        let has_none = |reading: &Reading| {
            let laid = reading.laid.as_ref();
            reading.article.image.is_none() && laid.is_some_and(|laid| laid.images.is_empty())
        };
        if self.settings.images && self.article.open.as_ref().is_some_and(has_none) {
            self.hint("No images in this article.");
            return Vec::new();
        }
        self.settings.images = !self.settings.images;
        self.info(if self.settings.images {
            "Images on"
        } else {
            "Images off"
        });
        let mut effects = self.settle_pictures();
        effects.extend(self.ask_pictures());
        effects
    }

    fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.settings.reader.mouse = !self.settings.reader.mouse;
        self.info(if self.settings.reader.mouse {
            "Mouse on (hold Shift to select text)"
        } else {
            "Mouse off"
        });
        vec![Effect::Mouse(self.settings.reader.mouse)]
    }

    fn search(&mut self) -> Vec<Effect> {
        if self.screen.focus != Pane::Article {
            return self.begin_search();
        }
        if let Some(reading) = &mut self.article.open {
            reading.begin_find();
        }
        self.ask(Ask::Find, "");
        Vec::new()
    }

    fn search_all(&mut self) -> Vec<Effect> {
        self.screen.focus = Pane::List;
        let effects = self.begin_search();
        // `Esc` goes back to what was shown.
        self.choice = Choice::default();
        self.ask(Ask::Search, "");
        effects
    }

    fn begin_search(&mut self) -> Vec<Effect> {
        self.leave_place();
        self.prompt.choice_before_prompt = Some(self.choice.clone());
        if self.panes().list.is_none() {
            // What is found is seen as one types.
            self.screen.focus = Pane::List;
        }
        let text = self.choice.search.as_ref().map(|typed| typed.text.clone());
        self.ask(Ask::Search, &text.unwrap_or_default());
        self.say_where();
        Vec::new()
    }

    /// Before what is typed stands where it is sought, unless that is everywhere.
    fn say_where(&mut self) {
        let everywhere = self.choice.place == Place::All && self.choice.story.is_none();
        let place = match &self.choice.story {
            Some(story) => story.title.clone(),
            None => self.shown_place(),
        };
        if let Some(prompt) = &mut self.prompt.line
            && !everywhere
        {
            prompt.about = place;
        }
    }

    fn filter(&mut self) -> Vec<Effect> {
        self.leave_place();
        self.prompt.choice_before_prompt = Some(self.choice.clone());
        let text = self.choice.filter.as_ref().map(|typed| typed.text.clone());
        self.ask(Ask::Filter, &text.unwrap_or_default());
        self.say_where();
        Vec::new()
    }

    fn begin_command(&mut self) -> Vec<Effect> {
        self.ask(Ask::Command, "");
        Vec::new()
    }

    fn ask_order(&mut self) -> Vec<Effect> {
        self.ask(Ask::Command, "sort ");
        self.line_changed()
    }

    fn on_tag(
        &mut self,
        action: Action,
        change: impl FnOnce(&mut State, &str) -> Vec<Effect>,
    ) -> Vec<Effect> {
        match self.tag_under(action.row().name) {
            Some(tag) => change(self, &tag),
            None => Vec::new(),
        }
    }

    fn show_status_of_outlets(&mut self) -> Vec<Effect> {
        self.popup.status_wanted = true;
        vec![Effect::LoadHealth]
    }

    /// The next layout that the window has room for.
    fn next_layout(&mut self) -> Vec<Effect> {
        let size = self.screen.size;
        let now = LAYOUTS
            .iter()
            .position(|layout| *layout == self.screen.layout)
            .unwrap_or(0);
        let shown = self.panes().layout;
        let mut after = LAYOUTS.iter().cycle().skip(now + 1).take(3);
        // What looks as now is passed over, but for the way back to `auto`.
        let next = after
            .find(|layout| fits(**layout, size) && (**layout != shown || **layout == Layout::Auto))
            .copied()
            .unwrap_or_default();
        self.screen.layout = next;
        self.info(format!("Layout: {}", name(next)));
        vec![self.remember_session()]
    }

    /// A layout by its name; in vain where the window has no room for it.
    pub(super) fn use_layout(&mut self, layout: Layout) -> Result<Vec<Effect>, String> {
        if !fits(layout, self.screen.size) {
            return Err(format!("The window is too small for {}.", name(layout)));
        }
        self.screen.layout = layout;
        self.info(format!("Layout: {}", name(layout)));
        Ok(vec![self.remember_session()])
    }

    fn move_border(&mut self, steps: i32) -> Vec<Effect> {
        if self.panes().rule.is_none() {
            self.hint("List and article are not both shown (w: change layout).");
            return Vec::new();
        }
        self.screen.move_border(steps);
        vec![self.remember_session()]
    }

    fn toggle_sidebar(&mut self) -> Vec<Effect> {
        let panes = self.panes();
        if panes.outlets.is_some() && panes.drawer {
            self.screen.focus = Pane::List;
            return Vec::new();
        }
        if panes.outlets.is_some() {
            self.screen.sidebar_hidden = true;
            if matches!(self.screen.focus, Pane::Outlets | Pane::Tags) {
                self.screen.focus = Pane::List;
            }
        } else {
            self.screen.sidebar_hidden = false;
            if self.panes().outlets.is_none() {
                // No room beside the list: it opens over it.
                self.screen.focus = Pane::Outlets;
                return Vec::new();
            }
        }
        vec![self.remember_session()]
    }

    /// Says that there is nothing to act on.
    pub(super) fn no_article(&mut self) {
        self.hint("No article selected.");
    }

    fn fetch_text(&mut self) -> Vec<Effect> {
        if self.settings.offline {
            self.error("Offline (started with --offline)");
            return Vec::new();
        }
        let Some(id) = self.target_article().map(|headline| headline.id) else {
            self.no_article();
            return Vec::new();
        };
        if self.article.fetched == Some(id) {
            // Once more on the same article: why its text is what it is.
            self.article.fetched = None;
            self.info("Explaining the text…");
            let columns = usize::from(self.screen.size.0).saturating_sub(8).min(100);
            return vec![Effect::ExplainText { id, columns }];
        }
        self.info("Fetching full text…");
        vec![Effect::FetchText(id)]
    }

    fn diff(&mut self) -> Vec<Effect> {
        match self.target_article() {
            Some(headline) => vec![Effect::LoadRevisions(headline.id)],
            None => {
                self.no_article();
                Vec::new()
            }
        }
    }

    /// The store may have changed: rows as they are now, what is new, counts.
    pub(super) fn touched(&mut self) -> Vec<Effect> {
        let mut effects = self.headlines_again();
        if let Some(list) = &self.list.list {
            effects.push(Effect::CountNew {
                ticket: self.list.ticket,
                list: list.clone(),
            });
        }
        effects.push(self.load_sidebar());
        effects
    }

    /// Asks for what is shown of articles once more: in the list, and above the open one.
    pub(super) fn headlines_again(&mut self) -> Vec<Effect> {
        let mut effects = self.list.again();
        if let Some(reading) = &self.article.open {
            effects.push(Effect::LoadHeadlines(vec![reading.article.headline.id]));
        }
        effects
    }

    pub(super) fn load_sidebar(&self) -> Effect {
        Effect::LoadSidebar {
            ticket: self.list.ticket,
            query: selection::base(&self.choice, &self.settings.views, self.settings.rules()),
        }
    }

    pub(super) fn settle_pictures(&mut self) -> Vec<Effect> {
        let height = self.article_height() as u16;
        match &mut self.article.open {
            Some(reading) => {
                // Off: the rows are given back; on: the pictures are asked for anew.
                reading.image_rows.clear();
                reading.asked.clear();
                reading.answered = 0;
                reading.ask(height)
            }
            None => Vec::new(),
        }
    }

    /// The words that the list was searched for, as they are found in titles and texts: with `*` behind
    /// one that may go on.
    pub fn searched_beginnings(&self) -> Vec<String> {
        let search = self.choice.search.as_ref();
        search
            .map(|typed| beginnings(&typed.query))
            .unwrap_or_default()
    }
}
