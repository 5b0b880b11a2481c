//! What is chosen to be shown (place, marks, tags, filter, search) and the query it makes.
//! Never here: what a tag's name stands for (`tags`), counting, drawing.

use super::rules::Rules;
use super::stories::DAYS;
use crate::config;
use newsprint_model::StoryId;
use newsprint_model::query::{Expr, Is, Query, When};

/// Whose articles are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// All outlets'.
    All,
    /// Those of today, in the reader's zone.
    Today,
    /// Starred ones.
    Starred,
    /// The front page: stories of the last days that several articles tell.
    Stories,
    /// Those of the configured view.
    View(usize),
    /// Those of a group of outlets, by name.
    Group(String),
    /// Those of an outlet, by name.
    Outlet(String),
}

/// Which articles by the reader's own marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Whatever their marks.
    #[default]
    All,
    /// Not read.
    Unread,
    /// Starred.
    Starred,
}

impl Status {
    /// What the list's title says; empty for all.
    pub fn word(self) -> &'static str {
        match self {
            Status::All => "",
            Status::Unread => "unread",
            Status::Starred => "starred",
        }
    }
}

/// Tags that are asked for and not wanted, as shown (aliases resolved).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagChoice {
    /// Asked for.
    pub with: Vec<String>,
    /// One of them is enough; else all are needed.
    pub any: bool,
    /// Not wanted.
    pub without: Vec<String>,
}

impl TagChoice {
    /// Nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.with.is_empty() && self.without.is_empty()
    }

    /// Asks for a tag, or no longer.
    pub fn toggle(&mut self, tag: &str) {
        self.without.retain(|have| have != tag);
        flip(&mut self.with, tag);
    }

    /// Does not want a tag, or no longer.
    pub fn toggle_not(&mut self, tag: &str) {
        self.with.retain(|have| have != tag);
        flip(&mut self.without, tag);
    }
}

fn flip(tags: &mut Vec<String>, tag: &str) {
    match tags.iter().position(|have| have == tag) {
        Some(at) => {
            tags.remove(at);
        }
        None => tags.push(tag.to_owned()),
    }
}

/// A query as typed and as read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Typed {
    /// As typed.
    pub text: String,
    /// As read.
    pub query: Query,
}

/// A story that was opened from a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenStory {
    /// Which.
    pub id: StoryId,
    /// The headline that stood for it.
    pub title: String,
}

/// All that decides which articles are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Whose.
    pub place: Place,
    /// The articles of this story instead of the place's.
    pub story: Option<OpenStory>,
    /// By marks.
    pub status: Status,
    /// By tags.
    pub tags: TagChoice,
    /// By a typed query.
    pub filter: Option<Typed>,
    /// By words, ranked.
    pub search: Option<Typed>,
}

impl Default for Choice {
    fn default() -> Choice {
        Choice {
            place: Place::All,
            story: None,
            status: Status::All,
            tags: TagChoice::default(),
            filter: None,
            search: None,
        }
    }
}

impl Choice {
    /// Whether anything beyond the place narrows it.
    pub fn is_narrowed(&self) -> bool {
        self.story.is_some() || self.is_narrowed_by_hand()
    }

    /// Whether tags, a filter or a search narrow it.
    pub fn is_narrowed_by_hand(&self) -> bool {
        !self.tags.is_empty() || self.filter.is_some() || self.search.is_some()
    }

    /// Whether the same is asked for beyond the place, whatever the marks.
    pub fn is_narrowed_as(&self, other: &Choice) -> bool {
        let typed = |typed: &Option<Typed>| typed.as_ref().map(|typed| typed.text.clone());
        self.story == other.story
            && self.tags == other.tags
            && typed(&self.filter) == typed(&other.filter)
            && typed(&self.search) == typed(&other.search)
    }
}

/// What is chosen by place, filter and search.
fn place_and_typed(choice: &Choice, views: &[config::View]) -> Query {
    let mut query = match &choice.place {
        _ if choice.story.is_some() => Query::default(),
        Place::All => Query::default(),
        Place::Today => Query::default().and_expr(Expr::Since(When::Day(0))),
        Place::Starred => Query::default().with_is(Is::Starred),
        Place::Stories => Query::default().and_expr(Expr::Since(When::Day(DAYS - 1))),
        Place::Group(name) => Query::default().and_expr(Expr::Group(name.clone())),
        Place::View(index) => views
            .get(*index)
            .map(|view| view.query.clone())
            .unwrap_or_default(),
        Place::Outlet(name) => Query::default().with_outlet(name),
    };
    if let Some(story) = &choice.story {
        query = query.and_expr(Expr::Story(story.id.0));
    }
    for typed in [&choice.filter, &choice.search].into_iter().flatten() {
        query = query.and(&typed.query);
    }
    query
}

/// The tags that are chosen.
fn tags_of(choice: &TagChoice) -> Query {
    let with = choice.with.iter().cloned().map(Expr::Tag);
    let with = if choice.any {
        Expr::any(with)
    } else {
        Expr::all(with)
    };
    let without = choice.without.iter().cloned().map(Expr::Tag);
    Query {
        expr: Expr::all(with.into_iter().chain(without.map(Expr::negated))),
    }
}

/// What is chosen, as it would be typed: with names as they are shown, and without what the config leaves
/// out. A view that is saved says this.
pub fn written(choice: &Choice, views: &[config::View]) -> Query {
    let query = place_and_typed(choice, views).and(&tags_of(&choice.tags));
    match choice.status {
        Status::All => query,
        Status::Unread => query.with_is(Is::Unread),
        Status::Starred => query.with_is(Is::Starred),
    }
}

/// What the store is asked for what is shown, without tags and marks: what the tags are counted under.
pub fn base(choice: &Choice, views: &[config::View], rules: Rules) -> Query {
    rules.meaning_beside(&place_and_typed(choice, views), &tags_of(&choice.tags))
}

/// What the store is asked for what is shown.
pub fn query(choice: &Choice, views: &[config::View], rules: Rules) -> Query {
    rules.meaning(&written(choice, views))
}

/// What is shown, in words, for the list's title.
pub fn title(choice: &Choice, views: &[config::View]) -> Vec<String> {
    let mut parts = Vec::new();
    match &choice.place {
        Place::All => {}
        Place::Today => parts.push("Today".to_owned()),
        Place::Starred => parts.push("Starred".to_owned()),
        Place::Stories => parts.push("Stories".to_owned()),
        Place::Group(name) => parts.push(name.clone()),
        Place::View(index) => parts.extend(views.get(*index).map(|view| view.name.clone())),
        Place::Outlet(name) => parts.push(name.clone()),
    }
    parts.extend(choice.story.iter().map(|story| story.title.clone()));
    if choice.status != Status::All {
        parts.push(choice.status.word().to_owned());
    }
    if !choice.tags.with.is_empty() {
        let between = if choice.tags.any { " or " } else { " + " };
        parts.push(choice.tags.with.join(between));
    }
    parts.extend(choice.tags.without.iter().map(|tag| format!("not {tag}")));
    parts.extend(choice.filter.iter().map(|typed| typed.text.clone()));
    parts.extend(choice.search.iter().map(|typed| format!("/{}", typed.text)));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::rules::OutletRules;

    #[test]
    fn the_choice_makes_one_query() {
        let tags = config::Tags {
            alias: vec![("Karabakh".into(), "Artsakh".into())],
            mute: vec!["Sport".into()],
            ..config::Tags::default()
        };
        let choice = Choice {
            place: Place::Outlet("Morning Post".into()),
            status: Status::Unread,
            tags: TagChoice {
                with: vec!["Artsakh".into(), "Georgia".into()],
                any: false,
                without: vec!["News".into()],
            },
            ..Choice::default()
        };
        let outlets = OutletRules::default();
        let rules = Rules {
            tags: &tags,
            outlets: &outlets,
        };
        assert_eq!(
            query(&choice, &[], rules).to_string(),
            "-tag:Sport outlet:\"Morning Post\" (tag:Artsakh or tag:Karabakh) tag:Georgia -tag:News is:unread"
        );
    }
}
