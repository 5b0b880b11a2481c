//! The sidebar's rows: views, outlets in groups, tags; their counts and cursors.
//! Never here: what a choice means as a query (`library`), counting, drawing.

use std::cmp::Reverse;

use crate::config;
use crate::library::selection::{Place, Status};
use crate::library::tags::Facet;
use newsprint_model::{Counts, Health, Outlet, fold};

/// A row of the places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRow {
    /// What it shows.
    pub place: Place,
    /// By marks, where the row is about them: it leaves them as they are else.
    pub status: Option<Status>,
    /// Its name.
    pub name: String,
    /// It belongs to the group above it.
    pub in_group: bool,
    /// Of a group: whether its outlets are folded away.
    pub folded: bool,
}

impl PlaceRow {
    fn new(place: Place, name: &str) -> PlaceRow {
        PlaceRow {
            place,
            status: None,
            name: name.to_owned(),
            in_group: false,
            folded: false,
        }
    }

    /// It is one of the views rather than a group or an outlet.
    pub fn is_view(&self) -> bool {
        !matches!(self.place, Place::Group(_) | Place::Outlet(_))
    }
}

/// The sidebar: places above, tags below.
#[derive(Debug, Clone, Default)]
pub struct Sidebar {
    /// Views, then outlets in their groups: what is not folded away.
    places: Vec<PlaceRow>,
    /// Names of the outlets, in the config's order, with their groups.
    outlet_names: Vec<(String, Option<String>)>,
    /// Names of the configured views.
    view_names: Vec<String>,
    /// Folded groups.
    folded: Vec<String>,
    /// The row under the cursor among the places.
    pub place: usize,
    /// First row of the places on the screen.
    pub place_top: usize,
    /// Counts of all articles.
    pub all: Counts,
    /// Counts of starred articles.
    pub starred: Counts,
    /// Counts of today's articles.
    pub today: Counts,
    /// Counts of the stories of the front page.
    pub stories: Counts,
    /// Counts of the views.
    pub views: Vec<Counts>,
    /// Health and counts of the outlets.
    pub outlets: Vec<Health>,
    /// The tags under what is shown.
    pub tags: Vec<Facet>,
    /// The row under the cursor among the tags.
    pub tag: usize,
    /// First row of the tags on the screen.
    pub tag_top: usize,
    /// Counts have come.
    pub known: bool,
    /// Nothing was ever stored, as far as is known.
    pub store_empty: bool,
}

/// A tag of one article leads nowhere that its headline would not.
fn is_listed(tag: &Facet) -> bool {
    tag.own || tag.counts.total > 1
}

impl Sidebar {
    /// Its rows for these views and outlets.
    pub fn new(views: &[config::View], outlets: &[Outlet]) -> Sidebar {
        let mut side = Sidebar::default();
        side.configure(views, outlets);
        side
    }

    /// Takes other views and outlets over; what is known of those that stay, and the cursor, stay.
    pub fn configure(&mut self, views: &[config::View], outlets: &[Outlet]) {
        self.view_names = views.iter().map(|view| view.name.clone()).collect();
        self.outlet_names = outlets
            .iter()
            .map(|outlet| (outlet.name.clone(), outlet.group.clone()))
            .collect();
        self.build();
    }

    /// The rows of the places.
    pub fn rows(&self) -> &[PlaceRow] {
        &self.places
    }

    /// The row that a free line stands before: the first that is no view.
    pub fn gap(&self) -> Option<usize> {
        let at = self.places.iter().position(|row| !row.is_view())?;
        (at > 0).then_some(at)
    }

    /// Lines that the rows of the places take, with the free line.
    pub fn lines(&self) -> usize {
        self.places.len() + usize::from(self.gap().is_some())
    }

    /// The line of a row on the screen, counted from the first on it.
    pub fn line_of(&self, row: usize) -> usize {
        let gap = self
            .gap()
            .is_some_and(|gap| (self.place_top + 1..=row).contains(&gap));
        (row + usize::from(gap)).saturating_sub(self.place_top)
    }

    /// The row on a line of the screen, counted from the first on it; none on the free line.
    pub fn row_on(&self, line: usize) -> Option<usize> {
        let mut rows = self.place_top..self.places.len();
        rows.find(|row| self.line_of(*row) == line)
    }

    /// The row under the cursor.
    pub fn chosen(&self) -> Option<&PlaceRow> {
        self.places.get(self.place)
    }

    /// All outlets, folded away or not.
    pub fn outlet_names(&self) -> Vec<String> {
        let names = self.outlet_names.iter();
        names.map(|(name, _)| name.clone()).collect()
    }

    /// The groups, in the order of their first outlet.
    pub fn group_names(&self) -> Vec<String> {
        let mut groups: Vec<String> = Vec::new();
        for (_, group) in &self.outlet_names {
            if let Some(group) = group
                && !groups.iter().any(|have| fold(have) == fold(group))
            {
                groups.push(group.clone());
            }
        }
        groups
    }

    /// How many of the tags are listed while one is elsewhere: those of a single article are not. They are
    /// the last, see [`Sidebar::set_tags`].
    pub fn listed_tags(&self) -> usize {
        self.tags.iter().take_while(|tag| is_listed(tag)).count()
    }

    /// Takes the tags: the reader's own first, then those with most unread; those of a single article last.
    pub fn set_tags(&mut self, mut tags: Vec<Facet>) {
        tags.sort_by_key(|tag| {
            let rank = (!is_listed(tag), !tag.own, tag.section);
            (rank, Reverse(tag.counts.unread), Reverse(tag.counts.total))
        });
        self.tags = tags;
    }

    /// Whether a view, outlet or group has this name.
    pub fn is_taken(&self, name: &str) -> Option<String> {
        let folded = fold(name);
        let builtin = ["All", "Unread", "Today", "Starred", "Stories"].map(str::to_owned);
        let mut names = builtin
            .into_iter()
            .chain(self.view_names.iter().cloned())
            .chain(self.outlet_names());
        names.find(|have| fold(have) == folded)
    }

    /// Folds a group's outlets away, or shows them again; whether there is such a group.
    pub fn fold(&mut self, group: &str) -> bool {
        let folded = fold(group);
        if !self.group_names().iter().any(|have| fold(have) == folded) {
            return false;
        }
        match self.folded.iter().position(|have| *have == folded) {
            Some(at) => {
                self.folded.remove(at);
            }
            None => self.folded.push(folded),
        }
        let chosen = self.chosen().map(|row| row.place.clone());
        self.build();
        // The cursor stays on its row; where that was folded away, on its group.
        let at = chosen.and_then(|place| self.position(&place));
        let group = self.position(&Place::Group(group.to_owned()));
        self.place = at.or(group).unwrap_or(0);
        true
    }

    /// The row of a place.
    pub fn position(&self, place: &Place) -> Option<usize> {
        let same = |row: &PlaceRow| row.place == *place && row.status != Some(Status::Unread);
        self.places.iter().position(same)
    }

    fn build(&mut self) {
        let mut rows = vec![
            PlaceRow {
                status: Some(Status::All),
                ..PlaceRow::new(Place::All, "All")
            },
            PlaceRow {
                status: Some(Status::Unread),
                ..PlaceRow::new(Place::All, "Unread")
            },
            PlaceRow::new(Place::Today, "Today"),
            PlaceRow {
                status: Some(Status::All),
                ..PlaceRow::new(Place::Starred, "Starred")
            },
            PlaceRow::new(Place::Stories, "Stories"),
        ];
        for (index, name) in self.view_names.iter().enumerate() {
            rows.push(PlaceRow::new(Place::View(index), name));
        }
        for group in self.group_names() {
            let of_group = |have: &Option<String>| {
                have.as_ref().is_some_and(|have| fold(have) == fold(&group))
            };
            let folded = self.folded.contains(&fold(&group));
            rows.push(PlaceRow {
                folded,
                ..PlaceRow::new(Place::Group(group.clone()), &group)
            });
            let outlets = self.outlet_names.iter();
            for (name, _) in outlets.filter(|(_, have)| !folded && of_group(have)) {
                rows.push(PlaceRow {
                    in_group: true,
                    ..PlaceRow::new(Place::Outlet(name.clone()), name)
                });
            }
        }
        let alone = self.outlet_names.iter();
        for (name, _) in alone.filter(|(_, group)| group.is_none()) {
            rows.push(PlaceRow::new(Place::Outlet(name.clone()), name));
        }
        self.places = rows;
        self.place = self.place.min(self.places.len().saturating_sub(1));
    }

    /// Counts of a place, once they are known.
    pub fn counts(&self, place: &Place) -> Option<Counts> {
        if !self.known {
            return None;
        }
        match place {
            Place::All => Some(self.all),
            Place::Today => Some(self.today),
            Place::Starred => Some(self.starred),
            Place::Stories => Some(self.stories),
            Place::View(index) => self.views.get(*index).copied(),
            Place::Group(group) => Some(self.group_counts(group)),
            Place::Outlet(name) => self.health(name).map(|health| health.counts),
        }
    }

    fn group_counts(&self, group: &str) -> Counts {
        let mut sum = Counts::default();
        let folded = fold(group);
        for (name, have) in &self.outlet_names {
            if have.as_ref().is_some_and(|have| fold(have) == folded)
                && let Some(health) = self.health(name)
            {
                sum.total += health.counts.total;
                sum.unread += health.counts.unread;
            }
        }
        sum
    }

    /// Health of an outlet.
    pub fn health(&self, name: &str) -> Option<&Health> {
        self.outlets.iter().find(|health| health.outlet == name)
    }
}
