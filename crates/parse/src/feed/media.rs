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
        bytes: said.bytes.trim().parse().ok().filter(|bytes| *bytes > 0),
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

/// `3723`, `62:03`, `1:02:03` or `3723.5` as seconds; nothing for nothing and for more than a week.
pub(super) fn seconds(text: &str) -> Option<u32> {
    let mut sum = 0u32;
    for part in text.trim().split(':') {
        let whole = part.split('.').next().unwrap_or_default().trim();
        sum = sum.checked_mul(60)?.checked_add(whole.parse().ok()?)?;
    }
    (1..=7 * 24 * 3600).contains(&sum).then_some(sum)
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
        for none in ["", "0", "00:00", "long", "1:2:3:4:5:6:7"] {
            assert_eq!(seconds(none), None, "{none}");
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
