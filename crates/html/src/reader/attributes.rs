//! What the attributes of elements say: pictures and where they are, what is hidden, what only counts readers.
//! Never here: where the element stands, what is passed on.

use std::borrow::Cow;

use crate::tokens::{attributes, value};

/// The value of an attribute as written; empty when it is not there.
pub(super) fn attribute<'a>(raw: &'a str, wanted: &str) -> &'a str {
    attributes(raw)
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map_or("", |(_, value)| value)
}

/// Whether the page itself never shows the element.
pub(super) fn is_hidden(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    // Both words are rare; the attributes are read only where one of them stands.
    let named = |word: &[u8]| {
        memchr::memchr2_iter(word[0], word[0].to_ascii_uppercase(), bytes).any(|at| {
            bytes
                .get(at..at + word.len())
                .is_some_and(|there| there.eq_ignore_ascii_case(word))
        })
    };
    if !named(b"hidden") && !named(b"display") {
        return false;
    }
    attributes(raw).any(|(name, value)| {
        (name.eq_ignore_ascii_case("hidden") && !value.eq_ignore_ascii_case("until-found"))
            || (name.eq_ignore_ascii_case("style") && {
                let style: String = value
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .map(|c| c.to_ascii_lowercase())
                    .collect();
                style.contains("display:none") || style.contains("visibility:hidden")
            })
    })
}

/// What the attributes of an `<img>` say.
pub(super) struct Picture<'a> {
    source: &'a str,
    lazy: &'a str,
    set: &'a str,
    pub(super) alt: &'a str,
    /// A width or height of more than one pixel is given.
    pub(super) sized: bool,
    /// A width or height of at most one pixel is given.
    tiny: bool,
    /// The height or width that is given is that of a line of text.
    small: bool,
    /// It is a formula, by its class.
    pub(super) is_formula: bool,
}

/// Pixels up to which a picture is as high as a line of text.
const LINE_HEIGHT: u32 = 32;

impl<'a> Picture<'a> {
    pub(super) fn of(raw: &'a str) -> Picture<'a> {
        let mut found = Picture {
            source: "",
            lazy: "",
            set: "",
            alt: "",
            sized: false,
            tiny: false,
            small: false,
            is_formula: false,
        };
        let mut large = false;
        for (name, value) in attributes(raw) {
            let mut lower = [0u8; 24];
            let Some(lower) = lower.get_mut(..name.len()) else {
                continue;
            };
            lower.copy_from_slice(name.as_bytes());
            lower.make_ascii_lowercase();
            match &*lower {
                b"src" => found.source = value,
                b"alt" => found.alt = value,
                b"srcset" => found.set = value,
                b"width" | b"height" => {
                    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
                    if let Ok(pixels) = value[..digits].parse::<u32>() {
                        found.sized |= pixels > 1;
                        found.small |= pixels <= LINE_HEIGHT && !value.ends_with('%');
                        large |= pixels > LINE_HEIGHT * 4 || value.ends_with('%');
                        // A percentage is no number of pixels.
                        found.tiny |= pixels <= 1 && !value.ends_with('%');
                    }
                }
                b"class" => {
                    let classes = value.split_ascii_whitespace();
                    let known = classes.filter(|class| {
                        ["wp-smiley", "emoji", "latex", "tex", "math"].contains(class)
                            || class.starts_with("mwe-math")
                    });
                    for class in known {
                        found.small = true;
                        found.is_formula |= !["wp-smiley", "emoji"].contains(&class);
                    }
                }
                b"style" => {
                    let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                    found.tiny |= ["width:1px", "height:1px", "width:0", "height:0"]
                        .iter()
                        .any(|tiny| {
                            style
                                .split(';')
                                .any(|part| part == *tiny || part.strip_suffix("px") == Some(*tiny))
                        });
                }
                name if name.starts_with(b"data-") => {
                    // Loaders of many makes: data-src, data-lazy-src, data-original, data-srcset …
                    if name.ends_with(b"srcset") {
                        found.set = value;
                    } else if (name.ends_with(b"src")
                        || name == b"data-original"
                        || name == b"data-lazy"
                        || name == b"data-url"
                        || name == b"data-image")
                        && found.lazy.is_empty()
                    {
                        found.lazy = value;
                    }
                }
                _ => {}
            }
        }
        found.small &= !large || found.is_formula;
        found
    }

    /// As high as a line of text.
    pub(super) fn is_small(&self) -> bool {
        self.small
    }

    /// One pixel by one: it counts readers.
    pub(super) fn is_invisible(&self) -> bool {
        self.tiny
    }

    /// Addresses, the best first.
    pub(super) fn candidates(&self, picture: &'a str) -> [Option<&'a str>; 4] {
        let real = |address: &'a str| {
            (!address.is_empty() && !address.starts_with("data:") && !address.contains(['{', '}']))
                .then_some(address)
        };
        [
            real(self.lazy),
            real(self.source),
            best_of_set(self.set).and_then(real),
            best_of_set(picture).and_then(real),
        ]
    }
}

/// What an `alt` says to a reader: references that were encoded twice decoded, no name of a file.
pub(super) fn description(raw: &str) -> Cow<'_, str> {
    let mut alt = value(raw);
    for _ in 0..8 {
        match value(&alt) {
            Cow::Borrowed(_) => break,
            Cow::Owned(again) if again == *alt => break,
            Cow::Owned(again) => alt = Cow::Owned(again),
        }
    }
    let is_file = !alt.contains(' ')
        && alt.rsplit_once('.').is_some_and(|(_, end)| {
            ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif"]
                .iter()
                .any(|kind| end.eq_ignore_ascii_case(kind))
        });
    if is_file { Cow::Borrowed("") } else { alt }
}

/// The largest picture of a `srcset` that is not wider than a terminal can use.
fn best_of_set(set: &str) -> Option<&str> {
    const WIDE: f32 = 1600.0;
    let mut best: Option<(f32, &str)> = None;
    // Addresses may hold commas; what parts two candidates is a comma with white space behind it,
    // or one behind a descriptor.
    let mut words = set.split_ascii_whitespace().peekable();
    while let Some(word) = words.next() {
        let address = word.trim_end_matches(',');
        let mut size = 1.0;
        if address.len() == word.len()
            && let Some(descriptor) = words.peek()
            && let Ok(number) = descriptor
                .trim_end_matches(',')
                .trim_end_matches(['w', 'x', 'h'])
                .parse::<f32>()
        {
            size = number;
            words.next();
        }
        let better = best.is_none_or(|(had, _)| {
            if had > WIDE {
                size < had
            } else {
                size > had && size <= WIDE
            }
        });
        if better && !address.is_empty() {
            best = Some((size, address));
        }
    }
    best.map(|(_, address)| address)
}

/// Whether an address is by its last parts that of a picture nobody is to see. `sized`: the page
/// gives it a visible size.
pub(super) fn is_beacon(url: &str, sized: bool) -> bool {
    if sized {
        return false;
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let stem = last.split('.').next().unwrap_or_default();
    [
        "pixel",
        "spacer",
        "blank",
        "transparent",
        "beacon",
        "1x1",
        "clear",
        "trans",
        "dot",
        "tracking",
        "tracker",
    ]
    .iter()
    .any(|name| stem.eq_ignore_ascii_case(name))
        || path.contains("/pixel/")
        || path.contains("/beacon/")
}
