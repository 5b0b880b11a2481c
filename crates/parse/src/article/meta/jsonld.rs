//! JSON-LD of a page: broken JSON mended, references followed, and the one node found that is this page's
//! article. Never here: other sources of the same facts, or what to believe when they differ.

use std::collections::HashMap;

use serde_json::{Map, Value};
use url::Url;

use crate::dates;

/// Scripts that are read; live blogs have hundreds of updates in a few.
const MAX_SCRIPTS: usize = 40;
/// Bytes of one script.
const MAX_BYTES: usize = 1 << 20;
/// Objects looked at.
const MAX_NODES: usize = 4_000;
/// How deep objects are followed.
const MAX_DEPTH: usize = 10;
/// Values taken from one list.
const MAX_VALUES: usize = 200;

/// What JSON-LD says of the article, as written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Story {
    pub headlines: Vec<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<Author>,
    pub keywords: Vec<String>,
    pub sections: Vec<String>,
    /// The breadth of a picture in pixels, where it is given.
    pub images: Vec<(String, u32)>,
    pub lang: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    /// Declared as an article of the news.
    pub news: bool,
}

/// Who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Author {
    pub name: String,
    /// Declared as an organisation.
    pub organisation: bool,
}

/// Reads the scripts and gives the page's article; the default where there is none.
pub(super) fn story<'a>(scripts: impl Iterator<Item = &'a str>, page: &Url) -> Story {
    let blocks: Vec<Value> = scripts
        .take(MAX_SCRIPTS)
        .filter(|script| script.len() <= MAX_BYTES)
        .flat_map(parse)
        .collect();
    let mut nodes = Vec::new();
    for block in &blocks {
        collect(block, 0, false, &mut nodes);
    }
    // `{"@id": "#author"}` stands for the node that has more to say under that name.
    let mut by_id: HashMap<&str, &Map<String, Value>> = HashMap::new();
    for (node, _) in &nodes {
        if let Some(Value::String(id)) = node.get("@id")
            && node.len() > by_id.get(id.as_str()).map_or(1, |known| known.len())
        {
            by_id.insert(id, node);
        }
    }
    let mut ranked: Vec<(i32, &Map<String, Value>)> = nodes
        .iter()
        .filter_map(|(node, nested)| Some((rank(node, *nested, page)?, *node)))
        .collect();
    // Stable: of equals the first is the page's own, related stories follow it.
    ranked.sort_by_key(|(rank, _)| -rank);
    let mut story = Story::default();
    let mut best: Option<Story> = None;
    for (rank, node) in ranked.into_iter().take(8) {
        let read = read(node, &by_id);
        match &best {
            None => {
                story = read.clone();
                best = Some(read);
            }
            // Outlets spread one article over several blocks; others about it may fill gaps, never overrule.
            Some(best) if rank > 0 && same_story(best, &read, page) => {
                if let (Some(day), Some(timed)) = (&story.published, &read.published)
                    && is_day_of(day, timed)
                {
                    story.published = read.published.clone();
                }
                fill(&mut story, read)
            }
            Some(_) => {}
        }
    }
    story
}

/// The rank of the types that are articles of the news.
const NEWS: i32 = 60;

/// The types that are articles (schema.org), best first, and the page around one.
fn type_rank(name: &str) -> Option<i32> {
    let name = name.rsplit(['/', '#', ':']).next().unwrap_or(name);
    Some(match name {
        "NewsArticle"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle"
        | "ReviewNewsArticle"
        | "AskPublicNewsArticle" => NEWS,
        "LiveBlogPosting" => 58,
        "Article"
        | "BlogPosting"
        | "Report"
        | "SatiricalArticle"
        | "AdvertiserContentArticle"
        | "TechArticle"
        | "ScholarlyArticle"
        | "MedicalScholarlyArticle"
        | "SocialMediaPosting" => 50,
        "Review" | "Recipe" | "HowTo" => 20,
        "VideoObject" | "AudioObject" | "PodcastEpisode" => 10,
        "WebPage" | "ItemPage" | "CreativeWork" => 5,
        _ => return None,
    })
}

/// The best rank of a node's types.
fn kind(node: &Map<String, Value>) -> Option<i32> {
    match node.get("@type")? {
        Value::String(name) => type_rank(name),
        Value::Array(names) => names
            .iter()
            .take(8)
            .filter_map(|name| type_rank(name.as_str()?))
            .max(),
        _ => None,
    }
}

/// How likely a node is this page's article; `None` when it is of no such kind.
fn rank(node: &Map<String, Value>, nested: bool, page: &Url) -> Option<i32> {
    let mut rank = kind(node)?;
    if nested {
        rank -= 30;
    }
    let mine = address(node).and_then(|url| page.join(&url).ok());
    match mine {
        Some(url) if url.path().trim_end_matches('/') == page.path().trim_end_matches('/') => {
            rank += 20
        }
        Some(_) if nested => rank -= 30,
        _ => {}
    }
    for key in ["headline", "datePublished", "author"] {
        rank += if node.contains_key(key) { 4 } else { 0 };
    }
    Some(rank)
}

/// The address a node gives as its own.
fn address(node: &Map<String, Value>) -> Option<String> {
    for key in ["url", "mainEntityOfPage", "@id"] {
        let value = match node.get(key) {
            Some(Value::String(url)) => Some(url),
            Some(Value::Object(page)) => match page.get("@id").or_else(|| page.get("url")) {
                Some(Value::String(url)) => Some(url),
                _ => None,
            },
            _ => None,
        };
        if let Some(url) = value
            && url.starts_with("http")
        {
            return Some(url.clone());
        }
    }
    None
}

fn same_story(a: &Story, b: &Story, page: &Url) -> bool {
    let path = |url: &Option<String>| {
        let url = page.join(url.as_deref()?).ok()?;
        Some(url.path().trim_end_matches('/').to_owned())
    };
    match (path(&a.url), path(&b.url)) {
        (Some(a), Some(b)) if a == b => return true,
        (_, Some(b)) if b == page.path().trim_end_matches('/') => return true,
        _ => {}
    }
    a.headlines
        .first()
        .is_some_and(|headline| b.headlines.contains(headline))
}

/// Whether a date is a day alone, written as its beginning in UTC, and the other a time of day within a day of it: the one
/// that a system kept as a day may be the day before or behind.
fn is_day_of(day: &str, timed: &str) -> bool {
    let read = |text: &str| dates::parse(text, None);
    let (Some(day), Some(timed)) = (read(day), read(timed)) else {
        return false;
    };
    let midnight = |date: &dates::Written| {
        let clock = date.local.get(10..).unwrap_or_default();
        let utc = clock.ends_with('Z') || clock.ends_with("+00:00");
        clock.starts_with("T00:00:00") && utc
    };
    let has_time = |date: &dates::Written| {
        let clock = date.local.get(10..).unwrap_or_default();
        !clock.is_empty() && !clock.starts_with("T00:00")
    };
    let hours = timed.time.as_second().abs_diff(day.time.as_second()) / 3600;
    midnight(&day) && has_time(&timed) && hours <= 36
}

/// Fills what a story does not say from another.
pub(super) fn fill(story: &mut Story, other: Story) {
    fn list<T>(mine: &mut Vec<T>, theirs: Vec<T>) {
        if mine.is_empty() {
            *mine = theirs;
        }
    }
    list(&mut story.headlines, other.headlines);
    list(&mut story.authors, other.authors);
    list(&mut story.keywords, other.keywords);
    list(&mut story.sections, other.sections);
    list(&mut story.images, other.images);
    story.published = story.published.take().or(other.published);
    story.modified = story.modified.take().or(other.modified);
    story.lang = story.lang.take().or(other.lang);
    story.url = story.url.take().or(other.url);
    story.publisher = story.publisher.take().or(other.publisher);
}

/// All objects of a block with whether they hang on another by a key that makes them something else.
fn collect<'a>(
    value: &'a Value,
    depth: usize,
    nested: bool,
    out: &mut Vec<(&'a Map<String, Value>, bool)>,
) {
    if depth > MAX_DEPTH || out.len() >= MAX_NODES {
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                collect(value, depth + 1, nested, out);
            }
        }
        Value::Object(node) => {
            out.push((node, nested));
            for (key, value) in node {
                if matches!(value, Value::Array(_) | Value::Object(_)) {
                    // A page's main entity is the article; what hangs elsewhere is another thing.
                    let own = matches!(
                        key.as_str(),
                        "@graph" | "mainEntity" | "mainEntityOfPage" | "subjectOf"
                    );
                    collect(value, depth + 1, nested || !own, out);
                }
            }
        }
        _ => {}
    }
}

type ById<'a> = HashMap<&'a str, &'a Map<String, Value>>;

fn read(node: &Map<String, Value>, by_id: &ById) -> Story {
    let mut story = Story {
        published: text(node.get("datePublished"))
            .or_else(|| text(node.get("dateCreated")))
            .or_else(|| text(node.get("uploadDate"))),
        modified: text(node.get("dateModified")),
        lang: text(node.get("inLanguage")).or_else(|| {
            text(
                node.get("inLanguage")
                    .and_then(|lang| lang.get("alternateName")),
            )
        }),
        url: address(node),
        news: kind(node) == Some(NEWS),
        ..Story::default()
    };
    for key in ["headline", "name", "alternativeHeadline"] {
        story.headlines.extend(text(node.get(key)));
    }
    for key in ["author", "creator"] {
        if story.authors.is_empty() {
            authors(node.get(key), by_id, 0, &mut story.authors);
        }
    }
    names(node.get("keywords"), by_id, &mut story.keywords);
    names(node.get("articleSection"), by_id, &mut story.sections);
    for key in ["image", "thumbnailUrl"] {
        if story.images.is_empty() {
            images(node.get(key), by_id, 0, &mut story.images);
        }
    }
    let mut publisher = Vec::new();
    names(node.get("publisher"), by_id, &mut publisher);
    story.publisher = publisher.into_iter().next();
    story
}

/// A string, or the first of a list of them.
fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values
            .iter()
            .take(MAX_VALUES)
            .find_map(|value| text(Some(value))),
        Value::Object(node) => text(node.get("@value")),
        _ => None,
    }
}

/// The node that a bare reference stands for, else the node itself.
fn resolve<'a>(node: &'a Map<String, Value>, by_id: &ById<'a>) -> &'a Map<String, Value> {
    match node.get("@id") {
        Some(Value::String(id)) if !node.contains_key("name") && !node.contains_key("url") => {
            by_id.get(id.as_str()).copied().unwrap_or(node)
        }
        _ => node,
    }
}

fn authors(value: Option<&Value>, by_id: &ById, depth: usize, out: &mut Vec<Author>) {
    if depth > 3 || out.len() >= 40 {
        return;
    }
    match value {
        Some(Value::String(name)) => out.push(Author {
            name: name.clone(),
            organisation: false,
        }),
        Some(Value::Array(values)) => {
            for value in values {
                authors(Some(value), by_id, depth + 1, out);
            }
        }
        Some(Value::Object(node)) => {
            let node = resolve(node, by_id);
            let organisation =
                text(node.get("@type")).is_some_and(|kind| kind.contains("Organization"));
            let whole = || {
                let given = text(node.get("givenName"))?;
                Some(format!("{given} {}", text(node.get("familyName"))?))
            };
            match node.get("name") {
                Some(Value::Array(names)) => {
                    for name in names.iter().take(MAX_VALUES).filter_map(Value::as_str) {
                        out.push(Author {
                            name: name.to_owned(),
                            organisation,
                        });
                    }
                }
                name => out.extend(
                    text(name)
                        .or_else(whole)
                        .map(|name| Author { name, organisation }),
                ),
            }
        }
        _ => {}
    }
}

/// Strings, and the names of things.
fn names(value: Option<&Value>, by_id: &ById, out: &mut Vec<String>) {
    match value {
        Some(Value::String(name)) => out.push(name.clone()),
        Some(Value::Object(node)) => out.extend(text(resolve(node, by_id).get("name"))),
        Some(Value::Array(values)) => {
            for value in values.iter().take(MAX_VALUES) {
                match value {
                    Value::Array(_) => {}
                    value => names(Some(value), by_id, out),
                }
            }
        }
        _ => {}
    }
}

fn images(value: Option<&Value>, by_id: &ById, depth: usize, out: &mut Vec<(String, u32)>) {
    if depth > 3 || out.len() >= 20 {
        return;
    }
    match value {
        Some(Value::String(url)) => out.push((url.clone(), 0)),
        Some(Value::Array(values)) => {
            for value in values {
                images(Some(value), by_id, depth + 1, out);
            }
        }
        Some(Value::Object(node)) => {
            let node = resolve(node, by_id);
            let width = match node.get("width") {
                Some(Value::Number(number)) => number.as_u64().unwrap_or(0),
                Some(Value::String(text)) => {
                    text.trim_end_matches("px").trim().parse().unwrap_or(0)
                }
                _ => 0,
            };
            let before = out.len();
            for key in ["url", "contentUrl", "@id"] {
                if out.len() == before
                    && let Some(url) = text(node.get(key))
                    && (key != "@id" || url.starts_with("http"))
                {
                    out.push((url, u32::try_from(width).unwrap_or(0)));
                }
            }
        }
        _ => {}
    }
}

/// A script's values: as it is, else mended, else with its entities decoded first.
fn parse(script: &str) -> Vec<Value> {
    if let Ok(value) = serde_json::from_str(script) {
        return vec![value];
    }
    let mended = mend(script);
    if let Some(values) = stream(&mended) {
        return values;
    }
    // Templates that escape everything write `&quot;` for the quotes of JSON itself.
    if !script.contains("&quot;") {
        return Vec::new();
    }
    let decoded = script
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&amp;", "&");
    stream(&mend(&decoded)).unwrap_or_default()
}

/// One value after another, without a list around them.
fn stream(text: &str) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .take(MAX_SCRIPTS)
    {
        match value {
            Ok(value) => values.push(value),
            Err(_) => break,
        }
    }
    (!values.is_empty()).then_some(values)
}

/// Mends what templates get wrong, in one pass: wrappers of comments, line breaks and unknown escapes in
/// strings, quotes that were not escaped, commas before a closing bracket, and brackets left open by a cut.
fn mend(script: &str) -> String {
    let script = script
        .split_once("<![CDATA[")
        .map_or(script, |(_, rest)| rest);
    let start = script.find(['{', '[']).unwrap_or(script.len());
    let text = &script[start..];
    let mut out = String::with_capacity(text.len() + 16);
    let mut open = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut string = false;
    while let Some((at, c)) = chars.next() {
        if string {
            match c {
                '\\' => match chars.peek().map(|(_, next)| *next) {
                    Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                        out.extend(['\\', next]);
                        chars.next();
                    }
                    Some('u')
                        if text
                            .get(at + 2..at + 6)
                            .is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())) =>
                    {
                        out.push('\\')
                    }
                    _ => {}
                },
                '"' if closes(text, at + 1) => {
                    out.push('"');
                    string = false;
                }
                '"' => out.push_str("\\\""),
                c if c.is_control() => out.push(' '),
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => {
                out.push('"');
                string = true;
            }
            '{' | '[' => {
                open.push(if c == '{' { '}' } else { ']' });
                out.push(c);
            }
            '}' | ']' => {
                while out.ends_with(|c: char| c == ',' || c.is_whitespace()) {
                    out.pop();
                }
                // What closes the wrong bracket closes the right ones first.
                while let Some(expected) = open.pop() {
                    out.push(expected);
                    if expected == c {
                        break;
                    }
                }
                // After the value there may be another one, or the end of a comment: the reader decides.
                if open.is_empty() {
                    out.push(' ');
                }
            }
            // `;` after the value, `// ]]>` and `-->` around it.
            c if open.is_empty() && !c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    if string {
        out.push('"');
    }
    while out.ends_with(|c: char| matches!(c, ',' | ':') || c.is_whitespace()) {
        if out.pop() == Some(':') {
            out.push_str(": null");
            break;
        }
    }
    while let Some(close) = open.pop() {
        out.push(close);
    }
    out
}

/// Whether a quote ends its string: what follows it is what follows a string in JSON.
fn closes(text: &str, after: usize) -> bool {
    let rest = text[after..].trim_start();
    let Some(next) = rest.chars().next() else {
        return true;
    };
    match next {
        ':' | '}' | ']' => true,
        // A comma in prose is followed by a word, not by a quote or a bracket.
        ',' => {
            rest[1..]
                .trim_start()
                .starts_with(['"', '{', '[', '}', ']'])
                || rest[1..]
                    .trim_start()
                    .starts_with(|c: char| c.is_ascii_digit() || c == '-')
                || ["true", "false", "null"]
                    .iter()
                    .any(|word| rest[1..].trim_start().starts_with(word))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(scripts: &[&str]) -> Story {
        let page = Url::parse("https://valley.example/news/bridge").unwrap();
        story(scripts.iter().copied(), &page)
    }

    #[test]
    fn the_article_of_this_page_is_picked_from_a_graph() {
        let story = read(&[r##"{"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "Valley Post", "@id": "#site"},
            {"@type": "NewsArticle", "headline": "Another story", "url": "https://valley.example/news/other"},
            {"@type": ["NewsArticle", "Thing"], "headline": "The bridge opens", "mainEntityOfPage": {"@id": "https://valley.example/news/bridge/"},
             "author": [{"@id": "#nino"}, {"@type": "Organization", "name": "Valley Agency"}], "keywords": ["Rivers", {"@type": "Thing", "name": "Bridges"}],
             "image": {"@type": "ImageObject", "url": "/b.jpg", "width": "1200px"}, "publisher": {"@id": "#site"},
             "hasPart": [{"@type": "NewsArticle", "headline": "Part", "datePublished": "2020-01-01"}]},
            {"@type": "Person", "@id": "#nino", "name": "Nino Example"}]}"##]);
        assert_eq!(story.headlines, ["The bridge opens"]);
        assert_eq!(story.authors[0].name, "Nino Example");
        assert!(!story.authors[0].organisation && story.authors[1].organisation);
        assert_eq!(story.keywords, ["Rivers", "Bridges"]);
        assert_eq!(story.images, [("/b.jpg".to_owned(), 1200)]);
        assert_eq!(story.publisher.as_deref(), Some("Valley Post"));
    }

    #[test]
    fn a_list_of_related_stories_is_not_the_article() {
        let story = read(&[
            r#"{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Related", "datePublished": "2020-01-01", "author": "X", "url": "https://valley.example/news/other"}]}"#,
            r#"{"@type": "Article", "headline": "The bridge opens"}"#,
        ]);
        assert_eq!(story.headlines, ["The bridge opens"]);
        assert_eq!(story.published, None);
    }

    #[test]
    fn several_blocks_about_one_article_are_joined() {
        let story = read(&[
            r#"{"@type": "NewsArticle", "headline": "The bridge opens"}"#,
            r#"{"@type": "WebPage", "url": "https://valley.example/news/bridge", "datePublished": "2024-06-12", "name": "Page"}"#,
            r#"{"@type": "NewsArticle", "headline": "Unlike", "url": "https://valley.example/news/x", "dateModified": "2020-01-01"}"#,
        ]);
        assert_eq!(story.published.as_deref(), Some("2024-06-12"));
        assert_eq!(story.modified, None);
    }

    #[test]
    fn broken_json_is_mended() {
        for script in [
            "//<![CDATA[\n{\"@type\": \"NewsArticle\", \"headline\": \"The bridge opens\",}\n//]]>",
            "<!-- {\"@type\": \"NewsArticle\",\n \"headline\": \"The\nbridge\topens\"} -->",
            r#"{"@type": "NewsArticle", "headline": "The bridge opens", "description": "He said "no", and left"};"#,
            r#"{"@type": "NewsArticle", "headline": "The bridge opens", "description": "cut of"#,
            r#"{"@type": "NewsArticle", "headline": "The bridge opens", "author": {"name": "#,
            r#"{"@type": "BreadcrumbList"} {"@type": "NewsArticle", "headline": "The bridge opens"}"#,
            r#"{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;The bridge opens&quot;}"#,
            r#"{"@type": "NewsArticle", "headline": "The bridge opens", "description": "It\'s \x"}"#,
        ] {
            let headlines = read(&[script]).headlines;
            assert_eq!(
                headlines
                    .first()
                    .map(|h| h.split_whitespace().collect::<Vec<_>>().join(" "))
                    .as_deref(),
                Some("The bridge opens"),
                "{script}"
            );
        }
    }

    #[test]
    fn hostile_scripts_are_bounded() {
        for script in [
            "[".repeat(900_000),
            "{\"a\":".repeat(100_000),
            "\"".repeat(900_000),
            "{\"a\": \"\"".to_owned() + &"\" ".repeat(200_000),
        ] {
            assert_eq!(read(&[&script]), Story::default());
        }
    }
}
