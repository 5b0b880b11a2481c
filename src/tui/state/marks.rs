//! Marks: read and starred, of one article, of a range that was picked, of lists; and undo.
//! Never here: storing them.

use crate::tui::effect::{Effect, TagChange};
use crate::tui::keymap::actions::Action;
use newsprint_model::{ArticleId, Headline, Mark};
use newsprint_store::List;

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
        let all_read = self.target_articles().iter().all(|headline| headline.read);
        let mark = if all_read { Mark::Unread } else { Mark::Read };
        self.say_mark(if all_read { "Unread" } else { "Read" });
        self.mark_targets(mark)
    }

    pub(super) fn toggle_star(&mut self) -> Vec<Effect> {
        let all_starred = self
            .target_articles()
            .iter()
            .all(|headline| headline.starred);
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
        let ids: Vec<ArticleId> = self
            .target_articles()
            .iter()
            .map(|headline| headline.id)
            .collect();
        if ids.is_empty() {
            self.no_article();
            return Vec::new();
        }
        if ids.len() > 1 {
            self.info(format!("{} {} articles", past(mark), ids.len()));
        }
        self.list.picked_from = None;
        self.mark(ids, mark)
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
        let first = self
            .list
            .rows
            .iter()
            .find(|row| ids.contains(&row.headline.id));
        let first = first.map(|row| row.headline.cursor());
        self.undo_stack.push(Undoable::Marks(first));
        vec![Effect::Mark(ids, mark)]
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
        let ids: Vec<ArticleId> = rows.map(|row| row.headline.id).collect();
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
        for (row, shown) in self.list.rows.iter_mut().enumerate() {
            if (below && row > at) || (!below && row < at) {
                shown.headline.read = true;
            }
        }
        self.undo_stack.push(Undoable::Marks(Some(cursor)));
        if self.list.by_offset() {
            // No order by time: what has been loaded of the list is what stands there.
            let rows = self.list.rows.iter().enumerate();
            let ids = rows
                .filter(|(row, _)| if below { *row > at } else { *row < at })
                .map(|(_, row)| row.headline.id)
                .collect();
            return vec![Effect::Mark(ids, Mark::Read)];
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
        let unread = self.list.counts.map(|counts| counts.unread).or(whole);
        if self.waits_for_second(Action::MarkList, unread) {
            return Vec::new();
        }
        self.undo_stack.push(Undoable::Marks(None));
        for row in &mut self.list.rows {
            row.headline.read = true;
        }
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
            ..list
        };
        for row in &mut self.list.rows {
            row.headline.read = true;
        }
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

/// What was done, for a message.
pub(super) fn past(mark: Mark) -> &'static str {
    match mark {
        Mark::Read => "Marked as read:",
        Mark::Unread => "Marked as unread:",
        Mark::Star => "Starred",
        Mark::Unstar => "Unstarred",
    }
}
