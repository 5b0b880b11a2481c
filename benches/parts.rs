//! `cargo bench`: the parts of newsprint one by one. The whole program: `cargo run --release --example bench`.
//! Never here: targets; a part is fast when the whole is.

#[allow(dead_code)]
#[path = "../examples/bench/corpus.rs"]
mod corpus;
#[allow(dead_code)]
#[path = "../examples/bench/stock.rs"]
mod stock;

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput};
use newsprint::config::Config;
use newsprint::tui::effect::Effect;
use newsprint::tui::event::Event;
use newsprint::tui::keymap::Keymap;
use newsprint::tui::state::{Settings, State};
use newsprint::tui::theme::{Colours, Theme};
use newsprint::tui::{Pictures, view};
use newsprint_html::layout::{Options, layout, layout_prefix};
use newsprint_html::sanitize;
use newsprint_model::query::{self, Query};
use newsprint_model::{Select, Time};
use newsprint_parse::{article, read_feed};
use newsprint_store::{At, Incoming, List, Packed, Store, Update};

use corpus::{Corpus, EVERYWHERE, RARE};

/// Articles of the store that is asked.
const ARTICLES: u64 = 20_000;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let corpus = Corpus::new(ARTICLES);
    parsing(&mut criterion, &corpus);
    reading(&mut criterion, &corpus);
    match stock::kept(&corpus) {
        Ok(path) => storing(&mut criterion, &corpus, &path),
        Err(error) => eprintln!("parts: no store: {error:#}"),
    }
    criterion.final_summary();
}

/// An RSS document of one round of articles with their whole text.
fn rss(corpus: &Corpus) -> String {
    let items = corpus.round(1).0.into_iter().map(|article| {
        let categories = article.tags.iter().map(|tag| format!("<category>{tag}</category>"));
        format!(
            "<item><title>{}</title><link>{}</link><guid>{}</guid><pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate>\
             {}<content:encoded><![CDATA[{}]]></content:encoded></item>",
            article.title,
            article.url,
            article.guid.unwrap_or_default(),
            categories.collect::<String>(),
            article.body
        )
    });
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>Courier</title><link>https://courier.example/</link>{}</channel></rss>",
        items.collect::<String>()
    )
}

/// An article page with the usual things around the text.
fn article_page(article: &Incoming) -> String {
    let links = |count: usize| -> String {
        let link = |n| format!("<li><a href=\"/section/{n}\">Section number {n}</a></li>");
        (0..count).map(link).collect()
    };
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{0} - Courier</title><meta property=\"og:title\" content=\"{0}\">\
         <meta property=\"article:published_time\" content=\"2026-06-01T10:00:00Z\"><script>var a = \"{3}\";</script>\
         </head><body><nav><ul>{1}</ul></nav><main><article><h1>{0}</h1><p class=\"info\">1 June 2026 | News, Politics\
         </p>{2}</article><aside><h3>See also</h3><ul>{1}</ul></aside></main><footer><ul>{1}</ul></footer></body></html>",
        article.title,
        links(40),
        article.body,
        "x".repeat(20_000)
    )
}

fn parsing(criterion: &mut Criterion, corpus: &Corpus) {
    let mut group = criterion.benchmark_group("parse");
    let document = rss(corpus);
    group.throughput(Throughput::Bytes(document.len() as u64));
    group.bench_function("feed of 30 articles", |bencher| {
        bencher.iter(|| {
            read_feed(
                document.as_bytes(),
                None,
                "https://courier.example/feed.xml",
            )
        });
    });
    let article = corpus.article(17);
    group.throughput(Throughput::Bytes(article.body.len() as u64));
    group.bench_function("markup of 4 KB", |bencher| {
        bencher.iter(|| sanitize::clean(&article.body, "https://courier.example/"));
    });
    let html = article_page(&article);
    let (select, repeats) = (Select::default(), article::Repeats::default());
    group.throughput(Throughput::Bytes(html.len() as u64));
    group.bench_function("article page", |bencher| {
        bencher.iter(|| article::parse(html.as_bytes(), None, &article.url, &select, &repeats));
    });
    group.throughput(Throughput::Elements(1));
    let words =
        "tag:\"North Caucasus\" -outlet:Courier (harbour or \"railway ti\"*) is:unread since:7d";
    group.bench_function("query", |bencher| {
        bencher.iter(|| query::parse(black_box(words)))
    });
    group.finish();
}

fn reading(criterion: &mut Criterion, corpus: &Corpus) {
    let mut group = criterion.benchmark_group("layout");
    let options = Options::default();
    let (short, long) = (corpus.article(17).body, corpus.article(corpus.long()).body);
    group.bench_function("4 KB", |bencher| bencher.iter(|| layout(&short, &options)));
    group.bench_function("1 MB", |bencher| bencher.iter(|| layout(&long, &options)));
    group.bench_function("1 MB, the first 40 lines", |bencher| {
        bencher.iter(|| layout_prefix(&long, &options, 40));
    });
    group.finish();
}

fn storing(criterion: &mut Criterion, corpus: &Corpus, path: &Path) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let copy = directory.path().join("newsprint.db");
    std::fs::copy(path, &copy).expect("a copy of the store");
    let store = Store::open(&copy).expect("the store");
    let (_, now) = corpus.round(corpus.rounds() - 1);
    let list = |text: &str| List::live(&query::parse(text).expect("a query"), now);

    let mut group = criterion.benchmark_group("store of 20,000");
    for (name, text) in [("all", ""), ("unread", "is:unread")] {
        let list = list(text);
        group.bench_function(format!("page of 50 headlines, {name}"), |bencher| {
            bencher.iter(|| store.headlines(&list, At::Top, 50));
        });
    }
    // A new connection each time: one remembers what it has counted.
    let fresh = || Store::open(&copy).expect("the store");
    for text in ["is:unread", "lang:de or lang:ka", EVERYWHERE] {
        let list = list(text);
        group.bench_function(format!("tag counts, {text}"), |bencher| {
            bencher.iter_batched(fresh, |store| store.tags(&list), BatchSize::PerIteration);
        });
    }
    for (name, word) in [("rare word", RARE), ("word of every article", EVERYWHERE)] {
        let list = list(word);
        group.bench_function(format!("search, {name}"), |bencher| {
            bencher.iter_batched(
                fresh,
                |store| store.search(&list, 0, 50),
                BatchSize::PerIteration,
            );
        });
    }
    let id = store.cursors(&list(""), At::Top, 1).expect("a list")[0].id;
    group.bench_function("one article", |bencher| bencher.iter(|| store.article(id)));
    group.finish();

    let mut group = criterion.benchmark_group("take in 30 articles");
    group.throughput(Throughput::Elements(30));
    group.bench_function("pack", |bencher| {
        bencher.iter_batched(
            || corpus.round(2).0,
            |articles| {
                articles
                    .into_iter()
                    .map(Incoming::pack)
                    .collect::<Vec<Packed>>()
            },
            BatchSize::PerIteration,
        );
    });
    let outlet = corpus.outlets().next().expect("an outlet");
    let mut number = ARTICLES;
    group.bench_function("insert and index", |bencher| {
        bencher.iter_batched(
            || {
                let numbers = number..number + 30;
                number += 30;
                let fresh = |n| Incoming {
                    published: Some(now),
                    ..corpus.article(n)
                };
                Update {
                    articles: numbers.map(|n| fresh(n).pack()).collect(),
                    ..Update::default()
                }
            },
            |update| store.ingest(outlet, &update, now).expect("room for more"),
            BatchSize::PerIteration,
        );
    });
    group.finish();

    let (state, theme, mut pictures) = reader(corpus, &store, now);
    let backend = ratatui::backend::TestBackend::new(120, 40);
    let mut terminal = ratatui::Terminal::new(backend).expect("a screen");
    criterion.bench_function("one frame of 40 x 120", |bencher| {
        bencher.iter(|| {
            let drawn = view::draw(&mut terminal.get_frame(), &state, &theme, &mut pictures);
            terminal.current_buffer_mut().reset();
            drawn
        });
    });
}

/// The reader's state with a list open, without a terminal.
fn reader(corpus: &Corpus, store: &Store, now: Time) -> (State, Theme, Pictures) {
    let directory = Path::new("unused");
    let config = Config::parse(
        &stock::config(corpus),
        &directory.join("config.toml"),
        directory,
    )
    .expect("a config");
    let keymap = Keymap::from_config(&config).expect("the default keys");
    let mut settings = Settings::new(&config, Vec::new(), false, true, jiff::tz::TimeZone::UTC);
    (settings.images, settings.reader.first_refresh) = (false, false);
    let mut state = State::new(keymap, settings, (120, 40), now);
    let mut todo: std::collections::VecDeque<Effect> = state.start().into();
    while let Some(effect) = todo.pop_front() {
        let event = match effect {
            Effect::OpenList { ticket, query } => Event::Opened {
                ticket,
                list: fixed(store, &query, now),
            },
            Effect::LoadRows {
                ticket,
                list,
                at,
                limit,
                fill,
            } => {
                let rows = store.headlines(&list, at, limit).expect("headlines");
                let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
                Event::Rows {
                    ticket,
                    folds: store.folded(&list, &ids).expect("folds"),
                    rows,
                    fill,
                    end: false,
                    first: Some(0),
                }
            }
            Effect::LoadArticle(id) => {
                let article = store.article(id).expect("an article");
                Event::Article(id, article.map(Box::new))
            }
            Effect::Count { ticket, list } => Event::Counted {
                ticket,
                counts: store.counts(&list).expect("counts"),
            },
            _ => continue,
        };
        todo.extend(state.update(event));
    }
    let theme = Theme::new(&config, Colours::from_env(Some(true)));
    let pictures = Pictures::new(&config, newsprint::tui::Canvas::default());
    (state, theme, pictures)
}

fn fixed(store: &Store, query: &Query, now: Time) -> List {
    List::fixed(query, now, store.now().expect("a state"))
}
