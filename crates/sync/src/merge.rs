//! The merge: what is remembered of an article, the server's lists, and what becomes of both. Pure.
//! Never here: requests, the store.

use std::collections::{HashMap, HashSet};

use newsprint_model::remote::{Pending, PendingFate, RemoteChange, RemoteRow};

/// A server that did not know an id so often in a row does not have the article any more.
pub const GONE: u8 = 2;

/// The server says that it has taken a mark so often; after that its own value is believed.
const TRIES: u32 = 2;

/// What a server said in one sync. A list is `None` where it did not come whole.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    /// Ids of all unread articles.
    pub unread: Option<HashSet<String>>,
    /// Ids of all starred articles.
    pub starred: Option<HashSet<String>>,
    /// Articles that were fetched by id after the lists: read, starred.
    pub proof: HashMap<String, (bool, bool)>,
    /// Ids that were asked for by id in requests that were answered.
    pub asked: HashSet<String>,
}

/// What the server is known to have of one kind.
enum There {
    Known(bool),
    Unknown,
}

impl Lists {
    /// Whether the article must be fetched by id before the lists may change anything of it: that an
    /// article is on no list does not say that it was read or that its star was taken.
    ///
    /// ```
    /// use newsprint_model::remote::RemoteRow;
    /// use newsprint_sync::Lists;
    /// let lists = Lists { unread: Some(Default::default()), ..Lists::default() };
    /// let unread = RemoteRow { rid: "7".into(), ..RemoteRow::default() };
    /// assert!(lists.needs_proof(&unread));
    /// assert!(!lists.needs_proof(&RemoteRow { read: true, ..unread }));
    /// ```
    pub fn needs_proof(&self, row: &RemoteRow) -> bool {
        let absent = |list: &Option<HashSet<String>>| {
            list.as_ref().is_some_and(|list| !list.contains(&row.rid))
        };
        let unconfirmed = |pending: &Option<Pending>, want: bool| {
            pending.is_some_and(|pending| pending.acked && pending.want == want)
        };
        let unread_lost = !row.read || unconfirmed(&row.pending_read, false);
        let star_lost = row.starred || unconfirmed(&row.pending_star, true);
        row.missed < GONE
            && ((absent(&self.unread) && unread_lost) || (absent(&self.starred) && star_lost))
    }

    fn read(&self, row: &RemoteRow) -> There {
        if let Some((read, _)) = self.proof.get(&row.rid) {
            return There::Known(*read);
        }
        match &self.unread {
            Some(unread) if unread.contains(&row.rid) => There::Known(false),
            Some(_) if row.read && !self.needs_proof(row) => There::Known(true),
            _ => There::Unknown,
        }
    }

    fn starred(&self, row: &RemoteRow) -> There {
        if let Some((_, starred)) = self.proof.get(&row.rid) {
            return There::Known(*starred);
        }
        match &self.starred {
            Some(starred) if starred.contains(&row.rid) => There::Known(true),
            Some(_) if !row.starred && !self.needs_proof(row) => There::Known(false),
            _ => There::Unknown,
        }
    }

    fn lists(&self, rid: &str) -> bool {
        let has = |list: &Option<HashSet<String>>| list.as_ref().is_some_and(|l| l.contains(rid));
        self.proof.contains_key(rid) || has(&self.unread) || has(&self.starred)
    }

    /// What becomes of the article; `None` where all stays as it is.
    ///
    /// | waiting mark | the server has it | the server has the other |
    /// | --- | --- | --- |
    /// | none | | what is shown follows the server |
    /// | never sent | it goes | it stays: the reader's own act wins |
    /// | sent, no answer | it stays and is sent again, as the first may still be on its way | the same |
    /// | sent, the server said OK | it goes | it is sent once more; then the server's value is taken |
    ///
    /// In every row what is remembered of the server becomes what the server has. Nothing is concluded
    /// from an article's absence in a list ([`Lists::needs_proof`]).
    ///
    /// ```
    /// use newsprint_model::remote::{Pending, PendingFate, RemoteRow};
    /// use newsprint_sync::Lists;
    ///
    /// // Read on another device, and unread here: what is shown follows.
    /// let row = RemoteRow { rid: "7".into(), ..RemoteRow::default() };
    /// let mut lists = Lists { unread: Some(Default::default()), ..Lists::default() };
    /// assert_eq!(lists.merge(&row), None, "absence alone says nothing");
    /// lists.proof.insert("7".into(), (true, false));
    /// assert_eq!(lists.merge(&row).unwrap().show_read, Some(true));
    ///
    /// // Set unread here since, and not sent yet: that stays.
    /// let own = Pending { want: false, seq: 4, ..Pending::default() };
    /// let change = lists.merge(&RemoteRow { pending_read: Some(own), ..row }).unwrap();
    /// assert_eq!((change.show_read, change.pending_read), (None, PendingFate::Keep));
    /// ```
    pub fn merge(&self, row: &RemoteRow) -> Option<RemoteChange> {
        let mut change = RemoteChange {
            read: row.read,
            starred: row.starred,
            missed: row.missed,
            ..RemoteChange::default()
        };
        if self.lists(&row.rid) {
            change.missed = 0;
        } else if row.missed >= GONE {
            return None;
        } else if self.asked.contains(&row.rid) {
            change.missed = row.missed + 1;
            if change.missed >= GONE {
                // There is nobody to tell any more.
                if row.pending_read.is_some() {
                    change.pending_read = PendingFate::Drop;
                }
                if row.pending_star.is_some() {
                    change.pending_star = PendingFate::Drop;
                }
            }
            return Some(change);
        }
        if let There::Known(there) = self.read(row) {
            change.read = there;
            let fate = judge(row.pending_read, row.read, there, &mut change.refused);
            (change.show_read, change.pending_read) = fate;
        }
        if let There::Known(there) = self.starred(row) {
            change.starred = there;
            let fate = judge(row.pending_star, row.starred, there, &mut change.refused);
            (change.show_star, change.pending_star) = fate;
        }
        let same = RemoteChange {
            read: row.read,
            starred: row.starred,
            missed: row.missed,
            ..RemoteChange::default()
        };
        (change != same).then_some(change)
    }
}

/// One kind of mark of one article.
fn judge(
    pending: Option<Pending>,
    base: bool,
    there: bool,
    refused: &mut u8,
) -> (Option<bool>, PendingFate) {
    let Some(pending) = pending else {
        return ((base != there).then_some(there), PendingFate::Keep);
    };
    match (pending.acked, pending.sent, pending.want == there) {
        (true, _, true) | (false, false, true) => (None, PendingFate::Drop),
        (false, ..) => (None, PendingFate::Keep),
        (true, _, false) if pending.tries < TRIES => (None, PendingFate::Again),
        (true, _, false) => {
            *refused += 1;
            (Some(there), PendingFate::Drop)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(unread: &[&str], starred: &[&str]) -> Lists {
        let set = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect());
        Lists {
            unread: set(unread),
            starred: set(starred),
            ..Lists::default()
        }
    }

    fn row(read: bool, starred: bool) -> RemoteRow {
        RemoteRow {
            rid: "1".to_owned(),
            read,
            starred,
            ..RemoteRow::default()
        }
    }

    fn pending(want: bool, sent: bool, acked: bool, tries: u32) -> Option<Pending> {
        Some(Pending {
            want,
            seq: 9,
            sent,
            acked,
            tries,
        })
    }

    /// The whole table of one kind, read mark as well as star.
    #[test]
    fn every_cell_of_the_table() {
        use PendingFate::{Again, Drop, Keep};
        for there in [false, true] {
            let mut told = lists(&[], &[]);
            told.proof.insert("1".to_owned(), (there, there));
            let cells = [
                (None, (Some(there), Keep)),
                (pending(there, false, false, 0), (None, Drop)),
                (pending(!there, false, false, 0), (None, Keep)),
                (pending(there, true, false, 0), (None, Keep)),
                (pending(!there, true, false, 0), (None, Keep)),
                (pending(there, true, true, 1), (None, Drop)),
                (pending(!there, true, true, 1), (None, Again)),
                (pending(!there, true, true, 2), (Some(there), Drop)),
            ];
            for (waiting, (show, fate)) in cells {
                let row = RemoteRow {
                    pending_read: waiting,
                    pending_star: waiting,
                    ..row(!there, !there)
                };
                let change = told.merge(&row).unwrap();
                assert_eq!((change.read, change.starred), (there, there));
                assert_eq!((change.show_read, change.pending_read), (show, fate));
                assert_eq!((change.show_star, change.pending_star), (show, fate));
            }
        }
    }

    #[test]
    fn nothing_is_concluded_from_absence() {
        let empty = lists(&[], &[]);
        assert!(empty.needs_proof(&row(false, false)));
        assert!(empty.needs_proof(&row(true, true)));
        assert!(!empty.needs_proof(&row(true, false)));
        assert_eq!(empty.merge(&row(false, false)), None);
        assert_eq!(empty.merge(&row(false, true)), None);
    }

    #[test]
    fn what_the_server_does_not_know_twice_is_gone_and_stays_as_shown() {
        let mut told = lists(&[], &[]);
        told.asked.insert("1".to_owned());
        let mut article = RemoteRow {
            pending_star: pending(true, true, true, 1),
            ..row(false, false)
        };
        let first = told.merge(&article).unwrap();
        assert_eq!((first.missed, first.pending_star), (1, PendingFate::Keep));
        article.missed = first.missed;
        let second = told.merge(&article).unwrap();
        assert_eq!((second.missed, second.pending_star), (2, PendingFate::Drop));
        assert_eq!((second.show_read, second.show_star), (None, None));
        article = RemoteRow {
            missed: second.missed,
            pending_star: None,
            ..article
        };
        assert!(!told.needs_proof(&article));
        assert_eq!(told.merge(&article), None);
        assert_eq!(lists(&["1"], &[]).merge(&article).unwrap().missed, 0);
    }

    #[test]
    fn a_mark_that_the_lists_do_not_show_is_proven_before_it_is_given_up() {
        let acked = RemoteRow {
            pending_read: pending(false, true, true, 2),
            ..row(true, false)
        };
        let told = lists(&[], &[]);
        assert!(told.needs_proof(&acked));
        assert_eq!(told.merge(&acked), None);
    }

    #[test]
    fn a_list_that_did_not_come_changes_nothing() {
        let none = Lists::default();
        assert!(!none.needs_proof(&row(false, true)));
        assert_eq!(none.merge(&row(false, true)), None);
    }
}
