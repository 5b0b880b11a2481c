//! Marks: read and starred, of one article, of a range that was picked, of lists; and undo.
//! Never here: storing them.

use crate::tui::effect::{Effect, TagChange};
use crate::tui::keymap::actions::Action;
use newsprint_model::{ArticleId, Headline, Mark};
use newsprint_store::{Fold, List, Named};

use super::{Pane, State, Undoable, headlines};
use crate::library::selection::{self, Choice};

/// More unread articles than this are marked only when the key is typed a second time.
const CONFIRM: u64 = 200;

impl State {
    /// The articles that keys speak of: the open one where it has the focus, else those of the range that
    /// was picked, else the one under the cursor.
    pub(super) fn target_articles(&self) -> Vec<&Headline> {
        if self.screen.focus != Pane::Article
            && let Some(range) = self.list.range()
        {
            return self.list.rows[range]
                .iter()
                .map(|row| &row.headline)
                .collect();
        }
        self.target_article().into_iter().collect()
    }

    /// The articles that marks are for: those that keys speak of, and what is folded into their lines.
    pub(super) fn marked_rows(&self) -> Vec<ArticleId> {
        if self.screen.focus == Pane::Article {
            return self
                .target_articles()
                .iter()
                .map(|headline| headline.id)
                .collect();
        }
        let rows = match self.list.range() {
            Some(range) => &self.list.rows[range],
            None => self
                .list
                .rows
                .get(self.list.cursor..=self.list.cursor)
                .unwrap_or_default(),
        };
        rows.iter()
            .flat_map(super::headlines::Row::articles)
            .collect()
    }

    /// Of the lines that marks are for, whether each holds; of the open article where that has the focus.
    fn all_marked(
        &self,
        line: impl Fn(&super::headlines::Row) -> bool,
        one: impl Fn(&Headline) -> bool,
    ) -> bool {
        if self.screen.focus == Pane::Article {
            return self.target_articles().into_iter().all(one);
        }
        match self.list.range() {
            Some(range) => self.list.rows[range].iter().all(line),
            None => self.list.rows.get(self.list.cursor).is_none_or(line),
        }
    }

    /// Begins a range at the row under the cursor, or ends the one that was begun.
    pub(super) fn toggle_range(&mut self) -> Vec<Effect> {
        if self.list.picked_from.take().is_some() {
            return Vec::new();
        }
        match self.list.chosen() {
            Some(headline) => self.list.picked_from = Some(headline.id),
            None => self.no_article(),
        }
        Vec::new()
    }

    pub(super) fn toggle_read(&mut self) -> Vec<Effect> {
        let all_read = self.all_marked(|row| !row.is_unread(), |headline| headline.read);
        let mark = if all_read { Mark::Unread } else { Mark::Read };
        self.say_mark(if all_read { "Unread" } else { "Read" });
        self.mark_targets(mark)
    }

    pub(super) fn toggle_star(&mut self) -> Vec<Effect> {
        let all_starred = self.all_marked(|row| row.is_starred(), |headline| headline.starred);
        let mark = if all_starred {
            Mark::Unstar
        } else {
            Mark::Star
        };
        self.say_mark(if all_starred {
            "Not starred"
        } else {
            "Starred"
        });
        self.mark_targets(mark)
    }

    /// Says a mark that otherwise a symbol shows.
    fn say_mark(&mut self, words: &str) {
        if self.settings.reader.linear {
            self.info(words);
        }
    }

    /// Marks what keys speak of; a range is done with then.
    fn mark_targets(&mut self, mark: Mark) -> Vec<Effect> {
        let ids = self.marked_rows();
        if ids.is_empty() {
            self.no_article();
            return Vec::new();
        }
        let changed = self.changed_by(&ids, mark);
        if ids.len() > 1 {
            self.info(capital(&done(mark, changed)));
        }
        self.list.marking = Some(changed);
        self.list.picked_from = None;
        self.mark(ids, mark)
    }

    /// How many of these a mark changes, as far as the list knows them.
    fn changed_by(&self, ids: &[ArticleId], mark: Mark) -> u64 {
        let rows = self.list.rows.iter();
        let known = rows.flat_map(|row| {
            let others = row.folded.iter().flat_map(|folded| &folded.others);
            let others = others.map(|other| (other.id, other.read, other.starred));
            let headline = &row.headline;
            std::iter::once((headline.id, headline.read, headline.starred)).chain(others)
        });
        let as_before = known.filter(|(id, read, starred)| {
            let is_so = match mark {
                Mark::Read => *read,
                Mark::Unread => !*read,
                Mark::Star => *starred,
                Mark::Unstar => !*starred,
            };
            is_so && ids.contains(id)
        });
        (ids.len() as u64).saturating_sub(as_before.count() as u64)
    }

    /// Marks articles: at once on the screen, then in the store.
    pub(super) fn mark(&mut self, ids: Vec<ArticleId>, mark: Mark) -> Vec<Effect> {
        for id in &ids {
            self.list.show_mark(*id, mark);
        }
        let look = self.look();
        if let Some(reading) = &mut self.article.open
            && ids.contains(&reading.article.headline.id)
        {
            headlines::apply(&mut reading.article.headline, mark);
            reading.head_anew(&look, self.settings.rules());
        }
        let names = self.named(&ids);
        let first = self
            .list
            .rows
            .iter()
            .find(|row| ids.contains(&row.headline.id));
        let first = first.map(|row| row.headline.cursor());
        self.undo_stack.push(Undoable::Marks(first));
        vec![Effect::Mark(ids, mark, names)]
    }

    /// What names these articles in any database, as far as the list or the open article knows it.
    fn named(&self, ids: &[ArticleId]) -> Vec<Named> {
        let open = self.article.open.as_ref();
        let open = open.map(|reading| &reading.article.headline);
        let rows = self.list.rows.iter().map(|row| &row.headline);
        let named = open
            .into_iter()
            .chain(rows.filter(|row| open.is_none_or(|open| open.id != row.id)));
        named
            .filter(|headline| ids.contains(&headline.id))
            .map(Named::of)
            .collect()
    }

    /// Marks the article as read and goes to the next one, so many times.
    pub(super) fn mark_and_next(&mut self, times: isize) -> Vec<Effect> {
        if self.screen.focus == Pane::Article || self.list.range().is_some() {
            let mut effects = self.mark_targets(Mark::Read);
            if self.screen.focus == Pane::Article {
                effects.extend(self.neighbour(1));
            }
            return effects;
        }
        let from = self.list.cursor;
        let count = times.max(1).unsigned_abs();
        let rows = self.list.rows.iter().skip(from).take(count);
        let ids: Vec<ArticleId> = rows.flat_map(super::headlines::Row::articles).collect();
        if ids.is_empty() {
            self.no_article();
            return Vec::new();
        }
        let mut effects = self.mark(ids, Mark::Read);
        effects.extend(self.list.step(times.max(1)));
        effects
    }

    /// Marks as read what stands above the cursor, or with `below` what stands below it, as far as the list
    /// goes.
    pub(super) fn mark_side(&mut self, below: bool) -> Vec<Effect> {
        let (Some(list), Some(chosen)) = (self.list.list.clone(), self.list.chosen()) else {
            self.no_article();
            return Vec::new();
        };
        let (cursor, at) = (chosen.cursor(), self.list.cursor);
        self.list
            .show_read(|row| if below { row > at } else { row < at });
        self.undo_stack.push(Undoable::Marks(Some(cursor)));
        if self.list.by_offset() {
            // No order by time: what has been loaded of the list is what stands there.
            let rows = self.list.rows.iter().enumerate();
            let ids: Vec<ArticleId> = rows
                .filter(|(row, _)| if below { *row > at } else { *row < at })
                .flat_map(|(_, row)| row.articles())
                .collect();
            let names = self.named(&ids);
            return vec![Effect::Mark(ids, Mark::Read, names)];
        }
        vec![Effect::MarkSide {
            list,
            from: cursor,
            below,
        }]
    }

    /// Whether marking so many waits for the same key once more, which is said then.
    fn waits_for_second(&mut self, action: Action, unread: Option<u64>) -> bool {
        let many = unread.is_none_or(|unread| unread > CONFIRM);
        if !many || self.messages.confirmed == Some(action) {
            return false;
        }
        self.messages.confirm = Some(action);
        let key = self.key_or_name(action, self.key_scope());
        let count = match unread {
            Some(unread) => format!("{unread} articles"),
            None => "all articles".to_owned(),
        };
        self.hint(format!("Mark {count} as read? Press {key} again."));
        true
    }

    pub(super) fn mark_list(&mut self) -> Vec<Effect> {
        if self.screen.focus == Pane::List && self.list.range().is_some() {
            return self.mark_targets(Mark::Read);
        }
        let Some(list) = self.list.list.clone() else {
            return Vec::new();
        };
        if self.list.rows.is_empty() {
            self.hint("The list is empty.");
            return Vec::new();
        }
        let loaded = self.list.rows.len() as u64;
        let whole = (self.list.start && self.list.end).then_some(loaded);
        let unread = match list.fold {
            // What is counted there are stories.
            Fold::Front => {
                let rows = self.list.rows.iter();
                let articles = rows.flat_map(super::headlines::Row::articles);
                whole.map(|_| articles.count() as u64)
            }
            _ => self.list.counts.map(|counts| counts.unread).or(whole),
        };
        if self.waits_for_second(Action::MarkList, unread) {
            return Vec::new();
        }
        self.undo_stack.push(Undoable::Marks(None));
        self.list.show_read(|_| true);
        if let Some(counts) = &mut self.list.counts {
            counts.unread = 0;
        }
        vec![Effect::MarkList(list, Mark::Read)]
    }

    /// Marks everything read that was there when the list was opened, whatever the list shows of it;
    /// muted articles stay as they are.
    pub(super) fn mark_all(&mut self) -> Vec<Effect> {
        let Some(list) = self.list.list.clone() else {
            return Vec::new();
        };
        let unread = self.side.known.then_some(self.side.all.unread);
        if self.waits_for_second(Action::MarkAll, unread) {
            return Vec::new();
        }
        let list = List {
            query: selection::query(
                &Choice::default(),
                &self.settings.views,
                self.settings.rules(),
            ),
            fold: Fold::Never,
            ..list
        };
        self.list.show_read(|_| true);
        self.undo_stack.push(Undoable::Marks(None));
        vec![Effect::MarkList(list, Mark::Read)]
    }

    /// Undoes what was done last.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        match self.undo_stack.pop() {
            Some(Undoable::Tag(change)) => {
                let verb = if change.mute { "muted" } else { "hid" };
                let what = if change.on { "" } else { "un-" };
                self.info(format!("Undone: {what}{verb} tag “{}”", change.tag));
                self.make_change(TagChange {
                    on: !change.on,
                    ..change
                })
            }
            Some(Undoable::Story(change)) => vec![Effect::UndoStory(change)],
            Some(Undoable::Tags(change)) => vec![Effect::UndoTags(change)],
            // The store knows the marks, those of earlier sessions too.
            marks => {
                self.list.undone_at = match marks {
                    Some(Undoable::Marks(place)) => place,
                    _ => None,
                };
                vec![Effect::Undo]
            }
        }
    }

    /// A mark was undone: it is said, and the articles are shown as they are again.
    pub(super) fn undone(&mut self, what: Option<String>) -> Vec<Effect> {
        let place = self.list.undone_at.take();
        let Some(what) = what else {
            self.info("Nothing to undo.");
            return Vec::new();
        };
        self.info(format!("Undone: {what}"));
        // A list of unread or starred articles was fixed without them: it is opened anew.
        let by_marks = self.list.list.as_ref().is_some_and(|list| {
            let query = list.query.to_string();
            query.contains("is:unread") || query.contains("is:starred")
        });
        if (by_marks || self.list.rows.is_empty()) && !self.list.ranked {
            let here = place.or_else(|| self.list.away_from_top());
            return self.open_list_at(here);
        }
        let mut effects = self.headlines_again();
        if let Some(place) = place
            && self.screen.focus != Pane::Article
            && !self.list.by_offset()
        {
            effects.extend(self.list.go_to(place));
        }
        effects.extend(self.recount());
        effects
    }
}

/// What was marked, where copies in other outlets were marked with it.
pub(super) fn with_copies(mark: Mark, articles: u64, copies: u64) -> String {
    let copies = match copies {
        1 => "1 copy in another outlet".to_owned(),
        n => format!("{n} copies in other outlets"),
    };
    let what = match (mark, articles) {
        (Mark::Star, 1) => "Starred".to_owned(),
        (Mark::Unstar, 1) => "Unstarred".to_owned(),
        (Mark::Read, 1) => "Marked as read".to_owned(),
        (Mark::Unread, 1) => "Marked as unread".to_owned(),
        _ => capital(&done(mark, articles)),
    };
    format!("{what}, with {copies}")
}

/// The sentence with a capital at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// `marked 3 articles as read`.
pub fn done(mark: Mark, articles: u64) -> String {
    let articles = match articles {
        1 => "1 article".to_owned(),
        n => format!("{n} articles"),
    };
    match mark {
        Mark::Read => format!("marked {articles} as read"),
        Mark::Unread => format!("marked {articles} as unread"),
        Mark::Star => format!("starred {articles}"),
        Mark::Unstar => format!("unstarred {articles}"),
    }
}
