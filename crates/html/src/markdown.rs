//! An article as Markdown: CommonMark, with the tables and the strike of its GitHub dialect.
//! Never here: widths; what is kept of remote HTML.

use crate::list_numbers::Numbers;
use crate::reader::{self, Element, HtmlSink};
use crate::script::Scripts;
use crate::tokens::Tag;

/// See [`super::markdown`].
pub(crate) fn write(html: &str) -> String {
    let mut markdown = Markdown::default();
    reader::read(html, "", &mut markdown);
    markdown.out.truncate(markdown.out.trim_end().len());
    if !markdown.out.is_empty() {
        markdown.out.push('\n');
    }
    markdown.out
}

#[derive(Default)]
struct Markdown {
    out: String,
    /// What the lines of the open blocks begin with: the next line, the ones after it.
    prefixes: Vec<(String, String)>,
    /// Line feeds due before the next text, and how many prefixes stand before and behind them.
    feeds: u8,
    common: usize,
    /// Nothing has been written in this line.
    fresh: bool,
    lists: Vec<Option<Numbers>>,
    script: Scripts,
    links: Vec<String>,
    code: bool,
    pre: bool,
    /// Cells of the row that is open, cells of the first row of the table.
    cells: usize,
    tables: u32,
    header_due: bool,
}

impl Markdown {
    fn part(&mut self, feeds: u8) {
        if self.tables == 0 {
            let depth = self.prefixes.len();
            self.common = if self.feeds == 0 {
                depth
            } else {
                self.common.min(depth)
            };
            self.feeds = self.feeds.max(feeds);
        } else if !self.out.ends_with([' ', '\n', '|']) {
            self.out.push(' ');
        }
    }

    fn begin(&mut self) {
        if self.feeds > 0 || self.out.is_empty() {
            let feeds = if self.out.is_empty() { 0 } else { self.feeds };
            self.feeds = 0;
            for feed in 0..feeds {
                self.out.push('\n');
                if feed + 1 < feeds {
                    // An empty line within a quotation keeps its sign.
                    let common: String = self
                        .prefixes
                        .iter()
                        .take(self.common)
                        .map(|(_, rest)| rest.as_str())
                        .collect();
                    self.out.push_str(common.trim_end());
                }
            }
            for (first, rest) in &mut self.prefixes {
                let next = rest.clone();
                self.out.push_str(&std::mem::replace(first, next));
            }
            self.fresh = true;
        }
    }

    fn raw(&mut self, text: &str) {
        self.begin();
        self.out.push_str(text);
        self.fresh = false;
    }

    fn prefix(&mut self, first: &str, rest: &str) {
        self.prefixes.push((first.to_owned(), rest.to_owned()));
    }

    fn mark(tag: Tag) -> &'static str {
        match tag {
            Tag::Strong => "**",
            Tag::Emphasis => "*",
            Tag::Strike => "~~",
            Tag::Code => "`",
            _ => "",
        }
    }
}

impl HtmlSink for Markdown {
    fn open(&mut self, element: &Element<'_>) {
        let in_list = !self.lists.is_empty();
        match element.tag {
            Tag::Heading(level) => {
                self.part(2);
                let signs = format!("{} ", "#".repeat(usize::from(level)));
                self.raw(&signs);
            }
            Tag::Quote => {
                self.part(2);
                self.prefix("> ", "> ");
            }
            Tag::List | Tag::Numbered => {
                self.part(if in_list { 1 } else { 2 });
                let numbered = element.tag == Tag::Numbered;
                self.lists.push(numbered.then(|| Numbers::of(element)));
            }
            Tag::Item => {
                self.part(1);
                let sign = match self.lists.last_mut() {
                    // CommonMark knows neither letters nor numbers below nought, and counts on by itself.
                    Some(Some(numbers)) => format!("{}. ", numbers.next(element.value).max(0)),
                    _ => "- ".to_owned(),
                };
                if self.tables == 0 {
                    self.prefix(&sign, &" ".repeat(sign.len()));
                }
            }
            Tag::Sub | Tag::Sup => self.script.open(element.tag == Tag::Sup),
            Tag::Pre => {
                self.part(2);
                self.raw("```");
                self.part(1);
                self.pre = true;
            }
            Tag::Table => {
                self.part(2);
                self.tables += 1;
                self.header_due = self.tables == 1;
            }
            Tag::Row if self.tables == 1 => {
                self.feeds = self.feeds.max(1);
                self.cells = 0;
                self.raw("|");
            }
            Tag::Cell | Tag::HeadCell if self.tables == 1 => {
                self.cells += usize::from(element.columns);
                self.out.push(' ');
            }
            Tag::Link => {
                self.raw("[");
                self.links.push(element.href.to_owned());
            }
            Tag::Code => {
                self.raw("`");
                self.code = true;
            }
            Tag::Term => {
                self.part(2);
                self.raw("**");
            }
            Tag::Description => self.part(1),
            Tag::Caption => {}
            Tag::Strong | Tag::Emphasis | Tag::Strike => self.raw(Self::mark(element.tag)),
            Tag::FigureCaption | Tag::Summary => self.part(2),
            Tag::Paragraph | Tag::Figure | Tag::Details | Tag::Descriptions => self.part(2),
            _ => {}
        }
    }

    fn close(&mut self, tag: Tag) {
        match tag {
            Tag::Sub | Tag::Sup => self.script.close_in(&mut self.out),
            Tag::Quote => {
                self.prefixes.pop();
                self.part(2);
            }
            Tag::List | Tag::Numbered => {
                self.lists.pop();
                self.part(if self.lists.is_empty() { 2 } else { 1 });
            }
            Tag::Item => {
                if self.tables == 0 {
                    self.prefixes.pop();
                }
                self.feeds = self.feeds.min(1);
                self.part(1);
            }
            Tag::Pre => {
                self.pre = false;
                self.feeds = 1;
                self.raw("```");
                self.part(2);
            }
            Tag::Table => {
                self.tables -= 1;
                self.feeds = 0;
                self.part(2);
            }
            Tag::Row if self.tables == 1 => {
                if std::mem::take(&mut self.header_due) {
                    self.feeds = 1;
                    let rule = format!("|{}", " --- |".repeat(self.cells));
                    self.raw(&rule);
                }
                self.feeds = 1;
            }
            Tag::Cell | Tag::HeadCell if self.tables == 1 => self.out.push_str(" |"),
            Tag::Link => {
                let url = self.links.pop().unwrap_or_default();
                self.out.push_str("](");
                self.out
                    .push_str(&url.replace('(', "%28").replace(')', "%29"));
                self.out.push(')');
            }
            Tag::Code => {
                self.code = false;
                self.out.push('`');
            }
            Tag::Term => {
                self.out.push_str("**");
                self.part(1);
            }
            Tag::Strong | Tag::Emphasis | Tag::Strike => self.out.push_str(Self::mark(tag)),
            Tag::Heading(_)
            | Tag::Paragraph
            | Tag::Figure
            | Tag::FigureCaption
            | Tag::Summary
            | Tag::Details
            | Tag::Caption
            | Tag::Description
            | Tag::Descriptions => self.part(2),
            _ => {}
        }
    }

    fn text(&mut self, run: &str, _: bool) {
        if self.pre {
            for (index, line) in run.split('\n').enumerate() {
                if index > 0 {
                    self.feeds += 1;
                }
                if !line.is_empty() {
                    self.raw(line);
                }
            }
            return;
        }
        self.begin();
        self.script.note(self.out.len());
        for (index, c) in run.char_indices() {
            let starts = self.fresh && index == 0;
            let escaped = match c {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' => !self.code,
                '|' => self.tables > 0,
                // What would make a list, a heading or a quotation of a paragraph.
                '#' | '-' | '+' | '>' => starts,
                '.' | ')' => {
                    self.fresh && index > 0 && run[..index].bytes().all(|b| b.is_ascii_digit())
                }
                _ => false,
            };
            if escaped {
                self.out.push('\\');
            }
            self.out.push(c);
        }
        self.fresh = false;
    }

    fn space(&mut self, bound: bool) {
        self.begin();
        self.out.push(if bound { '\u{a0}' } else { ' ' });
    }

    fn line_break(&mut self) {
        if self.tables > 0 {
            self.out.push_str("<br>");
        } else {
            self.out.push('\\');
            self.feeds = 1;
        }
    }

    fn image(&mut self, url: &str, alt: &str) {
        let alt = alt.replace(['[', ']', '\\'], " ");
        let url = url.replace('(', "%28").replace(')', "%29");
        self.raw(&format!("![{alt}]({url})"));
    }

    fn rule(&mut self) {
        if self.tables == 0 {
            self.part(2);
            self.raw("---");
            self.part(2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn each_kind_of_block_has_its_signs() {
        assert_eq!(
            write(
                "<h2>Head</h2><p>One <strong>two</strong> <em>three</em> <a href='https://example.org/a(b)'>four</a>.</p>\
                 <ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start=3><li>x</li></ol>\
                 <blockquote><p>q</p><p>r</p></blockquote><pre>if x:\n\n  y</pre>\
                 <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2|3</td></tr></table>\
                 <figure><img src='https://example.org/p.jpg' alt='Alt'><figcaption>Cap</figcaption></figure><hr><p>a<br>b"
            ),
            "## Head\n\nOne **two** *three* [four](https://example.org/a%28b%29).\n\n- a\n  - b\n- c\n\n3. x\n\n\
             > q\n>\n> r\n\n```\nif x:\n\n  y\n```\n\n| A | B |\n| --- | --- |\n| 1 | 2\\|3 |\n\n\
             ![Alt](https://example.org/p.jpg)\n\nCap\n\n---\n\na\\\nb\n"
        );
    }

    #[test]
    fn text_does_not_turn_into_signs() {
        assert_eq!(
            write("<p>1. *a* _b_ # &lt;c></p>"),
            "1\\. \\*a\\* \\_b\\_ # \\<c>\n"
        );
        assert_eq!(write("<p># a</p><p>- b</p>"), "\\# a\n\n\\- b\n");
        assert_eq!(write(""), "");
    }
}
