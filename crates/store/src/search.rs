//! The full-text index: words to FTS5, ranking. What a person types reaches FTS5 only inside
//! quoted strings. Never here: conditions that are not words.

use rusqlite::{OptionalExtension, params};

use super::id_sets::IdSet;
use super::{List, Result, Store, encode};
use newsprint_model::query::{Expr, Field, Text};
use newsprint_model::{ArticleId, Headline, fold};

/// Up to so many matches are ranked by bm25; beyond, a word tells the articles that have it hardly
/// apart, and where it stands (title, tags) and how new the article is say more.
const RANKED: i64 = if cfg!(test) { 10 } else { 4_000 };

/// Of those beyond, so many of the latest with the words in title, tags or author are put first.
const PROMINENT: usize = if cfg!(test) { 3 } else { 500 };

/// A result of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its headline.
    pub headline: Headline,
    /// Its clean HTML, for the snippet.
    pub body: String,
}

/// The last ranking: the next page of the same search goes on from it.
#[derive(Debug)]
pub(super) struct Ranking {
    list: List,
    edition: i64,
    at: (i64, i64),
    /// Best first; grows as further pages are asked for.
    ids: Vec<i64>,
    /// Those in `ids`.
    seen: IdSet,
    /// How far it has been worked out.
    next: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The articles with the words, from this number down.
    Rest(i64),
    /// Those that belong to the list without having the words.
    Others,
    Done,
}

/// Whether a condition is about words alone, so that the index can answer it by itself: it has to
/// ask for at least one.
pub(super) fn is_text(expr: &Expr) -> bool {
    match expr {
        Expr::Text(_) => true,
        Expr::Or(parts) => parts.iter().all(is_text),
        Expr::And(parts) => {
            parts.iter().any(is_text)
                && parts.iter().all(|part| match part {
                    Expr::Not(inner) => is_text(inner),
                    other => is_text(other),
                })
        }
        _ => false,
    }
}

/// A condition for which [`is_text`] holds, in the words of FTS5; `None` when nothing of it is a
/// word to the index (an emoji): then it matches nothing.
fn fts(expr: &Expr) -> Option<String> {
    let joined =
        |parts: Vec<String>, by: &str| (!parts.is_empty()).then(|| format!("({})", parts.join(by)));
    match expr {
        Expr::Text(text) => phrase(text),
        Expr::Or(parts) => joined(parts.iter().filter_map(fts).collect(), " OR "),
        Expr::And(parts) => {
            let (negative, positive): (Vec<_>, Vec<_>) =
                parts.iter().partition(|part| matches!(part, Expr::Not(_)));
            let all: Option<Vec<String>> = positive.into_iter().map(fts).collect();
            let mut out = joined(all?, " AND ")?;
            for part in negative {
                if let Expr::Not(inner) = part
                    && let Some(not) = fts(inner)
                {
                    out = format!("({out} NOT {not})");
                }
            }
            Some(out)
        }
        _ => None,
    }
}

fn phrase(text: &Text) -> Option<String> {
    let words = encode::separate(&text.words);
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    let column = match text.field {
        Field::Any => "",
        Field::Title => "title : ",
        Field::Author => "author : ",
    };
    let star = if text.prefix { " *" } else { "" };
    Some(format!(
        "({column}\"{}\"{star})",
        words.replace('"', "\"\"")
    ))
}

/// What of a query can order its results: its words, without what excludes.
fn ranked_by(expr: &Expr) -> Option<Expr> {
    match expr {
        expr if is_text(expr) => Some(expr.clone()),
        Expr::And(parts) => Expr::all(parts.iter().filter_map(ranked_by)),
        Expr::Or(parts) => Expr::any(parts.iter().filter_map(ranked_by)),
        _ => None,
    }
}

impl Store {
    /// The articles in which the words stand.
    pub(super) fn matching(&self, expr: &Expr) -> Result<IdSet> {
        let mut ids = IdSet::default();
        if let Some(fts) = fts(expr) {
            self.each_match(&fts, |id| ids.insert(id))?;
        }
        Ok(ids)
    }

    fn each_match(&self, fts: &str, mut see: impl FnMut(i64)) -> Result<()> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1")?;
        let mut rows = statement.query([fts])?;
        while let Some(row) = rows.next()? {
            see(row.get(0)?);
        }
        Ok(())
    }

    /// The articles of a list, best first: words in the title count most, then in the tags, then the
    /// author, then the text; of equals the newer one first. Without words, newest first.
    ///
    /// Words that stand in thousands of articles are not told apart by how often they stand there:
    /// of those, what has them in title, tags or author comes first, then the latest to arrive.
    pub fn search(&self, list: &List, offset: u64, limit: usize) -> Result<Vec<Hit>> {
        self.reading(|store| {
            let from = usize::try_from(offset).unwrap_or(usize::MAX);
            let to = from.saturating_add(limit);
            let mut ranking = store.ranking(list)?;
            store.rank(&mut ranking, to)?;
            let ids = ranking
                .ids
                .get(from.min(ranking.ids.len())..to.min(ranking.ids.len()));
            let mut hits = Vec::new();
            for id in ids.unwrap_or_default() {
                if let Some(headline) = store.headline(ArticleId(*id))? {
                    let body = store.body(*id)?;
                    hits.push(Hit { headline, body });
                }
            }
            *store.ranking.borrow_mut() = Some(ranking);
            Ok(hits)
        })
    }

    /// The ranking of the last search if this is the same, else the beginning of a new one.
    fn ranking(&self, list: &List) -> Result<Ranking> {
        let state = self.state()?;
        let at = (state.newest, state.change);
        let last = self.ranking.borrow_mut().take().filter(|last| {
            last.list == *list
                && last.edition == state.edition
                && (list.as_of.is_some() || last.at == at)
        });
        if let Some(last) = last {
            return Ok(last);
        }
        let mut ranking = Ranking {
            list: list.clone(),
            edition: state.edition,
            at,
            ids: Vec::new(),
            seen: IdSet::default(),
            next: Stage::Others,
        };
        if let Some(fts) = list
            .query
            .expr
            .as_ref()
            .and_then(ranked_by)
            .as_ref()
            .and_then(fts)
        {
            self.rank_first(&mut ranking, &fts)?;
        }
        Ok(ranking)
    }

    /// Whether an article belongs to the list; lists of words alone need not be found for it.
    fn belongs(&self, list: &List) -> Result<impl Fn(i64) -> bool + use<>> {
        let newest = list.as_of.map_or(i64::MAX, |as_of| as_of.newest.0);
        let found = match &list.query.expr {
            Some(expr) if is_text(expr) => None,
            _ => Some(self.found(list)?),
        };
        Ok(move |id| id <= newest && found.as_ref().is_none_or(|found| found.ids.contains(id)))
    }

    fn rank_first(&self, ranking: &mut Ranking, fts: &str) -> Result<()> {
        let belongs = self.belongs(&ranking.list)?;
        // The latest matches, which also tell whether there are few or many. For a beginning of words
        // every question to the index costs a merge of all of them, so none is asked twice.
        let mut latest: Vec<i64> = Vec::new();
        let mut statement = self.conn.prepare_cached(
            "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2",
        )?;
        let mut rows = statement.query(params![fts, RANKED + 1])?;
        while let Some(row) = rows.next()? {
            latest.push(row.get(0)?);
        }
        let mut scores: Vec<(f64, i64, i64)> = Vec::new();
        if latest.len() as i64 <= RANKED {
            // Weights of title, body, tags, author.
            let mut statement = self.conn.prepare_cached(
                "SELECT rowid, bm25(search, 8.0, 1.0, 4.0, 2.0) FROM search WHERE search MATCH ?1",
            )?;
            let mut rows = statement.query([fts])?;
            while let Some(row) = rows.next()? {
                let id = row.get(0)?;
                if belongs(id) {
                    scores.push((row.get(1)?, self.sort_of(id)?, id));
                }
            }
            ranking.next = Stage::Others;
            let newest = scores.iter().map(|score| score.1).max().unwrap_or_default();
            for (score, sort, _) in &mut scores {
                // bm25 is negative, lower is better. It levels off: a word in the title stands only
                // some tenth above one in the tags, so being fresh must weigh less than that.
                let days = (newest - *sort) as f64 / 86_400e6;
                *score *= 1.0 + 0.1 * (-days / 30.0).exp();
            }
        } else {
            let mut statement = self.conn.prepare_cached(
                "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC",
            )?;
            let mut rows = statement.query([format!("{{title tags author}} : {fts}")])?;
            let brief = is_brief(&ranking.list.query.expr);
            let words: Vec<String> = newsprint_model::query::words(&ranking.list.query)
                .iter()
                .map(|word| fold(word))
                .collect();
            while !brief
                && scores.len() < PROMINENT
                && let Some(row) = rows.next()?
            {
                let id = row.get(0)?;
                if belongs(id)
                    && let Some(headline) = self.headline(ArticleId(id))?
                {
                    scores.push((-prominence(&headline, &words), headline.sort, id));
                }
            }
            ranking.next = Stage::Rest(latest.last().copied().unwrap_or(i64::MAX));
        }
        scores.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
        for (_, _, id) in scores {
            ranking.ids.push(id);
            ranking.seen.insert(id);
        }
        if let Stage::Rest(_) = ranking.next {
            for id in latest {
                if belongs(id) && !ranking.seen.contains(id) {
                    ranking.ids.push(id);
                    ranking.seen.insert(id);
                }
            }
        }
        Ok(())
    }

    fn sort_of(&self, id: i64) -> Result<i64> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT sort FROM places WHERE article = ?1")?;
        Ok(statement
            .query_row([id], |row| row.get(0))
            .optional()?
            .unwrap_or_default())
    }

    /// Works a ranking out as far as its first `wanted` places.
    fn rank(&self, ranking: &mut Ranking, wanted: usize) -> Result<()> {
        if let (true, Stage::Rest(below)) = (ranking.ids.len() < wanted, ranking.next) {
            let expr = ranking.list.query.expr.as_ref().and_then(ranked_by);
            let fts = expr.as_ref().and_then(fts).unwrap_or_default();
            let belongs = self.belongs(&ranking.list)?;
            let mut statement = self.conn.prepare_cached(
                "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC",
            )?;
            let mut rows = statement.query(params![fts, below])?;
            ranking.next = Stage::Others;
            while let Some(row) = rows.next()? {
                let id = row.get(0)?;
                if belongs(id) && !ranking.seen.contains(id) {
                    ranking.ids.push(id);
                    ranking.seen.insert(id);
                    if ranking.ids.len() >= wanted {
                        ranking.next = Stage::Rest(id);
                        break;
                    }
                }
            }
        }
        if ranking.ids.len() < wanted && ranking.next == Stage::Others {
            let all_have_words = ranking.list.query.expr.as_ref().is_some_and(is_text);
            if !all_have_words {
                let found = self.found(&ranking.list)?;
                let others = self.by_date(&found)?;
                let seen = &ranking.seen;
                ranking
                    .ids
                    .extend(others.into_iter().filter(|id| !seen.contains(*id)));
            }
            ranking.next = Stage::Done;
        }
        Ok(())
    }
}

/// Whether a query asks for the beginning of a word by a letter or two, as on the way to a longer
/// one: where such a beginning stands says nothing.
fn is_brief(expr: &Option<Expr>) -> bool {
    fn brief(expr: &Expr) -> bool {
        match expr {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().any(brief),
            Expr::Text(text) => text.prefix && text.words.chars().count() < 3,
            _ => false,
        }
    }
    expr.as_ref().is_some_and(brief)
}

/// Where the words stand in a headline: the title counts most, then the tags, then the author.
fn prominence(headline: &Headline, words: &[String]) -> f64 {
    let (title, tags, author) = (
        fold(&headline.title),
        fold(&headline.tags.join(" ")),
        fold(&headline.author),
    );
    let score = |word: &String| {
        let in_field = |field: &str, weight: f64| {
            if field.contains(word.as_str()) {
                weight
            } else {
                0.0
            }
        };
        in_field(&title, 8.0) + in_field(&tags, 4.0) + in_field(&author, 2.0)
    };
    words.iter().map(score).sum()
}
