//! The full-text index: words to FTS5, ranking. What a person types reaches FTS5 only inside
//! quoted strings. Never here: conditions that are not words.

use rusqlite::params;

use super::bits::Bits;
use super::{List, Result, Store, pack};
use crate::news::{ArticleId, Headline};
use crate::query::{Expr, Field, Text};

/// Up to so many matches are ranked by bm25; beyond, a word tells the articles that have it hardly
/// apart, and where it stands (title, tags) and how new the article is say more.
const RANKED: u64 = 4_000;

/// A result of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its headline.
    pub headline: Headline,
    /// Its clean HTML, for the snippet.
    pub body: String,
}

/// The last ranking: the next page of the same search is a slice of it.
#[derive(Debug)]
pub(super) struct Ranking {
    list: List,
    edition: i64,
    at: (i64, i64),
    ids: Vec<i64>,
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
    let words = pack::separate(&text.words);
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
    pub(super) fn matching(&self, expr: &Expr) -> Result<Bits> {
        let mut ids = Bits::default();
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
    pub fn search(&self, list: &List, offset: u64, limit: usize) -> Result<Vec<Hit>> {
        self.reading(|store| {
            store.rank(list)?;
            let ranking = store.ranking.borrow();
            let ids = ranking.as_ref().map_or(&[][..], |ranking| &ranking.ids);
            let from = usize::try_from(offset).unwrap_or(usize::MAX).min(ids.len());
            let page = &ids[from..ids.len().min(from.saturating_add(limit))];
            let mut hits = Vec::with_capacity(page.len());
            for id in page {
                if let Some(headline) = store.headline(ArticleId(*id))? {
                    let body = store.body(*id)?;
                    hits.push(Hit { headline, body });
                }
            }
            Ok(hits)
        })
    }

    fn rank(&self, list: &List) -> Result<()> {
        let state = self.state()?;
        let at = (state.newest, state.change);
        let fresh = self.ranking.borrow().as_ref().is_some_and(|ranking| {
            ranking.list == *list
                && ranking.edition == state.edition
                && (list.as_of.is_some() || ranking.at == at)
        });
        if fresh {
            return Ok(());
        }
        let ids = self.ranked(list)?;
        *self.ranking.borrow_mut() = Some(Ranking {
            list: list.clone(),
            edition: state.edition,
            at,
            ids,
        });
        Ok(())
    }

    fn ranked(&self, list: &List) -> Result<Vec<i64>> {
        let found = self.found(list)?;
        let words = list.query.expr.as_ref().and_then(ranked_by);
        let fts = words.as_ref().and_then(fts);
        let Some(fts) = fts else {
            return self.by_date(&found);
        };
        // bm25 is computed for every match of the words, in the list or not.
        let matches = words
            .as_ref()
            .map_or(Ok(0), |words| self.matching(words).map(|ids| ids.count()))?;
        if matches > RANKED {
            let mut out = Vec::with_capacity(found.total as usize);
            let mut seen = Bits::default();
            let dated = self.by_date(&found)?;
            for column in ["title", "tags", "author"] {
                let mut here = Bits::default();
                self.each_match(&format!("{column} : {fts}"), |id| here.insert(id))?;
                for id in &dated {
                    if here.contains(*id) && !seen.contains(*id) {
                        seen.insert(*id);
                        out.push(*id);
                    }
                }
            }
            out.extend(dated.iter().filter(|id| !seen.contains(**id)));
            return Ok(out);
        }
        let mut scores: Vec<(f64, i64, i64)> = Vec::with_capacity(found.total as usize);
        let dates = found.sorted.as_deref().unwrap_or_default();
        let mut sorts: Vec<(i64, i64)> = dates.iter().map(|c| (c.id.0, c.sort)).collect();
        sorts.sort_unstable();
        let newest = dates.first().map_or(0, |cursor| cursor.sort);
        let mut scored = Bits::default();
        // Weights of title, body, tags, author.
        let mut statement = self.conn.prepare_cached(
            "SELECT rowid, bm25(search, 8.0, 1.0, 4.0, 2.0) FROM search WHERE search MATCH ?1",
        )?;
        let mut rows = statement.query(params![fts])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let Ok(place) = sorts.binary_search_by_key(&id, |(id, _)| *id) else {
                continue;
            };
            scored.insert(id);
            let sort = sorts[place].1;
            // bm25 is negative, lower is better. It levels off: a word in the title stands only some
            // tenth above one in the tags, so being fresh must weigh less than that.
            let days = (newest - sort).max(0) as f64 / 86_400e6;
            let fresh = 1.0 + 0.1 * (-days / 30.0).exp();
            scores.push((row.get::<_, f64>(1)? * fresh, -sort, -id));
        }
        scores.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut out: Vec<i64> = scores.into_iter().map(|(_, _, id)| -id).collect();
        out.extend(
            dates
                .iter()
                .map(|c| c.id.0)
                .filter(|id| !scored.contains(*id)),
        );
        Ok(out)
    }
}
