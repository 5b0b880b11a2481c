//! The words of links that are no headlines: 'read more', comments, imprint, vouchers, in the languages of news.
//! Never here: where on a page they stand.

use url::Url;

use super::titles::words;
use newsprint_model::fold;

/// Links that only say 'go on'.
pub(super) fn is_more(text: &str) -> bool {
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
    MORE.contains(&folded) || (words <= 6 && BEGIN.iter().any(|begin| folded.starts_with(begin)))
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
    PATHS.contains(&stem)
        || (lists && words(title) <= 5)
        || (words(title) <= 6 && says_service(title))
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
    TITLES.iter().any(|service| folded.contains(service))
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
    words(title) <= 3 && WORDS.iter().any(|word| folded.contains(word))
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
        "showtimes", "tv-programm", "forum", "forums", "in-eigener-sache", "hemeroteca",
    ];
    /// Sections of some outlets too.
    #[rustfmt::skip]
    const LIKELY: &[&str] = &[
        "deals", "deal", "sponsor", "partner", "partners", "branded", "kino", "film", "films", "movies", "veranstaltung",
        "kalender", "calendar", "agenda", "horoskop", "horoscope", "horoscopo", "store", "shop", "quiz", "games", "spiele",
        "crossword", "raetsel", "wetter", "weather", "lotto", "obituaries", "ofertas", "offerte", "newsletter", "newsletters",
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
