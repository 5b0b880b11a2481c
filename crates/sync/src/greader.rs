//! The Google Reader API: each request, and the reading of its answer.
//! Never here: the order of requests (`driver`), I/O.

use newsprint_model::remote::{MarkKind, OutgoingMark, Subscription};
use serde_json::Value;

use super::dialect::Dialect;
use super::ids::{article_id, sent};
use super::wire::{Answer, Failure, Form, Request, check};

const READ: &str = "user/-/state/com.google/read";
const STARRED: &str = "user/-/state/com.google/starred";
const ALL: &str = "user/-/state/com.google/reading-list";

/// Longest token, title and name that are believed.
const LONGEST: usize = 4_000;

/// A list of ids that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Everything that is not read.
    Unread,
    /// Everything starred.
    Starred,
    /// The newest, read or not; from this second on, where the server can tell.
    Lately(Option<i64>),
    /// The newest read ones, where the server can tell, else as [`Stream::Lately`].
    Read,
}

/// A page of a list of ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Page {
    pub ids: Vec<String>,
    pub next: Option<String>,
}

/// One article as a server gives it. Nothing in it is cleaned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// See [`newsprint_model::remote::RemoteRow::rid`].
    pub rid: String,
    /// The feed it is of, as the list of subscriptions calls it.
    pub feed: String,
    /// Its title.
    pub title: String,
    /// Address of its page; empty for none.
    pub url: String,
    /// HTML.
    pub html: String,
    /// Who wrote it.
    pub author: String,
    /// Seconds of the epoch.
    pub published: Option<i64>,
    /// When the server got it, milliseconds of the epoch.
    pub arrived: Option<i64>,
    /// The outlet's own categories.
    pub tags: Vec<String>,
    /// Folders and labels.
    pub labels: Vec<String>,
    /// Files that come along: address, type, bytes.
    pub files: Vec<(String, String, Option<u64>)>,
    /// The state on the server.
    pub read: bool,
    /// The state on the server.
    pub starred: bool,
}

pub(crate) fn login(user: &str, password: &str) -> Request {
    let form = Form::default()
        .field("Email", user)
        .field("Passwd", password);
    let form = form
        .field("service", "reader")
        .field("accountType", "HOSTED_OR_GOOGLE");
    Request::post(
        "/accounts/ClientLogin",
        form.field("client", "newsprint").field("output", "text"),
    )
}

/// The sign-in token of the answer to [`login`]: a line `Auth=`, or the same as JSON (Miniflux when it
/// is asked for JSON, The Old Reader).
pub(crate) fn read_login(answer: &Answer) -> Result<String, Failure> {
    if answer.status < 500 && answer.says_errors().is_some() {
        // The Old Reader refuses with 200 or 403 and a list of errors.
        return Err(Failure::SignedOut);
    }
    match answer.status {
        // CommaFeed says 403 where the others say 401, BazQux and Google 403 with a reason.
        401 | 403 => return Err(Failure::SignedOut),
        // FreshRSS' answer to a name that cannot be one.
        400 => return Err(Failure::BadSignIn),
        status @ (404 | 405 | 410 | 501) => return Err(Failure::NoApi(status)),
        _ => check(answer)?,
    }
    let text = answer.text()?;
    if text.contains("BadAuthentication") {
        return Err(Failure::SignedOut);
    }
    let line = text.lines().find_map(|line| line.strip_prefix("Auth="));
    let json = || {
        let value: Value = serde_json::from_str(text).ok()?;
        value.get("Auth")?.as_str().map(str::to_owned)
    };
    let token = line.map(|line| line.trim().to_owned()).or_else(json);
    let plain = |token: &String| is_token(token);
    token
        .filter(plain)
        .ok_or(Failure::Unexpected("a sign-in token"))
}

fn is_token(token: &str) -> bool {
    !token.is_empty() && token.len() <= LONGEST && token.bytes().all(|b| b.is_ascii_graphic())
}

pub(crate) fn token() -> Request {
    Request::get("/reader/api/0/token")
}

pub(crate) fn read_token(answer: &Answer) -> Result<String, Failure> {
    if answer.says_bad_authentication() || answer.says_errors().is_some() {
        return Err(Failure::SignedOut);
    }
    check(answer)?;
    let token = answer.text()?.trim();
    match is_token(token) && !token.starts_with('<') {
        true => Ok(token.to_owned()),
        false => Err(Failure::Unexpected("an edit token")),
    }
}

pub(crate) fn subscriptions() -> Request {
    Request::get("/reader/api/0/subscription/list?output=json")
}

pub(crate) fn read_subscriptions(
    answer: &Answer,
    dialect: Dialect,
) -> Result<Vec<Subscription>, Failure> {
    const WHAT: &str = "a list of feeds";
    check(answer)?;
    let value = json(answer, WHAT)?;
    let list = list_of(&value, "subscriptions").ok_or(Failure::Unexpected(WHAT))?;
    let one = |value: &Value| {
        let id = text(value, "id").filter(|id| !id.is_empty())?;
        let folders = value.get("categories").and_then(Value::as_array);
        let folder = |value: &Value| {
            let label = text(value, "label").filter(|label| !label.is_empty());
            label.or_else(|| text(value, "id").and_then(|id| label_of(&id).map(str::to_owned)))
        };
        let mut names: Vec<String> = Vec::new();
        for name in folders.into_iter().flatten().filter_map(folder) {
            let name = narrowed(&name, dialect);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let url =
            text(value, "url").or_else(|| id.strip_prefix("feed/http").map(|_| id[5..].to_owned()));
        Some(Subscription {
            title: narrowed_name(&text(value, "title").unwrap_or_default(), dialect),
            feed_url: url.unwrap_or_default(),
            site: text(value, "htmlUrl").unwrap_or_default(),
            folders: names,
            id,
        })
    };
    Ok(each_once(list.iter().filter_map(one)))
}

/// A list; what is `null` is an empty one.
pub(crate) fn list_of<'a>(value: &'a Value, key: &str) -> Option<&'a [Value]> {
    match value.get(key)? {
        Value::Null => Some(&[]),
        list => list.as_array().map(Vec::as_slice),
    }
}

/// Feeds by their ids: of one that is listed twice the first, with the folders of all.
pub(crate) fn each_once(feeds: impl Iterator<Item = Subscription>) -> Vec<Subscription> {
    let mut once: Vec<Subscription> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for feed in feeds {
        match places.get(&feed.id) {
            None => {
                places.insert(feed.id.clone(), once.len());
                once.push(feed);
            }
            Some(&at) => {
                let first: &mut Subscription = &mut once[at];
                for folder in feed.folders {
                    if !first.folders.contains(&folder) {
                        first.folders.push(folder);
                    }
                }
            }
        }
    }
    once
}

pub(crate) fn ids(stream: Stream, most: usize, continuation: Option<&str>) -> Request {
    let mut target = String::from("/reader/api/0/stream/items/ids?output=json&s=");
    match stream {
        Stream::Unread => {
            target.push_str(ALL);
            target.push_str("&xt=");
            target.push_str(READ);
        }
        Stream::Starred => target.push_str(STARRED),
        Stream::Lately(_) => target.push_str(ALL),
        // Never `s=…/read`, which is everything on some servers. So is this, and no harm is done: what
        // an article's state is stands in the article.
        Stream::Read => {
            target.push_str(ALL);
            target.push_str("&it=");
            target.push_str(READ);
        }
    }
    target.push_str(&format!("&n={most}"));
    if let Stream::Lately(Some(since)) = stream {
        target.push_str(&format!("&ot={since}"));
    }
    if let Some(next) = continuation {
        target.push_str("&c=");
        target.extend(url::form_urlencoded::byte_serialize(next.as_bytes()));
    }
    Request::get(target)
}

pub(crate) fn read_ids(answer: &Answer) -> Result<Page, Failure> {
    const WHAT: &str = "a list of articles";
    check(answer)?;
    let value = json(answer, WHAT)?;
    let refs = list_of(&value, "itemRefs").ok_or(Failure::Unexpected(WHAT))?;
    let id = |value: &Value| {
        match value.get("id")? {
            // As text: a number beyond 63 bits is the same id as a negative one.
            Value::Number(number) => article_id(&number.to_string()),
            id => article_id(id.as_str()?),
        }
    };
    let ids: Option<Vec<String>> = refs.iter().map(id).collect();
    Ok(Page {
        ids: ids.ok_or(Failure::Unexpected(WHAT))?,
        next: scalar(value.get("continuation")).filter(|next| !next.is_empty()),
    })
}

/// Ids that a page of FreshRSS' repeats of the page before.
const OVERLAP: usize = 20;

/// The continuation that loses nothing: FreshRSS begins at the id it is given and leaves out the first that
/// it finds, supposing that it is the last of the page before. Where that one has been read meanwhile it
/// would be one that nobody has seen, so pages overlap by some ids.
pub(crate) fn after(page: &Page, dialect: Dialect) -> Option<String> {
    let next = page.next.as_ref()?;
    let from = page
        .ids
        .len()
        .checked_sub(OVERLAP.min(page.ids.len() / 2))?;
    match (dialect, page.ids.get(from.saturating_sub(1))) {
        (Dialect::FreshRss, Some(id)) => Some(id.clone()),
        _ => Some(next.clone()),
    }
}

pub(crate) fn contents(ids: &[String], token: &str, dialect: Dialect) -> Request {
    let mut form = Form::default().field("T", token).field("output", "json");
    for id in ids {
        form = form.field("i", &sent(id, dialect.reads_decimal()));
    }
    Request::post("/reader/api/0/stream/items/contents?output=json", form)
}

pub(crate) fn read_items(answer: &Answer, dialect: Dialect) -> Result<Vec<Item>, Failure> {
    const WHAT: &str = "articles";
    check(answer)?;
    let value = json(answer, WHAT)?;
    let items = list_of(&value, "items").ok_or(Failure::Unexpected(WHAT))?;
    Ok(items
        .iter()
        .filter_map(|item| read_item(item, dialect))
        .collect())
}

fn read_item(value: &Value, dialect: Dialect) -> Option<Item> {
    let mut item = Item {
        rid: match value.get("id")? {
            Value::Number(number) => article_id(&number.to_string())?,
            id => article_id(id.as_str()?)?,
        },
        title: narrowed(&text(value, "title").unwrap_or_default(), dialect),
        author: narrowed(&text(value, "author").unwrap_or_default(), dialect),
        published: number(value.get("published")),
        arrived: number(value.get("crawlTimeMsec"))
            .or_else(|| number(value.get("timestampUsec")).map(|micros| micros / 1_000)),
        ..Item::default()
    };
    let link = |key: &str| {
        let first = value.get(key)?.as_array()?.first()?;
        text(first, "href").filter(|href| !href.is_empty())
    };
    item.url = link("canonical")
        .or_else(|| link("alternate"))
        .unwrap_or_default();
    let html = |key: &str| text(value.get(key)?, "content").filter(|html| !html.is_empty());
    item.html = html("content")
        .or_else(|| html("summary"))
        .unwrap_or_default();
    if dialect.is_full_width() {
        item.html = without_enclosures(item.html);
    }
    item.feed = value
        .get("origin")
        .and_then(|origin| text(origin, "streamId"))
        .unwrap_or_default();
    let categories = value.get("categories").and_then(Value::as_array);
    for category in categories.into_iter().flatten().filter_map(Value::as_str) {
        match category.strip_prefix("user/") {
            Some(rest) => match rest.split_once('/').map(|(_, state)| state) {
                Some("state/com.google/read") => item.read = true,
                Some("state/com.google/starred") => item.starred = true,
                _ => item
                    .labels
                    .extend(label_of(category).map(|label| narrowed(label, dialect))),
            },
            None => item.tags.push(narrowed(category, dialect)),
        }
    }
    let files = value.get("enclosure").and_then(Value::as_array);
    for file in files.into_iter().flatten() {
        let address = text(file, "href").or_else(|| text(file, "url"));
        if let Some(address) = address.filter(|address| !address.is_empty()) {
            let bytes = number(file.get("length")).and_then(|n| u64::try_from(n).ok());
            let kind = text(file, "type").unwrap_or_default();
            item.files
                .push((address, kind, bytes.filter(|bytes| *bytes > 0)));
        }
    }
    Some(item)
}

/// What follows `/label/` in `user/-/label/NAME`; a name may hold slashes.
fn label_of(id: &str) -> Option<&str> {
    let rest = id.strip_prefix("user/")?;
    let (_, label) = rest.split_once('/')?;
    label
        .strip_prefix("label/")
        .filter(|label| !label.is_empty())
}

/// Miniflux' way to say that it has none of the articles that were asked for.
pub(crate) fn has_none(answer: &Answer) -> bool {
    let says = |text: &str| text.contains("no items returned");
    answer.status == 400 && answer.text().is_ok_and(says)
}

/// Marks of one kind and value: `T` first and the state second, since FreshRSS reads only the first
/// thousand fields and answers `OK` all the same.
pub(crate) fn edit(marks: &[OutgoingMark], token: &str, dialect: Dialect) -> Option<Request> {
    let first = marks.first()?;
    let state = match first.kind {
        MarkKind::Read => READ,
        MarkKind::Star => STARRED,
    };
    let form = Form::default().field("T", token);
    let mut form = form.field(if first.want { "a" } else { "r" }, state);
    for mark in marks {
        form = form.field("i", &sent(&mark.rid, dialect.reads_decimal()));
    }
    Some(Request::post("/reader/api/0/edit-tag", form))
}

/// `OK` and nothing else.
pub(crate) fn read_ok(answer: &Answer) -> Result<(), Failure> {
    check(answer)?;
    match answer.text()?.trim() == "OK" {
        true => Ok(()),
        false => Err(Failure::Unexpected("OK")),
    }
}

/// That a change of the list of feeds was done. Servers answer `OK`, some nothing or an object; Miniflux
/// answers `[]` to what it does not know, The Old Reader says its errors with 200.
pub(crate) fn read_changed(answer: &Answer) -> Result<(), Failure> {
    const WHAT: &str = "OK";
    check(answer)?;
    let text = answer.text()?.trim();
    if text.is_empty() || text == "OK" {
        return Ok(());
    }
    let value: Value = serde_json::from_str(text).map_err(|_| Failure::Unexpected(WHAT))?;
    let errors = value.get("errors").or_else(|| value.get("error"));
    let why = errors.map(|errors| match errors {
        Value::Array(list) => list.first().and_then(Value::as_str).unwrap_or("an error"),
        one => one.as_str().unwrap_or("an error"),
    });
    match (why, value.is_object()) {
        (Some(why), _) => Err(Failure::Refused(why.chars().take(200).collect())),
        (None, true) => Ok(()),
        (None, false) => Err(Failure::Unexpected(WHAT)),
    }
}

/// A change of the list of feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedEdit {
    /// Subscribe to a feed's address, under a title and in a folder if given.
    Subscribe {
        /// Address of the feed.
        url: String,
        /// Its title; the feed's own where there is none.
        title: Option<String>,
        /// Its folder.
        folder: Option<String>,
    },
    /// Unsubscribe; on most servers its articles go with it.
    Unsubscribe {
        /// See [`Subscription::id`].
        id: String,
    },
    /// Give it another title.
    Rename {
        /// See [`Subscription::id`].
        id: String,
        /// The new title.
        title: String,
    },
    /// Put it into another folder.
    Move {
        /// See [`Subscription::id`].
        id: String,
        /// The new one; `None` takes it out of `from`.
        to: Option<String>,
        /// The folder it leaves, on servers that allow several.
        from: Option<String>,
    },
}

pub(crate) fn edit_feed(edit: &FeedEdit, token: &str, dialect: Dialect) -> Request {
    let label = |name: &str| format!("user/-/label/{name}");
    let form = Form::default().field("T", token);
    let form = match edit {
        FeedEdit::Subscribe { url, title, folder } => {
            let mut form = form
                .field("ac", "subscribe")
                .field("s", &format!("feed/{url}"));
            if let Some(title) = title {
                form = form.field("t", title);
            }
            if let Some(folder) = folder {
                form = form.field("a", &label(folder));
            }
            form
        }
        FeedEdit::Unsubscribe { id } => form.field("ac", "unsubscribe").field("s", id),
        FeedEdit::Rename { id, title } => form.field("ac", "edit").field("s", id).field("t", title),
        FeedEdit::Move { id, to, from } => {
            let mut form = form.field("ac", "edit").field("s", id);
            if let Some(to) = to {
                form = form.field("a", &label(to));
            }
            // Where a feed has one folder, to move it is to leave the other; CommaFeed would then leave both.
            let leaves = to.is_none() || dialect.has_folders();
            let from = from.as_ref().filter(|from| Some(*from) != to.as_ref());
            if let Some(from) = from.filter(|_| leaves) {
                form = form.field("r", &label(from));
            }
            form
        }
    };
    Request::post("/reader/api/0/subscription/edit", form)
}

/// Subscribes to an address where [`edit_feed`] cannot.
pub(crate) fn quick_add(url: &str, token: &str) -> Request {
    let mut target = String::from("/reader/api/0/subscription/quickadd?output=json&quickadd=");
    target.extend(url::form_urlencoded::byte_serialize(url.as_bytes()));
    Request::post(target, Form::default().field("T", token))
}

/// The server's name of the feed that was subscribed to.
pub(crate) fn read_added(answer: &Answer) -> Result<String, Failure> {
    const WHAT: &str = "a new feed";
    read_changed(answer)?;
    let value = json(answer, WHAT)?;
    let id = text(&value, "streamId").filter(|id| !id.is_empty());
    id.ok_or_else(|| Failure::Refused("no feed was found at this address".to_owned()))
}

fn json(answer: &Answer, what: &'static str) -> Result<Value, Failure> {
    let value = super::wire::json(&answer.body).ok_or(Failure::Unexpected(what))?;
    // The Old Reader refuses with 200 and a list of errors.
    match answer.says_errors() {
        Some(why) => Err(Failure::Refused(why.chars().take(200).collect())),
        None => Ok(value),
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    scalar(value.get(key))
}

/// A text, or a number as one.
pub(crate) fn scalar(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A number, or a text that is one.
pub(crate) fn number(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number
            .as_i64()
            .or_else(|| number.as_f64().map(|n| n as i64)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// FreshRSS writes markup signs in titles and names in full width; they are turned back.
pub(crate) fn narrowed(text: &str, dialect: Dialect) -> String {
    let mut text: String = text.chars().take(LONGEST).collect();
    if dialect.is_full_width() && !text.is_ascii() {
        let narrow = |c| match c {
            '＆' => '&',
            '＜' => '<',
            '＞' => '>',
            '＂' => '"',
            '＇' => '\'',
            c => c,
        };
        text = text.chars().map(narrow).collect();
    }
    text
}

/// As [`narrowed`], of a feed's name: there FreshRSS also writes `?`, `/`, `\\`, `,` and `;` in full width. In a
/// name with Chinese or Japanese letters these are the signs of the language and stay.
pub(crate) fn narrowed_name(text: &str, dialect: Dialect) -> String {
    let name = narrowed(text, dialect);
    let has_own = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}');
    if !dialect.is_full_width() || name.is_ascii() || name.chars().any(has_own) {
        return name;
    }
    let narrow = |c| match c {
        '？' => '?',
        '／' => '/',
        '＼' => '\\',
        '，' => ',',
        '；' => ';',
        c => c,
    };
    name.chars().map(narrow).collect()
}

/// FreshRSS repeats enclosures as figures at the end of the text.
pub(crate) fn without_enclosures(html: String) -> String {
    const OPEN: &str = "<figure class=\"enclosure\">";
    const CLOSE: &str = "</figure>";
    let Some(first) = html.find(OPEN) else {
        return html;
    };
    let mut out = html[..first].to_owned();
    let mut rest = &html[first..];
    while let Some(at) = rest.find(OPEN) {
        out.push_str(&rest[..at]);
        match rest[at..].find(CLOSE) {
            Some(end) => rest = &rest[at + end + CLOSE.len()..],
            None => return html,
        }
    }
    out.push_str(rest);
    out
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

    fn mark(rid: &str) -> OutgoingMark {
        OutgoingMark {
            rid: rid.to_owned(),
            kind: MarkKind::Read,
            want: true,
            seq: 1,
        }
    }

    #[test]
    fn sign_in_is_read_as_lines_and_as_json() {
        assert_eq!(
            read_login(&ok("SID=x\nLSID=null\nAuth=me/0a1b\n")).unwrap(),
            "me/0a1b"
        );
        assert_eq!(
            read_login(&ok("{\"SID\":\"x\",\"Auth\":\"me/0a1b\"}")).unwrap(),
            "me/0a1b"
        );
        assert_eq!(
            read_login(&ok("Error=BadAuthentication\n")),
            Err(Failure::SignedOut)
        );
        assert!(matches!(
            read_login(&ok("<html>log in</html>")),
            Err(Failure::Unexpected(_))
        ));
    }

    #[test]
    fn marks_are_sent_token_first_and_one_kind_a_request() {
        let marks = [mark("7"), mark("4f4d2c1a9b8e7d6c5b4a3928")];
        let request = edit(&marks, "tok", Dialect::FreshRss).unwrap();
        assert_eq!(
            request.form,
            "T=tok&a=user%2F-%2Fstate%2Fcom.google%2Fread&i=7\
             &i=tag%3Agoogle.com%2C2005%3Areader%2Fitem%2F4f4d2c1a9b8e7d6c5b4a3928"
        );
        assert_eq!(edit(&[], "tok", Dialect::FreshRss), None);
        let long = edit(&marks[..1], "tok", Dialect::Miniflux).unwrap();
        assert!(
            long.form.ends_with("item%2F0000000000000007"),
            "{}",
            long.form
        );
    }

    #[test]
    fn what_is_no_answer_is_a_failed_step() {
        assert!(
            read_ids(&ok("[]")).is_err(),
            "Miniflux's answer to what it does not know"
        );
        assert!(read_ids(&ok("{}")).is_err());
        assert!(read_ids(&ok("<html>")).is_err());
        assert!(read_ids(&ok("{\"itemRefs\":[{\"id\":{}}]}")).is_err());
        assert!(read_ok(&ok("<html>OK</html>")).is_err());
        assert!(read_ok(&ok("OK\n")).is_ok());
        assert!(read_subscriptions(&ok("{\"errors\":[\"no\"]}"), Dialect::Unknown).is_err());
    }

    #[test]
    fn a_list_that_is_null_is_empty() {
        assert!(read_ids(&ok("{\"itemRefs\":null}")).unwrap().ids.is_empty());
        let none = read_items(&ok("{\"items\":null}"), Dialect::Unknown);
        assert!(none.unwrap().is_empty());
        let none = read_subscriptions(&ok("{\"subscriptions\":null}"), Dialect::Unknown);
        assert!(none.unwrap().is_empty());
    }

    #[test]
    fn pages_of_freshrss_overlap() {
        let body =
            r#"{"itemRefs":[{"id":"14"},{"id":13},{"id":"12"},{"id":"11"}],"continuation":"11"}"#;
        let page = read_ids(&ok(body)).unwrap();
        assert_eq!(page.ids, ["14", "13", "12", "11"]);
        assert_eq!(after(&page, Dialect::FreshRss).as_deref(), Some("13"));
        assert_eq!(after(&page, Dialect::Miniflux).as_deref(), Some("11"));
    }

    #[test]
    fn an_item_has_its_states_folders_and_the_outlets_own_categories() {
        let body = r#"{"items":[{"id":"tag:google.com,2005:reader/item/0000000000000010",
            "published":1700000000,"title":"One ＆ two","crawlTimeMsec":"1700000001000",
            "canonical":[{"href":"https://a.example/1"}],"origin":{"streamId":"feed/7"},
            "categories":["user/3/state/com.google/read","user/-/label/World/West","Economy"],
            "enclosure":[{"href":"https://a.example/1.mp3","type":"audio/mpeg","length":"12"}],
            "summary":{"content":"<p>x</p><figure class=\"enclosure\"><a href=\"y\">z</a></figure>\n"}}]}"#;
        let items = read_items(&ok(body), Dialect::FreshRss).unwrap();
        let item = &items[0];
        assert_eq!(
            (item.rid.as_str(), item.title.as_str()),
            ("16", "One & two")
        );
        assert_eq!((item.read, item.starred), (true, false));
        assert_eq!(
            (&item.labels[..], &item.tags[..]),
            (&["World/West".to_owned()][..], &["Economy".to_owned()][..])
        );
        assert_eq!(item.html, "<p>x</p>\n");
        assert_eq!(
            item.files,
            [(
                "https://a.example/1.mp3".to_owned(),
                "audio/mpeg".to_owned(),
                Some(12)
            )]
        );
    }

    #[test]
    fn a_change_of_feeds_is_done_only_if_the_answer_says_so() {
        for done in ["OK", "OK\n", "", "{\"numResults\":1}"] {
            assert_eq!(read_changed(&ok(done)), Ok(()), "{done:?}");
        }
        assert!(
            read_changed(&ok("[]")).is_err(),
            "Miniflux does not know it"
        );
        assert!(read_changed(&ok("<html>Sign in</html>")).is_err());
        let added = |body: &str| read_added(&ok(body));
        assert_eq!(
            added(r#"{"numResults":1,"streamId":"feed/00ab"}"#).unwrap(),
            "feed/00ab"
        );
        assert!(matches!(
            added(r#"{"numResults":0}"#),
            Err(Failure::Refused(_))
        ));
        let limit = added(r#"{"numResults":0,"error":"Your limit is 100."}"#).unwrap_err();
        assert_eq!(limit.to_string(), "the server refuses: Your limit is 100.");
        let refused = read_changed(&ok("{\"errors\":[\"Too many feeds\"]}")).unwrap_err();
        assert_eq!(refused.to_string(), "the server refuses: Too many feeds");
    }

    #[test]
    fn names_of_feeds_get_their_own_signs_back() {
        let name = |text: &str| narrowed_name(text, Dialect::FreshRss);
        assert_eq!(name("Why？ News／World， R＆D"), "Why? News/World, R&D");
        assert_eq!(name("時計台，通信？"), "時計台，通信？");
        assert_eq!(narrowed_name("Why？", Dialect::Miniflux), "Why？");
        assert_eq!(narrowed("Why？ ＜b＞", Dialect::FreshRss), "Why？ <b>");
    }

    #[test]
    fn numbers_that_are_ids_are_read_in_every_form() {
        let body = r#"{"itemRefs":[{"id":18446744073709551606},{"id":-10},{"id":"7"}]}"#;
        assert_eq!(read_ids(&ok(body)).unwrap().ids, ["-10", "-10", "7"]);
    }

    #[test]
    fn feeds_are_read_in_every_form_of_id() {
        let body = r#"{"subscriptions":[{"id":"feed/7","title":"A","url":"https://a.example/f",
            "categories":[{"id":"user/-/label/X/Y","label":"X/Y"},{"id":"user/1/label/Z"}]},
            {"id":"feed/https://b.example/f","title":"B","categories":[]},{"title":"none"}]}"#;
        let list = read_subscriptions(&ok(body), Dialect::BazQux).unwrap();
        assert_eq!(list.len(), 2);
        assert_eq!(list[0].folders, ["X/Y", "Z"]);
        assert_eq!(list[1].feed_url, "https://b.example/f");
    }
}
