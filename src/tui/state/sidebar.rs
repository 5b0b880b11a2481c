//! The sidebar's rows: places above, tags below, their counts and cursors.
//! Never here: what a choice means as a query (`library`), counting, drawing.

use crate::config;
use crate::library::selection::Place;
use crate::library::tags::Facet;
use newsprint_model::{Counts, Health};

/// The sidebar: places above, tags below.
#[derive(Debug, Clone, Default)]
pub struct Sidebar {
    /// All, the views, the outlets.
    pub places: Vec<(Place, String)>,
    /// The chosen place's row.
    pub place: usize,
    /// First row of the places on the screen.
    pub place_top: usize,
    /// Counts of all articles.
    pub all: Counts,
    /// Counts of starred articles.
    pub starred: Counts,
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

impl Sidebar {
    /// Its rows for these views and outlets.
    pub fn new(views: &[config::View], outlets: &[String]) -> Sidebar {
        let mut places = vec![(Place::All, "All".to_owned())];
        for (index, view) in views.iter().enumerate() {
            places.push((Place::View(index), view.name.clone()));
        }
        for name in outlets {
            places.push((Place::Outlet(name.clone()), name.clone()));
        }
        Sidebar {
            places,
            ..Sidebar::default()
        }
    }

    /// Counts of a place, once they are known.
    pub fn counts(&self, place: &Place) -> Option<Counts> {
        if !self.known {
            return None;
        }
        match place {
            Place::All => Some(self.all),
            Place::View(index) => self.views.get(*index).copied(),
            Place::Outlet(name) => self.health(name).map(|health| health.counts),
        }
    }

    /// Health of an outlet.
    pub fn health(&self, name: &str) -> Option<&Health> {
        self.outlets.iter().find(|health| health.outlet == name)
    }
}
