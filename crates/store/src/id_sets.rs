//! A set of article numbers as bits (12.5 KB for 100,000), and lists of numbers as short bytes.
//! Never here: SQL.

/// A set of article numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct IdSet(Vec<u64>);

impl IdSet {
    pub(super) fn contains(&self, id: i64) -> bool {
        let id = id as u64;
        let word = self.0.get((id / 64) as usize);
        word.is_some_and(|word| word >> (id % 64) & 1 == 1)
    }

    pub(super) fn insert(&mut self, id: i64) {
        let at = (id as u64 / 64) as usize;
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (id as u64 % 64);
    }

    pub(super) fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The numbers, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                Some(at as i64 * 64 + i64::from(bit))
            })
        })
    }
}

impl FromIterator<i64> for IdSet {
    fn from_iter<I: IntoIterator<Item = i64>>(ids: I) -> IdSet {
        let mut bits = IdSet::default();
        for id in ids {
            bits.insert(id);
        }
        bits
    }
}

pub(super) fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The numbers of an LEB128 sequence; ends at the first that is cut off.
pub(super) fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> + '_ {
    let mut bytes = bytes.iter();
    std::iter::from_fn(move || {
        let (mut number, mut shift) = (0u64, 0);
        loop {
            let byte = *bytes.next()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
    })
}

/// Ascending article numbers as differences.
pub(super) fn pack_ids(ids: &[i64]) -> Vec<u8> {
    let mut out = Vec::with_capacity(ids.len() + 8);
    let mut last = 0;
    for id in ids {
        put(&mut out, (id - last) as u64);
        last = *id;
    }
    out
}

/// The inverse of [`pack_ids`].
pub(super) fn unpack_ids(bytes: &[u8]) -> Vec<i64> {
    let mut last = 0i64;
    numbers(bytes)
        .map(|step| {
            last = last.wrapping_add(step as i64);
            last
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let ids = [1, 2, 3, 63, 64, 65, 300, 70_000, 9_000_000_000];
        assert_eq!(unpack_ids(&pack_ids(&ids)), ids);
        assert_eq!(numbers(&[0x80, 0x80]).count(), 0);
        assert_eq!(numbers(&[0xff; 20]).count(), 0);
        let bits: IdSet = ids[..8].iter().copied().collect();
        assert_eq!(bits.iter().collect::<Vec<_>>(), ids[..8]);
        assert_eq!(bits.count(), 8);
        assert!(bits.contains(64) && !bits.contains(66) && !bits.contains(1 << 40));
    }
}
