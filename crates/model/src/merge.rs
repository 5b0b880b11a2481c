//! What becomes of a stored article when its source or its page is read again: which title stands,
//! whether the outlet changed it, whether the earlier text is kept.
//! Never here: storing anything, or telling which article an entry is.

use crate::fingerprint;
use crate::{Partial, TextState, Time};

/// Changes that follow one another faster than this (a live blog) are one change, in microseconds.
const ONE_CHANGE: i64 = 3_600_000_000;

/// An article as it is stored, or as it was read just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Version<'a> {
    /// One clean line; empty when none was given.
    pub title: &'a str,
    /// Absolute address; empty when unknown.
    pub url: &'a str,
    /// Names joined by `, `; empty when unknown.
    pub author: &'a str,
    /// ISO 639-1 code; empty when unknown.
    pub lang: &'a str,
    /// When it was published.
    pub published: Option<Time>,
    /// `published` was said against the moment of a fetch (`3 hours ago`), so that the one known before stands.
    pub approximate: bool,
    /// When it was last changed, by the outlet's own account.
    pub updated: Option<Time>,
    /// Address of the leading picture.
    pub image: Option<&'a str>,
    /// How much of the text there is.
    pub text: TextState,
    /// [`fingerprint::of_words`] of the text.
    pub words_print: i64,
    /// Why the text is not whole.
    pub partial: Option<Partial>,
}

/// Whether the earlier text and title are kept as a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepRevision {
    /// Nothing is lost.
    No,
    /// Only if it is longer than the new one, which then lacks something that was said.
    IfLonger,
    /// In any case.
    Yes,
}

/// What becomes of the tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagMerge {
    /// The new ones replace the old ones, unless there are no new ones.
    Replace,
    /// The old ones stay in their order; new ones follow.
    Append,
}

/// What [`merge`] decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged<'a> {
    /// The article from now on. Its text is the new one if [`Merged::takes_body`] says so.
    pub version: Version<'a>,
    /// The new body replaces the old one.
    pub takes_body: bool,
    /// The outlet changed the article in substance.
    pub changed: bool,
    /// The whole text is there now, and was not before.
    pub filled: bool,
    /// Whether the earlier text is kept.
    pub revision: KeepRevision,
    /// What becomes of the tags.
    pub tags: TagMerge,
}

/// Merges what was read at `now` into what is stored. `last_revision` is when an earlier text of the
/// article was last kept.
///
/// Text once had is never replaced by less: a teaser leaves the whole text alone, and what comes
/// with it only fills gaps. A whole text replaces a teaser without being a change by the outlet.
/// Other words of the same rank are a change, and the earlier text is kept, one an hour at most
/// where no text is lost by that.
///
/// ```
/// use newsprint_model::TextState;
/// use newsprint_model::fingerprint::of_words;
/// use newsprint_model::merge::{KeepRevision, Version, merge};
///
/// let version = |text: &'static str| Version {
///     title: "The court rules",
///     text: TextState::Full,
///     words_print: of_words(text),
///     ..Version::default()
/// };
/// let now = "2024-06-01T12:00:00Z".parse().unwrap();
/// let merged = merge(&version("It said yes."), &version("It said no."), now, None);
/// assert!(merged.changed && merged.takes_body);
/// assert_eq!(merged.revision, KeepRevision::Yes);
///
/// let merged = merge(&version("It said yes."), &version("It said: yes!"), now, None);
/// assert!(!merged.changed && !merged.takes_body);
/// ```
pub fn merge<'a>(
    old: &Version<'a>,
    new: &Version<'a>,
    now: Time,
    last_revision: Option<Time>,
) -> Merged<'a> {
    // What ranks lower than what is stored only fills gaps.
    let ranks = new.text >= old.text;
    let brings_text = new.text > TextState::None && ranks;
    let new_words = brings_text && new.words_print != old.words_print;
    let new_title = ranks
        && !new.title.is_empty()
        && fingerprint::of_words(new.title) != fingerprint::of_words(old.title);
    // More text where there was only part of it is not a change by the outlet.
    let grew = new.text > old.text;
    let takes_body = brings_text && (new_words || grew || old.partial != new.partial);
    // Nor is the part that a page shows freely in place of the feed's teaser, or the reverse.
    let other_part = old.text == TextState::Excerpt
        && new.text == TextState::Excerpt
        && old.partial.is_some() != new.partial.is_some();
    // A feed may shorten the title that the page gave in full; that is not a change.
    let retitled = new_title && (old.text == TextState::Full || !is_cut(old.title, new.title));
    let changed = old.text > TextState::None && !grew && !other_part && (new_words || retitled);
    let replaces = (grew && old.text > TextState::None) || (other_part && new_words);
    let just_kept = last_revision.is_some_and(|last| {
        let ago = now.as_microsecond().saturating_sub(last.as_microsecond());
        (0..ONE_CHANGE).contains(&ago)
    });
    let revision = match (changed, replaces) {
        (true, _) if !just_kept => KeepRevision::Yes,
        (true, _) | (_, true) => KeepRevision::IfLonger,
        _ => KeepRevision::No,
    };
    let filling = |old: &'a str, new: &'a str| {
        if new.is_empty() || (!ranks && !old.is_empty()) {
            old
        } else {
            new
        }
    };
    Merged {
        version: Version {
            title: match ranks && !new.title.is_empty() {
                true => new.title,
                false => old.title,
            },
            url: match new.url {
                "" => old.url,
                url => url,
            },
            author: filling(old.author, new.author),
            lang: filling(old.lang, new.lang),
            published: match old.published {
                Some(known) if !ranks || new.approximate => Some(known),
                known => new.published.or(known),
            },
            approximate: false,
            updated: new.updated.or(old.updated),
            image: match takes_body {
                true => new.image.or(old.image),
                false => old.image.or(new.image),
            },
            text: if takes_body { new.text } else { old.text },
            words_print: if takes_body {
                new.words_print
            } else {
                old.words_print
            },
            partial: match takes_body {
                true => new.partial,
                // Without any text it still says why there is none.
                false if ranks && new.text == TextState::None => new.partial.or(old.partial),
                false => old.partial,
            },
        },
        takes_body,
        changed,
        filled: grew && new.text == TextState::Full,
        revision,
        tags: if ranks {
            TagMerge::Replace
        } else {
            TagMerge::Append
        },
    }
}

/// Whether one title is the beginning of the other.
fn is_cut(one: &str, other: &str) -> bool {
    let bare = |title: &str| crate::fold(title.trim_end_matches(['…', '.', ' ']));
    let (one, other) = (bare(one), bare(other));
    one.starts_with(&other) || other.starts_with(&one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use TextState::{Excerpt, Full, None as Nothing};

    fn at(minutes: i64) -> Time {
        Time::from_second(1_718_000_000 + minutes * 60).unwrap()
    }

    fn version(text: TextState, words: &'static str, title: &'static str) -> Version<'static> {
        Version {
            title,
            text,
            words_print: fingerprint::of_words(words),
            ..Version::default()
        }
    }

    fn walled(words: &'static str) -> Version<'static> {
        Version {
            partial: Some(Partial::Paywall),
            ..version(Excerpt, words, "Title")
        }
    }

    /// What is stored, what comes, and what is decided: body taken, changed, filled, revision.
    #[test]
    fn each_pair_of_versions_is_decided() {
        use KeepRevision::{IfLonger, No, Yes};
        let full = |words| version(Full, words, "Title");
        let excerpt = |words| version(Excerpt, words, "Title");
        let nothing = version(Nothing, "", "Title");
        let cases = [
            // The same again.
            (full("yes"), full("yes"), (false, false, false, No)),
            (excerpt("a"), excerpt("a"), (false, false, false, No)),
            (nothing, nothing, (false, false, false, No)),
            // Other words of the same rank.
            (full("yes"), full("no"), (true, true, false, Yes)),
            (excerpt("a"), excerpt("b"), (true, true, false, Yes)),
            // Only punctuation and spaces.
            (
                full("it said yes"),
                full("It said: yes."),
                (false, false, false, No),
            ),
            // More text.
            (nothing, excerpt("a"), (true, false, false, No)),
            (nothing, full("a b"), (true, false, true, No)),
            (excerpt("a"), full("a b"), (true, false, true, IfLonger)),
            // Less text.
            (full("a b"), excerpt("a"), (false, false, false, No)),
            (full("a b"), nothing, (false, false, false, No)),
            (excerpt("a"), nothing, (false, false, false, No)),
            // The feed's teaser and the free part of the page, one in place of the other.
            (excerpt("a"), walled("a b"), (true, false, false, IfLonger)),
            (excerpt("a"), walled("a"), (true, false, false, No)),
            (walled("a b"), excerpt("a"), (true, false, false, IfLonger)),
            (walled("a"), walled("b"), (true, true, false, Yes)),
            (walled("a"), full("a b"), (true, false, true, IfLonger)),
            // Another title is a change, unless a feed cut it or gives less than what is stored.
            (
                full("yes"),
                version(Full, "yes", "Another"),
                (false, true, false, Yes),
            ),
            (
                excerpt("a"),
                version(Excerpt, "a", "Another"),
                (false, true, false, Yes),
            ),
            (
                version(Excerpt, "a", "A long title"),
                version(Excerpt, "a", "A long…"),
                (false, false, false, No),
            ),
            (
                full("yes"),
                version(Full, "yes", "TITLE!"),
                (false, false, false, No),
            ),
            (
                full("yes"),
                version(Excerpt, "y", "Another"),
                (false, false, false, No),
            ),
        ];
        for (old, new, expected) in cases {
            let merged = merge(&old, &new, at(0), None);
            let decided = (
                merged.takes_body,
                merged.changed,
                merged.filled,
                merged.revision,
            );
            assert_eq!(decided, expected, "{old:?} {new:?}");
            // What was merged once is merged: the same again changes nothing.
            let again = merge(&merged.version, &new, at(90), None);
            assert_eq!(again.version, merged.version, "{old:?} {new:?}");
            assert!(!again.changed && !again.filled && !again.takes_body);
        }
    }

    #[test]
    fn the_title_of_the_higher_rank_stands() {
        let title = |old: TextState, new: TextState, title| {
            merge(
                &version(old, "a", "Stored"),
                &version(new, "a", title),
                at(0),
                None,
            )
            .version
            .title
        };
        assert_eq!(title(Excerpt, Full, "Page"), "Page");
        assert_eq!(title(Full, Full, "Page"), "Page");
        assert_eq!(title(Excerpt, Excerpt, "Feed"), "Feed");
        assert_eq!(title(Full, Excerpt, "Feed"), "Stored");
        assert_eq!(title(Full, Full, ""), "Stored");
        // Its spelling may change without being a change by the outlet.
        assert_eq!(title(Full, Full, "STORED"), "STORED");
    }

    #[test]
    fn what_ranks_lower_fills_gaps_alone() {
        let old = Version {
            author: "Nino",
            published: Some(at(1)),
            ..version(Full, "a", "Title")
        };
        let new = Version {
            author: "Newsroom",
            lang: "en",
            url: "https://a.example/1",
            published: Some(at(2)),
            updated: Some(at(3)),
            image: Some("https://a.example/1.jpg"),
            ..version(Excerpt, "b", "Feed")
        };
        let merged = merge(&old, &new, at(9), None);
        assert_eq!(
            merged.version,
            Version {
                lang: "en",
                url: "https://a.example/1",
                updated: Some(at(3)),
                image: Some("https://a.example/1.jpg"),
                ..old
            }
        );
        assert_eq!(merged.tags, TagMerge::Append);
        // Of equal rank what comes now stands, and a gap leaves what was there.
        let new = Version {
            author: "Newsroom",
            published: Some(at(2)),
            ..version(Full, "a", "Title")
        };
        let merged = merge(&old, &new, at(9), None);
        assert_eq!(merged.version, new);
        assert_eq!(merged.tags, TagMerge::Replace);
        let bare = version(Full, "a", "");
        assert_eq!(merge(&old, &bare, at(9), None).version, old);
    }

    #[test]
    fn a_date_said_against_a_fetch_replaces_none() {
        let said = |published| Version {
            published,
            approximate: true,
            ..version(Full, "a", "Title")
        };
        let stored = |published| Version {
            approximate: false,
            ..said(published)
        };
        let of = |old, new: &Version<'_>| merge(&stored(old), new, at(9), None).version.published;
        assert_eq!(of(None, &said(Some(at(2)))), Some(at(2)));
        assert_eq!(of(Some(at(1)), &said(Some(at(2)))), Some(at(1)));
        let certain = stored(Some(at(2)));
        assert_eq!(of(Some(at(1)), &certain), Some(at(2)));
    }

    #[test]
    fn a_picture_comes_with_its_body() {
        let image = |image| Version {
            image,
            ..version(Full, "a", "Title")
        };
        let (one, two) = (Some("one"), Some("two"));
        let of = |old, new| merge(&old, &new, at(0), None).version.image;
        assert_eq!(of(image(None), image(two)), two);
        assert_eq!(of(image(one), image(two)), one);
        let other = Version {
            words_print: 1,
            ..image(two)
        };
        assert_eq!(of(image(one), other), two);
        let bare = Version {
            image: None,
            ..other
        };
        assert_eq!(of(image(one), bare), one);
    }

    #[test]
    fn changes_within_an_hour_are_one() {
        let (old, new) = (version(Full, "a", "Title"), version(Full, "b", "Title"));
        let kept = |last| merge(&old, &new, at(60), last).revision;
        assert_eq!(kept(None), KeepRevision::Yes);
        assert_eq!(kept(Some(at(0))), KeepRevision::Yes);
        assert_eq!(kept(Some(at(1))), KeepRevision::IfLonger);
        assert_eq!(kept(Some(at(60))), KeepRevision::IfLonger);
        // The clock was put back since: nothing is known of the time between.
        assert_eq!(kept(Some(at(61))), KeepRevision::Yes);
    }
}
