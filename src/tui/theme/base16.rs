//! Theme files of the base16 kind (tinted-theming): flat `base00: "282828"` lines, at the top or under
//! `palette:`. Bounded, and read as lines: the format needs no YAML. Never here: what colours are for.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::contrast::{Rgb, hex};
use super::palette::Palette;

/// The largest file that is read, in bytes; real ones have about 700.
const LARGEST: u64 = 64 << 10;

/// The folder beside the config whose files are themes by name.
pub const FOLDER: &str = "themes";

/// Whether a theme's name is the path of a file rather than a name.
pub fn is_path(theme: &str) -> bool {
    theme.contains('/') || theme.ends_with(".yaml") || theme.ends_with(".yml")
}

/// The file that a theme stands for: a path (`~/` and paths relative to the config's folder are
/// understood), or `themes/NAME.yaml` or `.yml` beside the config. `None`: a name without a file.
pub fn file(theme: &str, config: &Path) -> Option<PathBuf> {
    let folder = config.parent().unwrap_or(Path::new("."));
    if is_path(theme) {
        if let Some(rest) = theme.strip_prefix("~/")
            && let Some(home) = std::env::var_os("HOME")
        {
            return Some(Path::new(&home).join(rest));
        }
        return Some(folder.join(theme));
    }
    let mut kinds = ["yaml", "yml"].iter();
    kinds.find_map(|kind| {
        let path = folder.join(FOLDER).join(format!("{theme}.{kind}"));
        path.is_file().then_some(path)
    })
}

/// The names of the files in `themes/` beside the config, in their order; none where there is no such folder.
pub fn names(config: &Path) -> Vec<String> {
    let folder = config.parent().unwrap_or(Path::new(".")).join(FOLDER);
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = files
        .map(|file| file.path())
        .filter(|path| {
            let kind = path.extension().and_then(|kind| kind.to_str());
            matches!(kind, Some("yaml" | "yml")) && path.is_file()
        })
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The palette of a file.
///
/// # Errors
/// A sentence with the path: not readable, too large, or what is missing or wrong in it.
pub fn load(path: &Path) -> Result<Palette, String> {
    let shown = path.display();
    let cannot = |error: std::io::Error| format!("cannot read {shown}: {error}");
    let file = std::fs::File::open(path).map_err(cannot)?;
    if file.metadata().map_err(cannot)?.is_dir() {
        return Err(format!("{shown} is a folder, not a base16 file"));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("{shown} is larger than {LARGEST} bytes"));
    }
    parse(&String::from_utf8_lossy(&bytes)).map_err(|message| format!("{shown}: {message}"))
}

/// The palette of a file's text.
///
/// # Errors
/// A sentence: a colour that is missing or not six hexadecimal digits, with its line.
pub fn parse(text: &str) -> Result<Palette, String> {
    let mut found: [Option<Rgb>; 16] = [None; 16];
    for (number, line) in (1..).zip(text.lines()) {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let Some(at) = place(key) else { continue };
        let value = value.trim();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or(""),
            _ => value.split_whitespace().next().unwrap_or(""),
        };
        let digits = value.strip_prefix('#').unwrap_or(value);
        let colour = (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .then(|| u32::from_str_radix(digits, 16).ok())
            .flatten()
            .ok_or_else(|| {
                let key = key.trim();
                let value: String = value.chars().take(20).collect();
                format!("line {number}: {key} is `{value}`, not a colour such as \"282828\"")
            })?;
        found[at] = Some(hex(colour));
    }
    let missing: Vec<String> = (0..16)
        .filter(|at| found[*at].is_none())
        .map(|at| format!("base{at:02X}"))
        .collect();
    if missing.len() == 16 {
        return Err("not a base16 theme (no base00 to base0F)".into());
    }
    if !missing.is_empty() {
        return Err(format!("missing {}", missing.join(", ")));
    }
    Ok(Palette(found.map(Option::unwrap_or_default)))
}

/// `base0A` is 10; keys beyond the sixteen (base24) have no place.
fn place(key: &str) -> Option<usize> {
    let key = key.trim().trim_matches(['"', '\'']);
    let digits = key.strip_prefix("base0").or(key.strip_prefix("BASE0"))?;
    let at = usize::from_str_radix(digits, 16).ok()?;
    (digits.len() == 1 && at < 16).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colours(prefix: &str, quote: &str) -> String {
        (0..16)
            .map(|at| format!("{prefix}base0{at:X}: {quote}{at:02x}{at:02x}40{quote}\n"))
            .collect()
    }

    #[test]
    fn both_forms_of_the_format_are_read() {
        let flat = format!("scheme: \"Harbour\"\nauthor: 'N: B'\n{}", colours("", "\""));
        let nested = format!(
            "system: \"base16\"\nname: Harbour\nvariant: dark\npalette:\n{}  base10: \"zz\"\n",
            colours("  ", "'").replace("'0f", "'#0f")
        );
        let bare = colours("", "");
        for text in [flat, nested, bare] {
            let palette = parse(&text).unwrap();
            assert_eq!(palette.0[15], [15, 15, 0x40], "{text}");
        }
        let commented = colours("", "\"").replace("\"\n", "\" # a comment: here\n");
        assert!(parse(&commented).is_ok());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let wrong = colours("", "\"").replace("030340", "03034");
        assert_eq!(
            parse(&wrong).unwrap_err(),
            "line 4: base03 is `03034`, not a colour such as \"282828\""
        );
        let less: String = colours("", "\"")
            .lines()
            .take(14)
            .collect::<Vec<_>>()
            .join("\n");
        assert_eq!(parse(&less).unwrap_err(), "missing base0E, base0F");
        assert!(parse("name: x\n").unwrap_err().starts_with("not a base16"));
        assert!(parse(&"\u{1f600}:\"".repeat(100)).is_err());
        assert!(parse("base00: \"\u{e9}\u{e9}\u{e9}\"").is_err());
    }

    #[test]
    fn files_are_bounded_and_named_in_errors() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config.toml");
        let put = |name: &str, text: &str| {
            std::fs::create_dir_all(folder.path().join(FOLDER)).unwrap();
            std::fs::write(folder.path().join(FOLDER).join(name), text).unwrap();
        };
        put("harbour.yaml", &colours("", "\""));
        put("huge.yml", &"#".repeat(LARGEST as usize + 1));
        let path = file("harbour", &config).unwrap();
        assert!(load(&path).is_ok());
        assert_eq!(file("themes/harbour.yaml", &config), Some(path));
        assert_eq!(file("nowhere", &config), None);
        put("notes.txt", "");
        assert_eq!(names(&config), ["harbour", "huge"]);
        assert!(names(Path::new("/nowhere/config.toml")).is_empty());
        let huge = load(&file("huge", &config).unwrap()).unwrap_err();
        assert!(huge.contains("huge.yml is larger than"), "{huge}");
        let none = load(&file("none.yaml", &config).unwrap()).unwrap_err();
        assert!(none.contains("cannot read") && none.contains("none.yaml"));
        let folder = load(folder.path()).unwrap_err();
        assert!(folder.contains("is a folder"), "{folder}");
    }
}
