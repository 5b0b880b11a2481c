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

/// Elements of HTML, old and new, in alphabetical order.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
        "a", "abbr", "acronym", "address", "applet", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blink", "blockquote",
        "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "dir",
        "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset",
        "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label",
        "legend", "li", "link", "main", "map", "mark", "menu", "meta", "nav", "nobr", "noscript", "object", "ol", "optgroup", "option", "p",
        "param", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "script", "section", "select", "small", "source", "span",
        "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "time",
        "title", "tr", "tt", "u", "ul", "var", "video", "wbr",
];

/// Whether HTML has, or once had, an element of that name.
///
/// ```
/// assert!(newsprint_html::elements::is_known("Strong") && !newsprint_html::elements::is_known("T"));
/// ```
pub fn is_known(name: &str) -> bool {
    let mut buffer = [0u8; 12];
    let Some(lower) = buffer.get_mut(..name.len()) else {
        return false;
    };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    KNOWN
        .binary_search_by(|other| other.as_bytes().cmp(lower))
        .is_ok()
}

/// Whether an element is MathML's, with or without the prefix `mml:` or `m:`.
///
/// ```
/// assert!(newsprint_html::elements::is_formula("mml:msup") && !newsprint_html::elements::is_formula("sup"));
/// ```
pub fn is_formula(name: &str) -> bool {
    let local = name
        .strip_prefix("mml:")
        .or_else(|| name.strip_prefix("m:"));
    FORMULA.contains(&local.unwrap_or(name))
}

/// Elements of MathML (w3.org/TR/mathml-core), and what carries the same formula beside it.
const FORMULA: [&str; 27] = [
    "math",
    "mi",
    "mn",
    "mo",
    "mrow",
    "msup",
    "msub",
    "msubsup",
    "mfrac",
    "msqrt",
    "mroot",
    "mtext",
    "mspace",
    "mover",
    "munder",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "mpadded",
    "mphantom",
    "mfenced",
    "menclose",
    "merror",
    "semantics",
    "annotation",
];

#[cfg(test)]
mod tests {
    use super::KNOWN;

    #[test]
    fn names_are_in_order() {
        assert!(KNOWN.is_sorted());
    }
}
