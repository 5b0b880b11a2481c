//! The outlet's own tags of an article, from what the page shows and from what it declares.
//! Never here: how the places were found (`scan`), sections of the site's menu.

use std::collections::{HashMap, HashSet};

use dom_query::{NodeId, NodeRef};
use url::Url;

use super::jsonld::Story;
use super::scan::{ALONE, Scan, tag_address};
use super::{Site, decoded, is_ideograph};
use crate::{dates, lines};
use newsprint_html::safe_text;
use newsprint_model::fold;

/// Tags of one article; a list with more is the site's, not the article's.
const MAX_TAGS: usize = 40;
/// A longer list of links is the site's topics.
const MAX_SHOWN: usize = 15;
/// Characters of one tag; what is longer is a sentence.
const MAX_CHARS: usize = 80;

/// What is known about the page that helps to tell tags from other words.
pub(super) struct Context<'a> {
    pub url: &'a Url,
    pub site: &'a Site,
    pub authors: &'a [String],
    /// What links with the address of a tag say, folded.
    pub linked: &'a HashSet<String>,
    /// Tags from the line under the headline.
    pub line: &'a [String],
}

/// The article's tags: the outlet's order and spelling, none twice.
///
/// Sources differ, and joining all of them gives words that are no tags. Measured on the pages of many
/// outlets, one good source is better than any union: first what is printed beside the date, then the
/// declared lists in the order of how often they are the outlet's own tags, unless the page shows a list
/// of its own that they do not know; the section where there is nothing else.
pub(super) fn tags(scan: &Scan, story: &Story, context: &Context) -> Vec<String> {
    let line = tidy(context.line.iter().map(String::as_str), context);
    let mut shown = shown(scan, context);
    if shown.is_empty() {
        shown = labelled(scan, context);
    }
    let mut weak = Vec::new();
    for list in declared(scan, story) {
        let list = tidy(list.iter().map(String::as_str), context);
        let list = without_title(without_site(list, context.site, scan), scan);
        if list.is_empty() {
            continue;
        }
        if is_made_of_title(&list, scan) {
            continue;
        }
        if are_words_of_the_address(&list, context.url) {
            // Made by a program from the headline: not the outlet's categories.
            weak = if weak.is_empty() { list } else { weak };
            continue;
        }
        // What readers see is what the outlet means; keywords for search engines may be anything. A list
        // that has all of the line, or half of the links, is the same one and often fuller.
        let common = common(&list, &line);
        if line.len() >= 2 && common < line.len() {
            continue;
        }
        let common = self::common(&list, &shown);
        if line.len() < 2
            && (2..=MAX_SHOWN).contains(&shown.len())
            && (common * 2 < shown.len() || list.len() == 1)
        {
            continue;
        }
        return list;
    }
    if !line.is_empty() {
        return line;
    }
    if !shown.is_empty() {
        return shown;
    }
    let hashed = hashed(scan, context);
    if !hashed.is_empty() {
        return hashed;
    }
    let sections = scan
        .metas("article:section")
        .chain(story.sections.iter().map(String::as_str));
    let sections: Vec<String> = sections.map(decoded).collect();
    let sections = tidy(sections.iter().map(String::as_str), context);
    if sections.is_empty() && weak.is_empty() {
        unlinked(scan, context)
    } else if sections.is_empty() {
        weak
    } else {
        sections.into_iter().take(1).collect()
    }
}

/// What the page's links with addresses such as `/tag/…` say, folded: a word that looks like no tag may be one after all.
pub(super) fn linked(scan: &Scan) -> HashSet<String> {
    let links = scan.tag_links.iter().filter(|(link, _)| link.address);
    let texts = links.map(|(_, spot)| fold(&safe_text::line(&spot.node.text())));
    texts
        .filter(|text| !text.is_empty() && text.chars().count() <= MAX_CHARS)
        .collect()
}

/// Tags from what the outlet's own selector found: one element each, or a separated list.
pub(super) fn from_texts(texts: &[String], context: &Context) -> Vec<String> {
    let parts = split(texts.iter().map(String::as_str));
    tidy(parts.iter().map(String::as_str), context)
}

/// How many of the tags a list has.
fn common(list: &[String], tags: &[String]) -> usize {
    let list: HashSet<String> = list.iter().map(|tag| fold(tag)).collect();
    tags.iter().filter(|tag| list.contains(&fold(tag))).count()
}

/// The lists that a page declares, the best source first.
fn declared(scan: &Scan, story: &Story) -> Vec<Vec<String>> {
    let mut lists = Vec::new();
    // One element each, or all in one; a comma within a tag is rarer than either.
    for name in [
        "article:tag",
        "og:article:tag",
        "parsely-tags",
        "keywords",
        "dc.subject",
        "dcterms.subject",
        "citation_keywords",
    ] {
        lists.push(split(scan.metas(name)));
    }
    lists.push(split(story.keywords.iter().map(String::as_str)));
    lists.push(split(scan.metas("news_keywords")));
    lists.push(split(scan.metas("sailthru.tags")));
    // Any other meta whose own name says that it holds the tags (`custom-keywords`, `cXenseParse:epi-tags`).
    let names = scan.suffixed(&["tags", "keywords", "topics", "subjects", "maintag"]);
    for name in names.into_iter().filter(|name| !is_setting(name)) {
        lists.push(split(scan.metas(name)));
    }
    let props = scan.props.iter().filter(|(name, _)| name == "keywords");
    let props: Vec<String> = props
        .map(|(_, spot)| spot.node.text().to_string())
        .collect();
    lists.push(split(props.iter().map(String::as_str)));
    lists
}

/// Whether the name of a meta says that it switches something (`has-keywords`).
fn is_setting(name: &str) -> bool {
    let first = name.split(['-', '_', '.', ':']).next().unwrap_or_default();
    matches!(
        first,
        "has" | "is" | "show" | "hide" | "enable" | "disable" | "use" | "no"
    )
}

/// Parts values at commas and semicolons. Chinese and Japanese lists are parted by `、` or by spaces.
fn split<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut out = Vec::new();
    for value in values.take(MAX_TAGS * 4) {
        let value = decoded(value);
        let parts: Vec<&str> = value.split([',', ';', '|', '،', '、', '，']).collect();
        match parts.as_slice() {
            [one] if one.split_whitespace().count() >= 3 && one.chars().any(is_ideograph) => {
                out.extend(one.split_whitespace().map(str::to_owned));
            }
            parts => out.extend(parts.iter().map(|part| (*part).to_owned())),
        }
    }
    out
}

/// Cleans a list and leaves out what is no tag.
fn tidy<'a>(values: impl Iterator<Item = &'a str>, context: &Context) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    let (mut codes, mut all) = (0, 0);
    let values: Vec<&str> = values.take(MAX_TAGS * 8).collect();
    // Where some are marked as tags, the others are of another kind.
    let marked = values.iter().any(|value| is_marked(value));
    let authors: Vec<String> = context.authors.iter().map(|author| fold(author)).collect();
    for value in values {
        if marked && !is_marked(value) && value.contains(':') {
            continue;
        }
        let tag = safe_text::line(value.trim_matches(['"', '“', '”', ' ']));
        let tag = tag.trim_start_matches('#').trim();
        all += 1;
        codes += usize::from(is_code(tag));
        let Some(tag) = without_key(tag) else {
            continue;
        };
        let folded = fold(tag);
        let empty = !tag.chars().any(char::is_alphanumeric);
        let of_the_page = OF_THE_PAGE.contains(&folded.as_str());
        if empty
            || of_the_page
            || is_moment(tag)
            || is_number(tag) && !(is_year(tag) && context.linked.contains(&folded))
            || is_pair(tag) && !context.linked.contains(&folded)
            || tag.chars().count() > MAX_CHARS
            || is_identifier(tag)
            || is_count(&folded)
            || authors
                .iter()
                .any(|author| is_or_begins(&folded, author, context.site))
        {
            continue;
        }
        if seen.insert(folded) && out.len() < MAX_TAGS {
            out.push(tag.to_owned());
        }
    }
    // Lists of agency codes (`AER`, `AIRS08`) say nothing to a reader.
    if all >= 4 && codes * 3 >= all * 2 {
        return Vec::new();
    }
    out
}

/// Whether a folded text is a name, or begins with it and goes on with the outlet's, or with a word that tells whom it is for
/// (`Nino Example for Rivers`).
fn is_or_begins(text: &str, name: &str, site: &Site) -> bool {
    const JOINTS: &[&str] = &["for", "at", "from", "fur", "pour", "para", "per"];
    let Some(rest) = text.strip_prefix(name) else {
        return false;
    };
    let whole = name.contains(' ');
    let goes_on = || {
        let first = rest.split_whitespace().next().unwrap_or_default();
        rest.starts_with(' ')
            && (JOINTS.contains(&first) || site.is(rest) || site.is_short(&rest.to_uppercase()))
    };
    rest.is_empty() || whole && goes_on()
}

/// Whether a folded text counts what readers did: `14k shares`.
fn is_count(folded: &str) -> bool {
    const WORDS: &[&str] = &[
        "share",
        "shares",
        "comment",
        "comments",
        "view",
        "views",
        "like",
        "likes",
        "kommentare",
        "commentaires",
        "comentarios",
    ];
    let counted = folded.starts_with(|c: char| c.is_ascii_digit());
    counted
        && folded
            .rsplit(' ')
            .next()
            .is_some_and(|last| WORDS.contains(&last))
}

/// What links beside tags say that are none, folded.
const OF_THE_PAGE: &[&str] = &[
    "trackback",
    "trackbacks",
    "permalink",
    "编辑",
    "編輯",
    "收藏",
    "举报",
    "舉報",
    "评论",
    "評論",
    "分享",
    "转发",
    "none",
    "true",
    "false",
    "null",
    "undefined",
    "tags",
    "topics",
    "front page",
    "front-page",
    "for subscribers",
    "subscribers only",
    "more",
    "more tags",
    "more topics",
    "all tags",
    "all topics",
    "show all",
    "show more",
    "see all",
    "see more",
    "view all",
    "view more",
    "load more",
    "mehr",
    "mehr anzeigen",
    "alle anzeigen",
    "alle tags",
    "alle themen",
    "weitere themen",
    "voir plus",
    "voir tout",
    "plus de tags",
    "ver mas",
    "ver todo",
    "ver todos",
    "mostra tutti",
    "vedi tutti",
    "toon meer",
    "meer tags",
    "pokaz wiecej",
    "показать все",
    "показать еще",
    "もっと見る",
    "更多",
    "更多标签",
    "查看更多",
    "더보기",
];

/// Whether a text is a number and no word.
fn is_number(tag: &str) -> bool {
    tag.contains(char::is_numeric)
        && tag
            .chars()
            .all(|c| c.is_numeric() || c.is_whitespace() || ".,:-/%".contains(c))
}

fn is_year(tag: &str) -> bool {
    tag.len() == 4 && (tag.starts_with("19") || tag.starts_with("20"))
}

/// Whether a text is a key and its value, as systems keep them (`type:article`, `paid=false`).
fn is_pair(tag: &str) -> bool {
    let Some((key, value)) = tag.split_once([':', '=']) else {
        return false;
    };
    let plain = key
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    plain && !key.is_empty() && !value.is_empty() && !tag.contains(char::is_whitespace)
}

/// Whether a keyword says itself that it is a tag (`Tag:Rivers`).
fn is_marked(value: &str) -> bool {
    let start = value.trim().get(..4);
    start.is_some_and(|start| start.eq_ignore_ascii_case("tag:"))
}

/// Whether a text is a date with its time of day: links to the archive of a day.
fn is_moment(tag: &str) -> bool {
    tag.contains(':') && lines::is_only_date(tag) && dates::parse(tag, None).is_some()
}

fn is_code(tag: &str) -> bool {
    (2..=8).contains(&tag.len())
        && tag
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

/// Some systems write all they know of an article into its keywords, each with its kind before it:
/// `Subject: Justice` is a tag, `Language: English` and `WC: 1000` are not.
fn without_key(tag: &str) -> Option<&str> {
    let Some((key, value)) = tag.split_once([':', '：']) else {
        return Some(tag);
    };
    let key = key.trim();
    match key {
        "标签" | "標籤" | "关键词" | "關鍵字" | "タグ" => return Some(value.trim()),
        "来源" | "來源" | "作者" | "编辑" | "編輯" | "责任编辑" | "責任編輯" => {
            return None;
        }
        _ => {}
    }
    let labelled = key.len() <= 24
        && key.starts_with(|c: char| c.is_ascii_uppercase())
        && key.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
    match key.to_ascii_lowercase().as_str() {
        "subject" | "topic" | "tag" | "keyword" => Some(value.trim()),
        _ if labelled && (value.starts_with(' ') || key.contains("ection")) => None,
        _ => Some(tag),
    }
}

/// Numbers of a system, host names, paths: for programs, not for readers.
fn is_identifier(tag: &str) -> bool {
    if tag.contains(char::is_whitespace) {
        return false;
    }
    let long_hex = tag.len() >= 16
        && tag.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
        && tag.bytes().any(|b| b.is_ascii_digit());
    let host = tag.split('.').count() >= 2
        && tag.is_ascii()
        && tag
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        && tag
            .rsplit('.')
            .next()
            .is_some_and(|end| end.len() >= 2 && end.bytes().all(|b| b.is_ascii_alphabetic()));
    let path = tag.contains('/')
        && tag.bytes().all(|b| {
            b.is_ascii_lowercase() || matches!(b, b'/' | b'-' | b'_') || b.is_ascii_digit()
        });
    let snake = tag.contains('_') && tag.is_ascii();
    long_hex || host || path || snake || tag.starts_with("http")
}

/// Chinese and Japanese keywords without the site's own name, and without the words that stand beside it on all of its
/// pages, where others are left. Elsewhere the name of an outlet is a tag too.
fn without_site(list: Vec<String>, site: &Site, scan: &Scan) -> Vec<String> {
    const BESIDE: &[&str] = &["news", "新聞", "新闻", "即時新聞", "即时新闻", "ニュース"];
    const HOUSES: &[char] = &['社', '报', '報', '网', '網', '台', '臺'];
    // What the titles end with behind signs is the site, and before that its sections.
    let titles = [scan.title.as_deref(), scan.meta(&["og:title"])];
    let ends = titles.into_iter().flatten().flat_map(|title| {
        let parts: Vec<&str> = title.split(['-', '_', '|', '－', '｜']).collect();
        parts.into_iter().skip(1).map(str::trim)
    });
    let ends: Vec<&str> = ends.filter(|end| end.chars().any(is_ideograph)).collect();
    let short = |name: &str, tag: &str| {
        let mut rest = name.chars();
        name.starts_with(tag.chars().next().unwrap_or(' '))
            && tag.chars().all(|wanted| rest.any(|c| c == wanted))
    };
    let named = |tag: &String| {
        let whole = tag.chars().count() >= 3 || tag.ends_with(HOUSES);
        let ended = || {
            let house = |end: &&str| {
                end.ends_with(HOUSES) && (end.ends_with(tag.as_str()) || short(end, tag))
            };
            ends.contains(&tag.as_str()) || ends.iter().any(house)
        };
        tag.chars().any(is_ideograph) && whole && (site.is_name(tag) || ended())
    };
    if !list.iter().any(named) {
        return list;
    }
    let own = |tag: &&String| {
        let beside = BESIDE.contains(&fold(tag).as_str()) || ends.contains(&tag.as_str());
        !named(tag) && !beside
    };
    let rest: Vec<String> = list.iter().filter(own).cloned().collect();
    if rest.is_empty() { list } else { rest }
}

/// The letters of the headline, where the page calls itself by it.
fn letters_of_title(scan: &Scan) -> Option<String> {
    const LEAST: usize = 16;
    let headline = scan.headline().filter(|_| scan.recognised())?;
    Some(letters(&headline.node.text())).filter(|title| title.len() >= LEAST)
}

fn letters(text: &str) -> String {
    let folded = fold(text);
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a list is the title cut at its commas or into its words by a program, which may leave out short ones.
fn is_made_of_title(list: &[String], scan: &Scan) -> bool {
    const LEAST: usize = 16;
    const WORDS: usize = 4;
    // Words up to this length are left out by some.
    const SHORT: usize = 3;
    if enumerates(list, scan) {
        return false;
    }
    let joined: String = list.iter().map(|tag| letters(tag)).collect();
    if letters_of_title(scan).is_some_and(|title| joined == title) {
        return true;
    }
    // A heading may have more in it than the title that the window begins with.
    let window = scan.title.as_deref().unwrap_or_default();
    let mut firsts = [" - ", " | ", "_"].into_iter();
    let is_first = |sign: &str| {
        let first = window.split_once(sign);
        first.is_some_and(|(first, _)| letters(first) == joined)
    };
    if joined.len() >= LEAST && firsts.any(is_first) {
        return true;
    }
    let title = scan.headline().filter(|_| scan.recognised());
    let title = title
        .map(|spot| fold(&spot.node.text()))
        .unwrap_or_default();
    let mut words = title.split(|c: char| !c.is_alphanumeric());
    let in_order = |tag: &String| {
        let tag = fold(tag);
        words.any(|word| word == tag)
    };
    let long = title.split(|c: char| !c.is_alphanumeric());
    let long = long.filter(|word| word.chars().count() > SHORT).count();
    // A few words of a longer title may be tags after all.
    list.len() >= WORDS && list.len() * 10 >= long * 9 && list.iter().all(in_order)
}

/// Whether the title itself lists the keywords, one word each (`Apple, Google, Amazon and Microsoft`): they are what it is about.
fn enumerates(list: &[String], scan: &Scan) -> bool {
    const LEAST: usize = 3;
    let title = scan.headline().map(|spot| fold(&spot.node.text()));
    let title = title.unwrap_or_default();
    let parts: HashSet<&str> = title.split(',').map(str::trim).collect();
    // The last two have a word between them, or go on.
    let listed = list.iter().filter(|tag| parts.contains(fold(tag).as_str()));
    let single = list.iter().all(|tag| !tag.trim().contains(' '));
    single && list.len() >= LEAST && listed.count() + 2 >= list.len()
}

/// A list without the whole title, which some programs write before the tags.
fn without_title(mut list: Vec<String>, scan: &Scan) -> Vec<String> {
    if let Some(title) = letters_of_title(scan).filter(|_| list.len() >= 2) {
        let window = scan.title.as_deref().map(letters);
        list.retain(|tag| {
            let tag = letters(tag);
            tag != title && Some(&tag) != window.as_ref()
        });
    }
    list
}

/// Whether nearly all of the words are single words of the address: keywords that a program cut out of the
/// headline (`mueren`, `seis`, `personas`).
fn are_words_of_the_address(list: &[String], url: &Url) -> bool {
    let path = fold(url.path());
    let words: HashSet<&str> = path.split(|c: char| !c.is_alphanumeric()).collect();
    let inside = list
        .iter()
        .filter(|tag| tag.chars().all(|c| !c.is_uppercase()) && words.contains(fold(tag).as_str()))
        .count();
    list.len() >= 3 && inside * 10 >= list.len() * 7
}

/// One list of links that could be the article's tags.
#[derive(Default)]
struct Group {
    tags: Vec<String>,
    points: i32,
    order: usize,
    /// What is read most on the site.
    popular: bool,
}

/// The list of tags that the page shows: links in something that its names call tags, with addresses
/// such as `/tag/…`, or `rel=tag`; outside menus, and not the popular ones of the whole site.
fn shown(scan: &Scan, context: &Context) -> Vec<String> {
    // A page of one article has one h1 as a rule; with more the first is as good.
    let headline = scan.headline().map(|spot| spot.order);
    let mut groups: Vec<((u32, Option<NodeId>), Group)> = Vec::new();
    let mut lists = HashMap::new();
    for (link, spot) in &scan.tag_links {
        if scan.is_chrome(spot.place)
            || spot.place.others && !link.rel
            || !is_tag_target(&spot.node)
        {
            continue;
        }
        // In running text links are part of it, whatever they are called; a list may be a paragraph too.
        if spot.place.prose && !link.category && !is_list(&spot.node, &mut lists) {
            continue;
        }
        let text = safe_text::line(&spot.node.text());
        if text.is_empty() || text.chars().count() > 60 || text.split_whitespace().count() > 8 {
            continue;
        }
        // Links of one named block belong together, else those of one parent.
        let key = match spot.place.tags {
            0 | ALONE => (0, list_around(&spot.node)),
            number => (number, None),
        };
        let at = match groups.iter().position(|(known, _)| *known == key) {
            Some(at) => at,
            // Once for each list, at its first link.
            None if groups.len() < 64 && is_popular(&spot.node) => {
                let group = Group {
                    popular: true,
                    ..Group::default()
                };
                groups.push((key, group));
                continue;
            }
            None if groups.len() < 64 => {
                let mut points = 0;
                points += if spot.place.tags > 0 { 3 } else { 0 };
                points += if spot.place.article { 2 } else { 0 };
                points += match headline {
                    Some(headline) if spot.order > headline => 2,
                    Some(headline) if spot.order + 40 > headline => 1,
                    Some(_) => -3,
                    None => 0,
                };
                groups.push((
                    key,
                    Group {
                        points,
                        order: spot.order,
                        ..Group::default()
                    },
                ));
                groups.len() - 1
            }
            None => continue,
        };
        let group = &mut groups[at].1;
        if group.popular {
            continue;
        }
        if group.tags.is_empty() {
            group.points += if link.address { 2 } else { 0 };
            group.points += if link.rel { 3 } else { 0 };
            group.points += if link.named { 1 } else { 0 };
        }
        group.tags.push(text);
    }
    let best = groups
        .into_iter()
        .map(|(_, group)| group)
        .filter(|group| group.tags.len() <= 30 && group.points >= 4)
        // The first of equals: what follows the article is about other ones.
        .max_by_key(|group| (group.points, std::cmp::Reverse(group.order)));
    best.map(|group| tidy(without_counts(&group.tags).into_iter(), context))
        .unwrap_or_default()
}

/// Whether a text is a label of a list of tags.
pub(super) fn is_label(text: &str) -> bool {
    #[rustfmt::skip]
    const LABELS: &[&str] = &[
        "tags", "related topics", "more stories on", "temas relacionados", "wiecej o", "相关标签", "相關標籤", "相關字詞",
    ];
    // Alone it is a button or heads a menu as a rule.
    #[rustfmt::skip]
    const WITH_COLON: &[&str] = &[
        "topics", "keywords", "temas", "etiquetas", "themen", "schlagworte", "schlagworter", "stichworte",
        "mots-cles", "argomenti", "temi", "trefwoorden", "onderwerpen", "emner", "amnen", "tagi", "tematy", "temata", "stitky", "теги",
        "метки", "темы", "ключевые слова", "etiketler", "标签", "標籤", "关键词", "關鍵字", "關鍵詞", "タグ", "キーワード", "태그",
    ];
    let label = text.trim_end_matches([':', '：', '﹕', ' ']);
    let colon = label.len() < text.len();
    let folded = fold(label);
    // Folding takes the syllables of Korean and the marks of Japanese apart.
    let known = |labels: &[&str]| {
        labels
            .iter()
            .any(|known| folded == *known || label == *known)
    };
    known(LABELS) || colon && known(WITH_COLON) || is_loose_label(text)
}

/// Whether a text is a label behind which stand tags or anything else: only what leads to tags is one there.
fn is_loose_label(text: &str) -> bool {
    const LABELS: &[&str] = &["more on", "more about", "read more on", "read more about"];
    const WITH_COLON: &[&str] = &["more", "mehr", "plus"];
    let label = text.trim_end_matches([':', '：', ' ']);
    let folded = fold(label);
    let colon = label.len() < text.len();
    LABELS.contains(&folded.as_str()) || colon && WITH_COLON.contains(&folded.as_str())
}

/// The words that follow a label of tags, linked or as a list.
fn labelled(scan: &Scan, context: &Context) -> Vec<String> {
    const MOST: usize = 10;
    const NODES: usize = 120;
    let own = |spot: &&super::scan::Spot| !scan.is_chrome(spot.place) && !scan.is_card(spot);
    let behind = |label: &NodeRef, loose: bool| -> Vec<String> {
        let (mut linked, mut listed) = (Vec::new(), Vec::new());
        let mut next = label.next_sibling();
        let mut nodes = 0;
        while let Some(node) = next.filter(|_| nodes < NODES) {
            for inner in node.descendants_it().chain([node]) {
                nodes += 1;
                let leads = || inner.attr("href").is_some_and(|href| tag_address(&href));
                let list = match inner.node_name().as_deref() {
                    Some("a") if !loose || leads() => &mut linked,
                    Some("li") if !loose => &mut listed,
                    _ => continue,
                };
                if list.len() <= MOST {
                    list.push(safe_text::line(&inner.text()));
                }
            }
            next = node.next_sibling();
        }
        if linked.is_empty() { listed } else { linked }
    };
    let short = |text: &String| {
        let words = text.split_whitespace().count();
        let wide = text.chars().filter(|c| is_ideograph(*c)).count();
        (1..=3).contains(&words) && wide <= 8 && text.chars().count() <= 30
    };
    let headline = scan.headline().map_or(0, |spot| spot.order);
    let labels = scan
        .tag_labels
        .iter()
        .filter(own)
        .filter(|spot| spot.order > headline);
    let mut lists = labels.map(|spot| {
        let label = spot.node.first_child().map(|child| child.text());
        let loose = label.is_some_and(|label| is_loose_label(label.trim()));
        let own = behind(&spot.node, loose);
        match (own.is_empty(), spot.node.parent()) {
            (true, Some(parent))
                if parent
                    .children_it(false)
                    .filter(NodeRef::is_element)
                    .count()
                    == 1 =>
            {
                behind(&parent, loose)
            }
            _ => own,
        }
    });
    let list = lists.find(|list| (1..=MOST).contains(&list.len()) && list.iter().all(short));
    let list = list.unwrap_or_default();
    tidy(list.iter().map(String::as_str), context)
}

/// The tags that the page shows without links, each behind a hash.
fn hashed(scan: &Scan, context: &Context) -> Vec<String> {
    const MOST: usize = 15;
    let own = scan.plain_tags.iter();
    let own =
        own.filter(|spot| !spot.place.others && !scan.is_chrome(spot.place) && !scan.is_card(spot));
    let texts = own.map(|spot| safe_text::line(&spot.node.text()));
    let texts: Vec<String> = texts.filter(|text| text.starts_with('#')).collect();
    match (2..=MOST).contains(&texts.len()) {
        true => tidy(texts.iter().map(String::as_str), context),
        false => Vec::new(),
    }
}

/// The tags that the page shows beside its headline without links: elements that are called so, side by side.
fn unlinked(scan: &Scan, context: &Context) -> Vec<String> {
    const NEAR: usize = 60;
    const MOST: usize = 10;
    let Some(headline) = scan.headline().map(|spot| spot.order) else {
        return Vec::new();
    };
    let near = |spot: &&super::scan::Spot| {
        spot.order + NEAR > headline
            && spot.order < headline + NEAR
            && !spot.place.others
            && !scan.is_chrome(spot.place)
            && !scan.is_card(spot)
    };
    let spots = scan.plain_tags.iter().filter(near);
    let spots: Vec<_> = spots
        .map(|spot| (list_around(&spot.node), spot.node))
        .collect();
    let Some((list, first)) = spots.first() else {
        return Vec::new();
    };
    let kind = |node: &NodeRef| {
        let class = node.attr("class").unwrap_or_default();
        class.split_whitespace().next().map(str::to_owned)
    };
    let alike =
        |(around, node): &&(Option<NodeId>, NodeRef)| around == list && kind(node) == kind(first);
    let texts = spots.iter().filter(alike);
    let texts: Vec<String> = texts
        .map(|(_, node)| safe_text::line(&node.text()))
        .collect();
    // One alone may be the name of a box or a button.
    match (2..=MOST).contains(&texts.len()) {
        true => tidy(texts.iter().map(String::as_str), context),
        false => Vec::new(),
    }
}

/// Whether the words right before a list, or those that readers of the screen hear, say that it has what is read most on
/// the whole site.
fn is_popular(first: &NodeRef) -> bool {
    const AROUND: usize = 5;
    const LABEL: usize = 40;
    #[rustfmt::skip]
    const STEMS: &[&str] = &[
        "trending", "trends", "tendances", "tendencias", "tendenze", "popular", "populair", "populaer", "popolar", "populare",
        "beliebt", "meistgesucht", "meistgelesen", "angesagt", "most read", "most searched", "hot topics", "hot tags",
        "top topics", "top tags", "top themen", "suosit", "terpopuler", "populer", "популярн", "тренд", "热门", "熱門", "热搜",
        "人気", "トレンド", "인기",
    ];
    let says = |text: &str| {
        let text = fold(text);
        text.chars().count() <= LABEL && STEMS.iter().any(|stem| text.contains(stem))
    };
    let mut node = *first;
    for _ in 0..AROUND {
        let mut before = node.prev_sibling();
        while let Some(label) = before {
            let text = safe_text::line(&label.text());
            if text.contains(char::is_alphanumeric) {
                let linked =
                    label.has_name("a") || label.descendants_it().any(|inner| inner.has_name("a"));
                return !linked && says(&text);
            }
            before = label.prev_sibling();
        }
        let Some(parent) = node.parent() else {
            return false;
        };
        if parent.attr("aria-label").is_some_and(|label| says(&label)) {
            return true;
        }
        node = parent;
    }
    false
}

/// Tags without the number of their articles, where each has one behind it (`Rivers (12)`, `Rivers12`).
fn without_counts(tags: &[String]) -> Vec<&str> {
    let bare = |tag: &'_ String| -> Option<usize> {
        let rest = tag.trim_end_matches([')', ']']).trim_end();
        let rest = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let counted = rest.len() < tag.len() && rest.contains(char::is_alphabetic);
        counted.then(|| rest.trim_end_matches([' ', '(', '[']).len())
    };
    let ends: Option<Vec<usize>> = tags.iter().map(bare).collect();
    match ends {
        Some(ends) if tags.len() >= 2 => {
            let pairs = tags.iter().zip(ends);
            pairs
                .map(|(tag, end)| tag.get(..end).unwrap_or(tag))
                .collect()
        }
        _ => tags.iter().map(String::as_str).collect(),
    }
}

/// Whether a link leads where tags lead: not to a place on this page, a person, or an article (whose
/// address ends in its whole headline).
fn is_tag_target(link: &NodeRef) -> bool {
    let Some(href) = link.attr("href") else {
        return false;
    };
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let last = path
        .trim_end_matches('/')
        .rsplit('/')
        .find(|part| part.contains('-'))
        .unwrap_or_default();
    let words = last.split('-').filter(|word| word.len() >= 2).count();
    !path.is_empty()
        && words <= 6
        && !["/author", "/autor", "/profile", "/people/"]
            .iter()
            .any(|part| path.contains(part))
}

/// The nearest element around a link that holds more than it: lists wrap each link several times.
fn list_around(link: &NodeRef) -> Option<NodeId> {
    let mut node = *link;
    for _ in 0..6 {
        let parent = node.parent()?;
        if node.next_element_sibling().is_some() || node.prev_element_sibling().is_some() {
            return Some(parent.id);
        }
        node = parent;
    }
    None
}

/// Whether the block around a link consists of links for the most part. Asked once of each block.
fn is_list(link: &NodeRef, known: &mut HashMap<NodeId, bool>) -> bool {
    let Some(parent) = link.parent() else {
        return false;
    };
    *known.entry(parent.id).or_insert_with(|| {
        let text = parent.text().trim().len();
        let links = parent
            .children_it(false)
            .filter(|child| child.has_name("a"));
        let links: usize = links.map(|link| link.text().len()).sum();
        text <= links * 3 / 2 + 24
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::meta::jsonld;
    use dom_query::Document;

    fn read(html: &str) -> Vec<String> {
        let doc = Document::from(html);
        let url =
            Url::parse("https://valley.example/news/the-bridge-opens-again-after-rain").unwrap();
        let scan = Scan::new(&doc);
        let story = jsonld::story(scan.scripts.iter().map(String::as_str), &url);
        let authors = ["Nino Example".to_owned()];
        tags(
            &scan,
            &story,
            &Context {
                url: &url,
                site: &Site::new(&scan, &story, &url),
                authors: &authors,
                linked: &linked(&scan),
                line: &[],
            },
        )
    }

    #[test]
    fn declared_lists_keep_order_and_spelling() {
        assert_eq!(
            read(
                r#"<meta property="article:tag" content="Rivers"><meta property="article:tag" content="rivers"><meta property="article:tag" content="North Valley">"#
            ),
            ["Rivers", "North Valley"]
        );
        assert_eq!(
            read(
                r#"<meta name="keywords" content="Rivers, R&amp;amp;D; Bridges , ,Nino Example">"#
            ),
            ["Rivers", "R&D", "Bridges"]
        );
        assert_eq!(
            read(r#"<meta name="keywords" content="河川 大橋 政治 経済">"#),
            ["河川", "大橋", "政治", "経済"]
        );
    }

    #[test]
    fn what_is_for_programs_is_left_out() {
        assert_eq!(
            read(
                r#"<meta name="keywords" content="8f507083-bac4-423a-9015-2eb31e1bce50,valley.example,sport/rivers,editors_pick,Rivers">"#
            ),
            ["Rivers"]
        );
        assert_eq!(
            read(
                r#"<meta name="keywords" content="AER,AIRS08,CRSH,DIS,GEN"><meta property="article:section" content="Business">"#
            ),
            ["Business"]
        );
        assert_eq!(
            read(
                r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","keywords":["Day: Friday","Subject: Justice","WC: 1000-1999","Rivers"]}</script>"#
            ),
            ["Justice", "Rivers"]
        );
    }

    #[test]
    fn words_of_the_headline_are_no_tags_where_there_is_better() {
        assert_eq!(
            read(
                r#"<meta name="keywords" content="bridge,opens,again,rain"><meta property="article:section" content="Rivers">"#
            ),
            ["Rivers"]
        );
    }

    #[test]
    fn shown_lists_are_found_by_names_and_addresses() {
        let body = |list: &str| {
            format!(
                "<nav><a href='/tag/menu'>Menu</a></nav><main><h1>Title</h1><p>Text with <a href='/tag/inline'>a link</a> and much more of it around the link.</p>{list}</main><div class='popular-tags'><a href='/tag/a'>Popular</a></div>"
            )
        };
        for list in [
            "<ul class='articleTags'><li><a href='/x/rivers'>Rivers</a></li><li><a href='/x/b'>Bridges</a></li></ul>",
            "<div><a href='/thema/rivers'>Rivers</a> <a href='/thema/bridges'>Bridges</a></div>",
            "<p>Tags: <a rel=tag href='/r'>Rivers</a>, <a rel=tag href='/b'>Bridges</a></p>",
            "<div data-testid='article-tags'><div><a href='/r'><span>#Rivers</span></a></div><div><a href='/b'>Bridges</a></div></div>",
        ] {
            assert_eq!(read(&body(list)), ["Rivers", "Bridges"], "{list}");
        }
        assert_eq!(read(&body("")), [""; 0]);
    }

    #[test]
    fn a_post_that_has_its_tags_for_classes_is_no_list_of_them() {
        let html = "<div class='post type-post format-standard hentry tag-rivers'><h1>T</h1><p>Text.</p><a href='/about-us'>About the author</a><a href='/n/next'>Next</a></div>";
        assert_eq!(read(html), [""; 0]);
    }

    #[test]
    fn a_shown_list_beats_keywords_that_do_not_know_it() {
        let list = "<main><h1>T</h1><ul class=tags><li><a href='/tag/r'>Rivers</a></li><li><a href='/tag/b'>Bridges</a></li></ul></main>";
        assert_eq!(
            read(&format!(
                "<meta name=keywords content='Law, Experts, Backgrounds'>{list}"
            )),
            ["Rivers", "Bridges"]
        );
        assert_eq!(
            read(&format!(
                "<meta name=keywords content='Rivers, Bridges, Rain'>{list}"
            )),
            ["Rivers", "Bridges", "Rain"]
        );
    }

    #[test]
    fn what_a_program_made_of_the_title_is_no_tag() {
        let shown = "<title>Slow water in the hills_Nino</title><h1>Slow water in the hills</h1><p>Text.</p><div class=tags><a href='/t/r'>Rivers</a> <a href='/t/w'>Water</a></div>";
        for keywords in [
            "Slow water in the hills,Rivers,Water",
            "Slow water in the hills_Nino,Rivers,Water",
            "Slow,water,in,the,hills",
        ] {
            let html = format!("<meta name=keywords content='{keywords}'>{shown}");
            assert_eq!(read(&html), ["Rivers", "Water"], "{keywords}");
        }
    }

    #[test]
    fn the_name_of_a_chinese_site_is_no_tag_beside_others() {
        for (site, keywords, expected) in [
            ("山谷日報", "河流,橋,新聞,山谷日報", vec!["河流", "橋"]),
            ("山谷社 VPA", "河流,橋,新聞,山谷社", vec!["河流", "橋"]),
            // It may be all there is, or the article be about what the site is called after.
            ("山谷日報", "山谷日報", vec!["山谷日報"]),
            ("山谷日報", "山谷,新聞", vec!["山谷", "新聞"]),
            (
                "Valley Post",
                "Rivers,Valley Post",
                vec!["Rivers", "Valley Post"],
            ),
        ] {
            let html = format!(
                "<meta property=og:site_name content='{site}'><meta name=keywords content='{keywords}'>"
            );
            assert_eq!(read(&html), expected, "{keywords}");
        }
    }

    #[test]
    fn marks_and_moments_are_no_tags() {
        let html = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","keywords":["Lite:true","Tag:Rivers","Tag:Water","Topic:Humor","LayerCake:4"]}</script>"#;
        assert_eq!(read(html), ["Rivers", "Water"]);
        for none in ["来源：山谷日报", "标签: none", "举报"] {
            let html = format!(
                "<main><h1>T</h1><div class=tags><a href='/t/r'>河流</a> <a href='/t/w'>{none}</a></div></main>"
            );
            assert_eq!(read(&html), ["河流"], "{none}");
        }
        let html = "<meta name=keywords content='Slow water in the hills'><title>Slow water in the hills</title><h1>Slow water in the hills</h1>";
        assert_eq!(read(html), [""; 0]);
        let html = "<main><h1>T</h1><div class=topics><a href='/2021/02/11/'>14:37, 11 февраля 2021</a> <a href='/t/r'>Реки</a> <a href='/t/t'>TrackBack</a></div></main>";
        assert_eq!(read(html), ["Реки"]);
    }

    #[test]
    fn numbers_switches_and_pairs_are_no_tags() {
        let keywords = |content: &str, list: &str| {
            read(&format!(
                "<meta name=keywords content='{content}'><main><h1>T</h1>{list}</main>"
            ))
        };
        assert_eq!(keywords("Rivers, 12345, 2024, 7", ""), ["Rivers"]);
        assert_eq!(
            keywords("true, Rivers, false, null, none, G20, 4&5", ""),
            ["Rivers", "G20", "4&5"]
        );
        assert_eq!(
            keywords(
                "type:article, section:news, paid=false, Rivers, Topic: Bridges",
                ""
            ),
            ["Rivers", "Bridges"]
        );
        // What the page links as a tag is one, whatever it looks like.
        let list = "<ul class=tags><li><a href='/tag/2024'>2024</a></li><li><a href='/tag/re'>re:union</a></li><li><a href='/tag/r'>Rivers</a></li></ul>";
        assert_eq!(
            keywords("Rivers, 12345, 2024, re:union", list),
            ["Rivers", "2024", "re:union"]
        );
        let html = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","keywords":["Lite:true","LayerCake:4","Rivers"]}</script>"#;
        assert_eq!(read(html), ["Rivers"]);
        for switch in ["has-keywords", "show_tags"] {
            let html = format!("<meta name={switch} content='yes'><h1>T</h1>");
            assert_eq!(read(&html), [""; 0], "{switch}");
        }
    }

    #[test]
    fn what_is_read_most_on_the_site_is_no_tag_of_the_article() {
        let box_ = "<a href='/topic/lakes'>Lakes</a> <a href='/topic/hills'>Hills</a> <a href='/topic/snow'>Snow</a>";
        let own = "<div><a href='/topic/rivers'>Rivers</a> <a href='/topic/bridges'>Bridges</a> <a href='/topics'>Show all</a> <a href='/tags'>More tags</a></div>";
        for label in [
            "Trending topics",
            "Beliebte Themen",
            "Tendances",
            "热门标签",
            "Popular tags",
        ] {
            for heading in ["h4", "span"] {
                let html = format!(
                    "<article><h1>The bridge opens</h1><div><{heading}>{label}</{heading}><div>{box_}</div></div><p>It is open.</p>{own}</article>"
                );
                assert_eq!(read(&html), ["Rivers", "Bridges"], "{label}");
            }
        }
        // A box right before the list does not give it its name.
        let html = format!(
            "<article><h1>The bridge opens</h1><p>It is open.</p><div><h4>Trending topics</h4><div>{box_}</div></div>{own}</article>"
        );
        assert_eq!(read(&html), ["Rivers", "Bridges"]);
    }

    #[test]
    fn the_categories_in_the_sentence_under_an_entry_are_its_tags() {
        let html = "<h1>T</h1><p class=postmetadata><small>Dieser Eintrag wurde am Freitag um 09:12 erstellt und unter <a href='/c/fluss/' rel='category tag'>Fluss</a>, <a href='/c/steg/' rel='category tag'>Steg</a> abgelegt. Antworten lassen sich mit dem Feed verfolgen, solange sie offen sind.</small></p>";
        assert_eq!(read(html), ["Fluss", "Steg"]);
    }
}
