//! `newsprint doctor`: looks at everything that has to be right, and says what to do where it is not.
//! Never here: mending anything, but for the store, which sets damage aside whenever it is opened.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::{Quiet, Session, code, printable};
use crate::store::List;

/// What a check came to.
enum Finding {
    Good(String),
    /// It works, but the reader may want to know.
    Note(String),
    /// It does not work; the second part says what to do.
    Bad(String, String),
}

fn wrong_config(error: &anyhow::Error) -> Finding {
    Finding::Bad(
        format!("{error:#}"),
        "mend what is named; `newsprint config example` shows every setting".into(),
    )
}

pub(super) fn doctor(session: &Session) -> anyhow::Result<()> {
    let mut findings: Vec<(&str, Finding)> = Vec::new();
    let config = session.config();
    match &config {
        Ok(config) => {
            let file = config.file.display();
            findings.push((
                "config",
                match session.whole_config() {
                    Err(error) => wrong_config(&error),
                    Ok(_) if config.file.exists() => Finding::Good(file.to_string()),
                    Ok(_) => {
                        Finding::Note(format!("{file} is not there: the example's settings hold"))
                    }
                },
            ));
            if config.outlets.is_empty() {
                findings.push((
                    "outlets",
                    Finding::Bad(
                        "none configured".into(),
                        "`newsprint add URL` adds one".into(),
                    ),
                ));
            }
            findings.push(("data", data_dir(&config.paths.data_dir)));
            findings.push(("store", store(session, config)));
        }
        Err(error) => {
            let whole = session.whole_config();
            findings.push((
                "config",
                wrong_config(whole.as_ref().err().unwrap_or(error)),
            ));
        }
    }
    findings.push(("certificates", certificates()));
    findings.push(("clock", clock()));
    findings.push(("terminal", terminal()));

    let mut out = io::stdout().lock();
    let mut bad = false;
    for (what, finding) in &findings {
        match finding {
            Finding::Good(text) => writeln!(out, "ok    {what}: {}", printable(text))?,
            Finding::Note(text) => writeln!(out, "note  {what}: {}", printable(text))?,
            Finding::Bad(text, remedy) => {
                bad = true;
                writeln!(out, "BAD   {what}: {}", printable(text))?;
                writeln!(out, "      → {}", printable(remedy))?;
            }
        }
    }
    if bad {
        Err(Quiet(code::FAILED).into())
    } else {
        Ok(())
    }
}

fn data_dir(directory: &Path) -> Finding {
    let remedy =
        || "make it writable, or choose another with --data-dir or NEWSPRINT_DATA_DIR".to_owned();
    if let Err(error) = std::fs::create_dir_all(directory) {
        return Finding::Bad(format!("{}: {error}", directory.display()), remedy());
    }
    let probe = directory.join(format!(".probe-{}", std::process::id()));
    let written = std::fs::write(&probe, b"newsprint");
    let _ = std::fs::remove_file(&probe);
    match written {
        Ok(()) => Finding::Good(directory.display().to_string()),
        Err(error) => Finding::Bad(format!("{}: {error}", directory.display()), remedy()),
    }
}

fn store(session: &Session, config: &crate::config::Config) -> Finding {
    let checked = session.store(config).and_then(|store| {
        let damage = store.check()?;
        if let Some(first) = damage.first() {
            anyhow::bail!("{} is damaged: {first}", config.paths.database().display());
        }
        Ok(store.counts(&List::live(&Default::default(), crate::news::Time::now()))?)
    });
    match checked {
        Ok(counts) => Finding::Good(format!(
            "{}: {} articles, {} unread",
            config.paths.database().display(),
            counts.total,
            counts.unread
        )),
        Err(error) => Finding::Bad(
            format!("{error:#}"),
            "the next `newsprint refresh` sets a damaged database aside and keeps your marks"
                .into(),
        ),
    }
}

/// Looks where rustls-platform-verifier looks on Linux: SSL_CERT_FILE, SSL_CERT_DIR, the usual bundles.
fn certificates() -> Finding {
    const BUNDLES: [&str; 6] = [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/opt/homebrew/etc/openssl@3/cert.pem",
    ];
    if let Some(file) = std::env::var_os("SSL_CERT_FILE") {
        return if Path::new(&file).is_file() {
            Finding::Good(format!("SSL_CERT_FILE={}", file.display()))
        } else {
            Finding::Bad(
                format!("SSL_CERT_FILE names {}, which is not there", file.display()),
                "unset it, or point it at a bundle of certificates".into(),
            )
        };
    }
    if let Some(folder) = std::env::var_os("SSL_CERT_DIR")
        && std::fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some())
    {
        return Finding::Good(format!("SSL_CERT_DIR={}", folder.display()));
    }
    if cfg!(any(target_os = "macos", target_os = "windows")) {
        return Finding::Good("the system's own".into());
    }
    match BUNDLES.iter().find(|path| Path::new(path).is_file()) {
        Some(path) => Finding::Good((*path).to_owned()),
        None => Finding::Bad(
            "no certificates were found, so no https address can be read".into(),
            "install your system's ca-certificates package".into(),
        ),
    }
}

/// Certificates and schedules need a clock that is roughly right; this program is younger than 2026.
fn clock() -> Finding {
    let now = crate::news::Time::now();
    let year = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).year();
    if (2026..2100).contains(&year) {
        Finding::Good(now.strftime("%Y-%m-%d %H:%M UTC").to_string())
    } else {
        Finding::Bad(
            format!("the year is {year}"),
            "set the system's clock".into(),
        )
    }
}

fn terminal() -> Finding {
    if !io::stdout().is_terminal() {
        return Finding::Note("stdout is none: the reader needs one, the commands do not".into());
    }
    match std::env::var("TERM") {
        Ok(term) if term == "dumb" => Finding::Bad(
            "TERM=dumb cannot show the reader".into(),
            "use `newsprint list` and `newsprint show`".into(),
        ),
        Ok(term) => Finding::Good(format!("TERM={term}")),
        Err(_) => Finding::Bad(
            "TERM is not set".into(),
            "set it to what your terminal is".into(),
        ),
    }
}
