//! The orders that a list may have. Never here: sorting.

pub use crate::config::Order;

impl Order {
    /// All there are, in the order of the key that goes through them.
    pub const ALL: [Order; 4] = [Order::Newest, Order::Oldest, Order::Outlet, Order::Longest];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Order::Newest => "newest",
            Order::Oldest => "oldest",
            Order::Outlet => "outlet",
            Order::Longest => "longest",
        }
    }

    /// The order of this name.
    pub fn named(name: &str) -> Option<Order> {
        Order::ALL.into_iter().find(|order| order.name() == name)
    }

    /// What is said when it is chosen.
    pub fn about(self) -> &'static str {
        match self {
            Order::Newest => "Newest first",
            Order::Oldest => "Oldest first",
            Order::Outlet => "Sorted by outlet",
            Order::Longest => "Longest first",
        }
    }

    /// The one after it, around the end.
    pub fn next(self) -> Order {
        let at = Order::ALL
            .iter()
            .position(|order| *order == self)
            .unwrap_or(0);
        Order::ALL[(at + 1) % Order::ALL.len()]
    }
}
