//! Remote string to safe string: no control, bidi or invisible characters, no towers of marks.
//! Also the http(s) addresses that may be followed, without tracking parameters.
//! Never here: HTML (see `reader`), the terminal, the network.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// Marks and joiners that one base character may carry. Real scripts need four or five (Tibetan
/// stacks, pointed Hebrew with accents); towers of hundreds are drawn over the lines around them.
const MARKS: u8 = 8;

/// One safe line: white space of every kind, line breaks among it, is folded into single spaces.
///
/// ```
/// use newsprint_html::safe_text;
/// assert_eq!(safe_text::line(" Tbilisi\u{200b}\n court\u{1b}[31m "), "Tbilisi court[31m");
/// ```
pub fn line(text: &str) -> String {
    safe_line(text).into_owned()
}

/// Safe text that keeps its line breaks: trailing space and runs of empty lines are folded.
pub fn block(text: &str) -> String {
    safe_block(text).into_owned()
}

/// [`line()`], borrowed where nothing had to change.
pub fn safe_line(text: &str) -> Cow<'_, str> {
    if is_safe(text, false) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut filter = Filter::default();
    let mut space = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_space(c) {
            space = true;
            continue;
        }
        if !filter.keeps(
            if space { ' ' } else { filter.previous },
            c,
            chars.peek().copied(),
        ) {
            continue;
        }
        if space && !out.is_empty() {
            out.push(' ');
        }
        space = false;
        out.push(c);
    }
    Cow::Owned(out)
}

/// [`block`], borrowed where nothing had to change.
pub fn safe_block(text: &str) -> Cow<'_, str> {
    if is_safe(text, true) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut filter = Filter::default();
    let (mut space, mut breaks) = (false, 0u8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\n' | '\r' | '\u{85}' | '\u{2028}' => breaks = (breaks + 1).min(2),
            '\u{2029}' => breaks = 2,
            c if is_space(c) => space = true,
            c => {
                let previous = if space || breaks > 0 {
                    ' '
                } else {
                    filter.previous
                };
                if !filter.keeps(previous, c, chars.peek().copied()) {
                    continue;
                }
                if !out.is_empty() {
                    match breaks {
                        0 if space => out.push(' '),
                        0 => {}
                        1 => out.push('\n'),
                        _ => out.push_str("\n\n"),
                    }
                }
                (space, breaks) = (false, 0);
                out.push(c);
            }
        }
    }
    Cow::Owned(out)
}

/// Whether nothing has to change. Errs on the side of no: what it cannot tell at a glance is
/// looked at character by character.
fn is_safe(text: &str, breaks: bool) -> bool {
    let bytes = text.as_bytes();
    let mut space = true;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b' ' => {
                if space {
                    return false;
                }
                space = true;
            }
            b'\n' if breaks => {
                if space {
                    return false;
                }
                space = true;
            }
            0x21..=0x7e => space = false,
            0x00..=0x7f => return false,
            _ => {
                if needs_look(byte) {
                    let Some(c) = text[at..].chars().next() else {
                        return false;
                    };
                    if !is_plain(c) {
                        return false;
                    }
                    at += c.len_utf8() - 1;
                } else {
                    at += utf8_len(byte) - 1;
                }
                space = false;
            }
        }
        at += 1;
    }
    !space || text.is_empty()
}

/// Length of the UTF-8 sequence that a lead byte opens.
pub(crate) fn utf8_len(lead: u8) -> usize {
    match lead {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    }
}

/// Whether characters with this lead byte may be unsafe, space or marks. The lead bytes that are
/// not listed open letters alone: Latin, Greek, Cyrillic, Armenian, and most of Han and Hangul.
pub(crate) const fn needs_look(lead: u8) -> bool {
    !matches!(
        lead,
        0xc3..=0xcb | 0xce..=0xd1 | 0xd3..=0xd5 | 0xe4..=0xe9 | 0xeb | 0xec
    )
}

/// Whether the character is neither space, mark, selector, joiner nor forbidden.
pub(crate) fn is_plain(c: char) -> bool {
    match c as u32 {
        0x21..=0x7e | 0xa1..=0xac | 0xae..=0x2ff => true,
        // General Punctuation: dashes, quotes, the ellipsis, currency and letter-like signs.
        0x2010..=0x2027 | 0x2030..=0x205e | 0x20a0..=0x20cf | 0x2100..=0x2fff => true,
        // Georgian; CJK punctuation and kana but for the voicing marks.
        0x10a0..=0x10ff | 0x1e00..=0x1fff => true,
        0x3001..=0x3029 | 0x3030..=0x3098 | 0x309b..=0x3163 | 0x3165..=0xa66e => true,
        0xac00..=0xd7a3 | 0xff01..=0xff9f | 0xffa1..=0xffef => true,
        0x1f000..=0x1f3fa | 0x1f400..=0x1faff | 0x20000..=0x3fffd => true,
        _ => !is_space(c) && !is_forbidden(c) && !is_attached(c),
    }
}

/// White space of every kind (Unicode `White_Space`), with the separators that terminals ignore.
pub(crate) fn is_space(c: char) -> bool {
    matches!(
        c as u32,
        0x09..=0x0d | 0x20 | 0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000
    )
}

/// Characters that have no business in a news text: they move the cursor, reorder or hide what
/// stands beside them, or show nothing at all. ZWJ and ZWNJ are not among them: Persian, the
/// scripts of India and emoji need them.
pub(crate) fn is_forbidden(c: char) -> bool {
    match c as u32 {
        // C0, DEL, C1; white space is looked at first.
        0x00..=0x1f | 0x7f..=0x9f => !is_space(c),
        // Soft hyphen, grapheme joiner, Arabic letter mark, Hangul and Khmer fillers.
        0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180e | 0x3164 | 0xffa0 => true,
        // Zero-width space, directional marks, embeddings, overrides, isolates, word joiner,
        // invisible operators, deprecated format characters, BOM, annotations, object signs.
        0x200b | 0x200e | 0x200f | 0x202a..=0x202e | 0x2060..=0x206f => true,
        0xfeff | 0xfff9..=0xfffc | 0xfffe | 0xffff | 0xfdd0..=0xfdef => true,
        // Shorthand and musical format characters; tags and the selectors beside them.
        0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff => true,
        // Variation selectors that choose neither text nor emoji.
        0xfe00..=0xfe0d => true,
        code => code & 0xfffe == 0xfffe,
    }
}

/// Whether the character belongs to the one before it: marks, selectors, joiners, skin tones.
fn is_attached(c: char) -> bool {
    matches!(
        c as u32,
        0x200c | 0x200d | 0xfe0e | 0xfe0f | 0x1f3fb..=0x1f3ff
    ) || (c as u32 >= 0x300 && is_combining_mark(c))
}

/// Whether a variation selector or a joiner makes sense after the character: emoji, and the signs
/// that have an emoji form (Unicode `emoji-variation-sequences`, rounded up to blocks).
fn takes_selector(c: char) -> bool {
    matches!(
        c as u32,
        0xa9 | 0xae
            | 0x203c
            | 0x2049
            | 0x20e3
            | 0x2100..=0x2bff
            | 0x3030
            | 0x303d
            | 0x3297
            | 0x3299
            | 0x1f000..=0x1faff
    )
}

/// Follows a text character by character and decides what stays of a grapheme.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filter {
    /// The last character that was kept.
    pub(crate) previous: char,
    attached: u8,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter {
            previous: ' ',
            attached: 0,
        }
    }
}

impl Filter {
    /// Whether `c`, which is not white space, stays after `previous` and before `next`.
    pub(crate) fn keeps(&mut self, previous: char, c: char, next: Option<char>) -> bool {
        if is_forbidden(c) {
            return false;
        }
        let keep = match c {
            // Joiners need something on their left; they keep the count running, so that
            // endless chains of joined emoji end.
            '\u{200c}' | '\u{200d}' => previous != ' ' && previous != c && self.attach(),
            '\u{fe0e}' | '\u{fe0f}' => {
                (takes_selector(previous)
                    || (next == Some('\u{20e3}') && matches!(previous, '0'..='9' | '#' | '*')))
                    && self.attach()
            }
            c if is_attached(c) => previous != ' ' && self.attach(),
            _ => {
                if previous != '\u{200d}' {
                    self.attached = 0;
                }
                true
            }
        };
        if keep {
            self.previous = c;
        }
        keep
    }

    /// A run of plain characters went by.
    pub(crate) fn pass(&mut self, run: &str) {
        // One emoji behind a joiner belongs to the same grapheme.
        if self.previous != '\u{200d}' || run.len() != utf8_len(run.bytes().next().unwrap_or(0)) {
            self.attached = 0;
        }
        self.previous = run.chars().next_back().unwrap_or(' ');
    }

    fn attach(&mut self) -> bool {
        self.attached = self.attached.saturating_add(1);
        self.attached <= MARKS
    }
}

/// An absolute http(s) address without credentials and tracking parameters, else `None`. What else
/// the address holds keeps its order and its bytes; what a URL may not hold is percent-encoded
/// (WHATWG URL).
///
/// ```
/// use newsprint_html::safe_text;
/// assert_eq!(safe_text::link("https://example.org/a?utm_source=x&b=%20").as_deref(), Some("https://example.org/a?b=%20"));
/// assert_eq!(safe_text::link("javascript:alert(1)"), None);
/// ```
pub fn link(address: &str) -> Option<String> {
    resolve(address, || None).map(Cow::into_owned)
}

/// An address of another scheme that somebody may want to copy: to write, to call, to fetch by other programs. What
/// runs code or holds its content in itself (`javascript:`, `data:`, `file:`) is no address.
///
/// ```
/// use newsprint_html::safe_text;
/// assert_eq!(safe_text::other_link("mailto:desk@paper.example").as_deref(), Some("mailto:desk@paper.example"));
/// assert_eq!(safe_text::other_link("javascript:alert(1)"), None);
/// ```
pub fn other_link(address: &str) -> Option<String> {
    const SCHEMES: [&str; 21] = [
        "mailto", "tel", "sms", "ftp", "ftps", "sftp", "gemini", "gopher", "spartan", "magnet",
        "ipfs", "ipns", "matrix", "xmpp", "irc", "ircs", "news", "nntp", "geo", "doi", "nostr",
    ];
    let (scheme, rest) = address.trim_start().split_once(':')?;
    let known = SCHEMES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme));
    if !known || rest.trim().is_empty() {
        return None;
    }
    let address = line(address);
    (address.len() <= 2048 && !address.contains(char::is_whitespace)).then_some(address)
}

/// [`link`] of an address that may be relative to what `base` gives.
pub(crate) fn resolve(
    address: &str,
    base: impl FnOnce() -> Option<url::Url>,
) -> Option<Cow<'_, str>> {
    let address = address.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if address.is_empty() || address.len() > 8192 {
        return None;
    }
    if is_canonical(address) {
        return Some(match untracked(address) {
            Some(shorter) => Cow::Owned(shorter),
            None => Cow::Borrowed(address),
        });
    }
    let parsed = match url::Url::parse(address) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => match base() {
            Some(base) => base.join(address).ok()?,
            None => url::Url::parse(&format!(
                "https:{}",
                address.strip_prefix("//").map(|_| address)?
            ))
            .ok()?,
        },
        Err(_) => return None,
    };
    follow(parsed).map(Cow::Owned)
}

/// The address of a parsed URL, if it may be followed.
fn follow(mut url: url::Url) -> Option<String> {
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    // `https://bank.example@evil.example/` shows one host and goes to another.
    if !url.username().is_empty() || url.password().is_some() {
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
    }
    let address = String::from(url);
    Some(untracked(&address).unwrap_or(address))
}

/// Whether parsing as a URL and printing it again would change nothing: the common case, decided
/// at a glance.
fn is_canonical(address: &str) -> bool {
    let Some(rest) = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
    else {
        return false;
    };
    let Some(slash) = rest.find('/') else {
        return false;
    };
    let (host, path) = rest.as_bytes().split_at(slash);
    // A host whose last label starts with a letter is a name, not a number in disguise.
    let last = host.rsplit(|b| *b == b'.').next().unwrap_or_default();
    last.first().is_some_and(u8::is_ascii_lowercase)
        && !host.starts_with(b"xn--")
        && host
            .iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        && !host.starts_with(b".")
        && !rest[..slash].contains("..")
        && !rest[..slash].contains(".xn--")
        && !rest[slash..].contains("/.")
        && !rest[slash..].contains("/%")
        && path.iter().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(
                    b,
                    b'/' | b'-'
                        | b'_'
                        | b'.'
                        | b'~'
                        | b'!'
                        | b'$'
                        | b'&'
                        | b'('
                        | b')'
                        | b'*'
                        | b'+'
                        | b','
                        | b';'
                        | b'='
                        | b':'
                        | b'@'
                        | b'%'
                        | b'?'
                        | b'#'
                )
        })
}

/// The address without its tracking parameters; `None` when it has none.
fn untracked(address: &str) -> Option<String> {
    let (head, fragment) = match address.find('#') {
        Some(at) => address.split_at(at),
        None => (address, ""),
    };
    let (path, query) = head.split_once('?')?;
    if !query.split('&').any(is_tracking) {
        return None;
    }
    let mut out = String::with_capacity(address.len());
    out.push_str(path);
    let mut join = '?';
    for part in query.split('&').filter(|part| !is_tracking(part)) {
        out.push(join);
        out.push_str(part);
        join = '&';
    }
    out.push_str(fragment);
    Some(out)
}

/// Whether a `name=value` of a query only says which advert, mail or share led to the page. Names
/// that some sites need for the page itself (`ref`, `id`, `source`, `campaign`) are not here.
fn is_tracking(parameter: &str) -> bool {
    const NAMES: [&str; 67] = [
        "_branch_match_id",
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "_openstat",
        "__hsfp",
        "__hssc",
        "__hstc",
        "__twitter_impression",
        "aff_fcid",
        "dclid",
        "dm_i",
        "ef_id",
        "epik",
        "fb_action_ids",
        "fb_action_types",
        "fb_ref",
        "fb_source",
        "fbclid",
        "gaa_at",
        "gad_campaignid",
        "gad_source",
        "gbraid",
        "gclid",
        "gclsrc",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "hsctatracking",
        "igsh",
        "igshid",
        "irclickid",
        "li_fat_id",
        "mbid",
        "mc_cid",
        "mc_eid",
        "mibextid",
        "mkt_tok",
        "ml_subscriber",
        "ml_subscriber_hash",
        "msclkid",
        "ns_campaign",
        "ns_fee",
        "ns_linkname",
        "ns_mchannel",
        "ns_source",
        "oft_id",
        "oly_anon_id",
        "oly_enc_id",
        "rb_clickid",
        "ref_src",
        "s_kwcid",
        "srsltid",
        "tracking_source",
        "trk_contact",
        "ttclid",
        "twclid",
        "vero_conv",
        "vero_id",
        "wbraid",
        "yclid",
        "wickedid",
        "xtor",
        "ysclid",
        "wt_mc",
        "wt.mc_id",
    ];
    const PREFIXES: [&str; 5] = ["utm_", "utm-", "mtm_", "piwik_", "hsa_"];
    let name = parameter.split('=').next().unwrap_or_default();
    if name.len() < 3 || name.len() > 24 || !name.is_ascii() {
        return false;
    }
    let name = name.to_ascii_lowercase();
    // AT Internet's `at_medium`, `at_campaign`, `at_custom1`; a bare `at_` prefix would be too wide.
    if let Some(rest) = name.strip_prefix("at_") {
        return [
            "medium",
            "campaign",
            "custom",
            "link",
            "format",
            "bbc",
            "ptr",
            "recipient",
        ]
        .iter()
        .any(|word| rest.starts_with(word));
    }
    if let Some(rest) = name.strip_prefix("pk_") {
        return [
            "campaign", "kwd", "source", "medium", "content", "cid", "vid",
        ]
        .contains(&rest);
    }
    PREFIXES.iter().any(|prefix| name.starts_with(prefix)) || NAMES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::{block, line, link, safe_block, safe_line};
    use proptest::prelude::*;
    use std::borrow::Cow;

    #[test]
    fn a_line_holds_nothing_that_moves_the_cursor_or_hides() {
        assert_eq!(
            line("  Tbilisi \t\r\n court \u{2028}rules\u{a0} "),
            "Tbilisi court rules"
        );
        assert_eq!(line("\u{1b}]0;x\u{7}\u{9b}31m\u{0}a\u{7f}"), "]0;x31ma");
        assert_eq!(
            line("a\u{202e}b\u{2066}c\u{200f}d\u{feff}e\u{200b}f\u{ad}g\u{e0041}h"),
            "abcdefgh"
        );
        assert_eq!(line("\u{3164}\u{fffc}\u{61c}"), "");
    }

    #[test]
    fn what_scripts_and_emoji_need_stays() {
        for kept in [
            "می\u{200c}خواهم",
            "👩\u{200d}🚀 ❤\u{fe0f} 1\u{fe0f}\u{20e3} 👍🏽 🇬🇪",
            "क्\u{200d}ष",
            "שָׁלוֹם עוֹלָם",
            "ყველაფერი, Ամեն ինչ, Всё, ёлка, Tiếng Việt",
            "བསྒྲུབས",
            "東京「今日」",
        ] {
            assert_eq!(line(kept), kept);
        }
        assert_eq!(line("a\u{fe0f}b\u{fe00}"), "ab");
        assert_eq!(
            line(&format!("e{}x", "\u{301}".repeat(2000)))
                .chars()
                .count(),
            10
        );
        assert_eq!(line("\u{301}a \u{301}b"), "a b");
        assert!(line(&"👩\u{200d}".repeat(100)).matches('\u{200d}').count() <= 90);
    }

    #[test]
    fn a_block_keeps_its_lines() {
        assert_eq!(
            block("\n a  b \r\n c\n\n\n\nd\u{2029}e\n"),
            "a b\nc\n\nd\n\ne"
        );
        assert!(matches!(safe_block("a b\nc"), Cow::Borrowed(_)));
        assert!(matches!(
            safe_line("Ein Satz – „kurz“ და კიდევ ერთი, ещё."),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn links_are_http_and_do_not_track() {
        let same = |address: &str| assert_eq!(link(address).as_deref(), Some(address));
        same("https://example.org/a/b?id=1&b=%2F&&c=a+b#x");
        same("http://example.org:8080/");
        same("https://example.org/?ref=1&source=2&atlas=3");
        let to = |address: &str, wanted: &str| assert_eq!(link(address).as_deref(), Some(wanted));
        to(
            "https://example.org/a?utm_source=x&utm_medium=y",
            "https://example.org/a",
        );
        to(
            "https://example.org/a?x=1&UTM_Source=x&y=2&fbclid=3#f",
            "https://example.org/a?x=1&y=2#f",
        );
        to(
            "https://example.org/?at_medium=rss&at_campaign=k&q=1",
            "https://example.org/?q=1",
        );
        to(" HTTPS://Example.ORG ", "https://example.org/");
        to("https://example.org/ä b", "https://example.org/%C3%A4%20b");
        to(
            "https://bank.example@evil.example/",
            "https://evil.example/",
        );
        to("//example.org/x", "https://example.org/x");
        for none in [
            "",
            "/x",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "-oProxyCommand=x",
            "mailto:a@b.c",
            "http://",
            "data:,x",
        ] {
            assert_eq!(link(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = line(&text);
            prop_assert_eq!(&line(&once), &once);
            prop_assert!(!once.chars().any(char::is_control));
            let once = block(&text);
            prop_assert_eq!(&block(&once), &once);
        }

        #[test]
        fn a_quick_look_at_a_link_agrees_with_the_parser(path in "[a-z0-9/.%?&=#@:~!()*+,;_-]{0,30}", host in "[a-z0-9.-]{1,12}") {
            let address = format!("https://{host}/{path}");
            if let Some(found) = link(&address) {
                prop_assert_eq!(link(&found), Some(found.clone()));
                let parsed = url::Url::parse(&found).map(String::from);
                prop_assert_eq!(parsed, Ok(found));
            }
        }
    }
}
