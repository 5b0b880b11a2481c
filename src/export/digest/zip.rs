//! A ZIP archive of files as they are (APPNOTE 6.3, method 0), with the same date for all: the same files give the
//! same bytes.
//! Never here: what the files are.

/// An archive that is being written.
#[derive(Default)]
pub(super) struct Zip {
    out: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

/// 1 January 1980, the first day there is.
const DATE: u16 = 0x21;

/// CRC-32 (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let mut table = [0u32; 256];
    for (at, slot) in table.iter_mut().enumerate() {
        *slot = (0..8).fold(at as u32, |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        });
    }
    !bytes.iter().fold(!0u32, |crc, byte| {
        crc >> 8 ^ table[((crc ^ u32::from(*byte)) & 0xff) as usize]
    })
}

impl Zip {
    /// Adds a file. Names are ASCII.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) {
        let offset = self.out.len() as u32;
        let mut head = Vec::new();
        let crc = crc(bytes).to_le_bytes();
        let size = (bytes.len() as u32).to_le_bytes();
        let length = (name.len() as u16).to_le_bytes();
        // Version needed 2.0, no flags, stored.
        head.extend([20, 0, 0, 0, 0, 0, 0, 0]);
        head.extend(DATE.to_le_bytes());
        head.extend(crc);
        head.extend(size);
        head.extend(size);
        head.extend(length);
        head.extend([0, 0]);
        self.out.extend(b"PK\x03\x04");
        self.out.extend(&head);
        self.out.extend(name.as_bytes());
        self.out.extend(bytes);
        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(&head);
        // No comment, the first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count += 1;
    }

    /// The whole archive.
    pub(super) fn done(mut self) -> Vec<u8> {
        let offset = self.out.len() as u32;
        let size = self.directory.len() as u32;
        self.out.append(&mut self.directory);
        self.out.extend(b"PK\x05\x06\0\0\0\0");
        self.out.extend(self.count.to_le_bytes());
        self.out.extend(self.count.to_le_bytes());
        self.out.extend(size.to_le_bytes());
        self.out.extend(offset.to_le_bytes());
        self.out.extend([0, 0]);
        self.out
    }
}
