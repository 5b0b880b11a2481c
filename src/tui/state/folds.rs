//! Stories in lists: lines that stand for several articles, the front page, the list of one story.
//! Never here: which articles are of a story, how lines look.

use crate::config;
use crate::library::selection::{Choice, OpenStory, Place};
use crate::tui::effect::Effect;
use crate::tui::event::{Found, StoryChanged};
use crate::tui::keymap::actions::{Action, LIST};
use newsprint_model::{ArticleId, Cursor, Headline};
use newsprint_store::Fold;

use super::go_to_items::{Destination, Item};
use super::headlines::Row;
use super::order::Order;
use super::popup::{Kind, Popup};
use super::{State, Undoable};

/// Articles read last to which another can be joined.
const READ: usize = 5;

impl Row {
    /// One of the articles that the line stands for is unread.
    pub fn is_unread(&self) -> bool {
        let mut others = self.folded.iter().flat_map(|folded| &folded.others);
        !self.headline.read || others.any(|other| !other.read)
    }

    /// How many of the articles that the line stands for are unread.
    pub fn unread(&self) -> usize {
        let others = self.folded.iter().flat_map(|folded| &folded.others);
        others.filter(|other| !other.read).count() + usize::from(!self.headline.read)
    }

    /// One of the articles that the line stands for is starred.
    pub fn is_starred(&self) -> bool {
        let mut others = self.folded.iter().flat_map(|folded| &folded.others);
        self.headline.starred || others.any(|other| other.starred)
    }

    /// The articles that the line stands for, the one that it shows first.
    pub fn articles(&self) -> impl Iterator<Item = ArticleId> + '_ {
        let others = self.folded.iter().flat_map(|folded| &folded.others);
        std::iter::once(self.headline.id).chain(others.map(|other| other.id))
    }
}

impl State {
    /// How the list of the present choice is folded. What a search finds is not: each hit shows its own passage.
    pub(super) fn fold(&self) -> Fold {
        if self.list.ranked || self.choice.story.is_some() {
            return Fold::Never;
        }
        if self.choice.place == Place::Stories {
            return Fold::Front;
        }
        let mut chosen = self.folds.iter();
        match chosen.find(|(place, _)| *place == self.choice.place) {
            Some((_, true)) => Fold::Always,
            Some((_, false)) => Fold::Never,
            None => match self.settings.reader.fold {
                config::Fold::Auto => Fold::Unread,
                config::Fold::Always => Fold::Always,
                config::Fold::Never => Fold::Never,
            },
        }
    }

    /// Folds the stories of the list at hand, or unfolds them where some are folded: until the reader is closed.
    pub(super) fn toggle_folds(&mut self) -> Vec<Effect> {
        if self.choice.story.is_some() {
            self.hint("This is a single story.");
            return Vec::new();
        }
        if self.choice.place == Place::Stories {
            self.hint("Stories are already one line each.");
            return Vec::new();
        }
        if self.list.ranked {
            self.hint("Search results are not folded.");
            return Vec::new();
        }
        let always = self.fold() == Fold::Always;
        let folded = always || self.list.rows.iter().any(|row| row.folded.is_some());
        self.folds.retain(|(place, _)| *place != self.choice.place);
        self.folds.push((self.choice.place.clone(), !folded));
        let here = self.list.away_from_top();
        let effects = self.open_list_at(here);
        self.info(match folded {
            true => "Stories unfolded",
            false => "Stories folded to one line",
        });
        effects
    }

    /// Opens what the row under the cursor stands for: an article, or the articles of a story.
    pub(super) fn open_row(&mut self) -> Vec<Effect> {
        let row = self.list.rows.get(self.list.cursor);
        let Some((row, folded)) = row.and_then(|row| Some((row, row.folded.as_ref()?))) else {
            return self.open_chosen();
        };
        let story = OpenStory {
            id: folded.story,
            title: row.headline.title.clone(),
        };
        self.leave_place();
        self.list.picked_from = None;
        self.list.order = Order::Oldest;
        self.choice = Choice {
            place: self.choice.place.clone(),
            story: Some(story),
            ..Choice::default()
        };
        self.open_list()
    }

    /// Goes back from a story to the list that it was opened from.
    pub(super) fn close_story(&mut self) -> Vec<Effect> {
        let mut left = self.back_stack.iter().rev();
        let left = left.find(|left| left.choice.story.is_none());
        self.choice = match left {
            Some(left) => left.choice.clone(),
            None => Choice {
                place: self.choice.place.clone(),
                ..Choice::default()
            },
        };
        self.list.order = self.orders.of(&self.choice.place);
        self.open_list_back()
    }

    /// Parts the articles that keys speak of from their stories.
    pub(super) fn part_story(&mut self) -> Vec<Effect> {
        let ids = self.targets();
        match ids.is_empty() {
            true => Vec::new(),
            false => vec![Effect::PartStory(ids)],
        }
    }

    /// Joins a picked range to the story of its first article; one article to a story that is chosen next.
    pub(super) fn join_story(&mut self) -> Vec<Effect> {
        let mut ids = self.targets();
        if ids.len() > 1 {
            let with = ids.remove(0);
            self.list.picked_from = None;
            return vec![Effect::JoinStory(ids, with)];
        }
        self.joining = ids;
        match self.joining.is_empty() {
            true => Vec::new(),
            false => vec![Effect::LoadRecentStories],
        }
    }

    fn targets(&mut self) -> Vec<ArticleId> {
        let ids: Vec<ArticleId> = self.target_articles().iter().map(|one| one.id).collect();
        if ids.is_empty() {
            self.no_article();
        }
        ids
    }

    /// Shows the stories that an article can be joined to, and before them the articles that were read last.
    pub(super) fn recent_stories_came(&mut self, stories: &[Found]) -> Vec<Effect> {
        let [id] = self.joining[..] else {
            return Vec::new();
        };
        let item = |headline: &Headline, kind, detail| Item {
            name: headline.title.clone(),
            kind,
            detail,
            target: Destination::Join(headline.id),
        };
        let read = self.article.recent.iter().filter(|reading| reading.opened);
        let read = read.map(|reading| &reading.article.headline);
        let mut items: Vec<Item> = read
            .filter(|headline| headline.id != id)
            .take(READ)
            .map(|headline| item(headline, "read last", headline.outlet.clone()))
            .collect();
        for Found {
            headline, folded, ..
        } in stories
        {
            let is_own = headline.id == id
                || folded
                    .iter()
                    .flat_map(|folded| &folded.others)
                    .any(|other| other.id == id);
            if !is_own
                && !items
                    .iter()
                    .any(|known| known.target == Destination::Join(headline.id))
            {
                let names = folded.as_ref().map(|folded| folded.names.join(", "));
                items.push(item(headline, "story", names.unwrap_or_default()));
            }
        }
        if items.is_empty() {
            self.info(
                "No other stories. To join two articles, pick both (v) and press the key again.",
            );
            return Vec::new();
        }
        self.show_popup(Popup::new(Kind::GoTo(items)))
    }

    /// Joins the article for which a story was chosen.
    pub(super) fn join_to(&mut self, with: ArticleId) -> Vec<Effect> {
        vec![Effect::JoinStory(std::mem::take(&mut self.joining), with)]
    }

    /// Stories were changed by hand: it is said, and the list and the open article show them as they are now.
    pub(super) fn story_changed(&mut self, changed: StoryChanged) -> Vec<Effect> {
        let StoryChanged { said, change, left } = changed;
        let is_undo = change.is_none() && !said.is_empty();
        match change {
            Some(change) => {
                self.undo_stack.push(Undoable::Story(change));
                let undo = match self.keymap.key_at(Action::Undo, LIST) {
                    Some(key) => format!(" ({key}: undo)"),
                    None => String::new(),
                };
                self.info(format!("{said}{undo}"));
            }
            None if is_undo => self.info(said),
            None => {
                self.info("Nothing to change in its story.");
                return Vec::new();
            }
        }
        if let (Some(open), Some(left)) = (&mut self.choice.story, left) {
            open.id = left;
        }
        let mut effects = match self.list.ranked && self.choice.search.is_some() {
            true => Vec::new(),
            false => {
                let here = self.list.away_from_top();
                self.open_list_at(here)
            }
        };
        let shown = self.article.open.as_ref().filter(|reading| reading.opened);
        if let Some(reading) = shown {
            effects.push(Effect::LoadStory(reading.article.headline.id));
        }
        effects.push(self.load_sidebar());
        effects
    }

    /// A line of a folded list has its place.
    pub(super) fn placed(&mut self, id: ArticleId, place: u64) -> Vec<Effect> {
        let list = &mut self.list;
        if list.first.is_none()
            && let Some(at) = list.rows.iter().position(|row| row.headline.id == id)
        {
            list.first = place.checked_sub(at as u64);
        }
        Vec::new()
    }

    /// Asks where the window of a folded list begins, where that is not known.
    pub(super) fn find_place(&self) -> Option<Effect> {
        let list = self.list.list.as_ref()?;
        let known = self.list.first.is_some() || self.list.by_offset() || self.list.waiting;
        if list.fold == Fold::Never || known {
            return None;
        }
        let cursor: Cursor = self.list.rows.first()?.headline.cursor();
        Some(Effect::FindPlace {
            ticket: self.list.ticket,
            list: list.clone(),
            cursor,
        })
    }
}
