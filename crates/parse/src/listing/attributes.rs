//! Drops the attributes of a page that no reader of listings looks at, before its size is counted: the sources of
//! pictures in twenty widths are often most of a page. Never here: any other change of the text.

/// Bytes of a list of classes that still names something; longer ones spell out styles.
const MAX_CLASS: usize = 1_500;

/// Copies a page without `srcset`, `sizes`, `style`, handlers, and `data-` attributes other than dates, test names and
/// waiting pictures. Linear in the length of the page.
pub(super) fn drop_unread(html: &str) -> String {
    let bytes = html.as_bytes();
    let mut out = String::with_capacity(html.len() / 2);
    let mut at = 0;
    let mut open_select = false;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        out.push_str(&html[at..start]);
        if !bytes.get(start + 1).is_some_and(u8::is_ascii_alphabetic) {
            out.push('<');
            at = start + 1;
            continue;
        }
        // The choices of a form are no part of a list, and may be thousands.
        let is_choice = bytes
            .get(start + 1..start + 7)
            .is_some_and(|name| name.eq_ignore_ascii_case(b"select"))
            && !bytes.get(start + 7).is_some_and(u8::is_ascii_alphanumeric);
        if is_choice && !open_select {
            match memchr::memmem::find(&bytes[start..], b"</select>") {
                Some(end) => {
                    at = start + end + b"</select>".len();
                    continue;
                }
                // Looking again would cost the page's length for each.
                None => open_select = true,
            }
        }
        at = tag(html, start, &mut out);
    }
    out.push_str(&html[at..]);
    out
}

/// Copies the tag that begins at `start`; where it ends.
fn tag(html: &str, start: usize, out: &mut String) -> usize {
    let bytes = html.as_bytes();
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    let mut at = start + 1;
    while bytes.get(at).is_some_and(|byte| !ends(byte)) {
        at += 1;
    }
    out.push_str(&html[start..at]);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => {
                out.push('>');
                return at + 1;
            }
            b'/' => {
                out.push('/');
                at += 1;
            }
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => {
                let name = at;
                while bytes
                    .get(at)
                    .is_some_and(|byte| !ends(byte) && *byte != b'=')
                {
                    at += 1;
                }
                let named = &html[name..at];
                let mut after = at;
                while bytes.get(after).is_some_and(u8::is_ascii_whitespace) {
                    after += 1;
                }
                if bytes.get(after) == Some(&b'=') {
                    after += 1;
                    while bytes.get(after).is_some_and(u8::is_ascii_whitespace) {
                        after += 1;
                    }
                    at = match bytes.get(after) {
                        Some(quote @ (b'"' | b'\'')) => {
                            match memchr::memchr(*quote, &bytes[after + 1..]) {
                                Some(end) => after + 1 + end + 1,
                                // Never closed: what follows is for the next reader to mend.
                                None => {
                                    out.push(' ');
                                    out.push_str(&html[name..after + 1]);
                                    return after + 1;
                                }
                            }
                        }
                        _ => {
                            let mut end = after;
                            while bytes
                                .get(end)
                                .is_some_and(|byte| !byte.is_ascii_whitespace() && *byte != b'>')
                            {
                                end += 1;
                            }
                            end
                        }
                    };
                }
                if at == name {
                    // A stray sign such as `=`.
                    at += html[at..].chars().next().map_or(1, char::len_utf8);
                }
                let long = at - name > MAX_CLASS && named.eq_ignore_ascii_case("class");
                if is_read(named) && !long {
                    out.push(' ');
                    out.push_str(&html[name..at]);
                }
            }
        }
    }
    bytes.len()
}

fn is_read(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if let Some(data) = name.strip_prefix("data-") {
        return matches!(data, "src" | "original" | "lazy-src" | "testid")
            || ["date", "time", "published"]
                .iter()
                .any(|word| data.contains(word));
    }
    !matches!(
        name.as_str(),
        "srcset" | "imagesrcset" | "sizes" | "style" | "d" | "integrity" | "nonce"
    ) && !name.starts_with("on")
        && !name.starts_with("aria-l") | (name == "aria-label")
}

#[cfg(test)]
mod tests {
    use super::drop_unread;

    #[test]
    fn only_what_nobody_reads_goes() {
        let page = "<p class=\"a b\" style='x:y' onclick=\"go('>')\">1 < 2 <img src=a.jpg srcset=\"a 1w, b 2w\" data-x=1 data-src=b><br/><time data-posted-date='1' title=x></p>";
        assert_eq!(
            drop_unread(page),
            "<p class=\"a b\">1 < 2 <img src=a.jpg data-src=b><br/><time data-posted-date='1' title=x></p>"
        );
        let choices = "<p>a<select><option>b</select>c <SELECT x>d";
        assert_eq!(drop_unread(choices), "<p>ac <SELECT x>d");
        let styled = format!("<p class='{}'>a", "x ".repeat(1_000));
        assert_eq!(drop_unread(&styled), "<p>a");
        for same in [
            "",
            "a<b",
            "<!-- <p style=x> x",
            "<p",
            "<p x=\"open",
            "<é>",
            "</p>",
        ] {
            let out = drop_unread(same);
            assert!(out.len() <= same.len() + 2, "{same}: {out}");
        }
        for piece in ["<", "<a ", "<a x=\"", "<p =é", "<a b='"] {
            drop_unread(&piece.repeat(20_000));
        }
    }
}
