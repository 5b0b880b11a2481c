//! Fever: each request, and the reading of its answer. Only where a server speaks nothing else: no
//! folders of articles, no adding of feeds, one mark a request.
//! Never here: the order of requests (`driver`), I/O.

use md5::{Digest, Md5};
use newsprint_model::remote::{MarkKind, OutgoingMark, Subscription};
use serde_json::Value;

use super::dialect::Dialect;
use super::greader::{Item, each_once, list_of, narrowed, number, scalar, without_enclosures};
use super::ids::article_id;
use super::wire::{Answer, Failure, Form, Request, check};

/// Articles in one answer; more are not given.
pub(crate) const AT_ONCE: usize = 50;

/// What signs each request: the digest of name and password, which is as good as the password.
pub(crate) fn key(user: &str, password: &str) -> String {
    let digest = Md5::digest(format!("{user}:{password}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn post(what: &str, key: &str) -> Request {
    Request::post(format!("?api{what}"), Form::default().field("api_key", key))
}

pub(crate) fn groups(key: &str) -> Request {
    post("&groups", key)
}

pub(crate) fn feeds(key: &str) -> Request {
    post("&feeds", key)
}

pub(crate) fn unread(key: &str) -> Request {
    post("&unread_item_ids", key)
}

pub(crate) fn saved(key: &str) -> Request {
    post("&saved_item_ids", key)
}

pub(crate) fn items(ids: &[String], key: &str) -> Request {
    post(&format!("&items&with_ids={}", ids.join(",")), key)
}

/// Which way articles are walked by their numbers: those below the number, or those above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walk {
    Down(i64),
    Up(i64),
}

pub(crate) fn walk(walk: Walk, key: &str) -> Request {
    let page = match walk {
        // 0 would be nothing on some servers, so the first page is below the highest number there is.
        Walk::Down(below) => format!("&items&max_id={below}"),
        Walk::Up(above) => format!("&items&since_id={above}"),
    };
    post(&page, key)
}

pub(crate) fn mark(mark: &OutgoingMark, key: &str) -> Request {
    let state = match (mark.kind, mark.want) {
        (MarkKind::Read, true) => "read",
        (MarkKind::Read, false) => "unread",
        (MarkKind::Star, true) => "saved",
        (MarkKind::Star, false) => "unsaved",
    };
    let form = Form::default().field("api_key", key).field("mark", "item");
    Request::post("?api", form.field("as", state).field("id", &mark.rid))
}

/// An answer that the key was good for; a wrong one is answered 200 with `auth` 0.
pub(crate) fn read(answer: &Answer) -> Result<Value, Failure> {
    const WHAT: &str = "an answer of the Fever API";
    check(answer)?;
    let value = super::wire::json(&answer.body).ok_or(Failure::Unexpected(WHAT))?;
    match number(value.get("auth")) {
        Some(1) => Ok(value),
        Some(_) => Err(Failure::SignedOut),
        None => Err(Failure::Unexpected(WHAT)),
    }
}

/// Ids as one string with commas.
pub(crate) fn read_ids(answer: &Answer, key: &str) -> Result<Vec<String>, Failure> {
    let value = read(answer)?;
    let list = match value.get(key) {
        Some(Value::Null) => Some(""),
        list => list.and_then(Value::as_str),
    };
    let list = list.ok_or(Failure::Unexpected("a list of articles"))?;
    list.split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(|id| article_id(id).ok_or(Failure::Unexpected("a list of articles")))
        .collect()
}

pub(crate) fn read_subscriptions(
    groups: &Answer,
    feeds: &Answer,
    dialect: Dialect,
) -> Result<Vec<Subscription>, Failure> {
    const WHAT: &str = "a list of feeds";
    let (groups, feeds) = (read(groups)?, read(feeds)?);
    let list = |value: &Value, key: &str| list_of(value, key).map(<[Value]>::to_vec);
    let named = list(&groups, "groups").unwrap_or_default();
    let in_groups = list(&groups, "feeds_groups").or_else(|| list(&feeds, "feeds_groups"));
    let folders = |id: &str| -> Vec<String> {
        let holding = in_groups.iter().flatten().filter(|group| {
            let feeds = scalar(group.get("feed_ids")).unwrap_or_default();
            feeds.split(',').any(|feed| feed.trim() == id)
        });
        holding
            .filter_map(|group| {
                let group = scalar(group.get("group_id"))?;
                let group = named
                    .iter()
                    .find(|one| scalar(one.get("id")).as_ref() == Some(&group))?;
                Some(narrowed(&scalar(group.get("title"))?, dialect))
            })
            .collect()
    };
    let feeds = list(&feeds, "feeds").ok_or(Failure::Unexpected(WHAT))?;
    let one = |feed: &Value| {
        let id = scalar(feed.get("id"))?;
        Some(Subscription {
            title: narrowed(&scalar(feed.get("title")).unwrap_or_default(), dialect),
            feed_url: scalar(feed.get("url")).unwrap_or_default(),
            site: scalar(feed.get("site_url")).unwrap_or_default(),
            folders: folders(&id),
            id,
        })
    };
    Ok(each_once(feeds.iter().filter_map(one)))
}

pub(crate) fn read_items(answer: &Answer, dialect: Dialect) -> Result<Vec<Item>, Failure> {
    let value = read(answer)?;
    let items = list_of(&value, "items").ok_or(Failure::Unexpected("articles"))?;
    let one = |value: &Value| {
        let text = |key: &str| scalar(value.get(key)).unwrap_or_default();
        let mut html = text("html");
        if dialect.is_full_width() {
            html = without_enclosures(html);
        }
        Some(Item {
            rid: article_id(&text("id"))?,
            feed: text("feed_id"),
            title: narrowed(&text("title"), dialect),
            url: text("url"),
            html,
            author: narrowed(&text("author"), dialect),
            published: number(value.get("created_on_time")).filter(|at| *at > 0),
            read: number(value.get("is_read")) == Some(1),
            starred: number(value.get("is_saved")) == Some(1),
            ..Item::default()
        })
    };
    Ok(items.iter().filter_map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ok(body: &str) -> Answer {
        Answer {
            status: 200,
            body: body.as_bytes().to_vec(),
            ..Answer::default()
        }
    }

    #[test]
    fn a_wrong_key_is_answered_200() {
        assert_eq!(
            read(&ok("{\"api_version\":3,\"auth\":0}")),
            Err(Failure::SignedOut)
        );
        assert!(matches!(read(&ok("[]")), Err(Failure::Unexpected(_))));
    }

    #[test]
    fn ids_are_one_string_and_may_be_missing() {
        let answer = ok("{\"auth\":1,\"unread_item_ids\":\"3,1, 2\"}");
        assert_eq!(
            read_ids(&answer, "unread_item_ids").unwrap(),
            ["3", "1", "2"]
        );
        assert!(
            read_ids(&answer, "saved_item_ids").is_err(),
            "Miniflux answers the first alone"
        );
        assert!(
            read_ids(
                &ok("{\"auth\":1,\"saved_item_ids\":\"\"}"),
                "saved_item_ids"
            )
            .unwrap()
            .is_empty()
        );
    }

    #[test]
    fn feeds_find_their_groups() {
        let groups = ok(
            r#"{"auth":1,"groups":[{"id":2,"title":"World"}],"feeds_groups":[{"group_id":2,"feed_ids":"1,7"}]}"#,
        );
        let feeds = ok(
            r#"{"auth":1,"feeds":[{"id":7,"title":"A","url":"https://a.example/f","site_url":""}]}"#,
        );
        let list = read_subscriptions(&groups, &feeds, Dialect::Unknown).unwrap();
        assert_eq!(
            (list[0].id.as_str(), &list[0].folders[..]),
            ("7", &["World".to_owned()][..])
        );
    }
}
