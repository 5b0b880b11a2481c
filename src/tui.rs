//! The reader: terminal guard and event loop.

use crate::config::{Config, Problem};

/// What the command line says about the reader.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Ask nothing of the network.
    pub offline: bool,
    /// Colours: `None` is as the terminal and `NO_COLOR` say.
    pub color: Option<bool>,
}

/// Why the reader could not run.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// No terminal, or one that cannot show it.
    #[error(
        "the reader needs a terminal; `newsprint list` and `newsprint show ID` print without one"
    )]
    NoTerminal,
}

impl TuiError {
    /// The exit code of the command-line contract.
    pub fn exit_code(&self) -> u8 {
        1
    }
}

/// What is wrong with the keys, macros, views and themes of the config, with lines.
pub fn check(_config: &Config) -> Vec<Problem> {
    Vec::new()
}

/// Opens the reader and returns when it is closed.
pub fn run(_config: Config, _options: Options) -> Result<(), TuiError> {
    Err(TuiError::NoTerminal)
}
