//! The words of links that are no headlines: 'read more', comments, imprint, vouchers, in the languages of news.
//! Never here: where on a page they stand.

use url::Url;

use super::address::slug_in_title;
use super::titles::words;
use newsprint_model::fold;

/// Beginnings of links to more of a kind, folded; headlines begin with them too.
const BEGIN: &[&str] = &[
    "more from ",
    "more on ",
    "more in ",
    "mehr aus ",
    "mehr von ",
    "mehr zu ",
    "plus de ",
    "mas de ",
    "mas sobre ",
    "altro da ",
    "все новости",
    "все материалы",
    "alle artikel",
    "all articles",
    "all stories",
    "see all ",
    "view all ",
    "toutes les ",
    "todas las ",
    "tutte le ",
    "zur startseite",
];

/// Whether a link may lead to more of a kind: `More from our politics desk`. A headline may begin so, and only its
/// address tells: `Más de 200 muertos en Valencia`.
pub(super) fn begins_more(text: &str) -> bool {
    let folded = fold(text);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    folded.split_whitespace().count() <= 6 && BEGIN.iter().any(|begin| folded.starts_with(begin))
}

/// Links that only say 'go on'.
pub(super) fn is_more(text: &str) -> bool {
    const MORE: &[&str] = &[
        "read more",
        "more",
        "continue reading",
        "read the full story",
        "read article",
        "full story",
        "weiterlesen",
        "mehr lesen",
        "mehr erfahren",
        "zum artikel",
        "lire la suite",
        "en savoir plus",
        "leer mas",
        "seguir leyendo",
        "leggi tutto",
        "continua a leggere",
        "leia mais",
        "lees meer",
        "les mer",
        "las mer",
        "czytaj wiecej",
        "czytaj dalej",
        "citeste mai mult",
        "devamini oku",
        "читать далее",
        "подробнее",
        "читати далі",
        "детальніше",
        "ვრცლად",
        "იხილეთ მეტი",
        "ավելին",
        "اقرا المزيد",
        "続きを読む",
        "もっと見る",
        "阅读更多",
        "详细",
        "더보기",
        "etrafli",
        "skip to content",
        "skip to main content",
        "zum inhalt springen",
        "back to top",
        "view all",
        "see all",
        "show more",
        "load more",
        "alle anzeigen",
        "all news",
        "older posts",
        "newer posts",
        "next page",
        "previous page",
        "read in english",
        "watch video",
        "watch now",
        "listen now",
        "link to the article",
        "to the article",
        "link zum artikel",
        "zum beitrag",
        "artikel lesen",
        "jetzt lesen",
        "mehr",
        "mehr dazu",
        "mehr zum thema",
        "lire l article",
        "lire plus",
        "voir plus",
        "ver mas",
        "leer noticia",
        "leggi di piu",
        "leggi l articolo",
        "ler mais",
        "saiba mais",
        "lees verder",
        "lue lisaa",
        "laes mere",
        "wiecej",
        "vice",
        "cist dale",
        "tovabb",
        "περισσοτερα",
        "διαβαστε περισσοτερα",
        "прочети повече",
        "прочитај повеќе",
        "опширније",
        "opsirnije",
        "קרא עוד",
        "לקריאה נוספת",
        "המשך",
        "المزيد",
        "بیشتر بخوانید",
        "और पढ़ें",
        "xem them",
        "selengkapnya",
        "baca juga",
        "آن لاین",
        "查看更多",
        "全文",
        "記事を読む",
        "자세히 보기",
    ];
    let folded = fold(text);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let words = folded.split_whitespace().count();
    let counts = folded.bytes().any(|byte| byte.is_ascii_digit());
    MORE.contains(&folded)
        || (words <= 3 && !counts && BEGIN.iter().any(|begin| folded.starts_with(begin)))
}

/// Pages of service, by their names in addresses and titles: about, contact, privacy, terms, log in …
pub(super) fn is_service(url: &Url, title: &str) -> bool {
    const PATHS: &[&str] = &[
        "about",
        "about-us",
        "aboutus",
        "contact",
        "contact-us",
        "contacts",
        "privacy",
        "privacy-policy",
        "privacy-notice",
        "cookie-policy",
        "cookies",
        "terms",
        "terms-of-use",
        "terms-of-service",
        "terms-and-conditions",
        "imprint",
        "impressum",
        "datenschutz",
        "datenschutzerklaerung",
        "kontakt",
        "ueber-uns",
        "uber-uns",
        "agb",
        "mentions-legales",
        "a-propos",
        "qui-sommes-nous",
        "aviso-legal",
        "contacto",
        "sobre-nosotros",
        "quienes-somos",
        "chi-siamo",
        "contatti",
        "login",
        "signin",
        "sign-in",
        "register",
        "signup",
        "subscribe",
        "subscription",
        "abo",
        "newsletter",
        "newsletters",
        "account",
        "search",
        "suche",
        "jobs",
        "careers",
        "karriere",
        "advertise",
        "advertising",
        "mediadaten",
        "donate",
        "support-us",
        "rss",
        "feed",
        "sitemap",
        "help",
        "faq",
        "accessibility",
        "editorial-policy",
        "team",
        "our-team",
        "author",
        "authors",
        "autor",
        "tag",
        "tags",
        "category",
        "kategorie",
        "page",
        "shop",
        "cart",
        "archive",
        "archiv",
    ];
    let path = url.path().to_ascii_lowercase();
    let mut segments = path.split('/').filter(|part| !part.is_empty());
    let last = segments.clone().next_back().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    // `/tag/rivers`, `/author/nino`, `/page/2`, but not a story in a section of that name.
    let lists = segments.any(|part| {
        matches!(
            part,
            "tag"
                | "tags"
                | "author"
                | "authors"
                | "autor"
                | "category"
                | "page"
                | "topic"
                | "topics"
                | "thema"
                | "keyword"
                | "search"
                | "wp-login.php"
        )
    });
    // An address made of the title's own words is a story's, whatever they are.
    let own = || {
        let slug = stem
            .split(['-', '_'])
            .filter(|word| word.len() >= 2)
            .count();
        slug >= 4 && slug_in_title(url, title) >= 0.6
    };
    PATHS.contains(&stem)
        || (lists && words(title) <= 5)
        || (words(title) <= 6 && says_service(title) && !own())
        || (begins_more(title) && !own())
        || (words(title) <= 9 && asks_to_join(title))
        || [
            "subscribe",
            "abonnieren",
            "abonnez",
            "suscribete",
            "abbonati",
        ]
        .iter()
        .any(|word| {
            stem.starts_with(word)
                && stem[word.len()..].starts_with('-')
                && segments_say_offer(&path)
        })
}

/// Whether a title asks for an address or for money.
fn asks_to_join(title: &str) -> bool {
    const BEGIN: &[&str] = &[
        "sign up for ",
        "sign up to ",
        "subscribe to ",
        "subscribe for ",
        "subscribe now",
        "jetzt abonnieren",
        "newsletter abonnieren",
        "abonnez-vous ",
        "inscrivez-vous ",
        "suscribete ",
        "suscribase ",
        "iscriviti ",
        "abbonati ",
        "inscreva-se ",
        "assine ",
        "abonneer je ",
        "zapisz sie ",
        "подпишитесь ",
        "підпишіться ",
        "abone ol",
    ];
    let folded = fold(title);
    BEGIN.iter().any(|begin| folded.starts_with(begin))
}

/// Whether the section of an address is where an outlet sells itself.
fn segments_say_offer(path: &str) -> bool {
    path.split('/').any(|part| {
        matches!(
            part,
            "plus"
                | "abo"
                | "premium"
                | "subscribe"
                | "subscription"
                | "subscriptions"
                | "offer"
                | "offers"
                | "abonnement"
                | "suscripcion"
        )
    })
}

/// Whether a link in the card of a story names a person or a place, or does something with the story: such addresses are
/// as long as stories' own. A section may have these names too: what has the words of a headline is one.
pub(super) fn is_label(url: &Url, title: &str) -> bool {
    #[rustfmt::skip]
    const PATHS: &[&str] = &[
        "profile", "profiles", "profil", "profils", "people", "person", "persons", "personen", "persona", "personas", "staff",
        "author", "authors", "autor", "autoren", "autores", "auteur", "auteurs", "autore", "autori", "redaktion", "redaktor",
        "redakcja", "redactie", "redaccion", "redazione", "writer", "writers", "contributor", "contributors", "journalist",
        "journalists", "journaliste", "periodista", "giornalista", "reporter", "reporters", "reporteros", "columnist",
        "columnists", "byline", "bylines", "user", "users", "usuario", "member", "members", "skribent", "forfatter", "yazar",
        "yazarlar", "autorzy", "author-profile", "place", "places", "location", "locations", "ort", "orte", "lieu", "lieux",
        "lugar", "lugares", "bookmark", "bookmarks", "merkliste", "merkzettel", "favorites", "favourites", "favoris", "favoritos",
        "save", "saved", "reading-list", "share", "teilen", "partager", "compartir", "follow", "print", "drucken", "mailto",
    ];
    let path = url.path().to_ascii_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let Some((last, sections)) = parts.split_last() else {
        return false;
    };
    let person = last.starts_with('@') && parts.len() == 1;
    person || words(title) <= 4 && sections.iter().any(|part| PATHS.contains(part))
}

/// Titles of pages of service, folded.
fn says_service(title: &str) -> bool {
    const TITLES: &[&str] = &[
        "about us",
        "contact us",
        "privacy policy",
        "privacy notice",
        "cookie policy",
        "cookie settings",
        "terms of use",
        "terms of service",
        "terms and conditions",
        "log in",
        "sign in",
        "sign up",
        "legal notice",
        "all rights reserved",
        "advertise with us",
        "uber uns",
        "datenschutz",
        "impressum",
        "mentions legales",
        "a propos",
        "nous contacter",
        "politique de confidentialite",
        "aviso legal",
        "politica de privacidad",
        "quienes somos",
        "chi siamo",
        "privacy e cookie",
        "o nas",
        "polityka prywatnosci",
        "hakkimizda",
        "gizlilik",
        "о нас",
        "политика конфиденциальности",
        "контакты",
        "про нас",
        "ჩვენ შესახებ",
        "კონფიდენციალურობის",
        "մեր մասին",
        "من نحن",
        "سياسة الخصوصية",
        "haqqimizda",
        "関連リンク",
        "プライバシーポリシー",
        "お問い合わせ",
        "关于我们",
        "개인정보",
    ];
    let folded = fold(title);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    TITLES.iter().any(|service| {
        let Some((before, after)) = folded.split_once(service) else {
            return false;
        };
        // In the middle of a sentence it is talked of: `Network changes privacy policy again`.
        let others = words(before) + words(after);
        let whole =
            !service.is_ascii() || ends(before.chars().next_back()) && ends(after.chars().next());
        whole && others <= words(service).max(2)
    })
}

/// Whether a line says that somebody paid for what it stands beside.
pub(super) fn is_sponsored(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "sponsored",
        "sponsored content",
        "sponsored post",
        "advertisement",
        "advertorial",
        "paid content",
        "paid post",
        "partner content",
        "promoted",
        "anzeige",
        "werbung",
        "gesponsert",
        "publicite",
        "sponsorise",
        "contenu sponsorise",
        "publicidad",
        "patrocinado",
        "contenido patrocinado",
        "pubblicita",
        "sponsorizzato",
        "contenuto sponsorizzato",
        "publicidade",
        "conteudo patrocinado",
        "advertentie",
        "gesponsord",
        "annonce",
        "annons",
        "sponset",
        "reklama",
        "reklam",
        "artykul sponsorowany",
        "реклама",
    ];
    if line.len() > 60 {
        return false;
    }
    let folded = fold(line);
    LABELS.contains(&folded.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a link only counts or opens the replies (`12 comments`).
pub(super) fn is_comments(title: &str) -> bool {
    const WORDS: &[&str] = &[
        "comment",
        "kommentar",
        "komentar",
        "komment",
        "coment",
        "comment",
        "reacties",
        "reactie",
        "yorum",
        "sharh",
        "commenti",
        "комментар",
        "коментар",
        "каментар",
        "σχολι",
        "კომენტარ",
        "մեկնաբան",
        "تعليق",
        "תגובות",
        "תגובה",
        "コメント",
        "评论",
        "留言",
        "댓글",
        "binh luan",
        "ความคดเหน",
        "discuss",
        "replies",
    ];
    let folded = fold(title);
    if words(title) > 3 || !WORDS.iter().any(|word| folded.contains(word)) {
        return false;
    }
    if folded.contains(|c: char| c.is_numeric()) {
        return true;
    }
    // `Comment: Too late!` is an opinion, and who discusses something is no link to a discussion.
    let opinion = folded
        .split_once([':', '|', '–'])
        .is_some_and(|(_, said)| said.chars().any(char::is_alphabetic));
    let later = words(title) == 3
        && folded
            .split_whitespace()
            .skip(1)
            .any(|word| word.starts_with("discuss"));
    !opinion && !later
}

/// How much an address says that something is sold, announced or talked of there, and not reported: 0 to 8. What the
/// address of the page says as well is what was asked for.
pub(super) fn promotion(url: &Url, page: &Url) -> f64 {
    /// Never a section of news.
    #[rustfmt::skip]
    const PLAIN: &[&str] = &[
        "voucher", "vouchers", "coupon", "coupons", "gutschein", "gutscheine", "rabattcodes", "promo", "promotion", "promotions",
        "promocodes", "codes-promo", "bons-plans", "cupones", "descuentos", "sconti", "codici-sconto", "kortingscode",
        "kortingscodes", "rabat", "event", "events", "veranstaltungen", "termine", "webinar", "webinars", "whitepaper",
        "whitepapers", "vendorcontent", "sponsored", "advertorial", "advertorials", "anzeige", "anzeigen", "brandvoice",
        "jobs", "stellenmarkt", "immobilien", "classifieds", "traueranzeigen", "studiengaenge", "kinoprogramm", "cartelera",
        "showtimes", "tv-programm", "in-eigener-sache", "hemeroteca",
        "brand-studio", "brandstudio", "branded-content", "brand-content", "paid-content", "paidcontent", "partner-content",
        "sponsored-content", "native", "publirreportaje", "publireportage", "contenu-partenaire",
    ];
    /// Sections of some outlets too.
    #[rustfmt::skip]
    const LIKELY: &[&str] = &[
        "deals", "deal", "sponsor", "partner", "partners", "branded", "kino", "film", "films", "movies", "veranstaltung",
        "kalender", "calendar", "agenda", "horoskop", "horoscope", "horoscopo", "store", "shop", "quiz", "games", "spiele",
        "forum", "forums", "crossword", "raetsel", "wetter", "weather", "lotto", "obituaries", "ofertas", "offerte", "newsletter", "newsletters",
    ];
    let first = |url: &Url| {
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        host.split('.').next().unwrap_or_default().to_owned()
    };
    let host = Some(first(url)).filter(|host| *host != first(page));
    let host = host.as_deref().unwrap_or_default();
    let asked = page.path().to_ascii_lowercase();
    let path = url.path().to_ascii_lowercase();
    // The last part is the story's own name.
    let mut sections: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if sections.len() > 1 {
        sections.pop();
    }
    sections.retain(|part| asked.split('/').all(|own| own != *part));
    let named =
        |names: &[&str]| names.contains(&host) || sections.iter().any(|part| names.contains(part));
    match (named(PLAIN), named(LIKELY)) {
        (true, _) => 8.0,
        (false, true) => 4.0,
        (false, false) => 0.0,
    }
}
