//! What an article says that others have not said: sentence by sentence.
//! Never here: which articles were read.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::proportions;
use crate::words::each_fact;

/// The share of what a sentence says that one sentence before must have for it to be known.
const KNOWN: f32 = 0.5;

/// The same for two sentences in a row, which say more.
const KNOWN_BY_TWO: f32 = 0.6;

/// What a number says, in words.
const NUMBER: f32 = 1.5;

/// What a word says that none of the known texts has: it may be another word for the same.
const UNHEARD: f32 = 0.8;

/// Letters by which words of one family are the same: `inspector`, `inspection`.
const FAMILY: usize = 5;

/// A sentence of fewer words that matter says nothing new by itself.
const FEWEST: usize = 3;

/// Sentences that are compared at most, of all that was read.
const MOST: usize = 4_000;

/// Where the sentences of a text stand, in bytes.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut push = |from: usize, to: usize| {
        let part = &text[from..to];
        let from = from + (part.len() - part.trim_start().len());
        let to = from + part.trim().len();
        if from < to {
            out.push(from..to);
        }
    };
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, c)| *c);
        let ends = match c {
            '\n' | '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' => {
                let mut rest = text[end..].trim_start_matches(['"', '”', '“', '’', '\'', ')', '»']);
                let space = rest.len() < text.len() - end || next.is_none_or(char::is_whitespace);
                let had_space = rest.starts_with(char::is_whitespace) || rest.is_empty();
                rest = rest.trim_start();
                let begins = rest
                    .trim_start_matches(['"', '“', '„', '«', '‘', '\'', '('])
                    .starts_with(|c: char| !c.is_lowercase());
                space && had_space && (begins || rest.is_empty()) && !is_short(&text[start..at])
            }
            _ => false,
        };
        if ends {
            // Closing marks belong to the sentence.
            let tail = &text[end..];
            let closing = tail.len() - tail.trim_start_matches(['"', '”', '’', ')', '»']).len();
            let to = if c == '\n' { at } else { end + closing };
            if to >= start {
                push(start, to);
                start = to;
            }
        }
    }
    push(start, text.len());
    out
}

/// Whether what stands before a point is an abbreviation: one letter, or a title.
fn is_short(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || c == '.')
        .next()
        .unwrap_or_default();
    const SHORT: &[&str] = &[
        "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt",
        "Jr", "Sr", "No", "vs", "Inc", "Co", "Corp", "Ltd", "Jan", "Feb", "Aug", "Sept", "Oct",
        "Nov", "Dec", "bzw", "ca", "etc",
    ];
    (word.chars().count() == 1 && word.starts_with(char::is_uppercase)) || SHORT.contains(&word)
}

struct Sentence {
    /// Words, by their beginning; names; parts of a whole that are said without a number.
    words: HashSet<String>,
    /// Those that stand for themselves, in the one form; of parts of a whole too.
    numbers: HashSet<String>,
    /// Parts of a whole and multiples (`proportions`).
    proportions: HashSet<u32>,
    /// Numbers that say one thing together, and the part of a whole that they are.
    facts: Vec<(Vec<String>, Option<u32>)>,
}

/// Before a part of a whole that stands among words.
const PART: char = '=';

impl Sentence {
    /// Whether it speaks of a part of a whole; of one that is rounded, too.
    fn has_part(&self, part: u32) -> bool {
        let near = |other: u32| self.proportions.contains(&other);
        match part {
            0..proportions::MULTIPLE => {
                near(part) || near(part + 1) || part.checked_sub(1).is_some_and(near)
            }
            _ => near(part),
        }
    }

    fn has(&self, form: &str) -> bool {
        if let Some(part) = form.strip_prefix(PART) {
            return part.parse().is_ok_and(|part| self.has_part(part));
        }
        let ordinal = || {
            ORDINALS.iter().any(|(word, number)| {
                (*word == form && self.numbers.contains(*number))
                    || (*number == form && self.words.contains(*word))
            })
        };
        self.words.contains(form) || self.numbers.contains(form) || ordinal()
    }
}

/// Words for places in an order, by their family: `the third-largest` is number three.
const ORDINALS: &[(&str, &str)] = &[
    ("third", "3"),
    ("fourt", "4"),
    ("fifth", "5"),
    ("sixth", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("ninth", "9"),
    ("tenth", "10"),
    ("dritt", "3"),
    ("viert", "4"),
    ("funft", "5"),
    ("sechs", "6"),
    ("trois", "3"),
    ("quatr", "4"),
    ("cinqu", "5"),
    ("terce", "3"),
    ("cuart", "4"),
    ("quint", "5"),
    ("terzo", "3"),
    ("terza", "3"),
    ("quart", "4"),
];

/// By what words of one family are compared: their beginning, whatever vowel it ends with.
fn family(form: &str) -> String {
    let mut family: String = form.chars().take(FAMILY).collect();
    if family.ends_with('e') && family.chars().count() == FAMILY {
        family.pop();
    } else if family.ends_with('y') {
        family.pop();
        family.push('i');
    }
    family
}

fn read(text: &str, lang: &str) -> Sentence {
    let mut tokens = Vec::new();
    each_fact(
        &text.replace(['%', '٪', '％'], " percent "),
        lang,
        |token| tokens.push(token),
    );
    let mut parts = proportions::proportions(&tokens, lang)
        .into_iter()
        .peekable();
    let (mut words, mut numbers) = (HashSet::new(), HashSet::new());
    let (mut said, mut facts) = (HashSet::new(), Vec::new());
    let mut tokens = tokens.into_iter().enumerate().peekable();
    while let Some((at, _)) = tokens.peek().map(|(at, token)| (*at, token)) {
        if let Some(part) = parts.next_if(|part| part.from == at) {
            let own = std::iter::from_fn(|| tokens.next_if(|(at, _)| *at < part.to));
            let own: Vec<String> = own
                .filter(|(_, token)| token.number)
                .map(|(_, token)| token.form)
                .collect();
            numbers.extend(own.iter().cloned());
            said.insert(part.value);
            match own.is_empty() {
                true => drop(words.insert(format!("{PART}{}", part.value))),
                false => facts.push((own, Some(part.value))),
            }
            continue;
        }
        let Some((_, token)) = tokens.next() else {
            break;
        };
        // `the two companies` counts nothing.
        if token.number && !(token.form == "2" && token.written.starts_with(char::is_alphabetic)) {
            if numbers.insert(token.form.clone()) {
                facts.push((vec![token.form], None));
            }
        } else if !token.empty && !is_function_word(&token.form, lang) {
            words.insert(family(&token.form));
        }
    }
    Sentence {
        words,
        numbers,
        proportions: said,
        facts,
    }
}

/// Words that say nothing by themselves, as they are compared (no accents, seven letters at most), by language. Those of
/// English are left out everywhere.
const FUNCTION_WORDS: &[(&str, &str)] = &[
    (
        "de",
        "der die das den dem des ein eine einen einem einer und oder aber ist sind war waren wird werden wurde wurden \
         worden hat haben hatte hatten sich nicht auch auf aus bei mit nach von vom vor zu zum zur im in am an als wie \
         dass fur uber unter durch gegen er sie es ihr ihre ihren sein seine seinen so noch nur schon bis um man dieser \
         diese dieses diesem diesen soll sollen will wollen kann konnen",
    ),
    (
        "fr",
        "le la les un une des du de et ou mais est sont etait etaient a ont avait avaient ete etre se sa son ses leur \
         leurs ne pas que qui dans sur sous avec pour par au aux en ce cette ces il elle ils elles plus lui ou comme \
         deja soit dont tout tous toute toutes fait",
    ),
    (
        "es",
        "el la los las un una unos unas y o pero es son era eran fue fueron ha han habia habian sido ser se su sus no \
         que en con por para del al de lo le les este esta estos estas como mas ya muy tambien hasta desde sobre entre \
         estan esta estara cada",
    ),
    (
        "it",
        "il lo la i gli le un una uno e o ma e sono era erano stato stata stati state ha hanno aveva avevano essere si \
         suo sua suoi sue non che chi in con per da dal dalla dai dalle del della dei delle di al alla ai alle nel nella \
         su sul sulla come piu gia anche questo questa",
    ),
    (
        "pt",
        "o a os as um uma uns umas e ou mas foi foram era eram ser sido tem ha havia se seu sua seus suas nao que em no \
         na nos nas com por para do da dos das ao aos de mais ja como tambem este esta entre sobre ate",
    ),
    (
        "nl",
        "de het een en of maar is zijn was waren wordt worden werd werden heeft hebben had hadden niet ook op uit bij met \
         naar van voor te ten ter in aan als dat die dit deze om door over onder er zich nog al hun hij zij ze",
    ),
    (
        "sv",
        "en ett och eller men ar var har hade blev blir att som det den de i pa av till fran med om for vid inte ocksa \
         sin sitt sina ska kan efter under over",
    ),
    (
        "pl",
        "i oraz lub ale jest sa byl byla bylo byly zostal zostala zostalo zostaly bedzie beda sie nie ze w we z ze na do \
         od po za o u dla przez przed pod nad jak jego jej ich to ten ta te tym tych juz takze",
    ),
    (
        "ru",
        "и или но а в во на с со к ко по о об от до из у за для при под над не что как это этот эта эти был была было \
         были будет будут его ее их он она они же ли бы уже еще также который которая которые сам себя",
    ),
    (
        "uk",
        "і й та або але в у на з із до по о від за для при під над не що як це цей ця ці був була було були буде будуть \
         його її їх він вона вони же вже ще також який яка які",
    ),
    (
        "tr",
        "ve veya ama bir bu su o ile icin de da ki ne gibi daha cok en olarak olan oldu olduğu kadar sonra once",
    ),
    (
        "el",
        "ο η το οι τα του της των τον την τους τις ενα μια ενας και ή αλλα ειναι ηταν εχει εχουν ειχε θα να δεν που πως \
         σε στο στη στην στον στα στις στους απο με για κατα μετα πριν οτι ως",
    ),
];

/// The words without meaning of a language (ISO 639-1), but for English, as they are compared.
pub(crate) fn function_words(lang: &str) -> impl Iterator<Item = &'static str> {
    let lang = lang.get(..2).unwrap_or_default();
    let list = FUNCTION_WORDS.iter().find(|(known, _)| *known == lang);
    list.into_iter().flat_map(|(_, words)| words.split(' '))
}

fn is_function_word(form: &str, lang: &str) -> bool {
    function_words(lang).any(|word| word == form)
}

/// The sentences of `text` that none of the texts `known` said, as ranges of bytes. All are plain texts; `lang` as for
/// [`crate::Profile::of`]. A sentence is known where one sentence, or two in a row, have all of its numbers and most of
/// what else it says, in whatever order and form of the words.
pub fn new_sentences(text: &str, known: &[&str], lang: &str) -> Vec<Range<usize>> {
    let mut before: Vec<Sentence> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for known in known {
        for range in sentences(known) {
            if before.len() < MOST && seen.insert(&known[range.clone()]) {
                before.push(read(&known[range], lang));
            }
        }
    }
    // How many sentences of a text have a word: one that many have says little.
    let mut often: HashMap<&str, u32> = HashMap::new();
    for word in before.iter().flat_map(|sentence| &sentence.words) {
        *often.entry(word).or_default() += 1;
    }
    let texts = known.len().max(1) as f32;
    let worth = |word: &String| match often.get(word.as_str()) {
        None => UNHEARD,
        Some(often) => 1.0 / (1.0 + (*often as f32 / texts).max(1.0).ln() / 3.0),
    };
    let is_known = |sentence: &Sentence| {
        let held = |at: usize, other: Option<usize>| {
            let any = |has: &dyn Fn(&Sentence) -> bool| {
                has(&before[at]) || other.is_some_and(|other| has(&before[other]))
            };
            let has_fact = |(numbers, part): &(Vec<String>, Option<u32>)| {
                numbers.iter().all(|number| any(&|one| one.has(number)))
                    || part.is_some_and(|part| any(&|one| one.has_part(part)))
            };
            (sentence.facts.iter().all(has_fact)).then(|| {
                let words = sentence.words.iter();
                let words = words.filter(|word| any(&|one| one.has(word))).map(worth);
                words.sum::<f32>()
            })
        };
        if sentence.words.len() + sentence.facts.len() < FEWEST {
            let one_by_one = |fact: &(Vec<String>, Option<u32>)| {
                before.iter().any(|one| {
                    fact.0.iter().all(|number| one.has(number))
                        || fact.1.is_some_and(|part| one.has_part(part))
                })
            };
            return sentence.facts.iter().all(one_by_one);
        }
        let numbers = sentence.facts.len() as f32 * NUMBER;
        let all: f32 = numbers + sentence.words.iter().map(worth).sum::<f32>();
        let held = |at: usize, other: Option<usize>| {
            let least = if other.is_some() { KNOWN_BY_TWO } else { KNOWN };
            held(at, other).is_some_and(|words| (numbers + words) / all >= least)
        };
        (0..before.len()).any(|at| held(at, None) || (at > 0 && held(at, Some(at - 1))))
    };
    sentences(text)
        .into_iter()
        .filter(|range| !is_known(&read(&text[range.clone()], lang)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(
            split("Mr. Osk spoke. “It fell.” Then 1.5 tons of steel sank!\nThe end"),
            [
                "Mr. Osk spoke.",
                "“It fell.”",
                "Then 1.5 tons of steel sank!",
                "The end"
            ]
        );
        assert!(split(" \n ").is_empty());
    }

    /// Twenty sentences of a follow-up: some as they were, some put differently, three new.
    #[test]
    fn a_follow_up_with_three_new_sentences_gives_exactly_those() {
        let first = "A crane fell on the eastern quay of Lerna harbour on Tuesday morning. Fourteen workers were hurt, two of them badly. \
            The harbour was closed for all ships. Firefighters pulled three men from under the steel. Mayor Anna Osk visited the quay at noon. \
            She called it the worst accident in the harbour since 1998. The crane was built by Harl and Sons forty years ago. \
            Inspectors had looked at it twice this year. They found rust on two of its legs. The owner promised to replace the legs by autumn.";
        let second = "Ships wait outside the harbour of Lerna. Some 30 freighters lie at anchor in the bay. The port authority expects to open the western basin on Thursday. \
            Unions have called for a day of mourning. A fund for the families has been set up by the city. The hospital said most of the injured may go home this week.";
        let third = "A crane fell on the eastern quay of Lerna harbour on Tuesday morning. Fourteen workers were hurt, two badly. \
            All ships were turned away and the harbour was closed. Three men were pulled from under the steel by firefighters. \
            The prosecutor opened an investigation against the owner's chief engineer on Friday. \
            Mayor Anna Osk had visited the quay at noon on Tuesday. It was the worst accident in the harbour since 1998, she said. \
            Harl and Sons built the crane forty years ago. Inspectors looked at the crane twice this year. Rust was found on two of its legs. \
            The owner had promised to replace the legs by autumn. Documents seen by investigators show that the repair was cancelled in March to save money. \
            Some 30 freighters lie at anchor in the bay. Ships still wait outside the harbour of Lerna. \
            The western basin is expected to open on Thursday, the port authority says. Unions called for a day of mourning. \
            The city has set up a fund for the families. Most of the injured may go home this week, the hospital said. \
            Parliament will debate a law on older cranes next month. The harbour remains closed for all ships.";
        assert_eq!(sentences(third).len(), 20);
        let new: Vec<&str> = new_sentences(third, &[first, second], "en")
            .into_iter()
            .map(|range| &third[range])
            .collect();
        assert_eq!(new.len(), 3, "{new:#?}");
        assert!(
            new[0].contains("prosecutor")
                && new[1].contains("Documents")
                && new[2].contains("Parliament")
        );
        assert!(new_sentences(first, &[first], "en").is_empty());
        assert_eq!(new_sentences(second, &[], "en").len(), 6);
    }
}
