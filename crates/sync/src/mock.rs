//! A made-up server for tests: the dialects with their traps, faults at chosen requests, marks of other
//! devices. Behind the feature `mock`.
//! Never here: sockets, and anything that the crate itself uses.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::dialect::Dialect;
use super::wire::{Answer, Failure, Method, Request};

/// The password that the mock takes at first.
pub const PASSWORD: &str = "api-word-of-mira";

/// The name that it knows.
pub const USER: &str = "mira";

/// A feed on the mock.
#[derive(Debug, Clone)]
pub struct MockFeed {
    /// Such as `feed/7`.
    pub id: String,
    /// What the server calls it.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Its folders.
    pub folders: Vec<String>,
}

/// An article on the mock.
#[derive(Debug, Clone)]
pub struct MockItem {
    /// As it stands in lists.
    pub id: String,
    /// The feed it is of.
    pub feed: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Its text.
    pub html: String,
    /// Seconds.
    pub published: i64,
    /// Microseconds.
    pub arrived: i64,
    /// Read on the server.
    pub read: bool,
    /// Starred on the server.
    pub starred: bool,
    /// Folders' names are added when it is given out.
    pub tags: Vec<String>,
}

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nobody listens.
    Refused,
    /// It arrives and is done, and the answer gets lost.
    AnswerLost,
    /// Answered with this status, and not done.
    Status(u16),
    /// `OK`, and not done.
    NothingDone,
    /// A page of HTML.
    Html,
    /// A list without entries.
    Empty,
    /// The token has ended.
    TokenEnded,
    /// The same is elsewhere: a permanent redirect with this in place of the account's address.
    Moved(&'static str),
    /// A redirect to this.
    Redirect(&'static str),
    /// 429 with this header, its value in seconds.
    Pause(&'static str, u32),
}

/// Something that happens before a request is answered.
pub type Hook = Box<dyn FnMut(&mut Mock, &str) + Send>;

/// The server.
pub struct Mock {
    /// How it speaks.
    pub dialect: Dialect,
    /// It speaks Fever instead.
    pub fever: bool,
    /// In no order.
    pub feeds: Vec<MockFeed>,
    /// Oldest first.
    pub items: Vec<MockItem>,
    /// The password it takes.
    pub password: String,
    /// The number of the sign-in tokens; older ones have ended.
    pub generation: u32,
    /// The API is switched off.
    pub off: bool,
    /// Every request: method and target.
    pub log: Vec<String>,
    /// By the number of the request, from 0.
    pub faults: HashMap<usize, Fault>,
    /// Called before each request.
    pub hook: Option<Hook>,
    /// Lists of starred articles hold everything.
    pub lying: bool,
    /// Articles in one answer to a request for contents, of the first ids that it asks for.
    pub gives: Option<usize>,
    /// Requests for contents that hold one of these ids are answered 500.
    pub poison: Vec<String>,
    /// How it says that a request is not signed in: status and body.
    pub refusal: (u16, &'static str),
    /// What stands before each body.
    pub before: &'static str,
    /// The list of unread articles goes on for ever, by so many ids a page.
    pub endless: Option<usize>,
    /// Ids in one page of a list, however many are asked for.
    pub pages: Option<usize>,
    /// Fever lists no more unread articles than these, the newest.
    pub cut: Option<usize>,
    /// Used and allowed requests that each answer tells of.
    pub quota: Option<(u32, u32)>,
    /// The clock of the server, microseconds; moves with each arrival.
    pub clock: i64,
    next: i64,
}

impl Default for Mock {
    fn default() -> Mock {
        Mock::new(Dialect::FreshRss)
    }
}

impl Mock {
    /// A server without feeds.
    pub fn new(dialect: Dialect) -> Mock {
        Mock {
            dialect,
            fever: false,
            feeds: Vec::new(),
            items: Vec::new(),
            password: PASSWORD.to_owned(),
            generation: 1,
            off: false,
            log: Vec::new(),
            faults: HashMap::new(),
            hook: None,
            lying: false,
            gives: None,
            refusal: (401, "Unauthorized!"),
            before: "",
            endless: None,
            pages: None,
            poison: Vec::new(),
            cut: None,
            quota: None,
            clock: 1_795_000_000_000_000,
            next: 1,
        }
    }

    /// Subscribes to a feed.
    pub fn feed(&mut self, title: &str, folders: &[&str]) -> String {
        let number = self.feeds.len() + 1;
        let url = format!("https://feeds.example/{number}.xml");
        self.subscribe(&url, title, folders)
    }

    fn subscribe(&mut self, url: &str, title: &str, folders: &[&str]) -> String {
        let number = self.next;
        self.next += 1;
        let id = match self.dialect {
            Dialect::OldReader => format!("feed/{number:024x}"),
            Dialect::BazQux | Dialect::Inoreader => format!("feed/{url}"),
            _ if self.fever => number.to_string(),
            _ => format!("feed/{number}"),
        };
        self.feeds.push(MockFeed {
            id: id.clone(),
            title: title.to_owned(),
            url: url.to_owned(),
            folders: folders.iter().map(|folder| (*folder).to_owned()).collect(),
        });
        id
    }

    /// Articles of a feed arrive, unread; their ids, oldest first.
    pub fn arrive(&mut self, feed: &str, count: usize) -> Vec<String> {
        let number = self.items.iter().filter(|item| item.feed == feed).count();
        let base = self.feeds.iter().find(|one| one.id == feed);
        let base = base
            .map_or("https://feeds.example/x", |one| &one.url)
            .to_owned();
        let one = |n| {
            let title = format!("Story {n}");
            (title, format!("{base}/{n}"))
        };
        let stories: Vec<_> = (number..number + count).map(one).collect();
        stories
            .into_iter()
            .map(|(title, url)| self.arrive_as(feed, &title, &url))
            .collect()
    }

    /// One article arrives, unread.
    pub fn arrive_as(&mut self, feed: &str, title: &str, url: &str) -> String {
        self.clock += 1_000_003;
        let number = self.next;
        self.next += 1;
        let id = match self.dialect {
            Dialect::OldReader => {
                format!("{:024x}", i128::from(self.clock) << 16 | i128::from(number))
            }
            Dialect::BazQux => (-number).to_string(),
            Dialect::Miniflux => number.to_string(),
            _ => self.clock.to_string(),
        };
        // Long enough to be the whole article, and no copy of another one.
        let words: Vec<String> = (0..420).map(|n| format!("word{number}n{n}")).collect();
        let html = format!("<p>{title}.</p><p>{}.</p>", words.join(" "));
        self.items.push(MockItem {
            id: id.clone(),
            feed: feed.to_owned(),
            title: title.to_owned(),
            url: url.to_owned(),
            html,
            published: self.clock / 1_000_000 - 3_600,
            arrived: self.clock,
            read: false,
            starred: false,
            tags: Vec::new(),
        });
        id
    }

    /// Another device marks articles.
    pub fn mark(&mut self, ids: &[String], read: Option<bool>, starred: Option<bool>) {
        for item in self.items.iter_mut().filter(|item| ids.contains(&item.id)) {
            item.read = read.unwrap_or(item.read);
            item.starred = starred.unwrap_or(item.starred);
        }
    }

    /// Ids of articles, by their state.
    pub fn ids(&self, is: impl Fn(&MockItem) -> bool) -> Vec<String> {
        let mut ids: Vec<String> = self
            .items
            .iter()
            .filter(|item| is(item))
            .map(|item| item.id.clone())
            .collect();
        ids.sort();
        ids
    }

    /// Unsubscribes: the articles go, starred ones too.
    pub fn unsubscribe(&mut self, feed: &str) {
        self.feeds.retain(|one| one.id != feed);
        self.items.retain(|item| item.feed != feed);
    }

    /// Subscribes again to the address: the same articles under new ids, all unread.
    pub fn resubscribe(
        &mut self,
        url: &str,
        title: &str,
        articles: &[(String, String, i64)],
    ) -> String {
        let id = self.subscribe(url, title, &[]);
        for (title, url, published) in articles {
            self.arrive_as(&id, title, url);
            if let Some(item) = self.items.last_mut() {
                item.published = *published;
            }
        }
        id
    }

    fn auth(&self) -> String {
        format!("{USER}/0a1b{:036x}", self.generation)
    }

    fn edit_token(&self) -> String {
        match self.dialect {
            Dialect::Miniflux => self.auth(),
            Dialect::FreshRss => {
                let number = 0xc0ffee00u64 + u64::from(self.generation);
                format!("{number:040x}{}", "Z".repeat(17))
            }
            _ => format!("edit-{:x}", 0xc0ffee00u64 + u64::from(self.generation)),
        }
    }

    /// Answers a request; an error is no answer at all.
    pub fn answer(&mut self, request: &Request) -> Result<Answer, Failure> {
        let number = self.log.len();
        let method = match request.method {
            Method::Get => "GET",
            Method::Post => "POST",
        };
        self.log.push(format!("{method} {}", request.target));
        if let Some(mut hook) = self.hook.take() {
            hook(self, &request.target);
            self.hook.get_or_insert(hook);
        }
        let lost = || Failure::Network("127.0.0.1: connection refused".to_owned());
        match self.faults.get(&number) {
            Some(Fault::Refused) => Err(lost()),
            Some(Fault::AnswerLost) => {
                self.reply(request);
                Err(lost())
            }
            Some(Fault::Status(status)) => Ok(self.status(*status, "no")),
            Some(Fault::NothingDone) => Ok(self.status(200, "OK")),
            Some(Fault::Html) => Ok(self.status(200, "<html><body>Sign in</body></html>")),
            Some(Fault::Empty) => Ok(self.status(200, "{\"itemRefs\":[]}")),
            Some(Fault::TokenEnded) => {
                self.generation += 1;
                Ok(self.reply(request))
            }
            Some(Fault::Moved(base)) => Ok(Answer {
                location: Some(format!("{base}{}", request.target)),
                ..self.status(301, "")
            }),
            // The header itself is the socket's business.
            Some(Fault::Pause(..)) => Ok(self.status(429, "slow down")),
            Some(Fault::Redirect(to)) => Ok(Answer {
                location: Some((*to).to_owned()),
                ..self.status(302, "")
            }),
            None => Ok(self.reply(request)),
        }
    }

    fn status(&self, status: u16, body: &str) -> Answer {
        Answer {
            status,
            body: [self.before, body].concat().into_bytes(),
            took: Duration::from_millis(1),
            quota: self.quota,
            ..Answer::default()
        }
    }

    fn json(&self, value: &Value) -> Answer {
        self.status(200, &value.to_string())
    }

    fn reply(&mut self, request: &Request) -> Answer {
        if self.off {
            return self.status(503, "Service Unavailable!");
        }
        let (path, query) = request
            .target
            .split_once('?')
            .unwrap_or((&request.target, ""));
        let query = fields(query);
        // What is over a mebibyte is cut off, and the rest is as if it were all.
        let form = match request.form.len() > 1 << 20 && self.dialect == Dialect::FreshRss {
            true => &request.form[..1 << 20],
            false => &request.form,
        };
        let form = fields(form);
        if self.fever {
            return self.fever(&query, &form);
        }
        if path == "/accounts/ClientLogin" {
            let right = value(&form, "Email") == Some(USER)
                && value(&form, "Passwd") == Some(self.password.as_str());
            return match right {
                true => self.status(200, &format!("SID={0}\nLSID=null\nAuth={0}\n", self.auth())),
                false => self.status(self.refusal.0, self.refusal.1),
            };
        }
        let header =
            request.authorization.as_deref() == Some(&*format!("GoogleLogin auth={}", self.auth()));
        let token = value(&form, "T") == Some(self.edit_token().as_str());
        let post = request.method == Method::Post;
        let signed = match (self.dialect, post) {
            (Dialect::Miniflux, true) => token,
            (_, true) => header && (token || value(&form, "T").is_none_or(str::is_empty)),
            (_, false) => header,
        };
        if !signed {
            return self.status(self.refusal.0, self.refusal.1);
        }
        if post && request.form.is_empty() {
            return self.status(400, "Bad Request!");
        }
        match path.strip_prefix("/reader/api/0/").unwrap_or(path) {
            "token" => self.status(200, &format!("{}\n", self.edit_token())),
            "subscription/list" if value(&query, "output") != Some("json") => self.status(501, ""),
            "subscription/list" => self.subscriptions(),
            "stream/items/ids" if value(&query, "output") != Some("json") => self.status(501, ""),
            "stream/items/ids" => self.ids_page(&query),
            "stream/items/contents" if post => self.contents(&form),
            "edit-tag" if post => self.edit_tag(&form),
            "edit-tag" => self.status(200, "OK"),
            "subscription/edit" if post => self.edit_feed(&form),
            "subscription/quickadd" if post => {
                let url = value(&query, "quickadd").unwrap_or_default().to_owned();
                let id = self.subscribe(&url, &url, &[]);
                self.json(&json!({"query": url, "numResults": 1, "streamId": id}))
            }
            _ => match self.dialect {
                Dialect::Miniflux => self.status(200, "[]"),
                _ => self.status(400, "Bad Request!"),
            },
        }
    }

    fn subscriptions(&self) -> Answer {
        let label = |name: &String| json!({"id": format!("user/-/label/{name}"), "label": name});
        let one = |feed: &MockFeed| {
            json!({
                "id": feed.id, "title": feed.title, "url": feed.url,
                "htmlUrl": feed.url.trim_end_matches(".xml"),
                "categories": feed.folders.iter().map(label).collect::<Vec<_>>(),
            })
        };
        self.json(&json!({"subscriptions": self.feeds.iter().map(one).collect::<Vec<_>>()}))
    }

    fn ids_page(&self, query: &[(String, String)]) -> Answer {
        const STATE: &str = "user/-/state/com.google/";
        let stream = value(query, "s").unwrap_or_default();
        let without_read = query.iter().rfind(|(name, _)| name == "xt");
        let without_read = without_read.is_some_and(|(_, state)| state == &format!("{STATE}read"));
        let starred = stream == format!("{STATE}starred");
        let only_read = self.dialect.filters_read()
            && value(query, "it").is_some_and(|state| state == format!("{STATE}read"));
        let since = value(query, "ot").and_then(|text| text.parse::<i64>().ok());
        let cap = match self.dialect {
            Dialect::CommaFeed => 1_000,
            Dialect::Miniflux | Dialect::OldReader => 10_000,
            _ => usize::MAX,
        };
        let most = value(query, "n")
            .and_then(|n| n.parse().ok())
            .unwrap_or(20usize)
            .min(self.pages.unwrap_or(cap));
        if let (Some(size), true) = (self.endless, without_read) {
            let from = value(query, "c").and_then(|c| c.parse().ok());
            let from = from.unwrap_or(i64::from(i32::MAX));
            let refs = (0..size as i64).map(|n| json!({"id": (from - n).to_string()}));
            let next = (from - size as i64).to_string();
            return self.json(&json!({"itemRefs": refs.collect::<Vec<_>>(), "continuation": next}));
        }
        let mut found: Vec<&MockItem> = self.items.iter().rev().collect();
        found.retain(|item| {
            let time = match self.dialect {
                Dialect::Miniflux => item.published,
                _ => item.arrived / 1_000_000,
            };
            let by_stream = !starred || item.starred || self.lying;
            let by_feed = !stream.starts_with("feed/") || item.feed == stream;
            let by_read =
                !without_read || !item.read || (starred && self.dialect == Dialect::Miniflux);
            let by_filter = !only_read || item.read;
            by_stream && by_feed && by_read && by_filter && since.is_none_or(|since| time >= since)
        });
        let continuation = value(query, "c").filter(|c| !c.is_empty());
        let page: Vec<&MockItem> = match (self.dialect, continuation) {
            (_, None) => found.iter().take(most).copied().collect(),
            (Dialect::FreshRss, Some(c)) => {
                // From the last id of the page before, which is cut off, whatever it is.
                let from = c.parse().unwrap_or(i64::MAX);
                let at_or_below =
                    |item: &&&MockItem| item.id.parse::<i64>().is_ok_and(|id| id <= from);
                found
                    .iter()
                    .filter(at_or_below)
                    .skip(1)
                    .take(most)
                    .copied()
                    .collect()
            }
            (_, Some(offset)) => {
                let offset = offset.parse().unwrap_or(0usize);
                found.iter().skip(offset).take(most).copied().collect()
            }
        };
        let refs: Vec<Value> = page.iter().map(|item| json!({"id": item.id})).collect();
        let mut answer = json!({"itemRefs": refs});
        if let (true, Some(last)) = (page.len() == most, page.last()) {
            let offset = continuation.and_then(|c| c.parse().ok()).unwrap_or(0usize) + page.len();
            answer["continuation"] = match self.dialect {
                Dialect::FreshRss => last.id.clone().into(),
                _ => offset.to_string().into(),
            };
        }
        self.json(&answer)
    }

    fn item_json(&self, item: &MockItem) -> Value {
        let user = if self.dialect == Dialect::Miniflux {
            "1"
        } else {
            "-"
        };
        let mut categories = vec![format!("user/{user}/state/com.google/reading-list")];
        let feed = self.feeds.iter().find(|feed| feed.id == item.feed);
        for folder in feed.into_iter().flat_map(|feed| &feed.folders) {
            categories.push(format!("user/{user}/label/{folder}"));
        }
        if item.read {
            categories.push(format!("user/{user}/state/com.google/read"));
        }
        if item.starred {
            categories.push(format!("user/{user}/state/com.google/starred"));
        }
        if self.dialect == Dialect::FreshRss {
            categories.extend(item.tags.iter().cloned());
        }
        let long = match item.id.parse::<i64>() {
            Ok(number) => format!("tag:google.com,2005:reader/item/{:016x}", number as u64),
            Err(_) => format!("tag:google.com,2005:reader/item/{}", item.id),
        };
        json!({
            "id": long, "title": item.title, "published": item.published,
            "crawlTimeMsec": (item.arrived / 1_000).to_string(),
            "canonical": [{"href": item.url}], "alternate": [{"href": item.url}],
            "categories": categories, "origin": {"streamId": item.feed},
            "summary": {"content": item.html}, "author": "A. Writer",
        })
    }

    fn asked(&self, form: &[(String, String)]) -> Vec<String> {
        let ids = form.iter().filter(|(name, _)| name == "i");
        let one = |id: &String| match (self.dialect, i64::from_str_radix(id, 16)) {
            // Without their prefix they are taken for hexadecimal.
            (Dialect::Miniflux, Ok(number)) => Some(number.to_string()),
            _ => super::article_id(id),
        };
        ids.filter_map(|(_, id)| one(id)).collect()
    }

    fn contents(&self, form: &[(String, String)]) -> Answer {
        let asked = self.asked(form).into_iter();
        let asked: std::collections::HashSet<String> =
            asked.take(self.gives.unwrap_or(usize::MAX)).collect();
        if self.poison.iter().any(|id| asked.contains(id)) {
            return self.status(500, "");
        }
        let none = !self.items.iter().any(|item| asked.contains(&item.id));
        if none && self.dialect == Dialect::Miniflux {
            let why = json!({"error_message": "googlereader: no items returned from the database"});
            return self.status(400, &why.to_string());
        }
        // In the server's order, and nothing of what is not there.
        let items = self
            .items
            .iter()
            .rev()
            .filter(|item| asked.contains(&item.id));
        self.json(&json!({"items": items.map(|item| self.item_json(item)).collect::<Vec<_>>()}))
    }

    fn edit_tag(&mut self, form: &[(String, String)]) -> Answer {
        // Of the first thousand fields, the last `a` and the last `r`.
        let states = |name: &str| {
            let first = form.iter().take(1_000).filter(|(field, _)| field == name);
            first.map(|(_, state)| state.clone()).next_back()
        };
        let (add, remove) = (states("a"), states("r"));
        let asked: std::collections::HashSet<String> = self.asked(form).into_iter().collect();
        for item in self
            .items
            .iter_mut()
            .filter(|item| asked.contains(&item.id))
        {
            for (state, on) in [(&add, true), (&remove, false)] {
                // What is so already is turned round.
                let toggles = self.dialect == Dialect::Miniflux && on;
                match state.as_deref().and_then(|state| state.rsplit('/').next()) {
                    Some("read") => item.read = on && !(toggles && item.read),
                    Some("starred") => item.starred = on && !(toggles && item.starred),
                    _ => {}
                }
            }
        }
        self.status(200, "OK")
    }

    fn edit_feed(&mut self, form: &[(String, String)]) -> Answer {
        let id = value(form, "s").unwrap_or_default().to_owned();
        let label = |name| {
            value(form, name)
                .and_then(|id| id.strip_prefix("user/-/label/"))
                .map(str::to_owned)
        };
        let (to, from) = (label("a"), label("r"));
        let known = self.feeds.iter().position(|feed| feed.id == id);
        match (value(form, "ac"), known) {
            (Some("subscribe"), None) if self.dialect != Dialect::OldReader => {
                let url = id.strip_prefix("feed/").unwrap_or_default().to_owned();
                if self.feeds.iter().any(|feed| feed.url == url) {
                    return self.status(400, "Bad Request!");
                }
                let title = value(form, "t").unwrap_or(&url).to_owned();
                let folders: Vec<&str> = to.as_deref().into_iter().collect();
                self.subscribe(&url, &title, &folders);
            }
            (Some("unsubscribe"), Some(_)) => self.unsubscribe(&id),
            (Some("edit"), Some(at)) => {
                let feed = &mut self.feeds[at];
                if let Some(title) = value(form, "t") {
                    feed.title = title.to_owned();
                }
                feed.folders.retain(|folder| Some(folder) != from.as_ref());
                if let Some(to) = to {
                    if self.dialect != Dialect::BazQux {
                        feed.folders.clear();
                    }
                    feed.folders.push(to);
                }
            }
            _ => return self.status(400, "Bad Request!"),
        }
        self.status(200, "OK")
    }

    fn fever(&mut self, query: &[(String, String)], form: &[(String, String)]) -> Answer {
        let key = super::fever::key(USER, &self.password);
        if value(form, "api_key") != Some(key.as_str()) {
            return self.json(&json!({"api_version": 3, "auth": 0}));
        }
        let mut answer = json!({"api_version": 3, "auth": 1, "last_refreshed_on_time": 1});
        let has = |name: &str| query.iter().any(|(field, _)| field == name);
        if value(form, "mark") == Some("item") {
            let id = value(form, "id").unwrap_or_default();
            let toggles = self.dialect == Dialect::Miniflux;
            if let Some(item) = self.items.iter_mut().find(|item| item.id == id) {
                match value(form, "as") {
                    Some("read") => item.read = true,
                    Some("unread") => item.read = false,
                    Some("saved" | "unsaved") if toggles => item.starred = !item.starred,
                    Some("saved") => item.starred = true,
                    Some("unsaved") => item.starred = false,
                    _ => {}
                }
            } else if self.dialect != Dialect::FreshRss {
                return self.status(404, "<!doctype html>");
            }
        } else if has("groups") {
            let mut names: Vec<&String> =
                self.feeds.iter().flat_map(|feed| &feed.folders).collect();
            names.sort();
            names.dedup();
            let numbered = names.iter().enumerate();
            let groups = numbered
                .clone()
                .map(|(n, name)| json!({"id": n + 1, "title": name}));
            let holding = numbered.map(|(n, name)| {
                let feeds = self.feeds.iter().filter(|feed| feed.folders.contains(name));
                let ids: Vec<&str> = feeds.map(|feed| feed.id.as_str()).collect();
                json!({"group_id": n + 1, "feed_ids": ids.join(",")})
            });
            answer["groups"] = groups.collect();
            answer["feeds_groups"] = holding.collect();
        } else if has("feeds") {
            let one = |feed: &MockFeed| {
                let number: i64 = feed.id.parse().unwrap_or_default();
                json!({"id": number, "title": feed.title, "url": feed.url, "site_url": ""})
            };
            answer["feeds"] = self.feeds.iter().map(one).collect();
        } else if has("unread_item_ids") {
            let mut unread: Vec<&MockItem> = self.items.iter().filter(|item| !item.read).collect();
            let most = self.cut.unwrap_or(usize::MAX);
            unread.drain(..unread.len().saturating_sub(most));
            let ids: Vec<&str> = unread.iter().map(|item| item.id.as_str()).collect();
            answer["unread_item_ids"] = ids.join(",").into();
        } else if has("saved_item_ids") {
            answer["saved_item_ids"] = self.ids(|item| item.starred).join(",").into();
        } else if has("items") {
            let number = |name: &str| value(query, name).and_then(|text| text.parse::<i64>().ok());
            let by_number = |item: &MockItem| item.id.parse::<i64>().unwrap_or_default();
            let walked: Vec<String> = match (number("max_id"), number("since_id")) {
                (Some(below), _) => {
                    let found = self.items.iter().rev();
                    let found = found.filter(|item| by_number(item) < below);
                    found.take(50).map(|item| item.id.clone()).collect()
                }
                (None, Some(above)) => {
                    let found = self.items.iter().filter(|item| by_number(item) > above);
                    found.take(50).map(|item| item.id.clone()).collect()
                }
                _ => Vec::new(),
            };
            let asked = value(query, "with_ids").unwrap_or_default();
            let asked: Vec<&str> = asked.split(',').take(50).collect();
            let asked: Vec<&str> = asked
                .into_iter()
                .chain(walked.iter().map(String::as_str))
                .collect();
            if self.poison.iter().any(|id| asked.contains(&id.as_str())) {
                return self.status(500, "");
            }
            let one = |item: &MockItem| {
                json!({
                    "id": item.id, "feed_id": item.feed.parse::<i64>().unwrap_or_default(),
                    "title": item.title, "author": "", "html": item.html, "url": item.url,
                    "is_read": i32::from(item.read), "is_saved": i32::from(item.starred),
                    "created_on_time": item.published,
                })
            };
            let items = self
                .items
                .iter()
                .filter(|item| asked.contains(&item.id.as_str()));
            answer["items"] = items.map(one).collect();
        }
        self.json(&answer)
    }
}

fn fields(text: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect()
}

/// The first value of a field.
fn value<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|(field, _)| field == name)
        .map(|(_, value)| value.as_str())
}

/// Reads an answer as the request it belongs to wants it read, and says how much was found: for replaying
/// recorded exchanges. `None` for requests that this crate does not make.
pub fn read(
    target: &str,
    form: &str,
    answer: &Answer,
    dialect: Dialect,
) -> Option<Result<usize, Failure>> {
    use super::{fever, greader};
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let form = fields(form);
    let path = path
        .rsplit_once("/reader/api/0/")
        .map_or(path, |(_, rest)| rest);
    let has = |name: &str| {
        query
            .split('&')
            .any(|field| field.split('=').next() == Some(name))
    };
    Some(match path {
        _ if path.ends_with("/ClientLogin") => greader::read_login(answer).map(|_| 1),
        "token" => greader::read_token(answer).map(|_| 1),
        "subscription/list" => greader::read_subscriptions(answer, dialect).map(|list| list.len()),
        "stream/items/ids" => greader::read_ids(answer).map(|page| page.ids.len()),
        "stream/items/contents" => greader::read_items(answer, dialect).map(|items| items.len()),
        "edit-tag" => greader::read_ok(answer).map(|()| 1),
        "subscription/edit" => greader::read_changed(answer).map(|()| 1),
        _ if !query.starts_with("api") => return None,
        _ if value(&form, "mark").is_some() => fever::read(answer).map(|_| 1),
        _ if has("items") => fever::read_items(answer, dialect).map(|items| items.len()),
        _ if has("unread_item_ids") && !has("groups") => {
            fever::read_ids(answer, "unread_item_ids").map(|ids| ids.len())
        }
        _ if has("saved_item_ids") && !has("groups") => {
            fever::read_ids(answer, "saved_item_ids").map(|ids| ids.len())
        }
        _ if has("feeds") => {
            fever::read_subscriptions(answer, answer, dialect).map(|list| list.len())
        }
        _ => fever::read(answer).map(|_| 1),
    })
}
