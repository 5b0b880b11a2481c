//! From a query to the articles it means: which index to walk, what to test on the way, what held
//! when the list was fixed. Never here: what is shown of an article.

use std::rc::Rc;

use jiff::Timestamp;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::id_sets::{self, IdSet};
use super::{AsOf, List, Result, State, Store, marks};
use newsprint_model::query::{Expr, Is, Medium, Query};
use newsprint_model::{ArticleId, Cursor, Mark, fold};

/// Results up to this size are kept sorted; larger ones are found by walking the date index, where
/// every few rows belong to them. Small in tests, so that they take both ways.
const SORTED: u64 = if cfg!(test) { 12 } else { 20_000 };

/// What a general query means.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) ids: IdSet,
    pub(super) total: u64,
    pub(super) unread: u64,
    /// The change of marks that `unread` counts up to.
    unread_at: i64,
    /// Newest first; `None` for large results.
    pub(super) sorted: Option<Vec<Cursor>>,
    /// Once it has been asked for; its unread count up to the same change.
    pub(super) tally: Option<Tally>,
}

/// Total and unread by spelling. Numbers of spellings are given out one by one, so a table of them
/// stays as small as they are many.
#[derive(Debug, Default, Clone)]
pub(super) struct Tally(pub(super) Vec<(u64, u64)>);

impl Tally {
    pub(super) fn add(&mut self, tags: &[u8], unread: bool) {
        self.each(tags, |slot| {
            slot.0 += 1;
            slot.1 += u64::from(unread);
        });
    }

    /// An article that is counted already has been marked: one unread more or less.
    fn marked(&mut self, tags: &[u8], step: i64) {
        self.each(tags, |slot| slot.1 = slot.1.saturating_add_signed(step));
    }

    fn each(&mut self, tags: &[u8], mut change: impl FnMut(&mut (u64, u64))) {
        for spelling in id_sets::numbers(tags) {
            let at = usize::try_from(spelling).unwrap_or(usize::MAX);
            if at >= self.0.len() {
                self.0.resize(at.saturating_add(1).min(1 << 24), (0, 0));
            }
            if let Some(slot) = self.0.get_mut(at) {
                change(slot);
            }
        }
    }
}

/// Marks as they were at a change: what has been changed since, and how it was before.
#[derive(Debug, Default, Clone)]
pub(super) struct PastMarks {
    pub(super) read: IdSet,
    pub(super) unread: IdSet,
    pub(super) starred: IdSet,
    pub(super) unstarred: IdSet,
}

#[derive(Debug)]
struct Memory {
    from: i64,
    upto: i64,
    then: Rc<PastMarks>,
}

#[derive(Debug)]
struct Entry {
    query: Query,
    as_of: Option<AsOf>,
    edition: i64,
    /// The newest article and last change it was found at; matter for live lists alone.
    at: (i64, i64),
    found: Rc<Found>,
}

/// What was found lately.
#[derive(Debug, Default)]
pub(super) struct Cache {
    entries: Vec<Entry>,
    memories: Vec<Memory>,
}

/// The shapes of list that one index answers by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IndexedList {
    All,
    Outlet(i64),
    Tag(i64),
    Unread,
    Starred,
    Nothing,
}

/// A condition on a row of `places`.
enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Outlets(Vec<i64>),
    /// One of these spellings.
    Tag(Vec<u64>),
    Lang(String),
    Is(Is),
    Since(i64),
    Before(i64),
    In(IdSet),
}

/// A row of `places p`; columns are read only when asked for.
pub(super) struct Row<'a>(&'a rusqlite::Row<'a>);

/// What can be asked of a row, in the order of its columns. Each that SQLite must cut out of the
/// record costs a tenth of a whole scan, so those not needed are left out.
const COLUMNS: [&str; 9] = [
    "p.article",
    "p.read",
    "p.sort",
    "p.tags",
    "p.outlet",
    "p.starred",
    "p.changed",
    "p.text",
    "p.lang",
];

/// Columns to be read, as bits; the article's number is always there.
pub(super) type Need = u16;
pub(super) const READ: Need = 1 << 1;
const SORT: Need = 1 << 2;
pub(super) const TAGS: Need = 1 << 3;
pub(super) const OUTLET: Need = 1 << 4;
const STARRED: Need = 1 << 5;
const CHANGED: Need = 1 << 6;
const TEXT: Need = 1 << 7;
const LANG: Need = 1 << 8;

fn columns(need: Need) -> String {
    let mut out = COLUMNS[0].to_owned();
    for (at, name) in COLUMNS.iter().enumerate().skip(1) {
        out.push_str(", ");
        out.push_str(if need >> at & 1 == 1 { name } else { "NULL" });
    }
    out
}

impl Row<'_> {
    fn number(&self, column: usize) -> i64 {
        let value = self.0.get_ref(column);
        value
            .ok()
            .and_then(|value| value.as_i64().ok())
            .unwrap_or_default()
    }

    pub(super) fn article(&self) -> i64 {
        self.number(0)
    }

    pub(super) fn is_read(&self) -> bool {
        self.number(1) != 0
    }

    fn sort(&self) -> i64 {
        self.number(2)
    }

    pub(super) fn tags(&self) -> &[u8] {
        let value = self.0.get_ref(3);
        value
            .ok()
            .and_then(|value| value.as_blob().ok())
            .unwrap_or_default()
    }

    pub(super) fn outlet(&self) -> i64 {
        self.number(4)
    }

    fn is_starred(&self) -> bool {
        self.number(5) != 0
    }

    fn is_changed(&self) -> bool {
        self.number(6) != 0
    }

    fn is_full(&self) -> bool {
        self.number(7) == 2
    }

    fn is_in(&self, language: &str) -> bool {
        let value = self.0.get_ref(8);
        let lang = value
            .ok()
            .and_then(|value| value.as_bytes().ok())
            .unwrap_or_default();
        lang.strip_prefix(language.as_bytes())
            .is_some_and(|rest| rest.first().is_none_or(|c| *c == b'-'))
    }
}

impl PastMarks {
    pub(super) fn is_read(&self, article: i64, now: bool) -> bool {
        self.read.contains(article) || (now && !self.unread.contains(article))
    }

    pub(super) fn is_starred(&self, article: i64, now: bool) -> bool {
        self.starred.contains(article) || (now && !self.unstarred.contains(article))
    }

    fn learn(&mut self, mark: Mark, article: i64) {
        let (this, that) = match mark {
            Mark::Read => (&mut self.unread, &mut self.read),
            Mark::Unread => (&mut self.read, &mut self.unread),
            Mark::Star => (&mut self.unstarred, &mut self.starred),
            Mark::Unstar => (&mut self.starred, &mut self.unstarred),
        };
        // The first change after the moment says how it was; later ones do not.
        if !this.contains(article) && !that.contains(article) {
            this.insert(article);
        }
    }
}

impl Test {
    /// The columns that [`Test::holds`] looks at.
    fn need(&self) -> Need {
        match self {
            Test::All(parts) | Test::Any(parts) => {
                parts.iter().fold(0, |need, part| need | part.need())
            }
            Test::Not(inner) => inner.need(),
            Test::Outlets(_) => OUTLET,
            Test::Tag(_) => TAGS,
            Test::Lang(_) => LANG,
            Test::Is(Is::Unread | Is::Read) => READ,
            Test::Is(Is::Starred) => STARRED,
            Test::Is(Is::Changed) => CHANGED,
            Test::Is(Is::Full) => TEXT,
            // Asked as a set.
            Test::Is(Is::Copy) => 0,
            Test::Since(_) | Test::Before(_) => SORT,
            Test::In(_) => 0,
        }
    }

    fn holds(&self, row: &Row<'_>, then: &PastMarks) -> bool {
        match self {
            Test::All(parts) => parts.iter().all(|part| part.holds(row, then)),
            Test::Any(parts) => parts.iter().any(|part| part.holds(row, then)),
            Test::Not(inner) => !inner.holds(row, then),
            Test::Outlets(ids) => ids.contains(&row.outlet()),
            Test::Tag(spellings) => {
                id_sets::numbers(row.tags()).any(|tag| spellings.contains(&tag))
            }
            Test::Lang(code) => row.is_in(code),
            Test::Is(Is::Unread) => !then.is_read(row.article(), row.is_read()),
            Test::Is(Is::Read) => then.is_read(row.article(), row.is_read()),
            Test::Is(Is::Starred) => then.is_starred(row.article(), row.is_starred()),
            Test::Is(Is::Changed) => row.is_changed(),
            Test::Is(Is::Full) => row.is_full(),
            Test::Is(Is::Copy) => false,
            Test::Since(sort) => row.sort() >= *sort,
            Test::Before(sort) => row.sort() < *sort,
            Test::In(ids) => ids.contains(row.article()),
        }
    }
}

impl Store {
    /// The shape of a list that an index answers by itself, if it has one.
    pub(super) fn plain(&self, query: &Query) -> Result<Option<IndexedList>> {
        Ok(match &query.expr {
            None => Some(IndexedList::All),
            Some(Expr::Outlet(name)) => match self.outlets_called(name)?[..] {
                [] => Some(IndexedList::Nothing),
                [one] => Some(IndexedList::Outlet(one)),
                _ => None,
            },
            Some(Expr::Tag(name)) => Some(
                self.tag(name)?
                    .map_or(IndexedList::Nothing, |tag| IndexedList::Tag(tag.0)),
            ),
            Some(Expr::Is(Is::Unread)) => Some(IndexedList::Unread),
            Some(Expr::Is(Is::Starred)) => Some(IndexedList::Starred),
            Some(_) => None,
        })
    }

    fn outlets_called(&self, name: &str) -> Result<Vec<i64>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM outlets WHERE fold = ?1")?;
        let ids = statement.query_map([fold(name)], |row| row.get(0))?;
        let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
        if !ids.is_empty() {
            return Ok(ids);
        }
        // What a server called an outlet before: saved views hold when it is renamed there.
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM outlets WHERE instr(former, char(10) || ?1 || char(10)) > 0",
        )?;
        let ids = statement.query_map([fold(name)], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Number and total of a tag.
    fn tag(&self, name: &str) -> Result<Option<(i64, i64)>> {
        use rusqlite::OptionalExtension;
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, total FROM tags WHERE fold = ?1")?;
        let found = statement.query_row([fold(name)], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?)
    }

    /// How marks were at `as_of`.
    pub(super) fn then(&self, as_of: Option<AsOf>, state: &State) -> Result<Rc<PastMarks>> {
        let Some(AsOf { change: from, .. }) = as_of else {
            return Ok(Rc::default());
        };
        let mut cache = self.plans.borrow_mut();
        let known = cache.memories.iter().position(|memory| memory.from == from);
        let mut memory = known.map_or_else(
            || Memory {
                from,
                upto: from,
                then: Rc::default(),
            },
            |at| cache.memories.remove(at),
        );
        if memory.upto < state.change {
            let then = Rc::make_mut(&mut memory.then);
            self.changes_since(memory.upto, |mark, ids| {
                for id in ids {
                    then.learn(mark, id);
                }
            })?;
            memory.upto = state.change;
        }
        let then = Rc::clone(&memory.then);
        cache.memories.insert(0, memory);
        cache.memories.truncate(4);
        Ok(then)
    }

    fn changes_since(&self, change: i64, mut see: impl FnMut(Mark, Vec<i64>)) -> Result<()> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT mark, ids FROM changes WHERE number > ?1 ORDER BY number")?;
        let mut rows = statement.query([change])?;
        while let Some(row) = rows.next()? {
            let ids = marks::unpack_change(row.get_ref(1)?.as_blob().unwrap_or_default());
            see(marks::mark_of(row.get(0)?), ids);
        }
        Ok(())
    }

    /// The articles of a list: remembered, as lists that are fixed do not change.
    pub(super) fn found(&self, list: &List) -> Result<Rc<Found>> {
        self.obtain(list, false)
    }

    /// The articles of a list with their tags counted, in the same walk where there is one.
    pub(super) fn tallied(&self, list: &List) -> Result<Rc<Found>> {
        self.obtain(list, true)
    }

    fn obtain(&self, list: &List, tallied: bool) -> Result<Rc<Found>> {
        let state = self.state()?;
        let at = (state.newest, state.change);
        let query = if list.query.is_timed() {
            list.query.resolved(Timestamp::now())
        } else {
            list.query.clone()
        };
        let known = self.plans.borrow().entries.iter().position(|entry| {
            entry.query == query
                && entry.as_of == list.as_of
                && entry.edition == state.edition
                && (entry.as_of.is_some() || entry.at == at)
        });
        let mut entry = match known {
            Some(place) => self.plans.borrow_mut().entries.remove(place),
            None => {
                let then = self.then(list.as_of, &state)?;
                let found = self.find(&query, list.as_of, &state, &then, tallied)?;
                Entry {
                    query,
                    as_of: list.as_of,
                    edition: state.edition,
                    at,
                    found: Rc::new(found),
                }
            }
        };
        if let Some(found) = Rc::get_mut(&mut entry.found) {
            self.follow(found, &state)?;
            if tallied && found.tally.is_none() {
                found.tally = Some(self.tally(found, &state)?);
            }
        }
        let found = Rc::clone(&entry.found);
        let mut cache = self.plans.borrow_mut();
        cache.entries.insert(0, entry);
        cache.entries.truncate(6);
        Ok(found)
    }

    /// Brings the unread counts of what was found up to the last change of marks.
    fn follow(&self, found: &mut Found, state: &State) -> Result<()> {
        if found.unread_at == state.change {
            return Ok(());
        }
        let mut marked = Vec::new();
        self.changes_since(found.unread_at, |mark, ids| {
            let step = match mark {
                Mark::Read => -1,
                Mark::Unread => 1,
                Mark::Star | Mark::Unstar => return,
            };
            let ids = ids.into_iter().filter(|id| found.ids.contains(*id));
            marked.extend(ids.map(|id| (id, step)));
        })?;
        for (_, step) in &marked {
            found.unread = found.unread.saturating_add_signed(*step);
        }
        found.unread_at = state.change;
        // Counting anew is cheaper than looking many up one by one.
        found.tally = found.tally.take().filter(|_| marked.len() < 1_000);
        if let Some(tally) = &mut found.tally {
            let mut statement = self
                .conn
                .prepare_cached("SELECT tags FROM places WHERE article = ?1")?;
            for (id, step) in marked {
                let mut rows = statement.query([id])?;
                if let Some(row) = rows.next()? {
                    tally.marked(row.get_ref(0)?.as_blob().unwrap_or_default(), step);
                }
            }
        }
        Ok(())
    }

    /// Counts the tags of what was found.
    fn tally(&self, found: &Found, state: &State) -> Result<Tally> {
        let mut tally = Tally::default();
        match &found.sorted {
            Some(sorted) if (found.total as i64) < state.total / 4 => {
                let mut statement = self
                    .conn
                    .prepare_cached("SELECT read, tags FROM places WHERE article = ?1")?;
                for cursor in sorted {
                    let mut rows = statement.query([cursor.id.0])?;
                    if let Some(row) = rows.next()? {
                        let unread = !row.get::<_, bool>(0)?;
                        tally.add(row.get_ref(1)?.as_blob().unwrap_or_default(), unread);
                    }
                }
            }
            _ => self.rows("FROM places p", Vec::new(), READ | TAGS, &mut |row| {
                if found.ids.contains(row.article()) {
                    tally.add(row.tags(), !row.is_read());
                }
            })?,
        }
        Ok(tally)
    }

    fn find(
        &self,
        query: &Query,
        as_of: Option<AsOf>,
        state: &State,
        then: &PastMarks,
        tallied: bool,
    ) -> Result<Found> {
        let mut conjuncts = match &query.expr {
            None => Vec::new(),
            Some(Expr::And(parts)) => parts.clone(),
            Some(expr) => vec![expr.clone()],
        };
        // Words that stand side by side are one question to the index.
        let mut tests = Vec::new();
        let texts: Vec<Expr> = conjuncts
            .extract_if(.., |part| super::search::is_text(part))
            .collect();
        let negative: Vec<Expr> = if texts.is_empty() {
            Vec::new()
        } else {
            conjuncts
                .extract_if(
                    ..,
                    |part| matches!(part, Expr::Not(inner) if super::search::is_text(inner)),
                )
                .collect()
        };
        if let Some(expr) = Expr::all(texts.into_iter().chain(negative)) {
            tests.push(Test::In(self.matching(&expr)?));
        }
        for part in &conjuncts {
            tests.push(self.test(part)?);
        }
        let newest = as_of.map_or(i64::MAX, |as_of| as_of.newest.0);
        if let ([Test::In(_)], []) = (&tests[..], &conjuncts[..])
            && let Some(Test::In(ids)) = tests.pop()
        {
            return self.find_words(ids, newest, state);
        }
        let mut found = Found {
            unread_at: state.change,
            sorted: Some(Vec::new()),
            tally: tallied.then(Tally::default),
            ..Found::default()
        };
        let mut see = |row: &Row<'_>| {
            let article = row.article();
            if article > newest || !tests.iter().all(|test| test.holds(row, then)) {
                return;
            }
            found.ids.insert(article);
            found.total += 1;
            found.unread += u64::from(!row.is_read());
            if let Some(tally) = &mut found.tally {
                tally.add(row.tags(), !row.is_read());
            }
            if found.total > SORTED {
                found.sorted = None;
            }
            if let Some(sorted) = &mut found.sorted {
                sorted.push(Cursor {
                    sort: row.sort(),
                    id: ArticleId(article),
                });
            }
        };
        let counted = if tallied { TAGS } else { 0 };
        let need = tests
            .iter()
            .fold(READ | SORT | counted, |need, test| need | test.need());
        self.candidates(&tests, &conjuncts, state, then, need, &mut see)?;
        if let Some(sorted) = &mut found.sorted {
            sorted.sort_unstable_by(|a, b| b.cmp(a));
        }
        Ok(found)
    }

    /// What words alone mean: their rows are looked at only where there are few.
    fn find_words(&self, ids: IdSet, newest: i64, state: &State) -> Result<Found> {
        let ids: IdSet = ids.iter().take_while(|id| *id <= newest).collect();
        let mut found = Found {
            total: ids.count(),
            unread_at: state.change,
            ..Found::default()
        };
        if found.total > SORTED {
            let mut statement = self
                .conn
                .prepare_cached("SELECT article FROM places INDEXED BY by_unread WHERE read = 0")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                found.unread += u64::from(ids.contains(row.get(0)?));
            }
        } else {
            let mut statement = self
                .conn
                .prepare_cached("SELECT sort, read FROM places WHERE article = ?1")?;
            let mut sorted = Vec::with_capacity(found.total as usize);
            for id in ids.iter() {
                let mut rows = statement.query([id])?;
                if let Some(row) = rows.next()? {
                    let (sort, id) = (row.get(0)?, ArticleId(id));
                    sorted.push(Cursor { sort, id });
                    found.unread += u64::from(!row.get::<_, bool>(1)?);
                }
            }
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            found.sorted = Some(sorted);
        }
        found.ids = ids;
        Ok(found)
    }

    /// Shows `see` every row that can hold all tests, by the cheapest way there is.
    fn candidates(
        &self,
        tests: &[Test],
        conjuncts: &[Expr],
        state: &State,
        then: &PastMarks,
        need: Need,
        see: &mut dyn FnMut(&Row<'_>),
    ) -> Result<()> {
        let mut best: (i64, Option<String>, Vec<Value>) = (state.total / 4, None, Vec::new());
        let mut offer = |rows: i64, sql: &str, values: Vec<Value>| {
            if rows < best.0 {
                best = (rows, Some(sql.to_owned()), values);
            }
        };
        for part in conjuncts {
            match part {
                Expr::Tag(name) => {
                    let (tag, total) = self.tag(name)?.unwrap_or_default();
                    offer(
                        total,
                        "FROM tagged t CROSS JOIN places p ON p.article = t.article WHERE t.tag = ?",
                        vec![tag.into()],
                    );
                }
                Expr::Outlet(name) => {
                    if let [id] = self.outlets_called(name)?[..] {
                        let mut statement = self
                            .conn
                            .prepare_cached("SELECT total FROM outlets WHERE id = ?1")?;
                        let total = statement.query_row([id], |row| row.get(0))?;
                        offer(total, "FROM places p WHERE p.outlet = ?", vec![id.into()]);
                    }
                }
                Expr::Is(Is::Unread) if then.unread.is_empty() => {
                    offer(state.unread, "FROM places p WHERE p.read = 0", Vec::new());
                }
                Expr::Is(Is::Starred) if then.starred.is_empty() => {
                    let mut statement = self
                        .conn
                        .prepare_cached("SELECT count(*) FROM places WHERE starred = 1")?;
                    let total = statement.query_row([], |row| row.get(0))?;
                    offer(total, "FROM places p WHERE p.starred = 1", Vec::new());
                }
                Expr::Since(when) => {
                    let from = when.moment(Timestamp::now(), &jiff::tz::TimeZone::system());
                    let mut statement = self.conn.prepare_cached(
                        "SELECT count(*) FROM (SELECT 1 FROM places WHERE sort >= ?1 LIMIT 20000)",
                    )?;
                    let rows = statement.query_row([from.as_microsecond()], |row| row.get(0))?;
                    offer(
                        if rows == 20_000 { state.total } else { rows },
                        "FROM places p WHERE p.sort >= ?",
                        vec![from.as_microsecond().into()],
                    );
                }
                _ => {}
            }
        }
        let words = tests.iter().filter_map(|test| match test {
            Test::In(ids) => Some((ids.count() as i64, ids)),
            _ => None,
        });
        if let Some((count, ids)) = words.min_by_key(|(count, _)| *count)
            && count <= best.0
        {
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT {} FROM places p WHERE p.article = ?1",
                columns(need)
            ))?;
            for id in ids.iter() {
                let mut rows = statement.query([id])?;
                if let Some(row) = rows.next()? {
                    see(&Row(row));
                }
            }
            return Ok(());
        }
        let (_, from, values) = best;
        let from = from.as_deref().unwrap_or("FROM places p");
        self.rows(from, values, need, see)
    }

    /// Shows `see` rows of `places p` with the columns it needs; `from` is one of this room's own
    /// clauses.
    pub(super) fn rows(
        &self,
        from: &str,
        values: Vec<Value>,
        need: Need,
        see: &mut dyn FnMut(&Row<'_>),
    ) -> Result<()> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("SELECT {} {from}", columns(need)))?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            see(&Row(row));
        }
        Ok(())
    }

    fn test(&self, expr: &Expr) -> Result<Test> {
        let each = |parts: &[Expr]| {
            parts
                .iter()
                .map(|part| self.test(part))
                .collect::<Result<_>>()
        };
        let moment = |when: &newsprint_model::query::When| {
            when.moment(Timestamp::now(), &jiff::tz::TimeZone::system())
                .as_microsecond()
        };
        if super::search::is_text(expr) {
            return Ok(Test::In(self.matching(expr)?));
        }
        Ok(match expr {
            Expr::And(parts) => Test::All(each(parts)?),
            Expr::Or(parts) => Test::Any(each(parts)?),
            Expr::Not(inner) => Test::Not(Box::new(self.test(inner)?)),
            Expr::Text(_) => Test::In(self.matching(expr)?),
            Expr::Has(medium) => {
                let mut statement = self.conn.prepare_cached(match medium {
                    Medium::Audio => "SELECT article FROM media WHERE audio",
                    Medium::Video => "SELECT article FROM media WHERE video",
                })?;
                let mut ids = IdSet::default();
                for id in statement.query_map([], |row| row.get(0))? {
                    ids.insert(id?);
                }
                Test::In(ids)
            }
            Expr::Tag(name) => Test::Tag(match self.tag(name)? {
                Some((tag, _)) => {
                    let mut statement = self
                        .conn
                        .prepare_cached("SELECT id FROM spellings WHERE tag = ?1")?;
                    let ids = statement.query_map([tag], |row| Ok(row.get::<_, i64>(0)? as u64))?;
                    ids.collect::<Result<_, _>>()?
                }
                None => Vec::new(),
            }),
            Expr::Story(story) => Test::In(self.ids_of_story(*story)?),
            Expr::Outlets(compare, count) => {
                let (ids, alone) = self.ids_by_outlets(*compare, *count)?;
                let inner = Test::In(ids);
                if alone {
                    Test::Not(Box::new(inner))
                } else {
                    inner
                }
            }
            Expr::Is(Is::Copy) => Test::In(self.ids_of_copies()?),
            Expr::Outlet(name) => Test::Outlets(self.outlets_called(name)?),
            Expr::Group(name) => {
                let mut statement = self.conn.prepare_cached(
                    "SELECT id FROM outlets WHERE grp = ?1 AND grp <> ''
                         OR instr(folder_folds, char(10) || ?1 || char(10)) > 0",
                )?;
                let ids = statement.query_map([fold(name)], |row| row.get(0))?;
                Test::Outlets(ids.collect::<Result<_, _>>()?)
            }
            Expr::Account(name) => Test::Outlets(self.outlets_of_account(name)?),
            Expr::Lang(code) => Test::Lang(code.clone()),
            Expr::Is(is) => Test::Is(*is),
            Expr::Since(when) => Test::Since(moment(when)),
            Expr::Before(when) => Test::Before(moment(when)),
        })
    }
}
