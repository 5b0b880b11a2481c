//! Numbers that stand for texts: stable over builds and versions, since they are stored.
//! Never here: anything that must withstand somebody who looks for collisions.

use std::hash::Hasher;

/// FNV-1a with 64 bits: small, and the same in every build, unlike the standard library's hashers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl Fnv {
    /// The hash with its bits mixed (the finaliser of SplitMix64), as a number that SQLite can hold.
    /// Never 0, which is free to mean "none".
    pub fn mixed(self) -> i64 {
        let mut h = self.0;
        h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        h ^= h >> 31;
        (h as i64).max(i64::MIN + 1) | i64::from(h == 0)
    }
}

/// A fingerprint of a text's letters and digits: white space, punctuation, markup and case do not
/// change it. 0 for a text without any.
///
/// ```
/// use newsprint_model::fingerprint::of_words;
/// assert_eq!(of_words("The  court, on Monday."), of_words("the court on\nmonday"));
/// assert_ne!(of_words("on Monday"), of_words("on Tuesday"));
/// ```
pub fn of_words(text: &str) -> i64 {
    let mut hash = Fnv::default();
    let mut any = false;
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                any = true;
                hash.write(&[c.to_ascii_lowercase() as u8]);
            }
        } else if c.is_alphanumeric() {
            any = true;
            for low in c.to_lowercase() {
                hash.write(&(low as u32).to_le_bytes());
            }
        }
    }
    if any { hash.mixed() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_differ_by_their_words_alone() {
        let print = of_words("The  court, on Monday.");
        assert_eq!(print, of_words("the court on\nmonday"));
        assert_ne!(print, of_words("the court on tuesday"));
        assert_eq!(of_words(" — "), 0);
    }

    /// They are stored: a build that computes others would take every article for a changed one.
    #[test]
    fn fingerprints_never_change() {
        assert_eq!(of_words("The court, on Monday."), 8_725_552_420_484_346_699);
        assert_eq!(of_words("東京で会議 Łódź"), -6_351_044_913_040_331_004);
        let mut hash = Fnv::default();
        hash.write(b"uexample.org/a");
        assert_eq!(hash.mixed(), -2_588_557_879_467_731_945);
    }
}
