//! Whether what was picked is the whole article: pay wall, consent wall, error page, nothing at all.
//! Never here: the picking. When in doubt the text counts as whole: a wrong notice is worse than none.

use std::sync::LazyLock;

use super::blocks::Outline;
use super::class_names::Cues;
use super::phrases::folded;
use newsprint_model::{Partial, fold};

/// What the page says, beside its blocks.
pub(super) struct Claims<'a> {
    pub title: &'a str,
    /// JSON-LD's `isAccessibleForFree` is false.
    pub locked: bool,
    /// Words of the picked text.
    pub words: u32,
    /// The picked text.
    pub text: &'a str,
}

/// Below this many words a text with a pay wall's notice under it is its beginning.
const STUB: u32 = 350;
/// Articles that say they are locked and are shorter than this are their beginnings.
const SHORT: u32 = 200;
/// Dialogues and error pages are not longer than this.
const NOTICE: u32 = 250;

/// Notices of pay walls: what a reader would have to do to go on reading.
const WALLS: &[&str] = &[
    "subscribe to continue",
    "subscribe to read",
    "to continue reading",
    "to read the full",
    "to keep reading",
    "continue reading with a",
    "this article is for subscribers",
    "for subscribers only",
    "subscribers only",
    "exclusive to subscribers",
    "already a subscriber",
    "unlock this article",
    "to read this article",
    "read the rest of this",
    "this content is for members",
    "this post is for paid",
    "become a subscriber to read",
    "sign in to read",
    "weiterlesen mit",
    "jetzt weiterlesen",
    "um weiterzulesen",
    "diesen artikel weiterlesen",
    "artikel weiterlesen mit",
    "nur fur abonnenten",
    "exklusiv fur abonnenten",
    "mit einem abo",
    "bereits abonnent",
    "sie haben bereits ein abo",
    "lesen sie weiter mit",
    "jetzt abo",
    "zugang zu allen artikeln",
    "alle plus-artikel",
    "dieser artikel ist kostenpflichtig",
    "reserve aux abonnes",
    "reserve a nos abonnes",
    "la suite est reservee",
    "pour lire la suite",
    "il vous reste",
    "deja abonne",
    "article reserve",
    "para seguir leyendo",
    "para continuar leyendo",
    "contenido exclusivo para suscriptores",
    "solo para suscriptores",
    "suscribete para",
    "suscribase para",
    "ya eres suscriptor",
    "para continuar lendo",
    "conteudo exclusivo para assinantes",
    "exclusivo para assinantes",
    "assine para",
    "per continuare a leggere",
    "contenuto riservato agli abbonati",
    "riservato agli abbonati",
    "abbonati per continuare",
    "sei gia abbonato",
    "lees verder met",
    "alleen voor abonnees",
    "for att lasa vidare",
    "las hela artikeln",
    "kun for abonnenter",
    "for abonnenter",
    "vain tilaajille",
    "aby czytac dalej",
    "% artykulu",
    "tylko dla prenumeratorow",
    "dostep do pelnej tresci",
    "czytaj dalej z",
    "kup dostep",
    "pro predplatitele",
    "iba pre predplatitelov",
    "чтобы читать дальше",
    "только для подписчиков",
    "доступно по подписке",
    "читати далі за передплатою",
    "okumaya devam etmek icin",
    "abonelere ozel",
    "続きを読むには",
    "この記事は会員限定",
    "会員限定",
    "この記事は有料",
    "訂閱以繼續",
    "订阅后继续",
    "付费阅读",
    "仅限订阅",
    "이 기사는 유료",
    "구독자 전용",
    "μονο για συνδρομητες",
];

/// What a consent dialogue talks of.
const CONSENT: &[&str] = &[
    "cookie",
    "consent",
    "accept all",
    "reject all",
    "privacy policy",
    "our partners",
    "personal data",
    "legitimate interest",
    "zustimm",
    "einwilligung",
    "datenschutz",
    "akzeptieren",
    "unsere partner",
    "consentement",
    "donnees personnelles",
    "nos partenaires",
    "accepter",
    "aceptar",
    "consentimiento",
    "nuestros socios",
    "accetta",
    "consenso",
    "i nostri partner",
    "toestemming",
    "akkoord",
    "samtycke",
    "zgod",
    "akceptuj",
    "aceitar",
    "consentimento",
    "согласие",
    "onay",
    "同意",
];

/// Titles of pages that say that something went wrong.
const ERRORS: &[&str] = &[
    "404",
    "403 forbidden",
    "500 internal",
    "502 bad gateway",
    "503 service",
    "error 404",
    "404 error",
    "page not found",
    "not found",
    "page unavailable",
    "access denied",
    "we can't find",
    "we couldn't find",
    "this page isn't available",
    "page does not exist",
    "internal server error",
    "service unavailable",
    "bad gateway",
    "just a moment",
    "attention required",
    "are you a robot",
    "you have been blocked",
    "site maintenance",
    "under maintenance",
    "seite nicht gefunden",
    "fehler 404",
    "nicht gefunden",
    "zugriff verweigert",
    "page introuvable",
    "page non trouvee",
    "erreur 404",
    "acces refuse",
    "pagina no encontrada",
    "error 404",
    "pagina nao encontrada",
    "pagina non trovata",
    "pagina niet gevonden",
    "sidan hittades inte",
    "siden ble ikke funnet",
    "siden blev ikke fundet",
    "nie znaleziono strony",
    "strona nie istnieje",
    "stranka nenalezena",
    "страница не найдена",
    "сторінку не знайдено",
    "sayfa bulunamadi",
    "halaman tidak ditemukan",
    "الصفحة غير موجودة",
    "ページが見つかりません",
    "お探しのページ",
    "页面不存在",
    "找不到頁面",
    "페이지를 찾을 수 없습니다",
    "η σελιδα δεν βρεθηκε",
    "էջը չի գտնվել",
    "გვერდი ვერ მოიძებნა",
];

static FOLDED_WALLS: LazyLock<Vec<String>> = LazyLock::new(|| folded(WALLS));
static FOLDED_CONSENT: LazyLock<Vec<String>> = LazyLock::new(|| folded(CONSENT));
static FOLDED_ERRORS: LazyLock<Vec<String>> = LazyLock::new(|| folded(ERRORS));

/// Why the picked text is not the whole article, if it is not.
pub(super) fn partial(outline: &Outline, kept: &[bool], claims: &Claims<'_>) -> Option<Partial> {
    if claims.words < NOTICE && is_error(claims.title) {
        return Some(Partial::ErrorPage);
    }
    if claims.words < 3 {
        return Some(if consents(&all(outline)) {
            Partial::Consent
        } else {
            Partial::NoText
        });
    }
    if claims.words < NOTICE && consents(claims.text) {
        return Some(Partial::Consent);
    }
    let last = kept.iter().rposition(|kept| *kept).unwrap_or(0);
    let walled = outline
        .blocks
        .iter()
        .enumerate()
        .skip(last)
        .any(|(i, block)| {
            // Below the text, near it: a footer far below may well advertise subscriptions.
            i <= last + 12 && block.chars < 400 && says_wall(&block.text)
        });
    let named = outline
        .blocks
        .iter()
        .enumerate()
        .skip(last)
        .take(12)
        .any(|(i, block)| {
            !kept[i]
                && outline
                    .up(block.leaf)
                    .take(5)
                    .any(|at| outline.elements[at].cues.has(Cues::WALL))
        });
    let locked = claims.locked && (claims.words < SHORT || (claims.words < STUB && named));
    if locked || (walled && claims.words < STUB) {
        return Some(Partial::Paywall);
    }
    None
}

/// Whether a text has the words of a pay wall's notice.
pub(super) fn says_wall(text: &str) -> bool {
    let text = fold(text);
    FOLDED_WALLS.iter().any(|wall| text.contains(wall))
}

/// Whether a part of the title says an error and nothing else: an article may well be about 404 days at sea.
fn is_error(title: &str) -> bool {
    let title = fold(title).replace('’', "'");
    title.split([':', '|', '–', '—', '·', '-']).any(|part| {
        let mut rest = part.to_owned();
        for error in FOLDED_ERRORS.iter() {
            rest = rest.replace(error.as_str(), " ");
        }
        let said = rest.len() < part.len();
        said && !rest.replace("error", "").contains(char::is_alphanumeric)
    })
}

/// Whether a text speaks of consent and hardly anything else: three different words of that kind, and one for
/// every thirty words.
fn consents(text: &str) -> bool {
    let folded = fold(text);
    let counts = FOLDED_CONSENT
        .iter()
        .map(|word| folded.matches(word).count());
    let (different, times) = counts.fold((0, 0), |(different, times), count| {
        (different + usize::from(count > 0), times + count)
    });
    let words = folded.split_whitespace().count();
    different >= 3 && times * 30 >= words
}

fn all(outline: &Outline) -> String {
    let mut text = String::new();
    for block in outline.blocks.iter().take(100) {
        text.push_str(&block.text);
        text.push(' ');
    }
    text
}
