//! Pages that are no list of headlines, whatever they link: one article, a page that was not found, a log-in.
//! Never here: which links of a list are stories.

use dom_query::Document;
use url::Url;

use super::address;
use super::titles::words;
use newsprint_html::safe_text;
use newsprint_model::fold;

/// Letters of a paragraph that is running text.
const PARAGRAPH: usize = 80;
/// Letters of an article's text; teasers have less.
const TEXT: usize = 500;
/// Stories that such a page may link all the same: a list has more, or dates.
const FEW: usize = 8;

/// Folded words by which a page says that nothing is there.
const NOT_FOUND: &[&str] = &[
    "404",
    "not found",
    "page does not exist",
    "no longer available",
    "nicht gefunden",
    "existiert nicht",
    "introuvable",
    "non trouvee",
    "no encontrada",
    "no se ha encontrado",
    "non trovata",
    "nao encontrada",
    "niet gevonden",
    "ikke fundet",
    "ikke funnet",
    "hittades inte",
    "ei loytynyt",
    "nie znaleziono",
    "nenalezena",
    "nem talalhato",
    "bulunamadi",
    "tapilmadi",
    "не найдена",
    "не знайдена",
    "არ მოიძებნა",
    "nu a fost gasita",
];
/// Folded beginnings and ends of what a log-in is headed.
const LOG_IN: &[&str] = &[
    "log in",
    "login",
    "sign in",
    "anmelden",
    "einloggen",
    "anmeldung",
    "connexion",
    "connectez-vous",
    "se connecter",
    "identifiez-vous",
    "iniciar sesion",
    "inicia sesion",
    "accedi",
    "entrar",
    "inloggen",
    "logg inn",
    "log ind",
    "logga in",
    "kirjaudu",
    "zaloguj",
    "prihlaseni",
    "giris yap",
    "войти",
    "вход",
    "увійти",
];

/// Whether the page at `own` is not a list of headlines; `stories` were found on it, `dated` of them with a date.
pub(super) fn is_none(doc: &Document, own: &Url, stories: usize, dated: usize) -> bool {
    if is_article(doc, own) {
        return true;
    }
    let said = |selector: &str| fold(&safe_text::line(&doc.select_single(selector).text()));
    let (title, heading) = (said("title"), said("h1"));
    let short = |text: &str| !text.is_empty() && words(text) <= 9;
    let not_found = |text: &str| short(text) && NOT_FOUND.iter().any(|phrase| holds(text, phrase));
    let few = stories <= FEW && dated == 0;
    let gone = (not_found(&title), not_found(&heading));
    if gone == (true, true) || few && (gone.0 || gone.1) {
        return true;
    }
    let log_in = |text: &str| short(text) && LOG_IN.iter().any(|phrase| holds(text, phrase));
    let asks = doc.select("input[type='password']").exists();
    few && asks && (log_in(&title) || log_in(&heading))
}

/// Whether a phrase stands in a text as whole words.
fn holds(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        ends(text[..at].chars().next_back()) && ends(text[at + phrase.len()..].chars().next())
    })
}

/// Whether a page declares itself an article (Open Graph, schema.org) and holds the running text of one.
fn is_article(doc: &Document, own: &Url) -> bool {
    let meta = |name: &str| {
        let found = doc.select_single(&format!("meta[property='{name}']"));
        found
            .attr("content")
            .map(|content| content.trim().to_ascii_lowercase())
    };
    // Home pages declare such things in passing.
    let home = own.path().trim_matches('/').is_empty() && own.query().is_none();
    let declared = meta("og:type").is_some_and(|kind| kind == "article")
        || meta("article:published_time").is_some()
        || doc
            .select("script[type*='ld+json']")
            .iter()
            .take(20)
            .any(|script| {
                let text = script.text();
                text.contains("\"articleBody\"")
                    || text.contains("NewsArticle\"") && text.contains("\"mainEntityOfPage\"")
            });
    if !declared {
        return false;
    }
    let (most, all) = running_text(doc);
    let text = most >= TEXT && most * 10 >= all * 6;
    text && (!home || most >= TEXT * 3 && address::evidence(own) >= 0.0)
}

/// The letters of the long paragraphs under the element that has most of them, outside of links, and of all of the page.
fn running_text(doc: &Document) -> (usize, usize) {
    let mut all = 0;
    let mut most = 0;
    let mut parent = None;
    let mut sum = 0;
    for node in doc.select("p").nodes().iter().take(2_000) {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        let linked: usize = node
            .descendants_it()
            .filter(|inner| inner.has_name("a"))
            .map(|link| letters(&link.text()))
            .sum();
        let own = letters(&node.text()).saturating_sub(linked);
        let inside = node
            .ancestors_it(Some(3))
            .any(|outer| outer.has_name("a") || outer.has_name("li"));
        if own < PARAGRAPH || inside {
            continue;
        }
        let under = node.parent().map(|parent| parent.id);
        if under != parent {
            parent = under;
            sum = 0;
        }
        sum += own;
        all += own;
        most = most.max(sum);
    }
    (most, all)
}
