//! The pipeline seen from outside: a scripted outlet on loopback, a refresh, and what is in the
//! store then.

mod support;

use newsprint::news::{Source, TextState};
use newsprint::refresh::Outcome;
use support::{House, Reply, Server, item, page, prose, rss};

#[test]
fn a_feed_is_taken_in_once_and_then_answers_304() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/feed" => Reply::rss(rss(&item("/one", "One", &prose(1, 500)))).etag(hit, "\"v1\""),
        _ => Reply::not_found(),
    });
    let house = House::at(&server.url("/feed"));
    let first = house.refresh();
    assert_eq!(
        (first.outcome, first.new, first.full_text),
        (Outcome::Updated, 1, 1)
    );
    let second = house.refresh();
    assert_eq!((second.outcome, second.new), (Outcome::Unchanged, 0));
    // One request each: the feed's text is whole, so its page is not asked for.
    assert_eq!(server.take_paths(), ["/feed", "/feed"]);
    let article = house.article("One");
    assert_eq!(article.headline.text, TextState::Full);
    assert_eq!(article.headline.url, server.url("/one"));
    assert_eq!(house.source(), Some(Source::Feed(server.url("/feed"))));
}

#[test]
fn teasers_get_their_text_from_the_article_pages() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/" => Reply::html(
            "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/news.xml\">\
             </head><body><p>Welcome</p></body></html>",
        ),
        "/news.xml" => Reply::rss(rss(&(1..=3)
            .map(|n| {
                item(
                    &format!("/story-{n}"),
                    &format!("Story {n}"),
                    "A short teaser …",
                )
            })
            .collect::<String>())),
        path => match path.strip_prefix("/story-") {
            Some(n) => Reply::html(page(
                &format!("Story {n}"),
                &prose(n.parse().unwrap_or(0), 300),
            )),
            None => Reply::not_found(),
        },
    });
    let house = House::at(&server.url("/"));
    let report = house.refresh();
    assert_eq!((report.new, report.full_text, report.error), (3, 3, None));
    let article = house.article("Story 2");
    assert_eq!(article.headline.text, TextState::Full);
    assert!(article.headline.words > 250, "{}", article.headline.words);
    assert!(!article.body.contains("About us"), "{}", article.body);
    assert_eq!(house.source(), Some(Source::Feed(server.url("/news.xml"))));
    assert!(
        server.hits_of("/feed").is_empty(),
        "usual paths are not tried without need"
    );
}
