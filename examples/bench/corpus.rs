//! Made-up articles for measuring: the same for the same number, in the shape of real ones. Shared by
//! `examples/bench` and `benches/`. Never here: the store, files, the clock.

use newsprint_model::{TextState, Time};
use newsprint_store::Incoming;

/// A change of what is generated makes a cached store another one.
pub const EDITION: u32 = 1;
/// How many tags there are; the first are by far the most frequent.
pub const TAGS: usize = 300;
/// How many outlets there are.
pub const OUTLETS: usize = 200;
/// Entries that an outlet brings at once.
pub const ROUND: u64 = 30;
/// Stands in the text of every article.
pub const EVERYWHERE: &str = "anaklara";
/// Stands in [`RARE_COUNT`] articles.
pub const RARE: &str = "quokkas";
/// In how many.
pub const RARE_COUNT: u64 = 20;
/// The newest moment of the corpus: 1 June 2026.
const NEWEST: i64 = 1_780_272_000;
/// Seconds from one article to the next, in the mean.
const GAP: i64 = 900;
/// Words of each language.
const VOCABULARY: usize = 12_000;

/// Syllables of a language; the words are made of them.
struct Language {
    code: &'static str,
    /// Of a hundred outlets.
    share: u64,
    onsets: &'static [&'static str],
    rests: &'static [&'static str],
}

const LANGUAGES: [Language; 5] = [
    Language {
        code: "en",
        share: 60,
        onsets: &[
            "b", "br", "c", "ch", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "st", "t",
            "th", "tr", "v", "w",
        ],
        rests: &[
            "a", "e", "i", "o", "an", "ar", "as", "at", "en", "er", "es", "ing", "ion", "on", "or",
            "ould", "ow", "y",
        ],
    },
    Language {
        code: "de",
        share: 15,
        onsets: &[
            "b", "d", "f", "g", "h", "k", "l", "m", "n", "pf", "r", "s", "sch", "st", "t", "v",
            "w", "z",
        ],
        rests: &[
            "a", "e", "ä", "an", "au", "ei", "en", "er", "es", "ich", "ie", "ö", "ung", "ü", "und",
        ],
    },
    Language {
        code: "ru",
        share: 10,
        onsets: &[
            "б", "в", "г", "д", "ж", "к", "л", "м", "н", "п", "р", "с", "ст", "т", "ч",
        ],
        rests: &[
            "а", "е", "и", "о", "ал", "ение", "ий", "ов", "ого", "ость", "у", "ых", "я",
        ],
    },
    Language {
        code: "az",
        share: 8,
        onsets: &[
            "b", "c", "d", "g", "h", "k", "l", "m", "n", "q", "r", "s", "ş", "t", "x", "y",
        ],
        rests: &[
            "a", "ə", "ı", "i", "ar", "lar", "lər", "dır", "nda", "ğı", "ü", "ən", "sı",
        ],
    },
    Language {
        code: "ka",
        share: 7,
        onsets: &[
            "ბ", "გ", "დ", "ვ", "თ", "კ", "ლ", "მ", "ნ", "პ", "რ", "ს", "ტ", "შ", "ხ",
        ],
        rests: &["ა", "ე", "ი", "ო", "უ", "ები", "ული", "ის", "ება", "ში"],
    },
];

/// SplitMix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `end`, without it.
    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }

    /// From 0 to `end`, without it, a place as often as one over its rank (Zipf's law).
    fn skewed(&mut self, end: usize) -> usize {
        let part = (self.roll() >> 11) as f64 / (1u64 << 53) as f64;
        ((end as f64).powf(part) as usize - 1).min(end - 1)
    }
}

/// Makes articles.
pub struct Corpus {
    vocabularies: Vec<Vec<String>>,
    tags: Vec<String>,
    outlets: Vec<(String, usize)>,
    /// How many articles there are.
    pub articles: u64,
}

impl Corpus {
    /// A corpus of so many articles. The first is the oldest.
    pub fn new(articles: u64) -> Corpus {
        let vocabularies: Vec<Vec<String>> = LANGUAGES.iter().map(vocabulary).collect();
        let tags = (0..TAGS)
            .map(|tag| {
                let words = &vocabularies[[0, 0, 0, 1, 3][tag % 5]];
                format!("{} {}", capital(&words[900 + tag * 7]), tag + 1)
            })
            .collect();
        let outlets = (0..OUTLETS)
            .map(|outlet| {
                let mut place = (outlet as u64 * 37) % 100;
                let mut language = 0;
                while place >= LANGUAGES[language].share {
                    place -= LANGUAGES[language].share;
                    language += 1;
                }
                let word = capital(&vocabularies[0][400 + outlet * 11]);
                (format!("{word} Courier {}", outlet + 1), language)
            })
            .collect();
        Corpus {
            vocabularies,
            tags,
            outlets,
            articles,
        }
    }

    /// The outlets' names.
    pub fn outlets(&self) -> impl Iterator<Item = &str> {
        self.outlets.iter().map(|(name, _)| name.as_str())
    }

    /// The outlet of a round: the busiest brings some ten times as much as the last.
    pub fn outlet_of(&self, round: u64) -> usize {
        let mut dice = Dice(round ^ 0x6f75_746c);
        let (a, b) = (dice.below(OUTLETS), dice.below(OUTLETS));
        a.min(b)
    }

    /// How many rounds there are.
    pub fn rounds(&self) -> u64 {
        self.articles.div_ceil(ROUND)
    }

    /// The articles of a round, and when they were fetched.
    pub fn round(&self, round: u64) -> (Vec<Incoming>, Time) {
        let numbers = round * ROUND..self.articles.min((round + 1) * ROUND);
        let fetched = self.moment(numbers.end);
        (
            numbers.map(|number| self.article(number)).collect(),
            fetched,
        )
    }

    fn moment(&self, number: u64) -> Time {
        let before = (self.articles - number) as i64 * GAP;
        Time::from_second(NEWEST - before).unwrap_or_default()
    }

    /// What stands at the beginning of the text of an article and nowhere else.
    pub fn dateline(number: u64) -> String {
        format!("ANAKLARA, no. {number}z.")
    }

    /// The number of the article that is a megabyte long: the third newest.
    pub fn long(&self) -> u64 {
        self.articles.saturating_sub(3)
    }

    /// One article, whole, clean, of 3 to 4 KB of HTML.
    pub fn article(&self, number: u64) -> Incoming {
        let outlet = self.outlet_of(number / ROUND);
        let (name, language) = &self.outlets[outlet];
        let words = &self.vocabularies[*language];
        let mut dice = Dice(number.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x6e65_7773);
        let mut title = String::new();
        for _ in 0..5 + dice.below(7) {
            let word = &words[dice.skewed(VOCABULARY)];
            title.push_str(if title.is_empty() { "" } else { " " });
            title.push_str(&capital(word));
        }
        let rare = number % (self.articles / RARE_COUNT).max(1) == 7;
        if rare && number.is_multiple_of(3) {
            title.push_str(" and the quokkas");
        }
        let size = if number == self.long() {
            1 << 20
        } else {
            3_000 + dice.below(1_000)
        };
        let mut text = Text::default();
        text.open("<p><strong>");
        text.word(&Corpus::dateline(number));
        text.close("</strong>");
        if rare {
            text.word("The quokkas came.");
        }
        while text.html.len() < size {
            for _ in 0..2 + dice.below(4) {
                text.sentence(words, &mut dice);
            }
            text.close("</p>");
            match dice.below(12) {
                0 => {
                    text.open("<h2>");
                    text.words(words, 4, &mut dice);
                    text.close("</h2>");
                }
                1 => {
                    text.open("<ul>");
                    for _ in 0..3 {
                        text.open("<li>");
                        text.words(words, 9, &mut dice);
                        text.close("</li>");
                    }
                    text.close("</ul>");
                }
                2 => {
                    text.open("<blockquote><p>");
                    text.sentence(words, &mut dice);
                    text.close("</p></blockquote>");
                }
                _ => {}
            }
            text.open("<p>");
        }
        text.sentence(words, &mut dice);
        text.close("</p>");
        let mut tags: Vec<String> = Vec::new();
        for _ in 0..1 + dice.below(4) {
            let tag = &self.tags[dice.skewed(TAGS)];
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        let published = self.moment(number);
        Incoming {
            guid: Some(format!("{outlet}-{number}")),
            url: format!("https://courier-{}.example/news/{number}", outlet + 1),
            title,
            published: Some(published),
            author: format!("{} of {name}", capital(&words[500 + dice.below(60)])),
            tags,
            lang: LANGUAGES[*language].code.into(),
            body: text.html,
            search_text: text.plain,
            text: TextState::Full,
            words: text.count,
            print: number,
            ..Incoming::default()
        }
    }
}

/// A text as HTML and plain, side by side.
#[derive(Default)]
struct Text {
    html: String,
    plain: String,
    count: u32,
}

impl Text {
    fn open(&mut self, tag: &str) {
        self.html.push_str(tag);
    }

    fn close(&mut self, tag: &str) {
        while self.html.ends_with(' ') {
            self.html.pop();
        }
        self.html.push_str(tag);
        if tag == "</strong>" {
            self.html.push(' ');
        } else if !self.plain.ends_with('\n') {
            self.plain.push('\n');
        }
    }

    fn word(&mut self, word: &str) {
        self.html.push_str(word);
        self.html.push(' ');
        self.plain.push_str(word);
        self.plain.push(' ');
        self.count += 1;
    }

    fn words(&mut self, words: &[String], count: usize, dice: &mut Dice) {
        for _ in 0..count {
            self.word(&words[dice.skewed(VOCABULARY)]);
        }
    }

    fn sentence(&mut self, words: &[String], dice: &mut Dice) {
        let first = capital(&words[dice.skewed(VOCABULARY)]);
        self.word(&first);
        let count = 5 + dice.below(14);
        let marked = dice.below(40);
        for place in 0..count {
            let word = &words[dice.skewed(VOCABULARY)];
            if place == marked {
                let (open, close) = match dice.below(3) {
                    0 => ("<em>".to_owned(), "</em> "),
                    1 => ("<strong>".to_owned(), "</strong> "),
                    _ => {
                        let page = dice.below(9_999);
                        (
                            format!(r#"<a href="https://site.example/p/{page}">"#),
                            "</a> ",
                        )
                    }
                };
                self.html.push_str(&open);
                self.html.push_str(word);
                self.html.push_str(close);
                self.plain.push_str(word);
                self.plain.push(' ');
                self.count += 1;
            } else {
                self.word(word);
            }
        }
        for text in [&mut self.html, &mut self.plain] {
            text.pop();
            text.push_str(". ");
        }
    }
}

/// The words of a language, the most frequent (and shortest) first.
fn vocabulary(language: &Language) -> Vec<String> {
    let mut dice = Dice(language.share);
    let mut seen = std::collections::HashSet::new();
    let mut words = Vec::with_capacity(VOCABULARY);
    while words.len() < VOCABULARY {
        let syllables = match words.len() {
            0..100 => 1,
            100..2_000 => 2,
            _ => 2 + dice.below(3),
        };
        let mut word = String::new();
        for _ in 0..syllables {
            word.push_str(language.onsets[dice.below(language.onsets.len())]);
            word.push_str(language.rests[dice.below(language.rests.len())]);
        }
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
