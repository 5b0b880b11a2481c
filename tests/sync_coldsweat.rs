//! A sync with coldsweat, a server of the Fever API from PyPI, where python3 and its pip can have it: it is
//! installed once, beside what tests build. Where it cannot be had that is printed, and nothing fails.
//! Never here: the made-up server (`sync`).

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const VERSION: &str = "0.10.2";
const USER: &str = "mira@example.org";
const PASSWORD: &str = "a-word-of-mira";

/// How long the package index may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// Where coldsweat is installed, or why it is not.
fn installed() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("coldsweat-{VERSION}"));
    let site = folder.join("site");
    if folder.join("done").exists() {
        return Ok(site);
    }
    let why = |why: std::io::Error| format!("python3: {why}");
    let mut pip = Command::new("python3")
        .args([
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--no-input",
        ])
        .args(["--retries", "0", "--timeout", "10", "--target"])
        .arg(&site)
        .arg(format!("coldsweat=={VERSION}"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(why)?;
    let began = Instant::now();
    loop {
        match pip.try_wait().map_err(why)? {
            Some(status) if status.success() => break,
            Some(status) => return Err(format!("pip install coldsweat: {status}")),
            None if began.elapsed() > PATIENCE => {
                let _ = pip.kill();
                let _ = pip.wait();
                return Err("pip install coldsweat takes too long".to_owned());
            }
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    }
    std::fs::write(folder.join("done"), "").map_err(why)?;
    Ok(site)
}

/// Ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A feed of four stories on loopback; its address.
fn feed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let base = address.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            lines
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .for_each(drop);
            let items: String = (0..4)
                .map(|n| {
                    format!(
                        "<item><title>Story {n}</title><link>{base}/{n}</link><guid>{base}/{n}</guid>\
                         <pubDate>Sat, 28 Nov 2026 06:0{n}:00 GMT</pubDate><description>Text {n}</description></item>"
                    )
                })
                .collect();
            let body = format!(
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Herald</title>\
                 <link>{base}/</link><description>News</description>{items}</channel></rss>"
            );
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\n\
                 Connection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    address
}

#[test]
fn coldsweat() {
    let site = match installed() {
        Ok(site) => site,
        Err(why) => return eprintln!("coldsweat is not tested: {why}"),
    };
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let python = |words: &[&str]| {
        let mut command = Command::new("python3");
        command
            .env("PYTHONPATH", &site)
            .env(
                "FLASK_DATABASE_URL",
                format!("sqlite:///{}", path("cold.db").display()),
            )
            .env("FLASK_SECRET_KEY", "x")
            .env("no_proxy", "*")
            .current_dir(folder.path())
            .args(["-c", "from coldsweat import cli; cli()"])
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    let address = feed();
    std::fs::write(
        path("feeds.opml"),
        format!(
            "<opml version=\"1.0\"><head><title>x</title></head><body><outline text=\"World\">\
             <outline text=\"Herald\" title=\"Herald\" type=\"rss\" xmlUrl=\"{address}/feed.xml\" \
             htmlUrl=\"{address}/\"/></outline></body></opml>"
        ),
    )
    .unwrap();
    let set_up = python(&["setup", USER, "-p", PASSWORD]).status();
    let imported = python(&["import", "feeds.opml", USER, "-f"]).status();
    let good =
        |status: std::io::Result<std::process::ExitStatus>| status.is_ok_and(|s| s.success());
    if !good(set_up) || !good(imported) {
        return eprintln!("coldsweat is not tested: it does not run here");
    }
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let _server = Running(python(&["run", "-p", &port.to_string()]).spawn().unwrap());
    let began = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        if began.elapsed() > PATIENCE {
            return eprintln!("coldsweat is not tested: it does not answer");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let config = format!(
        "[[account]]\nname = \"cold\"\nkind = \"fever\"\nurl = \"http://127.0.0.1:{port}/fever/\"\n\
         user = \"{USER}\"\npassword_command = [\"echo\", \"{PASSWORD}\"]\nfull_text = \"never\"\n"
    );
    std::fs::write(path("config.toml"), config).unwrap();
    let run = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_newsprint"))
            .args(["--config".as_ref(), path("config.toml").as_os_str()])
            .args(["--data-dir".as_ref(), path("data").as_os_str()])
            .args(words)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        assert!(
            output.status.success(),
            "{words:?}: {}",
            text(output.stderr)
        );
        text(output.stdout)
    };
    let report = run(&["sync", "--json"]);
    assert!(report.contains("\"new\":4"), "{report}");
    assert_eq!(
        run(&["list", "group:world is:unread", "--json"])
            .lines()
            .count(),
        4
    );
    let id = |title: &str| {
        let found: serde_json::Value =
            serde_json::from_str(run(&["list", title, "--json"]).trim()).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    run(&["mark", "--read", &id("\"Story 1\""), &id("\"Story 2\"")]);
    run(&["mark", "--star", &id("\"Story 3\"")]);
    let report = run(&["sync", "--json"]);
    assert!(
        report.contains("\"sent\":3") && report.contains("\"pending\":0"),
        "{report}"
    );
    // Another device, which knows nothing of all this, sees the same.
    std::fs::rename(path("data"), path("before")).unwrap();
    run(&["sync"]);
    let titles = |query: &str| {
        let mut titles: Vec<String> = run(&["list", query, "--json"])
            .lines()
            .map(|line| {
                serde_json::from_str::<serde_json::Value>(line).unwrap()["title"].to_string()
            })
            .collect();
        titles.sort();
        titles
    };
    assert_eq!(titles("is:unread"), ["\"Story 0\"", "\"Story 3\""]);
    assert_eq!(titles("is:starred"), ["\"Story 3\""]);
}
