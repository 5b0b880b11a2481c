//! Bytes of an HTML page to text: byte order mark, HTTP header, `<meta charset>`, and what the bytes themselves say; text
//! that was encoded twice is repaired (`double_utf8`).
//! Never here: XML declarations (feeds have their own rules).

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::double_utf8;

/// How far into a page `<meta charset>` is looked for. The standard says 1,024 bytes; pages that put
/// scripts before it are common enough to look further.
const PRESCAN: usize = 8 * 1024;

/// So many bytes are looked at to guess an encoding; more does not change the guess, only the time.
const GUESSED_BYTES: usize = 64 * 1024;

/// Decodes an HTML page, and repairs text that was encoded twice.
pub(crate) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    double_utf8::repair_page(decode_bytes(bytes, content_type))
}

/// Decodes an HTML page (WHATWG HTML, 13.2.3): a byte order mark wins, then the HTTP `charset`, then
/// `<meta>`. Bytes that are valid UTF-8 and not plain ASCII are UTF-8 whatever the page says: text in a
/// legacy encoding is practically never valid UTF-8, and wrong declarations are common.
pub(crate) fn decode_bytes<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling(bytes.get(length..).unwrap_or_default())
            .0;
    }
    if let Some(encoding) = without_mark(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.is_ascii()
    {
        return Cow::Borrowed(text);
    }
    let head = bytes.get(..PRESCAN).unwrap_or(bytes);
    let declared = content_type
        .and_then(|value| label_in(value.as_bytes()))
        .or_else(|| meta(head));
    let encoding = declared.unwrap_or_else(|| guess(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

/// UTF-16 without a byte order mark: markup starts with `<`, so one byte of the first pairs is zero.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, _, 0, ..] => Some(UTF_16LE),
        [0, b'<', 0, _, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// A page that declares nothing: UTF-8 if nearly all of it is (a stray byte, a cut-off last character),
/// else what its bytes look most like, as browsers do.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (mut bad, mut good) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        bad += usize::from(!chunk.invalid().is_empty());
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    if bad * 10 <= good {
        UTF_8
    } else {
        detect(bytes)
    }
}

/// The legacy encoding that bytes look most like; windows-1252 where little tells.
pub(crate) fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The guess needs the text beyond ASCII, which can begin late in a document.
    let start = bytes.iter().position(|byte| *byte >= 0x80).unwrap_or(0);
    let start = start.saturating_sub(64);
    let end = bytes.len().min(start + GUESSED_BYTES);
    detector.feed(&bytes[start..end], end == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// The encoding a `<meta charset=…>` or `<meta http-equiv=content-type content="…charset=…">` names.
fn meta(head: &[u8]) -> Option<&'static Encoding> {
    let mut at = 0;
    while let Some(found) = find(head.get(at..)?, b"<meta") {
        let tag = head.get(at + found..)?;
        let tag = &tag[..tag.iter().position(|b| *b == b'>').unwrap_or(tag.len())];
        if let Some(encoding) = label_in(tag) {
            // A page that could be read this far as single bytes is not UTF-16 (WHATWG HTML, 13.2.3.2).
            return Some(if encoding == UTF_16LE || encoding == UTF_16BE {
                UTF_8
            } else {
                encoding
            });
        }
        at += found + 5;
    }
    None
}

/// The label after `charset=` in a header value or a tag.
fn label_in(text: &[u8]) -> Option<&'static Encoding> {
    let rest = text.get(find(text, b"charset")? + 7..)?.trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let rest = match rest {
        [b'"' | b'\'', rest @ ..] => rest,
        rest => rest,
    };
    let end = rest
        .iter()
        .position(|b| matches!(b, b'"' | b'\'' | b';' | b'>' | b'/') || b.is_ascii_whitespace())
        .unwrap_or(rest.len());
    Encoding::for_label(rest.get(..end)?)
}

/// Where `needle` (lower case) stands in `text`, whatever its case.
fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    text.windows(needle.len())
        .position(|window| window.eq_ignore_ascii_case(needle))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn the_header_the_meta_tag_and_the_bytes_are_heard_in_turn() {
        let latin = b"<html><p>Caf\xe9 M\xfcller</p>";
        assert!(decode(latin, Some("text/html; charset=ISO-8859-1")).contains("Café Müller"));
        let meta = b"<html><head><META http-equiv=Content-Type content='text/html; charset=windows-1251'></head>\xcf\xf0\xe8\xe2\xe5\xf2";
        assert!(decode(meta, None).contains("Привет"));
        assert!(decode(latin, None).contains("Café"));
    }

    #[test]
    fn a_page_that_declares_nothing_is_read_as_its_bytes_look() {
        for (encoding, text) in [
            (
                encoding_rs::GBK,
                "新的渡船星期一开始运营，第一批乘客是两岸的小学生，他们等这一天等了四年。",
            ),
            (
                encoding_rs::BIG5,
                "新的渡船星期一開始營運，第一批乘客是兩岸的小學生，他們等這一天等了四年。",
            ),
            (
                encoding_rs::WINDOWS_1251,
                "Новый паром начал ходить в понедельник, и первыми на нём поехали школьники.",
            ),
            (
                encoding_rs::SHIFT_JIS,
                "新しい渡し船は月曜日に運航を始め、最初の乗客は両岸の小学生だった。",
            ),
            (
                encoding_rs::ISO_8859_2,
                "Nowy prom ruszył w poniedziałek, a pierwszymi pasażerami były dzieci z obu brzegów.",
            ),
        ] {
            let page = format!("<html><title>x</title><p>{text}</p><p>{text}</p>");
            let bytes = encoding.encode(&page).0;
            assert_eq!(decode(&bytes, None), page, "{}", encoding.name());
        }
    }

    #[test]
    fn valid_utf8_is_utf8_even_when_declared_otherwise() {
        let page = "<meta charset=iso-8859-1><p>Straße nach Tbilissi თბილისი</p>";
        assert_eq!(
            decode(page.as_bytes(), Some("text/html; charset=latin1")),
            page
        );
    }

    #[test]
    fn a_page_that_was_encoded_twice_is_repaired() {
        let page = "<meta charset=utf-8><p>The millerâ\u{80}\u{99}s boat</p>";
        assert!(decode(page.as_bytes(), None).contains("miller’s"));
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark_and_when_cut_off() {
        let mut bytes: Vec<u8> = "<p>Grüße</p>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(decode(&bytes, None).contains("Grüße"));
        bytes.splice(0..0, [0xff, 0xfe]);
        bytes.pop();
        assert!(decode(&bytes, None).contains("Grüße"));
    }

    #[test]
    fn one_bad_byte_does_not_make_a_utf8_page_western() {
        let mut bytes = "<p>".as_bytes().to_vec();
        bytes.extend("Ереван Երևան ".repeat(20).into_bytes());
        bytes.push(0xff);
        assert!(decode(&bytes, None).contains("Ереван"));
    }
}
