//! robots.txt (RFC 9309): which paths a crawler may ask for, and the sitemaps it names.
//! Never here: when it is fetched, kept, or what an answer other than 200 means.

use std::time::Duration;

/// RFC 9309, 2.5: at least 500 KiB have to be read; what comes after is left out.
const MAX_BYTES: usize = 500 * 1024;
/// No outlet may slow newsprint to a standstill: a longer `Crawl-delay` counts as this.
const MAX_DELAY: f64 = 60.0;
/// Sitemaps that are remembered; big outlets name some dozens.
const MAX_SITEMAPS: usize = 200;

/// One site's rules. The default allows everything, as no robots.txt does.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Robots {
    groups: Vec<Group>,
    sitemaps: Vec<String>,
}

/// The rules under one run of `User-agent` lines.
#[derive(Debug, Clone, PartialEq, Default)]
struct Group {
    /// Product tokens, lower case; `*` stands for everybody else.
    agents: Vec<String>,
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq)]
struct Rule {
    allow: bool,
    /// Normalised path pattern, never empty.
    pattern: String,
}

impl Robots {
    /// Reads a robots.txt. Lines that say nothing known are passed over, so any bytes will do.
    pub fn parse(bytes: &[u8]) -> Robots {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        // A rule cut in half could forbid more than was meant: the last, incomplete line goes.
        let bytes = if bytes.len() > MAX_BYTES {
            let head = &bytes[..MAX_BYTES];
            let end = head.iter().rposition(|b| matches!(b, b'\n' | b'\r'));
            &head[..end.unwrap_or(0)]
        } else {
            bytes
        };
        let text = String::from_utf8_lossy(bytes);
        let mut robots = Robots::default();
        // Whether the next `User-agent` line joins the group above it or begins a new one.
        let mut naming = false;
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim(), value.trim());
            if key.eq_ignore_ascii_case("user-agent") {
                if !naming {
                    robots.groups.push(Group::default());
                    naming = true;
                }
                if let Some(group) = robots.groups.last_mut() {
                    group.agents.push(token(value));
                }
            } else if key.eq_ignore_ascii_case("allow") || key.eq_ignore_ascii_case("disallow") {
                naming = false;
                // An empty pattern matches nothing (RFC 9309, 2.2.2), rules before any group bind nobody.
                if let (Some(group), false) = (robots.groups.last_mut(), value.is_empty()) {
                    group.rules.push(Rule {
                        allow: key.eq_ignore_ascii_case("allow"),
                        pattern: normalise(value, true),
                    });
                }
            } else if key.eq_ignore_ascii_case("crawl-delay") {
                // Not in the RFC, but what publishers write; other records never end a group (2.2.4).
                let seconds = value.parse::<f64>().ok().filter(|s| *s >= 0.0);
                if let (Some(group), Some(seconds)) = (robots.groups.last_mut(), seconds) {
                    group.delay = Some(Duration::from_secs_f64(seconds.min(MAX_DELAY)));
                }
            } else if key.eq_ignore_ascii_case("sitemap")
                && robots.sitemaps.len() < MAX_SITEMAPS
                && let Ok(url) = url::Url::parse(value)
                && matches!(url.scheme(), "http" | "https")
            {
                robots.sitemaps.push(url.into());
            }
        }
        robots
    }

    /// Whether `agent` (a product token such as `newsprint`, or a whole user agent string) may ask
    /// for a path with its query, such as `/en/news?page=2`. The longest matching pattern decides,
    /// at equal length the one that allows (RFC 9309, 2.2.2).
    pub fn allows(&self, agent: &str, path_and_query: &str) -> bool {
        let path = normalise(path_and_query, false);
        // The rules themselves may always be asked for.
        if path == "/robots.txt" {
            return true;
        }
        self.groups(agent)
            .flat_map(|group| &group.rules)
            .filter(|rule| matches(&rule.pattern, &path))
            .max_by_key(|rule| (rule.pattern.len(), rule.allow))
            .is_none_or(|rule| rule.allow)
    }

    /// The sitemaps named anywhere in the file: absolute http(s) addresses, in its order.
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }

    /// The pause between two requests that is asked of `agent`, a minute at most.
    pub fn crawl_delay(&self, agent: &str) -> Option<Duration> {
        self.groups(agent).filter_map(|group| group.delay).max()
    }

    /// All groups that name the agent are one; only where none does, those for `*` hold.
    fn groups(&self, agent: &str) -> impl Iterator<Item = &Group> {
        let agent = token(agent);
        let named = self
            .groups
            .iter()
            .any(|group| group.agents.contains(&agent));
        let wanted = if named { agent } else { "*".to_owned() };
        self.groups
            .iter()
            .filter(move |group| group.agents.contains(&wanted))
    }
}

/// The product token of a `User-agent` value, lower case: letters, `_` and `-` (RFC 9309, 2.2.1).
fn token(value: &str) -> String {
    if value.starts_with('*') {
        return "*".to_owned();
    }
    value
        .chars()
        .take_while(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '-'))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// One spelling for each path, so that octets can be compared (RFC 9309, 2.2.2): non-ASCII octets
/// are percent-encoded, encoded unreserved ones decoded, `*` and `$` encoded unless they are the
/// pattern's own wildcards.
fn normalise(path: &str, pattern: bool) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let hex = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
        if byte == b'%'
            && let (Some(high), Some(low)) = (hex(bytes.get(at + 1)), hex(bytes.get(at + 2)))
        {
            let octet = (high * 16 + low) as u8;
            if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) {
                out.push(char::from(octet));
            } else {
                out.push_str(&format!("%{octet:02X}"));
            }
            at += 3;
            continue;
        }
        at += 1;
        let wild = match byte {
            b'*' => pattern,
            b'$' => pattern && at == bytes.len(),
            _ => true,
        };
        if byte.is_ascii() && wild {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether a normalised pattern matches the beginning of a normalised path; `*` is any run of
/// octets, a final `$` the end. Each piece between stars is looked for at the first place where it
/// can stand, so the time is linear in both lengths.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = match pattern.strip_suffix('$') {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if anchored && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(rules: &str, path: &str) -> bool {
        Robots::parse(format!("User-agent: *\n{rules}").as_bytes()).allows("newsprint", path)
    }

    #[test]
    fn the_group_of_the_agent_wins_over_the_one_for_everybody() {
        // RFC 9309, 2.2.1 and 5.1.
        let robots = Robots::parse(
            b"User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\
              User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\
              User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\
              User-Agent: quxbot\n",
        );
        assert!(robots.allows("foobot", "/example/page.html"));
        assert!(robots.allows("FooBot/2.1 (+https://bot.example)", "/example/allowed.gif"));
        assert!(!robots.allows("foobot", "/publications/"));
        assert!(!robots.allows("barbot", "/example/page.html"));
        assert!(!robots.allows("bazbot", "/example/page.html"));
        assert!(robots.allows("bazbot", "/example/other.html"));
        assert!(
            robots.allows("quxbot", "/example/page.html"),
            "a group without rules"
        );
        assert!(!robots.allows("other", "/example/page.html"));
        assert!(!robots.allows("other", "/a/picture.gif"));
        assert!(robots.allows("other", "/a/picture.gif?size=1"));
        assert!(robots.allows("other", "/publications/"));
    }

    #[test]
    fn groups_that_name_the_same_agent_are_one() {
        let robots = Robots::parse(
            b"user-agent: a\ndisallow: /c\n\nuser-agent: *\nallow: /\n\nuser-agent: a\ndisallow: /d\n",
        );
        assert!(!robots.allows("a", "/c"));
        assert!(!robots.allows("a", "/d"));
        assert!(robots.allows("b", "/d"));
    }

    #[test]
    fn the_longest_match_decides_and_a_tie_allows() {
        // RFC 9309, 5.2.
        let rules = "Allow: /example/page/\nDisallow: /example/page/disallowed.gif";
        assert!(!allowed(rules, "/example/page/disallowed.gif"));
        assert!(allowed(rules, "/example/page/allowed.gif"));
        assert!(allowed("Disallow: /page\nAllow: /page", "/page"));
        assert!(allowed("Disallow: /\nAllow: /en/", "/en/news"));
        assert!(!allowed("Disallow: /\nAllow: /en/", "/de/"));
    }

    #[test]
    fn wildcards_and_the_end_mark() {
        assert!(!allowed(
            "Disallow: /*/private/*.html$",
            "/a/b/private/x/y.html"
        ));
        assert!(allowed(
            "Disallow: /*/private/*.html$",
            "/a/private/x.html?p=1"
        ));
        assert!(allowed("Disallow: /*.php$", "/index.phpx"));
        assert!(!allowed("Disallow: /*.php$", "/a.php/b.php"));
        assert!(!allowed("Disallow: /fish*", "/fishing"));
        assert!(allowed("Disallow: /fish$", "/fishing"));
        assert!(
            allowed("Disallow: /a*aa$", "/aa"),
            "pieces must not overlap"
        );
    }

    #[test]
    fn percent_encoding_is_compared_by_octets() {
        // RFC 9309, 2.2.2: the examples of the table.
        assert!(!allowed("Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84"));
        assert!(!allowed(
            "Disallow: /foo/bar/%E3%83%84",
            "/foo/bar/%e3%83%84"
        ));
        assert!(!allowed("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz"));
        assert!(
            allowed("Disallow: /a%2Fb", "/a/b"),
            "a reserved octet stays encoded"
        );
        assert!(!allowed("Disallow: /path/%2A", "/path/*"));
        assert!(allowed("Disallow: /path/%2A", "/path/x"));
        assert!(!allowed("Disallow: /price%24", "/price$/now"));
    }

    #[test]
    fn what_says_nothing_forbids_nothing() {
        for text in [
            "",
            "<html><body>404</body></html>",
            "Disallow: /",
            "User-agent: *\nDisallow:",
        ] {
            assert!(
                Robots::parse(text.as_bytes()).allows("newsprint", "/a"),
                "{text}"
            );
        }
        assert!(allowed("Disallow: /", "/robots.txt"));
        assert!(!allowed("# nobody\nDisallow: / # really", "/a"));
    }

    #[test]
    fn sitemaps_and_delay() {
        let robots = Robots::parse(
            b"\xEF\xBB\xBFSitemap: https://news.example/news.xml\r\nUser-agent: a\rSitemap: /relative.xml\n\
              Crawl-delay: 2.5\nUser-agent: *\nDisallow: /x\nCrawl-delay: 1e30\nSitemap: javascript:alert(1)",
        );
        assert_eq!(robots.sitemaps(), ["https://news.example/news.xml"]);
        assert!(
            !robots.allows("a", "/x"),
            "neither a sitemap nor a delay ends the naming of agents"
        );
        assert_eq!(robots.crawl_delay("a"), Some(Duration::from_secs(60)));
        assert_eq!(Robots::default().crawl_delay("a"), None);
        assert_eq!(
            Robots::parse(b"User-agent: *\nCrawl-delay: NaN").crawl_delay("a"),
            None
        );
    }

    #[test]
    fn a_file_that_never_ends_is_cut_at_a_whole_line() {
        let mut text = String::from("User-agent: *\nDisallow: /first\n");
        text.push_str(&"#".repeat(MAX_BYTES - text.len() - 10));
        text.push_str("\nDisallow: /second-and-cut");
        let robots = Robots::parse(text.as_bytes());
        assert!(!robots.allows("a", "/first"));
        assert!(robots.allows("a", "/second"));
        let stars = format!("User-agent: *\nDisallow: /{}b", "*a".repeat(200_000));
        assert!(Robots::parse(stars.as_bytes()).allows("a", &"/a".repeat(50_000)));
    }
}
