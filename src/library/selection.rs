//! What is chosen to be shown (place, marks, tags, filter, search) and the query it makes.
//! Never here: what a tag's name stands for (`tags`), counting, drawing.

use super::tags::{stands_for, tag_expr};
use crate::config;
use newsprint_model::fold;
use newsprint_model::query::{Expr, Is, Query};

/// Whose articles are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// All outlets'.
    All,
    /// Those of the configured view.
    View(usize),
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

/// All that decides which articles are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Whose.
    pub place: Place,
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
        !self.tags.is_empty() || self.filter.is_some() || self.search.is_some()
    }

    /// Whether the same is asked for beyond the place, whatever the marks.
    pub fn is_narrowed_as(&self, other: &Choice) -> bool {
        let typed = |typed: &Option<Typed>| typed.as_ref().map(|typed| typed.text.clone());
        self.tags == other.tags
            && typed(&self.filter) == typed(&other.filter)
            && typed(&self.search) == typed(&other.search)
    }
}

/// What is shown, without tags and marks: what the tags are counted under.
pub fn base(choice: &Choice, views: &[config::View], tags: &config::Tags) -> Query {
    let mut query = match &choice.place {
        Place::All => Query::default(),
        Place::View(index) => views
            .get(*index)
            .map(|view| view.query.clone())
            .unwrap_or_default(),
        Place::Outlet(name) => Query::default().with_outlet(name),
    };
    for typed in [&choice.filter, &choice.search].into_iter().flatten() {
        query = query.and(&typed.query);
    }
    for muted in &tags.mute {
        let wanted = choice.tags.with.iter().any(|tag| fold(tag) == fold(muted));
        if wanted {
            continue;
        }
        for name in stands_for(tags, muted) {
            if !query.asks_for_tag(&name) {
                query = query.and_not_tag(&name);
            }
        }
    }
    query
}

/// What is shown.
pub fn query(choice: &Choice, views: &[config::View], tags: &config::Tags) -> Query {
    let mut query = base(choice, views, tags);
    let with: Vec<Expr> = choice
        .tags
        .with
        .iter()
        .filter_map(|tag| tag_expr(tags, tag))
        .collect();
    let with = if choice.tags.any {
        Expr::any(with)
    } else {
        Expr::all(with)
    };
    if let Some(expr) = with {
        query = query.and_expr(expr);
    }
    for tag in &choice.tags.without {
        if let Some(expr) = tag_expr(tags, tag) {
            query = query.and_expr(expr.negated());
        }
    }
    match choice.status {
        Status::All => query,
        Status::Unread => query.with_is(Is::Unread),
        Status::Starred => query.with_is(Is::Starred),
    }
}

/// What is shown, in words, for the list's title.
pub fn title(choice: &Choice, views: &[config::View]) -> Vec<String> {
    let mut parts = Vec::new();
    match &choice.place {
        Place::All => {}
        Place::View(index) => parts.extend(views.get(*index).map(|view| view.name.clone())),
        Place::Outlet(name) => parts.push(name.clone()),
    }
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
        assert_eq!(
            query(&choice, &[], &tags).to_string(),
            "outlet:\"Morning Post\" -tag:Sport (tag:Artsakh or tag:Karabakh) tag:Georgia -tag:News is:unread"
        );
    }
}
