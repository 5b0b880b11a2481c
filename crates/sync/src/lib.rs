//! Sync with servers that speak the Google Reader API (FreshRSS, Miniflux, CommaFeed, Inoreader, The Old
//! Reader, BazQux) or Fever: requests and answers as plain data, the merge as a pure function, the order
//! of a sync as a driver over two traits.
//! Never here: sockets, files, SQL, the clock.
//!
//! A [`Wire`] sends requests, a [`Shelf`] keeps what came and what waits; [`sync`] does the rest:
//!
//! ```
//! use newsprint_model::remote::{MergedMarks, OutgoingMark, RemoteChange, RemoteRow, Subscription};
//! use newsprint_sync::*;
//!
//! // A server with one feed and one unread article; a test's whole network.
//! struct Loopback;
//! impl Wire for Loopback {
//!     fn send(&mut self, request: &Request) -> Result<Answer, Failure> {
//!         let body = match request.target.split('?').next().unwrap() {
//!             "/accounts/ClientLogin" => "SID=x\nAuth=me/0a1b\n",
//!             "/reader/api/0/token" => "edit-token",
//!             "/reader/api/0/subscription/list" =>
//!                 r#"{"subscriptions":[{"id":"feed/1","title":"Herald","url":"https://h.example/f"}]}"#,
//!             "/reader/api/0/stream/items/ids" if request.target.contains("starred") => r#"{"itemRefs":[]}"#,
//!             "/reader/api/0/stream/items/ids" => r#"{"itemRefs":[{"id":"16"}]}"#,
//!             _ => r#"{"items":[{"id":"tag:google.com,2005:reader/item/0000000000000010",
//!                     "title":"Rain","origin":{"streamId":"feed/1"}}]}"#,
//!         };
//!         Ok(Answer { status: 200, body: body.into(), ..Answer::default() })
//!     }
//!     fn password(&mut self) -> Result<String, Failure> { Ok("secret".into()) }
//!     fn keep(&mut self, _: &Tokens) -> Result<(), Failure> { Ok(()) }
//! }
//!
//! // A shelf that only takes articles in.
//! #[derive(Default)]
//! struct Titles { wanted: Vec<String>, titles: Vec<String> }
//! impl Shelf for Titles {
//!     type Error = ();
//!     fn outgoing(&mut self) -> Result<Vec<OutgoingMark>, ()> { Ok(Vec::new()) }
//!     fn sending(&mut self, _: &[OutgoingMark]) -> Result<(), ()> { Ok(()) }
//!     fn acknowledged(&mut self, _: &[OutgoingMark]) -> Result<(), ()> { Ok(()) }
//!     fn subscriptions(&mut self, _: &[Subscription]) -> Result<(), ()> { Ok(()) }
//!     fn rows(&mut self, _: &mut dyn FnMut(&RemoteRow)) -> Result<(), ()> { Ok(()) }
//!     fn merge(&mut self, _: &mut dyn FnMut(&RemoteRow) -> Option<RemoteChange>) -> Result<MergedMarks, ()> {
//!         Ok(MergedMarks::default())
//!     }
//!     fn want(&mut self, ids: &[String]) -> Result<(), ()> {
//!         self.wanted = ids.to_vec();
//!         self.wanted.dedup();
//!         Ok(())
//!     }
//!     fn wanted(&mut self, _: usize) -> Result<(Vec<String>, usize), ()> {
//!         Ok((self.wanted.clone(), self.wanted.len()))
//!     }
//!     fn articles(&mut self, asked: &[String], items: Vec<Item>) -> Result<u64, ()> {
//!         self.wanted.retain(|id| !asked.contains(id));
//!         self.titles.extend(items.into_iter().map(|item| item.title));
//!         Ok(1)
//!     }
//!     fn recheck(&mut self, _: usize) -> Result<Vec<String>, ()> { Ok(Vec::new()) }
//!     fn progress(&mut self, _: usize, _: usize) {}
//! }
//!
//! let mut wire = Loopback;
//! let account = Account { user: "me".into(), ..Account::default() };
//! let mut server = Server::new(&mut wire, account, Tokens::default());
//! let (mut shelf, mut summary) = (Titles::default(), Summary::default());
//! sync(&mut server, &mut shelf, &Plan::default(), &mut summary).unwrap();
//! assert_eq!(shelf.titles, ["Rain"]);
//! assert!(summary.whole);
//! ```

mod contents;
mod dialect;
mod driver;
mod fever;
mod greader;
mod ids;
mod merge;
pub mod mock;
mod server;
mod wire;

pub use dialect::Dialect;
pub use driver::{BATCH, Plan, Shelf, Stop, Summary, sync};
pub use greader::{FeedEdit, Item};
pub use ids::article_id;
pub use merge::{GONE, Lists};
pub use server::{Account, Protocol, Server, Tokens, Wire};
pub use wire::{Answer, Failure, Method, Request};

/// Reads every kind of answer from the same bytes, for a fuzzer: none may panic, and what comes out is
/// bounded by what went in.
pub fn read_anything(bytes: &[u8]) -> usize {
    let answer = Answer {
        status: 200,
        body: bytes.to_vec(),
        ..Answer::default()
    };
    let mut found = 0;
    for dialect in [Dialect::FreshRss, Dialect::Unknown] {
        found += greader::read_subscriptions(&answer, dialect).map_or(0, |list| list.len());
        found += greader::read_items(&answer, dialect).map_or(0, |list| list.len());
        found += fever::read_subscriptions(&answer, &answer, dialect).map_or(0, |list| list.len());
        found += fever::read_items(&answer, dialect).map_or(0, |list| list.len());
    }
    found += greader::read_ids(&answer).map_or(0, |page| page.ids.len());
    found += fever::read_ids(&answer, "unread_item_ids").map_or(0, |ids| ids.len());
    found += greader::read_login(&answer).map_or(0, |token| token.len());
    found += greader::read_token(&answer).map_or(0, |token| token.len());
    found + usize::from(greader::read_ok(&answer).is_ok())
}
