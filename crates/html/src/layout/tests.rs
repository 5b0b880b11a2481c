//! What a reader sees of each kind of block, at comfortable and at hopeless widths.
//! Never here: line breaking in itself (`wrap`).

use proptest::prelude::*;

use super::{Images, Laid, Links, Options, layout, layout_prefix};
use crate::{plain, width};

fn at(columns: u16) -> Options {
    Options {
        width: columns,
        ..Options::default()
    }
}

fn shown(html: &str, columns: u16) -> String {
    layout(html, &at(columns)).to_string()
}

#[test]
fn paragraphs_and_headings_are_parted_by_one_empty_line() {
    let html =
        "<h2>Harvest <em>begins</em></h2><p>One two three four.</p><p>Five.</p><hr><p>Six</p>";
    assert_eq!(
        shown(html, 14),
        "Harvest begins\n\nOne two three\nfour.\n\nFive.\n\n──────────────\n\nSix\n"
    );
    let laid = layout(html, &at(40));
    assert_eq!(laid.headings[0].text, "Harvest begins");
    assert_eq!((laid.headings[0].level, laid.headings[0].line), (2, 0));
    assert_eq!(laid.lines[0].spans[0].marks.heading, 2);
    assert!(laid.lines[0].spans[1].marks.emphasis);
    assert_eq!(shown("", 40), "");
}

#[test]
fn lists_hang_and_nest() {
    let html = "<p>a</p><ul><li>one two three<ul><li>in<ol start=\"9\"><li>x</li><li>y</li></ol></li></ul></li>\
                <li><p>p</p><p>q</p></li><li>z</li></ul><p>b</p>";
    assert_eq!(
        shown(html, 20),
        "a\n\n• one two three\n  ◦ in\n    9. x\n    10. y\n• p\n\n  q\n• z\n\nb\n"
    );
    assert_eq!(
        shown("<ul><li>one two three</li></ul>", 9),
        "• one two\n  three\n"
    );
    assert_eq!(
        shown("<dl><dt>T</dt><dd>d e</dd><dt>U</dt><dd>f</dd></dl>", 20),
        "T\n  d e\nU\n  f\n"
    );
}

#[test]
fn quotations_have_a_bar() {
    let html =
        "<blockquote><p>one two</p><p>three</p><blockquote>in</blockquote></blockquote><p>out</p>";
    assert_eq!(shown(html, 40), "│ one two\n│\n│ three\n│\n│ │ in\n\nout\n");
    let laid = layout(html, &at(40));
    assert_eq!(laid.lines[4].spans[2].marks.quote, 2);
    let ascii = Options {
        ascii: true,
        ..at(40)
    };
    assert!(layout(html, &ascii).to_string().is_ascii());
}

#[test]
fn code_keeps_its_lines_and_goes_on_behind_a_sign() {
    let html = "<pre>if x:\n    y()\n\nabcdefghijklmnopqrst</pre>";
    assert_eq!(
        shown(html, 18),
        "  if x:\n      y()\n\n  abcdefghijklmn\n  ↪ opqrst\n"
    );
    assert!(layout(html, &at(18)).lines[0].spans[1].marks.code);
}

#[test]
fn pictures_are_a_line_with_the_caption_under_it() {
    let html = "<p>a</p><figure><img src=\"https://example.org/p.jpg\" alt=\"A &amp; B\"><figcaption>Cap</figcaption></figure>\
                <p>b <img src=\"https://example.org/q.jpg\"> c</p>";
    assert_eq!(
        shown(html, 40),
        "a\n\n[Image: A & B]\nCap\n\nb\n\n[Image]\n\nc\n"
    );
    // A description that the caption repeats is not shown twice.
    let same = "<figure><a href=\"https://example.org/\"><img src=\"https://example.org/p.jpg\" alt=\"A market in the old town\"></a>\
                <figcaption>A market in the old town. Photo: N. B.</figcaption></figure>";
    assert_eq!(
        shown(same, 20),
        "[Image][1]\nA market in the old\ntown. Photo: N. B.\n\n[1] https://example.\n    org/\n"
    );
    let rows = Options {
        image_rows: vec![("https://example.org/p.jpg".into(), 3)],
        ..at(40)
    };
    let laid = layout(html, &rows);
    assert_eq!(
        laid.to_string(),
        "a\n\n\n\n\nCap\n\nb\n\n[Image]\n\nc\n",
        "a picture that is seen has no label"
    );
    let image = &laid.images[0];
    assert_eq!(
        (image.line, image.first_row, image.rows, image.alt.as_str()),
        (2, 2, 3, "A & B")
    );
    // The number of its link keeps its place above it.
    let linked = Options {
        image_rows: vec![("https://example.org/p.jpg".into(), 2)],
        ..at(60)
    };
    let laid = layout(same, &linked);
    assert!(
        laid.to_string().starts_with("[Image][1]\n\n\nA market"),
        "{laid}"
    );
    assert_eq!((laid.images[0].line, laid.images[0].first_row), (0, 1));
    let none = Options {
        images: Images::None,
        ..at(40)
    };
    assert_eq!(layout(html, &none).to_string(), "a\n\nCap\n\nb c\n");
}

#[test]
fn links_are_numbered_once_and_listed() {
    let html = "<p><a href=\"https://a.example/\">one</a>, <a href=\"https://b.example/\">two</a>, \
                <a href=\"https://a.example/\">one <em>again</em></a>.</p>";
    assert_eq!(
        shown(html, 60),
        "one[1], two[2], one again[1].\n\n[1] https://a.example/\n[2] https://b.example/\n"
    );
    let inline = Options {
        links: Links::Inline,
        ..at(60)
    };
    let laid = layout(html, &inline);
    assert_eq!(laid.to_string(), "one, two, one again.\n");
    assert_eq!(laid.links.len(), 2);
    let linked: Vec<(&str, u32)> = laid.lines[0]
        .spans
        .iter()
        .filter_map(|span| Some((span.text.as_str(), span.link?)))
        .collect();
    assert_eq!(linked, [("one", 0), ("two", 1), ("one ", 0), ("again", 0)]);
}

#[test]
fn tables_and_code_may_be_wider_than_the_text() {
    let words = "three little words ".repeat(4);
    let html = format!(
        "<p>{words}</p><pre>{}</pre><table><tr><th>Reservoir<th>Ten-year mean</tr>\
         <tr><td>Upper Mirvari<td>{words}</tr></table>",
        "x".repeat(60)
    );
    let wide = Options {
        wide: 120,
        ..at(30)
    };
    let laid = layout(&html, &wide);
    let widest = |code: bool| {
        let lines = laid.lines.iter().filter(|line| {
            let spans = &mut line.spans.iter();
            spans.any(|span| span.marks.code) == code
        });
        lines.map(|line| line.width()).max().unwrap_or(0)
    };
    assert!(laid.to_string().contains(&"x".repeat(60)), "{laid}");
    assert!(widest(true) > 60 && widest(false) > 60, "{laid}");
    assert!(widest(false) <= 120, "{laid}");
    // The paragraph keeps its measure.
    assert!(laid.lines[0].width() <= 30, "{laid}");
    // Less than the measure changes nothing.
    let less = Options { wide: 10, ..at(30) };
    assert_eq!(layout(&html, &less), layout(&html, &at(30)));
}

#[test]
fn tables_fit_or_fall_back_to_lines() {
    let html = "<table><caption>Harvest</caption><tr><th>Region</th><th>Tonnes</th><th>Note</th></tr>\
                <tr><td>Kakheti</td><td>12,300</td><td>a good year for growers</td></tr>\
                <tr><td>Imereti</td><td>800</td><td></td></tr></table>";
    assert_eq!(
        shown(html, 34),
        "Harvest\n\
         Region  │ Tonnes │ Note\n\
         ────────┼────────┼────────────────\n\
         Kakheti │ 12,300 │ a good year for\n\
         \u{20}       │        │ growers\n\
         Imereti │    800 │\n"
    );
    assert_eq!(
        shown(html, 18),
        "Harvest\n\nRegion: Kakheti\nTonnes: 12,300\nNote: a good year\nfor growers\n\nRegion: Imereti\nTonnes: 800\n"
    );
    // A cell that would become a tower of short lines is read as a line.
    let long = "one two three four five six ".repeat(8);
    let tall = format!(
        "<table><tr><th>Name</th><th>Text</th></tr><tr><td>abcdefghijklmnop</td><td>{long}</td></tr></table>"
    );
    assert!(shown(&tall, 40).starts_with("Name: abcdefghijklmnop\nText: one two"));
    // A table that places things on a page.
    assert_eq!(
        shown(
            "<table><tr><td><h2>H</h2><p>a</p></td></tr><tr><td><table><tr><td>x</td></tr></table></td></tr></table>",
            30
        ),
        "H\n\na\n\nx\n"
    );
}

#[test]
fn numbers_stand_above_and_below_the_line() {
    assert_eq!(
        shown(
            "<p>H<sub>2</sub>O, 10<sup>-3</sup>, the 2<sup>nd</sup></p>",
            40
        ),
        "H₂O, 10⁻³, the 2nd\n"
    );
}

#[test]
fn scripts_of_all_kinds_are_measured() {
    for text in [
        "საქართველოს პარლამენტმა მიიღო კანონი სოფლის მეურნეობის შესახებ",
        "Հայաստանի կառավարությունը հավանություն է տվել նախագծին",
        "शिक्षा मंत्री ने कहा कि परीक्षा अगले महीने होगी",
        "ประเทศไทยเป็นประเทศที่สวยงามมากและมีอาหารอร่อย",
        "東京都は今日、新しい計画を発表した。「来年から始める」という。",
        "대한민국 서울에서 열린 회의에서 새로운 계획이 발표되었다",
        "الحكومة تعلن عن خطة جديدة لتطوير الزراعة في البلاد",
        "הממשלה הודיעה על תוכנית חדשה לפיתוח החקלאות",
        "👨\u{200d}👩\u{200d}👧 👍🏽 🇬🇪🇦🇲🇦🇿 ❤\u{fe0f} emoji in a row 👩\u{200d}🚀👩\u{200d}🚀",
        "e\u{301}\u{302}\u{303} combining cafe\u{301}",
    ] {
        for columns in [2, 3, 7, 20, 33] {
            let laid = layout(&format!("<p>{text}</p>"), &at(columns));
            for line in laid.lines.iter() {
                assert!(
                    line.width() <= usize::from(columns),
                    "{columns}: {}",
                    line.text()
                );
            }
            // Nothing is lost, nothing reordered: text that runs right to left stays as it is in memory.
            let glued: String = laid.lines.iter().map(super::Line::text).collect();
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(letters(&glued), letters(text));
        }
    }
}

#[test]
fn a_prefix_is_the_beginning_of_the_whole() {
    let html =
        "<h1>Head</h1><ul><li>item</li></ul><p>Some <a href=\"https://a.example/\">text</a>.</p>"
            .repeat(500);
    let whole = layout(&html, &at(40));
    let prefix = layout_prefix(&html, &at(40), 30);
    assert!(prefix.partial && !whole.partial);
    assert!(prefix.lines.len() >= 30 && prefix.lines.len() < 60);
    assert_eq!(prefix.lines[..], whole.lines[..prefix.lines.len()]);
}

#[test]
fn words_are_found_across_lines_without_case_and_accents() {
    let html = "<p>In Ankara Erdoğan <a href=\"https://a.example/\">met</a> growers from Ordu.</p>";
    let laid = layout(html, &at(16));
    let pieces = |words: &str| -> Vec<(usize, String, bool)> {
        laid.find(words)
            .into_iter()
            .map(|found| {
                (
                    found.line,
                    laid.lines[found.line].text()[found.range].to_owned(),
                    found.first,
                )
            })
            .collect()
    };
    assert_eq!(pieces("ERDOGAN"), [(1, "Erdoğan".to_owned(), true)]);
    assert_eq!(
        pieces("ankara  erdoğan"),
        [
            (0, "Ankara".to_owned(), true),
            (1, "Erdoğan".to_owned(), false)
        ]
    );
    // The number of a link is not part of the text.
    assert_eq!(pieces("met growers").len(), 2);
    assert_eq!(pieces("1"), []);
    assert_eq!(pieces(""), []);
}

fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "<p>",
            "</p>",
            "<ul>",
            "</ul>",
            "<ol>",
            "<li>",
            "</li>",
            "<blockquote>",
            "</blockquote>",
            "<pre>",
            "</pre>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "<th>",
            "<td colspan=2>",
            "</td>",
            "<caption>",
            "<h2>",
            "</h2>",
            "<img src=https://e.example/i alt='a picture of it'>",
            "<a href=https://e.example/long/address>",
            "</a>",
            "<b>",
            "</b>",
            "<sup>",
            "</sup>",
            "<dl>",
            "<dt>",
            "<dd>",
            "</dl>",
            "<figure>",
            "</figure>",
            "<figcaption>",
            "<details>",
            "<summary>",
            "<br>",
            "<hr>",
            "<code>",
            "</code>",
            "<div>",
            "</div>",
        ])
        .prop_map(str::to_owned),
        prop::sample::select(vec![
            " ",
            "word",
            "several words of text ",
            "averyveryverylongwordthatfitsnowhere",
            "東京は今日も",
            "ประเทศไทย",
            "👨\u{200d}👩\u{200d}👧",
            "e\u{301}",
            "12,300",
            "https://example.org/a/b?c=d",
            "ქართული ენა",
            "שלום",
            "\n",
            "&nbsp;",
            "-",
            "—",
            "x",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..50).prop_map(|pieces| pieces.concat())
}

fn check(laid: &Laid, columns: u16, html: &str) {
    for line in laid.lines.iter() {
        assert!(
            width(&line.text()) <= usize::from(columns.max(2)),
            "{columns}: {:?} of {html:?}",
            line.text()
        );
        assert!(!line.text().chars().any(char::is_control), "{html:?}");
    }
    for image in laid.images.iter() {
        assert!(image.line < laid.lines.len());
    }
    for heading in laid.headings.iter() {
        assert!(heading.line < laid.lines.len());
    }
}

/// A picture within a raised figure ends the line that the figure began.
#[test]
fn a_picture_within_raised_text_breaks_nothing() {
    let html = "<p>ab<sup>2<img src=https://e.example/i alt='a picture'>ქართული</sup> end</p>";
    let laid = layout(html, &at(40)).to_string();
    assert_eq!(laid, "ab2\n\n[Image: a picture]\n\nქართული end\n");
}

#[test]
fn a_picture_beside_the_caption_of_a_table_is_no_wider_than_the_window() {
    for caption in ["¡", "A picture of it"] {
        let html = format!(
            "<table><img src=https://e.example/i alt='A picture of it'><caption>{caption}<p>"
        );
        for columns in 1..12 {
            check(&layout(&html, &at(columns)), columns, &html);
        }
    }
    let bare =
        "<figure><img src=https://e.example/i alt='A fern'><figcaption>¡</figcaption></figure>";
    assert_eq!(shown(bare, 40), "[Image: A fern]\n¡\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_line_is_wider_than_asked(html in markup(), columns in 1u16..60, ascii in any::<bool>()) {
        check(&layout(&html, &Options { ascii, ..at(columns) }), columns, &html);
    }

    #[test]
    fn no_text_is_lost(html in markup(), columns in 1u16..400) {
        let options = Options { links: Links::Inline, ..at(columns) };
        let laid = layout(&html, &options).to_string();
        // Signs of the layout aside, each letter of the plain text is there, in some row or column.
        let letters = |text: &str| {
            let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
            letters.sort_unstable();
            letters.dedup();
            letters
        };
        let laid = letters(&laid);
        for letter in letters(&plain(&html)) {
            prop_assert!(laid.contains(&letter), "{letter:?} of {html:?}");
        }
    }
}
