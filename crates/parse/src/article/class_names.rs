//! What an element's name, class, id, role and label hint at. Web authors name their boxes in English, mostly, whatever
//! language they publish in. Never here: what a hint is worth (`weights`).

use std::collections::HashMap;

use dom_query::Element;

/// What names and attributes say, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cues(pub u32);

impl Cues {
    /// Comments of readers.
    pub const COMMENT: u32 = 1;
    /// Share buttons, printing, tool bars, log in.
    pub const TOOLS: u32 = 1 << 1;
    /// Links to other articles.
    pub const RELATED: u32 = 1 << 2;
    /// Newsletters, subscriptions, offers, praise.
    pub const OFFER: u32 = 1 << 3;
    /// Advertisements.
    pub const ADVERT: u32 = 1 << 4;
    /// Menus, footers, side bars, breadcrumbs.
    pub const FRAME: u32 = 1 << 5;
    /// Author, date, reading time.
    pub const BYLINE: u32 = 1 << 6;
    /// Captions and credits.
    pub const CAPTION: u32 = 1 << 7;
    /// Tags and topics.
    pub const TAGS: u32 = 1 << 8;
    /// Asides within the text: boxes, widgets, embeds, polls.
    pub const BOX: u32 = 1 << 9;
    /// Legal notices, consent, disclaimers.
    pub const LEGAL: u32 = 1 << 10;
    /// Not shown.
    pub const HIDDEN: u32 = 1 << 11;
    /// The standfirst.
    pub const LEAD: u32 = 1 << 12;
    /// Named as the text: `article-body`, `itemprop=articleBody`.
    pub const BODY: u32 = 1 << 13;
    /// Galleries, slide shows, players.
    pub const MEDIA: u32 = 1 << 14;
    /// Title and what stands around it.
    pub const TITLE: u32 = 1 << 15;
    /// Marked by the page as the text for machines: `itemprop=articleBody`.
    pub const MARKED: u32 = 1 << 16;
    /// Pay wall notices.
    pub const WALL: u32 = 1 << 17;
    /// Posts from elsewhere.
    pub const EMBED: u32 = 1 << 18;
    /// A dialog over the page, for consent to cookies or a log-in.
    pub const DIALOG: u32 = 1 << 19;
    /// A mark at a heading by which it is edited or linked to.
    pub const HEADING_MARK: u32 = 1 << 20;
    /// Numbers of lines beside code, and of its cells.
    pub const NUMBERS: u32 = 1 << 21;
    /// What a dish is made of.
    pub const INGREDIENTS: u32 = 1 << 22;
    /// Newsletters.
    pub const NEWSLETTER: u32 = 1 << 23;
    /// A sentence of the text shown again.
    pub const PULL_QUOTE: u32 = 1 << 24;
    /// A time.
    pub const TIME: u32 = 1 << 25;
    /// Not shown, by the style or the attribute of the element itself.
    pub const UNSEEN: u32 = 1 << 26;
    /// The number of a page of the printed book.
    pub const PAGE_NUMBER: u32 = 1 << 27;
    /// Not shown, for screen readers alone, by a class of the element itself.
    pub const SPOKEN: u32 = 1 << 28;
    /// The foot of the page, or of a part of it.
    pub const FOOT: u32 = 1 << 29;

    /// The kinds that have a weight, and what a name of them says its element is. The others, from `DIALOG` on, are used by rules
    /// alone.
    pub const KINDS: [(u32, &str); 19] = [
        (Self::COMMENT, "comments"),
        (Self::TOOLS, "tools"),
        (Self::RELATED, "related"),
        (Self::OFFER, "an offer"),
        (Self::ADVERT, "an advertisement"),
        (Self::FRAME, "the frame"),
        (Self::BYLINE, "a byline"),
        (Self::CAPTION, "a caption"),
        (Self::TAGS, "tags"),
        (Self::BOX, "a box"),
        (Self::LEGAL, "legal"),
        (Self::HIDDEN, "hidden"),
        (Self::LEAD, "the standfirst"),
        (Self::BODY, "the text"),
        (Self::MEDIA, "media"),
        (Self::TITLE, "the title"),
        (Self::MARKED, "the text for machines"),
        (Self::WALL, "a pay wall"),
        (Self::EMBED, "a post"),
    ];

    pub fn has(self, bits: u32) -> bool {
        self.0 & bits != 0
    }
}

/// What the lists of names on a page hint at, each list read once: pages have some hundred different ones on some
/// thousand elements.
#[derive(Default)]
pub(super) struct Known(HashMap<Box<str>, u32>);

impl Known {
    /// Lists remembered; a page with more of them generates them.
    const MOST: usize = 4_096;

    fn names(&mut self, value: &str) -> u32 {
        if let Some(cues) = self.0.get(value) {
            return *cues;
        }
        let cues = names(value);
        if self.0.len() < Self::MOST {
            self.0.insert(value.into(), cues);
        }
        cues
    }
}

/// Elements whose `id` may be their heading's words.
const HEADED: [&str; 7] = ["section", "h1", "h2", "h3", "h4", "h5", "h6"];
/// Elements that are parts of a page.
const PARTS: [&str; 6] = ["section", "div", "aside", "nav", "ul", "ol"];

/// Reads an element's attributes.
pub(super) fn of(element: &Element, known: &mut Known) -> Cues {
    let mut cues = match &*element.name.local {
        "dialog" => Cues::DIALOG,
        "time" => Cues::TIME,
        "footer" => Cues::FOOT,
        // Systems name what is switched on there: a sidebar, comments, titles.
        "body" => return Cues::default(),
        _ => 0,
    };
    for attr in &element.attrs {
        let value: &str = attr.value.as_ref();
        match attr.name.local.as_ref() {
            // Books and blogs call a section by the words of its heading.
            "id" if HEADED.contains(&&*element.name.local) => {
                let readers = [
                    "comment", "respond", "disqus", "komment", "koment", "coment", "reacties",
                    "yorumlar",
                ]
                .iter()
                .any(|name| value.contains(name));
                let never = if readers {
                    Cues::DIALOG
                } else {
                    Cues::DIALOG | Cues::COMMENT
                };
                cues |= known.names(value) & !never;
            }
            "class"
            | "id"
            | "data-component"
            | "data-testid"
            | "data-test"
            | "data-qa"
            | "data-type"
            | "data-module"
            | "data-area"
            | "data-block-type"
            | "data-component-name"
            | "data-e2e"
            | "data-gu-name"
            | "data-test-id"
            | "data-test-tag" => {
                cues |= known.names(value);
                // The foot of the page has a name of its own; one of an article is named for that.
                if matches!(value, "footer" | "page-footer" | "site-footer" | "colophon") {
                    cues |= Cues::FOOT;
                }
            }
            "itemprop" => {
                cues |= match value {
                    "articleBody" => Cues::MARKED,
                    "author" | "datePublished" | "dateModified" | "publisher" => Cues::BYLINE,
                    "headline" => Cues::TITLE,
                    "description" | "alternativeHeadline" => Cues::LEAD,
                    "caption" => Cues::CAPTION,
                    "comment" => Cues::COMMENT,
                    "recipeIngredient" | "ingredients" => Cues::INGREDIENTS,
                    _ => 0,
                };
            }
            "role" => {
                cues |= match value {
                    "contentinfo" => Cues::FRAME | Cues::FOOT,
                    "navigation" | "banner" | "complementary" | "search" | "menu" | "menubar" => {
                        Cues::FRAME
                    }
                    "dialog" | "alertdialog" => Cues::HIDDEN | Cues::DIALOG,
                    "main" | "article" => Cues::BODY,
                    _ => 0,
                };
            }
            // Most of these are headings' words.
            "aria-labelledby" if value.ends_with("byline") => cues |= Cues::BYLINE,
            // What a part is called for those who do not see it; what leads somewhere or is pressed has a label too.
            "aria-label" if PARTS.contains(&&*element.name.local) => {
                cues |=
                    known.names(value) & (Cues::RELATED | Cues::TOOLS | Cues::OFFER | Cues::ADVERT);
            }
            "hidden" => cues |= Cues::HIDDEN | Cues::UNSEEN,
            "aria-modal" if value == "true" => cues |= Cues::DIALOG,
            "aria-hidden" if value == "true" => cues |= Cues::HIDDEN,
            "rel" if value == "tag" => cues |= Cues::TAGS,
            "rel" if value == "author" => cues |= Cues::BYLINE,
            "style" => {
                let style: String = value
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .map(|c| c.to_ascii_lowercase())
                    .collect();
                if style.contains("display:none") || style.contains("visibility:hidden") {
                    cues |= Cues::HIDDEN | Cues::UNSEEN;
                }
            }
            _ => {}
        }
    }
    // Classes of code name its source, which is nobody's credit.
    if matches!(&*element.name.local, "pre" | "code") {
        cues &= !Cues::CAPTION;
    }
    Cues(cues)
}

/// What a class begins with that says what an article is about, not what its box is for (`tag-cookies`, `category-comments`).
const ABOUT: [&str; 4] = ["tag-", "category-", "slug-", "author-"];

/// The hints in a list of names, where those of readers' comments and of dialogs are not of what an article is about: a
/// whole article would be lost.
fn names(value: &str) -> u32 {
    const SURE: u32 = Cues::COMMENT | Cues::DIALOG;
    let about = |name: &&str| ABOUT.iter().any(|about| name.starts_with(about));
    let all = hints(value);
    if all & SURE == 0 || !value.split_whitespace().any(|name| about(&name)) {
        return all;
    }
    let own: Vec<&str> = value
        .split_whitespace()
        .filter(|name| !about(name))
        .collect();
    all & !SURE | hints(&own.join(" ")) & SURE
}

/// What a name in a page's data hints at: systems call there what they show as they call it on the page.
pub(super) fn of_name(name: &str) -> Cues {
    Cues(names(name))
}

/// The hints in a list of names: `article__related-links`, `relatedLinks` and `RELATED_links` are the same.
fn hints(value: &str) -> u32 {
    let mut cues = 0;
    let mut word = String::new();
    let mut words: Vec<String> = Vec::new();
    let mut lower = false;
    let mut responsive = [":block", ":flex", ":grid", ":inline", ":table"]
        .iter()
        .any(|shown| value.contains(shown));
    for c in value.chars().take(400) {
        if c.is_ascii_alphabetic() {
            if c.is_ascii_uppercase() && lower {
                words.push(std::mem::take(&mut word));
            }
            lower = c.is_ascii_lowercase();
            word.push(c.to_ascii_lowercase());
        } else {
            lower = false;
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if c.is_whitespace() {
                words.push(String::new());
            }
        }
    }
    words.push(word);
    let mut previous = "";
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).map(String::as_str).unwrap_or_default();
        // `overflow-hidden`, `overflow-x-hidden`: what does not fit.
        let overflow = word == "hidden" && matches!(previous, "overflow" | "x" | "y" | "backface");
        let own = if overflow
            || means_another(previous, word, next)
            || word == "jp" && names_notebooks(next)
        {
            0
        } else {
            hint(word)
        };
        cues |= own | pair(previous, word);
        if previous == "hidden"
            && matches!(
                word.as_str(),
                "xs" | "sm"
                    | "md"
                    | "lg"
                    | "xl"
                    | "print"
                    | "mobile"
                    | "phone"
                    | "desktop"
                    | "tablet"
            )
        {
            responsive = true;
        }
        previous = word;
    }
    // `hidden md:block`, `hidden-xs`: shown on some screens, hidden on others.
    if responsive {
        cues &= !Cues::HIDDEN;
    }
    // `twitter-tweet` is a quotation, `twitter` alone a button.
    if cues & Cues::EMBED != 0 {
        cues &= !Cues::TOOLS;
    }
    cues
}

/// Whether a word that captions or boxes are named by means something else beside another one: source code, credit cards.
fn means_another(previous: &str, word: &str, next: &str) -> bool {
    matches!(
        (previous, word, next),
        ("open" | "highlight", "source", _)
            | (_, "source", "code")
            // A table whose caption stands above it, a box whose border is part of its size.
            | (_, "box", "sizing" | "shadow")
            | ("border", "box", _)
            | (_, "caption", "top" | "bottom" | "side")
            | (
                _,
                "credit",
                "card" | "cards" | "union" | "score" | "report" | "rating"
            )
    )
}

/// Whether a word behind `jp` is of a notebook of code and its results; others so named are a plug-in's links.
fn names_notebooks(next: &str) -> bool {
    matches!(
        next,
        "notebook"
            | "cell"
            | "input"
            | "output"
            | "rendered"
            | "markdown"
            | "code"
            | "collapser"
            | "editor"
            | "toolbar"
    )
}

/// Two words that mean together what neither means alone.
fn pair(one: &str, two: &str) -> u32 {
    match (one, two) {
        (
            "article" | "story" | "post" | "entry" | "news" | "content" | "main" | "page"
            | "single" | "text",
            "body" | "content" | "text" | "copy" | "main" | "paragraph" | "paragraphs" | "article",
        )
        | ("body", "text" | "copy" | "content") => Cues::BODY,
        ("read", "more" | "also" | "next")
        | ("more", "from" | "news" | "stories" | "on" | "articles" | "in")
        | ("mira", "tambien")
        | ("lea", "tambien" | "mas")
        | ("leia", "mais" | "tambem")
        | ("see", "also")
        | ("most", "read" | "popular" | "viewed")
        | ("also", "read" | "like")
        | ("next", "article" | "post" | "story")
        | ("you", "may")
        | ("up", "next") => Cues::RELATED,
        // Summaries of other posts, as some systems call them; parts of a series.
        ("summary", "block")
        | ("block", "summary")
        | ("series", "box" | "nav" | "list" | "toc" | "links" | "parts" | "note") => Cues::RELATED,
        ("sign", "up" | "in") | ("call", "to") => Cues::OFFER,
        (
            "img" | "image" | "pic" | "picture" | "photo" | "foto",
            "desc" | "descr" | "description" | "intro" | "note" | "legend" | "info" | "alt",
        ) => Cues::CAPTION,
        ("video", "desc" | "descr" | "description") => Cues::CAPTION,
        ("audio" | "podcast" | "sound", "embed" | "player" | "clip") => Cues::MEDIA,
        ("pull", "quote") => Cues::BOX | Cues::PULL_QUOTE,
        // A quotation of the other kind, as one system writes it: its editors set sentences of the text so.
        ("blockquote", "alt") => Cues::PULL_QUOTE,
        ("reading", "time") | ("read", "time") | ("last", "updated") => Cues::BYLINE,
        ("sr", "only") | ("screen", "reader") | ("visually", "hidden") | ("assistive", "text") => {
            Cues::HIDDEN | Cues::SPOKEN
        }
        ("back", "to") => Cues::TOOLS,
        ("line", "number" | "numbers" | "num") | ("pre", "numbering") | ("blob", "num") => {
            Cues::NUMBERS
        }
        ("page", "num" | "number" | "no") => Cues::PAGE_NUMBER,
        (
            "cookie" | "cookies" | "gdpr" | "consent",
            "banner" | "bar" | "notice" | "modal" | "popup" | "dialog" | "overlay" | "law"
            | "policy" | "settings" | "preferences" | "description" | "message" | "wall"
            | "manager" | "consent" | "table",
        ) => Cues::LEGAL | Cues::DIALOG,
        ("key", "points" | "takeaways") => Cues::BOX,
        _ => 0,
    }
}

fn hint(word: &str) -> u32 {
    match word {
        "comment" | "comments" | "disqus" | "respond" | "reply" | "commentlist" | "livefyre"
        | "commentarea" | "commentbox" | "commentsection" | "commentthread" | "replies"
        | "responses" | "webmention" | "webmentions" | "guestbook" | "kommentare"
        | "kommentarer" | "commentaires" | "comentarios" | "commenti" | "reacties"
        | "komentarze" | "yorumlar" | "giscus" | "utterances" | "commenting" => Cues::COMMENT,
        "ingredient" | "ingredients" | "zutat" | "zutaten" | "ingrediente" | "ingredientes"
        | "ingredienti" | "ingredienser" | "ingredienten" | "skladniki" => Cues::INGREDIENTS,
        "share" | "sharing" | "shares" | "sharebar" | "social" | "socials" | "toolbar"
        | "tools" | "print" | "addthis" | "sharedaddy" | "follow" | "login" | "bookmark"
        | "facebook" | "twitter" | "whatsapp" | "like" | "likes" | "rating" | "ratings"
        | "vote" | "feedback" | "button" | "buttons" | "btn" | "action" | "actions" | "listen"
        | "audio" | "font" => Cues::TOOLS,
        "related" | "relateds" | "recommend" | "recommended" | "recommendation"
        | "recommendations" | "recirc" | "recirculation" | "outbrain" | "taboola" | "teaser"
        | "teasers" | "trending" | "popular" | "latest" | "similar" | "readmore" | "onward"
        | "further" | "promos" | "crosslink" | "crosslinks" | "linklist" | "seealso"
        | "zergnet" | "relatedposts" | "yarpp" | "jp" | "backlink" | "interlink"
        | "suggestions" | "suggested" | "carousel" | "playlist" | "ticker" | "headlines"
        | "river" | "cards" | "card" => Cues::RELATED,
        "newsletter" | "newsletters" | "signup" | "optin" | "ck" | "convertkit" | "mailchimp"
        | "mc4wp" | "mailerlite" | "klaviyo" | "mailmunch" => Cues::OFFER | Cues::NEWSLETTER,
        "subscribe" | "subscription" | "subscriptions" | "mailing" | "promo" | "promobox"
        | "promotion" | "offer" | "offers" | "cta" | "donate" | "donation" | "membership"
        | "register" | "registration" | "shop" | "affiliate" | "product" | "coupon"
        | "campaign" | "appeal" | "support" | "marketing" | "testimonial" | "testimonials"
        | "abo" => Cues::OFFER,
        "ad" | "ads" | "advert" | "advertisement" | "advertisements" | "advertising"
        | "advertorial" | "adslot" | "sponsor" | "sponsored" | "dfp" | "gpt" | "banner"
        | "banners" | "anzeige" | "publicidad" | "werbung" | "adbox" | "adsbygoogle" => {
            Cues::ADVERT
        }
        "nav" | "navigation" | "navbar" | "menu" | "menus" | "breadcrumb" | "breadcrumbs"
        | "footer" | "foot" | "sidebar" | "masthead" | "pagination" | "pager" | "search"
        | "topbar" | "sitemap" | "skip" | "rail" | "colophon" | "widget" | "widgets"
        | "siderail" | "prevnext" | "nextprev" => Cues::FRAME,
        "author" | "authors" | "byline" | "bylines" | "bio" | "timestamp" | "date" | "dateline"
        | "pubdate" | "published" | "updated" | "meta" | "metadata" | "postmeta"
        | "postmetadata" | "writer" | "journalist" | "contributor" | "time" | "posted" | "info"
        | "publication" | "byliner" | "autor" | "autoren" | "auteur" | "datetime" | "docinfo"
        | "frontmatter" => Cues::BYLINE,
        "caption" | "captions" | "credit" | "credits" | "copyright" | "figcaption"
        | "photocredit" | "source" | "legend" | "photographer" | "attribution" | "imgcaption"
        | "bildunterschrift" | "pictext" => Cues::CAPTION,
        "tag" | "tags" | "taglist" | "topics" | "topic" | "keyword" | "keywords" | "category"
        | "categories" | "label" | "labels" | "kicker" | "eyebrow" | "tagcloud" | "rubric"
        | "section-label" => Cues::TAGS,
        "infobox" | "factbox" | "sidebox" | "box" | "infobar" | "aside" | "embed" | "embeds"
        | "poll" | "quiz" | "survey" | "callout" | "tooltip" | "accordion" | "toc" | "glossary"
        | "faq" | "timeline" | "inset" | "kasten" | "quicklinks" => Cues::BOX,
        "pullquote" | "pullquotes" => Cues::BOX | Cues::PULL_QUOTE,
        "tweet" | "instagram" | "tiktok" | "embedded" | "iframe" => Cues::EMBED,
        "cookie" | "cookies" | "consent" | "gdpr" | "privacy" | "disclaimer" | "legal"
        | "disclosure" | "imprint" | "terms" | "notice" | "ccpa" | "republish" | "messagebox"
        | "ambox" | "ombox" | "mbox" | "hatnote" => Cues::LEGAL,
        // What services and plug-ins that ask for consent call their boxes.
        "onetrust"
        | "didomi"
        | "usercentrics"
        | "cookiebot"
        | "cybotcookiebotdialog"
        | "iubenda"
        | "cmplz"
        | "borlabs"
        | "termly"
        | "osano"
        | "tarteaucitron"
        | "klaro"
        | "trustarc"
        | "truste"
        | "quantcast"
        | "cmpbox"
        | "cky"
        | "cookieyes"
        | "cookiefirst"
        | "cookielawinfo"
        | "cookieconsent"
        | "cookiebanner"
        | "cookienotice"
        | "cookiebar"
        | "cookiepolicy"
        | "cookielaw" => Cues::LEGAL | Cues::DIALOG,
        "paywall" | "paywalled" | "piano" | "premium" | "meter" | "regwall" | "barrier" => {
            Cues::WALL
        }
        "hidden" | "hide" | "modal" | "popup" | "lightbox" | "overlay" | "offscreen"
        | "invisible" | "dropdown" | "flyout" | "offcanvas" => Cues::HIDDEN,
        "lead" | "lede" | "standfirst" | "intro" | "teasertext" | "dek" | "deck" | "abstract"
        | "subtitle" | "subheadline" | "subhead" | "chapo" | "excerpt" | "summary"
        | "subheading" | "description" | "preamble" | "ingress" | "vorspann" | "bajada"
        | "perex" | "opener" | "entradilla" | "sommario" | "zajawka" | "chapeau" | "anons"
        | "untertitel" | "subtitulo" | "sottotitolo" | "sottotitoli" | "sapo" => Cues::LEAD,
        "gallery" | "slideshow" | "slider" | "slide" | "slides" | "video" | "videos" | "player"
        | "photo" | "photos" | "image" | "images" | "media" | "picture" | "podcast" | "figure"
        | "jwplayer" | "swiper" => Cues::MEDIA,
        "title" | "headline" | "heading" | "header" | "hed" | "hero" => Cues::TITLE,
        "editsection" | "headerlink" | "anchorjs" | "anchor" | "permalink" => Cues::HEADING_MARK,
        "linenos" | "lineno" | "linenum" | "linenumber" | "linenumbers" | "lnt" | "lntd"
        | "gutter" | "prompt" => Cues::NUMBERS,
        "pagenum" | "pagenumber" | "pageno" => Cues::PAGE_NUMBER,
        "articlebody" | "storybody" | "entrycontent" | "postcontent" | "prose" | "richtext"
        | "wysiwyg" | "articletext" | "bodytext" | "storytext" | "paragraph" | "maincontent"
        | "articlecontent" => Cues::BODY,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks::Outline;
    use super::*;
    use dom_query::Document;

    #[test]
    fn what_a_system_switches_on_names_nothing() {
        let html = "<body class='comments-open normal-title-enabled'><div class=comments-open><p>Good ferry.</p></div>";
        let outline = Outline::of(&Document::from(html));
        let named: Vec<bool> = outline
            .elements
            .iter()
            .map(|element| element.cues.has(Cues::COMMENT))
            .collect();
        assert_eq!(named, [false, true, false]);
    }

    #[test]
    fn names_are_read_whatever_their_spelling() {
        for name in [
            "related-links",
            "article__related",
            "relatedLinks",
            "c-Related_x",
            "RELATED",
        ] {
            assert!(Cues(names(name)).has(Cues::RELATED), "{name}");
        }
        assert!(Cues(names("article-body")).has(Cues::BODY));
        assert!(Cues(names("storyBody")).has(Cues::BODY));
        assert!(!Cues(names("article body")).has(Cues::BODY));
        assert!(!Cues(names("download headings")).has(Cues::ADVERT));
        // What an article is about is no name of its box.
        assert!(
            !Cues(names("post tag-comments category-cookie-banner"))
                .has(Cues::COMMENT | Cues::DIALOG)
        );
        assert!(Cues(names("author-comment bio")).has(Cues::BYLINE));
        assert!(Cues(names("testimonialCard")).has(Cues::OFFER));
        assert!(Cues(names("image-source")).has(Cues::CAPTION));
        assert!(!Cues(names("sourceCode python")).has(Cues::CAPTION));
        assert!(!Cues(names("credit-card-item open-source")).has(Cues::CAPTION));
        assert!(!Cues(names("highlight highlight-source-shell")).has(Cues::CAPTION));
        assert!(!Cues(names("caption-top table table-sm")).has(Cues::CAPTION));
        assert!(!Cues(names("jp-Cell jp-OutputArea-child")).has(Cues::RELATED));
        assert!(Cues(names("jp-relatedposts")).has(Cues::RELATED));
        assert!(!Cues(names("rounded overflow-hidden")).has(Cues::HIDDEN));
        assert!(Cues(names("img-desc picIntro")).has(Cues::CAPTION));
    }
}
