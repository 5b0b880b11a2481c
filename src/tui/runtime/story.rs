//! How others tell an article's story: the other articles, the sentences that are new to somebody who has read them, and
//! articles about the same names. Worked out when an article is opened, on the thread that counts.
//! Never here: which articles are of a story (`newsprint-stories`), how it is shown.

use crate::library::rules::Rules;
use crate::tui::event::StoryOf;
use newsprint_html::plain;
use newsprint_model::query::{self, Query};
use newsprint_model::{Article, ArticleId, Headline, Time};
use newsprint_store::{At, List, Result, Store};
use newsprint_stories::{names, new_sentences, shared, shared_beside_stock};

/// Read articles of a story that a new one is compared with: the latest of them.
const COMPARED: usize = 24;
/// Names of an article by which others are looked for.
const NAMES: usize = 6;
/// Articles that are looked at closely.
const LOOKED_AT: usize = 16;
/// Names that a related article shares at least.
const SHARED: usize = 2;
/// Related articles that are shown.
const RELATED: usize = 4;
/// Seconds between related articles: sixty days.
const APART: i64 = 60 * 86_400;

/// See the first lines of this file; nothing where the article is gone.
pub fn story_of(store: &Store, rules: Rules<'_>, id: ArticleId, now: Time) -> Result<StoryOf> {
    let mut found = StoryOf {
        id,
        others: Vec::new(),
        next: None,
        new: None,
        related: Vec::new(),
    };
    let Some(article) = store.article(id)? else {
        return Ok(found);
    };
    let story = store.story_of(id)?;
    let of_story = Query {
        expr: Some(query::Expr::Story(story.0)),
    };
    let list = List::live(&rules.meaning(&of_story), now);
    let mut others = store.headlines(&list, At::Top, usize::MAX)?;
    others.reverse();
    let own = article.headline.cursor();
    others.retain(|other| other.id != id);
    let later = others.iter().find(|other| other.cursor() > own);
    found.next = later.or(others.first()).map(|other| other.id);
    found.new = new_to_the_reader(store, &article, &others)?;
    found.related = related(store, rules, &article, story.0, now)?;
    found.others = others;
    Ok(found)
}

/// What the article says that no other of its story has said that was read.
fn new_to_the_reader(
    store: &Store,
    article: &Article,
    others: &[Headline],
) -> Result<Option<Vec<String>>> {
    let read = others.iter().rev().filter(|other| other.read);
    let mut known = Vec::new();
    for other in read.take(COMPARED) {
        if let Some(other) = store.article(other.id)? {
            known.push(format!("{}\n{}", other.headline.title, plain(&other.body)));
        }
    }
    let text = plain(&article.body);
    // Of an article whose text is not here nobody knows whether it says something new.
    if known.is_empty() || text.trim().is_empty() {
        return Ok(None);
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let new = new_sentences(&text, &known, &article.headline.lang);
    let sentence = |range: std::ops::Range<usize>| text[range].to_owned();
    Ok(Some(new.into_iter().map(sentence).collect()))
}

/// Articles that share names with this one and are not of its story.
fn related(
    store: &Store,
    rules: Rules<'_>,
    article: &Article,
    story: i64,
    now: Time,
) -> Result<Vec<Headline>> {
    let headline = &article.headline;
    let text = plain(&article.body);
    let names = names(&headline.title, &text, &headline.lang, NAMES);
    let word = |name: &String| {
        query::Expr::Text(query::Text {
            field: query::Field::Any,
            words: name.clone(),
            prefix: false,
        })
    };
    if names.len() < SHARED {
        return Ok(Vec::new());
    }
    let wanted = Query {
        expr: Some(query::Expr::And(vec![
            query::Expr::Or(names.iter().map(word).collect()),
            query::Expr::Not(Box::new(query::Expr::Story(story))),
        ])),
    };
    let list = List::live(&rules.meaning(&wanted), now);
    let mut found: Vec<(usize, Headline)> = Vec::new();
    for hit in store.search(&list, 0, LOOKED_AT)? {
        let other = hit.headline;
        let near = (other.sort - headline.sort).abs() <= APART * 1_000_000;
        if other.id == headline.id || !near || other.lang != headline.lang {
            continue;
        }
        let both = if other.outlet == headline.outlet {
            shared_beside_stock
        } else {
            shared
        };
        let both = both(
            (&headline.title, &text),
            (&other.title, &plain(&hit.body)),
            &headline.lang,
        );
        let count = both
            .names
            .iter()
            .filter(|name| names.contains(name))
            .count();
        if count >= SHARED {
            found.push((count, other));
        }
    }
    found.sort_by_key(|(count, other)| (std::cmp::Reverse(*count), std::cmp::Reverse(other.sort)));
    found.truncate(RELATED);
    Ok(found.into_iter().map(|(_, other)| other).collect())
}
