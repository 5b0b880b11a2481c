//! Base64 as Atom uses it (RFC 4648, white space ignored).
//! Never here: what is in it.

/// Decodes; `None` when the text is not base64.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut buffer, mut bits) = (0u32, 0);
    let mut padding = false;
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                padding = true;
                continue;
            }
            _ => return None,
        };
        if padding {
            return None;
        }
        buffer = (buffer << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn reads_with_and_without_padding_and_breaks() {
        assert_eq!(decode("QSA8\n Yj4=").as_deref(), Some(&b"A <b>"[..]));
        assert_eq!(decode("QQ").as_deref(), Some(&b"A"[..]));
    }

    #[test]
    fn refuses_what_it_is_not() {
        assert_eq!(decode("a plain title!"), None);
        assert_eq!(decode("QQ==QQ"), None);
    }
}
