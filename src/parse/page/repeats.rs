//! What newsprint learns of one outlet: blocks that stand on many of its pages are not the article.
//! Never here: how blocks are found on a page, where the lesson is kept.

/// The fingerprints of one page's blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageBlocks {
    /// Which page they are from: a page read twice teaches once.
    pub(super) page: u32,
    /// One for each block, without duplicates.
    pub(super) blocks: Vec<u32>,
}

/// What is known of one outlet's repeating blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repeats {}

impl Repeats {
    /// Reads what [`Repeats::to_bytes`] wrote; anything else is nothing learned yet.
    pub fn from_bytes(_bytes: &[u8]) -> Self {
        Repeats {}
    }

    /// For the store.
    pub fn to_bytes(&self) -> Vec<u8> {
        Vec::new()
    }

    /// Learns from one page.
    pub fn learn(&mut self, _page: &PageBlocks) {}
}
