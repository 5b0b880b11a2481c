//! The same article: one text in several outlets, in any script; and texts that only look like one.
//! Never here: texts of anybody's; these are made up.

use newsprint_stories::{Article, Profile, Window};

fn article(id: i64, (title, text): &(&str, &str), lang: &str) -> Article {
    Article {
        id,
        time: 1_700_000_000,
        lang: lang.into(),
        address: 0,
        outlet: 0,
        title: 0,
        profile: Profile::of(title, text, lang),
    }
}

/// Adds articles one after another and gives of each its story and whether it is a copy.
fn placed(articles: &[(&str, &str)], lang: &str) -> Vec<(i64, bool)> {
    let mut window = Window::new();
    for (id, one) in (1..).zip(articles) {
        let placed = window.add(&[article(id, one, lang)]).placed[0];
        assert_eq!(placed.article, id);
        if placed.copy_of.is_some() {
            assert_eq!(Some(placed.story), window.story_of(id));
        }
        // What came before may have moved.
        assert!((1..=id).all(|id| window.story_of(id).is_some()));
    }
    let mut window_again = Window::new();
    let all: Vec<Article> = (1..)
        .zip(articles)
        .map(|(id, one)| article(id, one, lang))
        .collect();
    let batch = window_again.add(&all);
    for placed in &batch.placed {
        assert_eq!(window.story_of(placed.article), Some(placed.story));
    }
    batch
        .placed
        .iter()
        .map(|placed| (placed.story, placed.copy_of.is_some()))
        .collect()
}

const WIRE: &str = "A crane fell on the eastern quay of Lerna harbour on Tuesday morning and hurt fourteen workers, two of them badly. \
    The harbour was closed for all ships until the evening. Firefighters pulled three men from under the steel with a second crane. \
    Mayor Anna Osk visited the quay at noon and called it the worst accident in the harbour since 1998. \
    The crane was built by Harl and Sons forty years ago and had been inspected twice this year. \
    Inspectors found rust on two of its legs in March, and the owner promised to replace them by autumn. \
    The prosecutor of Lerna has opened an investigation. Ships wait outside the harbour, and the port authority expects to open the western basin on Thursday.";

#[test]
fn wire_copies_are_one_article_whatever_an_editor_adds_or_cuts() {
    let dateline = format!("LERNA, 12 June (Wire) - {WIRE}");
    let byline = format!(
        "By Ilo Brandt and Mara Venn\n{WIRE}\nReporting by Mara Venn; editing by Ilo Brandt"
    );
    let first_line = WIRE.replacen(
        "A crane fell on the eastern quay of Lerna harbour on Tuesday morning",
        "On Tuesday morning a crane collapsed in the harbour of Lerna",
        1,
    );
    let shorter = &WIRE[..WIRE.find("The prosecutor").unwrap()];
    let much_shorter = &WIRE[..WIRE.find("Inspectors found").unwrap()];
    let found = placed(
        &[
            ("Crane falls in Lerna", WIRE),
            ("Fourteen hurt in harbour", &dateline),
            ("Harbour of Lerna shut", &byline),
            ("Crane accident", &first_line),
            ("Lerna: crane falls", shorter),
            ("Crane", much_shorter),
        ],
        "en",
    );
    assert_eq!(
        found,
        [
            (1, false),
            (1, true),
            (1, true),
            (1, true),
            (1, true),
            (1, true)
        ]
    );
}

#[test]
fn copies_are_found_in_scripts_without_spaces_or_capitals() {
    let texts = [
        (
            "zh",
            "周二上午，莱尔纳港东码头的一台起重机倒塌，造成十四名工人受伤，其中两人伤势严重。港口随即对所有船只关闭，消防员用另一台起重机从钢架下救出三名男子。市长安娜·奥斯克中午前往码头视察，称这是该港自1998年以来最严重的事故。这台起重机建于四十年前，今年曾两次接受检查。",
        ),
        (
            "ja",
            "火曜日の朝、レルナ港の東埠頭でクレーンが倒れ、作業員14人がけがをした。うち2人は重傷だという。港は夕方まですべての船に対して閉鎖された。消防隊は別のクレーンを使って鉄骨の下から3人を救出した。市長は正午に現場を訪れ、1998年以来最悪の事故だと述べた。",
        ),
        (
            "th",
            "เครนล้มที่ท่าเรือตะวันออกของเมืองเลอร์นาเมื่อเช้าวันอังคาร มีคนงานบาดเจ็บสิบสี่คน สองคนอาการสาหัส ท่าเรือปิดไม่ให้เรือทุกลำเข้าออกจนถึงเย็น เจ้าหน้าที่ดับเพลิงช่วยชายสามคนออกจากใต้เหล็ก นายกเทศมนตรีบอกว่าเป็นอุบัติเหตุร้ายแรงที่สุดในรอบยี่สิบปี",
        ),
        (
            "ar",
            "سقطت رافعة على الرصيف الشرقي لميناء ليرنا صباح الثلاثاء وأصابت أربعة عشر عاملا بجروح، اثنان منهم في حالة خطيرة. وأغلق الميناء أمام جميع السفن حتى المساء. وانتشل رجال الإطفاء ثلاثة رجال من تحت الحديد برافعة أخرى. وزارت رئيسة البلدية الرصيف ظهرا ووصفت الحادث بأنه الأسوأ منذ عام ١٩٩٨.",
        ),
        (
            "ka",
            "სამშაბათს დილით ლერნის ნავსადგურის აღმოსავლეთ ნაპირზე ამწე დაეცა და თოთხმეტი მუშა დაშავდა, მათგან ორი მძიმედ. ნავსადგური საღამომდე დაიხურა ყველა გემისთვის. მეხანძრეებმა სამი კაცი რკინის ქვეშიდან გამოიყვანეს. ქალაქის მერი შუადღისას მივიდა ადგილზე და თქვა, რომ ეს იყო ყველაზე მძიმე შემთხვევა 1998 წლის შემდეგ.",
        ),
        (
            "ru",
            "Во вторник утром на восточном причале порта Лерны упал кран, пострадали четырнадцать рабочих, двое из них тяжело. Порт до вечера закрыли для всех судов. Пожарные вытащили из-под металла троих мужчин с помощью второго крана. Мэр Анна Оск приехала на причал в полдень и назвала это худшей аварией в порту с 1998 года.",
        ),
    ];
    for (lang, text) in texts {
        let end = text
            .char_indices()
            .nth(text.chars().count() * 4 / 5)
            .unwrap()
            .0;
        let found = placed(&[("1", text), ("2", text), ("3", &text[..end])], lang);
        assert_eq!(found, [(1, false), (1, true), (1, true)], "{lang}");
    }
    // Each language's text is another article.
    let mut window = Window::new();
    let all: Vec<Article> = (1..)
        .zip(texts)
        .map(|(id, (lang, text))| Article {
            id,
            lang: lang.into(),
            profile: Profile::of("", text, lang),
            ..Article::default()
        })
        .collect();
    let batch = window.add(&all);
    assert!(
        batch
            .placed
            .iter()
            .all(|placed| placed.story == placed.article)
    );
}

#[test]
fn a_copy_is_found_though_its_language_was_not_recognised() {
    let mut window = Window::new();
    let article = |id, lang: &str| Article {
        id,
        lang: lang.into(),
        profile: Profile::of("Crane", WIRE, lang),
        ..Article::default()
    };
    let batch = window.add(&[article(1, "en"), article(2, "")]);
    assert_eq!(
        (batch.placed[1].story, batch.placed[1].copy_of),
        (1, Some(1))
    );
}

#[test]
fn one_address_is_one_article_whatever_it_says() {
    let mut window = Window::new();
    let article = |id, address, text: &str| Article {
        id,
        address,
        outlet: 0,
        title: 0,
        lang: "en".into(),
        profile: Profile::of("", text, "en"),
        ..Article::default()
    };
    let batch = window.add(&[
        article(1, 7, WIRE),
        article(2, 8, "Something else."),
        article(3, 7, "Crane falls."),
        article(4, 0, "Nothing."),
        article(5, 0, ""),
    ]);
    let stories: Vec<i64> = batch.placed.iter().map(|placed| placed.story).collect();
    assert_eq!(stories, [1, 2, 1, 4, 5]);
}

#[test]
fn short_texts_are_copies_word_for_word_alone() {
    let sentence = "A crane fell in Lerna on Tuesday and hurt fourteen workers.";
    let found = placed(
        &[
            ("Read more", "Read more."),
            ("Crane falls", "Read more."),
            ("Read more", "Read more."),
            ("Crane falls in Lerna", sentence),
            ("Crane falls in Lerna", sentence),
            (
                "Sign up",
                "Get the latest news every morning, before anybody else has read it.",
            ),
            (
                "Budget passed",
                "Get the latest news every morning, before anybody else has read it.",
            ),
            ("Weather for Lerna", ""),
            ("Weather for Lerna", ""),
            ("", ""),
            ("", ""),
        ],
        "en",
    );
    let copies: Vec<usize> = (0..found.len()).filter(|at| found[*at].1).collect();
    assert_eq!(copies, [4]);
}

#[test]
fn reports_that_differ_in_their_numbers_are_no_copies() {
    let weather = |day: u32| {
        format!(
            "The weather in Lerna on June {day}: the day begins with {} degrees and clouds over the harbour. By noon it will be {} \
             degrees with a wind of {} kilometres an hour from the west. Sunrise is at 4.{} and sunset at 21.{}. The water has {} \
             degrees at the pier, and the waves will be {} centimetres high. Sailors are asked to look at the flags.",
            day + 3,
            day + 11,
            day * 2 + 7,
            day + 12,
            day + 31,
            day + 40,
            day * 3 + 20
        )
    };
    let mut window = Window::new();
    for day in 1..=20 {
        let article = Article {
            id: i64::from(day),
            time: 1_700_000_000 + i64::from(day) * 86_400,
            lang: "en".into(),
            address: 0,
            outlet: 0,
            title: 0,
            profile: Profile::of(&format!("Weather for June {day}"), &weather(day), "en"),
        };
        assert_eq!(window.add(&[article]).placed[0].copy_of, None);
    }
}

/// An outlet whose articles are all one text, and one whose articles are alike: bounded, and none is lost.
#[test]
fn thousands_of_equal_articles_are_one_story() {
    let mut window = Window::new();
    let article = |id: i64| Article {
        id,
        time: 1_700_000_000 + id,
        lang: "en".into(),
        address: 0,
        outlet: 0,
        title: 0,
        profile: Profile::of("Notice", WIRE, "en"),
    };
    for first in (1..=2_400).step_by(200) {
        let batch: Vec<Article> = (first..first + 200).map(article).collect();
        let batch = window.add(&batch);
        assert!(batch.placed.iter().all(|placed| placed.story == 1));
    }
    assert_eq!(window.len(), 2_400);
}

#[test]
fn a_text_of_a_megabyte_is_placed() {
    let text = WIRE.repeat(1_500);
    assert!(text.len() > 1_000_000);
    let found = placed(&[("Crane", &text), ("Crane", &text)], "en");
    assert_eq!(found, [(1, false), (1, true)]);
}

/// A notice that an outlet has in place of many texts is not an article and joins none of them.
#[test]
fn a_text_that_an_outlet_has_under_several_titles_tells_of_nothing() {
    let notice = "This text is for subscribers of the Valley Post only. Take out a subscription today and read everything that \
        our reporters write about the three valleys, for four weeks at half the price, and end it whenever you want.";
    let titles = [
        "Bridge opens",
        "Mayor resigns",
        "Harvest begins",
        "Ferry stops",
        "School burns down",
    ];
    let article = |id: usize, outlet: i64, title: usize, text: &str| Article {
        id: id as i64 + 1,
        time: 1_700_000_000 + id as i64,
        lang: "en".into(),
        address: 0,
        outlet,
        title: title as i64 + 1,
        profile: Profile::of(titles[title], text, "en"),
    };
    for together in [1, 10] {
        let mut window = Window::new();
        let notices: Vec<Article> = (0..10).map(|at| article(at, 7, at % 5, notice)).collect();
        let mut stories = Vec::new();
        for some in notices.chunks(together) {
            stories.extend(window.add(some).placed);
        }
        let copies = stories.iter().filter(|one| one.copy_of.is_some()).count();
        assert_eq!(copies, 0, "{stories:?}");
        let mut numbers: Vec<i64> = (1..=10).map(|id| window.story_of(id).unwrap()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 10, "{together}");
    }
    // A report that two outlets have, each under a title of its own, is one article.
    let mut window = Window::new();
    let both = window.add(&[article(0, 7, 0, notice), article(1, 8, 1, notice)]);
    assert_eq!(both.placed[1].copy_of, Some(1));
    // And one that an outlet publishes again under the same title.
    let mut window = Window::new();
    let both = window.add(&[article(0, 7, 0, notice), article(1, 7, 0, notice)]);
    assert_eq!(both.placed[1].copy_of, Some(1));
}

/// Reports that are written each day with the same words for other places are neither copies nor one event.
/// The same text is one story, whatever an outlet calls it; the same notice below two texts is not the same text.
#[test]
fn an_outlet_that_tells_a_text_twice_tells_it_once() {
    let notice = "Help us keep local news free: the Lerna Post is owned by its readers, and every crown you give goes to our \
        newsroom in Harbour Street. We never share your address with advertisers, and we never will. Read more in our app, \
        on paper every Saturday, or in the reading room of the city library. All rights are those of the Lerna Post.";
    let told = |title: &str, text: &str| (title.to_owned(), text.to_owned());
    let articles = [
        told("Crane falls in Lerna", WIRE),
        told("Budget day: what voters say about schools", WIRE),
        told(
            "Ferry aground",
            &format!("A ferry ran aground off Torva in thick fog on Monday. {notice}"),
        ),
        told(
            "Horse stolen",
            &format!("Thieves sawed a bronze horse off its base in a park. {notice}"),
        ),
        told(
            "Bread dearer",
            &format!("Bakers of Karsk want two crowns more for a loaf. {notice}"),
        ),
    ];
    let article = |at: usize| Article {
        id: at as i64 + 1,
        time: 1_700_000_000,
        lang: "en".into(),
        outlet: 7,
        title: at as i64 + 1,
        profile: Profile::of(&articles[at].0, &articles[at].1, "en"),
        ..Article::default()
    };
    let all: Vec<Article> = (0..articles.len()).map(article).collect();
    let mut window = Window::new();
    window.add(&all);
    let mut one_by_one = Window::new();
    for one in &all {
        one_by_one.add(std::slice::from_ref(one));
    }
    for window in [window, one_by_one] {
        let stories: Vec<_> = (1..=5).map(|id| window.story_of(id).unwrap()).collect();
        assert_eq!(stories, [1, 1, 3, 4, 5]);
    }
}

#[test]
fn one_template_filled_for_two_places_is_two_stories() {
    let filled = |place: &str, low: u32, high: u32, lang: &str| match lang {
        "ja" => (
            format!("{place}の天気"),
            format!(
                "{place}では明日は晴れ、最高気温は{high}度、最低気温は{low}度の見込みです。{place}の気象台によると、週末は雨が降るでしょう。外出の際は傘をお持ちください。"
            ),
        ),
        "ka" => (
            format!("ამინდი: {place}"),
            format!(
                "{place} ხვალ მზიანი ამინდია მოსალოდნელი, ტემპერატურა {low}-დან {high} გრადუსამდე იქნება. სინოპტიკოსების ცნობით, {place} შაბათ-კვირას წვიმას ელოდება და მოსახლეობას ქოლგის წაღებას ურჩევენ."
            ),
        ),
        _ => (
            format!("Weather in {place}"),
            format!(
                "Tomorrow will be sunny in {place} with light winds from the west. Temperatures rise from {low} to {high} degrees in the afternoon. The weather office of {place} expects showers on Saturday and a dry Sunday. Drivers should mind fog in the morning."
            ),
        ),
    };
    for (lang, places) in [
        ("en", ["Lerna", "Karsk", "Ostby"]),
        ("ja", ["東京", "大阪", "札幌"]),
        ("ka", ["თბილისში", "ბათუმში", "ქუთაისში"]),
    ] {
        let mut window = Window::new();
        let articles: Vec<Article> = places
            .iter()
            .zip(1..)
            .map(|(place, id)| {
                let (title, text) = filled(place, 11, 24, lang);
                Article {
                    id,
                    time: 1_700_000_000,
                    lang: lang.into(),
                    outlet: id,
                    title: id,
                    profile: Profile::of(&title, &text, lang),
                    ..Article::default()
                }
            })
            .collect();
        let batch = window.add(&articles);
        let stories: Vec<i64> = batch.placed.iter().map(|one| one.story).collect();
        assert_eq!(stories, [1, 2, 3], "{lang}");
    }
}

/// What they share are days, months and offices.
#[test]
fn a_forecast_and_a_quake_of_one_day_are_two_stories() {
    let texts = [
        (
            "Storm warning for the coast",
            "The weather office has warned of storms on the coast on Tuesday, 12 March. Police closed the coast road. \
             The mayor asked people to stay at home until Wednesday. Winds of 110 kilometres an hour are expected.",
        ),
        (
            "Strong quake shakes the north",
            "A strong quake shook the north on Tuesday, 12 March. Police said nobody was hurt. The mayor asked people to \
             stay outside until Wednesday. The quake had a magnitude of 5.4.",
        ),
        (
            "Montag: Unwetter",
            "Am Dienstag, dem 12. März, warnte der Wetterdienst vor Sturm. Die Polizei sperrte die Küstenstraße.",
        ),
    ];
    let mut window = Window::new();
    let articles: Vec<Article> = texts
        .iter()
        .zip(1..)
        .map(|((title, text), id)| Article {
            id,
            time: 1_700_000_000,
            lang: "en".into(),
            profile: Profile::of(title, text, "en"),
            ..Article::default()
        })
        .collect();
    let batch = window.add(&articles);
    let stories: Vec<i64> = batch.placed.iter().map(|one| one.story).collect();
    assert_eq!(stories, [1, 2, 3]);
}
