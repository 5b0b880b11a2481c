//! What feeds say of files that come along: kinds, sizes, lengths of play.
//! Never here: which of them is shown (`refresh`), elements.

use newsprint_html::safe_text;
use newsprint_model::{Media, MediaRole};

/// A file, from what a feed says of it; the kind is guessed from the address where it says nothing.
pub(super) fn media(url: String, said: Said<'_>) -> Media {
    let kind = said.kind.trim().to_ascii_lowercase();
    let medium = said.medium.trim().to_ascii_lowercase();
    let known = kind.contains('/') && kind != "application/octet-stream";
    let kind = if known {
        kind
    } else if !medium.is_empty() {
        medium
    } else {
        match by_ending(&url) {
            Some(guess) => guess.to_owned(),
            None => kind,
        }
    };
    Media {
        url,
        kind: safe_text::line(&kind),
        title: safe_text::line(said.title),
        bytes: bytes(said.bytes),
        seconds: seconds(said.seconds),
        role: MediaRole::Enclosure,
    }
}

/// What a feed says of a file, as written; empty where it says nothing.
#[derive(Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) kind: &'a str,
    pub(super) medium: &'a str,
    pub(super) title: &'a str,
    pub(super) bytes: &'a str,
    pub(super) seconds: &'a str,
}

/// A size: a number of bytes, its thousands parted or not, or of kB, MB, GB; nothing for nothing.
fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | ' ')))
        .unwrap_or(text.len());
    let (number, unit) = (text[..end].trim(), text[end..].trim());
    let unit = match unit.to_ascii_lowercase().as_str() {
        "" | "b" | "bytes" => 1.0,
        "kb" | "kib" => 1e3,
        "mb" | "mib" => 1e6,
        "gb" | "gib" => 1e9,
        _ => return None,
    };
    let size = if unit > 1.0 {
        number.replace(',', ".").parse::<f64>().ok()? * unit
    } else {
        number.replace([',', '.', ' '], "").parse::<u64>().ok()? as f64
    };
    (1.0..1e15).contains(&size).then_some(size as u64)
}

/// `3723`, `62:03`, `1:02:03`, `3723.5`, `62 min`, `1h 2m`, `1 hour 2 minutes` or `PT1H2M3S` (ISO 8601) as seconds;
/// nothing for nothing and for more than a week.
pub(super) fn seconds(text: &str) -> Option<u32> {
    let mut sum = 0u32;
    if text.contains(|c: char| c.is_ascii_alphabetic()) {
        sum = in_words(text)?;
    } else {
        for part in text.trim().split(':') {
            let whole = part.split('.').next().unwrap_or_default().trim();
            sum = sum.checked_mul(60)?.checked_add(whole.parse().ok()?)?;
        }
    }
    (1..=7 * 24 * 3600).contains(&sum).then_some(sum)
}

/// Numbers, each with its unit.
fn in_words(text: &str) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    let mut rest = text.strip_prefix("pt").unwrap_or(&text);
    let mut sum = 0u32;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return Some(sum);
        }
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let (number, after) = rest.split_at(end);
        let number: u32 = number.split('.').next()?.parse().ok()?;
        let after = after.trim_start();
        let end = after
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let unit = match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            _ => return None,
        };
        sum = sum.checked_add(number.checked_mul(unit)?)?;
        rest = after.strip_prefix('.').unwrap_or(after);
    }
}

/// The medium that an address ends in.
pub(super) fn by_ending(url: &str) -> Option<&'static str> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "mp3" | "m4a" | "ogg" | "oga" | "opus" | "aac" | "flac" | "wav" | "m4b" => "audio",
        "mp4" | "m4v" | "webm" | "mov" | "ogv" | "mkv" | "avi" => "video",
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "svg" => "image",
        "pdf" => "application/pdf",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_play_are_read_in_every_spelling() {
        assert_eq!(seconds("3723"), Some(3723));
        assert_eq!(seconds(" 1:02:03 "), Some(3723));
        assert_eq!(seconds("62:03"), Some(3723));
        assert_eq!(seconds("75.4"), Some(75));
        for said in [
            "PT1H2M3S",
            "1h 2m 3s",
            "1 hour, 2 min. 3 sec",
            "3723 seconds",
        ] {
            assert_eq!(seconds(said), Some(3723), "{said}");
        }
        assert_eq!(seconds("62 min"), Some(3720));
        for none in ["", "0", "00:00", "long", "1:2:3:4:5:6:7", "2 parts", "h"] {
            assert_eq!(seconds(none), None, "{none}");
        }
    }

    #[test]
    fn sizes_are_read_in_every_spelling() {
        assert_eq!(bytes(" 59000000 "), Some(59_000_000));
        assert_eq!(bytes("59,000,000"), Some(59_000_000));
        assert_eq!(bytes("59.5 MB"), Some(59_500_000));
        for none in ["", "0", "-1", "1:02", "large"] {
            assert_eq!(bytes(none), None, "{none}");
        }
    }

    #[test]
    fn a_kind_is_what_is_said_or_what_the_address_ends_in() {
        let kind = |url: &str, kind| {
            media(
                url.to_owned(),
                Said {
                    kind,
                    ..Said::default()
                },
            )
            .kind
        };
        assert_eq!(kind("https://a.example/e", "Audio/MPEG"), "audio/mpeg");
        assert_eq!(kind("https://a.example/e.MP3?x=1", ""), "audio");
        assert_eq!(kind("https://a.example/e", ""), "");
    }
}
