//! Pages of made-up outlets whose text is known, so that anybody can fit and measure without the pages of others.
//! Never here: fitting, measuring.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use fastrand::Rng;
use serde_json::json;

/// Outlets, and pages of each.
pub const OUTLETS: usize = 24;
const PAGES: usize = 4;

const SUBJECTS: &[&str] = &[
    "The council",
    "A fisherman",
    "The mayor of the valley",
    "The old railway company",
    "A teacher from the north",
    "The bakery beside the bridge",
    "The river commission",
    "A group of pupils",
    "The museum",
    "The harvest office",
];
const VERBS: &[&str] = &[
    "has opened",
    "would not close",
    "wants to repair",
    "remembers",
    "measured",
    "is going to paint",
    "lost sight of",
    "voted for",
    "has found",
    "will move",
];
const OBJECTS: &[&str] = &[
    "the second bridge",
    "the mill at the weir",
    "a wall of red stone",
    "the tunnel under the hill",
    "three hundred boats",
    "the archive of the valley",
    "the last ferry",
    "a school for forty children",
    "the market hall",
    "the upper station",
];
const ENDS: &[&str] = &[
    "after four years of work",
    "before the spring flood",
    "in front of a small crowd",
    "without a word to the press",
    "for the first time since the war",
    "on Monday evening",
    "although nobody had asked for it",
    "as the engineers had warned",
];
const TOPICS: &[&str] = &[
    "Rivers", "Bridges", "Harvest", "Schools", "Markets", "Railways",
];

fn pick<'a>(random: &mut Rng, from: &[&'a str]) -> &'a str {
    from[random.usize(..from.len())]
}

fn sentence(random: &mut Rng) -> String {
    format!(
        "{} {} {} {}.",
        pick(random, SUBJECTS),
        pick(random, VERBS),
        pick(random, OBJECTS),
        pick(random, ENDS)
    )
}

fn paragraph(random: &mut Rng) -> String {
    let sentences: Vec<String> = (0..random.usize(2..5)).map(|_| sentence(random)).collect();
    sentences.join(" ")
}

fn headline(random: &mut Rng) -> String {
    let (subject, verb) = (pick(random, SUBJECTS), pick(random, VERBS));
    format!("{subject} {verb} {}", pick(random, OBJECTS))
}

/// What an outlet's pages have in common.
struct Outlet {
    name: String,
    body: &'static str,
    paragraph: &'static str,
    related: &'static str,
    teasers_with_text: bool,
    newsletter: bool,
    caption: bool,
    comments: bool,
    /// A paragraph of the house that looks like the text it stands in; only that it is on every page tells it apart.
    house: bool,
    about: String,
}

/// What such a paragraph says.
const HOUSE: &str = "For forty years the people of this paper have walked along the river every morning and have written down what they \
    saw there, and they will go on doing it as long as somebody wants to read it.";

/// Writes `index.jsonl`, `gold.jsonl` and the pages.
pub fn write(directory: &Path, seed: u64) -> Result<()> {
    std::fs::create_dir_all(directory)?;
    let mut random = Rng::with_seed(seed);
    let (mut index, mut gold) = (String::new(), String::new());
    for number in 0..OUTLETS {
        let bodies = ["article-body", "story-content", "c1", "post entry", "text"];
        let outlet = Outlet {
            name: format!("paper{number}.example"),
            body: bodies[number % bodies.len()],
            paragraph: ["p", "p class=par", "div class=p"][number % 3],
            related: ["related", "teaser-list", "more-stories", "x9"][number % 4],
            teasers_with_text: random.bool(),
            newsletter: random.bool(),
            caption: random.bool(),
            comments: random.bool(),
            house: number % 4 == 3,
            about: paragraph(&mut random),
        };
        for page in 0..PAGES {
            let (html, text, title) = make(&outlet, &mut random);
            let id = format!("{number}-{page}");
            std::fs::write(directory.join(format!("{id}.html")), html)?;
            let url = format!("https://{}/news/{page}", outlet.name);
            let set = "synthetic";
            writeln!(
                index,
                "{}",
                json!({"id": id, "set": set, "url": url, "file": format!("{id}.html")})
            )?;
            writeln!(
                gold,
                "{}",
                json!({"id": id, "set": set, "text": text, "title": title})
            )?;
        }
    }
    std::fs::write(directory.join("index.jsonl"), index)?;
    std::fs::write(directory.join("gold.jsonl"), gold)?;
    Ok(())
}

fn make(outlet: &Outlet, random: &mut Rng) -> (String, String, String) {
    let title = headline(random);
    let mut text = Vec::new();
    let mut body = String::new();
    let tag = outlet.paragraph.split(' ').next().unwrap_or("p");
    for part in 0..random.usize(4..9) {
        if part > 1 && random.u8(..4) == 0 {
            let heading = headline(random);
            let _ = write!(body, "<h2>{heading}</h2>");
            text.push(heading);
        }
        if part == 2 && random.bool() {
            let items: Vec<String> = (0..3).map(|_| sentence(random)).collect();
            let _ = write!(body, "<ul><li>{}</li></ul>", items.join("</li><li>"));
            text.extend(items);
        }
        if part == 1 && random.bool() {
            let _ = write!(
                body,
                "<p>Read more: <a href=/news/x>{}</a></p>",
                headline(random)
            );
        }
        let paragraph = paragraph(random);
        let _ = write!(body, "<{}>{paragraph}</{tag}>", outlet.paragraph);
        text.push(paragraph);
        if part == 2 && outlet.house {
            let _ = write!(body, "<{}>{HOUSE}</{tag}>", outlet.paragraph);
        }
    }
    if outlet.caption {
        let _ = write!(
            body,
            "<figure><img src=/p.jpg><figcaption>{}</figcaption></figure>",
            headline(random)
        );
    }
    let mut beside = String::new();
    for _ in 0..random.usize(3..8) {
        let _ = write!(
            beside,
            "<div class=item><h3><a href=/news/y>{}</a></h3>",
            headline(random)
        );
        if outlet.teasers_with_text {
            let _ = write!(beside, "<p>{}</p>", sentence(random));
        }
        beside.push_str("</div>");
    }
    if outlet.newsletter {
        beside.push_str("<div class=newsletter><p>Sign up for our newsletter and get the news of the valley every morning.</p></div>");
    }
    if outlet.comments {
        let _ = write!(
            beside,
            "<section class=comments><h3>Comments</h3><div class=comment><p>{}</p></div><div class=comment><p>{}</p></div></section>",
            sentence(random),
            sentence(random)
        );
    }
    let topics: String = (0..3)
        .map(|_| format!("<li><a href=/tag/t>{}</a></li>", pick(random, TOPICS)))
        .collect();
    let html = format!(
        "<!doctype html><html lang=en><head><title>{title} - {name}</title><meta property=og:title content=\"{title}\"></head><body>\
         <header><nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li><li><a href=/s>Sport</a></li></ul></nav></header>\
         <main><h1>{title}</h1><div class=byline>By Nino Example</div><div class=\"{class}\">{body}</div><ul class=tags>{topics}</ul></main>\
         <div class={related}>{beside}</div><footer><p>{about}</p><p>© {name}. All rights reserved.</p></footer></body></html>",
        name = outlet.name,
        class = outlet.body,
        related = outlet.related,
        about = outlet.about,
    );
    (html, text.join("\n\n"), title)
}
