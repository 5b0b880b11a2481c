//! What newsprint learns of one outlet: blocks that stand on many of its pages are not the article.
//! Never here: how blocks are found on a page, where the lesson is kept.

use super::words::{Words, mix};

/// Blocks remembered; with seven bytes each, a few kilobytes.
const BLOCKS: usize = 500;
/// Pages remembered by name, so that one read twice teaches once.
const PAGES: usize = 64;
/// Blocks of one page that are looked at.
const PER_PAGE: usize = 120;
/// A block is a repeat from [`Repeats::ENOUGH`] pages on if it also stands on this share of the pages read since it was
/// first seen: a background paragraph of a long story, or a quotation, comes back on a few pages; boilerplate on most.
const SHARE: u32 = 3;
/// Pages after which the counts are halved, so that what an outlet no longer does is forgotten.
const AGE: u16 = 400;
const VERSION: u8 = 1;

/// The fingerprints of one page's blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageBlocks {
    /// Which page they are from.
    page: u32,
    /// One for each block, without duplicates.
    blocks: Vec<u32>,
}

impl PageBlocks {
    /// From a page's address and the texts of its blocks.
    pub(super) fn new<'a>(url: &str, texts: impl Iterator<Item = &'a str>) -> Self {
        let page = url
            .bytes()
            .fold(0, |hash, byte| mix(hash ^ u64::from(byte)));
        let mut blocks: Vec<u32> = texts.filter_map(fingerprint).take(PER_PAGE).collect();
        blocks.sort_unstable();
        blocks.dedup();
        PageBlocks {
            page: (page >> 32) as u32,
            blocks,
        }
    }
}

/// A block's words without their digits: `3 comments` and `12 comments` are the same block.
fn fingerprint(text: &str) -> Option<u32> {
    let text: String = text.chars().filter(|c| !c.is_numeric()).collect();
    let words = Words::of(&text);
    (!words.0.is_empty()).then(|| (words.whole() >> 32) as u32)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    block: u32,
    /// On how many pages it stood.
    count: u8,
    /// How many pages had been read when it was first seen.
    since: u16,
}

/// What is known of one outlet's repeating blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repeats {
    /// In place of [`Repeats::ENOUGH`].
    enough: Option<u8>,
    /// Pages read.
    pages: u16,
    /// The last pages' names.
    recent: Vec<u32>,
    known: Vec<Known>,
}

impl Repeats {
    /// A block is a repeat from this many different pages on.
    pub const ENOUGH: u8 = 4;

    /// The same with another number for [`Repeats::ENOUGH`], for measuring it. It is not stored.
    #[must_use]
    pub fn with_enough(self, pages: u8) -> Self {
        Repeats {
            enough: Some(pages),
            ..self
        }
    }

    /// Reads what [`Repeats::to_bytes`] wrote; anything else is nothing learned yet.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::read(bytes).unwrap_or_default()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(4)?;
        if head[0] != VERSION {
            return None;
        }
        let (recent, known) = rest.split_at_checked(usize::from(head[3]) * 4)?;
        let number = |bytes: &[u8]| Some(u32::from_le_bytes(bytes.try_into().ok()?));
        Some(Repeats {
            enough: None,
            pages: u16::from_le_bytes([head[1], head[2]]),
            recent: recent
                .chunks_exact(4)
                .filter_map(number)
                .take(PAGES)
                .collect(),
            known: known
                .chunks_exact(7)
                .filter_map(|row| {
                    Some(Known {
                        block: number(&row[..4])?,
                        count: row[4],
                        since: u16::from_le_bytes([row[5], row[6]]),
                    })
                })
                .take(BLOCKS)
                .collect(),
        })
    }

    /// For the store: at most four kilobytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let pages = self.pages.to_le_bytes();
        let mut bytes = vec![
            VERSION,
            pages[0],
            pages[1],
            self.recent.len().min(PAGES) as u8,
        ];
        for page in self.recent.iter().take(PAGES) {
            bytes.extend(page.to_le_bytes());
        }
        for known in &self.known {
            bytes.extend(known.block.to_le_bytes());
            bytes.push(known.count);
            bytes.extend(known.since.to_le_bytes());
        }
        bytes
    }

    /// Learns from one page; a page among the last ones read teaches nothing.
    pub fn learn(&mut self, page: &PageBlocks) {
        if page.blocks.is_empty() || self.recent.contains(&page.page) {
            return;
        }
        self.recent.push(page.page);
        if self.recent.len() > PAGES {
            self.recent.remove(0);
        }
        self.pages += 1;
        for block in &page.blocks {
            match self.known.iter_mut().find(|known| known.block == *block) {
                Some(known) => known.count = known.count.saturating_add(1),
                None => {
                    if self.known.len() >= BLOCKS {
                        self.forget_one();
                    }
                    self.known.push(Known {
                        block: *block,
                        count: 1,
                        since: self.pages - 1,
                    });
                }
            }
        }
        if self.pages >= AGE {
            self.pages /= 2;
            for known in &mut self.known {
                known.count /= 2;
                known.since /= 2;
            }
            self.known.retain(|known| known.count > 0);
        }
    }

    /// The block seen on the fewest pages goes; among those, the one not seen for longest.
    fn forget_one(&mut self) {
        let least =
            (0..self.known.len()).min_by_key(|at| (self.known[*at].count, self.known[*at].since));
        if let Some(least) = least {
            self.known.swap_remove(least);
        }
    }

    /// Whether a block is one of the outlet's repeating ones.
    pub(super) fn knows(&self, text: &str) -> bool {
        if self.known.is_empty() {
            return false;
        }
        let Some(block) = fingerprint(text) else {
            return false;
        };
        let enough = self.enough.unwrap_or(Self::ENOUGH);
        self.known.iter().any(|known| {
            let since = u32::from(self.pages.saturating_sub(known.since)).max(1);
            known.block == block && known.count >= enough && u32::from(known.count) * SHARE >= since
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize, texts: &[&str]) -> PageBlocks {
        PageBlocks::new(
            &format!("https://example.org/{number}"),
            texts.iter().copied(),
        )
    }

    #[test]
    fn what_stands_on_many_pages_is_known_and_what_stands_on_few_is_not() {
        let mut repeats = Repeats::default();
        for i in 0..12 {
            let own = format!(
                "Absatz Nummer {} {}",
                char::from(b'a' + i as u8),
                "steht nur hier"
            );
            let mut texts = vec!["Unterstützen Sie unsere Arbeit mit 5 Euro.", &own];
            if i < 3 {
                texts.push("A sentence of background that three stories share.");
            }
            repeats.learn(&page(i, &texts));
        }
        assert!(repeats.knows("Unterstützen Sie unsere Arbeit mit 10 Euro."));
        assert!(!repeats.knows("A sentence of background that three stories share."));
        assert!(!repeats.knows("Absatz Nummer a steht nur hier"));
    }

    #[test]
    fn one_page_read_again_and_again_teaches_once() {
        let mut repeats = Repeats::default();
        for _ in 0..50 {
            repeats.learn(&page(1, &["The only paragraph of a story."]));
        }
        assert!(!repeats.knows("The only paragraph of a story."));
    }

    #[test]
    fn what_comes_back_on_a_few_of_many_pages_is_text() {
        let mut repeats = Repeats::default();
        for i in 0..60 {
            let own = format!("{} only here", "x".repeat(i + 1));
            let mut texts = vec![own.as_str()];
            if i % 10 == 0 {
                texts.push("The two countries have fought over the region since 1988.");
            }
            repeats.learn(&page(i, &texts));
        }
        assert!(!repeats.knows("The two countries have fought over the region since 1988."));
    }

    #[test]
    fn the_lesson_is_small_survives_storing_and_nonsense_is_no_lesson() {
        let mut repeats = Repeats::default();
        for i in 0..1_000 {
            let texts: Vec<String> = (0..50)
                .map(|j| format!("{} {}", "a".repeat(i + 1), "b".repeat(j + 1)))
                .collect();
            let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            texts.push("On every page.");
            repeats.learn(&page(i, &texts));
        }
        let bytes = repeats.to_bytes();
        assert!(bytes.len() <= 4 << 10);
        assert_eq!(Repeats::from_bytes(&bytes), repeats);
        assert!(repeats.knows("On every page."));
        assert_eq!(Repeats::from_bytes(b"\x01\x02"), Repeats::default());
        assert_eq!(Repeats::from_bytes(b"{}nonsense"), Repeats::default());
    }
}
