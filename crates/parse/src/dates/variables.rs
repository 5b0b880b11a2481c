//! Dates that a page hands to its scripts alone.
//! Never here: how a date is read, which of several to believe.

/// Values of one script that are looked at.
const MOST: usize = 8;
/// Bytes of a value.
const VALUE: usize = 40;

/// The values that a script gives to variables for the date of publication: `var publish_time = "2024-06-12"`. Those of keys
/// are of whatever their object is about.
pub(crate) fn published(script: &str) -> Vec<&str> {
    /// A part of each name; names are compared in small letters and without underscores.
    const PARTS: [&str; 2] = ["ublish", "ubDate"];
    const NAMES: [&str; 8] = [
        "publishtime",
        "publishedtime",
        "publishdate",
        "publisheddate",
        "publishedat",
        "publishedon",
        "datepublished",
        "pubdate",
    ];
    let mut found = Vec::new();
    for part in PARTS {
        for at in memchr::memmem::find_iter(script.as_bytes(), part).take(MOST * 8) {
            if found.len() >= MOST {
                return found;
            }
            let named = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let (before, behind) = script.split_at(at);
            let start = before.trim_end_matches(named).len();
            let rest = behind.trim_start_matches(named);
            let name = script[start..script.len() - rest.len()].replace('_', "");
            if NAMES.contains(&name.to_ascii_lowercase().as_str()) {
                found.extend(value(rest));
            }
        }
    }
    found
}

/// The quoted value behind a name and the sign of an assignment.
fn value(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = rest[1..].split(quote).next()?;
    let plain = value.len() <= VALUE && !value.contains(['<', '>']);
    (plain && value.starts_with(|c: char| c.is_ascii_digit())).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_variables() {
        for script in [
            r#"var ct = "1718200923"; var publish_time = "2024-06-12" || "";"#,
            "window.publishDate='2024-06-12';",
        ] {
            assert_eq!(published(script), ["2024-06-12"], "{script}");
        }
        for script in [
            "var unpublishDate = '2024-06-12'",
            "var publisher = '2024-06-12'",
            "var publishDate = null",
            r#"{"article":{"publishedAt":"2024-06-12"}}"#,
            "publishDate('2024-06-12')",
        ] {
            assert_eq!(published(script), [""; 0], "{script}");
        }
    }
}
