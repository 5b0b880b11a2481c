//! Sixteen colours in the order of base16 to styles of all roles, each with enough contrast on its
//! background. Never here: which palettes there are, files.

use ratatui::style::{Modifier, Style};

use super::Theme;
use super::contrast::{Depth, Rgb, is_dark, mix};

/// Contrast of what is read (WCAG 2, AA).
const READ: f64 = 4.5;
/// Contrast of plain text, so that it differs from what is dim.
const TEXT: f64 = 6.5;
/// Contrast of what is only drawn, such as lines between panes.
const DRAWN: f64 = 3.0;

/// Sixteen colours as base16 orders them: 0 to 7 from the background to the brightest text, 8 red,
/// 9 orange, 10 yellow, 11 green, 12 cyan, 13 blue, 14 magenta, 15 brown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette(pub [Rgb; 16]);

impl Palette {
    /// Its background is dark.
    pub fn is_dark(&self) -> bool {
        is_dark(self.0[0])
    }

    /// The styles of all roles, for a terminal of such colours.
    pub fn theme(&self, depth: Depth) -> Theme {
        let [ground, .., brown] = self.0;
        let [_, _, _, comment, faint, front, ..] = self.0;
        let [red, orange, yellow, green, cyan, accent, magenta] =
            [8, 9, 10, 11, 12, 13, 14].map(|at| self.0[at]);
        // The header lies lower than the ground and the chosen rows higher, so that a row below the header parts from it.
        let header = match self.is_dark() {
            true => mix(ground, [0; 3], 0.35),
            false => mix(ground, [255; 3], 0.6),
        };
        // What stands in the header or in the list must be read on both.
        let grounds = [ground, header];
        let toned = |colour: Rgb, least: f64| {
            Style::new().fg(depth.colour(depth.readable(colour, &grounds, least)))
        };
        let fg = |colour: Rgb| toned(colour, READ);
        let line = |colour: Rgb| toned(colour, DRAWN);
        let on = |colour: Rgb, ground: Rgb| {
            let colour = depth.readable(colour, &[ground], READ);
            Style::new()
                .fg(depth.colour(colour))
                .bg(depth.colour(ground))
        };
        let text = toned(front, TEXT);
        let bold = Modifier::BOLD;
        // Dimmer than the text where the palette's own grey is not.
        let dim = fg(mix(comment, faint, 0.25));
        let chosen = mix(ground, accent, 0.4);
        let away = mix(ground, front, 0.14);
        let front = if self.is_dark() { [255; 3] } else { [0; 3] };
        let front = mix(self.0[5], front, 0.4);
        // A word on a patch of colour: black or white, whichever is read better.
        let patch = |colour: Rgb| {
            let dark = is_dark(depth.shown(colour));
            on(if dark { [255; 3] } else { [0; 3] }, colour)
        };
        let title = fg(mix(faint, self.0[5], 0.5));
        // Where 256 colours, or a palette of greys, make two of them one, the next is taken.
        let other = |colours: [Rgb; 4], taken: &[Style]| {
            let mut styles = colours.map(fg).into_iter();
            styles.find(|style| !taken.contains(style)).unwrap_or(text)
        };
        let mark = fg(accent);
        let heading = other([yellow, orange, magenta, green], &[title, text, mark]);
        let key = other(
            [cyan, magenta, green, orange],
            &[title, text, mark, heading],
        );
        Theme {
            background: Style::new().bg(depth.colour(ground)).patch(text),
            text,
            dim,
            header: on(mix(self.0[5], faint, 0.3), header),
            footer: dim,
            key,
            border: line(mix(ground, self.0[5], 0.3)),
            border_focus: fg(accent),
            title,
            title_focus: fg(accent),
            selected: on(front, chosen),
            selected_away: on(self.0[5], away),
            unread: text,
            read: dim,
            date: dim,
            outlet: fg(mix(green, comment, 0.3)),
            mark,
            star: fg(yellow),
            state: dim,
            tag: fg(mix(faint, self.0[5], 0.6)),
            tag_on: fg(green),
            tag_off: fg(red).add_modifier(Modifier::CROSSED_OUT),
            count: dim,
            heading: heading.add_modifier(bold),
            strong: Style::new().add_modifier(bold),
            emphasis: Style::new().add_modifier(Modifier::ITALIC),
            link: fg(accent).add_modifier(Modifier::UNDERLINED),
            quote: fg(mix(faint, self.0[5], 0.5)).add_modifier(Modifier::ITALIC),
            code: fg(mix(orange, brown, 0.2)),
            caption: dim.add_modifier(Modifier::ITALIC),
            notice: fg(orange),
            found: patch(yellow),
            found_here: patch(orange),
            hint: patch(magenta),
            new: fg(green),
            error: fg(red),
            added: fg(green),
            removed: fg(red).add_modifier(Modifier::CROSSED_OUT),
            coloured: true,
        }
    }
}
