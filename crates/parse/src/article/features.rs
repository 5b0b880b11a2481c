//! What speaks for and against each block being the article's, as numbers.
//! Never here: what a number is worth (`weights`), the decision for the page as a whole (`select`).

use std::collections::HashMap;

use super::blocks::{Block, ElementIndex, Outline, Role};
use super::class_names::Cues;
use super::phrases;
use super::words::{Map, Set, Words, mix};

macro_rules! features {
    ($($name:ident $text:literal),* $(,)?) => {
        /// The features that are no hint of a name.
        #[derive(Clone, Copy)]
        enum F { $($name),* }
        const SCALARS: &[&str] = &[$($text),*];
    };
}

features! {
    // What is held of the block so far, and of its neighbours.
    Vote "held to be text",
    Odds "its odds so far",
    Next "the next block is text",
    NextButOne "the next but one is text",
    Previous "the block before is text",
    PreviousButOne "the one before that is text",
    BothSides "text on both sides",
    Between "text within five blocks on both sides",
    ItemBetween "a list item among text",
    CellBetween "a table's cell among text",
    HeadingBetween "a heading among text",
    ShortBetween "a short line among text",
    LinkedBetween "a link among text",
    LongVote "a long block held to be text",
    Above "its odds beside those of the page's text",
    PageText "how much text the page has",
    LittleText "the page has little text",
    // Blocks of one look (tag and class) are of one kind.
    LookShare "share of the text that looks so",
    LookWide "how much of what looks so is text",
    LookVote "how much of what looks exactly so is text",
    LookLinked "link text in what looks so",
    LookEnded "sentences in what looks so",
    LookLength "mean length of what looks so",
    LookCount "how many look exactly so",
    // Running text, whatever is held of it and whatever its boxes are named.
    Prose "running text",
    ProseLook "share of the running text that looks so",
    ProseLookExact "share of the running text that looks exactly so",
    ProseParent "running text in its parent",
    ProseGrand "running text in what holds that",
    ProseNamed "much of the running text is in boxes so named",
    ProseNear "running text within two blocks",
    // Text stands in one place.
    ParentShare "share of the text in its parent",
    ParentVote "how much of its parent is text",
    GrandVote "how much of what holds that is text",
    ParentLinked "link text in its parent",
    GrandLinked "link text in what holds that",
    ParentLength "mean length of blocks in its parent",
    GrandLength "mean length in what holds that",
    Far "how far down the page",
    NearMachine "in a box that asks for scripts or consent",
    NearAsk "in a box that asks for something",
    AsideAlike "named as beside the text, and looks like it",
    InCore "in the element that holds nearly all text",
    StepsUp "steps up from there",
    Before "blocks before the first sure one",
    After "blocks after the last sure one",
    IsAfter "after the last sure one",
    GapBefore "blocks since a sure one",
    GapAfter "blocks until a sure one",
    Markers "beginnings of other lists since the text began",
    UnderHeadline "right under the headline",
    AboveHeadline "above the headline",
    OtherArticle "in another article of the page",
    // What the text itself is.
    Description "the page describes itself so",
    Title "the headline again",
    Length "length",
    Tiny "under 25 characters",
    Short "under 60 characters",
    Long "over 150 characters",
    Ended "ends as a sentence",
    LongEnded "long sentences",
    Commas "commas",
    Digits "digits",
    Capitals "capitals",
    Bold "bold",
    Italic "in italics",
    Linked "link text",
    MostlyLinked "two fifths are link text",
    AllLinked "all link text",
    Separators "separators",
    RightsSign "a rights sign",
    Repeated "said before on the page",
    Question "a question",
    DescribedLead "the page describes itself so, and it is above the text",
    LeadPlace "between the headline and the text",
    LeadSentence "a sentence between the headline and the text",
    // What it stands in.
    Paragraph "a paragraph",
    Heading "a heading",
    TopHeading "a heading of the first rank",
    HeadingOverText "a heading over text",
    HeadingOverOther "a heading over something else",
    Item "a list item",
    ItemShort "a short list item",
    Cell "a table's cell",
    Quote "a quotation",
    Preformatted "preformatted",
    Beside "in nav, aside, footer, header or form",
    Figure "in a figure",
    Bare "in no paragraph",
    // What the line says it is.
    SaysMore "says: read more",
    SaysAsk "says: subscribe",
    SaysPhoto "says: photo",
    SaysByline "says: by",
    SaysMachine "says: enable scripts",
    // Names that speak against long text.
    NamedAsideLong "long text in a box named as beside the text",
}

/// Kinds of hint, each a feature of the block's own element, of what is around it, and of what holds the article.
const HINTS: usize = Cues::KINDS.len();
/// Features of a block.
pub const COUNT: usize = SCALARS.len() + 3 * HINTS;

/// A feature's name, for reports and for the table of weights.
pub fn name(feature: usize) -> String {
    match feature.checked_sub(SCALARS.len()) {
        None => SCALARS[feature].to_owned(),
        Some(hint) => {
            let (place, kind) = (hint / HINTS, Cues::KINDS[hint % HINTS].1);
            format!(
                "{} named {kind}",
                ["itself", "within what is", "article"][place]
            )
        }
    }
}

/// Whether a feature is the same for all blocks of a page, or only what the weighing before held of a block: then it is no
/// reason that a reader could see.
pub(super) fn is_of_page(feature: usize) -> bool {
    const FEATURES: [F; 6] = [
        F::Vote,
        F::Odds,
        F::LongVote,
        F::Above,
        F::PageText,
        F::LittleText,
    ];
    FEATURES.iter().any(|known| *known as usize == feature)
}

/// One block's features.
pub type Row = [f32; COUNT];

/// What the page says beside its blocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    /// The article's title.
    pub title: Words,
    /// Whether the page says that it is an article of the news.
    pub news: bool,
    /// The page's description of itself, which outlets take from the standfirst.
    pub description: Words,
    /// Names of two words and more of the persons who wrote it.
    pub authors: Vec<Words>,
}

/// What is known of a page's blocks, whatever is held of them.
pub(super) struct Survey<'a> {
    pub outline: &'a Outline,
    /// The blocks' words.
    pub words: Vec<Words>,
    /// What kind of line each says it is.
    pub phrases: Vec<u32>,
    /// The block that is the headline.
    pub headline: Option<usize>,
    kinds: Vec<Role>,
    looks: Vec<[u64; 2]>,
    by_look: Map<Look>,
    title: Set,
    titled: Vec<usize>,
    pub described: Vec<f32>,
    repeated: Vec<bool>,
    markers: Vec<u32>,
    /// Characters of running text in each block, and before each.
    prose: Vec<f32>,
    prose_before: Vec<f32>,
    prose_by_look: Map<f32>,
    /// The share of the running text within boxes of each kind of name.
    prose_by_name: [f32; HINTS],
    /// Whether each block is a reader's comment.
    pub comments: Vec<bool>,
    /// Characters before each block.
    chars: Vec<f32>,
    /// Characters in links before each block.
    linked: Vec<f32>,
    /// Blocks before each that ask for scripts, and for something else.
    asking: Vec<[u32; 2]>,
}

/// What is known of blocks that look the same.
#[derive(Default, Clone, Copy)]
struct Look {
    count: f32,
    chars: f32,
    linked: f32,
    ended: f32,
}

/// What is held of a page's blocks, and what follows from it.
pub(super) struct Context {
    votes: Vec<f32>,
    /// Voted characters before each block.
    voted: Vec<f32>,
    total: f32,
    /// How much of the article each element holds, 0 to 1.
    pub shares: Vec<f32>,
    /// The deepest element that holds nearly all of it.
    core: ElementIndex,
    sure: (usize, usize),
    since: Vec<u32>,
    until: Vec<u32>,
    by_look: Map<f32>,
    /// The greatest vote within five blocks before and after each.
    near: Vec<[f32; 2]>,
    /// Mean odds of the page's text.
    top: f32,
    /// How many articles within the article an element lies in or after.
    articles: Vec<u32>,
}

impl<'a> Survey<'a> {
    pub fn of(outline: &'a Outline, subject: &Subject) -> Self {
        let blocks = &outline.blocks;
        let words: Vec<Words> = blocks.iter().map(|block| Words::of(&block.text)).collect();
        let kinds: Vec<Role> = blocks.iter().map(|block| kind(outline, block)).collect();
        let phrases: Vec<u32> = blocks
            .iter()
            .map(|block| phrases::flags(&block.text, block.linked * 2 > block.chars))
            .collect();
        let looks: Vec<[u64; 2]> = blocks.iter().map(|block| look(outline, block)).collect();
        let mut by_look: Map<Look> = Map::default();
        for (block, looks) in blocks.iter().zip(&looks) {
            for look in looks {
                let look = by_look.entry(*look).or_default();
                look.count += 1.0;
                look.chars += block.chars as f32;
                look.linked += block.linked as f32;
                look.ended += f32::from(u8::from(ended(&block.text)));
            }
        }
        let title: Set = subject.title.0.iter().copied().collect();
        let titled: Vec<usize> = words.iter().map(|words| known(&words.0, &title)).collect();
        let says_title = |i: &usize| {
            let words = &words[*i].0;
            let among = words.iter().filter(|word| title.contains(word)).count();
            !words.is_empty() && among * 10 >= words.len() * 8 && titled[*i] * 10 >= title.len() * 5
        };
        // Of two copies for two kinds of screen one is shown.
        let unseen = outline.unseen();
        let ranked = |ranks: std::ops::RangeInclusive<u8>, shown: bool| {
            (0..blocks.len()).find(|i| {
                matches!(kinds[*i], Role::Heading(rank) if ranks.contains(&rank))
                    && unseen[*i] != shown
                    && says_title(i)
            })
        };
        // Pages without headings have it in a line of its own.
        let plain = || {
            (0..blocks.len()).find(|i| {
                let (block, words) = (&blocks[*i], &words[*i].0);
                words.len() >= 3
                    && block.linked * 2 < block.chars
                    && words.iter().all(|word| title.contains(word))
                    && titled[*i] * 10 >= title.len() * 9
            })
        };
        let headline = ranked(1..=2, true)
            .or_else(|| ranked(3..=5, true))
            .or_else(|| ranked(1..=5, false))
            .or_else(plain);
        let description: Set = subject.description.runs().collect();
        let described = words
            .iter()
            .map(|words| {
                let (mut runs, mut described) = (0u32, 0u32);
                for run in words.runs() {
                    runs += 1;
                    described += u32::from(description.contains(&run));
                }
                described as f32 / runs.max(1) as f32
            })
            .collect();
        let mut seen = Set::default();
        let repeated = words
            .iter()
            .zip(&unseen)
            .map(|(words, unseen)| match unseen {
                true => seen.contains(&words.whole()),
                false => !seen.insert(words.whole()),
            })
            .collect();
        let mut markers = Vec::with_capacity(blocks.len() + 1);
        let mut count = 0;
        markers.push(0);
        for (i, block) in blocks.iter().enumerate() {
            let begins = block.chars < 60
                && (phrases[i] & (phrases::MORE | phrases::ASK) != 0
                    || matches!(kinds[i], Role::Heading(_))
                        && outline.up(block.leaf).take(4).any(|at| {
                            outline.elements[at]
                                .cues
                                .has(Cues::RELATED | Cues::COMMENT | Cues::OFFER)
                        }));
            count += u32::from(begins);
            markers.push(count);
        }
        let mut chars = Vec::with_capacity(blocks.len() + 1);
        let mut linked = Vec::with_capacity(blocks.len() + 1);
        let mut asking = Vec::with_capacity(blocks.len() + 1);
        let (mut sum, mut links, mut asks) = (0.0, 0.0, [0, 0]);
        chars.push(0.0);
        linked.push(0.0);
        asking.push(asks);
        for (block, phrases) in blocks.iter().zip(&phrases) {
            sum += block.chars as f32;
            links += block.linked as f32;
            asks[0] += u32::from(phrases & phrases::MACHINE != 0);
            asks[1] += u32::from(phrases & phrases::ASK != 0);
            chars.push(sum);
            linked.push(links);
            asking.push(asks);
        }
        // What readers wrote under it says nothing of what the article looks like.
        let comments = in_comments(outline, headline);
        let prose: Vec<f32> = (0..blocks.len())
            .map(|i| match comments[i] {
                true => 0.0,
                false => running(&blocks[i], phrases[i]) * blocks[i].chars as f32,
            })
            .collect();
        let mut prose_before = vec![0.0];
        let mut prose_by_look: Map<f32> = Map::default();
        let mut prose_by_name = [0.0; HINTS];
        let mut sum = 0.0;
        for (i, block) in blocks.iter().enumerate() {
            sum += prose[i];
            prose_before.push(sum);
            if prose[i] > 0.0 {
                for look in looks[i] {
                    *prose_by_look.entry(look).or_default() += prose[i];
                }
                let named = named(outline, block.leaf);
                for (share, (bit, _)) in prose_by_name.iter_mut().zip(&Cues::KINDS) {
                    if named.has(*bit) {
                        *share += prose[i];
                    }
                }
            }
        }
        for share in prose_by_look.values_mut().chain(&mut prose_by_name) {
            *share /= sum.max(1.0);
        }
        Survey {
            outline,
            comments,
            prose,
            prose_before,
            prose_by_look,
            prose_by_name,
            words,
            phrases,
            headline,
            kinds,
            looks,
            by_look,
            title,
            titled,
            described,
            repeated,
            markers,
            chars,
            linked,
            asking,
        }
    }

    /// What is held of each block before anything is weighed: running text that is not links is text.
    pub fn first_guess(&self) -> Vec<f32> {
        let aside = Cues::COMMENT | Cues::FRAME | Cues::LEGAL | Cues::HIDDEN | Cues::RELATED;
        self.outline
            .blocks
            .iter()
            .enumerate()
            .map(|(i, block)| {
                let running = running(block, self.phrases[i]);
                if running == 0.0 {
                    return 0.0;
                }
                let beside = self.outline.up(block.leaf).take(5).any(|at| {
                    let element = &self.outline.elements[at];
                    element.role == Role::Beside || element.cues.has(aside)
                });
                running * if beside { 0.3 } else { 1.0 }
            })
            .collect()
    }

    /// One block's features.
    pub fn row(&self, context: &Context, i: usize) -> Row {
        let mut row = [0.0; COUNT];
        let mut set = |feature: F, value: f32| row[feature as usize] = value;
        let one = |yes: bool| f32::from(u8::from(yes));
        let outline = self.outline;
        let elements = &outline.elements;
        let block = &outline.blocks[i];
        let chars = block.chars as f32;
        let vote = |at: Option<usize>| {
            at.and_then(|at| context.votes.get(at))
                .copied()
                .unwrap_or(0.0)
        };
        let own = context.votes[i];
        let (next, previous) = (vote(Some(i + 1)), vote(i.checked_sub(1)));
        set(F::Vote, own);
        set(F::Odds, odds_of(own));
        set(F::Above, odds_of(own) - context.top);
        set(F::PageText, (context.total.ln_1p() / 10.0).min(1.2));
        set(F::LittleText, one(context.total < 800.0));
        set(F::LongVote, own * one(block.chars > 100));
        let between = context.near[i][0].min(context.near[i][1]);
        let role = self.kinds[i];
        set(F::Between, between);
        set(F::ItemBetween, between * one(role == Role::Item));
        set(F::CellBetween, between * one(role == Role::Cell));
        set(
            F::HeadingBetween,
            between * one(matches!(role, Role::Heading(_))),
        );
        set(F::ShortBetween, between * one(block.chars < 60));
        set(F::LinkedBetween, between * block.linked as f32 / chars);
        set(F::Next, next);
        set(F::NextButOne, vote(Some(i + 2)));
        set(F::Previous, previous);
        set(F::PreviousButOne, vote(i.checked_sub(2)));
        set(F::BothSides, next * previous);

        let [wide, narrow] = self.looks[i].map(|look| (look, self.by_look[&look]));
        let voted = |look: u64| context.by_look.get(&look).copied().unwrap_or(0.0);
        // The block's own vote counts as fifty characters of its look, so that a lone block has one.
        let others = |(key, look): (u64, Look)| {
            let (voted, chars) = (voted(key) - own * chars, look.chars - chars);
            (voted.max(0.0) + 50.0 * own) / (chars.max(0.0) + 50.0)
        };
        let alike = (voted(wide.0) / context.total).min(1.0);
        set(F::LookShare, (voted(wide.0) / context.total).min(1.0));
        set(F::LookWide, others(wide));
        set(F::LookVote, others(narrow));
        set(F::LookLinked, narrow.1.linked / narrow.1.chars.max(1.0));
        set(F::LookEnded, narrow.1.ended / narrow.1.count);
        set(
            F::LookLength,
            (narrow.1.chars / narrow.1.count).ln_1p() / 6.0,
        );
        set(F::LookCount, narrow.1.count.ln_1p().min(4.0) / 4.0);

        let prose = |at: ElementIndex| {
            let (from, to) = elements[at].blocks;
            (self.prose_before[to] - self.prose_before[from])
                / (self.chars[to] - self.chars[from]).max(1.0)
        };
        let of_look = |look: u64| self.prose_by_look.get(&look).copied().unwrap_or(0.0);
        set(F::Prose, self.prose[i] / chars);
        set(F::ProseLook, of_look(wide.0));
        set(F::ProseLookExact, of_look(narrow.0));
        let near = i.saturating_sub(2)..(i + 3).min(self.prose.len());
        let (from, to) = (near.start, near.end);
        set(
            F::ProseNear,
            (self.prose_before[to] - self.prose_before[from])
                / (self.chars[to] - self.chars[from]).max(1.0),
        );
        let parent = elements[block.home].parent.unwrap_or(block.home);
        let grand = elements[parent].parent.unwrap_or(parent);
        let density = |at: ElementIndex| {
            let (from, to) = elements[at].blocks;
            (context.voted[to] - context.voted[from]) / (self.chars[to] - self.chars[from]).max(1.0)
        };
        let meet = outline.common(context.core, block.leaf);
        let steps = elements[context.core]
            .depth
            .saturating_sub(elements[meet].depth);
        set(F::ProseParent, prose(parent));
        set(F::ProseGrand, prose(grand));
        set(F::ParentShare, context.shares[parent]);
        set(F::ParentVote, density(parent));
        set(F::GrandVote, density(grand));
        let of = |sums: &[f32], at: ElementIndex| {
            let (from, to) = elements[at].blocks;
            sums[to] - sums[from]
        };
        let linked = |at| of(&self.linked, at) / of(&self.chars, at).max(1.0);
        let length = |at: ElementIndex| {
            let (from, to) = elements[at].blocks;
            (of(&self.chars, at) / (to - from).max(1) as f32).ln_1p() / 6.0
        };
        set(F::ParentLinked, linked(parent));
        set(F::GrandLinked, linked(grand));
        set(F::ParentLength, length(parent));
        set(F::GrandLength, length(grand));
        set(
            F::Far,
            self.chars[i] / self.chars[self.chars.len() - 1].max(1.0),
        );
        // The nearest box of a few blocks that is not most of the article.
        let near = outline
            .up(block.home)
            .take(5)
            .filter(|at| {
                context.shares[*at] < 0.4 && elements[*at].blocks.1 - elements[*at].blocks.0 <= 8
            })
            .last();
        if let Some(near) = near {
            let (from, to) = elements[near].blocks;
            set(
                F::NearMachine,
                one(self.asking[to][0] > self.asking[from][0]),
            );
            set(F::NearAsk, one(self.asking[to][1] > self.asking[from][1]));
        }
        set(F::InCore, one(meet == context.core));
        set(F::StepsUp, steps.min(6) as f32 / 6.0);
        let (first, last) = context.sure;
        set(F::Before, (first.saturating_sub(i) as f32).ln_1p() / 4.0);
        set(F::After, (i.saturating_sub(last) as f32).ln_1p() / 4.0);
        set(F::IsAfter, one(i > last));
        set(
            F::GapBefore,
            (context.since[i] as f32).ln_1p().min(4.0) / 4.0,
        );
        set(
            F::GapAfter,
            (context.until[i] as f32).ln_1p().min(4.0) / 4.0,
        );
        let markers = match i > first {
            true => self.markers[i + 1] - self.markers[first],
            false => 0,
        };
        set(F::Markers, markers.min(3) as f32 / 3.0);
        if let Some(headline) = self.headline {
            set(F::UnderHeadline, one(i > headline && i < headline + 4));
            set(F::AboveHeadline, one(i < headline));
        }
        let lead = i < first && self.headline.is_some_and(|headline| i > headline);
        set(F::LeadPlace, one(lead));
        set(
            F::LeadSentence,
            one(lead && block.chars > 50 && ended(&block.text)),
        );
        set(F::DescribedLead, one(i <= first) * self.described[i]);
        let whole_title =
            self.titled[i] as f32 >= 0.9 * self.title.len() as f32 && !self.title.is_empty();
        if !whole_title {
            set(F::OtherArticle, context.articles[block.leaf].min(2) as f32);
        }
        self.text(i, next, &mut set);
        let aside = self.names(context, i, &mut row);
        let mut set = |feature: F, value: f32| row[feature as usize] = value;
        set(F::AsideAlike, one(aside) * alike);
        set(
            F::NamedAsideLong,
            one(aside && block.chars > 150 && ended(&block.text)),
        );
        row
    }

    /// What the text itself says.
    fn text(&self, i: usize, next: f32, set: &mut impl FnMut(F, f32)) {
        let block = &self.outline.blocks[i];
        let one = |yes: bool| f32::from(u8::from(yes));
        let chars = block.chars as f32;
        let role = self.kinds[i];
        let linked = block.linked as f32 / chars;
        let text = block.text.trim();
        let (mut capitals, mut digits, mut commas) = (0u32, 0u32, 0u32);
        for c in text.chars().take(2_000) {
            capitals += u32::from(c.is_uppercase());
            digits += u32::from(c.is_numeric());
            commas += u32::from(matches!(c, ',' | '、' | '，' | '،'));
        }
        let looked = chars.min(2_000.0);
        let sentence = ended(text);
        let has = |flag: u32| one(self.phrases[i] & flag != 0);
        set(F::Description, self.described[i]);
        set(F::Title, one(self.is_title(i)));
        set(F::Length, chars.ln_1p().min(6.0) / 6.0);
        set(F::Tiny, one(block.chars < 25));
        set(F::Short, one(block.chars < 60));
        set(F::Long, one(block.chars > 150));
        set(F::Ended, one(sentence));
        set(F::LongEnded, one(sentence && block.chars > 80));
        set(F::Commas, (commas as f32).min(4.0) / 4.0);
        set(F::Digits, digits as f32 / looked);
        set(F::Capitals, one(capitals as f32 > 0.5 * looked));
        set(F::Bold, one(block.bold as f32 > 0.9 * chars));
        set(F::Italic, one(block.italic as f32 > 0.9 * chars));
        set(F::Linked, linked);
        set(F::MostlyLinked, one(linked > 0.4));
        set(F::AllLinked, one(linked > 0.9));
        set(F::Separators, one(text.contains(['|', '•', '»'])));
        set(F::RightsSign, one(text.contains('©')));
        set(F::Repeated, one(self.repeated[i]));
        set(F::Question, one(text.ends_with(['?', '？', '؟'])));
        let heading = matches!(role, Role::Heading(_));
        set(F::Paragraph, one(role == Role::Paragraph));
        set(F::Heading, one(heading));
        set(F::TopHeading, one(role == Role::Heading(1)));
        set(F::HeadingOverText, one(heading) * next);
        set(F::HeadingOverOther, one(heading) * (1.0 - next));
        set(F::Item, one(role == Role::Item));
        set(F::ItemShort, one(role == Role::Item && block.chars < 40));
        set(F::Cell, one(role == Role::Cell));
        set(F::Preformatted, one(role == Role::Preformatted));
        set(F::Bare, one(role == Role::Container));
        set(F::SaysMore, has(phrases::MORE));
        set(F::SaysAsk, has(phrases::ASK));
        set(F::SaysByline, has(phrases::BYLINE));
        set(F::SaysPhoto, has(phrases::PHOTO));
        set(F::SaysMachine, has(phrases::MACHINE));
    }

    /// What the elements around it are, and what they are named; whether they say it is beside the text.
    fn names(&self, context: &Context, i: usize, row: &mut Row) -> bool {
        let block = &self.outline.blocks[i];
        let elements = &self.outline.elements;
        let (mut around, mut above) = (Cues::default(), Cues::default());
        for at in self.outline.up(block.leaf) {
            let element = &elements[at];
            // A name on an element that holds most of the article says nothing about one block of it.
            if context.shares[at] >= 0.5 {
                above.0 |= element.cues.0;
                continue;
            }
            around.0 |= element.cues.0;
            match element.role {
                Role::Beside => row[F::Beside as usize] = 1.0,
                Role::Figure | Role::Caption => row[F::Figure as usize] = 1.0,
                Role::Quote => row[F::Quote as usize] = 1.0,
                _ => {}
            }
        }
        // A name that most of the running text has is no name for what is beside it.
        const ASIDE: u32 =
            Cues::RELATED | Cues::OFFER | Cues::ADVERT | Cues::FRAME | Cues::LEGAL | Cues::BOX;
        let names = Cues::KINDS.iter().zip(self.prose_by_name);
        let least = names
            .filter(|((bit, _), _)| bit & ASIDE != 0 && around.has(*bit))
            .map(|(_, share)| share)
            .reduce(f32::min);
        row[F::ProseNamed as usize] = least.unwrap_or(0.0);
        let own = Cues(elements[block.leaf].cues.0 | elements[block.home].cues.0);
        for (kind, (bit, _)) in Cues::KINDS.iter().enumerate() {
            for (place, cues) in [own, around, above].into_iter().enumerate() {
                if cues.has(*bit) {
                    row[SCALARS.len() + place * HINTS + kind] = 1.0;
                }
            }
        }
        around.has(
            Cues::COMMENT | Cues::RELATED | Cues::OFFER | Cues::ADVERT | Cues::FRAME | Cues::LEGAL,
        )
    }

    /// Whether the block says nothing but the title.
    fn is_title(&self, i: usize) -> bool {
        let words = &self.words[i].0;
        let have = words
            .iter()
            .filter(|word| self.title.contains(word))
            .count();
        have as f32 > 0.8 * words.len() as f32
            && self.titled[i] as f32 > 0.5 * self.title.len() as f32
    }
}

impl Context {
    /// `votes`: how likely each block is text, 0 to 1.
    pub fn of(survey: &Survey<'_>, votes: Vec<f32>) -> Context {
        let outline = survey.outline;
        let blocks = &outline.blocks;
        let mut voted = Vec::with_capacity(blocks.len() + 1);
        let mut sum = 0.0f32;
        voted.push(0.0);
        for (block, vote) in blocks.iter().zip(&votes) {
            sum += vote * block.chars as f32;
            voted.push(sum);
        }
        let total = sum.max(1.0);
        let share = |at: usize| {
            let (from, to) = outline.elements[at].blocks;
            (voted[to] - voted[from]) / total
        };
        let shares: Vec<f32> = (0..outline.elements.len()).map(share).collect();
        let mut core = 0;
        for (at, element) in outline.elements.iter().enumerate() {
            if shares[at] > 0.85 && element.depth >= outline.elements[core].depth {
                core = at;
            }
        }
        let sure = |i: &usize| votes[*i] > 0.6 && blocks[*i].chars > 60;
        let first = (0..blocks.len()).find(|i| sure(i)).unwrap_or(0);
        let last = (0..blocks.len()).rev().find(sure).unwrap_or(blocks.len());
        let far = blocks.len() as u32;
        let (mut since, mut until) = (vec![far; blocks.len()], vec![far; blocks.len()]);
        let mut gap = far;
        for (i, since) in since.iter_mut().enumerate() {
            *since = gap;
            gap = if sure(&i) { 0 } else { gap.saturating_add(1) };
        }
        let mut gap = far;
        for (i, until) in until.iter_mut().enumerate().rev() {
            *until = gap;
            gap = if sure(&i) { 0 } else { gap.saturating_add(1) };
        }
        let near = (0..blocks.len())
            .map(|i| {
                let most = |votes: &[f32]| votes.iter().copied().fold(0.0, f32::max);
                [
                    most(&votes[i.saturating_sub(5)..i]),
                    most(&votes[(i + 1).min(votes.len())..(i + 6).min(votes.len())]),
                ]
            })
            .collect();
        let top = blocks
            .iter()
            .zip(&votes)
            .map(|(block, vote)| vote * block.chars as f32 * odds_of(*vote))
            .sum::<f32>()
            / total;
        let mut by_look: Map<f32> = Map::default();
        for (i, looks) in survey.looks.iter().enumerate() {
            for look in looks {
                *by_look.entry(*look).or_default() += votes[i] * blocks[i].chars as f32;
            }
        }
        let mut articles = vec![0u32; outline.elements.len()];
        let mut count = 0;
        for (at, element) in outline.elements.iter().enumerate() {
            articles[at] = element.parent.map_or(0, |parent| articles[parent]);
            if element.role == Role::Article && shares[at] > 0.0 && shares[at] < 0.5 {
                count += 1;
                articles[at] = count;
            }
        }
        Context {
            votes,
            voted,
            total,
            shares,
            core,
            sure: (first, last),
            since,
            until,
            by_look,
            near,
            top,
            articles,
        }
    }
}

fn odds_of(vote: f32) -> f32 {
    (vote.max(1e-3) / (1.0 - vote).max(1e-3))
        .ln()
        .clamp(-4.0, 4.0)
}

/// How much a block looks like running text of its own accord, 0 to 1.
pub(super) fn running(block: &Block, phrases: u32) -> f32 {
    let linked = block.linked as f32 / block.chars as f32;
    if block.chars < 40 || linked > 0.4 || phrases != 0 {
        return 0.0;
    }
    let prose: f32 = match (ended(&block.text), block.chars >= 80) {
        (true, true) => 0.9,
        (true, false) => 0.5,
        (false, true) => 0.4,
        (false, false) => 0.1,
    };
    prose * (1.0 - linked)
}

/// Whether each block is a reader's comment: in a box named for comments that does not hold the headline (some themes name
/// the whole page for being open to comments), or, behind a text of some length, under a heading such as `12 comments` with
/// several boxes alike.
fn in_comments(outline: &Outline, headline: Option<usize>) -> Vec<bool> {
    /// Characters of the text that they are about, and of what stands before the heading in the same box.
    const TOLD: usize = 300;
    const OWN: usize = 100;
    /// Headings that are looked at.
    const HEADS: usize = 8;
    let mut within = vec![false; outline.blocks.len()];
    for element in &outline.elements {
        let (from, to) = element.blocks;
        let whole = headline.is_none_or(|i| (from..to).contains(&i));
        if element.cues.has(Cues::COMMENT) && !whole && from < to {
            within[from..to].fill(true);
        }
    }
    // `12 comments` over them, where nothing is named so: in a box of their own, each in one of several that look alike.
    let start = headline.map_or(0, |i| i + 1);
    let mut told = vec![0; outline.blocks.len() + 1];
    for (i, block) in outline.blocks.iter().enumerate() {
        let counts = i >= start;
        told[i + 1] = told[i] + usize::from(counts) * block.chars.saturating_sub(block.linked);
    }
    let heads = (start..outline.blocks.len()).filter(|i| {
        let block = &outline.blocks[*i];
        let heading = matches!(kind(outline, block), Role::Heading(_)) || block.tied;
        told[*i] >= TOLD
            && heading
            && (phrases::is_about_comments(&block.text) || phrases::is_about_pings(&block.text))
    });
    for i in heads.take(HEADS) {
        let block = &outline.blocks[i];
        let around = match block.tied {
            true => Some(block.home),
            false => outline.elements[block.home].parent,
        };
        let Some(around) = around else {
            continue;
        };
        let (from, to) = outline.elements[around].blocks;
        let own = told[i] - told[from] < OWN;
        if own && !block.tied && are_alike(outline, around, i) {
            within[i..to].fill(true);
            continue;
        }
        // In the text's own box, up to the next heading, where they are signed.
        let heading = |j: &usize| matches!(kind(outline, &outline.blocks[*j]), Role::Heading(_));
        let next = (i + 1..to).find(heading).unwrap_or(to);
        if phrases::is_about_pings(&block.text) || are_signed(&outline.blocks[i + 1..next]) {
            within[i..next].fill(true);
        }
    }
    within
}

/// Whether several of these lines say when they were written, to the minute, or one of a few does: `Posted by Nino at 2 May
/// 2004 9:02`.
fn are_signed(lines: &[Block]) -> bool {
    /// Lines of each comment, and characters before the time.
    const LINES: usize = 4;
    const BEFORE: usize = 100;
    /// Digits of a day, a year and a time.
    const DIGITS: usize = 6;
    let signed = |block: &&Block| {
        let head: String = block.text.chars().take(BEFORE).collect();
        let digits = head.chars().filter(|c| c.is_numeric()).count();
        let clock = head.split_whitespace().any(|word| {
            let word = word.trim_matches(|c: char| !c.is_numeric());
            word.split_once([':', '.']).is_some_and(|(hour, minute)| {
                let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
                (1..=2).contains(&hour.len())
                    && minute.len() >= 2
                    && number(hour)
                    && number(&minute[..2])
            })
        });
        clock && digits >= DIGITS
    };
    let count = lines.iter().filter(signed).count();
    count > 0 && count * LINES >= lines.len()
}

/// Whether an element has several boxes of one look behind a block, each of two lines and more: who says it, and what.
fn are_alike(outline: &Outline, around: ElementIndex, behind: usize) -> bool {
    const BOXES: usize = 2;
    let to = outline.elements[around].blocks.1;
    let mut boxes: HashMap<(Option<ElementIndex>, u64), usize> = HashMap::new();
    for element in &outline.elements[around..] {
        let (start, end) = element.blocks;
        if start >= to {
            break;
        }
        let part = matches!(element.role, Role::Container | Role::Item | Role::Article);
        if part && start > behind && end >= start + 2 && end <= to {
            *boxes.entry((element.parent, element.look)).or_default() += 1;
        }
    }
    boxes.values().any(|count| *count >= BOXES)
}

/// What the elements around a block are named.
fn named(outline: &Outline, leaf: ElementIndex) -> Cues {
    Cues(
        outline
            .up(leaf)
            .fold(0, |named, at| named | outline.elements[at].cues.0),
    )
}

/// How many of the title's different words are among these.
fn known(words: &[u64], title: &Set) -> usize {
    let mut seen: Vec<u64> = Vec::new();
    // A block longer than any title is none: no need to look at all of it.
    for word in words.iter().take(200).filter(|word| title.contains(word)) {
        if !seen.contains(word) {
            seen.push(*word);
        }
    }
    seen.len()
}

/// The look of the block's own element, and that with its surroundings'.
fn look(outline: &Outline, block: &Block) -> [u64; 2] {
    let mut chain = outline.up(block.home).map(|at| outline.elements[at].look);
    let own = chain.next().unwrap_or_default();
    let two = mix(own ^ chain.next().unwrap_or(7));
    let three = mix(two ^ chain.next().unwrap_or(9));
    [two, mix(three ^ outline.elements[block.leaf].look)]
}

/// The role of the element that makes the block what it is.
pub(super) fn kind(outline: &Outline, block: &Block) -> Role {
    outline
        .up(block.home)
        .take(4)
        .map(|at| outline.elements[at].role)
        .find(|role| !matches!(role, Role::Container | Role::Inline | Role::Table))
        .filter(|role| !matches!(role, Role::Article | Role::Beside | Role::Figure))
        .unwrap_or(Role::Container)
}

/// Whether a block is an item of a list. Those of a list with blank lines between them are paragraphs to Markdown, and items
/// to a reader.
pub(super) fn is_item(outline: &Outline, block: &Block) -> bool {
    let role = |at: ElementIndex| outline.elements[at].role;
    let alone = |at: ElementIndex| {
        let (from, to) = outline.elements[at].blocks;
        role(at) == Role::Item && to - from == 1
    };
    kind(outline, block) == Role::Item
        || role(block.home) == Role::Paragraph
            && outline.elements[block.home].parent.is_some_and(alone)
}

/// Whether a text ends where the room for it did: `for the first time in …`, `[...]`.
pub(super) fn is_cut_off(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches([']', ')']);
    text.ends_with("...") || text.ends_with('…')
}

/// Whether a text ends as a sentence does, in any script.
pub(super) fn ended(text: &str) -> bool {
    text.trim_end().ends_with([
        '.', '!', '?', '…', '。', '！', '？', '"', '”', '»', '“', '」', ')', '؟', '।', '։', '』',
        '）', '۔', '॥', '။', '።',
    ])
}
