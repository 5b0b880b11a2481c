//! Cards: the part of a page that belongs to one story, with its lines, picture, labels, author and dates.
//! Never here: which stories are listed, what they are called.

use std::collections::HashMap;

use url::Url;

use super::address;
use super::page::{Kind, Page, is_when};
use super::tags;
use super::titles;
use crate::dates::{self, Written};
use crate::lines;
use newsprint_html::safe_text;
use newsprint_model::{Time, fold};

/// Characters of the text of one card; a block with more is an article, no teaser.
const MAX_CARD: usize = 3_000;
/// How high a card may reach above its link.
const MAX_CLIMB: usize = 12;
/// Elements of one card.
const MAX_ELEMENTS: usize = 400;

/// Whose links an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Nobody,
    One(usize),
    Many,
}

/// For each element the one story that is linked inside it; `stories` are the links of each story.
pub(super) fn owners<'s>(page: &Page, stories: impl Iterator<Item = &'s [usize]>) -> Vec<Owner> {
    let mut owner = vec![Owner::Nobody; page.elements.len()];
    for (number, links) in stories.enumerate() {
        for &link in links {
            owner[link] = match owner[link] {
                Owner::Nobody => Owner::One(number),
                Owner::One(other) if other == number => Owner::One(number),
                _ => Owner::Many,
            };
        }
    }
    for index in (1..page.elements.len()).rev() {
        let parent = page.elements[index].parent;
        owner[parent] = match (owner[parent], owner[index]) {
            (owner, Owner::Nobody) | (Owner::Nobody, owner) => owner,
            (Owner::One(a), Owner::One(b)) if a == b => Owner::One(a),
            _ => Owner::Many,
        };
    }
    owner
}

/// The elements whose text belongs to one story: a block, and its neighbours that have no story of their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Card {
    pub top: usize,
    pub around: Vec<usize>,
    /// What a reader sees of it, a line each.
    pub lines: Vec<String>,
}

/// The cutter of cards; lists are asked once whether they begin with dates.
pub(super) struct Cutter<'p, 'a> {
    page: &'p Page<'a>,
    owner: &'p [Owner],
    leads: HashMap<usize, bool>,
    when: When<'p>,
}

impl<'p, 'a> Cutter<'p, 'a> {
    pub(super) fn new(page: &'p Page<'a>, owner: &'p [Owner], when: When<'p>) -> Cutter<'p, 'a> {
        Cutter {
            page,
            owner,
            leads: HashMap::new(),
            when,
        }
    }

    /// The card around a link: the highest element that holds no other story, and the neighbours of it that hold none.
    pub(super) fn card(&mut self, link: usize) -> Card {
        let elements = &self.page.elements;
        let mut top = link;
        for _ in 0..MAX_CLIMB {
            let parent = elements[top].parent;
            let limit = parent == 0
                || self.owner[parent] == Owner::Many
                || ["body", "main", "html"]
                    .iter()
                    .any(|name| self.page.is(parent, name));
            if limit || elements[parent].end - parent > MAX_ELEMENTS {
                break;
            }
            top = parent;
        }
        let mut card = Card {
            top,
            around: self.around(top),
            lines: Vec::new(),
        };
        card.lines = self.lines(&card);
        card
    }

    /// Where nothing wraps a story its date and teaser are its neighbours: those after it, unless the list begins with
    /// a date.
    fn around(&mut self, top: usize) -> Vec<usize> {
        let page = self.page;
        let elements = &page.elements;
        let owner = self.owner;
        let when = self.when;
        let neighbour = |index: usize| {
            let place = elements[index].place;
            owner[index] == Owner::Nobody && !place.chrome && !place.called_chrome
        };
        let parent = elements[top].parent;
        let leads = *self
            .leads
            .entry(parent)
            .or_insert_with(|| leads_with_date(page, owner, parent, when));
        let mut around = Vec::new();
        if leads {
            let mut at = elements[top].previous;
            while let Some(previous) = at
                && neighbour(previous)
                && around.len() < 3
            {
                around.insert(0, previous);
                at = elements[previous].previous;
            }
        } else {
            let mut at = elements[top].end;
            while at < elements[parent].end && neighbour(at) && around.len() < 5 {
                around.push(at);
                at = elements[at].end;
            }
        }
        around
    }

    /// The lines of a card, in the order of the page.
    fn lines(&self, card: &Card) -> Vec<String> {
        let mut parts: Vec<usize> = card.around.clone();
        parts.push(card.top);
        parts.sort_unstable();
        let mut out = Vec::new();
        let mut length = 0;
        for part in parts {
            for line in lines::inside(self.page.elements[part].node) {
                length += line.len();
                if length > MAX_CARD {
                    return out;
                }
                out.push(line);
            }
        }
        out
    }
}

/// Whether the children of an element begin with a date before the first story.
fn leads_with_date(page: &Page, owner: &[Owner], parent: usize, when: When) -> bool {
    let end = page.elements[parent].end;
    let mut at = parent + 1;
    for _ in 0..8 {
        if at >= end || owner[at] != Owner::Nobody {
            return false;
        }
        if page.elements[at].end - at <= 12 {
            let text = page.text(at);
            if text.len() <= 80 && dates::parse_at(&text, when.lang, when.fetched).is_some() {
                return true;
            }
        }
        at = page.elements[at].end;
    }
    false
}

impl Card {
    /// A link alone.
    pub(super) fn bare(link: usize) -> Card {
        Card {
            top: link,
            ..Card::default()
        }
    }

    /// The elements of the card and its neighbours.
    pub(super) fn elements<'c>(&'c self, page: &'c Page) -> impl Iterator<Item = usize> + 'c {
        let parts = std::iter::once(self.top).chain(self.around.iter().copied());
        parts.flat_map(|part| part..page.elements[part].end)
    }

    /// The first picture, as it is or as it waits to be loaded.
    pub(super) fn image(&self, page: &Page, base: &Url) -> Option<String> {
        self.elements(page)
            .filter(|index| page.elements[*index].kind == Kind::Image)
            .take(4)
            .find_map(|index| {
                ["data-src", "data-original", "data-lazy-src", "src"]
                    .iter()
                    .find_map(|name| {
                        let address = page.attr(index, name)?;
                        let address = address.trim();
                        if address.is_empty()
                            || address.starts_with("data:")
                            || address.ends_with(".svg")
                        {
                            return None;
                        }
                        safe_text::link(base.join(address).ok()?.as_str())
                    })
            })
    }

    pub(super) fn has_image(&self, page: &Page) -> bool {
        self.elements(page)
            .any(|index| page.elements[index].kind == Kind::Image)
    }

    /// The teaser: the longest line that is neither title nor date nor 'Read more'; where the title begins the
    /// line, what follows it.
    pub(super) fn teaser(&self, title: &str) -> Option<&str> {
        let rest = self.lines.iter().map(|line| {
            line.strip_prefix(title)
                .unwrap_or(line)
                .trim_start_matches([' ', ':', '-', '–', '—', '|'])
        });
        let long = rest.filter(|line| {
            line.chars().count() >= 40 && !title.contains(line) && !line.contains(title)
        });
        long.filter(|line| lines::facts(line, None).is_none())
            .max_by_key(|line| line.len())
    }

    /// The outlet's own tags: from a line of facts, else from the links that are marked as such.
    pub(super) fn tags(&self, page: &Page, lang: Option<&str>) -> Vec<String> {
        const PATHS: &[&str] = &[
            "/tag/",
            "/tags/",
            "/topic/",
            "/topics/",
            "/thema/",
            "/category/",
            "/keyword/",
        ];
        let facts = self.lines.iter().find_map(|line| lines::facts(line, lang));
        let mut names = facts.unwrap_or_default().tags;
        if names.is_empty() {
            let tagged = self
                .elements(page)
                .filter(|index| page.is_link(*index))
                .filter(|index| {
                    let rel = page
                        .attr(*index, "rel")
                        .unwrap_or_default()
                        .to_ascii_lowercase();
                    let href = page
                        .attr(*index, "href")
                        .unwrap_or_default()
                        .to_ascii_lowercase();
                    rel.split_whitespace()
                        .any(|rel| rel == "tag" || rel == "category")
                        || PATHS.iter().any(|part| href.contains(part))
                });
            names = tagged.map(|index| page.text(index)).collect();
        }
        tags(names.iter().map(String::as_str))
    }

    /// The authors that the card marks as such.
    pub(super) fn authors(&self, page: &Page) -> Vec<String> {
        let marked = self.elements(page).filter(|index| {
            let says = |name: &str, word: &str| {
                page.attr(*index, name).is_some_and(|value| {
                    value
                        .to_ascii_lowercase()
                        .split_whitespace()
                        .any(|part| part == word)
                })
            };
            says("rel", "author") || says("itemprop", "author")
        });
        let mut names: Vec<String> = marked.take(6).map(|index| page.text(index)).collect();
        if names.is_empty() {
            names = self.named_authors(page);
        }
        let named = names
            .iter()
            .filter(|name| titles::words(name) <= 5 && dates::parse(name, None).is_none());
        tags(named.map(String::as_str))
    }

    /// Those whom only the names of elements call so: the innermost that do, without `by`.
    fn named_authors(&self, page: &Page) -> Vec<String> {
        const BY: &[&str] = &[
            "by ",
            "von ",
            "par ",
            "por ",
            "de ",
            "di ",
            "door ",
            "av ",
            "af ",
            "autor: ",
            "author: ",
            "автор: ",
        ];
        let called = |index: usize| {
            page.attr(index, "class")
                .is_some_and(|class| class.split_whitespace().take(12).any(is_author))
        };
        let found: Vec<usize> = self
            .elements(page)
            .filter(|index| called(*index))
            .take(12)
            .collect();
        let innermost = found
            .iter()
            .filter(|index| !page.inside(**index).any(|inner| found.contains(&inner)));
        let name = |index: &usize| {
            let text = page.text(*index);
            let folded = text.to_lowercase();
            let cut = BY
                .iter()
                .find(|by| folded.starts_with(**by))
                .map_or(0, |by| by.len());
            let name = text.get(cut..).unwrap_or_default().trim().to_owned();
            let letters = name.chars().any(char::is_uppercase) || !name.is_ascii();
            (letters && !name.contains(|c: char| c.is_numeric() || matches!(c, '|' | '·' | ':')))
                .then_some(name)
        };
        innermost.filter_map(name).take(6).collect()
    }

    /// The date: for machines, else in a line of its own, else in a short line with something else.
    pub(super) fn date(&self, page: &Page, title: &str, when: When) -> Option<Written> {
        let sane = |written: &Written| when.fetched.is_none_or(|fetched| is_past(written, fetched));
        self.machine_date(page, when, &sane).or_else(|| {
            let short = |line: &&String| line.chars().count() <= 120;
            let read = |line: &String| {
                // The title may name a date that is not its own, also where it is cut.
                let cut = line.trim_end_matches(['.', '…', ' ']);
                if cut.len() + 2 <= line.len() && !cut.is_empty() && title.starts_with(cut) {
                    return None;
                }
                let rest = line.replace(title, " ");
                // Few lines hold a date: what it is of is asked afterwards.
                let day = |part: &str| {
                    dates::parse_at(part, when.lang, when.fetched).filter(|_| !is_of_event(part))
                };
                let mut late = None;
                let first = parts(&rest).find_map(|part| {
                    let found = day(part)?;
                    if is_update(part) {
                        late = late.take().or(Some(found));
                        return None;
                    }
                    Some(found)
                });
                let whole = || dates::parse(&rest, when.lang).filter(|_| !is_of_event(&rest));
                first.or(late).or_else(whole).filter(sane)
            };
            let old = |line: &&String| !is_update(line);
            // A line that says much else is the teaser, and the day in it is what happened.
            let other = |line: &&String| {
                line.replace(title, " ")
                    .split(|c: char| !c.is_alphabetic())
                    .filter(|word| word.chars().count() >= 3)
                    .count()
            };
            let lines = self.lines.iter().filter(short);
            let plain = || lines.clone().filter(|line| other(line) <= 5);
            // The first that is not a date of change; else the first.
            let mut changed = None;
            let first = plain().find_map(|line| {
                let found = read(line)?;
                if !old(&line) {
                    changed = changed.take().or(Some(found));
                    return None;
                }
                Some(found)
            });
            first
                .or(changed)
                .or_else(|| lines.clone().find(|line| other(line) <= 9).and_then(read))
        })
    }

    fn machine_date(
        &self,
        page: &Page,
        when: When,
        sane: &impl Fn(&Written) -> bool,
    ) -> Option<Written> {
        let read = |value: &str| dates::parse(value, when.lang).filter(sane);
        let mut later = None;
        let mut updated = None;
        for index in self
            .elements(page)
            .filter(|index| page.elements[*index].dated)
        {
            let change = self.is_of_change(page, index);
            if change == Some(Other::Event) {
                continue;
            }
            for name in ["datetime", "data-datetime", "data-date", "data-timestamp"] {
                if let Some(date) = page.attr(index, name).and_then(|value| read(&value)) {
                    if change.is_none() {
                        return Some(date);
                    }
                    updated = updated.or(Some(date));
                }
            }
            if later.is_none() && change.is_none() {
                later = self.data_date(page, index).and_then(|value| read(&value));
            }
        }
        later.or(updated)
    }

    /// What a dated element says of when it changed or what it announces, by its names, those around it inside the card,
    /// and the words right before it.
    fn is_of_change(&self, page: &Page, index: usize) -> Option<Other> {
        let mut at = index;
        for _ in 0..3 {
            let said = ["class", "itemprop", "id"]
                .iter()
                .filter_map(|name| page.attr(at, name));
            let said = said.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
            if ["publi", "posted", "created"]
                .iter()
                .any(|word| said.contains(word))
            {
                return None;
            }
            if ["updated", "modified", "lastmod"]
                .iter()
                .any(|word| said.contains(word))
            {
                return Some(Other::Update);
            }
            let before = page.elements[at]
                .node
                .prev_sibling()
                .filter(|node| node.is_text());
            let before = before
                .map(|node| safe_text::line(&node.text()))
                .unwrap_or_default();
            if before.chars().count() <= 40 && !before.is_empty() {
                // As if the date stood there.
                if is_of_event(&format!("{before} 1.1.2000")) {
                    return Some(Other::Event);
                }
                if is_update(&before) {
                    return Some(Other::Update);
                }
            }
            at = page.elements[at].parent;
            let inside = at > self.top && page.elements[at].end - at <= 6;
            if !inside {
                break;
            }
        }
        None
    }

    /// What a `data-` attribute says of the publication: `data-posted-date-timestamp`.
    fn data_date(&self, page: &Page, index: usize) -> Option<String> {
        let attrs = page.elements[index].node.attrs();
        let named = |wanted: &[&str]| {
            attrs.iter().find(|attr| {
                let name = &*attr.name.local;
                let dated = name.starts_with("data-") && is_when(name);
                dated
                    && (wanted.is_empty() || wanted.iter().any(|word| name.contains(word)))
                    && !["updat", "modif", "expir", "end", "until", "event", "start"]
                        .iter()
                        .any(|word| name.contains(word))
            })
        };
        named(&["publi", "post", "creat"])
            .or_else(|| named(&[]))
            .map(|attr| attr.value.to_string())
    }
}

/// Whether the name of a class says that an author's name is inside: `author`, `byline__name`, `post-author-name`.
fn is_author(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    let mut words = class
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty());
    let known = words
        .clone()
        .any(|word| matches!(word, "author" | "authors" | "autor" | "auteur" | "byline"));
    known
        && words.all(|word| {
            !matches!(
                word,
                "image"
                    | "img"
                    | "avatar"
                    | "photo"
                    | "picture"
                    | "bio"
                    | "date"
                    | "time"
                    | "meta"
                    | "box"
                    | "has"
                    | "with"
                    | "no"
            )
        })
}

/// What a date that is not that of the publication tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Other {
    Update,
    Event,
}

/// Whether a text says that something was changed then, and not that it was published.
fn is_update(text: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "updated", "update", "modified", "aktualisiert", "geandert", "mis a jour", "maj", "modifie", "actualizado", "modificado",
        "aggiornato", "atualizado", "bijgewerkt", "gewijzigd", "opdateret", "oppdatert", "uppdaterad", "paivitetty",
        "zaktualizowano", "aktualizacja", "aktualizovano", "frissitve", "guncelleme", "guncellendi", "yenilenib", "обновлено",
        "оновлено", "განახლდა",
    ];
    let folded = fold(text);
    let folded = folded.trim_start_matches(|c: char| !c.is_alphabetic());
    let folded = folded
        .strip_prefix("last ")
        .or(folded.strip_prefix("zuletzt "))
        .unwrap_or(folded);
    WORDS.iter().any(|word| folded.starts_with(word))
}

/// Whether the date in a short text is that of something it announces or tells of, and not of its publication:
/// `Deadline: 15 October 2026`, `Valid from …`, `Concert on …`, `The bridge fell on 12 March 2011.`
fn is_of_event(text: &str) -> bool {
    /// What right before a date is never said of a publication.
    #[rustfmt::skip]
    const SPAN: &[&str] = &[
        "until", "till", "since", "after", "before", "during", "bis", "seit", "nach", "ab", "jusqu'au", "jusqu’au", "jusqu", "depuis",
        "apres", "avant", "hasta", "desde", "tras", "fino", "dal", "ate", "tot", "vanaf", "sinds", "til", "siden", "till", "sedan",
        "asti", "alkaen", "od", "do", "po", "до", "после", "від",
    ];
    /// What may stand before the date of a publication too, where the words before say so.
    #[rustfmt::skip]
    const AT: &[&str] = &[
        "on", "by", "from", "in", "of", "am", "vom", "im", "le", "du", "el", "il", "del", "em", "op", "van", "den", "na", "dnia",
    ];
    /// Nouns of what is ahead.
    #[rustfmt::skip]
    const EVENTS: &[&str] = &[
        "deadline", "conference", "festival", "workshop", "webinar", "seminar", "hearing", "veranstaltung", "lesung", "vortrag", "tagung", "event", "concert", "exhibition", "valid", "expires", "expiry", "closing", "starts", "begins", "opens", "ends",
        "premiere", "tickets", "register", "apply", "due", "when", "anmeldeschluss", "einsendeschluss", "bewerbungsschluss",
        "termin", "konzert", "ausstellung", "gultig", "beginn", "einlass", "wann", "frist", "valable", "concours", "exposition",
        "cloture", "concierto", "exposicion", "plazo", "valido", "concerto", "mostra", "scadenza", "scade", "validade", "prazo",
        "geldig", "tentoonstelling", "termin", "koncert", "wystawa", "konsert", "utstilling", "etkinlik", "konser", "концерт",
        "выставка", "срок",
    ];
    #[rustfmt::skip]
    const PUBLISHED: &[&str] = &[
        "publ", "poste", "veroff", "ersch", "geschr", "writt", "verfasst", "updat", "aktual", "modif", "actuali", "aggiorn", "scrit",
        "report", "added", "created", "issued", "filed", "submitted", "gepl", "skriv", "geplaatst", "опубл", "обновл", "ajout", "mise",
        "paru", "ecrit", "redig", "escrit", "dodan", "zamiesz", "napis", "vydan", "article", "artikel",
    ];
    /// The same, as whole words.
    #[rustfmt::skip]
    const WHOLE: &[&str] = &[
        "von", "by", "par", "por", "di", "da", "mis", "stand", "date", "datum", "fecha", "data", "online", "news", "press", "last",
    ];
    let folded = fold(text);
    let spoken: Vec<&str> = folded.split_whitespace().collect();
    let bare = |word: &&str| {
        word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'')
            .to_owned()
    };
    let spoken: Vec<String> = spoken.iter().map(bare).collect();
    let is_part = |word: &String| {
        word.is_empty() || word.starts_with(|c: char| c.is_numeric()) || dates::is_date_word(word)
    };
    let Some(first) = spoken
        .iter()
        .position(|word| !word.is_empty() && is_part(word))
    else {
        return false;
    };
    let before = &spoken[..first];
    let says = |word: &String| {
        WHOLE.contains(&word.as_str()) || PUBLISHED.iter().any(|said| word.starts_with(said))
    };
    if before.iter().any(says) {
        // `By` before the date itself is until then.
        return before.len() == 2 && before[1] == "by";
    }
    if before.iter().any(|word| EVENTS.contains(&word.as_str())) {
        return true;
    }
    // An article may stand between: `jusqu'au 3 mars`, `bis zum 3. März`, `since the 3rd of March`.
    let last = before.iter().rev().take(2).find(|word| {
        !matches!(
            word.as_str(),
            "the" | "zum" | "zu" | "dem" | "au" | "al" | "el" | "il"
        )
    });
    if !before.is_empty() && last.is_some_and(|word| SPAN.contains(&word.as_str())) {
        return true;
    }
    // `Report on 3 May 2024` is a kind of text and its day; a verb, or the end of a sentence, makes it what happened.
    let ends = text.trim_end().ends_with(['.', '!', '?']);
    let small = text
        .split_whitespace()
        .take(before.len().saturating_sub(1))
        .any(|word| word.chars().count() >= 3 && word.starts_with(char::is_lowercase));
    if before.len() >= 2
        && (small || ends)
        && before
            .last()
            .is_some_and(|word| AT.contains(&word.as_str()))
    {
        return true;
    }
    // Words go on behind it as in a sentence, and it ends as one.
    let long = spoken
        .iter()
        .filter(|word| !is_part(word) && word.chars().count() >= 3)
        .count();
    long >= 3 && ends && !before.is_empty()
}

/// How dates of a page are read: its language, and the moment of its fetch.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct When<'a> {
    pub lang: Option<&'a str>,
    pub fetched: Option<Time>,
}

/// A date of publication is not ahead, but that a zone may be unknown.
pub(super) fn is_past(written: &Written, fetched: Time) -> bool {
    // Where only the day is said it has begun in most of the world; a time without zone is the outlet's.
    let ahead = match (written.has_time, written.has_zone) {
        (_, true) => 26,
        (true, false) => 14,
        (false, false) => 9,
    };
    written.time.as_second() <= fetched.as_second() + ahead * 3600
}

/// The parts of a line between its separators.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '·', '•', '»', '∙', '│', '｜'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The date in a story's address.
pub(super) fn address_date(url: &str, when: When) -> Option<Written> {
    address::date(url)
        .filter(|written| when.fetched.is_none_or(|fetched| is_past(written, fetched)))
}
