//! What is remembered of an account from one sync to the next, besides its articles: doubts, quotas, pauses,
//! articles that the server cannot give. No secrets: databases are sent around.
//! Never here: requests, the store.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use newsprint_fetch::schedule;
use newsprint_model::Time;
use newsprint_sync::Failure;

/// What is remembered of an account besides its articles.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    /// A list of feeds that was not believed: its fingerprint and when it first came, seconds.
    pub doubted: Option<(u64, i64)>,
    /// Ids in the first request with marks, after a server refused larger ones; 0 for the usual.
    pub batch: usize,
    /// Fever: the highest id so far.
    pub highest: Option<i64>,
    /// Used and allowed requests of the server's quota, and until when that holds, seconds.
    pub quota: Option<(u32, u32, i64)>,
    /// A pause that the server asked for: status, until when, seconds, and whether of marks alone.
    pub pause: Option<(u16, i64, bool)>,
    /// Articles that the server cannot give, by their ids.
    pub refused: BTreeMap<String, Refused>,
}

/// An article that the server could not give, time and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Refused {
    /// How often in a row.
    times: u32,
    /// When it is asked for again, seconds.
    next: i64,
}

/// Articles that the server could not give and that are remembered.
const REFUSED: usize = 1_000;

/// … and asked for again in one sync, each by itself; where requests are counted, so many.
const ASKED_AGAIN: usize = 20;
const ASKED_AGAIN_COUNTED: usize = 2;

/// They are asked for again in the next sync, as it may have been a mishap; then after an hour, two, and so on; at
/// least once a day.
const FIRST_WAIT: i64 = 3_600;
const LONGEST_WAIT: i64 = 24 * 3_600;

/// One that nobody has wanted for so long is forgotten.
const FORGOTTEN: i64 = 7 * 24 * 3_600;

impl Memory {
    /// The pause that holds at `now`: status, its end, and whether of marks alone. None is longer than a host
    /// can ask for, so what was stored while the clock was ahead ends at last.
    pub(super) fn pause_now(&self, now: i64) -> Option<(u16, Time, bool)> {
        let longest = schedule::LONGEST_RETRY.as_secs() as i64 + 1;
        let (status, until, marks) = self.pause?;
        let holds = until > now && until <= now + longest;
        holds.then(|| (status, Time::from_second(until).unwrap_or_default(), marks))
    }

    /// Takes up how a sync ended: with a pause, of marks alone where all else was done (`whole`), or with
    /// something else, which ends none. A quota that is `short` lets marks through, and its end is remembered
    /// with it.
    pub(super) fn note_pause(
        &mut self,
        failure: Option<&Failure>,
        whole: bool,
        short: bool,
        now: i64,
    ) {
        let ask = match failure {
            Some(Failure::Later { status, until }) => {
                until.map(|until| (*status, until.as_second(), whole))
            }
            _ => None,
        };
        self.pause = match short {
            true => None,
            false => ask.or(self.pause.filter(|(_, until, _)| *until > now)),
        };
    }

    /// The articles that are not asked for now, and those that are asked for again, each by itself.
    pub(super) fn refused_now(
        &self,
        now: i64,
        counted: bool,
    ) -> (HashSet<String>, HashSet<String>) {
        let most = match counted {
            true => ASKED_AGAIN_COUNTED,
            false => ASKED_AGAIN,
        };
        // A clock that was ahead once must not hold them back for ever.
        let is_due = |one: &Refused| one.next <= now || one.next > now + LONGEST_WAIT;
        let mut due: Vec<(&String, &Refused)> =
            self.refused.iter().filter(|(_, one)| is_due(one)).collect();
        due.sort_by_key(|(_, one)| one.next);
        let again: HashSet<String> = due
            .into_iter()
            .take(most)
            .map(|(id, _)| id.clone())
            .collect();
        let rests = self.refused.keys().filter(|id| !again.contains(*id));
        (rests.cloned().collect(), again)
    }

    /// Takes up which articles the server could not give, and which it could at last.
    pub(super) fn note_refused(&mut self, refused: &[String], mended: &[String], now: i64) {
        for id in mended {
            self.refused.remove(id);
        }
        self.refused.retain(|_, one| one.next > now - FORGOTTEN);
        for id in refused {
            if self.refused.len() >= REFUSED && !self.refused.contains_key(id) {
                continue;
            }
            let one = self.refused.entry(id.clone()).or_default();
            let wait = match one.times {
                0 => 0,
                times => FIRST_WAIT << (times - 1).min(10),
            };
            one.next = now + wait.min(LONGEST_WAIT);
            one.times += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_000_000;

    fn ids(numbers: std::ops::Range<usize>) -> Vec<String> {
        numbers.map(|number| number.to_string()).collect()
    }

    #[test]
    fn what_is_remembered_of_refused_articles_has_bounds() {
        let mut memory = Memory::default();
        memory.note_refused(&ids(0..5_000), &[], NOW);
        assert_eq!(memory.refused.len(), REFUSED);
        let (rests, again) = memory.refused_now(NOW, false);
        assert_eq!(
            (again.len(), rests.len()),
            (ASKED_AGAIN, REFUSED - ASKED_AGAIN)
        );
        assert_eq!(memory.refused_now(NOW, true).1.len(), ASKED_AGAIN_COUNTED);
        // Those that were well are forgotten, and those that nobody has wanted for long.
        memory.note_refused(&[], &ids(0..5_000), NOW);
        assert!(memory.refused.is_empty());
        memory.note_refused(&ids(0..3), &[], NOW);
        memory.note_refused(&[], &[], NOW + FORGOTTEN + 1);
        assert!(memory.refused.is_empty());
    }

    #[test]
    fn a_refused_article_is_asked_for_again_at_least_once_a_day() {
        let mut memory = Memory::default();
        let one = ids(7..8);
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..9 {
            memory.note_refused(&one, &[], now);
            waits.push((memory.refused["7"].next - now) / 3_600);
            now = memory.refused["7"].next;
            assert_eq!(memory.refused_now(now, false).1.len(), 1);
        }
        assert_eq!(waits, [0, 1, 2, 4, 8, 16, 24, 24, 24]);
        // A clock that was ahead once does not hold it back.
        assert_eq!(memory.refused_now(NOW - 1_000_000, false).1.len(), 1);
    }

    #[test]
    fn a_pause_holds_to_its_end_whatever_comes_between() {
        let mut memory = Memory::default();
        let until = Some(Time::from_second(NOW + 7_200).unwrap());
        let asked = Failure::Later { status: 429, until };
        memory.note_pause(Some(&asked), false, false, NOW);
        memory.note_pause(None, true, false, NOW + 60);
        assert_eq!(
            memory.pause_now(NOW + 7_199).map(|(status, ..)| status),
            Some(429)
        );
        assert_eq!(memory.pause_now(NOW + 7_200), None);
        // As if the clock had been ahead when it was stored.
        assert_eq!(memory.pause_now(NOW - 40 * 24 * 3_600), None);
        memory.note_pause(Some(&asked), false, true, NOW);
        assert_eq!(memory.pause_now(NOW), None, "a short quota has its own end");
    }
}
