//! What is known of each block, as numbers. Never here: what they are worth.

use super::outline::{Block, Cues, Outline, Role};
use super::votes::{Vote, Words};

/// What the blocks are judged by.
pub(super) struct Sources {
    pub precise: Vote,
    pub balanced: Vote,
    pub smoothie: Vote,
    pub machine: Vote,
    pub title: Words,
    pub description: Words,
}

/// Names and values of one block's signals.
pub(super) fn dump(outline: &Outline, sources: &Sources) -> Vec<Vec<(String, f32)>> {
    let blocks = &outline.blocks;
    let words: Vec<Words> = blocks.iter().map(|block| Words::of(&block.text)).collect();
    let votes: Vec<[f32; 4]> = words
        .iter()
        .map(|words| {
            [
                sources.precise.covers(words),
                sources.balanced.covers(words),
                sources.smoothie.covers(words),
                sources.machine.covers(words),
            ]
        })
        .collect();
    let mean = |i: usize| (votes[i][0] + votes[i][1] + votes[i][2]) / 3.0;
    // How much of the voted text each element holds.
    let mut held = vec![0.0f32; outline.elements.len()];
    let mut total = 0.0f32;
    for (i, block) in blocks.iter().enumerate() {
        let weight = mean(i) * block.chars as f32;
        total += weight;
        for at in outline.up(block.leaf) {
            held[at] += weight;
        }
    }
    let total = total.max(1.0);
    let share = |at: usize| held[at] / total;
    // The deepest element that still holds nearly all of it.
    let mut core = 0;
    for (at, element) in outline.elements.iter().enumerate() {
        if share(at) > 0.85 && element.depth >= outline.elements[core].depth {
            core = at;
        }
    }
    let strong: Vec<bool> = (0..blocks.len())
        .map(|i| mean(i) > 0.6 && blocks[i].chars > 60)
        .collect();
    let first = strong.iter().position(|s| *s).unwrap_or(0);
    let last = strong.iter().rposition(|s| *s).unwrap_or(blocks.len());
    let mut seen = std::collections::HashMap::new();
    let title: std::collections::HashSet<u64> = sources.title.0.iter().copied().collect();
    let description: std::collections::HashSet<u64> = sources.description.runs().collect();
    let has_machine = !sources.machine.is_empty();
    let long = |i: usize| -> f32 {
        let b = &blocks[i];
        let unlinked = b.chars.saturating_sub(b.linked) as f32;
        (unlinked / 120.0).min(1.0)
    };
    // What looks alike is judged alike: votes by look, of the block's own element, and with its parents'.
    let looks: Vec<[u64; 3]> = blocks
        .iter()
        .map(|block| {
            let chain: Vec<u64> = outline
                .up(block.home)
                .take(4)
                .map(|at| outline.elements[at].look)
                .collect();
            let one = chain[0];
            let two = super::votes::mix(one ^ chain.get(1).copied().unwrap_or(7));
            let three = super::votes::mix(two ^ chain.get(2).copied().unwrap_or(9));
            let leaf = outline.elements[block.leaf].look;
            [one, two, super::votes::mix(three ^ leaf)]
        })
        .collect();
    let mut by_look: std::collections::HashMap<u64, (f32, f32, f32, f32)> =
        std::collections::HashMap::new();
    for i in 0..blocks.len() {
        for look in looks[i] {
            let e = by_look.entry(look).or_default();
            e.0 += mean(i) * blocks[i].chars as f32;
            e.1 += blocks[i].chars as f32;
            e.2 += blocks[i].linked as f32;
            e.3 += 1.0;
        }
    }
    // Element totals: chars, linked, blocks, direct
    let mut sums = vec![(0.0f32, 0.0f32, 0.0f32, 0.0f32); outline.elements.len()];
    for (i, block) in blocks.iter().enumerate() {
        for at in outline.up(block.leaf) {
            sums[at].0 += block.chars as f32;
            sums[at].1 += block.linked as f32;
            sums[at].2 += 1.0;
            sums[at].3 += mean(i) * block.chars as f32;
        }
    }
    // Articles within the core, in order.
    let mut article_no = vec![0u32; outline.elements.len()];
    let mut articles = 0;
    for (at, e) in outline.elements.iter().enumerate() {
        let up = e.parent.map_or(0, |p| article_no[p]);
        article_no[at] = up;
        if e.role == Role::Article && share(at) < 0.5 && share(at) > 0.0 {
            articles += 1;
            article_no[at] = articles;
        }
    }
    let h1 = (0..blocks.len()).find(|i| {
        let w = &words[*i].0;
        let have = w
            .iter()
            .collect::<std::collections::HashSet<_>>()
            .iter()
            .filter(|w| title.contains(w))
            .count();
        !w.is_empty()
            && have * 10 >= w.len() * 8
            && have * 10 >= title.len() * 5
            && matches!(innermost_role(outline, &blocks[*i]), Role::Heading(1..=2))
    });
    let flags = |i: usize| -> u32 { super::phrases::flags(&blocks[i].text) };
    (0..blocks.len())
        .map(|i| {
            let block = &blocks[i];
            let n = words[i].0.len();
            let mut f: Vec<(String, f32)> = Vec::new();
            let mut put = |name: &str, value: f32| f.push((name.to_owned(), value));
            let [t, b, s, j] = votes[i];
            put("i", i as f32);
            put("t", t);
            put("b", b);
            put("s", s);
            put("mean", (t + b + s) / 3.0);
            put("j", if has_machine { j } else { 0.0 });
            put("notj", if has_machine { 1.0 - j } else { 0.0 });
            put("chars", block.chars as f32);
            put("words", n as f32);
            put("link", block.linked as f32 / block.chars as f32);
            put("bold", block.bold as f32 / block.chars as f32);
            let role = innermost_role(outline, block);
            put("p", f32::from(u8::from(role == Role::Paragraph)));
            put(
                "h",
                if let Role::Heading(l) = role {
                    f32::from(l)
                } else {
                    0.0
                },
            );
            put("item", f32::from(u8::from(role == Role::Item)));
            put("cell", f32::from(u8::from(role == Role::Cell)));
            put("quote", f32::from(u8::from(role == Role::Quote)));
            put("pre", f32::from(u8::from(role == Role::Preformatted)));
            put("caption", f32::from(u8::from(role == Role::Caption)));
            put("div", f32::from(u8::from(role == Role::Container)));
            let (mut cues, mut outer, mut beside, mut article, mut marked, mut figure, mut list) =
                (0u32, 0u32, 0, 0, 0, 0, 0);
            for at in outline.up(block.leaf) {
                let e = &outline.elements[at];
                if share(at) < 0.5 {
                    cues |= e.cues.0;
                    if e.role == Role::Beside {
                        beside = 1;
                    }
                    if matches!(e.role, Role::Figure | Role::Caption) {
                        figure = 1;
                    }
                    if e.role == Role::Item {
                        list = 1;
                    }
                } else {
                    outer |= e.cues.0;
                }
                if e.role == Role::Article {
                    article = 1;
                }
                if e.cues.has(Cues::MARKED) {
                    marked = 1;
                }
            }
            put("beside", beside as f32);
            put("article", article as f32);
            put("marked", marked as f32);
            put("figure", figure as f32);
            put("initem", list as f32);
            put("outer_body", f32::from(u8::from(outer & Cues::BODY != 0)));
            for (bit, name) in NAMES.iter().enumerate() {
                put(
                    &format!("c_{name}"),
                    f32::from(u8::from(cues & (1 << bit) != 0)),
                );
            }
            let own = outline.elements[block.leaf].cues.0 | outline.elements[block.home].cues.0;
            for (bit, name) in NAMES.iter().enumerate() {
                put(
                    &format!("o_{name}"),
                    f32::from(u8::from(own & (1 << bit) != 0)),
                );
            }
            let parent = outline.elements[block.home].parent.unwrap_or(block.home);
            put("pshare", share(parent));
            put("hshare", share(block.home));
            let grand = outline.elements[parent].parent.unwrap_or(parent);
            put("gshare", share(grand));
            let incore = outline.up(block.leaf).any(|at| at == core);
            put("incore", f32::from(u8::from(incore)));
            let meet = outline.common(core, block.leaf);
            put(
                "up",
                (outline.elements[core].depth - outline.elements[meet].depth) as f32,
            );
            put(
                "down",
                (outline.elements[block.leaf].depth - outline.elements[meet].depth) as f32,
            );
            put("before", f32::from(u8::from(i < first)));
            put("after", f32::from(u8::from(i > last)));
            put("dist_first", (first as f32 - i as f32).max(0.0));
            put("dist_last", (i as f32 - last as f32).max(0.0));
            let at = |k: isize| -> Option<usize> {
                usize::try_from(i as isize + k)
                    .ok()
                    .filter(|x| *x < blocks.len())
            };
            for k in [-3isize, -2, -1, 1, 2, 3] {
                put(&format!("v{k}"), at(k).map_or(0.0, mean));
                put(&format!("l{k}"), at(k).map_or(0.0, &long));
            }
            // Strong text above and below.
            put("prevlong", at(-1).map_or(0.0, |k| blocks[k].chars as f32));
            put("nextlong", at(1).map_or(0.0, |k| blocks[k].chars as f32));
            put(
                "nexth",
                at(1).map_or(0.0, |k| {
                    f32::from(u8::from(matches!(
                        innermost_role(outline, &blocks[k]),
                        Role::Heading(_)
                    )))
                }),
            );
            let covered =
                words[i].0.iter().filter(|w| title.contains(w)).count() as f32 / n.max(1) as f32;
            put("title", covered);
            put(
                "titleof",
                words[i]
                    .0
                    .iter()
                    .collect::<std::collections::HashSet<_>>()
                    .iter()
                    .filter(|w| title.contains(w))
                    .count() as f32
                    / title.len().max(1) as f32,
            );
            let runs: Vec<u64> = words[i].runs().collect();
            put(
                "desc",
                runs.iter().filter(|r| description.contains(r)).count() as f32
                    / runs.len().max(1) as f32,
            );
            let before = seen.insert(words[i].whole(), i);
            put("dup", f32::from(u8::from(before.is_some())));
            let text = block.text.trim();
            let end = text.chars().last().unwrap_or(' ');
            put(
                "end",
                f32::from(u8::from(matches!(
                    end,
                    '.' | '!'
                        | '?'
                        | '…'
                        | '。'
                        | '！'
                        | '？'
                        | '"'
                        | '”'
                        | '»'
                        | '“'
                        | '」'
                        | ')'
                        | '؟'
                        | '।'
                        | '։'
                ))),
            );
            put("colon", f32::from(u8::from(end == ':')));
            put(
                "commas",
                text.chars()
                    .filter(|c| matches!(c, ',' | '，' | '、' | '،' | ';'))
                    .count()
                    .min(5) as f32,
            );
            put(
                "digits",
                text.chars().filter(char::is_ascii_digit).count() as f32 / block.chars as f32,
            );
            put("copyright", f32::from(u8::from(text.contains('©'))));
            put("at", f32::from(u8::from(text.contains('@'))));
            put(
                "pipe",
                f32::from(u8::from(
                    text.contains('|') || text.contains('•') || text.contains('»'),
                )),
            );
            put("hash", f32::from(u8::from(text.starts_with('#'))));
            let upper =
                text.chars().filter(|c| c.is_uppercase()).count() as f32 / block.chars as f32;
            put("upper", upper);
            put("italic", block.italic as f32 / block.chars as f32);
            for k in 0..3 {
                let e = by_look[&looks[i][k]];
                let (v, c) = (e.0 - mean(i) * block.chars as f32, e.1 - block.chars as f32);
                put(&format!("look{k}"), (v + 50.0 * mean(i)) / (c + 50.0));
                put(&format!("lookn{k}"), e.3.ln());
                put(&format!("lookl{k}"), e.2 / e.1);
                put(&format!("lookc{k}"), (e.1 / e.3).ln());
                put(&format!("lookshare{k}"), e.0 / total);
            }
            for (name, at) in [("hm", block.home), ("pa", parent), ("gr", grand)] {
                let e = sums[at];
                put(&format!("{name}_vote"), e.3 / e.0.max(1.0));
                put(&format!("{name}_link"), e.1 / e.0.max(1.0));
                put(&format!("{name}_mean"), (e.0 / e.2.max(1.0)).ln());
                put(&format!("{name}_n"), e.2.ln());
            }
            put("article_no", (article_no[block.leaf] as f32).min(3.0));
            put("has_h1", f32::from(u8::from(h1.is_some())));
            put(
                "after_h1",
                h1.map_or(0.0, |h| ((i as f32 - h as f32).clamp(-5.0, 8.0))),
            );
            put("is_h1", f32::from(u8::from(h1 == Some(i))));
            let fl = flags(i);
            for (bit, name) in super::phrases::NAMES.iter().enumerate() {
                put(
                    &format!("f_{name}"),
                    f32::from(u8::from(fl & (1 << bit) != 0)),
                );
            }
            let list = outline.up(block.home).take(4).find(|at| outline.elements[*at].role == Role::Item).and_then(|at| outline.elements[at].parent);
            put("lid", list.map_or(0.0, |at| at as f32));
            put("par", parent as f32);
            put("home", block.home as f32);
            put(
                "tweet",
                f32::from(u8::from(outline.up(block.leaf).any(|at| {
                    outline.elements[at].role == Role::Quote
                        && outline.elements[at].cues.has(Cues::EMBED)
                }))),
            );
            f
        })
        .collect()
}

/// The role of the element that makes the block what it is.
fn innermost_role(outline: &Outline, block: &Block) -> Role {
    outline
        .up(block.home)
        .take(4)
        .map(|at| outline.elements[at].role)
        .find(|role| !matches!(role, Role::Container | Role::Inline))
        .filter(|role| !matches!(role, Role::Article | Role::Beside | Role::Figure))
        .unwrap_or(Role::Container)
}

pub(super) const NAMES: [&str; 19] = [
    "comment", "tools", "related", "offer", "advert", "frame", "byline", "caption", "tags", "box",
    "legal", "hidden", "lead", "body", "media", "title", "marked", "wall", "embed",
];
