//! The names of who wrote an article: bylines of many languages cut down to names.
//! Never here: which element is a byline (`scan`).

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::blocks::leads_here;
use super::jsonld::Story;
use super::scan::{Scan, Spot};
use super::{Site, decoded};
use crate::dates;
use crate::lines;
use newsprint_html::safe_text;
use newsprint_model::fold;

/// Names kept of one article.
const MAX_AUTHORS: usize = 20;
/// A fuller list with more names than this is one of everybody in the house.
const MAX_FULLER: usize = 6;
/// Names of `<meta>` for the author, the surest first.
const NAMED: &[&str] = &[
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    WRITTEN_BY,
];
/// Not a name of a `<meta>`: the value of the pair for sharing whose label says that it is the author.
const WRITTEN_BY: &str = "twitter:data";
/// Characters of a name.
const MAX_CHARS: usize = 60;

/// The authors, the best source first: what is declared for machines is already cut into names, what is
/// shown has to be. The first source that gives a name is taken whole.
pub(super) fn authors(scan: &Scan, story: &Story, lines: &[String], site: &Site) -> Vec<String> {
    let mut list = best(scan, story, lines, site);
    for name in &mut list {
        if let Some(person) = before_site(name, site) {
            *name = person;
        }
    }
    if list.len() > 1 && list.iter().any(|name| is_whole(name)) {
        list.retain(|name| !site.is_added(name) && !site.is_short(name) && !site.begins_end(name));
    }
    // A name without spaces may be the site's alone.
    if let [name] = &list[..]
        && name.chars().all(is_east_asian)
        && site.begins_end(name)
    {
        list.clear();
    }
    match list.is_empty() {
        true => handle(scan, story),
        false => list,
    }
}

/// A name of a person without the site's own behind it (`Nino Example Valley Post`).
fn before_site(name: &str, site: &Site) -> Option<String> {
    let ends = name.match_indices(' ').map(|(at, _)| name.split_at(at));
    let mut ends = ends.filter(|(person, rest)| {
        let house = rest.trim_start();
        is_whole(person) && looks_like_name(person) && (site.is(house) || site.is_staff(house))
    });
    const BEFORE: &[&str] = &[
        "for", "of", "at", "from", "in", "fur", "pour", "para", "per",
    ];
    let (person, _) = ends.next()?;
    let last = person.rsplit(' ').next().map(fold).unwrap_or_default();
    (!BEFORE.contains(&last.as_str())).then(|| person.to_owned())
}

/// The account that the page declares as its author and shows: where it has no other name, that is who wrote it.
fn handle(scan: &Scan, story: &Story) -> Vec<String> {
    let persons = story.authors.iter().filter(|author| !author.organisation);
    let persons = persons.map(|author| author.name.as_str());
    let named = ["author", "article:author"];
    let mut names = persons.chain(named.iter().flat_map(|name| scan.metas(name)));
    let plain = |name: &str| {
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        (3..=30).contains(&name.len())
            && name.chars().all(word)
            && name.contains(|c: char| c.is_ascii_alphabetic())
            && !is_house(name)
            && !NO_NAMES.contains(&fold(name).as_str())
    };
    let name = names.find(|name| plain(name.trim())).map(str::trim);
    let name = name.map(|name| vec![name.to_owned()]);
    name.filter(|list| scan.shows(list)).unwrap_or_default()
}

/// The authors, the best source first, as they are written there.
fn best(scan: &Scan, story: &Story, lines: &[String], site: &Site) -> Vec<String> {
    let lines = &own_lines(scan, lines)[..];
    let is_site = |name: &str| site.is(name);
    let named = |list: &[String]| list.iter().any(|name| !is_site(name));
    let tidy_own = |values: &mut dyn Iterator<Item = &str>| {
        let own: Vec<String> = values
            .filter_map(|value| own_part(value, scan, site))
            .collect();
        tidy(own.iter().map(String::as_str))
    };
    // An agency beside a person has written too; the outlet itself says nothing.
    let mut best = tidy_own(&mut story.authors.iter().map(|author| author.name.as_str()));
    for name in NAMED {
        let list = match *name {
            WRITTEN_BY => tidy(shared(scan)),
            "citation_author" | "dc.creator" | "dcterms.creator" => {
                let turned: Vec<String> = scan.metas(name).map(first_name_first).collect();
                tidy(turned.iter().map(String::as_str))
            }
            name => tidy_own(&mut scan.metas(name)),
        };
        // The first source with a name, or one that knows all of it and more.
        let fuller =
            list.len() > best.len() && list.len() <= MAX_FULLER && contains_all(&list, &best);
        if named(&list) && (!named(&best) || fuller) || best.is_empty() {
            best = list;
        }
    }
    // What another system calls its author (`content_author`), where no common name is used.
    if !named(&best) || best.iter().all(|name| is_house(name)) {
        let other = |name: &&str| !NAMED.contains(name) && is_of_text(name);
        let names = scan.suffixed(&["author", "authors", "byline"]);
        let mut lists = names
            .into_iter()
            .filter(other)
            .map(|name| tidy_own(&mut scan.metas(name)));
        let persons = |list: &Vec<String>| {
            let person = |name: &String| is_whole(name) && looks_like_name(name);
            list.iter().any(person) && !list.iter().any(|name| is_house(name))
        };
        best = lists.find(persons).unwrap_or(best);
    }
    // Beside a house a person's byline says more, and beside one name a byline that has that and others.
    let organisation =
        !story.authors.is_empty() && story.authors.iter().all(|author| author.organisation);
    let declared = tidy_own(&mut story.authors.iter().map(|author| author.name.as_str()));
    let house = best.len() == 1 && organisation && contains_all(&best, &declared)
        || (1..=2).contains(&best.len()) && best.iter().all(|name| is_house(name));
    let person = |name: &String| is_whole(name) && !is_site(name);
    // Who wrote the report says so in it; outlets declare themselves, or the portal.
    let dateline = in_dateline(scan);
    if !dateline.is_empty() && best.iter().any(|name| is_house(name)) {
        return dateline;
    }
    if named(&best) && !house {
        let mut said = said(scan, lines);
        if said.is_empty() && is_account(&best) {
            said = under_headline(scan);
        }
        let said = without_site(said, is_site);
        return without_site(rather_said(best, said, scan), is_site);
    }
    let shown = shown(scan, lines);
    if named(&best) && contains_all(&shown, &best) && shown.len() <= MAX_FULLER {
        return without_site(shown, is_site);
    }
    if named(&best) && !shown.iter().any(person) {
        return without_site(best, is_site);
    }
    if named(&shown) {
        return without_site(shown, is_site);
    }
    if best.is_empty() { shown } else { best }
}

/// Whether the name of a meta says that its author is the text's: those of pictures, films, comments and themes have such names too.
fn is_of_text(name: &str) -> bool {
    #[rustfmt::skip]
    const PREFIXES: &[&str] = &[
        "content", "article", "post", "story", "news", "page", "entry", "item", "document", "doc", "text", "blog", "book", "paper", "custom",
        "og", "dc", "dcs", "dcsext", "dcterms", "cxense", "cxenseparse", "parsely", "sailthru", "citation", "bc", "dable", "analytics",
        "swiftype", "gsa", "wt", "rnews", "schema", "sharing", "search", "tracking", "primary", "main", "first", "epi",
        "mrf", "eprints", "bepress", "prism", "ob", "vr", "st", "lp",
    ];
    let parts = name.split([':', '.', '-', '_']);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let before = parts.split_last().map(|(_, before)| before);
    before.is_some_and(|before| before.iter().all(|part| PREFIXES.contains(part)))
}

/// A declared byline without the outlet beside a person (`Valley Post - Nino Example`): nothing where all that stands beside
/// it are words such as those of a place, or where it is who made the system that the page was written with.
fn own_part(value: &str, scan: &Scan, site: &Site) -> Option<String> {
    const SIGNS: [&str; 6] = [" - ", " – ", " — ", " / ", " | ", ", "];
    let value = safe_text::line(&decoded(value));
    if names_maker(&value, scan.meta(&["generator"]).unwrap_or_default()) {
        return None;
    }
    for sign in SIGNS {
        let parts: Vec<&str> = value.split(sign).map(str::trim).collect();
        let own = parts.iter().copied().filter(|part| !site.is(part));
        let own: Vec<&str> = own.collect();
        if own.is_empty() || own.len() == parts.len() {
            continue;
        }
        if own
            .iter()
            .any(|part| is_whole(part) || part.contains([',', '/', '|']))
        {
            return Some(own.join(sign));
        }
        // Words behind the outlet's name are where it is.
        if sign == ", " && site.is(parts[0]) && own.len() >= 2 {
            return None;
        }
    }
    Some(value)
}

/// Whether a declared author is who made the system that the page was written with: the system's name alone, or with its team's
/// words. A person may be called like a system (`Ghost`, `Nikola`).
fn names_maker(author: &str, generator: &str) -> bool {
    const LEAST: usize = 5;
    const TEAM: [&str; 6] = ["team", "ui", "developers", "developer", "cms", "admin"];
    let (author, generator) = (fold(author), fold(generator));
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphabetic());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let (author, system) = (words(&author), words(&generator));
    let Some(maker) = system.first().filter(|maker| maker.len() >= LEAST) else {
        return false;
    };
    let team = || author.iter().any(|word| TEAM.contains(&word.as_str()));
    author == system || author == [maker.as_str()] || author.contains(maker) && team()
}

/// The lines under the headline without those of boxes that are called related: their bylines are other articles'.
fn own_lines(scan: &Scan, lines: &[String]) -> Vec<String> {
    const BOXES: usize = 12;
    let mut own = lines.to_vec();
    let start = scan.headline().map_or(0, |spot| spot.order);
    let boxes = scan.others.iter().filter(|spot| spot.order > start);
    for spot in boxes.take(BOXES) {
        let inside = lines::inside(spot.node);
        let Some(first) = inside.first() else {
            continue;
        };
        // The lines may end within the box, and the article's own byline say the same before it.
        let from = own.iter().enumerate().rev().find(|(at, line)| {
            let mut pairs = own[*at..].iter().zip(&inside);
            *line == first && pairs.all(|(one, other)| one == other)
        });
        if let Some((from, _)) = from {
            let end = own.len().min(from + inside.len());
            own.drain(from..end);
        }
    }
    own
}

/// Who is named as author in the pairs of label and value for sharing.
fn shared<'s>(scan: &'s Scan) -> impl Iterator<Item = &'s str> {
    let pairs = [
        ("twitter:label1", "twitter:data1"),
        ("twitter:label2", "twitter:data2"),
    ];
    pairs.into_iter().filter_map(|(label, data)| {
        let label = scan.meta(&[label])?;
        (is_opening(label) || announces(label)).then(|| scan.meta(&[data]))?
    })
}

/// `Example, Nino`, as libraries write it, the way it is read.
fn first_name_first(name: &str) -> String {
    let short = |part: &str| (1..=2).contains(&part.split_whitespace().count());
    match name.split_once(',') {
        Some((last, first))
            if !last.trim().contains(' ') && short(first) && !first.contains(',') =>
        {
            format!("{} {}", first.trim(), last.trim())
        }
        _ => name.to_owned(),
    }
}

/// The declared names, or those of the byline under the headline: where it has all of them and more, or where they are
/// nowhere on the page (who put it into the system) or one word (an account).
fn rather_said(declared: Vec<String>, said: Vec<String>, scan: &Scan) -> Vec<String> {
    let persons = said.iter().all(|name| is_whole(name) && !is_house(name));
    if said.is_empty() || said.len() > MAX_FULLER || !persons {
        return declared;
    }
    let known = |name: &String, list: &[String]| {
        let name = fold(name);
        list.iter().any(|other| {
            let other = fold(other);
            other.contains(&name) || name.contains(&other)
        })
    };
    if declared.iter().all(|name| known(name, &said)) {
        let more = said.len() > declared.len();
        return if more { said } else { declared };
    }
    let apart = declared.iter().all(|name| !known(name, &said));
    match apart && (is_account(&declared) || !scan.shows(&declared)) {
        true => said,
        false => declared,
    }
}

/// Whether all that is declared is one word: a login, or who put the article into the system.
fn is_account(declared: &[String]) -> bool {
    declared.len() == 1 && !declared[0].contains(' ')
}

/// A name that is all there is in an element right under the headline that its names call author or byline.
fn under_headline(scan: &Scan) -> Vec<String> {
    const NEAR: usize = 20;
    const NAME: usize = 60;
    let Some(headline) = scan.headline() else {
        return Vec::new();
    };
    let near = |spot: &&Spot| {
        spot.order > headline.order
            && spot.order < headline.order + NEAR
            && !spot.place.others
            && !scan.is_chrome(spot.place)
    };
    let texts = scan.bylines.iter().filter(near);
    let mut texts = texts.map(|spot| safe_text::line(&spot.node.text()));
    texts
        .find(|text| text.chars().count() <= NAME)
        .map(|text| persons(&text))
        .unwrap_or_default()
}

fn contains_all(list: &[String], names: &[String]) -> bool {
    let list: Vec<String> = list.iter().map(|name| fold(name)).collect();
    names.iter().all(|name| list.contains(&fold(name)))
}

/// Beside persons the outlet's own name says nothing.
fn without_site(list: Vec<String>, is_site: impl Fn(&str) -> bool) -> Vec<String> {
    list.into_iter().filter(|name| !is_site(name)).collect()
}

/// Names from what the page shows: microdata, bylines, and lines under the headline that begin with 'By'.
fn shown(scan: &Scan, lines: &[String]) -> Vec<String> {
    let props = scan
        .props
        .iter()
        .filter(|(prop, spot)| prop == "author" && !spot.place.others && !spot.place.caption);
    let mut marked: Vec<(bool, Vec<String>)> = Vec::new();
    let headline = scan.headline().map_or(0, |spot| spot.order);
    for (_, spot) in props.take(8) {
        let name = spot
            .node
            .descendants_it()
            .find(|node| node.attr("itemprop").is_some_and(|prop| &*prop == "name"));
        let text = name.unwrap_or(spot.node);
        let shown = text.attr("content").unwrap_or_else(|| text.text());
        let list = tidy([&*shown].into_iter());
        if !list.is_empty() && shown.len() <= 160 {
            marked.push((spot.order < headline + 200, list));
        }
    }
    // Far from the headline they may be other articles', if they are not one and the same.
    let same = marked.windows(2).all(|pair| pair[0].1 == pair[1].1);
    if let Some((near, list)) = marked.into_iter().next()
        && (near || same)
    {
        return list;
    }
    for spot in scan
        .bylines
        .iter()
        .filter(|spot| !spot.place.others && !scan.is_chrome(spot.place))
        .filter(|spot| !is_helper(&spot.node) && !scan.is_card(spot) && !has_headline(spot, scan))
        .filter(|spot| !scan.is_comment(spot) && !is_source(&spot.node))
        .take(12)
    {
        let named = named_parts(&spot.node);
        if !named.is_empty() {
            return named;
        }
        if let Some(account) = account(spot, headline, scan) {
            return vec![account];
        }
        // In lines, so that what stands in several is not glued together.
        let text = lines::inside(spot.node).join(" | ");
        // Behind what the outlet is called in a line of its own, the line that says so has the names.
        let inside = lines::inside(spot.node);
        let wrote = |line: &&String| !HELP.iter().any(|help| fold(line).starts_with(help));
        let by = inside.iter().take(3).skip(1).filter(wrote);
        let by = by.filter_map(|line| starts_as_byline(line));
        if let Some(list) = by.map(persons).find(|list| !list.is_empty()) {
            return list;
        }
        // A box about the author has their life in it; its links or its bold name come first.
        if text.chars().count() <= 160 {
            let link = spot.node.descendants_it().find(|node| {
                node.has_name("a") && !node.text().trim().is_empty() && !leads_here(node)
            });
            let names = |list: &Vec<String>| {
                !list.is_empty() && list.iter().all(|name| looks_like_name(name))
            };
            let whole = || tidy([text.as_str()].into_iter());
            let linked = || link.map(|link| tidy([&*link.text()].into_iter()));
            let list = match link {
                Some(_) if starts_as_byline(&text).is_none() => linked(),
                Some(link) if is_followed(&text, &link) => linked(),
                _ => Some(whole()).filter(names).or_else(linked),
            };
            if let Some(list) = list.filter(names) {
                return list;
            }
        }
        let list = in_lines(&lines::inside(spot.node));
        if !list.is_empty() {
            return list;
        }
    }
    let linked = linked(scan);
    if !linked.is_empty() {
        return linked;
    }
    let said = said(scan, lines);
    if !said.is_empty() {
        return said;
    }
    let dateline = in_dateline(scan);
    if !dateline.is_empty() {
        return dateline;
    }
    let beside = beside_date(lines);
    if !beside.is_empty() {
        return beside;
    }
    let signed = signed(scan);
    if !signed.is_empty() {
        return signed;
    }
    let last = [
        mail_header(scan, lines),
        scholar(lines),
        typed(scan),
        signature(scan, lines),
        card(scan),
        posted(scan),
        declared_account(scan, headline),
    ];
    last.into_iter()
        .find(|list| !list.is_empty())
        .unwrap_or_default()
}

/// Whether what a byline says first is where the text comes from and not who wrote it (`Heard on Rivers Tonight`).
fn is_source(byline: &dom_query::NodeRef) -> bool {
    #[rustfmt::skip]
    const STARTS: &[&str] = &[
        "heard on ", "as heard on ", "as seen on ", "seen on ", "aired on ", "listen on ", "watch on ", "available on ", "first published in ",
        "first appeared in ", "originally published in ", "published in ", "posted in ", "filed under ", "erschienen in ", "publie dans ",
        "publicado en ", "publicado em ", "pubblicato in ",
    ];
    let text = fold(&safe_text::line(&byline.text()));
    STARTS.iter().any(|start| text.starts_with(start)) && !text.contains(" by ")
}

/// Whether the name in the link of a byline has something behind it that belongs to another element (`by Nino Example`,
/// `Valley Post Staff`).
fn is_followed(text: &str, link: &dom_query::NodeRef) -> bool {
    let name = safe_text::line(&link.text());
    let rest = starts_as_byline(text).and_then(|rest| rest.trim_start().strip_prefix(&name));
    let apart = rest.is_some_and(|rest| {
        rest.starts_with(char::is_whitespace)
            && rest.trim_start().starts_with(char::is_uppercase)
            && !rest.contains(',')
    });
    apart && is_whole(&name) && looks_like_name(&name) && link.next_sibling().is_none()
}

/// Who sent a letter to a list of letters: `From: Nino Example <nino@valley.example>` among the lines of its head.
fn mail_header(scan: &Scan, lines: &[String]) -> Vec<String> {
    const OTHERS: &[&str] = &["subject:", "to:", "date:", "sent:"];
    let typed = super::shown_date::first_typed_lines(scan);
    [lines, &typed]
        .into_iter()
        .find_map(|lines| {
            let starts = |line: &String, start: &str| {
                let first = line.get(..start.len());
                first.is_some_and(|first| first.eq_ignore_ascii_case(start))
            };
            let from = lines.iter().find(|line| starts(line, "from:"))?;
            let others = lines
                .iter()
                .filter(|line| OTHERS.iter().any(|other| starts(line, other)));
            let name = from["from:".len()..].split(['<', '(', '[']).next()?;
            let name = name.trim().trim_matches('"');
            let person = (1..=4).contains(&name.split_whitespace().count()) && !name.contains('@');
            (others.count() >= 1 && person).then(|| tidy([name].into_iter()))
        })
        .unwrap_or_default()
}

/// The name in the line under the title of a paper, where the next one says at which house of learning its bearer is, or the
/// abstract follows.
fn scholar(lines: &[String]) -> Vec<String> {
    #[rustfmt::skip]
    const HOUSES: &[&str] = &[
        "university", "institute", "department", "faculty", "college", "academy", "laboratory", "universitat", "institut", "universite",
        "universidad", "universita", "universidade", "departamento", "dipartimento", "universiteit", "универсистет", "институт",
    ];
    let [name, next, ..] = lines else {
        return Vec::new();
    };
    let folded = fold(next);
    let short = next.chars().count() <= 120;
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    let house = short && !next.ends_with('.') && words.any(|word| HOUSES.contains(&word));
    let abstracted = lines.iter().take(4).any(|line| {
        matches!(
            fold(line).trim_end_matches([':', '.']),
            "abstract" | "zusammenfassung" | "resume" | "resumen"
        )
    });
    match is_person_line(name) && (house || abstracted) {
        true => tidy([name.as_str()].into_iter()),
        false => Vec::new(),
    }
}

/// Who is said to have posted an entry at some time, under whatever name (`posted by nino @ 8:41 PM`): the first one, before
/// the comments.
fn posted(scan: &Scan) -> Vec<String> {
    const LINE: usize = 160;
    let own = |spot: &&Spot| !spot.place.others && !scan.is_comment(spot) && !scan.is_card(spot);
    let mut spots: Vec<&Spot> = scan
        .openings
        .iter()
        .chain(&scan.bylines)
        .filter(own)
        .collect();
    spots.sort_by_key(|spot| spot.order);
    let mut texts = spots
        .into_iter()
        .take(12)
        .map(|spot| safe_text::line(&spot.node.text()));
    let name = texts.find_map(|text| posted_by(&text).filter(|_| text.chars().count() <= LINE));
    name.into_iter().collect()
}

/// The name between `posted by` and the time or the day.
fn posted_by(text: &str) -> Option<String> {
    const POSTED: &[[&str; 2]] = &[
        ["posted", "by"],
        ["published", "by"],
        ["submitted", "by"],
        ["written", "by"],
        ["geschrieben", "von"],
        ["gepostet", "von"],
        ["verfasst", "von"],
        ["publie", "par"],
        ["poste", "par"],
        ["ecrit", "par"],
        ["publicado", "por"],
        ["escrito", "por"],
        ["postado", "por"],
        ["scritto", "da"],
        ["pubblicato", "da"],
        ["geplaatst", "door"],
    ];
    const ENDS: &[&str] = &[
        "@", "at", "on", "um", "am", "a", "le", "el", "il", "em", "op", "om", "|", "-", "–", "—",
        "·", "•",
    ];
    const WORDS: usize = 40;
    let words: Vec<&str> = text.split_whitespace().take(WORDS).collect();
    let is = |word: &str, wanted: &str| fold(word.trim_end_matches(':')) == wanted;
    let start = words.windows(2).position(|pair| {
        POSTED
            .iter()
            .any(|[posted, by]| is(pair[0], posted) && is(pair[1], by))
    })?;
    let rest = &words[start + 2..];
    let numbered = |word: &str| word.contains(|c: char| c.is_numeric());
    let end = rest
        .iter()
        .position(|word| ENDS.contains(&fold(word).as_str()))?;
    let dated = rest[end..].iter().take(8).any(|word| numbered(word));
    let name = rest[..end].join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let whole = (1..=4).contains(&end) && (2..=40).contains(&name.chars().count());
    let nobody = NO_NAMES.contains(&fold(name).as_str()) || is_house(name) || is_host(name);
    (dated && whole && !nobody && !numbered(name)).then(|| name.to_owned())
}

/// The names in the elements of a byline that are marked as persons' names: their offices stand beside them.
fn named_parts(byline: &dom_query::NodeRef) -> Vec<String> {
    const OFFICE: &[&str] = &[
        "role",
        "title",
        "job",
        "jobtitle",
        "position",
        "designation",
    ];
    const NAME: &[&str] = &["name", "fn"];
    const PARTS: usize = 200;
    let marked = |node: &dom_query::NodeRef| {
        let class = node.attr("class");
        class.is_some_and(|class| {
            class
                .split_whitespace()
                .any(|word| word == "ltx_personname")
        })
    };
    let parts = byline.descendants_it().take(PARTS).filter(marked);
    let mut texts: Vec<String> = parts.map(|part| lines::inside(part).join(", ")).collect();
    if texts.is_empty() && called(byline, OFFICE).next().is_some() {
        // One around both is called so too.
        let named = called(byline, NAME).filter(|node| called(node, OFFICE).next().is_none());
        // Degrees and more may stand behind the name within it.
        let named = named.map(|name| lines::inside(name).join(", "));
        texts.extend(
            named.filter_map(|text| Some(without_post(&text).split([',', '|']).next()?.to_owned())),
        );
    }
    let mut names = tidy(texts.iter().map(String::as_str));
    names.retain(|name| is_whole(name) && looks_like_name(name));
    names
}

/// The elements within another of whose class a word is one of these.
fn called<'a>(
    byline: &dom_query::NodeRef<'a>,
    words: &'static [&str],
) -> impl Iterator<Item = dom_query::NodeRef<'a>> {
    const PARTS: usize = 60;
    byline.descendants_it().take(PARTS).filter(move |node| {
        let class = node.attr("class").unwrap_or_default().to_lowercase();
        let mut called = class.split(|c: char| !c.is_alphanumeric());
        called.any(|word| words.contains(&word))
    })
}

/// The one word of an account under whose name a forum or a journal shows an entry: `by` stands right before it, or the page
/// calls itself by it first (`nino: Slow water`).
fn account(spot: &Spot, headline: usize, scan: &Scan) -> Option<String> {
    const NEAR: usize = 60;
    let name = safe_text::line(&spot.node.text());
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let near = spot.order < headline + NEAR && spot.order + NEAR > headline;
    let nobody = || is_handle(&name) || is_house(&name) || NO_NAMES.contains(&fold(&name).as_str());
    if !(3..=30).contains(&name.len()) || !plain || !near || nobody() {
        return None;
    }
    let before = spot.node.prev_sibling().filter(dom_query::NodeRef::is_text);
    let before = before.map(|text| fold(&text.text())).unwrap_or_default();
    let by = before.split_whitespace().next_back();
    let said = matches!(by, Some("by" | "von" | "par" | "por" | "door"));
    let title = scan.title.as_deref().unwrap_or_default();
    let first = title.trim_start().strip_prefix(name.as_str());
    let first = first.is_some_and(|rest| rest.starts_with(": "));
    (said || first).then_some(name)
}

/// The one person whose card the page has as its author's, in its frame too, as pages of persons do (`p-author h-card`).
fn card(scan: &Scan) -> Vec<String> {
    let cards = scan.bylines.iter();
    let mut cards = cards.filter(|spot| !spot.place.others && spot.node.has_class("p-author"));
    let Some(card) = cards.next() else {
        return Vec::new();
    };
    let mut parts = card.node.descendants_it().take(40);
    let name = parts.find(|node| node.has_class("p-name"));
    let mut list = tidy([&*name.unwrap_or(card.node).text()].into_iter());
    list.retain(|name| is_whole(name) && looks_like_name(name));
    list
}

/// The account near the headline that the page declares as that of the author: a page without another author has this one.
fn declared_account(scan: &Scan, headline: usize) -> Vec<String> {
    const NEAR: usize = 40;
    let near = |spot: &&Spot| {
        spot.order < headline + NEAR
            && spot.order + NEAR > headline
            && !spot.place.others
            && !spot.place.prose
            // A theme for journals marks the site's own name so.
            && !scan.is_chrome(spot.place)
    };
    // The microformat for persons says it wherever it stands.
    let card = |spot: &Spot| {
        let class = |name: &str| spot.node.has_class(name);
        class("author")
            && (class("vcard") || class("h-card"))
            && !spot.place.others
            && !spot.place.chrome
            && !scan.is_comment(spot)
    };
    let called = |spot: &Spot| {
        let class = spot.node.attr("class").unwrap_or_default();
        class.split_whitespace().any(|word| {
            let word = word.to_ascii_lowercase();
            word.ends_with("author") && !word.contains("comment")
        })
    };
    let declares = |spot: &Spot| {
        let link = |node: &dom_query::NodeRef| {
            let rel = node.attr("rel").unwrap_or_default().to_lowercase();
            rel.split_whitespace().any(|rel| rel == "author")
        };
        let own = |node: &dom_query::NodeRef| link(node) || node.attr("lj:user").is_some();
        card(spot)
            || called(spot)
            || own(&spot.node)
            || spot.node.descendants_it().take(8).any(|node| own(&node))
    };
    let own = |spot: &&Spot| near(spot) || card(spot);
    let names = scan.bylines.iter().filter(own).filter_map(|spot| {
        let text = safe_text::line(&spot.node.text());
        let text = without_mail(&text).to_owned();
        match starts_as_byline(&text) {
            Some(rest) => Some(rest.to_owned()),
            None => declares(spot).then_some(text),
        }
    });
    let word = |name: &String| {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let count = name.chars().count();
        let nobody = NO_NAMES.contains(&fold(name).as_str()) || is_house(name);
        (3..=30).contains(&count) && name.chars().all(plain) && !nobody
    };
    names.take(4).find(word).into_iter().collect()
}

/// A line without the address for letters at its end, plain or in words (`nino at valley.example`).
fn without_mail(line: &str) -> &str {
    let trimmed = line.trim_end_matches([')', '>', ']']).trim_end();
    let Some((rest, last)) = trimmed.rsplit_once(' ') else {
        return line;
    };
    let start = |text: &'_ str| {
        let end = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
        end.len()
    };
    if last.contains('@') {
        return &rest[..start(rest)];
    }
    let mut words = rest.rsplitn(3, ' ');
    match (words.next(), words.next(), words.next()) {
        (Some("at" | "(at)" | "[at]"), Some(_), Some(name)) if last.contains('.') => {
            &name[..start(name)]
        }
        _ => line,
    }
}

/// Who is named at the side or in the last words of a text: a paragraph set to the right that is a person's name and no
/// more, or a name beside the date that the text ends with in brackets (`（田中例子）`).
fn signature(scan: &Scan, lines: &[String]) -> Vec<String> {
    let signed = scan.signatures.iter().map(|text| safe_text::line(text));
    let signed: Vec<String> = signed.filter(|text| is_person_line(text)).collect();
    if let [one] = &signed[..] {
        return tidy([one.as_str()].into_iter());
    }
    let near = lines.iter().take(4).map(|line| before_date(line).trim());
    let names = near.filter(|name| is_whole(name) && (3..=6).contains(&name.chars().count()));
    let mut names = names.filter(|name| {
        let end = format!("（{name}）");
        !is_house(name) && scan.bracketed.iter().any(|text| text.ends_with(&end))
    });
    names
        .next()
        .map(|name| vec![name.to_owned()])
        .unwrap_or_default()
}

/// The names in a line of its own under the title of a text set as it was typed, where a line with a date is beside it.
fn typed(scan: &Scan) -> Vec<String> {
    let lines = super::shown_date::typed_lines(scan);
    let dated = |line: &String| lines::is_only_date(line) && dates::parse(line, None).is_some();
    let mut pairs = lines.windows(2).take(3);
    let name = pairs.find_map(|pair| match (dated(&pair[0]), dated(&pair[1])) {
        (false, true) => Some(&pair[0]),
        (true, false) => Some(&pair[1]),
        _ => None,
    });
    // Without a date only one that says so.
    let said = || {
        lines
            .iter()
            .take(3)
            .find(|line| starts_as_byline(line).is_some())
    };
    let Some(name) = name.or_else(said) else {
        return Vec::new();
    };
    let by = starts_as_byline(name);
    let list = by.map(persons).unwrap_or_default();
    match list.is_empty() && is_person_line(name) {
        true => tidy([name.as_str()].into_iter()),
        false => list,
    }
}

/// The one person whom all links to a person's articles name, wherever they stand: a box at the end.
fn signed(scan: &Scan) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let links = scan.author_links.iter();
    for spot in links.filter(|spot| !spot.place.others && !is_in_text(spot)) {
        for name in linked_names(&spot.node) {
            let person = is_whole(&name) && looks_like_name(&name) && !is_house(&name);
            if person && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    match names.len() {
        1 => names,
        _ => Vec::new(),
    }
}

/// The names in a link to a person's articles; of a profile, which anything may have, only what its address names too.
fn linked_names(link: &dom_query::NodeRef) -> Vec<String> {
    let mut names = tidy([&*link.text()].into_iter());
    let href = link.attr("href").unwrap_or_default().to_lowercase();
    if ["/profile", "/userprofile", "/people"]
        .iter()
        .any(|part| href.contains(part))
    {
        let named = |name: &String| {
            let name = fold(name);
            let mut words = name.split(|c: char| !c.is_alphanumeric());
            words.any(|word| word.len() >= 3 && href.contains(word))
        };
        names.retain(named);
    }
    names
}

/// Whether a link stands in a paragraph of the text, where it leads to somebody whom the article speaks of.
fn is_in_text(spot: &Spot) -> bool {
    const BYLINE: usize = 200;
    let around = || {
        spot.node
            .ancestors_it(Some(6))
            .find(|node| node.has_name("p"))
    };
    spot.place.prose && around().is_some_and(|paragraph| paragraph.text().trim().len() > BYLINE)
}

/// Whether the headline is in an element: it is the whole entry, called after its author.
fn has_headline(spot: &Spot, scan: &Scan) -> bool {
    let headline = scan.headline().filter(|_| scan.recognised());
    let mut around = headline
        .into_iter()
        .flat_map(|headline| headline.node.ancestors_it(None));
    around.any(|node| node.id == spot.node.id)
}

/// Whether the words right before an element say that who is in it translated, edited or took the pictures.
fn is_helper(node: &dom_query::NodeRef) -> bool {
    #[rustfmt::skip]
    const STEMS: &[&str] = &[
        "translat", "photo", "foto", "illustrat", "edited", "reviewed", "ubersetz", "traduc", "traduz", "tradot", "tlumacz",
        "перев", "перекл", "фото", "redigiert", "editado",
    ];
    let before = node
        .prev_sibling()
        .map(|before| safe_text::line(&before.text()))
        .unwrap_or_default();
    let folded = fold(&before);
    folded.chars().count() <= 40 && STEMS.iter().any(|stem| folded.contains(stem))
}

/// Links to persons near the headline.
fn linked(scan: &Scan) -> Vec<String> {
    let headline = scan.headline().map_or(0, |spot| spot.order);
    let mut linked = Vec::new();
    for spot in &scan.author_links {
        let near = spot.order + 60 > headline && spot.order < headline + 120;
        if !near || spot.place.others || scan.is_chrome(spot.place) || linked.len() >= MAX_FULLER {
            continue;
        }
        if is_helper(&spot.node) || scan.is_card(spot) || is_in_text(spot) {
            continue;
        }
        for name in linked_names(&spot.node) {
            let person = is_whole(&name) && looks_like_name(&name);
            if person && !linked.contains(&name) {
                linked.push(name);
            }
        }
    }
    linked
}

/// What lines under the headline say that begin with `by`, and what stands behind `Written by` anywhere.
fn said(scan: &Scan, lines: &[String]) -> Vec<String> {
    for (at, line) in lines.iter().enumerate() {
        let dated = |at: usize| {
            let line = lines.get(at).filter(|line| line.chars().count() <= 40);
            line.is_some_and(|line| dates::parse(line, None).is_some())
        };
        if at > 0 && scan.heads_comments(line) {
            break;
        }
        // Below who posted the entry, of whatever name, others commented.
        if posted_by(line).is_some() && persons(line).is_empty() {
            return Vec::new();
        }
        let beside = &lines[at.saturating_sub(3)..lines.len().min(at + 4)];
        if labelled(line).is_some() && beside.iter().any(|line| is_label_of_book(line)) {
            continue;
        }
        // `By Author | By Category | By Newsgroup` are ways into an archive.
        let parts = line.split(['|', '•']).flat_map(at_points);
        if parts
            .filter(|part| {
                starts_as_byline(part.trim_matches(|c: char| !c.is_alphanumeric())).is_some()
            })
            .count()
            >= 3
        {
            continue;
        }
        for part in line.split(['|', '•']).flat_map(at_points) {
            if let Some(names) = reporters(part.trim()) {
                return names;
            }
            if let Some(rest) = starts_as_byline(part.trim()) {
                // `Von Nino Example Stand: 12.06.2024`
                let list = tidy([before_date(rest)].into_iter());
                if !list.is_empty() && list.iter().all(|name| looks_like_name(name)) {
                    return list;
                }
                let list = persons(rest);
                if !list.is_empty() {
                    return list;
                }
                // `by nino`, and the date in the line before or behind it.
                let words = rest.split_whitespace().count();
                let short = rest.chars().count() <= 30
                    && (words == 1 || words <= 3 && !rest.starts_with(char::is_lowercase));
                if at < 5 && short && (dated(at + 1) || at > 0 && dated(at - 1)) {
                    return tidy([rest].into_iter());
                }
            }
        }
        // `Source: Valley Post Autor: Nino Example`
        if line.chars().count() <= 120 {
            let starts = line.match_indices([' ', '\u{3000}', '，', '；', '。', '（']);
            let rests = starts.map(|(at, space)| &line[at + space.len()..]);
            let mut lists = rests.filter_map(labelled).map(persons);
            if let Some(list) = lists.find(|list| !list.is_empty()) {
                return list;
            }
        }
        let list = with_role(line);
        if at < 4 && !list.is_empty() {
            return list;
        }
        // `12.06.2024, 14:05 Von Nino Example`
        let list = behind_date(line);
        if !list.is_empty() {
            return list;
        }
        // `12 June 2024 by Nino Example`
        let by = line.split_once(" by ").or_else(|| line.split_once(" By "));
        if let Some((before, rest)) = by
            && before.chars().count() <= 60
            && (before.contains(|c: char| c.is_numeric()) || starts_dated(before))
        {
            let list = persons(rest);
            if !list.is_empty() {
                return list;
            }
        }
    }
    // `Written by`, and the name in the element behind it.
    for spot in &scan.openings {
        if spot.place.prose && spot.place.others || scan.is_comment(spot) || is_of_book(&spot.node)
        {
            continue;
        }
        let inside = lines::inside(spot.node);
        let text = inside.join(" ");
        let list = match is_opening(&text) {
            true => {
                let behind = lines::after(spot.node);
                match behind.first() {
                    Some(line) if fold(&text).contains("(s)") || fold(&text).ends_with("rs") => {
                        several(&behind).unwrap_or_else(|| announced(line))
                    }
                    Some(line) => announced(line),
                    None => Vec::new(),
                }
            }
            false if inside.len() >= 2 && is_opening(&inside[0]) => announced(&inside[1]),
            false if text.chars().count() <= 160 => starts_as_byline(unbracketed(&text))
                .map(persons)
                .unwrap_or_default(),
            false => Vec::new(),
        };
        if !list.is_empty() {
            return list;
        }
        // Under the first one, of whoever it is, others are of comments.
        if text.chars().count() <= 160 && posted_by(&text).is_some() {
            break;
        }
    }
    Vec::new()
}

/// Whether a label stands in a table or list with those of a book: its author did not write the review.
fn is_of_book(label: &dom_query::NodeRef) -> bool {
    const TABLE: usize = 1_500;
    let mut around = label.ancestors_it(Some(5));
    let table = around.find(|node| ["table", "dl", "ul"].iter().any(|name| node.has_name(name)));
    let Some(table) = table.filter(|table| table.text().len() <= TABLE) else {
        return false;
    };
    lines::inside(table)
        .iter()
        .any(|line| is_label_of_book(line))
}

/// Whether a line begins with a label of what only a book has, or is one.
fn is_label_of_book(line: &str) -> bool {
    #[rustfmt::skip]
    const LABELS: &[&str] = &[
        "publisher", "pages", "isbn", "genre", "price", "verlag", "seiten", "seitenzahl", "editeur", "editorial", "paginas", "editore", "pagine",
        "uitgever", "uitgeverij", "wydawnictwo", "издательство", "страниц", "出版社", "页数", "頁數", "ページ数", "定価",
    ];
    let label = line.split([':', '：']).next().unwrap_or_default();
    label.len() <= 40 && LABELS.contains(&fold(label.trim()).as_str())
}

/// The names behind the word for a reporter in Chinese, with the outlet's name before it or not, each set apart by a space
/// and its characters perhaps too (`本报记者 李 样 赵小样`).
fn reporters(text: &str) -> Option<Vec<String>> {
    // What the word for a reporter follows in a line that is no more than a byline.
    #[rustfmt::skip]
    const HOUSES: &[&str] = &[
        "本报", "本報", "本刊", "本台", "本网", "本網", "实习", "見習", "见习", "首席", "特派", "特约", "全媒体", "新闻", "新聞", "社", "报",
        "報", "网", "網", "台", "在线", "周刊", "财经", "客户端", "频道",
    ];
    // What follows the names and is none.
    #[rustfmt::skip]
    const ENDS: &[&str] = &["报道", "報導", "報道", "摄影", "攝影", "摄", "攝", "文", "综合报道"];
    // What stands between the names.
    const ROLES: &[&str] = &[
        "实习生",
        "實習生",
        "实习记者",
        "實習記者",
        "见习记者",
        "見習記者",
        "记者",
        "記者",
        "通讯员",
        "通訊員",
    ];
    const LONGEST: usize = 10;
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "（(【〔[".contains(c));
    let Some(at) = text.find("记者").or_else(|| text.find("記者")) else {
        return before_report(text).map(|name| vec![name.to_owned()]);
    };
    let (house, rest) = (&text[..at], &text[at + "记者".len()..]);
    // `山谷報／ 記者陳怡樣／台北報導`
    let house = house.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '／' | '/'));
    let known = house.is_empty() || HOUSES.iter().any(|end| house.ends_with(end));
    let plain = house.chars().count() <= LONGEST && house.chars().all(is_east_asian);
    if !known || !plain {
        return None;
    }
    let apart = rest.starts_with(|c: char| c.is_whitespace() || c == '：' || c == ':');
    let end = rest.find(['／', '/', '】', '〕', '）', ')', ']']);
    if let Some(names) = before_place(rest) {
        return Some(names);
    }
    // `记者观察` is the name of a column.
    if house.is_empty() && !apart && end.is_none() {
        return None;
    }
    // Nor are its other columns and what reporters do.
    #[rustfmt::skip]
    const NO_NAME: &[&str] = &[
        "会", "會", "节", "節", "手记", "手記", "观察", "觀察", "调查", "調查", "见闻", "見聞", "直击", "直擊", "日记", "视线", "专访", "專訪",
        "连线", "連線", "采访", "採訪", "获悉", "獲悉", "了解",
    ];
    let ends = [end, rest.find(['【', '〔', '（', '(', '['])];
    let end = ends.into_iter().flatten().min();
    let rest = &rest[..end.unwrap_or(rest.len())];
    if NO_NAME
        .iter()
        .any(|word| rest.trim_start().starts_with(word))
    {
        return None;
    }
    let parts = rest.split(|c: char| c.is_whitespace() || "：:、，,；;".contains(c));
    let mut names: Vec<String> = Vec::new();
    let mut letter = String::new();
    for part in parts.filter(|part| !part.is_empty()).take(MAX_AUTHORS) {
        if letter.is_empty() && !names.is_empty() && ROLES.contains(&part) {
            continue;
        }
        // `文` is an end of names too.
        let ends = |end: &&str| part.ends_with(*end) && (*end != "文" || part == *end);
        if ENDS.iter().any(ends) {
            break;
        }
        if !part.chars().all(is_east_asian) {
            return None;
        }
        letter.push_str(part);
        match letter.chars().count() {
            1 => {}
            2..=4 => names.push(std::mem::take(&mut letter)),
            _ => return None,
        }
    }
    (!names.is_empty() && letter.is_empty()).then_some(names)
}

/// The name before a slash and the place of the report: `陳怡樣／台北報導`.
fn before_report(text: &str) -> Option<&str> {
    const PLACE: usize = 12;
    let (name, rest) = text.split_once(['／', '/'])?;
    let name = name.trim();
    let rest = rest.trim().trim_end_matches(['】', '〕', '）', ')', ']']);
    let reported = ["報導", "报道", "報道"]
        .iter()
        .any(|end| rest.ends_with(end));
    let person = (2..=4).contains(&name.chars().count()) && name.chars().all(is_east_asian);
    (reported && rest.chars().count() <= PLACE && person && !is_house(name)).then_some(name)
}

/// The names before the place and the day of a report, where nothing parts them: `陳怡樣、李樣台北5日電`. Names there have
/// three characters, and places two or more.
fn before_place(text: &str) -> Option<Vec<String>> {
    const LONGEST: usize = 12;
    let (rest, day) = text.split_at(text.find(|c: char| c.is_ascii_digit())?);
    let day = day.trim_start_matches(|c: char| c.is_ascii_digit());
    if !["日電", "日电"].iter().any(|end| day.starts_with(end)) {
        return None;
    }
    let mut names: Vec<&str> = rest.split('、').collect();
    let last = names.pop()?;
    let (count, plain) = (last.chars().count(), last.chars().all(is_east_asian));
    if !(4..=LONGEST).contains(&count) || !plain {
        return None;
    }
    let length = if count == 4 { 2 } else { 3 };
    let end = last.char_indices().nth(length).map(|(at, _)| at)?;
    names.push(&last[..end]);
    let person =
        |name: &&str| (2..=4).contains(&name.chars().count()) && name.chars().all(is_east_asian);
    names
        .iter()
        .all(person)
        .then(|| names.iter().map(|name| (*name).to_owned()).collect())
}

/// How far into a paragraph the words about its reporter may stand, in characters.
const REPORT: usize = 60;

/// Whether a paragraph may begin with what a report says of its reporter.
pub(super) fn is_report(text: &str) -> bool {
    // Three bytes of a character and more: the search is of bytes.
    let mut start = text.len().min(REPORT * 3);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let text = &text[..start];
    text.contains("記者")
        || text.contains("记者")
        || text.contains("기자 =")
        || text.starts_with("【文")
        || text.starts_with("（文")
        || text.starts_with(['【', '〔', '（']) && (text.contains("報導") || text.contains("报道"))
}

/// Who is named in brackets or before an equals sign where a report of an East Asian outlet begins: `〔記者陳怡樣／台北報導〕`,
/// `【文/山谷网 周样】`, `(서울=뉴스) 이수진 기자 =`.
fn in_dateline(scan: &Scan) -> Vec<String> {
    let found = scan.reports.iter().find_map(|text| {
        let start: String = text.chars().take(REPORT).collect();
        if let Some((before, _)) = start.split_once("기자 =") {
            let name = before
                .trim_end()
                .rsplit([' ', ')', '\u{a0}'])
                .next()
                .unwrap_or_default();
            let person = is_whole(name) && (2..=4).contains(&name.chars().count());
            return (person && before.contains(')')).then(|| vec![name.to_owned()]);
        }
        start
            .match_indices(['〔', '【', '（', '(', '['])
            .take(3)
            .find_map(|(at, sign)| {
                let rest = &text[at + sign.len()..];
                let inner = &rest[..rest.find(['〕', '】', '）', ')', ']'])?];
                match inner.strip_prefix('文').map(str::trim_start) {
                    Some(rest) => {
                        let rest = rest.strip_prefix(['/', '／', '|', '｜', '：', ':'])?;
                        let names = rest.split(|c: char| c.is_whitespace() || "、，,".contains(c));
                        let names = names.filter(|name| is_whole(name) && !is_house(name));
                        let names: Vec<String> = names.map(str::to_owned).collect();
                        (!names.is_empty()).then_some(names)
                    }
                    None => reporters(&format!("{inner}）")),
                }
            })
    });
    found.unwrap_or_default()
}

/// `이수진 기자`, `Nino Example, Korrespondentin`: a name, and that it is a reporter's.
fn with_role(line: &str) -> Vec<String> {
    let mut words = line.split_whitespace();
    if let (Some(name), Some(role)) = (words.next(), words.next())
        && ["기자", "특파원", "記者", "记者"].contains(&role)
        && is_whole(name)
    {
        return vec![name.to_owned()];
    }
    let parts = line.split_once(',').filter(|_| line.chars().count() <= 60);
    parts
        .filter(|(name, role)| is_person_line(name.trim()) && is_role(role.trim()))
        .map(|(name, _)| tidy([name].into_iter()))
        .unwrap_or_default()
}

/// Whether a line is nothing but a person's name of two to four words.
fn is_person_line(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (2..=4).contains(&words)
        && line
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '’' | '\''))
        && line.split_whitespace().all(has_capital)
        && !is_house(line)
}

/// `Nino Example | 12.06.2024`: what stands right before the date and looks like a name.
fn beside_date(lines: &[String]) -> Vec<String> {
    for line in lines.iter().take(4) {
        let Some((first, rest)) = line.split_once('|') else {
            continue;
        };
        let list = tidy([first].into_iter());
        let person = |name: &String| name.split_whitespace().count() >= 2 && looks_like_name(name);
        if !list.is_empty() && list.iter().all(person) && dates::parse(rest, None).is_some() {
            return list;
        }
    }
    // A name in a line of its own, and the date in the next, or in that behind what they do.
    let near = lines.get(..lines.len().min(5)).unwrap_or_default();
    let dated = |line: &String| line.chars().count() <= 40 && dates::parse(line, None).is_some();
    for (at, line) in near.iter().enumerate() {
        let before = before_date(line);
        let named = line.chars().count() <= 60 && dates::parse(line, None).is_some();
        let before = before
            .trim_end_matches([',', '|', '-', '–', '—', '·', '•'])
            .trim_end();
        if at < 3 && named && is_person_line(before) {
            return tidy([before].into_iter());
        }
        let next = match near.get(at + 1) {
            Some(role) if is_role(role) => near.get(at + 2),
            next => next,
        };
        if !next.is_some_and(dated) {
            continue;
        }
        let list = tidy([without_mail(line)].into_iter());
        if !list.is_empty()
            && list.len() <= MAX_FULLER
            && list.iter().all(|name| is_person_line(name))
        {
            return list;
        }
    }
    Vec::new()
}

/// The names in consecutive lines that are nothing but a name each; `None` where there are not two.
fn several(lines: &[String]) -> Option<Vec<String>> {
    let names: Vec<String> = lines
        .iter()
        .map(|line| persons(line))
        .take_while(|names| names.len() == 1)
        .take(MAX_FULLER)
        .flatten()
        .collect();
    (names.len() >= 2).then_some(names)
}

/// The names in the lines of an element that is called a byline: those of the first line that has some, or of the one
/// behind a line that only says `by`.
fn in_lines(lines: &[String]) -> Vec<String> {
    let mut lines = lines.iter().take(4).peekable();
    while let Some(line) = lines.next() {
        let line = match lines.peek() {
            Some(next) if is_opening(line) => next,
            _ => line.as_str(),
        };
        if line.chars().count() > 160 {
            return Vec::new();
        }
        let list = persons(line);
        if !list.is_empty() {
            return list;
        }
    }
    Vec::new()
}

/// The names of persons that a line begins with, before a date or what they do: nothing if what stands there is none.
fn persons(line: &str) -> Vec<String> {
    let mut line = line.trim();
    if let Some(names) = reporters(line) {
        return names;
    }
    while let Some(rest) = starts_as_byline(line) {
        line = rest;
    }
    let undated = before_date(line);
    let list = tidy([undated].into_iter());
    let person = |name: &String| is_whole(name) && looks_like_name(name) && !is_role(name);
    match list.iter().position(|name| !person(name)) {
        Some(0) => Vec::new(),
        // What follows the names is what they are.
        Some(at) => list[..at].to_vec(),
        None if list.len() <= MAX_FULLER => list,
        None => Vec::new(),
    }
}

/// [`persons`]; where `written by` stands before it, one word may be a name too.
fn announced(line: &str) -> Vec<String> {
    let list = persons(line);
    if !list.is_empty() {
        return list;
    }
    let list = tidy([before_date(line.trim())].into_iter());
    let name = list.into_iter().next();
    let name = name.filter(|name| {
        let word = !name.contains(char::is_whitespace) && name.chars().count() >= 3;
        word && looks_like_name(name) && !stands_by_dates(&fold(name))
    });
    name.into_iter().collect()
}

/// Whether a text begins with what only bylines begin with.
pub(super) fn announces(text: &str) -> bool {
    const SURE: &[&str] = &[
        "written by",
        "article by",
        "posted by",
        "story by",
        "words by",
        "reported by",
        "article written by",
        "post written by",
        "this post was written by",
        "this article was written by",
        "verfasst von",
        "escrito por",
    ];
    let folded = fold(text);
    SURE.iter().any(|opening| folded.starts_with(opening))
}

/// A line up to its first number, without the month, the weekday or the preposition before that.
fn before_date(line: &str) -> &str {
    let Some(number) = line.find(|c: char| c.is_numeric()) else {
        return line;
    };
    let mut end = line[..number].rfind(char::is_whitespace).unwrap_or(0);
    loop {
        let before = line[..end].trim_end();
        let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        // The white space may be of several bytes.
        let start = before[start.min(before.len())..].len();
        let word = &before[before.len() - start..];
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        // A word without a capital right before it is no end of a name, in scripts that have them.
        let dated = bare.is_empty()
            || !has_capital(bare)
            || stands_by_dates(&fold(bare))
            || dates::is_date_word(bare)
            || dates::parse(&format!("1 {bare} 2024"), None).is_some();
        if !dated || before.is_empty() {
            return before;
        }
        end = before.len() - word.len();
    }
}

/// The names behind `by` and its kin in a short line that begins with a date.
fn behind_date(line: &str) -> Vec<String> {
    if line.chars().count() > 120 || dates::parse(line, None).is_none() {
        return Vec::new();
    }
    let mut rest = line;
    // From each word on; numbers and what belongs to them come before.
    for _ in 0..12 {
        let Some(at) = rest.find(char::is_whitespace) else {
            return Vec::new();
        };
        let word = &rest[..at];
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let dated = bare.is_empty()
            || bare.contains(|c: char| c.is_numeric())
            || bare.chars().count() <= 4
            || stands_by_dates(&fold(bare))
            || dates::is_date_word(bare)
            || dates::parse(&format!("1 {bare} 2024"), None).is_some();
        if !dated {
            return Vec::new();
        }
        rest = rest[at..].trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '|' | '-' | '–' | '—' | '·' | '•' | ',')
        });
        // A number further on is the rest of the date.
        let whole = rest.contains(|c: char| c.is_numeric());
        if !whole && starts_as_byline(rest).is_some() {
            return persons(rest);
        }
    }
    Vec::new()
}

/// What stands before a date beside its month.
fn stands_by_dates(folded: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "on", "at", "am", "le", "el", "il", "del", "op", "den", "updated", "published", "posted", "last", "date",
        "stand", "montag", "sonntag", "veroffentlicht", "erschienen", "aktualisiert", "publie", "publiee", "mis",
        "jour", "publicado", "actualizado", "atualizado", "em", "pubblicato", "aggiornato", "gepubliceerd",
        "bijgewerkt", "publicerad", "uppdaterad", "publisert", "oppdatert", "udgivet", "opdateret", "julkaistu",
        "paivitetty", "opublikowano", "aktualizacja", "publikovano", "aktualizovano", "megjelent", "publicat",
        "опубликовано", "обновлено", "опубліковано", "оновлено", "yayinlanma", "guncelleme", "tarih", "diterbitkan",
        "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu",
    ];
    WORDS.contains(&folded)
}

fn starts_dated(text: &str) -> bool {
    let folded = fold(text);
    ["published", "posted", "updated", "written"]
        .iter()
        .any(|word| folded.starts_with(word))
}

/// Whether a text is nothing but what bylines begin with: `By`, `Written by:`, `Author(s)`.
pub(super) fn is_opening(text: &str) -> bool {
    let text = text
        .trim()
        .trim_end_matches(COLONS)
        .trim_end_matches('/')
        .trim_end();
    if !(2..=30).contains(&text.len()) || text.contains(|c: char| c.is_numeric()) {
        return false;
    }
    let folded = fold(text);
    // What is an article or a preposition in some language is no byline on its own.
    const SHORT: &[&str] = &[
        "de", "di", "per", "por", "av", "af", "text", "tekst", "teksti", "του", "της", "文", "文/",
        "글",
    ];
    let more = [
        "author(s)",
        "contributor",
        "contributors",
        "article by",
        "posted by",
        "published by",
        "words",
        "文字",
    ];
    (OPENINGS.contains(&folded.as_str()) || more.contains(&folded.as_str()))
        && !SHORT.contains(&folded.as_str())
}

/// One to six words, most with a capital or of a script without them; what stands between two of those may be any (`van den`).
fn looks_like_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capitals = words.iter().filter(|word| has_capital(word)).count();
    let ends = [words.first(), words.last()];
    let between = ends.into_iter().flatten().all(|word| has_capital(word))
        && (capitals == words.len()
            || words
                .iter()
                .all(|word| has_capital(word) || word.chars().count() <= 3));
    (1..=6).contains(&words.len())
        && (capitals * 2 > words.len() || between)
        && !name.chars().any(|c| c.is_numeric())
}

/// Whether a word has a capital, or is of a script without them; Georgian counts its letters as small ones.
fn has_capital(word: &str) -> bool {
    word.starts_with(|c: char| !c.is_lowercase() || matches!(c, '\u{10d0}'..='\u{10ff}'))
}

/// Whether a name is that of a whole person: two to five words, or one of a script that sets none apart.
fn is_whole(name: &str) -> bool {
    let count = name.chars().count();
    match name.split_whitespace().count() {
        // A foreign name has a point between its parts.
        1 if name.contains(['·', '・']) => {
            let mut parts = name.split(['·', '・']);
            count <= 20 && parts.all(|part| !part.is_empty() && part.chars().all(is_east_asian))
        }
        1 => (2..=6).contains(&count) && name.chars().all(is_east_asian),
        words => (2..=5).contains(&words),
    }
}

/// Chinese, Japanese and Korean: no spaces within a name, and nothing that marks one.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// What bylines begin with, folded.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "oprac.", "opracowanie", "opracowal", "opracowala",
    "by", "written by", "story by", "analysis by", "opinion by", "review by", "interview by", "reported by", "article by",
    "article written by", "post written by", "this post was written by", "this article was written by", "posted by",
    "published by", "updated by", "reviewed by", "articles by", "posts by", "contributor", "contributors", "text by",
    "words by", "von", "ein beitrag von", "ein kommentar von", "ein gastbeitrag von", "eine analyse von", "interview von",
    "text von", "text", "autor", "autorin", "autorin/autor", "autoren", "author", "authors", "par",
    "propos recueillis par", "publie par", "por", "de", "escrito por", "per", "di", "a cura di", "av", "af", "door",
    "tekst", "yazan", "haber", "автор", "авторы", "текст", "автори", "ავტორი", "հեղինակ", "napisal", "autorzy", "oleh",
    "penulis", "συντακτης", "του", "της", "文", "文/", "記者", "كتب", "كتبت", "بقلم", "الكاتب", "اعداد", "מאת", "लेखक", "โดย",
    "ผเขยน", "tac gia", "irta", "szerzo", "yazar", "reporter", "writer", "autore", "auteur", "redaktor", "taken by",
    "text und foto", "作者", "撰文", "文/图", "post by", "soumis par", "ecrit par", "redige par", "auteurs", "autora", "autores",
    "autori", "redigido por", "scritto da", "autorka", "napisane przez", "napisala", "napsal", "napsala", "авторка",
    "автор текста", "журналист", "журналистка", "ავტორები", "հեղինակներ", "muhabir", "müəllif", "تقرير", "المؤلف",
    "نویسنده", "به قلم", "خبرنگار", "نگارنده", "כתב", "כתבה", "记者", "著者", "執筆", "取材", "글", "wartawan", "γραφει", "κειμενο",
    "scris de", "autoare", "geschreven door", "skriven av", "skrevet av", "teksti", "kirjoittaja", "toimittaja",
    "submitted by", "eingereicht von", "geschrieben von", "verfasst von", "enviado por", "inviato da",
];
/// What is one only with a colon behind it.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "interview", "entretien", "entrevista", "intervista", "rozmowa", "texto", "texte", "testo", "szoveg", "reportage", "report", "bericht", "story", "words",
];
/// What parts a label from what it says; Armenian has its own.
const COLONS: [char; 5] = [':', '：', '՝', '|', '｜'];

/// The rest after an opening such as `By` or `Von`.
fn starts_as_byline(text: &str) -> Option<&str> {
    let mut best = None;
    // Folding takes signs off some scripts, so that lengths differ: there a colon has to part what follows.
    if let Some(rest) = labelled(text) {
        return Some(rest);
    }
    // `記者陳怡君／台北報導`: nothing parts the word from the name.
    for opening in ["記者", "记者"] {
        let name = text
            .strip_prefix(opening)
            .and_then(|rest| rest.split(['／', '/', ' ', '　']).next());
        if let Some(name) = name
            && (2..=4).contains(&name.chars().count())
            && name.chars().all(is_east_asian)
            // Who took the picture above.
            && !name.ends_with(['攝', '摄'])
        {
            return Some(name);
        }
    }
    for opening in OPENINGS {
        let length = opening.chars().count();
        let mut ends = text.char_indices().map(|(at, _)| at).skip(length);
        let end = ends.next().unwrap_or(text.len());
        let rest = &text[end..];
        let parted =
            rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '/' | '：' | '／'));
        if parted && fold(&text[..end]) == *opening {
            best = Some(rest.trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, ':' | '/' | '：' | '／')
            }));
        }
    }
    best
}

/// What stands behind a label of the author and its colon (`Autor: Nino Example`).
fn labelled(text: &str) -> Option<&str> {
    /// Bytes of the longest label, with room for another writing of it.
    const LONGEST: usize = 120;
    static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
        OPENINGS
            .iter()
            .chain(LABELS)
            .map(|label| fold(label))
            .collect()
    });
    let (head, rest) = text.split_once(COLONS)?;
    let head = head.trim();
    let known = head.len() <= LONGEST && KNOWN.contains(&fold(head));
    let rest = rest.trim_start();
    // A sentence goes on with who that is (`作者：李样，教师，著有……。`).
    let name = match rest.ends_with('。') {
        true => rest.split(['，', '。']).next().unwrap_or(rest),
        false => rest,
    };
    known.then_some(name)
}

/// Whether a line begins as a byline does, with somebody's name behind it.
pub(super) fn is_byline(line: &str) -> bool {
    starts_as_byline(line).is_some_and(|rest| !persons(before_date(rest)).is_empty())
}

/// Whether a text is a label of the author and a name, and no more.
pub(super) fn is_labelled(text: &str) -> bool {
    labelled(unbracketed(text)).is_some_and(|rest| !persons(rest).is_empty())
}

/// A text without the brackets that all of it stands in.
fn unbracketed(text: &str) -> &str {
    text.trim()
        .trim_start_matches(['(', '[', '（', '【', '〔'])
        .trim_end_matches([')', ']', '）', '】', '〕'])
}

/// Words between names.
const AND: &[&str] = &[
    " and ", " und ", " et ", " y ", " e ", " en ", " og ", " och ", " ve ", " i ", " и ", " та ",
    " და ", " & ", " with ", " mit ",
];
/// The same in languages where the word is short or may be a part of something else: only between whole names.
const AND_OF_NAMES: &[&str] = &[
    " ja ", " a ", " și ", " şi ", " si ", " dan ", " és ", " και ", " و ",
];

/// Cuts bylines into names and leaves out what is none.
fn tidy<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for value in values.take(MAX_AUTHORS * 2) {
        let line = safe_text::line(&decoded(value));
        let line = newsprint_html::strip_tags(&line, "");
        if line.starts_with("http") || line.starts_with("www.") || line.chars().count() > 400 {
            continue;
        }
        let mut text: &str = &line;
        let listed = reporters(text).map(|names| names.join("、"));
        if let Some(listed) = &listed {
            text = listed;
        }
        while let Some(rest) = starts_as_byline(text) {
            text = rest;
        }
        // Brackets around all of it are of its looks.
        if text.starts_with(['(', '[', '（', '【']) && text.ends_with([')', ']', '）', '】']) {
            text = unbracketed(text);
        }
        let behind = reporters(text).map(|names| names.join("、"));
        let text = behind.as_deref().unwrap_or(text);
        let text = without_post(text);
        let mut text = without_role(without_helpers(text)).to_owned();
        for and in AND {
            if text.contains(and) && splits_names(&text, and) {
                text = text.replace(and, ", ");
            }
        }
        for and in AND_OF_NAMES {
            if text.contains(and) && text.split(and).all(is_list_of_names) {
                text = text.replace(and, ", ");
            }
        }
        let parts = text.split([',', ';', '|', '/', '／', '、', '，', '•', '،']);
        let mut person = false;
        for part in parts.flat_map(at_points) {
            // `Nino Example, AP Sports Writer`: what follows a name may be what they do.
            if person && is_role(without_place(part.trim())) {
                continue;
            }
            // What has a name of its own in quotes is a programme or a paper (`Radio Valley „River Tonight“`).
            if person && ends_quoted(part) {
                continue;
            }
            let Some(name) = name(part) else { continue };
            if !out.is_empty() && is_role(&name) {
                continue;
            }
            // `Nino Example, Sports Desk`
            if person && (is_desk(&name)) {
                continue;
            }
            person |= is_whole(&name) && looks_like_name(&name);
            if is_degree(&name) {
                if let Some(last) = out.last_mut()
                    && last.chars().count() + name.chars().count() <= MAX_CHARS
                {
                    last.push_str(", ");
                    last.push_str(&name);
                }
                continue;
            }
            let folded = fold(&name);
            if out.iter().all(|known| fold(known) != folded) && out.len() < MAX_AUTHORS {
                out.push(name);
            }
        }
    }
    out
}

/// Whether a part of a byline ends with words in quotes behind others.
fn ends_quoted(part: &str) -> bool {
    const OPEN: [char; 5] = ['„', '“', '«', '»', '"'];
    const CLOSE: [char; 5] = ['“', '”', '»', '«', '"'];
    let part = part.trim();
    let Some(inner) = part.strip_suffix(CLOSE) else {
        return false;
    };
    inner.find(OPEN).is_some_and(|at| at > 0)
}

/// Parts a byline at points, but where they are part of a name: between the characters of Chinese and Japanese
/// (`马修·里尔登`; in Korean they part two names) and in the double letter of Catalan.
fn at_points(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends: Vec<usize> = text
        .match_indices(['·', '・'])
        .filter(|(at, sign)| {
            let before = text[..*at].chars().next_back();
            let behind = text[at + sign.len()..].chars().next();
            let one_name = before.zip(behind).is_some_and(|(before, behind)| {
                super::is_ideograph(before) && super::is_ideograph(behind)
                    || matches!((before, behind), ('l', 'l') | ('L', 'L'))
            });
            !one_name
        })
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    ends.into_iter().map(move |end| {
        let part = &text[start..end];
        start = end + text[end..].chars().next().map_or(0, char::len_utf8);
        part
    })
}

/// `Kontributor Bandung, Nino Example`: a byline without what its writer is and where, where that stands first.
fn without_post(text: &str) -> &str {
    const POSTS: &[&str] = &["kontributor", "koresponden", "wartawan"];
    let Some((post, name)) = text.split_once(',') else {
        return text;
    };
    let first = post.split_whitespace().next().unwrap_or_default();
    let short = post.split_whitespace().count() <= 4;
    match short && POSTS.contains(&fold(first).as_str()) && !name.trim().is_empty() {
        true => name.trim_start(),
        false => text,
    }
}

/// What helpers do before `by`.
#[rustfmt::skip]
const HELP: &[&str] = &[
    "reviewed", "edited", "updated", "checked", "photos", "photo", "photographs", "photography", "illustrations", "pictures",
    "translated", "translation",
];

/// A byline without those who reviewed it, edited it or took its pictures.
fn without_helpers(text: &str) -> &str {
    // `文 | 李样　编辑 | 王例`
    #[rustfmt::skip]
    const LABELS: &[&str] = &[
        "编辑", "編輯", "责编", "責編", "责任编辑", "責任編輯", "校对", "校對", "摄影", "攝影", "制图", "設計", "设计", "监制", "審核", "审核",
        "来源", "來源", "题图", "題圖", "排版", "图", "圖", "編集", "写真", "撮影", "사진", "편집", "发布时间", "发表时间", "更新时间", "时间",
        "發佈時間", "時間", "日期", "发布日期", "点击", "点击数", "浏览", "阅读", "字数", "人气", "點擊", "瀏覽", "閱讀",
    ];
    for (at, space) in text.match_indices([' ', '\u{3000}']) {
        let rest = &text[at + space.len()..];
        let label = rest.split_once(['：', ':', '|', '｜', '/', '／', '丨']);
        if label.is_some_and(|(label, _)| LABELS.contains(&label.trim())) {
            return text[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
        }
    }
    let words: Vec<&str> = text.split_whitespace().take(60).collect();
    let by = words.windows(2).skip(1).position(|pair| {
        pair[1].eq_ignore_ascii_case("by") && HELP.contains(&fold(pair[0]).as_str())
    });
    let Some(by) = by else { return text };
    // `Medically reviewed by`.
    let adverb = by > 0 && matches!(fold(words[by]).as_str(), "medically" | "fact");
    let first = words[if adverb { by } else { by + 1 }];
    let end = first.as_ptr() as usize - text.as_ptr() as usize;
    text[..end].trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// `Le Figaro et AFP` is one byline for a reader; between two names of two words and more it parts them.
fn splits_names(text: &str, and: &str) -> bool {
    text.split(and).all(|side| {
        let side = side.trim();
        !side.is_empty() && (side.split_whitespace().count() >= 2 || side.contains(','))
    })
}

/// Whether a side of `and` is nothing but whole names.
fn is_list_of_names(side: &str) -> bool {
    let mut names = side.split(',');
    names.all(|name| name.split_whitespace().count() >= 2 && looks_like_name(name.trim()))
}

/// Whether a part of a byline is a desk of the house.
fn is_desk(part: &str) -> bool {
    const ENDS: &[&str] = &["desk", "newsdesk", "ressort"];
    let folded = fold(part);
    let last = folded.split([' ', '-']).next_back().unwrap_or_default();
    ENDS.contains(&last)
}

/// Folded words for what somebody does that are no name.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "writer", "editor", "reporter", "correspondent", "columnist", "contributor", "critic", "author", "journalist", "desk",
    "webmaster", "redakteur", "redakteurin", "chefredakteur", "chefredakteurin", "korrespondent", "korrespondentin", "gastautor",
    "gastautorin",
];
/// Words that stand before those, folded.
#[rustfmt::skip]
const BEFORE_OFFICES: &[&str] = &[
    "senior", "junior", "staff", "chief", "guest", "web", "news", "deputy", "assistant", "associate", "managing", "executive",
    "special", "principal", "lead", "our", "contributing", "freelance", "investigative", "online", "digital", "data", "city",
    "political", "politics", "business", "economics", "economy", "financial", "finance", "environment", "climate", "energy",
    "science", "health", "medical", "education", "transport", "technology", "tech", "ai", "arts", "culture", "media", "sports",
    "sport", "football", "legal", "crime", "defence", "defense", "security", "foreign", "diplomatic", "world", "international",
    "national", "regional", "local", "home", "affairs", "features", "opinion", "travel", "property", "consumer", "royal",
    "religion", "rural",
];

/// Whether a text is nothing but what somebody does: `Senior Correspondent`, `Web Desk`, `Chefredakteur`.
fn is_office(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .rev();
    words.next().is_some_and(|word| OFFICES.contains(&word))
        && words.all(|word| BEFORE_OFFICES.contains(&word) || OFFICES.contains(&word))
}

/// `Nino Example Business Editor`, `Nino Example Share Print`: a name without the words for what its bearer does, or those
/// of buttons, that were set behind it in the same line.
fn without_end(text: &str) -> &str {
    #[rustfmt::skip]
    const BUTTONS: &[&str] = &[
        "share", "print", "email", "e-mail", "follow", "tweet", "facebook", "twitter", "whatsapp", "subscribe", "comments", "save",
    ];
    let mut text = without_invitation(text);
    while let Some((rest, last)) = text.rsplit_once(' ')
        && rest.split_whitespace().count() >= 2
        && BUTTONS.contains(&fold(last).as_str())
    {
        text = rest.trim_end();
    }
    // A house has its name in capitals, and what it does in its own (`VP Travel Editor`), or a desk.
    let capitals = |text: &str| !text.contains(char::is_lowercase);
    let first = text.split_whitespace().next().unwrap_or_default();
    if first.len() >= 2 && capitals(first) && !capitals(text) || is_desk(text) {
        return text;
    }
    let mut name = text;
    while let Some((rest, last)) = name.rsplit_once(' ') {
        let word = fold(last);
        let office = match name.len() == text.len() {
            true => OFFICES.contains(&word.as_str()),
            false => BEFORE_OFFICES.contains(&word.as_str()),
        };
        if !office || rest.split_whitespace().count() < 2 {
            break;
        }
        name = rest.trim_end();
    }
    name
}

/// A whole name without the words of the link to more behind it, or the host of the outlet (`Nino Example More by this author`).
fn without_invitation(text: &str) -> &str {
    const MORE: [&str; 6] = [
        "more by",
        "more from",
        "view all",
        "see all",
        "all posts",
        "all articles",
    ];
    if let Some((name, last)) = text.rsplit_once(' ')
        && is_whole(name.trim_end())
        && looks_like_name(name)
        && is_host(&last.to_lowercase())
    {
        return name.trim_end();
    }
    let mut starts = text.match_indices(' ').map(|(at, _)| at);
    let end = starts.find(|at| {
        let rest = fold(text[*at..].trim_start());
        MORE.iter().any(|more| rest.starts_with(more)) && is_whole(text[..*at].trim_end())
    });
    end.map_or(text, |end| text[..end].trim_end())
}

/// Folded words that make a part of a byline no name.
const NO_NAMES: &[&str] = &[
    "editor",
    "reporter",
    "correspondent",
    "staff writer",
    "journalist",
    "redakteur",
    "redakteurin",
    "korrespondent",
    "null",
    "none",
    "undefined",
    "admin",
    "administrator",
    "author",
    "autor",
    "user",
    "unknown",
    "editor-in-chief",
    "deputy editor",
    "senior reporter",
    "news editor",
    "wordpress",
    "super user",
    "agencies",
    "agenturen",
    "agences",
    "agencias",
    "agenzie",
    "agentur",
    "press release",
    "news release",
    "media release",
    "for immediate release",
    "category",
    "categories",
    "topic",
    "大 中 小",
    "来源",
    "來源",
    "作者",
    "编辑",
    "編輯",
    "责任编辑",
    "責任編輯",
];

/// Whether a part says what somebody does.
fn is_role(part: &str) -> bool {
    let folded = fold(part);
    let last = folded.split([' ', '-']).next_back().unwrap_or_default();
    let roles = [
        "writer",
        "editor",
        "reporter",
        "correspondent",
        "columnist",
        "contributor",
        "critic",
        "redakteur",
        "redakteurin",
        "korrespondent",
        "korrespondentin",
        "journaliste",
        "periodista",
        "large",
        "analyst",
        "manager",
        "director",
        "founder",
        "engineer",
        "strategist",
        "specialist",
        "officer",
        "coordinator",
        "producer",
        "professor",
    ];
    let heads = [
        "head of ",
        "director of ",
        "vice president",
        "professor of ",
        "chief ",
    ];
    #[rustfmt::skip]
    let one = [
        "redaktor", "redaktorka", "reporterka", "novinar", "novinarka", "dziennikarz", "dziennikarka", "giornalista",
        "redattore", "redactora", "reportera", "korrespondentin", "correspondante", "журналист", "журналистка", "корреспондент",
        "кореспондент", "редактор", "muhabir", "toimittaja", "verslaggever", "journalist", "journalistin", "reporterin",
    ];
    let several = part.split_whitespace().count() >= 2;
    (roles.contains(&last) || heads.iter().any(|head| folded.starts_with(head))) && several
        || one.contains(&last)
}

/// A name without what its bearer does behind it (`Nino Example Corresponsal en Tbilisi`).
fn without_role(text: &str) -> &str {
    #[rustfmt::skip]
    const ROLES: &[&str] = &[
        "corresponsal", "enviado", "enviada", "correspondente", "correspondant", "correspondante", "corrispondente", "inviato",
        "inviata", "korrespondent", "korrespondentin", "correspondent", "corespondent", "редактор", "корреспондент", "кореспондент",
    ];
    for (at, _) in text.match_indices(' ') {
        let rest = text[at..].trim_start();
        let word = rest
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        let before = text[..at].trim_end_matches([' ', ',', '-', '–']);
        // `Nino Example, Political Correspondent`: the part behind the comma says it whole.
        let parted = before.len() == text[..at].trim_end().len()
            && before
                .rsplit_once(',')
                .is_some_and(|(_, last)| is_field(last, word));
        if parted {
            continue;
        }
        if ROLES.contains(&fold(word).as_str()) && is_whole(before) {
            let mut name = before;
            while let Some((rest, field)) = name.rsplit_once(' ')
                && is_whole(rest)
                && BEFORE_OFFICES.contains(&fold(field).as_str())
            {
                name = rest.trim_end();
            }
            return name;
        }
    }
    text
}

/// Whether words between a comma and a word for a reporter say what of: in English it stands behind no name.
fn is_field(words: &str, role: &str) -> bool {
    let count = words.split_whitespace().count();
    fold(role) == "correspondent" && (1..=3).contains(&count) || count == 1
}

/// Whether a part is what is set behind a name for a degree or a licence: `MD`, `M.D. FACLM`.
fn is_degree(part: &str) -> bool {
    #[rustfmt::skip]
    const DEGREES: &[&str] = &[
        "md", "phd", "do", "dds", "dmd", "dvm", "vmd", "dacvb", "facs", "facp", "faclm", "foma", "dabom", "od", "pharmd", "psyd", "edd",
        "jd", "llm", "esq", "rn", "bsn", "msn", "np", "fnp", "pac", "dnp", "aprn", "pt", "dpt", "ot", "rd", "rdn", "ldn", "cdn", "cns",
        "cscs", "ms", "msc", "ma", "mba", "mph", "mfa", "mpa", "med", "msw", "lcsw", "lmft", "lpc", "lmhc", "bs", "bsc", "ba", "bcba",
        "cpa", "cfp", "cfa", "ea", "cpt", "pmp", "lvt", "cvt", "rvt", "vts", "frcp", "mrcp", "frs", "jr", "sr", "ii", "iii",
    ];
    let words = part.split_whitespace().map(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic());
        letters.collect::<String>()
    });
    let mut count = 0;
    words.into_iter().all(|word| {
        count += 1;
        count <= 4
            && word.starts_with(char::is_uppercase)
            && DEGREES.contains(&word.to_ascii_lowercase().as_str())
    }) && count > 0
}

/// Whether a name is that of an office, a staff or an account rather than of a person.
fn is_house(name: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "admin", "administrator", "team", "staff", "editorial", "editors", "newsroom", "newsdesk", "desk", "news", "redaktion", "redaction",
        "redaccion", "redazione", "redactie", "redaksi", "press", "media", "magazine", "blog", "association", "institute", "university",
        "რედაქცია", "редакция", "редакція", "redakcja", "redakce", "redakcia", "redactia", "redacao", "szerkesztoseg", "toimitus",
        "nieuws", "nachrichten", "noticias", "notizie", "nyheter", "nyheder", "uutiset", "новости", "новини", "haberler",
        "department", "office", "group", "inc", "llc", "ltd", "gmbh", "contributor", "contributors", "marketing", "agency", "webmaster",
    ];
    #[rustfmt::skip]
    // What the names of houses end with where words are not set apart.
    const ENDS: &[&str] = &[
        "网", "網", "报", "報", "社", "新闻", "新聞", "电视台", "電視台", "编辑部", "編輯部", "編集部", "ニュース", "뉴스", "신문", "일보",
        "네이버",
    ];
    let folded = fold(name);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    words.any(|word| WORDS.contains(&word)) || ENDS.iter().any(|end| name.ends_with(end))
}

/// Places from which Arabic outlets report, as their bylines spell them.
#[rustfmt::skip]
const ARABIC_PLACES: &[&str] = &[
    "القاهرة", "الإسكندرية", "الخرطوم", "طرابلس", "بنغازي", "تونس", "الجزائر", "الرباط", "الدار البيضاء", "نواكشوط", "بيروت", "دمشق",
    "حلب", "عمان", "عمّان", "القدس", "رام الله", "غزة", "الناصرة", "حيفا", "بغداد", "أربيل", "البصرة", "الموصل", "الكويت", "الرياض",
    "جدة", "مكة", "الدمام", "الدوحة", "المنامة", "دبي", "أبوظبي", "أبو ظبي", "الشارقة", "مسقط", "صنعاء", "عدن", "تعز", "مقديشو",
    "جيبوتي", "أنقرة", "إسطنبول", "اسطنبول", "طهران", "كابل", "كابول", "إسلام آباد", "نيودلهي", "بكين", "طوكيو", "موسكو", "كييف",
    "تبليسي", "يريفان", "باكو", "برلين", "باريس", "لندن", "مدريد", "روما", "بروكسل", "جنيف", "فيينا", "أثينا", "واشنطن", "نيويورك",
    "رويترز", "وكالات",
];

/// One name, without handle, address, role and city in brackets; `None` when nothing is left.
fn name(part: &str) -> Option<String> {
    let mut text = part.trim();
    // `Nino Example (Fotos)`
    if let Some((_, inner)) = text.split_once('(') {
        let inner = fold(inner.trim_end_matches(')').trim());
        if ["foto", "photo", "bild", "illustr"]
            .iter()
            .any(|stem| inner.starts_with(stem))
        {
            return None;
        }
    }
    // `Nino Example (Tbilisi)`, `Nino Example @nino`, `nino@valley.example`
    if let Some(at) = text.find(['(', '[', '{'])
        && !is_second_name(text, at)
    {
        text = &text[..at];
    }
    if text.split_whitespace().any(|word| word.starts_with("http")) {
        return None;
    }
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| !word.contains('@'))
        .collect();
    let text = words.join(" ");
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '"' | '“' | '”' | '*' | '»' | '«')
    });
    // `Nino Example - Valley Post`, `Nino Example in Tbilisi`
    let text = [" - ", " – ", " — "].iter().fold(text, |text, sign| {
        text.split_once(sign).map_or(text, |(name, _)| name.trim())
    });
    // `ليلى نموذج-تبليسي`: a place; anything else may be the other half of a name.
    let joined = text
        .split_once('-')
        .filter(|(name, place)| is_whole(name.trim()) && ARABIC_PLACES.contains(&place.trim()));
    let text = joined.map_or(text, |(name, _)| name.trim());
    let text = without_place(text);
    let text = without_reporter(text);
    let text = without_end(text);
    let followed = text.split_once(' ').filter(|(verb, name)| {
        matches!(fold(verb).as_str(), "follow") && is_whole(name) && looks_like_name(name)
    });
    let text = followed.map_or(text, |(_, name)| name);
    let folded = fold(text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let bad = letters < 2
        || is_opening(text)
        || text.chars().count() > MAX_CHARS
        || NO_NAMES.contains(&folded.as_str())
        || text.contains(".php")
        || is_handle(text)
        || is_host(text)
        || is_office(text)
        || is_invitation(text)
        || text.contains(": ")
        || (text.bytes().any(|b| b.is_ascii_digit())
            && text.bytes().filter(u8::is_ascii_digit).count() > 3);
    (!bad).then(|| text.trim().to_owned())
}

/// `Nino (Levan) Example`: whether one name in brackets stands between the first and the last.
fn is_second_name(text: &str, at: usize) -> bool {
    let Some((inner, after)) = text[at..]
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
    else {
        return false;
    };
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    !text[..at].trim().contains(' ')
        && capital(text)
        && capital(inner)
        && !inner.contains(' ')
        && capital(after.trim())
        && !after.contains('(')
}

/// `김민서 기자`, `李明 北京报道`: a name without the word for a reporter or a report behind it.
fn without_reporter(text: &str) -> &str {
    const ENDS: &[&str] = &[
        "기자",
        "특파원",
        "記者",
        "记者",
        "报道",
        "報導",
        "報道",
        "摄影",
        "攝影",
    ];
    let mut text = text;
    while let Some((name, last)) = text.rsplit_once(' ')
        && ENDS.iter().any(|end| last.ends_with(end))
    {
        text = name.trim_end();
    }
    let joined = ENDS.iter().find_map(|end| text.strip_suffix(end));
    joined
        .filter(|name| is_whole(name) && !name.contains(' '))
        .unwrap_or(text)
}

/// `Nino Example in Tbilisi`, `Nino Example on`: up to the preposition, where names stand before it.
fn without_place(text: &str) -> &str {
    for preposition in [" in ", " on ", " for ", " For ", " at "] {
        let padded = preposition.trim_end();
        let cut = text
            .find(preposition)
            .or_else(|| text.strip_suffix(padded).map(str::len));
        if let Some(at) = cut {
            let before = &text[..at];
            let name = |word: &str| has_capital(word) && !word.contains(char::is_numeric);
            if before.split_whitespace().count() >= 2 && before.split_whitespace().all(name) {
                return before;
            }
        }
    }
    text
}

/// `nino.example`, `valley.example`, `nino_example`, `Read more`: a handle, a host, a word of the interface.
fn is_handle(text: &str) -> bool {
    if matches!(
        fold(text).as_str(),
        "link"
            | "read more"
            | "share"
            | "follow"
            | "view profile"
            | "see all"
            | "more"
            | "home"
            | "the author"
            | "posts"
            | "articles"
            | "all posts"
            | "view all posts"
            | "about the author"
            | "published"
            | "updated"
            | "subscribe"
            | "sign up"
            | "sign in"
            | "log in"
            | "all articles"
            | "more articles"
            | "read all"
            | "alle artikel"
            | "alle beitrage"
            | "weitere artikel"
            | "mehr"
            | "folgen"
            | "teilen"
            | "abonnieren"
            | "tous les articles"
            | "partager"
            | "suivre"
            | "s'abonner"
            | "todos los articulos"
            | "compartir"
            | "seguir"
            | "tutti gli articoli"
            | "condividi"
            | "alle artikelen"
            | "все статьи"
            | "поделиться"
            | "подписаться"
    ) {
        return true;
    }
    let lower = text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'));
    lower && text.bytes().any(|b| matches!(b, b'.' | b'_'))
}

/// `RiverNews.com`: a word that ends as hosts do.
fn is_host(text: &str) -> bool {
    let Some((name, end)) = text.rsplit_once('.') else {
        return false;
    };
    let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-');
    (2..=4).contains(&end.len())
        && end.bytes().all(|b| b.is_ascii_lowercase())
        && name.len() >= 3
        && name.bytes().all(plain)
}

/// Whether a text is a link to another version or view of the page in Chinese: `阅读简体中文版`.
fn is_invitation(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "阅读", "閱讀", "点击", "點擊", "查看", "返回", "关注", "關注",
    ];
    const ENDS: &[&str] = &["版", "更多", "全文", "原文"];
    STARTS.iter().any(|start| text.starts_with(start)) && ENDS.iter().any(|end| text.ends_with(end))
}

/// Names from what the outlet's own selector found.
pub(super) fn from_texts(texts: &[String]) -> Vec<String> {
    tidy(texts.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        tidy([text].into_iter())
    }

    #[test]
    fn bylines_are_cut_down_to_names() {
        for text in [
            "By Nino Example and Levan Sample",
            "Von Nino Example und Levan Sample",
            "Par Nino Example et Levan Sample",
            "BY: Nino Example, Levan Sample",
            "Nino Example; Levan Sample (Tbilisi)",
            "Nino Example @nino, Levan Sample levan@valley.example",
            "Nino Example | Levan Sample, Editor",
        ] {
            assert_eq!(names(text), ["Nino Example", "Levan Sample"], "{text}");
        }
        assert_eq!(names("Автор: Нино Пример"), ["Нино Пример"]);
        assert_eq!(names("लेखक: आशा नमूना"), ["आशा नमूना"]);
        assert_eq!(names("كتبت: ليلى نموذج"), ["ليلى نموذج"]);
        assert_eq!(names("מאת: דנה לדוגמה"), ["דנה לדוגמה"]);
        assert_eq!(
            names(
                "By Nino Example, M.D., PhD and Levan Sample, RN. Medically reviewed by Ana Third, MD"
            ),
            ["Nino Example, M.D., PhD", "Levan Sample, RN"]
        );
        assert_eq!(names("Nino (Ana) Example"), ["Nino (Ana) Example"]);
        assert_eq!(names("Nino Example, AFP"), ["Nino Example", "AFP"]);
        assert_eq!(names("Nino Example, Head of Rivers"), ["Nino Example"]);
        assert_eq!(names("Vande Velde Bynum"), ["Vande Velde Bynum"]);
        assert_eq!(names("https://valley.example/author/nino"), [""; 0]);
        assert_eq!(names("Nino Example, NINO EXAMPLE"), ["Nino Example"]);
    }

    #[test]
    fn a_fuller_list_is_preferred_and_a_name_before_the_date_found() {
        use crate::article::meta::jsonld;
        let read = |html: &str| {
            let doc = dom_query::Document::from(html);
            let url = url::Url::parse("https://valley.example/x").unwrap();
            let scan = Scan::new(&doc);
            let story = jsonld::story(scan.scripts.iter().map(String::as_str), &url);
            let lines = scan
                .headline()
                .map(|spot| crate::lines::after(spot.node))
                .unwrap_or_default();
            authors(&scan, &story, &lines, &Site::new(&scan, &story, &url))
        };
        let declared = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","author":"Nino Example"}</script>"#;
        assert_eq!(
            read(&format!(
                "{declared}<meta property=article:author content='Valley Agency'><meta property=article:author content='Nino Example'>"
            )),
            ["Valley Agency", "Nino Example"]
        );
        assert_eq!(
            read(&format!(
                "{declared}<meta name=author content='Levan Sample'>"
            )),
            ["Nino Example"]
        );
        assert_eq!(
            read("<h1>T</h1><div><span>Nino Example |</span> <span>12.06.2024</span></div>"),
            ["Nino Example"]
        );
    }

    #[test]
    fn the_byline_of_a_related_article_is_not_the_pages() {
        use crate::article::meta::{Meta, Select, read};
        let page = |html: &str| {
            let url = url::Url::parse("https://valley.example/x").unwrap();
            let Meta { authors, .. } = read(
                &dom_query::Document::from(html),
                &url,
                &Select::default(),
                None,
            );
            authors
        };
        let related =
            "<aside class=related><h4>The other bridge</h4><p>By Levan Sample</p></aside>";
        let text = "<p>The bridge over the river is open again.</p>";
        assert_eq!(
            page(&format!("<h1>The bridge opens</h1>{related}{text}")),
            [""; 0]
        );
        assert_eq!(
            page(&format!(
                "<h1>The bridge opens</h1>{related}<p>By Nino Kalandia</p>{text}"
            )),
            ["Nino Kalandia"]
        );
        let marked = "<div class=byline><span class=name>Nino Kalandia</span><span class=role>Business Editor</span></div>";
        assert_eq!(
            page(&format!("<h1>The bridge opens</h1>{marked}{text}")),
            ["Nino Kalandia"]
        );
        let marked = "<div class=byline><span class=author-name>Nino Kalandia</span><span class=author-title>Lock Editor and Master Keeper</span></div>";
        assert_eq!(
            page(&format!("<h1>The bridge opens</h1>{marked}{text}")),
            ["Nino Kalandia"]
        );
    }

    #[test]
    fn a_point_within_a_name_parts_none() {
        assert_eq!(names("尼诺·样例"), ["尼诺·样例"]);
        assert_eq!(names("尼诺·样例、李样"), ["尼诺·样例", "李样"]);
        assert_eq!(names("ニノ・サンプル"), ["ニノ・サンプル"]);
        assert_eq!(names("김민서·이수진 기자"), ["김민서", "이수진"]);
        assert_eq!(names("Marc Col·lector"), ["Marc Col·lector"]);
        for text in ["Nino Example · Levan Sample", "Nino Example· Levan Sample"] {
            assert_eq!(names(text), ["Nino Example", "Levan Sample"], "{text}");
        }
    }

    #[test]
    fn reporters_of_chinese_papers_are_named_without_what_stands_around_them() {
        for (text, expected) in [
            ("山谷報／ 記者陳怡樣／台北即時報導", "陳怡樣"),
            ("【陳怡樣／台北報導】", "陳怡樣"),
            ("作者：本报记者 李样　【大 中 小】", "李样"),
            ("文 | 李样　编辑 | 王例子", "李样"),
            ("文｜李样 摄影｜王例子", "李样"),
            ("（山谷社記者陳怡樣台北5日電）", "陳怡樣"),
            ("（记者李广文、王例子）", "李广文, 王例子"),
            ("山谷新闻记者 李样 实习生 王例", "李样, 王例"),
            ("本报记者 李样 实习记者 王例", "李样, 王例"),
            ("（山谷社記者陳怡樣、李小樣台北25日電）", "陳怡樣, 李小樣"),
        ] {
            assert_eq!(names(text).join(", "), expected, "{text}");
        }
        assert_eq!(reporters("（記者陳怡攝）"), None);
        assert_eq!(starts_as_byline("記者陳怡樣攝"), None);
        // What is only like it: a section, and a report of a house.
        assert_eq!(reporters("生活／台北報"), None);
        assert_eq!(reporters("山谷社／綜合報導"), None);
    }

    #[test]
    fn what_a_person_does_and_where_is_no_name() {
        for text in [
            "By Nino Kalandia, Political Correspondent",
            "By Nino Kalandia, Rivers Correspondent in Tbilisi",
            "By Nino Kalandia, AI Correspondent",
            "Nino Kalandia, West Valley Correspondent",
            "Nino Kalandia Transport Correspondent",
            "Nino Kalandia Business Editor",
            "Nino Kalandia, Sports Desk",
            "Nino Kalandia Share Print Email",
            "Follow Nino Kalandia",
        ] {
            assert_eq!(names(text), ["Nino Kalandia"], "{text}");
        }
        assert_eq!(
            names("Nino Kalandia, Political Correspondent, and Levan Sample"),
            ["Nino Kalandia", "Levan Sample"]
        );
        assert_eq!(
            names("Nino Kalandia, Levan Sample, Korrespondent"),
            ["Nino Kalandia", "Levan Sample"]
        );
        assert_eq!(
            names("Nino Kalandia, Reuters"),
            ["Nino Kalandia", "Reuters"]
        );
        for none in [
            "Senior Correspondent",
            "Staff Reporter",
            "Web Desk",
            "News Desk",
            "Guest Author",
            "webmaster",
            "Chefredakteur",
            "Subscribe",
            "Alle Artikel",
            "RiverNews.com",
        ] {
            assert_eq!(names(none), [""; 0], "{none}");
        }
        // Some are called so.
        for name in [
            "Nino Desk",
            "Ana Sport",
            "J. R. Sample",
            "Will Print",
            "VP Travel Editor",
            "VP Lifestyle Desk",
        ] {
            assert_eq!(names(name), [name]);
        }
    }

    #[test]
    fn names_are_parted_at_the_and_of_more_languages() {
        for (text, first, second) in [
            (
                "Aino Malli ja Eero Esimerkki",
                "Aino Malli",
                "Eero Esimerkki",
            ),
            (
                "Jana Vzorová a Petr Příklad",
                "Jana Vzorová",
                "Petr Příklad",
            ),
            ("Ana Exemplu și Ion Model", "Ana Exemplu", "Ion Model"),
            ("Sari Contoh dan Budi Misal", "Sari Contoh", "Budi Misal"),
            ("Minta Anna és Példa Péter", "Minta Anna", "Példa Péter"),
            ("Άννα Δείγμα και Νίκος Τύπος", "Άννα Δείγμα", "Νίκος Τύπος"),
            ("ليلى نموذج و سامي مثال", "ليلى نموذج", "سامي مثال"),
        ] {
            assert_eq!(names(text), [first, second], "{text}");
        }
        assert_eq!(names("Malli ja Esimerkki Oy"), ["Malli ja Esimerkki Oy"]);
    }

    #[test]
    fn names_of_agencies_stay_whole() {
        assert_eq!(names("Valley Post et AFP"), ["Valley Post et AFP"]);
    }
}
