//! Changing one setting of one `[[outlet]]`: the value is replaced where it stands, or a line is added or cut, and
//! every other byte stays. Never here: adding and removing outlets (`outlets`), the file itself.

use std::ops::Range;

use newsprint_model::{FullText, address_key, fold, without_password};
use toml_edit::{Array, Document, Item, Table, Value};

use super::outlets::{find_in, quoted, with_examples};
use super::{EditError, HEADER};
use crate::config::web_address;

/// What is changed of an outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutletChange {
    /// Its name.
    Name(String),
    /// Its address. A pinned `feed` goes: it is of the address before.
    Url(String),
    /// Its group; `None` is without one.
    Group(Option<String>),
    /// Tags of all its articles.
    Tags(Vec<String>),
    /// When article pages are fetched.
    FullText(FullText),
    /// Whether it is left out of refreshes.
    Paused(bool),
}

/// The text with one setting of the outlet of this name (compared without case and accents) changed. A text
/// without outlets of its own gets the example's written out first.
pub fn change_outlet(text: &str, name: &str, change: &OutletChange) -> Result<String, EditError> {
    let text = if text.trim().is_empty() { HEADER } else { text };
    let text = with_examples(text)?;
    let number = find_in(&text, name)?;
    check(&text, number, change)?;
    applied(&text, number, change)
}

/// The text with one setting changed that holds for a feed of an account, in an `[[outlet]]` with both, which
/// is written where there is none.
pub fn change_feed(
    text: &str,
    account: &str,
    feed: &str,
    change: &OutletChange,
) -> Result<String, EditError> {
    let (_, document) = parsed(text)?;
    let tables = document.get("outlet").and_then(Item::as_array_of_tables);
    let count = tables.map_or(0, |tables| tables.len());
    let is_it = |table: &Table| {
        let field = |key: &str| table.get(key).and_then(Item::as_str).unwrap_or_default();
        fold(field("account")) == fold(account) && address_key(field("feed")) == address_key(feed)
    };
    if let Some(number) = tables.and_then(|tables| tables.iter().position(is_it)) {
        return applied(text, number, change);
    }
    let gap = match text {
        "" => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let (account, feed) = (quoted(account), quoted(feed));
    let text = format!("{text}{gap}[[outlet]]\naccount = {account}\nfeed = {feed}\n");
    applied(&text, count, change)
}

fn applied(text: &str, number: usize, change: &OutletChange) -> Result<String, EditError> {
    let new = match change {
        OutletChange::Name(name) => set(text, number, "name", &quoted(name.trim()))?,
        OutletChange::Url(url) => {
            let key = if has(text, number, "url")? {
                "url"
            } else {
                "feed"
            };
            let new = set(text, number, key, &quoted(url))?;
            match key {
                "url" => cut(&new, number, "feed")?,
                _ => new,
            }
        }
        OutletChange::Group(Some(group)) => set(text, number, "group", &quoted(group.trim()))?,
        OutletChange::Group(None) => cut(text, number, "group")?,
        OutletChange::Tags(tags) if tags.is_empty() => cut(text, number, "tags")?,
        OutletChange::Tags(tags) => {
            let tags: Array = tags
                .iter()
                .map(|tag| tag.replace(['\r', '\n'], " "))
                .collect();
            set(text, number, "tags", &Value::from(tags).to_string())?
        }
        OutletChange::FullText(full_text) => {
            let word = match full_text {
                FullText::Auto => "auto",
                FullText::Always => "always",
                FullText::Never => "never",
            };
            set(text, number, "full_text", &quoted(word))?
        }
        OutletChange::Paused(true) => set(text, number, "paused", "true")?,
        OutletChange::Paused(false) => cut(text, number, "paused")?,
    };
    // What cannot be read afterwards is not written.
    with_outlet(&new, number, |_, _| ()).map_err(|_| by_hand())?;
    Ok(new)
}

/// Whether the change makes sense beside the other outlets.
fn check(text: &str, number: usize, change: &OutletChange) -> Result<(), EditError> {
    let others = others(text, number)?;
    match change {
        OutletChange::Name(name) => {
            if name.trim().is_empty() || name.contains(char::is_control) {
                return Err(EditError::Address(
                    "a name must not be empty or contain control characters".to_owned(),
                ));
            }
            let taken = others
                .iter()
                .find(|(other, _)| fold(other) == fold(name.trim()));
            taken.map_or(Ok(()), |(other, _)| {
                Err(EditError::Exists(format!(
                    "outlet “{other}” exists already"
                )))
            })
        }
        OutletChange::Url(url) => {
            web_address(url).map_err(EditError::Address)?;
            let key = address_key(url);
            let taken = others
                .iter()
                .find(|(_, addresses)| addresses.iter().any(|one| address_key(one) == key));
            taken.map_or(Ok(()), |(other, _)| {
                let url = without_password(url);
                Err(EditError::Exists(format!("“{other}” already reads {url}")))
            })
        }
        _ => Ok(()),
    }
}

/// Name and addresses of the outlets but for this one.
fn others(text: &str, number: usize) -> Result<Vec<(String, Vec<String>)>, EditError> {
    let (_, document) = parsed(text)?;
    let tables = document.get("outlet").and_then(Item::as_array_of_tables);
    let field = |table: &Table, key: &str| {
        let text = table.get(key).and_then(Item::as_str);
        text.unwrap_or_default().to_owned()
    };
    let tables = tables.into_iter().flat_map(|tables| tables.iter());
    Ok(tables
        .enumerate()
        .filter(|(at, _)| *at != number)
        .map(|(_, table)| {
            let addresses = [field(table, "url"), field(table, "feed")];
            let addresses = addresses.into_iter().filter(|one| !one.is_empty());
            (field(table, "name"), addresses.collect())
        })
        .collect())
}

/// The document, and how many bytes of the text stand before it (a byte order mark).
fn parsed(text: &str) -> Result<(usize, Document<String>), EditError> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let document = Document::parse(text[mark..].to_owned())
        .map_err(|error| EditError::Unreadable(error.to_string()))?;
    Ok((mark, document))
}

/// Looks at the table of this outlet.
fn with_outlet<T>(
    text: &str,
    number: usize,
    look: impl FnOnce(&Table, usize) -> T,
) -> Result<T, EditError> {
    let (mark, document) = parsed(text)?;
    let tables = document.get("outlet").and_then(Item::as_array_of_tables);
    let table = tables.and_then(|tables| tables.get(number));
    table.map(|table| look(table, mark)).ok_or_else(by_hand)
}

fn by_hand() -> EditError {
    EditError::Unreadable("this outlet cannot be edited safely; do it by hand".to_owned())
}

fn has(text: &str, number: usize, key: &str) -> Result<bool, EditError> {
    with_outlet(text, number, |table, _| table.contains_key(key))
}

/// The bytes of a setting of the outlet: key and value.
fn place(text: &str, number: usize, key: &str) -> Result<Option<[Range<usize>; 2]>, EditError> {
    with_outlet(text, number, |table, mark| {
        let (written, item) = table.get_key_value(key)?;
        let moved = |span: Range<usize>| span.start + mark..span.end + mark;
        Some([moved(written.span()?), moved(item.span()?)])
    })
}

/// The text with `key = value`, where the key stands or below the outlet's name and addresses.
fn set(text: &str, number: usize, key: &str, value: &str) -> Result<String, EditError> {
    if let Some([_, old]) = place(text, number, key)? {
        return Ok([&text[..old.start], value, &text[old.end..]].concat());
    }
    if has(text, number, key)? {
        return Err(by_hand());
    }
    let mut below = 0;
    for anchor in ["name", "url", "feed"] {
        if let Some([_, value]) = place(text, number, anchor)? {
            below = below.max(value.end);
        }
    }
    if below == 0 {
        return Err(by_hand());
    }
    let newline = match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let line = format!("{key} = {value}");
    Ok(match text[below..].find('\n') {
        Some(at) => {
            let (before, after) = text.split_at(below + at + 1);
            [before, &line, newline, after].concat()
        }
        None => [text, newline, &line].concat(),
    })
}

/// The text without the lines of a setting.
fn cut(text: &str, number: usize, key: &str) -> Result<String, EditError> {
    let Some([written, value]) = place(text, number, key)? else {
        return match has(text, number, key)? {
            true => Err(by_hand()),
            false => Ok(text.to_owned()),
        };
    };
    let start = text[..written.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[value.end..]
        .find('\n')
        .map_or(text.len(), |at| value.end + at + 1);
    let mut out = [&text[..start], &text[end..]].concat();
    // A file whose last line had no end keeps it so.
    if end == text.len() && !text.ends_with('\n') {
        out.truncate(out.trim_end_matches(['\r', '\n']).len());
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;

    const TEXT: &str = "# mine\n[[outlet]]\nname = 'A' # first\nurl = 'https://a.example/'\nfeed = 'https://a.example/rss'\n# about A\n\n\
        [[outlet]]\nurl = \"https://b.example/\"   # no name\ngroup = \"x\" # why\ntags = [\n  \"one\", # 1\n]\n[outlet.select]\nbody = '#b'\n\n[refresh]\ninterval = '2h'\n";

    fn change(name: &str, change: OutletChange) -> String {
        let edited = change_outlet(TEXT, name, &change).unwrap();
        Config::parse(&edited, Path::new("c.toml"), Path::new("d")).unwrap();
        edited
    }

    #[test]
    fn a_value_is_replaced_where_it_stands_and_the_rest_stays() {
        let edited = change("a", OutletChange::Name("Alpha".into()));
        assert_eq!(edited, TEXT.replace("'A' # first", "\"Alpha\" # first"));
        let edited = change("b.example", OutletChange::Group(Some("y".into())));
        assert_eq!(edited, TEXT.replace("\"x\" # why", "\"y\" # why"));
        let edited = change(
            "b.example",
            OutletChange::Tags(vec!["p".into(), "q".into()]),
        );
        assert_eq!(
            edited,
            TEXT.replace("[\n  \"one\", # 1\n]", "[\"p\", \"q\"]")
        );
        let edited = change("b.example", OutletChange::Url("https://c.example/".into()));
        assert_eq!(
            edited,
            TEXT.replace("https://b.example/", "https://c.example/")
        );
    }

    #[test]
    fn a_feed_of_an_account_gets_an_outlet_of_its_own_once() {
        let account = "[[account]]\nname = 'home'\nurl = 'https://rss.example'\nuser = 'mira'\n";
        let feed = "https://a.example/feed";
        let tags = OutletChange::Tags(vec!["ports".into()]);
        let once = change_feed(account, "home", feed, &tags).unwrap();
        let twice = change_feed(
            &once,
            "Home",
            feed,
            &OutletChange::FullText(FullText::Never),
        )
        .unwrap();
        let config = Config::parse(&twice, Path::new("c.toml"), Path::new("d")).unwrap();
        let [own] = &config.feed_settings[..] else {
            panic!("{twice}");
        };
        assert_eq!(
            (&own.tags[..], own.full_text),
            (&["ports".to_owned()][..], Some(FullText::Never))
        );
        assert!(config.outlets.is_empty());
        let none = change_feed(&once, "home", feed, &OutletChange::Tags(Vec::new())).unwrap();
        assert!(!none.contains("ports"), "{none}");
    }

    #[test]
    fn a_new_setting_is_a_line_of_the_outlet_and_goes_again() {
        let paused = change("a", OutletChange::Paused(true));
        let line = "feed = 'https://a.example/rss'\n";
        assert_eq!(
            paused,
            TEXT.replace(line, &format!("{line}paused = true\n"))
        );
        let again = change_outlet(&paused, "A", &OutletChange::Paused(false)).unwrap();
        assert_eq!(again, TEXT);
        let edited = change("b.example", OutletChange::FullText(FullText::Never));
        assert!(
            edited.contains("# no name\nfull_text = \"never\"\n"),
            "{edited}"
        );
        let edited = change("b.example", OutletChange::Name("B".into()));
        assert!(edited.contains("# no name\nname = \"B\"\n"), "{edited}");
        for (gone, left) in [
            (
                OutletChange::Group(None),
                TEXT.replace("group = \"x\" # why\n", ""),
            ),
            (
                OutletChange::Tags(Vec::new()),
                TEXT.replace("tags = [\n  \"one\", # 1\n]\n", ""),
            ),
        ] {
            assert_eq!(change("b.example", gone), left);
        }
    }

    #[test]
    fn another_address_is_read_without_the_feed_of_the_old_one() {
        let edited = change("a", OutletChange::Url("https://new.example/".into()));
        assert!(!edited.contains("feed ="), "{edited}");
        assert!(
            edited.contains("url = \"https://new.example/\"\n# about A"),
            "{edited}"
        );
        let only_feed = "[[outlet]]\nname='A'\nfeed='https://a.example/rss'";
        let url = OutletChange::Url("https://b.example/rss".into());
        let edited = change_outlet(only_feed, "a", &url).unwrap();
        assert_eq!(
            edited,
            "[[outlet]]\nname='A'\nfeed=\"https://b.example/rss\""
        );
    }

    #[test]
    fn what_would_clash_or_cannot_be_read_is_refused() {
        let refuse =
            |name: &str, change| change_outlet(TEXT, name, &change).unwrap_err().to_string();
        assert!(refuse("nobody", OutletChange::Paused(true)).contains("“nobody”"));
        assert!(refuse("b.example", OutletChange::Name("a".into())).contains("“A” exists"));
        assert!(refuse("a", OutletChange::Name(" ".into())).contains("must not be empty"));
        let taken = OutletChange::Url("http://B.example".into());
        assert!(refuse("a", taken).contains("already reads"));
        assert!(refuse("a", OutletChange::Url("b".into())).contains("did you mean"));
    }

    #[test]
    fn the_examples_outlet_is_written_out_first() {
        let group = OutletChange::Group(Some("region".into()));
        let edited = change_outlet("", "caucasus watch", &group).unwrap();
        let config = Config::parse(&edited, Path::new("c.toml"), Path::new("d")).unwrap();
        assert_eq!(config.outlets.len(), 1);
        assert_eq!(config.outlets[0].group.as_deref(), Some("region"));
    }

    #[test]
    fn windows_lines_and_a_byte_order_mark_stay() {
        let text = format!("\u{feff}{}", TEXT.replace('\n', "\r\n"));
        let paused = change_outlet(&text, "A", &OutletChange::Paused(true)).unwrap();
        assert!(paused.contains("rss'\r\npaused = true\r\n"), "{paused:?}");
        let again = change_outlet(&paused, "A", &OutletChange::Paused(false)).unwrap();
        assert_eq!(again, text);
    }
}
