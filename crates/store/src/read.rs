//! What is shown: pages of headlines, counts, tags, one article.
//! Never here: deciding which articles a query means (`query_plan`), or writing.

use std::collections::HashMap;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use super::identity::text_state;
use super::query_plan::{Found, IndexedList, Tally};
use super::{AsOf, At, Fold, List, Result, State, Store, encode, time};
use super::{id_sets, query_plan};
use newsprint_model::query::Medium;
use newsprint_model::{Article, ArticleId, Counts, Cursor, Headline, Partial, Revision, TagCount};

/// Articles that lost a mark since a list of that mark was fixed are looked up one by one up to this
/// many; beyond, the list is found as a whole.
const LOST: u64 = if cfg!(test) { 4 } else { 1_000 };

/// Which way along an index.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Newest first.
    Down,
    /// Oldest first.
    Up,
}

/// What a headline has. `+ 0` keeps the number from the planner: where there are statistics it would plan the
/// statement anew for each number, which takes longer than reading the row.
pub(super) const HEADLINE: &str = "
    SELECT a.title, a.url, a.author, a.published, a.updated, a.first_seen, a.words, p.outlet,
           p.sort, p.read, p.starred, p.changed, p.text, p.lang, p.tags,
           (SELECT m.audio + 2 * m.video FROM media m WHERE m.article = p.article), a.key
    FROM places p CROSS JOIN articles a ON a.id = p.article WHERE p.article = ?1 + 0";

/// What an article has beside its headline; `+ 0` as there.
pub(super) const ARTICLE: &str = "
    SELECT b.html, b.image, b.partial, p.position,
           (SELECT count(*) FROM revisions r WHERE r.article = p.article),
           (SELECT m.list FROM media m WHERE m.article = p.article)
    FROM places p JOIN bodies b ON b.article = p.article WHERE p.article = ?1 + 0";

impl Store {
    /// One headline.
    pub(super) fn headline(&self, id: ArticleId) -> Result<Option<Headline>> {
        let mut statement = self.conn.prepare_cached(HEADLINE)?;
        let found = statement
            .query_row([id.0], |row| {
                let headline = Headline {
                    id,
                    key: row.get(16)?,
                    outlet: String::new(),
                    title: row.get(0)?,
                    url: row.get(1)?,
                    author: row.get(2)?,
                    published: row.get::<_, Option<i64>>(3)?.map(time),
                    updated: row.get::<_, Option<i64>>(4)?.map(time),
                    first_seen: time(row.get(5)?),
                    words: row.get(6)?,
                    sort: row.get(8)?,
                    read: row.get(9)?,
                    starred: row.get(10)?,
                    changed: row.get(11)?,
                    text: text_state(row.get(12)?),
                    lang: row.get(13)?,
                    tags: Vec::new(),
                    medium: match row.get::<_, Option<i64>>(15)? {
                        None | Some(0) => None,
                        Some(1) => Some(Medium::Audio),
                        Some(_) => Some(Medium::Video),
                    },
                };
                let tags: Vec<u64> = id_sets::numbers(row.get_ref(14)?.as_blob()?).collect();
                Ok((headline, row.get::<_, i64>(7)?, tags))
            })
            .optional()?;
        let Some((mut headline, outlet, tags)) = found else {
            return Ok(None);
        };
        headline.outlet = self.outlet_name(outlet)?.to_string();
        for tag in tags {
            headline.tags.push(self.spelling(tag)?.1.to_string());
        }
        Ok(Some(headline))
    }

    /// A page of a list, newest first; marks are shown as they are now. Costs the same wherever in
    /// the list it lies.
    pub fn headlines(&self, list: &List, at: At, limit: usize) -> Result<Vec<Headline>> {
        self.reading(|store| {
            store.refresh_names(&store.state()?);
            let cursors = store.cursors(list, at, limit)?;
            let mut page = Vec::with_capacity(cursors.len());
            for cursor in cursors {
                page.extend(store.headline(cursor.id)?);
            }
            Ok(page)
        })
    }

    /// The headlines of these articles, in this order, without those that are gone.
    pub fn headlines_of(&self, ids: &[ArticleId]) -> Result<Vec<Headline>> {
        self.reading(|store| {
            store.refresh_names(&store.state()?);
            let mut page = Vec::with_capacity(ids.len());
            for id in ids {
                page.extend(store.headline(*id)?);
            }
            Ok(page)
        })
    }

    /// The places of a page of a list, newest first.
    pub fn cursors(&self, list: &List, at: At, limit: usize) -> Result<Vec<Cursor>> {
        self.reading(|store| {
            let (way, from) = match at {
                At::Top => (Direction::Down, None),
                At::After(cursor) => (Direction::Down, Some(cursor)),
                At::Before(cursor) => (Direction::Up, Some(cursor)),
                At::Bottom => (Direction::Up, None),
            };
            let mut page = match list.fold {
                Fold::Never | Fold::Front => store.walk_list(list, way, from, limit)?,
                Fold::Unread | Fold::Always => store.walk_folded(list, way, from, limit)?,
            };
            if way == Direction::Up {
                page.reverse();
            }
            Ok(page)
        })
    }

    /// A page of a list in which each article is a line.
    pub(super) fn walk_list(
        &self,
        list: &List,
        way: Direction,
        from: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Cursor>> {
        let plain = self.plain(&list.query)?;
        let Some(plain) = plain else {
            let found = self.found(list)?;
            return self.walk_found(&found, way, from, limit);
        };
        let newest = list.as_of.map_or(i64::MAX, |as_of| as_of.newest.0);
        if !matches!(plain, IndexedList::Unread | IndexedList::Starred) {
            return self.walk(plain, way, from, limit, |id| id <= newest);
        }
        // What carries the mark now, without what came to it since, with what lost it since.
        let then = self.then(list.as_of, &self.state()?)?;
        let (came, lost) = match plain {
            IndexedList::Unread => (&then.read, &then.unread),
            _ => (&then.unstarred, &then.starred),
        };
        if lost.count() > LOST {
            let found = self.found(list)?;
            return self.walk_found(&found, way, from, limit);
        }
        let mut page = self.walk(plain, way, from, limit, |id| {
            id <= newest && !came.contains(id)
        })?;
        for id in lost.iter().filter(|id| *id <= newest) {
            // One that lost the mark and has it again is on the walk already.
            if let Some(cursor) = self.place(id, plain)?
                && from.is_none_or(|from| before(from, cursor, way))
            {
                page.push(cursor);
            }
        }
        page.sort_unstable_by(|a, b| {
            if way == Direction::Down {
                b.cmp(a)
            } else {
                a.cmp(b)
            }
        });
        page.dedup();
        page.truncate(limit);
        Ok(page)
    }

    /// Where an article stands, unless it carries the mark that `plain` walks along.
    fn place(&self, id: i64, plain: IndexedList) -> Result<Option<Cursor>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT sort, read, starred FROM places WHERE article = ?1")?;
        let found = statement
            .query_row([id], |row| {
                let carries = match plain {
                    IndexedList::Unread => !row.get::<_, bool>(1)?,
                    _ => row.get(2)?,
                };
                let cursor = Cursor {
                    sort: row.get(0)?,
                    id: ArticleId(id),
                };
                Ok((!carries).then_some(cursor))
            })
            .optional()?;
        Ok(found.flatten())
    }

    fn walk(
        &self,
        plain: IndexedList,
        way: Direction,
        from: Option<Cursor>,
        limit: usize,
        accept: impl Fn(i64) -> bool,
    ) -> Result<Vec<Cursor>> {
        let (table, condition, value) = match plain {
            IndexedList::All => ("places INDEXED BY by_date", "", None),
            IndexedList::Unread => ("places INDEXED BY by_unread", "read = 0 AND", None),
            IndexedList::Starred => ("places INDEXED BY by_star", "starred = 1 AND", None),
            IndexedList::Outlet(id) => ("places INDEXED BY by_outlet", "outlet = ? AND", Some(id)),
            IndexedList::Tag(id) => ("tagged", "tag = ? AND", Some(id)),
            IndexedList::Nothing => return Ok(Vec::new()),
        };
        let (compare, order) = match way {
            Direction::Down => ("<=", "DESC"),
            Direction::Up => (">=", "ASC"),
        };
        // The date first, which is all that the index is asked about; of one date the rest is told
        // apart here.
        let sql = format!(
            "SELECT sort, article FROM {table} WHERE {condition} sort {compare} ?
             ORDER BY sort {order}, article {order}"
        );
        let start = from.map_or(
            if way == Direction::Down {
                i64::MAX
            } else {
                i64::MIN
            },
            |c| c.sort,
        );
        let values = value.into_iter().chain([start]).map(Value::from);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut page = Vec::with_capacity(limit.min(1_024));
        while page.len() < limit
            && let Some(row) = rows.next()?
        {
            let cursor = Cursor {
                sort: row.get(0)?,
                id: ArticleId(row.get(1)?),
            };
            if accept(cursor.id.0) && from.is_none_or(|from| before(from, cursor, way)) {
                page.push(cursor);
            }
        }
        Ok(page)
    }

    fn walk_found(
        &self,
        found: &Found,
        way: Direction,
        from: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Cursor>> {
        let Some(sorted) = &found.sorted else {
            return self.walk(IndexedList::All, way, from, limit, |id| {
                found.ids.contains(id)
            });
        };
        Ok(match way {
            Direction::Down => {
                let start = from.map_or(0, |from| sorted.partition_point(|c| *c >= from));
                sorted[start..].iter().take(limit).copied().collect()
            }
            Direction::Up => {
                let end = from.map_or(sorted.len(), |from| sorted.partition_point(|c| *c > from));
                sorted[..end].iter().rev().take(limit).copied().collect()
            }
        })
    }

    /// The numbers of what was found, newest first.
    pub(super) fn by_date(&self, found: &Found) -> Result<Vec<i64>> {
        if let Some(sorted) = &found.sorted {
            return Ok(sorted.iter().map(|cursor| cursor.id.0).collect());
        }
        let all = self.walk(IndexedList::All, Direction::Down, None, usize::MAX, |id| {
            found.ids.contains(id)
        })?;
        Ok(all.into_iter().map(|cursor| cursor.id.0).collect())
    }

    /// How many lines of a list stand before a place in it. Grows with the answer: some 2 ms for
    /// 100,000, more where stories are folded.
    pub fn position(&self, list: &List, cursor: Cursor) -> Result<u64> {
        self.reading(|store| {
            if matches!(list.fold, Fold::Unread | Fold::Always) {
                let above = store.walk_folded(list, Direction::Up, Some(cursor), usize::MAX)?;
                return Ok(above.len() as u64);
            }
            let whole = list.as_of.is_none_or(|as_of| {
                store
                    .state()
                    .is_ok_and(|state| state.newest == as_of.newest.0)
            });
            if whole && list.query.is_empty() {
                let mut statement = store.conn.prepare_cached(
                    "SELECT (SELECT count(*) FROM places WHERE sort > ?1)
                          + (SELECT count(*) FROM places WHERE sort = ?1 AND article > ?2)",
                )?;
                let before =
                    statement.query_row([cursor.sort, cursor.id.0], |row| row.get::<_, i64>(0))?;
                return Ok(before as u64);
            }
            if store.plain(&list.query)?.is_none()
                && let Some(sorted) = &store.found(list)?.sorted
            {
                return Ok(sorted.partition_point(|c| *c > cursor) as u64);
            }
            Ok(store
                .walk_list(list, Direction::Up, Some(cursor), usize::MAX)?
                .len() as u64)
        })
    }

    /// Lines of a list, and the articles of it that are unread now; of a front page the stories.
    pub fn counts(&self, list: &List) -> Result<Counts> {
        self.reading(|store| {
            if list.fold == Fold::Front {
                return store.count_lines(list, Counts::default());
            }
            let counts = store.count_articles(list)?;
            match list.fold {
                Fold::Never => Ok(counts),
                _ => store.count_lines(list, counts),
            }
        })
    }

    /// Articles of a list, and those of them that are unread now.
    fn count_articles(&self, list: &List) -> Result<Counts> {
        self.reading(|store| {
            let state = store.state()?;
            let plain = store.plain(&list.query)?;
            let stored = |sql: &str, id: i64| -> Result<(i64, i64)> {
                let mut statement = store.conn.prepare_cached(sql)?;
                let found = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)));
                Ok(found.optional()?.unwrap_or_default())
            };
            let (total, unread) = match plain {
                Some(IndexedList::Nothing) => (0, 0),
                Some(IndexedList::All) => (state.total, state.unread),
                Some(IndexedList::Outlet(id)) => {
                    stored("SELECT total, unread FROM outlets WHERE id = ?1", id)?
                }
                Some(IndexedList::Tag(id)) => {
                    stored("SELECT total, unread FROM tags WHERE id = ?1", id)?
                }
                Some(IndexedList::Unread) => {
                    let (mut total, mut unread) = (state.unread, state.unread);
                    store.each_difference(
                        IndexedList::Unread,
                        list.as_of,
                        &state,
                        &mut |_, now, belongs| {
                            let sign = if belongs { 1 } else { -1 };
                            total += sign;
                            unread += sign * i64::from(now);
                        },
                    )?;
                    return Ok(Counts {
                        total: total.max(0) as u64,
                        unread: unread.max(0) as u64,
                    });
                }
                _ => {
                    let found = store.found(list)?;
                    return Ok(Counts {
                        total: found.total,
                        unread: found.unread,
                    });
                }
            };
            let (mut total, mut unread) = (total as u64, unread as u64);
            let later = |row: &super::query_plan::Row<'_>| match plain {
                Some(IndexedList::Outlet(id)) => row.outlet() == id,
                Some(IndexedList::Tag(id)) => id_sets::numbers(row.tags())
                    .any(|spelling| store.spelling(spelling).is_ok_and(|s| s.0 == id)),
                _ => true,
            };
            store.each_later(list.as_of, &state, &mut |row| {
                if later(row) {
                    total = total.saturating_sub(1);
                    unread = unread.saturating_sub(u64::from(!row.is_read()));
                }
            })?;
            Ok(Counts { total, unread })
        })
    }

    /// Every article that came after `as_of`.
    fn each_later(
        &self,
        as_of: Option<AsOf>,
        state: &State,
        see: &mut dyn FnMut(&super::query_plan::Row<'_>),
    ) -> Result<()> {
        match as_of {
            Some(as_of) if as_of.newest.0 < state.newest => {
                let values = vec![as_of.newest.0.into()];
                let need = query_plan::READ | query_plan::TAGS | query_plan::OUTLET;
                self.rows("FROM places p WHERE p.article > ?", values, need, see)
            }
            _ => Ok(()),
        }
    }

    /// The tags of the articles of a list with their counts, the most frequent first; of equals by
    /// name.
    pub fn tags(&self, list: &List) -> Result<Vec<TagCount>> {
        self.reading(|store| {
            let state = store.state()?;
            // By tag number: its total and its unread.
            let mut counts: HashMap<i64, (i64, i64)> = HashMap::new();
            // What is added to them and taken from them.
            let (mut more, mut less) = (Tally::default(), Tally::default());
            match store.plain(&list.query)? {
                Some(IndexedList::Nothing) => {}
                Some(plain @ (IndexedList::All | IndexedList::Unread)) => {
                    let mut statement = store
                        .conn
                        .prepare_cached("SELECT id, total, unread FROM tags WHERE total > 0")?;
                    let mut rows = statement.query([])?;
                    while let Some(row) = rows.next()? {
                        let unread: i64 = row.get(2)?;
                        let total = if plain == IndexedList::All {
                            row.get(1)?
                        } else {
                            unread
                        };
                        counts.insert(row.get(0)?, (total, unread));
                    }
                    store.each_difference(
                        plain,
                        list.as_of,
                        &state,
                        &mut |tags, unread, belongs| {
                            let tally = if belongs { &mut more } else { &mut less };
                            tally.add(tags, unread);
                        },
                    )?;
                }
                _ => more = store.tallied(list)?.tally.clone().unwrap_or_default(),
            }
            for (tally, sign) in [(more, 1), (less, -1)] {
                for (spelling, (total, unread)) in tally.0.into_iter().enumerate() {
                    if total > 0 {
                        let slot = counts
                            .entry(store.spelling(spelling as u64)?.0)
                            .or_default();
                        slot.0 += sign * total as i64;
                        slot.1 += sign * unread as i64;
                    }
                }
            }
            let mut out = Vec::with_capacity(counts.len());
            let mut statement = store
                .conn
                .prepare_cached("SELECT name FROM tags WHERE id = ?1")?;
            for (tag, (total, unread)) in counts {
                if total > 0 {
                    out.push(TagCount {
                        tag: statement.query_row([tag], |row| row.get(0))?,
                        total: total as u64,
                        unread: unread.max(0) as u64,
                    });
                }
            }
            out.sort_unstable_by(|a, b| b.total.cmp(&a.total).then_with(|| a.tag.cmp(&b.tag)));
            Ok(out)
        })
    }

    /// Shows `see` what tells a fixed list from the counters as they are now: for each such article
    /// its tags, whether it is unread now, and whether the list has it and the counters do not, or
    /// the other way round. For lists of all and of unread articles.
    fn each_difference(
        &self,
        plain: IndexedList,
        as_of: Option<AsOf>,
        state: &State,
        see: &mut dyn FnMut(&[u8], bool, bool),
    ) -> Result<()> {
        let all = plain == IndexedList::All;
        self.each_later(as_of, state, &mut |row| {
            if all || !row.is_read() {
                see(row.tags(), !row.is_read(), false);
            }
        })?;
        if all {
            return Ok(());
        }
        let newest = as_of.map_or(i64::MAX, |as_of| as_of.newest.0);
        let then = self.then(as_of, state)?;
        let mut statement = self
            .conn
            .prepare_cached("SELECT read, tags FROM places WHERE article = ?1")?;
        // Unread then and read now belongs; read then and unread now does not.
        for (ids, belongs) in [(&then.unread, true), (&then.read, false)] {
            for id in ids.iter().take_while(|id| *id <= newest) {
                let mut rows = statement.query([id])?;
                if let Some(row) = rows.next()?
                    && row.get::<_, bool>(0)? == belongs
                {
                    see(
                        row.get_ref(1)?.as_blob().unwrap_or_default(),
                        !belongs,
                        belongs,
                    );
                }
            }
        }
        Ok(())
    }

    /// One article with its text.
    pub fn article(&self, id: ArticleId) -> Result<Option<Article>> {
        self.reading(|store| {
            store.refresh_names(&store.state()?);
            let Some(headline) = store.headline(id)? else {
                return Ok(None);
            };
            let mut statement = store.conn.prepare_cached(ARTICLE)?;
            let found = statement
                .query_row([id.0], |row| {
                    let html = encode::decompress_text(row.get_ref(0)?.as_blob()?);
                    let partial: Option<String> = row.get(2)?;
                    let media: Option<String> = row.get(5)?;
                    Ok(Article {
                        headline,
                        body: html.unwrap_or_default(),
                        image: row.get(1)?,
                        partial: partial.as_deref().and_then(Partial::from_word),
                        position: row.get(3)?,
                        revisions: row.get(4)?,
                        media: media.as_deref().map(encode::media_of).unwrap_or_default(),
                    })
                })
                .optional()?;
            Ok(found)
        })
    }

    /// The article that a number or an address means.
    pub fn resolve(&self, text: &str) -> Result<Option<ArticleId>> {
        let text = text.trim();
        if let Ok(id) = text.parse::<ArticleId>() {
            let mut statement = self
                .conn
                .prepare_cached("SELECT 1 FROM places WHERE article = ?1")?;
            return Ok(statement.exists([id.0])?.then_some(id));
        }
        let key = encode::url_key(text);
        let mut statement = self.conn.prepare_cached(
            "SELECT k.article FROM outlets o CROSS JOIN keys k ON k.outlet = o.id AND k.key = ?1
             ORDER BY k.article DESC LIMIT 1",
        )?;
        let found = statement.query_row([key], |row| row.get(0)).optional()?;
        Ok(found.map(ArticleId))
    }

    /// Earlier texts of an article, the latest first.
    pub fn revisions(&self, id: ArticleId) -> Result<Vec<Revision>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT replaced, title FROM revisions WHERE article = ?1 ORDER BY id",
        )?;
        let rows = statement.query_map([id.0], |row| Ok((time(row.get(0)?), row.get(1)?)))?;
        let rows: Vec<(_, String)> = rows.collect::<Result<_, rusqlite::Error>>()?;
        let texts = self.revision_texts(id.0)?.into_iter();
        let kept = rows.into_iter().zip(texts);
        let kept = kept.map(|((replaced, title), (_, body))| Revision {
            replaced,
            title,
            body: body.unwrap_or_default(),
        });
        Ok(kept.rev().collect())
    }

    /// The numbers and texts of an article's revisions, the earliest first; `None` for one that is damaged. Each
    /// is stored as what differs from the one before it.
    pub(super) fn revision_texts(&self, id: i64) -> Result<Vec<(i64, Option<String>)>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, html FROM revisions WHERE article = ?1 ORDER BY id")?;
        let mut rows = statement.query([id])?;
        let mut texts: Vec<(i64, Option<String>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let before = texts.last().and_then(|(_, text)| text.as_deref());
            let text = encode::decompress_after(&row.get::<_, Vec<u8>>(1)?, before);
            texts.push((row.get(0)?, text));
        }
        Ok(texts)
    }
}

/// Whether `cursor` lies beyond `from`, going `way`.
fn before(from: Cursor, cursor: Cursor, way: Direction) -> bool {
    match way {
        Direction::Down => cursor < from,
        Direction::Up => cursor > from,
    }
}
