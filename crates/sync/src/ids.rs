//! The ids of articles: one text for each, however a server writes it.
//! Never here: which ids are asked for.

/// What stands before an id in contents.
const LONG: &str = "tag:google.com,2005:reader/item/";

/// The one text of an id, as it is kept: a decimal number of 64 bits with its sign where the id is a
/// number, else as it came (The Old Reader has 24 hexadecimal digits). `None` if it is not an id.
///
/// ```
/// use newsprint_sync::article_id;
/// assert_eq!(article_id("tag:google.com,2005:reader/item/0006614cb3966f47").unwrap(), "1795831918653255");
/// assert_eq!(article_id("tag:google.com,2005:reader/item/fffffffffffffff6").unwrap(), "-10");
/// assert_eq!(article_id("18446744073709551606").unwrap(), "-10");
/// assert_eq!(article_id("4f4d2c1a9b8e7d6c5b4a3928").unwrap(), "4f4d2c1a9b8e7d6c5b4a3928");
/// assert_eq!(article_id("a b"), None);
/// ```
pub fn article_id(text: &str) -> Option<String> {
    let (text, long) = match text.strip_prefix(LONG) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    if long
        && text.len() <= 16
        && let Ok(number) = u64::from_str_radix(text, 16)
    {
        return Some((number as i64).to_string());
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number =
        !digits.is_empty() && digits.len() <= 20 && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number && !long {
        let number: i128 = text.parse().ok()?;
        let in_range = (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(&number);
        return in_range.then(|| (number as i64).to_string());
    }
    let plain = text.bytes().any(|b| b.is_ascii_alphanumeric())
        && text.len() <= 64
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    plain.then(|| text.to_owned())
}

/// An id as it is sent. The long form is read alike by all; of digits alone some (Miniflux before 2025) think
/// that they are hexadecimal, others that they are decimal. `short` is for a server that is known to read decimal.
pub(crate) fn sent(id: &str, short: bool) -> String {
    match id.parse::<i64>() {
        // Of 24 hexadecimal digits all may be decimal ones; a number is kept without zeros before it.
        Ok(number) if number.to_string() != id => format!("{LONG}{id}"),
        Ok(_) if short => id.to_owned(),
        Ok(number) => format!("{LONG}{:016x}", number as u64),
        Err(_) => format!("{LONG}{id}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_back_as_they_came() {
        for id in [
            "1795831918653255",
            "-7",
            "4f4d2c1a9b8e7d6c5b4a3928",
            "111111111111111111111111",
            "000000661596042452600009",
        ] {
            let kept = article_id(id).unwrap();
            assert_eq!(kept, id);
            for short in [false, true] {
                assert_eq!(article_id(&sent(&kept, short)).unwrap(), id);
            }
        }
        assert_eq!(
            sent("4f4d2c1a9b8e7d6c5b4a3928", true),
            format!("{LONG}4f4d2c1a9b8e7d6c5b4a3928")
        );
    }

    #[test]
    fn what_is_no_id_is_none() {
        for text in [
            "",
            "-",
            "a\nb",
            "a&i=1",
            "99999999999999999999",
            &"a".repeat(65),
        ] {
            assert_eq!(article_id(text), None, "{text:?}");
        }
    }
}
