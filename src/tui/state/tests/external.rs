//! Links by their keys: what is shown before one is opened, and addresses that are copied.
//! Never here: what a host is (`hosts`).

use super::{World, headline};
use crate::tui::effect::Effect;
use crate::tui::state::external::copied_addresses;
use crate::tui::state::popup::Kind;
use newsprint_model::{Article, ArticleId, Media};

/// What `;1` opens, and the host that is warned of before it does.
fn opened(body: &str, keys: &str) -> (Vec<Effect>, Option<String>) {
    let mut world = World::new(3, "");
    world.body = body.to_owned();
    world.keys("<enter>").keys(keys);
    let says = match world.state.popup.open.as_ref().map(|popup| &popup.kind) {
        Some(Kind::Warn { says, .. }) => Some(says.clone()),
        _ => None,
    };
    (world.asked, says)
}

#[test]
fn a_link_whose_text_names_another_host_is_shown_first_wherever_it_names_it() {
    let link = |text: &str| format!("<p><a href=\"https://evil.invalid/\">{text}</a></p>");
    let warned = (Vec::new(), Some("bank.example".to_owned()));
    let went = (vec![Effect::Browse("https://evil.invalid/".into())], None);
    for text in [
        "bank.example",
        "bank.<b>example</b>",
        "<i>bank</i>.example/login",
        "Read on bank.example now",
    ] {
        assert_eq!(opened(&link(text), ";1"), warned, "{text}");
        // The list has the article's own page first.
        assert_eq!(opened(&link(text), "Lj<enter>"), warned, "{text}");
    }
    let long = "words that go on ".repeat(9);
    let wrapped = link(&format!("{long} bank.example {long}"));
    assert_eq!(opened(&wrapped, ";1"), warned);
    // The same address stands there with several texts: none is hidden behind another.
    for texts in [["more", "bank.example"], ["bank.example", "more"]] {
        let body = texts.map(link).concat();
        assert_eq!(opened(&body, ";1"), warned, "{texts:?}");
        assert_eq!(opened(&body, "Lj<enter>"), warned, "{texts:?}");
    }
    // Two links side by side name no host together.
    let body = "<p><a href=\"https://evil.invalid/\">bank.</a><a \
                href=\"https://evil.invalid/\">example</a></p>";
    for body in [body, &link("report.pdf"), &link("the U.S. and Node.js")] {
        assert_eq!(opened(body, ";1"), went, "{body}");
        assert_eq!(opened(body, "Lj<enter>"), went, "{body}");
    }
}

#[test]
fn an_address_is_copied_whatever_its_scheme_and_an_empty_one_never() {
    let mut world = World::new(3, "");
    world.state.list.rows[1].headline.url.clear();
    world.keys("jy");
    let asked = |ids: &[i64], title| Effect::CopyAddresses {
        ids: ids.iter().copied().map(ArticleId).collect(),
        title,
    };
    assert_eq!(world.asked, [asked(&[2], false)]);
    // One of them has none.
    world.keys("vjY");
    assert_eq!(world.asked, [asked(&[2, 1], true)]);
    let article = |number, url: &str, files: &[&str]| {
        let mut article = Article {
            headline: headline(number),
            body: String::new(),
            partial: None,
            image: None,
            position: 0,
            revisions: 0,
            media: Vec::new(),
        };
        article.headline.url = url.to_owned();
        article.media.extend(files.iter().map(|url| Media {
            url: (*url).to_owned(),
            ..Media::default()
        }));
        article
    };
    let sound = "https://post.example/1.mp3";
    let all = [
        article(1, "https://post.example/1", &["magnet:?xt=urn:btih:1"]),
        article(2, "", &[sound, "gemini://post.example/2"]),
        article(3, "", &[sound]),
        article(4, "", &[]),
    ];
    let lines = ["https://post.example/1", "gemini://post.example/2", sound];
    assert_eq!(copied_addresses(&all, false), (lines.join("\n"), 1));
    let with_title = copied_addresses(&all[1..2], true);
    assert_eq!(with_title.0, "Story 2 of the day gemini://post.example/2");
    assert_eq!(copied_addresses(&all[3..], true), (String::new(), 1));
}
