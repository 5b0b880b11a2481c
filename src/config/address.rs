//! Web addresses of outlets: whether one can be read, and what its outlet is called without a name.
//! Never here: fetching.

use newsprint_model::without_password;

/// Says what is wrong with a web address, if anything.
pub fn web_address(text: &str) -> Result<(), String> {
    let parsed = url::Url::parse(text);
    let text = &*without_password(text);
    match parsed {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => Err(format!(
            "`{text}`: only http and https are supported, not {}:",
            url.scheme()
        )),
        Ok(url) if url.host_str().is_none_or(str::is_empty) => Err(format!("`{text}` has no host")),
        Ok(_) => Ok(()),
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            let meant = format!("https://{}", text.trim_start_matches('/'));
            let hint = match url::Url::parse(&meant) {
                Ok(_) => format!("; did you mean `{meant}`?"),
                Err(_) => String::new(),
            };
            Err(format!("`{text}` is not a valid URL{hint}"))
        }
        Err(error) => Err(format!("`{text}` is not a valid URL: {error}")),
    }
}

/// An address as it was likely meant: `example.org/news` without its scheme is at `https://`.
pub fn completed(text: &str) -> String {
    let text = text.trim();
    let bare = !text.contains(':')
        || text.split('/').next().is_some_and(|host| {
            let port = host.rsplit_once(':').map(|(_, port)| port);
            port.is_some_and(|port| {
                !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
            })
        });
    let meant = format!("https://{}", text.trim_start_matches('/'));
    match bare && text.contains('.') && url::Url::parse(&meant).is_ok() {
        true => meant,
        false => text.to_owned(),
    }
}

/// A name for an outlet that has none: its host without `www.`.
pub fn name_of(url: &str) -> String {
    url::Url::parse(url)
        .ok()
        .and_then(|url| {
            url.host_str()
                .map(|host| host.trim_start_matches("www.").to_owned())
        })
        .unwrap_or_else(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_be_typed_without_its_scheme() {
        assert_eq!(completed("example.org/news"), "https://example.org/news");
        assert_eq!(completed(" a.example:8080/x "), "https://a.example:8080/x");
        for whole in [
            "http://a.example/",
            "ftp://a.example/",
            "not a url",
            "news",
            "mailto:a@b.example",
        ] {
            assert_eq!(completed(whole), whole);
        }
    }
}
