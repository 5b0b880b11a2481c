//! What the readability engines, and the page's own data for machines, hold to be the text, as sets of word
//! runs that a block can be compared with. Never here: the decision.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use dom_query::Document;

/// Words in a row that make a run: three in a row agree by chance, four hardly ever.
const RUN: usize = 4;

/// A text as its words, hashed.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(pub Vec<u64>);

impl Words {
    pub fn of(text: &str) -> Words {
        let mut words = Vec::new();
        push(text, &mut words);
        Words(words)
    }

    /// One number for the whole.
    pub fn whole(&self) -> u64 {
        self.0.iter().fold(0, |hash, word| mix(hash ^ word))
    }

    pub fn runs(&self) -> impl Iterator<Item = u64> + '_ {
        self.0
            .windows(RUN)
            .map(|run| run.iter().fold(0, |hash, word| mix(hash ^ word)))
    }
}

/// Writing without spaces has no words to part: each character counts as one.
fn alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{0e00}'..='\u{0e7f}')
}

fn push(text: &str, words: &mut Vec<u64>) {
    let mut hash = 0u64;
    for c in text.chars() {
        if c == '\u{ad}' {
            continue;
        }
        let single = alone(c);
        if single || !c.is_alphanumeric() {
            if hash != 0 {
                words.push(std::mem::take(&mut hash));
            }
            if single {
                words.push(mix(u64::from(c)));
            }
        } else if c.is_ascii() {
            hash = mix(hash ^ u64::from(c.to_ascii_lowercase()));
        } else {
            for c in c.to_lowercase() {
                hash = mix(hash ^ u64::from(c));
            }
        }
    }
    if hash != 0 {
        words.push(hash);
    }
}

/// A round of mixing (the finaliser of SplitMix64), never zero for the inputs here.
pub(super) fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (value ^ (value >> 31)) | 1
}

/// The keys are hashes already.
#[derive(Default)]
pub(super) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mix(self.0 ^ u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

type Set = HashSet<u64, BuildHasherDefault<Same>>;

/// A text that blocks are compared with.
#[derive(Debug, Clone, Default)]
pub(super) struct Vote {
    runs: Set,
    lines: Set,
}

impl Vote {
    /// From an engine's HTML: its blocks are lines.
    pub fn of_html(html: &str) -> Vote {
        let mut vote = Vote::default();
        let mut line = String::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            line.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            let name = rest[1..end.max(1)].trim_start_matches('/');
            let name = name
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default();
            if !matches!(
                name,
                "a" | "b"
                    | "i"
                    | "em"
                    | "strong"
                    | "span"
                    | "u"
                    | "s"
                    | "sup"
                    | "sub"
                    | "del"
                    | "code"
                    | "abbr"
                    | "mark"
                    | "small"
                    | "font"
                    | "cite"
                    | "q"
                    | "time"
            ) {
                vote.line(&line);
                line.clear();
            }
            rest = &rest[end..];
        }
        line.push_str(rest);
        vote.line(&line);
        vote
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        let words = match line.contains('&') {
            true => Words::of(
                &line
                    .replace("&amp;", " ")
                    .replace("&nbsp;", " ")
                    .replace("&lt;", " ")
                    .replace("&gt;", " ")
                    .replace("&quot;", " "),
            ),
            false => Words::of(line),
        };
        if words.0.is_empty() {
            return;
        }
        self.lines.insert(words.whole());
        self.runs.extend(words.runs());
    }

    /// Whether two answers are all but the same, by the word runs that they share.
    pub fn agrees(&self, other: &Vote) -> bool {
        let longer = self.runs.len().max(other.runs.len());
        let shared = self.runs.intersection(&other.runs).count();
        shared * 10 > longer * 9
    }

    /// How much of a block it holds, 0 to 1.
    pub fn covers(&self, words: &Words) -> f32 {
        if words.0.is_empty() {
            return 0.0;
        }
        if self.lines.contains(&words.whole()) {
            return 1.0;
        }
        let (mut runs, mut found) = (0u32, 0u32);
        for run in words.runs() {
            runs += 1;
            found += u32::from(self.runs.contains(&run));
        }
        if runs == 0 {
            return 0.0;
        }
        found as f32 / runs as f32
    }
}

/// Bytes of markup, and brackets in it, up to which trafilatura may compare its answer with a further
/// engine's: that takes half a dozen trees beside the first.
const COMPARED: (usize, usize) = (768 << 10, 20_000);

/// trafilatura's answer.
pub(super) fn trafilatura(html: &str, focus: trafilatura::ExtractionFocus) -> Vote {
    let brackets = memchr::memchr_iter(b'<', html.as_bytes()).count();
    let options = trafilatura::Options::default()
        .with_focus(focus)
        .with_fallback(html.len() <= COMPARED.0 && brackets <= COMPARED.1)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    trafilatura::extract(html, &options)
        .map(|result| Vote::of_html(&result.content_html))
        .unwrap_or_default()
}

/// dom_smoothie's answer.
pub(super) fn smoothie(doc: &Document) -> Vote {
    let config = dom_smoothie::Config {
        disable_json_ld: true,
        ..dom_smoothie::Config::default()
    };
    dom_smoothie::Readability::with_document(doc.clone(), None, Some(config))
        .ok()
        .and_then(|mut engine| engine.parse().ok())
        .map(|article| Vote::of_html(&article.content))
        .unwrap_or_default()
}

/// A name as one number.
pub(super) fn hash(name: &str) -> u64 {
    name.bytes()
        .fold(0, |hash, byte| mix(hash ^ u64::from(byte)))
}
