//! Names of HTML elements by what a parser has to know of them, in whatever case they are written.
//! Never here: what an element means to a text (`tokens`).

/// Elements without content and end tag (WHATWG HTML, 13.1.2), with the obsolete `frame` and `param`.
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
];

/// Whether an element has no content and no end tag.
///
/// ```
/// assert!(newsprint_html::elements::is_void("BR") && !newsprint_html::elements::is_void("b"));
/// ```
pub fn is_void(name: &str) -> bool {
    name.len() <= 6 && VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}
