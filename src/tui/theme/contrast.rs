//! Arithmetic of colours: luminance and contrast as WCAG 2 defines them, mixing, the 256-colour
//! palette. Never here: which colour stands for what.

use ratatui::style::Color;

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// The colour `0xRRGGBB`.
pub const fn hex(value: u32) -> Rgb {
    let [_, r, g, b] = value.to_be_bytes();
    [r, g, b]
}

/// Relative luminance, from 0 (black) to 1 (white).
pub fn luminance(colour: Rgb) -> f64 {
    let part = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.03928 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2])
}

/// The contrast of two colours, from 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Dark enough that what stands on it is better light.
pub fn is_dark(ground: Rgb) -> bool {
    contrast(ground, [255; 3]) >= contrast(ground, [0; 3])
}

/// The colour `part` of the way (0 to 1) from `a` to `b`.
pub fn mix(a: Rgb, b: Rgb, part: f64) -> Rgb {
    std::array::from_fn(|at| {
        let (a, b) = (f64::from(a[at]), f64::from(b[at]));
        (a + (b - a) * part).round().clamp(0.0, 255.0) as u8
    })
}

/// How far apart the steps of the 6×6×6 cube lie.
fn level(step: u8) -> u8 {
    if step == 0 { 0 } else { 55 + 40 * step }
}

/// What xterm shows for a colour of its cube and greys (16 to 255); black for the first sixteen, whose
/// colours are the terminal's own.
pub fn indexed(index: u8) -> Rgb {
    match index {
        0..=15 => [0; 3],
        16..=231 => {
            let n = index - 16;
            [level(n / 36), level(n / 6 % 6), level(n % 6)]
        }
        232.. => [8 + 10 * (index - 232); 3],
    }
}

/// The nearest colour of the cube and the greys.
fn nearest(colour: Rgb) -> u8 {
    let far = |index: u8| -> u32 {
        let have = indexed(index);
        (0..3)
            .map(|at| {
                let apart = i32::from(have[at]) - i32::from(colour[at]);
                // The eye tells greens apart best and blues least.
                apart.unsigned_abs().pow(2) * [3, 4, 2][at]
            })
            .sum()
    };
    (16..=255).min_by_key(|index| far(*index)).unwrap_or(16)
}

/// How colours are written for a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Red, green and blue as they are.
    Direct,
    /// The nearest of 256.
    Indexed,
}

impl Depth {
    /// The colour as the terminal is told it.
    pub fn colour(self, colour: Rgb) -> Color {
        match self {
            Depth::Direct => Color::Rgb(colour[0], colour[1], colour[2]),
            Depth::Indexed => Color::Indexed(nearest(colour)),
        }
    }

    /// The colour as the terminal shows it.
    pub fn shown(self, colour: Rgb) -> Rgb {
        match self {
            Depth::Direct => colour,
            Depth::Indexed => indexed(nearest(colour)),
        }
    }

    /// The colour nearest to `colour` that has a contrast of `least` on all of `grounds`: lighter on dark
    /// grounds, darker on light ones. White or black where nothing else is enough.
    pub fn readable(self, colour: Rgb, grounds: &[Rgb], least: f64) -> Rgb {
        let dark = grounds
            .first()
            .is_none_or(|ground| is_dark(self.shown(*ground)));
        let end = if dark { [255; 3] } else { [0; 3] };
        (0..=25)
            .map(|step| mix(colour, end, f64::from(step) / 25.0))
            .find(|mixed| {
                let shown = self.shown(*mixed);
                grounds
                    .iter()
                    .all(|ground| contrast(shown, self.shown(*ground)) >= least)
            })
            .unwrap_or(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_counted_as_wcag_does() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01);
        // The example of the recommendation: #777777 on white misses 4.5 by little.
        assert!((contrast(hex(0x777777), [255; 3]) - 4.48).abs() < 0.01);
    }

    #[test]
    fn what_is_too_pale_is_pushed_away_from_the_ground_and_no_further() {
        for (colour, ground) in [(0x586e75, 0x002b36), (0xeee8d5, 0xfdf6e3)] {
            let (colour, ground) = (hex(colour), hex(ground));
            for depth in [Depth::Direct, Depth::Indexed] {
                let made = depth.readable(colour, &[ground], 4.5);
                let ratio = contrast(depth.shown(made), depth.shown(ground));
                assert!((4.5..7.0).contains(&ratio), "{made:?}: {ratio:.1}");
            }
        }
        // What can be read stays.
        let kept = Depth::Direct.readable(hex(0xffffff), &[[0; 3]], 4.5);
        assert_eq!(kept, [255; 3]);
    }

    #[test]
    fn colours_of_the_cube_are_their_own_nearest() {
        for index in [16, 24, 110, 180, 231, 236, 255] {
            assert_eq!(indexed(nearest(indexed(index))), indexed(index));
        }
    }
}
