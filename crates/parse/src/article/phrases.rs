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
/// What stands before a photographer's name behind a caption.
const CREDITS: &[&str] = &[
    " photo:",
    " photo by",
    "(photo",
    " foto:",
    "(foto",
    " fot.",
    " photo credit",
    " image credit",
    " bild:",
    " фото:",
    " kuva:",
    "写真：",
    "撮影：",
    " picture: ",
    "/getty images",
];
/// Characters that a credit behind a caption has at most.
const CREDITED: usize = 60;
/// Characters up to which a line that ends with `photographed` is a picture's.
const PICTURE: usize = 70;
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
    "by", "von", "par", "por", "door", "av", "autor", "autorin", "penulis", "redaktor", "di", "de",
    "af",
];

const LINES: &[Lines] = &[
    Lines {
        flag: MORE,
        sure: &[
            "go deeper:",
            "people are also reading",
            "więcej takich informacji",
            "people also read",
            "mirá también",
            "mira también",
            "bunlar da ilginizi",
            "bu haberler de ilginizi",
            "موضوعات متعلقة",
            "موضوعات ذات صلة",
            "ასევე წაიკითხეთ",
            "ასევე ნახეთ",
            "veja mais notícias",
            "vídeos: mais",
            "یہ بھی پڑھیں",
            "oxşar xəbərlər",
            "digər xəbərlər",
            "կարդացեք նաև",
            "most read in news",
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
            "zobacz wideo",
            "往期推荐",
            "相关专题",
            "相關專題",
            "另请参阅",
            "另請參閱",
            "list 1 of",
            "list 2 of",
            "end of list",
            "end of recommend",
            "end of most read",
            "end of 推荐",
            "this post is part of a series",
            "this article is part of a series",
            "this is part of a series",
            "part of a series:",
            "dieser artikel ist teil",
            "cet article fait partie",
            "więcej takich historii",
            "往期回顾",
            "往期精选",
            "热读",
            "熱讀",
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
            "διαβαστε επισης",
            "διαβαστε ακομα",
            "δειτε επισης",
            "ասևս կարդալ",
            "კიდევ წაიკითხეთ",
            "წაიკითხეთ აგრეთვე",
            "related posts",
            "related article",
            "related to this story",
            "related to this article",
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
            "σχετικα αρθρα",
            "დაკავშირებული სტატიები",
            "առնչվող նյութեր",
            "olvassa el ezt is",
            "ezt is olvassa",
            "további cikkek",
            "อ่านเพิ่มเติม",
            "ข่าวที่เกี่ยวข้อง",
            "อ่านข่าว",
            "citește și",
            "vezi și",
            "lue lisää",
            "aiheesta muualla",
            "aiheeseen liittyvää",
            "संबंधित खबरें",
            "संबंधित ख़बरें",
            "संबंधित समाचार",
            "इसे भी पढ़ें",
            "כתבות נוספות",
            "עוד בנושא",
            "لمزيد من",
            "اقرأ ايضا",
            "أخبار متعلقة",
            "相关链接",
            "相关报道",
            "相关推荐",
            "更多新闻",
            "更多新聞",
            "更多报道",
            "更多文章",
            "延伸阅读",
            "热门推荐",
            "推薦閱讀",
            "看更多",
            "更多相關",
            "こちらもおすすめ",
            "合わせて読みたい",
            "関連リンク",
            "【あわせて読む】",
            "함께 보면 좋은",
            "많이 본 뉴스",
            "більше новин",
            "більше за темою",
            "подробнее:",
            "докладніше:",
            "по теме:",
            "mai multe",
            "još vesti",
            "povezane vesti",
            "pročitaj i",
            "skaityk",
            "lasi arī",
            "loe ka",
            "loe veel",
        ],
        loose: &[
            "original sound",
            "follow our live blog",
            "follow the live blog",
            "follow our liveblog",
            "другие новости",
            "другие материалы",
            "ещё по теме",
            "еще по теме",
            "новости по теме",
            "上一篇",
            "下一篇",
            "上一章",
            "下一章",
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
            "para saber más",
            "mais populares",
            "kapcsolódó:",
        ],
        alone: &[
            "相关新闻",
            "kapcsolódó",
            "para saber más",
            "mais populares",
            "σχετικα",
            "más leídas",
            "related",
            "相关专题",
            "相關報導",
            "相關報道",
            "相關推薦",
            "推荐新闻",
            "精彩推荐",
            "热点推荐",
            "为您推荐",
            "為您推薦",
            "猜你感兴趣",
            "您可能感兴趣",
            "あわせて読む",
            "추천 뉴스",
            "함께 볼만한 뉴스",
            "read this next",
            "read these next",
            "recent articles",
            "recent stories",
            "recent news",
            "latest articles",
            "latest videos",
            "more videos",
            "more posts",
            "more blog posts",
            "popular articles",
            "popular stories",
            "featured articles",
            "featured posts",
            "featured stories",
            "other articles",
            "other posts",
            "other news",
            "other stories",
            "most viewed",
            "most popular",
            "neueste beiträge",
            "neueste artikel",
            "aktuelle beiträge",
            "meistgelesen",
            "meistgelesene artikel",
            "beliebte beiträge",
            "derniers articles",
            "articles récents",
            "articles populaires",
            "les plus lus",
            "últimas noticias",
            "entradas recientes",
            "artículos recientes",
            "lo más leído",
            "últimas notícias",
            "mais lidas",
            "posts recentes",
            "ultime notizie",
            "articoli recenti",
            "i più letti",
            "più letti",
            "meest gelezen",
            "laatste nieuws",
            "senaste nytt",
            "mest läst",
            "siste nytt",
            "mest lest",
            "seneste nyt",
            "mest læste",
            "luetuimmat",
            "uusimmat",
            "najczęściej czytane",
            "ostatnie wpisy",
            "nejčtenější",
            "friss hírek",
            "cele mai citite",
            "последние новости",
            "самое читаемое",
            "популярное",
            "останні новини",
            "son haberler",
            "en çok okunanlar",
            "tin mới nhất",
            "đọc nhiều",
            "terpopuler",
            "berita terbaru",
            "berita lainnya",
            "أحدث الأخبار",
            "آخر الأخبار",
            "الأكثر قراءة",
            "آخرین اخبار",
            "הנקראות ביותר",
            "ताज़ा खबरें",
            "ताजा खबरें",
            "最新文章",
            "最新新闻",
            "最新新聞",
            "热门文章",
            "熱門文章",
            "热点新闻",
            "最近文章",
            "人気記事",
            "最新記事",
            "新着記事",
            "アクセスランキング",
            "많이 본 기사",
            "인기 기사",
            "최신 뉴스",
            "최신 기사",
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
            "這篇文章對你有幫助",
            "这篇文章对你有帮助",
            "炒股就看",
            "เกาะติดทุก",
            "simak breaking news",
            "z tego artykułu się",
            "z tego artykułu dowiesz",
            "z tego tekstu dowiesz",
            "z artykułu dowiesz się",
            "if you've been forwarded this",
            "if you’ve been forwarded this",
            "if you were forwarded this",
            "was this forwarded to you",
            "did someone forward this",
            "if someone forwarded this",
            "login or subscribe",
            "log in or subscribe",
            "sign in or subscribe",
            "bizi telegram",
            "bizi facebook",
            "bizi instagram",
            "bizi youtube",
            "больше новостей в нашем",
            "больше новостей — в нашем",
            "get the news at your fingertips",
            "never miss a recipe",
            "never miss a post",
            "never miss a story",
            "stay with us on air",
            "dołącz do nas na",
            "will you support",
            "become a paid subscriber",
            "become a subscriber",
            "become a paying",
            "become a member to",
            "werden sie mitglied",
            "werde mitglied",
            "devenez membre",
            "hazte socio",
            "点击上方",
            "點擊上方",
            "请继续往下阅读",
            "請繼續往下閱讀",
            "请选择想要分享",
            "請選擇想要分享",
            "更多內容請搜尋",
            "更多内容请搜索",
            "有料会員になると",
            "有料会員登録",
            "会員限定の記事",
            "この記事は有料",
            "欢迎订阅",
            "订阅我们",
            "訂閱我們",
            "bültenimize",
            "e-bültenimize",
            "recibe cada",
            "recibe en tu",
            "ricevi ogni",
            "receba no seu",
            "receba nossa",
            "schrijf je in",
            "meld je aan",
            "anmäl dig",
            "få vårt nyhetsbrev",
            "få nyhetsbrevet",
            "tilmeld dig",
            "meld deg på",
            "přihlaste se k odběru",
            "daftar newsletter",
            "đăng ký nhận",
            "عضویت در خبرنامه",
            "הירשמו",
            "สมัครรับ",
            "हमारे न्यूज़लेटर",
            "подписаться на",
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
            "you are here",
            "sie sind hier",
            "vous êtes ici",
            "estás aquí",
            "você está aqui",
            "您的位置",
            "您现在的位置",
            "当前位置",
            "目前位置",
            "現在位置",
            "현재 위치",
            "story continues",
            "article continues",
            "continues below",
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
            "dapatkan update",
            "dapatkan berita",
            "mitä ajatuksia juttu",
            "voit keskustella aiheesta",
            "puedes seguirnos",
            "compartilhe esta notícia",
            "haberin devamı",
            "点击上方",
            "点击关注",
            "长按识别",
            "识别二维码",
            "码字不易",
            "喜欢这篇文章",
            "请继续往下阅读",
            "請繼續往下閱讀",
            "تابعنا",
            "اشترك",
            "εγγραφειτε",
            "ακολουθηστε",
            "deel dit",
            "扫码",
            "扫一扫",
            "扫描二维码",
            "长按二维码",
            "点击下载",
            "下载客户端",
            "关注我们",
            "關注我們",
            "分享到",
            "分享至",
            "訂閱電子報",
            "구독하기",
            "네이버에서",
            "제보는",
            "メルマガ",
            "무료 구독",
            "ติดตาม",
            "עקבו אחר",
            "הצטרפו",
            "हमें फॉलो",
            "देश और दुनिया",
            "kövessen",
            "iratkozzon fel",
            "urmăriți-ne",
            "abonează-te",
            "abonați-vă",
            "följ oss",
            "følg os",
            "følg oss",
            "seuraa meitä",
            "подпишись",
            "присоединяйтесь",
            "долучайтесь",
            "theo dõi",
        ],
        loose: &[
            "haben sie anregungen",
            "haben sie fragen zu",
            "schreiben sie mir",
            "schreiben sie uns eine",
            "questions or comments",
            "comments or suggestions",
            "打印本页",
            "打印本頁",
            "关闭窗口",
            "關閉視窗",
            "关闭本页",
            "加入收藏",
            "推荐给朋友",
            "推荐给好友",
            "for all the latest",
            "for the latest news",
            "mari bergabung",
            "csatlakozz",
            "ouça o podcast",
            "escucha el podcast",
            "ascolta il podcast",
            "écoutez le podcast",
            "puedes seguir a",
            "メールマガジン",
            "ニュースレター",
            "뉴스레터",
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
            "mailen",
            "jetzt unterstützen",
            "优质文章",
            "फेसबुक",
            "ट्विटर",
            "व्हाट्सएप",
            "версия для печати",
            "распечатать",
            "print version",
            "printer friendly",
            "printer-friendly version",
            "druckversion",
            "version imprimable",
            "versión para imprimir",
            "versão para impressão",
            "versione stampabile",
            "view deal",
            "check price",
            "view offer",
            "see deal",
            "see price",
            "zum angebot",
            "ver oferta",
            "voir l'offre",
            "voir l’offre",
            "bekijk aanbieding",
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
            "分享",
            "收藏",
            "点赞",
            "打印",
            "列印",
            "字号",
            "シェア",
            "ツイート",
            "공유",
            "공유하기",
            "인쇄",
            "글자크기",
            "แชร์",
            "شارك",
            "مشاركة",
            "שתפו",
            "शेयर करें",
            "chia sẻ",
            "megosztás",
            "distribuie",
            "sdílet",
            "dela",
            "del",
            "jaa",
            "поділитися",
            "поділитись",
            "κοινοποιηση",
            "bagikan",
            "delen",
            "compartir",
            "compartilhar",
            "广告",
            "廣告",
            "โฆษณา",
            "إعلان",
            "إعلانات",
            "פרסומת",
            "विज्ञापन",
            "quảng cáo",
            "hirdetés",
            "mainos",
            "annonce",
            "annonse",
            "diafimisi",
            "διαφημιση",
            "publicitate",
            "iklan",
        ],
    },
    Lines {
        flag: PHOTO,
        sure: &[
            "listing image by",
            "photographs by",
            "illustrations by",
            "fotos de",
            "fotografías de",
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
            "kuva:",
            "fotó:",
            "ảnh:",
            "ภาพ:",
            "ภาพ :",
            "फोटो:",
            "फ़ोटो:",
            "צילום:",
            "צילומים:",
            "تصوير:",
            "الصورة:",
            "عکس:",
            "φωτογραφια:",
            "φωτογραφιες:",
            "φωτο:",
            "写真：",
            "写真:",
            "画像：",
            "撮影：",
            "사진:",
            "사진=",
            "사진 =",
            "图片来源",
            "图像来源",
            "圖像來源",
            "圖片來源",
            "图源",
            "摄影：",
            "攝影：",
            "crédit photo",
            "crédits photo",
            "foto di",
            "foto de",
            "foto por",
            "foto van",
            "fotografija:",
            "fotografie:",
            "snímek:",
            "slika:",
            "ფოტო:",
            "լուսանկարը",
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
            "영상취재",
            "영상편집",
            "our standards:",
            "published in dawn",
            "作者简介",
            "作者簡介",
            "written by",
            "edited by",
            "reporting by",
            "quelle: dpa",
            "additional reporting",
            "editing by",
            "compiled by",
            "bron:",
            "zdroj:",
            "źródło:",
            "источник:",
            "джерело:",
            "kaynak:",
            "πηγη:",
            "المصدر:",
            "المصدر :",
            "מקור:",
            "स्रोत:",
            "ที่มา:",
            "ที่มา :",
            "nguồn:",
            "forrás:",
            "sursa:",
            "källa:",
            "kilde:",
            "lähde:",
            "izvor:",
            "allikas:",
            "šaltinis:",
            "avots:",
            "წყარო:",
            "来源：",
            "来源:",
            "來源：",
            "來源:",
            "出典：",
            "出典:",
            "出所：",
            "출처:",
            "출처 :",
            "责任编辑",
            "責任編輯",
            "(责任编辑",
            "（责任编辑",
            "(責任編輯",
            "（責任編輯",
            "[责任编辑",
            "【责任编辑",
            "责编",
            "(责编",
            "（责编",
            "[责编",
            "編輯：",
            "编辑：",
            "编辑:",
            "(编辑",
            "（编辑",
            "[编辑",
            "【编辑",
            "校对：",
            "审核：",
            "原标题：",
            "原标题:",
            "原標題：",
            "本文来源",
            "作者：",
            "文／",
            "editor:",
            "redaktur:",
            "redaktör:",
            "声明：",
            "声明:",
            "免责声明",
            "特别声明",
            "免責聲明",
            "版权所有",
            "版權所有",
            "未经许可",
            "未經許可",
            "未经授权",
            "未經授權",
            "저작권자",
            "무단 전재",
            "무단전재",
            "ⓒ",
            "riproduzione riservata",
            "tous droits réservés",
            "alle rechte vorbehalten",
            "todos los derechos reservados",
            "todos os direitos reservados",
            "все права защищены",
            "wszelkie prawa zastrzeżone",
            "tüm hakları saklıdır",
            "all rights reserved",
        ],
        loose: &[
            "letzte änderung:",
            "letzte aktualisierung",
            "zuletzt geändert",
            "last modified",
            "last changed",
            "dernière modification",
            "dernière mise à jour",
            "última modificación",
            "última actualización",
            "última atualização",
            "ultima modifica",
            "ultimo aggiornamento",
            "последнее обновление",
            "最后更新",
            "最後更新",
            "最終更新",
            "with files from",
            "ten tekst przeczytasz",
            "stand:",
            "(dpa",
            "author:",
            "about the author",
            "with reporting",
            "com informações",
            "con información de",
            "com agência",
            "theo ",
            "خاص ",
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
            "reporter",
            "author",
            "penyunting",
            "yazar",
            "автор",
            "автори",
            "авторы",
            "редактор",
            "συντακτης",
            "συντακτρια",
            "كتب",
            "كتبت",
            "الكاتب",
            "מאת",
            "लेखक",
            "โดย",
            "tác giả",
            "szerző",
            "írta",
            "autor:",
            "über den autor",
            "über die autorin",
            "über die autoren",
            "sobre el autor",
            "sobre o autor",
            "over de auteur",
            "à propos de l'auteur",
            "à propos de l’auteur",
            "reading time",
            "min read",
        ],
    },
    Lines {
        flag: MACHINE,
        sure: &[
            "this document is subject to copyright",
            "dieser inhalt ist nicht mehr",
            "this content is no longer",
            "ce contenu n'est plus",
            "ce contenu n’est plus",
            "este contenido ya no",
            "questo contenuto non è più",
            "este conteúdo não está mais",
            "deze inhoud is niet meer",
            "this page was last edited",
            "this page was last modified",
            "edittext of this page",
            "this etext was",
            "this ebook is for the use",
            "this e-text was",
            "this is an archived article",
            "article réservé aux abonnés",
            "printed from http",
            "empfohlener redaktioneller inhalt",
            "empfohlener externer inhalt",
            "deze inhoud kan niet worden getoond",
            "pas je cookie-instellingen",
            "ce contenu est bloqué",
            "este contenido no está disponible",
            "ακουστε το αρθρο",
            "this entry was posted",
            "this post was posted",
            "dieser eintrag wurde am",
            "dieser beitrag wurde am",
            "cet article a été publié le",
            "cette entrée a été publiée",
            "este artículo fue publicado",
            "esta entrada fue publicada",
            "esta entrada foi publicada",
            "este artigo foi publicado em",
            "questo articolo è stato pubblicato",
            "questo post è stato pubblicato",
            "dit bericht is geplaatst",
            "dit bericht werd geplaatst",
            "detta inlägg publicerades",
            "det här inlägget postades",
            "dette innlegget ble",
            "dette indlæg blev",
            "ten wpis został opublikowany",
            "ta wiadomość została",
            "эта запись была опубликована",
            "запись опубликована",
            "ця публікація була",
            "tento příspěvek byl",
            "αυτη η καταχωρηση",
            "ez a bejegyzés",
            "acest articol a fost publicat",
            "この記事は次の場所に",
            "notice: the content above",
            "这是一个创建于",
            "這是一個創建於",
            "deze content kan niet worden",
            "dalszy ciąg materiału pod",
            "ciąg dalszy materiału pod",
            "dalsza część tekstu pod",
            "afficher uniquement les",
            // What templates have where a text will be.
            "lorem ipsum dolor sit amet",
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
            "optimiert für",
            "optimised for",
            "optimized for",
            "best viewed with",
            "best viewed in",
            "best viewed at",
            "optimisé pour",
            "optimizado para",
            "ottimizzato per",
            "this document was generated",
            "this page was generated",
            "the command line arguments were",
            "the translation was initiated",
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
            "end",
            "javascript",
            "end of list",
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
    "all rights reserved",
    "may not be published, broadcast",
    "reproduced by permission",
    "reproduced with permission",
    "reprinted by permission",
    "reprinted with permission",
    "supporting your browser",
    "on another device",
    "sur un autre appareil",
];

/// What houses say within their texts about what they earn and how to follow them, in lower case.
const HOUSE: &[&str] = &[
    "votre boîte mail",
    "votre boîte de réception",
    "tu bandeja de entrada",
    "su bandeja de entrada",
    "tu correo electrónico cada",
    "tua casella",
    "sua caixa de entrada",
    "din inkorg",
    "din indbakke",
    "din innboks",
    "sähköpostiisi",
    "swoją skrzynkę",
    "posta kutunuz",
    "posta kutunuza",
    "на вашу почту",
    "в вашей почте",
    "вашу электронную почту",
    "на вашу пошту",
    "您的邮箱",
    "您的信箱",
    "メールでお届け",
    "메일로 보내 드립니다",
    "이메일로 보내",
    "आपके इनबॉक्स",
    "بريدك الإلكتروني",
    "في بريدك",
    "ถึงอินบ็อกซ์",
    "affiliate link",
    "affiliate partner",
    "affiliate commission",
    "affiliate disclosure",
    "affiliate-link",
    "affiliatelink",
    "earn a commission",
    "earn commission",
    "earn a small commission",
    "earn an affiliate",
    "receive a commission",
    "receive a small commission",
    "receive compensation",
    "amazon associate",
    "purchase through links",
    "purchases through links",
    "buy through our links",
    "buy something through",
    "advertiser disclosure",
    "erhalten wir eine provision",
    "bekommen wir eine provision",
    "liens affiliés",
    "lien d’affiliation",
    "liens d’affiliation",
    "enlaces de afiliado",
    "link di affiliazione",
    "links de afiliados",
    "story has not been edited by",
    "while maintaining editorial oversight",
    "you can sign up here",
    "you can now listen to",
    "your inbox",
    "enter your email",
    "your email address",
    "unsubscribe at any time",
    "unsubscribe anytime",
    "reader-supported publication",
    "in ihr postfach",
    "appeared first on",
    "article first appeared",
    "essay first appeared",
    "piece first appeared",
    "story first appeared",
    "article was originally published",
    "essay was originally published",
    "story was originally published",
    "piece was originally published",
    "article was first published",
    "essay was first published",
    "piece was first published",
    "ist zuerst erschienen",
];
/// The same in writing without spaces, for short lines: whose a picture is, who may print a text again.
const HOUSE_UNSPACED: &[&str] = &[
    "不构成投资建议",
    "不構成投資建議",
    "图片来自网络",
    "图片来源于网络",
    "图源网络",
    "未经授权",
    "未經授權",
    "不得转载",
    "不得轉載",
    "禁止转载",
    "禁止进行转载",
    "转载请注明",
    "严禁转载",
    "嚴禁轉載",
    "侵权必究",
    "侵權必究",
    "本文来自微信公众号",
    "题图来自",
    "题图来源",
    "经授权发布",
    "由作者授权发布",
    "不代表本站",
    "不代表平台",
    "仅代表作者本人",
    "设为星标",
    "設為星標",
    "点赞关注",
    "立即下載：",
    "立即下载：",
    "转载请联系",
    "如需转载",
    "轉載請註明",
    "返回搜狐",
    "长按识别",
    "扫描二维码",
    "点击关注",
    "点个“在看”",
    "点个在看",
    "無断転載",
    "無断複製",
    "무단 전재",
    "무단전재",
];
/// Words of titles of articles that are about just that.
const ABOUT_HOUSES: &[&str] = &[
    "affiliate",
    "commission",
    "newsletter",
    "email",
    "e-mail",
    "inbox",
    "marketing",
    "subscri",
    "nieuwsbrief",
    "nyhetsbrev",
];
/// Titles of tables of contents, folded.
const CONTENTS: &[&str] = &[
    "table of contents",
    "contents",
    "in this article",
    "on this page",
    "in this guide",
    "in this post",
    "jump to",
    "quick links",
    "what's inside",
    "inhaltsverzeichnis",
    "inhalt",
    "in diesem artikel",
    "sommaire",
    "table des matieres",
    "indice",
    "tabla de contenidos",
    "contenido",
    "contenidos",
    "indice de contenidos",
    "sumario",
    "neste artigo",
    "in questo articolo",
    "inhoudsopgave",
    "inhoud",
    "innehall",
    "innehallsforteckning",
    "indhold",
    "innhold",
    "sisallys",
    "spis tresci",
    "obsah",
    "tartalom",
    "tartalomjegyzek",
    "cuprins",
    "оглавление",
    "содержание",
    "зміст",
    "icindekiler",
    "περιεχομενα",
    "目录",
    "目錄",
    "目次",
    "목차",
    "muc luc",
    "daftar isi",
    "สารบญ",
];

/// [`HOUSE`], ready to be searched for.
static HOUSE_FINDERS: LazyLock<Vec<memmem::Finder<'static>>> = LazyLock::new(|| {
    HOUSE
        .iter()
        .map(|phrase| memmem::Finder::new(*phrase))
        .collect()
});

/// Whether a text has words that houses use of themselves.
pub(super) fn is_notice(text: &str) -> bool {
    /// Characters of a line in writing without spaces.
    const UNSPACED: usize = 90;
    let lower = text.to_lowercase();
    HOUSE_FINDERS
        .iter()
        .any(|phrase| phrase.find(lower.as_bytes()).is_some())
        || offers_letters(&lower)
        || tells_age(&lower)
        || asks_to_subscribe(&lower)
        || !text.is_ascii()
            && text.chars().nth(UNSPACED).is_none()
            && HOUSE_UNSPACED.iter().any(|phrase| text.contains(phrase))
            && speaks_of_itself(text)
}

/// Whether a line in lower case says what a subscription costs or gives, and asks for it at its end.
fn asks_to_subscribe(lower: &str) -> bool {
    const GIVES: [&str; 6] = [
        "stay informed",
        " a month",
        "per month",
        "/month",
        "in-depth",
        "independent journalism",
    ];
    let end = lower.trim_end_matches(['!', '.', ' ']);
    end.ends_with("subscribe now") && GIVES.iter().any(|gives| lower.contains(gives))
}

/// Whether a line in lower case says that the article is an old one, as outlets warn of what they have in their archives.
fn tells_age(lower: &str) -> bool {
    const LINE: usize = 60;
    const SAYS: [(&str, &[&str]); 13] = [
        ("this article is more than ", &["old"]),
        ("this story is more than ", &["old"]),
        ("artikkelen er ", &["gammel"]),
        ("denne artikkelen er ", &["gammel"]),
        ("denne saken er ", &["gammel"]),
        ("artikeln är ", &["gammal"]),
        ("den här artikeln är ", &["gammal"]),
        ("denne artikel er ", &["gammel"]),
        ("dieser artikel ist ", &["alt"]),
        ("dit artikel is ", &["oud"]),
        ("cet article a plus de ", &["an", "ans", "mois"]),
        ("este artículo tiene más de ", &["año", "años", "meses"]),
        ("este artigo tem mais de ", &["ano", "anos", "meses"]),
    ];
    /// More than this, or than a number, is nothing an outlet warns of.
    const FEW: [&str; 8] = ["one", "two", "a", "ett", "et", "un", "ein", "een"];
    let says = |(article, old): &(&str, &[&str])| {
        let age = lower.strip_prefix(article).unwrap_or_default();
        let words = || age.split_whitespace();
        let last = words().next_back().unwrap_or_default();
        let number =
            |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || FEW.contains(&word);
        let years = |word: &str| {
            [
                "year", "month", "år", "jahr", "jaar", "an", "mois", "año", "ano", "mes", "måned",
            ]
            .iter()
            .any(|unit| word.starts_with(unit))
        };
        old.contains(&last.trim_end_matches(['.', '!']))
            && words().any(number)
            && words().any(years)
    };
    lower.chars().nth(LINE).is_none() && SAYS.iter().any(says)
}

/// Whether a line in a script without spaces does not end as a sentence, or is about the text itself: a court may write of
/// rights too.
fn speaks_of_itself(text: &str) -> bool {
    const OWN: &[&str] = &[
        "本文",
        "本报",
        "本報",
        "本刊",
        "本站",
        "本网",
        "本網",
        "本号",
        "本公众号",
        "本平台",
        "未",
        "（",
        "(",
        "【",
        "[",
        "©",
        "※",
        "*",
        "版权",
        "版權",
        "转载",
        "轉載",
        "如需",
        "图",
        "圖",
        "長",
    ];
    let text = text.trim();
    let end = text.trim_end_matches(['”', '’', '"', '」', '』', '）', ')']);
    !end.ends_with(['。', '！', '？', '…']) || OWN.iter().any(|own| text.starts_with(own))
}

/// What the letters of houses are called, as their names begin.
const LETTERS: &[&str] = &[
    "newsletter",
    "boletín",
    "boletim",
    "nyhetsbrev",
    "nyhedsbrev",
    "nieuwsbrief",
];

/// `our newsletter`, `our free daily newsletter`: a letter with a word before it that says whose it is; where others stand
/// between them, with one that offers it too.
fn offers_letters(lower: &str) -> bool {
    #[rustfmt::skip]
    const OURS: &[&str] = &[
        "our", "unser", "unseren", "unserem", "unsere", "notre", "nos", "nuestro", "nuestra", "nuestros", "nuestras", "nostra",
        "nostro", "nossa", "nosso", "onze", "vårt", "vores", "våre", "naszego", "nasz",
    ];
    // Beginnings of words.
    #[rustfmt::skip]
    const OFFERS: &[&str] = &[
        "get", "sign", "subscri", "receiv", "free", "deliver", "join", "inbox", "daily", "weekly", "erhalt", "abonn", "anmeld",
        "kostenlos", "recib", "apúnt", "apunt", "suscr", "gratis", "gratuit", "recev", "inscri", "ricev", "iscriv", "receb",
        "assin", "ontvang", "prenumerer", "tilmeld", "meld", "zapisz", "subskryb",
    ];
    /// Words from the one that says whose it is to the letter.
    const NEAR: usize = 4;
    let begins = |word: &str, list: &[&str]| list.iter().any(|begin| word.starts_with(begin));
    if !LETTERS.iter().any(|letter| lower.contains(letter)) {
        return false;
    }
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let offered = words.iter().any(|word| begins(word, OFFERS));
    let mut letters = (0..words.len()).filter(|at| begins(words[*at], LETTERS));
    letters.any(|at| {
        let near = if offered { NEAR } else { 1 };
        let before = &words[at.saturating_sub(near)..at];
        before.iter().any(|word| OURS.contains(word))
    })
}

/// Whether a title says that the article is about what houses say of themselves.
pub(super) fn is_about_notices(title: &str) -> bool {
    let lower = title.to_lowercase();
    ABOUT_HOUSES.iter().any(|word| lower.contains(word))
}

/// Whether a line says which part of a series the article is: `This article is Part 3 in a 5-part series.`
pub(super) fn tells_series(text: &str) -> bool {
    const LONG: usize = 120;
    const BEGINS: [&str; 8] = [
        "this article is part",
        "this post is part",
        "this essay is part",
        "this is part",
        "part",
        "dies ist teil",
        "teil",
        "ceci est la partie",
    ];
    const SERIES: [&str; 4] = ["part series", "parts series", "a series", "teiligen serie"];
    if text.len() > LONG {
        return false;
    }
    let lower = text.trim().to_lowercase().replace(['-', '‑'], " ");
    let numbered = lower.contains(|c: char| c.is_ascii_digit());
    numbered
        && BEGINS.iter().any(|begin| after(&lower, begin).is_some())
        && SERIES.iter().any(|series| lower.contains(series))
}

/// Whether a line says that who follows has paid for the letter or page.
pub(super) fn is_before_sponsor(text: &str) -> bool {
    const LONG: usize = 40;
    let text = text.trim().trim_end_matches([':', '：']).trim_end();
    text.len() <= LONG && SPONSORS.iter().any(|line| text.eq_ignore_ascii_case(line))
}

/// [`is_before_sponsor`], in small letters.
const SPONSORS: [&str; 8] = [
    "together with",
    "in partnership with",
    "presented by",
    "brought to you by",
    "sponsored by",
    "a message from our sponsor",
    "a word from our sponsor",
    "our sponsor",
];

/// Whether a line says what one has to do to take part in a vote.
pub(super) fn is_of_poll(text: &str) -> bool {
    const LONG: usize = 80;
    const VOTES: [&str; 5] = [
        "to participate in poll",
        "to participate in the poll",
        "to vote in this poll",
        "to vote in the poll",
        "to see results",
    ];
    text.len() <= LONG && {
        let lower = text.to_lowercase();
        VOTES.iter().any(|vote| lower.contains(vote))
    }
}

/// Whether a line begins with what stands before tags: `Filed under: rivers, ropes`.
pub(super) fn is_before_tags(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "tags:",
        "tags :",
        "tagged:",
        "tagged with",
        "tagged as",
        "tagged in",
        "filed under",
        "filed in",
        "filed to",
        "categories:",
        "category:",
        "labels:",
        "topics:",
        "keywords:",
        "schlagworte:",
        "schlagwörter:",
        "stichworte:",
        "kategorien:",
        "kategorie:",
        "étiquettes",
        "mots-clés",
        "mots clés",
        "catégories:",
        "catégories :",
        "etiquetas:",
        "categorías:",
        "categorias:",
        "marcadores:",
        "etichette:",
        "categorie:",
        "trefwoorden:",
        "etiketter:",
        "nyckelord:",
        "tagi:",
        "kategorie:",
        "štítky:",
        "címkék:",
        "etiketler:",
        "метки:",
        "теги:",
        "тэги:",
        "рубрика:",
        "рубрики:",
        "теґи:",
        "мітки:",
        "标签：",
        "标签:",
        "標籤：",
        "標籤:",
        "关键词：",
        "關鍵字：",
        "タグ：",
        "タグ:",
        "カテゴリ",
        "キーワード：",
        "태그:",
        "الوسوم",
        "תגיות:",
    ];
    let head: String = text.trim_start().chars().take(24).collect();
    let head = head.to_lowercase();
    TAGS.iter().any(|tags| head.starts_with(tags))
}

/// Whether a line says that a machine made the summary it stands in.
pub(super) fn tells_of_machine_summary(text: &str) -> bool {
    const LINE: usize = 160;
    /// Words before what says so: `This is an …`.
    const BEFORE: [&str; 5] = ["this", "is", "an", "a", "the"];
    #[rustfmt::skip]
    const SAYS: [&str; 36] = [
        "summary was generated by ai", "summary was generated by a machine", "summary was generated using ai",
        "summary was generated with", "summary was created by ai", "summary was created with ai", "summary was created using ai",
        "summary was made by ai", "summary is generated by ai", "summarised by ai", "summarized by ai", "summary generated by ai",
        "ai-generated summary", "ai generated summar",
        "zusammenfassung wurde mit ki", "zusammenfassung wurde von ki", "zusammenfassung wurde mit hilfe von k",
        "zusammenfassung wurde mithilfe von k", "ki-generierte zusammenfassung", "ki-zusammenfassung", "résumé généré par",
        "résumé par ia", "resumen generado", "resumen hecho con ia", "resumo gerado", "riassunto generato",
        "oppsummeringen er laget av", "sammendraget er laget av", "sammanfattningen är gjord", "sammanfattningen är skapad",
        "sammanfattningen har gjorts", "resuméet er lavet", "tekoälyn tekemä tiivistelmä", "aiによる要約", "aiが要約", "ai가 요약",
    ];
    if text.chars().nth(LINE).is_some() {
        return false;
    }
    let lower = text.to_lowercase();
    let mut rest = lower.trim_start();
    while let Some((_, more)) = rest
        .split_once(' ')
        .filter(|(word, _)| BEFORE.contains(word))
    {
        rest = more;
    }
    SAYS.iter().any(|phrase| rest.starts_with(phrase))
}

/// Whether a heading offers letters: `The Harbour newsletter`.
pub(super) fn heads_letters(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    LETTERS.iter().any(|letter| lower.contains(letter))
}

/// Whether a line says nothing but that an advertisement follows.
pub(super) fn is_advertisement(text: &str) -> bool {
    #[rustfmt::skip]
    const SAYS: [&str; 12] = [
        "advertisement", "advertising", "anzeige", "werbung", "publicité", "publicidad", "publicidade", "pubblicità", "advertentie",
        "annons", "annonse", "reklama",
    ];
    let lower = text.trim().to_lowercase();
    SAYS.contains(&lower.as_str())
}

/// Whether a line is the title of a table of contents.
pub(super) fn is_contents(text: &str) -> bool {
    const LONG: usize = 40;
    if text.len() > LONG * 2 {
        return false;
    }
    let folded = fold(text.trim().trim_end_matches([':', '：']));
    CONTENTS.contains(&folded.trim())
}

/// What stands over the comments of readers, in small letters.
const COMMENTS: &[&str] = &[
    "comment",
    "comments",
    "reader comments",
    "readers comments",
    "readers' comments",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "join the conversation",
    "replies",
    "responses",
    "what readers say",
    "readers write",
    "letters",
    "kommentar",
    "kommentare",
    "leserkommentare",
    "leserbriefe",
    "diskussion",
    "commentaires",
    "reactions",
    "reactie",
    "reacties",
    "comentario",
    "comentarios",
    "commenti",
    "commento",
    "kommentarer",
    "kommentit",
    "komentarze",
    "komentare",
    "komentari",
    "hozzaszolasok",
    "yorum",
    "yorumlar",
    "komentar",
    "binh luan",
    "комментарии",
    "комментариев",
    "коментарі",
    "коментари",
    "σχολια",
    "التعليقات",
    "تعليقات",
    "תגובות",
    "टिप्पणियां",
    "评论",
    "網友評論",
    "网友评论",
    "留言",
    "コメント",
    "댓글",
];

/// [`COMMENTS`] as [`fold`] leaves them: it takes syllables and vowel signs apart.
static COMMENT_HEADS: LazyLock<Vec<String>> = LazyLock::new(|| folded(COMMENTS));

/// Whether a heading announces the comments of readers: `12 Comments`, `Kommentare (3)`.
pub(super) fn is_about_comments(text: &str) -> bool {
    const LONG: usize = 60;
    if text.len() > LONG {
        return false;
    }
    let words = fold(text);
    let words = words.trim_matches(|c: char| !c.is_alphabetic());
    COMMENT_HEADS.iter().any(|head| head == words)
}

/// Whether a heading announces what other sites wrote of the article, as old blogs list it.
pub(super) fn is_about_pings(text: &str) -> bool {
    const LONG: usize = 40;
    const PINGS: [&str; 7] = [
        "trackback",
        "trackbacks",
        "trackback pings",
        "pingbacks",
        "trackbacks pingbacks",
        "trackbacks and pingbacks",
        "トラックバック",
    ];
    if text.len() > LONG {
        return false;
    }
    let words = fold(text);
    let words = words.trim_matches(|c: char| !c.is_alphabetic());
    let words: Vec<&str> = words.split(|c: char| !c.is_alphabetic()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    PINGS.iter().any(|ping| fold(ping) == words.join(" "))
}

/// Whether a heading is that of what a converter of documents says of itself.
pub(super) fn is_colophon(text: &str) -> bool {
    let folded = fold(text.trim().trim_end_matches(['.', '…', ' ']));
    [
        "about this document",
        "uber dieses dokument",
        "a propos de ce document",
    ]
    .contains(&folded.trim())
}

/// Whether a line says by which program a document was made.
pub(super) fn tells_of_converter(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "was generated using",
        "was generated by",
        "was generated on",
        "was generated with",
        "was converted",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase))
}

/// Whether a line says where on the site the page is: `You are here: Home > Texts`.
pub(super) fn is_place(text: &str) -> bool {
    const PLACES: [&str; 14] = [
        "you are here",
        "sie sind hier",
        "sie befinden sich hier",
        "vous êtes ici",
        "estás aquí",
        "está aquí",
        "você está aqui",
        "вы здесь",
        "您的位置",
        "您现在的位置",
        "当前位置",
        "目前位置",
        "現在位置",
        "현재 위치",
    ];
    let lower = text.trim().to_lowercase();
    let rest = PLACES.iter().find_map(|place| lower.strip_prefix(place));
    rest.is_some_and(|rest| rest.trim_start().starts_with([':', '：', '>', '»']))
}

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

/// A Greek letter without its accent: capitals are written without.
fn without_accent(c: char) -> char {
    match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' => 'ι',
        'ό' => 'ο',
        'ύ' => 'υ',
        'ώ' => 'ω',
        c => c,
    }
}

/// Which kinds of line a text is. `linked`: most of it is a link.
pub(super) fn flags(text: &str, linked: bool) -> u32 {
    let start = text.trim_start_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '©' | 'ⓒ' | '(' | '[' | '▲' | '【' | '（')
    });
    let head: String = start
        .chars()
        .take(48)
        .flat_map(char::to_lowercase)
        .map(without_accent)
        .collect();
    let long = text.chars().nth(LONG).is_some() && !linked;
    let sentence = LazyCell::new(|| !linked && is_sentence(text));
    let mut flags = 0;
    // `[Read more: …]` as well as `(dpa`.
    let inner = head.trim_start_matches(['(', '[', '（', '【']).trim_start();
    let begins = |head: &str| {
        let first = head.chars().next().unwrap_or_default();
        let from = PHRASES.partition_point(|phrase| phrase.first < first);
        let alike = PHRASES[from..].iter();
        alike.take_while(move |phrase| phrase.first == first)
    };
    let bracketed = (inner.len() < head.len()).then(|| begins(inner).map(|phrase| (inner, phrase)));
    let alike = begins(&head).map(|phrase| (head.as_str(), phrase));
    for (head, phrase) in alike.chain(bracketed.into_iter().flatten()) {
        if flags & phrase.flag != 0 || long && !matches!(phrase.flag, ASK | MACHINE) {
            continue;
        }
        let Some(rest) = after(head, phrase.text) else {
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
    // `The ferry at its mooring. Photo: Nino Example`
    let credited = || {
        let lower = text.to_lowercase();
        let mut found = CREDITS.iter().filter_map(|credit| lower.rfind(credit));
        found.any(|at| lower[at..].chars().nth(CREDITED).is_none())
    };
    if flags & PHOTO == 0 && !long && !*sentence && text.contains([':', '(', '/']) && credited() {
        flags |= PHOTO;
    }
    if flags & BYLINE == 0 && names_roles(text) {
        flags |= BYLINE;
    }
    if !long && (asks_to_follow(text) || is_before_sponsor(text)) {
        flags |= ASK;
    }
    // `Nino Example contributed to this report.`
    if !long
        && text
            .trim_end_matches('.')
            .ends_with(" contributed to this report")
    {
        flags |= BYLINE;
    }
    // `图为新渡船。 样本 摄`
    let taken = || {
        let text = text.trim_end_matches(['）', ')', '】', ']', '。']);
        text.ends_with(['摄', '攝']) || text.ends_with("撮影") || text.ends_with("提供")
    };
    if text.chars().nth(PICTURE).is_none() && taken() {
        flags |= PHOTO;
    }
    flags
}

/// Whether a short line, a sentence or not, asks to follow the house, or to get what it has for telephones.
fn asks_to_follow(text: &str) -> bool {
    /// Beginnings of such lines, and what stands further on in them.
    const ASKS: &[(&str, &str)] = &[
        ("stay with", "for the latest"),
        ("stay tuned", "for the latest"),
        ("for all the latest", "download"),
        ("for all the latest", "follow"),
        ("for the latest", "download"),
        ("follow the latest", " app"),
        ("follow the latest", " on facebook"),
        ("visit ", "homepage for more"),
        ("for the latest", "follow us"),
        ("download the", " app"),
        ("download our", " app"),
        ("get the", " app for"),
        ("install the", " app"),
    ];
    /// What asks wherever in such a line.
    const FOLLOW: &[&str] = &[
        "follow us on",
        "volg ons op",
        "suivez-nous sur",
        "folgen sie uns auf",
        "folge uns auf",
        "seguici su",
        "síguenos en",
        "siga-nos n",
        "obserwuj nas na",
        "takip edin",
        "bizi izləyin",
        "подпишись на наш",
        "подписывайтесь на наш",
        "підписуйтесь на наш",
    ];
    const LINE: usize = 120;
    const WORDS: usize = 4;
    if text.chars().nth(LINE).is_some() || text.split_whitespace().take(WORDS).count() < WORDS {
        return false;
    }
    let lower = text.to_lowercase();
    let asks = |(start, then): &(&str, &str)| {
        let rest = lower.strip_prefix(start);
        rest.is_some_and(|rest| rest.contains(then))
    };
    ASKS.iter().any(asks) || FOLLOW.iter().any(|words| lower.contains(words))
}

/// Whether a text only says which of some pictures it stands at: `2 of 14`.
pub(super) fn is_count(text: &str) -> bool {
    const CHARS: usize = 20;
    let text = text.trim();
    if text.len() > CHARS || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &str| word.len() <= 3 && word.parse::<u16>().is_ok();
    matches!(*words.as_slice(), [at, "of" | "von" | "sur" | "de" | "di" | "van" | "av" | "из" | "з", all]
        if number(at) && number(all))
}

/// Whether a text is a place that a template left unfilled: `{{ author }}`, `$$ARTICLEAD$$`, `%%BANNER_1%%`, `[[ADS]]`.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let within = |open: &str, close: &str| text.strip_prefix(open)?.strip_suffix(close);
    let named = |name: &str| {
        let known = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        name.len() >= 3 && name.chars().all(known)
    };
    // A formula stands between dollar signs too.
    within("{{", "}}").is_some_and(|name| name.len() <= 60 && !name.contains(['\n', '{', '}']))
        || [("$$", "$$"), ("%%", "%%"), ("[[", "]]"), ("##", "##")]
            .iter()
            .filter_map(|(open, close)| within(open, close))
            .any(named)
}

/// What follows a phrase, where the text begins with it and it ends where a word ends.
fn after<'a>(head: &'a str, phrase: &str) -> Option<&'a str> {
    let rest = head.strip_prefix(phrase)?;
    let last = phrase.chars().next_back()?;
    let mut next = rest.chars();
    let goes_on = match next.next() {
        // `Read more- The old bridge` ends at the dash, `read-only` is one word.
        Some('\'' | '’' | '-') => next.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    let ends = !last.is_alphanumeric() || is_unspaced(last) || !goes_on;
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

/// A short line of Chinese or Japanese that says who did what: `文 | 样本　编辑 | 示例`, `样本新闻记者 | 示例`, `記者示例／台北報導`.
fn names_roles(text: &str) -> bool {
    const CHARS: usize = 50;
    /// Characters of the house before a role.
    const HOUSE: usize = 6;
    const ROLES: &[&str] = &[
        "文", "图", "圖", "记者", "記者", "编辑", "編輯", "责编", "責編", "摄影", "攝影", "撰文",
        "作者", "校对", "校對", "采访", "採訪", "设计", "設計", "监制", "監製", "编译", "編譯",
        "来源", "來源",
    ];
    let text = text.trim();
    let first = text.chars().next();
    if text.chars().nth(CHARS).is_some()
        || !first.is_some_and(|c| is_unspaced(c) || !c.is_alphanumeric())
    {
        return false;
    }
    let text = text.trim_matches(['（', '）', '(', ')', '【', '】', '〔', '〕', '[', ']']);
    if text.ends_with(['。', '！', '？', '，']) {
        return false;
    }
    // `本报记者 样本 见习记者 示例 滨湖报道`
    let own = ["本报", "本報", "本刊", "本网", "本網", "本台"];
    let own = own.iter().find_map(|own| text.strip_prefix(own));
    let reports = ["记者", "記者"]
        .iter()
        .any(|role| own.unwrap_or(text).starts_with(role))
        && ["报道", "报导", "報導", "報道"]
            .iter()
            .any(|word| text.ends_with(word));
    let labels = ROLES.iter().any(|role| {
        let Some((before, after)) = text.split_once(role) else {
            return false;
        };
        let after = after.trim_start();
        let parted = after.starts_with(['|', '｜', '丨', '︱', '/', '／']);
        let begins = before.chars().all(is_unspaced) && before.chars().nth(HOUSE).is_none();
        begins && parted && after.chars().nth(1).is_some()
    });
    reports || labels || is_printed(text)
}

/// Where a text stood in print: `《 样本日报 》（ 2024年04月15日 11 版）`.
fn is_printed(text: &str) -> bool {
    let text = text.trim_end_matches(['）', ')', ' ']);
    let page = text.strip_suffix(['版', '页']);
    let numbered = |rest: &str| rest.trim_end().ends_with(|c: char| c.is_ascii_digit());
    text.starts_with('《')
        && ['年', '月', '日'].iter().all(|part| text.contains(*part))
        && page.is_some_and(numbered)
        && !text.contains('第')
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
        "分享经济在山谷里还很年轻，镇议会星期一这样表示。",
        "收藏旧船票的老人把它们交给了博物馆。",
        "文化节的编辑和记者在桥上见了面",
        "记者在桥边等了一个上午，没有人愿意说话。",
        "De Bruin werd maandag gekozen tot voorzitter van de veerdienst.",
        "Di mana jembatan itu akan dibangun, dewan belum mau mengatakannya.",
        "Del av broen ble stengt mandag etter at vannet hadde steget om natten.",
        "Theo hội đồng, cây cầu mới sẽ được mở vào mùa xuân năm sau cho mọi người.",
        "Reporter aus elf Ländern trafen sich am Montag an der neuen Brücke.",
        "Popular stories of the river end with a drowned miller and a mule that knows the way.",
        "Latest articles of the union's charter forbid what the first ones had allowed.",
        "ニュースレターという言葉を、橋の上で本を売る老人は知らなかった。",
        "Sponsored children from the valley have become teachers, nurses and one mayor.",
        "Best viewed in autumn, the valley is red from the mill to the sea.",
        "The translation was initiated by monks who had never seen the river.",
        "Другие новости были хуже, сказал мельник и закрыл окно.",
        "Questions or comments from the floor were not allowed, the mayor said.",
        "Together with her brother she rowed the mule across the river.",
    ];

    /// Lines that are beside a text, each of the kind that it says.
    const LINES_BESIDE: &[(u32, &str)] = &[
        (MORE, "Read more: How the old bridge was built"),
        (MORE, "Lesen Sie auch: Wie die Brücke gebaut wurde"),
        (MORE, "Recommended"),
        (MORE, "下一篇：写给十年后的桥"),
        (MORE, "Другие новости рубрики:"),
        (ASK, "【打印本页】【关闭窗口】"),
        (ASK, "TOGETHER WITH"),
        (BYLINE, "Letzte Änderung: 14.11.1999"),
        (MACHINE, "Optimiert für 800x600"),
        (
            MACHINE,
            "This page was last edited on 12 June 2021, at 09:30.",
        ),
        (MORE, "[Read more: How the old bridge was built]"),
        (MORE, "For more on this story"),
        (MORE, "関連記事：古い橋"),
        (MORE, "Recent Articles"),
        (MORE, "Read This Next"),
        (MORE, "En çok okunanlar"),
        (ASK, "हमारे न्यूज़लेटर के लिए साइन अप करें"),
        (ASK, "メールマガジンに登録する"),
        (
            ASK,
            "Sign up for our newsletter and get the news every morning.",
        ),
        (ASK, "Subscribe to our newsletter"),
        (ASK, "Anzeige"),
        (ASK, "Folgen Sie uns auf allen Kanälen"),
        (PHOTO, "Photo: Nino Example/The Daily"),
        (PHOTO, "Foto: Nino Example"),
        (PHOTO, "צילום: דנה לדוגמה"),
        (PHOTO, "The ferry at its mooring. Photo: Nino Example"),
        (PHOTO, "图为新渡船。 样本 摄"),
        (PHOTO, "（写真：見本花子撮影）"),
        (MORE, "ये भी पढ़ें- पुराना पुल"),
        (MORE, "This post is part of a series on the old bridge:"),
        (MORE, "另请参阅"),
        (ASK, "点击上方“样本”，关注我们"),
        (ASK, "請繼續往下閱讀..."),
        (
            MACHINE,
            "Dieser Eintrag wurde am Freitag, 19. Januar 2007 um 09:12 erstellt und abgelegt.",
        ),
        (BYLINE, "文 | 样本　编辑 | 示例"),
        (BYLINE, "样本新闻记者 | 示例"),
        (BYLINE, "記者示例／台北報導"),
        (BYLINE, "（责任编辑：样本）"),
        (BYLINE, "<저작권자 ⓒ 뉴스포털, 무단 전재 및 재배포 금지>"),
        (BYLINE, "Источник: агентство"),
        (BYLINE, "المصدر: وكالات"),
        (MORE, "อ่านเพิ่มเติม: สะพานเก่า"),
        (MORE, "Olvassa el ezt is: A régi híd"),
        (ASK, "分享到："),
        (BYLINE, "By Nino Example"),
        (BYLINE, "Von Nino Example"),
        (BYLINE, "Published 12 June 2024"),
        (BYLINE, "Updated: 14:02"),
        (MACHINE, "Please enable JavaScript to view the comments"),
        (
            MACHINE,
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        ),
        (
            MACHINE,
            "An dieser Stelle finden Sie einen externen Inhalt von einer Plattform.",
        ),
        (MACHINE, "Loading …"),
        (ASK, "ΑΚΟΛΟΥΘΗΣΤΕ ΜΑΣ"),
        (ASK, "长按识别二维码"),
        (MORE, "往期推荐"),
        (
            MACHINE,
            "This entry was posted on Sunday, May 2nd, 2010 and is filed under Ferries.",
        ),
    ];

    /// What a house says of itself, and sentences of articles that are like it.
    #[test]
    fn letters_and_rights_of_a_house_are_its_own() {
        for notice in [
            "Get the River Brief, our free daily newsletter on ferries.",
            "Apúntate para recibir nuestra newsletter semanal.",
            "Każdego ranka czyta się go w newsletterze; dołącz do naszego newslettera.",
            "More of this stands in our newsletter.",
            "本文未经授权，不得转载。",
            "本文来自微信公众号：样本，作者：示例",
            "未经正式授权严禁转载本文，侵权必究。",
            "（样本内容仅供参考，不构成投资建议。）",
        ] {
            assert!(is_notice(notice), "{notice}");
        }
        let court = "法院认为，被告未经授权使用了渡船公司的图片，应当赔偿。".repeat(4);
        let said = "船夫说：“公司未经授权使用了我的照片。”";
        for text in [
            "The newsletter of the ferrymen ended with our war.",
            "Our ferry forgets its newsletter, and the target is missed.",
            &court,
            said,
        ] {
            assert!(!is_notice(text), "{text}");
        }
    }

    #[test]
    fn headings_of_comments_are_known_in_every_language() {
        for head in COMMENTS {
            assert!(is_about_comments(&format!("{head} (12)")), "{head}");
        }
        assert!(!is_about_comments("Comments of the council"));
    }

    #[test]
    fn lines_of_systems_are_told_from_sentences() {
        for (is, yes, no) in [
            (
                tells_series as fn(&str) -> bool,
                "This article is Part 3 in a 5-Part Series.",
                "Part of the bridge fell into the river in a series of floods.",
            ),
            (
                is_before_tags,
                "Filed under: rivers, ropes",
                "Tags were tied to the ropes.",
            ),
            (
                is_of_poll,
                "Login or Subscribe to participate in polls.",
                "Nobody came to participate in the vote.",
            ),
            (is_before_sponsor, "Together with", "Together with Nino"),
            (
                is_about_pings,
                "TrackBacks (2)",
                "Trackback, a history of the river",
            ),
            (
                is_place,
                "当前位置：样本 >> 散文",
                "You are here for the bridge.",
            ),
            (is_colophon, "About this document ...", "About the document"),
        ] {
            assert!(is(yes), "{yes}");
            assert!(!is(no), "{no}");
        }
    }

    #[test]
    fn what_a_template_left_unfilled_is_no_text() {
        for left in [
            "{{ author.name }}",
            "$$ARTICLEAD$$",
            "%%BANNER_1%%",
            "[[ADS]]",
        ] {
            assert!(is_placeholder(left), "{left}");
        }
        for text in ["$$a^2 + b^2 = c^2$$", "$$x$$", "[[a note]]", "##"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

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
    fn sentences_about_such_things_are_no_notices() {
        for text in [
            "The town uses AI tools to read letters, and nobody there minds as long as they are answered.",
            "This article is more than a list of old boats, she said.",
            "Readers may subscribe now or when the ferry leaves.",
            "Artikkelen er skrevet av en gammel mann.",
            "The reporter from the paper was in the room when the page was printed.",
        ] {
            assert!(!is_notice(text), "{text}");
        }
        assert!(!tells_of_machine_summary(
            "The summary was written by a clerk who knew the river."
        ));
        assert!(!names_roles(
            "记者问他桥什么时候开放，他说不知道，也没有人知道。"
        ));
        assert!(names_roles("本报记者 样本 见习记者 示例 滨湖报道"));
        assert!(names_roles("《 样本日报 》（ 2024年04月15日 11 版）"));
        assert!(!names_roles("《样本》是一本关于1931年的桥的书，第一版"));
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
