//! A server with a reader's tokens: signs requests, signs in again where a token has ended, counts.
//! Never here: the order of a sync (`driver`), sockets.

use newsprint_model::Time;
use newsprint_model::remote::{OutgoingMark, Subscription};

use super::dialect::Dialect;
use super::fever;
use super::greader::{self, FeedEdit, Item, Page, Stream};
use super::wire::{Answer, Failure, Request, no_api};

/// What a request needs to be sent, and where secrets come from and go to.
pub trait Wire {
    /// Sends one request and waits for its answer, whatever its status.
    fn send(&mut self, request: &Request) -> Result<Answer, Failure>;

    /// Sends several, at the same time where that can be done; the answers in the order of the requests.
    fn send_all(&mut self, requests: &[Request]) -> Vec<Result<Answer, Failure>> {
        requests.iter().map(|request| self.send(request)).collect()
    }

    /// The password; asked for only when signing in.
    fn password(&mut self) -> Result<String, Failure>;

    /// Keeps the tokens for the next sync.
    fn keep(&mut self, tokens: &Tokens) -> Result<(), Failure>;
}

/// What stands for the password between two sign-ins. As good as the password.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    /// Signs each request: Google Reader's `Auth`, Fever's key.
    pub auth: String,
    /// Google Reader's edit token, `T`.
    pub edit: String,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens(…)")
    }
}

/// What a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Protocol {
    /// The Google Reader API.
    #[default]
    GoogleReader,
    /// Fever.
    Fever,
}

/// An account as far as requests need it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// What the server speaks.
    pub protocol: Protocol,
    /// The name to sign in with.
    pub user: String,
    /// Which server it is, as far as known.
    pub dialect: Dialect,
    /// Inoreader's AppId and AppKey.
    pub app: Option<(String, String)>,
}

/// Sign-ins in one sync: a token may end while a long one runs.
const SIGN_INS: u32 = 2;

/// Pages of a list after which, and again after as many, it is looked whether what they hold is there.
const PAGES: usize = 200;

/// … and where another list of the server had no end.
const FEW_PAGES: usize = 20;

/// Ids of the last page that are asked for then.
const LOOKED_AT: usize = 5;

/// A server, over a wire.
pub struct Server<'a> {
    wire: &'a mut dyn Wire,
    account: Account,
    tokens: Tokens,
    sign_ins: u32,
    requests: u32,
    quota: Option<(u32, u32)>,
    quota_resets: Option<Time>,
    /// Lists of which the last reading came to no end, and the pages that were read.
    endless: Vec<(Stream, usize)>,
}

impl<'a> Server<'a> {
    /// A server with the tokens of an earlier sign-in, or empty ones.
    pub fn new(wire: &'a mut dyn Wire, account: Account, tokens: Tokens) -> Server<'a> {
        let mut account = account;
        if account.dialect == Dialect::Unknown && !tokens.auth.is_empty() {
            account.dialect = Dialect::of_tokens(&tokens.auth, &tokens.edit);
        }
        Server {
            wire,
            account,
            tokens,
            sign_ins: 0,
            requests: 0,
            quota: None,
            quota_resets: None,
            endless: Vec::new(),
        }
    }

    /// Requests so far.
    pub fn requests(&self) -> u32 {
        self.requests
    }

    /// Which server it is, by what it has answered so far.
    pub fn dialect(&self) -> Dialect {
        self.account.dialect
    }

    /// Signs in if that was never done, so that it is known which server it is.
    pub(crate) fn get_to_know(&mut self) -> Result<(), Failure> {
        match self.tokens.auth.is_empty() {
            true => self.sign_in(),
            false => Ok(()),
        }
    }

    pub(crate) fn protocol(&self) -> Protocol {
        self.account.protocol
    }

    /// Takes up what an earlier sync saw of a quota that has not begun anew since.
    pub fn recall_quota(&mut self, used: u32, limit: u32, until: Time) {
        self.quota = Some((used, limit));
        self.quota_resets = Some(until);
    }

    /// Used and allowed requests as the server last said, and when the count begins anew.
    pub fn quota(&self) -> Option<(u32, u32, Option<Time>)> {
        self.quota
            .map(|(used, limit)| (used, limit, self.quota_resets))
    }

    fn note_quota(&mut self, answer: &Answer) {
        self.quota = answer.quota.or(self.quota);
        self.quota_resets = answer.quota_resets.or(self.quota_resets);
    }

    /// That a quota is short, and until when.
    pub(crate) fn quota_failure(&self) -> Failure {
        Failure::Quota(self.quota_resets)
    }

    /// Whether four fifths of a quota are used.
    pub fn is_short(&self) -> bool {
        self.quota
            .is_some_and(|(used, limit)| u64::from(used) * 5 >= u64::from(limit) * 4)
    }

    /// Counts a request that was sent, and takes up what its answer says of a quota. One that is held back
    /// while the server is left alone was not sent.
    fn count(&mut self, answer: &Result<Answer, Failure>) {
        self.requests += u32::from(!matches!(answer, Err(Failure::Later { .. })));
        if let Ok(answer) = answer {
            self.note_quota(answer);
        }
    }

    fn send(&mut self, request: &Request) -> Result<Answer, Failure> {
        let answer = self.wire.send(request);
        self.count(&answer);
        answer
    }

    fn with_app(&self, mut request: Request) -> Request {
        if let Some((id, key)) = &self.account.app {
            request.headers.push(("AppId", id.clone()));
            request.headers.push(("AppKey", key.clone()));
        }
        request
    }

    fn sign(&self, request: Request) -> Request {
        let authorization = format!("GoogleLogin auth={}", self.tokens.auth);
        self.with_app(Request {
            authorization: Some(authorization),
            ..request
        })
    }

    /// Signs in with the password and keeps the tokens.
    pub fn sign_in(&mut self) -> Result<(), Failure> {
        if self.sign_ins >= SIGN_INS {
            return Err(Failure::SignedOut);
        }
        self.sign_ins += 1;
        let password = self.wire.password()?;
        match self.account.protocol {
            Protocol::Fever => {
                let key = fever::key(&self.account.user, &password);
                let answer = self.send(&fever::groups(&key))?;
                fever::read(&answer).map_err(no_api)?;
                self.tokens.auth = key;
            }
            Protocol::GoogleReader => {
                let request = self.with_app(greader::login(&self.account.user, &password));
                let answer = self.send(&request)?;
                if answer.status == 403 && self.account.dialect == Dialect::Inoreader {
                    return Err(Failure::BadApp);
                }
                self.tokens.auth = greader::read_login(&answer)?;
                self.tokens.edit.clear();
                self.fetch_edit_token()?;
            }
        }
        self.wire.keep(&self.tokens)
    }

    fn fetch_edit_token(&mut self) -> Result<(), Failure> {
        let answer = self.send(&self.sign(greader::token()))?;
        self.tokens.edit = match greader::read_token(&answer) {
            // Some know no edit token; what signs the request does then.
            Err(Failure::Status(_) | Failure::Unexpected(_)) => String::new(),
            other => other?,
        };
        if self.account.dialect == Dialect::Unknown {
            self.account.dialect = Dialect::of_tokens(&self.tokens.auth, &self.tokens.edit);
        }
        Ok(())
    }

    /// Sends a request of the Google Reader API, signing in before it where there is no token and after
    /// a refusal: first the edit token is fetched anew, which some servers let end soon, then the
    /// password is used.
    fn signed(
        &mut self,
        make: &dyn Fn(&Tokens) -> Request,
        edits: bool,
    ) -> Result<Answer, Failure> {
        if self.tokens.auth.is_empty() {
            self.sign_in()?;
        }
        let answer = self.send(&self.sign(make(&self.tokens)))?;
        // Some say 400 where only the edit token has ended.
        let may_be_token = edits && answer.status == 400 && !self.account.dialect.says_bad_token();
        if !is_refused(&answer) && !may_be_token {
            return Ok(answer);
        }
        if edits {
            let before = self.tokens.edit.clone();
            let fetched = self.fetch_edit_token();
            if fetched.is_ok() && self.tokens.edit != before && !self.tokens.edit.is_empty() {
                let answer = self.send(&self.sign(make(&self.tokens)))?;
                if !is_refused(&answer) {
                    self.wire.keep(&self.tokens)?;
                    return Ok(answer);
                }
            } else if let Err(why) = fetched
                && !why.is_signed_out()
            {
                return Err(why);
            }
        }
        if !is_refused(&answer) {
            return Ok(answer);
        }
        self.sign_in()?;
        let answer = self.send(&self.sign(make(&self.tokens)))?;
        // Errors after a sign-in that was right are of another kind: what reads the answer says them.
        match is_refused(&answer) && answer.says_errors().is_none() {
            true => Err(Failure::SignedOut),
            false => Ok(answer),
        }
    }

    /// The same for Fever, which refuses with 200.
    fn fever(&mut self, make: &dyn Fn(&str) -> Request) -> Result<Answer, Failure> {
        if self.tokens.auth.is_empty() {
            self.sign_in()?;
        }
        let answer = self.send(&make(&self.tokens.auth))?;
        if fever::read(&answer) != Err(Failure::SignedOut) {
            return Ok(answer);
        }
        self.sign_in()?;
        self.send(&make(&self.tokens.auth))
    }

    pub(crate) fn subscriptions(&mut self) -> Result<Vec<Subscription>, Failure> {
        match self.account.protocol {
            Protocol::GoogleReader => {
                let answer = self.signed(&|_| greader::subscriptions(), false)?;
                greader::read_subscriptions(&answer, self.account.dialect).map_err(no_api)
            }
            Protocol::Fever => {
                let groups = self.fever(&|key| fever::groups(key))?;
                let feeds = self.fever(&|key| fever::feeds(key))?;
                fever::read_subscriptions(&groups, &feeds, self.account.dialect).map_err(no_api)
            }
        }
    }

    fn page(&mut self, stream: Stream, most: usize, next: Option<&str>) -> Result<Page, Failure> {
        match self.account.protocol {
            Protocol::GoogleReader => {
                let answer = self.signed(&|_| greader::ids(stream, most, next), false)?;
                greader::read_ids(&answer)
            }
            Protocol::Fever => {
                let (key, request): (_, fn(&str) -> Request) = match stream {
                    Stream::Unread => ("unread_item_ids", fever::unread),
                    Stream::Starred => ("saved_item_ids", fever::saved),
                    Stream::Lately(_) | Stream::Read => return Ok(Page::default()),
                };
                let answer = self.fever(&|key| request(key))?;
                let mut ids = fever::read_ids(&answer, key)?;
                // The highest number came last.
                ids.sort_by_key(|id| std::cmp::Reverse(id.parse::<i64>().unwrap_or_default()));
                Ok(Page { ids, next: None })
            }
        }
    }

    /// A list of ids, newest first, over all its pages; an error where one of them fails. No more than
    /// `most` ids, and no more pages once they hold only ids of articles that the server does not have: such a
    /// list goes on for ever ([`Server::no_end`]).
    pub(crate) fn list(&mut self, stream: Stream, most: usize) -> Result<Vec<String>, Failure> {
        self.list_by(stream, most, self.account.dialect.ids_at_once().min(most))
    }

    fn list_by(
        &mut self,
        stream: Stream,
        most: usize,
        at_once: usize,
    ) -> Result<Vec<String>, Failure> {
        let mut ids: Vec<String> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let mut next: Option<String> = None;
        let most_pages = match self.endless.is_empty() {
            true => PAGES,
            false => FEW_PAGES,
        };
        self.endless.retain(|(one, _)| *one != stream);
        for pages in 1.. {
            let page = self.page(stream, at_once, next.as_deref())?;
            let before = seen.len();
            for id in &page.ids {
                if seen.insert(id.clone()) {
                    ids.push(id.clone());
                }
            }
            let after = greader::after(&page, self.account.dialect);
            // An empty page is an end; a continuation that leads nowhere new is one, too.
            if after.is_none() || seen.len() == before || ids.len() >= most || after == next {
                ids.truncate(most);
                return Ok(ids);
            }
            if pages % most_pages == 0 && !self.has_any(&page.ids)? {
                self.endless.push((stream, pages));
                break;
            }
            next = after;
        }
        Ok(ids)
    }

    /// Whether the server has one of the last of these articles.
    fn has_any(&mut self, ids: &[String]) -> Result<bool, Failure> {
        let last = &ids[ids.len().saturating_sub(LOOKED_AT)..];
        // Each alone where one of them breaks the answer.
        for ids in std::iter::once(last).chain(last.chunks(1)) {
            match self.articles(&[ids]).pop() {
                Some(Ok(items)) if !items.is_empty() => return Ok(true),
                Some(Ok(_)) if ids.len() > 1 => return Ok(false),
                Some(Err(why)) if !super::contents::may_be_an_article(&why) => return Err(why),
                _ => {}
            }
        }
        Ok(false)
    }

    /// Why a list is not whole that was read last, if it is not.
    pub(crate) fn no_end(&self, stream: Stream) -> Option<Failure> {
        let mut endless = self.endless.iter();
        let found = endless.find(|(one, _)| *one == stream);
        found.map(|(_, pages)| Failure::Endless(*pages))
    }

    /// Articles by id, those of several requests at once; per request what was asked and what came.
    pub(crate) fn articles(&mut self, chunks: &[&[String]]) -> Vec<Result<Vec<Item>, Failure>> {
        let dialect = self.account.dialect;
        if self.account.protocol == Protocol::Fever {
            let one = |chunk: &&[String]| {
                let answer = self.fever(&|key| fever::items(chunk, key))?;
                fever::read_items(&answer, dialect)
            };
            return chunks.iter().map(one).collect();
        }
        if chunks.len() > 1 && !self.tokens.auth.is_empty() {
            let requests: Vec<Request> = chunks
                .iter()
                .map(|chunk| self.sign(greader::contents(chunk, &self.tokens.edit, dialect)))
                .collect();
            let answers = self.wire.send_all(&requests);
            answers.iter().for_each(|answer| self.count(answer));
            let redo = |(answer, chunk): (Result<Answer, Failure>, &&[String])| match answer {
                Ok(answer) if is_refused(&answer) => self.contents(chunk),
                Ok(answer) if greader::has_none(&answer) => Ok(Vec::new()),
                Ok(answer) => greader::read_items(&answer, dialect),
                Err(why) => Err(why),
            };
            return answers.into_iter().zip(chunks).map(redo).collect();
        }
        chunks.iter().map(|chunk| self.contents(chunk)).collect()
    }

    /// A page of articles by their numbers (Fever).
    pub(crate) fn walk(&mut self, walk: fever::Walk) -> Result<Vec<Item>, Failure> {
        let answer = self.fever(&|key| fever::walk(walk, key))?;
        fever::read_items(&answer, self.account.dialect)
    }

    fn contents(&mut self, ids: &[String]) -> Result<Vec<Item>, Failure> {
        let dialect = self.account.dialect;
        let make = |tokens: &Tokens| greader::contents(ids, &tokens.edit, dialect);
        let answer = self.signed(&make, true)?;
        if greader::has_none(&answer) {
            return Ok(Vec::new());
        }
        greader::read_items(&answer, self.account.dialect)
    }

    /// Marks articles, all of one kind and value; how long that took.
    pub(crate) fn mark(&mut self, marks: &[OutgoingMark]) -> Result<std::time::Duration, Failure> {
        match self.account.protocol {
            Protocol::GoogleReader => {
                let dialect = self.account.dialect;
                let Some(empty) = greader::edit(marks, "", dialect) else {
                    return Ok(std::time::Duration::ZERO);
                };
                let make = |tokens: &Tokens| {
                    greader::edit(marks, &tokens.edit, dialect).unwrap_or_else(|| empty.clone())
                };
                let answer = self.signed(&make, true)?;
                greader::read_ok(&answer).map(|()| answer.took)
            }
            Protocol::Fever => {
                let mut took = std::time::Duration::ZERO;
                for mark in marks {
                    let answer = self.fever(&|key| fever::mark(mark, key))?;
                    fever::read(&answer)?;
                    took += answer.took;
                }
                Ok(took)
            }
        }
    }

    /// Changes the list of feeds; done at once or failed.
    pub fn edit_feed(&mut self, edit: &FeedEdit) -> Result<(), Failure> {
        if self.account.protocol == Protocol::Fever {
            return Err(Failure::NoFeedEdits);
        }
        self.get_to_know()?;
        let dialect = self.account.dialect;
        if let (FeedEdit::Subscribe { url, title, folder }, true) = (edit, dialect.adds_quickly()) {
            let add = |tokens: &Tokens| greader::quick_add(url, &tokens.edit);
            let id = greader::read_added(&self.signed(&add, true)?)?;
            if let Some(title) = title.clone() {
                self.edit_feed(&FeedEdit::Rename {
                    id: id.clone(),
                    title,
                })?;
            }
            return match folder.clone() {
                None => Ok(()),
                to => self.edit_feed(&FeedEdit::Move { id, to, from: None }),
            };
        }
        let make = |tokens: &Tokens| greader::edit_feed(edit, &tokens.edit, dialect);
        let answer = self.signed(&make, true)?;
        greader::read_changed(&answer)
    }
}

/// Whether what signs a request has ended. Most say 401; some keep to Google's header with another status,
/// BazQux to Google's body, and The Old Reader gives a list of errors with any status.
fn is_refused(answer: &Answer) -> bool {
    let by_status = answer.status == 401 || (answer.bad_token && answer.status != 200);
    let by_body = matches!(answer.status, 200 | 400 | 403)
        && (answer.says_bad_authentication() || answer.says_errors().is_some());
    by_status || by_body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::{Mock, PASSWORD, USER};

    struct Line(Mock);

    impl Wire for Line {
        fn send(&mut self, request: &Request) -> Result<Answer, Failure> {
            self.0.answer(request)
        }

        fn password(&mut self) -> Result<String, Failure> {
            Ok(PASSWORD.to_owned())
        }

        fn keep(&mut self, _: &Tokens) -> Result<(), Failure> {
            Ok(())
        }
    }

    /// A server whose edit token has ended and that says so with this answer to the first edit.
    struct Ended {
        says: Answer,
        tokens: u32,
        asked: Vec<String>,
    }

    impl Wire for Ended {
        fn send(&mut self, request: &Request) -> Result<Answer, Failure> {
            let path = request
                .target
                .split('?')
                .next()
                .unwrap_or_default()
                .to_owned();
            self.asked.push(path.clone());
            let ok = |body: String| Answer {
                status: 200,
                body: body.into_bytes(),
                ..Answer::default()
            };
            if path.ends_with("/token") {
                self.tokens += 1;
                return Ok(ok(format!("token-{}", self.tokens)));
            }
            match request.form.contains("T=token-1") {
                true => Ok(ok("OK".to_owned())),
                false => Ok(self.says.clone()),
            }
        }

        fn password(&mut self) -> Result<String, Failure> {
            Err(Failure::SignedOut)
        }

        fn keep(&mut self, _: &Tokens) -> Result<(), Failure> {
            Ok(())
        }
    }

    /// Google said so with a header; servers say 401, some 400, some keep to the header alone.
    #[test]
    fn an_edit_token_that_has_ended_is_fetched_again_once() {
        let status = |status| Answer {
            status,
            ..Answer::default()
        };
        let header = Answer {
            bad_token: true,
            ..status(403)
        };
        for says in [status(401), status(400), header] {
            let mut wire = Ended {
                says,
                tokens: 0,
                asked: Vec::new(),
            };
            let tokens = Tokens {
                auth: "auth".to_owned(),
                edit: "old".to_owned(),
            };
            let mark = OutgoingMark {
                rid: "7".to_owned(),
                kind: newsprint_model::remote::MarkKind::Read,
                want: true,
                seq: 1,
            };
            let mut server = Server::new(&mut wire, Account::default(), tokens);
            server.mark(std::slice::from_ref(&mark)).unwrap();
            let asked =
                ["edit-tag", "token", "edit-tag"].map(|path| format!("/reader/api/0/{path}"));
            assert_eq!(wire.asked, asked);
        }
    }

    /// FreshRSS leaves out the first id of a page; where the last of the page before was read meanwhile, that
    /// would be one that nobody has seen.
    #[test]
    fn no_article_falls_between_two_pages() {
        let mut mock = Mock::new(Dialect::FreshRss);
        let feed = mock.feed("Herald", &[]);
        let ids = mock.arrive(&feed, 25);
        let last = ids[15..16].to_vec();
        let mut pages = 0;
        mock.hook = Some(Box::new(move |mock, target| {
            pages += usize::from(target.contains("xt="));
            if pages == 2 {
                mock.mark(&last, Some(true), None);
            }
        }));
        let mut line = Line(mock);
        let account = Account {
            user: USER.to_owned(),
            dialect: Dialect::FreshRss,
            ..Account::default()
        };
        let mut server = Server::new(&mut line, account, Tokens::default());
        let listed = server.list_by(Stream::Unread, 1_000, 10).unwrap();
        let expected: Vec<String> = ids.iter().rev().cloned().collect();
        assert_eq!(listed, expected);
    }
}
