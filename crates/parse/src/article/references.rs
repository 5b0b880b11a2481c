//! Data whose parts stand for each other by number or name, put together again: the flat lists of Nuxt, SvelteKit and React
//! Router, the store of Apollo, the rows that React sends.
//! Never here: which of the data is an article (`script_data`).

use std::collections::HashMap;

use serde_json::{Map, Value};

/// How deep parts are followed: they may stand for each other.
const MAX_DEPTH: u32 = 40;
/// Bytes that are written out of one list or store.
const MAX_OUT: usize = 4 << 20;
/// Elements of a row.
const MAX_ELEMENTS: usize = 200_000;

/// A flat list as the value that it stands for; `None` where it is a list like others.
pub(super) fn flat(values: &[Value]) -> Option<Value> {
    let number = |value: &Value| {
        let number = value.as_i64();
        number.is_some_and(|number| number > -8 && number < values.len() as i64)
    };
    let is_flat = match values.first()? {
        Value::Object(members) => !members.is_empty() && members.values().all(number),
        Value::Array(items) => match items.split_first() {
            Some((Value::String(_), rest)) => !rest.is_empty() && rest.iter().all(number),
            _ => false,
        },
        _ => false,
    };
    if !is_flat || values.len() < 4 {
        return None;
    }
    let mut room = MAX_OUT;
    Some(unfolded(values, 0, 0, &mut room))
}

fn unfolded(values: &[Value], at: usize, depth: u32, room: &mut usize) -> Value {
    let Some(value) = values.get(at).filter(|_| depth < MAX_DEPTH) else {
        return Value::Null;
    };
    let mut take = |bytes: usize| {
        let left = room.checked_sub(bytes);
        *room = left.unwrap_or(0);
        left.is_some()
    };
    if !take(32 + value.as_str().map_or(0, str::len)) {
        return Value::Null;
    }
    let index = |value: &Value| value.as_u64().map_or(usize::MAX, |at| at as usize);
    match value {
        Value::Object(members) => {
            let named = |key: &str| {
                let at = key.strip_prefix('_')?.parse::<usize>().ok()?;
                values.get(at)?.as_str()
            };
            let numbered = members.keys().all(|key| named(key).is_some());
            let members = members.iter().map(|(key, value)| {
                let key = named(key).filter(|_| numbered).unwrap_or(key);
                let value = unfolded(values, index(value), depth + 1, room);
                (key.to_owned(), value)
            });
            Value::Object(members.collect())
        }
        Value::Array(items) => match items.split_first() {
            Some((Value::String(kind), rest)) => match (kind.as_str(), rest) {
                ("Date" | "D", [date, ..]) => date.clone(),
                ("Set" | "Map" | "S" | "M", rest) => {
                    let each = rest.iter();
                    let each = each.map(|value| unfolded(values, index(value), depth + 1, room));
                    Value::Array(each.collect())
                }
                // A value that is watched, or comes later.
                (_, [value]) => unfolded(values, index(value), depth + 1, room),
                _ => Value::Null,
            },
            _ => {
                let each = items.iter();
                let each = each.map(|value| unfolded(values, index(value), depth + 1, room));
                Value::Array(each.collect())
            }
        },
        value => value.clone(),
    }
}

/// The named things of a store.
#[derive(Default)]
pub(super) struct Store<'v> {
    things: HashMap<&'v str, &'v Map<String, Value>>,
}

impl<'v> Store<'v> {
    /// Gathers them from a value.
    pub fn of(value: &'v Value) -> Store<'v> {
        let mut store = Store::default();
        let mut left = vec![(value, 0)];
        while let Some((value, depth)) = left.pop() {
            if depth > MAX_DEPTH {
                continue;
            }
            match value {
                Value::Object(members) => {
                    for (key, value) in members {
                        if let (true, Some(thing)) = (key.contains(':'), value.as_object()) {
                            store.things.insert(key, thing);
                        }
                        left.push((value, depth + 1));
                    }
                }
                Value::Array(values) => {
                    left.extend(values.iter().map(|value| (value, depth + 1)));
                }
                _ => {}
            }
        }
        store
    }

    /// What a value stands for, where it is but a name.
    pub fn meant(&self, value: &Value) -> Option<&'v Map<String, Value>> {
        if self.things.is_empty() {
            return None;
        }
        let node = value.as_object()?;
        let name = match (node.get("__ref"), node.get("type"), node.get("id")) {
            (Some(name), ..) => name,
            (None, Some(Value::String(kind)), Some(name)) if kind == "id" => name,
            _ => return None,
        };
        self.things.get(name.as_str()?).copied()
    }

    /// A list with the things in it that its names stand for; `None` where there are none.
    pub fn list(&self, values: &[Value]) -> Option<Vec<Value>> {
        values.iter().find_map(|value| self.meant(value))?;
        let mut room = MAX_OUT;
        let each = values.iter();
        Some(each.map(|value| self.whole(value, 0, &mut room)).collect())
    }

    fn whole(&self, value: &Value, depth: u32, room: &mut usize) -> Value {
        /// Lists within lists of a text, such as those with their items.
        const DEEP: u32 = 12;
        let size = 32 + value.as_str().map_or(0, str::len);
        let Some(left) = room.checked_sub(size).filter(|_| depth < DEEP) else {
            return Value::Null;
        };
        *room = left;
        let members = self.meant(value).or(value.as_object());
        match (members, value) {
            (Some(members), _) => {
                let each = members.iter();
                let each =
                    each.map(|(key, value)| (key.clone(), self.whole(value, depth + 1, room)));
                Value::Object(each.collect())
            }
            (None, Value::Array(values)) => {
                let each = values.iter();
                Value::Array(
                    each.map(|value| self.whole(value, depth + 1, room))
                        .collect(),
                )
            }
            (None, value) => value.clone(),
        }
    }
}

/// The rows that React sends, by their names: values, and texts.
#[derive(Default)]
pub(super) struct Rows {
    values: Vec<(String, Value)>,
    texts: HashMap<String, String>,
}

impl Rows {
    /// Reads `1a:{…}` and `1a:T2f,…` (a text of so many bytes), one behind the other.
    pub fn of(stream: &str) -> Rows {
        let mut rows = Rows::default();
        let mut rest = stream;
        while let Some((name, behind)) = rest.split_once(':') {
            let name = name.trim_start();
            if name.len() > 8 || !name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                // Something else in between: on with the next line.
                let Some((_, next)) = rest.split_once('\n') else {
                    break;
                };
                rest = next;
                continue;
            }
            let text = behind.strip_prefix('T').and_then(|text| {
                let (length, text) = text.split_once(',')?;
                let length = usize::from_str_radix(length, 16).ok()?;
                Some(text.split_at(text.floor_char_boundary(length)))
            });
            if let Some((text, next)) = text {
                rows.texts.insert(name.to_owned(), text.to_owned());
                rest = next;
                continue;
            }
            let (row, next) = behind.split_once('\n').unwrap_or((behind, ""));
            if let Ok(value) = serde_json::from_str::<Value>(row) {
                rows.values.push((name.to_owned(), value));
            }
            rest = next;
        }
        rows
    }

    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().map(|(_, value)| value)
    }

    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.values().map(String::as_str)
    }

    /// The text that a value such as `$1a` stands for.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name.strip_prefix('$')?).map(String::as_str)
    }

    /// The elements of a row as HTML.
    pub fn html(&self, value: &Value) -> String {
        let mut elements = Elements {
            rows: self,
            left: MAX_ELEMENTS,
            within: false,
            out: String::new(),
        };
        elements.write(value, 0);
        elements.out
    }
}

/// Elements of rows, written as HTML.
struct Elements<'r> {
    rows: &'r Rows,
    left: usize,
    /// Within an element: what stands around them is not shown.
    within: bool,
    out: String,
}

impl Elements<'_> {
    fn write(&mut self, value: &Value, depth: u32) {
        if depth > MAX_DEPTH || self.out.len() > MAX_OUT || self.left == 0 {
            return;
        }
        self.left -= 1;
        match value {
            Value::String(text) if self.within => self.text(text, depth),
            Value::Array(values) => match values.as_slice() {
                [
                    Value::String(sign),
                    Value::String(name),
                    _,
                    Value::Object(given),
                    ..,
                ] if sign == "$" => {
                    let within = std::mem::replace(&mut self.within, true);
                    self.element(name, given, depth);
                    self.within = within;
                }
                values => {
                    for value in values {
                        self.write(value, depth + 1);
                    }
                }
            },
            Value::Object(members) if !self.within => {
                for value in members.values() {
                    self.write(value, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, depth: u32) {
        let rows = self.rows;
        let Some(name) = text.strip_prefix("$L").or(text.strip_prefix('$')) else {
            self.out.push_str(&newsprint_html::escape(text));
            return;
        };
        if let Some(text) = rows.texts.get(name) {
            self.out.push_str(&newsprint_html::escape(text));
        } else if let Some((_, row)) = rows.values.iter().find(|(row, _)| row == name) {
            self.write(row, depth + 4);
        }
    }

    fn element(&mut self, name: &str, given: &Map<String, Value>, depth: u32) {
        // What is named by a sign is a part of the program: only what it is given to show is known.
        let mut letters = name.bytes();
        let shown = letters.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if shown && matches!(name, "script" | "style" | "svg" | "link" | "meta") {
            return;
        }
        if shown {
            self.out.extend(["<", name]);
            for (attribute, key) in [("class", "className"), ("href", "href"), ("id", "id")] {
                if let Some(value) = given.get(key).and_then(Value::as_str) {
                    let value = newsprint_html::escape(value);
                    self.out.extend([" ", attribute, "=\"", &value, "\""]);
                }
            }
            self.out.push('>');
        }
        let raw = given.get("dangerouslySetInnerHTML");
        let raw = raw.and_then(|raw| raw.get("__html")?.as_str());
        if let Some(raw) = raw {
            self.out.push_str(self.rows.text(raw).unwrap_or(raw));
        }
        if let Some(children) = given.get("children") {
            self.write(children, depth + 1);
        }
        if shown && !newsprint_html::elements::is_void(name) {
            self.out.extend(["</", name, ">"]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn flat_lists_are_put_together() {
        for (list, whole) in [
            (
                json!([["ShallowReactive", 1], {"data": 2}, {"a": 3, "b": 5}, [4, 4], "x", ["Date", "2024-06-12"]]),
                json!({"data": {"a": ["x", "x"], "b": "2024-06-12"}}),
            ),
            (
                json!([{"_1": 2, "_4": -5}, "story", {"_3": 4}, "title", "x"]),
                json!({"story": {"title": "x"}, "x": null}),
            ),
        ] {
            assert_eq!(flat(list.as_array().unwrap()), Some(whole));
        }
        for list in [
            json!([{"a": 1}]),
            json!([{"a": "x"}, 1, 2, 3]),
            json!([1, 2, 3, 4]),
            json!([]),
        ] {
            assert_eq!(flat(list.as_array().unwrap()), None);
        }
    }

    /// What stands for itself, or for ever more, ends.
    #[test]
    fn references_that_never_end_are_bounded() {
        let mut list = vec![json!({"a": 1})];
        for at in 1..40 {
            list.push(json!([at + 1, at + 1, at + 1, at + 1]));
        }
        list.push(json!([1]));
        let value = flat(&list).unwrap();
        assert!(value.to_string().len() < 2 * MAX_OUT);
        let store = json!({"A:1": {"b": [{"__ref": "A:1"}, {"__ref": "A:1"}, {"__ref": "A:1"}, {"__ref": "A:1"}, {"__ref": "A:1"}]}});
        let list = Store::of(&store)
            .list(store["A:1"]["b"].as_array().unwrap())
            .unwrap();
        assert!(Value::Array(list).to_string().len() < 2 * MAX_OUT);
        let many = "\"$1\",".repeat(500);
        let rows = Rows::of(&format!(
            "1:[{many}[\"$\",\"p\",null,{{\"children\":\"$1\"}}]]\n"
        ));
        assert!(rows.html(rows.values().next().unwrap()).len() < 1 << 20);
    }

    #[test]
    fn rows_are_texts_and_elements() {
        let rows = Rows::of(
            "0:I[12,[]]\n1:T7,<p>é\n<2:[\"$\",\"div\",null,{\"className\":\"a\",\"children\":[[\"$\",\"$L9\",null,{\"children\":[\"$\",\"p\",null,{\"children\":[\"One \",[\"$\",\"b\",\"k\",{\"children\":\"<two>\"}],\"$L3\"]}]}],[\"$\",\"div\",null,{\"dangerouslySetInnerHTML\":{\"__html\":\"$1\"}}]]}]\n3:\" three\"\n",
        );
        assert_eq!(rows.text("$1"), Some("<p>é\n<"));
        let html: Vec<String> = rows.values().map(|value| rows.html(value)).collect();
        assert_eq!(
            html[0],
            "<div class=\"a\"><p>One <b>&lt;two&gt;</b> three</p><div><p>é\n<</div></div>"
        );
    }
}
