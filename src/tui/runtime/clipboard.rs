//! The clipboard: the system's where there is a display, else the terminal's. Never here: what is copied.

use crate::tui::terminal::Terminal;
use newsprint_html::safe_text;

/// The system's clipboard where there is a display, else the terminal's.
#[derive(Default)]
pub struct Clipboard {
    /// Kept: on X11 the text is gone with its owner.
    system: Option<arboard::Clipboard>,
}

impl Clipboard {
    /// Copies.
    pub fn copy(&mut self, text: &str, terminal: &Terminal) -> Result<String, String> {
        let text = safe_text::block(text);
        let shown = safe_text::line(&text);
        let display = ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
        if display {
            if self.system.is_none() {
                self.system = arboard::Clipboard::new().ok();
            }
            if let Some(system) = &mut self.system
                && system.set_text(text.clone()).is_ok()
            {
                return Ok(format!("Copied {shown}"));
            }
        }
        let mut bytes = Vec::new();
        crossterm::queue!(
            bytes,
            crossterm::clipboard::CopyToClipboard::to_clipboard_from(&text)
        )
        .and_then(|()| terminal.write(&bytes))
        .map_err(|error| format!("Not copied: {error}"))?;
        Ok(format!("Copied {shown} (OSC 52)"))
    }
}
