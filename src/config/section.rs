//! One table of a config file being read: values of each kind, with what is wrong in them by line and key.
//! Never here: which keys there are, what they do.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Problem;
use super::settings::Choice;
use newsprint_model::nearest;

/// `90s`, `1h`, `1h30m`, `2d`, `250ms`, `0.4s`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let mut total = Duration::ZERO;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    while !rest.is_empty() {
        let end = rest.find(|c| !is_number(c))?;
        let (whole, part) = rest[..end].split_once('.').unwrap_or((&rest[..end], "0"));
        let whole: u32 = whole.parse().ok()?;
        // To the thousandth of a unit; a second point, or none behind it, is no number.
        let thousandths: u64 = match part.len() {
            1..=3 => format!("{part:0<3}").parse().ok()?,
            _ => return None,
        };
        rest = &rest[end..];
        let end = rest.find(is_number).unwrap_or(rest.len());
        let millis: u64 = match rest[..end].trim() {
            "ms" => 1,
            "s" | "sec" => 1000,
            "m" | "min" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            "w" => 7 * 86_400_000,
            _ => return None,
        };
        let part = Duration::from_micros(millis * thousandths);
        let whole = Duration::from_millis(millis.checked_mul(whole.into())?);
        total = total.checked_add(whole)?.checked_add(part)?;
        rest = &rest[end..];
    }
    Some(total)
}

/// `15MiB`, `500KB`, `1048576`.
fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let number: u64 = text[..digits].parse().ok()?;
    let unit: u64 = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "kb" => 1000,
        "m" | "mib" => 1 << 20,
        "mb" => 1_000_000,
        "g" | "gib" => 1 << 30,
        "gb" => 1_000_000_000,
        _ => return None,
    };
    number.checked_mul(unit)
}

/// Line numbers of byte offsets.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn new(text: &str) -> Lines {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines {
            starts: std::iter::once(0)
                .chain(newlines.map(|(at, _)| at + 1))
                .collect(),
        }
    }

    fn of(&self, span: &Range<usize>) -> usize {
        self.starts.partition_point(|start| *start <= span.start)
    }
}

/// What has been found wrong so far, and where each key stands.
pub(super) struct Problems {
    lines: Lines,
    /// In the order of reading.
    pub found: Vec<Problem>,
    /// The 1-based line of each key that was read, by its full name; of several the last.
    pub keys: BTreeMap<String, usize>,
}

impl Problems {
    pub fn new(text: &str) -> Problems {
        Problems {
            lines: Lines::new(text),
            found: Vec::new(),
            keys: BTreeMap::new(),
        }
    }

    /// The 1-based line of a place in the text.
    pub fn line(&self, span: &Range<usize>) -> usize {
        self.lines.of(span)
    }

    pub fn push(&mut self, line: usize, key: &str, message: String) {
        self.found.push(Problem {
            line,
            key: key.to_owned(),
            message,
        });
    }
}

/// One table being read. The keys that it is asked for are the known ones; every other is a mistake.
pub(super) struct Section<'a> {
    name: String,
    table: &'a DeTable<'a>,
    /// In the order in which they were asked for.
    known: Vec<String>,
    /// Unknown keys that have been told of already.
    refused: Vec<String>,
}

impl<'a> Section<'a> {
    pub fn new(name: &str, table: &'a DeTable<'a>) -> Section<'a> {
        Section {
            name: name.to_owned(),
            table,
            known: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// A value, without taking it.
    pub fn peek(&self, key: &str) -> Option<&'a DeValue<'a>> {
        self.table.get(key).map(Spanned::get_ref)
    }

    /// Whether a key has not been asked for.
    pub fn is_unknown(&self, key: &str) -> bool {
        let mut named = self.known.iter().chain(&self.refused);
        !named.any(|named| named == key)
    }

    /// Reports a key for a reason of its own.
    pub fn refuse(&mut self, key: &str, message: String, problems: &mut Problems) {
        let at = self.table.iter().find(|(have, _)| have.get_ref() == key);
        let line = at.map_or(0, |(have, _)| problems.line(&have.span()));
        problems.push(line, &self.full_name(key), message);
        self.refused.push(key.to_owned());
    }

    pub fn full_name(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }

    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<(usize, String)> = self
            .table
            .iter()
            .map(|(key, _)| (key.span().start, key.get_ref().to_string()))
            .collect();
        keys.sort();
        keys.into_iter().map(|(_, key)| key).collect()
    }

    pub fn take(&mut self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key.to_owned());
        self.table.get(key)
    }

    /// Takes a value and turns it into a `T`, or reports what it should have been.
    pub fn value<T>(
        &mut self,
        key: &str,
        expected: &str,
        problems: &mut Problems,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<(T, usize)> {
        let value = self.take(key)?;
        let line = problems.line(&value.span());
        problems.keys.insert(self.full_name(key), line);
        match read(value.get_ref()) {
            Some(read) => Some((read, line)),
            None => {
                let message = wrong_type(expected, value.get_ref());
                problems.push(line, &self.full_name(key), message);
                None
            }
        }
    }

    pub fn text(&mut self, key: &str, problems: &mut Problems) -> Option<String> {
        self.string(key, problems).map(|(value, _)| value)
    }

    /// A string with its line.
    pub fn string(&mut self, key: &str, problems: &mut Problems) -> Option<(String, usize)> {
        self.value(key, "a string in quotes", problems, |value| {
            value.as_str().map(str::to_owned)
        })
    }

    pub fn strings(&mut self, key: &str, problems: &mut Problems) -> Option<Vec<String>> {
        self.value(key, "a list of strings in quotes", problems, |value| {
            value
                .as_array()?
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
        })
        .map(|(value, _)| value)
    }

    /// Strings, each with its line.
    pub fn strings_in_lines(
        &mut self,
        key: &str,
        problems: &mut Problems,
    ) -> Option<Vec<(String, usize)>> {
        let texts = self.strings(key, problems)?;
        let items = self.table.get(key)?.get_ref().as_array()?;
        let lines = items.iter().map(|item| problems.line(&item.span()));
        Some(texts.into_iter().zip(lines).collect())
    }

    pub fn boolean(&mut self, key: &str, problems: &mut Problems) -> Option<bool> {
        self.value(key, "true or false", problems, DeValue::as_bool)
            .map(|(value, _)| value)
    }

    /// A whole number in a range; `T` must hold the whole range.
    pub fn whole<T: TryFrom<i64>>(
        &mut self,
        key: &str,
        least: i64,
        most: i64,
        problems: &mut Problems,
    ) -> Option<T> {
        self.value(
            key,
            &format!("a whole number from {least} to {most}"),
            problems,
            |value| {
                let integer = value.as_integer()?;
                let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok()?;
                let inside = (least..=most).contains(&number);
                inside.then(|| T::try_from(number).ok())?
            },
        )
        .map(|(value, _)| value)
    }

    pub fn duration(&mut self, key: &str, problems: &mut Problems) -> Option<Duration> {
        self.value(
            key,
            "a duration such as \"30s\", \"15m\", \"1h\"",
            problems,
            |value| duration(value.as_str()?),
        )
        .map(|(value, _)| value)
    }

    pub fn bytes(&mut self, key: &str, problems: &mut Problems) -> Option<u64> {
        self.value(
            key,
            "a size such as \"15MiB\"",
            problems,
            |value| match value {
                DeValue::Integer(integer) => bytes(integer.as_str()),
                value => bytes(value.as_str()?),
            },
        )
        .map(|(value, _)| value)
        .map(|value| value.max(1))
    }

    /// One of the words of `T`.
    pub fn choice<T: Choice>(&mut self, key: &str, problems: &mut Problems) -> Option<T> {
        let (value, line) = self.string(key, problems)?;
        let mut choices = T::CHOICES.iter();
        let chosen = choices.find(|(word, _)| *word == value);
        if chosen.is_none() {
            let words: Vec<&str> = T::CHOICES.iter().map(|(word, _)| *word).collect();
            let hint = nearest_hint(&value, &words);
            let message = format!("unknown value `{value}`{hint} Values: {}", words.join(", "));
            problems.push(line, &self.full_name(key), message);
        }
        chosen.map(|(_, choice)| *choice)
    }

    pub fn table(&mut self, key: &str, problems: &mut Problems) -> Option<Section<'a>> {
        let name = self.full_name(key);
        self.value(key, "a table", problems, DeValue::as_table)
            .map(|(table, _)| Section::new(&name, table))
    }

    pub fn tables(
        &mut self,
        key: &str,
        problems: &mut Problems,
    ) -> Option<Vec<(Section<'a>, usize)>> {
        let value = self.take(key)?;
        let line = problems.line(&value.span());
        let Some(array) = value.get_ref().as_array() else {
            let found = wrong_type(
                &format!("a list of tables, each under [[{key}]]"),
                value.get_ref(),
            );
            problems.push(line, key, found);
            return None;
        };
        let mut tables = Vec::new();
        for item in array.iter() {
            let line = problems.line(&item.span());
            match item.get_ref().as_table() {
                Some(table) => tables.push((Section::new(key, table), line)),
                None => problems.push(line, key, wrong_type("a table", item.get_ref())),
            }
        }
        Some(tables)
    }

    /// Reports the keys that it was not asked for.
    pub fn finish(self, problems: &mut Problems) {
        let known: Vec<&str> = self.known.iter().map(String::as_str).collect();
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref();
            if known.contains(&name) || self.refused.iter().any(|key| key == name) {
                continue;
            }
            let line = problems.line(&key.span());
            let message = match nearest(name, known.iter().copied()) {
                Some(right) => {
                    format!("unknown key; did you mean `{}`?", self.full_name(right))
                }
                None => format!("unknown key; keys: {}", known.join(", ")),
            };
            problems.push(line, &self.full_name(name), message);
        }
    }
}

/// What was expected, and what stands there.
pub(super) fn wrong_type(expected: &str, found: &DeValue<'_>) -> String {
    let found = match found {
        DeValue::String(text) => format!("\"{text}\""),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
        DeValue::Datetime(_) => "a date".to_owned(),
    };
    format!("must be {expected}, not {found}")
}

/// The end of a sentence about an unknown word: what was likely meant.
pub(super) fn nearest_hint(word: &str, known: &[&str]) -> String {
    nearest(word, known.iter().copied()).map_or_else(
        || ".".to_owned(),
        |right| format!("; did you mean `{right}`?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_are_read_as_people_write_them() {
        assert_eq!(duration("1h30m"), Some(Duration::from_secs(5400)));
        assert_eq!(duration("0s"), Some(Duration::ZERO));
        assert_eq!(duration("250ms"), Some(Duration::from_millis(250)));
        assert_eq!(duration("0.4s"), Some(Duration::from_millis(400)));
        assert_eq!(duration("1.5h"), Some(Duration::from_secs(5400)));
        assert_eq!(duration("0.25 s"), Some(Duration::from_millis(250)));
        for wrong in [
            "soon",
            "5",
            ".5s",
            "1.s",
            "1..5s",
            "1.2.3s",
            "-1s",
            "99999999999999w",
        ] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
        assert_eq!(bytes("15MiB"), Some(15 << 20));
        assert_eq!(bytes("2 MB"), Some(2_000_000));
        assert_eq!(bytes("lots"), None);
    }
}
