//! Article pages in directories as articles: which pairs of them are one story, and a store of them.
//! Never here: articles in a file of JSON Lines, what makes a story.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use newsprint::refresh::{Arriving, arrive, place_stories};
use newsprint_model::{Outlet, Select, TextState, Time};
use newsprint_parse::article::{self, Repeats};
use newsprint_store::{Incoming, Store, Update};
use newsprint_stories::{Window, shared, shared_beside_stock};

use crate::page_files;

/// A page read as `refresh` reads it.
pub struct Read {
    id: String,
    url: String,
    outlet: String,
    title: String,
    lang: String,
    body: String,
    text: String,
    published: Option<Time>,
    tags: Vec<String>,
    author: String,
}

/// The pages of these directories, in order. One that cannot be read is an article without text.
pub fn read(directories: &[String]) -> Result<Vec<Read>> {
    let mut out = Vec::new();
    for directory in directories {
        for page in page_files::index(Path::new(directory))? {
            let (bytes, outlet) = (page.bytes()?, page.outlet());
            let (select, repeats) = (Select::default(), Repeats::default());
            let read = article::parse(&bytes, None, &page.url, &select, &repeats);
            let article = read.unwrap_or_else(|error| {
                eprintln!("{}: {error}", page.id);
                Default::default()
            });
            let (title, text) = (
                article.title.unwrap_or_default(),
                newsprint_html::plain(&article.body),
            );
            let declared = article.lang.as_deref().unwrap_or_default();
            let lang = match declared.get(..2) {
                Some(code) => code.to_ascii_lowercase(),
                None => newsprint_html::language(&format!("{title}\n{text}"))
                    .unwrap_or_default()
                    .to_owned(),
            };
            out.push(Read {
                lang,
                published: article.published,
                tags: article.tags,
                author: article.authors.join(", "),
                body: article.body,
                id: page.id,
                url: page.url,
                outlet,
                title,
                text,
            });
        }
    }
    Ok(out)
}

/// Prints title and text of each page; the `story` of those that an event names.
pub fn texts(pages: &[Read], events: &[String]) -> Result<()> {
    for page in pages {
        let tells = |event: &&String| {
            let mut ids = event.split(',');
            ids.any(|id| page.id.starts_with(id))
        };
        let mut line = serde_json::json!({ "title": page.title, "text": page.text });
        if let Some(event) = events.iter().find(tells) {
            line["story"] = event.as_str().into();
        }
        println!("{line}");
    }
    Ok(())
}

/// Prints each pair of pages that is one story, and why; how many there are on stderr. All come in the order given, at
/// one time, one after another.
pub fn pairs(pages: &[Read]) -> Result<()> {
    let mut window = Window::new();
    let mut copies = BTreeMap::new();
    for (page, id) in pages.iter().zip(1..) {
        let arriving = Arriving {
            id,
            time: 0,
            url: &page.url,
            outlet: &page.outlet,
            lang: &page.lang,
            title: &page.title,
            text: &page.text,
        };
        let batch = arrive(&mut window, &[arriving]);
        copies.extend(
            batch
                .placed
                .iter()
                .filter_map(|one| Some((id, one.copy_of?))),
        );
    }
    let original = |id: i64| copies.get(&id).copied().unwrap_or(id);
    let (mut same, mut told) = (0, 0);
    for (second, b) in pages.iter().zip(1..) {
        for (first, a) in pages.iter().zip(1..b) {
            if window.story_of(a) != window.story_of(b) {
                continue;
            }
            let is_same = original(a) == original(b);
            same += usize::from(is_same);
            told += usize::from(!is_same);
            println!("{}", if is_same { "one article" } else { "one event" });
            for page in [first, second] {
                println!("  {} {} | {}", page.id, page.outlet, page.title);
            }
            let both = match first.outlet == second.outlet && !is_same {
                true => shared_beside_stock,
                false => shared,
            };
            let both = both(
                (&first.title, &first.text),
                (&second.title, &second.text),
                &second.lang,
            );
            for (kind, words) in [
                ("names", both.names),
                ("numbers", both.numbers),
                ("words", both.words),
            ] {
                if !words.is_empty() {
                    println!("  {kind}: {}", words.join(", "));
                }
            }
        }
    }
    eprintln!(
        "{} pages: {same} pairs with one address or text, {told} pairs of different pages taken for one event",
        pages.len()
    );
    Ok(())
}

/// Makes a store of the pages in `folder`, with its config, and places them.
pub fn store(pages: &[Read], folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut outlets: BTreeMap<&str, Vec<&Read>> = BTreeMap::new();
    for page in pages {
        outlets.entry(&page.outlet).or_default().push(page);
    }
    let file = folder.join("newsprint.db");
    anyhow::ensure!(!file.exists(), "{} exists", file.display());
    let store = Store::open(&file)?;
    let named = |name: &&str| Outlet {
        name: (*name).to_owned(),
        url: format!("https://{name}/"),
        ..Outlet::default()
    };
    let known: Vec<Outlet> = outlets.keys().map(named).collect();
    store.sync_outlets(&known)?;
    let config: String = known
        .iter()
        .map(|outlet| {
            format!(
                "[[outlet]]\nname = \"{}\"\nurl = \"{}\"\n\n",
                outlet.name, outlet.url
            )
        })
        .collect();
    std::fs::write(folder.join("config.toml"), config)?;
    let latest = pages.iter().filter_map(|page| page.published).max();
    let now = latest.unwrap_or_default();
    for (name, pages) in outlets {
        let articles = pages.into_iter().map(incoming).collect();
        let update = Update {
            articles,
            ..Update::default()
        };
        store
            .ingest(name, &update, now)
            .with_context(|| name.to_owned())?;
    }
    let placed = place_stories(&store, &|_, _| (), || false)?;
    eprintln!("{placed} articles in {}", folder.display());
    Ok(())
}

fn incoming(page: &Read) -> newsprint_store::Packed {
    Incoming {
        url: page.url.clone(),
        title: page.title.clone(),
        published: page.published,
        lang: page.lang.clone(),
        tags: page.tags.clone(),
        author: page.author.clone(),
        body: page.body.clone(),
        search_text: page.text.clone(),
        text: TextState::Full,
        ..Incoming::default()
    }
    .pack()
}
