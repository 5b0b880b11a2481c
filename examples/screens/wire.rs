//! More made-up outlets on loopback: other scripts, every kind of block an article can have, and
//! servers that fail. Serves the pictures of the screens. Never here: anything of newsprint's own.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// An article: hours ago, title, tags, author, body.
type Item = (
    i64,
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
);

/// An article with one of everything.
const EVERYTHING: &str = "Every kind of block on one page, in nine scripts";
/// An article whose text is lost on the disk.
pub const DAMAGED: &str = "A page that the mice have eaten";
/// An article that the outlet alters.
const ALTERED: &str = "Council puts off the vote on the cable car";

const VALLEY: &[Item] = &[
    (
        1,
        EVERYTHING,
        &[
            "Analysis",
            "North Caucasus",
            "Georgia",
            "Azerbaijan",
            "Letters to the editor and corrections",
        ],
        "Ada Example",
        "<p>A paragraph with a <b>strong</b> word, an <i>emphasised</i> one, <code>code</code>, <a href=\"https://elsewhere.example/a/long/path?with=a&amp;query=too\">a link to another place</a> and <s>a word taken back</s>. It is long enough to be wrapped at every width that a terminal has, and then a little longer.</p>\
         <h2>Scripts</h2><p>Русский: Тбилисский городской суд открыл архив земельного кадастра. ქართული: საქართველოს პარლამენტი დღეს იკრიბება. Հայերեն: Երևանի մետրոն հասավ օդանավակայանի ճանապարհին։ 日本語：新聞がコーカサスの鉄道と橋の話をとても長く伝える。 العربية: فتح الجسر الجديد أمام القطارات. עברית: הגשר החדש נפתח. 한국어: 새 다리가 열렸다. हिन्दी: नया पुल खुल गया। Emoji: 👩‍🚀 🇬🇪 👍🏽.</p>\
         <h3>A list</h3><ul><li>first</li><li>second, which goes on and on so that its next line hangs under the first word of it and not under the mark<ul><li>deeper</li></ul></li></ul><ol><li>one</li><li>two</li></ol>\
         <blockquote><p>“We have said so,” she said, “and we shall go on saying so until the roof is on and the rain is outside.”</p><blockquote><p>A quotation in it.</p></blockquote></blockquote>\
         <pre>fn main() {\n    println!(\"code keeps its lines\");\n}</pre>\
         <table><caption>Passengers in thousands</caption><tr><th>Station</th><th>This year</th><th>Last year</th></tr><tr><td>Beyük Bridge</td><td>41</td><td>38</td></tr><tr><td>日本橋</td><td>1,204</td><td>998</td></tr></table>\
         <figure><img src=\"/bridge.png\" alt=\"A bridge of steel over a narrow river\"><figcaption>The bridge in spring. Photo: G. Rzali</figcaption></figure><hr><p>The end.</p>",
    ),
    (
        3,
        ALTERED,
        &["News", "Politics", "Georgia"],
        "Levan Kobaliani",
        "",
    ),
    (5, DAMAGED, &["News"], "", "<p>Gone.</p>"),
    (
        6,
        "An extraordinarily long headline that goes on well past the end of any column that a terminal could give it, because the editor is paid by the word and nobody has the heart to tell him",
        &["Society"],
        "Jo",
        "<p>Short.</p>",
    ),
    (90, "", &[], "", "<p>An article without a title.</p>"),
    (24 * 40, "Last month’s news", &["News"], "", "<p>Old.</p>"),
    (
        24 * 500,
        "News of the year before",
        &["News"],
        "",
        "<p>Older.</p>",
    ),
];

const SCRIPTS: &[Item] = &[
    (
        2,
        "Тбилисский суд открыл архив земельного кадастра: что это значит для владельцев домов",
        &["Политика", "Грузия"],
        "Нино Берадзе",
        "<p>Городской суд в четверг открыл архив земельного кадастра. Двадцать лет его держали закрытым.</p><p>«Мы ждали этого дня», — сказала адвокат.</p>",
    ),
    (
        4,
        "日本の新聞が伝えるコーカサスの鉄道と橋の話はとても長い",
        &["鉄道"],
        "山田",
        "<p>コーカサスの新しい橋が開通した。列車は朝八時に到着した。</p>",
    ),
    (
        7,
        "საქართველოს პარლამენტმა ბიუჯეტი დაამტკიცა",
        &["საქართველო"],
        "",
        "<p>პარლამენტმა ბიუჯეტი დაამტკიცა.</p>",
    ),
    (
        8,
        "فتح الجسر الجديد أمام القطارات",
        &["سكك"],
        "",
        "<p>فتح الجسر الجديد أمام القطارات صباح اليوم.</p>",
    ),
    (
        10,
        "ירושלים: הגשר החדש נפתח לרכבות",
        &[],
        "",
        "<p>הגשר החדש נפתח לרכבות בבוקר יום שני, אחרי שלוש שנות עבודה. ראש העירייה אמרה כי הנסיעה לשדה התעופה תתקצר בעשרים דקות, וכי בשבוע הראשון היא תהיה חינם.</p><p>NATO לא הגיבה. התושבים מבקשים גם תחנה ליד השוק, והמועצה תחליט בחודש הבא.</p><ul><li>אורך: 620 מטר</li><li>מחיר: 214 מיליון</li></ul>",
    ),
    (
        11,
        "Երևանի մետրոն հասավ օդանավակայանի ճանապարհին",
        &["Հայաստան"],
        "",
        "<p>Մետրոն հասավ։</p>",
    ),
    (
        12,
        "👩‍🚀 A cosmonaut 🇬🇪 comes home 👍🏽 to Gori",
        &["Science"],
        "",
        "<p>She is back.</p>",
    ),
];

/// The running outlets.
pub struct Wire {
    address: SocketAddr,
    altered: Arc<AtomicBool>,
    delay: Arc<AtomicU64>,
}

impl Wire {
    /// Starts them on a free port of 127.0.0.1; they end with the process.
    pub fn start() -> std::io::Result<Wire> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let wire = Wire {
            address,
            altered: Arc::default(),
            delay: Arc::default(),
        };
        let (altered, delay) = (Arc::clone(&wire.altered), Arc::clone(&wire.delay));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (altered, delay) = (Arc::clone(&altered), Arc::clone(&delay));
                std::thread::spawn(move || {
                    let _ = serve(stream, &altered, &delay);
                });
            }
        });
        Ok(wire)
    }

    /// A path on them.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// From now on an article has another text.
    pub fn alter(&self) {
        self.altered.store(true, Ordering::SeqCst);
    }

    /// Every answer takes so long.
    pub fn slow_down(&self, delay: Duration) {
        let milliseconds = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.delay.store(milliseconds, Ordering::SeqCst);
    }
}

fn serve(stream: TcpStream, altered: &AtomicBool, delay: &AtomicU64) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 0 && !header.trim().is_empty() {
        header.clear();
    }
    std::thread::sleep(Duration::from_millis(delay.load(Ordering::SeqCst)));
    let path = request.split(' ').nth(1).unwrap_or("/");
    let (status, body) = match path {
        "/valley.xml" => (
            "200 OK",
            feed("The Valley Post", VALLEY, altered.load(Ordering::SeqCst)),
        ),
        "/scripts.xml" => ("200 OK", feed("Nine Scripts", SCRIPTS, false)),
        "/broken.xml" => ("503 Service Unavailable", String::new()),
        "/gone.xml" => ("410 Gone", String::new()),
        _ => ("404 Not Found", String::new()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn feed(name: &str, items: &[Item], altered: bool) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>{name}</title><link>http://valley.example/</link><description>Made up</description>"
    );
    for (number, (hours, title, tags, author, body)) in items.iter().enumerate() {
        let date = (Timestamp::now() - SignedDuration::from_hours(*hours))
            .to_zoned_datetime(TimeZone::UTC)
            .strftime("%a, %d %b %Y %H:%M:%S +0000")
            .to_string();
        let body = match (body.is_empty(), altered) {
            (false, _) => (*body).to_owned(),
            (true, false) => "<p>The council of Upper Svaneti has put off its vote on the cable car until the spring. Nine members were for it, seven against.</p><p>The mayor said that the costs, 14 million lari, had been worked out with care.</p>".to_owned(),
            (true, true) => "<p>The council of Upper Svaneti has put off its vote on the cable car until the autumn. Nine members were for it, eight against, and one was asleep.</p><p>The mayor said that the costs, 19 million lari, had been worked out anew.</p>".to_owned(),
        };
        let tags: String = tags
            .iter()
            .map(|tag| format!("<category>{tag}</category>"))
            .collect();
        xml.push_str(&format!(
            "<item><guid isPermaLink=\"false\">{name}-{number}</guid><link>http://valley.example/{number}</link><title>{}</title><pubDate>{date}</pubDate><author>{author}</author>{tags}<content:encoded><![CDATA[{body}]]></content:encoded></item>",
            title.replace('&', "&amp;")
        ));
    }
    xml.push_str("</channel></rss>");
    xml
}
