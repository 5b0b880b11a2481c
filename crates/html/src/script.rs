//! Raised and lowered figures in plain text, so that 10⁶ never becomes 106.
//! Never here: which text is raised (`reader`), formulas as a whole (`reader::formula`).

use std::borrow::Cow;

/// A raised or lowered run of text, that follows `before`, in the signs that Unicode has for it; else behind `^` or
/// `_` where it would run together with a number. With `ascii`, raised figures stand behind `^`.
pub(crate) fn script(run: &str, raised: bool, before: Option<char>, ascii: bool) -> Cow<'_, str> {
    if !ascii && let Some(shifted) = shifted(run, raised) {
        return Cow::Owned(shifted);
    }
    let has_digit = run.contains(|c: char| c.is_ascii_digit());
    let joins = match before {
        Some(c) if c.is_ascii_digit() => raised && !is_ordinal(run) || has_digit,
        Some(c) if c.is_alphabetic() => has_digit && !run.starts_with('[') && (raised || !ascii),
        Some(')') => true,
        _ => false,
    };
    if run.trim().is_empty() || !joins {
        return Cow::Borrowed(run);
    }
    let sign = if raised { '^' } else { '_' };
    if run.chars().count() > 1 && run.contains(|c: char| "+−-*/ ".contains(c)) && !is_number(run)
    {
        Cow::Owned(format!("{sign}({run})"))
    } else {
        Cow::Owned(format!("{sign}{run}"))
    }
}

/// Figures, signs and the letters n and i as Unicode raises and lowers them; `None` where it has no sign.
fn shifted(run: &str, raised: bool) -> Option<String> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    const LOWERED: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    if !run.contains(|c: char| c.is_ascii_digit())
        && run != "n"
        && run != "+"
        && run != "-"
        && run != "−"
    {
        return None;
    }
    run.chars()
        .map(|c| match c {
            '0'..='9' => {
                let signs = if raised { RAISED } else { LOWERED };
                signs.get(c as usize - '0' as usize).copied()
            }
            '+' => Some(if raised { '⁺' } else { '₊' }),
            '-' | '−' => Some(if raised { '⁻' } else { '₋' }),
            '(' => Some(if raised { '⁽' } else { '₍' }),
            ')' => Some(if raised { '⁾' } else { '₎' }),
            'n' if raised => Some('ⁿ'),
            '\u{a0}' | ' ' => Some(c),
            _ => None,
        })
        .collect()
}

fn is_number(run: &str) -> bool {
    let digits = run.trim_start_matches(['-', '−', '+']);
    digits
        .chars()
        .all(|c| c.is_ascii_digit() || c == '.' || c == ',')
}

/// Endings of ordinal numbers: 1st, 2ème, 3º.
fn is_ordinal(run: &str) -> bool {
    const ENDINGS: [&str; 20] = [
        "st", "nd", "rd", "th", "er", "e", "re", "ère", "ème", "eme", "o", "a", "º", "ª", "os",
        "as", "de", "ste", "h", "°",
    ];
    let run = run.trim();
    ENDINGS
        .iter()
        .any(|ending| ending.eq_ignore_ascii_case(run))
}

/// Follows what is raised or lowered in a text that comes piece by piece: it is rewritten as a whole at its end.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Scripts {
    /// Whether it is raised; nothing outside.
    open: Option<bool>,
    /// Where its text begins, once it has some.
    from: Option<usize>,
}

impl Scripts {
    pub(crate) fn open(&mut self, raised: bool) {
        if self.open.is_none() {
            *self = Scripts {
                open: Some(raised),
                from: None,
            };
        }
    }

    /// Called before text is added behind `at` bytes.
    #[inline]
    pub(crate) fn note(&mut self, at: usize) {
        if self.open.is_some() && self.from.is_none() {
            self.from = Some(at);
        }
    }

    /// The text so far has been laid out; what follows begins at nought.
    pub(crate) fn begin_anew(&mut self) {
        self.from = None;
    }

    /// The end: whether it was raised, and where its text begins, if it had any.
    pub(crate) fn close(&mut self) -> Option<(bool, usize)> {
        let Scripts { open, from } = std::mem::take(self);
        Some((open?, from?))
    }

    /// The end, in a text that is a string.
    pub(crate) fn close_in(&mut self, text: &mut String) {
        if let Some((raised, from)) = self.close()
            && let Some(run) = text.get(from..)
        {
            let before = text[..from].chars().next_back();
            if let Cow::Owned(written) = script(run, raised, before, false) {
                text.truncate(from);
                text.push_str(&written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::script;

    #[test]
    fn numbers_do_not_run_together() {
        let up = |run, before| script(run, true, Some(before), false).into_owned();
        assert_eq!(up("6", '0'), "⁶");
        assert_eq!(up("-3", '0'), "⁻³");
        assert_eq!(up("6.5", '0'), "^6.5");
        assert_eq!(up("n+1", '2'), "ⁿ⁺¹");
        assert_eq!(up("x+y", '2'), "^(x+y)");
        assert_eq!(up("st", '1'), "st");
        assert_eq!(up("me", 'M'), "me");
        assert_eq!(up("[1]", 'd'), "[1]");
        let down = |run, before| script(run, false, Some(before), false).into_owned();
        assert_eq!(down("2", 'H'), "₂");
        assert_eq!(down("max", 'x'), "max");
        assert_eq!(script("2", true, Some('m'), true), "^2");
    }
}
