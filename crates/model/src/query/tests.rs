//! The query language by example, and its round trip through `Display`.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

fn text(words: &str) -> Expr {
    Expr::Text(Text {
        field: Field::Any,
        words: words.to_owned(),
        prefix: false,
    })
}

#[track_caller]
fn reads(input: &str, expected: Expr) {
    assert_eq!(parse(input).unwrap().expr, Some(expected), "{input}");
}

#[track_caller]
fn refuses(input: &str, column: usize, says: &str) {
    let error = parse(input).unwrap_err();
    assert_eq!(error.column, column, "{input}: {error}");
    assert!(error.message.contains(says), "{input}: {error}");
}

#[test]
fn words_phrases_prefixes_and_not() {
    reads("tbilisi", text("tbilisi"));
    reads("\"South  Caucasus\"", text("South  Caucasus"));
    reads("“curly quotes”", text("curly quotes"));
    reads(
        "azer* -oil",
        Expr::And(vec![
            Expr::Text(Text {
                field: Field::Any,
                words: "azer".into(),
                prefix: true,
            }),
            Expr::Not(Box::new(text("oil"))),
        ]),
    );
    reads(
        "Baku-Tbilisi 12:30",
        Expr::And(vec![text("Baku-Tbilisi"), text("12:30")]),
    );
    reads("https://example.org/a", text("https://example.org/a"));
    assert!(parse("  \t ").unwrap().is_empty());
}

#[test]
fn or_binds_weaker_than_side_by_side() {
    let expected = Expr::Or(vec![Expr::And(vec![text("a"), text("b")]), text("c")]);
    reads("a b or c", expected.clone());
    reads("(a b) OR (c)", expected);
    reads(
        "a (b or c)",
        Expr::And(vec![text("a"), Expr::Or(vec![text("b"), text("c")])]),
    );
    reads("oregon \"or\"", Expr::And(vec![text("oregon"), text("or")]));
}

#[test]
fn and_and_not_may_be_written_out() {
    let without = Expr::And(vec![text("a"), text("b").negated()]);
    for input in [
        "a -b",
        "a not b",
        "a NOT b",
        "a and not b",
        "a AND -b",
        "(a) And Not (b)",
        "not not a not(b)",
    ] {
        reads(input, without.clone());
    }
    let both = Expr::And(vec![text("c"), Expr::Tag("d".into())]);
    reads("a or c and tag:d", Expr::Or(vec![text("a"), both]));
    // As words they are searched in quotes, behind a minus, or as part of another.
    for (input, word) in [
        ("\"not\"", "not"),
        ("nothing", "nothing"),
        ("\"AND\"", "AND"),
    ] {
        reads(input, text(word));
    }
    reads("x -not", Expr::And(vec![text("x"), text("not").negated()]));
    assert_eq!(
        parse("-not x -\"and\"").unwrap().to_string(),
        "-\"not\" x -\"and\""
    );
    reads("tag:not", Expr::Tag("not".into()));
}

#[test]
fn conditions() {
    reads("tag:Azerbaijan", Expr::Tag("Azerbaijan".into()));
    reads("TAG:\"North Caucasus\"", Expr::Tag("North Caucasus".into()));
    reads(
        "-outlet:\"The \\\"Daily\\\"\"",
        Expr::Not(Box::new(Expr::Outlet("The \"Daily\"".into()))),
    );
    reads("group:region", Expr::Group("region".into()));
    reads("account:\"My server\"", Expr::Account("My server".into()));
    reads("lang:DE", Expr::Lang("de".into()));
    reads("is:Unread", Expr::Is(Is::Unread));
    reads("since:7d", Expr::Since(When::Ago(7 * 86_400)));
    reads("since:yesterday", Expr::Since(When::Day(1)));
    reads(
        "before:2024-06-01",
        Expr::Before(When::Date("2024-06-01".parse().unwrap())),
    );
    reads(
        "since:2024-06-01T12:00:00Z",
        Expr::Since(When::At("2024-06-01T12:00:00Z".parse().unwrap())),
    );
    let title = |prefix| {
        Expr::Text(Text {
            field: Field::Title,
            words: "metro".into(),
            prefix,
        })
    };
    reads("title:metro", title(false));
    reads("title:metro*", title(true));
}

#[test]
fn errors_name_the_column_and_what_was_expected() {
    refuses("a (b", 3, "`)`");
    refuses("a b)", 4, "`(`");
    refuses(")", 1, "`(`");
    refuses("()", 2, "expected a word");
    refuses("a \"b c", 3, "never closed");
    refuses("a or", 5, "after `or`");
    refuses("or a", 1, "before `or`");
    refuses("a or and b", 6, "after `or`");
    refuses("a and", 6, "after `and`");
    refuses("(a AND) b", 7, "after `and`");
    refuses("and a", 1, "\"and\" in quotes");
    refuses("a not", 6, "after `not`");
    refuses("not or a", 5, "after `not`");
    refuses(&"not ".repeat(5_000), 257, "nested");
    refuses("a -", 4, "after `-`");
    refuses("tag:", 5, "a tag");
    refuses("is:blue", 4, "unread, read, starred");
    refuses("since:soon", 7, "7d");
    refuses("since:2024-13-40", 7, "2024-06-01");
    refuses("outlte:x", 1, "`outlet:`");
    refuses("weather:cold", 1, "quotes");
    refuses("ä ö —", 5, "letter or a digit");
    refuses(&"(".repeat(5_000), 65, "nested");
    refuses(&"-".repeat(5_000), 65, "nested");
}

#[test]
fn moments_are_taken_in_the_readers_zone() {
    let now: Time = "2024-06-12T01:30:00Z".parse().unwrap();
    let tbilisi = TimeZone::fixed(jiff::tz::offset(4));
    let at = |input: &str| {
        let query = parse(input).unwrap().resolved_in(now, &tbilisi);
        assert!(!query.is_timed());
        query.to_string()
    };
    assert_eq!(at("since:12h"), "since:2024-06-11T13:30:00Z");
    assert_eq!(at("since:today"), "since:2024-06-11T20:00:00Z");
    assert_eq!(at("before:yesterday"), "before:2024-06-10T20:00:00Z");
    assert_eq!(at("since:2024-06-01"), "since:2024-05-31T20:00:00Z");
    assert_eq!(at("since:99999999999999d"), format!("since:{}", Time::MIN));
}

#[test]
fn completion_knows_what_is_typed() {
    let at = |input: &str| {
        let column = input.chars().position(|c| c == '|').unwrap() + 1;
        let plain = input.replace('|', "");
        complete(&plain, column).map(|c| {
            (
                c.wanted,
                c.typed.clone(),
                c.apply(&plain, "North Caucasus").0,
            )
        })
    };
    let tag = |typed: &str, whole: &str| Some((Wanted::Tag, typed.to_owned(), whole.to_owned()));
    assert_eq!(at("tag:azer|"), tag("azer", "tag:\"North Caucasus\""));
    assert_eq!(at("x -tag:|"), tag("", "x -tag:\"North Caucasus\""));
    assert_eq!(
        at("(tag:\"north c|"),
        tag("north c", "(tag:\"North Caucasus\"")
    );
    assert_eq!(
        at("tag:no| is:read"),
        tag("no", "tag:\"North Caucasus\" is:read")
    );
    assert_eq!(
        at("tag:\"no|rth\" is:read"),
        tag("no", "tag:\"North Caucasus\" is:read")
    );
    assert_eq!(at("a \"some phra|"), None);
    assert_eq!(at("is:un|").unwrap().0, Wanted::State);
    let keys = complete("a t", 4).unwrap();
    assert_eq!(
        (keys.wanted, keys.words()),
        (
            Wanted::Keyword,
            vec!["tag:".to_owned(), "title:".to_owned()]
        )
    );
    assert_eq!(keys.apply("a t", "tag:"), ("a tag:".to_owned(), 7));
}

#[test]
fn builders_and_words() {
    let query = parse("a or b")
        .unwrap()
        .and_tag("X")
        .and_not_tag("Y")
        .with_is(Is::Unread);
    assert_eq!(query.to_string(), "(a or b) tag:X -tag:Y is:unread");
    assert!(query.asks_for_tag("x") && !query.asks_for_tag("y"));
    assert_eq!(
        words(&parse("\"south caucasus\" -oil title:Baku*").unwrap()),
        ["south", "caucasus", "Baku"]
    );
    assert_eq!(
        super::beginnings(&parse("\"south caucasus\" -oil* rail*").unwrap()),
        ["south", "caucasus", "rail*"]
    );
}

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Zäöü]{1,6}",
        "\\PC{0,8}[a-z]\\PC{0,8}",
        Just("or".to_owned()),
        Just("AND".to_owned()),
        Just("not".to_owned()),
        Just("tag:x".to_owned()),
        Just("-x".to_owned()),
    ]
    .prop_map(|s| s.trim().to_owned())
}

fn any_expr() -> impl Strategy<Value = Expr> {
    let field = prop_oneof![Just(Field::Any), Just(Field::Title), Just(Field::Author)];
    let leaf = prop_oneof![
        (field, any_words(), any::<bool>()).prop_map(|(field, words, prefix)| Expr::Text(Text {
            field,
            words,
            prefix
        })),
        any_words().prop_map(Expr::Tag),
        any_words().prop_map(Expr::Outlet),
        any_words().prop_map(Expr::Group),
        any_words().prop_map(Expr::Account),
        "[a-z]{2}".prop_map(Expr::Lang),
        prop::sample::select(&Is::ALL[..]).prop_map(Expr::Is),
        (0i64..100_000_000).prop_map(|s| Expr::Since(When::Ago(s))),
        (0u32..5_000).prop_map(|d| Expr::Before(When::Day(d))),
        (1900i16..2100, 1i8..=12, 1i8..=28)
            .prop_map(|(y, m, d)| Expr::Since(When::Date(Date::new(y, m, d).unwrap()))),
        (0i64..4_000_000_000).prop_map(|s| Expr::Before(When::At(Time::from_second(s).unwrap()))),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| Expr::all(parts).unwrap()),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| Expr::any(parts).unwrap()),
            inner.prop_map(Expr::negated),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(expr in any_expr()) {
        let query = Query::from(expr);
        let written = query.to_string();
        prop_assert_eq!(parse(&written).map_err(|e| format!("{written}: {e}")), Ok(query));
    }

    #[test]
    fn any_text_is_read_or_refused_within_itself(text in ".{0,60}", column in 0usize..70) {
        match parse(&text) {
            Ok(query) => {
                let written = query.to_string();
                prop_assert_eq!(parse(&written), Ok(query), "{}", written);
            }
            Err(error) => prop_assert!((1..=text.chars().count() + 1).contains(&error.column)),
        }
        if let Some(completion) = complete(&text, column) {
            prop_assert!(completion.range.start <= completion.range.end);
            completion.apply(&text, "a name");
        }
    }
}

#[test]
fn a_value_that_looks_like_the_rest_of_an_address_comes_back_as_a_value() {
    for text in ["tag:\"//x\"", "outlet:\"//x\"", "author:\"//x\" y"] {
        let query = parse(text).unwrap();
        assert_eq!(query.to_string(), text);
        assert_eq!(parse(&query.to_string()), Ok(query));
    }
}
