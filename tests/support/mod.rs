//! A scripted outlet on loopback for the black-box tests: it answers as a closure says, records
//! every request, and can stall, drip, flood and never end.
//! Never here: what newsprint makes of it.

#![allow(dead_code, reason = "each test binary uses its own part of this")]

pub mod tls;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use newsprint::config::Config;
use newsprint::refresh::{self, Options, OutletReport, Report};
use newsprint_fetch::Clock;
use newsprint_model::query::Query;
use newsprint_model::{Article, Headline, Source, Time};
use newsprint_store::{At, List, Store};

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Path and query.
    pub path: String,
    /// Names in lower case, values as text (Latin-1).
    pub headers: Vec<(String, String)>,
    /// When it came, by the clock the test moves (or the machine's).
    pub at: Time,
    /// The number of the connection it came on.
    pub connection: usize,
    /// Requests under way at this server at that moment, this one included.
    pub under_way: usize,
}

impl Hit {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A piece of an answer.
#[derive(Debug, Clone)]
pub enum Piece {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Nothing for so long.
    Wait(Duration),
    /// These bytes again and again, each time after so long, until the other side has had enough.
    Forever(Vec<u8>, Duration),
    /// Nothing until the other side has had enough.
    Hang,
    /// The end of the connection.
    Close,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Sent instead of all of the above.
    raw: Option<Vec<Piece>>,
    delay: Duration,
}

impl Reply {
    /// An answer with this status and nothing else.
    pub fn status(status: u16) -> Reply {
        Reply {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            raw: None,
            delay: Duration::ZERO,
        }
    }

    /// 200 with a body.
    pub fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Reply {
        let mut reply = Reply::status(200).header("Content-Type", content_type);
        reply.body = body.into();
        reply
    }

    /// 200 with a feed.
    pub fn rss(body: impl Into<Vec<u8>>) -> Reply {
        Reply::ok("application/rss+xml; charset=utf-8", body)
    }

    /// 200 with a page.
    pub fn html(body: impl Into<Vec<u8>>) -> Reply {
        Reply::ok("text/html; charset=utf-8", body)
    }

    /// 404.
    pub fn not_found() -> Reply {
        Reply::status(404)
    }

    /// A redirect.
    pub fn redirect(status: u16, to: &str) -> Reply {
        Reply::status(status).header("Location", to)
    }

    /// Bytes and pauses instead of a proper answer.
    pub fn raw(pieces: impl Into<Vec<Piece>>) -> Reply {
        let mut reply = Reply::status(0);
        reply.raw = Some(pieces.into());
        reply
    }

    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Reply {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// After so long.
    pub fn after(mut self, delay: Duration) -> Reply {
        self.delay = delay;
        self
    }

    /// Compressed, and said so.
    pub fn gzip(self) -> Reply {
        self.encoded("gzip", |body| {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(body).unwrap();
            encoder.finish().unwrap()
        })
    }

    /// Encoded by the function, and said so by this name.
    pub fn encoded(mut self, name: &str, encode: impl FnOnce(&[u8]) -> Vec<u8>) -> Reply {
        self.body = encode(&self.body);
        self.header("Content-Encoding", name)
    }

    /// Answers 304 where the request carries this ETag, else the reply with it.
    pub fn etag(self, hit: &Hit, etag: &str) -> Reply {
        let reply = match hit.header("if-none-match") == Some(etag) {
            true => Reply::status(304),
            false => self,
        };
        reply.header("ETag", etag)
    }

    fn pieces(self) -> Vec<Piece> {
        if let Some(raw) = self.raw {
            return raw;
        }
        let mut head = format!("HTTP/1.1 {} Said\r\n", self.status);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if self.status != 304 {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        head += "\r\n";
        // Latin-1, so that a test can send any byte in a header.
        let mut bytes: Vec<u8> = head.chars().map(|c| c as u32 as u8).collect();
        bytes.extend(self.body);
        vec![Piece::Bytes(bytes)]
    }
}

type Handler = dyn Fn(&Hit) -> Reply + Send + Sync;

/// A server on a loopback address of its own; ends when dropped.
pub struct Server {
    address: SocketAddr,
    hits: Arc<Mutex<Vec<Hit>>>,
    ended: Arc<AtomicBool>,
}

impl Server {
    /// Serves on 127.0.0.1 and some free port.
    pub fn start(handler: impl Fn(&Hit) -> Reply + Send + Sync + 'static) -> Server {
        Server::with_clock("127.0.0.1:0", None, handler)
    }

    /// Serves on the address (port 0 is any), telling the time of requests by the clock.
    pub fn with_clock(
        address: &str,
        clock: Option<Arc<dyn Clock>>,
        handler: impl Fn(&Hit) -> Reply + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind(address).expect("a loopback address to listen on");
        let address = listener.local_addr().expect("the address listened on");
        let hits: Arc<Mutex<Vec<Hit>>> = Arc::default();
        let ended: Arc<AtomicBool> = Arc::default();
        let handler: Arc<Handler> = Arc::new(handler);
        let shared = (hits.clone(), ended.clone());
        std::thread::spawn(move || {
            let (hits, ended) = shared;
            let under_way: Arc<AtomicUsize> = Arc::default();
            for (connection, stream) in listener.incoming().enumerate() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (hits, handler, ended, clock, under_way) = (
                    hits.clone(),
                    handler.clone(),
                    ended.clone(),
                    clock.clone(),
                    under_way.clone(),
                );
                std::thread::spawn(move || {
                    drop(stream.set_nodelay(true));
                    let mut reader = BufReader::new(stream);
                    while let Some((path, headers)) = read_head(&mut reader) {
                        let hit = Hit {
                            path,
                            headers,
                            at: clock.as_ref().map_or_else(Time::now, |clock| clock.now()),
                            connection,
                            under_way: under_way.fetch_add(1, Ordering::SeqCst) + 1,
                        };
                        hits.lock().unwrap().push(hit.clone());
                        let reply = handler(&hit);
                        let close = hit.header("connection") == Some("close");
                        let sent = send(reader.get_mut(), reply, &ended, &under_way);
                        if !sent || close || ended.load(Ordering::SeqCst) {
                            return;
                        }
                    }
                });
            }
        });
        Server {
            address,
            hits,
            ended,
        }
    }

    /// Serves these paths and nothing else.
    pub fn pages(pages: Vec<(&str, Reply)>) -> Server {
        let pages: Vec<(String, Reply)> = pages
            .into_iter()
            .map(|(path, reply)| (path.to_owned(), reply))
            .collect();
        Server::start(move |hit| {
            pages
                .iter()
                .find(|(path, _)| *path == hit.path)
                .map_or_else(Reply::not_found, |(_, reply)| reply.clone())
        })
    }

    /// The absolute address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Every request so far.
    pub fn hits(&self) -> Vec<Hit> {
        self.hits.lock().unwrap().clone()
    }

    /// The requests for a path.
    pub fn hits_of(&self, path: &str) -> Vec<Hit> {
        let mut hits = self.hits();
        hits.retain(|hit| hit.path == path);
        hits
    }

    /// Paths asked for so far, in order; forgets them.
    pub fn take_paths(&self) -> Vec<String> {
        self.hits
            .lock()
            .unwrap()
            .drain(..)
            .map(|hit| hit.path)
            .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the thread that listens.
        drop(TcpStream::connect(self.address));
    }
}

fn read_head(reader: &mut BufReader<TcpStream>) -> Option<(String, Vec<(String, String)>)> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        // A head is never this long here; a client gone mad must not fill the memory.
        if reader.take(64 << 10).read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        let line: String = line.iter().map(|b| char::from(*b)).collect();
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        lines.push(line.to_owned());
    }
    let path = lines.first()?.split(' ').nth(1)?.to_owned();
    let headers = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Some((path, headers))
}

/// Sends the reply; false when the other side has gone.
fn send(stream: &mut TcpStream, reply: Reply, ended: &AtomicBool, under_way: &AtomicUsize) -> bool {
    pause(reply.delay, ended);
    let pieces = reply.pieces();
    let last = pieces.len();
    let mut alive = true;
    let mut counted = true;
    for (number, piece) in pieces.into_iter().enumerate() {
        match piece {
            Piece::Bytes(bytes) => {
                let (head, tail) = bytes.split_at(bytes.len().saturating_sub(1));
                alive &= stream.write_all(head).is_ok();
                if number + 1 == last {
                    // Before the last byte leaves, so that the next request never meets this one.
                    under_way.fetch_sub(1, Ordering::SeqCst);
                    counted = false;
                }
                alive &= stream.write_all(tail).is_ok();
            }
            Piece::Wait(wait) => pause(wait, ended),
            Piece::Forever(bytes, wait) => {
                while !ended.load(Ordering::SeqCst) && stream.write_all(&bytes).is_ok() {
                    pause(wait, ended);
                }
                alive = false;
            }
            Piece::Close => alive = false,
            Piece::Hang => {
                drop(stream.set_read_timeout(Some(Duration::from_millis(50))));
                while !ended.load(Ordering::SeqCst) && !matches!(stream.read(&mut [0]), Ok(0)) {}
                alive = false;
            }
        }
        if !alive {
            break;
        }
    }
    if counted {
        under_way.fetch_sub(1, Ordering::SeqCst);
    }
    alive
}

fn pause(wait: Duration, ended: &AtomicBool) {
    let until = Instant::now() + wait;
    while !ended.load(Ordering::SeqCst) {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        std::thread::sleep(left.min(Duration::from_millis(50)));
    }
}

/// A newsprint with a folder and a config of its own.
pub struct House {
    /// Removed when dropped.
    pub folder: tempfile::TempDir,
    config: String,
}

impl House {
    /// Knows one outlet, called `Outlet`, at this address.
    pub fn at(url: &str) -> House {
        House::with(&format!("[[outlet]]\nname = \"Outlet\"\nurl = \"{url}\"\n"))
    }

    /// Knows what the TOML text says; gaps between requests are off unless it says otherwise.
    pub fn with(config: &str) -> House {
        let refresh = match config.contains("[refresh]") {
            true => String::new(),
            false => "[refresh]\nhost_gap = \"0s\"\n".to_owned(),
        };
        House {
            folder: tempfile::tempdir().expect("a folder"),
            config: format!("{config}\n{refresh}"),
        }
    }

    /// Knows something else from now on; what is stored stays.
    pub fn configure(&mut self, config: &str) {
        self.config = House::with(config).config;
    }

    /// The config.
    pub fn config(&self) -> Config {
        let file = self.folder.path().join("config.toml");
        Config::parse(&self.config, &file, self.folder.path()).expect("a good config")
    }

    /// What is asked outside a refresh, by a process of its own.
    pub fn on_demand(&self) -> newsprint::refresh::OnDemand {
        newsprint::refresh::OnDemand::new(&self.config())
    }

    /// The program itself, on this folder and config.
    pub fn command(&self) -> std::process::Command {
        let file = self.folder.path().join("config.toml");
        std::fs::write(&file, &self.config).expect("a config file");
        let database = self.config().paths.database();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_newsprint"));
        command
            .env("NEWSPRINT_CONFIG", &file)
            .env("NEWSPRINT_DATA_DIR", database.parent().expect("a folder"))
            .env("NO_PROXY", "*");
        command
    }

    /// The store.
    pub fn store(&self) -> Store {
        Store::open(&self.config().paths.database()).expect("a store")
    }

    /// Refreshes with these options; only the outlet may fail.
    pub fn refresh_with(&self, options: &Options) -> Report {
        let never = AtomicBool::new(false);
        refresh::run(&self.config(), options, &|_| {}, &never).expect("a refresh")
    }

    /// Refreshes whatever the schedule says, and gives the report of the first outlet.
    pub fn refresh(&self) -> OutletReport {
        let options = Options {
            force: true,
            ..Options::default()
        };
        self.refresh_with(&options).outlets.remove(0)
    }

    /// All headlines, newest first.
    pub fn headlines(&self) -> Vec<Headline> {
        let list = List {
            query: Query::default(),
            as_of: None,
            fold: Default::default(),
        };
        self.store()
            .headlines(&list, At::Top, 10_000)
            .expect("headlines")
    }

    /// The article with this title.
    pub fn article(&self, title: &str) -> Article {
        let headlines = self.headlines();
        let found = headlines.iter().find(|headline| headline.title == title);
        let id = found
            .unwrap_or_else(|| panic!("no “{title}” among {headlines:#?}"))
            .id;
        self.store()
            .article(id)
            .expect("the store")
            .expect("the article")
    }

    /// The source that the outlet is read by.
    pub fn source(&self) -> Option<Source> {
        self.store()
            .source_state("Outlet")
            .expect("its state")
            .source
    }
}

/// Some paragraphs of made-up text, so many words long, all different from those of another seed.
pub fn prose(seed: usize, words: usize) -> String {
    const WORDS: [&str; 24] = [
        "harbour",
        "council",
        "bridge",
        "winter",
        "teacher",
        "minister",
        "river",
        "market",
        "train",
        "orchard",
        "engineer",
        "mountain",
        "library",
        "festival",
        "painter",
        "village",
        "budget",
        "hospital",
        "fishermen",
        "lantern",
        "granite",
        "meadow",
        "clerk",
        "valley",
    ];
    let mut html = String::new();
    for start in (0..words).step_by(40) {
        html += "<p>";
        for n in start..(start + 40).min(words) {
            let word = WORDS[(n * 7 + seed * 13 + n / 5) % WORDS.len()];
            html += &format!("{word}{} ", if n % 11 == 10 { "," } else { "" });
        }
        html += &format!("and so on for the {seed}th time in {start} ways.</p>\n");
    }
    html
}

/// An RSS feed of these items (see [`item`]).
pub fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>The Outlet</title>\
         <link>http://outlet.example/</link><description>News</description>{items}</channel></rss>"
    )
}

/// One item of a feed; `html` is its description.
pub fn item(url: &str, title: &str, html: &str) -> String {
    let escaped = html.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<item><title>{title}</title><link>{url}</link><guid>{url}</guid>\
         <pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate><description>{escaped}</description></item>"
    )
}

/// An article page with a menu and a footer around the text.
pub fn page(title: &str, text: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{title} | The Outlet</title>\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"article:tag\" content=\"Harbour\">\
         </head><body><nav><a href=\"/\">Home</a> <a href=\"/about\">About us</a></nav>\
         <main><article><h1>{title}</h1>{text}</article></main>\
         <footer><p>Copyright The Outlet. <a href=\"/privacy\">Privacy</a></p></footer></body></html>"
    )
}
