//! Lists in which a story is one line: which of its articles stands for it, and the front page of stories.
//! Never here: finding stories (`newsprint-stories`), placing articles in them (`stories`).

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use rusqlite::OptionalExtension;

use super::query_plan::{Found, IndexedList, PastMarks};
use super::read::Direction;
use super::{AsOf, List, Result, Store, id_sets};
use newsprint_model::query::Query;
use newsprint_model::{ArticleId, Counts, Cursor, StoryId};

/// From so many articles on it is cheaper to read all stories at once than to look each article up.
const MANY: usize = if cfg!(test) { 4 } else { 2_000 };

/// Front pages that are remembered: what is shown, what the sidebar counts, what came since.
const FRONTS: usize = 4;

/// Whether the articles of one story are one line of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fold {
    /// Each article is a line.
    #[default]
    Never,
    /// The articles of a story are one line where several of them were unread when the list was fixed.
    Unread,
    /// The articles of a story are one line: its newest in the list.
    Always,
    /// The lines are the stories that several articles tell and that have one of them in the list.
    Front,
}

/// An article that a line stands for and does not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    /// Its number.
    pub id: ArticleId,
    /// It is read.
    pub read: bool,
    /// It is starred.
    pub starred: bool,
}

/// What a line stands for beside the article that it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The story.
    pub story: StoryId,
    /// Its other articles, the newest first.
    pub others: Vec<Telling>,
    /// Outlets that tell it, that of the shown article among them.
    pub outlets: u64,
    /// Their names, that of the shown article first, then in the order in which they told it.
    pub names: Vec<String>,
    /// When its oldest article was published, else first seen; microseconds.
    pub first: i64,
    /// When its newest article was published, else first seen; microseconds.
    pub last: i64,
}

/// A story of the front page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontStory {
    /// Its number.
    pub id: StoryId,
    /// All its articles, the newest first.
    pub articles: Vec<ArticleId>,
    /// Those of them that are copies of another.
    pub copies: BTreeSet<ArticleId>,
    /// How many outlets tell it.
    pub outlets: u64,
    /// When its newest article was published, else first seen; microseconds.
    pub last: i64,
}

/// A front page that was found lately.
#[derive(Debug, Clone)]
pub(super) struct Front {
    query: Query,
    as_of: Option<AsOf>,
    /// Edition, newest article and last change it was found at; the change matters for live lists of marks alone.
    at: (i64, i64, i64),
    stories: Rc<Vec<FrontStory>>,
}

/// How many articles of a folded list are no line of their own; of the list that was counted last. A list that is
/// fixed keeps its lines whatever is marked.
#[derive(Debug)]
pub(super) struct Away {
    list: List,
    edition: i64,
    count: u64,
}

/// An article of a story.
struct Told {
    cursor: Cursor,
    read: bool,
    starred: bool,
    outlet: i64,
    copy: bool,
}

/// What belongs to a list, asked article by article.
enum Members {
    /// By one column.
    Indexed(IndexedList, Rc<PastMarks>),
    /// By number.
    Found(Rc<Found>),
}

/// The lines of a folded list, found story by story as articles of it are met.
struct Lines<'a> {
    list: &'a List,
    members: Members,
    then: Rc<PastMarks>,
    /// Of a story that was met: the article that stands for it; none where each stands for itself.
    heads: HashMap<i64, Option<Cursor>>,
    /// Each article's story, where all were read at once.
    stories: Option<HashMap<i64, i64>>,
}

impl Store {
    /// A page of a folded list; see [`Store::cursors`].
    pub(super) fn walk_folded(
        &self,
        list: &List,
        way: Direction,
        mut from: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Cursor>> {
        if !self.has_stories()? {
            return self.walk_list(list, way, from, limit);
        }
        let mut lines = self.lines(list, limit > MANY)?;
        let mut page = Vec::new();
        loop {
            let wanted = limit - page.len();
            let chunk = self.walk_list(list, way, from, wanted)?;
            let end = chunk.len() < wanted;
            from = chunk.last().copied().or(from);
            for cursor in chunk {
                if self.line_of_story(&mut lines, cursor)? == cursor {
                    page.push(cursor);
                }
            }
            if end || page.len() >= limit {
                return Ok(page);
            }
        }
    }

    fn has_stories(&self) -> Result<bool> {
        let mut statement = self.conn.prepare_cached("SELECT 1 FROM told LIMIT 1")?;
        Ok(statement.exists([])?)
    }

    fn lines<'a>(&self, list: &'a List, many: bool) -> Result<Lines<'a>> {
        let state = self.state()?;
        let then = self.then(list.as_of, &state)?;
        let members = match self.plain(&list.query)? {
            Some(plain) => Members::Indexed(plain, Rc::clone(&then)),
            None => Members::Found(self.found(list)?),
        };
        let stories = match many {
            true => {
                let mut statement = self
                    .conn
                    .prepare_cached("SELECT article, story FROM told")?;
                let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Some(rows.collect::<std::result::Result<_, _>>()?)
            }
            false => None,
        };
        Ok(Lines {
            list,
            members,
            then,
            heads: HashMap::new(),
            stories,
        })
    }

    /// The place of the line that an article of the list belongs to.
    fn line_of_story(&self, lines: &mut Lines<'_>, cursor: Cursor) -> Result<Cursor> {
        let story = match &lines.stories {
            Some(stories) => stories.get(&cursor.id.0).copied(),
            None => self.told_story(cursor.id)?,
        };
        let Some(story) = story else {
            return Ok(cursor);
        };
        let head = match lines.heads.get(&story) {
            Some(head) => *head,
            None => {
                let told = self.told_in(lines, story)?;
                let head = is_folded(lines, &told).then(|| told[0].cursor);
                lines.heads.insert(story, head);
                head
            }
        };
        Ok(head.unwrap_or(cursor))
    }

    /// The place of the line that an article of a folded list belongs to.
    pub fn line_of(&self, list: &List, cursor: Cursor) -> Result<Cursor> {
        self.reading(|store| {
            let mut lines = store.lines(list, false)?;
            store.line_of_story(&mut lines, cursor)
        })
    }

    fn told_story(&self, article: ArticleId) -> Result<Option<i64>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT story FROM told WHERE article = ?1")?;
        Ok(statement
            .query_row([article.0], |row| row.get(0))
            .optional()?)
    }

    /// The articles of a story that belong to the list, the newest first.
    fn told_in(&self, lines: &Lines<'_>, story: i64) -> Result<Vec<Told>> {
        let newest = lines.list.as_of.map_or(i64::MAX, |as_of| as_of.newest.0);
        self.told_by(story, newest, &mut |told, tags| {
            self.is_member(&lines.members, told, tags)
        })
    }

    fn is_member(&self, members: &Members, told: &Told, tags: &[u8]) -> Result<bool> {
        Ok(match members {
            Members::Found(found) => found.ids.contains(told.cursor.id.0),
            Members::Indexed(plain, then) => match plain {
                IndexedList::All => true,
                IndexedList::Nothing => false,
                IndexedList::Outlet(outlet) => told.outlet == *outlet,
                IndexedList::Unread => !then.is_read(told.cursor.id.0, told.read),
                IndexedList::Starred => then.is_starred(told.cursor.id.0, told.starred),
                IndexedList::Tag(tag) => {
                    let mut has = false;
                    for spelling in id_sets::numbers(tags) {
                        has |= self.spelling(spelling)?.0 == *tag;
                    }
                    has
                }
            },
        })
    }

    /// The articles of a story that came up to `newest` and are wanted, the newest first.
    fn told_by(
        &self,
        story: i64,
        newest: i64,
        wanted: &mut dyn FnMut(&Told, &[u8]) -> Result<bool>,
    ) -> Result<Vec<Told>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT p.article, p.sort, p.read, p.starred, p.outlet, t.copy_of <> 0, p.tags
             FROM told t CROSS JOIN places p ON p.article = t.article WHERE t.story = ?1",
        )?;
        let mut rows = statement.query([story])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let told = Told {
                cursor: Cursor {
                    sort: row.get(1)?,
                    id: ArticleId(row.get(0)?),
                },
                read: row.get(2)?,
                starred: row.get(3)?,
                outlet: row.get(4)?,
                copy: row.get(5)?,
            };
            let tags = row.get_ref(6)?.as_blob().unwrap_or_default();
            if told.cursor.id.0 <= newest && wanted(&told, tags)? {
                all.push(told);
            }
        }
        all.sort_unstable_by_key(|told| std::cmp::Reverse(told.cursor));
        Ok(all)
    }

    /// What the lines of a folded list that show these articles stand for beside them. Lines that stand for one
    /// article have no entry.
    pub fn folded(&self, list: &List, shown: &[ArticleId]) -> Result<HashMap<ArticleId, Folded>> {
        if matches!(list.fold, Fold::Never | Fold::Front) {
            return Ok(HashMap::new());
        }
        self.reading(|store| {
            let mut all = HashMap::new();
            if !store.has_stories()? {
                return Ok(all);
            }
            store.refresh_names(&store.state()?);
            let lines = store.lines(list, false)?;
            for id in shown {
                let Some(story) = store.told_story(*id)? else {
                    continue;
                };
                let told = store.told_in(&lines, story)?;
                if is_folded(&lines, &told) {
                    all.insert(*id, store.folded_line(story, *id, &told)?);
                }
            }
            Ok(all)
        })
    }

    /// The stories of a front page: those that several articles tell and that have one of them in the list, with
    /// all their articles; by outlets, then the latest first.
    pub fn front(&self, list: &List) -> Result<Rc<Vec<FrontStory>>> {
        self.reading(|store| {
            let state = store.state()?;
            let by_marks = list.as_of.is_none() && list.query.to_string().contains("is:");
            let change = if by_marks { state.change } else { 0 };
            let newest = list.as_of.map_or(state.newest, |as_of| as_of.newest.0);
            let at = (state.edition, newest, change);
            let same = |front: &Front| {
                (&front.query, front.as_of, front.at) == (&list.query, list.as_of, at)
            };
            if let Some(front) = store.fronts.borrow().iter().find(|front| same(front)) {
                return Ok(Rc::clone(&front.stories));
            }
            let stories = Rc::new(store.find_front(list)?);
            let mut fronts = store.fronts.borrow_mut();
            fronts.insert(
                0,
                Front {
                    query: list.query.clone(),
                    as_of: list.as_of,
                    at,
                    stories: Rc::clone(&stories),
                },
            );
            fronts.truncate(FRONTS);
            Ok(stories)
        })
    }

    fn find_front(&self, list: &List) -> Result<Vec<FrontStory>> {
        let newest = list.as_of.map_or(i64::MAX, |as_of| as_of.newest.0);
        let mut ids = BTreeSet::new();
        for cursor in self.walk_list(list, Direction::Down, None, usize::MAX)? {
            ids.extend(self.told_story(cursor.id)?);
        }
        let mut stories = Vec::new();
        let unshown = self.unshown_of_stories()?;
        for id in ids {
            let told = self.told_by(id, newest, &mut |told, _| {
                Ok(!unshown.contains(&told.cursor.id))
            })?;
            if told.len() < 2 {
                continue;
            }
            stories.push(FrontStory {
                id: StoryId(id),
                outlets: outlets_of(&told),
                last: told[0].cursor.sort,
                copies: told
                    .iter()
                    .filter(|told| told.copy)
                    .map(|told| told.cursor.id)
                    .collect(),
                articles: told.into_iter().map(|told| told.cursor.id).collect(),
            });
        }
        stories.sort_unstable_by_key(|one| std::cmp::Reverse((one.outlets, one.last, one.id)));
        Ok(stories)
    }

    /// The line of a front page that shows one article of a story, with the marks as they are now.
    pub fn front_line(&self, story: &FrontStory, shown: ArticleId) -> Result<Folded> {
        self.reading(|store| {
            store.refresh_names(&store.state()?);
            let told = store.told_by(story.id.0, i64::MAX, &mut |told, _| {
                Ok(story.articles.contains(&told.cursor.id))
            })?;
            store.folded_line(story.id.0, shown, &told)
        })
    }

    /// The line of a story that shows one of these articles of it, which are the newest first.
    fn folded_line(&self, story: i64, shown: ArticleId, told: &[Told]) -> Result<Folded> {
        let (one, others): (Vec<&Told>, Vec<&Told>) =
            told.iter().partition(|told| told.cursor.id == shown);
        let mut outlets: Vec<i64> = Vec::new();
        for told in one.iter().chain(others.iter().rev()) {
            if !outlets.contains(&told.outlet) {
                outlets.push(told.outlet);
            }
        }
        let names = outlets.iter().map(|outlet| self.outlet_name(*outlet));
        let names: Vec<String> = names
            .map(|name| name.map(|name| name.to_string()))
            .collect::<Result<_>>()?;
        Ok(Folded {
            story: StoryId(story),
            others: others
                .into_iter()
                .map(|told| Telling {
                    id: told.cursor.id,
                    read: told.read,
                    starred: told.starred,
                })
                .collect(),
            outlets: outlets.len() as u64,
            names,
            first: told.last().map_or(0, |told| told.cursor.sort),
            last: told.first().map_or(0, |told| told.cursor.sort),
        })
    }

    /// Whether one of these articles is unread now.
    pub fn any_unread(&self, ids: &[ArticleId]) -> Result<bool> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT 1 FROM places WHERE article = ?1 AND read = 0")?;
        for id in ids {
            if statement.exists([id.0])? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Lines of a list that is folded, or stories of a front page; and how many of the articles, or stories, are
    /// unread. `articles` is the same of the list as it is without folds.
    pub(super) fn count_lines(&self, list: &List, articles: Counts) -> Result<Counts> {
        if list.fold == Fold::Front {
            let stories = self.front(list)?;
            let mut unread = 0;
            for story in stories.iter() {
                unread += u64::from(self.any_unread(&story.articles)?);
            }
            return Ok(Counts {
                total: stories.len() as u64,
                unread,
            });
        }
        let edition = self.state()?.edition;
        let known = self.away.borrow().as_ref().and_then(|away| {
            let same = away.edition == edition && away.list == *list && list.as_of.is_some();
            same.then_some(away.count)
        });
        let count = match known {
            Some(count) => count,
            None => self.count_away(list)?,
        };
        *self.away.borrow_mut() = Some(Away {
            list: list.clone(),
            edition,
            count,
        });
        Ok(Counts {
            total: articles.total.saturating_sub(count),
            ..articles
        })
    }

    /// Articles of a folded list that are no line of their own: all stories are gone through once.
    fn count_away(&self, list: &List) -> Result<u64> {
        let lines = self.lines(list, false)?;
        let newest = list.as_of.map_or(i64::MAX, |as_of| as_of.newest.0);
        // Tags are the longest column, and most lists do not need them.
        let tags = match &lines.members {
            Members::Indexed(IndexedList::Tag(_), _) => "p.tags",
            _ => "NULL",
        };
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT t.story, p.article, p.read, p.starred, p.outlet, {tags}
             FROM told t INDEXED BY told_by CROSS JOIN places p ON p.article = t.article ORDER BY t.story"
        ))?;
        let mut rows = statement.query([])?;
        let (mut away, mut story, mut told) = (0, 0, Vec::new());
        let counted = |told: &mut Vec<Told>| {
            let folded = is_folded(&lines, told);
            let more = if folded { told.len() as u64 - 1 } else { 0 };
            told.clear();
            more
        };
        while let Some(row) = rows.next()? {
            let next: i64 = row.get(0)?;
            if next != story {
                away += counted(&mut told);
                story = next;
            }
            let one = Told {
                cursor: Cursor {
                    sort: 0,
                    id: ArticleId(row.get(1)?),
                },
                read: row.get(2)?,
                starred: row.get(3)?,
                outlet: row.get(4)?,
                copy: false,
            };
            let tags = row.get_ref(5)?.as_blob().unwrap_or_default();
            if one.cursor.id.0 <= newest && self.is_member(&lines.members, &one, tags)? {
                told.push(one);
            }
        }
        Ok(away + counted(&mut told))
    }
}

/// Whether these articles of one story, all that the list has of it, are one line.
fn is_folded(lines: &Lines<'_>, told: &[Told]) -> bool {
    let unread = || {
        let then = &lines.then;
        let read = |told: &&Told| then.is_read(told.cursor.id.0, told.read);
        told.iter().filter(|told| !read(told)).take(2).count()
    };
    match lines.list.fold {
        Fold::Never | Fold::Front => false,
        Fold::Unread => told.len() > 1 && unread() > 1,
        Fold::Always => told.len() > 1,
    }
}

fn outlets_of(told: &[Told]) -> u64 {
    let outlets: BTreeSet<i64> = told.iter().map(|told| told.outlet).collect();
    outlets.len() as u64
}
