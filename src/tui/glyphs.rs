//! The symbols of the screen: what stands for unread, starred, an excerpt …, as the locale allows.
//! Never here: where they stand, their colours.

/// The symbols in use: plain ASCII where the locale is not UTF-8.
#[derive(Debug, Clone, Copy)]
pub struct Symbols {
    /// Nothing beyond ASCII.
    pub ascii: bool,
    /// Unread.
    pub unread: &'static str,
    /// Starred.
    pub star: &'static str,
    /// An excerpt.
    pub excerpt: &'static str,
    /// The headline alone.
    pub none: &'static str,
    /// Changed by the outlet.
    pub changed: &'static str,
    /// An episode: a sound, a film.
    pub media: [&'static str; 2],
    /// The same story once more.
    pub again: &'static str,
    /// Beside what is new to the reader.
    pub new: &'static str,
    /// A refresh runs.
    pub refresh: &'static str,
    /// Parts a list of facts.
    pub dot: &'static str,
    /// Ticked, not ticked, not wanted.
    pub ticks: [&'static str; 3],
    /// Something has failed.
    pub warn: &'static str,
    /// What came lies above.
    pub above: &'static str,
    /// Something was cut off.
    pub more: &'static str,
    /// Where a line across begins at a line down.
    pub branch: &'static str,
    /// A group whose outlets are shown, and one whose are folded away.
    pub fold: [&'static str; 2],
    /// Corners and sides of frames: left top, right top, left bottom, right bottom, across, down.
    pub frame: [&'static str; 6],
}

impl Symbols {
    /// The symbols of a locale.
    pub fn new(ascii: bool) -> Symbols {
        if ascii {
            Symbols {
                ascii,
                unread: "*",
                star: "+",
                excerpt: "~",
                none: "-",
                changed: "#",
                media: ["a", "v"],
                again: "`-",
                new: ">",
                refresh: "@",
                dot: "-",
                ticks: ["[x]", "[ ]", "[-]"],
                warn: "!",
                above: "^",
                more: "~",
                branch: "+",
                fold: ["v", ">"],
                frame: ["+", "+", "+", "+", "-", "|"],
            }
        } else {
            Symbols {
                ascii,
                unread: "●",
                star: "★",
                excerpt: "◐",
                none: "○",
                changed: "±",
                media: ["♪", "►"],
                again: "└",
                new: "▎",
                refresh: "⟳",
                dot: "·",
                ticks: ["☑", "☐", "☒"],
                warn: "!",
                above: "↑",
                more: "…",
                branch: "├",
                fold: ["▾", "▸"],
                frame: ["┌", "┐", "└", "┘", "─", "│"],
            }
        }
    }
}

impl Symbols {
    /// Words instead, for ears and fingers.
    pub fn words(self) -> Symbols {
        Symbols {
            refresh: "being fetched",
            ticks: ["with", "", "without"],
            warn: "failing:",
            dot: ",",
            fold: ["", "folded:"],
            ..self
        }
    }

    /// What each sign says, for the help.
    pub fn legend(&self) -> Vec<(String, &'static str)> {
        let [with, _, without] = self.ticks;
        vec![
            (self.unread.to_owned(), "unread"),
            (self.star.to_owned(), "starred"),
            (self.excerpt.to_owned(), "excerpt only"),
            (self.none.to_owned(), "headline only"),
            (self.changed.to_owned(), "changed by the outlet"),
            (self.new.to_owned(), "new in this story"),
            (self.media[0].to_owned(), "audio"),
            (self.media[1].to_owned(), "video"),
            ("+2".to_owned(), "2 more articles in the story"),
            ("Post +2".to_owned(), "2 more outlets tell it"),
            ("3/41".to_owned(), "3 unread of 41 articles"),
            ("41".to_owned(), "beside an outlet: unread articles"),
            (self.warn.to_owned(), "failed when last fetched"),
            (self.refresh.to_owned(), "being fetched"),
            (with.to_owned(), "required tag"),
            (without.to_owned(), "excluded tag"),
            (format!("3 new {}", self.above), "new articles above"),
        ]
    }
}
