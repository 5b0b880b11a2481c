//! The article being read: its header, its lines, how far down, what is searched in it.
//! Never here: how it looks, where the text comes from.

use std::sync::Arc;

use crate::tui::effect::Effect;
use crate::tui::event::StoryOf;
use newsprint_html::layout::{Laid, Line, Match};
use newsprint_model::{Article, ArticleId, Headline};

use super::article_head::{Look, head};
use super::lead::{self, Lead};
use super::story;
use crate::library::rules::Rules;

/// Pictures of one article that are fetched by themselves.
const PICTURES: usize = 6;

/// The span link that stands for the article's own address.
pub const OWN: u32 = u32::MAX;

/// A piece of a found text: line, first byte, byte after the last, whether a match begins here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Line of the whole, header included.
    pub line: usize,
    /// First byte in the line's text.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
    /// The match this is a piece of, from 0.
    pub nth: usize,
}

/// What is found in the article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Find {
    /// As typed.
    pub words: String,
    /// Words of a search, any of which is found; `*` stands behind one that may go on.
    any: Vec<String>,
    /// Where it stands.
    pub spots: Vec<Spot>,
    /// How many matches there are.
    pub count: usize,
    /// The match that was gone to.
    pub current: usize,
    /// It was typed here, rather than brought along from a search of all articles.
    pub typed: bool,
}

/// Where one was, and what was found, before something else was looked for.
#[derive(Debug, Clone)]
struct From {
    width: u16,
    top: usize,
    cursor: usize,
    find: Option<Find>,
}

/// The pane of the article.
#[derive(Debug, Default)]
pub struct ArticlePane {
    /// The article that is shown: the one under the cursor, or the one that was opened.
    pub open: Option<Reading>,
    /// The article that was asked for.
    pub(super) requested: Option<ArticleId>,
    /// The article whose page was fetched last, by its key.
    pub(super) fetched: Option<ArticleId>,
    /// The next article of this one's story is to be opened, once it is known.
    pub(super) next_of: Option<ArticleId>,
    /// Articles that were shown before, the latest last, with their lines.
    pub(super) recent: Vec<Reading>,
    /// Counts what is shown: timers of what is shown no longer do nothing.
    pub(super) shown: u64,
    /// The article that is read ahead of the keys.
    pub(super) ahead: Option<ArticleId>,
    /// The row that the cursor was on when that was last looked for, and how many rows it had gone.
    pub(super) last_step: (usize, isize),
}

/// Articles whose lines are kept for going back to.
const RECENT: usize = 24;

impl ArticlePane {
    /// Puts what is shown aside, with its lines.
    pub(super) fn put_aside(&mut self) {
        if let Some(mut reading) = self.open.take() {
            reading.hint = None;
            self.keep(reading);
        }
    }

    /// Keeps an article with its lines; the one that was kept longest goes where there are too many.
    pub(super) fn keep(&mut self, reading: Reading) {
        let id = reading.article.headline.id;
        self.recent.retain(|have| have.article.headline.id != id);
        self.recent.push(reading);
        if self.recent.len() > RECENT {
            self.recent.remove(0);
        }
    }

    /// Whether an article is shown, or kept with its lines.
    pub(super) fn has(&self, id: ArticleId) -> bool {
        let mut all = self.open.iter().chain(&self.recent);
        all.any(|reading| reading.article.headline.id == id)
    }

    /// What stands above the texts is made anew: the config says it otherwise.
    pub(super) fn heads_anew(&mut self) {
        for reading in self.open.iter_mut().chain(&mut self.recent) {
            reading.head_width = 0;
        }
    }

    /// The article as it was put aside, unless it is another by now.
    pub(super) fn take_back(&mut self, headline: &Headline) -> Option<Reading> {
        let mut recent = self.recent.iter();
        let at = recent.position(|reading| reading.article.headline.id == headline.id)?;
        let mut reading = self.recent.remove(at);
        let have = &reading.article.headline;
        let same = have.text == headline.text
            && have.words == headline.words
            && have.title == headline.title
            && have.changed == headline.changed
            && have.updated == headline.updated;
        if !same {
            return None;
        }
        let marks = (have.read, have.starred);
        if marks != (headline.read, headline.starred) {
            reading.article.headline = headline.clone();
            // The head is made anew with the lines' width.
            reading.head_width = 0;
        }
        Some(reading)
    }
}

/// An article with its lines.
#[derive(Debug, Clone)]
pub struct Reading {
    /// With its headline.
    pub article: Box<Article>,
    /// Its text.
    pub html: Arc<str>,
    /// It may have letters that are written from right to left: most articles have none, which saves looking for them
    /// with each line that is drawn.
    pub right_to_left: bool,
    /// The picture that leads it.
    pub lead: Option<Lead>,
    /// That picture is shown beside the text, where there is room, rather than in it.
    pub(super) beside: bool,
    /// The text was laid out so.
    laid_beside: bool,
    /// That picture is there, so that cells are kept free for it.
    pub(super) lead_came: bool,
    /// The reader has asked for its pictures: their hosts may be.
    pub(super) fetch: bool,
    /// How many of those that were asked for came, or will not.
    pub(super) answered: usize,
    /// A picture was asked for and did not come.
    pub(super) missing: bool,
    /// Rows of that picture where it is beside the text; none until it has come.
    pub beside_rows: Option<u16>,
    /// The columns that `head` and `laid` were made for.
    pub width: u16,
    /// The columns that tables and code may use.
    wide: u16,
    /// The columns that `head` was made for; 0 when it is to be made anew.
    head_width: u16,
    /// It was opened, rather than shown because the cursor is on it.
    pub opened: bool,
    /// The lines above the text.
    pub head: Vec<Line>,
    /// The lines of the text; `None` until they are there.
    pub laid: Option<Laid>,
    /// The first line on the screen.
    pub top: usize,
    /// In linear mode: the row of the screen's lines that the cursor stands on.
    pub cursor: usize,
    /// The lines below the first screenful were asked for.
    rest_asked: bool,
    /// The end was on the screen.
    pub seen_end: bool,
    /// The rows that were last there for it.
    height: usize,
    /// How others tell its story, once that is known.
    pub story: Option<Box<StoryOf>>,
    /// The text, and the same without its leading picture, before anything was put below it.
    bare: Option<(Arc<str>, Option<Arc<str>>)>,
    /// Where the sentences stand that are new to the reader.
    pub new: Vec<Spot>,
    /// What is found.
    pub find: Option<Find>,
    /// What has been typed of a link's number.
    pub hint: Option<String>,
    /// Rows of the pictures that are ready.
    pub image_rows: Vec<(String, u16)>,
    /// Pictures that were asked for.
    pub asked: Vec<String>,
    /// Go here (hundredths of a percent) when the lines have come.
    restore: Option<u32>,
    /// Where one was when a search in it was begun.
    sought_from: Option<From>,
}

impl Reading {
    /// Opens an article where it was left.
    pub fn new(article: Box<Article>) -> Reading {
        let html = lead::without_byline(&article.body, &article.headline.author);
        let lead = lead::lead(&html, article.image.as_deref());
        let html: Arc<str> = html.into();
        let restore = (article.position > 0).then_some(article.position);
        // In UTF-8 the letters from U+0580 to U+07FF begin so.
        let begins = |text: &str| text.bytes().any(|byte| (0xd6..=0xdf).contains(&byte));
        let right_to_left = begins(&html) || begins(&article.headline.title);
        Reading {
            article,
            html,
            right_to_left,
            lead,
            beside: false,
            laid_beside: false,
            lead_came: false,
            fetch: false,
            answered: 0,
            missing: false,
            beside_rows: None,
            width: 0,
            wide: 0,
            head_width: 0,
            opened: false,
            head: Vec::new(),
            laid: None,
            top: 0,
            cursor: 0,
            rest_asked: false,
            seen_end: false,
            height: 0,
            story: None,
            bare: None,
            new: Vec::new(),
            find: None,
            hint: None,
            image_rows: Vec::new(),
            asked: Vec::new(),
            restore,
            sought_from: None,
        }
    }

    /// Asks for lines of this width, tables and code up to `wide`, unless they are there.
    pub fn lay_out(
        &mut self,
        (width, wide): (u16, u16),
        height: u16,
        look: &Look,
        rules: Rules<'_>,
    ) -> Vec<Effect> {
        self.height = usize::from(height);
        if width == 0 {
            return Vec::new();
        }
        if self.head_width != width || self.width == 0 {
            self.head = head(&self.article, self.story.as_deref(), width, look, rules);
            self.head_width = width;
        }
        let same = self.width == width && self.wide == wide;
        if same && self.laid_beside == self.beside {
            return Vec::new();
        }
        if self.restore.is_none() && self.top > 0 {
            self.restore = Some(self.position());
        }
        (self.width, self.wide) = (width, wide);
        self.ask(height)
    }

    /// Whether its lines are those of this width; so many rows are there for it.
    pub(super) fn fits(&mut self, (width, wide): (u16, u16), height: u16) -> bool {
        self.height = usize::from(height);
        let same = self.width == width && self.wide == wide && self.head_width == width;
        same && self.laid_beside == self.beside
    }

    /// Takes in how others tell its story: they are listed below the text.
    pub(super) fn tell(&mut self, story: StoryOf, height: u16) -> Vec<Effect> {
        let below = story::below(&story);
        self.story = Some(Box::new(story));
        self.mark_new();
        // Without a text there is nothing to stand below.
        if below.is_empty() || self.html.is_empty() {
            return Vec::new();
        }
        let bare = self.bare.get_or_insert_with(|| {
            let rest = self.lead.as_ref().map(|lead| Arc::clone(&lead.rest));
            (Arc::clone(&self.html), rest)
        });
        self.html = format!("{}{below}", bare.0).into();
        if let (Some(lead), Some(rest)) = (&mut self.lead, &bare.1) {
            lead.rest = format!("{rest}{below}").into();
        }
        match self.width {
            0 => Vec::new(),
            _ => self.ask(height),
        }
    }

    /// Finds the sentences that are new to the reader in the lines.
    fn mark_new(&mut self) {
        self.new.clear();
        let new = self.story.as_ref().and_then(|story| story.new.as_ref());
        let (Some(laid), Some(new)) = (&self.laid, new) else {
            return;
        };
        for (nth, sentence) in new.iter().enumerate() {
            let mut pieces = laid.find(sentence).into_iter();
            // Where it stands first.
            let first = pieces.next();
            let rest = pieces.take_while(|piece| !piece.first);
            self.new
                .extend(first.into_iter().chain(rest).map(|piece| Spot {
                    line: piece.line,
                    from: piece.range.start,
                    to: piece.range.end,
                    nth,
                }));
        }
    }

    /// Whether a line of the whole has words that are new to the reader.
    pub fn is_new(&self, line: usize) -> bool {
        let line = line.checked_sub(self.head.len());
        line.is_some_and(|line| self.new.iter().any(|spot| spot.line == line))
    }

    /// Makes the lines above the text anew.
    pub(super) fn head_anew(&mut self, look: &Look, rules: Rules<'_>) {
        self.head = head(
            &self.article,
            self.story.as_deref(),
            self.width.max(2),
            look,
            rules,
        );
        self.head_width = self.width;
    }

    /// Whether more than the first screenful is needed: it was opened, or is scrolled.
    fn needs_all(&self) -> bool {
        self.opened || self.top > 0 || self.restore.is_some() || self.find.is_some()
    }

    /// Asks for the lines below the first screenful, when they are needed and not there.
    pub fn ask_rest(&mut self, height: u16) -> Vec<Effect> {
        let partial = self.laid.as_ref().is_some_and(|laid| laid.partial);
        if !partial || self.rest_asked || !self.needs_all() {
            return Vec::new();
        }
        self.ask(height)
    }

    /// Asks for the lines once more, such as when a picture's size has become known.
    pub fn ask(&mut self, height: u16) -> Vec<Effect> {
        self.rest_asked = self.needs_all();
        self.laid_beside = self.beside;
        let html = match &self.lead {
            Some(lead) if self.beside => &lead.rest,
            _ => &self.html,
        };
        vec![Effect::LayOut {
            id: self.article.headline.id,
            html: Arc::clone(html),
            width: self.width,
            wide: self.wide,
            lines: usize::from(height) * 2,
            whole: self.rest_asked,
            image_rows: self.image_rows.clone(),
        }]
    }

    /// Puts the leading picture above a text that does not show it; whether it had to be.
    pub fn lead_with(&mut self, url: &str) -> bool {
        if lead::has(&self.html, url) {
            return false;
        }
        let escaped = newsprint_html::escape(url);
        let lead = format!("<p><img src=\"{escaped}\" alt=\"\"></p>");
        self.html = format!("{lead}{}", self.html).into();
        if let Some((bare, _)) = &mut self.bare {
            *bare = format!("{lead}{bare}").into();
        }
        true
    }

    /// Whether it is the picture beside the text.
    pub fn is_beside(&self, url: &str) -> bool {
        self.beside && self.lead.as_ref().is_some_and(|lead| lead.url == url)
    }

    /// Pictures of the text that were not asked for yet, the first few of them.
    pub fn new_pictures(&mut self) -> Vec<String> {
        let Some(laid) = &self.laid else {
            return Vec::new();
        };
        let mut urls = Vec::new();
        for image in laid.images.iter().take(PICTURES) {
            if !self.asked.contains(&image.url) {
                self.asked.push(image.url.clone());
                urls.push(image.url.clone());
            }
        }
        urls
    }

    /// Takes lines in.
    pub fn set_lines(&mut self, laid: Laid, height: usize) {
        let partial = laid.partial;
        if !partial {
            self.rest_asked = false;
        }
        // Pictures that come or go above must not move the text under the eyes.
        let above = |laid: &Laid, count: usize| -> usize {
            let rows = laid.images.iter().take(count);
            rows.map(|image| image.first_row - image.line + usize::from(image.rows))
                .sum()
        };
        if let Some(old) = &self.laid {
            let head = self.head.len();
            let passed = old
                .images
                .iter()
                .take_while(|image| head + image.line < self.top)
                .count();
            self.top = (self.top + above(&laid, passed)).saturating_sub(above(old, passed));
        }
        self.laid = Some(laid);
        self.mark_new();
        if let Some(position) = self.restore
            && !partial
        {
            self.restore = None;
            let lines = self.lines();
            // What was searched for goes before where one was.
            if !self.shows_search() {
                self.top = (lines * position as usize).div_euclid(10_000);
            }
        }
        self.clamp(height);
        if let Some(find) = self.find.take() {
            let old = find;
            match old.any.is_empty() {
                true => self.find(&old.words),
                false => self.find_any(old.any.clone()),
            }
            if let Some(find) = &mut self.find {
                find.current = old.current.min(find.count.saturating_sub(1));
                find.typed = old.typed;
            }
            if old.count == 0 && self.shows_search() {
                self.go_to_match(0, height);
            }
        }
    }

    /// Whether what is found in it was brought along from a search of all articles.
    fn shows_search(&self) -> bool {
        let find = self.find.as_ref();
        find.is_some_and(|find| !find.any.is_empty() && !find.typed)
    }

    /// A search of all articles has ended: what it found here is no longer a match.
    pub(super) fn end_search(&mut self) {
        if self.shows_search() {
            self.find = None;
        }
    }

    /// All lines, header included.
    pub fn lines(&self) -> usize {
        self.head.len() + self.laid.as_ref().map_or(0, |laid| laid.lines.len())
    }

    /// One line of the whole.
    pub fn line(&self, at: usize) -> Option<&Line> {
        match at.checked_sub(self.head.len()) {
            None => self.head.get(at),
            Some(at) => self.laid.as_ref()?.lines.get(at),
        }
    }

    /// Address of a span's link.
    pub fn link(&self, index: u32) -> Option<&str> {
        if index == OWN {
            return Some(&self.article.headline.url);
        }
        let links = &self.laid.as_ref()?.links;
        links.get(index as usize).map(String::as_str)
    }

    /// The numbers of the links whose numbers are on the screen.
    pub fn links_in_view(&self, height: usize) -> Vec<usize> {
        let lines = (self.top..self.top + height).filter_map(|at| self.line(at));
        let mut numbers: Vec<usize> = lines
            .flat_map(|line| &line.spans)
            .filter(|span| span.marks.dim)
            .filter_map(|span| span.link.filter(|link| *link != OWN))
            .map(|link| link as usize + 1)
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// How far down, in hundredths of a percent, whatever the width.
    pub fn position(&self) -> u32 {
        match self.lines() {
            0 => 0,
            lines => (self.top * 10_000).div_ceil(lines) as u32,
        }
    }

    /// How much has been seen, in percent.
    pub fn percent(&self, height: usize) -> usize {
        let lines = self.lines();
        if lines <= self.top + height {
            return 100;
        }
        (self.top + height) * 100 / lines
    }

    /// Scrolls by lines; whether there was anywhere to go.
    pub fn scroll(&mut self, by: isize, height: usize) -> bool {
        let before = self.top;
        self.cursor = 0;
        self.top = self.top.saturating_add_signed(by);
        self.clamp(height);
        self.top != before
    }

    /// Moves the cursor by lines; the lines stay where they are until it leaves them, so that nothing is
    /// drawn that was drawn before.
    pub fn step(&mut self, by: isize, height: usize) {
        let last = self.lines().saturating_sub(1);
        let at = (self.top + self.cursor).saturating_add_signed(by).min(last);
        while at >= self.top + height && self.scroll(height as isize, height) {}
        while at < self.top && self.scroll(-(height as isize), height) {}
        self.cursor = at.saturating_sub(self.top).min(height.saturating_sub(1));
    }

    /// Whether its end is on the screen.
    pub fn at_end(&self) -> bool {
        let whole = self.laid.as_ref().is_some_and(|laid| !laid.partial);
        whole && self.top + self.height >= self.lines()
    }

    /// Whether it stands where it was left or has been gone to, rather than being on its way there.
    pub fn is_placed(&self) -> bool {
        self.laid.is_some() && self.restore.is_none()
    }

    /// Something is about to be looked for: one may want to come back here.
    pub fn begin_find(&mut self) {
        self.sought_from = Some(From {
            width: self.width,
            top: self.top,
            cursor: self.cursor,
            find: self.find.clone(),
        });
    }

    /// Looks for what has been typed so far, from where that was begun.
    pub fn find_typed(&mut self, words: &str, height: usize) {
        if let Some(from) = &self.sought_from
            && from.width == self.width
        {
            (self.top, self.cursor) = (from.top, from.cursor);
        }
        self.find(words);
        if let Some(find) = &mut self.find {
            find.typed = true;
        }
        self.go_to_match(0, height);
    }

    /// Goes back to where one was before something was looked for.
    pub fn cancel_find(&mut self) {
        self.find = None;
        if let Some(from) = self.sought_from.take()
            && from.width == self.width
        {
            (self.top, self.cursor, self.find) = (from.top, from.cursor, from.find);
        }
    }

    fn clamp(&mut self, height: usize) {
        let partial = self.laid.as_ref().is_none_or(|laid| laid.partial);
        self.top = self.top.min(self.lines().saturating_sub(height));
        if !partial && self.top + height >= self.lines() {
            self.seen_end = true;
        }
    }

    /// Looks for words; goes to the first match at or below the top of the screen.
    pub fn find(&mut self, words: &str) {
        let matches = match &self.laid {
            Some(laid) if !words.trim().is_empty() => laid.find(words.trim()),
            _ => Vec::new(),
        };
        self.found(words.to_owned(), Vec::new(), &matches);
    }

    /// Looks for each of the words of a search, as whole words.
    pub fn find_any(&mut self, words: Vec<String>) {
        // Matches that go over the end of a line are several pieces.
        let mut found: Vec<Vec<Match>> = Vec::new();
        if let Some(laid) = &self.laid {
            for word in &words {
                let bare = word.trim_end_matches('*');
                let mut matches: Vec<Vec<Match>> = Vec::new();
                for piece in laid.find(bare) {
                    match matches.last_mut() {
                        Some(last) if !piece.first => last.push(piece),
                        _ => matches.push(vec![piece]),
                    }
                }
                matches.retain(|pieces| is_word(laid, pieces, word.ends_with('*')));
                if word.ends_with('*') {
                    matches
                        .iter_mut()
                        .for_each(|pieces| to_its_end(laid, pieces));
                }
                found.extend(matches);
            }
        }
        let place = |piece: &Match| (piece.line, piece.range.start);
        found.sort_by_key(|pieces| pieces.first().map(place));
        let end = |pieces: &[Match]| pieces.last().map(|piece| (piece.line, piece.range.end));
        found.dedup_by(|next, kept| next.first().map(place) < end(kept));
        let words_shown: Vec<&str> = words
            .iter()
            .map(|word| word.trim_end_matches('*'))
            .collect();
        let shown = words_shown.join(" ");
        self.found(shown, words, &found.concat());
        if self.laid.is_some() && self.find.as_ref().is_some_and(|find| find.count > 0) {
            self.restore = None;
            self.go_to_match(0, self.height.max(1));
        }
    }

    fn found(&mut self, words: String, any: Vec<String>, matches: &[Match]) {
        let mut count = 0;
        let spots: Vec<Spot> = matches
            .iter()
            .map(|found| {
                count += usize::from(found.first || count == 0);
                Spot {
                    line: found.line + self.head.len(),
                    from: found.range.start,
                    to: found.range.end,
                    nth: count - 1,
                }
            })
            .collect();
        let current = spots
            .iter()
            .find(|spot| spot.line >= self.top)
            .map_or(0, |spot| spot.nth);
        self.find = Some(Find {
            words,
            any,
            spots,
            count,
            current,
            typed: false,
        });
    }

    /// Goes to a match: the current one, or so many on, around the end.
    pub fn go_to_match(&mut self, by: isize, height: usize) -> bool {
        let Some(find) = &mut self.find else {
            return false;
        };
        if find.count == 0 {
            return false;
        }
        let count = find.count as isize;
        find.current = (find.current as isize + by).rem_euclid(count) as usize;
        let Some(spot) = find.spots.iter().find(|spot| spot.nth == find.current) else {
            return false;
        };
        let line = spot.line;
        if line < self.top || line >= self.top + height {
            self.top = line.saturating_sub(height / 3);
            self.clamp(height);
        }
        self.cursor = line.saturating_sub(self.top);
        true
    }
}

/// Extends a match to the end of its word; text without spaces has no words to extend it to.
fn to_its_end(laid: &Laid, pieces: &mut [Match]) {
    let Some(last) = pieces.last_mut() else {
        return;
    };
    let text = laid.lines.get(last.line).map(Line::text);
    let rest = text.as_deref().and_then(|text| text.get(last.range.end..));
    let is_part = |c: &char| c.is_alphanumeric() && (*c as u32) < 0x2e80;
    let more = rest.map_or(0, |rest| {
        rest.chars().take_while(is_part).map(char::len_utf8).sum()
    });
    last.range.end += more;
}

/// Whether a match is a word of its own, or the beginning of one where that is enough.
fn is_word(laid: &Laid, pieces: &[Match], begins: bool) -> bool {
    let ([first, ..], [.., last]) = (pieces, pieces) else {
        return false;
    };
    let text = |piece: &Match| laid.lines.get(piece.line).map(Line::text);
    let (Some(head), Some(tail)) = (text(first), text(last)) else {
        return false;
    };
    let (head, tail) = (head.get(..first.range.start), tail.get(last.range.end..));
    // Scripts without spaces make one word of a sentence.
    let open = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() || c as u32 >= 0x2e80);
    let before = open(head.and_then(|head| head.chars().next_back()));
    before && (begins || open(tail.and_then(|tail| tail.chars().next())))
}
