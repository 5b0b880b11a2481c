//! Web addresses of outlets: whether one can be read, and what its outlet is called without a name.
//! Never here: fetching.

use std::collections::{HashMap, HashSet};

use newsprint_model::{fold, without_password};

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

/// The names of outlets in the order of the file: where there is none, that of the host ([`name_of`]), with the
/// path behind it where another outlet is at the host. So no other outlet's name changes what one is called.
/// `outlets` are names and addresses.
pub fn names<'a>(outlets: impl Iterator<Item = (Option<&'a str>, &'a str)> + Clone) -> Vec<String> {
    let given = outlets.clone().filter_map(|(name, _)| name.map(fold));
    let mut taken: HashSet<String> = given.collect();
    let mut hosts: HashMap<String, usize> = HashMap::new();
    for (_, url) in outlets.clone() {
        *hosts.entry(name_of(url)).or_default() += 1;
    }
    let free = |url: &str, taken: &mut HashSet<String>| {
        let host = name_of(url);
        let alone = hosts.get(&host).is_none_or(|outlets| *outlets == 1);
        let plain = match (alone, url::Url::parse(url)) {
            (false, Ok(url)) => format!("{host}{}", url.path().trim_end_matches('/')),
            _ => host,
        };
        let mut name = plain.clone();
        let mut number = 1;
        while !taken.insert(fold(&name)) {
            number += 1;
            name = format!("{plain} ({number})");
        }
        name
    };
    outlets
        .map(|(name, url)| name.map_or_else(|| free(url, &mut taken), str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_outlets_of_one_host_without_names_are_told_apart() {
        let outlets = [
            (None, "https://a.example/one"),
            (Some("A.Example (2)"), "https://b.example/"),
            (None, "https://www.a.example/two"),
        ];
        let names = names(outlets.into_iter());
        assert_eq!(names, ["a.example/one", "A.Example (2)", "a.example/two"]);
    }

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
