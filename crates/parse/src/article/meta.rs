//! What a page says about its article: title, dates, authors, tags, picture, language, address.
//! Never here: the article's text, nor how one kind of source is read (`meta/`).

mod authors;
mod jsonld;
#[cfg(test)]
mod layouts;
#[cfg(test)]
mod old_systems;
mod picture;
mod scan;
mod shown_date;
mod tags;

use dom_query::{Document, NodeRef};
use url::Url;

use super::script_data::Facts;
use crate::dates::{self, Written};
use crate::lines;
use jsonld::Story;
use newsprint_html::safe_text;
use newsprint_model::{Select, Time, fold};
use scan::Scan;

/// Every field of [`newsprint_model::Page`] but the text's.
#[derive(Debug, Clone, Default)]
pub(super) struct Meta {
    pub title: Option<String>,
    /// What the heading says that the title stands in.
    pub heading: Option<String>,
    pub published: Option<Time>,
    /// `published` was said against the moment of the fetch.
    pub approximate: bool,
    pub published_local: Option<String>,
    pub updated: Option<Time>,
    pub authors: Vec<String>,
    pub tags: Vec<String>,
    pub image: Option<String>,
    pub lang: Option<String>,
    pub canonical: Option<String>,
    /// What the page says it is about.
    pub description: String,
    /// It says that it is an article of the news.
    pub news: bool,
    /// Where `rel=next` leads, as it is written.
    pub next: Vec<String>,
}

/// Reads what the page says about itself. The outlet's own selectors come first, where they find something. `fetched` is when
/// the page came: against it `3 hours ago` is a date.
pub(super) fn read(doc: &Document, url: &Url, select: &Select, fetched: Option<Time>) -> Meta {
    read_beside(doc, url, select, fetched, Story::default())
}

/// What a page says about itself, with what a script says of the article where the page says nothing.
pub(super) fn with_told(
    meta: Meta,
    doc: &Document,
    url: &Url,
    select: &Select,
    fetched: Option<Time>,
    told: Facts,
) -> Meta {
    let mut story = Story::default();
    if meta.authors.is_empty() {
        let authors = told.authors.into_iter();
        let author = |name| jsonld::Author {
            name,
            organisation: false,
        };
        story.authors = authors.map(author).collect();
    }
    if meta.tags.is_empty() {
        story.keywords = told.tags;
    }
    // A day alone is that of the address, or of the same date.
    let day = meta.published_local.as_deref();
    let told_day = told
        .published
        .as_deref()
        .and_then(|date| dates::parse(date, None));
    let refined = day.is_none_or(|day| {
        let same = told_day.is_some_and(|told| told.local.get(..10) == Some(day));
        same && day.len() == 10
    });
    if refined {
        story.published = told.published;
    }
    if meta.updated.is_none() {
        story.modified = told.modified;
    }
    if meta.title.is_none() {
        story.headlines = told.headline.into_iter().collect();
    }
    if story == Story::default() {
        return meta;
    }
    read_beside(doc, url, select, fetched, story)
}

fn read_beside(
    doc: &Document,
    url: &Url,
    select: &Select,
    fetched: Option<Time>,
    told: Story,
) -> Meta {
    let mut scan = Scan::new(doc);
    let mut story = jsonld::story(scan.scripts.iter().map(String::as_str), url);
    jsonld::fill(&mut story, told);
    if let Some(declared) = story.headlines.first() {
        scan.recognise(&decoded(declared));
    }
    let base = doc
        .base_uri()
        .and_then(|base| url.join(&base).ok())
        .unwrap_or_else(|| url.clone());
    let lang = language(&scan, &story);
    let lang = lang.as_deref();
    let headline = scan.headline();
    let mut lines = headline
        .map(|spot| lines::after(spot.node))
        .unwrap_or_default();
    let captions = scan.captions.iter().take(12);
    let captions: Vec<String> = captions.flat_map(|spot| lines::inside(spot.node)).collect();
    let bylines = lines_of_bylines(&scan, lang);
    lines.retain(|line| !captions.contains(line));
    // A date behind the first line that has one is that of something else.
    let dated = lines
        .iter()
        .take(6)
        // A long sentence such as `This entry was posted on …` ends the lines about the article.
        .take_while(|line| !shown_date::says_posted(line) || line.chars().count() <= 120)
        .find(|line| line.chars().count() <= 120 && dates::parse(line, lang).is_some());
    let facts = dated
        .and_then(|line| lines::facts(line, lang))
        .unwrap_or_default();

    let site = Site::new(&scan, &story, url);
    let mut authors = authors::from_texts(&texts(doc, select.author.as_deref()));
    if authors.is_empty() {
        authors = authors::authors(&scan, &story, &lines, &site);
    }
    if authors.is_empty() && !bylines.is_empty() {
        authors = authors::authors(&scan, &story, &bylines, &site);
    }
    let linked = tags::linked(&scan);
    let context = tags::Context {
        url,
        linked: &linked,
        site: &site,
        authors: &authors,
        line: &facts.tags,
    };
    let mut tags = tags::from_texts(&texts(doc, select.tags.as_deref()), &context);
    if tags.is_empty() {
        tags = tags::tags(&scan, &story, &context);
    }
    let title = texts(doc, select.title.as_deref())
        .into_iter()
        .next()
        .or_else(|| title(&scan, &story, url, &site, &authors));
    let modified = modified(&scan, &story, lang);
    let published = selected_date(doc, select.date.as_deref(), lang, fetched).or_else(|| {
        let declared = declared_date(&scan, &story, lang);
        let is_declared = declared.is_some();
        // What only says when the page was changed says less than its address.
        let or_address = |shown: Written| {
            let address = date_in_address(url).filter(|address| {
                let later = shown_date::days_between(address, &shown).is_some_and(|days| days > 1);
                later && shown_date::is_of_change(&scan, &shown, lang)
            });
            address.unwrap_or(shown)
        };
        let published = declared
            .or_else(|| shown_anywhere(&scan, &story, facts.date, &lines, lang).map(or_address))
            .or_else(|| date_in_address(url))
            .or_else(|| shown_date::before_links(&scan, lang))
            .or_else(|| shown_date::in_scripts(&scan))
            .or_else(|| {
                let own = |line: &str| !site.is(line);
                shown_date::against_fetch(&scan, &lines, lang, fetched?, own)
            })
            .or_else(|| bylines.iter().find_map(|line| dates::parse(line, lang)))
            .or_else(|| shown_date::last_change(&scan, lang))?;
        let published = in_known_order(published, url, &scan, &story);
        let shown = shown_date::shown(&scan, lang, modified.as_ref());
        let known = Known {
            scan: &scan,
            lines: &lines,
            lang,
            modified: modified.as_ref(),
            shown: shown.as_ref(),
        };
        let published = known.as_shown(published, is_declared);
        Some(known.on_the_day_shown(published, url))
    });
    let updated = modified.as_ref().map(|date| date.time);
    let updated = updated.filter(|updated| {
        published
            .as_ref()
            .is_none_or(|published| published.time < *updated)
    });
    let heading = headline.filter(|_| scan.recognised());
    let heading = heading.map(|spot| joined(&lines::inside(spot.node)));
    let around = |heading: &String| title.as_ref().is_some_and(|title| heading.contains(title));
    Meta {
        heading: heading.filter(around),
        title,
        updated,
        approximate: published.as_ref().is_some_and(|date| date.relative),
        published_local: published.as_ref().map(|date| date.local.clone()),
        published: published.map(|date| date.time),
        image: picture::picture(&scan, &story, &base),
        canonical: scan
            .canonical
            .as_deref()
            .and_then(|href| safe_text::link(base.join(href.trim()).ok()?.as_str())),
        lang: lang.map(str::to_owned),
        description: scan
            .meta(&["og:description", "description"])
            .unwrap_or_default()
            .to_owned(),
        news: story.news,
        next: scan.next,
        authors,
        tags,
    }
}

/// The lines of a box by a picture that its theme calls a caption, where they are a byline and a date: for pages that have no
/// other.
fn lines_of_bylines(scan: &Scan, lang: Option<&str>) -> Vec<String> {
    const MOST: usize = 12;
    const LINES: usize = 4;
    let boxes = scan.captions.iter().take(MOST);
    let boxes = boxes.filter(|spot| !spot.node.has_name("figcaption") && !spot.place.others);
    let mut boxes = boxes.map(|spot| lines::inside(spot.node));
    let found = boxes.find(|lines| {
        let by = lines.iter().any(|line| shown_date::tells_of_article(line));
        let by = by || lines.iter().any(|line| authors::is_byline(line));
        let dated = |line: &String| lines::is_only_date(line) && dates::parse(line, lang).is_some();
        lines.len() <= LINES && by && lines.iter().any(dated)
    });
    found.unwrap_or_default()
}

/// Elements of a selector of the outlet's configuration. One that cannot be read finds nothing here; the
/// body's extraction reports it.
fn elements<'a>(doc: &'a Document, selector: Option<&str>) -> Vec<NodeRef<'a>> {
    let selection = selector.and_then(|selector| doc.try_select(selector));
    selection
        .map(|found| found.nodes().iter().take(64).copied().collect())
        .unwrap_or_default()
}

/// The texts of a selector's elements; of `<meta>` the content.
fn texts(doc: &Document, selector: Option<&str>) -> Vec<String> {
    let texts = elements(doc, selector)
        .into_iter()
        .map(|node| match node.attr("content") {
            Some(content) => safe_text::line(&content),
            None => safe_text::line(&node.text()),
        });
    texts.filter(|text| !text.is_empty()).collect()
}

fn selected_date(
    doc: &Document,
    selector: Option<&str>,
    lang: Option<&str>,
    fetched: Option<Time>,
) -> Option<Written> {
    let nodes = elements(doc, selector);
    let dated = nodes.iter().find_map(|node| date_of(node, lang));
    dated.or_else(|| {
        let mut texts = nodes.iter().map(|node| safe_text::line(&node.text()));
        texts.find_map(|text| dates::parse_at(&text, lang, fetched))
    })
}

/// The date of an element: for machines where it has one, else as it is shown.
fn date_of(node: &NodeRef, lang: Option<&str>) -> Option<Written> {
    for name in [
        "datetime",
        "content",
        "data-datetime",
        "data-date",
        "data-timestamp",
        "title",
    ] {
        if let Some(date) = node.attr(name).and_then(|value| dates::parse(&value, lang)) {
            return Some(date);
        }
    }
    // In lines, so that the numbers of two are not one.
    let text = safe_text::line(&lines::inside(*node).join(" "));
    // More than a line is not a date but a text that mentions one.
    (text.chars().count() <= 120).then(|| dates::parse(&text, lang))?
}

fn language(scan: &Scan, story: &Story) -> Option<String> {
    let declared = [
        scan.lang.as_deref(),
        scan.meta(&["og:locale", "content-language", "language", "dc.language"]),
        story.lang.as_deref(),
    ];
    declared.into_iter().flatten().find_map(|lang| {
        let lang = lang.trim().replace('_', "-");
        let primary = lang.split('-').next().unwrap_or_default();
        let known = (2..=3).contains(&primary.len())
            && lang.len() <= 12
            && lang.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && primary.chars().all(|c| c.is_ascii_alphabetic());
        known.then_some(lang)
    })
}

/// Names of `<meta>` for the date of publication, those that mean nothing else first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "published_at",
    "published-date",
    "publisheddate",
    "pubdate",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "og:published_time",
    "date",
    "rnews:datepublished",
    "last-modified-date-published",
    "published",
    "publish_time",
    "created",
    "apub:time",
    "pubtime",
    "createdate",
    "create_time",
    "createtime",
];
/// What a line may begin with before its only date, beside what says that it is that of publication, folded.
const SAYS_DATE: &[&str] = &["date", "last updated", "updated", "дата"];
const UPDATED: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
];

/// When it was published, as the page declares it of the article or marks it.
fn declared_date(scan: &Scan, story: &Story, lang: Option<&str>) -> Option<Written> {
    let read = |text: &str| dates::parse(text, lang);
    if let Some(date) = story.published.as_deref().and_then(read) {
        return Some(date);
    }
    if let Some(date) = PUBLISHED
        .iter()
        .find_map(|name| scan.metas(name).find_map(read))
    {
        return Some(date);
    }
    let prop = scan.props.iter().filter(|(name, spot)| {
        let named = matches!(name.as_str(), "datepublished" | "datecreated" | "created");
        named && !spot.place.others
    });
    prop.take(8).find_map(|(_, spot)| date_of(&spot.node, lang))
}

/// The day in an address, over its directories or in one of them (`/2024/06/12/`, `/2024-06/12/`, `/20240612/`), and nowhere
/// else on the page.
fn date_in_address(url: &Url) -> Option<Written> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let path = url.path();
    // The day may be a file (`/2002/04/09.html`).
    let stem = match path.rsplit_once('.') {
        Some((stem, "html" | "htm" | "shtml" | "php" | "phtml" | "asp" | "aspx")) => stem,
        _ => path,
    };
    let parted = |signs: &[char], least: usize| {
        let parts: Vec<&str> = stem.split(signs).collect();
        parts.windows(3).find_map(|parts| {
            let numbers = parts[1..]
                .iter()
                .all(|part| (least..=2).contains(&part.len()) && digits(part));
            let year = parts[0].len() == 4 && digits(parts[0]);
            (numbers && year).then(|| dates::parse(&parts.join("-"), None))?
        })
    };
    // Beside dashes shorter numbers are a score or a part of the headline.
    let parted = parted(&['/'], 1).or_else(|| parted(&['/', '-'], 2));
    parted.or_else(|| {
        // Whole directories only: a file's name may be any number.
        let (directories, _) = path.rsplit_once('/')?;
        let mut parts = directories.split('/');
        parts.find_map(|part| {
            let year = digits(part)
                && part.len() == 8
                && (1995..=2100).contains(&part[..4].parse::<u16>().ok()?);
            year.then(|| dates::parse(part, None))?
        })
    })
}

/// A date whose day and month the page gives elsewhere the other way round, in a writing that leaves no doubt: in its
/// address, or with the year first.
fn in_known_order(published: Written, url: &Url, scan: &Scan, story: &Story) -> Written {
    let sure = |text: &str| {
        let text = text.trim();
        let year = text.get(..4)?;
        let first = year.bytes().all(|byte| byte.is_ascii_digit());
        (first && text[4..].starts_with('-')).then(|| dates::parse(text, None))?
    };
    let mut known: Vec<Written> = date_in_address(url).into_iter().collect();
    known.extend(story.published.as_deref().and_then(sure));
    let metas = PUBLISHED.iter().flat_map(|name| scan.metas(name));
    known.extend(metas.filter_map(sure));
    known.extend(scan.stamps.iter().filter_map(|value| sure(value)));
    let spots = scan.times.iter().chain(&scan.dates).take(12);
    let spots = spots.filter(|spot| !spot.place.others);
    known.extend(spots.filter_map(|spot| {
        let value = spot
            .node
            .attr("datetime")
            .or_else(|| spot.node.attr("content"));
        sure(&value?)
    }));
    let day = |date: &Written| date.local.get(..10).map(str::to_owned);
    if known.iter().any(|date| day(date) == day(&published)) {
        return published;
    }
    let turned = known.into_iter().find(|date| is_turned(&published, date));
    let Some(turned) = turned.or_else(|| in_order_of_page(&published, scan)) else {
        return published;
    };
    // The time of day stays that of the date itself.
    let Some(local) = day(&turned).map(|day| day + published.local.get(10..).unwrap_or_default())
    else {
        return published;
    };
    dates::parse(&local, None).unwrap_or(turned)
}

/// A date with its month and day the other way round, where the page shows it between slashes and others of its dates prove
/// that the month comes first.
fn in_order_of_page(published: &Written, scan: &Scan) -> Option<Written> {
    const SPOTS: usize = 80;
    let part = |at: std::ops::Range<usize>| published.local.get(at)?.parse::<u32>().ok();
    let (month, day) = (part(5..7)?, part(8..10)?);
    if day > 12 || day == month {
        return None;
    }
    let shown = scan
        .numbered
        .iter()
        .chain(&scan.dates)
        .take(SPOTS)
        .any(|spot| {
            let text = safe_text::line(&spot.node.text());
            let short = text.chars().count() <= 80;
            short && shown_date::between_slashes(&text) == Some((day, month))
        });
    if !shown || shown_date::is_month_first(scan) != Some(true) {
        return None;
    }
    let year = published.local.get(..4)?;
    dates::parse(&format!("{year}-{day:02}-{month:02}"), None)
}

/// When it was published, as the page shows it: nothing is declared.
fn shown_anywhere(
    scan: &Scan,
    story: &Story,
    line: Option<Written>,
    lines: &[String],
    lang: Option<&str>,
) -> Option<Written> {
    let read = |text: &str| dates::parse(text, lang);
    if line.is_some() {
        return line;
    }
    let window = scan
        .meta(&["og:title"])
        .into_iter()
        .chain(scan.title.as_deref());
    if let Some(date) = window
        .filter_map(|title| title.rsplit(" | ").next())
        .filter(|end| end.trim().len() <= 12)
        .find_map(read)
    {
        return Some(date);
    }
    let headline = scan.headline().map_or(0, |spot| spot.order);
    // The date of the story stands near its headline; further down are those of other stories.
    let near = |spot: &&scan::Spot| {
        !spot.place.chrome
            && !spot.place.others
            && spot.order + 60 > headline
            && spot.order < headline + 200
            && !scan.is_card(spot)
    };
    let times = scan
        .times
        .iter()
        .filter(near)
        .find_map(|spot| date_of(&spot.node, lang));
    let named = || {
        scan.dates
            .iter()
            .filter(near)
            .take(12)
            .find_map(|spot| date_of(&spot.node, lang))
    };
    let shown = || {
        lines
            .iter()
            .take(6)
            .filter(|line| line.chars().count() <= 120)
            .find_map(|line| read(line))
    };
    // Further away: the only date that the page has of that kind, or one in an element so named.
    let far = || {
        let own =
            |spot: &&scan::Spot| !spot.place.others && !spot.place.header && !scan.is_card(spot);
        let mut times = scan.times.iter().filter(own).take(4);
        let first = times.next().and_then(|spot| date_of(&spot.node, lang));
        let only = first.filter(|first| {
            times.all(|spot| date_of(&spot.node, lang).is_none_or(|date| date.local == first.local))
        });
        only.or_else(|| {
            let named = scan
                .dates
                .iter()
                .filter(own)
                .filter(|spot| !spot.place.chrome);
            named.take(6).find_map(|spot| date_of(&spot.node, lang))
        })
    };
    // A meta of any system whose name says that it is a date of publication.
    let published = || {
        let named = scan.metas.iter().filter(|(name, _)| {
            name.contains("publish") && (name.ends_with("date") || name.ends_with("time"))
        });
        named.take(4).find_map(|(_, value)| read(value))
    };
    // A date that is all there is in some element near the headline, however it is named.
    let plain = || {
        let near = |spot: &&scan::Spot| {
            !scan.is_chrome(spot.place)
                && spot.order + 60 > headline
                && spot.order < headline + 160
                && !scan.is_card(spot)
        };
        scan.numbered.iter().filter(near).take(40).find_map(|spot| {
            let text = safe_text::line(&spot.node.text());
            let short = text.chars().count() <= 60 && lines::is_only_date(&text);
            short.then(|| read(&text).or_else(|| lines::facts(&text, lang)?.date))?
        })
    };
    // Anywhere: one that says that it is the date of publication, or the only one there is.
    let said = || {
        let own = scan.numbered.iter().filter(|spot| !spot.place.others);
        let texts = own.map(|spot| safe_text::line(&spot.node.text()));
        let dated = texts.filter(|text| text.chars().count() <= 40 && lines::is_only_date(text));
        let dated: Vec<(String, Written)> = dated
            .filter_map(|text| Some((text.clone(), read(&text)?)))
            .take(40)
            .collect();
        let (_, first) = dated.first()?;
        let only = dated.iter().all(|(_, date)| date.local == first.local);
        let says = dated.iter().find(|(text, _)| {
            let folded = fold(text);
            let mut words = shown_date::SAYS_PUBLISHED.iter().chain(SAYS_DATE);
            words.any(|word| folded.starts_with(word))
        });
        says.map(|(_, date)| date)
            .or(only.then_some(first))
            .cloned()
    };
    published()
        .or_else(|| shown_date::labelled(scan, lang, false))
        .or_else(|| shown_date::in_prose(scan, lang, false))
        .or_else(|| shown_date::in_links(scan, lang))
        .or(times)
        .or_else(named)
        .or_else(shown)
        .or_else(plain)
        .or_else(far)
        .or_else(said)
        .or_else(|| shown_date::labelled(scan, lang, true))
        .or_else(|| shown_date::in_prose(scan, lang, true))
        .or_else(|| shown_date::in_plain_text(scan, lang))
        .or_else(|| shown_date::labelled_in_frame(scan, lang))
        .or_else(|| {
            // Some pages give it to scripts alone, others only say when they were changed.
            let stamped = scan.stamps.iter().find_map(|value| read(value));
            if stamped.is_some() {
                return stamped;
            }
            let modified = story.modified.as_deref().and_then(read);
            modified.or_else(|| {
                UPDATED
                    .iter()
                    .find_map(|name| scan.metas(name).find_map(read))
            })
        })
}

/// What is known of a page's dates beside that of publication.
struct Known<'a> {
    scan: &'a Scan<'a>,
    lines: &'a [String],
    lang: Option<&'a str>,
    /// When the page declares that it was changed.
    modified: Option<&'a Written>,
    /// What it shows near its headline.
    shown: Option<&'a shown_date::Shown>,
}

impl Known<'_> {
    /// The date of publication, or what the page shows beside its headline, or calls that of publication, where that is
    /// another: a date for machines may be that of a move to another system, of the fetch, or of a text that was written
    /// anew. What is shown later has to say nothing but that day, right behind the headline.
    fn as_shown(&self, published: Written, is_declared: bool) -> Written {
        // One day is the other side of midnight, where a program wrote it.
        let margin = i32::from(is_declared);
        let days = |date: &Written| shown_date::days_between(&published, date).unwrap_or_default();
        let earlier = |date: &Written| days(date) < -margin;
        let in_line = || shown_date::shown_in_line(self.scan, self.lines, self.lang);
        // The page calls the declared day that of publication: others on it are of what the text tells.
        let called =
            || shown_date::is_called_published(self.scan, self.lines, &published, self.lang);
        if is_declared && called() {
            return published;
        }
        let shown = self.shown.cloned().or_else(in_line);
        // Where a program wrote one moment for both, an earlier change that is shown is nearer to the truth.
        let one_moment = self
            .modified
            .is_some_and(|date| date.time == published.time);
        let is_change = |shown: &&shown_date::Shown| {
            one_moment && shown.changed && !shown.in_numbers && days(&shown.date) < 0
        };
        if let Some(shown) = shown.as_ref().filter(is_change) {
            return shown.date.clone();
        }
        let mut shown = shown.filter(|shown| {
            let turned = shown.in_numbers && is_turned(&published, &shown.date);
            !shown.changed && !turned && days(&shown.date).abs() > margin
        });
        // Against what is declared a day beside other words is one that those tell of.
        let stands = |shown: &shown_date::Shown| shown.alone || !is_declared;
        if let Some(shown) = shown.take_if(|shown| earlier(&shown.date) && stands(shown)) {
            return shown.date;
        }
        shown_date::labelled(self.scan, self.lang, false)
            .or_else(|| shown_date::in_prose(self.scan, self.lang, false))
            .filter(|date| earlier(date) && !is_turned(&published, date))
            .or_else(|| {
                let close = |shown: &shown_date::Shown| shown.closely && shown.alone;
                let shown = shown.filter(|shown| is_declared && close(shown))?;
                let below = shown_date::is_below_text(&shown.date, self.lines, self.lang);
                (!below).then_some(shown.date)
            })
            .unwrap_or(published)
    }

    /// A moment that a program wrote in UTC, on the day that both the page and its address show: it was another one where
    /// the outlet is.
    fn on_the_day_shown(&self, published: Written, url: &Url) -> Written {
        let utc = ["Z", "+00:00"]
            .iter()
            .any(|zone| published.local.ends_with(zone));
        let Some(shown) = self.shown.filter(|shown| utc && !shown.changed) else {
            return published;
        };
        let days = |date: &Written| shown_date::days_between(&published, date);
        let agrees = |address: &Written| {
            days(address).is_some_and(|days| days.abs() == 1)
                && shown_date::days_between(&shown.date, address) == Some(0)
        };
        // In East Asia a moment late in the day in UTC is on the next day.
        let next_day = || self.is_late_in_east_asia(&published) && days(&shown.date) == Some(1);
        match next_day() || date_in_address(url).is_some_and(|address| agrees(&address)) {
            true => Written {
                local: shown.date.local.clone(),
                ..published
            },
            false => published,
        }
    }

    /// Whether it is the next day in East Asia, where the page is from.
    fn is_late_in_east_asia(&self, published: &Written) -> bool {
        const LATE: u32 = 15;
        let lang = self.lang.and_then(|lang| lang.get(..2));
        let hour = published
            .local
            .get(11..13)
            .and_then(|hour| hour.parse().ok());
        let east = lang.map(str::to_ascii_lowercase);
        matches!(east.as_deref(), Some("zh" | "ja" | "ko"))
            && hour.is_some_and(|hour: u32| hour >= LATE)
    }
}

/// Whether two dates are one with day and month in either order.
fn is_turned(one: &Written, other: &Written) -> bool {
    let parts = |date: &Written| -> Option<[String; 3]> {
        let part = |at: std::ops::Range<usize>| date.local.get(at).map(str::to_owned);
        Some([part(0..4)?, part(5..7)?, part(8..10)?])
    };
    let turned = || {
        let ([a, b, c], [d, e, f]) = (parts(one)?, parts(other)?);
        Some(a == d && b == f && c == e)
    };
    turned().unwrap_or(false)
}

/// When the page declares that it was changed.
fn modified(scan: &Scan, story: &Story, lang: Option<&str>) -> Option<Written> {
    let read = |text: &str| dates::parse(text, lang);
    let declared = story.modified.as_deref().and_then(read);
    let named = || {
        let mut names = UPDATED.iter();
        names.find_map(|name| scan.metas(name).find_map(read))
    };
    let marked = || {
        let mut props = scan.props.iter().filter(|(name, _)| name == "datemodified");
        props.find_map(|(_, spot)| date_of(&spot.node, lang))
    };
    declared.or_else(named).or_else(marked)
}

/// The headline. `og:title` and JSON-LD's `headline` are the outlet's own words for it and mostly agree; where they do
/// not, the page's `<h1>` decides, if it speaks of the same.
fn title(scan: &Scan, story: &Story, url: &Url, site: &Site, authors: &[String]) -> Option<String> {
    let tidy = |text: &str| {
        let text = site.without(&safe_text::line(&decoded(text)));
        let text = scan::without_archive(&text).to_owned();
        let masthead = scan.masthead.as_deref().filter(|name| text != *name);
        let rest = masthead.and_then(|name| text.strip_prefix(name));
        let rest = rest.map(|rest| {
            scan::without_archive(rest.trim_start_matches(|c: char| !c.is_alphanumeric()))
        });
        Some(rest.map_or(text.clone(), str::to_owned)).filter(|text| !text.is_empty())
    };
    // The site's own name is the headline of its home page alone, whatever declares it elsewhere.
    let own = |text: &String| url.path() == "/" || !site.is(text);
    let shared = scan.meta(TITLES).and_then(tidy).filter(own);
    let declared = story.headlines.first().and_then(|text| tidy(text));
    let declared = declared.filter(own);
    let window = scan.title.as_deref().and_then(tidy);
    // In lines, so that what parts of a headline are set apart by does not glue them together.
    let said =
        |spot: &scan::Spot| tidy(without_mark(&joined(&lines::inside(spot.node)), &spot.node));
    let headings = || scan.h1.iter().filter(|spot| !spot.place.chrome);
    let heading = || {
        let inside = headings()
            .filter(|spot| !spot.place.header && !spot.place.others)
            .chain(headings())
            .chain(&scan.h1);
        inside.take(8).find_map(said)
    };
    let known: Vec<String> = [&shared, &declared, &window]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    if let (Some(shared), Some(declared)) = (&shared, &declared)
        && alike(shared, declared)
    {
        // What sharing adds is no part of a title that heading and structured data have without it.
        let letters = Site::letters(declared);
        let same = |text: &String| Site::letters(text) == letters;
        let whole = |spot: &scan::Spot| {
            let parts = spot.node.descendants_it().filter(NodeRef::is_element);
            let parts = parts.take(20).map(|part| safe_text::line(&part.text()));
            said(spot).into_iter().chain(parts).find(same)
        };
        let own = |text: &String| !site.is(text) && scan.masthead.as_ref() != Some(text);
        let agreed = || headings().take(8).find_map(whole).filter(own);
        // Nor is what follows the whole heading behind a sign, or in brackets (`The bridge opens | Rivers`).
        let headed = || {
            let mut said = headings().take(8).filter_map(said).filter(own);
            said.find(|text| {
                // Nor what neither the heading nor the window has (`The bridge opens Page 2`).
                let both = window.as_deref().is_some_and(|window| window == text);
                has_addition(shared, text) || both && has_more(shared, text)
            })
        };
        if let Some(headed) = headed() {
            return Some(headed);
        }
        return match same(shared) {
            true => Some(shared.clone()),
            false => agreed().or_else(|| Some(shared.clone())),
        };
    }
    // Where they differ or one is missing, what stands above the text is the headline: what is declared for sharing
    // and searching may be another one.
    let lower = scan.headline().filter(|_| scan.recognised());
    // A part of the heading that is the whole title stands behind what it is about (`Traffic: The bridge opens`).
    let part = |spot: &scan::Spot| {
        let parts = spot.node.descendants_it().filter(NodeRef::is_element);
        let parts = parts.take(20).map(|part| safe_text::line(&part.text()));
        // The sign between the two may stand in it (`<b>: The bridge opens</b>`).
        let sign = |c: char| c.is_whitespace() || matches!(c, ':' | '|' | '-' | '–' | '—' | '·');
        let parts: Vec<String> = parts
            .map(|part| part.trim_start_matches(sign).to_owned())
            .collect();
        let whole = || parts.iter().find(|text| known.contains(text)).cloned();
        let rest = || {
            let mut titles = known.iter();
            titles
                .find(|title| is_without_parts(title, spot) || scan::first_text(spot) == **title)
                .cloned()
        };
        // What a board files a thread under stands before its title, and the window goes on with the board's name.
        let filed = || {
            let heading = safe_text::line(&spot.node.text());
            let begins = |part: &&String| {
                let first =
                    weight(part) >= 8 && known.iter().any(|title| is_set_first(part, title));
                first && heading.ends_with(part.as_str()) && heading != **part
            };
            let apart = !known.iter().any(|title| title.contains(&heading));
            parts.iter().find(begins).filter(|_| apart).cloned()
        };
        whole().or_else(rest).or_else(filed)
    };
    let above = headings()
        .take(8)
        .chain(lower)
        .filter_map(|spot| part(spot).or_else(|| said(spot)))
        .find(|heading| {
            !site.is(heading)
                && scan.masthead.as_ref() != Some(heading)
                && (scan.is_plain() || !known.iter().any(|title| is_masthead(heading, title)))
                && known.iter().any(|title| {
                    speaks_of(heading, title)
                        || is_credited(heading, title, authors)
                        || scan.recognised() && scan.h1.is_empty() && is_set_first(heading, title)
                })
        });
    if let Some(heading) = above {
        return Some(spelled(heading, &known));
    }
    // Where all there is is the site's name, the only entry of the page has its title in an element of another kind.
    let named = || {
        let heading = heading();
        let bare = shared.is_none() && declared.is_none() && url.path() != "/";
        bare && (heading.is_none() || heading == window)
    };
    if let Some(title) = scan.entry_title().filter(|_| named()) {
        return tidy(&title);
    }
    let found = shared.or(declared).or_else(|| {
        // A masthead may be the only heading; the address knows the article.
        match (heading().filter(own), window.filter(own)) {
            (Some(masthead), Some(window))
                if words_in(&window, url) > words_in(&masthead, url) + 1 =>
            {
                Some(window)
            }
            (heading, window) => heading.or(window),
        }
    });
    // Where there is nothing else, the name is better than none.
    found.or_else(|| scan.meta(TITLES).or(scan.title.as_deref()).and_then(tidy))
}

/// Whether a title is what a heading says without the elements that stand at its ends, unseen or as marks (`Premium`, `#`,
/// `12 comments`).
fn is_without_parts(title: &str, heading: &scan::Spot) -> bool {
    const PARTS: usize = 20;
    let plain = |text: &str| text.replace(char::is_whitespace, "");
    let (whole, title) = (plain(&heading.node.text()), plain(title));
    let Some((before, behind)) = whole.split_once(&title).filter(|_| !title.is_empty()) else {
        return false;
    };
    let is_part = |text: &str| {
        let parts = heading.node.descendants_it().filter(NodeRef::is_element);
        text.is_empty() || parts.take(PARTS).any(|part| plain(&part.text()) == text)
    };
    (!before.is_empty() || !behind.is_empty()) && is_part(before) && is_part(behind)
}

/// A heading in capitals as the page's title spells it.
fn spelled(heading: String, known: &[String]) -> String {
    if heading.contains(char::is_lowercase) || !heading.contains(char::is_uppercase) {
        return heading;
    }
    let small = heading.to_lowercase();
    let found = known.iter().find_map(|title| {
        let mut starts = title.char_indices();
        starts.find_map(|(at, _)| {
            let part = title[at..].get(..heading.len())?;
            (part.to_lowercase() == small && part != heading).then(|| part.to_owned())
        })
    });
    found.unwrap_or(heading)
}

/// A heading without the mark of the link to itself at its end (`Low water¶`).
fn without_mark<'t>(text: &'t str, heading: &NodeRef) -> &'t str {
    const PARTS: usize = 40;
    let is_mark = |text: &str| {
        !text.is_empty() && text.chars().count() <= 2 && !text.contains(char::is_alphanumeric)
    };
    let mut links = heading
        .descendants_it()
        .take(PARTS)
        .filter(|node| node.has_name("a"));
    let mark = links.find_map(|link| {
        let text = safe_text::line(&link.text());
        let here = link.attr("href").is_some_and(|href| href.contains('#'));
        (here && is_mark(&text)).then_some(text)
    });
    let rest = mark.and_then(|mark| text.strip_suffix(mark.as_str()));
    rest.map_or(text, str::trim_end)
}

/// The lines of a headline in one: characters of China and Japan stand side by side.
fn joined(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines {
        let wide = |c: char| {
            is_ideograph(c)
                || matches!(
                    c,
                    '“' | '”' | '：' | '，' | '、' | '？' | '！' | '》' | '《'
                )
        };
        let close = out.ends_with(wide) && line.starts_with(wide);
        if !out.is_empty() && !close {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// Names of `<meta>` for the title; the last is that of the pages of China's offices.
const TITLES: &[&str] = &["og:title", "twitter:title", "articletitle"];

/// Whether a title begins with a heading and a separator before what the site adds.
fn is_set_first(heading: &str, title: &str) -> bool {
    let rest = title.strip_prefix(heading).unwrap_or_default();
    SEPARATORS.iter().any(|part| rest.starts_with(*part))
}

/// Whether a title begins with a heading of some length, whole words of it, and goes on.
fn has_more(title: &str, heading: &str) -> bool {
    const LEAST: usize = 16;
    let weights = heading.chars().map(|c| if is_ideograph(c) { 4 } else { 1 });
    let rest = title.strip_prefix(heading);
    weights.sum::<usize>() >= LEAST && rest.is_some_and(|rest| rest.starts_with(' '))
}

/// Whether a title is a heading and what the site adds to it: its section behind a sign, or a house in brackets.
fn has_addition(title: &str, heading: &str) -> bool {
    const LEAST: usize = 16;
    const MOST: usize = 24;
    let Some(rest) = title.strip_prefix(heading) else {
        return false;
    };
    let weight = |text: &str| -> usize {
        text.chars()
            .map(|c| if is_ideograph(c) { 4 } else { 1 })
            .sum()
    };
    let bracketed = rest.trim_start().starts_with('（') && rest.ends_with('）');
    let parted = ["|", "｜"]
        .iter()
        .any(|sign| rest.trim_start().starts_with(sign));
    (bracketed || parted) && weight(heading) >= LEAST && rest.chars().count() <= MOST
}

/// Whether a title is a heading and who wrote it (`Low water by Nino Example`).
fn is_credited(heading: &str, title: &str, authors: &[String]) -> bool {
    const BY: &[&str] = &["by", "von", "par", "por", "di", "de", "door", "av"];
    let rest = title.strip_prefix(heading).unwrap_or_default();
    let Some((by, name)) = rest.trim_start().split_once(' ') else {
        return false;
    };
    let name = Site::letters(name);
    BY.contains(&fold(by).as_str()) && authors.iter().any(|author| Site::letters(author) == name)
}

/// Whether a heading is what a title ends with behind a separator, or in brackets: the site's own name.
fn is_masthead(heading: &str, title: &str) -> bool {
    let title = title.trim_end();
    let bracketed = title
        .strip_suffix(')')
        .and_then(|rest| rest.strip_suffix(heading.trim())?.strip_suffix('('));
    if bracketed.is_some_and(|rest| rest.chars().count() > heading.chars().count() / 2) {
        return true;
    }
    let rest = title.strip_suffix(heading.trim());
    rest.is_some_and(|rest| {
        let rest = rest.trim_end();
        rest.ends_with(['|', '-', '–', '—', '·', '•', '»', '｜', ':'])
            && rest.chars().count() > heading.chars().count() / 2
    })
}

/// Whether two titles are about the same: half of the words of the shorter one are in the other.
fn speaks_of(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let folded = fold(text);
        let parts = folded.split(|c: char| !c.is_alphanumeric());
        parts
            .filter(|word| word.chars().count() >= 3 || !word.is_ascii())
            .map(str::to_owned)
            .collect()
    };
    if alike(one, other) {
        return true;
    }
    let (one, other) = (words(one), words(other));
    let common = one.iter().filter(|word| other.contains(word)).count();
    common >= 2 && common * 2 >= one.len().min(other.len())
}

/// How many words of a title stand in the address, with umlauts in either spelling.
fn words_in(title: &str, url: &Url) -> usize {
    let path = url.path().to_lowercase();
    let slug: Vec<&str> = path
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() >= 3)
        .collect();
    let spelled: String = title
        .to_lowercase()
        .chars()
        .flat_map(|c| match c {
            'ä' | 'æ' => vec!['a', 'e'],
            'ö' | 'ø' => vec!['o', 'e'],
            'ü' => vec!['u', 'e'],
            'ß' => vec!['s', 's'],
            'å' => vec!['a', 'a'],
            c => vec![c],
        })
        .collect();
    let folded = fold(title);
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .map(str::to_owned)
            .collect()
    };
    let (spelled, folded) = (words(&spelled), words(&folded));
    slug.iter()
        .take(60)
        .filter(|word| spelled.iter().chain(&folded).any(|known| known == *word))
        .count()
}

/// Text without the character references of values that were escaped twice, or three times.
fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..3 {
        if !text.contains('&') {
            break;
        }
        for (reference, sign) in [
            ("&amp;", "&"),
            ("&quot;", "\""),
            ("&#34;", "\""),
            ("&#39;", "'"),
            ("&#039;", "'"),
            ("&apos;", "'"),
            ("&#8217;", "’"),
            ("&#8216;", "‘"),
            ("&#8220;", "“"),
            ("&#8221;", "”"),
            ("&#8211;", "–"),
            ("&nbsp;", " "),
            ("&shy;", ""),
        ] {
            if text.contains(reference) {
                text = text.replace(reference, sign);
            }
        }
    }
    text
}

/// Whether two titles are one: the same letters, or one with something before or after it.
fn alike(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        fold(text)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let (a, b) = (letters(a), letters(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    // A character of China says as much as several letters.
    let weight = short
        .chars()
        .map(|c| if is_ideograph(c) { 4 } else { 1 })
        .sum::<usize>();
    a == b || (weight >= 16 && long.contains(short.as_str()))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// How much a short text says: a character of China and Japan as much as two letters.
fn weight(text: &str) -> usize {
    let weights = text.chars().map(|c| 1 + usize::from(is_ideograph(c)));
    weights.sum()
}

/// What parts a site's name from a title.
const SEPARATORS: [&str; 16] = [
    " | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " // ", "｜", "--", " / ", " « ",
    " › ", "|", "_",
];

/// A name without the article before it: `The Valley Post` and `Valley Post` are one.
fn without_the(name: &str) -> &str {
    let name = name.trim();
    let first = name
        .get(..4)
        .filter(|first| first.eq_ignore_ascii_case("the "));
    first.map_or(name, |_| name[4..].trim_start())
}

/// The first letters of a name's words, two at least, with its articles and without them.
fn initials(name: &str) -> [String; 2] {
    const ARTICLES: [&str; 12] = [
        "the", "le", "la", "les", "der", "die", "das", "el", "il", "de", "of", "and",
    ];
    let words = name.split(|c: char| !c.is_alphanumeric());
    // One letter is an article that a sign joins to its word (`L'Orient`).
    let words: Vec<&str> = words.filter(|word| word.chars().count() >= 2).collect();
    let short = |bare: bool| -> String {
        let own = words
            .iter()
            .filter(|word| !bare || !ARTICLES.contains(&fold(word).as_str()));
        let first = own.filter_map(|word| word.chars().next());
        first.flat_map(char::to_uppercase).collect()
    };
    [short(false), short(true)].map(|short| match short.chars().count() {
        2..=6 => short,
        _ => String::new(),
    })
}

/// The names under which a site adds itself to its titles.
struct Site {
    names: Vec<String>,
    /// What links to the home page say.
    links: Vec<String>,
    /// What the window's title adds to the one for sharing.
    added: Option<String>,
    /// What the window's title ends with behind a sign, folded.
    end: String,
    /// First letters of its names' words (`VP`).
    initials: Vec<String>,
    home: bool,
}

impl Site {
    fn new(scan: &Scan, story: &Story, url: &Url) -> Site {
        let declared = [
            scan.meta(&["publisher"])
                .and_then(|name| name.split('(').next()),
            scan.meta(&["og:site_name"]),
            scan.meta(&["sitename"]),
            scan.meta(&["application-name"]),
            story.publisher.as_deref(),
        ];
        let declared: Vec<&str> = declared.into_iter().flatten().collect();
        let mut names: Vec<String> = declared
            .iter()
            .flat_map(|name| [name, without_the(name)])
            .map(Site::letters)
            .collect();
        let host = url.host_str().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host);
        // `valleypost` of `www.valleypost.example`, and the whole.
        names.extend(host.rsplit('.').skip(1).map(Site::letters));
        names.push(Site::letters(host));
        names.retain(|name| name.chars().count() >= 2);
        let root = |href: &str| {
            href == "/"
                || url.join(href).is_ok_and(|link| {
                    link.path() == "/" && link.query().is_none() && link.host() == url.host()
                })
        };
        let links = scan.home.iter().filter(|(href, _)| root(href));
        let links = links.map(|(_, text)| Site::letters(text));
        let shared = scan.meta(TITLES).map(safe_text::line);
        let window = scan.title.as_deref().map(safe_text::line);
        let added = shared.zip(window).and_then(|(shared, window)| {
            let rest = window.strip_prefix(&shared)?;
            let name = SEPARATORS.iter().find_map(|sign| rest.strip_prefix(sign))?;
            (!Site::letters(name).is_empty()).then(|| name.to_owned())
        });
        let named = declared.iter().copied().chain(added.as_deref());
        let ends = scan.title.as_deref().and_then(|title| {
            let (_, end) = title
                .rsplit_once(['|', '_', '｜'])
                .or_else(|| title.rsplit_once(" - "))?;
            Some(fold(&safe_text::line(end)))
        });
        Site {
            end: ends.unwrap_or_default(),
            initials: named.flat_map(initials).collect(),
            added: added.as_deref().map(Site::letters),
            names,
            links: links.filter(|name| name.chars().count() >= 4).collect(),
            home: url.path() == "/",
        }
    }

    fn letters(text: &str) -> String {
        fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
    }

    fn is_name(&self, part: &str) -> bool {
        let part = Site::letters(without_the(part));
        if self.links.contains(&part) {
            return true;
        }
        let part = part.strip_prefix("www").unwrap_or(&part);
        !part.is_empty()
            && self.names.iter().any(|name| {
                *name == part
                    || (name.len() >= 5
                        && part.len() >= 4
                        && (part.starts_with(name.as_str()) || name.starts_with(part)))
            })
    }

    /// Whether a name is what the site adds to the titles of its windows.
    fn is_added(&self, name: &str) -> bool {
        self.added.as_ref() == Some(&Site::letters(name))
    }

    /// Whether a word is what the window's title says of the site before what part of it this is (`VP Business`).
    fn begins_end(&self, name: &str) -> bool {
        const PARTS: [&str; 6] = ["订阅", "首页", "新闻", "新闻网", "网", "客户端"];
        let rest = self.end.strip_prefix(fold(name).as_str());
        let wide = name.chars().all(is_ideograph);
        rest.is_some_and(|rest| match wide {
            true => PARTS.contains(&rest),
            false => rest.starts_with(' ') && !name.contains(' '),
        })
    }

    /// Whether a word in capitals is what the site is called for short.
    fn is_short(&self, name: &str) -> bool {
        // What agencies are called, whatever the site's letters are.
        const AGENCIES: [&str; 12] = [
            "AP", "PA", "TT", "TP", "AFP", "DPA", "APA", "EFE", "UPI", "PTI", "ANI", "ANSA",
        ];
        let word = name.trim();
        if AGENCIES.contains(&word) {
            return false;
        }
        let capitals = word.chars().all(char::is_uppercase);
        capitals && self.initials.iter().any(|short| short == word)
    }

    /// Whether a name is that of the site's staff.
    fn is_staff(&self, name: &str) -> bool {
        let house = name
            .rsplit_once(' ')
            .filter(|(_, staff)| fold(staff) == "staff");
        house.is_some_and(|(house, _)| self.is(house))
    }

    /// Whether a name is the site's own, whole.
    fn is(&self, name: &str) -> bool {
        self.names.contains(&Site::letters(name))
    }

    /// A title without the site's name at its end (`Bridge opens | Rivers | Valley Post`) or beginning.
    fn without(&self, title: &str) -> String {
        let mut title = title.to_owned();
        for _ in 0..3 {
            let cut = SEPARATORS.iter().filter_map(|part| {
                let at = title.rfind(part)?;
                let (rest, name) = (title[..at].trim(), &title[at + part.len()..]);
                // Some add the date too (`… | Valley Post | 12.06.2024`).
                let dated = name.trim().len() <= 12 && dates::parse(name, None).is_some();
                ((self.is_name(name) || dated) && weight(rest) >= 4).then(|| rest.to_owned())
            });
            let bracketed = title.trim_end().strip_suffix(')').and_then(|text| {
                let (rest, name) = text.rsplit_once('(')?;
                let own = self.is(without_the(name)) && rest.trim().chars().count() >= 4;
                own.then(|| rest.trim().to_owned())
            });
            match cut.chain(bracketed).min_by_key(String::len) {
                Some(rest) => title = rest,
                None => break,
            }
        }
        // What a home page is called is the site's name.
        let separators = SEPARATORS.iter().chain(&[": "]).filter(|_| !self.home);
        for separator in separators {
            if let Some((name, rest)) = title.split_once(separator)
                && (self.is(name)
                    || *separator != ": " && self.links.contains(&Site::letters(name)))
                && rest.trim().chars().count() >= 4
            {
                return rest.trim().to_owned();
            }
        }
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_with(html: &str, select: &Select) -> Meta {
        let url = Url::parse("https://www.valleypost.example/en/news/bridge").unwrap();
        read(&Document::from(html), &url, select, None)
    }

    fn meta(html: &str) -> Meta {
        read_with(html, &Select::default())
    }

    /// A page as Contao-like systems print it: nothing in the head but a title.
    const CONTAO: &str = r#"<html lang="en"><head><title>The bridge opens - Valley Post</title><base href="https://www.valleypost.example/"></head><body>
        <header><nav><a href="/en/tag/menu">Menu</a></nav></header><div class="mod_newsreader"><h1>The bridge opens</h1>
        <p class="info"><time datetime="2024-06-12T14:02:00+04:00">12 Jun 2024</time> | News, Politics, Azerbaijan</p>
        <div class="ce_text"><figure><img src="files/bridge.jpg" width="800"></figure><p>On 3 May 2020 it was closed.</p></div></div>
        <aside><h2>See Also</h2><time datetime="2019-01-01">1 Jan 2019</time></aside></body></html>"#;

    #[test]
    fn a_page_without_metadata_is_read_by_its_lines() {
        let meta = meta(CONTAO);
        assert_eq!(meta.title.as_deref(), Some("The bridge opens"));
        assert_eq!(meta.tags, ["News", "Politics", "Azerbaijan"]);
        assert_eq!(meta.published_local.as_deref(), Some("2024-06-12"));
        assert_eq!(
            meta.image.as_deref(),
            Some("https://www.valleypost.example/files/bridge.jpg")
        );
        assert_eq!(meta.lang.as_deref(), Some("en"));
        assert_eq!(meta.updated, None);
    }

    #[test]
    fn a_declared_date_stands_beside_a_shown_day_without_a_year() {
        let html = "<h1>The bridge opens</h1><time datetime='2023-01-12T06:15:00+02:00'>12.1. 06:15</time><p>Stand: 12.01. 06:15 Uhr</p>";
        assert_eq!(
            meta(html).published_local.as_deref(),
            Some("2023-01-12T06:15:00+02:00")
        );
    }

    #[test]
    fn another_date_of_the_page_knows_the_order_of_day_and_month() {
        let at = |address: &str, html: &str| {
            let url = Url::parse(&format!("https://valley.example{address}")).unwrap();
            let read = read(&Document::from(html), &url, &Select::default(), None);
            read.published_local.unwrap_or_default()
        };
        let shown = "<h1>The bridge opens</h1><p class=date>10/11/2013</p>";
        assert_eq!(at("/news/bridge", shown), "2013-11-10");
        assert_eq!(at("/news/2013/10/11/bridge", shown), "2013-10-11");
        assert_eq!(at("/news/20131011/bridge", shown), "2013-10-11");
        assert_eq!(at("/news/2013-10/11/bridge", shown), "2013-10-11");
        let marked = "<h1>The bridge opens</h1><span property='dc:date dc:created' content='2013-10-11T08:30:00+01:00'>10/11/2013 - 08:30</span>";
        assert_eq!(&at("/news/bridge", marked)[..10], "2013-10-11");
        // One of another day knows nothing.
        assert_eq!(at("/news/2013/12/11/bridge", shown), "2013-11-10");
    }

    #[test]
    fn a_moment_late_in_utc_is_of_the_next_day_in_east_asia() {
        let day = |lang: &str, shown: &str, declared: &str| {
            let html = format!(
                "<html lang={lang}><meta property='article:published_time' content='{declared}'><h1>The bridge opens</h1><time datetime='{shown}'>{shown}</time>"
            );
            let read = meta(&html);
            assert_eq!(read.published.unwrap().to_string(), declared);
            read.published_local.unwrap()[..10].to_owned()
        };
        let late = "2024-09-11T22:00:00Z";
        assert_eq!(day("zh-Hant", "2024-09-12", late), "2024-09-12");
        assert_eq!(day("ja", "2024-09-12", late), "2024-09-12");
        // Elsewhere or earlier in the day the day shown may be another one.
        assert_eq!(day("en", "2024-09-12", late), "2024-09-11");
        assert_eq!(
            day("zh", "2024-09-12", "2024-09-11T09:00:00Z"),
            "2024-09-11"
        );
    }

    /// What the reader sees above the text is its date, where a machine's date is an older one: the text was written anew.
    #[test]
    fn a_later_day_that_stands_alone_behind_the_headline_is_the_articles() {
        let read = |head: &str, shown: &str| {
            let declared =
                "<meta property='article:published_time' content='2021-03-01T10:00:00Z'>";
            let html =
                format!("{head}{declared}<body>{shown}<p>The bridge was opened to walkers.</p>");
            meta(&html).published_local.unwrap()[..10].to_owned()
        };
        let headline = "<h1>The bridge opens</h1>";
        let behind = |shown: &str| read("", &format!("{headline}{shown}"));
        for shown in [
            "<div class=dot><span class=day>June 12, 2024</span></div>",
            "<div class=meta-date><div class=post-date>12 June 2024</div><button>Listen</button></div>",
            "<p><a href='/by/nino'>Nino Example</a> • June 12th, 2024</p>",
            "<span class=posted-on>Jun 12, 2024 5:00 am PST</span>",
        ] {
            assert_eq!(behind(shown), "2024-06-12", "{shown}");
        }
        let long = "The council has said again and again that the bridge of the upper valley will close on";
        for shown in [
            "<div><span class=label>Last Updated:</span>\n <span class=date>June 12, 2024</span></div>",
            "<span class='meta-item meta-date'><span class=updated>2024-06-12</span></span>",
            "<p class=expiry><span>Available until 12 June 2024</span></p>",
            "<span class=day>3 March 2021</span><div><span class=day>12 June 2024</span></div>",
            &format!("<p>{long} <strong>June 12, 2024</strong> for good.</p>"),
        ] {
            assert_eq!(behind(shown)[..7], *"2021-03", "{shown}");
        }
        // Above the headline there may be today's date, unless the page changed on that day.
        let above = format!("<div class=top><span class=day>12 June 2024</span></div>{headline}");
        assert_eq!(read("", &above), "2021-03-01");
        let changed = "<meta property='article:modified_time' content='2024-06-12T08:00:00Z'>";
        assert_eq!(read(changed, &above), "2024-06-12");
    }

    /// One moment for both dates is that of a program; what the page shows of its last change cannot be before it was published.
    #[test]
    fn an_earlier_change_is_believed_where_a_program_wrote_one_moment_for_both() {
        let read = |modified: &str| {
            let html = format!(
                "<meta property='article:published_time' content='2025-11-13T09:21:40Z'><meta property='article:modified_time' content='{modified}'>
                <h1>The bridge opens</h1><time><div>Page updated:</div> <div>12 November 2025</div></time><p>It is open.</p>"
            );
            meta(&html).published_local.unwrap()[..10].to_owned()
        };
        assert_eq!(read("2025-11-13T09:21:40Z"), "2025-11-12");
        assert_eq!(read("2025-11-14T10:00:00Z"), "2025-11-13");
    }

    #[test]
    fn a_sentence_that_says_when_a_text_was_first_published_does() {
        let html = "<h1>The bridge opens</h1><span class=day>30 Sep 2022, 11:07am</span><p>Walkers crossed the new bridge on the first day.</p>\
            <p>This article was originally published on 26 Sep 2019 at 4:12pm but has been updated since.</p>";
        assert_eq!(&meta(html).published_local.unwrap()[..10], "2019-09-26");
    }

    #[test]
    fn a_labelled_date_in_the_frame_is_told_from_those_of_teasers() {
        let card = |title: &str, date: &str| {
            format!(
                "<div class=card><span><h3 class=sr-only>Publish date</h3> <time datetime={date}>{date}</time></span>\
                 <h3><a href='/guides/{title}'>A guide to {title} for all of us</a></h3></div>"
            )
        };
        let html = format!(
            "<title>Small boats | Valley Post</title><main><h1>Small boats</h1><p>How to keep a small boat dry.</p></main>\
             <div class=sidebar><h4>Published</h4><h3 class=sr-only>Publish date</h3> <time datetime=2018-11-15>15 November 2018</time></div>\
             <div class=sidebar><h4>Reviewed</h4> <time datetime=2020-10-08>8 October 2020</time></div><div class=others>{}{}</div>",
            card("ropes", "2019-01-17"),
            card("nets", "2025-06-24"),
        );
        assert_eq!(&meta(&html).published_local.unwrap()[..10], "2018-11-15");
    }

    #[test]
    fn the_parts_of_a_date_are_read_apart() {
        let html = "<div class=date><div>Lundi</div> 18 octobre 2010<div>1</div><div>18 /10 /Oct /2010 09:15</div></div><h2>Le pain du lundi</h2>";
        assert_eq!(&meta(html).published_local.unwrap()[..10], "2010-10-18");
    }

    #[test]
    fn an_address_may_have_its_day_in_one_directory() {
        let day = |address: &str| {
            let url = Url::parse(&format!("https://valley.example{address}")).unwrap();
            date_in_address(&url).map(|date| date.local)
        };
        for address in [
            "/omn/20230911/1.html",
            "/html/2023-09/11/content_21.htm",
            "/2023/9/11/bridge",
        ] {
            assert_eq!(day(address).as_deref(), Some("2023-09-11"), "{address}");
        }
        for address in [
            "/a/20110533/1.html",
            "/story/20230911",
            "/cup-2024-3-1-final/",
            "/a/19230911/1.html",
        ] {
            assert_eq!(day(address), None, "{address}");
        }
    }

    #[test]
    fn a_page_that_stands_in_a_form_is_read_as_any_other() {
        let story = "<header><h2 class=article_name>The bridge opens to walkers</h2></header><p class=byline>By Nino Example</p>
            <time datetime='2024-06-12'>12 June 2024</time><p>Walkers from both banks crossed the new bridge on the first day.</p>
            <ul class=tags><li><a href='/tag/rivers'>Rivers</a></li><li><a href='/tag/bridges'>Bridges</a></li></ul>";
        let page = |inner: &str| {
            meta(&format!(
                "<title>V - The bridge opens to walkers</title><body>{inner}<footer>Valley Post</footer>"
            ))
        };
        let read = page(&format!("<form id=aspnetForm>{story}</form>"));
        assert_eq!(read.title.as_deref(), Some("The bridge opens to walkers"));
        assert_eq!(read.authors, ["Nino Example"]);
        assert_eq!(read.published_local.as_deref(), Some("2024-06-12"));
        assert_eq!(read.tags, ["Rivers", "Bridges"]);
        // A form beside the article tells nothing of it.
        let asked = "<form><label>By Levan Sample</label><time datetime='2020-01-01'>1 January 2020</time></form>";
        let read = page(&format!("{asked}<div>{story}</div>"));
        assert_eq!(read.authors, ["Nino Example"]);
        assert_eq!(read.published_local.as_deref(), Some("2024-06-12"));
    }

    #[test]
    fn the_headline_under_the_banner_of_a_journal_is_the_title() {
        for (title, banner, heading, expected) in [
            (
                "Reeds & Ropes: The Long Quay",
                "<h1 id=banner-header><a href='https://www.valleypost.example/my_notes/'>Reeds &amp; Ropes</a></h1>",
                "h3",
                "The Long Quay",
            ),
            (
                "河边的旧船_样例小筑_山谷博客",
                "<h1 id=blogname><a href='/c/1.html'>样例小筑</a></h1>",
                "h2",
                "河边的旧船",
            ),
        ] {
            let html = format!(
                "<title>{title}</title>{banner}<div><{heading}>{expected}</{heading}><p>The quay is long.</p></div>"
            );
            assert_eq!(meta(&html).title.as_deref(), Some(expected), "{title}");
        }
        let html = "<title>Flussnotizen &raquo; Blog Archiv &raquo; Der Steg</title><h1><a href='https://www.valleypost.example/'>Flussnotizen</a></h1><h2><a href='/en/news/bridge'>Der Steg</a></h2><p>Er ist alt.</p>";
        assert_eq!(meta(html).title.as_deref(), Some("Der Steg"));
        let html = "<title>山谷日报多媒体数字报-河边旧船去哪里了</title><table><tr><td><strong>河边旧船去哪里了</strong></td></tr></table>";
        assert_eq!(meta(html).title.as_deref(), Some("河边旧船去哪里了"));
    }

    #[test]
    fn a_whole_heading_is_the_title_without_what_is_added_for_sharing() {
        for added in [" | Rivers", "（山谷日報）"] {
            let title = format!("The bridge opens to walkers again{added}");
            let html = format!(
                "<meta property=og:title content='{title}'><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"{title}\"}}</script><h1>The bridge opens to walkers again</h1>"
            );
            assert_eq!(
                meta(&html).title.as_deref(),
                Some("The bridge opens to walkers again")
            );
        }
        let html = "<title>山谷市关于修桥的通知</title><h1>山谷市人民政府<br>关于修桥的通知</h1>";
        assert_eq!(
            meta(html).title.as_deref(),
            Some("山谷市人民政府关于修桥的通知")
        );
    }

    #[test]
    fn accounts_are_authors_where_the_page_has_no_other() {
        for byline in [
            "<h3 class=byline><a rel=author href='/users/nino_example'>nino_example</a></h3>",
            "<div class=poster><span class=ljuser lj:user=nino_example><a href='https://nino.valley.example'>nino_example</a></span></div>",
            "<dl class=entry-author><dt><span class=ljuser lj:user=nino_example><a href='/profile'>nino_example</a></span></dt></dl>",
            "<span class=by-author> <span> by </span> <span class=author><a href='/author/nino_example'>nino_example</a></span></span>",
        ] {
            let html =
                format!("<title>Slow water</title>{byline}<h1>Slow water</h1><p>It is slow.</p>");
            assert_eq!(meta(&html).authors, ["nino_example"], "{byline}");
            let html = format!(
                "<title>Slow water</title><h1>Slow water</h1>{byline}<p>By Levan Sample</p>"
            );
            assert_eq!(meta(&html).authors, ["Levan Sample"], "{byline}");
        }
        let html = "<title>Slow water</title><h1>Slow water</h1><div>Submitted by <span class=username typeof=sioc:UserAccount property=foaf:name>Levan Sample</span></div><div>Author: Nino Example</div>";
        assert_eq!(meta(html).authors, ["Levan Sample"]);
        let html = "<title>Note, 2 November</title><header class='p-author h-card'><a href='/'><span class=p-name>Nino Example</span></a><nav><a href='/notes'>Notes</a></nav></header><article><p>It is slow.</p></article>";
        assert_eq!(meta(html).authors, ["Nino Example"]);
        let html = "<title>ON SLOW WATER</title><pre>\n   ON SLOW WATER\n\n   by Nino Example\n\n\n   It is slow.</pre>";
        assert_eq!(meta(html).authors, ["Nino Example"]);
        // Nor is who is named in the text, or a list of ways into an archive.
        let text = "The minister has been eager to reopen the bridge over the river for a long time, and has said so on every day of this week. ".repeat(2);
        for none in [
            format!("<p>{text}<a href='/people/nino-example'>Nino Example</a> has not.</p>"),
            "<p>[ By Author | By Category | By Newsgroup ]</p>".to_owned(),
            "<header><a rel=author href='/'>slowwater</a></header>".to_owned(),
        ] {
            let html =
                format!("<title>Slow water</title><article><h1>Slow water</h1></article>{none}");
            assert_eq!(meta(&html).authors, [""; 0], "{none}");
        }
        // A whole entry may have its author among its classes.
        let text = "Slow water runs deep. ".repeat(200);
        let html = format!(
            "<title>Slow Water</title><div class='entry entry-author-nino_example'><h3>Slow Water</h3><p>{text}</p><p>Posted by Nino Example on April 22, 2008</p></div>"
        );
        assert_eq!(meta(&html).authors, ["Nino Example"]);
    }

    #[test]
    fn the_date_of_an_old_journal_is_read_over_its_links() {
        let html = "<title>nino: Slow water</title><h3>Slow water</h3><small>@ <a href=/2010/>2010</a>-<a href=/2010/09/>09</a>-<a href=/2010/09/26/>26</a> 21:14:00</small>";
        assert_eq!(
            meta(html).published_local.as_deref(),
            Some("2010-09-26T21:14:00")
        );
    }

    #[test]
    fn the_outlets_selectors_come_first_and_bad_ones_do_no_harm() {
        let select = Select {
            title: Some("h2".into()),
            date: Some("aside time".into()),
            tags: Some("nav a".into()),
            author: Some("p[".into()),
            ..Select::default()
        };
        let meta = read_with(CONTAO, &select);
        assert_eq!(meta.title.as_deref(), Some("See Also"));
        assert_eq!(meta.published_local.as_deref(), Some("2019-01-01"));
        assert_eq!(meta.tags, ["Menu"]);
        assert_eq!(meta.authors, [""; 0]);
        let broken = Select {
            title: Some("::::".into()),
            date: Some("[[".into()),
            tags: Some("".into()),
            ..Select::default()
        };
        assert_eq!(
            read_with(CONTAO, &broken).title.as_deref(),
            Some("The bridge opens")
        );
    }

    #[test]
    fn the_sites_name_is_no_part_of_a_title() {
        // A site that says nowhere else how it is called.
        for shared in [
            "",
            "<meta property=og:title content='The bridge opens to the first cars'>",
        ] {
            let html = format!(
                "<title>The bridge opens to the first cars - Colchis Daily</title>{shared}<article><h1>The bridge opens to the first cars</h1>
                <p>It is open.</p></article>"
            );
            assert_eq!(
                meta(&html).title.as_deref(),
                Some("The bridge opens to the first cars")
            );
        }
        for title in [
            "The bridge opens | Valley Post",
            "The bridge opens - Rivers - ValleyPost.example",
            "The bridge opens – www.valleypost.example",
        ] {
            let html =
                format!("<title>{title}</title><meta property=og:site_name content='Valley Post'>");
            let title = meta(&html).title.unwrap();
            assert!(
                title == "The bridge opens" || title == "The bridge opens - Rivers",
                "{title}"
            );
        }
        assert_eq!(
            meta("<title>Post - war order</title>").title.as_deref(),
            Some("Post - war order")
        );
    }

    #[test]
    fn dates_of_publication_and_of_change() {
        let html = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","datePublished":"2024-06-12T14:02:00+04:00","dateModified":"2024-06-13T00:00:00Z"}</script>"#;
        let read = meta(html);
        assert_eq!(read.published.unwrap().to_string(), "2024-06-12T10:02:00Z");
        assert_eq!(
            read.published_local.as_deref(),
            Some("2024-06-12T14:02:00+04:00")
        );
        assert_eq!(read.updated.unwrap().to_string(), "2024-06-13T00:00:00Z");
        let same = meta(
            "<meta property='article:published_time' content='2024-06-12'><meta property='article:modified_time' content='2024-06-12'>",
        );
        assert_eq!(same.updated, None);
        assert_eq!(
            meta("<h1>T</h1><p>Von Nino Example, 12. Juni 2024</p>")
                .published_local
                .as_deref(),
            Some("2024-06-12")
        );
    }

    #[test]
    fn authors_are_persons_before_houses() {
        let html = r#"<meta property="og:site_name" content="Valley Post"><script type="application/ld+json">{"@type":"NewsArticle","headline":"x",
            "author":[{"@type":"Organization","name":"Valley Post"},{"@type":"Person","name":"By Nino Example"}]}</script>"#;
        assert_eq!(meta(html).authors, ["Nino Example"]);
        assert_eq!(meta("<meta name=author content='https://x.example/nino'><h1>T</h1><p>Von <a href=/a>Nino Example</a> und Levan Sample</p>").authors, ["Nino Example", "Levan Sample"]);
    }

    #[test]
    fn a_byline_is_read_however_its_parts_are_set() {
        for byline in [
            "<div><div>By</div><div>Nino Example</div><div>-</div><div>Rivers</div></div>",
            "<div><p>Last updated</p><time>Aug 04, 2025</time></div><div><p>Written by</p><p>Nino Example</p></div>",
            "<div class=node><time>03/01/2017</time> by Nino Example, Chair of the Committee of Bridges</div>",
            "<p class=meta><span>By <a href=/people/nino>Nino Example</a></span> <span>December 2, 2025</span></p>",
            "<p class=author>Nino Example<br>4 August 2010</p>",
            "<div class=author-info><img><div><span>Nino Example</span><span>July 3, 2025</span></div></div>",
            "<p>Posted in Rivers</p><p>The bridge is open.</p><h4>Author</h4><p>Nino Example</p>",
            "<p>by: Nino Example, Dec 17, 2025</p>",
            "<p>Von Nino Example Stand: 17.12.2025, 14:05 Uhr</p>",
            "<p>17.12.2025, 14:05 Uhr Von Nino Example</p>",
            "<p>Mercredi 17 décembre 2025 à 14h05 Par Nino Example</p>",
            "<p>Oleh: Nino Example Rabu, 17 Desember 2025</p>",
            "<h2>Work begins before the snow</h2><p>By Nino Example</p>",
            "<div><span>17.12.2025</span><span>Autor: Nino Example</span></div>",
            "<div><span>Text: Nino Example</span> <span>Foto: Levan Sample</span></div>",
            "<p>Interview: Nino Example</p>",
            "<p>Nino Example</p><p>Staff Writer</p><p>Dec 17, 2025</p>",
            "<div><span>Nino Example</span> <span>17 December 2025</span></div>",
            "<p>Nino Example, redaktorka</p><p>The bridge.</p>",
            "<p>Words by <a href=/author/nino>Nino Example</a></p><p>Translated by <a href=/author/levan>Levan Sample</a></p>",
            "<div class=firma>Por <b>Nino Example</b> <em>Corresponsal en Villa Alta</em></div>",
            "<article><footer>Soumis par <span>Nino Example</span> le mer 17/12/2025</footer></article>",
            "<p>Von Nino Example (Text) und Levan Sample (Fotos)</p>",
            "<p>Story by Nino Example; photographs by Levan Sample</p>",
        ] {
            let html = format!("<title>The bridge opens</title><h1>The bridge opens</h1>{byline}");
            assert_eq!(meta(&html).authors, ["Nino Example"], "{byline}");
        }
        for none in [
            "<p>By the river</p>",
            "<p>Written by</p>",
            "<p class=author>Posts</p>",
            "<p>For Immediate Release</p><p>09/07/2023</p>",
            "<p>Foto: Nino Example</p><p>Source: Valley Agency</p>",
        ] {
            assert_eq!(
                meta(&format!("<h1>The bridge opens</h1>{none}")).authors,
                [""; 0],
                "{none}"
            );
        }
    }

    #[test]
    fn bylines_are_read_in_the_scripts_and_words_of_many_languages() {
        for (byline, name) in [
            ("<p>ავტორი: ნინო ნიმუში</p>", "ნინო ნიმუში"),
            ("<div class=author>ნინო ნიმუში</div>", "ნინო ნიმუში"),
            ("<p>Հեղինակ՝ Անի Նմուշ</p>", "Անի Նմուշ"),
            ("<p>Müəllif: Aysel Nümunə</p>", "Aysel Nümunə"),
            (
                "<div><span>Giriş: 12.06.2024</span><span>Haber: Elif Örnek</span></div>",
                "Elif Örnek",
            ),
            ("<p>نویسنده: شیرین نمونه</p>", "شیرین نمونه"),
            ("<p>Авторка: Надія Зразок</p>", "Надія Зразок"),
            ("<p>Συντάκτης: Ελένη Δείγμα</p>", "Ελένη Δείγμα"),
            ("<p>Írta: Minta Éva</p>", "Minta Éva"),
            ("<p>oprac. Ewa Przykład</p>", "Ewa Przykład"),
            ("<p>Kirjoittaja: Tuula Malli</p>", "Tuula Malli"),
            (
                "<p>Door Lotte van den Berg en onze redactie</p>",
                "Lotte van den Berg",
            ),
            (
                "<div><span>来源：山谷日报</span> <span>作者：李样</span></div>",
                "李样",
            ),
            ("<p>来源：山谷日报 记者：李样</p>", "李样"),
            ("<p>記者陳怡樣／台北報導</p>", "陳怡樣"),
            ("<p>文 | 周明样</p>", "周明样"),
            ("<p>【記者：田中例】</p>", "田中例"),
            ("<p>【陳怡樣／台北報導】橋開通了。</p>", "陳怡樣"),
            (
                "<p>本文来自公众号：慢水社（ID：slow），作者：李样，题图来自：山谷</p>",
                "李样",
            ),
            (
                "<p>（記者王例子攝）</p><p>〔記者陳怡樣／台北報導〕橋開通了。</p>",
                "陳怡樣",
            ),
            (
                "<p class=byline><a href='/zh-hans/x'>阅读简体中文版</a></p><address>尼诺·样例</address><p>作者：尼诺·样例</p>",
                "尼诺·样例",
            ),
            ("<p>이수진 기자 soo@valley.example</p>", "이수진"),
            ("<p class=byline>박지훈 기자</p>", "박지훈"),
        ] {
            let html = format!("<title>The bridge opens</title><h1>The bridge opens</h1>{byline}");
            assert_eq!(meta(&html).authors, [name], "{byline}");
        }
        // A house beside a person, where words are not set apart.
        let html = "<meta name=author content='山谷网'><h1>T</h1><p>作者：李样</p>";
        assert_eq!(meta(html).authors, ["李样"]);
    }

    #[test]
    fn authors_are_read_from_what_is_declared_for_sharing_and_for_libraries() {
        let head = "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Nino Example, Levan Sample'>
            <meta name=twitter:label2 content='Reading time'><meta name=twitter:data2 content='Three Minutes'>";
        assert_eq!(
            meta(&format!("{head}<h1>The bridge opens</h1>")).authors,
            ["Nino Example", "Levan Sample"]
        );
        let head = "<meta name=citation_author content='Example, Nino'><meta name=citation_author content='Sample, Levan'>";
        assert_eq!(
            meta(&format!("{head}<h1>The bridge opens</h1>")).authors,
            ["Nino Example", "Levan Sample"]
        );
    }

    #[test]
    fn the_author_of_another_story_in_a_box_is_not_this_ones() {
        let page = |boxed: &str| {
            let html = format!(
                "<title>The bridge opens</title><main><h1>The bridge opens</h1><p>It is open.</p></main><section><div>{boxed}</div></section>"
            );
            meta(&html).authors
        };
        let name = "<span class=author>Nino Example</span>";
        assert_eq!(page(name), ["Nino Example"]);
        assert_eq!(
            page(&format!("<h3><a href=/b>The ferry rests</a></h3>{name}")),
            [""; 0]
        );
        let listed = "<ul><li><a href=/b>The ferry rests</a> <span class=author>Nino Example</span></li></ul>";
        assert_eq!(page(listed), [""; 0]);
        assert_eq!(
            page("<ul><li><span class=author>Nino Example</span> <a href=/r>Rivers</a></li></ul>"),
            ["Nino Example"]
        );
        // A box about the author may have the name as its heading.
        let own = "<a href=/team/nino><h3 class=author-name>Nino Example</h3></a>";
        assert_eq!(page(own), ["Nino Example"]);
    }

    #[test]
    fn the_date_of_another_story_in_a_list_is_not_this_ones() {
        let list = "<div><h4>Most read</h4><ul><li><a href=/b>The ferry rests again</a> <span class=date>Jan 9, 2020</span></li></ul></div>";
        for (head, shown) in [
            (
                "<meta name=date content='2024-06-12T08:00:00+02:00'>",
                "<p>By Nino Example</p>",
            ),
            ("", "<p>By Nino Example</p><p>12 June 2024</p>"),
            ("", "<div><b>Date:</b> 12 June 2024</div>"),
        ] {
            let html = format!(
                "{head}<title>The bridge opens</title><h1>The bridge opens</h1>{shown}<p>It is open.</p>{list}"
            );
            let local = meta(&html).published_local.unwrap();
            assert_eq!(&local[..10], "2024-06-12", "{html}");
        }
    }

    #[test]
    fn a_masthead_before_the_title_is_no_headline() {
        for title in [
            "The Ferry Blog: The bridge opens at last",
            "The Ferry Blog - The bridge opens at last - Index",
        ] {
            let html = format!(
                "<title>{title}</title><h1><a href=/>The Ferry Blog</a></h1><h3>The bridge opens at last</h3><p>By Nino Example</p><p>Text.</p>"
            );
            let meta = meta(&html);
            assert_eq!(
                meta.title.as_deref(),
                Some("The bridge opens at last"),
                "{title}"
            );
            assert_eq!(meta.authors, ["Nino Example"], "{title}");
        }
    }

    #[test]
    fn the_sites_name_before_a_title_is_no_part_of_it_but_of_a_home_page() {
        let html = "<title>Valley Post | The bridge opens</title><div>The bridge opens</div>";
        assert_eq!(meta(html).title.as_deref(), Some("The bridge opens"));
        let home = Url::parse("https://www.valleypost.example/").unwrap();
        let html = "<title>Valley Post | News of all rivers</title>";
        let home = read(&Document::from(html), &home, &Select::default(), None);
        assert_eq!(
            home.title.as_deref(),
            Some("Valley Post | News of all rivers")
        );
    }

    #[test]
    fn a_headline_is_told_from_what_stands_before_it_and_in_scripts_without_spaces() {
        let html = "<meta property=og:title content='The bridge opens'><h1><span>Traffic:</span> <span>The bridge opens</span></h1>";
        assert_eq!(meta(html).title.as_deref(), Some("The bridge opens"));
        let html = "<meta property=og:title content='橋を待つ町｜花子'><h1>橋を待つ町</h1>";
        assert_eq!(meta(html).title.as_deref(), Some("橋を待つ町"));
    }

    #[test]
    fn marks_in_the_heading_are_no_part_of_the_headline() {
        for heading in [
            "<span hidden>Skip</span>The ferry leaves at noon",
            "<span>Premium</span>The ferry leaves at noon",
            "The ferry leaves at noon<span>Subscribers only</span>",
            "The ferry leaves at noon<a class=anchor>#</a>",
            "<b>Premium</b> The ferry leaves at noon <span>12 comments</span>",
        ] {
            for known in [
                "<title>The ferry leaves at noon | Valley Post</title>",
                "<meta property=og:title content='The ferry leaves at noon'>",
            ] {
                let html = format!("{known}<h1>{heading}</h1><p>It is full.</p>");
                let title = meta(&html).title;
                assert_eq!(title.as_deref(), Some("The ferry leaves at noon"), "{html}");
            }
        }
        // A part that is not set apart is a part of it.
        let html = "<meta property=og:title content='The ferry leaves at noon'><h1>The ferry leaves at noon today</h1>";
        assert_eq!(
            meta(html).title.as_deref(),
            Some("The ferry leaves at noon today")
        );
    }

    #[test]
    fn the_name_of_the_site_is_no_headline_whatever_declares_it() {
        let head = "<meta property=og:site_name content='Valley Post'><meta property=og:title content='Valley Post'>";
        let window = "<title>The ferry leaves at noon | Valley Post</title>";
        for body in [
            "<p>It is full.</p>",
            "<h1>Valley Post</h1><h2>The ferry leaves at noon</h2><p>It is full.</p>",
            "<h1>Valley Post</h1><p>It is full.</p>",
        ] {
            let title = meta(&format!("{head}{window}{body}")).title;
            assert_eq!(title.as_deref(), Some("The ferry leaves at noon"), "{body}");
        }
        // Better than none.
        assert_eq!(meta(head).title.as_deref(), Some("Valley Post"));
    }

    #[test]
    fn a_title_ends_before_the_name_of_the_site_whatever_parts_them() {
        for end in [
            " « Valley Post",
            " – The Valley Post",
            "| Valley Post",
            "_Valley Post",
            " (Valley Post)",
            " › Valley Post",
        ] {
            for name in ["Valley Post", "The Valley Post"] {
                let html = format!(
                    "<meta property=og:site_name content='{name}'><title>The ferry leaves at noon{end}</title><p>It is full.</p>"
                );
                let title = meta(&html).title;
                assert_eq!(title.as_deref(), Some("The ferry leaves at noon"), "{end}");
            }
        }
        let html = "<meta property=og:site_name content='Valley Post'><title>The ferry leaves at noon (again)</title>";
        assert_eq!(
            meta(html).title.as_deref(),
            Some("The ferry leaves at noon (again)")
        );
    }

    #[test]
    fn of_two_shown_dates_that_of_publication_is_taken() {
        for shown in [
            "<p class=date>Updated June 13, 2024 4:11 p.m.</p><p class=date>Published June 12, 2024</p>",
            "<div>Mis à jour le 13 juin 2024 à 08h00</div><div>Publié le 12 juin 2024</div>",
        ] {
            let html = format!("<h1>The bridge opens</h1>{shown}<p>It is open.</p>");
            let local = meta(&html).published_local.unwrap();
            assert_eq!(&local[..10], "2024-06-12", "{shown}");
        }
    }

    #[test]
    fn the_day_in_the_address_serves_where_the_page_shows_none() {
        let page = |path: &str, html: &str| {
            let url = Url::parse(&format!("https://www.valleypost.example{path}")).unwrap();
            let meta = read(&Document::from(html), &url, &Select::default(), None);
            let local = meta.published_local.unwrap_or_default();
            (local, meta.published.map(|time| time.to_string()))
        };
        let bare = "<h1>The bridge opens</h1><p>Three days ago</p>";
        assert_eq!(page("/2024/6/3/bridge", bare).0, "2024-06-03");
        assert_eq!(page("/2024/bridge", bare).0, "");
        // Late in the evening where the outlet is, and the next day in Greenwich.
        let evening = "<meta property='article:published_time' content='2024-06-04T02:41:00Z'><h1>The bridge opens</h1><p>June 3, 2024</p>";
        let read = page("/2024/06/03/bridge", evening);
        assert_eq!(read.0, "2024-06-03");
        assert_eq!(read.1.as_deref(), Some("2024-06-04T02:41:00Z"));
        assert_eq!(page("/bridge", evening).0, "2024-06-04T02:41:00Z");
    }

    #[test]
    fn tags_stand_in_the_footer_of_the_article_too() {
        let links = "<a href=/tag/b rel=tag>bridge</a> <a href=/tag/r rel=tag>river</a>";
        for list in [
            format!("<footer><span class=tags>Tagged {links}</span></footer>"),
            format!("<nav aria-label=tags>{links}</nav>"),
            "<div class=etichete><a href=/eticheta/b>bridge</a> <a href=/eticheta/r>river</a></div>".to_owned(),
            "<div class=tags><a href=/tag/b>bridge <small>12</small></a> <a href=/tag/r>river (3)</a></div>".to_owned(),
        ] {
            let html = format!("<article><h1>The bridge opens</h1><p>It is open.</p>{list}</article>");
            assert_eq!(meta(&html).tags, ["bridge", "river"], "{list}");
        }
    }

    #[test]
    fn a_byline_under_the_headline_is_believed_before_an_account() {
        let page = |author: &str, byline: &str| {
            let html = format!(
                "<meta name=author content='{author}'><title>The bridge opens</title><h1>The bridge opens</h1>{byline}<p>It is open.</p>"
            );
            meta(&html).authors
        };
        let by = "<p>By: Nino Example</p>";
        for account in [
            "Levan Sample",
            "valleypst",
            "Site Admin",
            "Valley News Team",
        ] {
            assert_eq!(page(account, by), ["Nino Example"], "{account}");
        }
        // Shown elsewhere on the page, both have a claim: the declared one is cut into names already.
        let both = format!("{by}<p>Levan Sample wrote the code of the crossing.</p>");
        assert_eq!(page("Levan Sample", &both), ["Levan Sample"]);
        let two = "<p>By <a href=/a>Dr Nino Example</a>, <a href=/b>Levan Sample</a></p>";
        assert_eq!(
            page("Nino Example", two),
            ["Dr Nino Example", "Levan Sample"]
        );
        // The outlet itself is not a person.
        assert_eq!(
            page("Levan Sample", "<p>By Valley Post</p>"),
            ["Levan Sample"]
        );
        // Who is named right under the headline wrote it, not the one word that is declared.
        let named = "<div class=author>Nino Example</div>";
        assert_eq!(page("Levan", named), ["Nino Example"]);
        assert_eq!(page("Levan Sample", named), ["Levan Sample"]);
        assert_eq!(page("Levan", "<div class=author>Rivers</div>"), ["Levan"]);
    }

    #[test]
    fn a_byline_is_found_where_it_stands_alone() {
        for (byline, names) in [
            ("<p>12 June 2024</p><p>by nino</p>", vec!["nino"]),
            ("<p>by the river</p><p>12 June 2024</p>", vec![]),
            (
                "<h6>Author(s)</h6><p><a href=/a>Nino Example</a></p><p><a href=/b>Levan Sample</a></p><p>The bridge is open again.</p>",
                vec!["Nino Example", "Levan Sample"],
            ),
            (
                "<p>The bridge.</p><p><em>This post was written by <a href=/n>Nino Example, MD</a>, surgeon, Valley Clinic.</em></p>",
                vec!["Nino Example, MD"],
            ),
            (
                "<p>The bridge.</p><footer><a rel=author href=/author/nino>Nino Example</a></footer>",
                vec!["Nino Example"],
            ),
            (
                "<ul><li><a href=/reporter>Reporter</a></li><li><a href=/rev>REV</a></li></ul><p><b>Autorin/Autor</b> Nino Example</p>",
                vec!["Nino Example"],
            ),
            (
                "<p><a href=https://social.example/profile/nino>Follow Me</a></p>",
                vec![],
            ),
            (
                "<p><a href=/profile/nino-example>Nino Example</a></p>",
                vec!["Nino Example"],
            ),
        ] {
            let html = format!("<title>The bridge opens</title><h1>The bridge opens</h1>{byline}");
            assert_eq!(meta(&html).authors, names, "{byline}");
        }
        let card = |name: &str| {
            format!("<div itemprop=author><meta itemprop=name content='{name}'></div>")
        };
        let text = "<p>Something that was said.</p>".repeat(250);
        let cards = format!(
            "<h1>The bridge opens</h1>{text}{}{}",
            card("Nino Example"),
            card("Levan Sample")
        );
        assert_eq!(meta(&cards).authors, [""; 0]);
    }

    #[test]
    fn an_earlier_date_beside_the_headline_is_that_of_publication() {
        let page = |shown: &str| {
            let html = format!(
                "<meta property='article:published_time' content='2024-06-12T00:00:00Z'><h1>The bridge opens</h1>{shown}<p>It is open.</p>"
            );
            meta(&html).published_local.unwrap()[..10].to_owned()
        };
        for (shown, date) in [
            ("<p>3 May 2020</p>", "2020-05-03"),
            ("<p>Published <span>3 May 2020</span></p>", "2020-05-03"),
            ("<p>Updated: 3 May 2020</p>", "2024-06-12"),
            ("<div class=date-modified>3 May 2020</div>", "2024-06-12"),
            (
                "<div>Last updated:</div><div>3 May 2020</div>",
                "2024-06-12",
            ),
            ("<p>11 June 2024</p>", "2024-06-12"),
            (
                "<p>On 3 May 2020 the council of the town decided that it would wait for the flood.</p>",
                "2024-06-12",
            ),
            ("<aside><p>3 May 2020</p></aside>", "2024-06-12"),
        ] {
            assert_eq!(page(shown), date, "{shown}");
        }
    }

    #[test]
    fn a_date_that_is_called_that_of_publication_is_believed_wherever_it_stands() {
        let text = "<p>Something that was said.</p>".repeat(200);
        let page = |before: &str, behind: &str| {
            let declared = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","datePublished":"2024-06-12T14:02:00Z"}</script>"#;
            meta(&format!(
                "{declared}<h1>The bridge opens</h1>{before}{text}{behind}"
            ))
            .published_local
            .unwrap()[..10]
                .to_owned()
        };
        let published = "<div>Published <time datetime='2020-05-03'>May 3, 2020</time></div>";
        assert_eq!(page("", published), "2020-05-03");
        assert_eq!(
            page("", "<h4>Published</h4><time>3 May 2020</time>"),
            "2020-05-03"
        );
        // Those of two other stories are not this one's.
        let other = "<div>Published <time>4 May 2020</time></div>";
        assert_eq!(page("", &format!("{published}{other}")), "2024-06-12");
        assert_eq!(
            page("", "<p>Seen <time>3 May 2020</time></p>"),
            "2024-06-12"
        );
        let related = format!("<div class=related>{published}</div>");
        assert_eq!(page("", &related), "2024-06-12");
        // In a column that is named for being beside the text, where there is no other date.
        let beside = "<div class=post-sidebar><h4>Published</h4><div class=post-date>July 8, 2025</div></div>";
        let alone = meta(&format!("<h1>The bridge opens</h1>{beside}"));
        assert_eq!(alone.published_local.as_deref(), Some("2025-07-08"));
    }

    #[test]
    fn day_and_month_in_another_order_are_no_other_day() {
        let html = "<meta property='article:published_time' content='2024-06-03T00:00:00Z'><h1>The bridge opens</h1><p>06/03/2024</p>";
        assert_eq!(
            meta(html).published_local.as_deref(),
            Some("2024-06-03T00:00:00Z")
        );
        // Where the page has the month in a word, the declared date is the one to be turned.
        let html = "<meta property='article:published_time' content='03-06-2024'><h1>The bridge opens</h1><p>March 6, 2024</p>";
        assert_eq!(meta(html).published_local.as_deref(), Some("2024-03-06"));
    }

    #[test]
    fn the_footer_of_an_article_that_names_its_author_is_no_frame() {
        let html = "<h1>The bridge opens</h1><article><footer class=author__meta>By <a href=/u/nino>Nino Example</a>
            <span class=author__date>March 30, 2023</span></footer><p>It is open.</p></article><footer><span class=date>1 May 2020</span></footer>";
        let meta = meta(html);
        assert_eq!(meta.published_local.as_deref(), Some("2023-03-30"));
        assert_eq!(meta.authors, ["Nino Example"]);
    }

    #[test]
    fn a_headline_is_known_by_the_structured_data_where_the_first_rank_is_in_a_menu() {
        let page = |headline: &str| {
            let html = format!(
                r#"<title>How to cross the river soon</title><meta property=og:title content="How to cross the river soon">
                <script type="application/ld+json">{{"@type":"NewsArticle","headline":"Bridge &amp; ferry: the valley decides"}}</script>
                <nav><ul><li><h1>How to cross the river soon</h1></li></ul></nav>
                <h2>{headline}</h2><p>By Nino Example</p><p>4 August 2010</p><p>It is open.</p><h2>Further news</h2>"#
            );
            meta(&html)
        };
        let shown = page("Bridge & ferry: the valley decides");
        assert_eq!(
            shown.title.as_deref(),
            Some("Bridge & ferry: the valley decides")
        );
        assert_eq!(shown.authors, ["Nino Example"]);
        // One that says something else is that of a part.
        let other = page("What the council said");
        assert_eq!(other.title.as_deref(), Some("How to cross the river soon"));
    }

    #[test]
    fn a_date_in_the_text_is_not_that_of_the_line_under_the_headline() {
        let html = "<h1>The bridge opens</h1><div><p>by <a href=/n>Nino Example</a> · Dec 20, 2025 at 3:00 am · One comment</p></div>
            <p>Three books about bridges.</p><p><b>Released:</b> June 17, 2019 by Levan Sample</p>";
        assert_eq!(
            meta(html).published_local.as_deref(),
            Some("2025-12-20T03:00:00")
        );
    }

    #[test]
    fn a_masthead_of_the_first_rank_is_no_headline() {
        let html = "<title>The bridge opens at last | The Ferry Blog</title><h1><a href=/>The Ferry Blog</a></h1>
            <p>All about crossing water</p><h3>The bridge opens at last</h3><p>Nino Example</p><p>4 August 2010</p><p>Text.</p>";
        let meta = meta(html);
        assert_eq!(meta.title.as_deref(), Some("The bridge opens at last"));
        assert_eq!(meta.published_local.as_deref(), Some("2010-08-04"));
        assert_eq!(meta.authors, ["Nino Example"]);
    }

    #[test]
    fn a_date_far_from_the_headline_is_taken_where_it_says_what_it_is() {
        let text = "<p>Something that was said.</p>".repeat(200);
        for (line, date) in [
            ("<p>Posted on April 13, 2023</p>", Some("2023-04-13")),
            (
                "<div><span>Last updated: 13 November 2025</span></div>",
                Some("2025-11-13"),
            ),
            ("<p>Veröffentlicht: 12.06.2024</p>", Some("2024-06-12")),
            (
                "<p>On 12 June 2024 the council of the town decided that it would wait for the flood.</p>",
                None,
            ),
        ] {
            let html = format!("<h1>The bridge opens</h1>{text}{line}");
            assert_eq!(meta(&html).published_local.as_deref(), date, "{line}");
        }
    }

    #[test]
    fn empty_and_odd_pages_say_nothing() {
        for html in [
            "",
            "<h1></h1>",
            "<meta property=og:title content=''>",
            "<html lang='not a language at all'>",
        ] {
            let meta = meta(html);
            assert_eq!(
                (meta.title, meta.published, meta.lang),
                (None, None, None),
                "{html}"
            );
        }
    }

    #[test]
    fn hostile_pages_end() {
        let links = "<a class=tag href=/tag/x>x</a> ".repeat(20_000);
        for html in [
            format!("<h1>T</h1><p>{links}</p>"),
            format!("<h1>T</h1><div class=tags>{links}</div>"),
            "<meta name=keywords content='a,b'>".repeat(20_000),
            format!("<meta name=author content='{}'>", "a, ".repeat(100_000)),
            format!("<meta name=keywords content='{}'>", "&amp;".repeat(200_000)),
            "<time>12 June 2024</time><img srcset='a 1w,b 2w'><p class=byline>By".repeat(10_000),
            format!("<h1>{}</h1>", "long ".repeat(200_000)),
            format!("<title>{}</title>", " | Valley".repeat(100_000)),
        ] {
            let meta = meta(&html);
            assert!(meta.tags.len() <= 40 && meta.authors.len() <= 20);
        }
    }
}
