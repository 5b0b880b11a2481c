//! Words for numbers in several languages, and how two of them make one number.
//! Never here: digits, thousands and millions (`numbers`).

use crate::numbers::word;

/// English words for numbers, and what they stand for.
pub(crate) const ENGLISH: &[(&str, u64)] = &[
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// What the words of [`WORDS`] stand for.
const VALUES: [u64; 27] = [
    2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 30, 40, 50, 60, 70, 80, 90,
    100,
];

/// Words for numbers by language, each list in the order of [`VALUES`].
const WORDS: &[(&str, [&str; 27])] = &[
    (
        "de",
        [
            "zwei",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwölf",
            "dreizehn",
            "vierzehn",
            "fünfzehn",
            "sechzehn",
            "siebzehn",
            "achtzehn",
            "neunzehn",
            "zwanzig",
            "dreißig",
            "vierzig",
            "fünfzig",
            "sechzig",
            "siebzig",
            "achtzig",
            "neunzig",
            "hundert",
        ],
    ),
    (
        "fr",
        [
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
            "treize",
            "quatorze",
            "quinze",
            "seize",
            "dix-sept",
            "dix-huit",
            "dix-neuf",
            "vingt",
            "trente",
            "quarante",
            "cinquante",
            "soixante",
            "septante",
            "octante",
            "nonante",
            "cent",
        ],
    ),
    (
        "es",
        [
            "dos",
            "tres",
            "cuatro",
            "cinco",
            "seis",
            "siete",
            "ocho",
            "nueve",
            "diez",
            "once",
            "doce",
            "trece",
            "catorce",
            "quince",
            "dieciséis",
            "diecisiete",
            "dieciocho",
            "diecinueve",
            "veinte",
            "treinta",
            "cuarenta",
            "cincuenta",
            "sesenta",
            "setenta",
            "ochenta",
            "noventa",
            "cien",
        ],
    ),
    (
        "it",
        [
            "due",
            "tre",
            "quattro",
            "cinque",
            "sei",
            "sette",
            "otto",
            "nove",
            "dieci",
            "undici",
            "dodici",
            "tredici",
            "quattordici",
            "quindici",
            "sedici",
            "diciassette",
            "diciotto",
            "diciannove",
            "venti",
            "trenta",
            "quaranta",
            "cinquanta",
            "sessanta",
            "settanta",
            "ottanta",
            "novanta",
            "cento",
        ],
    ),
    (
        "pt",
        [
            "dois",
            "três",
            "quatro",
            "cinco",
            "seis",
            "sete",
            "oito",
            "nove",
            "dez",
            "onze",
            "doze",
            "treze",
            "catorze",
            "quinze",
            "dezesseis",
            "dezessete",
            "dezoito",
            "dezenove",
            "vinte",
            "trinta",
            "quarenta",
            "cinquenta",
            "sessenta",
            "setenta",
            "oitenta",
            "noventa",
            "cem",
        ],
    ),
    (
        "nl",
        [
            "twee",
            "drie",
            "vier",
            "vijf",
            "zes",
            "zeven",
            "acht",
            "negen",
            "tien",
            "elf",
            "twaalf",
            "dertien",
            "veertien",
            "vijftien",
            "zestien",
            "zeventien",
            "achttien",
            "negentien",
            "twintig",
            "dertig",
            "veertig",
            "vijftig",
            "zestig",
            "zeventig",
            "tachtig",
            "negentig",
            "honderd",
        ],
    ),
    (
        "sv",
        [
            "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
            "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton", "tjugo",
            "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio", "hundra",
        ],
    ),
    (
        "pl",
        [
            "dwa",
            "trzy",
            "cztery",
            "pięć",
            "sześć",
            "siedem",
            "osiem",
            "dziewięć",
            "dziesięć",
            "jedenaście",
            "dwanaście",
            "trzynaście",
            "czternaście",
            "piętnaście",
            "szesnaście",
            "siedemnaście",
            "osiemnaście",
            "dziewiętnaście",
            "dwadzieścia",
            "trzydzieści",
            "czterdzieści",
            "pięćdziesiąt",
            "sześćdziesiąt",
            "siedemdziesiąt",
            "osiemdziesiąt",
            "dziewięćdziesiąt",
            "sto",
        ],
    ),
    (
        "ru",
        [
            "два",
            "три",
            "четыре",
            "пять",
            "шесть",
            "семь",
            "восемь",
            "девять",
            "десять",
            "одиннадцать",
            "двенадцать",
            "тринадцать",
            "четырнадцать",
            "пятнадцать",
            "шестнадцать",
            "семнадцать",
            "восемнадцать",
            "девятнадцать",
            "двадцать",
            "тридцать",
            "сорок",
            "пятьдесят",
            "шестьдесят",
            "семьдесят",
            "восемьдесят",
            "девяносто",
            "сто",
        ],
    ),
    (
        "uk",
        [
            "два",
            "три",
            "чотири",
            "п'ять",
            "шість",
            "сім",
            "вісім",
            "дев'ять",
            "десять",
            "одинадцять",
            "дванадцять",
            "тринадцять",
            "чотирнадцять",
            "п'ятнадцять",
            "шістнадцять",
            "сімнадцять",
            "вісімнадцять",
            "дев'ятнадцять",
            "двадцять",
            "тридцять",
            "сорок",
            "п'ятдесят",
            "шістдесят",
            "сімдесят",
            "вісімдесят",
            "дев'яносто",
            "сто",
        ],
    ),
    (
        "tr",
        [
            "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz", "on", "onbir", "oniki",
            "onüç", "ondört", "onbeş", "onaltı", "onyedi", "onsekiz", "ondokuz", "yirmi", "otuz",
            "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan", "yüz",
        ],
    ),
    (
        "el",
        [
            "δύο",
            "τρεις",
            "τέσσερις",
            "πέντε",
            "έξι",
            "επτά",
            "οκτώ",
            "εννέα",
            "δέκα",
            "έντεκα",
            "δώδεκα",
            "δεκατρείς",
            "δεκατέσσερις",
            "δεκαπέντε",
            "δεκαέξι",
            "δεκαεπτά",
            "δεκαοκτώ",
            "δεκαεννέα",
            "είκοσι",
            "τριάντα",
            "σαράντα",
            "πενήντα",
            "εξήντα",
            "εβδομήντα",
            "ογδόντα",
            "ενενήντα",
            "εκατό",
        ],
    ),
];

/// Other forms of such words.
const FORMS: &[(&str, &[(&str, u64)])] = &[
    ("de", &[("dreissig", 30), ("fünfzehn", 15)]),
    (
        "es",
        &[
            ("veintidós", 22),
            ("veintitrés", 23),
            ("veinticuatro", 24),
            ("veinticinco", 25),
            ("veintiséis", 26),
            ("veintisiete", 27),
            ("veintiocho", 28),
            ("veintinueve", 29),
            ("veintiuno", 21),
            ("dieciseis", 16),
        ],
    ),
    (
        "pt",
        &[
            ("duas", 2),
            ("dezasseis", 16),
            ("dezassete", 17),
            ("dezanove", 19),
        ],
    ),
    (
        "pl",
        &[
            ("dwie", 2),
            ("dwóch", 2),
            ("dwoje", 2),
            ("trzech", 3),
            ("troje", 3),
            ("czterech", 4),
            ("czworo", 4),
            ("pięciu", 5),
            ("sześciu", 6),
            ("siedmiu", 7),
            ("ośmiu", 8),
            ("dziewięciu", 9),
            ("dziesięciu", 10),
        ],
    ),
    (
        "ru",
        &[
            ("две", 2),
            ("двух", 2),
            ("двое", 2),
            ("двоих", 2),
            ("трёх", 3),
            ("трех", 3),
            ("трое", 3),
            ("троих", 3),
            ("четырёх", 4),
            ("четырех", 4),
            ("четверо", 4),
            ("пяти", 5),
            ("пятеро", 5),
            ("шести", 6),
            ("шестеро", 6),
            ("семи", 7),
            ("семеро", 7),
            ("восьми", 8),
            ("девяти", 9),
            ("десяти", 10),
            ("двадцати", 20),
            ("тридцати", 30),
            ("сорока", 40),
            ("ста", 100),
        ],
    ),
    (
        "uk",
        &[
            ("дві", 2),
            ("двох", 2),
            ("двоє", 2),
            ("трьох", 3),
            ("троє", 3),
            ("чотирьох", 4),
            ("четверо", 4),
        ],
    ),
    (
        "el",
        &[("τρία", 3), ("τέσσερα", 4), ("τριών", 3), ("τεσσάρων", 4)],
    ),
];

/// What stands between tens and ones (`treinta y dos`, `vingt et un`).
const AND: [&str; 5] = ["y", "e", "et", "og", "och"];

/// Words for one, behind tens.
const ONES: [&str; 10] = [
    "un", "une", "uno", "una", "um", "uma", "один", "одна", "jeden", "bir",
];

/// What a word stands for in a language, of two letters.
fn value(word: &str, lang: &str) -> Option<u64> {
    let (_, words) = WORDS.iter().find(|(known, _)| *known == lang)?;
    if let Some(at) = words.iter().position(|known| *known == word) {
        return Some(VALUES[at]);
    }
    let (_, forms) = FORMS.iter().find(|(known, _)| *known == lang)?;
    let (_, value) = forms.iter().find(|(known, _)| *known == word)?;
    Some(*value)
}

/// Tens and ones written as one word: `achtundneunzig`, `trentacinque`, `femtiotre`.
fn joined(word: &str, lang: &str) -> Option<u64> {
    let sum = |ones: &str, tens: &str| {
        let (ones, tens) = (value(ones, lang)?, value(tens, lang)?);
        (ones < 10 && (20..100).contains(&tens)).then_some(tens + ones)
    };
    let links: &[&str] = match lang {
        "de" => &["und"],
        "nl" => &["en", "ën"],
        "it" | "sv" => &[""],
        _ => return None,
    };
    for link in links {
        if link.is_empty() {
            let mut cuts = word.char_indices().map(|(at, _)| word.split_at(at));
            if let Some(found) = cuts.find_map(|(tens, ones)| sum(ones, tens)) {
                return Some(found);
            }
        }
        let mut cuts = word.match_indices(link).filter(|_| !link.is_empty());
        if let Some(found) = cuts.find_map(|(at, _)| sum(&word[..at], &word[at + link.len()..])) {
            return Some(found);
        }
    }
    None
}

/// The number that a text in another language than English begins with: the bytes it takes, and its value. `first` is the
/// text's first word with its bytes, `lang` has two letters.
pub(crate) fn other(text: &str, lang: &str, first: (usize, &str)) -> Option<(usize, u64)> {
    let (end, first) = first;
    let Some(tens) = value(first, lang) else {
        return Some((end, joined(first, lang)?));
    };
    if !(20..100).contains(&tens) {
        return Some((end, tens));
    }
    // `девяносто восемь`, `treinta y dos`, `quarante-six`
    let mut at = end;
    for _ in 0..2 {
        let space = text[at..].len() - text[at..].trim_start_matches([' ', '-']).len();
        let Some((len, next)) = word(&text[at + space..]).filter(|_| space == 1) else {
            break;
        };
        at += space + len;
        if ONES.contains(&&next[..]) {
            return Some((at, tens + 1));
        }
        match value(&next, lang) {
            Some(ones) if ones < 10 => return Some((at, tens + ones)),
            _ if AND.contains(&&next[..]) => {}
            _ => break,
        }
    }
    Some((end, tens))
}
