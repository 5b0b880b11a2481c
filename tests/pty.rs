//! The whole reader in a pseudo-terminal, as a newcomer would use it: keys in, screens out, and the
//! terminal as it was when it ends.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use newsprint::demo::outlet::Outlet;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// Long enough for a busy machine: a test fails when something never happens, not when it is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// A reader in a terminal.
struct Reader {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// Everything that was written to the terminal.
    bytes: Vec<u8>,
}

/// The folder of a reader: its config and its store.
struct Home {
    directory: TempDir,
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

impl Home {
    fn new(config: &str) -> Home {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("config.toml"), config).unwrap();
        Home { directory }
    }

    fn command(&self, arguments: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_newsprint"));
        command.arg("--config");
        command.arg(self.directory.path().join("config.toml"));
        command.arg("--data-dir");
        command.arg(self.directory.path().join("data"));
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env("TZ", "UTC");
        command.env("NO_PROXY", "*");
        command.env("BROWSER", "true");
        for name in [
            "NO_COLOR",
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "TMUX",
            "COLORFGBG",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// Runs a command to its end.
    fn run(&self, arguments: &[&str]) -> String {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_newsprint"))
            .arg("--config")
            .arg(self.directory.path().join("config.toml"))
            .arg("--data-dir")
            .arg(self.directory.path().join("data"))
            .args(arguments)
            .env("NO_PROXY", "*")
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Opens the reader.
    fn open(&self, arguments: &[&str], (columns, rows): (u16, u16)) -> Reader {
        Reader::start(self.command(arguments), (columns, rows))
    }
}

impl Reader {
    fn start(command: CommandBuilder, (cols, rows): (u16, u16)) -> Reader {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows,
                cols,
                pixel_width: cols * 8,
                pixel_height: rows * 16,
            })
            .unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut from = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = from.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Reader {
            child,
            keyboard: pair.master.take_writer().unwrap(),
            master: pair.master,
            output,
            screen: vt100::Parser::new(cells(rows), cells(cols), 0),
            bytes: Vec::new(),
        }
    }

    fn keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Reads on until the screen is as wanted.
    fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !wanted(self.screen.screen()) {
            match self.output.recv_timeout(Duration::from_millis(100)) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.bytes.extend(bytes);
                }
                Err(_) if Instant::now() < end => {}
                Err(_) => panic!("never came: {what}\n{}", self.screen.screen().contents()),
            }
        }
    }

    fn sees(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    fn sees_no_more(&mut self, text: &str) {
        self.until(&format!("no {text}"), |screen| {
            !screen.contents().contains(text)
        });
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    fn resize(&mut self, cols: u16, rows: u16) {
        self.master
            .resize(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(cols));
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        let status = std::process::Command::new("kill")
            .args(["-s", name, &pid])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Waits for the end; gives the exit code. The terminal must be as it was.
    fn ends(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        let code = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status.exit_code();
            }
            assert!(Instant::now() < end, "it never ended\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        };
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(300)) {
            self.screen.process(&bytes);
            self.bytes.extend(bytes);
        }
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse is on"
        );
        code
    }

    /// Whether the terminal edits lines and echoes, as a shell needs it.
    fn is_cooked(&self) -> bool {
        self.master.get_termios().is_some_and(|modes| {
            let flags = format!("{:?}", modes.local_flags);
            flags.contains("ICANON") && flags.contains("ECHO")
        })
    }
}

fn outlet() -> (Outlet, Home) {
    let outlet = Outlet::start("2024-06-12T12:00:00Z".parse().unwrap()).unwrap();
    let home = Home::new(&outlet.config());
    (outlet, home)
}

/// A home whose store is filled, and the outlet gone.
fn filled() -> Home {
    let (outlet, home) = outlet();
    home.run(&["refresh", "-q"]);
    drop(outlet);
    home
}

#[test]
fn a_first_start_fetches_the_news_by_itself() {
    let (outlet, home) = outlet();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("new articles.");
    reader.sees("Harbour of Anaklara");
    assert!(!outlet.requests().is_empty());
    assert!(!reader.is_cooked());
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    assert!(reader.is_cooked());
}

/// A start is no reason to ask anybody, however long ago the last refresh was.
#[test]
fn a_later_start_asks_nobody() {
    let (outlet, home) = outlet();
    home.run(&["refresh", "-q"]);
    let asked = outlet.requests().len();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("Harbour of Anaklara");
    reader.keys("\r");
    reader.sees("The railway is missing");
    reader.keys("qq");
    assert_eq!(reader.ends(), 0);
    assert_eq!(outlet.requests().len(), asked);
}

#[test]
fn a_start_without_a_network_says_what_failed_and_what_to_press() {
    let (outlet, home) = outlet();
    drop(outlet);
    let mut reader = home.open(&[], (100, 30));
    reader.sees("No articles yet.");
    reader.sees("R: try again");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn offline_nothing_is_asked_and_what_is_stored_can_be_read() {
    let home = filled();
    let mut reader = home.open(&["--offline"], (120, 40));
    reader.sees("Harbour of Anaklara");
    reader.sees("offline");
    reader.keys("R");
    reader.sees("Offline (started with --offline)");
    reader.keys("\r");
    reader.sees("The railway is missing");
    reader.keys("qq");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn an_article_is_read_marked_and_starred_and_the_marks_persist() {
    let home = filled();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("1/14");
    reader.keys("j\r");
    reader.sees("Aram Petikyan");
    reader.keys("s");
    reader.sees("★");
    reader.keys("J");
    reader.sees("3/14");
    // Sent at once with the end: what was marked is stored all the same.
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
    let starred = home.run(&["list", "--starred", "--json"]);
    assert_eq!(starred.lines().count(), 1, "{starred}");
    let unread = home.run(&["list", "--unread", "--json"]);
    assert_eq!(unread.lines().count(), 12, "{unread}");
}

#[test]
fn tags_filter_the_list_and_a_search_finds_as_one_types() {
    let home = filled();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("#Georgia");
    reader.keys("tgeor");
    reader.sees("Georgia");
    reader.keys("\r");
    reader.sees("All › Georgia");
    reader.sees_no_more("Gyumri");
    reader.keys("T");
    reader.sees("Gyumri");
    reader.keys("/gyum");
    reader.sees("All › /gyum");
    reader.sees_no_more("Harbour");
    reader.keys("\x1b");
    reader.sees("Harbour");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn a_hidden_tag_a_muted_tag_and_a_view_hold_at_once_and_in_the_next_session() {
    let home = filled();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("#Georgia");
    let tags = |reader: &Reader| -> Vec<String> {
        let text = reader.text();
        let rows = text.lines().filter_map(|line| line.split_once('#'));
        rows.filter_map(|(_, rest)| Some(rest.split("  ").next()?.to_owned()))
            .collect()
    };
    let listed = tags(&reader);
    let (hidden, muted) = (&listed[0], &listed[1]);
    // The tags are the pane before the list; the cursor is on the first.
    reader.keys("\x1b[ZH");
    reader.sees("Hid tag");
    reader.sees_no_more(&format!("#{hidden}"));
    reader.sees("1/14");
    reader.keys("M");
    reader.sees("Muted tag");
    reader.sees_no_more("1/14");
    reader.keys("guVTo read\r");
    reader.sees("saved to");
    reader.until("the view and its count", |screen| {
        let text = screen.contents();
        let row = text.lines().find(|line| line.contains("To read "));
        row.is_some_and(|row| row.chars().take(28).any(|c| c.is_ascii_digit()))
    });
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);

    let config = std::fs::read_to_string(home.directory.path().join("config.toml")).unwrap();
    assert!(
        config.contains(&format!("hide = [\"{hidden}\"]"))
            && config.contains(&format!("mute = [\"{muted}\"]")),
        "{config}"
    );
    let mut reader = home.open(&[], (120, 40));
    reader.sees("#");
    reader.sees("To read");
    assert!(!tags(&reader).contains(hidden), "{}", reader.text());
    assert!(!reader.text().contains("1/14"), "{}", reader.text());
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn what_is_muted_counts_nowhere_and_comes_back_with_undo() {
    let home = filled();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("#");
    reader.sees("14 unread");
    let all = |screen: &vt100::Screen| -> Option<u32> {
        let text = screen.contents();
        let row = text.lines().find(|line| line.starts_with(" Unread "))?;
        let row: String = row.chars().take(24).collect();
        row.split_whitespace().find_map(|word| word.parse().ok())
    };
    reader.until("all are counted", |screen| all(screen) == Some(14));
    reader.keys("\x1b[ZM");
    reader.sees("Muted tag");
    reader.until("fewer are counted", |screen| {
        all(screen).is_some_and(|count| {
            let text = screen.contents();
            count < 14
                && text.contains(&format!("1/{count}"))
                && text.contains(&format!("{count} unread"))
        })
    });
    reader.keys("u");
    reader.sees("Unmuted tag");
    reader.until("all are counted again", |screen| all(screen) == Some(14));
    reader.sees("1/14");
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
    let config = std::fs::read_to_string(home.directory.path().join("config.toml")).unwrap();
    assert!(config.contains("mute = []"), "{config}");
}

#[test]
fn a_file_is_written_over_only_when_that_is_wanted() {
    let home = filled();
    let mut command = home.command(&[]);
    command.cwd(home.directory.path());
    let mut reader = Reader::start(command, (120, 40));
    reader.sees("1/14");
    reader.keys("S\x15a.md\r");
    reader.sees("Saved to ");
    let file = |name: &str| std::fs::read_to_string(home.directory.path().join(name));
    let first = file("a.md").unwrap();
    reader.keys("jS\x15a.md\r");
    reader.sees("a.md exists");
    reader.sees("Overwrite?");
    reader.keys("n\r");
    reader.sees("Save as: a-2.md");
    reader.keys("\r");
    reader.sees("/a-2.md");
    assert_eq!(file("a.md").unwrap(), first);
    let second = file("a-2.md").unwrap();
    assert_ne!(second, first);
    reader.keys("S\x15a.md\r");
    reader.sees("Overwrite?");
    reader.keys("y\r");
    reader.sees("/a.md");
    assert_eq!(file("a.md").unwrap(), second);
    reader.keys("S\x15nowhere/a.md\r");
    reader.sees("No such folder: nowhere");
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
}

/// An outlet gets another address only where something can be read at it, and what it reads is not added once more
/// under the address of its feed.
#[test]
fn an_address_counts_once_something_was_found_at_it() {
    let (outlet, home) = outlet();
    home.run(&["refresh", "-q"]);
    let config = || std::fs::read_to_string(home.directory.path().join("config.toml")).unwrap();
    let before = config();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("1/14");
    let url = outlet.at("/share/kura-courier-en.xml");
    reader.keys(&format!("a\x15{url}\r"));
    reader.sees("Already added as “Kura Courier”.");
    reader.keys("ea\x15");
    reader.keys(&format!("{}\r", outlet.at("/no-such-page")));
    reader.sees("Kura Courier keeps its address: ");
    assert_eq!(config(), before);
    reader.keys("ea\x15");
    reader.keys(&format!("{url}\r"));
    reader.sees("Kura Courier: address changed (feed ");
    assert!(config().contains(&url));
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
}

/// What a script has written, once it has.
fn written(path: &std::path::Path) -> String {
    let end = Instant::now() + PATIENCE;
    loop {
        match std::fs::read_to_string(path) {
            Ok(text) => return text,
            Err(_) => assert!(Instant::now() < end, "{} never came", path.display()),
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn browser_macros_pipe_and_clipboard_get_the_article_as_one_piece() {
    let outlet = Outlet::start("2024-06-12T12:00:00Z".parse().unwrap()).unwrap();
    let home = Home::new("");
    let folder = home.directory.path();
    // Says how many arguments it got, which, and what came in; the file is there when it is whole.
    let script = |name: &str, body: &str| {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.join(name);
        let out = folder.join(format!("{name}.txt"));
        let text = format!(
            "#!/bin/sh\n({body}) > '{0}.tmp'\nmv '{0}.tmp' '{0}'\n",
            out.display()
        );
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        (path.display().to_string(), out)
    };
    let (browser, browsed) = script("browser", "echo $#; echo \"$1\"");
    let (keep, kept) = script("keep", "echo $#; echo \"$1\"; cat");
    let (shell, shelled) = script("shell", "cat");
    let macros = format!(
        "\n[[macro]]\nkey = ',k'\nactions = ['star']\ncommands = [['{keep}', '{{title}}']]\n\
         [[macro]]\nkey = ',s'\nshell = true\ncommands = ['printf %s \"$NEWSPRINT_TITLE\" | {shell}']\n"
    );
    std::fs::write(folder.join("config.toml"), outlet.config() + &macros).unwrap();
    home.run(&["refresh", "-q"]);
    drop(outlet);
    let first = home.run(&["list", "--limit", "1", "--json"]);
    let first: serde_json::Value = serde_json::from_str(first.trim()).unwrap();
    let (title, url) = (
        first["title"].as_str().unwrap(),
        first["url"].as_str().unwrap(),
    );

    let mut command = home.command(&[]);
    command.env("BROWSER", &browser);
    let mut reader = Reader::start(command, (120, 40));
    reader.sees("1/14");
    reader.keys("o");
    assert_eq!(written(&browsed), format!("1\n{url}\n"));
    reader.keys(",k");
    let got = written(&kept);
    let (arguments, json) = got.split_at(format!("1\n{title}\n").len());
    assert_eq!(arguments, format!("1\n{title}\n"));
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(json["url"], first["url"]);
    assert!(json["body"].as_str().is_some_and(|body| !body.is_empty()));
    reader.keys(",s");
    assert_eq!(written(&shelled), title);
    // The star of the row: the sidebar has one as well.
    reader.sees("●★");
    reader.sees("sh: done");
    // No clipboard here: the terminal's own is asked for, once, with the address alone.
    reader.keys("y");
    reader.sees("opied");
    let copied = b"\x1b]52;c;";
    assert!(
        reader
            .bytes
            .windows(copied.len())
            .any(|part| part == copied)
    );
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
    assert_eq!(
        home.run(&["list", "is:starred", "--tsv"]).lines().count(),
        1
    );
}

#[test]
fn a_mark_is_taken_back_in_the_next_session() {
    let home = filled();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("14 unread");
    reader.keys("m");
    reader.sees("13 unread");
    reader.keys("A");
    reader.sees("0 unread");
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
    let mut reader = home.open(&[], (120, 40));
    reader.sees("0 unread");
    reader.keys("u");
    reader.sees("13 unread");
    reader.keys("u");
    reader.sees("14 unread");
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn what_was_starred_in_the_reader_survives_a_damaged_database() {
    let (outlet, home) = outlet();
    home.run(&["refresh", "-q"]);
    let mut reader = home.open(&[], (120, 40));
    reader.sees("1/14");
    reader.keys("s");
    reader.sees("★");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let data = home.directory.path().join("data");
    for file in std::fs::read_dir(&data).unwrap() {
        let path = file.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if name.ends_with(".db") {
            std::fs::write(&path, "this was a database".repeat(1_000)).unwrap();
        } else if name.ends_with("-wal") || name.ends_with("-shm") {
            std::fs::remove_file(&path).unwrap();
        }
    }
    home.run(&["refresh", "-q", "--force"]);
    drop(outlet);
    let starred = home.run(&["list", "--starred", "--json"]);
    assert_eq!(starred.lines().count(), 1, "{starred}");
}

#[test]
fn what_was_searched_for_can_be_recalled_in_the_next_session() {
    let home = filled();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("1/14");
    reader.keys("/gyumri\r");
    reader.sees("All › /gyumri");
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
    let mut reader = home.open(&[], (120, 40));
    // The counts come from the same thread, after what was typed before.
    reader.sees("#");
    reader.keys("/\x1b[A");
    reader.sees("Search: gyumri");
    reader.sees("All › /gyumri");
    reader.keys("\x1b");
    reader.sees("1/14");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn words_that_stand_on_most_articles_of_an_outlet_are_the_last_of_the_tags() {
    let home = filled();
    let mut reader = home.open(&[], (140, 45));
    reader.sees("#News");
    let text = reader.text();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with(" #")).collect();
    assert!(rows.last().unwrap().contains("News"), "{text}");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn an_outlet_is_added_by_its_address() {
    let (outlet, home) = outlet();
    let config = "outlet = []\n\n# patience\n[refresh]\nhost_gap = \"0s\"\n";
    std::fs::write(home.directory.path().join("config.toml"), config).unwrap();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("No outlets yet. a: add one");
    reader.keys("a\x15");
    reader.keys(&format!("{}\r", outlet.url()));
    // What it offers is shown before anything is kept.
    reader.sees("Harbour of Anaklara");
    let file = home.directory.path().join("config.toml");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), config);
    // Its name is offered; group and tags may stay empty.
    reader.keys("\r\r\r\r");
    reader.sees("14 new articles.");
    reader.sees("1/14");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let config = std::fs::read_to_string(&file).unwrap();
    assert!(config.contains(&outlet.url()) && config.contains("# patience"));
}

#[test]
fn a_refresh_while_one_reads_moves_nothing_and_is_announced() {
    let (outlet, home) = outlet();
    outlet.hold_back(2);
    home.run(&["refresh", "-q"]);
    let mut reader = home.open(&[], (120, 40));
    reader.sees("1/12");
    reader.keys("jj");
    reader.sees("3/12");
    reader.keys("\r");
    reader.sees("thirty years knows a seal");
    // It has been marked read, and that has been drawn.
    reader.sees("11 unread");
    let shown = |reader: &Reader| -> Vec<String> {
        // List and article; the sidebar's counts do change.
        let text = reader.text();
        text.lines()
            .skip(2)
            .map(|line| line.chars().skip(26).collect())
            .collect()
    };
    let before = shown(&reader)[..20].to_vec();
    outlet.hold_back(0);
    reader.keys("R");
    reader.sees("2 new ↑");
    assert_eq!(shown(&reader)[..20], before);
    reader.sees("3/12");
    reader.keys("hgg");
    reader.sees("1/14");
    reader.sees_no_more("new ↑");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn what_another_process_writes_appears_by_itself() {
    let (outlet, home) = outlet();
    outlet.hold_back(1);
    home.run(&["refresh", "-q"]);
    let mut reader = home.open(&[], (120, 40));
    reader.sees("1/13");
    reader.sees("13 unread");
    outlet.hold_back(0);
    home.run(&["refresh", "-q"]);
    reader.sees("1 new ↑");
    home.run(&["mark", "--read", "--query", "tag:georgia"]);
    reader.sees("9 unread");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn an_outlet_that_is_added_by_the_command_line_appears_in_an_open_reader() {
    let home = filled();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("14 unread");
    home.run(&[
        "add",
        "--no-check",
        "https://herald.example/",
        "--name",
        "The Herald",
    ]);
    reader.sees("The Herald");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

/// A reader with a refreshed outlet, whose first article has a star that the copy of the marks has, too; and the
/// folder of its data.
fn reader_with_star() -> (Outlet, Home, Reader, std::path::PathBuf) {
    let (outlet, home) = outlet();
    home.run(&["refresh", "-q"]);
    let mut reader = home.open(&[], (120, 40));
    reader.sees("1/14");
    let data = home.directory.path().join("data");
    // In the copy of the marks, before the file goes.
    let copy = || std::fs::read(data.join("newsprint.db.marks")).ok();
    let before = copy();
    reader.keys("s");
    reader.until("a star", |screen| {
        screen.contents().matches('★').count() >= 2
    });
    let end = Instant::now() + PATIENCE;
    while copy() == before {
        assert!(Instant::now() < end, "never copied");
        std::thread::sleep(Duration::from_millis(20));
    }
    (outlet, home, reader, data)
}

/// Another article gets a star, and both stars are there when the reader has ended.
fn another_star_and_both_stay(home: &Home, mut reader: Reader, how: &str) {
    reader.keys("jjs");
    reader.until("another star", |screen| {
        screen.contents().matches('★').count() >= 3
    });
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
    let starred = home.run(&["list", "--starred", "--json"]);
    assert_eq!(starred.lines().count(), 2, "{how}: {starred}");
}

#[test]
fn a_log_that_is_removed_or_cut_short_under_an_open_reader_costs_no_mark() {
    for emptied in [false, true] {
        let (_outlet, home, mut reader, data) = reader_with_star();
        let log = data.join("newsprint.db-wal");
        match emptied {
            true => std::fs::write(&log, b"").unwrap(),
            false => std::fs::remove_file(&log).unwrap(),
        }
        reader.sees("log of the database");
        home.run(&["refresh", "-q", "--force"]);
        another_star_and_both_stay(&home, reader, &format!("emptied: {emptied}"));
    }
}

#[test]
fn a_database_that_is_removed_or_spoilt_under_an_open_reader_costs_no_mark() {
    // How much of it is left, and how much of that is overwritten with zeros.
    for (left, zeros, word, title) in [
        (None, 0, "was removed", ""),
        (Some(5_000), 0, "cut short", "was damaged"),
        (Some(0), 0, "cut short", "missing or empty"),
        (Some(u64::MAX), usize::MAX, "repaired it", "was damaged"),
    ] {
        let removed = left.is_none();
        let (_outlet, home, mut reader, data) = reader_with_star();
        for file in std::fs::read_dir(&data).unwrap() {
            let path = file.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if let (true, Some(left)) = (name.ends_with(".db"), left) {
                let mut file = std::fs::File::options().write(true).open(&path).unwrap();
                let length = file.metadata().unwrap().len();
                file.set_len(length.min(left)).unwrap();
                let zeros = zeros.min(length as usize);
                file.write_all(&vec![0; zeros]).unwrap();
            } else if removed
                && [".db", "-wal", "-shm"]
                    .iter()
                    .any(|end| name.ends_with(end))
            {
                std::fs::remove_file(&path).unwrap();
            }
        }
        // Of zeros one learns by reading.
        reader.keys(if zeros > 0 { "jG" } else { "" });
        reader.sees(word);
        reader.sees(title);
        reader.keys(if removed { "" } else { "q" });
        // What came back is read and marked like any other.
        home.run(&["refresh", "-q", "--force"]);
        reader.keys("r");
        reader.sees("1/14");
        another_star_and_both_stay(&home, reader, word);
    }
}

#[test]
fn the_window_may_have_any_size_at_any_time() {
    let home = filled();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("#Georgia");
    reader.resize(80, 24);
    reader.sees_no_more("#Georgia");
    reader.sees("── 1/14 ──");
    reader.resize(40, 12);
    reader.sees_no_more("── 1/14 ──");
    reader.sees("Harbour of Anaklara");
    reader.resize(15, 3);
    reader.sees("Too small");
    reader.resize(140, 45);
    reader.sees("#Georgia");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn signals_end_it_with_their_code_and_the_terminal_as_it_was() {
    let home = filled();
    let mut starred = false;
    for (name, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let mut reader = home.open(&[], (80, 24));
        reader.sees("1/14");
        reader.keys("s");
        starred = !starred;
        if starred {
            reader.sees("★");
        } else {
            reader.sees_no_more("★");
        }
        reader.signal(name);
        assert_eq!(reader.ends(), code, "SIG{name}");
        assert!(reader.is_cooked(), "SIG{name}");
    }
    // Starred and unstarred by turns, and each was stored before the end.
    assert_eq!(home.run(&["list", "--starred", "--json"]), "");
}

/// SQLite maps the index of the log; where its bytes go, the system ends the process unless it is told otherwise.
#[test]
fn an_index_that_is_cut_under_an_open_reader_ends_it_with_a_sentence_and_costs_no_mark() {
    let (_outlet, home, mut reader, data) = reader_with_star();
    let index = data.join("newsprint.db-shm");
    std::fs::write(index, b"").unwrap();
    reader.keys("j");
    assert_eq!(reader.ends(), 135);
    assert!(reader.is_cooked());
    reader.sees("Nothing is lost");
    let starred = home.run(&["list", "--starred", "--json"]);
    assert_eq!(starred.lines().count(), 1, "{starred}");
}

#[test]
fn how_far_one_read_is_kept_when_the_terminal_goes() {
    let home = filled();
    for (name, code) in [("HUP", 129), ("TERM", 143)] {
        let mut reader = home.open(&[], (60, 9));
        reader.sees("Yerevan’s metro");
        reader.keys("\r");
        reader.sees("Anaklara");
        reader.keys("gg");
        reader.sees("Nino Beradze");
        reader.keys("3j");
        reader.sees_no_more("Nino Beradze");
        reader.signal(name);
        assert_eq!(reader.ends(), code);
        let mut reader = home.open(&[], (60, 9));
        reader.sees("Yerevan’s metro");
        reader.keys("\r");
        reader.sees_no_more("Yerevan’s metro");
        reader.sees_no_more("Nino Beradze");
        reader.keys("gg");
        reader.sees("Nino Beradze");
        reader.keys("Q");
        assert_eq!(reader.ends(), 0);
    }
}

/// Waits until a process has been stopped.
fn until_stopped(process: &str) {
    let end = Instant::now() + PATIENCE;
    loop {
        let output = std::process::Command::new("ps")
            .args(["-o", "stat=", "-p", process])
            .output()
            .unwrap();
        if output.stdout.starts_with(b"T") {
            return;
        }
        assert!(Instant::now() < end, "{process} runs on");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn suspended_it_gives_the_terminal_back_and_repaints_when_it_goes_on() {
    let home = filled();
    let mut reader = home.open(&[], (80, 24));
    reader.sees("1/14");
    reader.keys("\x1a");
    reader.until("the main screen", |screen| !screen.alternate_screen());
    let end = Instant::now() + PATIENCE;
    while !reader.is_cooked() {
        assert!(Instant::now() < end, "the terminal was not given back");
        std::thread::sleep(Duration::from_millis(10));
    }
    // It stops after it has given the terminal back: woken before that, it would sleep on.
    until_stopped(&reader.child.process_id().unwrap().to_string());
    reader.signal("CONT");
    reader.until("the alternate screen", vt100::Screen::alternate_screen);
    reader.sees("1/14");
    reader.keys("j");
    reader.sees("2/14");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn a_script_around_it_is_suspended_with_it() {
    let home = filled();
    let mut script = CommandBuilder::new("sh");
    script.args(["-c", "\"$@\"; true", "sh"]);
    let command = home.command(&[]);
    script.args(command.get_argv());
    for (name, value) in command.iter_full_env_as_str() {
        script.env(name, value);
    }
    let mut reader = Reader::start(script, (80, 24));
    reader.sees("1/14");
    reader.keys("\x1a");
    reader.until("the main screen", |screen| !screen.alternate_screen());
    let shell = reader.child.process_id().unwrap().to_string();
    until_stopped(&shell);
    let group = rustix::process::Pid::from_raw(shell.parse().unwrap()).unwrap();
    rustix::process::kill_process_group(group, rustix::process::Signal::CONT).unwrap();
    reader.until("the alternate screen", vt100::Screen::alternate_screen);
    reader.sees("1/14");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn a_damaged_database_that_was_set_aside_is_told_of() {
    let home = filled();
    let data = home.directory.path().join("data");
    let mut files = std::fs::read_dir(&data)
        .unwrap()
        .map(|file| file.unwrap().path());
    let database = files
        .find(|path| path.extension().is_some_and(|ending| ending == "db"))
        .unwrap();
    std::fs::write(&database, "this was a database".repeat(1_000)).unwrap();
    let mut reader = home.open(&["--offline"], (100, 30));
    reader.sees("The database was damaged");
    reader.sees("Moved to");
    reader.keys("q");
    reader.sees_no_more("The database was damaged");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn without_a_terminal_it_names_the_commands_that_need_none() {
    let home = filled();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_newsprint"))
        .arg("--config")
        .arg(home.directory.path().join("config.toml"))
        .arg("--data-dir")
        .arg(home.directory.path().join("data"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("newsprint list") && said.contains("newsprint show"),
        "{said}"
    );
    assert!(output.stdout.is_empty());

    let mut command = home.command(&[]);
    command.env("TERM", "dumb");
    let mut reader = Reader::start(command, (80, 24));
    reader.sees("newsprint list");
    assert_eq!(reader.ends(), 1);
    assert!(
        !reader.bytes.contains(&0x1b),
        "an escape on a dumb terminal"
    );
}

#[test]
fn without_colour_or_utf8_the_screen_is_plain() {
    let home = filled();
    let mut command = home.command(&[]);
    command.env("NO_COLOR", "1");
    command.env("LC_ALL", "C");
    let mut reader = Reader::start(command, (80, 24));
    reader.sees("1/14");
    reader.sees("-- 1/14 --");
    let text = String::from_utf8_lossy(&reader.bytes).into_owned();
    assert!(
        !text.contains("\x1b[38;") && !text.contains("\x1b[48;"),
        "{text:?}"
    );
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn two_hundred_keys_at_once_are_all_taken() {
    let home = filled();
    let mut reader = home.open(&[], (80, 24));
    reader.sees("1/14");
    reader.keys(&"jk".repeat(97));
    reader.keys("jjjjj");
    reader.sees("6/14");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn the_demo_opens_the_made_up_outlet_and_leaves_nothing_behind() {
    let (outlet, home) = outlet();
    drop(outlet);
    let temporary = TempDir::new().unwrap();
    let mut command = home.command(&["demo"]);
    command.env("TMPDIR", temporary.path());
    let mut reader = Reader::start(command, (100, 30));
    reader.sees("Harbour of Anaklara");
    assert!(temporary.path().read_dir().unwrap().next().is_some());
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    assert!(temporary.path().read_dir().unwrap().next().is_none());
}

/// In a home where nothing of newsprint's is yet.
#[cfg(target_os = "linux")]
#[test]
fn what_the_reader_makes_in_a_new_home_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let user = TempDir::new().unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_newsprint"));
    command.arg("--offline");
    for (name, _) in std::env::vars() {
        if name.starts_with("XDG_") || name.starts_with("NEWSPRINT_") {
            command.env_remove(name);
        }
    }
    command.env("HOME", user.path());
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    let mut reader = Reader::start(command, (100, 30));
    let config = user.path().join(".config/newsprint");
    reader.until("a folder to watch", |_| config.is_dir());
    reader.keys("qqq");
    assert_eq!(reader.ends(), 0);
    let data = user.path().join(".local/share/newsprint");
    for made in [config, data] {
        let mode = made.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", made.display());
    }
}

#[test]
fn a_theme_file_that_is_edited_and_one_that_was_chosen_by_hand_hold_while_it_is_open() {
    let home = filled();
    let folder = home.directory.path();
    let file = folder.join("config.toml");
    let config = std::fs::read_to_string(&file).unwrap();
    let base16 = |ground: &str| {
        let rest = (1..16).map(|at| format!("base{at:02X}: \"c0c0c{at:x}\"\n"));
        format!("base00: \"{ground}\"\n{}", rest.collect::<String>())
    };
    let mut command = home.command(&[]);
    command.env("COLORTERM", "truecolor");
    let mut reader = Reader::start(command, (120, 30));
    reader.sees("1/14");
    let ground = |red: u8| {
        move |screen: &vt100::Screen| {
            screen.cell(20, 110).map(vt100::Cell::bgcolor) == Some(vt100::Color::Rgb(red, 0, 0))
        }
    };
    // A folder that is made meanwhile, and a file in it.
    std::fs::create_dir(folder.join("themes")).unwrap();
    std::fs::write(folder.join("themes/mine.yaml"), base16("010000")).unwrap();
    let named = |name: &str| format!("{config}[reader]\ntheme = \"{name}\"\n");
    std::fs::write(&file, named("mine")).unwrap();
    reader.until("the theme of the file", ground(1));
    std::fs::write(folder.join("themes/mine.yaml"), base16("020000")).unwrap();
    reader.until("the theme as it was edited", ground(2));
    // Chosen by hand, another holds when the config changes and names the same as before.
    std::fs::write(folder.join("themes/other.yaml"), base16("030000")).unwrap();
    reader.keys(":theme other\r");
    reader.until("the other theme", ground(3));
    let more = named("mine") + "[[view]]\nname = \"A new view\"\nquery = \"tag:a\"\n";
    std::fs::write(&file, more).unwrap();
    reader.sees("A new view");
    reader.until("the other theme still", ground(3));
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn a_light_background_is_noticed_when_the_terminal_says_so() {
    let home = filled();
    let mut reader = home.open(&[], (80, 24));
    reader.sees("1/14");
    let chosen = |screen: &vt100::Screen| screen.cell(1, 30).map(vt100::Cell::bgcolor);
    reader.until("the dark theme", |screen| {
        chosen(screen) == Some(vt100::Color::Idx(24))
    });
    // The question went out after the first frame; the answer is no key.
    reader.keys("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c");
    reader.until("the light theme", |screen| {
        chosen(screen) == Some(vt100::Color::Idx(153))
    });
    reader.sees("1/14");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

/// What is written to the terminal, without what moves and colours: one text for each place.
fn spoken(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut said = Vec::new();
    for piece in text.split("\x1b[") {
        // The letter that ends a control sequence; what follows it is text.
        let end = piece.find(|c: char| c.is_ascii_alphabetic());
        let rest = end.map_or("", |at| &piece[at + 1..]);
        if !rest.trim().is_empty() {
            said.push(rest.trim_end().to_owned());
        }
    }
    said
}

#[test]
fn in_linear_mode_lines_are_said_whole_and_once_and_a_step_says_nothing() {
    let home = filled();
    let mut reader = home.open(&["--linear"], (80, 24));
    reader.sees("Headlines, 14 articles");
    reader.bytes.clear();
    reader.keys("j");
    // Each article has two lines, for whole titles.
    reader.until("the next article", |screen| screen.cursor_position().0 == 4);
    assert_eq!(spoken(&reader.bytes), Vec::<String>::new());
    assert!(!reader.screen.screen().hide_cursor());
    reader.bytes.clear();
    reader.keys("m");
    reader.sees("Read");
    let said = spoken(&reader.bytes);
    assert!(
        said.len() == 2 && said[0].starts_with("Yerevan’s metro"),
        "{said:?}"
    );
    assert!(!said[0].contains("unread"), "{said:?}");
    reader.keys("u");
    reader.sees("Undone");
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn a_picture_is_fetched_only_by_its_key() {
    let (outlet, home) = outlet();
    home.run(&["refresh", "--quiet"]);
    let fetched = || {
        let requests = outlet.requests();
        let pictures = requests.iter().filter(|one| one.path.ends_with(".png"));
        pictures.count()
    };
    let mut reader = home.open(&[], (120, 40));
    reader.sees("1/14");
    reader.keys("/roof\r");
    reader.sees("a roof of steel");
    reader.keys("\r");
    reader.sees("Waiting for the 6.15");
    reader.until("the key for it", |screen| {
        screen.contents().contains("i images")
    });
    assert_eq!(fetched(), 0);
    reader.keys("i");
    reader.until("the picture", |screen| screen.contents().contains('▀'));
    assert_eq!(fetched(), 1);
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn kitty_is_sent_a_picture_once_and_frees_it_at_the_end_and_others_are_sent_none() {
    let outlet = Outlet::start("2024-06-12T12:00:00Z".parse().unwrap()).unwrap();
    let home = Home::new(&(outlet.config() + "[reader]\nfetch_images = true\n"));
    home.run(&["refresh", "--quiet"]);
    let counts =
        |reader: &Reader, what: &str| String::from_utf8_lossy(&reader.bytes).matches(what).count();
    for (term, sent) in [("xterm-kitty", 1), ("xterm-256color", 0)] {
        let mut command = home.command(&[]);
        command.env("TERM", term);
        let mut reader = Reader::start(command, (120, 40));
        reader.sees("1/14");
        reader.keys("/roof\r");
        reader.sees("a roof of steel");
        reader.keys("\r");
        reader.sees("Waiting for the 6.15");
        let shown = if sent > 0 { '\u{10eeee}' } else { '▀' };
        reader.until("the picture", |screen| screen.contents().contains(shown));
        assert_eq!(counts(&reader, "a=T,U=1"), sent);
        // What lies over it hides it, and nothing is sent again when it comes back.
        reader.keys("?");
        reader.until("no picture", |screen| !screen.contents().contains(shown));
        reader.keys("\x1b");
        reader.until("the picture", |screen| screen.contents().contains(shown));
        assert_eq!(counts(&reader, "a=T,U=1"), sent);
        reader.keys("Q");
        assert_eq!(reader.ends(), 0);
        assert_eq!(counts(&reader, "\x1b_Ga=d,d=I,"), sent);
    }
}

#[test]
fn addresses_become_hyperlinks_and_nothing_else_is_written_into_them() {
    let home = filled();
    let mut reader = home.open(&[], (120, 40));
    reader.sees("1/14");
    reader.keys("\r");
    reader.sees("The railway is missing");
    reader.keys("q");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let text = String::from_utf8_lossy(&reader.bytes).into_owned();
    let links: Vec<&str> = text
        .split("\x1b]8;;")
        .skip(1)
        .filter_map(|rest| rest.split("\x1b\\").next())
        .filter(|url| !url.is_empty())
        .collect();
    assert!(!links.is_empty());
    for url in links {
        assert!(url.starts_with("http://127.0.0.1"), "{url:?}");
    }
    // Each is ended on its own line, before the cursor goes anywhere else in the frame.
    let mut rest = text.as_str();
    while let Some(at) = rest.find("\x1b]8;;http") {
        let linked = &rest[at + 5..];
        let end = linked.find("\x1b]8;;\x1b\\").expect("an end");
        let next = linked.find("\x1b]8;;http").unwrap_or(usize::MAX);
        assert!(end < next, "{linked:.200?}");
        let rows: Vec<&str> = linked[..end]
            .split("\x1b[")
            .filter_map(|piece| piece.split_once('H'))
            .filter_map(|(place, _)| place.split_once(';'))
            .filter(|(row, _)| row.bytes().all(|byte| byte.is_ascii_digit()))
            .map(|(row, _)| row)
            .collect();
        assert!(rows.windows(2).all(|two| two[0] == two[1]), "{rows:?}");
        rest = &linked[end..];
    }
}

/// A monkey at the keyboard: whatever is typed, in whatever size of terminal, the reader goes on or ends as it should, and
/// its store is whole. It finds no programs, and works in a folder that goes with the test.
#[test]
fn random_keys_break_nothing() {
    const KEYS: &[&str] = &[
        "\r",
        "\x1b",
        "\t",
        "\x1b[Z",
        " ",
        "\x7f",
        "\x1b[A",
        "\x1b[B",
        "\x1b[C",
        "\x1b[D",
        "\x1b[H",
        "\x1b[F",
        "\x1b[5~",
        "\x1b[6~",
        "\x1b[<0;12;7M",
        "\x1b[<64;30;9M",
        "\x1b[200~bridge\x1b[201~",
        "\x04",
        "\x15",
        "\x10",
        "\x0c",
        "\x17",
        "é",
        "漢",
    ];
    const SIZES: [(u16, u16); 6] = [(80, 24), (160, 50), (44, 14), (1, 1), (20, 5), (120, 35)];
    for seed in [1_u64, 2, 3] {
        let home = filled();
        let mut state = seed;
        // Steele, Lea and Flood, SplitMix64, 2014.
        let mut next = move || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (z ^ (z >> 31)) as usize
        };
        let open = || {
            let mut command = home.command(&["--offline"]);
            command.cwd(home.directory.path());
            command.env("HOME", home.directory.path());
            command.env("PATH", "/nonexistent");
            command.env("SHELL", "/nonexistent");
            command.env("EDITOR", "/nonexistent");
            command.env("BROWSER", "/nonexistent");
            Reader::start(command, (120, 35))
        };
        let mut reader = open();
        let mut typed = String::new();
        for _ in 0..12 {
            for _ in 0..40 {
                let key = match next() % 3 {
                    0 => KEYS[next() % KEYS.len()].to_owned(),
                    _ => char::from((next() % 94 + 33) as u8).to_string(),
                };
                typed.push_str(&key);
                // It may have ended by the key before.
                if reader.keyboard.write_all(key.as_bytes()).is_err() {
                    break;
                }
            }
            let (columns, rows) = SIZES[next() % SIZES.len()];
            reader.resize(columns, rows);
            // Drawing is what follows the keys.
            while let Ok(bytes) = reader.output.recv_timeout(Duration::from_millis(150)) {
                reader.screen.process(&bytes);
                reader.bytes.extend(bytes);
            }
            if reader.child.try_wait().unwrap().is_some() {
                assert_eq!(
                    reader.ends(),
                    0,
                    "seed {seed}: {typed:?}\n{}",
                    reader.text()
                );
                reader = open();
            }
        }
        // Whatever is open is left, and then the reader; where nothing can be seen keys do nothing.
        reader.resize(120, 35);
        let end = Instant::now() + PATIENCE;
        let mut keys = [&b"\x1b"[..], b"Q"].into_iter().cycle();
        while reader.child.try_wait().unwrap().is_none() {
            // Apart: together they are Alt-Q.
            let _ = reader.keyboard.write_all(keys.next().unwrap_or_default());
            while let Ok(bytes) = reader.output.recv_timeout(Duration::from_millis(150)) {
                reader.screen.process(&bytes);
                reader.bytes.extend(bytes);
            }
            assert!(
                Instant::now() < end,
                "seed {seed} never ends: {typed:?}\n{}",
                reader.text()
            );
        }
        assert_eq!(
            reader.ends(),
            0,
            "seed {seed}: {typed:?}\n{}",
            reader.text()
        );
        let doctor = home.run(&["doctor"]);
        assert!(!doctor.contains("damaged"), "seed {seed}: {doctor}");
        let listed = home.run(&["list", "--json"]);
        assert_eq!(listed.lines().count(), 14, "seed {seed}: {typed:?}");
    }
}

/// A home with a story that two outlets tell, the later article with three new sentences of twenty, and an article about
/// the same names.
fn told_twice(settings: &str) -> Home {
    let home = stored_twice(settings);
    newsprint::refresh::place_stories(&store_of(&home), &|_, _| (), || false).unwrap();
    home
}

/// The store of a home.
fn store_of(home: &Home) -> newsprint_store::Store {
    let data = home.directory.path().join("data");
    std::fs::create_dir_all(&data).unwrap();
    newsprint_store::Store::open(&data.join("newsprint.db")).unwrap()
}

/// The same as [`told_twice`] in a store from before there were stories.
fn stored_twice(settings: &str) -> Home {
    let home = Home::new(&format!(
        "{settings}[[outlet]]\nname = \"Post\"\nurl = \"https://post.example/\"\n[[outlet]]\nname = \"Echo\"\nurl = \"https://echo.example/\"\n",
    ));
    let first = "<p>The dam above Marsk broke on Sunday night. Water covered the lower town within an hour. Nine people are missing.</p>
        <p>Soldiers brought 400 families to the school on the hill. Governor Lena Torvik asked the capital for helicopters. The dam was built in 1961.</p>
        <p>Engineers had measured cracks in its wall in April. The owner, Marsk Power, said the cracks were harmless. The road to Hallin is closed.</p>
        <p>Trains stop at Ostby until further notice. The hospital moved its patients to the second floor. Two bridges were carried away.</p>
        <p>Rain is expected until Thursday. The river had risen by three metres in a day. Farmers lost most of their cattle. Drinking water is brought by lorry.</p>
        <p>Neighbours sent boats. The mayor thanked them on the radio.</p>";
    let later = "<p>The dam above Marsk broke on Sunday night. Within an hour water covered the lower town. Nine people are missing.</p>
        <p>Prosecutors searched the offices of Marsk Power on Tuesday. Soldiers brought 400 families to the school on the hill. Governor Lena Torvik asked the capital for helicopters. The dam was built in 1961.</p>
        <p>In April engineers had measured cracks in its wall. The cracks were harmless, the owner Marsk Power said. The road to Hallin is closed.</p>
        <p>Parliament will vote on relief of 80 million on Friday. Trains stop at Ostby until further notice. The hospital moved its patients to the second floor. Two bridges were carried away.</p>
        <p>Rain is expected until Thursday. In a day the river had risen by three metres. Farmers lost most of their cattle. Drinking water is brought by lorry.</p>
        <p>Divers found the captain's log book under the mill. Neighbours sent boats.</p>";
    let other = "<p>Lena Torvik opened the new harbour of Marsk in bright sunshine. The governor praised the builders and the band of the fire brigade of Marsk.</p>";
    let store = store_of(&home);
    let named = |name: &str| newsprint_model::Outlet {
        name: name.into(),
        ..newsprint_model::Outlet::default()
    };
    store.sync_outlets(&[named("Post"), named("Echo")]).unwrap();
    let at = |second: i64| newsprint_model::Time::from_second(1_718_000_000 + second).unwrap();
    for (outlet, url, title, body, second) in [
        (
            "Post",
            "https://post.example/harbour",
            "Torvik opens harbour of Marsk",
            other,
            -3_000_000,
        ),
        (
            "Post",
            "https://post.example/dam",
            "Dam breaks above Marsk",
            first,
            0,
        ),
        (
            "Echo",
            "https://echo.example/dam",
            "Marsk dam: nine still missing",
            later,
            90_000,
        ),
    ] {
        let article = newsprint_store::Incoming {
            url: url.into(),
            title: title.into(),
            published: Some(at(second)),
            lang: "en".into(),
            body: body.into(),
            search_text: newsprint_html::plain(body),
            text: newsprint_model::TextState::Full,
            ..newsprint_store::Incoming::default()
        };
        let update = newsprint_store::Update {
            articles: vec![article.pack()],
            ..newsprint_store::Update::default()
        };
        store.ingest(outlet, &update, at(100_000)).unwrap();
    }
    home
}

#[test]
fn an_open_reader_places_the_articles_of_an_older_store_among_stories() {
    let home = stored_twice("[reader]\nfold = \"never\"\n");
    let mut reader = home.open(&["--offline"], (120, 60));
    reader.sees("1/3");
    // When stories are looked at.
    reader.keys("gS");
    reader.sees("No stories");
    let store = store_of(&home);
    let begun = std::time::Instant::now();
    while store.has_unplaced().unwrap() && begun.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    reader.keys("ga");
    reader.sees("1/3");
    reader.keys("\r");
    reader.sees("Also in: Post (gn: next)");
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn an_article_says_who_else_tells_its_story_and_what_is_new_in_it() {
    let home = told_twice("[reader]\nfold = \"never\"\n");
    let mut reader = home.open(&["--offline"], (120, 60));
    reader.sees("1/3");
    // Before another was read nothing is called new.
    reader.keys("\r");
    reader.sees("Also in: Post (gn: next)");
    reader.sees("Related");
    assert!(!reader.text().contains("new sentence"), "{}", reader.text());
    reader.keys("gn");
    reader.sees("Also in: Echo (gn: next)");
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
    for size in [(120, 60), (64, 60)] {
        let mut reader = home.open(&["--offline"], size);
        reader.sees("1/3");
        reader.keys("\r");
        reader.sees("3 new sentences since you last read this story");
        reader.sees("Related");
        reader.until("three marks", |screen| {
            screen.contents().matches('▎').count() == 3
        });
        let screen = reader.screen.screen();
        let (rows, columns) = (60_u16, size.0);
        let bold = |row: u16| -> String {
            (0..columns)
                .filter_map(|column| screen.cell(row, column).filter(|cell| cell.bold()))
                .map(|cell| cell.contents())
                .collect()
        };
        let marked: Vec<u16> = (0..rows)
            .filter(|row| {
                screen
                    .contents_between(*row, 0, *row, columns)
                    .contains('▎')
            })
            .collect();
        let new: Vec<String> = marked.into_iter().map(bold).collect();
        let new = new.concat().replace(' ', "");
        assert_eq!(
            new,
            "Prosecutors searched the offices of Marsk Power on Tuesday.Parliament will vote on relief of 80 million on \
             Friday.Divers found the captain's log book under the mill."
                .replace(' ', ""),
            "{}",
            reader.text()
        );
        // A related article is not of the story.
        reader.sees("Torvik opens harbour of Marsk");
        reader.keys("Q");
        assert_eq!(reader.ends(), 0);
    }
}

#[test]
fn a_story_is_one_line_that_is_opened_marked_and_undone_as_one_and_has_its_front_page() {
    let home = told_twice("");
    let mut reader = home.open(&["--offline"], (120, 30));
    // The three articles are two lines.
    reader.sees("1/2");
    reader.sees("Echo, Post");
    reader.keys("m");
    reader.sees("1 unread");
    reader.keys("u");
    reader.sees("Undone: marked 2 articles as read");
    reader.sees("3 unread");
    // Its articles, the oldest first; and the way back.
    reader.keys("\r");
    reader.sees("All › ");
    reader.sees("1/2");
    reader.keys("\u{1b}");
    reader.sees("Echo, Post");
    // Unfolded, and folded again.
    reader.keys("gf");
    reader.sees("1/3");
    reader.keys("gf");
    reader.sees("1/2");
    // What was published long ago is not on the front page.
    reader.keys("gS");
    reader.sees("No stories in the last 7 days.");
    reader.keys("Q");
    assert_eq!(reader.ends(), 0);
}
