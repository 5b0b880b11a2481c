//! Remote HTML to the clean HTML that is stored, with its plain text and its number of words.
//! Never here: what of a page is the article (`newsprint-parse`), the layout.

use std::borrow::Cow;
use std::fmt::Write;

use crate::plain::{Plain, words};
use crate::reader::{self, Element, HtmlSink};
use crate::source_line;
use crate::tokens::Tag;
use crate::wrapped_text::with_paragraphs;

/// Clean HTML and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// Well-formed HTML of text markup alone, absolute addresses, no tracking.
    pub html: String,
    /// The text alone, as [`crate::plain()`] gives it.
    pub text: String,
    /// What is said of its pictures, captions and descriptions, a line each: to be searched, and no text.
    pub captions: String,
    /// Number of words of the text.
    pub words: u32,
}

/// Cleans HTML of any quality. `base` is the address that relative links are resolved against;
/// where it is not an absolute http(s) address, relative links are dropped.
///
/// What is kept: paragraphs, headings, lists, quotations, code, figures with pictures and captions,
/// tables, descriptions, details, rules, line breaks, and the marks within a text. What is not:
/// scripts, forms, navigation, hidden elements, tracking pixels and parameters, every attribute but
/// `href`, `src`, `alt`, `start`, `reversed`, `type` and `value` (of numbered lists), `colspan`, `rowspan`, `lang` and
/// `dir`. A player becomes a link, a formula a line of text, a picture's title its caption. Addresses are http(s), or of
/// a scheme that runs nothing (`mailto:`, `gemini:`).
/// The result is stable: cleaning it again changes nothing. Texts of more than 8 MiB are cut.
///
/// ```
/// use newsprint_html::sanitize::clean;
/// let body = clean("<div>Tbilisi <b onclick=x>court<script>y()</script></b>", "https://example.org/");
/// assert_eq!(body.html, "<p>Tbilisi <strong>court</strong></p>");
/// assert_eq!((body.text.as_str(), body.words), ("Tbilisi court", 2));
/// ```
pub fn clean(html: &str, base: &str) -> Body {
    let room = html.len().min(1 << 20);
    let mut writer = Writer {
        html: String::with_capacity(room + 16),
        plain: Plain::with_capacity(room),
    };
    reader::read(html, base, &mut writer);
    let Writer { html, plain } = writer;
    // Text that is prose only once its markup is clean.
    if let Cow::Owned(_) = with_paragraphs(&html) {
        return clean(&html, base);
    }
    let mut end = html.len();
    while let Some(shorter) = source_line::start(&html[..end], base) {
        end = shorter;
    }
    if end < html.len() {
        return clean(&html[..end], base);
    }
    Body {
        words: words(&plain.text),
        html,
        text: plain.text,
        captions: plain.captions,
    }
}

/// Writes the HTML and the text side by side.
struct Writer {
    html: String,
    plain: Plain,
}

impl Writer {
    fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        let mut rest = value;
        while let Some(at) = rest.find(['&', '"', '<']) {
            self.html.push_str(&rest[..at]);
            self.html.push_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                _ => "&quot;",
            });
            rest = &rest[at + 1..];
        }
        self.html.push_str(rest);
        self.html.push('"');
    }
}

impl HtmlSink for Writer {
    fn open(&mut self, element: &Element<'_>) {
        self.plain.open(element);
        self.html.push('<');
        self.html.push_str(name(element.tag));
        if !element.href.is_empty() {
            self.attribute("href", element.href);
        }
        // Writing to a string does not fail.
        if let Some(start) = element.start.filter(|start| *start != 1) {
            let _ = write!(self.html, " start=\"{start}\"");
        }
        if element.reversed {
            self.html.push_str(" reversed");
        }
        if !element.numerals.is_empty() {
            self.attribute("type", element.numerals);
        }
        if let Some(value) = element.value {
            let _ = write!(self.html, " value=\"{value}\"");
        }
        if element.columns > 1 {
            let _ = write!(self.html, " colspan=\"{}\"", element.columns);
        }
        if element.rows > 1 {
            let _ = write!(self.html, " rowspan=\"{}\"", element.rows);
        }
        if !element.lang.is_empty() {
            self.attribute("lang", element.lang);
        }
        if !element.dir.is_empty() {
            self.attribute("dir", element.dir);
        }
        self.html.push('>');
    }

    fn close(&mut self, tag: Tag) {
        self.plain.close(tag);
        self.html.push_str("</");
        self.html.push_str(name(tag));
        self.html.push('>');
    }

    #[inline]
    fn text(&mut self, run: &str, markup: bool) {
        self.plain.text(run, markup);
        match run {
            "&" if markup => self.html.push_str("&amp;"),
            "<" if markup => self.html.push_str("&lt;"),
            run => self.html.push_str(run),
        }
    }

    fn space(&mut self, bound: bool) {
        self.plain.space(bound);
        self.html.push(if bound { '\u{a0}' } else { ' ' });
    }

    fn line_break(&mut self) {
        self.plain.line_break();
        self.html.push_str("<br>");
    }

    fn image(&mut self, url: &str, alt: &str) {
        self.plain.image(url, alt);
        self.html.push_str("<img");
        self.attribute("src", url);
        if !alt.is_empty() {
            self.attribute("alt", alt);
        }
        self.html.push('>');
    }

    fn rule(&mut self) {
        self.plain.rule();
        self.html.push_str("<hr>");
    }

    fn full(&self) -> bool {
        // Addresses resolved against a long base can make much of little.
        self.html.len() > reader::MAX_BYTES - (64 << 10)
    }
}

/// The one name that an element is stored under.
fn name(tag: Tag) -> &'static str {
    match tag {
        Tag::Paragraph => "p",
        Tag::Heading(1) => "h1",
        Tag::Heading(2) => "h2",
        Tag::Heading(3) => "h3",
        Tag::Heading(4) => "h4",
        Tag::Heading(5) => "h5",
        Tag::Heading(_) => "h6",
        Tag::Quote => "blockquote",
        Tag::Figure => "figure",
        Tag::FigureCaption => "figcaption",
        Tag::Details => "details",
        Tag::Summary => "summary",
        Tag::List => "ul",
        Tag::Numbered => "ol",
        Tag::Item => "li",
        Tag::Descriptions => "dl",
        Tag::Term => "dt",
        Tag::Description => "dd",
        Tag::Table => "table",
        Tag::Caption => "caption",
        Tag::Row => "tr",
        Tag::Cell => "td",
        Tag::HeadCell => "th",
        Tag::Pre => "pre",
        Tag::Link => "a",
        Tag::Strong => "strong",
        Tag::Emphasis => "em",
        Tag::Underline => "u",
        Tag::Inserted => "ins",
        Tag::Strike => "s",
        Tag::Sub => "sub",
        Tag::Sup => "sup",
        Tag::Code => "code",
        Tag::Highlight => "mark",
        // The reader passes on none of the others.
        _ => "span",
    }
}

#[cfg(test)]
mod tests {
    use super::clean;
    use proptest::prelude::*;

    const BASE: &str = "https://example.org/news/story.html";

    fn html(source: &str) -> String {
        let body = clean(source, BASE);
        let again = clean(&body.html, BASE);
        let head: String = source.chars().take(200).collect();
        if source.len() < 5000 {
            assert_eq!(again, body, "not stable: {head}");
        }
        assert!(again == body, "not stable: {head}");
        assert!(crate::plain(&body.html) == body.text, "{head}");
        body.html
    }

    fn text(source: &str) -> String {
        html(source);
        clean(source, BASE).text
    }

    #[test]
    fn paragraphs_are_made_where_the_source_has_none() {
        assert_eq!(html("one"), "<p>one</p>");
        assert_eq!(
            html("<div>one<div>two</div>three</div>"),
            "<p>one</p><p>two</p><p>three</p>"
        );
        assert_eq!(
            html("one<br><br>two<br>three"),
            "<p>one</p><p>two<br>three</p>"
        );
        assert_eq!(html("<p>one<p>two"), "<p>one</p><p>two</p>");
        assert_eq!(html("<p> </p><p>&nbsp;</p><div><b></b></div>"), "");
        assert_eq!(html("<p>one\n  two\tthree </p>\n"), "<p>one two three</p>");
    }

    #[test]
    fn marks_are_balanced_and_moved_into_blocks() {
        assert_eq!(
            html("<b>a<i>b</b>c</i>"),
            "<p><strong>a<em>b</em></strong><em>c</em></p>"
        );
        assert_eq!(
            html("<b><p>a</p><p>b</p></b>"),
            "<p><strong>a</strong></p><p><strong>b</strong></p>"
        );
        assert_eq!(
            html("<p><b>a</p><p>b</p>"),
            "<p><strong>a</strong></p><p>b</p>"
        );
        assert_eq!(html("<p>a <b> b </b> c"), "<p>a <strong>b</strong> c</p>");
        assert_eq!(
            html("<b>a<strong>b</strong>c</b>"),
            "<p><strong>abc</strong></p>"
        );
        assert_eq!(
            html("<p><b>a<br><br>b</b>"),
            "<p><strong>a</strong></p><p><strong>b</strong></p>"
        );
    }

    #[test]
    fn lists_tables_and_figures_get_their_parts() {
        assert_eq!(html("<li>a<li>b"), "<ul><li>a</li><li>b</li></ul>");
        assert_eq!(
            html("<ol start=3><li>a<ul><li>b</ul><li><p>c</ol>"),
            "<ol start=\"3\"><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ol>"
        );
        assert_eq!(
            html(
                "<table><thead><tr><td>A<td>B</thead><tbody><tr><td><td colspan=900>x<td></table>"
            ),
            "<table><tr><th>A</th><th>B</th></tr><tr><td></td><td colspan=\"32\">x</td><td></td></tr></table>"
        );
        assert_eq!(html("<table><tr><td> <td></table>"), "");
        assert_eq!(
            html(
                "<figure><a href=/x><img src=a.jpg alt='A &amp; B'></a><figcaption><p>Cap</p><p>Two</p></figcaption></figure>"
            ),
            "<figure><a href=\"https://example.org/x\"><img src=\"https://example.org/news/a.jpg\" alt=\"A &amp; B\"></a><figcaption>Cap Two</figcaption></figure>"
        );
        assert_eq!(
            html("<dl><dt>a<dd>b<dd>c</dl>"),
            "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>"
        );
        assert_eq!(
            html("<div><h2><div>Head</div></h2><p>x</div>"),
            "<h2>Head</h2><p>x</p>"
        );
        assert_eq!(
            html("<details><summary>More</summary>text</details><hr><hr><p>x"),
            "<details><summary>More</summary><p>text</p></details><hr><p>x</p>"
        );
    }

    #[test]
    fn tables_that_only_lay_out_leave_their_paragraphs() {
        // A letter: tables of one column in each other.
        let letter = "<table class=document><tr><td><table><tr><td><p>Dear readers,</p><p>the ferry runs again.</p></td></tr>\
                      <tr><td><h2>Times</h2></td></tr><tr><td>It leaves at six.<br><br>It is back at nine.</td></tr></table></td></tr></table>";
        assert_eq!(
            html(letter),
            "<p>Dear readers,</p><p>the ferry runs again.</p><h2>Times</h2><p>It leaves at six.</p><p>It is back at nine.</p>"
        );
        // One cell of the text beside one of pictures; an end tag left out, a mark left open.
        assert_eq!(
            html(
                "<table><tr><td><b><img src=/a.png><td><p>The quay was rebuilt.</p><p>It is longer now.</p></table><p>x"
            ),
            "<p><strong><img src=\"https://example.org/a.png\"></strong></p><p>The quay was rebuilt.</p><p>It is longer now.</p><p>x</p>"
        );
        let told = "The harbour master counted every boat twice. ".repeat(3);
        let rows = format!("<tr><td>1</td><td><p>{told}</p><p>{told}</p></td></tr>").repeat(2);
        assert!(!html(&format!("<table>{rows}</table>")).contains("<td"));
    }

    #[test]
    fn tables_of_data_stay_tables_also_in_others() {
        let data =
            "<table><tr><th>Quay</th><th>Boats</th></tr><tr><td>North</td><td>4</td></tr></table>";
        for whole in [
            data.to_owned(),
            format!("<table><tr><td><p>All boats:</p>{data}<p>No more.</p></td></tr></table>"),
        ] {
            assert!(text(&whole).contains("Quay | Boats\nNorth | 4"), "{whole}");
        }
        for data in [
            "<table><tr><td>North</td><td>4</td></tr><tr><td>South</td><td>6</td></tr></table>",
            "<table><caption>Boats</caption><tr><td>North</td></tr><tr><td>South</td></tr></table>",
            "<table><tr><td>North</td></tr><tr><td>South</td></tr><tr><td>East</td></tr></table>",
            "<table><tr><th>North</th><td><p>four</p><p>five in summer</p></td></tr><tr><th>South</th><td>6</td></tr></table>",
        ] {
            assert_eq!(html(data), data);
        }
    }

    #[test]
    fn lines_of_the_source_part_paragraphs_where_the_page_shows_them() {
        assert_eq!(
            html(
                "<p>\u{3000}港に霧が出た。\n\n\u{3000}船は午後に出る。\n\n■翌日\n\n\u{3000}晴れた。</p>"
            ),
            "<p>港に霧が出た。</p><p>船は午後に出る。</p><p>■翌日</p><p>晴れた。</p>"
        );
        assert_eq!(
            html(
                "<p style='color:red; white-space: pre-wrap'>Fog.\n\nThe ship\nwaits.</p><p>No\n\nwind.</p>"
            ),
            "<p>Fog.</p><p>The ship<br>waits.</p><p>No wind.</p>"
        );
        assert_eq!(html("<p>Fog\n\nand\nrain.</p>"), "<p>Fog and rain.</p>");
    }

    #[test]
    fn what_style_alone_parts_from_a_word_is_parted() {
        for (source, expected) in [
            (
                "<span class=share_count>48</span>PORTO The quay",
                "48 PORTO The quay",
            ),
            (
                "<span class=story__kicker>Reportage</span>La digue",
                "Reportage La digue",
            ),
            (
                "The quay.<span class=sidenote>Built in 1902.</span> It",
                "The quay. Built in 1902. It",
            ),
            (
                "quay.<label for=s1 class=sidenote-number></label><input type=checkbox id=s1><span class=sidenote><em>Old</em> stone</span>",
                "quay. Old stone",
            ),
            ("<strong class=dateline>PORTO</strong>rain", "PORTO rain"),
            // No word is parted.
            ("<span class=dropcap>T</span>he quay", "The quay"),
            ("<b>un</b>believable", "unbelievable"),
            ("<span class=count>3</span>rd quay", "3rd quay"),
            ("(<span class=label>x</span>)", "(x)"),
            ("<span class=label>A</span>, then", "A, then"),
        ] {
            assert_eq!(text(&format!("<p>{source}</p>")), expected);
        }
    }

    #[test]
    fn a_formula_that_is_only_drawn_is_shown() {
        assert_eq!(
            text(
                "<p>It costs <span class=mjx-chtml><span class=mjx-math aria-label=c>c</span></span> a day, <span class=katex><span class=katex-html aria-hidden=true>d</span></span> at night.</p>"
            ),
            "It costs c a day, d at night."
        );
    }

    #[test]
    fn numbers_of_notes_stand_beside_neither_word_nor_text_unparted() {
        assert_eq!(
            text(
                "<p>“Thankful.”<a class='footnote-anchor' href='#footnote-1'>1</a> Then rain<a href='#fn2'>2</a>, see note <a href='#fn3'>3</a>."
            ),
            "“Thankful.”[1] Then rain[2], see note 3."
        );
        assert_eq!(
            text(
                "<div class=footnote><a id=footnote-1 href='#footnote-anchor-1' class=footnote-number>1</a>\
                 <div class=footnote-content><p><em>Box</em> nine.</p><p>So it says.</p></div></div><p>End.</p>"
            ),
            "[1] Box nine.\n\nSo it says.\n\nEnd."
        );
    }

    #[test]
    fn code_keeps_its_lines() {
        assert_eq!(
            html("<pre><code>\nif a &lt; b {\n\tc();\r\n}\n\n</code></pre>"),
            "<pre>if a &lt; b {\n    c();\n}</pre>"
        );
        assert_eq!(
            html("<pre><div>one</div><div>  two</div></pre>x"),
            "<pre>one\n  two</pre><p>x</p>"
        );
        assert_eq!(
            html("<p>call <kbd>f(x)</kbd>"),
            "<p>call <code>f(x)</code></p>"
        );
    }

    #[test]
    fn what_is_no_text_is_dropped() {
        for dropped in [
            "<script>if (a < b) document.write('<p>x</p>')</script>",
            "<style>p{}</style>",
            "<nav><a href=/>Home</a></nav>",
            "<form action=/s><p>Subscribe</p><input></form>",
            "<div hidden>x<div>y</div>z</div>",
            "<p style='display : none'>x</p>",
            "<span style=\"visibility:hidden\">x</span>",
            "<noscript>Please enable JavaScript</noscript>",
            "<!-- <p>x</p> --><!doctype html><?xml version=1?>",
            "<svg><title>x</title><text>y</text></svg>",
            "<button>Share</button><select><option>1</select>",
            "<iframe src=https://ads.example/x></iframe>",
            "<img src=https://count.example/p width=1 height=1>",
            "<img src=/pixel.gif>",
            "<img src='data:image/gif;base64,R0'>",
            "<template><p>x</p></template>",
        ] {
            assert_eq!(
                html(&format!("<p>a</p>{dropped}<p>b</p>")),
                "<p>a</p><p>b</p>",
                "{dropped}"
            );
        }
        assert_eq!(
            html("<p onclick=x class=y id=z>a <x-foo bar>b</x-foo>"),
            "<p>a b</p>"
        );
        assert_eq!(
            html("<div hidden><p>not closed<p>so it stays"),
            "<p>not closed</p><p>so it stays</p>"
        );
    }

    #[test]
    fn links_are_absolute_and_do_not_track() {
        assert_eq!(
            html("<a href='../x?utm_source=a&amp;b=c&fbclid=1#d'>t</a>"),
            "<p><a href=\"https://example.org/x?b=c#d\">t</a></p>"
        );
        assert_eq!(
            html("<a href='//cdn.example/x'>t</a>"),
            "<p><a href=\"https://cdn.example/x\">t</a></p>"
        );
        for bad in [
            "javascript:x()",
            "#note",
            "data:text/html,x",
            "",
            "https://example.org/news/story.html#n",
            "file:///etc/passwd",
        ] {
            assert_eq!(
                html(&format!("<a href='{bad}'>t</a> u")),
                "<p>t u</p>",
                "{bad}"
            );
        }
        assert_eq!(
            html("<a href=https://a.example/>one<a href=https://b.example/>two</a>"),
            "<p><a href=\"https://a.example/\">one</a><a href=\"https://b.example/\">two</a></p>"
        );
        assert_eq!(clean("<a href=/x>t</a>", "").html, "<p>t</p>");
    }

    #[test]
    fn addresses_that_other_programs_open_are_kept() {
        for kept in [
            "mailto:a@b.example",
            "gemini://b.example/x",
            "magnet:?xt=urn:btih:1",
        ] {
            assert_eq!(
                html(&format!("<a href='{kept}'>t</a>")),
                format!("<p><a href=\"{kept}\">t</a></p>")
            );
        }
    }

    #[test]
    fn numbers_never_change() {
        for (source, wanted) in [
            ("<p>10<sup>6</sup> and H<sub>2</sub>O", "10⁶ and H₂O"),
            (
                "<p>2<sup>n+1</sup>, 10<sup>6.5</sup>, 1<sup>st</sup>, M<sup>me</sup>",
                "2ⁿ⁺¹, 10^6.5, 1st, Mme",
            ),
            (
                "<p>½ cup, <math><mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></math> cups",
                "½ cup, 1 ½ cups",
            ),
            (
                "<p>so <span class=katex><span class=katex-mathml><math><semantics><msup><mi>x</mi><mn>2</mn></msup>\
                 <annotation>x^2</annotation></semantics></math></span><span class=katex-html aria-hidden=true>x2</span>\
                 </span>.",
                "so x².",
            ),
            (
                "<p>as <img class=latex alt='x^2' height=14 src=/l.png> grows",
                "as x^2 grows",
            ),
            // A script of MathJax is the formula; what is drawn or stands before it as a preview is its copy.
            (
                "<p>as <span class=MathJax_Preview>x2</span><span class=MathJax><nobr aria-hidden=true>x2</nobr></span>\
                 <script type='math/tex; mode=inline'>x^2</script> grows<script>var a = 1</script>",
                "as x^2 grows",
            ),
            (
                "<p>where $a<b$ and x<y, but not x<b>y</b>",
                "where $a<b$ and x<y, but not xy",
            ),
        ] {
            assert_eq!(text(source), wanted);
        }
        assert_eq!(
            crate::markdown("<p>10<sup>6</sup> m<sup>2</sup></p>"),
            "10⁶ m²\n"
        );
    }

    #[test]
    fn lists_keep_their_numbers() {
        assert_eq!(
            html("<ol reversed><li>c<li>b<li>a</ol><ol type=a start=0><li value=7>g<li>h</ol>"),
            "<ol start=\"3\" reversed><li>c</li><li>b</li><li>a</li></ol>\
             <ol start=\"0\" type=\"a\"><li value=\"7\">g</li><li>h</li></ol>"
        );
        assert_eq!(
            crate::markdown("<ol start=\"3\" reversed><li>c</li><li>b</li></ol>"),
            "3. c\n2. b\n"
        );
    }

    #[test]
    fn the_number_of_a_note_is_no_part_of_a_word() {
        assert_eq!(
            html(
                "<p>In 1999<a class=footnote-ref href='#f1'>2</a> and<a role=doc-noteref href='#f2'>b</a>."
            ),
            "<p>In 1999[2] and[b].</p>"
        );
        // Raised by an element, it is so here.
        for raised in [
            "<sup><a role=doc-noteref href='#f1'>2</a></sup>",
            "<a role=doc-noteref href='#f1'><sup>2</sup></a>",
        ] {
            assert_eq!(
                html(&format!("<p>In 1999{raised}.")),
                "<p>In 1999<sup>2</sup>.</p>"
            );
        }
    }

    #[test]
    fn what_stands_for_a_control_or_a_drawing_is_read() {
        for (written, words) in [
            (
                "<ul><li><label><input type=\"checkbox\" checked> Paint the rail</label></li></ul>",
                "☑ Paint the rail",
            ),
            (
                "<ul><li><input type=\"checkbox\"><label>Fix two bolts</label></li></ul>",
                "☐ Fix two bolts",
            ),
            (
                "<p>Done: <progress value=70 max=100>70 %</progress>.</p>",
                "Done: 70 %.",
            ),
            (
                "<canvas><p>The chart shows twelve bridges.</p></canvas>",
                "The chart shows twelve bridges.",
            ),
        ] {
            let text = crate::plain(&html(written));
            assert!(text.contains(words), "{written}: {text}");
        }
        let canvas = "<p>a</p><canvas>Your browser cannot show this.</canvas>";
        assert_eq!(html(canvas), "<p>a</p>");
        assert_eq!(
            html("<p>a</p><p><label>Address</label><input type=email></p>"),
            "<p>a</p>"
        );
        let form = "<form><input type=hidden name=__VIEWSTATE value=x><p>A short post.</p></form>";
        assert_eq!(html(form), "<p>A short post.</p>");
        assert_eq!(html("<form><p>Subscribe.</p></form>"), "");
    }

    #[test]
    fn numbers_stay_apart() {
        for (written, never) in [
            ("<p>It cost <del>10</del><ins>12</ins> francs", "1012"),
            ("<p>Now <s>99</s>79 francs", "9979"),
            (
                "<p>10<span style='vertical-align: super'>6</span> people",
                "106",
            ),
            ("<p>It cost 50<a href='#n1'>1</a> francs", "501"),
        ] {
            let text = crate::plain(&html(written));
            assert!(!text.contains(never), "{written}: {text}");
        }
    }

    #[test]
    fn a_formula_that_mathjax_drew_is_said_once() {
        let math = "<math><msup><mi>x</mi><mn>2</mn></msup></math>";
        for drawn in [
            format!(
                "<mjx-container><mjx-math aria-hidden=\"true\"><mjx-mi>x</mjx-mi></mjx-math><mjx-assistive-mml>{math}</mjx-assistive-mml></mjx-container>"
            ),
            format!(
                "<span class=\"MathJax\"><nobr aria-hidden=\"true\"><span>x</span><span>2</span></nobr><span class=\"MJX_Assistive_MathML\">{math}</span></span>"
            ),
        ] {
            let text = crate::plain(&html(&format!("<p>So {drawn} it is.</p>")));
            assert_eq!(text, "So x² it is.", "{drawn}");
        }
    }

    #[test]
    fn what_surrounds_a_post_is_dropped() {
        for dropped in [
            "<div class='feedflare'><a href='https://f.example/~ff/p?a=1'><img src=/f.png></a></div>",
            "<div><a href='https://twitter.com/home?status=x'><img src=/t.png></a> <a href='https://www.facebook.com/sharer.php?u=x'>Share</a></div>",
            "<div class='sharedaddy sd-sharing-enabled'><h3>Share this:</h3><ul><li><a href='/1?share=x'>X</a></ul></div>",
            "<p><a href='https://x.com/intent/tweet?u=1'>Tweet</a>&nbsp;&middot; <a href='https://www.facebook.com/sharer.php?u=x'>Share</a> |</p>",
            "<p>Share <b>this</b>: <a href='https://x.com/intent/tweet?u=1'>Tweet</a> or <a href='https://www.facebook.com/sharer.php?u=x'>like it</a></p>",
            "<p class=button-wrapper><a class='button primary' href='https://example.org/subscribe?'>Subscribe now</a></p>",
            "<div class=subscription-widget-wrap><p>Thanks for reading!</p><form><input></form></div>",
        ] {
            assert_eq!(
                html(&format!("<p>a</p>{dropped}<p>b</p>")),
                "<p>a</p><p>b</p>",
                "{dropped}"
            );
        }
        // One of several links, and words of its own.
        for kept in [
            "<p>Share it: <a href='https://x.com/intent/tweet?u=1'>Tweet</a>, or <a href='/how'>see how</a></p>",
            "<p><a href='https://x.com/intent/tweet?u=1'>Tweet</a> is what the button says that everybody in the town knows by now.</p>",
        ] {
            assert_ne!(html(kept), "", "{kept}");
        }
        // In a sentence such a link, or a button, is a part of it.
        for (kept, words) in [
            (
                "<p>Readers may <a href='https://twitter.com/intent/tweet?u=1'>tell us on Twitter</a> or by letter.</p>",
                "Readers may tell us on Twitter or by letter.",
            ),
            (
                "<p>You can <a href='https://www.facebook.com/sharer.php?u=x'>post the petition</a> before Friday.</p>",
                "You can post the petition before Friday.",
            ),
            (
                "<p>Those who <a class=button href='https://a.example/subscribe'>pay</a> read on.</p>",
                "Those who pay read on.",
            ),
            (
                "<p>Press <button>Save</button> to go on.</p>",
                "Press Save to go on.",
            ),
        ] {
            assert_eq!(crate::plain(&html(kept)), words, "{kept}");
        }
        let article = format!(
            "<div class=sharing-wrapper><p>{}</p></div>",
            "An article. ".repeat(60)
        );
        assert!(html(&article).contains("An article."));
        assert_eq!(
            html("<h2>Bridges <a class=anchor href='#bridges'>#</a></h2><p>x <a href='#r1'>↩</a>"),
            "<h2>Bridges</h2><p>x</p>"
        );
    }

    #[test]
    fn lines_of_code_lose_their_numbers_and_tasks_keep_their_boxes() {
        let code = "<table class=rouge-table><tr><td class='rouge-gutter gl'><pre class=lineno>1\n2\n</pre></td>\
                    <td class=rouge-code><pre>run();\nend();</pre></td></tr></table>";
        assert_eq!(text(code), "run();\nend();");
        assert_eq!(
            text("<pre><span class=ln>1</span>a\n<span class=ln>2</span>b</pre>"),
            "a\nb"
        );
        assert_eq!(
            text("<ul><li><input type=checkbox checked> one<li><input type=checkbox> two</ul>"),
            "☑ one\n☐ two"
        );
    }

    #[test]
    fn a_title_that_says_more_is_a_caption_and_captions_are_searched() {
        let body = clean(
            "<p>a</p><img src=/a.png alt=Star title='It is more like two and a half stars'>",
            BASE,
        );
        assert_eq!(
            body.html,
            "<p>a</p><figure><img src=\"https://example.org/a.png\" alt=\"Star\">\
             <figcaption>It is more like two and a half stars</figcaption></figure>"
        );
        assert_eq!(clean(&body.html, BASE), body);
        assert_eq!(
            (body.text.as_str(), body.captions.as_str()),
            ("a", "Star\nIt is more like two and a half stars")
        );
    }

    #[test]
    fn pictures_are_found_behind_their_loaders() {
        let found = "<p><img src=\"https://example.org/a.jpg\"></p>";
        for source in [
            "<img src=/a.jpg>",
            "<img src=data:image/gif;base64,R0 data-src=/a.jpg>",
            "<img src=/spin.gif data-lazy-src=/a.jpg>",
            "<img srcset='/s.jpg 300w, /a.jpg 1200w, /l.jpg 4000w'>",
            "<picture><source srcset='/a.jpg 2x'><img></picture>",
            "<img src=data:x><noscript><img src=/a.jpg></noscript>",
            "<img data-src=/a.jpg><noscript><img src=/a.jpg></noscript>",
        ] {
            assert_eq!(html(source), found, "{source}");
        }
        assert_eq!(html("<img src=/a.jpg alt='IMG_1.JPG'>"), found);
        assert_eq!(
            html("<img src=/a.jpg alt='Tom&amp;#39;s &amp;amp; Co'>"),
            found.replace("g\">", "g\" alt=\"Tom's &amp; Co\">")
        );
        assert_eq!(
            html("hot <img class=wp-smiley alt=🔥 src=/fire.png>!"),
            "<p>hot 🔥!</p>"
        );
    }

    #[test]
    fn players_become_links() {
        assert_eq!(
            html("<iframe src=//video.example/embed/1 allowfullscreen></iframe>"),
            "<p><a href=\"https://video.example/embed/1\">video.example</a></p>"
        );
        assert_eq!(
            html("<video poster=/p.jpg><source src=/v.mp4>Old browser</video>"),
            "<p><img src=\"https://example.org/p.jpg\"></p><p><a href=\"https://example.org/v.mp4\">Video</a></p>"
        );
    }

    #[test]
    fn references_are_decoded_once_and_unsafe_characters_dropped() {
        assert_eq!(
            html("&lt;b&gt; &amp;amp; &eacute;&#8364;&#x80;&notit; a&copy b & c < d"),
            "<p>&lt;b> &amp;amp; é€€¬it; a© b &amp; c &lt; d</p>"
        );
        assert_eq!(
            html("co&shy;op\u{200b} a\u{202e}b&#27;[31m\u{feff}"),
            "<p>coop ab[31m</p>"
        );
        assert_eq!(html("10&nbsp;000 &nbsp; x&nbsp;"), "<p>10\u{a0}000 x</p>");
        assert_eq!(
            html("👨\u{200d}👩\u{200d}👧 ☂\u{fe0f} a\u{fe0f}"),
            "<p>👨\u{200d}👩\u{200d}👧 ☂\u{fe0f} a</p>"
        );
        let tower = format!("e{}", "\u{301}".repeat(500));
        assert_eq!(html(&tower).chars().count(), "<p>e</p>".len() + 8);
        assert_eq!(
            html("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字 <q>so</q>"),
            "<p>漢(kan)字 “so”</p>"
        );
    }

    #[test]
    fn the_text_has_a_line_for_a_paragraph() {
        assert_eq!(
            text(
                "<h2>Head</h2><p>One\n two <a href=/x>three</a>.</p><ul><li>a<ul><li>b</ul><li><p>c</ul>\
                  <blockquote><p>q</p></blockquote><figure><img src=x.jpg alt=no><figcaption>Cap</figcaption></figure>\
                  <table><tr><th>A<th>B<tr><td><p>1</p><p>2</p><td>3</table><p>x<img src=y.jpg> y"
            ),
            "Head\n\nOne two three.\n\na\nb\nc\n\nq\n\nA | B\n1 2 | 3\n\nx y"
        );
        assert_eq!(
            clean("<p>Ein Satz.</p><p>Noch – einer 24/7</p>", "").words,
            5
        );
        assert_eq!(clean("東京は今日も晴れです。", "").words, 5);
    }

    #[test]
    fn hostile_documents_take_linear_time() {
        let n = 100_000;
        let long: Vec<String> = vec![
            "<div>".repeat(n),
            "<blockquote>".repeat(n),
            "<b>".repeat(n),
            "<ul><li>".repeat(n),
            "<table><tr><td>".repeat(n),
            "<p><b id=i>x".repeat(n),
            "<form>".repeat(n),
            "<noscript>".repeat(n),
            "<video>".repeat(n),
            "<nav>".repeat(n),
            "<div hidden>".repeat(n),
            "<a href='x".repeat(n),
            "<!--".repeat(n),
            "<![CDATA[".repeat(n),
            "<script>".repeat(n),
            "<br>".repeat(n),
            "<svg/>".repeat(n),
            "&".repeat(1 << 20),
            "&#".repeat(n),
            "<".repeat(1 << 20),
            "x".repeat(4 << 20),
            "</p>".repeat(n),
            "</div></li></td>".repeat(n),
            "<td colspan=99>".repeat(n),
            format!("<table>{}</table>", "<tr>".to_owned() + &"<td>x".repeat(n)),
            "<ruby><rt>".repeat(n),
            "<img src=a srcset=b>".repeat(n),
            "\u{301}".repeat(n),
            "a\u{200d}".repeat(n),
        ];
        for source in long {
            // The second pass also shows that the first was well-formed.
            html(&source);
        }
    }

    fn soup() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            prop::sample::select(vec![
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<b>",
                "</b>",
                "<i>",
                "</i>",
                "<a href=/x>",
                "</a>",
                "<a href='#y'>",
                "<ul>",
                "</ul>",
                "<ol start=2>",
                "</ol>",
                "<li>",
                "</li>",
                "<table>",
                "</table>",
                "<tr>",
                "</tr>",
                "<td>",
                "</td>",
                "<th colspan=2>",
                "</th>",
                "<thead>",
                "</thead>",
                "<caption>",
                "</caption>",
                "<figure>",
                "</figure>",
                "<figcaption>",
                "</figcaption>",
                "<img src=a.jpg>",
                "<img src=b.jpg alt='x\"<&y'>",
                "<pre>",
                "</pre>",
                "<code>",
                "</code>",
                "<br>",
                "<br>",
                "<hr>",
                "<h2>",
                "</h2>",
                "<h3>",
                "<blockquote>",
                "</blockquote>",
                "<dl>",
                "</dl>",
                "<dt>",
                "</dt>",
                "<dd>",
                "</dd>",
                "<details>",
                "</details>",
                "<summary>",
                "</summary>",
                "<q>",
                "</q>",
                "<noscript>",
                "</noscript>",
                "<sup>",
                "</sup>",
                "<div hidden>",
                "<p hidden>",
                "<iframe src=//v.example/ title=v>",
                "</iframe>",
                "<video src=v.mp4>",
                "</video>",
                "<ruby>",
                "<rt>",
                "</rt>",
                "</ruby>",
                "<section>",
                "</section>",
                "<form>",
                "</form>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
            ])
            .prop_map(str::to_owned),
            prop::sample::select(vec![
                " ",
                "\n",
                "&nbsp;",
                "x",
                "word ",
                " two",
                "&amp;",
                "&lt;",
                "<",
                "&",
                "\u{301}",
                "\u{200d}",
                "\u{fe0f}",
                "👩",
                "\u{ad}",
                "\t",
                "\r\n",
                "東京",
                "1",
                "\u{20e3}",
                "\u{3000}",
                "გ",
                "\u{1f3fb}",
                "\"",
                "]]>",
            ])
            .prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn cleaning_is_stable(source in soup()) {
            html(&source);
        }

        #[test]
        fn any_text_is_read(source in any::<String>()) {
            html(&source);
        }
    }
}
