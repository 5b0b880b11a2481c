//! `list`, `show`, `tags`, `mark`, `prune`: commands on what is in the store.
//! Never here: how things look (`print`), the network.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

use anyhow::anyhow;

use super::args::{ListArgs, MarkArgs, PruneArgs, ShowArgs, Sort, TagsArgs};
use super::{Quiet, Session, Usage, code, printable, to_stdout};
use crate::cli::print::{self, ArticleForm, json};
use crate::config::Config;
use crate::library::rules::{OutletRules, Rules, unknown_account, unknown_outlet};
use crate::library::{counts, tags};
use crate::refresh::ClockDoubt;
use newsprint_html::safe_text;
use newsprint_model::query::{self, Expr, Is, Query};
use newsprint_model::{ArticleId, Headline, Keep, Mark, Outlet, Time, fold, nearest};
use newsprint_store::{At, List, Store, StoreError};

/// Rows fetched at a time: enough to be quick, few enough to stay small.
const PAGE: usize = 500;

fn query_of(words: &[String]) -> anyhow::Result<Query> {
    Ok(query::parse(&words.join(" "))?)
}

/// An account that a query asks for and that there is not is an error, not an empty list.
pub(super) fn check_accounts(config: &Config, query: &Query) -> anyhow::Result<()> {
    let names: Vec<String> = config
        .accounts
        .iter()
        .map(|account| account.name.clone())
        .collect();
    let Some((name, near)) = unknown_account(query, &names) else {
        return Ok(());
    };
    let hint = near.map_or(String::new(), |near| format!("; did you mean “{near}”?"));
    let text = format!("no account “{name}”{hint}");
    Err(Usage(printable(&text)).into())
}

pub(super) fn list_of(args: &ListArgs) -> anyhow::Result<Query> {
    let mut query = query_of(&args.query)?;
    for name in &args.tag {
        query = query.and_tag(name);
    }
    if let Some(outlets) = Expr::any(args.outlet.iter().map(|name| Expr::Outlet(name.clone()))) {
        query = query.and_expr(outlets);
    }
    if args.unread {
        query = query.with_is(Is::Unread);
    }
    if args.starred {
        query = query.with_is(Is::Starred);
    }
    since(query, args.since.as_deref())
}

/// The query, and what is not older than `--since` says.
pub(super) fn since(query: Query, since: Option<&str>) -> anyhow::Result<Query> {
    let Some(since) = since else { return Ok(query) };
    let read = query::parse(&format!("since:{}", query::value(since)));
    Ok(query.and(&read.map_err(|error| Usage(format!("--since {since}: {}", error.message)))?))
}

pub(super) fn list(session: &Session, args: &ListArgs) -> anyhow::Result<()> {
    let config = session.config()?;
    let query = list_of(args)?;
    check_accounts(&config, &query)?;
    let store = session.store_to_read(&config)?;
    let outlets = OutletRules::new(&config, counts::removed(&store, &config)?);
    let rules = Rules::new(&config, &outlets);
    let look = session.look();
    let list = List::live(&rules.meaning(&query), look.now);
    let limit = args.limit.unwrap_or(usize::MAX);
    let mut printed = 0;
    to_stdout(|out| {
        let mut print = |mut headline: Headline| -> anyhow::Result<()> {
            headline.tags = outlets.tags_of(&headline.outlet, &headline.tags);
            let headline = &headline;
            if args.format.json {
                writeln!(out, "{}", json::headline(headline))?;
            } else if args.format.tsv {
                print::headline_tsv(out, headline)?;
            } else {
                print::headline(out, headline, &look)?;
            }
            printed += 1;
            Ok(())
        };
        if args.sort == Sort::Rank && list.query.has_text() {
            let mut offset = 0;
            while offset < limit {
                let hits = store.search(&list, offset as u64, PAGE.min(limit - offset))?;
                if hits.is_empty() {
                    break;
                }
                offset += hits.len();
                for hit in hits {
                    print(hit.headline)?;
                }
            }
            return Ok(());
        }
        let newest_first = args.sort != Sort::Oldest;
        let mut at = if newest_first { At::Top } else { At::Bottom };
        let mut left = limit;
        while left > 0 {
            let mut page = store.headlines(&list, at, PAGE.min(left))?;
            if !newest_first {
                page.reverse();
            }
            let Some(last) = page.last() else { break };
            at = if newest_first {
                At::After(last.cursor())
            } else {
                At::Before(last.cursor())
            };
            left -= page.len();
            for headline in page {
                print(headline)?;
            }
        }
        Ok(())
    })?;
    if printed == 0 {
        let removed = counts::removed(&store, &config)?;
        // A list that finds nothing is empty to a script, too; a name that is none is a slip.
        let why = match unknown_outlet(&query, &config.outlets, &removed) {
            Some((name, near)) => Some(no_outlet(name, near)),
            None if args.format.json || args.format.tsv => None,
            None => Some(nothing(&store, &typed(args))?),
        };
        if let Some(why) = why {
            eprintln!("newsprint: {}", printable(&why));
        }
        return Err(Quiet(code::FAILED).into());
    }
    Ok(())
}

fn no_outlet(name: &str, near: Option<&str>) -> String {
    let hint = near.map_or(String::new(), |near| format!("; did you mean “{near}”?"));
    format!("no outlet “{name}”{hint}")
}

/// An outlet that a query asks for and that there is not is an error where the query finds what is changed or counted.
pub(super) fn check_outlets(store: &Store, config: &Config, query: &Query) -> anyhow::Result<()> {
    let removed = counts::removed(store, config)?;
    match unknown_outlet(query, &config.outlets, &removed) {
        Some((name, near)) => Err(Usage(printable(&no_outlet(name, near))).into()),
        None => Ok(()),
    }
}

/// What a list was asked for, as it was typed; options in the words of the query language.
fn typed(args: &ListArgs) -> String {
    let mut words = args.query.clone();
    words.extend(
        args.tag
            .iter()
            .map(|tag| format!("tag:{}", query::value(tag))),
    );
    let outlets = args.outlet.iter();
    words.extend(outlets.map(|name| format!("outlet:{}", query::value(name))));
    words.extend(args.unread.then(|| "is:unread".to_owned()));
    words.extend(args.starred.then(|| "is:starred".to_owned()));
    words.extend(args.since.iter().map(|since| format!("since:{since}")));
    words.join(" ")
}

/// Why a list is empty, and what would help.
fn nothing(store: &Store, query: &str) -> anyhow::Result<String> {
    let all = store.counts(&List::live(&Query::default(), Time::now()))?;
    Ok(if all.total == 0 {
        "no articles yet; run `newsprint refresh`".to_owned()
    } else if query.is_empty() {
        "nothing to list".to_owned()
    } else {
        format!("no matches for `{query}` ({} articles searched)", all.total)
    })
}

/// The article that an id or an address names.
pub(super) fn resolve(store: &Store, name: &str) -> anyhow::Result<ArticleId> {
    store
        .resolve(name)?
        .ok_or_else(|| anyhow!("no article with id or URL `{name}`"))
}

pub(super) fn show(session: &Session, args: &ShowArgs) -> anyhow::Result<()> {
    let config = session.config()?;
    let store = session.store_to_read(&config)?;
    let id = resolve(&store, &args.article)?;
    if args.explain {
        return super::explain::article(session, &config, id, args.json);
    }
    let mut article = store
        .article(id)?
        .ok_or_else(|| anyhow!("article {id} no longer exists"))?;
    let outlets = OutletRules::new(&config, []);
    let headline = &mut article.headline;
    headline.tags = outlets.tags_of(&headline.outlet, &headline.tags);
    if !args.json {
        headline.tags = tags::shown(&config.tags, &headline.tags);
    }
    let look = session.look();
    let columns = args.width.unwrap_or_else(|| {
        look.width.map_or(80, |width| {
            width.min(usize::from(config.reader.measure)) as u16
        })
    });
    to_stdout(|out| {
        if args.json {
            let revisions = store.revisions(id)?;
            let mut object = json::article(&article, &revisions);
            object["story"] = store.story_of(id)?.to_string().into();
            writeln!(out, "{object}")?;
            return Ok(());
        }
        if args.diff {
            let revisions = store.revisions(id)?;
            if revisions.is_empty() {
                return Err(anyhow!("no earlier version of article {id}"));
            }
            return Ok(print::diff(out, &article, &revisions, columns, &look)?);
        }
        let form = if args.markdown {
            ArticleForm::Markdown
        } else if args.html {
            ArticleForm::Html
        } else {
            ArticleForm::Text
        };
        Ok(print::article(out, &article, form, columns, &look)?)
    })
}

pub(super) fn tags(session: &Session, args: &TagsArgs) -> anyhow::Result<()> {
    let config = session.config()?;
    let query = query_of(&args.query)?;
    check_accounts(&config, &query)?;
    let store = session.store_to_read(&config)?;
    check_outlets(&store, &config, &query)?;
    let look = session.look();
    let outlets = OutletRules::new(&config, counts::removed(&store, &config)?);
    let rules = Rules::new(&config, &outlets);
    let query = rules.meaning(&query);
    let mut tags = counts::tags(&store, &query, &HashSet::new(), rules, look.now)?;
    tags.sort_by_key(|tag| (Reverse(tag.counts.total), fold(&tag.name)));
    to_stdout(|out| {
        for tag in &tags {
            if args.format.json {
                writeln!(out, "{}", json::tag(tag))?;
            } else if args.format.tsv {
                print::tag_tsv(out, tag)?;
            } else {
                print::tag(out, tag, &look)?;
            }
        }
        Ok(())
    })
}

/// What `mark` changes of articles.
enum Change {
    /// A mark.
    Mark(Mark),
    /// They get a tag.
    Tag(String),
    /// They lose a tag that was given.
    Untag(String),
}

impl Change {
    /// Gives or takes the tag; says of how many articles.
    fn give(&self, store: &Store, ids: &[ArticleId]) -> anyhow::Result<u64> {
        let (add, remove) = match self {
            Change::Mark(_) => return Ok(0),
            Change::Tag(tag) => (std::slice::from_ref(tag), &[][..]),
            Change::Untag(tag) => (&[][..], std::slice::from_ref(tag)),
        };
        Ok(store.give_tags(ids, add, remove)?.articles())
    }
}

/// A tag's name as it is stored.
fn tag_named(name: &str) -> anyhow::Result<String> {
    let name = safe_text::line(name);
    let name = name.trim().trim_start_matches('#');
    match name.is_empty() || name.contains(',') {
        true => Err(Usage("a tag needs a name, without commas".to_owned()).into()),
        false => Ok(name.to_owned()),
    }
}

pub(super) fn mark(session: &Session, args: &MarkArgs) -> anyhow::Result<()> {
    let config = session.config()?;
    let mark = if args.read {
        Change::Mark(Mark::Read)
    } else if args.unread {
        Change::Mark(Mark::Unread)
    } else if args.star {
        Change::Mark(Mark::Star)
    } else if args.unstar {
        Change::Mark(Mark::Unstar)
    } else if let Some(tag) = &args.tag {
        Change::Tag(tag_named(tag)?)
    } else if let Some(tag) = &args.untag {
        Change::Untag(tag_named(tag)?)
    } else {
        let marks = "name a mark: --read, --unread, --star, --unstar, --tag or --untag";
        return Err(Usage(marks.to_owned()).into());
    };
    if args.ids.is_empty() && args.query.is_none() {
        return Err(Usage("name articles by ID, or --query QUERY".to_owned()).into());
    }
    let query = args.query.as_deref().map(query::parse).transpose()?;
    if let Some(query) = &query {
        check_accounts(&config, query)?;
    }
    if query.as_ref().is_some_and(Query::is_empty) {
        // An empty variable in a script must not mark everything there is.
        return Err(Usage(
            "empty query; to mark all articles use `is:read or is:unread`".to_owned(),
        )
        .into());
    }
    let store = session.store_to_read(&config)?;
    let mut named = BTreeSet::new();
    let changed = match query {
        Some(query) => {
            check_outlets(&store, &config, &query)?;
            let outlets = OutletRules::new(&config, counts::removed(&store, &config)?);
            let query = Rules::new(&config, &outlets).meaning(&query);
            let list = List::live(&query, Time::now());
            match &mark {
                Change::Mark(mark) => store.mark_list(&list, *mark)?,
                tags => {
                    let all = store.cursors(&list, At::Top, usize::MAX)?;
                    let ids: Vec<ArticleId> = all.iter().map(|cursor| cursor.id).collect();
                    tags.give(&store, &ids)?
                }
            }
        }
        None => {
            // All or nothing: a wrong id must not leave the others half done.
            let ids: BTreeSet<ArticleId> = args
                .ids
                .iter()
                .map(|name| {
                    let is_query = name.contains(':') && !name.contains("://");
                    let hint = match is_query && query::parse(name).is_ok() {
                        true => "; a query goes behind --query",
                        false => "",
                    };
                    resolve(&store, name).map_err(|error| anyhow!("{error}{hint}"))
                })
                .collect::<anyhow::Result<_>>()?;
            named.clone_from(&ids);
            let ids: Vec<ArticleId> = ids.into_iter().collect();
            match &mark {
                Change::Mark(mark) => store.mark(&ids, *mark)?,
                tags => tags.give(&store, &ids)?,
            }
        }
    };
    // The copy that marks come back from, should the database be damaged.
    store.save_marks()?;
    let tags = !matches!(mark, Change::Mark(_));
    let also = match named.is_empty() || changed == 0 || tags {
        true => String::new(),
        false => copies_of(&store, &named)?,
    };
    to_stdout(|out| Ok(writeln!(out, "{changed} changed{also}")?))
}

/// What the last change marked beside the articles that were named: their copies.
fn copies_of(store: &Store, named: &BTreeSet<ArticleId>) -> anyhow::Result<String> {
    /// Copies that are named each.
    const TOLD: usize = 5;
    let mut copies = store.last_change()?.map_or_else(Vec::new, |(_, ids)| ids);
    copies.retain(|id| !named.contains(id));
    let mut told = Vec::new();
    for id in copies.iter().take(TOLD) {
        let outlet = store.article(*id)?.map(|article| article.headline.outlet);
        told.push(format!("{id} ({})", printable(&outlet.unwrap_or_default())));
    }
    let more = match copies.len().checked_sub(TOLD) {
        Some(more) if more > 0 => format!(" and {more} more"),
        _ => String::new(),
    };
    Ok(match copies.len() {
        0 => String::new(),
        1 => format!(", one of them a copy: {}", told.join("")),
        n => format!(", {n} of them copies: {}{more}", told.join(", ")),
    })
}

/// `undo`: the last change of marks, of the reader, of `mark` or of whatever else marked for the reader.
pub(super) fn undo(session: &Session) -> anyhow::Result<()> {
    let config = session.config()?;
    let store = session.store_to_read(&config)?;
    let Some(undone) = store.undo()? else {
        return Err(anyhow!("nothing to undo"));
    };
    store.save_marks()?;
    let articles = super::count(
        usize::try_from(undone.articles).unwrap_or(usize::MAX),
        "article",
    );
    let what = match undone.mark {
        Mark::Read => format!("{articles} unread again"),
        Mark::Unread => format!("{articles} read again"),
        Mark::Star => format!("{articles} no longer starred"),
        Mark::Unstar => format!("{articles} starred again"),
    };
    to_stdout(|out| Ok(writeln!(out, "undone: {what}")?))
}

/// The configured outlet of this name, or which one was likely meant.
pub(super) fn configured<'a>(config: &'a Config, name: &str) -> Result<&'a Outlet, Usage> {
    config.outlet(name).ok_or_else(|| {
        let known = config.outlets.iter().map(|outlet| outlet.name.as_str());
        let hint = nearest(name, known)
            .map_or(String::new(), |right| format!("; did you mean “{right}”?"));
        Usage(format!("no outlet “{name}”{hint}"))
    })
}

pub(super) fn prune(session: &Session, args: &PruneArgs) -> anyhow::Result<()> {
    let config = session.config()?;
    if args.removed {
        return prune_removed(session, &config, args);
    }
    let mut keep = config.refresh.keep;
    keep.days = args.days.or(keep.days);
    keep.count = args.count.or(keep.count);
    if keep.days.is_none() && keep.count.is_none() {
        return Err(Usage(
            "nothing to delete: set `keep` under [refresh] in the config, or use --days, --count or --removed"
                .to_owned(),
        )
        .into());
    }
    // A name that is not configured may be that of an outlet removed earlier.
    let names: Vec<&str> = if args.outlets.is_empty() {
        config
            .outlets
            .iter()
            .map(|outlet| outlet.name.as_str())
            .collect()
    } else {
        let known = |name| config.outlet(name).map(|outlet| outlet.name.as_str());
        args.outlets
            .iter()
            .map(|name| known(name).unwrap_or(name))
            .collect()
    };
    let store = session.store_to_read(&config)?;
    let mut now = session.look().now;
    let would_go = |keep: Keep, now: Time| -> u64 {
        let counts = names
            .iter()
            .map(|name| store.would_prune(name, keep, now).unwrap_or(0));
        counts.sum()
    };
    if keep.days.is_some() && !args.force {
        match crate::refresh::prune_time(&store, now)? {
            Ok(time) => now = time,
            // Nothing is old enough even so.
            Err(ClockDoubt::Unconfirmed(_))
                if would_go(keep, now) == would_go(Keep { days: None, ..keep }, now) => {}
            // What would go is shown as the clock has it.
            Err(doubt) if args.dry_run => eprintln!(
                "newsprint: without --dry-run nothing would be deleted: {}, or use --force",
                clock_doubt(doubt, now)
            ),
            Err(doubt) => {
                let why = clock_doubt(doubt, now);
                return Err(anyhow!("nothing was deleted: {why}, or use --force"));
            }
        }
    }
    let mut lines = Vec::new();
    for name in names {
        let removed = if args.dry_run {
            store.would_prune(name, keep, now)
        } else {
            crate::refresh::prune(&config, &store, name, keep, now)
        };
        let removed = match removed {
            // Said with the name that was likely meant.
            Err(StoreError::NoOutlet(_)) => configured(&config, name).map(|_| 0)?,
            removed => removed?,
        };
        lines.push(format!("{}: {removed} {}", printable(name), gone(args)));
    }
    if !args.dry_run {
        store.give_back()?;
    }
    let departed = store.removed_outlets()?;
    if args.outlets.is_empty() && !departed.is_empty() {
        let articles: u64 = departed.iter().map(|outlet| outlet.total).sum();
        lines.push(format!(
            "{articles} more of removed outlets (delete with `newsprint prune --removed`)"
        ));
    }
    print_lines(&lines)
}

/// Why the clock is not believed, and what to do.
fn clock_doubt(doubt: ClockDoubt, now: Time) -> String {
    let days = |seconds: i64| super::count(seconds.unsigned_abs() as usize / 86_400, "day");
    match doubt {
        ClockDoubt::Ahead(error) => format!(
            "at the last refresh the system clock was {} ahead of the servers' clocks; \
             set it and run `newsprint refresh`",
            days(error)
        ),
        ClockDoubt::Unconfirmed(since) => format!(
            "by the system clock it is {}, {} after the last refresh that confirmed it; \
             run `newsprint refresh`",
            now.strftime("%Y-%m-%d"),
            days(since)
        ),
    }
}

/// Removes what is left of outlets that have been taken out of the config.
fn prune_removed(session: &Session, config: &Config, args: &PruneArgs) -> anyhow::Result<()> {
    if !config.file.exists() {
        // With the wrong file every outlet would look removed.
        return Err(Usage(format!(
            "{} not found: cannot tell which outlets were removed",
            config.file.display()
        ))
        .into());
    }
    let store = session.store_to_read(config)?;
    store.sync_outlets(&config.outlets)?;
    let mut departed = store.removed_outlets()?;
    let wanted: Vec<String> = args.outlets.iter().map(|name| fold(name)).collect();
    for (name, wanted) in args.outlets.iter().zip(&wanted) {
        if config.outlet(name).is_some() {
            return Err(Usage(format!(
                "“{name}” is configured; remove it first (newsprint remove)"
            ))
            .into());
        }
        if !departed
            .iter()
            .any(|outlet| fold(&outlet.outlet) == *wanted)
        {
            return Err(Usage(format!("no articles of a removed outlet “{name}”")).into());
        }
    }
    departed.retain(|outlet| wanted.is_empty() || wanted.contains(&fold(&outlet.outlet)));
    let mut lines = Vec::new();
    for outlet in &departed {
        let removed = if args.dry_run {
            outlet.total - outlet.starred
        } else {
            crate::refresh::forget(config, &store, &outlet.outlet)?
        };
        let stay = match outlet.starred {
            0 => String::new(),
            starred => format!(", {starred} starred kept"),
        };
        let name = printable(&outlet.outlet);
        lines.push(format!("{name}: {removed} {}{stay}", gone(args)));
    }
    if !args.dry_run {
        store.give_back()?;
    }
    if departed.is_empty() {
        lines.push("no articles of removed outlets".to_owned());
    }
    print_lines(&lines)
}

fn gone(args: &PruneArgs) -> &'static str {
    if args.dry_run {
        "would be deleted"
    } else {
        "deleted"
    }
}

fn print_lines(lines: &[String]) -> anyhow::Result<()> {
    to_stdout(|out| {
        for line in lines {
            writeln!(out, "{line}")?;
        }
        Ok(())
    })
}
