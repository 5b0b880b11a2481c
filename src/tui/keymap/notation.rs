//! How keys are written: `gg`, `<C-d>`, `ctrl-d`, `<enter>`, `M-x`. Never here: what they do.

use std::fmt;

use crate::tui::terminal::key::{Code, Key};

const NAMED: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("space", Code::Char(' ')),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("insert", Code::Insert),
    ("delete", Code::Delete),
    ("lt", Code::Char('<')),
    ("gt", Code::Char('>')),
    ("return", Code::Enter),
    ("escape", Code::Esc),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("cr", Code::Enter),
    ("bs", Code::Backspace),
    ("del", Code::Delete),
];

/// How the keys that are held are written: Control, Alt and Shift.
const HELD: [(&str, char); 11] = [
    ("c-", 'c'),
    ("ctrl-", 'c'),
    ("ctrl+", 'c'),
    ("^", 'c'),
    ("a-", 'a'),
    ("m-", 'a'),
    ("alt-", 'a'),
    ("alt+", 'a'),
    ("meta-", 'a'),
    ("s-", 's'),
    ("shift-", 's'),
];

/// Whether a word is meant as a key with another held.
fn is_held(word: &str) -> bool {
    let lower = word.to_lowercase();
    let mut held = HELD.iter();
    held.any(|(prefix, _)| lower.len() > prefix.len() && lower.starts_with(prefix))
}

/// Reads a key or a chord; spaces may part the keys of a chord.
///
/// # Errors
/// A sentence that says what is no key.
pub fn parse(text: &str) -> Result<Vec<Key>, String> {
    if let Some(control) = text.chars().find(|c| c.is_control() && !c.is_whitespace()) {
        return Err(format!(
            "a key cannot be written as the control character U+{:04X}: write it as `<C-d>`, `<esc>` or the like",
            u32::from(control)
        ));
    }
    let mut keys = Vec::new();
    for word in text.split_whitespace() {
        // Without brackets these are two letters, `gt` a chord like `ge`.
        let letters = matches!(word, "lt" | "gt");
        match name(word).filter(|_| !letters) {
            Some(key) => keys.push(key),
            None if is_held(word) => {
                return Err(format!(
                    "unknown key `{word}`; use e.g. `C-d`, `A-x`, `S-tab`, `C-pagedown`"
                ));
            }
            None => chord(word, &mut keys)?,
        }
    }
    if keys.is_empty() {
        return Err("a key is missing: write it as `x`, `gg`, `<C-d>` or `<enter>`".into());
    }
    Ok(keys)
}

/// Keys written one after the other.
fn chord(word: &str, keys: &mut Vec<Key>) -> Result<(), String> {
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        if let Some(inner) = rest.strip_prefix('<')
            && !inner.is_empty()
        {
            // `<A->>` ends at its last bracket; a `<` with nothing after it is itself.
            let Some(mut end) = inner.find('>') else {
                return Err(format!(
                    "`{rest}` is not closed: write `{rest}>`, or `<lt>` for the symbol itself"
                ));
            };
            if inner[end + 1..].starts_with('>') && inner[..end].ends_with('-') {
                end += 1;
            }
            let inside = &inner[..end];
            let key = name(inside)
                .ok_or_else(|| format!("unknown key `<{inside}>`; use e.g. `<C-d>`, `<A-x>`, `<enter>`, `<esc>`, `<tab>`, `<space>`, `<up>`, `<f1>`"))?;
            keys.push(key);
            rest = &inner[end + 1..];
        } else {
            keys.push(Key::plain(Code::Char(first)));
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(())
}

/// A named key, with what is held: `C-d`, `ctrl-d`, `^d`, `S-tab`, `f5`.
fn name(word: &str) -> Option<Key> {
    let lower = word.to_lowercase();
    for (prefix, held) in HELD {
        if lower.starts_with(prefix) && word.len() > prefix.len() {
            let rest = &word[prefix.len()..];
            let mut key = name(rest).or_else(|| {
                let mut chars = rest.chars();
                let only = chars.next()?;
                chars.next().is_none().then(|| Key::plain(Code::Char(only)))
            })?;
            match held {
                'c' => {
                    key.ctrl = true;
                    if let Code::Char(c) = key.code {
                        key.code = Code::Char(c.to_ascii_lowercase());
                    }
                    // What terminals send for them.
                    if key.code == Code::Char('m') {
                        return Some(Key::plain(Code::Enter));
                    }
                    if key.code == Code::Char('i') {
                        return Some(Key::plain(Code::Tab));
                    }
                }
                'a' => key.alt = true,
                _ => match key.code {
                    Code::Char(c) => key.code = Code::Char(c.to_ascii_uppercase()),
                    _ => key.shift = true,
                },
            }
            return Some(key);
        }
    }
    if let Some((_, code)) = NAMED.iter().find(|(name, _)| *name == lower) {
        return Some(Key::plain(*code));
    }
    let number = lower.strip_prefix('f')?.parse().ok()?;
    (1..=24)
        .contains(&number)
        .then(|| Key::plain(Code::F(number)))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("^")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.shift {
            f.write_str("S-")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            Code::PageUp => f.write_str("PgUp"),
            Code::PageDown => f.write_str("PgDn"),
            Code::Up => f.write_str("↑"),
            Code::Down => f.write_str("↓"),
            Code::Left => f.write_str("←"),
            Code::Right => f.write_str("→"),
            code => write!(f, "{code:?}"),
        }
    }
}

/// A chord as the help writes it.
pub fn show(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_symbol_in_brackets_is_two_letters_without_them() {
        let letters =
            |text: &str| -> Vec<Key> { text.chars().map(|c| Key::plain(Code::Char(c))).collect() };
        assert_eq!(parse("gt").unwrap(), letters("gt"));
        assert_eq!(parse("lt").unwrap(), letters("lt"));
        assert_eq!(parse("<gt>").unwrap(), letters(">"));
        assert_eq!(parse("<lt>").unwrap(), letters("<"));
    }

    #[test]
    fn keys_may_be_written_in_every_usual_way() {
        let ctrl_d = [Key::ctrl(Code::Char('d'))];
        for text in ["<C-d>", "C-d", "ctrl-d", "^d", "<ctrl-D>"] {
            assert_eq!(parse(text).unwrap(), ctrl_d, "{text}");
        }
        assert_eq!(parse("gg").unwrap(), [Key::plain(Code::Char('g')); 2]);
        assert_eq!(
            parse("C-x C-c").unwrap(),
            [Key::ctrl(Code::Char('x')), Key::ctrl(Code::Char('c'))]
        );
        assert_eq!(parse("<").unwrap(), [Key::plain(Code::Char('<'))]);
        assert_eq!(parse("<A->>").unwrap(), [Key::alt(Code::Char('>'))]);
        assert_eq!(parse("<f5>").unwrap(), [Key::plain(Code::F(5))]);
    }

    #[test]
    fn what_is_no_key_is_named() {
        assert!(parse("<C-q").unwrap_err().contains("`<C-q>`"));
        assert!(parse("C-pagedwn").unwrap_err().contains("`C-pagedwn`"));
        assert!(parse("g<enter").unwrap_err().contains("`<enter>`"));
        assert!(parse("<hyper-x>").unwrap_err().contains("<hyper-x>"));
        assert!(parse(" ").is_err());
    }
}
