//! What placing articles costs: `cost [ARTICLES [TOGETHER]]` makes up articles of events of many sizes, places them as many
//! at a time, and prints milliseconds an article, the memory of the window and the bytes kept of each while it is there.
//! Never here: which articles are one story.

use std::time::Instant;

use newsprint_stories::{Article, Profile, Window};

/// A number below `count`, small ones more often: as words are.
fn pick(state: &mut u64, count: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    let part = (*state >> 33) as f64 / f64::from(1u32 << 31);
    (part.powi(4) * count as f64) as usize
}

fn word(number: usize, name: bool) -> String {
    let parts = [
        "lor", "mek", "tas", "vin", "dor", "pel", "gar", "sho", "ruk", "bal",
    ];
    let mut word = String::new();
    let mut rest = number + 10;
    while rest > 0 {
        word.push_str(parts[rest % 10]);
        rest /= 10;
    }
    if name {
        word[..1].make_ascii_uppercase();
    }
    word
}

/// A text of some 400 words about an event: its names and numbers among the words of the language.
fn text(state: &mut u64, event: usize) -> String {
    let mut text = String::new();
    for place in 0..400 {
        match place % 10 {
            3 | 7 => text.push_str(&word(40_000 + event * 12 + pick(state, 12), true)),
            5 if place % 40 == 5 => text.push_str(&(event * 7 + pick(state, 5) + 10).to_string()),
            _ => text.push_str(&word(pick(state, 30_000), false)),
        }
        text.push_str(if place % 20 == 19 { ". " } else { " " });
    }
    text
}

/// The memory of this process, in kilobytes; 0 where that is not known.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    number.unwrap_or(0)
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|one| one.parse().ok());
    let count = arguments.next().unwrap_or(20_000usize);
    let together = arguments.next().unwrap_or(200usize).max(1);
    let mut state = 7;
    let mut window = Window::new();
    let (mut profiled, mut placed, mut bytes) = (0.0, 0.0, 0);
    let before = resident();
    let mut id = 0;
    while id < count {
        let texts: Vec<String> = (id..count.min(id + together))
            .map(|at| {
                // Few events that many tell, many that few do; new ones all the time.
                let event = at / 40 + pick(&mut state, 400);
                text(&mut state, event)
            })
            .collect();
        let start = Instant::now();
        let batch: Vec<Article> = texts
            .iter()
            .zip(id..)
            .map(|(text, at)| Article {
                id: at as i64 + 1,
                time: at as i64 * 40,
                lang: "en".into(),
                address: 0,
                outlet: 0,
                title: 0,
                profile: Profile::of("", text, "en"),
            })
            .collect();
        profiled += start.elapsed().as_secs_f64();
        bytes += batch
            .iter()
            .map(|one| one.profile.pack().len())
            .sum::<usize>();
        let start = Instant::now();
        window.add(&batch);
        window.take_gone();
        placed += start.elapsed().as_secs_f64();
        id += batch.len();
    }
    let each = |seconds: f64| seconds * 1_000.0 / count.max(1) as f64;
    println!(
        "{count} articles, {together} at a time: {:.3} ms each to read, {:.3} ms to place; {:.1} MB for {} in the window; {} bytes kept of each",
        each(profiled),
        each(placed),
        resident().saturating_sub(before) as f64 / 1_024.0,
        window.len(),
        bytes / count.max(1)
    );
}
