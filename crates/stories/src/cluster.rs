//! Average link: of all groups the two whose pairs score best on average are joined, as long as that is enough.
//! Never here: what a score is, which articles are given.

/// Seconds between the articles of one story at most: five days from one to the next.
pub const DAYS: i64 = 5 * 86_400;

/// Most articles in one story: more than this are similar for another reason than one event.
const LARGEST: usize = 400;

/// An article, or several that are one story whatever is found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit {
    /// Articles in it.
    pub(crate) count: usize,
    /// The time of its first and last, seconds.
    pub(crate) first: i64,
    pub(crate) last: i64,
}

/// Groups of units, by the average of their pairs' scores.
pub(crate) struct Groups {
    units: Vec<Unit>,
    /// Row by row; minus infinity for what must not meet.
    scores: Vec<f32>,
    /// Row by row: the best score of a pair of theirs.
    surest: Vec<f32>,
    /// Of each unit the group it is in, by the group's first unit.
    group: Vec<usize>,
    /// Of each group the one it scores best with.
    best: Vec<Option<(f32, usize)>>,
}

impl Groups {
    /// `score` is given two units, the second before the first.
    pub(crate) fn new(units: Vec<Unit>, mut score: impl FnMut(usize, usize) -> f32) -> Groups {
        let count = units.len();
        let mut scores = vec![f32::NEG_INFINITY; count * count];
        for a in 0..count {
            for b in 0..a {
                let score = score(a, b);
                scores[a * count + b] = score;
                scores[b * count + a] = score;
            }
        }
        Groups {
            group: (0..count).collect(),
            best: vec![None; count],
            surest: scores.clone(),
            units,
            scores,
        }
    }

    fn score(&self, a: usize, b: usize) -> f32 {
        self.scores[a * self.units.len() + b]
    }

    fn set(&mut self, a: usize, b: usize, score: f32) {
        let count = self.units.len();
        self.scores[a * count + b] = score;
        self.scores[b * count + a] = score;
    }

    /// These are never in one group, unless they are already.
    pub(crate) fn apart(&mut self, a: usize, b: usize) {
        let (a, b) = (self.group[a], self.group[b]);
        if a != b {
            self.set(a, b, f32::NEG_INFINITY);
        }
    }

    /// These are in one group, unless they are apart.
    pub(crate) fn together(&mut self, a: usize, b: usize) {
        let (a, b) = (self.group[a], self.group[b]);
        if a != b && self.score(a, b) > f32::NEG_INFINITY {
            self.join(a.min(b), a.max(b));
        }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (one, other) = (self.units[a], self.units[b]);
        let (m, n) = (one.count as f32, other.count as f32);
        for k in 0..self.units.len() {
            if self.group[k] == k && k != a && k != b {
                let mean = (self.score(a, k) * m + self.score(b, k) * n) / (m + n);
                self.set(a, k, mean);
                let count = self.units.len();
                let surest = self.surest[a * count + k].max(self.surest[b * count + k]);
                self.surest[a * count + k] = surest;
                self.surest[k * count + a] = surest;
            }
        }
        self.units[a] = Unit {
            count: one.count + other.count,
            first: one.first.min(other.first),
            last: one.last.max(other.last),
        };
        for group in &mut self.group {
            if *group == b {
                *group = a;
            }
        }
    }

    /// Whether two groups may be one: a pair of theirs is sure, and they are neither too far apart in time nor too many.
    fn may(&self, a: usize, b: usize, sure: f32) -> bool {
        let (one, other) = (self.units[a], self.units[b]);
        let gap = (other.first - one.last).max(one.first - other.last);
        let surest = self.surest[a * self.units.len() + b];
        surest >= sure && gap <= DAYS && one.count + other.count <= LARGEST
    }

    fn find_best(&mut self, a: usize, sure: f32) {
        let mut best: Option<(f32, usize)> = None;
        for b in 0..self.units.len() {
            if b != a && self.group[b] == b && self.may(a, b, sure) {
                let score = self.score(a, b);
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, b));
                }
            }
        }
        self.best[a] = best;
    }

    /// Joins what scores `least` on average and of which one pair scores `sure`; of each unit its group. Of equal scores
    /// the first units are joined.
    pub(crate) fn joined(mut self, least: f32, sure: f32) -> Vec<usize> {
        for a in 0..self.units.len() {
            if self.group[a] == a {
                self.find_best(a, sure);
            }
        }
        loop {
            let mut next: Option<(f32, usize, usize)> = None;
            for a in 0..self.units.len() {
                if self.group[a] == a
                    && let Some((score, b)) = self.best[a]
                    && score >= least
                    && next.is_none_or(|(most, ..)| score > most)
                {
                    next = Some((score, a, b));
                }
            }
            let Some((_, a, b)) = next else {
                return self.group;
            };
            let (a, b) = (a.min(b), a.max(b));
            self.join(a, b);
            for k in 0..self.units.len() {
                if self.group[k] != k {
                    continue;
                }
                let stale = k == a || self.best[k].is_some_and(|(_, best)| best == a || best == b);
                if stale {
                    self.find_best(k, sure);
                } else if self.may(k, a, sure) {
                    let score = self.score(k, a);
                    if self.best[k]
                        .is_none_or(|(most, best)| score > most || (score == most && a < best))
                    {
                        self.best[k] = Some((score, a));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Unit = Unit {
        count: 1,
        first: 0,
        last: 0,
    };

    /// Units on a line: the nearer, the higher the score.
    fn on_a_line(places: &[f32], units: Vec<Unit>) -> Groups {
        Groups::new(units, |a, b| 1.0 - (places[a] - places[b]).abs())
    }

    #[test]
    fn what_is_near_on_average_is_joined_and_a_chain_is_not() {
        let chain = [0.0, 0.9, 1.8, 2.7];
        let groups = on_a_line(&chain, vec![ONE; 4]).joined(0.0, 0.0);
        assert_eq!(groups, [0, 0, 2, 2]);
    }

    #[test]
    fn what_is_near_on_average_needs_one_sure_pair() {
        let pair = on_a_line(&[0.0, 0.6, 2.0], vec![ONE; 3]);
        assert_eq!(pair.joined(0.0, 0.5), [0, 1, 2]);
        let three = on_a_line(&[0.0, 0.1, 0.6], vec![ONE; 3]);
        assert_eq!(three.joined(0.0, 0.5), [0, 0, 0]);
    }

    #[test]
    fn what_is_decided_holds_against_scores() {
        let near = [0.0, 0.1, 9.0];
        let mut groups = on_a_line(&near, vec![ONE; 3]);
        groups.apart(0, 1);
        groups.together(0, 2);
        groups.together(1, 2);
        assert_eq!(groups.joined(0.0, 0.0), [0, 1, 0]);
    }

    #[test]
    fn days_without_an_article_part_stories() {
        let at = |time| Unit {
            count: 1,
            first: time,
            last: time,
        };
        let units = vec![at(0), at(9 * 86_400), at(5 * 86_400)];
        assert_eq!(
            on_a_line(&[0.0; 3], units.clone()).joined(0.0, 0.0),
            [0, 0, 0]
        );
        assert_eq!(
            on_a_line(&[0.0; 2], units[..2].to_vec()).joined(0.0, 0.0),
            [0, 1]
        );
    }

    #[test]
    fn a_story_does_not_grow_for_ever() {
        let many = Unit { count: 399, ..ONE };
        assert_eq!(
            on_a_line(&[0.0; 3], vec![many, ONE, ONE]).joined(0.5, 0.5),
            [0, 0, 2]
        );
    }
}
