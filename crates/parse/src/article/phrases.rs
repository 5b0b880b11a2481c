//! What lines beside the text say, in the languages of the press: read more, subscribe, photo, comments.
//! A phrase ends where a word ends, and a sentence that happens to begin so is none of these lines.
//! Never here: what a phrase is worth (`weights`).

use std::cell::LazyCell;
use std::sync::LazyLock;

use memchr::memmem;
use newsprint_model::fold;

/// Leads to other articles.
pub(super) const MORE: u32 = 1;
/// Asks for something: to subscribe, follow, share, donate, install.
pub(super) const ASK: u32 = 1 << 1;
/// Names who took a picture.
pub(super) const PHOTO: u32 = 1 << 2;
/// Says who wrote it, when, from which agency.
pub(super) const BYLINE: u32 = 1 << 3;
/// Needs scripts, consent, an account.
pub(super) const MACHINE: u32 = 1 << 4;

/// Phrases as [`fold`] leaves what they are compared with.
pub(super) fn folded(phrases: &[&str]) -> Vec<String> {
    phrases.iter().map(|phrase| fold(phrase)).collect()
}

/// Characters from which a text leads nowhere and names nobody, unless most of it is a link.
const LONG: usize = 140;
/// Characters up to which `By Nino Example` may be the whole of a line.
const NAMES: usize = 80;
/// Words from which a text that ends in a full stop is a sentence.
const SENTENCE: usize = 6;

/// The lines of one kind, by how they begin.
struct Lines {
    flag: u32,
    /// Sentences begin so too.
    sure: &'static [&'static str],
    /// Not where the line is a sentence: it may be one of the article's.
    loose: &'static [&'static str],
    /// Only where nothing follows but a sign or a number.
    alone: &'static [&'static str],
}

/// Before a name: `By Nino Example`.
const BEFORE_NAMES: &[&str] = &[
    "by", "von", "par", "por", "door", "av", "autor", "autorin", "penulis", "redaktor",
];

const LINES: &[Lines] = &[
    Lines {
        flag: MORE,
        sure: &[
            "read more",
            "read also",
            "also read",
            "read next",
            "read:",
            "more on this",
            "more on that",
            "more on the topic",
            "related stories",
            "see also",
            "watch live",
            "recommended for you",
            "recommended stories",
            "recommended reading",
            "recommended articles",
            "recommended videos",
            "recommended viewing",
            "continue reading",
            "related articles",
            "you may also",
            "you might also",
            "explore more",
            "for more information",
            "for more news",
            "for more stories",
            "for more details",
            "for more updates",
            "for more visit",
            "lesen sie auch",
            "lesen sie hier",
            "lesen sie mehr",
            "lesen sie dazu",
            "mehr zum thema",
            "mehr dazu",
            "auch interessant",
            "das könnte sie",
            "weiterlesen",
            "siehe auch",
            "mehr lesen",
            "passend dazu",
            "jetzt lesen",
            "hier lesen",
            "mehr nachrichten",
            "weitere artikel",
            "zum artikel",
            "auch lesen",
            "lire aussi",
            "à lire aussi",
            "a lire aussi",
            "lire également",
            "voir aussi",
            "à lire également",
            "à voir aussi",
            "lire la suite",
            "sur le même sujet",
            "leer también",
            "lea también",
            "lee también",
            "te puede interesar",
            "le puede interesar",
            "ver también",
            "leer más",
            "también te puede",
            "noticias relacionadas",
            "te recomendamos",
            "leia também",
            "leia mais",
            "veja também",
            "veja mais",
            "leggi anche",
            "leggi di più",
            "potrebbe interessarti",
            "per approfondire",
            "vedi anche",
            "lees ook",
            "lees meer",
            "bekijk ook",
            "läs också",
            "läs även",
            "läs mer",
            "les også",
            "les mer",
            "læs også",
            "læs mere",
            "lue myös",
            "czytaj także",
            "czytaj też",
            "czytaj więcej",
            "zobacz też",
            "zobacz także",
            "przeczytaj też",
            "przeczytaj również",
            "czytaj również",
            "přečtěte si",
            "čtěte také",
            "prečítajte si",
            "olvasta már",
            "citește și",
            "citeste si",
            "čitajte i",
            "pročitajte i",
            "прочетете още",
            "виж още",
            "читайте также",
            "читать далее",
            "смотрите также",
            "читайте ещё",
            "читайте еще",
            "читайте також",
            "дивіться також",
            "ayrıca okuyun",
            "i̇lgili haber",
            "ilgili haber",
            "ayrıca bakınız",
            "daha fazla oku",
            "daha fazla haber",
            "baca juga",
            "baca selengkapnya",
            "lihat juga",
            "xem thêm",
            "đọc thêm",
            "اقرأ أيضا",
            "اقرأ أيضاً",
            "اقرأ المزيد",
            "قد يهمك",
            "قراءة المزيد",
            "بیشتر بخوانید",
            "קראו עוד",
            "קראו גם",
            "ראו גם",
            "यह भी पढ़ें",
            "ये भी पढ़ें",
            "और पढ़ें",
            "आणखी वाचा",
            "আরও পড়ুন",
            "関連記事",
            "あわせて読みたい",
            "【関連記事】",
            "【写真】",
            "続きを読む",
            "延伸阅读",
            "相关阅读",
            "相關新聞",
            "延伸閱讀",
            "推荐阅读",
            "관련기사",
            "관련 기사",
            "[관련기사]",
            "διαβάστε επίσης",
            "διαβάστε ακόμα",
            "δείτε επίσης",
            "ասևս կարդալ",
            "კიდევ წაიკითხეთ",
            "წაიკითხეთ აგრეთვე",
            "related posts",
            "related content",
            "related news",
            "related topics",
            "related reading",
            "similar articles",
            "similar posts",
            "you may like",
            "you might like",
            "you'll also like",
            "you’ll also like",
            "more like this",
            "what to read next",
            "keep reading",
            "suggested articles",
            "suggested reading",
            "artigos relacionados",
            "notícias relacionadas",
            "posts relacionados",
            "você pode gostar",
            "você também pode",
            "talvez você goste",
            "artículos relacionados",
            "entradas relacionadas",
            "articles similaires",
            "articles liés",
            "vous aimerez aussi",
            "ähnliche artikel",
            "ähnliche beiträge",
            "das könnte dich",
            "das könnte ihnen",
            "weitere beiträge",
            "weitere themen",
            "articoli correlati",
            "ti potrebbe interessare",
            "gerelateerde artikelen",
            "ook interessant",
            "relaterade artiklar",
            "relaterte artikler",
            "relaterede artikler",
            "powiązane artykuły",
            "podobne artykuły",
            "související články",
            "súvisiace články",
            "kapcsolódó cikkek",
            "articole similare",
            "похожие статьи",
            "материалы по теме",
            "читайте по теме",
            "схожі статті",
            "benzer haberler",
            "ilginizi çekebilir",
            "artikel terkait",
            "berita terkait",
            "bài viết liên quan",
            "tin liên quan",
            "مواضيع ذات صلة",
            "مقالات ذات صلة",
            "أخبار ذات صلة",
            "مطالب مرتبط",
            "おすすめ記事",
            "この記事もおすすめ",
            "相关文章",
            "相關文章",
            "猜你喜欢",
            "猜你喜歡",
            "관련 뉴스",
            "추천 기사",
            "σχετικά άρθρα",
            "დაკავშირებული სტატიები",
            "առնչվող նյութեր",
        ],
        loose: &[
            "more:",
            "related:",
            "see more",
            "watch:",
            "listen:",
            "don't miss",
            "don’t miss",
            "more from",
            "click here to",
            "find out more",
            "also on",
            "learn more",
            "for more on",
            "for more from",
            "for more about",
            "also see",
            "also:",
            "mehr aus",
            "mehr über",
            "en savoir plus",
            "más información",
            "más noticias",
            "saiba mais",
            "guarda anche",
            "meer over",
            "przeczytaj także",
            "daha fazla bilgi",
        ],
        alone: &[
            "recommended",
            "must read",
            "must reads",
            "up next",
            "further reading",
            "по теме",
            "zum thema",
            "also",
            "related",
            "more",
            "à lire",
            "à voir",
            "przeczytaj",
            "lesetipp",
            "most read",
            "latest news",
            "latest posts",
            "latest stories",
            "recent posts",
            "more news",
            "more stories",
            "more articles",
            "top stories",
            "trending now",
            "popular posts",
            "editor's picks",
            "editors' picks",
        ],
    },
    Lines {
        flag: ASK,
        sure: &[
            "subscribe to",
            "subscribe now",
            "subscribe for",
            "subscribe today",
            "subscribe here",
            "sign up",
            "follow us",
            "follow @",
            "join us",
            "join our",
            "join the conversation",
            "join the discussion",
            "join the debate",
            "join the newsletter",
            "download the app",
            "download our app",
            "download our",
            "get the latest",
            "get the app",
            "get the newsletter",
            "get the best of",
            "like this article",
            "like this story",
            "like this page",
            "support us",
            "donate now",
            "donate today",
            "donate to us",
            "donate here",
            "become a member",
            "register now",
            "register here",
            "register for free",
            "register to",
            "log in to",
            "log in or",
            "log in here",
            "sign in to",
            "sign in or",
            "sign in here",
            "create an account",
            "have a story",
            "do you have a story",
            "do you have a tip",
            "do you have information",
            "got a story",
            "got a tip",
            "tell us your",
            "tell us in the",
            "tap here",
            "enjoy this",
            "enjoying this",
            "our newsletter",
            "this newsletter",
            "skip advert",
            "sponsored by",
            "sponsored content",
            "buy now",
            "shop now",
            "print article",
            "print this",
            "copy link",
            "add as a preferred",
            "make us your",
            "make us preferred",
            "you can also follow",
            "you can also subscribe",
            "you can also sign up",
            "you can also find us",
            "start your free",
            "start your subscription",
            "jetzt abonnieren",
            "jetzt anmelden",
            "abonnieren",
            "abonnieren sie",
            "melden sie sich",
            "newsletter abonnieren",
            "newsletter bestellen",
            "folgen sie",
            "folgt uns",
            "artikel teilen",
            "unterstützen sie uns",
            "unterstützen sie unsere",
            "unterstützen sie unabhängigen",
            "spenden sie",
            "jetzt herunterladen",
            "laden sie unsere app",
            "laden sie die app",
            "kommentare lesen",
            "kommentare anzeigen",
            "einverstanden",
            "abonnez-vous",
            "inscrivez-vous",
            "suivez-nous",
            "s'abonner",
            "recevez notre",
            "recevez nos",
            "recevez gratuitement",
            "recevez chaque",
            "je m'abonne",
            "réservé aux abonnés",
            "connectez-vous",
            "suscríbete",
            "suscríbase",
            "síguenos",
            "regístrate",
            "inicia sesión",
            "únete",
            "sigue toda la",
            "apúntate",
            "siga-nos",
            "inscreva-se",
            "participe do canal",
            "participe do grupo",
            "clique aqui",
            "iscriviti",
            "seguici",
            "clicca qui",
            "prenumerera",
            "tilaa uutiskirje",
            "tilaa lehti",
            "subskrybuj",
            "zapisz się",
            "obserwuj nas",
            "подпишитесь",
            "подписывайтесь",
            "підписуйтесь",
            "підпишіться",
            "abone ol",
            "takip et",
            "berlangganan",
            "ikuti kami",
            "ikuti berita",
            "تابعنا",
            "اشترك",
            "εγγραφείτε",
            "ακολουθήστε",
            "deel dit",
        ],
        loose: &[
            "get our",
            "share this",
            "share on",
            "do you have a question for",
            "send us",
            "email us",
            "contact us",
            "tell us what",
            "click here",
            "start your day with",
        ],
        alone: &[
            "subscribe",
            "register",
            "donate",
            "log in",
            "sign in",
            "newsletter",
            "kommentare",
            "spenden",
            "print",
            "share",
            "like",
            "follow",
            "sponsored",
            "advertisement",
            "teilen",
            "anzeige",
            "werbung",
            "partager",
            "publicité",
            "comparte",
            "publicidad",
            "publicidade",
            "assine",
            "abbonati",
            "annons",
            "abonner",
            "reklama",
            "reklam",
            "реклама",
            "広告",
            "订阅",
            "구독",
            "광고",
            "ikuti",
            "tilaa",
            "obserwuj",
            "paylaş",
            "advertentie",
            "compartilhe",
            "condividi",
            "pubblicità",
            "udostępnij",
            "поделиться",
            "フォロー",
        ],
    },
    Lines {
        flag: PHOTO,
        sure: &[
            "photo:",
            "photo by",
            "photo credit",
            "photograph:",
            "image:",
            "image credit",
            "(image",
            "(photo",
            "picture:",
            "credit:",
            "credits:",
            "file photo",
            "photos:",
            "courtesy photo",
            "foto:",
            "bild:",
            "bildquelle",
            "fotos:",
            "© ",
            "copyright ©",
            "copyright 20",
            "photo :",
            "imagen:",
            "imagem:",
            "fot.",
            "źródło:",
            "фото:",
            "swnsphoto",
            "[사진",
            "▲",
            "photo/",
        ],
        loose: &[
            "image source",
            "getty images",
            "video:",
            "courtesy of",
            "foto ",
            "quelle:",
            "crédit",
            "crédits",
            "fotografía",
            "fonte:",
            "фото ",
            "fotoğraf",
            "sumber:",
            "source:",
            "fuente:",
            "ap photo",
        ],
        alone: &[
            "courtesy",
            "copyright",
            "写真",
            "図",
            "撮影",
            "사진",
            "getty images",
        ],
    },
    Lines {
        flag: BYLINE,
        sure: &[
            "written by",
            "edited by",
            "reporting by",
            "quelle: dpa",
            "additional reporting",
            "editing by",
            "compiled by",
        ],
        loose: &[
            "stand:",
            "(dpa",
            "author:",
            "about the author",
            "with reporting",
            "editor:",
        ],
        alone: &[
            "published",
            "updated",
            "posted",
            "last updated",
            "veröffentlicht",
            "aktualisiert",
            "publié",
            "mis à jour",
            "actualizado",
            "publicado",
            "pubblicato",
            "aggiornato",
            "opublikowano",
            "опубликовано",
            "autor",
            "autorin",
            "redaktion",
            "editor",
            "redacción",
            "redazione",
            "reuters",
            "associated press",
            "minuten",
            "lesezeit",
            "yayın",
            "güncelleme",
            "giriş",
            "penulis",
            "redaktor",
            "reading time",
            "min read",
        ],
    },
    Lines {
        flag: MACHINE,
        sure: &[
            "please enable",
            "content is loading",
            "content is not available",
            "content is blocked",
            "we use cookies",
            "we use your",
            "to view this",
            "an dieser stelle",
            "externe inhalte",
            "externer inhalt",
            "ich bin damit",
            "ihr browser",
            "bitte aktivieren",
            "um diesen inhalt",
            "wir benötigen",
            "zur anzeige des",
            "zur anzeige dieses",
            "inhalt laden",
            "pour afficher",
            "loading …",
            "loading...",
            "loading comments",
            "mit ihrer zustimmung",
            "unable to play",
            "unable to load",
            "unable to display",
            "0:00",
            "play video",
            "play audio",
            "play now",
            "listen to this",
            "listen to the article",
            "listen to article",
            "listen to the story",
            "artikel hören",
            "hören sie",
        ],
        loose: &[
            "enable javascript",
            "your browser",
            "this video",
            "this content",
            "dieses video",
            "empfohlener",
            "este contenido",
            "ein klick",
            "audio by",
        ],
        alone: &[
            "cookies",
            "javascript",
            "loading",
            "play",
            "vorlesen",
            "hören",
            "escuchar",
            "ascolta",
            "écouter",
            "datenschutz",
            "video player",
            "wird geladen",
        ],
    },
];

/// What notices about foreign content and consent talk of, in their middle.
const NOTICES: &[&str] = &[
    "externe inhalte",
    "externer inhalt",
    "externen inhalt",
    "personenbezogene daten",
    "datenschutzerkl",
    "werbevereinbarung",
    "privacy policy",
    "cookie policy",
    "terms of service",
    "terms of use",
    "données personnelles",
    "politique de confidentialité",
    "política de privacidad",
    "privacybeleid",
    "informativa sulla privacy",
    "polityka prywatności",
    "supporting your browser",
    "on another device",
    "sur un autre appareil",
];

/// How sure a phrase is of its kind of line: as the fields of [`Lines`].
enum Sure {
    Always,
    NoSentence,
    Alone,
}

/// A phrase, its kind of line, and how sure it is of it.
struct Phrase {
    /// Its first character, by which phrases are found.
    first: char,
    text: &'static str,
    flag: u32,
    sure: Sure,
}

/// All phrases in the order of their first characters: a text is compared with the few that begin as it does.
static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let of = |flag: u32, texts: &'static [&'static str], sure: fn() -> Sure| {
        texts.iter().filter_map(move |text| {
            let first = text.chars().next()?;
            let sure = sure();
            Some(Phrase {
                first,
                text,
                flag,
                sure,
            })
        })
    };
    let mut phrases: Vec<Phrase> = Vec::new();
    for lines in LINES {
        phrases.extend(of(lines.flag, lines.sure, || Sure::Always));
        phrases.extend(of(lines.flag, lines.loose, || Sure::NoSentence));
        phrases.extend(of(lines.flag, lines.alone, || Sure::Alone));
    }
    phrases.sort_by_key(|phrase| phrase.first);
    phrases
});

/// [`NOTICES`], ready to be searched for.
static NOTICE_FINDERS: LazyLock<Vec<memmem::Finder<'static>>> = LazyLock::new(|| {
    NOTICES
        .iter()
        .map(|notice| memmem::Finder::new(*notice))
        .collect()
});

/// Which kinds of line a text is. `linked`: most of it is a link.
pub(super) fn flags(text: &str, linked: bool) -> u32 {
    let start = text.trim_start_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '©' | '(' | '[' | '▲' | '【')
    });
    let head: String = start
        .chars()
        .take(48)
        .flat_map(char::to_lowercase)
        .collect();
    let long = text.chars().nth(LONG).is_some() && !linked;
    let sentence = LazyCell::new(|| !linked && is_sentence(text));
    let mut flags = 0;
    let first = head.chars().next().unwrap_or_default();
    let from = PHRASES.partition_point(|phrase| phrase.first < first);
    let alike = PHRASES[from..]
        .iter()
        .take_while(|phrase| phrase.first == first);
    for phrase in alike {
        if flags & phrase.flag != 0 || long && !matches!(phrase.flag, ASK | MACHINE) {
            continue;
        }
        let Some(rest) = after(&head, phrase.text) else {
            continue;
        };
        let found = match phrase.sure {
            Sure::Always => true,
            Sure::NoSentence => !*sentence,
            Sure::Alone => !*sentence && is_sign_or_number(rest),
        };
        if found {
            flags |= phrase.flag;
        }
    }
    if text.len() < 600 {
        let lower = text.to_lowercase();
        let says = |notice: &memmem::Finder| notice.find(lower.as_bytes()).is_some();
        if NOTICE_FINDERS.iter().any(says) {
            flags |= MACHINE;
        }
    }
    if !long && names_somebody(start, &head) && !*sentence {
        flags |= BYLINE;
    }
    flags
}

/// What follows a phrase, where the text begins with it and it ends where a word ends.
fn after<'a>(head: &'a str, phrase: &str) -> Option<&'a str> {
    let rest = head.strip_prefix(phrase)?;
    let last = phrase.chars().next_back()?;
    let ends = !last.is_alphanumeric()
        || is_unspaced(last)
        || !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'));
    ends.then_some(rest)
}

/// Writing without spaces has no ends of words that could be seen.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn is_sign_or_number(rest: &str) -> bool {
    let rest = rest.trim_start();
    !rest.starts_with(char::is_alphabetic) && !rest.starts_with([',', '(', '“', '"', '«', '‘'])
}

/// A text of some words that ends as sentences do.
fn is_sentence(text: &str) -> bool {
    let text = text.trim_end();
    if !text.ends_with(['.', '!', '?', '。', '！', '？', '؟', '।', '։', '”', '»']) {
        return false;
    }
    let unspaced = || text.chars().filter(|c| is_unspaced(*c)).count();
    let words = text.split_whitespace().take(SENTENCE).count();
    words >= SENTENCE || words + unspaced() / 2 >= SENTENCE
}

/// `By Nino Example`, `Von Nino Example`: a name follows, and not much more.
fn names_somebody(text: &str, head: &str) -> bool {
    text.chars().nth(NAMES).is_none()
        && BEFORE_NAMES.iter().any(|word| {
            after(head, word).is_some_and(|rest| rest.starts_with([' ', ':']))
                && text
                    .split_whitespace()
                    .nth(1)
                    .is_some_and(|next| next.starts_with(char::is_uppercase))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Beginnings of paragraphs that are an article's, whatever a phrase they look like.
    const INNOCENT: &[&str] = &[
        "For more than a decade the mill stood empty, and nobody in the village knew who owned it.",
        "Recommended by doctors for generations, the spring water of the valley is now sold in bottles.",
        "Must readers pay for the paper that they have helped to write for forty years?",
        "Players from both clubs met on the bridge and shook hands before the match began.",
        "Loading docks along the river were closed after the flood and never opened again.",
        "Content is king, the publisher used to say, but the king had no money for paper.",
        "Printers in the old town went on strike for the first time since the war.",
        "Registered voters in the north will receive their ballots by mail this year.",
        "Donated blood is kept for forty days, the hospital said on Monday afternoon.",
        "By the time the firemen arrived, the roof of the church had already fallen in.",
        "By 2030 the city wants to plant a tree for every child that is born there.",
        "Von der Brücke aus sieht man bei klarem Wetter die Berge im Süden des Landes.",
        "Por la noche llegaron los primeros vecinos con mantas y comida caliente.",
        "Par exemple, le maire a refusé de signer le contrat avec la nouvelle société.",
        "Published in London since 1843, the paper has never changed the colour of its cover.",
        "Updated rules for fishermen come into force when the ice on the lake has melted.",
        "Related families settled on both banks of the river in the seventeenth century.",
        "Moreover, the council has not yet said who will pay for the second bridge.",
        "Joining the union was never a question, said the minister after the vote.",
        "Like this summer, the last one was too dry for the vineyards in the east.",
        "Watches made in the valley were once sold in every harbour of the world.",
        "Newsletters were printed on the back of old maps during the shortage of paper.",
        "Share prices fell on Monday after the bank had warned of losses in the spring.",
        "Print media lost readers again, while the radio gained some for the first time.",
        "Cookies baked by the pupils were sold at the fair to pay for the new library.",
        "Editors of three papers met in the capital to talk about a common printing house.",
        "Reuters first sent its news by pigeon, a history of the agency recalls.",
        "Register offices in the region will open on Saturdays to deal with the queue.",
        "Unable to cross the river, the travellers waited for two days in the inn.",
        "We use the river as our grandparents did, the fisherman said with a shrug.",
        "Autoren aus elf Ländern lesen im Herbst in der Bibliothek am Markt.",
        "Anzeigen gegen Unbekannt hat die Stadt nach dem Brand in der Mühle erstattet.",
        "Mit dem Schiff dauert die Reise drei Tage, mit der Bahn nur einen halben.",
        "Zum Thema Wasser hat der Rat drei Abende lang gestritten und nichts beschlossen.",
        "Get the harvest in before the rain, the farmers say, and the rest is luck.",
        "Sponsored children from the valley have become teachers, nurses and one mayor.",
    ];

    /// Lines that are beside a text, each of the kind that it says.
    const LINES_BESIDE: &[(u32, &str)] = &[
        (MORE, "Read more: How the old bridge was built"),
        (MORE, "Lesen Sie auch: Wie die Brücke gebaut wurde"),
        (MORE, "Recommended"),
        (MORE, "For more on this story"),
        (MORE, "関連記事：古い橋"),
        (
            ASK,
            "Sign up for our newsletter and get the news every morning.",
        ),
        (ASK, "Subscribe to our newsletter"),
        (ASK, "Anzeige"),
        (ASK, "Folgen Sie uns auf allen Kanälen"),
        (PHOTO, "Photo: Nino Example/The Daily"),
        (PHOTO, "Foto: Nino Example"),
        (BYLINE, "By Nino Example"),
        (BYLINE, "Von Nino Example"),
        (BYLINE, "Published 12 June 2024"),
        (BYLINE, "Updated: 14:02"),
        (MACHINE, "Please enable JavaScript to view the comments"),
        (
            MACHINE,
            "An dieser Stelle finden Sie einen externen Inhalt von einer Plattform.",
        ),
        (MACHINE, "Loading …"),
    ];

    #[test]
    fn sentences_that_happen_to_begin_so_are_text() {
        let lost: Vec<_> = INNOCENT
            .iter()
            .filter(|text| flags(text, false) != 0)
            .collect();
        // A ratchet: it never goes up.
        assert!(lost.is_empty(), "{lost:#?}");
    }

    #[test]
    fn lines_beside_the_text_are_known() {
        for (flag, line) in LINES_BESIDE {
            assert!(flags(line, false) & flag != 0, "{line}");
        }
    }

    #[test]
    fn a_phrase_ends_where_a_word_ends_and_a_long_text_leads_nowhere() {
        for lines in LINES {
            for phrase in lines.sure.iter().chain(lines.loose).chain(lines.alone) {
                let last = phrase.chars().next_back().unwrap();
                if last.is_alphanumeric() && !is_unspaced(last) {
                    let longer = format!("{phrase}x");
                    assert_eq!(after(&longer, phrase), None, "{phrase}");
                }
                let long = format!("{phrase} {}", "of the river and its bridges ".repeat(8));
                assert_eq!(flags(&long, false) & (MORE | PHOTO | BYLINE), 0, "{phrase}");
            }
        }
    }
}
