//! The leading picture of an article: the one the page shows first, in its largest version.
//! Never here: pictures in the text, which are the body's.

use dom_query::NodeRef;
use url::Url;

use super::jsonld::Story;
use super::scan::Scan;
use newsprint_html::safe_text;

/// Pictures looked at after the headline.
const MAX_PICTURES: usize = 80;

/// The picture's absolute address.
///
/// `og:image` is made for sharing: often a cut-out with the outlet's mark, or another file. What the page
/// itself shows under or over the headline is the article's picture, so the shared one is only taken as it
/// is where the page shows that very file, or none.
pub(super) fn picture(scan: &Scan, story: &Story, base: &Url) -> Option<String> {
    let shared = SHARED.iter().flat_map(|name| scan.metas(name));
    let shared = shared
        .filter(|address| !address.trim().is_empty())
        .find_map(|address| absolute(address, base))
        .filter(|url| !is_placeholder(url));
    let declared: Vec<String> = story
        .images
        .iter()
        .map(|(url, _)| url.clone())
        .chain(scan.image_src.clone())
        .chain(scan.metas("image").map(str::to_owned))
        .chain(marked(scan))
        .filter_map(|url| absolute(&url, base))
        .filter(|url| !is_placeholder(url))
        .collect();
    let shown = shown(scan, base);
    let versions = shown.iter().flat_map(|picture| &picture.versions);
    let in_page = |url: &String| versions.clone().any(|version| stem(version) == stem(url));
    // The very file that the page shows.
    if let Some(url) = shared.iter().chain(&declared).find(|url| in_page(url)) {
        return Some(url.clone());
    }
    // The same picture in another cut or size: its name or number stands in both addresses.
    for url in shared.iter().chain(&declared) {
        let same = |picture: &&Shown| picture.versions.iter().any(|version| akin(version, url));
        if let Some(picture) = shown.iter().find(same) {
            return picture.versions.first().cloned();
        }
    }
    let first = shown
        .iter()
        .find(|picture| picture.sure)
        .and_then(|picture| picture.versions.first().cloned());
    first
        .or(shared)
        .or_else(|| declared.into_iter().next())
        .or_else(|| shown.into_iter().next()?.versions.into_iter().next())
}

/// Names of `<meta>` for the picture that is shown where the page is shared.
const SHARED: &[&str] = &[
    "og:image",
    "og:image:secure_url",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
];

/// An address as a page writes it, in full; `None` where it is no picture's.
fn absolute(address: &str, base: &Url) -> Option<String> {
    let address = address.trim().replace("&amp;", "&").replace("&#038;", "&");
    if !may_be_picture(&address) {
        return None;
    }
    let url = base.join(&address).ok()?;
    let named = url.path() != "/" || url.query().is_some();
    safe_text::link(url.as_str()).filter(|_| named)
}

/// Whether an address may be a picture's: neither code that a template left in its place, nor a word of one, nor a file of
/// another kind.
fn may_be_picture(address: &str) -> bool {
    /// Endings of files that are none, behind the last point.
    const OTHER: &[&str] = &[
        "js", "mjs", "css", "map", "json", "xml", "rss", "atom", "html", "htm", "xhtml", "shtml",
        "txt", "pdf", "mp4", "m4v", "webm", "mov", "avi", "mkv", "ogv", "m3u8", "mpd", "mp3",
        "m4a", "ogg", "wav", "zip", "woff", "woff2", "ttf", "swf",
    ];
    /// What programs write for nothing.
    const NOTHING: &[&str] = &["undefined", "null", "none", "nan", "false", "true"];
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    // A file may be called `bridge (1).jpg`; code has no such ending.
    let file = is_file(path);
    let code = address.contains(['{', '}', '<', '>', '"', '`'])
        || !file && (path.contains(char::is_whitespace) || path.ends_with([')', ']', ';']));
    // A word alone is a file only with a picture's ending.
    let word = !file && !address.contains(['/', '?']);
    let other = ending.is_some_and(|ending| OTHER.contains(&ending));
    !(code || word || other || NOTHING.contains(&name.as_str()))
}

/// Addresses of what microdata or RDFa call the picture, and that is not an `img`.
fn marked(scan: &Scan) -> Vec<String> {
    const MOST: usize = 8;
    const NODES: usize = 20;
    let named = scan.props.iter().filter(|(name, spot)| {
        matches!(name.as_str(), "image" | "thumbnailurl")
            && !spot.place.others
            && !spot.place.author
            && !spot.place.chrome
    });
    let address = |node: &NodeRef| {
        let mut names = ["content", "href", "resource", "src"].iter();
        names.find_map(|name| node.attr(name))
    };
    let addresses = named.take(MOST).filter_map(|(_, spot)| {
        // An object that has its address as a property of its own.
        let own = |node: &NodeRef| {
            let prop = node.attr("itemprop").unwrap_or_default();
            let url = ["url", "contentUrl"].iter().any(|name| *prop == **name);
            url.then(|| address(node))?
        };
        let within = || {
            spot.node
                .descendants_it()
                .take(NODES)
                .find_map(|node| own(&node))
        };
        address(&spot.node).or_else(within)
    });
    addresses.map(|address| address.to_string()).collect()
}

/// A picture that the page shows.
struct Shown {
    /// Its addresses, the largest first.
    versions: Vec<String>,
    /// Whether it stands in the article, in a figure, or is large; another may be of another story, or no picture.
    sure: bool,
}

/// The pictures of the article in the order of the page, each with its versions, the largest first.
fn shown(scan: &Scan, base: &Url) -> Vec<Shown> {
    let headline = scan.headline().map_or(0, |spot| spot.order);
    let mut out = Vec::new();
    for spot in scan.images.iter().take(MAX_PICTURES * 4) {
        // A picture over the headline belongs to the article too, but not those of the menu.
        let near = spot.order + 60 > headline;
        if scan.is_chrome(spot.place)
            || spot.place.others
            || spot.place.author
            || !near
            || out.len() >= MAX_PICTURES
        {
            continue;
        }
        let node = spot.node;
        // In a link to another page it is that page's picture.
        let linked = node
            .ancestors_it(Some(4))
            .find(|node| node.has_name("a"))
            .and_then(|link| link.attr("href"));
        if linked.is_some_and(|href| !is_file(&href)) {
            continue;
        }
        let number = |name: &str| {
            node.attr(name)
                .and_then(|value| value.trim_end_matches("px").parse::<f64>().ok())
        };
        // Pictures of people beside their names, icons, and dots that count readers.
        if number("width").is_some_and(|width| width < 200.0)
            || number("height").is_some_and(|height| height < 100.0)
        {
            continue;
        }
        let mut versions: Vec<(f64, String)> = Vec::new();
        let mut add = |width: f64, address: &str| {
            let address = address.trim();
            if !address.is_empty()
                && !address.starts_with("data:")
                && let Some(url) = absolute(address, base)
                && !is_placeholder(&url)
            {
                versions.push((width, url));
            }
        };
        for name in ADDRESSES {
            if let Some(address) = node.attr(name) {
                add(number("width").unwrap_or(1.0), &address);
            }
        }
        let mut sets: Vec<String> = Vec::new();
        for name in ["srcset", "data-srcset", "data-lazy-srcset"] {
            sets.extend(node.attr(name).map(|set| set.to_string()));
        }
        if let Some(parent) = node.parent().filter(|parent| parent.has_name("picture")) {
            for source in parent
                .element_children()
                .iter()
                .filter(|child| child.has_name("source"))
                .take(16)
            {
                for name in ["srcset", "data-srcset"] {
                    sets.extend(source.attr(name).map(|set| set.to_string()));
                }
            }
        }
        for set in &sets {
            for (width, address) in srcset(set) {
                add(width, address);
            }
        }
        // One that a script fills has its picture beside it, for readers without scripts.
        if versions.is_empty()
            && let Some(address) = without_scripts(&node)
            && let Some(url) = absolute(&address, base)
            && !is_placeholder(&url)
        {
            versions.push((number("width").unwrap_or(1.0), url));
        }
        versions.sort_by(|a, b| b.0.total_cmp(&a.0));
        if !versions.is_empty() {
            let large = versions.iter().any(|(width, _)| *width >= 400.0);
            let still = versions
                .iter()
                .any(|(_, url)| !url.to_ascii_lowercase().contains(".gif"));
            // A figure is part of what it stands in; an `img` alone may be anything.
            let figure = || {
                node.ancestors_it(Some(6))
                    .any(|outer| outer.has_name("figure"))
            };
            out.push(Shown {
                sure: still && (large || spot.place.article || figure()),
                versions: versions.into_iter().map(|(_, url)| url).collect(),
            });
        }
    }
    out
}

/// Where an `img` has its address, or the address that a script puts there.
const ADDRESSES: [&str; 4] = ["src", "data-src", "data-original", "data-lazy-src"];

/// The address of the `img` in a `<noscript>` beside one.
fn without_scripts(node: &NodeRef) -> Option<String> {
    const BESIDE: usize = 8;
    let parent = node.parent()?;
    let beside = parent.element_children();
    let beside = beside
        .iter()
        .take(BESIDE)
        .filter(|child| child.has_name("noscript"));
    let mut pictures = beside.flat_map(|child| child.element_children());
    let picture = pictures.find(|child| child.has_name("img"))?;
    ADDRESSES
        .iter()
        .find_map(|name| picture.attr(name))
        .map(|address| address.to_string())
}

/// The candidates of a `srcset` with their breadth (a density counts as that many thousand pixels).
fn srcset(set: &str) -> Vec<(f64, &str)> {
    let mut out = Vec::new();
    let mut rest = set.trim();
    while !rest.is_empty() && out.len() < 32 {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        // An address may hold commas; it ends at white space (WHATWG HTML, 4.8.4.2).
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        let (descriptor, next) = after.split_once(',').unwrap_or((after, ""));
        let descriptor = descriptor.trim();
        let width = match descriptor.strip_suffix('w') {
            Some(width) => width.parse().unwrap_or(1.0),
            None => descriptor
                .strip_suffix('x')
                .and_then(|density| density.parse::<f64>().ok())
                .map_or(1.0, |density| density * 1_000.0),
        };
        let address = if descriptor.is_empty() {
            address.trim_end_matches(',')
        } else {
            address
        };
        if !address.is_empty() {
            out.push((width, address));
        }
        rest = next;
    }
    out
}

/// A picture file's address.
fn is_file(href: &str) -> bool {
    let path = href
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
        .iter()
        .any(|end| path.ends_with(end))
        || href.starts_with('#')
}

/// Drawings and stand-ins that show nothing, by the words of their names: a house's mark, or one picture for all pages.
fn is_placeholder(url: &str) -> bool {
    /// Words that no photograph is named by.
    const NEVER: &[&str] = &[
        "placeholder",
        "preload",
        "preloader",
        "spacer",
        "transparent",
        "logo",
        "logos",
        "favicon",
        "icon",
        "icons",
    ];
    /// Words of names that say nothing but what a file is for.
    const GENERIC: &[&str] = &[
        "og",
        "opengraph",
        "open",
        "graph",
        "social",
        "share",
        "sharing",
        "shared",
        "default",
        "fallback",
        "card",
        "facebook",
        "fb",
        "twitter",
        "site",
        "image",
        "img",
        "thumb",
        "thumbnail",
        "picture",
        "photo",
        "no",
        "noimage",
        "blank",
        "pixel",
        "lazy",
        "loading",
        "avatar",
        "preview",
        "meta",
        "x",
        "large",
        "small",
    ];
    /// Of these at least one: `image.jpg` alone may be any picture.
    const FOR_ALL: &[&str] = &[
        "og",
        "opengraph",
        "social",
        "share",
        "sharing",
        "default",
        "fallback",
        "noimage",
        "blank",
        "pixel",
        "lazy",
        "loading",
        "avatar",
    ];
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if path.to_ascii_lowercase().ends_with(".svg") {
        return true;
    }
    let name = stem(url);
    let words = || {
        let words = name.split(|c: char| !c.is_alphabetic());
        words.filter(|word| !word.is_empty())
    };
    words().any(|word| NEVER.contains(&word))
        || words().all(|word| GENERIC.contains(&word))
            && words().any(|word| FOR_ALL.contains(&word))
}

/// The last part of the address without its ending, lower case.
fn stem(url: &str) -> String {
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_end_matches('/');
    let name = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let end = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
        .iter()
        .filter_map(|end| name.find(end))
        .min();
    name[..end.unwrap_or(name.len())].to_owned()
}

/// Whether two addresses have a long word in common that names a picture: a number, a hash, a file's name
/// without its size.
fn akin(a: &str, b: &str) -> bool {
    let words = |url: &str| -> Vec<String> {
        let path = url
            .split_once("://")
            .map_or(url, |(_, rest)| rest)
            .split(['?', '#'])
            .next()
            .unwrap_or_default();
        let mut parts = path.rsplit('/');
        let mut out = Vec::new();
        for part in parts.by_ref().take(2) {
            out.extend(
                part.split(['_', '.', ',', '=', '~', '-'])
                    .map(str::to_ascii_lowercase),
            );
        }
        out
    };
    let theirs = words(b);
    words(a).iter().any(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        // A date or a size is no name; a number of seven digits and more, or a hash, is.
        (digits >= 7 || (digits >= 3 && word.len() >= 12) || word.len() >= 20)
            && theirs.contains(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn read(html: &str) -> Option<String> {
        let doc = Document::from(html);
        picture(
            &Scan::new(&doc),
            &Story::default(),
            &Url::parse("https://valley.example/news/x").unwrap(),
        )
    }

    /// One picture for all pages is none of the article; the folder it lies in says nothing.
    #[test]
    fn stand_ins_are_known_by_their_names() {
        for address in [
            "https://valley.example/assets/og-default.png",
            "https://valley.example/assets/social-share-1200x630.jpg",
            "https://valley.example/i/site_logo.png",
            "https://valley.example/i/avatar.png",
        ] {
            assert!(is_placeholder(address), "{address}");
        }
        for address in [
            "https://valley.example/assets/bridge-of-lerna.jpg",
            "https://valley.example/assets/2024/06/image.jpg",
            "https://valley.example/i/catalogo-de-barcos.jpg",
            "https://valley.example/i/silicon-valley.jpg",
            "https://valley.example/i/avatar-premiere-lerna.jpg",
        ] {
            assert!(!is_placeholder(address), "{address}");
        }
    }

    #[test]
    fn the_page_shows_the_very_file() {
        let html = "<meta property=og:image content=/i/bridge.jpg?share><main><h1>T</h1><img src=/i/bridge.jpg></main>";
        assert_eq!(
            read(html).as_deref(),
            Some("https://valley.example/i/bridge.jpg?share")
        );
    }

    #[test]
    fn the_largest_version_of_the_shown_picture() {
        let html = "<meta property=og:image content=/share/other.jpg><header><img src=/i/head.jpg></header><main><h1>T</h1>\
            <img src=/i/icon.svg><img src=/face.jpg width=60><a href=/news/y><img src=/i/teaser.jpg></a>\
            <figure><picture><source srcset='/i/b-480.webp 480w, /i/b-1200.webp 1200w'><img src='data:image/gif;base64,x' data-src=/i/b-100.jpg></picture></figure></main>";
        assert_eq!(
            read(html).as_deref(),
            Some("https://valley.example/i/b-1200.webp")
        );
    }

    #[test]
    fn a_figure_is_the_articles_before_what_is_shared() {
        let page = |shown: &str| {
            let html = format!(
                "<meta property=og:image content=/share/map.jpg><div><h1>T</h1>{shown}</div>"
            );
            read(&html).unwrap()
        };
        let valley = |path: &str| format!("https://valley.example{path}");
        let figure = "<figure><div><div><img src=/i/bridge.jpg></div></div></figure>";
        assert_eq!(page(figure), valley("/i/bridge.jpg"));
        let alone = "<div><img src=/i/bridge.jpg></div>";
        assert_eq!(page(alone), valley("/share/map.jpg"));
        let teaser = "<a href=/news/y><figure><img src=/i/other.jpg></figure></a>";
        assert_eq!(page(teaser), valley("/share/map.jpg"));
    }

    #[test]
    fn another_cut_of_the_shared_picture() {
        let html = "<meta property=og:image content=/x/13862217_W2040.jpg><main><h1>T</h1><img src=/i/first.jpg><img srcset='/y/13862217_m300.jpg 300w, /y/13862217_m1020.jpg 1020w'></main>";
        assert_eq!(
            read(html).as_deref(),
            Some("https://valley.example/y/13862217_m1020.jpg")
        );
    }

    #[test]
    fn the_shared_picture_where_the_page_shows_none() {
        assert_eq!(
            read("<meta property=og:image content=https://cdn.example/a.jpg><h1>T</h1>").as_deref(),
            Some("https://cdn.example/a.jpg")
        );
        assert_eq!(
            srcset("a,b.jpg 2x, c.jpg"),
            [(2000.0, "a,b.jpg"), (1.0, "c.jpg")]
        );
    }

    /// What a template or a program leaves where an address belongs, and files of other kinds.
    #[test]
    fn a_script_is_no_picture() {
        let pages = |address: &str| {
            [
                format!("<meta property=og:image content='{address}'><h1>T</h1>"),
                format!(
                    "<main><article><h1>T</h1><figure><img data-src='{address}' width=900></figure></article></main>"
                ),
                format!("<link rel=image_src href='{address}'><h1>T</h1>"),
                format!("<h1>T</h1><span itemprop=image content='{address}'></span>"),
            ]
        };
        for address in [
            "javascript:x",
            "https://valley.example/js/app.js",
            "https://valley.example/app.js?v=3",
            "(function(){ return 1 })()",
            "document.write(1)",
            "window.dataLayer = []; x()",
            "undefined",
            "https://valley.example/undefined",
            "/null",
            "null",
            "{{ image.url }}",
            "https://valley.example/{{image}}",
            "/style/main.css",
            "/news/bridge.html",
            "/film/bridge.mp4",
            "/",
            "https://valley.example/",
            "window.location",
        ] {
            for html in pages(address) {
                assert_eq!(read(&html), None, "{html}");
            }
        }
        for address in [
            "/i/bridge.jpg",
            "bridge.jpg",
            "/i/bridge (1).jpg",
            "/i/bridge(1).jpg",
            "/i/f_auto,q_80/bridge",
            "/image.php?id=3",
            "?image=3",
            "//cdn.example/i/3;w=900",
        ] {
            for html in pages(address) {
                assert!(read(&html).is_some(), "{html}");
            }
        }
        // The next one that is declared stands in for it.
        let second = "<meta property=og:image content=undefined><meta name=twitter:image content=/i/bridge.jpg><h1>T</h1>";
        assert_eq!(
            read(second).as_deref(),
            Some("https://valley.example/i/bridge.jpg")
        );
    }

    #[test]
    fn a_picture_is_found_where_older_pages_and_lazy_ones_have_it() {
        for html in [
            "<link rel=image_src href=/i/bridge.jpg><h1>T</h1>",
            "<meta itemprop=image content=/i/bridge.jpg><h1>T</h1>",
            "<h1>T</h1><link itemprop=image href=/i/bridge.jpg>",
            "<h1>T</h1><div itemprop=image itemscope><meta itemprop=url content=/i/bridge.jpg></div>",
            "<main><h1>T</h1><amp-img src=/i/bridge.jpg width=900 height=500></amp-img></main>",
            "<article><h1>T</h1><div><img class=lazy src='data:image/gif;base64,x'><noscript><img src=/i/bridge.jpg></noscript></div></article>",
        ] {
            assert_eq!(
                read(html).as_deref(),
                Some("https://valley.example/i/bridge.jpg"),
                "{html}"
            );
        }
        // The author's own picture is not the article's.
        let author = "<h1>T</h1><div class=author><link itemprop=image href=/i/nino.jpg></div>";
        assert_eq!(read(author), None);
    }
}
