//! `stories`, `story`, `digest`, `list --stories`, `doctor --stories`: one event once, however many outlets tell it.
//! Never here: finding stories, the forms of a digest.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

use serde_json::{Value, json as object};

use super::args::{DigestArgs, DigestBy, DigestForm, ListArgs, StoriesArgs, StoryCommand};
use super::read::{list_of, resolve, since};
use super::{Quiet, Session, Usage, code, count, printable, to_stdout};
use crate::cli::print::{self, Look, json, short_date};
use crate::config::Config;
use crate::export::digest::{Digest, Form, Item, Section};
use crate::library::rules::{OutletRules, Rules};
use crate::library::{self, counts};
use crate::refresh;
use newsprint_html::{plain, safe_text};
use newsprint_model::query::{self, Query};
use newsprint_model::{Article, ArticleId, Headline, StoryId, Time};
use newsprint_store::{At, List, Store, StorySummary};

fn best(story: &StorySummary) -> Option<&Headline> {
    library::stories::best(&story.articles, &story.copies)
}

/// A story as JSON: `stories --json`.
fn story_json(story: &StorySummary) -> Value {
    let first = story.articles.iter().map(|one| one.sort).min().unwrap_or(0);
    let moment = |micros: i64| {
        Time::from_microsecond(micros).map_or(Value::Null, |time| json::rfc3339(time).into())
    };
    object!({
        "story": story.id.to_string(),
        "title": best(story).map(|one| safe_text::line(&one.title)),
        "outlets": story.outlets.iter().map(|name| safe_text::line(name)).collect::<Vec<_>>(),
        "articles": story.articles.iter().map(|one| {
            let mut value = json::headline(one);
            value["story"] = story.id.to_string().into();
            value["copy"] = story.copies.contains(&one.id).into();
            value
        }).collect::<Vec<_>>(),
        "total": story.articles.len(),
        "unread": story.unread,
        "first": moment(first),
        "last": moment(story.last()),
    })
}

/// Places what waits for it: a store from before there were stories, or an ended refresh. Many take a while, and a
/// terminal is told how far it is.
fn ready(store: &Store) -> anyhow::Result<()> {
    let bar = match io::IsTerminal::is_terminal(&io::stderr()) {
        true => super::refresh::bar("articles placed among stories"),
        false => indicatif::ProgressBar::hidden(),
    };
    bar.set_prefix("");
    let tell = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let placed = refresh::place_stories(store, &tell, || false);
    bar.finish_and_clear();
    placed?;
    Ok(())
}

fn meaning(session: &Session, store: &Store, query: &Query) -> anyhow::Result<List> {
    let config = session.config()?;
    super::read::check_accounts(&config, query)?;
    let outlets = OutletRules::new(&config, counts::removed(store, &config)?);
    let rules = Rules::new(&config, &outlets);
    store.show_of_stories(&rules.meaning_beside(&Query::default(), query));
    Ok(List::live(&rules.meaning(query), Time::now()))
}

pub(super) fn stories(session: &Session, args: &StoriesArgs) -> anyhow::Result<()> {
    let query = since(query::parse(&args.query.join(" "))?, args.since.as_deref())?;
    let store = session.store_to_read(&session.config()?)?;
    ready(&store)?;
    let list = meaning(session, &store, &query)?;
    let found = store.stories(&list, args.all, args.limit.unwrap_or(usize::MAX))?;
    let look = session.look();
    to_stdout(|out| {
        for story in &found {
            if args.json {
                writeln!(out, "{}", story_json(story))?;
            } else {
                line(out, story, &look)?;
            }
        }
        Ok(())
    })?;
    if found.is_empty() {
        if !args.json {
            eprintln!("newsprint: no stories");
        }
        return Err(Quiet(code::FAILED).into());
    }
    Ok(())
}

/// One story for people: number, unread, outlets, age, title.
fn line(out: &mut dyn Write, story: &StorySummary, look: &Look) -> io::Result<()> {
    let unread = if story.unread > 0 { "●" } else { " " };
    let last = Time::from_microsecond(story.last()).unwrap_or_default();
    let title = best(story)
        .map(|one| safe_text::line(&one.title))
        .unwrap_or_default();
    let outlets: Vec<String> = story
        .outlets
        .iter()
        .map(|name| safe_text::line(name))
        .collect();
    let line = format!(
        "{:>6} {unread} {:>2} {:>11}  {title}  {}",
        story.id,
        story.articles.len(),
        short_date(last, look),
        outlets.join(", ")
    );
    let line = look
        .width
        .map_or(line.clone(), |width| newsprint_html::truncate(&line, width));
    writeln!(out, "{line}")
}

pub(super) fn story(session: &Session, command: &StoryCommand) -> anyhow::Result<()> {
    let config = session.config()?;
    let store = session.store_to_read(&config)?;
    ready(&store)?;
    match command {
        StoryCommand::Why { article, json } => why(&store, session, article, *json),
        StoryCommand::Part { articles } => {
            let ids: Vec<ArticleId> = articles
                .iter()
                .map(|one| resolve(&store, one))
                .collect::<anyhow::Result<_>>()?;
            let mut parted = 0;
            for id in ids {
                parted += usize::from(store.part(id)?);
            }
            store.save_marks()?;
            to_stdout(|out| Ok(writeln!(out, "{parted} parted")?))
        }
        StoryCommand::Join { story, articles } => {
            let with = resolve(&store, story)?;
            let ids: Vec<ArticleId> = articles
                .iter()
                .map(|one| resolve(&store, one))
                .collect::<anyhow::Result<_>>()?;
            let mut joined = 0;
            for id in ids {
                joined += usize::from(store.join(id, with)?);
            }
            store.save_marks()?;
            to_stdout(|out| Ok(writeln!(out, "{joined} joined")?))
        }
    }
}

/// What an article shares with each of the others of its story.
fn why(store: &Store, session: &Session, name: &str, json: bool) -> anyhow::Result<()> {
    let id = resolve(store, name)?;
    let article = whole(store, id)?;
    meaning(session, store, &Query::default())?;
    let story = store.story(store.story_of(id)?)?;
    let others: Vec<Headline> = story
        .as_ref()
        .map(|story| {
            story
                .articles
                .iter()
                .filter(|one| one.id != id)
                .cloned()
                .collect()
        })
        .unwrap_or_default();
    let copies: HashSet<ArticleId> = store.copies(id)?.into_iter().collect();
    let decided = store.decided()?;
    let look = session.look();
    let text = plain(&article.body);
    to_stdout(|out| {
        if others.is_empty() && !json {
            writeln!(out, "article {id}: no other articles in its story")?;
        }
        for other in &others {
            let other_text = plain(&whole(store, other.id)?.body);
            // Sentences that an outlet repeats do not count as reasons.
            let is_copy = copies.contains(&other.id);
            let shared = if other.outlet == article.headline.outlet && !is_copy {
                newsprint_stories::shared_beside_stock
            } else {
                newsprint_stories::shared
            };
            let shared = shared(
                (&article.headline.title, &text),
                (&other.title, &other_text),
                &article.headline.lang,
            );
            let pair = (id.min(other.id), id.max(other.id));
            let by_hand = decided
                .iter()
                .any(|(a, b, together)| (*a, *b) == pair && *together);
            if json {
                let value = object!({
                    "id": id.to_string(),
                    "with": other.id.to_string(),
                    "story": store.story_of(id)?.to_string(),
                    "copy": is_copy,
                    "by_hand": by_hand,
                    "names": shared.names,
                    "numbers": shared.numbers,
                    "words": shared.words,
                });
                writeln!(out, "{value}")?;
                continue;
            }
            print::headline(out, other, &look)?;
            let mut reasons = Vec::new();
            if by_hand {
                reasons.push(("joined by you", Vec::new()));
            }
            if is_copy {
                reasons.push(("same article (same URL or text)", Vec::new()));
            }
            for (what, list) in [
                ("names", shared.names),
                ("numbers", shared.numbers),
                ("words", shared.words),
            ] {
                if !list.is_empty() {
                    reasons.push((what, list));
                }
            }
            for (what, list) in reasons {
                let colon = if list.is_empty() { "" } else { ": " };
                writeln!(
                    out,
                    "         {what}{colon}{}",
                    safe_text::line(&list.join(", "))
                )?;
            }
        }
        Ok(())
    })
}

fn whole(store: &Store, id: ArticleId) -> anyhow::Result<Article> {
    store
        .article(id)?
        .ok_or_else(|| anyhow::anyhow!("article {id} no longer exists"))
}

/// `list --stories`: of each story the first article that the list would show, with how many there are.
pub(super) fn folded(session: &Session, args: &ListArgs) -> anyhow::Result<()> {
    let config = session.config()?;
    let store = session.store_to_read(&config)?;
    ready(&store)?;
    let list = meaning(session, &store, &list_of(args)?)?;
    let look = session.look();
    let (mut seen, mut at, mut printed) = (HashSet::<StoryId>::new(), At::Top, 0);
    let limit = args.limit.unwrap_or(usize::MAX);
    to_stdout(|out| {
        while printed < limit {
            let page = store.headlines(&list, at, 500)?;
            let Some(last) = page.last() else { break };
            at = At::After(last.cursor());
            let ids: Vec<ArticleId> = page.iter().map(|one| one.id).collect();
            let told = store.told(&ids)?;
            for mut headline in page {
                let (story, articles, outlets) =
                    told.get(&headline.id)
                        .copied()
                        .unwrap_or((StoryId(headline.id.0), 1, 1));
                if printed == limit || !seen.insert(story) {
                    continue;
                }
                printed += 1;
                if args.format.json {
                    let mut value = json::headline(&headline);
                    value["story"] = story.to_string().into();
                    value["story_articles"] = articles.into();
                    value["story_outlets"] = outlets.into();
                    writeln!(out, "{value}")?;
                    continue;
                }
                if args.format.tsv {
                    print::headline_tsv(out, &headline)?;
                    continue;
                }
                if articles > 1 {
                    headline.title = format!("{} (+{})", headline.title, articles - 1);
                }
                print::headline(out, &headline, &look)?;
            }
        }
        Ok(())
    })?;
    match printed {
        0 => Err(Quiet(code::FAILED).into()),
        _ => Ok(()),
    }
}

/// `doctor --stories`: finds all stories anew.
pub(super) fn again(session: &Session) -> anyhow::Result<()> {
    let store = session.store_to_read(&session.config()?)?;
    let stories = refresh::replace_stories(&store, || false)?;
    let told = match stories {
        1 => "1 story".to_owned(),
        stories => format!("{stories} stories"),
    };
    to_stdout(|out| Ok(writeln!(out, "{told} found")?))
}

/// The articles of each view of the config that a query finds.
fn in_views(
    config: &Config,
    store: &Store,
    query: &Query,
) -> anyhow::Result<Vec<(String, HashSet<ArticleId>)>> {
    let outlets = OutletRules::new(config, counts::removed(store, config)?);
    let rules = Rules::new(config, &outlets);
    let mut views = Vec::new();
    for view in &config.views {
        let both = view
            .query
            .expr
            .iter()
            .fold(query.clone(), |both, expr| both.and_expr(expr.clone()));
        let list = List::live(&rules.meaning(&both), Time::now());
        let found = store.cursors(&list, At::Top, usize::MAX)?;
        views.push((
            view.name.clone(),
            found.into_iter().map(|one| one.id).collect(),
        ));
    }
    Ok(views)
}

pub(super) fn digest(session: &Session, args: &DigestArgs) -> anyhow::Result<()> {
    let config = session.config()?;
    let query = since(query::parse(&args.query.join(" "))?, args.since.as_deref())?;
    let store = session.store_to_read(&config)?;
    ready(&store)?;
    let list = meaning(session, &store, &query)?;
    let form = match args.format {
        DigestForm::Text => Form::Text,
        DigestForm::Md => Form::Markdown,
        DigestForm::Html => Form::Html,
        DigestForm::Eml => Form::Mail,
        DigestForm::Epub => Form::Epub,
    };
    let (mut left, mut shown) = (args.limit.unwrap_or(usize::MAX), HashSet::new());
    let mut sections = vec![Section {
        title: "Stories".to_owned(),
        items: Vec::new(),
    }];
    for story in store.stories(&list, false, left)? {
        shown.extend(story.articles.iter().map(|one| one.id));
        let Some(headline) = best(&story) else {
            continue;
        };
        let others = story.articles.iter().filter(|one| one.id != headline.id);
        sections[0].items.push(Item {
            others: others
                .map(|one| (one.outlet.clone(), one.title.clone(), one.url.clone()))
                .collect(),
            article: whole(&store, headline.id)?,
        });
        left = left.saturating_sub(1);
    }
    let views = match args.by {
        DigestBy::Outlet => Vec::new(),
        DigestBy::View => in_views(&config, &store, &query)?,
    };
    // The views and the outlets in the order of the config, then what is left of others.
    let mut grouped: BTreeMap<(bool, usize, String), Vec<Item>> = BTreeMap::new();
    let mut at = At::Top;
    while left > 0 {
        let page = store.headlines(&list, at, 500)?;
        let Some(last) = page.last() else { break };
        at = At::After(last.cursor());
        for headline in page {
            if left == 0 || !shown.insert(headline.id) {
                continue;
            }
            left -= 1;
            let item = Item {
                article: whole(&store, headline.id)?,
                others: Vec::new(),
            };
            let view = views.iter().position(|(_, ids)| ids.contains(&headline.id));
            let place = match view {
                Some(view) => (false, view, views[view].0.clone()),
                None => {
                    let mut outlets = config.outlets.iter();
                    let outlet = outlets.position(|outlet| outlet.name == headline.outlet);
                    (true, outlet.unwrap_or(usize::MAX), headline.outlet)
                }
            };
            grouped.entry(place).or_default().push(item);
        }
    }
    sections.extend(
        grouped
            .into_iter()
            .map(|((.., title), items)| Section { title, items }),
    );
    sections.retain(|section| !section.items.is_empty());
    if sections.is_empty() {
        eprintln!("newsprint: {}", printable("no matching articles"));
        return Err(Quiet(code::FAILED).into());
    }
    let user = std::env::var("USER").or_else(|_| std::env::var("LOGNAME"));
    let digest = Digest {
        sections,
        whole: args.full || form == Form::Epub,
        zone: session.look().zone,
        from: args
            .from
            .clone()
            .unwrap_or_else(|| "newsprint <newsprint@localhost>".to_owned()),
        to: args
            .to
            .clone()
            .or(user.ok())
            .unwrap_or_else(|| "undisclosed-recipients:;".to_owned()),
    };
    if form == Form::Epub && args.output.is_none() && io::IsTerminal::is_terminal(&io::stdout()) {
        return Err(
            Usage("an e-book is binary; write it to a file with -o FILE".to_owned()).into(),
        );
    }
    let bytes = digest.write(form, &|url| refresh::kept_image(&config, url))?;
    match &args.output {
        Some(file) => std::fs::write(file, &bytes)
            .map_err(|error| anyhow::anyhow!("{}: {error}", file.display())),
        None => to_stdout(|out| Ok(out.write_all(&bytes)?)),
    }?;
    tracing::info!("{}", count(bytes.len(), "byte"));
    Ok(())
}
