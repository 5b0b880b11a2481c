//! What follows the options in each command's help and in the manual: examples, fields, exit codes.
//! Never here: the options themselves.

/// Below the list of commands.
pub(super) const START: &str = "\
Without a command the reader opens: `?` lists its keys, `q` quits.
`newsprint help COMMAND` describes a command, `newsprint man` everything.

Examples:
  newsprint                          open the reader
  newsprint add https://example.org  add an outlet
  newsprint refresh -q               for cron: print failures only
  newsprint list tag:economy since:7d

Exit codes:
  0    success, even if there is nothing new
  1    failure; for list and show: no match
  2    invalid usage, query or config
  3    some outlets failed
  4    all outlets failed
  5    cannot open the database
  75   another refresh is running
  130  interrupted (143: terminated); what was stored is kept";

/// How a query is written, for the commands that take one.
pub(super) const QUERIES: &str = "\
Queries:
  pipeline tariffs        both words, in title, text, tags or author
  \"border crossing\"       a phrase            rail*   a prefix
  a or b, (a or b) -c     either; not c        not c   same as -c
  tag:NAME outlet:NAME group:NAME account:NAME author:NAME title:WORD lang:de
  is:unread is:read is:starred is:changed is:full has:audio has:video
  story:17 is:copy outlets:>2   a story, copies, stories in over two outlets
  since:7d since:2024-06-01 before:yesterday
  Case and accents are ignored. Quote names with spaces:
  tag:\"North Caucasus\". Tags match their aliases; groups under [tags]
  match their members. Muted tags are excluded unless named.";

/// The fields of a headline.
macro_rules! headline_fields {
    () => {
        "  id, outlet, title, url   strings; other commands accept the id
  published, updated       timestamp such as 2024-06-12T10:02:00Z, or null
  first_seen               timestamp
  tags                     list of strings, in the outlet's order
  author, lang             string, empty if unknown
  read, starred, changed   true or false
  text                     full, excerpt or none
  words                    number of words in the text"
    };
}

pub(super) const LIST: &str = concat!(
    "Examples:
  newsprint list is:unread tag:georgia
  newsprint list '\"rail link\"' -football --since 7d --limit 20
  newsprint list is:starred --json | jq -r .title

With --stories, of each story the newest article that matches.

Columns: id, ● unread, ★ starred, ✓ full text, ◐ excerpt, ○ no text, date,
title, outlet.

Fields of --json, one object per line:
",
    headline_fields!(),
    "

With --stories also:
  story                    its number: list story:NUMBER
  story_articles           number of its articles
  story_outlets            number of outlets that report it

Fields of --tsv: id, published, outlet, read, starred, text, tags, title, url."
);

pub(super) const SHOW: &str = concat!(
    "Examples:
  newsprint show 17
  newsprint show https://example.org/news/bridge --markdown > bridge.md
  newsprint show 17 --diff
  newsprint show 17 --explain

Fields of --json:
",
    headline_fields!(),
    "
  body                     plain text, paragraphs separated by blank lines
  links                    list of URLs in the text
  image                    URL of the lead image, or null
  media                    attached files: url, type, title, bytes, seconds, role
  revisions                earlier versions: replaced (timestamp), title, body
  partial                  why the text is incomplete, or null
  story                    number of its story

Fields of --explain --json, an object for each part of the page:
  kept, odds               whether it is in the text, and its score
  rule                     the rule for the whole page that decided, or null
  reasons                  what raised or lowered the score: why, log_odds
  place                    its CSS selector, for [outlet.select]
  instead                  where the text is from if not from the page's parts, or null
  text                     the part as one line"
);

pub(super) const STORIES: &str = "\
Examples:
  newsprint stories --since 1d
  newsprint stories tag:georgia outlets:>2 --json
  newsprint list story:17

Articles about the same event form a story: they share names, numbers and words
within some days. `newsprint story why ID` shows which; `story part` and
`story join` correct it permanently.

Fields of --json, one object per story:
  story                    its number: list story:NUMBER
  title                    of its most typical article
  outlets                  names, in the order of their first articles
  articles                 as in list --json, with story and copy, oldest first
  total, unread            numbers of articles
  first, last              timestamps";

pub(super) const STORY: &str = "\
Examples:
  newsprint story why 17
  newsprint story part 17            not about the same event as the others
  newsprint story join 12 17 18      17 and 18 belong to the story of 12

Corrections are permanent; copies of an article go with it.

Fields of why --json, one object for each other article of the story:
  id, with                 the article, the other article
  story                    number of the story
  copy                     true if the other has the same URL or text
  by_hand                  true if you joined them
  names, numbers, words    lists of strings that both contain";

pub(super) const DIGEST: &str = "\
Examples:
  newsprint digest --since 1d
  newsprint digest --since 1d --format eml --to me@example.org | sendmail -t
  newsprint digest --since 1d --by view
  newsprint digest is:unread --format epub -o news.epub

Stories first, then the other articles by outlet, or by your views (`--by view`:
each article under the first view that has it, the rest by outlet). Nothing is
fetched; an e-book has the pictures that are kept (`images` under [refresh]).
The same articles give the same bytes.";

pub(super) const REFRESH: &str = "\
Examples:
  newsprint refresh                    all outlets that are due
  newsprint refresh -q                 for cron: print failures only
  newsprint refresh \"Caucasus Watch\"   one outlet, if due
  newsprint refresh --group region --force

An outlet is due once [refresh] interval has passed, or later if its server
says so. `newsprint outlets` shows when. Paused outlets are refreshed by name
only.

Fields of --json, one object per outlet:
  outlet                   its name
  outcome                  updated, unchanged, not-due or failed
  new, changed, full_text  numbers of articles
  error                    why it failed, or null
  failing_since            timestamp, or null
  seconds                  duration
  next_fetch               not due before (timestamp), or null
  notes                    list of strings: source changed or moved,
                           parts of a damaged feed that were lost
Accounts come first, each with an object as of `newsprint sync --json`.";

pub(super) const SYNC: &str = "\
Examples:
  newsprint sync               all accounts
  newsprint sync home --json

Sends your marks, fetches those of other devices, and new articles. Every
`newsprint refresh` does the same, and then fetches article pages. What you
marked waits until the server has it.

Fields of --json, one object per account:
  account                  its name
  outcome                  updated, unchanged, not-due or failed
  sent                     marks the server accepted
  read, starred            articles whose mark changed on the server
  new, gone                numbers of articles: new, no longer on the server
  requests                 number of requests
  pending                  marks that still wait
  error                    why it failed, or null
  seconds                  duration

Exit codes: 3 if an account failed, 75 if another refresh is running.";

pub(super) const ACCOUNT: &str = "\
Examples:
  newsprint account add home https://rss.example.org/api/greader.php \\
    --user mira --password-command pass show rss
  newsprint account login home
  newsprint account list

Passwords are never stored: a command or a file of mode 600 supplies them, or
you type one, and a sign-in token is kept in a private file.

Fields of list --json: account, kind, url, user, outlets, last_sync, last_error,
failing_since, pending, pending_since.";

pub(super) const TAGS: &str = "\
Examples:
  newsprint tags
  newsprint tags is:unread since:30d

Aliases count as their tag, a group as one tag; hidden tags are not listed
(see [tags] in the config). Tags with the most articles come first.

Fields of --json and --tsv: tag, total, unread.";

pub(super) const OUTLETS: &str = "\
Fields of --json, one object per outlet:
  outlet, url              name and address as configured
  account                  the account that supplies it, or null
  source, source_url       feed, news-sitemap or headline-page, and its URL;
                           null until found
  last_success             timestamp, or null
  last_error, status       error and HTTP status, or null
  failing_since            timestamp, or null
  next_fetch               not due before (timestamp), or null
  stopped                  why it is disabled, or null
  notes                    list of strings: parts of a damaged feed that were
                           lost, pages that did not show the article
  total, unread            numbers of articles

Fields of --tsv: outlet, source, source_url, last_success, last_error,
next_fetch, total, unread. Passwords in URLs are shown as ***.";

pub(super) const DISCOVER: &str = "\
Examples:
  newsprint discover https://example.org/
  newsprint discover https://example.org/news/ --json

Fields of --json, one object per source:
  source, source_url       feed, news-sitemap or headline-page, and its URL
  found                    how it was found
  best                     true for the one a refresh would use
  title                    its title, or null
  entries                  number of articles
  sample                   the latest articles: title, url, published, tags
  error                    why it cannot be used, or null";

pub(super) const FEED: &str = "\
Examples:
  newsprint feed https://example.org/feed.xml
  newsprint feed saved.xml --json

Fields of --json:
  title, site, lang        of the feed, or null
  ttl_minutes              minimum minutes between fetches, or null
  repairs                  what was wrong with the document and how it was read
  entries                  guid, url, title, published, updated, authors, tags,
                           summary and content (HTML as written), text (plain),
                           image, lang, comments, media (as in show --json)";

pub(super) const ADD: &str = "\
Examples:
  newsprint add https://example.org/news/
  newsprint add https://example.org/ --name Example --group region --tag local

It fetches the site, looks for its feed or headlines, and names the outlet
after it. With --no-check, or where no server answers, the URL is added as
given. An outlet needs no feed: see
`newsprint discover URL`. Where discovery fails, set `feed` or
[outlet.select] in the config (`newsprint config example`).";

pub(super) const REMOVE: &str = "\
Its articles are kept but not listed, except starred ones and under
outlet:NAME. `newsprint prune --removed` deletes them, except starred and
tagged ones.";

pub(super) const MARK: &str = "\
Examples:
  newsprint mark --read 17 18
  newsprint mark --star https://example.org/news/bridge
  newsprint mark --read --query 'tag:sports before:7d'
  newsprint mark --tag later 17 18

Prints the number of changed articles, and which of them are copies in other
outlets; `newsprint undo` undoes it, except tags: `--untag` removes those.";

pub(super) const UNDO: &str = "\
Undoes the last mark: one `mark` command, or one key in the reader. Repeat it
to go further back.";

pub(super) const IMPORT: &str = "\
Examples:
  newsprint import subscriptions.opml --dry-run
  newsprint import ~/.newsboat/urls

Groups, tags and titles are kept; a feed without a title is named by itself
at the first refresh. Outlets you have already are skipped, and so are
newsboat's exec:, filter: and query: lines and outlines without a feed;
each is reported, with the reason. Feeds hidden in newsboat (!) are not
hidden here; that is noted.";

pub(super) const EXPORT: &str = "\
Example:
  newsprint export > subscriptions.opml

Exports the feed if known, else the outlet's URL, with groups and tags.
URLs are exported in full, passwords included.";

pub(super) const PRUNE: &str = "\
Examples:
  newsprint prune --days 365 --dry-run     show what would be deleted
  newsprint prune --count 1000 Example     all but its newest 1000
  newsprint prune --removed                articles of removed outlets

Articles that you starred or tagged are never deleted. Deleted articles do
not come back with the next refresh. Without options it applies `keep` under
[refresh], as every refresh does.";

pub(super) const DEMO: &str = "\
Both outlets run on 127.0.0.1, and articles, marks and settings are kept in a
temporary folder that is removed when the reader is closed. --linear before
`demo` opens it in plain lines.";

pub(super) const DOCTOR: &str = "\
Each line begins with ok, note or error; an error is followed by a fix.
Changes nothing; exits with 1 if there are errors. --stories instead finds all
stories of the stored articles anew.";

pub(super) const COMPLETIONS: &str = "\
Examples:
  newsprint completions bash > ~/.local/share/bash-completion/completions/newsprint
  newsprint completions fish > ~/.config/fish/completions/newsprint.fish";

pub(super) const MAN: &str = "\
Examples:
  newsprint man | man -l -
  newsprint man > ~/.local/share/man/man1/newsprint.1";
