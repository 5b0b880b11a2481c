//! What follow-ups say anew, on a labelled set of our own: of each the text that was read, and the sentences of the later
//! text with `+` before those that say something new.
//! Never here: how it is found (`fresh`).

use newsprint_stories::{new_sentences, sentences};

const FOLLOW_UPS: &[(&str, &str, &str)] = &[
    (
        "en",
        "A crane fell on the eastern quay of Lerna harbour on Tuesday morning. Fourteen workers were hurt, two of them badly. \
         The harbour was closed to all ships. Mayor Anna Osk visited the quay at noon and called it the worst accident there \
         since 1998. The crane was built by Harl and Sons forty years ago. Inspectors found rust on two of its legs this year. \
         The owner promised to replace the legs by autumn.",
        "When a crane collapsed at Lerna on Tuesday, 14 workers were injured.|Two of the injured are in a bad state.|\
         Ships can no longer enter the harbour, which is closed.|\
         It is the worst accident at the harbour since 1998, according to Mayor Osk, who went to see the quay.|\
         +Prosecutors have opened a case against the chief engineer.|\
         Harl and Sons had built the crane 40 years ago.|Rust had been found on two legs of the crane by inspectors.|\
         Its owner had promised new legs by the autumn.|+A second crane of the same type stands in Karsk.|\
         +Mayor Osk will resign on Friday.",
    ),
    (
        "en",
        "Parliament in Karsk passed the budget of 61 billion crowns on Tuesday. The opposition left the hall before the vote. \
         Finance minister Ilo Brandt promised lower taxes next year and more money for schools. Unions plan a strike on Monday. \
         The central bank had warned that debt would rise to 70 percent.",
        "The 61-billion-crown budget was passed by the parliament of Karsk on Tuesday.|\
         Before the vote opposition members had left the hall.|Taxes are to be lowered next year, finance minister Brandt promised.|\
         Schools will get more money.|A strike is planned by unions for Monday.|\
         +The president sent the budget back on Thursday.|+She wants 2 billion more for hospitals.|\
         Debt would rise to 70 percent, the central bank had warned.|+Brandt said he would not change a line.",
    ),
    (
        "en",
        "A magnitude 6.1 earthquake shook the island of Torva at dawn on Sunday. At least 1,200 houses were damaged and 35 people \
         died. Roads to the villages in the mountains are blocked by landslides. The army is flying in tents and water. \
         Schools on the island stay closed this week.",
        "The quake of magnitude 6.1 that shook Torva at dawn on Sunday damaged 1.2 thousand houses.|\
         Thirty-five people were killed.|Landslides block the roads to mountain villages.|\
         Tents and water are being flown in by the army.|+The number of dead has risen to 52.|\
         +A boy was found alive under a mosque after 60 hours.|The island's schools remain closed this week.",
    ),
    (
        "de",
        "In Lerna ist am Dienstag ein Kran umgestürzt. Vierzehn Arbeiter wurden verletzt, zwei von ihnen schwer. Der Hafen wurde \
         für alle Schiffe gesperrt. Bürgermeisterin Anna Osk besuchte am Mittag die Unglücksstelle. Der Kran war 1985 gebaut \
         worden. Prüfer hatten im Frühjahr Rost an zwei Beinen entdeckt.",
        "Beim Umsturz eines Krans in Lerna wurden am Dienstag 14 Arbeiter verletzt.|Zwei der Verletzten sind schwer verletzt.|\
         Der Hafen ist für Schiffe gesperrt.|Die Bürgermeisterin Osk hatte die Unglücksstelle am Mittag besucht.|\
         +Die Staatsanwaltschaft ermittelt gegen den Betreiber.|Gebaut wurde der Kran 1985.|\
         An zwei Beinen war im Frühjahr von Prüfern Rost entdeckt worden.|+Am Samstag findet ein Gottesdienst im Dom statt.",
    ),
    (
        "fr",
        "Une grue s'est effondrée mardi dans le port de Lerna. Quatorze ouvriers ont été blessés, dont deux gravement. Le port est \
         fermé à tous les navires. La maire Anna Osk s'est rendue sur le quai à midi. Des inspecteurs avaient découvert de la \
         rouille sur deux pieds de la grue.",
        "Mardi, l'effondrement d'une grue dans le port de Lerna a blessé 14 ouvriers.|Deux ouvriers sont gravement blessés.|\
         Les navires n'entrent plus dans le port, fermé.|La maire Osk s'était rendue à midi sur le quai.|\
         +Le parquet a ouvert une enquête contre l'exploitant.|De la rouille avait été découverte par des inspecteurs sur deux pieds.|\
         +Les syndicats appellent à la grève jeudi.",
    ),
    (
        "es",
        "Un terremoto de magnitud 6,1 sacudió el domingo la isla de Torva. Al menos 1.200 casas quedaron dañadas y 35 personas \
         murieron. Las carreteras de las montañas están bloqueadas. El ejército lleva tiendas y agua a las aldeas.",
        "El terremoto de magnitud 6.1 que sacudió Torva el domingo dañó 1200 casas.|Murieron 35 personas.|\
         Están bloqueadas las carreteras de montaña.|Tiendas y agua son llevadas a las aldeas por el ejército.|\
         +El papa rezó por las víctimas en Roma.|+Los muertos son ya 52.",
    ),
    (
        "ru",
        "В порту Лерны во вторник упал кран. Четырнадцать рабочих пострадали, двое из них тяжело. Порт закрыт для всех судов. \
         Мэр Анна Оск приехала на причал в полдень. Инспекторы весной нашли ржавчину на двух опорах крана.",
        "Во вторник в порту Лерны при падении крана пострадали рабочие.|Порт остаётся закрытым для судов.|\
         Мэр Оск в полдень приезжала на причал.|+Прокуратура возбудила дело против владельца.|\
         Ржавчину на опорах крана инспекторы нашли весной.|+В субботу в городе объявлен траур.",
    ),
    (
        "ja",
        "レルナ港で火曜日、クレーンが倒れた。作業員14人がけがをし、2人が重傷だ。港はすべての船に閉鎖された。オスク市長は正午に岸壁を訪れた。",
        "火曜日にレルナ港でクレーンが倒れ、作業員14人がけがをした。|2人は重傷だ。|港は船に閉鎖されている。|\
         +検察は会社の捜査を始めた。|オスク市長は正午に岸壁を訪れていた。|+土曜日に大聖堂で追悼式が開かれる。",
    ),
];

/// Precision 1 means that nothing known is called new, recall 1 that nothing new is missed.
#[test]
fn reworded_sentences_are_known_and_new_ones_are_not() {
    let (mut right, mut called, mut wanted) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (lang, read, later) in FOLLOW_UPS {
        let all: Vec<&str> = later.split('|').collect();
        let space = if *lang == "ja" { "" } else { " " };
        let text: Vec<&str> = all.iter().map(|one| one.trim_start_matches('+')).collect();
        let text = text.join(space);
        assert_eq!(sentences(&text).len(), all.len(), "{text}");
        let found: Vec<&str> = new_sentences(&text, &[read], lang)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        for one in all {
            let is_new = one.starts_with('+');
            let is_found = found.contains(&one.trim_start_matches('+'));
            right += u32::from(is_new && is_found);
            called += u32::from(is_found);
            wanted += u32::from(is_new);
            if is_new != is_found {
                wrong.push(one);
            }
        }
    }
    let precision = f64::from(right) / f64::from(called);
    let recall = f64::from(right) / f64::from(wanted);
    println!("precision {precision:.2} recall {recall:.2} of {wanted}: {wrong:#?}");
    assert!(
        precision >= 0.9 && recall >= 0.9,
        "precision {precision:.2} recall {recall:.2}: {wrong:#?}"
    );
}

/// Later texts of twenty sentences with three new ones: of each file the language, the text that was read, a line `---`,
/// and a sentence a line, `+` before the new ones. Those of even numbers were left out when the rules were made.
const TWENTY: [(&str, &str); 10] = [
    ("merger", include_str!("follow_ups/01-merger.txt")),
    ("trial", include_str!("follow_ups/02-trial.txt")),
    ("flood", include_str!("follow_ups/03-flood.txt")),
    ("rocket", include_str!("follow_ups/04-rocket.txt")),
    ("strike", include_str!("follow_ups/05-strike-de.txt")),
    ("football", include_str!("follow_ups/06-football.txt")),
    ("election", include_str!("follow_ups/07-election-fr.txt")),
    ("virus", include_str!("follow_ups/08-virus-es.txt")),
    ("mine", include_str!("follow_ups/09-mine-ru.txt")),
    ("museum", include_str!("follow_ups/10-museum-it.txt")),
];

#[test]
fn of_twenty_sentences_three_are_new_in_any_order_and_wording() {
    let (mut exact, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for (name, file) in TWENTY {
        let (head, later) = file.split_once("\n---\n").unwrap();
        let (lang, read) = head.split_once('\n').unwrap();
        let all: Vec<&str> = later.lines().collect();
        let text: Vec<&str> = all.iter().map(|one| one.trim_start_matches('+')).collect();
        let text = text.join(" ");
        assert_eq!(sentences(&text).len(), 20, "{name}");
        let found: Vec<&str> = new_sentences(&text, &[read], lang)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        // What was read in several outlets' edits is no less known.
        let (shorter, longer) = (
            &read[..read.rfind(". ").unwrap() + 1],
            format!("{read} Follow us."),
        );
        let again = new_sentences(&text, &[read, &longer, shorter, read], lang);
        let again: Vec<&str> = again.into_iter().map(|range| &text[range]).collect();
        assert_eq!(again, found, "{name}");
        let before = missed.len() + wrong.len();
        for one in &all {
            let is_found = found.contains(&one.trim_start_matches('+'));
            match (one.starts_with('+'), is_found) {
                (true, false) => missed.push(*one),
                (false, true) => wrong.push(*one),
                _ => {}
            }
        }
        exact += usize::from(missed.len() + wrong.len() == before);
    }
    println!("{exact} of 10 exact, missed {missed:#?}, wrongly new {wrong:#?}");
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(exact == 10, "{wrong:#?}");
}
