//! MathML to a line of text: `½` and `10⁶` stay what they are, also without a formula's two dimensions.
//! Never here: formulas as pictures or TeX, which come as other text.

use crate::script::script;
use crate::tokens::{Markup, attributes, markup, value};

/// How deep a formula may be; what is deeper is read as if it stood here.
const MAX_DEPTH: usize = 24;

/// The text of what stands between `<math>` and `</math>`.
pub(super) fn text(html: &str) -> String {
    let mut formula = Formula {
        open: vec![Part::new(Kind::Row)],
        skipped: 0,
    };
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        formula.text(&html[at..at + found]);
        at += found;
        match markup(html, at) {
            Markup::Tag(tag) => {
                let name = std::str::from_utf8(tag.name).unwrap_or_default();
                let name = name
                    .rsplit(':')
                    .next()
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                let empty = tag.attributes.ends_with('/');
                if tag.closes {
                    formula.close(&name);
                } else if !empty {
                    formula.open(&name, tag.attributes);
                }
                at = tag.end;
            }
            Markup::Skip(end) => at = end,
            Markup::Sign => {
                formula.text("<");
                at += 1;
            }
        }
    }
    formula.text(&html[at..]);
    formula.finish()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Row,
    Fraction,
    Raised,
    Lowered,
    Both,
    Root,
    NthRoot,
    Fenced,
    TableRow,
    /// A number, a name, a sign.
    Leaf,
}

struct Part {
    kind: Kind,
    name: String,
    /// The texts of its children.
    parts: Vec<String>,
}

impl Part {
    fn new(kind: Kind) -> Part {
        Part {
            kind,
            name: String::new(),
            parts: Vec::new(),
        }
    }
}

struct Formula {
    open: Vec<Part>,
    /// Elements that are open within one that is passed over.
    skipped: usize,
}

impl Formula {
    fn open(&mut self, name: &str, raw: &str) {
        // What is given for programs: TeX, content MathML.
        if self.skipped > 0 || matches!(name, "annotation" | "annotation-xml" | "mphantom") {
            self.skipped += 1;
            return;
        }
        let kind = match name {
            "mfrac" if is_ruled(raw) => Kind::Fraction,
            "msup" | "mover" => Kind::Raised,
            "msub" | "munder" => Kind::Lowered,
            "msubsup" | "munderover" => Kind::Both,
            "msqrt" => Kind::Root,
            "mroot" => Kind::NthRoot,
            "mfenced" => Kind::Fenced,
            "mtr" => Kind::TableRow,
            "mn" | "mi" | "mo" | "mtext" | "ms" => Kind::Leaf,
            _ => Kind::Row,
        };
        if self.open.len() < MAX_DEPTH {
            let mut part = Part::new(kind);
            name.clone_into(&mut part.name);
            self.open.push(part);
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(at) = self.open.iter().rposition(|part| part.name == name) else {
            return;
        };
        while self.open.len() > at.max(1) {
            self.end();
        }
    }

    fn end(&mut self) {
        if let Some(part) = self.open.pop() {
            let text = written(&part);
            match self.open.last_mut() {
                Some(outer) if !text.is_empty() || outer.kind != Kind::Row => {
                    outer.parts.push(text)
                }
                _ => {}
            }
        }
    }

    fn text(&mut self, raw: &str) {
        if self.skipped > 0 || raw.trim().is_empty() {
            return;
        }
        if let Some(part) = self.open.last_mut() {
            let text = value(raw.trim()).trim().to_owned();
            part.parts.push(text);
        }
    }

    fn finish(mut self) -> String {
        while self.open.len() > 1 {
            self.end();
        }
        self.open
            .pop()
            .map(|part| written(&part))
            .unwrap_or_default()
    }
}

/// A fraction without a rule is a binomial coefficient.
fn is_ruled(raw: &str) -> bool {
    attributes(raw)
        .find(|(name, _)| name.eq_ignore_ascii_case("linethickness"))
        .is_none_or(|(_, value)| !value.trim_end_matches("px").starts_with('0'))
}

fn written(part: &Part) -> String {
    let child = |at: usize| part.parts.get(at).map_or("", String::as_str);
    let up = |base: &str, raised: &str| {
        let marks = ["¯", "‾", "^", "→", "ˆ", "˙", "~", "′", "″", "*", "†"];
        if marks.contains(&raised) {
            return format!("{base}{raised}");
        }
        match script(raised, true, base.chars().next_back(), false) {
            shifted if shifted == raised => format!("{base}^{}", grouped(raised)),
            shifted => format!("{base}{shifted}"),
        }
    };
    let down =
        |base: &str, lowered: &str| match script(lowered, false, base.chars().next_back(), false) {
            shifted if shifted == lowered => format!("{base}_{}", grouped(lowered)),
            shifted => format!("{base}{shifted}"),
        };
    match part.kind {
        Kind::Fraction => match (child(0), child(1)) {
            ("1", "2") => "½".to_owned(),
            ("1", "4") => "¼".to_owned(),
            ("3", "4") => "¾".to_owned(),
            (above, below) => format!("{}/{}", grouped(above), grouped(below)),
        },
        Kind::Raised => up(child(0), child(1)),
        Kind::Lowered => down(child(0), child(1)),
        Kind::Both => up(&down(child(0), child(1)), child(2)),
        Kind::Root => format!("√{}", grouped(&joined(&part.parts))),
        Kind::NthRoot => match child(1) {
            "3" => format!("∛{}", grouped(child(0))),
            "4" => format!("∜{}", grouped(child(0))),
            root => format!("{}√{}", script(root, true, None, false), grouped(child(0))),
        },
        Kind::Fenced => format!("({})", part.parts.join(", ")),
        Kind::TableRow => part.parts.join(" ") + "; ",
        Kind::Leaf => part.parts.concat(),
        Kind::Row => joined(&part.parts),
    }
}

/// Parts side by side, with air around relations and operators; a whole number and a fraction do not run together.
fn joined(parts: &[String]) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        let is_relation = matches!(
            part.as_str(),
            "=" | "≠"
                | "<"
                | ">"
                | "≤"
                | "≥"
                | "≈"
                | "≡"
                | "∼"
                | "→"
                | "⇒"
                | "∈"
                | "±"
                | "×"
                | "⋅"
                | "·"
                | "+"
                | "−"
                | "-"
        );
        let unary = index == 0 && matches!(part.as_str(), "+" | "−" | "-" | "±");
        // U+2061 to U+2064 are signs that nobody sees.
        if part.chars().all(|c| ('\u{2061}'..='\u{2064}').contains(&c)) {
            continue;
        }
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_numeric());
        let runs_together = digits(text.chars().next_back()) && digits(part.chars().next());
        if is_relation && !unary && !text.ends_with(' ') || runs_together {
            text.push(' ');
        }
        text.push_str(part);
        if is_relation && !unary {
            text.push(' ');
        }
    }
    text.trim_end().to_owned()
}

/// In parentheses where it is more than one number, name or sign.
fn grouped(text: &str) -> String {
    let simple = text
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | 'π' | '′'))
        || text.starts_with('(') && text.ends_with(')') && !text[1..].contains('(');
    if simple || text.chars().count() < 2 {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn formulas_keep_their_meaning() {
        for (mathml, line) in [
            ("<mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "1 ½"),
            ("<msup><mn>10</mn><mn>6</mn></msup>", "10⁶"),
            (
                "<msup><mn>10</mn><mrow><mo>-</mo><mn>6</mn></mrow></msup>",
                "10⁻⁶",
            ),
            ("<mfrac><mn>11</mn><mn>12</mn></mfrac>", "11/12"),
            (
                "<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>",
                "E = mc²",
            ),
            ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x + 1)"),
            ("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", "H₂O"),
            ("<msup><mi>x</mi><mi>k</mi></msup>", "x^k"),
            (
                "<semantics><mrow><mi>x</mi></mrow><annotation encoding=tex>x</annotation></semantics>",
                "x",
            ),
            ("<mi>a</mi><mo>&lt;</mo><mi>b</mi>", "a < b"),
            (
                "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>",
                "(a + b)/2",
            ),
        ] {
            assert_eq!(text(mathml), line, "{mathml}");
        }
        text(&"<mrow>".repeat(100_000));
    }
}
