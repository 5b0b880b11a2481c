//! Which articles tell of the same event: online clustering of news, in any language, without a model. The same
//! articles in the same order give the same stories on every machine.
//! Never here: a clock, files, SQL, HTML.
//!
//! ```
//! use newsprint_stories::{Article, Profile, Window, new_sentences, shared};
//!
//! let one = ("Crane falls in Lerna", "A crane fell on the quay of Lerna on Tuesday. It hurt 14 workers, Mayor Anna Osk said.");
//! let two = ("14 hurt at Lerna harbour", "The harbour of Lerna is closed after a crane fell on the quay on Tuesday and hurt 14 workers. Inspectors had warned of rust in March.");
//! let other = ("Budget passed", "Parliament in Karsk passed the budget with 61 votes. The opposition left the hall.");
//!
//! let mut window = Window::new();
//! let mut place = |id, (title, text)| {
//!     let profile = Profile::of(title, text, "en");
//!     window.add(&[Article { id, time: 1_700_000_000, lang: "en".into(), profile, ..Article::default() }]).placed[0].story
//! };
//! assert_eq!(place(1, one), 1);
//! assert_eq!(place(2, other), 2);
//! assert_eq!(place(3, two), 1);
//!
//! // Why, and what the second says that the first did not.
//! assert!(shared(one, two, "en").names.contains(&"Lerna".to_owned()));
//! let new = new_sentences(two.1, &[one.1], "en");
//! assert_eq!(&two.1[new[0].clone()], "Inspectors had warned of rust in March.");
//! ```

mod cluster;
mod common;
pub mod features;
mod fresh;
mod index;
mod number_words;
mod numbers;
mod prior;
mod profile;
mod proportions;
mod reasons;
mod results;
mod roundup;
mod settle;
mod sketch;
mod weights;
mod window;
mod words;

pub use cluster::DAYS;
pub use features::Weights;
pub use fresh::{new_sentences, sentences};
pub use profile::Profile;
pub use reasons::{Shared, best_title, names, shared, shared_beside_stock};
pub use window::{Article, Batch, MOST, Placed, Window};
