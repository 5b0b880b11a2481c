//! What the elements of all feed dialects mean: namespace and local name to one [`Name`].
//! This is the one table of what is read: [`name`] has a list for each vocabulary, with its source beside it. JSON Feed's
//! members are in `json`.
//! Never here: where an element stands, what it holds.

/// A vocabulary, whatever prefix a document gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS of every version, Atom of both, CDF, and no namespace at all: their names do not clash where it matters.
    Feed,
    DublinCore,
    DublinCoreTerms,
    Content,
    Itunes,
    Media,
    Rdf,
    Syndication,
    Podcast,
    /// Podlove Simple Chapters.
    SimpleChapters,
    Prism,
    /// Google's tags for podcasts.
    Play,
    /// RSS 1.0's module for enclosures.
    Enclosures,
    /// The whole text beside the teaser, for Yandex and Rambler.
    FullText,
    Xhtml,
    Unknown,
}

/// The vocabulary of a namespace URI. Versions and spellings of the URIs vary, so their telling parts are compared.
pub(super) fn space(uri: &str) -> Space {
    let uri = uri.trim().to_ascii_lowercase();
    let has = |part: &str| uri.contains(part);
    if uri.is_empty() {
        Space::Feed
    } else if has("purl.org/dc/elements") {
        Space::DublinCore
    } else if has("purl.org/dc/terms") {
        Space::DublinCoreTerms
    } else if has("rss/1.0/modules/content") {
        Space::Content
    } else if has("rss/1.0/modules/syndication") {
        Space::Syndication
    } else if has("rss/1.0/modules/") || has("rss/modules/") {
        Space::Unknown
    } else if has("itunes.com/dtds") {
        Space::Itunes
    } else if has("yahoo.com/mrss") || has("/mediarss") {
        Space::Media
    } else if has("22-rdf-syntax-ns") {
        Space::Rdf
    } else if has("podcastindex.org/namespace") || has("github.com/podcastindex-org") {
        Space::Podcast
    } else if has("podlove.org/simple-chapters") {
        Space::SimpleChapters
    } else if has("prismstandard.org") {
        Space::Prism
    } else if has("schemas/play-podcasts") {
        Space::Play
    } else if has("rss_2.0/enc") {
        Space::Enclosures
    } else if has("news.yandex.ru") || has("news.rambler.ru") {
        Space::FullText
    } else if has("1999/xhtml") {
        Space::Xhtml
    } else if has("/atom")
        || has("purl.org/rss")
        || has("purl.org/net/rss")
        || has("/rss")
        || has("rdf/simple/0.9")
        || has("newformat")
    {
        Space::Feed
    } else {
        Space::Unknown
    }
}

/// The vocabulary that a prefix means by custom, where the document forgot to declare it.
pub(super) fn customary(prefix: &str) -> Space {
    match prefix {
        "" | "atom" | "atom03" | "atom10" | "a" | "a10" | "rss" => Space::Feed,
        "dc" => Space::DublinCore,
        "dcterms" | "dct" => Space::DublinCoreTerms,
        "content" => Space::Content,
        "itunes" => Space::Itunes,
        "media" => Space::Media,
        "rdf" => Space::Rdf,
        "sy" => Space::Syndication,
        "podcast" => Space::Podcast,
        "psc" | "sc" => Space::SimpleChapters,
        "prism" => Space::Prism,
        "googleplay" => Space::Play,
        "enc" => Space::Enclosures,
        "yandex" | "rambler" => Space::FullText,
        "xhtml" => Space::Xhtml,
        _ => Space::Unknown,
    }
}

/// What an element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// `rss`, `RDF`, `feed`, `channel`.
    Feed,
    /// `item`, `entry`.
    Entry,
    Title,
    MediaTitle,
    Link,
    Guid,
    Summary,
    /// A summary to be taken only where there is no other.
    SpareSummary,
    Content,
    Published,
    Updated,
    Created,
    Person,
    Creator,
    SpareCreator,
    /// Atom's `name` within a person.
    AuthorCalled,
    AuthorEmail,
    AuthorUri,
    Category,
    /// A category that parts several by semicolons.
    Subject,
    Keywords,
    /// A list of tags in one element.
    Tags,
    /// A category; used only if the entry has no other.
    SpareCategory,
    Image,
    ImageUrl,
    MediaContent,
    /// What is said of a file within its `media:content`.
    MediaCaption,
    /// A page that plays it.
    MediaPlayer,
    /// The same in other formats, each at the addresses that its children say.
    AlternateEnclosure,
    /// Such an address.
    AlternateSource,
    /// `media:group`: its children are the entry's.
    MediaGroup,
    Enclosure,
    /// How long an episode is.
    Duration,
    Chapters,
    /// One chapter, written out in the feed.
    Chapter,
    Transcript,
    /// The address of the discussion.
    Comments,
    /// The feed that an Atom entry was taken from.
    Source,
    Language,
    Ttl,
    SkipHours,
    Hour,
    SkipDays,
    Day,
    UpdatePeriod,
    UpdateFrequency,
    /// Known, and none of an article's: nothing within it counts.
    Skip,
    /// Anything else.
    Other,
}

/// The meaning of a local name in a vocabulary; case does not count, because CDF and hand-made RSS shout.
pub(super) fn name(space: Space, local: &str) -> Name {
    let mut buffer = [0u8; 24];
    let Some(lower) = buffer.get_mut(..local.len()) else {
        return Name::Other;
    };
    lower.copy_from_slice(local.as_bytes());
    lower.make_ascii_lowercase();
    let lower: &[u8] = lower;
    match space {
        // RSS 0.91 to 2.0 (rssboard.org/rss-specification), RSS 1.0 (web.resource.org/rss/1.0/spec), Atom 0.3 and
        // RFC 4287, CDF (w3.org/TR/NOTE-CDFsubmit).
        Space::Feed => match lower {
            b"rss" | b"rdf" | b"feed" | b"channel" => Name::Feed,
            b"item" | b"entry" => Name::Entry,
            b"title" => Name::Title,
            b"link" => Name::Link,
            b"guid" | b"id" => Name::Guid,
            b"description" | b"summary" | b"abstract" => Name::Summary,
            b"content" | b"body" | b"fullitem" | b"fulltext" | b"full-text" => Name::Content,
            b"pubdate" | b"published" | b"issued" => Name::Published,
            b"updated" | b"modified" | b"lastbuilddate" => Name::Updated,
            b"created" => Name::Created,
            b"author" => Name::Person,
            b"name" => Name::AuthorCalled,
            b"email" => Name::AuthorEmail,
            b"uri" | b"homepage" => Name::AuthorUri,
            b"category" => Name::Category,
            // Of no specification, and common.
            b"keywords" => Name::Keywords,
            b"tags" => Name::Tags,
            b"tag" => Name::SpareCategory,
            b"image" | b"logo" => Name::Image,
            b"url" => Name::ImageUrl,
            b"enclosure" => Name::Enclosure,
            b"comments" => Name::Comments,
            b"language" => Name::Language,
            b"ttl" => Name::Ttl,
            b"skiphours" => Name::SkipHours,
            b"hour" => Name::Hour,
            b"skipdays" => Name::SkipDays,
            b"day" => Name::Day,
            b"source" => Name::Source,
            b"textinput" | b"contributor" | b"cloud" => Name::Skip,
            _ => Name::Other,
        },
        // Dublin Core elements 1.1 (dublincore.org/specifications/dublin-core/dces).
        Space::DublinCore => match lower {
            b"title" => Name::Title,
            b"creator" | b"author" => Name::Creator,
            b"date" => Name::Updated,
            b"subject" => Name::Subject,
            b"description" => Name::SpareSummary,
            b"language" => Name::Language,
            _ => Name::Other,
        },
        // Dublin Core terms (dublincore.org/specifications/dublin-core/dcmi-terms).
        Space::DublinCoreTerms => match lower {
            b"title" => Name::MediaTitle,
            b"creator" => Name::Creator,
            b"subject" => Name::Subject,
            b"abstract" | b"description" => Name::SpareSummary,
            b"issued" | b"available" => Name::Published,
            b"created" => Name::Created,
            b"modified" | b"date" => Name::Updated,
            _ => Name::Other,
        },
        // PRISM 1.2 to 3.0 (prismstandard.org).
        Space::Prism => match lower {
            b"publicationdate" => Name::Published,
            b"keyword" | b"category" => Name::SpareCategory,
            _ => Name::Other,
        },
        // RSS 1.0 content module (web.resource.org/rss/1.0/modules/content).
        Space::Content => match lower {
            b"encoded" => Name::Content,
            _ => Name::Other,
        },
        Space::Xhtml => match lower {
            b"body" | b"div" => Name::Content,
            _ => Name::Other,
        },
        // iTunes podcast tags (itunes.com/dtds/podcast-1.0.dtd).
        Space::Itunes => match lower {
            b"author" => Name::SpareCreator,
            b"summary" | b"subtitle" => Name::SpareSummary,
            b"keywords" => Name::Keywords,
            b"image" => Name::Image,
            b"duration" => Name::Duration,
            b"title" => Name::MediaTitle,
            b"category" => Name::SpareCategory,
            _ => Name::Other,
        },
        // Media RSS 1.5.1 (rssboard.org/media-rss).
        Space::Media => match lower {
            b"title" => Name::MediaTitle,
            b"description" => Name::SpareSummary,
            b"keywords" => Name::Keywords,
            b"category" => Name::SpareCategory,
            b"thumbnail" => Name::Image,
            b"content" => Name::MediaContent,
            b"group" => Name::MediaGroup,
            b"player" | b"embed" => Name::MediaPlayer,
            b"peerlink" => Name::Enclosure,
            b"subtitle" => Name::Transcript,
            _ => Name::Other,
        },
        // Google Play podcasts 1.0 (google.com/schemas/play-podcasts/1.0).
        Space::Play => match lower {
            b"author" => Name::SpareCreator,
            b"description" => Name::SpareSummary,
            b"image" => Name::Image,
            b"category" => Name::SpareCategory,
            _ => Name::Other,
        },
        // RSS 1.0 enclosure module (purl.oclc.org/net/rss_2.0/enc).
        Space::Enclosures => match lower {
            b"enclosure" => Name::Enclosure,
            _ => Name::Other,
        },
        // Yandex News (`yandex:full-text`) and Rambler (`rambler:fulltext`).
        Space::FullText => match lower {
            b"full-text" | b"fulltext" => Name::Content,
            _ => Name::Other,
        },
        Space::Rdf => match lower {
            b"rdf" => Name::Feed,
            // What an item of `content:items` holds.
            b"value" => Name::Content,
            _ => Name::Other,
        },
        // RSS 1.0 syndication module (web.resource.org/rss/1.0/modules/syndication).
        Space::Syndication => match lower {
            b"updateperiod" => Name::UpdatePeriod,
            b"updatefrequency" => Name::UpdateFrequency,
            _ => Name::Other,
        },
        // Podcasting 2.0 (github.com/Podcastindex-org/podcast-namespace).
        Space::Podcast => match lower {
            b"chapters" => Name::Chapters,
            b"transcript" => Name::Transcript,
            b"alternateenclosure" => Name::AlternateEnclosure,
            b"source" => Name::AlternateSource,
            _ => Name::Other,
        },
        // Podlove Simple Chapters 1.2 (podlove.org/simple-chapters).
        Space::SimpleChapters => match lower {
            b"chapter" => Name::Chapter,
            _ => Name::Other,
        },
        Space::Unknown => Name::Other,
    }
}
