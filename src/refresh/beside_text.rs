//! What a feed gives beside an entry's text and a reader wants in it: pictures with their descriptions, the episode,
//! its chapters, the discussion.
//! Never here: how it looks (`newsprint_html`), which text is taken (`assemble`).

use std::fmt::Write;

use newsprint_html::escape;
use newsprint_model::{Entry, Feed, Media, MediaRole, address_key};

/// Gives entries without a page the address of their episode, which is what opening them opens.
pub(super) fn open_episodes(feed: &mut Feed) {
    for entry in feed.entries.iter_mut().filter(|entry| entry.url.is_none()) {
        let plays = |media: &&Media| media.is_audio() || media.is_video();
        let episode = entry.media.iter().find(plays);
        let episode = episode.or_else(|| entry.media.iter().find(|media| !media.is_image()));
        entry.url = episode
            .filter(|media| media.url.starts_with("http"))
            .map(|media| media.url.clone());
    }
}

/// HTML to follow the text, without what the text has already; empty where there is nothing.
pub(super) fn html(entry: &Entry, text: &str) -> String {
    let mut out = String::new();
    let is_there = |url: &str| text.contains(url) || text.contains(&escape(url));
    for media in &entry.media {
        if is_there(&media.url) {
            continue;
        }
        let url = escape(&media.url);
        // Writing to a string does not fail.
        let _ = if media.is_image() {
            // Without a description it is the leading picture, unless the post is made of pictures.
            if media.title.is_empty() && !entry.title.is_empty() {
                continue;
            }
            let alt = escape(&media.title);
            write!(out, "<figure><img src=\"{url}\" alt=\"{alt}\"></figure>")
        } else {
            let label = escape(&label(media));
            write!(out, "<p><a href=\"{url}\">{label}</a></p>")
        };
    }
    if let Some(comments) = &entry.comments
        && !is_there(comments)
        && entry
            .url
            .as_deref()
            .is_none_or(|url| address_key(url) != address_key(comments))
    {
        let _ = write!(out, "<p><a href=\"{}\">Comments</a></p>", escape(comments));
    }
    out
}

/// `Audio (62 min, 56 MB)`, `Interview (video, 3 min)`, `Chapters`.
fn label(media: &Media) -> String {
    let what = match media.role {
        MediaRole::Chapters => "Chapters",
        MediaRole::Transcript => "Transcript",
        MediaRole::Enclosure if media.is_audio() => "Audio",
        MediaRole::Enclosure if media.is_video() => "Video",
        MediaRole::Enclosure => "File",
    };
    let mut facts = Vec::new();
    if !media.title.is_empty() {
        facts.push(what.to_lowercase());
    }
    facts.extend(media.seconds.map(|seconds| match seconds {
        0..60 => format!("{seconds} s"),
        _ => format!("{} min", (seconds + 30) / 60),
    }));
    facts.extend(media.bytes.map(|bytes| match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{} MB", (bytes + 500_000) / 1_000_000),
    }));
    let name = match media.title.as_str() {
        // What newsprint cannot open is there to be copied.
        "" if !media.url.starts_with("http") => media.url.as_str(),
        "" => what,
        title => title,
    };
    match facts.is_empty() {
        true => name.to_owned(),
        false => format!("{name} ({})", facts.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn episode() -> Media {
        Media {
            url: "https://radio.example/1.mp3?a=1&b=2".into(),
            kind: "audio/mpeg".into(),
            bytes: Some(59_000_000),
            seconds: Some(3723),
            ..Media::default()
        }
    }

    #[test]
    fn an_episode_and_its_discussion_follow_the_text() {
        let entry = Entry {
            title: "Episode 1".into(),
            url: Some("https://radio.example/1".into()),
            comments: Some("https://radio.example/1#comments".into()),
            media: vec![episode()],
            ..Entry::default()
        };
        let link =
            "<p><a href=\"https://radio.example/1.mp3?a=1&amp;b=2\">Audio (62 min, 59 MB)</a></p>";
        assert_eq!(html(&entry, "<p>Notes.</p>"), link);
        assert_eq!(html(&entry, link), "");
        let elsewhere = Entry {
            comments: Some("https://talk.example/9".into()),
            media: Vec::new(),
            ..entry
        };
        assert_eq!(
            html(&elsewhere, ""),
            "<p><a href=\"https://talk.example/9\">Comments</a></p>"
        );
    }

    #[test]
    fn an_entry_without_a_page_opens_its_episode() {
        let entry = Entry {
            media: vec![episode()],
            ..Entry::default()
        };
        let mut feed = Feed {
            entries: vec![entry],
            ..Feed::default()
        };
        open_episodes(&mut feed);
        assert_eq!(feed.entries[0].url.as_ref(), Some(&episode().url));
    }

    #[test]
    fn pictures_are_shown_where_they_are_described_or_are_the_post() {
        let picture = |title: &str| Media {
            url: "https://paper.example/a.jpg".into(),
            kind: "image".into(),
            title: title.into(),
            ..Media::default()
        };
        let entry = |headline: &str, title| Entry {
            title: headline.into(),
            media: vec![picture(title)],
            ..Entry::default()
        };
        assert!(html(&entry("", ""), "").contains("<img"));
        assert!(html(&entry("News", "Fog"), "").contains("alt=\"Fog\""));
        assert_eq!(html(&entry("News", ""), ""), "");
    }
}
