//! The pipeline seen from outside: a scripted outlet on loopback, a refresh, and what is in the
//! store then.

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use newsprint::refresh::{self, Options, Outcome, RefreshError};
use newsprint_model::{Source, TextState};
use support::{House, Piece, Reply, Server, item, page, prose, rss};

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

/// A page of headlines as front pages have it.
fn front(head: &str) -> Reply {
    let blocks: String = (1..=6)
        .map(|n| {
            format!(
                "<article><h2><a href=\"/2026/03/story-{n}-about-the-harbour\">Story {n} about the \
                 harbour and its council</a></h2><time datetime=\"2026-03-0{n}\">{n} March 2026</time>\
                 <p>What happened in the harbour on day {n}, in a few words.</p></article>"
            )
        })
        .collect();
    Reply::html(format!(
        "<html><head><title>The Outlet</title>{head}</head><body><nav><a href=\"/about\">About us</a>\
         <a href=\"/privacy\">Privacy</a></nav><main>{blocks}</main></body></html>"
    ))
}

/// The page of a story of [`front`] and [`sitemap`]: each has a title and a text of its own.
fn story(path: &str) -> Reply {
    let n = number(path.trim_start_matches("/2026/03/"));
    Reply::html(page(
        &format!("Story {n} about the harbour and its council, of the sitemap"),
        &prose(n, 300),
    ))
}

/// The page of a story whose address ends in its number.
fn numbered(path: &str) -> Reply {
    let n = number(path);
    Reply::html(page(&format!("Story {n}"), &prose(n, 300)))
}

fn number(path: &str) -> usize {
    let digits: String = path.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

fn sitemap(server_host: &str) -> String {
    let day = "2026-03-02T10:00:00Z";
    let urls: String = (1..=3)
        .map(|n| {
            format!(
                "<url><loc>http://{server_host}/2026/03/story-{n}-about-the-harbour</loc><news:news>\
                 <news:publication><news:name>The Outlet</news:name><news:language>en</news:language>\
                 </news:publication><news:publication_date>{day}</news:publication_date>\
                 <news:title>Story {n} of the sitemap</news:title></news:news></url>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">{urls}</urlset>"
    )
}

fn whole(n: usize) -> Reply {
    let url = format!("http://outlet.example/{n}");
    Reply::rss(rss(&item(&url, &format!("Story {n}"), &prose(n, 500))))
}

#[test]
fn without_a_link_the_usual_paths_are_tried() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/" => front(""),
        "/feed" | "/feed/" => whole(1),
        _ => Reply::not_found(),
    });
    let house = House::at(&server.url("/"));
    assert_eq!(house.refresh().new, 1);
    assert!(
        matches!(house.source(), Some(Source::Feed(_))),
        "{:?}",
        house.source()
    );
}

#[test]
fn without_a_feed_the_news_sitemap_is_read() {
    let server = Server::start(|hit| {
        let host = hit.header("host").unwrap_or_default();
        match hit.path.as_str() {
            "/" => front(""),
            "/robots.txt" => Reply::ok(
                "text/plain",
                format!("Sitemap: http://{host}/news-map.xml\n"),
            ),
            "/news-map.xml" => Reply::ok("application/xml", sitemap(host)),
            path if path.starts_with("/2026") => story(path),
            _ => Reply::not_found(),
        }
    });
    let house = House::at(&server.url("/"));
    let report = house.refresh();
    assert_eq!((report.new, report.full_text, report.error), (3, 3, None));
    assert_eq!(
        house.source(),
        Some(Source::NewsSitemap(server.url("/news-map.xml")))
    );
    // What worked is remembered: nothing else is tried again.
    server.take_paths();
    house.refresh();
    assert_eq!(server.take_paths(), ["/news-map.xml"]);
}

#[test]
fn a_page_that_names_nothing_is_read_by_its_headlines() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/" => front(""),
        "/robots.txt" => Reply::ok("text/plain", "User-agent: *\nDisallow: /2026/03/story-2\n"),
        path if path.starts_with("/2026") => story(path),
        _ => Reply::not_found(),
    });
    let house = House::at(&server.url("/"));
    let report = house.refresh();
    assert_eq!(house.source(), Some(Source::HeadlinePage(server.url("/"))));
    assert_eq!((report.new, report.full_text), (6, 5), "{report:?}");
    // The closed page is left alone and its headline kept.
    assert!(
        server
            .hits()
            .iter()
            .all(|hit| !hit.path.contains("story-2"))
    );
    assert!(
        report
            .remarks
            .iter()
            .any(|note| note.contains("robots.txt")),
        "{report:?}"
    );
    let closed = house
        .headlines()
        .into_iter()
        .find(|h| h.url.contains("story-2"));
    assert_ne!(closed.expect("the headline").text, TextState::Full);
}

#[test]
fn a_source_that_is_gone_or_empty_is_found_again_and_said() {
    for lost in [
        Reply::not_found(),
        Reply::status(410),
        Reply::rss(rss("")),
        Reply::html("<html><body><h1>Our feed has moved, dear reader</h1></body></html>"),
    ] {
        let moved = std::sync::atomic::AtomicBool::new(false);
        let moved = std::sync::Arc::new(moved);
        let now = moved.clone();
        let link = |href: &str| {
            front(&format!(
                "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"{href}\">"
            ))
        };
        let server = Server::start(move |hit| {
            let moved = moved.load(std::sync::atomic::Ordering::SeqCst);
            match (hit.path.as_str(), moved) {
                ("/", false) => link("/old.xml"),
                ("/", true) => link("/new.xml"),
                ("/old.xml", false) => whole(1),
                ("/old.xml", true) => lost.clone(),
                ("/new.xml", true) => whole(2),
                _ => Reply::not_found(),
            }
        });
        let house = House::at(&server.url("/"));
        assert_eq!(house.refresh().new, 1);
        now.store(true, std::sync::atomic::Ordering::SeqCst);
        let report = house.refresh();
        assert_eq!((report.new, &report.error), (1, &None), "{report:?}");
        assert_eq!(house.source(), Some(Source::Feed(server.url("/new.xml"))));
        let said = report.notes.iter().any(|note| note.contains("/new.xml"));
        assert!(said, "{report:?}");
        // Both articles are there.
        assert_eq!(house.headlines().len(), 2);
    }
}

#[test]
fn an_outlet_that_cannot_be_read_says_why_and_keeps_its_articles() {
    let broken = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let now = broken.clone();
    let server = Server::start(
        move |_| match broken.load(std::sync::atomic::Ordering::SeqCst) {
            false => whole(1),
            true => Reply::status(500),
        },
    );
    let house = House::at(&server.url("/feed"));
    house.refresh();
    now.store(true, std::sync::atomic::Ordering::SeqCst);
    let report = house.refresh();
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.error.unwrap().contains("500"));
    assert!(report.failing_since.is_some());
    assert_eq!(house.headlines().len(), 1);
    now.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(house.refresh().failing_since, None);
}

#[test]
fn a_page_that_fails_is_fetched_later() {
    let well = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let now = well.clone();
    let server = Server::start(move |hit| match hit.path.as_str() {
        "/feed" => {
            let host = hit.header("host").unwrap_or_default();
            Reply::rss(rss(&item(&format!("http://{host}/one"), "One", "Short …")))
                .etag(hit, "\"1\"")
        }
        _ => match well.load(std::sync::atomic::Ordering::SeqCst) {
            true => Reply::html(page("One", &prose(1, 300))),
            false => Reply::status(502),
        },
    });
    let house = House::at(&server.url("/feed"));
    let clock = std::sync::Arc::new(newsprint_fetch::ManualClock::at(
        "2026-03-02T06:00:00Z".parse().unwrap(),
    ));
    let options = Options {
        force: true,
        clock: clock.clone(),
        ..Options::default()
    };
    let first = house.refresh_with(&options).outlets.remove(0);
    assert_eq!((first.new, first.full_text), (1, 0));
    assert!(first.remarks[0].contains("502"), "{first:?}");
    assert_eq!(house.article("One").headline.text, TextState::Excerpt);
    now.store(true, std::sync::atomic::Ordering::SeqCst);
    clock.move_to("2026-03-02T08:00:00Z".parse().unwrap());
    // The feed itself is as it was.
    let second = house.refresh_with(&options).outlets.remove(0);
    assert_eq!(
        (second.outcome, second.new, second.full_text),
        (Outcome::Updated, 0, 1)
    );
    assert_eq!(house.article("One").headline.text, TextState::Full);
}

#[test]
fn only_so_many_pages_are_fetched_at_once_and_the_rest_follows() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/feed" => {
            let host = hit.header("host").unwrap_or_default();
            let items = (1..=5).map(|n| {
                item(
                    &format!("http://{host}/p{n}"),
                    &format!("Story {n}"),
                    "Short …",
                )
            });
            Reply::rss(rss(&items.collect::<String>())).etag(hit, "\"1\"")
        }
        path => numbered(path),
    });
    let house = House::with(&format!(
        "[refresh]\nhost_gap = \"0s\"\nmax_pages = 2\n[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
        server.url("/feed")
    ));
    let texts: Vec<u32> = (0..4).map(|_| house.refresh().full_text).collect();
    assert_eq!(texts, [2, 2, 1, 0]);
}

#[test]
fn tags_of_page_feed_and_config_stand_in_this_order_once() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/feed" => {
            let host = hit.header("host").unwrap_or_default();
            let item = item(&format!("http://{host}/one"), "One", "Short …").replace(
                "<guid>",
                "<category>HARBOUR</category><category>Trade</category><guid>",
            );
            Reply::rss(rss(&item))
        }
        _ => Reply::html(page("One", &prose(1, 300))),
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\ntags = [\"trade\", \"mine\"]\n",
        server.url("/feed")
    ));
    house.refresh();
    assert_eq!(
        house.article("One").headline.tags,
        ["Harbour", "Trade", "mine"]
    );
}

#[test]
fn outlets_are_named_without_case_and_the_nearest_is_suggested() {
    let server = Server::start(|_| whole(1));
    let house = House::at(&server.url("/feed"));
    let with = |name: &str| Options {
        outlets: vec![name.to_owned()],
        ..Options::default()
    };
    assert_eq!(house.refresh_with(&with("OUTLET")).outlets.len(), 1);
    let never = std::sync::atomic::AtomicBool::new(false);
    let wrong = refresh::run(&house.config(), &with("Outlot"), &|_| {}, &never);
    let said = wrong.unwrap_err().to_string();
    assert!(
        said.contains("Outlot") && said.contains("“Outlet”"),
        "{said}"
    );
}

#[test]
fn two_refreshes_exclude_each_other() {
    let server = Server::start(|_| whole(1));
    let house = House::at(&server.url("/feed"));
    let lock = std::fs::File::create(house.config().paths.lock()).unwrap();
    lock.lock().unwrap();
    let never = std::sync::atomic::AtomicBool::new(false);
    let second = refresh::run(&house.config(), &Options::default(), &|_| {}, &never);
    assert!(matches!(second, Err(RefreshError::Busy)), "{second:?}");
    // The reader who ends the wait does not want to hear of the other.
    let stopped = AtomicBool::new(true);
    let patient = Options {
        wait: std::time::Duration::from_secs(60),
        ..Options::default()
    };
    let third = refresh::run(&house.config(), &patient, &|_| {}, &stopped);
    assert!(matches!(third, Err(RefreshError::Interrupted)), "{third:?}");
    drop(lock);
    assert_eq!(house.refresh().new, 1);
}

#[test]
fn offline_nothing_is_asked() {
    let server = Server::start(|_| whole(1));
    let house = House::at(&server.url("/feed"));
    let options = Options {
        offline: true,
        ..Options::default()
    };
    let never = std::sync::atomic::AtomicBool::new(false);
    let refused = refresh::run(&house.config(), &options, &|_| {}, &never);
    assert!(matches!(refused, Err(RefreshError::Offline)));
    assert!(server.hits().is_empty());
}

#[test]
fn discovery_shows_every_way_and_changes_nothing() {
    let server = Server::start(|hit| {
        if hit.path == "/plain" {
            return front("");
        }
        let host = hit.header("host").unwrap_or_default();
        match hit.path.as_str() {
            "/" => {
                front("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/news.xml\">")
            }
            "/news.xml" => whole(1),
            "/robots.txt" => Reply::ok(
                "text/plain",
                format!("Sitemap: http://{host}/news-map.xml\n"),
            ),
            "/news-map.xml" => Reply::ok("application/xml", sitemap(host)),
            _ => Reply::not_found(),
        }
    });
    let house = House::at(&server.url("/"));
    let found = house
        .on_demand()
        .discover(&house.config(), &server.url("/"), &|_| {})
        .unwrap();
    let ways: Vec<(&str, usize)> = found
        .ways
        .iter()
        .filter(|way| way.entries > 0)
        .map(|way| (way.source.kind(), way.entries))
        .collect();
    assert_eq!(
        ways,
        [("feed", 1), ("headline-page", 6)],
        "with a good feed no sitemap is worth a request"
    );
    assert!(server.hits_of("/news-map.xml").is_empty());
    let plain = house
        .on_demand()
        .discover(&house.config(), &server.url("/plain"), &|_| {})
        .unwrap();
    let ways: Vec<(&str, usize)> = plain
        .ways
        .iter()
        .filter(|way| way.entries > 0)
        .map(|way| (way.source.kind(), way.entries))
        .collect();
    assert_eq!(ways, [("news-sitemap", 3), ("headline-page", 6)]);
    assert_eq!(found.best().unwrap().source.url(), server.url("/news.xml"));
    assert_eq!(found.best().unwrap().sample[0].title, "Story 1");
    assert!(!house.config().paths.database().exists());
}

#[test]
fn the_key_for_the_full_text_fetches_one_page() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/feed" => {
            let host = hit.header("host").unwrap_or_default();
            Reply::rss(rss(&item(&format!("http://{host}/one"), "One", "Short …")))
        }
        _ => Reply::html(page("One", &prose(1, 300))),
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\nfull_text = \"never\"\n",
        server.url("/feed")
    ));
    house.refresh();
    let id = house.article("One").headline.id;
    assert_eq!(house.article("One").headline.text, TextState::Excerpt);
    let state = house.on_demand().fetch_text(&house.config(), id).unwrap();
    assert_eq!(state, TextState::Full);
    assert!(house.article("One").headline.words > 250);
}

#[test]
fn leading_pictures_are_kept_for_reading_offline() {
    let server = Server::start(|hit| {
        let host = hit.header("host").unwrap_or_default();
        match hit.path.as_str() {
            "/feed" => {
                let item = item("http://outlet.example/one", "One", &prose(1, 500));
                let picture = format!(
                    "<enclosure url=\"http://{host}/one.png\" type=\"image/png\" length=\"9\"/>"
                );
                Reply::rss(rss(&item.replace("</item>", &format!("{picture}</item>"))))
            }
            _ => Reply::ok("image/png", "a picture"),
        }
    });
    let house = House::with(&format!(
        "[refresh]\nhost_gap = \"0s\"\nimages = true\n[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
        server.url("/feed")
    ));
    house.refresh();
    let url = house.article("One").image.expect("its address");
    server.take_paths();
    let kept = refresh::kept_image(&house.config(), &url).unwrap();
    assert_eq!(kept, b"a picture");
    let bytes = house
        .on_demand()
        .fetch_image(&house.config(), &url)
        .unwrap();
    assert_eq!(bytes, kept);
    assert!(server.take_paths().is_empty());
}

#[test]
fn pictures_go_with_their_article_unless_another_has_them_too() {
    let day = Arc::<std::sync::atomic::AtomicUsize>::default();
    let today = day.clone();
    let server = Server::start(move |hit| {
        let host = hit.header("host").unwrap_or_default();
        let today = today.load(Ordering::SeqCst);
        let lead = |n: usize, name: &str| {
            let text = format!("{}<img src=\"http://{host}/in-{n}.png\">", prose(n, 500));
            item(&format!("/{n}"), &format!("Story {n}"), &text).replace(
                "</item>",
                &format!(
                    "<pubDate>0{n} Mar 2026 10:00:00 GMT</pubDate>\
                     <enclosure url=\"http://{host}/{name}.png\" type=\"image/png\" length=\"9\"/></item>"
                ),
            )
        };
        match hit.path.as_str() {
            "/feed" if today == 0 => Reply::rss(rss(&(lead(1, "own") + &lead(2, "shared")))),
            "/feed" => Reply::rss(rss(&lead(3, "shared"))),
            _ => Reply::ok("image/png", "a picture"),
        }
    });
    let mut house = House::with("");
    let config = |keep: &str| {
        format!(
            "[refresh]\nhost_gap = \"0s\"\nimages = true\n{keep}\n\
             [[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
            server.url("/feed")
        )
    };
    house.configure(&config(""));
    house.refresh();
    let picture = |name: &str| server.url(&format!("/{name}.png"));
    // The reader has looked at a picture within the text, too.
    house
        .on_demand()
        .fetch_image(&house.config(), &picture("in-1"))
        .unwrap();
    let kept = |name: &str| refresh::kept_image(&house.config(), &picture(name)).is_some();
    assert!(kept("own") && kept("shared") && kept("in-1"));
    day.store(1, Ordering::SeqCst);
    house.configure(&config("keep = { count = 1 }"));
    house.refresh();
    assert_eq!(house.headlines().len(), 1);
    let kept = |name: &str| refresh::kept_image(&house.config(), &picture(name)).is_some();
    assert!(kept("shared") && !kept("own") && !kept("in-1"));
    // The outlet leaves the config, and then what is left of it is removed.
    house.configure("");
    let pruned = house.command().args(["prune", "--removed"]).output();
    assert!(pruned.unwrap().status.success());
    assert!(house.headlines().is_empty());
    assert!(refresh::kept_image(&house.config(), &picture("shared")).is_none());
}

/// That this machine has no handles left is no failure of the outlet: nothing says afterwards that it is failing.
#[test]
fn few_file_handles_are_not_the_outlets_failure() {
    let server = Server::pages(vec![("/feed", whole(1))]);
    let house = House::at(&server.url("/feed"));
    house.store().sync_outlets(&house.config().outlets).unwrap();
    let newsprint = house.command();
    let mut said = 0;
    for handles in 11..=24 {
        let mut limited = std::process::Command::new("sh");
        limited
            .arg("-c")
            .arg(format!("ulimit -n {handles}; exec \"$0\" refresh --force"))
            .arg(newsprint.get_program());
        for (name, value) in newsprint.get_envs() {
            limited.env(name, value.expect("a value"));
        }
        let output = limited.output().expect("a shell");
        said +=
            usize::from(String::from_utf8_lossy(&output.stderr).contains("Too many open files"));
        let state = house.store().source_state("Outlet").unwrap();
        let noted = (state.failures, state.failing_since, state.last_error);
        assert_eq!(noted, (0, None, None), "{handles} handles: {output:?}");
    }
    assert!(
        said > 0,
        "no number of handles was too few for a request alone"
    );
}

/// Where a file cannot be written the reason is said, and said once.
#[test]
fn a_config_that_cannot_be_written_is_said_once() {
    let house = House::at("https://paper.example/");
    let newsprint = house.command();
    let mut limited = std::process::Command::new("sh");
    limited
        .args([
            "-c",
            "ulimit -f 0; exec \"$0\" add https://other.example/ --no-check",
        ])
        .arg(newsprint.get_program());
    for (name, value) in newsprint.get_envs() {
        limited.env(name, value.expect("a value"));
    }
    let output = limited.output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the file is unchanged"), "{said}");
    assert_eq!(said.matches("too large").count(), 1, "{said}");
}

/// An outlet gives its article another text and picture: the former picture is not kept for ever.
#[test]
fn a_picture_that_its_article_has_no_more_goes() {
    let day = Arc::<std::sync::atomic::AtomicUsize>::default();
    let today = day.clone();
    let server = Server::start(move |hit| {
        let picture = today.load(Ordering::SeqCst);
        let enclosure =
            format!("<enclosure url=\"/{picture}.png\" type=\"image/png\" length=\"9\"/></item>");
        match hit.path.as_str() {
            "/feed" => Reply::rss(rss(
                &item("/1", "Story", &prose(picture, 450)).replace("</item>", &enclosure)
            )),
            _ => Reply::ok("image/png", "a picture"),
        }
    });
    let house = House::with(&format!(
        "[refresh]\nhost_gap = \"0s\"\nimages = true\n[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
        server.url("/feed")
    ));
    let start: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
    for n in 0..10 {
        day.store(n, Ordering::SeqCst);
        let at = start + jiff::SignedDuration::from_hours(24 * n as i64);
        let options = Options {
            clock: Arc::new(newsprint_fetch::ManualClock::at(at)),
            ..Options::default()
        };
        house.refresh_with(&options);
    }
    let kept = |n: usize| {
        let url = server.url(&format!("/{n}.png"));
        refresh::kept_image(&house.config(), &url).is_some()
    };
    assert!(kept(9));
    let left = (0..9).filter(|n| kept(*n)).count();
    assert!(left < 7, "{left} of 9 former pictures");
}

/// What one outlet's article links to must not reach into the reader's own network.
#[test]
fn a_picture_at_a_private_address_is_not_fetched_for_a_public_outlet() {
    let server = Server::start(|_| Reply::ok("image/png", "secret"));
    let house = House::at("https://outlet.example/feed");
    let refused = house
        .on_demand()
        .fetch_image(&house.config(), &server.url("/secret.png"));
    assert!(refused.unwrap_err().to_string().contains("private"));
    assert!(server.hits().is_empty());
}

/// The address of an article comes from the network: that it is asked for by hand does not make it the reader's own.
#[test]
fn an_article_at_a_private_address_is_not_asked_for_by_hand_either() {
    let inside = Server::start(|_| Reply::html(page("Inside", &prose(1, 300))));
    let mut house =
        House::with("[[outlet]]\nname = \"Outlet\"\nurl = \"https://paper.example/\"\n");
    let store = house.store();
    store.sync_outlets(&house.config().outlets).unwrap();
    let article = newsprint_store::Incoming {
        url: inside.url("/admin"),
        title: "Story".to_owned(),
        ..newsprint_store::Incoming::default()
    };
    let update = newsprint_store::Update {
        articles: vec![article.pack()],
        ..newsprint_store::Update::default()
    };
    store
        .ingest("Outlet", &update, newsprint_model::Time::now())
        .unwrap();
    let id = house.headlines()[0].id;
    let refused = |house: &House| {
        let demand = house.on_demand();
        let explained = demand.explain_text(&house.config(), id).map(drop);
        let fetched = demand.fetch_text(&house.config(), id).map(drop);
        for asked in [explained, fetched] {
            let why = asked.unwrap_err().to_string();
            assert!(why.contains("private"), "{why}");
        }
    };
    refused(&house);
    // Configured no more: then nobody has named any address of it.
    house.configure("");
    refused(&house);
    assert_eq!(inside.hits().len(), 0);
}

/// A home page is kept while the feeds it names are tried; large answers must not wait for it.
#[test]
fn outlets_with_large_home_pages_and_large_feeds_do_not_wait_for_one_another() {
    let padding = format!("<!-- {} -->", "x".repeat(1_200_000));
    let servers: Vec<Server> = (1..=3)
        .map(|n| {
            let padding = padding.clone();
            // All home pages are there before the first feed is.
            Server::start(move |hit| match hit.path.as_str() {
                "/" => Reply::html(format!(
                    "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" \
                     href=\"/news.xml\"></head><body><p>Welcome</p>{padding}</body></html>"
                )),
                "/news.xml" => {
                    let item = item("/one", &format!("Story {n}"), &prose(n, 500));
                    let feed = format!("{}{padding}", rss(&item));
                    Reply::rss(feed).after(std::time::Duration::from_millis(1_000))
                }
                _ => Reply::not_found(),
            })
        })
        .collect();
    let outlets: String = servers
        .iter()
        .enumerate()
        .map(|(n, server)| {
            let url = server.url("/");
            format!("[[outlet]]\nname = \"Outlet {n}\"\nurl = \"{url}\"\n")
        })
        .collect();
    let report = House::with(&outlets).refresh_with(&Options::default());
    let came: Vec<_> = report.outlets.iter().map(|o| (o.new, &o.error)).collect();
    assert_eq!(came, [(1, &None); 3]);
}

/// Twelve teasers whose pages hold the texts. The tenth page never comes, from the first moment
/// it is asked for until `well` is set; `asked` is set then.
fn teasers(asked: Arc<AtomicBool>, well: Arc<AtomicBool>) -> Server {
    Server::start(move |hit| match hit.path.as_str() {
        "/feed" => {
            let items: String = (1..=12)
                .map(|n| item(&format!("/p{n}"), &format!("Story {n}"), "Short …"))
                .collect();
            Reply::rss(rss(&items)).etag(hit, "\"1\"")
        }
        "/p10" if !well.load(Ordering::SeqCst) => {
            asked.store(true, Ordering::SeqCst);
            Reply::raw([Piece::Hang])
        }
        path => {
            let n = path[2..].parse().unwrap_or_default();
            Reply::html(page(&format!("Story {n}"), &prose(n, 300)))
        }
    })
}

/// The next refresh asks for the pages that are missing, and not for what has come.
fn goes_on(house: &House, server: &Server) {
    assert_eq!(house.headlines().len(), 12);
    server.take_paths();
    house.refresh_with(&Options::default());
    let asked = server.take_paths();
    assert!(asked.ends_with(&["/p10", "/p11", "/p12"].map(str::to_owned)));
    assert!(!asked.contains(&"/feed".to_owned()) && !asked.contains(&"/p1".to_owned()));
    let texts = house.headlines();
    assert!(
        texts.iter().all(|one| one.text == TextState::Full),
        "{texts:#?}"
    );
}

#[test]
fn a_refresh_that_is_stopped_among_the_pages_goes_on_with_the_next() {
    let (stop, well) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
    let server = teasers(stop.clone(), well.clone());
    let house = House::at(&server.url("/feed"));
    let report = refresh::run(&house.config(), &Options::default(), &|_| {}, &stop).unwrap();
    assert_eq!(report.outlets[0].error, None);
    assert!(report.interrupted, "it says so");
    well.store(true, Ordering::SeqCst);
    goes_on(&house, &server);
}

#[test]
fn a_refresh_that_is_killed_among_the_pages_goes_on_with_the_next() {
    let (asked, well) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
    let server = teasers(asked.clone(), well.clone());
    let house = House::at(&server.url("/feed"));
    let mut run = house.command().args(["refresh", "-q"]).spawn().unwrap();
    while !asked.load(Ordering::SeqCst) {
        assert_eq!(run.try_wait().unwrap(), None, "it ended by itself");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    well.store(true, Ordering::SeqCst);
    goes_on(&house, &server);
}

#[test]
fn a_damaged_store_is_set_aside_and_said() {
    let server = Server::start(|_| whole(1));
    let house = House::at(&server.url("/feed"));
    house.refresh();
    let database = house.config().paths.database();
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[..4096].fill(0x5a);
    std::fs::write(&database, bytes).unwrap();
    let report = house.refresh_with(&Options::default());
    let rescue = report.rescued.expect("the reader is told");
    assert!(rescue.set_aside.as_ref().unwrap().exists());
    assert_eq!(report.outlets[0].new, 1);
    assert_eq!(house.refresh_with(&Options::default()).rescued, None);
}

/// The disk goes bad while outlets are being asked: the refresh sets the store aside and begins anew,
/// and what was read and starred is so again.
#[test]
fn a_store_that_is_damaged_during_a_refresh_is_set_aside_and_the_refresh_done_again() {
    let database: Arc<std::sync::Mutex<Option<std::path::PathBuf>>> = Arc::default();
    let victim = database.clone();
    let asked = Arc::<std::sync::atomic::AtomicUsize>::default();
    let times = asked.clone();
    let server = Server::start(move |_| {
        times.fetch_add(1, Ordering::SeqCst);
        if let Some(database) = victim.lock().unwrap().take() {
            let mut bytes = std::fs::read(&database).unwrap();
            bytes[8_192..].fill(0xa5);
            std::fs::write(&database, bytes).unwrap();
            return whole(5);
        }
        whole(4)
    });
    let house = House::at(&server.url("/feed"));
    house.refresh();
    let first = house.headlines()[0].clone();
    house
        .store()
        .mark(&[first.id], newsprint_model::Mark::Star)
        .unwrap();
    house.store().save_marks().unwrap();
    *database.lock().unwrap() = Some(house.config().paths.database());
    let report = house.refresh_with(&Options {
        force: true,
        ..Options::default()
    });
    let rescue = report.rescued.expect("the reader is told");
    assert!(rescue.set_aside.as_ref().unwrap().exists() && rescue.marks >= 1);
    assert_eq!(report.outlets[0].outcome, Outcome::Updated);
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    let starred: Vec<String> = house
        .headlines()
        .into_iter()
        .filter(|headline| headline.starred)
        .map(|headline| headline.title)
        .collect();
    assert_eq!(starred, [first.title]);
    assert!(house.store().check().unwrap().is_empty());
}

/// Where robots.txt cannot be had the last one holds; without any the true reason is told, and the next
/// refresh asks again.
#[test]
fn a_robots_txt_that_cannot_be_had_does_not_switch_an_outlet_off() {
    let out = Arc::new(AtomicBool::new(true));
    let down = out.clone();
    let server = Server::start(move |hit| match hit.path.as_str() {
        "/" => front(""),
        "/robots.txt" if down.load(Ordering::SeqCst) => Reply::status(500),
        "/robots.txt" => Reply::ok(
            "text/plain",
            "User-agent: *\nDisallow: /private\n".to_owned(),
        ),
        path if path.starts_with("/2026") => story(path),
        _ => Reply::not_found(),
    });
    let house = House::at(&server.url("/"));
    let start: newsprint_model::Time = "2026-03-10T06:00:00Z".parse().unwrap();
    let clock = Arc::new(newsprint_fetch::ManualClock::at(start));
    let hours_later = |hours: i64| {
        let then = newsprint_model::Time::from_second(start.as_second() + hours * 3600).unwrap();
        clock.move_to(then);
        house
            .refresh_with(&Options {
                clock: clock.clone(),
                ..Options::default()
            })
            .outlets
            .remove(0)
    };
    let error = hours_later(0).error.unwrap();
    assert!(
        error.contains("could not fetch robots.txt (HTTP 500"),
        "{error}"
    );
    assert_eq!(server.hits_of("/robots.txt").len(), 1, "asked once a visit");
    out.store(false, Ordering::SeqCst);
    let well = hours_later(2);
    assert_eq!((well.error, well.new), (None, 6));
    assert!(matches!(house.source(), Some(Source::HeadlinePage(_))));
    // A day later it cannot be had, and what it said last holds.
    out.store(true, Ordering::SeqCst);
    server.take_paths();
    for hours in [40, 42] {
        assert_eq!(hours_later(hours).error, None);
        assert_eq!(server.take_paths(), ["/robots.txt", "/"]);
    }
}

/// A refresh of the outlets `Outlet` (at `/old`) and `Other` during which another process takes the
/// outlets that `change` makes of them for its own.
fn changed_meanwhile(
    change: impl Fn(&mut Vec<newsprint_model::Outlet>) + Send + Sync + 'static,
) -> (House, Server, refresh::Report) {
    let config: Arc<std::sync::Mutex<Option<newsprint::config::Config>>> = Arc::default();
    let meanwhile = config.clone();
    let server = Server::start(move |hit| match hit.path.as_str() {
        "/old" => {
            if let Some(config) = meanwhile.lock().unwrap().take() {
                let mut outlets = config.outlets.clone();
                change(&mut outlets);
                let store = newsprint_store::Store::open(&config.paths.database()).unwrap();
                store.sync_outlets(&outlets).unwrap();
            }
            whole(1).etag(hit, "\"old\"")
        }
        "/new" => whole(2),
        "/other" => whole(3).after(std::time::Duration::from_millis(100)),
        _ => Reply::not_found(),
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n[[outlet]]\nname = \"Other\"\nurl = \"{}\"\n",
        server.url("/old"),
        server.url("/other")
    ));
    *config.lock().unwrap() = Some(house.config());
    let report = house.refresh_with(&Options::default());
    (house, server, report)
}

#[test]
fn an_address_that_is_changed_during_a_refresh_is_asked_next() {
    let (mut house, server, report) = changed_meanwhile(|outlets| {
        outlets[0].url = outlets[0].url.replace("/old", "/new");
    });
    assert_eq!(report.count(Outcome::Updated), 2);
    assert_eq!(house.source(), None, "nothing is known of the new address");
    server.take_paths();
    house.configure(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
        server.url("/new")
    ));
    assert_eq!(house.refresh_with(&Options::default()).outlets[0].new, 1);
    assert_eq!(server.take_paths(), ["/new"]);
}

#[test]
fn an_outlet_that_is_renamed_during_a_refresh_fails_alone() {
    let (mut house, server, report) = changed_meanwhile(|outlets| {
        outlets[0].name = "Called anew".to_owned();
    });
    let [outlet, other] = &report.outlets[..] else {
        panic!("{report:#?}");
    };
    assert!(
        outlet
            .error
            .as_ref()
            .unwrap()
            .contains("renamed or removed")
    );
    assert_eq!((other.outcome, other.new), (Outcome::Updated, 1));
    house.configure(&format!(
        "[[outlet]]\nname = \"Called anew\"\nurl = \"{}\"\n",
        server.url("/old")
    ));
    assert_eq!(house.refresh_with(&Options::default()).outlets[0].new, 1);
}

/// What stands far down in a long robots.txt holds, too.
#[test]
fn a_long_robots_txt_is_obeyed_to_its_end() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/" => front(""),
        "/robots.txt" => {
            let others = "User-agent: other\nDisallow: /a-long-path-for-others\n".repeat(3_000);
            let rules = format!("{others}User-agent: *\nDisallow: /2026/03/story-2\n");
            Reply::ok("text/plain", rules)
        }
        path if path.starts_with("/2026") => story(path),
        _ => Reply::not_found(),
    });
    House::at(&server.url("/")).refresh();
    let asked = server.take_paths();
    assert!(asked.iter().any(|path| path.contains("story-1")));
    assert!(!asked.iter().any(|path| path.contains("story-2")));
}

/// A host that asked for a pause gets it, from a refresh and from the reader's keys.
#[test]
fn neither_texts_nor_pictures_are_asked_for_while_the_outlet_wants_a_pause() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/feed" => Reply::rss(rss(&item("/one", "One", "Short …"))),
        "/one" => Reply::status(429).header("Retry-After", "3600"),
        _ => Reply::ok("image/png", "a picture"),
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\nfull_text = \"never\"\n",
        server.url("/feed")
    ));
    house.refresh();
    let id = house.article("One").headline.id;
    house
        .on_demand()
        .fetch_text(&house.config(), id)
        .unwrap_err();
    server.take_paths();
    house
        .on_demand()
        .fetch_text(&house.config(), id)
        .unwrap_err();
    house
        .on_demand()
        .fetch_image(&house.config(), &server.url("/one.png"))
        .unwrap_err();
    house.refresh();
    assert!(server.take_paths().is_empty());
}

/// What another host says about one page is no reason to leave the outlet alone.
#[test]
fn a_pause_that_another_host_asks_for_does_not_hold_up_the_outlet() {
    let other = Server::start(|_| Reply::status(429).header("Retry-After", "3600"));
    let away = other.url("/away");
    let server = Server::start(move |hit| match hit.path.as_str() {
        "/feed" => Reply::rss(rss(&[
            item(&away, "Away", "Short …"),
            item("/two", "Two", "Short …"),
        ]
        .concat())),
        _ => Reply::html(page("Two", &prose(2, 300))),
    });
    let house = House::at(&server.url("/feed"));
    assert_eq!(house.refresh().full_text, 1);
    assert_eq!(house.article("Two").headline.text, TextState::Full);
    server.take_paths();
    assert_eq!(house.refresh().outcome, Outcome::Unchanged);
    assert_eq!(server.take_paths(), ["/feed"]);
    assert_eq!(other.hits().len(), 1);
}

/// A host that holds pages of several articles, and of other outlets, is asked once for all of them
/// until its pause is over, also by later runs.
#[test]
fn a_pause_that_another_host_asks_for_holds_for_all_its_pages_and_over_restarts() {
    let start: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
    let clock = Arc::new(newsprint_fetch::ManualClock::at(start));
    let other = Server::start(|_| Reply::status(503).header("Retry-After", "36000"));
    let feed = |paths: [&str; 2]| {
        let items: Vec<String> = paths
            .iter()
            .map(|path| item(&other.url(path), path, "Short …"))
            .collect();
        let items = items.concat();
        Server::start(move |_| Reply::rss(rss(&items)))
    };
    let (first, second) = (feed(["/1", "/2"]), feed(["/3", "/4"]));
    let one = format!(
        "[[outlet]]\nname = \"One\"\nurl = \"{}\"\n",
        first.url("/feed")
    );
    let two = format!(
        "[[outlet]]\nname = \"Two\"\nurl = \"{}\"\n",
        second.url("/feed")
    );
    let mut house = House::with(&one);
    let at = |hours: i64| {
        clock.move_to(start + jiff::SignedDuration::from_hours(hours));
        Options {
            force: true,
            clock: clock.clone(),
            ..Options::default()
        }
    };
    house.refresh_with(&at(0));
    assert_eq!(other.take_paths().len(), 1);
    // Another outlet comes to know it, in another run.
    house.configure(&format!("{one}{two}"));
    house.refresh_with(&at(2));
    house.refresh_with(&at(9));
    assert!(other.take_paths().is_empty());
    assert!(house.headlines().len() == 4 && second.take_paths().len() == 2);
    house.refresh_with(&at(11));
    assert_eq!(other.take_paths().len(), 1);
}

/// An index may be as it was while the sitemap it names has new articles.
#[test]
fn a_sitemap_behind_an_index_that_did_not_change_is_read_all_the_same() {
    let more = Arc::<AtomicBool>::default();
    let now = more.clone();
    let server = Server::start(move |hit| {
        let host = hit.header("host").unwrap_or_default();
        match hit.path.as_str() {
            "/index.xml" => Reply::ok(
                "application/xml",
                format!(
                    "<?xml version=\"1.0\"?><sitemapindex \
                     xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap>\
                     <loc>http://{host}/news-map.xml</loc></sitemap></sitemapindex>"
                ),
            )
            .etag(hit, "\"1\""),
            "/news-map.xml" => {
                let map = sitemap(host);
                let map = match more.load(Ordering::SeqCst) {
                    true => map
                        .replace("story-3", "story-4")
                        .replace("Story 3", "Story 4"),
                    false => map,
                };
                Reply::ok("application/xml", map)
            }
            path if path.starts_with("/2026") => story(path),
            _ => Reply::not_found(),
        }
    });
    let house = House::at(&server.url("/index.xml"));
    assert_eq!(house.refresh().new, 3);
    now.store(true, Ordering::SeqCst);
    assert_eq!(house.refresh().new, 1);
}

/// A long `Crawl-delay` is kept, and the pages that would take too long come with the next refresh.
#[test]
fn the_pause_that_robots_txt_asks_for_is_kept_between_pages() {
    let start: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
    let clock = Arc::new(newsprint_fetch::ManualClock::at(start));
    let server = Server::with_clock("127.0.0.1:0", Some(clock.clone()), |hit| {
        match hit.path.as_str() {
            "/" => front(""),
            "/robots.txt" => Reply::ok("text/plain", "User-agent: *\nCrawl-delay: 40\n"),
            path if path.starts_with("/2026") => story(path),
            _ => Reply::not_found(),
        }
    });
    let house = House::at(&server.url("/"));
    let options = Options {
        force: true,
        clock,
        ..Options::default()
    };
    let report = house.refresh_with(&options).outlets.remove(0);
    assert_eq!(report.full_text, 4);
    // The search is bounded, too, and what is put off is said.
    let said = [report.notes, report.remarks].concat().join("\n");
    assert!(
        said.contains("not all usual sitemaps were tried")
            && said.contains("2 article pages are put off"),
        "{said}"
    );
    let mut pages = server.hits();
    let sitemaps = pages.iter().filter(|hit| hit.path.contains("sitemap"));
    assert_eq!(sitemaps.count(), 2);
    pages.retain(|hit| hit.path.starts_with("/2026"));
    let pauses = pages
        .windows(2)
        .map(|two| two[0].at.duration_until(two[1].at));
    assert!(pauses.into_iter().all(|pause| pause.as_secs() >= 30));
    assert_eq!(house.refresh_with(&options).outlets[0].full_text, 2);
}

/// Where a long `Crawl-delay` leaves no time for all sitemaps, "nothing found" is not the whole answer.
#[test]
fn a_search_that_was_cut_short_and_found_nothing_says_so() {
    let start: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
    for delay in [40, 3600] {
        let clock = Arc::new(newsprint_fetch::ManualClock::at(start));
        let server = Server::with_clock("127.0.0.1:0", Some(clock.clone()), move |hit| {
            match hit.path.as_str() {
                "/" => Reply::html("<title>Valley Post</title><p>Closed.</p>"),
                "/robots.txt" => Reply::ok(
                    "text/plain",
                    format!("User-agent: *\nCrawl-delay: {delay}\n"),
                ),
                _ => Reply::not_found(),
            }
        });
        let house = House::at(&server.url("/"));
        let options = Options {
            force: true,
            clock,
            ..Options::default()
        };
        let report = house.refresh_with(&options).outlets.remove(0);
        let said = report.error.unwrap_or_default();
        assert!(
            said.contains("no feed, news sitemap or headlines")
                && said.contains("not all usual sitemaps were tried"),
            "{said}"
        );
    }
}

/// `2 hours ago` is read against each fetch, and holds as it was first read.
#[test]
fn the_moment_of_a_relative_date_is_that_of_the_first_fetch() {
    let card = |n: u32| {
        format!(
            "<article><h2><a href=\"/2026/03/the-bridge-over-the-river-{n}\">The bridge over the river opens {n}</a></h2>\
             <p>The council said that the work went on for {n} days and more.</p><span>2 hours ago</span></article>"
        )
    };
    let page: String = (1..=4).map(card).collect();
    let server = Server::start(move |hit| match hit.path.as_str() {
        "/" => Reply::html(format!("<title>Valley Post</title><main>{page}</main>")),
        _ => Reply::status(404),
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\nfull_text = \"never\"\n[refresh]\nhost_gap = \"0s\"\n",
        server.url("/")
    ));
    let start: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
    let clock = Arc::new(newsprint_fetch::ManualClock::at(start));
    for minutes in [0, 90, 400] {
        clock.move_to(start + jiff::SignedDuration::from_mins(minutes));
        let report = house.refresh_with(&Options {
            clock: clock.clone(),
            force: true,
            ..Options::default()
        });
        assert_eq!(report.outlets[0].new, if minutes == 0 { 4 } else { 0 });
        assert_eq!(report.outlets[0].changed, 0);
        for headline in house.headlines() {
            let published = headline.published.map(|time| time.to_string());
            assert_eq!(published.as_deref(), Some("2026-03-02T04:00:00Z"));
        }
    }
}

/// Under the headline of an article's page too; the entry of the feed has no date, and its teaser changes.
#[test]
fn the_moment_of_a_relative_date_on_an_article_page_is_that_of_the_first_fetch() {
    let changes = Arc::new(AtomicUsize::new(0));
    let seen = changes.clone();
    let server = Server::start(move |hit| match hit.path.as_str() {
        "/feed" => {
            let teaser = format!("Short, change {} …", seen.load(Ordering::SeqCst));
            let dated = item("/1", "Story 1", &teaser);
            let start = dated.find("<pubDate>").unwrap();
            let end = dated.find("<description>").unwrap();
            Reply::rss(rss(&format!("{}{}", &dated[..start], &dated[end..])))
        }
        path => {
            let n = number(path);
            let text = format!("<p>2 hours ago</p>{}", prose(n, 300));
            Reply::html(page("Story 1", &text))
        }
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\nfull_text = \"always\"\n[refresh]\nhost_gap = \"0s\"\n",
        server.url("/feed")
    ));
    let start: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
    let clock = Arc::new(newsprint_fetch::ManualClock::at(start));
    for (round, minutes) in [0, 90, 400].into_iter().enumerate() {
        changes.store(round, Ordering::SeqCst);
        clock.move_to(start + jiff::SignedDuration::from_mins(minutes));
        house.refresh_with(&Options {
            clock: clock.clone(),
            force: true,
            ..Options::default()
        });
        assert_eq!(server.hits_of("/1").len(), round + 1, "the page is read");
        let published = house.headlines()[0].published.map(|time| time.to_string());
        assert_eq!(published.as_deref(), Some("2026-03-02T04:00:00Z"));
    }
}

/// Whoever presses the key for several articles in a row troubles the outlet no more than a refresh.
#[test]
fn several_texts_wanted_at_once_are_asked_for_one_after_the_other_with_gaps() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/feed" => Reply::rss(rss(&(1..=3)
            .map(|n| item(&format!("/{n}"), &format!("Story {n}"), "Short …"))
            .collect::<String>())),
        path => numbered(path),
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\nfull_text = \"never\"\n\
         [refresh]\nhost_gap = \"10s\"\n",
        server.url("/feed")
    ));
    let start: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
    let clock = Arc::new(newsprint_fetch::ManualClock::at(start));
    house.refresh_with(&Options {
        clock: clock.clone(),
        ..Options::default()
    });
    let config = house.config();
    let on_demand = refresh::OnDemand::by(&config, clock.clone());
    let began = newsprint_fetch::Clock::now(&*clock);
    std::thread::scope(|scope| {
        for headline in house.headlines() {
            let (on_demand, config) = (&on_demand, &config);
            scope.spawn(move || on_demand.fetch_text(config, headline.id).unwrap());
        }
    });
    assert_eq!(server.take_paths().len(), 4);
    let took = newsprint_fetch::Clock::now(&*clock).duration_since(began);
    assert!(took.as_secs() >= 20, "{took:?}");
}

/// A page that waits for its turn waits no longer once its text is there.
#[test]
fn a_text_that_the_key_has_fetched_is_not_fetched_again() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/feed" => Reply::rss(rss(&(1..=3)
            .map(|n| item(&format!("/{n}"), &format!("Story {n}"), "Short …"))
            .collect::<String>()))
        .etag(hit, "\"1\""),
        path => numbered(path),
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n\
         [refresh]\nhost_gap = \"0s\"\nmax_pages = 1\n",
        server.url("/feed")
    ));
    assert_eq!(house.refresh().full_text, 1);
    let waits = |house: &House| {
        let all = house.headlines();
        let rest = all.into_iter().filter(|one| one.text != TextState::Full);
        rest.map(|one| one.id).collect::<Vec<_>>()
    };
    let waiting = waits(&house);
    assert_eq!(waiting.len(), 2);
    for id in waiting {
        house.on_demand().fetch_text(&house.config(), id).unwrap();
    }
    server.take_paths();
    house.refresh();
    assert_eq!(server.take_paths(), ["/feed"]);
}

/// A discovery obeys the pauses that are known, and makes its own known.
#[test]
fn a_discovery_leaves_a_host_alone_that_asked_for_it() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/feed" => whole(1),
        _ => Reply::status(429).header("Retry-After", "3600"),
    });
    let house = House::at(&server.url("/feed"));
    house.refresh();
    let discover = || {
        let found = house
            .on_demand()
            .discover(&house.config(), &server.url("/"), &|_| {});
        found.unwrap_err().to_string()
    };
    discover();
    server.take_paths();
    let said = discover();
    assert!(server.take_paths().is_empty());
    assert!(said.contains("retry after 20"), "{said}");
}

/// Two processes learn of pauses at the same time, and both are remembered.
#[test]
fn pauses_that_two_processes_learn_of_are_both_kept() {
    let first = Arc::new(Server::start(|_| {
        Reply::status(429).header("Retry-After", "3600")
    }));
    let house = Arc::new(House::at(&first.url("/feed")));
    house.store();
    let (asks, house_of) = (first.clone(), house.clone());
    let second = Server::start(move |_| {
        let config = house_of.config();
        let _ = house_of
            .on_demand()
            .fetch_image(&config, &asks.url("/1.png"));
        Reply::status(429).header("Retry-After", "3600")
    });
    let ask = |url: &str| {
        house
            .on_demand()
            .fetch_image(&house.config(), url)
            .unwrap_err()
    };
    ask(&second.url("/2.png"));
    assert_eq!(
        (first.take_paths().len(), second.take_paths().len()),
        (1, 1)
    );
    ask(&first.url("/1.png"));
    ask(&second.url("/2.png"));
    assert_eq!(
        (first.take_paths().len(), second.take_paths().len()),
        (0, 0)
    );
}

#[test]
fn an_outlet_that_is_not_of_the_group_is_a_usage_error() {
    let house = House::with(
        "[[outlet]]\nname = \"One\"\nurl = \"http://127.0.0.1:9/\"\ngroup = \"Near\"\n\
         [[outlet]]\nname = \"Two\"\nurl = \"http://127.0.0.1:9/\"\ngroup = \"Far\"\n",
    );
    let mut command = house.command();
    let done = command.args(["refresh", "one", "--group", "far"]).output();
    let done = done.unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(
        said.contains("One does not belong to the group “far”"),
        "{said}"
    );
}

/// What breaks in newsprint itself is a failure like others, and is said.
#[test]
fn a_visit_that_breaks_is_a_failure() {
    let server = Server::start(|_| whole(1));
    let house = House::at(&server.url("/feed"));
    let never = AtomicBool::new(false);
    let breaks = |progress: refresh::Progress| {
        assert!(!matches!(progress, refresh::Progress::Asking { .. }));
    };
    let report = refresh::run(&house.config(), &Options::default(), &breaks, &never).unwrap();
    assert!(!report.interrupted);
    assert_eq!(report.outlets[0].outcome, Outcome::Failed);
    assert!(report.outlets[0].error.is_some());
}

/// A clock whose sleepers wait for company, and that knows how many have slept at the same time.
#[derive(Debug)]
struct Dormitory {
    clock: newsprint_fetch::ManualClock,
    /// Asleep now, and the most so far.
    sleepers: std::sync::Mutex<(usize, usize)>,
    bell: std::sync::Condvar,
    enough: usize,
}

impl newsprint_fetch::Clock for Dormitory {
    fn now(&self) -> newsprint_model::Time {
        self.clock.now()
    }

    fn sleep_until(&self, until: newsprint_model::Time, _: &newsprint_fetch::CancelToken) {
        let mut sleepers = self.sleepers.lock().unwrap();
        sleepers.0 += 1;
        sleepers.1 = sleepers.1.max(sleepers.0);
        self.bell.notify_all();
        let lonely = |sleepers: &mut (usize, usize)| sleepers.1 < self.enough;
        // Without company they get up all the same, and the test fails.
        let patience = std::time::Duration::from_secs(10);
        let woken = self.bell.wait_timeout_while(sleepers, patience, lonely);
        woken.unwrap().0.0 -= 1;
        self.clock.move_to(until);
    }
}

/// While a host's gap passes, others may look around: discoveries wait together.
#[test]
fn every_thread_can_wait_for_a_gap_of_a_discovery() {
    let servers: Vec<Server> = (0..8)
        .map(|_| {
            Server::start(|hit| match hit.path.as_str() {
                "/" => front(""),
                path if path.starts_with("/2026") => story(path),
                _ => Reply::not_found(),
            })
        })
        .collect();
    let outlets = servers.iter().enumerate().map(|(n, server)| {
        let url = server.url("/");
        format!("[[outlet]]\nname = \"{n}\"\nurl = \"{url}\"\nfull_text = \"never\"\n")
    });
    let house = House::with(&format!(
        "{}[refresh]\nhost_gap = \"10s\"\nconcurrency = 2\n",
        outlets.collect::<String>()
    ));
    let clock = Arc::new(Dormitory {
        clock: newsprint_fetch::ManualClock::at("2026-03-02T06:00:00Z".parse().unwrap()),
        sleepers: std::sync::Mutex::default(),
        bell: std::sync::Condvar::new(),
        enough: servers.len(),
    });
    let report = house.refresh_with(&Options {
        clock: clock.clone(),
        ..Options::default()
    });
    assert_eq!(clock.sleepers.lock().unwrap().1, servers.len());
    // The page of headlines is read after all else, and is whole.
    let new: Vec<u32> = report.outlets.iter().map(|outlet| outlet.new).collect();
    assert_eq!(new, [6; 8], "{report:?}");
}

/// Under cron, what went well is silent, and what failed is said in words.
#[test]
fn quiet_says_only_what_failed_and_without_the_systems_numbers() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/old" => Reply::status(301).header("Location", "/feed"),
        _ => whole(1),
    });
    let house = House::at(&server.url("/old"));
    let quiet = |house: &House| {
        let done = house.command().args(["refresh", "-q", "--force"]).output();
        String::from_utf8_lossy(&done.unwrap().stderr).into_owned()
    };
    assert_eq!((quiet(&house), quiet(&house)), Default::default());
    assert_eq!(house.headlines().len(), 1);
    // Nobody listens on port 9 of this machine.
    let said = quiet(&House::at("http://127.0.0.1:9/"));
    assert!(
        said.contains("Outlet: 127.0.0.1: connection refused"),
        "{said}"
    );
    assert!(!said.contains("os error"), "{said}");
}

/// Reading needs no room: neither where the database is whole nor where a process that was killed has left a log.
#[cfg(unix)]
#[test]
fn what_is_stored_can_be_read_where_nothing_more_can_be_written() {
    let server = Server::pages(vec![("/feed", whole(1))]);
    let house = House::at(&server.url("/feed"));
    house.refresh();
    let database = house.config().paths.database();
    let left = tempfile::tempdir().unwrap();
    let (store, article) = (house.store(), house.headlines()[0].id);
    store.mark(&[article], newsprint_model::Mark::Star).unwrap();
    for file in ["newsprint.db", "newsprint.db-wal"] {
        std::fs::copy(database.with_file_name(file), left.path().join(file)).unwrap();
    }
    drop(store);
    let newsprint = house.command();
    let limited = |folder: &std::path::Path, command: &str| {
        let mut limited = std::process::Command::new("sh");
        limited
            .arg("-c")
            .arg(format!(
                "ulimit -f 1; exec \"$0\" --data-dir \"$1\" {command}"
            ))
            .arg(newsprint.get_program())
            .arg(folder);
        for (name, value) in newsprint.get_envs() {
            limited.env(name, value.expect("a value"));
        }
        let output = limited.output().expect("a shell");
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.code(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    };
    for folder in [database.parent().unwrap(), left.path()] {
        assert_eq!(
            folder.join("newsprint.db-wal").exists(),
            folder == left.path()
        );
        let (code, said) = limited(folder, "list is:starred --json");
        assert_eq!((code, said.lines().count()), (Some(0), 1), "{said}");
        for command in ["mark --read --query is:unread", "refresh --force"] {
            let (code, said) = limited(folder, command);
            assert_eq!(code, Some(1), "{said}");
            assert!(
                said.contains("the disk that holds the store is full"),
                "{said}"
            );
        }
    }
}

/// Articles grow old whether or not their outlet has new ones.
#[test]
fn old_articles_go_with_a_refresh_that_brings_nothing_new() {
    let start: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
    let clock = Arc::new(newsprint_fetch::ManualClock::at(start));
    let served = clock.clone();
    let server = Server::start(move |hit| {
        let date = newsprint_fetch::Clock::now(&*served);
        let date = date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        whole(1).etag(hit, "\"1\"").header("Date", &date)
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n\
         [refresh]\nhost_gap = \"0s\"\nkeep.days = 30\n",
        server.url("/feed")
    ));
    let options = Options {
        clock: clock.clone(),
        ..Options::default()
    };
    house.refresh_with(&options);
    assert_eq!(house.headlines().len(), 1);
    clock.move_to(start + jiff::SignedDuration::from_hours(24 * 31));
    house.refresh_with(&options);
    assert!(house.headlines().is_empty());
}

/// Where no server says what time it is, articles do: by a clock that is ahead nothing is removed for its age, by one
/// that is right what is old beside the newest.
#[test]
fn without_a_date_of_any_server_articles_tell_how_old_they_are() {
    let start: newsprint_model::Time = "2026-03-02T11:00:00Z".parse().unwrap();
    let day = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let today = day.clone();
    let server = Server::start(move |hit| match hit.path.as_str() {
        "/feed" => {
            let days = [2, 27].into_iter().take(today.load(Ordering::SeqCst) + 1);
            Reply::rss(rss(&days
                .zip(1..)
                .map(|(day, n)| {
                    format!(
                        "<item><title>Story {n}</title><link>/story/{n}</link>\
                         <pubDate>{day:02} Mar 2026 10:00:00 GMT</pubDate></item>"
                    )
                })
                .collect::<String>()))
        }
        _ => Reply::not_found(),
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\nfull_text = \"never\"\n\
         [refresh]\nhost_gap = \"0s\"\nkeep.days = 20\n",
        server.url("/feed")
    ));
    let after = |days: i64| {
        let at = start + jiff::SignedDuration::from_hours(24 * days);
        house.refresh_with(&Options {
            clock: Arc::new(newsprint_fetch::ManualClock::at(at)),
            force: true,
            ..Options::default()
        });
        house.headlines().len()
    };
    assert_eq!((after(0), after(365), after(1)), (1, 1, 1));
    day.store(1, Ordering::SeqCst);
    assert_eq!(after(26), 1, "the first is older than 20 days");
}

/// Over http anybody on the way may have written a redirect to another host, so it counts when it is seen again a
/// day later; what the reader has pinned is asked first each time, and where it leads is said.
#[test]
fn a_move_to_another_host_counts_a_day_later_and_never_for_what_is_pinned() {
    for pinned in [false, true] {
        let new = Server::start(|hit| match hit.path.as_str() {
            "/feed" => whole(1),
            _ => Reply::not_found(),
        });
        let to = format!("http://localhost:{}/feed", new.address().port());
        let target = to.clone();
        let back = Arc::new(AtomicBool::new(false));
        let is_back = back.clone();
        let old = Server::start(move |_| match is_back.load(Ordering::SeqCst) {
            true => whole(1),
            false => Reply::redirect(301, &target),
        });
        let from = old.url("/feed");
        let pin = match pinned {
            true => format!("feed = \"{from}\"\n"),
            false => String::new(),
        };
        let house = House::with(&format!(
            "[[outlet]]\nname = \"Outlet\"\nurl = \"{from}\"\nfull_text = \"never\"\n{pin}"
        ));
        let start: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
        let clock = Arc::new(newsprint_fetch::ManualClock::at(start));
        let hours_later = |hours: i64| {
            clock.move_to(start + jiff::SignedDuration::from_hours(hours));
            let options = Options {
                clock: clock.clone(),
                force: true,
                ..Options::default()
            };
            let report = house.refresh_with(&options).outlets.remove(0);
            assert_eq!(report.error, None);
        };
        let moved_in_outlets = || {
            let health = house.store().health().unwrap().remove(0);
            let notes = health.notes.iter();
            notes
                .filter(|note| note.contains(&format!("moved from {from} to {to} on 2026-03-02")))
                .count()
        };
        hours_later(0);
        assert_eq!(house.source(), Some(Source::Feed(from.clone())));
        hours_later(5);
        if pinned {
            assert_eq!(house.source(), Some(Source::Feed(from.clone())));
            assert_eq!(moved_in_outlets(), 1);
        }
        hours_later(26);
        old.take_paths();
        hours_later(28);
        match pinned {
            true => {
                assert_eq!(old.take_paths(), ["/feed"]);
                assert_eq!(house.source(), Some(Source::Feed(from.clone())));
                back.store(true, Ordering::SeqCst);
                hours_later(30);
                assert_eq!(moved_in_outlets(), 0, "it does not move any more");
            }
            false => {
                assert_eq!(old.take_paths(), Vec::<String>::new());
                assert_eq!(house.source(), Some(Source::Feed(to.clone())));
                assert_eq!(moved_in_outlets(), 1);
            }
        }
    }
}
