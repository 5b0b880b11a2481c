//! Themes: what may be written, that each can be read, and that colour is never alone.

use std::path::Path;

use ratatui::style::Color;

use super::contrast::Rgb;
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
    assert!(said(0, "`beige`") && said(0, "light"), "{problems:?}");
    assert!(
        said(1, "did you mean `link`?") && said(1, "found-here"),
        "{problems:?}"
    );
    assert!(said(2, "`reddish`") && said(2, "#ffaa00"), "{problems:?}");
}

/// Red, green and blue of a colour; the first sixteen as xterm has them.
fn rgb(colour: Color) -> Rgb {
    match colour {
        Color::Rgb(r, g, b) => [r, g, b],
        Color::Indexed(n @ 16..) => contrast::indexed(n),
        Color::Red => [205, 0, 0],
        Color::Green => [0, 205, 0],
        Color::Yellow => [205, 205, 0],
        Color::Blue => [0, 0, 238],
        Color::Magenta => [205, 0, 205],
        Color::Cyan => [0, 205, 205],
        other => panic!("{other:?} is not expected in a built-in theme"),
    }
}

/// Backgrounds that people have: black, editors' greys, Solarized, One, Ubuntu's aubergine.
const DARK_GROUNDS: [u32; 6] = [0x000000, 0x1e1e1e, 0x282828, 0x002b36, 0x282c34, 0x300a24];
/// White, Solarized, light greys.
const LIGHT_GROUNDS: [u32; 4] = [0xffffff, 0xfdf6e3, 0xf5f5f5, 0xeeeeee];

/// Roles in which nothing is written.
const DRAWN: [&str; 2] = ["border", "border-focus"];

/// All themes with colours, in both depths, with the grounds they may stand on and the contrast that
/// is wanted of them.
fn coloured() -> Vec<(String, Theme, Vec<Rgb>, f64)> {
    let grounds = |all: &[u32]| all.iter().map(|ground| contrast::hex(*ground)).collect();
    let mut all = vec![
        ("dark".to_owned(), DARK, grounds(&DARK_GROUNDS), 4.5),
        ("light".to_owned(), LIGHT, grounds(&LIGHT_GROUNDS), 4.5),
        // Whose palette is its owner's: as xterm has it.
        ("16 on black".to_owned(), SIXTEEN, grounds(&[0]), 3.0),
        (
            "16 on white".to_owned(),
            SIXTEEN_LIGHT,
            grounds(&[0xff_ffff]),
            3.0,
        ),
    ]
    .into_iter()
    .map(|(name, table, grounds, least)| (name, Theme::from_table(table), grounds, least))
    .collect::<Vec<_>>();
    for name in named::names() {
        for (light, kind) in [(false, "dark"), (true, "light")] {
            for depth in [Depth::Direct, Depth::Indexed] {
                let palette = named::palette(name, light).unwrap();
                assert_eq!(palette.is_dark(), !light, "{name}");
                let theme = palette.theme(depth);
                let ground = rgb(theme.background.bg.unwrap());
                all.push((format!("{name}-{kind} {depth:?}"), theme, vec![ground], 4.5));
            }
        }
    }
    all
}

#[test]
fn every_role_can_be_read_on_the_backgrounds_that_people_have() {
    for (name, mut theme, grounds, least) in coloured() {
        for (role, _) in ROLES {
            let style = *theme.role(role).unwrap();
            let Some(front) = style.fg else { continue };
            let least = if DRAWN.contains(role) { 3.0 } else { least };
            let own: Vec<Rgb> = style.bg.into_iter().map(rgb).collect();
            let behind = if own.is_empty() { &grounds } else { &own };
            for ground in behind {
                let ratio = contrast::contrast(rgb(front), *ground);
                assert!(ratio >= least, "{name} {role} on {ground:?}: {ratio:.1}");
            }
        }
        // What stands in the header takes its background.
        if let Some(ground) = theme.header.bg {
            for (role, style) in [
                ("new", theme.new),
                ("error", theme.error),
                ("dim", theme.dim),
            ] {
                let Some(front) = style.fg else { continue };
                let ratio = contrast::contrast(rgb(front), rgb(ground));
                assert!(ratio >= least, "{name} {role} in the header: {ratio:.1}");
            }
        }
    }
}

#[test]
fn choice_focus_and_unread_are_seen_by_more_than_their_hue() {
    // Unread rows have a dot; the rest is a matter of light and dark, or of a line under them.
    for (name, theme, grounds, _) in coloured() {
        assert_ne!(theme.unread, theme.read, "{name}");
        assert_ne!(theme.selected, theme.selected_away, "{name}");
        assert_ne!(theme.added, theme.removed, "{name}");
        let bar = |style: Style| match style.bg {
            // A patch of colour that parts from the ground by its brightness.
            Some(ground) => contrast::contrast(rgb(ground), grounds[0]) >= 1.12,
            None => !style.add_modifier.is_empty(),
        };
        assert!(bar(theme.selected), "{name}: {:?}", theme.selected);
        assert!(
            bar(theme.selected_away),
            "{name}: {:?}",
            theme.selected_away
        );
    }
    // The chosen row of a pane without the focus is often the one right below the header.
    for (name, theme, ..) in coloured() {
        let [header, away, chosen] =
            [theme.header, theme.selected_away, theme.selected].map(|style| style.bg.map(rgb));
        for (least, other) in [(1.12, header), (1.15, chosen)] {
            if let (Some(away), Some(other)) = (away, other) {
                let ratio = contrast::contrast(away, other);
                assert!(ratio >= least, "{name}: {away:?} {other:?} {ratio:.2}");
            }
        }
    }
    let plain = Theme::from_table(PLAIN);
    assert_ne!(plain.selected, plain.text);
    assert_ne!(plain.selected, plain.selected_away);
    assert_ne!(plain.unread, plain.read);
    assert_ne!(plain.title_focus, plain.title);
    assert_ne!(plain.added, plain.removed);
}

#[test]
fn one_accent_shows_the_focus_and_nothing_else_of_the_frame_shares_a_colour() {
    for (name, theme, ..) in coloured() {
        assert_eq!(theme.border_focus.fg, theme.title_focus.fg, "{name}");
        assert_eq!(theme.border_focus.fg, theme.mark.fg, "{name}");
        let own = [theme.heading, theme.key, theme.title, theme.mark];
        for (at, style) in own.iter().enumerate() {
            // Sixteen colours are not enough on white: there a heading differs by its weight alone.
            let shared = |other: &Style| match name.starts_with("16") {
                true => style == other,
                false => style.fg == other.fg,
            };
            assert!(!own[at + 1..].iter().any(shared), "{name}: {own:?}");
        }
        // Bold is for headings, and in articles for what is strong; the view adds the chosen title.
        let bold = |style: Style| style.add_modifier.contains(Modifier::BOLD);
        let mut theme = theme;
        for (role, _) in ROLES {
            let may = ["heading", "strong"].contains(role);
            assert!(may || !bold(*theme.role(role).unwrap()), "{name} {role}");
        }
    }
}

#[test]
fn a_theme_is_a_name_a_section_or_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let yaml: String = (0..16)
        .map(|at| format!("base0{at:X}: \"{0:02x}{0:02x}{0:02x}\"\n", at * 17))
        .collect();
    std::fs::create_dir(folder.path().join("themes")).unwrap();
    std::fs::write(folder.path().join("themes/slate.yaml"), yaml).unwrap();
    std::fs::write(folder.path().join("broken.yaml"), "base00: \"zzz\"\n").unwrap();
    let config = |text: &str| Config::parse(text, &file, Path::new("/d")).unwrap();
    let colours = Colours {
        many: true,
        direct: true,
        ..Colours::default()
    };
    let ground = |theme: &str| {
        let config = config(&format!("[reader]\ntheme = \"{theme}\"\n"));
        assert_eq!(check(&config), [], "{theme}");
        Theme::new(&config, colours).background.bg
    };
    let nord = Some(Color::Rgb(0x2e, 0x34, 0x40));
    assert_eq!(ground("nord"), nord);
    assert_eq!(ground("nord-dark"), nord);
    assert_eq!(ground("nord-light"), Some(Color::Rgb(0xe5, 0xe9, 0xf0)));
    assert_eq!(ground("slate"), Some(Color::Rgb(0, 0, 0)));
    assert_eq!(ground("themes/slate.yaml"), Some(Color::Rgb(0, 0, 0)));
    assert_eq!(ground("dark"), None);
    let own = "[reader]\ntheme = 'mine'\n[theme.mine]\nbase = 'nord'\nlink = 'red'\n";
    let own = config(own);
    assert_eq!(check(&own), []);
    assert_eq!(Theme::new(&own, colours).background.bg, nord);
    assert_eq!(Theme::new(&own, colours).link, Style::new().fg(Color::Red));
    let said = |theme: &str| {
        let problems = check(&config(&format!("[reader]\n\ntheme = '{theme}'\n")));
        assert_eq!((problems.len(), problems[0].line), (1, 3), "{problems:?}");
        problems[0].message.clone()
    };
    assert!(said("gruvbx").contains("did you mean `gruvbox`?"));
    assert!(said("qqqqqqqq").starts_with("unknown theme `qqqqqqqq`. Themes: auto, "));
    // What Tab offers.
    assert!(names(&own).contains(&"slate".to_owned()));
    assert!(said("broken.yaml").contains("line 1: base00 is `zzz`"));
    assert!(said("gone.yaml").contains("cannot read"));
    // What cannot be used is as if nothing was said.
    let broken = config("[reader]\ntheme = 'broken.yaml'\n");
    assert_eq!(
        Theme::new(&broken, colours).header,
        Theme::from_table(DARK).header
    );
}

#[test]
fn light_is_light_on_every_terminal_and_dark_dark() {
    let theme = |name: &str, light: Option<bool>, many: bool| {
        let text = format!("[reader]\ntheme = \"{name}\"\n");
        let config = Config::parse(&text, Path::new("/c.toml"), Path::new("/d")).unwrap();
        let colours = Colours {
            many,
            light,
            ..Colours::default()
        };
        Theme::new(&config, colours).background
    };
    // The terminal's own background stays where it is known to do.
    assert_eq!(theme("light", Some(true), true), Style::default());
    assert_eq!(theme("dark", Some(false), true), Style::default());
    assert_eq!(theme("dark", None, true), Style::default());
    assert_eq!(theme("auto", None, true), Style::default());
    for light in [None, Some(false)] {
        assert_eq!(rgb(theme("light", light, true).bg.unwrap()), [255; 3]);
    }
    assert!(theme("light", None, false).bg.is_some());
    assert!(contrast::is_dark(rgb(theme("dark", Some(true), true)
        .bg
        .unwrap())));
}
