//! What stands below the options in each command's help and in the manual: examples, fields, exit codes.
//! Never here: the options themselves.

/// Below the list of commands.
pub(super) const START: &str = "\
Without a command the reader opens; `?` lists its keys, `q` leaves it.
`newsprint help COMMAND` says more about a command, `newsprint man` says all.

Examples:
  newsprint                          open the reader
  newsprint add https://example.org  read one more outlet
  newsprint refresh -q               for cron: say nothing when all is well
  newsprint list tag:economy since:7d

Exit codes:
  0    done, also when there is nothing new
  1    failed; for list and show: nothing matched
  2    wrong usage, query or config
  3    some outlets failed, the others are done
  4    every outlet failed
  5    the store cannot be opened
  75   another refresh is running
  130  interrupted (143: terminated); what was stored stays";

/// How a query is written, for the commands that take one.
pub(super) const QUERIES: &str = "\
Queries:
  pipeline tariffs        both words, in title, text, tags or author
  \"border crossing\"       a phrase            rail*   a beginning
  a or b, (a or b) -c     either; not c        not c   the same as -c
  tag:NAME outlet:NAME group:NAME author:NAME title:WORD lang:de
  is:unread is:read is:starred is:changed is:full
  since:7d since:2024-06-01 before:yesterday
  Case and accents make no difference. A name with spaces is quoted:
  tag:\"North Caucasus\".";

/// The fields of a headline.
macro_rules! headline_fields {
    () => {
        "  id, outlet, title, url   text; `id` is what other commands take
  published, updated       a moment such as 2024-06-12T10:02:00Z, or null
  first_seen               a moment
  tags                     list of texts, in the outlet's order
  author, lang             text, empty where unknown
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

Columns: number, ● unread, ★ starred, ✓ full text, ◐ excerpt, ○ no text,
date, title, outlet.

Fields of --json, one object a line:
",
    headline_fields!(),
    "

Fields of --tsv: id, published, outlet, read, starred, text, tags, title, url."
);

pub(super) const SHOW: &str = concat!(
    "Examples:
  newsprint show 17
  newsprint show https://example.org/news/bridge --markdown > bridge.md
  newsprint show 17 --diff

Fields of --json:
",
    headline_fields!(),
    "
  body                     the text alone, paragraphs parted by empty lines
  links                    list of addresses in the text
  image                    address of the leading picture, or null
  media                    files that come along: url, type, title, bytes, seconds, role
  revisions                earlier texts: replaced (a moment), title, body
  partial                  why the text is not whole, or null"
);

pub(super) const REFRESH: &str = "\
Examples:
  newsprint refresh                    all outlets that are due
  newsprint refresh -q                 for cron: only failures are said
  newsprint refresh \"Caucasus Watch\"   one outlet, if it is due
  newsprint refresh --group region --force

No outlet is asked more often than [refresh] interval says, or than it wishes
itself. `newsprint outlets` says when each may be asked again.

Fields of --json, one object per outlet:
  outlet                   its name
  outcome                  updated, unchanged, not-due or failed
  new, changed, full_text  numbers of articles
  error                    why it failed, or null
  failing_since            a moment, or null
  seconds                  how long it took
  next_fetch               not asked again before this moment, or null
  notes                    list of strings: the source has changed or moved,
                           what was lost of a damaged feed";

pub(super) const TAGS: &str = "\
Examples:
  newsprint tags
  newsprint tags is:unread since:30d

Fields of --json: tag, total, unread. Those of --tsv: the same.";

pub(super) const OUTLETS: &str = "\
Fields of --json, one object per outlet:
  outlet, url              name and address as configured
  source, source_url       feed, news-sitemap, headline-page and its address,
                           or null where none has been found yet
  last_success             a moment, or null
  last_error, status       why it fails and the HTTP status, or null
  failing_since            a moment, or null
  next_fetch               not asked again before this moment, or null
  stopped                  why it is not asked any more, or null
  notes                    list of strings: what was lost of a damaged feed,
                           article pages that did not show the article
  total, unread            numbers of articles

Fields of --tsv: outlet, source, source_url, last_success, last_error,
next_fetch, total, unread. Passwords in addresses are shown as ***.";

pub(super) const DISCOVER: &str = "\
Examples:
  newsprint discover https://example.org/
  newsprint discover https://example.org/news/ --json

Fields of --json, one object per way to read the site:
  source, source_url       feed, news-sitemap or headline-page, and its address
  found                    how it was found
  best                     true for the one that a refresh would take
  title                    what it calls itself, or null
  entries                  how many articles it gives
  sample                   the first of them: title, url, published, tags
  error                    why it cannot be used, or null";

pub(super) const ADD: &str = "\
Examples:
  newsprint add https://example.org/news/
  newsprint add https://example.org/ --name Example --group region --tag local

An outlet needs no feed: see what `newsprint discover URL` finds. Where that is
not right, the config can name the feed, or what on the page is a headline:
see `feed` and [outlet.select] in `newsprint config example`.";

pub(super) const REMOVE: &str = "\
Its articles stay in lists and searches until `newsprint prune --removed`
removes them; what is starred stays even then.";

pub(super) const MARK: &str = "\
Examples:
  newsprint mark --read 17 18
  newsprint mark --star https://example.org/news/bridge
  newsprint mark --read --query 'tag:sports before:7d'

It prints how many articles it has changed.";

pub(super) const IMPORT: &str = "\
Examples:
  newsprint import subscriptions.opml --dry-run
  newsprint import ~/.newsboat/urls

Groups and tags are kept. What is there already is left out, and so is what
newsboat would run or compute (exec:, filter:, query:); each is said.";

pub(super) const EXPORT: &str = "\
Example:
  newsprint export > subscriptions.opml

The feed is given where it is known, else the outlet's own address; groups and
tags are kept. Addresses are whole, with passwords that may stand in them.";

pub(super) const PRUNE: &str = "\
Examples:
  newsprint prune --days 365 --dry-run     say what would go
  newsprint prune --count 1000 Example     all but its newest 1000
  newsprint prune --removed                what is left of removed outlets

Starred articles always stay. What has been pruned does not come back with the
next refresh. Without options it does what `keep` under [refresh] says, as each
refresh does.";

pub(super) const DEMO: &str = "\
The outlet runs on 127.0.0.1, and articles, marks and settings are kept in a
temporary folder that is removed when the reader is closed. --linear before
`demo` opens it in plain lines.";

pub(super) const DOCTOR: &str = "\
Each line begins with ok, note or BAD; below what is BAD stands what to do.
It changes nothing, and exits with 1 if anything is BAD.";

pub(super) const COMPLETIONS: &str = "\
Examples:
  newsprint completions bash > ~/.local/share/bash-completion/completions/newsprint
  newsprint completions fish > ~/.config/fish/completions/newsprint.fish";

pub(super) const MAN: &str = "\
Examples:
  newsprint man | man -l -
  newsprint man > ~/.local/share/man/man1/newsprint.1";
