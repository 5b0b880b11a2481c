//! Numbers as texts write them, in digits or words, in one form: `1,200`, `1.200`, `1 200` and `twelve hundred` are 1200,
//! `1.2 million` is 1200000.
//! Never here: what a number says of an event.

use crate::number_words;

/// A digit of the common scripts as an ASCII digit.
pub(crate) fn digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '\u{0660}'..='\u{0669}' => c as u32 - 0x0660,
        '\u{06f0}'..='\u{06f9}' => c as u32 - 0x06f0,
        '\u{0966}'..='\u{096f}' => c as u32 - 0x0966,
        '\u{09e6}'..='\u{09ef}' => c as u32 - 0x09e6,
        '\u{0e50}'..='\u{0e59}' => c as u32 - 0x0e50,
        '\u{ff10}'..='\u{ff19}' => c as u32 - 0xff10,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// What words after a number multiply it by, in lower case.
const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
    ("mln", 1e6),
    ("mn", 1e6),
    ("billion", 1e9),
    ("bn", 1e9),
    ("trillion", 1e12),
    ("tausend", 1e3),
    ("millionen", 1e6),
    ("mio", 1e6),
    ("milliarde", 1e9),
    ("milliarden", 1e9),
    ("mrd", 1e9),
    ("mille", 1e3),
    ("milliard", 1e9),
    ("milliards", 1e9),
    ("millón", 1e6),
    ("millones", 1e6),
    ("mila", 1e3),
    ("milione", 1e6),
    ("milioni", 1e6),
    ("miliardo", 1e9),
    ("miliardi", 1e9),
    ("milhão", 1e6),
    ("milhões", 1e6),
    ("bilhão", 1e9),
    ("bilhões", 1e9),
    ("duizend", 1e3),
    ("miljoen", 1e6),
    ("miljard", 1e9),
    ("tusen", 1e3),
    ("miljon", 1e6),
    ("miljoner", 1e6),
    ("miljarder", 1e9),
    ("tysiąc", 1e3),
    ("tysiące", 1e3),
    ("tysięcy", 1e3),
    ("tys", 1e3),
    ("milion", 1e6),
    ("miliony", 1e6),
    ("milionów", 1e6),
    ("miliard", 1e9),
    ("miliardów", 1e9),
    ("тысяч", 1e3),
    ("тысяча", 1e3),
    ("тысячи", 1e3),
    ("тыс", 1e3),
    ("тис", 1e3),
    ("тисяч", 1e3),
    ("миллион", 1e6),
    ("миллиона", 1e6),
    ("миллионов", 1e6),
    ("мільйон", 1e6),
    ("мільйонів", 1e6),
    ("млн", 1e6),
    ("миллиард", 1e9),
    ("миллиарда", 1e9),
    ("миллиардов", 1e9),
    ("мільярд", 1e9),
    ("мільярдів", 1e9),
    ("млрд", 1e9),
    ("milyon", 1e6),
    ("milyar", 1e9),
    ("χιλιάδες", 1e3),
    ("εκατομμύρια", 1e6),
    ("δισεκατομμύρια", 1e9),
    ("ألف", 1e3),
    ("آلاف", 1e3),
    ("مليون", 1e6),
    ("مليار", 1e9),
    ("हजार", 1e3),
    ("हज़ार", 1e3),
    ("लाख", 1e5),
    ("करोड़", 1e7),
    ("ათასი", 1e3),
    ("მილიონი", 1e6),
    ("მილიარდი", 1e9),
];

/// The same of signs that stand behind a number without a space, in Chinese, Japanese and Korean.
const SIGNS: &[(char, f64)] = &[
    ('千', 1e3),
    ('万', 1e4),
    ('萬', 1e4),
    ('만', 1e4),
    ('億', 1e8),
    ('亿', 1e8),
    ('억', 1e8),
];

/// The digits with which a text begins: how many bytes they take, and they in ASCII.
fn digits(text: &str) -> (usize, String) {
    let end = text
        .find(|c: char| digit(c).is_none())
        .unwrap_or(text.len());
    (end, text[..end].chars().filter_map(digit).collect())
}

/// The number with which a text begins, in digits: how many bytes it takes, and its form. `2 , 000` of a tokenised text is
/// one, too. `lang` as for [`crate::Profile::of`]; `scales`:
/// a word for thousands or millions behind it belongs to it.
pub(crate) fn in_digits(text: &str, lang: &str, scales: bool) -> (usize, String) {
    let (mut end, mut whole) = digits(text);
    let spaced = !(lang.is_empty() || lang.starts_with("en"));
    // Thousands, hundreds of thousands: three digits behind each sign.
    let mut grouped = None;
    let can_group = whole.len() <= 3 && !whole.starts_with('0');
    while can_group && let Some((sign, len)) = group_sign(&text[end..], spaced) {
        let (next, more) = digits(&text[end + len..]);
        // In English three digits behind a point are a fraction, unless more of them follow.
        if sign == '.' && !spaced && grouped.is_none() && !text[end + len + next..].starts_with('.')
        {
            break;
        }
        if next == 0 || more.len() != 3 || grouped.is_some_and(|known| known != sign) {
            break;
        }
        whole.push_str(&more);
        end += len + next;
        grouped = Some(sign);
    }
    // The rest behind a point; of a date or a version several.
    let mut parts = vec![];
    while let Some(sign) = text[end..].chars().next() {
        let is_point = sign == '.' || (matches!(sign, ',' | '٫') && parts.is_empty());
        if !is_point || (grouped == Some(sign) && parts.is_empty()) {
            break;
        }
        let (next, more) = digits(&text[end + sign.len_utf8()..]);
        if next == 0 || (sign == ',' && more.len() > 2) {
            break;
        }
        parts.push(more);
        end += sign.len_utf8() + next;
    }
    let form = match &parts[..] {
        [] => whole,
        [one] => match one.trim_end_matches('0') {
            "" => whole,
            one => format!("{whole}.{one}"),
        },
        many => format!("{whole}.{}", many.join(".")),
    };
    match (scales && parts.len() < 2)
        .then(|| scale(&text[end..], lang))
        .flatten()
    {
        Some((more, scale)) => (end + more, scaled(&form, scale).unwrap_or(form)),
        None => (end, form),
    }
}

/// The sign that parts groups of digits at the beginning of a text, and how many bytes it takes with the spaces around it.
fn group_sign(text: &str, spaced: bool) -> Option<(char, usize)> {
    let sign = text.chars().next()?;
    match sign {
        ',' | '.' | '\'' | '’' | '٬' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {
            Some((sign, sign.len_utf8()))
        }
        ' ' if text.starts_with(" , ") => Some((',', 3)),
        ' ' if spaced => Some((' ', 1)),
        _ => None,
    }
}

/// What a number is multiplied by: the bytes of the word or sign behind it, and the factor.
fn scale(text: &str, lang: &str) -> Option<(usize, f64)> {
    let first = text.chars().next()?;
    if let Some((sign, scale)) = SIGNS.iter().find(|(sign, _)| *sign == first) {
        return Some((sign.len_utf8(), *scale));
    }
    let space = text.len() - text.trim_start_matches([' ', '\u{a0}', '-']).len();
    let (len, word) = word(&text[space..])?;
    let own = match (&word[..], &lang[..lang.len().min(2)]) {
        ("mil", "es" | "pt" | "ca" | "gl") | ("bin", "tr") | ("mijë", "sq") => Some(1e3),
        _ => None,
    };
    let known = SCALES.iter().find(|(name, _)| *name == word);
    let scale = own.or(known.map(|(_, scale)| *scale))?;
    Some((space + len, scale))
}

/// The word with which a text begins: its bytes, and it in lower case.
pub(crate) fn word(text: &str) -> Option<(usize, String)> {
    let end = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    (end > 0 && end < 40).then(|| (end, text[..end].to_lowercase()))
}

fn scaled(form: &str, scale: f64) -> Option<String> {
    let value: f64 = form.parse().ok()?;
    let value = (value * scale * 100.0).round() / 100.0;
    (value.is_finite() && value < 1e18).then(|| format!("{value}"))
}

/// The number of two or more with which a text begins, in words: how many bytes it takes, and its form.
pub(crate) fn in_words(text: &str, lang: &str) -> Option<(usize, String)> {
    let (end, first) = word(text)?;
    if !(lang.is_empty() || lang.starts_with("en")) {
        let lang = lang.get(..2)?;
        let (end, value) = number_words::other(text, lang, (end, &first))?;
        let form = value.to_string();
        return Some(match scale(&text[end..], lang) {
            Some((more, scale)) => (end + more, scaled(&form, scale)?),
            None => (end, form),
        });
    }
    let small = |word: &str| number_words::ENGLISH.iter().find(|(name, _)| *name == word);
    let mut group = match small(&first) {
        Some((_, value)) => *value,
        None => return None,
    };
    let (mut end, mut total, mut last) = (end, 0u64, group);
    for _ in 0..12 {
        let space = text[end..].len() - text[end..].trim_start_matches([' ', '-']).len();
        let mut at = end + space;
        if space == 0 || space > 2 {
            break;
        }
        // `two hundred and six`
        if last == 100 && text[at..].starts_with("and ") {
            at += 4;
        }
        let Some((len, next)) = word(&text[at..]) else {
            break;
        };
        let (value, scale) = match (small(&next), &next[..]) {
            (Some((_, value)), _) => (*value, 0),
            (None, "one") if last >= 20 => (1, 0),
            (None, "hundred") => (0, 100),
            (None, "thousand") => (0, 1_000),
            (None, "million") => (0, 1_000_000),
            (None, "billion") => (0, 1_000_000_000),
            _ => break,
        };
        match scale {
            // `twenty-six`, `two hundred six`; `two three` are two numbers.
            0 if (last >= 20 && value < 10 && last % 10 == 0) || last == 100 || last >= 1_000 => {
                group += value;
                last = value;
            }
            0 => break,
            100 if group < 100 => {
                group *= 100;
                last = 100;
            }
            100 => break,
            scale => {
                total += group * scale;
                group = 0;
                last = scale;
            }
        }
        end = at + len;
    }
    Some((end, (total + group).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_form_however_it_is_written() {
        for (text, lang) in [
            ("1,200 people", "en"),
            ("1.200 Menschen", "de"),
            ("1 200 personnes", "fr"),
            ("1\u{a0}200 osób", "pl"),
            ("1’200 Personen", "de"),
            ("1 , 200 people", "en"),
            ("1200", ""),
            ("1,200.00", "en"),
            ("1.200,00", "de"),
            ("1.2 thousand", "en"),
            ("1,2 тыс", "ru"),
            ("١٬٢٠٠", "ar"),
            ("1,2 mil", "es"),
        ] {
            assert_eq!(in_digits(text, lang, true).1, "1200", "{text}");
        }
        assert_eq!(
            in_words("twelve hundred men", "en"),
            Some((14, "1200".into()))
        );
        for (text, lang, form) in [
            ("3.5 magnitude", "en", "3.5"),
            ("3,5", "de", "3.5"),
            ("12.06.2024", "de", "12.06.2024"),
            ("12万人", "ja", "120000"),
            ("1.375", "en", "1.375"),
            ("1.200.000", "en", "1200000"),
            ("14 200 people", "en", "14"),
            ("0.125", "en", "0.125"),
            ("2008 200", "fr", "2008"),
            ("1,2345", "en", "1"),
            ("61 billion", "en", "61000000000"),
            ("1.2 million", "en", "1200000"),
            ("2,5 Millionen", "de", "2500000"),
            ("20, 300", "en", "20"),
            ("6.0", "en", "6"),
        ] {
            assert_eq!(in_digits(text, lang, true).1, form, "{text}");
        }
        for (text, lang, form) in [
            ("fourteen workers", "en", Some("14")),
            ("twenty-six", "en", Some("26")),
            ("two hundred and six", "en", Some("206")),
            ("three thousand five hundred", "en", Some("3500")),
            ("two three", "en", Some("2")),
            ("one man", "en", None),
            ("zwölf Menschen", "de", Some("12")),
            ("две", "ru", Some("2")),
            ("один", "ru", None),
            ("девяносто восемь горняков", "ru", Some("98")),
            ("двадцать тысяч", "ru", Some("20000")),
            ("пятьдесят вторник", "ru", Some("50")),
            ("siebzehn", "de", Some("17")),
            ("achtundneunzig Menschen", "de", Some("98")),
            ("achtung", "de", None),
            ("achtennegentig", "nl", Some("98")),
            ("treinta y dos casas", "es", Some("32")),
            ("cincuenta y tres mil", "es", Some("53000")),
            ("vingt et une", "fr", Some("21")),
            ("quarante-six", "fr", Some("46")),
            ("quarante villes", "fr", Some("40")),
            ("otuz beş", "tr", Some("35")),
            ("trinta e cinco", "pt", Some("35")),
            ("trentacinque", "it", Some("35")),
            ("femtiotre", "sv", Some("53")),
            ("zwei Millionen", "de", Some("2000000")),
            ("six", "fr", Some("6")),
        ] {
            let found = in_words(text, lang).map(|(_, form)| form);
            assert_eq!(found.as_deref(), form, "{text}");
        }
    }

    #[test]
    fn nothing_is_too_long_or_too_large() {
        let long = "9".repeat(5_000);
        assert_eq!(in_digits(&long, "en", true).0, 5_000);
        assert!(in_digits(&format!("{long} million"), "en", true).1.len() >= 5_000);
        let words = "nine hundred billion ".repeat(50);
        assert!(in_words(&words, "en").is_some());
        assert_eq!(in_words("", "en"), None);
    }
}
