//! Roles to styles: the built-in themes as tables of the same words that a `[theme.NAME]` of the
//! config is written in. Never here: what has which role.

use ratatui::style::{Color, Modifier, Style};

use crate::config::{Config, Problem, Theme as Own};
use newsprint_html::layout::Marks;
use newsprint_model::nearest;

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
    text "text" "plain text",
    dim "dim" "what matters less: dates, addresses, rules",
    header "header" "the line at the top",
    footer "footer" "the line at the bottom",
    key "key" "keys in the footer and the help",
    border "border" "frames",
    border_focus "border-focus" "the frame of the pane that keys go to",
    title "title" "titles of panes",
    title_focus "title-focus" "title of the pane that keys go to",
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
    tag_on "tag-on" "tags that are asked for",
    tag_off "tag-off" "tags that are not wanted",
    count "count" "numbers in the sidebar",
    heading "heading" "headings and the article's title",
    strong "strong" "strong text",
    emphasis "emphasis" "emphasised text",
    link "link" "links",
    quote "quote" "quotations",
    code "code" "code",
    caption "caption" "captions",
    notice "notice" "what the reader should know of an article",
    found "found" "what was searched",
    found_here "found-here" "the match that was gone to",
    hint "hint" "numbers of links",
    new "new" "what has just come",
    error "error" "what went wrong",
    added "added" "text that was added",
    removed "removed" "text that was removed",
}

/// The line of a user theme that names what it goes out from: `dark`, `light`, `plain` or `auto`.
const BASE: &str = "base";

/// What holds in every theme: looks without colour.
const PLAIN: &[(&str, &str)] = &[
    ("header", "bold"),
    ("key", "bold"),
    ("border-focus", "bold"),
    ("title-focus", "bold reverse"),
    ("selected", "reverse"),
    ("selected-away", "underline"),
    ("unread", "bold"),
    ("mark", "bold"),
    ("star", "bold"),
    ("tag-on", "bold"),
    ("tag-off", "strike"),
    ("heading", "bold"),
    ("strong", "bold"),
    ("emphasis", "italic"),
    ("link", "underline"),
    ("quote", "italic"),
    ("caption", "italic"),
    ("notice", "bold"),
    ("found", "underline bold"),
    ("found-here", "reverse bold"),
    ("hint", "reverse"),
    ("new", "bold"),
    ("error", "bold"),
    ("added", "underline bold"),
    ("removed", "dim strike"),
];

const DARK: &[(&str, &str)] = &[
    ("dim", "247"),
    ("header", "252 on 236"),
    ("footer", "247"),
    ("key", "bold 180"),
    ("border", "243"),
    ("border-focus", "110"),
    ("title", "250"),
    ("title-focus", "bold 153"),
    ("selected", "bold 231 on 24"),
    ("selected-away", "252 on 237"),
    ("unread", "bold"),
    ("read", "249"),
    ("date", "109"),
    ("outlet", "108"),
    ("mark", "bold 74"),
    ("star", "bold 221"),
    ("state", "247"),
    ("tag", "250"),
    ("tag-on", "bold 150"),
    ("tag-off", "174 strike"),
    ("count", "247"),
    ("heading", "bold 180"),
    ("strong", "bold"),
    ("emphasis", "italic"),
    ("link", "underline 110"),
    ("quote", "250 italic"),
    ("code", "151"),
    ("caption", "italic 248"),
    ("notice", "179"),
    ("found", "bold 16 on 179"),
    ("found-here", "bold 16 on 215"),
    ("hint", "bold 16 on 150"),
    ("new", "bold 150"),
    ("error", "bold 210"),
    ("added", "150"),
    ("removed", "strike 174"),
];

const LIGHT: &[(&str, &str)] = &[
    ("dim", "241"),
    ("header", "235 on 253"),
    ("footer", "241"),
    ("key", "bold 94"),
    ("border", "244"),
    ("border-focus", "25"),
    ("title", "239"),
    ("title-focus", "bold 25"),
    ("selected", "bold 16 on 153"),
    ("selected-away", "235 on 254"),
    ("unread", "bold"),
    ("read", "239"),
    ("date", "24"),
    ("outlet", "23"),
    ("mark", "bold 26"),
    ("star", "bold 94"),
    ("state", "241"),
    ("tag", "238"),
    ("tag-on", "bold 22"),
    ("tag-off", "124 strike"),
    ("count", "241"),
    ("heading", "bold 94"),
    ("strong", "bold"),
    ("emphasis", "italic"),
    ("link", "underline 25"),
    ("quote", "238 italic"),
    ("code", "22"),
    ("caption", "italic 241"),
    ("notice", "94"),
    ("found", "bold 16 on 222"),
    ("found-here", "bold 16 on 214"),
    ("hint", "bold 16 on 150"),
    ("new", "bold 22"),
    ("error", "bold 124"),
    ("added", "22"),
    ("removed", "strike 124"),
];

/// For terminals of 16 colours: their own palette, on a dark background.
const SIXTEEN: &[(&str, &str)] = &[
    ("header", "reverse"),
    ("key", "bold"),
    ("border-focus", "cyan"),
    ("title-focus", "bold cyan"),
    ("selected", "reverse"),
    ("selected-away", "underline"),
    ("unread", "bold"),
    ("date", "cyan"),
    ("outlet", "green"),
    ("mark", "bold cyan"),
    ("star", "bold yellow"),
    ("tag-on", "bold green"),
    ("tag-off", "red"),
    ("heading", "bold yellow"),
    ("strong", "bold"),
    ("emphasis", "italic"),
    ("link", "underline cyan"),
    ("code", "green"),
    ("notice", "yellow"),
    ("found", "bold reverse"),
    ("found-here", "bold reverse yellow"),
    ("hint", "reverse green"),
    ("new", "bold green"),
    ("error", "bold red"),
    ("added", "green"),
    ("removed", "red"),
];

/// The same on a light one, where green, yellow and cyan are too pale to be read.
const SIXTEEN_LIGHT: &[(&str, &str)] = &[
    ("header", "reverse"),
    ("key", "bold"),
    ("border-focus", "blue"),
    ("title-focus", "bold blue"),
    ("selected", "reverse"),
    ("selected-away", "underline"),
    ("unread", "bold"),
    ("date", "blue"),
    ("outlet", "magenta"),
    ("mark", "bold blue"),
    ("star", "bold magenta"),
    ("tag-on", "bold magenta"),
    ("tag-off", "red"),
    ("heading", "bold blue"),
    ("strong", "bold"),
    ("emphasis", "italic"),
    ("link", "underline blue"),
    ("code", "magenta"),
    ("notice", "bold magenta"),
    ("found", "bold reverse"),
    ("found-here", "bold reverse red"),
    ("hint", "reverse magenta"),
    ("new", "bold magenta"),
    ("error", "bold red"),
    ("added", "underline blue"),
    ("removed", "red"),
];

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

impl Theme {
    /// The theme that the config asks for, on such a terminal.
    pub fn new(config: &Config, colours: Colours) -> Theme {
        let mut theme = Theme {
            coloured: !colours.none,
            ..Theme::default()
        };
        theme.lay(PLAIN);
        if colours.none || config.reader.theme == "plain" {
            theme.coloured = false;
            return theme;
        }
        let own = config
            .themes
            .iter()
            .find(|own| own.name == config.reader.theme);
        let base = own
            .and_then(|own| own.roles.iter().find(|(role, ..)| role == BASE))
            .map_or(config.reader.theme.as_str(), |(_, base, _)| base.as_str());
        if base == "plain"
            && let Some(own) = own
        {
            theme.wear(own);
            return theme;
        }
        let light = match base {
            "light" => true,
            "dark" => false,
            _ => colours.light.unwrap_or(false),
        };
        // Colours stand alone: what plain said with reverse video is taken back first.
        theme = Theme {
            coloured: true,
            ..Theme::default()
        };
        theme.lay(match (colours.many, light) {
            (false, false) => SIXTEEN,
            (false, true) => SIXTEEN_LIGHT,
            (true, true) => LIGHT,
            (true, false) => DARK,
        });
        if let Some(own) = own {
            theme.wear(own);
        }
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

/// Reads a style: `bold #ffaa00 on black`, `underline 110`, `reverse`.
///
/// # Errors
/// A sentence that names the word that is none.
pub fn style(words: &str) -> Result<Style, String> {
    let mut style = Style::default();
    let mut ground = false;
    for word in words.split_whitespace() {
        let modifier = match word {
            "on" => {
                ground = true;
                continue;
            }
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underline" => Modifier::UNDERLINED,
            "reverse" => Modifier::REVERSED,
            "strike" => Modifier::CROSSED_OUT,
            word => {
                let colour = colour(word).ok_or_else(|| {
                    format!("`{word}` is no colour and no style; write `bold`, `italic`, `underline`, `reverse`, `red`, `110` or `#ffaa00`, and `on` before a background")
                })?;
                style = if ground {
                    style.bg(colour)
                } else {
                    style.fg(colour)
                };
                ground = false;
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    if ground {
        return Err("a colour is missing after `on`".into());
    }
    Ok(style)
}

fn colour(word: &str) -> Option<Color> {
    if let Some(hex) = word.strip_prefix('#') {
        let number = (hex.len() == 6).then(|| u32::from_str_radix(hex, 16).ok())??;
        let [_, r, g, b] = number.to_be_bytes();
        return Some(Color::Rgb(r, g, b));
    }
    if let Ok(number) = word.parse() {
        return Some(Color::Indexed(number));
    }
    Some(match word {
        "default" => Color::Reset,
        "black" => Color::Black,
        "red" => Color::Red,
        "green" => Color::Green,
        "yellow" => Color::Yellow,
        "blue" => Color::Blue,
        "magenta" => Color::Magenta,
        "cyan" => Color::Cyan,
        "white" => Color::Gray,
        "gray" | "grey" => Color::DarkGray,
        _ => return None,
    })
}

/// What is wrong with the config's themes, line by line.
pub fn check(config: &Config) -> Vec<Problem> {
    let mut problems = Vec::new();
    for Own { name, roles } in &config.themes {
        for (role, words, line) in roles {
            if role == BASE {
                if !["auto", "dark", "light", "plain"].contains(&words.as_str()) {
                    problems.push(Problem {
                        line: *line,
                        key: format!("theme.{name}.{role}"),
                        message: format!(
                            "`{words}` is no base; there are `auto`, `dark`, `light` and `plain`"
                        ),
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
                    message: format!(
                        "there is no role `{role}`; {meant}There are {}",
                        names.join(", ")
                    ),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_written_in_words() {
        let parsed = style("bold #ffaa00 on black").unwrap();
        assert_eq!(
            parsed,
            Style::new()
                .fg(Color::Rgb(255, 170, 0))
                .bg(Color::Black)
                .add_modifier(Modifier::BOLD)
        );
        assert!(style("blod").unwrap_err().contains("`blod`"));
        assert!(style("red on").is_err());
    }

    #[test]
    fn every_built_in_line_names_a_role_and_a_style() {
        for table in [PLAIN, DARK, LIGHT, SIXTEEN, SIXTEEN_LIGHT] {
            for (role, words) in table {
                assert!(Theme::default().role(role).is_some(), "{role}");
                assert!(style(words).is_ok(), "{words}");
            }
        }
    }

    #[test]
    fn a_theme_of_ones_own_changes_what_it_names_and_says_what_is_wrong() {
        let config = |text: &str| {
            let path = std::path::Path::new("/c.toml");
            Config::parse(text, path, std::path::Path::new("/d")).unwrap()
        };
        let colours = Colours {
            many: true,
            ..Colours::default()
        };
        let own = "[reader]\ntheme = \"paper\"\n[theme.paper]\nbase = \"light\"\nlink = \"red\"\n";
        let theme = Theme::new(&config(own), colours);
        let light = Theme::new(&config("[reader]\ntheme = \"light\"\n"), colours);
        assert_eq!(theme.link, Style::new().fg(Color::Red));
        assert_eq!(theme.selected, light.selected);
        assert!(check(&config(own)).is_empty());
        let wrong = "[theme.paper]\nbase = \"beige\"\nlnik = \"red\"\nlink = \"reddish\"\n";
        let problems = check(&config(wrong));
        let lines: Vec<usize> = problems.iter().map(|p| p.line).collect();
        assert_eq!(lines, [2, 3, 4]);
        let said = |at: usize, text: &str| problems[at].message.contains(text);
        assert!(said(0, "`beige`") && said(0, "`light`"), "{problems:?}");
        assert!(
            said(1, "did you mean `link`?") && said(1, "found-here"),
            "{problems:?}"
        );
        assert!(said(2, "`reddish`") && said(2, "#ffaa00"), "{problems:?}");
    }

    /// Red, green and blue of a colour; the first sixteen as xterm has them.
    fn rgb(colour: Color) -> [u8; 3] {
        match colour {
            Color::Rgb(r, g, b) => [r, g, b],
            Color::Indexed(n @ 16..=231) => {
                let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
                let n = n - 16;
                [level(n / 36), level(n / 6 % 6), level(n % 6)]
            }
            Color::Indexed(n @ 232..) => [8 + 10 * (n - 232); 3],
            Color::Red => [205, 0, 0],
            Color::Green => [0, 205, 0],
            Color::Yellow => [205, 205, 0],
            Color::Blue => [0, 0, 238],
            Color::Magenta => [205, 0, 205],
            Color::Cyan => [0, 205, 205],
            other => panic!("{other:?} is not expected in a built-in theme"),
        }
    }

    /// The contrast of two colours as WCAG 2 counts it, from 1 to 21.
    fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
        let light = |colour: [u8; 3]| {
            let part = |value: u8| {
                let value = f64::from(value) / 255.0;
                if value <= 0.03928 {
                    value / 12.92
                } else {
                    ((value + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2])
        };
        let (a, b) = (light(a), light(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Backgrounds that people have: black, editors' greys, Solarized, One, Ubuntu's aubergine.
    const DARK_GROUNDS: [u32; 6] = [0x000000, 0x1e1e1e, 0x282828, 0x002b36, 0x282c34, 0x300a24];
    /// White, Solarized, light greys.
    const LIGHT_GROUNDS: [u32; 4] = [0xffffff, 0xfdf6e3, 0xf5f5f5, 0xeeeeee];

    /// Roles in which nothing is written.
    const DRAWN: [&str; 2] = ["border", "border-focus"];

    #[test]
    fn every_role_can_be_read_on_the_backgrounds_that_people_have() {
        let grounds = |all: &[u32]| -> Vec<[u8; 3]> {
            let bytes = all.iter().map(|ground| ground.to_be_bytes());
            bytes.map(|[_, r, g, b]| [r, g, b]).collect()
        };
        for (name, table, grounds, least) in [
            ("dark", DARK, grounds(&DARK_GROUNDS), 4.5),
            ("light", LIGHT, grounds(&LIGHT_GROUNDS), 4.5),
            // Whose palette is its owner's: as xterm has it.
            ("16 on black", SIXTEEN, grounds(&[0]), 3.0),
            ("16 on white", SIXTEEN_LIGHT, grounds(&[0xff_ffff]), 3.0),
        ] {
            let mut theme = Theme::default();
            theme.lay(table);
            for (role, _) in ROLES {
                let style = *theme.role(role).unwrap();
                let Some(front) = style.fg else { continue };
                let least = if DRAWN.contains(role) { 3.0 } else { least };
                let own: Vec<[u8; 3]> = style.bg.into_iter().map(rgb).collect();
                let behind = if own.is_empty() { &grounds } else { &own };
                for ground in behind {
                    let ratio = contrast(rgb(front), *ground);
                    assert!(ratio >= least, "{name} {role} on {ground:?}: {ratio:.1}");
                }
            }
            // What stands in the header takes its background.
            if let Some(ground) = theme.header.bg {
                for (role, style) in [("new", theme.new), ("error", theme.error)] {
                    let ratio = contrast(rgb(style.fg.unwrap()), rgb(ground));
                    assert!(ratio >= least, "{name} {role} in the header: {ratio:.1}");
                }
            }
        }
    }

    #[test]
    fn in_every_theme_choice_focus_and_unread_are_seen_by_more_than_their_hue() {
        for table in [PLAIN, DARK, LIGHT, SIXTEEN, SIXTEEN_LIGHT] {
            let mut theme = Theme::default();
            theme.lay(table);
            let modifier = |style: Style| style.add_modifier;
            assert_ne!(modifier(theme.unread), modifier(theme.read));
            assert_ne!(modifier(theme.title_focus), modifier(theme.title));
            // A bar of its own under the chosen row.
            let bar = |style: Style| style.bg.is_some() || modifier(style) == Modifier::REVERSED;
            assert!(bar(theme.selected));
            assert_ne!(theme.selected, theme.selected_away);
            assert_ne!(theme.selected_away, Style::default());
            assert_ne!(theme.added, theme.removed);
        }
    }

    #[test]
    fn without_colour_choice_focus_and_unread_still_differ() {
        let mut theme = Theme::default();
        theme.lay(PLAIN);
        assert_ne!(theme.selected, theme.text);
        assert_ne!(theme.selected, theme.selected_away);
        assert_ne!(theme.unread, theme.read);
        assert_ne!(theme.title_focus, theme.title);
    }
}
