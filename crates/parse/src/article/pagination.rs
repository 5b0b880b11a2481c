//! The next page of an article that is split over pages.
//! Never here: lists of articles, whose `rel=next` leads to other articles.

use url::Url;

/// The address of the next page, where one of the page's `rel=next` links is this page's address with the next number.
pub(super) fn next(links: &[String], url: &Url) -> Option<String> {
    let (stem, number) = paged(url);
    links
        .iter()
        .filter_map(|link| url.join(link.trim()).ok())
        .find(|next| {
            let (other, following) = paged(next);
            next.host_str() == url.host_str() && other == stem && following == number + 1
        })
        .map(|mut next| {
            next.set_fragment(None);
            next.into()
        })
}

/// An address without its page number, and the number: 1 where there is none.
fn paged(url: &Url) -> (String, u32) {
    let mut number = 1;
    let mut rest: Vec<String> = Vec::new();
    for (key, value) in url.query_pairs() {
        match (key.as_ref(), value.parse()) {
            ("page" | "p" | "pg" | "seite" | "pagina" | "paged" | "pageno", Ok(n)) if n < 100 => {
                number = n
            }
            _ => rest.push(format!("{key}={value}")),
        }
    }
    rest.retain(|pair| !pair.starts_with("utm_"));
    let path = url.path().trim_end_matches('/');
    let mut stem = path.to_owned();
    if let Some((before, last)) = path.rsplit_once('/') {
        let digits = last
            .strip_prefix("page-")
            .or_else(|| last.strip_prefix("seite-"))
            .or_else(|| last.strip_prefix("page"))
            .unwrap_or(last);
        // Two digits: four are a year, more are an article's number. Without a word before it, the number
        // may be an article's too, unless what it follows is an article's name.
        let name = before.rsplit('/').next().unwrap_or_default();
        if let Ok(n) = digits.parse::<u32>()
            && digits.len() <= 2
            && (digits.len() < last.len()
                || name == "page"
                || name.contains('-')
                || name.len() > 12)
        {
            number = n;
            stem = before
                .trim_end_matches("/page")
                .trim_end_matches("/seite")
                .to_owned();
        }
    }
    (format!("{stem}?{}", rest.join("&")), number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(url: &str, href: &str) -> Option<String> {
        next(&[href.to_owned()], &Url::parse(url).unwrap())
    }

    #[test]
    fn the_next_number_of_the_same_address_is_the_next_page() {
        let url = "https://example.org/news/long-read";
        assert_eq!(
            found(url, "/news/long-read?page=2").as_deref(),
            Some("https://example.org/news/long-read?page=2")
        );
        assert_eq!(
            found(url, "/news/long-read/2/").as_deref(),
            Some("https://example.org/news/long-read/2/")
        );
        assert_eq!(
            found(url, "long-read/page/2").as_deref(),
            Some("https://example.org/news/long-read/page/2")
        );
        assert_eq!(
            found("https://example.org/a/x/seite-2", "/a/x/seite-3").as_deref(),
            Some("https://example.org/a/x/seite-3")
        );
    }

    #[test]
    fn another_article_is_not_the_next_page() {
        let url = "https://example.org/news/long-read";
        assert_eq!(found(url, "/news/another-one"), None);
        assert_eq!(
            found(url, "https://elsewhere.example/news/long-read?page=2"),
            None
        );
        assert_eq!(found(url, "/news/long-read"), None);
        assert_eq!(found(url, "/news/long-read/2024"), None);
        assert_eq!(found("https://example.org/news/11", "/news/12"), None);
    }
}
