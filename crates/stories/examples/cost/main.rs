//! What placing articles costs: `cost [ARTICLES [TOGETHER]]` makes up articles of events of many sizes, places them as many
//! at a time, and prints milliseconds an article, the memory of the window and the bytes kept of each while it is there.
//! Never here: which articles are one story.

mod made_up;

use std::time::Instant;

use newsprint_stories::{Article, Profile, Window};

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
                let event = at / 40 + made_up::pick(&mut state, 400);
                made_up::text(&mut state, event)
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
