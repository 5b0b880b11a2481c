//! The tables, as an append-only list of migrations: what has been released is never edited.
//! Never here: queries.

/// One migration a version; `user_version` counts those applied.
pub(super) const MIGRATIONS: &[&str] = &[
    FIRST,
    MEDIA,
    TEASERS,
    PRUNED_IDENTITY,
    PRUNED_ORDER,
    ACCOUNTS,
    STORIES,
    FORMER_NAMES,
    AWAY,
    UNBOUND,
    GIVEN_TAGS,
];

/// Rows that lists walk over are narrow and apart from what is shown (`articles`) and read
/// (`bodies`), so that choosing and ordering 100,000 articles touches few pages.
const FIRST: &str = "
-- One row. Counters of the whole store are kept in the transaction that changes them.
CREATE TABLE state (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    newest  INTEGER NOT NULL,   -- the last article number given out; none is used twice
    change  INTEGER NOT NULL,   -- the number of the last change of marks
    edition INTEGER NOT NULL,   -- grows when something stored is altered or removed
    total   INTEGER NOT NULL,
    unread  INTEGER NOT NULL
);
INSERT INTO state VALUES (1, 0, 0, 0, 0, 0);

CREATE TABLE outlets (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    fold          TEXT NOT NULL,
    url           TEXT NOT NULL,
    grp           TEXT NOT NULL,       -- folded; empty for none
    place         INTEGER NOT NULL,    -- in the order of the configuration
    configured    INTEGER NOT NULL,    -- 0: no longer in the configuration
    total         INTEGER NOT NULL DEFAULT 0,
    unread        INTEGER NOT NULL DEFAULT 0,
    kind          TEXT,
    source        TEXT,
    etag          BLOB,
    last_modified BLOB,
    next_fetch    INTEGER,
    retry_after   INTEGER,
    last_attempt  INTEGER,
    last_success  INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    last_error    TEXT,
    status        INTEGER,
    stopped       TEXT,
    extra         TEXT NOT NULL DEFAULT '',
    repeats       BLOB
);

-- What is shown of an article in a list.
CREATE TABLE articles (
    id         INTEGER PRIMARY KEY,
    key        INTEGER NOT NULL,       -- hash of the address, else the guid, else the title
    guid       INTEGER NOT NULL,       -- hash of the guid; 0 for none
    print      INTEGER NOT NULL,       -- the caller's fingerprint of what the source gave
    title      TEXT NOT NULL,
    url        TEXT NOT NULL,
    author     TEXT NOT NULL,
    published  INTEGER,
    updated    INTEGER,
    first_seen INTEGER NOT NULL,
    words      INTEGER NOT NULL
);

-- By what articles are chosen, ordered and counted.
CREATE TABLE places (
    article  INTEGER PRIMARY KEY,
    outlet   INTEGER NOT NULL,
    sort     INTEGER NOT NULL,         -- published, else first seen; never changes
    read     INTEGER NOT NULL,
    starred  INTEGER NOT NULL,
    changed  INTEGER NOT NULL,
    text     INTEGER NOT NULL,         -- 0 none, 1 excerpt, 2 full
    position INTEGER NOT NULL,
    lang     TEXT NOT NULL,
    tags     BLOB NOT NULL             -- numbers of spellings, LEB128, in the outlet's order
);
CREATE INDEX by_date ON places (sort);
CREATE INDEX by_outlet ON places (outlet, sort);
CREATE INDEX by_unread ON places (sort) WHERE read = 0;
CREATE INDEX by_star ON places (sort) WHERE starred = 1;

-- Every key and guid an article is known by.
CREATE TABLE keys (
    outlet  INTEGER NOT NULL,
    key     INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (outlet, key)
) WITHOUT ROWID;

-- Marks that outlive their article: of pruned ones (which are not taken in again), and of ones
-- whose return is expected after a rescue.
CREATE TABLE kept (
    outlet   INTEGER NOT NULL,
    key      INTEGER NOT NULL,
    read     INTEGER NOT NULL,
    starred  INTEGER NOT NULL,
    position INTEGER NOT NULL,
    pruned   INTEGER NOT NULL,
    PRIMARY KEY (outlet, key)
) WITHOUT ROWID;

CREATE TABLE bodies (
    article INTEGER PRIMARY KEY,
    html    BLOB NOT NULL,             -- zstd
    print   INTEGER NOT NULL,          -- fingerprint of the text alone
    image   TEXT,
    partial TEXT
);

CREATE TABLE revisions (
    id       INTEGER PRIMARY KEY,
    article  INTEGER NOT NULL,
    replaced INTEGER NOT NULL,
    title    TEXT NOT NULL,
    html     BLOB NOT NULL             -- zstd
);
CREATE INDEX revisions_of ON revisions (article);

CREATE TABLE tags (
    id     INTEGER PRIMARY KEY,
    fold   TEXT NOT NULL UNIQUE,
    name   TEXT NOT NULL,              -- the spelling most articles use
    total  INTEGER NOT NULL,
    unread INTEGER NOT NULL
);
CREATE TABLE spellings (
    id    INTEGER PRIMARY KEY,
    tag   INTEGER NOT NULL,
    name  TEXT NOT NULL UNIQUE,
    total INTEGER NOT NULL
);
CREATE INDEX spellings_of ON spellings (tag);
CREATE TABLE tagged (
    tag     INTEGER NOT NULL,
    sort    INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (tag, sort, article)
) WITHOUT ROWID;

-- Every change of marks: for undo, and for lists that show what held before it.
CREATE TABLE changes (
    number INTEGER PRIMARY KEY,
    mark   INTEGER NOT NULL,
    undone INTEGER NOT NULL,           -- 1: taken back, or itself the taking back
    count  INTEGER NOT NULL,
    ids    BLOB NOT NULL               -- differences between ascending numbers, LEB128, zstd if long
);

CREATE TABLE memos (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (
    title, body, tags, author,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
";

/// Files that come with articles; few articles have any.
const MEDIA: &str = "
CREATE TABLE media (
    article INTEGER PRIMARY KEY,
    audio   INTEGER NOT NULL,
    video   INTEGER NOT NULL,
    list    TEXT NOT NULL              -- encode::media_list
);
";

/// The source's own text of an article whose page gave the whole one: it stands again where that turns out
/// not to be the article (`doubt`). And what the last visit has to tell of an outlet that did not fail.
const TEASERS: &str = "
ALTER TABLE bodies ADD COLUMN teaser BLOB;
ALTER TABLE outlets ADD COLUMN notes TEXT NOT NULL DEFAULT '';
";

/// What tells a new article at the address of a pruned one from that one: 31 bits of its guid's key
/// and of its title's fingerprint; 0 where it is not known.
const PRUNED_IDENTITY: &str = "
ALTER TABLE kept ADD COLUMN guid INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kept ADD COLUMN title INTEGER NOT NULL DEFAULT 0;
";

/// The number that a pruned article had, which tells the earlier from the later; 0 where it is not known.
const PRUNED_ORDER: &str = "
ALTER TABLE kept ADD COLUMN article INTEGER NOT NULL DEFAULT 0;
";

/// Accounts on servers, their outlets, which remote article is which, and marks that wait for a server.
/// SQLite stores these texts with their comments, on a page that should stay one, so they have none:
///
/// - `accounts`: `home` names server and user, and another one is another account; `newest` is the latest
///   arrival on the server so far, in seconds.
/// - `outlets`: `account` is 0 for the reader's own; `remote` is the server's name of it; `title` what the
///   server calls it; `folders` are one a line, `folder_folds` the same folded with a line end around each.
/// - `remote`: `rid` is the server's id of the article, `article` 0 where it is of no known outlet; `read`
///   and `starred` are what the server is known to have; `missed` counts how often in a row it did not
///   know the article; `checked` is when the text was last fetched.
/// - `pending`: marks that a server is not known to have; `kind` is 0 for read and 1 for star, `seq` the
///   number of the change. Made anew by [`UNBOUND`].
/// - `wanted`: remote articles whose text is to be fetched, the newest last.
const ACCOUNTS: &str = "
CREATE TABLE accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, home TEXT NOT NULL,
    configured INTEGER NOT NULL, dialect TEXT NOT NULL DEFAULT '', newest INTEGER, last_attempt INTEGER,
    last_sync INTEGER, failing_since INTEGER, last_error TEXT,
    extra TEXT NOT NULL DEFAULT '');
ALTER TABLE outlets ADD COLUMN account INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outlets ADD COLUMN remote TEXT NOT NULL DEFAULT '';
ALTER TABLE outlets ADD COLUMN feed_url TEXT NOT NULL DEFAULT '';
ALTER TABLE outlets ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE outlets ADD COLUMN folders TEXT NOT NULL DEFAULT '';
ALTER TABLE outlets ADD COLUMN folder_folds TEXT NOT NULL DEFAULT '';
CREATE TABLE remote (account INTEGER NOT NULL, rid TEXT NOT NULL, outlet INTEGER NOT NULL,
    article INTEGER NOT NULL, read INTEGER NOT NULL, starred INTEGER NOT NULL, missed INTEGER NOT NULL,
    checked INTEGER NOT NULL, PRIMARY KEY (account, rid)) WITHOUT ROWID;
CREATE INDEX remote_of ON remote (article);
CREATE TABLE pending (account INTEGER NOT NULL, rid TEXT NOT NULL, kind INTEGER NOT NULL,
    want INTEGER NOT NULL, seq INTEGER NOT NULL, since INTEGER NOT NULL, sent INTEGER NOT NULL,
    acked INTEGER NOT NULL, tries INTEGER NOT NULL, PRIMARY KEY (account, rid, kind)) WITHOUT ROWID;
CREATE TABLE wanted (id INTEGER PRIMARY KEY, account INTEGER NOT NULL, rid TEXT NOT NULL,
    UNIQUE (account, rid));
";

/// Which articles tell one story; without comments, as above:
///
/// - `told`: `story` is the number of the article that began it, `copy_of` the first article with the same text or
///   address, 0 for none. An article that is not here is alone; most are.
/// - `compared`: what new articles are compared with, those of the last days alone; the form is the caller's.
/// - `decided`: what the reader decided of two articles, the lower number first; `together` is 0 for two stories.
///   Nothing else writes here. Since [`AWAY`] a number below 0 is that of an article that is not here.
const STORIES: &str = "
CREATE TABLE told (article INTEGER PRIMARY KEY, story INTEGER NOT NULL, copy_of INTEGER NOT NULL);
CREATE INDEX told_by ON told (story);
CREATE TABLE compared (article INTEGER PRIMARY KEY, profile BLOB NOT NULL);
CREATE TABLE decided (a INTEGER NOT NULL, b INTEGER NOT NULL, together INTEGER NOT NULL,
    PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX decided_of ON decided (b);
";

/// What a server called an account's outlet before, folded, one a line with a line end around each: queries find
/// it by these, too.
const FORMER_NAMES: &str = "
ALTER TABLE outlets ADD COLUMN former TEXT NOT NULL DEFAULT '';
";

/// Articles that are not here and of which the reader has decided something: they were pruned, or the database was
/// lost. `decided` has them under their `id` below 0. The table `state` is made anew without its comments, so that
/// all tables stay on one page, as above; what they say:
///
/// - `newest`: the last article number given out; none is used twice.
/// - `change`: the number of the last change of marks.
/// - `edition`: grows when something stored is altered or removed.
const AWAY: &str = "
CREATE TEMP TABLE one_row AS SELECT * FROM state;
DROP TABLE state;
CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), newest INTEGER NOT NULL, change INTEGER NOT NULL,
    edition INTEGER NOT NULL, total INTEGER NOT NULL, unread INTEGER NOT NULL);
INSERT INTO state SELECT * FROM one_row;
DROP TABLE one_row;
CREATE TABLE away (id INTEGER PRIMARY KEY, outlet INTEGER NOT NULL, key INTEGER NOT NULL,
    UNIQUE (outlet, key));
";

/// Marks that wait for an article whose id on the server is not known, since the account's server or user is another
/// now: `article` is its number then and `rid` empty, else `article` is 0. Before, `rid` had the number behind
/// `article:`.
const UNBOUND: &str = "
ALTER TABLE pending RENAME TO pending_before;
CREATE TABLE pending (account INTEGER NOT NULL, rid TEXT NOT NULL, article INTEGER NOT NULL DEFAULT 0,
    kind INTEGER NOT NULL, want INTEGER NOT NULL, seq INTEGER NOT NULL, since INTEGER NOT NULL,
    sent INTEGER NOT NULL, acked INTEGER NOT NULL, tries INTEGER NOT NULL,
    PRIMARY KEY (account, rid, article, kind)) WITHOUT ROWID;
INSERT INTO pending (account, rid, article, kind, want, seq, since, sent, acked, tries)
    SELECT account, CASE WHEN rid LIKE 'article:%' THEN '' ELSE rid END,
        CASE WHEN rid LIKE 'article:%' THEN CAST(substr(rid, 9) AS INTEGER) ELSE 0 END,
        kind, want, seq, since, sent, acked, tries
    FROM pending_before;
DROP TABLE pending_before;
";

/// Tags that the reader gave articles; `article` is below 0 where it is not here, as in `decided`. `places` and
/// `tagged` have these tags too, as they have the outlet's. The table `changes` is made anew without its comments, so
/// that all tables stay on one page, as above; what they say:
///
/// - `undone`: 1 if it was undone, or is the undoing itself.
/// - `ids`: differences between ascending numbers, LEB128, zstd if long.
const GIVEN_TAGS: &str = "
ALTER TABLE changes RENAME TO changes_before;
CREATE TABLE changes (number INTEGER PRIMARY KEY, mark INTEGER NOT NULL, undone INTEGER NOT NULL,
    count INTEGER NOT NULL, ids BLOB NOT NULL);
INSERT INTO changes SELECT * FROM changes_before;
DROP TABLE changes_before;
CREATE TABLE given_tags (article INTEGER, name TEXT, PRIMARY KEY (article, name)) WITHOUT ROWID;
";
