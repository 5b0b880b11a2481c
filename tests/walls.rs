//! Answers that are not the article: eight kinds of walls in six languages, at the article's own address and by
//! a redirect, and sources that answer something else for once. What the feed gave stays; nothing is lost.

mod support;

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use newsprint::refresh::Outcome;
use newsprint_model::{Source, TextState};
use support::{House, Reply, Server, item, page, prose, rss};

const KINDS: [&str; 8] = [
    "login",
    "consent",
    "paywall",
    "challenge",
    "region",
    "app",
    "error-page",
    "video",
];
const LANGUAGES: [&str; 6] = ["en", "de", "fr", "pl", "ru", "ja"];

/// Title and sentences of a wall, as such pages are written.
fn words(kind: &str, lang: &str) -> (&'static str, &'static str) {
    match (kind, lang) {
        ("login", "en") => (
            "Sign in",
            "Welcome back. Enter your e-mail and your password to go on, or open an account in a minute. It costs nothing.",
        ),
        ("login", "de") => (
            "Anmelden",
            "Schön, dass Sie wieder da sind. Geben Sie Ihre E-Mail-Adresse und Ihr Passwort ein, oder legen Sie kostenlos ein Konto an.",
        ),
        ("login", "fr") => (
            "Connexion",
            "Ravi de vous revoir. Saisissez votre adresse électronique et votre mot de passe, ou créez un compte gratuit en une minute.",
        ),
        ("login", "pl") => (
            "Zaloguj się",
            "Witaj ponownie. Podaj swój adres e-mail i hasło albo załóż bezpłatne konto, zajmie to tylko minutę.",
        ),
        ("login", "ru") => (
            "Вход",
            "С возвращением. Введите адрес почты и пароль или создайте бесплатную учётную запись, это займёт одну минуту.",
        ),
        ("login", _) => (
            "ログイン",
            "おかえりなさい。メールアドレスとパスワードを入力してください。アカウントは無料で作成できます。",
        ),
        ("consent", "en") => (
            "Your privacy",
            "We and our 214 partners store information on your device and read it, for adverts that suit you. You may refuse, or change your mind at any time.",
        ),
        ("consent", "de") => (
            "Ihre Privatsphäre",
            "Wir und unsere 214 Partner speichern Informationen auf Ihrem Gerät und lesen sie, für Werbung nach Ihrem Geschmack. Sie können ablehnen oder jederzeit anders entscheiden.",
        ),
        ("consent", "fr") => (
            "Votre vie privée",
            "Nous et nos 214 partenaires stockons des informations sur votre appareil pour une publicité à votre goût. Vous pouvez refuser ou changer d'avis à tout moment.",
        ),
        ("consent", "pl") => (
            "Twoja prywatność",
            "My i naszych 214 partnerów przechowujemy informacje na Twoim urządzeniu, aby reklamy były dopasowane. Możesz odmówić lub w każdej chwili zmienić zdanie.",
        ),
        ("consent", "ru") => (
            "Ваша конфиденциальность",
            "Мы и 214 наших партнёров храним сведения на вашем устройстве, чтобы показывать подходящую рекламу. Вы можете отказаться или передумать в любое время.",
        ),
        ("consent", _) => (
            "プライバシーについて",
            "当社と214の提携先は、お客様に合った広告のために端末に情報を保存します。いつでも拒否または変更できます。",
        ),
        ("paywall", "en") => (
            "Choose your plan",
            "All our reporting, every day. Four weeks for 1.00 €, then 12.99 € a month. Cancel whenever you like.",
        ),
        ("paywall", "de") => (
            "Wählen Sie Ihr Angebot",
            "Alle Berichte, jeden Tag. Vier Wochen für 1,00 €, danach 12,99 € im Monat. Jederzeit kündbar.",
        ),
        ("paywall", "fr") => (
            "Choisissez votre formule",
            "Tous nos reportages, chaque jour. Quatre semaines pour 1,00 €, puis 12,99 € par mois. Sans engagement.",
        ),
        ("paywall", "pl") => (
            "Wybierz pakiet",
            "Wszystkie nasze teksty, codziennie. Cztery tygodnie za 4,00 zł, potem 49,90 zł miesięcznie. Możesz zrezygnować kiedy chcesz.",
        ),
        ("paywall", "ru") => (
            "Выберите тариф",
            "Все наши материалы каждый день. Четыре недели за 99 ₽, затем 499 ₽ в месяц. Отменить можно когда угодно.",
        ),
        ("paywall", _) => (
            "プランを選ぶ",
            "すべての記事を毎日お届けします。最初の四週間は100円、その後は月額980円です。いつでも解約できます。",
        ),
        ("challenge", "en") => (
            "One second",
            "We are making sure that you are no machine. Please keep this window open.",
        ),
        ("challenge", "de") => (
            "Kurze Prüfung",
            "Wir stellen sicher, dass Sie keine Maschine sind. Bitte lassen Sie dieses Fenster offen.",
        ),
        ("challenge", "fr") => (
            "Petite vérification",
            "Nous vérifions que vous n'êtes pas une machine. Merci de garder cette fenêtre ouverte.",
        ),
        ("challenge", "pl") => (
            "Krótka kontrola",
            "Sprawdzamy, czy nie jesteś maszyną. Prosimy nie zamykać tego okna.",
        ),
        ("challenge", "ru") => (
            "Короткая проверка",
            "Мы проверяем, что вы не машина. Пожалуйста, не закрывайте это окно.",
        ),
        ("challenge", _) => (
            "確認しています",
            "お客様が機械でないことを確認しています。この画面を開いたままお待ちください。",
        ),
        ("region", "en") => (
            "We are sorry",
            "This content is not available in your region because of the rights that we hold. Thank you for your patience.",
        ),
        ("region", "de") => (
            "Es tut uns leid",
            "Dieser Inhalt ist in Ihrem Land wegen fehlender Rechte nicht verfügbar. Vielen Dank für Ihr Verständnis.",
        ),
        ("region", "fr") => (
            "Nous sommes désolés",
            "Ce contenu n'est pas disponible dans votre pays pour des raisons de droits. Merci de votre compréhension.",
        ),
        ("region", "pl") => (
            "Przepraszamy",
            "Ta treść nie jest dostępna w Twoim kraju ze względu na prawa. Dziękujemy za wyrozumiałość.",
        ),
        ("region", "ru") => (
            "Приносим извинения",
            "Этот материал недоступен в вашей стране из-за ограничений прав. Спасибо за понимание.",
        ),
        ("region", _) => (
            "申し訳ございません",
            "権利の都合により、このコンテンツはお住まいの地域ではご利用いただけません。",
        ),
        ("app", "en") => (
            "Better in the app",
            "Go on reading in our app, which is fast and free.",
        ),
        ("app", "de") => (
            "Besser in der App",
            "Weiter geht es in unserer App, schnell und kostenlos.",
        ),
        ("app", "fr") => (
            "Mieux dans l'application",
            "La suite est dans notre application, rapide et gratuite.",
        ),
        ("app", "pl") => (
            "Lepiej w aplikacji",
            "Ciąg dalszy w naszej aplikacji, szybkiej i bezpłatnej.",
        ),
        ("app", "ru") => (
            "Удобнее в приложении",
            "Продолжение в нашем приложении, быстром и бесплатном.",
        ),
        ("app", _) => ("アプリで快適に", "続きは無料アプリでお楽しみください。"),
        ("error-page", "en") => (
            "Nothing here",
            "The page that you are looking for has gone, or was never there. Our search may help you, or the page of the day.",
        ),
        ("error-page", "de") => (
            "Hier ist nichts",
            "Die gesuchte Adresse gibt es nicht mehr oder gab es nie. Vielleicht hilft Ihnen unsere Suche weiter, oder die Übersicht des Tages.",
        ),
        ("error-page", "fr") => (
            "Rien par ici",
            "L'adresse demandée n'existe plus, ou n'a jamais existé. Notre moteur de recherche vous aidera peut-être.",
        ),
        ("error-page", "pl") => (
            "Nic tu nie ma",
            "Podany adres już nie istnieje albo nigdy nie istniał. Może pomoże nasza wyszukiwarka.",
        ),
        ("error-page", "ru") => (
            "Здесь ничего нет",
            "Такого адреса больше нет или никогда не было. Возможно, поможет наш поиск.",
        ),
        ("error-page", _) => (
            "何もありません",
            "お探しの住所は移動したか、削除されました。検索をご利用ください。",
        ),
        (_, "en") => ("Watch now", "Play in full screen. More films of the week."),
        (_, "de") => (
            "Jetzt ansehen",
            "Im Vollbild abspielen. Weitere Filme der Woche.",
        ),
        (_, "fr") => (
            "À voir",
            "Lire en plein écran. Plus de films de la semaine.",
        ),
        (_, "pl") => (
            "Obejrzyj teraz",
            "Odtwórz na pełnym ekranie. Więcej filmów tygodnia.",
        ),
        (_, "ru") => ("Смотреть", "Открыть на весь экран. Другие фильмы недели."),
        _ => ("今すぐ見る", "全画面で再生。今週のほかの動画。"),
    }
}

/// The page of a wall. `titled`: its head keeps the title of the article, as walls at the article's own
/// address often do.
fn wall(kind: &str, lang: &str, titled: Option<&str>) -> String {
    let (title, text) = words(kind, lang);
    let head = titled.unwrap_or(title);
    let (extra, more) = match kind {
        "login" => (
            "",
            "<form action='/session'><input name=user><input type=password name=secret><button>OK</button></form>",
        ),
        "consent" => (
            "",
            "<div id='cmp-box' class='consent-layer'><button>OK</button></div>",
        ),
        "paywall" => (
            "",
            "<div class='paywall offer-box'><button>OK</button></div>",
        ),
        "challenge" => (
            "",
            "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate.js'></script>",
        ),
        "app" => (
            "",
            "<a href='https://play.google.com/store/apps/details?id=example.herald'>Android</a> \
             <a href='https://apps.apple.com/app/id1'>iOS</a>",
        ),
        "video" => (
            "<meta property='og:type' content='video.other'>",
            "<video src='/film.mp4' controls></video>",
        ),
        _ => ("", ""),
    };
    format!(
        "<!DOCTYPE html><html lang={lang}><head><meta charset=utf-8><title>{head} | Herald</title>{extra}</head>\
         <body><header><a href='/'>Herald</a></header><main><h1>{title}</h1><p>{text}</p>{more}</main></body></html>"
    )
}

const TITLES: [&str; 3] = [
    "Ferry to the island stops for the winter",
    "Beekeepers find a lost swarm in the town hall",
    "Old mill gets its wheel back after forty years",
];

fn teaser(n: usize) -> String {
    format!("{}: what the people of the valley say about it", TITLES[n])
}

fn feed() -> String {
    let items = (0..3).map(|n| item(&format!("/story/{n}"), TITLES[n], &teaser(n)));
    rss(&items.collect::<String>())
}

/// An outlet with three articles, each page of which is this answer.
fn outlet(
    answer: impl Fn(usize) -> Reply + Send + Sync + 'static,
    landing: String,
) -> (House, Server) {
    let server = Server::start(move |hit| match hit.path.split('?').next() {
        Some("/feed") => Reply::rss(feed()),
        Some("/wall") => Reply::html(landing.clone()),
        Some(path) => match path.strip_prefix("/story/").and_then(|n| n.parse().ok()) {
            Some(n) => answer(n),
            None => Reply::not_found(),
        },
        None => Reply::not_found(),
    });
    (House::at(&server.url("/feed")), server)
}

/// What of the three articles was believed although it is a wall.
fn believed(house: &House) -> Vec<String> {
    let mut wrong = Vec::new();
    for (n, title) in TITLES.iter().enumerate() {
        let article = house.article(title);
        let text = newsprint_html::plain(&article.body);
        let partial = article.partial.map(|partial| partial.as_str());
        if article.headline.text != TextState::Excerpt
            || partial.is_none()
            || text.trim() != teaser(n)
        {
            wrong.push(format!(
                "{title}: {:?} {partial:?} {text}",
                article.headline.text
            ));
        }
    }
    wrong
}

/// Each kind of wall that the outlet sends, with a name for it.
fn walls() -> Vec<(String, House, Server)> {
    let mut all = Vec::new();
    for kind in KINDS {
        for lang in LANGUAGES {
            let text = wall(kind, lang, None);
            let (house, server) = outlet(
                {
                    let text = text.clone();
                    move |_| Reply::html(text.clone())
                },
                String::new(),
            );
            all.push((format!("{kind} {lang} at the same address"), house, server));
            let (house, server) = outlet(
                |n| Reply::redirect(302, &format!("/wall?back=%2Fstory%2F{n}")),
                text,
            );
            all.push((format!("{kind} {lang} by a redirect"), house, server));
            // Each with words of its own, so that nothing is learned by comparing them.
            let (house, server) = outlet(
                move |n| Reply::html(wall(kind, LANGUAGES[n % 6], Some(TITLES[n]))),
                String::new(),
            );
            if lang == "en" && !matches!(kind, "error-page") {
                all.push((format!("{kind} under the article's title"), house, server));
            }
        }
    }
    all
}

#[test]
fn no_wall_is_taken_for_an_article() {
    let mut wrong = Vec::new();
    let walls = walls();
    let count = walls.len();
    for (name, house, _server) in walls {
        let report = house.refresh();
        assert_ne!(report.outcome, Outcome::Failed, "{name}: {report:?}");
        wrong.extend(
            believed(&house)
                .into_iter()
                .map(|why| format!("{name}: {why}")),
        );
    }
    assert!(wrong.is_empty(), "of {count} walls: {wrong:#?}");
}

#[test]
fn the_kind_of_a_wall_is_told_everywhere_in_the_same_word() {
    for kind in KINDS {
        let text = wall(kind, "en", None);
        let (house, _server) = outlet(move |_| Reply::html(text.clone()), String::new());
        let report = house.refresh();
        let article = house.article(TITLES[0]);
        let word = article.partial.map(|partial| partial.as_str());
        if kind != "error-page" {
            assert_eq!(word, Some(kind));
        }
        let word = word.unwrap();
        let told = |notes: &[String]| notes.iter().any(|note| note.contains(&format!("({word})")));
        assert!(told(&report.notes), "{kind}: {report:?}");
        let health = house.store().health().unwrap().remove(0);
        assert!(told(&health.notes), "{kind}: {health:?}");
    }
}

#[test]
fn articles_that_are_gone_and_lead_home_keep_their_teaser() {
    let server = Server::start(|hit| match hit.path.as_str() {
        "/feed" => Reply::rss(feed()),
        "/" => {
            let links = (0..9).map(|n| {
                format!(
                    "<p><a href='/story/{n}'>{}</a> {}</p>",
                    TITLES[n % 3],
                    prose(n, 60)
                )
            });
            Reply::html(page("Herald", &links.collect::<String>()))
        }
        _ => Reply::redirect(302, "/"),
    });
    let house = House::at(&server.url("/feed"));
    house.refresh();
    assert_eq!(believed(&house), Vec::<String>::new());
}

#[test]
fn a_wall_is_asked_again_after_days_and_not_for_ever() {
    use newsprint_fetch::{Clock, ManualClock};
    let open = Arc::new(AtomicUsize::new(0));
    let opened = open.clone();
    let (house, server) = outlet(
        move |n| match opened.load(Ordering::SeqCst) {
            0 => Reply::html(wall("login", "en", None)),
            _ => Reply::html(page(TITLES[n], &format!("{} {}", TITLES[n], prose(n, 300)))),
        },
        String::new(),
    );
    let clock = Arc::new(ManualClock::at("2026-03-02T06:00:00Z".parse().unwrap()));
    let refresh = || {
        let options = newsprint::refresh::Options {
            clock: clock.clone(),
            ..newsprint::refresh::Options::default()
        };
        house.refresh_with(&options);
        server
            .take_paths()
            .iter()
            .filter(|path| path.starts_with("/story"))
            .count()
    };
    let wait = |hours: i64| {
        clock.move_to(clock.now() + jiff::SignedDuration::from_hours(hours));
    };
    assert_eq!(refresh(), 3);
    // Not the next hour, nor the same day.
    for _ in 0..10 {
        wait(2);
        assert_eq!(refresh(), 0);
    }
    let mut asked = 0;
    for _ in 0..60 {
        wait(24);
        asked += refresh();
    }
    assert_eq!(asked, 9, "three times each");
    open.store(1, Ordering::SeqCst);
    for _ in 0..30 {
        wait(24);
        assert_eq!(refresh(), 0);
    }
    // The reader's own key asks all the same.
    let id = house.article(TITLES[0]).headline.id;
    assert_eq!(
        house.on_demand().fetch_text(&house.config(), id).unwrap(),
        TextState::Full
    );
}

#[test]
fn walls_that_were_believed_are_taken_back_when_others_bring_the_same() {
    // Each names its article in the text, so that nothing but the comparison tells.
    let wall = |_: usize| {
        let all = TITLES.join(". ");
        Reply::html(page(&all, &format!("{all}. {}", prose(7, 120))))
    };
    let (house, _server) = outlet(wall, String::new());
    house.refresh();
    assert_eq!(believed(&house), Vec::<String>::new());
}

/// What a source may answer for once instead of its feed.
fn accidents() -> Vec<(&'static str, Reply)> {
    let home: String = (0..12)
        .map(|n| {
            format!(
                "<article><h2><a href='/story/{n}'>{} once more, number {n}</a></h2></article>",
                TITLES[n % 3]
            )
        })
        .collect();
    vec![
        ("a challenge", Reply::html(wall("challenge", "en", None))),
        ("a log-in", Reply::html(wall("login", "de", None))),
        ("an empty page", Reply::html("")),
        ("an empty feed document", Reply::rss("")),
        (
            "another type",
            Reply::ok("application/octet-stream", vec![0u8, 159, 146, 150, 7]),
        ),
        (
            "a picture",
            Reply::ok("image/png", b"\x89PNG\r\n\x1a\n0000".to_vec()),
        ),
        (
            "an answer of a program",
            Reply::ok("application/json", "{\"error\":\"try later\"}"),
        ),
        (
            "the home page",
            Reply::html(format!("<html><body><main>{home}</main></body></html>")),
        ),
        ("nothing", Reply::raw(Vec::new())),
        ("an error", Reply::status(500)),
    ]
}

#[test]
fn an_outlet_is_well_again_after_any_accident_of_its_source() {
    for at in [1, 2, 10] {
        for (name, accident) in accidents() {
            if (name, at) == ("the home page", 1) {
                // That is an outlet like any other.
                continue;
            }
            let visit = Arc::new(AtomicUsize::new(1));
            let (now, accident) = (visit.clone(), Mutex::new(accident));
            let server = Server::start(move |hit| match hit.path.as_str() {
                "/feed" if now.load(Ordering::SeqCst) == at => accident.lock().unwrap().clone(),
                "/feed" => {
                    let n = now.load(Ordering::SeqCst);
                    let items = (0..n).map(|n| {
                        item(
                            &format!("/story/{n}"),
                            &format!("Story {n}"),
                            &prose(n, 450),
                        )
                    });
                    Reply::rss(rss(&items.collect::<String>()))
                }
                _ => Reply::not_found(),
            });
            let house = House::at(&server.url("/feed"));
            for n in 1..=at + 1 {
                visit.store(n, Ordering::SeqCst);
                let report = house.refresh();
                if n == at {
                    assert_eq!(
                        report.outcome,
                        Outcome::Failed,
                        "{name} at {at}: {report:?}"
                    );
                    let known = house.headlines().len();
                    assert_eq!(known, at - 1, "{name} at {at}");
                } else {
                    assert_ne!(
                        report.outcome,
                        Outcome::Failed,
                        "{name} at {at}: {report:?}"
                    );
                }
            }
            let titles: Vec<String> = house.headlines().into_iter().map(|h| h.title).collect();
            let distinct: HashSet<&String> = titles.iter().collect();
            assert_eq!(
                (titles.len(), distinct.len()),
                (at + 1, at + 1),
                "{name} at {at}"
            );
            assert_eq!(
                house.source(),
                Some(Source::Feed(server.url("/feed"))),
                "{name} at {at}"
            );
        }
    }
}

#[test]
fn refresh_and_discovery_agree_on_what_is_no_source() {
    for (name, accident) in accidents() {
        if name == "nothing" {
            // Both say that no answer came, after the time limit.
            continue;
        }
        let accident = Mutex::new(accident);
        let server = Server::start(move |hit| match hit.path.as_str() {
            "/" => accident.lock().unwrap().clone(),
            _ => Reply::not_found(),
        });
        let house = House::at(&server.url("/"));
        let report = house.refresh();
        let found = house
            .on_demand()
            .discover(&house.config(), &server.url("/"), &|_| {});
        match found {
            Ok(found) => {
                assert_eq!(
                    found.best().is_some(),
                    report.error.is_none(),
                    "{name}: {report:?}"
                );
                assert_eq!(found.failure, report.error, "{name}");
            }
            Err(why) => assert_eq!(Some(why.to_string()), report.error, "{name}"),
        }
    }
    // A feed without entries is a source, and both say that it is empty.
    let server = Server::start(|hit| match hit.path.as_str() {
        "/" => Reply::rss(rss("")),
        _ => Reply::not_found(),
    });
    let house = House::at(&server.url("/"));
    let report = house.refresh();
    assert_eq!(report.outcome, Outcome::Unchanged);
    assert_eq!(report.notes, ["the source is valid and empty"]);
    let output = house.command().arg("outlets").output().unwrap();
    let outlets = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        outlets.contains("note: the source is valid and empty"),
        "{outlets}"
    );
    let found = house
        .on_demand()
        .discover(&house.config(), &server.url("/"), &|_| {})
        .unwrap();
    assert_eq!(found.best().map(|way| way.entries), Some(0));
}

/// A link blog: the text under the title is the outlet's own, the page behind the link is another site's.
#[test]
fn what_leads_to_another_site_keeps_the_outlets_own_words() {
    let other = Server::start(|_| {
        Reply::html(page(
            "Elsewhere",
            &format!("<p>What others wrote.</p>{}", prose(4, 300)),
        ))
    });
    let port = other.address().port();
    let link = format!("http://localhost:{port}/elsewhere");
    let target = link.clone();
    let server = Server::start(move |hit| match hit.path.as_str() {
        "/feed" => Reply::rss(rss(&[
            item(
                &link,
                "Elsewhere one",
                "I think that this is wrong, and here is why.",
            ),
            item(
                &format!("{link}/2"),
                "Elsewhere",
                "<a href='/talk'>Comments</a>",
            ),
        ]
        .concat())),
        _ => Reply::not_found(),
    });
    let house = House::at(&server.url("/feed"));
    house.refresh();
    let own = house.article("Elsewhere one");
    assert_eq!(own.headline.text, TextState::Full);
    assert!(own.body.contains("here is why") && !own.body.contains("others wrote"));
    assert!(own.headline.tags.is_empty(), "{:?}", own.headline.tags);
    // The page is fetched where the feed gave the link alone, and shown as a quotation of that site.
    let quoted = house.article("Elsewhere");
    assert!(
        quoted.body.contains("<blockquote>") && quoted.body.contains("others wrote"),
        "{}",
        quoted.body
    );
    assert!(
        quoted.body.contains("localhost") && quoted.body.contains("/talk"),
        "{}",
        quoted.body
    );
    assert!(quoted.headline.tags.is_empty());
    assert_eq!(other.take_paths(), ["/elsewhere/2"], "{target}");
}

/// A second and a third refresh of the same bytes change nothing.
#[test]
fn the_same_bytes_change_nothing() {
    let release = |n: usize| {
        let text = format!("What is new in release {n} of the mill.");
        item(&format!("/log#v{n}"), &format!("Release {n}"), &text)
    };
    let feeds = [
        feed(),
        rss(&(1..=3).map(release).collect::<String>()),
        rss(&(1..=3)
            .map(|n| item("/poll", &format!("Poll {n}"), "Vote now"))
            .collect::<String>()),
        rss(&(0..4)
            .map(|n| item(&format!("/story/{n}"), "One title", &prose(n, 450)))
            .collect::<String>()),
    ];
    for (number, bytes) in feeds.into_iter().enumerate() {
        let server = Server::start(move |hit| match hit.path.as_str() {
            "/feed" => Reply::rss(bytes.clone()),
            path => Reply::html(page(TITLES[path.len() % 3], &prose(path.len(), 200))),
        });
        let house = House::at(&server.url("/feed"));
        house.refresh();
        let titles = |house: &House| -> Vec<(String, String)> {
            let all = house.headlines().into_iter();
            all.map(|h| (h.title.clone(), format!("{h:?}"))).collect()
        };
        let first = titles(&house);
        for round in [2, 3] {
            let report = house.refresh();
            assert_eq!(
                (report.new, report.changed, report.full_text),
                (0, 0, 0),
                "feed {number}, round {round}: {report:?}"
            );
            assert_eq!(titles(&house), first, "feed {number}, round {round}");
        }
    }
}

/// Whatever the clock said once: when it is right again the outlet is read at the next interval, and nothing
/// was removed for its age meanwhile.
#[test]
fn a_clock_that_was_wrong_leaves_no_trace() {
    use newsprint_fetch::ManualClock;
    let right: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
    for wrong in [
        "2016-03-02T06:00:00Z",
        "2026-03-01T06:00:00Z",
        "2026-03-04T06:00:00Z",
        "2027-03-02T06:00:00Z",
        "2038-01-10T06:00:00Z",
        "9999-01-01T00:00:00Z",
    ] {
        let count = Arc::new(AtomicUsize::new(0));
        let (asked, real) = (count.clone(), "Mon, 02 Mar 2026 06:00:00 GMT");
        let server = Server::start(move |hit| match hit.path.as_str() {
            "/feed" => {
                let n = asked.fetch_add(1, Ordering::SeqCst) + 1;
                let items = (0..n).map(|n| {
                    item(
                        &format!("/story/{n}"),
                        &format!("Story {n}"),
                        &prose(n, 450),
                    )
                });
                Reply::rss(rss(&items.collect::<String>()))
                    .header("Date", real)
                    .header("Cache-Control", "max-age=3600")
            }
            _ => Reply::not_found(),
        });
        let house = House::with(&format!(
            "[refresh]\nhost_gap = \"0s\"\n[refresh.keep]\ndays = 30\n[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
            server.url("/feed")
        ));
        let refresh = |at: newsprint_model::Time, force: bool| {
            let options = newsprint::refresh::Options {
                clock: Arc::new(ManualClock::at(at)),
                force,
                ..newsprint::refresh::Options::default()
            };
            house.refresh_with(&options).outlets.remove(0)
        };
        assert_eq!(refresh(right, false).new, 1, "{wrong}");
        let wrong: newsprint_model::Time = wrong.parse().unwrap();
        refresh(wrong, true);
        let error = newsprint::refresh::clock_error(&house.store()).unwrap();
        assert!(
            error.is_some_and(|error| (error > 0) == (wrong > right))
                || error.is_none() && wrong.duration_since(right).as_hours().abs() <= 24
        );
        // By hand neither, unless that is insisted on.
        let prune = |days: &[&str]| {
            let done = house.command().arg("prune").args(days).output().unwrap();
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            (done.status.code(), said)
        };
        let (code, said) = prune(&["--days", "99999"]);
        match error.is_some_and(|error| error > 0) {
            true => assert!(
                code == Some(1) && said.contains("ahead of the servers"),
                "{said}"
            ),
            false => assert_eq!(code, Some(0), "{said}"),
        }
        assert_eq!(prune(&["--days", "99999", "--force"]).0, Some(0));
        let after = right + jiff::SignedDuration::from_hours(2);
        let report = refresh(after, false);
        assert_ne!(report.outcome, Outcome::NotDue, "{wrong}: {report:?}");
        assert_eq!(
            newsprint::refresh::clock_error(&house.store()).unwrap(),
            None
        );
        assert_eq!(count.load(Ordering::SeqCst), 3, "{wrong}");
        assert_eq!(house.headlines().len(), 3, "{wrong}: nothing was pruned");
        for headline in house.headlines() {
            assert!(headline.first_seen <= after, "{wrong}: {headline:?}");
        }
    }
}

/// Prune by hand has no server that says what time it is: a clock that has run on for long since one did may be wrong.
#[test]
fn nothing_is_pruned_by_hand_by_a_clock_that_no_server_has_confirmed() {
    use newsprint_fetch::ManualClock;
    let today = newsprint_model::Time::now();
    for says_time in [true, false] {
        let long_ago = today - jiff::SignedDuration::from_hours(24 * 400);
        let clock = Arc::new(ManualClock::at(long_ago));
        let (servers, earlier) = (clock.clone(), Arc::new(AtomicUsize::new(0)));
        let more = earlier.clone();
        let server = Server::start(move |hit| match hit.path.as_str() {
            "/feed" => {
                let n = more.fetch_add(1, Ordering::SeqCst) + 1;
                // Without dates: they are as old as they were first seen.
                let items = (0..n).map(|n| {
                    let text = prose(n, 450);
                    format!("<item><title>Story {n}</title><link>/story/{n}</link><description>{text}</description></item>")
                });
                let reply = Reply::rss(rss(&items.collect::<String>()));
                let date = newsprint_fetch::Clock::now(&*servers);
                match says_time {
                    true => reply.header(
                        "Date",
                        &date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(),
                    ),
                    false => reply,
                }
            }
            _ => Reply::not_found(),
        });
        let house = House::with(&format!(
            "[refresh]\nhost_gap = \"0s\"\n[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
            server.url("/feed")
        ));
        let refresh = || {
            house.refresh_with(&newsprint::refresh::Options {
                clock: clock.clone(),
                force: true,
                ..newsprint::refresh::Options::default()
            })
        };
        let prune = |more: &[&str]| {
            let mut command = house.command();
            let done = command.args(["prune", "--days", "30"]).args(more).output();
            let done = done.unwrap();
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            (done.status.code(), said)
        };
        assert_eq!(refresh().outlets[0].new, 1);
        let (code, said) = prune(&[]);
        assert!(
            code == Some(1) && said.contains("400 days") && said.contains("newsprint refresh"),
            "{said}"
        );
        assert_eq!(house.headlines().len(), 1);
        // A dry run says what would go by that clock, and that it would not.
        let (code, said) = prune(&["--dry-run"]);
        assert!(
            code == Some(0)
                && said.contains("nothing would be deleted")
                && said.contains("400 days"),
            "{said}"
        );
        // Whoever knows better has a way.
        if !says_time {
            assert_eq!(prune(&["--force"]).0, Some(0));
            assert_eq!(house.headlines().len(), 0);
        }
        // A refresh today confirms the clock, where the servers say the time.
        clock.move_to(today);
        assert_eq!(refresh().outlets[0].new, 1);
        assert_eq!(prune(&[]).0, Some(0));
        assert_eq!(house.headlines().len(), 1);
    }
}

/// A machine that wakes up with a clock that is years ahead, and without a network that could tell.
#[test]
fn without_a_network_nothing_is_pruned_for_its_age() {
    use newsprint_fetch::ManualClock;
    let right: newsprint_model::Time = "2026-03-02T06:00:00Z".parse().unwrap();
    let server = Server::pages(vec![("/feed", Reply::rss(feed()))]);
    let house = House::with(&format!(
        "[refresh]\nhost_gap = \"0s\"\n[refresh.keep]\ndays = 30\n[[outlet]]\nname = \"Outlet\"\nurl = \"{}\"\n",
        server.url("/feed")
    ));
    let refresh = |at: newsprint_model::Time| {
        let options = newsprint::refresh::Options {
            clock: Arc::new(ManualClock::at(at)),
            ..newsprint::refresh::Options::default()
        };
        house.refresh_with(&options).outlets.remove(0).outcome
    };
    refresh(right);
    let there = house.headlines().len();
    assert!(there > 0);
    drop(server);
    for days in [1, 365, 12 * 365] {
        let outcome = refresh(right + jiff::SignedDuration::from_hours(24 * days));
        assert_eq!(outcome, Outcome::Failed);
        assert_eq!(house.headlines().len(), there, "{days} days ahead");
    }
}

/// `discover`, `add`, `refresh` and `outlets` give one reason, in the same words, for each kind of page that is no source.
#[test]
fn every_command_says_the_same_of_a_page_that_is_no_source() {
    let pages: [(&str, Reply); 7] = [
        (
            "/wall",
            Reply::html(
                "<title>Log in</title><h1>Log in to continue</h1><form><input type=password></form>",
            ),
        ),
        (
            "/none",
            Reply::html(
                "<h1>About us</h1><p>A small house with a long text about nothing in particular.</p>",
            ),
        ),
        ("/image", Reply::ok("image/png", "\u{89}PNG and so on")),
        (
            "/cut",
            Reply::rss("<rss><channel><title>Post</title><item><title>Bri"),
        ),
        ("/gone", Reply::not_found()),
        ("/broken", Reply::status(500)),
        ("/busy", Reply::status(429)),
    ];
    let paths: Vec<&str> = pages.iter().map(|(path, _)| *path).collect();
    let server = Server::pages(pages.to_vec());
    for path in paths {
        let url = server.url(path);
        let said = |arguments: &[&str], outlet: bool| {
            let house = match outlet {
                true => House::at(&url),
                false => House::with(""),
            };
            let mut out = String::new();
            for arguments in [arguments, &["outlets"][..]] {
                let output = house.command().args(arguments).output().unwrap();
                out.push_str(&String::from_utf8_lossy(&output.stdout));
                out.push_str(&String::from_utf8_lossy(&output.stderr));
            }
            out
        };
        let refreshed = said(&["refresh"], true);
        let line = refreshed
            .lines()
            .find(|line| line.starts_with("Outlet: "))
            .unwrap_or_else(|| panic!("{path}: {refreshed}"));
        let reason = line
            .trim_start_matches("Outlet: ")
            .split(" (failing since")
            .next()
            .unwrap();
        assert!(reason.len() > 10, "{path}: {line}");
        // The line of the refresh and that of `outlets`.
        assert_eq!(refreshed.matches(reason).count(), 2, "{path}: {refreshed}");
        for command in ["discover", "add"] {
            let told = said(&[command, &url], false);
            assert!(
                told.contains(reason),
                "{path}: {command}: {told}\nnot: {reason}"
            );
        }
    }
}
