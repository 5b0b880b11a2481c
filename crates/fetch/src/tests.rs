//! The rules of fetch: schedules, headers, redirects, and private addresses behind names that the
//! test gives a meaning.

use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use url::Url;

use super::schedule::{self, ScheduleHints};
use super::{ACCEPT_PAGE, Client, FetchError, Request, Settings, SystemClock, redirect};
use newsprint_model::Time;

fn at(text: &str) -> Time {
    text.parse().unwrap()
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let now = at("2026-03-01T10:00:00Z");
    assert_eq!(
        schedule::retry_after("120", now),
        Some(at("2026-03-01T10:02:00Z"))
    );
    assert_eq!(
        schedule::retry_after("Sun, 01 Mar 2026 12:00:00 GMT", now),
        Some(at("2026-03-01T12:00:00Z"))
    );
    assert_eq!(schedule::retry_after("soon", now), None);
}

#[test]
fn freshness_prefers_max_age_to_expires() {
    let now = at("2026-03-01T10:00:00Z");
    let fresh = |control, age, expires, date| schedule::fresh_for(control, age, expires, date, now);
    let seconds = |n| Some(Duration::from_secs(n));
    let late = Some("Sun, 01 Mar 2026 12:00:00 GMT");
    assert_eq!(fresh("public, max-age=600", None, late, None), seconds(600));
    assert_eq!(fresh("max-age=600", Some("200"), None, None), seconds(400));
    assert_eq!(fresh("", None, late, None), seconds(7200));
    let date = Some("Sun, 01 Mar 2026 11:00:00 GMT");
    assert_eq!(fresh("", None, late, date), seconds(3600));
    assert_eq!(fresh("", None, Some("0"), None), seconds(0));
    assert_eq!(fresh("no-cache, max-age=600", None, None, None), seconds(0));
    assert_eq!(fresh("s-maxage=600", None, None, None), None);
}

#[test]
fn sixteen_years_of_freshness_are_not_believed() {
    let now = at("2026-03-01T10:00:00Z");
    let years = Some(Duration::from_secs(16 * 365 * 86_400));
    let next = schedule::after_success(
        now,
        now,
        Duration::from_secs(3600),
        years,
        &ScheduleHints::default(),
    );
    assert_eq!(next, at("2026-03-02T10:00:00Z"));
}

#[test]
fn skipped_hours_and_days_are_waited_out() {
    // 2026-03-01 is a Sunday.
    let hints = ScheduleHints {
        skip_hours: vec![0, 1, 2],
        skip_days: vec![6],
        ..ScheduleHints::default()
    };
    assert_eq!(
        schedule::past_skipped(at("2026-03-01T10:30:00Z"), &hints),
        at("2026-03-02T03:00:00Z")
    );
    let everything = ScheduleHints {
        skip_days: (0..7).collect(),
        ..ScheduleHints::default()
    };
    let now = at("2026-03-01T10:30:00Z");
    assert_eq!(schedule::past_skipped(now, &everything), now);
}

#[test]
fn backoff_doubles_up_to_a_day() {
    let now = at("2026-03-01T00:00:00Z");
    let hour = Duration::from_secs(3600);
    let wait = |failures| {
        schedule::after_failure(now, hour, failures, 0.0)
            .duration_since(now)
            .as_secs()
    };
    assert_eq!([wait(1), wait(2), wait(3)], [3600, 7200, 14_400]);
    assert_eq!(wait(40), 86_400);
}

#[test]
fn a_redirect_never_leaves_https_for_http() {
    let from = Url::parse("https://paper.example/feed").unwrap();
    let to = |location| redirect::target(&from, location).map(String::from);
    let refused = to("http://paper.example/feed").unwrap_err().to_string();
    assert!(refused.contains("leaves https for http"), "{refused}");
    assert_eq!(to("/new").unwrap(), "https://paper.example/new");
    assert_eq!(to("//cdn.example/#x").unwrap(), "https://cdn.example/");
    let plain = Url::parse("http://paper.example/feed").unwrap();
    let up = redirect::target(&plain, "https://paper.example/feed").unwrap();
    assert_eq!(up.scheme(), "https");
}

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// An address for documentation (RFC 5737): public by its looks, and nobody's.
const PUBLIC: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));

/// Serves this answer to everybody on loopback; counts the requests.
fn serve(answer: String) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind((HERE, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let asked: Arc<AtomicUsize> = Arc::default();
    let count = asked.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            count.fetch_add(1, Ordering::SeqCst);
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while lines
                .next()
                .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
            {}
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (address, asked)
}

fn ok() -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi".to_owned()
}

fn redirect_to(location: &str) -> String {
    format!(
        "HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
}

fn client(lookup: impl Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync + 'static) -> Client {
    let settings = Settings {
        user_agent: "newsprint/0 (+https://newsprint.example)".to_owned(),
        timeout: Duration::from_secs(10),
        max_bytes: 1 << 20,
        host_gap: Duration::ZERO,
        concurrency: 2,
    };
    Client::new(settings, Arc::new(SystemClock)).with_lookup(lookup)
}

/// `paper.example` is connected to here, and public for whoever asks what it means after that.
fn paper() -> impl Fn(&str) -> std::io::Result<Vec<IpAddr>> {
    let asked = AtomicUsize::new(0);
    move |name| match name {
        "paper.example" if asked.fetch_add(1, Ordering::SeqCst) == 0 => Ok(vec![HERE]),
        "paper.example" => Ok(vec![PUBLIC]),
        _ => Ok(vec![HERE]),
    }
}

#[test]
fn a_public_host_cannot_redirect_into_a_private_network() {
    let (inside, asked) = serve(ok());
    for to in [
        format!("http://{inside}/admin"),
        format!("http://router.example:{}/admin", inside.port()),
        format!("http://localhost:{}/admin", inside.port()),
        format!("http://[::ffff:127.0.0.1]:{}/admin", inside.port()),
    ] {
        let (outside, _) = serve(redirect_to(&to));
        let home = format!("http://paper.example:{}/feed", outside.port());
        let answer = client(paper()).get(&Request::new(&home, ACCEPT_PAGE, &home));
        assert!(
            matches!(answer, Err(FetchError::Private(_))),
            "{to}: {answer:?}"
        );
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[test]
fn an_outlet_of_the_private_network_may_redirect_within_it() {
    let (inside, asked) = serve(ok());
    let named = format!("http://www.intranet.example:{}/feed", inside.port());
    for to in [format!("http://{inside}/feed"), named] {
        let (outlet, _) = serve(redirect_to(&to));
        let home = format!("http://intranet.example:{}/feed", outlet.port());
        let answer = client(|_| Ok(vec![HERE])).get(&Request::new(&home, ACCEPT_PAGE, &home));
        assert!(answer.is_ok(), "{to}: {answer:?}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// What an outlet of one private network may not do: send the reader into another one, to the machine itself or to
/// where clouds keep keys.
#[test]
fn an_outlet_of_a_private_network_may_not_redirect_out_of_it() {
    let (inside, asked) = serve(ok());
    let port = inside.port();
    let lookup = |name: &str| {
        Ok(match name {
            "intranet.example" => vec![HERE],
            "two.example" => vec!["192.168.1.1".parse().unwrap(), HERE],
            "metadata.example" => vec!["169.254.169.254".parse().unwrap()],
            _ => vec!["192.168.1.1".parse().unwrap()],
        })
    };
    for to in [
        "http://10.0.0.1/".to_owned(),
        "http://169.254.169.254/".to_owned(),
        "http://[fd00:ec2::254]/".to_owned(),
        "http://192.168.1.1/".to_owned(),
        "http://[::ffff:10.0.0.1]/".to_owned(),
        format!("http://metadata.example:{port}/"),
        format!("http://router.example:{port}/"),
        format!("http://router.home.arpa:{port}/"),
    ] {
        let (outlet, _) = serve(redirect_to(&to));
        let home = format!("http://intranet.example:{}/feed", outlet.port());
        let answer = client(lookup).get(&Request::new(&home, ACCEPT_PAGE, &home));
        assert!(
            matches!(answer, Err(FetchError::OtherNetwork(_))),
            "{to}: {answer:?}"
        );
        let said = answer.unwrap_err().to_string();
        assert!(said.contains("another private network"), "{said}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    // A name with addresses in several networks is asked in that of the outlet.
    let (outlet, _) = serve(redirect_to(&format!("http://two.example:{port}/feed")));
    let home = format!("http://intranet.example:{}/feed", outlet.port());
    let answer = client(lookup).get(&Request::new(&home, ACCEPT_PAGE, &home));
    assert!(answer.is_ok(), "{answer:?}");
}

#[test]
fn private_addresses_are_of_the_network_of_their_range() {
    let network = |address: &str| redirect::network(address.parse().unwrap());
    let ranges: [&[&str]; 8] = [
        &[
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "::1",
            "::",
            "::ffff:127.0.0.1",
        ],
        &[
            "169.254.169.254",
            "fe80::1",
            "fd00:ec2::254",
            "100.100.100.200",
        ],
        &[
            "10.0.0.1",
            "10.255.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::10.0.0.1",
        ],
        &["172.16.0.1", "172.31.255.1"],
        &["192.168.0.1", "192.168.99.1"],
        &["100.64.0.1", "100.127.0.1"],
        &["fd12::1", "fc00::1"],
        &["fec0::1"],
    ];
    for (number, range) in ranges.iter().enumerate() {
        for (other, addresses) in ranges.iter().enumerate() {
            for address in *addresses {
                let same = network(range[0]).holds(network(address));
                assert_eq!(same, number == other, "{} {address}", range[0]);
            }
        }
        assert!(network(range[0]).holds(network("8.8.8.8")));
    }
}

/// A name that meant a public address when it was first asked for and means a private one when it
/// is connected to, or both at once.
#[test]
fn a_name_that_turns_private_is_not_connected_to() {
    let (inside, asked) = serve(ok());
    let page = format!("http://pages.example:{}/1", inside.port());
    let names: Arc<Mutex<Vec<Vec<IpAddr>>>> =
        Arc::new(Mutex::new(vec![vec![PUBLIC, HERE], vec![HERE]]));
    let client = client(move |name| match name {
        "paper.example" => Ok(vec![PUBLIC]),
        _ => Ok(names.lock().unwrap().pop().unwrap_or(vec![HERE])),
    });
    let request = Request::new(&page, ACCEPT_PAGE, "https://paper.example/feed");
    for _ in 0..3 {
        let answer = client.get(&request);
        assert!(matches!(answer, Err(FetchError::Private(_))), "{answer:?}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[test]
fn a_name_without_an_address_is_no_fault_of_the_outlet() {
    let client = client(|_| Err(std::io::Error::other("no such name")));
    let url = "http://paper.example/feed";
    let why = client
        .get(&Request::new(url, ACCEPT_PAGE, url))
        .unwrap_err();
    assert!(why.is_offline(), "{why}");
    let FetchError::Unreachable { host, reason } = why else {
        panic!("{why}");
    };
    assert_eq!((&*host, &*reason), ("paper.example", "no such name"));
}

/// A look-up that hangs holds nobody up who wants to stop.
#[test]
fn a_stop_does_not_wait_for_a_name() {
    let (inside, _) = serve(ok());
    let (outside, _) = serve(redirect_to(&format!("http://{inside}/admin")));
    let home = format!("http://paper.example:{}/feed", outside.port());
    let (hanging, hangs) = std::sync::mpsc::channel();
    let (free, held) = std::sync::mpsc::channel::<()>();
    let (asked, held) = (AtomicUsize::new(0), Mutex::new(held));
    let client = client(move |_| {
        if asked.fetch_add(1, Ordering::SeqCst) > 0 {
            let _ = hanging.send(());
            let _ = held.lock().unwrap().recv();
        }
        Ok(vec![HERE])
    });
    let answer = std::thread::scope(|scope| {
        let asking = scope.spawn(|| client.get(&Request::new(&home, ACCEPT_PAGE, &home)));
        hangs.recv().unwrap();
        client.cancel_token().cancel();
        asking.join().unwrap()
    });
    drop(free);
    assert!(matches!(answer, Err(FetchError::Stopped)), "{answer:?}");
}

#[test]
fn addresses_that_belong_to_no_public_network_are_private() {
    for address in [
        "192.0.0.8",
        "198.18.0.1",
        "198.19.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "fec0::1",
        "fed0::1",
        "64:ff9b:1::1",
        "64:ff9b:1:ffff::8.8.8.8",
        "64:ff9b::10.0.0.1",
        "::ffff:198.18.0.1",
        "::127.0.0.1",
        "::192.168.1.1",
        "::ffff:0:10.0.0.1",
        "2002:a00:1::",
        "2002:c0a8:101::1",
        // 192.168.1.1 behind a Teredo tunnel, each bit turned.
        "2001:0:4136:e378:8000:63bf:3f57:fefe",
        "2600::5efe:10.0.0.1",
        "2600::200:5efe:192.168.1.1",
        "100::1",
        "2001:2::1",
        "5f00::1",
        "100.64.0.1",
    ] {
        assert!(redirect::is_private(address.parse().unwrap()), "{address}");
    }
    for address in [
        "192.0.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "239.0.0.1",
        "64:ff9b::8.8.8.8",
        "2606:4700::1",
        "2002:808:808::1",
        "2001:200::1",
        "2001:4860:4860::8888",
    ] {
        let private = redirect::is_private(address.parse().unwrap());
        assert_eq!(private, address.starts_with("239"), "{address}");
    }
}

/// The outlet's own name was public once and means an address within the network now.
#[test]
fn an_outlet_whose_own_name_turns_private_is_refused() {
    let (inside, asked) = serve(ok());
    let home = format!("http://paper.example:{}/feed", inside.port());
    let client = client(|_| Ok(vec![HERE]));
    let mut request = Request::new(&home, ACCEPT_PAGE, &home);
    assert!(client.get(&request).is_ok_and(|answer| !answer.from_public));
    request.home_was_public = true;
    let answer = client.get(&request);
    assert!(matches!(answer, Err(FetchError::Private(_))), "{answer:?}");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

/// The same for what is asked for beside the source: pages, robots.txt, pictures. A redirect to the name is refused, too.
#[test]
fn a_host_that_was_public_is_refused_for_everything_once_its_name_turns_private() {
    let (inside, asked) = serve(ok());
    let home = format!("http://paper.example:{}/feed", inside.port());
    let client = client(|_| Ok(vec![HERE]));
    client.recall_public(&home);
    let mut urls = ["robots.txt", "news/1", "pictures/1.png"]
        .map(|path| format!("http://paper.example:{}/{path}", inside.port()))
        .to_vec();
    // No resolver sees an address that is written out.
    urls.push(format!("http://{inside}/admin"));
    urls.push(format!("http://localhost:{}/admin", inside.port()));
    urls.push(format!("http://[::ffff:127.0.0.1]:{}/admin", inside.port()));
    for url in urls {
        let answer = client.get(&Request::new(&url, ACCEPT_PAGE, &home));
        assert!(matches!(answer, Err(FetchError::Private(_))), "{answer:?}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

/// However it is written.
#[test]
fn a_private_address_is_told_in_every_spelling() {
    for host in [
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "2130706433",
        "127.1",
        "127.0.0.1.",
        "0",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[0:0:0:0:0:0:0:1]",
        "LOCALHOST.",
        "a.localhost",
        "router.local",
        "metadata.google.internal",
        "\u{ff11}\u{ff12}\u{ff17}.0.0.1",
        "%31%32%37.0.0.1",
        "127\u{3002}0\u{3002}0\u{3002}1",
    ] {
        let url = url::Url::parse(&format!("http://{host}/")).unwrap();
        assert!(redirect::is_private_literal(&url), "{host}: {url}");
    }
    // Not addresses at all.
    for host in [
        "[fe80::1%25eth0]",
        "[fe80::1%eth0]",
        "256.0.0.1",
        "1.2.3.4.5",
    ] {
        assert!(
            url::Url::parse(&format!("http://{host}/")).is_err(),
            "{host}"
        );
    }
}
