//! Which articles tell one story: what was found, what the reader changes, what new articles are compared with.
//! Never here: finding it (`newsprint-stories`), keeping what was decided (`decided`), reading texts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{OptionalExtension, params};

use super::id_sets::IdSet;
use super::{Fold, List, Result, Store, encode};
use newsprint_model::query::{Compare, Query};
use newsprint_model::{ArticleId, Headline, StoryId};

/// The memo of how far articles have been placed.
const PROGRESS: &str = "stories placed";

/// An article that waits to be placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Unplaced {
    /// Its number.
    pub id: ArticleId,
    /// When it was published, else first seen; microseconds.
    pub sort: i64,
    /// A hash of its address without tracking; 0 where it has none.
    pub key: i64,
    /// A number of its outlet.
    pub outlet: i64,
    /// Its language, empty when unknown.
    pub lang: String,
    /// Its title.
    pub title: String,
    /// Clean HTML.
    pub body: String,
}

/// An article that new ones are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Its number.
    pub id: ArticleId,
    /// When it was published, else first seen; microseconds.
    pub sort: i64,
    /// See [`Unplaced::key`].
    pub key: i64,
    /// A number of its outlet.
    pub outlet: i64,
    /// Its title.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// Its story.
    pub story: StoryId,
    /// What of it is compared, in the form of the caller; empty where its whole text came later.
    pub profile: Vec<u8>,
}

/// Where an article was placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Placing {
    /// The article.
    pub id: ArticleId,
    /// Its story.
    pub story: StoryId,
    /// The article that it is a copy of.
    pub copy_of: Option<ArticleId>,
    /// What of it is compared with later articles.
    pub profile: Vec<u8>,
}

/// Articles that were placed together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Placements {
    /// Where the new ones are.
    pub placed: Vec<Placing>,
    /// Articles that were placed before and belong to another story now.
    pub moved: Vec<(ArticleId, StoryId)>,
    /// Articles whose whole text came after they were placed, and what of them is compared from now on.
    pub renewed: Vec<(ArticleId, Vec<u8>)>,
    /// Articles that new ones are compared with no more.
    pub gone: Vec<ArticleId>,
    /// The last of them in the order of [`Store::unplaced`].
    pub last: Option<ArticleId>,
    /// No more wait.
    pub all: bool,
}

/// How far articles have been placed: all up to `upto`; of those up to `target` the ones before `cursor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    upto: i64,
    target: i64,
    cursor: Option<(i64, i64, i64)>,
    /// How often the reader had decided something when this was read.
    decisions: i64,
}

impl Progress {
    fn read(text: &str) -> Option<Progress> {
        let mut numbers = text.split(' ').map(str::parse::<i64>);
        let mut next = || numbers.next()?.ok();
        let (upto, target) = (next()?, next()?);
        let cursor = next().and_then(|sort| Some((sort, next()?, next()?)));
        Some(Progress {
            upto,
            target,
            cursor,
            decisions: 0,
        })
    }

    fn write(self) -> String {
        let Progress {
            upto,
            target,
            cursor,
            ..
        } = self;
        match cursor {
            Some((sort, key, id)) => format!("{upto} {target} {sort} {key} {id}"),
            None => format!("{upto} {target}"),
        }
    }
}

/// What parting or joining articles by hand has changed, for undoing it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoryChange {
    /// How many articles were parted or joined.
    pub articles: usize,
    /// Of each article of the stories that were touched: its story and what it is a copy of.
    told: BTreeMap<i64, (i64, i64)>,
    /// Of each pair that was decided: what was decided before.
    decided: BTreeMap<(i64, i64), Option<bool>>,
}

/// A story as it stands in a list of stories.
#[derive(Debug, Clone, PartialEq)]
pub struct StorySummary {
    /// Its number.
    pub id: StoryId,
    /// Its articles, the oldest first.
    pub articles: Vec<Headline>,
    /// Its outlets, in the order in which they told it.
    pub outlets: Vec<String>,
    /// Articles that are not read.
    pub unread: u64,
    /// Articles that are copies of another.
    pub copies: BTreeSet<ArticleId>,
}

impl StorySummary {
    /// When its last article came.
    pub fn last(&self) -> i64 {
        self.articles.iter().map(|one| one.sort).max().unwrap_or(0)
    }
}

impl Store {
    fn progress(&self) -> Result<Progress> {
        let text = self
            .memo(PROGRESS)?
            .and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(Progress {
            decisions: self.decisions()?,
            ..text
                .and_then(|text| Progress::read(&text))
                .unwrap_or_default()
        })
    }

    /// Whether articles wait to be placed among the stories.
    pub fn has_unplaced(&self) -> Result<bool> {
        Ok(self.progress()?.upto < self.state()?.newest)
    }

    /// The articles that wait to be placed, in the order in which that has to happen: by date, then by address,
    /// whichever thread stored them first. Those that came while others were being placed wait for the next time.
    pub fn unplaced(&self) -> Result<(Progress, Vec<ArticleId>)> {
        self.reading(|store| {
            let mut progress = store.progress()?;
            if progress.upto >= progress.target {
                progress.target = store.state()?.newest;
                progress.cursor = None;
            }
            let mut statement = store.conn.prepare_cached(
                "SELECT p.sort, a.key, p.article FROM places p JOIN articles a ON a.id = p.article
                 WHERE p.article > ?1 AND p.article <= ?2",
            )?;
            let rows = statement.query_map([progress.upto, progress.target], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
            let mut waiting: Vec<(i64, i64, i64)> = rows.collect::<Result<_, _>>()?;
            waiting.retain(|one| progress.cursor.is_none_or(|cursor| *one > cursor));
            waiting.sort_unstable();
            let ids = waiting.into_iter().map(|(.., id)| ArticleId(id)).collect();
            Ok((progress, ids))
        })
    }

    /// All articles up to one, in the order in which they are placed.
    pub fn all_for_stories(&self, upto: ArticleId) -> Result<Vec<ArticleId>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT p.article FROM places p JOIN articles a ON a.id = p.article
             WHERE p.article <= ?1 ORDER BY p.sort, a.key, p.article",
        )?;
        let rows = statement.query_map([upto.0], |row| Ok(ArticleId(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What there is of articles for placing them; those that are gone are left out.
    pub fn texts(&self, ids: &[ArticleId]) -> Result<Vec<Unplaced>> {
        self.reading(|store| {
            let mut statement = store.conn.prepare_cached(
                "SELECT p.sort, iif(a.url = '', 0, a.key), p.lang, a.title, b.html, p.outlet FROM places p
                 JOIN articles a ON a.id = p.article JOIN bodies b ON b.article = p.article
                 WHERE p.article = ?1",
            )?;
            let mut texts = Vec::with_capacity(ids.len());
            for id in ids {
                let found = statement.query_row([id.0], |row| {
                    Ok(Unplaced {
                        id: *id,
                        sort: row.get(0)?,
                        key: row.get(1)?,
                        lang: row.get(2)?,
                        title: row.get(3)?,
                        body: encode::decompress_text(row.get_ref(4)?.as_blob()?)
                            .unwrap_or_default(),
                        outlet: row.get(5)?,
                    })
                });
                texts.extend(found.optional()?);
            }
            Ok(texts)
        })
    }

    /// The articles that new ones are compared with, in the order of their numbers: the first `most` after `after`.
    pub fn compared(&self, after: ArticleId, most: usize) -> Result<Vec<Compared>> {
        self.reading(|store| {
            let mut statement = store.conn.prepare_cached(
                "SELECT c.article, p.sort, iif(a.url = '', 0, a.key), p.lang, coalesce(t.story, c.article), c.profile,
                     p.outlet, a.title
                 FROM compared c JOIN places p ON p.article = c.article
                 JOIN articles a ON a.id = c.article LEFT JOIN told t ON t.article = c.article
                 WHERE c.article > ?1 ORDER BY c.article LIMIT ?2",
            )?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let rows = statement.query_map(params![after.0, most], |row| {
                Ok(Compared {
                    id: ArticleId(row.get(0)?),
                    sort: row.get(1)?,
                    key: row.get(2)?,
                    lang: row.get(3)?,
                    story: StoryId(row.get(4)?),
                    profile: row.get(5)?,
                    outlet: row.get(6)?,
                    title: row.get(7)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Stores where the next articles of [`Store::unplaced`] were placed, and what that changed of others, in one
    /// transaction. `None`, and nothing is stored, where another process has placed articles meanwhile or the
    /// reader has decided something: then what is compared has to be read again.
    pub fn place_articles(
        &self,
        progress: Progress,
        batch: &Placements,
    ) -> Result<Option<Progress>> {
        self.writing(|store| {
            let now = store.progress()?;
            let begins = now.upto == progress.upto && now.upto >= now.target;
            let is_same = now == progress || (begins && progress.cursor.is_none());
            if !is_same || now.decisions != progress.decisions {
                return Ok(None);
            }
            let mut changed = !batch.moved.is_empty();
            for one in &batch.placed {
                changed |= store.place_one(one)?;
            }
            store.move_articles(&batch.moved)?;
            for (id, profile) in &batch.renewed {
                store
                    .conn
                    .prepare_cached("UPDATE compared SET profile = ?2 WHERE article = ?1")?
                    .execute(params![id.0, profile])?;
            }
            for id in &batch.gone {
                store
                    .conn
                    .prepare_cached("DELETE FROM compared WHERE article = ?1")?
                    .execute([id.0])?;
            }
            let mut next = progress;
            if batch.all {
                next.upto = progress.target;
                next.cursor = None;
            } else if let Some(last) = batch.last {
                next.cursor = store
                    .conn
                    .prepare_cached(
                        "SELECT p.sort, a.key FROM places p JOIN articles a ON a.id = p.article
                         WHERE p.article = ?1",
                    )?
                    .query_row([last.0], |row| Ok((row.get(0)?, row.get(1)?, last.0)))
                    .optional()?
                    .or(progress.cursor);
            }
            store
                .conn
                .prepare_cached("INSERT OR REPLACE INTO memos (name, value) VALUES (?1, ?2)")?
                .execute(params![PROGRESS, next.write().as_bytes()])?;
            if changed {
                store.bump_edition()?;
            }
            if batch.all {
                store.hold_decided()?;
            }
            Ok(Some(next))
        })
    }

    /// Whether the article joined others.
    fn place_one(&self, one: &Placing) -> Result<bool> {
        if !self.is_stored(one.id)? {
            return Ok(false);
        }
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO compared (article, profile) VALUES (?1, ?2)")?
            .execute(params![one.id.0, one.profile])?;
        if one.story.0 == one.id.0 {
            return Ok(false);
        }
        let copy_of = match one.copy_of {
            Some(copy) => self.original(copy)?.0,
            None => 0,
        };
        self.tell(one.id, one.story, copy_of)?;
        if copy_of != 0 && self.marks_copies.get() {
            self.read_as_its_copies(one.id)?;
        }
        Ok(true)
    }

    /// Marks an article as read that arrived when all others of its text were read already.
    fn read_as_its_copies(&self, article: ArticleId) -> Result<()> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT read FROM places WHERE article = ?1")?;
        let (mut others, mut all_read) = (Vec::new(), true);
        for id in self
            .copies(article)?
            .into_iter()
            .filter(|id| *id != article)
        {
            let read: Option<bool> = statement.query_row([id.0], |row| row.get(0)).optional()?;
            // One that was pruned says nothing.
            if let Some(read) = read {
                others.push(id.0);
                all_read &= read;
            }
        }
        match all_read && !others.is_empty() {
            true => self.mark_as_its_copies(article.0, &others),
            false => Ok(()),
        }
    }

    /// Puts articles in other stories; what they are copies of stays.
    fn move_articles(&self, moved: &[(ArticleId, StoryId)]) -> Result<()> {
        let mut left = BTreeSet::new();
        for (id, story) in moved {
            if !self.is_stored(*id)? {
                continue;
            }
            left.insert(self.story_of(*id)?);
            let copy_of: Option<i64> = self
                .conn
                .prepare_cached("SELECT copy_of FROM told WHERE article = ?1")?
                .query_row([id.0], |row| row.get(0))
                .optional()?;
            self.tell(*id, *story, copy_of.unwrap_or(0))?;
            left.insert(*story);
        }
        for story in left {
            self.settle(story)?;
        }
        Ok(())
    }

    /// Puts an article in a story, and the article that began the story beside it.
    fn tell(&self, article: ArticleId, story: StoryId, copy_of: i64) -> Result<()> {
        let mut insert = self.conn.prepare_cached(
            "INSERT OR IGNORE INTO told (article, story, copy_of) VALUES (?1, ?1, 0)",
        )?;
        if article.0 != story.0 && self.is_stored(ArticleId(story.0))? {
            insert.execute([story.0])?;
        }
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO told (article, story, copy_of) VALUES (?1, ?2, ?3)",
            )?
            .execute([article.0, story.0, copy_of])?;
        Ok(())
    }

    fn is_stored(&self, article: ArticleId) -> Result<bool> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT 1 FROM places WHERE article = ?1")?;
        Ok(statement.exists([article.0])?)
    }

    /// The story that an article belongs to, or that a story's number means.
    pub fn story_of(&self, article: ArticleId) -> Result<StoryId> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT story FROM told WHERE article = ?1")?;
        let story = statement
            .query_row([article.0], |row| row.get(0))
            .optional()?;
        Ok(StoryId(story.unwrap_or(article.0)))
    }

    /// The articles of a story, the oldest first.
    pub fn story_articles(&self, story: StoryId) -> Result<Vec<ArticleId>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT t.article FROM told t JOIN places p ON p.article = t.article
             WHERE t.story = ?1 ORDER BY p.sort, t.article",
        )?;
        let rows = statement.query_map([story.0], |row| Ok(ArticleId(row.get(0)?)))?;
        let ids: Vec<ArticleId> = rows.collect::<Result<_, _>>()?;
        let alone = ArticleId(story.0);
        if ids.is_empty() && self.is_stored(alone)? {
            return Ok(vec![alone]);
        }
        Ok(ids)
    }

    /// The first of the articles that have one text or address.
    fn original(&self, article: ArticleId) -> Result<ArticleId> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT copy_of FROM told WHERE article = ?1 AND copy_of <> 0")?;
        let first = statement
            .query_row([article.0], |row| row.get(0))
            .optional()?;
        Ok(ArticleId(first.unwrap_or(article.0)))
    }

    /// The article, and all others that have its text or address.
    pub fn copies(&self, article: ArticleId) -> Result<Vec<ArticleId>> {
        let original = self.original(article)?;
        let mut all = vec![original, article];
        let mut statement = self.conn.prepare_cached(
            "SELECT c.article FROM told t JOIN told c ON c.story = t.story AND c.copy_of = ?2
             WHERE t.article = ?1",
        )?;
        for id in statement.query_map([article.0, original.0], |row| row.get(0))? {
            all.push(ArticleId(id?));
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// The articles, and all others that have the text or address of one of them.
    pub(super) fn with_copies(&self, ids: BTreeSet<i64>) -> Result<BTreeSet<i64>> {
        if !self.marks_copies.get() {
            return Ok(ids);
        }
        let mut copies = self
            .conn
            .prepare_cached("SELECT 1 FROM told WHERE copy_of <> 0 LIMIT 1")?;
        if !copies.exists([])? {
            return Ok(ids);
        }
        let mut all = ids.clone();
        for id in ids {
            all.extend(self.copies(ArticleId(id))?.into_iter().map(|id| id.0));
        }
        Ok(all)
    }

    /// Whether a mark of one article marks its copies too, through this connection; it does unless told otherwise.
    pub fn mark_copies(&self, yes: bool) {
        self.marks_copies.set(yes);
    }

    /// Parts an article from its story, for good. Its copies stay with it. Says whether it had one to be parted
    /// from.
    pub fn part(&self, article: ArticleId) -> Result<bool> {
        Ok(self.part_all(&[article])?.articles > 0)
    }

    /// Parts each of these articles from its story, for good, in one transaction. Its copies stay with it.
    pub fn part_all(&self, articles: &[ArticleId]) -> Result<StoryChange> {
        self.writing(|store| {
            let mut change = StoryChange::default();
            for article in articles {
                store.part_one(*article, &mut change)?;
            }
            Ok(change)
        })
    }

    fn part_one(&self, article: ArticleId, change: &mut StoryChange) -> Result<()> {
        let story = self.story_of(article)?;
        let going = self.copies(article)?;
        let all = self.story_articles(story)?;
        let rest: Vec<ArticleId> = all.into_iter().filter(|id| !going.contains(id)).collect();
        if rest.is_empty() {
            return Ok(());
        }
        self.remember_story(story, change)?;
        for one in &going {
            for other in &rest {
                self.remember_decided(*one, *other, change)?;
                self.decide(*one, *other, false)?;
            }
        }
        change.articles += 1;
        self.take_out(&going, &rest, story)
    }

    /// Keeps what is known of a story's articles before it is changed; what is kept already stays.
    fn remember_story(&self, story: StoryId, change: &mut StoryChange) -> Result<()> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT copy_of FROM told WHERE article = ?1")?;
        for article in self.story_articles(story)? {
            let copy_of = statement.query_row([article.0], |row| row.get(0));
            let copy_of = copy_of.optional()?.unwrap_or(0);
            let known = change.told.entry(article.0);
            known.or_insert((story.0, copy_of));
        }
        Ok(())
    }

    fn remember_decided(
        &self,
        one: ArticleId,
        other: ArticleId,
        change: &mut StoryChange,
    ) -> Result<()> {
        let pair = (one.0.min(other.0), one.0.max(other.0));
        let before = self.decision(one, other)?;
        change.decided.entry(pair).or_insert(before);
        Ok(())
    }

    /// Undoes what was parted or joined: the articles are where they were, and what was decided is forgotten.
    pub fn undo_story(&self, change: &StoryChange) -> Result<()> {
        self.writing(|store| {
            for ((one, other), before) in &change.decided {
                store.redecide(ArticleId(*one), ArticleId(*other), *before)?;
            }
            let mut stories = BTreeSet::new();
            for article in change.told.keys() {
                stories.insert(store.story_of(ArticleId(*article))?);
            }
            for (article, (story, copy_of)) in &change.told {
                if store.is_stored(ArticleId(*article))? {
                    stories.insert(StoryId(*story));
                    store.tell(ArticleId(*article), StoryId(*story), *copy_of)?;
                }
            }
            for story in stories {
                store.settle(story)?;
            }
            store.bump_edition()
        })
    }

    /// Makes a story of its own of the articles that go.
    fn take_out(&self, going: &[ArticleId], rest: &[ArticleId], story: StoryId) -> Result<()> {
        // What stays keeps the number, unless the number is that of an article that goes.
        let begins = going.iter().any(|id| id.0 == story.0);
        self.renumber(if begins { rest } else { going })?;
        self.settle(story)?;
        self.bump_edition()
    }

    /// Joins an article and its copies to the story of another, for good. Says whether it was in another.
    pub fn join(&self, article: ArticleId, other: ArticleId) -> Result<bool> {
        Ok(self.join_all(&[article], other)?.articles > 0)
    }

    /// Joins each of these articles, with its copies, to the story of another, for good, in one transaction.
    pub fn join_all(&self, articles: &[ArticleId], other: ArticleId) -> Result<StoryChange> {
        self.writing(|store| {
            let mut change = StoryChange::default();
            for article in articles {
                store.join_one(*article, other, &mut change)?;
            }
            Ok(change)
        })
    }

    fn join_one(
        &self,
        article: ArticleId,
        other: ArticleId,
        change: &mut StoryChange,
    ) -> Result<()> {
        let (from, to) = (self.story_of(article)?, self.story_of(other)?);
        if from == to {
            return Ok(());
        }
        self.remember_story(from, change)?;
        self.remember_story(to, change)?;
        let going = self.copies(article)?;
        for member in self.story_articles(to)? {
            for one in &going {
                self.remember_decided(*one, member, change)?;
                self.decide(*one, member, true)?;
            }
        }
        change.articles += 1;
        self.bring(&going, from, to)
    }

    /// Puts an article and its copies from a story in another one.
    fn bring(&self, going: &[ArticleId], from: StoryId, to: StoryId) -> Result<()> {
        let stay: Vec<ArticleId> = self
            .story_articles(from)?
            .into_iter()
            .filter(|id| !going.contains(id))
            .collect();
        if going.iter().any(|id| id.0 == from.0) && !stay.is_empty() {
            self.renumber(&stay)?;
        }
        for one in going {
            let copy_of: Option<i64> = self
                .conn
                .prepare_cached("SELECT copy_of FROM told WHERE article = ?1")?
                .query_row([one.0], |row| row.get(0))
                .optional()?;
            self.tell(*one, to, copy_of.unwrap_or(0))?;
        }
        self.settle(from)?;
        self.bump_edition()
    }

    /// Joins and parts what the reader joined and parted where that was not done: an article came, or came back,
    /// when the other was compared with nothing any more, or the decision came from a copy.
    pub(super) fn hold_decided(&self) -> Result<()> {
        for (one, other) in self.decided_but_together()? {
            let story = self.story_of(one)?;
            let all = self.story_articles(story)?;
            let mut going = self.copies(other)?;
            // The one that was parted from more of them goes.
            let first = self.copies(one)?;
            if self.count_decided(&first, &all, false)? > self.count_decided(&going, &all, false)? {
                going = first;
            }
            let rest: Vec<ArticleId> = all.into_iter().filter(|id| !going.contains(id)).collect();
            let is_one = going.contains(&one) == going.contains(&other);
            if self.story_of(other)? == story && !is_one && !rest.is_empty() {
                self.take_out(&going, &rest, story)?;
            }
        }
        for (one, other) in self.decided_but_apart()? {
            for (article, other) in [(other, one), (one, other)] {
                let (from, to) = (self.story_of(article)?, self.story_of(other)?);
                let going = self.copies(article)?;
                // One that belongs where it is stays, or it would go to and fro. Apart goes before together.
                if from != to
                    && self.count_decided(&going, &self.story_articles(from)?, true)? == 0
                    && self.count_decided(&going, &self.story_articles(to)?, false)? == 0
                {
                    self.bring(&going, from, to)?;
                    break;
                }
            }
        }
        Ok(())
    }

    /// Makes a story of these articles, under the number of the first.
    fn renumber(&self, articles: &[ArticleId]) -> Result<()> {
        let Some(first) = articles.iter().min() else {
            return Ok(());
        };
        for one in articles {
            self.conn
                .prepare_cached("UPDATE told SET story = ?2 WHERE article = ?1")?
                .execute([one.0, first.0])?;
        }
        self.settle(StoryId(first.0))
    }

    /// A story of one article needs no row.
    fn settle(&self, story: StoryId) -> Result<()> {
        self.conn
            .prepare_cached(
                "DELETE FROM told WHERE article = ?1 AND story = ?1
                 AND (SELECT count(*) FROM told WHERE story = ?1) = 1",
            )?
            .execute([story.0])?;
        Ok(())
    }

    /// Replaces what was found of all stories: `found` names each article's story, and what it is a copy of, for
    /// those that are not alone. `compared` is what new articles are compared with from now on. Nothing is lost
    /// where it ends early: it is one transaction. What the reader decided stays. False, and nothing is stored, where
    /// [`Store::decisions`] are no longer as many as `decisions`: what was found does not know of the latest.
    pub fn replace_stories(
        &self,
        found: &[(ArticleId, StoryId, Option<ArticleId>)],
        compared: &[(ArticleId, Vec<u8>)],
        upto: ArticleId,
        decisions: i64,
    ) -> Result<bool> {
        self.writing(|store| {
            if store.decisions()? != decisions {
                return Ok(false);
            }
            store
                .conn
                .execute_batch("DELETE FROM told; DELETE FROM compared;")?;
            for (id, story, copy_of) in found {
                if store.is_stored(*id)? {
                    store.tell(*id, *story, copy_of.map_or(0, |id| id.0))?;
                }
            }
            for (id, profile) in compared {
                if store.is_stored(*id)? {
                    store
                        .conn
                        .prepare_cached("INSERT INTO compared (article, profile) VALUES (?1, ?2)")?
                        .execute(params![id.0, profile])?;
                }
            }
            let progress = Progress {
                upto: upto.0,
                target: upto.0,
                ..Progress::default()
            };
            store
                .conn
                .prepare_cached("INSERT OR REPLACE INTO memos (name, value) VALUES (?1, ?2)")?
                .execute(params![PROGRESS, progress.write().as_bytes()])?;
            store.hold_decided()?;
            store.bump_edition()?;
            Ok(true)
        })
    }

    /// Removes what is known of the story of an article that goes, but what the reader decided of it.
    pub(super) fn untell(&self, article: i64) -> Result<()> {
        for sql in [
            "DELETE FROM told WHERE article = ?1",
            "DELETE FROM compared WHERE article = ?1",
        ] {
            self.conn.prepare_cached(sql)?.execute([article])?;
        }
        self.await_decided(article)
    }

    /// What of a story is shown, where the reader wants some articles nowhere: those that the query finds. Others are
    /// neither given nor counted by [`Store::stories`], [`Store::story`], [`Store::told`] and [`Store::front`].
    pub fn show_of_stories(&self, shown: &Query) {
        if *self.shown_of_stories.borrow() != *shown {
            *self.shown_of_stories.borrow_mut() = shown.clone();
            self.fronts.borrow_mut().clear();
        }
    }

    /// The articles of which stories show nothing; few, where there are any.
    pub(super) fn unshown_of_stories(&self) -> Result<HashSet<ArticleId>> {
        let shown = self.shown_of_stories.borrow().clone();
        let Some(expr) = shown.expr else {
            return Ok(HashSet::new());
        };
        let unshown = List {
            query: Query {
                expr: Some(expr.negated()),
            },
            as_of: None,
            fold: Fold::Never,
        };
        let cursors = self.cursors(&unshown, super::At::Top, usize::MAX)?;
        Ok(cursors.into_iter().map(|cursor| cursor.id).collect())
    }

    /// The stories that have an article in a list, with all their articles; those told by several articles alone
    /// unless `singles`. By outlets, then the latest first.
    pub fn stories(&self, list: &List, singles: bool, limit: usize) -> Result<Vec<StorySummary>> {
        self.reading(|store| {
            store.refresh_names(&store.state()?);
            let stories = store.stories_in(list)?;
            let unshown = store.unshown_of_stories()?;
            let mut sizes: Vec<(usize, i64, StoryId, Vec<ArticleId>)> = Vec::new();
            for (story, listed) in stories {
                let mut ids = match listed {
                    Some(alone) => vec![alone],
                    None => store.story_articles(story)?,
                };
                ids.retain(|id| !unshown.contains(id));
                if ids.len() < 2 && !singles {
                    continue;
                }
                let (mut outlets, mut last) = (BTreeSet::new(), i64::MIN);
                let mut place = store
                    .conn
                    .prepare_cached("SELECT outlet, sort FROM places WHERE article = ?1")?;
                for id in &ids {
                    let found = place.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)));
                    if let Some((outlet, sort)) = found.optional()? {
                        let outlet: i64 = outlet;
                        outlets.insert(outlet);
                        last = last.max(sort);
                    }
                }
                sizes.push((outlets.len(), last, story, ids));
            }
            sizes.sort_unstable_by_key(|one| std::cmp::Reverse((one.0, one.1, one.2)));
            sizes.truncate(limit);
            let summary =
                |(_, _, story, ids): (_, _, StoryId, Vec<ArticleId>)| store.summary(story, &ids);
            sizes.into_iter().map(summary).collect()
        })
    }

    /// One story with its articles; `None` where there is none of this number.
    pub fn story(&self, story: StoryId) -> Result<Option<StorySummary>> {
        self.reading(|store| {
            store.refresh_names(&store.state()?);
            let story = store.story_of(ArticleId(story.0))?;
            let mut ids = store.story_articles(story)?;
            let unshown = store.unshown_of_stories()?;
            ids.retain(|id| !unshown.contains(id));
            if ids.is_empty() {
                return Ok(None);
            }
            store.summary(story, &ids).map(Some)
        })
    }

    fn summary(&self, story: StoryId, ids: &[ArticleId]) -> Result<StorySummary> {
        let mut articles = Vec::with_capacity(ids.len());
        for id in ids {
            articles.extend(self.headline(*id)?);
        }
        let mut outlets: Vec<String> = Vec::new();
        for one in &articles {
            if !outlets.contains(&one.outlet) {
                outlets.push(one.outlet.clone());
            }
        }
        let mut copies = BTreeSet::new();
        let mut statement = self
            .conn
            .prepare_cached("SELECT article FROM told WHERE story = ?1 AND copy_of <> 0")?;
        for id in statement.query_map([story.0], |row| row.get(0))? {
            copies.insert(ArticleId(id?));
        }
        Ok(StorySummary {
            id: story,
            unread: articles.iter().filter(|one| !one.read).count() as u64,
            articles,
            outlets,
            copies,
        })
    }

    /// The stories of a list's articles; with the article where it is alone.
    fn stories_in(&self, list: &List) -> Result<BTreeMap<StoryId, Option<ArticleId>>> {
        let all = self.cursors(list, super::At::Top, usize::MAX)?;
        let mut statement = self
            .conn
            .prepare_cached("SELECT story FROM told WHERE article = ?1")?;
        let mut stories = BTreeMap::new();
        for cursor in all {
            let id = cursor.id;
            let story: Option<i64> = statement.query_row([id.0], |row| row.get(0)).optional()?;
            stories.insert(
                StoryId(story.unwrap_or(id.0)),
                story.is_none().then_some(id),
            );
        }
        Ok(stories)
    }

    /// For each of these articles that is not alone: its story, and how many articles and outlets tell it.
    pub fn told(&self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, (StoryId, u64, u64)>> {
        self.reading(|store| {
            let mut told = HashMap::new();
            let mut statement = store
                .conn
                .prepare_cached("SELECT story FROM told WHERE article = ?1")?;
            let mut members = store.conn.prepare_cached(
                "SELECT t.article, p.outlet FROM told t
                 JOIN places p ON p.article = t.article WHERE t.story = ?1",
            )?;
            let unshown = store.unshown_of_stories()?;
            for id in ids {
                let story = statement.query_row([id.0], |row| row.get(0)).optional()?;
                if let Some(story) = story {
                    let story: i64 = story;
                    let (mut articles, mut outlets) = (0, BTreeSet::new());
                    let mut rows = members.query([story])?;
                    while let Some(row) = rows.next()? {
                        if !unshown.contains(&ArticleId(row.get(0)?)) {
                            articles += 1;
                            outlets.insert(row.get::<_, i64>(1)?);
                        }
                    }
                    if articles > 1 {
                        told.insert(*id, (StoryId(story), articles, outlets.len() as u64));
                    }
                }
            }
            Ok(told)
        })
    }

    /// The articles of a story, for queries.
    pub(super) fn ids_of_story(&self, story: i64) -> Result<IdSet> {
        let story = self.story_of(ArticleId(story))?;
        Ok(self
            .story_articles(story)?
            .into_iter()
            .map(|id| id.0)
            .collect())
    }

    /// The articles that are copies of another.
    pub(super) fn ids_of_copies(&self) -> Result<IdSet> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT article FROM told WHERE copy_of <> 0")?;
        let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
        rows.map(|id| Ok(id?)).collect()
    }

    /// The articles whose story so many outlets tell, among those told by several articles; and whether an article
    /// that is alone belongs to them.
    pub(super) fn ids_by_outlets(&self, compare: Compare, count: u32) -> Result<(IdSet, bool)> {
        let mut statement = self.conn.prepare_cached(
            "SELECT t.story, count(DISTINCT p.outlet) FROM told t
             JOIN places p ON p.article = t.article GROUP BY t.story",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let stories: Vec<(i64, u32)> = rows.collect::<Result<_, _>>()?;
        let alone = compare.holds(1, count);
        // What is returned are the ones that hold, or, where single articles do too, those that do not.
        let mut ids = IdSet::default();
        for (story, outlets) in stories {
            if compare.holds(outlets, count) != alone {
                for id in self.story_articles(StoryId(story))? {
                    ids.insert(id.0);
                }
            }
        }
        Ok((ids, alone))
    }
}
