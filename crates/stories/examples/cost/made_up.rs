//! Texts of made-up events, for measuring what placing costs.
//! Never here: what is measured.

/// A number below `count`, small ones more often: as words are.
pub fn pick(state: &mut u64, count: usize) -> usize {
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
pub fn text(state: &mut u64, event: usize) -> String {
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
