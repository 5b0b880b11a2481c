//! What is seen of each story of a page: the signs for and against it, the place where it stands, the shapes of its
//! address. Never here: what a sign is worth (`weights`), which stories are listed (`choice`).

use std::collections::HashMap;

use url::Url;

use super::Earlier;
use super::address;
use super::cards::{Card, Cutter, Owner, When, address_date};
use super::declared::Declarations;
use super::page::Page;
use super::service;
use super::stories::{self, Story};
use super::titles::{is_title, words};
use crate::dates;
use newsprint_model::{address_key, fold};

/// A sign for or against a story, in the order of [`NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    TwoWordsInHeading,
    TwoWords,
    ThreeWords,
    FourWords,
    FiveWords,
    MoreWords,
    Heading,
    Titled,
    Address,
    NoAddress,
    Slug,
    ShortSlug,
    MenuToo,
    Aside,
    Header,
    Label,
    Date,
    Teaser,
    RunningText,
    Picture,
    ArticleElement,
    Service,
    Promotion,
    Declared,
    SameTitle,
    SameBeginning,
    LikeSure,
    AboutLikeSure,
    UnlikeSure,
    ShortLikeFew,
    LikeFew,
    ShortElsewhere,
    Elsewhere,
    Known,
}

/// Addresses known from before that are learned from.
const MAX_KNOWN: usize = 200;

/// How many signs there are.
pub const COUNT: usize = 34;

/// What each sign is called where reasons are told.
pub const NAMES: [&str; COUNT] = [
    "a heading of one or two words",
    "one or two words",
    "three words",
    "four words",
    "five words",
    "six words or more",
    "a heading",
    "called a title",
    "its address",
    "its address is a section's",
    "its address has its words",
    "its address has its few words",
    "the menu has it too",
    "beside the page",
    "in the page's head",
    "a label in the card of another story",
    "a date",
    "a teaser",
    "in running text",
    "a picture",
    "in an article element",
    "a page of service",
    "what is sold or announced",
    "declared in the page's data",
    "others have the same title",
    "all beside it have the same beginning",
    "addressed as the sure ones",
    "addressed about as the sure ones",
    "addressed as none of the sure ones",
    "a few words, addressed as few of the sure ones",
    "addressed as few of the sure ones",
    "a few words, in another part of the site",
    "in another part of the site",
    "known as an article",
];

/// What is seen of one story.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// Each sign and how strong it is; 1 where it is there or not.
    pub signs: Vec<(Sign, f64)>,
    /// In what the page itself declares to be a menu or its foot.
    pub chrome: bool,
    /// In what its names call so.
    pub called_chrome: bool,
    /// Whether its title could be one.
    pub titled: bool,
    pub words: usize,
    /// What its address says for an article, -1 to 3.
    pub address: f64,
    /// Those that stand alike have the same number.
    pub group: usize,
    /// The shapes of its address, the finer first, by number.
    pub shapes: [usize; 3],
}

impl Seen {
    fn say(&mut self, sign: Sign, strength: f64) {
        if strength != 0.0 {
            self.signs.push((sign, strength));
        }
    }

    /// Whether a date was seen with it.
    pub(super) fn is_dated(&self) -> bool {
        self.signs.iter().any(|(sign, _)| *sign == Sign::Date)
    }

    fn is(&mut self, sign: Sign, there: bool) {
        self.say(sign, f64::from(u8::from(there)));
    }
}

/// What is seen of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Looked {
    /// Of its stories, in their order.
    pub stories: Vec<Seen>,
    /// The shapes of the addresses that are known to be articles'.
    pub known: Vec<[usize; 3]>,
}

/// Looks at the stories of the page at `own`.
pub(super) fn look(
    page: &Page,
    own: &Url,
    stories: &[Story],
    declared: &Declarations,
    earlier: &Earlier,
    when: When,
) -> Looked {
    let owner = stories::owners(page, stories);
    let mut cutter = Cutter::new(page, &owner, when);
    // What stands in the page's menus has no card, and a page may have thousands of such links.
    let cards: Vec<Card> = stories
        .iter()
        .map(|story| match story.place.chrome {
            true => Card::bare(story.link),
            false => cutter.card(story.link),
        })
        .collect();
    let mut groups: HashMap<String, usize> = HashMap::new();
    let mut shapes: HashMap<String, usize> = HashMap::new();
    let number = |all: &mut HashMap<String, usize>, name: String| {
        let next = all.len();
        *all.entry(name).or_insert(next)
    };
    let mut seen: Vec<Seen> = Vec::with_capacity(stories.len());
    for (story, card) in stories.iter().zip(&cards) {
        // A label in the card of a story: what stands beside it is the story's.
        let other = !story.cuts() && owner[card.top] != Owner::Nobody;
        let mut one = of_story(page, own, story, card, other, when);
        one.is(Sign::Declared, declared.get(&story.url).is_some());
        let key = address_key(story.url.as_str());
        one.is(Sign::Known, earlier.articles.contains(&key));
        one.group = number(&mut groups, signature(page, story, card));
        one.shapes = address::shapes(&story.url).map(|shape| number(&mut shapes, shape));
        seen.push(one);
    }
    labels(stories, &mut seen, groups.len());
    // What stands on the page counts there.
    let gone = earlier.articles.iter().filter(|key| {
        stories
            .iter()
            .all(|story| address_key(story.url.as_str()) != **key)
    });
    let known = gone.filter_map(|key| {
        let url = Url::parse(&format!("https://{key}")).ok()?;
        Some(address::shapes(&url).map(|shape| number(&mut shapes, shape)))
    });
    Looked {
        known: known.take(MAX_KNOWN).collect(),
        stories: seen,
    }
}

/// What a story says for itself: title, address, place, and what stands in its card.
fn of_story(page: &Page, own: &Url, story: &Story, card: &Card, other: bool, when: When) -> Seen {
    let title = story.title.text.as_str();
    let count = words(title);
    let mut seen = Seen {
        chrome: story.place.chrome,
        called_chrome: story.place.called_chrome,
        titled: is_title(title),
        words: count,
        address: story.address,
        ..Seen::default()
    };
    let heading = story.title.heading;
    seen.say(
        match count {
            0..=2 if heading => Sign::TwoWordsInHeading,
            0..=2 => Sign::TwoWords,
            3 => Sign::ThreeWords,
            4 => Sign::FourWords,
            5 => Sign::FiveWords,
            _ => Sign::MoreWords,
        },
        1.0,
    );
    seen.is(Sign::Heading, heading);
    seen.is(Sign::Titled, story.title.titled);
    seen.say(Sign::Address, story.address.clamp(0.0, 2.0));
    seen.is(Sign::NoAddress, story.address < 0.0);
    if address::slug_in_title(&story.url, title) >= 0.6 {
        let slug = if count >= 4 {
            Sign::Slug
        } else {
            Sign::ShortSlug
        };
        seen.say(slug, 1.0);
    }
    seen.is(Sign::MenuToo, story.in_menu && count <= 5);
    seen.is(Sign::Aside, story.place.aside);
    seen.is(Sign::Header, story.place.header);
    if other {
        seen.say(Sign::Label, 1.0);
    } else {
        let date = card
            .date(page, title, when)
            .or_else(|| address_date(story.url.as_str(), when));
        seen.is(Sign::Date, date.is_some());
        seen.is(Sign::Teaser, card.teaser(title).is_some());
        let running = !heading && is_in_sentence(&card.lines, title);
        seen.is(Sign::RunningText, running);
        seen.is(Sign::Picture, card.has_image(page));
        seen.is(Sign::ArticleElement, story.place.article);
    }
    let service = service::is_service(&story.url, title);
    seen.is(Sign::Service, service || (story.label && !story.in_menu));
    let marked = card
        .lines
        .iter()
        .filter(|line| line.len() <= title.len() + 60)
        .any(|line| service::is_sponsored(&line.replace(title, " ")));
    let promotion = if marked {
        8.0
    } else {
        service::promotion(&story.url, own)
    };
    seen.say(Sign::Promotion, promotion);
    seen
}

/// Titles that several stories share, or whose first words are all the same, are labels: `Read in English`, `More in this category …`.
fn labels(stories: &[Story], seen: &mut [Seen], groups: usize) {
    let mut same: HashMap<String, usize> = HashMap::new();
    let folded: Vec<String> = stories
        .iter()
        .map(|story| fold(&story.title.text))
        .collect();
    for title in &folded {
        *same.entry(title.clone()).or_default() += 1;
    }
    for (title, seen) in folded.iter().zip(seen.iter_mut()) {
        // Minutes and notices have the same headline every time, and a date each.
        let headline = seen.words >= 3
            && seen.is_dated()
            && seen.signs.iter().any(|(sign, _)| *sign == Sign::Heading);
        seen.is(Sign::SameTitle, same[title] >= 3 && !headline);
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups];
    for (number, seen) in seen.iter().enumerate() {
        if !seen.chrome && !seen.called_chrome && seen.titled {
            members[seen.group].push(number);
        }
    }
    for members in members.iter().filter(|members| members.len() >= 3) {
        let beginning = |at: usize| {
            let mut words = folded[at].split_whitespace();
            Some(format!("{} {}", words.next()?, words.next()?))
        };
        let mut begun: HashMap<String, usize> = HashMap::new();
        for beginning in members.iter().filter_map(|at| beginning(*at)) {
            *begun.entry(beginning).or_default() += 1;
        }
        let common = begun
            .iter()
            .find(|(_, count)| **count * 5 >= members.len() * 4);
        let Some((common, _)) = common else { continue };
        for &at in members {
            if stories[at].address < 2.0 && beginning(at).as_ref() == Some(common) {
                seen[at].say(Sign::SameBeginning, 1.0);
            }
        }
    }
}

/// What the place of a story looks like: the names of its link, of what is around it, and of its card.
fn signature(page: &Page, story: &Story, card: &Card) -> String {
    let mut out = String::new();
    let mut at = story.link;
    let mut add = |index: usize| {
        let node = &page.elements[index].node;
        out.push_str(&node.node_name().unwrap_or_default());
        // Numbers and generated parts of classes differ between alike blocks.
        let class = node.class().unwrap_or_default();
        if let Some(first) = class.split_whitespace().next() {
            out.push('.');
            out.extend(first.chars().take_while(|c| !c.is_ascii_digit()).take(24));
        }
        out.push('>');
    };
    for _ in 0..3 {
        add(at);
        if at == card.top || at == 0 {
            break;
        }
        at = page.elements[at].parent;
    }
    add(card.top);
    add(page.elements[card.top].parent);
    out
}

/// Whether a link stands in the middle of a text: words before it in its line that are no date or kicker.
fn is_in_sentence(lines: &[String], title: &str) -> bool {
    lines.iter().any(|line| match line.split_once(title) {
        Some((before, after)) => {
            let dated = before.chars().count() <= 100 && dates::parse(before, None).is_some();
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            // A kicker ends with a sign or is short; a sentence goes on behind the link.
            let runs_on = after
                .trim_start()
                .starts_with(|c: char| c.is_lowercase() || matches!(c, '.' | ',' | ';' | ')'));
            (letters(before) >= 40 && !dated)
                || (letters(before) >= 8 && !dated && runs_on && letters(after) >= 3)
        }
        None => false,
    })
}
