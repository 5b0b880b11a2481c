//! Made-up outlets that do over a year what outlets do: publish, correct, retitle, retag, move, fail, take back,
//! bring back. Never here: newsprint.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Stories that a feed lists.
const LISTED: usize = 25;

/// One story.
#[derive(Clone)]
struct Story {
    /// Of the whole world; copies of one story in other outlets have its text and another number.
    number: u64,
    text_seed: u64,
    published: i64,
    /// Grows with each correction.
    edition: u64,
    title_edition: u64,
    tag_edition: u64,
    picture_edition: u64,
    /// Grows where the outlet gives all its stories new addresses and ids.
    era: u64,
}

/// An outlet.
struct Paper {
    /// Stories an hour, in hundredths.
    rate: u32,
    listed: Vec<Story>,
    /// Stories that left the list; some come back.
    left: Vec<Story>,
    down_until: i64,
    version: u64,
}

/// All outlets at one hour.
pub struct World {
    now: i64,
    random: fastrand::Rng,
    papers: Vec<Paper>,
    stories: u64,
}

impl World {
    /// So many outlets at the second `start`.
    pub fn new(count: usize, start: i64) -> World {
        let mut random = fastrand::Rng::with_seed(50);
        let papers = (0..count).map(|_| Paper {
            rate: random.u32(5..60),
            listed: Vec::new(),
            left: Vec::new(),
            down_until: 0,
            version: 0,
        });
        World {
            now: start,
            papers: papers.collect(),
            random: fastrand::Rng::with_seed(51),
            stories: 0,
        }
    }

    /// What happens in an hour.
    pub fn pass_an_hour(&mut self) {
        self.now += 3600;
        let (now, random) = (self.now, &mut self.random);
        let mut copied: Option<Story> = None;
        for (n, paper) in self.papers.iter_mut().enumerate() {
            if random.u32(0..24 * 40) == 0 {
                paper.down_until = now + i64::from(random.u32(1..40)) * 3600;
            }
            let mut changed = false;
            if random.u32(0..100) < paper.rate {
                self.stories += 1;
                let mut story = Story {
                    number: self.stories,
                    text_seed: self.stories,
                    published: now - i64::from(random.u32(0..3000)),
                    edition: 0,
                    title_edition: 0,
                    tag_edition: 0,
                    picture_edition: 0,
                    era: era(now),
                };
                if let Some(other) = copied.as_ref().filter(|_| random.u32(0..4) == 0) {
                    story.text_seed = other.text_seed;
                }
                copied = Some(story.clone());
                paper.listed.insert(0, story);
                changed = true;
            }
            while paper.listed.len() > LISTED {
                paper.left.extend(paper.listed.pop());
            }
            if paper.left.len() > 500 {
                paper.left.remove(0);
            }
            if random.u32(0..24 * 3) == 0 && !paper.left.is_empty() {
                let back = paper.left.remove(random.usize(0..paper.left.len()));
                paper.listed.push(back);
                changed = true;
            }
            if random.u32(0..24) == 0 && paper.listed.len() > 5 {
                let taken_back = paper.listed.remove(random.usize(0..3));
                paper.left.push(taken_back);
                changed = true;
            }
            for story in &mut paper.listed {
                let fresh = now - story.published < 86_400;
                let more = if fresh { 1 } else { 20 };
                if random.u32(0..60 * more) == 0 {
                    story.edition += 1;
                    changed = true;
                }
                if random.u32(0..90 * more) == 0 {
                    story.title_edition += 1;
                    changed = true;
                }
                if random.u32(0..90 * more) == 0 {
                    story.tag_edition += 1;
                    changed = true;
                }
                if random.u32(0..120 * more) == 0 {
                    story.picture_edition += 1;
                    changed = true;
                }
                // A new system behind the site: other ids and addresses for all, other ids alone for some.
                let era = era(now);
                if n % 7 == 3 && story.era != era {
                    story.era = era;
                    changed = true;
                }
            }
            // Some write the hour into each text.
            if changed || n % 10 == 4 {
                paper.version += 1;
            }
        }
    }

    /// Status, media type, ETag and body.
    fn answer(&self, n: usize, path: &str) -> (u16, &'static str, String, Vec<u8>) {
        let missing = || (404, "text/html", String::new(), Vec::new());
        let Some(paper) = self.papers.get(n) else {
            return missing();
        };
        if self.now < paper.down_until {
            return (503, "text/html", String::new(), Vec::new());
        }
        if path == "/feed" {
            let etag = format!("\"{n}-{}\"", paper.version);
            return (
                200,
                "application/rss+xml",
                etag,
                self.feed(n, paper).into_bytes(),
            );
        }
        if let Some(rest) = path.strip_prefix("/picture/") {
            // Not decoded by a refresh; its size is what counts.
            let seed = rest
                .bytes()
                .fold(7u64, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte));
            let mut random = fastrand::Rng::with_seed(seed);
            let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
            bytes.extend((0..random.usize(4_000..12_000)).map(|_| random.u8(..)));
            return (200, "image/png", String::new(), bytes);
        }
        let story = paper.listed.iter().chain(&paper.left);
        let found = story
            .into_iter()
            .find(|story| path.contains(&format!("/{}-", story.number)));
        match found {
            Some(story) => (
                200,
                "text/html; charset=utf-8",
                String::new(),
                page(story).into_bytes(),
            ),
            None => missing(),
        }
    }

    fn feed(&self, n: usize, paper: &Paper) -> String {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>Outlet {n}</title>\
             <link>/</link><description>News</description>"
        );
        for story in &paper.listed {
            let address = story.address();
            let guid = match n % 7 {
                5 => format!("{}?id={}", story.number, story.era),
                6 => String::new(),
                _ => address.clone(),
            };
            let guid = match guid.is_empty() {
                true => guid,
                false => format!("<guid isPermaLink=\"false\">{guid}</guid>"),
            };
            let text = match n % 5 {
                0 => format!(
                    "<p>{}</p>",
                    sentence(&mut fastrand::Rng::with_seed(story.text_seed), 25)
                ),
                _ => story.text(),
            };
            let hour = match n % 10 {
                4 => format!("<p>As of {} o'clock.</p>", self.now / 3600 % 24),
                _ => String::new(),
            };
            let date = match n % 9 {
                8 => String::new(),
                _ => format!("<pubDate>{}</pubDate>", rfc_2822(story.published)),
            };
            let picture = match n % 4 {
                1 => format!(
                    "<enclosure url=\"picture/{}-{}.png\" type=\"image/png\" length=\"9000\"/>",
                    story.number, story.picture_edition
                ),
                _ => String::new(),
            };
            let tags: String = story
                .tags(n)
                .iter()
                .map(|tag| format!("<category>{tag}</category>"))
                .collect();
            let html = format!("{text}{hour}")
                .replace('&', "&amp;")
                .replace('<', "&lt;");
            xml += &format!(
                "<item><title>{}</title><link>{address}</link>{guid}{date}{picture}{tags}\
                 <description>{html}</description></item>",
                story.title()
            );
        }
        xml + "</channel></rss>"
    }
}

impl Story {
    fn address(&self) -> String {
        match self.era % 2 {
            0 => format!("/news/{}-story.html", self.number),
            _ => format!("/{}/{}-the-story", self.published / 86_400, self.number),
        }
    }

    fn title(&self) -> String {
        let mut random = fastrand::Rng::with_seed(self.text_seed ^ 0xaaaa);
        let mut title = sentence(&mut random, 7);
        if self.title_edition > 0 {
            title = format!("{title} ({})", word(self.title_edition * 97 + self.number));
        }
        title
    }

    /// The outlet's own, in changing spellings, and some that no other story has.
    fn tags(&self, n: usize) -> Vec<String> {
        let mut random = fastrand::Rng::with_seed(self.text_seed ^ (self.tag_edition << 32));
        let mut tags: Vec<String> = (0..random.usize(1..5))
            .map(|_| word(random.u64(0..400)))
            .collect();
        if n.is_multiple_of(3) {
            tags.push(format!(
                "{} {}",
                word(self.number % 5000),
                self.number + self.tag_edition
            ));
        }
        if self.tag_edition % 2 == 1 {
            tags = tags.iter().map(|tag| tag.to_uppercase()).collect();
        }
        tags
    }

    fn text(&self) -> String {
        let mut random = fastrand::Rng::with_seed(self.text_seed);
        let mut html = String::new();
        for paragraph in 0..random.u64(3..9) {
            // A correction alters one paragraph.
            let mut random = match self.edition > 0 && paragraph == self.edition % 3 {
                true => fastrand::Rng::with_seed(self.text_seed ^ self.edition << 20),
                false => fastrand::Rng::with_seed(random.u64(..)),
            };
            let sentences: Vec<String> = (0..random.usize(2..5))
                .map(|_| sentence(&mut random, 14))
                .collect();
            html += &format!("<p>{}</p>\n", sentences.join(" "));
        }
        html
    }
}

fn page(story: &Story) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{0}</title><meta property=\"og:title\" content=\"{0}\">\
         </head><body><nav><a href=\"/\">Home</a></nav><main><article><h1>{0}</h1>{1}</article></main>\
         <footer><p>All rights reserved.</p></footer></body></html>",
        story.title(),
        story.text()
    )
}

/// One of many made-up words; low numbers are short.
fn word(number: u64) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "ren", "to", "li", "mar", "ke", "sun", "do", "vi", "sta", "ner", "po", "gal", "me",
        "ri", "tan", "lo", "fe", "ser", "na",
    ];
    let (mut left, mut word) = (number + 20, String::new());
    while left > 0 {
        word += SYLLABLES[(left % 20) as usize];
        left /= 20;
    }
    word
}

/// Words as they are spread in texts: few often, many rarely.
fn sentence(random: &mut fastrand::Rng, words: usize) -> String {
    let chosen: Vec<String> = (0..words)
        .map(|_| {
            let rare = random.f64();
            word((rare * rare * rare * rare * 30_000.0) as u64)
        })
        .collect();
    let text = chosen.join(" ");
    text[..1].to_uppercase() + &text[1..] + "."
}

fn rfc_2822(second: i64) -> String {
    let time = jiff::Timestamp::from_second(second).expect("a time");
    time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// The address of an outlet, without a slash at its end.
pub fn address(n: usize, port: u16) -> String {
    format!("http://127.3.0.{}:{port}", n + 1)
}

/// Answers for all outlets, each at a loopback address of its own; gives the port.
pub fn serve(world: &Arc<Mutex<World>>) -> u16 {
    let listener = TcpListener::bind("0.0.0.0:0").expect("a port");
    let port = listener.local_addr().expect("the port").port();
    let world = world.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let world = world.clone();
            std::thread::spawn(move || converse(&stream, &world));
        }
    });
    port
}

fn converse(stream: &TcpStream, world: &Mutex<World>) {
    let n = match stream.local_addr().map(|address| address.ip()) {
        Ok(std::net::IpAddr::V4(ip)) => usize::from(ip.octets()[3]).wrapping_sub(1),
        _ => return,
    };
    let mut reader = BufReader::new(stream);
    loop {
        let (mut path, mut validator) = (String::new(), String::new());
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if line.trim_end().is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("GET ") {
                path = rest.split(' ').next().unwrap_or_default().to_owned();
            } else if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("if-none-match")
            {
                validator = value.trim().to_owned();
            }
        }
        let (now, (mut status, kind, etag, mut body)) = {
            let world = world.lock().expect("the world");
            (world.now, world.answer(n, &path))
        };
        if !etag.is_empty() && etag == validator {
            (status, body) = (304, Vec::new());
        }
        let mut reply = format!(
            "HTTP/1.1 {status} Said\r\nDate: {}\r\n",
            rfc_2822(now).replace("+0000", "GMT")
        );
        if !etag.is_empty() {
            reply += &format!("ETag: {etag}\r\n");
        }
        if status != 304 {
            reply += &format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
        }
        let bytes = [reply.as_bytes(), b"\r\n", &body].concat();
        if (&*stream).write_all(&bytes).is_err() {
            return;
        }
    }
}

/// Which of its systems a site runs on.
fn era(now: i64) -> u64 {
    now.unsigned_abs() / (86_400 * 120)
}
