//! What publishers ask of feed readers: seven simulated days of hourly cron against many kinds of
//! servers, and the limits that protect the reader from servers gone wrong.

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use newsprint::refresh::{self, Options, Outcome};
use newsprint_fetch::{Clock, ManualClock};
use newsprint_model::Time;
use support::{Hit, House, Piece, Reply, Server, item, page, prose, rss};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// The interval less what cron's own unpunctuality may take.
const INTERVAL: i64 = HOUR - 60;

type Script = dyn Fn(&Hit, usize) -> Reply + Send + Sync;
type Check = dyn Fn(&[Hit]) -> Vec<String>;

/// One kind of server, and what it may expect.
struct Kind {
    name: &'static str,
    /// The address that is configured.
    path: &'static str,
    /// Answers the n-th request (from 0).
    script: Box<Script>,
    /// Its complaints about all requests of the week.
    check: Box<Check>,
}

fn kind(
    name: &'static str,
    script: impl Fn(&Hit, usize) -> Reply + Send + Sync + 'static,
    check: impl Fn(&[Hit]) -> Vec<String> + 'static,
) -> Kind {
    Kind {
        name,
        path: "/feed",
        script: Box::new(script),
        check: Box::new(check),
    }
}

/// A whole feed; the same bytes every time.
fn feed() -> Reply {
    Reply::rss(rss(&item(
        "http://outlet.example/one",
        "One",
        &prose(1, 500),
    )))
}

/// A feed with something more in its channel.
fn feed_with(channel: &str) -> Reply {
    let items = format!(
        "{channel}{}",
        item("http://outlet.example/one", "One", &prose(1, 500))
    );
    Reply::rss(rss(&items))
}

fn seconds(hit: &Hit) -> i64 {
    hit.at.as_second()
}

/// The pauses between requests for `path`, seconds.
fn pauses(hits: &[Hit], path: &str) -> Vec<i64> {
    let times: Vec<i64> = hits
        .iter()
        .filter(|hit| hit.path == path)
        .map(seconds)
        .collect();
    times.windows(2).map(|two| two[1] - two[0]).collect()
}

/// Never sooner than this.
fn at_least(pause: i64) -> impl Fn(&[Hit]) -> Vec<String> {
    move |hits| {
        let pauses = pauses(hits, "/feed");
        let mut wrong: Vec<String> = pauses
            .iter()
            .filter(|got| **got < pause)
            .map(|got| format!("asked again after {got} s instead of {pause}"))
            .collect();
        if hits.len() < 2 {
            wrong.push(format!("asked only {} times in a week", hits.len()));
        }
        wrong
    }
}

/// So many requests at least and at most.
fn times(least: usize, most: usize) -> impl Fn(&[Hit]) -> Vec<String> {
    move |hits| match (least..=most).contains(&hits.len()) {
        true => Vec::new(),
        false => vec![format!("asked {} times, not {least} to {most}", hits.len())],
    }
}

/// From the second request on, exactly these validators.
fn sends(
    etag: Option<&'static str>,
    modified: Option<&'static str>,
) -> impl Fn(&[Hit]) -> Vec<String> {
    move |hits| {
        let mut wrong = at_least(INTERVAL)(hits);
        for hit in &hits[1..] {
            let got = (hit.header("if-none-match"), hit.header("if-modified-since"));
            if got != (etag, modified) {
                wrong.push(format!("sent back {got:?}"));
            }
        }
        wrong
    }
}

const MONDAY: &str = "Mon, 02 Mar 2026 08:00:00 GMT";

/// Servers whose answers say how long they hold.
fn patient_kinds() -> Vec<Kind> {
    vec![
        kind("says nothing", |_, _| feed(), at_least(INTERVAL)),
        kind(
            "max-age of two hours",
            |_, _| feed().header("Cache-Control", "public, max-age=7200"),
            at_least(7200),
        ),
        kind(
            "max-age of a minute",
            |_, _| feed().header("Cache-Control", "max-age=60"),
            at_least(INTERVAL),
        ),
        kind(
            "max-age with an Age",
            |_, _| {
                feed()
                    .header("Cache-Control", "max-age=9000")
                    .header("Age", "1800")
            },
            at_least(7200),
        ),
        kind(
            "max-age of sixteen years",
            |_, _| feed().header("Cache-Control", "max-age=504576000"),
            |hits| [at_least(DAY)(hits), times(6, 8)(hits)].concat(),
        ),
        kind(
            "no-cache",
            |_, _| feed().header("Cache-Control", "no-cache, max-age=0"),
            at_least(INTERVAL),
        ),
        kind(
            "max-age on 304 alone",
            |hit, _| {
                let reply = feed().etag(hit, "\"a\"");
                match hit.header("if-none-match") {
                    Some(_) => reply.header("Cache-Control", "max-age=10800"),
                    None => reply,
                }
            },
            |hits| at_least(10800)(&hits[1..]),
        ),
        kind(
            "Expires in three hours",
            |hit, _| feed().header("Expires", &http_date(hit.at, 3 * HOUR)),
            at_least(3 * HOUR - 2),
        ),
        kind(
            "Expires that is no date",
            |_, _| feed().header("Expires", "0"),
            at_least(INTERVAL),
        ),
        kind(
            "ttl of 180",
            |_, _| feed_with("<ttl>180</ttl>"),
            at_least(3 * HOUR),
        ),
        kind(
            "ttl with 304",
            |hit, _| feed_with("<ttl>240</ttl>").etag(hit, "\"a\""),
            at_least(4 * HOUR),
        ),
        kind(
            "skipHours",
            |_, _| {
                let hours: String = (0..8).map(|hour| format!("<hour>{hour}</hour>")).collect();
                feed_with(&format!("<skipHours>{hours}</skipHours>"))
            },
            |hits| {
                // The first request cannot know.
                let bad = hits[1..].iter().filter(|hit| seconds(hit) % DAY < 8 * HOUR);
                bad.map(|hit| format!("asked at {}", hit.at)).collect()
            },
        ),
        kind(
            "skipDays",
            |_, _| feed_with("<skipDays><day>Saturday</day><day>Sunday</day></skipDays>"),
            |hits| {
                // The epoch was a Thursday.
                let bad = hits[1..].iter().filter(|hit| {
                    let day = seconds(hit).div_euclid(DAY).rem_euclid(7);
                    matches!(day, 2 | 3)
                });
                bad.map(|hit| format!("asked at {}", hit.at)).collect()
            },
        ),
    ]
}

/// Servers that refuse or fail.
fn refusing_kinds() -> Vec<Kind> {
    let refuse = |status, retry: &'static str, pause| {
        move |name| {
            kind(
                name,
                move |_, n| match n % 2 {
                    0 => Reply::status(status).header("Retry-After", retry),
                    _ => feed(),
                },
                move |hits| {
                    let mut wrong = at_least(INTERVAL)(hits);
                    for (n, pause_taken) in pauses(hits, "/feed").into_iter().enumerate() {
                        if n % 2 == 0 && pause_taken < pause {
                            wrong.push(format!("came back after {pause_taken} s"));
                        }
                    }
                    wrong
                },
            )
        }
    };
    vec![
        refuse(429, "7200", 7200)("429 for two hours"),
        refuse(503, "14400", 14400)("503 for four hours"),
        refuse(503, "5", 5)("503 for five seconds"),
        refuse(403, "86400", DAY)("403 with Retry-After"),
        kind(
            "429 until a date",
            |hit, n| match n % 2 {
                0 => Reply::status(429).header("Retry-After", &http_date(hit.at, 5 * HOUR)),
                _ => feed(),
            },
            |hits| {
                let bad = pauses(hits, "/feed").into_iter().step_by(2);
                bad.filter(|pause| *pause < 5 * HOUR - 2)
                    .map(|pause| format!("came back after {pause} s"))
                    .collect()
            },
        ),
        kind(
            "429 for a year",
            |_, _| Reply::status(429).header("Retry-After", "31536000"),
            times(1, 1),
        ),
        kind(
            "429 without a word",
            |_, _| Reply::status(429),
            times(5, 14),
        ),
        kind(
            "503 without a word",
            |_, _| Reply::status(503),
            times(5, 14),
        ),
        kind("500", |_, _| Reply::status(500), times(5, 14)),
        kind("hangs up", |_, _| Reply::raw([Piece::Close]), times(5, 14)),
        kind(
            "no HTTP at all",
            |_, _| Reply::raw([Piece::Bytes(b"hello\r\n\r\n".to_vec())]),
            times(5, 14),
        ),
        kind(
            "a feed cut off by its Content-Length",
            |_, _| {
                let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 5000\r\n\r\n<rss>";
                Reply::raw([Piece::Bytes(head.to_vec()), Piece::Close])
            },
            times(5, 14),
        ),
        kind("410", |_, _| Reply::status(410), times(1, 1)),
        kind(
            "fails every other hour",
            |_, n| match n % 2 {
                0 => Reply::status(500),
                _ => feed(),
            },
            at_least(INTERVAL),
        ),
    ]
}

/// Servers with validators of many kinds.
fn validating_kinds() -> Vec<Kind> {
    let both = |hit: &Hit, etag: &str, modified: &str| {
        let same = hit.header("if-none-match") == Some(etag)
            && hit.header("if-modified-since") == Some(modified);
        let reply = if same { Reply::status(304) } else { feed() };
        reply.header("ETag", etag).header("Last-Modified", modified)
    };
    vec![
        kind(
            "an ETag",
            |hit, _| feed().etag(hit, "\"v1\""),
            sends(Some("\"v1\""), None),
        ),
        kind(
            "a weak ETag",
            |hit, _| feed().etag(hit, "W/\"v1\""),
            sends(Some("W/\"v1\""), None),
        ),
        kind(
            "an ETag without quotes and with odd bytes",
            |hit, _| feed().etag(hit, "v-\u{e9}\u{fc}--gzip"),
            sends(Some("v-\u{e9}\u{fc}--gzip"), None),
        ),
        kind(
            "a Last-Modified",
            |_, _| feed().header("Last-Modified", MONDAY),
            sends(None, Some(MONDAY)),
        ),
        kind(
            "a Last-Modified of its own making",
            |_, _| feed().header("Last-Modified", "2026-03-02 08:00"),
            sends(None, Some("2026-03-02 08:00")),
        ),
        kind(
            "both",
            move |hit, _| both(hit, "\"b\"", MONDAY),
            sends(Some("\"b\""), Some(MONDAY)),
        ),
        kind(
            "both, and 304 without either",
            move |hit, _| match hit.header("if-none-match") {
                Some(_) => Reply::status(304),
                None => both(hit, "\"b\"", MONDAY),
            },
            sends(Some("\"b\""), Some(MONDAY)),
        ),
        kind(
            "a new ETag with each 304",
            |hit, n| {
                let reply = match hit.header("if-none-match") {
                    Some(_) => Reply::status(304),
                    None => feed(),
                };
                reply
                    .header("ETag", &format!("\"{n}\""))
                    .header("Last-Modified", MONDAY)
            },
            |hits| {
                let mut wrong = Vec::new();
                for (n, hit) in hits.iter().enumerate().skip(1) {
                    let expected = format!("\"{}\"", n - 1);
                    if hit.header("if-none-match") != Some(&expected)
                        || hit.header("if-modified-since") != Some(MONDAY)
                    {
                        wrong.push(format!("sent {:?}", hit.headers));
                    }
                }
                wrong
            },
        ),
        kind(
            "validators that go away",
            |_, n| match n {
                0 => feed()
                    .header("ETag", "\"old\"")
                    .header("Last-Modified", MONDAY),
                _ => feed(),
            },
            |hits| {
                let invented = hits[2..].iter().filter(|hit| {
                    hit.header("if-none-match").is_some()
                        || hit.header("if-modified-since").is_some()
                });
                invented
                    .map(|hit| format!("invented {:?}", hit.headers))
                    .collect()
            },
        ),
        kind(
            "gzip",
            |hit, _| feed().gzip().etag(hit, "\"z\""),
            sends(Some("\"z\""), None),
        ),
        kind(
            "brotli",
            |hit, _| feed().encoded("br", brotli).etag(hit, "\"br\""),
            sends(Some("\"br\""), None),
        ),
        kind(
            "zstd",
            |hit, _| {
                let packed = |body: &[u8]| zstd::bulk::compress(body, 3).unwrap();
                feed().encoded("zstd", packed).etag(hit, "\"zs\"")
            },
            sends(Some("\"zs\""), None),
        ),
        kind(
            "a cookie",
            |_, _| feed().header("Set-Cookie", "visitor=1; Path=/; Max-Age=9999999"),
            at_least(INTERVAL),
        ),
    ]
}

/// A brotli stream that stores the bytes as they are (RFC 7932 section 9): a window of 16 bits, one
/// meta-block, the last and empty one.
fn brotli(body: &[u8]) -> Vec<u8> {
    let header = (u32::try_from(body.len()).unwrap() - 1) << 4 | 1 << 20;
    assert!(body.len() <= 1 << 16);
    let mut packed = header.to_le_bytes()[..3].to_vec();
    packed.extend_from_slice(body);
    packed.push(3);
    packed
}

/// Servers whose addresses change.
fn moving_kinds() -> Vec<Kind> {
    let moved = |status: u16| {
        move |hit: &Hit, _: usize| match hit.path.as_str() {
            "/feed" => Reply::redirect(status, "/new"),
            _ => feed().etag(hit, "\"n\""),
        }
    };
    let old_is_left = |hits: &[Hit]| {
        let old = hits.iter().filter(|hit| hit.path == "/feed").count();
        let new = hits.iter().filter(|hit| hit.path == "/new").count();
        let mut wrong = Vec::new();
        if old != 1 || new < 100 {
            wrong.push(format!(
                "{old} requests to the old address, {new} to the new"
            ));
        }
        let conditional = hits.iter().filter(|h| h.header("if-none-match").is_some());
        if conditional.count() < 100 {
            wrong.push("the validators were lost on the way".to_owned());
        }
        wrong
    };
    let old_is_kept = |hits: &[Hit]| {
        let old = hits.iter().filter(|hit| hit.path == "/feed").count();
        let unasked = hits
            .iter()
            .filter(|hit| hit.path == "/feed" && hit.header("if-none-match").is_some());
        let mut wrong = Vec::new();
        if old < 100 {
            wrong.push(format!("{old} requests to the address that stays"));
        }
        if unasked.count() > 0 {
            wrong.push("sent the validators of one address to another".to_owned());
        }
        wrong
    };
    vec![
        kind("301", moved(301), old_is_left),
        kind("308", moved(308), old_is_left),
        kind("302", moved(302), old_is_kept),
        kind("307", moved(307), old_is_kept),
        kind(
            "301 to what is no feed",
            |hit, n| match (hit.path.as_str(), n) {
                ("/feed", 0) => feed(),
                ("/feed", 1) => Reply::redirect(301, "/domain-for-sale"),
                ("/feed", _) => feed(),
                _ => Reply::html("<html><body><h1>This domain is for sale</h1></body></html>"),
            },
            |hits| match hits.iter().filter(|hit| hit.path == "/feed").count() {
                0..40 => vec!["the address was given up".to_owned()],
                _ => Vec::new(),
            },
        ),
        kind(
            "a redirect that never ends",
            |hit, _| Reply::redirect(302, &format!("{}x", hit.path)),
            |hits| times(5 * 11, 14 * 11)(hits),
        ),
    ]
}

/// Outlets whose article pages are asked for.
fn paged_kinds() -> Vec<Kind> {
    let teasers = |hit: &Hit| {
        let host = hit.header("host").unwrap_or_default();
        let items: String = (1..=5)
            .map(|n| {
                item(
                    &format!("http://{host}/p{n}"),
                    &format!("Story {n}"),
                    "Short …",
                )
            })
            .collect();
        rss(&items)
    };
    vec![
        kind(
            "teasers and pages",
            move |hit, _| match hit.path.as_str() {
                "/feed" => Reply::rss(teasers(hit)).etag(hit, "\"t\""),
                path => Reply::html(page(
                    &format!("Story {}", &path[2..]),
                    &prose(path[2..].parse().unwrap_or(0), 300),
                ))
                .header("ETag", "\"page\""),
            },
            |hits| {
                let pages = hits.iter().filter(|hit| hit.path != "/feed");
                times(5, 5)(&pages.cloned().collect::<Vec<_>>())
            },
        ),
        kind(
            "pages that ask for a log-in",
            move |hit, _| match hit.path.as_str() {
                "/feed" => Reply::rss(teasers(hit)).etag(hit, "\"t\""),
                path if path.starts_with("/login") => {
                    Reply::html(page("Sign in", "<form><input type=password></form>"))
                }
                path => Reply::redirect(302, &format!("/login/back{path}")),
            },
            |hits| {
                // Once, and again after one, three and nine days; a week is simulated.
                let pages = hits.iter().filter(|hit| hit.path.starts_with("/p"));
                times(5, 15)(&pages.cloned().collect::<Vec<_>>())
            },
        ),
        kind(
            "pages that are one consent dialogue",
            move |hit, _| match hit.path.as_str() {
                "/feed" => Reply::rss(teasers(hit)).etag(hit, "\"t\""),
                _ => Reply::html(page("Your privacy", "<p>We and our partners value it.</p>")),
            },
            |hits| {
                let pages = hits.iter().filter(|hit| hit.path.starts_with("/p"));
                times(5, 15)(&pages.cloned().collect::<Vec<_>>())
            },
        ),
        kind(
            "a source that is a challenge for the week",
            move |_, _| {
                Reply::html(
                    "<html><head><title>Just a moment...</title></head><body></body></html>",
                )
            },
            |hits| {
                // Backing off to once a day; a failed search asks the address twice.
                let own = hits.iter().filter(|hit| hit.path == "/feed");
                times(5, 24)(&own.cloned().collect::<Vec<_>>())
            },
        ),
        kind(
            "pages that are not there",
            move |hit, _| match hit.path.as_str() {
                "/feed" => Reply::rss(teasers(hit)).etag(hit, "\"t\""),
                _ => Reply::not_found(),
            },
            |hits| {
                let pages = hits.iter().filter(|hit| hit.path != "/feed");
                times(5, 10)(&pages.cloned().collect::<Vec<_>>())
            },
        ),
        kind(
            "pages that fail for the week",
            move |hit, _| match hit.path.as_str() {
                "/feed" => Reply::rss(teasers(hit)).etag(hit, "\"t\""),
                _ => Reply::status(500),
            },
            |hits| {
                let pages = hits.iter().filter(|hit| hit.path != "/feed");
                times(5, 30)(&pages.cloned().collect::<Vec<_>>())
            },
        ),
        kind(
            "a page that asks to wait",
            move |hit, _| match hit.path.as_str() {
                "/feed" => Reply::rss(teasers(hit)).etag(hit, "\"t\""),
                "/p2" => Reply::status(429).header("Retry-After", "20000"),
                path => Reply::html(page(
                    &format!("Story {}", &path[2..]),
                    &prose(path[2..].parse().unwrap_or(0), 300),
                )),
            },
            |hits| {
                let mut wrong = Vec::new();
                for (n, hit) in hits.iter().enumerate().filter(|(_, hit)| hit.path == "/p2") {
                    if let Some(next) = hits.get(n + 1)
                        && seconds(next) - seconds(hit) < 20_000
                    {
                        wrong.push(format!("{} was asked for at {}", next.path, next.at));
                    }
                }
                wrong
            },
        ),
        kind(
            "a headline page closed by robots.txt",
            |hit, _| {
                match hit.path.as_str() {
                "/robots.txt" => Reply::ok("text/plain", "User-agent: *\nDisallow: /story\n"),
                "/feed" => Reply::html(format!(
                    "<html><head><title>News</title></head><body><main>{}</main></body></html>",
                    (1..=8)
                        .map(|n| format!(
                            "<article><h2><a href=\"/story-{n}-about-the-harbour-council\">Story {n} about \
                             the harbour council and its bridge</a></h2><time datetime=\"2026-03-0{n}\">{n} \
                             March 2026</time><p>A teaser of some words about it.</p></article>"
                        ))
                        .collect::<String>()
                )),
                _ => Reply::not_found(),
            }
            },
            |hits| {
                let closed = hits.iter().filter(|hit| hit.path.starts_with("/story"));
                closed
                    .map(|hit| format!("asked for {}", hit.path))
                    .collect()
            },
        ),
    ]
}

fn http_date(now: Time, later: i64) -> String {
    let at = Time::from_second(now.as_second() + later).unwrap();
    httpdate::fmt_http_date(std::time::SystemTime::try_from(at).unwrap())
}

/// What every server may expect.
fn common(kind: &Kind, hits: &[Hit]) -> Vec<String> {
    let mut wrong = Vec::new();
    for hit in hits {
        let has = |name, part: &str| hit.header(name).is_some_and(|value| value.contains(part));
        if !has("user-agent", "newsprint/") || !has("user-agent", "+http") {
            wrong.push(format!("user agent {:?}", hit.header("user-agent")));
        }
        if hit.header("cookie").is_some() || hit.header("referer").is_some() {
            wrong.push("sent a cookie or a referer".to_owned());
        }
        if !["gzip", "br", "zstd"]
            .iter()
            .all(|c| has("accept-encoding", c))
        {
            wrong.push(format!("accepts {:?}", hit.header("accept-encoding")));
        }
        if hit.path == kind.path && !has("accept", "application/rss+xml") {
            wrong.push(format!("accepts {:?}", hit.header("accept")));
        }
        if hit.path.contains('?') {
            wrong.push(format!("asked for {}", hit.path));
        }
        if hit.under_way > 1 {
            wrong.push("two requests at once".to_owned());
        }
    }
    for two in hits.windows(2) {
        let gap = two[1].at.as_microsecond() - two[0].at.as_microsecond();
        if gap < 1_000_000 {
            wrong.push(format!(
                "{} came {gap} µs after {}",
                two[1].path, two[0].path
            ));
        }
    }
    wrong
}

#[test]
fn a_week_of_hourly_cron_troubles_nobody() {
    let kinds: Vec<Kind> = [
        patient_kinds(),
        refusing_kinds(),
        validating_kinds(),
        moving_kinds(),
        paged_kinds(),
    ]
    .into_iter()
    .flatten()
    .collect();
    assert!(kinds.len() >= 30);
    let start: Time = "2026-03-02T06:00:00Z".parse().unwrap();
    let clock = Arc::new(ManualClock::at(start));
    let mut config = "[refresh]\nhost_gap = \"1s\"\ntimeout = \"5s\"\n".to_owned();
    let mut servers = Vec::new();
    let mut checks = Vec::new();
    for kind in kinds {
        let script = kind.script;
        let asked = AtomicUsize::new(0);
        let server = Server::with_clock("127.0.0.1:0", Some(clock.clone()), move |hit| {
            script(hit, asked.fetch_add(1, Ordering::SeqCst))
        });
        config += &format!(
            "[[outlet]]\nname = \"{}\"\nurl = \"{}\"\n",
            kind.name,
            server.url(kind.path)
        );
        servers.push(server);
        checks.push(Kind {
            script: Box::new(|_, _| Reply::not_found()),
            ..kind
        });
    }
    let house = House::with(&config);
    let options = Options {
        clock: clock.clone(),
        ..Options::default()
    };
    for hour in 0..7 * 24 {
        clock.move_to(Time::from_second(start.as_second() + hour * HOUR).unwrap());
        house.refresh_with(&options);
    }
    let mut complaints = Vec::new();
    for (kind, server) in checks.iter().zip(&servers) {
        let hits = server.hits();
        assert!(!hits.is_empty(), "{} was never asked", kind.name);
        let wrong = [common(kind, &hits), (kind.check)(&hits)].concat();
        complaints.extend(
            wrong
                .first()
                .map(|first| format!("{}: {first} (and {} more)", kind.name, wrong.len() - 1)),
        );
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

/// Pages of one outlet come over one connection, each some time after the other, and never in step.
#[test]
fn the_pages_of_an_outlet_come_over_one_connection_with_gaps_that_vary() {
    let clock = Arc::new(ManualClock::at("2026-03-02T06:00:00Z".parse().unwrap()));
    let server = Server::with_clock("127.0.0.1:0", Some(clock.clone()), |hit| {
        match hit.path.as_str() {
            "/feed" => {
                let items: Vec<String> = (1..=8)
                    .map(|n| item(&format!("/p{n}"), &format!("Story {n}"), "Short …"))
                    .collect();
                Reply::rss(rss(&items.concat()))
            }
            path => Reply::html(page(path, &prose(path[2..].parse().unwrap_or(0), 300))),
        }
    });
    let house = House::with(&format!(
        "[refresh]\nhost_gap = \"2s\"\n[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
        server.url("/feed")
    ));
    house.refresh_with(&Options {
        clock,
        ..Options::default()
    });
    let mut hits = server.hits();
    hits.retain(|hit| hit.path != "/feed");
    assert_eq!(hits.len(), 8);
    assert!(hits.iter().all(|hit| hit.connection == hits[0].connection));
    let mut gaps: Vec<i64> = hits
        .windows(2)
        .map(|two| two[1].at.as_millisecond() - two[0].at.as_millisecond())
        .collect();
    assert!(
        gaps.iter().all(|gap| (2_000..=2_500).contains(gap)),
        "{gaps:?}"
    );
    gaps.sort_unstable();
    gaps.dedup();
    assert!(gaps.len() > 3, "{gaps:?}");
}

/// A week is over; the reader presses the key again and again.
#[test]
fn force_passes_the_schedule_but_not_what_the_outlet_asked_for() {
    let clock = Arc::new(ManualClock::at("2026-03-02T06:00:00Z".parse().unwrap()));
    let server = Server::with_clock("127.0.0.1:0", Some(clock.clone()), {
        let asked = AtomicUsize::new(0);
        move |hit| match asked.fetch_add(1, Ordering::SeqCst) {
            0 | 1 => feed()
                .etag(hit, "\"f\"")
                .header("Cache-Control", "max-age=9000"),
            _ => Reply::status(503).header("Retry-After", "7200"),
        }
    });
    let house = House::at(&server.url("/feed"));
    let refresh = |force| {
        let options = Options {
            force,
            clock: clock.clone(),
            ..Options::default()
        };
        house.refresh_with(&options).outlets.remove(0)
    };
    assert_eq!(refresh(false).outcome, Outcome::Updated);
    let rests = refresh(false);
    assert_eq!(rests.outcome, Outcome::NotDue);
    assert_eq!(
        rests.next_fetch,
        Some("2026-03-02T08:30:00Z".parse().unwrap())
    );
    assert_eq!(refresh(true).outcome, Outcome::Unchanged);
    assert_eq!(server.hits()[1].header("if-none-match"), Some("\"f\""));
    let failed = refresh(true);
    assert_eq!(failed.outcome, Outcome::Failed);
    assert!(failed.error.unwrap().contains("503"));
    // Asked to wait until 08:00: neither the key nor cron gets through.
    clock.move_to("2026-03-02T07:59:00Z".parse().unwrap());
    let waits = refresh(true);
    assert_eq!(waits.outcome, Outcome::NotDue);
    assert_eq!(
        waits.next_fetch,
        Some("2026-03-02T08:00:00Z".parse().unwrap())
    );
    assert_eq!(server.hits().len(), 3);
    clock.move_to("2026-03-02T08:00:01Z".parse().unwrap());
    refresh(true);
    assert_eq!(server.hits().len(), 4);
}

/// What the outlet asked for holds where a refresh that passed it found the network down.
#[test]
fn a_refresh_in_vain_does_not_forget_what_the_outlet_asked_for() {
    let clock = Arc::new(ManualClock::at("2026-03-02T06:00:00Z".parse().unwrap()));
    let server = Server::with_clock("127.0.0.1:0", Some(clock.clone()), |hit| {
        match hit.path.as_str() {
            // An address that nobody finds, as when the machine is offline.
            "/feed" if hit.header("if-none-match").is_some() => {
                Reply::redirect(302, "http://nowhere.invalid/feed")
            }
            _ => feed()
                .header("ETag", "\"f\"")
                .header("Cache-Control", "max-age=18000"),
        }
    });
    let house = House::at(&server.url("/feed"));
    let refresh = |force, time: &str| {
        clock.move_to(format!("2026-03-02T{time}:00Z").parse().unwrap());
        let options = Options {
            force,
            clock: clock.clone(),
            ..Options::default()
        };
        house.refresh_with(&options).outlets.remove(0)
    };
    assert_eq!(refresh(false, "06:00").outcome, Outcome::Updated);
    let offline = refresh(true, "06:30");
    assert_eq!(offline.outcome, Outcome::Failed);
    assert!(offline.error.unwrap().contains("cannot resolve"));
    server.take_paths();
    let rests = refresh(false, "08:00");
    assert_eq!(rests.outcome, Outcome::NotDue);
    assert!(
        rests
            .next_fetch
            .unwrap()
            .to_string()
            .starts_with("2026-03-02T11:00")
    );
    assert!(server.take_paths().is_empty());
    refresh(false, "11:01");
    assert_eq!(server.take_paths(), ["/feed"]);
}

/// The interval that the reader shortens holds at once; what the outlet asked for holds all the same,
/// and so does the pause after failures, by the new interval.
#[test]
fn a_shorter_interval_holds_at_once() {
    let clock = Arc::new(ManualClock::at("2026-03-02T06:00:00Z".parse().unwrap()));
    let server = Server::with_clock("127.0.0.1:0", Some(clock.clone()), |hit| {
        match hit.path.as_str() {
            "/patient" => feed().header("Cache-Control", "max-age=18000"),
            "/broken" => Reply::status(500),
            _ => feed(),
        }
    });
    let config = |interval: &str| {
        let mut text = format!("[refresh]\nhost_gap = \"0s\"\ninterval = \"{interval}\"\n");
        for path in ["quick", "patient", "broken"] {
            let url = server.url(&format!("/{path}"));
            text += &format!("[[outlet]]\nname = \"{path}\"\nurl = \"{url}\"\nfeed = \"{url}\"\n");
        }
        text
    };
    let mut house = House::with(&config("24h"));
    let asked_at = |house: &House, time: &str| {
        clock.move_to(format!("2026-03-02T{time}:00Z").parse().unwrap());
        let options = Options {
            clock: clock.clone(),
            ..Options::default()
        };
        let report = house.refresh_with(&options);
        let next = report.outlets[1].next_fetch.unwrap();
        (server.take_paths(), next.to_string())
    };
    assert_eq!(asked_at(&house, "06:00").0.len(), 3);
    assert!(asked_at(&house, "07:00").0.is_empty());
    house.configure(&config("30m"));
    let (paths, patient) = asked_at(&house, "07:00");
    assert_eq!(paths, ["/quick", "/broken"]);
    assert!(patient.starts_with("2026-03-02T11:00:0"), "{patient}");
    // Two failures in a row: an hour and up to six minutes.
    assert_eq!(asked_at(&house, "07:40").0, ["/quick"]);
    assert_eq!(asked_at(&house, "08:10").0, ["/quick", "/broken"]);
    assert!(asked_at(&house, "11:02").0.contains(&"/patient".to_owned()));
}

#[test]
fn one_host_that_asks_to_wait_is_left_alone_by_all_its_outlets() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/a" => Reply::status(429).header("Retry-After", "600"),
        _ => feed(),
    });
    let house = House::with(&format!(
        "[[outlet]]\nname = \"A\"\nurl = \"{}\"\n[[outlet]]\nname = \"B\"\nurl = \"{}\"\n",
        server.url("/a"),
        server.url("/b")
    ));
    let report = house.refresh_with(&Options::default());
    assert_eq!(server.take_paths(), ["/a"]);
    // It was not asked, so it has not failed.
    let left = |report: &refresh::Report| {
        let left = &report.outlets[1];
        assert_eq!((left.outcome, left.failing_since), (Outcome::NotDue, None));
        assert!(left.remarks[0].contains("paused until"));
        assert!(left.next_fetch.is_some());
    };
    left(&report);
    left(&house.refresh_with(&Options::default()));
    assert!(server.take_paths().is_empty());
    assert_eq!(house.store().source_state("B").unwrap().failures, 0);
}

/// Refreshes against one answer under tight limits, and gives the error.
fn error_of(reply: Reply) -> String {
    let server = Server::start(move |_| reply.clone());
    let house = House::with(&format!(
        "[refresh]\nhost_gap = \"0s\"\ntimeout = \"1s\"\nmax_bytes = \"1MiB\"\n\
         [[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
        server.url("/feed")
    ));
    let report = house.refresh();
    assert_eq!(report.outcome, Outcome::Failed);
    report.error.unwrap_or_default()
}

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n";

#[test]
fn a_server_that_drips_or_says_nothing_is_left_after_the_time_limit() {
    let drip = error_of(Reply::raw([
        Piece::Bytes(HEAD.to_vec()),
        Piece::Forever(b"<".to_vec(), Duration::from_millis(100)),
    ]));
    assert!(drip.contains("within 1 s"), "{drip}");
    let hang = error_of(Reply::raw([Piece::Hang]));
    assert!(hang.contains("within 1 s"), "{hang}");
    let headers = error_of(Reply::raw([
        Piece::Bytes(b"HTTP/1.1 200 OK\r\n".to_vec()),
        Piece::Forever(b"X-A: b\r\n".to_vec(), Duration::from_millis(100)),
    ]));
    assert!(headers.contains("within 1 s"), "{headers}");
}

#[test]
fn an_endless_answer_ends_at_the_size_limit() {
    let endless = error_of(Reply::raw([
        Piece::Bytes(HEAD.to_vec()),
        Piece::Forever(vec![b'a'; 64 << 10], Duration::ZERO),
    ]));
    assert!(endless.contains("larger than 1048576"), "{endless}");
    let announced = error_of(Reply::raw([Piece::Bytes(
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n<rss>".to_vec(),
    )]));
    assert!(announced.contains("larger than 1048576"), "{announced}");
}

#[test]
fn a_compressed_bomb_ends_at_the_size_limit() {
    let bomb = error_of(Reply::rss(vec![b' '; 50 << 20]).gzip());
    assert!(bomb.contains("larger than 1048576"), "{bomb}");
}

#[test]
fn damaged_compression_and_header_floods_are_said() {
    let broken = Reply::rss("this is no gzip").header("Content-Encoding", "gzip");
    let broken = error_of(broken);
    assert!(broken.contains("cannot be read"), "{broken}");
    let flood = error_of(Reply::raw([
        Piece::Bytes(b"HTTP/1.1 200 OK\r\n".to_vec()),
        Piece::Bytes(b"X-Flood: 0123456789012345678901234567890123456789\r\n".repeat(200_000)),
    ]));
    assert!(flood.contains("cannot be read"), "{flood}");
}

#[test]
fn redirects_that_lead_astray_are_refused() {
    for (to, reason) in [
        ("file:///etc/passwd", "only http and https"),
        ("data:text/xml,<rss/>", "only http and https"),
        ("http://[", "not an address"),
    ] {
        let error = error_of(Reply::redirect(302, to));
        assert!(error.contains(reason), "{to}: {error}");
    }
}

/// An article page at a private address is not asked for on behalf of a public outlet; the outlets
/// of these tests are private themselves, so this is about the rule alone.
#[test]
fn private_addresses_are_told_from_public_ones() {
    let private = |url: &str| newsprint_fetch::is_private_literal(&url::Url::parse(url).unwrap());
    for url in [
        "http://127.0.0.1/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://0.0.0.0/",
        "http://localhost:8080/",
        "http://printer.local/",
        "http://2130706433/",
        "http://100.64.1.1/",
    ] {
        assert!(private(url), "{url}");
    }
    for url in [
        "http://93.184.216.34/",
        "https://outlet.example/",
        "http://[2606:4700::1]/",
    ] {
        assert!(!private(url), "{url}");
    }
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let server = support::tls::Server::start();
    let house = House::at(&format!("https://{}/feed", server.address()));
    let report = house.refresh();
    let error = report.error.unwrap_or_default();
    assert!(
        error.starts_with("untrusted certificate of 127.0.0.1: self-signed"),
        "{error}"
    );
    assert!(error.contains("trusted ones"), "{error}");
}

/// A machine without any authority to check against: the program is told so by its environment.
#[test]
fn without_certificate_authorities_it_says_what_to_install() {
    let server = support::tls::Server::start();
    let plain = Server::start(|_| feed());
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Safe\"\nurl = \"https://{}/feed\"\n\
         [[outlet]]\nname = \"Plain\"\nurl = \"{}\"\n",
        server.address(),
        plain.url("/feed")
    ));
    let nothing = tempfile::tempdir().unwrap();
    let refresh = house
        .command()
        .arg("refresh")
        .env("SSL_CERT_FILE", nothing.path().join("none.pem"))
        .env("SSL_CERT_DIR", nothing.path())
        .output()
        .unwrap();
    assert_eq!(refresh.status.code(), Some(3));
    let said = String::from_utf8(refresh.stderr).unwrap();
    assert!(said.contains("Safe: no certificate authorities"), "{said}");
    assert!(said.contains("ca-certificates"), "{said}");
    // Addresses without TLS need none.
    assert_eq!(house.headlines().len(), 1);
}

#[test]
fn a_stalled_outlet_does_not_hold_up_the_others_nor_the_end() {
    let stalled = Server::start(|_| Reply::raw([Piece::Hang]));
    let well = Server::start(|_| feed());
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Stalled\"\nurl = \"{}\"\n[[outlet]]\nname = \"Well\"\nurl = \"{}\"\n",
        stalled.url("/feed"),
        well.url("/feed")
    ));
    // The flag is set as soon as the healthy outlet is done; the limit would be 30 s.
    let stop = AtomicBool::new(false);
    let report = refresh::run(
        &house.config(),
        &Options::default(),
        &|progress| {
            if let refresh::Progress::Done(report) = progress {
                assert_eq!(report.outlet, "Well");
                stop.store(true, Ordering::SeqCst);
            }
        },
        &stop,
    )
    .unwrap();
    assert!(report.interrupted);
    assert_eq!(report.outlets.len(), 1);
    assert_eq!(house.headlines().len(), 1);
    // Being stopped is no failure of the outlet's.
    assert_eq!(house.store().source_state("Stalled").unwrap().failures, 0);
}

#[test]
fn the_clock_that_moves_never_goes_back() {
    let clock = ManualClock::at("2026-03-02T06:00:00Z".parse().unwrap());
    clock.move_to("2026-03-01T06:00:00Z".parse().unwrap());
    assert_eq!(clock.now(), "2026-03-02T06:00:00Z".parse().unwrap());
}

#[test]
fn a_feeds_password_goes_to_its_own_origin_and_to_no_other() {
    let other = Server::start(|_| Reply::html(page("Elsewhere", &prose(2, 300))));
    let elsewhere = other.url("/elsewhere");
    // `bWU6cHcgMQ==` is `me:pw 1` (RFC 7617 section 2).
    let server = Server::start(move |hit| {
        if hit.header("authorization") != Some("Basic bWU6cHcgMQ==") {
            return Reply::status(401);
        }
        match hit.path.as_str() {
            "/feed" => Reply::rss(rss(&[
                item("/inside", "Inside", "<p>Short.</p>"),
                item(&elsewhere, "Elsewhere", "<p>Short.</p>"),
            ]
            .concat())),
            "/inside" => Reply::html(page("Inside", &prose(1, 300))),
            _ => Reply::not_found(),
        }
    });
    let feed = server.url("/feed").replace("http://", "http://me:pw%201@");
    let house = House::with(&format!(
        "[[outlet]]\nname = \"Outlet\"\nurl = \"{feed}\"\nfeed = \"{feed}\"\nfull_text = \"always\"\n"
    ));
    let report = house.refresh();
    assert_eq!(report.error, None);
    assert_eq!(report.full_text, 2, "{:?}", report.notes);
    let inside = server.hits_of("/inside");
    assert!(!inside.is_empty());
    for hit in other.hits() {
        assert_eq!(hit.header("authorization"), None, "{}", hit.path);
    }
    // What is stored of an article has no password in it.
    let article = house.article("Inside");
    assert!(
        !article.headline.url.contains("pw"),
        "{}",
        article.headline.url
    );
}

#[test]
fn another_feed_of_the_host_does_not_stand_in_for_one_that_is_gone_or_wants_a_password() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/feed" | "/rss.xml" | "/" => Reply::rss(rss(&item("/one", "Of another", "<p>Text.</p>"))),
        "/members/" => Reply::status(401),
        _ => Reply::not_found(),
    });
    for (path, status) in [("/members/", "HTTP 401"), ("/sports.xml", "HTTP 404")] {
        let house = House::with(&format!(
            "[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
            server.url(path)
        ));
        let report = house.refresh();
        let error = report.error.unwrap_or_default();
        assert!(error.contains(status), "{path}: {error}");
        assert_eq!(report.new, 0);
    }
}

#[test]
fn why_an_address_cannot_be_added_names_it_once_and_says_what_helps() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/busy" => Reply::status(503),
        "/members" => Reply::status(401),
        _ => Reply::not_found(),
    });
    let house = House::with("outlet = []\n");
    let said = |command: &str, path: &str| {
        let url = server.url(path);
        let output = house.command().args([command, &url]).output().unwrap();
        assert!(!output.status.success(), "{command} {path}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said.matches(&url).count(), 1, "{said}");
        said
    };
    for command in ["discover", "add"] {
        assert!(said(command, "/busy").contains("HTTP 503"));
        assert!(said(command, "/nothing").contains("HTTP 404"));
    }
    let members = said("add", "/members");
    assert!(
        members.contains("HTTP 401") && members.contains("USER:PASSWORD@"),
        "{members}"
    );
}
