//! Files that come along with an entry: each way in which a dialect, or somebody's own idea of it, says where one is.

use newsprint_model::{Entry, MediaRole};

use super::{URL, atom, entry, item};

/// Address, kind, size and length of an entry's only file.
fn file(entry: &Entry) -> (&str, &str, Option<u64>, Option<u32>) {
    let [media] = &entry.media[..] else {
        panic!("{entry:?}");
    };
    (&media.url, &media.kind, media.bytes, media.seconds)
}

#[test]
fn an_enclosure_is_found_however_it_is_written() {
    for (written, address) in [
        (
            "<enclosure url='/1.mp3' type='audio/mpeg' length='12345'/>",
            "https://paper.example/1.mp3",
        ),
        (
            "<ENCLOSURE URL='https://r.example/1.mp3' TYPE='audio/mpeg' LENGTH='12,345'/>",
            "https://r.example/1.mp3",
        ),
        (
            "<enclosure href='https://r.example/1.mp3' type='audio/mpeg' length='12345 bytes'/>",
            "https://r.example/1.mp3",
        ),
        (
            "<enclosure type='audio/mpeg' length='12345'>https://r.example/1.mp3</enclosure>",
            "https://r.example/1.mp3",
        ),
        (
            "<enc:enclosure rdf:resource='https://r.example/1.mp3' enc:type='audio/mpeg' enc:length='12345'/>",
            "https://r.example/1.mp3",
        ),
        (
            "<podcast:alternateEnclosure type='audio/mpeg' length='12345'>\
             <podcast:source uri='https://r.example/1.mp3'/></podcast:alternateEnclosure>",
            "https://r.example/1.mp3",
        ),
    ] {
        let entry = item(written);
        assert_eq!(
            file(&entry),
            (address, "audio/mpeg", Some(12345), None),
            "{written}"
        );
    }
    for nothing in [
        "<enclosure/>",
        "<enclosure url=''>no address</enclosure>",
        "<enclosure><b>https://r.example/1.mp3</b></enclosure>",
    ] {
        assert_eq!(item(nothing).media, [], "{nothing}");
    }
}

#[test]
fn atom_content_that_is_no_text_is_a_file_and_not_the_page() {
    let film = atom("<title>A film</title><content type='video/mp4' src='films/1.mp4'/>");
    assert_eq!(file(&film).0, "https://paper.example/news/films/1.mp4");
    assert_eq!(film.url, None);
    let page = atom("<title>A page</title><content type='text/html' src='1.html'/>");
    assert_eq!(
        page.url.as_deref(),
        Some("https://paper.example/news/1.html")
    );
    assert_eq!(page.media, []);
}

#[test]
fn players_subtitles_and_swarms_of_media_rss_are_kept() {
    let entry = item(
        "<media:content type='video/mp4' duration='61'><media:player url='https://v.example/play/1'/></media:content>\
         <media:subTitle type='text/vtt' lang='de' href='https://v.example/1.vtt'/>\
         <media:peerLink type='application/x-bittorrent' href='https://v.example/1.torrent'/>",
    );
    let files: Vec<_> = entry
        .media
        .iter()
        .map(|media| (media.url.as_str(), media.role))
        .collect();
    assert_eq!(
        files,
        [
            ("https://v.example/play/1", MediaRole::Enclosure),
            ("https://v.example/1.vtt", MediaRole::Transcript),
            ("https://v.example/1.torrent", MediaRole::Enclosure),
        ]
    );
}

#[test]
fn attachments_of_json_are_read_in_every_shape() {
    let with = |attachments: &str| {
        entry(&format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{{\"id\":\"1\",\"attachments\":{attachments}}}]}}"
        ))
    };
    for written in [
        r#"[{"url":"/1.mp3"}]"#,
        r#"{"url":"/1.mp3"}"#,
        r#"["/1.mp3"]"#,
        r#""/1.mp3""#,
    ] {
        assert_eq!(
            file(&with(written)).0,
            "https://paper.example/1.mp3",
            "{written}"
        );
    }
    let length = with(r#"[{"url":"/1.ogg","size_in_bytes":"2 MB","duration_in_seconds":"61.5"}]"#);
    assert_eq!(
        file(&length),
        (
            "https://paper.example/1.ogg",
            "audio",
            Some(2_000_000),
            Some(61)
        )
    );
    assert!(URL.starts_with("https://paper.example/"));
}
