//! Which of the stories the page lists: what speaks for each, what the sure ones have in common, and a decision for the
//! page as a whole. Never here: where stories and cards come from.
//!
//! One link says little; what the page repeats says what it is. The first look judges each story by itself and with
//! those that stand alike; from the sure ones the shapes of the outlet's article addresses are learned; the second look
//! judges all again, and also those in places whose names call them a menu.

use std::collections::HashMap;

use super::address;
use super::cards::{Card, Cutter, Owner, When, address_date};
use super::declared::Declarations;
use super::page::Page;
use super::service;
use super::stories::{self, Story};
use super::titles::{is_title, words};
use crate::dates;
use newsprint_model::fold;

/// What was decided of one story, and why.
#[derive(Debug, Clone, Default)]
pub(super) struct Judged {
    pub taken: bool,
    /// What speaks for it and against it.
    pub reasons: Vec<(&'static str, f64)>,
}

impl Judged {
    fn points(&self) -> f64 {
        self.reasons.iter().map(|(_, points)| points).sum()
    }

    fn say(&mut self, reason: &'static str, points: f64) {
        if points != 0.0 {
            self.reasons.push((reason, points));
        }
    }
}

/// A story with this much for it is sure.
const SURE: f64 = 6.0;
/// Alone it needs this much to be listed.
const ALONE: f64 = 4.5;
/// So much in the mean is asked of those that stand alike.
const GROUP: f64 = 3.0;
/// And so much of each of them.
const MEMBER: f64 = 1.5;

/// Judges the stories of a page, in their order.
pub(super) fn judge(
    page: &Page,
    stories: &[Story],
    declared: &Declarations,
    when: When,
) -> Vec<Judged> {
    let owner = stories::owners(page, stories);
    let mut cutter = Cutter::new(page, &owner);
    // What stands in the page's menus has no card, and a page may have thousands of such links.
    let cards: Vec<Card> = stories
        .iter()
        .map(|story| match story.place.chrome {
            true => Card::bare(story.link),
            false => cutter.card(story.link),
        })
        .collect();
    let mut judged: Vec<Judged> = stories
        .iter()
        .zip(&cards)
        .map(|(story, card)| {
            // A label in the card of a story: what stands beside it is the story's.
            let other = !story.cuts() && owner[card.top] != Owner::Nobody;
            let mut judged = first_look(page, story, card, other, when);
            if declared.get(&story.url).is_some() {
                judged.say("declared in the page's data", 2.0);
            }
            judged
        })
        .collect();
    let signatures: Vec<String> = stories
        .iter()
        .zip(&cards)
        .map(|(story, card)| signature(page, story, card))
        .collect();
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, signature) in signatures.iter().enumerate() {
        if is_open(&stories[number]) && is_title(&stories[number].title.text) {
            groups.entry(signature).or_default().push(number);
        }
    }
    labels(stories, &mut judged, groups.values());
    let kept = decide(stories, &judged, &groups, is_open);
    let sure: Vec<usize> = kept
        .iter()
        .copied()
        .filter(|at| judged[*at].points() >= SURE && words(&stories[*at].title.text) >= 4)
        .collect();
    let learned = Shapes::learn(
        stories,
        &judged,
        if sure.len() >= 3 { &sure } else { &kept },
    );
    for (story, judged) in stories.iter().zip(&mut judged) {
        learned.say(story, judged);
    }
    let mut kept = decide(stories, &judged, &groups, is_open);
    // Places that are called a menu: what has the address of the sure ones is an article all the same; and if nothing
    // else is there, their names say nothing.
    let rest = |story: &Story| story.place.called_chrome && !story.place.chrome;
    if kept.len() < 3 {
        let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, signature) in signatures.iter().enumerate() {
            if !stories[number].place.chrome && is_title(&stories[number].title.text) {
                groups.entry(signature).or_default().push(number);
            }
        }
        let more = decide(stories, &judged, &groups, |story| !story.place.chrome);
        if more.len() >= kept.len() + 3 {
            kept = more;
        }
    } else {
        for (number, story) in stories.iter().enumerate() {
            if rest(story)
                && is_title(&story.title.text)
                && learned.is_of_sure(story)
                && judged[number].points() >= ALONE
            {
                kept.push(number);
            }
        }
    }
    // Two links that look like headlines are a list only if they are sure.
    let enough =
        kept.len() >= 3 || kept.len() == 2 && kept.iter().all(|at| judged[*at].points() >= 2.0);
    if enough {
        for at in kept {
            judged[at].taken = true;
        }
    } else {
        for at in kept {
            judged[at].say("the page has no list of headlines", 0.0);
        }
    }
    judged
}

fn is_open(story: &Story) -> bool {
    !story.place.chrome && !story.place.called_chrome
}

/// The stories of each group that pass together, and those that pass alone.
fn decide(
    stories: &[Story],
    judged: &[Judged],
    groups: &HashMap<&str, Vec<usize>>,
    may: impl Fn(&Story) -> bool,
) -> Vec<usize> {
    let mut kept = Vec::new();
    for members in groups.values() {
        let sum: f64 = members.iter().map(|at| judged[*at].points()).sum();
        let mean = sum / members.len() as f64;
        let enough = if members.len() >= 3 { GROUP } else { ALONE };
        for &at in members.iter().filter(|at| may(&stories[**at])) {
            let points = judged[at].points();
            if (mean >= enough && points >= MEMBER) || points >= ALONE {
                kept.push(at);
            }
        }
    }
    kept.sort_unstable();
    kept
}

/// What a story says for itself: title, address, place, and what stands in its card.
fn first_look(page: &Page, story: &Story, card: &Card, other: bool, when: When) -> Judged {
    let mut judged = Judged::default();
    let title = story.title.text.as_str();
    let count = words(title);
    let (heading, titled) = (story.title.heading, story.title.titled);
    judged.say(
        "words of the title",
        match count {
            0..=2 if heading => -1.0,
            0..=2 => -2.0,
            3 => 0.0,
            4 => 1.0,
            5 => 1.5,
            _ => 2.0,
        },
    );
    judged.say("a heading", if heading { 2.0 } else { 0.0 });
    judged.say("called a title", if titled { 1.0 } else { 0.0 });
    judged.say("its address", story.address.min(2.0));
    if address::slug_in_title(&story.url, title) >= 0.6 {
        judged.say(
            "its address has its words",
            if count >= 4 { 1.5 } else { 0.5 },
        );
    }
    if story.in_menu && count <= 5 {
        judged.say("the menu has it too", -3.0);
    }
    judged.say(
        "beside the page",
        if story.place.aside { -0.5 } else { 0.0 },
    );
    judged.say(
        "in the page's head",
        if story.place.header { -2.0 } else { 0.0 },
    );
    if other {
        judged.say("a label in the card of another story", -2.0);
    } else {
        in_its_card(page, story, card, when, &mut judged);
    }
    if service::is_service(&story.url, title) {
        judged.say("a page of service", -9.0);
    }
    judged.say("what is sold or announced", -service::promotion(&story.url));
    judged
}

/// What stands in the card of a story.
fn in_its_card(page: &Page, story: &Story, card: &Card, when: When, judged: &mut Judged) {
    let title = story.title.text.as_str();
    let date = card
        .date(page, title, when)
        .or_else(|| address_date(story.url.as_str(), when));
    judged.say("a date", if date.is_some() { 2.5 } else { 0.0 });
    let teaser = card.teaser(title).is_some();
    judged.say("a teaser", if teaser { 1.5 } else { 0.0 });
    if !story.title.heading && is_in_sentence(&card.lines, title) {
        judged.say("in running text", -5.0);
    }
    let picture = card.has_image(page);
    judged.say("a picture", if picture { 0.5 } else { 0.0 });
    let article = story.place.article;
    judged.say("in an article element", if article { 0.5 } else { 0.0 });
}

/// Titles that several stories have, or that all begin alike, are labels: `Read in English`, `More in this category …`.
fn labels<'g>(
    stories: &[Story],
    judged: &mut [Judged],
    groups: impl Iterator<Item = &'g Vec<usize>>,
) {
    let mut same: HashMap<String, usize> = HashMap::new();
    for story in stories {
        *same.entry(fold(&story.title.text)).or_default() += 1;
    }
    for (story, judged) in stories.iter().zip(judged.iter_mut()) {
        if same
            .get(&fold(&story.title.text))
            .is_some_and(|count| *count >= 3)
        {
            judged.say("others have the same title", -6.0);
        }
    }
    for members in groups.filter(|members| members.len() >= 3) {
        let beginning = |at: usize| {
            let folded = fold(&stories[at].title.text);
            let mut words = folded.split_whitespace();
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
                judged[at].say("all beside it have the same beginning", -4.0);
            }
        }
    }
}

/// The shapes of the outlet's article addresses, learned from the stories that are sure.
struct Shapes {
    /// For each shape how many of the sure stories have it, and how many of what is surely none: links in menus, and
    /// those with little for them.
    counts: HashMap<String, (usize, usize)>,
    sure: usize,
}

impl Shapes {
    fn learn(stories: &[Story], judged: &[Judged], sure: &[usize]) -> Shapes {
        let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
        for (number, (story, judged)) in stories.iter().zip(judged).enumerate() {
            let is_sure = sure.contains(&number);
            let is_none = !is_sure && (story.place.chrome || judged.points() < 0.0);
            for shape in address::shapes(&story.url) {
                let count = counts.entry(shape).or_default();
                count.0 += usize::from(is_sure);
                count.1 += usize::from(is_none);
            }
        }
        Shapes {
            counts,
            sure: sure.len(),
        }
    }

    /// How the shape of an address fares: how many sure ones share it, and their share.
    fn of(&self, shape: &str) -> (usize, f64) {
        let (sure, none) = self.counts.get(shape).copied().unwrap_or_default();
        (sure, sure as f64 / (sure + none).max(1) as f64)
    }

    fn is_of_sure(&self, story: &Story) -> bool {
        let [fine, ..] = address::shapes(&story.url);
        let (sure, share) = self.of(&fine);
        sure >= 3 && share >= 0.5 && story.address >= 1.0
    }

    fn say(&self, story: &Story, judged: &mut Judged) {
        let [_, fine, coarse] = address::shapes(&story.url);
        let ((fine_sure, fine_share), (coarse_sure, coarse_share)) =
            (self.of(&fine), self.of(&coarse));
        if fine_sure >= 3 && fine_share >= 0.5 {
            judged.say("addressed as the sure ones", 2.0);
        } else if coarse_sure >= 4 && coarse_share >= 0.5 && (fine_sure > 0 || self.sure < 8) {
            judged.say("addressed as the sure ones", 1.5);
        } else if self.sure >= 8 && fine_sure == 0 && coarse_sure == 0 {
            judged.say("addressed as none of the sure ones", -2.5);
        } else if self.sure >= 8 && fine_share < 0.25 && coarse_share < 0.25 {
            judged.say(
                "addressed as few of the sure ones",
                if words(&story.title.text) <= 3 {
                    -3.5
                } else {
                    -1.5
                },
            );
        } else if self.sure >= 8 && fine_sure == 0 {
            judged.say(
                "in another part of the site",
                if words(&story.title.text) <= 3 {
                    -1.5
                } else {
                    -0.5
                },
            );
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
            let dated = before.chars().count() <= 60 && dates::parse(before, None).is_some();
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
