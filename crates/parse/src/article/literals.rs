//! Values as scripts write them, read as if they were JSON: names without quotes, any quotes, words for nothing, and what a
//! function that is called on the spot returns, with its arguments. Whatever has to be run to be known is nothing.
//! Never here: where in a script a value stands, and what it means (`script_data`).

use serde_json::{Map, Number, Value};

/// How deep values are followed; what is deeper is nothing.
const MAX_DEPTH: u32 = 64;
/// Bytes that names standing for values may add to what is written out.
const MAX_ADDED: usize = 1 << 20;

/// The value that `text` begins with, and where it ends. `work` is what may still be read, in bytes; what was read is taken
/// from it, whether it was a value or not.
pub(super) fn value(text: &str, work: &mut usize) -> Option<(Value, usize)> {
    let mut reader = Reader {
        text,
        at: 0,
        work: *work,
        room: MAX_ADDED,
        names: Vec::new(),
    };
    let value = reader.value(0);
    let spent = reader.at.max(1);
    *work = reader.work.saturating_sub(spent);
    Some((value?, reader.at))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    work: usize,
    room: usize,
    /// What the parameters of the functions around stand for, and how much that is; the innermost last.
    names: Vec<(&'a str, Value, usize)>,
}

/// What was read: a value, or a function that may be called.
enum Part<'a> {
    Value(Value),
    Function(Function<'a>),
}

struct Function<'a> {
    parameters: Vec<&'a str>,
    body: usize,
    /// The body is the value itself.
    plain: bool,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.space();
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    /// Over white space and comments.
    fn space(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match (byte, bytes.get(self.at + 1)) {
                (b'/', Some(b'/')) => {
                    let rest = &bytes[self.at..];
                    let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                    self.at += end;
                }
                (b'/', Some(b'*')) => {
                    let rest = &bytes[self.at..];
                    let end = memchr::memmem::find(rest, b"*/").map(|end| end + 2);
                    self.at += end.unwrap_or(rest.len());
                }
                (byte, _) if byte.is_ascii_whitespace() => self.at += 1,
                _ => return,
            }
        }
    }

    /// A name at the place, with the dots in it where `dotted`.
    fn name(&mut self, dotted: bool) -> &'a str {
        let rest = &self.text[self.at..];
        let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$') || dotted && c == '.';
        let end = rest.find(|c| !in_name(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        let value = match self.part(depth)? {
            Part::Value(value) => value,
            Part::Function(_) => Value::Null,
        };
        self.joined(value, depth)
    }

    /// A value with what is added to it, or stands for it where it is nothing.
    fn joined(&mut self, mut value: Value, depth: u32) -> Option<Value> {
        loop {
            self.space();
            let rest = &self.text.as_bytes()[self.at..];
            match rest {
                [] | [b',' | b'}' | b']' | b')' | b';', ..] => return Some(value),
                [b'+', ..] => {
                    self.at += 1;
                    let Part::Value(more) = self.part(depth)? else {
                        continue;
                    };
                    if let (Value::String(text), Value::String(more)) = (&mut value, more) {
                        text.push_str(&more);
                    }
                }
                [b'|', b'|', ..] | [b'?', b'?', ..] => {
                    self.at += 2;
                    let Part::Value(other) = self.part(depth)? else {
                        continue;
                    };
                    if matches!(value, Value::Null | Value::Bool(false)) {
                        value = other;
                    }
                }
                // The end of a statement without its sign.
                [byte, ..] if byte.is_ascii_alphabetic() || *byte == b'<' => return Some(value),
                _ => {
                    self.skip_value()?;
                    return Some(value);
                }
            }
        }
    }

    /// A value or a function, with the calls behind it.
    fn part(&mut self, depth: u32) -> Option<Part<'a>> {
        self.space();
        let mut part = match self.peek()? {
            b'{' | b'[' | b'(' if depth >= MAX_DEPTH => {
                self.skip_brackets()?;
                Part::Value(Value::Null)
            }
            b'{' => Part::Value(self.object(depth)?),
            b'[' => Part::Value(Value::Array(self.list(b']', depth)?)),
            b'"' | b'\'' | b'`' => Part::Value(Value::String(self.string()?)),
            b'0'..=b'9' | b'-' | b'.' => Part::Value(self.number()?),
            _ if depth > MAX_DEPTH => return None,
            b'+' | b'~' => {
                self.at += 1;
                return self.part(depth + 1);
            }
            b'!' => {
                self.at += 1;
                let Part::Value(value) = self.part(depth + 1)? else {
                    return None;
                };
                let none = match &value {
                    Value::Null => true,
                    Value::Bool(value) => !value,
                    Value::Number(number) => number.as_f64() == Some(0.0),
                    _ => false,
                };
                Part::Value(Value::Bool(none))
            }
            b'(' => match self.arrow() {
                Some(function) => Part::Function(function?),
                None => {
                    self.at += 1;
                    let part = self.part(depth + 1)?;
                    let part = match part {
                        Part::Value(value) => Part::Value(self.joined(value, depth + 1)?),
                        function => function,
                    };
                    while self.eat(b',') {
                        self.value(depth + 1)?;
                    }
                    self.eat(b')').then_some(part)?
                }
            },
            _ => self.word(depth)?,
        };
        loop {
            self.space();
            part = match (part, self.peek()) {
                (Part::Function(function), Some(b'(')) => Part::Value(self.call(&function, depth)?),
                (part, _) => return Some(part),
            };
        }
    }

    /// What begins with a name.
    fn word(&mut self, depth: u32) -> Option<Part<'a>> {
        let from = self.at;
        let name = self.name(true);
        if name.is_empty() {
            return None;
        }
        let nothing = Some(Part::Value(Value::Null));
        match name {
            "true" => return Some(Part::Value(Value::Bool(true))),
            "false" => return Some(Part::Value(Value::Bool(false))),
            "null" | "undefined" | "NaN" | "Infinity" => return nothing,
            "void" | "typeof" | "delete" => {
                self.part(depth + 1)?;
                return nothing;
            }
            "new" | "async" | "await" => {
                return self.part(depth + 1);
            }
            "function" => {
                self.space();
                self.eat(b'*');
                self.space();
                self.name(false);
                return self.function().map(Part::Function);
            }
            _ => {}
        }
        self.space();
        if self.text[self.at..].starts_with("=>") {
            self.at += 2;
            let parameters = vec![&self.text[from..from + name.len()]];
            return self.body(parameters).map(Part::Function);
        }
        if self.peek() == Some(b'(') {
            self.at += 1;
            let given = self.list(b')', depth + 1)?;
            let last = name.rsplit('.').next().unwrap_or(name);
            return Some(Part::Value(made(last, given)));
        }
        Some(Part::Value(self.meant(name).unwrap_or_default()))
    }

    /// What a name stands for.
    fn meant(&mut self, name: &str) -> Option<Value> {
        let mut known = self.names.iter().rev();
        let (_, value, size) = known.find(|(known, ..)| *known == name)?;
        self.room = self.room.checked_sub(*size)?;
        Some(value.clone())
    }

    fn object(&mut self, depth: u32) -> Option<Value> {
        self.at += 1;
        let mut members = Map::new();
        loop {
            if self.eat(b'}') {
                return Some(Value::Object(members));
            }
            if self.eat(b',') {
                continue;
            }
            if self.text[self.at..].starts_with("...") {
                self.at += 3;
                if let Value::Object(more) = self.value(depth + 1)? {
                    members.extend(more);
                }
            } else {
                let key = match self.peek()? {
                    b'"' | b'\'' | b'`' => self.string()?,
                    b'[' => {
                        self.skip_brackets()?;
                        String::new()
                    }
                    _ => {
                        let name = self.name(true);
                        (!name.is_empty()).then(|| name.to_owned())?
                    }
                };
                self.space();
                let value = match self.peek()? {
                    b':' => {
                        self.at += 1;
                        self.value(depth + 1)?
                    }
                    b'(' => {
                        self.skip_brackets()?;
                        self.space();
                        (self.peek()? == b'{').then_some(())?;
                        self.skip_brackets()?;
                        Value::Null
                    }
                    // A name that stands for its own value.
                    b',' | b'}' => self.meant(&key).unwrap_or_default(),
                    _ => return None,
                };
                members.insert(key, value);
            }
            self.space();
            if !matches!(self.peek()?, b',' | b'}') {
                return None;
            }
        }
    }

    /// Values up to the bracket that closes their list.
    fn list(&mut self, close: u8, depth: u32) -> Option<Vec<Value>> {
        if close == b']' {
            self.at += 1;
        }
        let mut values = Vec::new();
        loop {
            if self.eat(close) {
                return Some(values);
            }
            if self.eat(b',') {
                values.push(Value::Null);
                continue;
            }
            if self.text[self.at..].starts_with("...") {
                self.at += 3;
            }
            values.push(self.value(depth + 1)?);
            self.space();
            match self.peek()? {
                b',' => self.at += 1,
                byte if byte == close => {}
                _ => return None,
            }
        }
    }

    fn number(&mut self) -> Option<Value> {
        let rest = &self.text[self.at..];
        let in_number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let end = rest.find(|c| !in_number(c)).unwrap_or(rest.len());
        let digits = &rest[..end];
        if digits == "-" {
            self.at += 1;
            self.part(MAX_DEPTH)?;
            return Some(Value::Null);
        }
        self.at += end;
        let whole = digits.parse::<i64>().ok().map(Number::from);
        let number = whole.or_else(|| Number::from_f64(digits.parse().ok()?));
        Some(number.map_or(Value::Null, Value::Number))
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.peek()?;
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let end = memchr::memchr3(quote, b'\\', b'$', rest.as_bytes());
            let end = end?;
            let run = &rest[..end];
            if quote != b'`' && memchr::memchr(b'\n', run.as_bytes()).is_some() {
                return None;
            }
            out.push_str(run);
            self.at += end;
            match rest.as_bytes()[end] {
                b'\\' => self.escape(&mut out)?,
                b'$' if quote == b'`' && rest[end..].starts_with("${") => {
                    self.at += 1;
                    self.skip_brackets()?;
                }
                b'$' => {
                    out.push('$');
                    self.at += 1;
                }
                _ => {
                    self.at += 1;
                    return Some(out);
                }
            }
        }
    }

    /// What a backslash stands for.
    fn escape(&mut self, out: &mut String) -> Option<()> {
        let c = self.text[self.at + 1..].chars().next()?;
        self.at += 1 + c.len_utf8();
        out.push(match c {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' | 'f' | 'v' | '0' => ' ',
            '\n' => return Some(()),
            'x' => char::from(u8::try_from(self.digits(2)?).ok()?),
            'u' => match self.code()? {
                high @ 0xD800..=0xDBFF if self.text[self.at..].starts_with("\\u") => {
                    self.at += 2;
                    let low = self.code()?;
                    let both =
                        0x1_0000 + ((high - 0xD800) << 10) + (low.wrapping_sub(0xDC00) & 0x3FF);
                    char::from_u32(both).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                code => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
            },
            c => c,
        });
        Some(())
    }

    fn code(&mut self) -> Option<u32> {
        if self.peek() != Some(b'{') {
            return self.digits(4);
        }
        let rest = &self.text[self.at + 1..];
        let end = rest.bytes().take(8).position(|byte| byte == b'}')?;
        self.at += end + 2;
        u32::from_str_radix(rest.get(..end)?, 16).ok()
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + count)?;
        self.at += count;
        u32::from_str_radix(digits, 16).ok()
    }

    /// A function that is written with an arrow, where a bracket opens; the inner `None` where it cannot be read.
    fn arrow(&mut self) -> Option<Option<Function<'a>>> {
        let from = self.at;
        let found = self.parameters().filter(|_| {
            self.space();
            self.text[self.at..].starts_with("=>")
        });
        let Some(parameters) = found else {
            self.at = from;
            return None;
        };
        self.at += 2;
        Some(self.body(parameters))
    }

    /// Plain names in brackets.
    fn parameters(&mut self) -> Option<Vec<&'a str>> {
        self.eat(b'(').then_some(())?;
        let mut names = Vec::new();
        loop {
            self.space();
            if self.eat(b')') {
                return Some(names);
            }
            let name = self.name(false);
            if name.is_empty() {
                return None;
            }
            names.push(name);
            if !self.eat(b',') && self.peek() != Some(b')') {
                return None;
            }
        }
    }

    /// A function from behind its name.
    fn function(&mut self) -> Option<Function<'a>> {
        let from = self.at;
        let parameters = match self.parameters() {
            Some(parameters) => parameters,
            // Parameters that are more than names.
            None => {
                self.at = from;
                self.space();
                self.skip_brackets()?;
                Vec::new()
            }
        };
        self.body(parameters)
    }

    /// A function's body, over which is skipped: it is read when it is called.
    fn body(&mut self, parameters: Vec<&'a str>) -> Option<Function<'a>> {
        self.space();
        let body = self.at;
        let plain = self.peek()? != b'{';
        if plain {
            self.skip_value()?;
        } else {
            self.skip_brackets()?;
        }
        // It is read twice, and functions within it again.
        self.work = self.work.checked_sub(self.at - body)?;
        Some(Function {
            parameters,
            body,
            plain,
        })
    }

    /// What a function returns for the arguments that follow.
    fn call(&mut self, function: &Function<'a>, depth: u32) -> Option<Value> {
        self.at += 1;
        let given = self.list(b')', depth + 1)?;
        let (end, known) = (self.at, self.names.len());
        let mut given = given.into_iter();
        for name in &function.parameters {
            let value = given.next().unwrap_or_default();
            let size = size(&value);
            self.names.push((name, value, size));
        }
        self.at = function.body;
        let value = if function.plain {
            self.value(depth + 1)
        } else {
            self.at += 1;
            self.returned(depth + 1)
        };
        self.names.truncate(known);
        self.work = self
            .work
            .checked_sub(self.at.saturating_sub(function.body))?;
        self.at = end;
        Some(value.unwrap_or_default())
    }

    /// What the statements of a body return; those before that are not run.
    fn returned(&mut self, depth: u32) -> Option<Value> {
        loop {
            self.space();
            match self.peek()? {
                b'}' => return Some(Value::Null),
                b'{' | b'[' | b'(' => self.skip_brackets()?,
                b'"' | b'\'' | b'`' => self.skip_string()?,
                _ => match self.name(false) {
                    "return" => return self.value(depth),
                    "" => self.at += self.text[self.at..].chars().next()?.len_utf8(),
                    _ => {}
                },
            }
        }
    }

    /// Over a string.
    fn skip_string(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        let quote = *bytes.get(self.at)?;
        self.at += 1;
        loop {
            self.at += memchr::memchr2(quote, b'\\', bytes.get(self.at..)?)?;
            if bytes[self.at] == quote {
                self.at += 1;
                return Some(());
            }
            self.at += 2;
        }
    }

    /// From the bracket that opens here over the one that closes it.
    fn skip_brackets(&mut self) -> Option<()> {
        self.skip(0)
    }

    /// To the end of a value, whatever it is.
    fn skip_value(&mut self) -> Option<()> {
        self.skip(1)
    }

    /// Over all that stands in brackets: to the sign that ends a value where `open` is 1, over the closing bracket where it is 0.
    fn skip(&mut self, open: usize) -> Option<()> {
        let value = open == 1;
        let mut open = open;
        loop {
            let byte = match self.peek() {
                None if value && open == 1 => return Some(()),
                byte => byte?,
            };
            match byte {
                b'"' | b'\'' | b'`' => {
                    self.skip_string()?;
                    continue;
                }
                b'/' => {
                    let before = self.at;
                    self.space();
                    if self.at > before {
                        continue;
                    }
                }
                b'{' | b'[' | b'(' => open += 1,
                b'}' | b']' | b')' if value && open == 1 => return Some(()),
                b',' | b';' if value && open == 1 => return Some(()),
                b'}' | b']' | b')' => {
                    open -= 1;
                    if open == 0 {
                        self.at += 1;
                        return Some(());
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
    }
}

/// What a call of something that is not known gives: a text decoded, else the last of its arguments that is something.
fn made(name: &str, given: Vec<Value>) -> Value {
    let value = given
        .into_iter()
        .rev()
        .find(|value| !matches!(value, Value::Null | Value::Bool(_)));
    match (name, value) {
        ("parse" | "atob" | "decodeURIComponent" | "decodeURI" | "unescape", Some(value)) => value,
        (_, Some(value @ (Value::Object(_) | Value::Array(_)))) => value,
        ("Date" | "String" | "URL", Some(value)) => value,
        _ => Value::Null,
    }
}

/// About how much memory a value takes, in bytes.
fn size(value: &Value) -> usize {
    let within = match value {
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(size).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| key.len() + size(value))
            .sum(),
        _ => 0,
    };
    within + 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Option<Value> {
        value(text, &mut (1 << 20)).map(|(value, _)| value)
    }

    #[test]
    fn literals_are_values() {
        for (text, expected) in [
            (
                r#"{"a": [1, -2.5, "x\u00e9\n"], "b": null}"#,
                json!({"a": [1, -2.5, "xé\n"], "b": null}),
            ),
            (
                r#"{a: 'it\'s', $b: `two ${1 + {}} words`, 3: !0, 'd': !1, e: void 0,}"#,
                json!({"a": "it's", "$b": "two  words", "3": true, "d": false, "e": null}),
            ),
            (
                "[,1,[],/* none */ undefined, // end\n 2]",
                json!([null, 1, [], null, 2]),
            ),
            (
                r#"{a: "one " + 'two', b: x || "three", c: f(1) ? 2 : 3, d: 4}"#,
                json!({"a": "one two", "b": "three", "c": null, "d": 4}),
            ),
            (
                r#"{a: new Date("2024-06-12"), b: Object.freeze({c: 1}), d: function (e) { return "}"; }, f() {}, g: (h) => h + 1, i: j => ({}), k: new Map([["l", 2]])}"#,
                json!({"a": "2024-06-12", "b": {"c": 1}, "d": null, "f": null, "g": null, "i": null, "k": [["l", 2]]}),
            ),
            (
                r#"{a: "\ud83d\ude00\x41\u{42}", b: "<\/p>", ...{c: 3}}"#,
                json!({"a": "😀AB", "b": "</p>", "c": 3}),
            ),
        ] {
            assert_eq!(read(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_function_that_is_called_gives_what_it_returns() {
        let expected = json!({"a": [{"b": "", "c": true, "d": null}], "e": {"f": "x"}});
        for text in [
            r#"(function(a,b,c,d){return{a:[{b:a,c:c,d:b}],e:d}}("",null,true,{f:"x"}))"#,
            r#"(function(a,b,c,d){d.g=1;return {a:[{b:a,c:c,d:q}],e:d}})("",null,!0,{f:"x"})"#,
            r#"((a,b,c,d)=>({a:[{b:a,c:c,d:b}],e:d}))("",null,true,{f:"x"})"#,
            r#"(()=>{let q=1;return {a:[{b:"",c:!0,d:null}],e:(function(a){return {f:a}})("x")}})()"#,
        ] {
            assert_eq!(read(text), Some(expected.clone()), "{text}");
        }
    }

    #[test]
    fn what_is_no_value_is_none_and_ends_where_it_does() {
        for text in [
            "",
            "{",
            "[1",
            "{a b}",
            "\"x",
            "\"x\ny\"",
            "{a:\"\\u12\"}",
            "(function(",
            "}",
            "{a:1;b:2}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let mut work = 100;
        assert_eq!(
            value("{a:1};b={c:2}", &mut work).map(|(_, end)| end),
            Some(5)
        );
        assert_eq!(work, 95);
    }

    #[test]
    fn hostile_scripts_are_bounded() {
        let many = |text: &str, count| text.repeat(count);
        let doubling = format!(
            "{}1{}",
            many("(function(a){return [a,a,a,a,a,a,a,a]})(", 30),
            many(")", 30)
        );
        for text in [
            many("[", 500_000),
            many("{a:", 200_000),
            many("(", 500_000),
            many("!", 500_000),
            many("-", 500_000),
            many("+", 500_000),
            many("a(", 200_000),
            many("void ", 200_000),
            many("x=>", 200_000),
            many("(a)=>", 100_000),
            many("`${", 200_000),
            many("(function(){return ", 20_000),
            many("1+", 200_000),
            doubling,
            format!(
                "(function(a){{return [{}]}})(\"{}\")",
                many("a,", 100_000),
                many("x", 100_000)
            ),
        ] {
            let mut work = 4 * text.len();
            if let Some((value, _)) = value(&text, &mut work) {
                assert!(size(&value) < 8 << 20, "{}", &text[..20]);
            }
        }
    }
}
