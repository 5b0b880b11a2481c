//! Adding and removing `[[account]]` tables; every byte beside them stays.
//! Never here: outlets (`outlets`), the file itself.

use toml_edit::{DocumentMut, Value};

use super::{EditError, HEADER, document};
use newsprint_model::fold;

/// An account to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewAccount<'a> {
    /// Its name.
    pub name: &'a str,
    /// `greader` or `fever`.
    pub kind: &'a str,
    /// Of the server's API.
    pub url: &'a str,
    /// The name to sign in with.
    pub user: &'a str,
    /// Empty for none.
    pub password_command: &'a [String],
    /// A private file.
    pub password_file: Option<&'a str>,
}

/// The text with the account added at its end.
pub fn add_account(text: &str, account: &NewAccount<'_>) -> Result<String, EditError> {
    if account.name.trim().is_empty() || account.name.contains(char::is_control) {
        let message = "a name must not be empty or contain control characters";
        return Err(EditError::Address(message.to_owned()));
    }
    let text = if text.trim().is_empty() { HEADER } else { text };
    let parsed = document(text)?;
    if names(&parsed)
        .iter()
        .any(|name| fold(name) == fold(account.name))
    {
        let message = format!("an account “{}” exists already", account.name);
        return Err(EditError::Exists(message));
    }
    let quoted = |text: &str| Value::from(text).to_string();
    let mut block = String::from("[[account]]\n");
    let mut line = |key: &str, value: &str| block.push_str(&format!("{key} = {}\n", quoted(value)));
    line("name", account.name);
    line("kind", account.kind);
    line("url", account.url);
    line("user", account.user);
    if let Some(file) = account.password_file {
        line("password_file", file);
    }
    if !account.password_command.is_empty() {
        let words: Vec<String> = account
            .password_command
            .iter()
            .map(|word| quoted(word))
            .collect();
        block.push_str(&format!("password_command = [{}]\n", words.join(", ")));
    }
    let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
    let new = format!("{text}{gap}{block}");
    // An inline list of accounts cannot be added to by a table.
    document(&new).map(|_| new)
}

/// The text without the account of this name, and without what `[[outlet]]` sets for its feeds. Comments
/// directly above a table go with it.
pub fn remove_account(text: &str, name: &str) -> Result<String, EditError> {
    let parsed = document(text)?;
    let missing = || EditError::Missing(format!("no account “{name}” in the config"));
    let is_it = |value: Option<&str>| value.is_some_and(|value| fold(value) == fold(name));
    let places = |key: &str, field: &str| -> Vec<usize> {
        let tables = parsed.get(key).and_then(|item| item.as_array_of_tables());
        let named = tables
            .into_iter()
            .flat_map(|tables| tables.iter().enumerate());
        let field =
            |table: &toml_edit::Table| is_it(table.get(field).and_then(|name| name.as_str()));
        named
            .filter(|(_, table)| field(table))
            .map(|(at, _)| at)
            .collect()
    };
    let (accounts, outlets) = (places("account", "name"), places("outlet", "account"));
    if accounts.is_empty() {
        return Err(missing());
    }
    let new = without(&without(text, "account", &accounts), "outlet", &outlets);
    let left = document(&new).map(|document| names(&document).len());
    // Cut by lines: what cannot be read afterwards is not written.
    match left {
        Ok(left) if left + accounts.len() == names(&parsed).len() => Ok(new),
        _ => Err(EditError::Unreadable(
            "the account cannot be removed safely; do it by hand".to_owned(),
        )),
    }
}

/// The text without the n-th tables of this name, each with the comments directly above it.
fn without(text: &str, key: &str, gone: &[usize]) -> String {
    let header = format!("[[{key}]]");
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut kept: Vec<&str> = Vec::new();
    let (mut number, mut cutting) = (0, false);
    for line in lines {
        let start = line.trim_start();
        if start.starts_with('[') {
            // A table within the one that goes, such as [outlet.select], goes too.
            let inner = start.starts_with(&format!("[{key}."));
            let is_one = start.starts_with(&header);
            cutting = (cutting && inner) || (is_one && gone.contains(&number));
            number += usize::from(is_one);
            if cutting && is_one {
                while kept
                    .last()
                    .is_some_and(|line| line.trim_start().starts_with('#'))
                {
                    kept.pop();
                }
            }
        }
        // What is behind an empty line may be about the next table.
        let beyond = start.is_empty() || (start.starts_with('#') && kept.last() == Some(&"\n"));
        if !cutting || beyond {
            kept.push(line);
        }
    }
    kept.concat()
}

fn names(document: &DocumentMut) -> Vec<String> {
    let tables = document
        .get("account")
        .and_then(|item| item.as_array_of_tables());
    let name = |table: &toml_edit::Table| Some(table.get("name")?.as_str()?.to_owned());
    tables
        .into_iter()
        .flat_map(|tables| tables.iter().filter_map(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: NewAccount<'_> = NewAccount {
        name: "home \"1\"",
        kind: "greader",
        url: "https://rss.example/api/greader.php",
        user: "mira",
        password_command: &[],
        password_file: None,
    };

    #[test]
    fn an_account_is_added_and_removed_and_the_rest_stays() {
        let before = "# mine\n[[outlet]]\nname = \"A\" # first\nurl = \"https://a.example/\"\n";
        let command = ["pass".to_owned(), "show".to_owned()];
        let account = NewAccount {
            password_command: &command,
            ..HOME
        };
        let with = add_account(before, &account).unwrap();
        assert!(with.starts_with(before));
        assert!(with.ends_with("user = \"mira\"\npassword_command = [\"pass\", \"show\"]\n"));
        assert!(matches!(
            add_account(&with, &HOME),
            Err(EditError::Exists(_))
        ));
        assert_eq!(
            remove_account(&with, "HOME \"1\"").unwrap().trim_end(),
            before.trim_end()
        );
        assert!(matches!(
            remove_account(before, "x"),
            Err(EditError::Missing(_))
        ));
        assert!(add_account("account = []\n", &HOME).is_err());
    }

    #[test]
    fn what_was_set_for_its_feeds_goes_with_it() {
        let with = add_account("", &HOME).unwrap();
        let with = format!(
            "{with}\n[[outlet]]\naccount = \"home \\\"1\\\"\"\nfeed = \"https://a.example/f\"\n"
        );
        let without = remove_account(&with, HOME.name).unwrap();
        assert!(!without.contains("a.example"), "{without}");
    }
}
