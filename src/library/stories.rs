//! Stories as a reader sees them: the headline that stands for one, the order of the front page.
//! Never here: finding stories, drawing.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use newsprint_model::{ArticleId, Headline, Time};
use newsprint_store::FrontStory;

/// Days of the front page: today and those before it.
pub const DAYS: u32 = 7;

/// The headline that stands for a story: the one whose title shares most with the others, of equals the oldest. Copies
/// have a say like all others; of an article and its copies under one title the article stands for them.
pub fn best<'a>(articles: &'a [Headline], copies: &BTreeSet<ArticleId>) -> Option<&'a Headline> {
    let titles: Vec<&str> = articles.iter().map(|one| one.title.as_str()).collect();
    let at = newsprint_stories::best_title(&titles)?;
    let own = |one: &&Headline| !copies.contains(&one.id) && one.title == titles[at];
    articles.iter().find(own).or_else(|| articles.get(at))
}

/// Puts stories in the order of a front page: the latest day first, of a day those that most outlets tell, of these
/// the latest. A story is of the day of its latest article, in the zone `zone`.
pub fn order(stories: &mut [FrontStory], zone: &TimeZone) {
    let day = |micros: i64| {
        let time = Time::from_microsecond(micros).unwrap_or_default();
        time.to_zoned_datetime(zone.clone()).date()
    };
    stories.sort_by_cached_key(|one| Reverse((day(one.last), one.outlets, one.last, one.id)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsprint_model::StoryId;

    #[test]
    fn the_front_page_is_by_day_then_outlets_then_freshness() {
        let story = |id: i64, time: &str, outlets: u64| FrontStory {
            id: StoryId(id),
            articles: Vec::new(),
            copies: BTreeSet::new(),
            outlets,
            last: time.parse::<Time>().unwrap().as_microsecond(),
        };
        let mut stories = [
            story(1, "2025-03-01T12:00:00Z", 9),
            story(2, "2025-03-02T08:00:00Z", 2),
            story(3, "2025-03-02T09:00:00Z", 2),
            story(4, "2025-03-02T07:00:00Z", 5),
            // In the zone it is the 2nd already.
            story(5, "2025-03-01T22:30:00Z", 3),
        ];
        order(&mut stories, &TimeZone::fixed(jiff::tz::offset(4)));
        assert_eq!(stories.map(|one| one.id.0), [4, 5, 3, 2, 1]);
    }
}
