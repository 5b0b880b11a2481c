//! What the store promises, tested by its public calls on stores of a few made-up articles.
//! Never here: other rooms.

use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;
use newsprint_model::query::{Expr, Field, Is, When, parse};
use newsprint_model::{Counts, Keep, Mark, Outlet, StoryId, TextState, fold};

const DAY: i64 = 86_400;

pub(super) fn at(seconds: i64) -> Time {
    Time::from_second(1_718_000_000 + seconds).unwrap()
}

struct Fixture {
    folder: TempDir,
    store: Store,
}

fn outlet(name: &str) -> Outlet {
    Outlet {
        name: name.to_owned(),
        url: format!("https://{}.example/", fold(name).replace(' ', "-")),
        ..Outlet::default()
    }
}

fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("newsprint.db")).unwrap();
    let mut outlets = [outlet("Morning Herald"), outlet("Évening Post")];
    outlets[1].group = Some("Région".to_owned());
    store.sync_outlets(&outlets).unwrap();
    Fixture { folder, store }
}

/// An article of some words; number `n` is also its age in hours.
fn story(n: i64, title: &str, text: &str, tags: &[&str]) -> Incoming {
    Incoming {
        guid: Some(format!("guid-{n}")),
        url: format!("https://morning-herald.example/{n}"),
        title: title.to_owned(),
        published: Some(at(-n * 3_600)),
        author: "Nino Example".to_owned(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        lang: "en".to_owned(),
        body: format!("<p>{text}</p>"),
        search_text: text.to_owned(),
        text: TextState::Full,
        words: text.split_whitespace().count() as u32,
        print: n as u64,
        ..Incoming::default()
    }
}

impl Fixture {
    fn take(&self, outlet: &str, stories: Vec<Incoming>) -> Ingested {
        self.take_at(at(0), outlet, stories)
    }

    fn take_at(&self, now: Time, outlet: &str, stories: Vec<Incoming>) -> Ingested {
        let update = Update {
            articles: stories.into_iter().map(Incoming::pack).collect(),
            ..Update::default()
        };
        self.store.ingest(outlet, &update, now).unwrap()
    }

    fn herald(&self, stories: Vec<Incoming>) -> Ingested {
        self.take("Morning Herald", stories)
    }

    fn live(&self, query: &str) -> List {
        List::live(&parse(query).unwrap(), at(0))
    }

    fn fixed(&self, query: &str) -> List {
        List::fixed(&parse(query).unwrap(), at(0), self.store.now().unwrap())
    }

    /// The numbers of a list by pages of three, down and up again; both must agree.
    fn ids(&self, list: &List) -> Vec<i64> {
        let mut down = self.store.headlines(list, At::Top, 3).unwrap();
        while let Some(last) = down.last() {
            let next = self
                .store
                .headlines(list, At::After(last.cursor()), 3)
                .unwrap();
            if next.is_empty() {
                break;
            }
            down.extend(next);
        }
        let mut up = self.store.headlines(list, At::Bottom, 3).unwrap();
        while let Some(first) = up.first() {
            let mut next = self
                .store
                .headlines(list, At::Before(first.cursor()), 3)
                .unwrap();
            if next.is_empty() {
                break;
            }
            next.append(&mut up);
            up = next;
        }
        assert_eq!(down, up);
        for (place, headline) in down.iter().enumerate() {
            assert_eq!(
                self.store.position(list, headline.cursor()).unwrap(),
                place as u64
            );
        }
        let ids: Vec<i64> = down.iter().map(|headline| headline.id.0).collect();
        assert_eq!(self.store.counts(list).unwrap().total, ids.len() as u64);
        let unread = down.iter().filter(|headline| !headline.read).count();
        assert_eq!(self.store.counts(list).unwrap().unread, unread as u64);
        let mut tags = BTreeMap::new();
        for headline in &down {
            for tag in &headline.tags {
                let counts: &mut (u64, u64) = tags.entry(fold(tag)).or_default();
                counts.0 += 1;
                counts.1 += u64::from(!headline.read);
            }
        }
        let counted: BTreeMap<_, _> = self
            .store
            .tags(list)
            .unwrap()
            .into_iter()
            .map(|count| (fold(&count.tag), (count.total, count.unread)))
            .collect();
        assert_eq!(counted, tags);
        ids
    }

    fn found(&self, query: &str) -> Vec<i64> {
        self.ids(&self.live(query))
    }
}

fn seven(fixture: &Fixture) {
    fixture.herald(vec![
        story(
            1,
            "Aliyev and Erdoğan meet",
            "They met in Baku on Monday.",
            &["News", "Azerbaijan"],
        ),
        story(
            2,
            "Tbilisi court rules",
            "The court said no.",
            &["News", "Georgia"],
        ),
        story(
            3,
            "Yerevan metro grows",
            "A new line, said the mayor.",
            &["Armenia"],
        ),
        story(
            4,
            "Metro in Baku",
            "The metro of Baku is old.",
            &["azerbaijan", "Transport"],
        ),
        story(5, "東京で会議", "会議は東京で開かれた。", &[]),
    ]);
    let mut german = story(6, "Das Gericht in Tiflis", "Es sagte nein.", &["Georgia"]);
    german.lang = "de".to_owned();
    german.url = "https://evening-post.example/6".to_owned();
    let mut teaser = story(7, "Only a teaser", "Some words", &["News"]);
    teaser.text = TextState::Excerpt;
    teaser.url = "https://evening-post.example/7".to_owned();
    fixture.take("Évening Post", vec![german, teaser]);
}

#[test]
fn every_condition_finds_its_articles() {
    let fixture = fixture();
    seven(&fixture);
    // Numbers go up from the last of each source: 5 4 3 2 1 are stories 1 2 3 4 5, 7 6 are 6 7.
    assert_eq!(fixture.found(""), [5, 4, 3, 2, 1, 7, 6]);
    assert_eq!(fixture.found("tag:AZERBAIJAN"), [5, 2]);
    assert_eq!(fixture.found("tag:news -tag:georgia"), [5, 6]);
    assert_eq!(fixture.found("tag:georgia or tag:armenia"), [4, 3, 7]);
    assert_eq!(fixture.found("outlet:\"evening post\""), [7, 6]);
    assert_eq!(fixture.found("group:region is:full"), [7]);
    assert_eq!(fixture.found("lang:de"), [7]);
    assert_eq!(fixture.found("-is:full"), [6]);
    assert_eq!(fixture.found("erdogan"), [5]);
    assert_eq!(fixture.found("\"met in baku\""), [5]);
    assert_eq!(fixture.found("metr*"), [3, 2]);
    assert_eq!(fixture.found("title:baku"), [2]);
    assert_eq!(fixture.found("baku -title:metro"), [5]);
    assert_eq!(fixture.found("author:nino 京で会"), [1]);
    assert_eq!(fixture.found("東京"), [1]);
    assert_eq!(fixture.found("court or gericht"), [4, 7]);
    assert_eq!(fixture.found("(court or lang:de) -is:starred"), [4, 7]);
    assert_eq!(fixture.found("-baku outlet:\"morning herald\""), [4, 3, 1]);
    assert_eq!(fixture.found("since:4h before:1h"), [4, 3, 2]);
    for nothing in [
        "tag:none",
        "outlet:none",
        "is:starred",
        "is:changed",
        "zzz",
        "group:none",
        "is:read",
    ] {
        assert_eq!(fixture.found(nothing), [0i64; 0], "{nothing}");
    }
}

#[test]
fn nothing_typed_is_syntax_to_the_index() {
    let fixture = fixture();
    seven(&fixture);
    let hostile = [
        "AND",
        "NOT",
        "NEAR(",
        "near/2",
        "title:",
        "col : x",
        "*",
        "^baku",
        "a*b",
        "\"",
        "'",
        "''",
        ";",
        "--",
        "\0",
        "baku\0",
        "x\0\"y",
        "{title}",
        "+",
        "baku + metro",
        "%",
        "_",
        "\\",
        "🎉",
        "\u{202e}baku",
        "(",
        ")",
        "a\"\"b",
        "DROP TABLE search",
        "' OR 1=1 --",
        "\u{300}",
        "ﬁ",
        "-",
        "−1",
    ];
    for text in hostile {
        for (field, prefix) in [
            (newsprint_model::query::Field::Any, false),
            (newsprint_model::query::Field::Title, true),
            (newsprint_model::query::Field::Author, true),
        ] {
            let words = text.to_owned();
            let expr = newsprint_model::query::Expr::Text(newsprint_model::query::Text {
                field,
                words,
                prefix,
            });
            let list = List::live(&expr.clone().into(), at(0));
            fixture.store.search(&list, 0, 10).unwrap();
            fixture
                .store
                .counts(&List::live(&expr.negated().into(), at(0)))
                .unwrap();
        }
        for query in [
            Query::default().and_tag(text),
            Query::default().with_outlet(text),
            Query::from(Expr::Group(text.to_owned())),
        ] {
            assert_eq!(
                fixture.store.counts(&List::live(&query, at(0))).unwrap(),
                Counts::default()
            );
        }
        fixture.store.resolve(text).unwrap();
        fixture.herald(vec![story(50, text, text, &[text])]);
    }
}

#[test]
fn a_fixed_list_stays_as_it_was() {
    let fixture = fixture();
    seven(&fixture);
    let store = &fixture.store;
    let (all, unread) = (fixture.fixed(""), fixture.fixed("is:unread"));
    let (news, herald) = (
        fixture.fixed("tag:news"),
        fixture.fixed("outlet:\"morning herald\""),
    );
    let mixed = fixture.fixed("is:unread tag:news");
    assert_eq!(
        store
            .mark(&[ArticleId(5), ArticleId(1), ArticleId(99)], Mark::Read)
            .unwrap(),
        2
    );
    fixture.herald(vec![story(0, "Fresh", "new text", &["News"])]);
    assert_eq!(fixture.ids(&all), [5, 4, 3, 2, 1, 7, 6]);
    assert_eq!(fixture.ids(&unread), [5, 4, 3, 2, 1, 7, 6]);
    assert_eq!(fixture.ids(&news), [5, 4, 6]);
    assert_eq!(fixture.ids(&herald), [5, 4, 3, 2, 1]);
    assert_eq!(fixture.ids(&mixed), [5, 4, 6]);
    assert_eq!(fixture.found("is:unread"), [8, 4, 3, 2, 7, 6]);
    assert_eq!(
        store.counts(&unread).unwrap(),
        Counts {
            total: 7,
            unread: 5
        }
    );
    // There and back again, and to the other side: what held at the moment counts.
    store.mark(&[ArticleId(5)], Mark::Unread).unwrap();
    store.mark(&[ArticleId(4)], Mark::Read).unwrap();
    store.mark(&[ArticleId(4)], Mark::Unread).unwrap();
    store.mark(&[ArticleId(4)], Mark::Read).unwrap();
    assert_eq!(fixture.ids(&unread), [5, 4, 3, 2, 1, 7, 6]);
    assert_eq!(fixture.ids(&mixed), [5, 4, 6]);
    let starred = fixture.fixed("is:starred");
    store.mark(&[ArticleId(3)], Mark::Star).unwrap();
    assert_eq!(fixture.ids(&starred), [0i64; 0]);
    assert_eq!(fixture.found("is:starred"), [3]);
    // Marking the list marks what it showed and nothing that came later.
    assert_eq!(store.mark_list(&unread, Mark::Read).unwrap(), 5);
    assert_eq!(fixture.found("is:unread"), [8]);
    assert_eq!(fixture.ids(&unread), [5, 4, 3, 2, 1, 7, 6]);
}

#[test]
fn every_change_of_marks_is_undone_step_by_step_over_restarts() {
    let Fixture { folder, store } = fixture();
    let fixture = Fixture { folder, store };
    seven(&fixture);
    let path = fixture.store.path().to_owned();
    let list = fixture.live("tag:news");
    assert_eq!(fixture.store.mark_list(&list, Mark::Read).unwrap(), 3);
    for n in 0..70 {
        let mark = if n % 2 == 0 { Mark::Star } else { Mark::Unstar };
        assert_eq!(fixture.store.mark(&[ArticleId(2)], mark).unwrap(), 1);
    }
    assert_eq!(
        fixture.store.mark(&[ArticleId(2)], Mark::Unstar).unwrap(),
        0
    );
    let Fixture { folder, store } = fixture;
    drop(store);
    let store = Store::open(&path).unwrap();
    for n in 0..70 {
        let undone = store.undo().unwrap().unwrap();
        let mark = if n % 2 == 0 { Mark::Unstar } else { Mark::Star };
        assert_eq!(
            (undone.mark, undone.articles, undone.first),
            (mark, 1, Some(ArticleId(2)))
        );
    }
    let fixture = Fixture { folder, store };
    assert_eq!(fixture.found("is:read"), [5, 4, 6]);
    assert_eq!(fixture.store.undo().unwrap().unwrap().articles, 3);
    assert_eq!(fixture.found("is:read"), [0i64; 0]);
    assert_eq!(fixture.store.undo().unwrap(), None);
}

#[test]
fn the_same_story_is_one_article() {
    let fixture = fixture();
    let one = story(1, "Title", "Some text.", &[]);
    let mut twice = one.clone();
    twice.guid = Some("another".to_owned());
    twice.url = "http://www.morning-herald.example/1/#top".to_owned();
    assert_eq!(fixture.herald(vec![one.clone(), twice.clone()]).new, 1);
    assert_eq!(
        fixture.herald(vec![twice, one.clone()]),
        Ingested::default()
    );
    // One guid at two addresses is two stories.
    let mut other = story(2, "Another title", "Other text.", &[]);
    other.guid = one.guid.clone();
    assert_eq!(fixture.herald(vec![other]).new, 1);
    // The same story at a new address is the old one.
    let mut moved = story(3, "Third", "Third text.", &[]);
    fixture.herald(vec![moved.clone()]);
    moved.url = "https://morning-herald.example/moved".to_owned();
    assert_eq!(fixture.herald(vec![moved]).new, 0);
    let id = fixture
        .store
        .resolve("https://morning-herald.example/moved")
        .unwrap();
    assert_eq!(
        id,
        fixture
            .store
            .resolve("https://morning-herald.example/3")
            .unwrap()
    );
    assert_eq!(
        fixture
            .store
            .article(id.unwrap())
            .unwrap()
            .unwrap()
            .headline
            .url,
        "https://morning-herald.example/moved"
    );
    // What has no address and no guid is known by its title.
    let bare = Incoming {
        title: "Bare".to_owned(),
        ..Incoming::default()
    };
    assert_eq!(fixture.herald(vec![bare.clone()]).new, 1);
    assert_eq!(fixture.herald(vec![bare]).new, 0);
}

#[test]
fn a_text_that_changed_is_kept_as_a_revision() {
    let fixture = fixture();
    let first = story(1, "Title", "The court said yes.", &["News"]);
    fixture.herald(vec![first.clone()]);
    let id = ArticleId(1);
    let mut trivial = first.clone();
    trivial.body = "<p>The court  said: <em>yes</em></p>".to_owned();
    trivial.search_text = "The court  said: yes".to_owned();
    assert_eq!(fixture.herald(vec![trivial]).changed, 0);
    let mut changed = first.clone();
    changed.body = "<p>The court said no.</p>".to_owned();
    changed.search_text = "The court said no.".to_owned();
    changed.tags = vec!["Courts".to_owned(), "News".to_owned()];
    assert_eq!(fixture.herald(vec![changed.clone()]).changed, 1);
    let article = fixture.store.article(id).unwrap().unwrap();
    assert!(article.headline.changed);
    assert_eq!(article.headline.tags, ["Courts", "News"]);
    assert_eq!(
        (article.body.as_str(), article.revisions),
        ("<p>The court said no.</p>", 1)
    );
    assert_eq!(
        fixture.store.revisions(id).unwrap()[0].body,
        "<p>The court said yes.</p>"
    );
    assert_eq!(
        (fixture.found("yes"), fixture.found("tag:courts no")),
        (vec![], vec![1])
    );
    assert_eq!(fixture.found("is:changed"), [1]);
    // A teaser never replaces the text, nor what the page said.
    let mut teaser = story(1, "Title – Morning Herald", "The court", &["Law"]);
    teaser.text = TextState::Excerpt;
    assert_eq!(fixture.herald(vec![teaser]).changed, 0);
    let article = fixture.store.article(id).unwrap().unwrap();
    assert_eq!(
        (article.body.as_str(), article.headline.text),
        ("<p>The court said no.</p>", TextState::Full)
    );
    assert_eq!(
        (article.headline.title.as_str(), article.headline.tags.len()),
        ("Title", 3)
    );
    assert_eq!(fixture.found("law no"), [1]);
    // A new title of the whole article is a change too.
    changed.title = "Another title".to_owned();
    assert_eq!(fixture.herald(vec![changed]).changed, 1);
    assert_eq!(fixture.store.revisions(id).unwrap()[0].title, "Title");
}

/// A live blog: a longer text every ten minutes for three days, then a short one.
#[test]
fn a_text_that_changes_all_the_time_keeps_its_first_and_its_latest_forms() {
    let fixture = fixture();
    let id = ArticleId(1);
    let text = |n: i64| (0..=n).map(|n| format!("Minute {n}. ")).collect::<String>();
    let publish = |n: i64, text: &str| {
        let blog = story(1, "Live", text, &[]);
        fixture.take_at(at(n * 600), "Morning Herald", vec![blog])
    };
    for n in 0..=432 {
        publish(n, &text(n));
    }
    let kept = fixture.store.revisions(id).unwrap();
    assert!((20..=25).contains(&kept.len()), "{}", kept.len());
    assert_eq!(kept.last().unwrap().body, "<p>Minute 0. </p>");
    // One an hour: the latest text that was kept is no older than that.
    let newest = &kept[0].body;
    assert!(
        (425..432).any(|n| newest.ends_with(&format!("Minute {n}. </p>"))),
        "{newest}"
    );
    // What would be lost is kept, however short a time it stood.
    publish(433, "The page is being rebuilt.");
    let kept = fixture.store.revisions(id).unwrap();
    assert!(kept[0].body.ends_with("Minute 432. </p>"));
    assert_eq!(kept.last().unwrap().body, "<p>Minute 0. </p>");
}

/// Each revision takes the room of what differs from the one before it.
#[test]
fn many_small_changes_take_little_room_and_are_all_there() {
    let fixture = fixture();
    let id = ArticleId(1);
    let words: String = (0..600i64)
        .map(|n| format!("{} ", n * n * 7919 % 10_007))
        .collect();
    let text = |hour: i64| format!("At {hour} o'clock. {words} That was {}.", hour * 31);
    let mut largest = 0;
    for hour in 0..60 {
        fixture.take_at(
            at(hour * 7200),
            "Morning Herald",
            vec![story(1, "Live", &text(hour), &[])],
        );
        let conn = &fixture.store.conn;
        let bytes = "SELECT coalesce(sum(length(html)), 0) FROM revisions";
        let bytes: i64 = conn.query_row(bytes, [], |row| row.get(0)).unwrap();
        let one: i64 = conn
            .query_row("SELECT length(html) FROM bodies", [], |row| row.get(0))
            .unwrap();
        largest = largest.max(bytes / one);
        let kept = fixture.store.revisions(id).unwrap();
        let mut wanted: Vec<i64> = (0..hour).rev().take(24).collect();
        wanted.extend((hour > 24).then_some(0));
        let wanted: Vec<String> = wanted
            .iter()
            .map(|hour| format!("<p>{}</p>", text(*hour)))
            .collect();
        let kept: Vec<String> = kept.into_iter().map(|revision| revision.body).collect();
        assert_eq!(kept, wanted, "hour {hour}");
    }
    assert!(largest < 3, "{largest} times the text");
}

#[test]
fn a_teaser_becomes_the_whole_text() {
    let fixture = fixture();
    let mut teaser = story(1, "Title", "The court", &[]);
    teaser.text = TextState::Excerpt;
    fixture.herald(vec![teaser]);
    let full = story(1, "The whole title", "The court said yes.", &["News"]);
    let done = fixture.herald(vec![full]);
    assert_eq!(
        done,
        Ingested {
            filled: 1,
            full_text: 1,
            ..Ingested::default()
        }
    );
    let article = fixture.store.article(ArticleId(1)).unwrap().unwrap();
    assert_eq!((article.headline.changed, article.revisions), (false, 0));
    assert_eq!(article.headline.title, "The whole title");
    assert_eq!(fixture.found("tag:news yes is:full"), [1]);
}

#[test]
fn the_free_part_of_a_page_is_no_change_of_the_feeds_teaser() {
    let fixture = fixture();
    let mut teaser = story(1, "Title", "The court", &[]);
    teaser.text = TextState::Excerpt;
    fixture.herald(vec![teaser]);
    let free = |text: &str| {
        let mut page = story(1, "Title", text, &[]);
        page.text = TextState::Excerpt;
        page.partial = Some(newsprint_model::Partial::Paywall);
        page
    };
    let first = free("The court met on Monday.");
    let done = fixture.herald(vec![first]);
    assert_eq!(done.changed, 0);
    let article = fixture.store.article(ArticleId(1)).unwrap().unwrap();
    assert!(!article.headline.changed);
    assert!(article.body.contains("met on Monday"));
    // Another free part of the same page is a change by the outlet.
    let second = free("The court met on Tuesday after all.");
    let done = fixture.herald(vec![second]);
    assert_eq!(done.changed, 1);
}

/// A tag of one's own says as much as a star: the article is to be found again.
#[test]
fn pruning_spares_what_was_tagged_by_hand() {
    let fixture = fixture();
    seven(&fixture);
    let later = ["later".to_owned()];
    let store = &fixture.store;
    store.give_tags(&[ArticleId(1)], &later, &[]).unwrap();
    let (count, days) = (Some(2), Some(30));
    let few = Keep { count, days: None };
    let young = Keep { count: None, days };
    let going = store.would_prune("Morning Herald", few, at(0)).unwrap();
    assert_eq!(going, 2);
    store.prune("Morning Herald", few, at(0)).unwrap();
    assert_eq!(fixture.found(""), [5, 4, 1, 7, 6]);
    store.prune("Morning Herald", young, at(40 * DAY)).unwrap();
    assert_eq!(fixture.found(""), [1, 7, 6]);
    assert_eq!(store.forget("Morning Herald").unwrap(), 0);
    assert_eq!(fixture.found("tag:later"), [1]);
    // Untagged, it goes like any other.
    store.give_tags(&[ArticleId(1)], &[], &later).unwrap();
    assert_eq!(store.forget("Morning Herald").unwrap(), 1);
}

#[test]
fn pruning_spares_stars_and_does_not_take_in_again() {
    let fixture = fixture();
    seven(&fixture);
    fixture.store.mark(&[ArticleId(1)], Mark::Star).unwrap();
    let keep = Keep {
        count: Some(2),
        days: None,
    };
    assert_eq!(
        fixture.store.prune("Morning Herald", keep, at(0)).unwrap(),
        2
    );
    assert_eq!(fixture.found(""), [5, 4, 1, 7, 6]);
    assert_eq!(fixture.found("yerevan"), [0i64; 0]);
    let again = story(
        3,
        "Yerevan metro grows",
        "A new line, said the mayor.",
        &["Armenia"],
    );
    let same = Identity {
        guid: again.guid.as_deref(),
        url: &again.url,
        title: &again.title,
        published: again.published,
    };
    assert_eq!(
        fixture.store.known("Morning Herald", &[same]).unwrap()[0]
            .unwrap()
            .id,
        None
    );
    assert_eq!(fixture.herald(vec![again]).new, 0);
    let keep = Keep {
        days: Some(30),
        count: None,
    };
    assert_eq!(
        fixture
            .store
            .prune("Morning Herald", keep, at(20 * DAY))
            .unwrap(),
        0
    );
    assert_eq!(
        fixture
            .store
            .prune("Morning Herald", keep, at(40 * DAY))
            .unwrap(),
        2
    );
    assert_eq!(fixture.store.forget("Évening Post").unwrap(), 2);
    assert_eq!(fixture.found(""), [1]);
}

#[test]
fn an_outlet_that_is_renamed_or_removed_keeps_its_articles() {
    let fixture = fixture();
    seven(&fixture);
    let mut renamed = outlet("Morning Herald");
    renamed.name = "The Herald".to_owned();
    fixture.store.sync_outlets(&[renamed]).unwrap();
    assert_eq!(fixture.found("outlet:\"the herald\"").len(), 5);
    assert_eq!(fixture.found("").len(), 7);
    let health = fixture.store.health().unwrap();
    assert_eq!(
        (health.len(), health[0].counts),
        (
            1,
            Counts {
                total: 5,
                unread: 5
            }
        )
    );
    assert!(matches!(
        fixture.store.ingest("nobody", &Update::default(), at(0)),
        Err(StoreError::NoOutlet(_))
    ));
}

#[test]
fn what_was_learned_of_an_address_is_not_kept_for_another() {
    let fixture = fixture();
    let old = fixture.store.source_state("Morning Herald").unwrap();
    let learned = SourceState {
        etag: Some(b"\"old\"".to_vec()),
        ..old
    };
    let mut moved = outlet("Morning Herald");
    moved.url = "https://herald.example/new".to_owned();
    fixture.store.sync_outlets(&[moved.clone()]).unwrap();
    let update = Update {
        state: Some(learned.clone()),
        repeats: Some(vec![1]),
        articles: vec![story(1, "One", "text", &[]).pack()],
        ..Update::default()
    };
    let name = "Morning Herald";
    assert_eq!(fixture.store.ingest(name, &update, at(0)).unwrap().new, 1);
    let gone = ("Gone".to_owned(), learned.clone());
    let notes = [gone, (name.to_owned(), learned)];
    fixture.store.set_source_states(&notes).unwrap();
    let fresh = SourceState {
        home: moved.url,
        ..SourceState::default()
    };
    assert_eq!(fixture.store.source_state(name).unwrap(), fresh);
    assert_eq!(fixture.store.repeats(name).unwrap(), None);
}

#[test]
fn what_is_known_of_a_source_comes_back_byte_for_byte() {
    let fixture = fixture();
    let state = SourceState {
        home: outlet("Morning Herald").url,
        source: Some(newsprint_model::Source::Feed(
            "https://morning-herald.example/rss".to_owned(),
        )),
        etag: Some(b"W/\"\xff\x01\"".to_vec()),
        last_modified: Some(b"Sat, 01 Jun 2024 10:00:00 GMT".to_vec()),
        next_fetch: Some(at(60)),
        retry_after: Some(at(90)),
        last_attempt: Some(at(1)),
        last_success: Some(at(2)),
        failures: 3,
        failing_since: Some(at(3)),
        last_error: Some("no answer".to_owned()),
        status: Some(503),
        stopped: Some("gone".to_owned()),
        notes: vec!["One entry was left out.".to_owned()],
        extra: "{\"tried\":1}".to_owned(),
    };
    let update = Update {
        state: Some(state.clone()),
        repeats: Some(vec![1, 2, 3]),
        articles: Vec::new(),
        ..Update::default()
    };
    fixture
        .store
        .ingest("Morning Herald", &update, at(0))
        .unwrap();
    assert_eq!(fixture.store.source_state("Morning Herald").unwrap(), state);
    let other = &fixture.store.source_states().unwrap()["Évening Post"];
    assert_eq!(
        *other,
        SourceState {
            home: other.home.clone(),
            ..SourceState::default()
        }
    );
    assert_eq!(
        fixture.store.repeats("Morning Herald").unwrap(),
        Some(vec![1, 2, 3])
    );
    let health = &fixture.store.health().unwrap()[0];
    assert_eq!(
        (health.status, health.next_fetch),
        (Some(503), Some(at(90)))
    );
    fixture.store.set_memo("robots example.org", b"x").unwrap();
    assert_eq!(
        fixture.store.memo("robots example.org").unwrap(),
        Some(b"x".to_vec())
    );
}

#[test]
fn better_matches_come_first() {
    let fixture = fixture();
    fixture.herald(vec![
        story(
            1,
            "Something else",
            "The harbour is mentioned here, once, among many other words.",
            &[],
        ),
        story(2, "Tagged", "Text of its own.", &["Harbour"]),
        story(900, "Harbour opens", "Long ago.", &[]),
        story(3, "Harbour closes", "Just now.", &[]),
    ]);
    let hits = fixture
        .store
        .search(&fixture.live("harbour"), 0, 10)
        .unwrap();
    let titles: Vec<&str> = hits.iter().map(|hit| hit.headline.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Harbour closes",
            "Harbour opens",
            "Tagged",
            "Something else"
        ]
    );
    assert_eq!(hits[0].body, "<p>Just now.</p>");
    let rest = fixture
        .store
        .search(&fixture.live("harbour"), 3, 10)
        .unwrap();
    assert_eq!(rest, hits[3..]);
    assert!(
        fixture
            .store
            .search(&fixture.live("harbour"), 9, 10)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn articles_without_a_date_keep_the_sources_order() {
    let fixture = fixture();
    let stories = (1..=4)
        .map(|n| Incoming {
            published: None,
            ..story(n, &format!("Story {n}"), "text", &[])
        })
        .collect();
    fixture.herald(stories);
    let page = fixture
        .store
        .headlines(&fixture.live(""), At::Top, 10)
        .unwrap();
    let titles: Vec<&str> = page
        .iter()
        .map(|headline| headline.title.as_str())
        .collect();
    assert_eq!(titles, ["Story 1", "Story 2", "Story 3", "Story 4"]);
    // A date in the future does not hold the top of the list for ever.
    let mut future = story(-5_000, "From the future", "text", &[]);
    future.guid = None;
    fixture.herald(vec![future]);
    assert_eq!(
        fixture
            .store
            .headlines(&fixture.live(""), At::Top, 1)
            .unwrap()[0]
            .sort,
        at(0).as_microsecond()
    );
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let fixture = fixture();
    seven(&fixture);
    let pages: i64 = fixture
        .store
        .conn
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    // SQLite answers as it does when the file system has no room.
    fixture
        .store
        .conn
        .query_row(
            &format!("PRAGMA max_page_count = {}", pages + 2),
            [],
            |_| Ok(()),
        )
        .unwrap();
    let mut random = fastrand::Rng::with_seed(5);
    let stories = (100..140)
        .map(|n| {
            let noise: String = (0..4_000).map(|_| random.alphanumeric()).collect();
            story(n, "Large", &noise, &["Room"])
        })
        .map(Incoming::pack)
        .collect();
    let update = Update {
        articles: stories,
        ..Update::default()
    };
    let full = fixture.store.ingest("Morning Herald", &update, at(0));
    assert!(matches!(full, Err(StoreError::Full)), "{full:?}");
    assert_eq!(fixture.found(""), [5, 4, 3, 2, 1, 7, 6]);
    assert_eq!(fixture.found("tag:room"), [0i64; 0]);
    assert_eq!(fixture.store.check().unwrap(), Vec::<String>::new());
}

/// What a query means, said in the plainest way.
fn means(expr: &Expr, headline: &newsprint_model::Headline, text: &str) -> bool {
    let has = |field: &str, words: &str, prefix: bool| {
        field.split(|c: char| !c.is_alphanumeric()).any(|word| {
            let word = fold(word);
            if prefix {
                word.starts_with(&fold(words))
            } else {
                word == fold(words)
            }
        })
    };
    match expr {
        Expr::And(parts) => parts.iter().all(|part| means(part, headline, text)),
        Expr::Or(parts) => parts.iter().any(|part| means(part, headline, text)),
        Expr::Not(inner) => !means(inner, headline, text),
        Expr::Text(words) => {
            let fields = match words.field {
                Field::Any => [
                    headline.title.as_str(),
                    text,
                    &headline.tags.join(" "),
                    &headline.author,
                ]
                .join(" "),
                Field::Title => headline.title.clone(),
                Field::Author => headline.author.clone(),
            };
            has(&fields, &words.words, words.prefix)
        }
        Expr::Tag(name) => headline.tags.iter().any(|tag| fold(tag) == fold(name)),
        Expr::Outlet(name) => fold(&headline.outlet) == fold(name),
        Expr::Group(_) => headline.outlet == "Évening Post",
        Expr::Account(_) => false,
        Expr::Lang(code) => headline.lang == *code,
        Expr::Has(_) | Expr::Is(Is::Copy) => false,
        // All are alone.
        Expr::Story(id) => headline.id.0 == *id,
        Expr::Outlets(compare, count) => compare.holds(1, *count),
        Expr::Is(Is::Unread) => !headline.read,
        Expr::Is(Is::Read) => headline.read,
        Expr::Is(Is::Starred) => headline.starred,
        Expr::Is(Is::Changed) => headline.changed,
        Expr::Is(Is::Full) => headline.text == TextState::Full,
        Expr::Since(when) => {
            headline.sort
                >= when
                    .moment(at(0), &jiff::tz::TimeZone::UTC)
                    .as_microsecond()
        }
        Expr::Before(when) => {
            headline.sort
                < when
                    .moment(at(0), &jiff::tz::TimeZone::UTC)
                    .as_microsecond()
        }
    }
}

struct Dice(fastrand::Rng);

impl Dice {
    const WORDS: [&str; 6] = ["court", "Metro", "bakü", "oil", "said", "rare"];
    const TAGS: [&str; 4] = ["News", "Georgia", "Oil", "Rare"];

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.0.usize(..from.len())]
    }

    fn expr(&mut self, depth: u32) -> Expr {
        if depth > 0 && self.0.u8(..3) > 0 {
            let parts: Vec<Expr> = (0..self.0.usize(1..4))
                .map(|_| self.expr(depth - 1))
                .collect();
            return match self.0.u8(..5) {
                0 | 1 => Expr::any(parts).unwrap(),
                2 => Expr::all(parts).unwrap().negated(),
                _ => Expr::all(parts).unwrap(),
            };
        }
        match self.0.u8(..12) {
            0..=3 => Expr::Text(newsprint_model::query::Text {
                field: self.pick(&[Field::Any, Field::Any, Field::Title, Field::Author]),
                words: self.pick(&Self::WORDS).to_owned(),
                prefix: self.0.u8(..4) == 0,
            }),
            4 | 5 => Expr::Tag(self.pick(&Self::TAGS).to_uppercase()),
            6 => Expr::Outlet(
                self.pick(&["morning herald", "EVENING POST", "none"])
                    .to_owned(),
            ),
            7 => Expr::Group("region".to_owned()),
            8 => Expr::Lang(self.pick(&["en", "de"]).to_owned()),
            9 => Expr::Since(When::Ago(self.0.i64(..40 * 3_600))),
            10 => Expr::Before(When::Ago(self.0.i64(..40 * 3_600))),
            _ => Expr::Is(self.pick(&Is::ALL)),
        }
    }

    fn story(&mut self, n: i64) -> Incoming {
        let text: Vec<&str> = (0..self.0.usize(1..4))
            .map(|_| self.pick(&Self::WORDS[..5]))
            .collect();
        let title: Vec<&str> = (0..self.0.usize(1..3))
            .map(|_| self.pick(&Self::WORDS))
            .collect();
        let tags: Vec<&str> = (0..self.0.usize(..3))
            .map(|_| self.pick(&Self::TAGS))
            .collect();
        Incoming {
            // Several share a date.
            published: Some(at(-(n / 3) * 3_600)),
            lang: self.pick(&["en", "de", ""]).to_owned(),
            author: self.pick(&["Nino Court", "Said Metro", ""]).to_owned(),
            text: self.pick(&[TextState::Full, TextState::Excerpt]),
            ..story(n, &title.join(" "), &text.join(" "), &tags)
        }
    }
}

#[test]
fn random_queries_mean_what_they_say_whatever_is_marked_meanwhile() {
    let fixture = fixture();
    let store = &fixture.store;
    let mut dice = Dice(fastrand::Rng::with_seed(11));
    let mut next = 1;
    let mut texts = std::collections::HashMap::new();
    for round in 0..60 {
        for outlet in ["Morning Herald", "Évening Post"] {
            let mut stories: Vec<Incoming> =
                (0..dice.0.i64(..4)).map(|n| dice.story(next + n)).collect();
            next += stories.len() as i64;
            for story in &mut stories {
                story.url = format!("https://{}/{}", fold(outlet).replace(' ', "-"), story.print);
                texts.insert(story.url.clone(), story.search_text.clone());
            }
            fixture.take(outlet, stories);
        }
        let all = store.headlines(&fixture.live(""), At::Top, 1_000).unwrap();
        let queries: Vec<Query> = (0..5)
            .map(|_| dice.expr(3).into())
            .chain([
                Query::default().with_is(Is::Unread),
                Query::default().with_is(Is::Starred),
            ])
            .collect();
        let lists: Vec<(List, Vec<i64>)> = queries
            .iter()
            .map(|query| {
                let expr = query.expr.as_ref().unwrap();
                let means = |headline: &&newsprint_model::Headline| {
                    means(expr, headline, &texts[&headline.url])
                };
                let ids: Vec<i64> = all
                    .iter()
                    .filter(means)
                    .map(|headline| headline.id.0)
                    .collect();
                (List::fixed(query, at(0), store.now().unwrap()), ids)
            })
            .collect();
        for (list, ids) in &lists {
            // Tags are counted in the walk that finds the articles, or in one of their own.
            if dice.0.bool() {
                store.tags(list).unwrap();
                store.tags(&List::live(&list.query, at(0))).unwrap();
            }
            assert_eq!(
                fixture.ids(&List::live(&list.query, at(0))),
                *ids,
                "{}",
                list.query
            );
            let mut hits: Vec<i64> = Vec::new();
            loop {
                let page = store.search(list, hits.len() as u64, 5).unwrap();
                if page.is_empty() {
                    break;
                }
                hits.extend(page.iter().map(|hit| hit.headline.id.0));
            }
            hits.sort_unstable();
            let mut sorted = ids.clone();
            sorted.sort_unstable();
            assert_eq!(hits, sorted, "{}", list.query);
        }
        // Things happen; the lists that were fixed before stay as they were.
        for _ in 0..dice.0.u32(1..6) {
            let mark = dice.pick(&[Mark::Read, Mark::Unread, Mark::Star, Mark::Unstar]);
            match dice.0.u8(..8) {
                0 => drop(store.mark_list(&lists[0].0, mark).unwrap()),
                1 => drop(store.undo().unwrap()),
                _ => drop(
                    store
                        .mark(&[ArticleId(dice.0.i64(1..next + 1))], mark)
                        .unwrap(),
                ),
            }
        }
        let late = dice.story(next);
        texts.insert(late.url.clone(), late.search_text.clone());
        next += 1;
        fixture.herald(vec![late]);
        for (list, ids) in &lists {
            assert_eq!(fixture.ids(list), *ids, "round {round}: {}", list.query);
        }
    }
}

/// What a later version might want: a column with a value for what is there, and an index.
const SECOND: &str = "
    ALTER TABLE articles ADD COLUMN shelf TEXT NOT NULL DEFAULT '';
    UPDATE articles SET shelf = 'old ' || title;
    CREATE INDEX by_shelf ON articles (shelf);
";

/// A store of the first version with seven articles and some marks, closed; and its list.
fn of_the_first_version() -> (TempDir, std::path::PathBuf, Vec<i64>) {
    let fixture = fixture();
    seven(&fixture);
    fixture
        .store
        .mark(&[ArticleId(2), ArticleId(5)], Mark::Read)
        .unwrap();
    fixture.store.mark(&[ArticleId(3)], Mark::Star).unwrap();
    let all = fixture.found("");
    let path = fixture.store.path().to_owned();
    drop(fixture.store);
    (fixture.folder, path, all)
}

#[test]
fn an_older_store_is_brought_up_to_date_and_keeps_everything() {
    let (_folder, path, all) = of_the_first_version();
    let steps = [migrations::MIGRATIONS, &[SECOND]].concat();
    // Several may open it at once, as cron and the reader do; it is done once.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| drop(open::open_as(&path, &steps).unwrap()));
        }
    });
    let store = open::open_as(&path, &steps).unwrap();
    let shelf: String = store
        .conn
        .query_row("SELECT shelf FROM articles WHERE id = 3", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert!(shelf.starts_with("old "), "{shelf}");
    let ids = |query: &str| -> Vec<i64> {
        let list = List::live(&parse(query).unwrap(), at(0));
        let headlines = store.headlines(&list, At::Top, 100).unwrap();
        headlines.iter().map(|headline| headline.id.0).collect()
    };
    assert_eq!(ids(""), all);
    assert_eq!((ids("is:read").len(), ids("is:starred")), (2, vec![3]));
    assert!(store.undo().unwrap().is_some());
    // From now on the program that knows one version alone refuses it, and changes nothing.
    drop(store);
    let bytes = std::fs::read(&path).unwrap();
    assert!(matches!(
        Store::open(&path),
        Err(StoreError::Newer { found, known, .. }) if (found, known) == (steps.len() as i64, steps.len() as i64 - 1)
    ));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_step_that_fails_leaves_an_older_store_as_it_was() {
    let (folder, path, all) = of_the_first_version();
    let bytes = std::fs::read(&path).unwrap();
    // The first of the two steps succeeds, and half of the second.
    for broken in [
        "CREATE TABLE shelves (name TEXT); INSERT INTO no_such_table VALUES (1);",
        "CREATE UNIQUE INDEX once ON places (outlet);",
    ] {
        let steps = [migrations::MIGRATIONS, &[SECOND, broken]].concat();
        let why = open::open_as(&path, &steps).unwrap_err().to_string();
        assert!(why.contains("could not be brought up to date"), "{why}");
        assert!(why.contains("it is as it was"), "{why}");
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
    let store = Store::open(&path).unwrap();
    let list = List::live(&parse("").unwrap(), at(0));
    let headlines = store.headlines(&list, At::Top, 100).unwrap();
    let ids: Vec<i64> = headlines.iter().map(|headline| headline.id.0).collect();
    assert_eq!(ids, all);
    assert!(store.rescued().is_none());
    drop((store, folder));
}

/// Interrupts a rescue after so many steps, as a kill would; whether it was done by then.
fn ends_after(steps: u32, rescue: impl FnOnce() -> super::Result<Store>) -> bool {
    recovery::STEPS.set(Some(steps));
    let rescued = rescue();
    recovery::STEPS.set(None);
    assert!(
        matches!(rescued, Ok(_) | Err(StoreError::Interrupted)),
        "after {steps} steps: {rescued:?}"
    );
    rescued.is_ok()
}

/// A rescue that ends after any of its steps is gone on with by the next opening.
#[test]
fn a_rescue_interrupted_at_any_step_ends_with_all_marks() {
    for how in ["removed", "emptied", "damaged", "damaged, no copy"] {
        for steps in 0.. {
            let Fixture { folder, store } = fixture();
            let fixture = Fixture { folder, store };
            seven(&fixture);
            fixture.store.mark(&[ArticleId(3)], Mark::Star).unwrap();
            fixture.store.save_marks().unwrap();
            // Known to the damaged database alone.
            fixture.store.mark(&[ArticleId(2)], Mark::Star).unwrap();
            fixture.store.compact().unwrap();
            let path = fixture.store.path().to_owned();
            let Fixture { folder, store } = fixture;
            drop(store);
            let mut bytes = std::fs::read(&path).unwrap();
            match how {
                "removed" => std::fs::remove_file(&path).unwrap(),
                "emptied" => std::fs::write(&path, b"").unwrap(),
                how => {
                    // The page of the outlets' names stays, so that marks can be told.
                    let end = bytes.len();
                    bytes[end - 8_192..].fill(0xa5);
                    std::fs::write(&path, bytes).unwrap();
                    std::fs::write(folder.path().join("newsprint.db.is-damaged"), b"").unwrap();
                    if how == "damaged, no copy" {
                        std::fs::remove_file(folder.path().join("newsprint.db.marks")).unwrap();
                    }
                }
            }
            let done = ends_after(steps, || Store::open(&path));
            let fixture = Fixture {
                store: Store::open(&path).unwrap(),
                folder,
            };
            fixture
                .store
                .sync_outlets(&[outlet("Morning Herald"), outlet("Évening Post")])
                .unwrap();
            seven(&fixture);
            let starred = fixture
                .store
                .headlines(&fixture.live("is:starred"), At::Top, 9)
                .unwrap();
            let mut titles: Vec<&str> = starred.iter().map(|h| h.title.as_str()).collect();
            titles.sort_unstable();
            let expected: &[&str] = match how {
                "removed" | "emptied" => &["Yerevan metro grows"],
                _ => &["Metro in Baku", "Yerevan metro grows"],
            };
            assert_eq!(titles, expected, "{how}, interrupted after {steps} steps");
            if done {
                assert!(steps > 5, "{how}: a rescue has more steps than that");
                break;
            }
        }
    }
}

/// A tag's name that is not there is met by whoever reads an article with it; the next opening mends it.
#[test]
fn articles_whose_tag_is_lost_can_be_read_again_after_that_was_met() {
    let fixture = fixture();
    seven(&fixture);
    let lost = "DELETE FROM spellings WHERE name = 'News'";
    fixture.store.conn.execute_batch(lost).unwrap();
    let fixture = fixture.reopened();
    let read = |fixture: &Fixture| fixture.store.headlines(&fixture.live(""), At::Top, 20);
    assert!(matches!(read(&fixture), Err(StoreError::Damaged(_))));
    let fixture = fixture.reopened();
    let tags: Vec<Vec<String>> = read(&fixture)
        .unwrap()
        .into_iter()
        .map(|row| row.tags)
        .collect();
    assert_eq!(tags.len(), 7);
    assert_eq!(tags[0], ["Azerbaijan"]);
    // The outlet names it again.
    fixture.herald(vec![story(8, "Ferries", "A new ferry.", &["News"])]);
    let rows = read(&fixture).unwrap();
    let ferries = rows.iter().find(|row| row.title == "Ferries").unwrap();
    assert_eq!(ferries.tags, ["News"]);
}

/// A process was killed while it folded its log into the database, and the log was lost: pages of two times.
#[test]
fn tables_of_two_times_are_made_to_agree() {
    let fixture = fixture();
    seven(&fixture);
    fixture.store.mark(&[ArticleId(3)], Mark::Star).unwrap();
    let stale = "UPDATE state SET newest = 4, change = 0, total = 4, unread = 1;
        DELETE FROM places WHERE article = 6; DELETE FROM articles WHERE id = 7;
        UPDATE tags SET total = 0, unread = 9; UPDATE spellings SET total = 0; DELETE FROM tagged WHERE article < 4;";
    let tags = |fixture: &Fixture| {
        let tags = fixture.store.tags(&fixture.live("")).unwrap().into_iter();
        let mut tags: Vec<_> = tags.map(|tag| (tag.tag, tag.total, tag.unread)).collect();
        tags.sort();
        tags
    };
    let before = tags(&fixture);
    fixture.store.conn.execute_batch(stale).unwrap();
    let fixture = fixture.reopened();
    let shown = |fixture: &Fixture| {
        let rows = fixture.store.headlines(&fixture.live(""), At::Top, 20);
        let mut ids: Vec<i64> = rows.unwrap().iter().map(|row| row.id.0).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(shown(&fixture), [1, 2, 3, 4, 5]);
    assert_eq!(fixture.store.counts(&fixture.live("")).unwrap().total, 5);
    // What was left of two articles is no reason not to take them in again, and marks go on.
    seven(&fixture);
    assert_eq!(shown(&fixture).len(), 7);
    assert_eq!(tags(&fixture), before);
    for (name, total, _) in before {
        let listed = fixture
            .store
            .counts(&fixture.live(&format!("tag:{name:?}")));
        assert_eq!(listed.unwrap().total, total, "{name}");
    }
    assert_eq!(fixture.store.counts(&fixture.live("")).unwrap().total, 7);
    fixture.store.mark(&[ArticleId(2)], Mark::Star).unwrap();
    let starred = fixture.store.counts(&fixture.live("is:starred")).unwrap();
    assert_eq!(starred.total, 2);
    assert!(fixture.store.check().unwrap().is_empty());
}

/// The process that makes the database anew after its log was lost is killed between any two of its steps.
#[test]
fn a_lost_log_costs_no_mark_wherever_its_rescue_ends() {
    for how in ["removed", "emptied"] {
        for steps in 0.. {
            let fixture = fixture();
            seven(&fixture);
            fixture.store.compact().unwrap();
            fixture.store.mark(&[ArticleId(3)], Mark::Star).unwrap();
            fixture.store.save_marks().unwrap();
            let path = fixture.store.path().to_owned();
            let log = path.with_file_name("newsprint.db-wal");
            match how {
                "removed" => std::fs::remove_file(log).unwrap(),
                _ => std::fs::write(log, b"").unwrap(),
            }
            let done = ends_after(steps, || fixture.store.reopen().map(|(store, _)| store));
            // A killed process does not fold its log into the database.
            let keeps_log = rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
            let conn = &fixture.store.conn;
            conn.set_db_config(keeps_log, true).unwrap();
            let Fixture { folder, store } = fixture;
            drop(store);
            let store = Store::open(&path).unwrap();
            let fixture = Fixture { folder, store };
            let starred = fixture
                .store
                .headlines(&fixture.live("is:starred"), At::Top, 9)
                .unwrap();
            let titles: Vec<&str> = starred.iter().map(|h| h.title.as_str()).collect();
            assert_eq!(titles, ["Yerevan metro grows"], "{how} after {steps} steps");
            assert_eq!(fixture.store.counts(&fixture.live("")).unwrap().total, 7);
            assert!(fixture.store.check().unwrap().is_empty());
            if done {
                assert!(steps > 5, "{how}: a rescue has more steps than that");
                break;
            }
        }
    }
}

/// Articles `from..to` of the Herald, of no story that is found.
fn tell_herald(fixture: &Fixture, from: i64, to: i64) {
    let one = |n| story(n, &format!("Title {n}"), &format!("Text {n}"), &[]);
    fixture.herald((from..to).map(one).collect());
}

impl Fixture {
    /// The article of the Herald with this number.
    fn of(&self, n: i64) -> ArticleId {
        let url = format!("https://morning-herald.example/{n}");
        self.store.resolve(&url).unwrap().unwrap()
    }

    /// Places every article that waits in a story of its own, as a refresh does that finds nothing alike.
    fn place(&self) {
        let (progress, waiting) = self.store.unplaced().unwrap();
        let placed = waiting.iter().map(|id| stories::Placing {
            id: *id,
            story: StoryId(id.0),
            copy_of: None,
            profile: Vec::new(),
        });
        let batch = stories::Placements {
            placed: placed.collect(),
            last: waiting.last().copied(),
            all: true,
            ..stories::Placements::default()
        };
        let placed = self.store.place_articles(progress, &batch).unwrap();
        assert!(placed.is_some());
    }

    /// What was decided, by the numbers of the Herald's articles.
    fn decisions_by_url(&self) -> Vec<(i64, i64, bool)> {
        let number = |id: ArticleId| -> i64 {
            let url = self.store.headline(id).unwrap().unwrap().url;
            url.rsplit('/').next().unwrap().parse().unwrap()
        };
        let mut all: Vec<(i64, i64, bool)> = Vec::new();
        for (a, b, together) in self.store.decided().unwrap() {
            let (a, b) = (number(a), number(b));
            all.push((a.min(b), a.max(b), together));
        }
        all.sort_unstable();
        all
    }

    fn are_one(&self, a: i64, b: i64) -> bool {
        let story = |n| self.store.story_of(self.of(n)).unwrap();
        story(a) == story(b)
    }

    fn reopened(self) -> Fixture {
        let path = self.store.path().to_owned();
        let Fixture { folder, store } = self;
        drop(store);
        let store = Store::open(&path).unwrap();
        store
            .sync_outlets(&[outlet("Morning Herald"), outlet("Évening Post")])
            .unwrap();
        Fixture { folder, store }
    }
}

#[test]
fn what_was_decided_of_stories_outlives_the_database() {
    for how in [
        "removed",
        "emptied",
        "cut",
        "zeroed",
        "zeroed, no copy",
        "twice",
    ] {
        let fixture = fixture();
        tell_herald(&fixture, 1, 9);
        fixture.place();
        let store = &fixture.store;
        for n in 2..5 {
            assert!(store.join(fixture.of(n), fixture.of(1)).unwrap());
        }
        assert!(store.part(fixture.of(3)).unwrap());
        let decided = fixture.decisions_by_url();
        assert!(store.save_marks().unwrap() && !store.save_marks().unwrap());
        store.compact().unwrap();
        let path = store.path().to_owned();
        let Fixture { folder, store } = fixture;
        drop(store);
        let mut bytes = std::fs::read(&path).unwrap();
        let half = bytes.len() / 2;
        match how {
            "removed" | "twice" => std::fs::remove_file(&path).unwrap(),
            "emptied" => std::fs::write(&path, b"").unwrap(),
            "cut" => std::fs::write(&path, &bytes[..half]).unwrap(),
            "zeroed" => std::fs::write(&path, vec![0; bytes.len()]).unwrap(),
            _ => {
                // The last page is of no table that tells of decisions.
                let end = bytes.len();
                bytes[end - 8_192..].fill(0);
                std::fs::write(&path, bytes).unwrap();
                std::fs::write(folder.path().join("newsprint.db.is-damaged"), b"").unwrap();
                std::fs::remove_file(folder.path().join("newsprint.db.marks")).unwrap();
            }
        }
        let mut fixture = Fixture {
            store: Store::open(&path).unwrap(),
            folder,
        };
        if how == "twice" {
            // Lost again before any article is back: what waits is in the next copy.
            fixture.store.save_marks().unwrap();
            std::fs::remove_file(&path).unwrap();
            fixture = fixture.reopened();
        }
        fixture = fixture.reopened();
        assert!(fixture.store.decided().unwrap().is_empty(), "{how}");
        // In another order, and over three refreshes.
        for (from, to) in [(4, 6), (1, 3), (3, 9)] {
            let before = fixture.store.decisions().unwrap();
            tell_herald(&fixture, from, to);
            assert!(fixture.store.decisions().unwrap() > before, "{how}");
            fixture.place();
        }
        assert_eq!(fixture.decisions_by_url(), decided, "{how}");
        assert!(fixture.are_one(1, 2) && fixture.are_one(2, 4), "{how}");
        assert!(!fixture.are_one(1, 3) && !fixture.are_one(1, 5), "{how}");
        let left: i64 = fixture
            .store
            .conn
            .query_row("SELECT count(*) FROM away", [], |row| row.get(0))
            .unwrap();
        assert_eq!(left, 0, "{how}");
    }
}

#[test]
fn a_thousand_decisions_come_back_and_the_oldest_of_too_many_go() {
    let fixture = fixture();
    tell_herald(&fixture, 0, 1_001);
    for n in 1..1_001 {
        let (a, b) = (fixture.of(n - 1), fixture.of(n));
        fixture.store.decide(a, b, n % 2 == 0).unwrap();
    }
    fixture.store.save_marks().unwrap();
    let copy = fixture.folder.path().join("newsprint.db.marks");
    assert!(std::fs::metadata(&copy).unwrap().len() < 40_000);
    std::fs::remove_file(fixture.store.path()).unwrap();
    let fixture = fixture.reopened();
    tell_herald(&fixture, 0, 1_001);
    fixture.place();
    let decided = fixture.decisions_by_url();
    assert_eq!(decided.len(), 1_000);
    assert!(
        decided
            .iter()
            .all(|(a, b, together)| a + 1 == *b && *together == (b % 2 == 0))
    );
    assert!(fixture.are_one(1, 2) && !fixture.are_one(2, 3));

    let many = decided::WAITING + 50;
    let end = |n: i64| ("Nowhere".to_owned(), n);
    let pairs = (1..=many).map(|n| ((end(n), end(1 << 40 | n)), true));
    fixture.store.restore_decided(&pairs.collect()).unwrap();
    let count = |sql: &str| -> i64 {
        let counted = fixture.store.conn.query_row(sql, [], |row| row.get(0));
        counted.unwrap()
    };
    assert_eq!(
        count("SELECT count(*) FROM decided WHERE a < 0"),
        decided::WAITING
    );
    assert_eq!(count("SELECT count(*) FROM away"), decided::WAITING * 2);
    assert_eq!(count("SELECT min(key) FROM away"), 51, "the oldest went");
    assert_eq!(fixture.store.decided().unwrap().len(), 1_000);
}

#[test]
fn a_copy_with_decisions_that_a_store_has_not_is_not_written_over() {
    let decided = fixture();
    tell_herald(&decided, 1, 3);
    decided.store.join(decided.of(1), decided.of(2)).unwrap();
    decided.store.save_marks().unwrap();
    let copy = std::fs::read(decided.folder.path().join("newsprint.db.marks")).unwrap();
    for knows in [false, true] {
        let fixture = fixture();
        tell_herald(&fixture, 1, 3);
        if knows {
            fixture.store.join(fixture.of(1), fixture.of(2)).unwrap();
        }
        let path = |name: &str| fixture.folder.path().join(name);
        std::fs::write(path("newsprint.db.marks"), &copy).unwrap();
        assert!(fixture.store.save_marks().unwrap());
        assert_eq!(path("newsprint.db.marks.1").exists(), !knows);
    }
}

/// A copy of an older newsprint, which knew of no decisions, nor, before that, of servers.
#[test]
fn older_copies_of_marks_are_still_read() {
    for (magic, waiting) in [
        ("newsprint marks 1\n", &[][..]),
        ("newsprint marks 2\n", &[0][..]),
    ] {
        let fixture = fixture();
        tell_herald(&fixture, 1, 3);
        let key = encode::url_key("https://morning-herald.example/2");
        let mut plain = waiting.to_vec();
        plain.push(14);
        plain.extend(b"Morning Herald");
        plain.push(1);
        plain.extend(key.to_le_bytes());
        plain.push(0b10);
        let sum = plain.iter().fold(0u64, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(*byte) + 1)
        });
        let mut file = magic.as_bytes().to_vec();
        file.extend(sum.to_le_bytes());
        file.extend(zstd::bulk::compress(&plain, 3).unwrap());
        std::fs::write(fixture.folder.path().join("newsprint.db.marks"), file).unwrap();
        std::fs::remove_file(fixture.store.path()).unwrap();
        let fixture = fixture.reopened();
        tell_herald(&fixture, 1, 3);
        assert_eq!(fixture.titles("is:starred"), ["Title 2"], "{magic}");
    }
}

#[test]
fn what_was_decided_of_a_pruned_article_waits_for_it() {
    let fixture = fixture();
    tell_herald(&fixture, 1, 6);
    fixture.place();
    let store = &fixture.store;
    for n in [2, 4, 5] {
        assert!(store.join(fixture.of(n), fixture.of(1)).unwrap());
    }
    assert!(store.part(fixture.of(4)).unwrap());
    let decided = fixture.decisions_by_url();
    // The oldest two go: 4, which was parted, and 5, which was joined.
    let keep = Keep {
        count: Some(3),
        days: None,
    };
    assert_eq!(store.prune("Morning Herald", keep, at(0)).unwrap(), 2);
    assert_eq!(fixture.decisions_by_url().len(), 1);
    store.conn.execute("DELETE FROM kept", []).unwrap();
    // What new articles are compared with does not know them any more.
    store.conn.execute("DELETE FROM compared", []).unwrap();
    tell_herald(&fixture, 4, 6);
    fixture.place();
    assert_eq!(fixture.decisions_by_url(), decided);
    assert!(fixture.are_one(1, 5) && fixture.are_one(1, 2));
    assert!(!fixture.are_one(1, 4));

    // Found in the story that it was parted from, it is taken out of it again.
    let (one, four) = (fixture.of(1), fixture.of(4));
    let found = [1, 2, 4, 5].map(|n| (fixture.of(n), StoryId(one.0), None));
    let upto = store.now().unwrap().newest;
    let decisions = store.decisions().unwrap();
    assert!(store.replace_stories(&found, &[], upto, decisions).unwrap());
    assert!(fixture.are_one(1, 5) && !fixture.are_one(1, 4));
    assert_eq!(store.story_articles(StoryId(four.0)).unwrap(), [four]);
}

#[test]
fn articles_that_move_leave_stories_that_can_be_told() {
    let fixture = fixture();
    tell_herald(&fixture, 1, 7);
    fixture.place();
    let store = &fixture.store;
    let all: Vec<ArticleId> = (1..7).map(|n| fixture.of(n)).collect();
    let first = all.iter().min().unwrap().0;
    let ids: Vec<ArticleId> = (first..first + 6).map(ArticleId).collect();
    let moves = |moved: &[(usize, usize)]| {
        let moved: Vec<(ArticleId, StoryId)> = moved
            .iter()
            .map(|(id, story)| (ids[*id], StoryId(ids[*story].0)))
            .collect();
        let (progress, _) = store.unplaced().unwrap();
        let batch = stories::Placements {
            moved,
            all: true,
            ..stories::Placements::default()
        };
        assert!(store.place_articles(progress, &batch).unwrap().is_some());
    };
    let of = |story: usize| -> Vec<usize> {
        let mut told: Vec<usize> = store
            .story_articles(StoryId(ids[story].0))
            .unwrap()
            .into_iter()
            .map(|id| (id.0 - first) as usize)
            .collect();
        told.sort_unstable();
        told
    };
    let rows = || -> i64 {
        let count = store
            .conn
            .query_row("SELECT count(*) FROM told", [], |row| row.get(0));
        count.unwrap()
    };
    // Four articles come to the first.
    moves(&[(1, 0), (2, 0), (3, 0)]);
    assert_eq!((of(0), rows()), (vec![0, 1, 2, 3], 4));
    // It splits: two leave under the number of one of them.
    moves(&[(2, 2), (3, 2)]);
    assert_eq!((of(0), of(2), rows()), (vec![0, 1], vec![2, 3], 4));
    // The founding article moves out, with the other one under another number.
    moves(&[(0, 4), (1, 1)]);
    assert_eq!((of(4), of(1)), (vec![0, 4], vec![1]));
    assert_eq!(store.story_of(ids[0]).unwrap().0, ids[4].0);
    assert_eq!(rows(), 4, "a story of one needs no row");
    // A single one is left, which is the founding one.
    moves(&[(0, 0)]);
    assert_eq!((of(0), of(4), rows()), (vec![0], vec![4], 2));
    // What is gone moves nowhere.
    store.forget("Morning Herald").unwrap();
    moves(&[(2, 0), (3, 0)]);
    assert_eq!(rows(), 0);
}

#[test]
fn files_that_come_along_are_kept_found_and_pruned_with_their_article() {
    let fixture = fixture();
    let episode = newsprint_model::Media {
        url: "https://radio.example/1.mp3".to_owned(),
        kind: "audio/mpeg".to_owned(),
        title: "Part 1".to_owned(),
        bytes: Some(59_000_000),
        seconds: Some(3_723),
        ..newsprint_model::Media::default()
    };
    let with = Incoming {
        media: vec![episode.clone()],
        ..story(1, "Episode", "notes", &[])
    };
    fixture.take("Morning Herald", vec![with, story(2, "News", "text", &[])]);
    let query = |text: &str| parse(text).unwrap();
    let count = |text: &str| {
        fixture
            .store
            .counts(&List {
                query: query(text),
                as_of: None,
                fold: Fold::Never,
            })
            .unwrap()
            .total
    };
    assert_eq!((count("has:audio"), count("has:video")), (1, 0));
    assert_eq!(count("-has:audio"), 1);
    let id = fixture
        .store
        .resolve("https://morning-herald.example/1")
        .unwrap()
        .unwrap();
    assert_eq!(fixture.store.article(id).unwrap().unwrap().media, [episode]);
    // A source that says nothing of it any more takes nothing away.
    fixture.take(
        "Morning Herald",
        vec![story(1, "Episode", "more notes", &[])],
    );
    assert_eq!(count("has:audio"), 1);
}

/// An entry as a feed gives it; 0 for what it does not give.
fn given(guid: u32, url: &str, title: &str, date: i64) -> newsprint_model::Entry {
    newsprint_model::Entry {
        guid: (guid > 0).then(|| format!("guid-{guid}")),
        url: (!url.is_empty()).then(|| format!("https://morning-herald.example/{url}")),
        title: title.to_owned(),
        published: (date > 0).then(|| at(-date * 3_600)),
        ..newsprint_model::Entry::default()
    }
}

impl Fixture {
    /// Takes in a document as a refresh does: what is known and says the same is passed over.
    fn refresh(&self, entries: &[newsprint_model::Entry]) -> Ingested {
        let mut entries = entries.to_vec();
        newsprint_model::identity::tell_apart(&mut entries);
        let identities: Vec<Identity<'_>> = entries
            .iter()
            .map(|entry| Identity {
                guid: entry.guid.as_deref(),
                url: entry.url.as_deref().unwrap_or_default(),
                title: &entry.title,
                published: entry.published,
            })
            .collect();
        let known = self.store.known("Morning Herald", &identities).unwrap();
        let mut others = Vec::new();
        let fresh = entries.iter().zip(known).filter_map(|(entry, known)| {
            let text = entry.summary.clone().unwrap_or(entry.title.clone());
            let print = newsprint_model::fingerprint::of_words(&format!("{} {text}", entry.title));
            let print = print.unsigned_abs();
            let wanted = known.is_none_or(|known| known.id.is_some() && known.print != print);
            others.extend(known.filter(|_| !wanted));
            wanted.then(|| Incoming {
                guid: entry.guid.clone(),
                url: entry.url.clone().unwrap_or_default(),
                title: entry.title.clone(),
                published: entry.published,
                body: format!("<p>{text}</p>"),
                search_text: text,
                text: TextState::Excerpt,
                new: known.is_none(),
                print,
                ..Incoming::default()
            })
        });
        let articles = fresh.map(|incoming| incoming.pack()).collect();
        let update = Update {
            articles,
            others,
            ..Update::default()
        };
        self.store.ingest("Morning Herald", &update, at(0)).unwrap()
    }

    /// Everything that is stored of articles, for comparing.
    fn dump(&self) -> Vec<String> {
        let mut rows = Vec::new();
        for sql in [
            "SELECT id || ' ' || key || ' ' || guid || ' ' || print || title || url FROM articles",
            "SELECT article || ' ' || read || starred || changed || sort FROM places",
            "SELECT outlet || ' ' || key || ' ' || article FROM keys",
            "SELECT article || ' ' || print || hex(html) FROM bodies",
            "SELECT article || ' ' || title FROM revisions",
        ] {
            let mut statement = self.store.conn.prepare(sql).unwrap();
            let found = statement.query_map([], |row| row.get::<_, String>(0));
            rows.extend(found.unwrap().map(Result::unwrap));
        }
        rows
    }

    fn titles(&self, query: &str) -> Vec<String> {
        let page = self.store.headlines(&self.live(query), At::Top, 99);
        page.unwrap()
            .into_iter()
            .map(|headline| headline.title)
            .collect()
    }
}

#[test]
fn entries_that_share_an_address_are_articles_of_their_own() {
    let three = |entry: &dyn Fn(u32) -> newsprint_model::Entry| -> Vec<_> {
        [3, 2, 1].into_iter().map(entry).collect()
    };
    let documents = [
        // Guids, fragments, the address as everybody's guid, titles and dates, titles alone.
        three(&|n| given(n, "show", &format!("Episode {n}"), 4 - i64::from(n))),
        three(&|n| given(0, &format!("notes#v{n}"), &format!("Release {n}"), 0)),
        three(&|n| given(9, "status", &format!("Incident {n}"), 4 - i64::from(n))),
        three(&|n| given(0, "polls", &format!("Poll {n}"), 4 - i64::from(n))),
        three(&|n| given(0, "polls", &format!("Poll {n}"), 0)),
        three(&|n| given(0, "live", "Update", 4 - i64::from(n))),
        three(&|n| given(n, "live", "Update", 4 - i64::from(n))),
    ];
    for document in documents {
        let first = &document[0];
        let fixture = fixture();
        assert_eq!(fixture.refresh(&document).new, 3, "{first:?}");
        let stored = fixture.dump();
        for _ in 0..2 {
            assert_eq!(fixture.refresh(&document), Ingested::default(), "{first:?}");
            assert_eq!(fixture.dump(), stored, "{first:?}");
        }
        // One more comes, one goes; then what is left is read alone.
        let store = &fixture.store;
        store.mark_list(&fixture.live(""), Mark::Read).unwrap();
        let mut next = document.clone();
        next.pop();
        let mut newest = next[0].clone();
        newest.title.push_str(" and more");
        newest.guid = newest.guid.map(|guid| match guid.as_str() {
            "guid-9" => guid,
            guid => format!("{guid}0"),
        });
        newest.url = newest.url.map(|url| url.replace("#v3", "#v4"));
        newest.published = newest.published.map(|_| at(0));
        next.insert(0, newest);
        assert_eq!(fixture.refresh(&next).new, 1, "{first:?}");
        assert_eq!(fixture.titles("is:unread"), [next[0].title.clone()]);
        let stored = fixture.dump();
        for entry in next {
            let alone = [entry];
            assert_eq!(fixture.refresh(&alone), Ingested::default(), "{alone:?}");
            assert_eq!(fixture.dump(), stored);
        }
    }
}

#[test]
fn another_guid_and_another_title_at_a_known_address_is_another_article() {
    let fixture = fixture();
    fixture.refresh(&[given(1, "notes", "Release 1", 3)]);
    fixture.store.mark(&[ArticleId(1)], Mark::Read).unwrap();
    fixture.refresh(&[given(2, "notes", "Release 2", 2)]);
    assert_eq!(fixture.titles(""), ["Release 2", "Release 1"]);
    assert_eq!(fixture.titles("is:unread"), ["Release 2"]);
    // One of the two alone is the same article: under another guid, or with another title.
    fixture.refresh(&[given(7, "notes", "Release 2", 2)]);
    fixture.refresh(&[given(1, "notes", "Release 1, corrected", 3)]);
    assert_eq!(fixture.titles(""), ["Release 2", "Release 1, corrected"]);
    // Without guids another title alone is an edit, unless a fragment tells.
    fixture.refresh(&[given(0, "story", "A headline", 5)]);
    fixture.refresh(&[given(0, "story", "A better headline", 5)]);
    fixture.refresh(&[given(0, "page#one", "One", 6)]);
    fixture.refresh(&[given(0, "page#two", "Two", 7)]);
    assert_eq!(
        fixture.titles("before:4h"),
        ["A better headline", "One", "Two"]
    );
}

#[test]
fn a_pruned_article_stays_away_and_a_new_one_at_its_address_comes() {
    let fixture = fixture();
    let episodes = |numbers: &[u32]| -> Vec<newsprint_model::Entry> {
        let one = |n: &u32| given(*n, "show", &format!("Episode {n}"), 10 - i64::from(*n));
        numbers.iter().map(one).collect()
    };
    fixture.refresh(&episodes(&[3, 2, 1]));
    let keep = Keep {
        count: Some(1),
        days: None,
    };
    assert_eq!(
        fixture.store.prune("Morning Herald", keep, at(0)).unwrap(),
        2
    );
    assert_eq!(fixture.refresh(&episodes(&[3, 2, 1])), Ingested::default());
    assert_eq!(fixture.refresh(&episodes(&[4, 3, 2])).new, 1);
    assert_eq!(fixture.titles(""), ["Episode 4", "Episode 3"]);
    fixture.store.prune("Morning Herald", keep, at(0)).unwrap();
    assert_eq!(fixture.refresh(&episodes(&[5])).new, 1);
    assert_eq!(
        fixture.refresh(&episodes(&[5, 4, 3, 2, 1])),
        Ingested::default()
    );
    // The same story under another guid stays away too.
    assert_eq!(fixture.refresh(&[given(40, "show", "Episode 4", 6)]).new, 0);
}

/// Documents of every kind of muddle (few addresses, guids, titles and dates), which go on as
/// sources do: some entries go, others come. `SEEDS=200 cargo test -p newsprint-store the_same_document`
/// tries as many other sequences, `SEED=58` begins with that one.
#[test]
fn the_same_document_again_changes_nothing() {
    let said = |name: &str| std::env::var(name).ok().and_then(|n| n.parse().ok());
    let first = said("SEED").unwrap_or(12u64);
    for seed in first..first + said("SEEDS").unwrap_or(1) {
        let mut dice = Dice(fastrand::Rng::with_seed(seed));
        for round in 0..300 {
            stays_as_it_is(&mut dice, &format!("seed {seed} round {round}"));
        }
    }
}

#[test]
fn entries_without_address_and_guid_are_articles_of_their_own() {
    let says = |title: &str, summary: &str, date| newsprint_model::Entry {
        summary: Some(summary.to_owned()),
        ..given(0, "", title, date)
    };
    let documents = [
        [
            says("", "rain", 0),
            says("", "snow", 0),
            says("", "hail", 0),
        ],
        [
            says("Update", "rain", 0),
            says("Update", "snow", 0),
            says("Update", "hail", 0),
        ],
        [
            says("Update", "rain", 3),
            says("Update", "rain", 2),
            says("Update", "rain", 1),
        ],
    ];
    for document in documents {
        let fixture = fixture();
        // The newest comes last and the oldest goes first, one at a time.
        assert_eq!(fixture.refresh(&document[2..]).new, 1);
        assert_eq!(fixture.refresh(&document[1..]).new, 1);
        assert_eq!(fixture.refresh(&document).new, 1);
        for less in [&document[..], &document[..2], &document[..1], &document] {
            let stored = fixture.dump();
            assert_eq!(fixture.refresh(less), Ingested::default(), "{less:?}");
            assert_eq!(fixture.dump(), stored);
        }
    }
    // What says the same of itself twice is one, whatever stands beside it.
    let twice = [
        says("Same", "rain", 0),
        says("Same", "rain", 0),
        given(0, "page", "Page", 0),
        given(0, "page", "Page", 0),
        given(7, "", "Guid", 0),
        given(7, "", "Guid", 0),
    ];
    let fixture = fixture();
    assert_eq!(fixture.refresh(&twice).new, 3);
    assert_eq!(fixture.refresh(&twice), Ingested::default());
    // Alone, one of another text under the same title is the same, changed.
    let alone = self::fixture();
    assert_eq!(alone.refresh(&[says("Notice", "rain", 0)]).new, 1);
    assert_eq!(alone.refresh(&[says("Notice", "snow", 0)]).changed, 1);
}

/// What is written of one article at an address that several share leaves the others with their entries, though these
/// were not written.
#[test]
fn an_entry_that_was_not_written_keeps_its_article() {
    let fixture = fixture();
    let says = |guid, url, title, summary: &str| newsprint_model::Entry {
        summary: Some(summary.to_owned()),
        ..given(guid, url, title, 0)
    };
    let first = [says(1, "a", "Two!", "rain"), says(2, "b", "Two!", "wind")];
    let second = [
        says(2, "", "Two!", "snow"),
        says(3, "a#y", "Two!", "sleet"),
        says(2, "a#y", "Two", "hail"),
        says(2, "b", "Two!", "wind"),
    ];
    let mut third = vec![says(1, "a#x", "Two", "sun"), says(0, "a", "One", "fog")];
    third.extend(second.iter().cloned());
    for document in [&first[..], &second, &third] {
        fixture.refresh(document);
        let stored = fixture.dump();
        for _ in 0..3 {
            assert_eq!(fixture.refresh(document), Ingested::default());
            assert_eq!(fixture.dump(), stored);
        }
    }
}

fn stays_as_it_is(dice: &mut Dice, which: &str) {
    let fixture = fixture();
    let mut entries: Vec<newsprint_model::Entry> = Vec::new();
    // In some, titles and guids come back at a later visit, or dates are rare.
    let (again, undated) = (dice.0.bool(), dice.0.u32(..3));
    for visit in 0..3 {
        let age = if again { 0 } else { visit };
        entries.retain(|_| dice.0.u8(..3) > 0);
        for _ in 0..dice.0.usize(1..6) {
            let url = dice.pick(&["", "a", "a", "a#x", "a#y", "b", "c/", "c"]);
            let title = dice.pick(&["One", "Two", "two!", "Three"]);
            let guid = match dice.0.u32(..4) {
                0 => 0,
                guid => age * 4 + guid,
            };
            let date = if undated > 0 { dice.0.i64(..4) } else { 0 };
            let mut entry = given(guid, url, &format!("{title} {age}"), date);
            entry.summary = Some(dice.pick(&Dice::WORDS).to_owned());
            entries.insert(0, entry);
        }
        let said: Vec<String> = entries
            .iter()
            .map(|e| format!("{:?} {:?} {:?} {:?}", e.guid, e.url, e.title, e.published))
            .collect();
        fixture.refresh(&entries);
        let stored = fixture.dump();
        for _ in 0..2 {
            let again = fixture.refresh(&entries);
            let now = fixture.dump();
            let came: Vec<&String> = now.iter().filter(|row| !stored.contains(row)).collect();
            let gone: Vec<&String> = stored.iter().filter(|row| !now.contains(row)).collect();
            assert_eq!(
                again,
                Ingested::default(),
                "{which} {visit} {said:#?} {gone:#?} {came:#?}"
            );
            assert_eq!(now, stored, "{which} {visit} {said:#?}");
        }
        let read = fixture.live(dice.pick(&["since:2h", "one", "is:unread"]));
        fixture.store.mark_list(&read, Mark::Read).unwrap();
    }
}

#[test]
fn marks_that_waited_for_an_articles_id_in_an_older_store_still_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newsprint.db");
    let old = open::open_as(&path, &migrations::MIGRATIONS[..9]).unwrap();
    old.conn
        .execute_batch(
            "INSERT INTO accounts (id, name, home, configured) VALUES (1, 'home', 'https://a.example mira', 1);
             INSERT INTO pending (account, rid, kind, want, seq, since, sent, acked, tries)
                 VALUES (1, 'article:12', 0, 1, 5, 10, 0, 0, 0), (1, 'article:12', 1, 0, 6, 11, 0, 0, 0),
                        (1, '-7', 0, 1, 7, 12, 1, 1, 1), (1, '4f4d2c1a9b8e7d6c5b4a3928', 1, 1, 8, 13, 0, 0, 0);",
        )
        .unwrap();
    drop(old);
    let store = Store::open(&path).unwrap();
    let mut statement = store
        .conn
        .prepare("SELECT rid, article, kind, want, seq, since, sent, acked, tries FROM pending ORDER BY seq")
        .unwrap();
    let rows = statement.query_map([], |row| {
        let numbers: Result<Vec<i64>, _> = (1..9).map(|at| row.get(at)).collect();
        Ok((row.get::<_, String>(0)?, numbers?))
    });
    let rows: Vec<(String, Vec<i64>)> = rows.unwrap().map(Result::unwrap).collect();
    let expected = [
        ("", vec![12, 0, 1, 5, 10, 0, 0, 0]),
        ("", vec![12, 1, 0, 6, 11, 0, 0, 0]),
        ("-7", vec![0, 0, 1, 7, 12, 1, 1, 1]),
        ("4f4d2c1a9b8e7d6c5b4a3928", vec![0, 1, 1, 8, 13, 0, 0, 0]),
    ];
    assert_eq!(
        rows,
        expected.map(|(rid, numbers)| (rid.to_owned(), numbers))
    );
    assert_eq!(store.account_state("home").unwrap().pending, 4);
    let outgoing = store.outgoing_marks("home").unwrap();
    assert_eq!(outgoing.len(), 1, "what has no id is not sent");
}

#[test]
fn a_store_of_the_first_version_remembers_what_was_pruned() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newsprint.db");
    let old = open::open_as(&path, &migrations::MIGRATIONS[..1]).unwrap();
    let key = encode::url_key("https://morning-herald.example/old");
    old.conn
        .execute_batch(&format!(
            "INSERT INTO outlets (name, fold, url, grp, place, configured)
                 VALUES ('Morning Herald', 'morning herald', 'https://morning-herald.example/', '', 0, 1);
             INSERT INTO kept VALUES (1, {key}, 1, 0, 0, 1);"
        ))
        .unwrap();
    drop(old);
    let fixture = Fixture {
        store: Store::open(&path).unwrap(),
        folder,
    };
    let document = [given(1, "old", "Old", 9), given(2, "new", "New", 1)];
    assert_eq!(fixture.refresh(&document).new, 1);
    assert_eq!(fixture.titles(""), ["New"]);
}

#[test]
fn what_nobody_carries_and_what_was_pruned_long_ago_goes() {
    let fixture = fixture();
    let count = |sql: &str| -> i64 {
        let counted = fixture.store.conn.query_row(sql, [], |row| row.get(0));
        counted.unwrap()
    };
    let keep = Keep {
        count: Some(2),
        days: None,
    };
    for n in 0..60 {
        let mut one = story(n, &format!("Story {n}"), "text", &["News", "once"]);
        one.tags[1] = format!("Event {n}");
        one.published = Some(at(n * 60));
        fixture.take_at(at(n * 60), "Morning Herald", vec![one]);
        fixture.store.prune("Morning Herald", keep, at(0)).unwrap();
        fixture.store.tidy().unwrap();
    }
    assert_eq!(fixture.store.tags(&fixture.live("")).unwrap().len(), 3);
    assert!(count("SELECT count(*) FROM tags") <= 4);
    assert!(count("SELECT count(*) FROM spellings") <= 4);
    let pruned = count("SELECT count(*) FROM kept");
    assert!((10..=20).contains(&pruned), "{pruned}");
    assert!(
        count("SELECT min(article) FROM kept") > 30,
        "the latest are remembered"
    );
    // A number that was given out is not given out again.
    let last = count("SELECT max(id) FROM spellings");
    fixture.herald(vec![story(100, "Later", "text", &["Something new"])]);
    assert_eq!(count("SELECT max(id) FROM spellings"), last + 1);
}

#[test]
fn reading_an_article_is_planned_once_with_statistics_too() {
    let fixture = fixture();
    fixture.herald((0..60).map(|n| story(n, "Title", "Text", &["a"])).collect());
    fixture.store.conn.execute_batch("ANALYZE").unwrap();
    let list = fixture.live("");
    for headline in fixture.store.headlines(&list, At::Top, 60).unwrap() {
        assert!(fixture.store.article(headline.id).unwrap().is_some());
    }
    for sql in [read::HEADLINE, read::ARTICLE] {
        let statement = fixture.store.conn.prepare_cached(sql).unwrap();
        let anew = statement.get_status(rusqlite::StatementStatus::RePrepare);
        assert!(anew <= 1, "{anew} times: {sql}");
    }
}

/// Three stories among sixteen articles of two outlets: 1 with 4 and 9, 2 with 3, 10 with 12 and 14.
fn told() -> Fixture {
    let fixture = fixture();
    for (outlet, odd) in [("Morning Herald", 1), ("Évening Post", 0)] {
        let articles = (1..=16).filter(|n| n % 2 == odd);
        let made = articles.map(|n| story(n, &format!("Title {n}"), "text", &["Tag"]));
        fixture.take(outlet, made.collect());
    }
    let id = |n: i64| fixture.id_of(n);
    for (article, with) in [(4, 1), (9, 1), (3, 2), (12, 10), (14, 10)] {
        assert!(fixture.store.join(id(article), id(with)).unwrap());
    }
    fixture
}

impl Fixture {
    /// The article whose title has this number; the higher the older.
    fn id_of(&self, n: i64) -> ArticleId {
        let all = List::live(&parse("").unwrap(), at(0));
        let all = self.store.headlines(&all, At::Top, 100).unwrap();
        let title = format!("Title {n}");
        all.iter().find(|one| one.title == title).unwrap().id
    }

    fn numbers(&self, list: &List, from: At, limit: usize) -> Vec<i64> {
        let page = self.store.headlines(list, from, limit).unwrap();
        page.iter()
            .map(|one| one.title[6..].parse().unwrap())
            .collect()
    }
}

#[test]
fn a_folded_list_has_the_newest_of_each_story_whichever_way_it_is_walked() {
    let fixture = told();
    let store = &fixture.store;
    for (query, fold, expected) in [
        ("", Fold::Always, vec![1, 2, 5, 6, 7, 8, 10, 11, 13, 15, 16]),
        ("", Fold::Unread, vec![1, 2, 5, 6, 7, 8, 10, 11, 13, 15, 16]),
        (
            "is:unread",
            Fold::Always,
            vec![1, 2, 5, 6, 7, 8, 10, 11, 13, 15, 16],
        ),
        (
            "outlet:\"Morning Herald\"",
            Fold::Always,
            vec![1, 3, 5, 7, 11, 13, 15],
        ),
        (
            "outlet:\"Évening Post\"",
            Fold::Always,
            vec![2, 4, 6, 8, 10, 16],
        ),
        (
            "tag:tag",
            Fold::Always,
            vec![1, 2, 5, 6, 7, 8, 10, 11, 13, 15, 16],
        ),
        (
            "tag:tag is:unread",
            Fold::Always,
            vec![1, 2, 5, 6, 7, 8, 10, 11, 13, 15, 16],
        ),
        (
            "text",
            Fold::Always,
            vec![1, 2, 5, 6, 7, 8, 10, 11, 13, 15, 16],
        ),
        ("is:starred", Fold::Always, vec![]),
    ] {
        let list = List {
            fold,
            ..List::fixed(&parse(query).unwrap(), at(0), store.now().unwrap())
        };
        assert_eq!(fixture.numbers(&list, At::Top, 100), expected, "{query}");
        assert_eq!(fixture.numbers(&list, At::Bottom, 100), expected, "{query}");
        assert_eq!(
            store.counts(&list).unwrap().total,
            expected.len() as u64,
            "{query}"
        );
        // Page by page, both ways, from each line.
        let (mut down, mut from) = (Vec::new(), At::Top);
        while let [.., last] = &store.cursors(&list, from, 2).unwrap()[..] {
            down.extend(fixture.numbers(&list, from, 2));
            assert_eq!(store.position(&list, *last).unwrap(), down.len() as u64 - 1);
            from = At::After(*last);
        }
        assert_eq!(down, expected, "{query}");
        let (mut up, mut from) = (Vec::new(), At::Bottom);
        while let [first, ..] = &store.cursors(&list, from, 3).unwrap()[..] {
            up.splice(..0, fixture.numbers(&list, from, 3));
            from = At::Before(*first);
        }
        assert_eq!(up, expected, "{query}");
    }
}

#[test]
fn a_line_knows_what_it_stands_for_and_marks_do_not_move_it() {
    let fixture = told();
    let store = &fixture.store;
    let id = |n: i64| fixture.id_of(n);
    // One of two is read: where several must be unread that story is not folded.
    store.mark(&[id(3)], Mark::Read).unwrap();
    let list = List {
        fold: Fold::Unread,
        ..List::fixed(&parse("").unwrap(), at(0), store.now().unwrap())
    };
    let expected = [1, 2, 3, 5, 6, 7, 8, 10, 11, 13, 15, 16];
    assert_eq!(fixture.numbers(&list, At::Top, 100), expected);
    let shown: Vec<ArticleId> = expected.iter().map(|n| id(*n)).collect();
    let folds = store.folded(&list, &shown).unwrap();
    assert_eq!(folds.len(), 2);
    let line = &folds[&id(1)];
    let others: Vec<ArticleId> = line.others.iter().map(|other| other.id).collect();
    assert_eq!((others, line.outlets), (vec![id(4), id(9)], 2));
    assert_eq!(line.others.iter().filter(|other| other.read).count(), 0);
    // All of the line are marked and one step undoes it; the list stays as it was fixed.
    let mut all = vec![id(1)];
    all.extend(line.others.iter().map(|other| other.id));
    assert_eq!(store.mark(&all, Mark::Read).unwrap(), 3);
    assert_eq!(fixture.numbers(&list, At::Top, 100), expected);
    let now = store.folded(&list, &shown).unwrap();
    assert!(now[&id(1)].others.iter().all(|other| other.read));
    assert_eq!(store.undo().unwrap().unwrap().articles, 3);
    // What belongs to a line leads to it; a list is marked whole, however it is folded.
    let nine = store.headlines_of(&[id(9)]).unwrap()[0].cursor();
    assert_eq!(store.line_of(&list, nine).unwrap().id, id(1));
    assert_eq!(store.mark_list(&list, Mark::Read).unwrap(), 15);
    store.undo().unwrap();
    // What comes later is not of the list, nor of its lines.
    fixture.take("Morning Herald", vec![story(0, "Title 0", "text", &[])]);
    store.join(id(0), id(1)).unwrap();
    assert_eq!(fixture.numbers(&list, At::Top, 100), expected);
    assert_eq!(store.folded(&list, &shown).unwrap()[&id(1)].others.len(), 2);
}

#[test]
fn the_front_page_has_the_stories_that_several_articles_tell() {
    let fixture = told();
    let store = &fixture.store;
    let id = |n: i64| fixture.id_of(n);
    let front = |query: &str| List {
        fold: Fold::Front,
        ..List::fixed(&parse(query).unwrap(), at(0), store.now().unwrap())
    };
    let all = front("");
    let stories = store.front(&all).unwrap();
    let heads: Vec<ArticleId> = stories.iter().map(|one| one.articles[0]).collect();
    // Two outlets tell the first two, one the third.
    assert_eq!(heads, [id(1), id(2), id(10)]);
    assert_eq!(stories[2].outlets, 1);
    assert_eq!(stories[0].articles, [id(1), id(4), id(9)]);
    // A list that has one of its articles has the story whole.
    let one = front("outlet:\"Morning Herald\"");
    assert_eq!(store.front(&one).unwrap().len(), 2);
    assert_eq!(store.front(&one).unwrap()[0].articles.len(), 3);
    assert_eq!(
        store.counts(&all).unwrap(),
        Counts {
            total: 3,
            unread: 3
        }
    );
    let line = store.front_line(&stories[0], id(4)).unwrap();
    assert_eq!((line.others.len(), line.outlets), (2, 2));
    // Marking it marks the articles of its stories alone.
    assert_eq!(store.mark_list(&all, Mark::Read).unwrap(), 8);
    assert_eq!(
        store.counts(&all).unwrap(),
        Counts {
            total: 3,
            unread: 0
        }
    );
    assert_eq!(store.undo().unwrap().unwrap().articles, 8);
    // A story of which all but one article are gone is none.
    assert!(store.part(id(3)).unwrap());
    assert_eq!(store.front(&all).unwrap().len(), 2);
}

#[test]
fn an_outlet_that_comes_back_without_its_articles_is_due_and_asked_anew() {
    let fixture = fixture();
    let store = &fixture.store;
    fixture.refresh(&[given(1, "one", "One", 1)]);
    let learned = |state: &mut crate::SourceState| {
        state.etag = Some(b"\"e\"".to_vec());
        state.next_fetch = Some(at(-60));
        true
    };
    store
        .change_source_state("Morning Herald", learned)
        .unwrap();
    let outlets =
        |names: &[&str]| -> Vec<Outlet> { names.iter().map(|name| outlet(name)).collect() };
    // With its articles it goes on where it was.
    store.sync_outlets(&outlets(&["Other"])).unwrap();
    store
        .sync_outlets(&outlets(&["Other", "Morning Herald"]))
        .unwrap();
    assert!(store.source_state("Morning Herald").unwrap().etag.is_some());
    store.sync_outlets(&outlets(&["Other"])).unwrap();
    store.forget("Morning Herald").unwrap();
    store
        .sync_outlets(&outlets(&["Other", "Morning Herald"]))
        .unwrap();
    let state = store.source_state("Morning Herald").unwrap();
    assert_eq!((state.etag, state.next_fetch), (None, None));
}

#[test]
fn tags_that_the_reader_gave_are_found_counted_and_stay_whatever_the_outlet_says() {
    let fixture = fixture();
    fixture.herald(vec![
        story(1, "Budget", "The vote came late.", &["economy"]),
        story(2, "Storm", "Ports are closed.", &["weather", "Sea"]),
    ]);
    let store = &fixture.store;
    let (one, two) = (fixture.of(1), fixture.of(2));
    let change = store
        .give_tags(&[one, two], &["later".into(), "sea".into()], &[])
        .unwrap();
    // The second has the tag from its outlet.
    assert_eq!(
        change.added,
        [
            (one, "later".into()),
            (one, "sea".into()),
            (two, "later".into())
        ]
    );
    assert_eq!(change.articles(), 2);
    assert_eq!(fixture.found("tag:later"), [one.0, two.0]);
    assert_eq!(fixture.found("tag:Sea"), [one.0, two.0]);
    assert_eq!(fixture.found("later"), [one.0, two.0]);
    assert_eq!(store.given_tags().unwrap(), ["later", "sea"]);
    store.mark(&[one], Mark::Read).unwrap();
    assert_eq!(fixture.found("tag:later is:unread"), [two.0]);

    // The outlet gives other tags, and another text.
    let mut again = story(1, "Budget", "The vote came very late.", &["politics"]);
    again.print = 77;
    fixture.herald(vec![again]);
    let tags = store.headline(one).unwrap().unwrap().tags;
    assert_eq!(tags, ["politics", "later", "sea"]);
    assert_eq!(fixture.found("later very"), [one.0]);

    // The outlet's tags are not taken, whatever the spelling of what is.
    let change = store
        .give_tags(&[one, two], &[], &["LATER".into(), "sea".into()])
        .unwrap();
    assert_eq!(change.removed.len(), 3);
    assert_eq!(fixture.found("tag:later"), []);
    assert_eq!(fixture.found("tag:sea"), [two.0]);
    assert_eq!(fixture.found("later"), []);
    store.undo_tags(&change).unwrap();
    assert_eq!(fixture.found("tag:later"), [one.0, two.0]);
    assert_eq!(fixture.found("tag:sea"), [one.0, two.0]);
    assert_eq!(
        store.give_tags(&[one], &["Later".into()], &[]).unwrap(),
        TagsChange::default()
    );
    // They keep an article from being pruned; one that goes takes nothing of theirs along.
    let keep = Keep {
        count: Some(0),
        ..Keep::default()
    };
    store.give_tags(&[two], &[], &["later".into()]).unwrap();
    store.give_tags(&[two], &[], &["sea".into()]).unwrap();
    store.prune("Morning Herald", keep, at(0)).unwrap();
    assert_eq!(fixture.found("tag:later"), [one.0]);
    assert_eq!(fixture.found(""), [one.0]);
}

#[test]
fn tags_that_the_reader_gave_outlive_the_database() {
    for how in ["removed", "zeroed", "twice"] {
        let fixture = fixture();
        fixture.herald(vec![story(1, "Budget", "Text one", &["economy"])]);
        let one = fixture.of(1);
        let names = ["later".to_owned(), "zum Lesen".to_owned()];
        fixture.store.give_tags(&[one], &names, &[]).unwrap();
        assert!(fixture.store.save_marks().unwrap() && !fixture.store.save_marks().unwrap());
        let change = fixture.store.give_tags(&[one], &[], &names[..1]).unwrap();
        assert!(fixture.store.save_marks().unwrap());
        fixture.store.undo_tags(&change).unwrap();
        assert!(fixture.store.save_marks().unwrap());
        fixture.store.compact().unwrap();
        let path = fixture.store.path().to_owned();
        let Fixture { folder, store } = fixture;
        drop(store);
        match how {
            "zeroed" => {
                let size = std::fs::metadata(&path).unwrap().len();
                std::fs::write(&path, vec![0; size as usize]).unwrap();
            }
            _ => std::fs::remove_file(&path).unwrap(),
        }
        let mut fixture = Fixture {
            store: Store::open(&path).unwrap(),
            folder,
        };
        if how == "twice" {
            // Lost again before the article is back: what waits is in the next copy.
            fixture.store.save_marks().unwrap();
            std::fs::remove_file(&path).unwrap();
        }
        fixture = fixture.reopened();
        assert!(fixture.store.given_tags().unwrap().is_empty(), "{how}");
        fixture.herald(vec![story(1, "Budget", "Text one", &["economy"])]);
        let one = fixture.of(1);
        let tags = fixture.store.headline(one).unwrap().unwrap().tags;
        assert_eq!(tags, ["economy", "later", "zum Lesen"], "{how}");
        assert_eq!(fixture.found("tag:later"), [one.0], "{how}");
        assert_eq!(fixture.store.given_tags().unwrap(), names, "{how}");
    }
}

#[test]
fn copies_in_outlets_that_were_removed_are_marked_and_do_not_count() {
    let fixture = fixture();
    fixture.herald(vec![story(1, "Budget", "The vote came late.", &[])]);
    let mut copy = story(2, "Budget", "The vote came late.", &[]);
    copy.url = "https://evening-post.example/2".to_owned();
    fixture.take("Évening Post", vec![copy]);
    let store = &fixture.store;
    let (one, two) = (fixture.of(1), ArticleId(2));
    let (progress, waiting) = store.unplaced().unwrap();
    let placed = waiting.iter().map(|id| stories::Placing {
        id: *id,
        story: StoryId(one.0),
        copy_of: (*id == two).then_some(one),
        profile: Vec::new(),
    });
    let batch = stories::Placements {
        placed: placed.collect(),
        last: waiting.last().copied(),
        all: true,
        ..stories::Placements::default()
    };
    store.place_articles(progress, &batch).unwrap().unwrap();
    assert_eq!(store.copies(one).unwrap(), [one, two]);
    assert_eq!(store.mark(&[one], Mark::Read).unwrap(), 2);
    assert_eq!(store.undo().unwrap().unwrap().articles, 2);
    store.sync_outlets(&[outlet("Morning Herald")]).unwrap();
    assert_eq!(store.mark(&[one], Mark::Read).unwrap(), 1);
    let read = |id: ArticleId| store.headline(id).unwrap().unwrap().read;
    assert!(read(one) && read(two));
    assert_eq!(store.undo().unwrap().unwrap().articles, 1);
    assert!(!read(one) && !read(two));
    // What is named itself counts.
    assert_eq!(store.mark(&[two], Mark::Star).unwrap(), 2);
}
