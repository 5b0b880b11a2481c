//! The line at the end of an entry that names where it comes from, as WordPress writes it under each entry of a feed:
//! "The post … appeared first on …", in the language of the site.
//! Never here: other surroundings of a text (`reader::surroundings`).

use url::Url;

use crate::safe_text;

/// The most that such a line has beside its two links, characters.
const LONGEST_BESIDE: usize = 60;
/// The same where it tells of a magazine.
const LONGEST_PUBLISHED: usize = 200;

/// Where that line begins in clean HTML (see [`crate::sanitize::clean`]) of an entry at `base`. It is told by its two links, so
/// that its language does not matter: the first leads to the entry itself, the second to the front page of its host.
/// Where the entry's address is another one (of a service that counts readers), by its English words.
pub(crate) fn start(html: &str, base: &str) -> Option<usize> {
    let inner = html.strip_suffix("</p>")?;
    let start = inner.rfind("<p>").filter(|start| *start > 0)?;
    let (before, first, rest) = link(&inner[start + "<p>".len()..])?;
    let (between, second, after) = link(rest)?;
    let beside = format!("{before} {between} {after}");
    // As Medium says it, of the magazine that a post stands in.
    let published = beside.contains("originally published in");
    let longest = if published {
        LONGEST_PUBLISHED
    } else {
        LONGEST_BESIDE
    };
    if beside.contains('<') || beside.chars().count() > longest {
        return None;
    }
    let (first, second) = (Url::parse(&first).ok()?, Url::parse(&second).ok()?);
    let is_front = second.path() == "/" && second.query().is_none();
    let of_one_site = is_front && first.host_str() == second.host_str();
    if !(of_one_site || published) || first.path() == "/" {
        return None;
    }
    let own = || {
        let base = safe_text::link(base).and_then(|base| Url::parse(&base).ok());
        base.is_some_and(|base| (base.host_str(), base.path()) == (first.host_str(), first.path()))
    };
    let says = |words: &str| beside.contains(words);
    // With the rule that parts it from the text.
    let start = html[..start].trim_end_matches("<hr>").len();
    (own() || says("appeared first on") || says("first appeared on")).then_some(start)
}

/// What stands before the first link of a text, its address, and what stands behind it.
fn link(text: &str) -> Option<(&str, String, &str)> {
    let (before, rest) = text.split_once("<a href=\"")?;
    let (address, rest) = rest.split_once("\">")?;
    let (_, after) = rest.split_once("</a>")?;
    Some((before, address.replace("&amp;", "&"), after))
}

#[cfg(test)]
mod tests {
    use crate::sanitize::clean;

    const ENTRY: &str = "https://paper.example/2031/05/bridge/";

    fn ends(line: &str) -> String {
        let html = format!("<p>The text.</p>\n{line}");
        let once = clean(&html, ENTRY);
        assert_eq!(clean(&once.html, ENTRY), once, "{line}");
        assert!(!once.html.contains("<hr>"), "{line}");
        once.text
    }

    #[test]
    fn the_line_that_names_the_source_is_no_text_in_any_language() {
        let own = format!("<a href='{ENTRY}'>A bridge</a>");
        let site = "<a href='https://paper.example'>The Paper</a>";
        for line in [
            format!("<p>The post {own} appeared first on {site}.</p>"),
            format!(
                "<p>Der Beitrag <a rel=nofollow href='{ENTRY}?utm_source=rss'>Eine Brücke</a> erschien zuerst auf {site}.</p>"
            ),
            format!("<div>Сообщение {own} появились сначала на {site}.</div>"),
            format!("<p>{own} 最先出现在 {site}。</p>"),
            format!(
                "<hr><p>{own} was originally published in <a href='https://posts.example/crossings'>Crossings</a> on Posts, where people are continuing the conversation by highlighting and responding to this story.</p>"
            ),
            format!(
                "<p>The post <a href='https://paper.example/counted/7'>A bridge</a> first appeared on {site}.</p>"
            ),
        ] {
            assert_eq!(ends(&line), "The text.", "{line}");
        }
    }

    #[test]
    fn other_last_lines_stay() {
        let own = format!("<a href='{ENTRY}'>A bridge</a>");
        for line in [
            // To another article, to another site, with more to say, and alone.
            "<p>See <a href='https://paper.example/2030/ford/'>the ford</a> of <a href='https://paper.example/'>our paper</a>.</p>".to_owned(),
            format!("<p>The post {own} was written by <a href='https://other.example/'>Nino</a>.</p>"),
            format!("<p>{own} appeared in <a href='https://paper.example/'>The Paper</a> in another form, which was longer and had a table of all the costs.</p>"),
            format!("<p>Read {own}.</p>"),
        ] {
            assert_ne!(ends(&line), "The text.", "{line}");
        }
        let alone = format!("<p>{own} <a href='https://paper.example/'>The Paper</a></p>");
        assert!(!clean(&alone, ENTRY).html.is_empty());
    }
}
