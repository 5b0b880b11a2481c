//! What is kept from one run to the next: layout, order of lists, the place one was at; as lines of text.
//! Never here: storing it.

use crate::config::Start;
use crate::library::selection::{Place, Status};
use crate::tui::effect::Effect;
use newsprint_model::fold;

use super::State;
use super::layout::{self, Layout};
use super::order::Order;

/// The orders of lists: the config's, and those of places that were given another.
#[derive(Debug, Clone, Default)]
pub(super) struct Orders {
    pub(super) default: Order,
    of: Vec<(String, Order)>,
}

impl Orders {
    /// Every place has this order.
    pub(super) fn new(default: Order) -> Orders {
        Orders {
            default,
            of: Vec::new(),
        }
    }

    pub(super) fn of(&self, place: &Place) -> Order {
        let key = key(place);
        let found = self.of.iter().find(|(have, _)| *have == key);
        found.map_or(self.default, |(_, order)| *order)
    }

    pub(super) fn set(&mut self, place: &Place, order: Order) {
        let key = key(place);
        self.of.retain(|(have, _)| *have != key);
        if order != self.default {
            self.of.push((key, order));
        }
    }
}

/// The name of a place in the session's lines; views by their number.
fn key(place: &Place) -> String {
    match place {
        Place::All => "all".to_owned(),
        Place::Today => "today".to_owned(),
        Place::Starred => "starred".to_owned(),
        Place::Stories => "stories".to_owned(),
        Place::View(at) => format!("view {at}"),
        Place::Group(name) => format!("group {name}"),
        Place::Outlet(name) => format!("outlet {name}"),
    }
}

impl State {
    /// The effect that keeps the session.
    pub(super) fn remember_session(&self) -> Effect {
        Effect::RememberSession(self.session())
    }

    /// What is kept, line by line.
    pub fn session(&self) -> String {
        let screen = &self.screen;
        let mut lines = vec![
            format!("layout {}", layout::name(screen.layout)),
            format!("list {}", screen.list_part),
            format!(
                "sidebar {}",
                if screen.sidebar_hidden { "off" } else { "on" }
            ),
            format!("place {}", key(&self.choice.place)),
            format!("status {}", self.choice.status.word()),
        ];
        for (place, order) in &self.orders.of {
            lines.push(format!("order {} {place}", order.name()));
        }
        lines.join("\n")
    }

    /// Takes over what was kept; what is not understood is passed over. The config's layout goes before
    /// the one that was last chosen, unless it is `auto`.
    pub fn restore(&mut self, kept: &str) {
        let mut place = None;
        let mut status = Status::All;
        for line in kept.lines() {
            let Some((name, value)) = line.split_once(' ') else {
                continue;
            };
            match name {
                "layout" if self.settings.reader.layout == Layout::Auto => {
                    self.screen.layout = layout::named(value).unwrap_or_default();
                }
                "list" => {
                    if let Ok(part) = value.parse::<u16>() {
                        self.screen.list_part = part.clamp(20, 80);
                    }
                }
                "sidebar" => self.screen.sidebar_hidden = value == "off",
                "place" => place = self.place_of(value),
                "status" => {
                    let all = [Status::Unread, Status::Starred];
                    let found = all.into_iter().find(|status| status.word() == value);
                    status = found.unwrap_or_default();
                }
                "order" => {
                    if let Some((order, place)) = value.split_once(' ')
                        && let Some(order) = Order::named(order)
                    {
                        self.orders.of.push((place.to_owned(), order));
                    }
                }
                _ => {}
            }
        }
        if self.settings.reader.start == Start::Last
            && let Some(place) = place
        {
            self.restored = place != Place::All;
            self.choice.place = place;
            self.choice.status = status;
        }
        self.list.order = self.orders.of(&self.choice.place);
        self.choose_row();
    }

    /// Where one left off there may be nothing now, while there are articles elsewhere: then all of them are shown.
    pub(super) fn leave_empty_start(&mut self) -> Vec<Effect> {
        if !self.restored || !self.side.known || self.list.waiting {
            return Vec::new();
        }
        self.restored = false;
        if !self.list.rows.is_empty() || self.side.all.unread == 0 || self.choice.is_narrowed() {
            return Vec::new();
        }
        let left = self.shown_place();
        let effects = self.show_place(&Place::All);
        let what = match self.choice.status {
            Status::All => "No articles",
            Status::Unread => "No unread articles",
            Status::Starred => "No starred articles",
        };
        self.info(format!("{what} in {left}; showing all outlets."));
        effects
    }

    /// The place of this name, if there still is one.
    fn place_of(&self, name: &str) -> Option<Place> {
        let (kind, rest) = name.split_once(' ').unwrap_or((name, ""));
        match kind {
            "all" => Some(Place::All),
            "today" => Some(Place::Today),
            "starred" => Some(Place::Starred),
            "stories" => Some(Place::Stories),
            "view" => {
                let at = rest.parse().ok()?;
                (at < self.settings.views.len()).then_some(Place::View(at))
            }
            "group" => {
                let mut groups = self.side.group_names().into_iter();
                groups
                    .find(|have| fold(have) == fold(rest))
                    .map(Place::Group)
            }
            "outlet" => self
                .outlet(rest)
                .map(|outlet| Place::Outlet(outlet.name.clone())),
            _ => None,
        }
    }
}
