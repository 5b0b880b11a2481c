//! Parts of a whole and multiples in one form, however a sentence puts them: `80 percent`, `four out of five`; `a third`,
//! `every third`; `twice as much`, `double`.
//! Never here: numbers that stand for themselves (`numbers`), what of a sentence is new (`fresh`).

use crate::words::{self, Token};

/// A part of a whole, in percent, and the tokens that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proportion {
    /// Percent, rounded; a multiple is above 1000: `MULTIPLE` and how many times.
    pub(crate) value: u32,
    /// From which token to before which.
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// Added to how many times as much something is.
pub(crate) const MULTIPLE: u32 = 1_000;

/// The words of one language, as written; forms of one word are parted by `|`, several words in a row by spaces.
struct Words {
    lang: &'static str,
    /// `one`, where it is no article before a noun alone.
    one: &'static str,
    /// What stands after the number of hundredths (in Turkish before it).
    percent: &'static str,
    /// What stands between two numbers of which the first is a part of the second.
    of: &'static str,
    /// Halves, thirds, quarters, fifths, tenths.
    parts: [&'static str; 5],
    /// Parts that are also ordinals or hours, and mean a part after a number alone, or before one of `whole`.
    ambiguous: &'static str,
    /// What stands after such a part and shows that it is one.
    whole: &'static str,
    /// What stands before an ordinal: `every third`.
    every: &'static str,
    /// Second, third, fourth, fifth, tenth.
    ordinals: [&'static str; 5],
    /// Twice as much; three times.
    times: [&'static str; 2],
}

/// Into how many parts a whole is cut, for `parts` and `ordinals`.
const CUT: [u32; 5] = [2, 3, 4, 5, 10];

/// Wholes of which parts are counted one by one: `four of five`.
const MOST: u32 = 20;

const WORDS: &[Words] = &[
    Words {
        lang: "en",
        one: "one|a|an",
        percent: "percent|per cent|pct",
        of: "in|of|out of|in every|of every|out of every",
        parts: [
            "half|halves",
            "third|thirds",
            "quarter|quarters|fourth|fourths",
            "fifth|fifths",
            "tenth|tenths",
        ],
        ambiguous: "third|quarter|fourth|fifth|tenth",
        whole: "of",
        every: "every",
        ordinals: ["second|other", "third", "fourth", "fifth", "tenth"],
        times: [
            "double|doubled|doubles|doubling|twice|twofold",
            "triple|tripled|triples|thrice|threefold",
        ],
    },
    Words {
        lang: "de",
        one: "ein|eine|einer|einem|einen|eines",
        percent: "prozent|percent",
        of: "von|von je|aus",
        parts: [
            "hälfte|halb|halbe|halben",
            "drittel|dritteln",
            "viertel|vierteln",
            "fünftel|fünfteln",
            "zehntel|zehnteln",
        ],
        ambiguous: "",
        whole: "",
        every: "jeder|jede|jedes|jeden|jedem",
        ordinals: [
            "zweite|zweiten",
            "dritte|dritten",
            "vierte|vierten",
            "fünfte|fünften",
            "zehnte|zehnten",
        ],
        times: [
            "doppelt|doppelte|doppelten|verdoppelt|verdoppelte|verdoppeln|zweimal|zweifache",
            "dreimal|dreifach|dreifache|dreifachen|verdreifacht|verdreifachte",
        ],
    },
    Words {
        lang: "fr",
        one: "un|une",
        percent: "pour cent|pourcent|percent",
        of: "sur",
        parts: [
            "moitié|demi|demie",
            "tiers",
            "quart|quarts",
            "cinquième|cinquièmes",
            "dixième|dixièmes",
        ],
        ambiguous: "cinquième|dixième",
        whole: "de|des|du|d",
        every: "chaque",
        ordinals: ["deuxième", "troisième", "quatrième", "cinquième", "dixième"],
        times: [
            "double|doublé|doublée|doubler|doublent",
            "triple|triplé|triplée|tripler",
        ],
    },
    Words {
        lang: "es",
        one: "un|una|uno",
        percent: "por ciento|percent",
        of: "de cada|de|sobre",
        parts: [
            "mitad|medio|media",
            "tercio|tercios|tercera parte",
            "cuarto|cuartos|cuarta parte",
            "quinto|quintos|quinta parte",
            "décimo|décimos|décima parte",
        ],
        ambiguous: "cuarto|quinto|décimo|medio|media",
        whole: "",
        every: "cada",
        ordinals: ["segundo", "tercer|tercero", "cuarto", "quinto", "décimo"],
        times: [
            "doble|dobló|duplicó|duplicado|duplica|duplicaron",
            "triple|triplicó|triplicado|triplica",
        ],
    },
    Words {
        lang: "it",
        one: "un|una|uno",
        percent: "per cento|percento|percent",
        of: "su|su ogni",
        parts: [
            "metà|mezzo|mezza",
            "terzo|terzi",
            "quarto|quarti",
            "quinto|quinti",
            "decimo|decimi",
        ],
        ambiguous: "terzo|quarto|quinto|decimo|mezzo|mezza",
        whole: "dei|degli|delle|della|del",
        every: "ogni",
        ordinals: ["secondo", "terzo", "quarto", "quinto", "decimo"],
        times: [
            "doppio|doppia|raddoppiato|raddoppiata|raddoppiati",
            "triplo|tripla|triplicato|triplicata",
        ],
    },
    Words {
        lang: "pt",
        one: "um|uma",
        percent: "por cento|percent",
        of: "em|em cada|de cada|de",
        parts: [
            "metade|meio|meia",
            "terço|terços",
            "quarto|quartos",
            "quinto|quintos",
            "décimo|décimos",
        ],
        ambiguous: "quarto|quinto|décimo|meio|meia",
        whole: "dos|das",
        every: "cada",
        ordinals: ["segundo", "terceiro", "quarto", "quinto", "décimo"],
        times: [
            "dobro|dobrou|duplicou|duplicaram|duplo",
            "triplo|triplicou|triplicaram",
        ],
    },
    Words {
        lang: "nl",
        one: "een|één",
        percent: "procent|percent",
        of: "op|op de|van de|op elke",
        parts: [
            "helft|half|halve",
            "derde|derden",
            "kwart",
            "vijfde|vijfden",
            "tiende|tienden",
        ],
        ambiguous: "derde|vijfde|tiende",
        whole: "van",
        every: "elke|iedere",
        ordinals: ["tweede", "derde", "vierde", "vijfde", "tiende"],
        times: [
            "dubbel|dubbele|verdubbeld|verdubbelde|verdubbelen|tweemaal",
            "driemaal|verdrievoudigd|drievoudig",
        ],
    },
    Words {
        lang: "sv",
        one: "en|ett",
        percent: "procent|percent",
        of: "av|på",
        parts: [
            "hälften|halva|halv",
            "tredjedel|tredjedelar",
            "fjärdedel|fjärdedelar|kvart",
            "femtedel|femtedelar",
            "tiondel|tiondelar",
        ],
        ambiguous: "",
        whole: "",
        every: "var|vart",
        ordinals: ["annan|andra", "tredje", "fjärde", "femte", "tionde"],
        times: [
            "dubbelt|dubbla|fördubblats|fördubblades|fördubbla",
            "trefaldigt|tredubbelt|tredubblats",
        ],
    },
    Words {
        lang: "pl",
        one: "jeden|jedna|jedno",
        percent: "procent|procenta|procentów|proc|percent",
        of: "na|z",
        parts: [
            "połowa|połowę|połowy|połowie|pół",
            "trzecia|trzecie|trzecią|trzeciej",
            "czwarta|czwarte|ćwierć|ćwierci",
            "piąta|piąte|piątą|piątych",
            "dziesiąta|dziesiąte|dziesiątych",
        ],
        ambiguous: "trzecia|trzecie|trzecią|trzeciej|czwarta|czwarte|piąta|piąte|piątą|dziesiąta|dziesiąte",
        whole: "",
        every: "co",
        ordinals: [
            "drugi|druga",
            "trzeci|trzecia",
            "czwarty|czwarta",
            "piąty|piąta",
            "dziesiąty|dziesiąta",
        ],
        times: [
            "dwukrotnie|podwoił|podwoiła|podwoiły|podwojony",
            "trzykrotnie|potroił|potroiła",
        ],
    },
    Words {
        lang: "ru",
        one: "один|одна|одно|одного|одной",
        percent: "процент|процента|процентов|проц|percent",
        of: "из|из каждых",
        parts: [
            "половина|половину|половины|половине|пол",
            "треть|трети|третей",
            "четверть|четверти|четвертей",
            "пятая|пятых|пятую",
            "десятая|десятых|десятую",
        ],
        ambiguous: "пятая|пятую|десятая|десятую",
        whole: "часть|доля",
        every: "каждый|каждая|каждое|каждого|каждую",
        ordinals: [
            "второй|вторая|второго|вторую",
            "третий|третья|третьего|третью",
            "четвёртый|четвертый|четвёртая|четвертая",
            "пятый|пятая|пятого",
            "десятый|десятая|десятого",
        ],
        times: [
            "вдвое|удвоил|удвоила|удвоились|удвоилось|дважды",
            "втрое|утроил|утроила|утроились|трижды",
        ],
    },
    Words {
        lang: "uk",
        one: "один|одна|одне|одного|однієї",
        percent: "відсоток|відсотка|відсотків|відсотки|percent",
        of: "з|із|зі",
        parts: [
            "половина|половину|половини",
            "третина|третину|третини",
            "чверть|чверті",
            "пята|пятих|пяту",
            "десята|десятих|десяту",
        ],
        ambiguous: "пята|пяту|десята|десяту",
        whole: "частина",
        every: "кожен|кожна|кожний|кожного",
        ordinals: [
            "другий|друга",
            "третій|третя",
            "четвертий|четверта",
            "пятий|пята",
            "десятий|десята",
        ],
        times: [
            "вдвічі|подвоїв|подвоїла|подвоїлися|удвічі",
            "втричі|потроїв|утричі",
        ],
    },
    Words {
        lang: "tr",
        one: "bir|biri|birini",
        percent: "yüzde|percent",
        of: "",
        parts: ["yarısı|yarısını|yarım|yarı", "", "çeyrek|çeyreği", "", ""],
        ambiguous: "",
        whole: "",
        every: "",
        ordinals: ["", "", "", "", ""],
        times: [
            "iki katı|iki katına|ikiye katladı|ikiye katlandı",
            "üç katı|üç katına|üçe katladı",
        ],
    },
    Words {
        lang: "el",
        one: "ένας|ένα|μία|μια|έναν",
        percent: "τοις εκατό|percent",
        of: "στους|στα|στις|από τους|από τα|από τις",
        parts: [
            "μισό|μισά|μισοί|μισές|μισή",
            "τρίτο|τρίτα",
            "τέταρτο|τέταρτα",
            "πέμπτο|πέμπτα",
            "δέκατο|δέκατα",
        ],
        ambiguous: "τρίτο|τέταρτο|πέμπτο|δέκατο",
        whole: "των|του|της",
        every: "κάθε",
        ordinals: [
            "δεύτερος|δεύτερη|δεύτερο",
            "τρίτος|τρίτη|τρίτο",
            "τέταρτος|τέταρτη|τέταρτο",
            "πέμπτος|πέμπτη|πέμπτο",
            "δέκατος",
        ],
        times: [
            "διπλάσιο|διπλάσια|διπλάσιος|διπλασιάστηκε|διπλασιάστηκαν",
            "τριπλάσιο|τριπλάσια|τριπλασιάστηκε",
        ],
    },
];

/// How many of the tokens, of which there is one at least, are one of these phrases.
fn phrase(tokens: &[Token], phrases: &str) -> Option<usize> {
    let words = |phrase: &str| -> Option<usize> {
        let mut count = 0;
        for word in phrase.split(' ') {
            let token = tokens.get(count)?;
            if words::folded(&token.written) != words::folded(word) {
                return None;
            }
            count += 1;
        }
        Some(count)
    };
    let found = phrases.split('|').filter(|phrase| !phrase.is_empty());
    found.filter_map(words).max()
}

fn percent(part: u32, whole: u32) -> u32 {
    (part * 100 + whole / 2) / whole
}

/// The parts and multiples that a sentence speaks of, by its tokens in order; `lang` is an ISO 639-1 code. A percent sign
/// is to be the word `percent`.
pub(crate) fn proportions(tokens: &[Token], lang: &str) -> Vec<Proportion> {
    let lang = if lang.is_empty() { "en" } else { lang };
    let Some(words) = WORDS.iter().find(|one| lang.starts_with(one.lang)) else {
        return Vec::new();
    };
    let mut out: Vec<Proportion> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match words.at(tokens, at) {
            Some((value, to)) => {
                out.push(Proportion {
                    value,
                    from: at,
                    to,
                });
                at = to;
            }
            None => at += 1,
        }
    }
    out
}

impl Words {
    /// What the tokens from one on say, and where that ends.
    fn at(&self, tokens: &[Token], at: usize) -> Option<(u32, usize)> {
        let rest = &tokens[at..];
        let number = |token: &Token| -> Option<f32> {
            let value = token.form.parse::<f32>().ok()?;
            (token.number && value.is_finite()).then_some(value)
        };
        let few = |tokens: &[Token]| -> Option<u32> {
            let first = tokens.first()?;
            match number(first) {
                Some(value) if value.fract() == 0.0 && value <= MOST as f32 => Some(value as u32),
                Some(_) => None,
                None => phrase(&tokens[..1], self.one).map(|_| 1),
            }
        };
        let first = rest.first()?;
        // `yüzde 80`
        if self.lang == "tr"
            && let Some(count) = phrase(rest, self.percent)
            && let Some(value) = rest.get(count).and_then(number)
        {
            return Some((value.round() as u32, at + count + 1));
        }
        if let Some(value) = number(first).filter(|value| (0.0..1_000.0).contains(value))
            && let Some(count) = phrase(rest.get(1..)?, self.percent)
        {
            return Some((value.round() as u32, at + 1 + count));
        }
        if let Some(count) = phrase(rest, self.every)
            && let Some(cut) =
                (0..5).find(|cut| phrase(&rest[count..], self.ordinals[*cut]).is_some())
        {
            return Some((percent(1, CUT[cut]), at + count + 1));
        }
        for (times, phrases) in (2..).zip(self.times) {
            if let Some(count) = phrase(rest, phrases) {
                return Some((MULTIPLE + times, at + count));
            }
        }
        if let Some(part) = few(rest)
            && let Some(mut after) = rest.get(1..)
        {
            // `quatre trains sur cinq`
            let gap = usize::from(
                matches!(self.lang, "fr" | "it")
                    && after
                        .get(1..)
                        .is_some_and(|after| phrase(after, self.of).is_some()),
            );
            after = &after[gap..];
            // The longest phrase that a number follows: `out of` before `out`.
            let of = self.of.split('|').filter_map(|of| phrase(after, of));
            let whole = of.filter_map(|count| Some((few(after.get(count..)?)?, count)));
            if let Some((whole, count)) = whole.max_by_key(|(_, count)| *count)
                && part < whole
                && after[count].number
            {
                return Some((percent(part, whole), at + 2 + count + gap));
            }
            if let Some((cut, count)) = self.part(after)
                && gap == 0
                && part < cut
            {
                return Some((percent(part, cut), at + 1 + count));
            }
        }
        let (cut, count) = self.part(rest)?;
        let is_sure = phrase(rest, self.ambiguous).is_none()
            || rest
                .get(count..)
                .is_some_and(|after| phrase(after, self.whole).is_some());
        is_sure.then(|| (percent(1, cut), at + count))
    }

    /// Into how many parts a word cuts, and of how many tokens it is.
    fn part(&self, tokens: &[Token]) -> Option<(u32, usize)> {
        let found = self.parts.iter().zip(CUT);
        found
            .filter_map(|(phrases, cut)| Some((cut, phrase(tokens, phrases)?)))
            .next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, lang: &str) -> Vec<u32> {
        let mut tokens = Vec::new();
        words::each_fact(&text.replace('%', " percent "), lang, |token| {
            tokens.push(token)
        });
        let found = proportions(&tokens, lang);
        found.into_iter().map(|one| one.value).collect()
    }

    #[test]
    fn a_part_has_one_form_however_it_is_put() {
        for (lang, texts, value) in [
            (
                "en",
                &[
                    "80 percent of trains",
                    "80% fell",
                    "four out of five",
                    "four in five trains",
                    "80.0 per cent",
                ][..],
                80,
            ),
            (
                "en",
                &[
                    "a third of them",
                    "one third",
                    "one in three",
                    "every third train",
                    "33.3 percent",
                ],
                33,
            ),
            (
                "en",
                &[
                    "half the town",
                    "50 percent",
                    "every second man",
                    "one in two",
                ],
                50,
            ),
            ("en", &["three quarters", "75%", "three out of four"], 75),
            (
                "en",
                &["twice as much", "it doubled", "double the price"],
                MULTIPLE + 2,
            ),
            (
                "de",
                &["80 Prozent der Züge", "vier von fünf Zügen", "vier Fünftel"],
                80,
            ),
            (
                "de",
                &["jeder dritte Zug", "ein Drittel", "einer von drei"],
                33,
            ),
            ("de", &["die Hälfte", "50 %", "jeder Zweite"], 50),
            (
                "de",
                &["doppelt so viel", "hat sich verdoppelt"],
                MULTIPLE + 2,
            ),
            ("fr", &["quatre trains sur cinq", "80 %"], 80),
            ("fr", &["la moitié", "un sur deux", "50 pour cent"], 50),
            (
                "es",
                &["uno de cada tres", "un tercio", "la tercera parte"],
                33,
            ),
            ("it", &["due terzi", "due su tre", "67 per cento"], 67),
            (
                "pt",
                &["um em cada quatro", "um quarto", "25 por cento"],
                25,
            ),
            ("nl", &["een op de vijf", "een vijfde", "20 procent"], 20),
            ("sv", &["en tredjedel", "var tredje", "33 procent"], 33),
            ("pl", &["połowa", "50 procent", "co drugi"], 50),
            (
                "ru",
                &["каждый третий", "треть", "один из трёх", "33 процента"],
                33,
            ),
            ("uk", &["половина", "50 відсотків"], 50),
            ("tr", &["yüzde 50", "yarısı"], 50),
            ("el", &["ένας στους δέκα", "10 τοις εκατό"], 10),
        ] {
            for text in texts {
                assert_eq!(found(text, lang), [value], "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_part_is_none() {
        for (lang, text) in [
            ("en", "the third man in 2024"),
            ("en", "in the fourth quarter"),
            ("en", "a fire in 5 houses"),
            ("en", "one of 300 guests"),
            ("en", "five of three"),
            ("de", "der dritte Mann von 12"),
            ("it", "il terzo uomo"),
            ("ka", "80 % of all"),
            ("en", ""),
        ] {
            assert_eq!(found(text, lang), [0; 0], "{text}");
        }
    }
}
