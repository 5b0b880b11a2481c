//! HTML of strangers made safe and readable: one cleaned line, a sanitised body, plain text, Markdown, and lines of a
//! terminal. Every input is taken, in time that grows with its length; nothing panics.
//! Never here: network, store, colours, what of a page is the article (`newsprint-parse`).
//!
//! ```
//! use newsprint_html::{layout, markdown, plain, safe_text, sanitize};
//!
//! // One line of text that cannot move the cursor or hide anything.
//! assert_eq!(safe_text::line("Rain\n in\u{1b}[2J the\u{202e} valley"), "Rain in[2J the valley");
//!
//! // A body as it may be stored: text markup alone, absolute addresses, no tracking.
//! let source = "<div onclick=x>Rain in the <b>valley</b>, <a href='/m?utm_source=y'>map</a><script>z()</script></div>";
//! let body = sanitize::clean(source, "https://paper.example/");
//! assert_eq!(
//!     body.html,
//!     "<p>Rain in the <strong>valley</strong>, <a href=\"https://paper.example/m\">map</a></p>"
//! );
//! assert_eq!(body.words, 5);
//!
//! // The same as plain text, as Markdown, and as lines of 14 columns.
//! assert_eq!(plain(&body.html), "Rain in the valley, map");
//! assert_eq!(markdown(&body.html), "Rain in the **valley**, [map](https://paper.example/m)\n");
//! let options = layout::Options { width: 14, links: layout::Links::Inline, ..Default::default() };
//! assert_eq!(layout::layout(&body.html, &options).to_string(), "Rain in the\nvalley, map\n");
//! ```

pub mod elements;
mod language;
pub mod layout;
mod list_numbers;
mod markdown;
mod measure;
mod passage;
mod plain;
mod reader;
pub mod safe_text;
pub mod sanitize;
mod script;
mod source_line;
mod tokens;
mod wrapped_text;

pub use language::language;
pub use measure::{is_one_column_each, truncate, truncate_middle, width};
pub use passage::{Change, diff, marked};
pub use plain::{escape, plain, strip_tags, words};

/// An article as Markdown (CommonMark with tables), ended by a line feed.
pub fn markdown(html: &str) -> String {
    markdown::write(html)
}

/// The passage of an article where the searched words stand, at most `columns` wide, in pieces;
/// `true` marks the words found. Words are compared without case and accents; `word*` is the
/// beginning of a word.
///
/// ```
/// let found = newsprint_html::snippet("<p>Rain in Łódź</p>", &["lodz".to_owned()], 40);
/// assert_eq!(found, [("Rain in ".to_owned(), false), ("Łódź".to_owned(), true)]);
/// ```
pub fn snippet(html: &str, words: &[String], columns: usize) -> Vec<(String, bool)> {
    passage::snippet(&plain(html), words, columns)
}
