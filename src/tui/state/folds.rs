//! Stories in lists: lines that stand for several articles, the front page, the list of one story.
//! Never here: which articles are of a story, how lines look.

use crate::config;
use crate::library::selection::{Choice, OpenStory, Place};
use crate::tui::effect::Effect;
use newsprint_model::{ArticleId, Cursor};
use newsprint_store::Fold;

use super::State;
use super::headlines::Row;
use super::order::Order;

impl Row {
    /// One of the articles that the line stands for is unread.
    pub fn is_unread(&self) -> bool {
        let mut others = self.folded.iter().flat_map(|folded| &folded.others);
        !self.headline.read || others.any(|other| !other.read)
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
