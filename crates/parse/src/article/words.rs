//! Texts as hashed words, and how much of one text stands in another.
//! Never here: what that means for a block.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

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
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
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

/// Words, runs or looks, as the hashes that they are.
pub(super) type Set = HashSet<u64, BuildHasherDefault<AsIs>>;
/// What is known of each of them.
pub(super) type Map<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

/// A text that blocks are compared with.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownText {
    runs: Set,
    lines: Set,
}

impl KnownText {
    /// From HTML: its blocks are lines.
    pub fn of_html(html: &str) -> KnownText {
        let mut known = KnownText::default();
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
                known.line(&line);
                line.clear();
            }
            rest = &rest[end..];
        }
        line.push_str(rest);
        known.line(&line);
        known
    }

    /// The runs of a text whatever its lines are.
    pub fn add(&mut self, words: &Words) {
        self.runs.extend(words.runs());
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

/// A name as one number.
pub(super) fn hash(name: &str) -> u64 {
    name.bytes()
        .fold(0, |hash, byte| mix(hash ^ u64::from(byte)))
}
