//! The fitter gives the same weights for the same articles, and they tell stories apart that it has not seen.
//! Never here: articles of anybody's; these are made up.

#[path = "../examples/fit_stories/cross.rs"]
mod cross;
#[path = "../examples/fit_stories/logistic.rs"]
mod logistic;

/// Articles of made-up events: two of a kind in each topic, with names, numbers and words of their own.
fn made_up() -> Vec<cross::Known> {
    let mut state = cross::SEED;
    let mut pick = |count: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % count
    };
    let word = |number: usize, name: bool| {
        let parts = [
            "lor", "mek", "tas", "vin", "dor", "pel", "gar", "sho", "ruk", "bal",
        ];
        let word = format!(
            "{}{}{}",
            parts[number % 10],
            parts[number / 10 % 10],
            parts[number / 100 % 10]
        );
        if name {
            format!("{}{}", word[..1].to_uppercase(), &word[1..])
        } else {
            word
        }
    };
    let mut known = Vec::new();
    for topic in 0..10usize {
        for event in 0..2usize {
            for _ in 0..6 {
                let mut text = String::new();
                for sentence in 0..10 {
                    for place in 0..9 {
                        let own = topic * 2 + event;
                        match (sentence + place) % 4 {
                            0 => text.push_str(&word(own * 8 + pick(8) + 300, true)),
                            1 => text.push_str(&word(topic * 20 + pick(20), false)),
                            2 if place == 2 => {
                                text.push_str(&format!("{}", own * 17 + 30 + pick(2)))
                            }
                            _ => text.push_str(&word(600 + pick(200), false)),
                        }
                        text.push(' ');
                    }
                    text.push_str(". ");
                }
                let line = serde_json::json!({ "topic": topic, "story": format!("{topic}/{event}"), "title": "", "text": text });
                known.extend(cross::Known::read(
                    &line.to_string(),
                    known.len() as i64 + 1,
                ));
            }
        }
    }
    known
}

#[test]
fn made_up_events_are_fitted_the_same_each_time_and_told_apart_unseen() {
    let known = made_up();
    assert_eq!(known.len(), 120);
    let folds = cross::folds(&known, cross::FOLD, cross::SEED);
    let left = cross::left_out(&known, &folds, &[]);
    assert_eq!(left, cross::left_out(&known, &folds, &[]));
    for together in [1, 200] {
        let [f1, worst, precision, _] =
            cross::measure(&known, &folds, &left, (-0.5, 0.5), together);
        assert!(
            f1 > 0.9 && worst > 0.85 && precision > 0.9,
            "{together}: {f1} {worst} {precision}"
        );
    }
    let teasers = cross::cut(&known, cross::Texts::Teasers);
    for known in [&known, &cross::cut(&known, cross::Texts::Mixed), &teasers] {
        let [_, precision, _] = cross::measure_small(known, &folds, &left, (-0.5, 0.5));
        assert!(precision > 0.8, "{precision}");
    }
    let ([f1, precision, _], wrong) = cross::measure_wide(&known, &folds, &left, (-0.5, 0.5), &[]);
    assert!(
        f1 > 0.9 && precision > 0.9 && wrong == 0.0,
        "{f1} {precision}"
    );
}
