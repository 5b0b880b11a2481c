//! Writes articles to files. Never here: their formats (`export`).

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::export::formats::{self, Whole};
use crate::tui::effect::Format;
use newsprint_model::limits::is_full;

/// What came of saving an article.
#[derive(Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is done; a sentence about it.
    Done(String),
    /// There is such a file; a name near it that is free.
    Exists(String),
}

/// The path, which may begin with the home folder as shells write it: `~` or `~/…`.
fn at_home(path: &str) -> PathBuf {
    let rest = match path {
        "~" => Some(""),
        _ => path.strip_prefix("~/"),
    };
    match (rest, std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(path),
    }
}

/// Writes an article to a file, by its ending: `.md`, `.html`, `.json`, else text. Over another file only
/// when that is asked for.
pub fn save(article: &Whole, path: &str, over: bool) -> Result<Saved, String> {
    let file = at_home(path);
    let format = match file.extension().and_then(|ending| ending.to_str()) {
        Some("md" | "markdown") => Format::Markdown,
        Some("html" | "htm") => Format::Html,
        Some("json") => Format::Json,
        _ => Format::Text,
    };
    let text = formats::article(article, format);
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create(over)
        .truncate(over)
        .create_new(!over)
        .open(&file)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => {
            let whole = std::path::absolute(&file).unwrap_or(file);
            Ok(Saved::Done(format!("Saved to {}", whole.display())))
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && !file.is_dir() => {
            Ok(Saved::Exists(free_name(path)))
        }
        Err(error) => Err(not_written(&file, &error)),
    }
}

/// The name with a number before its ending that no file has yet.
fn free_name(path: &str) -> String {
    let place = Path::new(path);
    let stem = place.file_stem().and_then(|name| name.to_str());
    let ending = place.extension().and_then(|ending| ending.to_str());
    for number in 2..1_000 {
        let mut name = format!("{}-{number}", stem.unwrap_or("article"));
        if let Some(ending) = ending {
            name = format!("{name}.{ending}");
        }
        let free = place.with_file_name(name);
        let free = free.to_string_lossy().into_owned();
        if !at_home(&free).exists() {
            return free;
        }
    }
    path.to_owned()
}

/// Why a file could not be written, in words.
fn not_written(file: &Path, error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let shown = file.display();
    match error.kind() {
        _ if file.is_dir() => format!("{shown} is a folder; name a file in it."),
        ErrorKind::NotFound | ErrorKind::NotADirectory => match file.parent() {
            Some(folder) => format!("No such folder: {}", folder.display()),
            None => format!("{shown}: not a file name"),
        },
        ErrorKind::PermissionDenied => format!("{shown}: permission denied"),
        _ if is_full(error) => format!("{shown}: disk full"),
        _ => format!("{shown}: {error}"),
    }
}

/// Writes each article to a Markdown file of its own in a folder, which is made where there is none; a name
/// that is taken gets a number.
pub fn save_all(articles: &[Whole], folder: &str) -> Result<String, String> {
    let place = at_home(folder);
    std::fs::create_dir_all(&place).map_err(|error| not_written(&place, &error))?;
    for article in articles {
        let name = format!("{}.md", crate::tui::state::slug(&article.0.headline.title));
        let path = place.join(name).to_string_lossy().into_owned();
        let saved = save(article, &path, false)?;
        if let Saved::Exists(free) = saved {
            save(article, &free, false)?;
        }
    }
    Ok(format!(
        "Saved {} articles to {}",
        articles.len(),
        place.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_folder() {
        let Some(home) = std::env::var_os("HOME") else {
            return;
        };
        let home = Path::new(&home);
        for (path, place) in [
            ("~", home.to_owned()),
            ("~/", home.to_owned()),
            ("~/a/b.md", home.join("a/b.md")),
            ("~other/b.md", "~other/b.md".into()),
            ("a~/b", "a~/b".into()),
            ("/a", "/a".into()),
        ] {
            assert_eq!(at_home(path), place, "{path}");
        }
    }
}
