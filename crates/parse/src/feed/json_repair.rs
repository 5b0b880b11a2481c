//! JSON as people and scripts write it, made JSON: line feeds and quotes within strings, commas before a bracket or
//! missing, JavaScript's words and quotes, an end that is missing.
//! Never here: what the document means (`json`).

use std::iter::Peekable;
use std::str::Chars;

/// Members whose text is worth reading though its end is missing; a line that is cut in the middle is wrong.
const TEXTS: [&str; 3] = ["content_html", "content_text", "summary"];

/// A document repaired.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repaired {
    /// JSON.
    pub(super) text: String,
    /// Characters that were not as RFC 8259 has them.
    pub(super) count: usize,
    /// The end was missing.
    pub(super) cut: bool,
}

/// The text repaired; `None` where there was nothing to do. What the end of the document cuts off is left out from the
/// last member that is whole.
pub(super) fn repair(text: &str) -> Option<Repaired> {
    let mut repairer = Repairer {
        out: String::with_capacity(text.len() + 64),
        chars: text.chars().peekable(),
        repaired: 0,
        cut: false,
        open: Vec::new(),
        whole: 0,
        last: None,
    };
    repairer.run();
    let Repairer {
        out: text,
        repaired: count,
        cut,
        ..
    } = repairer;
    (count > 0 || cut).then_some(Repaired { text, count, cut })
}

struct Repairer<'a> {
    out: String,
    chars: Peekable<Chars<'a>>,
    repaired: usize,
    cut: bool,
    /// The brackets that would close what is open.
    open: Vec<char>,
    /// So much of `out` is whole: up to the last comma or opening bracket.
    whole: usize,
    /// The last sign outside of strings; a string counts as its quote.
    last: Option<char>,
}

impl Repairer<'_> {
    fn run(&mut self) {
        while let Some(c) = self.chars.next() {
            match c {
                '"' | '\'' => {
                    self.comma_between();
                    self.repaired += usize::from(c == '\'');
                    self.string(c);
                    self.last = Some('"');
                    continue;
                }
                '{' | '[' => {
                    self.comma_between();
                    self.open.push(if c == '{' { '}' } else { ']' });
                    self.out.push(c);
                    self.whole = self.out.len();
                }
                '}' | ']' => {
                    if self.open.last() == Some(&c) {
                        self.open.pop();
                    }
                    self.out.push(c);
                }
                ',' => {
                    while self
                        .chars
                        .next_if(|next| next.is_ascii_whitespace())
                        .is_some()
                    {}
                    // A comma before a bracket, another comma or the end separates nothing.
                    if matches!(self.chars.peek(), None | Some('}' | ']' | ',')) {
                        self.repaired += 1;
                        continue;
                    }
                    self.whole = self.out.len();
                    self.out.push(c);
                }
                c if c.is_ascii_alphabetic() => {
                    self.word(c);
                }
                c => self.out.push(c),
            }
            if !c.is_ascii_whitespace() {
                self.last = Some(c);
            }
        }
        self.end();
    }

    /// A comma that is missing before a string, an object or an array.
    fn comma_between(&mut self) {
        if matches!(self.last, Some('}' | ']' | '"')) && !self.open.is_empty() {
            self.repaired += 1;
            self.whole = self.out.len();
            self.out.push(',');
        }
    }

    /// A word outside of strings: JSON's three stay, JavaScript's mean nothing.
    fn word(&mut self, first: char) {
        let mut word = String::from(first);
        while let Some(c) = self.chars.next_if(|c| c.is_ascii_alphanumeric()) {
            word.push(c);
        }
        if ["NaN", "Infinity", "undefined", "None"].contains(&word.as_str()) {
            self.repaired += 1;
            word = "null".to_owned();
        }
        self.out.push_str(&word);
    }

    /// A string, from behind its quote.
    fn string(&mut self, quote: char) {
        let from = self.out.len();
        self.out.push('"');
        while let Some(c) = self.chars.next() {
            match c {
                c if c == quote && self.is_end() => {
                    self.out.push('"');
                    return;
                }
                // A quote in the middle of a text.
                '"' => {
                    self.repaired += usize::from(quote == '"');
                    self.out.push_str("\\\"");
                }
                '\\' => self.escape(),
                '\n' | '\r' | '\t' => {
                    self.repaired += 1;
                    self.out.push_str(match c {
                        '\n' => "\\n",
                        '\r' => "\\r",
                        _ => "\\t",
                    });
                }
                c if c < ' ' => self.repaired += 1,
                c => self.out.push(c),
            }
        }
        // The document ends within it.
        self.cut = true;
        let before = self.out[..from].trim_end();
        let is_text = TEXTS
            .iter()
            .any(|name| before.ends_with(&format!("\"{name}\":")));
        if is_text {
            self.out.push('"');
            self.whole = self.out.len();
        }
    }

    /// Whether a quote ends its string: what follows it can only follow a string.
    fn is_end(&self) -> bool {
        let mut rest = self.chars.clone();
        let mut next = || rest.find(|c| !c.is_ascii_whitespace());
        match next() {
            None | Some(':' | '}' | ']') => true,
            Some(',') => matches!(
                next(),
                None | Some(
                    '"' | '\'' | '{' | '[' | '}' | ']' | ',' | '-' | '0'
                        ..='9' | 't' | 'f' | 'n' | 'N' | 'u' | 'I'
                )
            ),
            // A comma is missing, and the next member begins on a line of its own.
            Some('"') => self
                .chars
                .clone()
                .next()
                .is_some_and(|c| c == '\n' || c == '\r'),
            Some(_) => false,
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) {
        match self.chars.next() {
            Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                self.out.push('\\');
                self.out.push(escaped);
            }
            Some('u') => match self.code() {
                // Half of a character (RFC 8259, 7), unless the other half follows.
                Some(high @ 0xD800..=0xDBFF) => {
                    let mut ahead = self.chars.clone();
                    let low = (ahead.next() == Some('\\') && ahead.next() == Some('u'))
                        .then(|| code_of(&mut ahead))
                        .flatten();
                    match low {
                        Some(low @ 0xDC00..=0xDFFF) => {
                            self.chars = ahead;
                            self.out.push_str(&format!("\\u{high:04x}\\u{low:04x}"));
                        }
                        _ => self.repaired += 1,
                    }
                }
                Some(0xDC00..=0xDFFF) => self.repaired += 1,
                Some(code) => self.out.push_str(&format!("\\u{code:04x}")),
                None => {
                    self.repaired += 1;
                    self.out.push('u');
                }
            },
            Some(other) => {
                self.repaired += 1;
                self.out.push(other);
            }
            None => self.repaired += 1,
        }
    }

    /// Four digits, if they stand there.
    fn code(&mut self) -> Option<u32> {
        let mut ahead = self.chars.clone();
        let code = code_of(&mut ahead)?;
        self.chars = ahead;
        Some(code)
    }

    /// Closes what the end of the document left open.
    fn end(&mut self) {
        if self.open.is_empty() {
            return;
        }
        self.cut = true;
        if !self.out.trim_end().ends_with(['}', ']']) {
            self.out.truncate(self.whole);
        }
        // An object of which nothing is left.
        if self.open.len() > 1 && self.out.ends_with('{') {
            self.open.pop();
            self.out.pop();
            let end = self
                .out
                .trim_end_matches([',', ' ', '\n', '\r', '\t'])
                .len();
            self.out.truncate(end);
        }
        while let Some(bracket) = self.open.pop() {
            self.out.push(bracket);
        }
    }
}

fn code_of(chars: &mut Peekable<Chars<'_>>) -> Option<u32> {
    let mut code = 0;
    for _ in 0..4 {
        code = code * 16 + chars.next()?.to_digit(16)?;
    }
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::repair;

    fn fixed(text: &str) -> String {
        repair(text)
            .map(|repaired| repaired.text)
            .unwrap_or_default()
    }

    #[test]
    fn what_is_json_stays() {
        for json in [
            r#"{"a": [1, "x,]\n"], "b": "\u00e9", "c": "\ud83d\ude00", "d": -1.5e3, "e": [true, null]}"#,
            "{\"a\" : \"b\" ,\n \"c\":{}}",
            r#"["say \"yes\", then", ": "]"#,
        ] {
            assert_eq!(repair(json), None, "{json}");
        }
    }

    #[test]
    fn common_slips_are_repaired() {
        assert_eq!(fixed("{\"a\": \"one\ntwo\"}"), r#"{"a": "one\ntwo"}"#);
        assert_eq!(fixed("[1, 2, ]"), "[1,2]");
        assert_eq!(fixed(r#"{"a": "it\'s"}"#), r#"{"a": "it's"}"#);
        assert_eq!(
            fixed(r#"{"a": "said "yes" to it"}"#),
            r#"{"a": "said \"yes\" to it"}"#
        );
        assert_eq!(fixed(r#"[{"a": 1} {"a": 2}]"#), r#"[{"a": 1} ,{"a": 2}]"#);
        assert_eq!(
            fixed(r#"{'a': 'it\'s "x"', 'b': NaN}"#),
            r#"{"a": "it's \"x\"","b": null}"#
        );
        assert_eq!(fixed(r#"["x \ud83d y", "\u00zz"]"#), r#"["x  y","u00zz"]"#);
    }

    #[test]
    fn an_end_that_is_missing_costs_the_member_it_cuts() {
        assert_eq!(
            fixed(r#"{"items": [{"id": 1, "title": "Bri"#),
            r#"{"items": [{"id": 1}]}"#
        );
        assert_eq!(
            fixed(r#"{"items": [{"id": 1, "content_text": "The river ro"#),
            r#"{"items": [{"id": 1,"content_text": "The river ro"}]}"#
        );
        assert_eq!(
            fixed(r#"{"items": [{"id": 1}, {"id"#),
            r#"{"items": [{"id": 1}]}"#
        );
    }
}
