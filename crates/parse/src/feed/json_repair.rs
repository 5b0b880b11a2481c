//! JSON as people and scripts write it, made JSON: line feeds within strings, commas before a bracket.
//! Never here: what the document means (`json`).

/// The text repaired, and how many characters were not as RFC 8259 has them; `None` where there were none.
pub(super) fn repair(text: &str) -> Option<(String, usize)> {
    let mut out = String::with_capacity(text.len() + 64);
    let mut repaired = 0;
    let mut in_string = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if in_string {
            match c {
                '"' => in_string = false,
                '\\' => {
                    match chars.next() {
                        Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                            out.push('\\');
                            out.push(escaped);
                        }
                        Some(other) => {
                            repaired += 1;
                            out.push(other);
                        }
                        None => repaired += 1,
                    }
                    continue;
                }
                '\n' | '\r' | '\t' => {
                    repaired += 1;
                    out.push_str(match c {
                        '\n' => "\\n",
                        '\r' => "\\r",
                        _ => "\\t",
                    });
                    continue;
                }
                c if c < ' ' => {
                    repaired += 1;
                    continue;
                }
                _ => {}
            }
            out.push(c);
            continue;
        }
        match c {
            '"' => in_string = true,
            ',' => {
                while chars.next_if(|next| next.is_ascii_whitespace()).is_some() {}
                // A comma before a bracket, another comma or the end separates nothing.
                if matches!(chars.peek(), None | Some('}' | ']' | ',')) {
                    repaired += 1;
                    continue;
                }
            }
            _ => {}
        }
        out.push(c);
    }
    (repaired > 0).then_some((out, repaired))
}

#[cfg(test)]
mod tests {
    use super::repair;

    #[test]
    fn what_is_json_stays() {
        assert_eq!(repair(r#"{"a": [1, "x,]\n"], "b": "\u00e9"}"#), None);
    }

    #[test]
    fn common_slips_are_repaired() {
        let fixed = |text| repair(text).map(|(text, _)| text).unwrap_or_default();
        assert_eq!(fixed("{\"a\": \"one\ntwo\"}"), r#"{"a": "one\ntwo"}"#);
        assert_eq!(fixed("[1, 2, ]"), "[1,2]");
        assert_eq!(fixed(r#"{"a": "it\'s"}"#), r#"{"a": "it's"}"#);
    }
}
