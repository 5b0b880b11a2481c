//! Opens web addresses in a browser. Never here: other commands.

use std::process::{Command, Stdio};

use super::commands::split;
use newsprint_html::safe_text;

/// Browsers that draw on the terminal they are started from.
const TEXT_BROWSERS: [&str; 8] = [
    "lynx", "w3m", "links", "links2", "elinks", "browsh", "carbonyl", "chawan",
];

/// How an address was opened.
pub enum Browser {
    /// In a window of its own.
    Opened(String),
    /// A browser that needs this terminal: program and arguments.
    Terminal(Vec<String>),
}

/// Opens an address with the configured browser, `$BROWSER` or the system's; it is one argument of a
/// program, never part of a command line.
pub fn browser(configured: &str, url: &str) -> Result<Browser, String> {
    let Some(url) = safe_text::link(url) else {
        return Err("Only http and https URLs can be opened.".to_owned());
    };
    open_with(
        configured,
        &std::env::var("BROWSER").unwrap_or_default(),
        &url,
        |url| open::that_detached(url),
    )
}

/// Opens a safe address with the configured browser, else the one of `from_env`, else by `system`.
fn open_with(
    configured: &str,
    from_env: &str,
    url: &str,
    system: impl FnOnce(&str) -> std::io::Result<()>,
) -> Result<Browser, String> {
    let command = if configured.trim().is_empty() {
        // Several may be named, parted by colons; the first is meant.
        from_env.split(':').next().unwrap_or("").to_owned()
    } else {
        configured.to_owned()
    };
    let mut words = split(&command)?;
    if words.is_empty() {
        system(url).map_err(|_| {
            "Cannot open a browser: set $BROWSER, or browser in the config.".to_owned()
        })?;
        return Ok(Browser::Opened(format!("Opened {url}")));
    }
    let placed = words.iter().skip(1).any(|word| word == "%s");
    for word in words.iter_mut().skip(1) {
        if word == "%s" {
            url.clone_into(word);
        }
    }
    if !placed {
        words.push(url.to_owned());
    }
    let program = std::path::Path::new(&words[0]);
    let name = program
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    if TEXT_BROWSERS.contains(&name) {
        return Ok(Browser::Terminal(words));
    }
    let mut child = Command::new(&words[0])
        .args(&words[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| super::commands::cannot_run(&words[0], &error))?;
    // Waited for, so that no dead child stays behind.
    let _ = std::thread::Builder::new()
        .name("browser".to_owned())
        .stack_size(64 * 1024)
        .spawn(move || {
            let _ = child.wait();
        });
    Ok(Browser::Opened(format!("Opened {url}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_cannot_be_started_is_told_in_plain_words() {
        let why = browser("no-such-browser-anywhere", "https://a.example/")
            .err()
            .unwrap();
        assert!(
            why.starts_with("Cannot run no-such-browser-anywhere: not found"),
            "{why}"
        );
        assert!(
            !why.contains("ExitStatus") && !why.contains("os error"),
            "{why}"
        );
    }

    #[test]
    fn a_system_without_a_browser_is_told_what_to_set() {
        let status = |_: &str| Err(std::io::Error::other("Launcher \"gio\": ExitStatus(512)"));
        let why = open_with("", "", "https://a.example/", status)
            .err()
            .unwrap();
        assert_eq!(
            why,
            "Cannot open a browser: set $BROWSER, or browser in the config."
        );
    }

    #[test]
    fn only_web_addresses_reach_a_browser() {
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "-oProxyCommand=x",
            "",
        ] {
            assert!(browser("true", bad).is_err(), "{bad}");
        }
        assert!(matches!(
            browser("w3m -o x", "https://example.org/a"),
            Ok(Browser::Terminal(words)) if words == ["w3m", "-o", "x", "https://example.org/a"]
        ));
    }
}
