//! Which server it is, and in what the servers differ.
//! Never here: the requests themselves.

use url::Url;

/// A server of the Google Reader API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dialect {
    /// FreshRSS.
    FreshRss,
    /// Miniflux.
    Miniflux,
    /// CommaFeed.
    CommaFeed,
    /// Inoreader.
    Inoreader,
    /// The Old Reader.
    OldReader,
    /// BazQux Reader.
    BazQux,
    /// Not known: only what all of them understand.
    #[default]
    Unknown,
}

const ALL: [(Dialect, &str); 7] = [
    (Dialect::FreshRss, "freshrss"),
    (Dialect::Miniflux, "miniflux"),
    (Dialect::CommaFeed, "commafeed"),
    (Dialect::Inoreader, "inoreader"),
    (Dialect::OldReader, "theoldreader"),
    (Dialect::BazQux, "bazqux"),
    (Dialect::Unknown, "unknown"),
];

impl Dialect {
    /// The word that is stored: `freshrss`, `miniflux`, `commafeed`, `inoreader`, `theoldreader`,
    /// `bazqux` or `unknown`.
    pub fn as_str(self) -> &'static str {
        let found = ALL.iter().find(|(one, _)| *one == self);
        found.map_or("unknown", |(_, word)| word)
    }

    /// The inverse of [`Dialect::as_str`].
    pub fn from_word(word: &str) -> Dialect {
        let found = ALL.iter().find(|(_, one)| *one == word);
        found.map_or(Dialect::Unknown, |(one, _)| *one)
    }

    /// What the account's address says.
    ///
    /// ```
    /// use newsprint_sync::Dialect;
    /// assert_eq!(Dialect::of_address("https://rss.example/api/greader.php"), Dialect::FreshRss);
    /// assert_eq!(Dialect::of_address("https://theoldreader.com"), Dialect::OldReader);
    /// assert_eq!(Dialect::of_address("https://reader.example"), Dialect::Unknown);
    /// ```
    pub fn of_address(url: &str) -> Dialect {
        let Ok(url) = Url::parse(url) else {
            return Dialect::Unknown;
        };
        let host = url.host_str().unwrap_or_default();
        let path = url.path().trim_end_matches('/');
        let is = |name: &str| host == name || host.ends_with(&format!(".{name}"));
        match () {
            () if path.ends_with("/greader.php") || path.ends_with("/fever.php") => {
                Dialect::FreshRss
            }
            () if path.ends_with("/rest/googlereader") => Dialect::CommaFeed,
            () if is("inoreader.com") => Dialect::Inoreader,
            () if is("theoldreader.com") => Dialect::OldReader,
            () if is("bazqux.com") => Dialect::BazQux,
            () => Dialect::Unknown,
        }
    }

    /// What the sign-in token and the edit token say where the address says nothing: Miniflux gives
    /// one for both, FreshRSS fills its edit token up with `Z`.
    pub(crate) fn of_tokens(auth: &str, edit: &str) -> Dialect {
        match () {
            () if auth == edit && !edit.is_empty() => Dialect::Miniflux,
            () if edit.len() == 57 && edit.ends_with("ZZZZ") => Dialect::FreshRss,
            () => Dialect::Unknown,
        }
    }

    /// Whether it is one of those whose limits are known.
    pub(crate) fn is_known(self) -> bool {
        self != Dialect::Unknown
    }

    /// Ids in one request for contents.
    pub(crate) fn proof_at_once(self) -> usize {
        match self {
            Dialect::Inoreader => 100,
            Dialect::FreshRss | Dialect::Miniflux | Dialect::CommaFeed => 1_000,
            _ => 500,
        }
    }

    /// Articles in one request for texts.
    pub(crate) fn texts_at_once(self) -> usize {
        match self {
            Dialect::Inoreader => 100,
            _ => 200,
        }
    }

    /// Ids of a list in one request.
    pub(crate) fn ids_at_once(self) -> usize {
        match self {
            Dialect::CommaFeed | Dialect::Inoreader => 1_000,
            _ => 10_000,
        }
    }

    /// Requests for proofs and for texts in one sync: Inoreader counts every request.
    pub(crate) fn requests_for_articles(self) -> usize {
        match self {
            Dialect::Inoreader => 6,
            _ => 200,
        }
    }

    /// Requests that may be under way at the same time.
    pub(crate) fn at_once(self) -> usize {
        match self {
            Dialect::FreshRss | Dialect::Miniflux | Dialect::CommaFeed => 3,
            _ => 1,
        }
    }

    /// Whether `ot` is the time of arrival.
    pub(crate) fn knows_arrival(self) -> bool {
        matches!(self, Dialect::FreshRss | Dialect::Inoreader)
    }

    /// Whether `it=` with the state of read articles gives those alone.
    pub(crate) fn filters_read(self) -> bool {
        matches!(
            self,
            Dialect::FreshRss | Dialect::Inoreader | Dialect::BazQux
        )
    }

    /// Whether an edit token that has ended is told from a bad request.
    pub(crate) fn says_bad_token(self) -> bool {
        matches!(
            self,
            Dialect::FreshRss | Dialect::Miniflux | Dialect::CommaFeed
        )
    }

    /// Whether digits alone are read as a decimal number, in every version of it.
    pub(crate) fn reads_decimal(self) -> bool {
        self == Dialect::FreshRss
    }

    /// Whether a feed is subscribed to by `quickadd` alone.
    pub(crate) fn adds_quickly(self) -> bool {
        self == Dialect::OldReader
    }

    /// Whether a feed may be in several folders.
    pub(crate) fn has_folders(self) -> bool {
        matches!(self, Dialect::BazQux | Dialect::Inoreader)
    }

    /// Whether a mark that is set already is taken away again: Miniflux before 2026.
    pub(crate) fn toggles(self) -> bool {
        self == Dialect::Miniflux
    }

    /// Whether titles and names carry full-width signs in place of `&`, `<`, `>` and quotes.
    pub(crate) fn is_full_width(self) -> bool {
        self == Dialect::FreshRss
    }

    /// Whether requests are counted and few are allowed.
    pub(crate) fn counts_requests(self) -> bool {
        self == Dialect::Inoreader
    }
}
