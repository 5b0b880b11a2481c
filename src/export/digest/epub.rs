//! A digest as an e-book (EPUB 3.3): a page for each item, a table of contents, the pictures that are kept.
//! Never here: fetching pictures.

use std::collections::HashMap;
use std::fmt::Write;
use std::io::{self, Cursor, Write as _};

use super::super::{formats, language};
use super::{Digest, Pictures, xhtml};
use newsprint_html::safe_text;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">
<rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>
</container>
";

/// The type and the ending of a picture that every e-reader shows; `None` for others.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(("image/jpeg", "jpg")),
        [0x89, b'P', b'N', b'G', ..] => Some(("image/png", "png")),
        [b'G', b'I', b'F', b'8', ..] => Some(("image/gif", "gif")),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(("image/webp", "webp")),
        _ => None,
    }
}

/// An archive in memory. Its files are not compressed and have one date: the same files give the same bytes.
struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default());
        self.0.start_file(name, options)?;
        self.0.write_all(bytes)
    }
}

/// The e-book; fails where it would be larger than an archive can be.
pub(super) fn write(digest: &Digest, pictures: Pictures<'_>) -> io::Result<Vec<u8>> {
    let lang = digest.lang();
    let title = xhtml::escape(&digest.title());
    let mut zip = Archive(ZipWriter::new(Cursor::default()));
    // The first file, not compressed: so the standard wants it.
    zip.add("mimetype", b"application/epub+zip")?;
    zip.add("META-INF/container.xml", CONTAINER.as_bytes())?;
    let (mut manifest, mut spine, mut contents) = (String::new(), String::new(), String::new());
    let mut files: HashMap<String, String> = HashMap::new();
    let (mut number, mut right_to_left) = (0, 0);
    for section in &digest.sections {
        if section.items.is_empty() {
            continue;
        }
        let heading = xhtml::escape(&not_empty(&safe_text::line(&section.title)));
        let _ = write!(contents, "<li><span>{heading}</span>\n<ol>\n");
        for item in &section.items {
            number += 1;
            if let Some(url) = &item.article.image
                && !files.contains_key(url)
                && let Some(bytes) = pictures(url)
                && let Some((kind, ending)) = kind(&bytes)
            {
                let count = files.len() + 1;
                let file = format!("p{count}.{ending}");
                let _ = writeln!(
                    manifest,
                    "<item id=\"p{count}\" href=\"{file}\" media-type=\"{kind}\"/>"
                );
                zip.add(&format!("EPUB/{file}"), &bytes)?;
                files.insert(url.clone(), file);
            }
            let body = digest.item_html(item, "h1", &|url| files.get(url).cloned());
            let own = language::tag(&item.article).unwrap_or_default();
            let direction = formats::direction(&item.article);
            right_to_left += usize::from(direction == "rtl");
            let name = xhtml::escape(&not_empty(&safe_text::line(&item.article.headline.title)));
            zip.add(
                &format!("EPUB/a{number}.xhtml"),
                page(&name, &own, direction, &body).as_bytes(),
            )?;
            let _ = writeln!(
                manifest,
                "<item id=\"a{number}\" href=\"a{number}.xhtml\" media-type=\"application/xhtml+xml\"/>"
            );
            let _ = writeln!(spine, "<itemref idref=\"a{number}\"/>");
            let _ = writeln!(
                contents,
                "<li><a href=\"a{number}.xhtml\" lang=\"{own}\" xml:lang=\"{own}\" dir=\"{direction}\">{name}</a></li>"
            );
        }
        contents.push_str("</ol>\n</li>\n");
    }
    if number == 0 {
        contents.push_str("<li><span>No articles</span></li>\n");
    }
    let nav = format!("<nav epub:type=\"toc\">\n<h1>{title}</h1>\n<ol>\n{contents}</ol>\n</nav>\n");
    zip.add("EPUB/nav.xhtml", page(&title, "en", "ltr", &nav).as_bytes())?;
    // Pages are turned as most of the articles are read.
    let turned = match right_to_left * 2 > number {
        true => " page-progression-direction=\"rtl\"",
        false => "",
    };
    let mark = digest.fingerprint();
    // A name-based UUID has its version and variant in two digits.
    let uuid = format!(
        "{}-{}-8{}-8{}-{}",
        &mark[..8],
        &mark[8..12],
        &mark[13..16],
        &mark[17..20],
        &mark[20..32]
    );
    let modified = digest.moment().strftime("%Y-%m-%dT%H:%M:%SZ");
    let package = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"en\">
<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">
<dc:identifier id=\"id\">urn:uuid:{uuid}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{lang}</dc:language>
<meta property=\"dcterms:modified\">{modified}</meta>
</metadata>
<manifest>
<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>
{manifest}</manifest>
<spine{turned}>
<itemref idref=\"nav\"/>
{spine}</spine>
</package>
"
    );
    zip.add("EPUB/package.opf", package.as_bytes())?;
    Ok(zip.0.finish()?.into_inner())
}

/// A link without text is none.
fn not_empty(text: &str) -> String {
    if text.trim().is_empty() {
        "…".to_owned()
    } else {
        text.to_owned()
    }
}

fn page(title: &str, lang: &str, direction: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE html>
<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{lang}\" xml:lang=\"{lang}\" dir=\"{direction}\">
<head><title>{title}</title></head>
<body>
{body}</body>
</html>
"
    )
}
