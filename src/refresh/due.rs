//! Whether an outlet is due: its schedule, its pauses, pages that wait.
//! Never here: fetching; the rules of schedules (`newsprint_fetch::schedule`).

use std::time::Duration;

use super::context::{Visit, VisitState};
use super::report::OutletReport;
use newsprint_fetch::schedule;
use newsprint_model::{FullText, Source, Time};

/// What may be fetched now.
#[derive(Debug, Clone, Copy)]
pub(super) enum Due {
    /// The source, and pages.
    Source,
    /// Only pages that were put off.
    Pages,
}

impl Visit<'_> {
    /// What may be fetched now, else the report of an outlet that is left alone.
    pub(super) fn due(&self, visit: &VisitState, now: Time) -> Result<Due, Box<OutletReport>> {
        let stored = &visit.stored;
        if self.outlet.account.is_some() {
            // A server reads its feed; only pages are fetched here.
            return match self.full_text != FullText::Never && visit.crawl.is_due(now) {
                true => Ok(Due::Pages),
                false => Err(Box::new(OutletReport::not_due(&self.outlet.name))),
            };
        }
        // Its host may have asked another outlet for a pause.
        let source = stored.source.as_ref().map(Source::url);
        let source = source.unwrap_or(self.fetcher.home);
        let paused = self.fetcher.client.paused_until(source);
        let own = stored
            .retry_after
            .filter(|at| now < *at && self.is_possible(visit, *at, now));
        let waits = own.or(paused);
        // Hours and days without news count on the way and at the end of it.
        let open = schedule::past_skipped(now, &visit.crawl.hints);
        let next = self.next(visit);
        let next = next.max(Some(open).filter(|open| now < *open));
        let rests = next.filter(|at| now < *at && !self.force);
        if stored.stopped.is_none() && waits.or(rests).is_none() {
            return Ok(Due::Source);
        }
        // The source rests, maybe for a day; pages that were put off need not.
        let since = stored
            .last_attempt
            .filter(|at| *at <= now)
            .unwrap_or(Time::MIN);
        let pause = self
            .config
            .interval
            .saturating_sub(schedule::slack(self.config.interval));
        if stored.stopped.is_none()
            && waits.is_none()
            && self.full_text != FullText::Never
            && (visit.crawl.unfinished || self.started >= schedule::add(since, pause))
            && visit.crawl.is_due(now)
        {
            return Ok(Due::Pages);
        }
        let mut remarks = Vec::new();
        remarks.extend(stored.stopped.clone());
        match (waits, own) {
            (Some(at), None) => {
                remarks.push(format!(
                    "host paused until {}",
                    newsprint_model::local_minute(at)
                ));
            }
            (Some(at), _) if self.force => {
                remarks.push(format!(
                    "paused until {} (Retry-After)",
                    newsprint_model::local_minute(at)
                ));
            }
            _ => {}
        }
        Err(Box::new(OutletReport {
            failing_since: stored.failing_since,
            next_fetch: match stored.stopped {
                Some(_) => None,
                None => waits.max(next),
            },
            remarks,
            ..OutletReport::not_due(&self.outlet.name)
        }))
    }

    /// When the source may be fetched again: as it was stored, or earlier where that followed from an
    /// interval that the reader has shortened since.
    fn next(&self, visit: &VisitState) -> Option<Time> {
        let stored = &visit.stored;
        let next = stored.next_fetch?;
        if !self.is_possible(visit, next, self.fetcher.clock.now()) {
            return None;
        }
        let Some(last) = stored.last_attempt else {
            return Some(next);
        };
        let interval = self.config.interval;
        let own = if stored.failures > 0 {
            schedule::after_failure(last, interval, stored.failures, 1.0)
        } else {
            // Stores of earlier versions do not know it.
            let Some(asked) = visit.crawl.asked_until else {
                return Some(next);
            };
            let asked = Time::from_second(asked).unwrap_or(Time::MAX);
            let own = schedule::add(last, interval.saturating_sub(schedule::slack(interval)));
            schedule::past_skipped(own.max(asked), &visit.crawl.hints)
        };
        Some(next.min(own))
    }

    /// Whether a rule can have put a time so far ahead. One that was stored while the clock was ahead of what
    /// it is now is no wish of the outlet.
    fn is_possible(&self, visit: &VisitState, at: Time, now: Time) -> bool {
        let stored = &visit.stored;
        // Two machines may share a store, and clocks are set by minutes.
        let tolerance = Duration::from_secs(120);
        let from_the_future = |time: Time| time > schedule::add(now, tolerance);
        if stored.last_attempt.is_some_and(from_the_future) {
            return false;
        }
        let longest = match stored.retry_after {
            Some(until) if until == at => schedule::LONGEST_RETRY,
            _ => schedule::LONGEST_REST.max(self.config.interval * 2),
        };
        at <= schedule::add(now, longest)
    }
}
