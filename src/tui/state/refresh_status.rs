//! What is known of the refresh that runs and of those before it in this session.
//! Never here: starting one, how it is shown.

use crate::tui::event::RefreshProgress;
use newsprint_model::Time;

/// What is known of refreshes.
#[derive(Debug, Default)]
pub struct RefreshStatus {
    /// The one that runs.
    pub running: Option<RefreshProgress>,
    /// When the last of this session ended.
    pub last: Option<Time>,
    /// Outlets that failed when they were last fetched in this session, and why.
    pub failures: Vec<(String, String)>,
    /// What the refreshes of this session reported of outlets, such as another source.
    pub notes: Vec<(String, String)>,
    /// The running one was told to stop.
    pub(super) stopping: bool,
}
