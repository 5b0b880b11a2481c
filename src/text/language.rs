//! The language of a text: its script where that tells, else its letter statistics.
//! Never here: what an outlet declares.

use whatlang::{Detector, Lang};

/// Letters that are looked at; more change the answer rarely and cost time on every article.
const SAMPLE: usize = 600;
/// Letters below which statistics guess.
const ENOUGH: usize = 40;

/// See [`super::language`].
pub(super) fn language(text: &str) -> Option<&'static str> {
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
    // English and its neighbours are taken for these far more often than news are written in them;
    // outlets in Zulu, Shona or Twi declare it.
    let detector =
        Detector::with_denylist(vec![Lang::Lat, Lang::Epo, Lang::Zul, Lang::Sna, Lang::Aka]);
    let info = detector.detect(&text[..end])?;
    let sure = info.is_reliable() || (letters >= 200 && info.confidence() > 0.1);
    sure.then(|| two_letters(info.lang().code())).flatten()
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
