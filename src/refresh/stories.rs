//! Places the articles that came among the stories: reads them from the store, asks `newsprint-stories`, stores
//! the answer. One article after another in a fixed order, so that it does not matter which thread stored what.
//! Never here: what makes a story, SQL.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use newsprint_model::{ArticleId, StoryId, fingerprint};
use newsprint_store::{
    Compared, Placements, Placing, Store, StoreError, Unplaced, retry_while_busy,
};
use newsprint_stories::{Article, Batch, Profile, Window};

/// Articles that are placed in one transaction: an ended process loses no more than this.
const TOGETHER: usize = 100;

/// Places all articles that wait for it, until `stopped`; what is placed stays placed, and the next call goes on
/// from there. `tell` is given how many are placed and how many there are, before each transaction and at the end.
/// Says how many were placed: none where another thread of this process is doing it, which places these too.
pub fn place_stories(
    store: &Store,
    tell: &dyn Fn(u64, u64),
    stopped: impl Fn() -> bool,
) -> Result<u64, StoreError> {
    if store.is_read_only() || !store.has_unplaced()? {
        return Ok(0);
    }
    let Some(_turn) = Turn::take(store) else {
        return Ok(0);
    };
    let mut count = 0;
    // Others may come meanwhile.
    while !stopped() && store.has_unplaced()? {
        match place_waiting(store, tell, &stopped)? {
            Some(placed) => count += placed,
            None => break,
        }
    }
    Ok(count)
}

/// Places those that wait now. `None` where it was stopped, or other processes place articles all the time.
fn place_waiting(
    store: &Store,
    tell: &dyn Fn(u64, u64),
    stopped: &impl Fn() -> bool,
) -> Result<Option<u64>, StoreError> {
    let mut count = 0;
    // Another process that places articles at the same time changes what they are compared with.
    'again: for _ in 0..8 {
        let (mut progress, waiting) = store.unplaced()?;
        let (mut window, mut renewed) = open_window(store)?;
        if waiting.is_empty() {
            let none = Placements {
                all: true,
                ..Placements::default()
            };
            let stored = retry_while_busy(stopped, || store.place_articles(progress, &none))?;
            if stored.is_none() {
                continue;
            }
            return Ok(Some(count));
        }
        let total = count + waiting.len() as u64;
        for (at, chunk) in waiting.chunks(TOGETHER).enumerate() {
            if stopped() {
                return Ok(None);
            }
            tell(count, total);
            // Those whose whole text came later are first, and are stored with the first that are new.
            let renewed = std::mem::take(&mut renewed);
            let changed: Vec<i64> = renewed.iter().map(|(id, _)| id.0).collect();
            let moved = window.look_again(&changed).into_iter();
            let mut moved: Vec<_> = moved
                .map(|(id, story)| (ArticleId(id), StoryId(story)))
                .collect();
            let mut batch = place(&mut window, &store.texts(chunk)?);
            moved.append(&mut batch.moved);
            batch.moved = moved;
            batch.renewed = renewed;
            batch.all = (at + 1) * TOGETHER >= waiting.len();
            batch.last = chunk.last().copied();
            let stored = retry_while_busy(stopped, || store.place_articles(progress, &batch))?;
            match stored {
                Some(next) => progress = next,
                None => continue 'again,
            }
            count += batch.placed.len() as u64;
        }
        tell(count, count);
        return Ok(Some(count));
    }
    Ok(None)
}

/// Stores in which a thread of this process places articles.
static PLACING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// One thread's turn to place the articles of a store: two would undo each other's work.
struct Turn(PathBuf);

impl Turn {
    fn take(store: &Store) -> Option<Turn> {
        let path = store.path().to_owned();
        let mut placing = PLACING.lock().unwrap_or_else(PoisonError::into_inner);
        // Only who has the turn ends it: no other `Turn` may be made, and dropped, here.
        placing.insert(path.clone()).then(|| Turn(path))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut placing = PLACING.lock().unwrap_or_else(PoisonError::into_inner);
        placing.remove(&self.0);
    }
}

/// Finds all stories anew; what was found before stays until all is done. Says how many stories several articles
/// tell.
pub fn replace_stories(store: &Store, stopped: impl Fn() -> bool) -> Result<u64, StoreError> {
    loop {
        if let Some(count) = try_replace_stories(store, &stopped)? {
            return Ok(count);
        }
    }
}

/// `None` where the reader decided something meanwhile.
fn try_replace_stories(
    store: &Store,
    stopped: &impl Fn() -> bool,
) -> Result<Option<u64>, StoreError> {
    let upto = store.now()?.newest;
    let decisions = store.decisions()?;
    let mut window = Window::new();
    decide(store, &mut window)?;
    let mut stories: HashMap<ArticleId, (StoryId, Option<ArticleId>)> = HashMap::new();
    let mut profiles: HashMap<ArticleId, Vec<u8>> = HashMap::new();
    for chunk in store.all_for_stories(upto)?.chunks(TOGETHER) {
        if stopped() {
            return Err(StoreError::Interrupted);
        }
        let batch = place(&mut window, &store.texts(chunk)?);
        for one in batch.placed {
            stories.insert(one.id, (one.story, one.copy_of));
            profiles.insert(one.id, one.profile);
        }
        for (id, story) in batch.moved {
            if let Some(known) = stories.get_mut(&id) {
                known.0 = story;
            }
        }
        for id in batch.gone {
            profiles.remove(&id);
        }
    }
    let mut sizes: HashMap<StoryId, u64> = HashMap::new();
    for (story, _) in stories.values() {
        *sizes.entry(*story).or_default() += 1;
    }
    let mut found: Vec<(ArticleId, StoryId, Option<ArticleId>)> = stories
        .into_iter()
        .filter(|(_, (story, _))| sizes[story] > 1)
        .map(|(id, (story, copy_of))| (id, story, copy_of))
        .collect();
    found.sort_unstable();
    let count = sizes.values().filter(|size| **size > 1).count() as u64;
    let mut compared: Vec<(ArticleId, Vec<u8>)> = profiles.into_iter().collect();
    compared.sort_unstable();
    let stored = retry_while_busy(stopped, || {
        store.replace_stories(&found, &compared, upto, decisions)
    })?;
    Ok(stored.then_some(count))
}

/// Articles whose whole text came after they were placed, and what of them is compared now.
type Renewed = Vec<(ArticleId, Vec<u8>)>;

/// The window as it was left, but for articles whose whole text came later: those are in it with that.
fn open_window(store: &Store) -> Result<(Window, Renewed), StoreError> {
    let (mut window, mut renewed) = (Window::new(), Vec::new());
    decide(store, &mut window)?;
    let mut after = ArticleId(0);
    loop {
        // Some at a time: together their profiles take several megabytes beside the window.
        let some = store.compared(after, TOGETHER)?;
        let Some(last) = some.last() else { break };
        after = last.id;
        for mut one in some {
            // None where the whole text came later, or from before what is compared was another.
            if Profile::unpack(&one.profile).is_none()
                && let Some(text) = store.texts(&[one.id])?.pop()
            {
                one.profile = profile_of(&text).pack();
                renewed.push((one.id, one.profile.clone()));
            }
            let Compared {
                id,
                sort,
                key,
                outlet,
                title,
                lang,
                story,
                profile,
            } = one;
            let article = Article {
                id: id.0,
                time: sort.div_euclid(1_000_000),
                lang: language(&lang),
                address: key,
                outlet,
                title: fingerprint::of_words(&title),
                profile: Profile::unpack(&profile).unwrap_or_default(),
            };
            window.restore(&article, story.0);
        }
    }
    Ok((window, renewed))
}

fn profile_of(text: &Unplaced) -> Profile {
    let plain = newsprint_html::plain(&text.body);
    Profile::of(&text.title, &plain, &language(&text.lang))
}

fn decide(store: &Store, window: &mut Window) -> Result<(), StoreError> {
    for (a, b, together) in store.decided()? {
        if together {
            window.together(a.0, b.0);
        } else {
            window.apart(a.0, b.0);
        }
    }
    Ok(())
}

/// An article that arrives, as it is before it is stored.
#[derive(Debug, Clone, Copy)]
pub struct Arriving<'a> {
    /// A number that no other has.
    pub id: i64,
    /// When it was published, seconds.
    pub time: i64,
    /// Its address; empty when unknown.
    pub url: &'a str,
    /// The name of its outlet; empty when unknown.
    pub outlet: &'a str,
    /// ISO 639-1; empty when unknown.
    pub lang: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its plain text.
    pub text: &'a str,
}

/// Places articles that are not stored and arrive together, as those that are would be.
pub fn arrive(window: &mut Window, arriving: &[Arriving<'_>]) -> Batch {
    let articles: Vec<Article> = arriving
        .iter()
        .map(|one| {
            let key = newsprint_html::safe_text::link(one.url)
                .map_or(0, |url| newsprint_store::address_key(&url));
            let outlet = fingerprint::of_words(one.outlet);
            article(
                (one.id, one.time),
                (key, outlet),
                one.lang,
                (one.title, one.text),
            )
        })
        .collect();
    window.add(&articles)
}

fn article(
    (id, time): (i64, i64),
    (address, outlet): (i64, i64),
    lang: &str,
    (title, text): (&str, &str),
) -> Article {
    let lang = language(lang);
    Article {
        id,
        time,
        address,
        outlet,
        title: fingerprint::of_words(title),
        profile: Profile::of(title, text, &lang),
        lang,
    }
}

fn place(window: &mut Window, texts: &[Unplaced]) -> Placements {
    let articles: Vec<Article> = texts
        .iter()
        .map(|text| {
            article(
                (text.id.0, text.sort.div_euclid(1_000_000)),
                (text.key, text.outlet),
                &text.lang,
                (&text.title, &newsprint_html::plain(&text.body)),
            )
        })
        .collect();
    let batch = window.add(&articles);
    let fewer: HashMap<i64, Profile> = batch.profiles.into_iter().collect();
    Placements {
        placed: batch
            .placed
            .iter()
            .zip(&articles)
            .map(|(placed, article)| Placing {
                id: ArticleId(placed.article),
                story: StoryId(placed.story),
                copy_of: placed.copy_of.map(ArticleId),
                profile: fewer.get(&article.id).unwrap_or(&article.profile).pack(),
            })
            .collect(),
        moved: batch
            .moved
            .into_iter()
            .map(|(id, story)| (ArticleId(id), StoryId(story)))
            .collect(),
        gone: window.take_gone().into_iter().map(ArticleId).collect(),
        ..Placements::default()
    }
}

/// `en-GB` is `en`.
fn language(lang: &str) -> String {
    lang.split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}
