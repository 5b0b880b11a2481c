//! Web addresses as people compare and show them: which two are one, and what of one is not for other eyes.
//! Never here: asking for them.

use std::borrow::Cow;

/// Two addresses with the same key are one: without regard to the case of the host, a default port, a slash
/// at the end, a fragment, and http against https. What is no web address is its own key.
pub fn address_key(address: &str) -> String {
    let Ok(mut url) = url::Url::parse(address.trim()) else {
        return address.trim().to_owned();
    };
    if !matches!(url.scheme(), "http" | "https") {
        return url.into();
    }
    url.set_fragment(None);
    let key = url.as_str();
    let rest = key.split_once("://").map_or(key, |(_, rest)| rest);
    match rest.split_once('?') {
        Some((path, query)) => format!("{}?{query}", path.trim_end_matches('/')),
        None => rest.trim_end_matches('/').to_owned(),
    }
}

/// What the system says, without its number for what it has just said in words (`(os error 111)`):
/// that helps nobody.
pub fn without_number(text: &str) -> String {
    let mut parts = text.split(" (os error ");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once(')').map_or(part, |(_, rest)| rest));
    }
    plain
}

/// Names of parameters whose value lets whoever has it read an address: keys, tokens, passwords. Without capitals
/// and without marks between words, as [`is_secret`] compares them.
const SECRETS: &[&str] = &[
    "key",
    "auth",
    "authcode",
    "bearer",
    "hash",
    "hdnea",
    "hdntl",
    "hdnts",
    "hmac",
    "jwt",
    "pass",
    "passphrase",
    "psw",
    "pw",
    "pwd",
    "session",
    "sid",
    "sig",
    "torrentpass",
    "tp",
    "uhash",
    "userhash",
    "userpass",
];

/// Ends of such names: `client_secret`, `X-Amz-Security-Token`, `rsskey` …
const SECRET_ENDS: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "passkey",
    "signature",
    "credential",
    "apikey",
    "authkey",
    "rsskey",
    "feedkey",
    "userkey",
    "accesskey",
    "secretkey",
    "privatekey",
    "sessionid",
    "sessid",
];

/// Names that say nothing of the kind, but with so many digits of a hash behind them stand for a key: private feeds
/// of sites (`?feed=…&user=me`) and of indexes (`?i=7&r=…`).
const MAYBE_SECRETS: &[&str] = &["feed", "r", "k", "t", "h", "u", "uid", "code", "user"];

/// Digits of the shortest hash that is used as a key (128 bits).
const HASH_DIGITS: usize = 32;

fn is_secret(name: &str, value: &str) -> bool {
    let marked = ["-key", "_key", ".key"];
    let name = name.to_ascii_lowercase();
    if marked.iter().any(|end| name.ends_with(end)) {
        return true;
    }
    let name = name.replace(['-', '_', '.'], "");
    let name = name.as_str();
    let hash = || value.len() >= HASH_DIGITS && value.bytes().all(|b| b.is_ascii_hexdigit());
    SECRETS.contains(&name)
        || SECRET_ENDS.iter().any(|end| name.ends_with(end))
        || MAYBE_SECRETS.contains(&name) && hash()
}

/// The text with the secrets in its addresses made unreadable: names and passwords
/// (`https://user:secret@host/` becomes `https://***@host/`), and the values of parameters that are named
/// like keys (`?key=***`). Nothing of them is ever shown or logged.
pub fn without_password(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(found) = text[from..].find("://") {
        let start = from + found + 3;
        from = start;
        let ends = |c: char| matches!(c, '"' | '<' | '>') || c.is_whitespace();
        let end = text[start..]
            .find(ends)
            .map_or(text.len(), |end| start + end);
        let authority = text[start..end]
            .find(['/', '?', '#', '\\'])
            .map_or(end, |at| start + at);
        // A password may have an `@` in it that is written as it is: the last one counts.
        if let Some(at) = text[start..authority].rfind('@').filter(|_| start >= done) {
            out.push_str(&text[done..start]);
            out.push_str("***");
            done = start + at;
        }
        // What follows `?`, and what follows `#` as well, where single-page sites keep theirs.
        let Some(query) = text[authority..end].find(['?', '#']) else {
            continue;
        };
        let mut at = authority + query + 1;
        for parameter in text[at..end].split(['&', ';', '?', '#']) {
            if let Some((name, value)) = parameter.split_once('=')
                && !value.is_empty()
                && at >= done
                && is_secret(name, value)
            {
                out.push_str(&text[done..at + name.len() + 1]);
                out.push_str("***");
                done = at + parameter.len();
            }
            at += parameter.len() + 1;
        }
        from = authority;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_a_query_are_as_unreadable_as_passwords() {
        for (text, shown) in [
            (
                "https://a.example/rss?key=s3cret",
                "https://a.example/rss?key=***",
            ),
            (
                "see https://a.example/?id=7&Token=x%20y#top, please",
                "see https://a.example/?id=7&Token=***#top, please",
            ),
            (
                "http://me:pw@a.example/?api_key=1;b=2",
                "http://***@a.example/?api_key=***;b=2",
            ),
            (
                "https://a.example/?X-Amz-Signature=1f&client_secret=2&rsskey=3&turkey=4",
                "https://a.example/?X-Amz-Signature=***&client_secret=***&rsskey=***&turkey=4",
            ),
            (
                "https://a.example/#access_token=abc",
                "https://a.example/#access_token=***",
            ),
            (
                "https://a.example/?u=https://b.example/?key=1",
                "https://a.example/?u=https://b.example/?key=***",
            ),
            (
                "https://a.example/?monkey=1&key=",
                "https://a.example/?monkey=1&key=",
            ),
            (
                "https://a.example/?key=https://me:pw@b.example/?key=1",
                "https://a.example/?key=***?key=***",
            ),
            // As trackers, indexes and hosts of files name theirs.
            (
                "https://t.example/rss?passkey=1&torrent_pass=2&torrentPass=3&auth-key=4&feedkey=5&user=me",
                "https://t.example/rss?passkey=***&torrent_pass=***&torrentPass=***&auth-key=***&feedkey=***&user=me",
            ),
            (
                "https://t.example/rss?u=7;tp=0a1b&hash=1&X-Amz-Credential=2&hdnts=3&PHPSESSID=4",
                "https://t.example/rss?u=7;tp=***&hash=***&X-Amz-Credential=***&hdnts=***&PHPSESSID=***",
            ),
            (
                "https://r.example/.rss?feed=0123456789abcdef0123456789ABCDEF&user=me",
                "https://r.example/.rss?feed=***&user=me",
            ),
            (
                "https://r.example/?feed=rss2&t=search&author=ada&compass=n&code=12&keywords=pass",
                "https://r.example/?feed=rss2&t=search&author=ada&compass=n&code=12&keywords=pass",
            ),
            ("key=1", "key=1"),
        ] {
            assert_eq!(without_password(text), shown);
        }
    }

    #[test]
    fn spellings_of_one_address_have_one_key() {
        let key = address_key("https://valley.example/news");
        for same in [
            "https://valley.example/news/",
            "HTTPS://Valley.Example:443/news",
            "http://valley.example:80/news/#top",
            " https://valley.example/news ",
        ] {
            assert_eq!(address_key(same), key, "{same}");
        }
        for other in [
            "https://valley.example/News",
            "https://valley.example/news?page=2",
            "https://valley.example:8443/news",
            "https://www.valley.example/news",
            "https://me:one@valley.example/news",
        ] {
            assert_ne!(address_key(other), key, "{other}");
        }
        assert_eq!(
            address_key("https://a.example/?x=/"),
            address_key("http://A.example?x=/")
        );
        assert_eq!(address_key("no address/"), "no address/");
    }

    #[test]
    fn what_is_secret_in_an_address_is_not_shown() {
        for (text, shown) in [
            ("https://me:secret@a.example/x", "https://***@a.example/x"),
            ("https://token@a.example", "https://***@a.example"),
            (
                "http://a.example/ moved to https://me:p@ss@b.example?q=1: 404",
                "http://a.example/ moved to https://***@b.example?q=1: 404",
            ),
            ("write to me@a.example", "write to me@a.example"),
            ("https://a.example/@me", "https://a.example/@me"),
            ("://", "://"),
        ] {
            assert_eq!(without_password(text), shown);
        }
    }
}
