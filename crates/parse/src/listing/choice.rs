//! Which of the stories the page lists: what speaks for each, what the sure ones have in common, and a decision for the
//! page as a whole. Never here: what is seen of a story (`signs`), what it is worth (`weights`).
//!
//! One link says little; what the page repeats says what it is. The first look judges each story by itself and with
//! those that stand alike; from the sure ones the shapes of the outlet's article addresses are learned; the second look
//! judges all again, and also those in places whose names call them a menu.

use std::collections::HashMap;

use super::signs::{COUNT, Looked, NAMES, Seen, Sign};
use super::weights;

/// What each sign is worth, and how much is enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Points of each sign, in the order of [`NAMES`].
    pub points: [f64; COUNT],
    /// A story with this much for it is sure.
    pub sure: f64,
    /// Alone it needs this much to be listed.
    pub alone: f64,
    /// So much in the mean is asked of those that stand alike.
    pub group: f64,
    /// And so much of each of them.
    pub member: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            points: weights::POINTS,
            sure: weights::SURE,
            alone: weights::ALONE,
            group: weights::GROUP,
            member: weights::MEMBER,
        }
    }
}

/// What was decided of one story, and why.
#[derive(Debug, Clone, Default)]
pub(super) struct Judged {
    pub taken: bool,
    /// What speaks for it and against it.
    pub reasons: Vec<(Sign, f64)>,
    /// By how many points it is above what is asked of it; below 0 it is not enough, and nothing would be in a menu.
    pub margin: f64,
    sum: f64,
}

impl Judged {
    fn say(&mut self, weights: &Weights, sign: Sign, strength: f64) {
        let points = weights.points[sign as usize] * strength;
        self.sum += points;
        self.reasons.push((sign, points));
    }

    /// The reasons in words, with their points.
    pub(super) fn told(&self) -> Vec<(&'static str, f64)> {
        let reasons = self.reasons.iter().filter(|(_, points)| *points != 0.0);
        reasons
            .map(|(sign, points)| (NAMES[*sign as usize], *points))
            .collect()
    }
}

/// Decides of the stories of a page, in their order.
pub(super) fn decide(looked: &Looked, weights: &Weights) -> Vec<Judged> {
    let seen = looked.stories.as_slice();
    let mut judged: Vec<Judged> = seen
        .iter()
        .map(|seen| {
            let mut judged = Judged {
                margin: f64::NEG_INFINITY,
                ..Judged::default()
            };
            for &(sign, strength) in &seen.signs {
                judged.say(weights, sign, strength);
            }
            judged
        })
        .collect();
    let open = |seen: &Seen| !seen.chrome && !seen.called_chrome;
    let kept = passing(seen, &judged, weights, open);
    let sure: Vec<usize> = kept
        .iter()
        .copied()
        .filter(|at| judged[*at].sum >= weights.sure && seen[*at].words >= 4)
        .collect();
    let sure = if sure.len() >= 3 { sure } else { kept };
    let learned = Shapes::learn(looked, &judged, &sure);
    for (seen, judged) in seen.iter().zip(&mut judged) {
        if let Some(sign) = learned.sign(seen) {
            judged.say(weights, sign, 1.0);
        }
    }
    for (at, margin) in margins(seen, &judged, weights, open) {
        judged[at].margin = margin;
    }
    let mut kept = passing(seen, &judged, weights, open);
    // Places that are called a menu: what has the address of the sure ones is an article all the same; and if nothing
    // else is there, their names say nothing.
    if kept.len() < 3 {
        let more = passing(seen, &judged, weights, |seen| !seen.chrome);
        if more.len() >= kept.len() + 3 {
            kept = more;
        }
    } else {
        let called = seen.iter().enumerate().filter(|(number, seen)| {
            seen.called_chrome
                && !seen.chrome
                && seen.titled
                && learned.is_of_sure(seen)
                && judged[*number].sum >= weights.alone
        });
        kept.extend(called.map(|(number, _)| number));
    }
    if kept.len() < 3 {
        let alone = lonely(seen);
        if alone.len() > kept.len() {
            kept = alone;
            for &at in &kept {
                judged[at].sum = judged[at].sum.max(weights.alone);
            }
        }
    }
    // Two links that look like headlines are a list only if they are sure.
    let enough = kept.len() >= 3 || kept.len() == 2 && kept.iter().all(|at| judged[*at].sum >= 2.0);
    for at in kept.into_iter().filter(|_| enough) {
        judged[at].taken = true;
    }
    judged
}

/// Links of a page that lists nothing else which its headlines are all the same: headings in what is declared a menu, and
/// short headlines that stand alike under addresses made of their words.
fn lonely(seen: &[Seen]) -> Vec<usize> {
    let has = |seen: &Seen, wanted: Sign| seen.signs.iter().any(|(sign, _)| *sign == wanted);
    let headed: Vec<usize> = (0..seen.len())
        .filter(|at| {
            let seen = &seen[*at];
            seen.chrome
                && seen.titled
                && has(seen, Sign::Heading)
                && !has(seen, Sign::Service)
                && seen.address >= 1.0
        })
        .collect();
    let long = headed.iter().filter(|at| seen[**at].words >= 4).count();
    if headed.len() >= 3 && long * 5 >= headed.len() * 4 {
        return headed;
    }
    let mut groups: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    for (at, seen) in seen.iter().enumerate() {
        if !seen.chrome && !seen.called_chrome {
            groups
                .entry((seen.group, seen.shapes[0]))
                .or_default()
                .push(at);
        }
    }
    let short = |at: &&usize| {
        let seen = &seen[**at];
        let named = has(seen, Sign::ShortSlug) || has(seen, Sign::Slug);
        let other = [
            Sign::Service,
            Sign::MenuToo,
            Sign::Aside,
            Sign::Header,
            Sign::Label,
            Sign::RunningText,
            Sign::Promotion,
        ];
        seen.titled && named && other.iter().all(|sign| !has(seen, *sign))
    };
    let mut best = Vec::new();
    for members in groups
        .into_values()
        .filter(|members| members.len() >= SHORT)
    {
        let words: usize = members.iter().map(|at| seen[*at].words).sum();
        let fits = members.iter().filter(short).count() * 8 >= members.len() * 7;
        if fits && words * 5 >= members.len() * 12 && members.len() > best.len() {
            best = members;
        }
    }
    best
}

/// So many short headlines that stand alike are a list.
const SHORT: usize = 6;

/// The stories that pass with those that stand alike, or alone; of those that may.
fn passing(
    seen: &[Seen],
    judged: &[Judged],
    weights: &Weights,
    may: impl Fn(&Seen) -> bool,
) -> Vec<usize> {
    margins(seen, judged, weights, may)
        .into_iter()
        .filter(|(_, margin)| *margin >= 0.0)
        .map(|(at, _)| at)
        .collect()
}

/// By how many points each story that may pass is above what is asked of it.
fn margins(
    seen: &[Seen],
    judged: &[Judged],
    weights: &Weights,
    may: impl Fn(&Seen) -> bool,
) -> Vec<(usize, f64)> {
    let mut groups: HashMap<usize, (usize, f64)> = HashMap::new();
    let titled = |at: &usize| may(&seen[*at]) && seen[*at].titled;
    for at in (0..seen.len()).filter(titled) {
        let (members, sum) = groups.entry(seen[at].group).or_default();
        *members += 1;
        *sum += judged[at].sum;
    }
    let margin = |at: usize| {
        let (members, sum) = groups[&seen[at].group];
        let asked = if members >= 3 {
            weights.group
        } else {
            weights.alone
        };
        let points = judged[at].sum;
        let together = (sum / members as f64 - asked).min(points - weights.member);
        (at, together.max(points - weights.alone))
    };
    (0..seen.len()).filter(titled).map(margin).collect()
}

/// The shapes of the outlet's article addresses, learned from the stories that are sure.
struct Shapes {
    /// For each shape how many of the sure stories have it, and how many of what is surely none: links in menus, and
    /// those with little for them.
    counts: HashMap<usize, (usize, usize)>,
    sure: usize,
}

impl Shapes {
    fn learn(looked: &Looked, judged: &[Judged], sure: &[usize]) -> Shapes {
        let seen = looked.stories.as_slice();
        let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut is_sure = vec![false; seen.len()];
        for &at in sure {
            is_sure[at] = true;
        }
        for (number, (seen, judged)) in seen.iter().zip(judged).enumerate() {
            let is_none = !is_sure[number] && (seen.chrome || judged.sum < 0.0);
            for shape in seen.shapes {
                let count = counts.entry(shape).or_default();
                count.0 += usize::from(is_sure[number]);
                count.1 += usize::from(is_none);
            }
        }
        for shape in looked.known.iter().flatten() {
            counts.entry(*shape).or_default().0 += 1;
        }
        Shapes {
            counts,
            sure: sure.len() + looked.known.len(),
        }
    }

    /// How the shape of an address fares: how many sure ones share it, and their share.
    fn of(&self, shape: usize) -> (usize, f64) {
        let (sure, none) = self.counts.get(&shape).copied().unwrap_or_default();
        (sure, sure as f64 / (sure + none).max(1) as f64)
    }

    fn is_of_sure(&self, seen: &Seen) -> bool {
        let (sure, share) = self.of(seen.shapes[0]);
        sure >= 3 && share >= 0.5 && seen.address >= 1.0
    }

    /// How the address of a story stands to those of the sure ones.
    fn sign(&self, seen: &Seen) -> Option<Sign> {
        let [_, fine, coarse] = seen.shapes;
        let ((fine_sure, fine_share), (coarse_sure, coarse_share)) =
            (self.of(fine), self.of(coarse));
        let short = seen.words <= 3;
        if fine_sure >= 3 && fine_share >= 0.5 {
            Some(Sign::LikeSure)
        } else if coarse_sure >= 4 && coarse_share >= 0.5 && (fine_sure > 0 || self.sure < 8) {
            Some(Sign::AboutLikeSure)
        } else if self.sure < 8 {
            None
        } else if fine_sure == 0 && coarse_sure == 0 {
            Some(Sign::UnlikeSure)
        } else if fine_share < 0.25 && coarse_share < 0.25 {
            Some(if short {
                Sign::ShortLikeFew
            } else {
                Sign::LikeFew
            })
        } else if fine_sure == 0 {
            Some(if short {
                Sign::ShortElsewhere
            } else {
                Sign::Elsewhere
            })
        } else {
            None
        }
    }
}
