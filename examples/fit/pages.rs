//! Sets of pages whose text is known: reading them, and parting them into folds by outlet.
//! Never here: fitting, measuring.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

/// A page and what is known of it.
pub struct Known {
    pub id: String,
    pub set: String,
    pub url: String,
    pub file: PathBuf,
    /// A line of `gold.jsonl`: `text`, and where known `title`, `date`, `authors`, `tags`, `images`.
    pub gold: Value,
}

impl Known {
    /// The page's bytes, unpacked.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        unpacked(&self.file)
    }

    /// Its host.
    pub fn host(&self) -> String {
        let host = self.url.split("://").nth(1).unwrap_or(&self.url);
        let host = host.split(['/', ':', '?']).next().unwrap_or_default();
        host.to_owned()
    }

    /// Its outlet, as far as the address tells: the last two names of the host, three under `co.uk` and its kin.
    pub fn outlet(&self) -> String {
        let host = self.host();
        let names: Vec<&str> = host.split('.').collect();
        let short = names.len() >= 3
            && names[names.len() - 2].len() <= 3
            && names[names.len() - 1].len() == 2;
        let keep = if short { 3 } else { 2 };
        names[names.len().saturating_sub(keep)..].join(".")
    }

    /// The known text.
    pub fn text(&self) -> &str {
        self.gold["text"].as_str().unwrap_or_default()
    }
}

/// A file's bytes, unpacked where it is packed.
pub fn unpacked(file: &Path) -> Result<Vec<u8>> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut page = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut page)?;
    Ok(page)
}

/// Lines of JSON.
pub fn lines(path: &Path) -> Result<Vec<Value>> {
    std::fs::read_to_string(path)
        .with_context(|| path.display().to_string())?
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

/// The pages of a directory (`index.jsonl`), of which nothing is known.
pub fn index(directory: &Path) -> Result<Vec<Known>> {
    let known = |entry: Value| {
        let text = |name: &str| entry[name].as_str().map(str::to_owned);
        Ok(Known {
            id: text("id").context("id")?,
            set: text("set").unwrap_or_else(|| "pages".to_owned()),
            url: text("url").unwrap_or_default(),
            file: directory.join(text("file").context("file")?),
            gold: Value::Null,
        })
    };
    lines(&directory.join("index.jsonl"))?
        .into_iter()
        .map(known)
        .collect()
}

/// Those of which something is known (`gold.jsonl`), in the order of the index.
pub fn read(directory: &Path) -> Result<Vec<Known>> {
    let gold = lines(&directory.join("gold.jsonl"))?;
    let mut pages = index(directory)?;
    for page in &mut pages {
        let known = gold
            .iter()
            .find(|gold| gold["id"].as_str() == Some(&page.id));
        page.gold = known.cloned().unwrap_or_default();
    }
    pages.retain(|page| page.gold["text"].is_string());
    Ok(pages)
}

/// The fold of each page. All pages of an outlet are in one, whichever set they are of.
pub fn folds(pages: &[Known], folds: usize, seed: u64) -> Vec<usize> {
    pages
        .iter()
        .map(|page| {
            let hash = page
                .outlet()
                .bytes()
                .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
                    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
                });
            ((hash >> 20) % folds as u64) as usize
        })
        .collect()
}
