//! Text that was read as windows-1252 or Latin-1 and written as UTF-8 again: `â€™` for `’`, `Ã©` for `é`, and control
//! characters (U+0080 to U+009F) that stand for the quotes and dashes of windows-1252.
//! Never here: encodings of bytes (`charset`).

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// So many sequences of two characters are not there by chance; one of three or four is enough.
const SURELY: usize = 2;

/// A feed's text with such sequences read as what they were, and the sentence that says so.
pub(crate) fn repair(text: Cow<'_, str>) -> (Cow<'_, str>, Option<String>) {
    let Some(found) = repaired(&text) else {
        return (text, None);
    };
    if found.controls + found.longer == 0 && found.pairs < SURELY {
        return (text, None);
    }
    let count = found.pairs + found.longer + found.controls;
    let note = format!("{count} characters were encoded twice.");
    (Cow::Owned(found.text), Some(note))
}

/// A page's text with such sequences read as what they were. A page may also show them because it is about them: where
/// no control characters say that they were never meant to be seen, they have to outnumber what is encoded as it should be.
pub(crate) fn repair_page(text: Cow<'_, str>) -> Cow<'_, str> {
    let Some(found) = repaired(&text) else {
        return text;
    };
    let several = found.longer > 0 || found.pairs >= SURELY;
    let believed = found.controls > 0 || several && found.outnumber_the_rest();
    if believed {
        Cow::Owned(found.text)
    } else {
        text
    }
}

/// A text read as what it was, and how much of it was not what it should be.
struct Repaired {
    text: String,
    /// Sequences of two characters.
    pairs: usize,
    /// Sequences of three or four.
    longer: usize,
    /// Control characters, in sequences or alone.
    controls: usize,
}

impl Repaired {
    /// Whether there are more of these sequences than of all other characters of two bytes or more. What Latin-1 has
    /// once (spaces, marks of copyright) templates write beside such text.
    fn outnumber_the_rest(&self) -> bool {
        let sequences = self.pairs + self.longer;
        let all = self.text.chars().filter(|c| *c >= '\u{c0}').count();
        sequences * 2 >= all
    }
}

/// The text repaired throughout, if anything in it is to be repaired.
fn repaired(text: &str) -> Option<Repaired> {
    let bytes = text.as_bytes();
    let mut found = Repaired {
        text: String::new(),
        pairs: 0,
        longer: 0,
        controls: 0,
    };
    let (mut copied, mut at) = (0, 0);
    // The characters that stand for lead bytes, U+00C2 to U+00F4, all begin with C3, control characters with C2.
    while let Some(next) = memchr::memchr2(0xC2, 0xC3, &bytes[at..]) {
        at += next;
        let rest = &text[at..];
        let Some((c, length)) = sequence(rest).or_else(|| control(rest)) else {
            at += 2;
            continue;
        };
        found.text.push_str(&text[copied..at]);
        found.text.push(c);
        let read = &rest[..length];
        if read.contains(is_control) {
            found.controls += 1;
        }
        match read.chars().count() {
            1 => {}
            2 => found.pairs += 1,
            _ => found.longer += 1,
        }
        at += length;
        copied = at;
    }
    if copied == 0 {
        return None;
    }
    found.text.push_str(&text[copied..]);
    Some(found)
}

fn is_control(c: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c)
}

/// The character that a control character at the beginning of a text is the byte of (WHATWG HTML, 13.2.5.80, has the
/// same table for numeric references), and its length.
fn control(text: &str) -> Option<(char, usize)> {
    let c = text.chars().next().filter(|c| is_control(*c))?;
    let byte = [u8::try_from(c as u32).ok()?];
    let read = WINDOWS_1252.decode_without_bom_handling(&byte).0;
    let read = read.chars().next().filter(|c| !is_control(*c))?;
    Some((read, c.len_utf8()))
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
    use super::{repair, repair_page};

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
    fn control_characters_are_the_quotes_that_windows_has_there() {
        assert_eq!(fixed("\u{93}It\u{92}s late\u{94}"), "“It’s late”");
        let page = |text: &str| repair_page(text.to_owned().into()).into_owned();
        assert_eq!(
            page("Aredâ\u{80}\u{99}s kiosk – cafÃ©"),
            "Ared’s kiosk – café"
        );
        assert_eq!(page("the court\u{92}s order"), "the court’s order");
    }

    #[test]
    fn a_page_about_such_sequences_keeps_them() {
        let page = |text: &str| repair_page(text.to_owned().into()).into_owned();
        let about = "Why “it’s” is shown as â€™ – and how the café’s “menu” was mended";
        assert_eq!(page(about), about);
        assert_eq!(
            page("<title>café</title> itâ€™s late, â€œwe knowâ€\u{9d}"),
            "<title>café</title> it’s late, “we know”"
        );
        let without_controls = "© Caf\u{e9} itâ€™s late â€” we know â€“ do we?";
        assert_eq!(
            page(without_controls),
            "© Café it’s late — we know – do we?"
        );
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
