//! What a terminal sends: keys, mouse, pasted text, answers. Plain data.
//! Never here: reading it from the terminal, what it means.

/// A key on the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character; upper case is Shift.
    Char(char),
    /// A function key.
    F(u8),
    /// Enter.
    Enter,
    /// Esc.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Insert.
    Insert,
    /// Delete.
    Delete,
    /// Something that is no key here.
    Unknown,
}

/// A key with what was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Control.
    pub ctrl: bool,
    /// With Alt (Meta).
    pub alt: bool,
    /// With Shift, where that does not make another character.
    pub shift: bool,
}

impl Key {
    /// Alone.
    pub const fn plain(code: Code) -> Key {
        Key {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// With Control.
    pub const fn ctrl(code: Code) -> Key {
        Key {
            ctrl: true,
            ..Key::plain(code)
        }
    }

    /// With Alt.
    pub const fn alt(code: Code) -> Key {
        Key {
            alt: true,
            ..Key::plain(code)
        }
    }
}

/// The mouse; columns and rows from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down.
    Click {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
    },
    /// The wheel.
    WheelUp {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
    },
    /// The wheel.
    WheelDown {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
    },
}

/// What the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// The mouse.
    Mouse(Mouse),
    /// Pasted text, raw.
    Paste(String),
    /// The terminal got or lost the focus.
    Focus(bool),
    /// The terminal's answer about its background.
    Background {
        /// Whether dark text reads better on it.
        light: bool,
    },
    /// The terminal's answer about itself (DA1): 4 among them is sixel.
    Abilities(Vec<u16>),
}
