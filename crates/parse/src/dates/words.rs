//! The words of dates in the languages of news: months, zones, halves of the day, what stands between.
//! Never here: the order in which they come.

/// The year that a short number means: two digits as RFC 2822 (section 4.3) says, three count from 1900, a C
/// programmer's habit.
pub(super) fn full_year(year: u32, digits: usize) -> u32 {
    match digits {
        1 | 2 if year < 50 => 2000 + year,
        1..=3 => 1900 + year,
        _ => year,
    }
}

/// The month a folded word names, by the longest stem that begins it: stems carry a name over its
/// cases (`czerwiec`, `czerwca`). Where languages differ, `lang` decides.
pub(super) fn month(word: &str, lang: Option<&str>) -> Option<u32> {
    let lang = lang
        .unwrap_or_default()
        .get(..2)
        .unwrap_or_default()
        .to_ascii_lowercase();
    // Croatian keeps the old Slavic names, a month earlier than Polish and Czech.
    if matches!(lang.as_str(), "hr" | "bs") && word.starts_with("listopad") {
        return Some(10);
    }
    // Abbreviations that are words elsewhere.
    #[rustfmt::skip]
    let short: &[&str] = match lang.as_str() {
        "tr" => &["oca", "sub", "mar", "nis", "may", "haz", "tem", "agu", "eyl", "eki", "kas", "ara"],
        "cs" => &["led", "uno", "bre", "dub", "kve", "cvn", "cvc", "srp", "zar", "rij", "lis", "pro"],
        "hu" => &["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "szept", "okt", "nov", "dec"],
        _ => &[],
    };
    if let Some(at) = short.iter().position(|name| *name == word) {
        return u32::try_from(at + 1).ok();
    }
    // Short words must be the abbreviation itself: `mar` is March, `market` and `may be` are not.
    longest(word, |tail, rest| rest <= tail)
}

/// As [`month`], where the whole text is known to be a date: any abbreviation and any ending.
pub(super) fn month_of_date(word: &str, lang: Option<&str>) -> Option<u32> {
    if let Some(month) = month(word, lang) {
        return Some(month);
    }
    if word.chars().count() < 3 {
        return None;
    }
    if let Some(month) = longest(word, |_, _| true) {
        return Some(month);
    }
    let mut begun = MONTHS.iter().filter(|(stem, _, _)| stem.starts_with(word));
    let first = begun.next()?.1;
    begun.all(|(_, month, _)| *month == first).then_some(first)
}

fn longest(word: &str, fits: impl Fn(usize, usize) -> bool) -> Option<u32> {
    MONTHS
        .iter()
        .filter(|(stem, _, tail)| {
            word.strip_prefix(stem)
                .is_some_and(|rest| fits(usize::from(*tail), rest.chars().count()))
        })
        .max_by_key(|(stem, _, _)| stem.len())
        .map(|(_, month, _)| *month)
}

/// Ordinal endings and particles between the parts of a date: `12th of June`, `12 de junio del 2024`, `12-го июня`.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "st" | "nd"
            | "rd"
            | "th"
            | "of"
            | "de"
            | "del"
            | "di"
            | "el"
            | "er"
            | "den"
            | "the"
            | "го"
            | "m"
            | "gada"
            | "ngay"
            | "thang"
            | "nam"
            | "ta"
            | "kello"
            | "e"
            | "ve"
            | "года"
            | "г"
            | "წლის"
            | "წ"
            | "жылғы"
            | "ж"
    )
}

/// The day of the week that a folded word names, counted from Monday, where it is written in full or cut as is usual.
pub(super) fn weekday(word: &str) -> Option<i8> {
    #[rustfmt::skip]
    const DAYS: [&[&str]; 7] = [
        &["mon", "monday", "montag", "lundi", "lunes", "lunedi", "maandag", "mandag", "poniedzialek", "pondeli", "понедельник"],
        &["tue", "tues", "tuesday", "dienstag", "mardi", "martes", "martedi", "dinsdag", "tirsdag", "tisdag", "wtorek", "utery", "вторник"],
        &["wed", "wednesday", "mittwoch", "mercredi", "miercoles", "mercoledi", "woensdag", "onsdag", "sroda", "streda", "среда"],
        &["thu", "thur", "thurs", "thursday", "donnerstag", "jeudi", "jueves", "giovedi", "donderdag", "torsdag", "czwartek", "ctvrtek", "четверг"],
        &["fri", "friday", "freitag", "vendredi", "viernes", "venerdi", "vrijdag", "fredag", "piatek", "patek", "пятница"],
        &["sat", "saturday", "samstag", "sonnabend", "samedi", "sabado", "sabato", "zaterdag", "lordag", "sobota", "суббота"],
        &["sun", "sunday", "sonntag", "dimanche", "domingo", "domenica", "zondag", "sondag", "niedziela", "nedele", "воскресенье"],
    ];
    let day = DAYS.iter().position(|names| names.contains(&word))?;
    i8::try_from(day).ok()
}

/// Which half of the day a folded word before or behind a time means.
pub(super) fn afternoon(word: &str) -> Option<bool> {
    const BEFORE_NOON: &[&str] = &["上午", "午前", "凌晨", "早上", "清晨", "早晨"];
    const AFTER_NOON: &[&str] = &["下午", "午後", "晚上", "晚间", "晚間", "傍晚"];
    match word {
        "am" | "오전" => return Some(false),
        "pm" | "오후" => return Some(true),
        _ => {}
    }
    // Nothing parts it from the day of the week before it (`星期二下午3:18`).
    let ends = |words: &[&str]| words.iter().any(|end| word.ends_with(end));
    match (ends(BEFORE_NOON), ends(AFTER_NOON)) {
        (true, _) => Some(false),
        (_, true) => Some(true),
        _ => None,
    }
}

/// As [`afternoon`], for what languages set behind a time alone: before one the same letters mean something else
/// (in Arabic that a year is one of the common era). Words that are others elsewhere are of their language only.
pub(super) fn afternoon_behind(word: &str, lang: Option<&str>) -> Option<bool> {
    const BEFORE_NOON: &[&str] = &[
        "ص",
        "صباحا",
        "صبح",
        "πμ",
        "परवहन",
        "सबह",
        "পরবহণ",
        "পরবহন",
        "மறபகல",
    ];
    #[rustfmt::skip]
    const AFTER_NOON: &[&str] = &[
        "م", "مساء", "عصرا", "عصر", "μμ", "अपरहन", "शम", "অপরহণ", "অপরহন", "பறபகல",
    ];
    const OF_LANGUAGES: &[(&str, &str, bool)] = &[
        ("vi", "sa", false),
        ("vi", "sang", false),
        ("vi", "ch", true),
        ("vi", "chieu", true),
        ("vi", "toi", true),
        ("tr", "oo", false),
        ("tr", "os", true),
        ("ms", "pg", false),
        ("ms", "pagi", false),
        ("ms", "ptg", true),
        ("ms", "petang", true),
    ];
    if BEFORE_NOON.contains(&word) {
        return Some(false);
    }
    if AFTER_NOON.contains(&word) {
        return Some(true);
    }
    let lang = lang.and_then(|lang| lang.get(..2)).unwrap_or_default();
    let of_language = OF_LANGUAGES
        .iter()
        .find(|(of, known, _)| *known == word && of.eq_ignore_ascii_case(lang));
    of_language
        .map(|(_, _, afternoon)| *afternoon)
        .or_else(|| afternoon(word))
}

/// The same for two letters with points behind them: `p.m.`, `μ.μ.`, `ب.ظ`.
pub(super) fn afternoon_in_letters(first: &str, second: &str) -> Option<bool> {
    match (first, second) {
        ("a", "m") | ("π", "μ") | ("ق", "ظ") => Some(false),
        ("p", "m") | ("μ", "μ") | ("ب", "ظ") => Some(true),
        _ => None,
    }
}

/// Minutes east of Greenwich of a zone's folded name. Of those that name several (`CST`, `IST`, `BST`), the one
/// that RFC 822 or the larger press means. `whole`: the text is nothing but a date, so that `AT` is no preposition.
pub(super) fn zone(name: &str, whole: bool) -> Option<i32> {
    let tables: &[&[(&str, i32)]] = if whole {
        &[ZONES, RARE_ZONES]
    } else {
        &[ZONES]
    };
    let mut names = tables.iter().flat_map(|table| table.iter());
    names
        .find(|(known, _)| *known == name)
        .map(|(_, minutes)| *minutes)
}

#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("z", 0), ("ut", 0), ("utc", 0), ("gmt", 0), ("wet", 0),
    ("est", -300), ("edt", -240), ("et", -300), ("cst", -360), ("cdt", -300), ("mst", -420), ("mdt", -360),
    ("pst", -480), ("pdt", -420), ("akst", -540), ("akdt", -480), ("hst", -600), ("brt", -180),
    ("bst", 60), ("west", 60), ("wat", 60), ("cet", 60), ("cest", 120), ("mez", 60), ("mesz", 120), ("cat", 120),
    ("eet", 120), ("eest", 180), ("eat", 180), ("idt", 180), ("msk", 180), ("msd", 240), ("trt", 180), ("sast", 120),
    ("azt", 240), ("get", 240), ("amt", 240), ("gst", 240), ("pkt", 300), ("ist", 330), ("npt", 345), ("uzt", 300),
    ("ict", 420), ("wib", 420), ("wita", 480), ("wit", 540), ("hkt", 480), ("sgt", 480), ("myt", 480), ("awst", 480),
    ("pht", 480), ("jst", 540), ("kst", 540), ("aest", 600), ("aedt", 660), ("acst", 570), ("acdt", 630),
    ("nzst", 720), ("nzdt", 780),
    ("eastern standard time", -300), ("eastern daylight time", -240), ("central standard time", -360),
    ("central daylight time", -300), ("mountain standard time", -420), ("mountain daylight time", -360),
    ("pacific standard time", -480), ("pacific daylight time", -420), ("greenwich mean time", 0),
    ("coordinated universal time", 0), ("british summer time", 60), ("central european time", 60),
    ("central european standard time", 60), ("central european summer time", 120), ("eastern european time", 120),
    ("eastern european standard time", 120), ("eastern european summer time", 180), ("moscow standard time", 180),
    ("georgia standard time", 240), ("armenia standard time", 240), ("azerbaijan standard time", 240),
    ("india standard time", 330), ("china standard time", 480), ("japan standard time", 540),
    ("korean standard time", 540),
];

/// Names that are words too, and the military letters as RFC 822 gives them.
#[rustfmt::skip]
const RARE_ZONES: &[(&str, i32)] = &[
    ("ct", -360), ("mt", -420), ("pt", -480), ("ast", -240), ("adt", -180), ("at", -240), ("nst", -210), ("ndt", -150),
    ("art", -180), ("met", 60), ("mest", 120), ("cot", -300), ("clt", -240), ("clst", -180), ("irst", 210),
    ("yekt", 300), ("vlat", 600),
    ("a", -60), ("m", -720), ("n", 60), ("y", 720),
];

/// Folded stem, month, and how many letters may follow.
#[rustfmt::skip]
const MONTHS: &[(&str, u32, u8)] = &[
    // English and what is alike in Romance, Germanic, Nordic, Baltic and Malay names.
    ("jan", 1, 0), ("januar", 1, 2), ("janvar", 1, 3), ("janvier", 1, 0), ("janv", 1, 0), ("janeir", 1, 1),
    ("janner", 1, 0), ("feb", 2, 0), ("febr", 2, 0), ("februar", 2, 3), ("febbrai", 2, 1), ("febrer", 2, 1),
    ("fevr", 2, 0), ("fevrier", 2, 0), ("feverei", 2, 2), ("fev", 2, 0), ("ferovar", 2, 2),
    ("februari", 2, 1), ("mar", 3, 0), ("march", 3, 0), ("marz", 3, 1), ("mars", 3, 0), ("maart", 3, 0),
    ("marc", 3, 2), ("marec", 3, 0), ("marts", 3, 1), ("mrt", 3, 0), ("mrz", 3, 0), ("maret", 3, 0),
    ("mac", 3, 0), ("martie", 3, 0), ("mart", 3, 2), ("marca", 3, 0), ("apr", 4, 0), ("april", 4, 2),
    ("avril", 4, 0), ("avr", 4, 0), ("abril", 4, 0), ("abr", 4, 0), ("aprel", 4, 2), ("may", 5, 0),
    ("mai", 5, 2), ("maj", 5, 2), ("mayo", 5, 0), ("maio", 5, 0), ("maggio", 5, 0), ("mag", 5, 0),
    ("mei", 5, 0), ("maig", 5, 0), ("jun", 6, 0), ("june", 6, 0), ("juni", 6, 2), ("juin", 6, 0),
    ("junio", 6, 0), ("junho", 6, 0), ("giugn", 6, 1), ("giu", 6, 0), ("juny", 6, 0), ("iyun", 6, 2),
    ("iunie", 6, 0), ("jul", 7, 0), ("july", 7, 0), ("juli", 7, 2), ("juillet", 7, 0), ("juil", 7, 0),
    ("julio", 7, 0), ("julho", 7, 0), ("lugli", 7, 1), ("lug", 7, 0), ("juliol", 7, 0), ("iyul", 7, 2),
    ("iulie", 7, 0), ("aug", 8, 0), ("august", 8, 3), ("augus", 8, 1), ("aout", 8, 0), ("agosto", 8, 0),
    ("ago", 8, 0), ("agost", 8, 0), ("avqust", 8, 2), ("agustus", 8, 0), ("ogos", 8, 0), ("sep", 9, 0),
    ("sept", 9, 0), ("septem", 9, 4), ("setembr", 9, 1), ("septiembr", 9, 1), ("setiembr", 9, 1),
    ("settembr", 9, 1), ("set", 9, 0), ("setembre", 9, 0), ("sentyabr", 9, 2), ("septembri", 9, 1),
    ("oct", 10, 0), ("octob", 10, 3), ("octub", 10, 2), ("outub", 10, 2), ("out", 10, 0), ("okt", 10, 0),
    ("oktob", 10, 4), ("oktyabr", 10, 2), ("ottobr", 10, 1), ("ott", 10, 0), ("octombri", 10, 1),
    ("nov", 11, 0), ("novem", 11, 4), ("noviembr", 11, 1), ("noyabr", 11, 2),
    ("noiembri", 11, 1), ("nopember", 11, 0), ("dec", 12, 0), ("decem", 12, 4), ("dez", 12, 0),
    ("dezem", 12, 4), ("dic", 12, 0), ("diciembr", 12, 1), ("dicembr", 12, 1), ("desem", 12, 4),
    ("des", 12, 0), ("dekabr", 12, 2), ("decembri", 12, 1),
    ("ene", 1, 0), ("enero", 1, 0), ("gen", 1, 0), ("gennai", 1, 1), ("gener", 1, 0), ("ianuar", 1, 2), ("jaan", 1, 0),
    ("pebruari", 2, 0), ("maerz", 3, 0), ("nopember", 11, 0),
    // Polish, Czech, Slovak, Croatian, Slovene.
    ("styczen", 1, 0), ("styczni", 1, 2), ("sty", 1, 0), ("leden", 1, 0), ("ledn", 1, 2), ("sijec", 1, 5),
    ("lut", 2, 3), ("unor", 2, 2), ("veljac", 2, 2), ("brez", 3, 3), ("ozuj", 3, 3), ("marzec", 3, 0),
    ("marca", 3, 0), ("kwie", 4, 6), ("kwi", 4, 0), ("dub", 4, 3), ("travnj", 4, 1), ("travanj", 4, 0),
    ("kvet", 5, 3), ("svib", 5, 4), ("maja", 5, 0), ("czerwiec", 6, 0), ("czerwc", 6, 2), ("cze", 6, 0),
    ("cerven", 6, 2), ("cervn", 6, 1), ("juna", 6, 0), ("jula", 7, 0), ("oktobr", 10, 1), ("lip", 7, 0),
    ("lipanj", 6, 0), ("lipnj", 6, 1), ("lipiec", 7, 0), ("lipc", 7, 2), ("cervenec", 7, 0),
    ("cervenc", 7, 2), ("srpanj", 7, 0), ("srpnj", 7, 1), ("sierp", 8, 4), ("sie", 8, 0), ("srpen", 8, 0),
    ("srpn", 8, 2), ("kolovoz", 8, 2), ("wrze", 9, 5), ("wrz", 9, 0), ("zari", 9, 2), ("ruj", 9, 3),
    ("pazdz", 10, 6), ("paz", 10, 0), ("rijen", 10, 0), ("rijn", 10, 2), ("listopad", 11, 2), ("lis", 11, 0),
    ("studen", 11, 2), ("grud", 12, 4), ("gru", 12, 0), ("prosin", 12, 3),
    // Hungarian, Romanian, Turkish, Azerbaijani.
    ("ianuarie", 1, 0), ("ocak", 1, 0), ("subat", 2, 0), ("marcius", 3, 0), ("nisan", 4, 0),
    ("aprilie", 4, 0), ("majus", 5, 0), ("mayis", 5, 0), ("junius", 6, 0), ("haziran", 6, 0),
    ("julius", 7, 0), ("temmuz", 7, 0), ("agustos", 8, 0), ("augusztus", 8, 0), ("eylul", 9, 0),
    ("szeptember", 9, 0), ("ekim", 10, 0), ("oktober", 10, 0), ("kasim", 11, 0), ("aralik", 12, 0),
    ("yanvar", 1, 2), ("fevral", 2, 2),
    // Finnish, Estonian, Latvian, Lithuanian.
    ("tammik", 1, 4), ("helmik", 2, 4), ("maalisk", 3, 4), ("huhtik", 4, 4), ("toukok", 5, 4),
    ("kesak", 6, 4), ("heinak", 7, 4), ("elok", 8, 4), ("syysk", 9, 4), ("lokak", 10, 4), ("marrask", 11, 4),
    ("jouluk", 12, 4), ("jaanuar", 1, 0), ("veebruar", 2, 0), ("marts", 3, 0), ("aprill", 4, 0),
    ("detsember", 12, 0), ("sausi", 1, 2), ("vasari", 2, 2), ("kov", 3, 2), ("baland", 4, 4), ("geguz", 5, 2),
    ("birzel", 6, 3), ("liep", 7, 3), ("rugpj", 8, 4), ("rugsej", 9, 3), ("spali", 10, 2), ("lapkri", 11, 4),
    ("gruod", 12, 3), ("maijs", 5, 0), ("maija", 5, 0), ("junij", 6, 2), ("julij", 7, 2),
    // Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian (folding drops the breve of й).
    ("янв", 1, 3), ("јан", 1, 4), ("януар", 1, 2), ("січ", 1, 3), ("студзен", 1, 1), ("фев", 2, 4),
    ("лют", 2, 3), ("мар", 3, 3), ("берез", 3, 3), ("сакав", 3, 3), ("апр", 4, 3), ("квіт", 4, 3),
    ("крас", 4, 5), ("май", 5, 0), ("маи", 5, 0), ("мая", 5, 0), ("мај", 5, 1), ("трав", 5, 3),
    ("маја", 5, 0), ("июн", 6, 1), ("юни", 6, 0), ("јун", 6, 2), ("черв", 6, 3), ("чэрв", 6, 4),
    ("июл", 7, 1), ("юли", 7, 0), ("јул", 7, 2), ("лип", 7, 3), ("ліп", 7, 3), ("авг", 8, 4), ("серп", 8, 3),
    ("жнів", 8, 3), ("сен", 9, 5), ("септ", 9, 5), ("вер", 9, 4), ("верас", 9, 3), ("окт", 10, 5),
    ("жовт", 10, 3), ("кастр", 10, 5), ("ноя", 11, 3), ("ное", 11, 4), ("нов", 11, 5), ("листопад", 11, 1),
    ("лістап", 11, 3), ("дек", 12, 5), ("груд", 12, 3), ("снеж", 12, 3), ("дец", 12, 5),
    // Greek, Georgian, Armenian.
    ("ιον", 6, 4), ("ιολ", 7, 4),
    ("ιαν", 1, 7), ("φεβ", 2, 9), ("μαρ", 3, 5), ("απρ", 4, 6), ("μαι", 5, 2), ("μαϊ", 5, 2), ("ιουν", 6, 3),
    ("ιουλ", 7, 3), ("αυγ", 8, 5), ("σεπ", 9, 7), ("οκτ", 10, 6), ("νοε", 11, 6), ("δεκ", 12, 7),
    ("იან", 1, 5), ("თებ", 2, 7), ("მარ", 3, 3), ("აპრ", 4, 4), ("მაი", 5, 2), ("ივნ", 6, 4), ("ივლ", 7, 4),
    ("აგვ", 8, 5), ("სექ", 9, 7), ("ოქტ", 10, 7), ("ნოე", 11, 6), ("დეკ", 12, 7), ("հունվար", 1, 2),
    ("փետրվար", 2, 2), ("մարտ", 3, 2), ("ապրիլ", 4, 2), ("մայիս", 5, 2), ("հունիս", 6, 2), ("հուլիս", 7, 2),
    ("օգոստոս", 8, 2), ("սեպտեմբեր", 9, 2), ("հոկտեմբեր", 10, 2), ("նոյեմբեր", 11, 2), ("դեկտեմբեր", 12, 2),
    // Arabic (folding drops the hamza), Hebrew, Hindi.
    ("يناير", 1, 0), ("جانفي", 1, 0), ("فبراير", 2, 0), ("شباط", 2, 0), ("مارس", 3, 0), ("اذار", 3, 0),
    ("ابريل", 4, 0), ("نيسان", 4, 0), ("مايو", 5, 0), ("ايار", 5, 0), ("يونيو", 6, 0), ("حزيران", 6, 0),
    ("يوليو", 7, 0), ("تموز", 7, 0), ("اغسطس", 8, 0), ("اب", 8, 0), ("سبتمبر", 9, 0), ("ايلول", 9, 0),
    ("اكتوبر", 10, 0), ("نوفمبر", 11, 0), ("ديسمبر", 12, 0), ("ינואר", 1, 0), ("פברואר", 2, 0), ("מרץ", 3, 0),
    ("אפריל", 4, 0), ("מאי", 5, 0), ("יוני", 6, 0), ("יולי", 7, 0), ("אוגוסט", 8, 0), ("ספטמבר", 9, 0),
    ("אוקטובר", 10, 0), ("נובמבר", 11, 0), ("דצמבר", 12, 0), ("בינואר", 1, 0), ("בפברואר", 2, 0),
    ("במרץ", 3, 0), ("באפריל", 4, 0), ("במאי", 5, 0), ("ביוני", 6, 0), ("ביולי", 7, 0), ("באוגוסט", 8, 0),
    ("בספטמבר", 9, 0), ("באוקטובר", 10, 0), ("בנובמבר", 11, 0), ("בדצמבר", 12, 0), ("जनवर", 1, 0),
    ("जनवरी", 1, 0), ("फरवर", 2, 1), ("मारच", 3, 0), ("मई", 5, 0), ("जून", 6, 0), ("जलाई", 7, 0),
    ("जुलाई", 7, 0), ("अगस", 8, 2), ("अपरल", 4, 0), ("जन", 6, 0), ("सतबर", 9, 0), ("सतमबर", 9, 0), ("अकटबर", 10, 0),
    ("अकतबर", 10, 0), ("नवबर", 11, 0), ("नवमबर", 11, 0), ("दसबर", 12, 0), ("दसमबर", 12, 0),
    // Bengali, Tamil (folding drops the vowel signs), Urdu.
    ("জনযর", 1, 0), ("ফবরযর", 2, 0), ("মরচ", 3, 0), ("এপরল", 4, 0), ("ম", 5, 0), ("জন", 6, 0), ("জলই", 7, 0),
    ("আগসট", 8, 0), ("অগসট", 8, 0), ("সপটমবর", 9, 0), ("অকটবর", 10, 0), ("নভমবর", 11, 0), ("ডসমবর", 12, 0),
    ("ஜனவர", 1, 0), ("பபரவர", 2, 0), ("மரச", 3, 0), ("ஏபரல", 4, 0), ("ம", 5, 0), ("ஜன", 6, 0), ("ஜல", 7, 0),
    ("ஆகஸட", 8, 0), ("சபடமபர", 9, 0), ("அகடபர", 10, 0), ("நவமபர", 11, 0), ("டசமபர", 12, 0),
    ("جنوری", 1, 0), ("فروری", 2, 0), ("مارچ", 3, 0), ("اپریل", 4, 0), ("ميی", 5, 0), ("جون", 6, 0), ("جولايی", 7, 0),
    ("اگست", 8, 0), ("ستمبر", 9, 0), ("اکتوبر", 10, 0), ("نومبر", 11, 0), ("دسمبر", 12, 0),
    // Albanian, Kazakh, and what Estonian does not share.
    ("janar", 1, 2), ("shkurt", 2, 2), ("prill", 4, 2), ("qershor", 6, 2), ("korrik", 7, 2), ("gusht", 8, 2),
    ("shtator", 9, 2), ("tetor", 10, 2), ("nentor", 11, 2), ("dhjetor", 12, 2),
    ("қаңтар", 1, 3), ("ақпан", 2, 3), ("наурыз", 3, 3), ("сәуір", 4, 3), ("мамыр", 5, 3), ("маусым", 6, 3), ("шілде", 7, 3),
    ("тамыз", 8, 3), ("қыркүиек", 9, 3), ("қазан", 10, 3), ("қараша", 11, 3), ("желтоқсан", 12, 3),
    ("juuni", 6, 0), ("juuli", 7, 0), ("oktoober", 10, 0), ("veebr", 2, 0), ("dets", 12, 0),
];
