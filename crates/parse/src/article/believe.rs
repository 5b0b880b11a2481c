//! Whether the page that answered is the article that was asked for: what on it says so, and by what shape
//! a wall is known (log-in, consent, subscription, challenge, region, app, error page, home page, video).
//! Never here: fetching, what is done about a wall, what several pages of an outlet have in common.

use std::collections::HashSet;
use std::sync::LazyLock;

use dom_query::Document;
use memchr::memmem::Finder;
use url::Url;

use super::phrases::folded;
use crate::limit_html::HELD;
use newsprint_model::{Page, Partial, address_key, fold};

/// Walls are not longer than this, in words.
pub(super) const NOTICE: u32 = 250;
/// What a page has beside its text is looked at only where the text has fewer words than this. Well over `NOTICE`: the
/// words may be counted again when the text has been cleaned.
const LOOKED_THROUGH: u32 = 2 * NOTICE;
/// A page with the marks of a wall and the entry's title alone is one up to so many words.
const MARKED: u32 = 120;
/// A wall that names the article before which it stands has fewer words than this.
const NAMED: u32 = 80;
/// A page without any sign that it is the entry's is believed from so many words on, where it calls itself an
/// article and answered at the address that was asked.
const LONG: u32 = 200;
/// Text that is looked through for the entry's words, in characters: a title's words come early.
const LOOKED: usize = 20_000;

/// What was asked for: an entry of a source and its address.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The entry's title; empty when the source gave none.
    pub title: &'a str,
    /// The entry's own text, without markup; empty when the source gave none.
    pub text: &'a str,
    /// The address of the entry.
    pub url: &'a str,
    /// The address that answered, after redirects.
    pub answered: &'a str,
}

/// What is seen of a page beside its article: small, taken before the tree is dropped.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageSigns {
    /// `<title>`, `og:title`, first headings.
    titles: Vec<String>,
    /// The page's description.
    description: String,
    /// It calls itself a video, or holds little but a player.
    video: bool,
    /// What walls are built of.
    password: bool,
    prices: usize,
    markers: Markers,
    /// Words on the whole page, at most 5,000; of a page with a long text, those of the text.
    words_all: usize,
}

/// What the markup names, scripts included; taken before the page is shortened.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Markers {
    article: bool,
    challenge: bool,
    consent: bool,
    locked: bool,
    app: bool,
}

/// Markup that is looked through, in bytes.
const MARKUP: usize = 512 << 10;

/// As much of the markup as is looked through.
pub(super) fn beginning_of(html: &str) -> &str {
    &html[..html.floor_char_boundary(MARKUP)]
}

impl Markers {
    /// Looks through the markup as it came ([`beginning_of`]), of which `words` were taken for the article's text. The
    /// signs of walls are searched for only where that is short: no text of `LOOKED_THROUGH` words is a wall's, and the
    /// search is a twentieth of the work on a page.
    pub(super) fn of(html: &str, words: u32) -> Markers {
        let low = html.to_ascii_lowercase();
        let has = |signs: &[Finder]| signs.iter().any(|sign| sign.find(low.as_bytes()).is_some());
        let [article, challenge, consent, locked, app] = &*FINDERS;
        let wall = |signs: &[Finder]| words < LOOKED_THROUGH && has(signs);
        Markers {
            article: has(article),
            challenge: wall(challenge),
            consent: wall(consent),
            locked: wall(locked),
            app: wall(app),
        }
    }
}

/// The signs, ready to be searched for: most are on no page, so that each is looked for in all of it.
static FINDERS: LazyLock<[Vec<Finder<'static>>; 5]> = LazyLock::new(|| {
    [ARTICLES, CHALLENGES, CONSENTS, PAYWALLS, APPS]
        .map(|signs| signs.iter().map(|sign| Finder::new(*sign)).collect())
});

/// Types of structured data.
const ARTICLES: &[&str] = &["\"newsarticle\"", "\"article\"", "\"blogposting\""];

/// Markup by which services that tell people from programs are known.
const CHALLENGES: &[&str] = &[
    "/cdn-cgi/challenge-platform",
    "cf-chl",
    "cf_chl",
    "_cf_chl_opt",
    "challenges.cloudflare.com",
    "captcha-delivery.com",
    "geo.captcha",
    "px-captcha",
    "perimeterx",
    "_incapsula_resource",
    "ddos-guard",
    "awswaf",
    "aws-waf",
    "g-recaptcha",
    "h-captcha",
    "hcaptcha.com",
    "frc-captcha",
    "cf-turnstile",
    "anubis_challenge",
    "sucuri_cloudproxy",
    "kpsdk",
];

/// Names of consent dialogues in classes, ids and addresses.
const CONSENTS: &[&str] = &[
    "sp_message",
    "onetrust",
    "didomi",
    "usercentrics",
    "cmpbox",
    "cmp-",
    "consent",
    "cookiebot",
    "cookiewall",
    "cookie-wall",
    "trustarc",
    "gdpr",
    "privacy-wall",
    "privacywall",
    "tracking-wall",
    "contentpass",
];

/// Names of subscription walls in classes and ids.
const PAYWALLS: &[&str] = &[
    "paywall", "pay-wall", "regwall", "subscri", "abo-", "-abo", "premium", "pricing", "piano-",
    "tp-modal", "offer-", "-offer", "metered",
];

/// Stores of applications, and addresses that open one.
const APPS: &[&str] = &[
    "apps.apple.com",
    "itunes.apple.com/app",
    "play.google.com/store/apps",
    "itms-apps:",
    "market://",
    "intent://",
    "appgallery.huawei.com",
    ".app.link/",
    "onelink.me/",
];

/// Segments and parameters of addresses that lead to a log-in.
const LOG_INS: &[&str] = &[
    "login",
    "log-in",
    "logon",
    "signin",
    "sign-in",
    "sso",
    "oauth",
    "oauth2",
    "auth",
    "authorize",
    "anmelden",
    "anmeldung",
    "einloggen",
    "connexion",
    "identifiez",
    "iniciar-sesion",
    "acceso",
    "accedi",
    "logowanie",
    "zaloguj",
    "prihlaseni",
    "inloggen",
    "logga-in",
    "logg-inn",
    "giris",
    "vhod",
    "register",
    "registration",
];

/// Hosts and segments of addresses of consent dialogues.
const CONSENT_PLACES: &[&str] = &[
    "consent",
    "cmp",
    "gdpr",
    "cookie",
    "cookies",
    "cookiewall",
    "cookie-wall",
    "privacy-wall",
    "zustimmung",
    "consentement",
    "consenso",
    "consentimiento",
    "myprivacy",
];

/// Words of a page that is closed to a country, in phrases.
const REGIONS: &[&str] = &[
    "in your country",
    "in your region",
    "your location",
    "in your area",
    "outside of the united",
    "european economic area",
    "legal reasons",
    "in ihrem land",
    "in deinem land",
    "in ihrer region",
    "dans votre pays",
    "dans votre region",
    "en su pais",
    "en tu pais",
    "en su region",
    "nel tuo paese",
    "in questo paese",
    "no seu pais",
    "in uw land",
    "in jouw land",
    "w twoim kraju",
    "w panstwa kraju",
    "ve vasi zemi",
    "i ditt land",
    "i dit land",
    "ulkenizde",
    "bolgenizde",
    "в вашей стране",
    "в вашем регионе",
    "у вашій країні",
    "お住まいの地域",
    "お住まいの国",
    "您所在的地区",
    "您所在的国家",
    "귀하의 국가",
    "해당 지역",
    "في بلدك",
];

/// Titles of pages that check whether a person asks.
const CHECKS: &[&str] = &[
    "just a moment",
    "attention required",
    "checking your browser",
    "are you a robot",
    "are you human",
    "verify you are human",
    "security check",
    "human verification",
    "pardon our interruption",
    "access to this page has been denied",
    "ddos-guard",
    "einen moment",
    "un instant",
    "un momento",
    "один момент",
    "请稍候",
    "しばらくお待ちください",
];

/// Titles and headings of log-ins.
const LOG_IN_TITLES: &[&str] = &[
    "log in",
    "login",
    "sign in",
    "sign up",
    "anmelden",
    "anmeldung",
    "einloggen",
    "connexion",
    "se connecter",
    "connectez",
    "iniciar sesion",
    "inicia sesion",
    "accedi",
    "entrar",
    "iniciar sessao",
    "zaloguj",
    "logowanie",
    "prihlaseni",
    "inloggen",
    "logga in",
    "logg inn",
    "log ind",
    "giris yap",
    "войти",
    "вход",
    "авторизация",
    "увійти",
    "ログイン",
    "登录",
    "登入",
    "로그인",
    "تسجيل الدخول",
];

static REGION_PHRASES: LazyLock<Vec<String>> = LazyLock::new(|| folded(REGIONS));
static CHECK_PHRASES: LazyLock<Vec<String>> = LazyLock::new(|| folded(CHECKS));
static LOG_IN_PHRASES: LazyLock<Vec<String>> = LazyLock::new(|| folded(LOG_IN_TITLES));

impl PageSigns {
    /// Looks at a page, of which `words` were taken for the article's text.
    pub(super) fn of(doc: &Document, markers: Markers, words: u32) -> PageSigns {
        /// Elements read of each kind.
        const MOST: usize = 4;
        let mut titles: Vec<String> = Vec::new();
        let mut descriptions: Vec<String> = Vec::new();
        let (mut title_spots, mut password, mut player) = (0, false, false);
        let mut kind = String::new();
        for node in doc.root().descendants_it() {
            let Some(element) = node.element_ref() else {
                continue;
            };
            let name: &str = &element.name.local;
            let attr = |name: &str| element.attr(name);
            match name {
                "title" | "h1" | "h2" if title_spots < MOST => {
                    title_spots += 1;
                    titles.push(node.text().to_string());
                }
                "meta" => {
                    let content = || attr("content").unwrap_or_default().to_string();
                    match attr("property").as_deref() {
                        Some("og:title") if title_spots < MOST => {
                            title_spots += 1;
                            titles.push(content());
                        }
                        Some("og:type") => kind.push_str(&content().to_ascii_lowercase()),
                        Some("og:description") if descriptions.len() < MOST => {
                            descriptions.push(content());
                        }
                        _ if attr("name").as_deref() == Some("description")
                            && descriptions.len() < MOST =>
                        {
                            descriptions.push(content());
                        }
                        _ => {}
                    }
                }
                "input" => password |= attr("type").as_deref() == Some("password"),
                "video" => player = true,
                "iframe" => {
                    let src = attr("src").unwrap_or_default();
                    let plays = ["youtube", "vimeo", "player", "embed"];
                    player |= plays.iter().any(|word| src.contains(word));
                }
                _ => {}
            }
        }
        titles.retain(|text| !text.trim().is_empty());
        descriptions.retain(|text| !text.trim().is_empty());
        let (words_all, prices) = match words < LOOKED_THROUGH {
            true => {
                let shown = shown(doc);
                let words = shown.split_whitespace().take(5_000).count();
                (words, prices(&shown))
            }
            false => (words as usize, 0),
        };
        PageSigns {
            titles,
            description: descriptions.join("\n"),
            video: kind.starts_with("video") || words_all < 150 && player,
            password,
            prices,
            markers,
            words_all,
        }
    }

    /// What kind of wall a short page has the shape of, whoever asked for it; `text` is what was taken for
    /// the article's, of so many `words`.
    pub(super) fn shape(&self, text: &str, words: u32) -> Option<Partial> {
        if words >= NOTICE {
            return None;
        }
        let all = self.words_all;
        if self.markers.challenge && all < 120 {
            return Some(Partial::Challenge);
        }
        let titles = || self.titles.iter().map(|title| fold(title));
        if all < 150 && titles().any(|title| begins(&title, &CHECK_PHRASES)) {
            return Some(Partial::Challenge);
        }
        let asks_in = titles().any(|title| begins(&title, &LOG_IN_PHRASES));
        if all < 200 && (asks_in || (self.password && words < 80)) {
            return Some(Partial::Login);
        }
        let text = fold(text);
        if words < 120 && all < 250 && REGION_PHRASES.iter().any(|phrase| text.contains(phrase)) {
            return Some(Partial::Region);
        }
        if self.prices >= 1 && self.markers.locked && all < 250 && words < 150 {
            return Some(Partial::Paywall);
        }
        if self.markers.app && all < 80 && words < 60 {
            return Some(Partial::App);
        }
        if self.video && words < 40 && all < 150 {
            return Some(Partial::Video);
        }
        None
    }

    /// The kind of a page that is not the article: the likeliest, since it must be called something.
    fn likeliest(&self, asked: &Asked<'_>, page: &Page, text: &str, words: u32) -> Partial {
        if let Some(known) = page.partial.filter(|known| *known != Partial::NoText) {
            return known;
        }
        if let Some(shape) = self.shape(text, words) {
            return shape;
        }
        let places = places(asked.answered);
        let any = |known: &[&str]| places.iter().any(|place| known.contains(&place.as_str()));
        if any(LOG_INS) {
            return Partial::Login;
        }
        if any(CONSENT_PLACES) {
            return Partial::Consent;
        }
        let short = words < NOTICE;
        match self {
            signs if short && signs.password => Partial::Login,
            _ if words < 3 => Partial::NoText,
            signs if short && signs.markers.challenge && signs.words_all < 250 => {
                Partial::Challenge
            }
            signs if short && signs.prices >= 2 => Partial::Paywall,
            signs if short && signs.markers.consent => Partial::Consent,
            signs if short && signs.markers.locked => Partial::Paywall,
            signs if short && signs.markers.app => Partial::App,
            signs if short && signs.video => Partial::Video,
            _ => Partial::OtherPage,
        }
    }
}

/// Why the page that answered is not the article that was asked for; `None` where it is. `text` is the text
/// that was taken from it, of so many `words`.
///
/// A page is the entry's only if something on it says so: its title or its text has the entry's words, or it
/// names the entry's address as its own. A page that the asker was sent to instead (the home page, one that
/// carries the address to come back to) is not, whatever it says. A short page in the shape of a wall is not,
/// unless its text has the entry's words.
pub fn not_the_article(
    asked: &Asked<'_>,
    page: &Page,
    signs: &PageSigns,
    text: &str,
    words: u32,
) -> Option<Partial> {
    let title = tokens(asked.title);
    let head = signs.titles.iter().chain(&page.title);
    let named = head
        .map(|head| share(&title, &tokens(head)))
        .fold(0.0, f64::max);
    let text_tokens: HashSet<String> = tokens(beginning(text)).into_iter().collect();
    let in_text = within(&telling(&title), &text_tokens);
    let teaser = teaser(asked.text);
    let teased = teaser.len() >= 4 && within(&teaser, &text_tokens) >= 0.6;
    let described = teaser.len() >= 4 && share(&teaser, &tokens(&signs.description)) >= 0.7;
    let titled = title.len() >= 2 && in_text >= 0.5;
    let says_text = titled || teased;

    if was_sent_away(asked) && !(named >= 0.8 && says_text) {
        return Some(match is_home(asked.answered) {
            true => match page.partial {
                Some(why) if why != Partial::NoText => why,
                _ => Partial::HomePage,
            },
            false => signs.likeliest(asked, page, text, words),
        });
    }
    let canonical = page.canonical.as_deref().map(address_key);
    let own = canonical
        .is_some_and(|own| own == address_key(asked.url) || own == address_key(asked.answered))
        && !moved_far(asked);
    let says_head = named >= 0.6 || described;
    // A wall may name the article that it stands before.
    if let Some(shape) = signs.shape(text, words)
        && (!says_text || (words < NAMED && !teased))
    {
        return Some(shape);
    }
    if says_text {
        return None;
    }
    // Of a short page that has the entry's title and nothing else of it, the text is somebody else's.
    let marked = signs.password
        || signs.markers.challenge
        || signs.markers.consent
        || signs.markers.locked
        || signs.prices > 0;
    if (teaser.len() >= 4 && words < NAMED) || (words < MARKED && marked && !title.is_empty()) {
        return Some(signs.likeliest(asked, page, text, words));
    }
    if says_head || own {
        // A reason that the page itself gives, and none of the entry's words: the wall's own text.
        return page.partial;
    }
    // An entry without title and text says nothing that could be found.
    let unknown = title.is_empty() && teaser.is_empty();
    if (unknown || (signs.markers.article && words >= LONG)) && !moved_far(asked) {
        return page.partial;
    }
    Some(signs.likeliest(asked, page, text, words))
}

/// Whether the text has the entry's words, so that it may stand for the beginning of the article although
/// the page does not show all of it.
pub fn is_beginning(asked: &Asked<'_>, text: &str) -> bool {
    let text: HashSet<String> = tokens(beginning(text)).into_iter().collect();
    let title = tokens(asked.title);
    let teaser = teaser(asked.text);
    let titled = !title.is_empty() && within(&telling(&title), &text) >= 0.3;
    let teased = teaser.len() >= 4 && within(&teaser, &text) >= 0.4;
    titled || teased || (title.is_empty() && teaser.is_empty())
}

/// Whether the asker was sent somewhere else: to a home page, to another host, or to an address that carries
/// the one to come back to.
fn was_sent_away(asked: &Asked<'_>) -> bool {
    let (Ok(from), Ok(to)) = (Url::parse(asked.url), Url::parse(asked.answered)) else {
        return false;
    };
    if address_key(asked.url) == address_key(asked.answered) {
        return false;
    }
    if is_home(asked.answered) && !is_home(asked.url) {
        return true;
    }
    if from.path() == to.path() && site(&from) == site(&to) {
        return false;
    }
    let places = places(asked.answered);
    let known = |list: &[&str]| places.iter().any(|place| list.contains(&place.as_str()));
    if known(LOG_INS) || known(CONSENT_PLACES) {
        return true;
    }
    // The address to come back to, whole or its path, as a parameter.
    let path = from.path().trim_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    to.query_pairs().any(|(_, value)| {
        value.contains(asked.url)
            || (path.len() >= 4 && value.contains(path))
            || (value.len() >= 2 && last.len() >= 2 && last.split('.').next() == Some(&value))
    })
}

/// Whether the answer came from another site, or from quite another place of the same.
fn moved_far(asked: &Asked<'_>) -> bool {
    let (Ok(from), Ok(to)) = (Url::parse(asked.url), Url::parse(asked.answered)) else {
        return false;
    };
    let last = |url: &Url| {
        let path = url.path().trim_matches('/').to_owned();
        path.rsplit('/').next().unwrap_or_default().to_owned()
    };
    address_key(asked.url) != address_key(asked.answered)
        && (site(&from) != site(&to) || last(&from) != last(&to))
}

/// The last two labels of a host: near enough to a site for telling a wall's host from an outlet's.
fn site(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    if host.parse::<std::net::IpAddr>().is_ok() {
        return host.to_owned();
    }
    let labels: Vec<&str> = host.rsplit('.').take(2).collect();
    labels.join(".")
}

/// Whether an address is that of a home page: no path, or one that names a language or an index only.
fn is_home(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else {
        return false;
    };
    let path = url.path().trim_matches('/').to_ascii_lowercase();
    let lang = path.len() == 2 || (path.len() == 5 && path.as_bytes()[2] == b'-');
    (path.is_empty()
        && url
            .query_pairs()
            .all(|(name, _)| !matches!(&*name, "p" | "id")))
        || lang && path.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
        || matches!(
            &*path,
            "index.html" | "index.htm" | "index.php" | "home" | "start" | "index"
        )
}

/// The labels, segments and names of parameters of an address, without endings.
fn places(url: &str) -> Vec<String> {
    let Ok(url) = Url::parse(url) else {
        return Vec::new();
    };
    let host = url.host_str().unwrap_or_default().split('.');
    let path = url
        .path()
        .split('/')
        .map(|part| part.split('.').next().unwrap_or_default());
    host.chain(path)
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_lowercase)
        .collect()
}

fn begins(title: &str, phrases: &[String]) -> bool {
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    phrases.iter().any(|phrase| {
        title.strip_prefix(phrase.as_str()).is_some_and(|rest| {
            let word = phrase.chars().last().is_some_and(|c| c.is_ascii());
            !word || !rest.starts_with(char::is_alphanumeric)
        }) && title.split_whitespace().count() <= 9
    })
}

fn beginning(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(LOOKED)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// All text in the page's body; what scripts are filled from is not shown.
fn shown(doc: &Document) -> String {
    let mut shown = String::new();
    let Some(body) = doc.body() else {
        return shown;
    };
    for node in body.descendants_it() {
        let held = || {
            let around = node.parent();
            around.is_some_and(|around| around.attr("type").as_deref() == Some(HELD))
        };
        if node.is_text() && !held() {
            shown.push_str(&node.text());
        }
    }
    shown
}

/// Amounts of money with their symbol or code.
fn prices(text: &str) -> usize {
    const SYMBOLS: &[&str] = &["€", "$", "£", "¥", "₽", "₴", "₹", "₩", "円", "元"];
    const CODES: &[&str] = &["zł", "kč", "kr", "chf", "eur", "usd"];
    let text = beginning(text).to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    let has = |word: &str, marks: &[&str]| marks.iter().any(|mark| word.contains(mark));
    let mut count = 0;
    for (at, word) in words.iter().enumerate() {
        let alone = word.trim_matches(|c: char| c.is_ascii_punctuation());
        let here = number(word) && has(word, SYMBOLS);
        let beside = (SYMBOLS.contains(&alone) || CODES.contains(&alone))
            && [at.wrapping_sub(1), at + 1]
                .iter()
                .any(|at| words.get(*at).is_some_and(|w| number(w)));
        let joined = number(word) && has(word, CODES) && word.chars().count() <= 10;
        count += usize::from(here || beside || joined);
    }
    count
}

/// Words worth comparing: of more than two letters, or numbers; in scripts without spaces, pairs of characters.
fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut found = Vec::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if word.chars().any(is_ideograph) {
            let chars: Vec<char> = word.chars().collect();
            match chars.len() {
                1 => found.push(word.to_owned()),
                _ => found.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>())),
            }
        } else if word.chars().count() > 2 || word.bytes().all(|b| b.is_ascii_digit()) {
            found.push(word.to_owned());
        }
    }
    found
}

/// The words that say something: of four letters or more, unless hardly any are.
fn telling(words: &[String]) -> Vec<String> {
    let long = |word: &&String| {
        word.chars().count() > 3 || word.chars().any(|c| is_ideograph(c) || c.is_ascii_digit())
    };
    let telling: Vec<String> = words.iter().filter(long).cloned().collect();
    match telling.len() {
        0 | 1 => words.to_vec(),
        _ => telling,
    }
}

/// The entry's own text, as far as it is compared.
fn teaser(text: &str) -> Vec<String> {
    let mut words = tokens(beginning(text));
    words.truncate(60);
    telling(&words)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// What part of the words of the one is in the other.
fn within(words: &[String], other: &HashSet<String>) -> f64 {
    if words.is_empty() {
        return 0.0;
    }
    let found = words.iter().filter(|word| other.contains(*word)).count();
    found as f64 / words.len() as f64
}

/// [`within`], or the other way round where the other is the shorter one and not much shorter: titles are cut,
/// or have the outlet's name at the end.
fn share(words: &[String], other: &[String]) -> f64 {
    let one: HashSet<String> = words.iter().cloned().collect();
    let two: HashSet<String> = other.iter().cloned().collect();
    let back = match two.len() * 2 >= one.len() && two.len() >= 3 {
        true => within(other, &one),
        false => 0.0,
    };
    within(words, &two).max(back)
}
