//! `cargo run --example screens -- DIR [WORD …]`: every screen of the reader at five sizes and in every look,
//! drawn by the real program on made-up outlets, as text and SVG, with sheets to look at them side by side. Words
//! choose scenes and looks (`dark help tags`); without any, all are drawn.

mod pty;
mod svg;
mod wire;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use newsprint::demo::outlet;
use portable_pty::CommandBuilder;

use pty::Screen;
use svg::Ground;

/// Usual, wide, and narrow.
const SIZES: [(u16, u16); 5] = [(120, 35), (160, 50), (200, 60), (80, 24), (44, 14)];

/// What a scene starts from.
#[derive(Clone, Copy, PartialEq)]
enum Start {
    /// A filled store.
    Full,
    /// Outlets, and a store that was never filled.
    Never,
    /// The same, and nothing that answers.
    NoNetwork,
    /// No outlet at all.
    NoOutlets,
}

/// A screen: its name, what it starts from, options, and what is typed until it is there.
struct Scene(
    &'static str,
    Start,
    &'static [&'static str],
    &'static [&'static str],
);

/// The end of typing.
const ENTER: &str = "\r";

const SCENES: &[Scene] = &[
    Scene("list", Start::Full, &[], &["gg"]),
    Scene("list-middle", Start::Full, &[], &["10j", "m"]),
    Scene("outlets", Start::Full, &[], &["h", "j"]),
    Scene("tag-pane", Start::Full, &[], &["\t", "\t", "\t", "j"]),
    Scene("article", Start::Full, &[], &["j", "j", ENTER]),
    Scene(
        "article-everything",
        Start::Full,
        &[],
        &["f", "title:scripts", ENTER, ENTER],
    ),
    Scene(
        "article-end",
        Start::Full,
        &[],
        &["f", "title:scripts", ENTER, ENTER, "G"],
    ),
    Scene(
        "article-cyrillic",
        Start::Full,
        &[],
        &["f", "title:архив", ENTER, ENTER],
    ),
    Scene(
        "article-table",
        Start::Full,
        &[],
        &["f", "title:reservoirs", ENTER, ENTER],
    ),
    Scene(
        "article-image",
        Start::Full,
        &[],
        &["f", "title:roof", ENTER, ENTER],
    ),
    Scene(
        "article-changed",
        Start::Full,
        &[],
        &["f", "title:cable", ENTER, ENTER],
    ),
    Scene(
        "damaged",
        Start::Full,
        &[],
        &["f", "title:mice", ENTER, ENTER],
    ),
    Scene(
        "find",
        Start::Full,
        &[],
        &["f", "title:scripts", ENTER, ENTER, "/", "the", ENTER],
    ),
    Scene(
        "zen",
        Start::Full,
        &[],
        &["f", "title:scripts", ENTER, ENTER, "z"],
    ),
    Scene(
        "diff",
        Start::Full,
        &[],
        &["f", "title:cable", ENTER, ENTER, "d"],
    ),
    Scene("tags", Start::Full, &[], &["t"]),
    Scene("tags-narrowed", Start::Full, &[], &["t", "ge", " ", "\x18"]),
    Scene(
        "tags-chosen",
        Start::Full,
        &[],
        &["t", "georgia", " ", ENTER],
    ),
    Scene(
        "hints",
        Start::Full,
        &[],
        &["f", "title:roof", ENTER, ENTER, ";"],
    ),
    Scene(
        "links",
        Start::Full,
        &[],
        &["f", "title:roof", ENTER, ENTER, "L"],
    ),
    Scene("help", Start::Full, &[], &["?"]),
    Scene("help-end", Start::Full, &[], &["?", "G"]),
    Scene("help-search", Start::Full, &[], &["?", "/", "star"]),
    Scene("command", Start::Full, &[], &[":", "to", "\t"]),
    Scene("filter", Start::Full, &[], &["f"]),
    Scene(
        "filter-error",
        Start::Full,
        &[],
        &["f", "tag:georgia is:purple"],
    ),
    Scene("filter-complete", Start::Full, &[], &["f", "tag:g", "\t"]),
    Scene("search", Start::Full, &[], &["/", "railway"]),
    Scene("search-done", Start::Full, &[], &["/", "railway", ENTER]),
    Scene("view", Start::Full, &[], &["4"]),
    Scene(
        "save-view",
        Start::Full,
        &[],
        &["f", "tag:georgia", ENTER, "V"],
    ),
    Scene("health", Start::Full, &[], &["E"]),
    Scene("health-failed", Start::Full, &[], &["E", "G"]),
    Scene("add", Start::NoOutlets, &[], &["a", "@HOME", ENTER]),
    Scene("add-failed", Start::NoOutlets, &[], &["a", "@GONE", ENTER]),
    Scene("refreshing", Start::Full, &[], &["@SLOW", "R"]),
    Scene("refreshing-health", Start::Full, &[], &["@SLOW", "R", "E"]),
    Scene("refreshed", Start::Full, &[], &["R", "@WAIT"]),
    Scene(
        "pipe",
        Start::Full,
        &[],
        &["j", "j", ENTER, "|", "head -n 12", ENTER],
    ),
    Scene(
        "pipe-failed",
        Start::Full,
        &[],
        &["|", "no-such-command", ENTER],
    ),
    Scene("message", Start::Full, &[], &["A"]),
    Scene(
        "no-match",
        Start::Full,
        &[],
        &["f", "tag:nowhere words that stand nowhere", ENTER],
    ),
    Scene("search-nothing", Start::Full, &[], &["/", "xyzzy"]),
    Scene("all-read", Start::Full, &[], &["A", "gu"]),
    Scene("starred", Start::Full, &[], &["gs"]),
    Scene("today", Start::Full, &[], &["gd"]),
    Scene("stories", Start::Full, &[], &["gS"]),
    Scene("story", Start::Full, &[], &["gS", ENTER]),
    Scene(
        "story-article",
        Start::Full,
        &[],
        &["gS", ENTER, ENTER, "G"],
    ),
    Scene("folded", Start::Full, &[], &["h", "jjjjjjj", " "]),
    Scene("sidebar-hidden", Start::Full, &[], &["b"]),
    Scene("go-to", Start::Full, &[], &["\x10", "val"]),
    Scene("chord", Start::Full, &[], &["g"]),
    Scene("chord-outlet", Start::Full, &[], &["e"]),
    Scene("themes", Start::Full, &[], &[":theme ", "\t"]),
    Scene("columns", Start::Full, &[], &[":layout columns", ENTER]),
    Scene("single", Start::Full, &[], &[":layout single", ENTER]),
    Scene("picked", Start::Full, &[], &["j", "v", "jjj"]),
    Scene("messages", Start::Full, &[], &["A", "u", "ge"]),
    Scene(
        "mark-line",
        Start::Full,
        &[],
        &[":mark-read tag:georgia before:1d"],
    ),
    Scene(
        "article-hebrew",
        Start::Full,
        &[],
        &["f", "title:ירושלים", ENTER, ENTER],
    ),
    Scene("offline", Start::Full, &["--offline"], &["R"]),
    Scene("empty-offline", Start::Never, &["--offline"], &[]),
    Scene("never", Start::Never, &[], &[]),
    Scene("first-start", Start::Never, &[], &["@SLOW", "R"]),
    Scene("first-done", Start::Never, &[], &["R", "@WAIT"]),
    Scene("first-no-network", Start::NoNetwork, &[], &["R", "@WAIT"]),
    Scene("no-outlets", Start::NoOutlets, &[], &[]),
    Scene("no-outlets-health", Start::NoOutlets, &[], &["E"]),
];

/// A look: its name, what the config's `[reader]` says, `TERM`, the locale, `NO_COLOR`, the terminal's ground.
struct Look(
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    bool,
    Ground,
);

const LOOKS: &[Look] = &[
    Look(
        "dark",
        "theme = \"dark\"",
        "xterm-256color",
        "C.UTF-8",
        false,
        svg::DARK,
    ),
    Look(
        "light",
        "theme = \"light\"",
        "xterm-256color",
        "C.UTF-8",
        false,
        svg::LIGHT,
    ),
    Look(
        "gruvbox",
        "theme = \"gruvbox\"",
        "xterm-direct",
        "C.UTF-8",
        false,
        svg::DARK,
    ),
    Look("no-color", "", "xterm-256color", "C.UTF-8", true, svg::DARK),
    Look("sixteen", "", "xterm", "C.UTF-8", false, svg::DARK),
    Look(
        "sixteen-light",
        "theme = \"light\"",
        "xterm",
        "C.UTF-8",
        false,
        svg::LIGHT,
    ),
    Look("ascii", "", "vt220", "C", false, svg::DARK),
    Look(
        "linear",
        "linear = true",
        "xterm-256color",
        "C.UTF-8",
        false,
        svg::DARK,
    ),
];

struct World {
    program: PathBuf,
    folder: PathBuf,
    outlet: outlet::Outlet,
    wire: wire::Wire,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: screens DIR [WORD …]")?);
    let words: Vec<String> = arguments.collect();
    let looks: Vec<&str> = LOOKS.iter().map(|look| look.0).collect();
    let scenes: Vec<&str> = SCENES.iter().map(|scene| scene.0).collect();
    for word in &words {
        if !looks.contains(&word.as_str()) && !scenes.contains(&word.as_str()) {
            let all = [looks, scenes].concat().join(" ");
            return Err(format!("there is no look and no scene `{word}`; there are {all}").into());
        }
    }
    let wanted = |name: &str, all: &[&str]| {
        let named = |word: &String| all.contains(&word.as_str());
        !words.iter().any(named) || words.iter().any(|word| word == name)
    };
    std::fs::create_dir_all(&folder)?;
    let scratch = tempfile::tempdir()?;
    let world = World::make(scratch.path())?;
    let mut index = String::from("<!DOCTYPE html><meta charset=\"utf-8\"><title>Screens</title>\n");
    for look in LOOKS.iter().filter(|look| wanted(look.0, &looks)) {
        let _ = writeln!(index, "<h1>{}</h1>", look.0);
        for scene in SCENES.iter().filter(|scene| wanted(scene.0, &scenes)) {
            match world.draw(&folder, scene, look) {
                Ok(files) => {
                    let _ = writeln!(index, "<h2>{}</h2>", scene.0);
                    for file in files {
                        let _ = writeln!(index, "<img src=\"{file}\" width=\"30%\">");
                    }
                }
                Err(error) => eprintln!("{} {}: {error}", look.0, scene.0),
            }
        }
    }
    std::fs::write(folder.join("index.html"), index)?;
    Ok(())
}

impl World {
    /// Starts the outlets and fills a store from them, so that every scene has something of everything.
    fn make(folder: &Path) -> Result<World, Box<dyn Error>> {
        let world = World {
            program: pty::program()?,
            folder: folder.to_owned(),
            outlet: outlet::Outlet::start(jiff::Timestamp::now())?,
            wire: wire::Wire::start()?,
        };
        let full = folder.join("full");
        let config = full.join("config.toml");
        std::fs::create_dir_all(&full)?;
        std::fs::write(&config, world.config(Start::Full))?;
        let run = |arguments: &[&str]| {
            let mut command = std::process::Command::new(&world.program);
            command.arg("--config").arg(&config);
            command.arg("--data-dir").arg(full.join("data"));
            command.args(arguments).env("NO_PROXY", "*").output()
        };
        run(&["refresh", "--quiet"])?;
        world.wire.alter();
        run(&["refresh", "--quiet"])?;
        run(&[
            "mark",
            "--star",
            "--query",
            "title:reservoirs or title:Gori or title:scripts",
        ])?;
        run(&[
            "mark",
            "--read",
            "--query",
            "author:Nino or title:Gori or outlet:\"Nine Scripts\" lang:ka or title:roof",
        ])?;
        let database = rusqlite::Connection::open(full.join("data/newsprint.db"))?;
        database.execute(
            "UPDATE bodies SET html = x'00' WHERE article IN (SELECT id FROM articles WHERE title = ?1)",
            [wire::DAMAGED],
        )?;
        Ok(world)
    }

    fn config(&self, start: Start) -> String {
        let mut text = String::from("[refresh]\nhost_gap = \"0s\"\ninterval = \"0s\"\n");
        match start {
            Start::NoOutlets => text.insert_str(0, "outlet = []\n"),
            Start::NoNetwork => text.push_str(
                "[[outlet]]\nname = \"Caucasus Watch\"\nurl = \"https://caucasuswatch.invalid/en/\"\n",
            ),
            Start::Never | Start::Full => {
                let _ = write!(
                    text,
                    "[[outlet]]\nname = \"{}\"\nurl = \"{}\"\n",
                    outlet::NAME,
                    self.outlet.url()
                );
            }
        }
        if start == Start::Full {
            text.push_str("group = \"Caucasus\"\n");
            for (name, path) in [
                (
                    "The Valley Post of the Upper and Lower Valley",
                    "/valley.xml",
                ),
                ("Девять письмен", "/scripts.xml"),
                ("Broken Bell", "/broken.xml"),
                ("Gone Gazette", "/gone.xml"),
                ("Lori Post", "/lori-post/feed.xml"),
            ] {
                let group = if path.starts_with("/valley") {
                    "Caucasus"
                } else {
                    "Elsewhere"
                };
                let url = match path.starts_with("/lori") {
                    true => self.outlet.at(path),
                    false => self.wire.at(path),
                };
                let _ = write!(
                    text,
                    "[[outlet]]\nname = \"{name}\"\nurl = \"{url}\"\nfeed = \"{url}\"\nfull_text = \"never\"\ngroup = \"{group}\"\n"
                );
            }
            text.push_str("[[outlet]]\nname = \"Nobody Home\"\nurl = \"http://127.0.0.1:9/\"\n");
            text.push_str("[[view]]\nname = \"This week, Georgia\"\nquery = \"tag:georgia since:7d\"\nkey = \"4\"\n");
            text.push_str(
                "[[view]]\nname = \"Starred analyses\"\nquery = \"tag:analysis is:starred\"\n",
            );
            text.push_str("[[macro]]\nkey = \",p\"\ndescription = \"Save the link elsewhere, and star\"\nactions = [\"star\"]\n");
        }
        text
    }

    /// Draws one scene in one look at every size; gives the names of the pictures.
    fn draw(&self, into: &Path, scene: &Scene, look: &Look) -> Result<Vec<String>, Box<dyn Error>> {
        let Scene(name, start, options, keys) = scene;
        let Look(looks, reader, term, locale, plain, ground) = look;
        let home = self.folder.join("scene");
        if home.exists() {
            std::fs::remove_dir_all(&home)?;
        }
        let data = home.join("data");
        std::fs::create_dir_all(&data)?;
        if *start == Start::Full {
            for file in std::fs::read_dir(self.folder.join("full/data"))? {
                let file = file?;
                if file.file_type()?.is_file() {
                    std::fs::copy(file.path(), data.join(file.file_name()))?;
                }
            }
        }
        let config = home.join("config.toml");
        let text = format!(
            "{}[reader]\nfirst_refresh = false\n{reader}\n",
            self.config(*start)
        );
        std::fs::write(&config, text)?;

        let mut command = CommandBuilder::new(&self.program);
        command.arg("--config");
        command.arg(config);
        command.arg("--data-dir");
        command.arg(data);
        command.args(*options);
        command.env("TERM", term);
        command.env("LC_ALL", locale);
        command.env("TZ", "UTC");
        command.env("NO_PROXY", "*");
        for name in ["NO_COLOR", "COLORTERM", "COLORFGBG", "TMUX", "TERM_PROGRAM"] {
            command.env_remove(name);
        }
        if *plain {
            command.env("NO_COLOR", "1");
        }
        self.slow_down(Duration::ZERO);
        let mut screen = Screen::start(command, SIZES[0])?;
        screen.wait_until("newsprint")?;
        for typed in *keys {
            match *typed {
                "@SLOW" => self.slow_down(Duration::from_secs(4)),
                "@WAIT" => std::thread::sleep(Duration::from_secs(3)),
                "@HOME" => screen.keys(&self.outlet.url())?,
                "@GONE" => screen.keys(&self.wire.at("/gone.xml"))?,
                typed => screen.keys(typed)?,
            }
        }
        if matches!(*name, "add" | "add-failed" | "pipe" | "pipe-failed") {
            std::thread::sleep(Duration::from_millis(1500));
        }
        let mut files = Vec::new();
        for size in SIZES {
            screen.resize(size)?;
            let stem = format!("{looks}-{name}-{}x{}", size.0, size.1);
            let picture = screen.look(|screen| svg::svg(screen, ground));
            std::fs::write(into.join(format!("{stem}.svg")), picture)?;
            let text = screen.look(vt100::Screen::contents);
            std::fs::write(into.join(format!("{stem}.txt")), text)?;
            files.push(format!("{stem}.svg"));
        }
        screen.stop()?;
        Ok(files)
    }

    fn slow_down(&self, delay: Duration) {
        self.outlet.slow_down(delay);
        self.wire.slow_down(delay);
    }
}
