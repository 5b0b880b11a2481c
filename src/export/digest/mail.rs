//! A digest as a mail (RFC 5322, 2045 to 2047): text and HTML of the same. Dated by its latest article and numbered by
//! its content, so that it is the same mail whenever it is made.
//! Never here: sending it.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Digest;
use newsprint_html::safe_text;

/// Characters of a line of base64 (RFC 2045, section 6.8).
const LINE: usize = 76;

/// The mail, with line feeds as `sendmail` takes them.
pub(super) fn write(digest: &Digest) -> String {
    let mark = digest.fingerprint();
    let date = digest.moment().to_zoned_datetime(digest.zone.clone());
    let mut out = String::new();
    let boundary = format!("=_newsprint_{}", &mark[..16]);
    for (name, value) in [
        ("From", address(&digest.from)),
        ("To", address(&digest.to)),
        ("Subject", encoded(&digest.title())),
        (
            "Date",
            date.strftime("%a, %d %b %Y %H:%M:%S %z").to_string(),
        ),
        ("Message-ID", format!("<{mark}@newsprint.invalid>")),
        ("MIME-Version", "1.0".to_owned()),
        ("Auto-Submitted", "auto-generated".to_owned()),
        (
            "Content-Type",
            format!("multipart/alternative;\n boundary=\"{boundary}\""),
        ),
    ] {
        let _ = writeln!(out, "{name}: {value}");
    }
    for (kind, text) in [("plain", digest.text()), ("html", digest.html())] {
        let _ = write!(
            out,
            "\n--{boundary}\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        );
        let coded = STANDARD.encode(text);
        out.reserve(coded.len() + coded.len() / LINE + 1);
        let mut rest = coded.as_str();
        while !rest.is_empty() {
            let (line, others) = rest.split_at(rest.len().min(LINE));
            out.push_str(line);
            out.push('\n');
            rest = others;
        }
    }
    let _ = write!(out, "\n--{boundary}--\n");
    out
}

/// An address on one line, that cannot begin another header.
fn address(text: &str) -> String {
    let line = safe_text::line(text);
    match line.rsplit_once('<') {
        Some((name, rest)) if !line.is_ascii() => format!("{} <{rest}", encoded(name.trim())),
        _ => line,
    }
}

/// A header's text; other letters than ASCII as encoded words.
fn encoded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    let mut part = String::new();
    for c in text.chars() {
        // An encoded word has 75 characters at most.
        if part.len() + c.len_utf8() > 42 {
            words.push(std::mem::take(&mut part));
        }
        part.push(c);
    }
    words.push(part);
    let coded = words
        .iter()
        .map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word)));
    coded.collect::<Vec<_>>().join("\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_ascii_on_one_line() {
        assert_eq!(encoded("Größe"), "=?utf-8?B?R3LDtsOfZQ==?=");
        assert_eq!(address("a\nBcc: b@c.example"), "a Bcc: b@c.example");
    }
}
