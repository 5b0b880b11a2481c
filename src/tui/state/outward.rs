//! What leads out of the reader: links, browser, clipboard, files, commands.
//! Never here: doing any of it.

use crate::news::Mark;
use crate::text::clean;
use crate::tui::keys::table::ARTICLE;
use crate::tui::message::{Action, Code, Effect, Key};

use super::popup::{Kind, Popup};
use super::prompt::Ask;
use super::{Saving, State};

impl State {
    /// Whether the article that keys speak of is the open one.
    pub(super) fn is_open(&self) -> bool {
        let open = self.article.as_ref();
        open.is_some_and(|open| {
            self.subject().map(|headline| headline.id) == Some(open.article.headline.id)
        })
    }

    /// How all links can be had, as the end of a sentence.
    pub(super) fn links_key(&self) -> String {
        match self.keymap.key_at(Action::Links, ARTICLE) {
            Some(key) => format!("; {key} lists them all"),
            None => String::new(),
        }
    }

    pub(super) fn link_hints(&mut self) -> Vec<Effect> {
        let height = self.article_height();
        let visible = self.panes().article.is_some();
        let more = self.links_key();
        if !self.is_open() || !visible {
            self.hint("Open the article first.");
        } else if let Some(reading) = &mut self.article {
            let laid = reading.laid.as_ref();
            if laid.is_none_or(|laid| laid.links.is_empty()) {
                self.hint("This article has no links.");
            } else if reading.links_in_view(height).is_empty() {
                self.hint(format!("No link is in view{more}."));
            } else {
                reading.hint = Some(String::new());
            }
        }
        Vec::new()
    }

    pub(super) fn links(&mut self) -> Vec<Effect> {
        let Some(reading) = self.article.as_ref().filter(|_| self.is_open()) else {
            self.say("Open the article first: its links come with its text.");
            return Vec::new();
        };
        let Some(laid) = &reading.laid else {
            return Vec::new();
        };
        let mut links: Vec<(String, String)> = laid
            .links
            .iter()
            .map(|url| (String::new(), url.clone()))
            .collect();
        for line in laid.lines.iter() {
            for span in &line.spans {
                if let Some((text, _)) = span.link.and_then(|at| links.get_mut(at as usize))
                    && !span.marks.dim
                {
                    // A link that stands in many places is known by the first of them.
                    if text.len() < 120 {
                        if !text.is_empty() {
                            text.push(' ');
                        }
                        text.push_str(span.text.trim());
                    }
                }
            }
        }
        if !reading.article.headline.url.is_empty() {
            links.insert(
                0,
                (
                    "The article's page".into(),
                    reading.article.headline.url.clone(),
                ),
            );
        }
        if links.is_empty() {
            self.say("This article has no links.");
        } else {
            self.popup = Some(Popup::new(Kind::Links(links)));
        }
        Vec::new()
    }

    pub(super) fn browse(&mut self, read: bool) -> Vec<Effect> {
        let Some((id, url)) = self.subject().map(|h| (h.id, h.url.clone())) else {
            self.no_article();
            return Vec::new();
        };
        let mut effects = self.browse_url(&url);
        if read && !effects.is_empty() {
            effects.extend(self.mark(id, Mark::Read));
        }
        effects
    }

    pub(super) fn browse_url(&mut self, url: &str) -> Vec<Effect> {
        match clean::link(url) {
            Some(url) => vec![Effect::Browse(url)],
            None => {
                self.fail("The article has no address that a browser could open.");
                Vec::new()
            }
        }
    }

    /// Opens a link of the text; where its text names another host, the real one is shown first.
    pub(super) fn open_link(&mut self, url: &str, text: &str) -> Vec<Effect> {
        if let (Some(host), Some(says)) = (host_of(url), named_host(text))
            && !same_site(&host, &says)
        {
            self.popup = Some(Popup::new(Kind::Warn {
                url: url.to_owned(),
                host,
                says,
            }));
            return Vec::new();
        }
        self.browse_url(url)
    }

    pub(super) fn copy(&mut self, title: bool) -> Vec<Effect> {
        let Some(headline) = self.subject() else {
            self.no_article();
            return Vec::new();
        };
        let text = if title {
            format!("{} {}", clean::line(&headline.title), headline.url)
        } else {
            headline.url.clone()
        };
        vec![Effect::Copy(text)]
    }

    pub(super) fn ask_about(&mut self, ask: Ask) -> Vec<Effect> {
        match self.subject() {
            Some(headline) => {
                let text = match ask {
                    Ask::Save => format!("{}.md", slug(&headline.title)),
                    _ => String::new(),
                };
                self.ask(ask, &text);
            }
            None => self.no_article(),
        }
        Vec::new()
    }

    /// Whether the article goes over the file that is there already: `y`, `n` or another name.
    pub(super) fn overwrite(&mut self, answer: &str) -> Vec<Effect> {
        let Some(Saving { id, path, free }) = self.saving.take() else {
            return Vec::new();
        };
        match answer.to_lowercase().as_str() {
            "y" | "yes" => vec![Effect::Save {
                id,
                path,
                over: true,
            }],
            "" | "n" | "no" => {
                self.ask(Ask::Save, &free);
                Vec::new()
            }
            _ => vec![Effect::Save {
                id,
                path: answer.to_owned(),
                over: false,
            }],
        }
    }

    /// A key while link numbers are shown.
    pub(super) fn hint_key(&mut self, key: Key) -> Vec<Effect> {
        let height = self.article_height();
        let Some(reading) = &mut self.article else {
            return Vec::new();
        };
        let seen = reading.links_in_view(height);
        let Some(typed) = &mut reading.hint else {
            return Vec::new();
        };
        match key.code {
            Code::Char(c @ '0'..='9') => typed.push(c),
            Code::Backspace if typed.pop().is_some() => return Vec::new(),
            Code::Enter => {}
            _ => {
                reading.hint = None;
                return Vec::new();
            }
        }
        let number: usize = typed.parse().unwrap_or(0);
        let longer = seen
            .iter()
            .any(|other| *other != number && other.to_string().starts_with(typed.as_str()));
        if key.code != Code::Enter && longer {
            return Vec::new();
        }
        reading.hint = None;
        if !seen.contains(&number) {
            self.fail(match number {
                0 => "A link is opened by its number.".to_owned(),
                _ => format!("There is no link {number} in view{}.", self.links_key()),
            });
            return Vec::new();
        }
        let index = (number - 1) as u32;
        let (mut text, mut url) = (String::new(), String::new());
        if let Some(laid) = &reading.laid {
            let url_of = |index: u32| laid.links.get(index as usize).cloned();
            url = url_of(index).unwrap_or_default();
            for span in laid.lines.iter().flat_map(|line| &line.spans) {
                if span.link == Some(index) && !span.marks.dim {
                    text.push_str(&span.text);
                    text.push(' ');
                }
            }
        }
        self.open_link(&url, text.trim())
    }
}

fn host_of(url: &str) -> Option<String> {
    Some(url::Url::parse(url).ok()?.host_str()?.to_lowercase())
}

/// The host that a link's text claims to lead to, if it looks like an address.
fn named_host(text: &str) -> Option<String> {
    let word = text.split_whitespace().find(|word| {
        word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")
    });
    let word = match word {
        Some(word) => word,
        // A text that is nothing but a host name.
        None => {
            let bare = text.trim();
            let labels: Vec<&str> = bare.split('/').next()?.split('.').collect();
            let last = labels.last()?;
            let like_host = labels.len() >= 2
                && labels.iter().all(|label| {
                    !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                })
                && last.len() >= 2
                && last.chars().all(char::is_alphabetic);
            if !like_host {
                return None;
            }
            bare
        }
    };
    let url = if word.contains("://") {
        word.to_owned()
    } else {
        format!("https://{word}")
    };
    host_of(&url)
}

/// Whether one host is the other or below it.
fn same_site(one: &str, other: &str) -> bool {
    let (one, other) = (
        one.trim_start_matches("www."),
        other.trim_start_matches("www."),
    );
    one == other || one.ends_with(&format!(".{other}")) || other.ends_with(&format!(".{one}"))
}

/// A file name from a title: letters and digits, the rest hyphens.
fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.to_lowercase().chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
        if out.len() > 60 {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() {
        "article".into()
    } else {
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_names_another_host_is_noticed() {
        assert_eq!(named_host("example.org"), Some("example.org".into()));
        assert_eq!(
            named_host("see https://bank.example/login"),
            Some("bank.example".into())
        );
        assert_eq!(named_host("the report of 3.5 million"), None);
        assert!(same_site("www.example.org", "example.org"));
        assert!(same_site("news.example.org", "example.org"));
        assert!(!same_site("evil.example", "example.org"));
        assert!(!same_site("notexample.org", "example.org"));
    }

    #[test]
    fn a_title_becomes_a_file_name_that_leads_nowhere_else() {
        assert_eq!(slug("../../etc/passwd: “Новости”!"), "etc-passwd-новости");
        assert_eq!(slug("…"), "article");
    }
}
