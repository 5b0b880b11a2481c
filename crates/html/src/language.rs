//! The language of a text: its script where that tells, else its letter statistics.
//! Never here: what an outlet declares.

use std::collections::HashMap;
use std::sync::LazyLock;

use whatlang::{Detector, Lang};

/// Letters that are looked at; more change the answer rarely and cost time on every article.
const SAMPLE: usize = 600;
/// Letters below which statistics guess.
const ENOUGH: usize = 40;

/// The language of a text as its ISO 639-1 code, where the text is long and plain enough to tell.
pub fn language(text: &str) -> Option<&'static str> {
    let mut letters = 0;
    let mut end = text.len();
    let mut counts = Counts::default();
    for (at, c) in text.char_indices() {
        if c.is_alphabetic() {
            counts.take(c);
            letters += 1;
            if letters >= SAMPLE {
                end = at + c.len_utf8();
                break;
            }
        }
    }
    if let Some(code) = counts.by_script(letters) {
        return Some(code);
    }
    if letters < ENOUGH {
        return None;
    }
    if let Some(code) = by_words(&text[..end]) {
        return Some(code);
    }
    // English and its neighbours are taken for these far more often than news are written in them;
    // outlets in Zulu, Shona or Twi declare it.
    let detector =
        Detector::with_denylist(vec![Lang::Lat, Lang::Epo, Lang::Zul, Lang::Sna, Lang::Aka]);
    let info = detector.detect(&text[..end])?;
    let sure = info.is_reliable() || (letters >= 200 && info.confidence() > 0.1);
    sure.then(|| two_letters(info.lang().code())).flatten()
}

/// The words that stand in every text of a language, where they leave no doubt: fifty times as
/// fast as statistics over all languages. Words that two of them share count for both.
fn by_words(text: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 22] = [
        (
            "en",
            "the of and to in that is was for on with as by at from has have his their which",
        ),
        (
            "de",
            "der die und das ist nicht den von mit auf für dem des ein eine zu im sich auch wird",
        ),
        (
            "fr",
            "le la les des et est une du dans que pour qui sur au aux par pas ce sont avec",
        ),
        (
            "es",
            "el la los de y que en las por con una del se su para al más como ha sus",
        ),
        (
            "pt",
            "o os a as da do dos em que não uma com para no na ao mais pelo são foi",
        ),
        (
            "it",
            "il di che la del della per una non è gli dei nel alla con sono dal anche ha si",
        ),
        (
            "nl",
            "de het een van en dat op te voor zijn niet met is aan door ook naar bij werd heeft",
        ),
        (
            "pl",
            "w i na z się nie że do jest o po przez dla od oraz ale jak za są co",
        ),
        (
            "cs",
            "a se na že je v z do to si ve pro jsou by ale jako po podle byl které",
        ),
        (
            "sv",
            "och att det som på är en av för den med till har inte ett om från de var vid",
        ),
        (
            "ro",
            "și de în la cu pe care din nu un o este să pentru că mai sunt fost al prin",
        ),
        (
            "hu",
            "a az és hogy nem is egy meg de volt már csak ez el azt szerint még vagy van lesz",
        ),
        (
            "fi",
            "ja on ei että se oli mutta myös kun ovat hän joka kuin sen mukaan vain jo ole tai sekä",
        ),
        (
            "tr",
            "ve bir bu için ile da de olarak olan daha çok gibi sonra kadar en ise olduğu ancak her ne",
        ),
        (
            "id",
            "yang dan di untuk dengan ini itu dari dalam pada tidak akan juga ke oleh telah adalah bisa",
        ),
        (
            "ru",
            "и в не на что с по как он за к из от это для его до был но при",
        ),
        (
            "uk",
            "і в на та з не що до за від про як у це для його але після був під",
        ),
        (
            "bg",
            "и в на да се за от не са с по че е като до но ще при след това",
        ),
        (
            "sr",
            "и у је на да се за од су са не који као из до што би али после због",
        ),
        (
            "hr",
            "i u je na da se za od su s ne koji kao iz do što bi ali nakon zbog",
        ),
        (
            "el",
            "και το να της του η την των στο για με που από τα είναι στην οι δεν θα σε",
        ),
        (
            "da",
            "og at det som på er en af til den med har ikke der et om fra de blev men",
        ),
    ];
    static LANGUAGES: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
        let mut languages = HashMap::new();
        for (index, (_, words)) in WORDS.iter().enumerate() {
            for word in words.split(' ') {
                *languages.entry(word).or_insert(0) |= 1 << index;
            }
        }
        languages
    });
    let mut counts = [0u32; WORDS.len()];
    let mut lower = String::new();
    let mut all = 0;
    for word in text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        all += 1;
        let known = match LANGUAGES.get(word) {
            Some(known) => *known,
            None if word.starts_with(char::is_uppercase) && word.len() < 16 => {
                lower.clear();
                lower.extend(word.chars().flat_map(char::to_lowercase));
                LANGUAGES.get(lower.as_str()).copied().unwrap_or(0)
            }
            None => 0,
        };
        for (index, count) in counts.iter_mut().enumerate() {
            *count += known >> index & 1;
        }
    }
    let (best, count) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let second = counts
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != best)
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0);
    // A sixth of the words at least, and half as many again as the next language.
    (*count >= 6 && count * 6 >= all && count * 2 >= second * 3).then(|| WORDS[best].0)
}

/// Letters by what they tell.
#[derive(Default)]
struct Counts {
    of: [usize; 24],
    kana: usize,
    han: usize,
    hangul: usize,
    /// Letters that one language alone among those of its script writes often.
    schwa: usize,
    ossetic: usize,
    abkhaz: usize,
    kazakh: usize,
    persian: usize,
    urdu: usize,
}

/// Scripts that one language of the news is written in.
const SCRIPTS: [(u32, u32, &str); 19] = [
    (0x10a0, 0x10ff, "ka"),
    (0x1c90, 0x1cbf, "ka"),
    (0x531, 0x58f, "hy"),
    (0x370, 0x3ff, "el"),
    (0x5d0, 0x5ea, "he"),
    (0xe00, 0xe7f, "th"),
    (0xe80, 0xeff, "lo"),
    (0x1000, 0x109f, "my"),
    (0x1780, 0x17ff, "km"),
    (0x1200, 0x137f, "am"),
    (0x980, 0x9ff, "bn"),
    (0xa00, 0xa7f, "pa"),
    (0xa80, 0xaff, "gu"),
    (0xb00, 0xb7f, "or"),
    (0xb80, 0xbff, "ta"),
    (0xc00, 0xc7f, "te"),
    (0xc80, 0xcff, "kn"),
    (0xd00, 0xd7f, "ml"),
    (0xd80, 0xdff, "si"),
];

impl Counts {
    fn take(&mut self, c: char) {
        let code = c as u32;
        if code < 0x250 {
            return;
        }
        match c {
            'ə' | 'Ə' => self.schwa += 1,
            'ӕ' | 'Ӕ' => self.ossetic += 1,
            'ҧ' | 'ҩ' | 'ҵ' | 'ҟ' | 'ӡ' | 'Ҧ' | 'Ҩ' | 'Ҵ' => self.abkhaz += 1,
            'ұ' | 'Ұ' => self.kazakh += 1,
            'پ' | 'چ' | 'ژ' | 'گ' => self.persian += 1,
            'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' => self.urdu += 1,
            _ => {}
        }
        match code {
            0x3041..=0x30ff => self.kana += 1,
            0x3400..=0x9fff | 0x20000..=0x3fffd => self.han += 1,
            0xac00..=0xd7a3 => self.hangul += 1,
            0x400..=0x52f | 0x600..=0x6ff | 0x900..=0x97f => {}
            _ => {
                if let Some(index) = SCRIPTS
                    .iter()
                    .position(|(from, to, _)| (*from..=*to).contains(&code))
                {
                    self.of[index] += 1;
                }
            }
        }
    }

    /// The language, where most letters, or certain ones, tell it. `letters`: of all scripts.
    fn by_script(&self, letters: usize) -> Option<&'static str> {
        if letters < 3 {
            return None;
        }
        let most = letters.div_ceil(2);
        for (index, (_, _, code)) in SCRIPTS.iter().enumerate() {
            if self.of[index] >= most {
                return Some(code);
            }
        }
        if self.hangul >= most {
            return Some("ko");
        }
        if self.kana + self.han >= most {
            // Japanese prose is a third kana at least; Chinese quotes a brand name at most.
            return Some(if self.kana * 8 > self.han { "ja" } else { "zh" });
        }
        if letters < ENOUGH {
            return None;
        }
        // A hundredth of the letters: a name from abroad does not reach it.
        let often = (letters / 100).max(2);
        [
            (self.schwa, "az"),
            (self.ossetic, "os"),
            (self.abkhaz, "ab"),
            (self.kazakh, "kk"),
            (self.urdu, "ur"),
            (self.persian, "fa"),
        ]
        .into_iter()
        .find(|(count, _)| *count >= often)
        .map(|(_, code)| code)
    }
}

/// ISO 639-1 for the ISO 639-3 codes that the detector knows.
fn two_letters(code: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 68] = [
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "no"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    CODES
        .iter()
        .find(|(three, _)| *three == code)
        .map(|(_, two)| *two)
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn languages_are_told_apart() {
        for (text, code) in [
            (
                "The parliament adopted the law after a long debate on Tuesday, and the opposition left the hall.",
                Some("en"),
            ),
            (
                "Das Parlament hat das Gesetz nach langer Debatte am Dienstag verabschiedet, die Opposition verließ den Saal.",
                Some("de"),
            ),
            (
                "Парламент принял закон после долгих обсуждений во вторник, оппозиция покинула зал заседаний.",
                Some("ru"),
            ),
            (
                "Парламент ухвалив закон після довгих обговорень у вівторок, опозиція залишила залу засідань.",
                Some("uk"),
            ),
            ("პარლამენტმა კანონი მიიღო", Some("ka")),
            ("Խորհրդարանն ընդունեց օրենքը", Some("hy")),
            (
                "Parlament çərşənbə axşamı uzun müzakirələrdən sonra qanunu qəbul etdi, müxalifət zalı tərk etdi.",
                Some("az"),
            ),
            (
                "Meclis salı günü uzun görüşmelerin ardından yasayı kabul etti, muhalefet ise salonu terk etti.",
                Some("tr"),
            ),
            (
                "Парламент закъон райста, ӕмӕ оппозици залӕй рацыд дыккаг бон ӕмбырды фӕстӕ.",
                Some("os"),
            ),
            ("議会は火曜日に長い審議の末に法律を可決した。", Some("ja")),
            ("议会周二经过长时间辩论后通过了该法律。", Some("zh")),
            ("의회는 화요일 긴 토론 끝에 법안을 통과시켰다", Some("ko")),
            (
                "مجلس پس از بحث‌های طولانی روز سه‌شنبه قانون را تصویب کرد و گروه مخالف تالار را ترک گفت",
                Some("fa"),
            ),
            ("OK", None),
            ("2024 – 12:30", None),
            ("", None),
        ] {
            assert_eq!(language(text), code, "{text}");
        }
    }
}
