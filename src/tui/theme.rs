//! Roles to styles: which theme the config asks for, made of newsprint's own tables, of a palette
//! that is known by name or of a base16 file. Never here: what has which role.

mod base16;
mod builtin;
mod contrast;
mod named;
mod palette;
mod style;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ratatui::style::{Modifier, Style};

use crate::config::{Config, Problem, Theme as Own};
use newsprint_html::layout::Marks;
use newsprint_model::nearest;

use builtin::{DARK, LIGHT, PLAIN, SIXTEEN, SIXTEEN_LIGHT};
use contrast::Depth;
use palette::Palette;
pub use style::style;

macro_rules! roles {
    ($($field:ident $name:literal $about:literal,)*) => {
        /// A style for every role.
        #[derive(Debug, Clone, Default)]
        pub struct Theme {
            $(#[doc = $about] pub $field: Style,)*
            /// Colours are used at all.
            pub coloured: bool,
        }

        /// The roles' names and what they are, for the documentation and for errors.
        pub const ROLES: &[(&str, &str)] = &[$(($name, $about)),*];

        impl Theme {
            fn role(&mut self, name: &str) -> Option<&mut Style> {
                match name {
                    $($name => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

roles! {
    background "background" "background; empty: the terminal's own",
    text "text" "plain text",
    dim "dim" "what matters less: dates, addresses, rules",
    header "header" "the line at the top",
    footer "footer" "the line at the bottom",
    key "key" "keys in the footer and the help",
    border "border" "frames",
    border_focus "border-focus" "the frame of the focused pane",
    title "title" "titles of panes",
    title_focus "title-focus" "title of the focused pane",
    selected "selected" "the chosen row",
    selected_away "selected-away" "the chosen row of a pane without the focus",
    unread "unread" "headlines not yet read",
    read "read" "headlines that have been read",
    date "date" "dates in lists",
    outlet "outlet" "outlets in lists",
    mark "mark" "the mark of unread articles",
    star "star" "the mark of starred articles",
    state "state" "the mark of an article's text",
    tag "tag" "tags",
    tag_on "tag-on" "required tags",
    tag_off "tag-off" "excluded tags",
    count "count" "numbers in the sidebar",
    heading "heading" "headings and the article's title",
    strong "strong" "strong text",
    emphasis "emphasis" "emphasised text",
    link "link" "links",
    quote "quote" "quotations",
    code "code" "code",
    caption "caption" "captions",
    notice "notice" "notices above an article",
    found "found" "search matches",
    found_here "found-here" "the current search match",
    hint "hint" "numbers of links",
    new "new" "new articles",
    error "error" "errors",
    added "added" "text that was added",
    removed "removed" "text that was removed",
}

/// The line of a `[theme.NAME]` that names the theme it changes; without it `auto`.
const BASE: &str = "base";

/// What the terminal can show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Colours {
    /// None at all: NO_COLOR, `--color never`.
    pub none: bool,
    /// More than 16.
    pub many: bool,
    /// Any: red, green and blue as they are.
    pub direct: bool,
    /// The background is light, where it is known.
    pub light: Option<bool>,
}

impl Colours {
    /// From the environment, without asking the terminal; `asked` overrules `NO_COLOR`.
    pub fn from_env(asked: Option<bool>) -> Colours {
        let var = |name: &str| std::env::var(name).unwrap_or_default();
        let term = var("TERM");
        let direct = ["direct", "kitty", "ghostty", "foot", "alacritty", "wezterm"]
            .iter()
            .any(|name| term.contains(name))
            || ["truecolor", "24bit"].contains(&var("COLORTERM").as_str())
            // tmux takes them, and gives its terminal what that knows.
            || !var("TMUX").is_empty()
            || ["iTerm.app", "WezTerm", "vscode", "ghostty"]
                .contains(&var("TERM_PROGRAM").as_str());
        let many = direct || term.contains("256") || !var("COLORTERM").is_empty();
        // `15;0` or `15;default;0`: the last is the background.
        let light = var("COLORFGBG")
            .rsplit(';')
            .next()
            .and_then(|number| number.parse::<u8>().ok())
            .map(|number| number == 7 || number == 15);
        Colours {
            none: asked.map_or_else(|| !var("NO_COLOR").is_empty(), |yes| !yes),
            many,
            direct,
            light,
        }
    }
}

/// What a theme's name stands for, before the terminal is known.
enum Known {
    /// By the terminal's background.
    Auto,
    Dark,
    Light,
    /// No colours.
    Plain,
    /// One that is known by name, for either background.
    Named(String),
    /// Of a base16 file.
    File(Box<Palette>),
}

/// The background that a theme brings along, where the terminal's own would not do: most terminals are dark, so
/// that `light` leaves it to the terminal only where that is known to be light, and `dark` only gives way to one
/// that is known to be.
fn ground(known: &Known, colours: Colours) -> &'static [(&'static str, &'static str)] {
    match (known, colours.light, colours.many) {
        (Known::Light, None | Some(false), true) => &[("background", "235 on 231")],
        (Known::Light, None, false) => &[("background", "black on white")],
        (Known::Dark, Some(true), true) => &[("background", "252 on 234")],
        _ => &[],
    }
}

/// Looks a theme up by its name or path.
///
/// # Errors
/// A sentence: there is no such theme, or its file cannot be used.
fn look_up(theme: &str, config: &Config) -> Result<Known, String> {
    Ok(match theme {
        "" | "auto" => Known::Auto,
        "dark" => Known::Dark,
        "light" => Known::Light,
        "plain" => Known::Plain,
        theme if named::palette(theme, false).is_some() => Known::Named(theme.to_owned()),
        theme => match base16::file(theme, &config.file) {
            Some(path) => Known::File(Box::new(base16::load(&path)?)),
            None => return Err(unknown(theme, config)),
        },
    })
}

/// An unknown theme, with the nearest of those that there are.
fn unknown(theme: &str, config: &Config) -> String {
    let hint = nearest(theme, names(config).iter().map(String::as_str))
        .map_or(".".to_owned(), |near| format!("; did you mean `{near}`?"));
    format!(
        "unknown theme `{theme}`{hint} Themes: {}, or a base16 file: `themes/{theme}.yaml` beside the config",
        named_here(config).join(", ")
    )
}

/// The folder of theme files.
pub fn folder(config: &Path) -> PathBuf {
    config
        .parent()
        .unwrap_or(Path::new("."))
        .join(base16::FOLDER)
}

/// The theme files, with what differs when one is written: its size and time.
pub fn stamps(config: &Path) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let files = std::fs::read_dir(folder(config)).into_iter().flatten();
    let mut stamps: Vec<_> = files
        .flatten()
        .filter_map(|file| {
            let meta = std::fs::metadata(file.path()).ok()?;
            Some((file.path(), meta.len(), meta.modified().ok()))
        })
        .collect();
    stamps.sort();
    stamps
}

/// The names of all themes, base16 files beside the config included.
pub fn names(config: &Config) -> Vec<String> {
    let mut names = named_here(config);
    for name in base16::names(&config.file) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The names of the themes that need no file, `[theme.NAME]` of the config included.
fn named_here(config: &Config) -> Vec<String> {
    let own = ["auto", "dark", "light", "plain"].into_iter();
    let own = own.chain(named::names()).map(str::to_owned);
    own.chain(config.themes.iter().map(|theme| theme.name.clone()))
        .collect()
}

impl Theme {
    /// The theme that the config asks for, on such a terminal. What cannot be used is `auto`; [`check`]
    /// says why.
    pub fn new(config: &Config, colours: Colours) -> Theme {
        let own = config
            .themes
            .iter()
            .find(|own| own.name == config.reader.theme);
        let base = match own {
            None => config.reader.theme.as_str(),
            Some(own) => own
                .roles
                .iter()
                .find(|(role, ..)| role == BASE)
                .map_or("auto", |(_, base, _)| base.as_str()),
        };
        let known = look_up(base, config).unwrap_or(Known::Auto);
        let mut theme = match known {
            _ if colours.none => return Theme::from_table(PLAIN),
            Known::Plain => Theme::from_table(PLAIN),
            known => Theme::coloured(&known, colours),
        };
        if let Some(own) = own {
            theme.wear(own);
        }
        theme
    }

    /// A theme of colours, as many as the terminal has.
    fn coloured(known: &Known, colours: Colours) -> Theme {
        let light = match known {
            Known::Dark => false,
            Known::Light => true,
            Known::File(palette) => !palette.is_dark(),
            _ => colours.light.unwrap_or(false),
        };
        let palette = match known {
            Known::Named(name) => named::palette(name, light),
            Known::File(palette) => Some(**palette),
            _ => None,
        };
        match palette {
            Some(palette) if colours.many => palette.theme(match colours.direct {
                true => Depth::Direct,
                false => Depth::Indexed,
            }),
            _ => {
                // Terminals of 16 colours have their own palette and background.
                let mut theme =
                    Theme::from_table(match (colours.many, colours.light.unwrap_or(light)) {
                        (false, false) => SIXTEEN,
                        (false, true) => SIXTEEN_LIGHT,
                        (true, _) if light => LIGHT,
                        (true, _) => DARK,
                    });
                theme.coloured = true;
                theme.lay(ground(known, colours));
                theme
            }
        }
    }

    fn from_table(table: &[(&str, &str)]) -> Theme {
        let mut theme = Theme::default();
        theme.lay(table);
        theme
    }

    /// What the reader's own theme says, over what is there.
    fn wear(&mut self, own: &Own) {
        for (role, words, _) in &own.roles {
            if let (Some(role), Ok(style)) = (self.role(role), style(words)) {
                *role = style;
            }
        }
    }

    fn lay(&mut self, table: &[(&str, &str)]) {
        for (role, words) in table {
            if let (Some(role), Ok(style)) = (self.role(role), style(words)) {
                *role = style;
            }
        }
    }

    /// The style of a piece of an article.
    pub fn span(&self, marks: Marks, link: bool) -> Style {
        let mut style = self.text;
        if marks.quote > 0 {
            style = style.patch(self.quote);
        }
        if marks.code {
            style = style.patch(self.code);
        }
        if marks.caption || marks.image {
            style = style.patch(self.caption);
        }
        if marks.heading > 0 {
            style = style.patch(self.heading);
        }
        if marks.strong {
            style = style.patch(self.strong);
        }
        if marks.emphasis {
            style = style.patch(self.emphasis);
        }
        if marks.underline {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        if marks.strike {
            style = style.add_modifier(Modifier::CROSSED_OUT);
        }
        if link && !marks.dim {
            style = style.patch(self.link);
        }
        if marks.highlight {
            style = style.patch(self.notice);
        }
        if marks.dim {
            style = style.patch(self.dim);
        }
        style
    }
}

/// What is wrong with the config's themes, line by line.
pub fn check(config: &Config) -> Vec<Problem> {
    let mut problems = Vec::new();
    let reader = &config.reader;
    if !config.themes.iter().any(|own| own.name == reader.theme)
        && let Err(message) = look_up(&reader.theme, config)
    {
        problems.push(Problem {
            line: config.line_of("reader.theme"),
            key: "reader.theme".to_owned(),
            message,
        });
    }
    for Own { name, roles } in &config.themes {
        for (role, words, line) in roles {
            if role == BASE {
                if let Err(message) = look_up(words, config) {
                    problems.push(Problem {
                        line: *line,
                        key: format!("theme.{name}.{role}"),
                        message,
                    });
                }
                continue;
            }
            if !ROLES.iter().any(|(name, _)| name == role) {
                let names: Vec<&str> = ROLES.iter().map(|(name, _)| *name).collect();
                let meant = nearest(role, names.iter().copied())
                    .map_or(String::new(), |near| format!("did you mean `{near}`? "));
                problems.push(Problem {
                    line: *line,
                    key: format!("theme.{name}.{role}"),
                    message: format!("unknown role `{role}`; {meant}Roles: {}", names.join(", ")),
                });
            }
            if let Err(message) = style(words) {
                problems.push(Problem {
                    line: *line,
                    key: format!("theme.{name}.{role}"),
                    message,
                });
            }
        }
    }
    problems
}
