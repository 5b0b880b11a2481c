//! Names that rows hold as numbers, remembered by each connection.
//! Never here: counting them.

use std::collections::HashMap;
use std::rc::Rc;

use rusqlite::OptionalExtension;

use super::{Result, State, Store};

/// Names that rows hold as numbers; spellings never change, outlets with the edition.
#[derive(Debug, Default)]
pub(super) struct Names {
    edition: i64,
    outlets: HashMap<i64, Rc<str>>,
    spellings: HashMap<u64, (i64, Rc<str>)>,
}

impl Store {
    /// Tag and name of a spelling.
    pub(super) fn spelling(&self, number: u64) -> Result<(i64, Rc<str>)> {
        if let Some((tag, name)) = self.names.borrow().spellings.get(&number) {
            return Ok((*tag, Rc::clone(name)));
        }
        let mut statement = self
            .conn
            .prepare_cached("SELECT tag, name FROM spellings WHERE id = ?1")?;
        let found: (i64, String) =
            statement.query_row([number as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let found = (found.0, Rc::from(found.1));
        let mut names = self.names.borrow_mut();
        names
            .spellings
            .insert(number, (found.0, Rc::clone(&found.1)));
        Ok(found)
    }

    pub(super) fn outlet_name(&self, id: i64) -> Result<Rc<str>> {
        if let Some(name) = self.names.borrow().outlets.get(&id) {
            return Ok(Rc::clone(name));
        }
        let mut statement = self
            .conn
            .prepare_cached("SELECT name FROM outlets WHERE id = ?1")?;
        let name: Rc<str> = statement
            .query_row([id], |row| row.get::<_, String>(0))
            .optional()?
            .unwrap_or_default()
            .into();
        self.names.borrow_mut().outlets.insert(id, Rc::clone(&name));
        Ok(name)
    }

    /// Forgets outlet names that may have changed.
    pub(super) fn refresh_names(&self, state: &State) {
        let mut names = self.names.borrow_mut();
        if names.edition != state.edition {
            names.edition = state.edition;
            names.outlets.clear();
        }
    }
}
