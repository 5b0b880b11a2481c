//! The digest in each of its forms. Never here: which articles are chosen.

use super::*;
use newsprint_model::{ArticleId, Headline, TextState};

fn item(number: i64, title: &str, body: &str) -> Item {
    let seen = Time::from_second(1_718_000_000 + number).unwrap();
    Item {
        article: Article {
            headline: Headline {
                id: ArticleId(number),
                key: number,
                outlet: "Morning Post".into(),
                title: title.into(),
                url: format!("https://post.example/{number}"),
                published: Some(seen),
                updated: None,
                first_seen: seen,
                sort: 0,
                tags: Vec::new(),
                author: String::new(),
                read: false,
                starred: false,
                changed: false,
                text: TextState::Full,
                words: 2,
                lang: "en".into(),
                medium: None,
            },
            body: body.into(),
            partial: None,
            image: Some("https://post.example/p.png".into()),
            position: 0,
            revisions: 0,
            media: Vec::new(),
        },
        others: vec![(
            "Daily <Echo>".into(),
            "The \u{202e}crane".into(),
            "https://echo.example/?a=1&b=2".into(),
        )],
    }
}

fn digest() -> Digest {
    Digest {
        sections: vec![Section {
            title: "Stories".into(),
            items: vec![
                item(1, "Crane & quay", "<p>It fell on <em>Tuesday</em>.</p>"),
                item(2, "", "<ul><li>a"),
            ],
        }],
        whole: true,
        zone: TimeZone::UTC,
        from: "newsprint <news@localhost>".into(),
        to: "osk".into(),
    }
}

#[test]
fn every_form_is_the_same_twice_and_shows_what_is_in_it() {
    let png = b"\x89PNG rest".to_vec();
    let pictures = |url: &str| url.ends_with("p.png").then(|| png.clone());
    for form in [
        Form::Text,
        Form::Markdown,
        Form::Html,
        Form::Mail,
        Form::Epub,
    ] {
        let bytes = digest().write(form, &pictures).unwrap();
        assert_eq!(bytes, digest().write(form, &pictures).unwrap(), "{form:?}");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains('\u{202e}'), "{form:?}");
        if form != Form::Mail {
            assert!(
                text.contains("Crane") && text.contains("Tuesday"),
                "{form:?}: {text}"
            );
            assert!(text.contains("echo.example"), "{form:?}");
        }
    }
}

#[test]
fn an_e_book_has_the_files_that_the_standard_names() {
    let bytes = digest().write(Form::Epub, &|_| None).unwrap();
    assert_eq!(&bytes[30..38], b"mimetype");
    assert_eq!(&bytes[38..58], b"application/epub+zip");
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("META-INF/container.xml") && text.contains("EPUB/package.opf"));
    assert!(
        !text.contains("<img"),
        "a picture that is not kept is not named"
    );
    assert!(text.contains("2024-06-10T06:13:22Z"));
}

#[test]
fn a_mail_has_the_headers_that_it_needs() {
    let mail = String::from_utf8(digest().write(Form::Mail, &|_| None).unwrap()).unwrap();
    let (head, body) = mail.split_once("\n\n").unwrap();
    for name in [
        "From: newsprint",
        "To: osk",
        "Date: Mon, 10 Jun 2024 06:13:22 +0000",
        "Message-ID: <",
        "MIME-Version: 1.0",
    ] {
        assert!(head.contains(name), "{name}\n{head}");
    }
    assert!(body.lines().all(|line| line.len() <= 76));
}

fn in_language(number: i64, lang: &str, title: &str, body: &str) -> Item {
    let mut item = item(number, title, body);
    item.article.headline.lang = lang.into();
    item
}

#[test]
fn each_article_says_its_language_and_direction() {
    let mut digest = digest();
    let items = &mut digest.sections[0].items;
    items.push(in_language(3, "ar", "سقوط رافعة", "<p>سقطت رافعة.</p>"));
    items.push(in_language(
        4,
        "fa-IR",
        "سقوط جرثقیل",
        "<p>جرثقیل افتاد.</p>",
    ));
    items.push(in_language(5, "", "מנוף קרס", "<p>מנוף קרס.</p>"));
    items.push(in_language(6, "ka", "ამწე ჩამოვარდა", "<p>ამწე.</p>"));
    let html = String::from_utf8(digest.write(Form::Html, &|_| None).unwrap()).unwrap();
    assert!(html.contains("<html lang=\"en\">"));
    for attributes in [
        "lang=\"ar\" dir=\"rtl\"",
        "lang=\"fa-ir\" dir=\"rtl\"",
        "lang=\"\" dir=\"rtl\"",
        "lang=\"ka\" dir=\"ltr\"",
        "lang=\"en\" dir=\"ltr\"",
    ] {
        assert!(
            html.contains(&format!("<article {attributes}>")),
            "{attributes}"
        );
    }
    let book = digest.write(Form::Epub, &|_| None).unwrap();
    let book = String::from_utf8_lossy(&book);
    for lang in ["ar", "fa-ir", ""] {
        let attributes = format!("lang=\"{lang}\" xml:lang=\"{lang}\" dir=\"rtl\"");
        assert_eq!(
            book.matches(&attributes).count(),
            2,
            "{lang}: its page and its title"
        );
    }
    assert!(!book.contains("page-progression-direction"));
    digest.sections[0].items.drain(..2);
    digest.sections[0].items.truncate(1);
    let book = digest.write(Form::Epub, &|_| None).unwrap();
    assert!(String::from_utf8_lossy(&book).contains("<spine page-progression-direction=\"rtl\">"));
}

#[test]
fn text_is_wrapped_in_every_script() {
    let words =
        "The crane fell on the eastern quay of Lerna harbour on Tuesday morning. ".repeat(6);
    let wide = "起重机周二上午在港口东码头倒塌".repeat(9);
    let body = format!(
        "<p>{words}</p><blockquote><p>{words}</p></blockquote><ul><li>{words}</li></ul><p>{wide}</p>"
    );
    let mut digest = digest();
    let items = &mut digest.sections[0].items;
    items.push(item(3, &words, &body));
    items[2].others[0].1 = words.clone();
    for whole in [true, false] {
        digest.whole = whole;
        let text = String::from_utf8(digest.write(Form::Text, &|_| None).unwrap()).unwrap();
        for line in text.lines() {
            assert!(newsprint_html::width(line) <= 72, "{line}");
            assert_eq!(line.trim_end(), line);
        }
        assert!(
            text.contains("\nalso: Daily <Echo>: The crane fell"),
            "{text}"
        );
    }
}

#[test]
fn a_digest_counts_what_it_shows() {
    let mut digest = digest();
    assert_eq!(digest.count(), "4 articles, 2 shown");
    digest.sections[0]
        .items
        .iter_mut()
        .for_each(|item| item.others.clear());
    assert_eq!(digest.count(), "2 articles");
    digest.sections[0].items.truncate(1);
    assert_eq!(digest.count(), "1 article");
}
