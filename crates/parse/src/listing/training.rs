//! What a fitter needs of a page of headlines: what is seen of its stories, to be decided by any weights.
//! Never here: the fitting (`examples/listing`).

use dom_query::Document;

pub use super::choice::Weights;
use super::declared::Declarations;
use super::page::Page;
use super::signs::{self, Looked};
pub use super::signs::{COUNT, NAMES};
use super::{Earlier, attributes, choice, headlines, stories};
use crate::{ParseError, charset, limit_html};

/// A page of headlines, looked at once.
#[derive(Debug)]
pub struct Example {
    seen: Looked,
    /// The addresses of its stories, in the order of the page.
    pub urls: Vec<String>,
}

impl Example {
    /// Looks at a page; `url` is the address it came from.
    ///
    /// # Errors
    /// If `url` is not a valid address.
    pub fn new(bytes: &[u8], content_type: Option<&str>, url: &str) -> Result<Example, ParseError> {
        let own = headlines::address(url)?;
        let html = attributes::drop_unread(&charset::decode(bytes, content_type));
        let doc = Document::from(limit_html::limit(&html));
        let base = headlines::base(&doc, &own);
        let page = Page::new(&doc);
        let declared = Declarations::of(&doc, &base, &own);
        let lang = headlines::language(&doc);
        let earlier = Earlier::default();
        let when = headlines::when(lang.as_deref(), &earlier);
        let stories = stories::collect(&page, &base, &own, when);
        Ok(Example {
            seen: signs::look(&page, &own, &stories, &declared, &earlier, when),
            urls: stories.iter().map(|story| story.url.to_string()).collect(),
        })
    }

    /// For each story by how many points it is above what these weights ask of it; without end below in a menu.
    #[must_use]
    pub fn margins(&self, weights: &Weights) -> Vec<f64> {
        let judged = choice::decide(&self.seen, weights);
        judged.iter().map(|judged| judged.margin).collect()
    }

    /// For each story whether it is listed by these weights.
    #[must_use]
    pub fn listed(&self, weights: &Weights) -> Vec<bool> {
        let judged = choice::decide(&self.seen, weights);
        judged.iter().map(|judged| judged.taken).collect()
    }
}
