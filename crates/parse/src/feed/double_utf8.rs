//! UTF-8 that was read as windows-1252 and written as UTF-8 again: `â€™` for `’`, `Ã©` for `é`.
//! Never here: encodings of bytes (`charset`).

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// So many sequences of two characters are not there by chance; one of three or four is enough.
const SURELY: usize = 2;

/// The text with such sequences read as what they were, and the sentence that says so.
pub(super) fn repair(text: Cow<'_, str>) -> (Cow<'_, str>, Option<String>) {
    let Some((repaired, pairs, longer)) = repaired(&text) else {
        return (text, None);
    };
    if longer == 0 && pairs < SURELY {
        return (text, None);
    }
    let count = pairs + longer;
    let note = format!("{count} characters were encoded twice.");
    (Cow::Owned(repaired), Some(note))
}

/// The text repaired throughout, how many sequences of two characters and how many longer ones there were.
fn repaired(text: &str) -> Option<(String, usize, usize)> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut copied, mut at, mut pairs, mut longer) = (0, 0, 0, 0);
    // The characters that stand for lead bytes, U+00C2 to U+00F4, all begin with C3.
    while let Some(found) = memchr::memchr(0xC3, &bytes[at..]) {
        at += found;
        match sequence(&text[at..]) {
            Some((c, length)) => {
                out.push_str(&text[copied..at]);
                out.push(c);
                if c.len_utf8() > 2 {
                    longer += 1;
                } else {
                    pairs += 1;
                }
                at += length;
                copied = at;
            }
            None => at += 2,
        }
    }
    if pairs + longer == 0 {
        return None;
    }
    out.push_str(&text[copied..]);
    Some((out, pairs, longer))
}

/// The character that a text's first characters are the bytes of, and the length of what stands for it.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let lead = byte_of(chars.next()?)?;
    let more = match lead {
        0xC2..=0xDF => 1,
        0xE0..=0xEF => 2,
        0xF0..=0xF4 => 3,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    for slot in &mut bytes[1..=more] {
        *slot = byte_of(chars.next()?).filter(|byte| (0x80..=0xBF).contains(byte))?;
    }
    let c = std::str::from_utf8(&bytes[..=more]).ok()?.chars().next()?;
    Some((c, text.len() - chars.as_str().len()))
}

/// The byte that windows-1252 reads as this character; what it leaves open is read as Latin-1.
fn byte_of(c: char) -> Option<u8> {
    match c as u32 {
        code @ 0x80..=0xFF => u8::try_from(code).ok(),
        0x100.. => {
            let mut buffer = [0; 4];
            let (bytes, _, failed) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            (!failed && bytes.len() == 1).then(|| bytes[0])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::repair;

    fn fixed(text: &str) -> String {
        repair(text.into()).0.into_owned()
    }

    #[test]
    fn what_was_encoded_twice_is_read_once() {
        assert_eq!(fixed("itâ€™s"), "it’s");
        assert_eq!(fixed("cafÃ© dÃ©jÃ\u{a0} vu"), "café déjà vu");
        assert_eq!(fixed("â€œÐœÐ¾Ñ\u{81}Ñ‚â€\u{9d}"), "“Мост”");
    }

    #[test]
    fn what_was_not_stays() {
        for text in [
            "château",
            "AÇÃO © 2024",
            "Ã©",
            "Qualität», sagte",
            "PÂTÉ",
            "déjà vu",
        ] {
            assert_eq!(fixed(text), text);
        }
    }
}
