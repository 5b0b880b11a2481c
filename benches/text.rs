//! What the text room costs: cleaning at ingest, layout when an article is opened, snippets while
//! one types. Beside each the limit: a bare tag strip of the same article.
//! Never here: parsing of feeds and pages, the store.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsprint_html::sanitize;
use newsprint_html::{layout, strip_tags};

/// A made-up article of about as many bytes: paragraphs with links and marks, lists, pictures.
fn article(bytes: usize) -> String {
    const SENTENCE: &str = "The council of the upper valley has agreed on a plan for the old railway, \
                            which had been closed for thirty years";
    let mut html = String::new();
    let mut number = 0;
    while html.len() < bytes {
        number += 1;
        html.push_str(&format!(
            "<p class=\"text n{number}\">“{SENTENCE}”, <a href=\"https://valley.example/{number}?utm_source=feed&amp;id={number}\" \
             target=\"_blank\">said the mayor</a>&nbsp;– {SENTENCE}. <strong>{SENTENCE}</strong> &amp; more.</p>\n<p>{SENTENCE}; it&#8217;s late.</p>\n"
        ));
        if number % 5 == 0 {
            html.push_str(
                "<h2>The stations</h2><ul><li>one</li><li>two</li></ul><figure><img src=\"/line.jpg\" width=\"600\" alt=\"The line\">\
                 <figcaption>The line in spring</figcaption></figure>",
            );
        }
    }
    html
}

fn text_room(criterion: &mut Criterion) {
    for (name, bytes) in [("4 KB", 4 << 10), ("1 MB", 1 << 20)] {
        let source = article(bytes);
        let stored = sanitize::clean(&source, "https://valley.example/").html;
        let words = ["railway".to_owned(), "mayor".to_owned()];
        let options = layout::Options::default();
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_function("limit: tag strip", |b| {
            b.iter(|| strip_tags(black_box(&source), " "))
        });
        group.bench_function("clean", |b| {
            b.iter(|| sanitize::clean(black_box(&source), "https://valley.example/"));
        });
        group.bench_function("plain", |b| {
            b.iter(|| newsprint_html::plain(black_box(&stored)))
        });
        group.bench_function("layout", |b| {
            b.iter(|| layout::layout(black_box(&stored), &options));
        });
        group.bench_function("first screenful", |b| {
            b.iter(|| layout::layout_prefix(black_box(&stored), &options, 60));
        });
        group.bench_function("snippet", |b| {
            b.iter(|| newsprint_html::snippet(black_box(&stored), &words, 160));
        });
        group.bench_function("language", |b| {
            b.iter(|| newsprint_html::language(black_box(&stored)))
        });
        group.finish();
    }
}

criterion_group!(benches, text_room);
criterion_main!(benches);
