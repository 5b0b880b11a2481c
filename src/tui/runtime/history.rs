//! Typed lines kept over sessions, in the store's memos: a list for each kind, bounded.
//! Never here: which lines are worth keeping, recalling them.

use crate::tui::state::prompt::Ask;
use crate::tui::state::prompt_done::{HISTORY, add_line};
use newsprint_store::{Result, Store};

/// Lines longer than this are not kept.
const MAX_LINE: usize = 1000;

/// The kinds that are kept, and their memos.
const KEPT: [(Ask, &str); 6] = [
    (Ask::Search, "typed search"),
    (Ask::Find, "typed find"),
    (Ask::Filter, "typed filter"),
    (Ask::Command, "typed command"),
    (Ask::Pipe, "typed pipe"),
    (Ask::ArticleTags, "typed tags"),
];

/// All that is kept.
pub fn load(store: &Store) -> Result<Vec<(Ask, Vec<String>)>> {
    KEPT.into_iter()
        .map(|(ask, memo)| Ok((ask, lines(store, memo)?)))
        .collect()
}

/// Keeps one more line; another reader's lines stay.
pub fn add(store: &Store, ask: Ask, line: &str) -> Result<()> {
    let Some((_, memo)) = KEPT.into_iter().find(|(kept, _)| *kept == ask) else {
        return Ok(());
    };
    if line.len() > MAX_LINE || line.contains('\n') {
        return Ok(());
    }
    let mut lines = lines(store, memo)?;
    add_line(&mut lines, line);
    store.set_memo(memo, lines.join("\n").as_bytes())
}

fn lines(store: &Store, memo: &str) -> Result<Vec<String>> {
    let bytes = store.memo(memo)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let from = lines.len().saturating_sub(HISTORY);
    Ok(lines[from..].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_once_in_order_and_within_bounds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n.db");
        let store = Store::open(&path).unwrap();
        for line in ["one", "two", "one"] {
            add(&store, Ask::Search, line).unwrap();
        }
        add(&store, Ask::Search, &"x".repeat(5000)).unwrap();
        add(&store, Ask::ViewName, "Mine").unwrap();
        drop(store);
        let store = Store::open(&path).unwrap();
        let of = |wanted: Ask| {
            let kept = load(&store).unwrap().into_iter();
            kept.filter(|(ask, _)| *ask == wanted)
                .flat_map(|(_, lines)| lines)
                .collect::<Vec<String>>()
        };
        assert_eq!(of(Ask::Search), ["two", "one"]);
        assert!(of(Ask::Find).is_empty() && of(Ask::ViewName).is_empty());
        for number in 0..HISTORY + 5 {
            add(&store, Ask::Find, &number.to_string()).unwrap();
        }
        let kept = of(Ask::Find);
        assert_eq!((kept.len(), kept[0].as_str()), (HISTORY, "5"));
    }
}
