//! A made-up outlet on loopback with the traits of a small Contao site: teasers without tags in the
//! feed, the feed announced only by the home page, and the text amid menus, adverts and notices.
//! Serves the demo and the tests. Never here: anything of newsprint's own.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::articles::{ARTICLES, Article, RETOLD};

/// The name that the configs of demo and tests give it.
pub const NAME: &str = "Kura Courier";

/// The running outlet; it stops when dropped.
pub struct Outlet {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    newest: Timestamp,
    stop: AtomicBool,
    /// Articles held back, to be published while somebody reads.
    held: AtomicUsize,
    delay: Mutex<Duration>,
    requests: Mutex<Vec<Request>>,
}

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// What it asked for.
    pub path: String,
    /// It named what it has already.
    pub conditional: bool,
    /// The answer.
    pub status: u16,
}

impl Outlet {
    /// Starts the outlet on a free port of 127.0.0.1; its newest article is from `newest`.
    ///
    /// # Errors
    /// No port can be opened.
    pub fn start(newest: Timestamp) -> std::io::Result<Outlet> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            newest,
            stop: AtomicBool::new(false),
            held: AtomicUsize::new(0),
            delay: Mutex::new(Duration::ZERO),
            requests: Mutex::new(Vec::new()),
        });
        let serving = Arc::clone(&shared);
        let thread = std::thread::Builder::new().spawn(move || {
            for stream in listener.incoming() {
                if serving.stop.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                let serving = Arc::clone(&serving);
                // A request without a thread of its own is dropped, as by a server that is busy.
                let _ = std::thread::Builder::new().spawn(move || {
                    let _ = serving.serve(stream);
                });
            }
        })?;
        Ok(Outlet {
            address,
            shared,
            thread: Some(thread),
        })
    }

    /// The address of its home page.
    pub fn url(&self) -> String {
        format!("http://{}/en/", self.address)
    }

    /// The address of a path on it.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A config that reads this outlet and nothing else.
    pub fn config(&self) -> String {
        format!(
            "[[outlet]]\nname = \"{NAME}\"\nurl = \"{}\"\n\n[refresh]\nhost_gap = \"0s\"\ninterval = \"0s\"\n",
            self.url()
        )
    }

    /// What a config has to read another outlet as well, which tells of some of the same events.
    pub fn second(&self) -> String {
        let url = self.at("/lori-post/feed.xml");
        format!("\n[[outlet]]\nname = \"Lori Post\"\nurl = \"{url}\"\n")
    }

    /// Withholds the newest `count` articles; 0 publishes them all.
    pub fn hold_back(&self, count: usize) {
        self.shared.held.store(count, Ordering::SeqCst);
    }

    /// Lets every answer take so long.
    pub fn slow_down(&self, delay: Duration) {
        *self
            .shared
            .delay
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = delay;
    }

    /// What has been asked so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared
            .requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// How many articles it has published.
    pub fn published(&self) -> usize {
        ARTICLES.len() - self.shared.held.load(Ordering::SeqCst).min(ARTICLES.len())
    }
}

impl Drop for Outlet {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut stream = stream;
        loop {
            let mut line = String::new();
            if reader.by_ref().take(8192).read_line(&mut line)? == 0 {
                return Ok(());
            }
            let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
            let mut etag = None;
            let mut host = String::new();
            loop {
                let mut header = String::new();
                if reader.by_ref().take(8192).read_line(&mut header)? == 0
                    || header.trim().is_empty()
                {
                    break;
                }
                let Some((name, value)) = header.split_once(':') else {
                    continue;
                };
                match name.to_ascii_lowercase().as_str() {
                    "if-none-match" => etag = Some(value.trim().to_owned()),
                    "host" => host = value.trim().to_owned(),
                    _ => {}
                }
            }
            let delay = *self.delay.lock().unwrap_or_else(PoisonError::into_inner);
            if !delay.is_zero() {
                std::thread::sleep(delay);
            }
            let (status, kind, body) = self.answer(&path, &host);
            let mut hasher = DefaultHasher::new();
            body.hash(&mut hasher);
            let tag = format!("\"{:016x}\"", hasher.finish());
            let unchanged = status == 200 && etag.as_deref() == Some(tag.as_str());
            let status = if unchanged { 304 } else { status };
            self.requests
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(Request {
                    path,
                    conditional: etag.is_some(),
                    status,
                });
            let reason = match status {
                200 => "OK",
                304 => "Not Modified",
                _ => "Not Found",
            };
            let mut head = format!("HTTP/1.1 {status} {reason}\r\nETag: {tag}\r\n");
            if unchanged {
                head.push_str("\r\n");
                stream.write_all(head.as_bytes())?;
            } else {
                let _ = write!(
                    head,
                    "Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
                    body.len()
                );
                stream.write_all(head.as_bytes())?;
                stream.write_all(&body)?;
            }
        }
    }

    fn answer(&self, path: &str, host: &str) -> (u16, &'static str, Vec<u8>) {
        const HTML: &str = "text/html; charset=utf-8";
        let held = self.held.load(Ordering::SeqCst).min(ARTICLES.len());
        let articles = &ARTICLES[held..];
        let path = path.split('?').next().unwrap_or(path);
        match path {
            "/" | "/en/" => (200, HTML, home(articles, self.newest).into_bytes()),
            "/share/kura-courier-en.xml" => (
                200,
                "application/rss+xml",
                feed(articles, self.newest, host).into_bytes(),
            ),
            "/lori-post/feed.xml" => (
                200,
                "application/rss+xml",
                whole_feed(self.newest, host).into_bytes(),
            ),
            "/robots.txt" => (
                200,
                "text/plain",
                b"User-agent: *\nDisallow: /contao/\n".to_vec(),
            ),
            "/files/border-station.png" => (200, "image/png", picture()),
            "/count.gif" => (200, "image/gif", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()),
            _ if path.starts_with("/lori-post/") => {
                let told = RETOLD.iter().find(|article| {
                    let page = path.strip_prefix("/lori-post/");
                    page.and_then(|page| page.strip_suffix(".html")) == Some(article.slug)
                });
                match told {
                    Some(article) => {
                        let page = page(article, self.newest).replace(NAME, "Lori Post");
                        (200, HTML, page.into_bytes())
                    }
                    None => (404, HTML, missing().into_bytes()),
                }
            }
            _ => {
                let slug = path
                    .strip_prefix("/en/news/")
                    .and_then(|rest| rest.strip_suffix(".html"));
                match articles.iter().find(|article| Some(article.slug) == slug) {
                    Some(article) => (200, HTML, page(article, self.newest).into_bytes()),
                    None => (404, HTML, missing().into_bytes()),
                }
            }
        }
    }
}

fn published(article: &Article, newest: Timestamp) -> jiff::ZonedDateTime {
    (newest - SignedDuration::from_hours(article.age_hours)).to_zoned_datetime(TimeZone::UTC)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn feed(articles: &[Article], newest: Timestamp, host: &str) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>\n<title>{NAME}</title>\
         <link>http://{host}/en/</link><description>News from between two seas</description>\n"
    );
    for article in articles {
        let link = format!("http://{host}/en/news/{}.html", article.slug);
        let date = published(article, newest)
            .strftime("%a, %d %b %Y %H:%M:%S +0000")
            .to_string();
        let _ = writeln!(
            xml,
            "<item><title>{}</title><description><![CDATA[<p>{}</p>]]></description><link>{link}</link>\
             <pubDate>{date}</pubDate><guid>{link}</guid></item>",
            escape(article.title),
            article.teaser
        );
    }
    xml.push_str("</channel></rss>\n");
    xml
}

/// The feed of the other outlet, with whole texts.
fn whole_feed(newest: Timestamp, host: &str) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\n\
         <title>Lori Post</title><link>http://{host}/lori-post/</link><description>News</description>\n"
    );
    for article in RETOLD {
        let link = format!("http://{host}/lori-post/{}.html", article.slug);
        let date = published(article, newest).strftime("%a, %d %b %Y %H:%M:%S +0000");
        let tags = article.tags.iter();
        let tags: String = tags
            .map(|tag| format!("<category>{tag}</category>"))
            .collect();
        let _ = writeln!(
            xml,
            "<item><title>{}</title><link>{link}</link><guid>{link}</guid><pubDate>{date}</pubDate>{tags}\
             <content:encoded><![CDATA[{}]]></content:encoded></item>",
            escape(article.title),
            article.body
        );
    }
    xml.push_str("</channel></rss>\n");
    xml
}

fn frame(title: &str, head: &str, main: &str) -> String {
    format!(
        r##"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - {NAME}</title>
<base href="/"><meta name="generator" content="Contao Open Source CMS">{head}
<script>window.dataLayer=window.dataLayer||[];</script></head>
<body id="top" class="desktop"><div id="wrapper">
<header id="header"><div class="inside"><a href="/en/" class="logo">{NAME}</a>
<nav class="mod_navigation block"><ul class="level_1"><li><a href="/en/">Home</a></li><li><a href="/en/politics.html">Politics</a></li>
<li><a href="/en/economy.html">Economy</a></li><li><a href="/en/society.html">Society</a></li><li><a href="/en/about-us.html">About us</a></li>
<li><a href="/en/donate.html">Donate</a></li></ul></nav></div></header>
<div id="container"><main id="main"><div class="inside">{main}</div></main>
<aside id="right"><div class="mod_newslist see-also"><h3>See Also</h3><ul>
<li><a href="/en/news/gyumri-theatre-plays-in-the-market-hall.html">Gyumri’s theatre plays in the market hall</a></li>
<li><a href="/en/news/sheki-weavers-win-their-case.html">Sheki’s weavers win their case about a name</a></li></ul></div>
<div class="ce_text job-advert"><h3>We are hiring</h3><p>{NAME} is looking for an editor (part time, remote) with good knowledge of Georgian and Armenian. Apply by the end of the month.</p></div></aside></div>
<footer id="footer"><div class="inside"><p>© {NAME}. All rights reserved.</p><ul><li><a href="/en/imprint.html">Imprint</a></li><li><a href="/en/privacy.html">Privacy notice</a></li></ul></div></footer>
</div><div class="cookiebar" role="dialog"><p>This website uses cookies to improve your experience. By continuing to browse you accept our privacy notice.</p><button>Accept all</button></div></body></html>
"##
    )
}

fn info_line(article: &Article, newest: Timestamp) -> String {
    format!(
        "{} | {}",
        published(article, newest).strftime("%-d %b %Y"),
        article.tags.join(", ")
    )
}

fn home(articles: &[Article], newest: Timestamp) -> String {
    let head = r#"<link rel="alternate" type="application/rss+xml" href="share/kura-courier-en.xml" title="Kura Courier">"#;
    let mut list = String::from("<div class=\"mod_newslist block\">");
    for article in articles {
        let _ = write!(
            list,
            r#"<div class="layout_latest block"><p class="info">{}</p><h2><a href="en/news/{}.html">{}</a></h2><div class="teaser"><p>{}</p></div><p class="more"><a href="en/news/{}.html" title="Read the article">Read more …</a></p></div>"#,
            info_line(article, newest),
            article.slug,
            article.title,
            article.teaser,
            article.slug,
        );
    }
    list.push_str("</div>");
    frame("News", head, &list)
}

fn page(article: &Article, newest: Timestamp) -> String {
    let main = format!(
        r#"<div class="mod_newsreader block"><div class="layout_full block"><h1>{}</h1><p class="info">{}</p>
<p class="author">By {}</p><div class="ce_text block">{}</div></div>
<p class="back"><a href="en/" title="Go back">Go back</a></p></div>"#,
        article.title,
        info_line(article, newest),
        article.author,
        article.body
    );
    frame(article.title, "", &main).replacen(
        "lang=\"en\"",
        &format!("lang=\"{}\"", article.lang),
        1,
    )
}

fn missing() -> String {
    frame(
        "Page not found",
        "",
        "<h1>Page not found</h1><p>The requested page does not exist.</p>",
    )
}

/// A picture made of a few shapes: an umbrella over a suitcase.
fn picture() -> Vec<u8> {
    let mut pixels = image::RgbImage::new(320, 180);
    for (x, y, pixel) in pixels.enumerate_pixels_mut() {
        let (dx, dy) = (i64::from(x) - 160, i64::from(y) - 90);
        let umbrella = dy < 0 && dx * dx + dy * dy < 60 * 60;
        let stick = dx.abs() < 2 && (0..50).contains(&dy);
        let suitcase = (170..230).contains(&x) && (120..160).contains(&y);
        *pixel = if umbrella {
            image::Rgb([176, 58, 46])
        } else if stick || suitcase {
            image::Rgb([92, 64, 51])
        } else {
            image::Rgb([(110 + y / 3) as u8, (130 + y / 4) as u8, 160])
        };
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    let _ = pixels.write_to(&mut bytes, image::ImageFormat::Png);
    bytes.into_inner()
}
