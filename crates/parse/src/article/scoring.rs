//! What speaks for and against each block being the article's, and how much it counts.
//! Never here: the decision for the page as a whole (`pick`).

use std::collections::{HashMap, HashSet};

use super::blocks::{Block, Cues, ElementIndex, Outline, Role};
use super::engines::{Vote, Words, mix};
use super::phrases;

/// What the blocks are judged by.
pub(super) struct Sources {
    /// The engines' answers: precise, balanced, and by readability scores.
    pub engines: [Vote; 3],
    /// The article's title.
    pub title: Words,
    /// The page's description of itself, which outlets take from the standfirst.
    pub description: Words,
}

/// How likely a block with no signal at all is the article's, as log odds. Most text on a page is not.
const PRIOR: f32 = -3.93;
/// Log odds from which a block is taken.
pub(super) const ENOUGH: f32 = -0.1;

/// Each signal's weight: log odds for each unit. They were fitted by logistic regression over the blocks of
/// news pages in many languages and checked on outlets left out of the fit; a signal is here only if its
/// sign is what its reason says.
mod weight {
    // What the engines say. All of them agreeing counts far more than one alone.
    pub const UNANIMOUS: f32 = 1.12;
    pub const READABLE: f32 = 0.20;
    pub const BALANCED: f32 = 0.03;
    // Blocks of one look (tag and class) are of one kind: the share of the engines' text that looks like
    // this block, and what they say of blocks that look exactly like it.
    pub const LOOK_SHARE: f32 = 3.17;
    pub const LOOK_VOTE: f32 = 0.89;
    // Text stands in one place: what the parent holds, what the neighbours are, whether it lies outside of
    // the stretch that the engines are sure of.
    pub const PARENT_SHARE: f32 = 0.86;
    pub const NEXT: f32 = 0.10;
    pub const NEXT_BUT_ONE: f32 = 0.63;
    pub const PREVIOUS: f32 = 0.03;
    pub const OUTSIDE: f32 = -0.30;
    pub const AFTER: f32 = -0.81;
    pub const IN_CORE: f32 = 0.26;
    pub const STEPS_UP: f32 = -0.04;
    // The standfirst follows the headline, and outlets describe the page by it.
    pub const UNDER_HEADLINE: f32 = 1.06;
    pub const ABOVE_HEADLINE: f32 = -0.26;
    pub const DESCRIPTION: f32 = 2.17;
    pub const NAMED_LEAD: f32 = 0.86;
    // The headline itself is kept apart from the text.
    pub const TITLE: f32 = -2.69;
    // Running text is long, ends in a full stop and stands in paragraphs.
    pub const LENGTH: f32 = 0.17;
    pub const ENDED: f32 = 0.39;
    pub const PARAGRAPH: f32 = 0.23;
    pub const IN_ITEM: f32 = -0.32;
    pub const HEADING_OVER_TEXT: f32 = 1.61;
    // Menus and teasers are links.
    pub const LINKED: f32 = -0.33;
    pub const MOSTLY_LINKED: f32 = -0.31;
    // Said twice on a page: a teaser, a pulled quotation, a caption.
    pub const REPEATED: f32 = -0.79;
    // Typography of what is beside the text: labels in capitals, notes in italics, separators.
    pub const CAPITALS: f32 = -1.80;
    pub const ITALIC: f32 = -2.98;
    pub const SEPARATORS: f32 = -1.61;
    pub const RIGHTS_SIGN: f32 = -2.61;
    // What the line says it is.
    pub const SAYS_MORE: f32 = -4.54;
    pub const SAYS_ASK: f32 = -0.87;
    pub const SAYS_BYLINE: f32 = -1.33;
    pub const SAYS_PHOTO: f32 = -1.10;
    pub const SAYS_MACHINE: f32 = -2.58;
    // What its own element is named.
    pub const OWN_BODY: f32 = 0.90;
    pub const OWN_BYLINE: f32 = -1.56;
    pub const OWN_TAGS: f32 = -0.34;
    pub const OWN_BOX: f32 = -1.19;
    pub const OWN_CAPTION: f32 = -1.09;
    pub const OWN_RELATED: f32 = -0.65;
    // What it lies in, as far as that is not the article as a whole.
    pub const IN_BODY: f32 = 0.38;
    pub const IN_BYLINE: f32 = -0.60;
    pub const IN_HIDDEN: f32 = -0.67;
    pub const IN_TAGS: f32 = -0.98;
    pub const IN_FRAME: f32 = -0.49;
    pub const IN_COMMENTS: f32 = -1.45;
    pub const IN_ADVERT: f32 = -1.16;
    pub const IN_TOOLS: f32 = -0.17;
    pub const BESIDE: f32 = -0.25;
    pub const IN_FIGURE: f32 = -1.11;
    pub const IN_OTHER_ARTICLE: f32 = -0.49;
}

/// The page's blocks, judged.
pub(super) struct Judged {
    /// Log odds of each block.
    pub odds: Vec<f32>,
    /// What the engines say of each block on average, 0 to 1.
    pub votes: Vec<f32>,
    /// The blocks' words.
    pub words: Vec<Words>,
    /// The phrases each block starts with.
    pub phrases: Vec<u32>,
    /// How much of the engines' text each element holds, 0 to 1.
    pub shares: Vec<f32>,
    /// The block that is the headline.
    pub headline: Option<usize>,
}

/// Judges every block.
pub(super) fn judge(outline: &Outline, sources: &Sources) -> Judged {
    let page = Survey::of(outline, sources);
    let odds = (0..outline.blocks.len()).map(|i| page.odds(i)).collect();
    Judged {
        odds,
        votes: page.mean,
        words: page.words,
        phrases: page.phrases,
        shares: page.shares,
        headline: page.headline,
    }
}

/// What is known of blocks that look the same.
#[derive(Default, Clone, Copy)]
struct Look {
    voted: f32,
    chars: f32,
}

struct Survey<'a> {
    outline: &'a Outline,
    words: Vec<Words>,
    phrases: Vec<u32>,
    votes: Vec<[f32; 3]>,
    mean: Vec<f32>,
    shares: Vec<f32>,
    total: f32,
    /// The deepest element that holds nearly all of the engines' text.
    core: ElementIndex,
    /// The first and last block that the engines are sure of.
    sure: (usize, usize),
    looks: Vec<[u64; 2]>,
    by_look: HashMap<u64, Look>,
    /// How many articles within the article an element lies in or after.
    articles: Vec<u32>,
    title: HashSet<u64>,
    description: HashSet<u64>,
    headline: Option<usize>,
    repeated: Vec<bool>,
}

impl<'a> Survey<'a> {
    fn of(outline: &'a Outline, sources: &Sources) -> Self {
        let blocks = &outline.blocks;
        let words: Vec<Words> = blocks.iter().map(|block| Words::of(&block.text)).collect();
        let votes: Vec<[f32; 3]> = words
            .iter()
            .map(|words| {
                sources
                    .engines
                    .each_ref()
                    .map(|engine| engine.covers(words))
            })
            .collect();
        let mean: Vec<f32> = votes.iter().map(|v| v.iter().sum::<f32>() / 3.0).collect();
        let mut shares = vec![0.0f32; outline.elements.len()];
        let mut total = 0.0f32;
        for (block, mean) in blocks.iter().zip(&mean) {
            let weight = mean * block.chars as f32;
            total += weight;
            if weight > 0.0 {
                for at in outline.up(block.leaf) {
                    shares[at] += weight;
                }
            }
        }
        let total = total.max(1.0);
        for share in &mut shares {
            *share /= total;
        }
        let mut core = 0;
        for (at, element) in outline.elements.iter().enumerate() {
            if shares[at] > 0.85 && element.depth >= outline.elements[core].depth {
                core = at;
            }
        }
        let sure = |i: &usize| mean[*i] > 0.6 && blocks[*i].chars > 60;
        let first = (0..blocks.len()).find(|i| sure(i)).unwrap_or(0);
        let last = (0..blocks.len()).rev().find(sure).unwrap_or(blocks.len());
        let looks: Vec<[u64; 2]> = blocks.iter().map(|block| look(outline, block)).collect();
        let mut by_look: HashMap<u64, Look> = HashMap::new();
        for (i, looks) in looks.iter().enumerate() {
            for look in looks {
                let look = by_look.entry(*look).or_default();
                look.voted += mean[i] * blocks[i].chars as f32;
                look.chars += blocks[i].chars as f32;
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
        let title: HashSet<u64> = sources.title.0.iter().copied().collect();
        let headline = (0..blocks.len()).find(|i| {
            let words = &words[*i].0;
            let among = words.iter().filter(|word| title.contains(word)).count();
            !words.is_empty()
                && among * 10 >= words.len() * 8
                && known(words, &title) * 10 >= title.len() * 5
                && matches!(kind(outline, &blocks[*i]), Role::Heading(1 | 2))
        });
        let mut seen = HashSet::new();
        let repeated = words
            .iter()
            .map(|words| !seen.insert(words.whole()))
            .collect();
        let phrases = blocks
            .iter()
            .map(|block| phrases::flags(&block.text))
            .collect();
        Survey {
            outline,
            phrases,
            votes,
            mean,
            shares,
            total,
            core,
            sure: (first, last),
            looks,
            by_look,
            articles,
            description: sources.description.runs().collect(),
            title,
            headline,
            repeated,
            words,
        }
    }

    fn odds(&self, i: usize) -> f32 {
        let block = &self.outline.blocks[i];
        let one = |yes: bool| f32::from(u8::from(yes));
        let [precise, balanced, readable] = self.votes[i];
        let vote = |at: Option<usize>| at.and_then(|at| self.mean.get(at)).copied().unwrap_or(0.0);
        let mut odds = PRIOR
            + weight::UNANIMOUS * precise * balanced * readable
            + weight::READABLE * readable
            + weight::BALANCED * balanced
            + weight::NEXT * vote(Some(i + 1))
            + weight::NEXT_BUT_ONE * vote(Some(i + 2))
            + weight::PREVIOUS * vote(i.checked_sub(1));

        let [wide, narrow] = self.looks[i].map(|look| self.by_look[&look]);
        let chars = block.chars as f32;
        // The block's own vote counts as fifty characters of its look, so that a lone block has one.
        let others = (narrow.voted - self.mean[i] * chars, narrow.chars - chars);
        odds += weight::LOOK_SHARE * wide.voted / self.total
            + weight::LOOK_VOTE * (others.0 + 50.0 * self.mean[i]) / (others.1 + 50.0);

        let elements = &self.outline.elements;
        let parent = elements[block.home].parent.unwrap_or(block.home);
        let meet = self.outline.common(self.core, block.leaf);
        let steps = elements[self.core]
            .depth
            .saturating_sub(elements[meet].depth);
        let outside = self.sure.0.saturating_sub(i) + i.saturating_sub(self.sure.1);
        odds += weight::PARENT_SHARE * self.shares[parent]
            + weight::IN_CORE * one(meet == self.core)
            + weight::STEPS_UP * steps.min(6) as f32
            + weight::OUTSIDE * (outside as f32).ln_1p()
            + weight::AFTER * one(i > self.sure.1);

        if let Some(headline) = self.headline {
            odds += weight::UNDER_HEADLINE * one(i > headline && i < headline + 4)
                + weight::ABOVE_HEADLINE * one(i < headline);
        }
        odds + self.text(i) + self.names(i)
    }

    /// What the text itself says.
    fn text(&self, i: usize) -> f32 {
        let block = &self.outline.blocks[i];
        let words = &self.words[i];
        let one = |yes: bool| f32::from(u8::from(yes));
        let chars = block.chars as f32;
        let role = kind(self.outline, block);
        let linked = block.linked as f32 / chars;
        let (mut runs, mut described) = (0u32, 0u32);
        for run in words.runs() {
            runs += 1;
            described += u32::from(self.description.contains(&run));
        }
        let text = block.text.trim();
        let capitals = text.chars().filter(|c| c.is_uppercase()).count() as f32 / chars;
        let has = |flag: u32| one(self.phrases[i] & flag != 0);
        let after = self.mean.get(i + 1).copied().unwrap_or(0.0);
        weight::LENGTH * chars.ln_1p().min(6.0)
            + weight::ENDED * one(ended(text))
            + weight::PARAGRAPH * one(role == Role::Paragraph)
            + weight::HEADING_OVER_TEXT * one(matches!(role, Role::Heading(_))) * after
            + weight::LINKED * linked
            + weight::MOSTLY_LINKED * one(linked > 0.4)
            + weight::DESCRIPTION * described as f32 / runs.max(1) as f32
            + weight::TITLE * one(self.is_title(i))
            + weight::REPEATED * one(self.repeated[i])
            + weight::CAPITALS * one(capitals > 0.5)
            + weight::ITALIC * one(block.italic as f32 > 0.9 * chars)
            + weight::SEPARATORS * one(text.contains(['|', '•', '»']))
            + weight::RIGHTS_SIGN * one(text.contains('©'))
            + weight::SAYS_MORE * has(phrases::MORE)
            + weight::SAYS_ASK * has(phrases::ASK)
            + weight::SAYS_BYLINE * has(phrases::BYLINE)
            + weight::SAYS_PHOTO * has(phrases::PHOTO)
            + weight::SAYS_MACHINE * has(phrases::MACHINE)
    }

    /// What the elements around it are, and what they are named.
    fn names(&self, i: usize) -> f32 {
        let block = &self.outline.blocks[i];
        let elements = &self.outline.elements;
        let one = |yes: bool| f32::from(u8::from(yes));
        let (mut around, mut above) = (Cues::default(), Cues::default());
        let (mut beside, mut figure, mut item) = (false, false, false);
        for at in self.outline.up(block.leaf) {
            let element = &elements[at];
            // A name on an element that holds most of the article says nothing about one block of it.
            if self.shares[at] >= 0.5 {
                above.0 |= element.cues.0;
                continue;
            }
            around.0 |= element.cues.0;
            beside |= element.role == Role::Beside;
            figure |= matches!(element.role, Role::Figure | Role::Caption);
            item |= element.role == Role::Item;
        }
        let own = Cues(elements[block.leaf].cues.0 | elements[block.home].cues.0);
        let known = known(&self.words[i].0, &self.title);
        let titled = known as f32 >= 0.9 * self.title.len() as f32 && !self.title.is_empty();
        let other = if titled {
            0
        } else {
            self.articles[block.leaf].min(2)
        };
        weight::OWN_BODY * one(own.has(Cues::BODY))
            + weight::OWN_BYLINE * one(own.has(Cues::BYLINE))
            + weight::OWN_TAGS * one(own.has(Cues::TAGS))
            + weight::OWN_BOX * one(own.has(Cues::BOX))
            + weight::OWN_CAPTION * one(own.has(Cues::CAPTION))
            + weight::OWN_RELATED * one(own.has(Cues::RELATED))
            + weight::NAMED_LEAD * one(own.has(Cues::LEAD))
            + weight::IN_BODY * one(above.has(Cues::BODY))
            + weight::IN_BYLINE * one(around.has(Cues::BYLINE))
            + weight::IN_HIDDEN * one(around.has(Cues::HIDDEN))
            + weight::IN_TAGS * one(around.has(Cues::TAGS))
            + weight::IN_FRAME * one(around.has(Cues::FRAME))
            + weight::IN_COMMENTS * one(around.has(Cues::COMMENT))
            + weight::IN_ADVERT * one(around.has(Cues::ADVERT))
            + weight::IN_TOOLS * one(around.has(Cues::TOOLS))
            + weight::BESIDE * one(beside)
            + weight::IN_FIGURE * one(figure)
            + weight::IN_ITEM * one(item)
            + weight::IN_OTHER_ARTICLE * other as f32
    }

    /// Whether the block says nothing but the title.
    fn is_title(&self, i: usize) -> bool {
        let words = &self.words[i].0;
        let have = words
            .iter()
            .filter(|word| self.title.contains(word))
            .count();
        have as f32 > 0.8 * words.len() as f32
            && known(words, &self.title) as f32 > 0.5 * self.title.len() as f32
    }
}

/// How many of the title's different words are among these.
fn known(words: &[u64], title: &HashSet<u64>) -> usize {
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
        .find(|role| !matches!(role, Role::Container | Role::Inline))
        .filter(|role| !matches!(role, Role::Article | Role::Beside | Role::Figure))
        .unwrap_or(Role::Container)
}

/// Whether a text ends as a sentence does, in any script.
pub(super) fn ended(text: &str) -> bool {
    text.trim_end().ends_with([
        '.', '!', '?', '…', '。', '！', '？', '"', '”', '»', '“', '」', ')', '؟', '।', '։',
    ])
}
