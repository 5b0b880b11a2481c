//! Bytes of a feed to text: byte order marks, declared, wrong and missing encodings.
//! Never here: what the text means.

use std::borrow::Cow;

use crate::charset::detect;
use encoding_rs::{Encoding, GBK, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Where the XML declaration has to stand. The margin lets through what servers put in front of it.
const DECLARATION_BYTES: usize = 1024;

/// So many characters of several bytes, all well-formed, are not UTF-8 by chance.
const SURELY_UTF8: usize = 4;

/// Decodes a document; with the sentence that says what had to be repaired, if anything.
///
/// The order is that of RFC 7303 (byte order mark, HTTP header, XML declaration, UTF-8), but each is believed only
/// if the bytes bear it out, because servers add headers by default and authors copy declarations.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    content_type: Option<&str>,
) -> (Cow<'a, str>, Option<String>) {
    if let Some(text) = utf32(bytes) {
        return (Cow::Owned(text), None);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let bytes = &bytes[mark..];
        if encoding == UTF_8 {
            return utf8(bytes);
        }
        return (encoding.decode_without_bom_handling(bytes).0, None);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return (encoding.decode_without_bom_handling(bytes).0, None);
    }

    let declared = declared_encoding(bytes);
    let header = content_type.and_then(charset_of_header).and_then(|label| {
        // What servers say of every document says nothing of this one, which says something itself.
        let default = is_default(label) && declared.is_some();
        by_label(label).filter(|_| !default)
    });
    if let Ok(text) = std::str::from_utf8(bytes) {
        let legacy = [header, declared]
            .into_iter()
            .flatten()
            .find(|encoding| *encoding != UTF_8 && is_ascii_based(encoding));
        let Some(legacy) = legacy else {
            return (Cow::Borrowed(text), None);
        };
        if text.is_ascii() {
            // ISO-2022-JP is made of ASCII bytes and escapes, which XML allows nowhere.
            if legacy == ISO_2022_JP && bytes.contains(&0x1B) {
                return (legacy.decode_without_bom_handling(bytes).0, None);
            }
            return (Cow::Borrowed(text), None);
        }
        // Well-formed UTF-8 beyond ASCII is practically never anything else; only a few characters of a declared
        // double-byte encoding can look like it.
        let beyond_ascii = text
            .bytes()
            .filter(|byte| *byte >= 0xC0)
            .take(SURELY_UTF8)
            .count();
        if beyond_ascii < SURELY_UTF8
            && !legacy.is_single_byte()
            && let Some(text) = without_errors(legacy, bytes)
        {
            return (text, None);
        }
        let repair = format!("The text was declared as {} but is UTF-8.", legacy.name());
        return (Cow::Borrowed(text), Some(repair));
    }

    for encoding in [header, declared].into_iter().flatten() {
        if encoding != UTF_8
            && is_ascii_based(encoding)
            && let Some(text) = without_errors(encoding, bytes)
        {
            return (text, None);
        }
    }
    // Declared legacy text with a few broken bytes is still that text: a feed cut in the middle of a character.
    if let Some(legacy) = header
        .or(declared)
        .filter(|encoding| *encoding != UTF_8 && is_ascii_based(encoding))
    {
        let (text, _) = legacy.decode_without_bom_handling(bytes);
        let broken = text.chars().filter(|c| *c == '\u{FFFD}').count();
        if broken * 50 <= text.len() {
            let repair = format!("{broken} bytes were not {}.", legacy.name());
            return (text, Some(repair));
        }
    }
    if mostly_utf8(bytes) {
        return utf8(bytes);
    }
    let encoding = detect(bytes);
    let repair = format!(
        "The text is in no declared encoding; it was read as {}.",
        encoding.name()
    );
    (encoding.decode_without_bom_handling(bytes).0, Some(repair))
}

/// UTF-8 with its stray bytes read as windows-1252: pages are glued together from pieces in both.
fn utf8(bytes: &[u8]) -> (Cow<'_, str>, Option<String>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), None);
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut repaired = 0usize;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            repaired += chunk.invalid().len();
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    let repair = format!("{repaired} bytes were not UTF-8 and were read as windows-1252.");
    (Cow::Owned(text), Some(repair))
}

/// Whether more of what lies beyond ASCII is well-formed UTF-8 than not.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += chunk.invalid().len();
    }
    good > bad
}

/// UTF-32, which encoding_rs leaves out because the web never uses it; feeds have been seen in it.
fn utf32(bytes: &[u8]) -> Option<String> {
    let (start, big) = match bytes {
        [0, 0, 0xFE, 0xFF, ..] => (4, true),
        [0xFF, 0xFE, 0, 0, ..] => (4, false),
        [0, 0, 0, b'<', ..] => (0, true),
        [b'<', 0, 0, 0, ..] => (0, false),
        _ => return None,
    };
    let (units, _) = bytes[start..].as_chunks::<4>();
    let text = units.iter().map(|unit| {
        let code = if big {
            u32::from_be_bytes(*unit)
        } else {
            u32::from_le_bytes(*unit)
        };
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    });
    Some(text.collect())
}

/// UTF-16 without a mark shows by the zero beside the first `<` or `{` (XML 1.0, appendix F).
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0, b'<' | b'{', ..] => Some(UTF_16BE),
        [b'<' | b'{', 0, ..] => Some(UTF_16LE),
        _ => None,
    }
}

/// The `charset` of a Content-Type header.
fn charset_of_header(header: &str) -> Option<&str> {
    header.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("charset") {
            return None;
        }
        Some(value.trim().trim_matches(['"', '\'']).trim())
    })
}

/// Whether an encoding is what servers write without having looked (RFC 2616, 3.7.1; RFC 3023, 3.1).
fn is_default(label: &str) -> bool {
    // US-ASCII and ISO-8859-1 under all their names: the Encoding Standard has one encoding for them, windows-1252,
    // whose own names nobody writes without meaning them.
    let label = label.trim().to_ascii_lowercase();
    let own = ["windows-1252", "cp1252", "x-cp1252"].contains(&label.as_str());
    !own && by_label(&label) == Some(encoding_rs::WINDOWS_1252)
}

/// The `encoding` of the XML declaration, wherever near the beginning it stands.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let start = find(head, b"<?xml")?;
    let declaration = &head[start..];
    let declaration = &declaration[..find(declaration, b"?>").unwrap_or(declaration.len())];
    let value = &declaration[find(declaration, b"encoding")? + b"encoding".len()..];
    let value = value.trim_ascii_start().strip_prefix(b"=")?;
    let value = std::str::from_utf8(value.trim_ascii()).ok()?;
    let label = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split_ascii_whitespace().next()?,
    };
    by_label(label)
}

fn by_label(label: &str) -> Option<&'static Encoding> {
    // GB 2312 under names the Encoding Standard does not list; the web reads it as GBK.
    Encoding::for_label_no_replacement(label.as_bytes())
        .or_else(|| label.to_ascii_lowercase().contains("gb2312").then_some(GBK))
}

/// A declaration that could be read as ASCII cannot be in UTF-16, whatever it says.
fn is_ascii_based(encoding: &Encoding) -> bool {
    encoding != UTF_16BE && encoding != UTF_16LE
}

fn without_errors<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window.eq_ignore_ascii_case(needle))
}
