//! Text that was read as windows-1252 or Latin-1 and written as UTF-8 again: `â€™` for `’`, `Ã©` for `é`, and control
//! characters (U+0080 to U+009F) that stand for the quotes and dashes of windows-1252.
//! Never here: encodings of bytes (`charset`).

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// So many sequences of two characters are not there by chance; one of three or four is enough.
const SURELY: usize = 2;

/// A feed's text with such characters read as what they were, and the sentences that say so.
pub(crate) fn repair(text: Cow<'_, str>) -> (Cow<'_, str>, Option<String>) {
    let found = Found::of(&text);
    let pairs = || found.pairs >= SURELY && found.outnumber_the_rest(&text);
    let believed = found.held > 0 || found.longer > 0 || pairs();
    let Some(repaired) = found.repaired(&text, believed) else {
        return (text, None);
    };
    let sequences = found.pairs + found.longer;
    let mut notes = Vec::new();
    if believed && sequences > 0 {
        notes.push(format!("{sequences} characters were encoded twice."));
    }
    if found.alone > 0 {
        let alone = found.alone;
        notes.push(format!(
            "{alone} control characters were read as windows-1252."
        ));
    }
    (Cow::Owned(repaired), Some(notes.join(" ")))
}

/// A page's text with such characters read as what they were. A page may show the sequences because it is about them: where
/// no control characters in them say that they were never meant to be seen, they have to outnumber the rest.
pub(crate) fn repair_page(text: Cow<'_, str>) -> Cow<'_, str> {
    let found = Found::of(&text);
    let several = found.longer > 0 || found.pairs >= SURELY;
    let believed = found.held > 0 || several && found.outnumber_the_rest(&text);
    match found.repaired(&text, believed) {
        Some(repaired) => Cow::Owned(repaired),
        None => text,
    }
}

/// What in a text was not meant to be so.
#[derive(Default)]
struct Found {
    /// Sequences of two characters that stand for one.
    pairs: usize,
    /// Sequences of three or four.
    longer: usize,
    /// Of all sequences, those that hold a control character.
    held: usize,
    /// Those that no letter stands beside: a page about such sequences shows them so.
    apart: usize,
    /// Characters of all sequences, from [`COMMON`] on.
    chars: usize,
    /// Control characters that stand for others by themselves.
    alone: usize,
}

/// What closes quotations, and dashes.
const QUOTES: [char; 9] = ['‘', '’', '“', '”', '«', '»', '–', '—', '…'];
/// Templates write spaces, marks of copyright and the like, which come before this in Unicode, beside any text.
const COMMON: char = '\u{c0}';

impl Found {
    fn of(text: &str) -> Found {
        let mut found = Found::default();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        each(text, |at, read, _| match read.chars().count() {
            1 => found.alone += 1,
            count => {
                let before = letter(text[..at].chars().next_back());
                let behind = letter(text[at + read.len()..].chars().next());
                found.apart += usize::from(!before && !behind);
                found.pairs += usize::from(count == 2);
                found.longer += usize::from(count > 2);
                found.held += usize::from(read.contains(is_control));
                found.chars += read.chars().filter(|c| *c >= COMMON).count();
            }
        });
        found
    }

    /// Whether there are more sequences beside letters than other characters from [`COMMON`] on.
    fn outnumber_the_rest(&self, text: &str) -> bool {
        let all = text.chars().filter(|c| *c >= COMMON).count();
        self.pairs + self.longer > all - self.chars + self.apart
    }

    /// The text with control characters replaced, and with `sequences` those too; `None` where nothing is to be done.
    fn repaired(&self, text: &str, sequences: bool) -> Option<String> {
        if self.alone == 0 && !(sequences && self.pairs + self.longer > 0) {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        each(text, |at, read, c| {
            if !sequences && read.chars().nth(1).is_some() {
                return;
            }
            out.push_str(&text[copied..at]);
            out.push(c);
            copied = at + read.len();
        });
        out.push_str(&text[copied..]);
        Some(out)
    }
}

/// Goes through all that may stand for another character: where, what stands there, and the character.
fn each<'a>(text: &'a str, mut found: impl FnMut(usize, &'a str, char)) {
    let bytes = text.as_bytes();
    let (mut at, mut end) = (0, 0);
    // The characters that stand for lead bytes, U+00C2 to U+00F4, all begin with C3, control characters with C2.
    while let Some(next) = memchr::memchr2(0xC2, 0xC3, &bytes[at..]) {
        at += next;
        let rest = &text[at..];
        // A capital before a closing quote, unless others touch it: Greek and Cyrillic come in rows.
        let quoted = |length: usize| {
            let read = &rest[..length];
            !read.starts_with(['Â', 'Ã'])
                && read.chars().count() == 2
                && read.ends_with(QUOTES)
                && end != at
                && sequence(&rest[length..]).is_none()
        };
        let whole = sequence(rest).filter(|(_, length)| !quoted(*length));
        match whole.or_else(|| control(rest)) {
            Some((c, length)) => {
                found(at, &rest[..length], c);
                at += length;
                end = at;
            }
            None => at += 2,
        }
    }
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

    fn page(text: &str) -> String {
        repair_page(text.into()).into_owned()
    }

    #[test]
    fn control_characters_are_the_quotes_that_windows_has_there() {
        assert_eq!(fixed("\u{93}It\u{92}s late\u{94}"), "“It’s late”");
        assert_eq!(page("the court\u{92}s order"), "the court’s order");
        let note = |text: &str| repair(text.into()).1.unwrap_or_default();
        assert_eq!(
            note("It\u{92}s late"),
            "1 control characters were read as windows-1252."
        );
        assert_eq!(note("itâ\u{80}\u{99}s"), "1 characters were encoded twice.");
        // They say nothing of what else may look like a sequence.
        assert_eq!(page("It\u{92}s a “CAFÉ”"), "It’s a “CAFÉ”");
        assert_eq!(fixed("It\u{92}s a “CAFÉ”"), "It’s a “CAFÉ”");
    }

    #[test]
    fn a_page_that_was_encoded_twice_is_repaired() {
        assert_eq!(
            page("The millerâ\u{80}\u{99}s boat – cafÃ©"),
            "The miller’s boat – café"
        );
        assert_eq!(
            page("© Caf\u{e9} itâ€™s late â€” we canâ€™t know â€“ do we?"),
            "© Café it’s late — we can’t know – do we?"
        );
    }

    #[test]
    fn a_page_that_shows_such_sequences_keeps_them() {
        let about = "Why “it’s” is shown as â€™ – and how the café’s “menu” was repaired";
        assert_eq!(page(about), about);
        for quoted in [
            "the “CAFÉ” and the other “CAFÉ”",
            "Fant «Å» i «BLÅ»",
            "BEYONCÉ’S, CAFÉ’S",
        ] {
            assert_eq!(page(quoted), quoted);
            assert_eq!(fixed(quoted), quoted);
        }
        let plain = "What does â€™ mean? It is an apostrophe. And â€œ is a quote.";
        assert_eq!(page(plain), plain);
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
