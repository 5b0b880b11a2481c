//! Small things remembered under a name: what a host asked for, the lines that were typed.
//! Never here: what they mean.

use rusqlite::{OptionalExtension, params};

use super::{Result, Store};

impl Store {
    /// A small thing remembered under a name (what a host asked for, a host's robots.txt).
    pub fn memo(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT value FROM memos WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Remembers `value` under `name`, in place of what was there.
    pub fn set_memo(&self, name: &str, value: &[u8]) -> Result<()> {
        self.change_memo(name, |_| value.to_owned())
    }

    /// Changes what is remembered under `name`, in one transaction: what another process has written
    /// there meanwhile is seen by `change`.
    pub fn change_memo(
        &self,
        name: &str,
        change: impl FnOnce(Option<Vec<u8>>) -> Vec<u8>,
    ) -> Result<()> {
        self.writing(|store| {
            let value = change(store.memo(name)?);
            store
                .conn
                .prepare_cached("INSERT OR REPLACE INTO memos (name, value) VALUES (?1, ?2)")?
                .execute(params![name, value])?;
            Ok(())
        })
    }
}
