//! The notation of styles in themes: `bold #ffaa00 on black`. Never here: which role has which style.

use ratatui::style::{Color, Modifier, Style};

/// Reads a style: `bold #ffaa00 on black`, `underline 110`, `reverse`.
///
/// # Errors
/// A sentence that names the unknown word.
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
                    format!("unknown colour or style `{word}`; use `bold`, `italic`, `underline`, `reverse`, `red`, `110` or `#ffaa00`, and `on` before a background")
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
