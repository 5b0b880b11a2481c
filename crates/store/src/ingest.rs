//! Taking in what a refresh brought: new articles, and what [`merge`] says about known ones.
//! Never here: fetching, parsing, or the reader's marks.

use rusqlite::{OptionalExtension, params};

use super::counters::Deltas;
use super::encode::{self, Indexed, Packed};
use super::identity::{Found, Keys, Known, text_state};
use super::outlets::SourceState;
use super::remote::Bindings;
use super::{Result, Store, id_sets, time};
use newsprint_model::merge::{KeepRevision, Merged, Version, merge};
use newsprint_model::{Media, Partial, TextState, Time};

/// Earlier texts kept of one article beside the very first, the latest of them.
const REVISIONS: usize = 24;

/// What one refresh of one outlet has to store; everything absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Update {
    /// The outlet's new state.
    pub state: Option<SourceState>,
    /// What was learned of the blocks that repeat over the outlet's pages; its form is the caller's.
    pub repeats: Option<Vec<u8>>,
    /// In the order of the source: the first is taken for the newest where dates are missing.
    pub articles: Vec<Packed>,
    /// Which articles of a server these are, in the same transaction.
    pub remote: Option<Bindings>,
    /// Other entries of the same document, which are as they were: no entry here is one of their articles, as
    /// [`Store::known`] has said.
    pub others: Vec<Known>,
}

/// What [`Store::ingest`] did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ingested {
    /// Articles that were not there before.
    pub new: u64,
    /// Articles that the outlet changed in substance; the earlier text is kept.
    pub changed: u64,
    /// Articles that were there and have their whole text only now.
    pub filled: u64,
    /// New and filled articles whose whole text is there.
    pub full_text: u64,
}

/// A stored article as far as an update has to compare and replace it.
pub(super) struct Stored {
    pub(super) id: i64,
    pub(super) sort: i64,
    pub(super) read: bool,
    pub(super) tags: Vec<u8>,
    title: String,
    url: String,
    author: String,
    lang: String,
    published: Option<Time>,
    updated: Option<Time>,
    image: Option<String>,
    text: TextState,
    words_print: i64,
    partial: Option<Partial>,
    /// The caller's fingerprint of what the source gave.
    source_print: i64,
    /// When an earlier text was last kept.
    last_revision: Option<Time>,
}

impl Stored {
    fn version(&self) -> Version<'_> {
        Version {
            title: &self.title,
            url: &self.url,
            author: &self.author,
            lang: &self.lang,
            published: self.published,
            approximate: false,
            updated: self.updated,
            image: self.image.as_deref(),
            text: self.text,
            words_print: self.words_print,
            partial: self.partial,
        }
    }
}

/// The marks that an article had before it went, or before a rescue.
#[derive(Default)]
struct Returning {
    read: bool,
    starred: bool,
    position: u32,
}

impl Store {
    /// Stores what a refresh of `outlet` brought, in one transaction.
    ///
    /// Which article is which is told as by [`Store::known`]; of several that are one the first counts.
    /// To take in the same twice changes nothing.
    ///
    /// Text once had is never replaced by less, nor by other words, without an earlier text being
    /// kept ([`Store::revisions`]); a page that now gives only a teaser leaves the whole text alone.
    /// Of an article that changes again and again, the first text and the latest ones are kept, one
    /// an hour at most where no text is lost by that.
    pub fn ingest(&self, outlet: &str, update: &Update, now: Time) -> Result<Ingested> {
        self.writing(|store| {
            let outlet = store.outlet(outlet)?;
            // Articles are kept in any case; what was learned of an address that the outlet has no
            // more is not.
            let still = match &update.state {
                Some(state) => store.write_state(outlet, state)?,
                None => true,
            };
            if let Some(repeats) = update.repeats.as_ref().filter(|_| still) {
                store
                    .conn
                    .prepare_cached("UPDATE outlets SET repeats = ?2 WHERE id = ?1")?
                    .execute(params![outlet, repeats])?;
            }
            let mut done = Ingested::default();
            if update.articles.is_empty() {
                if let Some(bindings) = &update.remote {
                    store.bind(outlet, bindings, now)?;
                }
                return Ok(done);
            }
            let mut deltas = Deltas::default();
            let mut edited = false;
            let keys: Vec<Keys<'_>> = update.articles.iter().map(Packed::keys).collect();
            let found = store.identify(outlet, &keys, &update.others)?;
            let first = store.state()?.newest;
            let mut newest = first;
            let mut touched = Vec::new();
            // The last of the source first, so that the first has the highest number: what has no
            // date is then listed in the source's order.
            for (packed, found) in update.articles.iter().zip(&found).rev() {
                match *found {
                    Found::Again => {}
                    Found::Article(id) => {
                        touched.push((id, packed));
                        edited |= store.renew(outlet, id, packed, now, &mut deltas, &mut done)?;
                    }
                    Found::Nothing => {
                        if store.insert(outlet, newest + 1, packed, now, &mut deltas)? {
                            newest += 1;
                            touched.push((newest, packed));
                            done.new += 1;
                            done.full_text += u64::from(packed.article.text == TextState::Full);
                        }
                    }
                }
            }
            // Only now is it known which addresses are shared.
            let mut shared = false;
            let mut came = Vec::new();
            for (id, packed) in touched {
                shared |= store.rekey_shared(outlet, id, packed)?;
                came.push((packed.keys().last(), id));
            }
            if shared {
                // What is written of one must not make another's article of an entry that is as it was.
                let same = update.others.iter();
                came.extend(same.filter_map(|known| Some((known.entry, known.id?.0))));
                for (entry, id) in came {
                    store.remember(outlet, entry, id)?;
                }
            }
            if newest != first {
                store
                    .conn
                    .prepare_cached("UPDATE state SET newest = ?1")?
                    .execute([newest])?;
            }
            deltas.write(store)?;
            if let Some(bindings) = &update.remote {
                store.bind(outlet, bindings, now)?;
            }
            if edited {
                store.bump_edition()?;
            }
            Ok(done)
        })
    }

    /// `false` when the article was pruned and stays away.
    fn insert(
        &self,
        outlet: i64,
        id: i64,
        packed: &Packed,
        now: Time,
        deltas: &mut Deltas,
    ) -> Result<bool> {
        let article = &packed.article;
        let keys = packed.keys();
        if self.is_pruned(outlet, &keys)? {
            return Ok(false);
        }
        let marks = self.returning_marks(outlet, &keys)?;
        let key = self.add_keys(outlet, id, &keys)?;
        self.return_decided(outlet, id, &keys, key)?;
        let unread = i64::from(!marks.read);
        let now = now.as_microsecond();
        let published = article.published.map(Time::as_microsecond);
        // A date in the future would hold the top of every list.
        let sort = published.unwrap_or(now).min(now);
        self.conn
            .prepare_cached(
                "INSERT INTO articles (id, key, guid, print, title, url, author, published, updated,
                     first_seen, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                id,
                key,
                keys.guid,
                article.print as i64,
                article.title,
                article.url,
                article.author,
                published,
                article.updated.map(Time::as_microsecond),
                now,
                article.words,
            ])?;
        let mut tags = Vec::new();
        let own = self.given_tags_of(id)?;
        let all: Vec<String> = article.tags.iter().cloned().chain(own).collect();
        for (tag, spelling) in self.intern(&all)? {
            id_sets::put(&mut tags, spelling);
            deltas.tag(tag, 1, unread);
            deltas.spelling(spelling, 1);
            self.conn
                .prepare_cached(
                    "INSERT OR IGNORE INTO tagged (tag, sort, article) VALUES (?1, ?2, ?3)",
                )?
                .execute([tag, sort, id])?;
        }
        self.conn
            .prepare_cached(
                "INSERT INTO places (article, outlet, sort, read, starred, changed, text, position,
                     lang, tags) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                id,
                outlet,
                sort,
                marks.read,
                marks.starred,
                article.text as i64,
                marks.position,
                article.lang,
                tags
            ])?;
        deltas.article(outlet, 1, unread);
        self.conn
            .prepare_cached(
                "INSERT INTO bodies (article, html, print, image, partial) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id,
                packed.html,
                packed.words_print,
                article.image,
                article.partial.map(|partial| partial.as_str()),
            ])?;
        self.index(id, &packed.index, &all)?;
        self.write_media(id, &article.media)?;
        Ok(true)
    }

    /// Stores what comes along; a source that says nothing of it takes nothing away.
    fn write_media(&self, id: i64, media: &[Media]) -> Result<()> {
        if !media.is_empty() {
            self.conn
                .prepare_cached(
                    "INSERT OR REPLACE INTO media (article, audio, video, list) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![
                    id,
                    media.iter().any(Media::is_audio),
                    media.iter().any(Media::is_video),
                    encode::media_list(media),
                ])?;
        }
        Ok(())
    }

    /// Takes the marks that wait for this article.
    fn returning_marks(&self, outlet: i64, keys: &Keys<'_>) -> Result<Returning> {
        for key in keys.all() {
            let mut statement = self.conn.prepare_cached(
                "DELETE FROM kept WHERE outlet = ?1 AND key = ?2 AND pruned = 0
                 RETURNING read, starred, position",
            )?;
            let marks = statement
                .query_row([outlet, key], |row| {
                    Ok(Returning {
                        read: row.get(0)?,
                        starred: row.get(1)?,
                        position: row.get(2)?,
                    })
                })
                .optional()?;
            if let Some(marks) = marks {
                return Ok(marks);
            }
        }
        Ok(Returning::default())
    }

    fn stored(&self, id: i64) -> Result<Stored> {
        let mut statement = self.conn.prepare_cached(
            "SELECT a.title, a.url, a.author, a.published, a.updated, a.print, p.sort, p.read, p.text,
                    p.lang, p.tags, b.print, b.image, b.partial,
                    (SELECT max(replaced) FROM revisions r WHERE r.article = a.id)
             FROM articles a JOIN places p ON p.article = a.id JOIN bodies b ON b.article = a.id
             WHERE a.id = ?1",
        )?;
        Ok(statement.query_row([id], |row| {
            let moment = |at| row.get::<_, Option<i64>>(at).map(|micros| micros.map(time));
            Ok(Stored {
                id,
                title: row.get(0)?,
                url: row.get(1)?,
                author: row.get(2)?,
                published: moment(3)?,
                updated: moment(4)?,
                source_print: row.get(5)?,
                sort: row.get(6)?,
                read: row.get(7)?,
                text: text_state(row.get(8)?),
                lang: row.get(9)?,
                tags: row.get(10)?,
                words_print: row.get(11)?,
                image: row.get(12)?,
                partial: row
                    .get_ref(13)?
                    .as_str_or_null()?
                    .and_then(Partial::from_word),
                last_revision: moment(14)?,
            })
        })?)
    }

    /// Brings a stored article up to date; says whether anything that lists show or choose by changed.
    fn renew(
        &self,
        outlet: i64,
        id: i64,
        packed: &Packed,
        now: Time,
        deltas: &mut Deltas,
        done: &mut Ingested,
    ) -> Result<bool> {
        let stored = self.stored(id)?;
        let old = stored.version();
        let merged = merge(&old, &packed.version(), now, stored.last_revision);
        let keeps = match merged.revision {
            KeepRevision::No => false,
            KeepRevision::IfLonger => self.is_longer(id, packed)?,
            KeepRevision::Yes => true,
        };
        if keeps {
            self.keep_revision(id, old.title, now)?;
        }
        done.changed += u64::from(merged.changed);
        done.filled += u64::from(merged.filled);
        done.full_text += u64::from(merged.filled);

        let tags = self.merge_tags(&stored, packed, merged.tags, deltas)?;
        let edited = self.write_merged(&stored, &merged, packed)?;
        self.rekey(outlet, id, packed, old.url)?;
        let new = &merged.version;
        let words = merged.takes_body || new.title != old.title || new.author != old.author || tags;
        if words {
            let body = match merged.takes_body {
                true => packed.index.body.clone(),
                false => encode::separate(&encode::strip(&self.body(id)?)),
            };
            let index = Indexed {
                title: encode::separate(new.title),
                body,
                author: encode::separate(new.author),
            };
            self.index_again(id, &index)?;
        }
        Ok(edited || words)
    }

    /// Writes what of an article differs from what is stored; says whether lists show any of it.
    fn write_merged(&self, stored: &Stored, merged: &Merged<'_>, packed: &Packed) -> Result<bool> {
        let (id, old, new) = (stored.id, stored.version(), &merged.version);
        let micros = |moment: Option<Time>| moment.map(Time::as_microsecond);
        let shown = new.title != old.title
            || new.author != old.author
            || new.url != old.url
            || new.published != old.published
            || new.updated != old.updated;
        let source_print = packed.article.print as i64;
        if shown || merged.takes_body || source_print != stored.source_print {
            self.conn
                .prepare_cached(
                    "UPDATE articles SET title = ?2, url = ?3, author = ?4, published = ?5, updated = ?6,
                         print = ?7, words = CASE WHEN ?8 THEN ?9 ELSE words END WHERE id = ?1",
                )?
                .execute(params![
                    id,
                    new.title,
                    new.url,
                    new.author,
                    micros(new.published),
                    micros(new.updated),
                    source_print,
                    merged.takes_body,
                    packed.article.words
                ])?;
        }
        if merged.takes_body {
            self.conn
                .prepare_cached(
                    "UPDATE bodies SET html = ?2, print = ?3, image = ?4, partial = ?5,
                         teaser = CASE WHEN ?6 THEN coalesce(teaser, html) ELSE teaser END
                     WHERE article = ?1",
                )?
                .execute(params![
                    id,
                    packed.html,
                    new.words_print,
                    new.image,
                    new.partial.map(|partial| partial.as_str()),
                    old.text == TextState::Excerpt && new.text == TextState::Full
                ])?;
        } else if new.partial != old.partial {
            self.conn
                .prepare_cached("UPDATE bodies SET partial = ?2 WHERE article = ?1")?
                .execute(params![id, new.partial.map(|partial| partial.as_str())])?;
        } else if new.image != old.image {
            self.conn
                .prepare_cached("UPDATE bodies SET image = ?2 WHERE article = ?1")?
                .execute(params![id, new.image])?;
        }
        if merged.filled {
            // Its story was found by a teaser. A whole text that changes later stays where it is: a page that is added
            // to for days would take in what else happens.
            self.conn
                .prepare_cached("UPDATE compared SET profile = x'' WHERE article = ?1")?
                .execute([id])?;
        }
        self.write_media(id, &packed.article.media)?;
        let own = packed.article.text == TextState::Excerpt && packed.article.partial.is_none();
        if own && old.text == TextState::Full {
            // The source's own text, for the day when the page's turns out to be another.
            self.conn
                .prepare_cached("UPDATE bodies SET teaser = ?2 WHERE article = ?1")?
                .execute(params![id, packed.html])?;
        }
        let placed = merged.changed || new.text != old.text || new.lang != old.lang;
        if placed {
            self.conn
                .prepare_cached(
                    "UPDATE places SET changed = max(changed, ?2), text = ?3, lang = ?4 WHERE article = ?1",
                )?
                .execute(params![id, merged.changed, new.text as i64, new.lang])?;
        }
        Ok(shown || placed)
    }

    /// Whether the stored text is longer than the new one, which then lacks something of it (a
    /// consent wall sent as an article).
    fn is_longer(&self, id: i64, packed: &Packed) -> Result<bool> {
        let old = encode::separate(&encode::strip(&self.body(id)?));
        Ok(old.chars().count() > packed.index.body.chars().count())
    }

    /// The clean HTML of an article; empty when it has none.
    pub(super) fn body(&self, id: i64) -> Result<String> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT html FROM bodies WHERE article = ?1")?;
        let bytes: Option<Vec<u8>> = statement.query_row([id], |row| row.get(0)).optional()?;
        Ok(bytes
            .and_then(|bytes| encode::decompress_text(&bytes))
            .unwrap_or_default())
    }

    /// Keeps the text that is stored as an earlier one.
    pub(super) fn keep_revision(&self, id: i64, title: &str, now: Time) -> Result<()> {
        let text = self.body(id)?;
        let earlier = self.revision_texts(id)?;
        let like = |before: Option<&(i64, Option<String>)>, text: &str| {
            encode::compress_after(text, before.and_then(|(_, text)| text.as_deref()))
        };
        self.conn
            .prepare_cached(
                "INSERT INTO revisions (article, replaced, title, html) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                id,
                now.as_microsecond(),
                title,
                like(earlier.last(), &text)
            ])?;
        // The first text is what was said at first, so it stays.
        let stays = (earlier.len() + 1).saturating_sub(REVISIONS);
        if stays <= 1 {
            return Ok(());
        }
        for (number, _) in &earlier[1..stays] {
            self.conn
                .prepare_cached("DELETE FROM revisions WHERE id = ?1")?
                .execute([number])?;
        }
        if let Some((number, Some(text))) = earlier.get(stays) {
            // What it was stored as the difference from has gone.
            self.conn
                .prepare_cached("UPDATE revisions SET html = ?2 WHERE id = ?1")?
                .execute(params![number, like(earlier.first(), text)])?;
        }
        Ok(())
    }
}
