//! Which stored article an entry of a source is: by its address, its guid, its title.
//! Never here: telling the entries of one document apart (`newsprint_model::identity`), or what becomes
//! of an article (`newsprint_model::merge`).

use std::collections::{HashMap, HashSet};

use rusqlite::OptionalExtension;

use super::encode::{self, Packed};
use super::{Result, Store, time};
use newsprint_model::{ArticleId, TextState, Time, fingerprint, identity};

/// What tells which article an entry is. The entries of one document have been through
/// [`newsprint_model::identity::tell_apart`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Identity<'a> {
    /// The outlet's own identifier.
    pub guid: Option<&'a str>,
    /// Absolute address; empty when unknown.
    pub url: &'a str,
    /// The title.
    pub title: &'a str,
    /// When it was published.
    pub published: Option<Time>,
}

/// What is known of an entry before its page is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The article; `None` for an entry that is not wanted: its article was pruned, or another entry
    /// of the same document is the same article.
    pub id: Option<ArticleId>,
    /// How much of its text is there.
    pub text: TextState,
    /// The caller's fingerprint of what the source gave last time ([`super::Incoming::print`]).
    pub print: u64,
    /// Whether its page said why the text is not whole.
    pub partial: bool,
    /// When it was first seen.
    pub first_seen: Time,
    /// The entry by all that it says of itself, under which its article is remembered.
    pub(super) entry: i64,
}

impl Known {
    fn unwanted(keys: &Keys<'_>) -> Known {
        Known {
            id: None,
            text: TextState::Full,
            print: 0,
            partial: false,
            first_seen: Time::UNIX_EPOCH,
            entry: keys.last(),
        }
    }
}

/// An identity with its keys: numbers that are looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys<'a> {
    identity: Identity<'a>,
    /// 0 for none; of the title, where there is neither address nor guid.
    pub(super) url: i64,
    /// 0 for none.
    pub(super) guid: i64,
    /// The same where the outlet gave the guid; one that was made tells nothing at other addresses.
    given_guid: i64,
    /// See [`super::Incoming::new`].
    pub(super) new: bool,
}

impl<'a> Keys<'a> {
    pub(super) fn of(mut identity: Identity<'a>) -> Keys<'a> {
        let url = encode::url_key(identity.url);
        let guid = identity.guid.map_or(0, encode::guid_key);
        let made = identity.guid.is_some_and(identity::is_made);
        if identity.guid.is_some_and(identity::is_untitled) {
            identity.title = "";
        }
        // Without address and guid the title stands for the address: several may have it.
        let url = match url {
            0 if guid == 0 || made => encode::hash(b't', identity.title),
            url => url,
        };
        Keys {
            identity,
            url,
            guid,
            given_guid: if made { 0 } else { guid },
            new: false,
        }
    }

    /// The key by which the article is known first.
    fn first(&self) -> i64 {
        [self.url, self.given_guid]
            .into_iter()
            .find(|key| *key != 0)
            .unwrap_or_default()
    }

    /// Every key that an article may be known by, the surest first.
    pub(super) fn all(&self) -> impl Iterator<Item = i64> {
        self.at_shared_address()
            .into_iter()
            .chain([self.url, self.given_guid])
            .filter(|key| *key != 0)
    }

    /// The keys of an article at an address that it shares with others, the surest first: of its
    /// guid, else its fragment, else its title and date. None without an address.
    fn at_shared_address(&self) -> Vec<i64> {
        let entry = &self.identity;
        let of = |guid: &str| encode::guid_at_url_key(self.url, encode::guid_key(guid));
        if self.url == 0 {
            return Vec::new();
        }
        if let Some(guid) = entry.guid {
            return vec![of(guid)];
        }
        let fragment = identity::fragment_guid(entry.url);
        let title = identity::made_guid(entry.title, entry.published);
        fragment
            .into_iter()
            .chain([title])
            .map(|guid| of(&guid))
            .collect()
    }

    /// Whether an entry is the same article as another of its document.
    fn is_again(&self, other: &Keys<'_>) -> bool {
        let same_guid = self.given_guid != 0 && self.given_guid == other.given_guid;
        match (self.url, other.url) {
            (0, 0) => self.first() == other.first(),
            (0, _) | (_, 0) => same_guid,
            (one, two) => one == two && Candidate::from(other).is_surely(self, true),
        }
    }

    /// The key of an article whose other keys are all other articles': of address, guid, title and date
    /// together.
    fn exact(&self) -> i64 {
        let title = identity::made_guid(self.identity.title, self.identity.published);
        let of = encode::guid_at_url_key;
        of(of(self.url, self.guid), encode::guid_key(&title))
    }

    /// The key under which it is remembered which article the entry was the last time, where several share its address.
    pub(super) fn last(&self) -> i64 {
        let address = encode::hash(b'l', self.identity.url);
        let title = encode::hash(b'l', self.identity.title);
        encode::guid_at_url_key(encode::guid_at_url_key(self.exact(), address), title)
    }

    /// The key of the title at an address that several share.
    fn title_at_address(&self) -> i64 {
        encode::guid_at_url_key(self.url, fingerprint::of_words(self.identity.title))
    }
}

/// What of a stored article tells whether an entry is it.
struct Candidate {
    url: String,
    title: String,
    guid: i64,
    published: Option<i64>,
}

impl From<&Keys<'_>> for Candidate {
    fn from(keys: &Keys<'_>) -> Candidate {
        Candidate {
            url: keys.identity.url.to_owned(),
            title: keys.identity.title.to_owned(),
            guid: keys.guid,
            published: keys.identity.published.map(Time::as_microsecond),
        }
    }
}

impl Candidate {
    /// No title says nothing.
    fn has_title(&self, title: &str) -> bool {
        let print = fingerprint::of_words(title);
        print != 0 && print == fingerprint::of_words(&self.title)
    }

    /// Whether an entry that has the address of this article surely is it: the same guid, or the same
    /// title and nothing that speaks against it.
    fn is_surely(&self, keys: &Keys<'_>, shared: bool) -> bool {
        let entry = &keys.identity;
        let title = self.has_title(entry.title);
        if shared && self.guid != 0 && entry.guid.is_some_and(identity::tells_alone) {
            return self.guid == keys.guid;
        }
        if self.guid != 0 && self.guid == keys.guid {
            // One guid for all that stand at the address says nothing, unless it was made to tell them.
            return title || !shared || entry.guid.is_some_and(identity::is_made);
        }
        let date = entry.published.map(Time::as_microsecond);
        let other_date = self.published.is_some() && date.is_some() && self.published != date;
        let other_guid = self.guid != 0 && keys.guid != 0;
        title && !(other_guid && other_date)
    }

    /// Whether an entry that has the address of this article, and another title, may be it.
    fn may_be(&self, keys: &Keys<'_>, shared: bool) -> bool {
        let entry = &keys.identity;
        let both_guids = self.guid != 0 && keys.guid != 0;
        let (here, there) = (identity::fragment(&self.url), identity::fragment(entry.url));
        let other_fragment = !here.is_empty() && !there.is_empty() && here != there;
        let other_guid = both_guids && self.guid != keys.guid;
        let made = entry.guid.is_some_and(identity::is_made);
        !(shared || made || other_guid || other_fragment)
    }
}

impl Store {
    /// For each entry of a document, what is known of it; `None` for a new one.
    ///
    /// An article is known by its address; where it has none, by its guid; where it has neither, by
    /// its title. Another guid and another title at a known address is another article. One guid at
    /// two addresses is two, unless the title says that the story moved.
    pub fn known(&self, outlet: &str, entries: &[Identity<'_>]) -> Result<Vec<Option<Known>>> {
        self.reading(|store| {
            let outlet = store.outlet(outlet)?;
            let keys: Vec<Keys<'_>> = entries.iter().copied().map(Keys::of).collect();
            let found = store.identify(outlet, &keys, &[])?;
            found
                .into_iter()
                .zip(&keys)
                .map(|(found, keys)| match found {
                    Found::Article(id) => {
                        let known = store.known_article(id)?;
                        let entry = keys.last();
                        Ok(Some(Known { entry, ..known }))
                    }
                    Found::Again => Ok(Some(Known::unwanted(keys))),
                    Found::Nothing if store.is_pruned(outlet, keys)? => {
                        Ok(Some(Known::unwanted(keys)))
                    }
                    Found::Nothing => Ok(None),
                })
                .collect()
        })
    }

    /// The stored article of each entry of a document. Each article is the first entry's that surely
    /// is it, else the first's that may be; and of new entries that are one, the first counts. So the
    /// same document gives the same articles each time. `others` are the articles of entries that are
    /// not among these.
    pub(super) fn identify(
        &self,
        outlet: i64,
        entries: &[Keys<'_>],
        others: &[Known],
    ) -> Result<Vec<Found>> {
        let addresses: HashSet<i64> = entries.iter().map(Keys::first).collect();
        let mut found = vec![Found::Nothing; entries.len()];
        let mut taken: HashMap<i64, Option<usize>> = others
            .iter()
            .filter_map(|known| Some((known.id?.0, None)))
            .collect();
        // What says the same of itself as an entry before it is that, whatever its text: nothing would tell the two apart
        // at the next visit.
        let mut said: HashSet<i64> = HashSet::new();
        for (found, keys) in found.iter_mut().zip(entries) {
            if !said.insert(keys.last()) {
                *found = Found::Again;
            }
        }
        let twins: Vec<bool> = found.iter().map(|found| *found == Found::Again).collect();
        for step in [
            Step::LastTime,
            Step::OwnKey,
            Step::OwnGuid,
            Step::Surely,
            Step::Perhaps,
        ] {
            for at in 0..entries.len() {
                let keys = &entries[at];
                // What is the same as another entry takes an article only where it surely is that.
                let rather = keys.new || found[at] == Found::Again;
                let settled = twins[at] || matches!(found[at], Found::Article(_));
                if settled || (rather && step == Step::Perhaps) {
                    continue;
                }
                let ids = match step {
                    Step::LastTime if keys.url == 0 => continue,
                    Step::LastTime => self.by_key(outlet, keys.last())?.into_iter().collect(),
                    Step::OwnKey => self.by_own_key(outlet, keys)?,
                    Step::OwnGuid => self.surely(outlet, keys, &[keys.given_guid])?,
                    Step::Surely => self.surely_by_any(outlet, keys)?,
                    Step::Perhaps => self.perhaps(outlet, keys, &addresses)?,
                };
                if let Some(free) = ids.iter().find(|id| !taken.contains_key(*id)) {
                    taken.insert(*free, Some(at));
                    found[at] = Found::Article(*free);
                    continue;
                }
                // The stored article is about to become what the other entry says.
                let by = ids.iter().filter_map(|id| *taken.get(id)?);
                if by.into_iter().any(|by| keys.is_again(&entries[by])) {
                    found[at] = Found::Again;
                }
            }
        }
        // What is new may still be what another entry of the document is.
        let mut others: HashMap<i64, Vec<usize>> = HashMap::new();
        for (at, keys) in entries.iter().enumerate() {
            if let Found::Article(_) = found[at] {
                for key in [keys.first(), keys.given_guid] {
                    others.entry(key).or_default().push(at);
                }
            }
        }
        for (at, (found, keys)) in found.iter_mut().zip(entries).enumerate() {
            if *found != Found::Nothing {
                continue;
            }
            let again = |key: i64| {
                let same = others.get(&key).map_or(&[][..], Vec::as_slice);
                same.iter().any(|other| keys.is_again(&entries[*other]))
            };
            if again(keys.first()) || (keys.given_guid != 0 && again(keys.given_guid)) {
                *found = Found::Again;
                continue;
            }
            for key in [keys.first(), keys.given_guid] {
                others.entry(key).or_default().push(at);
            }
        }
        Ok(found)
    }

    fn by_own_key(&self, outlet: i64, keys: &Keys<'_>) -> Result<Vec<i64>> {
        let own = match keys.url {
            0 => vec![keys.first()],
            _ => keys.at_shared_address(),
        };
        let own = std::iter::once(keys.exact()).chain(own);
        let found = own.into_iter().map(|key| self.by_key(outlet, key));
        Ok(found
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect())
    }

    fn surely_by_any(&self, outlet: i64, keys: &Keys<'_>) -> Result<Vec<i64>> {
        let title = match self.is_shared(outlet, keys.url)? {
            true => keys.title_at_address(),
            false => 0,
        };
        self.surely(outlet, keys, &[keys.url, title, keys.given_guid])
    }

    /// The articles at the entry's own address, found by one of `by`, that it surely is.
    fn surely(&self, outlet: i64, keys: &Keys<'_>, by: &[i64]) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        if keys.url == 0 {
            return Ok(found);
        }
        let shared = self.is_shared(outlet, keys.url)?;
        for key in by.iter().filter(|key| **key != 0) {
            if let Some(id) = self.by_key(outlet, *key)? {
                let candidate = self.candidate(id)?;
                let here = encode::url_key(&candidate.url);
                if (here == keys.url || here == 0) && candidate.is_surely(keys, shared) {
                    found.push(id);
                }
            }
        }
        Ok(found)
    }

    fn perhaps(&self, outlet: i64, keys: &Keys<'_>, addresses: &HashSet<i64>) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        if keys.url == 0 {
            return Ok(found);
        }
        if let Some(id) = self.by_key(outlet, keys.url)?
            && self
                .candidate(id)?
                .may_be(keys, self.is_shared(outlet, keys.url)?)
        {
            found.push(id);
        }
        // A story that moved. A guid alone does not say so, as some outlets use one guid for all.
        if keys.given_guid != 0
            && let Some(id) = self.by_key(outlet, keys.given_guid)?
        {
            let candidate = self.candidate(id)?;
            let old = encode::url_key(&candidate.url);
            let moved = old != keys.url
                && !addresses.contains(&old)
                && (candidate.url.is_empty() || candidate.has_title(keys.identity.title));
            found.extend(moved.then_some(id));
        }
        Ok(found)
    }

    fn candidate(&self, id: i64) -> Result<Candidate> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT url, title, guid, published FROM articles WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| {
            Ok(Candidate {
                url: row.get(0)?,
                title: row.get(1)?,
                guid: row.get(2)?,
                published: row.get(3)?,
            })
        })?)
    }

    /// Whether several articles have been seen at an address.
    fn is_shared(&self, outlet: i64, url_key: i64) -> Result<bool> {
        Ok(self.by_key(outlet, encode::shared_key(url_key))?.is_some())
    }

    fn known_article(&self, id: i64) -> Result<Known> {
        let mut statement = self.conn.prepare_cached(
            "SELECT p.text, a.print, b.partial IS NOT NULL, a.first_seen
             FROM places p JOIN articles a ON a.id = p.article LEFT JOIN bodies b ON b.article = p.article
             WHERE p.article = ?1",
        )?;
        Ok(statement.query_row([id], |row| {
            Ok(Known {
                id: Some(ArticleId(id)),
                text: text_state(row.get(0)?),
                print: row.get::<_, i64>(1)? as u64,
                partial: row.get(2)?,
                first_seen: time(row.get(3)?),
                entry: 0,
            })
        })?)
    }

    pub(super) fn by_key(&self, outlet: i64, key: i64) -> Result<Option<i64>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT article FROM keys WHERE outlet = ?1 AND key = ?2")?;
        Ok(statement
            .query_row([outlet, key], |row| row.get(0))
            .optional()?)
    }

    /// Whether an entry is an article that was pruned: by the rule of [`Candidate`], as far as that
    /// much is remembered.
    pub(super) fn is_pruned(&self, outlet: i64, keys: &Keys<'_>) -> Result<bool> {
        let mut statement = self.conn.prepare_cached(
            "SELECT guid, title FROM kept WHERE outlet = ?1 AND key = ?2 AND pruned = 1",
        )?;
        let (guid, title) = (short(keys.guid), title_print(keys.identity.title));
        for key in keys.all() {
            let row = statement
                .query_row([outlet, key], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((old_guid, old_title)): Option<(i64, i64)> = row else {
                continue;
            };
            let made = keys.identity.guid.is_some_and(identity::is_made);
            let other_guid = old_guid != 0 && guid != 0 && old_guid != guid;
            let other_title = old_title != 0 && old_title != title;
            if key != keys.url || !(other_title && (other_guid || made)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn key_of(&self, id: i64) -> Result<i64> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT key FROM articles WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0))?)
    }

    /// Makes a new article found by its keys. Those that belong to another article stay with it;
    /// then this one gets a key of guid and address together, and the address is known to be shared.
    /// Gives the key that is the article's own.
    pub(super) fn add_keys(&self, outlet: i64, id: i64, keys: &Keys<'_>) -> Result<i64> {
        let mut own = 0;
        for key in [keys.url, keys.given_guid] {
            if key != 0 && self.add_key(outlet, key, id)? && own == 0 {
                own = key;
            }
        }
        if keys.url != 0 && own != keys.url {
            own = keys
                .at_shared_address()
                .first()
                .copied()
                .unwrap_or_default();
            self.add_key(outlet, own, id)?;
            self.add_key(outlet, keys.title_at_address(), id)?;
            self.share(outlet, keys)?;
        } else if keys.url != 0
            && keys.guid != 0
            && (keys.given_guid == 0 || self.by_key(outlet, keys.guid)? != Some(id))
        {
            self.add_shared_keys(outlet, id, keys)?;
        }
        if own == 0 || self.by_key(outlet, own)? != Some(id) {
            own = keys.exact();
            self.add_key(outlet, own, id)?;
        }
        Ok(own)
    }

    /// Notes that the address of an article belongs to another one too.
    fn share(&self, outlet: i64, keys: &Keys<'_>) -> Result<()> {
        if self.is_shared(outlet, keys.url)? {
            return Ok(());
        }
        if let Some(first) = self.by_key(outlet, keys.url)? {
            self.add_key(outlet, encode::shared_key(keys.url), first)?;
            // Its guid goes on telling it, unless guids tell nothing at this address.
            let guid = self.candidate(first)?.guid;
            if guid != 0 && !keys.identity.guid.is_some_and(identity::replaces_another) {
                self.add_key(outlet, encode::guid_at_url_key(keys.url, guid), first)?;
            }
        }
        Ok(())
    }

    /// `false` when the key belongs to another article.
    fn add_key(&self, outlet: i64, key: i64, id: i64) -> Result<bool> {
        self.conn
            .prepare_cached(
                "INSERT OR IGNORE INTO keys (outlet, key, article) VALUES (?1, ?2, ?3)",
            )?
            .execute([outlet, key, id])?;
        Ok(self.by_key(outlet, key)? == Some(id))
    }

    /// Makes a stored article found by what it has now too: another address, a guid.
    /// `old` is the address that it had.
    pub(super) fn rekey(&self, outlet: i64, id: i64, packed: &Packed, old: &str) -> Result<()> {
        let keys = packed.keys();
        // One that shares its address keeps the key that is its own.
        if keys.url != 0 && !self.add_key(outlet, keys.url, id)? {
            if encode::url_key(old) != keys.url {
                self.share(outlet, &keys)?;
            }
        } else if keys.url != 0 && self.key_of(id)? != keys.url {
            self.conn
                .prepare_cached("UPDATE articles SET key = ?2 WHERE id = ?1")?
                .execute([id, keys.url])?;
        }
        if keys.guid != 0 {
            let own = keys.given_guid != 0 && self.add_key(outlet, keys.given_guid, id)?;
            if keys.url != 0 && (!own || self.candidate(id)?.guid != keys.guid) {
                self.add_shared_keys(outlet, id, &keys)?;
            }
        }
        Ok(())
    }

    /// Makes an article at an address that has become shared found by what tells it from the others;
    /// whether its address is shared.
    pub(super) fn rekey_shared(&self, outlet: i64, id: i64, packed: &Packed) -> Result<bool> {
        let keys = packed.keys();
        let shared = keys.url != 0 && self.is_shared(outlet, keys.url)?;
        if shared {
            self.add_shared_keys(outlet, id, &keys)?;
            let title = keys.title_at_address();
            if let Some(holder) = self.by_key(outlet, title)?
                && !self.candidate(holder)?.has_title(keys.identity.title)
            {
                self.conn
                    .prepare_cached("DELETE FROM keys WHERE outlet = ?1 AND key = ?2")?
                    .execute([outlet, title])?;
            }
            self.add_key(outlet, title, id)?;
        }
        Ok(shared)
    }

    /// Remembers which article an entry is where others have its address, by its [`Keys::last`].
    pub(super) fn remember(&self, outlet: i64, entry: i64, id: i64) -> Result<()> {
        let stored = self.candidate(id)?;
        let url = match encode::url_key(&stored.url) {
            0 => encode::hash(b't', &stored.title),
            url => url,
        };
        if url != 0 && self.is_shared(outlet, url)? {
            self.conn
                .prepare_cached(
                    "INSERT OR REPLACE INTO keys (outlet, key, article) VALUES (?1, ?2, ?3)",
                )?
                .execute([outlet, entry, id])?;
        }
        Ok(())
    }

    fn add_shared_keys(&self, outlet: i64, id: i64, keys: &Keys<'_>) -> Result<()> {
        for key in keys.at_shared_address() {
            self.add_key(outlet, key, id)?;
        }
        Ok(())
    }
}

/// As much of a key as is remembered of a pruned article: 31 bits, never 0 unless the key is.
pub(super) fn short(key: i64) -> i64 {
    match key {
        0 => 0,
        key => (key & 0x7fff_ffff).max(1),
    }
}

/// The same of a title.
pub(super) fn title_print(title: &str) -> i64 {
    short(fingerprint::of_words(title))
}

/// The ways to find the article of an entry, each tried for all entries of a document before the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// What the same entry was in the document before.
    LastTime,
    OwnKey,
    /// Before the title, which another entry of the address may have too.
    OwnGuid,
    Surely,
    Perhaps,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// This article.
    Article(i64),
    /// The article that an earlier entry of the document is.
    Again,
    /// No stored article.
    Nothing,
}

pub(super) fn text_state(number: i64) -> TextState {
    match number {
        0 => TextState::None,
        1 => TextState::Excerpt,
        _ => TextState::Full,
    }
}
