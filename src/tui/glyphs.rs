//! The signs of the screen: what stands for unread, starred, an excerpt …, as the locale allows.
//! Never here: where they stand, their colours.

/// The signs in use: plain ASCII where the locale is not UTF-8.
#[derive(Debug, Clone, Copy)]
pub struct Signs {
    /// Nothing beyond ASCII.
    pub ascii: bool,
    /// Unread.
    pub unread: &'static str,
    /// Starred.
    pub star: &'static str,
    /// The whole text is there.
    pub full: &'static str,
    /// An excerpt.
    pub excerpt: &'static str,
    /// The headline alone.
    pub none: &'static str,
    /// Changed by the outlet.
    pub changed: &'static str,
    /// The chosen row.
    pub chosen: &'static str,
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
    /// Corners and sides of frames: left top, right top, left bottom, right bottom, across, down.
    pub frame: [&'static str; 6],
}

impl Signs {
    /// The signs of a locale.
    pub fn new(ascii: bool) -> Signs {
        if ascii {
            Signs {
                ascii,
                unread: "*",
                star: "+",
                full: "=",
                excerpt: "~",
                none: "-",
                changed: "#",
                chosen: ">",
                refresh: "@",
                dot: "-",
                ticks: ["[x]", "[ ]", "[-]"],
                warn: "!",
                above: "^",
                more: "~",
                frame: ["+", "+", "+", "+", "-", "|"],
            }
        } else {
            Signs {
                ascii,
                unread: "●",
                star: "★",
                full: "✓",
                excerpt: "◐",
                none: "○",
                changed: "±",
                chosen: "▸",
                refresh: "⟳",
                dot: "·",
                ticks: ["☑", "☐", "☒"],
                warn: "!",
                above: "↑",
                more: "…",
                frame: ["┌", "┐", "└", "┘", "─", "│"],
            }
        }
    }
}

impl Signs {
    /// Words instead, for ears and fingers.
    pub fn words(self) -> Signs {
        Signs {
            chosen: "",
            refresh: "being fetched:",
            ticks: ["with", "", "without"],
            warn: "failing:",
            dot: ",",
            ..self
        }
    }

    /// What each sign says, for the help.
    pub fn legend(&self) -> Vec<(String, &'static str)> {
        let [with, _, without] = self.ticks;
        vec![
            (self.unread.to_owned(), "not read yet"),
            (self.star.to_owned(), "starred"),
            (self.full.to_owned(), "the whole text is here"),
            (self.excerpt.to_owned(), "an excerpt of it is here"),
            (self.none.to_owned(), "only the headline is here"),
            (self.changed.to_owned(), "the outlet has changed the text"),
            ("3/41".to_owned(), "3 unread of 41 articles"),
            ("41".to_owned(), "beside an outlet: unread articles"),
            (
                self.warn.to_owned(),
                "the outlet could not be read last time",
            ),
            (self.refresh.to_owned(), "being fetched"),
            (with.to_owned(), "only with this tag"),
            (without.to_owned(), "without this tag"),
            (
                format!("3 new {}", self.above),
                "came since; they wait above",
            ),
        ]
    }
}
