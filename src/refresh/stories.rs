//! Places the articles that came among the stories: reads them from the store, asks `newsprint-stories`, stores
//! the answer. One article after another in a fixed order, so that it does not matter which thread stored what.
//! Never here: what makes a story, SQL.

use std::collections::HashMap;

use newsprint_model::{ArticleId, StoryId};
use newsprint_store::{Compared, Placing, Store, StoreError, Unplaced, retry_while_busy};
use newsprint_stories::{Article, Placed, Profile, Window};

/// Articles that are placed in one transaction: an ended process loses no more than this.
const TOGETHER: usize = 200;

/// Places all articles that wait for it, until `stopped`; what is placed stays placed, and the next call goes on
/// from there. Says how many were placed.
pub fn place_stories(store: &Store, stopped: impl Fn() -> bool) -> Result<u64, StoreError> {
    if store.is_read_only() || !store.has_unplaced()? {
        return Ok(0);
    }
    let mut count = 0;
    // Another process that places articles at the same time changes what they are compared with.
    'again: for _ in 0..8 {
        let (mut progress, waiting) = store.unplaced()?;
        let mut window = open_window(store)?;
        if waiting.is_empty() {
            let done = || store.place_articles(progress, &[], &[], None, true);
            retry_while_busy(&stopped, done)?;
            return Ok(count);
        }
        for (at, chunk) in waiting.chunks(TOGETHER).enumerate() {
            if stopped() {
                return Ok(count);
            }
            let texts = store.texts(chunk)?;
            let mut placed = Vec::with_capacity(texts.len());
            for text in &texts {
                placed.push(place(&mut window, text));
            }
            let gone: Vec<ArticleId> = window.take_gone().into_iter().map(ArticleId).collect();
            let all = (at + 1) * TOGETHER >= waiting.len();
            let last = chunk.last().copied();
            let stored = retry_while_busy(&stopped, || {
                store.place_articles(progress, &placed, &gone, last, all)
            })?;
            match stored {
                Some(next) => progress = next,
                None => continue 'again,
            }
            count += placed.len() as u64;
        }
        return Ok(count);
    }
    Ok(count)
}

/// Finds all stories anew; what was found before stays until all is done. Says how many stories several articles
/// tell.
pub fn replace_stories(store: &Store, stopped: impl Fn() -> bool) -> Result<u64, StoreError> {
    let upto = store.now()?.newest;
    let mut window = Window::new();
    decide(store, &mut window)?;
    let mut stories: HashMap<i64, Vec<(ArticleId, Option<ArticleId>)>> = HashMap::new();
    let mut profiles: HashMap<ArticleId, Vec<u8>> = HashMap::new();
    for chunk in store.all_for_stories(upto)?.chunks(TOGETHER) {
        if stopped() {
            return Err(StoreError::Interrupted);
        }
        for text in store.texts(chunk)? {
            let one = place(&mut window, &text);
            if let Some(from) = one.joined {
                let moved = stories.remove(&from.0).unwrap_or_default();
                stories.entry(one.story.0).or_default().extend(moved);
            }
            stories
                .entry(one.story.0)
                .or_default()
                .push((one.id, one.copy_of));
            profiles.insert(one.id, one.profile);
        }
        for id in window.take_gone() {
            profiles.remove(&ArticleId(id));
        }
    }
    let mut found = Vec::new();
    let mut count = 0;
    for (story, articles) in stories {
        if articles.len() > 1 {
            count += 1;
            found.extend(
                articles
                    .into_iter()
                    .map(|(id, copy)| (id, StoryId(story), copy)),
            );
        }
    }
    found.sort_unstable();
    let mut compared: Vec<(ArticleId, Vec<u8>)> = profiles.into_iter().collect();
    compared.sort_unstable();
    retry_while_busy(&stopped, || store.replace_stories(&found, &compared, upto))?;
    Ok(count)
}

/// The window as it was left.
fn open_window(store: &Store) -> Result<Window, StoreError> {
    let mut window = Window::new();
    decide(store, &mut window)?;
    for one in store.compared()? {
        let Compared {
            id,
            sort,
            key,
            lang,
            story,
            profile,
        } = one;
        let article = Article {
            id: id.0,
            time: sort.div_euclid(1_000_000),
            lang: language(&lang),
            address: key,
            profile: Profile::unpack(&profile).unwrap_or_default(),
        };
        window.restore(&article, story.0);
    }
    Ok(window)
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
    /// ISO 639-1; empty when unknown.
    pub lang: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its plain text.
    pub text: &'a str,
}

/// Places an article that is not stored, as one that is would be.
pub fn arrive(window: &mut Window, one: &Arriving<'_>) -> Placed {
    let key = newsprint_html::safe_text::link(one.url)
        .map_or(0, |url| newsprint_store::address_key(&url));
    add(
        window,
        one.id,
        one.time,
        key,
        one.lang,
        (one.title, one.text),
    )
    .0
}

fn add(
    window: &mut Window,
    id: i64,
    time: i64,
    address: i64,
    lang: &str,
    (title, text): (&str, &str),
) -> (Placed, Vec<u8>) {
    let lang = language(lang);
    let profile = Profile::of(title, text, &lang);
    let packed = profile.pack();
    let article = Article {
        id,
        time,
        lang,
        address,
        profile,
    };
    (window.add(&article), packed)
}

fn place(window: &mut Window, text: &Unplaced) -> Placing {
    let (placed, packed) = add(
        window,
        text.id.0,
        text.sort.div_euclid(1_000_000),
        text.key,
        &text.lang,
        (&text.title, &newsprint_html::plain(&text.body)),
    );
    let Placed {
        story,
        copy_of,
        joined,
    } = placed;
    Placing {
        id: text.id,
        story: StoryId(story),
        copy_of: copy_of.map(ArticleId),
        joined: joined.map(StoryId),
        profile: packed,
    }
}

/// `en-GB` is `en`.
fn language(lang: &str) -> String {
    lang.split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}
